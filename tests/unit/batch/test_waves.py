"""Update files: one mandatory field of a learner per file."""

import datetime as dt

import pytest

from ulnlib import Learner, Register, batch
from ulnlib.batch.files import NOT_REAL
from ulnlib.testing import population
from ulnlib.uln import is_valid

DAY = dt.date(2026, 11, 21)
ULNS = [str(n) for n in range(9_900_000_000, 9_900_001_000) if is_valid(str(n))]
ADA = Learner(
    uln=ULNS[0],
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    town="Oldtown",
    notes="a note",
    upn="A801200005001",
    ability_to_share="1",
    verification_type="2",
)


def plan(before, after, **more):
    more = {"as_of": DAY} | more
    before = [before] if isinstance(before, Learner) else before
    after = [after] if isinstance(after, Learner) else after
    return batch.updates(before, after, ukprn="10012345", file_name="changes", **more)


def codes(result):
    return [item.code for item in result.report]


def test_nothing_changed_makes_no_file():
    result = plan(ADA, ADA)

    assert (result.waves, len(result.report)) == ((), 0)
    assert (result.changed, result.unchanged, result.left_out) == (0, 1, 0)


def test_three_key_details_are_three_files_and_optional_ones_go_with_the_first():
    result = plan(
        ADA,
        ADA.evolve(
            family_name="Married", postcode="ZA1 1AD", given_name="Adah", town="Newtown"
        ),
    )

    assert [file.values.file_name for file in result.waves] == [
        "changes wave 1 of 3",
        "changes wave 2 of 3",
        "changes wave 3 of 3",
    ]
    rows = [file.learners[0] for file in result.waves]
    assert [row.given_name for row in rows] == ["Adah"] * 3
    assert [row.family_name for row in rows] == ["Example", "Married", "Married"]
    assert [row.postcode for row in rows] == ["ZA1 1AB", "ZA1 1AB", "ZA1 1AD"]
    assert [row.town for row in rows] == ["Newtown", None, None]
    assert all(row.ability_to_share == "1" for row in rows)
    assert all(row.verification_type == "2" for row in rows)
    assert all(row.notes is None for row in rows)
    assert all(file.values.record_count == "1" for file in result.waves)


def test_each_wave_holds_only_those_who_have_so_many_changes():
    before = [one.evolve(uln=ULNS[n]) for n, one in enumerate(population(3, seed=1))]
    after = [
        before[0].evolve(town="Newtown"),
        before[1].evolve(gender="9", postcode="ZZ99 9ZZ"),
        before[2],
    ]

    result = plan(before, after)

    assert [[row.uln for row in file.learners] for file in result.waves] == [
        [ULNS[0], ULNS[1]],
        [ULNS[1]],
    ]
    assert (result.changed, result.unchanged) == (2, 1)


def test_who_is_not_among_the_new_records_stays_as_it_is():
    assert plan([ADA], []).waves == ()


def test_a_single_file_has_the_reference_as_given():
    [file] = plan(ADA, ADA.evolve(town="Newtown")).waves

    assert file.values.file_name == "changes"


def test_the_files_can_be_sent_and_do_what_they_should():
    register = Register(synthetic=True)
    register.add(ADA)
    after = ADA.evolve(
        family_name="Married",
        previous_family_name="Example",
        postcode="ZA1 1AD",
        date_of_birth="2008-05-05",
    )

    for file in plan(ADA, after).waves:
        sent = batch.read(batch.write(file), as_of=DAY)
        assert sent.report.is_ok
        result = batch.run(sent, register, job="FUL", as_of=DAY)
        assert [one.happening for one in result.results] == ["updated"]

    assert register.profile(ADA.uln).learner == after


def test_all_at_once_would_be_refused():
    register = Register(synthetic=True)
    register.add(ADA)
    after = ADA.evolve(family_name="Married", postcode="ZA1 1AD")
    file = batch.make([after], ukprn="10012345", file_name="x")

    [one] = batch.run(file, register, job="FUL", as_of=DAY).results

    assert one.happening == "uln_disagrees"


@pytest.mark.parametrize("uln", [None, "", "12", "9999999999"])
def test_who_has_no_uln_cannot_be_updated(uln):
    result = plan(ADA, ADA.evolve(uln=uln, town="Newtown"))

    assert codes(result) == ["update-without-uln"]
    assert (result.waves, result.left_out) == ((), 1)


def test_another_uln_of_the_same_learner_is_no_update():
    result = plan(ADA, ADA.evolve(uln=ULNS[1]))
    assert codes(result) == ["update-uln-changed"]

    result = plan(ADA, ADA.evolve(uln=ULNS[1], mis_identifier="M2"))
    assert codes(result) == ["update-uln-unknown"]


def test_a_uln_that_stands_twice_is_left_out():
    new = ADA.evolve(town="Newtown")

    assert codes(plan([ADA], [new, ADA])) == ["update-uln-repeated"] * 2
    result = plan([ADA, ADA], [new])
    assert codes(result) == ["update-uln-repeated"]
    assert "in the old records 2 times" in result.report[0].message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ability_to_share": "0"}, "update-share-refused"),
        ({"ability_to_share": "2"}, "update-share-refused"),
        ({"ability_to_share": ""}, "update-clears-mandatory"),
        ({"verification_type": ""}, "update-clears-mandatory"),
        ({"family_name": ""}, "update-clears-mandatory"),
        ({"upn": "B801200005002"}, "update-not-by-file"),
        ({"upn": ""}, "update-not-by-file"),
    ],
)
def test_what_may_not_be_changed_so_is_named_and_the_rest_is_sent(changes, code):
    result = plan(ADA, ADA.evolve(**changes))
    assert (codes(result), result.waves, result.left_out) == ([code], (), 1)

    result = plan(ADA, ADA.evolve(town="Newtown", **changes))
    assert codes(result) == [code]
    [name] = changes
    [row] = result.waves[0].learners
    assert row.town == "Newtown"
    assert getattr(row, name) in {getattr(ADA, name), None}


def test_what_a_layout_has_no_place_for_is_named():
    changed = ADA.evolve(uci="846213219573B")

    result = plan(ADA, changed, layout=batch.LRB_2A)

    assert codes(result) == ["update-not-by-file"]
    assert codes(plan(ADA, changed)) == []


def test_an_opt_out_of_before_is_left_as_it_is():
    before = ADA.evolve(ability_to_share="2")

    [file] = plan(before, before.evolve(town="Newtown")).waves

    assert file.learners[0].ability_to_share is None
    assert batch.read(batch.write(file), as_of=DAY).report.is_ok


def test_an_opt_out_when_there_was_one_is_no_code_of_version_3a():
    day = dt.date(2018, 1, 1)

    result = plan(ADA, ADA.evolve(ability_to_share="2"), as_of=day)
    assert codes(result) == ["code-not-in-layout"]

    result = plan(ADA, ADA.evolve(ability_to_share="2"), as_of=day, layout=batch.LRB_2A)
    assert result.waves[0].learners[0].ability_to_share == "2"


def test_a_field_that_is_cleared_is_empty_and_a_warning():
    result = plan(ADA, ADA.evolve(notes=""))

    assert codes(result) == ["update-clears"]
    assert result.report.is_ok
    assert result.waves[0].learners[0].notes == ""


def test_none_and_an_empty_text_where_there_was_nothing_change_nothing():
    bare = ADA.evolve(notes=None, town="")

    assert plan(bare, bare.evolve(notes="", town=None)).waves == ()
    assert plan(ADA, ADA.evolve(notes=None)).waves == ()


def test_another_spelling_of_a_key_detail_is_a_change():
    result = plan(ADA, ADA.evolve(given_name="ADA", postcode="ZA11AB"))

    assert len(result.waves) == 2


def test_a_verification_of_another_kind_has_its_description():
    before = ADA.evolve(verification_type="999", other_verification_description="badge")

    result = plan(before, before.evolve(gender="9", postcode="ZA1 1AD"))

    assert all(
        file.learners[0].other_verification_description == "badge"
        for file in result.waves
    )
    assert all(file.report.is_ok for file in result.waves)


def test_a_new_value_that_the_service_would_not_take_is_found():
    result = plan(ADA, ADA.evolve(date_of_birth="04/05/2008"))

    [file] = result.waves
    assert [(item.code, item.row) for item in file.report] == [("date-excel", 2)]
    assert file.records[0].issues == tuple(file.report)


def test_files_are_taken_as_well_as_learners():
    before = batch.make([ADA], ukprn="10012345", file_name="x")
    after = batch.make([ADA.evolve(gender="9")], ukprn="10012345", file_name="y")

    assert len(plan(before, after).waves) == 1


def test_the_mis_identifier_is_the_new_one_and_no_change_by_itself():
    assert plan(ADA, ADA.evolve(mis_identifier="N1")).waves == ()
    [file] = plan(ADA, ADA.evolve(mis_identifier="N1", gender="9")).waves
    assert file.learners[0].mis_identifier == "N1"
    [file] = plan(ADA, ADA.evolve(mis_identifier=None, gender="9")).waves
    assert file.learners[0].mis_identifier == "M1"


def test_a_former_family_name_that_is_not_kept_is_advice():
    result = plan([ADA, ADA.evolve(uln=ULNS[1])], ADA.evolve(family_name="Married"))
    assert [(item.code, item.path) for item in result.report] == [
        ("previous-family-name-not-kept", ("learner", 1, "previous_family_name"))
    ]
    assert len(result.waves) == 1

    kept = ADA.evolve(family_name="Married", previous_family_name="Example")
    assert not plan(ADA, kept).report


def test_a_finding_names_the_learner_by_number():
    result = plan([ADA], [ADA, ADA.evolve(uln="12")])

    assert result.report[0].path == ("learner", 2, "uln")
    assert result.report[0].field == "uln"


def test_invented_ulns_never_lose_their_mark():
    before = batch.make([ADA], ukprn="1", file_name=f"{NOT_REAL} x")

    result = plan(before, ADA.evolve(given_name="Adah"))

    assert [one.values.file_name for one in result.waves] == [f"{NOT_REAL} changes"]

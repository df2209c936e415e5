"""The batch process: what happens to each record, and to the register."""

import datetime as dt
import json

import attrs
import pytest

from ulnlib import Learner, Register, Uln, batch
from ulnlib.batch import Count, Happening
from ulnlib.batch.outcomes import DEFAULT_RETURN_CODES
from ulnlib.batch.stored import stored_results, stored_text
from ulnlib.errors import InvalidData, InvalidValue, RegisterRefused
from ulnlib.matching import Outcome, Policy

AS_OF = dt.date(2026, 11, 21)

ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)
OTHER_PERSON = {
    "given_name": "Zed",
    "family_name": "Different",
    "date_of_birth": "2001-01-02",
    "postcode": "ZB9 9ZZ",
}
OTHER = "1000000043"  # a ULN that no register here holds


@pytest.fixture
def register():
    with Register(synthetic=True) as made:
        yield made


@pytest.fixture
def held(register):
    """Ada is in the register."""
    return register.register(ADA.evolve(mis_identifier=None))


def run(register, *learners, job="FUL", **options):
    made = batch.make(learners, ukprn="10012345", file_name="x")
    file = batch.read(batch.write(made), as_of=AS_OF)
    return batch.run(file, register, job=job, as_of=AS_OF, **options)


def only(result):
    (one,) = result.results
    return one


def named(one):
    """Return the candidates of a record and what differs."""
    return [(candidate.uln, *candidate.differing) for candidate in one.candidates]


# --- without a ULN ----------------------------------------------------------------


def test_a_new_learner_gets_a_uln(register):
    one = only(run(register, ADA))

    assert one.happening is Happening.CREATED
    assert register.find(one.uln, "ada", "EXAMPLE").learner.postcode == "ZA1 1AB"
    assert len(register) == 1


def test_a_learner_who_is_there_is_found(register, held):
    one = only(run(register, ADA.evolve(given_name=" ADA", postcode="za11ab")))

    assert (one.happening, one.uln) == (Happening.FOUND, held)
    assert register.profile(held).version == 1


def test_optional_fields_of_a_learner_who_is_there_are_updated_and_the_upn_is_not(
    register, held
):
    given = ADA.evolve(email="ada@example.org", upn="A800000000001", title="Ms")

    one = only(run(register, given, at="2026-11-21T09:00"))

    profile = register.profile(held)
    assert (one.happening, one.uln) == (Happening.UPDATED, held)
    assert profile.learner.email == "ada@example.org"
    assert profile.learner.title == "Ms"
    assert profile.learner.upn is None
    assert profile.learner.mis_identifier is None
    assert (profile.version, profile.last_amended) == (2, "2026-11-21T09:00")


def test_an_empty_cell_changes_nothing(register):
    uln = register.register(ADA.evolve(email="ada@example.org"))

    one = only(run(register, ADA.evolve(email=None)))

    assert one.happening is Happening.FOUND
    assert register.profile(uln).learner.email == "ada@example.org"


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        ({"given_name": "Adah"}, "spelling"),
        ({"given_name": "Zed"}, "given_name"),
        ({"family_name": "Eksample"}, "sound"),
        ({"family_name": "Married"}, "family_name"),
        ({"date_of_birth": "2008-04-05"}, "day_month_swapped"),
        ({"date_of_birth": "1999-12-31"}, "date_of_birth"),
        ({"gender": "9"}, "gender_not_known"),
        ({"gender": "1"}, "gender_miskeyed"),
        ({"postcode": "ZA1 1AD"}, "postcode_character"),
        ({"postcode": "ZD9 8YY"}, "moved"),
        ({"postcode": "ZZ99 9ZZ"}, "default_postcode"),
        ({"given_name": "Example", "family_name": "Ada"}, "names_swapped"),
    ],
)
@pytest.mark.parametrize("matching", ["service", "appendix-b"])
def test_a_near_match_is_an_exception_and_nobody_is_created(
    register, held, change, differing, matching
):
    one = only(run(register, ADA.evolve(**change), matching=matching))

    assert (one.happening, one.uln) == (Happening.POSSIBLE, None)
    assert named(one) == [(held, differing)]
    assert len(register) == 1


def test_two_equal_records_are_only_possible(register):
    first = register.register(ADA)
    second = Uln("9900000004")
    if second == first:
        second = Uln("9900000101")
    register.add(ADA.evolve(uln=second))

    one = only(run(register, ADA))

    assert one.happening is Happening.POSSIBLE
    assert {c.uln for c in one.candidates} == {first, second}
    assert "all details equal" in one.what_to_look_at()


# --- with the tolerances of Appendix B ---------------------------------------------


TWO_DIFFERENCES = ADA.evolve(given_name="Adah", postcode="ZD9 8YY")


def test_somebody_with_two_differences_is_created_as_the_service_would(register, held):
    one = only(run(register, TWO_DIFFERENCES))

    assert one.happening is Happening.CREATED
    assert one.uln != held


@pytest.mark.parametrize("job", ["FUL", "CHK"])
@pytest.mark.parametrize(
    "matching", ["appendix-b", batch.Matching.APPENDIX_B], ids=["word", "member"]
)
def test_appendix_b_names_somebody_with_two_differences_and_creates_nobody(
    register, held, job, matching
):
    one = only(run(register, TWO_DIFFERENCES, job=job, matching=matching))

    assert (one.happening, one.uln) == (Happening.POSSIBLE, None)
    assert named(one) == [(held, "spelling", "moved")]
    assert one.candidates[0].by_field == (
        ("given_name", "spelling"),
        ("postcode", "moved"),
    )
    assert one.what_to_look_at() == (
        f"candidates: {held} (differs in given name: spelling, another postcode)"
    )
    assert len(register) == 1
    assert register.profile(held).version == 1


def test_appendix_b_finds_exactly_whom_the_service_finds(register, held):
    rows = (
        ADA.evolve(given_name=" ADA", title="Ms"),
        ADA.evolve(mis_identifier="M2", **OTHER_PERSON),
    )

    result = run(register, *rows, matching="appendix-b")

    assert [(r.happening, r.uln == held) for r in result.results] == [
        (Happening.UPDATED, True),
        (Happening.CREATED, False),
    ]


def test_appendix_b_finds_former_details_and_never_takes_them_for_a_match(
    register, held
):
    register.update(Learner(uln=held, family_name="Married"))
    register.update(Learner(uln=held, postcode="ZD9 8YY"))

    one = only(run(register, ADA, matching="appendix-b"))

    assert (one.happening, one.uln) == (Happening.POSSIBLE, None)
    assert named(one) == [(held, "previous_family_name", "other_postcode")]


TWIN = ADA.evolve(mis_identifier=None, given_name="Zed")
MOVED = ADA.evolve(mis_identifier=None, given_name="Adah", postcode="ZD9 8YY")


@pytest.mark.parametrize("job", ["FUL", "CHK"])
def test_a_twin_found_near_does_not_hide_the_right_one(register, job):
    """The twin has four details of five, the learner moved and is misspelt."""
    twin, right = register.register(TWIN), register.register(MOVED)

    near = only(run(register, ADA, job="CHK"))
    one = only(run(register, ADA, job=job, matching="appendix-b"))

    assert named(near) == [(twin, "given_name")]
    assert (one.happening, one.uln) == (Happening.POSSIBLE, None)
    assert named(one) == [(right, "spelling", "moved"), (twin, "given_name")]
    assert one.what_to_look_at() == (
        f"candidates: {right} (differs in given name: spelling, another postcode); "
        f"{twin} (another given name)"
    )
    assert len(register) == 2
    assert [register.profile(uln).version for uln in (twin, right)] == [1, 1]


def test_an_exact_match_is_not_widened(register, held):
    register.register(TWIN)
    register.register(MOVED)

    one = only(run(register, ADA, matching="appendix-b"))

    assert (one.happening, one.uln, one.candidates) == (Happening.FOUND, held, ())


def test_who_is_found_by_both_searches_is_named_once(register, held):
    master = register.register(ADA.evolve(given_name="Adah", postcode="ZD9 8YY"))
    register.register(TWIN)
    register.merge(held, into=master)
    asked = ADA.evolve(gender="9")

    one = only(run(register, asked, matching="appendix-b"))

    ulns = [candidate.uln for candidate in one.candidates]
    assert len(ulns) == len(set(ulns))
    assert ulns[0] == master
    assert one.candidates[0].differing == ("gender_not_known",)


def test_those_found_near_stay_and_the_likeliest_others_fill_up_to_ten(register):
    twins = {
        register.register(TWIN.evolve(given_name=name))
        for name in ("Zed", "Yorick", "Xan", "Wolf", "Vito", "Ulf")
    }
    moved = {register.register(MOVED.evolve(postcode=f"ZD9 {n}YY")) for n in range(10)}
    wide = Policy(names_too_many=True)
    found = register.search(ADA.evolve(mis_identifier=None), wide)
    assert {match.uln for match in found.matches} == twins | moved

    one = only(run(register, ADA, matching="appendix-b"))

    # Of the ten who moved, all as likely as one another, four have room, by ULN.
    ulns = [candidate.uln for candidate in one.candidates]
    assert one.happening is Happening.POSSIBLE
    assert ulns == [*sorted(moved)[:4], *sorted(twins)]


class Sure:
    """A register whose wider search is sure of somebody."""

    def __init__(self, register):
        self._register = register

    def __getattr__(self, name):
        return getattr(self._register, name)

    def search(self, query, policy=None):
        found = self._register.search(query, policy)
        if policy is None or not policy.narrow:
            return attrs.evolve(found, outcome=Outcome.EXACT)
        return found


@pytest.mark.parametrize(
    ("people", "number"), [([MOVED], 1), ([TWIN, MOVED], 2)], ids=["none", "possible"]
)
def test_a_wider_search_that_is_sure_makes_no_match(register, people, number):
    for person in people:
        register.register(person)

    one = only(run(Sure(register), ADA, matching="appendix-b"))

    assert (one.happening, one.uln) == (Happening.POSSIBLE, None)
    assert len(one.candidates) == number
    assert len(register) == number


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"given_name": "Adah"}, "differs in given name: spelling"),
        ({"family_name": "Exampls"}, "differs in family name: spelling"),
        ({"family_name": "Mc Example"}, "differs in family name: prefix or suffix"),
        ({"given_name": "Zed"}, "another given name"),
        ({"family_name": "Zed"}, "another family name"),
        (
            {"given_name": "Adah", "family_name": "Exampls"},
            "differs in given name: spelling, differs in family name: spelling",
        ),
        ({"given_name": "Example", "family_name": "Ada"}, "names changed over"),
        (
            {"given_name": "Adah", "date_of_birth": "2008-04-05"},
            "differs in given name: spelling, day and month changed over",
        ),
        ({"gender": "9"}, "gender not known"),
    ],
)
def test_what_differs_names_the_name_that_it_belongs_to(register, changed, words):
    uln = register.register(ADA.evolve(mis_identifier=None, **changed))

    one = only(run(register, ADA, matching="appendix-b"))

    assert one.what_to_look_at() == f"candidates: {uln} ({words})"
    (candidate,) = one.candidates
    assert tuple(dict.fromkeys(word for _, word in candidate.by_field)) == (
        candidate.differing
    )


def test_a_nickname_is_one_of_the_given_name(register):
    uln = register.register(ADA.evolve(given_name="William", postcode="ZD9 8YY"))

    one = only(run(register, ADA.evolve(given_name="Bill"), matching="appendix-b"))

    assert str(one.candidates[0]) == (
        f"{uln} (differs in given name: nickname, another postcode)"
    )


def test_a_candidate_that_was_stored_without_fields_keeps_its_words(register, held):
    asked = ADA.evolve(given_name="Adah")
    first = run(register, asked)
    text = stored_text(first.results, first.due)
    older = json.loads(text)
    for row in older["results"]:
        row["candidates"] = [parts[:2] for parts in row["candidates"]]

    (new,), _ = stored_results(text, first.file)
    (old,), _ = stored_results(json.dumps(older), first.file)

    assert new == only(first)
    assert old.candidates == (batch.Candidate(held, ("spelling",)),)
    assert str(old.candidates[0]) == f"{held} (spelling)"


def test_appendix_b_may_find_more_than_ten(register):
    for day in range(1, 12):
        register.register(
            ADA.evolve(date_of_birth=f"2007-03-{day:02}", given_name=f"Adah{day}")
        )
    asked = ADA.evolve(date_of_birth="2007-03-15")

    assert only(run(register, asked, job="CHK")).happening is Happening.NOBODY
    one = only(run(register, asked, matching="appendix-b"))

    assert (one.happening, one.candidates) == (Happening.TOO_MANY, ())
    assert len(register) == 11


def test_appendix_b_does_not_make_a_linked_uln_anybodys(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)
    given = TWO_DIFFERENCES.evolve(uln=held)

    for matching in ("service", "appendix-b"):
        one = only(run(register, given, job="CHK", matching=matching))
        assert (one.happening, one.uln) == (Happening.ULN_DISAGREES, None)


def test_a_stored_run_is_kept_apart_by_its_way_of_matching(register, held):
    near = ADA.evolve(gender="9")

    first = run(register, near)
    other = run(register, near, matching="appendix-b")

    assert (first.is_repeated, other.is_repeated) == (False, False)
    assert run(register, near, matching="service").is_repeated
    again = run(register, near, matching="appendix-b")
    assert again.is_repeated
    assert again.results == other.results


def test_a_word_for_no_way_of_matching_is_refused_and_not_shown(register):
    with pytest.raises(InvalidValue) as caught:
        run(register, ADA, matching="Example")

    assert str(caught.value) == "this is none of: service, appendix-b"
    assert len(register) == 0


# --- what a search comes to --------------------------------------------------------


def test_more_than_ten_near_matches_are_too_many(register):
    for day in range(1, 12):
        register.register(ADA.evolve(date_of_birth=f"2007-03-{day:02}"))

    one = only(run(register, ADA))

    assert (one.happening, one.candidates) == (Happening.TOO_MANY, ())


@pytest.mark.parametrize("name", ["ability_to_share", "verification_type"])
def test_a_new_learner_without_a_field_that_a_uln_needs_is_not_created(register, name):
    one = only(run(register, ADA.evolve(**{name: None})))

    assert (one.happening, one.missing) == (Happening.INSUFFICIENT, (name,))
    assert len(register) == 0
    assert "is empty" in one.what_to_look_at()


def test_a_learner_who_is_there_is_found_although_such_a_field_is_empty(register, held):
    one = only(run(register, ADA.evolve(ability_to_share=None, verification_type=None)))

    assert (one.happening, one.uln) == (Happening.FOUND, held)


def test_the_old_details_of_a_merged_record_find_the_master(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)

    one = only(run(register, ADA))

    assert (one.happening, one.uln) == (Happening.LINKED, master)


def test_ability_to_share_is_kept_when_a_found_learner_would_fall_back_to_0(
    register, held
):
    one = only(run(register, ADA.evolve(ability_to_share="0")))

    assert (one.happening, one.uln, one.share_kept) == (Happening.FOUND, held, True)
    assert register.profile(held).learner.ability_to_share == "1"
    assert "kept" in one.what_to_look_at()


# --- with a ULN -------------------------------------------------------------------


def test_a_uln_that_agrees_is_found(register, held):
    one = only(run(register, ADA.evolve(uln=held)))

    assert (one.happening, one.uln, one.is_replaced) == (Happening.FOUND, held, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("given_name", "Adah"),
        ("family_name", "Married"),
        ("date_of_birth", "2008-04-05"),
        ("gender", "9"),
        ("postcode", "ZC1 1AD"),
    ],
)
def test_one_mandatory_field_is_updated_when_the_other_four_agree(
    register, held, name, value
):
    one = only(run(register, ADA.evolve(uln=held, **{name: value})))

    assert (one.happening, one.uln) == (Happening.UPDATED, held)
    assert getattr(register.profile(held).learner, name) == value


def test_another_spelling_of_the_same_is_no_change(register, held):
    one = only(run(register, ADA.evolve(uln=held, given_name="ADA", postcode="ZA11AB")))

    assert one.happening is Happening.FOUND
    assert register.profile(held).learner.given_name == "Ada"


def test_one_mandatory_field_may_be_empty(register, held):
    one = only(
        run(register, ADA.evolve(uln=held, postcode=None, email="a@example.org"))
    )

    assert one.happening is Happening.UPDATED
    assert register.profile(held).learner.postcode == "ZA1 1AB"


def test_two_mandatory_fields_that_differ_are_an_exception(register, held):
    one = only(run(register, ADA.evolve(uln=held, given_name="Eva", gender="9")))

    assert (one.happening, one.uln) == (Happening.ULN_DISAGREES, None)
    assert one.differing == ("given_name", "gender")
    assert register.profile(held).version == 1
    assert "Given name differs" in one.what_to_look_at()


def test_a_uln_that_is_not_there_is_never_registered_as_new(register):
    one = only(run(register, ADA.evolve(uln=OTHER)))

    assert (one.happening, one.uln) == (Happening.ULN_UNKNOWN, None)
    assert len(register) == 0


def test_a_linked_uln_is_answered_with_the_master_and_the_master_updated(
    register, held
):
    master = register.register(ADA.evolve(family_name="Married", gender="9"))
    register.merge(held, into=master)

    one = only(
        run(
            register,
            ADA.evolve(uln=held, family_name="Married", gender="9", title="Dr"),
        )
    )

    assert (one.happening, one.uln, one.is_replaced) == (
        Happening.LINKED,
        master,
        True,
    )
    assert register.profile(master).learner.title == "Dr"


def test_a_linked_uln_with_its_old_details_is_answered_and_changes_nothing(
    register, held
):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)
    version = register.profile(master).version

    one = only(run(register, ADA.evolve(uln=held, title="Dr")))

    assert (one.happening, one.uln) == (Happening.LINKED, master)
    assert register.profile(master).version == version


def test_a_linked_uln_with_the_details_of_neither_is_an_exception(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)

    one = only(run(register, ADA.evolve(uln=held, given_name="Bea", gender="0")))

    assert one.happening is Happening.ULN_DISAGREES


def test_the_uln_of_a_twin_does_not_change_the_given_name(register, held):
    one = only(run(register, ADA.evolve(uln=held, given_name="Zed")))

    assert (one.happening, one.uln) == (Happening.ULN_DISAGREES, None)
    assert one.differing == ("given_name",)
    assert register.profile(held).learner.given_name == "Ada"


def test_a_merged_uln_with_the_details_of_a_twin_is_an_exception(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)

    one = only(run(register, ADA.evolve(uln=held, given_name="Zoe")))

    assert (one.happening, one.uln) == (Happening.ULN_DISAGREES, None)


def test_a_given_name_that_is_spelled_otherwise_is_updated(register, held):
    one = only(run(register, ADA.evolve(uln=held, given_name="Adah")))

    assert (one.happening, one.uln) == (Happening.UPDATED, held)
    assert register.profile(held).learner.given_name == "Adah"


def test_ability_to_share_0_over_1_is_refused_when_the_row_has_a_uln(register, held):
    one = only(run(register, ADA.evolve(uln=held, ability_to_share="0", title="Dr")))

    assert (one.happening, one.uln) == (Happening.SHARE_REFUSED, None)
    assert register.profile(held).learner.title is None


LONG_AGO = ADA.evolve(date_of_birth="1990-05-04")


def read_2a(*learners):
    made = batch.make(learners, layout=batch.LRB_2A, ukprn="10012345", file_name="x")
    return batch.read(batch.write(made), name="x")


@pytest.mark.parametrize(
    ("day", "happening"),
    [("2018-05-24", Happening.UPDATED), ("2018-05-25", Happening.SHARE_REFUSED)],
)
def test_an_opt_out_is_taken_only_while_there_was_one(register, day, happening):
    held_then = register.register(LONG_AGO.evolve(mis_identifier=None))
    file = read_2a(LONG_AGO.evolve(uln=held_then, ability_to_share="2"))

    result = batch.run(file, register, job="FUL", as_of=dt.date.fromisoformat(day))

    assert only(result).happening is happening


@pytest.mark.parametrize(
    ("day", "happening"),
    [("2018-05-24", Happening.CREATED), ("2018-05-25", Happening.SHARE_REFUSED)],
)
def test_nobody_new_is_registered_as_opted_out_since_it_ended(register, day, happening):
    file = read_2a(LONG_AGO.evolve(ability_to_share="2"))

    result = batch.run(file, register, job="FUL", as_of=dt.date.fromisoformat(day))

    assert only(result).happening is happening


# --- defects ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "happening"),
    [
        ({"postcode": None}, Happening.NULL),
        ({"given_name": " "}, Happening.NULL),
        ({"gender": "F"}, Happening.FORMAT),
        ({"gender": "F", "email": "none"}, Happening.FORMAT),
        ({"upn": "A1"}, Happening.IDENTIFIER),
        ({"date_of_birth": "2020-01-01"}, Happening.AGE),
        ({"date_of_birth": "2020-01-01", "gender": "F"}, Happening.COMBINATION),
        ({"postcode": None, "upn": "A1"}, Happening.COMBINATION),
    ],
)
def test_defects_decide_by_their_kind_and_nothing_is_searched(
    register, held, change, happening
):
    one = only(run(register, ADA.evolve(**change)))

    assert (one.happening, one.uln) == (happening, None)
    assert one.issues
    assert one.issues[0].remedy in one.what_to_look_at()


def test_later_rows_for_the_same_learner_are_exceptions_and_nobody_is_made_twice(
    register,
):
    result = run(register, ADA, ADA.evolve(mis_identifier="M2"))

    assert [r.happening for r in result.results] == [
        Happening.CREATED,
        Happening.DUPLICATE,
    ]
    assert len(register) == 1


def test_a_row_that_is_refused_takes_nobodys_place(register):
    wrong = ADA.evolve(email="none")

    result = run(register, wrong, ADA.evolve(mis_identifier="M2"))

    assert [r.happening for r in result.results] == [
        Happening.FORMAT,
        Happening.CREATED,
    ]


# --- the run as a whole -----------------------------------------------------------


def test_chk_writes_nothing(register, held):
    before = list(register.learners())
    new = ADA.evolve(mis_identifier="M2", **OTHER_PERSON)

    result = run(register, ADA.evolve(title="Dr"), new, job="CHK")

    assert [r.happening for r in result.results] == [Happening.FOUND, Happening.NOBODY]
    assert list(register.learners()) == before
    assert not run(register, ADA.evolve(title="Dr"), new, job="CHK").is_repeated


def test_the_same_file_again_gives_the_stored_result_and_creates_nobody(register, held):
    near = ADA.evolve(mis_identifier="M3", gender="9")
    rows = (
        ADA.evolve(ability_to_share="0"),
        ADA.evolve(mis_identifier="M2", **OTHER_PERSON),
        near,
        ADA.evolve(mis_identifier="M4", uln=OTHER),
        ADA.evolve(mis_identifier="M5", given_name=None),
        ADA.evolve(mis_identifier="M6", uln=held, given_name="Eva", gender="9"),
        ADA.evolve(
            mis_identifier="M7",
            given_name="New",
            family_name="Person",
            verification_type=None,
        ),
    )
    first = run(register, *rows)
    again = run(register, *rows)

    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert again.results == first.results
    assert again.output() == first.output()
    assert again.exceptions_table() == first.exceptions_table()
    assert len(register) == 2


def test_a_register_of_real_ulns_creates_nobody():
    with Register() as register:
        one = only(run(register, ADA))

        assert one.happening is Happening.NOBODY
        assert len(register) == 0


def test_when_the_register_fails_in_the_middle_nothing_is_written(
    register, monkeypatch
):
    calls = iter([None, RegisterRefused("test", "the register failed")])
    create = register.register

    def register_once(learner, *, at=None):
        error = next(calls)
        if error is not None:
            raise error
        return create(learner, at=at)

    monkeypatch.setattr(register, "register", register_once, raising=False)
    with pytest.raises(RegisterRefused):
        run(register, ADA, ADA.evolve(mis_identifier="M2", **OTHER_PERSON))

    monkeypatch.undo()
    assert len(register) == 0
    assert not run(register, ADA).is_repeated


def test_a_file_with_errors_as_a_whole_is_refused_unless_lenient(register):
    made = batch.make([ADA], ukprn="10012345", file_name="x")
    raw = batch.write(made).replace(b"10012345,1,", b"10012345,2,")
    file = batch.read(raw, as_of=AS_OF)

    with pytest.raises(InvalidData) as caught:
        batch.run(file, register, job="FUL", as_of=AS_OF)
    assert [i.code for i in caught.value.report] == ["record-count"]
    assert len(register) == 0

    result = batch.run(file, register, job="FUL", as_of=AS_OF, lenient=True)
    assert only(result).happening is Happening.CREATED


def test_a_file_that_could_not_be_read_is_refused(register):
    file = batch.read(b"%PDF-1.7", as_of=AS_OF)

    for lenient in (False, True):
        with pytest.raises(InvalidData) as caught:
            batch.run(file, register, job="FUL", as_of=AS_OF, lenient=lenient)
        assert [i.code for i in caught.value.report] == ["file-kind"]


def test_there_are_only_two_job_types(register):
    with pytest.raises(ValueError, match="JobType"):
        run(register, ADA, job="ALL")


def test_a_file_that_was_never_bytes_can_be_run(register):
    file = batch.make([ADA], ukprn="10012345", file_name="x")

    result = batch.run(file, register, job="FUL", as_of=AS_OF)

    assert only(result).happening is Happening.CREATED
    assert batch.run(file, register, job="FUL", as_of=AS_OF).is_repeated


# --- what comes out ---------------------------------------------------------------


@pytest.fixture
def result(register, held):
    return run(
        register,
        ADA.evolve(notes="=1+1"),
        ADA.evolve(mis_identifier="=M2", gender="9"),
        ADA.evolve(mis_identifier="M3", **OTHER_PERSON),
    )


def test_the_output_has_the_input_columns_the_ulns_and_the_return_code_last(
    result, held
):
    lines = result.output().decode().splitlines()
    headings, *rows = [line.split(",") for line in lines]

    assert headings == [*batch.LRB_3A.headings, "ReturnCode"]
    new = str(result.results[2].uln)
    assert [(row[4], row[5], row[-1]) for row in rows] == [
        (str(held), "M1", "RC003"),
        ("", "=M2", "RC007"),
        (new, "M3", "RC001"),
    ]
    # byte-exact for programs, and honest about the numbers
    assert rows[0][-2] == "=1+1"
    assert rows[0][1] == "SYNTHETIC - ULNs NOT REAL x"


def test_the_exceptions_are_a_table_for_people(result, held):
    raw = result.exceptions_table()
    text = raw.decode("utf-8-sig")

    assert raw.startswith(b"\xef\xbb\xbf")
    heading, row = text.splitlines()
    assert heading.endswith("SYNTHETIC - ULNs NOT REAL")
    assert row.startswith("3,'=M2,RC007,")
    assert f"candidates: {held} (gender not known)" in row
    assert "2027-01-05" in row
    assert "Example" not in text


def test_exceptions_are_due_45_days_after_the_upload(result):
    assert result.due == dt.date(2027, 1, 5)


def test_the_counts_are_those_of_the_service(result):
    assert result.counts == {
        Count.NEW: 1,
        Count.EXISTING: 1,
        Count.POSSIBLE: 1,
        Count.NOT_FOUND: 0,
        Count.REJECTED: 0,
    }
    assert result.happenings == {
        Happening.CREATED: 1,
        Happening.UPDATED: 1,
        Happening.POSSIBLE: 1,
    }


def test_another_reading_of_the_return_codes_can_be_given(register):
    codes = DEFAULT_RETURN_CODES.replace({Happening.CREATED: "RC005"})

    result = run(register, ADA, return_codes=codes)

    assert result.output().rstrip().endswith(b",RC005")
    assert result.exceptions == ()


def test_a_code_that_is_in_no_list_counts_as_an_exception(register):
    codes = DEFAULT_RETURN_CODES.replace({Happening.CREATED: "RC099"})

    result = run(register, ADA, return_codes=codes)

    assert result.exceptions == result.results


def test_the_output_of_a_real_register_says_nothing_of_invented_numbers():
    with Register() as register:
        register.add(ADA.evolve(uln=OTHER))
        result = run(register, ADA, ADA.evolve(mis_identifier="M2", gender="9"))

    assert b"SYNTHETIC" not in result.output()
    assert b"SYNTHETIC" not in result.exceptions_table()


def test_the_json_names_no_person(result):
    import json

    text = json.dumps(result.to_dict())

    assert '"kind": "batch-run"' in text
    assert "Example" not in text
    assert "ZA1" not in text


def test_an_output_file_can_be_read_and_not_run_again(result, register):
    file = batch.read(result.output(), as_of=AS_OF)

    assert str(file.layout) == "LRB output 3A"
    assert [record.return_code for record in file.records] == [
        "RC003",
        "RC007",
        "RC001",
    ]
    with pytest.raises(InvalidData) as caught:
        batch.run(file, register, job="FUL", as_of=AS_OF)
    assert [i.code for i in caught.value.report] == ["output-file"]


@pytest.mark.parametrize(
    ("name", "reference"), [(None, "output"), ("autumn.xml", "autumn")]
)
def test_the_output_of_an_xml_file_is_a_whole_csv_file(name, reference):
    made = batch.make([ADA], ukprn="10012345", file_name="x")
    file = batch.read(batch.write(made, form="XML"), as_of=AS_OF)
    file = attrs.evolve(file, name=name)

    output = batch.read(
        batch.run(file, Register(), job="CHK", as_of=AS_OF).output(), as_of=AS_OF
    )

    assert not output.report.errors
    assert output.values == attrs.evolve(made.values, file_name=reference)


@pytest.mark.parametrize("layout", [batch.VLD, batch.ACHIEVEMENT], ids=str)
def test_what_is_no_lrb_file_is_not_run(register, layout):
    learner = Learner(given_name="Ada", family_name="Example")
    file = batch.make([learner], ukprn="10012345", file_name="x", layout=layout)

    with pytest.raises(InvalidData) as caught:
        batch.run(file, register, job="FUL", as_of=AS_OF, lenient=True)
    assert [i.code for i in caught.value.report] == ["not-an-lrb-file"]


# --- what went wrong once ---------------------------------------------------------


def test_a_merged_learner_with_a_stricter_share_stops_no_file(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    stricter = register.register(
        ADA.evolve(family_name="Linked", gender="9", ability_to_share="2")
    )
    register.merge(stricter, into=master)
    given = ADA.evolve(uln=master, **OTHER_PERSON)

    one = only(run(register, given))

    assert one.happening is Happening.FOUND
    assert register.profile(master).learner.ability_to_share == "2"


def test_a_changed_file_is_another_file(register, held):
    made = batch.make([ADA], ukprn="10012345", file_name="x")
    file = batch.read(batch.write(made), as_of=AS_OF)
    batch.run(file, register, job="FUL", as_of=AS_OF)
    other = ADA.evolve(**OTHER_PERSON)
    changed = attrs.evolve(
        file, records=(attrs.evolve(file.records[0], learner=other),)
    )

    result = batch.run(changed, register, job="FUL", as_of=AS_OF)

    assert not result.is_repeated
    assert only(result).happening is Happening.CREATED
    assert only(result).uln != held


def test_another_layout_is_another_run(register):
    made = batch.make([ADA], ukprn="10012345", file_name="x")
    raw = batch.write(made)
    batch.run(batch.read(raw), register, job="FUL", as_of=AS_OF)
    first = batch.read(raw, layout=batch.LRB_3A)

    assert batch.run(first, register, job="FUL", as_of=AS_OF).is_repeated


def test_the_due_date_is_that_of_the_first_run(register):
    made = batch.make([ADA.evolve(gender="F")], ukprn="10012345", file_name="x")
    file = batch.read(batch.write(made), as_of=AS_OF)
    first = batch.run(file, register, job="FUL", as_of=AS_OF)
    later = batch.run(file, register, job="FUL", as_of=dt.date(2027, 1, 1))

    assert later.is_repeated
    assert later.due == first.due == dt.date(2027, 1, 5)
    assert later.results == first.results


def test_a_uln_that_was_deleted_since_is_not_given_out_again(register):
    one = only(run(register, ADA))
    register.delete(one.uln)

    again = only(run(register, ADA))

    assert (again.happening, again.uln) == (Happening.ULN_UNKNOWN, None)


def test_a_uln_that_was_merged_since_is_answered_with_its_master(register):
    one = only(run(register, ADA))
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(one.uln, into=master)

    again = only(run(register, ADA))

    assert (again.happening, again.uln) == (Happening.LINKED, master)


def test_records_are_judged_on_the_day_of_the_run_whatever_was_checked_before(register):
    child = ADA.evolve(date_of_birth="2022-05-04")
    raw = batch.write(batch.make([child], ukprn="10012345", file_name="x"))

    one = only(batch.run(batch.read(raw), register, job="FUL", as_of=AS_OF))

    assert one.happening is Happening.AGE
    assert len(register) == 0


def test_a_file_that_was_made_is_judged_like_one_that_was_read(register):
    rows = (
        ADA.evolve(gender="X"),
        ADA.evolve(mis_identifier="M2", uln="1234567894"),
        ADA.evolve(mis_identifier="M3"),
        ADA.evolve(mis_identifier="M4"),
    )
    file = batch.make(rows, ukprn="10012345", file_name="x")

    result = batch.run(file, register, job="FUL", as_of=AS_OF)

    assert [r.happening for r in result.results] == [
        Happening.FORMAT,
        Happening.FORMAT,
        Happening.CREATED,
        Happening.DUPLICATE,
    ]


def test_the_old_name_of_a_merged_record_is_not_written_over_the_new_one(
    register, held
):
    master = register.register(ADA.evolve(family_name="Married", gender="9"))
    register.update(Learner(uln=master, gender="2"))
    register.merge(held, into=master)

    one = only(run(register, ADA.evolve(uln=held, title="Dr")))

    assert (one.happening, one.uln) == (Happening.LINKED, master)
    assert register.profile(master).learner.family_name == "Married"
    assert register.profile(master).learner.title == "Dr"


def test_one_person_has_one_mandatory_field_changed_in_a_file(register, held):
    master = register.register(ADA.evolve(**OTHER_PERSON))
    register.merge(held, into=master)
    mine = {**OTHER_PERSON, "uln": master}

    result = run(
        register,
        ADA.evolve(**{**mine, "family_name": "New"}),
        ADA.evolve(
            **{**mine, "family_name": "New", "postcode": "ZD1 1AA", "uln": held},
            mis_identifier="M2",
        ),
    )

    assert [r.happening for r in result.results] == [
        Happening.UPDATED,
        Happening.DUPLICATE,
    ]
    assert register.profile(master).learner.postcode == OTHER_PERSON["postcode"]


def test_without_a_uln_verification_and_share_stay_as_they_are(register, held):
    one = only(
        run(
            register, ADA.evolve(verification_type="0", ability_to_share="1", title="X")
        )
    )

    assert one.happening is Happening.UPDATED
    assert register.profile(held).learner.verification_type == "2"


def test_a_date_and_time_is_as_good_as_a_date(register):
    old = ADA.evolve(date_of_birth="1915-11-22")
    file = batch.make([old], ukprn="10012345", file_name="x")

    result = batch.run(
        file, register, job="CHK", as_of=dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    )

    assert only(result).happening is Happening.NOBODY
    assert result.due == dt.date(2027, 1, 5)


def test_the_output_keeps_the_encoding_of_the_input(register):
    made = batch.make([ADA.evolve(given_name="Zoë")], ukprn="10012345", file_name="x")
    raw = batch.write(made).decode().encode("cp1252")

    result = batch.run(batch.read(raw), register, job="FUL", as_of=AS_OF)

    assert "Zoë".encode("cp1252") in result.output()


def test_a_register_that_refuses_names_the_row(register, monkeypatch):
    def refuse(learner, *, at=None):
        raise RegisterRefused("range-used-up", "there are no numbers left")

    monkeypatch.setattr(register, "register", refuse, raising=False)
    with pytest.raises(RegisterRefused, match=r"row 2: there are no numbers left"):
        run(register, ADA)

"""Joining outputs back to inputs: every record accounted for once, or named."""

import attrs
import pytest

from builders.outputs import (
    PEOPLE,
    ULNS,
    UPLOAD,
    adds_up,
    codes,
    fates,
    output,
    sent,
)
from ulnlib import Learner, batch
from ulnlib.batch import Fate
from ulnlib.errors import InvalidValue

# --- by MIS identifier --------------------------------------------------------------


def test_an_output_in_any_order_is_joined():
    back = output()
    back = attrs.evolve(back, records=back.records[::-1])

    result = batch.join(sent(), back)

    assert result.is_complete
    assert set(fates(result)) == {Fate.JOINED}
    assert [str(one.answer.uln) for one in result.records] == ULNS[:8]
    assert result.return_codes == {"RC002": 8}
    assert not result.exceptions
    adds_up(result)


def test_several_inputs_and_outputs_are_one_account():
    parts = batch.split(sent(), most=3)
    back = batch.split(output(), most=5)

    result = batch.join(parts, back)

    assert result.is_complete
    assert [counts[Fate.JOINED] for counts in result.input_counts] == [3, 3, 2]
    assert [counts[Fate.JOINED] for counts in result.output_counts] == [5, 3]
    assert [(one.file, one.output_file) for one in result.records[3:6]] == [
        (2, 1),
        (2, 1),
        (2, 2),
    ]


def test_what_is_missing_in_the_output_is_named():
    back = output()
    back = attrs.evolve(back, records=back.records[:6])

    result = batch.join(sent(), back)

    assert fates(result)[5:] == [Fate.JOINED, Fate.MISSING, Fate.MISSING]
    assert [(item.code, item.row) for item in result.report] == [
        ("join-missing", 8),
        ("join-missing", 9),
    ]
    assert not result.is_complete
    adds_up(result)


def test_an_identifier_that_is_twice_in_the_output_is_joined_to_neither():
    people = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE)]
    back = output([*people, people[0].evolve(uln=ULNS[9])])

    result = batch.join(sent(), back)

    assert fates(result)[0] is Fate.TWICE
    assert result.records[0].rivals == ((1, 2), (1, 10))
    assert result.records[0].answer is None
    assert result.output_counts[0][Fate.TWICE] == 2
    assert codes(result) == ["join-twice"]
    assert "2 records" in result.report[0].message
    adds_up(result)


def test_an_identifier_that_is_twice_in_the_inputs_is_joined_to_neither():
    people = [*PEOPLE[:7], PEOPLE[7].evolve(mis_identifier="M1")]

    result = batch.join(sent(people), output())

    assert fates(result)[0] is fates(result)[7] is Fate.AMBIGUOUS
    assert result.output_counts[0] == dict.fromkeys(Fate, 0) | {
        Fate.JOINED: 6,
        Fate.AMBIGUOUS: 1,
        Fate.UNKNOWN: 1,
    }
    assert codes(result) == ["join-ambiguous", "join-ambiguous", "join-unknown"]
    adds_up(result)


@pytest.mark.parametrize("identifier", ["m1", "M1 ", " M1", "M01"])
def test_identifiers_are_equal_only_as_they_stand(identifier):
    people = [PEOPLE[0].evolve(mis_identifier=identifier)]

    result = batch.join(sent(PEOPLE[:1]), output(people))

    assert fates(result) == [Fate.MISSING]
    assert codes(result) == ["join-missing", "join-unknown"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_record_without_identifier_is_named_on_both_sides(nothing):
    people = [PEOPLE[0].evolve(mis_identifier=nothing)]

    result = batch.join(sent(people), output(people))

    assert fates(result) == [Fate.NO_IDENTIFIER]
    assert codes(result) == ["join-no-identifier", "join-output-without-identifier"]
    adds_up(result)


def test_an_identifier_where_columns_have_slipped_is_none():
    text = batch.write(output(PEOPLE[:2])).replace(b",RC002\r\n", b",RC002,x,y\r\n")
    back = batch.read(text)
    assert {item.code for item in back.report} >= {"columns-extra"}

    result = batch.join(sent(PEOPLE[:2]), back)

    assert fates(result) == [Fate.MISSING] * 2
    assert result.output_counts[0][Fate.NO_IDENTIFIER] == 2


# --- mix-ups ------------------------------------------------------------------------


def test_two_records_of_an_xml_file_in_one_are_joined_to_neither():
    end, begin = b"</Learner>", b"<Learner>"
    content = batch.write(output(), form="XML")
    assert content.count(end + b"\n" + begin) == 7
    spliced = content.replace(end + b"\n" + begin, b"", 1)

    result = batch.join(sent(), batch.read(spliced))

    assert fates(result)[:3] == [Fate.MISSING, Fate.MISSING, Fate.JOINED]
    assert [one.fate for one in result.output_records][:2] == [
        Fate.NO_IDENTIFIER,
        Fate.JOINED,
    ]
    assert not result.is_complete


def test_identifiers_that_were_given_anew_are_found_by_the_names():
    turned = [*PEOPLE[1:], PEOPLE[0]]
    people = [
        one.evolve(mis_identifier=f"M{n}", uln=ULNS[n])
        for n, one in enumerate(turned, 1)
    ]

    result = batch.join(sent(), output(people))

    assert set(fates(result)) == {Fate.DOUBTFUL}
    assert all(one.answer is None for one in result.records)
    assert set(codes(result)) == {"join-doubtful"}
    assert result.output_counts[0][Fate.DOUBTFUL] == 8
    assert "Given name" in result.report[0].message
    assert PEOPLE[0].given_name not in str(list(result.report))
    adds_up(result)


ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
)


@pytest.mark.parametrize(
    ("changes", "foreign"),
    [
        ({}, ()),
        ({"given_name": "ADA", "family_name": "example"}, ()),
        ({"given_name": "Adah"}, ()),
        ({"given_name": "Example", "family_name": "Ada"}, ()),
        ({"family_name": None, "date_of_birth": None}, ()),
        ({"date_of_birth": "2008-04-05"}, ()),
        ({"date_of_birth": "31/12/1999"}, ()),  # turned round by a spreadsheet
        ({"family_name": "Married", "previous_family_name": "Example"}, ()),
        ({"gender": "1", "postcode": "ZZ99 9ZZ"}, ()),
        ({"given_name": "Bob"}, ("given_name",)),
        ({"family_name": "Somebody"}, ("family_name",)),
        ({"date_of_birth": "1999-12-31"}, ("date_of_birth",)),
    ],
)
def test_another_spelling_is_no_mix_up_and_another_person_is(changes, foreign):
    result = batch.join(sent([ADA]), output([ADA.evolve(uln=ULNS[0], **changes)]))

    assert result.records[0].foreign == foreign
    assert fates(result) == [Fate.DOUBTFUL if foreign else Fate.JOINED]


def test_twins_whose_identifiers_were_changed_over_are_found():
    twins = [ADA, ADA.evolve(given_name="Grace", mis_identifier="M2")]
    back = [
        twins[0].evolve(mis_identifier="M2", uln=ULNS[0]),
        twins[1].evolve(mis_identifier="M1", uln=ULNS[1]),
    ]

    assert fates(batch.join(sent(twins), output(back))) == [Fate.DOUBTFUL] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "Ida", "gender": "1"},
        {"given_name": "Ava"},
        {"gender": "1"},
        {"postcode": "ZA9 9AB"},
    ],
)
@pytest.mark.parametrize("by", ["mis_identifier", "position"])
def test_twins_are_told_apart_by_what_is_exactly_the_others(other, by):
    twins = [ADA, ADA.evolve(mis_identifier="M2", **other)]
    back = [
        twins[1].evolve(mis_identifier="M1", uln=ULNS[0]),
        twins[0].evolve(mis_identifier="M2", uln=ULNS[1]),
    ]

    result = batch.join(sent(twins), output(back), by=by)

    assert fates(result) == [Fate.DOUBTFUL] * 2
    assert set(result.records[0].foreign) == set(other)
    assert result.records[0].rivals == ((1, 2),)
    right = [one.evolve(uln=ULNS[n]) for n, one in enumerate(twins)]
    assert fates(batch.join(sent(twins), output(right), by=by)) == [Fate.JOINED] * 2


@pytest.mark.parametrize("lost", [{"gender": None}, {"postcode": "ZZ9 9ZZ"}])
def test_twins_are_told_apart_by_their_names_where_the_rest_is_nobodys(lost):
    twins = [ADA, ADA.evolve(mis_identifier="M2", given_name="Ida", gender="1")]
    back = [
        twins[1].evolve(mis_identifier="M1", uln=ULNS[0], **lost),
        twins[0].evolve(mis_identifier="M2", uln=ULNS[1], **lost),
    ]

    assert fates(batch.join(sent(twins), output(back))) == [Fate.DOUBTFUL] * 2


def test_another_spelling_with_ones_own_postcode_is_nobody_elses():
    people = [
        ADA.evolve(given_name="Jon", gender="1"),
        ADA.evolve(given_name="John", gender="1", mis_identifier="M2", postcode="ZB1"),
    ]
    back = [
        people[0].evolve(given_name="John", uln=ULNS[0]),
        people[1].evolve(uln=ULNS[1]),
    ]

    assert fates(batch.join(sent(people), output(back))) == [Fate.JOINED] * 2


@pytest.mark.parametrize("other", [{"given_name": "Adah"}, {"postcode": "ZB1 1AB"}])
def test_one_learner_who_is_there_twice_is_joined_with_a_warning(other):
    people = [ADA, ADA.evolve(mis_identifier="M2", **other)]
    back = [one.evolve(uln=ULNS[0], **other) for one in people]

    result = batch.join(sent(people), output(back))

    assert fates(result) == [Fate.JOINED] * 2
    assert codes(result) == ["join-uln-shared"]


def test_what_tells_too_little_is_nobody_elses():
    one = Learner(mis_identifier="M1", given_name="Ada", family_name="Example")
    two = one.evolve(mis_identifier="M2", given_name="Ava")
    back = [two.evolve(mis_identifier="M1", uln=ULNS[0]), two.evolve(uln=ULNS[1])]

    assert fates(batch.join(sent([one, two]), output(back))) == [Fate.JOINED] * 2


def test_the_output_of_another_file_is_named():
    other = [one.evolve(mis_identifier=f"X{n}") for n, one in enumerate(PEOPLE)]

    result = batch.join(sent(), output(other, ukprn="10099999"))

    assert set(fates(result)) == {Fate.MISSING}
    assert result.output_counts[0][Fate.UNKNOWN] == 8
    assert codes(result)[0] == "join-other-provider"


def test_two_learners_with_one_uln_are_named():
    people = [ADA.evolve(uln=ULNS[0]), ADA.evolve(uln=ULNS[0], mis_identifier="M2")]

    result = batch.join(sent([one.evolve(uln=None) for one in people]), output(people))

    assert codes(result) == ["join-uln-shared"]
    assert result.report[0].row == 3
    assert result.is_complete  # a warning


@pytest.mark.parametrize("uln", [None, ULNS[0]])
def test_two_people_with_one_uln_are_joined_to_nothing(uln):
    people = [ADA, ADA.evolve(mis_identifier="M2", given_name="Grace")]
    back = [one.evolve(uln=ULNS[0]) for one in people]

    result = batch.join(sent([one.evolve(uln=uln) for one in people]), output(back))

    assert fates(result) == [Fate.DOUBTFUL] * 2
    assert result.records[0].foreign == ("uln",)
    assert not result.is_complete
    adds_up(result)


def test_a_uln_that_was_replaced_is_nobodys_new_one():
    held = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE[:3])]
    moved = [one.evolve(uln=ULNS[n]) for n, one in zip((1, 0, 2), held, strict=True)]

    result = batch.join(sent(held), output(moved))

    assert fates(result) == [Fate.DOUBTFUL, Fate.DOUBTFUL, Fate.JOINED]
    assert result.records[0].foreign == ("uln",)
    assert result.records[0].rivals == ((1, 2),)
    assert codes(result) == ["join-doubtful"] * 2
    adds_up(result)


@pytest.mark.parametrize("uln", [None, "1.00E+09", "9900000005"])
def test_a_success_without_a_uln_that_can_be_used_is_named(uln):
    result = batch.join(sent([ADA]), output([ADA.evolve(uln=uln)]))

    assert codes(result) == ["join-uln-unusable"]
    assert result.records[0].answer.uln is None
    assert result.records[0].answer.updates == ()
    assert result.exceptions == result.records
    assert batch.raised_by(result, uploaded=UPLOAD, at="2026-11-22") == ()


# --- by position ----------------------------------------------------------------------


def test_by_position_only_when_told_to():
    people = [one.evolve(mis_identifier=None) for one in PEOPLE]
    back = output([one.evolve(uln=ULNS[n]) for n, one in enumerate(people)])

    result = batch.join(sent(people), back, by="position")

    assert result.is_complete
    assert result.by is batch.JoinBy.POSITION
    assert [one.output.row for one in result.records] == list(range(2, 10))


def test_by_position_an_output_of_another_length_is_joined_to_nothing():
    back = output()
    back = attrs.evolve(back, records=back.records[1:])

    result = batch.join(sent(), back, by="position")

    assert set(fates(result)) == {Fate.MISCOUNTED}
    assert result.output_counts[0][Fate.MISCOUNTED] == 7
    assert "8 records and its output 7" in result.report[0].message
    adds_up(result)


def test_by_position_a_slip_is_found_by_the_identifiers_and_the_names():
    back = output()
    back = attrs.evolve(back, records=back.records[1:] + back.records[:1])

    result = batch.join(sent(), back, by="position")

    assert set(fates(result)) == {Fate.DOUBTFUL}
    assert result.records[0].foreign[0] == "mis_identifier"


def test_by_position_files_without_a_counterpart_are_named():
    result = batch.join([sent(), sent()], [output()], by="position")
    assert [counts[Fate.MISSING] for counts in result.input_counts] == [0, 8]
    adds_up(result)

    result = batch.join([sent()], [output(), output()], by="position")
    assert [counts[Fate.UNKNOWN] for counts in result.output_counts] == [0, 8]
    adds_up(result)


def test_another_way_is_refused():
    with pytest.raises(InvalidValue, match="mis_identifier, upn, position"):
        batch.join(sent(), output(), by="name")


# --- bad files ------------------------------------------------------------------------


def test_no_outputs_and_empty_ones():
    assert set(fates(batch.join(sent(), []))) == {Fate.MISSING}
    result = batch.join(sent(), batch.read(b""))
    assert codes(result)[0] == "join-file-unreadable"
    assert set(fates(result)) == {Fate.MISSING}
    result = batch.join([], [])
    assert result.records == result.output_records == ()


def test_an_input_given_as_output_is_named_and_loads_nothing():
    result = batch.join(sent(), sent())

    assert codes(result)[0] == "join-no-return-codes"
    assert all(one.answer.updates == () for one in result.records)
    assert len(result.exceptions) == 8


def test_the_same_output_twice_is_named():
    back = batch.read(batch.write(output()))

    result = batch.join(sent(), [back, back])

    assert codes(result)[0] == "join-output-repeated"
    assert set(fates(result)) == {Fate.TWICE}
    adds_up(result)


# --- by UPN ---------------------------------------------------------------------------

UPNS = ("H801200001001", "A801200001002", "B801200001003")
PUPILS = [
    one.evolve(mis_identifier=None, upn=upn)
    for one, upn in zip(PEOPLE, UPNS, strict=False)
]


def test_pupils_without_an_identifier_are_joined_by_upn():
    back = output([one.evolve(uln=ULNS[n]) for n, one in enumerate(PUPILS)])
    back = attrs.evolve(back, records=back.records[::-1])

    result = batch.join(sent(PUPILS), back, by="upn")

    assert result.is_complete
    assert [str(one.answer.uln) for one in result.records] == ULNS[:3]


def test_a_upn_that_is_not_there_or_there_twice_joins_nothing():
    people = [PUPILS[0], PUPILS[1].evolve(upn=None), PUPILS[2]]
    back = output([PUPILS[0], PUPILS[2], PUPILS[2], PUPILS[1].evolve(upn=None)])

    result = batch.join(sent(people), back, by="upn")

    assert fates(result) == [Fate.JOINED, Fate.NO_IDENTIFIER, Fate.TWICE]
    messages = " ".join(item.message for item in result.report)
    assert "has no UPN" in messages
    assert "records with the UPN of this row" in messages


def test_only_lrb_files_have_a_upn():
    file = batch.make(PEOPLE[:1], ukprn="1", file_name="x", layout=batch.VLD)

    with pytest.raises(InvalidValue):
        batch.join(file, file, by="upn")

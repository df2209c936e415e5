"""Values of fields: each defect is named as what it is."""

import pytest

from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.rules.values import NO_DAYS, VALUE_LIMIT, check_value, check_values

ALL = {name: field.codes for name, field in FIELDS.items()}


def codes_of(name, value, codes=None):
    field = FIELDS[name]
    found = check_value(field, value, field.codes if codes is None else codes)
    assert all(item.path == (name,) for item in found)
    return [item.code for item in found]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("uln", "1000000043", []),
        ("uln", "100000004", ["uln-length"]),
        ("uln", "10000000433", ["uln-length"]),
        ("uln", "100000004X", ["uln-characters"]),
        ("uln", "1000 000043", ["uln-characters"]),
        ("uln", "1000-000043", ["uln-characters"]),
        ("uln", "1000000043 ", ["uln-characters"]),
        ("uln", "-1000000043", ["uln-characters"]),
        ("uln", "0000000042", ["uln-leading-zero"]),
        ("uln", "9999999999", ["uln-temporary"]),
        ("uln", "1000000044", ["uln-check-digit"]),
        ("uln", "1.00E+09", ["spreadsheet-scientific"]),
        ("uln", "1,5e9", ["spreadsheet-scientific"]),
        ("uln", "1E+1000", ["uln-characters"]),
        ("date_of_birth", "2008-05-04", []),
        ("date_of_birth", "2008-02-29", []),
        ("date_of_birth", "2007-02-29", ["date-calendar"]),
        ("date_of_birth", "2007-13-01", ["date-calendar"]),
        ("date_of_birth", "1800-02-29", ["date-no-leap-year"]),
        ("date_of_birth", "1900-02-29", ["date-no-leap-year"]),
        ("date_of_birth", "1799-01-01", ["date-format"]),
        ("date_of_birth", "1800-01-00", ["date-calendar"]),
        ("date_of_birth", "2099-01-00", ["date-calendar"]),
        ("date_of_birth", "2100-01-01", ["date-format"]),
        ("date_of_birth", "04/05/2008", ["date-excel"]),
        ("date_of_birth", "4/5/2008 00:00", ["date-excel"]),
        ("date_of_birth", "04/05/2008 00:00:00", ["date-excel"]),
        ("date_of_birth", "04/05/08", ["date-two-digit-year"]),
        ("date_of_birth", "4-5-08", ["date-two-digit-year"]),
        ("date_of_birth", "4.5.08", ["date-two-digit-year"]),
        ("date_of_birth", "39572", ["date-serial"]),
        ("date_of_birth", "39572.0", ["date-serial"]),
        ("date_of_birth", "3957", ["date-format"]),
        ("date_of_birth", "4 May 2008", ["date-format"]),
        ("gender", "2", []),
        ("gender", "F", ["code-word"]),
        ("gender", " Female ", ["code-word"]),
        ("gender", "X", ["code-unknown"]),
        ("ability_to_share", "2", []),
        ("ability_to_share", "3", ["code-unknown"]),
        ("verification_type", "999", []),
        ("verification_type", "F", ["code-unknown"]),
        ("email", "ada@example.org", []),
        ("email", "None", ["email-none"]),
        ("email", " n/a ", ["email-none"]),
        ("email", "Nil nil", ["email-none"]),
        ("email", "none, none, none", ["email-none"]),
        ("email", "Not known", ["email-none"]),
        ("email", "---", ["email-none"]),
        ("email", "ada", ["email-format"]),
        ("email", "ada ada", ["email-format"]),
        ("email", "none ada", ["email-format"]),
        ("email", "none@", ["email-format"]),
        ("email", "@", ["email-format"]),
        ("email", "ada@example", ["email-format"]),
        ("email", "x" * 242 + "@example.org", []),
        ("email", "x" * 243 + "@example.org", ["too-long"]),
        ("postcode", "ZA1 1AB", []),
        ("postcode", "ZA11AB", ["postcode-no-space"]),
        ("postcode", "Z", ["postcode-format"]),
        ("scottish_candidate_number", "145589606", []),
        ("scottish_candidate_number", "45589606", ["spreadsheet-leading-zero"]),
        ("scottish_candidate_number", "1455896060", ["scn-format"]),
        ("scottish_candidate_number", "4558960X", ["scn-format"]),
        ("scottish_candidate_number", "\u0664558960", ["scn-format"]),
        ("upn", "1.2E+12", ["spreadsheet-scientific"]),
        ("upn", "123", ["upn-format"]),
        ("uci", "123", ["uci-format"]),
        ("given_name", "x" * 35, []),
        ("given_name", "x" * 36, ["too-long"]),
        ("notes", "x" * 4000, []),
        ("notes", "x" * 4001, ["too-long"]),
        ("town", "A\tB", ["control-character"]),
        ("town", "A\x7fB", ["control-character"]),
        ("town", "A\nB", ["line-break"]),
        ("town", "A\rB", ["line-break"]),
        ("town", "A\ufffdB", ["character-lost"]),
        ("town", "A\u200bB", ["hidden-character"]),
        ("town", "\x01" + "x" * 50, ["control-character", "too-long"]),
        ("gender", "2\x01", ["code-unknown"]),
        # The pattern of the service takes no control character anywhere.
        ("postcode", "ZA1\t1AB", ["postcode-format"]),
    ],
)
def test_a_defect_is_named_as_what_it_is(name, value, expected):
    assert codes_of(name, value) == expected


def test_the_codes_are_those_that_are_accepted_here():
    assert codes_of("ability_to_share", "2", ("0", "1")) == ["share-2-withdrawn"]
    assert codes_of("ability_to_share", "3", ("0", "1")) == ["code-unknown"]
    assert codes_of("gender", "2", ("0", "1")) == ["code-unknown"]


def test_the_two_days_of_no_calendar_are_the_leap_days_of_1800_and_1900():
    assert sorted(NO_DAYS) == ["1800-02-29", "1900-02-29"]


def test_a_value_beyond_the_limit_is_not_looked_into():
    assert codes_of("notes", "\x01" * VALUE_LIMIT) == ["control-character", "too-long"]
    assert codes_of("notes", "\x01" * (VALUE_LIMIT + 1)) == ["cell-too-large"]
    assert VALUE_LIMIT == 131_072


def test_lengths_and_positions_are_said_and_nothing_of_the_value():
    (item,) = check_value(FIELDS["given_name"], "x" * 40, ())
    assert item.message == "Given name has 40 characters; at most 35 fit"

    (item,) = check_value(FIELDS["town"], "Ab\x01", ())
    assert item.message == "Town has a control character at position 3"

    (item,) = check_value(FIELDS["town"], "Ab\u200b", ())
    assert item.message == "Town has a character that shows nothing at position 3"

    (item,) = check_value(FIELDS["town"], "\ufffd-\ufffd", ())
    assert item.message == "Town has a letter that was lost in saving, at position 1"

    (item,) = check_value(FIELDS["town"], "a\nb", ())
    assert item.message == "Town has a line break inside"

    for name in ("uln", "upn"):
        (item,) = check_value(FIELDS[name], "1E+12", ())
        assert item.message.startswith(f"{FIELDS[name].label} is in scientific")

    (item,) = check_value(FIELDS["uln"], "12", ())
    assert item.message == "the ULN has 2 characters instead of 10"

    (item,) = check_value(FIELDS["scottish_candidate_number"], "12345678", ())
    assert "Scottish candidate number has 8 digits instead of 9" in item.message

    (item,) = check_value(FIELDS["date_of_birth"], "39572.0", ())
    assert "5 digits" in item.message

    (item,) = check_value(FIELDS["gender"], "7", ("0", "1"))
    assert item.message.endswith(": 0, 1")

    (item,) = check_value(FIELDS["notes"], "x" * 200_000, ())
    assert "200000 characters" in item.message


class TestAllFieldsOfALearner:
    def test_only_the_accepted_fields_are_looked_at(self):
        learner = Learner(uln="1", gender="F", postcode="x")

        assert [i.field for i in check_values(learner, {"gender": ("1",)}, ())] == [
            "gender"
        ]

    def test_findings_come_in_the_order_of_the_fields(self):
        learner = Learner(notes="x" * 5000, gender="F", uln="1")
        found = check_values(learner, ALL, ("given_name",))

        assert [i.field for i in found] == ["uln", "given_name", "gender", "notes"]

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_nothing_is_missing_only_where_it_is_mandatory(self, nothing):
        learner = Learner(postcode=nothing)

        assert check_values(learner, ALL, ()) == []
        (item,) = check_values(learner, ALL, ("postcode",))
        assert (item.code, item.field) == ("mandatory-missing", "postcode")
        assert item.message == "Last known postcode is empty; it is mandatory"

    def test_a_name_of_spaces_is_no_name(self):
        learner = Learner(given_name=" ", title=" ", postcode=" ")
        found = check_values(learner, ALL, ("given_name",))

        assert [(i.code, i.field) for i in found] == [
            ("mandatory-missing", "given_name"),
            ("postcode-format", "postcode"),
        ]
        assert check_values(Learner(family_name="  "), ALL, ()) == []

    def test_what_is_mandatory_and_not_accepted_is_not_asked_for(self):
        assert check_values(Learner(), {"gender": ()}, ("postcode",)) == []

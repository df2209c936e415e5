"""The ULN: value, check digit, reasons, diagnosis."""

import pickle

import pytest

from ulnlib import InvalidUln, Uln, uln
from ulnlib.uln import Reason


def test_a_ulnlib_uln_is_ten_digits_with_a_check_digit():
    assert str(Uln.parse("1000000043")) == "1000000043"


@pytest.mark.parametrize(
    "text", ["1000 000 043", " 1000000043 ", "1000-000-043", "- 1000000043 -"]
)
def test_spaces_and_hyphens_are_removed_wherever_they_stand(text):
    assert str(Uln.parse(text)) == "1000000043"
    assert Uln(text) == Uln.parse("1000000043")
    assert uln.validate(text) == uln.format(text) == "1000000043"
    assert uln.is_valid(text)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", Reason.LENGTH),
        (" - ", Reason.LENGTH),
        ("100000004", Reason.LENGTH),
        ("10000000433", Reason.LENGTH),
        ("100000004x", Reason.CHARACTERS),
        ("1000.000.043", Reason.CHARACTERS),
        ("1000\t000043", Reason.CHARACTERS),
        ("1000\u00a0000043", Reason.CHARACTERS),  # a no-break space
        ("1000\u2013000043", Reason.CHARACTERS),  # a dash is no hyphen
        (
            "\u0661\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0664\u0663",
            Reason.CHARACTERS,
        ),
        (
            "100000004\u00b3",
            Reason.CHARACTERS,
        ),  # a superscript three is a digit, not ASCII
        ("0000000042", Reason.LEADING_ZERO),
        ("9999999999", Reason.TEMPORARY),
        ("1000000063", Reason.REMAINDER_ZERO),
        ("1000000042", Reason.CHECK_DIGIT),
        ("1234567894", Reason.CHECK_DIGIT),  # the portal guide's own example
    ],
)
def test_what_is_no_uln_has_its_reason(value, reason):
    assert uln.check(value) is reason
    assert not uln.is_valid(value)
    for parse in (Uln.parse, Uln, uln.validate, uln.format):
        with pytest.raises(InvalidUln) as caught:
            parse(value)
        assert caught.value.reason == reason
        assert caught.value.message == reason.message == str(caught.value)
        assert (
            not value.strip(" -")
            or value not in str(caught.value)
            or value == "9999999999"
        )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, Reason.TYPE),
        (1000000043.0, Reason.TYPE),
        (None, Reason.TYPE),
        (["1000000043"], Reason.TYPE),
        pytest.param(b"1000000043", None, id="bytes"),
        (b"1000 000 043", None),
        (b"100000004\xb3", Reason.CHARACTERS),
        pytest.param(1000000043, None, id="int"),
        (1000000042, Reason.CHECK_DIGIT),
        (43, Reason.LENGTH),
        (-1000000043, Reason.CHARACTERS),
        pytest.param(10**5000, Reason.LENGTH, id="five thousand digits"),
        ("1000000043", None),
    ],
)
def test_many_takes_texts_bytes_and_ints_and_says_the_reason(value, reason):
    assert [verdict.reason for verdict in uln.validate_many([value])] == [reason]
    assert uln.check(value) is reason


def test_many_is_lazy_and_keeps_the_order():
    def values():
        yield "1000000043"
        yield "1000000042"
        raise AssertionError("asked for too much")

    verdicts = uln.validate_many(values())

    assert next(verdicts) == (Uln("1000000043"), None)
    assert next(verdicts) == (None, Reason.CHECK_DIGIT)


@pytest.mark.parametrize("value", [None, 1000000043, b"12", ["1"], 1.0, object()])
def test_the_conventional_functions_take_only_text(value):
    assert not uln.is_valid(value)
    for parse in (Uln.parse, uln.validate):
        with pytest.raises(InvalidUln) as caught:
            parse(value)
        assert caught.value.reason == Reason.TYPE


@pytest.mark.parametrize(
    ("nine", "digit"),
    [("100000004", "3"), ("123456789", "9"), ("999999999", "8"), ("444459939", "0")],
)
def test_the_check_digit_of_nine_digits(nine, digit):
    assert uln.calc_check_digit(nine) == digit
    assert uln.calc_check_digit(f"{nine[:4]} {nine[4:]}") == digit


@pytest.mark.parametrize(
    ("nine", "reason"),
    [
        ("100000006", Reason.REMAINDER_ZERO),
        ("10000000", Reason.LENGTH),
        ("1000000043", Reason.LENGTH),
        ("", Reason.CHARACTERS),
        ("10000000x", Reason.CHARACTERS),
        ("012345678", Reason.LEADING_ZERO),
    ],
)
def test_nine_digits_without_a_check_digit_are_refused(nine, reason):
    with pytest.raises(InvalidUln) as caught:
        uln.calc_check_digit(nine)
    assert caught.value.reason == reason


def test_a_uln_is_a_value():
    one, same, other = Uln("1000000043"), Uln("1000 000 043"), Uln("4444599390")

    assert one == same
    assert hash(one) == hash(same)
    assert one < other
    assert {one, same} == {one}
    assert (int(one), str(one), repr(one)) == (
        1000000043,
        "1000000043",
        "Uln('1000000043')",
    )
    assert (one.check_digit, other.check_digit) == ("3", "0")
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    with pytest.raises(AttributeError):
        one.digits = "1"


def test_the_error_survives_pickling():
    error = pickle.loads(pickle.dumps(InvalidUln("length", "too short")))  # noqa: S301

    assert (error.reason, str(error)) == ("length", "too short")


def test_a_wrong_digit_has_several_possible_corrections():
    found = uln.diagnose("1234567894")

    assert found.reason is Reason.CHECK_DIGIT
    assert Uln("1234567899") in found.corrections
    assert len(found.corrections) == 10
    assert found.corrections == tuple(sorted(found.corrections))
    assert "cannot say which is right" in found.to_text()


def test_a_swap_of_neighbours_is_found():
    right = "1748529632"
    swapped = "7148529632"

    found = uln.diagnose(swapped)

    assert Uln(right) in found.transpositions
    assert "changed places: 1748529632" in found.to_text()


def test_a_missing_and_a_repeated_digit_are_found():
    assert Uln("1000000043") in uln.diagnose("100000043").dropped
    assert Uln("1000000043") in uln.diagnose("10000000043").repeated
    assert "one digit is missing" in uln.diagnose("100000043").to_text()
    assert "one digit is too many" in uln.diagnose("10000000043").to_text()


@pytest.mark.parametrize("value", ["9999999999", "123456789X", None, "123", "1" * 12])
def test_no_correction_is_offered_where_none_can_be_meant(value):
    found = uln.diagnose(value)

    assert found.reason is not None
    everything = (
        found.corrections,
        found.transpositions,
        found.dropped,
        found.repeated,
    )
    assert everything == ((), (), (), ())
    assert found.to_text() == f"Not a ULN: {found.reason.message}."


def test_a_uln_needs_no_diagnosis():
    found = uln.diagnose("1000000043")

    assert found.reason is None
    assert found.to_text() == "This is a ULN."


def test_a_remainder_0_number_is_diagnosed_like_a_wrong_digit():
    found = uln.diagnose("1000000063")

    assert found.reason is Reason.REMAINDER_ZERO
    assert Uln("1000000043") in found.corrections

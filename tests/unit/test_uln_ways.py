"""The quick way through a ULN and the thorough one, and the words of a diagnosis."""

import random

import pytest

from ulnlib import InvalidUln, Uln, uln
from ulnlib.uln import Reason


def naive_is_uln(text):
    """The rule as the data collection code states it, digit by digit."""
    total = sum(int(text[place]) * (10 - place) for place in range(9))
    remainder = total % 11
    return text[0] != "0" and remainder != 0 and int(text[9]) == 10 - remainder


def numbers(count):
    chance = random.Random(5)
    for _ in range(count):
        nine = f"{chance.randrange(10**9):09}"
        yield from (f"{nine}{digit}" for digit in range(10))


def is_parsed(text):
    try:
        return str(Uln.parse(text)) == text
    except InvalidUln:
        return False


def test_parse_agrees_with_the_naive_rule_also_after_a_leading_zero():
    for text in numbers(2_000):
        if text != uln.TEMPORARY:
            assert is_parsed(text) == uln.is_valid(text) == naive_is_uln(text)


def test_ten_digits_as_they_stand_take_the_quick_way(monkeypatch):
    good = [text for text in numbers(500) if naive_is_uln(text)]

    def refuse(*_):
        pytest.fail("the thorough way was taken")

    monkeypatch.setattr(uln, "_reason", refuse)
    monkeypatch.setattr(uln, "validate", refuse)
    monkeypatch.setattr(uln, "compact", refuse)
    for text in good:
        assert uln.is_valid(text)
        assert str(Uln.parse(text)) == text


def test_nine_digits_without_a_check_digit_are_not_valid_without_a_tenth():
    assert not uln.is_valid("100000006")
    assert not is_parsed("100000006")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (-1, Reason.CHARACTERS),
        (0, Reason.LENGTH),
        (1, Reason.LENGTH),
        (9999999998, None),
        (9999999999, Reason.TEMPORARY),
        (10**10, Reason.LENGTH),
        pytest.param(10**5_000, Reason.LENGTH, id="very long"),
    ],
)
def test_whole_numbers_at_the_edges(number, reason):
    assert uln.check(number) == reason


def test_too_few_digits_for_a_check_digit_are_said_to_be_so():
    with pytest.raises(InvalidUln, match=r"nine digits are needed for a check digit$"):
        uln.calc_check_digit("12345678")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1000000043", "This is a ULN."),
        (
            "1000000034",
            (
                "Not a ULN: the last digit does not agree with the others; a digit is "
                "wrong or two have changed places.\n"
                "If two neighbouring digits changed places: 1000000043.\n"
                "If one digit is wrong: {wrong}.\n"
                "{total} numbers fit; the number alone cannot say which is right. "
                "Compare with the document it was copied from."
            ),
        ),
        (
            "100000004",
            (
                "Not a ULN: a ULN has ten digits.\n"
                "If one digit is missing: {missing}.\n"
                "{total} numbers fit; the number alone cannot say which is right. "
                "Compare with the document it was copied from."
            ),
        ),
        (
            "10000000433",
            "Not a ULN: a ULN has ten digits.\nIf one digit is too many: 1000000043.",
        ),
        ("12", "Not a ULN: a ULN has ten digits."),
    ],
)
def test_a_diagnosis_in_words(number, text):
    found = uln.diagnose(number)
    kinds = (found.transpositions, found.corrections, found.dropped, found.repeated)
    expected = text.format(
        wrong=", ".join(map(str, found.corrections)),
        missing=", ".join(map(str, found.dropped)),
        total=sum(map(len, kinds)),
    )

    assert found.to_text() == expected


def test_two_that_fit_are_said_to_be_two():
    two = uln.Diagnosis(
        reason=Reason.LENGTH, repeated=(Uln("1000000043"), Uln("1000000051"))
    )

    assert two.to_text() == (
        "Not a ULN: a ULN has ten digits.\n"
        "If one digit is too many: 1000000043, 1000000051.\n"
        "2 numbers fit; the number alone cannot say which is right. Compare with the "
        "document it was copied from."
    )


def test_a_dropped_digit_is_found_wherever_it_stood():
    chosen = next(text for text in numbers(50) if naive_is_uln(text))
    for place in range(10):
        found = uln.diagnose(chosen[:place] + chosen[place + 1 :])
        assert Uln(chosen) in found.dropped

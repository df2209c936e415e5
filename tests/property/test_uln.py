"""Laws of the ULN, and a second, naive implementation to agree with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulnlib import InvalidUln, Uln, uln
from ulnlib.testing.strategies import uln_texts, ulns
from ulnlib.uln import Reason


def naive_is_uln(text):
    """The rule as the data collection code states it, digit by digit."""
    if len(text) != 10 or any(c not in "0123456789" for c in text) or text[0] == "0":
        return False
    total = 0
    for position in range(9):
        total += int(text[position]) * (10 - position)
    remainder = total % 11
    return remainder != 0 and int(text[9]) == 10 - remainder


@given(ulns())
def test_parse_of_str_is_the_same_uln(number):
    assert Uln.parse(str(number)) == number


@given(ulns(), st.integers(0, 9), st.integers(1, 9))
def test_any_single_wrong_digit_is_refused(number, position, shift):
    text = str(number)
    wrong = str((int(text[position]) + shift) % 10)

    assert not uln.is_valid(text[:position] + wrong + text[position + 1 :])


@given(ulns(), st.integers(0, 9), st.integers(0, 9))
def test_any_transposition_of_two_different_digits_is_refused(number, one, other):
    digits = list(str(number))
    digits[one], digits[other] = digits[other], digits[one]
    swapped = "".join(digits)

    assert uln.is_valid(swapped) == (swapped == str(number))


@given(st.text() | uln_texts())
def test_any_text_gives_a_uln_or_a_reason_and_all_functions_agree(text):
    reason = uln.check(text)
    assert uln.is_valid(text) == (reason is None)
    if reason is None:
        assert str(Uln.parse(text)) == uln.validate(text) == uln.compact(text)
        return
    for parse in (Uln.parse, Uln, uln.validate, uln.format):
        with pytest.raises(InvalidUln) as caught:
            parse(text)
        assert caught.value.reason == reason


@given(st.integers() | st.binary() | st.floats() | st.none() | st.text())
def test_many_never_raises(value):
    ((found, reason),) = uln.validate_many([value])

    assert (found is None) != (reason is None)


@given(uln_texts())
def test_the_naive_implementation_agrees(text):
    assert uln.is_valid(text) == naive_is_uln(uln.compact(text))


def test_the_naive_implementation_agrees_over_a_stretch_of_numbers():
    for number in range(1234560000, 1234580000):
        assert uln.is_valid(str(number)) == naive_is_uln(str(number))


@given(ulns(), st.integers(0, 9), st.integers(1, 9))
def test_the_right_number_is_among_the_corrections_of_a_wrong_digit(
    number, position, shift
):
    text = str(number)
    wrong = str((int(text[position]) + shift) % 10)
    mistyped = text[:position] + wrong + text[position + 1 :]

    found = uln.diagnose(mistyped)

    if mistyped != uln.TEMPORARY:
        assert number in found.corrections
    assert all(uln.is_valid(str(one)) for one in found.corrections)


@given(ulns(), st.integers(0, 8))
def test_the_right_number_is_among_the_transpositions_of_a_swap(number, position):
    text = str(number)
    a, b = text[position], text[position + 1]
    swapped = text[:position] + b + a + text[position + 2 :]

    found = uln.diagnose(swapped)

    if found.reason in {Reason.CHECK_DIGIT, Reason.REMAINDER_ZERO, Reason.LEADING_ZERO}:
        assert number in found.transpositions
    else:
        assert a == b


@given(st.integers(100000000, 999999999))
def test_a_check_digit_makes_a_uln_or_there_is_none(nine):
    ten = [f"{nine}{digit}" for digit in range(10)]
    valid = [number for number in ten if uln.is_valid(number)]
    if valid:
        assert [f"{nine}{uln.calc_check_digit(str(nine))}"] == valid
    else:
        with pytest.raises(InvalidUln, match="no check digit"):
            uln.calc_check_digit(str(nine))

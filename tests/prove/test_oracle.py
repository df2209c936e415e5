"""The rule of the ULN, written digit by digit, against a million numbers.

`PROVE_NUMBERS` says how many (50,000 without it): half random, half consecutive.
"""

from __future__ import annotations

import os
import random

import pytest

from ulnlib import uln
from ulnlib.uln import Reason

NUMBERS = int(os.environ.get("PROVE_NUMBERS", "50000"))


def naive_reason(text):
    """Say why ten digits are no ULN, as the documents put it; None for a ULN."""
    if text == "9999999999":
        return Reason.TEMPORARY
    if text[0] == "0":
        return Reason.LEADING_ZERO
    total = 0
    for position in range(9):
        total += int(text[position]) * (10 - position)
    remainder = total % 11
    if remainder == 0:
        return Reason.REMAINDER_ZERO
    return None if int(text[9]) == 10 - remainder else Reason.CHECK_DIGIT


def numbers():
    """Yield random numbers, then consecutive ones from both ends of the range."""
    chance = random.Random(2026)
    half = NUMBERS // 2
    for _ in range(half):
        yield f"{chance.randrange(10**10):010}"
    for number in range(half // 2):
        yield str(10**9 + number)
        yield str(10**10 - 1 - number)


@pytest.mark.prove
def test_a_million_numbers_are_judged_as_the_naive_rule_judges_them(record_property):
    counts = {}
    for text in numbers():
        right = naive_reason(text)
        assert uln.check(text) == right
        assert uln.is_valid(text) == (right is None)
        counts[right] = counts.get(right, 0) + 1

    assert set(counts) == {None, *Reason} - {
        Reason.TYPE,
        Reason.CHARACTERS,
        Reason.LENGTH,
    }
    record_property("numbers", f"{sum(counts.values()):,}")
    record_property("of them ULNs", f"{counts[None]:,}")


@pytest.mark.prove
def test_judging_many_at_once_agrees(record_property):
    count = 0
    for text, (found, reason) in zip(
        numbers(), uln.validate_many(numbers()), strict=True
    ):
        right = naive_reason(text)
        assert reason == right
        assert (None if found is None else str(found)) == (
            None if right is not None else text
        )
        count += 1
    record_property("numbers at once", f"{count:,}")


@pytest.mark.prove
def test_of_all_tenth_digits_exactly_the_right_one_is_taken(record_property):
    chance = random.Random(11)
    tried = NUMBERS // 20
    for _ in range(tried):
        nine = str(chance.randrange(10**8, 10**9))
        right = [str(d) for d in range(10) if naive_reason(f"{nine}{d}") is None]
        found = [str(d) for d in range(10) if uln.is_valid(f"{nine}{d}")]
        assert found == right
        assert len(right) <= 1
        if right:
            assert uln.calc_check_digit(nine) == right[0]
    record_property("check digits", f"{tried:,}")

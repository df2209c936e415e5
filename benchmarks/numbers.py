"""Checking ULNs one by one in plain Python, against python-stdnum's NHS number.

Both are ten digits with a check digit modulo 11; each module gets valid numbers of
its own kind.
"""

from __future__ import annotations

__all__ = ["figures"]

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from random import Random

from stdnum.gb import nhs

from benchmarks.harness import Figure, compare
from ulnlib import InvalidUln, Uln
from ulnlib.uln import is_valid


def _all_of(check: Callable[[str], object], numbers: Sequence[str]) -> None:
    for number in numbers:
        check(number)


def _all_tried(
    check: Callable[[str], object], numbers: Sequence[str], refusal: type[Exception]
) -> None:
    for number in numbers:
        with suppress(refusal):
            check(number)


def _wrong_tenth(numbers: Iterable[str]) -> list[str]:
    """Return the numbers with a wrong check digit in every tenth."""
    return [
        number if n % 10 else number[:9] + str((int(number[9]) + 1) % 10)
        for n, number in enumerate(numbers)
    ]


def _numbers(check: Callable[[str], bool], chance: Random) -> Iterator[str]:
    while True:
        number = str(chance.randrange(10**9, 10**10 - 1))
        if check(number):
            yield number


def figures(*, size: int, rounds: int) -> Iterator[Figure]:
    """Yield the figures of checking numbers.

    Args:
        size: How many numbers.
        rounds: How often each is measured.
    """
    chance = Random(2026)  # noqa: S311  # for measuring
    ulns = list(islice(_numbers(is_valid, chance), size))
    others = list(islice(_numbers(nhs.is_valid, chance), size))
    about = f"{size:,} numbers one by one"

    found = compare(
        lambda: _all_of(is_valid, ulns),
        lambda: _all_of(nhs.is_valid, others),
        rounds=rounds,
    )
    yield Figure.faster(
        f"`uln.is_valid` to `stdnum.gb.nhs.is_valid`, {about}, all valid", found, 8
    )
    found = compare(
        lambda: _all_of(Uln.parse, ulns),
        lambda: _all_of(nhs.validate, others),
        rounds=rounds,
    )
    yield Figure.faster(
        f"`Uln.parse` to `stdnum.gb.nhs.validate`, {about}, all valid", found, 4
    )

    ulns, others = _wrong_tenth(ulns), _wrong_tenth(others)
    found = compare(
        lambda: _all_of(is_valid, ulns),
        lambda: _all_of(nhs.is_valid, others),
        rounds=rounds,
    )
    yield Figure.faster("`uln.is_valid`, the same with 1 in 10 wrong", found, None)
    found = compare(
        lambda: _all_tried(Uln.parse, ulns, InvalidUln),
        lambda: _all_tried(nhs.validate, others, nhs.ValidationError),
        rounds=rounds,
    )
    yield Figure.faster(
        "`Uln.parse`, the same with 1 in 10 wrong, errors caught", found, None
    )

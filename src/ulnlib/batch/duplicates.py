"""Rows of a file that stand there twice: the same ULN, MIS identifier, or learner."""

from __future__ import annotations

__all__ = ["Repeats", "repeats", "tidy_values"]

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ulnlib._text import fold_postcode, fold_text
from ulnlib.batch.files import Record
from ulnlib.issues import Issue, issue
from ulnlib.learner import Learner
from ulnlib.uln import is_valid

Values = tuple[str | None, ...]


def _are_distinct(values: array[int]) -> bool:
    """Say whether no value is there twice, a half at a time to save memory."""
    half = len(values) // 2
    first, second = values[:half], values[half:]
    seen = set(first)
    if len(seen) < len(first) or not seen.isdisjoint(second):
        return False
    del seen
    return len(set(second)) == len(second)


def tidy_values(learner: Learner) -> Values:
    """Return a learner's values as `Repeats` compares them."""
    uln, postcode = learner.uln, learner.postcode
    if uln is not None and not is_valid(uln):
        # It is wrong by itself, however often it is there.
        uln = None
    if postcode:
        folded = fold_postcode(postcode).upper()
        postcode = f"{folded[:-3]} {folded[-3:]}"
    values = learner.values()
    return (uln, *values[1:14], postcode, *values[15:])


class Repeats:
    """Finds rows that stand in a file twice, in 28 bytes a record.

    It keeps 64-bit hashes and not texts. Two different texts of a million have the
    same hash once in some forty million files.
    """

    def __init__(self) -> None:
        self._rows = array("I")
        self._ulns = array("q")
        self._identifiers = array("q")
        self._learners = array("q")

    def add(self, row: int, values: Values) -> None:
        """Note the record of a row, its postcode in capitals with one space."""
        self._rows.append(row)
        # The hash of None would be the same for all: 0 stands for nothing given.
        self._ulns.append(0 if values[0] is None else hash(values[0]))
        self._identifiers.append(0 if values[1] is None else hash(values[1]))
        given, family, postcode = values[3], values[6], values[14]
        born, gender = values[16], values[19]
        if not (given and family and postcode and born and gender):
            self._learners.append(0)
            return
        # Folding is only needed for doubled or outer spaces and beyond ASCII.
        key = f" {given} \0 {family} \0 {postcode}\0{born}{gender}"
        self._learners.append(
            hash(key.lower())
            if key.isascii() and "  " not in key
            else hash(f" {fold_text(key)}")
        )

    def __len__(self) -> int:
        return len(self._rows)

    def issues(self) -> list[Issue]:
        """Return a finding for every row that repeats an earlier one."""
        found: list[Issue] = []
        for code, field, hashes in (
            ("duplicate-uln", "uln", self._ulns),
            ("duplicate-mis-identifier", "mis_identifier", self._identifiers),
            ("duplicate-learner", None, self._learners),
        ):
            path = () if field is None else (field,)
            for row, first in self._repeats(hashes):
                found.append(issue(code, "row", row, *path, first=first))
        return found

    def _repeats(self, hashes: array[int]) -> Iterator[tuple[int, int]]:
        """Yield each row that repeats an earlier one, with that one."""
        given = array("q", filter(None, hashes))
        if _are_distinct(given):
            return
        twice = {one for one, other in pairwise(sorted(given)) if one == other}
        first: dict[int, int] = {}
        for row, value in zip(self._rows, hashes, strict=True):
            if value in twice and first.setdefault(value, row) != row:
                yield row, first[value]


def repeats(records: Iterable[Record]) -> dict[int, list[Issue]]:
    """Return the findings about records that repeat an earlier one, by row."""
    seen = Repeats()
    for record in records:
        seen.add(record.row, tidy_values(record.learner))
    found: dict[int, list[Issue]] = {}
    for item in seen.issues():
        found.setdefault(item.row or 0, []).append(item)
    return found

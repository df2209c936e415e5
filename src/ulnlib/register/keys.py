"""The table of search keys: under which numbers a register finds its learners.

A register has some fifteen keys for each of its learners, so that every byte counts:
an entry is one number, 34 bits of the key and then the first nine digits of the ULN
in 30. Records may meet under a key by chance; a search compares the records themselves.
"""

from __future__ import annotations

__all__ = ["BulkKeys", "SearchKeys", "keys_of", "whole_number"]

from array import array
from collections import Counter
from functools import cache
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from ulnlib.matching.demographics import exact_key
from ulnlib.matching.keys import person_keys
from ulnlib.matching.source import PER_KEY_LIMIT, RECORD_LIMIT
from ulnlib.register.statements import padded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from ulnlib.matching.person import Person

_KEPT = 30  # bits of a key that are left out, and bits of the nine digits
_NINE = (1 << _KEPT) - 1
_KEY = ~_NINE
_INSERT = "INSERT OR IGNORE INTO search_key VALUES (?)"
_DELETE = "DELETE FROM search_key WHERE entry = ?"
_FIND = (
    "SELECT entry FROM (VALUES {values}) CROSS JOIN search_key "  # noqa: S608
    f"ON entry BETWEEN column1 AND column1 + {_NINE} LIMIT {{most}}"
)
_MOST_ROWS = 2_000
_PARAMETERS = 400  # SQLite takes as many terms as these in one list, and more


def keys_of(person: Person) -> set[int]:
    """Return the numbers under which a record is kept."""
    keys = person_keys(person)
    exact = exact_key(person.five)
    if exact is not None:
        keys.append(exact)
    return {key & _KEY for key in keys}


@cache
def _weighted(first: int) -> tuple[int, ...]:
    """Return the weighted sums of all numbers of three digits, by the first weight."""
    return tuple(
        number // 100 * first
        + number // 10 % 10 * (first - 1)
        + number % 10 * (first - 2)
        for number in range(1_000)
    )


def whole_number(nine: int) -> int:
    """Return a ULN as a number from its first nine digits.

    They are those of a ULN that a register holds, so that they have a check digit.
    """
    first, rest = divmod(nine, 1_000_000)
    second, third = divmod(rest, 1_000)
    remainder = _weighted(10)[first] + _weighted(7)[second] + _weighted(4)[third]
    remainder %= 11
    return nine * 10 + 10 - remainder


class SearchKeys:
    """The keys of a register that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, number: int, keys: Iterable[int]) -> None:
        """Keep a record under its keys; those it has already stay."""
        self._connection.executemany(_INSERT, _entries(number, keys))

    def remove(self, number: int, keys: Iterable[int]) -> None:
        """Take a record away from under keys."""
        self._connection.executemany(_DELETE, _entries(number, keys))

    def clear(self) -> None:
        """Take all records away."""
        self._connection.execute("DELETE FROM search_key")

    def find(
        self, exact: int | None, keys: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        """Return the ULNs of the records under any of the keys, in order.

        Of a key with more than `PER_KEY_LIMIT` records only the first so many count,
        and of all no more than `RECORD_LIMIT`, those under most keys; the keys of
        others are returned second.
        """
        asked = keys if exact is None else (*keys, exact)
        wanted = {key & _KEY: key for key in asked}
        found: list[int] = []
        cut: list[int] = []
        for page in padded(sorted(wanted), _PARAMETERS):
            rows = self._rows(page, _MOST_ROWS)
            if len(rows) > PER_KEY_LIMIT:
                # One of the keys may have more than it may give.
                if len(rows) == _MOST_ROWS:
                    rows = self._one_by_one(page)
                rows, full = _limited(rows)
                cut += full
            found += [entry for (entry,) in rows]
        numbers = sorted({entry & _NINE for entry in found})
        if len(numbers) > RECORD_LIMIT:
            numbers, left = _under_most(found)
            cut += left
        return [whole_number(nine) for nine in numbers], [wanted[key] for key in cut]

    def _one_by_one(self, page: Iterable[int | None]) -> list[tuple[int]]:
        most = PER_KEY_LIMIT + 1
        return [
            row for key in page if key is not None for row in self._rows([key], most)
        ]

    def _rows(self, keys: Sequence[int | None], most: int) -> list[tuple[int]]:
        return self._connection.execute(_find(len(keys), most), keys).fetchall()


@cache
def _find(length: int, most: int) -> str:
    return _FIND.format(values=", ".join(["(?)"] * length), most=most)


def _limited(rows: list[tuple[int]]) -> tuple[list[tuple[int]], list[int]]:
    """Return no more rows of a key than it may give, and the keys that have more."""
    kept: list[tuple[int]] = []
    full = []
    for key, of_key in groupby(sorted(rows), lambda row: row[0] & _KEY):
        some = list(of_key)
        kept += some[:PER_KEY_LIMIT]
        if len(some) > PER_KEY_LIMIT:
            full.append(key)
    return kept, full


def _under_most(entries: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return the records under most keys, and the keys of the others."""
    several = list(entries)
    counts = Counter([entry & _NINE for entry in several])
    order = sorted(counts, key=lambda nine: (-counts[nine], nine))
    kept = set(order[:RECORD_LIMIT])
    left = {entry & _KEY for entry in several if entry & _NINE not in kept}
    return sorted(kept), sorted(left)


def _entries(number: int, keys: Iterable[int]) -> list[tuple[int]]:
    nine = number // 10
    return [(key | nine,) for key in sorted(keys)]


class BulkKeys:
    """Keys of many new records, gathered and then written in their order.

    Writing them as the records come would visit the whole table for each record.

    Args:
        connection: Where they go.
    """

    _PARTS = 1_024
    _MOST = 240_000_000  # entries at once, of eight bytes each: some 15 a learner
    _ROWS = 50  # entries of one statement: several together take half the time
    _INSERT = _INSERT + ", (?)" * (_ROWS - 1)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._empty()

    def _empty(self) -> None:
        self._parts = [array("q") for _ in range(self._PARTS)]
        self._count = 0

    def add(self, number: int, keys: Collection[int]) -> None:
        """Gather the keys of a record."""
        nine, parts, half = number // 10, self._parts, self._PARTS // 2
        for key in keys:
            parts[(key >> 54) + half].append(key | nine)
        self._count += len(keys)
        if self._count >= self._MOST:
            self.write()

    def write(self) -> None:
        """Write what is gathered."""
        run = self._connection.executemany
        entries = chain.from_iterable(map(sorted, self._parts))
        together = islice(entries, self._count // self._ROWS * self._ROWS)
        run(self._INSERT, zip(*[together] * self._ROWS, strict=True))
        run(_INSERT, zip(entries))
        self._empty()

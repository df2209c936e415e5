"""The tables of this package, and drawing from them by weight."""

from __future__ import annotations

__all__ = ["Weighted", "one_of", "rows", "weighted"]

import csv
from bisect import bisect
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

T = TypeVar("T")


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table, without the comments above and among them.

    Args:
        name: A file of `_data/`, without its ending.

    Returns:
        One dictionary a row, in the order of the file.
    """
    text = (files("ulnlib.testing") / "_data" / f"{name}.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines))


def one_of(values: Sequence[T], chance: Random) -> T:
    """Return one of some values, all of them equally often."""
    # Not `chance.choice`, whose way may change with the version of Python.
    return values[int(chance.random() * len(values))]


class Weighted(Generic[T]):
    """Values that are drawn in proportion to their weights.

    Args:
        pairs: Values with whole, positive weights; others are left out.
    """

    __slots__ = ("_bounds", "_total", "_values")

    def __init__(self, pairs: Iterable[tuple[T, int]]) -> None:
        kept = [(value, weight) for value, weight in pairs if weight > 0]
        self._values = [value for value, _ in kept]
        self._bounds = list(accumulate(weight for _, weight in kept))
        self._total = self._bounds[-1] if kept else 0

    def __bool__(self) -> bool:
        return bool(self._values)

    def draw(self, chance: float) -> T:
        """Return the value at a point of the scale from 0 up to, and without, 1."""
        return self._values[bisect(self._bounds, int(chance * self._total))]


def weighted(text: str) -> Weighted[str]:
    """Return words to draw from, written with their weights: `Road 40, Lane 18`."""
    pairs = (item.strip().rsplit(" ", 1) for item in text.split(","))
    return Weighted((word, int(weight)) for word, weight in pairs)

"""Values for statements that ask for several at once."""

from __future__ import annotations

__all__ = ["MOST", "padded"]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 500
"""Rows asked for at once; SQLite takes at least 999 parameters."""


def padded(values: Sequence[int], most: int = MOST) -> Iterator[list[int | None]]:
    """Yield pages of values, filled up with nothing to one of a few lengths.

    SQLite keeps a statement ready that it has seen before: so there are few of them.

    Args:
        values: The values.
        most: How long a page is, at most.
    """
    for start in range(0, len(values), most):
        page: list[int | None] = [*values[start : start + most]]
        length = 4
        while length < len(page):
            length += max(4, length // 8 * 4)  # 4, 8, 12, 16, 24, 32, 48, 64, 96 ...
        yield page + [None] * (min(length, most) - len(page))

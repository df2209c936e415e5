"""Of many choices those of which something can come."""

from __future__ import annotations

__all__ = ["pruned"]

from bisect import bisect_left
from collections import defaultdict
from operator import itemgetter

FEW = 6
"""So few choices are not looked through: it takes longer than it saves."""

MANY = 64
"""A choice is compared with so many of the best: with all it would take longer."""

TRIED = 400
"""After so many choices it is asked again whether looking through them pays."""

SELDOM = 10
"""It does not pay where of these fewer than one in so many goes: then others stay."""

_BEST = itemgetter(1, 0)  # by score, of one score by the vector

_Entries = list[tuple[int, int]]


def pruned(  # noqa: PLR0913  # what vectors mean
    table: dict[int, int],
    *,
    at: int,
    guards: int,
    flipped: int,
    others: int,
    is_rising: bool,
) -> dict[int, int]:
    """Return a table without the choices that are no better than another in anything.

    A choice of nothing, whose score is 0, is kept: a node that is not used may be
    better for the node above.

    Args:
        table: The best score of each vector.
        at: Where in a vector the credit stands, which is its highest field.
        guards: The guards of all fields.
        flipped: The fields of which less is better.
        others: How many other fields than the credit tell anything.
        is_rising: Whether more credit is better; only equal credit is compared if not.
    """
    if len(table) <= FEW:
        return table
    entries = sorted(table.items(), key=_BEST, reverse=True)
    kept: dict[int, int] = {}
    if others > 1:
        _front(entries, kept, guards, flipped, None if is_rising else at)
    elif is_rising:
        _stairs(entries, kept, at, flipped)
    else:
        _columns(entries, kept, at, flipped)
    return kept


def _front(
    entries: _Entries, kept: dict[int, int], guards: int, flipped: int, at: int | None
) -> None:
    """Keep what none of the best is as good as in every field."""
    fronts: dict[int, list[int]] = defaultdict(list)
    gone = 0
    for seen, (vector, score) in enumerate(entries):
        if seen and not seen % TRIED:
            if (seen - len(kept) - gone) * SELDOM < TRIED:
                # To keep a choice too many is never wrong; to compare all is dear.
                kept.update(entries[seen:])
                return
            gone = seen - len(kept)
        turned = vector ^ flipped
        front = fronts[0 if at is None else turned >> at]
        for other in front:
            # A guard that is still there after taking off says: not less.
            if other - turned & guards == guards:
                if not score:
                    kept[vector] = score
                break
        else:
            kept[vector] = score
            if len(front) < MANY:
                front.append(turned | guards)


def _columns(entries: _Entries, kept: dict[int, int], at: int, flipped: int) -> None:
    """Keep, of one credit, what nothing of a better score has as much rest as."""
    low = (1 << at) - 1
    most: dict[int, int] = {}
    for vector, score in entries:
        turned = vector ^ flipped
        credit, rest = turned >> at, turned & low
        if rest > most.get(credit, -1):
            most[credit] = rest
            kept[vector] = score
        elif not score:
            kept[vector] = score


def _stairs(entries: _Entries, kept: dict[int, int], at: int, flipped: int) -> None:
    """Keep what nothing of a better score has as much credit and as much rest as."""
    low = (1 << at) - 1
    steps: list[int] = []  # credits, rising, while the rests fall
    rests: list[int] = []
    for vector, score in entries:
        turned = vector ^ flipped
        credit, rest = turned >> at, turned & low
        place = bisect_left(steps, credit)
        if place < len(steps) and rests[place] >= rest:
            if not score:
                kept[vector] = score
            continue
        kept[vector] = score
        first = place
        while first and rests[first - 1] <= rest:
            first -= 1
        last = place + (place < len(steps) and steps[place] == credit)
        steps[first:last] = [credit]
        rests[first:last] = [rest]

"""The level of units that nobody lists and that may be added: the one that helps most.

They are of any level that their group admits. The highest helps every minimum, and
falls under a cap on higher levels; one just below the cap does not. Where that one is
high enough for every minimum that asks, nothing is better.
"""

from __future__ import annotations

__all__ = ["HIGHEST", "cap_places", "is_level_under", "open_ranks", "unsure_places"]

from collections.abc import Iterator, Mapping

from ulnlib.qualifications import Cap, Level
from ulnlib.rules.combination.prepared import Place, Prepared, rank_of

HIGHEST = Level.LEVEL_8.rank


def open_ranks(prepared: Prepared) -> Mapping[int, int]:
    """Return the rank of what may be added to groups, where it is not the highest.

    Where a cap on higher levels and a minimum both ask, so that some of it would have
    to be high and some low, all of it is taken to be of the highest level; see
    `unsure_places`.

    Args:
        prepared: The structure.
    """
    return {
        place.number: rank for place, rank, serves in _below_caps(prepared) if serves
    }


def unsure_places(prepared: Prepared) -> list[Place]:
    """Return the groups whose open credit is taken to be too high.

    What is said to be needed may then be too much, or impossible.

    Args:
        prepared: The structure.
    """
    return [
        place
        for place, rank, serves in _below_caps(prepared)
        if not serves and rank >= _admitted(place)
    ]


def _admitted(place: Place) -> int:
    """Return the least rank that a group admits of what nobody lists."""
    return 0 if place.group.other is None else rank_of(place.group.other.level)


def _below_caps(prepared: Prepared) -> Iterator[tuple[Place, int, bool]]:
    """Yield open groups under a cap on higher levels, and the rank just below it.

    The last of the three says whether that rank serves every minimum.
    """
    caps = [
        (cap, cap_places(prepared, cap))
        for cap in prepared.structure.caps
        if not cap.kinds and not cap.is_imported
    ]
    if not any(rank_of(cap.at_least_level) >= 0 for cap, _ in caps):
        return
    for place in prepared.places:
        if place.group.other is None and place.group.is_complete:
            continue
        here = [cap for cap, places in caps if place.number in places]
        tops = [rank_of(cap.at_least_level) for cap in here]
        rank = min([top for top in tops if top >= 0], default=HIGHEST + 1) - 1
        if rank < HIGHEST:
            yield place, rank, rank >= _least(prepared, place, here)


def _least(prepared: Prepared, place: Place, caps: list[Cap]) -> int:
    """Return the rank from which on a unit serves every minimum, and passes no cap."""
    structure, ranks = prepared.structure, [0, _admitted(place)]
    if structure.min_credit_at_level:
        ranks.append(rank_of(structure.level))
    above: Place | None = place
    while above is not None:
        minimum = above.group.level_minimum
        if minimum is not None and minimum.credit > 0:
            ranks.append(rank_of(minimum.level))
        above = None if above.parent < 0 else prepared.places[above.parent]
    ranks += [
        rank_of(cap.at_most_level) + 1 for cap in caps if cap.at_most_level is not None
    ]
    return max(ranks)


def cap_places(prepared: Prepared, cap: Cap) -> set[int]:
    """Return the numbers of the groups in which a cap holds."""
    if cap.group is None:
        return set(range(len(prepared.places)))
    return {
        number
        for top in prepared.by_name.get(cap.group, ())
        for number in prepared.within(top)
    }


def is_level_under(cap: Cap, rank: int) -> bool:
    """Say whether a level falls under a cap."""
    if cap.at_most_level is not None and rank > rank_of(cap.at_most_level):
        return False
    return cap.at_least_level is None or rank >= max(rank_of(cap.at_least_level), 0)

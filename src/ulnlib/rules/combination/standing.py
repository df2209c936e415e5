"""How each group stands with what counts."""

from __future__ import annotations

__all__ = ["Standing", "standing_of"]

from collections.abc import Iterable, Sequence

import attrs

from ulnlib.rules.combination.claims import Claim
from ulnlib.rules.combination.prepared import Prepared, rank_of


@attrs.frozen(kw_only=True)
class Standing:
    """What counts in a group and below.

    Attributes:
        credit: Credits; of a capped group no more than its maximum.
        at_level: Credits at the level of the structure or above, those of groups that
            are left out of the level minimum not among them.
        above_level: Those above the level.
        inner: Credits at the level of the group's own level minimum or above.
        units: Units that count at the group itself.
        used: Groups directly below that are used.
        achieved: Groups directly below that are achieved.
        is_used: Whether anything counts.
        is_achieved: Whether its minimums hold and its mandatory groups are achieved.
    """

    credit: int
    at_level: int
    above_level: int
    inner: int
    units: int
    used: int
    achieved: int
    is_used: bool
    is_achieved: bool


def standing_of(
    prepared: Prepared, counted: Iterable[Claim], *, is_capped: bool
) -> Sequence[Standing]:
    """Return how each group stands, by its number.

    Args:
        prepared: The structure.
        counted: What counts.
        is_capped: Whether groups that hold more than their maximum count for it.
    """
    places = prepared.places
    level = rank_of(prepared.structure.level)
    own: list[list[Claim]] = [[] for _ in places]
    for claim in counted:
        own[claim.place].append(claim)
    minimums = sorted(
        {
            rank_of(place.group.level_minimum.level)
            for place in places
            if place.group.level_minimum is not None
        }
    )
    # Of each place: credit, at level, above level, then at each level of a minimum.
    sums: list[list[int]] = [[0] * (3 + len(minimums)) for _ in places]
    found: list[Standing | None] = [None] * len(places)
    for place in reversed(places):
        group, totals = place.group, sums[place.number]
        for claim in own[place.number]:
            counts = level >= 0 and not place.is_outside
            totals[0] += claim.credit
            totals[1] += claim.credit if counts and claim.rank >= level else 0
            totals[2] += claim.credit if counts and claim.rank > level else 0
            for n, least in enumerate(minimums):
                if 0 <= least <= claim.rank:
                    totals[3 + n] += claim.credit
        if is_capped and group.max_credit is not None:
            most = max(group.max_credit, 0)
            totals[:] = [min(total, most) for total in totals]
        below = [found[number] for number in place.children]
        children = [one for one in below if one is not None]
        units = len(own[place.number])
        used = sum(one.is_used for one in children)
        achieved = sum(one.is_achieved for one in children)
        inner = 0
        minimum = group.level_minimum
        if minimum is not None:
            inner = totals[3 + minimums.index(rank_of(minimum.level))]
        is_used = bool(units or used)
        is_achieved = (
            is_used
            and totals[0] >= (group.min_credit or 0)
            and units + achieved >= (group.min_subcomponents or 0)
            and (minimum is None or inner >= minimum.credit)
            and all(
                one.is_achieved
                for number, one in zip(place.children, children, strict=True)
                if places[number].group.is_mandatory
            )
        )
        found[place.number] = Standing(
            credit=totals[0],
            at_level=totals[1],
            above_level=totals[2],
            inner=inner,
            units=units,
            used=used,
            achieved=achieved,
            is_used=is_used,
            is_achieved=is_achieved,
        )
        if place.parent >= 0:
            above = sums[place.parent]
            above[:] = [a + b for a, b in zip(above, totals, strict=True)]
    return [one for one in found if one is not None]

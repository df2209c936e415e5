"""What of a learner's achievements may count, and where; and what is on offer.

A *claim* is an achieved unit at one place where it may count.
"""

from __future__ import annotations

__all__ = ["Claim", "Claims", "Days", "Offer", "claims_of", "key_of", "offers_of"]

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from ulnlib._dates import months_before
from ulnlib.qualifications import (
    Achievement,
    OtherCredit,
    TimeLimit,
    compact_reference,
)
from ulnlib.rules.combination.prepared import (
    Listed,
    Place,
    Prepared,
    is_credit,
    rank_of,
)


@attrs.frozen(kw_only=True)
class Claim:
    """An achieved unit at a place where it may count.

    Attributes:
        place: The number of the group.
        key: The unit's reference, as references are compared; of an exemption by amount
            what tells it from others.
        listed: The listed unit that it counts as, None where the group lists none.
        credit: What it counts there.
        rank: The rank of the level that it counts at.
        achievement: The achievement that acts.
    """

    place: int
    key: str
    listed: Listed | None
    credit: int
    rank: int
    achievement: Achievement

    @property
    def names(self) -> tuple[str, ...]:
        """The references that it counts under: its own, and what it stands for."""
        if self.listed is None or self.listed.key == self.key:
            return (self.key,)
        return self.key, self.listed.key

    @property
    def is_imported(self) -> bool:
        """Whether it comes from another qualification."""
        return self.listed is not None and self.listed.unit.is_imported


@attrs.frozen(kw_only=True)
class Offer:
    """A listed unit that may be taken at a place.

    Attributes:
        place: The number of the group.
        listed: The unit.
    """

    place: int
    listed: Listed


class Days:
    """Which achievements are of the right age.

    Args:
        prepared: The structure.
        as_of: The day of the evaluation; without one no rule of dates applies.
    """

    def __init__(self, prepared: Prepared, as_of: dt.date | None) -> None:
        self._as_of = as_of
        self._limits: list[tuple[TimeLimit, dt.date]] = []
        self._since: dict[int, dt.date] = {}
        if as_of is not None:
            self._limits = [
                (limit, months_before(as_of, max(limit.months, 0)))
                for limit in prepared.structure.time_limits
            ]
            self._since = {
                place.number: months_before(as_of, max(place.group.months, 0))
                for place in prepared.places
                if place.group.months is not None
            }

    def admit(self, one: Achievement, place: Place) -> bool:
        """Say whether an achievement is available at a place."""
        return self.fit(one) and not self.is_too_old_at(one, place)

    def fit(self, one: Achievement) -> bool:
        """Say whether an achievement is available at all."""
        return not self.is_to_come(one) and not self.is_past_limit(one)

    def is_to_come(self, one: Achievement) -> bool:
        """Say whether an achievement is dated after the day of the evaluation."""
        return (
            self._as_of is not None and one.date is not None and one.date > self._as_of
        )

    def is_past_limit(self, one: Achievement) -> bool:
        """Say whether an achievement is too old for the whole structure."""
        return self.limit_past(one) is not None

    def limit_past(self, one: Achievement) -> TimeLimit | None:
        """Return the time limit that makes an achievement too old, the closest one."""
        past = [
            limit
            for limit, since in self._limits
            if one.date is not None
            and one.date < since
            and (not limit.kinds or one.kind in limit.kinds)
        ]
        return min(past, key=lambda limit: limit.months, default=None)

    def months_old(self, one: Achievement) -> int:
        """Return how many whole months old an achievement is, 0 where none is known.

        An achievement is older than so many months, or exactly so old.
        """
        day, date = self._as_of, one.date
        if day is None or date is None or date > day:
            return 0
        months = 12 * (day.year - date.year) + day.month - date.month
        return months - (months_before(day, months) < date)

    def is_too_old_at(self, one: Achievement, place: Place) -> bool:
        """Say whether an achievement is too old for a place, or has no date."""
        since = self._since.get(place.number)
        return since is not None and (one.date is None or one.date < since)


@attrs.frozen(kw_only=True)
class Claims:
    """What a learner has, in order.

    Attributes:
        by_key: The achievements of each unit, the earliest first.
        there: Where they may count, in the order of the walk.
        days: Which of them are of the right age.
    """

    by_key: dict[str, list[Achievement]]
    there: list[Claim]
    days: Days


def key_of(one: Achievement) -> str:
    """Return what tells the unit of an achievement from others."""
    if one.unit.strip():
        return compact_reference(one.unit)
    # An exemption by amount: small letters, which no reference has.
    return f"exemption {one.id} {one.source} {one.group} {one.kind} {_order(one)}"


def _order(one: Achievement) -> tuple[object, ...]:
    """Return what puts the achievements of one unit in order, the earliest first."""
    return (
        one.date is None,
        one.date or dt.date.min,
        one.source,
        one.id,
        one.kind.value,
        str(one.credit),
        str(one.level),
        one.subject_areas,
    )


def claims_of(
    prepared: Prepared,
    achievements: Iterable[Achievement],
    as_of: dt.date | None,
) -> Claims:
    """Return what may count, and where.

    Args:
        prepared: The structure.
        achievements: What was achieved, in any order.
        as_of: The day of the evaluation.
    """
    by_key: dict[str, list[Achievement]] = defaultdict(list)
    for one in achievements:
        by_key[key_of(one)].append(one)
    for several in by_key.values():
        several.sort(key=_order)
    days = Days(prepared, as_of)
    exempt = sorted(
        key for key, (first, *_) in by_key.items() if not first.unit.strip()
    )
    free = _unlisted(prepared, by_key)
    there: list[Claim] = []
    for place in prepared.places:
        for listed in place.units:
            for key in (listed.key, *prepared.stand_ins.get(listed.key, ())):
                acting = _first(by_key.get(key, ()), place, days)
                if acting is not None:
                    there.append(
                        Claim(
                            place=place.number,
                            key=key,
                            listed=listed,
                            credit=listed.credit,
                            rank=listed.rank,
                            achievement=acting,
                        )
                    )
        if place.group.other is not None:
            there += _other(place, place.group.other, free, by_key, days)
        for key in exempt:
            there += _by_amount(place, key, by_key[key], days)
    return Claims(by_key=dict(by_key), there=there, days=days)


def _unlisted(
    prepared: Prepared, by_key: dict[str, list[Achievement]]
) -> list[tuple[str, bool]]:
    """Return the units that other credit may be, and whether some group lists them."""
    return [
        (key, key in prepared.named)
        for key in sorted(by_key)
        if key not in prepared.additional and by_key[key][0].unit.strip()
    ]


def _first(
    several: Sequence[Achievement], place: Place, days: Days
) -> Achievement | None:
    return next((one for one in several if days.admit(one, place)), None)


def _other(
    place: Place,
    other: OtherCredit,
    free: list[tuple[str, bool]],
    by_key: dict[str, list[Achievement]],
    days: Days,
) -> Iterator[Claim]:
    """Yield the units that a group of other credit admits."""
    own = {listed.key for listed in place.units}
    for key, is_listed in free:
        if key in own or (is_listed and not other.also_listed):
            continue
        acting = next(
            (
                one
                for one in by_key[key]
                if is_credit(one.credit) and days.admit(one, place)
            ),
            None,
        )
        if acting is not None and _admits(other, acting):
            yield _plain(place, key, acting)


def _admits(other: OtherCredit, one: Achievement) -> bool:
    if other.level is not None and rank_of(one.level) < max(rank_of(other.level), 0):
        return False
    areas = set(other.subject_areas)
    return not areas or not areas.isdisjoint(one.subject_areas)


def _by_amount(
    place: Place, key: str, several: Sequence[Achievement], days: Days
) -> Iterator[Claim]:
    one = _first(several, place, days)
    if one is not None and one.group == place.group.name and is_credit(one.credit):
        yield _plain(place, key, one)


def _plain(place: Place, key: str, one: Achievement) -> Claim:
    return Claim(
        place=place.number,
        key=key,
        listed=None,
        credit=one.credit or 0,
        rank=rank_of(one.level),
        achievement=one,
    )


def offers_of(
    prepared: Prepared,
    claims: Claims,
    as_of: dt.date | None,
    offer: Collection[str] | None = None,
) -> list[Offer]:
    """Return what is on offer, in the order of the walk.

    Args:
        prepared: The structure.
        claims: What the learner has: that is not on offer where it may count.
        as_of: The day of the evaluation: what is withdrawn then is not on offer.
        offer: The references of units that are on offer; all when it is not given.
    """
    had = {
        (claim.place, claim.listed.key)
        for claim in claims.there
        if claim.listed is not None
    }
    only = None if offer is None else {compact_reference(text) for text in offer}
    return [
        Offer(place=place.number, listed=listed)
        for place in prepared.places
        for listed in place.units
        if (place.number, listed.key) not in had
        and (only is None or listed.key in only)
        and not listed.is_withdrawn(as_of)
    ]

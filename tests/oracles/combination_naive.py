"""Rules of combination by trying everything: the plainest oracle, for tiny cases.

It makes every counting and every addition to it, one by one, and looks whether the text
of the rules allows it. Nothing is clever here, and nothing is shared with the library
but the values that it is given, nor with the oracle that asks a solver.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from dataclasses import dataclass

from oracles.answer import Answer, Entry
from ulnlib.qualifications import Level, compact_reference

LIMIT = 6_000
"""So many pairs of a counting and an addition are tried at most."""

HIGHEST = Level.LEVEL_8.rank
UNKNOWN = -1


class TooLarge(Exception):
    """There is too much to try."""


@dataclass(frozen=True)
class Piece:
    """A unit counted in a group, or added there."""

    place: int
    credit: int
    rank: int
    listed: str | None = None
    unit: str | None = None
    kind: str | None = None  # None when it is added, not achieved
    imported: bool = False
    order: tuple = ()
    pseudo: object = None

    @property
    def names(self):
        return {name for name in (self.listed, self.unit) if name is not None}


def is_credit(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def rank(level):
    return level.rank if isinstance(level, Level) else UNKNOWN


def months_before(day, months):
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Question:
    """One structure, and what somebody has achieved."""

    def __init__(self, structure, achievements, *, as_of, maximum, facts, offer):
        self.structure = structure
        self.achievements = achievements
        self.as_of = as_of
        self.capped = maximum == "cap"
        self.facts = set(facts)
        self.offer = None if offer is None else {compact_reference(o) for o in offer}
        self.groups = list(structure.root.walk())
        # The place of every child, by the place of its parent. The same group may
        # stand in two places, so places are counted, not looked up.
        self.children = {}
        self.number(structure.root, 0)
        self.listed = {
            compact_reference(u.reference) for g in self.groups for u in g.units
        }
        self.additional = {
            compact_reference(u.reference) for u in structure.additional_units
        } - self.listed

    def number(self, group, place):
        self.children[place] = []
        after = place + 1
        for child in group.groups:
            self.children[place].append(after)
            after = self.number(child, after)
        return after

    def subtree(self, place):
        yield place
        for child in self.children[place]:
            yield from self.subtree(child)

    # --- what there is to count ---

    def is_available(self, achievement, group):
        if self.as_of is None:
            return True
        date = achievement.date
        if date is not None and date > self.as_of:
            return False
        if group.months is not None and (
            date is None or date < months_before(self.as_of, group.months)
        ):
            return False
        for limit in self.structure.time_limits:
            concerns = not limit.kinds or achievement.kind in limit.kinds
            first = months_before(self.as_of, limit.months)
            if concerns and date is not None and date < first:
                return False
        return True

    def acting(self, unit, group, *, stated=False):
        """Return the achievement of a unit that acts in a group, or None."""
        found = [
            a
            for a in self.achievements
            if compact_reference(a.unit) == unit
            and self.is_available(a, group)
            and (not stated or is_credit(a.credit))
        ]
        return min(found, key=age, default=None)

    def standing(self, listed):
        """Return the references that may count as a listed unit: itself first."""
        others = {
            compact_reference(other)
            for equivalent in self.structure.equivalents
            if compact_reference(equivalent.unit) == listed
            for other in equivalent.others
        }
        return [listed, *sorted(others - {listed})]

    def entries(self, group):
        """Yield number, reference and unit of the usable units that a group lists."""
        seen = set()
        for number, unit in enumerate(group.units):
            reference = compact_reference(unit.reference)
            if is_credit(unit.credit) and reference not in seen:
                seen.add(reference)
                yield number, reference, unit

    def achieved_pieces(self):
        """Return, for each unit or pseudo-unit, the ways in which it can count."""
        units = sorted(
            {compact_reference(a.unit) for a in self.achievements}
            - {""}
            - self.additional
        )
        ways = {unit: [] for unit in units}
        for place, group in enumerate(self.groups):
            for number, reference, listed in self.entries(group):
                for turn, unit in enumerate(self.standing(reference)):
                    achievement = self.acting(unit, group)
                    if unit in ways and achievement is not None:
                        piece = Piece(
                            place,
                            listed.credit,
                            rank(listed.level),
                            listed=reference,
                            unit=unit,
                            kind=achievement.kind,
                            imported=listed.is_imported,
                            order=(place, 0, number, turn),
                        )
                        ways[unit].append(piece)
            for unit in units:
                achievement = self.acting(unit, group, stated=True)
                if achievement is not None and self.admits(group, unit, achievement):
                    piece = Piece(
                        place,
                        achievement.credit,
                        rank(achievement.level),
                        unit=unit,
                        kind=achievement.kind,
                        order=(place, 1, unit),
                    )
                    ways[unit].append(piece)
        amounts = {a for a in self.achievements if compact_reference(a.unit) == ""}
        for amount in amounts:
            ways[amount] = [
                Piece(
                    place,
                    amount.credit,
                    rank(amount.level),
                    kind=amount.kind,
                    order=(place, 2, amount.id),
                    pseudo=amount,
                )
                for place, group in enumerate(self.groups)
                if group.name == amount.group
                and is_credit(amount.credit)
                and self.is_available(amount, group)
            ]
        return [found for found in ways.values() if found]

    def admits(self, group, unit, achievement):
        other = group.other
        if other is None:
            return False
        if unit in {compact_reference(u.reference) for u in group.units}:
            return False  # the list says what it counts for
        if unit in self.listed and not other.also_listed:
            return False
        if other.level is not None and rank(achievement.level) < rank(other.level):
            return False
        areas = set(other.subject_areas)
        return not areas or bool(areas & set(achievement.subject_areas))

    def offered_pieces(self, achieved):
        """Return, for each unit on offer, the ways in which it can be added."""
        taken = {(piece.place, piece.listed) for ways in achieved for piece in ways}
        ways = {}
        for place, group in enumerate(self.groups):
            for _, reference, unit in self.entries(group):
                if (place, reference) in taken or self.is_withdrawn(unit):
                    continue
                if self.offer is not None and reference not in self.offer:
                    continue
                piece = Piece(
                    place,
                    unit.credit,
                    rank(unit.level),
                    listed=reference,
                    unit=reference,
                    imported=unit.is_imported,
                )
                ways.setdefault(reference, []).append(piece)
        return list(ways.values())

    def is_withdrawn(self, unit):
        if self.as_of is None:
            return False
        if unit.withdrawn is not None and unit.withdrawn <= self.as_of:
            return True
        return unit.expires is not None and unit.expires < self.as_of

    def supplies(self):
        """Return, for each group that takes units of no list, what it may be given."""
        wanted = [self.structure.total, self.structure.min_credit_at_level]
        for group in self.groups:
            wanted += [group.min_credit, group.min_subcomponents]
            wanted += [group.level_minimum.credit if group.level_minimum else None]
        most = max(value or 0 for value in wanted)
        most_units = max(1, *(g.min_subcomponents or 0 for g in self.groups))
        for place, group in enumerate(self.groups):
            if group.other is None and group.is_complete:
                continue
            for level in self.supplied_ranks(group):
                yield [
                    [],
                    *(
                        [Piece(place, credit - count + 1, level)]
                        + [Piece(place, 1, level)] * (count - 1)
                        for credit in range(1, most + 1)
                        for count in range(1, min(credit, most_units) + 1)
                    ),
                ]

    def supplied_ranks(self, group):
        """Return the levels that matter: the highest, and each just below a cap."""
        least = 0 if group.other is None else max(rank(group.other.level), 0)
        bounds = [rank(cap.at_least_level) for cap in self.structure.caps]
        return {HIGHEST, *(bound - 1 for bound in bounds if bound > least)}

    # --- what restricts every counting ---

    def is_allowed(self, pieces):
        return (
            self.keeps_references(pieces)
            and self.keeps_caps(pieces)
            and self.keeps_maximums(pieces)
        )

    def keeps_references(self, pieces):
        units = [piece.unit for piece in pieces if piece.unit is not None]
        if len(units) != len(set(units)):
            return False
        for bar in self.structure.bars:
            source = compact_reference(bar.unit)
            for target in map(compact_reference, bar.targets):
                for one, other in itertools.permutations(pieces, 2):
                    if (
                        source != target
                        and source in one.names
                        and target in other.names
                    ):
                        return False
        sets = [(s.count, s.units) for s in self.structure.at_most]
        sets += [(1, (e.unit, *e.others)) for e in self.structure.equivalents]
        for count, references in sets:
            names = {compact_reference(reference) for reference in references}
            if sum(1 for piece in pieces if piece.names & names) > count:
                return False
        return True

    def keeps_caps(self, pieces):
        for cap in self.structure.caps:
            limits = [] if cap.credit is None else [cap.credit]
            if cap.percent is not None:
                limits.append(self.structure.total * cap.percent // 100)
            under = [piece for piece in pieces if self.falls_under(piece, cap)]
            if limits and sum(piece.credit for piece in under) > min(limits):
                return False
        return True

    def falls_under(self, piece, cap):
        if cap.kinds and piece.kind not in cap.kinds:
            return False
        if cap.is_imported and not piece.imported:
            return False
        if cap.at_most_level is not None and piece.rank > rank(cap.at_most_level):
            return False
        if cap.at_least_level is not None and piece.rank < rank(cap.at_least_level):
            return False
        if cap.group is None:
            return True
        return any(
            piece.place in self.subtree(place)
            for place, group in enumerate(self.groups)
            if group.name == cap.group
        )

    def keeps_maximums(self, pieces):
        for place, group in enumerate(self.groups):
            most = None if self.capped else group.max_credit
            if most is not None and self.credits(place, pieces) > most:
                return False
            if group.max_subcomponents is not None:
                used = [c for c in self.children[place] if self.is_used(c, pieces)]
                if self.own(place, pieces) + len(used) > group.max_subcomponents:
                    return False
        return True

    # --- what a group comes to ---

    def own(self, place, pieces):
        return sum(1 for piece in pieces if piece.place == place)

    def is_used(self, place, pieces):
        within = set(self.subtree(place))
        return any(piece.place in within for piece in pieces)

    def credits(self, place, pieces, least=None, *, leave_out=False):
        """Return the credits of a subtree, at a rank or above if one is given."""
        group = self.groups[place]
        if leave_out and group.is_outside_level_minimum:
            return 0
        found = sum(
            piece.credit
            for piece in pieces
            if piece.place == place and (least is None or piece.rank >= least)
        )
        for child in self.children[place]:
            found += self.credits(child, pieces, least, leave_out=leave_out)
        if self.capped and group.max_credit is not None:
            found = min(found, group.max_credit)
        return found

    def at_level(self, pieces):
        if rank(self.structure.level) == UNKNOWN:
            return 0
        return self.credits(0, pieces, rank(self.structure.level), leave_out=True)

    def is_achieved(self, place, pieces):
        group = self.groups[place]
        if not self.is_used(place, pieces):
            return False
        if self.credits(place, pieces) < (group.min_credit or 0):
            return False
        if group.min_subcomponents:
            achieved = [c for c in self.children[place] if self.is_achieved(c, pieces)]
            if self.own(place, pieces) + len(achieved) < group.min_subcomponents:
                return False
        if group.level_minimum is not None and group.level_minimum.credit:
            least = rank(group.level_minimum.level)
            if least == UNKNOWN:
                return False
            if self.credits(place, pieces, least) < group.level_minimum.credit:
                return False
        return all(
            self.is_achieved(child, pieces)
            for child in self.children[place]
            if self.groups[child].is_mandatory
        )

    def is_met(self, pieces):
        return (
            all(r.name in self.facts for r in self.structure.requirements)
            and self.is_achieved(0, pieces)
            and self.credits(0, pieces) >= (self.structure.total or 0)
            and self.at_level(pieces) >= (self.structure.min_credit_at_level or 0)
        )


def age(achievement):
    """Return what puts achievements of a unit in order, the earliest first."""
    undated = achievement.date is None
    day = dt.date.max if undated else achievement.date
    return undated, day, achievement.source, achievement.id, achievement.kind.value


def choices(ways):
    """Yield every choice of at most one piece of each."""
    return itertools.product(*([None, *found] for found in ways))


def size(ways):
    product = 1
    for found in ways:
        product *= len(found) + 1
    return product


def answer(
    structure,
    achievements,
    *,
    as_of=None,
    maximum="whole",
    facts=(),
    offer=None,
    limit=LIMIT,
) -> Answer:
    """Try everything.

    Raises:
        TooLarge: There are more than `limit` pairs to try.
    """
    question = Question(
        structure,
        achievements,
        as_of=as_of,
        maximum=maximum,
        facts=facts,
        offer=offer,
    )
    achieved = question.achieved_pieces()
    offered = question.offered_pieces(achieved)
    supplies = list(question.supplies())
    tries = size(achieved) * size(offered)
    for supply in supplies:
        tries *= len(supply)
    if tries > limit:
        raise TooLarge

    countings = [
        pieces
        for choice in choices(achieved)
        if question.is_allowed(pieces := [piece for piece in choice if piece])
    ]
    additions = {}
    for choice in choices(offered):
        for supply in itertools.product(*supplies):
            added = [piece for piece in choice if piece]
            added += itertools.chain.from_iterable(supply)
            additions.setdefault(sum(p.credit for p in added), []).append(added)

    needed = None
    for cost in sorted(additions):
        complete = [
            counting
            for counting in countings
            if any(
                question.is_met(counting + added)
                and question.is_allowed(counting + added)
                for added in additions[cost]
            )
        ]
        if complete:
            needed, countings = cost, complete
            break

    slots = sorted(piece.order for ways in achieved for piece in ways)

    def worth(counting):
        included = {piece.order for piece in counting}
        return (
            question.credits(0, counting),
            question.at_level(counting),
            -len(counting),
            [slot in included for slot in slots],
        )

    best = max(countings, key=worth)
    return Answer(
        met=needed == 0,
        credits_needed=needed,
        credits_towards=None if needed is None else max(0, structure.total - needed),
        credit=question.credits(0, best),
        credit_at_level=question.at_level(best),
        counting=tuple(
            Entry(p.place, question.groups[p.place].name, p.listed, p.unit, p.credit)
            for p in sorted(best, key=lambda piece: piece.order)
        ),
    )

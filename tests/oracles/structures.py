"""Random structures and learners, from a seed: small, typical and adversarial ones.

A tree is grown and a *plan* put into it: some units of every group. The bounds are then
set around the plan, so that it is a way to the qualification, and now and then a bound
is moved so that it is none. The learner has much or little of the plan, and other units
beside it. In this way some cases are met, some can be completed and some cannot.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

import attrs

from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    Kind,
    Level,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
    compact_reference,
)

AS_OF = dt.date(2026, 3, 31)
AREAS = ("6.1", "15.2", "15.3")
LEVELS = tuple(Level)


@dataclass(frozen=True)
class Case:
    """A question to `evaluate`."""

    structure: Structure
    achievements: tuple[Achievement, ...]
    as_of: dt.date | None = AS_OF
    maximum: str = "whole"
    facts: tuple[str, ...] = ()
    offer: tuple[str, ...] | None = None

    @property
    def options(self):
        """The keyword arguments of the question."""
        return {
            "as_of": self.as_of,
            "maximum": self.maximum,
            "facts": self.facts,
            "offer": self.offer,
        }


@dataclass
class _Draft:
    """A group while it is made."""

    name: str
    units: list[Unit] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    other: OtherCredit | None = None
    plan: list[Unit] = field(default_factory=list)
    supply: int = 0  # credits of the plan that no list has
    rules: dict = field(default_factory=dict)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def own(self):
        return len(self.plan) + bool(self.supply)

    @property
    def credit(self):
        own = sum(unit.credit for unit in self.plan) + self.supply
        return own + sum(child.credit for child in self.children)

    @property
    def count(self):
        return self.own + sum(child.count > 0 for child in self.children)

    def at_level(self, level, *, leave_out=False):
        if leave_out and self.rules.get("is_outside_level_minimum"):
            return 0
        own = sum(u.credit for u in self.plan if _is_at_least(u.level, level))
        below = sum(c.at_level(level, leave_out=leave_out) for c in self.children)
        return own + self.supply + below

    def made(self):
        return Group(
            name=self.name,
            units=self.units,
            groups=[child.made() for child in self.children],
            other=self.other,
            **self.rules,
        )


def _is_at_least(level, least):
    return isinstance(level, Level) and level.rank >= least.rank


def _reference(number):
    return f"{'ADFHJKLMRTY'[number % 11]}/{500 + number // 40:03}/{1000 + number * 37}"


def _months_ago(chance, most):
    return AS_OF - dt.timedelta(days=chance.randrange(most * 30))


# --- small ------------------------------------------------------------------------


class _Small:
    """Makes one small case; `scale` says how small."""

    def __init__(self, chance, scale, first=0, prefix="G"):
        self.chance = chance
        self.scale = scale
        self.prefix = prefix
        self.count = 0
        self.pool = [self._unit(first + n) for n in range(chance.randint(*scale.units))]
        self.outside = [_reference(first + 900 + n) for n in range(3)]
        self.unlisted = list(self.pool)
        self.planned = set()
        self.trouble = chance.random() < 0.35  # whether bounds may be moved
        self.root = self._grow(0)
        while not any(draft.units for draft in self.root.walk()):
            self.root = self._grow(0)
        self.level = chance.choice(LEVELS[3:6])
        for draft in self.root.walk():
            self._plan(draft)
        self._bound(self.root, None)

    def often(self, share):
        return self.chance.random() < share

    def near(self, value, *, down=0, up=0):
        """Return a value on the safe side of another, or seldom not."""
        if self.trouble and self.often(0.15):
            down, up = up + 1, down + 1
        return max(0, value + self.chance.randint(-down, up))

    def _unit(self, number):
        chance = self.chance
        credit = chance.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))
        level = chance.choice(LEVELS[2:7])
        if self.often(0.015):
            credit = chance.choice((None, 0, -2, True))
        if self.often(0.02):
            level = chance.choice((None, "Entry Level", "Higher"))
        withdrawn = expires = None
        if self.often(0.06):
            withdrawn = AS_OF + dt.timedelta(days=chance.choice((-200, -1, 0, 1, 90)))
        if self.often(0.06):
            expires = AS_OF + dt.timedelta(days=chance.choice((-200, -1, 0, 1, 90)))
        return Unit(
            _reference(number),
            credit,
            level,
            is_imported=self.often(0.15),
            withdrawn=withdrawn,
            expires=expires,
            subject_areas=chance.choices(AREAS, k=chance.randrange(2)),
        )

    # --- the tree ---

    def _grow(self, depth):
        chance = self.chance
        draft = _Draft(f"{self.prefix}{self.count}")
        self.count += 1
        if self.count > 2 and self.often(0.02):
            draft.name = f"{self.prefix}1"  # a name twice: a finding, and no harm
        sort = chance.random()
        branches = depth == 0 or (depth < self.scale.depth and sort < 0.3)
        if branches and sort < 0.85:
            most = self.scale.branches - (depth > 0)
            number = chance.randint(1, most)
            draft.children = [self._grow(depth + 1) for _ in range(number)]
            if self.often(0.3):
                draft.units = self._listed()
        elif self.often(0.15):
            draft.other = OtherCredit(
                level=chance.choice((None, *LEVELS[2:6])),
                subject_areas=chance.choice(((), (), AREAS[:1], AREAS[1:])),
                also_listed=self.often(0.4),
            )
            if self.often(0.1):
                draft.units = self._listed()
        else:
            draft.units = self._listed()
            if self.often(0.06):
                draft.rules["is_complete"] = False
        return draft

    def _listed(self):
        chance = self.chance
        found = []
        for _ in range(chance.randint(*self.scale.listed)):
            shared = self.often(0.15) or not self.unlisted
            if shared:
                unit = chance.choice(self.pool)
                if self.often(0.1):
                    unit = attrs.evolve(unit, credit=chance.randint(1, 6))
                if self.often(0.1):
                    unit = attrs.evolve(unit, level=chance.choice(LEVELS[2:7]))
            else:
                unit = self.unlisted.pop(chance.randrange(len(self.unlisted)))
            if unit.reference not in {other.reference for other in found}:
                found.append(unit)
        return found

    def _plan(self, draft):
        eager = self.chance.choice((0, 0.5, 0.5, 0.8, 1))
        for unit in draft.units:
            usable = type(unit.credit) is int and unit.credit > 0
            if usable and unit.reference not in self.planned and self.often(eager):
                draft.plan.append(unit)
                self.planned.add(unit.reference)
        if draft.other is not None or draft.rules.get("is_complete") is False:
            draft.supply = self.chance.choice((0, 0, 1, 2, 3))

    # --- bounds ---

    def _bound(self, draft, parent):  # noqa: C901  # one line for each bound
        rules = draft.rules
        if self.often(0.12):
            rules["is_outside_level_minimum"] = True
        for child in draft.children:
            self._bound(child, draft)
        if draft.count:
            if self.often(0.45):
                rules["min_credit"] = self.near(draft.credit, down=3)
            if self.often(0.25):
                rules["min_subcomponents"] = self.near(draft.count, down=1)
            if self.often(0.12):
                level = self.chance.choice(LEVELS[3:6])
                least = self.near(draft.at_level(level), down=2)
                rules["level_minimum"] = LevelMinimum(level, least)
        if self.often(0.45):
            rules["max_credit"] = self.near(draft.credit, up=4)
        if self.often(0.3):
            rules["max_subcomponents"] = self.near(draft.count, up=1)
        if draft.children and draft.count and self.often(0.2):  # exactly n of m
            rules["min_subcomponents"] = rules["max_subcomponents"] = draft.count
        if parent is not None and self.often(0.5 if draft.count else 0.05):
            rules["is_mandatory"] = True
        if self.often(0.12):
            rules["months"] = self.chance.choice((6, 12, 36, 60))

    # --- what lies across ---

    def references(self, most):
        names = [unit.reference for unit in self.pool] + self.outside
        return self.chance.sample(names, min(most, len(names)))

    def _bars(self):
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            unit, *targets = self.references(self.chance.randint(2, 3))
            if self.planned.isdisjoint(targets) or self.often(0.4):
                yield Bar(unit, targets)

    def _sets(self):
        for _ in range(self.chance.choice((0, 0, 0, 1))):
            units = self.references(self.chance.randint(2, 5))
            planned = len(self.planned.intersection(units))
            yield AtMost(self.near(max(1, planned), up=1), units)

    def _equivalents(self):
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2))):
            unit, *others = self.references(self.chance.randint(2, 3))
            if self.often(0.6):
                others = self.chance.sample(self.outside, 1)
            if len(self.planned.intersection([unit, *others])) < 2 or self.often(0.1):
                yield Equivalent(unit, others)

    def _caps(self):
        planned = [unit for draft in self.root.walk() for unit in draft.plan]
        if self.often(0.12):
            level = self.chance.choice(LEVELS[2:5])
            under = sum(u.credit for u in planned if not _is_above(u.level, level))
            yield Cap(credit=self.near(under, up=3), at_most_level=level)
        if self.often(0.12):
            under = sum(unit.credit for unit in planned if unit.is_imported)
            yield Cap(credit=self.near(under, up=3), is_imported=True)
        if self.often(0.2):
            kinds = self.chance.choice(
                ([Kind.RPL], [Kind.TRANSFER, Kind.RPL], [Kind.EXEMPTION])
            )
            share = self.chance.choice((10, 25, 50, Fraction(100, 3)))
            if self.often(0.5):
                yield Cap(percent=share, kinds=kinds)
            else:
                credit = self.chance.choice((None, 2, 5))
                yield Cap(credit=credit, percent=share, kinds=kinds)
        if self.often(0.08):
            draft = self.chance.choice(list(self.root.walk()))
            yield Cap(credit=self.near(draft.credit, up=3), group=draft.name)
        if self.often(0.05):
            under = self.root.at_level(LEVELS[6])
            yield Cap(credit=self.near(under, up=3), at_least_level=LEVELS[6])

    def structure(self):
        level, least = self.level, None
        if self.often(0.6):
            least = self.near(self.root.at_level(level, leave_out=True), down=3)
        if self.often(0.04):
            level = None
            least = 0 if self.often(0.5) else least
        limits = []
        if self.often(0.12):
            kinds = self.chance.choice(((), (Kind.RPL,), (Kind.ACHIEVED,)))
            limits = [TimeLimit(months=self.chance.choice((12, 36, 48)), kinds=kinds)]
        extra = []
        if self.often(0.2):
            extra = [Unit(self.chance.choice(self.outside), 3, Level.LEVEL_3)]
            if self.often(0.3):
                extra.append(self.chance.choice(self.pool))
        return Structure(
            name=f"Structure {self.prefix}",
            total=max(1, self.near(self.root.credit, down=4)),
            root=self.root.made(),
            level=level,
            min_credit_at_level=least,
            bars=list(self._bars()),
            at_most=list(self._sets()),
            equivalents=list(self._equivalents()),
            caps=list(self._caps()),
            time_limits=limits,
            requirements=[Requirement("skills test")] if self.often(0.1) else [],
            additional_units=extra,
        )

    # --- the learner ---

    def achievements(self, structure):
        chance = self.chance
        share = chance.choice((1, 1, 0.8, 0.5, 0.2, 0))
        noise = chance.choice((0, 0.15, 0.4))
        stands = {e.unit: e.others for e in structure.equivalents}
        uncounted = {unit.reference for unit in structure.additional_units}
        names = {}
        units = [*self.pool, *(Unit(reference, None) for reference in self.outside)]
        for unit in units:
            planned = unit.reference in self.planned or unit.reference in uncounted
            if self.often(share if planned else noise):
                reference = unit.reference
                if reference in stands and self.often(0.4):
                    reference = chance.choice(stands[reference])
                names.setdefault(reference, unit)
        chosen = list(names.items())
        chance.shuffle(chosen)
        found = []
        for reference, unit in chosen[: self.scale.achieved]:
            times = 2 if self.often(0.12) else 1
            for turn in range(times):
                found.append(self._achievement(reference, unit, f"{len(found)}{turn}"))
            if self.often(0.04):
                found.append(found[-1])
        found += self._amounts()
        return found

    def _amounts(self):
        chance = self.chance
        for turn in range(chance.choice((0, 0, 0, 0, 1, 2))):
            one = self._achievement("", Unit("", chance.randint(1, 4)), f"p{turn}")
            one = attrs.evolve(
                one,
                kind=chance.choice((Kind.EXEMPTION, Kind.EXEMPTION, Kind.RPL)),
                group=chance.choice(list(self.root.walk())).name,
            )
            yield from [one] * chance.choice((1, 1, 1, 2))  # two that are equal are one

    def _achievement(self, reference, unit, name):
        chance = self.chance
        credit, level = unit.credit, unit.level
        if self.often(0.3):
            credit = chance.choice((None, 0, 1, 3, 5))
        if self.often(0.2) or level is None:
            level = chance.choice((None, *LEVELS[2:7]))
        date = _months_ago(chance, 50)
        if self.often(0.1):
            date = None
        elif self.often(0.04):
            date = AS_OF + dt.timedelta(days=chance.choice((1, 30)))
        elif self.often(0.08):
            date = chance.choice(
                (AS_OF, dt.date(2025, 9, 30), dt.date(2025, 9, 29))
            )  # the edges of six months
        if self.often(0.3):
            reference = compact_reference(reference).lower()
        return Achievement(
            reference,
            credit,
            level,
            date,
            source=chance.choice(("QCFU", "NPD")),
            id=name,
            kind=chance.choices(tuple(Kind), (80, 8, 4, 8))[0],
            subject_areas=chance.choices(AREAS, k=chance.randrange(3)),
        )


def _is_above(level, bound):
    return isinstance(level, Level) and level.rank > bound.rank


@dataclass(frozen=True)
class _Scale:
    units: tuple[int, int]
    listed: tuple[int, int]
    depth: int
    achieved: int
    branches: int = 3


SMALL = _Scale(units=(4, 16), listed=(1, 5), depth=3, achieved=10)
MEDIUM = _Scale(units=(12, 40), listed=(2, 8), depth=3, achieved=25, branches=5)
TINY = _Scale(units=(2, 6), listed=(1, 3), depth=2, achieved=5)


def _case(chance, scale):
    maker = _Small(chance, scale)
    structure = maker.structure()
    achievements = maker.achievements(structure)
    if maker.often(0.06):  # the whole is a part of something larger
        outer = _Small(chance, scale, first=200, prefix="H")
        larger = outer.structure()
        nested = structure.as_group(name="Nested", is_mandatory=maker.often(0.7))
        root = attrs.evolve(
            larger.root,
            groups=(nested, *larger.root.groups),
            max_credit=None,
            max_subcomponents=None,
        )
        total = larger.total + (structure.total if nested.is_mandatory else 0)
        larger = attrs.evolve(larger, root=root, total=total)
        achievements += outer.achievements(larger)
        structure = larger.with_rules_of(structure, name="Nested")
    facts = ()
    if structure.requirements and chance.random() < 0.8:
        facts = tuple(requirement.name for requirement in structure.requirements)
    offer = None
    if chance.random() < 0.1:
        names = {u.reference for g in structure.root.walk() for u in g.units}
        offer = tuple(name for name in sorted(names) if chance.random() < 0.7)
    return Case(
        structure=structure,
        achievements=tuple(achievements),
        as_of=None if chance.random() < 0.12 else AS_OF,
        maximum="cap" if chance.random() < 0.25 else "whole",
        facts=facts,
        offer=offer,
    )


def small(seed) -> Case:
    """Return a small case, in which every feature of the model may be."""
    return _case(Random(f"small {seed}"), SMALL)


def medium(seed) -> Case:
    """Return a case of some 12 to 40 units, in which every feature may be."""
    return _case(Random(f"medium {seed}"), MEDIUM)


def tiny(seed) -> Case:
    """Return a case so small that all can be tried."""
    return _case(Random(f"tiny {seed}"), TINY)


# --- typical ----------------------------------------------------------------------


def typical(seed, learners=1):
    """Return cases of one structure such as are published, one for each learner.

    A mandatory group that needs all its units, optional groups with a minimum or a
    maximum, a level minimum, few bars; 30 to 120 units in 3 to 6 groups.
    """
    chance = Random(f"typical {seed}")
    level = chance.choice((Level.LEVEL_2, Level.LEVEL_3, Level.LEVEL_3, Level.LEVEL_4))
    number = iter(range(10_000))

    def unit(above, spread):
        rank = min(max(level.rank + chance.choice(spread), 3), 10)
        if above:
            rank = max(rank, level.rank)
        credit = chance.choice((2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 10))
        hours = credit * chance.randint(5, 9)
        return Unit(_reference(next(number)), credit, LEVELS[rank], hours=hours)

    mandatory = [
        unit(above=True, spread=(0, 0, 0, 1)) for _ in range(chance.randint(3, 8))
    ]
    whole = sum(one.credit for one in mandatory)
    total, at_level = whole, whole
    groups = [
        Group(
            name="Mandatory Group A",
            units=mandatory,
            min_credit=whole,
            max_credit=whole,
            is_mandatory=True,
        )
    ]
    several = chance.randint(2, 5)
    units = chance.randint(max(30, several * 5), 120) - len(mandatory)
    for turn in range(several):
        size = max(4, units // several + chance.randint(-3, 3))
        listed = [
            unit(above=turn == 0, spread=(0, 0, 0, 1) if turn == 0 else (-1, -1, 0))
            for _ in range(size)
        ]
        name = f"Optional Group {'BCDEF'[turn]}"
        if turn == 0:
            least = min(chance.randint(10, 20), sum(one.credit for one in listed))
            groups.append(
                Group(name=name, units=listed, min_credit=least, is_mandatory=True)
            )
            total, at_level = total + least, at_level + least
        else:
            most = chance.randint(5, 12)
            by_units = chance.random() < 0.2
            groups.append(
                Group(
                    name=name,
                    units=listed,
                    max_credit=most,
                    max_subcomponents=2 if by_units else None,
                )
            )
            if turn < 3:
                total += most // 2
    optional = [one for group in groups[1:] for one in group.units]
    bars = []
    for _ in range(chance.choice((0, 0, 1, 3, 6))):
        one, other = chance.sample(optional, 2)
        bars.append(Bar(one.reference, [other.reference]))
    caps = []
    if chance.random() < 0.2:
        caps = [Cap(percent=50, kinds=[Kind.RPL, Kind.TRANSFER])]
    structure = Structure(
        name=f"{level.label} Diploma {seed}",
        total=total,
        root=Group(name="Qualification", groups=groups),
        level=level,
        min_credit_at_level=max(0, at_level - chance.randint(0, 6)),
        bars=bars,
        caps=caps,
    )
    every = mandatory + optional
    for _ in range(learners):
        has = chance.sample(every, min(len(every), chance.randint(0, 40)))
        if chance.random() < 0.5:  # most begin with what they must have
            share = chance.random()
            has += [one for one in mandatory if chance.random() < share]
        yield Case(structure, tuple(_records(chance, dict.fromkeys(has))))


def _records(chance, units):
    """Yield an achievement for each unit, few with other data than the list."""
    for turn, one in enumerate(units):
        kind = chance.choices(tuple(Kind), (90, 4, 2, 4))[0]
        yield Achievement(
            one.reference,
            None if chance.random() < 0.5 else one.credit,
            one.level,
            _months_ago(chance, 60),
            source="QCFU",
            id=str(turn),
            kind=kind,
        )


# --- adversarial ------------------------------------------------------------------


class _Adversary:
    """Makes a large structure in which everything hangs together."""

    def __init__(self, chance):
        self.chance = chance
        self.even = chance.random() < 0.3  # all credits, and seldom an odd total
        even = (2, 4, 6, 8, 10, 14)
        values = even if self.even else (3, 4, 5, 6, 7, 9, 11, 13)
        self.pool = [
            Unit(
                _reference(number),
                chance.choice(values),
                chance.choice(LEVELS[3:7]),
                is_imported=chance.random() < 0.15,
            )
            for number in range(200)
        ]
        self.fresh = list(self.pool)
        self.planned = set()
        self.count = 0
        self.share = chance.choice((0.1, 0.3, 0.5))  # of units in several groups
        self.slack = chance.choice((0, 1, 3, 8))

    def leaf(self, units, planned, **rules):
        chance = self.chance
        listed = []
        while len(listed) < units:
            if self.fresh and chance.random() > self.share:
                one = self.fresh.pop()
            else:
                one = chance.choice(self.pool)
            if one not in listed:
                listed.append(one)
        draft = _Draft(self._name(), units=listed)
        for one in listed:
            if len(draft.plan) < planned and one.reference not in self.planned:
                draft.plan.append(one)
                self.planned.add(one.reference)
        draft.rules |= rules
        self._bounds(draft)
        return draft

    def _name(self):
        self.count += 1
        return f"Group {self.count}"

    def _bounds(self, draft):
        chance, slack = self.chance, self.slack
        if draft.count:
            draft.rules["min_credit"] = max(0, draft.credit - chance.randint(0, slack))
        draft.rules["max_credit"] = draft.credit + chance.randint(0, slack)
        if not draft.credit:
            draft.rules["max_credit"] += 12
        if chance.random() < 0.7:
            most = draft.count or 2
            draft.rules["max_subcomponents"] = most + chance.randint(0, 1)

    def compound(self, children, **rules):
        draft = _Draft(self._name(), children=children)
        draft.rules |= rules
        self._bounds(draft)
        return draft

    def pathway(self, planned, depth):
        """Return a group that asks for one of its children, which may be such too."""
        chance = self.chance
        chosen = chance.randrange(3)
        children = []
        for turn in range(3):
            here = planned and turn == chosen
            if depth and turn == 0:
                child = self.pathway(here, depth - 1)
            else:
                parts = [
                    self.leaf(
                        chance.randint(5, 9), 3 if here else 0, is_mandatory=True
                    ),
                    self.leaf(chance.randint(6, 12), 2 if here else 0),
                ]
                child = self.compound(parts)
            children.append(child)
        draft = self.compound(children)
        draft.rules |= {"min_subcomponents": 1, "max_subcomponents": 1}
        return draft

    def case(self):
        chance = self.chance
        pathway = self.pathway(planned=True, depth=1)
        pathway.rules["is_mandatory"] = True
        children = [
            self.leaf(6, 6, is_mandatory=True),
            pathway,
            *(
                self.leaf(chance.randint(12, 22), chance.randint(0, 4))
                for _ in range(4)
            ),
            self.leaf(12, 2, is_outside_level_minimum=True),
            self.leaf(12, 2, months=24),
        ]
        odd = self.even and chance.random() < 0.4
        if not odd and chance.random() < 0.5:
            other = _Draft(self._name(), other=OtherCredit(level=Level.LEVEL_2))
            other.rules |= {"max_credit": 9, "max_subcomponents": 2}
            children.append(other)
        root = self.compound(children)
        while self.fresh:  # the rest, so that there are 200
            chance.choice(children[2:6]).units.append(self.fresh.pop())
        level = chance.choice(LEVELS[4:6])
        names = [one.reference for one in self.pool]
        bars = []
        while len(bars) < chance.randint(60, 100):
            one, *others = chance.sample(names, chance.randint(2, 4))
            if len(self.planned.intersection([one, *others])) < 2:
                bars.append(Bar(one, others))
        sets = []
        for _ in range(6):
            units = chance.sample(names, 8)
            sets.append(AtMost(max(2, len(self.planned.intersection(units))), units))
        planned = [unit for draft in root.walk() for unit in draft.plan]
        low = sum(
            unit.credit for unit in planned if not _is_at_least(unit.level, level)
        )
        brought = sum(unit.credit for unit in planned if unit.is_imported)
        total = root.credit - chance.randint(0, self.slack)
        if odd:  # no sum of units comes to it, and more is too much
            total = root.rules["max_credit"] = root.credit - 1
        structure = Structure(
            name="Adversary",
            total=total,
            root=root.made(),
            level=level,
            min_credit_at_level=root.at_level(level, leave_out=True)
            - chance.randint(0, self.slack),
            bars=bars,
            at_most=sets,
            caps=[
                Cap(credit=low + self.slack, at_most_level=LEVELS[level.rank - 1]),
                Cap(credit=brought + self.slack, is_imported=True),
                Cap(percent=25, kinds=[Kind.RPL, Kind.TRANSFER]),
            ],
        )
        has = chance.sample(self.pool, chance.randint(20, 120))
        if chance.random() < 0.5:
            share = chance.random()
            has += [one for one in planned if chance.random() < share]
        others = [
            Unit(_reference(900 + n), chance.randint(2, 9), Level.LEVEL_3)
            for n in range(4)
        ]
        has = list(dict.fromkeys(has + others))[:120]
        maximum = "cap" if chance.random() < 0.15 else "whole"
        return Case(structure, tuple(_records(chance, has)), maximum=maximum)


def adversarial(seed) -> Case:
    """Return a large case: 200 units, bars, shared units, pathways, maximums."""
    return _Adversary(Random(f"adversarial {seed}")).case()

"""What the linter says cannot be is in no counting: every counting is looked at."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.qualifications import (
    AtMost,
    Bar,
    Cap,
    Group,
    LevelMinimum,
    Structure,
    Unit,
)
from ulnlib.rules.combination import lint

UNITS = [
    Unit(f"{name}", credit, level)
    for name, credit, level in zip("ABCDE", (1, 2, 3, 4, 6), "23423", strict=True)
]
NAMES = [unit.reference for unit in UNITS]

numbers = st.none() | st.integers(0, 9)
few = st.none() | st.integers(0, 3)
groups = st.recursive(
    st.just(None),
    lambda below: st.builds(
        Group,
        name=st.just("g"),
        units=st.lists(st.sampled_from(UNITS), max_size=3, unique=True),
        groups=st.lists(below.filter(bool), max_size=2),
        min_credit=numbers,
        max_credit=numbers,
        min_subcomponents=few,
        max_subcomponents=few,
        is_mandatory=st.booleans(),
        level_minimum=st.none()
        | st.builds(LevelMinimum, st.sampled_from("234"), st.integers(1, 6)),
        is_outside_level_minimum=st.booleans(),
    ),
    max_leaves=5,
).filter(bool)
structures = st.builds(
    Structure,
    name=st.just("X"),
    total=st.integers(1, 12),
    root=groups,
    level=st.sampled_from("234"),
    min_credit_at_level=st.none() | st.integers(1, 8),
    bars=st.lists(
        st.builds(
            Bar,
            st.sampled_from(NAMES),
            st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
        ),
        max_size=2,
    ),
    at_most=st.lists(
        st.builds(
            AtMost,
            st.integers(0, 2),
            st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
        ),
        max_size=1,
    ),
    caps=st.lists(
        st.builds(
            Cap,
            credit=st.integers(0, 8),
            at_most_level=st.none() | st.sampled_from("234"),
            at_least_level=st.none() | st.sampled_from("234"),
        ),
        max_size=1,
    ),
)


class Standing:
    """A group in one counting: what is in it, and whether it is achieved."""

    def __init__(self, group, path, units, below):
        self.group, self.path, self.below = group, path, below
        self.own = units
        self.units = [*units, *(unit for one in below for unit in one.units)]
        self.credit = sum(unit.credit for unit in self.units)
        used = len(units) + sum(bool(one.units) for one in below)
        self.is_within = (
            _at_most(self.credit, group.max_credit)
            and _at_most(used, group.max_subcomponents)
            and all(one.is_within for one in below)
        )
        parts = len(units) + sum(one.is_achieved for one in below)
        minimum = group.level_minimum
        self.is_achieved = bool(
            self.units
            and self.credit >= (group.min_credit or 0)
            and parts >= (group.min_subcomponents or 0)
            and (minimum is None or at(self.units, minimum.level) >= minimum.credit)
            and all(one.is_achieved for one in below if one.group.is_mandatory)
        )

    def walk(self):
        yield self
        for one in self.below:
            yield from one.walk()

    def towards_level(self):
        """Yield the units that count towards the level minimum of the whole."""
        if not self.group.is_outside_level_minimum:
            yield from self.own
            for one in self.below:
                yield from one.towards_level()


def _at_most(value, maximum):
    return maximum is None or value <= maximum


def at(units, level):
    return sum(unit.credit for unit in units if unit.level.rank >= level.rank)


def places(group, path=("root",)):
    """Yield each group with its path."""
    yield path, group
    for position, one in enumerate(group.groups, 1):
        yield from places(one, (*path, "groups", position))


def standing(group, chosen, path=("root",)):
    below = [
        standing(one, chosen, (*path, "groups", position))
        for position, one in enumerate(group.groups, 1)
    ]
    units = [unit for unit in group.units if chosen.get(unit.reference) == path]
    return Standing(group, path, units, below)


def countings(structure):
    """Yield every counting that no maximum, bar or set forbids, and its units."""
    listed = {}
    for path, group in places(structure.root):
        for unit in group.units:
            listed.setdefault(unit.reference, [None]).append(path)
    for choice in product(*listed.values()):
        chosen = dict(zip(listed, choice, strict=True))
        counted = {name for name, path in chosen.items() if path is not None}
        is_barred = any(
            bar.unit in counted and counted & set(bar.targets) for bar in structure.bars
        )
        is_above = any(
            len(counted & set(some.units)) > some.count for some in structure.at_most
        )
        root = standing(structure.root, chosen)
        is_above = is_above or any(
            sum(unit.credit for unit in root.units if is_under(cap, unit)) > cap.credit
            for cap in structure.caps
        )
        if not is_barred and not is_above and root.is_within:
            yield root, counted


def is_under(cap, unit):
    low, high, rank = cap.at_least_level, cap.at_most_level, unit.level.rank
    return (low is None or rank >= low.rank) and (high is None or rank <= high.rank)


def is_met(structure, root):
    minimum = structure.min_credit_at_level or 0
    return (
        root.is_achieved
        and root.credit >= structure.total
        and at(root.towards_level(), structure.level) >= minimum
    )


class Seen:
    """What some counting shows.

    Attributes:
        achieved: The paths of the groups that some counting achieves.
        beside: The paths of those achieved within a group that is achieved.
        met: The counted units of each counting that meets the whole.
    """

    def __init__(self, structure):
        self.structure = structure
        self.achieved, self.beside, self.met = set(), set(), []
        for root, counted in countings(structure):
            for one in root.walk():
                if one.is_achieved:
                    self.achieved.add(one.path)
                    self.beside.update(it.path for it in one.below if it.is_achieved)
            if is_met(structure, root):
                self.met.append(counted)

    def never_achieved(self, path):
        while path[-1] in {"min_credit", "min_subcomponents", "level_minimum"}:
            path = path[:-1]
        return path not in self.achieved

    def never_beside(self, path):
        return path not in self.beside

    def never_met(self, _):
        return not self.met

    def level_never(self, path):
        is_whole = path == ("min_credit_at_level",)
        return self.never_met(path) if is_whole else self.never_achieved(path)

    def some_group_never(self, _):
        everywhere = {path for path, _ in places(self.structure.root)}
        return bool(everywhere - self.achieved)

    def one_never_counts(self, path):
        bar = self.structure.bars[path[1] - 1]
        pair = {bar.unit, bar.targets[path[3] - 1]}
        return any(all(one not in units for units in self.met) for one in pair)


CLAIMS = {
    "credit-bounds-crossed": Seen.never_achieved,
    "part-bounds-crossed": Seen.never_achieved,
    "group-closed": Seen.never_achieved,
    "group-empty": Seen.never_achieved,
    "group-parts-above-maximum": Seen.never_achieved,
    "group-parts-too-many": Seen.never_achieved,
    "group-short": Seen.never_achieved,
    "group-sum-impossible": Seen.never_achieved,
    "group-too-few": Seen.never_achieved,
    "mandatory-closed": Seen.never_achieved,
    "level-minimum-unreachable": Seen.level_never,
    "group-unreachable": Seen.never_beside,
    "total-unreachable": Seen.never_met,
    "nothing-completes": Seen.never_met,
    "cap-required": Seen.never_met,
    "bar-itself": Seen.one_never_counts,
    "at-most-required": Seen.some_group_never,
    "bar-required": Seen.some_group_never,
    "unit-required-twice": Seen.some_group_never,
    "bar-unreachable": Seen.one_never_counts,
}


@given(structures)
def test_what_cannot_be_is_in_no_counting(structure):
    """A group that cannot be achieved never is, and so with the whole."""
    seen = Seen(structure)
    report = lint(structure)
    for finding in report:
        if finding.code in CLAIMS:
            assert CLAIMS[finding.code](seen, finding.path), finding.code
    codes = {one.code for one in report}
    # So small a structure is searched to the end. A bar of a unit against itself bars
    # nothing there.
    assert seen.met or codes & {"nothing-completes", "bar-itself"}

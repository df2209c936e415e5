"""What is wrong with a structure: contradictions, and sums that cannot come out.

Published rules are not always consistent, and typed ones less so. `lint` looks for what
makes a structure impossible to meet, and for what its author cannot have meant. It
concludes only what is certain: where a list is incomplete, or a credit is not known,
it says nothing that depends on it.

Every finding is of the table of codes; its path leads to the place, counted from 1:
`("root", "groups", 2, "units", 5, "credit")`. `place` says the same in words.

Examples:
    >>> from ulnlib.rules.combination.text import parse_text
    >>> structure = parse_text('''
    ... Level 3 Diploma in Examples
    ... total 37; level 3
    ... group Core: mandatory, 20 credits, incomplete
    ... group Options: at least 13 credits, at most 15 credits, incomplete
    ... ''').structure
    >>> print(lint(structure)[0])  # doctest: +NORMALIZE_WHITESPACE
    total: all groups at their most give 35 credits, and the total is 37
    [total-unreachable]

Source: ours, from the meaning of the rules; the published inconsistencies that it finds
are told where their codes are explained.
"""

from __future__ import annotations

__all__ = ["MANY_UNITS", "MAX_NESTING", "lint", "place"]

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from ulnlib.identifiers import UNIT_REFERENCE_CHECK, is_unit_reference
from ulnlib.issues import Issue, Path, Report, issue
from ulnlib.qualifications import (
    Cap,
    Group,
    Level,
    Size,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules.combination._sums import Sums, bound, is_whole
from ulnlib.rules.combination.outline import count_of, credits_of
from ulnlib.rules.combination.possible import conflicts_within
from ulnlib.rules.combination.question import most_of

MAX_NESTING = 100
"""Groups that are nested deeper are a finding.

Source: ours; published structures have four levels.
"""

MANY_UNITS = 5_000
"""More units in one structure are a finding.

Source: ours; the largest published structures have a few hundred.
"""


def lint(structure: Structure) -> Report:
    """Say what is wrong with a structure.

    Args:
        structure: The structure.

    Returns:
        The findings in document order: the structure's own facts, each group with its
        units, the sums, the rules that lie across; at last whether anything completes
        it at all. Errors make it impossible to meet, or to trust; warnings deserve a
        look.

    Source: the codes of the table, each with its own.
    """
    known = _Known.of(structure)
    found = [finding for check in _CHECKS for finding in check(known)]
    return Report([*found, *_check_possible(structure, found)])


@attrs.define
class _Known:
    """What the checks share.

    Attributes:
        structure: The structure.
        sums: Its groups and their sums.
        listed: The units of the groups, by compact reference, the first of each.
        has_level_rules: Whether levels matter to it.
    """

    structure: Structure
    sums: Sums
    listed: dict[str, Unit]
    has_level_rules: bool

    @classmethod
    def of(cls, structure: Structure) -> _Known:
        sums = Sums.of(structure)
        listed: dict[str, Unit] = {}
        for node in sums.nodes:
            for unit in node.group.units:
                listed.setdefault(compact_reference(unit.reference), unit)
        has_level_rules = (
            structure.min_credit_at_level is not None
            or any(node.group.level_minimum is not None for node in sums.nodes)
            or any(
                cap.at_most_level is not None or cap.at_least_level is not None
                for cap in structure.caps
            )
        )
        return cls(structure, sums, listed, has_level_rules)

    @property
    def total(self) -> int | None:
        total = self.structure.total
        return total if is_whole(total, 1) else None


# --- single values ----------------------------------------------------------------


def _bound_is_right(value: object, *path: str | int) -> Iterator[Issue]:
    if value is not None and not is_whole(value):
        yield issue("bound-wrong", *path)


def _months_are_right(value: object, *path: str | int) -> Iterator[Issue]:
    if value is not None and not is_whole(value, 1):
        yield issue("months-wrong", *path)


def _level_is_known(level: Level | str | None, *path: str | int) -> Iterator[Issue]:
    if level is not None and not isinstance(level, Level):
        yield issue("level-unknown", *path)


# --- the structure as a whole -----------------------------------------------------

_SIZES = re.compile(r"\b(award|certificate|diploma)\b", re.IGNORECASE)


def _check_facts(known: _Known) -> Iterator[Issue]:
    structure = known.structure
    if structure.total is None:
        yield issue("total-missing", "total")
    elif known.total is None:
        yield issue("total-wrong", "total")
    else:
        yield from _check_size(structure)
    yield from _level_is_known(structure.level, "level")
    minimum = structure.min_credit_at_level
    yield from _bound_is_right(minimum, "min_credit_at_level")
    if minimum and structure.level is None:
        yield issue("level-missing", "min_credit_at_level")


def _check_size(structure: Structure) -> Iterator[Issue]:
    """Compare the total with the size in the name, where it names one.

    Source: see `ulnlib.qualifications.Size`.
    """
    said = {word.casefold() for word in _SIZES.findall(structure.name)}
    if len(said) != 1:
        return
    size = Size(said.pop().capitalize())
    if structure.size is not None and structure.size is not size:
        yield issue(
            "size-differs",
            "total",
            label=size.value,
            right=structure.size.value,
            count=credits_of(structure.total or 0),
        )


def _check_extent(known: _Known) -> Iterator[Issue]:
    nodes = known.sums.nodes
    count = sum(len(node.group.units) for node in nodes)
    count += len(known.structure.additional_units)
    if count > MANY_UNITS:
        yield issue("units-many", count=count, maximum=MANY_UNITS)
    for index, node in enumerate(nodes):
        if node.depth > MAX_NESTING:
            yield issue("groups-nesting", *known.sums.path(index), maximum=MAX_NESTING)
            break


# --- groups and their units -------------------------------------------------------


def _check_groups(known: _Known) -> Iterator[Issue]:
    names: set[str] = set()
    units = _Units(known)
    for index, node in enumerate(known.sums.nodes):
        group = node.group
        path = known.sums.path(index)
        if not group.name.strip():
            yield issue("group-name-missing", *path, "name")
        elif group.name in names:
            yield issue("group-name-twice", *path, "name")
        names.add(group.name)
        yield from _check_bounds(group, path)
        if not (group.units or group.groups or node.is_open):
            yield issue("group-empty", *path)
        yield from units.check(group.units, (*path, "units"))
        yield from _check_content(known, index, path)
    listed = set(known.listed)
    path = ("additional_units",)
    for position, unit in enumerate(known.structure.additional_units, 1):
        yield from units.check_one(unit, (*path, position))
        if compact_reference(unit.reference) in listed:
            yield issue("additional-listed", *path, position)


def _check_bounds(group: Group, path: Path) -> Iterator[Issue]:
    for name in _BOUNDS:
        yield from _bound_is_right(getattr(group, name), *path, name)
    yield from _crossed(group, path)
    yield from _months_are_right(group.months, *path, "months")
    if group.level_minimum is not None:
        where = (*path, "level_minimum")
        yield from _bound_is_right(group.level_minimum.credit, *where, "credit")
        if group.level_minimum.level is None:
            yield issue("level-missing", *where)
        yield from _level_is_known(group.level_minimum.level, *where, "level")
    if group.other is not None:
        yield from _level_is_known(group.other.level, *path, "other", "level")


def _crossed(group: Group, path: Path) -> Iterator[Issue]:
    for (low, high), (code, noun) in _CROSSED.items():
        minimum, maximum = bound(getattr(group, low)), bound(getattr(group, high))
        if minimum is not None and maximum is not None and minimum > maximum:
            found = count_of(minimum, noun)
            yield issue(code, *path, low, found=found, maximum=maximum)


_CROSSED = {
    ("min_credit", "max_credit"): ("credit-bounds-crossed", "credit"),
    ("min_subcomponents", "max_subcomponents"): ("part-bounds-crossed", "part"),
}
_BOUNDS = tuple(name for pair in _CROSSED for name in pair)


class _Units:
    """The checks of units; what was seen of a unit elsewhere is compared."""

    def __init__(self, known: _Known) -> None:
        self._has_level_rules = known.has_level_rules
        self._listed = known.listed
        self._seen: set[str] = set()

    def check(self, units: Iterable[Unit], path: Path) -> Iterator[Issue]:
        """Check the units of one group."""
        here: set[str] = set()
        for position, unit in enumerate(units, 1):
            where = (*path, position)
            yield from self.check_one(unit, where)
            reference = compact_reference(unit.reference)
            if reference in here and reference:
                yield issue("unit-twice", *where)
            here.add(reference)

    def check_one(self, unit: Unit, path: Path) -> Iterator[Issue]:
        """Check a unit wherever it stands."""
        reference = compact_reference(unit.reference)
        if not reference:
            yield issue("unit-reference-missing", *path, "reference")
        elif reference not in self._seen:
            yield from self._check_reference(unit.reference, path)
        if unit.credit is None:
            yield issue("unit-credit-missing", *path, "credit")
        elif not is_whole(unit.credit, 1):
            yield issue("unit-credit-wrong", *path, "credit")
        if unit.level is None and self._has_level_rules:
            yield issue("unit-level-missing", *path, "level")
        yield from _level_is_known(unit.level, *path, "level")
        yield from _bound_is_right(unit.hours, *path, "hours")
        first = self._listed.get(reference)
        if reference in self._seen and first is not None:
            yield from self._compare(unit, first, path)
        self._seen.add(reference)

    def _check_reference(self, reference: str, path: Path) -> Iterator[Issue]:
        if not is_unit_reference(reference):
            yield issue("unit-reference-shape", *path, "reference")
        elif UNIT_REFERENCE_CHECK.agrees(compact_reference(reference)) is False:
            yield issue("unit-reference-check-letter", *path, "reference")

    def _compare(self, unit: Unit, first: Unit, path: Path) -> Iterator[Issue]:
        for name in ("credit", "level"):
            here, there = getattr(unit, name), getattr(first, name)
            if here is not None and there is not None and here != there:
                yield issue("unit-differs", *path, name)


def _check_content(known: _Known, index: int, path: Path) -> Iterator[Issue]:
    """Compare the bounds of a group with what is in it."""
    sums = known.sums
    node = sums.nodes[index]
    group = node.group
    max_parts = bound(group.max_subcomponents)
    max_credit = bound(group.max_credit)
    if max_parts == 0 or max_credit == 0:
        yield issue("group-closed", *path)
        # The root has to be achieved whether it says so or not.
        if group.is_mandatory or index == 0:
            yield issue("mandatory-closed", *path)
        return
    if not any(_crossed(group, path)):  # the sums would say the same again
        yield from _check_sums(known, index, path)
    needed = [one for one in node.below if sums.nodes[one].group.is_mandatory]
    if max_parts is not None and len(needed) > max_parts:
        most = count_of(max_parts, "part")
        yield issue("group-parts-too-many", *path, found=len(needed), maximum=most)
    yield from _check_level_minimum(known, index, path)
    yield from _check_room(known, index)


def _check_sums(known: _Known, index: int, path: Path) -> Iterator[Issue]:
    sums = known.sums
    node = sums.nodes[index]
    group = node.group
    minimum, maximum = bound(group.min_credit), bound(group.max_credit)
    parts = len(group.units) + sum(1 for one in node.below if sums.most[one])
    wanted = bound(group.min_subcomponents)
    is_possible = True
    if wanted is not None and not node.is_open and parts < wanted:
        is_possible = False
        least = count_of(wanted, "part")
        yield issue("group-too-few", *path, expected=least, found=parts)
    if minimum is not None and sums.most[index] < minimum:
        is_possible = False
        least = credits_of(minimum)
        yield issue("group-short", *path, expected=least, found=sums.most[index])
    if maximum is not None and sums.forced[index] > maximum:
        is_possible = False
        yield issue(
            "group-parts-above-maximum",
            *path,
            found=sums.forced[index],
            maximum=maximum,
        )
    if is_possible and maximum is not None and not sums.has_a_sum(index):
        yield issue(
            "group-sum-impossible", *path, expected=_between(minimum or 1, maximum)
        )


def _between(least: int, most: int) -> str:
    return credits_of(most) if least == most else f"{least} to {credits_of(most)}"


def _check_level_minimum(known: _Known, index: int, path: Path) -> Iterator[Issue]:
    minimum = known.sums.nodes[index].group.level_minimum
    if (
        minimum is None
        or not is_whole(minimum.credit, 1)
        or not isinstance(minimum.level, Level)
    ):
        return
    most = known.sums.most_at(minimum.level)[index]
    if most < minimum.credit:
        where = (*path, "level_minimum")
        least = credits_of(minimum.credit)
        yield issue("level-minimum-unreachable", *where, expected=least, found=most)


def _check_room(known: _Known, index: int) -> Iterator[Issue]:
    """Find optional groups for which those beside them leave no room."""
    sums = known.sums
    group = sums.nodes[index].group
    below = sums.nodes[index].below
    needed = [one for one in below if sums.is_needed(one)]
    credit = sum(sums.least[one] for one in needed)
    max_parts = bound(group.max_subcomponents)
    max_credit = bound(group.max_credit)
    for one in below:
        if sums.is_needed(one):
            continue
        is_full = max_parts is not None and len(needed) >= max_parts
        is_above = max_credit is not None and credit + sums.least[one] > max_credit
        if is_full or is_above:
            yield issue("group-unreachable", *sums.path(one))


# --- sums of the whole ------------------------------------------------------------


def _check_totals(known: _Known) -> Iterator[Issue]:
    total, sums = known.total, known.sums
    if total is None:
        return
    most, forced = sums.most[0], sums.forced[0]
    if most < total:
        found = credits_of(most)
        yield issue("total-unreachable", "total", found=found, expected=total)
    elif forced > total:
        yield issue("mandatory-above-total", "total", found=forced, expected=total)
    else:
        yield from _check_rests(known, total)


def _check_rests(known: _Known, total: int) -> Iterator[Issue]:
    """Compare the bounds of each outermost group with what the others leave to it.

    Published parts are meant to add up to the total. Where a part's minimum is less
    than the others leave at most, or its maximum more than they leave at least, one of
    the figures is wrong, or never matters.

    Source: derived from published rules that do not add up.
    """
    sums = known.sums
    root = sums.nodes[0]
    if root.group.units or bound(root.group.max_subcomponents) is not None:
        return  # then not all groups are there to add up
    all_most = sum(sums.most[one] for one in root.below)
    all_least = sum(sums.least[one] for one in root.below if sums.is_needed(one))
    for one in root.below:
        group = sums.nodes[one].group
        minimum, maximum = bound(group.min_credit), bound(group.max_credit)
        left = total - (all_most - sums.most[one])
        if minimum and left > minimum:
            path = (*sums.path(one), "min_credit")
            rest = credits_of(left)
            yield issue("minimum-below-rest", *path, found=minimum, expected=rest)
        own = sums.least[one] if sums.is_needed(one) else 0
        left = total - (all_least - own)
        if maximum and maximum > left:
            path = (*sums.path(one), "max_credit")
            rest = credits_of(left)
            yield issue("maximum-above-rest", *path, found=maximum, expected=rest)


def _check_level_sums(known: _Known) -> Iterator[Issue]:
    structure, total, sums = known.structure, known.total, known.sums
    minimum, level = structure.min_credit_at_level, structure.level
    if not is_whole(minimum, 1):
        return
    path = ("min_credit_at_level",)
    if total is not None and minimum > total:
        yield issue("level-minimum-above-total", *path, found=minimum, expected=total)
    if isinstance(level, Level):
        most = sums.most_at(level, without_outside=True)[0]
        if most < minimum:
            least = credits_of(minimum)
            yield issue("level-minimum-unreachable", *path, expected=least, found=most)
    if total is not None:
        left = total - _needed_outside(sums)
        if left < minimum <= total:
            least = credits_of(minimum)
            yield issue("level-minimum-no-room", *path, expected=least, found=left)


def _needed_outside(sums: Sums) -> int:
    """Return the least credit of the needed groups outside the level minimum."""
    credit = 0
    outside: set[int] = set()
    for index, node in enumerate(sums.nodes):
        if node.above in outside:
            outside.add(index)
        elif node.group.is_outside_level_minimum:
            outside.add(index)
            if sums.heads[index] == 0:
                credit += sums.least[index]
    return credit


# --- rules that lie across --------------------------------------------------------


def _required(known: _Known) -> tuple[dict[str, dict[int, int]], list[Issue]]:
    """Return the units that cannot be done without, and those needed twice over.

    Returns:
        By compact reference, and by the outermost group that fails without the unit,
        the group that needs it. A unit that has equivalents is not among them.
    """
    sums = known.sums
    replaceable = {compact_reference(one.unit) for one in known.structure.equivalents}
    required: dict[str, dict[int, int]] = {}
    twice: list[Issue] = []
    for index, node in enumerate(sums.nodes):
        for at in sums.required_units(index):
            reference = compact_reference(node.group.units[at].reference)
            if reference in replaceable or not reference:
                continue
            by_head = required.setdefault(reference, {})
            if by_head.setdefault(sums.heads[index], index) != index:
                path = (*sums.path(index), "units", at + 1)
                twice.append(issue("unit-required-twice", *path))
    return required, twice


def _check_rules(known: _Known) -> Iterator[Issue]:
    structure = known.structure
    required, twice = _required(known)
    yield from twice
    names = set(known.listed)
    names.update(compact_reference(one.reference) for one in structure.additional_units)
    for rule in structure.equivalents:
        names.update(map(compact_reference, rule.others))
    yield from _check_bars(structure, required, names)
    yield from _check_sets(structure, required, names)
    yield from _check_equivalents(known)
    yield from _check_caps(known)
    yield from _check_caps_of_units(known, required)
    for position, limit in enumerate(structure.time_limits, 1):
        yield from _months_are_right(limit.months, "time_limits", position, "months")
    seen = {""}
    for position, requirement in enumerate(structure.requirements, 1):
        if requirement.name.strip() in seen:
            yield issue("requirement-name", "requirements", position, "name")
        seen.add(requirement.name.strip())


def _check_bars(
    structure: Structure, required: Mapping[str, Mapping[int, int]], names: set[str]
) -> Iterator[Issue]:
    nothing: Mapping[int, int] = {}
    for position, bar in enumerate(structure.bars, 1):
        unit = compact_reference(bar.unit)
        if unit not in names:
            yield issue("unit-unknown", "bars", position, "unit")
        source = required.get(unit, nothing)
        for place_, other in enumerate(bar.targets, 1):
            path = ("bars", position, "targets", place_)
            target = compact_reference(other)
            held = required.get(target, nothing)
            if target not in names:
                yield issue("unit-unknown", *path)
            if target == unit:
                yield issue("bar-itself", *path)
            elif source.keys() & held.keys():
                yield issue("bar-required", *path)
            elif (0 in source and target in names) or (0 in held and unit in names):
                yield issue("bar-unreachable", *path)


def _check_sets(
    structure: Structure, required: Mapping[str, Mapping[int, int]], names: set[str]
) -> Iterator[Issue]:
    for position, some in enumerate(structure.at_most, 1):
        path = ("at_most", position)
        yield from _bound_is_right(some.count, *path, "count")
        units = list(map(compact_reference, some.units))
        for place_, unit in enumerate(units, 1):
            if unit not in names:
                yield issue("unit-unknown", *path, "units", place_)
        if not is_whole(some.count):
            continue
        by_head: dict[int, int] = {}
        for unit in set(units):
            for head in required.get(unit, ()):
                by_head[head] = by_head.get(head, 0) + 1
        most = max(by_head.values(), default=0)
        if most > some.count:
            found = count_of(most, "unit")
            yield issue("at-most-required", *path, found=found, maximum=some.count)
        elif len(set(units)) <= some.count:
            found = count_of(len(set(units)), "unit")
            yield issue("at-most-idle", *path, found=found, maximum=some.count)


def _check_equivalents(known: _Known) -> Iterator[Issue]:
    rules = known.structure.equivalents
    edges: dict[str, set[str]] = {}
    for rule in rules:
        others = map(compact_reference, rule.others)
        edges.setdefault(compact_reference(rule.unit), set()).update(others)
    circles = _in_circles(edges)
    for position, rule in enumerate(rules, 1):
        unit = compact_reference(rule.unit)
        if unit not in known.listed:
            yield issue("unit-unknown", "equivalents", position, "unit")
        for place_, other in enumerate(map(compact_reference, rule.others), 1):
            path = ("equivalents", position, "others", place_)
            if unit in circles and other in circles:
                yield issue("equivalent-circle", *path)
            elif other in known.listed:
                yield issue("equivalent-listed", *path)


def _in_circles(edges: Mapping[str, set[str]]) -> set[str]:
    """Return what lies on a circle, or between two."""
    inward: dict[str, set[str]] = {}
    for start, ends in _without_ends(edges).items():
        for end in ends:
            inward.setdefault(end, set()).add(start)
    return set(_without_ends(inward))


def _without_ends(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return the arrows without those that lead nowhere in the end."""
    inward: dict[str, list[str]] = {}
    for start, ends in edges.items():
        for end in ends:
            inward.setdefault(end, []).append(start)
    ways = {start: len(ends) for start, ends in edges.items()}
    bare = [end for end in inward if end not in edges]
    while bare:
        for start in inward.get(bare.pop(), ()):
            ways[start] -= 1
            if not ways[start]:
                bare.append(start)
    return {
        start: {end for end in ends if ways.get(end)}
        for start, ends in edges.items()
        if ways[start]
    }


def _check_caps(known: _Known) -> Iterator[Issue]:
    groups = {node.group.name for node in known.sums.nodes}
    for position, cap in enumerate(known.structure.caps, 1):
        path = ("caps", position)
        if cap.credit is None and cap.percent is None:
            yield issue("cap-amount-missing", *path)
        yield from _bound_is_right(cap.credit, *path, "credit")
        if cap.percent is not None and not 0 <= cap.percent <= 100:
            yield issue("percent-wrong", *path, "percent")
        for name in ("at_most_level", "at_least_level"):
            yield from _level_is_known(getattr(cap, name), *path, name)
        low, high = cap.at_least_level, cap.at_most_level
        if isinstance(low, Level) and isinstance(high, Level) and low.rank > high.rank:
            yield issue("cap-idle", *path)
        if cap.group is not None and cap.group not in groups:
            yield issue("group-unknown", *path, "group")


def _check_caps_of_units(
    known: _Known, required: Mapping[str, Mapping[int, int]]
) -> Iterator[Issue]:
    """Find caps that the units without which nothing is met come to more than.

    Only units of a known level are held against a cap of levels. How a unit was come
    by is the learner's, not the structure's.
    """
    for position, cap in enumerate(known.structure.caps, 1):
        most = _most_of(cap, known.total)
        if cap.kinds or most is None:
            continue
        units = [
            known.listed[reference]
            for reference, heads in required.items()
            if 0 in heads and _is_within(known.sums, heads[0], cap.group)
        ]
        credit = sum([unit.credit or 0 for unit in units if _is_under(cap, unit)])
        if credit > most:
            found = credits_of(credit)
            yield issue("cap-required", "caps", position, found=found, maximum=most)


def _most_of(cap: Cap, total: int | None) -> int | None:
    """Return the credits that a cap allows, None where it is not sound."""
    is_share = cap.percent is None or 0 <= cap.percent <= 100
    return most_of(cap, total) if is_share and bound(cap.credit) == cap.credit else None


def _is_under(cap: Cap, unit: Unit) -> bool:
    """Say whether a unit certainly comes under a cap."""
    level, low, high = unit.level, cap.at_least_level, cap.at_most_level
    if not is_whole(unit.credit, 1) or (cap.is_imported and not unit.is_imported):
        return False
    if low is None and high is None:
        return True
    return isinstance(level, Level) and all(
        (
            low is None or (isinstance(low, Level) and level.rank >= low.rank),
            high is None or (isinstance(high, Level) and level.rank <= high.rank),
        )
    )


def _is_within(sums: Sums, index: int, name: str | None) -> bool:
    """Say whether a group, or one above it, has a name; all are within none."""
    if name is None:
        return True
    while index >= 0:
        node = sums.nodes[index]
        if node.group.name == name:
            return True
        index = node.above
    return False


# --- all together -----------------------------------------------------------------

_NOT_KNOWN = frozenset(
    {
        "bound-wrong",
        "groups-nesting",
        "level-missing",
        "level-unknown",
        "percent-wrong",
        "total-missing",
        "total-wrong",
        "unit-credit-missing",
        "unit-credit-wrong",
        "unit-differs",
        "unit-level-missing",
        "unit-reference-missing",
        "units-many",
    }
)
"""Where one of these was found, too little is known to say what can be."""


def _check_possible(structure: Structure, found: Iterable[Issue]) -> Iterator[Issue]:
    """Find out whether anything completes the structure, in the time that there is."""
    if any(one.code in _NOT_KNOWN for one in found):
        return
    conflicts = conflicts_within(structure)
    if conflicts:
        yield issue("nothing-completes", count=len(conflicts))


_CHECKS: tuple[Callable[[_Known], Iterator[Issue]], ...] = (
    _check_facts,
    _check_extent,
    _check_totals,
    _check_level_sums,
    _check_groups,
    _check_rules,
)

# --- where ------------------------------------------------------------------------

_PLAIN = {
    "root": "",
    "units": "unit",
    "additional_units": "additional unit",
    "bars": "bar",
    "targets": "barred unit",
    "at_most": "set",
    "equivalents": "equivalent of",
    "others": "unit",
    "caps": "cap",
    "time_limits": "time limit",
    "requirements": "requirement",
    "groups": "group",
}


def place(structure: Structure, path: Path) -> str:
    """Say in words where a finding is.

    Args:
        structure: The structure in which it was found.
        path: The path of the finding.

    Returns:
        For example `group Optional Group B, unit Y/506/1910, credit`: the innermost
        group, and what is in it. It is empty for the structure itself, and it holds
        names of the structure.

    Source: ours.
    """
    words: list[str] = []
    here: object = structure
    steps = iter(path)
    for step in steps:
        word = _PLAIN.get(str(step), str(step).replace("_", " "))
        here = getattr(here, str(step), None)
        if isinstance(here, tuple):
            position = next(steps, 0)
            if not isinstance(position, int) or not 0 < position <= len(here):
                words.append(word)
                break
            here = here[position - 1]
            if isinstance(here, Group):
                words.clear()
            words.append(f"{word} {_name_of(here, position)}")
        elif word:
            words.append(word)
    return ", ".join(words)


def _name_of(value: object, position: int) -> str:
    if isinstance(value, str):
        return value or str(position)
    for name in ("name", "reference", "unit"):
        text = getattr(value, name, "")
        if text:
            return str(text)
    return str(position)

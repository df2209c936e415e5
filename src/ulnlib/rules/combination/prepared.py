"""A structure made ready: its groups in order, the units that they list, by number.

It is made once and serves for many learners.
"""

from __future__ import annotations

__all__ = ["Listed", "Place", "Prepared", "is_credit", "prepare", "rank_of"]

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs

from ulnlib.qualifications import Group, Level, Structure, Unit, compact_reference

UNKNOWN = -1
"""The rank of a level that is not known: below all others."""


def rank_of(level: Level | str | None) -> int:
    """Return the place of a level among the levels, below all when it is none."""
    return level.rank if isinstance(level, Level) else UNKNOWN


def is_credit(value: object) -> bool:
    """Say whether a value is a number of credits: whole, and one at least."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


@attrs.frozen(kw_only=True)
class Listed:
    """A unit where a group lists it.

    Attributes:
        key: Its reference, as references are compared.
        unit: The unit.
        credit: Its credits.
        rank: The rank of its level.
    """

    key: str
    unit: Unit
    credit: int
    rank: int

    def is_withdrawn(self, as_of: dt.date | None) -> bool:
        """Say whether nobody can take it any more."""
        unit = self.unit
        return as_of is not None and (
            (unit.withdrawn is not None and unit.withdrawn <= as_of)
            or (unit.expires is not None and unit.expires < as_of)
        )


@attrs.frozen(kw_only=True)
class Place:
    """A group in its place in the tree.

    Attributes:
        number: Its place in the order of the walk, 0 for the root.
        group: The group.
        parent: The number of the group above, -1 for the root.
        children: The numbers of the groups below.
        depth: How far below the root it stands.
        units: The units that it lists and that can count, each once, in order.
        needs_all: Whether it cannot be achieved without all of its units.
        is_outside: Whether it or a group above is left out of the level minimum.
        is_mandatory: Whether it and all groups above, but for the root, are mandatory.
    """

    number: int
    group: Group
    parent: int
    children: tuple[int, ...]
    depth: int
    units: tuple[Listed, ...]
    needs_all: bool
    is_outside: bool
    is_mandatory: bool

    @property
    def offers_choice(self) -> bool:
        """Whether it can be achieved with some of its parts and without others.

        Source: ours (assumed: the service's field DecisionTaken has no explanation).
        """
        group = self.group
        parts = len(self.units) + len(group.groups)
        mandatory = sum([below.is_mandatory for below in group.groups])
        return not self.needs_all and parts > max(
            group.min_subcomponents or 0, mandatory
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Prepared:
    """A structure made ready for evaluations.

    Attributes:
        structure: The structure.
        places: Its groups, depth first, each before those below it.
        listed: Where units are listed that can count, by key: numbers of groups.
        named: The keys of all units that some group lists.
        stand_ins: The keys that may stand for a listed unit, in order.
        stands_for: The listed keys for which a unit may stand.
        mandatory: The keys of units without which it cannot be met.
        additional: The keys of units that may be taken and do not count.
        all_units: The units that groups list, each once, with their keys, in order.
        titles: The title of each unit that the structure names, by key.
        by_name: The numbers of the groups of a name.
    """

    structure: Structure
    places: tuple[Place, ...]
    listed: Mapping[str, tuple[int, ...]]
    named: frozenset[str]
    stand_ins: Mapping[str, tuple[str, ...]]
    stands_for: Mapping[str, tuple[str, ...]]
    mandatory: frozenset[str]
    additional: frozenset[str]
    all_units: tuple[tuple[str, Unit], ...]
    titles: Mapping[str, str]
    by_name: Mapping[str, tuple[int, ...]]

    def within(self, number: int) -> range:
        """Return the numbers of a group and of all below it."""
        last, depth = number + 1, self.places[number].depth
        while last < len(self.places) and self.places[last].depth > depth:
            last += 1
        return range(number, last)


def prepare(structure: Structure) -> Prepared:
    """Make a structure ready for many evaluations.

    Args:
        structure: The structure; what is wrong with it is left out, see `lint`.
    """
    places = _placed(structure.root)
    listed: dict[str, list[int]] = defaultdict(list)
    all_units: dict[str, Unit] = {}
    by_name: dict[str, list[int]] = defaultdict(list)
    for place in places:
        by_name[place.group.name].append(place.number)
        for listed_unit in place.units:
            listed[listed_unit.key].append(place.number)
        for unit in place.group.units:
            all_units.setdefault(compact_reference(unit.reference), unit)
    named = frozenset(all_units)
    titles = {key: unit.title for key, unit in all_units.items()}
    keys = [compact_reference(one.reference) for one in structure.additional_units]
    for key, unit in zip(keys, structure.additional_units, strict=True):
        titles.setdefault(key, unit.title)
    additional = frozenset(keys) - named
    stand_ins: dict[str, set[str]] = defaultdict(set)
    stands_for: dict[str, set[str]] = defaultdict(set)
    for equivalent in structure.equivalents:
        key = compact_reference(equivalent.unit)
        for other in map(compact_reference, equivalent.others):
            if other != key and other not in additional:
                stand_ins[key].add(other)
                stands_for[other].add(key)
    return Prepared(
        structure=structure,
        places=places,
        listed={key: tuple(numbers) for key, numbers in listed.items()},
        named=named,
        stand_ins={key: tuple(sorted(keys)) for key, keys in stand_ins.items()},
        stands_for={key: tuple(sorted(keys)) for key, keys in stands_for.items()},
        mandatory=frozenset(
            [
                unit.key
                for place in places
                if place.needs_all and place.is_mandatory
                for unit in place.units
            ]
        ),
        additional=additional,
        all_units=tuple(all_units.items()),
        titles=titles,
        by_name={name: tuple(numbers) for name, numbers in by_name.items()},
    )


def _placed(root: Group) -> tuple[Place, ...]:
    """Return the groups in the order of the walk; no depth is too much for it."""
    found: list[tuple[Group, int, int]] = []
    stack = [(root, -1, 0)]
    while stack:
        group, parent, depth = stack.pop()
        number = len(found)
        found.append((group, parent, depth))
        stack += [(below, number, depth + 1) for below in reversed(group.groups)]
    children: dict[int, list[int]] = defaultdict(list)
    for number, (_, parent, _) in enumerate(found):
        children[parent].append(number)
    places: list[Place] = []
    for number, (group, parent, depth) in enumerate(found):
        above = places[parent] if places else None
        units = _units(group)
        places.append(
            Place(
                number=number,
                group=group,
                parent=parent,
                children=tuple(children[number]),
                depth=depth,
                units=units,
                needs_all=_needs_all(group, units),
                is_outside=group.is_outside_level_minimum
                or (above is not None and above.is_outside),
                is_mandatory=above is None
                or (group.is_mandatory and above.is_mandatory),
            )
        )
    return tuple(places)


def _needs_all(group: Group, units: Sequence[Listed]) -> bool:
    if not units or group.groups or group.other is not None or not group.is_complete:
        return False
    return (group.min_subcomponents or 0) >= len(units) or (
        (group.min_credit or 0) >= sum([unit.credit for unit in units])
    )


def _units(group: Group) -> tuple[Listed, ...]:
    units: dict[str, Listed] = {}
    for unit in group.units:
        key, credit = compact_reference(unit.reference), unit.credit
        if credit is not None and is_credit(credit) and key not in units:
            rank = rank_of(unit.level)
            units[key] = Listed(key=key, unit=unit, credit=credit, rank=rank)
    return tuple(units.values())

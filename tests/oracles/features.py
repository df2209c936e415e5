"""The features of a case, and each case without one of them.

A case has a feature when it is another case without it, and the feature matters where
the answer is another one without it. In this way it can be said of a generator not only
that it makes a feature, but how often that decides.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import attrs

from oracles.structures import AS_OF, Case
from ulnlib.qualifications import Kind, compact_reference

Without = Callable[[Case], Case]


def with_values(case, **changes):
    """Return a case with other values."""
    return dataclasses.replace(case, **changes)


def changed_groups(group, change):
    """Return a group of which it and all below are changed, those below first."""
    below = [changed_groups(child, change) for child in group.groups]
    return change(attrs.evolve(group, groups=below))


def _structure(**changes) -> Without:
    def without(case):
        structure = attrs.evolve(case.structure, **changes)
        return with_values(case, structure=structure)

    return without


def _groups(change) -> Without:
    def without(case):
        root = changed_groups(case.structure.root, change)
        return with_values(case, structure=attrs.evolve(case.structure, root=root))

    return without


def _group(**changes) -> Without:
    return _groups(lambda group: attrs.evolve(group, **changes))


def _other(**changes) -> Without:
    return _groups(
        lambda group: (
            group
            if group.other is None
            else attrs.evolve(group, other=attrs.evolve(group.other, **changes))
        )
    )


def _units(**changes) -> Without:
    return _groups(
        lambda group: attrs.evolve(
            group, units=[attrs.evolve(unit, **changes) for unit in group.units]
        )
    )


def _caps(condition) -> Without:
    def without(case):
        caps = [cap for cap in case.structure.caps if not condition(cap)]
        return with_values(case, structure=attrs.evolve(case.structure, caps=caps))

    return without


def _achievements(change) -> Without:
    def without(case):
        changed = (change(one) for one in case.achievements)
        found = tuple(one for one in changed if one is not None)
        return with_values(case, achievements=found)

    return without


def _unshared(case):
    """Leave every unit to the first group that lists it."""
    seen = set()

    def change(group):
        kept = [unit for unit in group.units if unit.reference not in seen]
        seen.update(unit.reference for unit in kept)
        return attrs.evolve(group, units=kept)

    return _groups(change)(case)


def _unrepeated(case):
    found = {}
    for one in case.achievements:
        found.setdefault(compact_reference(one.unit) or one, one)
    return with_values(case, achievements=tuple(found.values()))


def _usable(group):
    kept = [u for u in group.units if type(u.credit) is int and u.credit > 0]
    return attrs.evolve(group, units=kept)


def _unnested(group):
    kept = [child for child in group.groups if child.name != "Nested"]
    return attrs.evolve(group, groups=kept)


def _dated(one):
    return attrs.evolve(one, date=one.date or AS_OF - dt.timedelta(days=100))


FEATURES: dict[str, Without] = {
    "minimum credit": _group(min_credit=None),
    "maximum credit": _group(max_credit=None),
    "minimum of subcomponents": _group(min_subcomponents=None),
    "maximum of subcomponents": _group(max_subcomponents=None),
    "mandatory within the parent": _group(is_mandatory=False),
    "level minimum of a group": _group(level_minimum=None),
    "level minimum of the structure": _structure(min_credit_at_level=None),
    "left out of the level minimum": _group(is_outside_level_minimum=False),
    "months": _group(months=None),
    "incomplete list": _group(is_complete=True),
    "other credit": _group(other=None),
    "other credit: level": _other(level=None),
    "other credit: subject areas": _other(subject_areas=()),
    "other credit: also listed": _other(also_listed=False),
    "bars": _structure(bars=()),
    "at most some of a set": _structure(at_most=()),
    "equivalents": _structure(equivalents=()),
    "cap: at most a level": _caps(lambda cap: cap.at_most_level is not None),
    "cap: at least a level": _caps(lambda cap: cap.at_least_level is not None),
    "cap: imported": _caps(lambda cap: cap.is_imported),
    "cap: kinds, amount": _caps(lambda cap: cap.kinds and cap.credit is not None),
    "cap: kinds, share": _caps(lambda cap: cap.kinds and cap.percent is not None),
    "cap: group": _caps(lambda cap: cap.group is not None),
    "time limits": _structure(time_limits=()),
    "requirements": _structure(requirements=()),
    "units that do not count": _structure(additional_units=()),
    "withdrawn or expired": _units(withdrawn=None, expires=None),
    "unusable credit": _groups(_usable),
    "shared units": _unshared,
    "nested qualification": _groups(_unnested),
    "exemption by amount": _achievements(lambda one: one if one.unit else None),
    "transfer, exemption, recognition": _achievements(
        lambda one: attrs.evolve(one, kind=Kind.ACHIEVED)
    ),
    "undated": _achievements(_dated),
    "dated later": _achievements(
        lambda one: one if one.date is None or one.date <= AS_OF else None
    ),
    "credit not stated": _achievements(lambda one: one if one.credit else None),
    "achieved twice": _unrepeated,
    "maximum caps": lambda case: with_values(case, maximum="whole"),
    "no day": lambda case: with_values(case, as_of=AS_OF),
    "narrow offer": lambda case: with_values(case, offer=None),
}
"""How a case looks without each feature."""


def features(case):
    """Return the names of the features that a case has."""
    return {name for name, without in FEATURES.items() if without(case) != case}

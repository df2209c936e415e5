"""What is wrong with achievements, and where they and a structure differ."""

from __future__ import annotations

__all__ = ["findings_of"]

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ulnlib.identifiers import check_unit_reference, is_unit_reference
from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import Achievement, Level, compact_reference
from ulnlib.rules.combination.open_levels import unsure_places
from ulnlib.rules.combination.prepared import Listed, Prepared, is_credit


def findings_of(
    prepared: Prepared, achievements: Sequence[Achievement], as_of: dt.date | None
) -> Report:
    """Return what was found wrong, with a structure's units first.

    The findings are in the order of the structure, then of the achievements by
    reference, so that it does not matter in which order these were given.

    Args:
        prepared: The structure.
        achievements: What was achieved.
        as_of: The day of the evaluation.
    """
    listed = {unit.key: unit for place in prepared.places for unit in place.units}
    found = [*_of_structure(prepared, as_of)]
    known: dict[str, Achievement] = {}
    in_order = sorted(
        achievements,
        key=lambda one: (
            compact_reference(one.unit),
            str(one.date),
            one.source,
            one.id,
            one.kind.value,
            str(one.credit),
            str(one.level),
            one.group or "",
        ),
    )
    for one in in_order:
        key = compact_reference(one.unit)
        found += _of_one(prepared, one, key, listed.get(key), as_of)
        other = known.setdefault(key, one)
        if (
            key
            and other is not one
            and is_credit(one.credit)
            and is_credit(other.credit)
            and one.credit != other.credit
        ):
            found.append(issue("achievement-twice", *_where(prepared, one)))
    return Report(found)


_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/ -]{0,14}", re.IGNORECASE)


def _where(prepared: Prepared, one: Achievement) -> tuple[str, ...]:
    """Return where an achievement stands.

    Its reference is named where the structure names it or it looks like one: a person's
    name may stand where a reference should.
    """
    unit = one.unit.strip() or one.id
    looks_right = _REFERENCE.fullmatch(unit) and any(one.isdigit() for one in unit)
    if looks_right or compact_reference(unit) in prepared.titles:
        return ("achievements", unit)
    return ("achievements",)


def _of_structure(prepared: Prepared, as_of: dt.date | None) -> Iterator[Issue]:
    structure = prepared.structure
    if structure.level is not None and not isinstance(structure.level, Level):
        yield issue("level-unknown", "structure", "level")
    for place in prepared.places:
        minimum = place.group.level_minimum
        if minimum is not None and not isinstance(minimum.level, Level):
            yield issue("level-unknown", "structure", place.group.name)
        for unit in place.group.units:
            if unit.credit is None:
                yield issue("unit-credit-missing", "structure", unit.reference)
            elif not is_credit(unit.credit):
                yield issue("unit-credit-wrong", "structure", unit.reference)
            if unit.level is not None and not isinstance(unit.level, Level):
                yield issue("level-unknown", "structure", unit.reference)
    for place in unsure_places(prepared):
        yield issue("open-credit-level", "structure", place.group.name)
    yield from _of_repeated(prepared)
    end = structure.certification_end
    if as_of is not None and end is not None and end < as_of:
        yield issue("certification-ended", "structure")


def _of_repeated(prepared: Prepared) -> Iterator[Issue]:
    """Yield which units are listed again with another credit or level."""
    units = [unit for place in prepared.places for unit in place.group.units]
    first = dict(prepared.all_units)
    if len(first) == len(units):
        return
    for unit in units:
        other = first[compact_reference(unit.reference)]
        if (unit.credit, unit.level) != (other.credit, other.level):
            yield issue("unit-differs", "structure", unit.reference)


@lru_cache(maxsize=65_536)
def _of_reference(unit: str) -> tuple[Issue, ...]:
    """Return what is wrong with the reference of a unit, if it is one."""
    return tuple(check_unit_reference(unit)) if is_unit_reference(unit) else ()


def _of_one(
    prepared: Prepared,
    one: Achievement,
    key: str,
    listed: Listed | None,
    as_of: dt.date | None,
) -> Iterator[Issue]:
    # Most have nothing wrong: where they stand is worked out only when it is told.
    for found in _of_reference(one.unit):
        yield found.at(*_where(prepared, one))
    if one.level is not None and not isinstance(one.level, Level):
        yield issue("achievement-level", *_where(prepared, one))
    if one.credit is not None and one.credit != 0 and not is_credit(one.credit):
        yield issue("achievement-credit", *_where(prepared, one))
    if as_of is not None and one.date is not None and one.date > as_of:
        yield issue("achievement-to-come", *_where(prepared, one))
    if not key:
        yield from _of_exemption(prepared, one)
    elif listed is not None:
        yield from _of_listed(prepared, one, listed)


def _of_exemption(prepared: Prepared, one: Achievement) -> Iterator[Issue]:
    if one.group not in prepared.by_name:
        yield issue("exemption-group", *_where(prepared, one))
    elif not is_credit(one.credit):
        yield issue("exemption-credit", *_where(prepared, one))


def _of_listed(prepared: Prepared, one: Achievement, listed: Listed) -> Iterator[Issue]:
    """Yield where an achievement and the structure's list differ."""
    if is_credit(one.credit) and one.credit != listed.credit:
        yield issue("achievement-credit-differs", *_where(prepared, one))
    if isinstance(one.level, Level) and one.level.rank != listed.rank:
        yield issue("achievement-level-differs", *_where(prepared, one))
    last = [day for day in (listed.unit.withdrawn, listed.unit.expires) if day]
    if one.date is not None and last and one.date > min(last):
        yield issue("achievement-after-withdrawal", *_where(prepared, one))

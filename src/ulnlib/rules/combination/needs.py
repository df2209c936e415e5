"""What is still needed, in words that a learner reads."""

from __future__ import annotations

__all__ = ["needs_of"]

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ulnlib.qualifications import Level, Requirement
from ulnlib.rules.combination.claims import Claim
from ulnlib.rules.combination.evaluation import Need
from ulnlib.rules.combination.outline import unit_of
from ulnlib.rules.combination.prepared import Listed, Place, Prepared
from ulnlib.rules.combination.standing import Standing


def needs_of(
    prepared: Prepared,
    standing: Sequence[Standing],
    counted: Iterable[Claim],
    lacking: Iterable[Requirement],
) -> tuple[Need, ...]:
    """Return what is still needed, group by group; nothing when all is there.

    Args:
        prepared: The structure.
        standing: How each group stands.
        counted: What counts.
        lacking: The requirements beside credit that do not hold.
    """
    had = {(claim.place, claim.listed.key) for claim in counted if claim.listed}
    # From below, so that no depth is too much: what each group needs, if it has to be.
    of_place: dict[int, list[Need]] = {}
    for place in reversed(prepared.places):
        of_place[place.number] = _of_place(prepared, standing, had, place, of_place)
    needs = of_place[0]
    needs += _of_whole(prepared, standing[0], needs)
    needs += [
        Need(requirement=one.name, text=f"{one.description or one.name}")
        for one in lacking
    ]
    return tuple(needs)


def _of_place(
    prepared: Prepared,
    standing: Sequence[Standing],
    had: Collection[tuple[int, str]],
    place: Place,
    below: Mapping[int, Sequence[Need]],
) -> list[Need]:
    """Return what a group needs to be achieved, from what those below it need."""
    now, group = standing[place.number], place.group
    if now.is_achieved:
        return []
    children = [prepared.places[number] for number in place.children]
    unmet = [one for one in children if not standing[one.number].is_achieved]
    mandatory = [one for one in unmet if one.group.is_mandatory]
    found = [need for one in mandatory for need in below[one.number]]
    missing = [
        unit
        for unit in place.units
        if place.needs_all and (place.number, unit.key) not in had
    ]
    if missing:
        found.append(_of_units(group.name, missing))
    parts = (group.min_subcomponents or 0) - now.units - now.achieved
    parts -= len(mandatory) + len(missing)
    choices = [tuple(below[one.number]) for one in unmet if not one.group.is_mandatory]
    if parts > 0 and choices and not place.units:
        found.append(_of_choice(group.name, parts, choices))
        parts = 0
    return [*found, *_of_bounds(place, now, found, had, missing, parts)]


def _least_credit(place: Place, had: Collection[tuple[int, str]], parts: int) -> int:
    """Return the credits that so many more units of a group have at least."""
    credit = [
        unit.credit for unit in place.units if (place.number, unit.key) not in had
    ]
    if place.group.other is not None or not place.group.is_complete:
        credit += [1] * parts
    return sum(sorted(credit)[: max(parts, 0)])


def _of_bounds(  # noqa: PLR0913, PLR0917  # what is known of the group already
    place: Place,
    now: Standing,
    found: Sequence[Need],
    had: Collection[tuple[int, str]],
    missing: Sequence[Listed],
    parts: int,
) -> Iterator[Need]:
    """Yield what a group needs beside what is named already."""
    group = place.group
    if place.parent < 0:
        # Its credits are those of the whole, which come last.
        if parts > 0:
            least = _least_credit(place, had, parts)
            yield _of_credit(None, 0, parts=parts, parts_credit=least)
        return
    credit = (group.min_credit or 0) - now.credit
    named = sum([need.least_credit for need in found])
    credit -= named
    minimum, at_level, level, beyond = group.level_minimum, 0, None, 0
    if minimum is not None and isinstance(minimum.level, Level):
        level = minimum.level
        beyond = minimum.credit - now.inner - named
        at_level = minimum.credit - now.inner - sum([one.credit for one in missing])
    if at_level > credit > beyond:
        # It can be among what is named: neither sentence has the other within it.
        yield _of_credit(group.name, credit)
        credit = 0
    elif at_level > credit:
        credit = 0
    if not found and not now.is_used:
        parts = max(parts, 1)
    if credit > 0 or at_level > 0 or parts > 0:
        yield _of_credit(
            group.name,
            credit,
            parts=parts,
            parts_credit=max(_least_credit(place, had, parts), beyond),
            at_level=max(at_level, 0),
            level=level,
        )


def _of_whole(
    prepared: Prepared, now: Standing, needs: Sequence[Need]
) -> Iterator[Need]:
    """Yield what the whole needs beyond what its groups do."""
    structure, root = prepared.structure, prepared.places[0].group
    asked = max(structure.total or 0, root.min_credit or 0)
    credit = asked - now.credit - sum([need.least_credit for need in needs])
    level = structure.level if isinstance(structure.level, Level) else None
    at_level = 0
    if level is not None:
        at_level = (structure.min_credit_at_level or 0) - now.at_level
    if credit > 0:
        yield _of_credit(None, credit)
    if level is not None and at_level > 0:
        yield Need(
            at_level=at_level,
            level=level,
            text=f"among what is still taken, at least {_credits(at_level)} "
            f"at {_at(level)}",
        )


def _of_units(group: str, units: Sequence[Listed]) -> Need:
    words = [
        f"{unit_of(one.unit.reference, one.unit.title)} ({_credits(one.credit)})"
        for one in units
    ]
    return Need(
        group=group,
        credit=sum([one.credit for one in units]),
        units=tuple([one.unit.reference for one in units]),
        text="; ".join(words),
    )


def _of_choice(group: str, parts: int, choices: Sequence[tuple[Need, ...]]) -> Need:
    ranked = sorted(choices, key=lambda one: sum([need.least_credit for need in one]))
    texts = [" and ".join([need.text for need in one]) for one in ranked]
    many = "one" if parts == 1 else str(parts)
    return Need(
        group=group,
        parts=parts,
        one_of=tuple(ranked),
        text=f"{many} of these in {group}: " + " | ".join(texts),
    )


def _of_credit(  # noqa: PLR0913  # the parts of one sentence
    group: str | None,
    credit: int,
    *,
    parts: int = 0,
    parts_credit: int = 0,
    at_level: int = 0,
    level: Level | None = None,
) -> Need:
    where = f" from {group}" if group else " from any group that has room"
    words = []
    if credit > 0:
        words.append(f"{credit} more {'credit' if credit == 1 else 'credits'}{where}")
        if level is not None and at_level > 0:
            words.append(f"at least {at_level} of them at {_at(level)}")
    elif level is not None and at_level > 0:
        words.append(f"{_credits(at_level)} at {_at(level)}{where}")
    # That any credit is in one unit at least goes without saying.
    if parts > (1 if words else 0):
        many = f"{parts} more {'unit' if parts == 1 else 'units'}"
        words.append(f"in at least {many}" if words else f"{many}{where}")
    return Need(
        group=group,
        credit=max(credit, 0),
        at_level=at_level,
        level=level if at_level > 0 else None,
        parts=max(parts, 0),
        parts_credit=parts_credit,
        text=", ".join(words),
    )


def _credits(credit: int) -> str:
    return f"{credit} {'credit' if credit == 1 else 'credits'}"


def _at(level: Level) -> str:
    return f"{level.label} or above"

"""A synthetic catalogue: qualifications that look like real ones and are none.

Numbers and unit references have right check characters and lie in 900/0000 to 999/9999,
where no real one is. Awarding organisations are made up. The shares below are ours,
chosen to look like the register; what is counted there is that a unit stands in 2.7
qualifications on average.

Qualifications come in suites: an awarding organisation's awards, certificates and
diplomas in one subject at one level draw on the same units, and so does a second
organisation's. A structure has three to six groups: mandatory units that must all be
taken, an optional group with a minimum, others with a maximum; now and then pathways of
which exactly one is taken, barred pairs, equivalent units, credit at other levels, or
a list that is published in part.

Source: the share of units is derived from the published bulk files of the register,
303,936 units in 813,834 places; the rest is ours.
"""

from __future__ import annotations

__all__ = ["UNITS_SHARED", "catalogue", "learner_units"]

import datetime as dt
from itertools import count
from random import Random
from typing import TYPE_CHECKING, TypeVar

import attrs

from ulnlib.identifiers import QAN_CHECK, UNIT_REFERENCE_CHECK
from ulnlib.qualifications import (
    Achievement,
    Bar,
    Equivalent,
    Group,
    Level,
    OtherCredit,
    Qualification,
    Size,
    Structure,
    Unit,
    size_of,
)
from ulnlib.rules.routes import subject_areas
from ulnlib.testing._draw import Weighted, one_of, weighted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")

UNITS_SHARED = 2.7
"""In how many qualifications a unit stands on average.

Source: derived from the published bulk files of the register, 303,936 units in 813,834
places.
"""

_FIRST, _STEP, _SPAN = (
    9_000_000,
    611_953,
    1_000_000,
)  # the step has no factor of the span
_ORGANISATIONS = (
    "Ashmere Awards",
    "Brackley Vale Examinations",
    "Corrin Bay Institute",
    "Dunmallet Skills",
    "Eskwater Qualifications",
    "Fenhallow Awarding Body",
    "Garrowdale Certification",
    "Hexbarrow Trades Council",
)
_LEVELS = weighted("E1 4, E2 4, E3 8, 1 18, 2 28, 3 25, 4 7, 5 4, 6 1, 7 1")
_SUITES = weighted("4 1, 6 2, 8 3, 10 2, 12 1")
_SIZES: Weighted[Size] = Weighted(
    [(Size.AWARD, 40), (Size.CERTIFICATE, 35), (Size.DIPLOMA, 25)]
)
# Total credits, from and to, and units listed for each credit, in tenths.
_TOTALS = {Size.AWARD: (3, 12), Size.CERTIFICATE: (13, 36), Size.DIPLOMA: (37, 90)}
_LISTED = {Size.AWARD: 16, Size.CERTIFICATE: 13, Size.DIPLOMA: 12}
_CREDITS = weighted("1 8, 2 14, 3 22, 4 20, 5 14, 6 10, 7 4, 8 4, 10 3, 12 1")
_OFF_LEVEL = weighted("-1 14, 0 72, 1 14")
_SUBJECTS = (
    "Adult Care",
    "Animal Nursing",
    "Bakery and Pâtisserie",
    "Beauty Therapy",
    "Bricklaying",
    "Business Administration",
    "Café and Coffee Shop Skills",
    "Childcare",
    "Customer Service",
    "Cyber Security",
    "Digital Skills",
    "Electrical Installation",
    "English as a Second Language",
    "Facilities Management",
    "Fashion and Textiles",
    "Fitness Instructing",
    "Floristry",
    "Food Hygiene",
    "Hairdressing",
    "Horse Care",
    "Joinery",
    "Land Management",
    "Leadership and Management",
    "Logistics",
    "Music Performance",
    "Personal Finance",
    "Plumbing and Heating",
    "Public Services",
    "Retail Knowledge",
    "Sports Coaching",
    "Teaching Assistants' Practice",
    "Team Leading",
    "Travel and Tourism",
    "Vehicle Maintenance",
    "Warehousing",
    "Work Skills",
)
_AREAS = tuple([code for code in subject_areas() if "." in code])
_KINDS = ("Principles of", "Practice in", "Skills for", "Knowledge of")
_VERBS = ("Understand", "Carry out", "Plan", "Prepare for", "Support", "Review")
_TOPICS = (
    "safe working",
    "records and reporting",
    "customers' needs",
    "tools and equipment",
    "working with others",
    "quality checks",
    "the law and regulations",
    "costs and materials",
    "own performance",
    "new methods",
)
_ENDS_AFTER = weighted("0 55, 3 10, 5 15, 8 20")  # years in operation, 0 for no end
_AGES = weighted("pre-16/16-18/18+ 10, 16-18/18+ 25, 16-18/19+ 45, 18+ 5, 19+ 15")
_WALES, _NORTHERN_IRELAND, _SENSITIVE = 0.6, 0.55, 0.005
_PATHWAYS, _BARS, _EQUIVALENTS = 0.05, 0.06, 0.02
_OTHER_CREDIT, _INCOMPLETE = 0.02, 0.04


def catalogue(size: int = 20_000, *, seed: int = 0) -> Iterator[Qualification]:
    """Yield invented qualifications with structures, the same for a seed.

    Args:
        size: How many.
        seed: Which ones.

    Examples:
        >>> [one.number for one in catalogue(2)]
        ['900/0000/6', '961/1953/6']
        >>> one = next(catalogue(1, seed=4))
        >>> one.size == one.structure.size
        True

    Source: ours.
    """
    chance = Random(f"catalogue {seed}")  # noqa: S311  # not for secrets
    places = count()
    units = count()
    made = 0
    while made < size:
        for one in _suite(chance, places, units):
            if made == size:
                return
            yield one
            made += 1


def learner_units(
    qualifications: Iterable[Qualification],
    units: int = 40,
    *,
    courses: int = 4,
    seed: int = 0,
) -> tuple[Achievement, ...]:
    """Return what somebody has who took units of some qualifications of a catalogue.

    Args:
        qualifications: The catalogue.
        units: How many units.
        courses: Of how many qualifications, as long as they have so many.
        seed: Whose.

    Returns:
        Achievements with credit, level and date, in no order.

    Source: ours.
    """
    chance = Random(f"learner {seed}")  # noqa: S311  # not for secrets
    listed = [
        [unit for group in one.structure.root.walk() for unit in group.units]
        for one in _some([*qualifications], courses, chance)
        if one.structure is not None
    ]
    taken: dict[str, Unit] = {}
    for n, of_one in enumerate(listed):
        share = (units - len(taken)) // (len(listed) - n)
        left = [unit for unit in of_one if unit.reference not in taken]
        for unit in _some(left, share, chance):
            taken[unit.reference] = unit
    return tuple(
        [
            Achievement(
                unit.reference,
                unit.credit,
                unit.level,
                dt.date(2019, 1, 1) + dt.timedelta(days=int(chance.random() * 2500)),
                source="QCFU",
                id=str(n),
            )
            for n, unit in enumerate(taken.values(), 1)
        ]
    )


# --- drawing ----------------------------------------------------------------------


def _some(values: Sequence[T], wanted: int, chance: Random) -> list[T]:
    """Return some of the values, each at most once, in the order drawn."""
    # Not `chance.sample`, whose way may change with the version of Python.
    left = list(values)
    most = min(wanted, len(left))
    for n in range(most):
        other = n + int(chance.random() * (len(left) - n))
        left[n], left[other] = left[other], left[n]
    return left[:most]


def _whole(low: int, high: int, chance: Random) -> int:
    """Return a whole number from one to another, both included."""
    return low + int(chance.random() * (high - low + 1))


def _body(n: int) -> str:
    """Return seven digits, another for every number below a million."""
    if n >= _SPAN:
        raise ValueError(f"there are only {_SPAN:,} invented numbers")
    return str(_FIRST + n * _STEP % _SPAN)


# --- suites and their qualifications ----------------------------------------------


@attrs.frozen
class _Suite:
    """What the qualifications of a suite have in common."""

    subject: str
    area: str
    level: Level
    organisations: tuple[str, str]


def _suite(
    chance: Random, places: Iterator[int], units: Iterator[int]
) -> Iterator[Qualification]:
    first = one_of(_ORGANISATIONS, chance)
    suite = _Suite(
        subject=one_of(_SUBJECTS, chance),
        area=one_of(_AREAS, chance),
        level=Level(_LEVELS.draw(chance.random())),
        organisations=(first, one_of(_ORGANISATIONS, chance)),
    )
    sizes = [
        _SIZES.draw(chance.random()) for _ in range(int(_SUITES.draw(chance.random())))
    ]
    totals = [_whole(*_TOTALS[size], chance) for size in sizes]
    listed = [
        max(8, total * _LISTED[size] // 10)
        for size, total in zip(sizes, totals, strict=True)
    ]
    pool = max(*listed, round(sum(listed) / UNITS_SHARED))
    offered = [_unit(suite, chance, next(units)) for _ in range(pool)]
    for total, wanted in zip(totals, listed, strict=True):
        structure = _structure(suite, total, _some(offered, wanted, chance), chance)
        yield _qualification(suite, structure, chance, next(places))


def _unit(suite: _Suite, chance: Random, n: int) -> Unit:
    body = _body(n)
    credit = int(_CREDITS.draw(chance.random()))
    ranks = list(Level)
    rank = suite.level.rank + int(_OFF_LEVEL.draw(chance.random()))
    return Unit(
        f"{UNIT_REFERENCE_CHECK.calculate(body)}/{body[:3]}/{body[3:]}",
        credit,
        ranks[min(max(rank, 0), len(ranks) - 1)],
        f"{one_of(_VERBS, chance)} {one_of(_TOPICS, chance)}: {suite.subject}",
        hours=credit * _whole(5, 9, chance),
        subject_areas=(suite.area,),
    )


def _qualification(
    suite: _Suite, structure: Structure, chance: Random, n: int
) -> Qualification:
    body = _body(n)
    started = dt.date(_whole(2008, 2024, chance), one_of((1, 4, 8, 9), chance), 1)
    years = int(_ENDS_AFTER.draw(chance.random()))
    ended = dt.date(started.year + years, 8, 31) if years else None
    countries = ["England"]
    if chance.random() < _WALES:
        countries.append("Wales")
    if chance.random() < _NORTHERN_IRELAND:
        countries.append("Northern Ireland")
    total = structure.total or 0
    organisation = one_of(suite.organisations, chance)
    return Qualification(
        number=f"{body[:3]}/{body[3:]}/{QAN_CHECK.calculate(body)}",
        title=f"{organisation.split()[0]} {structure.name}",
        structure=structure,
        awarding_organisation=organisation,
        type="Vocationally-Related Qualification",
        level=suite.level,
        subject_area=suite.area,
        min_hours=total * 5,
        max_hours=total * 8,
        countries=countries,
        ages=_AGES.draw(chance.random()).split("/"),
        operational_start=started,
        operational_end=ended,
        certification_end=None if ended is None else ended.replace(ended.year + 3),
        is_sensitive=chance.random() < _SENSITIVE,
    )


# --- structures -------------------------------------------------------------------


def _structure(
    suite: _Suite, total: int, units: Sequence[Unit], chance: Random
) -> Structure:
    most = total * _whole(15, 50, chance) // 100
    mandatory, left = _mandatory(units, most)
    asked = _credit(mandatory)
    groups = []
    if mandatory:
        groups.append(
            Group(
                name="Mandatory Group A",
                units=mandatory,
                min_credit=asked,
                is_mandatory=True,
            )
        )
    groups += _optional(suite, total - asked, left, chance)
    at_level = [
        unit
        for unit in units
        if isinstance(unit.level, Level) and unit.level.rank >= suite.level.rank
    ]
    minimum = min(total * _whole(50, 70, chance) // 100, _credit(at_level) // 2)
    references = [unit.reference for unit in left]
    oddity = chance.random()
    has_bars = oddity < _BARS
    has_equivalents = 1 - oddity < _EQUIVALENTS
    size = size_of(total) or Size.AWARD
    return Structure(
        name=f"{suite.level.label} {size} in {one_of(_KINDS, chance)} {suite.subject}",
        total=total,
        root=Group(name="All units", groups=groups),
        level=suite.level,
        min_credit_at_level=minimum,
        bars=[Bar(references[-1], references[-3:-1])] if has_bars else [],
        equivalents=(
            [Equivalent(references[0], references[1:2])] if has_equivalents else []
        ),
    )


def _mandatory(
    units: Sequence[Unit], most: int
) -> tuple[Sequence[Unit], Sequence[Unit]]:
    """Return the first units of so much credit at most, and the others."""
    taken = 0
    while _credit(units[: taken + 1]) <= most:
        taken += 1
    return units[:taken], units[taken:]


def _optional(
    suite: _Suite, asked: int, units: Sequence[Unit], chance: Random
) -> list[Group]:
    """Return three groups or more, the first of which alone can give what is asked."""
    several = _whole(3, 5, chance)
    first = len(units)
    while first and _credit(units[: first - 1]) >= max(asked, _credit(units) // 2):
        first -= 1
    least = asked * _whole(30, 60, chance) // 100
    groups = [
        Group(
            name="Optional Group B",
            units=units[:first],
            min_credit=least,
            is_mandatory=least > 0,
        )
    ]
    rest = units[first:]
    share = -(-len(rest) // (several - 1)) or 1
    parts = [rest[n : n + share] for n in range(0, len(rest), share)]
    if len(parts) > 1 and chance.random() < _PATHWAYS * 3:
        groups.append(_pathways(parts, asked - least))
    else:
        is_complete = chance.random() >= _INCOMPLETE
        groups += [
            Group(
                name=f"Optional Group {letter}",
                units=part,
                max_credit=max(asked - least, 1),
                is_complete=is_complete,
            )
            for letter, part in zip("CDEF", parts, strict=False)
        ]
    if chance.random() < _OTHER_CREDIT:
        groups.append(
            Group(
                name="Other credit",
                other=OtherCredit(level=suite.level, subject_areas=(suite.area,)),
                max_credit=max(asked // 4, 1),
            )
        )
    return groups


def _pathways(parts: Iterable[Sequence[Unit]], most: int) -> Group:
    return Group(
        name="Pathways",
        groups=[
            Group(name=f"Pathway {n}", units=part, max_credit=max(most, 1))
            for n, part in enumerate(parts, 1)
        ],
        max_subcomponents=1,
    )


def _credit(units: Iterable[Unit]) -> int:
    return sum(unit.credit or 0 for unit in units)

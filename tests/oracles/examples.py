"""Questions whose answers were found by hand, one for each sentence of the rules.

Each gives a case, credits needed, and what is counted as `group unit` or
`group unit for listed`.
"""

from __future__ import annotations

import datetime as dt

from oracles.structures import Case
from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)

DAY = dt.date(2026, 3, 31)
A, B, C = Unit("A", 3, 3), Unit("B", 4, 2), Unit("C", 5, 3)


def _case(root, has="", *, total=1, what=None, **changes):
    achieved = [Achievement(name) for name in has.split()] if what is None else what
    options = {
        name: changes.pop(name)
        for name in ("as_of", "maximum", "facts", "offer")
        if name in changes
    }
    structure = Structure(name="S", total=total, root=root, **changes)
    return Case(structure, tuple(achieved), **{"as_of": DAY} | options)


def _leaf(*units, name="G", **rules):
    return Group(name=name, units=units, **rules)


def _over(*groups, **rules):
    return Group(name="R", groups=groups, **rules)


def _has(unit, credit=None, level=None, *, day=None, **more):
    date = None if day is None else dt.date.fromisoformat(day)
    return Achievement(unit, credit, level, date, **more)


OTHER = Group(name="O", other=OtherCredit(level=2))

EXAMPLES = {
    "the list's credit holds": (
        _case(_leaf(A), what=[_has("A", 9, 8)], total=4),
        None,
        "G A",
    ),
    "what is needed is the least": (_case(_leaf(A, B, C), "B", total=8), 5, "G B"),
    "a unit that breaks a maximum is not included": (
        _case(_leaf(A, B, C, max_credit=8), "A B C", total=7),
        0,
        "G A|G C",  # 8; the first two are 7, the last two 9
    ),
    "a maximum that caps is reached by part of a unit": (
        _case(_leaf(A, B, max_credit=5), "A B", total=5, maximum="cap"),
        0,
        "G A|G B",
    ),
    "a unit in two groups counts once": (
        _case(
            _over(_leaf(A, name="1", is_mandatory=True), _leaf(A, B, name="2")),
            "A",
            total=7,
        ),
        4,
        "1 A",
    ),
    "a bar works both ways": (
        _case(_leaf(A, B), "A B", bars=[Bar("A", ["B"])]),
        0,
        "G B",
    ),
    "of a set some count": (
        _case(_leaf(A, B, C), "A B C", at_most=[AtMost(2, ["A", "B", "C"])]),
        0,
        "G B|G C",
    ),
    "a unit stands for another with its credit": (
        _case(_leaf(A), "X", total=3, equivalents=[Equivalent("A", ["X"])]),
        0,
        "G X for A",
    ),
    "a listed unit may stand for another of its group": (
        _case(
            _leaf(A, Unit("E", 6, 1)),
            "E",
            total=3,
            level=2,
            min_credit_at_level=3,
            equivalents=[Equivalent("A", ["E"])],
        ),
        0,
        "G E for A",
    ),
    "a unit and what stands for it count once": (
        _case(_leaf(A), "A X", total=4, equivalents=[Equivalent("A", ["X"])]),
        None,
        "G A",
    ),
    "a bar of the listed unit bars what stands for it": (
        _case(
            _leaf(A, B),
            "X B",
            equivalents=[Equivalent("A", ["X"])],
            bars=[Bar("B", ["A"])],
        ),
        0,
        "G B",
    ),
    "months include both ends": (
        _case(_leaf(A, B, months=1), what=[_has("A", day="2026-02-28"), _has("B")]),
        0,
        "G A",
    ),
    "months end with a shorter month": (
        _case(_leaf(A, months=1), what=[_has("A", day="2026-02-27")]),
        3,
        "",
    ),
    "too old by a time limit": (
        _case(
            _leaf(A, B),
            what=[_has("A", day="2020-01-01", kind="rpl"), _has("B", day="2020-01-01")],
            time_limits=[TimeLimit(months=60, kinds=["rpl"])],
        ),
        0,
        "G B",
    ),
    "dated later is not there": (
        _case(_leaf(A), what=[_has("A", day="2026-04-01")]),
        3,
        "",
    ),
    "without a day no date counts": (
        _case(_leaf(A, months=1), what=[_has("A", day="2027-04-01")], as_of=None),
        0,
        "G A",
    ),
    "other credit at the level": (
        _case(OTHER, what=[_has("X", 3, 2), _has("Y", 3, 1), _has("Z", 3)], total=5),
        2,
        "O X",
    ),
    "other credit that is not stated": (_case(OTHER, what=[_has("X", 0, 3)]), 1, ""),
    "a listed unit is no other credit": (
        _case(_over(OTHER, _leaf(A, max_credit=0)), what=[_has("A", 3, 3)]),
        1,
        "",
    ),
    "the earliest acts": (
        _case(
            OTHER,
            what=[_has("X", 5, 3, day="2025-01-02"), _has("X", 4, 3, day="2025-01-01")],
        ),
        0,
        "O X",
    ),
    "a pathway is taken as a whole": (
        _case(
            _over(
                _leaf(A, name="1", min_credit=3),
                _leaf(B, C, name="2", min_credit=9),
                min_subcomponents=1,
                max_subcomponents=1,
            ),
            "B",
        ),
        3,
        "",
    ),
    "a mandatory group below one that is not used is not asked for": (
        _case(
            _over(_over(_leaf(A, name="1", is_mandatory=True)), _leaf(B, name="2")), "B"
        ),
        0,
        "2 B",
    ),
    "a level minimum inside a group counts the groups left out": (
        _case(
            _over(
                _leaf(A, name="1", is_outside_level_minimum=True),
                level_minimum=LevelMinimum(3, 3),
            ),
            "A",
            level=3,
            min_credit_at_level=0,
        ),
        0,
        "1 A",
    ),
    "the level minimum does not": (
        _case(
            _leaf(A, is_outside_level_minimum=True),
            "A",
            level=3,
            min_credit_at_level=1,
        ),
        None,
        "G A",
    ),
    "a share is rounded down": (
        _case(
            _leaf(A, B),
            what=[_has("A", kind="rpl"), _has("B", kind="rpl")],
            total=7,
            caps=[Cap(percent=50, kinds=["rpl"])],  # 3
        ),
        None,
        "G A",
    ),
    "a cap on a lower level counts what is added": (
        _case(_leaf(A, B), "A", total=7, caps=[Cap(credit=3, at_most_level=2)]),
        None,
        "G A",
    ),
    "an exemption by amount": (
        _case(
            _over(_leaf(A, name="1", is_mandatory=True), _leaf(B, name="2")),
            what=[_has("", 3, 3, group="1", kind="exemption")],
            total=3,
        ),
        0,
        "1 ",
    ),
    "an incomplete list can give any credit": (
        _case(_leaf(B, is_complete=False, min_subcomponents=2), "B", total=6),
        2,
        "G B",
    ),
    "what is withdrawn is not on offer, and counts": (
        _case(
            _leaf(Unit("A", 3, withdrawn=DAY), Unit("B", 3, withdrawn=DAY)),
            "A",
            total=4,
        ),
        None,
        "G A",
    ),
    "the last day is a day": (_case(_leaf(Unit("A", 3, expires=DAY))), 3, ""),
    "a requirement that does not hold": (
        _case(_leaf(A), "A", requirements=[Requirement("test")]),
        None,
        "G A",
    ),
    "units that do not count": (
        _case(OTHER, what=[_has("X", 3, 3)], additional_units=[Unit("X", 3, 3)]),
        1,
        "",
    ),
    "fewest units": (
        _case(_leaf(Unit("D", 2), Unit("E", 3), Unit("F", 5), max_credit=5), "D E F"),
        0,
        "G F",
    ),
    "the first in the list": (
        _case(_leaf(B, A, Unit("D", 4, 2), max_credit=4), "B D"),
        0,
        "G B",
    ),
}


def told(counted):
    """Return counted units as they stand in the examples."""
    return "|".join(
        f"{group} {unit}" + (f" for {listed}" if listed not in {"", unit} else "")
        for group, unit, listed, _ in counted
    )

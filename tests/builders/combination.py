"""Rules of combination in a few lines of text, learners in one, answers in one."""

from __future__ import annotations

import datetime as dt

from ulnlib.qualifications import Achievement
from ulnlib.rules.combination import evaluate, parse_text

DAY = dt.date(2026, 3, 31)
"""The day of the evaluation, where a test has one: the last of a long month."""


def rules(text, name="X"):
    """Return the structure of a text in the text form, without its first line."""
    file = parse_text(f"{name}\n{text}")
    assert list(file.report) == []
    return file.structure


def day(text):
    """Return a day."""
    return dt.date.fromisoformat(text)


def has(unit, credit=None, level=None, date=None, **more):
    """Return an achievement; its date is a text."""
    return Achievement(unit, credit, level, date and day(date), **more)


def asked(structure, achievements="", **options):
    """Return an evaluation; achievements are units with a space between, or values."""
    if isinstance(structure, str):
        structure = rules(structure)
    if isinstance(achievements, str):
        achievements = [Achievement(unit) for unit in achievements.split()]
    return evaluate(structure, achievements, **options)


def counted(evaluation):
    """Return what counts: `A`, `G:A` in a group with a name, `A=B` for a listed `B`."""
    return " ".join(map(_told, evaluation.counted))


def _told(one):
    group = "" if one.group == "X" else f"{one.group}:"
    stands_for = one.stands_for if one.stands_for not in {"", one.unit} else ""
    return f"{group}{one.unit}" + (f"={stands_for}" if stands_for else "")


def why(evaluation, reference):
    """Return why a unit does not count, and the same in words."""
    row = unit(evaluation, reference)
    return row.why, row.detail


def unit(evaluation, reference):
    """Return the row of a unit."""
    found = [one for one in evaluation.units if one.reference == reference]
    assert len(found) == 1
    return found[0]


def group(evaluation, name):
    """Return how a group stands."""
    found = [one for one in evaluation.groups if one.name == name]
    assert len(found) == 1
    return found[0]


def taken(evaluation):
    """Return the units that complete it, in order."""
    return " ".join([one.unit.reference for one in evaluation.taken])


def supplied(evaluation):
    """Return group, credit and number of the units that are not listed."""
    return [(one.group, one.credit, one.units) for one in evaluation.supplied]


def codes(evaluation):
    """Return the codes of the findings, in order."""
    return [one.code for one in evaluation.report]

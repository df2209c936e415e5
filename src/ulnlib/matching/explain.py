"""A comparison as a table that a registrar reads.

Where two names or postcodes agree by another that one side holds, the cell of that
side shows it too: Paul (called Pauly).

The table shows a person's details: it is made only where it is asked for by name.
"""

from __future__ import annotations

__all__ = ["explain"]

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ulnlib import postcode
from ulnlib.fields import FIELDS
from ulnlib.matching.findings import Comparison, Finding
from ulnlib.matching.levels import Level
from ulnlib.matching.names import family_levels
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain, tokens

_HEADINGS = ("Field", "Asked", "Held", "Agreement", "Source", "Bits")
_ADDRESS = ("address_line_1", "address_line_2")
_OVERLAP = ("Both names", "", "", "rare names go together", "")
_WIDEST = 40
_WIDEST_BESIDE = 35  # of what stands in brackets: a name
_WIDEST_CELL = 64  # with what stands in brackets


def explain(comparison: Comparison, notes: Iterable[str] = ()) -> str:
    """Return what agrees and what differs, field by field, and what it weighs.

    Args:
        comparison: The comparison.
        notes: Sentences to stand below the table.

    Returns:
        Lines of text, a row for each field that was compared. It holds personal
        details.
    """
    rows = [_HEADINGS, *[_row(comparison, one) for one in comparison.findings]]
    if comparison.overlap:
        rows.insert(3, (*_OVERLAP, _bits(comparison.overlap)))
    *left, last = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shape = "".join([f"%-{width}s  " for width in left]) + f"%{last}s"
    lines = [shape % row for row in rows]
    percent = f"{comparison.probability:.1%}"
    if comparison.probability > 0.9995:
        percent = "over 99.9%"
    elif comparison.probability < 0.0005:
        percent = "under 0.1%"
    lines.append(f"Probability {percent}.")
    lines += [f"But {note}." for note in notes]
    return "\n".join(lines)


def _row(comparison: Comparison, finding: Finding) -> tuple[str, ...]:
    level = finding.level
    asked, held = comparison.asked, comparison.held
    label, source = _words(level)
    return (
        label,
        _cell(asked, held, level),
        _cell(held, asked, level),
        level.label,
        source,
        _bits(finding.weight),
    )


def _bits(weight: int) -> str:
    return f"{weight / 100:+.1f}"


@cache
def _words(level: Level) -> tuple[str, str]:
    """Return the field of a level as it is called, and where the level comes from."""
    label = "Address" if level.field == "address" else FIELDS[level.field].label
    return label, "" if level.tolerance is None else level.tolerance.source


def _cell(person: Person, other: Person, level: Level) -> str:
    """Return what one side has, and in brackets by what else of it the two agree."""
    text = _text(person.learner, level.field)
    beside = _BESIDE.get((level.field, level.name))
    if beside is None:
        return _short(text, _WIDEST)
    word, met_by = beside
    met = ", ".join(met_by(person, other))
    if not met:
        return _short(text, _WIDEST)
    more = f" ({word} {_short(met, _WIDEST_BESIDE)})"
    return _short(text, min(_WIDEST, _WIDEST_CELL - len(more))) + more


def _text(learner: object, field: str) -> str:
    if field == "address":
        return ", ".join(filter(None, [getattr(learner, name) for name in _ADDRESS]))
    return getattr(learner, field) or ""


def _short(text: str, widest: int) -> str:
    shown = text
    if not text.isprintable():
        shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= widest else f"{shown[: widest - 1]}…"


# --- by what else two sides agree ----------------------------------------------------


def _called(person: Person, other: Person) -> Iterable[str]:
    name = person.preferred
    met = {plain(other.given), other.preferred} - {"", plain(person.given)}
    if name in met:
        yield person.learner.preferred_given_name or ""


def _middle(person: Person, other: Person) -> Iterable[str]:
    name = plain(other.given)
    if name in person.middles:
        words = (person.learner.middle_names or "").split()
        yield next((word for word in words if name in tokens(word)), name)


def _formerly(person: Person, other: Person) -> Iterable[str]:
    met = {plain(other.family), *other.other_families} - {plain(person.family)}
    return (_as_written(person, one) for one in person.other_families if one in met)


def _formerly_near(person: Person, other: Person) -> Iterable[str]:
    name = plain(other.family)
    for former in person.other_families:
        if not _FAR.issuperset(family_levels(name, former)):
            yield _as_written(person, former)


_FAR = frozenset({"other", "near"})


def _as_written(person: Person, former: str) -> str:
    """Return a former family name as the learner has it; one of old has no capitals."""
    learner = person.learner
    written = (learner.previous_family_name or "", learner.family_name_at_16 or "")
    return next((one for one in written if plain(one) == former), former.title())


def _also(person: Person, other: Person) -> Iterable[str]:
    met = {other.postcode, *other.other_postcodes} - {person.postcode}
    for one in person.other_postcodes:
        if one in met and not postcode.is_default(one):
            yield postcode.parse(one)


_BESIDE: Mapping[
    tuple[str, str], tuple[str, Callable[[Person, Person], Iterable[str]]]
] = {
    ("given_name", "preferred"): ("called", _called),
    ("given_name", "middle"): ("middle name", _middle),
    ("family_name", "previous"): ("formerly", _formerly),
    ("family_name", "previous_near"): ("formerly", _formerly_near),
    ("postcode", "other_postcode"): ("also", _also),
}
"""The word and the values that stand in brackets, by field and level."""

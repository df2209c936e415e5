"""The JSON form of a catalogue: qualifications with their structures.

Members have the names of the attributes of `Qualification`. The structures are in the
form of `ulnlib.rules.combination`, which reads and writes them.
"""

from __future__ import annotations

__all__ = ["catalogue_to_dict", "catalogue_to_json", "read_form"]

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from ulnlib._dates import parse_date
from ulnlib.errors import InvalidDate
from ulnlib.issues import Issue, Path, issue
from ulnlib.qualifications import Qualification, Structure

KIND = "catalogue"
VERSION = 1


@attrs.frozen
class _Kind:
    """What a member has to be; `read` gives None for what is not."""

    what: str
    read: Callable[[object], object]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: object) -> dt.date | None:
    try:
        return parse_date(value) if isinstance(value, str) else None
    except InvalidDate:
        return None


def _texts(value: object) -> list[str] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return value


_TEXT = _Kind("a text", _text)
_WHOLE = _Kind("a whole number", _whole)
_DAY = _Kind("a date written YYYY-MM-DD", _day)
_TEXTS = _Kind("a list of texts", _texts)
_MEMBERS: Mapping[str, _Kind] = {
    "number": _TEXT,
    "title": _TEXT,
    "awarding_organisation": _TEXT,
    "type": _TEXT,
    "level": _TEXT,
    "credit": _WHOLE,
    "subject_area": _TEXT,
    "min_hours": _WHOLE,
    "max_hours": _WHOLE,
    "countries": _TEXTS,
    "ages": _TEXTS,
    "operational_start": _DAY,
    "operational_end": _DAY,
    "certification_end": _DAY,
    "is_sensitive": _Kind("true or false", _boolean),
}


# --- reading ----------------------------------------------------------------------


def read_form(text: str, report: list[Issue]) -> Iterator[tuple[Path, Qualification]]:
    """Yield the qualifications of the JSON form, each with its place.

    Args:
        text: A list of them, or an object with the member `qualifications`.
        report: Takes the findings.

    Source: ours; docs/reference/json/catalogue.schema.json.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        report.append(issue("catalogue-not-read", found="it is no JSON"))
        return
    if isinstance(plain, dict):
        if plain.get("kind", KIND) != KIND or plain.get("version", VERSION) != VERSION:
            why = f"it is not of kind {KIND}, version {VERSION}"
            report.append(issue("catalogue-not-read", found=why))
            return
        plain = plain.get("qualifications")
    if not isinstance(plain, list):
        why = "it holds no list of qualifications"
        report.append(issue("catalogue-not-read", found=why))
        return
    for n, one in enumerate(plain, 1):
        place = ("qualification", n)
        if isinstance(one, dict):
            yield place, _qualification(one, place, report)
        else:
            report.append(issue("catalogue-value", *place, expected="an object"))


def _qualification(
    plain: Mapping[str, object], place: Path, report: list[Issue]
) -> Qualification:
    given: dict[str, Any] = {"number": ""}
    for name, kind in _MEMBERS.items():
        value = plain.get(name)
        if value is None:
            continue
        read = kind.read(value)
        if read is None:
            report.append(issue("catalogue-value", *place, name, expected=kind.what))
        else:
            given[name] = read
    structure = plain.get("structure")
    if isinstance(structure, dict):
        given["structure"] = _read_structure(structure, place, report)
    elif structure is not None:
        place = (*place, "structure")
        report.append(issue("catalogue-value", *place, expected="an object"))
    return Qualification(**given)


def _read_structure(
    plain: Mapping[str, object], place: Path, report: list[Issue]
) -> Structure | None:
    from ulnlib.rules.combination import read_structure

    file = read_structure(plain)
    report += [one.at(*place, "structure") for one in file.report]
    return file.structure


# --- writing ----------------------------------------------------------------------


def catalogue_to_dict(qualifications: Iterable[Qualification]) -> dict[str, object]:
    """Return qualifications as plain values, for JSON.

    Args:
        qualifications: In the order in which they are written.

    Source: ours; docs/reference/json/catalogue.schema.json.
    """
    return {
        "kind": KIND,
        "version": VERSION,
        "qualifications": [_plain(one) for one in qualifications],
    }


def catalogue_to_json(qualifications: Iterable[Qualification]) -> str:
    """Return qualifications as JSON text, which `read_catalogue` reads.

    Args:
        qualifications: In the order in which they are written.

    Source: ours; docs/reference/json/catalogue.schema.json.
    """
    return json.dumps(catalogue_to_dict(qualifications), indent=1) + "\n"


_DEFAULTS = Qualification(number="")


def _plain(one: Qualification) -> dict[str, object]:
    """Return what differs from the default, and the number."""
    plain: dict[str, object] = {"number": one.number}
    for name in _MEMBERS:
        value = getattr(one, name)
        if value != getattr(_DEFAULTS, name):
            plain[name] = _plain_value(value)
    if one.structure is not None:
        from ulnlib.rules.combination import structure_to_dict

        plain["structure"] = structure_to_dict(one.structure)
    return plain


def _plain_value(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value

r"""Achievements as JSON and as CSV: reading and writing.

The members of the JSON, and the headings of the CSV, have the names of the attributes
of `ulnlib.qualifications.Achievement`. The JSON is published as
`achievements.schema.json`.

Examples:
    >>> file = read_achievements("unit,credit,level\nY/506/1910,4,3\nT/506/2952,x,3\n")
    >>> [one.unit for one in file.achievements]
    ['Y/506/1910', 'T/506/2952']
    >>> [str(one) for one in file.report]
    ['row 3, credit: the value is not a whole number; it is left out [form-type]']

Source: ours; the fields are those of learning events in the web-service schemas of
release 9 (observed).
"""

from __future__ import annotations

__all__ = [
    "AchievementsFile",
    "achievements_to_dict",
    "achievements_to_json",
    "read_achievements",
]

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ulnlib.issues import Issue, Path, Report, issue
from ulnlib.qualifications import Achievement, Kind
from ulnlib.rules.combination import _json
from ulnlib.rules.combination._members import FORMS, read_value, write_value
from ulnlib.rules.combination.forms import ENVELOPE, VERSION, dumps, open_form


def _achievements(values: Iterable[Achievement]) -> tuple[Achievement, ...]:
    return tuple(values)


@attrs.frozen
class AchievementsFile:
    """What was read of achievements.

    Attributes:
        achievements: Those that could be read, in order.
        report: What is wrong with the form.
    """

    achievements: tuple[Achievement, ...] = attrs.field(converter=_achievements)
    report: Report


# --- achievements -----------------------------------------------------------------


def read_achievements(
    source: str | bytes | Mapping[str, object] | Sequence[object],
) -> AchievementsFile:
    """Read what a learner has achieved, from JSON or CSV.

    Args:
        source: JSON: an array of achievements, or an object with the member
            `achievements`. Or CSV with a heading row of the same names; several
            subject areas in one cell are separated by semicolons. As text, as bytes in
            UTF-8 (for CSV also Windows-1252), or as plain values already.

    Returns:
        The achievements and the findings; their paths begin with
        `("achievements", position)` or `("row", number)`.

    Source: ours, see `achievements.schema.json`.
    """
    if isinstance(source, str | bytes) and not _looks_like_json(source):
        return _read_csv(source)
    found: list[Issue] = []
    values = _values(source, found)
    if values is None:
        return AchievementsFile((), Report(found))
    achievements = []
    for position, one in enumerate(values, 1):
        achievement = _read_achievement(one, ("achievements", position), found)
        if achievement is not None:
            achievements.append(achievement)
    return AchievementsFile(achievements, Report(found))


def _values(
    source: str | bytes | Mapping[str, object] | Sequence[object], found: list[Issue]
) -> Sequence[object] | None:
    """Return the array of a form, or None when it is none."""
    plain: object = source
    if isinstance(source, str | bytes):
        text = _json.decode(source, found)
        plain = _json.UNREADABLE if text is None else _json.load(text, found)
        if plain is _json.UNREADABLE:
            return None
    if isinstance(plain, Mapping):
        members = open_form(plain, "achievements", found)
        if members is None:
            return None
        found += _unknown_members(plain)
        plain = members.get("achievements")
    if not isinstance(plain, list | tuple):
        found.append(issue("form-kind", "achievements"))
        return None
    return plain


def _unknown_members(plain: Mapping[str, object]) -> Iterator[Issue]:
    for position, name in enumerate(plain, 1):
        if name not in ("achievements", *ENVELOPE):
            yield issue("form-member-unknown", position=position)
    if isinstance(plain, _json.Members):
        for _ in plain.repeated:
            yield issue("form-member-twice")


def _looks_like_json(source: str | bytes) -> bool:
    if isinstance(source, bytes):
        return source.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{", b"")
    return source.removeprefix("\ufeff").lstrip()[:1] in ("[", "{", "")


def _read_achievement(
    plain: object, path: Path, found: list[Issue]
) -> Achievement | None:
    before = len(found)
    made = read_value(Achievement, plain, path, found)
    if not isinstance(made, Achievement):
        return None
    # Only an exemption from so much credit names no unit. An achievement that nobody
    # can place is left out, and so is one of whose kind we cannot be sure.
    if not made.unit and made.kind not in (Kind.EXEMPTION, Kind.RPL):
        if not any(one.path == (*path, "unit") for one in found[before:]):
            found.append(issue("form-member-missing", *path, label="unit"))
        return None
    return None if any(one.path == (*path, "kind") for one in found[before:]) else made


def achievements_to_dict(achievements: Iterable[Achievement]) -> dict[str, object]:
    """Return achievements as plain values, for JSON.

    Args:
        achievements: The achievements.

    Returns:
        An object of the form `achievements.schema.json`. What somebody has achieved is
        personal: keep it as such.

    Source: ours, see `achievements.schema.json`.
    """
    plain = [write_value(one) for one in achievements]
    return {"kind": "achievements", "version": VERSION, "achievements": plain}


def achievements_to_json(achievements: Iterable[Achievement]) -> str:
    """Return achievements as JSON text, in ASCII and indented.

    Args:
        achievements: The achievements.

    Returns:
        The text, which `read_achievements` reads back as the same achievements.

    Source: ours, see `achievements.schema.json`.
    """
    return dumps(achievements_to_dict(achievements))


# --- achievements as CSV ----------------------------------------------------------

_SEPARATORS = ",;\t"
_NUMBER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
# As a spreadsheet in the United Kingdom writes a date when it saves.
_DAY_FIRST = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", re.ASCII)


def _read_csv(source: str | bytes) -> AchievementsFile:
    import csv

    found: list[Issue] = []
    text = _csv_text(source, found)
    if text is None:
        return AchievementsFile((), Report(found))
    lines = text.splitlines(keepends=True)
    if not lines:
        return AchievementsFile((), Report([*found, issue("form-kind")]))
    separator = max(_SEPARATORS, key=lines[0].count)
    rows = csv.reader(lines, delimiter=separator)
    achievements: list[Achievement] = []
    names: list[str] | None = None
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error:  # a cell beyond all measure
            found.append(issue("form-row-unreadable", "row", number))
            continue
        if names is None:
            names = _headings(cells, found)
            if names is None:
                break
        elif any(cells):
            achievement = _read_row(names, cells, number, found)
            if achievement is not None:
                achievements.append(achievement)
    return AchievementsFile(achievements, Report(found))


def _csv_text(source: str | bytes, found: list[Issue]) -> str | None:
    encoding: list[Issue] = []
    text = _json.decode(source, encoding)
    if text is None and isinstance(source, bytes):
        # Spreadsheets on Windows save so unless they are told otherwise.
        try:
            text = source.decode("cp1252")
        except UnicodeDecodeError:
            found += encoding
            return None
        found.append(issue("form-encoding-windows"))
    return None if text is None else text.lstrip()


def _headings(cells: list[str], found: list[Issue]) -> list[str] | None:
    """Return the heading of each column, empty for one that is not known."""
    form = FORMS[Achievement]
    names: list[str] = []
    for position, cell in enumerate(cells, 1):
        name = re.sub(r"[\s_]+", "_", cell.strip().casefold())
        if name in names and name:
            found.append(issue("form-heading-twice", position=position))
            name = ""
        elif name not in form:
            found.append(issue("form-heading-unknown", position=position))
            name = ""
        names.append(name)
    if "unit" not in names:
        found.append(issue("form-kind"))
        return None
    return names


def _read_row(
    names: list[str], cells: list[str], number: int, found: list[Issue]
) -> Achievement | None:
    if len(cells) > len(names):
        found.append(
            issue("form-row-cells", "row", number, found=len(cells), columns=len(names))
        )
    plain: dict[str, object] = {}
    for name, cell in zip(names, cells, strict=False):
        text = cell.strip()
        if name and text:
            plain[name] = _cell(name, text)
    return _read_achievement(plain, ("row", number), found)


def _cell(name: str, text: str) -> object:
    """Return the plain value of a cell; a text of the wrong sort stays one."""
    if name == "credit" and _NUMBER.fullmatch(text):
        return int(text)
    if name == "date":
        return _DAY_FIRST.sub(r"\3-\2-\1", text)
    if name == "subject_areas":
        return [one.strip() for one in text.split(";") if one.strip()]
    return text.casefold() if name == "kind" else text

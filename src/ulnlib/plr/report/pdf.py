"""A report as PDF: tagged, with title, language and bookmarks (PDF/UA-1).

The only importer of typst. Texts of a record go in as data and are never part of the
source that is set, so that none of them can be taken for a command. Nothing is read
but the form, and the fonts: those of typst itself, and folders that the caller names.
"""

from __future__ import annotations

__all__ = ["ReportFailed", "to_pdf"]

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from errno import ENOTDIR
from functools import cache
from importlib.resources import files
from itertools import groupby
from os import PathLike, fspath
from pathlib import Path
from typing import Final, TypeAlias
from unicodedata import combining

from ulnlib._dates import day_in_words
from ulnlib.errors import MissingExtra, UlnlibError
from ulnlib.plr.record import Column
from ulnlib.plr.report._words import visible, where
from ulnlib.plr.report.outline import RecordReport, ReportLine

Folder: TypeAlias = str | PathLike[str]
Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"

_FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""The fonts that are built in, in the order in which a letter is looked for."""

_STANDARD: Final = "ua-1"
_INSTEAD = "\N{REPLACEMENT CHARACTER}"
# Without a shape of their own: where no font has them nothing is lost to the eye.
_SHAPELESS = frozenset("\u200c\u200d\u200e\u200f")
# What a compiler says of letters that no font has, each in the way of Rust's debug.
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))", re.DOTALL)
_TRIES = 8


class ReportFailed(UlnlibError):
    """A report could not be made; what it would have shown is not in the message."""


def to_pdf(report: RecordReport, *, fonts: Iterable[Folder] = ()) -> bytes:
    """Return a report as PDF.

    Args:
        report: The report.
        fonts: Folders with fonts, for letters that the built-in ones have not.

    Returns:
        The file, the same bytes for the same report, fonts and release of typst. A
        letter that no font has stands as U+FFFD, and the report says how many. A text
        of more than 2,000 letters ends there with an ellipsis.

    Raises:
        MissingExtra: The extra `pdf` is not installed.
        ReportFailed: The PDF could not be made.
        OSError: A folder of fonts is not there.

    Source: LRS portal guide, section 5.4 (published: the report is a PDF); ISO 14289-1
    (PDF/UA-1).
    """
    setter = _Setter(list(fonts))
    data = _data(report, setter.families)
    missing: set[str] = set()
    for _ in range(_TRIES):
        shown, replaced = _without(data, missing)
        content, more = setter.set(_with_note(shown, replaced))
        if content is not None:
            return content
        if more <= missing:
            break
        missing |= more
    # The compiler says it in other words than those known here: what is beyond the
    # letters that the built-in fonts are known to have is replaced.
    missing |= {sign for sign in _signs(data) if not _is_safe(sign)}
    shown, replaced = _without(data, missing)
    content, _ = setter.set(_with_note(shown, replaced))
    if content is None:
        raise ReportFailed("the PDF could not be made: typst refused it")
    return content


class _Setter:
    """What sets a report, with the fonts at hand."""

    def __init__(self, folders: Sequence[Folder]) -> None:
        try:
            import typst
        except ImportError:
            raise MissingExtra("pdf") from None
        for folder in folders:
            if not Path(folder).is_dir():
                raise NotADirectoryError(ENOTDIR, "no folder of fonts", fspath(folder))
        self._typst = typst
        self._fonts = typst.Fonts(
            include_system_fonts=False, font_paths=[fspath(one) for one in folders]
        )
        self.families = [*_FONTS]
        if folders:
            more = sorted(set(self._fonts.families()) - {*_FONTS})
            self.families += [one for one in more if not one.endswith(" Math")]

    def set(self, data: Mapping[str, Plain]) -> tuple[bytes | None, set[str]]:
        """Return the PDF, or None and the letters that no font has."""
        failure = ""
        try:
            content: bytes = self._typst.compile(
                _form(),
                format="pdf",
                font_paths=self._fonts,
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data)},
                pdf_standards=_STANDARD,
            )
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:  # noqa: BLE001  # a panic of Rust is no Exception
            # Its text can hold the record's.
            failure = f"{error} {getattr(error, 'diagnostic', '')}"
        else:
            return content, set()
        # Outside the handler, so that nothing hangs on an error of ours.
        return None, {
            sign for text in _NO_GLYPH.findall(failure) for sign in _unescaped(text)
        }


@cache
def _form() -> bytes:
    return files("ulnlib.plr.report").joinpath("record.typ").read_bytes()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


# --- letters that no font has -------------------------------------------------------


_SAID_AGAIN = frozenset({"title", "foot"})
"""What of the data stands elsewhere in them as well, and is not counted again."""


def _without(
    data: Mapping[str, Plain], missing: set[str]
) -> tuple[dict[str, Plain], int]:
    """Return the data without letters that cannot be shown, and how many those were."""
    table = {
        ord(sign): "" if sign in _SHAPELESS else _INSTEAD
        for sign in missing
        if sign != _INSTEAD
    }
    count = 0

    def changed(value: Plain) -> Plain:
        nonlocal count
        if isinstance(value, str):
            if table and not value.isascii():
                count += sum(table.get(ord(sign)) == _INSTEAD for sign in value)
                return value.translate(table)
            return value
        if isinstance(value, Mapping):
            return {name: changed(one) for name, one in value.items()}
        if isinstance(value, Sequence):
            return [changed(one) for one in value]
        return value

    said_again = {name: changed(data[name]) for name in _SAID_AGAIN}
    count = 0
    shown = {name: changed(data[name]) for name in data if name not in _SAID_AGAIN}
    return {**shown, **said_again}, count


def _signs(value: Plain) -> set[str]:
    """Return every sign of the texts of a value."""
    if isinstance(value, str):
        return set(value)
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sequence):
        return set().union(*map(_signs, value))
    return set()


def _is_safe(sign: str) -> bool:
    """Say whether the built-in fonts are known to have a letter: Latin, punctuation."""
    return sign < "\u0180" or sign in "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\ufffd"


def _with_note(data: dict[str, Plain], replaced: int) -> dict[str, Plain]:
    """Return the data with a note of how many letters are replaced, where some are."""
    if not replaced:
        return data
    signs = "1 character" if replaced == 1 else f"{replaced:,} characters"
    stand = "stands" if replaced == 1 else "each stand"
    note = f"{signs} cannot be shown with the fonts at hand, and {stand} as {_INSTEAD}."
    lead = data["lead"]
    return {**data, "lead": [*(lead if isinstance(lead, list) else ()), note]}


# --- words that are too wide ---------------------------------------------------------

_BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a word may be broken; `visible` leaves none in a text of a record."""

# How wide places are, in ems of what is written there.
_WIDE: Mapping[Column, float] = {
    Column.SUBJECT: 15,
    Column.LEVEL: 4.2,
    Column.GRADE: 5.8,
    Column.CREDIT: 3.2,
    Column.SOURCE: 3.6,
    Column.START: 5.1,
    Column.END: 5.1,
    Column.AWARD: 5.1,
}
_FACTS, _DETAIL, _HEADING, _ITEM = 17, 38, 22, 52
_FOOT = 90
_LONGEST = 2_000  # setting takes time by the square of it; no real title comes near


def _fit(text: str, width: float) -> str:
    """Return a text whose words may be broken where they are wider than a place."""
    shown = visible(text)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
    if len(shown) * 1.05 <= width:
        return shown
    return " ".join([_broken(word, width) for word in shown.split(" ")])


def _broken(word: str, width: float) -> str:
    if len(word) * 1.05 <= width or sum(map(_em, word)) <= width:
        return word
    return "".join([sign if combining(sign) else _BREAK + sign for sign in word])[1:]


def _em(sign: str) -> float:
    """Return about how wide a letter is, rather too much than too little."""
    if sign.isascii():
        if sign in "ijlft.,:;'*()|!-":
            return 0.36
        return 1.0 if sign in "WMm@%" else 0.75 if sign.isupper() else 0.53
    return 0 if combining(sign) else 1.05


# --- what is set --------------------------------------------------------------------


def _data(report: RecordReport, families: Sequence[str]) -> dict[str, Plain]:
    """Return all that the form needs."""
    day = day_in_words(report.dated)
    lead = [report.scope]
    closed: list[Plain] = []
    if not report.is_open:
        several = (report.summary, report.clause_text, report.decided_by)
        closed = [text for text in several if text]
    else:
        lead.append(report.summary)
    whose = visible(report.whose)
    if len(whose) > _FOOT:
        whose = f"{whose[:_FOOT]}\N{HORIZONTAL ELLIPSIS}"
    foot = f"{whose} \N{MIDDLE DOT} {day}" if whose else day
    return {
        "title": visible(report.title),
        "heading": _fit(report.title, _HEADING),
        "fonts": list(families),
        "dated": [report.dated.year, report.dated.month, report.dated.day],
        "day": f"Report of {day}",
        "foot": _fit(foot, _ITEM),
        "details": [[one.name, _fit(one.value, _DETAIL)] for one in report.details],
        "lead": lead,
        "closed": closed,
        "entries": "Achievements and learning",
        "columns": [{"kind": one.value, "label": one.label} for one in report.columns],
        "groups": [
            {"name": name, "lines": [_line(one, report.columns) for one in lines]}
            for name, lines in groupby(report.lines, lambda line: line.group)
        ],
        "parts": list(_parts(report)),
    }


def _line(line: ReportLine, columns: Iterable[Column]) -> Plain:
    return {
        "title": _fit(line.subject, _WIDE[Column.SUBJECT]) or "\N{EN DASH}",
        "facts": [_fit("; ".join(line.facts), _FACTS)] if line.facts else [],
        "marks": [_fit("; ".join(line.marks), _FACTS)] if line.marks else [],
        "cells": [_cell(line, one) for one in columns if one is not Column.SUBJECT],
    }


def _cell(line: ReportLine, column: Column) -> Plain:
    text = line.shown(column)
    text = _fit(text, _WIDE[column])
    return text or {"note": line.footnotes.get(column)}


def _parts(report: RecordReport) -> Iterable[Plain]:
    """Yield what stands below the table."""
    if not report.is_open:
        return
    sources = [
        f"{one.code}: {one.text} Entries: {one.count:,}."
        if one.code
        else f"{one.text} Entries: {one.count:,}."
        for one in report.sources
    ]
    covers = [f"{one.text} ({where(one.source, one.dated)})" for one in report.coverage]
    several = (
        ("Where it comes from", sources, False),
        ("Why something is missing", [one.text for one in report.footnotes], True),
        ("What a record covers", covers, False),
        ("What is assumed", list(report.assumed), False),
    )
    for heading, items, is_numbered in several:
        if items:
            yield {
                "heading": heading,
                "items": [_fit(one, _ITEM) for one in items],
                "numbered": is_numbered,
            }

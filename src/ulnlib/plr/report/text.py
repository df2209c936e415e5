"""A report as lines of text, for a screen, a mail or a reader that speaks.

Values stand behind their names, not in columns: so nothing is cut, and nothing is out
of place where a title is long or of another script.
"""

from __future__ import annotations

__all__ = ["to_text"]

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from ulnlib._dates import day_in_words
from ulnlib.plr.record import Column
from ulnlib.plr.report._words import visible, where
from ulnlib.plr.report.outline import RecordReport, ReportLine

_WIDTH = 96
_NAMES = {
    Column.LEVEL: "level",
    Column.GRADE: "grade",
    Column.CREDIT: "credit",
    Column.SOURCE: "source",
    Column.START: "start",
    Column.END: "end",
    Column.AWARD: "award",
}


def to_text(report: RecordReport) -> str:
    """Return a report as lines of text.

    Args:
        report: The report.

    Source: LRS portal guide, sections 5.3 and 5.4 (published: the columns, the order);
    the form is ours.
    """
    parts = [
        _head(report),
        _closed(report),
        _entries(report),
        _section("Where it comes from", _sources(report)),
        _section("Why something is missing", _notes(report)),
        _section("What a record covers", _coverage(report)),
        _section("Assumed", _assumed(report)),
    ]
    return "\n\n".join(["\n".join(lines) for lines in map(list, parts) if lines]) + "\n"


def _head(report: RecordReport) -> Iterator[str]:
    title = visible(report.title)
    yield title
    yield "=" * min(len(title), _WIDTH)
    rows = [("Report of", day_in_words(report.dated))]
    rows += [(one.name, visible(one.value)) for one in report.details]
    width = max([len(name) for name, _ in rows])
    for name, value in rows:
        yield f"{name:<{width}}  {value}"
    yield ""
    yield from _wrapped(report.scope)


def _closed(report: RecordReport) -> Iterator[str]:
    if not report.is_open:
        yield from _wrapped(f"{report.summary} {report.clause_text}")
        if report.decided_by:
            yield from _wrapped(f"({report.decided_by})")


def _entries(report: RecordReport) -> Iterator[str]:
    if not report.is_open:
        return
    yield from _wrapped(report.summary)
    for group, lines in groupby(report.lines, lambda line: line.group):
        yield ""
        yield group
        yield "-" * len(group)
        for line in lines:
            yield from _entry(line, report.columns)


def _entry(line: ReportLine, columns: Iterable[Column]) -> Iterator[str]:
    yield from _wrapped(line.subject or "(without a title)", "* ")
    values = [_value(line, one) for one in columns if one is not Column.SUBJECT]
    yield from _wrapped("; ".join([one for one in values if one]), "    ")
    if line.facts:
        yield from _wrapped("; ".join(line.facts), "    ")
    for mark in line.marks:
        yield from _wrapped(f"{mark}.", "    ! ")


def _value(line: ReportLine, column: Column) -> str:
    name = _NAMES[column]
    text = line.shown(column)
    if text:
        # A level names itself as a rule: Level 2, Entry Level.
        is_named = text.casefold().startswith(name) or text.startswith("Entry")
        return text if column is Column.LEVEL and is_named else f"{name} {text}"
    number = line.footnotes.get(column)
    return "" if number is None else f"no {name} [{number}]"


def _sources(report: RecordReport) -> Iterator[str]:
    for one in report.sources:
        name = f"{one.code}: " if one.code else ""
        yield from _wrapped(f"{name}{one.text} Entries: {one.count:,}.", "  * ")


def _notes(report: RecordReport) -> Iterator[str]:
    for one in report.footnotes:
        yield from _wrapped(one.text, f"  [{one.number}] ")


def _coverage(report: RecordReport) -> Iterator[str]:
    for one in report.coverage if report.is_open else ():
        yield from _wrapped(f"{one.text} ({where(one.source, one.dated)})", "  * ")


def _assumed(report: RecordReport) -> Iterator[str]:
    for one in report.assumed if report.is_open else ():
        yield from _wrapped(one, "  * ")


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [heading, *found] if found else []


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    """Yield the lines of a text, those after the first under its beginning."""
    yield from textwrap.wrap(
        visible(text),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )

"""A report as one page: what a learner opens, prints or keeps.

The page has no script and asks for nothing from outside. The same report gives the same
page, byte for byte.
"""

from __future__ import annotations

__all__ = ["to_html"]

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from itertools import groupby
from operator import attrgetter

from ulnlib._dates import day_in_words
from ulnlib.plr.record import Column
from ulnlib.plr.report._style import STYLE
from ulnlib.plr.report._words import BLANK, short_day, visible, where
from ulnlib.plr.report.outline import DATES, RecordReport, ReportLine

_Say = Callable[[str], str]


def to_html(report: RecordReport) -> str:
    """Return a report as a whole document.

    Args:
        report: The report.

    Source: LRS portal guide, sections 5.3 and 5.4 (published: the columns, the order);
    the form is ours.
    """
    heading = _text(report.title)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{heading}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        *_head(report, heading),
        *_table(report),
        *_sources(report),
        *_notes(report),
        *_coverage(report),
        *_foot(report),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _head(report: RecordReport, heading: str) -> Iterator[str]:
    yield "<header>"
    yield f"<h1>{heading}</h1>"
    yield f'<p class="quiet">Report of {day_in_words(report.dated)}</p>'
    if report.details:
        yield "<dl>"
        for one in report.details:
            value = f"<bdi>{_text(one.value)}</bdi>"
            yield f"<dt>{_text(one.name)}</dt><dd>{value}</dd>"
        yield "</dl>"
    yield f"<p>{_text(report.scope)}</p>"
    yield "</header>"
    if not report.is_open:
        yield '<div class="closed">'
        yield f"<p><strong>{_text(report.summary)}</strong></p>"
        yield f"<p>{_text(report.clause_text)}</p>"
        if report.decided_by:
            yield f"<p><small>{_text(report.decided_by)}</small></p>"
        yield "</div>"


# --- the table ----------------------------------------------------------------------


def _table(report: RecordReport) -> Iterator[str]:
    if not report.is_open:
        return
    yield "<h2>Achievements and learning</h2>"
    if not report.lines:
        yield f"<p>{_text(report.summary)}</p>"
        return
    headings = "".join(
        [
            f'<th scope="col" class="{_kind(one)}">{one.label}</th>'
            for one in _rest(report)
        ]
    )
    yield "<table>"
    yield f"<caption>{_text(report.summary)} The oldest comes first.</caption>"
    first = f'<th scope="col" class="title">{Column.SUBJECT.label}</th>'
    yield f"<thead><tr>{first}{headings}</tr></thead>"
    row = _rows(report)
    width = len(report.columns)
    for group, lines in groupby(report.lines, lambda line: line.group):
        yield "<tbody>"
        yield (
            f'<tr class="year"><th scope="rowgroup" colspan="{width}">{group}</th></tr>'
        )
        yield from map(row, lines)
        yield "</tbody>"
    yield "</table>"


def _rest(report: RecordReport) -> tuple[Column, ...]:
    return tuple([one for one in report.columns if one is not Column.SUBJECT])


def _kind(column: Column) -> str:
    return f"{column.value} date" if column in DATES else column.value


def _rows(report: RecordReport) -> Callable[[ReportLine], str]:
    """Return what makes a row; what many rows say is made once."""
    say = cache(_text)
    day = cache(lambda text: escape(short_day(text)))
    blank = {
        number: f'{BLANK}<sup><a href="#note-{number}" '
        f'aria-label="note {number}">{number}</a></sup>'
        for number in (one.number for one in report.footnotes)
    }
    columns = [
        (
            column,
            attrgetter("grade" if column is Column.GRADE else column.value),
            f'<td class="{_kind(column)}',
            day if column in DATES else say,
        )
        for column in _rest(report)
    ]

    def blank_cell(line: ReportLine, column: Column, start: str) -> str:
        number = line.footnotes.get(column)
        if number is None:
            return f'{start} blank">{BLANK}</td>'
        return f'{start}">{blank[number]}</td>'

    def row(line: ReportLine) -> str:
        cells = "".join(
            [
                f'{start}">{shown(text)}</td>'
                if (text := of(line))
                else blank_cell(line, column, start)
                for column, of, start, shown in columns
            ]
        )
        subject = _subject(line, say)
        return f'<tr><th scope="row" class="title">{subject}</th>{cells}</tr>'

    return row


def _subject(line: ReportLine, say: _Say) -> str:
    shown = f"<bdi>{_text(line.subject) or BLANK}</bdi>"
    if facts := line.facts:
        shown += f"<small>{'; '.join(map(say, facts))}</small>"
    if marks := line.marks:
        shown += f'<small class="mark">{"; ".join(map(say, marks))}</small>'
    return shown


# --- the rest -----------------------------------------------------------------------


def _sources(report: RecordReport) -> Iterator[str]:
    if not report.sources:
        return
    yield "<h2>Where it comes from</h2>"
    yield "<ul>"
    for one in report.sources:
        name = f"<strong>{_text(one.code)}</strong> " if one.code else ""
        yield f"<li>{name}{_text(one.text)} Entries: {one.count:,}.</li>"
    yield "</ul>"


def _notes(report: RecordReport) -> Iterator[str]:
    if not report.footnotes:
        return
    yield "<h2>Why something is missing</h2>"
    yield "<ol>"
    for one in report.footnotes:
        yield f'<li id="note-{one.number}">{_text(one.text)}</li>'
    yield "</ol>"


def _coverage(report: RecordReport) -> Iterator[str]:
    if not report.is_open:
        return
    yield "<h2>What a record covers</h2>"
    yield "<ul>"
    for one in report.coverage:
        said = _text(where(one.source, one.dated))
        yield f"<li>{_text(one.text)} <small>({said})</small></li>"
    yield "</ul>"


def _foot(report: RecordReport) -> Iterator[str]:
    yield "<footer>"
    if report.is_open:
        yield "<p>What in this report rests on an assumed meaning:</p>"
        yield "<ul>"
        for one in report.assumed:
            yield f"<li>{_text(one)}</li>"
        yield "</ul>"
    day = day_in_words(report.dated)
    whose = f"<bdi>{_text(report.whose)}</bdi>, " if report.whose else ""
    yield f"<p>{whose}{day}</p>"
    yield "</footer>"


def _text(text: str) -> str:
    """Return a text that no browser takes for anything else."""
    return escape(visible(text))

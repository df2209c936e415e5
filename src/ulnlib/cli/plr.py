"""`ulnlib plr`: show a personal learning record, and make a report of it."""

from __future__ import annotations

__all__ = ["plr"]

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ulnlib._dates import parse_date
from ulnlib.cli.clock import DAY, today
from ulnlib.cli.columns import Unusable
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.screen import JSON_OPTION, console, plural, show_json, table
from ulnlib.codes import ResponseCode, parse_code
from ulnlib.errors import InvalidDate, InvalidUln
from ulnlib.issues import Issue, Report
from ulnlib.learner import Learner
from ulnlib.plr.events import EventKind
from ulnlib.plr.reading import Answer, read_events
from ulnlib.plr.record import Column, Entry
from ulnlib.plr.report.making import (
    ASSUMED,
    NOT_TOLD,
    TITLE,
    VIEWERS,
    lines_of,
    report_of,
)
from ulnlib.plr.report.outline import RecordReport, ReportLine
from ulnlib.plr.report.plain import line_to_dict
from ulnlib.plr.views import Given, View, open_view
from ulnlib.rules.sharing import Subject, Viewer
from ulnlib.rules.verification import gives_level_one
from ulnlib.uln import Uln

F = TypeVar("F", bound=Callable[..., object])

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_VIEWERS = {viewer.name.lower().replace("_", "-"): viewer for viewer in Viewer}
_COLUMNS = {column.value.removesuffix("_date"): column for column in Column}
_SHOWN = 20

# The options by which both commands say who looks, and what is known of the learner.
_OF_VIEW: dict[str, dict[str, Any]] = {
    "viewer": {
        "type": click.Choice(list(_VIEWERS)),
        "default": "learner",
        "show_default": True,
        "metavar": "WHO",
        "help": f"Whose view to show: {', '.join(_VIEWERS)}.",
    },
    "share": {
        "type": click.Choice(["0", "1", "2"]),
        "help": "The ability to share that the register holds; without it the record "
        "is closed to organisations.",
    },
    "verification": {
        "metavar": "CODE",
        "help": "The learner's verification type. Without it the learner counts as "
        "verified, who sees the whole record.",
    },
    "sensitive": {
        "is_flag": True,
        "help": "The learner's data are sensitive: organisations see nothing.",
    },
    "chosen": {
        "multiple": True,
        "metavar": "ID",
        "help": "An event that the learner chose for the nominated organisation; may "
        "be given several times.",
    },
    "as_of": {
        "type": DAY,
        "help": "The day by whose rules the view is decided; today by default.",
    },
}


def _of_view(command: F) -> F:
    for name, options in reversed(_OF_VIEW.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, **options)(command)
    return command


def _uln(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no ULN, without repeating it."""
    if value is None:
        return None
    try:
        return str(Uln.parse(value))
    except InvalidUln as error:
        raise click.BadParameter(str(error)) from None


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no day, without repeating it."""
    if value is None:
        return None
    try:
        return parse_date(value).isoformat()
    except InvalidDate as error:
        raise click.BadParameter(str(error)) from None


@click.group()
def plr() -> None:
    """Show personal learning records, and make reports of them."""


@plr.command("show")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option(
    "--sort",
    type=click.Choice(list(_COLUMNS)),
    default="award",
    show_default=True,
    metavar="COLUMN",
    help=f"By which column: {', '.join(_COLUMNS)}. Blanks come last.",
)
@click.option("--descending", is_flag=True, help="The greatest first.")
@click.option(
    "--source",
    multiple=True,
    metavar="SOURCE",
    help="Only from this source: NPD, ILR, AO or QCFU; may be given several times.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in EventKind]),
    help="Only achievements, or only participation.",
)
@click.option("--words", metavar="WORDS", help="Only with these words in the title.")
@_of_view
@JSON_OPTION
def show_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    *,
    sort: str,
    descending: bool,
    source: Sequence[str],
    kind: str | None,
    words: str | None,
    as_json: bool,
    **given: Any,  # noqa: ANN401  # the options of the view
) -> None:
    """Show a personal learning record: who may see what of it.

    \b
    ulnlib plr show record.xml
    ulnlib plr show record.xml --sort grade --kind achievement --source AO
    ulnlib plr show record.xml --viewer provider-with-role --share 1

    FILE is the XML that the service answers with. You see it as the learner does,
    whole, unless --viewer says otherwise. Findings are on standard error. Exit status 1
    when the record is closed to the viewer or an event has errors, 2 when the file
    cannot be read, or not to its end.
    """  # noqa: D301  # click reads the backspace
    day = given.pop("as_of") or today()
    answer = _read(path)
    view = _view(answer, Learner(), day, **given)
    record = view.record.only(
        sources=[one.upper() for one in source] or None,
        kinds=None if kind is None else {EventKind(kind)},
        words=words,
    )
    entries = record.sorted_by(_COLUMNS[sort], descending=descending)
    found = _findings(view, answer, day)
    _say_why_empty(answer)
    if as_json:
        _show_json(view, entries, found)
    else:
        _show(view, entries)
        _show_findings(view, found)
    _leave(view, found)


@plr.command("report")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; the suffix says what: .pdf, .html, .txt or .json.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="ID",
    help="An event to leave out, by the ID that plr show has; may be given several "
    "times. One without an ID has #1, #2 and so on there, with the same --viewer, "
    "--share and --chosen.",
)
@click.option("--title", default=TITLE, show_default=True, help="The heading.")
@click.option("--dated", type=DAY, help="The day of the report; today by default.")
@click.option(
    "--uln",
    metavar="ULN",
    callback=_uln,
    help="The ULN; the file's own by default.",
)
@click.option("--given-name", metavar="NAME", help="The learner's given name.")
@click.option("--family-name", metavar="NAME", help="The learner's family name.")
@click.option("--date-of-birth", metavar="DATE", callback=_day, help="As YYYY-MM-DD.")
@click.option(
    "--fonts",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Fonts for letters that the PDF has no glyph for; may be given several times.",
)
@_of_view
@JSON_OPTION
def report_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    *,
    output: Path | None,
    without: Sequence[str],
    title: str,
    dated: dt.date | None,
    uln: str | None,
    given_name: str | None,
    family_name: str | None,
    date_of_birth: str | None,
    fonts: Sequence[Path],
    as_json: bool,
    **given: Any,  # noqa: ANN401  # the options of the view
) -> None:
    """Make a report of a personal learning record, to be printed or given away.

    \b
    ulnlib plr report record.xml -o report.pdf --given-name Ada
    ulnlib plr report record.xml -o report.html --without 7 --without 9

    FILE is the XML that the service answers with. The report has every event that the
    view shows, in date order, but for those that --without leaves out. A PDF needs the
    extra 'pdf'. Findings are on standard error. Exit status 1 when the record is closed
    to the viewer or an event has errors, 2 when the file cannot be read to its end, and
    then nothing is written.
    """  # noqa: D301  # click reads the backspace
    if output is None and not as_json:
        raise click.UsageError("give a file to write to with -o, or --json")
    make = None if output is None else _maker(output, fonts)
    if output is not None:
        refuse_input(output, path)
    now = today()
    day = given.pop("as_of") or now
    answer = _read(path)
    if answer.report.fatal:
        raise Unusable(_fatal(path, answer))
    learner = Learner(
        uln=uln or answer.found_uln,
        given_name=given_name,
        family_name=family_name,
        date_of_birth=date_of_birth,
    )
    view = _view(answer, learner, day, **given)
    report = report_of(
        view, dated=dated or now, unticked=_unticked(view, without), title=title
    )
    found = _findings(view, answer, day)
    if output is not None and make is not None:
        write_whole(output, make(report))
    _say_why_empty(answer)
    if as_json:
        click.echo(report.to_json(), nl=False)
    elif output is not None:
        click.echo(f"Written: {output}")
        click.echo(report.scope)
        click.echo(report.summary)
    _show_findings(view, found)
    _leave(view, found)


# --- reading ------------------------------------------------------------------------


def _read(path: Path) -> Answer:
    """Read a file; one without a single event, and broken, is no record."""
    answer = read_events(path.read_bytes())
    if answer.report and not answer.events:
        raise Unusable(_fatal(path, answer))
    return answer


def _say_why_empty(answer: Answer) -> None:
    """Say by which code the service answered without an event, where it is known."""
    code = parse_code(ResponseCode, answer.response_code or "")
    if isinstance(code, ResponseCode) and not answer.events:
        click.echo(f"The service answered {code}: {code.label}.", err=True)


def _fatal(path: Path, answer: Answer) -> str:
    found = (answer.report.fatal or answer.report)[0]
    return f"{path}: {found.message}. {found.remedy}"


def _view(  # noqa: PLR0913  # what the options say
    answer: Answer,
    learner: Learner,
    day: dt.date,
    *,
    viewer: str,
    share: str | None,
    verification: str | None,
    sensitive: bool,
    chosen: Sequence[str],
) -> View:
    """Return what a viewer may see of the record.

    Nothing is written into a log: who runs the command has the file.
    """
    subject = Subject(
        share=share,
        has_level_one=verification is None or gives_level_one(verification),
        is_learner_sensitive=sensitive,
    )
    who = _VIEWERS[viewer]
    given: Given = {"chosen": frozenset(chosen)}
    return open_view(answer.record, who, subject, learner, day, None, given)


def _unticked(view: View, without: Iterable[str]) -> list[str | Entry]:
    """Return what is left out: IDs, and entries that are named by their place.

    Raises:
        click.UsageError: One of them is not shown.
    """
    record = view.record
    named: dict[str, str | Entry] = {one: one for e in record.entries for one in e.ids}
    entry_of = {id(event): entry for entry in record.entries for event in entry.events}
    for place, event in enumerate(record.events, 1):
        if not (event.id or "").strip():
            named.setdefault(f"#{place}", entry_of[id(event)])
    found: list[str | Entry] = []
    for number, one in enumerate(without, 1):
        if one not in named:
            raise click.UsageError(
                f"--without, number {number}: no event that is shown has this ID. "
                "Look it up with: ulnlib plr show"
            )
        found.append(named[one])
    return found


def _maker(output: Path, fonts: Sequence[Path]) -> Callable[[RecordReport], bytes]:
    """Return what makes a file of its kind.

    Raises:
        click.UsageError: The suffix is none of those that can be made.
    """
    makers: dict[str, Callable[[RecordReport], bytes]] = {
        ".pdf": lambda report: report.to_pdf(fonts=fonts),
        ".html": lambda report: _bytes(report.to_html()),
        ".htm": lambda report: _bytes(report.to_html()),
        ".txt": lambda report: _bytes(report.to_text()),
        ".json": lambda report: _bytes(report.to_json()),
    }
    make = makers.get(output.suffix.lower())
    if make is None:
        raise click.UsageError(
            "-o: the name ends in .pdf, .html, .txt or .json, which says what is made"
        )
    return make


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


# --- showing ------------------------------------------------------------------------


def _findings(view: View, answer: Answer, day: dt.date) -> Report:
    """Return what is wrong with the file, and with the events that are shown whole."""
    shown = Report() if view.is_restricted else view.record.check(as_of=day)
    return Report([*answer.report, *shown])


def _sentence(view: View) -> str:
    what = "The restricted view of the record" if view.is_restricted else "The record"
    return f"{what}, as {VIEWERS[view.viewer]} may see it."


def _show(view: View, entries: Sequence[Entry]) -> None:
    click.echo(_sentence(view))
    if not view:
        why = (
            NOT_TOLD if view.told is None else f"{view.told.text} [{view.told.clause}]"
        )
        click.echo(f"It is closed. {why}")
        return
    if not entries:
        click.echo("There is no entry to show.")
        return
    columns = [
        column
        for column in Column
        if not view.is_restricted or column not in {Column.START, Column.END}
    ]
    places = {id(event): n for n, event in enumerate(view.record.events, 1)}
    headings = ("ID", *(column.label for column in columns))
    lines, footnotes = lines_of(entries, columns)
    rows = [
        (
            _plain(", ".join(line.ids)) or f"#{places[id(entry.event)]}",
            f"{line.subject}{_marks(line)}",
            *(_cell(line, one) for one in columns if one is not Column.SUBJECT),
        )
        for entry, line in zip(entries, lines, strict=True)
    ]
    count = "1 entry" if len(rows) == 1 else f"{len(rows):,} entries"
    made = table(headings, rows, title=count)
    made.padding = (0, 0, 0, 0)  # nine columns leave little place for the subject
    for column in made.columns[5:]:
        column.no_wrap = True
    console().print(made)
    for note in footnotes:
        click.echo(_plain(f"[{note.number}] {note.text}"))


def _marks(line: ReportLine) -> str:
    marks = (
        ("taking part", line.kind == EventKind.PARTICIPATION),
        ("provisional", line.is_provisional),
        ("under challenge", line.is_challenged),
        ("different grades", len(line.grades) > 1),
    )
    return "".join([f" ({words})" for words, holds in marks if holds])


def _cell(line: ReportLine, column: Column) -> str:
    note = line.footnotes.get(column)
    return line.shown(column) if note is None else f"[{note}]"


def _show_json(view: View, entries: Sequence[Entry], found: Report) -> None:
    lines, _ = lines_of(entries, ())
    show_json(
        {
            "version": 1,
            "kind": "plr-show",
            "view": {
                "viewer": VIEWERS[view.viewer],
                "thing": view.thing.value,
                "is_restricted": view.is_restricted,
                "is_open": bool(view),
                "clause": None if view.told is None else view.told.clause,
                "text": NOT_TOLD if view.told is None else view.told.text,
            },
            "entries": [line_to_dict(one) for one in lines],
            "errors": len(found.errors),
            "warnings": len(found.warnings),
            "issues": [_finding(view, one) for one in found],
            "assumed": " ".join(ASSUMED[1:]),
        }
    )


def _finding(view: View, found: Issue) -> dict[str, object]:
    shown = {**found.to_dict(), "path": list(found.path)}
    return {**shown, "event_id": _event_id(view, found)}


def _event_id(view: View, found: Issue) -> str | None:
    """Return the number of the event that a finding is about, where it is a number."""
    match found.path:
        case ("event", int(place), *_) if place <= len(view.record.events):
            number = view.record.events[place - 1].id or ""
            return number if number.isascii() and number.isdigit() else None
    return None


def _show_findings(view: View, report: Report) -> None:
    if not report:
        return
    click.echo(f"{plural(len(report), 'finding')}:", err=True)
    for one in report[:_SHOWN]:
        number = _event_id(view, one)
        which = "" if number is None else f" (event ID {number})"
        click.echo(f"  {one.severity}: {one}{which}", err=True)
        click.echo(f"    {one.remedy}", err=True)
    if len(report) > _SHOWN:
        click.echo(f"  and {len(report) - _SHOWN:,} more", err=True)


def _plain(text: str) -> str:
    """Return a text without what a terminal would take for a command."""
    return "".join([c if c.isprintable() else "?" for c in text])


def _leave(view: View, found: Report) -> None:
    """Leave with the status that says how it went."""
    if found.fatal:
        raise SystemExit(2)
    if not view or found.errors:
        raise SystemExit(1)

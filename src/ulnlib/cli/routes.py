"""`ulnlib roc routes`: to which qualifications a learner's units lead."""

from __future__ import annotations

__all__ = ["routes_command"]

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from ulnlib.cli.clock import DAY, today
from ulnlib.cli.columns import Unusable
from ulnlib.cli.combination import read_units
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.screen import (
    JSON_OPTION,
    console,
    plural,
    progress,
    show_json,
    table,
)
from ulnlib.issues import Issue, Report
from ulnlib.qualifications import Achievement, Level, Qualification, Size
from ulnlib.rules.routes import (
    AGE_RANGES,
    COUNTRIES,
    Route,
    RouteQuery,
    index,
    read_catalogue,
    search,
)

F = TypeVar("F", bound=Callable[..., object])

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_ASSUMED = (
    "No document says how the service counted credits towards and completed units: "
    "here they are the total less the least credit that completes the qualification, "
    "and the learner's units that count in it."
)

# The options that are filters: the attribute of a query, and what click needs.
_FILTERS: dict[str, dict[str, Any]] = {
    "keyword": {"metavar": "WORDS", "help": "Words that all occur in the title."},
    "number": {"metavar": "QAN", "help": "The qualification number."},
    "level": {"metavar": "LEVEL", "help": "Entry, E1 to E3, or 1 to 8."},
    "size": {
        "metavar": f"[{'|'.join(Size)}]",
        "help": "By the total credits.",
    },
    "subject_area": {
        "multiple": True,
        "metavar": "CODE",
        "help": "A sector subject area such as 15.3 or 15, or its name; may be given "
        "several times, and one will do.",
    },
    "country": {
        "metavar": "COUNTRY",
        "help": f"Where it is offered: {', '.join(COUNTRIES)}.",
    },
    "age": {
        "metavar": "AGE",
        "help": f"For whom it is: {', '.join(AGE_RANGES)}, or an age in years.",
    },
    "in_operation_on": {"type": DAY, "help": "A day on which one can begin it."},
    "must_contain": {
        "multiple": True,
        "metavar": "UNIT",
        "help": "A unit that it must list; may be given several times, for all.",
    },
    "what_if": {
        "multiple": True,
        "metavar": "UNIT",
        "help": "A unit to count as if the learner had it; may be given several times.",
    },
}


def _filters(command: F) -> F:
    """Give a command an option for each filter."""
    for name, options in reversed(_FILTERS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, **options)(command)
    return command


@click.command("routes")
@click.argument("catalogue", type=_FILE, metavar="CATALOGUE")
@click.argument("achievements", type=_FILE, metavar="[ACHIEVEMENTS]", required=False)
@_filters
@click.option(
    "--without-learner-units",
    is_flag=True,
    help="Count the what-if units alone, not the achievements.",
)
@click.option(
    "--query",
    "saved",
    type=_FILE,
    metavar="FILE",
    help="A saved query; filters given beside it take the place of its own.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Save the query as JSON.",
)
@click.option("--name", metavar="TEXT", help="What to call the query that is saved.")
@click.option(
    "--as-of",
    type=DAY,
    help="The day on which achievements are counted; today by default.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many to show.",
)
@click.option(
    "--show-sensitive", is_flag=True, help="Show sensitive qualifications too."
)
@JSON_OPTION
def routes_command(  # noqa: PLR0913  # the options of the command
    catalogue: Path,
    achievements: Path | None,
    *,
    without_learner_units: bool,
    saved: Path | None,
    save: Path | None,
    name: str | None,
    as_of: dt.date | None,
    limit: int,
    show_sensitive: bool,
    as_json: bool,
    **filters: Any,  # noqa: ANN401  # of several types
) -> None:
    """Find qualifications, those first that a learner is nearest to completing.

    \b
    ulnlib roc routes catalogue.json units.csv --keyword "business" --level 2
    ulnlib roc routes register.csv --subject-area 15.3 --level 3

    CATALOGUE is a table of the register, which has no structures and so no credits, or
    a catalogue in JSON. ACHIEVEMENTS are the learner's units: JSON, a table with the
    heading "unit", or a text with one reference on each line. Exit status 0 when
    something was found, 1 when nothing was, or when a file has errors, 2 when one
    cannot be read.
    """  # noqa: D301  # click reads the backspace
    query = _query(saved, name, filters)
    if without_learner_units:
        query = attrs.evolve(query, include_learner_units=False)
    if save is not None:
        refuse_input(save, catalogue, *filter(None, (achievements, saved)))
        write_whole(save, (query.to_json() + "\n").encode())
    file = read_catalogue(catalogue)
    _refuse_unreadable(catalogue, file.report)
    had, report = _achievements(achievements)
    report = Report([*file.report, *report])
    day = today() if as_of is None else as_of
    found = search(index(file.qualifications), query, had, as_of=day)
    shown = [one for one in found if show_sensitive or not one.is_sensitive]
    hidden = len(found) - len(shown)
    kept = list(progress(shown[:limit], "Working out credits"))
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "roc-routes",
                "query": query.to_dict(),
                "as_of": day.isoformat(),
                "found": len(found),
                "sensitive_left_out": hidden,
                "routes": [one.to_dict() for one in kept],
                "errors": len(report.errors),
                "warnings": len(report.warnings),
                "issues": [_finding(one) for one in report],
                "assumed": _ASSUMED,
            }
        )
    else:
        _show(kept, len(shown))
        if not found:
            _show_unsaid(query, file.qualifications)
        if hidden:
            click.echo(f"{plural(hidden, 'sensitive qualification')} not shown.")
        _show_findings(report)
    if not found or report.errors:
        raise SystemExit(1)


def _query(saved: Path | None, name: str | None, filters: dict[str, Any]) -> RouteQuery:
    """Return the saved query with what is given beside it."""
    query = RouteQuery()
    if saved is not None:
        query = RouteQuery.from_json(saved.read_bytes())
    given = {what: value for what, value in filters.items() if value not in (None, ())}
    if name is not None:
        given["name"] = name
    return attrs.evolve(query, **given)


def _achievements(path: Path | None) -> tuple[Sequence[Achievement], Report]:
    if path is None:
        return (), Report()
    file = read_units(path)
    return file.achievements, file.report


def _refuse_unreadable(path: Path, report: Report) -> None:
    if report.fatal:
        raise Unusable(f"{path}: {report.fatal[0].message}. {report.fatal[0].remedy}")


def _finding(found: Issue) -> dict[str, object]:
    return {**found.to_dict(), "path": list(found.path)}


def _show(routes: Sequence[Route], found: int) -> None:
    if not routes:
        click.echo("No qualification is found by this query.")
        return
    headings = ("Number", "Title", "Level", "Total", "Towards", "Needed", "Units")
    rows = [_row(one) for one in routes]
    title = plural(found, "qualification")
    if len(routes) < found:
        title += f", the first {len(routes):,}"
    console().print(table(headings, rows, title=title, right=(3, 4, 5, 6)))
    if any(one.credits_needed is not None for one in routes):
        click.echo(_ASSUMED)
    else:
        click.echo("No structure of these is known, so no credits can be counted.")


# What a filter looks at, in words, and whether a qualification says it.
_SAID: dict[str, tuple[str, Callable[[Qualification], bool]]] = {
    "level": ("its level", lambda one: bool(one.level or one.structure)),
    "size": ("its credits", lambda one: one.size is not None),
    "subject_area": ("its sector subject area", lambda one: bool(one.subject_area)),
    "country": ("where it is offered", lambda one: bool(one.countries)),
    "age": ("for whom it is", lambda one: bool(one.ages)),
    "must_contain": ("its units", lambda one: one.structure is not None),
}


def _show_unsaid(query: RouteQuery, catalogue: Sequence[Qualification]) -> None:
    """Say by which filters nothing of a catalogue can be found at all."""
    for name, (words, says) in _SAID.items():
        is_asked = getattr(query, name) not in (None, ())
        if is_asked and not any(map(says, catalogue)):
            option = f"--{name.replace('_', '-')}"
            click.echo(
                f"No qualification of the catalogue says {words}: leave out {option}."
            )


def _row(route: Route) -> tuple[str, ...]:
    level = route.qualification.level
    needed = "met" if route.is_met else _number(route.credits_needed)
    return (
        route.number,
        f"{route.title} (sensitive)" if route.is_sensitive else route.title,
        level.label if isinstance(level, Level) else level or "",
        _number(route.total),
        _number(route.credits_towards),
        needed,
        str(route.completed_unit_count),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _show_findings(report: Report) -> None:
    if not report:
        return
    counts = [
        plural(len(some), noun)
        for some, noun in ((report.errors, "error"), (report.warnings, "warning"))
        if some
    ]
    click.echo(f"In the files: {', '.join(counts)}, the first of them:")
    for one in report[:5]:
        click.echo(f"  {re.sub(r'[^ -~]', '?', str(one))}")

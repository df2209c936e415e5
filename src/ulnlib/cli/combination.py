"""`ulnlib roc check` and `ulnlib roc lint`: rules of combination."""

from __future__ import annotations

__all__ = ["check_command", "lint_command", "read_units"]

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import click

from ulnlib.cli.clock import DAY, today
from ulnlib.cli.columns import Unusable
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.screen import JSON_OPTION, plural, show_json
from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import Achievement, Structure
from ulnlib.rules.combination import (
    AchievementsFile,
    StructureFile,
    evaluate,
    lint,
    parse_text,
    place,
    read_achievements,
    read_structure,
)

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
# What a line may be that is a reference: letters and digits, none of them a sentence.
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,19}", re.ASCII)
_SHOWN = 20


@click.command("check")
@click.argument("structure", type=_FILE, metavar="STRUCTURE")
@click.argument("achievements", type=_FILE, metavar="ACHIEVEMENTS")
@click.option(
    "--as-of",
    type=DAY,
    help="The day of the evaluation; today by default.",
)
@click.option(
    "--what-if",
    multiple=True,
    metavar="UNIT",
    help="A unit to count as if the learner had it; may be given several times.",
)
@click.option(
    "--fact",
    multiple=True,
    metavar="NAME",
    help="A requirement beside credit that holds; may be given several times.",
)
@click.option(
    "--maximum",
    type=click.Choice(["whole", "cap"]),
    default="whole",
    show_default=True,
    help="What is over the maximum of a group: whole leaves the unit out, cap counts "
    "the group up to its maximum.",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page to show to the learner.",
)
@JSON_OPTION
@click.option(
    "--service",
    "as_service",
    is_flag=True,
    help="Print JSON in the shape of the service's own answer.",
)
def check_command(  # noqa: PLR0913  # the options of the command
    structure: Path,
    achievements: Path,
    *,
    as_of: dt.date | None,
    what_if: Sequence[str],
    fact: Sequence[str],
    maximum: Literal["whole", "cap"],
    html: Path | None,
    as_json: bool,
    as_service: bool,
) -> None:
    """Say whether a qualification is met, what counts, and what is still needed.

    \b
    ulnlib roc check diploma.txt units.csv
    ulnlib roc check diploma.json units.txt --what-if Y/506/1910 --html page.html

    STRUCTURE is JSON or the short text form. ACHIEVEMENTS are JSON, a table with the
    heading "unit", or a text with one reference on each line. Exit status 0 when it
    could be evaluated, met or not; 1 when a file has errors, 2 when one cannot be read.
    """  # noqa: D301  # click reads the backspace
    if as_json and as_service:
        raise click.UsageError("give one of --json and --service")
    if html is not None:
        refuse_input(html, structure, achievements)
    read = _structure(structure)
    rules = _usable(structure, read)
    _refuse_unknown_facts(rules, fact)
    had = read_units(achievements)
    day = today() if as_of is None else as_of
    evaluation = evaluate(
        rules,
        had.achievements,
        as_of=day,
        maximum=maximum,
        what_if=[Achievement(unit=unit, date=day) for unit in what_if],
        facts=fact,
    )
    form = Report([*read.report, *had.report])
    if html is not None:
        write_whole(html, evaluation.to_html().encode())
    if as_service:
        show_json(evaluation.to_service())
    elif as_json:
        show_json(
            {
                **evaluation.to_dict(),
                "files": {
                    "html": None if html is None else str(html),
                    "errors": len(form.errors),
                    "warnings": len(form.warnings),
                    "issues": [_finding(one) for one in form],
                },
            }
        )
    else:
        click.echo(evaluation.to_text(), nl=False)
        _show_form(form)
        lacking = [one.requirement for one in evaluation.needs if one.requirement]
        if lacking:
            options = " ".join([f'--fact "{name}"' for name in lacking])
            click.echo(f"\nIf it holds, say so with: {_plain(options)}")
        if html is not None:
            click.echo(f"\nWritten: {html}")
    if form.errors or evaluation.report.errors:
        raise SystemExit(1)


@click.command("lint")
@click.argument(
    "structures", type=_FILE, metavar="STRUCTURE...", nargs=-1, required=True
)
@JSON_OPTION
def lint_command(structures: Sequence[Path], *, as_json: bool) -> None:
    """Say what is wrong with structures: contradictions, sums that cannot come out.

    \b
    ulnlib roc lint diploma.txt certificate.json

    STRUCTURE is JSON or the short text form. Exit status 0 when there are no errors,
    warnings or not; 1 when there are errors, 2 when a file cannot be read.
    """  # noqa: D301  # click reads the backspace
    linted = []
    for path in structures:
        file = _structure(path)
        more = Report() if file.structure is None else lint(file.structure)
        linted.append((path, file.structure, Report([*file.report, *more])))
    if as_json:
        files = [_linted(*one) for one in linted]
        show_json({"version": 1, "kind": "roc-lint", "files": files})
    else:
        for one in linted:
            _show_linted(*one)
    if any(structure is None for _, structure, _ in linted):
        raise SystemExit(2)
    if any(report.errors for _, _, report in linted):
        raise SystemExit(1)


# --- reading ----------------------------------------------------------------------


def _structure(path: Path) -> StructureFile:
    """Read a structure in either form: JSON begins with a bracket."""
    content = path.read_bytes()
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return read_structure(content)
    found: list[Issue] = []
    text = _text(content, found)
    file = parse_text(text) if text is not None else StructureFile(None, Report(found))
    root = None if file.structure is None else file.structure.root
    if root is None or root.groups or root.units:
        return file
    # A file of something else, perhaps of people: any line would do for a name.
    return StructureFile(None, Report(file.report or [issue("text-empty")]))


def _text(content: bytes, found: list[Issue]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found.append(issue("form-encoding", position=error.start + 1))
        return None


def _usable(path: Path, file: StructureFile) -> Structure:
    if file.structure is None:
        raise _unusable(path, file.report)
    return file.structure


def _unusable(path: Path, report: Report) -> Unusable:
    [found] = _worst(report)
    line = f", line {found.path[1]}" if found.path[:1] == ("line",) else ""
    return Unusable(f"{path}{line}: {found.message}. {found.remedy}")


def _worst(report: Report) -> list[Issue]:
    """Return the finding for which a file cannot be read."""
    return [*report.fatal, *report][:1]


def read_units(path: Path) -> AchievementsFile:
    """Read achievements as JSON, as a table, or as one reference on each line.

    Args:
        path: The file.

    Raises:
        Unusable: Nothing of it can be read.

    Source: ours.
    """
    content = path.read_bytes()
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    first = re.split(rb"[\r\n]", start, maxsplit=1)[0]
    is_table = re.search(rb"[,;\t]", first) or first.strip().lower() == b"unit"
    if start[:1] not in (b"{", b"[") and not is_table:
        return _lines(path, content)
    file = read_achievements(content)
    if file.report.fatal:
        raise _unusable(path, file.report)
    return file


def _lines(path: Path, content: bytes) -> AchievementsFile:
    achievements: list[Achievement] = []
    found: list[Issue] = []
    text = _text(content, found)
    if text is None:
        raise _unusable(path, Report(found))
    for number, line in enumerate(text.splitlines(), 1):
        reference = line.strip()
        if not reference or reference.startswith("#"):
            continue
        if _REFERENCE.fullmatch(reference) and any(c.isdigit() for c in reference):
            achievements.append(Achievement(unit=reference))
        else:
            found.append(issue("text-line", "line", number))
    if found and not achievements:
        raise Unusable(
            f"{path}: no line is a unit reference. Give one reference on each line, "
            'such as Y/506/1910, a table with the heading "unit", or JSON.'
        )
    return AchievementsFile(achievements, Report(found))


def _refuse_unknown_facts(structure: Structure, facts: Sequence[str]) -> None:
    names = [one.name for one in structure.requirements]
    for fact in facts:
        if fact not in names:
            known = ", ".join(map(_plain, names))
            raise click.UsageError(
                f"--fact: the structure has these requirements beside credit: {known}"
                if names
                else "--fact: the structure has no requirements beside credit"
            )


# --- showing ----------------------------------------------------------------------


def _finding(found: Issue) -> dict[str, object]:
    return {**found.to_dict(), "path": list(found.path)}


def _linted(
    path: Path, structure: Structure | None, report: Report
) -> dict[str, object]:
    return {
        "file": str(path),
        "is_read": structure is not None,
        "name": "" if structure is None else structure.name,
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "issues": [
            {**_finding(one), "place": _place(structure, one)} for one in report
        ],
    }


def _place(structure: Structure | None, found: Issue) -> str:
    if found.path[:1] == ("line",):
        return f"line {found.path[1]}"
    return "" if structure is None else place(structure, found.path)


def _show_linted(path: Path, structure: Structure | None, report: Report) -> None:
    errors, warnings = len(report.errors), len(report.warnings)
    counts = f"{plural(errors, 'error')}, {plural(warnings, 'warning')}"
    if structure is None:
        counts = "cannot be read as a structure"
    click.echo(f"{path}: {counts if report else 'nothing was found'}")
    # Of a file that is something else the first finding says enough.
    for one in report if structure is not None else _worst(report):
        where = _plain(_place(structure, one))
        message = f"{one.severity}: {one.message} [{one.code}]"
        click.echo(f"  {where}: {message}" if where else f"  {message}")
        click.echo(f"    {one.remedy}")


def _show_form(report: Report) -> None:
    for line in _form(report):
        click.echo(line)


def _form(report: Report) -> Iterator[str]:
    if not report:
        return
    yield "\nIn the files"
    for one in report[:_SHOWN]:
        yield f"  * {one.severity}: {one}"
        yield f"    {one.remedy}"
    if len(report) > _SHOWN:
        yield f"  and {len(report) - _SHOWN:,} more"


def _plain(text: str) -> str:
    """Return a text without what a terminal would take for a command."""
    return "".join([c if c.isprintable() else "?" for c in text])

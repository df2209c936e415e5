"""`ulnlib roc check` and `ulnlib roc lint`: rules of combination."""

from __future__ import annotations

__all__ = ["check_command", "lint_command", "read_units"]

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import attrs
import click

from ulnlib.cli.clock import DAY, today
from ulnlib.cli.columns import Unusable
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.screen import JSON_OPTION, plural, show_json
from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import Achievement, Structure, compact_reference
from ulnlib.rules.combination import (
    AchievementsFile,
    Completion,
    Evaluation,
    StructureFile,
    complete,
    evaluate,
    lint,
    parse_text,
    place,
    read_achievements,
    read_structure,
)
from ulnlib.rules.combination.possible import conflicts_within

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
    "--offer",
    multiple=True,
    metavar="UNIT",
    help="A unit that can still be taken; may be given several times. All that the "
    "structure lists by default.",
)
@click.option(
    "--offer-file",
    type=_FILE,
    metavar="FILE",
    help="The units that can still be taken, in any form that ACHIEVEMENTS may have.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=0),
    metavar="STATES",
    help="How many states the search may look at; as many as it takes by default. "
    "Where that is too few the answer says that it is not proven.",
)
@click.option(
    "--by",
    type=click.Choice(["credits", "hours"]),
    help="Say what completes it at the least cost, in credits or in hours of guided "
    "learning, and why nothing cheaper does.",
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
    offer: Sequence[str],
    offer_file: Path | None,
    budget: int | None,
    by: Literal["credits", "hours"] | None,
    html: Path | None,
    as_json: bool,
    as_service: bool,
) -> None:
    """Say whether a qualification is met, what counts, and what is still needed.

    \b
    ulnlib roc check diploma.txt units.csv
    ulnlib roc check diploma.json units.txt --what-if Y/506/1910 --html page.html
    ulnlib roc check diploma.json units.csv --by hours --offer-file taught.txt

    STRUCTURE is JSON or the short text form. ACHIEVEMENTS are JSON, a table with the
    heading "unit", or a text with one reference on each line. Exit status 0 when it
    could be evaluated, met or not; 1 when a file has errors, 2 when one cannot be read.
    """  # noqa: D301  # click reads the backspace
    if as_service and (as_json or by is not None):
        other = "--json" if as_json else "--by"
        raise click.UsageError(f"give one of {other} and --service")
    if html is not None:
        refuse_input(html, *filter(None, (structure, achievements, offer_file)))
    read = _structure(structure)
    rules = _usable(structure, read)
    _refuse_unknown_facts(rules, fact)
    had = read_units(achievements)
    offered = _Offer.of(rules, offer, offer_file)
    day = today() if as_of is None else as_of
    options: dict[str, Any] = {
        "as_of": day,
        "maximum": maximum,
        "what_if": [Achievement(unit=unit, date=day) for unit in what_if],
        "facts": fact,
        "offer": None if offered is None else offered.units,
        "budget": budget,
    }
    answer = _Answer(
        evaluation=evaluate(rules, had.achievements, **options),
        by=by,
        cheapest=by and complete(rules, had.achievements, by=by, **options),
        offer=offered,
        html=html,
        form=Report(
            [*read.report, *had.report, *(() if offered is None else offered.report)]
        ),
    )
    if html is not None:
        write_whole(html, answer.evaluation.to_html().encode())
    if as_service:
        show_json(answer.evaluation.to_service())
    elif as_json:
        show_json(answer.to_dict())
    else:
        answer.show()
    if answer.form.errors or answer.evaluation.report.errors:
        raise SystemExit(1)


@attrs.frozen(kw_only=True)
class _Offer:
    """Units that can still be taken.

    Attributes:
        units: Their references.
        listed: How many of them the structure lists.
        report: What was wrong with the file that they were read from.
    """

    units: tuple[str, ...]
    listed: int
    report: Report

    @classmethod
    def of(
        cls, rules: Structure, given: Sequence[str], path: Path | None
    ) -> _Offer | None:
        """Return what is on offer, None where nobody narrows it.

        Raises:
            click.UsageError: A unit that was given is not listed. One of a file may
                be: it has what is taught, whatever the structure.
        """
        if path is None and not given:
            return None
        known = {
            compact_reference(unit.reference)
            for group in rules.root.walk()
            for unit in group.units
        }
        for number, unit in enumerate(given, 1):
            if compact_reference(unit) not in known:
                raise click.UsageError(
                    f"--offer, number {number}: the structure lists no such unit. "
                    "Check the reference; give what is taught for several structures "
                    "in a file, with --offer-file"
                )
        report, units = Report(), list(given)
        if path is not None:
            file = read_units(path)
            report = file.report
            units += [one.unit for one in file.achievements if one.unit.strip()]
        by_key = {compact_reference(unit): unit for unit in units}
        return cls(
            units=tuple(by_key.values()),
            listed=len(by_key.keys() & known),
            report=report,
        )


@attrs.frozen(kw_only=True)
class _Answer:
    """What the command answers.

    Attributes:
        evaluation: The evaluation.
        by: By what the cheapest completion is asked for, None where it is not.
        cheapest: That completion, where there is one.
        offer: What is on offer, None for all units.
        html: The page that was written.
        form: What could not be understood in the files.
    """

    evaluation: Evaluation
    by: str | None
    cheapest: Completion | None
    offer: _Offer | None
    html: Path | None
    form: Report

    def to_dict(self) -> dict[str, object]:
        """Return it in the form of `roc-check.schema.json`."""
        offer, form = self.offer, self.form
        return {
            **self.evaluation.to_dict(),
            "offer": offer and {"units": len(offer.units), "listed": offer.listed},
            "cheapest": self.cheapest and self.cheapest.to_dict(),
            "files": {
                "html": None if self.html is None else str(self.html),
                "errors": len(form.errors),
                "warnings": len(form.warnings),
                "issues": [_finding(one) for one in form],
            },
        }

    def show(self) -> None:
        """Show it on the screen."""
        click.echo(self.evaluation.to_text(), nl=False)
        if self.by is not None:
            click.echo(f"\n{self._cheapest()}", nl=False)
        if self.offer is not None:
            click.echo(
                f"\nOn offer: {plural(self.offer.listed, 'unit')} of the structure, "
                f"of {plural(len(self.offer.units), 'unit')} given."
            )
        _show_form(self.form)
        needs = self.evaluation.needs
        lacking = [one.requirement for one in needs if one.requirement]
        if lacking:
            options = " ".join([f'--fact "{name}"' for name in lacking])
            click.echo(f"\nIf it holds, say so with: {_plain(options)}")
        if self.html is not None:
            click.echo(f"\nWritten: {self.html}")

    def _cheapest(self) -> str:
        if self.cheapest is not None:
            return self.cheapest.to_text()
        if self.evaluation.proven:
            return f"Cheapest by {self.by}: no units on offer complete it.\n"
        return f"Cheapest by {self.by}: no way to complete it was found in time.\n"


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
        "conflicts": list(_conflicts(structure, report)),
        "issues": [
            {**_finding(one), "place": _place(structure, one)} for one in report
        ],
    }


def _conflicts(structure: Structure | None, report: Iterable[Issue]) -> tuple[str, ...]:
    """Return what stands in the way where nothing completes a structure.

    It is worked out once more: a finding holds no names of the structure.
    """
    if structure is None or all(one.code != "nothing-completes" for one in report):
        return ()
    return conflicts_within(structure)


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
        for words in _conflicts(structure, [one]):
            click.echo(f"    * {_plain(words)}")
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

"""`ulnlib batch make`: a batch file of a college's own export."""

from __future__ import annotations

__all__ = ["make_command"]

import datetime as dt
import json
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from pathlib import Path

import attrs
import click

from ulnlib.batch import (
    BatchFile,
    Certainty,
    MadeLearners,
    Mapping,
    NameOrder,
    Table,
    make,
    make_learners,
    read_table,
    suggest,
    write,
)
from ulnlib.batch.layouts.lrb import RECORD_LIMIT
from ulnlib.batch.mapping import field_named, is_known
from ulnlib.batch.parts import split
from ulnlib.batch.tables import column_letters
from ulnlib.cli.batch import batch
from ulnlib.cli.clock import AS_OF, today
from ulnlib.cli.files import refuse_input, refuse_twice, write_whole
from ulnlib.cli.findings import findings_table, show_findings
from ulnlib.cli.places import OUT, Place
from ulnlib.cli.screen import JSON_OPTION, console, plural, show_json, table
from ulnlib.codes import PrivacyNoticeSeen, VerificationType
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.identifiers import check_ukprn
from ulnlib.issues import Issue, Report, Severity
from ulnlib.learner import Learner

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT_FILE = click.Path(path_type=Path, dir_okay=False)


@batch.command("make")
@click.argument("path", type=_FILE, metavar="EXPORT")
@OUT
@click.option("--ukprn", required=True, help="Your provider number, eight digits.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="'OUR FIELD=THEIR HEADING'",
    help="Which column is a field, as in --map 'FamilyName=Legal Surname', or by its "
    "letters, as in --map FamilyName=B, where no heading is so called; with nothing "
    "behind the sign no column is. May be given several times.",
)
@click.option(
    "--mapping",
    "mapping_path",
    type=_FILE,
    help="Such decisions as JSON, as --save-mapping writes them.",
)
@click.option("--save-mapping", type=_OUT_FILE, help="Write the mapping as JSON.")
@click.option("--take-likely", is_flag=True, help="Take the columns shown as likely.")
@click.option("--sheet", help="The sheet of a workbook, by name or number.")
@click.option(
    "--heading-row",
    type=click.IntRange(1),
    help="The row with the headings; the first that is not empty by default.",
)
@click.option(
    "--share",
    type=click.Choice([one.value for one in PrivacyNoticeSeen]),
    help="Privacy notice seen, for learners without a value: 1 yes, 0 no.",
)
@click.option(
    "--verification",
    type=click.Choice([one.value for one in VerificationType]),
    help="The verification type for learners without one.",
)
@click.option("--description", help="What was seen, with verification type 999.")
@click.option(
    "--day-first/--month-first",
    default=None,
    help="How to read 03/04/2007 where nothing in the column tells.",
)
@click.option(
    "--names",
    type=click.Choice([one.value for one in NameOrder]),
    help="How to split whole names in one column.",
)
@click.option("--reference", default="", help="Your own reference for row 2.")
@AS_OF
@click.option("--findings", type=_OUT_FILE, help="Write all findings to a CSV table.")
@JSON_OPTION
def make_command(  # noqa: PLR0913, PLR0917  # the options of the command
    path: Path,
    output: Path,
    ukprn: str,
    pairs: Sequence[str],
    mapping_path: Path | None,
    save_mapping: Path | None,
    sheet: str | None,
    heading_row: int | None,
    share: str | None,
    verification: str | None,
    description: str | None,
    names: str | None,
    reference: str,
    as_of: dt.date | None,
    findings: Path | None,
    *,
    day_first: bool | None,
    take_likely: bool,
    as_json: bool,
) -> None:
    """Make a batch file (3A) of your own export: CSV or .xlsx, with any headings.

    The headings are compared with those of common systems, and the mapping is shown.
    Nothing is written while a column is not sure: say which it is with --map. Rows with
    errors are left out and named. A file holds 5,000 learners at most.

    Exit status 0: every row is in a file; 1: rows were left out, perhaps
    all of them; 2: nothing was written, for EXPORT cannot be read or a decision is
    needed.
    """
    if not check_ukprn(ukprn).is_ok:
        raise click.BadParameter("a UKPRN has eight digits", param_hint="--ukprn")
    for one in (output, findings, save_mapping):
        if one is not None:
            refuse_input(one, *filter(None, (path, mapping_path)))
    refuse_twice(output, findings, save_mapping)
    place = Place(output, ukprn)
    told = _decisions(mapping_path, pairs)
    export = read_table(
        path,
        sheet=int(sheet) if sheet is not None and sheet.isdecimal() else sheet,
        heading_row=heading_row,
    )
    screen = _Screen(path, export, as_json=as_json)
    mapping = suggest(export.headings)
    if not export.report.fatal:
        try:
            mapping = mapping.decided(export.headings, told)
        except InvalidData as error:
            screen.refuse(mapping, error.report)
        mapping = mapping.accepted() if take_likely else mapping
    day = as_of or today()
    made = make_learners(
        export,
        mapping,
        day_first=day_first,
        as_of=day,
        names=names,
        ability_to_share=share,
        verification_type=verification,
        other_verification_description=description,
    )
    if made.report.fatal:
        screen.refuse(mapping, made.report)
    parts = _parts(ukprn, made.learners, reference)
    written = place.paths(len(parts)) if parts else []
    refuse_twice(*written, findings, save_mapping)
    _write(parts, written, reference)
    if save_mapping is not None:
        write_whole(save_mapping, _mapping_json(mapping, export))
    if findings is not None:
        write_whole(findings, findings_table(made.report))
    screen.show(mapping, made, written)
    if not made.report.is_ok:
        raise SystemExit(1)


# --- what the caller decides --------------------------------------------------------


def _decisions(path: Path | None, pairs: Sequence[str]) -> dict[str, str]:
    """Return the heading or letters of each field that the caller decides on."""
    told = {} if path is None else _read_mapping(path)
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign:
            raise click.BadParameter(
                "write OUR FIELD=THEIR HEADING", param_hint="--map"
            )
        told[ours] = theirs
    by_field: dict[str, str] = {}
    for name, heading in told.items():
        try:
            by_field[field_named(name)] = heading
        except InvalidValue as error:
            raise click.BadParameter(error.message, param_hint="--map") from None
    return by_field


def _read_mapping(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    columns = content.get("columns") if isinstance(content, dict) else None
    is_ours = isinstance(columns, dict) and all(
        isinstance(heading, str) for heading in columns.values()
    )
    if not isinstance(columns, dict) or not is_ours:
        raise click.BadParameter(
            "this is no mapping as --save-mapping writes it", param_hint="--mapping"
        )
    return columns


def _mapping_json(mapping: Mapping, export: Table) -> bytes:
    content = {
        "version": 1,
        "kind": "batch-mapping",
        "columns": mapping.to_dict(export.headings),
    }
    return (json.dumps(content, indent=2) + "\n").encode()


# --- the files ----------------------------------------------------------------------


def _parts(
    ukprn: str, learners: Sequence[Learner], reference: str
) -> Sequence[BatchFile]:
    """Return the files of the learners, so many in each as the service takes."""
    if not learners:
        return ()
    return split(make(learners, ukprn=ukprn, file_name=reference), RECORD_LIMIT)


def _write(parts: Sequence[BatchFile], paths: Sequence[Path], reference: str) -> None:
    """Write the files; one without a reference of the sender's has its name for it."""
    for path, part in zip(paths, parts, strict=True):
        own = attrs.evolve(part.values, file_name=path.stem)
        write_whole(path, write(part if reference else attrs.evolve(part, values=own)))


# --- the screen ---------------------------------------------------------------------


_HEADINGS = 3
"""So many known headings make a heading row."""

_SURE = {
    Certainty.TOLD: "as you said",
    Certainty.SURE: "sure",
    Certainty.LIKELY: "likely: say so with --map or --take-likely",
}


@attrs.frozen
class _Screen:
    """What is shown of an export and of what was made of it."""

    path: Path
    export: Table
    as_json: bool = attrs.field(kw_only=True)

    def refuse(self, mapping: Mapping, report: Report) -> None:
        """Show why nothing was written, and end."""
        self.show(mapping, MadeLearners(report=report), [])
        raise SystemExit(2)

    def show(
        self, mapping: Mapping, made: MadeLearners, written: Sequence[Path]
    ) -> None:
        """Show the mapping, the findings, and the files."""
        if self.as_json:
            show_json(self._as_dict(mapping, made, written))
            return
        rows = plural(len(self.export.rows), "row")
        columns = plural(len(self.export.headings), "column")
        click.echo(f"{self.path.name}: {rows}, {columns}")
        self._show_mapping(mapping)
        show_findings(made.report)
        if not written:
            click.echo("Nothing was written.")
        for path in written:
            click.echo(f"Written: {path}")
        if made.learners:
            click.echo(f"{plural(len(made.learners), 'learner')} in all.")
        if made.left_out:
            click.echo(f"{plural(len(made.left_out), 'row')} left out; see above.")

    def _show_mapping(self, mapping: Mapping) -> None:
        rows = [
            (
                column_letters(one.column),
                self._heading(one.column),
                one.label,
                _SURE[one.certainty],
            )
            for one in mapping.choices
        ]
        rows += [
            (_letters(one.columns), "", one.label, "several: say which with --map")
            for one in mapping.doubts
        ]
        if rows:
            headings = ("Column", "Their heading", "Our field", "How sure")
            console().print(table(headings, rows))
        if mapping.unknown:
            click.echo(f"Not known, and not used: {_letters(mapping.unknown)}")
        if mapping.passed_over:
            click.echo(f"Not needed: {_letters(mapping.passed_over)}")

    def _heading(self, place: int) -> str:
        """Return a heading that is surely one, and no person in its place."""
        known = sum(map(is_known, self.export.headings))
        heading = self.export.headings[place]
        return heading if known >= _HEADINGS and is_known(heading) else ""

    def _as_dict(
        self, mapping: Mapping, made: MadeLearners, written: Sequence[Path]
    ) -> MappingOf[str, object]:
        report: Sequence[Issue] = made.report
        return {
            "version": 1,
            "kind": "batch-make",
            "columns": len(self.export.headings),
            "rows": len(self.export.rows),
            "mapping": [
                {
                    "field": one.field,
                    "column": column_letters(one.column),
                    "certainty": one.certainty.value,
                }
                for one in mapping.choices
            ],
            "doubts": [
                {
                    "field": one.field,
                    "columns": [column_letters(place) for place in one.columns],
                }
                for one in mapping.doubts
            ],
            "passed_over": [column_letters(one) for one in mapping.passed_over],
            "unknown": [column_letters(one) for one in mapping.unknown],
            "made": len(made.learners),
            "left_out": list(made.left_out),
            "errors": len(made.report.errors),
            "warnings": len(made.report.of(Severity.WARNING)),
            "files": [str(path) for path in written],
            "issues": [item.to_dict() for item in report],
        }


def _letters(places: Sequence[int]) -> str:
    return ", ".join(column_letters(one) for one in places)

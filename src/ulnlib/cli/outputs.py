"""`ulnlib batch split` and `ulnlib batch join`: before the upload, and after it."""

from __future__ import annotations

__all__ = ["join_command", "split_command"]

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from ulnlib.batch import (
    RECORD_LIMIT,
    BatchFile,
    Fate,
    JoinBy,
    JoinResult,
    join,
    parse_name,
    read,
    split,
    write,
)
from ulnlib.batch.jobs import JobReport
from ulnlib.batch.parts import left_behind
from ulnlib.batch.rewriting import HOW_ROWS_ARE_WRITTEN
from ulnlib.cli.clock import DAY, now
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.findings import refuse_file, show_findings
from ulnlib.cli.places import portal_name
from ulnlib.cli.screen import (
    JSON_OPTION,
    NOT_REAL,
    console,
    plural,
    show_json,
    table,
)
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.issues import Issue, Report

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


# --- split ------------------------------------------------------------------------


@click.command("split")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder for the parts.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=RECORD_LIMIT,
    show_default=True,
    help="The greatest number of learners in a part; 200 for web-service calls.",
)
@JSON_OPTION
def split_command(path: Path, folder: Path, most: int, *, as_json: bool) -> None:
    """Split a batch file that is too large into files that can be sent.

    Each part has its own name, a minute after the one before, its own count and its
    own reference. No record is changed or left out. A file with anything that is in no
    record is not split, for it would be lost: an unknown column, a row of too many
    cells, an element that nobody knows. (The password, user's name
    and e-mail address of who sends an XML file are never written.)

    What is wrong with FILE as a whole is shown, such as a count that is not the number
    of its records: the parts have headings and counts of their own, and would not
    show it.

    Exit status 0: no errors in FILE (there may be warnings); 1: errors, the parts
    were written all the same; 2: FILE cannot be read as a batch file, or has more
    than its records, and nothing was written.
    """
    file = read(path)
    try:
        parts = split(file, most)
    except InvalidData as error:
        refuse_file(path, error.report, as_json=as_json)
        if not (as_json or error.report.fatal):
            click.echo(_MEND_FIRST, err=True)
        raise SystemExit(2) from None
    targets = [folder / name for name in _names(path, file, parts)]
    for target in targets:
        refuse_input(target, path)
        if target.exists():
            raise click.UsageError(f"{target} is there already; give another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for part, target in zip(parts, targets, strict=True):
        write_whole(target, write(part))
    about_file = left_behind(file, parts)
    if as_json:
        show_json(_split_as_dict(path, most, parts, targets, about_file))
    else:
        _show_split(file, parts, targets, about_file)
    if not all(report.is_ok for report in (about_file, *(p.report for p in parts))):
        raise SystemExit(1)


_MEND_FIRST = (
    "No part would have this, for it is in no record. Mend the file first, "
    "and split it then."
)


def _show_split(
    file: BatchFile,
    parts: Sequence[BatchFile],
    targets: Sequence[Path],
    about_file: Sequence[Issue],
) -> None:
    """Show the parts, and what they do not show themselves."""
    records = plural(len(file.records), "record")
    click.echo(f"{file.name}: {records}, in {plural(len(parts), 'file')}.")
    rows = [
        (target.name, f"{len(part.records):,}")
        for part, target in zip(parts, targets, strict=True)
    ]
    console().print(table(("File", "Records"), rows, right=(1,)))
    unseen = [
        item
        for record in file.records
        for item in record.issues
        if item.code in HOW_ROWS_ARE_WRITTEN
    ]
    shown = sorted([*about_file, *unseen], key=lambda item: item.row or 0)
    if shown:
        click.echo(f"Of {file.name} itself; the files written may not show it:")
        show_findings(shown)
    issues = [
        item
        for part in parts
        for item in part.report
        if item.code not in HOW_ROWS_ARE_WRITTEN
    ]
    if issues:
        errors = len(Report(issues).errors)
        found = f"{plural(errors, 'error')}, {len(issues) - errors} of advice"
        click.echo(f"{found}: see 'ulnlib batch check' of each file.")


def _names(path: Path, file: BatchFile, parts: Sequence[BatchFile]) -> list[str]:
    """Return the names of the parts: as the portal takes them, where that can be."""
    names = [part.name for part in parts if part.name is not None]
    if len(names) == len(parts) and parse_name(path.name) is not None:
        return names
    ukprn, minute = file.values.ukprn or "", dt.timedelta(minutes=1)
    form, first = file.style.form, now()
    made = [portal_name(ukprn, first + n * minute, form) for n in range(len(parts))]
    usable = [name for name in made if name is not None]
    # The rule for names is that of LRB files; of others none is known.
    if file.layout is not None and file.layout.is_of_learners and all(made):
        return usable
    return [f"{path.stem}_{n}_OF_{len(parts)}.{form}" for n in range(1, len(parts) + 1)]


def _split_as_dict(
    path: Path,
    most: int,
    parts: Sequence[BatchFile],
    targets: Sequence[Path],
    about_file: Report,
) -> dict[str, object]:
    return {
        "version": 1,
        "kind": "batch-split",
        "file": str(path),
        "records": sum(len(part.records) for part in parts),
        "most": most,
        "errors": len(about_file.errors),
        "warnings": len(about_file.warnings),
        "issues": [item.to_dict() for item in about_file],
        "parts": [
            {
                "file": str(target),
                "records": len(part.records),
                "errors": len(part.report.errors),
                "warnings": len(part.report.warnings),
                "issues": [item.to_dict() for item in part.report],
            }
            for part, target in zip(parts, targets, strict=True)
        ],
    }


# --- join -------------------------------------------------------------------------


@click.command("join")
@click.argument("inputs", type=_FILE, metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--output",
    "outputs",
    type=_FILE,
    metavar="OUTPUT",
    multiple=True,
    help="An output that came back; give it again for each.",
)
@click.option(
    "--job-report",
    "reports",
    type=_FILE,
    metavar="REPORT",
    multiple=True,
    help="The service's answer about an achievement job, in XML. Its error file is the "
    "output, where none is given.",
)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="JOINED",
    required=True,
    help="The table to write: a line for each record that was sent.",
)
@click.option(
    "--by",
    type=click.Choice([way.value for way in JoinBy]),
    default=JoinBy.MIS_IDENTIFIER.value,
    show_default=True,
    help="By UPN for pupils of a CTF. By position the first output answers the first "
    "input, row by row.",
)
@click.option(
    "--uploaded",
    type=DAY,
    default=None,
    help="The day of the upload, for the last day of exceptions.",
)
@JSON_OPTION
def join_command(  # noqa: PLR0913, PLR0917  # the options of the command
    inputs: tuple[Path, ...],
    outputs: tuple[Path, ...],
    reports: tuple[Path, ...],
    target: Path,
    by: str,
    uploaded: dt.date | None,
    *,
    as_json: bool,
) -> None:
    """Join outputs back to the files that were sent, and account for every record.

    LRB files, verify files and achievement files are joined, each kind by itself. What
    does not belong together beyond doubt is named and not joined. The table is
    for programs; it has MIS identifiers and ULNs, and no person's details.

    Exit status 0: every record was joined (there may be exceptions to deal with); 1:
    some were not, or something is wrong; 2: a file cannot be read as a batch file, and
    nothing was written.
    """
    refuse_input(target, *inputs, *outputs, *reports)
    jobs = [_job(path) for path in reports]
    sent, back = [read(path) for path in inputs], [read(path) for path in outputs]
    if jobs and not outputs:
        texts = [job.error_file for job in jobs]
        back = [read(text.encode()) for text in texts if text]
        outputs = tuple(path for path, text in zip(reports, texts, strict=True) if text)
    elif not outputs:
        raise click.UsageError("give an output, or the report of a job")
    try:
        result = join(sent, back, by=by, uploaded=uploaded, jobs=jobs)
    except InvalidValue as error:
        raise click.UsageError(str(error)) from None
    is_readable = not result.report.fatal
    if is_readable:
        write_whole(target, result.table())
    if as_json:
        files = {"joined": str(target) if is_readable else None}
        show_json({**result.to_dict(), "files": files})
    else:
        _show_join(result, inputs, outputs)
        if is_readable:
            click.echo(f"The table: {target}")
    if not is_readable:
        raise SystemExit(2)
    if not result.is_complete:
        raise SystemExit(1)


def _job(path: Path) -> JobReport:
    """Read the report of a job."""
    try:
        return JobReport.read(path.read_bytes())
    except InvalidData as error:
        found = error.report[0]
    raise click.UsageError(f"{path.name}: {found.message}. {found.remedy}")


def _show_join(
    result: JoinResult, inputs: Sequence[Path], outputs: Sequence[Path]
) -> None:
    screen = console()
    total, done = len(result.records), len(result.joined)
    click.echo(f"{done:,} of {plural(total, 'record')} were joined to their output.")
    if result.accepted:
        named = plural(len(result.accepted), "record")
        click.echo(f"{named} no error file names: taken as done.")
    if result.is_synthetic:
        click.echo(NOT_REAL)
    rows = [
        (kind, path.name, fate.value.replace("_", " "), f"{n:,}")
        for kind, paths, counts in (
            ("sent", inputs, result.input_counts),
            ("output", outputs, result.output_counts),
        )
        for path, of_file in zip(paths, counts, strict=True)
        for fate, n in of_file.items()
        if n or fate is Fate.JOINED
    ]
    headings = ("", "File", "Records", "Number")
    screen.print(table(headings, rows, title="Every record, once", right=(3,)))
    words = {one.answer.code: one.answer for one in result.joined if one.answer}
    found = [
        (f"{n:,}", code, words[code or None].meaning, words[code or None].steps[0])
        for code, n in result.return_codes.items()
    ]
    if found:
        screen.print(
            table(
                ("Records", "Code", "What happened", "What to do"),
                found,
                title="What the outputs say; "
                f"{plural(len(result.exceptions), 'exception')} to deal with",
                right=(0,),
            )
        )
    if found or result.accepted:
        click.echo(result.assumed)
    show_findings(list(result.report))

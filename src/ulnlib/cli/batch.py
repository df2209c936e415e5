"""`ulnlib batch`: check a batch file, and run it against a register."""

from __future__ import annotations

__all__ = ["batch"]

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click
from rich.table import Table

from ulnlib.batch import (
    BatchFile,
    Happening,
    Matching,
    Reader,
    Record,
    RunResult,
    advise,
    ctf,
    detect,
    ilr,
    read,
    run,
)
from ulnlib.batch import open as open_batch
from ulnlib.cli.clock import AS_OF, now, today
from ulnlib.cli.files import refuse_input, whole_file, write_whole
from ulnlib.cli.findings import findings_table, refuse_file, show_findings
from ulnlib.cli.messages import Unreadable, read_lines
from ulnlib.cli.outputs import join_command, split_command
from ulnlib.cli.screen import (
    JSON_OPTION,
    NOT_REAL,
    console,
    plural,
    progress,
    show_json,
    table,
)
from ulnlib.codes import JobType, ReturnCode, parse_code
from ulnlib.errors import InvalidData
from ulnlib.issues import Issue, Report, Severity, issue_codes
from ulnlib.register import Register
from ulnlib.rules.restrictions import PROHIBITED_WORDS

_ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "ISO-8859-1"}

_SHOWN = 20
"""So many rows are named one by one."""

_DEFECTS = 6
"""So many kinds of defect are shown after a run."""

_WHAT_IT_IS = (
    "Everybody in education keeps one Unique Learner Number (ULN) for life.\n"
    "This run looked up each learner of a college's file in the register of ULNs."
)
_WHO_GETS_ONE = "Learners who are surely not there yet were registered and got a ULN."

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.Path(path_type=Path, dir_okay=False)


@click.group()
def batch() -> None:
    """Check LRB batch files, and run them against a register."""


batch.add_command(split_command)
batch.add_command(join_command)


# --- check ------------------------------------------------------------------------


@batch.command("check")
@click.argument("path", type=_FILE, metavar="FILE")
@AS_OF
@click.option(
    "--advice",
    is_flag=True,
    help="Say what should stand in names, addresses and the like instead; slower.",
)
@click.option(
    "--prohibited-words",
    "words_path",
    type=_FILE,
    metavar="LIST",
    help="Texts the LRS prohibits, one on each line; implies --advice.",
)
@click.option(
    "--prohibited-postcodes",
    "postcodes_path",
    type=_FILE,
    metavar="LIST",
    help="Postcodes the LRS prohibits, one on each line; implies --advice.",
)
@click.option("-o", "--output", type=_OUT, help="Write all findings to a CSV table.")
@click.option("--reveal", is_flag=True, help="Show the texts found wrong: personal!")
@JSON_OPTION
def check_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    as_of: dt.date | None,
    words_path: Path | None,
    postcodes_path: Path | None,
    output: Path | None,
    *,
    advice: bool,
    reveal: bool,
    as_json: bool,
) -> None:
    """Say whether the LRS would take a batch file, and what to mend in it.

    It also reads verify and achievement files, pupils of a CTF, and of an ILR the ULNs.

    The LRS's lists of prohibited words and postcodes are not published with the
    documents known here: give yours.

    Exit status 0: no errors (there may be warnings); 1: errors; 2: the file cannot be
    read as a batch file.
    """
    day = as_of or today()
    if output is not None:
        refuse_input(output, *filter(None, (path, words_path, postcodes_path)))
    advised = None
    if advice or words_path is not None or postcodes_path is not None:
        advised = _adviser(day, words_path, postcodes_path)
    look = _OTHERS.get(detect(path).kind or "", _look_at_batch)
    summary, found = look(path, day, advised)
    found.sort(key=lambda pair: pair[0].row or 0)
    issues = [item for item, _ in found]
    texts = [text for _, text in found] if reveal else None
    if as_json:
        show_json(_check_as_dict(summary, issues, day))
    else:
        _show_check(summary, issues, texts, day)
    if output is not None:
        write_whole(output, findings_table(issues))
        if not as_json:
            click.echo(f"All findings: {output}")
    severities = {item.severity for item in issues}
    if Severity.FATAL in severities:
        raise SystemExit(2)
    if Severity.ERROR in severities:
        raise SystemExit(1)


class _Summary(NamedTuple):
    """What is said of a file beside its findings.

    Attributes:
        name: Its name.
        layout: What it is; None for a file that could not be read.
        evidence: How sure that layout is.
        encoding: The encoding of its text.
        records: How many records it has.
        noun: What a record is called.
        has_ages: Whether ages were counted.
    """

    name: str
    layout: str | None
    evidence: str | None
    encoding: str
    records: int
    noun: str = "learner"
    has_ages: bool = False


_Advised = Callable[[Record], Report] | None
_Looked = tuple[_Summary, list[tuple[Issue, str]]]


def _look_at_batch(path: Path, day: dt.date, advised: _Advised) -> _Looked:
    with open_batch(path, as_of=day) as reader:
        found = list(_findings(reader, advised))
        layout = reader.layout
        of_learners = layout is not None and layout.is_of_learners
        summary = _Summary(
            name=reader.name or path.name,
            layout=None if layout is None else str(layout),
            evidence=None if layout is None else layout.evidence,
            encoding=reader.style.encoding,
            records=reader.record_count,
            noun="learner" if of_learners else "record",
            has_ages=of_learners,
        )
    return summary, found


def _look_at_ilr(path: Path, _: dt.date, __: _Advised) -> _Looked:
    found = ilr.check(path)
    kind = None if found.year is None else f"ILR {found.year}"
    summary = _Summary(path.name, kind, "observed", "utf-8", found.learners)
    return summary, [(item, found.reference_at(item) or "") for item in found.report]


def _look_at_ctf(path: Path, day: dt.date, advised: _Advised) -> _Looked:
    file = ctf.read(path, as_of=day)
    summary = _Summary(
        path.name, "CTF", "assumed", "utf-8", len(file.records), "pupil", has_ages=True
    )
    found = [(item, "") for item in file.report if item.row is None]
    for record in file.records:
        more = () if advised is None else advised(record)
        found += [
            (item, getattr(record.learner, item.field or "", None) or "")
            for item in (*record.issues, *more)
        ]
    return summary, found


_OTHERS = {"ILR": _look_at_ilr, "CTF": _look_at_ctf}
"""How files are looked at that are no batch files, by kind."""


def _findings(
    reader: Reader, advised: Callable[[Record], Report] | None
) -> Iterator[tuple[Issue, str]]:
    """Find what is wrong and where; each with the text that it is about."""
    for record in progress(reader, "Checking"):
        found = [*record.issues, *(() if advised is None else advised(record))]
        for item in found:
            yield item, getattr(record.learner, item.field or "", None) or ""
    for item in reader.findings:
        yield item, ""


def _adviser(
    day: dt.date, words_path: Path | None, postcodes_path: Path | None
) -> Callable[[Record], Report]:
    words = PROHIBITED_WORDS.extended(_list(words_path))
    return partial(
        advise,
        as_of=day,
        prohibited_words=words,
        prohibited_postcodes=_list(postcodes_path),
    )


def _list(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        return read_lines(path.read_bytes())
    except Unreadable as error:
        click.echo(f"ulnlib: {path}: {error}", err=True)
        raise SystemExit(2) from None


def _check_as_dict(
    summary: _Summary, issues: Sequence[Issue], day: dt.date
) -> dict[str, object]:
    severities = Counter(item.severity for item in issues)
    return {
        "version": 1,
        "kind": "batch-check",
        "layout": summary.layout,
        "layout_evidence": None if summary.layout is None else summary.evidence,
        "as_of": day.isoformat(),
        "encoding": summary.encoding,
        "records": summary.records,
        "fatal": severities[Severity.FATAL],
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "issues": [item.to_dict() for item in issues],
    }


def _show_check(
    summary: _Summary,
    issues: Sequence[Issue],
    revealed: Sequence[str] | None,
    day: dt.date,
) -> None:
    if summary.layout is not None:
        encoding = _ENCODINGS.get(summary.encoding, "mixed encodings")
        records = plural(summary.records, summary.noun)
        ages = f"; ages counted on {day.isoformat()}" if summary.has_ages else ""
        click.echo(f"{summary.name}: {summary.layout}, {records}, {encoding}{ages}")
        if summary.evidence == "assumed":
            click.echo("The layout of this version is not public; it is assumed here.")
    if not issues:
        click.echo("Nothing is wrong with it.")
        return
    show_findings(issues, texts=revealed)
    severities = Counter(item.severity for item in issues)
    click.echo(
        f"{plural(severities[Severity.FATAL] + severities[Severity.ERROR], 'error')}, "
        f"{plural(severities[Severity.WARNING], 'warning')}."
    )


# --- run --------------------------------------------------------------------------


@batch.command("run")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option(
    "--register",
    "register_path",
    type=_FILE,
    required=True,
    help="The register file; make one with 'ulnlib register build'.",
)
@click.option(
    "--job",
    type=click.Choice([job.value for job in JobType], case_sensitive=False),
    default=JobType.CHECK.value,
    show_default=True,
    help="CHK writes nothing to the register; FUL registers and updates.",
)
@click.option(
    "--matching",
    type=click.Choice([way.value for way in Matching]),
    default=Matching.SERVICE.value,
    show_default=True,
    help="service: as the real service, as far as it is known; appendix-b: with every "
    "tolerance of the guide, which may add exceptions and candidates.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the output files; that of FILE by default.",
)
@AS_OF
@click.option(
    "--lenient",
    is_flag=True,
    help="Go on although the file as a whole has errors (headings, record count).",
)
@JSON_OPTION
def run_command(  # noqa: PLR0913, PLR0917  # the options of the command
    path: Path,
    register_path: Path,
    job: str,
    matching: str,
    output: Path | None,
    as_of: dt.date | None,
    *,
    lenient: bool,
    as_json: bool,
) -> None:
    """Find or make the ULN of every learner in a batch file.

    Writes two files: NAME_OUTPUT.CSV, the input with ULNs and return codes, and
    NAME_EXCEPTIONS.csv, a table of what needs a person and what to do about it.

    Exit status 0: done (there may be exceptions); 2: the file was refused or could not
    be dealt with, and the register is as it was, unless it says otherwise.
    """
    day = as_of or today()
    if not register_path.stat().st_size:
        raise click.UsageError(f"{register_path} is empty; it is no register")
    folder = output or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    file = read(path, as_of=day)
    with ExitStack() as stack:
        register = stack.enter_context(
            Register.open(register_path, read_only=job == JobType.CHECK.value)
        )
        mark = "_SYNTHETIC" if register.is_synthetic else ""
        out = folder / f"{path.stem}{mark}_OUTPUT.CSV"
        exceptions = folder / f"{path.stem}{mark}_EXCEPTIONS.csv"
        for one in (out, exceptions):
            refuse_input(one, path, register_path)
        # Opened before anything is changed: a folder that cannot be written stops
        # here. They get their names when both are complete.
        to_load = stack.enter_context(whole_file(out))
        to_do = stack.enter_context(whole_file(exceptions))
        try:
            result = run(
                file,
                register,
                job=job,
                as_of=day,
                matching=matching,
                at=now(),
                lenient=lenient,
            )
        except InvalidData as refused:
            refuse_file(path, refused.report, as_json=as_json)
            raise SystemExit(2) from None
        learners = len(register)
        with _after_the_run(result):
            to_load.write(result.output())
            to_do.write(result.exceptions_table())
            stack.close()
    if as_json:
        files = {"output": str(out), "exceptions": str(exceptions)}
        show_json({**result.to_dict(), "files": files})
    else:
        _show_run(result, file, learners, out, exceptions)


@contextmanager
def _after_the_run(result: RunResult) -> Iterator[None]:
    """Say what stands when the files cannot be written although the run is done."""
    try:
        yield
    except OSError:
        if result.job is JobType.FULL:
            click.echo(
                "ulnlib: the register was updated, but the output files could not be "
                "written. Run the same file again: you get the result of this run, and "
                "nobody is registered twice.",
                err=True,
            )
        raise


def _show_run(
    result: RunResult, file: BatchFile, learners: int, out: Path, exceptions: Path
) -> None:
    screen = console()
    total = len(result.results)
    needs = len(result.exceptions)
    click.echo(_WHAT_IT_IS)
    if result.job is JobType.FULL:
        click.echo(_WHO_GETS_ONE)
    click.echo("")
    ukprn = file.values.ukprn or ""
    # Where columns have slipped, another text may stand there: show numbers only.
    provider = f" of provider {ukprn}" if ukprn.isdigit() else ""
    click.echo(f"{file.name}: {plural(total, 'learner')}{provider}")
    if result.is_repeated:
        click.echo(
            "This file was run before: here is the result of that run. "
            "Nobody was registered twice."
        )
    if result.job is JobType.CHECK:
        click.echo("Job CHK: the register was searched and not changed.")
    click.echo("")
    done = [
        (h, n) for h, n in result.happenings.items() if not _is_exception(result, h)
    ]
    left = [(h, n) for h, n in result.happenings.items() if _is_exception(result, h)]
    screen.print(_happenings(f"{total - needs} of {total} are done", result, done))
    if left:
        title = f"{needs} need a person, by {result.due.day} {result.due:%B %Y}"
        screen.print(_happenings(title, result, left))
    defects = Counter(item.code for one in result.exceptions for item in one.issues)
    if defects:
        frequent = sorted(defects.items(), key=lambda kv: (-kv[1], kv[0]))
        rows = [
            (f"{count:,}", issue_codes()[code].meaning, issue_codes()[code].remedy)
            for code, count in frequent[:_DEFECTS]
        ]
        screen.print(
            table(
                ("Times", "What is wrong in the rows", "What to do"),
                rows,
                title="The most frequent defects",
                right=(0,),
            )
        )
        if len(frequent) > _DEFECTS:
            click.echo(
                f"{len(frequent) - _DEFECTS} more kinds of defect are in the table of "
                "exceptions.\n"
            )
    counts = ", ".join(f"{count} {name.value}" for name, count in result.counts.items())
    click.echo(f"In the LRS's own counts: {counts}.")
    click.echo(f"The register now holds {plural(learners, 'record')}.")
    click.echo("")
    kept = [str(one.record.row) for one in result.results if one.share_kept]
    if kept:
        click.echo(
            f"{plural(len(kept), 'learner')} found keep their ability to share: "
            f"it cannot go back to 0 (rows {', '.join(kept[:_SHOWN])})."
        )
        click.echo("")
    click.echo(f"ULNs to load into your system:  {out}")
    click.echo("  (load only the rows with return codes RC001 to RC005)")
    click.echo(f"What needs a person, and why:   {exceptions}")
    if result.is_synthetic:
        click.echo("")
        click.echo(NOT_REAL)


def _is_exception(result: RunResult, happening: Happening) -> bool:
    code = parse_code(ReturnCode, result.return_codes[happening])
    return not isinstance(code, ReturnCode) or code.is_exception


def _happenings(
    title: str, result: RunResult, rows: Sequence[tuple[Happening, int]]
) -> Table:
    ordered = sorted(rows, key=lambda row: (result.return_codes[row[0]], -row[1]))
    return table(
        ("Learners", "Code", "What happened", "What to do"),
        [(f"{n:,}", result.return_codes[h], h.meaning, h.remedy) for h, n in ordered],
        title=title,
        right=(0,),
    )

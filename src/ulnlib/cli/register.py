"""`ulnlib register`: make a register file, and search it."""

from __future__ import annotations

__all__ = ["register"]

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ulnlib.batch import Record
from ulnlib.batch import open as open_batch
from ulnlib.cli.clock import now
from ulnlib.cli.files import refuse_input
from ulnlib.cli.rows import why_passed_over
from ulnlib.cli.screen import JSON_OPTION, NOT_REAL, plural, progress, show_json
from ulnlib.cli.search import calibrate_command, search_command
from ulnlib.errors import RegisterRefused
from ulnlib.issues import Report
from ulnlib.learner import Learner
from ulnlib.register import Register


@click.group()
def register() -> None:
    """Make and search registers: files that hold learners and their ULNs."""


register.add_command(search_command)
register.add_command(calibrate_command)


@register.command("build")
@click.argument(
    "path", type=click.Path(path_type=Path, dir_okay=False), metavar="REGISTER"
)
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="[FILE]...",
)
@click.option(
    "--synthetic",
    type=click.IntRange(min=1),
    metavar="N",
    help="Fill it with N invented learners instead of files.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Which invented learners."
)
@click.option("--replace", is_flag=True, help="Overwrite REGISTER when it is there.")
@JSON_OPTION
def build_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    files: Sequence[Path],
    synthetic: int | None,
    seed: int,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Make a register file from LRB files whose learners have ULNs.

    \b
    ulnlib register build college.db output1.CSV output2.CSV
    ulnlib register build try-out.db --synthetic 20000

    Only rows without errors are loaded and, of an output file of the service, only
    those that are no exceptions.
    The register is complete or not there: it is built beside its place and renamed.
    """  # noqa: D301  # click reads the backspace
    if bool(files) == bool(synthetic):
        raise click.UsageError("give files, or --synthetic N")
    if path.exists():
        if not replace:
            raise click.UsageError(f"{path} is there already; --replace overwrites it")
        refuse_input(path, *files)
        Register.open(path, read_only=True).close()  # only a register is overwritten
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    skipped = 0
    merged = 0
    try:
        is_synthetic = bool(synthetic) or _are_invented(files)
        with Register.open(beside, synthetic=is_synthetic) as made:
            if synthetic:
                merged = _fill(made, synthetic, seed)
            else:
                skipped = _load(made, files)
            held = len(made)
        beside.replace(path)
    finally:
        for left in (beside, *_companions(beside)):
            with contextlib.suppress(OSError):
                left.unlink()
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "register-build",
                "register": str(path),
                "records": held,
                "merged": merged,
                "skipped": skipped,
                "is_synthetic": is_synthetic,
            }
        )
        return
    click.echo(f"{path}: {plural(held, 'record')}")
    if skipped:
        rows = plural(skipped, "row")
        click.echo(f"{rows} without a ULN of their own, or with errors, left out.")
    if merged:
        click.echo(f"{merged} of them are merged into another, as happens in life.")
    if is_synthetic:
        click.echo(NOT_REAL)


def _companions(path: Path) -> Iterator[Path]:
    for ending in ("-wal", "-shm", "-journal"):
        yield path.with_name(path.name + ending)


def _fill(made: Register, size: int, seed: int) -> int:
    """Fill a register with invented learners, some of them merged."""
    from ulnlib.testing import merges, population

    people = population(size, seed=seed)
    made.add_many(progress(people, "Making learners", size), at=now())
    pairs = list(merges(population(size, seed=seed), seed=seed))
    for linked, master in pairs:
        made.merge(linked, into=master, at=now())
    return len(pairs)


def _are_invented(files: Sequence[Path]) -> bool:
    """Say whether the ULNs of the files are invented ones, of a synthetic register."""
    marked = []
    for file in files:
        with open_batch(file) as reader:
            next(reader, None)
            marked.append(reader.values.is_synthetic)
    if any(marked) and not all(marked):
        raise RegisterRefused(
            "synthetic",
            "some of the files have invented ULNs (row 2 says so) and some have real "
            "ones; build a register of each",
        )
    return any(marked)


def _load(made: Register, files: Sequence[Path]) -> int:
    """Load the learners of files who have ULNs; return how many rows are left out."""
    skipped = 0

    def learners() -> Iterator[Learner]:
        nonlocal skipped
        for file in files:
            for record in _records(file):
                if why_passed_over(record) is None:
                    yield record.learner
                else:
                    skipped += 1

    try:
        made.add_many(learners(), at=now())
    except RegisterRefused as refused:
        if refused.code != "uln-present":
            raise
        # Where it stands is looked up only now: millions of rows are not remembered.
        raise _second_row(files, refused) from None
    return skipped


def _records(file: Path) -> Iterator[Record]:
    """Yield the records of a file; refuse it at its end when it has errors."""
    with open_batch(file) as reader:
        yield from progress(reader, f"Loading {file.name}")
        wrong = Report(reader.findings).errors
        whole = [str(item) for item in wrong if item.kind == "file"]
        if reader.layout is not None and not reader.layout.is_of_learners:
            # What it says of a ULN is a claim, or an award, and no record.
            whole.append("it is no LRB file")
        if whole:
            raise RegisterRefused(
                "file-has-errors",
                f"{file.name} was not loaded: {'; '.join(whole)}",
            )


def _second_row(files: Sequence[Path], refused: RegisterRefused) -> RegisterRefused:
    """Say where a ULN stands for the second time."""
    loaded: dict[str, tuple[str, int]] = {}
    for file in files:
        for record in _records(file):
            if why_passed_over(record) is not None:
                continue
            uln = record.learner.uln or ""
            if uln in loaded:
                first, row = loaded[uln]
                return RegisterRefused(
                    "duplicate-uln",
                    f"{file.name}, row {record.row}: the ULN stands in {first}, row "
                    f"{row} already; keep one of the rows",
                )
            loaded[uln] = file.name, record.row
    return refused

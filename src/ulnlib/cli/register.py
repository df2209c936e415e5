"""`ulnlib register`: make a register file."""

from __future__ import annotations

__all__ = ["register"]

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ulnlib.batch import open as open_batch
from ulnlib.cli.clock import now
from ulnlib.cli.screen import JSON_OPTION, NOT_REAL, plural, progress, show_json
from ulnlib.errors import RegisterRefused
from ulnlib.learner import Learner
from ulnlib.register import Register


@click.group()
def register() -> None:
    """Make registers: files that hold learners and their ULNs."""


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
    r"""Make a register file from LRB files whose learners have ULNs.

    \b
    ulnlib register build college.db output1.CSV output2.CSV
    ulnlib register build try-out.db --synthetic 20000

    The file is complete or not there: it is built beside its place and renamed.
    """
    if bool(files) == bool(synthetic):
        raise click.UsageError("give files, or --synthetic N")
    if path.exists() and not replace:
        raise click.UsageError(f"{path} is there already; --replace overwrites it")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    skipped = 0
    merged = 0
    try:
        with Register.open(beside, synthetic=bool(synthetic)) as made:
            if synthetic:
                merged = _fill(made, synthetic, seed)
            else:
                for file in files:
                    skipped += _load(made, file)
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
                "is_synthetic": bool(synthetic),
            }
        )
        return
    click.echo(f"{path}: {plural(held, 'record')}")
    if skipped:
        click.echo(f"{plural(skipped, 'row')} without a valid ULN left out.")
    if merged:
        click.echo(f"{merged} of them are merged into another, as happens in life.")
    if synthetic:
        click.echo(NOT_REAL)


def _companions(path: Path) -> Iterator[Path]:
    for ending in ("-wal", "-shm", "-journal"):
        yield path.with_name(path.name + ending)


def _fill(made: Register, size: int, seed: int) -> int:
    """Fill a register with invented learners, some of them merged."""
    from ulnlib.testing import merges, population

    people = population(size, seed=seed)
    for _ in made.add_many(progress(people, "Making learners", size), at=now()):
        pass
    pairs = list(merges(population(size, seed=seed), seed=seed))
    for linked, master in pairs:
        made.merge(linked, into=master, at=now())
    return len(pairs)


def _load(made: Register, path: Path) -> int:
    """Load the learners of a batch file that have ULNs; return how many have none."""
    skipped = 0

    def learners() -> Iterator[Learner]:
        nonlocal skipped
        with open_batch(path) as reader:
            for record in progress(reader, f"Loading {path.name}"):
                if record.learner.uln is None or any(
                    item.field == "uln" for item in record.issues
                ):
                    skipped += 1
                else:
                    yield record.learner
            if reader.layout is None:
                found = "; ".join(str(item) for item in reader.findings)
                raise RegisterRefused("not-a-batch-file", f"{path.name}: {found}")

    for _ in made.add_many(learners(), at=now()):
        pass
    return skipped

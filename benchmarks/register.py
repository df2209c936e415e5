"""Building and searching registers, and the whole command; absolute figures."""

from __future__ import annotations

__all__ = ["figures"]

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.harness import Figure, fastest, percentile
from ulnlib import Learner, Register
from ulnlib.testing import population

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "LRB_10012345_211120260900.CSV"

_QUERIES = 2_000
_SHARES = {"exact": 0.6, "one changed": 0.9}  # and the rest for nobody


def _build(path: Path, people: list[Learner]) -> None:
    path.unlink(missing_ok=True)
    with Register.open(path, synthetic=True) as register:
        for _ in register.add_many(people):
            pass


def _queries(people: list[Learner], chance: Random) -> Iterator[Learner]:
    """Yield whom to look for: known people, misspelt ones, and strangers."""
    for _ in range(_QUERIES):
        asked = chance.choice(people).evolve(uln=None)
        kind = chance.random()
        if kind < _SHARES["exact"]:
            yield asked
        elif kind < _SHARES["one changed"]:
            yield asked.evolve(given_name=f"{asked.given_name}x")
        else:
            yield asked.evolve(given_name="Nobody", family_name="Anybody")


def _search(path: Path, people: list[Learner]) -> list[float]:
    chance = Random(2026)  # noqa: S311  # for measuring
    seconds = []
    with Register.open(path, read_only=True) as register:
        for query in list(_queries(people, chance)):
            start = time.perf_counter()
            register.search(query)
            seconds.append(time.perf_counter() - start)
    return seconds


def _registers(
    folder: Path, sizes: tuple[int, ...], calibration: float
) -> Iterator[Figure]:
    for size in sizes:
        path = folder / f"{size}.db"
        people = list(population(size))
        seconds = fastest(lambda: _build(path, people), rounds=3)  # noqa: B023
        yield Figure.absolute(
            f"A register of {size:,} learners built in a file, learners made before",
            seconds,
            calibration,
            f"{size / seconds:,.0f} a second; {path.stat().st_size / size:,.0f} bytes "
            "a record in the file",
        )
        runs = [_search(path, people) for _ in range(3)]
        for share, name in ((0.50, "p50"), (0.99, "p99")):
            yield Figure.absolute(
                f"A search in it, {name} of {_QUERIES:,}",
                min(percentile(run, share) for run in runs),
                calibration,
            )


def _command(folder: Path, size: int, calibration: float) -> Iterator[Figure]:
    built = folder / f"{size}.db"
    register = folder / "register.db"
    script = "from ulnlib.cli import main; main()"
    command = [sys.executable, "-c", script, "batch", "run", str(EXAMPLE)]
    command += ["--register", str(register), "--job", "FUL"]
    command += ["--as-of", "2026-11-21", "-o", str(folder)]

    def run() -> float:
        shutil.copyfile(built, register)
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
        return time.perf_counter() - start

    rows = EXAMPLE.read_bytes().count(b"\n") - 1
    yield Figure.absolute(
        f"`ulnlib batch run` of the example ({rows} lines) with job FUL against a "
        f"register of {size:,}, the whole command",
        min(run() for _ in range(5)),
        calibration,
    )


def figures(
    folder: Path, *, sizes: tuple[int, ...], calibration: float
) -> Iterator[Figure]:
    """Yield the figures of registers and of the command.

    Args:
        folder: Where the files are made.
        sizes: How many learners the registers hold; the command runs on the first.
        calibration: The seconds of the calibration loop.
    """
    yield from _registers(folder, sizes, calibration)
    yield from _command(folder, sizes[0], calibration)

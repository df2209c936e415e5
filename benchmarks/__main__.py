"""Measure, print, and write docs/reference/benchmarks.md.

    python -m benchmarks [--date YYYY-MM-DD] [--quick]

`--quick` measures little, for a look, and writes no page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import imports, lrb, numbers, plr, register, sound, xml
from benchmarks.harness import (
    CALIBRATION,
    Figure,
    calibrate,
    environment,
    text,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
PEERS = ("python-stdnum", "attrs", "jellyfish", "lxml", "names", "Faker")

INTRODUCTION = """\
# Benchmarks

Figures of one run of `make bench`, which writes this page. They are ratios wherever
there is a peer, or raw work, to compare with: both are run in alternation and the
bests are compared; *rounds* says between which values the ratios of single rounds
lay. A bound is what the library promises. No test measures time.

Absolute figures hold for one machine, which other work may have used meanwhile.
Beside them stands how many *calibration loops* they are: a fixed loop in plain
Python, {turns:,} turns, that took {loop} here.
"""


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip()


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--", "src", "benchmarks")
    return f"{commit}, with changes" if changed else commit


def _measure(
    folder: Path, calibration: float, *, quick: bool
) -> Iterator[tuple[str, Figure]]:
    size = 5_000 if quick else 100_000
    rounds = 3 if quick else 7
    sizes = (20_000,) if quick else (20_000, 100_000)
    for figure in numbers.figures(size=size, rounds=rounds + 2):
        yield "ULNs", figure
    for figure in lrb.figures(folder, size=size, rounds=rounds):
        yield "Batch files", figure
    for figure in xml.figures(folder, size=2 * size, rounds=rounds):
        yield "XML files", figure
    records = 1_000 if quick else plr.RECORDS
    for figure in plr.figures(rounds=rounds, calibration=calibration, records=records):
        yield "Learning records", figure
    for figure in imports.figures(pairs=5 if quick else 25):
        yield "Import", figure
    for figure in register.figures(folder, sizes=sizes, calibration=calibration):
        yield "Register and command", figure
    for figure in sound.figures(
        rounds=rounds, calibration=calibration, held_out=not quick
    ):
        yield "Sound", figure


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.what,
        figure.found,
        figure.detail,
        figure.spread,
        figure.bound,
        figure.verdict,
    )


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    kept = [n for n in range(len(headings)) if any(row[n] for row in rows)]
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line[n] for n in kept) + " |" for line in lines)


def _page(
    facts: Sequence[tuple[str, str]],
    found: Sequence[tuple[str, Figure]],
    calibration: float,
) -> str:
    parts = [
        INTRODUCTION.format(turns=CALIBRATION, loop=text(calibration)),
        _table(("Run", ""), facts),
    ]
    headings = ("What", "Found", "Behind it", "Rounds", "Bound", "")
    for section in dict.fromkeys(name for name, _ in found):
        rows = [_cells(figure) for name, figure in found if name == section]
        parts += [f"## {section}", _table(headings, rows)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> int:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--date", help="the date for the page; today by default")
    parser.add_argument("--quick", action="store_true", help="little, and no page")
    arguments = parser.parse_args()
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251  # tools may read it
    facts = [
        ("Date", arguments.date or today.isoformat()),
        ("Commit", _commit()),
        ("Command", "`make bench`, or `python -m benchmarks`"),
        *environment(PEERS),
    ]
    for name, value in facts:
        print(f"{name}: {value}")
    calibration = calibrate()
    print(f"Calibration loop: {text(calibration)}\n")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for section, figure in _measure(
            Path(folder), calibration, quick=arguments.quick
        ):
            found.append((section, figure))
            print("\n  ".join(cell for cell in _cells(figure) if cell), flush=True)
    if not arguments.quick:
        page = _page(facts, found, calibration)
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        print(f"\nWritten: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Reading and writing batch files, against the `csv` module that does no more.

The files hold invented people with as much filled in as an enrolment has; ULNs stand
in a part of the rows, as with learners who come back.
"""

from __future__ import annotations

__all__ = [
    "figures",
    "findings",
    "learners",
    "peak_of",
    "read_and_check",
    "write_file",
]

import csv
import datetime as dt
import io
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.harness import Figure, compare, fastest, text
from ulnlib import Learner, batch
from ulnlib.matching import five_of
from ulnlib.testing import population

AS_OF = dt.date(2026, 11, 21)

EXPECTED = {"too-many-records", "version-withdrawn"}
"""What a file without defects may have: it holds more than one upload may."""

PORTAL = 5_000
"""So many records one upload may have."""

_WITH_ULN = 0.6


def learners(size: int) -> list[Learner]:
    """Return invented learners, all different, with nothing wrong with them."""
    found: list[Learner] = []
    seen = set()
    for one in population(size + size // 50 + 100, as_of=AS_OF):
        five = five_of(one)
        # Who has no address has a remark, too.
        if five in seen or len(found) == size or one.postcode == "ZZ99 9ZZ":
            continue
        seen.add(five)
        place = len(found)
        withdrawn = one.ability_to_share == "2"  # 3A does not take it
        found.append(
            one.evolve(
                uln=one.uln if place % 10 < _WITH_ULN * 10 else None,
                mis_identifier=f"{place:08}",
                ability_to_share="1" if withdrawn else one.ability_to_share,
            )
        )
    assert len(found) == size
    return found


_DEFECTS: tuple[dict[str, str | None], ...] = (
    {"uln": "1000000042"},
    {"date_of_birth": "04/05/2008"},
    {"gender": "F"},
    {"postcode": "za1 1ab"},
    {"email": "none"},
    {"given_name": None},
    {"upn": "H8.01E+11"},
    {"family_name": "x" * 36},
    {"verification_type": "8"},
    {"address_line_1": "Flat 1\r\n2 High Street"},
    {"date_of_birth": "2024-05-04"},
    {"town": "Zo\ufffd"},
)


def _with_defects(people: list[Learner]) -> list[Learner]:
    """Return the learners with a defect in every tenth, of all kinds in turn."""
    return [
        one.evolve(**_DEFECTS[n // 10 % len(_DEFECTS)]) if n % 10 == 5 else one
        for n, one in enumerate(people)
    ]


def write_file(
    path: Path, people: list[Learner], layout: batch.Layout, quoting: str = "minimal"
) -> None:
    """Write a file, and see that it is what it should be."""
    made = batch.make(people, ukprn="10012345", file_name="bench", layout=layout)
    styled = batch.BatchFile(
        layout=made.layout,
        values=made.values,
        records=made.records,
        style=batch.Style(quoting=quoting),
    )
    path.write_bytes(batch.write(styled))


def read_and_check(path: Path) -> int:
    """Stream a file, in CSV or XML, and return how many records it has."""
    count = 0
    with batch.open(path, as_of=AS_OF) as reader:
        for _ in reader:
            count += 1
    return count


def _only_split(path: Path) -> int:
    count = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for _ in csv.reader(lines):
            count += 1
    return count


def findings(path: Path) -> tuple[int, set[str]]:
    """Return how many rows have findings, and which codes there are."""
    rows, codes = 0, set()
    with batch.open(path, as_of=AS_OF) as reader:
        for record in reader:
            rows += bool(record.issues)
            codes |= {item.code for item in record.issues}
        codes |= {item.code for item in reader.findings}
    return rows, codes


def peak_of(path: Path) -> int:
    """Return the greatest number of bytes in use while a file is streamed."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    read_and_check(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before


def _writing(people: list[Learner], rounds: int) -> Figure:
    """Compare writing with the `csv` module that is given the same cells."""
    file = batch.make(people, ukprn="10012345", file_name="bench")
    headings = batch.LRB_3A.headings
    cells = [
        [value or "" for value in (*["" for _ in range(4)], *one.values())]
        for one in people
    ]

    def bare() -> bytes:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(headings)
        writer.writerows(cells)
        return out.getvalue().encode("utf-8")

    found = compare(lambda: batch.write(file), bare, rounds=rounds)
    what = f"`batch.write` to `csv.writer`, {len(people):,} records"
    return Figure.longer(what, found, 5)


def _checking(path: Path, rounds: int) -> Figure:
    """Return how long the command takes for a file of the portal's size, in all."""
    script = "from ulnlib.cli import main; main()"
    command = [sys.executable, "-c", script, "batch", "check", str(path)]
    command += ["--as-of", AS_OF.isoformat()]

    def check() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command

    seconds = fastest(check, rounds=rounds)
    return Figure(
        f"`ulnlib batch check` of {PORTAL:,} records, the start of Python included",
        text(seconds),
        bound="at most 1.5 s",
        is_met=seconds <= 1.5,
    )


def figures(folder: Path, *, size: int, rounds: int) -> Iterator[Figure]:
    """Yield the figures of reading batch files.

    Args:
        folder: Where the files are made.
        size: How many records a file has.
        rounds: How often each is measured.
    """
    people = learners(size)
    cases = (
        ("2A, quotes where needed, clean", people, batch.LRB_2A, "minimal", 5),
        ("3A, quotes where needed, clean", people, batch.LRB_3A, "minimal", 5),
        ("3A, every cell in quotes, clean", people, batch.LRB_3A, "all", 5),
        (
            "3A, quotes where needed, a defect in every tenth row",
            _with_defects(people),
            batch.LRB_3A,
            "minimal",
            10,
        ),
    )
    path = folder / "LRB_10012345_211120260900.CSV"
    for label, given, layout, quoting, most in cases:
        write_file(path, given, layout, quoting)
        rows, codes = findings(path)
        if given is people:
            assert codes <= EXPECTED, codes
        else:
            assert rows == size // 10, rows
        found = compare(
            lambda: read_and_check(path), lambda: _only_split(path), rounds=rounds
        )
        yield Figure.longer(
            f"`batch.open` to `csv.reader`, {size:,} records read, checked and made "
            f"learners, {label}",
            found,
            most,
        )
    yield _writing(people, rounds)
    write_file(path, people[:PORTAL], batch.LRB_3A)
    yield _checking(path, rounds)
    write_file(path, people, batch.LRB_3A)
    peak = peak_of(path)
    write_file(path, list(islice(people, size // 10)), batch.LRB_3A)
    small = peak_of(path)
    each = (peak - small) / (size - size // 10)
    yield Figure(
        f"Memory of streaming {size:,} records, keeping none",
        f"{each:.0f} bytes a record",
        f"peak {peak / 2**20:.1f} MiB; {small / 2**20:.1f} MiB with a tenth of them",
        bound="at most 100 bytes",
        is_met=each <= 100,
    )

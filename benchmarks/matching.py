"""How well and how quickly a learner is found; writes a page of its own.

    python -m benchmarks.matching [--size N] [--trials N] [--date YYYY-MM-DD] [--quick]
    python -m benchmarks.matching --large [--size N] [--keep FOLDER]

It builds a register of N learners from a CSV file, searches it warm and cold, asks it
hostile questions, and runs trials whose answers are known. FEBRL4 is measured beside
recordlinkage and Splink where they are installed (`pip install --group bench-peers`).
`--quick` measures little and writes no page; `--large` builds and searches only, and
writes another page. `--keep` leaves the register in a folder, where another run finds
it and what building it took.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from random import Random

import attrs

from benchmarks import febrl
from benchmarks.__main__ import _cells, _commit, _table
from benchmarks.harness import Figure, calibrate, environment, percentile, text
from ulnlib import Learner, Query, Register
from ulnlib.batch import LRB_3A
from ulnlib.matching import Match, Outcome, Policy, SearchResult
from ulnlib.testing import population
from ulnlib.testing.trials import Trial, trials

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks-matching.md"
PAGE_LARGE = ROOT / "docs" / "reference" / "benchmarks-matching-large.md"
PEERS = ("attrs", "jellyfish")
SEED = 11
_POPULATION = 9_000_000  # so many numbers has the test range, a little more
_LARGE = 10_000_000
_NATION = 14_166_906

INTRODUCTION = """\
# Benchmarks of matching

You see here how well and how quickly a learner is found.
The figures are those of one run of `python -m benchmarks.matching`.
A bound is what the library promises; no test measures time.

Absolute times hold for one machine, which other work may have used meanwhile.
Beside them stands how many *calibration loops* they are: {loop} each, here.
The people are invented (`ulnlib.testing`), and so are their mistakes.
Their tables are not those of the matcher.
"""

INTRODUCTION_LARGE = """\
# Benchmarks of a large register

You see here how a register of the size of a nation is built and searched.
The figures are those of one run of `python -m benchmarks.matching --large`.
A bound is what the library promises; no test measures time.

Absolute times hold for one machine, which other work may have used meanwhile.
Beside them stands how many *calibration loops* they are: {loop} each, here.
The people are invented (`ulnlib.testing`).
Their numbers are those of no test range, which is too small.
"""


# --- the register -----------------------------------------------------------------


def _people(size: int) -> Iterator[Learner]:
    """Yield invented learners; beyond the test range with other numbers."""
    if size <= _POPULATION:
        yield from population(size, seed=SEED)
        return
    several = chain.from_iterable(
        population(_POPULATION // 2, seed=SEED + turn) for turn in range(1_000)
    )
    for number, learner in zip(febrl.numbers(), islice(several, size), strict=False):
        yield learner.evolve(uln=number)


def _write_csv(path: Path, size: int) -> None:
    headings = {column.name: column.heading for column in LRB_3A.columns}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings.values(), restval="")
        writer.writeheader()
        of_file: dict[str, str | None] = {
            "file_version": "3A",
            "file_name": path.stem,
            "ukprn": "10012345",
            "record_count": str(size),
        }
        for row, learner in enumerate(_people(size)):
            values = learner.evolve(mis_identifier=str(row)).to_dict(personal=True)
            if values["ability_to_share"] == "2":
                values["ability_to_share"] = "1"  # a file of this version has no 2
            if not row:
                values |= of_file
            writer.writerow(
                {heading: values.get(name) or "" for name, heading in headings.items()}
            )


def _built(folder: Path, size: int, calibration: float) -> Iterator[tuple[str, Figure]]:
    source, path = folder / "LRB_10012345_211120260900.CSV", folder / "register.db"
    start = time.perf_counter()
    made = sum(1 for _ in _people(size))
    yield (
        "Building",
        Figure.absolute(
            f"{made:,} learners invented", time.perf_counter() - start, calibration
        ),
    )
    _write_csv(source, size)
    script = "from ulnlib.cli import main; main()"
    command = [sys.executable, "-c", script, "register", "build", str(path)]
    start = time.perf_counter()
    subprocess.run([*command, str(source)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    limit = 25 * 60 if size > _LARGE else 90 * size / 1_000_000
    yield (
        "Building",
        Figure(
            f"`ulnlib register build` of {size:,} learners from a CSV file",
            text(seconds),
            f"{seconds / calibration:,.0f} calibration loops; "
            f"{size / seconds:,.0f} learners a second",
            bound=f"at most {limit:,.0f} s",
            is_met=seconds <= limit,
        ),
    )
    space = path.stat().st_size / size
    yield (
        "Building",
        Figure(
            "Bytes of a record in the file, its search keys included",
            f"{space:,.0f}",
            bound="at most 450",
            is_met=space <= 450,
        ),
    )
    bound = ("", None) if size > _LARGE else ("at most 1 GB", peak <= 1e9)
    yield (
        "Building",
        Figure(
            "Most memory while building",
            f"{peak / 1e6:,.0f} MB",
            bound=bound[0],
            is_met=bound[1],
        ),
    )
    source.unlink()


# --- how quickly ------------------------------------------------------------------


def _timed(register: Register, queries: Sequence[Query]) -> list[float]:
    seconds = []
    for query in queries:
        start = time.perf_counter()
        result = register.search(query)
        if result.matches:
            result.matches[0].explain()
        seconds.append(time.perf_counter() - start)
    return seconds


_COLD = """
import pickle, sys, time
start = time.perf_counter()
from ulnlib import Register
queries = pickle.load(sys.stdin.buffer)
seconds = []
with Register.open(sys.argv[1], read_only=True) as register:
    for query in queries:
        register.search(query)
        seconds.append(time.perf_counter() - start)
        start = time.perf_counter()
print(*seconds)
"""


def _cold(path: Path, queries: Sequence[Query]) -> list[float]:
    """Search in a fresh process, with the file out of the system's cache."""
    import pickle

    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", _COLD, str(path)],
        input=pickle.dumps(list(queries)),
        capture_output=True,
        check=True,
    )
    return [float(word) for word in done.stdout.split()]


def _hostile() -> list[Query]:
    common = {"date_of_birth": "2008-01-01", "gender": "1", "postcode": "ZZ99 9ZZ"}
    names = [("", "Smith"), ("Jack", "Smith"), ("Mohammed", "Khan"), ("J", "Jones")]
    names += [("a" * 35, "b" * 35), ("-" * 35, "'" * 35), ("Мария", "Ивановна")]
    names += [("Mary Ann Jane Sue", "Smith-Jones-Khan-Ali"), ("\U0001f600", "x")]
    middles = " ".join(["Jack", "James", "Mohammed", "Ali", "Ann", "Mary"] * 40)
    return [
        Query(
            given_name=given,
            family_name=family,
            middle_names=middles if turn % 2 else None,
            other_postcodes=["ZA1 1AA"] * 300 if turn % 2 else (),
            **common,
        )
        for given, family in names
        for turn in range(2)
    ]


def _speed(
    path: Path, size: int, asked: Sequence[Query], calibration: float
) -> Iterator[tuple[str, Figure]]:
    limits = (0.6e-3, 3e-3) if size > _LARGE else (0.3e-3, 1e-3)
    with Register.open(path, read_only=True) as register:
        _timed(register, asked)
        warm = [_timed(register, asked) for _ in range(3)]
        found = [min(times) for times in zip(*warm, strict=True)]
        for share, limit in zip((0.5, 0.99), limits, strict=True):
            value = percentile(found, share)
            yield (
                "Searching",
                Figure(
                    f"A search with scoring and explanation, register of {size:,} on "
                    f"disk, warm, p{share * 100:.0f} of {len(asked):,}",
                    text(value),
                    f"{value / calibration:.5f} calibration loops; best of three runs",
                    bound=f"at most {text(limit)}",
                    is_met=value <= limit,
                ),
            )
        worst = 0.0
        for query in _hostile():
            worst = max(worst, min(_timed(register, [query] * 3)))
        yield (
            "Searching",
            Figure(
                "The slowest of the hostile queries (names of everybody, 1 January, "
                "ZZ99 9ZZ, scripts, very many names and postcodes)",
                text(worst),
                f"{worst / calibration:.3f} calibration loops; best of three runs",
                bound="at most 20 ms",
                is_met=worst <= 0.02,
            ),
        )
    first, *rest = _cold(path, asked[:200])
    yield (
        "Searching",
        Figure(
            "Cold: a fresh process, the file out of the system's cache; first search, "
            "the import of the library included",
            text(first),
            f"the next 199: p50 {text(percentile(rest, 0.5))}, "
            f"p99 {text(percentile(rest, 0.99))}",
        ),
    )


# --- how well ---------------------------------------------------------------------


@attrs.frozen
class _Asked:
    trial: Trial
    result: SearchResult

    @property
    def best(self) -> Match | None:
        return self.result.matches[0] if self.result.matches else None

    @property
    def is_right(self) -> bool:
        best = self.best
        return best is not None and (
            best.uln in self.trial.truths or best.linked_from in self.trial.truths
        )

    @property
    def is_found(self) -> bool:
        return any(
            one.uln in self.trial.truths or one.linked_from in self.trial.truths
            for one in self.result.matches
        )


def _query(trial: Trial) -> Query:
    return Query.of(trial.query, other_postcodes=trial.other_postcodes)


def _ask(register: Register, mix: str, size: int, count: int) -> list[_Asked]:
    policy = Policy(floor=0.0, names_too_many=True)
    made = trials(_people(size), size=count, seed=5, mix=mix, count=size)
    return [_Asked(one, register.search(_query(one), policy)) for one in made]


def _share(some: int, of: int) -> float:
    return some / of if of else 0.0


def _recall_at(asked: Sequence[_Asked], precision: float) -> tuple[float, float]:
    """Return the best recall at a precision, and the threshold that gives it."""
    ranked = sorted(
        (
            (one.best.probability, one.best.weight, one.is_right)
            for one in asked
            if one.best
        ),
        key=lambda found: (-found[0], -found[1]),
    )
    right = wrong = best = 0
    at = 1.0
    for probability, _, is_right in ranked:
        right += is_right
        wrong += not is_right
        if right / (right + wrong) >= precision and right > best:
            best, at = right, probability
    return _share(best, sum(1 for one in asked if one.trial.truths)), at


def _least(what: str, value: float, least: float, detail: str = "") -> Figure:
    return Figure(
        what, f"{value:.4f}", detail, bound=f"at least {least}", is_met=value >= least
    )


def _accuracy(path: Path, size: int, count: int) -> Iterator[tuple[str, Figure]]:
    with Register.open(path, read_only=True) as register:
        single = _ask(register, "single", size, count)
        standard = _ask(register, "standard", size, count)
        hard = _ask(register, "hard", size, count)
    by_kind = defaultdict(list)
    for one in single:
        by_kind[one.trial.errors].append(one.is_found)
    recalls = {kind: _share(sum(v), len(v)) for kind, v in by_kind.items()}
    worst = min(recalls, key=lambda kind: recalls[kind])
    yield (
        "The synthetic task",
        _least(
            f"One mistake of each of {len(recalls)} kinds: recall of the worst kind",
            recalls[worst],
            0.995,
            f"{', '.join(worst)}; all kinds together "
            f"{_share(sum(one.is_found for one in single), len(single)):.4f}; "
            f"{sum(value < 1 for value in recalls.values())} kinds below 1",
        ),
    )
    recall, at = _recall_at(standard, 0.995)
    yield (
        "The synthetic task",
        _least(
            "Recall at a precision of 0.995, twins, siblings and strangers among the "
            "queries",
            recall,
            0.99,
            f"threshold {at:.3f}; Splink 5 on another draw of such a task: 0.85",
        ),
    )
    present = [one for one in standard if one.trial.truths]
    yield (
        "The synthetic task",
        Figure(
            "The best match is the right one, standard mix",
            f"{_share(sum(one.is_right for one in present), len(present)):.4f}",
        ),
    )
    for kind, least, peer in (("two_errors", 0.97, 0.88), ("three_errors", 0.65, 0.41)):
        of_kind = [one for one in hard if str(one.trial.kind) == kind]
        yield (
            "The synthetic task",
            _least(
                f"The best match is the right one, {kind.replace('_', ' ')} at once",
                _share(sum(one.is_right for one in of_kind), len(of_kind)),
                least,
                f"{len(of_kind):,} queries; Splink 5 on another draw: {peer}",
            ),
        )
    for kind in ("twin", "sibling", "stranger"):
        of_kind = [one for one in (*standard, *hard) if str(one.trial.kind) == kind]
        taken = sum(
            one.best is not None
            and (one.best.probability >= 0.95 or one.result.outcome is Outcome.EXACT)
            for one in of_kind
        )
        share = _share(taken, len(of_kind))
        bound = ("at most 5 %", share <= 0.05) if kind == "twin" else ("", None)
        yield (
            "The synthetic task",
            Figure(
                f"A {kind} who is not in the register, taken for somebody: exact, or "
                "with a probability of 0.95",
                f"{share:.1%}",
                f"{len(of_kind):,} queries",
                bound=bound[0],
                is_met=bound[1],
            ),
        )
    yield from (("Calibration", row) for row in _calibration((*standard, *hard)))


def _calibration(asked: Sequence[_Asked]) -> Iterator[Figure]:
    bounds = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.01)
    counts: Counter[tuple[int, bool]] = Counter()
    for one in asked:
        if one.best is not None:
            band = sum(one.best.probability >= bound for bound in bounds[1:-1])
            counts[band, one.is_right] += 1
    for band in reversed(range(len(bounds) - 1)):
        right, wrong = counts[band, True], counts[band, False]
        yield Figure(
            f"Best matches with a probability from {bounds[band]} to "
            f"{min(1, bounds[band + 1])}",
            f"{_share(right, right + wrong):.1%} right",
            f"{right + wrong:,} matches",
        )


# --- the page ---------------------------------------------------------------------


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching")
    parser.add_argument("--size", type=int, help="learners in the register")
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--date", help="the date for the page; today by default")
    parser.add_argument("--quick", action="store_true", help="measure little, no page")
    parser.add_argument("--large", action="store_true", help="build and search only")
    parser.add_argument("--keep", type=Path, help="where the register is kept")
    given = parser.parse_args()
    if given.quick:
        given.size, given.trials = 20_000, 2_000
    given.size = given.size or (_NATION if given.large else 1_000_000)
    return given


def _asked(size: int) -> list[Query]:
    """Return queries about learners of a register, in no order."""
    sample = min(size, 200_000)
    people = population(sample, seed=SEED)
    some = trials(people, size=2_000, seed=3, mix="standard", count=sample)
    asked = [_query(one) for one in some]
    Random(SEED).shuffle(asked)  # noqa: S311  # for measuring
    return asked


def _figures(
    given: argparse.Namespace, folder: Path, calibration: float
) -> Iterator[tuple[str, Figure]]:
    path, told = folder / "register.db", folder / "built.json"
    if told.exists():
        kept = json.loads(told.read_text(encoding="utf-8"))
        yield from (("Building", Figure(**one)) for one in kept)
    else:
        built = list(_built(folder, given.size, calibration))
        kept = [dataclasses.asdict(figure) for _, figure in built]
        told.write_text(json.dumps(kept), encoding="utf-8")
        yield from built
    yield from _speed(path, given.size, _asked(given.size), calibration)
    if not given.large:
        yield from _accuracy(path, given.size, given.trials)
        yield from (("FEBRL4", figure) for figure in febrl.figures())


def _write_page(
    given: argparse.Namespace, found: Sequence[tuple[str, Figure]], calibration: float
) -> None:
    page, introduction, options = PAGE, INTRODUCTION, f"--trials {given.trials}"
    if given.large:
        page, introduction, options = PAGE_LARGE, INTRODUCTION_LARGE, "--large"
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251  # tools may read it
    facts = [
        ("Date", given.date or today.isoformat()),
        ("Commit", _commit()),
        ("Command", f"`python -m benchmarks.matching {options}`"),
        *environment(PEERS),
    ]
    headings = ("What", "Found", "Behind it", "Rounds", "Bound", "")
    parts = [introduction.format(loop=text(calibration)), _table(("Run", ""), facts)]
    for section in dict.fromkeys(name for name, _ in found):
        rows = [_cells(figure) for name, figure in found if name == section]
        parts += [f"## {section}", _table(headings, rows)]
    joined = "\n\n".join(part.strip() for part in parts) + "\n"
    page.write_text(joined, encoding="utf-8", newline="\n")


def main() -> int:
    """Measure, print, and write the page."""
    given = _arguments()
    calibration = calibrate()
    found: list[tuple[str, Figure]] = []
    with tempfile.TemporaryDirectory() as name:
        for section, figure in _figures(given, given.keep or Path(name), calibration):
            found.append((section, figure))
            print("\n  ".join(cell for cell in _cells(figure) if cell), flush=True)
    if not given.quick:
        _write_page(given, found, calibration)
    return 0


if __name__ == "__main__":
    sys.exit(main())

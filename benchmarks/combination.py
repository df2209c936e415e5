"""How quickly rules of combination are evaluated; writes a page of its own.

    python -m benchmarks.combination [--date YYYY-MM-DD] [--adversarial N] [--quick]

Typical structures and learners, adversarial ones, and a script that asks OR-Tools
CP-SAT the same questions, with one worker. The structures are those of the oracle tests
(`tests/oracles`). `--quick` measures little and writes no page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from benchmarks import routes
from benchmarks.__main__ import _cells, _commit, _table
from benchmarks.harness import Figure, calibrate, environment, percentile, text
from ulnlib.rules.combination import evaluate, prepare

if TYPE_CHECKING:
    from oracles.structures import Case

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks-combination.md"
PEERS = ("attrs", "ortools")
LEARNERS = 4
STATES = 3_000  # that a search of an adversarial structure may look at

INTRODUCTION = """\
# Benchmarks of rules of combination

You see here how quickly an evaluation is made, and how a solver fares.
The figures are those of one run of `python -m benchmarks.combination`.
A bound is what the library promises; no test measures time.

Absolute times hold for one machine, which other work may have used meanwhile.
Beside them stands how many *calibration loops* they are: {loop} each, here.
The structures and learners are invented.
*Typical* ones are made like those that are published: 30 to 120 units, 3 to 6 groups.
*Adversarial* ones have 200 units, bars, shared units, nested pathways and maximums
everywhere, and learners with 20 to 120 units; some of them are evaluated with
`maximum="cap"`. There a search may look at {states} states.
"""

Section = tuple[str, Figure]


def _oracles() -> tuple[ModuleType, ModuleType]:
    """Return the generator of structures and the script that asks the solver."""
    sys.path.insert(0, str(ROOT / "tests"))
    try:
        solver = importlib.import_module("oracles.combination_cpsat")
    except ImportError as missing:
        sys.exit(f"python -m benchmarks.combination: {missing}")
    return importlib.import_module("oracles.structures"), solver


def _seconds(work: Callable[[], object], *, rounds: int = 1) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _evaluations(
    cases: Sequence[Case], budget: int | None = None
) -> list[Callable[[], Any]]:
    """Return the work of each question; a structure is prepared before, once."""
    prepared: dict[int, object] = {}
    works = []
    for case in cases:
        key = id(case.structure)
        if key not in prepared:
            prepared[key] = prepare(case.structure)
        works.append(_evaluation(prepared[key], case, budget))
    return works


def _evaluation(prepared: object, case: Case, budget: int | None) -> Callable[[], Any]:
    def work() -> object:
        return evaluate(prepared, case.achievements, budget=budget, **case.options)

    return work


def _within(what: str, value: float, most: float, calibration: float) -> Figure:
    return Figure(
        what,
        text(value),
        f"{value / calibration:.3g} calibration loops",
        bound=f"at most {text(most)}",
        is_met=value <= most,
    )


def _typical(cases: Sequence[Case], calibration: float) -> Iterator[Section]:
    times = [_seconds(work, rounds=3) for work in _evaluations(cases)]
    for share, most in ((0.5, 2.5e-3), (0.99, 25e-3)):
        yield (
            "Typical structures",
            _within(
                f"An evaluation, what is needed and why included, p{share * 100:.0f} "
                f"of {len(cases):,}; best of three",
                percentile(times, share),
                most,
                calibration,
            ),
        )
    times = [
        _seconds(lambda c=case: prepare(c.structure)) for case in cases[::LEARNERS]
    ]
    yield (
        "Typical structures",
        Figure.absolute(
            f"A structure prepared, median of {len(times)}",
            percentile(times, 0.5),
            calibration,
        ),
    )


def _adversarial(cases: Sequence[Case], calibration: float) -> Iterator[Section]:
    times, proven = [], 0
    for work in _evaluations(cases, STATES):
        start = time.perf_counter()
        proven += work().proven
        times.append(time.perf_counter() - start)
    for share, most in ((0.5, 0.1), (0.99, 2.0), (1.0, 15.0)):
        name = "the slowest" if share == 1 else f"p{share * 100:.0f}"
        what = f"An evaluation, {name} of {len(cases):,}"
        found = _within(what, percentile(times, share), most, calibration)
        yield "Adversarial structures", found
    yield (
        "Adversarial structures",
        Figure(
            "Of them proven",
            f"{proven:,} of {len(cases):,}",
            bound="all",
            is_met=proven == len(cases),
        ),
    )


def _asked(solver: ModuleType, case: Case) -> Callable[[], Any]:
    def work() -> object:
        return solver.answer(case.structure, case.achievements, **case.options)

    return work


def _against(
    solver: ModuleType, cases: Sequence[Case], sort: str, least: float | None
) -> Iterator[Section]:
    """Ask both the same questions in alternation."""
    ours, theirs, differ = [], [], 0
    for work, case in zip(_evaluations(cases), cases, strict=True):
        ask = _asked(solver, case)
        found, right = work(), ask()
        differ += (found.credits_needed, found.credit, found.credit_at_level) != (
            right.credits_needed,
            right.credit,
            right.credit_at_level,
        )
        ours.append(_seconds(work))
        theirs.append(_seconds(ask))
    ratio = percentile(theirs, 0.5) / percentile(ours, 0.5)
    single = [b / a for a, b in zip(ours, theirs, strict=True)]
    yield (
        "Beside CP-SAT",
        Figure(
            f"{len(cases):,} {sort} questions, by the medians",
            f"{ratio:.1f} times as fast",
            f"{text(percentile(ours, 0.5))} against {text(percentile(theirs, 0.5))}; "
            f"p99 {text(percentile(ours, 0.99))} against "
            f"{text(percentile(theirs, 0.99))}; {differ} answers differ",
            f"half of the questions {percentile(single, 0.25):.1f} to "
            f"{percentile(single, 0.75):.1f}",
            "" if least is None else f"at least {least:g} times",
            None if least is None else ratio >= least and not differ,
        ),
    )


def _measure(calibration: float, hard: int, *, quick: bool) -> Iterator[Section]:
    structures, solver = _oracles()
    typical = [
        case
        for seed in range(25 if quick else 250)
        for case in structures.typical(seed, LEARNERS)
    ]
    adversarial = [structures.adversarial(seed) for seed in range(hard)]
    yield from _typical(typical, calibration)
    yield from _adversarial(adversarial, calibration)
    some = typical[:: LEARNERS // 2]
    yield from _against(solver, some, "typical", 4)
    yield from _against(solver, adversarial[:50], "adversarial", None)
    size = 2_000 if quick else routes.SIZE
    for figure in routes.figures(calibration=calibration, size=size):
        yield "Routes to achievement", figure


def main() -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.combination")
    parser.add_argument("--date", help="the date for the page; today by default")
    parser.add_argument("--adversarial", type=int, default=1_000, metavar="N")
    parser.add_argument("--quick", action="store_true", help="little, and no page")
    given = parser.parse_args()
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251  # tools may read it
    calibration = calibrate()
    found = []
    hard = 50 if given.quick else given.adversarial
    for section, figure in _measure(calibration, hard, quick=given.quick):
        found.append((section, figure))
        print("\n  ".join(cell for cell in _cells(figure) if cell), flush=True)
    if given.quick:
        return 0
    facts = [
        ("Date", given.date or today.isoformat()),
        ("Commit", _commit()),
        ("Command", f"`python -m benchmarks.combination --adversarial {hard}`"),
        *environment(PEERS),
    ]
    headings = ("What", "Found", "Behind it", "Rounds", "Bound", "")
    parts = [
        INTRODUCTION.format(loop=text(calibration), states=STATES),
        _table(("Run", ""), facts),
    ]
    for section in dict.fromkeys(name for name, _ in found):
        rows = [_cells(figure) for name, figure in found if name == section]
        parts += [f"## {section}", _table(headings, rows)]
    page = "\n\n".join(part.strip() for part in parts) + "\n"
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

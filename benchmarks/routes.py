"""Measure routes to achievement over an invented catalogue.

    python -m benchmarks.routes [--size N]

A learner has 40 units, once of four courses, and once of forty: so many qualifications
then list one of them as do in the register. The structures of a catalogue are made
ready when one of them is evaluated for the first time, so first searches are measured
in a catalogue that has not been searched before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import time
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.harness import Figure, calibrate, fastest, text
from ulnlib.qualifications import Achievement, Qualification
from ulnlib.rules.routes import Catalogue, RouteQuery, index, search
from ulnlib.testing.catalogues import catalogue, learner_units

SIZE = 20_000
MOST = 1.0
"""Seconds that a search may take."""

_AS_OF = dt.date(2026, 11, 21)
_BY_KEYWORD = RouteQuery(keyword="management")
_FILTERED = RouteQuery(
    keyword="management", level="3", country="Wales", in_operation_on=_AS_OF
)


def figures(*, calibration: float, size: int = SIZE) -> Iterator[Figure]:
    """Yield the figures, those with a bound first.

    Args:
        calibration: Seconds of the calibration loop.
        size: How many qualifications.
    """
    qualifications = list(catalogue(size, seed=5))
    for courses in (4, 40):
        had = learner_units(qualifications, 40, courses=courses, seed=7)
        yield _first_search(qualifications, had, courses, calibration)
    start = time.perf_counter()
    made = _ready(qualifications)
    yield Figure.absolute(
        "Making the index, once", time.perf_counter() - start, calibration
    )

    def first_screen() -> object:
        found = search(made, _BY_KEYWORD, had, as_of=_AS_OF, limit=20)
        return [one.to_dict() for one in found]

    yield Figure.absolute(
        "The first 20 by keyword, with their credits",
        fastest(first_screen, rounds=5),
        calibration,
    )
    yield Figure.absolute(
        "Four filters, nobody's units",
        fastest(lambda: search(made, _FILTERED), rounds=5),
        calibration,
        f"{len(search(made, _FILTERED)):,} found",
    )


def _first_search(
    qualifications: Sequence[Qualification],
    had: Sequence[Achievement],
    courses: int,
    calibration: float,
) -> Figure:
    made = _ready(qualifications)
    gc.collect()
    start = time.perf_counter()
    found = search(made, RouteQuery(), had, as_of=_AS_OF)
    first = time.perf_counter() - start
    again = fastest(lambda: search(made, RouteQuery(), had, as_of=_AS_OF), rounds=5)
    touched = len(made.places_touched(had, ()))
    return Figure(
        f"Routes: {len(found):,} qualifications, 40 units of {courses} courses",
        text(first),
        f"{touched} list one of them; again {text(again)}; "
        f"{first / calibration:.3g} calibration loops",
        bound=f"at most {text(MOST)}",
        is_met=first <= MOST,
    )


def _ready(qualifications: Iterable[Qualification]) -> Catalogue:
    """Return a catalogue whose index is made and in which nothing was evaluated."""
    made = index(qualifications)
    search(made, RouteQuery(keyword="x", number="x", must_contain=["x"]), limit=0)
    made.places_touched((), ())
    return made


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    arguments = parser.parse_args()
    for figure in figures(calibration=calibrate(), size=arguments.size):
        cells = (figure.what, figure.found, figure.detail, figure.bound, figure.verdict)
        print("\n  ".join(cell for cell in cells if cell), flush=True)


if __name__ == "__main__":
    main()

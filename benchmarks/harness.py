"""Measuring two things side by side, and what a page needs to say of it.

One and the other are run in alternation, so that a machine that is busy for a while
slows both. The ratio is that of the best times: the best is the time with the least
disturbance. How far the ratios of single rounds lie apart says how far to trust it.
"""

from __future__ import annotations

__all__ = [
    "Comparison",
    "Figure",
    "calibrate",
    "compare",
    "environment",
    "fastest",
    "percentile",
    "text",
]

import gc
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

Work = Callable[[], object]
Clock = Callable[[], float]

CALIBRATION = 1_000_000
"""So many turns has the loop that absolute figures are compared with."""


@dataclass(frozen=True)
class Comparison:
    """The times of two things, round by round.

    Attributes:
        one: The seconds that the one took in each round.
        other: The seconds that the other took in each round.
    """

    one: tuple[float, ...]
    other: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as long the one takes as the other, by their bests."""
        return min(self.one) / min(self.other)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio of a single round."""
        ratios = [a / b for a, b in zip(self.one, self.other, strict=True)]
        return min(ratios), max(ratios)


def compare(
    one: Work, other: Work, *, rounds: int, clock: Clock = time.perf_counter
) -> Comparison:
    """Run one and the other in alternation: A B A B.

    Args:
        one: What is measured.
        other: What it is compared with.
        rounds: How often each is run.
        clock: What tells the time in seconds.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, seconds in zip((one, other), times, strict=True):
            seconds.append(_timed(work, clock))
    return Comparison(tuple(times[0]), tuple(times[1]))


def fastest(work: Work, *, rounds: int, clock: Clock = time.perf_counter) -> float:
    """Return the seconds of the fastest run."""
    return min(_timed(work, clock) for _ in range(rounds))


def _timed(work: Work, clock: Clock) -> float:
    gc.collect()
    start = clock()
    work()
    return clock() - start


def calibrate() -> float:
    """Return the seconds that a fixed loop in plain Python takes here."""

    def loop() -> int:
        total = 0
        for n in range(CALIBRATION):
            total += n * n % 7
        return total

    return fastest(loop, rounds=7)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Figure:
    """One line of the page.

    Attributes:
        what: What was measured.
        found: The figure.
        detail: The times behind it.
        spread: How far single rounds lie apart.
        bound: What the figure has to keep to, if anything.
        is_met: Whether it does; None without a bound.
    """

    what: str
    found: str
    detail: str = ""
    spread: str = ""
    bound: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        """Whether the bound is met, in a word."""
        return "" if self.is_met is None else "met" if self.is_met else "**missed**"

    @classmethod
    def faster(cls, what: str, found: Comparison, least: float | None) -> Figure:
        """Say how many times as fast the one is as the other."""
        ratio = 1 / found.ratio
        low, high = found.spread
        return cls(
            what,
            f"{ratio:.1f} times as fast",
            f"{text(min(found.one))} against {text(min(found.other))}",
            f"{1 / high:.1f} to {1 / low:.1f}",
            "" if least is None else f"at least {least:g} times",
            None if least is None else ratio >= least,
        )

    @classmethod
    def longer(cls, what: str, found: Comparison, most: float | None) -> Figure:
        """Say how many times as long the one takes as the other."""
        low, high = found.spread
        return cls(
            what,
            f"{found.ratio:.2f} times as long",
            f"{text(min(found.one))} against {text(min(found.other))}",
            f"{low:.2f} to {high:.2f}",
            "" if most is None else f"at most {most:g} times",
            None if most is None else found.ratio <= most,
        )

    @classmethod
    def absolute(
        cls, what: str, seconds: float, calibration: float, detail: str = ""
    ) -> Figure:
        """Say how long something takes here, and in calibration loops."""
        loops = f"{seconds / calibration:.3g} calibration loops"
        return cls(what, text(seconds), f"{loops}; {detail}" if detail else loops)


def text(seconds: float) -> str:
    """Return seconds as a person reads them."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def environment(peers: Sequence[str]) -> list[tuple[str, str]]:
    """Return what the figures depend on, without what names the machine.

    Args:
        peers: The distributions that are compared with.
    """
    return [
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("Platform", f"{platform.system()} {platform.machine()}"),
        ("CPUs", str(os.cpu_count())),
        *((peer, version(peer)) for peer in peers),
    ]

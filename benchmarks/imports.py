"""How long `import ulnlib` takes in a fresh interpreter, and what it loads."""

from __future__ import annotations

__all__ = ["figures", "loaded"]

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.harness import Figure, text

UNWANTED = ("lxml", "jellyfish", "dateutil", "sqlite3", "csv")

_TIMED = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"
_LOADED = (
    "import sys; before = set(sys.modules); import ulnlib; "
    "print(*sorted(set(sys.modules) - before))"
)


def _run(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own code


def loaded() -> list[str]:
    """Return the modules that `import ulnlib` loads in a fresh interpreter."""
    return _run(_LOADED).split()


def _pairs(one: str, other: str, pairs: int) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(pairs):
        for statement, seconds in zip((one, other), times, strict=True):
            seconds.append(float(_run(_TIMED.format(statement))))
    return times


def figures(*, pairs: int) -> Iterator[Figure]:
    """Yield the figures of importing.

    Args:
        pairs: How many pairs of interpreters are started.
    """
    cases = (
        ("import ulnlib", 1.5),
        ("from ulnlib import Uln", None),
        ("from ulnlib import Learner, batch", None),
    )
    for statement, most in cases:
        ours, peers = _pairs(statement, "import attrs", pairs)
        ratio = median(ours) / median(peers)
        singles = [a / b for a, b in zip(ours, peers, strict=True)]
        yield Figure(
            f"`{statement}` to `import attrs`, medians of {pairs} fresh interpreters",
            f"{ratio:.2f} times as long",
            f"{text(median(ours))} against {text(median(peers))}",
            f"{min(singles):.2f} to {max(singles):.2f}",
            "" if most is None else f"at most {most:g} times",
            None if most is None else ratio <= most,
        )
    found = loaded()
    unwanted = [name for name in UNWANTED if name in found]
    yield Figure(
        "Modules that `import ulnlib` loads",
        ", ".join(f"`{name}`" for name in found),
        bound="none of " + ", ".join(UNWANTED),
        is_met=not unwanted,
    )

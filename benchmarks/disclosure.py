"""Count how often the detector of disclosures is right on the written messages.

    python -m benchmarks.disclosure [--check]

The messages stand in tests/data/disclosure.toml. The figures are printed and written
into docs/how-to/check-a-message.md; with `--check` nothing is written, and the exit
status is 1 when the figures there are others.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ulnlib.rules.disclosure import Kind, Medium, Names, check

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "data" / "disclosure.toml"
PAGE = ROOT / "docs" / "how-to" / "check-a-message.md"
BEGIN, END = "<!-- figures: python -m benchmarks.disclosure -->", "<!-- end -->"
PARTS = ("tuned", "held-out")


@dataclass(frozen=True)
class Counts:
    """What was found of what is there.

    Attributes:
        right: Found, and there.
        false: Found, and not there.
        missed: There, and not found.
    """

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that is there; None when nothing was found."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """The share of what is there that was found; None when nothing is there."""
        return _share(self.right, self.right + self.missed)


def _share(some: int, of: int) -> float | None:
    return some / of if of else None


def counts(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    """Count pairs of found and there."""
    seen = list(pairs)
    return Counts(
        right=sum(found and there for found, there in seen),
        false=sum(found and not there for found, there in seen),
        missed=sum(there and not found for found, there in seen),
    )


@dataclass(frozen=True)
class Judged:
    """A message with what it is and what was found.

    Attributes:
        id: Which message.
        part: Whether it was tuned on.
        is_breach: The verdict that is right, and the one that was found.
        clauses: Likewise the clauses.
        kinds: Likewise the kinds of detail.
    """

    id: str
    part: str
    is_breach: tuple[bool, bool]
    clauses: tuple[tuple[str, ...], tuple[str, ...]]
    kinds: tuple[frozenset[str], frozenset[str]]


def judge(corpus: dict[str, Any]) -> list[Judged]:
    """Check every message of the corpus."""
    names = Names(corpus["given"], corpus["family"])
    judged = []
    for row in corpus["message"]:
        medium = Medium(row["medium"])
        found = check(row["text"], medium, names=names, as_of=corpus["as_of"])
        judged.append(
            Judged(
                id=row["id"],
                part=row["part"],
                is_breach=(row["is_breach"], found.is_breach),
                clauses=(tuple(row["clauses"]), found.clauses),
                kinds=(
                    frozenset(row["kinds"]),
                    frozenset(kind.value for kind in found.kinds),
                ),
            )
        )
    return judged


def of_verdicts(judged: Sequence[Judged]) -> Counts:
    """Count breaches."""
    return counts((one.is_breach[1], one.is_breach[0]) for one in judged)


def of_kind(judged: Sequence[Judged], kind: str) -> Counts:
    """Count the messages that hold details of a kind."""
    return counts((kind in one.kinds[1], kind in one.kinds[0]) for one in judged)


def report(judged: Sequence[Judged]) -> str:
    """Return the figures as a table."""
    lines = [
        "| What | Part | Messages | Precision | Recall | False | Missed |",
        "|---|---|---|---|---|---|---|",
    ]
    for what in ("breach", *(kind.value for kind in Kind)):
        for part in PARTS:
            some = [one for one in judged if one.part == part]
            is_breach = what == "breach"
            found = of_verdicts(some) if is_breach else of_kind(some, what)
            label = "**breach**" if is_breach else what.replace("_", " ")
            there = found.right + found.missed
            lines.append(
                f"| {label} | {part} | {there} of {len(some)} | "
                f"{_percent(found.precision)} | {_percent(found.recall)} | "
                f"{found.false} | {found.missed} |"
            )
    for part in PARTS:
        some = [one for one in judged if one.part == part]
        right = sum(one.clauses[0] == one.clauses[1] for one in some)
        lines.append(f"| all clauses right | {part} | {right} of {len(some)} | | | | |")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def main() -> int:
    """Print the figures, and write or compare them."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.disclosure", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    table = report(judge(tomllib.loads(CORPUS.read_text(encoding="utf-8"))))
    print(table)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    new = f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
    if not arguments.check:
        PAGE.write_text(new, encoding="utf-8", newline="\n")
        print(f"\nWritten: {PAGE.relative_to(ROOT)}")
        return 0
    return int(new != page)


if __name__ == "__main__":
    sys.exit(main())

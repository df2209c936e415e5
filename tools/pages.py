"""What the generators of pages share: tables, and writing or comparing a page."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table without the columns that are empty throughout."""
    filled = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    kept = [n for n in range(len(headings)) if any(row[n] for row in filled)]
    lines = [headings, ["---"] * len(headings), *filled]
    return "\n".join("| " + " | ".join(line[n] for n in kept) + " |" for line in lines)


def code(text: str) -> str:
    """Return a text as code, or nothing for nothing."""
    return f"`{text}`" if text else ""


def main(description: str | None, name: str, text: str) -> int:
    """Write a page of the reference, or with `--check` compare it.

    Args:
        description: What the script says of itself.
        name: The page's file name.
        text: The page as it should be.

    Returns:
        The exit status: 1 when the page is stale.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    path = REFERENCE / name
    if not arguments.check:
        path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    current = path.read_text(encoding="utf-8") if path.is_file() else ""
    if current == text:
        return 0
    print(f"{name} is stale: run tools/generate.py")
    return 1

"""Write the code lists to docs/reference/code-lists.md.

With `--check` nothing is written, and the exit status is 1 when the page is stale.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ulnlib import _tables, codes

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "code-lists.md"

INTRODUCTION = """\
# Code lists

Here you can look up every code that the library knows, what it means and how well that is known.
This page is generated from the tables in the package; do not edit it by hand.
Labels are in our words.
*Evidence* says how a meaning is known: **published** (a document says so), **observed** (seen in the service's schemas, responses or client code), **derived** (computed from data) or **assumed** (our best reading).
"""  # noqa: E501


def dates(info: codes.CodeInfo) -> str:
    """Return the dates of a code in a few words."""
    parts = []
    if info.valid_from is not None:
        parts.append(f"from {info.valid_from}")
    if info.valid_to is not None:
        parts.append(f"until {info.valid_to}")
    return " ".join(parts)


def section(code_list: type[codes.Code]) -> str:
    """Return one list as a heading and a table."""
    table = _tables.load(codes._TABLES[code_list])  # noqa: SLF001
    infos = [member.info for member in codes.codes_on(code_list)]
    columns = [
        ("Code", [f"`{info.code}`" for info in infos]),
        ("Member", [f"`{code_list.__name__}.{info.name}`" for info in infos]),
        ("Meaning", [info.label for info in infos]),
        ("What to do", [info.remedy for info in infos]),
        ("In use", [dates(info) for info in infos]),
        ("Note", [info.note for info in infos]),
        ("Evidence", [info.evidence for info in infos]),
        ("Source", [info.source for info in infos]),
    ]
    columns = [column for column in columns if any(column[1])]
    cells = [[title for title, _ in columns], ["---"] * len(columns)]
    cells += [list(row) for row in zip(*(c for _, c in columns), strict=True)]
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in cells
    ]
    source = table.source
    heading = f"## {source['title']}\n\n{source['note']}\n"
    version = f"Table version {source['version']}, retrieved {source['retrieved']}.\n"
    return heading + version + "\n" + "\n".join(lines) + "\n"


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *map(section, codes._TABLES)])  # noqa: SLF001


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    text = page()
    if arguments.check:
        current = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        if current != text:
            print("code-lists.md is stale: run tools/generate_codes_page.py")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

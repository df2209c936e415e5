"""Write the clauses and how far they are met to docs/reference/conformance.md.

The clauses stand in the package (`ulnlib.rules.clauses`), how far each is met in
docs/conformance/. With `--check` nothing is written, and the
exit status is 1 when the page is stale, when a row is incomplete, or when a test or
a module that it names does not exist.

A row that is *not yet* and whose `missing` begins with *not a rule for software* is a
state of its own on the page, *not software*, and is counted apart.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from importlib.util import find_spec
from itertools import groupby
from typing import Any

import pages

from ulnlib.rules.clauses import clauses

STATES_OF = pages.ROOT / "docs" / "conformance"
STATES = ("done", "partly", "not yet", "not software")
NOT_SOFTWARE = re.compile(r"(?:not yet: )?not a rule for software(?: of a provider)?: ")
"""What a row of docs/conformance that is *not yet* says where no library can do it."""
NOTHING_DONE = {"not yet", "not software"}
GRADES = {"published", "observed", "derived", "assumed"}
KEYS = {"id", "document", "section", "clause", "evidence", "state"}

INTRODUCTION = """\
# Conformance

Here you can see, clause by clause, what the service's documents ask for and how far the library does it.
This page is generated from the clauses of the package and `docs/conformance/`; do not edit it by hand.

The clauses are in our own words and have ids of ours.
*Evidence* says how well a clause is known; see [Evidence](../explanation/evidence.md).

* **done**: a user can do the job with the commands of the README or a how-to page, and input that is wrong is tested as well.
  *Input* says whether the tests use input that others made, or only ours: no batch file of the service itself was to be had.
* **partly**: what stands below it is missing.
* **not yet**: nothing of it is there, and what stands below it will bring it.
* **not software**: it binds a person or the service itself, so that no library can do it; what stands below it says whom.

Modules are named without `ulnlib.`, tests without `tests/`.
"""  # noqa: E501

Row = dict[str, Any]


def problems(rows: list[Row]) -> list[str]:
    """Return what is wrong with the rows themselves."""
    found = []
    for row, n in Counter(row.get("id") for row in rows).items():
        if n > 1:
            found.append(f"{row}: there are {n} rows of this id")
    for row in rows:
        name = row.get("id", "a row without id")
        found += [f"{name}: {key} is missing" for key in sorted(KEYS - row.keys())]
        if row.get("evidence") not in GRADES:
            found.append(f"{name}: unknown evidence")
        if row.get("state") not in STATES:
            found.append(f"{name}: unknown state")
        tests = row.get("tests", [])
        if row.get("state") in NOTHING_DONE:
            if tests or not row.get("missing"):
                found.append(f"{name}: not done, so no tests, and say what is missing")
            continue
        if not tests or not row.get("implemented"):
            found.append(f"{name}: say where it is implemented and tested")
        if row.get("state") == "partly" and not row.get("missing"):
            found.append(f"{name}: partly, so say what is missing")
        found += [
            f"{name}: there is no {test}"
            for test in tests
            if not (pages.ROOT / test.partition("::")[0]).is_file()
        ]
        found += [
            f"{name}: there is no module {module}"
            for module in row.get("implemented", [])
            if not exists(module)
        ]
    return found


def exists(dotted: str) -> bool:
    """Say whether a dotted name is a module, or a name in one."""
    from importlib import import_module

    try:
        if find_spec(dotted) is not None:
            return True
    except ModuleNotFoundError:
        pass
    module, _, name = dotted.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False


def clause(row: Row) -> str:
    """Return the clause, where it stands, and how well it is known."""
    return f"{row['clause']}<br>*{row['section']}; {row['evidence']}*"


def state(row: Row) -> str:
    """Return how far a clause is met, on whose input, and what is missing."""
    parts = [f"**{row['state']}**"]
    if row["state"] not in NOTHING_DONE:
        parts[0] += f", input: {row.get('input', 'ours')}"
    if missing := row.get("missing"):
        rest = NOT_SOFTWARE.sub("", missing).removeprefix("not yet: ").lstrip(":, ")
        parts.append(rest[:1].upper() + rest[1:])
    return "<br>".join(parts)


def places(row: Row) -> str:
    """Return where a clause is implemented, and where it is tested."""
    names = [name.removeprefix("ulnlib.") for name in row.get("implemented", [])]
    tests = [test.removeprefix("tests/") for test in row.get("tests", [])]
    return "<br>".join(map(pages.code, [*names, *tests]))


def section(document: str, rows: list[Row]) -> str:
    """Return the clauses of one document."""
    counts = Counter(row["state"] for row in rows)
    summary = ", ".join(f"{counts[state]} {state}" for state in STATES)
    body = pages.table(
        ("Id", "Clause", "State", "Where and test"),
        [(row["id"], clause(row), state(row), places(row)) for row in rows],
    )
    return f"## {document}\n\n{len(rows)} clauses: {summary}.\n\n{body}\n"


def page(rows: list[Row]) -> str:
    """Return the whole page."""
    counts = Counter(row["state"] for row in rows)
    others = sum(row["state"] == "done" and "input" in row for row in rows)
    total = pages.table(
        ("State", "Clauses"),
        [
            *((state, str(counts[state])) for state in STATES),
            ("**all**", str(len(rows))),
            ("done, on input that others made", str(others)),
        ],
    )
    sections = [
        section(document, list(group))
        for document, group in groupby(rows, lambda row: row["document"])
    ]
    return "\n".join([INTRODUCTION, total + "\n", *sections])


def read() -> tuple[list[Row], list[str]]:
    """Return the clauses of the package with how far each is met, and what is wrong."""
    states: dict[str, Row] = {}
    wrong = []
    for file in sorted(STATES_OF.glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"]:
            if row["id"] in states:
                wrong.append(f"{row['id']}: it stands in {file.name} again")
            states[row["id"]] = row
    rows = []
    for one in clauses().values():
        known = {
            "id": one.id,
            "document": one.document,
            "section": one.section,
            "clause": one.text,
            "evidence": one.evidence,
        }
        state = states.pop(one.id, None)
        if state is None:
            wrong.append(f"{one.id}: docs/conformance does not say how far it is met")
        else:
            if state["state"] == "not yet" and NOT_SOFTWARE.match(state["missing"]):
                state = {**state, "state": "not software"}
            rows.append({**state, **known})
    wrong += [f"{name}: there is no such clause" for name in states]
    # One part of the page for each document, in the order in which they come up.
    order = list(dict.fromkeys(row["document"] for row in rows))
    rows.sort(key=lambda row: order.index(row["document"]))
    return rows, wrong + problems(rows)


if __name__ == "__main__":
    rows, wrong = read()
    for line in wrong:
        print(f"conformance: {line}")
    stale = pages.main(__doc__, "conformance.md", page(rows))
    sys.exit(1 if wrong else stale)

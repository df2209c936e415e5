"""`ulnlib verify`: do the ULNs of a table belong to its learners."""

from __future__ import annotations

__all__ = ["verify_command"]

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from ulnlib.cli.columns import CsvTable
from ulnlib.cli.dates import why_no_birth_date
from ulnlib.cli.files import refuse_input, whole_file
from ulnlib.cli.screen import (
    JSON_OPTION,
    NOT_REAL,
    console,
    plural,
    progress,
    show_json,
    table,
)
from ulnlib.cli.tolerances import WITHOUT_OPTION
from ulnlib.codes import FailureFlag, VerifyCode
from ulnlib.errors import InvalidUln
from ulnlib.fields import FIELDS
from ulnlib.matching import TOLERANCES, Tolerance, verify
from ulnlib.register import Register

_HEADINGS: dict[str, tuple[str, ...]] = {
    "uln": ("uln", "uniquelearnernumber", "l45"),
    "given_name": ("givenname", "givennames", "firstname", "forename"),
    "family_name": ("familyname", "lastname", "surname"),
    "date_of_birth": ("dateofbirth", "birthdate", "dob"),
    "gender": ("gender", "sex"),
}
"""The columns, and the headings that are taken for them, in letters alone.

Source: headings of LRB files (observed), and what others call them (assumed).
"""

_NEEDED = ("uln", "given_name", "family_name")
_NOT_CHECKED = "not checked"
_ADDED = ("Verification", "Meaning", "Failed", "Differs in", "ULN to use")


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--register",
    "register_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The register file; make one with 'ulnlib register build'.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to write the table with the findings added.",
)
@WITHOUT_OPTION
@JSON_OPTION
def verify_command(
    path: Path,
    register_path: Path,
    output: Path,
    *,
    without: Sequence[str],
    as_json: bool,
) -> None:
    """Say of every row of a table whether the ULN is the learner's.

    \b
    ulnlib verify learners.csv --register register.db -o verified.csv

    The table needs the headings ULN, GivenName and FamilyName; DateOfBirth
    (YYYY-MM-DD) and Gender are compared when they are there. All its columns stay as
    they are. Two columns for the same are refused: nobody can tell which is meant. Exit
    status 1 when a row is not a full match.
    """  # noqa: D301  # click reads the backspace
    refuse_input(output, path, register_path)
    tolerances = TOLERANCES - set(without)
    counts: Counter[str] = Counter()
    with (
        Register.open(register_path, read_only=True) as register,
        CsvTable(path) as rows,
    ):
        places = _places(rows)

        def judge(cells: Sequence[str] | None) -> Sequence[str]:
            added = _verified(register, places, cells, tolerances)
            counts[added[0]] += 1
            return added

        with whole_file(output) as out:
            for line in progress(rows.with_added(_ADDED, judge), "Verifying"):
                out.write(line)
        is_synthetic = register.is_synthetic
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "verify",
                "output": str(output),
                "rows": counts.total(),
                "codes": {code.value: counts[code.value] for code in VerifyCode},
                "not_checked": counts[_NOT_CHECKED],
                "is_synthetic": is_synthetic,
            }
        )
    else:
        _show(path, output, counts)
        if is_synthetic:
            click.echo(NOT_REAL)
    matched = counts[VerifyCode.MATCH.value] + counts[VerifyCode.LINKED_MATCH.value]
    if matched < counts.total():
        raise SystemExit(1)


def _places(rows: CsvTable) -> dict[str, int]:
    """Return where the columns stand."""
    found = {}
    for name, known in _HEADINGS.items():
        what = f"a heading for {FIELDS[name].label}"
        place = rows.column(partial(_is_one_of, known), what)
        if place is not None:
            found[name] = place
        elif name in _NEEDED:
            raise rows.missing(f"a column such as {known[0]}")
    return found


def _is_one_of(known: Sequence[str], heading: str) -> bool:
    return "".join(c for c in heading.casefold() if c.isalnum()) in known


def _verified(
    register: Register,
    places: dict[str, int],
    cells: Sequence[str] | None,
    tolerances: frozenset[Tolerance],
) -> Sequence[str]:
    if cells is None:
        why = "the row has more cells than headings, or an open quotation mark"
        return (_NOT_CHECKED, why, "", "", "")

    def cell(name: str) -> str:
        place = places.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    if not cell("given_name") or not cell("family_name"):
        return (_NOT_CHECKED, "both names are needed", "", "", "")
    born, gender = cell("date_of_birth"), cell("gender")
    if born and (wrong := why_no_birth_date(born)) is not None:
        return (_NOT_CHECKED, wrong, "", "", "")
    if gender and gender not in FIELDS["gender"].codes:
        codes = ", ".join(FIELDS["gender"].codes)
        return (_NOT_CHECKED, f"a gender is one of the codes {codes}", "", "", "")
    try:
        found = verify(
            register,
            cell("uln"),
            cell("given_name"),
            cell("family_name"),
            born or None,
            gender or None,
            tolerances=tolerances,
        )
    except InvalidUln as error:
        return (_NOT_CHECKED, error.message, "", "", "")
    is_usable = found.uln is not None and found.code is not VerifyCode.NO_MATCH
    return (
        found.code.value,
        found.code.label,
        " ".join(flag.value for flag in found.flags),
        ", ".join(one.label for one in found.tolerances),
        str(found.uln) if is_usable else "",
    )


def _show(path: Path, output: Path, counts: Counter[str]) -> None:
    rows = [
        (code.value, f"{counts[code.value]:,}", code.label, code.info.remedy)
        for code in VerifyCode
        if counts[code.value]
    ]
    if counts[_NOT_CHECKED]:
        rows.append(
            (
                _NOT_CHECKED,
                f"{counts[_NOT_CHECKED]:,}",
                "The row has a value that cannot be compared",
                "Correct it; the column Meaning says which and how.",
            )
        )
    title = f"{path.name}: {plural(counts.total(), 'row')}"
    headings = ("Code", "Rows", "What it means", "What to do")
    console().print(table(headings, rows, title=title, right=(1,)))
    flags = ", ".join(f"{flag.value} {flag.label.lower()}" for flag in FailureFlag)
    click.echo(f"Comparisons that failed stand in the column Failed: {flags}.")
    click.echo(f"Written: {output}")

"""`ulnlib uln`: check numbers, on the line or in a file."""

from __future__ import annotations

__all__ = ["uln"]

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from ulnlib.cli.columns import CsvTable
from ulnlib.cli.files import whole_file
from ulnlib.cli.screen import (
    JSON_OPTION,
    console,
    plural,
    progress,
    show_json,
    table,
)
from ulnlib.uln import Diagnosis, Reason, check, diagnose


@click.group()
def uln() -> None:
    """Check Unique Learner Numbers."""


@uln.command("check")
@click.argument("values", nargs=-1, required=True, metavar="ULN... | FILE.csv")
@click.option("--column", help="The heading of the column with the ULNs in FILE.csv.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write FILE.csv with the columns verdict and reason added.",
)
@JSON_OPTION
def check_command(
    values: Sequence[str], column: str | None, output: Path | None, *, as_json: bool
) -> None:
    """Say which numbers are ULNs, and what may have gone wrong with the others.

    \b
    ulnlib uln check 1000000043 1234567894
    ulnlib uln check learners.csv --column ULN -o checked.csv

    A file is read as a stream: it may have millions of rows. All its columns stay as
    they are. Exit status 1 when a number is not a ULN.
    """  # noqa: D301  # click reads the backspace
    if column is None:
        if output is not None or any(Path(value).is_file() for value in values):
            raise click.UsageError(
                "to check a file, name its column with --column and the output with -o"
            )
        _check_values(values, as_json=as_json)
    else:
        if len(values) != 1:
            raise click.UsageError("with --column, give one file")
        if output is None:
            raise click.UsageError("with --column, say where to write with -o")
        _check_file(Path(values[0]), column, output, as_json=as_json)


def _check_values(values: Sequence[str], *, as_json: bool) -> None:
    diagnoses = [(value, diagnose(value)) for value in values]
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "uln-check",
                "results": [_as_dict(value, found) for value, found in diagnoses],
            }
        )
    else:
        for value, found in diagnoses:
            if len(values) > 1 or found.reason is None:
                click.echo(f"{value}: {'ULN' if found.reason is None else 'not a ULN'}")
            if found.reason is not None:
                click.echo(found.to_text())
    if any(found.reason is not None for _, found in diagnoses):
        raise SystemExit(1)


def _as_dict(value: str, found: Diagnosis) -> dict[str, object]:
    return {
        "value": value,
        "is_valid": found.reason is None,
        "reason": None if found.reason is None else found.reason.value,
        "corrections": [str(one) for one in found.corrections],
        "transpositions": [str(one) for one in found.transpositions],
        "digit_missing": [str(one) for one in found.dropped],
        "digit_too_many": [str(one) for one in found.repeated],
    }


def _check_file(path: Path, column: str, output: Path, *, as_json: bool) -> None:
    counts: dict[str, int] = {}
    with CsvTable(path) as rows:
        position = rows.column(column.__eq__, "the heading that was asked for")
        if position is None:
            raise rows.missing("the column that was asked for; capitals count")

        judge = partial(_verdict, position, counts)
        lines = rows.with_added(["verdict", "reason"], judge)
        with whole_file(output) as out:
            for line in progress(lines, "Checking ULNs"):
                out.write(line)
    valid = counts.pop("", 0)
    blank = counts.pop("blank", 0)
    wrong = sum(counts.values())
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "uln-check-file",
                "output": str(output),
                "rows": valid + blank + wrong,
                "valid": valid,
                "blank": blank,
                "invalid": wrong,
                "reasons": dict(sorted(counts.items())),
            }
        )
    else:
        screen = console()
        shown = [("ULN", f"{valid:,}", "")]
        shown += [
            ("not a ULN", f"{count:,}", _why(reason))
            for reason, count in sorted(counts.items())
        ]
        if blank:
            shown.append(("empty", f"{blank:,}", "no number in the cell"))
        title = f"{path.name}: {plural(valid + blank + wrong, 'row')}"
        screen.print(table(("Verdict", "Rows", "Why"), shown, title=title, right=(1,)))
        click.echo(f"Written: {output}")
    if wrong:
        raise SystemExit(1)


_SHIFTED = "columns"


def _why(reason: str) -> str:
    if reason == _SHIFTED:
        return (
            "the row has more cells than headings, or an open quotation mark; it was "
            "not checked"
        )
    return Reason(reason).message


def _verdict(
    position: int, counts: dict[str, int], cells: Sequence[str] | None
) -> Sequence[str]:
    if cells is None:
        counts[_SHIFTED] = counts.get(_SHIFTED, 0) + 1
        return ["not checked", _SHIFTED]
    value = cells[position].strip() if position < len(cells) else ""
    if not value:
        counts["blank"] = counts.get("blank", 0) + 1
        return ["empty", ""]
    found = check(value)
    key = "" if found is None else found.value
    counts[key] = counts.get(key, 0) + 1
    return ["valid", ""] if found is None else ["invalid", key]

"""`ulnlib uln`: check numbers, on the line or in a file."""

from __future__ import annotations

__all__ = ["uln"]

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ulnlib.batch.cells import join_minimal, split
from ulnlib.batch.headings import other_separator
from ulnlib.batch.rows import Row, Rows, without_end
from ulnlib.batch.source import file_kind
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


class _Unusable(click.ClickException):
    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002
        click.echo(f"ulnlib: {self.message}", err=True)


def _check_file(path: Path, column: str, output: Path, *, as_json: bool) -> None:
    counts: dict[str, int] = {}
    rows = Rows(path)
    try:
        head = rows.lines.head()
        kind = file_kind(head)
        if kind is not None:
            raise _Unusable(f"{path}: this is {kind}, not a CSV text file")
        if b"\n" not in head and b"\r" in head:
            rows.split_at_cr()
        position = _find_column(rows, path, column)
        with whole_file(output) as out:
            for line in progress(_checked(rows, position, counts), "Checking ULNs"):
                out.write(line)
    finally:
        rows.close()
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


def _find_column(rows: Rows, path: Path, column: str) -> int:
    """Read the heading row and return the column's position; keep the row."""
    line = rows.take()
    if line is None:
        raise _Unusable(f"{path}: the file is empty")
    raw, text = line
    row = rows.assemble(raw, text.removeprefix("\ufeff"), 0)
    headings = [heading.strip() for heading in row.split.cells]
    if column not in headings:
        separator = other_separator(row.split.cells)
        if separator is not None:
            raise _Unusable(
                f"{path}: its cells are separated by {separator}, not by commas; save "
                "it as CSV (comma delimited)"
            )
        raise _Unusable(
            f"{path}: none of its {plural(len(headings), 'heading')} is the column "
            "that was asked for; capitals count"
        )
    rows.give_back([(row.raw, row.text)])
    return headings.index(column)


def _checked(rows: Rows, position: int, counts: dict[str, int]) -> Iterator[bytes]:
    """Yield every row with the verdict and the reason added."""
    columns = 0
    end = b"\r\n"
    while (line := rows.take()) is not None:
        row = rows.assemble(*line, columns)
        body = row.raw.removesuffix(b"\n").removesuffix(b"\r")
        end = row.raw[len(body) :] or end
        cells = row.split.cells
        if not row.is_closed:
            body, cells = _closed(row, body)
        if not columns:
            columns = len(cells)
            added = ["verdict", "reason"]
        elif not body.strip():
            yield row.raw
            continue
        elif not row.is_closed:
            added = _not_checked(counts)
        else:
            added = _verdict(cells, position, columns, counts)
            if not any(cells[columns:]):
                for _ in cells[columns:]:  # empty cells too many
                    body = body.removesuffix(b'""').removesuffix(b",")
        padding = "," * max(0, columns - len(cells))
        yield body + f"{padding},{join_minimal(added)}".encode("ascii") + end


def _closed(row: Row, body: bytes) -> tuple[bytes, list[str]]:
    """Close the quotation mark of a row, so that what is added stands outside."""
    whole = split(without_end(row.text))
    return (body if whole.closed else body + b'"'), whole.cells


def _not_checked(counts: dict[str, int]) -> list[str]:
    counts[_SHIFTED] = counts.get(_SHIFTED, 0) + 1
    return ["not checked", _SHIFTED]


def _verdict(
    cells: Sequence[str], position: int, columns: int, counts: dict[str, int]
) -> list[str]:
    value = cells[position].strip() if position < len(cells) else ""
    if len(cells) > columns and any(cells[columns:]):
        return _not_checked(counts)
    if not value:
        counts["blank"] = counts.get("blank", 0) + 1
        return ["empty", ""]
    found = check(value)
    key = "" if found is None else found.value
    counts[key] = counts.get(key, 0) + 1
    return ["valid", ""] if found is None else ["invalid", key]

"""Learners of a caller's own table, by a mapping; every defect with row and field.

A column is read as a whole, for only the whole column tells how its dates are written.
A row with an error makes no learner: it is named, to be mended and made again.
"""

from __future__ import annotations

__all__ = ["MadeLearners", "NameOrder", "make_learners"]

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum

import attrs

from ulnlib import postcode
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.duplicates import Repeats, tidy_values
from ulnlib.batch.files import NOT_REAL
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.mapping import Mapping
from ulnlib.batch.table_cells import CellError, code_of, is_word_for_nothing, text_of
from ulnlib.batch.table_dates import DateRules, read_dates
from ulnlib.batch.tables import Cell, Table
from ulnlib.errors import InvalidPostcode
from ulnlib.fields import FIELDS, Kind
from ulnlib.issues import Issue, Report, Severity, issue
from ulnlib.learner import Learner
from ulnlib.uln import TEMPORARY, compact


class NameOrder(StrEnum):
    """How a whole name in one column is split.

    Source: ours.
    """

    GIVEN_FAMILY = "given-family"
    FAMILY_GIVEN = "family-given"
    COMMA = "family,given"


@attrs.frozen(kw_only=True)
class MadeLearners:
    """The learners of a table.

    Attributes:
        learners: Those of the rows without an error, in order.
        rows: The row of the table of each.
        left_out: The rows with an error.
        report: Every finding: about the table, then by row.
    """

    learners: tuple[Learner, ...] = ()
    rows: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    report: Report = attrs.field(factory=Report)


def make_learners(  # noqa: PLR0913  # what a caller may decide
    table: Table,
    mapping: Mapping,
    *,
    day_first: bool | None = None,
    as_of: dt.date | None = None,
    names: NameOrder | str | None = None,
    ability_to_share: str | None = None,
    verification_type: str | None = None,
    other_verification_description: str | None = None,
    layout: Layout = LRB_3A,
) -> MadeLearners:
    r"""Make learners of the rows of a table.

    Dates, words for gender and for yes and no, and numbers that a spreadsheet changed
    are understood; postcodes are tidied; names stay as they are. Each learner is
    checked as the service would.

    Args:
        table: The table, as it was read.
        mapping: Which column is which field; nothing in it may be left open.
        day_first: Whether the day comes before the month in dates such as 03/04/2007;
            None lets each column decide, and refuses one that does not.
        as_of: The day on which ages are counted; a year of two digits needs it.
        names: How whole names in one column are split; without it they are not.
        ability_to_share: The value for rows that have none.
        verification_type: The value for rows that have none.
        other_verification_description: The value for rows that have none, where the
            verification type is 999.
        layout: The layout that the learners are for.

    Returns:
        The learners and the findings. With a fatal finding there are no learners.

    Raises:
        ValueError: `names` is no order.

    Source: LRS portal guide, appendices B to F (published: what the fields hold); how
    other systems write them is assumed, see the tables.

    Examples:
        >>> from ulnlib import batch
        >>> table = batch.read_table(
        ...     b"Surname,Forename,DOB,Sex,Postcode,Student ID\n"
        ...     b"Example,Ada,24/05/2007,Female,za11aa,A-7\n"
        ... )
        >>> made = batch.make_learners(
        ...     table,
        ...     batch.suggest(table.headings),
        ...     ability_to_share="1",
        ...     verification_type="2",
        ... )
        >>> made.learners
        (Learner(mis_identifier='A-7'),)
        >>> made.learners[0].date_of_birth, made.learners[0].postcode
        ('2007-05-24', 'ZA1 1AA')
    """
    order = None if names is None else NameOrder(names)
    given = {
        "ability_to_share": ability_to_share,
        "verification_type": verification_type,
        "other_verification_description": other_verification_description,
    }
    constants = {name: text for name, text in given.items() if text}
    if table.report.fatal:
        return MadeLearners(report=table.report)
    problems = mapping.problems(constants=constants, has_name_order=order is not None)
    if mapping.column("uln") is not None and _is_synthetic(table):
        problems = Report([*problems, issue("ulns-not-real")])
    if problems:
        return MadeLearners(report=Report([*table.report, *problems]))
    found = [*table.report, *_slipped(table)]
    table = _without(table, _errors(found).keys())
    columns = _Columns(table, mapping, day_first=day_first, as_of=as_of)
    found += columns.found
    rules = RowRules(layout, as_of)
    refused = _errors(found)
    twice = Repeats()
    all_made: list[Learner] = []
    for n, row in enumerate(table.numbers):
        values = columns.values_of(n)
        more = list(_split_name(values, order))
        learner = _learner(values, constants)
        named = {item.field for item in more} | refused.get(row, set())
        more += (i for i in check_learner(learner, rules) if i.field not in named)
        found += (item.at("row", row) for item in more)
        all_made.append(learner)
        twice.add(row, tidy_values(learner))
    found += twice.issues()
    left_out = _errors(found).keys()
    kept = [
        (row, learner)
        for row, learner in zip(table.numbers, all_made, strict=True)
        if row not in left_out
    ]
    found.sort(key=lambda item: item.row or 0)
    return MadeLearners(
        learners=tuple(learner for _, learner in kept),
        rows=tuple(row for row, _ in kept),
        left_out=tuple(sorted(left_out)),
        report=Report(found),
    )


def _is_synthetic(table: Table) -> bool:
    """Say whether a heading or the first row tells that the ULNs are invented."""
    cells = (*table.headings, *(table.rows[0] if table.rows else ()))
    return any(isinstance(cell, str) and cell.startswith(NOT_REAL) for cell in cells)


def _errors(found: Sequence[Issue]) -> dict[int, set[str | None]]:
    """Return the fields with an error, by row."""
    fields: dict[int, set[str | None]] = {}
    for item in found:
        if item.row is not None and item.severity is not Severity.WARNING:
            fields.setdefault(item.row, set()).add(item.field)
    return fields


def _without(table: Table, rows: Collection[int]) -> Table:
    """Return a table without rows: they are not to decide on the others either."""
    kept = [
        (number, row)
        for number, row in zip(table.numbers, table.rows, strict=True)
        if number not in rows
    ]
    return attrs.evolve(
        table,
        numbers=tuple(number for number, _ in kept),
        rows=tuple(row for _, row in kept),
    )


def _slipped(table: Table) -> Iterator[Issue]:
    """Say which rows are wider than the heading row, where cells can slip."""
    width = table.width
    if width is None:
        return
    # A separator at the end of every row is a habit, and no slip.
    is_habit = all(len(row) == width + 1 and not row[-1] for row in table.rows)
    for number, row in zip(table.numbers, table.rows, strict=True):
        if len(row) > width and not is_habit:
            yield issue("cells-outside", "row", number, found=len(row), expected=width)


# --- columns ------------------------------------------------------------------------


class _Columns:
    """The columns of a table as texts, and what was found in them."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        *,
        day_first: bool | None,
        as_of: dt.date | None,
    ) -> None:
        self.found: list[Issue] = []
        self._texts: dict[str, list[str | None]] = {}
        for one in mapping.choices:
            cells = table.column(one.column)
            if one.field in FIELDS and FIELDS[one.field].kind is Kind.DATE:
                cells = self._without_nothing(cells, one.label)
                rules = DateRules(
                    field=one.field,
                    day_first=day_first,
                    as_of=as_of,
                    epoch=table.epoch,
                )
                texts, issues = read_dates(cells, table.numbers, rules)
                self.found += issues
            else:
                texts = self._plain(cells, table.numbers, one.field, one.label)
            self._texts[one.field] = texts
        self._tidy(table.numbers)

    def values_of(self, n: int) -> dict[str, str]:
        """Return the texts of a row by field, without those that are empty."""
        row = {name: texts[n] for name, texts in self._texts.items()}
        return {name: text for name, text in row.items() if text}

    def _without_nothing(self, cells: Sequence[Cell], label: str) -> list[Cell]:
        """Return cells without words for nothing, and count those."""
        left = [None if _is_nothing(cell) else cell for cell in cells]
        count = sum(new is not old for new, old in zip(left, cells, strict=True))
        if count:
            self.found.append(issue("cells-taken-as-empty", label=label, count=count))
        return left

    def _plain(
        self, cells: Sequence[Cell], numbers: Sequence[int], field: str, label: str
    ) -> list[str | None]:
        """Return the texts of a column that is not of dates."""
        if field not in {*_NAMES, *_CODES}:
            cells = self._without_nothing(cells, label)
        texts: list[str | None] = []
        for number, cell in zip(numbers, cells, strict=True):
            text = None
            try:
                text = _text(cell, field)
            except CellError as error:
                path = ("row", number, field)
                told = issue(error.code, *path, label=label, found=error.found)
                self.found.append(told)
            texts.append(text)
        return texts

    def _tidy(self, numbers: Sequence[int]) -> None:
        """Leave out what is no value, and say what is only odd."""
        for name, (is_odd, code) in _ODD.items():
            texts = self._texts.get(name, [])
            odd = [n for n, text in enumerate(texts) if text and is_odd(text)]
            if odd:
                first = numbers[odd[0]]
                self.found.append(issue(code, count=len(odd), first=first))
            for n in odd:
                texts[n] = None
        for name in _NAMES:
            texts = self._texts.get(name, [])
            count = sum(bool(text) and _is_shouted(text or "") for text in texts)
            if count:
                label = FIELDS[name].label if name in FIELDS else "Whole name"
                self.found.append(issue("names-in-capitals", label=label, count=count))


def _is_nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and is_word_for_nothing(cell.strip(), is_name=False)


_NAMES = ("full_name", "given_name", "family_name")

_CODES = ("gender", "ability_to_share", "verification_type")

_ODD: dict[str, tuple[Callable[[str], bool], str]] = {
    "uln": (lambda text: text == TEMPORARY, "temporary-ulns-left-out"),
    "title": (str.isdigit, "titles-are-codes"),
}
"""What is left out of a column, and how that is said."""


def _is_shouted(text: str) -> bool:
    return text.isupper() and sum(c.isalpha() for c in text) > 2


def _text(cell: Cell, field: str) -> str | None:
    """Return the text of a field; a code for a word."""
    text = text_of(cell, field)
    if text is None:
        return None
    if field in _NAMES and is_word_for_nothing(text, is_name=True):
        raise CellError("word-for-nothing")
    if field == "uln":
        return compact(text)
    if field in _CODES:
        return code_of(text, field)
    return text


# --- a row --------------------------------------------------------------------------


_DESCRIPTION = "other_verification_description"


def _learner(values: dict[str, str], constants: dict[str, str]) -> Learner:
    """Return the learner of a row's texts."""
    both = values.get("postcode_out"), values.get("postcode_in")
    if "postcode" not in values and all(both):
        values["postcode"] = " ".join(text or "" for text in both)
    if "postcode" in values:
        values["postcode"] = _tidy_postcode(values["postcode"])
    for name, text in constants.items():
        is_due = name != _DESCRIPTION or values.get("verification_type") == "999"
        if is_due:
            values.setdefault(name, text)
    return Learner.of([values.get(name) for name in FIELDS])


def _tidy_postcode(text: str) -> str:
    try:
        return postcode.parse(text)
    except InvalidPostcode:
        return text  # the check says what is wrong with it


def _split_name(values: dict[str, str], order: NameOrder | None) -> Iterator[Issue]:
    """Put given and family name for a whole name; say when it cannot be split."""
    whole = values.pop("full_name", None)
    if whole is None or order is None:
        return
    if order is NameOrder.COMMA:
        parts = [part.strip() for part in whole.split(",")]
    else:
        parts = whole.split()
    if len(parts) != 2 or not all(parts) or "," in "".join(parts):
        yield issue("full-name-parts", "given_name")
        yield issue("full-name-parts", "family_name")
        return
    if order is NameOrder.GIVEN_FAMILY:
        parts.reverse()
    values["family_name"], values["given_name"] = parts

"""Reading an LRB batch file: any bytes in, records and findings out.

The reader is lenient: it takes what it can, says what is wrong with it, and keeps the
bytes of every record. It raises for a source that cannot be opened or read, and for
misuse, and for nothing that a file may hold.

A file is read as a stream. Beside the record in hand the reader keeps 28 bytes for
each record, to find learners that stand in a file twice.
"""

from __future__ import annotations

__all__ = ["Reader", "open_file", "read"]

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import attrs

from ulnlib.batch.cells import join_all, join_minimal, split
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.compiled import Compiled, Values, compile_layout
from ulnlib.batch.duplicates import Repeats, tidy_values
from ulnlib.batch.entries import EntryRules
from ulnlib.batch.files import BatchFile, FileValues, Record, Style
from ulnlib.batch.headings import Headings, read_headings
from ulnlib.batch.layouts.known import written_alike
from ulnlib.batch.layouts.layout import FILE_VALUES, RETURN_CODE, Layout
from ulnlib.batch.layouts.lrb import LAYOUTS, RECORD_LIMIT
from ulnlib.batch.names import check_form, check_name, parse_name
from ulnlib.batch.rows import BOM, Rows, without_end
from ulnlib.batch.source import Lines, Source, file_kind
from ulnlib.batch.sureness import Sureness
from ulnlib.fields import FIELDS
from ulnlib.identifiers import SCN_CHECK, UCI_CHECK, UPN_CHECK, check_ukprn
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.postcode import DEFAULT
from ulnlib.rules import sharing
from ulnlib.uln import is_valid

_CELLS = 400
"""So many cells of a row are looked at; a layout has 32."""

_BLANK_ROWS = 20
"""Behind so many blank rows the version that a file states is not looked for."""

_SHIFT = 5
"""So many empty cells too many, in a row with defects, mean unquoted commas."""

_SHARES = 8
"""So many different values of ability to share are kept; right ones are four."""

_ENDS = (b"\r\n", b"\n", b"\r")


def open_file(
    source: Source,
    *,
    as_of: dt.date | None = None,
    layout: Layout | None = None,
    name: str | None = None,
) -> Reader:
    """Open a batch file to be read as a stream.

    Args:
        source: Bytes, a path, or an open binary file.
        as_of: The day on which ages are counted; without it they are not checked.
        layout: The layout of the file, where the caller knows better than the
            headings; without it the headings decide.
        name: The file's name, where the source does not tell it.

    Returns:
        A reader: iterate over it for the records.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.
    """
    return _open(Lines(source), as_of, layout, name)


def _open(
    lines: Lines, as_of: dt.date | None, layout: Layout | None, name: str | None
) -> Reader:
    """Open a file by the reader of its form."""
    from ulnlib.batch.xmlreader import XmlReader, is_xml

    try:
        kind = XmlReader if is_xml(lines.head()) else Reader
    except BaseException:
        lines.close()
        raise
    reader = kind(lines, as_of=as_of, layout=layout, name=name)
    if reader.name is not None and reader.layout is not None:
        form = reader.style.form
        reader.findings[:0] = check_form(reader.name, form)
    return reader


def read(
    source: Source,
    *,
    as_of: dt.date | None = None,
    layout: Layout | None = None,
    name: str | None = None,
) -> BatchFile:
    """Read a batch file as a whole.

    Args:
        source: Bytes, a path, or an open binary file.
        as_of: The day on which ages are counted; without it they are not checked.
        layout: The layout of the file, where the caller knows better than the
            headings; without it the headings decide.
        name: The file's name, where the source does not tell it.

    Returns:
        The file, with every record and every finding.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.
    """
    with _open(Lines(source, is_hashed=True), as_of, layout, name) as reader:
        records = list(reader)
        return reader.as_file(records)


@attrs.frozen
class _Row:
    """One row as it was cut into cells.

    Attributes:
        row: Its number.
        line: Its line.
        raw: Its bytes.
        cells: Its cells.
        order: What each column holds.
        found: What is wrong with its shape.
        by_name: The values that are given, by the name of the column.
        learner: The values that are a learner's.
    """

    row: int
    line: int
    raw: bytes
    cells: list[str]
    order: tuple[str | None, ...]
    found: tuple[Issue, ...]
    by_name: dict[str, str]
    learner: Learner

    @classmethod
    def of(  # noqa: PLR0913, PLR0917  # what a row is
        cls,
        row: int,
        line: int,
        raw: bytes,
        cells: list[str],
        order: tuple[str | None, ...],
        found: Iterable[Issue],
    ) -> _Row:
        """Return a row, its cells put to their names."""
        pairs = zip(order, cells, strict=False)
        given = {name: cell for name, cell in pairs if name is not None and cell}
        learner = Learner.of([given.get(name) for name in FIELDS])
        return cls(row, line, raw, cells, order, tuple(found), given, learner)

    @property
    def _extra(self) -> list[str]:
        return self.cells[len(self.order) : _CELLS]

    @property
    def is_shifted(self) -> bool:
        """Whether there are values behind the last column."""
        return any(cell.strip() for cell in self._extra) or len(self.cells) > _CELLS

    def with_defects(self, defects: Sequence[Issue]) -> tuple[Issue, ...]:
        """Return what is wrong with the row, given what is wrong with its values."""
        if self.is_shifted or (defects and 0 < len(self._extra) <= _SHIFT):
            # The values stand in wrong columns: their own defects would mislead.
            found, expected = len(self.cells), len(self.order)
            shifted = issue("columns-extra", found=found, expected=expected)
            return (*self.found, shifted)
        return (*self.found, *defects)

    def record(
        self, issues: Sequence[Issue], *, further: Mapping[str, str] | None = None
    ) -> Record:
        """Return the record."""
        placed = tuple(item.at("row", self.row, line=self.line) for item in issues)
        code = self.by_name.get(RETURN_CODE)
        record = Record(self.row, self.line, self.learner, placed, self.raw, code)
        return record if not further else attrs.evolve(record, further=further)


class Reader:
    """A batch file being read; an iterator over its records.

    What is known of the file as a whole (`style`, `findings`) is complete
    once the records have been gone through.

    Attributes:
        layout: The layout of the columns, or None when the file is none of ours.
        values: The four values of row 2, once the first record has been read.
        findings: What is wrong with the file as a whole, and rows that stand twice.
        name: The file's name, when it has one.
    """

    def __init__(
        self,
        source: Source | Lines,
        *,
        as_of: dt.date | None = None,
        layout: Layout | None = None,
        name: str | None = None,
        is_hashed: bool = False,
    ) -> None:
        self._rows = Rows(source, is_hashed=is_hashed)
        self.name = name if name is not None else self._rows.lines.name
        self.values = FileValues()
        self.findings: list[Issue] = []
        self._row = 0
        self._line = 0
        self._blank = (0, 0)
        self._twice = Repeats()
        self._count = 0  # of entries; learners are counted as they are compared
        self._shares: set[str | None] = set()
        self._has_bom = False
        self._line_end = "\r\n"
        self._quoting: str | None = None
        self._other_end: int | None = None
        self._final_line_end = True
        self._said_of_values: set[str] = set()
        self._heading_cells: list[str] = []
        self.layout: Layout | None = None
        try:
            self._headings = self._open(layout)
        except BaseException:
            self.close()
            raise
        self.layout = self._headings.layout
        if self.layout is not None:
            self._rules = RowRules(self.layout, as_of)
            self._entry_rules = EntryRules(self.layout, as_of)
        self._records = self._read()

    # --- the caller's side ---------------------------------------------------------

    def __iter__(self) -> Iterator[Record]:
        return self._records

    def __next__(self) -> Record:
        return next(self._records)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, if the reader opened it."""
        self._rows.close()

    @property
    def sureness(self) -> Sureness | None:
        """How sure the layout is; None where there is none."""
        return None if self.layout is None else self._headings.sureness

    @property
    def style(self) -> Style:
        """How the text of the file is written, as far as it has been read."""
        return Style(
            encoding=self._rows.encoding,
            has_bom=self._has_bom,
            line_end="mixed" if self._other_end else self._line_end,
            quoting=self._quoting or "minimal",
            final_line_end=self._final_line_end,
        )

    @property
    def digest(self) -> str | None:
        """SHA-256 of the bytes read so far, in hexadecimal; `read` asks for it."""
        return self._rows.lines.digest

    @property
    def record_count(self) -> int:
        """How many records have been read."""
        return self._count or len(self._twice)

    def as_file(self, records: Sequence[Record]) -> BatchFile:
        """Return the file as a value, once its records have been gone through.

        Args:
            records: The records that this reader yielded.
        """
        everything = [item for record in records for item in record.issues]
        everything += self.findings
        # Findings about the whole file come first, then rows in order.
        everything.sort(key=lambda item: item.row or 0)
        return BatchFile(
            layout=self.layout,
            sureness=self.sureness,
            values=self.values,
            records=tuple(records),
            report=Report(everything),
            style=self.style,
            name=self.name,
            digest=None if self.layout is None else self.digest,
        )

    # --- the head of the file -----------------------------------------------------

    def _open(self, layout: Layout | None) -> Headings:
        """Look at the head of the file and read the heading row, then at its name."""
        headings = self._opened(layout)
        found = headings.layout
        if self.name is not None and (found is None or found.is_of_learners):
            # Of other files the rule for names is not known.
            self.findings[:0] = check_name(self.name)
        return headings

    def _opened(self, layout: Layout | None) -> Headings:
        head = self._rows.lines.head()
        if not head:
            self.findings.append(issue("empty-file"))
            return Headings(layout=None)
        kind = file_kind(head)
        if kind is not None:
            self.findings.append(issue("file-kind", found=kind))
            return Headings(layout=None)
        if b"\n" not in head and b"\r" in head:
            self._rows.split_at_cr()
        line = self._rows.take()
        while line is not None and self._skip_blank(*line):
            line = self._rows.take()
        if line is None:
            self.findings.append(issue("empty-file"))
            return Headings(layout=None)
        raw, text = line
        if raw.startswith(BOM):
            self._has_bom = True
            raw, text = raw[3:], text.removeprefix("\ufeff")
        self._line_end = next((e for e in _ENDS if raw.endswith(e)), b"\r\n").decode()
        self._heading_cells = cells = split(text.rstrip("\r\n")).cells
        headings = read_headings(cells, layout)
        if layout is None:
            headings = self._as_stated(headings, cells)
        if len(cells) != len(headings.order):
            self._quoting = "irregular"
        self.findings += headings.issues
        if headings.layout is not None and not headings.is_present:
            self._rows.give_back([(raw, text)])
            self._heading_cells = []
        else:
            self._row += 1
            self._line += 1
            self._note_style(cells, text, raw)
        return headings

    def _as_stated(self, headings: Headings, cells: Sequence[str]) -> Headings:
        """Read the headings as those of the version that the file states.

        Versions may have the same headings, and only row 2 tells them apart.
        """
        layout, name = headings.layout, FILE_VALUES[0]
        if layout is None or name not in headings.order:
            return headings
        at = headings.order.index(name)
        row = self._next_cells() if headings.is_present else cells
        other = written_alike(layout, row[at].strip() if at < len(row) else "")
        if other is layout:
            return headings
        return attrs.evolve(read_headings(cells, other), sureness=headings.sureness)

    def _next_cells(self) -> Sequence[str]:
        """Look at the next row that is not blank; it is still to be read."""
        seen: list[tuple[bytes, str]] = []
        cells: Sequence[str] = ()
        while len(seen) < _BLANK_ROWS and not any(cell.strip() for cell in cells):
            line = self._rows.take()
            if line is None:
                break
            seen.append(line)
            cells = split(without_end(line[1])).cells
        self._rows.give_back(seen)
        return cells

    def _skip_blank(self, raw: bytes, text: str) -> bool:
        """Count a row without any value, and say whether it was one."""
        if raw.strip(b' ,"\t\r\n\xef\xbb\xbf'):
            return False
        cells, closed, _ = split(without_end(text.removeprefix("\ufeff")))
        if not closed or any(cell.strip() for cell in cells):
            return False
        self._row += 1
        self._line += 1
        count, first = self._blank
        self._blank = (count + 1, first or self._row)
        return True

    # --- records -------------------------------------------------------------------

    def _read(self) -> Iterator[Record]:
        """Yield the records; note what is only known at the end."""
        if self.layout is not None:
            learners = self.layout.is_of_learners
            yield from (self._records_of if learners else self._entries_of)(self.layout)
        self._finish()

    def _entries_of(self, layout: Layout) -> Iterator[Record]:
        """Yield the records of a file that is no LRB file."""
        rules, has_values = self._entry_rules, layout.column(FILE_VALUES[0]) is not None
        is_first = True
        while (line := self._rows.take()) is not None:
            if self._skip_blank(*line):
                continue
            row = self._row_of(*line, layout)
            if row is None:
                continue
            if has_values:
                self._take_values(row, is_first=is_first)
            is_first = False
            self._count += 1
            further = rules.further(row.by_name)
            defects = [] if row.is_shifted else rules.check(row.learner, further)
            yield row.record(row.with_defects(defects), further=further)

    def _records_of(  # noqa: C901, PLR0912, PLR0915  # the hot loop, in one piece
        self, layout: Layout
    ) -> Iterator[Record]:
        # So many columns are nobody's: every row is read slowly, nothing is compiled.
        order = self._headings.order if len(self._headings.order) <= _CELLS else ()
        compiled = compile_layout(layout, order, self._line_end)
        minimal, quoted = compiled.minimal, compiled.quoted
        arrange, code_at = compiled.arrange, compiled.return_code
        to_end, to_quote = -compiled.end, -compiled.end - 1
        earliest, latest = self._rules.birth_dates
        today = self._rules.today
        rows, twice, sound = self._rows, self._twice, Record.sound
        next_line, waiting = rows.next_line, rows.waiting
        note_share = self._shares.add
        row, line = self._row, self._line
        # The first record carries the values about the file, and is read slowly.
        is_first = True
        while True:
            if waiting:
                raw, text = waiting.popleft()
            elif raw := next_line():
                if raw.isascii():
                    text = raw.decode("ascii")
                else:
                    rows.taken = line + 1
                    text = rows.decode(raw)
            else:
                self._row, self._line = row, line
                return
            quoting, cells = "", []
            if not is_first:
                if text[0] != '"' and minimal(text) is not None:
                    quoting, cells = "minimal", text[:to_end].split(",")
                elif quoted(text) is not None:
                    quoting, cells = "all", text[1:to_quote].split('","')
            if cells:
                code = None if code_at is None else cells[code_at] or None
                values = arrange(cells)
                if _passes(values, earliest, latest, today):
                    row += 1
                    line += 1
                    if self._quoting != quoting:
                        self._mix(quoting)
                    twice.add(row, values)
                    note_share(values[24])
                    yield sound(row, line, values, raw, code)
                    continue
            self._row, self._line = row, line
            rows.taken = line + 1 + len(waiting)
            if not self._skip_blank(raw, text):
                record = self._slow(raw, text, compiled, is_first=is_first)
                if record is not None:
                    is_first = False
                    twice.add(record.row, tidy_values(record.learner))
                    if len(self._shares) < _SHARES:
                        note_share(record.learner.ability_to_share)
                    yield record
            row, line = self._row, self._line

    def _slow(
        self, raw: bytes, text: str, compiled: Compiled, *, is_first: bool
    ) -> Record | None:
        """Read one row that the compiled form does not take."""
        row = self._row_of(raw, text, self._rules.layout)
        if row is None:
            return None
        self._take_values(row, is_first=is_first)
        learner = row.learner
        defects = [] if row.is_shifted else self._defects(row.cells, learner, compiled)
        return row.record(row.with_defects(defects))

    def _row_of(self, raw: bytes, text: str, layout: Layout) -> _Row | None:
        """Return one row with what its shape says; None for the headings again."""
        order = self._headings.order
        self._row += 1
        self._line += 1
        row, line = self._row, self._line
        whole = self._rows.assemble(raw, text, len(order))
        self._line += whole.lines - 1
        cells = whole.split.cells
        if cells == self._heading_cells or tuple(cells[:_CELLS]) == layout.headings:
            self.findings.append(issue("heading-repeated", "row", row, line=line))
            return None
        self._note_style(cells, whole.text, whole.raw)
        if len(cells) != len(order):
            self._quoting = "irregular"  # it would not be written back the same
        found = [] if whole.is_closed else [issue("unclosed-quote")]
        if not whole.split.tidy:
            found.append(issue("stray-quote"))
        if len(cells) < len(order):
            found.append(
                issue("columns-missing", found=len(cells), expected=len(order))
            )
        return _Row.of(row, line, whole.raw, cells, order, found)

    def _defects(
        self, cells: Sequence[str], learner: Learner, compiled: Compiled
    ) -> list[Issue]:
        """Return what is wrong with a learner, quickly where it is nothing."""
        rules = self._rules
        is_sound = compiled.cells('"' + '","'.join(cells) + '"') is not None
        if is_sound and _passes(learner.values(), *rules.birth_dates, rules.today):
            return []
        return check_learner(learner, rules)

    def _take_values(self, found: _Row, *, is_first: bool) -> None:
        """Read the values about the file, which belong into the first record's row."""
        by_name, row = found.by_name, found.row
        # In a row whose cells are not where they should be they say nothing.
        is_odd = len(found.cells) != len(found.order) or found.is_shifted
        given = {name: by_name[name] for name in FILE_VALUES if name in by_name}
        if is_first:
            self.values = FileValues(**given)
            self.findings += self._check_values(row)
        elif given:
            before = self.values
            is_same = is_odd or all(
                _plain(getattr(before, name)) == _plain(given[name]) for name in given
            )
            code = "file-value-repeated" if is_same else "file-value-differs"
            if code not in self._said_of_values:
                self._said_of_values.add(code)
                self.findings.append(issue(code, "row", row))

    def _check_values(self, row: int) -> Iterator[Issue]:
        yield from self._missing_values(row)
        layout, values = self._rules.layout, self.values
        if not layout.is_of_learners:
            return
        last_day, as_of = layout.valid_to, self._rules.as_of
        if last_day is not None and as_of is not None and str(as_of) > last_day:
            yield issue("version-withdrawn", version=layout.version, day=last_day)
        stated = (values.file_version or "").strip()
        if stated and stated != layout.version:
            known = LAYOUTS.get(stated)
            if known is not None and known.headings == layout.headings:
                pass  # versions that are written alike
            elif known is not None:
                yield issue(
                    "version-mismatch",
                    "row",
                    row,
                    "file_version",
                    stated=stated,
                    found=layout.version,
                )
            else:
                yield issue("version-unknown", "row", row, "file_version")
        ukprn = (values.ukprn or "").strip()
        if ukprn:
            yield from (item.at("row", row, "ukprn") for item in check_ukprn(ukprn))
        named = parse_name(self.name) if self.name else None
        if named is not None and ukprn and named.ukprn != ukprn:
            yield issue("ukprn-differs", "row", row, "ukprn")

    def _missing_values(self, row: int) -> Iterator[Issue]:
        layout = self._rules.layout
        for name, value in zip(FILE_VALUES, self.values.as_cells(), strict=True):
            column = layout.column(name)
            if not layout.is_of_learners and name not in self._headings.order:
                continue  # its column is only assumed, and not there
            if column is not None and not (value or "").strip():
                yield issue(
                    "file-value-missing", "row", row, name, right=column.heading
                )

    # --- the file as a whole -------------------------------------------------------

    def _mix(self, quoting: str) -> None:
        """Note the quoting of a line; the first one decides."""
        self._quoting = quoting if self._quoting in {None, quoting} else "irregular"

    def _note_style(self, cells: Sequence[str], text: str, raw: bytes) -> None:
        """Note quoting and line end of a line that was read slowly."""
        end = next((e.decode() for e in _ENDS if raw.endswith(e)), "")
        if end and end != self._line_end:
            self._other_end = self._other_end or self._row
        self._final_line_end = bool(end)
        body = text[: len(text) - len(end)] if end else text
        is_bare = not any(sign in body for sign in '"\r\n')
        if is_bare or body == join_minimal(cells):
            self._mix("minimal")
        elif body == join_all(cells):
            self._mix("all")
        else:
            self._quoting = "irregular"

    def _finish(self) -> None:
        """Note what is only known when every record has been read."""
        if self.layout is not None:
            self.findings += self._count_issues()
        if self.layout is not None and self.layout.is_of_learners:
            self.findings += self._twice.issues()
            self.findings += sharing.check_file(self._shares)
        count, first = self._blank
        if count and self._row > count:
            self.findings.append(issue("blank-rows", count=count, first=first))
        self.findings += self._rows.encoding_issues()
        if self._other_end is not None:
            self.findings.append(issue("line-ends-mixed", first=self._other_end))

    def _count_issues(self) -> Iterator[Issue]:
        found = self.record_count
        stated = (self.values.record_count or "").strip()
        if not found:
            yield issue("no-records")
        elif stated and not (
            stated.isascii() and stated.isdigit() and len(stated) < 10
        ):
            yield issue("record-count-format", "row", 2, "record_count", found=found)
        elif stated and int(stated) != found:
            yield issue(
                "record-count",
                "row",
                2,
                "record_count",
                stated=int(stated),
                found=found,
            )
        if found > RECORD_LIMIT:
            yield issue("too-many-records", found=found, maximum=RECORD_LIMIT)


def _plain(text: str | None) -> str:
    """Return a value about the file without what makes no other of it."""
    plain = (text or "").strip().casefold()
    return plain.lstrip("0") if plain.isdigit() else plain


def _passes(values: Values, earliest: str, latest: str, today: str) -> bool:
    """Say whether values that have the right shape have nothing else to explain.

    Positions are those of `ulnlib.fields.FIELDS`; a test holds them to it.
    """
    uln, born, postcode = values[0], values[16], values[14]
    if values[3] is None or values[6] is None:
        return False
    if uln is None:
        if born is None or postcode is None or values[19] is None:
            return False
        if values[24] is None or values[25] is None:
            return False
    elif not is_valid(uln):
        return False
    scn, upn, uci, description = values[21], values[22], values[23], values[26]
    captured = values[15]
    return (
        (born is None or earliest <= born <= latest)
        and postcode != DEFAULT
        and (captured is None or captured <= today)
        and (scn is None or SCN_CHECK.agrees(scn) is not False)
        and (upn is None or UPN_CHECK.agrees(upn) is not False)
        and (uci is None or UCI_CHECK.agrees(uci) is not False)
        # A description goes with type 999 and with no other.
        and (description is None) == (values[25] != "999")
        and (description is None or description.strip() != "")
    )

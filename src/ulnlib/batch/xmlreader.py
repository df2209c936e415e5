"""Reading a batch file in XML: the same records and findings as from a CSV file.

Which version a file is of is told by the elements of its records, since XML has no
heading row and no element says it. What a record is checked by, and what is said of
the file as a whole, is that of the CSV reader.
"""

from __future__ import annotations

__all__ = ["XmlReader", "is_xml"]

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import attrs

from ulnlib._xml import Other, Records, Refused, line_of, refusal, start_of
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.duplicates import Repeats, tidy_values
from ulnlib.batch.entries import EntryRules
from ulnlib.batch.files import BatchFile, FileValues, Record, Style
from ulnlib.batch.layouts.layout import RETURN_CODE, Head, Layout, XmlForm
from ulnlib.batch.layouts.lrb import LAYOUTS, OUTPUT_LAYOUTS
from ulnlib.batch.layouts.verification import VLD, VLD_OUTPUT
from ulnlib.batch.names import check_name, parse_name
from ulnlib.batch.reader import Reader, _passes
from ulnlib.batch.source import Lines
from ulnlib.batch.sureness import Sureness
from ulnlib.batch.xmlrow import compile_xml, read_row, telling
from ulnlib.fields import FIELDS
from ulnlib.identifiers import check_ukprn
from ulnlib.issues import Issue, issue
from ulnlib.learner import Learner
from ulnlib.rules import sharing

_KNOWN = (
    *list(LAYOUTS.values())[::-1],
    *list(OUTPUT_LAYOUTS.values())[::-1],
    VLD,
    VLD_OUTPUT,
)
"""The layouts that a file may have, the newest first."""

_ENVELOPE = "Envelope"
"""The root of a message of a web service, in which the root of a file may stand."""

_LOOK = 200
"""So many records are looked at for an element that tells the version."""

_NAMES = 1000
"""So many names that no layout has are taken: a parser never forgets one."""

_SHARES = 8
"""So many different values of ability to share are kept; right ones are four."""

_SPACED = re.compile(rb">\s+<")

_HTML = (b"<!doctype html", b"<html", b"<table")


Item = tuple[bytes, int]


def is_xml(head: bytes) -> bool:
    """Say whether a file begins as XML does, and not as a web page.

    Args:
        head: The first bytes.
    """
    start = start_of(head)[:20]
    return start.startswith(b"<") and not start.lower().startswith(_HTML)


class XmlReader(Reader):
    """An XML batch file being read; an iterator over its records.

    The record at position n has row n + 1, as in a spreadsheet below its headings, and
    the line on which its element begins.

    Attributes:
        envelope: What else the file says before its records, element and text.
    """

    def __init__(
        self,
        lines: Lines,
        *,
        as_of: dt.date | None = None,
        layout: Layout | None = None,
        name: str | None = None,
    ) -> None:
        self._lines = lines
        self.name = name if name is not None else lines.name
        self.values = FileValues()
        self.envelope: tuple[tuple[str, str], ...] = ()
        self.findings: list[Issue] = []
        self.layout: Layout | None = None
        self._twice = Repeats()
        self._count = 0
        self._is_given = layout is not None
        self._shares: set[str | None] = set()
        self._waiting: list[Item] = []
        self._xml: Records | None = None
        self._form: XmlForm | None = None
        self._is_stopped = False
        self._is_foreign = False
        self._strange: set[str] = set()
        known = _KNOWN if layout is None else (layout,)
        self._layouts = [one for one in known if one.xml is not None]
        self._as_of = as_of
        try:
            self._items = self._stream()
            self.layout = self._find_layout()
            self._check_name()
            if self.layout is not None:
                self._rules = RowRules(self.layout, as_of)
                self._entry_rules = EntryRules(self.layout, as_of)
                self._take_head()
        except BaseException:
            self.close()
            raise
        self._records = self._read()

    def close(self) -> None:
        """Close the file, if the reader opened it."""
        self._lines.close()

    @property
    def sureness(self) -> Sureness | None:
        """How sure the layout is; None where there is none."""
        if self.layout is None:
            return None
        if self._is_given:
            return Sureness.GIVEN
        is_odd = self._is_foreign or bool(self._strange)
        return Sureness.LIKELY if is_odd else Sureness.CERTAIN

    @property
    def style(self) -> Style:
        """How the text of the file is written."""
        found = self._xml
        if found is None:
            return Style(form="XML")
        return Style(
            form="XML",
            encoding=found.encoding,
            has_bom=found.has_bom,
            line_end=found.line_end,
        )

    @property
    def digest(self) -> str | None:
        """SHA-256 of the bytes, in hexadecimal, where they were read to the end."""
        return None if self._is_stopped else self._lines.digest

    def as_file(self, records: Sequence[Record]) -> BatchFile:
        """Return the file as a value, once its records have been gone through.

        Args:
            records: The records that this reader yielded.
        """
        return attrs.evolve(super().as_file(records), envelope=self.envelope)

    # --- the head of the file -----------------------------------------------------

    def _stream(self) -> Iterator[Item]:
        """Yield each record as bytes with its line; note why reading stops."""
        forms = [one.xml for one in self._layouts if one.xml is not None]
        refused: Refused | None = None
        try:
            found = self._xml = Records(
                self._lines.read,
                sorted({form.record for form in forms}),
                sorted({form.root for form in forms}),
            )
            bytes_of = found.bytes_of
            for element in found:
                yield bytes_of(element), line_of(element)
        except Refused as error:
            refused = error
        if refused is not None:
            self._is_stopped = True
            self.findings.append(refusal(refused))

    def _find_layout(self) -> Layout | None:
        """Read the head and as many records as it takes to know the version."""
        first = next(self._items, None)
        if first is not None:
            self._waiting.append(first)
        found = self._xml
        parent = None if found is None else found.parent
        if found is None or parent is None:
            if not self._is_stopped:
                self.findings.append(issue("xml-root"))
            return None
        namespace, root = parent
        layouts = [one for one in self._layouts if one.xml and one.xml.root == root]
        self._form = form = layouts[0].xml
        self._is_foreign = form is not None and form.namespace != namespace
        if not found.is_root:
            self.findings.append(issue("xml-wrapped"))
        return self._version(layouts)

    def _check_name(self) -> None:
        """Check the file's name; of verify files the rule is not known."""
        found = self.layout
        if self.name is not None and (found is None or found.is_of_learners):
            self.findings[:0] = check_name(self.name)

    def _version(self, layouts: Sequence[Layout]) -> Layout:
        """Return the layout that the elements of the first records tell."""
        signs = telling(layouts)
        if not signs:
            return layouts[0]
        sign = re.compile(rf"<(?:[\w.\-]+:)?({'|'.join(signs)})[\s/>]".encode())
        looked = 0
        while looked < len(self._waiting):
            match = sign.search(self._waiting[looked][0])
            if match is not None:
                return signs[match[1].decode()]
            looked += 1
            more = next(self._items, None) if looked < _LOOK else None
            if more is not None:
                self._waiting.append(more)
        return layouts[0]

    def _take_head(self) -> None:
        """Read the elements before the records."""
        found, form = self._xml, self._form
        if found is None or form is None:
            return
        heads = {head.element: (n, head) for n, head in enumerate(form.head)}
        texts: dict[str, str] = {}
        odd: list[Other] = []
        latest = -1
        right = form.namespace if form.is_qualified else ""
        for other in found.others:
            place, head = heads.get(other.name, (-1, None))
            self._is_foreign = self._is_foreign or other.namespace != right
            if head is None or place <= latest or other.is_late:
                odd.append(other)
            else:
                latest = place
                if not head.is_secret and other.text:
                    texts[head.element] = other.text
        self._odd = odd
        self._others = found.other_count
        self._sort_texts(form, texts)
        self.findings += self._head_issues(form, texts)

    def _sort_texts(self, form: XmlForm, texts: dict[str, str]) -> None:
        """Put what the head says to the values of a file, or beside them."""
        values = {
            head.value: texts[head.element]
            for head in form.head
            if head.value is not None and head.element in texts
        }
        self.values = FileValues(**values)
        self.envelope = tuple(
            (head.element, texts[head.element])
            for head in form.head
            if head.value is None and head.element in texts
        )

    def _head_issues(self, form: XmlForm, texts: dict[str, str]) -> Iterator[Issue]:
        layout, as_of = self._rules.layout, self._as_of
        for head in form.head:
            text = texts.get(head.element, "").strip()
            if not text and head.is_mandatory:
                yield issue("xml-value-missing", head.element, right=head.element)
            elif text and not _fits(head, text):
                yield issue("xml-value-format", head.element, right=head.element)
        if layout.valid_to is not None and as_of and str(as_of) > layout.valid_to:
            day = layout.valid_to
            yield issue("version-withdrawn", version=layout.version, day=day)
        ukprn = (self.values.ukprn or "").strip()
        if ukprn:
            yield from (item.at("row", 2, "ukprn") for item in check_ukprn(ukprn))
        named = parse_name(self.name) if self.name else None
        if named is not None and ukprn and named.ukprn != ukprn:
            yield issue("ukprn-differs", "row", 2, "ukprn")

    # --- records -------------------------------------------------------------------

    def _read(self) -> Iterator[Record]:
        """Yield the records; note what is only known at the end."""
        if self.layout is not None:
            yield from self._records_of(self.layout)
        self._finish()

    def _records_of(self, layout: Layout) -> Iterator[Record]:
        is_spaced = bool(self._waiting) and _SPACED.search(self._waiting[0][0])
        compiled = compile_xml(layout, is_spaced=bool(is_spaced))
        match, arrange, code_of = (
            compiled.match,
            compiled.arrange,
            compiled.return_code,
        )
        earliest, latest = self._rules.birth_dates
        today = self._rules.today
        note, note_share, sound = self._twice.add, self._shares.add, Record.sound
        for row, (raw, line) in enumerate(chain(self._waiting, self._items), 2):
            found = match(raw.decode())
            if found is not None:
                groups = found.groups()
                values = arrange(groups)
                if _passes(values, earliest, latest, today):
                    note(row, values)
                    note_share(values[24])
                    yield sound(row, line, values, raw, code_of(groups))
                    continue
            record = self._slow_record(raw, row, line)
            if len(self._strange) > _NAMES:
                self._is_stopped = True
                self.findings.append(refusal(Refused("limit", line)))
                return
            note(row, tidy_values(record.learner))
            if len(self._shares) < _SHARES:
                note_share(record.learner.ability_to_share)
            yield record

    def _slow_record(self, raw: bytes, row: int, line: int) -> Record:
        """Take apart a record that the compiled form does not take."""
        found = read_row(raw, self._rules.layout)
        self._strange |= found.strange
        self._is_foreign = self._is_foreign or found.is_foreign
        learner = Learner.of([found.values.get(name) for name in FIELDS])
        further = self._entry_rules.further(found.values)
        defects = [*found.issues, *self._defects_of(learner, further)]
        issues = tuple(item.at("row", row, line=line) for item in defects)
        code = found.values.get(RETURN_CODE)
        record = Record(row, line, learner, issues, raw, code)
        return attrs.evolve(record, further=further) if further else record

    def _defects_of(self, learner: Learner, further: Mapping[str, str]) -> list[Issue]:
        if self._rules.layout.is_of_learners:
            return check_learner(learner, self._rules)
        return self._entry_rules.check(learner, further)

    # --- the file as a whole -------------------------------------------------------

    def _finish(self) -> None:
        """Note what is only known when every record has been read."""
        found = self._xml
        if self.layout is None or found is None:
            return
        # What came since the head was taken stands where nothing should stand.
        later = found.others[self._others :]
        count = len(self._odd) + found.other_count - self._others
        if count:
            first = next((other.line for other in (*self._odd, *later)), 1)
            self.findings.append(issue("xml-envelope", count=count, first=first))
        if found.astray:
            self.findings.append(issue("xml-records-elsewhere", count=found.astray))
        if found.has_text:
            self.findings.append(issue("xml-text-outside"))
        if self._is_foreign:
            self.findings.append(issue("xml-namespace"))
        if not self._is_stopped:
            self.findings += self._count_issues()
        if self.layout.is_of_learners:
            self.findings += self._twice.issues()
            self.findings += sharing.check_file(self._shares)


def _fits(head: Head, text: str) -> bool:
    """Say whether a text has the form that an element of the head takes."""
    if head.pattern is None or head.value is not None:
        return True  # the values of a file have findings of their own
    return re.fullmatch(head.pattern, text) is not None

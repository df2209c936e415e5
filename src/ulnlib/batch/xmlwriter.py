"""Writing a batch file in XML: one record a line, in the order of the schema.

The namespaces are those observed: the outermost element has one, those below it have
none. An element without a value is left out. What XML cannot hold is refused, as is a
value that the layout has no place for: nothing is left out silently.
"""

from __future__ import annotations

__all__ = ["write_file", "write_xml"]

import io
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from ulnlib._xml import can_hold, escape
from ulnlib.batch.files import BatchFile, Record, Style
from ulnlib.batch.layouts.layout import FILE_VALUES, RETURN_CODE, Layout, XmlForm
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.writer import losses
from ulnlib.batch.xmlrow import record_columns
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner

_NAMES = {"utf-8": "UTF-8", "cp1252": "windows-1252", "latin-1": "ISO-8859-1"}
_BOM = b"\xef\xbb\xbf"
_PREFIX = "b"

Values = tuple[str | None, ...]


def write_xml(  # noqa: PLR0913  # who, what, where and how
    learners: Iterable[Learner],
    stream: BinaryIO,
    *,
    ukprn: str,
    count: int,
    layout: Layout = LRB_3A,
    style: Style | None = None,
) -> None:
    """Write learners as a batch file in XML, one after another.

    Args:
        learners: The learners, in order; they are not kept.
        stream: A binary file that is open for writing.
        ukprn: The provider.
        count: How many learners there will be: a file says it before the first.
        layout: The layout to write.
        style: How its text is written; UTF-8 by default.

    Raises:
        InvalidData: The layout or XML cannot hold a value of a learner.
        ValueError: There were more or fewer learners than `count`, or the layout has
            no XML form. Part of the file has been written then.

    Source: batchlearner.xsd of the web-service schemas (observed); that a file has the
    same form is assumed.
    """
    out = _Out(stream, layout, style or Style(form="XML", line_end="\n"))
    out.begin({"UKPRN": ukprn, "LearnerRecordCount": str(count)})
    given = -1
    for given, learner in enumerate(learners):
        values = learner.values()
        if out.is_lossy(values):
            Report(losses(learner, given + 2, layout)).raise_if_errors()
        out.record(values, None, given + 2)
    out.end()
    if given + 1 != count:
        raise ValueError(f"{count} learners were announced and {given + 1} given")


def write_file(file: BatchFile, layout: Layout) -> bytes:
    """Write a batch file as XML.

    Args:
        file: The file. Its own reference and version have no place in XML.
        layout: The layout to write.

    Raises:
        InvalidData: XML cannot hold a value that a record has.
        ValueError: The layout has no XML form, or the ULNs are invented ones: XML has
            no place for the reference that says so.
    """
    if file.values.is_synthetic:
        raise InvalidValue(
            "synthetic", "the ULNs are not real, and an XML file cannot say so"
        )
    stream = io.BytesIO()
    style = file.style if file.style.form == "XML" else Style(form="XML", line_end="\n")
    out = _Out(stream, layout, style)
    values = dict(zip(FILE_VALUES, file.values.as_cells(), strict=True))
    texts = dict(file.envelope)
    texts |= {h.element: values[h.value] or "" for h in out.form.head if h.value}
    out.begin(texts)
    for record in file.records:
        if layout.own_columns:
            out.entry(record)
        else:
            out.record(record.learner.values(), record.return_code, record.row)
    out.end()
    return stream.getvalue()


class _Out:
    """An XML file being written."""

    def __init__(self, stream: BinaryIO, layout: Layout, style: Style) -> None:
        if layout.xml is None:
            raise ValueError(f"{layout} has no XML form that is known: write CSV")
        self.form: XmlForm = layout.xml
        self._style = style
        self._encoding = style.encoding if style.encoding in _NAMES else "utf-8"
        self._write: Callable[[bytes], object] = stream.write
        prefix = f"{_PREFIX}:" if self.form.is_qualified else ""
        self._prefix = prefix
        self._start, self._end = self._tags(self.form.record)
        names = list(FIELDS)
        self._columns = columns = record_columns(layout)
        self._fields = [
            (names.index(column.name), *self._tags(column.element_name))
            for column in columns
            if column.name in FIELDS
        ]
        self._code = next(
            (self._tags(c.element_name) for c in columns if c.name == RETURN_CODE),
            None,
        )
        placed = {place for place, _, _ in self._fields}
        self._unplaced = [n for n in range(len(names)) if n not in placed]
        self._codes = [(names.index(c.name), c.codes) for c in columns if c.codes]

    def _tags(self, name: str) -> tuple[str, str]:
        return f"<{self._prefix}{name}>", f"</{self._prefix}{name}>"

    def _put(self, text: str) -> None:
        self._write(text.encode(self._encoding, "xmlcharrefreplace"))

    def begin(self, texts: Mapping[str, str]) -> None:
        """Write everything before the records."""
        form, end = self.form, self._style.line_end
        if self._style.has_bom and self._encoding == "utf-8":
            self._write(_BOM)
        parts = [f'<?xml version="1.0" encoding="{_NAMES[self._encoding]}"?>{end}']
        location = ""
        if form.schema_location is not None:
            location = (
                ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
                f' xsi:schemaLocation="{form.namespace} {form.schema_location}"'
            )
        parts.append(
            f'<{_PREFIX}:{form.root} xmlns:{_PREFIX}="{form.namespace}"{location}>{end}'
        )
        for head in form.head:
            text = texts.get(head.element)
            if text and not head.is_secret:
                if not can_hold(text):
                    found = issue("xml-cannot-hold", head.element, label=head.element)
                    raise InvalidData(Report([found]))
                start, close = self._tags(head.element)
                parts.append(f"{start}{escape(text)}{close}{end}")
        self._put("".join(parts))

    def is_lossy(self, values: Values) -> bool:
        """Say whether the layout has no place for one of the values."""
        return any(values[n] for n in self._unplaced) or any(
            values[n] and values[n] not in codes for n, codes in self._codes
        )

    def record(self, values: Values, code: str | None, row: int) -> None:
        """Write one record."""
        text = "".join(
            [
                start + value + end
                for place, start, end in self._fields
                if (value := values[place])
            ]
        )
        given = "".join(filter(None, values)) + (code or "")
        if not can_hold(given):
            raise InvalidData(Report(self._cannot_hold(values, row)))
        if escape(given) is not given:
            text = "".join(
                start + escape(values[place] or "") + end
                for place, start, end in self._fields
                if values[place]
            )
        if code and self._code is not None:
            text += self._code[0] + escape(code) + self._code[1]
        self._put(f"{self._start}{text}{self._end}{self._style.line_end}")

    def entry(self, record: Record) -> None:
        """Write one record of a layout with values that are no learner's."""
        given = dict(zip(FIELDS, record.learner.values(), strict=True))
        given |= record.further
        parts: list[str] = []
        for column in self._columns:
            text = given.get(column.name) or ""
            if not can_hold(text):
                where = ("xml-cannot-hold", "row", record.row, column.name)
                raise InvalidData(Report([issue(*where, label=column.heading)]))
            start, end = self._tags(column.element_name)
            each = text.split() if column.repeats > 1 else [text] if text else []
            parts += (start + escape(one) + end for one in each)
        self._put(f"{self._start}{''.join(parts)}{self._end}{self._style.line_end}")

    def _cannot_hold(self, values: Values, row: int) -> list[Issue]:
        found = [
            issue("xml-cannot-hold", "row", row, name, label=field.label)
            for (name, field), value in zip(FIELDS.items(), values, strict=True)
            if value and not can_hold(value)
        ]
        label = "The return code"
        return found or [issue("xml-cannot-hold", "row", row, RETURN_CODE, label=label)]

    def end(self) -> None:
        """Write what comes after the records."""
        end = self._style.line_end if self._style.final_line_end else ""
        self._put(f"</{_PREFIX}:{self.form.root}>{end}")

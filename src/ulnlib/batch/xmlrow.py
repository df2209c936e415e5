"""One record of an XML file: the quick way, and the slow way that explains.

A record is looked at as lxml writes it: no comments, characters escaped one way, an
empty element as one tag. The layout is compiled into one regular expression over that
text; a record that does not match is taken apart, and what departs from the layout is
said. As with a CSV file the expression may be stricter than the rules, never laxer.
"""

from __future__ import annotations

__all__ = [
    "CompiledXml",
    "XmlRow",
    "compile_xml",
    "read_row",
    "record_columns",
    "telling",
]

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType

import attrs

from ulnlib._xml import Element, parse, split_tag
from ulnlib.batch.compiled import Values, cell_pattern
from ulnlib.batch.layouts.layout import RETURN_CODE, Column, Layout
from ulnlib.batch.layouts.lrb import ALIASES
from ulnlib.fields import FIELDS, Kind
from ulnlib.issues import Issue, issue

Groups = tuple[str | None, ...]


@attrs.frozen(kw_only=True)
class CompiledXml:
    """A layout ready to read the records of an XML file with.

    Attributes:
        match: Matches the text of a sound record.
        arrange: Turns the groups of a match into the values of the fields, in order.
        return_code: Gives the return code from the groups; None where there is none.
    """

    match: Callable[[str], re.Match[str] | None]
    arrange: Callable[[Groups], Values]
    return_code: Callable[[Groups], str | None]


def record_columns(layout: Layout) -> tuple[Column, ...]:
    """Return the columns that are elements of a record, in order."""
    return tuple(
        column
        for column in layout.columns
        if column.element_name
        and (column.own or column.name in FIELDS or column.name == RETURN_CODE)
    )


@lru_cache(maxsize=32)
def compile_xml(layout: Layout, *, is_spaced: bool = False) -> CompiledXml:
    """Return the compiled form of a layout that has an XML form.

    Args:
        layout: The layout.
        is_spaced: Whether there is white space between the elements of a record.
    """
    space = r"\s*+" if is_spaced else ""
    form = layout.xml
    assert form is not None  # noqa: S101  # the reader takes no other
    if layout.own_columns:  # which are no fields of a learner: all is read slowly
        return CompiledXml(
            match=_nothing, arrange=_arrange(()), return_code=lambda _: None
        )
    columns = record_columns(layout)
    parts = [f'<{form.record}(?: xmlns:[\\w.\\-]++="[^"<]*+")*+>']
    for column in columns:
        name, free = column.element_name, cell_pattern(column, "<&")
        empty = "" if column.name in form.never_empty else "/>|"
        parts.append(rf"(?:{space}<{name}(?:{empty}>({free})</{name}>))?+")
    pattern = re.compile("".join(parts) + rf"{space}</{form.record}>")
    names = [column.name for column in columns]
    at = names.index(RETURN_CODE) if RETURN_CODE in names else None
    return CompiledXml(
        match=pattern.fullmatch,
        arrange=_arrange(names),
        return_code=(lambda _: None) if at is None else (lambda groups: groups[at]),
    )


def _nothing(_: str) -> None:
    """Match no record."""


def _arrange(names: Sequence[str]) -> Callable[[Groups], Values]:
    """Return what puts the texts of a record into the order of the fields."""
    fields = list(FIELDS)
    if list(names) == fields:
        return lambda groups: groups
    places = [names.index(name) if name in names else len(names) for name in fields]

    def arrange(groups: Groups) -> Values:
        texts = (*groups, None)
        return tuple([texts[place] for place in places])

    return arrange


def telling(layouts: Sequence[Layout]) -> MappingProxyType[str, Layout]:
    """Return the elements that only some of the layouts have.

    Args:
        layouts: The layouts, the newest first.

    Returns:
        Each such element with the newest layout that has it.
    """
    names = [{c.element_name for c in record_columns(one)} for one in layouts]
    shared = set.intersection(*names)
    found: dict[str, Layout] = {}
    for layout, own in zip(layouts, names, strict=True):
        for name in own - shared:
            found.setdefault(name, layout)
    return MappingProxyType(found)


# --- the slow way ----------------------------------------------------------------


@attrs.frozen(kw_only=True)
class XmlRow:
    """A record that was taken apart.

    Attributes:
        values: The texts that are not empty, by the name of their column.
        issues: Where it departs from the layout.
        is_foreign: Whether elements are in a namespace that they should not be in.
        strange: The names that no layout has, of elements and attributes.
    """

    values: dict[str, str]
    issues: tuple[Issue, ...]
    is_foreign: bool
    strange: frozenset[str] = attrs.field(default=frozenset(), repr=False)


NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
"""The attribute by which an element says that it has no value."""
_NIL = (frozenset({"true", "1"}), frozenset({"false", "0"}))
"""What that attribute may be of an empty element, and of one with a text."""


class _Row:
    """A record being taken apart."""

    def __init__(self, layout: Layout) -> None:
        self.columns = record_columns(layout)
        self.by_element = {c.element_name: n for n, c in enumerate(self.columns)}
        self.nearly = _nearly(self.columns)
        form = layout.xml
        self.never_empty = () if form is None else form.never_empty
        self.nillable = () if form is None else form.nillable
        self.has_attributes = False
        self.values: dict[str, str] = {}
        self.issues: list[Issue] = []
        self.seen: Counter[int] = Counter()
        self.latest = -1
        self.unknown: list[int] = []
        self.misplaced: Column | None = None

    def take(self, position: int, name: str, child: Element) -> None:
        """Take one element of the record."""
        place = self.by_element.get(name)
        if place is None:
            place = self.nearly.get(_key(name))
            if place is None:
                self.unknown.append(position)
                return
            self._note("xml-element-misspelt", self.columns[place])
        column = self.columns[place]
        if self.seen[place] == column.repeats:
            self._note("xml-element-twice", column)
            return
        self.seen[place] += 1
        if place < self.latest:
            self.misplaced = self.misplaced or column
        self.latest = max(place, self.latest)
        is_nil = self._take_attributes(child, column)
        if len(child):
            self._note("xml-element-nested", column)
        elif child.text:
            before = self.values.get(column.name)
            text = child.text if before is None else f"{before} {child.text}"
            self.values[column.name] = text
            if _is_blank_name(column, text):
                self._note("xml-element-empty", column)
        elif column.name in self.never_empty and not is_nil:
            self._note("xml-element-empty", column)

    def _take_attributes(self, child: Element, column: Column) -> bool:
        """Say whether an element says that it has no value, as it may."""
        told = child.attrib.get(NIL)
        is_right = told in _NIL[bool(child.text)] and column.name in self.nillable
        if len(child.attrib) > is_right:
            self.has_attributes = True
        return is_right and not child.text

    def _note(self, code: str, column: Column) -> None:
        self.issues.append(issue(code, column.name, right=column.element_name))

    def close(self) -> None:
        """Note what is known when every element has been taken."""
        if self.misplaced is not None:
            self._note("xml-element-order", self.misplaced)
        if self.unknown:
            count, first = len(self.unknown), self.unknown[0]
            self.issues.append(issue("xml-element-unknown", count=count, first=first))


def _is_blank_name(column: Column, text: str) -> bool:
    """Say whether a name that may be left out is nothing but white space."""
    is_name = column.field is not None and column.field.kind is Kind.NAME
    return is_name and column.own is not None and not text.strip()


def _key(name: str) -> str:
    return name.casefold()


def _nearly(columns: Sequence[Column]) -> dict[str, int]:
    """Return other spellings of the elements: capitals, headings, other versions."""
    places = {column.name: n for n, column in enumerate(columns)}
    spellings = {_key(name): places[to] for name, to in ALIASES.items() if to in places}
    for n, column in enumerate(columns):
        spellings[_key(column.heading)] = spellings[_key(column.element_name)] = n
    return spellings


def read_row(raw: bytes, layout: Layout) -> XmlRow:
    """Take a record apart.

    Args:
        raw: The element, as `ulnlib._xml.Records.bytes_of` gives it.
        layout: The layout of the file.
    """
    element, form, row = parse(raw), layout.xml, _Row(layout)
    right = form.namespace if form is not None and form.is_qualified else ""
    is_foreign = split_tag(element.tag)[0] != right
    row.has_attributes = bool(element.attrib)
    has_text = bool((element.text or "").strip())
    for position, child in enumerate(element, 1):
        namespace, name = split_tag(child.tag)
        is_foreign = is_foreign or namespace != right
        has_text = has_text or bool((child.tail or "").strip())
        row.take(position, name, child)
    row.close()
    if row.has_attributes:
        row.issues.append(issue("xml-attribute"))
    if has_text:
        row.issues.append(issue("xml-text"))
    return XmlRow(
        values=row.values,
        issues=tuple(row.issues),
        is_foreign=is_foreign,
        strange=frozenset(_names(element)) - row.by_element.keys(),
    )


def _names(element: Element) -> Iterator[str]:
    """Yield the names of everything in a record."""
    yield from (str(name) for name in element.attrib if name != NIL)
    for child in element:
        yield split_tag(child.tag)[1]
        yield from _names(child)

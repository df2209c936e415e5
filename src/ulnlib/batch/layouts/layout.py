"""What a layout is: which column has which heading and holds which field.

A layout is data. It adds to the fields of a learner only what is a file's own: the
heading, the position, and in which versions a column exists. Where a version's order
is not known it is assumed, marked so, and a caller can supply another.
"""

from __future__ import annotations

__all__ = [
    "FILE_VALUES",
    "JOB_TIME",
    "RETURN_CODE",
    "SENDER",
    "Column",
    "Head",
    "Layout",
    "XmlForm",
    "file_columns",
]

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib.fields import FIELDS, Field
from ulnlib.identifiers import ORGANISATION_REF_PATTERN, UKPRN_PATTERN

FILE_VALUES = ("file_version", "file_name", "ukprn", "record_count")
"""The values about the file itself, which stand in row 2 beside the first learner.

Source: LRB batch file quick reference guide, 2018 (published).
"""

_FILE_HEADINGS = ("FileVersion", "FileName", "UKPRN", "LearnerRecordCount")

RETURN_CODE = "return_code"
"""The name of the column of an output file that says what happened to the row."""


@attrs.frozen(kw_only=True)
class Column:
    """One column of a layout.

    Attributes:
        name: A field of a learner, one of `FILE_VALUES`, `RETURN_CODE`, or a name of
            the layout's own.
        heading: The heading in row 1, letter for letter.
        element: The element of an XML file, where its name is not the heading; an
            empty text where it has none.
        codes: The accepted values, where this version takes fewer than the field.
        own: The facets of a value that is no learner's field.
        is_mandatory: Whether every record has to give it, whatever else it gives.
        repeats: How often its element may stand in a record; a cell of a CSV file has
            all of them with spaces between.
        evidence: How sure the heading and position are.
    """

    name: str
    heading: str
    element: str | None = None
    codes: tuple[str, ...] = ()
    own: Field | None = None
    is_mandatory: bool = False
    repeats: int = 1
    evidence: str = "observed"

    @property
    def field(self) -> Field | None:
        """What the value has to be, or None for a value about the file."""
        return self.own or FIELDS.get(self.name)

    @property
    def element_name(self) -> str:
        """The element of an XML file, empty where it has none."""
        return self.heading if self.element is None else self.element

    @property
    def accepted(self) -> tuple[str, ...]:
        """The accepted values, or nothing where any text is."""
        return self.codes or (self.field.codes if self.field else ())


@attrs.frozen(kw_only=True)
class Head:
    """An element of an XML file that stands before the records.

    Attributes:
        element: Its name.
        value: Which of `FILE_VALUES` it holds, if one.
        pattern: A regular expression that its whole text matches, or None for any.
        is_mandatory: Whether a file has to have it.
        is_secret: Whether its text is never kept: a password, or somebody's name.
    """

    element: str
    value: str | None = None
    pattern: str | None = None
    is_mandatory: bool = False
    is_secret: bool = False


SENDER = (
    Head(element="OrganisationRef", pattern=ORGANISATION_REF_PATTERN),
    Head(element="UKPRN", value="ukprn", pattern=UKPRN_PATTERN),
    Head(element="OrgPassword", is_secret=True),
    Head(element="UserName", is_secret=True),
)
"""Who sends a file: the elements before all others.

Source: batchlearner.xsd, verifybatchlearner.xsd (observed for the web service).
"""

JOB_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?"
"""A day with or without a time: the service's own pattern has the time by an oversight
only after 29 February.

Source: learner.xsd, type MIAPDateTime (observed).
"""


@attrs.frozen(kw_only=True)
class XmlForm:
    """How a layout is written as XML.

    Attributes:
        namespace: The namespace of the root and of the records; the elements of a
            record have none, where `is_qualified` is false.
        root: The element that holds everything.
        record: The element of a record.
        head: The elements before the records, in order.
        never_empty: The columns whose element is left out rather than empty.
        nillable: The columns whose element may say that it has no value (`xsi:nil`).
        is_qualified: Whether the elements below the root have the namespace too.
        schema_location: Where its schema is said to be, for the root's attribute.
        evidence: How sure that is.
        source: Where it stands.
    """

    namespace: str
    root: str
    record: str
    head: tuple[Head, ...] = ()
    never_empty: tuple[str, ...] = ()
    nillable: tuple[str, ...] = ()
    is_qualified: bool = False
    schema_location: str | None = None
    evidence: str
    source: str


@attrs.frozen(kw_only=True)
class Layout:
    """One version of one kind of file.

    Attributes:
        kind: The kind of file, for example `LRB`.
        version: The version that the file states.
        columns: The columns in order.
        evidence: How sure the order is; with `assumed`, another order is a warning.
        source: Where it stands.
        valid_from: The first day on which the service took it, or None.
        valid_to: The last day on which the service took it, or None.
        xml: How it is written as XML; None where it is not.
    """

    kind: str
    version: str
    columns: tuple[Column, ...] = attrs.field(repr=lambda given: f"<{len(given)}>")
    evidence: str
    source: str
    valid_from: str | None = None
    valid_to: str | None = None
    xml: XmlForm | None = attrs.field(default=None, repr=False)
    _by_name: Mapping[str, Column] = attrs.field(
        init=False, eq=False, repr=False, factory=dict
    )
    headings: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)
    """The heading row."""

    @headings.default
    def _headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def __attrs_post_init__(self) -> None:
        by_name = MappingProxyType({column.name: column for column in self.columns})
        object.__setattr__(self, "_by_name", by_name)

    @property
    def is_of_learners(self) -> bool:
        """Whether it is an LRB file: one that registers learners, or its output."""
        return self.kind.startswith("LRB")

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """The columns that are no learner's field, nor about the file, in order."""
        return tuple(column for column in self.columns if column.own is not None)

    def column(self, name: str) -> Column | None:
        """Return the column of a field or file value, or None when there is none."""
        return self._by_name.get(name)

    def with_headings(self, headings: Sequence[str]) -> Layout:
        """Return the layout with the columns in another order.

        This is how a caller corrects an order that is assumed here.

        Args:
            headings: The headings of this layout, all of them, in the right order.

        Raises:
            ValueError: They are not the headings of this layout.
        """
        by_heading = {column.heading: column for column in self.columns}
        if sorted(headings) != sorted(by_heading):
            raise ValueError("give every heading of the layout once")
        columns = tuple(by_heading[heading] for heading in headings)
        return attrs.evolve(self, columns=columns, evidence="given by the caller")

    def with_columns(self, columns: Iterable[tuple[str, str]]) -> Layout:
        """Return the layout with the columns of a table.

        This is how a caller corrects a layout that is assumed here: which columns
        there are, in which order, and how their headings are written.

        Args:
            columns: The name and the heading of each column, in order; the names are
                those of this layout.

        Raises:
            ValueError: A name is not of this layout, or is there twice.

        Examples:
            >>> from ulnlib.batch import VLD
            >>> own = VLD.with_columns([("uln", "Uln"), ("family_name", "Surname")])
            >>> own.headings, own.evidence
            (('Uln', 'Surname'), 'given by the caller')
        """
        pairs = list(columns)
        names = [name for name, _ in pairs]
        unknown = [n for n, name in enumerate(names, 1) if name not in self._by_name]
        if unknown or len(set(names)) < len(names):
            what = f"column {unknown[0]} is none" if unknown else "a column is twice"
            known = ", ".join(self._by_name)
            raise ValueError(f"{what}; the columns of {self} are {known}")
        return attrs.evolve(
            self,
            columns=tuple(
                attrs.evolve(
                    self._by_name[name],
                    heading=heading,
                    evidence="given by the caller",
                )
                for name, heading in pairs
            ),
            evidence="given by the caller",
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


_NO_ELEMENTS = frozenset({"file_version", "file_name"})


def file_columns(evidence: str) -> tuple[Column, ...]:
    """Return the columns of the values about the file.

    Args:
        evidence: How sure it is that a layout has them.

    Source: LRB batch file quick reference guide, 2018 (published, of LRB files).
    """
    return tuple(
        Column(
            name=name,
            heading=heading,
            element="" if name in _NO_ELEMENTS else None,
            evidence=evidence,
        )
        for name, heading in zip(FILE_VALUES, _FILE_HEADINGS, strict=True)
    )

"""Write the fields of a learner and the layouts to docs/reference.

The page is fields-and-layouts.md. With `--check` nothing is written, and the exit
status is 1 when the page is stale.
"""

from __future__ import annotations

import sys

import pages

from ulnlib.batch import Column, Layout
from ulnlib.batch.layouts.known import KNOWN_LAYOUTS
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY, Field

INTRODUCTION = """\
# Fields and layouts

Here you can look up what the service takes in each field, and where each field stands in a batch file.
This page is generated from the tables in the package; do not edit it by hand.
*Evidence* says how well a row is known; see [Evidence](../explanation/evidence.md).

## Fields of a learner

A field is declared once, whichever file or message it travels in.
**Five**: one of the five key demographics, by which learners are told apart.
**New**: a new ULN cannot be made without it.
A row with a ULN needs only the two names; a row without one needs all five key demographics.
"""  # noqa: E501


def marks(name: str) -> str:
    """Say what a field is needed for."""
    found = []
    if name in FIVE_DEMOGRAPHICS:
        found.append("five")
    if name in REGISTRATION_MANDATORY:
        found.append("new")
    return ", ".join(found)


def fields() -> str:
    """Return the fields as one table."""
    return pages.table(
        ("Field", "Label", "Kind", "At most", "Needed for", "Evidence"),
        [
            (
                f"[`{row.name}`](#{row.name})",
                row.label,
                row.kind.value,
                str(row.max_length),
                marks(row.name),
                row.evidence,
            )
            for row in FIELDS.values()
        ],
    )


def details(row: Field) -> str:
    """Return everything that the table of fields says of one."""
    lines = [f"### {row.label} {{ #{row.name} }}", "", f"`{row.name}`.", ""]
    lines[2] = f"`{row.name}`, {row.kind.value}, at most {row.max_length} characters."
    if row.codes:
        codes = ", ".join(f"`{value}`" for value in row.codes)
        lines.append(f"Codes: {codes} ([what they mean](code-lists.md)).")
    if row.note:
        lines.append(row.note)
    lines.append(f"Evidence: {row.evidence}.")
    lines.append(f"Source: {row.source}.")
    if row.pattern and not row.codes:
        lines += ["", "A value matches this as a whole:", ""]
        lines += ["```text", row.pattern, "```"]
    return "\n".join(lines) + "\n"


def _holds(column: Column) -> str:
    """Return what a column holds, with the facets of what is no learner's field."""
    text = pages.code(column.name) + (", mandatory" if column.is_mandatory else "")
    own = column.own
    if own is None or own.name.startswith("found_"):
        return text
    return f"{text}: {own.label.lower()}, at most {own.max_length} characters"


def layout(one: Layout) -> str:
    """Return a layout as a heading and a table of its columns."""
    days = [
        f"from {one.valid_from}" if one.valid_from else "",
        f"until {one.valid_to}" if one.valid_to else "",
    ]
    dates = " ".join(day for day in days if day)
    taken = f"; taken by the service {dates}" if dates else ""
    columns = pages.table(
        ("Column", "Heading", "In XML", "Holds", "Takes only", "Evidence"),
        [
            (
                str(n),
                pages.code(column.heading),
                in_xml(column) if one.xml else "",
                _holds(column),
                ", ".join(pages.code(value) for value in column.codes),
                column.evidence,
            )
            for n, column in enumerate(one.columns, 1)
        ],
    )
    return (
        f"## Layout {one}\n\n"
        f"{len(one.columns)} columns{taken}.\n"
        f"The order of the columns is {one.evidence}.\n"
        f"Source: {one.source}.\n{xml_form(one)}\n{columns}\n"
    )


def in_xml(column: Column) -> str:
    """Return the element of a column, where it is not named as the heading."""
    if not column.element_name:
        return "not there"
    is_same = column.element_name == column.heading
    return "" if is_same else pages.code(column.element_name)


def xml_form(one: Layout) -> str:
    """Say how a layout is written in XML, where it is."""
    form = one.xml
    if form is None:
        return "No XML form of such a file is known.\n"
    return (
        f"In XML the elements {pages.code(form.record)} stand in "
        f"{pages.code(form.root)} of the namespace {pages.code(form.namespace)}, "
        f"their fields {'with it' if form.is_qualified else 'without one'}; "
        f"that is {form.evidence}.\n"
    )


def page() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            INTRODUCTION,
            fields() + "\n",
            *map(details, FIELDS.values()),
            *map(layout, KNOWN_LAYOUTS),
        ]
    )


if __name__ == "__main__":
    sys.exit(pages.main(__doc__, "fields-and-layouts.md", page()))

"""An XML schema made from a layout, by which a caller can validate a file.

Lengths, patterns and codes come from the table of fields, and order and codes of the
version from the layout: so it says what our reader says of a record's form. It has
nothing of what needs more than one value: ages, check digits, what is mandatory
without a ULN.
"""

from __future__ import annotations

__all__ = ["xml_schema"]

import re

from ulnlib._xml import escape
from ulnlib.batch.layouts.layout import Column, Head, Layout, XmlForm
from ulnlib.batch.layouts.lrb import RECORD_LIMIT
from ulnlib.batch.xmlrow import record_columns
from ulnlib.fields import Kind

_NOT_BLANK = r"[\s]*[\S][\s\S]*"
"""Something that is not white space.

Source: learner.xsd, type MIAPNameNonEmpty (observed).
"""

_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]")
_IN_CLASS = re.compile(r"(?<!\\)([\^{|}?*+])")


def xml_schema(layout: Layout) -> bytes:
    """Return the XML schema of a layout.

    Args:
        layout: A layout that has an XML form.

    Returns:
        The schema, as UTF-8.

    Raises:
        ValueError: The layout has no XML form.

    Source: see `ulnlib.fields` and the layout; the form of the file is assumed from
    batchlearner.xsd of the web-service schemas (observed).
    """
    form = layout.xml
    if form is None:
        raise ValueError(f"{layout} has no XML form that is known")
    qualified = "qualified" if form.is_qualified else "unqualified"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"',
        f'    targetNamespace="{form.namespace}" elementFormDefault="{qualified}">',
        f"  <!-- Made by ulnlib of its layout {layout}; evidence: {form.evidence}. -->",
        f'  <xs:element name="{form.root}"><xs:complexType><xs:sequence>',
        *(_head(head) for head in form.head),
        f'    <xs:element name="{form.record}" minOccurs="{_least(layout)}"',
        f'        maxOccurs="{RECORD_LIMIT}"><xs:complexType><xs:sequence>',
        *(_element(column, form) for column in record_columns(layout)),
        "    </xs:sequence></xs:complexType></xs:element>",
        "  </xs:sequence></xs:complexType></xs:element>",
        "</xs:schema>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


def _least(layout: Layout) -> int:
    """Return the least number of records: an output may have none."""
    return 0 if layout.kind.endswith("output") else 1


def _declared(  # noqa: PLR0913  # what a declaration says
    name: str,
    facets: list[str],
    *,
    is_mandatory: bool,
    base: str,
    most: int = 1,
    is_nillable: bool = False,
) -> str:
    least = "" if is_mandatory else ' minOccurs="0"'
    least += "" if most == 1 else f' maxOccurs="{most}"'
    least += ' nillable="true"' if is_nillable else ""
    inner = "".join(facets)
    return (
        f'      <xs:element name="{name}"{least}><xs:simpleType>'
        f'<xs:restriction base="xs:{base}">{inner}</xs:restriction>'
        "</xs:simpleType></xs:element>"
    )


def _head(head: Head) -> str:
    """Declare an element before the records; a password may be there or not."""
    facets, base = [], "string"
    if head.value == "record_count":
        base = "int"
        facets = [_facet("minInclusive", 1), _facet("maxInclusive", RECORD_LIMIT)]
    elif head.pattern is not None:
        facets = [_facet("pattern", _pattern(head.pattern))]
    return _declared(head.element, facets, is_mandatory=head.is_mandatory, base=base)


def _element(column: Column, form: XmlForm) -> str:
    """Declare an element of a record."""
    field, name = column.field, column.element_name
    if field is None:  # the return code: any text
        return _declared(name, [], is_mandatory=True, base="string")
    facets = [_facet("maxLength", field.max_length)]
    if field.kind is Kind.NAME:
        facets.append(_facet("pattern", _NOT_BLANK))
        return _declared(name, facets, is_mandatory=column.own is None, base="string")
    pattern = "|".join(column.accepted) or field.pattern
    if pattern is not None:
        facets.append(_facet("pattern", _pattern(pattern)))
        if column.name not in form.never_empty and not column.is_mandatory:
            facets.append(_facet("pattern", ""))
    return _declared(
        name,
        facets,
        is_mandatory=column.is_mandatory,
        base="string",
        most=column.repeats,
        is_nillable=column.name in form.nillable,
    )


def _facet(name: str, value: object) -> str:
    text = escape(str(value)).replace('"', "&quot;")
    return f'<xs:{name} value="{text}"/>'


def _pattern(pattern: str) -> str:
    """Return one of our regular expressions as XML schema writes it.

    Groups that are not kept are plain groups there, and inside a class more characters
    are escaped.
    """
    plain = pattern.replace("(?:", "(")
    return _CLASS.sub(
        lambda match: (
            "[" + match[0][1:2] + _IN_CLASS.sub(r"\\\1", match[0][2:-1]) + "]"
        ),
        plain,
    )

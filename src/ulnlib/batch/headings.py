"""The heading row: which layout it means, and where it departs from it."""

from __future__ import annotations

__all__ = ["Headings", "other_separator", "read_headings"]

from collections.abc import Sequence
from functools import partial

import attrs

from ulnlib.batch.layouts.known import KNOWN_LAYOUTS
from ulnlib.batch.layouts.layout import Column, Layout
from ulnlib.batch.layouts.lrb import ALIASES
from ulnlib.batch.sureness import Sureness
from ulnlib.issues import Issue, issue

_LEAST_KNOWN = 5
"""A row with fewer known headings than this is no heading row."""

_COLUMN_LIMIT = 1000
"""So many columns are looked at; the rest are unknown without a look."""


@attrs.frozen(kw_only=True)
class Headings:
    """What the first row came to.

    Attributes:
        layout: The layout, or None when the file is none of ours.
        order: The name of each column, None for one that is not of the layout.
        is_present: Whether row 1 has headings; otherwise it is a learner.
        sureness: How sure the layout is.
        issues: What is wrong with the headings.
    """

    layout: Layout | None
    order: tuple[str | None, ...] = ()
    is_present: bool = True
    sureness: Sureness = Sureness.LIKELY
    issues: tuple[Issue, ...] = ()


def _key(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def read_headings(cells: Sequence[str], given: Layout | None) -> Headings:
    """Say which layout the first row means.

    Args:
        cells: The cells of the first row.
        given: The layout that the caller says it is, or None.
    """
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    cells = cells[:filled]  # without a spreadsheet's empty columns
    separator = other_separator(cells)
    if separator is not None:
        found = issue("other-separator", "row", 1, found=separator)
        return Headings(layout=None, issues=(found,))
    layouts = (given,) if given is not None else KNOWN_LAYOUTS
    for layout in layouts:
        if tuple(cells) == layout.headings:
            sure = Sureness.GIVEN if given is not None else Sureness.CERTAIN
            return Headings(layout=layout, order=_names(layout), sureness=sure)
    layout = max(layouts, key=partial(_likeness, frozenset(cells)))
    named = [_recognise(cell, layout) for cell in cells[:_COLUMN_LIMIT]]
    named += [None] * (len(cells) - len(named))
    known = len({name for name in named if name is not None})
    if known < _LEAST_KNOWN:
        return _without_headings(cells, layouts, known)
    return _with_defects(cells, named, layout)


def _likeness(cells: frozenset[str], layout: Layout) -> tuple[int, int]:
    """Return how many headings a layout has in common, then how few it lacks."""
    known = len(cells.intersection(layout.headings))
    return known, known - len(layout.headings)


def other_separator(cells: Sequence[str]) -> str | None:
    """Say by what a heading row is separated, when it is not by commas.

    Args:
        cells: The cells of the first row, as commas separate it.
    """
    if len(cells) > 2:
        return None
    text = ",".join(cells)
    if text.casefold().startswith("sep="):
        return "something that its first line, 'sep=', names"
    if text.count(";") > len(cells):
        return "semicolons"
    return "tabs" if "\t" in text else None


def _names(layout: Layout) -> tuple[str, ...]:
    return tuple(column.name for column in layout.columns)


def _recognise(cell: str, layout: Layout) -> str | None:
    """Return the column that a heading means, exactly or nearly."""
    by_key = {_key(column.heading): column.name for column in layout.columns}
    by_key |= {_key(alias): name for alias, name in ALIASES.items()} | by_key
    key = _key(cell)
    if key in by_key:
        name = by_key[key]
        return name if layout.column(name) is not None else None
    if not 3 <= len(key) <= 40:
        return None
    import difflib

    near = difflib.get_close_matches(key, by_key, n=1, cutoff=0.85)
    if not near or layout.column(by_key[near[0]]) is None:
        return None
    return by_key[near[0]]


def _without_headings(
    cells: Sequence[str], layouts: Sequence[Layout], known: int
) -> Headings:
    """A first row without headings: a learner, or another kind of file."""
    for layout in layouts:
        states_version = bool(cells) and cells[0].strip() == layout.version
        if len(cells) == len(layout.columns) or states_version:
            found = issue("heading-row-missing", "row", 1, version=layout.version)
            return Headings(
                layout=layout,
                order=_names(layout),
                is_present=False,
                sureness=Sureness.GUESSED,
                issues=(found,),
            )
    found = issue("not-a-batch-file", "row", 1, columns=len(cells), known=known)
    return Headings(layout=None, issues=(found,))


def _with_defects(
    cells: Sequence[str], named: Sequence[str | None], layout: Layout
) -> Headings:
    issues: list[Issue] = []
    first: dict[str, int] = {}
    order: list[str | None] = []
    unknown: list[int] = []
    for position, (cell, name) in enumerate(zip(cells, named, strict=True), 1):
        column = None if name is None else layout.column(name)
        if column is None:
            unknown.append(position)
            order.append(None)
            continue
        right = column.heading
        if column.name in first:
            issues.append(
                issue(
                    "heading-twice",
                    "row",
                    1,
                    right,
                    right=right,
                    column=first[column.name],
                    again=position,
                )
            )
            order.append(None)
            continue
        first[column.name] = position
        order.append(column.name)
        if cell != right:
            issues.append(
                issue("heading-misspelt", "row", 1, right, column=position, right=right)
            )
    if unknown:
        issues.append(
            issue("heading-unknown", "row", 1, count=len(unknown), column=unknown[0])
        )
    missing = [c for c in layout.columns if c.name not in first]
    issues += [_missing(column, layout) for column in missing]
    if not any(item.code == "heading-twice" for item in issues):
        issues += _order_issues(order, layout)
    return Headings(layout=layout, order=tuple(order), issues=tuple(issues))


def _missing(column: Column, layout: Layout) -> Issue:
    """Return what a column that is not there is worth."""
    # A column that is only assumed cannot make a file wrong. Those of LRB files that
    # are assumed have an assumed place, and are known to be there.
    is_assumed = column.evidence == "assumed" and not layout.is_of_learners
    code = "heading-missing-assumed" if is_assumed else "heading-missing"
    return issue(code, "row", 1, column.heading, right=column.heading)


def _order_issues(order: Sequence[str | None], layout: Layout) -> list[Issue]:
    present = [name for name in order if name is not None]
    right = [name for name in _names(layout) if name in present]
    pairs = enumerate(zip(present, right, strict=True))
    wrong = next((n for n, (is_there, due) in pairs if is_there != due), None)
    if wrong is None:
        return []
    column = layout.column(right[wrong])
    # A position that is only assumed cannot make a file wrong.
    assumed = {c.name for c in layout.columns if c.evidence == "assumed"}
    is_assumed = [name for name in present if name not in assumed] == [
        name for name in right if name not in assumed
    ]
    return [
        issue(
            "heading-order-assumed" if is_assumed else "heading-order",
            "row",
            1,
            version=layout.version,
            column=order.index(present[wrong]) + 1,
            right=column.heading if column else "",
        )
    ]

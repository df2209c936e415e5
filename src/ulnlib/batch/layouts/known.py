"""All layouts that are known, in the order in which a file is compared with them."""

from __future__ import annotations

__all__ = ["KNOWN_LAYOUTS", "written_alike"]

from ulnlib.batch.layouts.achievement import ACHIEVEMENT, ACHIEVEMENT_ERRORS
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LAYOUTS, OUTPUT_LAYOUTS
from ulnlib.batch.layouts.verification import VLD, VLD_OUTPUT

# The newest first; an input before an output, which has one column more.
KNOWN_LAYOUTS = (
    *list(LAYOUTS.values())[::-1],
    *list(OUTPUT_LAYOUTS.values())[::-1],
    VLD,
    VLD_OUTPUT,
    ACHIEVEMENT,
    ACHIEVEMENT_ERRORS,
)
"""Every layout: of two that fit equally well the first is taken."""


def written_alike(layout: Layout, version: str) -> Layout:
    """Return the layout of a version, where its headings are those of another one.

    Args:
        layout: The layout that the headings mean.
        version: The version that the file states.

    Returns:
        The layout of that version and the same kind; the one that was given where
        there is none, or where its headings are others.

    Source: ours; that older versions have the headings of 2A is assumed.
    """
    for one in KNOWN_LAYOUTS:
        if (one.kind, one.version, one.headings) == (
            layout.kind,
            version,
            layout.headings,
        ):
            return one
    return layout

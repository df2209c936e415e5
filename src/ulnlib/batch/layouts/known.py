"""All layouts that are known, in the order in which a file is compared with them."""

from __future__ import annotations

__all__ = ["KNOWN_LAYOUTS"]

from ulnlib.batch.layouts.achievement import ACHIEVEMENT, ACHIEVEMENT_ERRORS
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

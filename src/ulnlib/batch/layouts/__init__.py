"""The layouts of batch files as data, a kind of file in each module.

`layout` says what a layout is; `known` has them all, in the order in which a file is
compared with them.
"""

from __future__ import annotations

__all__ = ["KNOWN_LAYOUTS", "Column", "Layout"]

from ulnlib.batch.layouts.known import KNOWN_LAYOUTS
from ulnlib.batch.layouts.layout import Column, Layout

"""Reading of the tables in `_data/`: nothing else opens that folder.

A table is a TOML file with a `[source]` header (title, version, retrieved, evidence)
and an array of rows. Reading is cached and the result is immutable.
"""

from __future__ import annotations

__all__ = ["Table", "load", "load_all"]

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import attrs

Row = Mapping[str, Any]


@attrs.frozen
class Table:
    """One table: where it comes from, and its rows in display order.

    Attributes:
        name: The file's name without `.toml`.
        source: The `[source]` header: title, version, retrieved, note.
        rows: The rows, each an immutable mapping.
    """

    name: str
    source: Row
    rows: tuple[Row, ...]


@cache
def load(name: str) -> Table:
    """Return the table of that name.

    Args:
        name: A file of `_data/`, without its ending.

    Returns:
        The table, the same object at every call.

    Raises:
        FileNotFoundError: There is no such table: a fault of ulnlib's, not of data.
    """
    import tomllib

    text = (files("ulnlib") / "_data" / f"{name}.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    rows = tuple(MappingProxyType(row) for row in content["row"])
    return Table(name=name, source=MappingProxyType(content["source"]), rows=rows)


@cache
def load_all(prefix: str) -> tuple[Table, ...]:
    """Return every table whose name is a prefix, or begins with it and `_`, in order.

    A long list may be kept in several files, one a subject.

    Args:
        prefix: For example `issue_codes`.
    """
    names = sorted(
        file.name.removesuffix(".toml")
        for file in (files("ulnlib") / "_data").iterdir()
        if file.name.endswith(".toml")
    )
    return tuple(
        load(name) for name in names if name == prefix or name.startswith(f"{prefix}_")
    )

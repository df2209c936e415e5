"""JSON text as plain values: what may be in it, and what of it is a finding.

The standard library's reader is used with its doors shut: no nesting beyond a limit, no
NaN, no number of a million digits, and a member that stands there twice is remembered.
"""

from __future__ import annotations

__all__ = [
    "MAX_LEVELS",
    "NOT_A_VALUE",
    "UNREADABLE",
    "Members",
    "decode",
    "load",
]

import json
import re
from collections import Counter

from ulnlib.issues import Issue, issue

MAX_LEVELS = 600
"""How deep brackets may be nested: 250 groups, and what stands in the innermost."""

NOT_A_VALUE = object()
"""Stands for NaN, an infinity, or a number that is beyond any use: of no type."""

UNREADABLE = object()
"""Stands for the whole of a text that cannot be read."""

_LONGEST_NUMBER = 16
# A text between quotation marks, or a bracket. An unclosed text ends with the input.
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?+|[\[{]|[\]}]', re.DOTALL)


class Members(dict[str, object]):
    """A JSON object that knows which of its members stood there more than once."""

    repeated: tuple[str, ...] = ()


def _members(pairs: list[tuple[str, object]]) -> Members:
    members = Members(pairs)
    if len(members) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        members.repeated = tuple([name for name in members if counts[name] > 1])
    return members


def _whole(text: str) -> object:
    return int(text) if len(text) <= _LONGEST_NUMBER else NOT_A_VALUE


def _deepest(text: str) -> int:
    """Return how deep brackets are nested, or a number above the limit."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_LEVELS:
                break
        elif mark in "]}":
            depth -= 1
    return deepest


def decode(source: str | bytes, found: list[Issue]) -> str | None:
    """Return the text of bytes in UTF-8, with or without a byte order mark.

    Args:
        source: Text, or bytes.
        found: Takes the finding when there is one.

    Returns:
        The text, or None when it is not UTF-8.
    """
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found.append(issue("form-encoding", position=error.start + 1))
        return None


def load(text: str, found: list[Issue]) -> object:
    """Return what a JSON text holds, in plain values.

    Args:
        text: The text.
        found: Takes the finding when there is one.

    Returns:
        The value, objects being `Members`; `UNREADABLE` when nothing can be read.
    """
    if _deepest(text) > MAX_LEVELS:
        found.append(issue("form-nesting", maximum=MAX_LEVELS))
        return UNREADABLE
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_whole,
            parse_constant=lambda _: NOT_A_VALUE,
        )
    except json.JSONDecodeError as error:
        found.append(issue("form-not-json", first=error.lineno, column=error.colno))
        return UNREADABLE
    except RecursionError:  # the caller's own stack was deep already
        found.append(issue("form-nesting", maximum=MAX_LEVELS))
        return UNREADABLE
    return value

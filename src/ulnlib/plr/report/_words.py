"""Texts of a report made fit to be shown: days as people write them, nothing hidden."""

from __future__ import annotations

__all__ = ["BLANK", "date_in_words", "short_day", "visible", "where"]

from ulnlib._dates import beginning_day, day_in_words

BLANK = "\N{EN DASH}"
"""What stands where there is nothing, so that nobody takes it for an oversight."""

# They have no shape of their own and turn nothing round; some scripts need them.
_KEPT = frozenset(
    "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
)
_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """Return a text in one line, with a sign for each character that has no shape.

    Controls, halves of characters, and marks that turn the direction of writing round
    would be taken for commands, or make one text look like another.
    """
    if text.isprintable():
        return text.strip(" ")
    return "".join(
        [c if c.isprintable() or c in _KEPT else _INSTEAD for c in _in_one(text)]
    )


def _in_one(text: str) -> str:
    return " ".join(text.split())


def where(source: str, dated: str) -> str:
    """Return where something stands, and of when that is unless it says so itself."""
    return source if source.endswith(dated) else f"{source}, {dated}"


def date_in_words(text: str) -> str:
    """Return the text of a date in words, and as it came where it is none."""
    day = beginning_day(text)
    return text if day is None else day_in_words(day)


def short_day(text: str) -> str:
    """Return the text of a date for a column, as it came where it is none."""
    day = beginning_day(text)
    if day is None:
        return visible(text)
    return day_in_words(day, is_short=True)

"""How sure it is what kind of file something is."""

from __future__ import annotations

__all__ = ["Sureness"]

from enum import StrEnum


class Sureness(StrEnum):
    """How sure it is what kind of file something is, the surest first."""

    GIVEN = "given"
    CERTAIN = "certain"
    LIKELY = "likely"
    GUESSED = "guessed"
    NAMED = "named"

    @property
    def label(self) -> str:
        """Why, in a sentence."""
        return _WHY[self]


_WHY = {
    Sureness.GIVEN: "The caller says so.",
    Sureness.CERTAIN: "The headings or elements are exactly those of the layout.",
    Sureness.LIKELY: "Most headings or elements are those of the layout.",
    Sureness.GUESSED: "There are no headings; the number of columns fits.",
    Sureness.NAMED: "Its name begins so; its content does not tell.",
}

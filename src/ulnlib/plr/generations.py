"""The fields of a learning event: what each source fills, and what they were before.

Examples:
    >>> filling("level")[EventSource.ILR].value
    'empty'
    >>> [one.element for one in elements() if one.field == "award_date"]
    ['AchievementAwardDate', 'AwardDate']
"""

from __future__ import annotations

__all__ = ["Filling", "OlderElement", "elements", "filling"]

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ulnlib import _tables
from ulnlib.errors import InvalidValue
from ulnlib.plr.events import EventSource


class Filling(StrEnum):
    """What a source does with a field.

    Source: recorded responses (observed; they are few).
    """

    FILLED = "filled"
    SOMETIMES = "sometimes"
    MARK = "mark"
    EMPTY = "empty"
    ABSENT = "absent"

    @property
    def text(self) -> str:
        """What it means."""
        return _TEXTS[self]


_TEXTS = {
    Filling.FILLED: "filled",
    Filling.SOMETIMES: "sometimes filled",
    Filling.MARK: "filled with a mark that says nothing",
    Filling.EMPTY: "there, and empty",
    Filling.ABSENT: "not there",
}


class OlderElement(NamedTuple):
    """An element of a learning event in an older generation of the service.

    Attributes:
        element: Its name.
        generations: In which it is: 1, the first web service, or 2, release 9. What is
            served today is the third.
        field: The field of today that says the same, None when there is none: then it
            is kept in `LearningEvent.further`.
        evidence: observed, or assumed where it has another name than today.
    """

    element: str
    generations: tuple[int, ...]
    field: str | None
    evidence: str


def filling(field: str) -> Mapping[EventSource, Filling]:
    """Return what each source does with a field of a learning event.

    Args:
        field: One of the 22, such as `award_date`.

    Raises:
        InvalidValue: There is no such field.

    Source: LRS portal guide, sections 5.2.1 and 5.2.2 (published); recorded responses
    (observed).
    """
    found = _filling().get(field)
    if found is None:
        raise InvalidValue("field", "it is one of the 22 fields of a learning event")
    return found


@cache
def _filling() -> Mapping[str, Mapping[EventSource, Filling]]:
    return MappingProxyType(
        {
            row["field"]: MappingProxyType(
                {source: Filling(row[source.value]) for source in EventSource}
            )
            for row in _tables.load("plr_filling").rows
        }
    )


@cache
def elements() -> tuple[OlderElement, ...]:
    """Return the elements of the older generations.

    Source: learnerrecord.xsd, type MIAPLearningEvent; release 9 schemas, type
    LearnerEvent (observed).
    """
    return tuple(
        OlderElement(
            row["element"],
            tuple(row["generations"]),
            row["field"] or None,
            row["evidence"],
        )
        for row in _tables.load("plr_generations").rows
    )

"""Why a learning event has no grade or no date, and what a record covers at all.

The reasons are those of the guide, chosen by the source and the dates of the event.
Which of them holds nobody can tell from the event.

Examples:
    >>> from ulnlib.plr import LearningEvent
    >>> event = LearningEvent(source="NPD", award_date="2024-08-22", grade="4")
    >>> [reason.text for reason in why_missing(event, "start_date")]
    ['The National Pupil Database usually gives the award date alone.']
"""

from __future__ import annotations

__all__ = ["Note", "Reason", "coverage", "why_missing"]

from functools import cache
from typing import NamedTuple

from ulnlib import _tables
from ulnlib.plr.events import EventSource, LearningEvent

_ASKED = frozenset({"grade", "start_date", "end_date"})


class Reason(NamedTuple):
    """Why something may be missing.

    Attributes:
        text: A sentence, in our words.
        source: Where it stands.
        evidence: published, observed, derived or assumed.
    """

    text: str
    source: str
    evidence: str


class Note(NamedTuple):
    """What a record covers, as one document has it.

    Attributes:
        text: A sentence, in our words.
        source: Where it stands.
        dated: Of when the document is.
        evidence: published, observed, derived or assumed.
    """

    text: str
    source: str
    dated: str
    evidence: str


def why_missing(event: LearningEvent, what: str) -> tuple[Reason, ...]:
    """Return why an event may lack a grade or a date.

    Args:
        event: The event.
        what: `grade`, `start_date` or `end_date`; anything else has no reasons.

    Returns:
        The reasons; none when it is there, or when the guide gives none.

    Source: LRS portal guide, sections 5.2.1 and 5.2.2 (published).
    """
    if what not in _ASKED:
        return ()  # nor is a text of the caller's kept
    if what == "grade" and event.has_grade:
        return ()
    if what in {"start_date", "end_date"} and getattr(event, what):
        return ()
    return _reasons(
        what,
        event.known_source,
        is_ended=bool(event.end_date),
        is_awarded=bool(event.award_date) or event.has_grade,
    )


@cache
def _reasons(
    what: str, source: EventSource | None, *, is_ended: bool, is_awarded: bool
) -> tuple[Reason, ...]:
    ended = "yes" if is_ended else "no"
    return tuple(
        Reason(row["reason"], row["source"], row["evidence"])
        for row in _tables.load("plr_reasons").rows
        if row["what"] == what
        and source in row["sources"]
        and row["ended"] in {ended, "both"}
        and (row["awarded"] == "both" or not is_awarded)
    )


@cache
def coverage() -> tuple[Note, ...]:
    """Return what a record covers, as each document has it; they do not agree.

    Source: each note's own (published).
    """
    return tuple(
        Note(row["note"], row["source"], row["dated"], row["evidence"])
        for row in _tables.load("plr_coverage").rows
    )

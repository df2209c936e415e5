"""The personal learning record: what somebody has achieved and taken part in.

`LearningEvent` is one line of it, `Record` all of them with what they mean together.
"""

from __future__ import annotations

__all__ = [
    "Answer",
    "Column",
    "Entry",
    "EventKind",
    "EventSource",
    "LearningEvent",
    "LeftOut",
    "LinkedRecords",
    "Note",
    "Reason",
    "Record",
    "Taken",
    "WhyLeftOut",
    "challenge",
    "check_event",
    "coverage",
    "join",
    "read_events",
    "why_missing",
]

from typing import TYPE_CHECKING

from ulnlib.plr.events import EventKind, EventSource, LearningEvent, check_event
from ulnlib.plr.linked import LinkedRecords, join
from ulnlib.plr.reading import Answer, read_events
from ulnlib.plr.reasons import Note, Reason, coverage, why_missing
from ulnlib.plr.record import Column, Entry, LeftOut, Record, Taken, WhyLeftOut

if TYPE_CHECKING:
    from ulnlib.plr import challenge


def __getattr__(name: str) -> object:
    """Load data challenges at their first use."""
    if name == "challenge":
        from importlib import import_module

        return import_module("ulnlib.plr.challenge")
    raise AttributeError(f"module 'ulnlib.plr' has no attribute {name!r}")

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
    "Note",
    "Reason",
    "Record",
    "Taken",
    "WhyLeftOut",
    "check_event",
    "coverage",
    "read_events",
    "why_missing",
]

from ulnlib.plr.events import EventKind, EventSource, LearningEvent, check_event
from ulnlib.plr.reading import Answer, read_events
from ulnlib.plr.reasons import Note, Reason, coverage, why_missing
from ulnlib.plr.record import Column, Entry, LeftOut, Record, Taken, WhyLeftOut

"""The personal learning record: what somebody has achieved and taken part in.

`LearningEvent` is one line of it, `Record` all of them with what they mean together.
"""

from __future__ import annotations

__all__ = [
    "Access",
    "AccessEntry",
    "AccessPage",
    "Actor",
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
    "RecordReport",
    "Taken",
    "View",
    "WhyLeftOut",
    "check_event",
    "coverage",
    "decisions",
    "page_of",
    "preview",
    "read_events",
    "read_log",
    "read_records",
    "report_of",
    "see",
    "subject_of",
    "why_missing",
]

from ulnlib.plr.audit import Access, AccessEntry, AccessPage, Actor, page_of
from ulnlib.plr.events import EventKind, EventSource, LearningEvent, check_event
from ulnlib.plr.reading import Answer, read_events, read_records
from ulnlib.plr.reasons import Note, Reason, coverage, why_missing
from ulnlib.plr.record import Column, Entry, LeftOut, Record, Taken, WhyLeftOut
from ulnlib.plr.report import RecordReport, report_of
from ulnlib.plr.views import View, decisions, preview, read_log, see, subject_of

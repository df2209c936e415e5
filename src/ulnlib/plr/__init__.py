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
    "Changes",
    "Column",
    "CreditAnswer",
    "CreditRow",
    "Entry",
    "EventKind",
    "EventSource",
    "Filling",
    "LearningEvent",
    "LeftOut",
    "LinkedRecords",
    "Note",
    "OlderElement",
    "Opened",
    "Reason",
    "Record",
    "RecordReport",
    "Refused",
    "SharedEvent",
    "Snapshot",
    "Taken",
    "View",
    "WhyLeftOut",
    "challenge",
    "changes_since",
    "check_event",
    "coverage",
    "credit_check",
    "decisions",
    "delete_snapshot",
    "elements",
    "filling",
    "is_marked_sensitive",
    "join",
    "list_snapshots",
    "open_snapshot",
    "page_of",
    "preview",
    "read_events",
    "read_log",
    "read_records",
    "report_of",
    "see",
    "share_view",
    "subject_of",
    "why_missing",
]

from typing import TYPE_CHECKING

from ulnlib.plr.audit import Access, AccessEntry, AccessPage, Actor, page_of
from ulnlib.plr.credit_check import CreditAnswer, CreditRow, credit_check
from ulnlib.plr.events import EventKind, EventSource, LearningEvent, check_event
from ulnlib.plr.generations import Filling, OlderElement, elements, filling
from ulnlib.plr.linked import LinkedRecords, join
from ulnlib.plr.reading import Answer, read_events, read_records
from ulnlib.plr.reasons import Note, Reason, coverage, why_missing
from ulnlib.plr.record import Column, Entry, LeftOut, Record, Taken, WhyLeftOut
from ulnlib.plr.report import RecordReport, report_of
from ulnlib.plr.snapshots import (
    Changes,
    Opened,
    Refused,
    SharedEvent,
    Snapshot,
    changes_since,
    delete_snapshot,
    list_snapshots,
    open_snapshot,
    share_view,
)
from ulnlib.plr.views import (
    View,
    decisions,
    is_marked_sensitive,
    preview,
    read_log,
    see,
    subject_of,
)

if TYPE_CHECKING:
    from ulnlib.plr import challenge


def __getattr__(name: str) -> object:
    """Load data challenges at their first use."""
    if name == "challenge":
        from importlib import import_module

        return import_module("ulnlib.plr.challenge")
    raise AttributeError(f"module 'ulnlib.plr' has no attribute {name!r}")

"""The steps of an achievement file in their order: what the service would refuse."""

from __future__ import annotations

__all__ = ["Key", "check_steps"]

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ulnlib.batch.files import Record
from ulnlib.batch.layouts.achievement import ACTION_CODES
from ulnlib.issues import Issue, issue
from ulnlib.rules.achievements import Action, Status, after, why_refused


class Key(NamedTuple):
    """What makes an achievement one: a learner, and a unit or qualification.

    Source: ours (assumed).
    """

    uln: str
    reference: str

    @classmethod
    def of(cls, record: Record) -> Key:
        """Return the key of a record; references count without their strokes."""
        reference = record.further.get("reference", "")
        return cls(record.learner.uln or "", reference.replace("/", "").upper())


def check_steps(
    records: Iterable[Record],
    known: Mapping[Key, Status] | None = None,
    *,
    actions: Mapping[str, Action] = ACTION_CODES,
) -> Iterator[Issue]:
    """Say which steps would be refused, one after another.

    Args:
        records: The records of an achievement file, in order.
        known: How achievements stand before; one that is not there is none yet.
        actions: What each code means, where the caller knows better.

    Returns:
        A finding for each record that is refused; it changes nothing. Records whose
        code is not known are passed over: the reader has said so.

    Source: see `ulnlib.rules.achievements` (assumed).
    """
    states = dict(known or {})
    for record in records:
        action = actions.get(record.further.get("action", ""))
        if action is None:
            continue
        key = Key.of(record)
        status = states.get(key, Status.NONE)
        why = why_refused(status, action)
        if why is None:
            states[key] = after(status, action)
            continue
        found = issue("award-status", "action", action=action.label, why=why)
        yield found.at("row", record.row, line=record.line)

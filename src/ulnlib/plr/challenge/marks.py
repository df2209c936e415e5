"""The mark of an event that is under challenge."""

from __future__ import annotations

__all__ = ["under_challenge"]

from collections.abc import Iterable

import attrs

from ulnlib.plr.challenge.value import Challenge
from ulnlib.plr.events import LearningEvent
from ulnlib.plr.record import Record


def under_challenge(record: Record, challenges: Iterable[Challenge]) -> Record:
    """Return a record with the events marked that an open challenge is about.

    The mark goes as it comes: call it again on the service's record once a challenge
    is resolved or withdrawn, and the event has the service's own mark, or none.

    Args:
        record: The record as the service gave it.
        challenges: Challenges of this learner, open or not.

    Returns:
        The record; nothing but `under_data_challenge` of those events is another.

    Source: LearnerServiceR9.wsdl, LearningEvent (observed: the mark); that a challenge
    of a ULN marks no event is assumed.
    """
    disputed = [one for case in challenges if case.is_open for one in case.events]

    def marked(event: LearningEvent) -> LearningEvent:
        if event.is_challenged or not any(one.is_of(event) for one in disputed):
            return event
        return attrs.evolve(event, under_data_challenge="Y")

    return record.changed(marked)

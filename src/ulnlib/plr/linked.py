"""The records of several ULNs of one learner, joined and taken apart again.

When ULNs are merged, the master's record shows the events of all of them. Here each
event remembers whose it is, so that nothing is lost and the merge can be undone.

Examples:
    >>> from ulnlib.plr import LearningEvent
    >>> own = Record([LearningEvent(id=1, subject="Bricks", grade="B")])
    >>> theirs = Record([LearningEvent(id=2, subject="Bricks", grade="C")])
    >>> linked = join("1000000043", {"1000000043": own, "1000000051": theirs})
    >>> [(entry.grades, len(ulns)) for entry, ulns in linked.entries]
    [(('B', 'C'), 2)]
    >>> linked.split() == {Uln("1000000043"): own, Uln("1000000051"): theirs}
    True
"""

from __future__ import annotations

__all__ = ["LinkedRecords", "join", "ulns_of"]

from collections import deque
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner
from ulnlib.plr.record import Entry, Record
from ulnlib.uln import Uln, compact


@attrs.frozen(repr=False)
class LinkedRecords:
    """The records of ULNs that were merged, as one and each by itself.

    Attributes:
        master: The ULN that stands for all of them.
        parts: The record of each ULN, the master's first; make it with `join`.

    Source: recorded responses (observed: the record of a merged ULN brings the events
    of each); that each event keeps its ULN is ours.
    """

    master: Uln
    parts: tuple[tuple[Uln, Record], ...]

    @property
    def ulns(self) -> tuple[Uln, ...]:
        """The ULNs, the master first; also those without an event."""
        return tuple(number for number, _ in self.parts)

    @property
    def record(self) -> Record:
        """The record of all of them: every event, the master's first."""
        return Record(event for _, part in self.parts for event in part.events)

    @property
    def origins(self) -> tuple[Uln, ...]:
        """The ULN of each event of `record`, in order."""
        return tuple(number for number, part in self.parts for _ in part.events)

    @property
    def entries(self) -> tuple[tuple[Entry, tuple[Uln, ...]], ...]:
        """The entries of `record`, each with the ULN of each of its events."""
        record = self.record
        # By identity: two ULNs may have events that are equal in all they say.
        owners: dict[int, deque[Uln]] = {}
        for event, number in zip(record.events, self.origins, strict=True):
            owners.setdefault(id(event), deque()).append(number)
        return tuple(
            (entry, tuple(owners[id(event)].popleft() for event in entry.events))
            for entry in record.entries
        )

    def split(self) -> Mapping[Uln, Record]:
        """Return the record of each ULN as it was before it was joined."""
        return MappingProxyType(dict(self.parts))

    def merged(self, other: LinkedRecords) -> LinkedRecords:
        """Return these records with those of another learner's ULNs after them.

        Args:
            other: What is merged into these.

        Raises:
            InvalidValue: A ULN is in both.
        """
        if set(self.ulns) & set(other.ulns):
            raise InvalidValue("twice", "a ULN cannot be merged twice")
        return LinkedRecords(self.master, (*self.parts, *other.parts))

    def unmerged(
        self, number: Uln | str, *, with_it: tuple[Uln | str, ...] = ()
    ) -> tuple[LinkedRecords, LinkedRecords]:
        """Take a ULN out again.

        Args:
            number: The ULN, which then stands for itself.
            with_it: ULNs that had been merged into it, and go with it.

        Returns:
            What is left, and what was taken out; together they have every event.

        Raises:
            InvalidUln: That is no ULN.
            InvalidValue: The ULN is the master, or is not here.
        """
        top = Uln.parse(str(number))
        going = {top, *(Uln.parse(str(one)) for one in with_it)}
        if self.master in going or not going <= set(self.ulns):
            raise InvalidValue("not-linked", "the ULN is not linked to this master")
        rest = tuple(part for part in self.parts if part[0] not in going)
        taken = tuple(part for part in self.parts if part[0] in going)
        first = sorted(taken, key=lambda part: part[0] != top)
        return LinkedRecords(self.master, rest), LinkedRecords(top, tuple(first))

    def __repr__(self) -> str:
        events = sum(len(part.events) for _, part in self.parts)
        return f"LinkedRecords(ulns={len(self.parts)}, events={events})"


def join(master: Uln | str, records: Mapping[Uln | str, Record]) -> LinkedRecords:
    """Join the records of several ULNs.

    Args:
        master: The ULN that stands for all of them.
        records: The whole record of each, the master's among them. What was cut down
            for a viewer is not joined: make the view of what is joined.

    Returns:
        The records as one; `split` gives each back as it was.

    Raises:
        InvalidUln: A key is no ULN.
        InvalidValue: The master has no record, or a ULN has two.
    """
    top = Uln.parse(str(master))
    parts = [(Uln.parse(str(number)), record) for number, record in records.items()]
    numbers = [number for number, _ in parts]
    if len(set(numbers)) < len(numbers):
        raise InvalidValue("twice", "a ULN has two records")
    if top not in numbers:
        raise InvalidValue("no-master", "the master has no record; give an empty one")
    return LinkedRecords(top, tuple(sorted(parts, key=lambda part: part[0] != top)))


def ulns_of(learner: Learner, linked_ulns: Iterable[Uln | str] = ()) -> frozenset[str]:
    """Return every ULN that is or was a learner's.

    Args:
        learner: The learner.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them.

    Returns:
        The ULNs as text without spaces and hyphens; none of a learner without a ULN
        and without linked ones.

    Raises:
        InvalidUln: One of those that were merged is no ULN.
        TypeError: `linked_ulns` is one text.

    Source: LRS portal guide, section 4.2.3 (published: the profile of the master
    names the ULNs that were merged into it).
    """
    if isinstance(linked_ulns, str | Uln):
        raise TypeError("linked_ulns takes several, in a list")
    linked = [str(Uln.parse(str(one))) for one in linked_ulns]
    return frozenset([*linked, *([compact(learner.uln)] if learner.uln else [])])

"""Shared views: a learner shows somebody chosen achievements, behind a PIN.

A snapshot refers to events, and holds nothing of them but what tells whether they
have changed since. Whoever opens it sees the record as it is then: what has become
sensitive, or is not shared any more, is not shown.

Examples:
    >>> from ulnlib.plr import LearningEvent, Record
    >>> record = Record([LearningEvent(id=7, source="AO", subject="Bricks", grade="A")])
    >>> shared = share_view(
    ...     record,
    ...     Learner(uln="1000000043"),
    ...     guid="4b3403665fea",
    ...     pin="2718",
    ...     target="jobs@example.com",
    ...     chosen=["7"],
    ...     created=dt.date(2026, 11, 21),
    ...     expires=dt.date(2026, 12, 21),
    ... )
    >>> shared.chosen, "2718" in repr(shared)
    (('7',), False)
"""

from __future__ import annotations

__all__ = [
    "LEAST_PIN",
    "MOST_WRONG_PINS",
    "Changes",
    "Opened",
    "Refused",
    "SharedEvent",
    "Snapshot",
    "changes_since",
    "delete_snapshot",
    "list_snapshots",
    "open_snapshot",
    "share_view",
]

import datetime as dt
import hmac
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from hashlib import scrypt, sha256
from typing import NamedTuple, Unpack
from uuid import UUID

import attrs

from ulnlib._dates import At, day_of, stamp
from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner
from ulnlib.plr.audit import Access, Actor
from ulnlib.plr.events import EventKind, LearningEvent
from ulnlib.plr.linked import ulns_of
from ulnlib.plr.record import Record
from ulnlib.plr.views import Given, View, open_view, unmistakable
from ulnlib.rules.sharing import Subject, Viewer
from ulnlib.uln import Uln, compact

LEAST_PIN = 4
"""How many characters a PIN has at least (assumed)."""

MOST_WRONG_PINS = 5
"""After how many wrong PINs a snapshot stays closed (assumed).

A PIN of four digits has 10,000 values: what protects it is this, and not the digest.
"""


class SharedEvent(NamedTuple):
    """What a snapshot keeps of an event: enough to tell whether it has changed.

    Attributes:
        id: Its number.
        mark: A digest of all that it said.

    Source: release 9 schemas, type SnapshotEvent (observed: the number of the event,
    with its code and dates); that a digest tells the same is ours.
    """

    id: str
    mark: str

    def __repr__(self) -> str:
        return f"SharedEvent(id={self.id!r})"


@attrs.frozen(kw_only=True)
class Snapshot:
    """A shared view.

    Attributes:
        guid: Its reference, which the caller makes up so that nobody can guess it.
        uln: Whose record is shown.
        target: To whom it was sent: an e-mail address.
        user_reference: What the learner calls it.
        created: When it was made.
        expires: The last day on which it opens.
        has_all: Whether it shows all achievements, those to come as well.
        events: The events that were there to be shown when it was made.
        pin_digest: What the PIN is compared with.
        wrong_pins: How many wrong PINs were given in a row.
        accessed: When it was opened.

    Source: release 9 schemas, type Snapshot and operation CreateOrModifySnapshot
    (observed); that the last day counts is assumed.
    """

    guid: str = attrs.field(converter=str)
    uln: str = attrs.field(repr=False)
    target: str = attrs.field(repr=False)
    user_reference: str = attrs.field(default="", repr=False)
    created: dt.date
    expires: dt.date = attrs.field(converter=day_of)
    has_all: bool
    events: tuple[SharedEvent, ...] = attrs.field(repr=False)
    pin_digest: bytes = attrs.field(repr=False)
    wrong_pins: int = 0
    accessed: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The numbers of the events that were there to be shown."""
        return tuple([event.id for event in self.events])

    @property
    def is_locked(self) -> bool:
        """Whether it stays closed because of wrong PINs."""
        return self.wrong_pins >= MOST_WRONG_PINS

    def is_expired(self, as_of: dt.date) -> bool:
        """Say whether it opens no more."""
        return day_of(as_of) > self.expires

    def to_service(self) -> Mapping[str, object]:
        """Return it by the service's own names.

        Source: release 9 schemas, type Snapshot (observed).
        """
        return {
            "Accessed": bool(self.accessed),
            "DateCreated": self.created.isoformat(),
            "Events": [{"LearningEventId": event.id} for event in self.events],
            "ExpiryDate": self.expires.isoformat(),
            "Guid": self.guid,
            "TargetEmail": self.target,
            "UserReference": self.user_reference,
        }


class Refused(StrEnum):
    """Why a snapshot did not open. Whoever tried is told only that it did not."""

    WRONG_PIN = "wrong PIN"
    LOCKED = "locked after too many wrong PINs"
    EXPIRED = "expired"
    NOT_SHARED = "not shared"


@attrs.frozen(kw_only=True)
class Opened:
    """What came of opening a snapshot. It counts as true when it opened.

    Attributes:
        snapshot: The snapshot, to be kept in the place of the one before: with the
            time of the access, or with one wrong PIN more.
        view: The restricted view; None when it did not open.
        refused: Why it did not open.
    """

    snapshot: Snapshot
    view: View | None = None
    refused: Refused | None = None

    def __bool__(self) -> bool:
        return self.view is not None


class Changes(NamedTuple):
    """What has changed of a record since it was shared: the numbers of events.

    Attributes:
        added: Achievements that have come. A snapshot of all shows those of them that
            may be shown; one that is sensitive is here, and is not shown.
        changed: Events that say something else.
        removed: Events that are there no more.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(self[:])


def share_view(  # noqa: PLR0913  # what, to whom, for how long
    record: Record,
    learner: Learner,
    *,
    guid: str | UUID,
    pin: str,
    target: str,
    created: dt.date,
    expires: dt.date,
    chosen: Collection[str] | None = None,
    user_reference: str = "",
) -> Snapshot:
    """Make a shared view of a record.

    Args:
        record: The learner's whole record.
        learner: The learner.
        guid: The reference; make it with `uuid.uuid4()`, so that nobody guesses it.
        pin: What has to be given to open it, four characters at least. It is not kept.
        target: To whom it is sent.
        created: When it is made.
        expires: The last day on which it opens.
        chosen: The numbers of the achievements to show; None shows all, those to come
            as well.
        user_reference: What the learner calls it.

    Raises:
        InvalidValue: The PIN is too short, the reference or the ULN is missing, it
            expires before it is made, or the record has no achievement of a number
            that was chosen, or several different events of it.
        TypeError: `chosen` is one text, or the PIN is none.

    Source: release 9 schemas, operation CreateOrModifySnapshot (observed).
    """
    if not isinstance(pin, str):
        raise TypeError("a PIN is text: one that begins with 0 is no number")
    if isinstance(chosen, str):  # its digits would be taken for numbers
        raise TypeError("chosen takes several numbers, in a list")
    there, name = _achievements(record), str(guid)
    wanted = list(there) if chosen is None else list(dict.fromkeys(map(str, chosen)))
    refusals = (
        (
            len(pin.strip()) < LEAST_PIN,
            "pin",
            f"a PIN has at least {LEAST_PIN} characters",
        ),
        (not name.strip(), "guid", "give a reference that nobody can guess"),
        (not learner.uln, "uln", "the learner has no ULN"),
        (
            day_of(expires) < day_of(created),
            "expires",
            "it would expire before it is made",
        ),
        (
            not all(one in there for one in wanted),
            "chosen",
            "a number was chosen of which the record has no achievement",
        ),
        (
            chosen is not None and not unmistakable(record, wanted).issuperset(wanted),
            "chosen",
            "a number was chosen that several different events have",
        ),
    )
    for holds, reason, message in refusals:
        if holds:
            raise InvalidValue(reason, message)
    return Snapshot(
        guid=name,
        uln=compact(learner.uln or ""),
        target=target,
        user_reference=user_reference,
        created=created,
        expires=expires,
        has_all=chosen is None,
        events=tuple([SharedEvent(one, there[one]) for one in wanted]),
        pin_digest=_digest(pin, name),
    )


def open_snapshot(  # noqa: PLR0913  # what, by whom, when
    snapshot: Snapshot,
    pin: str,
    *,
    record: Record,
    subject: Subject,
    learner: Learner,
    by: Actor,
    at: At,
    as_of: dt.date,
    linked_ulns: Iterable[Uln | str] = (),
    **given: Unpack[Given],
) -> Opened:
    """Open a shared view.

    Args:
        snapshot: The snapshot.
        pin: The PIN that is given.
        record: The learner's whole record as it is now.
        subject: What is known of the learner now.
        learner: The learner.
        by: Who opens it, for the log.
        at: When; kept with the snapshot and in the log.
        as_of: The day, for its expiry and for the rules.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them: a shared view that was made under one of
            them opens still.
        given: As with `ulnlib.plr.see`, but for `chosen`.

    Returns:
        The snapshot as it is to be kept from now on, and the restricted view of what
        was chosen, if it opened. An expired one opens with no PIN, and does not count
        it as wrong.

    Raises:
        InvalidValue: The snapshot is another learner's: with one of all achievements
            the whole of a record would be shown by the wrong PIN.

    Source: release 9 schemas, type Snapshot (observed); that the record of today is
    shown, and not that of the day of sharing, is assumed.
    """
    if compact(snapshot.uln) not in ulns_of(learner, linked_ulns):
        raise InvalidValue("uln", "the shared view is another learner's")
    if snapshot.is_expired(as_of):
        return Opened(snapshot=snapshot, refused=Refused.EXPIRED)
    if snapshot.is_locked:
        return Opened(snapshot=snapshot, refused=Refused.LOCKED)
    if not hmac.compare_digest(_digest(pin, snapshot.guid), snapshot.pin_digest):
        wrong = attrs.evolve(snapshot, wrong_pins=snapshot.wrong_pins + 1)
        return Opened(snapshot=wrong, refused=Refused.WRONG_PIN)
    chosen = _achievements(record) if snapshot.has_all else snapshot.chosen
    given["chosen"] = tuple(chosen)
    nominated = Viewer.NOMINATED_ORGANISATION
    view = open_view(record, nominated, subject, learner, as_of, None, given)
    if not view:
        return Opened(snapshot=snapshot, refused=Refused.NOT_SHARED)
    entry = by.entry(Access.OPEN_SNAPSHOT, learner.uln or snapshot.uln, at=at)
    return Opened(
        snapshot=attrs.evolve(
            snapshot, wrong_pins=0, accessed=(*snapshot.accessed, stamp(at))
        ),
        view=attrs.evolve(view, accesses=(entry,)),
    )


def changes_since(snapshot: Snapshot, record: Record) -> Changes:
    """Return what has changed since a record was shared.

    Args:
        snapshot: The snapshot.
        record: The learner's whole record as it is now.

    Returns:
        The numbers of the events. An achievement that is no achievement any more is
        removed. When events of the same number differ, all of them are compared.
    """
    now = _achievements(record)
    before = dict(snapshot.events)
    return Changes(
        added=tuple([one for one in now if one not in before]),
        changed=tuple(
            [one for one in before if now.get(one, before[one]) != before[one]]
        ),
        removed=tuple([one for one in before if one not in now]),
    )


def list_snapshots(  # noqa: PLR0913  # the service's request
    snapshots: Iterable[Snapshot],
    learner: Learner,
    *,
    linked_ulns: Iterable[Uln | str] = (),
    guid: str | UUID | None = None,
    created_from: dt.date | None = None,
    created_to: dt.date | None = None,
) -> tuple[Snapshot, ...]:
    """Return the snapshots of a learner, as the service lists them.

    Args:
        snapshots: The snapshots, of this learner or of many.
        learner: The learner.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them: those made under one of them are listed
            too.
        guid: Only that one.
        created_from: Only those made on this day or later.
        created_to: Only those made on this day or earlier.

    Source: release 9 schemas, operation ListSnapshots (observed).
    """
    wanted = None if guid is None else str(guid)
    first, last = created_from or dt.date.min, created_to or dt.date.max
    own = ulns_of(learner, linked_ulns)
    return tuple(
        one
        for one in snapshots
        if compact(one.uln) in own
        and wanted in {None, one.guid}
        and day_of(first) <= day_of(one.created) <= day_of(last)
    )


def delete_snapshot(
    snapshots: Iterable[Snapshot],
    learner: Learner,
    guid: str | UUID,
    *,
    linked_ulns: Iterable[Uln | str] = (),
) -> tuple[Snapshot, ...]:
    """Return the snapshots without a deleted one, which opens no more.

    Args:
        snapshots: The snapshots.
        learner: Who deletes it: nobody deletes another's.
        guid: Its reference.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them: one made under one of them is the
            learner's own.

    Source: release 9 schemas, operation DeleteSnapshot (observed).
    """
    own, gone = ulns_of(learner, linked_ulns), str(guid)
    return tuple(
        one for one in snapshots if one.guid != gone or compact(one.uln) not in own
    )


def _achievements(record: Record) -> dict[str, str]:
    """Return the numbers of what can be shown, each with a digest of what it says."""
    found: dict[str, list[str]] = {}
    for event in record.events:
        if event.kind is EventKind.ACHIEVEMENT and event.id:
            found.setdefault(event.id, []).append(_mark(event))
    return {one: "".join(sorted(set(marks))) for one, marks in found.items()}


_OWN_WORDS = frozenset({"further", "under_data_challenge", "date_loaded"})
"""What is no change of an event: that it is disputed, or was loaded once more."""


def _mark(event: LearningEvent) -> str:
    """Return a digest of what an event says, without what is no change of it."""
    told = [
        (name, value)
        for name, value in attrs.asdict(event).items()
        if name not in _OWN_WORDS
    ]
    return sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()


def _digest(pin: str, guid: str) -> bytes:
    """Return what is kept of a PIN."""
    return scrypt(
        pin.encode("utf-8", "backslashreplace"),
        salt=guid.encode("utf-8", "backslashreplace"),
        n=2**14,
        r=8,
        p=1,
        dklen=32,
    )

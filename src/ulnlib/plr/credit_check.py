"""Credit check: whether a learner has one unit or qualification, and nothing else.

An awarding organisation gives the learner's details and one number, and is answered
with the row of that number, or with nothing. That the learner has not got it, that it
is sensitive, that the record is not shared, and that the details are another's, all
give the same empty answer.

Examples:
    >>> from ulnlib.plr import Actor, LearningEvent, Record
    >>> from ulnlib.rules.sharing import Subject
    >>> held = Learner(uln="1000000043", given_name="Ada", family_name="Byron")
    >>> record = Record(
    ...     [
    ...         LearningEvent(
    ...             source="QCFU",
    ...             subject_code="K/501/5773",
    ...             status="F",
    ...             grade="Pass",
    ...             award_date="2010-01-01",
    ...         )
    ...     ]
    ... )
    >>> answer = credit_check(
    ...     record,
    ...     "K/501/5773",
    ...     asked=held,
    ...     held=held,
    ...     subject=Subject(share="1"),
    ...     by=Actor(user="asmith", organisation="Example Awards"),
    ...     at="2026-11-21T09:30:00",
    ...     as_of=dt.date(2026, 11, 21),
    ... )
    >>> [row.award_date for row in answer.rows]
    ['2010-01-01']
"""

from __future__ import annotations

__all__ = ["CreditAnswer", "CreditRow", "credit_check"]

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Unpack

import attrs

from ulnlib._dates import At, beginning_day
from ulnlib._text import fold_text
from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner
from ulnlib.plr.audit import Access, AccessEntry, Actor
from ulnlib.plr.challenge.differences import NOT_TOLD
from ulnlib.plr.events import LearningEvent, code_of, is_reference
from ulnlib.plr.linked import ulns_of
from ulnlib.plr.record import Entry, Record
from ulnlib.plr.views import Rules, is_marked_sensitive, sensitive_with
from ulnlib.rules import sharing
from ulnlib.rules.sharing import Subject, Thing, Viewer
from ulnlib.uln import Uln, compact


@attrs.frozen(kw_only=True)
class CreditRow:
    """What a credit check tells of the unit or qualification.

    Attributes:
        awarding_organisation: Who awarded it; empty where the service does not know.
        reference: Its number.
        title: Its title.
        level: Its level in words.
        award_date: When it was achieved.
        grade: The grade; of several for one achievement each, with a comma between.
        credits: Its credit value, None where it is not told.

    Source: LRS presentation to the SROC conference, 2011, Credit Check (published).
    """

    awarding_organisation: str = attrs.field(repr=False)
    reference: str = attrs.field(repr=False)
    title: str = attrs.field(repr=False)
    level: str = attrs.field(repr=False)
    award_date: str = attrs.field(repr=False)
    grade: str = attrs.field(repr=False)
    credits: int | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class CreditAnswer:
    """The answer to a credit check. It counts as true when the learner has it.

    Attributes:
        rows: The unit or qualification; none when there is nothing to tell. A
            qualification that was achieved several times has several.
        accesses: The entry of the log; none when nothing was disclosed.
    """

    rows: tuple[CreditRow, ...] = ()
    accesses: tuple[AccessEntry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)


_MANDATORY = ("uln", "given_name", "family_name")
_COMPARED = ("given_name", "family_name", "date_of_birth", "gender")


def credit_check(  # noqa: PLR0913  # who, of whom, what, when, on whose behalf
    record: Record,
    number: str | int,
    *,
    asked: Learner,
    held: Learner,
    subject: Subject,
    by: Actor,
    at: At,
    as_of: dt.date,
    linked_ulns: Iterable[Uln | str] = (),
    is_sensitive: Callable[[LearningEvent], bool] = is_marked_sensitive,
    **rules: Unpack[Rules],
) -> CreditAnswer:
    """Say whether a learner has one unit or qualification.

    Args:
        record: The learner's whole record.
        number: The unit's reference, or the number of the qualification, with strokes
            or without. It is mandatory, so that nobody reads a record by it.
        asked: The learner's details as the awarding organisation gives them: ULN,
            given name and family name, which are mandatory; date of birth and gender
            are compared when they are given, and a gender that is not known says
            nothing.
        held: The learner as the register holds it.
        subject: What is known of the learner; see `ulnlib.plr.subject_of`.
        by: On whose behalf, for the log.
        at: When, for the log; kept as given.
        as_of: The day by whose rules it is decided.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them: who asks may still know one of them.
        is_sensitive: Which events are sensitive.
        rules: `conditions`, `views`: see `ulnlib.rules.sharing.decide`.

    Returns:
        What the learner has achieved under that number: final, awarded and not failed.
        Every other answer is the same empty one.

    Raises:
        InvalidValue: There is no number, it has not the shape of one, the mandatory
            details are not all there, or the date of birth is no day.

    Source: LRS presentation to the SROC conference, 2011, Credit Check (published);
    that every refusal gives the same answer, and which details are compared, is
    assumed.
    """
    wanted = str(number).strip().upper()
    if not is_reference(wanted):
        raise InvalidValue(
            "number",
            "a credit check asks for one unit or qualification: give its whole number, "
            "such as K/501/5773 or 500/9603/9",
        )
    if not all((getattr(asked, name) or "").strip() for name in _MANDATORY):
        raise InvalidValue(
            "details", "a credit check needs ULN, given name and family name"
        )
    born = (asked.date_of_birth or "").strip()
    if born and beginning_day(born) is None:
        raise InvalidValue(
            "date_of_birth", "give the date of birth as YYYY-MM-DD, or leave it out"
        )
    under = Record(one for one in record.events if one.code == code_of(wanted))
    hides = sensitive_with(record.events, is_sensitive)
    entries = under.achievements().entries
    may = sharing.decide(
        Viewer.AWARDING_ORGANISATION,
        attrs.evolve(subject, is_event_sensitive=any(map(hides, under.events))),
        Thing.CREDIT_CHECK,
        as_of,
        **rules,
    )
    ulns = ulns_of(held, linked_ulns)
    if not entries or not may or not _is_same(asked, held, ulns):
        return CreditAnswer()
    return CreditAnswer(
        rows=tuple(map(_row, sorted(map(_achieved, entries), key=_awarded))),
        accesses=(by.entry(Access.CREDIT_CHECK, held.uln or "", at=at),),
    )


def _is_same(asked: Learner, held: Learner, ulns: Collection[str]) -> bool:
    """Say whether the details are those of the learner."""
    if compact(asked.uln or "") not in ulns:
        return False
    for name in _COMPARED:
        given, known = _told(asked, name), _told(held, name)
        is_known = bool(known) or name not in NOT_TOLD
        if given and is_known and given != known:
            return False
    return True


def _told(learner: Learner, name: str) -> str:
    """Return what a learner's field tells, without capitals; empty for nothing."""
    text = fold_text(getattr(learner, name) or "")
    return "" if text in NOT_TOLD.get(name, ()) else text


def _achieved(entry: Entry) -> Entry:
    """Return an entry with those of its events alone that are an achievement."""
    return Entry(tuple([one for one in entry.events if Record([one]).achievements()]))


def _awarded(entry: Entry) -> str:
    return entry.event.award_date or ""


def _row(entry: Entry) -> CreditRow:
    event = entry.event
    return CreditRow(
        awarding_organisation=event.awarded_by,
        reference=event.subject_code or "",
        title=event.subject or "",
        level=event.level or "",
        award_date=event.award_date or "",
        grade=", ".join(entry.grades),
        credits=event.credit,
    )

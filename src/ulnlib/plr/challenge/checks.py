"""What has to hold before a challenge may be raised."""

from __future__ import annotations

__all__ = ["PROPOSES", "CurrentReturn", "check"]

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib import uln
from ulnlib._dates import beginning_day, day_of
from ulnlib._text import fold_text
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.plr.challenge.details import DETAILS, Details
from ulnlib.plr.challenge.differences import differences
from ulnlib.plr.challenge.merging import check_reason
from ulnlib.plr.challenge.value import Challenge, Disputed, Transfer
from ulnlib.plr.events import EventSource, LearningEvent
from ulnlib.plr.record import Record
from ulnlib.rules.corrections import Challenge as About
from ulnlib.rules.corrections import (
    Enquiry,
    Information,
    Problem,
    RouteKind,
    correction,
)

_ROUTES: Mapping[RouteKind, str] = MappingProxyType(
    {
        RouteKind.AWARDING_ORGANISATION: "challenge-missing-qualification",
        RouteKind.UPDATE: "challenge-correct-yourself",
        RouteKind.OWN_SYSTEM: "challenge-own-system",
        RouteKind.SERVICE_DESK: "challenge-ask-service-desk",
    }
)
"""The finding for each way that is no data challenge."""

_EVENTS: Mapping[Enquiry, tuple[int, str]] = MappingProxyType(
    {
        Enquiry.QUALIFICATION_WRONG: (1, "challenge-one-event"),
        Enquiry.QUALIFICATION_NOT_THEIRS: (1, "challenge-one-event"),
        Enquiry.QUALIFICATION_TWICE: (2, "challenge-two-events"),
    }
)
"""How many events each enquiry picks.

Source: LRS portal guide, sections 6.3.1 to 6.3.3 (published).
"""

PROPOSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Problem.WRONG_GRADE.value: ("achieved_grade",),
        Problem.WRONG_DATE.value: ("achieved_date", "end_date"),
    }
)
"""Of which details one is proposed, for a problem with a qualification's details.

Source: LRS portal guide, section 6.1, table (published: grade; end or award date).
"""

_MAY_LACK_OTHER = frozenset({Problem.FICTITIOUS_ULN})
"""Problems of which the second ULN may not be there.

Source: assumed: the guide asks for both, but who invented a ULN may have had no other.
"""


@attrs.frozen(kw_only=True)
class CurrentReturn:
    """The caller's own ILR return of now; what is None is not compared.

    Attributes:
        collection_type: Its collection, as events of it have it.
        return_number: Its number; `R02`, `02` and `2` are the same.
        ukprn: The provider whose return it is.
        loaded_from: The first day on which events of it were loaded: numbers come
            again every year.

    Source: LRS portal guide, section 6.1 (published: the current return is not
    challenged); LearnerServiceR9.wsdl, LearningEvent (observed: the fields); by which
    of them a return is known is assumed.
    """

    collection_type: str | None = None
    return_number: str | None = None
    ukprn: str | None = attrs.field(default=None, repr=False)
    loaded_from: dt.date | None = None

    def has(self, event: LearningEvent) -> bool | None:
        """Say whether an event came with this return; None where it does not tell.

        Args:
            event: The event.
        """
        if event.known_source is not EventSource.ILR:
            return False
        pairs = (
            (self.collection_type, event.collection_type, _word),
            (self.return_number, event.return_number, _return),
            (self.ukprn, event.provider_ukprn, _word),
        )
        answers = [_agrees(*pair) for pair in pairs]
        if self.loaded_from is not None:
            loaded = beginning_day(event.date_loaded)
            answers.append(
                None if loaded is None else loaded >= day_of(self.loaded_from)
            )
        if False in answers:
            return False
        return None if None in answers else True


def _agrees(
    wanted: str | None, told: str | None, fold: Callable[[str], str]
) -> bool | None:
    """Say whether a value is the wanted one; None where it is not told."""
    if wanted is None:
        return True
    return fold(wanted) == fold(told) if told else None


def _word(text: str) -> str:
    return text.strip().upper()


def _return(text: str) -> str:
    return _word(text).removeprefix("R").lstrip("0")


def check(
    challenge: Challenge,
    *,
    record: Record | None = None,
    current_return: CurrentReturn | None = None,
    other: Learner | None = None,
    challenges: Iterable[Challenge] = (),
) -> Report:
    """Say what is wrong with a challenge before it is raised.

    Args:
        challenge: The challenge.
        record: The learner's record. Without it nothing is said that needs it: whether
            the events are in it, what they are, and what they tell now.
        current_return: The caller's own ILR return of now. Without it an event of an
            ILR is a warning.
        other: The learner of the second ULN, where it is known.
        challenges: Challenges that there are, of any learners.

    Returns:
        The findings, with the member of the challenge as the path. With an error it
        may not be raised.

    Source: LRS portal guide, sections 6.1 to 6.3 (published); what was assumed is said
    at the issue codes.
    """
    route = challenge.route
    if route.kind is not RouteKind.DATA_CHALLENGE:
        return Report([issue(_ROUTES[route.kind], "problem")])
    found = [*_learner(challenge), *_contact(challenge), *_said(challenge)]
    if route.challenge is About.ULN:
        found += _of_uln(challenge, other)
    else:
        found += _of_event(challenge)
        if record is not None:
            found += _in_record(challenge, record, current_return)
    found += _open_already(challenge, challenges)
    return Report(found)


# --- what every challenge has -------------------------------------------------------


def _learner(challenge: Challenge) -> Iterator[Issue]:
    number, reference = challenge.learner.uln or "", challenge.reference
    if not uln.is_valid(number):
        yield issue("challenge-uln", "learner", "uln")
    elif reference is not None and not reference.names(number):
        yield issue("challenge-reference", "reference")


# Not the service's pattern for learners, to which north.academy is no domain.
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")
_TELEPHONE = re.compile(
    r"\+?[0-9 ()./-]+(?:(?:x|ext\.?|extension) ?[0-9]{1,6})?", re.IGNORECASE
)
_LEAST_DIGITS = 7


def _contact(challenge: Challenge) -> Iterator[Issue]:
    contact = challenge.contact
    for name in ("name", "email", "telephone"):
        if not (getattr(contact, name) or "").strip():
            yield issue("challenge-contact-missing", "contact", name, name=name)
    email, telephone = (contact.email or "").strip(), (contact.telephone or "").strip()
    if email and _EMAIL.fullmatch(email) is None:
        yield issue("challenge-contact-email", "contact", "email")
    digits = sum(sign.isdigit() for sign in telephone)
    if telephone and (
        _TELEPHONE.fullmatch(telephone) is None or digits < _LEAST_DIGITS
    ):
        yield issue("challenge-contact-telephone", "contact", "telephone")


_REASONS: Mapping[Information, str] = MappingProxyType(
    {
        Information.ALL_THERE_IS: "challenge-no-comments",
        Information.REASON_FOR_DEMERGE: "unmerge-no-reason",
        Information.REASON_IF_KNOWN: "challenge-no-reason",
    }
)
"""The finding where there are no comments, by what has to be said."""


def _said(challenge: Challenge) -> Iterator[Issue]:
    if not (challenge.comments or "").strip():
        for what in challenge.route.information:
            if what in _REASONS:
                yield issue(_REASONS[what], "comments")


# --- of a ULN -----------------------------------------------------------------------


def _of_uln(challenge: Challenge, other: Learner | None) -> Iterator[Issue]:
    if challenge.events:
        is_shared = challenge.problem == Problem.SHARED_ULN
        code = "challenge-shared-on-event" if is_shared else "challenge-event-on-uln"
        yield issue(code, "events")
    asked = challenge.route.information
    own, second = _ten(challenge.learner.uln), _ten(challenge.other_uln)
    if Information.BOTH_ULNS in asked and not second:
        may_lack = challenge.problem in _MAY_LACK_OTHER
        code = "challenge-other-uln-unknown" if may_lack else "challenge-other-uln"
        yield issue(code, "other_uln")
    elif second and not uln.is_valid(second):
        yield issue("merge-uln", "other_uln")
    elif second and second == own:
        yield issue("merge-same-uln", "other_uln")
    is_named = _ten(challenge.master) in {own, second}
    is_asked = Information.WHICH_IS_MASTER in asked or bool(challenge.master)
    if is_asked and second and not is_named:
        yield issue("challenge-no-master", "master")
    if Information.REASON_FOR_MERGE in asked and other is not None:
        found = differences(challenge.learner, other)
        yield from check_reason(found, challenge.comments)


def _ten(text: str | None) -> str:
    return uln.compact(text or "")


# --- of an event --------------------------------------------------------------------


def _of_event(challenge: Challenge) -> Iterator[Issue]:
    enquiry = challenge.route.enquiry
    if challenge.is_still_shared:
        yield issue("challenge-shared-on-event", "problem")
    yield from _picked(challenge)
    if enquiry is Enquiry.QUALIFICATION_WRONG:
        yield from _proposed(challenge)
    elif challenge.proposed.given:
        yield issue("challenge-proposed-elsewhere", "proposed")
    is_twice = enquiry is Enquiry.QUALIFICATION_TWICE
    if is_twice and not challenge.has_checked_participation:
        yield issue("challenge-participation-unchecked", "events")
    if challenge.transfer is not None:
        yield from _transfer(challenge, challenge.transfer)


def _picked(challenge: Challenge) -> Iterator[Issue]:
    """Yield what is wrong with the events that are picked, whatever they are."""
    count, code = _EVENTS[challenge.route.enquiry or Enquiry.QUALIFICATION_WRONG]
    if len(challenge.events) != count:
        yield issue(code, "events")
    elif len({one.id for one in challenge.events}) < count:
        yield issue("challenge-same-event", "events")
    for place, one in enumerate(challenge.events, 1):
        given = one.id or ""
        if not (given.isascii() and given.isdigit()):
            yield issue("challenge-event-id", "events", place, "id")


def _proposed(challenge: Challenge) -> Iterator[Issue]:
    proposed, original = challenge.proposed, challenge.original
    if not proposed.given:
        yield issue("challenge-nothing-proposed", "proposed")
        return
    for name in proposed.unchanged(original):
        yield issue("challenge-no-change", "proposed", name)
    for name in proposed.given:
        if DETAILS[name].is_date and beginning_day(getattr(proposed, name)) is None:
            yield issue("challenge-proposed-date", "proposed", name)
    wanted = PROPOSES.get(str(challenge.problem), ())
    if not set(wanted).intersection(proposed.given):
        labels = " or ".join(DETAILS[name].label for name in wanted)
        yield issue("challenge-other-detail", "proposed", labels=labels)


def _transfer(challenge: Challenge, move: Transfer) -> Iterator[Issue]:
    if challenge.route.enquiry is not Enquiry.QUALIFICATION_NOT_THEIRS:
        yield issue("challenge-transfer-elsewhere", "transfer")
    target = _ten(move.uln)
    if not uln.is_valid(target):
        yield issue("challenge-transfer-uln", "transfer", "uln")
    elif target == _ten(challenge.learner.uln):
        yield issue("challenge-transfer-same", "transfer", "uln")
    if not (move.name or "").strip():
        yield issue("challenge-transfer-name", "transfer", "name")


# --- of an event, beside the record -------------------------------------------------


def _in_record(
    challenge: Challenge, record: Record, current_return: CurrentReturn | None
) -> Iterator[Issue]:
    enquiry = challenge.route.enquiry
    found: list[LearningEvent] = []
    for place, one in enumerate(challenge.events, 1):
        event = next((each for each in record.events if one.is_of(each)), None)
        if event is None:
            yield _not_there(one, record).at("events", place)
            continue
        found.append(event)
        if event.is_challenged:
            yield issue("challenge-already", "events", place)
        yield from (
            each.at("events", place)
            for each in _returned(challenge.problem, event, current_return)
        )
        if enquiry is Enquiry.QUALIFICATION_NOT_THEIRS and _has_beside(event, record):
            yield issue("challenge-participation-beside", "events", place)
    if len({event.kind for event in found}) > 1:
        yield issue("challenge-participation", "events")
    elif enquiry is Enquiry.QUALIFICATION_TWICE and not _is_like(found):
        yield issue("challenge-not-alike", "events")
    if found:
        now = Details.of(found[0])
        for name in challenge.original.differing(now):
            if DETAILS[name].event_field is not None:
                yield issue("challenge-original", "original", name)


def _is_like(found: Sequence[LearningEvent]) -> bool:
    """Say whether events have a code or a title in common, or tell too little."""
    codes = [event.code for event in found if event.code]
    titles = [fold_text(event.subject) for event in found if event.subject]
    several = [one for one in (codes, titles) if len(one) > 1]
    return not several or any(len(set(one)) < len(one) for one in several)


def _not_there(one: Disputed, record: Record) -> Issue:
    """Return why an event is not in a record: no such number, or another source."""
    if any(event.id == one.id for event in record.events if one.id):
        return issue("challenge-event-source", "source")
    return issue("challenge-event-unknown", "id")


def _returned(
    problem: str, event: LearningEvent, current: CurrentReturn | None
) -> Iterator[Issue]:
    """Yield what there is to say of an event that may be of the current return."""
    if event.known_source is not EventSource.ILR:
        return
    is_current = None if current is None else current.has(event)
    if is_current is None:
        yield issue("challenge-return-unknown")
    elif is_current:
        route = correction(problem, in_current_ilr=True)
        is_refused = route.kind is RouteKind.ILR_RETURN
        yield issue(
            "challenge-current-return" if is_refused else "challenge-in-current-return"
        )


def _has_beside(event: LearningEvent, record: Record) -> bool:
    """Say whether the same stands in the record as participation and as achievement."""
    return bool(event.code) and any(
        each.code == event.code and each.kind is not event.kind
        for each in record.events
    )


# --- beside other challenges --------------------------------------------------------


def _open_already(
    challenge: Challenge, challenges: Iterable[Challenge]
) -> Iterator[Issue]:
    own = set(challenge.ulns)
    for case in challenges:
        if case is challenge or not case.is_open or not own & set(case.ulns):
            continue
        ids = {one.id for one in case.events}
        for place, one in enumerate(challenge.events, 1):
            if one.id in ids:
                yield issue("challenge-already", "events", place)
        if challenge.about is About.ULN and case.problem == challenge.problem:
            yield issue("challenge-already-uln", "problem")
        if challenge.about is About.EVENT and case.problem == Problem.SHARED_ULN:
            yield issue("challenge-uln-first", "problem")

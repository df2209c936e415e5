"""A learning event: one line of a personal learning record, as the service serves it.

An event holds what it was given, right or wrong, as text. What a text means is asked
of it: a date is a day or None, a grade of 9999999999 is no grade. `check` says what is
wrong; nothing is left out for that.

Examples:
    >>> event = LearningEvent(source="ILR", grade="9999999999", start_date="2025-09-01")
    >>> event.has_grade, event.kind.value
    (False, 'participation')
"""

from __future__ import annotations

__all__ = [
    "CURRENT",
    "EventKind",
    "EventSource",
    "LearningEvent",
    "check_event",
    "code_of",
    "is_reference",
]

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

import attrs

from ulnlib._dates import beginning_day, day_of
from ulnlib.identifiers import (
    check_qan,
    check_unit_reference,
    is_qan,
    is_unit_reference,
)
from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import Level

_MODEL = "LearnerServiceR9.wsdl, type LearningEvent"


class EventSource(StrEnum):
    """Who told the service of an event.

    Source: LRS portal guide, section 5.2 (published: NPD, ILR, AO); recorded responses
    (observed: QCFU, units of the Qualifications and Credit Framework).
    """

    NPD = "NPD"
    ILR = "ILR"
    AO = "AO"
    QCFU = "QCFU"

    @property
    def label(self) -> str:
        """What it is, in words."""
        return _LABELS[self]


_LABELS = {
    EventSource.NPD: "National Pupil Database",
    EventSource.ILR: "Individualised Learner Record",
    EventSource.AO: "awarding organisation",
    EventSource.QCFU: "awarding organisation (unit)",
}
_OF_AWARDERS = frozenset({EventSource.AO, EventSource.QCFU})
_OF_PROVIDERS = frozenset({EventSource.NPD, EventSource.ILR})


class EventKind(StrEnum):
    """Whether an event says that something was achieved, or that somebody took part."""

    ACHIEVEMENT = "achievement"
    PARTICIPATION = "participation"


CURRENT: Mapping[str, str] = MappingProxyType(
    {
        "id": "ID",
        "provider_ukprn": "AchievementProviderUkprn",
        "provider_name": "AchievementProviderName",
        "awarding_organisation_name": "AwardingOrganisationName",
        "awarding_organisation_ukprn": "AwardingOrganisationUkprn",
        "qualification_type": "QualificationType",
        "subject_code": "SubjectCode",
        "subject": "Subject",
        "award_date": "AchievementAwardDate",
        "credits": "Credits",
        "source": "Source",
        "date_loaded": "DateLoaded",
        "under_data_challenge": "UnderDataChallenge",
        "level": "Level",
        "status": "Status",
        "grade": "Grade",
        "collection_type": "CollectionType",
        "return_number": "ReturnNumber",
        "start_date": "ParticipationStartDate",
        "end_date": "ParticipationEndDate",
        "language": "LanguageForAssessment",
        "restriction": "Restriction",
    }
)
"""The 22 fields that are served today, each with its element.

Source: LearnerServiceR9.wsdl, type LearningEvent (observed).
"""

_NO_GRADE = "9999999999"
_NOBODY = frozenset({"UNKNOWN", "UNKNWN"})
_NOTHING: Mapping[str, str] = MappingProxyType({})


def _text(value: str | int | dt.date | None) -> str | None:
    # Nearly all are texts already, and a long record has very many.
    return value if value is None or type(value) is str else str(value)


def _value() -> str | None:
    field: str | None = attrs.field(default=None, converter=_text, repr=False)
    return field


@attrs.frozen(kw_only=True)
class LearningEvent:
    """One learning event.

    Attributes:
        id: The service's number of the event.
        provider_ukprn: Where it was learnt: the provider's number.
        provider_name: The provider's name.
        awarding_organisation_name: Who awarded it.
        awarding_organisation_ukprn: The number of who awarded it.
        qualification_type: What it is, such as GCSE.
        subject_code: The learning aim, the qualification number, or a unit's reference.
        subject: The title.
        award_date: The day of the award.
        credits: Credits; 0 where they are not told.
        source: Who told the service; see `EventSource`.
        date_loaded: When the service got it.
        under_data_challenge: `Y` while somebody disputes it.
        level: The level in words.
        status: `F` for final, `P` for provisional.
        grade: The grade; 9999999999 for none.
        collection_type: Of which collection it is, of NPD and ILR.
        return_number: Of which return it is, of NPD and ILR.
        start_date: When learning began.
        end_date: When learning ended.
        language: The language of the assessment, of awarding organisations.
        restriction: A mark that restricts its use.
        is_sensitive: Whether it is sensitive; None where the service does not say.
        further: Fields of older generations of the service, by element.

    Source: LearnerServiceR9.wsdl, type LearningEvent; recorded responses (observed).
    """

    id: str | None = attrs.field(default=None, converter=_text)
    provider_ukprn: str | None = _value()
    provider_name: str | None = _value()
    awarding_organisation_name: str | None = _value()
    awarding_organisation_ukprn: str | None = _value()
    qualification_type: str | None = _value()
    subject_code: str | None = _value()
    subject: str | None = _value()
    award_date: str | None = _value()
    credits: str | None = _value()
    source: str | None = attrs.field(default=None, converter=_text)
    date_loaded: str | None = _value()
    under_data_challenge: str | None = _value()
    level: str | None = _value()
    status: str | None = _value()
    grade: str | None = _value()
    collection_type: str | None = _value()
    return_number: str | None = _value()
    start_date: str | None = _value()
    end_date: str | None = _value()
    language: str | None = _value()
    restriction: str | None = _value()
    is_sensitive: bool | None = attrs.field(default=None, repr=False)
    further: Mapping[str, str] = attrs.field(default=_NOTHING, repr=False, hash=False)

    @classmethod
    def of_texts(cls, values: Mapping[str, Any]) -> Self:
        """Return the event of texts as a reader has them; nothing is converted.

        Args:
            values: The values by the name of the attribute; what is not there is not
                given.
        """
        event = object.__new__(cls)
        of_name = values.get
        for name, put, default in _SLOTS:
            put(event, of_name(name, default))
        return event

    @property
    def known_source(self) -> EventSource | None:
        """Who told the service, None for a source that is not known here."""
        return _SOURCES.get(self.source or "")

    @property
    def kind(self) -> EventKind:
        """Whether it is an achievement, or participation.

        What awarding organisations tell is achieved. Of the others an event with a
        grade is, and one with an award and without dates of learning.

        Source: LRS portal guide, sections 5.2.1 and 5.2.2 (published: what each source
        fills); where the line is drawn is assumed.
        """
        if self.known_source in _OF_AWARDERS or self.has_grade:
            return EventKind.ACHIEVEMENT
        is_awarded = self.awarded is not None and not (self.start_date or self.end_date)
        return EventKind.ACHIEVEMENT if is_awarded else EventKind.PARTICIPATION

    @property
    def is_final(self) -> bool:
        """Whether its status is final; one of an awarding organisation is anyway.

        Source: recorded responses (observed: F); Final and Provisional in words:
        release 9 schemas (observed); LRS portal guide, section 5.2.2 (published:
        events of awarding organisations are always final; brief ones have no status).
        """
        if not self.is_status_told:
            return self.known_source in _OF_AWARDERS
        return (self.status or "").strip().casefold() in {"f", "final"}

    @property
    def is_status_told(self) -> bool:
        """Whether it says anything of being final or provisional."""
        return bool((self.status or "").strip())

    @property
    def has_grade(self) -> bool:
        """Whether it has a grade; 9999999999 is none.

        Source: recorded responses (observed).
        """
        grade = (self.grade or "").strip()
        return bool(grade) and grade != _NO_GRADE

    @property
    def awarded(self) -> dt.date | None:
        """The day of the award, None where there is none or it is no day."""
        return beginning_day(self.award_date)

    @property
    def started(self) -> dt.date | None:
        """The day on which learning began."""
        return beginning_day(self.start_date)

    @property
    def ended(self) -> dt.date | None:
        """The day on which learning ended."""
        return beginning_day(self.end_date)

    @property
    def credit(self) -> int | None:
        """Its credits, None where they are not told: 0 says nothing."""
        text = (self.credits or "").strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 5
        return (int(text) or None) if is_number else None

    @property
    def known_level(self) -> Level | None:
        """Its level, None where it is not told, or is told of several at once."""
        return Level.of(self.level or "")

    @property
    def is_challenged(self) -> bool:
        """Whether somebody disputes it."""
        return (self.under_data_challenge or "").strip().upper() in {"Y", "YES", "TRUE"}

    @property
    def awarded_by(self) -> str:
        """Who awarded it, empty where the service does not know.

        Source: recorded responses (observed: UNKNOWN and UNKNWN).
        """
        name = (self.awarding_organisation_name or "").strip()
        return "" if name.upper() in _NOBODY else name

    @property
    def code(self) -> str:
        """The subject code without strokes, to compare it by."""
        return code_of(self.subject_code or "")


_SLOTS = tuple(
    (one.name, getattr(LearningEvent, one.name).__set__, one.default)
    for one in attrs.fields(LearningEvent)
)
_SOURCES = {one.value: one for one in EventSource}


def code_of(text: str) -> str:
    """Return a subject code without strokes and spaces, to compare it by."""
    return "".join(text.replace("/", " ").split()).upper()


# --- what is wrong with an event ----------------------------------------------------


def check_event(event: LearningEvent, *, as_of: dt.date | None = None) -> Report:
    """Say what is wrong with an event.

    Args:
        event: The event.
        as_of: The day of the check; without it nothing lies in the future.

    Returns:
        The findings, each with the field as its path. The event is shown all the same.

    Source: LRS portal guide, section 5.2.2 (published: events of awarding
    organisations are final and have an achieved date); the others are ours (assumed).
    """
    found = [
        *_identity(event),
        *_dates(event, None if as_of is None else day_of(as_of)),
        *_values(event),
    ]
    return Report(found)


def _identity(event: LearningEvent) -> Iterator[Issue]:
    if not (event.id or "").strip():
        yield issue("event-id-missing", "id")
    if event.known_source is None:
        yield issue("event-source-unknown", "source")


_DATES = ("award_date", "start_date", "end_date")


def _dates(event: LearningEvent, as_of: dt.date | None) -> Iterator[Issue]:
    for name in _DATES:
        text = getattr(event, name)
        day = beginning_day(text)
        if text and day is None:
            yield issue("event-date", name)
        elif name != "end_date" and day and as_of and day > as_of:
            # That learning ends in the future is nothing odd.
            yield issue("event-date-future", name)
    if event.started and event.ended and event.ended < event.started:
        yield issue("event-end-before-start", "end_date")
    if event.started and event.awarded and event.awarded < event.started:
        yield issue("event-award-before-start", "award_date")


def _values(event: LearningEvent) -> Iterator[Issue]:
    source = event.known_source
    if source in _OF_AWARDERS:
        if not event.is_final:
            yield issue("event-provisional", "status")
        if not event.award_date:
            yield issue("event-no-award", "award_date")
    if event.level and event.known_level is None and not _is_odd_level(event.level):
        yield issue("event-level-unknown", "level")
    told = (event.credits or "").strip()
    if told and told != "0" and event.credit is None:
        yield issue("event-credits", "credits")
    yield from _code(event, source)


def _is_odd_level(text: str) -> bool:
    """Say whether a level is one that the service serves and that is several.

    Source: recorded responses (observed: Entry Level, Level 1/2).
    """
    return re.fullmatch(r"(?i)entry level|level [1-8]/[1-8]", text.strip()) is not None


_AIM = re.compile(r"[0-9A-Z][0-9]{6}[0-9A-Z]")
_AIM_OF_NO_QUALIFICATION = re.compile(r"Z[0-9A-Z]{7}")
"""Programmes, class codes and the like: no reference of a unit begins with Z (assumed).
"""


def is_reference(text: str) -> bool:
    """Say whether a text has the shape of what a subject code can be.

    A unit's reference, a qualification's number, or a learning aim.

    Source: recorded responses (observed).
    """
    is_ours = is_unit_reference(text) or is_qan(text)
    return is_ours or _AIM.fullmatch(text.upper()) is not None


def _code(event: LearningEvent, source: EventSource | None) -> Iterator[Issue]:
    """Check the subject code by what it has to be, given who told of the event."""
    text = (event.subject_code or "").strip()
    is_own_aim = _AIM_OF_NO_QUALIFICATION.fullmatch(text.upper()) is not None
    if not text:
        yield issue("event-no-code", "subject_code")
    elif is_own_aim and source not in _OF_AWARDERS:
        return
    elif source is EventSource.QCFU or is_unit_reference(text):
        report = check_unit_reference(text)
        yield from (attrs.evolve(item, path=("subject_code",)) for item in report)
    elif is_qan(text):
        # Older numbers of eight digits are learning aims, without a check character.
        report = check_qan(text) if "/" in text else Report()
        yield from (attrs.evolve(item, path=("subject_code",)) for item in report)
    elif source in _OF_AWARDERS or _AIM.fullmatch(text.upper()) is None:
        yield issue("event-code", "subject_code")

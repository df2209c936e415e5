"""What a challenge says of an event: the thirteen details, as they are and as proposed.

Examples:
    >>> original = Details.of(LearningEvent(id=7, grade="D", award_date="2024-08-22"))
    >>> proposed = Details(achieved_grade="B")
    >>> proposed.given
    ('achieved_grade',)
    >>> proposed.unchanged(original)
    ()
"""

from __future__ import annotations

__all__ = ["DETAILS", "Detail", "Details"]

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Self

import attrs

from ulnlib._text import fold_text
from ulnlib.plr.events import LearningEvent


class Detail(NamedTuple):
    """One row of the table of details.

    Attributes:
        stem: Its name in the service's message, after `original` or `supplied`.
        event_field: The field of a learning event that it is, or None.
        label: What it is, in words.
        is_date: Whether it is a day.
    """

    stem: str
    event_field: str | None
    label: str
    is_date: bool = False


DETAILS: Mapping[str, Detail] = MappingProxyType(
    {
        "accreditation_number": Detail(
            "AccreditationNumber", "subject_code", "qualification number"
        ),
        "awarding_body": Detail(
            "AwardingBody", "awarding_organisation_name", "awarding organisation"
        ),
        "qualification_level": Detail("QualificationLevel", "level", "level"),
        "aim_title": Detail("AimTitle", "subject", "title"),
        "achieved_date": Detail(
            "AchievedDate", "award_date", "award date", is_date=True
        ),
        "achieved_grade": Detail("AchievedGrade", "grade", "grade"),
        "total_credits": Detail("TotalCredits", None, "total credits"),
        "credit_value": Detail("CreditValue", "credits", "credits"),
        "language_for_assessment": Detail(
            "LanguageForAssessment", "language", "language of the assessment"
        ),
        "provider": Detail("Provider", "provider_name", "provider"),
        "type": Detail("Type", "qualification_type", "type of qualification"),
        "start_date": Detail("StartDate", "start_date", "start date", is_date=True),
        "end_date": Detail("EndDate", "end_date", "end date", is_date=True),
    }
)
"""The details of a challenge, in the order of the service's message.

Source: LearnerServiceR9.wsdl, CreateDataChallenge (observed: the names and which are
dates); which field of an event each is, is assumed. Total credits are no field of one.
"""


def _text(value: str | int | dt.date | None) -> str | None:
    return None if value is None else str(value)


def _detail() -> str | None:
    field: str | None = attrs.field(default=None, converter=_text, repr=False)
    return field


@attrs.frozen(kw_only=True)
class Details:
    """Details of a qualification in a record; None is not given.

    Attributes:
        accreditation_number: The qualification's or unit's number.
        awarding_body: Who awarded it.
        qualification_level: Its level.
        aim_title: Its title.
        achieved_date: The day of the award.
        achieved_grade: The grade.
        total_credits: The credits of the whole qualification.
        credit_value: The credits of what was achieved.
        language_for_assessment: In which language it was assessed.
        provider: Where it was learnt.
        type: What kind of qualification it is.
        start_date: When learning began.
        end_date: When learning ended.

    Source: LearnerServiceR9.wsdl, CreateDataChallenge (observed).
    """

    accreditation_number: str | None = _detail()
    awarding_body: str | None = _detail()
    qualification_level: str | None = _detail()
    aim_title: str | None = _detail()
    achieved_date: str | None = _detail()
    achieved_grade: str | None = _detail()
    total_credits: str | None = _detail()
    credit_value: str | None = _detail()
    language_for_assessment: str | None = _detail()
    provider: str | None = _detail()
    type: str | None = _detail()
    start_date: str | None = _detail()
    end_date: str | None = _detail()

    @classmethod
    def of(cls, event: LearningEvent) -> Self:
        """Return the details as an event has them.

        Args:
            event: The event.

        Returns:
            The details. A grade of 9999999999 stays, for so it is in the record.

        Source: assumed, see `DETAILS`.
        """
        return cls(
            **{
                name: getattr(event, row.event_field)
                for name, row in DETAILS.items()
                if row.event_field is not None
            }
        )

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the details that are given, in order; the empty text is not."""
        return tuple(name for name in DETAILS if getattr(self, name))

    def unchanged(self, original: Details) -> tuple[str, ...]:
        """Return which of the given details say the same as another's.

        Args:
            original: What they are compared with. Capitals and spare spaces are no
                difference, and of a date only the day counts.

        Returns:
            The names, in order.
        """
        return tuple(name for name in self.given if self._is_same(name, original))

    def differing(self, other: Details) -> tuple[str, ...]:
        """Return which of the given details say something else than another's.

        Args:
            other: What they are compared with.

        Returns:
            The names, in order; what the other does not have differs too.
        """
        same = self.unchanged(other)
        return tuple(name for name in self.given if name not in same)

    def _is_same(self, name: str, other: Details) -> bool:
        is_date = DETAILS[name].is_date
        length = _DAY if is_date else None
        one, two = (
            fold_text(getattr(each, name) or "")[:length] for each in (self, other)
        )
        return one == two


_DAY = len("2026-11-29")

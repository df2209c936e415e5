"""Achievement files: an awarding organisation records what learners have achieved.

The service's file is not public. The record is that of the web service; its order as
a CSV file, and the codes of what is to be done, are assumed, and a caller can give
others.
"""

from __future__ import annotations

__all__ = [
    "ACHIEVEMENT",
    "ACHIEVEMENT_ERRORS",
    "ACTION_CODES",
    "check_achievement",
]

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from ulnlib._dates import DATE_PATTERN
from ulnlib.batch.layouts.layout import Column, Layout, file_columns
from ulnlib.fields import Field, Kind
from ulnlib.identifiers import (
    check_qan,
    check_ukprn,
    check_unit_reference,
    is_qan,
    is_unit_reference,
)
from ulnlib.issues import Issue, Report, issue
from ulnlib.rules.achievements import NEEDS_REASON, Action

_SCHEMA = "ExternalService.wsdl, type Achievement"

ACTION_CODES: Mapping[str, Action] = MappingProxyType(
    {str(number): action for number, action in enumerate(Action, 1)}
)
"""What is to be done, by the code in a file.

Source: ExternalService.wsdl, type Achievement (observed: a whole number); which number
is which is not known and assumed.
"""


def _own(  # noqa: PLR0913  # a row of the table
    name: str,
    label: str,
    max_length: int,
    *,
    kind: Kind = Kind.TEXT,
    pattern: str | None = None,
    codes: tuple[str, ...] = (),
    note: str = "",
) -> Field:
    return Field(
        name=name,
        label=label,
        kind=kind,
        max_length=max_length,
        pattern=pattern,
        codes=codes,
        personal=False,
        type_name="",
        source=f"{_SCHEMA} (observed); the length is assumed",
        note=note,
    )


_CODES = tuple(ACTION_CODES)

_FIELDS = {
    field.name: field
    for field in (
        _own("award_date", "Award date", 10, kind=Kind.DATE, pattern=DATE_PATTERN),
        _own(
            "action",
            "Action",
            1,
            kind=Kind.CODE,
            pattern="|".join(_CODES),
            codes=_CODES,
        ),
        _own("action_date", "Action date", 10, kind=Kind.DATE, pattern=DATE_PATTERN),
        _own("action_reason", "Reason for the action", 255),
        _own("grade", "Grade", 50),
        _own("language", "Language of the assessment", 50),
        _own("provider_ukprn", "Provider (UKPRN)", 8),
        _own("reference", "Unit or qualification reference number", 20),
    )
}

# Name, heading, and whether it has to be given, in the order of the schema.
_COLUMNS = (
    ("award_date", "AchievementAwardDate", True),
    ("action", "Action", True),
    ("action_date", "ActionDate", True),
    ("action_reason", "ActionReason", False),
    ("date_of_birth", "DateofBirth", False),
    ("family_name", "FamilyName", True),
    ("gender", "Gender", False),
    ("given_name", "GivenName", True),
    ("grade", "Grade", False),
    ("language", "LanguageForAssessment", False),
    ("postcode", "LearnerPostcode", False),
    ("mis_identifier", "MisIdentifier", False),
    ("provider_ukprn", "ProviderUkprn", True),
    ("uln", "Uln", True),
    ("reference", "UnitOrQualificationReferenceNumber", True),
)

ACHIEVEMENT = Layout(
    kind="Achievement",
    version="1",
    columns=(
        *file_columns("assumed"),
        *(
            Column(
                name=name,
                heading=heading,
                own=_FIELDS.get(name),
                is_mandatory=is_mandatory,
                evidence="assumed",
            )
            for name, heading, is_mandatory in _COLUMNS
        ),
    ),
    evidence="assumed",
    source=f"{_SCHEMA} (observed for the web service); as a CSV file assumed",
)
"""What is sent: learner, unit or qualification, grade, and what is to be done.

Source: see `source`.
"""

ACHIEVEMENT_ERRORS = Layout(
    kind="Achievement errors",
    version="1",
    columns=(
        *ACHIEVEMENT.columns[4:],
        Column(
            name="error_kind",
            heading="ErrorType",
            own=_own("error_kind", "Kind of error", 50),
            evidence="assumed",
        ),
        Column(
            name="error",
            heading="Error",
            own=_own("error", "Error", 500),
            evidence="assumed",
        ),
    ),
    evidence="assumed",
    source="ExternalService.wsdl, type AchievementBatchJobResponse (observed: that a "
    "job has an error file, and three kinds of errors); what is in it is assumed",
)
"""What comes back of records that were refused: the record, and why.

Source: see `source`.
"""


def check_achievement(
    values: Mapping[str, str], as_of: dt.date | None
) -> Iterator[Issue]:
    """Say what is wrong with a record as a whole; each value is sound by itself.

    Args:
        values: The values that are no learner's field, by name.
        as_of: The day of the check; without it nothing lies in the future.

    Returns:
        The findings, each with the field as its path.

    Source: ExternalService.wsdl (observed: which values there are); which go together
    is assumed.
    """
    for name, check in (("reference", _reference), ("provider_ukprn", check_ukprn)):
        value = values.get(name)
        if value:
            yield from (attrs.evolve(item, path=(name,)) for item in check(value))
    action = ACTION_CODES.get(values.get("action", ""))
    if action in NEEDS_REASON and not values.get("action_reason", "").strip():
        yield issue("award-reason", "action_reason", action=action.label)
    awarded, done = values.get("award_date", ""), values.get("action_date", "")
    for name, day in (("award_date", awarded), ("action_date", done)):
        if as_of is not None and _is_date(day) and day > as_of.isoformat():
            yield issue("award-future", name, label=_FIELDS[name].label)
    if _is_date(awarded) and _is_date(done) and done < awarded:
        yield issue("award-order", "action_date")


def _reference(text: str) -> Report:
    """Check the reference of a unit or the number of a qualification."""
    if is_unit_reference(text):
        return check_unit_reference(text)
    if is_qan(text):
        return check_qan(text)
    return Report([issue("award-reference")])


def _is_date(text: str) -> bool:
    return re.fullmatch(DATE_PATTERN, text) is not None

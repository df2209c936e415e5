"""The slow way through one row: what exactly is wrong with it, and what to do.

The fast way is `ulnlib.batch.compiled`: a row that passes it has nothing to explain.
What is wrong with a learner's field is said by `ulnlib.rules`; here stands only what a
layout adds: which columns there are, and which codes they take.
"""

from __future__ import annotations

__all__ = ["RowRules", "check_learner", "checked"]

import datetime as dt
from types import MappingProxyType

import attrs

from ulnlib.batch.files import BatchFile
from ulnlib.batch.layouts.layout import Layout
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.rules.registration import (
    Channel,
    Form,
    Purpose,
    check_form,
    mandatory_fields,
    missing_for_registration,
)

_ORDER = {name: position for position, name in enumerate(FIELDS)}


@attrs.frozen
class RowRules:
    """What a row is checked against.

    Attributes:
        layout: The layout of the file.
        as_of: The day on which ages are counted; None leaves ages unchecked.
        with_uln: What a row with a ULN is checked against, made from both.
        without_uln: What a row without a ULN is checked against.
    """

    layout: Layout
    as_of: dt.date | None
    with_uln: Form = attrs.field(init=False)
    without_uln: Form = attrs.field(init=False)

    @with_uln.default
    def _with_uln(self) -> Form:
        return self._form(has_uln=True)

    @without_uln.default
    def _without_uln(self) -> Form:
        return self._form(has_uln=False)

    @property
    def birth_dates(self) -> tuple[str, str]:
        """First and last permitted date of birth as text."""
        return self.with_uln.birth_dates

    @property
    def today(self) -> str:
        """The day of the check as text, after every date when it is not given."""
        return self.with_uln.today

    def _form(self, *, has_uln: bool) -> Form:
        accepted = {
            column.name: column.accepted
            for column in self.layout.columns
            if column.field is not None
        }
        return Form(
            accepted=MappingProxyType(accepted),
            mandatory=mandatory_fields(Purpose.FIND, Channel.FILE, has_uln=has_uln),
            as_of=self.as_of,
        )


def check_learner(learner: Learner, rules: RowRules) -> list[Issue]:
    """Check every field of a learner, and the fields against each other.

    Args:
        learner: The learner as the row gives it.
        rules: The layout and the day.

    Returns:
        The findings in the order of the fields, each with the field as its path.

    Source: batchlearner.xsd of the web-service schemas (observed: which fields a row
    has); the rules' own.
    """
    if learner.uln:
        return check_form(learner, rules.with_uln)
    found = check_form(learner, rules.without_uln)
    missing = set(missing_for_registration(learner)) - set(FIVE_DEMOGRAPHICS)
    if not missing:
        return found
    found += [
        issue("needed-for-new-uln", name, label=FIELDS[name].label) for name in missing
    ]
    return sorted(found, key=lambda item: _ORDER[str(item.path[0])])


def checked(file: BatchFile, rules: RowRules) -> BatchFile:
    """Return a file with the findings of its rows, each row by itself.

    Args:
        file: The file, as it was made.
        rules: The layout and the day.

    Source: see `check_learner`.
    """
    records = tuple(
        attrs.evolve(
            record,
            issues=tuple(
                item.at("row", record.row, line=record.line)
                for item in check_learner(record.learner, rules)
            ),
        )
        for record in file.records
    )
    report = Report(item for record in records for item in record.issues)
    return attrs.evolve(file, records=records, report=report)

"""The slow way through one row: what exactly is wrong with it, and what to do.

The fast way is `ulnlib.batch.compiled`: a row that passes it has nothing to explain.
"""

from __future__ import annotations

__all__ = ["CELL_LIMIT", "RowRules", "check_learner"]

import datetime as dt
import re
from collections.abc import Callable, Iterator

import attrs

from ulnlib import identifiers, postcode, uln
from ulnlib.batch.layout import Layout
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS, Field, Kind
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.rules import registration
from ulnlib.uln import Reason

CELL_LIMIT = 131_072
"""The greatest number of characters of a cell that is looked into."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\t]")
_BREAK = re.compile(r"[\r\n]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_DATE_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The service's pattern takes these; no calendar has them.
_NO_DAYS = frozenset({"1800-02-29", "1900-02-29"})
_DATE_EXCEL = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?: [0-9:]{4,8})?")
_DATE_SHORT = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_DATE_SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
_NO_EMAIL = frozenset({"none", "n/a", "na", "no", "nil", "no email", "unknown", "-"})
_GENDER_WORDS = frozenset(
    ("m", "f", "u", "w", "male", "female", "man", "woman", "unknown", "other")
)

_ORDER = {name: position for position, name in enumerate(FIELDS)}

_ULN_ISSUE = {
    Reason.LENGTH: "uln-length",
    Reason.CHARACTERS: "uln-characters",
    Reason.LEADING_ZERO: "uln-leading-zero",
    Reason.TEMPORARY: "uln-temporary",
    Reason.REMAINDER_ZERO: "uln-remainder-0",
    Reason.CHECK_DIGIT: "uln-check-digit",
}

_IDENTIFIER_CHECKS: dict[str, Callable[[str], Report]] = {
    "scottish_candidate_number": identifiers.check_scn,
    "upn": identifiers.check_upn,
    "uci": identifiers.check_uci,
}


@attrs.frozen
class RowRules:
    """What a row is checked against.

    Attributes:
        layout: The layout of the file.
        as_of: The day on which ages are counted; None leaves ages unchecked.
        birth_dates: First and last permitted date of birth as text, made from `as_of`.
    """

    layout: Layout
    as_of: dt.date | None
    birth_dates: tuple[str, str] = attrs.field(init=False)

    @birth_dates.default
    def _bounds(self) -> tuple[str, str]:
        if self.as_of is None:
            return "", "~"  # every date sorts between them
        earliest, latest = registration.birth_dates(self.as_of)
        return earliest.isoformat(), latest.isoformat()

    @property
    def today(self) -> str:
        """The day of the check as text, after every date when it is not given."""
        return "~" if self.as_of is None else self.as_of.isoformat()


def check_learner(learner: Learner, rules: RowRules) -> list[Issue]:
    """Check every field of a learner, and the fields against each other.

    Args:
        learner: The learner as the row gives it.
        rules: The layout and the day.

    Returns:
        The findings in the order of the fields, each with the field as its path.

    Source: learner.xsd and batchlearner.xsd of the web-service schemas (observed);
    see each issue code for its own source.
    """
    found: list[Issue] = []
    for name, field in FIELDS.items():
        column = rules.layout.column(name)
        value: str | None = getattr(learner, name)
        if column is None:
            continue
        if value is None or (field.kind is Kind.NAME and not value.strip()):
            found += _missing(learner, field)
        else:
            found += _check_value(field, value, column.accepted)
    found += _check_dates(learner, rules)
    found += _check_verification(learner)
    return sorted(found, key=lambda item: _ORDER[str(item.path[0])])


def _missing(learner: Learner, field: Field) -> Iterator[Issue]:
    """Names are always mandatory, the other three demographics without a ULN."""
    mandatory = field.kind is Kind.NAME or (
        learner.uln is None and field.name in FIVE_DEMOGRAPHICS
    )
    if mandatory:
        yield issue("mandatory-missing", field.name, label=field.label)


def _check_value(field: Field, value: str, codes: tuple[str, ...]) -> list[Issue]:
    if len(value) > CELL_LIMIT:
        return [issue("cell-too-large", field.name, length=len(value))]
    # `isprintable` is the quick look: it holds for nearly every value.
    is_plain = value.isprintable() and "\ufffd" not in value
    hidden = [] if is_plain else list(_hidden(field, value))
    if field.pattern is None:
        return hidden + _explain_length(field, value)
    explain = _EXPLAIN[field.kind]
    # One defect, one finding: a shape that is wrong says more than its characters.
    return [_on(field, item) for item in explain(field, value, codes)] or hidden


def _hidden(field: Field, value: str) -> Iterator[Issue]:
    """Find characters that cannot be seen, or that stand for lost ones."""
    if (match := _CONTROL.search(value)) is not None:
        position = match.start() + 1
        yield issue(
            "control-character", field.name, label=field.label, position=position
        )
    if "\ufffd" in value:
        position = value.index("\ufffd") + 1
        yield issue("character-lost", field.name, label=field.label, position=position)
    if _BREAK.search(value) is not None:
        yield issue("line-break", field.name, label=field.label)


def _explain_length(field: Field, value: str) -> list[Issue]:
    if len(value) <= field.max_length:
        return []
    return [
        issue(
            "too-long",
            field.name,
            label=field.label,
            length=len(value),
            maximum=field.max_length,
        )
    ]


def _on(field: Field, item: Issue) -> Issue:
    return attrs.evolve(item, path=(field.name,))


def _explain_uln(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if _SCIENTIFIC.fullmatch(value):
        return [issue("spreadsheet-scientific", field.name, label=field.label)]
    if value.strip(" -") != value or " " in value or "-" in value:
        return [issue("uln-characters", field.name)]
    reason = uln.check(value)
    if reason is None:
        return []
    facts = {"length": len(value)} if reason is Reason.LENGTH else {}
    return [issue(_ULN_ISSUE[reason], field.name, **facts)]


def _explain_date(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if value in _NO_DAYS:
        return [issue("date-calendar", field.name)]
    if re.fullmatch(field.pattern or "", value):
        return []
    if _DATE_SHAPE.fullmatch(value):
        code = "date-calendar" if "1800" <= value[:4] < "2100" else "date-format"
        return [issue(code, field.name)]
    if _DATE_EXCEL.fullmatch(value):
        return [issue("date-excel", field.name)]
    if _DATE_SHORT.fullmatch(value):
        return [issue("date-two-digit-year", field.name)]
    if _DATE_SERIAL.fullmatch(value):
        return [issue("date-serial", field.name, length=5)]
    return [issue("date-format", field.name)]


def _explain_code(field: Field, value: str, codes: tuple[str, ...]) -> list[Issue]:
    if value in codes:
        return []
    if field.name == "gender" and value.strip().casefold() in _GENDER_WORDS:
        return [issue("code-word", field.name)]
    if field.name == "ability_to_share" and value == "2":
        return [issue("share-2-withdrawn", field.name)]
    return [issue("code-unknown", field.name, codes=", ".join(codes))]


def _explain_email(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if too_long := _explain_length(field, value):
        return too_long
    if re.fullmatch(field.pattern or "", value):
        return []
    if value.strip().casefold() in _NO_EMAIL:
        return [issue("email-none", field.name)]
    return [issue("email-format", field.name)]


def _explain_identifier(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if _SCIENTIFIC.fullmatch(value):
        return [issue("spreadsheet-scientific", field.name, label=field.label)]
    if (
        field.name == "scottish_candidate_number"
        and value.isascii()
        and value.isdigit()
        and len(value) < field.max_length
    ):
        return [
            issue(
                "spreadsheet-leading-zero",
                field.name,
                label=field.label,
                length=len(value),
                expected=field.max_length,
            )
        ]
    return list(_IDENTIFIER_CHECKS[field.name](value))


def _explain_postcode(_: Field, value: str, __: tuple[str, ...]) -> list[Issue]:
    return list(postcode.check(value))


_EXPLAIN: dict[Kind, Callable[[Field, str, tuple[str, ...]], list[Issue]]] = {
    Kind.ULN: _explain_uln,
    Kind.DATE: _explain_date,
    Kind.CODE: _explain_code,
    Kind.POSTCODE: _explain_postcode,
    Kind.EMAIL: _explain_email,
    Kind.IDENTIFIER: _explain_identifier,
}


def _check_dates(learner: Learner, rules: RowRules) -> Iterator[Issue]:
    """Check the age, and the day of address capture.

    Source: LRS communication of 12 July 2018 (observed).
    """
    pattern = FIELDS["date_of_birth"].pattern or ""
    born = learner.date_of_birth
    if born is not None and born not in _NO_DAYS and re.fullmatch(pattern, born):
        earliest, latest = rules.birth_dates
        if born > rules.today:
            yield issue("date-of-birth-future", "date_of_birth")
        elif born > latest:
            yield issue("age-too-young", "date_of_birth")
        elif born < earliest:
            yield issue("age-too-old", "date_of_birth")
    captured = learner.date_of_address_capture
    if (
        captured is not None
        and re.fullmatch(pattern, captured)
        and captured > rules.today
    ):
        yield issue("date-of-capture-future", "date_of_address_capture")


def _check_verification(learner: Learner) -> Iterator[Issue]:
    """Check that a description goes with type 999, and only with it.

    Source: LRS portal guide, Appendix D (published).
    """
    is_other = learner.verification_type == "999"
    described = bool((learner.other_verification_description or "").strip())
    if is_other and not described:
        yield issue(
            "verification-description-missing", "other_verification_description"
        )
    if described and not is_other:
        yield issue("verification-description-unused", "other_verification_description")

"""What a value of a learner's field may be, and what exactly is wrong with it.

The facets stand in `ulnlib.fields`; here a defect is explained: not only that a date
is no date, but that a spreadsheet has turned it round. A file, a form and a register
ask the same functions.
"""

from __future__ import annotations

__all__ = ["NO_DAYS", "VALUE_LIMIT", "check_value", "check_values"]

import re
from collections.abc import Callable, Collection, Iterator, Mapping

import attrs

from ulnlib import identifiers, postcode, uln
from ulnlib._dates import DATE_PATTERN
from ulnlib.fields import FIELDS, Field, Kind
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.uln import Reason

VALUE_LIMIT = 131_072
"""The greatest number of characters of a value that is looked into.

Source: ours; a limit that other readers of CSV have (assumed).
"""

NO_DAYS = frozenset({"1800-02-29", "1900-02-29"})
"""Days that the service's own pattern takes, and no calendar has.

Source: learner.xsd of the web-service schemas, type MIAPDate (observed).
"""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\t]")
_UNSEEN = re.compile(r"[\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_BREAK = re.compile(r"[\r\n]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_DATE_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_EXCEL = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?: [0-9:]{4,8})?")
_DATE_SHORT = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_DATE_SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
_NO_EMAIL = frozenset(
    (
        *("none", "n a", "na", "no", "nil", "null", "unknown", "nothing", "blank"),
        *("no email", "no e mail", "no mail", "no address", "no email address"),
        *("no email provided", "no email given", "none given", "none provided"),
        *("not known", "not given", "not provided", "not supplied", "not available"),
        *("not applicable", "not disclosed", "refused", "declined", "withheld"),
        *("does not have one", "tbc", "tba", "x", "xx", "xxx"),
    )
)
_GENDER_WORDS = frozenset(
    ("m", "f", "u", "w", "male", "female", "man", "woman", "unknown", "other")
)

_ROWS = tuple(
    (name, field, field.kind is Kind.NAME, -1 if field.pattern else field.max_length)
    for name, field in FIELDS.items()
)
"""Each field, whether it is a name, and how long a text may be of which no more is
asked; -1 where more is.
"""

_PATTERNS = {Kind.DATE: re.compile(DATE_PATTERN)}
"""What is all that is asked of values of a kind, beside the days that there are not."""

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


def check_values(
    learner: Learner,
    accepted: Mapping[str, tuple[str, ...]],
    mandatory: Collection[str],
) -> list[Issue]:
    """Check the fields of a learner, each for itself.

    Args:
        learner: The learner. None and the empty text are *not given*, and so is a
            name of nothing but spaces.
        accepted: The fields that are looked at, each with the codes that it takes;
            no codes where it is no code.
        mandatory: The fields that have to be given.

    Returns:
        The findings in the order of the fields, each with the field as its path.

    Source: learner.xsd and batchlearner.xsd of the web-service schemas (observed);
    see each issue code for its own source.
    """
    found: list[Issue] = []
    codes_of = accepted.get
    for (name, field, is_name, most), value in zip(
        _ROWS, learner.values(), strict=True
    ):
        if not value or (is_name and not value.strip()):
            if name in mandatory and name in accepted:
                found.append(issue("mandatory-missing", name, label=field.label))
            continue
        # Nearly every text is right, and is not looked at any further.
        if len(value) <= most and value.isprintable() and "\ufffd" not in value:
            continue
        codes = codes_of(name)
        if codes is not None and value not in codes and not _is_right(field, value):
            found += check_value(field, value, codes)
    return found


def _is_right(field: Field, value: str) -> bool:
    """Say whether a value has the one shape that is asked of its kind."""
    pattern = _PATTERNS.get(field.kind)
    is_right = pattern is not None and pattern.fullmatch(value) is not None
    return is_right and value not in NO_DAYS


def check_value(field: Field, value: str, codes: tuple[str, ...]) -> list[Issue]:
    """Check one value that is given.

    Args:
        field: The field that it is for.
        value: The value as it stands.
        codes: The codes that are accepted, where the field is a code.

    Returns:
        What is wrong with it, with the field as the path; nothing when all is well.

    Source: learner.xsd of the web-service schemas (observed); see each issue code for
    its own source.
    """
    if len(value) > VALUE_LIMIT:
        return [issue("cell-too-large", field.name, length=len(value))]
    # `isprintable` is the quick look: it holds for nearly every value.
    is_plain = value.isprintable() and "\ufffd" not in value
    if is_plain and field.pattern is None and len(value) <= field.max_length:
        return []
    hidden = [] if is_plain else list(_hidden(field, value))
    if field.pattern is None:
        return hidden + _explain_length(field, value)
    explain = _EXPLAIN[field.kind]
    # One defect, one finding: a shape that is wrong says more than its characters.
    return explain(field, value, codes) or hidden


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
    if (match := _UNSEEN.search(value)) is not None:
        position = match.start() + 1
        yield issue(
            "hidden-character", field.name, label=field.label, position=position
        )
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


def _of(field: Field, report: Report) -> list[Issue]:
    """Return findings about a value as findings about the field."""
    return [attrs.evolve(item, path=(field.name,)) for item in report]


def _explain_uln(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if _SCIENTIFIC.fullmatch(value):
        return [issue("spreadsheet-scientific", field.name, label=field.label)]
    if " " in value or "-" in value:
        return [issue("uln-characters", field.name)]
    reason = uln.check(value)
    if reason is None:
        return []
    return [issue(_ULN_ISSUE[reason], field.name, length=len(value))]


def _explain_date(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    if value in NO_DAYS:
        return [issue("date-no-leap-year", field.name)]
    if re.fullmatch(str(field.pattern), value):
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
    if re.fullmatch(str(field.pattern), value):
        return []
    code = "email-none" if _is_no_email(value) else "email-format"
    return [issue(code, field.name)]


def _is_no_email(value: str) -> bool:
    """Say whether a word, or nothing but marks, stands where an address is due."""
    if "@" in value:
        return False
    words = re.sub(r"[^\w]|_", " ", value.casefold()).split()
    is_repeated = len(set(words)) == 1 and words[0] in _NO_EMAIL
    return not words or is_repeated or " ".join(words) in _NO_EMAIL


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
    return _of(field, _IDENTIFIER_CHECKS[field.name](value))


def _explain_postcode(field: Field, value: str, _: tuple[str, ...]) -> list[Issue]:
    return _of(field, postcode.check(value))


_EXPLAIN: dict[Kind, Callable[[Field, str, tuple[str, ...]], list[Issue]]] = {
    Kind.ULN: _explain_uln,
    Kind.DATE: _explain_date,
    Kind.CODE: _explain_code,
    Kind.POSTCODE: _explain_postcode,
    Kind.EMAIL: _explain_email,
    Kind.IDENTIFIER: _explain_identifier,
}

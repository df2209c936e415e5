"""The Unique Learner Number: value object, check digit, diagnosis.

A ULN is ten digits, the first 1 to 9. The first nine, weighted 10 down to 2, are
added and divided by 11; the check digit is 10 minus the remainder. With remainder 0
there is no check digit, and those nine digits were never issued.

Spaces and hyphens (ASCII) are separators: `Uln.parse`, `validate` and their like
remove them wherever they stand, and nothing else. Digits are ASCII digits only.

Examples:
    >>> from ulnlib import Uln
    >>> str(Uln.parse("1000 000 043"))
    '1000000043'
    >>> is_valid("1234567894")  # the portal guide's own example fails the check
    False

Source: LRS portal guide, section 1.1 (ten digits); DfE data collection code,
DerivedData_01Rule, quoting WBS25 "ULN Generation" (check digit, observed).
"""

from __future__ import annotations

__all__ = [
    "TEMPORARY",
    "Diagnosis",
    "Reason",
    "Uln",
    "Verdict",
    "calc_check_digit",
    "check",
    "compact",
    "diagnose",
    "format",
    "is_valid",
    "validate",
    "validate_many",
]

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, Self

import attrs

from ulnlib.errors import InvalidUln

TEMPORARY = "9999999999"
"""The number that an ILR return carries until the learner has a ULN; never valid.

Its check digit would be 8; it is known by its value, not by the checksum.

Source: DfE data collection code, rules ULN_02 to ULN_12 (observed).
"""


class Reason(StrEnum):
    """Why something is not a ULN."""

    TYPE = "type"
    CHARACTERS = "characters"
    LENGTH = "length"
    LEADING_ZERO = "leading_zero"
    TEMPORARY = "temporary"
    REMAINDER_ZERO = "remainder_0"
    CHECK_DIGIT = "check_digit"

    @property
    def message(self) -> str:
        """The reason in a sentence."""
        return _MESSAGES[self]


_MESSAGES = {
    Reason.TYPE: "a ULN is given as text, bytes or a whole number",
    Reason.CHARACTERS: "a ULN has only the digits 0 to 9",
    Reason.LENGTH: "a ULN has ten digits",
    Reason.LEADING_ZERO: "a ULN does not begin with 0",
    Reason.TEMPORARY: "9999999999 stands for 'no ULN yet' in the ILR; it is nobody's",
    Reason.REMAINDER_ZERO: "no ULN begins with these nine digits: they have no "
    "check digit",
    Reason.CHECK_DIGIT: "the last digit does not agree with the others; a digit is "
    "wrong or two have changed places",
}

# Three digits at a time: their share of the weighted sum, so that one look-up does
# the arithmetic and refuses whatever is not three ASCII digits.
_SHARES = tuple(
    {
        f"{number:03}": (
            number // 100 * high
            + number // 10 % 10 * (high - 1)
            + number % 10 * (high - 2)
        )
        for number in range(1000)
    }
    for high in (10, 7, 4)
)
_HIGH, _MIDDLE, _LOW = _SHARES
_DIGIT_OF_REMAINDER = ("", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0")
# The same for the sum itself, which is at most 9 * (10 + 9 + ... + 2) = 486.
_DIGIT_OF_SUM = tuple(_DIGIT_OF_REMAINDER[total % 11] for total in range(487))


def calc_check_digit(number: str) -> str:
    """Return the check digit of nine digits.

    Args:
        number: The first nine digits; separators are removed.

    Returns:
        One digit.

    Raises:
        InvalidUln: These are not nine ASCII digits beginning with 1 to 9, or they
            have no check digit (remainder 0).

    Source: DfE data collection code, DerivedData_01Rule, quoting WBS25 "ULN
    Generation" (observed).
    """
    nine = compact(number)
    if not (nine.isascii() and nine.isdigit()):
        raise _invalid(Reason.CHARACTERS)
    if len(nine) != 9:
        raise InvalidUln(Reason.LENGTH, "nine digits are needed for a check digit")
    if nine[0] == "0":
        raise _invalid(Reason.LEADING_ZERO)
    digit = _DIGIT_OF_SUM[_HIGH[nine[:3]] + _MIDDLE[nine[3:6]] + _LOW[nine[6:]]]
    if not digit:
        raise _invalid(Reason.REMAINDER_ZERO)
    return digit


def compact(number: str) -> str:
    """Return the text without ASCII spaces and hyphens."""
    return number.replace(" ", "").replace("-", "")


def _invalid(reason: Reason) -> InvalidUln:
    return InvalidUln(reason, _MESSAGES[reason])


def _reason(ten: str) -> Reason | None:
    """Say why a compact text is not a ULN, or None for a ULN."""
    if not (ten.isascii() and ten.isdigit()):
        # Nothing at all is a matter of length; a wrong character goes first otherwise.
        return Reason.CHARACTERS if ten else Reason.LENGTH
    if len(ten) != 10:
        return Reason.LENGTH
    if ten[0] == "0":
        return Reason.LEADING_ZERO
    if ten == TEMPORARY:
        return Reason.TEMPORARY
    digit = _DIGIT_OF_SUM[_HIGH[ten[:3]] + _MIDDLE[ten[3:6]] + _LOW[ten[6:9]]]
    if not digit:
        return Reason.REMAINDER_ZERO
    return None if digit == ten[9] else Reason.CHECK_DIGIT


def _is_uln(ten: str) -> bool:
    """Say whether a text is ten digits of a ULN, quickly."""
    try:
        return (
            _DIGIT_OF_SUM[_HIGH[ten[:3]] + _MIDDLE[ten[3:6]] + _LOW[ten[6:9]]]
            == ten[9:]
            and ten[0] != "0"
            and ten[9:] != ""
        )
    except KeyError:
        return False


def is_valid(number: str) -> bool:
    """Say whether a text is a ULN that can have been issued.

    Args:
        number: The text; separators are removed. Anything but text is not valid.

    Returns:
        Whether `validate` would return rather than raise.
    """
    try:
        # Ten digits as they stand are by far the commonest case.
        digit = _DIGIT_OF_SUM[
            _HIGH[number[:3]] + _MIDDLE[number[3:6]] + _LOW[number[6:9]]
        ]
        if digit == number[9:]:
            return digit != "" and number[0] != "0"
    except (KeyError, TypeError):
        pass  # separators, or no number: the slow way knows
    given: object = number
    return isinstance(given, str) and _reason(compact(given)) is None


def validate(number: str) -> str:
    """Return the ten digits of a ULN.

    Args:
        number: The text; separators are removed.

    Returns:
        Ten digits.

    Raises:
        InvalidUln: It is no ULN; `reason` says why.
    """
    given: object = number
    if not isinstance(given, str):
        raise _invalid(Reason.TYPE)
    ten = compact(given)
    reason = _reason(ten)
    if reason is not None:
        raise _invalid(reason)
    return ten


def check(number: object) -> Reason | None:
    """Say why a value is not a ULN, or None when it is one.

    Args:
        number: Text, ASCII bytes or a whole number; separators are removed.
            Anything else, `bool`, `float` and `None` among them, is refused by type:
            a float has lost digits somewhere else already.

    Returns:
        The reason, or None.
    """
    return _verdict(number).reason


def format(number: str) -> str:  # noqa: A001  # the conventional name in this field
    """Return a ULN as it is written: ten digits, ungrouped.

    Args:
        number: The text; separators are removed.

    Returns:
        Ten digits.

    Raises:
        InvalidUln: It is no ULN; `reason` says why.
    """
    return validate(number)


class Verdict(NamedTuple):
    """What was found of one value.

    Attributes:
        uln: The ULN, or None when the value is none.
        reason: Why it is none, or None when it is one.
    """

    uln: Uln | None
    reason: Reason | None


def validate_many(values: Iterable[object]) -> Iterator[Verdict]:
    """Yield a verdict for each value, in order, as they are asked for.

    Args:
        values: Texts, ASCII bytes or whole numbers, in any mixture.

    Yields:
        One verdict per value; nothing is raised for a value.
    """
    return map(_verdict, values)


def _verdict(value: object) -> Verdict:
    if isinstance(value, str):
        text = value
    elif isinstance(value, bytes):
        if not value.isascii():
            return Verdict(None, Reason.CHARACTERS)
        text = value.decode("ascii")
    elif isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            return Verdict(None, Reason.CHARACTERS)
        if value >= 10**10:  # and never the text of a number of a million digits
            return Verdict(None, Reason.LENGTH)
        text = str(value)
    else:
        return Verdict(None, Reason.TYPE)
    ten = compact(text)
    reason = _reason(ten)
    return Verdict(_trusted(ten), None) if reason is None else Verdict(None, reason)


@attrs.frozen(order=True, init=False, repr=False)
class Uln:
    """A Unique Learner Number: it cannot hold a wrong one.

    Args:
        number: The text; spaces and hyphens are removed.

    Raises:
        InvalidUln: It is no ULN; `reason` says why.

    Examples:
        >>> Uln("1000000043")
        Uln('1000000043')
    """

    _digits: str

    def __init__(self, number: str) -> None:
        self.__attrs_init__(validate(number))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the ULN that a text holds.

        Args:
            text: The text; spaces and hyphens are removed.

        Raises:
            InvalidUln: It is no ULN; `reason` says why.
        """
        uln = _new(cls)
        try:
            if _is_uln(text):
                _set(uln, text)
                return uln
        except TypeError:
            pass
        _set(uln, validate(text))
        return uln

    @property
    def check_digit(self) -> str:
        """The tenth digit."""
        return self._digits[9]

    def __str__(self) -> str:
        return self._digits

    def __int__(self) -> int:
        return int(self._digits)

    def __repr__(self) -> str:
        return f"Uln({self._digits!r})"


_new = object.__new__
_set = Uln._digits.__set__  # type: ignore[attr-defined]  # noqa: SLF001


def _trusted(ten: str) -> Uln:
    """Make a ULN of ten digits that were checked already."""
    uln = _new(Uln)
    _set(uln, ten)
    return uln


@attrs.frozen(kw_only=True)
class Diagnosis:
    """What may have gone wrong with a number that is no ULN.

    Several corrections nearly always fit, and nothing in the number says which is
    the right one: they are a list to compare with the source, never a repair.

    Attributes:
        reason: Why it is no ULN, or None when it is one.
        corrections: The ULNs that differ in one digit, in order.
        transpositions: The ULNs in which two neighbouring digits have changed
            places, in order.
        dropped: The ULNs that have one digit more, for a text of nine digits.
        repeated: The ULNs that have one digit less, for a text of eleven digits.
    """

    reason: Reason | None
    corrections: tuple[Uln, ...] = ()
    transpositions: tuple[Uln, ...] = ()
    dropped: tuple[Uln, ...] = ()
    repeated: tuple[Uln, ...] = ()

    def to_text(self) -> str:
        """Return the diagnosis in sentences."""
        if self.reason is None:
            return "This is a ULN."
        lines = [f"Not a ULN: {_MESSAGES[self.reason]}."]
        kinds = (
            ("two neighbouring digits changed places", self.transpositions),
            ("one digit is wrong", self.corrections),
            ("one digit is missing", self.dropped),
            ("one digit is too many", self.repeated),
        )
        for label, ulns in kinds:
            if ulns:
                found = ", ".join(str(uln) for uln in ulns)
                lines.append(f"If {label}: {found}.")
        total = sum(len(ulns) for _, ulns in kinds)
        if total > 1:
            lines.append(
                f"{total} numbers fit; the number alone cannot say which is right. "
                "Compare with the document it was copied from."
            )
        return "\n".join(lines)


def diagnose(number: str) -> Diagnosis:
    """Say what may have gone wrong with a number that is no ULN.

    Args:
        number: The text; separators are removed.

    Returns:
        The reason and every ULN that is one slip away. The temporary number and a
        text with other characters than digits get a reason only.
    """
    reason = check(number)
    if reason in {None, Reason.TYPE, Reason.CHARACTERS, Reason.TEMPORARY}:
        return Diagnosis(reason=reason)
    ten = compact(number)
    if len(ten) == 10:
        one = (
            ten[:i] + digit + ten[i + 1 :]
            for i in range(10)
            for digit in "0123456789"
            if digit != ten[i]
        )
        swapped = (ten[:i] + ten[i + 1] + ten[i] + ten[i + 2 :] for i in range(9))
        return Diagnosis(
            reason=reason, corrections=_ulns(one), transpositions=_ulns(swapped)
        )
    if len(ten) == 9:
        longer = (ten[:i] + d + ten[i:] for i in range(10) for d in "0123456789")
        return Diagnosis(reason=reason, dropped=_ulns(longer))
    if len(ten) == 11:
        shorter = (ten[:i] + ten[i + 1 :] for i in range(11))
        return Diagnosis(reason=reason, repeated=_ulns(shorter))
    return Diagnosis(reason=reason)


def _ulns(candidates: Iterable[str]) -> tuple[Uln, ...]:
    return tuple(
        _trusted(ten) for ten in sorted(set(candidates)) if _reason(ten) is None
    )

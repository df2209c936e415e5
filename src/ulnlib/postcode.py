"""Postcodes: what the service accepts, and stricter advice.

The service's own pattern decides: what it refuses is an error, and everything else
that deserves a look is a warning.

Examples:
    >>> parse("sw1a1aa")
    'SW1A 1AA'
    >>> [issue.code for issue in check("sw1a1aa")]
    ['postcode-lower-case', 'postcode-no-space']

Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
"""

from __future__ import annotations

__all__ = [
    "DEFAULT",
    "MAX_LENGTH",
    "POSTCODE_PATTERN",
    "SHAPE_PATTERN",
    "check",
    "format",
    "is_bfpo",
    "is_default",
    "is_valid",
    "parse",
]

import re

from ulnlib._text import fold_postcode
from ulnlib.errors import InvalidPostcode
from ulnlib.issues import Report, issue

POSTCODE_PATTERN = (
    r"(?:[a-zA-Z]{1,2}[0-9rR][0-9a-zA-Z]? ?"
    r"[0-9][abdefghjlnpqrstuwxyzABDEFGHJLNPQRSTUWXYZ]{2} {0,4}"
    r"|[bB][fF][pP][oO] ?[0-9]{1,4} {0,4})"
)
"""What the service accepts as a postcode, beside `MAX_LENGTH`.

One inner space may be left out, up to four spaces may follow, and case is free.

Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
"""

MAX_LENGTH = 9
"""How long a postcode may be, trailing spaces included.

Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
"""

DEFAULT = "ZZ99 9ZZ"
"""The postcode that stands for 'not known'; it is in no place.

Source: DfE data collection code, rule Postcode_14 (observed).
"""

_POSTCODE = re.compile(POSTCODE_PATTERN)
_BFPO = re.compile(r"[bB][fF][pP][oO] ?[0-9]{1,4} {0,4}")
_DEFAULT_FOLDED = fold_postcode(DEFAULT)
SHAPE_PATTERN = (
    r"(?:[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]"
    r"|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y]) [0-9][ABD-HJLNP-UW-Z]{2})"
)
"""The shapes of the United Kingdom's postcodes, area letters included.

Source: Cabinet Office, bs7666-v2-0.xsd, PostCodeType (published). P as third
character is newer than that document (observed).
"""

_SHAPE = re.compile(SHAPE_PATTERN)


def is_valid(text: str) -> bool:
    """Say whether the service accepts a text as a postcode.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse` would return rather than raise.

    Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
    """
    return len(text) <= MAX_LENGTH and _POSTCODE.fullmatch(text) is not None


def is_bfpo(text: str) -> bool:
    """Say whether a text is a British Forces Post Office number.

    Postcodes that begin with BF1 are ordinary ones here.

    Args:
        text: The text as it stands.

    Returns:
        Whether it is BFPO and a number, and the service accepts it.

    Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
    """
    return len(text) <= MAX_LENGTH and _BFPO.fullmatch(text) is not None


def is_default(text: str) -> bool:
    """Say whether a text is the postcode that stands for 'not known'.

    Args:
        text: The text; case and spaces make no difference.

    Returns:
        Whether it is ZZ99 9ZZ.

    Source: DfE data collection code, rule Postcode_14 (observed).
    """
    return fold_postcode(text) == _DEFAULT_FOLDED


def check(text: str) -> Report:
    """Check a postcode.

    Args:
        text: The text as it stands.

    Returns:
        An error when the service would refuse it; warnings when it is written
        otherwise than Royal Mail writes it, has the shape of no place's postcode, or
        is the default one.

    Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed);
    advice: DfE data collection code, rules Postcode_14 and Postcode_15 (observed),
    and Cabinet Office, bs7666-v2-0.xsd, PostCodeType (published).
    """
    if not is_valid(text):
        return Report([issue("postcode-format")])
    bare = text.rstrip(" ")
    canonical = parse(text)
    codes = []
    if bare != bare.upper():
        codes.append("postcode-lower-case")
    if " " not in bare:
        codes.append("postcode-no-space")
    if bare != text:
        codes.append("postcode-trailing-spaces")
    if canonical == DEFAULT:
        codes.append("postcode-default")
    elif not is_bfpo(text) and _SHAPE.fullmatch(canonical) is None:
        codes.append("postcode-shape")
    return Report(issue(code) for code in codes)


def parse(text: str) -> str:
    """Return a postcode in capitals with one space.

    Args:
        text: The text as it stands.

    Returns:
        The canonical form, as in SW1A 1AA or BFPO 12.

    Raises:
        InvalidPostcode: The service would refuse it.

    Source: learner.xsd of the web-service schemas, type MIAPPostCode (observed).
    """
    if not is_valid(text):
        raise InvalidPostcode("format", "this is not a postcode that the LRS accepts")
    joined = fold_postcode(text).upper()
    space = 4 if is_bfpo(text) else len(joined) - 3
    return f"{joined[:space]} {joined[space:]}"


def format(text: str) -> str:  # noqa: A001  # the conventional name in this field
    """Return a postcode as it is written: in capitals with one space.

    Args:
        text: The text as it stands.

    Returns:
        The canonical form; the same as `parse`.

    Raises:
        InvalidPostcode: The service would refuse it.

    Source: Cabinet Office, bs7666-v2-0.xsd, PostCodeType (published).
    """
    return parse(text)

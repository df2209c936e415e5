"""Identifiers of organisations, people and qualifications, other than the ULN.

Each kind has a pattern and the same verbs: `check_…` returns a report, `is_…` says
whether that report has no error, and `parse_…` returns the canonical text or raises.
All of them test the text as it stands: nothing is stripped and no case is folded.

A wrong *shape* is an error, because the service refuses it. A wrong *check character*
is a warning: no document says that the service looks at it, and numbers that real
data hold break the rules.

Examples:
    >>> parse_qan("501/0476/7"), format_qan("50104767")
    ('50104767', '501/0476/7')
    >>> [issue.code for issue in check_qan("500/9603/9")]
    ['qan-check-character']

Source: learner.xsd of the web-service schemas, types MIAPUKPRN, MIAPOrganisationRef
and MIAPScottishCandidateNumber (observed); for the rest see each pattern.
"""

from __future__ import annotations

__all__ = [
    "ORGANISATION_REF_PATTERN",
    "QAN_CHECK",
    "QAN_PATTERN",
    "SCN_CHECK",
    "SCN_PATTERN",
    "UCI_CHECK",
    "UCI_PATTERN",
    "UKPRN_PATTERN",
    "UNIT_REFERENCE_CHECK",
    "UNIT_REFERENCE_PATTERN",
    "UPN_CHECK",
    "UPN_PATTERN",
    "CheckCharacter",
    "check_organisation_ref",
    "check_qan",
    "check_scn",
    "check_uci",
    "check_ukprn",
    "check_unit_reference",
    "check_upn",
    "format_qan",
    "format_unit_reference",
    "is_early_610",
    "is_organisation_ref",
    "is_qan",
    "is_scn",
    "is_temporary_upn",
    "is_uci",
    "is_ukprn",
    "is_unit_reference",
    "is_upn",
    "parse_organisation_ref",
    "parse_qan",
    "parse_scn",
    "parse_uci",
    "parse_ukprn",
    "parse_unit_reference",
    "parse_upn",
]

import re
from operator import mul

import attrs

from ulnlib.errors import InvalidIdentifier
from ulnlib.issues import Report, issue

UKPRN_PATTERN = r"[0-9a-zA-Z]{8}"
"""UK provider reference number: eight letters or digits.

A real one has digits only; the service's test organisations have letters.

Source: learner.xsd of the web-service schemas, type MIAPUKPRN (observed).
"""

ORGANISATION_REF_PATTERN = r"[0-9a-zA-Z]{6}"
"""Organisation reference: six letters or digits.

Source: learner.xsd of the web-service schemas, type MIAPOrganisationRef (observed).
"""

UPN_PATTERN = r"[A-Z][0-9]{11}[0-9A-Z]"
"""Unique pupil number: a capital, eleven digits, and a digit or, in a temporary one,
a capital.

Source: DfE, "Unique pupil numbers: a guide for schools and local authorities"
(published); that the service tests the same shape is assumed.
"""

UCI_PATTERN = r"[0-9]{5}[0-9A-Z][0-9]{6}[A-Z]"
"""Unique candidate identifier: centre (5), board (1), year (2), candidate (4), letter.

Source: WJEC, "Unique Candidate Identifiers"; Pearson, "UCI numbers" (published); that
the service tests the same shape is assumed.
"""

SCN_PATTERN = r"[0-9]{9}"
"""Scottish candidate number: nine digits.

Source: learner.xsd of the web-service schemas, type MIAPScottishCandidateNumber
(observed).
"""

QAN_PATTERN = r"(?:[0-9]{3}/[0-9]{4}/[0-9X]|[0-9]{7}[0-9X])"
"""Qualification accreditation number, with both obliques or with none.

Source: register of regulated qualifications (observed in 8,220 numbers).
"""

UNIT_REFERENCE_PATTERN = r"(?:[A-Z]/[0-9]{3}/[0-9]{4}|[A-Z][0-9]{7})"
"""Unit reference number: a letter and seven digits, with both obliques or with none.

Source: National Database of Accredited Qualifications, help page (published).
"""

_UKPRN = re.compile(UKPRN_PATTERN)
_ORGANISATION_REF = re.compile(ORGANISATION_REF_PATTERN)
_UPN = re.compile(UPN_PATTERN)
_UCI = re.compile(UCI_PATTERN)
_SCN = re.compile(SCN_PATTERN)
_QAN = re.compile(QAN_PATTERN)
_UNIT_REFERENCE = re.compile(UNIT_REFERENCE_PATTERN)


@attrs.frozen(kw_only=True)
class CheckCharacter:
    """A rule for a check character: a weighted sum, a remainder, a list of characters.

    Attributes:
        weights: One weight for each character of the body, from the left.
        characters: The check character for each remainder; the number of them is the
            modulus, and an empty one means that no number has that remainder.
        leads: Whether the check character stands before the body, not after it.
        letters: Letters that have a value in the body: the first counts
            `first_letter`, and so on.
        first_letter: The value of the first of `letters`.
        evidence: published, observed, derived or assumed.
        source: Where the rule stands.
    """

    weights: tuple[int, ...]
    characters: tuple[str, ...]
    leads: bool = False
    letters: str = ""
    first_letter: int = 0
    evidence: str
    source: str
    _zero: int = attrs.field(init=False, eq=False, repr=False)

    @_zero.default
    def _sum_of_zeros(self) -> int:
        """Return the sum of a body of zeros when characters count as their bytes."""
        return ord("0") * sum(self.weights)

    def calculate(self, body: str) -> str | None:
        """Return the check character of a number without it.

        Args:
            body: The number without check character and without obliques.

        Returns:
            One character; the empty text when no number has this body; None when
            the body has another length, or a character whose value is not known.
        """
        if len(body) != len(self.weights):
            return None
        if body.isascii() and body.isdigit():  # nearly always, and quick
            digits: int = sum(map(mul, self.weights, body.encode()))
            return self.characters[(digits - self._zero) % len(self.characters)]
        total = 0
        for weight, character in zip(self.weights, body, strict=True):
            if "0" <= character <= "9":
                total += weight * int(character)
            elif character in self.letters:
                value = self.letters.index(character) + self.first_letter
                total += weight * value
            else:
                return None
        return self.characters[total % len(self.characters)]

    def agrees(self, number: str) -> bool | None:
        """Say whether a number has the check character that the rule gives.

        Args:
            number: The whole number, without obliques.

        Returns:
            Whether it has, or None when the rule says nothing about this number.
        """
        body, found = (
            (number[1:], number[:1]) if self.leads else (number[:-1], number[-1:])
        )
        expected = self.calculate(body)
        return None if expected is None else expected == found


_BY_ELEVEN = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X")

QAN_CHECK = CheckCharacter(
    weights=(8, 7, 6, 5, 4, 3, 2),
    characters=_BY_ELEVEN,
    evidence="derived",
    source="8,184 of 8,220 numbers of the register of regulated qualifications, "
    "18 February 2025; the other 36 are the early 610 series",
)
"""The plain remainder by 11 of the seven digits weighted 8 down to 2; X for 10.

Source: derived from 8,184 of 8,220 numbers of the register of regulated
qualifications, snapshot of 18 February 2025. The example 500/9603/9 in a published
presentation breaks it, and so does the early 610 series (`is_early_610`).
"""

_EARLY_610 = attrs.evolve(
    # The digits 6, 1, 0 weighted 0, 2, 0 are the 2 with which this sum begins.
    QAN_CHECK,
    weights=(0, 2, 0, 1, 1, 1, 1),
    source="39 numbers of the register of regulated qualifications below 610/0143, "
    "18 February 2025",
)
_EARLY_610_END = "0143"

UNIT_REFERENCE_CHECK = CheckCharacter(
    weights=(8, 7, 6, 5, 4, 3, 2),
    characters=("A", "D", "F", "H", "J", "K", "L", "M", "R", "T", "Y"),
    leads=True,
    evidence="derived",
    source="106 distinct unit references of many awarding organisations",
)
"""The remainder by 11 of the seven digits weighted 8 down to 2, as a leading letter.

Source: derived from 106 distinct unit references, none of which breaks it.
"""

SCN_CHECK = CheckCharacter(
    weights=(3, 2, 7, 6, 5, 4, 3, 2),
    characters=("0", "", "9", "8", "7", "6", "5", "4", "3", "2", "1"),
    evidence="published",
    source="HESA, C07051, Scottish Candidate Number",
)
"""11 minus the remainder by 11 of eight digits weighted 3 2 7 6 5 4 3 2.

With remainder 0 it is 0, and with remainder 1 there is none.

Source: HESA, C07051, Scottish Candidate Number (published). A published test record
of the service breaks it, so the service does not demand it.
"""

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

UPN_CHECK = CheckCharacter(
    weights=tuple(range(2, 14)),
    characters=tuple(_UPN_LETTERS),
    leads=True,
    letters=_UPN_LETTERS,
    evidence="published",
    source="DfE, school census validation, rule 1510",
)
"""The remainder by 23 of characters 2 to 13 weighted 2 to 13, as a leading letter.

The letters are A to Z without I, O and S; in a temporary number the last letter
counts with its place among them, A being 0.

Source: DfE, school census validation, rule 1510 (published).
"""

UCI_CHECK = CheckCharacter(
    weights=tuple(range(16, 4, -1)),
    characters=tuple("ABCDEFGHKLMRTVWXY"),
    letters="ABCDEFGHIJKLMNOP",
    first_letter=1,
    evidence="observed",
    source="WJEC, Unique Candidate Identifiers (weights, modulus); two public "
    "programs that agree (letters)",
)
"""The remainder by 17 of twelve characters weighted 16 down to 5, as a letter.

A board letter counts with its place in the alphabet, A being 1; for Q to Z what is
known does not agree, and nothing is checked.

Source: WJEC, "Unique Candidate Identifiers" for weights and modulus (published); the
letters are observed in two public programs that agree with each other and with
WJEC's example.
"""


def _check(
    text: str,
    pattern: re.Pattern[str],
    format_code: str,
    rule: CheckCharacter | None = None,
    check_code: str = "",
) -> Report:
    """Check the shape and then the check character."""
    if pattern.fullmatch(text) is None:
        return Report([issue(format_code, length=len(text))])
    if rule is not None and rule.agrees(text.replace("/", "")) is False:
        return Report([issue(check_code)])
    return Report()


def _parse(text: str, pattern: re.Pattern[str], message: str) -> str:
    """Return the text without obliques, or raise for its shape."""
    if pattern.fullmatch(text) is None:
        raise InvalidIdentifier("format", message)
    return text.replace("/", "")


def check_ukprn(text: str) -> Report:
    """Check a UK provider reference number.

    Args:
        text: The text as it stands.

    Returns:
        An error for a wrong shape; a warning when it holds a letter.

    Source: learner.xsd of the web-service schemas, type MIAPUKPRN (observed); test
    organisations have letters (observed).
    """
    report = _check(text, _UKPRN, "ukprn-format")
    if not report and not text.isdigit():
        return Report([issue("ukprn-letters")])
    return report


def is_ukprn(text: str) -> bool:
    """Say whether a text has the shape of a UK provider reference number.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse_ukprn` would return rather than raise.

    Source: learner.xsd of the web-service schemas, type MIAPUKPRN (observed).
    """
    return _UKPRN.fullmatch(text) is not None


def parse_ukprn(text: str) -> str:
    """Return a UK provider reference number.

    Args:
        text: The text as it stands.

    Returns:
        The same eight characters.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: learner.xsd of the web-service schemas, type MIAPUKPRN (observed).
    """
    return _parse(text, _UKPRN, "a UKPRN is eight digits (letters in test data)")


def check_organisation_ref(text: str) -> Report:
    """Check an organisation reference.

    Args:
        text: The text as it stands.

    Returns:
        An error for a wrong shape.

    Source: learner.xsd of the web-service schemas, type MIAPOrganisationRef
    (observed).
    """
    return _check(text, _ORGANISATION_REF, "organisation-ref-format")


def is_organisation_ref(text: str) -> bool:
    """Say whether a text has the shape of an organisation reference.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse_organisation_ref` would return rather than raise.

    Source: learner.xsd of the web-service schemas, type MIAPOrganisationRef
    (observed).
    """
    return _ORGANISATION_REF.fullmatch(text) is not None


def parse_organisation_ref(text: str) -> str:
    """Return an organisation reference.

    Args:
        text: The text as it stands.

    Returns:
        The same six characters.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: learner.xsd of the web-service schemas, type MIAPOrganisationRef
    (observed).
    """
    message = "an organisation reference is six letters or digits"
    return _parse(text, _ORGANISATION_REF, message)


def check_upn(text: str) -> Report:
    """Check a unique pupil number.

    Args:
        text: The text as it stands.

    Returns:
        An error for a wrong shape; a warning for a check letter that disagrees.

    Source: DfE, "Unique pupil numbers: a guide for schools and local authorities";
    DfE, school census validation, rule 1510 (published). Which of it the service
    tests is assumed.
    """
    return _check(text, _UPN, "upn-format", UPN_CHECK, "upn-check-letter")


def is_upn(text: str) -> bool:
    """Say whether a text has the shape of a unique pupil number.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse_upn` would return rather than raise.

    Source: DfE, "Unique pupil numbers: a guide for schools and local authorities"
    (published).
    """
    return _UPN.fullmatch(text) is not None


def is_temporary_upn(text: str) -> bool:
    """Say whether a text has the shape of a temporary unique pupil number.

    Args:
        text: The text as it stands.

    Returns:
        Whether it is shaped as a UPN and ends in a letter.

    Source: DfE, "Unique pupil numbers: a guide for schools and local authorities"
    (published).
    """
    return is_upn(text) and not text[-1].isdigit()


def parse_upn(text: str) -> str:
    """Return a unique pupil number.

    Args:
        text: The text as it stands.

    Returns:
        The same thirteen characters.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: DfE, "Unique pupil numbers: a guide for schools and local authorities"
    (published).
    """
    message = "a UPN is a capital letter and twelve digits (a temporary one ends in "
    return _parse(text, _UPN, f"{message}a capital)")


def check_uci(text: str) -> Report:
    """Check a unique candidate identifier.

    Args:
        text: The text as it stands.

    Returns:
        An error for a wrong shape; a warning for a check letter that disagrees.

    Source: WJEC, "Unique Candidate Identifiers" (published); letters observed, see
    `UCI_CHECK`. Which of it the service tests is assumed.
    """
    return _check(text, _UCI, "uci-format", UCI_CHECK, "uci-check-letter")


def is_uci(text: str) -> bool:
    """Say whether a text has the shape of a unique candidate identifier.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse_uci` would return rather than raise.

    Source: WJEC, "Unique Candidate Identifiers" (published).
    """
    return _UCI.fullmatch(text) is not None


def parse_uci(text: str) -> str:
    """Return a unique candidate identifier.

    Args:
        text: The text as it stands.

    Returns:
        The same thirteen characters.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: WJEC, "Unique Candidate Identifiers" (published).
    """
    message = "a UCI is twelve digits (the sixth may be a capital) and a capital"
    return _parse(text, _UCI, message)


def check_scn(text: str) -> Report:
    """Check a Scottish candidate number.

    Args:
        text: The text as it stands.

    Returns:
        An error for a wrong shape; a warning for a check digit that disagrees.

    Source: learner.xsd of the web-service schemas, type MIAPScottishCandidateNumber
    (observed); HESA, C07051, Scottish Candidate Number (check digit, published).
    """
    return _check(text, _SCN, "scn-format", SCN_CHECK, "scn-check-digit")


def is_scn(text: str) -> bool:
    """Say whether a text has the shape of a Scottish candidate number.

    Args:
        text: The text as it stands.

    Returns:
        Whether `parse_scn` would return rather than raise.

    Source: learner.xsd of the web-service schemas, type MIAPScottishCandidateNumber
    (observed).
    """
    return _SCN.fullmatch(text) is not None


def parse_scn(text: str) -> str:
    """Return a Scottish candidate number.

    Args:
        text: The text as it stands.

    Returns:
        The same nine digits.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: learner.xsd of the web-service schemas, type MIAPScottishCandidateNumber
    (observed).
    """
    return _parse(text, _SCN, "a Scottish candidate number is nine digits")


def check_qan(text: str) -> Report:
    """Check a qualification accreditation number.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        An error for a wrong shape; a warning for a check character that disagrees.
        The early 610 series has its own rule and gives no warning.

    Source: derived, see `QAN_CHECK` and `is_early_610`.
    """
    report = _check(text, _QAN, "qan-format", QAN_CHECK, "qan-check-character")
    return Report() if report.warnings and is_early_610(text) else report


def is_qan(text: str) -> bool:
    """Say whether a text has the shape of a qualification accreditation number.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Whether `parse_qan` would return rather than raise.

    Source: register of regulated qualifications (observed).
    """
    return _QAN.fullmatch(text) is not None


def is_early_610(text: str) -> bool:
    """Say whether a text is a number of the early 610 series.

    The numbers 610/0001 to 610/0142 were given another check character: 2 and the
    four digits of the serial, added, and the remainder by 11. Real certificates carry
    them.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Whether it is in that range and has that check character.

    Source: derived from the 39 numbers below 610/0143 in the register of regulated
    qualifications, snapshot of 18 February 2025; 36 of them break the ordinary rule,
    and from 610/0143 on all keep it. Where exactly the series ends is assumed.
    """
    if not is_qan(text):
        return False
    number = text.replace("/", "")
    return (
        number.startswith("610")
        and number[3:7] < _EARLY_610_END
        and _EARLY_610.agrees(number) is True
    )


def parse_qan(text: str) -> str:
    """Return a qualification accreditation number without obliques.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Eight characters, as a learning aim reference has them.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: register of regulated qualifications (observed).
    """
    message = "a qualification number is seven digits and a digit or X"
    return _parse(text, _QAN, message)


def format_qan(text: str) -> str:
    """Return a qualification accreditation number with obliques.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Ten characters, as in 501/0476/7.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: register of regulated qualifications (observed).
    """
    number = parse_qan(text)
    return f"{number[:3]}/{number[3:7]}/{number[7]}"


def check_unit_reference(text: str) -> Report:
    """Check a unit reference number.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        An error for a wrong shape; a warning for a check letter that disagrees.

    Source: National Database of Accredited Qualifications, help page (shape,
    published); check letter derived, see `UNIT_REFERENCE_CHECK`.
    """
    return _check(
        text,
        _UNIT_REFERENCE,
        "unit-reference-format",
        UNIT_REFERENCE_CHECK,
        "unit-reference-check-letter",
    )


def is_unit_reference(text: str) -> bool:
    """Say whether a text has the shape of a unit reference number.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Whether `parse_unit_reference` would return rather than raise.

    Source: National Database of Accredited Qualifications, help page (published).
    """
    return _UNIT_REFERENCE.fullmatch(text) is not None


def parse_unit_reference(text: str) -> str:
    """Return a unit reference number without obliques.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Eight characters.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: National Database of Accredited Qualifications, help page (published).
    """
    message = "a unit reference is a capital letter and seven digits"
    return _parse(text, _UNIT_REFERENCE, message)


def format_unit_reference(text: str) -> str:
    """Return a unit reference number with obliques.

    Args:
        text: The text as it stands, with both obliques or with none.

    Returns:
        Ten characters, as in Y/506/1910.

    Raises:
        InvalidIdentifier: The shape is wrong.

    Source: National Database of Accredited Qualifications, help page (published).
    """
    number = parse_unit_reference(text)
    return f"{number[0]}/{number[1:4]}/{number[4:]}"

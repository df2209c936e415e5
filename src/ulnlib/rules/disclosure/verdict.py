"""The rules: which kinds of detail, in which medium, break which clause."""

from __future__ import annotations

__all__ = ["RULES", "Assessment", "Ground", "Medium", "Rule", "check"]

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from ulnlib.rules._words import Word
from ulnlib.rules.clauses import clause
from ulnlib.rules.disclosure.detection import Finding, Kind, digits_of, find
from ulnlib.rules.disclosure.names import NO_NAMES, Names


class Medium(Word):
    """What a message travels in.

    Source: LRS portal guide, section 1.4 (published).
    """

    UNENCRYPTED_EMAIL = "unencrypted_email"
    ENCRYPTED_PASSWORD_APART = "encrypted_password_apart"  # noqa: S105  # a medium
    ENCRYPTED_PASSWORD_SAME_MAIL = "encrypted_password_same_mail"  # noqa: S105
    PORTAL_DATA_CHALLENGE = "portal_data_challenge"


_UNENCRYPTED = frozenset({Medium.UNENCRYPTED_EMAIL})
_SAME_MAIL = frozenset({Medium.ENCRYPTED_PASSWORD_SAME_MAIL})
_APART = frozenset({Medium.ENCRYPTED_PASSWORD_APART})
_PORTAL = frozenset({Medium.PORTAL_DATA_CHALLENGE})
_EMAIL = _UNENCRYPTED | _SAME_MAIL | _APART

_GIVEN = frozenset({Kind.GIVEN_NAME})
_FAMILY = frozenset({Kind.FAMILY_NAME})
_NAME = _GIVEN | _FAMILY
_BIRTH = frozenset({Kind.DATE_OF_BIRTH})
_GENDER = frozenset({Kind.GENDER})
_POSTCODE = frozenset({Kind.POSTCODE})
_FIVE = _NAME | _BIRTH | _GENDER | _POSTCODE
_ULN = frozenset({Kind.ULN})
_REFERENCE = frozenset({Kind.REFERENCE})
_USER_NAME = frozenset({Kind.USER_NAME})
_PASSWORD = frozenset({Kind.PASSWORD})
_LEARNER = _ULN | _REFERENCE | _FIVE


@attrs.frozen(kw_only=True)
class Rule:
    """One row of the table of breaches.

    Attributes:
        clause: The clause that is broken.
        media: What the message travels in.
        groups: Sets of kinds; a set is met when one of its kinds is there.
        least: How many of the sets have to be met.
        without: Kinds none of which may be there: another row is for them.
        beside: Kinds one of which has to be there; none for a row without such.
        counts_own_uln: Whether a ULN counts that a reference in the message contains.
    """

    clause: str
    media: frozenset[Medium]
    groups: tuple[frozenset[Kind], ...]
    least: int
    without: frozenset[Kind] = frozenset()
    beside: frozenset[Kind] = frozenset()
    counts_own_uln: bool = True

    def is_met(self, medium: Medium, kinds: frozenset[Kind]) -> bool:
        """Say whether a message that holds those kinds is what the row describes."""
        return (
            Medium(medium) in self.media
            and not self.without & kinds
            and (not self.beside or bool(self.beside & kinds))
            and sum(bool(group & kinds) for group in self.groups) >= self.least
        )

    @property
    def kinds(self) -> frozenset[Kind]:
        """Every kind that makes it so."""
        return frozenset[Kind]().union(*self.groups)


RULES = (
    Rule(clause="PG-1.4-4", media=_UNENCRYPTED, groups=(_ULN, _FIVE), least=2),
    # Given and family name are one set, so one detail; with a ULN they are two.
    Rule(
        clause="PG-1.4-5",
        media=_UNENCRYPTED,
        groups=(_NAME, _BIRTH, _GENDER, _POSTCODE),
        least=2,
        without=_ULN | _REFERENCE,
    ),
    Rule(
        clause="PG-1.4-5",
        media=_UNENCRYPTED,
        groups=(_GIVEN, _FAMILY, _BIRTH, _GENDER, _POSTCODE),
        least=2,
        beside=_ULN | _REFERENCE,
    ),
    Rule(clause="PG-1.4-6", media=_SAME_MAIL, groups=(_LEARNER | _PASSWORD,), least=1),
    # A password among the words travels with them, whatever the sender believes.
    Rule(clause="PG-1.4-6", media=_APART, groups=(_PASSWORD,), least=1),
    Rule(clause="PG-1.4-7", media=_EMAIL, groups=(_USER_NAME, _PASSWORD), least=2),
    Rule(clause="PG-1.4-8", media=_PORTAL, groups=(_USER_NAME, _PASSWORD), least=2),
    Rule(
        clause="PG-6.2-1",
        media=_UNENCRYPTED,
        groups=(_REFERENCE, _FIVE | _ULN),
        least=2,
        counts_own_uln=False,
    ),
)
"""The breaches, in the order of the document.

Source: LRS portal guide, sections 1.4, 6.2 and 6.3 (published).
"""

CAUTIONS = (
    # The reference alone is what section 6.2 tells the sender to quote.
    Rule(clause="PG-2.2-6", media=_UNENCRYPTED, groups=(_ULN | _FIVE,), least=1),
    Rule(clause="PG-1.4-3", media=_UNENCRYPTED, groups=(_PASSWORD,), least=1),
    # Nothing was found, but nobody here sees into the encrypted file.
    Rule(clause="PG-1.4-6", media=_SAME_MAIL, groups=(), least=0),
)
"""What is no breach by section 1.4, and yet deserves a look.

Source: LRS portal guide, sections 1.4 and 2.2 (published); that section 2.2 makes a
single detail no breach is assumed.
"""


@attrs.frozen
class Ground:
    """A clause, and the words because of which it is broken.

    Attributes:
        clause: The id of the clause.
        because: Where the words are, in the order of the message.
    """

    clause: str
    because: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """What the clause says, in our words."""
        return clause(self.clause).text


@attrs.frozen(kw_only=True)
class Assessment:
    """What was found in a message; it holds positions and kinds, never the words.

    Attributes:
        medium: What the message travels in.
        findings: Everything that was found, in the order of the message.
        breaches: A ground for each clause that is broken.
        cautions: Where there is no breach: what deserves a look nevertheless.
        has_names: Whether there were names to look for.
    """

    medium: Medium
    findings: tuple[Finding, ...]
    breaches: tuple[Ground, ...]
    cautions: tuple[Ground, ...]
    has_names: bool

    @property
    def is_breach(self) -> bool:
        """Whether sending it so is a breach."""
        return bool(self.breaches)

    @property
    def clause(self) -> str | None:
        """The first clause that is broken, if one is."""
        return self.breaches[0].clause if self.breaches else None

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that is broken, in the order of the document."""
        return tuple(ground.clause for ground in self.breaches)

    @property
    def kinds(self) -> frozenset[Kind]:
        """Every kind of detail that was found."""
        return frozenset(finding.kind for finding in self.findings)

    def reveal(self, text: str) -> tuple[tuple[Finding, str], ...]:
        """Return the findings together with the words, for the eyes of the sender.

        The result holds persons' details: never log it.

        Args:
            text: The message that was checked.
        """
        return tuple((one, one.reveal(text)) for one in self.findings)

    def to_dict(self) -> dict[str, object]:
        """Return the verdict as plain values, for JSON; without the words."""
        return {
            "medium": self.medium.value,
            "is_breach": self.is_breach,
            "breaches": [_as_dict(ground) for ground in self.breaches],
            "cautions": [_as_dict(ground) for ground in self.cautions],
            "has_names": self.has_names,
            "findings": [one.to_dict() for one in self.findings],
        }

    def __str__(self) -> str:
        if not self.is_breach:
            return "no breach"
        return "breach: " + "; ".join(str(clause(name)) for name in self.clauses)


def _as_dict(ground: Ground) -> dict[str, object]:
    found = clause(ground.clause)
    return {
        "clause": found.id,
        "document": found.document,
        "section": found.section,
        "text": found.text,
        "evidence": found.evidence,
        "kinds": sorted({one.kind.value for one in ground.because}),
    }


def check(
    text: str,
    medium: Medium,
    *,
    names: Names = NO_NAMES,
    as_of: dt.date | None = None,
    references: Iterable[str] = (),
) -> Assessment:
    """Say whether a message is a breach in what it travels in.

    Args:
        text: The message, as its reader would see it.
        medium: What it travels in; the value of the enum will do.
        names: The learners' names to look for; without them no name is found, save
            where a field is labelled as a name.
        as_of: The day on which ages are counted; see `find`.
        references: References that the service gave, to look for as they stand.

    Returns:
        The verdict with the clauses, the kinds and the positions.

    Raises:
        InvalidValue: There is no such medium.

    Source: LRS portal guide, sections 1.4, 2.2, 6.2 and 6.3 (published).
    """
    known = Medium(medium)
    findings = find(text, names=names, as_of=as_of, references=references)
    others = _without_own_ulns(text, findings)
    breaches = _grounds(RULES, known, findings, others)
    cautions = () if breaches else _grounds(CAUTIONS, known, findings, others)
    return Assessment(
        medium=known,
        findings=findings,
        breaches=breaches,
        cautions=cautions,
        has_names=bool(names),
    )


def _without_own_ulns(text: str, findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return the findings but for the ULNs that a reference in the text contains."""
    references = [
        digits_of(one.reveal(text)) for one in findings if one.kind is Kind.REFERENCE
    ]
    if not references:
        return findings
    return [
        one
        for one in findings
        if one.kind is not Kind.ULN
        or not any(digits_of(one.reveal(text)) in digits for digits in references)
    ]


def _grounds(
    rules: Sequence[Rule],
    medium: Medium,
    findings: Sequence[Finding],
    others: Sequence[Finding],
) -> tuple[Ground, ...]:
    grounds = []
    for rule in rules:
        counted = findings if rule.counts_own_uln else others
        if rule.is_met(medium, frozenset(one.kind for one in counted)):
            because = tuple(one for one in counted if one.kind in rule.kinds)
            grounds.append(Ground(rule.clause, because))
    return tuple(grounds)

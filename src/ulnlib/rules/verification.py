"""Verification: by which document a provider knew who the learner is.

Each verification type has a row that says whether it opens the learner's own record
(Level One). Another document is type 999 with a description; `recognise` reads such a
description by a table: after normalising, the whole text has to match a row, so that
nothing is guessed from a word that happens to stand in it.

Lack of proof never prevents enrolment: see `without_proof`.

Examples:
    >>> gives_level_one(VerificationType.PASSPORT)
    True
    >>> recognise("By Learning-Provider!").verdict
    <Verdict.NOT_ACCEPTED: 'not accepted'>
    >>> recognise("School photo card") is None
    True
    >>> to_record("re-enrolment of a known learner").other_verification_description
    'returning student'
"""

from __future__ import annotations

__all__ = [
    "DESCRIPTIONS",
    "TYPES",
    "DescriptionRule",
    "Recognised",
    "ShareOfNone",
    "ToRecord",
    "TypeRule",
    "Unproved",
    "Verdict",
    "check",
    "check_description",
    "check_relationship_with_school",
    "gives_level_one",
    "normalise_description",
    "permitted_types",
    "recognise",
    "share_of_none",
    "to_record",
    "without_proof",
    "worklist",
]

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import attrs

from ulnlib._dates import day_of
from ulnlib._text import fold_text, squeeze
from ulnlib.codes import VerificationType
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner

_NONE = VerificationType.NOT_PROVIDED
_SCHOOL = VerificationType.RELATIONSHIP_WITH_SCHOOL
_OTHER = VerificationType.OTHER
_DESCRIPTION = "other_verification_description"


# --- the types ------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class TypeRule:
    """What follows from a verification type.

    Attributes:
        type: The type.
        gives_level_one: Whether the learner may see the own record online by it.
        only_pre_16_schools: Whether only schools for pupils under 16 use it.
        needs_description: Whether the document has to be described.
        clause: The id of the clause that says whether it gives Level One.
    """

    type: VerificationType
    gives_level_one: bool
    only_pre_16_schools: bool = False
    needs_description: bool = False
    clause: str

    @property
    def label(self) -> str:
        """What the type means, in our words."""
        return self.type.label


TYPES: MappingProxyType[VerificationType, TypeRule] = MappingProxyType(
    {
        rule.type: rule
        for rule in (
            TypeRule(type=_NONE, gives_level_one=False, clause="SL-V-2"),
            TypeRule(
                type=_SCHOOL,
                gives_level_one=False,
                only_pre_16_schools=True,
                clause="SL-V-2",
            ),
            TypeRule(
                type=VerificationType.PASSPORT, gives_level_one=True, clause="SL-V-1"
            ),
            TypeRule(
                type=VerificationType.DRIVING_LICENCE,
                gives_level_one=True,
                clause="SL-V-1",
            ),
            TypeRule(
                type=VerificationType.IDENTITY_CARD,
                gives_level_one=True,
                clause="SL-V-1",
            ),
            TypeRule(
                type=VerificationType.NATIONAL_INSURANCE_CARD,
                gives_level_one=True,
                clause="SL-V-1",
            ),
            TypeRule(
                type=VerificationType.CERTIFICATE_OF_ENTITLEMENT,
                gives_level_one=True,
                clause="SL-V-1",
            ),
            TypeRule(
                type=VerificationType.BANK_CARD, gives_level_one=True, clause="SL-V-1"
            ),
            TypeRule(
                type=_OTHER,
                gives_level_one=False,
                needs_description=True,
                clause="SL-V-2",
            ),
        )
    }
)
"""What follows from each verification type, in the order of the codes.

Source: LRS presentation to the SROC conference, 2011, Identity Verification (Level
One, published); LRS portal guide, Appendix D (published).
"""


def gives_level_one(verification_type: str | None) -> bool:
    """Say whether a learner may see the own record online by a verification type.

    Args:
        verification_type: A `VerificationType` or its text.

    Returns:
        True for the six types of Level One; False for the others, for a text that is
        no type, and for None.

    Source: LRS presentation to the SROC conference, 2011, Identity Verification
    (published).
    """
    return any(
        rule.gives_level_one
        for rule in TYPES.values()
        if rule.type == verification_type
    )


def permitted_types(*, is_pre_16_school: bool) -> tuple[VerificationType, ...]:
    """Return the types that an organisation should choose from, in display order.

    Args:
        is_pre_16_school: Whether it is a school for pupils under 16, which knows its
            pupils through parents or guardians.

    Returns:
        All nine for such a school, all but relationship with school for the others.

    Source: LRS portal guide, Appendix D (published).
    """
    return tuple(
        rule.type
        for rule in TYPES.values()
        if is_pre_16_school or not rule.only_pre_16_schools
    )


# --- descriptions ---------------------------------------------------------------------


class Verdict(StrEnum):
    """What a description of another document turns out to be.

    Source: LRS portal guide, Appendix D (published).
    """

    NOT_ACCEPTED = "not accepted"
    TRUSTED = "trusted"
    HAS_A_TYPE = "has a type"


@attrs.frozen(kw_only=True)
class DescriptionRule:
    """One row of the table of descriptions.

    Attributes:
        name: What the row is about.
        verdict: What a description that matches is.
        record: The type to record instead, or 999 for a trusted document.
        wording: The description to record with type 999, empty with other types.
        is_prescribed: Whether a document prescribes that wording.
        examples: The wording of the documents; its variants are our reading.
        pattern: A regular expression that a whole normalised description matches.
        clause: The id of the clause.
    """

    name: str
    verdict: Verdict
    record: VerificationType
    wording: str = ""
    is_prescribed: bool = False
    examples: tuple[str, ...]
    pattern: str
    clause: str


# Words that are written in many ways. After this every pattern knows one of them. All
# of it in small letters without punctuation; first glued words are parted, then plurals
# go, then phrases, then words.
_SINGULAR = MappingProxyType(
    {
        **{
            f"{word}s": word
            for word in (
                *("ilr", "plr", "uln", "id", "record", "register", "return", "system"),
                *("school", "college", "provider", "centre", "center", "teacher"),
                *("learner", "student", "pupil", "tutor", "service", "number"),
                *("examination", "exam", "certificate", "document", "card", "proof"),
                *("gcse", "btec", "nvq", "result", "passport", "licence", "license"),
                *("form", "type", "kind", "other", "portal", "website", "employer"),
            )
        },
        "academies": "academy",
        "universities": "university",
        "identities": "identity",
        "identifications": "identification",
    }
)
_SAME = (
    ("individualised learner record", "ilr"),
    ("individualized learner record", "ilr"),
    ("individual learner record", "ilr"),
    ("individualised learning record", "ilr"),
    ("individual learning record", "ilr"),
    ("learning record service", "lrs"),
    ("learner record service", "lrs"),
    ("learner registration service", "lrs"),
    ("learner register", "lrs"),
    ("personal learning record", "plr"),
    ("unique learner number", "uln"),
    ("learning provider", "provider"),
    ("training provider", "provider"),
    ("education provider", "provider"),
    ("further education", "fe"),
    ("national insurance", "ni"),
    ("re enrolment", "reenrolment"),
    ("re enrollment", "reenrolment"),
    ("reenrollment", "reenrolment"),
    ("re enrolled", "reenrolled"),
    ("re enrolling", "reenrolling"),
    ("identification", "id"),
    ("identity", "id"),
    ("license", "licence"),
    ("learner", "student"),
    ("pupil", "student"),
    ("center", "centre"),
    ("photographic", "photo"),
    ("photograph", "photo"),
    ("examination", "exam"),
    ("documentation", "document"),
    ("armed service", "armed forces"),
    ("armed force", "armed forces"),
    ("military", "armed forces"),
)
_SAME_WORDS = dict(_SAME)
_SAME_PATTERN = re.compile(r"\b(?:" + "|".join(text for text, _ in _SAME) + r")\b")
_PLURAL_PATTERN = re.compile(r"\b(?:" + "|".join(_SINGULAR) + r")\b")
_PIECE = (
    r"by|from|other|schools?|colleges?|learning|training|education|providers?"
    r"|ids?"
)
_GLUED_PATTERN = re.compile(rf"\b(?:{_PIECE}){{2,}}\b")
_PIECE_PATTERN = re.compile(_PIECE)
_APOSTROPHE = re.compile("['\u2019`]")
_NO_WORD = re.compile(r"[^\w]|_")
_LETTERS_APART = re.compile(r"\b(?:[a-z] )+[a-z]\b")

# Pieces of patterns. A piece that may be absent ends or begins with its space.
_BEFORE = (
    r"(?:(?:a|an|the|full|valid|current|original|new|uk|gb|british|irish|eu|foreign"
    r"|sight of|seen) )*"
)
_AFTER = r"(?: (?:seen|shown|checked|verified|provided|produced))*"
_PLACE = (
    r"(?:school|college|provider|academy|university|sixth form|6th form"
    r"|(?:(?:learning|training|exam|test|assessment|education) )?centre)"
)
_WHICH = (
    r"(?:(?:the|our|this|that|a|an|my|his|her|their|own|same|previous|former|last|old"
    r"|current|present|new|other|another|local|high|secondary|primary|middle|junior"
    r"|upper|lower|feeder|sending|host|main|state|independent|private|fe) )*"
)
_PLACES = rf"{_WHICH}{_PLACE}(?: (?:(?:or|and) )?{_WHICH}{_PLACE})*"
_LOOKED = (
    r"(?:(?:student )?(?:id )?(?:verified|checked|confirmed|identified|known|seen) )?"
)
_FROM = (
    r"(?:(?:as|per|from|via|by|on|in|the|through|see|seen|found|already|checked|our|has"
    r"|have|had|with|got|own|an|a|is|student|existing) )*"
)
_WORK = r"(?:work|works|workplace|employment|employee|employer)"
_AT_WORK = rf" (?:for|from|of|at)(?: (?:the|current))*(?: place of)? {_WORK}"
_ANY_PROOF = r"(?:id|document|proof(?: of id)?|evidence|verification)"


DESCRIPTIONS: tuple[DescriptionRule, ...] = (
    DescriptionRule(
        name="the return to the funding body",
        verdict=Verdict.NOT_ACCEPTED,
        record=_NONE,
        examples=("ILR",),
        pattern=(
            rf"{_FROM}ilr(?: (?:record|return|data|form|system|seen|checked|verified"
            r"|for|year|\d+))*"
        ),
        clause="PG-D-4",
    ),
    DescriptionRule(
        name="other proof, not named",
        verdict=Verdict.NOT_ACCEPTED,
        record=_NONE,
        examples=("Other ID",),
        pattern=(
            r"(?:(?:some|any|an) )?(?:another|other)(?: (?:form|type|means|kind)"
            rf"(?: of)?)?(?: {_ANY_PROOF})*{_AFTER}"
            rf"|{_ANY_PROOF}(?: other)?{_AFTER}"
        ),
        clause="PG-D-4",
    ),
    DescriptionRule(
        name="the service itself",
        verdict=Verdict.NOT_ACCEPTED,
        record=_NONE,
        examples=("LRS",),
        pattern=(
            rf"{_FROM}(?:(?:lrs|plr|uln)(?: (?:portal|record|register|system|website"
            r"|search|database|data|match|check|checked|seen|verified|found|number"
            r"|already|held))*"
            r"|organisation portal)"
        ),
        clause="PG-D-4",
    ),
    DescriptionRule(
        name="the provider's own word",
        verdict=Verdict.NOT_ACCEPTED,
        record=_NONE,
        examples=(
            "By school/college/learning provider",
            "By school",
            "By college",
            "By learning provider",
        ),
        pattern=(
            rf"{_LOOKED}(?:(?:by|at|in|to|from|via|through) )?{_PLACES}"
            rf"|{_LOOKED}by (?:(?:the|our) )?(?:{_PLACE} )?(?:staff|tutor|teacher)"
        ),
        clause="PG-D-4",
    ),
    DescriptionRule(
        name="photographic security pass",
        verdict=Verdict.TRUSTED,
        record=_OTHER,
        examples=(
            "Photographic security pass for current place of employment",
            "photographic security pass for place of employment",
        ),
        pattern=(
            rf"(?:(?:(?:security pass with photo|photo(?: security)? pass){_AT_WORK}"
            rf"|photo {_WORK} pass|{_WORK} photo(?: security)? pass)"
            rf"(?:{_AT_WORK})?){_AFTER}"
        ),
        wording="photographic security pass for current place of employment",
        clause="PG-D-5",
    ),
    DescriptionRule(
        name="Armed Forces service ID",
        verdict=Verdict.TRUSTED,
        record=_OTHER,
        examples=("Armed Forces service ID",),
        pattern=(
            r"(?:the |hm |british |uk )*(?:armed forces|army|royal navy|navy|raf"
            r"|royal air force|royal marines)(?: (?:service|services))?"
            rf" (?:id(?: card)?|service card){_AFTER}"
        ),
        wording="Armed Forces service ID",
        clause="PG-D-5",
    ),
    DescriptionRule(
        name="returning student",
        verdict=Verdict.TRUSTED,
        record=_OTHER,
        examples=("returning student", "re-enrolment of known student"),
        pattern=(
            r"(?:a |the |known )*(?:returning|reenrolled|reenrolling) student"
            r"|reenrolment(?:(?: of)?(?: a| the)?(?: known| existing)? student)?"
            r"(?: (?:record(?:ed)? as )?returning student)?"
            r"|student (?:returning|reenrolling)"
        ),
        wording="returning student",
        is_prescribed=True,
        clause="PG-D-6",
    ),
    DescriptionRule(
        name="exam certificates",
        verdict=Verdict.TRUSTED,
        record=_OTHER,
        examples=("Exam Certificates", "examination certificates"),
        pattern=(
            rf"{_BEFORE}(?:exam|gcse|a level|as level|btec|nvq)"
            rf"(?: (?:exam|result))? certificate{_AFTER}"
        ),
        wording="exam certificate",
        clause="PG-D-5",
    ),
    DescriptionRule(
        name="none provided",
        verdict=Verdict.HAS_A_TYPE,
        record=_NONE,
        examples=("None Provided", "none"),
        pattern=(
            r"(?:none|nil|na|nothing|no|unknown)?"
            rf"|(?:none|no|nothing)(?: {_ANY_PROOF})*"
            r"(?: (?:seen|provided|given|shown))?"
            r"|not (?:provided|known|seen|available|given|shown|verified|checked)"
        ),
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="relationship with school",
        verdict=Verdict.HAS_A_TYPE,
        record=_SCHOOL,
        examples=("Relationship with School",),
        pattern=(r"relationship with (?:(?:the|our|a) )?school"),
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="passport",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.PASSPORT,
        examples=("Passport",),
        pattern=(rf"{_BEFORE}passport{_AFTER}"),
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="driving licence",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.DRIVING_LICENCE,
        examples=("Driving Licence",),
        pattern=(
            rf"{_BEFORE}(?:provisional )?(?:photo ?card )?(?:(?:driving|drivers?) )"
            rf"(?:photo ?card )?licence(?: photo ?card| card)?{_AFTER}"
            rf"|{_BEFORE}provisional licence{_AFTER}"
        ),
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="identity card",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.IDENTITY_CARD,
        examples=(
            "ID Card or Other Form of National Identification",
            "ID card",
            "national identification",
        ),
        pattern=(
            rf"{_BEFORE}(?:national )?id card{_AFTER}|{_BEFORE}national id{_AFTER}"
            r"|(?:id card or )?other form of national id"
        ),
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="National Insurance card",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.NATIONAL_INSURANCE_CARD,
        examples=("National Insurance Card",),
        pattern=rf"{_BEFORE}ni (?:number )?card{_AFTER}",
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="certificate of entitlement",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.CERTIFICATE_OF_ENTITLEMENT,
        examples=("Certificate of Entitlement to Funding",),
        pattern=rf"{_BEFORE}certificate of entitlement(?: to funding)?{_AFTER}",
        clause="PG-D-1",
    ),
    DescriptionRule(
        name="bank card",
        verdict=Verdict.HAS_A_TYPE,
        record=VerificationType.BANK_CARD,
        examples=(
            "Bank/Credit/Debit Card",
            "bank card",
            "credit card",
            "debit card",
        ),
        pattern=(
            rf"{_BEFORE}(?:bank|credit|debit)(?: (?:or )?(?:bank|credit|debit))* card"
            rf"{_AFTER}"
        ),
        clause="PG-D-1",
    ),
)
"""What is said of descriptions, the rows that are not accepted first.

The documents give examples, not a list: a description that no row matches may be of a
trusted document all the same, and a person decides.

Source: LRS portal guide, Appendix D (the examples, published); LRS presentation to the
SROC conference, 2011, Identity Verification (published); their variants in wording are
assumed.
"""


def normalise_description(text: str) -> str:
    """Return the form of a description that the patterns of the table match.

    Small letters; apostrophes are left out and all other punctuation becomes a space;
    letters that stand apart are joined (I.D. becomes id, N/A becomes na), words that
    were written as one are parted (otherid, byschool), plurals become singular, and
    words that mean the same in this field become one of them (learner, pupil:
    student). It goes on until nothing changes any more.

    Args:
        text: The description as it stands.

    Returns:
        Words divided by single spaces. It may hold what the description held.

    Source: assumed; no document says how descriptions are compared.
    """
    last, now = None, _words(text)
    while now != last:
        last = now
        now = _LETTERS_APART.sub(lambda found: found[0].replace(" ", ""), now)
        now = _GLUED_PATTERN.sub(_parted, now)
        now = _PLURAL_PATTERN.sub(lambda found: _SINGULAR[found[0]], now)
        now = _SAME_PATTERN.sub(lambda found: _SAME_WORDS[found[0]], now)
    return now


def _parted(found: re.Match[str]) -> str:
    """Return a word that is made of known words, as those words."""
    return " ".join(_PIECE_PATTERN.findall(found[0]))


def _words(text: str) -> str:
    """Return a text in small letters, without punctuation."""
    return squeeze(_NO_WORD.sub(" ", _APOSTROPHE.sub("", fold_text(text))))


@attrs.frozen(kw_only=True)
class Recognised:
    """What the table says of a description; it does not hold the description.

    Attributes:
        name: The name of the row.
        verdict: Not accepted, trusted, or a document that has a type of its own.
        record: The type to record.
        wording: The description to record with type 999, else empty.
        clause: The id of the clause.
        evidence: published when the description is worded as in a document, but for
            case, spaces and punctuation; assumed when it is one of our variants.
    """

    name: str
    verdict: Verdict
    record: VerificationType
    wording: str
    clause: str
    evidence: str


@cache
def _rows() -> tuple[tuple[DescriptionRule, re.Pattern[str], frozenset[str]], ...]:
    """Return the table with its patterns and examples made ready."""
    return tuple(
        (
            row,
            re.compile(row.pattern),
            frozenset(_words(text) for text in row.examples),
        )
        for row in DESCRIPTIONS
    )


def _recognise_whole(text: str) -> Recognised | None:
    normalised = normalise_description(text)
    for row, pattern, examples in _rows():
        if pattern.fullmatch(normalised):
            return Recognised(
                name=row.name,
                verdict=row.verdict,
                record=row.record,
                wording=row.wording,
                clause=row.clause,
                evidence="published" if _words(text) in examples else "assumed",
            )
    return None


def recognise(description: str) -> Recognised | None:
    """Return what the table says of a description of another document.

    The whole description has to match a row. When it does not and names several
    things (divided by a comma, an oblique, a plus, an ampersand, a semicolon, *and* or
    *or*), every one of them has to match a row. Then it is what the first of them is
    that has a type, a document before a relationship; else the first that is trusted;
    else it is not accepted, or none, as the first of them says. Where one says that
    nothing was shown and another names a document, nobody but a person can tell which
    is meant.

    Args:
        description: The description as it stands.

    Returns:
        The verdict, or None when a person decides: no row matches, so that nothing is
        known against the description; or its parts do not agree, such as *passport,
        not seen*.

    Source: LRS portal guide, Appendix D (published); variants and lists are assumed.
    """
    if not description.strip():
        return None
    whole = _recognise_whole(description)
    if whole is not None:
        return whole
    parts = [
        _recognise_whole(part) for part in _BETWEEN.split(description) if part.strip()
    ]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    proofs = sorted((one for one in known if one.record is not _NONE), key=_rank)
    if not proofs:
        return attrs.evolve(known[0], evidence="assumed")
    if any(one.name == _SAYS_NONE for one in known):
        return None
    return attrs.evolve(proofs[0], evidence="assumed")


_BETWEEN = re.compile(r"[,/;+&]|\b(?:and|or)\b", re.IGNORECASE)
_SAYS_NONE = "none provided"


def _rank(proof: Recognised) -> int:
    """Return 0 for a document with a type, 1 for another one, 2 for a relationship."""
    if proof.verdict is Verdict.TRUSTED:
        return 1
    return 2 if proof.record is _SCHOOL else 0


@attrs.frozen(kw_only=True)
class ToRecord:
    """What to put into the two fields of a learner's record.

    Attributes:
        verification_type: The type.
        other_verification_description: The description with type 999, else None.
        clause: The id of the clause that says so.
        needs_a_person: Whether somebody has to decide that a document was shown, and
            that a trusted third party issued it; if not, type 0 is recorded.
    """

    verification_type: VerificationType
    other_verification_description: str | None = attrs.field(default=None, repr=False)
    clause: str
    needs_a_person: bool = False


def without_proof() -> ToRecord:
    """Return what to record of a learner who brings no proof of identity.

    Enrolment goes on: the learner is registered with type 0, and `worklist` brings the
    record up again.

    Returns:
        Type 0 without a description.

    Source: LRS portal guide, section 4.2.2 (published); LRS frequently asked
    questions, on verifying identity (published).
    """
    return ToRecord(verification_type=_NONE, clause="PG-4.2.2-2")


def to_record(shown: str | None, *, is_pre_16_school: bool = False) -> ToRecord:
    """Return what to record of a learner, from what was shown, in anybody's words.

    Args:
        shown: For example *passport*, *bank card*, *by college*; None or blank when
            nothing was shown.
        is_pre_16_school: Whether the organisation is a school for pupils under 16.

    Returns:
        The type of a document that has one; type 999 and a wording for a trusted
        document; type 0 for what is not accepted, and for relationship with school
        elsewhere than in such a school. What no row knows, or what does not agree with
        itself (*passport, not seen*), is type 999 in the caller's own words, and says
        that a person has to decide.

    Source: LRS portal guide, Appendix D (published).
    """
    if shown is None or not shown.strip():
        return without_proof()
    known = recognise(shown)
    if known is None:
        return ToRecord(
            verification_type=_OTHER,
            other_verification_description=squeeze(shown),
            clause="PG-D-7",
            needs_a_person=True,
        )
    if TYPES[known.record].only_pre_16_schools and not is_pre_16_school:
        return ToRecord(verification_type=_NONE, clause="PG-D-3")
    return ToRecord(
        verification_type=known.record,
        other_verification_description=known.wording or None,
        clause=known.clause,
    )


# --- checks ---------------------------------------------------------------------------


def check_description(learner: Learner) -> Report:
    """Check that a description goes with type 999, and only with it.

    Args:
        learner: The learner as given.

    Returns:
        An error for type 999 without a description, a warning for a description with
        another type.

    Source: LRS portal guide, Appendix D (published).
    """
    is_other = learner.verification_type == _OTHER.value
    is_described = bool((learner.other_verification_description or "").strip())
    if is_other == is_described:
        return Report()
    code = "missing" if is_other else "unused"
    return Report([issue(f"verification-description-{code}", _DESCRIPTION)])


def check_relationship_with_school(
    learner: Learner, *, is_pre_16_school: bool
) -> Report:
    """Check that only schools for pupils under 16 use type 1.

    Args:
        learner: The learner as given.
        is_pre_16_school: Whether the organisation is such a school.

    Returns:
        A warning when another organisation uses it.

    Source: LRS portal guide, Appendix D (published).
    """
    if learner.verification_type == _SCHOOL.value and not is_pre_16_school:
        return Report([issue("verification-not-pre-16-school", "verification_type")])
    return Report()


def check(learner: Learner, *, is_pre_16_school: bool | None = None) -> Report:
    """Check how a learner's identity was verified.

    Args:
        learner: The learner as given.
        is_pre_16_school: Whether the organisation is a school for pupils under 16;
            None when that is not known, and then nobody is told off for type 1.

    Returns:
        What is wrong with the two fields together, and advice on what to record
        instead. A learner without proof is no finding: that never prevents enrolment.

    Source: LRS portal guide, Appendix D (published).
    """
    found: list[Issue] = []
    if is_pre_16_school is not None:
        found += check_relationship_with_school(
            learner, is_pre_16_school=is_pre_16_school
        )
    found += check_description(learner)
    if learner.verification_type == _OTHER.value:
        found += _advice(learner.other_verification_description or "")
    return Report(found)


def _advice(description: str) -> Iterator[Issue]:
    """Say what to record instead of a description with type 999."""
    known = recognise(description)
    if known is None:
        return
    if known.verdict is Verdict.NOT_ACCEPTED:
        yield issue("verification-description-not-accepted", _DESCRIPTION)
    elif known.verdict is Verdict.HAS_A_TYPE:
        yield issue(
            "verification-description-has-type",
            _DESCRIPTION,
            type=known.record.value,
            label=known.record.label,
        )
    elif _is_reworded(known.name) and fold_text(description) != known.wording:
        yield issue(
            "verification-description-wording", _DESCRIPTION, wording=known.wording
        )


def _is_reworded(name: str) -> bool:
    """Say whether a document prescribes how the description of a row is worded."""
    return any(row.is_prescribed for row in DESCRIPTIONS if row.name == name)


# --- upgrading evidence later ---------------------------------------------------------


@attrs.frozen(kw_only=True)
class Unproved:
    """One learner whose identity is still to be verified.

    Attributes:
        learner: The ULN or another identifier, as given.
        created: The day the record was made.
        days: How many days ago that was.
    """

    learner: str
    created: dt.date
    days: int


def worklist(
    records: Iterable[tuple[object, str | None, dt.date]],
    as_of: dt.date,
    *,
    types: Collection[str] = (_NONE,),
) -> tuple[Unproved, ...]:
    """Return the learners whose identity is still to be verified, oldest first.

    Args:
        records: For each learner a ULN or another identifier, the verification type
            and the day the record was made, or the day and time.
        as_of: The day of the list; records made after it are not on it.
        types: Which types are on the list. Give every type without Level One to
            bring up those who cannot see their own record online either.

    Returns:
        The learners of those types, by day and then by identifier. With type 0 asked
        for, learners without any type are on it as well (assumed): they too are still
        to be verified. `share_of_none` leaves them out, for it measures type 0.

    Source: LRS portal guide, section 4.2.2 (published: verified later); that the
    oldest come first is ours.
    """
    wanted = {str(one) for one in types}
    if _NONE.value in wanted:
        wanted.add("")
    today = day_of(as_of)
    dated = ((learner, kind, day_of(created)) for learner, kind, created in records)
    found = [
        Unproved(learner=str(learner), created=created, days=(today - created).days)
        for learner, kind, created in dated
        if (kind or "").strip() in wanted and created <= today
    ]
    return tuple(sorted(found, key=lambda one: (one.created, one.learner)))


@attrs.frozen(kw_only=True)
class ShareOfNone:
    """How many of an organisation's learners have no proof of identity.

    Attributes:
        none: The learners with type 0.
        total: All learners.
        threshold: The share from which the caller calls it high; None when the
            caller gave none.
        clause: The id of the clause.
    """

    none: int
    total: int
    threshold: float | None = None
    clause: str = "PG-E-1"

    @property
    def share(self) -> float:
        """The share, 0 to 1; 0 when there is nobody."""
        return self.none / self.total if self.total else 0.0

    @property
    def is_high(self) -> bool | None:
        """Whether the share is at the threshold or over; None without a threshold."""
        if self.threshold is None:
            return None
        return self.none > 0 and self.share >= self.threshold

    def __str__(self) -> str:
        measure = f"{self.none} of {self.total} learners ({self.share:.1%}) have type 0"
        threshold = (
            "no threshold is given"
            if self.threshold is None
            else f"the threshold given here is {self.threshold:.1%}"
        )
        return (
            f"{measure}, none provided. The service may contact organisations with "
            f"many of them; it publishes no threshold, and {threshold}."
        )


def share_of_none(
    counts: Mapping[str, int], *, threshold: float | None = None
) -> ShareOfNone:
    """Return an organisation's share of learners with type 0 as a measure.

    The guide warns that the service may contact organisations with many of them. It
    publishes no threshold, so a caller gives one or none.

    Args:
        counts: The number of learners by verification type. Texts that are no type,
            and a type that is missing, count as learners, not as type 0: the guide
            speaks of who is set to none provided. `worklist` has them all the same,
            for nobody has verified them.
        threshold: The share, 0 to 1, from which the caller calls it high.

    Returns:
        The measure.

    Raises:
        ValueError: A count is negative, or the threshold is not between 0 and 1.

    Source: LRS portal guide, Appendix E (published); the threshold is the caller's.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is negative")
    if threshold is not None and not 0 <= threshold <= 1:
        raise ValueError("a threshold is a share, from 0 to 1")
    none = sum(count for code, count in counts.items() if code == _NONE)
    return ShareOfNone(none=none, total=sum(counts.values()), threshold=threshold)

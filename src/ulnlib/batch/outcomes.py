"""What can happen to a record of a batch, and the return code that says so.

That RC001 to RC005 are successes and RC006 and later exceptions is published; which
of them means what is in part our reading. `ReturnCodes.replace` overrides it.
"""

from __future__ import annotations

__all__ = [
    "ASSUMED_MEANINGS",
    "DEFAULT_RETURN_CODES",
    "NO_KNOWN_CODE",
    "Count",
    "Happening",
    "ReturnCodes",
    "of_defects",
]

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from ulnlib.codes import ReturnCode
from ulnlib.issues import Issue


class Count(StrEnum):
    """What a record is counted as in the summary of a batch.

    Source: batchlearner.xsd, the counters of GetSubmitBatchOutputResponse (observed).
    """

    NEW = "new"
    EXISTING = "existing or updated"
    POSSIBLE = "possible match"
    NOT_FOUND = "not found"
    REJECTED = "rejected"


class Happening(StrEnum):
    """What happened to one record."""

    CREATED = "created"
    FOUND = "found"
    UPDATED = "updated"
    LINKED = "linked"
    NOBODY = "nobody"
    INSUFFICIENT = "insufficient"
    POSSIBLE = "possible"
    TOO_MANY = "too_many"
    ULN_UNKNOWN = "uln_unknown"
    ULN_DISAGREES = "uln_disagrees"
    NULL = "null"
    FORMAT = "format"
    IDENTIFIER = "identifier"
    AGE = "age"
    DUPLICATE = "duplicate"
    COMBINATION = "combination"
    SHARE_REFUSED = "share_refused"

    @property
    def counted_as(self) -> Count:
        """What it is counted as."""
        return _TABLE[self].counted_as

    @property
    def meaning(self) -> str:
        """What happened, in a sentence."""
        row = _TABLE[self]
        return row.meaning or f"{row.code.label}."

    @property
    def remedy(self) -> str:
        """What to do next, in a sentence or two."""
        row = _TABLE[self]
        return row.remedy or row.code.remedy


@attrs.frozen
class _Row:
    """One row of the table.

    Where a return code has one happening only, its words are those of the code list,
    so that a run and a joined output say the same.
    """

    code: ReturnCode
    counted_as: Count
    meaning: str = ""
    remedy: str = ""


_TABLE: Mapping[Happening, _Row] = MappingProxyType(
    {
        Happening.CREATED: _Row(
            ReturnCode.CREATED,
            Count.NEW,
        ),
        Happening.FOUND: _Row(
            ReturnCode.FOUND,
            Count.EXISTING,
        ),
        Happening.UPDATED: _Row(
            ReturnCode.UPDATED,
            Count.EXISTING,
        ),
        Happening.LINKED: _Row(
            ReturnCode.LINKED,
            Count.EXISTING,
        ),
        Happening.NOBODY: _Row(
            ReturnCode.NOT_FOUND,
            Count.NOT_FOUND,
        ),
        Happening.INSUFFICIENT: _Row(
            ReturnCode.INSUFFICIENT_DATA,
            Count.REJECTED,
        ),
        Happening.POSSIBLE: _Row(
            ReturnCode.POSSIBLE_MATCH,
            Count.POSSIBLE,
        ),
        Happening.TOO_MANY: _Row(
            ReturnCode.TOO_MANY_MATCHES,
            Count.POSSIBLE,
        ),
        Happening.ULN_UNKNOWN: _Row(
            ReturnCode.ULN_DISAGREES,
            Count.NOT_FOUND,
            "The register does not hold the ULN of this row.",
            "Compare the ULN with the document it came from, or clear it to have the "
            "learner found by name.",
        ),
        Happening.ULN_DISAGREES: _Row(
            ReturnCode.ULN_DISAGREES,
            Count.REJECTED,
            "The register holds the ULN, and fewer than four of the five key details "
            "agree with its record, or the given name is quite another.",
            "It may be another person's ULN. Check it with the learner; if more than "
            "one key detail has changed, send them one at a time.",
        ),
        Happening.NULL: _Row(
            ReturnCode.NULL_VALUES,
            Count.REJECTED,
        ),
        Happening.FORMAT: _Row(
            ReturnCode.INCORRECT_FORMAT,
            Count.REJECTED,
            "A field has not the right format.",
            "Correct the fields named here and send the learner again.",
        ),
        Happening.IDENTIFIER: _Row(
            ReturnCode.INCORRECT_IDENTIFIER,
            Count.REJECTED,
        ),
        Happening.AGE: _Row(
            ReturnCode.OUTSIDE_AGE_RANGE,
            Count.REJECTED,
        ),
        Happening.DUPLICATE: _Row(
            ReturnCode.INCORRECT_FORMAT,
            Count.REJECTED,
            "The learner, the ULN or the MIS identifier stands in an earlier row of "
            "the same file.",
            "Keep the row that is right and remove the other from your system.",
        ),
        Happening.COMBINATION: _Row(
            ReturnCode.INCORRECT_FORMAT,
            Count.REJECTED,
            "Several things are wrong with the row.",
            "Correct the fields named here and send the learner again.",
        ),
        Happening.SHARE_REFUSED: _Row(
            ReturnCode.INCORRECT_FORMAT,
            Count.REJECTED,
            "Ability to share cannot go back to 0, nor become 2 since 25 May 2018.",
            "Send 1 when the learner has seen the privacy notice, or leave it empty.",
        ),
    }
)

_BY_KIND = MappingProxyType(
    {
        "null": Happening.NULL,
        "format": Happening.FORMAT,
        "identifier": Happening.IDENTIFIER,
        "age": Happening.AGE,
        "duplicate": Happening.DUPLICATE,
    }
)


def of_defects(errors: Iterable[Issue]) -> Happening | None:
    """Say what defects of a row come to, or None for none.

    One kind of defect has its own return code; several kinds together have that of an
    incorrect format.

    Source: assumed; return code RC011 is described as a combination of different
    exceptions (observed).
    """
    kinds = {item.kind for item in errors}
    if not kinds:
        return None
    return _BY_KIND[kinds.pop()] if len(kinds) == 1 else Happening.COMBINATION


@attrs.frozen
class ReturnCodes:
    """Which return code says what happened.

    Attributes:
        codes: The code of each happening.
    """

    codes: Mapping[Happening, str] = attrs.field(
        factory=lambda: MappingProxyType(
            {happening: row.code.value for happening, row in _TABLE.items()}
        )
    )

    def replace(self, codes: Mapping[Happening, str]) -> ReturnCodes:
        """Return the same with other codes for some happenings.

        Args:
            codes: For example `{Happening.FOUND: "RC001"}`.
        """
        return ReturnCodes(MappingProxyType({**self.codes, **codes}))

    def __getitem__(self, happening: Happening) -> str:
        return self.codes[happening]


DEFAULT_RETURN_CODES = ReturnCodes()
"""Our reading of the return codes; see the code list for the evidence of each.

Source: LRS portal guide, section 1.3 (published: which are exceptions); meanings of
RC001 to RC005 and RC007 to RC009 are assumed.
"""

ASSUMED_MEANINGS = (
    "The meanings of return codes RC001 to RC005 and RC007 to RC009 are assumed; see "
    "the code lists."
)
"""What every output says that rests on them."""

NO_KNOWN_CODE = (
    "There is no return code that is known",
    "Look the record up in the portal.",
)
"""What happened to a record without one, and what to do."""

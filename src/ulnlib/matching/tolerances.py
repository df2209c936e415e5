"""The tolerances of a search: in what two records of one person may differ.

Each is small, has a name, a source, and can be switched off. What each says stands
in a table; which levels of agreement it allows, in the table of levels.

Examples:
    >>> Tolerance.SURNAME_AFFIX.label
    'Prefix or suffix'
    >>> Tolerance.GENDER.is_explained
    False
"""

from __future__ import annotations

__all__ = ["TOLERANCES", "UNEXPLAINED", "Tolerance"]

from enum import StrEnum
from functools import cache

from ulnlib import _tables


class Tolerance(StrEnum):
    """What differs between two records that may be of one person.

    The last five say that a field is another and no tolerance explains it.

    Source: LRS portal guide, Appendix B (published), where the table says nothing
    else; see `evidence` and `source` of each.
    """

    PREVIOUS_FAMILY_NAME = "previous_family_name"
    NAMES_SWAPPED = "names_swapped"
    MIDDLE_NAME = "middle_name"
    SURNAME_AFFIX = "surname_affix"
    PREFERRED_NAME = "preferred_name"
    NICKNAME = "nickname"
    NAME_VARIANT = "name_variant"
    SPELLING = "spelling"
    SOUND = "sound"
    DOUBLE_BARRELLED = "double_barrelled"
    GIVEN_NAMES_TOGETHER = "given_names_together"
    INITIALS = "initials"
    MARKS = "marks"
    CUT_NAME = "cut_name"
    DAY_MONTH_SWAPPED = "day_month_swapped"
    FIRST_OF_MONTH = "first_of_month"
    FIRST_OF_JANUARY = "first_of_january"
    FIRST_OF_JANUARY_NEAR = "first_of_january_near"
    DATE_DIGIT = "date_digit"
    YEAR_OFF = "year_off"
    OTHER_POSTCODE = "other_postcode"
    DEFAULT_POSTCODE = "default_postcode"
    POSTCODE_CHARACTER = "postcode_character"
    MOVED = "moved"
    GENDER_NOT_KNOWN = "gender_not_known"
    GENDER_MISKEYED = "gender_miskeyed"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    DATE_OF_BIRTH = "date_of_birth"
    GENDER = "gender"
    POSTCODE = "postcode"

    @property
    def label(self) -> str:
        """What a registrar calls it."""
        return _texts()[self]["label"]

    @property
    def meaning(self) -> str:
        """What it is, in a sentence."""
        return _texts()[self]["meaning"]

    @property
    def evidence(self) -> str:
        """How well it is known: published or assumed."""
        return _texts()[self]["evidence"]

    @property
    def source(self) -> str:
        """Where it stands."""
        return _texts()[self]["source"]

    @property
    def is_explained(self) -> bool:
        """Whether it says why the field differs, and can be switched off."""
        return self not in UNEXPLAINED


UNEXPLAINED = frozenset(
    {
        Tolerance.GIVEN_NAME,
        Tolerance.FAMILY_NAME,
        Tolerance.DATE_OF_BIRTH,
        Tolerance.GENDER,
        Tolerance.POSTCODE,
    }
)
"""What only says that a field is another."""

TOLERANCES = frozenset(Tolerance) - UNEXPLAINED
"""All that can be switched off."""


@cache
def _texts() -> dict[Tolerance, dict[str, str]]:
    return {
        Tolerance(row["code"]): dict(row) for row in _tables.load("tolerances").rows
    }

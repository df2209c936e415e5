"""What differs between two learners of whom one is said to be the other.

A merge of records that differ much needs a reason. Which differences are strong
stands in a table; a caller may give another.

Examples:
    >>> one = Learner(given_name="Ada", family_name="Example", postcode="ZA1 1AA")
    >>> other = Learner(given_name="ADA", family_name="Example", postcode="ZA9 9ZZ")
    >>> [(found.field, found.is_strong) for found in differences(one, other)]
    [('postcode', True)]
"""

from __future__ import annotations

__all__ = ["COMPARED", "EXPLAINED_BY", "NOT_TOLD", "Difference", "differences"]

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ulnlib._text import fold_postcode, fold_text
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.postcode import is_default

COMPARED: Mapping[str, bool] = MappingProxyType(
    {
        "given_name": True,
        "family_name": True,
        "date_of_birth": True,
        "gender": True,
        "postcode": True,
        "middle_names": False,
        "address_line_1": False,
        "town": False,
        "place_of_birth": False,
        "nationality": False,
        "email": False,
        "scottish_candidate_number": True,
        "upn": True,
        "uci": True,
    }
)
"""What is compared, and whether a difference is a strong one.

Source: LRS portal guide, section 6.1 (published: the postcode, as an example); the
other rows are assumed: the five key demographics and the numbers of one person are
strong, and what changes in a life or is spelt at will is not.
"""

EXPLAINED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "given_name": ("preferred_given_name",),
        "family_name": ("previous_family_name", "family_name_at_16"),
    }
)
"""Fields of which one that agrees with the other's value makes a difference slight.

Source: assumed: a former family name of the one is the family name of the other.
"""

NOT_TOLD: Mapping[str, frozenset[str]] = MappingProxyType(
    {"gender": frozenset({"0", "9"})}
)
"""Values that say nothing, and so differ from none.

Source: the code list of genders (published: not known, not specified).
"""


class Difference(NamedTuple):
    """A field in which two learners differ; it does not hold what stands there.

    Attributes:
        field: The learner's field.
        is_strong: Whether a merge in spite of it needs a reason.
    """

    field: str
    is_strong: bool

    @property
    def label(self) -> str:
        """What the field is, in words."""
        return FIELDS[self.field].label


def differences(
    one: Learner, other: Learner, *, compared: Mapping[str, bool] = COMPARED
) -> tuple[Difference, ...]:
    """Return in which fields two learners differ.

    What either does not tell is no difference; nor are capitals, spare spaces, and the
    postcode that stands for none.

    Args:
        one: A learner.
        other: Another; which is first makes no odds.
        compared: Which fields are compared, and which differences are strong.

    Returns:
        The differences, in the order of the table.

    Source: LRS portal guide, section 6.1 (published: data that are significantly
    different need a reason); what that is, is assumed.
    """
    found = []
    for name, is_strong in compared.items():
        first, second = _told(one, name), _told(other, name)
        if first and second and first != second:
            is_explained = second in _former(one, name) or first in _former(other, name)
            found.append(Difference(name, is_strong and not is_explained))
    return tuple(found)


def _told(learner: Learner, name: str) -> str:
    """Return a field as it is compared, empty where it says nothing."""
    text: str = getattr(learner, name) or ""
    if name == "postcode":
        return "" if is_default(text) else fold_postcode(text)
    folded = fold_text(text)
    return "" if folded in NOT_TOLD.get(name, ()) else folded


def _former(learner: Learner, name: str) -> set[str]:
    return {_told(learner, other) for other in EXPLAINED_BY.get(name, ())} - {""}

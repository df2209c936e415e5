"""Levels of agreement: how far one field of two records agrees, by name.

A level is a pure function of two values; what it weighs stands in a table. So any
other program that finds the same levels can give the same number.

Examples:
    >>> level("family_name", "affix").label
    'prefix or suffix'
"""

from __future__ import annotations

__all__ = ["COMPARED", "Level", "level", "levels_of"]

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import attrs

from ulnlib import _tables
from ulnlib.matching.tolerances import Tolerance

COMPARED = (
    "given_name",
    "family_name",
    "date_of_birth",
    "gender",
    "postcode",
    "middle_names",
    "place_of_birth",
    "school_at_16",
    "email",
    "address",
    "town",
    "county",
    "upn",
    "uci",
    "scottish_candidate_number",
)
"""What is compared, in order: the five key demographics, then the refiners."""


# There is one of each, made from the table: they are told apart by identity.
@attrs.frozen(kw_only=True, eq=False)
class Level:
    """One level of agreement of one field.

    Attributes:
        field: What is compared.
        name: Its name, unique in the field.
        label: What a registrar reads.
        weight: Hundredths of a bit: what it says for (or against) one person. Where
            `of_name` holds, what is taken from the weight of the name.
        of_name: Whether it weighs by how rare the name is.
        least: Of a name, the lowest that it comes to.
        tolerance: The tolerance that allows it; None for one that is always there.
        reason: Why it weighs this.
    """

    field: str
    name: str
    label: str
    weight: int
    of_name: bool = False
    least: int = 0
    tolerance: Tolerance | None = None
    reason: str

    @property
    def is_equal(self) -> bool:
        """Whether the field agrees wholly."""
        return self.name == "equal"


@cache
def _levels() -> Mapping[str, Mapping[str, Level]]:
    found: dict[str, dict[str, Level]] = {name: {} for name in COMPARED}
    for row in _tables.load("match_levels").rows:
        code = row.get("tolerance")
        one = Level(
            field=row["field"],
            name=row["level"],
            label=row["label"],
            weight=row["weight"],
            of_name=row.get("of_name", False),
            least=row.get("least", 0),
            tolerance=None if code is None else Tolerance(code),
            reason=row["reason"],
        )
        found[one.field][one.name] = one
    return MappingProxyType({f: MappingProxyType(rows) for f, rows in found.items()})


def levels_of(field: str) -> Mapping[str, Level]:
    """Return the levels of a field by name, strongest first.

    Raises:
        KeyError: The field is not compared; its name is no person's detail.
    """
    return _levels()[field]


def level(field: str, name: str) -> Level:
    """Return a level.

    Raises:
        KeyError: There is no such field or level; neither is a person's detail.
    """
    return _levels()[field][name]

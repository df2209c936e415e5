"""Names of invented people: given by sex and period of birth, family by frequency."""

from __future__ import annotations

__all__ = ["FEMALE", "MALE", "Names", "email_local_part", "names"]

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ulnlib.testing._draw import Weighted, rows

if TYPE_CHECKING:
    from random import Random

FEMALE, MALE = "F", "M"

_PERIODS = (  # the first year of birth that a column is not used for, and the column
    (1996, "scotland_1974_1995"),
    (2005, "uk_1996_2004"),
    (9999, "uk_2005_2013"),
)

_ACCENTED = {
    "Chloe": "Chloë",
    "Ciaran": "Ciarán",
    "Eloise": "Éloïse",
    "Esme": "Esmé",
    "Mairi": "Màiri",
    "Orla": "Órla",
    "Ronan": "Rónán",
    "Sean": "Seán",
    "Sian": "Siân",
    "Siobhan": "Siobhán",
    "Sofia": "Sofía",
    "Zoe": "Zoë",
}
"""Statistics write names without accents; their bearers often do not."""

_ACCENTED_SHARE = 0.3
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "ş": "s"})


class Names:
    """Draws names."""

    def __init__(self) -> None:
        given = rows("given_names")
        self._given = {
            (sex, column): Weighted(
                (row["name"], int(row[column])) for row in given if row["sex"] == sex
            )
            for sex in (FEMALE, MALE)
            for _, column in _PERIODS
        }
        self._family = Weighted(
            (row["name"], int(row["weight"])) for row in rows("surnames")
        )
        self._preferred = {
            row["name"]: row["preferred"] for row in rows("preferred_names")
        }

    def given(self, chance: Random, sex: str, year: int) -> str:
        """Return a given name for a sex and a year of birth."""
        column = next(column for end, column in _PERIODS if year < end)
        name = self._given[sex, column].draw(chance.random())
        accented = _ACCENTED.get(name)
        if accented is not None and chance.random() < _ACCENTED_SHARE:
            return accented
        return name

    def family(self, chance: Random) -> str:
        """Return a family name."""
        return self._family.draw(chance.random())

    def preferred(self, given: str) -> str | None:
        """Return the shorter form of a given name, when it has one."""
        return self._preferred.get(given)


@cache
def names() -> Names:
    """Return the names, reading the tables at the first call."""
    return Names()


def email_local_part(given: str, family: str) -> str:
    """Return what stands before the @ in the address of somebody of that name."""
    plain = unicodedata.normalize("NFKD", f"{given}.{family}".translate(_LETTERS))
    return "".join(
        c for c in plain.lower() if c.isascii() and (c.isalpha() or c == ".")
    )

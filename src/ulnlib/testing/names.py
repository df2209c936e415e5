"""Names of invented people: given by sex, year of birth and community; family names.

Somebody's given and family names are drawn from the same community, because in life
they go together: without that a Mohammed is a Smith as often as a Khan, and a register
has too few people with one and the same name. A community here is a list of names, and
says nothing else of anybody.
"""

from __future__ import annotations

__all__ = ["FEMALE", "MALE", "Community", "Names", "email_local_part", "names", "plain"]

import unicodedata
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ulnlib.testing._draw import Weighted, rows, weighted

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FEMALE, MALE = "F", "M"

ANYBODY = "b"
"""The community of everybody who is of no other."""

_RANKED = ("1964", "1974", "1984", "1994")  # for births up to 1969, 1979, 1989, 1995
_SCOTLAND = "scotland_1974_1995"
_COUNTED = ("uk_1996_2004", "uk_2005_2013")
_PERIODS = (*_RANKED, *_COUNTED)
_PERIOD_ENDS = (1970, 1980, 1990, 1996, 2005)
_PERIOD_OF = {
    year: _PERIODS[sum(year >= end for end in _PERIOD_ENDS)]
    for year in range(1850, 2150)
}

_ENGLAND_AND_WALES = 4
"""How much more the ranks of England and Wales count than the births of Scotland."""

_COMMONER = 12
"""How much commoner a name is where its letter says so."""

_LISTED_WITH = {"a": "m", "o": "m", "d": "h"}
"""Communities whose given names in the statistics are those of another."""

_GENERAL = frozenset("biyg")
"""Communities that share their given names; a letter says where one is commoner."""

_OF_ANYBODY = 8
"""One in how many with a name that everybody has is of a community that has it too."""

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
_ACCENTS_LOST_SHARE = 0.55
"""How many of the names that have accents at home are written without here."""

_LETTERS = str.maketrans(
    {
        **dict(zip("łŁøØşđ", "lLoOsd", strict=True)),
        "ß": "ss",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)

_WOMENS_NAMES = weighted("Begum 40, Bibi 18, Khatun 16, Akhtar 10, Sultana 8, Khanum 4")
_WOMENS_NAMES_SHARE = 0.08
_WOMENS_FORMS = {
    "p": {"ski": "ska", "cki": "cka", "dzki": "dzka"},
    "e": {"ov": "ova", "ev": "eva", "ovs": "ova"},
}
_WOMENS_FORMS_SHARE = 0.6


class Community(NamedTuple):
    """What is drawn by community, as shares of 1."""

    letter: str
    foreign: tuple[float, float]
    given_anybody: float
    family_anybody: float
    january: float
    middle: float


class Names:
    """Draws names."""

    def __init__(self) -> None:
        table = rows("communities")
        self._communities = {
            row["letter"]: Community(
                row["letter"],
                (
                    int(row["foreign_before_1990"]) / 100,
                    int(row["foreign_since_1990"]) / 100,
                ),
                int(row["given_anybody"]) / 100,
                int(row["family_anybody"]) / 100,
                int(row["january"]) / 1000,
                int(row["middle"]) / 100,
            )
            for row in table
        }
        self._shares = tuple(
            Weighted((row["letter"], int(row[column])) for row in table)
            for column in ("share_before_1990", "share_since_1990")
        )
        self._given = _GivenNames()
        self._elsewhere = _given_elsewhere()
        self._weights = _family_names()
        self._family = {
            letter: Weighted(weights.items())
            for letter, weights in self._weights.items()
        }
        self._preferred = {
            row["name"]: tuple(row["preferred"].split(";"))
            for row in rows("preferred_names")
        }
        self._plain: dict[str, str] = {}

    def community(self, chance: Random, year: int) -> Community:
        """Return the community of a family, one of whom was born in a year."""
        return self._communities[self._shares[year >= 1990].draw(chance.random())]

    def community_of(self, family: str) -> Community:
        """Return the community in which a family name is most frequent."""
        return self._communities[self._home.get(family, ANYBODY)]

    def given(
        self, chance: Random, sex: str, year: int, community: Community | None = None
    ) -> str:
        """Return a given name for a sex, a year of birth and a community."""
        draw = chance.random
        letter = ANYBODY if community is None else community.letter
        if community is not None:
            if (foreign := community.foreign[year >= 1990]) and draw() < foreign:
                return self._written(draw, self._foreign(draw, sex, letter))
            if draw() < community.given_anybody and letter not in _GENERAL:
                letter = ANYBODY
        name = self._given[letter, sex, _PERIOD_OF[year]].draw(draw())
        accented = _ACCENTED.get(name)
        if accented is not None and draw() < _ACCENTED_SHARE:
            return accented
        return name

    def family(self, chance: Random, community: Community | None = None) -> str:
        """Return a family name of a community, or of anybody."""
        draw = chance.random
        letter = ANYBODY if community is None else community.letter
        if community is not None and draw() < community.family_anybody:
            letter = ANYBODY
        return self._written(draw, self._family[letter].draw(draw()))

    def family_of(self, chance: Random, family: str, sex: str, letter: str) -> str:
        """Return the form that a family's name has for one of them."""
        if letter == "s":
            if family in {"Singh", "Kaur"}:
                return "Singh" if sex is MALE else "Kaur"
        elif sex is FEMALE and letter in _WOMENS_FORMS:
            hers = _hers_form(family, letter)
            if hers != family and chance.random() < _WOMENS_FORMS_SHARE:
                return hers
        elif sex is FEMALE and letter == "m" and chance.random() < _WOMENS_NAMES_SHARE:
            return _WOMENS_NAMES.draw(chance.random())
        return family

    def is_family(self, name: str) -> bool:
        """Say whether somebody has a family name."""
        return name in self._home

    def beginning_with(self, text: str) -> tuple[str, ...]:
        """Return longer family names of western Europe that begin with a text."""
        found = self._weights["u"]
        return tuple(n for n in found if n.startswith(text) and len(n) > len(text))

    def preferred(self, given: str) -> tuple[str, ...]:
        """Return the other forms of a given name that its bearers go by."""
        return self._preferred.get(given, ())

    @cached_property
    def _home(self) -> dict[str, str]:
        """The community in which each family name is most frequent."""
        best: dict[str, tuple[float, str]] = {}
        for row in rows("communities"):
            letter = row["letter"]
            weights = self._weights[letter]
            scale = int(row["share_since_1990"]) / sum(weights.values())
            for name, weight in weights.items():
                found = (weight * scale, letter)
                for spelling in (name, plain(name), _hers_form(name, letter)):
                    best[spelling] = max(found, best.get(spelling, found))
        return {name: letter for name, (_, letter) in best.items()}

    def _foreign(self, draw: Callable[[], float], sex: str, letter: str) -> str:
        """Return a given name from elsewhere; Chinese ones mostly have two parts."""
        pool = self._elsewhere[letter, sex]
        name = pool.draw(draw())
        if letter == "c" and len(name) < 6 and draw() < 0.6:
            second = pool.draw(draw())
            if second != name and len(second) < 6:
                return f"{name}{'-' if draw() < 0.2 else ' '}{second}"
        return name

    def _written(self, draw: Callable[[], float], name: str) -> str:
        """Return a name as it is written here, often without its accents."""
        if name.isascii() or draw() >= _ACCENTS_LOST_SHARE:
            return name
        found = self._plain.get(name)
        if found is None:
            found = self._plain[name] = plain(name)
        return found


class _Listed(NamedTuple):
    """A given name of the statistics, with its figures."""

    name: str
    letters: str
    births: dict[str, int]


class _GivenNames(dict[tuple[str, str, str], Weighted[str]]):
    """The given names of the statistics by community, sex and period, as asked for."""

    def __init__(self) -> None:
        self._listed: dict[str, list[_Listed]] = {FEMALE: [], MALE: []}
        self._ranks: dict[str, list[dict[str, str]]] = {FEMALE: [], MALE: []}
        for row in rows("given_names"):
            births = {p: int(row[p] or 0) for p in (_SCOTLAND, *_COUNTED)}
            letters = row["communities"] or ANYBODY
            self._listed[row["sex"]] += [
                _Listed(name, letters, births) for name in row["names"].split(";")
            ]
        for row in rows("given_ranks"):
            self._ranks[row["sex"]].append(row)

    def __missing__(self, key: tuple[str, str, str]) -> Weighted[str]:
        letter, sex, period = key
        if letter in _GENERAL:
            found = Weighted(self._general(letter, sex, period).items())
        else:
            mark = _LISTED_WITH.get(letter, letter)
            # Before 1996 only Scotland is counted, where few of these names are.
            counts = period if period in _COUNTED else _COUNTED[0]
            found = Weighted(
                (one.name, _its_share(one, counts))
                for one in self._listed[sex]
                if mark in one.letters
            )
        self[key] = found = found or self[ANYBODY, sex, period]
        return found

    def _general(self, letter: str, sex: str, period: str) -> dict[str, int]:
        """Return the weights of the names of anybody, or of one of the four nations."""
        listed = self._listed[sex]
        counts = period if period in _COUNTED else _SCOTLAND
        weights = {
            one.name: one.births[counts]
            for one in listed
            if ANYBODY in one.letters or _GENERAL.issuperset(one.letters)
        }
        if period in _RANKED:
            by_rank = sorted((one.births[_SCOTLAND] for one in listed), reverse=True)
            for row in self._ranks[sex]:
                if row[period]:
                    more = _ENGLAND_AND_WALES * by_rank[int(row[period]) - 1]
                    weights[row["name"]] = weights.get(row["name"], 0) + more
        if letter != ANYBODY:
            for one in listed:
                if letter in one.letters and one.name in weights:
                    weights[one.name] *= _COMMONER
        return weights


def _its_share(one: _Listed, counts: str) -> int:
    """Return how many births of a name are a community's own."""
    births = one.births[counts]
    return births // _OF_ANYBODY if ANYBODY in one.letters else births


def _hers_form(family: str, letter: str) -> str:
    """Return the form of a family name that women have in a community."""
    for ending, hers in _WOMENS_FORMS.get(letter, {}).items():
        if family.endswith(ending):
            return family.removesuffix(ending) + hers
    return family


def _given_elsewhere() -> dict[tuple[str, str], Weighted[str]]:
    """Return the given names from elsewhere by community and sex."""
    table = rows("given_elsewhere")
    found = {}
    for key, group in groupby(table, key=lambda row: (row["community"], row["sex"])):
        pairs = []
        for row in group:
            first, *rest = row["names"].split(";")
            if first == "-":
                pairs += [(name, 20) for name in rest]
            else:
                pairs += [(n, 10_000 // (k + 6)) for k, n in enumerate([first, *rest])]
        found[key] = Weighted(pairs)
    return found


def _family_names() -> dict[str, dict[str, int]]:
    """Return the weights of family names by community."""
    found: dict[str, dict[str, int]] = {}
    for row in rows("family_names"):
        weights = found.setdefault(row["community"], {})
        weights.update(dict.fromkeys(row["names"].split(";"), int(row["weight"])))
    return found


@cache
def names() -> Names:
    """Return the names, reading the tables at the first call."""
    return Names()


def plain(name: str) -> str:
    """Return a name without its accents."""
    parts = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))


def email_local_part(given: str, family: str) -> str:
    """Return what stands before the @ in the address of somebody of that name."""
    letters = plain(f"{given}.{family}").lower()
    return "".join(c for c in letters if c.isascii() and (c.isalpha() or c == "."))

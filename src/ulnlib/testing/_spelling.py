"""How a name is misspelt: by fingers, by eyes, by memory and by ear.

Each function takes a name and chance, and returns the name as somebody else may write
it, or None where that cannot be; it may be the name itself by chance.

The rules are this package's own and are not the matcher's: they are rules of writing,
of which each changes a few letters, not of codes that two spellings share.

Source: our own, written from general knowledge (assumed).
"""

from __future__ import annotations

__all__ = ["doubled", "dropped", "heard", "keyboard", "letter", "transposed"]

import re
from functools import cache
from typing import TYPE_CHECKING

from ulnlib.testing._draw import one_of, rows
from ulnlib.testing.names import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_READ_AS = {
    "a": "eo",
    "b": "h",
    "c": "e",
    "d": "b",
    "e": "ai",
    "f": "t",
    "g": "qy",
    "h": "nb",
    "i": "ely",
    "j": "i",
    "k": "h",
    "l": "ti",
    "m": "n",
    "n": "mu",
    "o": "au",
    "p": "b",
    "q": "g",
    "r": "n",
    "s": "zc",
    "t": "fl",
    "u": "ov",
    "v": "uw",
    "w": "v",
    "x": "z",
    "y": "gi",
    "z": "s",
}
"""Letters, and others that are read or remembered in their place."""

_READ_AS_PAIRS = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("nn", "m"))


def _neighbours() -> dict[str, str]:
    """Return the keys that touch each letter's key."""
    at = {
        letter: (x + y / 2, y)
        for y, row in enumerate(_KEYS)
        for x, letter in enumerate(row)
    }
    return {
        one: "".join(
            other
            for other, (x2, y2) in at.items()
            if other != one and abs(x1 - x2) <= 1 and abs(y1 - y2) <= 1
        )
        for one, (x1, y1) in at.items()
    }


_TOUCHING = _neighbours()


def _like(letter: str, other: str) -> str:
    """Return another letter as capital or small as one is."""
    return other.upper() if letter.isupper() else other


def _place(name: str, chance: Random) -> int | None:
    """Return the place of a letter of a name, seldom of the first."""
    if len(name) < 3:
        return None
    place = 0 if chance.random() < 0.08 else 1 + int(chance.random() * (len(name) - 1))
    return place if plain(name[place].lower()) in _TOUCHING else None


def keyboard(name: str, chance: Random) -> str | None:
    """Hit the next key, instead of one or as well."""
    if (place := _place(name, chance)) is None:
        return None
    letter = name[place]
    wrong = _like(letter, one_of(_TOUCHING[plain(letter.lower())], chance))
    kept = letter if chance.random() < 0.2 else ""
    return f"{name[:place]}{kept}{wrong}{name[place + 1 :]}"


def letter(name: str, chance: Random) -> str | None:
    """Read one letter as another."""
    if (place := _place(name, chance)) is None:
        return None
    if chance.random() < 0.2:
        for seen, read in _READ_AS_PAIRS:
            if seen in name[1:]:
                return name[0] + name[1:].replace(seen, read, 1)
    letter = name[place]
    wrong = _like(letter, one_of(_READ_AS[plain(letter.lower())], chance))
    return f"{name[:place]}{wrong}{name[place + 1 :]}"


def dropped(name: str, chance: Random) -> str | None:
    """Leave out a letter."""
    if len(name) < 4 or not (place := _place(name, chance)):
        return None
    return name[:place] + name[place + 1 :]


def doubled(name: str, chance: Random) -> str | None:
    """Double a letter."""
    if not (place := _place(name, chance)):
        return None
    return name[:place] + name[place] + name[place:]


def transposed(name: str, chance: Random) -> str | None:
    """Change two letters over."""
    place = _place(name, chance)
    if not place or place + 1 >= len(name) or not name[place + 1].isalpha():
        return None
    return f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}"


_BY_EAR: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(heard), tuple(written))
    for heard, *written in (
        ("ph", "f"),
        ("f(?=[^f])", "ph"),
        ("ff", "f"),
        ("ie", "ei", "ee", "y"),
        ("ei", "ie", "i"),
        ("ck", "k"),
        ("(?<=[aeiou])k(?=[^s]|$)", "ck"),
        ("(?<=[^aeiou])y$", "ie", "ey", "i"),
        ("ey$", "y", "ie"),
        ("ie$", "y", "ey"),
        ("sson", "son"),
        ("(?<=[^s])son$", "sson", "sen"),
        ("sen$", "son"),
        ("c(?=[aouryl])", "k"),
        ("k(?=[aour])", "c"),
        ("c(?=[ei])", "s"),
        ("s(?=[ei])", "c"),
        ("ea", "ee", "e"),
        ("ee", "ea", "i"),
        ("ai", "ay", "a"),
        ("ay", "ai", "ey"),
        ("([bdglmnprst])\\1", "\\1"),
        ("(?<=[aeiou])([lmnprt])(?=[aeiouy])", "\\1\\1"),
        ("th", "t"),
        ("(?<=.)ght", "t", "tt"),
        ("^wr", "r"),
        ("^kn", "n"),
        ("wh", "w"),
        ("ough", "ow", "uff", "o"),
        ("augh", "or", "aw", "arf"),
        ("gh", "", "g"),
        ("x", "cks", "ks"),
        ("cks", "x"),
        ("z", "s"),
        ("(?<=[aeiou])s(?=[aeiou])", "z"),
        ("(?<=[^s])s$", ""),
        ("(?<=[^aeiou])e$", ""),
        ("(?<=[dklnrt])$", "e", "s"),
        ("oo", "u"),
        ("ou", "oo", "u", "ow"),
        ("au", "aw", "or"),
        ("aw", "or", "au"),
        ("er$", "a", "ar", "or"),
        ("or$", "er"),
        ("ar", "er"),
        ("ur", "er", "ir"),
        ("ir", "er", "ur"),
        ("oe", "oh", "o"),
        ("qu", "kw"),
        ("q(?!u)", "k"),
        ("kh", "k"),
        ("([bdgj])h", "\\1"),
        ("aa", "a"),
        ("uu", "u"),
        ("tch", "ch"),
        ("dge", "ge"),
        ("^ge", "je"),
        ("^j", "g"),
        ("mb$", "m"),
        ("(?<=.)ld", "l"),
        ("nds", "ns"),
        ("ian$", "ion", "ean"),
        ("sh", "ch"),
        ("(?<=.)ch", "k", "tch"),
        ("cz", "ch", "tch"),
        ("sz", "sh"),
        ("rz", "zh", "j"),
        ("szcz", "shch", "sch"),
        ("w(?=icz|sk)", "v"),
        ("wicz$", "vich"),
        ("ł", "w", "l"),
        ("ski$", "sky"),
        ("ska$", "sca"),
        ("ow(?=sk)", "ov"),
        ("bh", "v"),
        ("mh", "v"),
        ("dd", "th"),
        ("^ll", "fl", "l"),
        ("wy", "oi", "wi"),
        ("v", "w"),
        ("ț|ţ", "ts"),
        ("ș|ş", "sh"),
        ("escu$", "esku", "esco"),
        ("ão", "ow", "ao"),
        ("ç", "s"),
        ("ñ", "ny"),
        ("eau", "o"),
        ("ullah$", "ulla", "oolah"),
        ("ud+in$", "odeen", "uddeen"),
        ("ah$", "a"),
        ("(?<=[^aeiou])a$", "ah", "er"),
        ("een$", "in", "ean"),
        ("een?t", "int"),
        ("inder", "ender"),
        ("preet", "prit"),
        ("een", "ean"),
        ("leigh$", "ley", "lee"),
        ("ley$", "leigh", "ly"),
        ("lyn+$", "lin", "line"),
        ("i(?=[nlr][aeiou])", "y"),
        ("y(?=[nlr])", "i"),
        ("^a", "e"),
        ("^e", "i", "a"),
        ("^i", "e"),
        ("^o", "au"),
        ("^u", "oo", "a"),
    )
)
"""What is heard in a name, and how else it may be written; our own."""


def heard(name: str, chance: Random) -> str | None:
    """Write a name as it sounds."""
    by_ear = _heard_names().get(name)
    if by_ear and chance.random() < 0.6:
        return one_of(by_ear, chance)
    small = name.lower()
    rules = [rule for rule in _BY_EAR if rule[0].search(small)]
    if not rules:
        return None
    rule, written = one_of(rules, chance)
    heard = rule.sub(one_of(written, chance), small, count=1)
    if len(heard) < 2:
        return None
    return _capitalised_like(name, heard)


def _capitalised_like(name: str, other: str) -> str:
    """Return another spelling of a name with the capitals of the name."""
    if name[:1].islower():
        return other
    capitals = {n for n, letter in enumerate(name) if letter.isupper()}
    return "".join(
        letter.upper() if n in capitals or n == 0 or other[n - 1] in " -'" else letter
        for n, letter in enumerate(other)
    )


@cache
def _heard_names() -> Mapping[str, tuple[str, ...]]:
    """Return how names are written by ear, in both directions."""
    found: dict[str, list[str]] = {}
    for row in rows("heard"):
        for heard in row["heard"].split(";"):
            found.setdefault(row["name"], []).append(heard)
            found.setdefault(heard, []).append(row["name"])
    return {name: tuple(heard) for name, heard in found.items()}

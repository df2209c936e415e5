"""From a name as written to its spellings in the letters a to z.

Case, accents, apostrophes, hyphens and spaces go; what stands for a prefix in front
(St, M', ap) is written out. A letter that has a sound of its own because of its mark
(Polish ł, Czech š, final é) gives a second spelling. Cyrillic and Greek are romanised.
Letters of any other script are left out.
"""

from __future__ import annotations

__all__ = ["LONGEST", "Spelling", "spell"]

import unicodedata
from functools import cache
from typing import NamedTuple

from ulnlib._tables import load

LONGEST = 100
"""So many characters of a name count."""

_APOSTROPHES = "'`\u00b4\u2018\u2019\u02bc\u02bb\u02bf\u02be\u2032"
_NOT_MC = frozenset("bhp")  # M'Bappe, M'hamed and M'Pongo are no sons of anybody
_WELSH_SON = frozenset({"ap", "ab"})


class Spelling(NamedTuple):
    """One way to write a name in the letters a to z.

    Attributes:
        parts: The words of the name, never empty.
        joined: The words in one, with prefixes written out.
    """

    parts: tuple[str, ...]
    joined: str


class _Ascii(dict[int, str]):
    """What each ASCII character becomes: letters stay, all else divides."""

    def __missing__(self, code: int) -> str:
        return " "


_LETTERS = _Ascii({code: chr(code) for code in range(ord("a"), ord("z") + 1)})
_LETTERS.update({ord(mark): "'" for mark in _APOSTROPHES if mark.isascii()})


def spell(name: str) -> tuple[Spelling, ...]:
    """Return the spellings of a name, the plain one first.

    Args:
        name: A surname or given name as written.

    Returns:
        None, one or two; none when it has no letter that can be romanised.
    """
    text = name[:LONGEST].strip().lower()
    if text.isascii():
        only = _spelling(text)
        return () if only is None else (only,)
    plain, sounded = (_spelling(written) for written in _romanised(text))
    if plain is None:
        return ()
    return (plain,) if sounded is None or sounded == plain else (plain, sounded)


def _spelling(text: str) -> Spelling | None:
    text = text.translate(_LETTERS)
    parts = text.replace("'", "").split()
    if not parts:
        return None
    joined = "".join(parts)
    if "'" in text:
        first, _, rest = text.strip(" '").partition("'")
        # M'Donald is McDonald.
        if first == "m" and rest[:1].isalpha() and rest[0] not in _NOT_MC:
            joined = "mc" + joined[1:]
    if len(parts) > 1:
        first = parts[0]
        if first == "st":
            joined = "saint" + joined[2:]
        elif first in _WELSH_SON:
            # ap Rhys is Price, ap Howell is Powell, ab Owen is Bowen.
            joined = first[1] + joined[2:].removeprefix("h")
    return Spelling(tuple(parts), joined)


@cache
def _letters() -> dict[str, tuple[str, str]]:
    """Return what each letter beyond ASCII becomes, plainly and as it sounds."""
    return {
        row["letter"]: (row["plain"], row.get("sounded", row["plain"]))
        for row in load("sound_letters").rows
    }


def _romanised(text: str) -> tuple[str, str]:
    letters = _letters()
    plain: list[str] = []
    sounded: list[str] = []
    composed = unicodedata.normalize("NFKC", text.casefold())
    # Casefold and NFKC may lengthen a text: the bound holds for what comes out, too.
    for letter in composed[: 2 * LONGEST]:
        if letter.isascii():
            one = other = letter
        elif letter in _APOSTROPHES:
            one = other = "'"
        elif letter in letters:
            one, other = letters[letter]
        else:
            one = other = _base(letter, letters)
        plain.append(one)
        sounded.append(other)
    if composed.endswith("é"):
        sounded.append("y")  # André is not silent at the end
    return "".join(plain), "".join(sounded)


def _base(letter: str, letters: dict[str, tuple[str, str]]) -> str:
    """Return the letter below the accents; a space divides, a mark is nothing."""
    if unicodedata.category(letter).startswith("M"):
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii():
        return base
    return letters.get(base, (" ", " "))[0]

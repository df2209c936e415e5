"""The plain form of a name: small letters, single spaces, nothing else; and cut names.

Two names whose plain forms are equal are the same name written with other accents,
apostrophes, hyphens or capitals. This is looser than `ulnlib._text`, which decides what
the service calls equal: a plain form is for finding, never for calling a match exact.
"""

from __future__ import annotations

__all__ = ["NAME_LENGTH", "PLAIN_LIMIT", "VERSION", "is_cut", "plain", "tokens"]

import unicodedata
from functools import lru_cache

from ulnlib._text import squeeze
from ulnlib.fields import FIELDS

VERSION = 1
"""Version of the plain form; it changes when any result of this module changes."""

PLAIN_LIMIT = 200
"""The greatest number of characters of a text that is looked at, and that is returned.

Source: ours; more than five times the 35 characters of a name (assumed).
"""

NAME_LENGTH = FIELDS["family_name"].max_length
"""Where the service cuts a name: after so many characters."""

# What is dropped without a trace: O'Brien and OBrien are one name. Digits are slips of
# the hand inside a name. The spacing accents are here because people type them for an
# apostrophe, and because they would fall apart into a space and an accent below.
_APOSTROPHES = "'`\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb"
_APOSTROPHES += "\u0384\u055a\u05f3\u1fbd\u1fbf\u1fef\u1ffd\u2018\u2019\u201a\u201b"
_APOSTROPHES += "\u2032\u2035\ua78b\ua78c\uff07\uff40"
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES + "0123456789"))

# Letters that do not fall apart into a letter and an accent. The schwa stands for the
# sound of Azerbaijani names that are written with an a elsewhere.
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ɖ": "d",
    "ł": "l",
    "\u0131": "i",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
    "ĸ": "k",
    "ə": "a",
    "ƒ": "f",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ɛ": "e",
    "ɔ": "o",
    "ʉ": "u",
    "ɨ": "i",
}
_FOLDED = str.maketrans(_LETTERS)

# The same for ASCII, in bytes, which is several times quicker.
_ASCII = bytes(code if chr(code).isalpha() else 0x20 for code in range(128)).lower()
_ASCII += bytes(range(128, 256))
_ASCII_DROPPED = bytes(code for code in _DROPPED if code < 128)

# Marks, modifier letters, characters without a shape, digits.
_UNSEEN = frozenset(("Mn", "Mc", "Me", "Lm", "Cf", "Nd"))  # codespell:ignore


def plain(text: str) -> str:
    """Return the plain form of a name.

    Accents and ligatures are folded, apostrophes and digits dropped; hyphens, points
    and whatever else is no letter become a space. Letters of other scripts are kept,
    in small letters and without accents.

    Args:
        text: Any text; no more than its first `PLAIN_LIMIT` characters count.

    Returns:
        Words of letters with single spaces between them, at most `PLAIN_LIMIT`
        characters; the empty text when there is no letter.

    Source: ours, in the sense of the LRS portal guide, Appendix B, which names the
    hyphen alone (assumed).

    Examples:
        >>> plain("O'Brien"), plain("Mary-Ann"), plain("Łukasz")
        ('obrien', 'mary ann', 'lukasz')
    """
    # The cut comes first: what is cached is never longer than a name might be.
    return _plain(text if len(text) <= PLAIN_LIMIT else text[:PLAIN_LIMIT])


@lru_cache(maxsize=32_768)
def _plain(text: str) -> str:
    if text.isascii():
        if text.isalpha():
            return text.lower()
        letters = text.encode().translate(_ASCII, _ASCII_DROPPED).decode()
        return " ".join(letters.split())
    return _plain_of_any(text)


def _plain_of_any(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    # Once more after folding case, which may compose: U+0130 becomes i and a dot.
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED)
    letters = "".join(map(_letter, text.translate(_DROPPED)))
    return " ".join(" ".join(letters.split())[:PLAIN_LIMIT].split())


@lru_cache(maxsize=4_096)
def _letter(character: str) -> str:
    """Return a letter as it stands, nothing for an accent, a space for all else."""
    category = unicodedata.category(character)
    if category in {"Ll", "Lo"}:
        return character
    # Marks belong to the letter before them, and so do modifier letters; characters
    # that cannot be seen (soft hyphen, joiners) divide nothing.
    return "" if category in _UNSEEN else " "


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of the plain form of a name.

    Args:
        text: Any text.

    Returns:
        The words in order; none when there is no letter.

    Examples:
        >>> tokens("Anne-Marie  O'Neill")
        ('anne', 'marie', 'oneill')
    """
    return tuple(plain(text).split())


def is_cut(one: str, other: str) -> bool:
    """Say whether one of two names is the other cut at the service's length.

    The order of the two makes no difference.

    Args:
        one: A name.
        other: Another.

    Returns:
        True when one fits, the other does not, and its beginning is the first.

    Source: learner.xsd of the web-service schemas, type MIAPName (observed): at most 35
    characters; that systems cut names there is ours (assumed).
    """
    # Nearly always both fit as they stand.
    if len(one) <= NAME_LENGTH and len(other) <= NAME_LENGTH:
        return False
    short, long = sorted(
        (squeeze(one[:PLAIN_LIMIT]), squeeze(other[:PLAIN_LIMIT])), key=len
    )
    if not len(short) <= NAME_LENGTH < len(long):
        return False
    return plain(short) == plain(long[:NAME_LENGTH]) != ""

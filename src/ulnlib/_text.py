"""The only normaliser of names, postcodes and text.

Two texts are *equal*, as the service compares demographics, when they differ only in
case, in surrounding or repeated spaces and, in a postcode, in any spaces. Nothing
else is folded: an accent, a hyphen or an apostrophe makes a difference (assumed).
Stored keys rest on it: `ulnlib.matching.KEY_VERSION` changes when any result does.
"""

from __future__ import annotations

__all__ = [
    "fold_postcode",
    "fold_text",
    "fold_title",
    "from_windows",
    "squeeze",
    "to_windows",
]

import re

_NOBODYS = "\x81\x8d\x8f\x90\x9d"
"""The bytes that Windows-1252 does not have, as the control characters they stand for.

Source: WHATWG Encoding, index windows-1252 (published).
"""

_WINDOWS = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if chr(byte) not in _NOBODYS
}
_APART = re.compile(f"([{_NOBODYS}])")


def from_windows(raw: bytes) -> str:
    """Return bytes of Windows-1252 as text; none is lost.

    A byte that the encoding does not have becomes the control character of its number,
    as browsers read it, and `to_windows` gives it back.

    Args:
        raw: The bytes.
    """
    return raw.decode("latin-1").translate(_WINDOWS)


def to_windows(text: str) -> bytes:
    """Return a text as bytes of Windows-1252.

    Args:
        text: The text.

    Raises:
        UnicodeEncodeError: It has a character that the encoding does not have.
    """
    if not _APART.search(text):
        return text.encode("cp1252")
    return b"".join(
        part.encode("latin-1" if n % 2 else "cp1252")
        for n, part in enumerate(_APART.split(text))
    )


def squeeze(text: str) -> str:
    """Return the text without surrounding spaces and with single spaces inside."""
    return " ".join(text.split())


def fold_text(text: str) -> str:
    """Return the form of a name under which equal names are the same text.

    Unicode-equivalent spellings (one character, or a letter and an accent) are the
    same text and are composed first; case and repeated spaces are then folded.

    Source: assumed; recorded responses of the service fold case and spaces in
    postcodes (web-service notes, section 6, point 3).
    """
    if not text.isascii():
        import unicodedata

        # NFC after casefold: casefold may decompose (for example U+0130).
        text = unicodedata.normalize(
            "NFC", unicodedata.normalize("NFC", text).casefold()
        )
        return " ".join(text.split())
    return " ".join(text.casefold().split())


def fold_postcode(text: str) -> str:
    """Return the form of a postcode under which equal postcodes are the same text."""
    return "".join(fold_text(text).split())


_TYPOGRAPHIC = {
    ord(character): plain
    for plain, characters in {
        "'": "\u2018\u2019\u02bc`\u00b4",
        '"': "\u201c\u201d",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2212",
    }.items()
    for character in characters
}


def fold_title(text: str) -> str:
    """Return the form of a title in which a typed word is looked for.

    Folds case, accents, typographic quotation marks and dashes, and spaces. Not for
    people's names: there an accent makes a difference, see `fold_text`.

    Source: assumed; how the service compared keywords is not known.
    """
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHIC).casefold())
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.casefold().replace("`", "'").split())

"""The only normaliser of names, postcodes and text.

Two texts are *equal*, as the service compares demographics, when they differ only in
case, in surrounding or repeated spaces and, in a postcode, in any spaces. Nothing
else is folded: an accent, a hyphen or an apostrophe makes a difference (assumed).
Stored keys rest on it: `ulnlib.matching.KEY_VERSION` changes when any result does.
"""

from __future__ import annotations

__all__ = ["fold_postcode", "fold_text", "squeeze"]


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

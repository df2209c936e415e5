"""How names sound that no rule reaches: Cholmondeley is said Chumley."""

from __future__ import annotations

__all__ = ["Entry", "entries", "said"]

from functools import cache

import attrs

from ulnlib._tables import load
from ulnlib.matching.sound.spelling import Spelling, spell


@attrs.frozen(kw_only=True)
class Entry:
    """Names that sound otherwise than they are written.

    Attributes:
        names: The names as written; the first is the headword.
        sounds: Each way they are said, spelled by ear.
    """

    names: tuple[str, ...]
    sounds: tuple[str, ...]

    @property
    def label(self) -> str:
        """The short name of the entry, for explanations."""
        return f"lexicon: {self.names[0]}"


@cache
def entries() -> tuple[Entry, ...]:
    """Return every entry of the lexicon."""
    return tuple(
        Entry(names=tuple(row["names"]), sounds=tuple(row["sounds"]))
        for row in load("sound_lexicon").rows
    )


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries():
        for name in entry.names:
            key = spell(name)[0].joined
            found[key] = (*found.get(key, ()), entry)
    return found


def said(spelling: Spelling) -> tuple[tuple[str, Entry], ...]:
    """Return how a name is said, each way in letters a to z, with its entry.

    The whole name is looked up, and where it is not there, each of its words: a half
    of a double-barrelled name is said as it is alone.

    Args:
        spelling: The name.
    """
    known = _by_name()
    whole = known.get(spelling.joined)
    if whole is not None:
        return tuple(
            (spell(sound)[0].joined, entry) for entry in whole for sound in entry.sounds
        )
    if len(spelling.parts) == 1:
        return ()
    found = [known.get(part) for part in spelling.parts]
    first = next((entry[0] for entry in found if entry is not None), None)
    if first is None:
        return ()
    words = [
        part if entry is None else spell(entry[0].sounds[0])[0].joined
        for part, entry in zip(spelling.parts, found, strict=True)
    ]
    return (("".join(words), first),)

"""Names that sound alike share a code: a key made for the names of the United Kingdom.

A name has one to four short codes. Each is a way of reading it aloud, with vowels left
out where spellings confuse them; most names have one, a name with marks of another
language has more. Two names are alike when they share a code. A lexicon says how names
sound that no rule can reach (Cholmondeley, Featherstonhaugh).

The rules and the lexicon are tables: `sound_rules_*.toml` and `sound_lexicon.toml`.
"""

from __future__ import annotations

__all__ = ["VERSION", "alike", "codes", "reason"]

from functools import lru_cache
from itertools import zip_longest

from ulnlib.matching.sound.lexicon import said
from ulnlib.matching.sound.readings import (
    MOST,
    Rule,
    read_aloud,
    read_as_english,
    rules_behind,
)
from ulnlib.matching.sound.spelling import spell

VERSION = 1
"""Version of the codes: it changes when any name gets another result."""


@lru_cache(maxsize=65_536)
def codes(name: str) -> tuple[str, ...]:
    """Return the sound codes of one name.

    Args:
        name: A whole surname or given name as written.

    Returns:
        One to four short codes of ASCII letters, distinct and sorted; nothing for a
        name without a letter that can be romanised.

    Source: our own rules, from general knowledge of the languages (assumed); measured
    in docs/explanation/sound.md.

    Examples:
        >>> codes("Smith"), codes("Smyth"), codes("O'Brien") == codes("OBrien")
        (('SMT',), ('SMT',), True)
    """
    return tuple(sorted(_codes(name)))


def alike(one: str, other: str) -> bool:
    """Say whether two names share a sound code.

    Args:
        one: A name as written.
        other: Another.
    """
    return not set(codes(one)).isdisjoint(codes(other))


def reason(one: str, other: str) -> str | None:
    """Say by which rule or entry two names are alike.

    Args:
        one: A name as written.
        other: Another.

    Returns:
        A short text, "lexicon: Cholmondeley" or "Polish cz"; "sound" where nothing
        better is known; None for names that are not alike.
    """
    if not alike(one, other):
        return None
    one_behind, other_behind = _rules_behind(one), _rules_behind(other)
    shared = sorted(one_behind.keys() & other_behind.keys())
    if not shared:
        return min(_labels(one) | _labels(other))
    telling = {
        rule for code in shared for rule in one_behind[code] ^ other_behind[code]
    }
    return min(telling, key=_coarse).label if telling else "sound"


def _coarse(rule: Rule) -> tuple[bool, int, str]:
    """Order rules so that the most telling is first."""
    return rule.family == "English", -len(rule.letters), rule.letters


def _rules_behind(name: str) -> dict[str, frozenset[Rule]]:
    behind: dict[str, frozenset[Rule]] = {}
    for spelling in spell(name):
        behind |= rules_behind(spelling.joined) | behind
    return behind


def _labels(name: str) -> set[str]:
    return {entry.label for spelling in spell(name) for _, entry in said(spelling)}


def _codes(name: str) -> tuple[str, ...]:
    """Return the codes: the first of every reading, then the second of each, and on.

    So a name with many forms keeps the best of each reading.
    """
    readings: list[list[str]] = []
    for number, spelling in enumerate(spell(name)):
        readings += read_aloud(spelling.joined)
        if not number:
            for sound, _ in said(spelling):
                readings.append(read_as_english(sound))
    if len(readings) == 1:
        return tuple(dict.fromkeys(readings[0]))
    ranks = zip_longest(*readings)
    # A family may find a name silent altogether: that is no code.
    found = dict.fromkeys([code for rank in ranks for code in rank if code])
    return tuple(found)[:MOST]

"""How a spelling is read aloud: the rules of each family of languages.

A *reading* is a table of rules, from letters to sounds. Every spelling is read as
English; a family's reading is added when the spelling bears one of its marks (`wski`
at the end is Slavic). A family's own rules stand before the common ones.

Sounds are written in capitals, any vowel as `a`. A rule that gives two sounds, as
`K|X`, gives two spoken forms.
"""

from __future__ import annotations

__all__ = ["MOST", "Rule", "read_aloud", "read_as_english", "rules", "rules_behind"]

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import attrs

from ulnlib._tables import Table, load_all

MOST = 4
"""A name has so many codes at most, and a reading so many spoken forms."""

_SOUNDS = 10
"""A code has so many sounds at most."""

_VOWELS = "aeiouy"
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_CLASSES = {"V": _VOWELS, "C": _CONSONANTS}

_COMMON = "common"
_ALWAYS = "english"

_DEFAULT = {
    **{letter: letter.upper() for letter in "bdfgjklmnprstvwz"},
    **dict.fromkeys(_VOWELS, "a"),
    "c": "K",
    "h": "",
    "q": "K",
    "x": "KS",
}
"""What a letter sounds like where no rule says otherwise."""

_MERGED = str.maketrans("VZXJ", "FSSC")
"""Sounds that spellings confuse most.

Stephen and Steven, Susan and Suzan, Misra and Mishra, Aldrich and Aldridge.
"""

_AT_THE_END = {"B": "P", "D": "T", "G": "K"}
"""Sounds that many languages do not tell apart at the end: Ahmed and Ahmet."""


@attrs.frozen(kw_only=True)
class Rule:
    """One rule: some letters in some surroundings sound so.

    Attributes:
        family: The family of languages, for people: "Polish".
        letters: The letters that are read.
        after: Any of what stands before them: letters, `V` a vowel, `C` a consonant,
            `^` the beginning; empty for anything.
        before: Any of what follows them, likewise; `$` is the end.
        sounds: What they sound like, one or more.
        pair: Two names that meet by it, divided by ` / `.
    """

    family: str
    letters: str
    after: str
    before: str
    sounds: tuple[str, ...]
    pair: str

    @property
    def label(self) -> str:
        """The short name of the rule, for explanations."""
        return f"{self.family} {self.letters}"


class _Entry(NamedTuple):
    """A rule, compiled. A spelling is matched with `^` before and `$` behind it."""

    letters: str
    size: int
    after: frozenset[str] | None
    before: frozenset[str] | None
    sounds: tuple[str, ...]
    rule: Rule | None


class _Reading(NamedTuple):
    """What to try at a place: by its two characters, else by its one."""

    by_two: dict[str, tuple[_Entry, ...]]
    by_one: dict[str, tuple[_Entry, ...]]


class _Engine(NamedTuple):
    """All readings, and the marks that call them up, by their first two characters."""

    english: _Reading
    families: tuple[_Reading, ...]
    marks: dict[str, tuple[tuple[str, int], ...]]


def _rules_of(table: Table) -> Iterator[Rule]:
    for row in table.rows:
        if "letters" in row:
            yield _rule(row, str(table.source["family"]))


def _rule(row: Mapping[str, Any], family: str) -> Rule:
    return Rule(
        family=row.get("family", family),
        letters=row["letters"],
        after=row.get("after", ""),
        before=row.get("before", ""),
        sounds=tuple(row["sound"].split("|")),
        pair=row["pair"],
    )


def _surroundings(text: str) -> frozenset[str] | None:
    return frozenset("".join(_CLASSES.get(one, one) for one in text)) or None


def _entry(rule: Rule) -> _Entry:
    return _Entry(
        rule.letters,
        len(rule.letters),
        _surroundings(rule.after),
        _surroundings(rule.before),
        rule.sounds,
        rule,
    )


def _reading(*tables: Iterable[Rule]) -> _Reading:
    """Compile tables of rules: the longest first, then those of an earlier table.

    Of two rules as long in one table, the one with more surroundings is first.
    """
    ordered = sorted(
        ((number, rule) for number, table in enumerate(tables) for rule in table),
        key=lambda found: (
            -len(found[1].letters),
            found[0],
            -bool(found[1].after) - bool(found[1].before),
        ),
    )
    longer: dict[str, list[_Entry]] = {}
    single: dict[str, list[_Entry]] = {}
    for _, rule in ordered:
        if len(rule.letters) > 1:
            longer.setdefault(rule.letters[:2], []).append(_entry(rule))
        else:
            single.setdefault(rule.letters, []).append(_entry(rule))
    for letter, sound in _DEFAULT.items():
        entry = _Entry(letter, 1, None, None, (sound,), None)
        single.setdefault(letter, []).append(entry)
    return _Reading(
        {two: (*entries, *single[two[0]]) for two, entries in longer.items()},
        {one: tuple(entries) for one, entries in single.items()},
    )


@cache
def _engine() -> _Engine:
    tables = {table.name.rpartition("_")[2]: table for table in load_all("sound_rules")}
    common = tuple(_rules_of(tables.pop(_COMMON)))
    english = _reading(tuple(_rules_of(tables.pop(_ALWAYS))), common)
    marks: dict[str, list[tuple[str, int]]] = {}
    families = []
    for number, table in enumerate(tables.values()):
        families.append(_reading(tuple(_rules_of(table)), common))
        for row in table.rows:
            for mark in row.get("marks", "").split():
                marks.setdefault(mark[:2], []).append((mark, number))
    return _Engine(
        english,
        tuple(families),
        {start: tuple(found) for start, found in marks.items()},
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the tables."""
    return tuple(rule for table in load_all("sound_rules") for rule in _rules_of(table))


def _families(padded: str, engine: _Engine) -> list[int]:
    """Return which families' marks a spelling bears."""
    found: list[int] = []
    marks = engine.marks
    for place in range(len(padded) - 1):
        here = marks.get(padded[place : place + 2])
        if here is not None:
            for mark, number in here:
                if number not in found and padded.startswith(mark, place):
                    found.append(number)
    found.sort()
    return found


def _speak(padded: str, reading: _Reading, fired: set[Rule] | None) -> list[str]:
    """Return the spoken forms of a spelling: the main one, then the others.

    Another sound is tried once, in the main form: never two at a time.
    """
    main: list[str] = []
    others: list[tuple[int, str]] = []
    by_two, by_one = reading
    place, end = 1, len(padded) - 1
    while place < end:
        entries = by_two.get(padded[place : place + 2]) or by_one[padded[place]]
        for letters, size, after, before, sounds, rule in entries:  # noqa: B007  # pragma: no branch
            if (
                (size == 1 or padded.startswith(letters, place))
                and (after is None or padded[place - 1] in after)
                and (before is None or padded[place + size] in before)
            ):
                break
        # The last entry is the letter's default: one always fits.
        if len(sounds) > 1 and len(others) < MOST:
            others += [(len(main), sound) for sound in sounds[1:]]
        main.append(sounds[0])
        if fired is not None and rule is not None:
            fired.add(rule)
        place += size
    spoken = ["".join(main)]
    for number, sound in others[: MOST - 1]:
        spoken.append("".join((*main[:number], sound, *main[number + 1 :])))
    return spoken


def _shape(spoken: str) -> str:
    """Return the code of a spoken form.

    Vowels count only where spellings keep them apart: as the first or second sound,
    and at the end. Repeated sounds are one.
    """
    merged = spoken.translate(_MERGED)
    last = ""
    sounds = []
    for sound in merged:
        if sound != last:
            sounds.append(sound)
            last = sound
    if len(sounds) > 1:
        sounds[-1] = _AT_THE_END.get(last, last)
    once = "".join(sounds)
    return (once[:2] + once[2:-1].replace("a", "") + once[2:][-1:])[:_SOUNDS]


def _spoken_by(spelling: str) -> Iterator[tuple[list[str], set[Rule]]]:
    """Yield the codes of each reading, the English one first, and the rules used."""
    engine = _engine()
    padded = f"^{spelling}$"
    numbers = _families(padded, engine)
    for reading in (engine.english, *(engine.families[number] for number in numbers)):
        fired: set[Rule] = set()
        spoken = _speak(padded, reading, fired)
        yield [_shape(one) for one in spoken], fired


def read_as_english(spelling: str) -> list[str]:
    """Return the codes of a spelling in the English reading.

    Args:
        spelling: Letters a to z, at least one.
    """
    return [_shape(one) for one in _speak(f"^{spelling}$", _engine().english, None)]


def read_aloud(spelling: str) -> list[list[str]]:
    """Return the codes of a spelling, a list a reading, the English reading's first.

    Args:
        spelling: Letters a to z, at least one.
    """
    engine = _engine()
    padded = f"^{spelling}$"
    spoken = [_speak(padded, engine.english, None)]
    spoken += [
        _speak(padded, engine.families[number], None)
        for number in _families(padded, engine)
    ]
    return [[_shape(one) for one in forms] for forms in spoken]


def rules_behind(spelling: str) -> dict[str, frozenset[Rule]]:
    """Return the codes of a spelling, each with the rules of the reading it comes of.

    Args:
        spelling: Letters a to z, at least one.
    """
    behind: dict[str, frozenset[Rule]] = {}
    for codes, fired in _spoken_by(spelling):
        for code in codes:
            behind.setdefault(code, frozenset(fired))
    return behind

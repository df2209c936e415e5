"""What is known of family names: prefixes, suffixes, double-barrelled names.

A name falls into *units*: one, or the halves of a double-barrelled name. A unit is a
word with the prefixes before it (van der Berg), also when they have grown together
(McDonald). Every unit has *forms*: whole, bare, and as others write it. Two units go
together when they have a form in common and their prefixes do not speak against it:
McNeill and O'Neill are both Neill, and yet two families.

For looking up, a name has *stems*: itself without spaces, and the forms of its units.
Two names with any relation have a stem in common.
"""

from __future__ import annotations

__all__ = [
    "STEM_LENGTH",
    "STEM_LIMIT",
    "VERSION",
    "SurnameRelation",
    "relation",
    "stems",
]

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

import attrs

from ulnlib._tables import load
from ulnlib._text import fold_text
from ulnlib.matching.plain import PLAIN_LIMIT, is_cut, plain

VERSION = 1
"""Version of table and rules: stems that a store keeps are of one version."""

STEM_LIMIT = 6
"""The greatest number of stems of a name.

Source: ours; a bound on what one name costs in look-ups (assumed).
"""

STEM_LENGTH = 24
"""How many letters of a stem count.

A name that was cut at 35 characters, some of them spaces and hyphens, has to have the
same first stem as the whole name.

Source: ours (assumed).
"""

_LEAST = 3  # letters that a part must have to stand for the whole
_UNIT_LIMIT = 8  # what has more parts is no name, and is looked at as one


class SurnameRelation(StrEnum):
    """How two family names go together, closest first.

    Source: LRS portal guide, Appendix B (published: prefixes and suffixes, the hyphen
    of a double-barrelled name); the rest is ours (assumed).
    """

    SAME = "same"
    HYPHEN = "hyphen"
    CUT = "cut"
    AFFIX = "affix"
    HALVES_SWAPPED = "halves_swapped"
    HALF = "half"


@attrs.frozen
class _Rules:
    """The table of family names, ready for use.

    Attributes:
        prefixes: The group of each word that may stand before a name.
        suffixes: Words that may stand after it.
        endings: The man's ending for each of a woman's and each other spelling.
        all_endings: Those that it stands for, longest first.
        written: Names that have grown together with their prefix: group and rest.
        apart: Names that only look so.
    """

    prefixes: dict[str, str]
    suffixes: frozenset[str]
    endings: dict[str, str]
    all_endings: tuple[str, ...]
    written: dict[str, tuple[str, str]]
    apart: frozenset[str]


@cache
def _rules() -> _Rules:
    rows = load("family_name_affixes").rows
    prefixes = {
        word: row["group"]
        for row in rows
        if row["kind"] == "prefixes"
        for word in row["words"].split()
    }
    endings = {
        ending: row["man"]
        for row in rows
        if row["kind"] == "endings"
        for ending in (*row["woman"], *row["other"])
    }
    written: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row["kind"] == "written":
            prefix = row["prefix"]
            for line in row["names"]:
                name, _, rest = line.partition(": ")
                written[name] = prefixes[prefix], rest or name.removeprefix(prefix)
    words = {
        kind: frozenset(
            word for row in rows if row["kind"] == kind for word in row["words"].split()
        )
        for kind in ("suffixes", "apart")
    }
    return _Rules(
        prefixes=prefixes,
        suffixes=words["suffixes"],
        endings=endings,
        all_endings=tuple(sorted(endings, key=len, reverse=True)),
        written=written,
        apart=words["apart"],
    )


class _Unit(NamedTuple):
    """A word of a name with its prefixes.

    Attributes:
        whole: Its letters.
        groups: The groups of its prefixes.
        forms: The letters, the bare word, and how others write it.
    """

    whole: str
    groups: frozenset[str]
    forms: frozenset[str]

    def __repr__(self) -> str:
        return f"_Unit(forms={len(self.forms)})"


class _Name(NamedTuple):
    """A family name taken apart.

    Attributes:
        whole: Its letters.
        units: Its parts; more than one when it is double-barrelled.
        stems: What it is looked up under.
    """

    whole: str
    units: tuple[_Unit, ...]
    stems: frozenset[str]

    def __repr__(self) -> str:
        return f"_Name(units={len(self.units)})"


# O'Brien, D'Arcy, M'Donald: the apostrophe says that the letter is a prefix.
_ELIDED = re.compile(
    "\\b([OoÓóDdMmLl])\\s?['`\u00b4\u02bc\u2018\u2019\u2032]\\s*(?=\\w)"
)
_AND = frozenset({"e", "i", "y", "and"})
_LENITED = frozenset("bcdfgmpst")
_GAELIC = frozenset(("mac", "o"))
_GROWN = {"mc": "mac", "mac": "mac", "fitz": "fitz"}
_GROWN_PREFIXES = tuple(_GROWN)
_NO_GROUPS: frozenset[str] = frozenset()


def _behind_prefix(word: str, groups: frozenset[str]) -> Iterator[str]:
    """Yield the forms of a word that stands behind a prefix."""
    yield word
    if "mac" in groups:
        yield f"mc{word}"
        # McIntosh and Mackintosh, McCarthy and MacArthy.
        if word[0] in "ck":
            yield f"mc{word[1:]}"
    if not groups.isdisjoint(_GAELIC) and word[1:2] == "h" and word[0] in _LENITED:
        yield word[0] + word[2:]  # Ní Bhriain is a daughter of Ó Briain.


def _with_ending(word: str, rules: _Rules) -> Iterator[str]:
    """Yield the forms of a word that a man's or another's would have."""
    ending = next(ending for ending in rules.all_endings if word.endswith(ending))
    yield word.removesuffix(ending) + rules.endings[ending]
    if word.endswith("ova"):
        yield word.removesuffix("ova")  # Nováková is a woman of Novák's.


def _grown(word: str, rules: _Rules) -> tuple[str, str] | None:
    """Return group and rest of a word that has grown together with its prefix."""
    if word in rules.written:
        return rules.written[word]
    prefix = next(prefix for prefix in _GROWN if word.startswith(prefix))
    rest = word.removeprefix(prefix)
    return (_GROWN[prefix], rest) if len(rest) >= _LEAST else None


def _word_unit(word: str, rules: _Rules) -> _Unit:
    """Return the part that is one word."""
    if word in rules.apart:
        return _Unit(word, _NO_GROUPS, frozenset((word,)))
    if word in rules.written or word.startswith(_GROWN_PREFIXES):
        grown = _grown(word, rules)
        if grown is not None:
            group, rest = grown
            return _forms_unit(word, frozenset((group,)), rest)
    if word.endswith(rules.all_endings):
        forms = [form for form in _with_ending(word, rules) if len(form) >= _LEAST]
        return _Unit(word, _NO_GROUPS, frozenset((word, *forms)))
    return _Unit(word, _NO_GROUPS, frozenset((word,)))


def _forms_unit(whole: str, groups: frozenset[str], word: str) -> _Unit:
    forms = [form for form in _behind_prefix(word, groups) if len(form) >= _LEAST]
    return _Unit(whole, groups, frozenset((whole, *forms)))


def _units(words: list[str], rules: _Rules) -> tuple[_Unit, ...]:
    """Return the parts of a name of more than one word."""
    while len(words) > 1 and words[-1] in rules.suffixes:
        del words[-1]
    units: list[_Unit] = []
    prefixes: list[str] = []
    last = len(words) - 1
    for place, word in enumerate(words):
        if place < last:
            if word in rules.prefixes:
                prefixes.append(word)
                continue
            if units and not prefixes and word in _AND:
                continue
        if prefixes:
            groups = frozenset([rules.prefixes[prefix] for prefix in prefixes])
            units.append(_forms_unit("".join((*prefixes, word)), groups, word))
            prefixes.clear()
        else:
            units.append(_word_unit(word, rules))
    if len(units) > _UNIT_LIMIT:
        return (_word_unit("".join(words), rules),)
    return tuple(units)


def _stems(whole: str, units: Sequence[_Unit]) -> frozenset[str]:
    """Return what a name is looked up under: whole, then the parts, shortest first."""
    found = {whole[:STEM_LENGTH]: None}
    by_rank: list[Sequence[str]] = [
        [unit.whole] if len(unit.forms) == 1 else sorted(unit.forms, key=_length)
        for unit in units
    ]
    for rank in range(max(map(len, by_rank))):
        for forms in by_rank:
            if rank < len(forms) and len(forms[rank]) >= _LEAST:
                found[forms[rank][:STEM_LENGTH]] = None
    return frozenset(list(found)[:STEM_LIMIT])


def _length(form: str) -> tuple[int, str]:
    return len(form), form


_NOBODY = _Name("", (), frozenset())


def _parse(name: str) -> _Name:
    # The cut comes first: what is cached is never longer than a name might be.
    return _parsed(name if len(name) <= PLAIN_LIMIT else name[:PLAIN_LIMIT])


@lru_cache(maxsize=16_384)
def _parsed(name: str) -> _Name:
    if "'" in name or "`" in name or not name.isascii():
        name = _ELIDED.sub(r"\1 ", name)
    words = plain(name).split()
    if not words:
        return _NOBODY
    rules = _rules()
    if len(words) == 1:
        unit = _word_unit(words[0], rules)
        if len(unit.forms) == 1 and len(unit.whole) <= STEM_LENGTH:
            return _Name(unit.whole, (unit,), unit.forms)
        return _Name(unit.whole, (unit,), _stems(unit.whole, (unit,)))
    whole = "".join(words)
    units = _units(words, rules)
    return _Name(whole, units, _stems(whole, units))


def stems(name: str) -> tuple[str, ...]:
    """Return what a family name is looked up under.

    Args:
        name: A family name, in any case and with any accents.

    Returns:
        At most `STEM_LIMIT` texts of small letters, sorted, of at most `STEM_LENGTH`
        letters: the name without spaces; without prefix and suffix, and with the
        prefix as others write it; the halves of a double-barrelled name. None but the
        first has fewer than three letters. Nothing when there is no letter.

    Source: LRS portal guide, Appendix B (published: prefixes and suffixes); the halves,
    the table and the rules are ours (assumed).

    Examples:
        >>> stems("O'Brien"), stems("Smith-Jones")
        (('brien', 'obrien'), ('jones', 'smith', 'smithjones'))
        >>> stems("MacDonald")
        ('donald', 'macdonald', 'mcdonald')
    """
    return tuple(sorted(_parse(name).stems))


def _related(one: _Unit, other: _Unit) -> bool:
    """Say whether two parts are one, but for a prefix, a suffix or its spelling."""
    return (
        one.groups <= other.groups or other.groups <= one.groups
    ) and not one.forms.isdisjoint(other.forms)


def _placed(fewer: Sequence[_Unit], more: Sequence[_Unit]) -> bool:
    """Say whether each part of one name is a part of the other, in any order."""
    free = list(more)
    for unit in fewer:
        place = next((i for i, one in enumerate(free) if _related(unit, one)), None)
        if place is None:
            return False
        del free[place]
    return True


_HYPHENS = re.compile("[-\u2010-\u2015\u2212]")


def _is_hyphen(one: str, other: str) -> bool:
    """Say whether only hyphens, and the spaces in their place, tell two names apart."""
    (letters, count), (letters_2, count_2) = (
        _HYPHENS.subn("", fold_text(name)) for name in (one, other)
    )
    return count != count_2 and letters.replace(" ", "") == letters_2.replace(" ", "")


def relation(one: str, other: str) -> SurnameRelation | None:
    """Say how two family names go together.

    The order of the two makes no difference. Names that have a relation have a stem
    in common; the converse does not hold.

    Args:
        one: A family name.
        other: Another.

    Returns:
        The closest relation, or None when there is none. Accents, apostrophes, hyphens
        and spaces make no difference, but for the hyphen of a double-barrelled name.

    Source: LRS portal guide, Appendix B (published: prefixes and suffixes, the hyphen
    of a double-barrelled name); the table and the rules are ours (assumed).

    Examples:
        >>> relation("McDonald", "MacDonald").value
        'affix'
        >>> relation("Smith-Jones", "Jones").value
        'half'
    """
    first, second = _parse(one), _parse(other)
    if first.whole == second.whole:
        if not first.whole:
            return None
        is_double = max(len(first.units), len(second.units)) > 1
        is_hyphen = is_double and _is_hyphen(one, other)
        return SurnameRelation.HYPHEN if is_hyphen else SurnameRelation.SAME
    if first.stems.isdisjoint(second.stems):
        return None
    if is_cut(one, other):
        return SurnameRelation.CUT
    # In an order of their own, so that the order of the arguments cannot matter.
    if (len(first.units), first.whole) > (len(second.units), second.whole):
        first, second = second, first
    if len(first.units) == len(second.units):
        if all(map(_related, first.units, second.units)):
            return SurnameRelation.AFFIX
        return (
            SurnameRelation.HALVES_SWAPPED
            if _placed(first.units, second.units)
            else None
        )
    return SurnameRelation.HALF if _placed(first.units, second.units) else None

"""How else a name may stand in a record: the spellings that are worth a search.

`ulnlib.matching.surnames` and `nicknames` judge two names that are there; here one name
is there, and others are proposed. Only what is likely is: of given names and of names
that sound alike those that are frequent.

Examples:
    >>> prefix_spellings("Mc Donald")
    ('MacDonald', 'McDonald', 'Donald')
    >>> sound_spellings("family_name", "Smyth")
    ('Smith',)
"""

from __future__ import annotations

__all__ = [
    "MOST_OF_A_KIND",
    "companion_names",
    "double_spellings",
    "plain_spellings",
    "prefix_spellings",
    "rare_companion_names",
    "said_spellings",
    "sound_spellings",
    "without_suffix",
]

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from itertools import pairwise

from ulnlib import _tables
from ulnlib.matching.distance import closeness
from ulnlib.matching.nicknames import NameRelation, companions, relation
from ulnlib.matching.plain import plain
from ulnlib.matching.sound import codes
from ulnlib.matching.sound.lexicon import entries
from ulnlib.matching.weights import default_weights

MOST_OF_A_KIND = 4
"""How many spellings of one kind are proposed, at most.

Source: ours; every one is a search of the real service (assumed).
"""

_MOST_RARE = 2
_MOST_BY_SOUND = 3
_LEAST = 3  # letters that a part must have to stand for the whole

_MARKS = "['`\u00b4\u02bc\u2018\u2019\u2032\uff07]"
_APOSTROPHE = re.compile(_MARKS)


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of one kind in the table of family names."""
    return frozenset(
        word
        for row in _tables.load("family_name_affixes").rows
        if row["kind"] == kind
        for word in row["words"].split()
    )


@cache
def _grown_with_o() -> frozenset[str]:
    """Return the names in plain letters whose O' has lost its apostrophe."""
    return frozenset(
        line.partition(":")[0]
        for row in _tables.load("family_name_affixes").rows
        if row["kind"] == "written" and row["prefix"] == "o"
        for line in row["names"]
    )


# --- prefixes and suffixes --------------------------------------------------------

_PREFIXES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), forms)
    for pattern, forms in (
        (rf"(?:Mac|Mc|M{_MARKS})[ ]?(?=\w{{3}})", ("Mac", "Mc", "Mc ", "")),
        (rf"[OÓ][ ]?{_MARKS}[ ]?(?=\w{{3}})", ("O'", "O", "O ", "")),
        (r"[OÓ][ ](?=\w{3})", ("O'", "O", "Ó ", "O ", "")),
        (rf"D[ ]?{_MARKS}[ ]?(?=\w{{3}})", ("D'", "D", "De ", "")),
        (r"N[ií][ ](?=\w{3})", ("Ní ", "Ni ", "")),
        (r"U[ií][ ](?=\w{3})", ("Uí ", "Ui ", "")),
        (r"Fitz[ -]?(?=\w{3})", ("Fitz", "Fitz ", "")),
        (r"(?:St\.?|Saint)[ -](?=\w{3})", ("St ", "Saint ", "")),
        (r"(?:Al|El)[ -](?=\w{3})", ("Al-", "El-", "Al ", "")),
        (r"(?:Van|De|Von)[ ](?:Der|Den|De|La)[ ](?=\w{3})", ("",)),
        (r"(?:Bin|Ibn|Bint|Ap|Ab|De|Du|Di|Le|La|Von)[ -](?=\w{3})", ("",)),
        (r"Van[ ](?=\w{3})", ("Van", "")),
    )
)
_SUFFIX = re.compile(
    r"[, ]+(?:Jr|Jnr|Junior|Sr|Snr|Senior|II|III|IV)\.?$", re.IGNORECASE
)


def prefix_spellings(name: str) -> tuple[str, ...]:
    """Return a family name with its prefix as others write it, and without it.

    Args:
        name: A family name, with any accents and any sort of apostrophe.

    Returns:
        The likeliest first; nothing for a name without a prefix. The name as it was
        given is not among them.

    Source: LRS portal guide, Appendix B (published: prefixes); the forms are ours
    (assumed).

    Examples:
        >>> prefix_spellings("Ó Briain")
        ("O'Briain", 'OBriain', 'O Briain', 'Briain')
        >>> prefix_spellings("OBrien"), prefix_spellings("Mackie")
        (("O'Brien", 'O Brien'), ())
    """
    name = unicodedata.normalize("NFC", name)
    bare = plain(name)
    if bare in _words("apart"):
        return ()
    rest, forms = _taken_apart(name, bare)
    found = [form + rest[:1].upper() + rest[1:] for form in forms]
    return tuple(form for form in dict.fromkeys(found) if form != name)


def _taken_apart(name: str, bare: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without its prefix, and how the prefix may be written."""
    if bare in _grown_with_o() and name[1:].isalpha():
        return name[1:], ("O'", "O ")
    for pattern, forms in _PREFIXES:
        match = pattern.match(name)
        if match:
            return name[match.end() :], forms
    # Prefixes of the table that have no other forms: Della Rocca.
    (start, _), *more = _units(name) or [(0, 0)]
    *prefixes, last = _spans(name[start : more[0][0] if more else None]) or [(0, 0)]
    rest = name[start + last[0] :]
    return (rest, ("",)) if prefixes and len(rest) >= _LEAST else ("", ())


def without_suffix(name: str) -> str | None:
    """Return a family name without Jr, Sr, II and the like; None when it has none.

    Args:
        name: A family name.

    Source: LRS portal guide, Appendix B (published: suffixes).
    """
    bare = _SUFFIX.sub("", name)
    return bare if bare != name and bare else None


# --- double-barrelled names -------------------------------------------------------

_WORD = re.compile(r"[^- ]+")


def _spans(name: str) -> list[tuple[int, int]]:
    """Return where each word of a name begins and ends."""
    return [match.span() for match in _WORD.finditer(name)]


def _units(name: str) -> list[tuple[int, int]]:
    """Return where each part of a name begins and ends, prefixes before it included."""
    units = []
    start = None
    *before, last = _spans(name) or [(0, 0)]
    for begin, end in before:
        start = begin if start is None else start
        if plain(name[begin:end]) not in _words("prefixes"):
            units.append((start, end))
            start = None
    units.append((last[0] if start is None else start, last[1]))
    return units


def double_spellings(name: str) -> tuple[str, ...]:
    """Return a double-barrelled family name with the hyphen and without, and its parts.

    Args:
        name: A family name. A prefix is no part: St John is one name.

    Returns:
        With a space for the hyphen or the other way round, each part alone, and the
        two parts changed over; nothing for a name of one part.

    Source: LRS portal guide, Appendix B (published: with the hyphen and without); the
    parts alone and changed over are ours (assumed).

    Examples:
        >>> double_spellings("Smith-Jones")
        ('Smith Jones', 'Smith', 'Jones', 'Jones-Smith')
        >>> double_spellings("van der Berg")
        ()
    """
    name = without_suffix(name) or name
    units = _units(name)
    if len(units) < 2:
        return ()
    parts = [name[begin:end] for begin, end in units]
    between = [name[one[1] : other[0]] for one, other in pairwise(units)]
    mark = " " if any("-" in text for text in between) else "-"
    found = [mark.join(parts), *(part for part in parts if len(part) >= _LEAST)]
    if len(parts) == 2:
        found.append("-".join(parts[::-1]))
    return tuple(dict.fromkeys(found))


# --- accents and apostrophes ------------------------------------------------------


def plain_spellings(name: str) -> tuple[str, ...]:
    """Return a name with fewer marks: without accents, then with letters alone.

    Args:
        name: A name.

    Returns:
        First with the apostrophe of a keyboard and without accents, then without
        apostrophes and hyphens too; what is left without a letter is not among them.

    Source: ours, in the sense of the LRS portal guide, Appendix B, which names the
    hyphen alone (assumed).

    Examples:
        >>> plain_spellings("Zoë-Renée"), plain_spellings("Ada")
        (('Zoe-Renee', 'Zoe Renee'), ('Ada', 'Ada'))
    """
    straight = _APOSTROPHE.sub("'", name)
    fallen = unicodedata.normalize("NFD", straight)
    letters = "".join(c for c in fallen if unicodedata.category(c) != "Mn")
    found = (unicodedata.normalize("NFC", letters), plain(name).title())
    return tuple(one for one in found if plain(one))


# --- given names ------------------------------------------------------------------


def companion_names(name: str, kind: NameRelation) -> tuple[str, ...]:
    """Return the frequent names that go with a given name, most frequent first.

    Args:
        name: A given name.
        kind: How they go together.

    Returns:
        At most `MOST_OF_A_KIND` names that the table of frequencies has.

    Source: LRS portal guide, Appendix B (published: nicknames and other spellings);
    how frequent a name is, see the table of rarities (derived).

    Examples:
        >>> companion_names("Bill", NameRelation.NICKNAME)
        ('William',)
    """
    listed = default_weights().rarities["given_name"]
    found = [one for one, how in companions(name) if how is kind and one in listed]
    found.sort(key=lambda one: (listed[one], one))
    return tuple(one.title() for one in found[:MOST_OF_A_KIND])


def rare_companion_names(name: str, kind: NameRelation) -> tuple[str, ...]:
    """Return names that go with a rare given name and are rare themselves.

    They are the last that are worth a search. For a frequent name there are none: who
    bears it has seldom a rare form of it in another record.

    Args:
        name: A given name.
        kind: How they go together.

    Returns:
        At most two names that the table of frequencies does not have, by letters.

    Source: ours (assumed).

    Examples:
        >>> rare_companion_names("Kasia", NameRelation.NICKNAME)
        ('Katarzyna',)
        >>> rare_companion_names("Mohammed", NameRelation.VARIANT)
        ()
    """
    listed = default_weights().rarities["given_name"]
    if plain(name).replace(" ", "") in listed:
        return ()
    found = [one for one, how in companions(name) if how is kind and one not in listed]
    return tuple(one.title() for one in found[:_MOST_RARE])


# --- sound ------------------------------------------------------------------------


@cache
def _by_sound(field: str) -> dict[str, tuple[str, ...]]:
    """Return the frequent names of each sound code, made once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in default_weights().rarities[field]:
        for code in codes(name):
            found[code].append(name)
    return {code: tuple(names) for code, names in found.items()}


@lru_cache(maxsize=1_024)
def sound_spellings(field: str, name: str) -> tuple[str, ...]:
    """Return frequent names that sound like a name: how it may have been taken down.

    The sound codes leave vowels out, and so many names share one: those that are also
    spelt nearly so come alone where there are any. Of given names no others are
    proposed, unless they are known as spellings of one name: John and Jane share a
    code, and are two people.

    Args:
        field: `given_name` or `family_name`.
        name: The name as written.

    Returns:
        At most three names, most frequent first.

    Source: LRS portal guide, Appendix B (published: names spelt by ear); how frequent
    a name is, see the table of rarities (derived); the choice is ours (assumed).

    Examples:
        >>> sound_spellings("family_name", "Philips")
        ('Phillips',)
        >>> sound_spellings("given_name", "Catherine")
        ('Katherine', 'Kathryn')
    """
    letters = plain(name).replace(" ", "")
    rarities = default_weights().rarities[field]
    index = _by_sound(field)
    same = {one for code in codes(name) for one in index.get(code, ())} - {letters}
    if field == "given_name":
        variant = NameRelation.VARIANT
        chosen = {
            o for o in same if closeness(letters, o) or relation(name, o) is variant
        }
    else:
        chosen = {o for o in same if closeness(letters, o)} or same
    ranked = sorted(chosen, key=lambda one: (rarities[one], one))
    return tuple(_written(field, one) for one in ranked[:_MOST_BY_SOUND])


def said_spellings(field: str, name: str) -> tuple[str, ...]:
    """Return how a rare name is written by ear, or the name that it is written for.

    Args:
        field: `given_name` or `family_name`.
        name: The name as written.

    Returns:
        At most three names of the lexicon of sounds; none for a frequent name: who
        bears it has seldom been taken down so.

    Source: LRS portal guide, Appendix B (published: names spelt by ear); the lexicon
    is ours (assumed).

    Examples:
        >>> said_spellings("family_name", "Featherstonhaugh")[0]
        'Fanshaw'
        >>> said_spellings("family_name", "Chumley")[0]
        'Cholmondeley'
    """
    letters = plain(name).replace(" ", "")
    if letters in default_weights().rarities[field]:
        return ()
    return _by_lexicon().get(letters, ())[:_MOST_BY_SOUND]


@cache
def _by_lexicon() -> dict[str, tuple[str, ...]]:
    """Return what goes with each name of the lexicon, and with each of its sounds."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries():
        for one in entry.names:
            found[one] |= dict.fromkeys((*entry.sounds, *entry.names))
        for one in entry.sounds:
            found[one] |= dict.fromkeys(entry.names)
    joined: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one, others in found.items():
        letters = plain(one).replace(" ", "")
        for other in others:
            joined[letters].setdefault(plain(other).replace(" ", ""), other)
        joined[letters].pop(letters, None)
    return {letters: tuple(others.values()) for letters, others in joined.items()}


def _written(field: str, name: str) -> str:
    """Return a name of the table as people write it."""
    if field == "family_name" and name in _grown_with_o():
        return f"O'{name[1:].title()}"
    if field == "family_name" and name.startswith("mc"):
        return f"Mc{name[2:].title()}"
    return name.title()

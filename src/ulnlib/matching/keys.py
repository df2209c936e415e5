"""Blocking keys: numbers under which a learner is stored, to be found again.

Two records of one person share at least one key, although they differ in what the
tolerances allow; two strangers seldom do. A vendor stores `blocking_keys` of each
learner in an indexed column of its own database and fetches the candidates of a
search with one query. Keys are fixed hashes, the same on every machine.

A key is made of a person's details and can be tried out by guessing: treat it as
personal data.

Examples:
    >>> one = Learner(given_name="Ada", family_name="MacDonald", postcode="ZA1 1AB")
    >>> other = Learner(given_name="Ada", family_name="McDonald", postcode="ZA1 1AB")
    >>> bool(set(blocking_keys(one)) & set(query_keys(Person(other))))
    True
"""

from __future__ import annotations

__all__ = [
    "ADDRESS_KINDS",
    "DEFAULT_KINDS",
    "KEY_VERSION",
    "Kind",
    "blocking_keys",
    "person_keys",
    "query_keys",
    "wide_keys",
]

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

from ulnlib._text import fold_postcode
from ulnlib.learner import Learner
from ulnlib.matching import nicknames, sound, surnames
from ulnlib.matching.demographics import exact_key
from ulnlib.matching.details import COMMON_WORDS, NEAR_YEARS
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.postcode import DEFAULT

KEY_VERSION = 3
"""Changes when a learner gets other keys than before; stored beside them."""

_DEFAULT = fold_postcode(DEFAULT)
_MOST_NAMES = 8
_DATE_LENGTH = 10


class Kind(IntEnum):
    """What a key is made of.

    *Given* is a root of the given or the preferred name, *family* a sound of any family
    name, or of half of one; *names* are both. A middle name makes no key: whoever goes
    by it is found by the family name.

    Source: chosen by measured recall, see the page on search (derived).
    """

    NAMES_AND_MONTH = 1
    NAMES_AND_DAY = 2
    NAMES_AND_BIRTHDAY = 3
    FAMILY_AND_BIRTH = 4
    GIVEN_AND_BIRTH = 5
    BIRTH_AND_POSTCODE = 6
    FAMILY_AND_POSTCODE = 7
    GIVEN_AND_POSTCODE = 8
    NUMBER = 9
    STREET_AND_TOWN = 10
    STREET_AND_POSTCODE = 11
    NAMES_AND_TOWN = 12


DEFAULT_KINDS = frozenset(kind for kind in Kind if kind <= Kind.NUMBER)
"""The kinds that a register keeps."""

ADDRESS_KINDS = frozenset(Kind) - DEFAULT_KINDS
"""Further kinds, for records whose postcodes or dates of birth are poor."""


def _own_token(text: str) -> int:
    """Return a signed 64-bit number for a text, as databases store them.

    Tokens are as good as drawn by lot, so that a key is its parts put together by
    exclusive or.
    """
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


# What many people have in common is worked out once; a number is one person's own.
_token = lru_cache(maxsize=131_072)(_own_token)

# A key begins with what one of its parts says, the names, the date of birth or the
# postcode. So the keys of a question stand side by side in an index, a few groups of
# them, and a store reads a few pages and not one for each key.
_LOW = (1 << 47) - 1  # the bits that tell keys of one beginning apart

_SALT = {kind: _token(f"kind {kind.value}") & _LOW for kind in Kind}
_BY_MONTH = _SALT[Kind.NAMES_AND_MONTH]
_BY_DAY = _SALT[Kind.NAMES_AND_DAY]
_BY_BIRTHDAY = _SALT[Kind.NAMES_AND_BIRTHDAY]
_GIVEN_BY_BIRTH = _SALT[Kind.GIVEN_AND_BIRTH]
_FAMILY_BY_BIRTH = _SALT[Kind.FAMILY_AND_BIRTH]
_POSTCODE_BY_BIRTH = _SALT[Kind.BIRTH_AND_POSTCODE]
_GIVEN_BY_POSTCODE = _SALT[Kind.GIVEN_AND_POSTCODE]
_FAMILY_BY_POSTCODE = _SALT[Kind.FAMILY_AND_POSTCODE]


@lru_cache(maxsize=65_536)
def _given_tokens(name: str) -> tuple[int, ...]:
    # A name in a script that is not read here goes by its own letters.
    return tuple([_token(f"g {root}") for root in nicknames.roots(name) or (name,)])


@lru_cache(maxsize=65_536)
def _family_tokens(name: str) -> tuple[int, ...]:
    """Return a token of each sound of each stem of a family name."""
    stems = surnames.stems(name) or (name,)
    codes = {code for stem in stems for code in sound.codes(stem) or (stem,)}
    return tuple([_token(f"f {code}") for code in sorted(codes)])


def _together(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return (*one, *[token for token in other if token not in one])


def _keys(
    givens: Sequence[int], families: Sequence[int], born: str, postcodes: Sequence[int]
) -> list[int]:
    # Written out: it runs for every record of a register.
    keys = []
    if len(born) == _DATE_LENGTH:
        keys = _of_names(_names(givens, families), _parts(born))
    givens = [given & _LOW for given in givens]
    families = [family & _LOW for family in families]
    if born:
        birth = _token(f"d {born}")
        salted = birth ^ _GIVEN_BY_BIRTH
        keys += [given ^ salted for given in givens]
        salted = birth ^ _FAMILY_BY_BIRTH
        keys += [family ^ salted for family in families]
        salted = birth ^ _POSTCODE_BY_BIRTH
        keys += [(postcode & _LOW) ^ salted for postcode in postcodes]
    for postcode in postcodes:
        salted = postcode ^ _GIVEN_BY_POSTCODE
        keys += [given ^ salted for given in givens]
        salted = postcode ^ _FAMILY_BY_POSTCODE
        keys += [family ^ salted for family in families]
    return keys


def _names(givens: Sequence[int], families: Sequence[int]) -> list[int]:
    return [given ^ family for given in givens for family in families]


def _of_names(names: Iterable[int], parts: Iterable[int]) -> list[int]:
    return [name ^ part for part in parts for name in names]


@lru_cache(maxsize=65_536)
def _parts(born: str) -> tuple[int, int, int]:
    """Return a date without its day, its month and its year: one of them is wrong."""
    return _month(born), _day(born), _birthday(born)


def _month(born: str) -> int:
    return (_token(f"ym {born[:7]}") & _LOW) ^ _BY_MONTH


def _day(born: str) -> int:
    return (_token(f"yd {born[:4]}{born[7:]}") & _LOW) ^ _BY_DAY


def _birthday(born: str) -> int:
    return (_token(f"md {born[5:]}") & _LOW) ^ _BY_BIRTHDAY


def _numbers(person: Person) -> list[int]:
    return [
        _own_token(f"n {name} {folded}") ^ _SALT[Kind.NUMBER]
        for name, folded in person.numbers.items()
    ]


def _postcodes(person: Person) -> list[int]:
    codes = (person.postcode, *person.other_postcodes)[:_MOST_NAMES]
    return [_token(f"p {code}") for code in codes if code and code != _DEFAULT]


def _tokens(person: Person) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return tokens of given names and of family names."""
    given, family = person.given, person.family
    givens = _given_tokens(given) if given else ()
    preferred = person.preferred
    if preferred:
        givens = _together(givens, _given_tokens(preferred))
    families = _family_tokens(family) if family else ()
    for former in person.other_families[:_MOST_NAMES]:
        families = _together(families, _family_tokens(former))
    return givens, families


def person_keys(person: Person, kinds: frozenset[Kind] = DEFAULT_KINDS) -> list[int]:
    """Return the keys under which a person is stored, some of them twice perhaps."""
    givens, families = _tokens(person)
    postcodes = _postcodes(person)
    keys = _keys(givens, families, person.born, postcodes)
    keys += _numbers(person)
    if kinds > DEFAULT_KINDS:
        keys += _of_address(person, postcodes)
    return keys


def blocking_keys(
    learner: Learner,
    *,
    families: Iterable[str] = (),
    postcodes: Iterable[str] = (),
    kinds: frozenset[Kind] = DEFAULT_KINDS,
) -> tuple[int, ...]:
    """Return the keys under which a learner is stored.

    Args:
        learner: The learner.
        families: Former family names that the record does not hold.
        postcodes: Former postcodes.
        kinds: Which kinds of keys, `DEFAULT_KINDS` or all of them.

    Returns:
        Distinct signed 64-bit numbers, sorted; some fourteen for most learners, none
        for one with nothing to search by.

    Source: ours (derived: see the page on search).
    """
    person = Person(learner, families=families, postcodes=postcodes)
    return tuple(sorted(set(person_keys(person, kinds))))


def query_keys(
    person: Person, kinds: frozenset[Kind] = DEFAULT_KINDS
) -> tuple[int, ...]:
    """Return the keys to look for.

    They are the person's own, those with the names changed over, and those of what may
    have become of the date of birth: day and month changed over, 1 January of the year
    and of years near. Where no postcode helps, the names have more of them.

    Args:
        person: What is asked.
        kinds: Which kinds of keys, as they were stored.

    Returns:
        Distinct signed 64-bit numbers, sorted.
    """
    givens, families = _tokens(person)
    postcodes, born = _postcodes(person), person.born
    keys = _keys(givens, families, born, postcodes)
    keys += _numbers(person)
    if kinds > DEFAULT_KINDS:
        keys += _of_address(person, postcodes)
    keys += _further(person, givens, families, is_alone=not postcodes)
    if person.given and person.family:
        crossed = _family_tokens(person.given)
        for postcode in postcodes:
            salted = postcode ^ _FAMILY_BY_POSTCODE
            keys += [(family & _LOW) ^ salted for family in crossed]
        equal = exact_key(person.five.swapped())
        if equal is not None:
            keys.append(equal)
    return tuple(sorted(set(keys)))


def _further(
    person: Person, givens: Sequence[int], families: Sequence[int], *, is_alone: bool
) -> list[int]:
    """Return keys of names with a part of another date, and of names changed over.

    Args:
        person: What is asked.
        givens: Tokens of given names.
        families: Tokens of family names.
        is_alone: Whether there is no postcode to find the person by.
    """
    born = person.born
    if len(born) != _DATE_LENGTH:
        return []
    keys = _of_names(_names(givens, families), _other_parts(born, is_alone=is_alone))
    if not is_alone:
        # Rare enough for one way to read the names, which bears no other mistake.
        keys += _of_names(_names(givens[:1], families[:1]), _near_parts(born))
    if person.given and person.family:
        names = _names(_given_tokens(person.family), _family_tokens(person.given))
        parts: Iterable[int] = (_birthday(born),)
        if is_alone:
            parts = (*_parts(born), *_other_parts(born, is_alone=False))
        keys += _of_names(names, parts)
    return keys


def wide_keys(person: Person) -> frozenset[int]:
    """Return the keys of names with a part of the date: strangers share them too.

    Whoever is near, as far as the real service is known, is found under another key.

    Args:
        person: What is asked.
    """
    born = person.born
    if len(born) != _DATE_LENGTH:
        return frozenset()
    givens, families = _tokens(person)
    keys = _of_names(_names(givens, families), _parts(born))
    keys += _further(person, givens, families, is_alone=not _postcodes(person))
    return frozenset(keys)


_MONTHS = tuple(f"{month:02}" for month in range(1, 13))


@lru_cache(maxsize=65_536)
def _other_parts(born: str, *, is_alone: bool) -> tuple[int, ...]:
    """Return parts of further dates that this one may stand for."""
    month, day = born[5:7], born[8:]
    found = list(_made_up(born, [born[:4]]))
    if is_alone:
        found += _near_parts(born)
    if day in _MONTHS and not month == day == "01":
        found.append(_birthday(f"{born[:4]}-{day}-{month}"))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _near_parts(born: str) -> tuple[int, ...]:
    """Return the parts of dates of a year near, where one of the two may be made up."""
    return _made_up(born, _near(born[:4]))


def _made_up(born: str, years: Iterable[str]) -> tuple[int, ...]:
    """Return January of some years; of 1 January every month: any day may be meant."""
    months = _MONTHS if born[5:] == "01-01" else ("01",)
    return tuple([_month(f"{year}-{month}") for year in years for month in months])


def _near(year: str) -> list[str]:
    """Return the two years before a year and after it."""
    if not (year.isascii() and year.isdigit()):
        return []
    return [f"{int(year) + n:04}" for n in range(-NEAR_YEARS, NEAR_YEARS + 1) if n]


# --- by address -------------------------------------------------------------------

_STREET = 4  # letters of a street or town that count
_LINE = 100  # letters of a line that count


def _of_address(person: Person, postcodes: list[int]) -> Iterator[int]:
    """Yield the keys of a person's address, and of the names with the town."""
    learner = person.learner
    town = plain(learner.town or "")[:_STREET]
    lines = [
        (line or "")[:_LINE]
        for line in (learner.address_line_1, learner.address_line_2)
    ]
    for street in filter(None, map(_street, filter(None, lines))):
        token = _token(f"s {street}")
        if town:
            yield token ^ _token(f"t {town}") ^ _SALT[Kind.STREET_AND_TOWN]
        for postcode in postcodes:
            yield token ^ postcode ^ _SALT[Kind.STREET_AND_POSTCODE]
    if town and person.given and person.family:
        for given in _family_tokens(person.given):
            for family in _family_tokens(person.family):
                # The same when they are changed over.
                names = _token("n " + " ".join(sorted((str(given), str(family)))))
                yield names ^ _token(f"t {town}") ^ _SALT[Kind.NAMES_AND_TOWN]


@lru_cache(maxsize=4_096)
def _street(line: str) -> str:
    """Return the beginning of the longest word that tells a line from others."""
    words = re.findall(r"[^\W\d_]+", line.casefold())
    telling = [word for word in words if word not in COMMON_WORDS] or words
    return max(telling, key=len, default="")[:_STREET]

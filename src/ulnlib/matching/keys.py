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
]

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

from ulnlib._text import fold_postcode
from ulnlib.learner import Learner
from ulnlib.matching import nicknames, sound, surnames
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.postcode import DEFAULT

KEY_VERSION = 1
"""Changes when a learner gets other keys than before; stored beside them."""

_DEFAULT = fold_postcode(DEFAULT)
_MASK = (1 << 64) - 1
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: spreads bits
_MOST_NAMES = 8
_DATE_LENGTH = 10


class Kind(IntEnum):
    """What a key is made of.

    *Given* is a root of any given, preferred or middle name, *family* a sound of any
    family name or half of one.

    Source: chosen by measured recall, see the page on search (derived).
    """

    NAMES_AND_YEAR = 1
    NAMES_AND_DAY = 2
    FAMILY_AND_BIRTH = 3
    GIVEN_AND_BIRTH = 4
    BIRTH_AND_POSTCODE = 5
    FAMILY_AND_POSTCODE = 6
    GIVEN_AND_POSTCODE = 7
    NUMBER = 8
    STREET_AND_TOWN = 9
    STREET_AND_POSTCODE = 10
    NAMES_AND_TOWN = 11


DEFAULT_KINDS = frozenset(kind for kind in Kind if kind <= Kind.NUMBER)
"""The kinds that a register keeps."""

ADDRESS_KINDS = frozenset(Kind) - DEFAULT_KINDS
"""Further kinds, for records whose postcodes or dates of birth are poor."""


@lru_cache(maxsize=131_072)
def _token(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def _key(kind: int, one: int, other: int) -> int:
    """Mix two tokens into a signed 64-bit number, as databases store them."""
    key = ((kind ^ one) * _MULTIPLIER) & _MASK
    key = (((key ^ (key >> 29)) ^ other) * _MULTIPLIER) & _MASK
    key ^= key >> 32
    return key - (1 << 64) if key >> 63 else key


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


def _of(tokens: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(token for group in tokens for token in group))


def _keys(
    givens: tuple[int, ...], families: tuple[int, ...], born: str, postcodes: list[int]
) -> Iterator[int]:
    # Written out: it runs for every record of a register.
    if len(born) == _DATE_LENGTH:
        birth = _token(f"d {born}")
        year, day = _token(f"y {born[:4]}"), _token(f"m {born[5:]}")
        for given in givens:
            yield _key(Kind.GIVEN_AND_BIRTH, given, birth)
            for family in families:
                names = given ^ ((family << 1) & _MASK)
                yield _key(Kind.NAMES_AND_YEAR, names, year)
                yield _key(Kind.NAMES_AND_DAY, names, day)
        for family in families:
            yield _key(Kind.FAMILY_AND_BIRTH, family, birth)
        for postcode in postcodes:
            yield _key(Kind.BIRTH_AND_POSTCODE, birth, postcode)
    for postcode in postcodes:
        for given in givens:
            yield _key(Kind.GIVEN_AND_POSTCODE, given, postcode)
        for family in families:
            yield _key(Kind.FAMILY_AND_POSTCODE, family, postcode)


def _numbers(learner: Learner) -> Iterator[int]:
    for name, text in (
        ("upn", learner.upn),
        ("uci", learner.uci),
        ("scn", learner.scottish_candidate_number),
    ):
        if text and (folded := text.strip().casefold()):
            yield _key(Kind.NUMBER, _token(name), _token(f"n {folded}"))


def _postcodes(person: Person) -> list[int]:
    codes = (person.postcode, *person.other_postcodes)[:_MOST_NAMES]
    return [_token(f"p {code}") for code in codes if code and code != _DEFAULT]


def person_keys(
    person: Person, kinds: frozenset[Kind] = DEFAULT_KINDS
) -> Iterator[int]:
    """Yield the keys under which a person is stored, some of them twice perhaps."""
    names = [n for n in (person.given, *person.other_givens) if n][:_MOST_NAMES]
    families = [n for n in (person.family, *person.other_families) if n][:_MOST_NAMES]
    postcodes = _postcodes(person)
    yield from _keys(
        _of(map(_given_tokens, names)),
        _of(map(_family_tokens, families)),
        person.born,
        postcodes,
    )
    yield from _numbers(person.learner)
    if kinds > DEFAULT_KINDS:
        yield from _of_address(person, postcodes)


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
    """Return the keys to look for: the person's own, and with the names changed over.

    Args:
        person: What is asked.
        kinds: Which kinds of keys, as they were stored.

    Returns:
        Distinct signed 64-bit numbers, sorted.
    """
    keys = set(person_keys(person, kinds))
    if person.given and person.family:
        keys.update(
            _keys(
                _given_tokens(person.family),
                _family_tokens(person.given),
                person.born,
                _postcodes(person),
            )
        )
    return tuple(sorted(keys))


# --- by address -------------------------------------------------------------------

_STREET = 4  # letters of a street or town that count


def _of_address(person: Person, postcodes: list[int]) -> Iterator[int]:
    """Yield the keys of a person's address, and of the names with the town."""
    learner = person.learner
    town = plain(learner.town or "")[:_STREET]
    lines = (learner.address_line_1, learner.address_line_2)
    for street in filter(None, map(_street, filter(None, lines))):
        token = _token(f"s {street}")
        if town:
            yield _key(Kind.STREET_AND_TOWN, token, _token(f"t {town}"))
        for postcode in postcodes:
            yield _key(Kind.STREET_AND_POSTCODE, token, postcode)
    if town and person.given and person.family:
        for given in _family_tokens(person.given):
            for family in _family_tokens(person.family):
                names = (given + family) & _MASK  # the same when they are changed over
                yield _key(Kind.NAMES_AND_TOWN, names, _token(f"t {town}"))


@lru_cache(maxsize=4_096)
def _street(line: str) -> str:
    """Return the beginning of the longest word of a line of an address."""
    words = re.findall(r"[^\W\d_]+", line.casefold()[:100])
    return max(words, key=len, default="")[:_STREET]

"""The mistakes that are made with a learner's details, each by its name.

A mistake takes a learner and gives the same learner as somebody else would write them:
misheard, mistyped, married, moved. Its rules and tables are this package's own and are
not the matcher's, so that a matcher which does well on them does not do so by knowing
them. The kinds follow what the service's guide says its search tolerates.

Source: LRS portal guide, Appendix B (published) for what is tolerated; how each mistake
is made is ours (assumed).
"""

from __future__ import annotations

__all__ = ["FIELDS_OF", "ErrorKind", "apply"]

import datetime as dt
import re
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ulnlib.testing import _spelling as spelling
from ulnlib.testing._draw import one_of, rows
from ulnlib.testing.names import names, plain
from ulnlib.testing.places import NO_ADDRESS, UNIT_LETTERS, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from ulnlib.learner import Learner

    Mistake = Callable[[Learner, Random], Learner | None]

NAME_LENGTH = 35
"""How many characters of a name the service keeps."""


class ErrorKind(StrEnum):
    """What is wrong with a learner's details."""

    PREVIOUS_FAMILY_NAME = "previous_family_name"
    NEW_FAMILY_NAME = "new_family_name"
    NAMES_SWAPPED = "names_swapped"
    MIDDLE_NAME_AS_GIVEN = "middle_name_as_given"
    PREFIX_CHANGED = "prefix_changed"
    SUFFIX_CHANGED = "suffix_changed"
    NICKNAME = "nickname"
    GIVEN_NAME_KEYBOARD = "given_name_keyboard"
    GIVEN_NAME_LETTER = "given_name_letter"
    GIVEN_NAME_DROPPED = "given_name_dropped"
    GIVEN_NAME_DOUBLED = "given_name_doubled"
    GIVEN_NAME_TRANSPOSED = "given_name_transposed"
    GIVEN_NAME_HEARD = "given_name_heard"
    FAMILY_NAME_KEYBOARD = "family_name_keyboard"
    FAMILY_NAME_LETTER = "family_name_letter"
    FAMILY_NAME_DROPPED = "family_name_dropped"
    FAMILY_NAME_DOUBLED = "family_name_doubled"
    FAMILY_NAME_TRANSPOSED = "family_name_transposed"
    FAMILY_NAME_HEARD = "family_name_heard"
    HALF_OF_DOUBLE_BARRELLED = "half_of_double_barrelled"
    HYPHEN_CHANGED = "hyphen_changed"
    HALVES_SWAPPED = "halves_swapped"
    GIVEN_NAMES_TOGETHER = "given_names_together"
    INITIALS_ONLY = "initials_only"
    DAY_MONTH_SWAPPED = "day_month_swapped"
    FIRST_OF_MONTH = "first_of_month"
    FIRST_OF_JANUARY = "first_of_january"
    FIRST_OF_NEAR_JANUARY = "first_of_near_january"
    DATE_DIGIT = "date_digit"
    YEAR_OFF_BY_ONE = "year_off_by_one"
    PREVIOUS_POSTCODE = "previous_postcode"
    PARENTS_POSTCODE = "parents_postcode"
    MOVED = "moved"
    NO_POSTCODE = "no_postcode"
    POSTCODE_CHARACTER = "postcode_character"
    GENDER_NOT_KNOWN = "gender_not_known"
    GENDER_NOT_SPECIFIED = "gender_not_specified"
    GENDER_MISKEYED = "gender_miskeyed"
    GENDER_MISSING = "gender_missing"
    ACCENTS_LOST = "accents_lost"
    APOSTROPHE_LOST = "apostrophe_lost"
    CASE_CHANGED = "case_changed"
    SPACES_CHANGED = "spaces_changed"
    CUT_SHORT = "cut_short"


_GIVEN, _FAMILY = "given_name", "family_name"
_BORN, _POSTCODE, _GENDER = "date_of_birth", "postcode", "gender"
_NAMES = (_GIVEN, _FAMILY)


def apply(kind: ErrorKind, learner: Learner, chance: Random) -> Learner | None:
    """Return a learner with one thing wrong.

    Args:
        kind: What is wrong.
        learner: Somebody, as the register knows them.
        chance: What decides where there is a choice; nothing else does.

    Returns:
        The learner with that mistake, which is never equal to the learner in all five
        key demographics; or None where it cannot be made with this learner, as with
        the previous family name of somebody who has none.

    Examples:
        >>> from random import Random
        >>> from ulnlib import Learner
        >>> ann = Learner(family_name="McDonald")
        >>> apply(ErrorKind.CASE_CHANGED, ann, Random(1)).family_name
        'MCDONALD'
    """
    found = _MISTAKES[kind](learner, chance)
    if found is None:
        return None
    fields = FIELDS_OF[kind]
    same = all(getattr(found, field) == getattr(learner, field) for field in fields)
    return None if same else found


# --- names -------------------------------------------------------------------------


def _previous_family_name(learner: Learner, chance: Random) -> Learner | None:
    """Use the family name of before."""
    del chance
    if not learner.previous_family_name:
        return None
    return learner.evolve(
        family_name=learner.previous_family_name, previous_family_name=None
    )


def _new_family_name(learner: Learner, chance: Random) -> Learner | None:
    """Give a family name that the register has not heard of, and the one it has."""
    if not learner.family_name:
        return None
    known = names()
    new = known.family(chance, known.community_of(learner.family_name))
    return learner.evolve(family_name=new, previous_family_name=learner.family_name)


def _names_swapped(learner: Learner, chance: Random) -> Learner | None:
    """Put each name where the other belongs."""
    del chance
    return learner.evolve(
        given_name=learner.family_name, family_name=learner.given_name
    )


def _middle_name_as_given(learner: Learner, chance: Random) -> Learner | None:
    """Use the middle name as the given name."""
    del chance
    if not learner.middle_names:
        return None
    return learner.evolve(
        given_name=learner.middle_names.partition(" ")[0], middle_names=None
    )


_PREFIXES = (
    (r"Mc (?=\w)|Mc(?=[A-Z])", ("Mac", "Mc ", "M'", "", "Mac ")),
    (r"Mac (?=\w)|Mac(?=[A-Z])", ("Mc", "Mac ", "", "M'")),
    (r"[ÓO]['\N{RIGHT SINGLE QUOTATION MARK} ](?=\w)", ("O", "O ", "", "O-")),
    (r"Fitz[- ]?(?=\w{3})", ("Fitz ", "", "Fitz-")),
    (r"(?:St\.? |Saint )(?=\w)", ("St", "Saint ", "St. ", "")),
    (
        r"(?i:de la|van der|van den|de|da|dos|do|di|du|des|le|la|van|von|dela) (?=\w)",
        ("", None),
    ),
    (r"[DdL]['\N{RIGHT SINGLE QUOTATION MARK}](?=\w)", ("", "D", "De ")),
    (r"(?i:al|el|abdel|abdul)[- ](?=\w)", ("", None)),
    (r"(?i:bint|bin|ibn|ap) (?=\w)", ("", None)),
)
"""Prefixes of family names, and what becomes of them; None is run into the name."""

_ADDED_PREFIXES = ("Mc", "Mac", "O'", "De ", "Al-", "Fitz")


def _prefix_changed(learner: Learner, chance: Random) -> Learner | None:
    """Leave out the prefix of a family name, spell it otherwise, or add it."""
    family = learner.family_name or ""
    for pattern, others in _PREFIXES:
        if found := re.match(pattern, family):
            rest = family[found.end() :]
            other = one_of([o for o in others if o != found[0]], chance)
            if other is None:
                joined = re.sub(r"\W", "", found[0]).capitalize() + rest.lower()
                return learner.evolve(family_name=joined)
            return learner.evolve(family_name=f"{other}{rest[:1].upper()}{rest[1:]}")
    known = names()
    longer = [p + family for p in _ADDED_PREFIXES if known.is_family(p + family)]
    return learner.evolve(family_name=one_of(longer, chance)) if longer else None


_SUFFIXES = (" Jr", " Jnr", " Junior", " Sr", " Snr", " II", " III")


def _suffix_changed(learner: Learner, chance: Random) -> Learner | None:
    """Add what tells a son from his father, or leave it out."""
    family = learner.family_name or ""
    for suffix in _SUFFIXES:
        if family.endswith(suffix):
            return learner.evolve(family_name=family.removesuffix(suffix))
    longer = family + one_of(_SUFFIXES, chance)
    return learner.evolve(family_name=longer) if len(longer) <= NAME_LENGTH else None


def _nickname(learner: Learner, chance: Random) -> Learner | None:
    """Use the name that somebody goes by, or the full form of a short one."""
    first = (learner.given_name or "").partition(" ")[0]
    others = [*names().preferred(first), *_full_forms().get(first, ())]
    if learner.preferred_given_name and (not others or chance.random() < 0.6):
        others = [learner.preferred_given_name]
    if not others:
        return None
    return learner.evolve(given_name=one_of(others, chance), preferred_given_name=None)


@cache
def _full_forms() -> Mapping[str, tuple[str, ...]]:
    """Return the names that each short form may stand for."""
    found: dict[str, list[str]] = {}
    for row in rows("preferred_names"):
        for short in row["preferred"].split(";"):
            found.setdefault(short, []).append(row["name"])
    return {short: tuple(full) for short, full in found.items()}


def _halves(learner: Learner) -> tuple[str, str] | None:
    """Return the halves of a double-barrelled family name."""
    first, hyphen, second = (learner.family_name or "").partition("-")
    if not hyphen or len(first) < 3 or len(second) < 3:
        return None
    return first, second


def _half(learner: Learner, chance: Random) -> Learner | None:
    """Use one half of a double-barrelled name."""
    halves = _halves(learner)
    return learner.evolve(family_name=one_of(halves, chance)) if halves else None


def _hyphen_changed(learner: Learner, chance: Random) -> Learner | None:
    """Write a space for the hyphen, or nothing."""
    halves = _halves(learner)
    if halves is None:
        return None
    return learner.evolve(
        family_name=" ".join(halves)
        if chance.random() < 0.7
        else halves[0] + halves[1].lower()
    )


def _halves_swapped(learner: Learner, chance: Random) -> Learner | None:
    """Write the halves of a double-barrelled name in the other order."""
    del chance
    halves = _halves(learner)
    return learner.evolve(family_name="-".join(halves[::-1])) if halves else None


def _together(learner: Learner, chance: Random) -> Learner | None:
    """Run two given names, or the given and the middle name, into one."""
    given, space, second = (learner.given_name or "").partition(" ")
    middle = learner.middle_names
    if not space:
        second, _, rest = (middle or "").partition(" ")
        middle = rest or None
        if not second:
            return None
        if chance.random() < 0.5:
            together = f"{given} {second}"[:NAME_LENGTH].rstrip()
            return learner.evolve(given_name=together, middle_names=middle)
    together = f"{given}{second.lower()}"[:NAME_LENGTH]
    return learner.evolve(given_name=together, middle_names=middle)


def _initials(learner: Learner, chance: Random) -> Learner | None:
    """Give initials only."""
    given = (learner.given_name or "").split()
    if not given or len(given[0]) < 2:
        return None
    all_of_them = given + (learner.middle_names or "").split()
    if len(all_of_them) > 1 and chance.random() < 0.4:
        joined = one_of(("", " "), chance).join(word[0] for word in all_of_them[:3])
        return learner.evolve(given_name=joined, middle_names=None)
    dot = "." if chance.random() < 0.2 else ""
    return learner.evolve(given_name=f"{given[0][0]}{dot}")


# --- spelling ----------------------------------------------------------------------

_TRIES = 8


def _misspelt(field: str, misspell: Callable[[str, Random], str | None]) -> Mistake:
    """Return the mistake of misspelling a name in one way."""

    def mistake(learner: Learner, chance: Random) -> Learner | None:
        name = getattr(learner, field) or ""
        for _ in range(_TRIES):
            wrong = misspell(name, chance)
            if wrong and wrong != name and len(wrong) <= NAME_LENGTH:
                return learner.evolve(**{field: wrong})
        return None

    return mistake


# --- what systems do to names ------------------------------------------------------


def _either_name(rewrite: Callable[[str, Random], str]) -> Mistake:
    """Return the mistake of rewriting a name, or both where both would change."""

    def mistake(learner: Learner, chance: Random) -> Learner | None:
        changed = {}
        for field in _NAMES:
            name = getattr(learner, field)
            if name and (other := rewrite(name, chance)) and other != name:
                changed[field] = other
        if len(changed) == 2 and chance.random() < 0.5:
            del changed[one_of(_NAMES, chance)]
        return learner.evolve(**changed) if changed else None

    return mistake


def _without_accents(name: str, chance: Random) -> str:
    """Lose the accents, or what stands in for them."""
    if name.isascii():
        return name
    if chance.random() < 0.1:
        return "".join(c if c.isascii() else "?" for c in name)
    return plain(name)


def _without_apostrophe(name: str, chance: Random) -> str:
    """Lose the apostrophe, or get another one."""
    if "'" not in name:
        return name
    return name.replace(
        "'", one_of(("", "", " ", "\N{RIGHT SINGLE QUOTATION MARK}", "`"), chance)
    )


def _recased(name: str, chance: Random) -> str:
    """Write all in capitals, or in small letters."""
    return name.upper() if chance.random() < 0.75 else name.lower()


def _respaced(name: str, chance: Random) -> str:
    """Lose the spaces, or get a hyphen for one."""
    return name.replace(" ", "" if chance.random() < 0.7 else "-")


def _cut(learner: Learner, chance: Random) -> Learner | None:
    """Write a name out that the register has only the first 35 characters of."""
    family = learner.family_name or ""
    if len(family) < NAME_LENGTH - 1:
        return None
    head, _, last = family.rpartition(" ")
    longer = names().beginning_with(last)
    whole = one_of(longer, chance) if longer else f"{last} Sousa"
    return learner.evolve(family_name=f"{head} {whole}".strip())


# --- dates -------------------------------------------------------------------------


def _parts(learner: Learner) -> tuple[int, int, int] | None:
    """Return year, month and day of birth."""
    try:
        day = dt.date.fromisoformat(learner.date_of_birth or "")
    except ValueError:
        return None
    return day.year, day.month, day.day


def _dated(
    change: Callable[[int, int, int, Random], tuple[int, int, int]],
) -> Mistake:
    """Return the mistake of changing a date of birth."""

    def mistake(learner: Learner, chance: Random) -> Learner | None:
        parts = _parts(learner)
        if parts is None:
            return None
        try:
            wrong = dt.date(*change(*parts, chance))
        except ValueError:
            return None
        return learner.evolve(date_of_birth=wrong)

    return mistake


def _date_digit(learner: Learner, chance: Random) -> Learner | None:
    """Write one digit of a date wrong, so that it still is a date of somebody's."""
    born = learner.date_of_birth or ""
    if _parts(learner) is None:
        return None
    wrong = [
        text
        for place in (2, 3, 5, 6, 8, 9)
        for digit in "0123456789"
        if digit != born[place]
        and _is_likely(text := f"{born[:place]}{digit}{born[place + 1 :]}", born)
    ]
    return learner.evolve(date_of_birth=one_of(wrong, chance)) if wrong else None


def _is_likely(text: str, born: str) -> bool:
    """Say whether a text is a date, and within twenty years of another."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return abs(int(text[:4]) - int(born[:4])) <= 20 and text[:4] <= "2013"


# --- postcodes ---------------------------------------------------------------------


def _elsewhere(*, near: bool) -> Mistake:
    """Return the mistake of giving another address than the register has."""

    def mistake(learner: Learner, chance: Random) -> Learner | None:
        before = (learner.postcode or "")[:2]
        areas = [one for one in _AREAS if (one == before) == near] or _AREAS
        postcode = _PLACES.postcode(chance, one_of(areas, chance))
        return learner.evolve(**{**_NOWHERE, _POSTCODE: postcode})

    return mistake


_PLACES = places()
_AREAS = _PLACES.areas
_NOWHERE: dict[str, None] = dict.fromkeys(
    ("address_line_1", "address_line_2", "town", "county", "date_of_address_capture")
)


def _no_postcode(learner: Learner, chance: Random) -> Learner | None:
    """Give the postcode that stands for none."""
    del chance
    return learner.evolve(postcode=NO_ADDRESS.postcode)


def _postcode_character(learner: Learner, chance: Random) -> Learner | None:
    """Write one character of a postcode wrong; its area still does not exist."""
    text = learner.postcode or ""
    if text[:2] not in _AREAS or text == NO_ADDRESS.postcode:
        return None
    wrong = [text.replace(text[:2], area, 1) for area in _AREAS]
    for place in range(2, len(text)):
        if text[place] != " ":
            others = UNIT_LETTERS if text[place].isalpha() else "123456789"
            wrong += [f"{text[:place]}{other}{text[place + 1 :]}" for other in others]
    return learner.evolve(postcode=one_of([w for w in wrong if w != text], chance))


# --- gender ------------------------------------------------------------------------


def _gender(code: str | None) -> Mistake:
    """Return the mistake of giving a code of gender, or none."""

    def mistake(learner: Learner, chance: Random) -> Learner:
        del chance
        return learner.evolve(gender=code)

    return mistake


def _gender_miskeyed(learner: Learner, chance: Random) -> Learner | None:
    """Give the other gender."""
    del chance
    other = {"1": "2", "2": "1"}.get(learner.gender or "")
    return learner.evolve(gender=other) if other else None


_MISTAKES: Mapping[ErrorKind, Mistake] = MappingProxyType(
    {
        ErrorKind.PREVIOUS_FAMILY_NAME: _previous_family_name,
        ErrorKind.NEW_FAMILY_NAME: _new_family_name,
        ErrorKind.NAMES_SWAPPED: _names_swapped,
        ErrorKind.MIDDLE_NAME_AS_GIVEN: _middle_name_as_given,
        ErrorKind.PREFIX_CHANGED: _prefix_changed,
        ErrorKind.SUFFIX_CHANGED: _suffix_changed,
        ErrorKind.NICKNAME: _nickname,
        ErrorKind.GIVEN_NAME_KEYBOARD: _misspelt(_GIVEN, spelling.keyboard),
        ErrorKind.GIVEN_NAME_LETTER: _misspelt(_GIVEN, spelling.letter),
        ErrorKind.GIVEN_NAME_DROPPED: _misspelt(_GIVEN, spelling.dropped),
        ErrorKind.GIVEN_NAME_DOUBLED: _misspelt(_GIVEN, spelling.doubled),
        ErrorKind.GIVEN_NAME_TRANSPOSED: _misspelt(_GIVEN, spelling.transposed),
        ErrorKind.GIVEN_NAME_HEARD: _misspelt(_GIVEN, spelling.heard),
        ErrorKind.FAMILY_NAME_KEYBOARD: _misspelt(_FAMILY, spelling.keyboard),
        ErrorKind.FAMILY_NAME_LETTER: _misspelt(_FAMILY, spelling.letter),
        ErrorKind.FAMILY_NAME_DROPPED: _misspelt(_FAMILY, spelling.dropped),
        ErrorKind.FAMILY_NAME_DOUBLED: _misspelt(_FAMILY, spelling.doubled),
        ErrorKind.FAMILY_NAME_TRANSPOSED: _misspelt(_FAMILY, spelling.transposed),
        ErrorKind.FAMILY_NAME_HEARD: _misspelt(_FAMILY, spelling.heard),
        ErrorKind.HALF_OF_DOUBLE_BARRELLED: _half,
        ErrorKind.HYPHEN_CHANGED: _hyphen_changed,
        ErrorKind.HALVES_SWAPPED: _halves_swapped,
        ErrorKind.GIVEN_NAMES_TOGETHER: _together,
        ErrorKind.INITIALS_ONLY: _initials,
        ErrorKind.DAY_MONTH_SWAPPED: _dated(lambda y, m, d, _: (y, d, m)),
        ErrorKind.FIRST_OF_MONTH: _dated(lambda y, m, _d, _: (y, m, 1)),
        ErrorKind.FIRST_OF_JANUARY: _dated(lambda y, _m, _d, _: (y, 1, 1)),
        ErrorKind.FIRST_OF_NEAR_JANUARY: _dated(
            lambda y, _m, _d, chance: (y + one_of((-2, -1, -1, 1, 1, 2), chance), 1, 1)
        ),
        ErrorKind.DATE_DIGIT: _date_digit,
        ErrorKind.YEAR_OFF_BY_ONE: _dated(
            lambda y, m, d, chance: (y + one_of((-1, 1), chance), m, d)
        ),
        ErrorKind.PREVIOUS_POSTCODE: _elsewhere(near=True),
        ErrorKind.PARENTS_POSTCODE: _elsewhere(near=False),
        ErrorKind.MOVED: _elsewhere(near=False),
        ErrorKind.NO_POSTCODE: _no_postcode,
        ErrorKind.POSTCODE_CHARACTER: _postcode_character,
        ErrorKind.GENDER_NOT_KNOWN: _gender("0"),
        ErrorKind.GENDER_NOT_SPECIFIED: _gender("9"),
        ErrorKind.GENDER_MISKEYED: _gender_miskeyed,
        ErrorKind.GENDER_MISSING: _gender(None),
        ErrorKind.ACCENTS_LOST: _either_name(_without_accents),
        ErrorKind.APOSTROPHE_LOST: _either_name(_without_apostrophe),
        ErrorKind.CASE_CHANGED: _either_name(_recased),
        ErrorKind.SPACES_CHANGED: _either_name(_respaced),
        ErrorKind.CUT_SHORT: _cut,
    }
)


def _fields_of() -> Iterator[tuple[ErrorKind, frozenset[str]]]:
    """Yield which of the five key demographics each mistake changes."""
    both = {
        ErrorKind.NAMES_SWAPPED,
        ErrorKind.ACCENTS_LOST,
        ErrorKind.APOSTROPHE_LOST,
        ErrorKind.CASE_CHANGED,
        ErrorKind.SPACES_CHANGED,
    }
    given = {
        ErrorKind.MIDDLE_NAME_AS_GIVEN,
        ErrorKind.NICKNAME,
        ErrorKind.GIVEN_NAMES_TOGETHER,
        ErrorKind.INITIALS_ONLY,
    }
    dates = {
        ErrorKind.DAY_MONTH_SWAPPED,
        ErrorKind.FIRST_OF_MONTH,
        ErrorKind.FIRST_OF_JANUARY,
        ErrorKind.FIRST_OF_NEAR_JANUARY,
        ErrorKind.DATE_DIGIT,
        ErrorKind.YEAR_OFF_BY_ONE,
    }
    postcodes = {
        ErrorKind.PREVIOUS_POSTCODE,
        ErrorKind.PARENTS_POSTCODE,
        ErrorKind.MOVED,
        ErrorKind.NO_POSTCODE,
        ErrorKind.POSTCODE_CHARACTER,
    }
    for kind in ErrorKind:
        if kind in both:
            yield kind, frozenset(_NAMES)
        elif kind in given or kind.startswith(_GIVEN):
            yield kind, frozenset({_GIVEN})
        elif kind in dates:
            yield kind, frozenset({_BORN})
        elif kind in postcodes:
            yield kind, frozenset({_POSTCODE})
        elif kind.startswith(_GENDER):
            yield kind, frozenset({_GENDER})
        else:
            yield kind, frozenset({_FAMILY})


FIELDS_OF: Mapping[ErrorKind, frozenset[str]] = MappingProxyType(dict(_fields_of()))
"""Which of the five key demographics each mistake may change."""

"""How far dates, genders, postcodes and refiners agree: levels of two values.

Every function takes two values that are both given, folded where the text says so,
and returns the names of the levels that apply, `other` among them when they differ.
"""

from __future__ import annotations

__all__ = [
    "COMMON_WORDS",
    "NEAR_YEARS",
    "address_level",
    "date_levels",
    "gender_levels",
    "middle_level",
    "postcode_levels",
    "school_level",
    "text_level",
]

import re
from functools import lru_cache

from ulnlib._text import fold_text
from ulnlib.codes import Gender
from ulnlib.matching.distance import is_similar
from ulnlib.matching.plain import PLAIN_LIMIT, plain
from ulnlib.postcode import DEFAULT, is_valid

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_KNOWN = frozenset({Gender.NOT_KNOWN.value, Gender.NOT_SPECIFIED.value})
_DEFAULT = DEFAULT.replace(" ", "").casefold()
NEAR_YEARS = 2
_NUMBERS = re.compile(r"\d+")
_LINE = 300  # letters of an address that count


def _one_place(one: str, other: str) -> bool:
    """Say whether one character differs, or two neighbours are changed over."""
    if len(one) != len(other):
        return False
    places = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] - places[0] == 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


@lru_cache(maxsize=65_536)
def date_levels(one: str, other: str) -> tuple[str, ...]:
    """Return the levels of two dates of birth.

    Args:
        one: A date as `YYYY-MM-DD`; any other text is only equal or not.
        other: Another.

    Source: LRS portal guide, Appendix B (published: day and month changed over, the
    first of the month, 1 January); one digit and a year off are ours (assumed).
    """
    if one == other:
        return ("equal_first_of_january" if one.endswith("-01-01") else "equal",)
    found = []
    if _DATE.fullmatch(one) and _DATE.fullmatch(other):
        year, month, day = one[:4], one[5:7], one[8:]
        year_2, month_2, day_2 = other[:4], other[5:7], other[8:]
        between = abs(int(year) - int(year_2))
        if not between and month == day_2 and day == month_2:
            found.append("day_month_swapped")
        if between == 1 and month == month_2 and day == day_2:
            found.append("year_off")
        if not between and month == month_2 and "01" in {day, day_2}:
            found.append("first_of_month")
        if "01-01" in {one[5:], other[5:]} and between <= NEAR_YEARS:
            found.append("first_of_january_near" if between else "first_of_january")
        if _one_place(one.replace("-", ""), other.replace("-", "")):
            found.append("digit")
    return (*found, "other")


def gender_levels(one: str, other: str) -> tuple[str, ...]:
    """Return the levels of two codes of gender.

    Source: LRS portal guide, Appendix B (assumed: it does not name gender).
    """
    if one == other and one not in _NOT_KNOWN:
        return ("equal",)
    if one in _NOT_KNOWN or other in _NOT_KNOWN:
        return ("not_known", "other")
    return ("miskeyed", "other")


def postcode_levels(
    one: str, other: str, further: tuple[str, ...], further_other: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the levels of two postcodes.

    Args:
        one: A postcode, folded.
        other: Another, folded.
        further: Former and further postcodes that go with the first.
        further_other: The same of the other.

    Source: LRS portal guide, Appendix B (published: a previous or a parent's postcode,
    ZZ99 9ZZ); one character, the area and a move are ours (assumed).
    """
    if _DEFAULT not in (one, other):
        if one == other:
            return _equal_levels(one, further, further_other)
        found = []
        if _meet(one, other, further, further_other):
            found.append("other_postcode")
        if _one_place(one, other) and _tells(one) and _tells(other):
            found.append("character")
        if len(one) > 4 and one[:-3] == other[:-3] and _tells(one) and _tells(other):
            found.append("area")
        return (*found, "moved", "other")
    if _meet(one, other, further, further_other):
        return ("other_postcode", "default", "other")
    return ("default", "other")


def _equal_levels(
    one: str, further: tuple[str, ...], further_other: tuple[str, ...]
) -> tuple[str, ...]:
    if _is_postcode(one):
        return ("equal",)
    level = "equal_elsewhere" if _tells(one) else "equal_unknown"
    both = {*further} & {*further_other}
    return ("other_postcode", level) if both - {_DEFAULT, one} else (level,)


@lru_cache(maxsize=65_536)
def _is_postcode(folded: str) -> bool:
    return is_valid(folded.upper())


@lru_cache(maxsize=65_536)
def _tells(folded: str) -> bool:
    """Say whether a text can be a code of somewhere: UNKNOWN and 00000 are none."""
    signs = set(filter(str.isalnum, folded))
    return signs not in ({"0"}, {"9"}) and any(map(str.isdecimal, signs))


def _meet(
    one: str, other: str, further: tuple[str, ...], further_other: tuple[str, ...]
) -> bool:
    if not further and not further_other:
        return False
    both = {one, *further} & {other, *further_other}
    return bool(both - {_DEFAULT})


def middle_level(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Return the level of two lists of middle names, in plain letters.

    Source: ours (assumed).
    """
    if one == other:
        return "equal"
    if set(one) & set(other):
        return "some"
    pairs = list(zip(one, other, strict=False))
    if all(a[0] == b[0] and 1 in {len(a), len(b)} for a, b in pairs):
        return "initial"
    return "other"


def text_level(one: str, other: str) -> str:
    """Return the level of two texts: equal in plain letters and numbers, or another."""
    told, told_2 = _told(one), _told(other)
    if any(told) and any(told_2):
        return "equal" if told == told_2 else "other"
    return "equal" if fold_text(one) == fold_text(other) else "other"


@lru_cache(maxsize=4_096)
def _told(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the plain letters of a text, and the numbers in it, in order."""
    return plain(text), tuple(_NUMBERS.findall(text[:PLAIN_LIMIT]))


def school_level(one: str, other: str) -> str:
    """Return the level of two schools; the words school and college do not count.

    Source: LRS portal guide, Appendix C (published: a school is entered without them).
    """
    return text_level(_without_school(one), _without_school(other))


def _without_school(text: str) -> str:
    letters, numbers = _told(text)
    words = [word for word in letters.split() if word not in _SCHOOL]
    return " ".join((*words, *numbers)) or text


_SCHOOL = frozenset({"college", "school", "the"})

COMMON_WORDS = frozenset(
    (
        *("apartment", "avenue", "close", "court", "crescent", "drive", "flat"),
        *("gardens", "grove", "house", "lane", "park", "place", "road", "room"),
        *("square", "street", "terrace", "the", "way"),
    )
)
"""Words that stand in the addresses of very many."""


def address_level(one: str, other: str) -> str:
    """Return the level of the lines of two addresses.

    They are near when at least half of the words of one are in the other, a number
    or the name of a street among them, or when they are spelled much alike.

    Source: ours (assumed).
    """
    one, other = one[:_LINE], other[:_LINE]
    words, words_2 = set(_words(one)), set(_words(other))
    if words == words_2:
        return "equal"
    shared = words & words_2
    if 2 * len(shared) >= min(len(words), len(words_2)) and shared - COMMON_WORDS:
        return "near"
    return (
        "near" if is_similar("".join(_words(one)), "".join(_words(other))) else "other"
    )


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.casefold()))

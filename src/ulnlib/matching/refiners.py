"""What is compared beside the five key demographics, where both records have it.

Correlated fields count once: an address says little beside its postcode.
"""

from __future__ import annotations

__all__ = ["PLACED", "compare_refiners"]

from collections.abc import Iterator

from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.matching.details import (
    address_level,
    middle_level,
    school_level,
    text_level,
)
from ulnlib.matching.findings import Finding
from ulnlib.matching.levels import COMPARED
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.policy import Policy

PLACED = frozenset({"equal", "other_postcode"})
"""The levels of a postcode that say where somebody lives, or did."""

Values = tuple[str | None, ...]

_REFINERS = COMPARED[len(FIVE_DEMOGRAPHICS) :]
_WITH_POSTCODE = {"equal": "with_postcode", "near": "near_with_postcode"}


_TEXTS = {
    "place_of_birth": text_level,
    "school_at_16": school_level,
    "county": text_level,
}
_EXACT = ("email", "upn", "uci", "scottish_candidate_number")
_POSITION = {name: n for n, name in enumerate(FIELDS)}
_PLACES = tuple((name, _POSITION[name], level_of) for name, level_of in _TEXTS.items())
_NUMBERED = tuple(_POSITION[name] for name in _EXACT)
_LINE_1, _LINE_2 = _POSITION["address_line_1"], _POSITION["address_line_2"]
_TOWN = _POSITION["town"]


def _address(values: Values) -> str:
    line, line_2 = values[_LINE_1], values[_LINE_2]
    return f"{line or ''} {line_2 or ''}".strip() if line or line_2 else ""


def compare_refiners(
    asked: Person, held: Person, policy: Policy, *, has_postcode: bool
) -> list[Finding]:
    """Compare what both have beside the five.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: What agreement weighs.
        has_postcode: Whether a postcode says already where they live, or did.

    Returns:
        A finding of each field that both have, in order.
    """
    other = held.learner.values()
    if not any(map(other.__getitem__, asked.refined)):
        return []
    one = asked.learner.values()
    levels = {}
    middles, middles_2 = _middles(asked, held)
    if middles and middles_2:
        levels["middle_names"] = middle_level(middles, middles_2)
    for field, place, level_of in _PLACES:
        text, text_2 = one[place], other[place]
        if text and text_2:
            levels[field] = level_of(text, text_2)
    levels.update(_places(one, other, has_postcode=has_postcode))
    for place in _NUMBERED:
        if one[place] and other[place]:
            levels.update(_numbers(asked, held))
            break
    if not levels:
        return []
    allowed = policy.allowed
    return [allowed[field][levels[field]] for field in _REFINERS if field in levels]


def _numbers(asked: Person, held: Person) -> Iterator[tuple[str, str]]:
    numbers, numbers_2 = asked.numbers, held.numbers
    for field in numbers.keys() & numbers_2.keys():
        yield field, "equal" if numbers[field] == numbers_2[field] else "other"


def _middles(asked: Person, held: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the middle names, without a given name that changed places with one.

    Zara Jane and Jane Zara are one event, which the given names have told already.
    """
    middles, middles_2 = asked.middles, held.middles
    if middles and middles_2:
        given, given_2 = plain(asked.given), plain(held.given)
        if given != given_2 and given in middles_2 and given_2 in middles:
            middles = tuple([name for name in middles if name != given_2])
            middles_2 = tuple([name for name in middles_2 if name != given])
    return middles, middles_2


def _places(
    one: Values, other: Values, *, has_postcode: bool
) -> Iterator[tuple[str, str]]:
    """Yield the levels of address and town, less where the postcode says it already."""
    is_placed = has_postcode
    address, address_2 = _address(one), _address(other)
    if address and address_2:
        level = address_level(address, address_2)
        is_placed = is_placed or level != "other"
        yield "address", _WITH_POSTCODE.get(level, level) if has_postcode else level
    town, town_2 = one[_TOWN], other[_TOWN]
    if town and town_2:
        level = text_level(town, town_2)
        yield "town", "with_address" if is_placed and level == "equal" else level

"""What is compared beside the five key demographics, where both records have it.

Correlated fields count once: an address says little beside its postcode.
"""

from __future__ import annotations

__all__ = ["PLACED", "compare_refiners"]

from collections.abc import Iterator

from ulnlib.fields import FIELDS
from ulnlib.matching.details import (
    address_level,
    middle_level,
    school_level,
    text_level,
)
from ulnlib.matching.findings import Finding
from ulnlib.matching.levels import COMPARED, levels_of
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.weights import Weights

PLACED = frozenset({"equal", "other_postcode"})
"""The levels of a postcode that say where somebody lives, or did."""

_WITH_POSTCODE = {"equal": "with_postcode", "near": "near_with_postcode"}


def _address(person: Person) -> str:
    learner = person.learner
    return f"{learner.address_line_1 or ''} {learner.address_line_2 or ''}".strip()


_TEXTS = {
    "place_of_birth": text_level,
    "school_at_16": school_level,
    "county": text_level,
}
_EXACT = ("email", "upn", "uci", "scottish_candidate_number")
_POSITION = {name: n for n, name in enumerate(FIELDS)}
_REFINING = tuple(
    _POSITION[name]
    for name in (
        "middle_names",
        "town",
        *_TEXTS,
        *_EXACT,
    )
)
_NUMBERED = tuple(_POSITION[name] for name in _EXACT)
_LINES = tuple(_POSITION[f"address_line_{n}"] for n in (1, 2))


def compare_refiners(
    asked: Person, held: Person, weights: Weights, *, has_postcode: bool
) -> list[Finding]:
    """Compare what both have beside the five.

    Args:
        asked: What is known of somebody.
        held: A record.
        weights: What agreement weighs.
        has_postcode: Whether a postcode says already where they live, or did.

    Returns:
        A finding of each field that both have, in order.
    """
    one, other = asked.learner.values(), held.learner.values()
    if not (
        any(one[n] and other[n] for n in _REFINING)
        or (any(one[n] for n in _LINES) and any(other[n] for n in _LINES))
    ):
        return []
    levels = {}
    middles, middles_2 = _middles(asked, held)
    if middles and middles_2:
        levels["middle_names"] = middle_level(middles, middles_2)
    for field, level_of in _TEXTS.items():
        text, text_2 = one[_POSITION[field]], other[_POSITION[field]]
        if text and text_2:
            levels[field] = level_of(text, text_2)
    levels.update(_places(asked, held, has_postcode=has_postcode))
    if any(one[n] and other[n] for n in _NUMBERED):
        numbers, numbers_2 = asked.numbers, held.numbers
        for field in numbers.keys() & numbers_2.keys():
            equal = numbers[field] == numbers_2[field]
            levels[field] = "equal" if equal else "other"
    by_level = weights.by_level
    return [
        Finding(levels_of(field)[levels[field]], by_level[field][levels[field]])
        for field in COMPARED
        if field in levels
    ]


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
    asked: Person, held: Person, *, has_postcode: bool
) -> Iterator[tuple[str, str]]:
    """Yield the levels of address and town, less where the postcode says it already."""
    address, address_2 = _address(asked), _address(held)
    is_placed = has_postcode
    if address and address_2:
        level = address_level(address, address_2)
        is_placed = is_placed or level != "other"
        yield "address", _WITH_POSTCODE.get(level, level) if has_postcode else level
    town, town_2 = asked.learner.town, held.learner.town
    if town and town_2:
        level = text_level(town, town_2)
        yield "town", "with_address" if is_placed and level == "equal" else level

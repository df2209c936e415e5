"""Addresses, postcodes and schools that do not exist.

Postcodes begin with an area that Royal Mail has not made (see `_data/places.csv`), so
none of them is the home of anybody, and all have the shape that the service accepts.
"""

from __future__ import annotations

__all__ = [
    "DISTRICTS",
    "NO_ADDRESS",
    "UNIT_LETTERS",
    "Address",
    "Places",
    "places",
]

from typing import TYPE_CHECKING, NamedTuple

from ulnlib.testing._draw import one_of, rows, weighted

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

DISTRICTS = 20
"""How many districts each invented area has: ZA1 to ZA20."""

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # never C, I, K, M, O, V

_UNITS = 340
"""How many units each sector has, of the 400 that the letters allow: in all there are
about a million and a half postcodes, as in the United Kingdom."""

_SAME_STREET = 0.06
_STREETS_KEPT = 1_000

_STREETS = weighted(
    "High 30, Station 26, Church 24, Park 18, Victoria 16, Green 14, Manor 13, "
    "Mill 12, Queen's 10, School 10, Orchard 9, Chestnut 8, Kingfisher 6, "
    "St Elowen's 5, Tannery 4, Cooper's 4, Saltmarsh 3, Bobbin 2"
)
_ENDINGS = weighted(
    "Road 40, Street 30, Lane 18, Avenue 16, Close 16, Drive 12, Way 8, Crescent 6, "
    "Terrace 6, Court 5"
)
_PARTS = weighted("Flat 14, Room 3, Unit 1")
_SCHOOLS = weighted(
    "Academy 40, High 25, Community Academy 12, Grammar 6, Sixth Form Centre 6, "
    "Girls' High 4, Free Academy 3, Studio 1"
)


class Address(NamedTuple):
    """Where a household lives."""

    address_line_1: str | None
    address_line_2: str | None
    town: str | None
    county: str | None
    postcode: str


NO_ADDRESS = Address(None, None, None, None, "ZZ99 9ZZ")
"""That of somebody who has none, or whose address is not known."""


class Places:
    """Draws addresses and schools.

    Some households move into a street where another lives already; so what comes
    next depends on what came before.
    """

    def __init__(self) -> None:
        self._streets: list[tuple[str, str, str | None, str]] = []
        self._places = [
            (row["area"], row["town"], row["county"]) for row in rows("places")
        ]

    @property
    def areas(self) -> tuple[str, ...]:
        """The invented postcode areas."""
        return tuple(area for area, _, _ in self._places)

    def address(self, chance: Random) -> Address:
        """Return an address; small numbers of houses are commoner than great ones."""
        draw = chance.random
        street, town, county, postcode = self._street(draw)
        line = f"{1 + int(draw() * draw() * 180)} {street}"
        if draw() < 0.18:
            flat = f"{_PARTS.draw(draw())} {1 + int(draw() * 40)}"
            return Address(flat, line, town, county, postcode)
        return Address(line, None, town, county, postcode)

    def _street(self, draw: Callable[[], float]) -> tuple[str, str, str | None, str]:
        """Return a street, its town and county, and its postcode."""
        if draw() < _SAME_STREET and len(self._streets) == _STREETS_KEPT:
            return self._streets[int(draw() * _STREETS_KEPT)]
        area, town, county = self._places[int(draw() * len(self._places))]
        street = f"{_STREETS.draw(draw())} {_ENDINGS.draw(draw())}"
        postcode = _postcode(draw, area)
        found = street, town, county if draw() < 0.6 else None, postcode
        if len(self._streets) < _STREETS_KEPT:
            self._streets.append(found)
        else:
            self._streets[int(draw() * _STREETS_KEPT)] = found
        return found

    def postcode(self, chance: Random, area: str | None = None) -> str:
        """Return a postcode, of an area if one is given."""
        return _postcode(chance.random, area or one_of(self.areas, chance))

    def town(self, chance: Random) -> str:
        """Return an invented town."""
        return self._places[int(chance.random() * len(self._places))][1]

    def school(self, chance: Random) -> str:
        """Return an invented school, named after an invented town."""
        return f"{self.town(chance)} {_SCHOOLS.draw(chance.random())}"


def _postcode(draw: Callable[[], float], area: str) -> str:
    """Return a postcode of an area."""
    sector = int(draw() * DISTRICTS * 10)
    first, second = divmod(int(draw() * _UNITS), len(UNIT_LETTERS))
    unit = f"{UNIT_LETTERS[first]}{UNIT_LETTERS[second]}"
    return f"{area}{1 + sector // 10} {sector % 10}{unit}"


def places() -> Places:
    """Return the places, from which no address was drawn yet."""
    return Places()

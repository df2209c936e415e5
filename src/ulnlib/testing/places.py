"""Addresses, postcodes and schools that do not exist.

Postcodes begin with an area that Royal Mail has not made (see `_data/places.csv`), so
none of them is the home of anybody, and all have the shape that the service accepts.
"""

from __future__ import annotations

__all__ = ["DISTRICTS", "UNIT_LETTERS", "Address", "Places", "places"]

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ulnlib.testing._draw import rows, weighted

if TYPE_CHECKING:
    from random import Random

DISTRICTS = 20
"""How many districts each invented area has: ZA1 to ZA20."""

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # never C, I, K, M, O, V

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

    address_line_1: str
    address_line_2: str | None
    town: str
    county: str | None
    postcode: str


class Places:
    """Draws addresses and schools."""

    def __init__(self) -> None:
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
        area, town, county = self._places[int(draw() * len(self._places))]
        number = 1 + int(draw() * draw() * 180)
        street = f"{number} {_STREETS.draw(draw())} {_ENDINGS.draw(draw())}"
        lines: tuple[str, str | None] = (street, None)
        if draw() < 0.18:
            lines = f"{_PARTS.draw(draw())} {1 + int(draw() * 40)}", street
        postcode = f"{area}{1 + int(draw() * DISTRICTS)} {int(draw() * 10)}"
        letters = len(UNIT_LETTERS)
        postcode += UNIT_LETTERS[int(draw() * letters)]
        postcode += UNIT_LETTERS[int(draw() * letters)]
        named = county if draw() < 0.6 else None
        return Address(lines[0], lines[1], town, named, postcode)

    def town(self, chance: Random) -> str:
        """Return an invented town."""
        return self._places[int(chance.random() * len(self._places))][1]

    def school(self, chance: Random) -> str:
        """Return an invented school, named after an invented town."""
        return f"{self.town(chance)} {_SCHOOLS.draw(chance.random())}"


@cache
def places() -> Places:
    """Return the places, reading the table at the first call."""
    return Places()

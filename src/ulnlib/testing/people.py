"""A synthetic population: learners who look like real ones and are nobody.

The shares below (ages, siblings, kinds of evidence, who has an e-mail address) are
ours, chosen to look like an enrolment; they are not statistics of the service.

Some records are there on purpose, because a register has them and tests need them:

* about 3 in 1,000 people have a second record, the next one in order: half of these
  are equal in all five key demographics, in the other half the family name has
  changed. `merges` says which of them to link;
* after the first 1,000 records come 14 people with one name, gender and postcode,
  a hall of residence: asking for that name with another date of birth finds too many.
"""

from __future__ import annotations

__all__ = ["HALL_AFTER", "HALL_SIZE", "Hall", "hall", "merges", "population"]

import datetime as dt
from itertools import chain, islice, pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from ulnlib._dates import birthday_bounds
from ulnlib.fields import FIELDS
from ulnlib.identifiers import SCN_CHECK, UCI_CHECK, UPN_CHECK
from ulnlib.learner import Learner
from ulnlib.register import synthetic_ulns
from ulnlib.testing._draw import Weighted, weighted
from ulnlib.testing.names import FEMALE, MALE, email_local_part, names
from ulnlib.testing.places import Address, places
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Values = list[str | None]

AS_OF = dt.date(2026, 11, 21)
"""The day on which ages are counted when no other is given."""

YOUNGEST, OLDEST = 14, 60

_AGES = Weighted(
    [
        *zip(range(14, 20), (30, 45, 130, 120, 90, 60), strict=True),
        *zip(range(20, 26), (45, 38, 32, 28, 25, 22), strict=True),
        *((age, 2 + (OLDEST - age) // 3) for age in range(26, OLDEST + 1)),
    ]
)
_HOUSEHOLDS = weighted("one 898, twins 12, two 77, three 13")
_SIBLINGS = {"one": 0, "twins": 1, "two": 1, "three": 2}
_SHARING = weighted("1 80, 0 14, 2 6")
_EVIDENCE_YOUNG = weighted("1 62, 2 14, 7 8, 4 6, 0 5, 3 3, 999 2")
_EVIDENCE_ADULT = weighted("2 34, 3 30, 7 10, 4 8, 0 5, 1 4, 5 4, 999 3, 6 2")
_OTHER_EVIDENCE = weighted(
    "Birth certificate 6, Residence permit 3, Letter from an employer 1"
)
_TITLES = {
    MALE: weighted("Mr 97, Mx 1, Dr 2"),
    FEMALE: weighted("Miss 62, Ms 22, Mrs 13, Mx 1, Dr 2"),
}
_SECOND_RECORD = 0.003

HALL_AFTER = 1_000
"""How many records come before the hall of residence."""

HALL_SIZE = 14
"""How many people live in the hall of residence: more than a search names."""


class Hall(NamedTuple):
    """What the people of the hall of residence have in common."""

    given_name: str
    family_name: str
    gender: str
    postcode: str


def hall() -> Hall:
    """Return what the people of the hall of residence have in common.

    Only their dates of birth differ, so that a search with these and any other date
    finds more records than the service names.
    """
    return Hall("Alex", "Smith", "1", "ZA1 1AA")


def population(
    size: int, *, seed: int = 0, as_of: dt.date = AS_OF
) -> Iterator[Learner]:
    """Yield invented learners with ULNs of the test range.

    The same seed and day give the same learners, in every process and on every
    machine, and a smaller population is the beginning of a greater one.

    Args:
        size: How many records.
        seed: Which population.
        as_of: The day on which ages are counted; nobody is younger than 14 or older
            than 60 then.

    Yields:
        Learners that pass the service's checks, in the order of their ULNs. What is
        not known of one is None.

    Examples:
        >>> one, two = population(2, seed=7)
        >>> one == next(population(1_000_000, seed=7))
        True
    """
    maker = _Maker(Random(seed), as_of)  # noqa: S311  # for tests
    people = chain.from_iterable(maker.household() for _ in iter(int, 1))
    everybody = chain(islice(people, HALL_AFTER), maker.hall(), people)
    for uln, values in zip(synthetic_ulns(), islice(everybody, size), strict=False):
        values[0] = str(uln)
        yield Learner.of(values)


def merges(learners: Iterable[Learner], *, seed: int = 0) -> Iterator[tuple[Uln, Uln]]:
    """Yield which records of a population a register should link.

    About half of the people who have two records had them merged; which, the seed
    decides. Of two equal records the older becomes the master; where the family name
    has changed, the one with the present name.

    Args:
        learners: A population, in order.
        seed: Which of the pairs.

    Yields:
        The ULN to be linked, and the ULN of its master.

    Examples:
        >>> linked, master = next(merges(population(5_000), seed=1))
        >>> linked == master
        False
    """
    chance = Random(seed)  # noqa: S311  # for tests
    for first, second in pairwise(learners):
        if not (
            first.date_of_birth == second.date_of_birth
            and first.given_name == second.given_name
            and first.gender == second.gender
            and first.postcode == second.postcode
        ):
            continue
        renamed = second.previous_family_name == first.family_name
        if chance.random() < 0.5:
            pair = (first, second) if renamed else (second, first)
            yield Uln(pair[0].uln or ""), Uln(pair[1].uln or "")


class _Maker:
    """Makes people; one source of chance decides everything."""

    def __init__(self, chance: Random, as_of: dt.date) -> None:
        self._chance = chance
        self._today = as_of.toordinal()
        self._names = names()
        self._places = places()
        self._born = {}
        for age in range(YOUNGEST, OLDEST + 1):
            first, last = birthday_bounds(as_of, age, age + 1)
            self._born[age] = first.toordinal(), last.toordinal()
        self._earliest = self._born[OLDEST][0]
        self._latest = self._born[YOUNGEST][1]

    def household(self) -> Iterator[Values]:
        """Yield the learners of one household, second records among them."""
        draw = self._chance.random
        kind = _HOUSEHOLDS.draw(draw())
        first, last = self._born[_AGES.draw(draw())]
        born = first + int(draw() * (last - first + 1))
        family = self._names.family(self._chance)
        if draw() < 0.03 and "-" not in family and " " not in family:
            family = f"{family}-{self._names.family(self._chance)}"
        address = self._places.address(self._chance)
        taken: set[str] = set()
        for sibling in range(1 + _SIBLINGS[kind]):
            if sibling and kind != "twins":
                gap = 310 + int(draw() * 2_000)
                born = born - gap if born - gap >= self._earliest else born + gap
            values = self._person(family, address, born, taken)
            yield values
            if draw() < _SECOND_RECORD:
                yield self._second_record(values)

    def hall(self) -> Iterator[Values]:
        """Yield the people of the hall of residence."""
        shared = hall()
        _, eighteen = self._born[18]
        address = Address(
            "Example Hall", "1 High Street", "Ambermouthe", None, shared.postcode
        )
        for number in range(HALL_SIZE):
            values = self._person(
                shared.family_name, address, eighteen - 40 * number, set()
            )
            _set(values, given_name=shared.given_name, gender=shared.gender)
            _set(values, title=None, preferred_given_name=None, middle_names=None)
            _set(values, email=None)
            _set(values, previous_family_name=None, family_name_at_16=None)
            yield values

    def _person(
        self, family: str, address: Address, born: int, taken: set[str]
    ) -> Values:
        """Make one person, with a given name that no sibling has."""
        chance, draw = self._chance, self._chance.random
        date_of_birth = dt.date.fromordinal(born)
        days = self._today - born
        age = days * 4 // 1461
        sex = MALE if draw() < 0.5 else FEMALE
        given = self._names.given(chance, sex, date_of_birth.year)
        while given in taken:
            given = self._names.given(chance, sex, date_of_birth.year)
        taken.add(given)
        gender = "1" if sex is MALE else "2"
        unusual = draw()
        if unusual < 0.005:
            gender = "9" if unusual < 0.003 else "0"

        values: Values = [None] * len(FIELDS)
        _set(
            values,
            given_name=given,
            family_name=family,
            date_of_birth=date_of_birth.isoformat(),
            gender=gender,
            ability_to_share=_SHARING.draw(draw()),
        )
        _set(values, **address._asdict())
        self._add_names(values, sex, date_of_birth.year, age)
        self._add_details(values, days, age)
        self._add_numbers(values, date_of_birth.year, age)
        return values

    def _add_names(self, values: Values, sex: str, year: int, age: int) -> None:
        """Add the names that not everybody has."""
        chance, draw = self._chance, self._chance.random
        if draw() < 0.4:
            _set(values, title=_TITLES[sex].draw(draw()))
        if draw() < 0.3:
            given = values[_PLACE["given_name"]] or ""
            _set(values, preferred_given_name=self._names.preferred(given))
        if (how_many := draw()) < 0.5:
            middle = self._names.given(chance, sex, year)
            if how_many < 0.06:
                middle += f" {self._names.given(chance, sex, year)}"
            _set(values, middle_names=middle)
        if draw() < (0.14 if sex is FEMALE and age > 23 else 0.01):
            previous = self._names.family(chance)
            if previous != values[_PLACE["family_name"]]:
                at_16 = previous if age > 16 and draw() < 0.6 else None
                _set(values, previous_family_name=previous, family_name_at_16=at_16)

    def _add_details(self, values: Values, days: int, age: int) -> None:
        """Add evidence of identity, school, e-mail address and the like."""
        chance, draw = self._chance, self._chance.random
        evidence = (_EVIDENCE_YOUNG if age < 19 else _EVIDENCE_ADULT).draw(draw())
        _set(values, verification_type=evidence)
        if evidence == "999":
            described = _OTHER_EVIDENCE.draw(draw())
            _set(values, other_verification_description=described)
        if draw() < 0.7:
            _set(values, school_at_16=self._places.school(chance))
        if draw() < 0.6:
            ago = min(int(draw() * draw() * 2_500), days - 4_000)
            captured = dt.date.fromordinal(self._today - ago)
            _set(values, date_of_address_capture=captured.isoformat())
        if draw() < 0.15:
            _set(values, place_of_birth=self._places.town(chance))
        if draw() < 0.45:
            given, family = values[_PLACE["given_name"]], values[_PLACE["family_name"]]
            name = email_local_part(given or "", family or "")
            number, domain = int(draw() * 100), "net" if draw() < 0.3 else "org"
            _set(values, email=f"{name}{number:02}@example.{domain}")

    def _add_numbers(self, values: Values, born: int, age: int) -> None:
        """Add the numbers that learners have from school and examinations."""
        draw = self._chance.random
        if draw() < 0.02:
            _set(values, scottish_candidate_number=self._candidate_number())
        if age < 20 and draw() < 0.6:
            _set(values, upn=self._pupil_number(born))
        if age < 30 and draw() < 0.35:
            _set(values, uci=self._candidate_identifier(born))

    def _second_record(self, values: Values) -> Values:
        """Make another record of a person who has one."""
        again = values.copy()
        _set(again, email=None, middle_names=None, date_of_address_capture=None)
        _set(again, upn=None, uci=None, scottish_candidate_number=None)
        if self._chance.random() < 0.5:
            before = values[_PLACE["family_name"]]
            after = self._names.family(self._chance)
            if after != before:
                _set(again, family_name=after, previous_family_name=before)
        return again

    def _candidate_number(self) -> str | None:
        """Make a Scottish candidate number; all of ours begin with four noughts."""
        body = f"0000{int(self._chance.random() * 10_000):04}"
        check = SCN_CHECK.calculate(body)
        return f"{body}{check}" if check else None

    def _pupil_number(self, born: int) -> str:
        """Make a UPN; no real one has a local authority that begins with 0."""
        draw = self._chance.random
        school, serial = int(draw() * 1_000_000), int(draw() * 1_000)
        body = f"0{school:06}{(born + 5) % 100:02}{serial:03}"
        return f"{UPN_CHECK.calculate(body)}{body}"

    def _candidate_identifier(self, born: int) -> str:
        """Make a UCI; no real centre has a number that begins with 00."""
        draw = self._chance.random
        centre, candidate = int(draw() * 1_000), 1 + int(draw() * 9_999)
        body = f"00{centre:03}0{(born + 16) % 100:02}{candidate:04}"
        return f"{body}{UCI_CHECK.calculate(body)}"


_PLACE = {name: place for place, name in enumerate(FIELDS)}


def _set(values: Values, **changes: str | None) -> None:
    """Change some fields of a record in the making."""
    for name, value in changes.items():
        values[_PLACE[name]] = value

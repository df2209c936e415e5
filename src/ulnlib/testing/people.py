"""A synthetic population: learners who look like real ones and are nobody.

The shares below (ages, siblings, kinds of evidence, who has an e-mail address) are
ours, chosen to look like an enrolment; they are not statistics of the service.

What makes people hard to tell apart is there as in life:

* of 1,000 records 200 are of siblings with the same family name, address and mostly
  school, and 15 of twins; some households live in the street of another;
* given and family name go together (`ulnlib.testing.names`), so that a few pairs of
  names are very common;
* dates of birth follow the seasons; 1 January and the first of a month are too many,
  the former most of all where papers were lost, then often with ZZ99 9ZZ;
* 140 of 1,000 women over 23 have another family name than they were born with;
* the address of many is that of the day when they first had a ULN, at 14.

Some records are there on purpose, because a register has them and tests need them:

* about 3 in 1,000 people have a second record, the next one in order: half of these
  are equal in all five key demographics, in the other half the family name has
  changed. `merges` says which of them to link;
* after the first 1,000 records come 14 people with one name, gender and postcode,
  a hall of residence: asking for that name with another date of birth finds too many.
"""

from __future__ import annotations

__all__ = [
    "AS_OF",
    "HALL_AFTER",
    "HALL_SIZE",
    "OLDEST",
    "YOUNGEST",
    "Hall",
    "hall",
    "merges",
    "population",
    "strangers",
]

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
from ulnlib.testing.names import FEMALE, MALE, Community, email_local_part, names
from ulnlib.testing.places import NO_ADDRESS, Address, places
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
_HOUSEHOLDS = weighted("one 1570, twins 15, two 152, three 32")
_SIBLINGS = {"one": 0, "twins": 1, "two": 1, "three": 2}
_SAME_SCHOOL = 0.9
_FIRST_OF_MONTH = 0.004
_JANUARY_TOO = 0.5  # a sibling of somebody who is down as born on 1 January
_SEASONS = (0, 95, 94, 95, 95, 97, 99, 102, 100, 105, 102, 97, 96)  # by month
_BUSIEST = max(_SEASONS)
_DOUBLE_BARRELLED = 0.035
_FAMILY_NAMES = weighted("1 56, 2 32, 4 12")  # in Portugal and Spain
_NO_ADDRESS = 0.0066
_NO_ADDRESS_EITHER = 0.15  # of those from elsewhere who are down for 1 January
_FIRST_ULNS = dt.date(2008, 9, 1).toordinal()
_NAME_LENGTH = FIELDS["family_name"].max_length
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
_PREFERRED_SHARE = 0.21
_MIDDLE_PREFERRED_SHARE = 0.05
_TWO_WORDS = {"m": 0.16, "a": 0.12, "o": 0.05, "w": 0.05, "u": 0.12}
_TWO_WORDS_OF_OTHERS = 0.012

HALL_AFTER = 1_000
"""How many records come before the hall of residence."""

HALL_SIZE = 14
"""How many people live in the hall of residence: more than a search names."""


_PLACES = {name: place for place, name in enumerate(FIELDS)}
_GIVEN, _FAMILY = _PLACES["given_name"], _PLACES["family_name"]
_BORN, _GENDER = _PLACES["date_of_birth"], _PLACES["gender"]
_TITLE, _EMAIL = _PLACES["title"], _PLACES["email"]
_PREFERRED, _MIDDLE = _PLACES["preferred_given_name"], _PLACES["middle_names"]
_PREVIOUS, _AT_16 = _PLACES["previous_family_name"], _PLACES["family_name_at_16"]
_SCHOOL, _BIRTHPLACE = _PLACES["school_at_16"], _PLACES["place_of_birth"]
_CAPTURED, _SHARE = _PLACES["date_of_address_capture"], _PLACES["ability_to_share"]
_VERIFICATION = _PLACES["verification_type"]
_OTHER_VERIFICATION = _PLACES["other_verification_description"]
_SCN = _PLACES["scottish_candidate_number"]
_UPN, _UCI = _PLACES["upn"], _PLACES["uci"]
_ADDRESS = slice(_PLACES["address_line_1"], _PLACES["postcode"] + 1)


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


def strangers(chance: Random, *, as_of: dt.date = AS_OF) -> Iterator[Learner]:
    """Yield invented learners without ULNs, of no population, for ever.

    Args:
        chance: Which ones.
        as_of: The day on which ages are counted.
    """
    maker = _Maker(chance, as_of)
    while True:
        for values in maker.household():
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


class _Home:
    """What the learners of a household have in common, and their given names."""

    __slots__ = ("address", "community", "family", "school", "taken")

    def __init__(
        self, community: Community, family: str, address: Address, school: str
    ) -> None:
        self.community = community
        self.family = family
        self.address = address
        self.school = school
        self.taken: set[str] = set()


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
        days = [dt.date.fromordinal(n) for n in range(self._earliest, self._today + 1)]
        self._iso = [day.isoformat() for day in days]
        self._seasons = [_SEASONS[day.month] for day in days]

    def household(self) -> Iterator[Values]:
        """Yield the learners of one household, second records among them."""
        chance, draw = self._chance, self._chance.random
        kind = _HOUSEHOLDS.draw(draw())
        first, last = self._born[_AGES.draw(draw())]
        year = dt.date.fromordinal((first + last) // 2).year
        community = self._names.community(chance, year)
        january = draw() < community.january
        born = self._birthday(first, last, january=january)
        home = _Home(
            community,
            self._family_name(community),
            self._address(community, january=january),
            self._places.school(chance),
        )
        for sibling in range(1 + _SIBLINGS[kind]):
            if sibling and kind != "twins":
                gap = 310 + int(draw() * 2_000)
                born = born - gap if born - gap >= self._earliest else born + gap
                if january and draw() < _JANUARY_TOO:
                    born = self._first_of_its_year(born)
            values = self._person(home, born)
            yield values
            if draw() < _SECOND_RECORD:
                yield self._second_record(values, community)

    def hall(self) -> Iterator[Values]:
        """Yield the people of the hall of residence."""
        shared = hall()
        _, eighteen = self._born[18]
        address = Address(
            "Example Hall", "1 High Street", "Ambermouthe", None, shared.postcode
        )
        community = self._names.community_of(shared.family_name)
        school = self._places.school(self._chance)
        for number in range(HALL_SIZE):
            home = _Home(community, shared.family_name, address, school)
            values = self._person(home, eighteen - 40 * number)
            values[_FAMILY] = shared.family_name
            values[_GIVEN], values[_GENDER] = shared.given_name, shared.gender
            for nothing in (_TITLE, _PREFERRED, _MIDDLE, _EMAIL, _PREVIOUS, _AT_16):
                values[nothing] = None
            yield values

    def _birthday(self, first: int, last: int, *, january: bool) -> int:
        """Return a day from the first to the last, of which there are a year."""
        draw = self._chance.random
        if january:
            day = self._first_of_its_year(last)
            return day if day >= first else last
        span = last - first + 1
        while True:
            day = first + int(draw() * span)
            if draw() * _BUSIEST < self._seasons[day - self._earliest]:
                break
        if draw() < _FIRST_OF_MONTH:
            day_of_month = int(self._iso[day - self._earliest][8:])
            return max(first, day - day_of_month + 1)
        return day

    def _first_of_its_year(self, day: int) -> int:
        """Return 1 January of the year of a day, if anybody may be born then."""
        year = int(self._iso[day - self._earliest][:4])
        january = dt.date(year, 1, 1).toordinal()
        return january if january >= self._earliest else day

    def _family_name(self, community: Community) -> str:
        """Return the family name of a household."""
        chance, draw = self._chance, self._chance.random
        family = self._names.family(chance, community)
        letter = community.letter
        if letter in "bygi":
            if draw() < _DOUBLE_BARRELLED and "-" not in family and " " not in family:
                return f"{family}-{self._names.family(chance, community)}"
        elif letter == "u" and (how_many := _FAMILY_NAMES.draw(draw())) != "1":
            joined = " de " if how_many == "4" else " "
            for _ in range(int(how_many) - 1):
                family = f"{family}{joined}{self._names.family(chance, community)}"
                joined = " "
            return family[:_NAME_LENGTH].rstrip()
        return family

    def _address(self, community: Community, *, january: bool) -> Address:
        """Return the address of a household."""
        draw = self._chance.random
        if draw() < _NO_ADDRESS or (
            january and community.letter in "ao" and draw() < _NO_ADDRESS_EITHER
        ):
            return NO_ADDRESS
        return self._places.address(self._chance)

    def _person(self, home: _Home, born: int) -> Values:
        """Make one person, with a given name that no sibling has."""
        draw = self._chance.random
        day = self._iso[born - self._earliest]
        year = int(day[:4])
        days = self._today - born
        age = days * 4 // 1461
        sex = MALE if draw() < 0.5 else FEMALE
        given = self._given_name(home.community, sex, year)
        while given in home.taken:
            given = self._given_name(home.community, sex, year)
        home.taken.add(given)
        gender = "1" if sex is MALE else "2"
        unusual = draw()
        if unusual < 0.005:
            gender = "9" if unusual < 0.003 else "0"

        values: Values = [None] * len(FIELDS)
        values[_GIVEN] = given
        values[_FAMILY] = self._names.family_of(
            self._chance, home.family, sex, home.community.letter
        )
        values[_BORN] = day
        values[_GENDER] = gender
        values[_SHARE] = _SHARING.draw(draw())
        values[_ADDRESS] = home.address
        self._add_names(values, home, sex, year, age)
        self._add_details(values, home, days, age)
        self._add_numbers(values, year, age)
        return values

    def _given_name(self, community: Community, sex: str, year: int) -> str:
        """Return a given name, of two words now and then."""
        chance, draw = self._chance, self._chance.random
        given = self._names.given(chance, sex, year, community)
        two = _TWO_WORDS.get(community.letter, _TWO_WORDS_OF_OTHERS)
        if draw() < two and " " not in given and "-" not in given:
            other = self._names.given(chance, sex, year, community)
            if other != given and " " not in other:
                return f"{given} {other}"
        return given

    def _add_names(
        self, values: Values, home: _Home, sex: str, year: int, age: int
    ) -> None:
        """Add the names that not everybody has."""
        chance, draw = self._chance, self._chance.random
        given, family = values[_GIVEN] or "", values[_FAMILY]
        if draw() < 0.4:
            values[_TITLE] = _TITLES[sex].draw(draw())
        middle = None
        if draw() < home.community.middle:
            middle = self._middle_name(values, home.community, sex, year)
            values[_MIDDLE] = middle
        preferred = self._names.preferred(given)
        if preferred:
            if draw() < _PREFERRED_SHARE:
                values[_PREFERRED] = preferred[int(draw() * draw() * len(preferred))]
        elif middle and draw() < _MIDDLE_PREFERRED_SHARE:
            values[_PREFERRED] = middle.partition(" ")[0]
        if draw() < (0.14 if sex is FEMALE and age > 23 else 0.01):
            new = self._names.family(chance, home.community if draw() < 0.85 else None)
            if new != family:
                at_16 = family if age > 16 and draw() < 0.6 else None
                values[_FAMILY] = new
                values[_PREVIOUS], values[_AT_16] = family, at_16

    def _middle_name(
        self, values: Values, community: Community, sex: str, year: int
    ) -> str | None:
        """Return a middle name, or two of them, that somebody is not called already."""
        chance, draw = self._chance, self._chance.random
        if community.letter == "s" and draw() < 0.8:
            middle = "Singh" if sex is MALE else "Kaur"
            return middle if middle != values[_FAMILY] else None
        middle = self._names.given(chance, sex, year, community)
        if draw() < 0.12:
            second = self._names.given(chance, sex, year, community)
            if second not in {middle, values[_GIVEN]}:
                middle += f" {second}"
        return middle if middle != values[_GIVEN] else None

    def _add_details(self, values: Values, home: _Home, days: int, age: int) -> None:
        """Add evidence of identity, school, e-mail address and the like."""
        chance, draw = self._chance, self._chance.random
        evidence = (_EVIDENCE_YOUNG if age < 19 else _EVIDENCE_ADULT).draw(draw())
        values[_VERIFICATION] = evidence
        if evidence == "999":
            values[_OTHER_VERIFICATION] = _OTHER_EVIDENCE.draw(draw())
        if draw() < 0.7:
            same = draw() < _SAME_SCHOOL
            values[_SCHOOL] = home.school if same else self._places.school(chance)
        if draw() < 0.6:
            values[_CAPTURED] = self._captured(days, age)
        if draw() < 0.15:
            values[_BIRTHPLACE] = self._places.town(chance)
        if draw() < 0.45:
            name = email_local_part(values[_GIVEN] or "", values[_FAMILY] or "")
            number, domain = int(draw() * 100), "net" if draw() < 0.3 else "org"
            values[_EMAIL] = f"{name}{number:02}@example.{domain}"

    def _captured(self, days: int, age: int) -> str:
        """Return the day of the address: mostly that of school, for the young."""
        draw = self._chance.random
        since_14 = max(days - 5_114, 0)
        if age < 30 and draw() < 0.6:
            ago = since_14 - int(draw() * min(since_14, 365))
        else:
            ago = int(draw() * draw() * min(since_14, self._today - _FIRST_ULNS))
        return self._iso[self._today - max(ago, 0) - self._earliest]

    def _add_numbers(self, values: Values, born: int, age: int) -> None:
        """Add the numbers that learners have from school and examinations."""
        draw = self._chance.random
        if draw() < 0.02:
            values[_SCN] = self._candidate_number()
        if age < 20 and draw() < 0.6:
            values[_UPN] = self._pupil_number(born)
        if age < 30 and draw() < 0.35:
            values[_UCI] = self._candidate_identifier(born)

    def _second_record(self, values: Values, community: Community) -> Values:
        """Make another record of a person who has one."""
        again = values.copy()
        for nothing in (_EMAIL, _MIDDLE, _CAPTURED, _UPN, _UCI, _SCN):
            again[nothing] = None
        if self._chance.random() < 0.5:
            before = values[_FAMILY]
            after = self._names.family(self._chance, community)
            if after != before:
                again[_FAMILY], again[_PREVIOUS] = after, before
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

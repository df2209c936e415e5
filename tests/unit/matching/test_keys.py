"""Blocking keys: who shares one, and that they stay what they are."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import (
    ADDRESS_KINDS,
    DEFAULT_KINDS,
    KEY_VERSION,
    Kind,
    blocking_keys,
)
from ulnlib.matching.keys import person_keys, query_keys
from ulnlib.matching.person import Person

HER = Learner(
    given_name="Perpetua",
    family_name="Quill",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)
EVERY = frozenset(Kind)


def token(text):
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def key(kind, *texts):
    found = token(f"kind {kind}")
    for text in texts:
        found ^= token(text)
    return found


GIVEN, FAMILY, POSTCODE = "g perpetua", "f KFL", "p za11ab"
BIRTH, YEAR, DAY = "d 2007-05-24", "y 2007", "m 05-24"
OF_HER = {
    key(1, GIVEN, FAMILY, YEAR),
    key(2, GIVEN, FAMILY, DAY),
    key(3, FAMILY, BIRTH),
    key(4, GIVEN, BIRTH),
    key(5, BIRTH, POSTCODE),
    key(6, FAMILY, POSTCODE),
    key(7, GIVEN, POSTCODE),
}


class TestWhatTheyAreMadeOf:
    def test_of_a_plain_learner_there_is_one_of_each_kind(self):
        assert set(blocking_keys(HER)) == OF_HER

    @pytest.mark.parametrize(
        ("field", "value", "further"),
        [
            ("preferred_given_name", "Zebra", {1, 2, 4, 7}),
            # Middle names are many: only with a date or a year of birth.
            ("middle_names", "Zebra", {1, 4}),
        ],
    )
    def test_further_given_names_have_keys_of_their_own(self, field, value, further):
        parts = {
            1: ("g zebra", FAMILY, YEAR),
            2: ("g zebra", FAMILY, DAY),
            4: ("g zebra", BIRTH),
            7: ("g zebra", POSTCODE),
        }
        expected = OF_HER | {key(kind, *parts[kind]) for kind in further}

        assert set(blocking_keys(HER.evolve(**{field: value}))) == expected

    @pytest.mark.parametrize("field", ["previous_family_name", "family_name_at_16"])
    def test_so_have_former_family_names(self, field):
        expected = OF_HER | {
            key(1, GIVEN, "f TaN", YEAR),
            key(2, GIVEN, "f TaN", DAY),
            key(3, "f TaN", BIRTH),
            key(6, "f TaN", POSTCODE),
        }

        assert set(blocking_keys(HER.evolve(**{field: "Tan"}))) == expected
        assert set(blocking_keys(HER, families=["Tan"])) == expected

    def test_so_have_former_postcodes(self):
        expected = OF_HER | {
            key(5, BIRTH, "p zb22xy"),
            key(6, FAMILY, "p zb22xy"),
            key(7, GIVEN, "p zb22xy"),
        }

        assert set(blocking_keys(HER, postcodes=["ZB2 2XY", "ZZ99 9ZZ"])) == expected

    @pytest.mark.parametrize(
        ("field", "text", "of"),
        [
            ("upn", " H801200001001 ", "n upn h801200001001"),
            ("uci", "84621a573219b", "n uci 84621a573219b"),
            ("scottish_candidate_number", "846213572", "n scn 846213572"),
        ],
    )
    def test_so_have_numbers(self, field, text, of):
        assert set(blocking_keys(HER.evolve(**{field: text}))) == OF_HER | {key(8, of)}

    @pytest.mark.parametrize(
        ("changed", "kinds"),
        [
            ({"postcode": "zz99 9zz"}, {1, 2, 3, 4}),
            ({"postcode": None}, {1, 2, 3, 4}),
            ({"date_of_birth": None}, {6, 7}),
            ({"date_of_birth": "24/5/07"}, {6, 7}),
            ({"given_name": None}, {3, 5, 6}),
            ({"family_name": " "}, {4, 5, 7}),
            ({"gender": None}, {1, 2, 3, 4, 5, 6, 7}),
            ({"given_name": None, "family_name": None}, {5}),
            ({"given_name": None, "family_name": None, "postcode": "ZZ99 9ZZ"}, set()),
        ],
    )
    def test_what_is_not_known_makes_no_key(self, changed, kinds):
        parts = {
            1: (GIVEN, FAMILY, YEAR),
            2: (GIVEN, FAMILY, DAY),
            3: (FAMILY, BIRTH),
            4: (GIVEN, BIRTH),
            5: (BIRTH, POSTCODE),
            6: (FAMILY, POSTCODE),
            7: (GIVEN, POSTCODE),
        }
        expected = {key(kind, *parts[kind]) for kind in kinds}

        assert set(blocking_keys(HER.evolve(**changed))) == expected


class TestWhoSharesOne:
    @pytest.mark.parametrize(
        "changed",
        [
            {"given_name": "Quill", "family_name": "Perpetua"},
            {"given_name": "Zebra", "postcode": "ZB2 2XY"},
            {"family_name": "Zebra", "postcode": "ZB2 2XY"},
            {"date_of_birth": "2007-06-11", "postcode": "ZB2 2XY"},
            {"date_of_birth": "1999-05-24", "postcode": "ZB2 2XY"},
            {"date_of_birth": "1999-11-12", "given_name": "Zebra"},
            {"date_of_birth": "1999-11-12", "family_name": "Zebra"},
            {"given_name": "Zebra", "family_name": "Zebra"},
        ],
    )
    def test_whom_two_things_or_three_still_tie(self, changed):
        asked = HER.evolve(**changed)

        assert {*query_keys(Person(asked))} & {*blocking_keys(HER)}
        assert {*query_keys(Person(HER))} & {*blocking_keys(asked)}

    def test_strangers_share_none(self):
        eve = Learner(
            given_name="Eve",
            family_name="Sample",
            date_of_birth="2008-06-05",
            gender="2",
            postcode="ZB2 2XY",
        )

        assert not {*query_keys(Person(HER))} & {*blocking_keys(eve)}

    def test_nobody_is_found_by_the_default_postcode_or_a_gender(self):
        one = Learner(postcode="ZZ99 9ZZ", gender="2")

        assert blocking_keys(one) == ()


class TestTheirForm:
    def test_they_are_distinct_sorted_and_of_64_bits(self):
        full = HER.evolve(
            given_name="Alex",
            preferred_given_name="Alex",
            middle_names="Alexander Sandy",
            family_name="McDonald-Smith",
            previous_family_name="MacDonald",
            upn="H801200001001",
        )
        keys = blocking_keys(full, postcodes=["ZB2 2XY"])

        assert list(keys) == sorted(set(keys))
        assert all(-(2**63) <= one < 2**63 for one in keys)
        assert set(keys) == set(person_keys(Person(full, postcodes=["ZB2 2XY"])))
        assert set(keys) <= set(query_keys(Person(full, postcodes=["ZB2 2XY"])))

    def test_they_are_these_numbers_for_ever(self):
        """A store keeps them. When this fails, `KEY_VERSION` is raised."""
        assert KEY_VERSION == 1
        full = HER.evolve(
            given_name="Bill", family_name="McDonald", upn="H801200001001"
        )

        assert sum(blocking_keys(full)) == -4108060993581049175
        assert len(blocking_keys(full)) == 18

    @pytest.mark.parametrize("count", [8, 50, 2_000])
    def test_of_very_many_names_the_first_count(self, count):
        names = " ".join(
            f"{chr(97 + n % 26)}q{chr(97 + n // 26 % 26)}zeb" for n in range(count)
        )
        first = HER.evolve(middle_names=" ".join(names.split()[:8]))

        assert blocking_keys(HER.evolve(middle_names=names)) == blocking_keys(first)


class TestAddresses:
    ONE = HER.evolve(address_line_1="12 High Street", town="Ztown")

    def test_the_kinds_that_are_kept_are_the_first_eight(self):
        assert sorted(DEFAULT_KINDS) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert sorted(ADDRESS_KINDS) == [9, 10, 11]

    def test_addresses_have_keys_when_they_are_asked_for(self):
        further = {*blocking_keys(self.ONE, kinds=EVERY)} - {*blocking_keys(self.ONE)}

        assert {*blocking_keys(self.ONE)} == OF_HER
        assert further >= {
            key(9, "s stre", "t ztow"),
            key(10, "s stre", POSTCODE),
        }
        assert len(further) == 3

    def test_names_in_one_town_meet_also_when_they_changed_places(self):
        bare = Learner(given_name="Perpetua", family_name="Quill", town="Ztown")
        swapped = Learner(given_name="Quill", family_name="Perpetua", town="ZTOWN ")

        shared = {*blocking_keys(bare, kinds=EVERY)}
        assert shared == {*query_keys(Person(swapped), EVERY)} & shared
        assert len(shared) == 1

    @pytest.mark.parametrize("line", ["", "12", "?!", None])
    def test_a_line_without_a_word_makes_no_key(self, line):
        one = HER.evolve(address_line_1=line, address_line_2="Zoo House", town=None)

        found = {*blocking_keys(one, kinds=EVERY)} - OF_HER
        assert found == {key(10, "s hous", POSTCODE)}

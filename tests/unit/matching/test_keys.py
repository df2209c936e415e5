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
from ulnlib.matching.demographics import exact_key
from ulnlib.matching.keys import _month, _tokens, person_keys, query_keys, wide_keys
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


LOW = 2**47 - 1
BEGINNINGS = dict.fromkeys((1, 2, 3), ("g ", "f "))
BEGINNINGS |= dict.fromkeys((4, 5, 6), ("d ",))
BEGINNINGS |= dict.fromkeys((7, 8), ("p ",))


def key(kind, *texts):
    found = token(f"kind {kind}") & LOW
    for text in texts:
        is_first = text.startswith(BEGINNINGS.get(kind, ""))
        found ^= token(text) if is_first else token(text) & LOW
    return found


GIVEN, FAMILY, POSTCODE = "g perpetua", "f KFL", "p za11ab"
BIRTH = "d 2007-05-24"
MONTH, DAY, BIRTHDAY = "ym 2007-05", "yd 2007-24", "md 05-24"
PARTS = {
    1: (GIVEN, FAMILY, MONTH),
    2: (GIVEN, FAMILY, DAY),
    3: (GIVEN, FAMILY, BIRTHDAY),
    4: (FAMILY, BIRTH),
    5: (GIVEN, BIRTH),
    6: (BIRTH, POSTCODE),
    7: (FAMILY, POSTCODE),
    8: (GIVEN, POSTCODE),
}


def keys_with(old, new):
    """Return her keys with one of their parts replaced, of the kinds that have it."""
    return {
        key(kind, *[new if part == old else part for part in parts])
        for kind, parts in PARTS.items()
        if old in parts
    }


OF_HER = {key(kind, *parts) for kind, parts in PARTS.items()}


class TestWhatTheyAreMadeOf:
    def test_of_a_plain_learner_there_is_one_of_each_kind(self):
        assert set(blocking_keys(HER)) == OF_HER

    def test_those_with_the_same_beginning_stand_side_by_side(self):
        beginnings = [one >> 47 for one in blocking_keys(HER)]

        assert sorted(map(beginnings.count, set(beginnings))) == [2, 3, 3]

    def test_a_preferred_name_has_keys_of_its_own(self):
        keys = blocking_keys(HER.evolve(preferred_given_name="Zebra"))

        assert set(keys) == OF_HER | keys_with(GIVEN, "g zebra")

    def test_a_middle_name_has_none(self):
        assert set(blocking_keys(HER.evolve(middle_names="Zebra Ann"))) == OF_HER

    @pytest.mark.parametrize("field", ["previous_family_name", "family_name_at_16"])
    def test_so_have_former_family_names(self, field):
        expected = OF_HER | keys_with(FAMILY, "f TaN")

        assert set(blocking_keys(HER.evolve(**{field: "Tan"}))) == expected
        assert set(blocking_keys(HER, families=["Tan"])) == expected

    def test_so_have_former_postcodes(self):
        expected = OF_HER | keys_with(POSTCODE, "p zb22xy")

        assert set(blocking_keys(HER, postcodes=["ZB2 2XY", "ZZ99 9ZZ"])) == expected

    @pytest.mark.parametrize(
        ("field", "text", "of"),
        [
            ("upn", " H801200001001 ", "n upn h801200001001"),
            ("uci", "84621a573219b", "n uci 84621a573219b"),
            ("email", "Her@Example.org", "n email her@example.org"),
            (
                "scottish_candidate_number",
                "846213572",
                "n scottish_candidate_number 846213572",
            ),
        ],
    )
    def test_so_have_numbers(self, field, text, of):
        assert set(blocking_keys(HER.evolve(**{field: text}))) == OF_HER | {key(9, of)}

    def test_a_date_that_is_none_stands_for_itself(self):
        parts = {kind: PARTS[kind] for kind in (4, 5, 6)}
        written = {
            key(kind, *["d 24/5/07" if one == BIRTH else one for one in several])
            for kind, several in parts.items()
        }
        expected = written | {key(kind, *PARTS[kind]) for kind in (7, 8)}

        assert set(blocking_keys(HER.evolve(date_of_birth="24/5/07"))) == expected

    @pytest.mark.parametrize("field", ["upn", "uci", "email"])
    def test_what_can_be_no_number_has_none(self, field):
        assert set(blocking_keys(HER.evolve(**{field: "unknown"}))) == OF_HER

    @pytest.mark.parametrize(
        ("changed", "kinds"),
        [
            ({"postcode": "zz99 9zz"}, {1, 2, 3, 4, 5}),
            ({"postcode": None}, {1, 2, 3, 4, 5}),
            ({"date_of_birth": None}, {7, 8}),
            ({"given_name": None}, {4, 6, 7}),
            ({"family_name": " "}, {5, 6, 8}),
            ({"gender": None}, {1, 2, 3, 4, 5, 6, 7, 8}),
            ({"given_name": None, "family_name": None}, {6}),
            ({"given_name": None, "family_name": None, "postcode": "ZZ99 9ZZ"}, set()),
        ],
    )
    def test_what_is_not_known_makes_no_key(self, changed, kinds):
        expected = {key(kind, *PARTS[kind]) for kind in kinds}

        assert set(blocking_keys(HER.evolve(**changed))) == expected


class TestWhatIsAsked:
    def test_her_own_the_names_changed_over_and_the_first_of_january(self):
        crossed = ("g quill", "f PaRPTa")
        assert {key(7, crossed[1], POSTCODE)} <= {*query_keys(Person(HER))}
        further = {
            *(key(1, GIVEN, FAMILY, f"ym {year}-01") for year in range(2005, 2010)),
            key(3, *crossed, BIRTHDAY),
            key(7, crossed[1], POSTCODE),
            exact_key(Person(HER).five.swapped()),
        }

        assert {*query_keys(Person(HER))} == OF_HER | further

    def test_day_and_month_changed_over_where_that_makes_a_date(self):
        asked = Person(HER.evolve(date_of_birth="2007-05-11", postcode=None))

        assert key(3, GIVEN, FAMILY, "md 11-05") in query_keys(asked)

    def test_of_a_first_of_january_every_month_of_the_year(self):
        asked = Person(HER.evolve(date_of_birth="2007-01-01", postcode=None))
        months = {
            key(1, GIVEN, FAMILY, f"ym 2007-{month:02}") for month in range(1, 13)
        }

        assert months <= {*query_keys(asked)}

    def test_without_a_postcode_the_names_have_more(self):
        """Nothing else may find who has a made-up date, or whose names are crossed."""
        asked = Person(HER.evolve(postcode="ZZ99 9ZZ"))
        crossed = ("g quill", "f PaRPTa")
        further = {
            *(key(1, GIVEN, FAMILY, f"ym {year}-01") for year in range(2005, 2010)),
            key(1, *crossed, MONTH),
            key(2, *crossed, DAY),
            key(3, *crossed, BIRTHDAY),
            key(1, *crossed, "ym 2007-01"),
            exact_key(asked.five.swapped()),
        }

        own = {key(kind, *PARTS[kind]) for kind in (1, 2, 3, 4, 5)}
        assert {*query_keys(asked)} == own | further

    def test_of_a_made_up_date_without_a_postcode_the_months_of_near_years(self):
        asked = Person(HER.evolve(date_of_birth="2007-01-01", postcode=None))
        months = {
            key(1, GIVEN, FAMILY, f"ym {year}-{month:02}")
            for year in range(2005, 2010)
            for month in range(1, 13)
        }

        assert months <= {*query_keys(asked)}

    @pytest.mark.parametrize("made_up", ["2005-01-01", "2006-01-01", "2009-01-01"])
    @pytest.mark.parametrize("postcode", ["ZB2 2XY", "ZZ99 9ZZ", None])
    def test_a_made_up_date_of_a_year_near_is_found_after_a_move(
        self, made_up, postcode
    ):
        other = HER.evolve(date_of_birth=made_up, postcode=postcode)

        for asked, held in ((HER, other), (other, HER)):
            assert {*query_keys(Person(asked))} & {*blocking_keys(held)}

    @pytest.mark.parametrize("born", ["2004-01-01", "2010-01-01"])
    def test_but_not_of_a_year_far_away(self, born):
        other = HER.evolve(date_of_birth=born, postcode="ZB2 2XY")

        for asked, held in ((HER, other), (other, HER)):
            assert not {*query_keys(Person(asked))} & {*blocking_keys(held)}

    def test_beside_a_postcode_names_are_read_in_one_way_for_a_year_near(self):
        """More keys than that cost more than they find."""
        several = HER.evolve(family_name="Quill-Thistle", previous_family_name="Czaja")
        given, families = _tokens(Person(several))
        assert len(families) > 3
        keys = {*query_keys(Person(several))}
        near = {
            (given[0] ^ family) ^ _month(f"{year}-01-01")
            for family in families
            for year in (2005, 2006, 2008, 2009)
        }

        assert len(keys & near) == 4
        alone = query_keys(Person(several.evolve(postcode=None)))
        assert near < {*alone}

    def test_keys_of_names_with_a_part_of_a_date_are_wide(self):
        asked = Person(HER)
        narrow = {key(kind, *PARTS[kind]) for kind in (4, 5, 6, 7, 8)}
        narrow.add(exact_key(asked.five.swapped()))

        wide = {*query_keys(asked)} - narrow - {key(7, "f PaRPTa", POSTCODE)}
        assert wide_keys(asked) == wide
        assert wide_keys(Person(HER.evolve(date_of_birth=None))) == set()


class TestWhoSharesOne:
    @pytest.mark.parametrize(
        "changed",
        [
            {"given_name": "Quill", "family_name": "Perpetua"},
            {"given_name": "Zebra", "postcode": "ZB2 2XY"},
            {"family_name": "Zebra", "postcode": "ZB2 2XY"},
            {"date_of_birth": "2007-05-11", "postcode": "ZB2 2XY"},
            {"date_of_birth": "2007-06-24", "postcode": "ZB2 2XY"},
            {"date_of_birth": "2007-01-01", "postcode": "ZB2 2XY"},
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

    def test_so_do_day_and_month_changed_over_and_a_move(self):
        born = HER.evolve(date_of_birth="2007-05-11")
        asked = HER.evolve(date_of_birth="2007-11-05", postcode="ZB2 2XY")

        assert {*query_keys(Person(asked))} & {*blocking_keys(born)}

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
        assert KEY_VERSION == 3
        full = HER.evolve(
            given_name="Bill", family_name="McDonald", upn="H801200001001"
        )

        assert sum(blocking_keys(full)) == -44389051212040412389
        assert len(blocking_keys(full)) == 22

    @pytest.mark.parametrize("count", [8, 50, 2_000])
    def test_of_very_many_names_the_first_count(self, count):
        names = [
            f"{chr(97 + n % 26)}q{chr(97 + n // 26 % 26)}zeb" for n in range(count)
        ]

        assert blocking_keys(HER, families=names) == blocking_keys(
            HER, families=names[:8]
        )


class TestAddresses:
    ONE = HER.evolve(address_line_1="12 High Street", town="Ztown")

    def test_the_kinds_that_are_kept_are_the_first_nine(self):
        assert sorted(DEFAULT_KINDS) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        assert sorted(ADDRESS_KINDS) == [10, 11, 12]

    def test_addresses_have_keys_when_they_are_asked_for(self):
        further = {*blocking_keys(self.ONE, kinds=EVERY)} - {*blocking_keys(self.ONE)}

        assert {*blocking_keys(self.ONE)} == OF_HER
        assert further >= {
            key(10, "s high", "t ztow"),
            key(11, "s high", POSTCODE),
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
        assert found == {key(11, "s zoo", POSTCODE)}

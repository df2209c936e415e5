"""The synthetic population is repeatable, realistic, and nobody's."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import pytest

import ulnlib.testing
from ulnlib._dates import age_on
from ulnlib.fields import FIELDS, REGISTRATION_MANDATORY
from ulnlib.identifiers import check_scn, check_uci, check_upn
from ulnlib.matching import Outcome, Query, five_of
from ulnlib.postcode import check as check_postcode
from ulnlib.register import Register
from ulnlib.testing import merges, population
from ulnlib.testing._draw import Weighted, rows, weighted
from ulnlib.testing.names import FEMALE, MALE, email_local_part, names, plain
from ulnlib.testing.people import HALL_AFTER, HALL_SIZE, hall
from ulnlib.testing.places import places
from ulnlib.uln import is_valid

AS_OF = dt.date(2026, 11, 21)
PACKAGE = Path(ulnlib.testing.__file__).parent
SIZE = 6_000


@pytest.fixture(scope="module")
def people():
    return list(population(SIZE, seed=3))


def _faults(learner):
    """The fields that do not pass the service's facets."""
    return [
        name
        for name, field in FIELDS.items()
        if (value := getattr(learner, name)) is not None
        and not (
            0 < len(value) <= field.max_length
            and (field.pattern is None or re.fullmatch(field.pattern, value))
        )
    ]


class TestRepeatable:
    def test_the_same_seed_gives_the_same_learners(self, people):
        assert list(population(SIZE, seed=3)) == people

    def test_another_seed_gives_others(self, people):
        assert next(population(1, seed=4)) != people[0]

    def test_another_day_gives_others(self, people):
        other = list(population(50, seed=3, as_of=dt.date(2030, 2, 28)))
        assert [p.date_of_birth for p in other] != [
            p.date_of_birth for p in people[:50]
        ]

    def test_a_smaller_population_is_the_beginning_of_a_greater(self, people):
        assert list(population(1_007, seed=3)) == people[:1_007]

    def test_it_streams(self):
        endless = population(10**9)
        assert len(list(islice(endless, 3))) == 3

    def test_nobody_at_all_may_be_asked_for(self):
        assert list(population(0)) == []

    @pytest.mark.parametrize("hash_seed", ["0", "1", "random"])
    def test_every_process_makes_the_same(self, hash_seed, people):
        code = (
            "import sys; from ulnlib.testing import population\n"
            "for p in population(1_100, seed=3):\n"
            "    sys.stdout.buffer.write(ascii(p.to_dict(personal=True)).encode())\n"
        )
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        )
        expected = "".join(ascii(p.to_dict(personal=True)) for p in people[:1_100])
        assert made.stdout.decode() == expected


class TestValid:
    def test_every_field_passes_the_service(self, people):
        assert [_faults(person) for person in people if _faults(person)] == []

    def test_every_mandatory_field_is_there(self, people):
        for name in REGISTRATION_MANDATORY:
            assert all(getattr(person, name) for person in people), name

    def test_ulns_are_distinct_valid_in_order_and_of_the_test_range(self, people):
        ulns = [person.uln for person in people]
        assert ulns == sorted(set(ulns))
        assert all(is_valid(uln) and uln.startswith("99") for uln in ulns)

    def test_numbers_from_school_have_right_check_characters(self, people):
        for name, check in {
            "upn": check_upn,
            "uci": check_uci,
            "scottish_candidate_number": check_scn,
        }.items():
            given = [n for person in people if (n := getattr(person, name))]
            assert len(given) > 50, name
            assert not any(check(number) for number in given)

    @pytest.mark.parametrize(
        "as_of", [AS_OF, dt.date(2028, 2, 29), dt.date(2027, 3, 1)]
    )
    def test_ages_are_14_to_60(self, as_of):
        ages = [
            age_on(dt.date.fromisoformat(p.date_of_birth), as_of)
            for p in population(3_000, seed=8, as_of=as_of)
        ]
        assert min(ages) == 14
        assert max(ages) <= 60
        assert sum(14 <= age <= 25 for age in ages) > 0.6 * len(ages)

    def test_an_address_was_captured_in_the_learners_life(self, people):
        for person in people:
            captured = person.date_of_address_capture
            if captured is not None:
                assert person.date_of_birth < captured <= AS_OF.isoformat()

    def test_999_and_only_999_is_described(self, people):
        for person in people:
            described = person.other_verification_description is not None
            assert described == (person.verification_type == "999")


class TestNobody:
    def test_postcodes_are_of_areas_that_do_not_exist_and_look_right(self, people):
        postcodes = {person.postcode for person in people} - {"ZZ99 9ZZ"}
        areas = {re.match("[A-Z]+", postcode)[0] for postcode in postcodes}
        assert areas == set(places().areas)
        assert all(area[0] == "Z" and area not in {"ZE", "ZZ"} for area in areas)
        assert not any(check_postcode(postcode) for postcode in postcodes)

    def test_every_e_mail_address_is_of_an_example_domain(self, people):
        domains = {person.email.partition("@")[2] for person in people if person.email}
        assert domains == {"example.org", "example.net"}

    def test_numbers_cannot_have_been_issued(self, people):
        assert all(person.upn[1] == "0" for person in people if person.upn)
        assert all(person.uci.startswith("00") for person in people if person.uci)

    def test_no_school_is_called_school_or_college(self, people):
        schools = " ".join(p.school_at_16 for p in people if p.school_at_16).casefold()
        assert "school" not in schools
        assert "college" not in schools


@pytest.fixture(scope="module")
def many():
    return list(population(20_000, seed=12))


def _share(people, holds):
    """How many of a hundred people something holds of."""
    return 100 * sum(bool(holds(person)) for person in people) / len(people)


def _has_accent(person):
    return plain(f"{person.given_name} {person.family_name}") != (
        f"{person.given_name} {person.family_name}"
    )


class TestRealistic:
    def test_frequent_names_are_frequent(self, many):
        families = Counter(person.family_name for person in many)
        for common, least, most in (("Smith", 0.7, 1.2), ("Khan", 0.3, 0.8)):
            assert least < 100 * families[common] / len(many) < most
        assert {name for name, _ in families.most_common(2)} == {"Smith", "Jones"}
        assert len(families) > 6_000

    def test_most_family_names_are_rare(self, many):
        families = Counter(person.family_name for person in many)
        once = sum(1 for number in families.values() if number == 1)
        assert 0.4 < once / len(families) < 0.8

    def test_there_are_more_than_fifteen_thousand_family_names(self):
        assert (
            len({name for row in rows("family_names") for name in _names(row)}) > 15_000
        )

    def test_given_and_family_name_go_together(self, many):
        khans = Counter(p.given_name for p in many if p.family_name == "Khan")
        smiths = Counter(p.given_name for p in many if p.family_name == "Smith")
        muslim = {"Mohammed", "Muhammad", "Ahmed", "Fatima", "Aisha", "Hassan"}
        assert sum(khans[name] for name in muslim) > 0.08 * khans.total()
        assert sum(smiths[name] for name in muslim) < 0.02 * smiths.total()
        pairs = Counter((p.given_name, p.family_name) for p in many)
        assert pairs["Mohammed", "Khan"] + pairs["Muhammad", "Khan"] >= 4

    @pytest.mark.parametrize(
        ("what", "least", "holds", "most"),
        [
            ("1 January", 0.6, lambda p: p.date_of_birth.endswith("-01-01"), 1.1),
            ("first of a month", 3.4, lambda p: p.date_of_birth.endswith("-01"), 4.8),
            ("no address", 0.4, lambda p: p.postcode == "ZZ99 9ZZ", 1.0),
            ("preferred name", 10.5, lambda p: p.preferred_given_name, 13.5),
            ("middle names", 48, lambda p: p.middle_names, 60),
            ("hyphen", 1.8, lambda p: "-" in p.family_name, 3.6),
            ("apostrophe", 0.3, lambda p: "'" in p.family_name, 0.9),
            ("accent", 0.5, _has_accent, 1.5),
            ("two words", 1.8, lambda p: " " in p.given_name, 4),
            ("cut", 0.02, lambda p: len(p.family_name) >= 34, 0.3),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_shares_are_those_of_the_page(self, many, what, least, holds, most):
        assert least <= _share(many, holds) <= most, what

    def test_women_marry(self, many):
        women = [p for p in many if p.gender == "2" and p.date_of_birth < "2002-11"]
        assert 11 < _share(women, lambda p: p.previous_family_name) < 17

    def test_papers_that_were_lost_have_no_address_either(self, many):
        january = [p for p in many if p.date_of_birth.endswith("-01-01")]
        assert _share(january, lambda p: p.postcode == "ZZ99 9ZZ") > 1.5

    def test_siblings_and_twins_are_as_many_as_the_page_says(self, many):
        homes = {}
        for person in many[HALL_AFTER + HALL_SIZE :]:
            home = person.address_line_1, person.address_line_2, person.postcode
            homes.setdefault(home, []).append(person)
        del homes[None, None, "ZZ99 9ZZ"]
        twins = siblings = 0
        for members in homes.values():
            people = {(p.given_name, p.date_of_birth) for p in members}
            dates = Counter(born for _, born in people)
            twins += sum(number for number in dates.values() if number > 1)
            if len(dates) > 1:
                siblings += len(people)
        assert 1.0 < 100 * twins / len(many) < 2.0
        assert 17 < 100 * siblings / len(many) < 23

    def test_siblings_mostly_went_to_one_school(self, many):
        schools = [
            one.school_at_16 == two.school_at_16
            for one, two in pairwise(many)
            if one.postcode == two.postcode != "ZZ99 9ZZ"
            and one.given_name != two.given_name
            and one.school_at_16
            and two.school_at_16
        ]
        assert 0.7 < sum(schools) / len(schools) < 0.95

    def test_many_addresses_are_of_the_day_of_the_first_uln(self, many):
        at_school = _share(
            many,
            lambda p: (
                p.date_of_address_capture
                and int(p.date_of_address_capture[:4]) <= int(p.date_of_birth[:4]) + 15
            ),
        )
        assert 20 < at_school < 45

    def test_postcodes_are_mostly_of_one_household(self, many):
        shared = Counter(person.postcode for person in many)
        alone = sum(1 for number in shared.values() if number == 1)
        assert 0.75 < alone / len(shared) < 0.95

    def test_dates_of_birth_follow_the_seasons(self, many):
        months = Counter(
            p.date_of_birth[5:7] for p in many if p.date_of_birth[8:] > "01"
        )
        assert months["09"] > months["02"]

    def test_given_names_follow_the_year_of_birth(self, people):
        before = Counter(p.given_name for p in people if p.date_of_birth < "1990")
        after = Counter(p.given_name for p in people if p.date_of_birth > "2005")
        assert before["David"] / before.total() > 2 * after["David"] / after.total()
        assert after["Jack"] / after.total() > 2 * before["Jack"] / before.total()

    def test_optional_fields_are_sometimes_there(self, people):
        never = {"mis_identifier", "nationality", "notes"}
        for name in FIELDS.keys() - never:
            given = sum(getattr(person, name) is not None for person in people)
            assert given, name
        assert all(getattr(p, name) is None for p in people for name in never)

    def test_there_are_hyphens_apostrophes_and_accents(self, people):
        families = [person.family_name for person in people]
        assert any("-" in family for family in families)
        assert any("'" in family for family in families)
        assert any(not family.isascii() for family in families)
        assert any(not person.given_name.isascii() for person in people)

    def test_codes_are_spread_as_in_life(self, people):
        sharing = Counter(person.ability_to_share for person in people)
        assert [code for code, _ in sharing.most_common()] == ["1", "0", "2"]
        genders = Counter(person.gender for person in people)
        assert {code for code, _ in genders.most_common(2)} == {"1", "2"}
        assert genders.keys() == {"0", "1", "2", "9"}
        evidence = {person.verification_type for person in people}
        assert evidence == set(FIELDS["verification_type"].codes)

    def test_no_two_siblings_have_one_name(self, people):
        assert not any(
            one.given_name == two.given_name and one.date_of_birth != two.date_of_birth
            for one, two in pairwise(people)
            if one.address_line_1 == two.address_line_1 != "Example Hall"
            and one.postcode == two.postcode != "ZZ99 9ZZ"
        )

    def test_previous_names_are_not_the_present_one(self, people):
        for person in people:
            assert person.previous_family_name != person.family_name
            assert person.family_name_at_16 in {None, person.previous_family_name}


class TestHall:
    def test_more_people_live_there_than_a_search_names(self, people):
        residents = people[HALL_AFTER : HALL_AFTER + HALL_SIZE]
        assert {
            (p.given_name, p.family_name, p.gender, p.postcode) for p in residents
        } == {tuple(hall())}
        assert len({person.date_of_birth for person in residents}) == HALL_SIZE
        register = Register()
        for _ in register.add_many(people[:1_100]):
            pass
        query = Query(**hall()._asdict(), date_of_birth="1999-01-01")
        assert register.search(query).outcome is Outcome.TOO_MANY


class TestMerges:
    def test_pairs_are_two_records_of_one_person(self, people):
        by_uln = {person.uln: person for person in people}
        pairs = [(by_uln[str(a)], by_uln[str(b)]) for a, b in merges(people, seed=1)]
        equal = [pair for pair in pairs if five_of(pair[0]) == five_of(pair[1])]
        renamed = [pair for pair in pairs if five_of(pair[0]) != five_of(pair[1])]
        assert equal
        assert renamed
        assert all(master.uln < linked.uln for linked, master in equal)
        assert all(
            master.previous_family_name == linked.family_name
            for linked, master in renamed
        )

    def test_some_second_records_are_left_as_they_are(self, people):
        merged = {str(uln) for pair in merges(people, seed=1) for uln in pair}
        equal = Counter(five_of(person) for person in people)
        left = [p for p in people if equal[five_of(p)] > 1 and p.uln not in merged]
        assert left

    def test_the_seed_decides_which(self, people):
        assert list(merges(people, seed=1)) == list(merges(people, seed=1))
        assert list(merges(people, seed=1)) != list(merges(people, seed=2))

    def test_nobody_has_nothing_to_merge(self):
        assert list(merges([])) == []


def _names(row):
    """The names of a row, which stand in a column of their own or share one."""
    return (row.get("names") or row["name"]).removeprefix("-;").split(";")


class TestTables:
    def test_each_says_where_it_comes_from_and_on_what_terms(self):
        tables = sorted((PACKAGE / "_data").iterdir())
        assert len(tables) == 8
        assert sum(table.stat().st_size for table in tables) < 400_000
        for table in tables:
            head = table.read_text(encoding="utf-8")
            assert "# Source: " in head, table.name
            assert "# Licence: " in head, table.name
            assert "# " in head.split("\n", 1)[0]

    @pytest.mark.parametrize(
        ("table", "key"),
        [
            ("family_names", "community"),
            ("given_names", "sex"),
            ("preferred_names", "name"),
            ("heard", "name"),
            ("given_ranks", "sex"),
        ],
    )
    def test_every_name_fits_its_field_and_stands_once(self, table, key):
        entries = [(row[key], name) for row in rows(table) for name in _names(row)]
        assert len(entries) == len(set(entries))
        assert all(name == name.strip() for _, name in entries)
        assert max(len(name) for _, name in entries) <= 20

    def test_every_community_has_names(self):
        letters = [row["letter"] for row in rows("communities")]
        assert len(set(letters)) == len(letters) == 17
        assert {row["community"] for row in rows("family_names")} == set(letters)
        marked = set("".join(row["communities"] for row in rows("given_names")))
        assert marked <= set(letters)
        for column in ("share_before_1990", "share_since_1990"):
            total = sum(int(row[column]) for row in rows("communities"))
            assert 950 < total < 1_050

    def test_preferred_names_belong_to_names_that_occur(self):
        given = {name for row in rows("given_names") for name in _names(row)}
        given |= {name for row in rows("given_elsewhere") for name in _names(row)}
        given |= {row["name"] for row in rows("given_ranks")}
        preferred = [row["name"] for row in rows("preferred_names")]
        assert set(preferred) <= given
        assert len(preferred) >= 250
        assert names().preferred("Thomas") == ("Tom", "Tommy")
        assert names().preferred("Nobody") == ()

    def test_none_is_shared_with_the_matcher(self):
        # A matcher that knew these names would be tested on what it was told.
        for module in PACKAGE.glob("*.py"):
            imported = {
                name
                for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
                for name in (
                    [node.module]
                    if isinstance(node, ast.ImportFrom) and node.module
                    else [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else []
                )
            }
            assert not {n for n in imported if n.startswith("ulnlib.matching")}
            assert "ulnlib._tables" not in imported
        matcher = PACKAGE.parent / "matching"
        for module in matcher.rglob("*.py"):
            assert "ulnlib.testing" not in module.read_text(encoding="utf-8")
        shared = {table.stem for table in (PACKAGE / "_data").iterdir()} & {
            table.stem for table in (PACKAGE.parent / "_data").iterdir()
        }
        assert not shared


class TestNames:
    def test_a_family_s_name_has_other_forms_for_women(self):
        chance = Random(1)
        forms = {
            (name, letter, sex): {
                names().family_of(chance, name, sex, letter) for _ in range(60)
            }
            for name, letter, sex in (
                ("Singh", "s", FEMALE),
                ("Kaur", "s", MALE),
                ("Gill", "s", FEMALE),
                ("Kowalski", "p", FEMALE),
                ("Kowalski", "p", MALE),
                ("Nowak", "p", FEMALE),
                ("Ahmed", "m", MALE),
            )
        }
        assert list(forms.values()) == [
            {"Kaur"},
            {"Singh"},
            {"Gill"},
            {"Kowalski", "Kowalska"},
            {"Kowalski"},
            {"Nowak"},
            {"Ahmed"},
        ]

    def test_a_name_is_of_the_community_in_which_it_is_most_frequent(self):
        communities = {
            name: names().community_of(name).letter
            for name in ("Smith", "Khan", "Kowalska", "Patel", "Nobody-at-all")
        }
        assert list(communities.values()) == ["b", "m", "p", "h", "b"]

    def test_without_a_community_names_are_those_of_anybody(self):
        chance = Random(1)
        family = {names().family(chance) for _ in range(500)}
        assert all(names().community_of(name).letter in "bgiy" for name in family)
        given = Counter(names().given(chance, FEMALE, 1975) for _ in range(2_000))
        assert {"Sarah", "Claire", "Nicola", "Lisa"} <= {
            name for name, _ in given.most_common(25)
        }

    def test_each_community_has_given_names_of_each_year(self):
        chance = Random(1)
        for row in rows("communities"):
            community = next(
                c
                for name in {
                    n
                    for r in rows("family_names")
                    if r["community"] == row["letter"]
                    for n in _names(r)
                }
                if (c := names().community_of(name)).letter == row["letter"]
            )
            for year in (1950, 1966, 1978, 1988, 1994, 2000, 2010):
                for sex in (FEMALE, MALE):
                    assert names().given(chance, sex, year, community)


class TestDrawing:
    def test_a_point_of_the_scale_decides(self):
        words = weighted("Flat 3, Old Bakery 1")
        assert [words.draw(n / 4) for n in range(4)] == ["Flat"] * 3 + ["Old Bakery"]
        assert words.draw(0.999999999) == "Old Bakery"

    def test_what_has_no_weight_is_never_drawn(self):
        assert Weighted([("never", 0), ("always", 1)]).draw(0.0) == "always"

    def test_an_address_for_e_mail_has_only_plain_letters(self):
        assert email_local_part("Zoë", "O'Brien-Łukasz") == "zoe.obrienlukasz"


class TestFrontDoor:
    def test_the_package_lists_its_names(self):
        assert ulnlib.testing.__all__ == [
            "catalogues",
            "merges",
            "population",
            "strategies",
            "structures",
            "trials",
        ]
        assert all(hasattr(ulnlib.testing, name) for name in ulnlib.testing.__all__)

    def test_another_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="strategy"):
            _ = ulnlib.testing.strategy

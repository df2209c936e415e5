"""Every kind of mistake is made as its name says, and changes nothing else."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from ulnlib import Learner
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.postcode import is_valid as is_postcode
from ulnlib.testing import population
from ulnlib.testing._draw import rows
from ulnlib.testing.mistakes import FIELDS_OF, ErrorKind, apply
from ulnlib.testing.places import places

FOLLOWING = {
    ErrorKind.PREVIOUS_FAMILY_NAME: {"previous_family_name"},
    ErrorKind.NEW_FAMILY_NAME: {"previous_family_name"},
    ErrorKind.MIDDLE_NAME_AS_GIVEN: {"middle_names"},
    ErrorKind.GIVEN_NAMES_TOGETHER: {"middle_names"},
    ErrorKind.INITIALS_ONLY: {"middle_names"},
    ErrorKind.NICKNAME: {"preferred_given_name"},
}
ADDRESS = {
    "address_line_1",
    "address_line_2",
    "town",
    "county",
    "date_of_address_capture",
}
MOVES = (ErrorKind.PREVIOUS_POSTCODE, ErrorKind.PARENTS_POSTCODE, ErrorKind.MOVED)
FOLLOWING |= dict.fromkeys(MOVES, ADDRESS)


@pytest.fixture(scope="module")
def many():
    return list(population(20_000, seed=21))


def _changed(one, other):
    return {name for name in FIELDS if getattr(one, name) != getattr(other, name)}


def _made(kind, count=400, **fields):
    """What a mistake makes of a learner, over many chances."""
    learner = Learner(**fields)
    found = [apply(kind, learner, Random(n)) for n in range(count)]
    return [one for one in found if one is not None]


def _texts(kind, field, **fields):
    return {getattr(one, field) for one in _made(kind, **fields)}


class TestEveryKind:
    @pytest.mark.parametrize("kind", list(ErrorKind))
    def test_it_changes_what_it_says_and_only_that(self, kind, many):
        chance = Random(5)
        made = 0
        for learner in many:
            wrong = apply(kind, learner, chance)
            if wrong is None:
                continue
            made += 1
            changed = _changed(learner, wrong)
            assert changed & set(FIVE_DEMOGRAPHICS)
            assert changed <= FIELDS_OF[kind] | FOLLOWING.get(kind, set())
            if made == 500:
                break
        assert made >= 5

    @pytest.mark.parametrize("kind", list(ErrorKind))
    def test_the_same_chance_makes_the_same_mistake(self, kind, many):
        first = [apply(kind, one, Random(n)) for n, one in enumerate(many[:300])]
        assert first == [
            apply(kind, one, Random(n)) for n, one in enumerate(many[:300])
        ]

    @pytest.mark.parametrize("kind", list(ErrorKind))
    def test_somebody_of_whom_nothing_is_known_is_no_obstacle(self, kind):
        wrong = apply(kind, Learner(), Random(1))
        assert wrong is None or _changed(Learner(), wrong) <= {
            *FIELDS_OF[kind],
            *FOLLOWING.get(kind, ()),
        }

    def test_there_is_one_for_every_field(self):
        assert frozenset().union(*FIELDS_OF.values()) == set(FIVE_DEMOGRAPHICS)
        assert FIELDS_OF.keys() == set(ErrorKind)

    def test_names_stay_within_the_field_but_for_one_written_out(self, many):
        chance = Random(7)
        for kind in set(ErrorKind) - {ErrorKind.CUT_SHORT}:
            for learner in many[:400]:
                if wrong := apply(kind, learner, chance):
                    assert 0 < len(wrong.given_name) <= 35
                    assert 0 < len(wrong.family_name) <= 35

    def test_every_postcode_is_of_no_place(self, many):
        chance = Random(8)
        areas = {*places().areas, "ZZ"}
        for kind in ErrorKind:
            for learner in many[:400]:
                if wrong := apply(kind, learner, chance):
                    assert is_postcode(wrong.postcode)
                    assert wrong.postcode[:2] in areas


class TestNames:
    def test_the_previous_family_name_is_used(self):
        (names,) = {
            (one.family_name, one.previous_family_name)
            for one in _made(
                ErrorKind.PREVIOUS_FAMILY_NAME,
                family_name="Brown",
                previous_family_name="Green",
            )
        }
        assert names == ("Green", None)
        assert not _made(ErrorKind.PREVIOUS_FAMILY_NAME, family_name="Brown")

    def test_a_new_family_name_comes_with_the_one_before(self):
        made = _made(ErrorKind.NEW_FAMILY_NAME, family_name="Khan")
        assert {one.previous_family_name for one in made} == {"Khan"}
        assert {"Hussain", "Ahmed"} <= {one.family_name for one in made}

    def test_names_are_swapped(self):
        (one,) = _made(
            ErrorKind.NAMES_SWAPPED, 1, given_name="Ann", family_name="Brown"
        )
        assert (one.given_name, one.family_name) == ("Brown", "Ann")
        assert not _made(ErrorKind.NAMES_SWAPPED, given_name="Ali", family_name="Ali")

    def test_the_first_middle_name_becomes_the_given_name(self):
        found = _texts(
            ErrorKind.MIDDLE_NAME_AS_GIVEN,
            "given_name",
            given_name="Ann",
            middle_names="Mary Jane",
        )
        assert found == {"Mary"}

    @pytest.mark.parametrize(
        ("family", "among"),
        [
            ("McDonald", {"MacDonald", "Mc Donald", "M'Donald", "Donald"}),
            ("Mac Donald", {"McDonald", "Donald", "M'Donald"}),
            ("O'Brien", {"OBrien", "O Brien", "Brien"}),
            ("Brien", {"O'Brien"}),
            ("Fitzgerald", {"Fitz Gerald", "Gerald", "Fitz-Gerald"}),
            ("St John", {"StJohn", "Saint John", "St. John", "John"}),
            ("de Souza", {"Souza", "Desouza"}),
            ("van der Berg", {"Berg", "Vanderberg"}),
            ("Al-Hassan", {"Hassan", "Alhassan"}),
            ("bin Rashid", {"Rashid", "Binrashid"}),
            ("Hassan", {"Al-Hassan"}),
            ("D'Souza", {"Souza", "DSouza", "De Souza"}),
        ],
    )
    def test_a_prefix_is_spelt_otherwise_left_out_or_added(self, family, among):
        found = _texts(ErrorKind.PREFIX_CHANGED, "family_name", family_name=family)
        assert among <= found
        assert family not in found

    def test_most_names_have_no_prefix_to_change(self):
        assert not _made(ErrorKind.PREFIX_CHANGED, family_name="Winterbottom")

    def test_a_suffix_comes_or_goes(self):
        found = _texts(ErrorKind.SUFFIX_CHANGED, "family_name", family_name="Brown")
        assert {"Brown Jr", "Brown Snr", "Brown II"} <= found
        found = _texts(ErrorKind.SUFFIX_CHANGED, "family_name", family_name="Brown Jr")
        assert found == {"Brown"}
        assert not _made(ErrorKind.SUFFIX_CHANGED, family_name="B" * 35)

    @pytest.mark.parametrize(
        ("given", "among"),
        [
            ("Elizabeth", {"Liz", "Beth", "Betty"}),
            ("Liz", {"Elizabeth"}),
            ("Wojciech", {"Wojtek"}),
            ("Gosia", {"Małgorzata"}),
            ("Padraig", {"Paddy"}),
            ("Dai", {"Dafydd"}),
            ("Ruaridh", {"Rory"}),
            ("Mo", {"Mohammed", "Muhammad", "Maureen"}),
            ("Gurpreet", {"Preet"}),
        ],
    )
    def test_a_nickname_is_used_in_both_directions(self, given, among):
        assert among <= _texts(ErrorKind.NICKNAME, "given_name", given_name=given)

    def test_the_preferred_name_of_the_record_is_used_too(self):
        found = _texts(
            ErrorKind.NICKNAME,
            "given_name",
            given_name="Zbx",
            preferred_given_name="Bob",
        )
        assert found == {"Bob"}
        assert not _made(ErrorKind.NICKNAME, given_name="Zbx")

    def test_double_barrelled_names(self):
        name = {"family_name": "Read-Allan"}
        assert _texts(ErrorKind.HALF_OF_DOUBLE_BARRELLED, "family_name", **name) == {
            "Read",
            "Allan",
        }
        assert _texts(ErrorKind.HYPHEN_CHANGED, "family_name", **name) == {
            "Read Allan",
            "Readallan",
        }
        assert _texts(ErrorKind.HALVES_SWAPPED, "family_name", **name) == {"Allan-Read"}
        for kind in (
            ErrorKind.HALF_OF_DOUBLE_BARRELLED,
            ErrorKind.HYPHEN_CHANGED,
            ErrorKind.HALVES_SWAPPED,
        ):
            assert not _made(kind, family_name="Read")
            assert not _made(kind, family_name="Al-Ali")

    def test_given_names_run_together(self):
        kind = ErrorKind.GIVEN_NAMES_TOGETHER
        assert _texts(kind, "given_name", given_name="Mary Jane") == {"Maryjane"}
        made = _made(kind, given_name="Mary", middle_names="Jane Ann")
        assert {(one.given_name, one.middle_names) for one in made} == {
            ("Mary Jane", "Ann"),
            ("Maryjane", "Ann"),
        }
        assert not _made(kind, given_name="Mary")

    def test_initials_only(self):
        kind = ErrorKind.INITIALS_ONLY
        found = _texts(kind, "given_name", given_name="Mary", middle_names="Ann")
        assert found == {"M", "M.", "MA", "M A"}
        assert not _made(kind, given_name="M")

    def test_what_systems_do(self):
        name = {"given_name": "Zoë", "family_name": "O'Brien"}
        assert _texts(ErrorKind.ACCENTS_LOST, "given_name", **name) == {"Zoe", "Zo?"}
        assert _texts(ErrorKind.APOSTROPHE_LOST, "family_name", **name) == {
            "OBrien",
            "O Brien",
            "O`Brien",
            "O\N{RIGHT SINGLE QUOTATION MARK}Brien",
        }
        assert {"ZOË", "zoë", "Zoë"} == _texts(
            ErrorKind.CASE_CHANGED, "given_name", **name
        )
        assert _texts(
            ErrorKind.SPACES_CHANGED, "family_name", family_name="De Souza"
        ) == {"DeSouza", "De-Souza"}

    def test_a_name_that_was_cut_is_written_out(self):
        cut = "Goncalves de dos Santos Conti Marqu"
        assert len(cut) == 35
        found = _texts(ErrorKind.CUT_SHORT, "family_name", family_name=cut)
        assert "Goncalves de dos Santos Conti Marques" in found
        assert all(name.startswith(cut) and len(name) > 35 for name in found)
        assert not _made(ErrorKind.CUT_SHORT, family_name="Marques")

    def test_a_name_that_was_cut_between_words_goes_on(self):
        cut = "Goncalves de dos Santos Conti Zzzzz"
        found = _texts(ErrorKind.CUT_SHORT, "family_name", family_name=cut)
        assert found == {f"{cut} Sousa"}


class TestSpelling:
    def test_the_next_key_is_hit(self):
        found = _texts(ErrorKind.FAMILY_NAME_KEYBOARD, "family_name", family_name="Cat")
        assert {"Cst", "Car", "Cxat"} & found
        assert "Cot" not in found

    def test_a_letter_is_dropped_doubled_or_changed_over(self):
        name = {"given_name": "Ruth"}
        dropped = _texts(ErrorKind.GIVEN_NAME_DROPPED, "given_name", **name)
        assert dropped == {"Rth", "Ruh", "Rut"}
        doubled = _texts(ErrorKind.GIVEN_NAME_DOUBLED, "given_name", **name)
        assert doubled == {"Ruuth", "Rutth", "Ruthh"}
        transposed = _texts(ErrorKind.GIVEN_NAME_TRANSPOSED, "given_name", **name)
        assert transposed == {"Rtuh", "Ruht"}

    def test_short_names_are_left_alone(self):
        for kind in ErrorKind:
            if kind.endswith(
                ("keyboard", "letter", "dropped", "doubled", "transposed")
            ):
                assert not _made(kind, given_name="Jo", family_name="Ng")

    @pytest.mark.parametrize(
        ("name", "among"),
        [
            ("Siobhan", {"Shivaun"}),
            ("Philip", {"Filip"}),
            ("Stephenson", {"Stefenson", "Stephensson"}),
            ("Nicky", {"Niky", "Nickie"}),
            ("Keith", {"Kieth"}),
            ("Ericsson", {"Ericson"}),
            ("Clark", {"Klark", "Clarke"}),
            ("Kowalczyk", {"Kovalchik"}),
            ("Kovalchik", {"Kowalczyk"}),
            ("Piszcz", {"Pishcz"}),
        ],
    )
    def test_names_are_written_by_ear(self, name, among):
        found = _texts(ErrorKind.FAMILY_NAME_HEARD, "family_name", family_name=name)
        assert among <= found

    def test_capitals_stay_where_they_were(self):
        found = _texts(
            ErrorKind.FAMILY_NAME_HEARD, "family_name", family_name="de Wilde"
        )
        assert all(name.startswith(("de ", "d", "t", "e")) for name in found)
        found = _texts(ErrorKind.FAMILY_NAME_HEARD, "family_name", family_name="Al-Ali")
        assert found
        assert all(name[0].isupper() for name in found)

    def test_tables_are_large_enough(self):
        pairs = sum(len(row["preferred"].split(";")) for row in rows("preferred_names"))
        assert pairs >= 250
        assert sum(len(row["heard"].split(";")) for row in rows("heard")) >= 250


class TestDates:
    @pytest.mark.parametrize(
        ("kind", "made"),
        [
            (ErrorKind.DAY_MONTH_SWAPPED, {"2005-07-03"}),
            (ErrorKind.FIRST_OF_MONTH, {"2005-03-01"}),
            (ErrorKind.FIRST_OF_JANUARY, {"2005-01-01"}),
            (
                ErrorKind.FIRST_OF_NEAR_JANUARY,
                {"2003-01-01", "2004-01-01", "2006-01-01", "2007-01-01"},
            ),
            (ErrorKind.YEAR_OFF_BY_ONE, {"2004-03-07", "2006-03-07"}),
        ],
    )
    def test_each_makes_what_its_name_says(self, kind, made):
        assert _texts(kind, "date_of_birth", date_of_birth="2005-03-07") == made

    def test_a_day_that_is_no_month_is_not_swapped(self):
        assert not _made(ErrorKind.DAY_MONTH_SWAPPED, date_of_birth="2005-03-17")
        assert not _made(ErrorKind.DAY_MONTH_SWAPPED, date_of_birth="2005-03-03")
        assert not _made(ErrorKind.YEAR_OFF_BY_ONE, date_of_birth="2004-02-29")

    def test_one_digit_is_wrong_and_it_still_is_a_date(self):
        found = _texts(
            ErrorKind.DATE_DIGIT, "date_of_birth", date_of_birth="2005-03-07"
        )
        assert {"2005-03-01", "2005-08-07", "2003-03-07"} <= found
        for text in found:
            assert sum(a != b for a, b in zip(text, "2005-03-07", strict=True)) == 1
            assert "1985" < text < "2014"


class TestPostcodes:
    def test_a_move_nearby_stays_in_the_area_and_others_do_not(self):
        here = {"postcode": "ZA1 1AA", "town": "Ambermouthe"}
        near = _made(ErrorKind.PREVIOUS_POSTCODE, **here)
        assert {one.postcode[:2] for one in near} == {"ZA"}
        for kind in (ErrorKind.PARENTS_POSTCODE, ErrorKind.MOVED):
            far = {one.postcode[:2] for one in _made(kind, **here)}
            assert len(far) == len(places().areas) - 1
            assert "ZA" not in far
        assert {one.town for one in near} == {None}

    def test_somebody_without_an_address_has_one_now(self):
        assert _made(ErrorKind.PREVIOUS_POSTCODE, postcode="ZZ99 9ZZ")
        assert not _made(ErrorKind.NO_POSTCODE, postcode="ZZ99 9ZZ")
        assert not _made(ErrorKind.POSTCODE_CHARACTER, postcode="ZZ99 9ZZ")

    def test_one_character_is_wrong(self):
        found = _texts(ErrorKind.POSTCODE_CHARACTER, "postcode", postcode="ZA1 1AA")
        assert len(found) > 40
        for text in found:
            assert sum(a != b for a, b in zip(text, "ZA1 1AA", strict=True)) == 1


class TestGender:
    @pytest.mark.parametrize(
        ("kind", "gender", "made"),
        [
            (ErrorKind.GENDER_NOT_KNOWN, "1", {"0"}),
            (ErrorKind.GENDER_NOT_SPECIFIED, "1", {"9"}),
            (ErrorKind.GENDER_MISKEYED, "1", {"2"}),
            (ErrorKind.GENDER_MISKEYED, "2", {"1"}),
            (ErrorKind.GENDER_MISKEYED, "9", set()),
            (ErrorKind.GENDER_MISSING, "2", {None}),
            (ErrorKind.GENDER_NOT_KNOWN, "0", set()),
        ],
    )
    def test_each_makes_what_its_name_says(self, kind, gender, made):
        assert _texts(kind, "gender", gender=gender) == made


def test_letters_are_hit_about_equally_often():
    places_hit = Counter(
        next(
            n for n, (a, b) in enumerate(zip(name, "Abefghij", strict=False)) if a != b
        )
        for name in (
            one.family_name
            for one in _made(
                ErrorKind.FAMILY_NAME_LETTER, 4_000, family_name="Abefghij"
            )
        )
    )
    inner = [places_hit[n] for n in range(1, 8)]
    assert places_hit[0] < min(inner)
    assert max(inner) < 2 * min(inner)

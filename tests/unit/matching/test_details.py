"""How far dates, genders, postcodes and refiners agree."""

import pytest

from ulnlib.matching.details import (
    address_level,
    date_levels,
    gender_levels,
    middle_level,
    postcode_levels,
    school_level,
    text_level,
)
from ulnlib.matching.levels import levels_of


class TestDates:
    @pytest.mark.parametrize(
        ("one", "other", "levels"),
        [
            ("2007-05-24", "2007-05-24", {"equal"}),
            ("2007-01-01", "2007-01-01", {"equal_first_of_january"}),
            ("2007-05-04", "2007-04-05", {"day_month_swapped", "other"}),
            ("2007-05-01", "2007-01-05", {"day_month_swapped", "other"}),
            ("2007-05-24", "2008-05-24", {"year_off", "digit", "other"}),
            ("2009-05-24", "2010-05-24", {"year_off", "other"}),
            ("2007-05-24", "2009-05-24", {"digit", "other"}),
            ("2007-05-24", "2007-05-01", {"first_of_month", "other"}),
            ("2007-05-02", "2007-05-01", {"first_of_month", "digit", "other"}),
            ("2007-05-24", "2007-01-01", {"first_of_january", "other"}),
            (
                "2007-01-24",
                "2007-01-01",
                {"first_of_january", "first_of_month", "other"},
            ),
            ("2007-05-24", "2008-01-01", {"first_of_january_near", "other"}),
            ("2007-05-24", "2009-01-01", {"first_of_january_near", "other"}),
            ("2007-05-24", "2010-01-01", {"other"}),
            (
                "2007-01-01",
                "2008-01-01",
                {"first_of_january_near", "year_off", "digit", "other"},
            ),
            ("2007-05-24", "2007-05-25", {"digit", "other"}),
            ("2007-05-24", "2007-05-42", {"digit", "other"}),
            ("2007-05-24", "2070-05-24", {"digit", "other"}),
            ("2007-05-24", "2007-06-25", {"other"}),
            ("1899-12-31", "1899-12-13", {"digit", "other"}),
            ("2007-05-24", "24/05/2007", {"other"}),
            ("soon", "soon", {"equal"}),
            ("soon", "sooner", {"other"}),
            ("\u0662007-05-24", "2007-05-24", {"other"}),
        ],
    )
    def test_these_levels_apply(self, one, other, levels):
        found = date_levels(one, other)

        assert set(found) == levels
        assert set(date_levels(other, one)) == levels
        assert len(set(found)) == len(found)

    def test_every_level_of_the_table_is_reached(self):
        table = set(levels_of("date_of_birth")) - {"not_given"}
        pairs = [
            ("2007-05-24", "2007-05-24"),
            ("2007-01-01", "2007-01-01"),
            ("2007-01-01", "2008-01-01"),
            ("2007-01-24", "2007-01-01"),
            ("2007-05-04", "2007-04-05"),
        ]

        assert {level for pair in pairs for level in date_levels(*pair)} == table


class TestGenders:
    @pytest.mark.parametrize(
        ("one", "other", "levels"),
        [
            ("1", "1", ("equal",)),
            ("1", "2", ("miskeyed", "other")),
            ("0", "1", ("not_known", "other")),
            ("9", "2", ("not_known", "other")),
            ("0", "0", ("not_known", "other")),
            ("9", "9", ("not_known", "other")),
            ("0", "9", ("not_known", "other")),
            ("x", "x", ("equal",)),
            ("x", "1", ("miskeyed", "other")),
        ],
    )
    def test_these_levels_apply(self, one, other, levels):
        assert gender_levels(one, other) == gender_levels(other, one) == levels


class TestPostcodes:
    @pytest.mark.parametrize(
        ("one", "other", "levels"),
        [
            ("za11ab", "za11ab", ("equal",)),
            ("bfpo12", "bfpo12", ("equal",)),
            ("za11ab", "za11ad", ("character", "area", "moved", "other")),
            ("za11ab", "za11ba", ("character", "area", "moved", "other")),
            ("za11ab", "za19xy", ("area", "moved", "other")),
            ("za11ab", "zb11ab", ("character", "moved", "other")),
            ("za11ab", "za111ab", ("moved", "other")),
            ("za11ab", "zb22xy", ("moved", "other")),
            ("75001", "75001", ("equal_elsewhere",)),
            ("d02x285", "d02x285", ("equal_elsewhere",)),
            ("75001", "75002", ("character", "area", "moved", "other")),
            ("2222", "2222", ("equal_elsewhere",)),
            # What can be the code of no place says nothing.
            ("99999", "99999", ("equal_unknown",)),
            ("unknown", "unknown", ("equal_unknown",)),
            ("00000", "00000", ("equal_unknown",)),
            ("n/a", "n/a", ("equal_unknown",)),
            ("-", "-", ("equal_unknown",)),
            ("abc", "abd", ("moved", "other")),
            ("unknown", "unknxyz", ("moved", "other")),
            ("00000", "00001", ("moved", "other")),
            ("zz999zz", "za11ab", ("default", "other")),
            ("zz999zz", "zz999zz", ("default", "other")),
            ("zz999zz", "zz999zx", ("default", "other")),
        ],
    )
    def test_these_levels_apply(self, one, other, levels):
        assert postcode_levels(one, other, (), ()) == levels
        assert postcode_levels(other, one, (), ()) == levels

    @pytest.mark.parametrize(
        ("one", "other", "further", "further_other"),
        [
            ("za11ab", "zb22xy", ("zb22xy",), ()),
            ("za11ab", "zb22xy", (), ("za11ab",)),
            ("za11ab", "zb22xy", ("zc33ab",), ("zd44ab", "zc33ab")),
            ("zz999zz", "zb22xy", ("zb22xy",), ()),
            ("zz999zz", "zz999zz", ("zb22xy",), ("zb22xy",)),
            ("unknown", "unknown", ("zb22xy",), ("zb22xy",)),
            ("75001", "75001", ("zb22xy",), ("zb22xy",)),
        ],
    )
    def test_a_further_one_may_meet(self, one, other, further, further_other):
        found = postcode_levels(one, other, further, further_other)

        assert found[0] == "other_postcode"
        assert postcode_levels(other, one, further_other, further) == found

    @pytest.mark.parametrize("code", ["unknown", "75001"])
    def test_what_is_equal_does_not_meet_by_itself(self, code):
        found = postcode_levels(code, code, (code, "zz999zz"), (code, "zz999zz"))

        assert "other_postcode" not in found

    def test_the_default_meets_nothing(self):
        """ZZ99 9ZZ is nobody's address."""
        assert "other_postcode" not in postcode_levels(
            "za11ab", "zb22xy", ("zz999zz",), ("zz999zz",)
        )
        assert "other_postcode" not in postcode_levels(
            "zz999zz", "zb22xy", (), ("zz999zz",)
        )


class TestRefiners:
    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            (("ann",), ("ann",), "equal"),
            (("ann", "mary"), ("ann", "mary"), "equal"),
            (("ann", "mary"), ("ann",), "some"),
            (("ann", "mary"), ("mary", "ann"), "some"),
            (("ann",), ("a",), "initial"),
            (("a",), ("a", "m"), "some"),
            (("ann", "mary"), ("a", "m"), "initial"),
            (("a",), ("ann", "mary"), "initial"),
            (("ann",), ("m",), "other"),
            (("ann",), ("anna",), "other"),
            (("ann",), ("mary",), "other"),
        ],
    )
    def test_middle_names(self, one, other, level):
        assert middle_level(one, other) == middle_level(other, one) == level

    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            ("Ztown", "ZTOWN ", "equal"),
            ("Z-town", "z town", "equal"),
            ("Ztown", "Ytown", "other"),
            ("2 + 2", "2  +  2 ", "equal"),
            ("2", "3", "other"),
            ("2", "Ztown", "other"),
            ("2", "", "other"),
            ("Ztown 2", "ZTOWN-2", "equal"),
            ("Ztown 2", "Ztown 3", "other"),
            ("Ztown 2", "Ztown", "other"),
            ("Ztown 12", "Ztown 1 2", "other"),
        ],
    )
    def test_texts(self, one, other, level):
        assert text_level(one, other) == text_level(other, one) == level

    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            ("Hill", "Hill", "equal"),
            ("Hill School", "HILL", "equal"),
            ("The Hill School", "Hill College", "equal"),
            ("Hill High School", "Hill", "other"),
            ("Hill School", "Dale School", "other"),
            ("School 21", "School 22", "other"),
            ("School 21", "21, The School", "equal"),
            ("Hill School 21", "Hill 21", "equal"),
            ("Hill School 21", "Hill School", "other"),
            ("The School", "School", "other"),
            ("School", "school ", "equal"),
            ("School", "Hill School", "other"),
            ("!", "?", "other"),
        ],
    )
    def test_schools(self, one, other, level):
        assert school_level(one, other) == school_level(other, one) == level

    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            ("1 High Street", "1, HIGH STREET", "equal"),
            ("1 High Street", "High Street 1", "equal"),
            ("1 High Street", "1 High Street Zvillage", "near"),
            ("Flat 2 Zoo House", "2 Zoo House Park Lane", "near"),
            ("Quillfeather Cottage", "Quillfaether Cottage", "near"),
            ("1 High Street", "7 Mill Lane", "other"),
            # A street is no street of its own.
            ("The Rectory", "The Mill", "other"),
            ("Mill Road", "Church Road", "other"),
        ],
    )
    def test_addresses(self, one, other, level):
        assert address_level(one, other) == address_level(other, one) == level

    def test_a_very_long_address_is_compared_by_its_beginning(self):
        long = "1 High Street " * 10_000

        assert address_level(long, long + "x") == "equal"

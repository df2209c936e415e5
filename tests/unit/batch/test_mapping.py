"""Which column is which field: sure, likely, or left to the caller."""

import pytest

from ulnlib import _tables
from ulnlib.batch import LRB_2A, LRB_3A
from ulnlib.batch.mapping import (
    PARTS,
    Certainty,
    Choice,
    Mapping,
    field_named,
    is_known,
    key_of,
    suggest,
)
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.fields import FIELDS

ROWS = _tables.load("table_headings").rows


def taken(*headings):
    return {one.field: headings[one.column] for one in suggest(headings).choices}


def codes(report):
    return [item.code for item in report]


class TestTheTable:
    def test_its_fields_are_ours(self):
        assert {row["field"] for row in ROWS} <= {*FIELDS, *PARTS, ""}

    def test_no_heading_means_two_things(self):
        headings = [one for row in ROWS for one in row["headings"]]
        assert len(set(headings)) == len(headings)
        assert [key_of(one) for one in headings] == headings

    def test_every_row_says_where_it_comes_from(self):
        for row in ROWS:
            assert set(row) == {"field", "is_sure", "headings", "evidence", "source"}
            assert row["evidence"] in {"published", "observed", "derived", "assumed"}
            assert row["source"].strip()

    @pytest.mark.parametrize("layout", [LRB_2A, LRB_3A], ids=str)
    def test_an_lrb_file_maps_onto_itself(self, layout):
        found = suggest(layout.headings)
        names = [column.name for column in layout.columns if column.name in FIELDS]

        assert [one.field for one in found.choices] == names
        assert found.doubts == found.unknown == ()


SYSTEMS = {
    "ILR": {
        "mis_identifier": "LearnRefNumber",
        "uln": "ULN",
        "family_name": "FamilyName",
        "given_name": "GivenNames",
        "date_of_birth": "DateOfBirth",
        "gender": "Sex",
        "postcode": "Postcode",
        "address_line_1": "AddLine1",
        "email": "Email",
    },
    "PICS": {
        "mis_identifier": "LSC_ULIN",
        "uln": "MIAP_ULN",
        "family_name": "SURNAME",
        "given_name": "FIRSTNAME",
        "previous_family_name": "PREV_SURNAME",
        "date_of_birth": "BIRTHDATE",
        "ability_to_share": "MIAP_FPN_SEEN",
        "verification_type": "MIAP_VERIFTYPE",
        "other_verification_description": "MIAP_VERIFTEXT",
        "address_line_1": "ADDR1",
    },
    "SIMS": {
        "mis_identifier": "Admission Number",
        "family_name": "Legal Surname",
        "given_name": "Forename",
        "middle_names": "Middle name(s)",
        "preferred_given_name": "Preferred Forename",
        "date_of_birth": "DOB",
        "upn": "UPN",
        "uci": "Exam UCI",
    },
    "plain": {
        "mis_identifier": "Student ID",
        "family_name": "Last name",
        "given_name": "First name(s)",
        "date_of_birth": "D.O.B.",
        "gender": "Gender",
        "address_line_1": "Address 1",
        "address_line_2": "Addr2",
        "town": "Town/City",
        "postcode": "Post code",
    },
    "Unit-e": {
        "mis_identifier": "STUD_Student_ID",
        "family_name": "STUD_Surname",
        "given_name": "STUD_Forename_1",
        "middle_names": "STUD_Forename_2",
        "date_of_birth": "STUD_DOB",
    },
}


class TestSuggest:
    @pytest.mark.parametrize("system", SYSTEMS)
    def test_headings_of_other_systems(self, system):
        wanted = SYSTEMS[system]
        found = suggest(list(wanted.values()))

        assert taken(*wanted.values()) == wanted
        assert found.is_sure

    def test_what_is_no_field_of_ours_is_passed_over(self):
        found = suggest(["Ethnicity", "Surname", "PostcodePrior", "Mobile"])

        assert found.passed_over == (0, 2, 3)
        assert found.unknown == ()

    def test_what_nobody_knows_is_said(self):
        assert suggest(["Favourite colour", "", "Surname"]).unknown == (0, 1)

    @pytest.mark.parametrize(
        "heading",
        ["Parent Surname", "Emergency contact postcode", "Employer Postcode"],
    )
    def test_another_person_is_not_the_learner(self, heading):
        assert suggest([heading]).unknown == (0,)

    def test_two_columns_of_a_field_are_left_to_the_caller(self):
        found = suggest(["Surname", "Legal surname", "Forename"])

        assert [one.field for one in found.choices] == ["given_name"]
        assert [(one.field, one.columns) for one in found.doubts] == [
            ("family_name", (0, 1))
        ]
        assert not found.is_sure

    def test_a_sure_one_goes_before_a_likely_one(self):
        found = suggest(["ID", "Student ID"])

        assert found.choices == (Choice("mis_identifier", 1, Certainty.SURE),)
        assert found.passed_over == (0,)

    @pytest.mark.parametrize(
        ("heading", "field"),
        [
            ("ID", "mis_identifier"),
            ("Address 3", "town"),
            ("Nationalty", "nationality"),
        ],
    )
    def test_some_are_only_likely(self, heading, field):
        found = suggest([heading])

        assert found.choices == (Choice(field, 0, Certainty.LIKELY),)
        assert not found.is_sure
        assert found.accepted().is_sure

    def test_two_that_are_likely_are_a_doubt(self):
        assert suggest(["ID", "Ref"]).doubts[0].columns == (0, 1)

    def test_a_number_is_never_nearly_another(self):
        assert suggest(["Address line 7"]).unknown == (0,)

    def test_a_whole_name_is_only_taken_without_its_parts(self):
        assert taken("Name", "DOB") == {"full_name": "Name", "date_of_birth": "DOB"}
        assert suggest(["Name", "Surname", "Forename"]).passed_over == (0,)

    def test_halves_of_a_postcode_are_taken_together(self):
        assert set(taken("PostcodeOut", "PostcodeIn")) == {
            "postcode_out",
            "postcode_in",
        }
        assert taken("PostcodeOut") == {}
        assert set(taken("PostcodeOut", "PostcodeIn", "Postcode")) == {"postcode"}

    def test_thousands_of_headings_take_no_time(self):
        found = suggest([f"nobody's heading {chr(97 + n % 26)}" for n in range(20_000)])

        assert len(found.unknown) == 20_000


HEADINGS = ("Surname", "Legal surname", "Forename", "ID", "Notes", "x", "X")


class TestDecided:
    def test_the_caller_decides(self):
        found = suggest(HEADINGS).decided(
            HEADINGS,
            {"FamilyName": " legal SURNAME ", "MIS identifier": "ID", "notes": ""},
        )

        assert found.to_dict(HEADINGS) == {
            "mis_identifier": "ID",
            "given_name": "Forename",
            "family_name": "Legal surname",
        }
        assert found.doubts == ()
        assert found.is_sure
        assert found.passed_over == (0, 4)

    def test_a_column_that_is_told_is_no_other_field(self):
        headings = ("Surname", "Forename")

        found = suggest(headings).decided(headings, {"previous_family_name": "Surname"})

        assert found.to_dict(headings) == {
            "given_name": "Forename",
            "previous_family_name": "Surname",
        }

    def test_a_doubt_shrinks_by_what_is_taken(self):
        found = suggest(HEADINGS).decided(HEADINGS, {"title": "Surname"})

        assert [one.columns for one in found.doubts] == [(1,)]

    def test_an_unknown_column_becomes_known(self):
        headings = ("Colour", "Shape")

        found = suggest(headings).decided(headings, {"title": "Shape"})

        assert found.unknown == (0,)

    def test_a_heading_that_is_not_there_or_twice_is_refused(self):
        with pytest.raises(InvalidData) as caught:
            suggest(HEADINGS).decided(HEADINGS, {"title": "y", "notes": "x"})

        assert codes(caught.value.report) == ["column-not-found", "column-twice"]

    @pytest.mark.parametrize("letters", ["B", " b "])
    def test_letters_tell_columns_with_the_same_heading_apart(self, letters):
        headings = ("Surname", "Surname", "Forename")
        suggested = suggest(headings)
        assert [one.columns for one in suggested.doubts] == [(0, 1)]

        found = suggested.decided(headings, {"family_name": letters})

        assert found.column("family_name") == 1
        assert found.is_sure
        assert found.to_dict(headings) == {
            "given_name": "Forename",
            "family_name": "B",
        }
        again = Mapping().decided(headings, found.to_dict(headings))
        assert again.column("family_name") == 1

    def test_a_column_without_a_heading_has_letters(self):
        headings = ("Forename", "", "Surname")

        found = suggest(headings).decided(headings, {"town": "B"})

        assert found.column("town") == 1
        assert found.to_dict(headings)["town"] == "B"

    def test_a_heading_goes_before_letters(self):
        headings = ("Forename", "Surname", "A")

        found = suggest(headings).decided(headings, {"town": "a"})

        assert found.column("town") == 2

    def test_letters_that_are_also_a_heading_do_not_stand_for_another_column(self):
        """They would be read again as the column with that heading."""
        headings = ("Surname", "Surname", "A")
        found = Mapping(choices=(Choice("family_name", 0, Certainty.TOLD),))

        saved = found.to_dict(headings)

        assert saved == {"family_name": "Surname"}
        with pytest.raises(InvalidData):
            Mapping().decided(headings, saved)

    @pytest.mark.parametrize("letters", ["D", "AA", "ZZZ"])
    def test_letters_of_no_column_are_refused(self, letters):
        headings = ("Surname", "Surname", "Forename")

        with pytest.raises(InvalidData) as caught:
            suggest(headings).decided(headings, {"family_name": letters})

        assert codes(caught.value.report) == ["column-not-found"]

    def test_what_was_decided_can_be_decided_again(self):
        found = suggest(HEADINGS).decided(HEADINGS, {"family_name": "Surname"})
        again = Mapping().decided(HEADINGS, found.to_dict(HEADINGS))

        assert again.to_dict(HEADINGS) == found.to_dict(HEADINGS)

    def test_a_field_that_is_none(self):
        with pytest.raises(InvalidValue):
            suggest(HEADINGS).decided(HEADINGS, {"colour": "x"})


class TestProblems:
    def test_what_is_needed_for_a_new_uln(self):
        headings = ("Surname", "Forename", "DOB", "Sex", "Postcode")

        assert codes(suggest(headings).problems()) == ["column-needed"] * 2
        given = ("ability_to_share", "verification_type")
        assert codes(suggest(headings).problems(constants=given)) == []

    def test_with_a_uln_the_names_are_enough(self):
        assert codes(suggest(["ULN", "Surname", "Forename"]).problems()) == []

    def test_what_is_open(self):
        found = suggest(["ULN", "Surname", "Legal surname", "Forename", "ID"])

        assert codes(found.problems()) == ["column-twice", "column-unsure"]
        assert "B, C" in found.problems()[0].message

    def test_a_whole_name_needs_an_order(self):
        found = suggest(["ULN", "Name"])

        assert codes(found.problems()) == ["column-needs-order"]
        assert codes(found.problems(has_name_order=True)) == []

    def test_halves_are_a_postcode(self):
        headings = ("Surname", "Forename", "DOB", "Sex", "PostcodeOut", "PostcodeIn")
        given = ("ability_to_share", "verification_type")

        assert codes(suggest(headings).problems(constants=given)) == []


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_three_names(name):
    column = LRB_3A.column(name)

    assert field_named(name) == name
    assert field_named(FIELDS[name].label) == name
    assert field_named(column.heading) == name


def test_a_place_is_in_no_text():
    found = suggest(["Surname", "Forename"])

    assert found.column("family_name") == 0
    assert found.column("title") is None
    assert found.choices[0].label == "Given name"
    assert "Surname" not in repr(found)
    assert suggest(HEADINGS).doubts[0].label == "Family name"
    assert is_known("Ethnicity")

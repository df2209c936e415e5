"""Learners of a table: every defect with its row and field, nobody lost."""

import datetime as dt

import pytest

from builders.workbooks import workbook
from ulnlib.batch import (
    LRB_2A,
    Mapping,
    NameOrder,
    make_learners,
    read_table,
    suggest,
)
from ulnlib.batch.files import NOT_REAL

AS_OF = dt.date(2026, 11, 21)
HEADINGS = ("ID", "Surname", "Forename", "DOB", "Sex", "Postcode")
ADA = ("A-1", "Example", "Ada", "24/05/2007", "F", "ZA1 1AA")
BEN = ("A-2", "Example", "Ben", "03/04/2007", "M", "ZA1 1AB")


def csv(*rows):
    return "".join(",".join(row) + "\n" for row in rows).encode()


def made(*rows, headings=HEADINGS, content=None, decisions=None, **more):
    table = read_table(content or csv(headings, *rows))
    mapping = suggest(table.headings).decided(table.headings, decisions or {})
    asked = {"ability_to_share": "1", "verification_type": "2", "as_of": AS_OF}
    return make_learners(table, mapping.accepted(), **(asked | more))


def told(found):
    return [(item.code, item.row, item.field) for item in found.report]


class TestInventedUlns:
    """A table of a register of invented learners never makes a file of real ULNs."""

    HEADINGS = (*HEADINGS, "ULN", "FileName")
    ROW = (*ADA, "9900000004", f"{NOT_REAL} autumn")

    def test_they_are_refused(self):
        assert told(made(self.ROW, headings=self.HEADINGS)) == [
            ("ulns-not-real", None, None)
        ]

    def test_a_heading_says_so_too(self):
        headings = (*HEADINGS, "ULN", NOT_REAL)

        found = made((*ADA, "9900000004", ""), headings=headings)

        assert [item.code for item in found.report] == ["ulns-not-real"]

    def test_without_them_the_learners_are_made(self):
        found = made(self.ROW, headings=self.HEADINGS, decisions={"uln": ""})

        assert [one.uln for one in found.learners] == [None]


class TestMaking:
    def test_an_export_becomes_learners(self):
        found = made(ADA, BEN)

        ada, ben = found.learners
        assert ada.to_dict(personal=True) == {
            **dict.fromkeys(ada.to_dict(personal=True)),
            "mis_identifier": "A-1",
            "given_name": "Ada",
            "family_name": "Example",
            "date_of_birth": "2007-05-24",
            "gender": "2",
            "postcode": "ZA1 1AA",
            "ability_to_share": "1",
            "verification_type": "2",
        }
        assert ben.date_of_birth == "2007-04-03"
        assert (found.rows, found.left_out, told(found)) == ((2, 3), (), [])

    def test_a_workbook_becomes_the_same(self):
        content = workbook(
            HEADINGS,
            ("A-1", "Example", "Ada", dt.date(2007, 5, 24), "F", "ZA1 1AA"),
            ("A-2", "Example", "Ben", dt.date(2007, 4, 3), "M", "ZA1 1AB"),
        )

        assert made(content=content).learners == made(ADA, BEN).learners

    def test_a_row_with_an_error_is_left_out_and_named(self):
        found = made(ADA, ("A-2", "Example", "Ben", "31/02/2007", "Q", "nowhere"))

        assert len(found.learners) == 1
        assert found.left_out == (3,)
        assert sorted(told(found)) == [
            ("date-no-such-day", 3, "date_of_birth"),
            ("gender-word", 3, "gender"),
            ("postcode-format", 3, "postcode"),
        ]

    def test_a_defect_is_told_once(self):
        found = made(("A-1", "Example", "Ada", "tomorrow", "F", "ZA1 1AA"))

        assert told(found) == [("date-unreadable", 2, "date_of_birth")]

    def test_ages_are_counted(self):
        found = made(("A-1", "Example", "Ada", "24/05/2025", "F", "ZA1 1AA"))

        assert told(found) == [("age-too-young", 2, "date_of_birth")]

    def test_what_is_missing_is_told(self):
        found = made(("A-1", "", "Ada", "24/05/2007", "", ""))

        assert {code for code, _, _ in told(found)} == {"mandatory-missing"}
        assert found.left_out == (2,)

    def test_a_learner_who_is_there_twice_is_made_once(self):
        found = made(ADA, ADA)

        assert found.rows == (2,)
        assert told(found) == [
            ("duplicate-mis-identifier", 3, "mis_identifier"),
            ("duplicate-learner", 3, None),
        ]

    def test_postcodes_are_tidied(self):
        row = (*ADA[:5], "za11aa")

        assert made(row).learners[0].postcode == "ZA1 1AA"

    def test_halves_of_a_postcode_are_joined(self):
        headings = (*HEADINGS[:5], "PostcodeOut", "PostcodeIn")

        found = made((*ADA[:5], "ZA1", "1AA"), headings=headings)

        assert found.learners[0].postcode == "ZA1 1AA"

    def test_capitals_are_kept_and_told(self):
        found = made(("A-1", "MCEXAMPLE", "ADA", *ADA[3:]))

        assert found.learners[0].family_name == "MCEXAMPLE"
        assert [code for code, _, _ in told(found)] == ["names-in-capitals"] * 2

    def test_a_constant_fills_only_what_is_empty(self):
        headings = (*HEADINGS, "Privacy notice")

        found = made((*ADA, "No"), (*BEN, ""), headings=headings)

        assert [one.ability_to_share for one in found.learners] == ["0", "1"]

    def test_a_description_goes_with_its_type_alone(self):
        headings = (*HEADINGS, "VerificationType")

        found = made(
            (*ADA, "999"),
            (*BEN, ""),
            headings=headings,
            other_verification_description="a letter",
        )

        assert [one.other_verification_description for one in found.learners] == [
            "a letter",
            None,
        ]

    def test_an_older_version_takes_more(self):
        found = made(ADA, ability_to_share="2")
        assert told(found) == [("share-2-withdrawn", 2, "ability_to_share")]
        assert len(made(ADA, ability_to_share="2", layout=LRB_2A).learners) == 1


class TestCells:
    def test_the_temporary_uln_is_left_out(self):
        found = made(("9999999999", *ADA), headings=("ULN", *HEADINGS))

        assert found.learners[0].uln is None
        assert told(found) == [("temporary-ulns-left-out", None, None)]

    def test_a_rounded_uln_is_an_error(self):
        found = made(("1.23457E+09", *ADA), headings=("ULN", *HEADINGS))

        assert told(found) == [("cell-digits-lost", 2, "uln")]

    def test_a_uln_that_excel_took_for_a_number(self):
        content = workbook(
            ("ULN", "Surname", "Forename"), (1000000043.0, "Example", "Ada")
        )

        assert [one.uln for one in made(content=content).learners] == ["1000000043"]

    def test_separators_in_a_uln_go(self):
        found = made(("100 000 0043", *ADA), headings=("ULN", *HEADINGS))

        assert found.learners[0].uln == "1000000043"

    def test_titles_that_are_numbers_are_left_out(self):
        found = made(("4", *ADA), ("Mx", *BEN), headings=("Title", *HEADINGS))

        assert [one.title for one in found.learners] == [None, "Mx"]
        assert told(found) == [("titles-are-codes", None, None)]

    def test_words_for_nothing_are_taken_as_empty(self):
        headings = (*HEADINGS, "Middle names", "Date of address capture")

        found = made((*ADA, "NULL", "N/A"), headings=headings)

        assert found.learners[0].middle_names is None
        assert [code for code, _, _ in told(found)] == ["cells-taken-as-empty"] * 2

    def test_but_not_in_a_name(self):
        found = made(("A-1", "NULL", *ADA[2:]))

        assert told(found)[-1] == ("word-for-nothing", 2, "family_name")
        assert len(made(("A-1", "Null", *ADA[2:])).learners) == 1

    def test_none_is_a_verification_type(self):
        found = made((*ADA, "None"), headings=(*HEADINGS, "Verification type"))

        assert found.learners[0].verification_type == "0"

    def test_a_formula_is_an_error(self):
        row = ["A-1", "Example", "=A1", dt.date(2007, 5, 24), "F", "ZA1 1AA"]

        found = made(content=workbook(HEADINGS, row))

        assert told(found) == [("cell-formula", 2, "given_name")]

    def test_merged_cells_leave_the_row_out(self):
        def merge(book):
            book.active.merge_cells("F2:F3")

        rows = [("A-1", "Example", n, "2007-05-24", "F", "ZA1 1AA") for n in "ab"]

        found = made(content=workbook(HEADINGS, *rows, change=merge))

        assert [code for code, _, _ in told(found)] == ["merged-cells"] * 2
        assert found.learners == ()


class TestSlips:
    def test_a_row_that_is_too_wide_is_left_out(self):
        found = made(ADA, ("A-2", "Example", "Jr", *BEN[2:]))

        assert told(found) == [("cells-outside", 3, None)]
        assert found.rows == (2,)

    def test_so_is_one_whose_last_cell_is_empty(self):
        found = made(ADA, (*BEN[:1], "Ex", "ample", *BEN[2:5], ""))

        assert told(found) == [("cells-outside", 3, None)]

    def test_a_separator_at_the_end_of_every_row_is_a_habit(self):
        assert told(made((*ADA, ""), (*BEN, ""))) == []

    def test_cells_of_a_sheet_cannot_slip(self):
        row = ("A-1", "Example", "Ada", "2007-05-24", "F", "ZA1 1AA", "remark")

        assert len(made(content=workbook(HEADINGS, row)).learners) == 1


WHOLE = ("ID", "Name", "DOB", "Sex", "Postcode")


class TestWholeNames:
    @pytest.mark.parametrize(
        ("name", "order"),
        [
            ("Ada Example", NameOrder.GIVEN_FAMILY),
            ("Example Ada", "family-given"),
            ('"Example, Ada"', NameOrder.COMMA),
        ],
    )
    def test_they_are_split_when_told(self, name, order):
        found = made(("A-1", name, *ADA[3:]), headings=WHOLE, names=order)

        learner = found.learners[0]
        assert (learner.given_name, learner.family_name) == ("Ada", "Example")

    def test_given_names_may_be_several_before_or_behind_a_comma(self):
        found = made(
            ("A-1", '"van Example, Ada Ann"', *ADA[3:]),
            headings=WHOLE,
            names="family,given",
        )

        assert found.learners[0].given_name == "Ada Ann"
        assert found.learners[0].family_name == "van Example"

    @pytest.mark.parametrize("name", ["Ada van Example", "Ada", '"Ada, Example"'])
    def test_what_cannot_be_split_is_told(self, name):
        found = made(
            ("A-1", name, *ADA[3:]), headings=WHOLE, names=NameOrder.GIVEN_FAMILY
        )

        assert [code for code, _, _ in told(found)] == ["full-name-parts"] * 2

    def test_without_an_order_nothing_is_made(self):
        found = made(("A-1", "Ada Example", *ADA[3:]), headings=WHOLE)

        assert [code for code, _, _ in told(found)] == ["column-needs-order"]
        assert found.learners == ()

    def test_another_order_is_a_mistake(self):
        with pytest.raises(ValueError, match="backwards"):
            made(ADA, names="backwards")


class TestRefusals:
    def test_what_is_open_makes_nothing(self):
        table = read_table(csv(HEADINGS, ADA))

        found = make_learners(table, suggest(table.headings))

        assert found.learners == ()
        assert {item.code for item in found.report} == {
            "column-unsure",
            "column-needed",
        }

    def test_a_table_that_cannot_be_read_makes_nothing(self):
        found = make_learners(read_table(b""), Mapping())

        assert "empty-file" in {item.code for item in found.report}

    def test_dates_that_nothing_decides_leave_their_rows_out(self):
        found = made(BEN)

        assert told(found) == [
            ("dates-ambiguous", None, None),
            ("date-ambiguous", 2, "date_of_birth"),
        ]
        assert len(made(BEN, day_first=True).learners) == 1

"""The heading row: which layout it means, and where it departs from it."""

import pytest

from ulnlib.batch.headings import read_headings
from ulnlib.batch.layouts.lrb import LRB_2A, LRB_3A

NAMES_2A = tuple(column.name for column in LRB_2A.columns)
NAMES_3A = tuple(column.name for column in LRB_3A.columns)


def found(headings):
    return [(item.code, item.field, item.message) for item in headings.issues]


def codes(headings):
    return [item.code for item in headings.issues]


def with_change(position, text, layout=LRB_3A):
    cells = list(layout.headings)
    cells[position] = text
    return cells


class TestExactHeadings:
    @pytest.mark.parametrize(
        ("layout", "names"),
        [(LRB_2A, NAMES_2A), (LRB_3A, NAMES_3A)],
        ids=["2A", "3A"],
    )
    def test_they_mean_their_layout_without_a_finding(self, layout, names):
        headings = read_headings(layout.headings, None)

        assert headings.layout is layout
        assert headings.order == names
        assert headings.is_present
        assert headings.issues == ()

    def test_empty_columns_of_a_spreadsheet_at_the_end_are_no_matter(self):
        headings = read_headings([*LRB_3A.headings, "", ""], None)

        assert headings.layout is LRB_3A
        assert headings.order == NAMES_3A
        assert headings.issues == ()

    def test_a_given_layout_decides(self):
        mine = LRB_3A.with_headings(LRB_3A.headings[::-1])
        headings = read_headings(mine.headings, mine)

        assert headings.layout is mine
        assert headings.order == NAMES_3A[::-1]
        assert headings.issues == ()


class TestHeadingsWithDefects:
    @pytest.mark.parametrize(
        "spelling",
        [
            "givenname",
            "GIVENNAME",
            "Given Name",
            " GivenName",
            "Given_Name",
            "GivenNam",
        ],
    )
    def test_a_misspelt_heading_is_read_and_named_rightly(self, spelling):
        headings = read_headings(with_change(7, spelling), None)

        assert headings.layout is LRB_3A
        assert headings.order == NAMES_3A
        assert found(headings) == [
            (
                "heading-misspelt",
                "GivenName",
                "the heading of column 8 is not spelled right: it should be GivenName",
            )
        ]
        assert headings.issues[0].row == 1

    def test_a_heading_of_the_other_version_is_misspelt_in_this_one(self):
        headings = read_headings(with_change(9, "MiddleOtherName"), None)

        assert headings.layout is LRB_3A
        assert headings.order == NAMES_3A
        assert codes(headings) == ["heading-misspelt"]

    def test_unknown_headings_are_counted_and_never_shown(self):
        cells = [*LRB_3A.headings, "Zebedee", "Zebra"]
        headings = read_headings(cells, None)

        assert headings.order == (*NAMES_3A, None, None)
        assert found(headings) == [
            (
                "heading-unknown",
                None,
                (
                    "2 columns have headings that no version knows, the first is "
                    "column "
                    "33; they were not read"
                ),
            )
        ]

    def test_a_heading_of_another_version_that_this_one_lacks_is_unknown(self):
        cells = [*LRB_2A.headings, "UPN"]
        headings = read_headings(cells, LRB_2A)

        assert headings.order == (*NAMES_2A, None)
        assert codes(headings) == ["heading-unknown"]

    def test_a_missing_column_is_named(self):
        cells = [h for h in LRB_3A.headings if h != "Notes"]
        headings = read_headings(cells, None)

        assert headings.order == NAMES_3A[:-1]
        assert found(headings) == [
            ("heading-missing", "Notes", "there is no column Notes")
        ]

    def test_a_heading_that_stands_there_twice_is_read_once(self):
        cells = [*LRB_3A.headings, "ULN"]
        headings = read_headings(cells, None)

        assert headings.order == (*NAMES_3A, None)
        assert found(headings) == [
            (
                "heading-twice",
                "ULN",
                (
                    "the heading ULN stands in column 5 and again in column 33; the "
                    "first "
                    "was read"
                ),
            )
        ]

    def test_an_order_that_is_known_to_be_wrong_is_an_error(self):
        cells = list(LRB_3A.headings)
        cells[7], cells[10] = cells[10], cells[7]
        headings = read_headings(cells, None)

        assert headings.order[7] == "family_name"
        assert headings.order[10] == "given_name"
        assert found(headings) == [
            (
                "heading-order",
                None,
                (
                    "the columns are not in the order of version 3A: column 8 should "
                    "be "
                    "GivenName"
                ),
            )
        ]

    def test_an_order_that_is_only_assumed_is_a_warning(self):
        rest = [h for h in LRB_3A.headings if h not in {"UPN", "UCI"}]
        headings = read_headings([*rest, "UPN", "UCI"], None)

        assert headings.order[-2:] == ("upn", "uci")
        assert found(headings) == [
            (
                "heading-order-assumed",
                None,
                (
                    "the columns are in another order than the one assumed for "
                    "version 3A: "
                    "column 27 was assumed to be UPN"
                ),
            )
        ]

    def test_the_order_is_counted_in_the_columns_of_the_file(self):
        """An unknown column before shifts the position, not the verdict."""
        cells = ["Zebedee", *LRB_3A.headings]
        cells[8], cells[11] = cells[11], cells[8]
        headings = read_headings(cells, None)

        assert codes(headings) == ["heading-unknown", "heading-order"]
        assert "column 9 should be GivenName" in headings.issues[1].message

    def test_the_version_is_the_one_with_more_of_the_headings(self):
        assert read_headings(LRB_2A.headings[:-1], None).layout is LRB_2A
        assert read_headings(LRB_3A.headings[:-1], None).layout is LRB_3A

    def test_no_more_than_a_thousand_headings_are_looked_at(self):
        cells = [*LRB_3A.headings, *["x"] * 2000, "y"]
        headings = read_headings(cells, None)

        assert len(headings.order) == 2033
        assert codes(headings) == ["heading-unknown"]
        assert headings.issues[0].message.startswith("2001 columns have headings")

    @pytest.mark.parametrize("heading", ["", "ab", "Z" * 41, "Zebedee"])
    def test_a_heading_too_short_too_long_or_too_far_is_no_guess(self, heading):
        headings = read_headings(with_change(7, heading), None)

        assert headings.order[7] is None
        assert codes(headings) == ["heading-unknown", "heading-missing"]


class TestNoHeadings:
    @pytest.mark.parametrize(
        ("cells", "layout"),
        [
            (["3A"] + ["x"] * 31, LRB_3A),
            (["Zebedee"] * 32, LRB_3A),
            (["Zebedee"] * 30, LRB_2A),
            (["2A", "x"], LRB_2A),
            ([" 3A ", "x"], LRB_3A),
        ],
        ids=["3A", "32 columns", "30 columns", "states 2A", "states 3A"],
    )
    def test_a_learner_in_the_first_row_is_known_by_the_columns(self, cells, layout):
        headings = read_headings(cells, None)

        assert headings.layout is layout
        assert not headings.is_present
        assert headings.order == tuple(column.name for column in layout.columns)
        assert codes(headings) == ["heading-row-missing"]
        assert f"version {layout.version}" in headings.issues[0].message

    @pytest.mark.parametrize(
        ("cells", "columns", "known"),
        [
            (["Zebedee"] * 7, 7, 0),
            (["ULN", "GivenName", "FamilyName", "Zebedee"], 4, 3),
            (["x"], 1, 0),
            ([], 0, 0),
            (["", ""], 0, 0),
        ],
    )
    def test_another_first_row_is_no_batch_file(self, cells, columns, known):
        headings = read_headings(cells, None)

        assert headings.layout is None
        assert headings.order == ()
        assert found(headings) == [
            (
                "not-a-batch-file",
                None,
                (
                    f"the first row has {columns} columns and {known} known headings; "
                    f"an "
                    "LRB file has 30 columns (2A) or 32 (3A)"
                ),
            )
        ]

    def test_five_known_headings_are_enough(self):
        five = ["ULN", "GivenName", "FamilyName", "DateOfBirth", "Gender"]

        assert read_headings(five, None).is_present
        assert read_headings(five, None).layout is not None
        assert read_headings(five[:4], None).layout is None

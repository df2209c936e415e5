"""Dates of a column: every way of writing them, one order for all."""

import datetime as dt

import pytest

from ulnlib.batch.table_dates import DateRules, read_dates

AS_OF = dt.date(2026, 11, 21)


def read(*cells, field="date_of_birth", as_of=AS_OF, **more):
    rows = range(2, 2 + len(cells))
    texts, found = read_dates(cells, rows, DateRules(field=field, as_of=as_of, **more))
    return texts, [item.code for item in found]


def moment(*parts):
    return dt.datetime(*parts)  # noqa: DTZ001  # as a spreadsheet has it


@pytest.mark.parametrize(
    "cell",
    [
        "2007-05-24",
        "2007/05/24",
        "2007-5-24",
        "2007-05-24T00:00:00",
        "2007-05-24 00:00:00.000",
        "2007-05-24T00:00:00Z",
        "20070524",
        20070524,
        "24/05/2007",
        "24/5/2007",
        "24.05.2007",
        "24-05-2007",
        "24 05 2007",
        "24 / 05 / 2007",
        "24/05/2007 00:00",
        "24/05/2007 12:00:00 AM",
        "24052007",
        "24/05/07",
        "05/24/2007",
        "24-May-07",
        "24 May 2007",
        "24th May 2007",
        "24 MAY 2007",
        "24th of May, 2007",
        "May 24, 2007",
        "May 24th 2007",
        " 24/05/2007 ",
        moment(2007, 5, 24),
        39226,
        39226.0,
        "39226",
        "39226.0",
    ],
    ids=repr,
)
def test_all_of_these_are_one_day(cell):
    texts, codes = read(cell)

    assert texts == ["2007-05-24"]
    assert set(codes) <= {"dates-are-numbers"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tomorrow", "date-unreadable"),
        ("24/05", "date-unreadable"),
        ("24/05/207", "date-unreadable"),
        ("24 Mai 2007", "date-unreadable"),
        ("2007-05", "date-unreadable"),
        ("12", "date-unreadable"),
        (7, "date-unreadable"),
        (True, "date-unreadable"),
        (0.5, "date-unreadable"),
        (float("nan"), "date-unreadable"),
        (dt.time(1), "date-unreadable"),
        ("99999", "date-unreadable"),
        ("\u0662\u0664/05/2007", "date-unreadable"),
        ("31/02/2007", "date-no-such-day"),
        ("2007-02-29", "date-no-such-day"),
        ("24/24/2007", "date-no-such-day"),
        ("00/00/0000", "date-no-such-day"),
        ("20071301", "date-no-such-day"),
        ("24/05/2007 23:00", "date-with-time"),
        ("24/05/2007 12:00 PM", "date-with-time"),
        (moment(2007, 5, 23, 23), "date-with-time"),
        (39226.5, "date-with-time"),
        ("24/05/14", "date-century"),
        ("31-Feb-07", "date-century"),
    ],
    ids=repr,
)
def test_all_of_these_are_none(cell, code):
    texts, codes = read(cell, day_first=True)

    assert texts == [None]
    assert codes == [code]


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_an_empty_cell_is_no_finding(cell):
    assert read(cell) == ([None], [])


class TestOrder:
    def test_one_date_decides_for_all(self):
        assert read("03/04/2007", "24/05/2007") == (["2007-04-03", "2007-05-24"], [])
        assert read("03/04/2007", "05/24/2007") == (["2007-03-04", "2007-05-24"], [])

    def test_nothing_decides(self):
        texts, codes = read("03/04/2007", "2007-05-24", "05/05/2007")

        assert texts == [None, "2007-05-24", "2007-05-05"]
        assert codes == ["dates-ambiguous", "date-ambiguous"]

    def test_both_ways_is_neither(self):
        texts, codes = read("24/05/2007", "05/24/2007", "03/04/2007", "2007-05-24")

        assert texts == [None, None, None, "2007-05-24"]
        assert codes == ["dates-both-ways", *["date-ambiguous"] * 3]

    def test_the_caller_decides(self):
        assert read("03/04/2007", day_first=True)[0] == ["2007-04-03"]
        assert read("03/04/2007", day_first=False)[0] == ["2007-03-04"]

    def test_a_date_against_the_order_is_told(self):
        assert read("05/24/2007", "24/05/2007", day_first=True) == (
            [None, "2007-05-24"],
            ["date-unreadable"],
        )


class TestSpreadsheets:
    def test_days_and_months_that_a_spreadsheet_exchanged(self):
        # 03/04, 05/06 became dates, month first; 24/05 was left as text.
        cells = (moment(2007, 3, 4), moment(2007, 5, 6), "24/05/2007")

        texts, codes = read(*cells)

        assert texts == [None, None, "2007-05-24"]
        assert codes == ["dates-half-converted", *["date-not-trusted"] * 2]
        assert read(*cells, day_first=True)[1] == []

    def test_dates_of_every_day_are_trusted(self):
        cells = (moment(2007, 3, 4), moment(2007, 5, 26), "24/05/2007")

        assert read(*cells)[1] == []

    def test_numbers_are_days_from_the_epoch_of_the_file(self):
        texts, codes = read(37764, epoch=moment(1904, 1, 1))

        assert texts == ["2007-05-24"]
        assert codes == ["dates-are-numbers"]


class TestCentury:
    @pytest.mark.parametrize(
        ("text", "year"), [("07", 2007), ("13", 2013), ("17", 1917), ("98", 1998)]
    )
    def test_it_is_that_of_an_age_that_the_service_takes(self, text, year):
        assert read(f"24-May-{text}")[0] == [f"{year}-05-24"]

    def test_without_a_day_it_is_not_known(self):
        assert read("24-May-07", as_of=None) == ([None], ["date-century"])

    def test_an_address_was_taken_lately(self):
        found = read("24-May-07", "24-May-98", field="date_of_address_capture")

        assert found == (["2007-05-24", None], ["date-century"])

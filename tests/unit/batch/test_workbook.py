"""Workbooks: what they hold is read as it is, and what is hostile is refused."""

import datetime as dt
import io
import sys
import zipfile

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from builders.workbooks import SHEET, replaced, workbook
from ulnlib.batch import workbook as module
from ulnlib.batch.tables import Oddity, read_table
from ulnlib.batch.workbook import read_workbook
from ulnlib.errors import MissingExtra

HEADINGS = ("Surname", "DOB", "ULN")
DAY = dt.datetime(2007, 5, 24)  # noqa: DTZ001  # as a spreadsheet has it
PLAIN = workbook(HEADINGS, ("Example", DAY, 1000000043))


def codes(table):
    return [item.code for item in table.report]


class TestCells:
    def test_cells_are_what_they_were(self):
        rows = [
            ("text", DAY, 1000000043),
            (1.5, DAY.date(), True),
            (dt.time(1, 2), dt.timedelta(hours=30), None),
        ]

        table = read_table(workbook(HEADINGS, *rows))

        assert table.headings == HEADINGS
        assert table.numbers == (2, 3, 4)
        assert table.rows[0] == rows[0]
        assert table.rows[1] == (1.5, DAY, True)
        assert table.rows[2][0] == dt.time(1, 2)
        assert codes(table) == []

    def test_a_formula_is_not_worked_out(self):
        def formula(book):
            book.active["A2"] = "=1+1"

        table = read_table(workbook(HEADINGS, ("x", "y", "z"), change=formula))

        assert table.rows == ((Oddity.FORMULA, "y", "z"),)

    def test_a_shared_and_an_array_formula_neither(self):
        array = replaced(
            PLAIN,
            old=b"<v>1000000043</v>",
            new=b'<f t="array" ref="C2:C2">1+1</f><v>2</v>',
        )
        shared = replaced(
            PLAIN,
            old=b"<v>1000000043</v>",
            new=b'<f t="shared" ref="C2:C9" si="0">1+1</f><v>2</v>',
        )

        for content in (array, shared):
            assert read_table(content).rows[0][2] is Oddity.FORMULA

    def test_an_error_is_one(self):
        content = replaced(
            PLAIN, old=b' t="n"><v>1000000043</v>', new=b' t="e"><v>#N/A</v>'
        )

        assert read_table(content).rows[0][2] is Oddity.ERROR

    def test_a_date_that_is_none_is_an_error(self):
        content = replaced(PLAIN, old=b"<v>39226</v>", new=b"<v>99999999999</v>")

        assert read_table(content).rows[0][1] is Oddity.ERROR

    def test_dates_of_1904(self):
        def old_mac(book):
            book.epoch = CALENDAR_MAC_1904

        table = read_table(workbook(HEADINGS, ("Example", DAY, 37764), change=old_mac))

        assert table.rows == (("Example", DAY, 37764),)
        assert table.epoch == dt.datetime(1904, 1, 1)  # noqa: DTZ001

    def test_empty_cells_at_the_end_are_not_there(self):
        table = read_table(workbook(HEADINGS, ("Example", None, ""), (None,), ("B",)))

        assert table.rows == (("Example",), ("B",))
        assert table.numbers == (2, 4)
        assert table.width is None

    def test_what_a_file_says_of_its_size_is_not_believed(self):
        content = replaced(PLAIN, old=b'ref="A1:C2"', new=b'ref="A1:XFD1048576"')

        assert len(read_table(content).rows) == 1


class TestMergedAndHidden:
    def test_rows_with_merged_cells_are_named(self):
        def merge(book):
            book.active.merge_cells("A3:A4")

        table = read_table(workbook(HEADINGS, *[("x",)] * 5, change=merge))

        assert [(i.code, i.row) for i in table.report] == [
            ("merged-cells", 3),
            ("merged-cells", 4),
        ]

    def test_a_title_over_the_table_may_be_merged(self):
        def merge(book):
            book.active.merge_cells("A1:C1")

        content = workbook(("Export",), HEADINGS, ("x", "y", "z"), change=merge)

        assert codes(read_table(content, heading_row=2)) == []

    def test_a_merge_of_the_whole_sheet_costs_nothing(self):
        content = replaced(
            PLAIN,
            old=b"</sheetData>",
            new=b"</sheetData><mergeCells>"
            b'<mergeCell ref="A1:XFD1048576"/></mergeCells>',
        )

        assert codes(read_table(content)) == ["merged-cells"]

    def test_hidden_rows_are_read_and_counted(self):
        def hide(book):
            book.active.row_dimensions[3].hidden = True

        table = read_table(workbook(HEADINGS, ("a",), ("b",), change=hide))

        assert len(table.rows) == 2
        assert codes(table) == ["rows-hidden"]


class TestSheets:
    TWO = workbook(HEADINGS, ("Example",), sheets=[("Other", [("A",), ("B",)])])

    def test_the_only_one_with_content_is_taken(self):
        content = workbook(HEADINGS, ("Example",), sheets=[("Empty", [])])

        assert read_table(content).headings == HEADINGS

    def test_of_several_the_caller_says_which(self):
        assert codes(read_table(self.TWO)) == ["sheet-not-chosen"]
        assert read_table(self.TWO, sheet="Other").headings == ("A",)
        assert read_table(self.TWO, sheet=1).headings == HEADINGS
        assert read_table(self.TWO, sheet=2).headings == ("A",)

    @pytest.mark.parametrize("sheet", ["Nothing", 0, 3, -1])
    def test_one_that_is_not_there(self, sheet):
        assert codes(read_table(self.TWO, sheet=sheet)) == ["sheet-unknown"]

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_a_hidden_one_is_taken_only_by_its_name(self, state):
        def hide(book):
            book["Other"].sheet_state = state

        content = workbook(
            HEADINGS, ("Example",), sheets=[("Other", [("A",), ("B",)])], change=hide
        )

        assert read_table(content).headings == HEADINGS
        assert codes(read_table(content, sheet=2)) == ["sheet-unknown"]
        assert read_table(content, sheet="Other").headings == ("A",)

    def test_an_empty_workbook(self):
        assert codes(read_table(workbook())) == ["empty-file"]


class TestHostile:
    def test_what_only_begins_as_a_workbook(self):
        assert codes(read_table(b"PK\x03\x04 no archive")) == ["workbook-unreadable"]

    def test_an_archive_of_something_else(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", "text")

        assert codes(read_table(stream.getvalue())) == ["workbook-unreadable"]

    @pytest.mark.parametrize("cut", [30, 500, 2000, -30])
    def test_a_damaged_one(self, cut):
        assert codes(read_table(PLAIN[:cut])) == ["workbook-unreadable"]

    def test_a_part_that_is_no_xml(self):
        assert codes(read_table(replaced(PLAIN, new=b"<a>"))) == ["workbook-unreadable"]

    def test_a_bomb_is_not_unpacked(self, monkeypatch):
        bomb = replaced(PLAIN, new=b" " * 10_000_000)
        monkeypatch.setattr(module, "_UNPACKED", 1_000_000)

        assert len(bomb) < 100_000
        assert codes(read_table(bomb)) == ["table-too-large"]

    def test_a_bomb_of_many_parts(self, monkeypatch):
        monkeypatch.setattr(module, "_PARTS", 5)

        assert codes(read_table(PLAIN)) == ["table-too-large"]

    @pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_unusual_packing(self, packing):
        content = replaced(PLAIN, old=b"x", new=b"x", packing=packing)

        assert codes(read_table(content)) == ["workbook-unsafe"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    @pytest.mark.parametrize(
        "name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/other.bin"]
    )
    def test_entities_are_refused_wherever_they_stand(self, name, encoding):
        laughs = f"""<?xml version="1.0" encoding="{encoding}"?>
            <!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>"""

        content = replaced(PLAIN, name, new=laughs.encode(encoding))

        assert codes(read_table(content)) == ["workbook-unsafe"]

    def test_an_external_entity_is_refused(self):
        text = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'

        assert codes(read_table(replaced(PLAIN, new=text))) == ["workbook-unsafe"]

    def test_deep_nesting_is_refused(self):
        text = b"<a>" * 100_000 + b"</a>" * 100_000

        assert codes(read_table(replaced(PLAIN, new=text))) == ["workbook-unsafe"]

    def test_links_to_other_files_are_not_followed(self):
        links = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.\
openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://\
schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" \
Target="file:///nowhere/x.xlsx" TargetMode="External"/></Relationships>"""

        content = replaced(
            PLAIN, "xl/externalLinks/_rels/externalLink1.xml.rels", new=links
        )

        assert read_table(content).headings == HEADINGS

    def test_a_row_far_away_ends(self):
        content = replaced(PLAIN, old=b'<row r="2"', new=b'<row r="999999999999"')

        assert codes(read_table(content)) == ["table-too-large"]

    def test_more_cells_than_anybody_exports(self, monkeypatch):
        monkeypatch.setattr(module, "_CELLS", 3)

        assert codes(read_table(PLAIN)) == ["table-too-large"]

    def test_a_string_that_is_not_there(self):
        content = replaced(PLAIN, old=b' t="n"><v>1000000043', new=b' t="s"><v>999')

        assert codes(read_table(content)) == ["workbook-unreadable"]


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(MissingExtra, match=r"ulnlib\[xlsx\]"):
        read_workbook(PLAIN)

"""Achievements as JSON and as CSV."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ulnlib.qualifications import Achievement, Kind, Level
from ulnlib.rules.combination import (
    AchievementsFile,
    achievements_to_dict,
    achievements_to_json,
    read_achievements,
)
from ulnlib.rules.combination._members import FORMS
from ulnlib.testing.structures import achievements

SCHEMAS = Path(__file__).resolve().parents[4] / "docs" / "reference" / "json"
SCHEMA = json.loads((SCHEMAS / "achievements.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)
ONE = Achievement("Y/506/1910", 4, "3", dt.date(2015, 6, 30), source="QCFU", id="7")


def codes(report):
    return [(one.code, *one.path) for one in report]


class TestJson:
    @given(achievements())
    def test_every_list_comes_back_as_it_was(self, given):
        file = read_achievements(achievements_to_json(given))
        assert (list(file.achievements), list(file.report)) == (given, [])
        plain = achievements_to_dict(given)
        assert read_achievements(plain) == file
        assert read_achievements(plain["achievements"]) == file
        assert [one.message for one in VALIDATOR.iter_errors(plain)] == []

    def test_the_schema_has_every_member(self):
        properties = SCHEMA["$defs"]["Achievement"]["properties"]
        assert set(properties) == set(FORMS[Achievement])

    def test_an_array_alone_will_do(self):
        text = '[{"unit": "Y/506/1910", "level": 3}]'
        assert read_achievements(text).achievements == (
            Achievement("Y/506/1910", level=Level.LEVEL_3),
        )
        assert read_achievements(b"\xef\xbb\xbf []").achievements == ()

    @pytest.mark.parametrize(
        ("source", "code"),
        [
            ("", ("form-not-json",)),
            ("[", ("form-not-json",)),
            (b"[\xff]", ("form-encoding",)),
            ("{}", ("form-kind", "achievements")),
            ('{"achievements": {}}', ("form-kind", "achievements")),
            ('{"kind": "structure"}', ("form-kind", "kind")),
            ('{"version": 3, "achievements": []}', ("form-version", "version")),
            ("[" * 100_000, ("form-nesting",)),
            (3, ("form-kind", "achievements")),
        ],
    )
    def test_what_cannot_be_read_is_a_fatal_finding(self, source, code):
        file = read_achievements(source)
        assert file.achievements == ()
        assert codes(file.report.fatal) == [code]

    def test_an_exemption_from_so_much_credit_names_no_unit(self):
        file = read_achievements(
            [{"kind": "exemption", "credit": 5, "group": "Options"}]
        )
        assert file.report.is_ok
        assert file.achievements == (
            Achievement("", 5, kind=Kind.EXEMPTION, group="Options"),
        )

    @pytest.mark.parametrize(
        ("plain", "code"),
        [
            ({}, ("form-member-missing", "achievements", 1)),
            ({"unit": ""}, ("form-member-missing", "achievements", 1)),
            ({"unit": 5}, ("form-type", "achievements", 1, "unit")),
            (
                {"unit": "x", "kind": "gift"},
                ("form-type", "achievements", 1, "kind"),
            ),
            ("x", ("form-type", "achievements", 1)),
            (None, ("form-type", "achievements", 1)),
        ],
    )
    def test_what_cannot_be_placed_is_left_out(self, plain, code):
        file = read_achievements([plain, {"unit": "y"}])
        assert codes(file.report) == [code]
        assert file.achievements == (Achievement("y"),)

    def test_what_is_not_known_and_what_stands_twice_is_a_finding(self):
        file = read_achievements(
            '{"achievements": [], "x": 1, "achievements": [{"unit": "a", "unit": "b"}]}'
        )
        assert codes(file.report) == [
            ("form-member-unknown",),
            ("form-member-twice",),
            ("form-member-twice", "achievements", 1, "unit"),
        ]
        assert file.achievements == (Achievement("b"),)


HEAD = "unit,credit,level,date,source,id\n"


class TestCsv:
    def test_a_file_with_headings_is_read(self):
        file = read_achievements(
            "Unit, Credit,LEVEL,date,source,id,Subject areas,kind,is sensitive\r\n"
            "Y/506/1910,4,Level 3,2015-06-30,QCFU,7,15.2; 15.3,RPL,x\r\n"
            "\r\n,,,\r\n"
            'T/506/2952,,,30/06/2015,,,"",,\r\n'
        )
        assert codes(file.report) == [("form-heading-unknown",)]
        assert file.achievements == (
            Achievement(
                "Y/506/1910",
                4,
                "3",
                dt.date(2015, 6, 30),
                source="QCFU",
                id="7",
                subject_areas=("15.2", "15.3"),
                kind="rpl",
            ),
            Achievement("T/506/2952", date=dt.date(2015, 6, 30)),
        )

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
    def test_other_separators_and_a_byte_order_mark_will_do(self, separator, bom):
        text = HEAD + "Y/506/1910,4,3,2015-06-30,QCFU,7\n"
        source = bom + text.replace(",", separator).encode()
        assert read_achievements(source) == AchievementsFile(
            [ONE], read_achievements("[]").report
        )

    def test_a_file_of_windows_is_read_with_a_warning(self):
        file = read_achievements("unit,title\nx,Café\n".encode("cp1252"))
        assert codes(file.report) == [("form-encoding-windows",)]
        assert file.achievements == (Achievement("x", title="Café"),)

    def test_bytes_that_are_no_text_are_a_fatal_finding(self):
        file = read_achievements(b"unit\nx\x81\xff\n")
        assert codes(file.report.fatal) == [("form-encoding",)]

    @pytest.mark.parametrize("text", ["x", "unit_reference,credit\nx,3", "\x00", "3"])
    def test_without_the_heading_of_units_nothing_is_read(self, text):
        file = read_achievements(text)
        assert file.achievements == ()
        assert [one.code for one in file.report.fatal] == ["form-kind"]

    def test_a_heading_that_stands_twice_is_a_finding(self):
        file = read_achievements("unit,credit,Unit\nx,3,y\n")
        assert codes(file.report) == [("form-heading-twice",)]
        assert file.achievements == (Achievement("x", 3),)

    def test_findings_have_the_number_of_the_row(self):
        file = read_achievements(
            HEAD + "a,many,3,,,\nb,4,3,2015-02-30,,\n,4\nc,4,9,,,,,\n"
        )
        assert codes(file.report) == [
            ("form-type", "row", 2, "credit"),
            ("form-type", "row", 3, "date"),
            ("form-member-missing", "row", 4),
            ("form-row-cells", "row", 5),
        ]
        assert file.achievements == (
            Achievement("a", level="3"),
            Achievement("b", 4, "3"),
            Achievement("c", 4, "9"),
        )

    def test_a_cell_beyond_all_measure_is_a_finding(self):
        file = read_achievements("unit,title\na,\nb," + "x" * 140_000 + "\nc,\n")
        assert codes(file.report) == [("form-row-unreadable", "row", 3)]
        assert file.achievements == (Achievement("a"), Achievement("c"))


class TestAnythingAtAll:
    @given(st.binary() | st.text())
    def test_no_text_raises(self, source):
        assert isinstance(read_achievements(source), AchievementsFile)

    @given(st.lists(st.text(max_size=6)), st.lists(st.text(max_size=6)))
    def test_no_table_raises(self, names, cells):
        text = "unit," + ",".join(names) + "\n" + ",".join(cells)
        assert isinstance(read_achievements(text), AchievementsFile)

    @given(st.sampled_from(["json", "csv"]), st.sampled_from(list(FORMS[Achievement])))
    def test_no_text_of_the_input_is_in_a_finding(self, form, name):
        if form == "json":
            source = json.dumps([{"unit": "qzmk", name: {"qzmk": "qzmk"}, "qzmk": 1}])
        else:
            source = f"unit,{name},qzmk\nqzmk,qzmk,qzmk,qzmk,qzmk\n,qzmk,qzmk\n"
        file = read_achievements(source)
        assert len(file.report) > 0
        assert "qzmk" not in "".join(map(str, file.report))
        assert "qzmk" not in repr(file.report)

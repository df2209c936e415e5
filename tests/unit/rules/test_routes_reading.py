"""Reading catalogues: tables of the register, and the JSON form."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ulnlib.identifiers import QAN_CHECK, is_early_610
from ulnlib.issues import Report
from ulnlib.qualifications import Group, Level, Qualification, Structure, Unit
from ulnlib.rules.routes import (
    HEADINGS,
    RouteQuery,
    catalogue_to_dict,
    catalogue_to_json,
    index,
    read_catalogue,
    search,
)

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
QUALIFICATIONS = ROOT.parent / "shared" / "data" / "qualifications_2025.csv"

TABLE = (
    "qualification_number,title,awarding_organisation,level,type,"
    "sector_subject_area,approval_start,approval_end\n"
    '600/3280/7,"Award in ""Good"" Work, Part 1",Ashmere,Level 2,VRQ,'
    "Business management,01/08/2012,31/07/2026\n"
    "61000810,Pâtisserie,Ashmere,Entry Level,VRQ,7.4,,\n"
)


def places(report):
    return [(one.code, one.path) for one in report]


class TestATable:
    def test_of_the_register(self):
        file = read_catalogue(TABLE.encode())
        assert file.report == Report()
        assert file.qualifications == (
            Qualification(
                number="600/3280/7",
                title='Award in "Good" Work, Part 1',
                awarding_organisation="Ashmere",
                level="2",
                type="VRQ",
                subject_area="Business management",
                operational_start=dt.date(2012, 8, 1),
                operational_end=dt.date(2026, 7, 31),
            ),
            Qualification(
                number="61000810",
                title="Pâtisserie",
                awarding_organisation="Ashmere",
                level="Entry Level",
                type="VRQ",
                subject_area="7.4",
            ),
        )

    def test_with_all_that_the_register_has(self):
        headings = (
            "Qualification Number,Level,Sub Level,Total Credits,Minimum GLH,"
            "MaximumGuidedLearningHours,OperationalStartDate,CertificationEndDate,"
            "OfferedInWales,Offered In Northern Ireland,PreSixteen,NineteenPlus,"
            "Sensitive"
        )
        row = (
            "600/3280/7,Entry Level,Entry 2,10,60,90,2012-08-01T00:00:00,"
            "1/9/2020 00:00:00,true,No,0,Y,TRUE"
        )
        file = read_catalogue(f"{headings}\r\n{row}\r\n".encode("utf-8-sig"))
        assert file.report == Report()
        assert file.qualifications == (
            Qualification(
                number="600/3280/7",
                level=Level.ENTRY_2,
                credit=10,
                min_hours=60,
                max_hours=90,
                operational_start=dt.date(2012, 8, 1),
                certification_end=dt.date(2020, 9, 1),
                countries=["Wales"],
                ages=["19+"],
                is_sensitive=True,
            ),
        )

    def test_says_what_is_wrong_where_and_keeps_the_rest(self):
        text = (
            "number,title,approval_start,total credits,sensitive,level,ssa,Title\n"
            "600/3280/7,Right,01/01/2020,1,no,2,15,x\n"
            "\n"
            "60032808,Check,31/02/2020,ten,maybe,Level 9,16,x\n"
            "short,row\n"
            "600/3280/7,Extra,,,,,,x,y\n"
            '600/3281/9,"Open,,,,,,\n'
            "600/3282/0,After,soon,,,,,\n"
            ",No number,,,,,,\n"
        )
        file = read_catalogue(text.encode())
        assert [one.title for one in file.qualifications] == [
            *("Right", "Check", "row", "Extra", "Open,,,,,,", "After", "No number")
        ]
        assert places(file.report) == [
            ("catalogue-heading-twice", ("row", 1, "title")),
            ("catalogue-value", ("row", 4, "operational_start")),
            ("catalogue-value", ("row", 4, "credit")),
            ("catalogue-value", ("row", 4, "is_sensitive")),
            ("qan-check-character", ("row", 4, "number")),
            ("catalogue-level-unknown", ("row", 4, "level")),
            ("catalogue-subject-area-unknown", ("row", 4, "subject_area")),
            ("catalogue-cells", ("row", 5)),
            ("qan-format", ("row", 5, "number")),
            ("catalogue-cells", ("row", 6)),
            ("catalogue-number-twice", ("row", 6, "number")),
            ("catalogue-quote", ("row", 7)),
            ("catalogue-cells", ("row", 7)),
            ("catalogue-value", ("row", 8, "operational_start")),
            ("qan-format", ("row", 9, "number")),
        ]
        assert "at 2" in str(file.report[10])

    def test_may_have_a_line_break_in_a_title(self):
        file = read_catalogue(
            b'number,title\n600/3280/7,"One\nTwo"\n600/3281/9,Three\n'
        )
        assert [one.title for one in file.qualifications] == ["One\nTwo", "Three"]
        assert file.report == Report()

    def test_of_one_giant_row_ends_early(self):
        file = read_catalogue(b"number,title\n600/3280/7," + b"x" * 200_000)
        assert places(file.report) == [("catalogue-quote", ("row", 2))]

    def test_with_headings_of_ones_own(self):
        text = b"Aim,Title,Approval start,Began\n600/3280/7,T,2020-01-01,2021-01-01\n"
        own = {"aim": "number", "Began": "operational_start"}
        [one] = read_catalogue(text, headings=own).qualifications
        assert one.operational_start == dt.date(2021, 1, 1)
        with pytest.raises(ValueError, match="headings may name"):
            read_catalogue(text, headings={"Aim": "anything"})

    def test_in_another_encoding_is_read_and_said(self):
        file = read_catalogue(TABLE.encode("cp1252"))
        assert places(file.report) == [("catalogue-encoding", ())]
        assert file.qualifications[1].title == "Pâtisserie"

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b" \n ",
            b"\n\n",
            b"PK\x03\x04rest",
            b"%PDF-1.7",
            b"title,level\nAward,2\n",
            b"{",
            b'{"kind": "structure"}',
            b'{"version": 2, "qualifications": []}',
            b'{"kind": "catalogue"}',
            b'{"qualifications": {}}',
            b"[" * 100_000,
        ],
    )
    def test_what_is_none_is_one_fatal_finding(self, content):
        file = read_catalogue(content)
        assert file.qualifications == ()
        assert [one.code for one in file.report.fatal] == ["catalogue-not-read"]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "the file is empty"),
            (b"{", "it is no JSON"),
            (b'{"kind": "structure"}', "it is not of kind catalogue, version 1"),
            (b'{"kind": "catalogue"}', "it holds no list of qualifications"),
            (b'{"version": 1}', "it holds no list of qualifications"),
            (
                b"title,level\nAward,2\n",
                "no heading of the first row is that of a qualification number",
            ),
        ],
    )
    def test_why_it_is_none_is_said(self, content, why):
        [found] = read_catalogue(content).report
        assert found.message == f"no qualification can be read: {why}"

    def test_what_is_wrong_with_its_form_is_said_with_the_place(self):
        [found] = read_catalogue(b'["x"]').report
        assert found.message == "the value is not an object; it was left out"
        [found] = read_catalogue(b'[{"number": "61000810", "structure": 1}]').report
        assert found.message == "the value is not an object; it was left out"
        twice = "Qualification Number,Awarding Organisation,Awarding Organisation\n"
        [found] = read_catalogue(f"{twice}61000810,a,b\n".encode()).report
        assert found.message == (
            "columns 2 and 3 both hold the awarding organisation; the first was read"
        )

    def test_a_quotation_mark_that_stays_open_is_said_of_its_line(self):
        table = 'Qualification Number,Title\n61000810,"a\n500/9603/X,b\n'
        found = [one for one in read_catalogue(table.encode()).report if one.line]
        assert [(one.code, one.row, one.line) for one in found] == [
            ("catalogue-quote", 2, 2)
        ]

    def test_comes_from_bytes_a_path_or_a_file(self, tmp_path):
        path = tmp_path / "catalogue.csv"
        path.write_bytes(TABLE.encode())
        expected = read_catalogue(TABLE.encode())
        assert read_catalogue(path) == expected
        assert read_catalogue(str(path)) == expected
        assert read_catalogue(io.BytesIO(TABLE.encode())) == expected
        assert read_catalogue(bytearray(TABLE.encode())) == expected
        with path.open("rb") as file:
            assert read_catalogue(file) == expected
        with pytest.raises(OSError, match="nowhere"):
            read_catalogue(tmp_path / "nowhere.csv")
        with pytest.raises(TypeError, match="binary"):
            read_catalogue(io.StringIO(TABLE))
        with pytest.raises(TypeError, match="no path"):
            read_catalogue(TABLE)

    def test_every_heading_belongs_to_one_thing(self):
        keys = [heading for texts in HEADINGS.values() for heading in texts]
        assert len(keys) == len(set(keys))


STRUCTURE = Structure(
    name="Award",
    total=5,
    root=Group(name="A", units=[Unit("Y/506/1910", 5, 2)]),
)
FULL = Qualification(
    number="600/3280/7",
    title="Award in Work",
    structure=STRUCTURE,
    awarding_organisation="Ashmere",
    type="VRQ",
    level="Level 2",
    credit=5,
    subject_area="15.3",
    min_hours=1,
    max_hours=2,
    countries=["Wales", "England"],
    ages=["19+", "16-18"],
    operational_start=dt.date(2020, 1, 1),
    operational_end=dt.date(2021, 1, 1),
    certification_end=dt.date(2022, 1, 1),
    is_sensitive=True,
)


class TestTheJsonForm:
    def test_comes_back_the_same_and_keeps_to_its_schema(self):
        given = (FULL, Qualification(number="61000810"))
        text = catalogue_to_json(given)
        assert text.isascii()
        assert text.startswith('{\n "')
        file = read_catalogue(text.encode())
        assert file.qualifications == given
        assert file.report == Report()
        path = SCHEMAS / "catalogue.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        plain = catalogue_to_dict(given)
        assert [
            e.message for e in Draft202012Validator(schema).iter_errors(plain)
        ] == []
        assert plain["qualifications"][1] == {"number": "61000810"}

    def test_may_be_the_list_alone(self):
        [one] = read_catalogue(b'\xef\xbb\xbf [{"number": "61000810"}]').qualifications
        assert one == Qualification(number="61000810")

    def test_says_what_is_wrong_where_and_keeps_the_rest(self):
        plain = [
            {
                "number": 60032807,
                "title": "Kept",
                "credit": True,
                "is_sensitive": "no",
                "ages": ["16-18", 1],
                "countries": "Wales",
                "operational_start": "01/01/2020",
                "certification_end": 2020,
                "structure": [],
                "later": 1,
            },
            "600/3280/7",
            {"number": "600/3280/7", "structure": {"name": "other", "total": 5}},
            {"number": "60032807"},
        ]
        file = read_catalogue(json.dumps(plain).encode())
        assert [one.title for one in file.qualifications] == ["Kept", "", ""]
        assert sorted(places(file.report), key=lambda one: one[1][1]) == [
            ("catalogue-value", ("qualification", 1, "number")),
            ("catalogue-value", ("qualification", 1, "credit")),
            ("catalogue-value", ("qualification", 1, "countries")),
            ("catalogue-value", ("qualification", 1, "ages")),
            ("catalogue-value", ("qualification", 1, "operational_start")),
            ("catalogue-value", ("qualification", 1, "certification_end")),
            ("catalogue-value", ("qualification", 1, "is_sensitive")),
            ("catalogue-value", ("qualification", 1, "structure")),
            ("qan-format", ("qualification", 1, "number")),
            ("catalogue-value", ("qualification", 2)),
            ("form-root-missing", ("qualification", 3, "structure", "root")),
            ("catalogue-number-twice", ("qualification", 4, "number")),
        ]


@pytest.fixture(scope="module")
def file():
    return read_catalogue(QUALIFICATIONS)


@pytest.mark.skipif(
    not QUALIFICATIONS.is_file(),
    reason="the register's snapshot is not distributed with the project",
)
class TestTheRegister:
    """The 8,220 qualifications approved for funding on 18 February 2025."""

    def test_every_number_is_accepted_the_early_ones_too(self, file):
        assert len(file.qualifications) == 8220
        assert file.report == Report()
        against_the_rule = [
            one.number
            for one in file.qualifications
            if QAN_CHECK.agrees(one.number) is False
        ]
        assert len(against_the_rule) == 36
        assert all(map(is_early_610, against_the_rule))
        dated = [one for one in file.qualifications if one.operational_start]
        assert len(dated) == 7592

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, 8220),
            ({"level": "Entry"}, 1218),
            ({"level": "1"}, 1512 + 264),
            ({"level": "2"}, 2276 + 264),
            ({"subject_area": "15.3"}, 346),
            ({"subject_area": "11.2"}, 44),
            ({"keyword": "music performance", "level": "3"}, 31),
        ],
    )
    def test_is_searched(self, file, query, found):
        routes = search(index(file.qualifications), RouteQuery(**query))
        assert len(routes) == found
        assert all(one.credits_towards is None for one in routes)

"""Writing: byte-exact for the service, safe for people, and nothing left out."""

import attrs
import pytest

from ulnlib.batch.files import BatchFile, FileValues, Record, Style, make
from ulnlib.batch.layouts.lrb import LRB_2A, LRB_3A
from ulnlib.batch.writer import write, write_rows
from ulnlib.errors import InvalidData
from ulnlib.learner import Learner

ADA = Learner(
    mis_identifier="A-1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
    ability_to_share="1",
    verification_type="2",
)

# What follows the MIS identifier in the row of this learner.
REST_3A = ",,Ada,,,Example,,,,,,,,ZA1 1AA,,2007-05-04,,,2,,,,,1,2,,"
REST_2A = ",,Ada,,,Example,,,,,,,,ZA1 1AA,,2007-05-04,,,2,,,1,2,,"


def file_of(*learners, layout=LRB_3A, style=None):
    records = tuple(
        Record(row, row, learner, (), b"") for row, learner in enumerate(learners, 2)
    )
    values = FileValues(
        file_version=layout.version,
        file_name="ref",
        ukprn="10012345",
        record_count=str(len(learners)),
    )
    return BatchFile(
        layout=layout, values=values, records=records, style=style or Style()
    )


def rows_of(content):
    return content.decode().split("\r\n")[1:-1]


def refused(call):
    with pytest.raises(InvalidData) as caught:
        call()
    return caught.value


class TestWrite:
    def test_the_first_record_has_the_values_of_the_file(self):
        content = write(
            file_of(ADA, ADA.evolve(mis_identifier="A-2", uln="1000000043"))
        )

        assert content.decode().split("\r\n")[0] == ",".join(LRB_3A.headings)
        assert rows_of(content) == [
            f"3A,ref,10012345,2,,A-1{REST_3A}",
            f",,,,1000000043,A-2{REST_3A}",
        ]

    def test_a_file_without_records_is_its_headings(self):
        assert write(file_of()) == ",".join(LRB_3A.headings).encode() + b"\r\n"

    def test_a_file_without_a_layout_is_written_as_3a(self):
        file = BatchFile(layout=None, values=FileValues(), records=())

        assert write(file) == ",".join(LRB_3A.headings).encode() + b"\r\n"

    def test_what_is_made_can_be_written(self):
        file = make([ADA], ukprn="10012345", file_name="ref")

        assert file == file_of(ADA)
        assert write(file) == write(file_of(ADA))

    def test_an_empty_text_and_none_are_an_empty_cell(self):
        with_empty = ADA.evolve(title="", notes="")

        assert write(file_of(with_empty)) == write(file_of(ADA))


class TestAnotherLayout:
    def test_3a_becomes_2a_when_nothing_is_lost(self):
        content = write(file_of(ADA), layout=LRB_2A)

        assert content.decode().split("\r\n")[0] == ",".join(LRB_2A.headings)
        assert rows_of(content) == [f"2A,ref,10012345,1,,A-1{REST_2A}"]

    def test_2a_becomes_3a_with_the_new_columns_empty(self):
        content = write(file_of(ADA, layout=LRB_2A), layout=LRB_3A)

        assert rows_of(content) == [f"3A,ref,10012345,1,,A-1{REST_3A}"]

    def test_a_value_without_a_column_is_refused_and_named(self):
        file = file_of(ADA, ADA.evolve(upn="H801200001001", uci="123450123456A"), ADA)
        error = refused(lambda: write(file, layout=LRB_2A))

        assert [(i.code, i.path, i.message) for i in error.report] == [
            (
                "not-in-layout",
                ("row", 3, "upn"),
                (
                    "Unique pupil number (UPN) has a value and version 2A has no "
                    "column "
                    "for it"
                ),
            ),
            (
                "not-in-layout",
                ("row", 3, "uci"),
                (
                    "Unique candidate identifier (UCI) has a value and version 2A "
                    "has no "
                    "column for it"
                ),
            ),
        ]

    def test_what_is_no_learners_field_is_refused_and_named_too(self):
        file = file_of(ADA)
        records = (
            attrs.evolve(
                file.records[0],
                return_code="RC001",
                further={"response_code": "WSVRC001"},
            ),
        )
        error = refused(
            lambda: write(attrs.evolve(file, records=records), layout=LRB_2A)
        )

        assert [(i.code, i.path) for i in error.report] == [
            ("not-in-layout", ("row", 2, "response_code")),
            ("not-in-layout", ("row", 2, "return_code")),
        ]

    def test_a_code_that_the_version_does_not_take_is_refused_and_named(self):
        file = file_of(ADA, ADA.evolve(ability_to_share="2"), layout=LRB_2A)
        error = refused(lambda: write(file, layout=LRB_3A))

        assert [(i.code, i.path, i.message) for i in error.report] == [
            (
                "code-not-in-layout",
                ("row", 3, "ability_to_share"),
                (
                    "Ability to share / privacy notice seen has a code that version 3A "
                    "does not take"
                ),
            )
        ]

    def test_the_same_code_is_kept_in_its_own_version(self):
        file = file_of(ADA.evolve(ability_to_share="2"), layout=LRB_2A)

        assert rows_of(write(file))[0].endswith(",2,2,,")

    def test_an_empty_text_is_no_value_to_be_lost(self):
        file = file_of(ADA.evolve(upn="", uci=""))

        assert write(file, layout=LRB_2A) == write(file_of(ADA), layout=LRB_2A)

    def test_another_order_of_the_same_version_loses_nothing(self):
        mine = LRB_3A.with_headings(LRB_3A.headings[::-1])
        content = write(file_of(ADA.evolve(upn="H801200001001")), layout=mine)

        assert content.decode().split("\r\n")[0] == ",".join(LRB_3A.headings[::-1])
        assert rows_of(content)[0].endswith(",1,10012345,ref,3A")


class TestStyle:
    @pytest.mark.parametrize(
        ("style", "content"),
        [
            (Style(), b'H,I\r\na,"b,c"\r\n'),
            (Style(line_end="\n"), b'H,I\na,"b,c"\n'),
            (Style(line_end="\r"), b'H,I\ra,"b,c"\r'),
            (Style(line_end="mixed"), b'H,I\r\na,"b,c"\r\n'),
            (Style(final_line_end=False), b'H,I\r\na,"b,c"'),
            (Style(quoting="all"), b'"H","I"\r\n"a","b,c"\r\n'),
            (Style(quoting="irregular"), b'H,I\r\na,"b,c"\r\n'),
            (Style(has_bom=True), b'\xef\xbb\xbfH,I\r\na,"b,c"\r\n'),
        ],
        ids=["default", "lf", "cr", "mixed", "no-end", "all", "irregular", "bom"],
    )
    def test_rows_are_written_in_the_style(self, style, content):
        assert write_rows(["H", "I"], [["a", "b,c"]], style=style) == content

    @pytest.mark.parametrize(
        ("encoding", "content"),
        [
            ("utf-8", b"H\r\nzo\xc3\xab\r\n"),
            ("mixed", b"H\r\nzo\xc3\xab\r\n"),
            ("cp1252", b"H\r\nzo\xeb\r\n"),
        ],
    )
    def test_rows_are_written_in_the_encoding(self, encoding, content):
        assert write_rows(["H"], [["zo\u00eb"]], style=Style(encoding=encoding)) == (
            content
        )

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [("cp1252", "Zebedee \u0141uk"), ("utf-8", "Zebedee \udcff")],
        ids=["cp1252", "a lone surrogate"],
    )
    def test_a_character_that_does_not_fit_is_refused_without_showing_the_text(
        self, encoding, text
    ):
        error = refused(
            lambda: write_rows(["H"], [[text]], style=Style(encoding=encoding))
        )

        assert [i.code for i in error.report] == ["encoding-cannot-hold"]
        assert error.report[0].message == (
            f"a value has a character that {encoding} cannot hold"
        )
        assert "Zebedee" not in str(error)
        # The encoder's own error holds the whole file: it must be gone.
        assert error.__cause__ is None
        assert error.__context__ is None

    def test_rows_may_come_as_a_stream(self):
        assert write_rows(["H"], iter([["a"], ["b"]])) == b"H\r\na\r\nb\r\n"

    def test_without_rows_there_are_headings(self):
        assert write_rows(["H", "I"], []) == b"H,I\r\n"


class TestForPeople:
    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self):
        content = write_rows(
            ["=H"],
            [["=1+1", "+44", "-1", "@x", "\tx", "O'Brien", "a=1"]],
            for_people=True,
        )

        assert content == (b"\xef\xbb\xbf=H\r\n'=1+1,'+44,'-1,'@x,'\tx,O'Brien,a=1\r\n")

    def test_the_service_gets_the_text_as_it_is(self):
        file = file_of(ADA.evolve(notes="=1+1"))

        assert write(file).endswith(b",=1+1\r\n")
        assert write(file, for_people=True).endswith(b",'=1+1\r\n")

    def test_a_file_for_people_is_utf_8_with_a_byte_order_mark(self):
        """By the mark a spreadsheet knows the encoding, whatever the file's was."""
        style = Style(encoding="cp1252")

        assert write_rows(["H"], [["\u0141"]], style=style, for_people=True) == (
            b"\xef\xbb\xbfH\r\n\xc5\x81\r\n"
        )

    def test_quotes_are_put_around_the_safe_text(self):
        content = write_rows(
            ["H"], [['=a,"b"']], style=Style(quoting="all"), for_people=True
        )

        assert content == b'\xef\xbb\xbf"H"\r\n"\'=a,""b"""\r\n'


def test_writing_changes_nothing_of_the_file():
    file = file_of(ADA)
    before = attrs.evolve(file)
    write(file, layout=LRB_2A, for_people=True)

    assert file == before

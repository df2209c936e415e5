"""Conversion: every record whole or named, and no value lost without a word."""

import datetime as dt

import attrs
import pytest

from ulnlib.batch import (
    ACHIEVEMENT,
    LRB_2A,
    LRB_2A_OUTPUT,
    LRB_3A,
    LRB_3A_OUTPUT,
    VLD_OUTPUT,
    BatchFile,
    Record,
    make,
    read,
    split,
    write,
)
from ulnlib.batch.conversion import convert
from ulnlib.batch.files import NOT_REAL, FileValues, Style
from ulnlib.batch.layouts.lrb import LRB_1A
from ulnlib.codes import PrivacyNoticeSeen
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.learner import Learner

ADA = Learner(
    mis_identifier="A-1",
    given_name="Ada",
    middle_names="Ann",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
    ability_to_share="1",
    verification_type="2",
)
ULN = "1000000043"


def file_of(*learners, layout=LRB_3A):
    return make(learners, ukprn="10012345", file_name="ref", layout=layout)


def told(conversion):
    return [(i.code, i.row, i.field) for i in conversion.report]


class TestVersions:
    def test_renamed_columns_follow(self):
        found = convert(file_of(ADA), LRB_2A)

        content = write(found.file)
        assert found.file.layout is LRB_2A
        assert found.file.values.file_version == "2A"
        assert content.decode().splitlines()[0] == ",".join(LRB_2A.headings)
        assert read(content).learners == (ADA,)
        assert told(found) == []
        assert (found.rows, found.left_out) == ((2,), ())

    def test_a_record_that_does_not_fit_is_left_out_and_named(self):
        found = convert(file_of(ADA.evolve(upn="B801200005001", uci="x"), ADA), LRB_2A)

        assert found.file.learners == (ADA,)
        assert found.file.values.record_count == "1"
        assert [record.row for record in found.file.records] == [2]
        assert (found.rows, found.left_out) == ((3,), (2,))
        assert told(found) == [("not-in-layout", 2, "upn"), ("not-in-layout", 2, "uci")]
        assert not found.report.is_ok

    def test_a_field_that_may_go_goes_and_is_reported(self):
        found = convert(
            file_of(ADA.evolve(upn="B801200005001", uci="x")),
            LRB_2A,
            drop=("upn", "uci"),
        )

        assert found.file.learners == (ADA,)
        assert told(found) == [
            ("left-out-of-layout", 2, "upn"),
            ("left-out-of-layout", 2, "uci"),
        ]
        assert found.report.is_ok

    def test_to_drop_one_of_two_is_not_enough(self):
        found = convert(
            file_of(ADA.evolve(upn="B801200005001", uci="x")), LRB_2A, drop=["upn"]
        )

        assert found.left_out == (2,)

    def test_a_field_that_has_a_place_is_never_dropped(self):
        assert convert(file_of(ADA), LRB_2A, drop=["postcode"]).file.learners == (ADA,)

    def test_to_an_older_version(self):
        opted_out = ADA.evolve(ability_to_share="2")

        found = convert(file_of(opted_out, layout=LRB_2A), LRB_1A)

        assert found.file.learners == (opted_out,)
        assert found.file.values.file_version == "1A"

    def test_its_own_version_changes_nothing_but_the_count(self):
        file = file_of(ADA)
        file = attrs.evolve(file, values=attrs.evolve(file.values, record_count="7"))

        found = convert(file)

        assert found.file.learners == file.learners
        assert found.file.values == attrs.evolve(file.values, record_count="1")

    def test_return_codes_are_kept_or_named(self):
        record = Record(2, 2, ADA, (), b"", "RC001")
        file = attrs.evolve(file_of(ADA, layout=LRB_2A_OUTPUT), records=(record,))

        kept = convert(file, LRB_3A_OUTPUT)
        assert kept.file.records[0].return_code == "RC001"
        refused = convert(file, LRB_3A)
        assert told(refused) == [("not-in-layout", 2, "return_code")]
        dropped = convert(file, LRB_3A, drop=["return_code"])
        assert dropped.file.records[0].return_code is None

    def test_rows_of_the_report_are_those_of_the_source(self):
        content = write(file_of(ADA)).replace(b"\r\n3A", b"\r\n,,,\r\n3A", 1)
        assert read(content).records[0].row == 3

        assert convert(read(content), LRB_2A).rows == (3,)


OPTED_OUT = ADA.evolve(ability_to_share="2")


class TestShare:
    def test_an_opt_out_is_held_back(self):
        found = convert(file_of(OPTED_OUT, ADA, layout=LRB_2A), LRB_3A)

        assert found.file.learners == (ADA,)
        assert told(found) == [("share-held-back", 2, "ability_to_share")]

    @pytest.mark.parametrize(
        "code", ["0", "1", PrivacyNoticeSeen.YES], ids=["0", "1", "yes"]
    )
    def test_the_caller_decides_and_every_change_is_reported(self, code):
        found = convert(file_of(OPTED_OUT, layout=LRB_2A), LRB_3A, share=code)

        assert [one.ability_to_share for one in found.file.learners] == [code]
        assert told(found) == [("share-decided", 2, "ability_to_share")]
        assert found.report.is_ok

    def test_a_learner_with_a_uln_never_becomes_0(self):
        registered = OPTED_OUT.evolve(uln=ULN)

        found = convert(file_of(registered, layout=LRB_2A), LRB_3A, share="0")

        assert told(found) == [("share-held-back", 2, "ability_to_share")]

    def test_an_empty_cell_keeps_the_value_of_a_registered_learner(self):
        registered = OPTED_OUT.evolve(uln=ULN)

        found = convert(
            file_of(registered, OPTED_OUT, layout=LRB_2A),
            LRB_3A,
            drop=["ability_to_share"],
        )

        assert [one.ability_to_share for one in found.file.learners] == [None]
        assert told(found) == [
            ("left-out-of-layout", 2, "ability_to_share"),
            ("share-held-back", 3, "ability_to_share"),
        ]

    def test_no_value_stays_none(self):
        bare = ADA.evolve(ability_to_share=None)

        assert convert(file_of(bare), LRB_2A).file.learners == (bare,)

    def test_another_value_is_held_back(self):
        odd = ADA.evolve(ability_to_share="yes")

        assert convert(file_of(odd, layout=LRB_2A), LRB_3A).left_out == (2,)


class TestWhatWasNotRead:
    def test_a_column_of_nobody_is_told(self):
        content = write(file_of(ADA)).replace(b"Notes\r\n", b"Notes,Ours\r\n")
        content = content.removesuffix(b"\r\n") + b",\r\n"

        codes = [item.code for item in convert(read(content), LRB_2A).report]

        assert codes == ["heading-unknown"]

    @pytest.mark.parametrize(
        ("before", "after", "code", "is_ok"),
        [
            (b",1,,A-1", b",9,,A-1", "record-count", False),
            (b",1,,A-1", b",one,,A-1", "record-count-format", False),
            (b"Ada", b"Zo\xeb", "encoding-guessed", True),
            (b"GivenName", b"GivenNam", "heading-misspelt", False),
            (b"\r\n3A", b"\r\n2A", "version-mismatch", False),
            (b"\r\n3A", b"\r\n9Z", "version-unknown", False),
            (b",,\r\n", b",\r\n", "columns-missing", True),
            (b"Example", b'Exam"ple', "stray-quote", True),
        ],
    )
    def test_what_makes_a_file_doubtful_is_told(self, before, after, code, is_ok):
        content = write(file_of(ADA))
        assert before in content

        found = convert(read(content.replace(before, after, 1)), LRB_2A)

        assert [item.code for item in found.report] == [code]
        assert found.report.is_ok is is_ok
        assert len(found.file.records) == 1

    def test_two_encodings_are_told(self):
        lines = write(file_of(ADA, ADA.evolve(mis_identifier="A-2"))).splitlines(
            keepends=True
        )
        lines[1] = lines[1].replace(b"Ada", b"Zo\xeb")
        lines[2] = lines[2].replace(b"Ada", "Zo\u00eb".encode())

        found = convert(read(b"".join(lines)), LRB_2A)

        assert told(found) == [("encoding-mixed", None, None)]
        assert not found.report.is_ok

    def test_nobody_in_the_file_is_told(self):
        found = convert(read(write(file_of())), LRB_2A)

        assert told(found) == [("no-records", None, None)]

    def test_what_is_mended_or_still_to_be_seen_is_not_told(self):
        content = write(file_of(ADA)).replace(b"\r\n3A,ref", b"\n3A,", 1)
        file = read(content, name="autumn.csv", as_of=dt.date(2026, 11, 21))
        assert {"file-name", "file-value-missing", "line-ends-mixed"} == {
            item.code for item in file.report
        }

        found = convert(file, LRB_2A)

        assert told(found) == [("reference-needed", None, None)]

    def test_a_row_that_has_slipped_is_left_out(self):
        content = write(file_of(ADA, ADA)).replace(b"Example", b"Exam,ple", 1)

        found = convert(read(content), LRB_2A)

        assert told(found) == [("row-not-sound", 2, None)]

    def test_a_row_of_which_nothing_was_read_does_not_become_an_empty_one(self):
        content = write(file_of(ADA)) + b",2,,\r\n"

        found = convert(read(content), LRB_3A, form="XML")

        assert ("row-not-sound", 3, None) in told(found)
        assert (found.rows, found.left_out) == ((2,), (3,))
        assert found.file.learners == (ADA,)

    def test_what_is_no_batch_file_is_refused(self):
        with pytest.raises(InvalidData):
            convert(read(b"no"), LRB_2A)

    def test_a_file_without_a_layout_that_was_made_is_taken_for_3a(self):
        file = BatchFile(layout=None, values=FileValues(), records=())

        assert convert(file).file.layout is LRB_3A


class TestOtherKinds:
    """Values that are no learner's field, as in verify and achievement files."""

    @pytest.fixture
    def verified(self):
        file = make([ADA], ukprn="10012345", file_name="ref", layout=VLD_OUTPUT)
        records = (
            attrs.evolve(file.records[0], further={"response_code": "WSVRC001"}),
        )
        return attrs.evolve(file, records=records)

    def test_they_stay_in_the_same_layout(self, verified):
        found = convert(verified)

        assert found.file.records[0].further == {"response_code": "WSVRC001"}
        assert told(found) == []

    def test_they_are_never_lost_without_a_word(self, verified):
        found = convert(verified, LRB_3A)
        assert told(found) == [("not-in-layout", 2, "response_code")]
        assert found.left_out == (2,)
        found = convert(verified, LRB_3A, drop=["response_code"])
        assert told(found) == [("left-out-of-layout", 2, "response_code")]
        assert found.file.learners == (ADA,)


class TestForm:
    def test_csv_is_a_form(self):
        assert convert(file_of(ADA), form="CSV").file.learners == (ADA,)

    @pytest.mark.parametrize(
        "wrong", [{"form": "PDF"}, {"share": "2"}, {"drop": ["nothing"]}]
    )
    def test_another_is_refused(self, wrong):
        with pytest.raises(InvalidValue):
            convert(file_of(ADA), LRB_2A, **wrong)

    def test_xml_is_one(self):
        found = convert(file_of(ADA), form="XML")
        assert found.file.style == Style(form="XML")
        assert told(found) == [("reference-left-out", None, None)]
        found = convert(file_of(ADA.evolve(title="\x01"), ADA), form="XML")
        assert told(found)[1:] == [("xml-cannot-hold", 2, "title")]
        assert found.file.learners == (ADA,)

    def test_a_csv_file_of_an_xml_file_says_its_version(self):
        xml = read(write(file_of(ADA), form="XML"))

        content = write(convert(xml, form="CSV", file_name="autumn").file)

        assert content == write(
            attrs.evolve(
                file_of(ADA),
                values=FileValues(
                    file_version="3A",
                    file_name="autumn",
                    ukprn="10012345",
                    record_count="1",
                ),
            )
        )
        assert not read(content).report

    def test_invented_ulns_never_lose_their_mark(self):
        file = file_of(ADA.evolve(uln=ULN), layout=LRB_3A_OUTPUT)
        values = attrs.evolve(file.values, file_name=f"{NOT_REAL} ref")
        file = attrs.evolve(file, values=values)

        with pytest.raises(InvalidValue):
            convert(file, form="XML")
        with pytest.raises(InvalidValue):
            write(file, form="XML")
        renamed = convert(file, file_name="autumn").file.values
        assert renamed.file_name == f"{NOT_REAL} autumn"
        again = convert(file, file_name=values.file_name).file.values
        assert again.file_name == values.file_name

    def test_a_layout_without_an_xml_form_has_none(self):
        with pytest.raises(InvalidValue):
            convert(file_of(ADA, layout=ACHIEVEMENT), form="XML")

    def test_what_an_xml_output_says_before_its_records_stays(self):
        file = attrs.evolve(
            file_of(ADA, layout=LRB_3A_OUTPUT),
            style=Style(form="XML"),
            envelope=(("JobStatus", "done"),),
        )

        assert convert(file).file.envelope == file.envelope

    def test_what_the_new_file_has_no_place_for_is_told(self):
        file = attrs.evolve(
            file_of(ADA, layout=LRB_2A),
            style=Style(form="XML"),
            envelope=(("OrganisationRef", "ABC123"), ("JobType", "FUL")),
        )

        newer = convert(file, LRB_3A)
        assert newer.file.envelope == file.envelope
        assert told(newer) == []
        of_an_output = convert(file, LRB_3A_OUTPUT)
        assert of_an_output.file.envelope == ()
        assert told(of_an_output) == [("envelope-left-out", None, None)]
        table = convert(file, LRB_3A, form="CSV", file_name="x")
        assert table.file.envelope == ()
        assert told(table) == [("envelope-left-out", None, None)]
        assert table.report[0].message.endswith("no place: 2")
        assert table.report.is_ok

    def test_a_csv_file_needs_a_reference(self):
        file = file_of(ADA)
        file = attrs.evolve(file, values=attrs.evolve(file.values, file_name=None))

        assert told(convert(file)) == [("reference-needed", None, None)]
        found = convert(file, file_name="autumn")
        assert found.file.values.file_name == "autumn"
        assert told(found) == []

    def test_codes_of_a_layout_of_the_callers_own(self):
        columns = tuple(
            attrs.evolve(column, codes=("1",)) if column.name == "gender" else column
            for column in LRB_3A.columns
        )
        layout = attrs.evolve(LRB_3A, columns=columns)

        refused = convert(file_of(ADA), layout)
        assert told(refused) == [("code-not-in-layout", 2, "gender")]
        dropped = convert(file_of(ADA), layout, drop=["gender"])
        assert told(dropped) == [("left-out-of-layout", 2, "gender")]
        assert dropped.file.learners[0].gender is None

    def test_one_text_is_no_list_of_fields(self):
        with pytest.raises(TypeError):
            convert(file_of(ADA), LRB_2A, drop="upn")


class TestWhatCsvCannotHold:
    """A value of an XML file, or of an odd CSV file, that would become other rows."""

    def in_xml(self, *names):
        records = "".join(
            f"<Learner><MISIdentifier>{n}</MISIdentifier><GivenName>Ada</GivenName>"
            f"<FamilyName>{name}</FamilyName></Learner>"
            for n, name in enumerate(names, 1)
        )
        return read(
            '<b:SubmitBatch xmlns:b="http://api.lrs.miap.gov.uk/batchmsg">'
            f"<UKPRN>10012345</UKPRN><LearnerRecordCount>{len(names)}"
            f"</LearnerRecordCount>{records}</b:SubmitBatch>".encode()
        )

    def test_a_line_break_that_is_read_back_stays(self):
        file = self.in_xml("Ex\nample")

        found = convert(file, form="CSV", file_name="x")

        assert not found.report
        assert read(write(found.file)).learners == file.learners

    @pytest.mark.parametrize("breaks", ["\n", "&#13;", "&#13;\n"])
    def test_one_that_looks_like_the_end_of_a_row_is_named(self, breaks):
        commas = "," * (len(LRB_3A.columns) - 1)
        file = self.in_xml(f"Ex{breaks}{commas}{breaks}ample", "Sample")

        found = convert(file, form="CSV", file_name="x")

        kept = read(write(found.file))
        assert told(found) == [("csv-cannot-hold", 2, None)] * len(found.left_out)
        assert len(kept.records) == 2 - len(found.left_out)
        assert kept.learners == found.file.learners
        if found.left_out:
            with pytest.raises(InvalidData) as caught:
                write(file, form="CSV")
            assert [i.code for i in caught.value.report] == ["csv-cannot-hold"]

    def test_nuls_are_named(self):
        file = file_of(ADA.evolve(given_name="A\0da"), ADA)

        found = convert(file, LRB_2A)

        assert told(found) == [("csv-cannot-hold", 2, None)]
        assert found.rows == (3,)

    def test_a_row_of_white_space_does_not_become_an_empty_one(self):
        found = convert(file_of(ADA, Learner(notes="\r")), LRB_3A)

        assert told(found) == [("row-not-sound", 3, None)]


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_a_byte_that_windows_1252_does_not_have_is_named_and_kept(byte):
    content = write(file_of(ADA.evolve(town="Zo\u00eb"), ADA.evolve(notes="??")))
    raw = content.decode().encode("cp1252").replace(b"??", b"a" + byte)
    file = read(raw)

    assert ("control-character", 3) in [(i.code, i.row) for i in file.report]
    assert write(file) == raw
    second = split(file, most=1)[1]
    assert b",a" + byte in write(second)
    assert byte in write(convert(file, LRB_2A).file)
    assert len(convert(file, form="XML").rows) == 2


def test_a_row_that_is_cut_off_is_named():
    made = make([ADA], ukprn="10012345", file_name="x", layout=LRB_3A)
    raw = write(made, layout=LRB_3A_OUTPUT)
    file = read(raw[: raw.rindex(b",")])

    found = convert(file, form="XML")

    assert [(item.code, item.row) for item in found.report] == [
        ("reference-left-out", None),
        ("columns-missing", 2),
    ]


def test_a_file_that_is_not_read_to_its_end_is_not_converted():
    made = make([ADA], ukprn="10012345", file_name="x", layout=LRB_3A)
    raw = write(convert(made, form="XML").file)
    file = read(raw[:-5])

    with pytest.raises(InvalidData):
        convert(file, form="CSV")

"""The reader: what is kept, what is said of the whole file, hostile input."""

import datetime as dt
import io
import time
import tracemalloc

import attrs
import pytest

from ulnlib import Learner, batch
from ulnlib.testing import population

AS_OF = dt.date(2026, 11, 21)
NAME = "LRB_10012345_211120260900.CSV"
HEADINGS = ",".join(batch.LRB_3A.headings)
ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)


def file_of(*learners, **style):
    made = batch.make(learners, ukprn="10012345", file_name="x")
    file = batch.BatchFile(
        layout=made.layout,
        values=made.values,
        records=made.records,
        style=batch.Style(**style),
    )
    return batch.write(file)


def codes(raw, **options):
    return [item.code for item in batch.read(raw, as_of=AS_OF, **options).report]


# --- sources ----------------------------------------------------------------------


def test_bytes_a_path_and_an_open_file_give_the_same(tmp_path):
    raw = file_of(ADA)
    path = tmp_path / NAME
    path.write_bytes(raw)
    with path.open("rb") as opened:
        files = [
            batch.read(raw, name=NAME),
            batch.read(path),
            batch.read(str(path)),
            batch.read(opened),
            batch.read(io.BytesIO(raw), name=NAME),
            batch.read(bytearray(raw), name=NAME),
        ]

        assert not opened.closed
    assert files == [files[0]] * 6


def test_a_text_file_is_refused_with_the_right_words(tmp_path):
    with pytest.raises(TypeError, match="binary mode"):
        batch.read(io.StringIO("x"))
    with pytest.raises(TypeError, match="bytes, a path"):
        batch.read(12)


def test_a_path_that_cannot_be_opened_is_an_oserror(tmp_path):
    with pytest.raises(OSError, match="none"):
        batch.read(tmp_path / "none.CSV")
    with pytest.raises(OSError, match=str(tmp_path.name)):
        batch.read(tmp_path)


def test_an_error_in_the_middle_of_reading_closes_the_file_and_comes_through():
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            if size == 0:
                return b""
            raise OSError(5, "input/output error")

    with pytest.raises(OSError, match="input/output"):
        batch.read(Broken())


def test_a_reader_is_an_iterator_and_a_context_manager():
    with batch.open(file_of(ADA, ADA.evolve(mis_identifier="M2"))) as reader:
        first = next(reader)
        assert (first.row, reader.record_count) == (2, 1)
        assert [record.row for record in reader] == [3]
    assert reader.digest is None
    assert len(batch.read(file_of(ADA)).digest) == 64


# --- the file as a whole ----------------------------------------------------------


def test_the_style_of_a_file_is_kept():
    raw = file_of(ADA, quoting="all", line_end="\n", has_bom=True, final_line_end=False)

    style = batch.read(raw).style

    assert style == batch.Style(
        encoding="utf-8",
        has_bom=True,
        line_end="\n",
        quoting="all",
        final_line_end=False,
    )


def test_a_file_name_that_the_portal_refuses_is_a_warning():
    raw = file_of(ADA)

    assert codes(raw, name=NAME) == []
    assert codes(raw, name="enrolment.csv") == ["file-name"]
    assert codes(raw, name="LRB_10054321_211120260900.CSV") == ["ukprn-differs"]
    assert codes(raw, name=f"{NAME[:-3]}XML") == ["file-form"]


def test_old_mac_line_ends_are_read():
    file = batch.read(file_of(ADA, ADA.evolve(mis_identifier="M2"), line_end="\r"))

    assert len(file.records) == 2
    assert file.style.line_end == "\r"
    assert batch.write(file) == file_of(
        ADA, ADA.evolve(mis_identifier="M2"), line_end="\r"
    )


def test_rows_that_differ_in_quoting_are_irregular_and_no_finding():
    raw = file_of(ADA, ADA.evolve(mis_identifier="M2", given_name="Bea"))
    mixed = raw.replace(b"Bea", b'"Bea"')

    file = batch.read(mixed, as_of=AS_OF)

    assert (len(file.report), file.style.quoting, file.is_clean) == (
        0,
        "irregular",
        False,
    )
    assert file.records[1].learner.given_name == "Bea"


def test_a_heading_row_quoted_otherwise_than_the_rows_is_irregular():
    raw = file_of(ADA, quoting="all").replace(b'"', b"", 64)

    assert batch.read(raw).style.quoting == "irregular"


def test_more_than_5000_learners_are_a_warning():
    people = [
        person.evolve(mis_identifier=f"M{n}", ability_to_share="1")
        for n, person in enumerate(population(5001))
    ]
    found = set(codes(file_of(*people)))

    assert "too-many-records" in found
    assert "too-many-records" not in set(codes(file_of(*people[:5000])))


def test_a_layout_that_the_caller_gives_is_used():
    order = [*batch.LRB_3A.headings[:-2], "Notes", "OtherVerificationDescription"]
    mine = batch.LRB_3A.with_headings(order)
    file = batch.make(
        [ADA.evolve(notes="n")], ukprn="10012345", file_name="x", layout=mine
    )
    raw = batch.write(file)

    assert codes(raw) == ["heading-order"]
    assert codes(raw, layout=mine) == []
    assert batch.read(raw, layout=mine).learners[0].notes == "n"


def test_ages_are_checked_only_when_a_day_is_given():
    raw = file_of(ADA.evolve(date_of_birth="2024-01-01"))

    assert codes(raw) == ["age-too-young"]
    assert [i.code for i in batch.read(raw).report] == []


def test_findings_are_in_the_order_of_the_rows_those_of_the_file_first():
    raw = file_of(
        ADA.evolve(gender="F"),
        ADA.evolve(mis_identifier="M2", family_name="Other", email="none"),
        ADA.evolve(mis_identifier="M3"),
        ADA.evolve(mis_identifier="M3", postcode="X"),
    )
    report = batch.read(raw, as_of=AS_OF, name="x.csv").report

    assert [(i.code, i.row) for i in report] == [
        ("file-name", None),
        ("code-word", 2),
        ("email-none", 3),
        ("postcode-format", 5),
        ("duplicate-mis-identifier", 5),
    ]


def test_a_line_and_a_row_differ_after_a_line_break_in_a_cell():
    raw = file_of(
        ADA.evolve(notes="one\ntwo"), ADA.evolve(mis_identifier="M2", gender="F")
    )
    first, second = batch.read(raw, as_of=AS_OF).report

    assert (first.code, first.row, first.line) == ("line-break", 2, 2)
    assert (second.code, second.row, second.line) == ("code-word", 3, 4)


def test_the_text_of_a_finding_can_be_looked_up_to_be_revealed():
    file = batch.read(file_of(ADA.evolve(gender="F")), as_of=AS_OF)
    (item,) = file.report

    assert file.value_at(item) == "F"
    assert "Found: 'F'" in item.reveal(file.value_at(item))
    wrong_count = file_of(ADA).replace(b"10012345,1,", b"10012345,7,")
    counted = batch.read(wrong_count)
    assert counted.value_at(counted.report[0]) == "7"
    headless = batch.read(b"x")
    assert headless.value_at(headless.report[0]) is None


def test_a_quote_that_is_closed_in_time_takes_nothing_from_the_next_rows():
    raw = file_of(
        ADA,
        ADA.evolve(mis_identifier="M2", given_name="QUOTE"),
        ADA.evolve(mis_identifier="M3", given_name="Cleo"),
    ).replace(b"QUOTE", b'"open')

    file = batch.read(raw, as_of=AS_OF)

    assert [record.row for record in file.records] == [2, 3, 4]
    assert (file.report[0].code, file.report[0].row) == ("unclosed-quote", 3)
    assert file.records[2].issues == ()
    assert file.records[1].learner.given_name.startswith("open")


def test_a_quote_that_nothing_closes_keeps_all_the_bytes():
    rest = b"not a row\r\n" * 1500
    raw = file_of(ADA).removesuffix(b"\r\n") + b'\r\n,,,,,"' + rest

    file = batch.read(raw, as_of=AS_OF)

    assert b"".join(r.raw for r in file.records) == raw.split(b"\r\n", 1)[1]
    assert file.records[1].issues[0].code == "unclosed-quote"


# --- hostile input ----------------------------------------------------------------


def timed(raw):
    start = time.perf_counter()
    file = batch.read(raw, as_of=AS_OF)
    return file, time.perf_counter() - start


def test_ten_megabytes_in_one_cell_are_kept_and_named():
    raw = file_of(ADA.evolve(notes="x" * 10_000_000))

    file, _ = timed(raw)

    assert [i.code for i in file.report] == ["cell-too-large"]
    assert len(file.records[0].raw) > 10_000_000


def test_a_million_empty_lines_are_one_finding():
    raw = file_of(ADA) + b"\r\n" * 1_000_000

    file, _ = timed(raw)

    assert [(i.code, "1000000" in i.message) for i in file.report] == [
        ("blank-rows", True)
    ]
    assert len(file.records) == 1


def test_a_line_longer_than_the_limit_is_cut_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr("ulnlib.batch.source.LINE_LIMIT", 5000)
    raw = file_of(ADA) + b"y" * 20_000

    file, _ = timed(raw)

    assert b"".join(r.raw for r in file.records) == raw.split(b"\r\n", 1)[1]


def test_a_row_of_very_many_cells_is_named_once():
    raw = file_of(ADA) + b"," * 100_000 + b"x\r\n"

    assert codes(raw).count("columns-extra") == 1


def test_a_heading_row_of_very_many_cells_is_refused_quickly():
    file, seconds = timed(b"x," * 500_000 + b"\r\n")

    assert [i.code for i in file.report] == ["not-a-batch-file"]
    assert seconds < 30


def test_nothing_of_a_file_is_held_while_it_streams():
    people = [
        person.evolve(mis_identifier=f"M{n}")
        for n, person in enumerate(population(20_000))
    ]
    raw = file_of(*people)
    del people
    with batch.open(io.BytesIO(raw), as_of=AS_OF) as reader:
        next(reader)
        tracemalloc.start()
        for _ in reader:
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    # 100 bytes a record, and the buffers
    assert peak < 20_000 * 100 + 1_500_000


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\r\n \r\n", "empty-file"),
        (b"<html>", "file-kind"),
        (b"\x00" * 100, "file-kind"),
        (b"a;b;c\r\n1;2;3\r\n", "other-separator"),
        (b"Ada,Example,2008-05-04\r\n", "not-a-batch-file"),
    ],
)
def test_what_is_no_batch_file_is_one_fatal_finding(raw, code):
    file = batch.read(raw)

    assert [i.code for i in file.report.fatal] == [code]
    assert (file.layout, file.records, file.digest) == (None, (), None)


OLD = batch.make(
    [ADA, ADA.evolve(mis_identifier="M2", given_name="Bea")],
    ukprn="10012345",
    file_name="x",
    layout=batch.LAYOUTS["1A"],
)


def told(raw):
    return [item.code for item in batch.read(raw).report]


class TestVersionsThatAreWrittenAlike:
    """Only row 2 tells that a file is of version 1A or 1B: the headings are 2A's."""

    @pytest.mark.parametrize("version", ["1A", "1B", "2A"])
    def test_a_file_is_of_the_version_that_it_states(self, version):
        raw = batch.write(OLD).replace(b"1A,x", version.encode() + b",x")

        file = batch.read(raw)

        assert file.layout is batch.LAYOUTS[version]
        assert file.layout.evidence == ("observed" if version == "2A" else "assumed")
        assert file.sureness is batch.Sureness.CERTAIN
        assert file.learners == OLD.learners
        assert not file.report
        assert batch.write(file) == raw

    @pytest.mark.parametrize(
        "between",
        [b"\r\n", b"\r\n,,,\r\n\r\n", b"\r\n" * 18],
        ids=["one", "three", "eighteen"],
    )
    def test_blank_rows_may_come_before_it(self, between):
        raw = batch.write(OLD).replace(b"\r\n1A", b"\r\n" + between + b"1A")

        file = batch.read(raw)

        assert file.layout is batch.LAYOUTS["1A"]
        assert told(raw) == ["blank-rows"]
        assert file.learners == OLD.learners
        assert file.records[0].raw.startswith(b"1A,x")

    def test_behind_very_many_blank_rows_it_is_not_looked_for(self):
        raw = batch.write(OLD).replace(b"\r\n1A", b"\r\n" * 40 + b"1A")

        assert batch.read(raw).layout is batch.LRB_2A
        assert batch.read(raw).learners == OLD.learners

    @pytest.mark.parametrize("is_made_by_a_mac", [False, True])
    def test_lines_are_counted_as_ever(self, is_made_by_a_mac):
        raw = batch.write(OLD).replace(b"Ada", b"Zo\xeb")
        raw = raw.replace(b"\r\n", b"\r") if is_made_by_a_mac else raw

        (guessed,) = batch.read(raw).report

        assert guessed.code == "encoding-guessed"
        assert "first at line 2" in guessed.message

    def test_without_headings_the_first_row_states_it(self):
        raw = batch.write(OLD).partition(b"\r\n")[2]

        file = batch.read(raw)

        assert file.layout is batch.LAYOUTS["1A"]
        (missing,) = file.report
        assert missing.code == "heading-row-missing"
        assert "version 1A" in missing.message
        assert file.learners == OLD.learners

    def test_headings_that_are_not_quite_right_do(self):
        raw = batch.write(OLD).replace(b",GivenName", b",GivenNam", 1)

        file = batch.read(raw)

        assert file.layout is batch.LAYOUTS["1A"]
        assert file.sureness is batch.Sureness.LIKELY
        assert told(raw) == ["heading-misspelt"]

    def test_an_output_states_it_too(self):
        made = attrs.evolve(OLD, layout=batch.OUTPUT_LAYOUTS["1B"])
        raw = batch.write(made).replace(b"1A,x", b"1B,x")

        assert batch.read(raw).layout is batch.OUTPUT_LAYOUTS["1B"]
        assert told(raw) == []

    @pytest.mark.parametrize(
        ("stated", "found"), [("3A", "version-mismatch"), ("9Z", "version-unknown")]
    )
    def test_other_headings_are_not_believed_to_be_of_it(self, stated, found):
        raw = batch.write(OLD).replace(b"1A,x", stated.encode() + b",x")

        assert batch.read(raw).layout is batch.LRB_2A
        assert told(raw) == [found]

    def test_the_caller_knows_better(self):
        file = batch.read(batch.write(OLD), layout=batch.LRB_2A)

        assert file.layout is batch.LRB_2A
        assert not file.report

    def test_a_file_without_a_row_or_without_the_column_is_of_the_newest(self):
        headings = batch.write(OLD).partition(b"\r\n")[0]

        assert batch.read(headings).layout is batch.LRB_2A
        own = headings.replace(b"FileVersion,", b"")
        assert batch.read(own + b"\r\n1A,x").layout is batch.LRB_2A
        assert batch.read(own + b",FileVersion\r\n1A,x").layout is batch.LRB_2A


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b"3A,x,10012345,2", "file-value-repeated"),
        (b" 3a,X ,10012345,02", "file-value-repeated"),
        (b"3A,y,10012345,2", "file-value-differs"),
        (b"3A,x,10012345,3", "file-value-differs"),
    ],
)
def test_values_of_row_2_that_stand_there_again(row, code):
    learner = Learner(given_name="Ada", family_name="Example")
    made = batch.make([learner, learner], ukprn="10012345", file_name="x")
    lines = batch.write(made).split(b"\r\n")
    lines[2] = row + lines[2].removeprefix(b",,,")

    codes = [item.code for item in batch.read(b"\r\n".join(lines)).report]

    assert [one for one in codes if one.startswith("file-value")] == [code]


def test_what_slipped_into_their_columns_is_no_other_file():
    learner = Learner(given_name="Ada", family_name="Example")
    made = batch.make([learner], ukprn="10012345", file_name="x")

    codes = {item.code for item in batch.read(batch.write(made) + b"Total,1").report}

    assert "columns-missing" in codes
    assert "file-value-differs" not in codes

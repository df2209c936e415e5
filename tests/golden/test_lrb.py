"""Golden LRB files: the findings expected, read whole, line by line, and back."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from ulnlib import _tables, batch

FOLDER = Path(__file__).parent / "lrb"
CASES = sorted(path.stem for path in FOLDER.glob("*.CSV"))
AS_OF = dt.date(2026, 11, 21)


def content(case):
    return (FOLDER / f"{case}.CSV").read_bytes()


def expected(case):
    found = json.loads((FOLDER / f"{case}.expected.json").read_text(encoding="utf-8"))
    return [tuple(finding) for finding in found]


@pytest.mark.parametrize("case", CASES)
def test_the_findings_are_the_expected_ones_in_order(case):
    file = batch.read(content(case), as_of=AS_OF)

    assert [(i.code, i.row, i.field) for i in file.report] == expected(case)


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("clean")])
def test_a_clean_file_is_written_back_byte_for_byte(case):
    file = batch.read(content(case), as_of=AS_OF)

    assert file.is_clean
    assert batch.write(file) == content(case)


@pytest.mark.parametrize("case", ["2a", "2a-share-2"])
def test_a_file_of_an_old_version_was_clean_in_its_day(case):
    raw = content(f"version-withdrawn-{case}")
    last, next_day = (
        batch.read(raw, as_of=day)
        for day in (dt.date(2019, 6, 30), dt.date(2019, 7, 1))
    )

    # The learners were too young then.
    assert {i.code for i in last.report} == {"age-too-young"}
    assert {i.code for i in next_day.report} == {"age-too-young", "version-withdrawn"}
    assert batch.read(raw).is_clean
    assert batch.write(last) == raw


@pytest.mark.parametrize("case", CASES)
def test_the_bytes_of_every_record_can_be_had_back(case):
    raw = content(case)
    file = batch.read(raw, as_of=AS_OF)

    rest = raw
    for record in file.records:
        before, found, rest = rest.partition(record.raw)
        assert found == record.raw
        assert before.strip(b'\r\n,"\xef\xbb\xbf') == b"" or record.row > 1


class _Drip(io.RawIOBase):
    """A file that gives a few bytes at a time."""

    def __init__(self, raw):
        self._file = io.BytesIO(raw)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._file.read(min(size, 7) if size >= 0 else 7)


@pytest.mark.parametrize("case", [c for c in CASES if c != "cell-too-large"])
def test_reading_in_pieces_equals_reading_whole(case):
    whole = batch.read(content(case), as_of=AS_OF)
    pieces = batch.read(_Drip(content(case)), as_of=AS_OF)

    assert pieces == whole


@pytest.mark.parametrize("case", CASES)
def test_what_was_read_and_written_reads_the_same(case):
    file = batch.read(content(case), as_of=AS_OF)
    if file.layout is None:
        assert file.records == ()
        return
    again = batch.read(batch.write(file), as_of=AS_OF)

    assert again.learners == file.learners


def test_every_code_of_a_batch_file_has_a_golden_file():
    seen = {finding[0] for case in CASES for finding in expected(case)}
    elsewhere = {
        # of a file's name, which a golden file has not
        "file-name",
        "file-form",
        "ukprn-differs",
        # of a run, which refuses an output file
        "not-an-lrb-file",
        "output-file",
        # of more than 5,000 records
        "too-many-records",
        # of other identifiers than a learner's, and of advice tested with its module
        "organisation-ref-format",
        "upn-check-letter",
        "uci-check-letter",
        "postcode-shape",
        "postcode-trailing-spaces",
        "qan-format",
        "qan-check-character",
        "unit-reference-format",
        "unit-reference-check-letter",
        # of writing
        "not-in-layout",
        "code-not-in-layout",
        "encoding-cannot-hold",
    }

    of_files = {row["code"] for row in _tables.load("issue_codes").rows}

    assert of_files - seen == elsewhere

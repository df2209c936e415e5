"""What a file that is written anew would lose, or would not show any more."""

import attrs
import pytest

from ulnlib import batch
from ulnlib.batch.rewriting import (
    DOUBTS,
    HOW_ROWS_ARE_WRITTEN,
    NOT_IN_FILE,
    NOT_IN_RECORD,
    lost,
)
from ulnlib.issues import Severity, issue_codes
from ulnlib.testing import population

STILL_SEEN = {
    *("file-value-missing", "ukprn-format", "xml-value-missing", "xml-value-format"),
    *("too-many-records", "output-file", "not-an-lrb-file", "verify-flags"),
    *("ctf-no-pupils", "job-status", "job-counts", "rows-hidden"),
}
"""Findings of a file that the new one has too, or of files that are not converted."""

MENDED = {
    *("version-withdrawn", "file-name", "file-form", "line-ends-mixed", "blank-rows"),
    "file-value-repeated",
    "form-encoding-windows",  # of a form of rules of combination, which is no file
}
"""Findings of a file after which nothing is in doubt when it is written anew."""


def a_file(count=3):
    learners = [one.evolve(uln=None) for one in population(count, seed=1)]
    return batch.write(batch.make(learners, ukprn="10012345", file_name="autumn"))


def test_of_every_finding_about_a_file_it_is_decided_what_it_means():
    of_a_file = {
        code
        for code, row in issue_codes().items()
        if row.kind == "file" and row.severity is not Severity.FATAL
    }

    assert of_a_file <= DOUBTS | NOT_IN_FILE | STILL_SEEN | MENDED
    assert issue_codes().keys() >= DOUBTS | NOT_IN_FILE | STILL_SEEN | MENDED
    assert issue_codes().keys() >= NOT_IN_RECORD | HOW_ROWS_ARE_WRITTEN
    for one in (DOUBTS, STILL_SEEN, MENDED):
        assert NOT_IN_FILE.isdisjoint(one)
        assert NOT_IN_RECORD.isdisjoint(one)
    assert DOUBTS.isdisjoint(STILL_SEEN | MENDED)


def test_of_every_finding_about_the_shape_of_an_xml_record_it_is_decided():
    of_a_record = {
        code
        for code, row in issue_codes().items()
        if code.startswith("xml-") and row.kind == "format"
    }

    assert of_a_record == {
        code for code in NOT_IN_RECORD | HOW_ROWS_ARE_WRITTEN if code.startswith("xml-")
    }


def changed(*changes):
    """Return a file, some of its lines changed; the heading row is line 0."""
    lines = a_file().split(b"\r\n")
    for n, change in changes:
        lines[n] = change(lines[n])
    return b"\r\n".join(lines)


HEADINGS = a_file().split(b"\r\n")[0]

CSV = {
    "nothing": (a_file(), []),
    "a column of nobody": (
        changed((0, lambda row: row + b",Shoe"), (2, lambda row: row + b",4")),
        [("heading-unknown", 1)],
    ),
    "a heading twice": (
        changed((0, lambda row: row + b",Gender")),
        [("heading-twice", 1)],
    ),
    "the headings again": (
        changed((2, lambda row: HEADINGS + b"\r\n" + row)),
        [("heading-repeated", 3)],
    ),
    "the values of row 2 again": (
        changed((2, lambda row: b"3A,y,10012345,3" + row.removeprefix(b",,,"))),
        [("file-value-differs", 3)],
    ),
    "too many cells": (
        changed((2, lambda row: row + b",a"), (3, lambda row: row + b",b")),
        [("columns-extra", 3), ("columns-extra", 4)],
    ),
    "a quote that stays open": (
        changed((3, lambda row: row + b'"open')),
        [("unclosed-quote", 4)],
    ),
    "too few cells": (changed((2, lambda row: row.removesuffix(b","))), []),
}

RECORD = "<GivenName>Ada</GivenName><FamilyName>Example</FamilyName>"

XML = {
    "nothing": (RECORD, [], []),
    "an element of nobody": (
        f"{RECORD}<Shoe>4</Shoe>",
        [("xml-element-unknown", 2)],
        [],
    ),
    "an element twice": (
        f"<GivenName>Bo</GivenName>{RECORD}",
        [("xml-element-twice", 2)],
        [],
    ),
    "elements inside": (
        RECORD.replace("Ada", "A<b>d</b>a"),
        [("xml-element-nested", 2)],
        [],
    ),
    "an attribute": (
        RECORD.replace("<GivenName", "<GivenName lang='cy'"),
        [("xml-attribute", 2)],
        [],
    ),
    "text": (f"{RECORD}text", [("xml-text", 2)], []),
    "more beside the records": (
        f"{RECORD}</Learner><Shoe>4</Shoe>text<Learner>{RECORD}",
        [("xml-envelope", None), ("xml-text-outside", None)],
        ["record-count"],
    ),
}


def in_xml(inner, around="{}"):
    file = (
        '<b:SubmitBatch xmlns:b="http://api.lrs.miap.gov.uk/batchmsg">'
        "<UKPRN>10012345</UKPRN><LearnerRecordCount>1</LearnerRecordCount>"
        f"<Learner>{inner}</Learner></b:SubmitBatch>"
    )
    return batch.read(around.format(file).encode())


def told(report):
    return [(item.code, item.row) for item in report]


@pytest.mark.parametrize("name", CSV)
def test_what_is_in_no_record_of_a_csv_file_is_named(name):
    content, found = CSV[name]

    assert told(lost(batch.read(content))) == found


@pytest.mark.parametrize("name", XML)
def test_what_is_in_no_record_of_an_xml_file_is_named(name):
    content, found, others = XML[name]
    file = in_xml(content)

    assert told(lost(file)) == found
    of_file = [item.code for item in file.report if item.code in DOUBTS]
    assert of_file == others


def test_a_message_around_an_xml_file_is_lost():
    file = in_xml(RECORD, "<Envelope><Header>x</Header><Body>{}</Body></Envelope>")

    assert told(lost(file)) == [("xml-wrapped", None)]


def test_a_row_that_the_caller_left_out_is_not_lost_again():
    file = batch.read(CSV["too many cells"][0])

    kept = attrs.evolve(file, records=file.records[:1])

    assert told(lost(file)) == [("columns-extra", 3), ("columns-extra", 4)]
    assert not lost(kept)

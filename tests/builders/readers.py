"""Every way in for a file of somebody else's, and what has to hold of anything at all.

Each is a function of bytes that raises for nothing: an error of the library, or a law
that is broken, is a finding. The fuzzer calls them without end, and the tests call them
with its corpus.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs

from builders.workbooks import SHEET, replaced, workbook
from ulnlib import Learner, batch, plr
from ulnlib.batch import ctf, ilr
from ulnlib.batch.rewriting import lost
from ulnlib.errors import InvalidData
from ulnlib.issues import Report
from ulnlib.rules.sharing import Subject

AS_OF = dt.date(2026, 11, 21)
GOLDEN = Path(__file__).parents[1] / "golden" / "lrb"
CORPUS = Path(__file__).parents[1] / "data" / "corpus"
"""What the fuzzer found or what led it further: a folder for each reader."""

LARGEST = 4_000
"""So many bytes a seed has at most: small files are changed more often."""

ADA = Learner(
    mis_identifier="M1",
    uln="1000000043",
    given_name="Ada",
    family_name="Example & Co",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AA",
)
CTF = (
    b"<?xml version='1.0'?>\n<CTfile><Header><Year>2026</Year></Header><CTFpupilData>"
    b"<Pupil><UPN>B801200005001</UPN><Surname>Example</Surname>"
    b"<Forename>Ada</Forename><DOB>2007-05-24</DOB><Gender>F</Gender><Address>"
    b"<AddressLine1>1 Road</AddressLine1><PostCode>ZA1 1AA</PostCode></Address>"
    b"</Pupil></CTFpupilData></CTfile>"
)
ILR = (
    b"<Message xmlns='ESFA/ILR/2025-26'><Header/><Learner>"
    b"<LearnRefNumber>1</LearnRefNumber><ULN>1000000043</ULN></Learner><Learner>"
    b"<LearnRefNumber>2</LearnRefNumber><ULN>9999999999</ULN></Learner></Message>"
)
EVENTS = (
    b"<R xmlns:a='http://api.lrs.qcf.gov.uk/model'><a:ResponseCode>WSRC0004"
    b"</a:ResponseCode><a:FoundULN>1000000043</a:FoundULN><a:LearnerRecord>"
    b"<a:LearningEvent><a:ID>7</a:ID><a:Source>QCFU</a:Source><a:Subject>Bricks"
    b"</a:Subject><a:SubjectCode>K/501/5773</a:SubjectCode><a:Grade>Pass</a:Grade>"
    b"<a:Status>F</a:Status><a:Credits>2</a:Credits><a:Level>Level 1</a:Level>"
    b"<a:AchievementAwardDate>2010-01-01</a:AchievementAwardDate></a:LearningEvent>"
    b"<a:LearningEvent><a:ID>8</a:ID><a:Source>ILR</a:Source><a:Grade>9999999999"
    b"</a:Grade><a:ParticipationStartDate>2025-09-01</a:ParticipationStartDate>"
    b"<a:Restriction>0</a:Restriction><a:Sensitive>false</a:Sensitive>"
    b"</a:LearningEvent></a:LearnerRecord></R>"
)
EXPORT = (
    ("Surname", "Forename", "D.O.B.", "Sex", "Postcode", "ULN"),
    ("Example", "Ada", "24/05/2007", "F", "za11aa", "1000000043"),
    ("Example", "Ben", "03/04/2007", "M", "ZA1 1AB", ""),
)


# --- laws -----------------------------------------------------------------------------


def in_order(file: batch.BatchFile, raw: bytes) -> bool:
    """Say whether the bytes of all records stand in the input, in order."""
    start = 0
    for record in file.records:
        found = raw.find(record.raw, start)
        if found < 0:
            return False
        start = found + len(record.raw)
    return True


def read(raw: bytes) -> None:
    """Nothing of a record is invented, and a clean file is written back."""
    file = batch.read(raw, as_of=AS_OF)
    assert file.style.form != "CSV" or in_order(file, raw)
    assert file.records or file.report or raw == b""
    if file.is_clean and file.style.form == "CSV":
        assert batch.write(file) == raw
    json.dumps([item.to_dict() for item in file.report])
    str(file.report)
    repr(file.records)


def convert(raw: bytes) -> None:
    """What is converted, is written, and reads the same; the rest is named."""
    file = batch.read(raw, as_of=AS_OF)
    if file.layout is None or file.report.fatal:
        return  # which both refuse
    forms = ("CSV",) if file.layout.xml is None else ("CSV", "XML")
    for form in forms:
        try:
            made = batch.convert(file, form=form, file_name="x")
        except (InvalidData, ValueError):
            continue
        assert len(made.rows) + len(made.left_out) == len(file.records)
        try:
            written = batch.write(made.file)
        except (InvalidData, ValueError):
            continue
        again = batch.read(written, as_of=AS_OF)
        if made.file.records:
            assert again.layout is not None
            assert len(again.records) == len(made.file.records)
    parts: tuple[batch.BatchFile, ...] = ()
    unread = Report()
    try:
        parts = batch.split(file, 1)
    except InvalidData as refused:
        unread = refused.report
    assert unread == lost(file)
    for part in parts[:20]:
        assert len(part.records) <= 1


def output(raw: bytes) -> None:
    """Every record of both sides is accounted for, whatever came back."""
    back = batch.read(raw, as_of=AS_OF)
    sent = batch.make([ADA, ADA], ukprn="10012345", file_name="x")
    for by in batch.JoinBy:
        found = batch.join(sent, back, by=by, uploaded=AS_OF)
        assert [one.record for one in found.records] == list(sent.records)
        assert [one.record for one in found.output_records] == list(back.records)
        json.dumps(found.to_dict())
        found.table()


def read_ctf(raw: bytes) -> None:
    """A CTF of which ULNs were asked takes them without another change."""
    file = ctf.read(raw, as_of=AS_OF)
    str(file.report)
    ulns = ["1000000051", *[None] * len(file.records)][: len(file.records)]
    try:
        filled = ctf.fill(raw, ulns)
    except (InvalidData, ValueError):
        return
    assert filled.written <= len(raw)
    again = ctf.read(filled.content)
    assert len(again.records) == len(file.records)
    if filled.written:
        assert again.learners[0].uln == "1000000051"
        assert again.learners[1:] == ctf.read(raw).learners[1:]
    else:
        assert filled.content == raw


def check_ilr(raw: bytes) -> None:
    """An ILR is checked."""
    str(ilr.check(raw).report)


def show_record(raw: bytes) -> None:
    """Learning events are shown, and nothing of them is a command."""
    answer = plr.read_events(raw)
    assert answer.events or answer.report or answer.response_code or answer.found_uln
    record = answer.record
    assert sum(len(entry.events) for entry in record.entries) == len(answer.events)
    str(record.check(as_of=AS_OF))
    view = plr.preview(
        record,
        Subject(share="1"),
        learner=ADA,
        as_of=AS_OF,
        chosen=[one.id for one in answer.events if one.id],
    )
    for shown in (record, view.record):
        for column in plr.Column:
            assert len(shown.sorted_by(column)) == len(shown.entries)
        report = plr.report_of(attrs.evolve(view, record=shown), dated=AS_OF)
        report.to_text().encode("utf-8")
        report.to_json().encode("utf-8")
        assert "<script" not in report.to_html().casefold()
    for one in plr.read_records(raw):
        str(one.report)


def make(raw: bytes) -> None:
    """Any table becomes learners, or findings."""
    _learners(batch.read_table(raw))


def make_from_sheet(raw: bytes) -> None:
    """A workbook whose sheet is anything becomes learners, or findings."""
    _learners(batch.read_table(replaced(_BOOK, SHEET, new=raw)))


def _learners(table: batch.Table) -> None:
    mapping = batch.suggest(table.headings).accepted()
    made = batch.make_learners(table, mapping, as_of=AS_OF, day_first=True)
    str(made.report)


_BOOK = workbook(*EXPORT)

READERS: Mapping[str, Callable[[bytes], object]] = {
    "read": read,
    "convert": convert,
    "output": output,
    "detect": batch.detect,
    "ctf": read_ctf,
    "ilr": check_ilr,
    "table": make,
    "sheet": make_from_sheet,
    "events": show_record,
}
"""The ways in, by the name of their folder in the corpus."""


# --- where it starts ------------------------------------------------------------------


NESTED = (
    b"<E><b:SubmitBatch xmlns:b='http://api.lrs.miap.gov.uk/batchmsg'><UKPRN>10012345"
    b"</UKPRN><ULN><Learner/></ULN><Learner><Learner/><GivenName>Ada</GivenName>"
    b"</Learner></b:SubmitBatch><SubmitBatch><Learner/></SubmitBatch></E>"
)
NIL = (
    b"<v:SubmitVerifyBatch xmlns:v='http://api.lrs.miap.gov.uk/vldmsg' xmlns:xsi='http:"
    b"//www.w3.org/2001/XMLSchema-instance'><Learner><ULN>1000000043</ULN><FamilyName>"
    b"Example</FamilyName><GivenName>Ada</GivenName><DateOfBirth xsi:nil='true'/>"
    b"</Learner></v:SubmitVerifyBatch>"
)
NESTED_CTF = (
    b"<CTfile><Pupil/><CTFpupilData><Pupil><Pupil/><UPN>A</UPN></Pupil></CTFpupilData>"
    b"<CTFpupilData><Pupil><ULN/></Pupil></CTFpupilData></CTfile>"
)

_BEGIN = {
    "events": (EVENTS, b"<A>" + EVENTS + EVENTS + b"</A>"),
    "ctf": (CTF, NESTED_CTF),
    "ilr": (ILR, b"<M>" + ILR + ILR + b"</M>"),
    "detect": (CTF, ILR, NESTED, NIL),
    "read": (NESTED, NIL),
    "convert": (NESTED, NIL),
    "output": (NESTED, NIL),
}


def seeds(reader: str) -> Iterator[bytes]:
    """Yield small files with which a reader begins.

    Args:
        reader: One of `READERS`.
    """
    if reader == "sheet":
        import zipfile

        with zipfile.ZipFile(io.BytesIO(_BOOK)) as archive:
            yield archive.read(SHEET)
        return
    yield from _BEGIN.get(reader, ())
    if reader in {"table", "detect"}:
        text = "\n".join(";".join(row) for row in EXPORT)
        yield from (text.encode(), text.encode("utf-16"))
    if reader in {"read", "convert", "output", "detect", "table"}:
        for layout in batch.KNOWN_LAYOUTS:
            file = batch.make(
                [ADA, ADA], ukprn="10012345", file_name="x", layout=layout
            )
            yield batch.write(file)
            if layout.xml is not None:
                yield batch.write(file, form="XML")
        for path in sorted(GOLDEN.glob("*.CSV")):
            if path.stat().st_size <= LARGEST:
                yield path.read_bytes()


def words() -> Iterator[bytes]:
    """Yield what stands in files of these kinds, for a fuzzer to put in."""
    found: dict[str, None] = {}
    for layout in batch.KNOWN_LAYOUTS:
        for column in layout.columns:
            found |= dict.fromkeys((column.heading, f"<{column.element_name}>"))
        found[",".join(layout.headings)] = None
        if layout.xml is not None:
            form = layout.xml
            found |= dict.fromkeys((form.namespace, f"<{form.root}>"))
            found |= dict.fromkeys((f"<{form.record}>", f"<{form.record}/>"))
    for text in found:
        yield text.encode()
    yield from (
        *(b'"', b'""', b'","', b"\n", b"\r\n", b"\r", b"\x00", b","),
        *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xe9", "é".encode(), b"," * 40),
        *(b"&#0;", b"&b;", b"<![CDATA[", b"]]>", b"<!--", b"<?x ?>", b"<a:b/>"),
        *(b"xmlns='a&amp;b'", b"<!DOCTYPE a [", b"<!ENTITY b 'c'>", b"</", b"/>"),
        *(b"1000000043", b"9" * 400, b"2007-05-24", b"24/05/2007", b"3A", b"RC001"),
        *(b"WSVRC001", b"VRF1", b"M1", b"ZA1 1AA", b"FUL", b"999", b'r="ZZZ9999999"'),
        *(b"<AwardDate>", b"<Sensitive>", b"<LearnerEvent>", b"Level 1/2", b"AO"),
        *(b"<Pupil>", b"<Pupil/>", b"<CTFpupilData>", b"<ULN/>", b" xsi:nil='true'"),
        *(b'encoding="utf-16"', b'encoding="latin-1"', b"&amp;", b"&#x85;"),
    )

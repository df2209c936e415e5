"""Writing batch files in XML."""

import io

import attrs
import pytest
from lxml import etree

from ulnlib import Learner, batch
from ulnlib.errors import InvalidData
from ulnlib.fields import FIELDS

ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="O'Example & <Sons>",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
    notes='line\r\nbreak\tand "quotes" ]]>',
)
BEN = Learner(uln="1000000043", given_name="Ben", family_name="\u0119x")
FULL = Learner(**dict.fromkeys(FIELDS, "1"))
NAMESPACE = "http://api.lrs.miap.gov.uk/batchmsg"


def made(*learners, layout=batch.LRB_3A):
    return batch.make(learners, ukprn="10012345", file_name="x", layout=layout)


def written(*learners, layout=batch.LRB_3A, **options):
    return batch.write(made(*learners, layout=layout), form="XML", **options)


def findings(call):
    with pytest.raises(InvalidData) as caught:
        call()
    return [(item.code, item.row, item.field) for item in caught.value.report]


def test_the_elements_are_in_the_order_of_the_schema_and_have_no_namespace():
    root = etree.fromstring(written(ADA))

    assert root.tag == f"{{{NAMESPACE}}}SubmitBatch"
    assert [child.tag for child in root] == ["UKPRN", "LearnerRecordCount", "Learner"]
    assert [child.tag for child in root[2]] == [
        "MISIdentifier",
        "GivenName",
        "FamilyName",
        "LastKnownPostCode",
        "DateOfBirth",
        "Gender",
        "PrivacyNoticeSeen",
        "VerificationType",
        "Notes",
    ]


@pytest.mark.parametrize("layout", batch.LAYOUTS.values(), ids=str)
def test_what_was_written_reads_back_the_same_in_every_version(layout):
    names = [column.name for column in layout.columns if column.name in FIELDS]
    full = Learner(**dict.fromkeys(names, "1"))
    raw = written(ADA, BEN, full, layout=layout)
    again = batch.read(raw, layout=layout)

    assert again.learners == (ADA, BEN, full)
    assert again.values == batch.FileValues(ukprn="10012345", record_count="3")
    assert batch.write(again) == raw
    assert batch.read(batch.write(again), layout=layout) == again


@pytest.mark.parametrize("layout", batch.OUTPUT_LAYOUTS.values(), ids=str)
def test_output_files_too(layout):
    file = made(ADA, BEN, layout=layout)
    records = [
        attrs.evolve(record, return_code=code)
        for record, code in zip(file.records, ("RC001", None), strict=True)
    ]
    envelope = (("ResponseCode", "WSRC0009"), ("NewLearnersCount", "2"))
    file = attrs.evolve(file, records=tuple(records), envelope=envelope)
    again = batch.read(batch.write(file, form="XML"), layout=layout)

    assert again.envelope == envelope
    assert [record.return_code for record in again.records] == ["RC001", None]
    assert again.learners == (ADA, BEN)
    assert b"<b:GetSubmitBatchOutputResponse " in batch.write(again)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1", "mixed"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("final_line_end", [True, False])
def test_every_style_holds_every_text(encoding, line_end, final_line_end):
    style = batch.Style(
        form="XML",
        encoding=encoding,
        line_end=line_end,
        final_line_end=final_line_end,
        has_bom=True,
    )
    raw = batch.write(attrs.evolve(made(ADA, BEN), style=style))
    again = batch.read(raw)

    assert again.learners == (ADA, BEN)
    assert again.style.line_end == line_end
    assert again.style.encoding == ("utf-8" if encoding == "mixed" else encoding)
    assert raw.endswith(b"</b:SubmitBatch>") == (not (final_line_end and line_end))


def test_a_csv_file_becomes_xml_and_the_other_way_round():
    csv = batch.read(batch.write(made(ADA, BEN)))
    xml = batch.read(batch.write(csv, form="XML"), layout=batch.LRB_3A)
    back = batch.read(batch.write(xml, form="CSV"))

    assert back.learners == csv.learners == xml.learners
    assert back.values.ukprn == "10012345"


def test_a_value_without_a_place_is_refused_and_not_left_out():
    assert findings(
        lambda: batch.write(made(FULL), layout=batch.LRB_2A, form="XML")
    ) == [("not-in-layout", 2, "upn"), ("not-in-layout", 2, "uci")]
    assert findings(lambda: streamed(BEN, FULL, layout=batch.LRB_2A)) == [
        ("not-in-layout", 3, "upn"),
        ("not-in-layout", 3, "uci"),
    ]
    two = ADA.evolve(ability_to_share="2")
    assert findings(lambda: streamed(two)) == [
        ("code-not-in-layout", 2, "ability_to_share")
    ]


@pytest.mark.parametrize("character", "\0\x1f\ufffe\ud800")
def test_what_xml_cannot_hold_is_refused(character):
    wrong = BEN.evolve(notes=f"Secret{character}", town=character)
    found = [("xml-cannot-hold", 3, "town"), ("xml-cannot-hold", 3, "notes")]

    assert findings(lambda: written(ADA, wrong)) == found
    assert findings(lambda: streamed(ADA, wrong)) == found
    file = attrs.evolve(
        made(ADA), values=batch.FileValues(ukprn=character, record_count="1")
    )
    assert findings(lambda: batch.write(file, form="XML")) == [
        ("xml-cannot-hold", None, "UKPRN")
    ]
    record = attrs.evolve(made(ADA).records[0], return_code=character)
    file = attrs.evolve(made(ADA, layout=batch.LRB_3A_OUTPUT), records=(record,))
    assert findings(lambda: batch.write(file, form="XML")) == [
        ("xml-cannot-hold", 2, "return_code")
    ]


def streamed(*learners, count=None, **options):
    stream = io.BytesIO()
    count = len(learners) if count is None else count
    batch.write_xml(iter(learners), stream, ukprn="10012345", count=count, **options)
    return stream.getvalue()


def test_a_stream_and_the_whole_give_the_same_bytes():
    assert streamed(ADA, BEN) == written(ADA, BEN)
    assert streamed() == written()


@pytest.mark.parametrize("count", [1, 3])
def test_another_number_than_announced_is_said(count):
    with pytest.raises(ValueError, match="and 2 given"):
        streamed(ADA, BEN, count=count)


def test_what_cannot_be_asked_for():
    with pytest.raises(ValueError, match="as XML"):
        written(ADA, for_people=True)
    with pytest.raises(ValueError, match="as XML"):
        batch.write(made(ADA), form="JSON")
    bare = attrs.evolve(batch.LRB_3A, xml=None)
    for call in (
        lambda: batch.write(made(ADA), layout=bare, form="XML"),
        lambda: streamed(ADA, layout=bare),
        lambda: batch.xml_schema(bare),
    ):
        with pytest.raises(ValueError, match="has no XML form"):
            call()


def test_a_form_with_qualified_elements_and_a_place_of_its_schema():
    form = attrs.evolve(batch.LRB_3A.xml, is_qualified=True, schema_location="l.xsd")
    layout = attrs.evolve(batch.LRB_3A, xml=form)
    raw = written(ADA, layout=layout)
    file = batch.read(raw, layout=layout)

    assert b'xsi:schemaLocation="http://api.lrs.miap.gov.uk/batchmsg l.xsd"' in raw
    assert b"<b:GivenName>Ada</b:GivenName>" in raw
    assert file.learners == (ADA,)
    assert "xml-namespace" not in {item.code for item in file.report}
    assert etree.XMLSchema(etree.fromstring(batch.xml_schema(layout))).validate(
        etree.fromstring(raw)
    )

"""Reading batch files in XML: versions, the envelope, records, what is refused."""

import datetime as dt
import io
import tracemalloc

import pytest

from ulnlib import Learner, batch
from ulnlib.batch.xmlreader import XmlReader, is_xml

AS_OF = dt.date(2026, 11, 21)
NAME = "LRB_10012345_211120260900.XML"
NAMESPACE = "http://api.lrs.miap.gov.uk/batchmsg"
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
FIELDS = {
    "MISIdentifier": "M1",
    "GivenName": "Ada",
    "FamilyName": "Example",
    "LastKnownPostCode": "ZA1 1AB",
    "DateOfBirth": "2008-05-04",
    "Gender": "2",
    "PrivacyNoticeSeen": "1",
    "VerificationType": "2",
}


def element(name, text):
    return f"<{name}>{text}</{name}>" if text is not None else f"<{name}/>"


def learner(*more, **changes):
    fields = FIELDS | changes
    inner = "".join(element(name, text) for name, text in fields.items() if text != "")
    return f"<Learner>{inner}{''.join(more)}</Learner>"


def xml(*records, head=None, root="SubmitBatch", namespace=NAMESPACE, declaration=True):
    if head is None:
        count = len(records)
        head = (
            f"<UKPRN>10012345</UKPRN><LearnerRecordCount>{count}</LearnerRecordCount>"
        )
    start = '<?xml version="1.0" encoding="UTF-8"?>\n' if declaration else ""
    body = "\n".join(records)
    return (
        f'{start}<b:{root} xmlns:b="{namespace}">{head}\n{body}\n</b:{root}>'.encode()
    )


def read(content, **options):
    return batch.read(content, **{"as_of": AS_OF, "name": NAME} | options)


def codes(content, **options):
    return [item.code for item in read(content, **options).report]


# --- what is found of a sound file -------------------------------------------------


def test_a_sound_file_has_learners_values_and_no_finding():
    file = read(xml(learner(), learner(MISIdentifier="M2", GivenName="Ben")))

    assert not file.report
    assert file.is_clean
    assert file.layout is batch.LRB_3A
    assert file.learners == (
        ADA,
        ADA.evolve(mis_identifier="M2", given_name="Ben"),
    )
    assert file.values == batch.FileValues(ukprn="10012345", record_count="2")
    assert file.style == batch.Style(form="XML", line_end="\n")
    assert len(file.digest) == 64
    assert file.envelope == ()


def test_records_are_numbered_as_in_a_spreadsheet_and_have_their_lines():
    file = read(xml(learner(), learner(MISIdentifier="M2")))

    assert [(record.row, record.line) for record in file.records] == [(2, 3), (3, 4)]
    assert file.records[0].raw.startswith(b"<Learner ")


@pytest.mark.parametrize("space", ["", "\n  ", "\t", " <!-- a remark --> "])
def test_white_space_and_remarks_between_elements_make_no_difference(space):
    record = learner().replace("><", f">{space}<")

    assert read(xml(record)).learners == (ADA,)
    assert codes(xml(record)) == []


def test_characters_are_read_as_they_are_meant():
    record = learner(FamilyName="O&apos;Brien &amp; <![CDATA[Zo\u00eb]]>&#x119;")

    assert read(xml(record)).learners[0].family_name == "O'Brien & Zo\u00eb\u0119"


def test_bytes_a_path_and_an_open_file_give_the_same(tmp_path):
    raw = xml(learner())
    path = tmp_path / NAME
    path.write_bytes(raw)
    with path.open("rb") as opened:
        files = [read(raw), batch.read(path, as_of=AS_OF), read(opened)]

    assert files == [files[0]] * 3


def test_a_stream_and_the_whole_agree():
    raw = xml(learner(), learner(GivenName="B" * 40), learner(MISIdentifier="M1"))
    with batch.open(io.BytesIO(raw), as_of=AS_OF, name=NAME) as reader:
        assert isinstance(reader, XmlReader)
        assert reader.layout is batch.LRB_3A
        assert reader.values.ukprn == "10012345"
        records = list(reader)

    assert reader.record_count == 3
    assert reader.as_file(records).report == read(raw).report
    assert reader.as_file(records).records == read(raw).records


def test_the_file_is_closed_when_it_cannot_be_read():
    class Broken(io.RawIOBase):
        def __init__(self, start):
            self.start = start

        def readable(self):
            return True

        def read(self, size=-1):
            out, self.start = self.start[:size], b""
            if not out and size:
                raise OSError("gone")
            return out

    with pytest.raises(OSError, match="gone"):
        batch.read(Broken(b""))
    with pytest.raises(OSError, match="gone"):
        batch.read(Broken(xml(learner())[:-30]))


# --- which version -----------------------------------------------------------------

UPDATE = (
    "<Learner><ULN>1000000043</ULN><GivenName>Ada</GivenName>"
    "<FamilyName>E</FamilyName>{}</Learner>"
)


@pytest.mark.parametrize(
    ("inner", "version"),
    [
        ("<PrivacyNoticeSeen>1</PrivacyNoticeSeen>", "3A"),
        ("<UPN>H801200001001</UPN>", "3A"),
        ("<UCI/>", "3A"),
        ("<AbilityToShare>2</AbilityToShare>", "2A"),
        ("<MiddleOtherName/>", "2A"),
        ("", "3A"),
    ],
)
def test_the_elements_tell_the_version(inner, version):
    file = batch.read(xml(UPDATE.format(inner)))

    assert file.layout.version == version


def test_a_later_record_may_tell_it():
    plain = UPDATE.format("")
    records = [plain] * 100 + [UPDATE.format("<AbilityToShare>0</AbilityToShare>")]
    file = batch.read(xml(*records))

    assert file.layout is batch.LRB_2A
    assert len(file.records) == 101
    assert batch.read(xml(*[plain] * 300)).layout is batch.LRB_3A


def test_a_caller_who_knows_better_says_so():
    file = batch.read(xml(UPDATE.format("")), layout=batch.LAYOUTS["1A"])

    assert file.layout is batch.LAYOUTS["1A"]
    assert codes(xml(UPDATE.format("")), layout=batch.LRB_2A) == ["version-withdrawn"]


def test_an_output_file_has_return_codes_and_what_became_of_the_job():
    head = (
        "<ResponseCode>WSRC0009</ResponseCode><JobStatus>Done</JobStatus>"
        "<NewLearnersCount>1</NewLearnersCount>"
        "<JobStartedDateTime>2026-11-21 10:00:00</JobStartedDateTime>"
        "<JobFinishedDateTime>2026-11-21</JobFinishedDateTime>"
    )
    raw = xml(
        learner("<ReturnCode>RC001</ReturnCode>"),
        learner("<ReturnCode>RC013</ReturnCode>", DateOfBirth="1800-01-01"),
        head=head,
        root="GetSubmitBatchOutputResponse",
    )
    file = read(raw)

    assert file.layout == batch.LRB_3A_OUTPUT
    assert [record.return_code for record in file.records] == ["RC001", "RC013"]
    assert dict(file.envelope) == {
        "ResponseCode": "WSRC0009",
        "JobStatus": "Done",
        "NewLearnersCount": "1",
        "JobStartedDateTime": "2026-11-21 10:00:00",
        "JobFinishedDateTime": "2026-11-21",
    }
    assert {item.code for item in file.report} == {
        "age-too-old",
        "duplicate-mis-identifier",
    }
    assert "Done" not in repr(file)


# --- the envelope ------------------------------------------------------------------

COUNT = "<LearnerRecordCount>1</LearnerRecordCount>"


def test_a_password_is_never_kept():
    head = (
        "<OrganisationRef>ORG001</OrganisationRef><UKPRN>10012345</UKPRN>"
        "<OrgPassword>Secret</OrgPassword><UserName>Secret</UserName>"
        f"<JobType>FUL</JobType>{COUNT}"
    )
    file = read(xml(learner(), head=head))

    assert not file.report
    assert dict(file.envelope) == {"OrganisationRef": "ORG001", "JobType": "FUL"}
    assert b"Secret" not in batch.write(file)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (COUNT, []),
        ("", ["xml-value-missing"]),
        ("<LearnerRecordCount/>", ["xml-value-missing"]),
        ("<LearnerRecordCount>2</LearnerRecordCount>", ["record-count"]),
        ("<LearnerRecordCount>x</LearnerRecordCount>", ["record-count-format"]),
        (f"<UKPRN>1</UKPRN>{COUNT}", ["ukprn-format", "ukprn-differs"]),
        (f"<UKPRN>10012346</UKPRN>{COUNT}", ["ukprn-differs"]),
        (f"<JobType>Full</JobType>{COUNT}", ["xml-value-format"]),
        (f"<OrganisationRef>12</OrganisationRef>{COUNT}", ["xml-value-format"]),
        (f"<Other>Secret</Other>{COUNT}", ["xml-envelope"]),
        (f"{COUNT}{COUNT}", ["xml-envelope"]),
        (f"{COUNT}<UKPRN>10012345</UKPRN>", ["xml-envelope"]),
        (f"x{COUNT}", ["xml-text-outside"]),
        (f"<b:UKPRN>10012345</b:UKPRN>{COUNT}", ["xml-namespace"]),
    ],
)
def test_the_envelope_is_checked(head, found):
    assert sorted(codes(xml(learner(), head=head))) == sorted(found)


@pytest.mark.parametrize("late", ["<Other/>", "<UKPRN>10012345</UKPRN>"])
def test_what_comes_after_a_record_is_out_of_place(late):
    file = read(xml(learner(), late, head=COUNT))

    assert [item.code for item in file.report] == ["xml-envelope"]
    assert "the first at line 4" in file.report[0].message


def test_another_namespace_is_said_once_and_everything_read():
    records = [learner(), learner(MISIdentifier="M2", GivenName="Ben")]
    other = xml(*records, namespace="urn:other")
    all_of_it = xml(*records).replace(b"b:", b"").replace(b":b", b"")

    for raw in (other, all_of_it):
        file = read(raw)
        assert [item.code for item in file.report] == ["xml-namespace"]
        assert file.learners[0] == ADA
        assert file.values.record_count == "2"


def test_a_batch_in_a_message_is_read():
    inner = xml(learner(), declaration=False).decode()
    raw = f'<s:Envelope xmlns:s="s"><s:Body>{inner}</s:Body></s:Envelope>'.encode()
    file = read(raw)

    assert [item.code for item in file.report] == ["xml-wrapped"]
    assert file.learners == (ADA,)


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b"<a><Learner/></a>",
        b"<SubmitBatch2/>",
        b'<Message xmlns="ESFA/ILR/2025-26"><Learner><ULN>1</ULN></Learner></Message>',
        b"<SubmitBatch><Learners/></SubmitBatch>".replace(b"SubmitBatch", b"Learner"),
    ],
)
def test_an_xml_file_of_another_kind_is_said_to_be_one(content):
    file = read(content)

    assert [item.code for item in file.report] == ["xml-root"]
    assert file.layout is None
    assert file.digest is None
    assert file.records == ()


def test_a_file_without_learners():
    assert codes(xml()) == ["no-records"]


def test_more_learners_than_a_file_should_have():
    plain = UPDATE.format("<UCI/>")
    found = codes(xml(*[plain] * 5001))

    assert found.count("too-many-records") == 1


# --- records -----------------------------------------------------------------------


def row_codes(record, **options):
    file = read(xml(record), **options)
    return [item.code for item in file.records[0].issues]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (learner(GivenName=None), ["mandatory-missing"]),
        (learner(PrivacyNoticeSeen=None), ["xml-element-empty", "needed-for-new-uln"]),
        (learner(VerificationType=None), ["xml-element-empty", "needed-for-new-uln"]),
        (learner(Gender=None), ["mandatory-missing"]),
        (learner(MISIdentifier=None), []),
        (learner("<Notes/>"), []),
        (learner("<Notes>x</Notes><Notes>y</Notes>"), ["xml-element-twice"]),
        (learner("<Title>Ms</Title>"), ["xml-element-order"]),
        (learner("<Secret>Secret</Secret>"), ["xml-element-unknown"]),
        (learner("<notes>x</notes>"), ["xml-element-misspelt"]),
        (learner("<Notes>x<b/></Notes>"), ["xml-element-nested"]),
        (learner("<Notes a='Secret'>x</Notes>"), ["xml-attribute"]),
        (learner("Secret"), ["xml-text"]),
        (learner().replace("<Learner>", "<Learner a='Secret'>"), ["xml-attribute"]),
        (learner().replace("<Learner>", "<Learner>Secret"), ["xml-text"]),
        (learner(DateOfBirth="04/05/2008"), ["date-excel"]),
        (learner(Gender="F"), ["code-word"]),
        (learner(Gender="\n2\n"), ["code-unknown"]),
        (learner(PrivacyNoticeSeen="2"), ["share-2-withdrawn"]),
        (learner(GivenName="A\tda"), ["control-character"]),
        (learner(FamilyName="x" * 36), ["too-long"]),
        (learner(DateOfBirth="2024-01-01"), ["age-too-young"]),
        (learner("<ReturnCode>RC001</ReturnCode>"), ["xml-element-unknown"]),
    ],
)
def test_what_is_wrong_with_a_record(record, found):
    assert row_codes(record) == found
    assert "Secret" not in str([str(i) for i in read(xml(record)).report])


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("FamilyNameAt16", "family_name_at_16"),
        ("LastKnownAddressCountyorCity", "county"),
        ("MiddleOtherName", "middle_names"),
        ("middlenames", "middle_names"),
    ],
)
def test_a_csv_heading_or_another_versions_name_is_taken_for_what_it_means(
    heading, name
):
    record = learner().replace(
        "<FamilyName>", f"<{heading}>x</{heading}><FamilyName>", 1
    )
    file = read(xml(record), layout=batch.LRB_3A)

    assert "xml-element-misspelt" in {item.code for item in file.report}
    assert getattr(file.learners[0], name) == "x"


def test_a_record_that_stands_there_twice_is_found():
    raw = xml(learner(), learner(MISIdentifier="M2"), learner())

    assert {(i.code, i.row) for i in read(raw).report} == {
        ("duplicate-mis-identifier", 4),
        ("duplicate-learner", 3),
        ("duplicate-learner", 4),
    }


def test_the_bytes_of_a_defective_record_are_kept():
    file = read(xml(learner(Gender="F", GivenName="Zo\u00eb")))

    assert "<GivenName>Zo\u00eb</GivenName>" in file.records[0].raw.decode()
    assert "Zo\u00eb" not in repr(file)


# --- what is refused ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE SubmitBatch><SubmitBatch/>", "xml-doctype"),
        (b"<?xml version='1.0' encoding='utf-16'?><SubmitBatch/>", "xml-encoding"),
        (b"<SubmitBatch>&Secret;</SubmitBatch>", "xml-entity"),
        (b"<SubmitBatch>\x01</SubmitBatch>", "xml-character"),
        (b"<SubmitBatch>" + b"<a>" * 1000, "xml-limit"),
        (b"<SubmitBatch>", "xml-malformed"),
        (b"<", "xml-malformed"),
    ],
)
def test_what_is_not_read_is_a_fatal_finding_with_its_line(content, code):
    file = read(content)

    assert [item.code for item in file.report.fatal] == [code]
    assert file.report.fatal[0].line == 1
    assert file.digest is None


@pytest.mark.parametrize(
    "end", [b"", b"<Learner>", b"</Learner></b:SubmitBatch>", b"<Learner>&x;</Learner>"]
)
def test_a_file_that_breaks_off_has_the_records_before(end):
    raw = xml(learner(), learner(MISIdentifier="M2")).rpartition(b"</b:")[0] + end
    file = read(raw)

    assert len(file.records) == 2
    assert len(file.report.fatal) == 1
    assert file.digest is None
    assert "record-count" not in {item.code for item in file.report}


@pytest.mark.parametrize(
    ("namespace", "inner"),
    [
        (NAMESPACE, "<a:Note/>"),
        (NAMESPACE, '<Note a:by="Example"/>'),
        ("h&amp;ttp://example", ""),
        (NAMESPACE.replace("k/", "k\N{GRINNING FACE}/"), ""),
    ],
    ids=["element", "attribute", "no-address", "no-letter"],
)
def test_a_namespace_that_is_none_is_a_finding(namespace, inner):
    content = xml(learner(inner), namespace=namespace)

    file = read(content)

    assert [item.code for item in file.report.fatal] == ["xml-malformed"]
    assert [one.family_name for one in file.learners] == ["Example"]
    assert batch.detect(content).kind == "LRB"


def test_names_without_end_are_not_taken():
    records = [learner(f"<x{n}/>", MISIdentifier=str(n)) for n in range(1500)]
    file = read(xml(*records))

    assert [item.code for item in file.report.fatal] == ["xml-limit"]
    assert len(file.records) < 1500


def test_a_web_page_is_none_of_ours():
    assert codes(b"<html><Learner/></html>") == ["file-kind"]
    assert codes(b"<!DOCTYPE html><html/>") == ["file-kind"]
    assert codes("<SubmitBatch/>".encode("utf-16")) == ["file-kind"]
    assert is_xml(b"\xef\xbb\xbf\n <SubmitBatch/>")
    assert not is_xml(b"FileVersion,<")


def test_a_name_of_a_csv_file_is_remarked_on_by_neither():
    assert codes(xml(learner()), name=NAME) == []
    assert codes(xml(learner()), name="x.xml") == ["file-name"]
    assert codes(xml(learner()), name=f"{NAME[:-3]}CSV") == ["file-form"]


def test_a_long_file_takes_little_memory():
    def most(count):
        raw = xml(*[UPDATE.format("<UCI/>")] * count)
        tracemalloc.start()
        with batch.open(raw) as reader:
            assert sum(1 for _ in reader) == count
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    # The findings about the same ULN grow; without them 28 bytes a record would.
    assert most(4000) - most(400) < 3600 * 2500


NESTED = (
    '<b:SubmitBatch xmlns:b="http://api.lrs.miap.gov.uk/batchmsg">'
    "<UKPRN>10012345</UKPRN>{}<Learner>{}<GivenName>Ada</GivenName></Learner>"
    "</b:SubmitBatch>"
)


@pytest.mark.parametrize("before", ["", "<ULN><Learner/></ULN>"])
@pytest.mark.parametrize("inside", ["", "<Learner/>"])
def test_a_record_within_something_else_is_no_hindrance(before, inside):
    file = batch.read(NESTED.format(before, inside).encode(), layout=batch.LRB_2A)

    assert [one.given_name for one in file.learners] == ["Ada"]
    assert file.values.ukprn == "10012345"
    found = {item.code for item in file.report}
    assert ("xml-envelope" in found) is bool(before)
    assert ("xml-records-elsewhere" in found) is bool(before)
    assert ("xml-element-unknown" in found) is bool(inside)


def test_two_files_in_one_are_told():
    one = NESTED.format("", "")
    file = batch.read(f"<Envelope>{one}{one}</Envelope>".encode())

    assert len(file.records) == 1
    assert [item.code for item in file.report.fatal] == ["xml-records-elsewhere"]


VERIFY = (
    '<v:SubmitVerifyBatch xmlns:v="http://api.lrs.miap.gov.uk/vldmsg" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<LearnerRecordCount>1</LearnerRecordCount><Learner><ULN>1000000043</ULN>"
    "<FamilyName>Example</FamilyName><GivenName>Ada</GivenName>{}</Learner>"
    "</v:SubmitVerifyBatch>"
)
NIL = {
    '<DateOfBirth xsi:nil="true"/><Gender xsi:nil="1"></Gender>': True,
    '<DateOfBirth xsi:nil="false">2007-05-04</DateOfBirth>': True,
    "<DateOfBirth/><Gender/>": True,
    '<DateOfBirth xsi:nil="true">2007-05-04</DateOfBirth>': False,
    '<DateOfBirth xsi:nil="no"/>': False,
    '<DateOfBirth nil="true"/>': False,
    '<DateOfBirth xsi:nil="true" other="x"/>': False,
}


@pytest.mark.parametrize(("elements", "is_right"), NIL.items(), ids=range(len(NIL)))
def test_a_verify_file_may_say_that_there_is_no_value(elements, is_right):
    file = batch.read(VERIFY.format(elements).encode())

    codes = [item.code for item in file.report]
    assert codes == ([] if is_right else ["xml-attribute"])
    assert file.sureness is batch.Sureness.CERTAIN or not is_right
    assert file.records[0].learner.gender is None
    assert batch.convert(file, form="CSV").left_out == (() if is_right else (2,))


def test_elsewhere_it_may_not():
    content = VERIFY.format("").replace("<FamilyName>", '<FamilyName xsi:nil="false">')

    assert [item.code for item in batch.read(content.encode()).report] == [
        "xml-attribute"
    ]

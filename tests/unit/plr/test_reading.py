"""Learning events read from XML: the answers of each generation, and attacks."""

import io
from pathlib import Path

import pytest

from ulnlib.plr import EventKind, is_marked_sensitive, read_events
from ulnlib.plr.events import CURRENT

FIXTURES = (
    Path(__file__).resolve().parents[4] / "shared/fixtures/hmpps-learner-records-api"
)
EVENT = """\
<a:LearningEvent>
<a:AchievementAwardDate>2011-10-24</a:AchievementAwardDate>
<a:Credits>0</a:Credits>
<a:Grade>9999999999</a:Grade>
<a:ID>{id}</a:ID>
<a:Level i:nil="true"/>
<a:Source>ILR</a:Source>
<a:Subject>GCSE in Welsh: Llên &amp; Iaith</a:Subject>
</a:LearningEvent>"""
ANSWER = """\
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<GetLearnerLearningEventsResponse xmlns="http://tempuri.org/">
<GetLearnerLearningEventsResult xmlns:a="http://api.lrs.qcf.gov.uk/model"
 xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
<a:ResponseCode>{code}</a:ResponseCode>
<a:FoundULN>1000000043</a:FoundULN>
<a:IncomingULN>1000000051</a:IncomingULN>
<a:LearnerRecord>{events}</a:LearnerRecord>
</GetLearnerLearningEventsResult></GetLearnerLearningEventsResponse>
</s:Body></s:Envelope>"""


def answer(*ids, code="WSRC0004"):
    events = "".join(EVENT.format(id=one) for one in ids)
    return ANSWER.format(code=code, events=events).encode()


def test_an_answer_of_the_service_is_read_whole():
    found = read_events(answer(1, 2))

    assert not found.report
    assert found.response_code == "WSRC0004"
    assert (found.found_uln, found.incoming_uln) == ("1000000043", "1000000051")
    first, second = found.events
    assert (first.id, second.id) == ("1", "2")
    assert first.subject == "GCSE in Welsh: Llên & Iaith"
    assert first.level is None
    assert first.credit is None
    assert len(found.record.entries) == 1


def test_an_open_file_is_read_too():
    assert len(read_events(io.BytesIO(answer(1))).events) == 1


@pytest.mark.parametrize("code", ["WSEC0206", "WSEC0208", "WSRC0001"])
def test_an_answer_without_events_has_its_code(code):
    found = read_events(answer(code=code))

    assert found.response_code == code
    assert found.events == ()
    assert not found.report


def test_every_field_that_is_served_is_read():
    values = "".join(
        f"<{element}>{name}</{element}>" for name, element in CURRENT.items()
    )
    content = f"<LearnerRecord><LearningEvent>{values}</LearningEvent></LearnerRecord>"
    (event,) = read_events(content.encode()).events

    assert {name: getattr(event, name) for name in CURRENT} == {n: n for n in CURRENT}
    assert event.further == {}


def test_the_elements_of_older_generations_are_read_too():
    content = b"""<R><LearnerRecord><LearnerEvent>
      <AwardDate>2012-06-01T00:00:00</AwardDate><CreditsAchieved>3</CreditsAchieved>
      <QualificationTitle>Award in Bricks</QualificationTitle>
      <SubjectTitle/><LearningOutcomeGradeDesc>Pass</LearningOutcomeGradeDesc>
      <FrameworkCode>9</FrameworkCode><Sensitive>true</Sensitive>
      <Source>QCFU</Source></LearnerEvent></LearnerRecord></R>"""
    (event,) = read_events(content).events

    assert event.awarded.isoformat() == "2012-06-01"
    assert (event.credit, event.subject, event.grade) == (3, "Award in Bricks", "Pass")
    assert event.is_sensitive is True
    assert event.further["FrameworkCode"] == "9"
    assert event.kind is EventKind.ACHIEVEMENT


@pytest.mark.parametrize(
    ("told", "is_sensitive"),
    [
        (["true"], True),
        (["Restricted"], True),
        (["true", "false"], True),
        (["false", "true"], True),
        ([" False "], False),
        ([""], False),
        ([], None),
    ],
)
def test_what_may_be_sensitive_is(told, is_sensitive):
    marks = "".join([f"<Sensitive>{one}</Sensitive>" for one in told])
    content = f"<LearnerRecord><LearningEvent>{marks}</LearningEvent></LearnerRecord>"

    assert read_events(content.encode()).events[0].is_sensitive is is_sensitive


def test_what_is_there_of_today_counts_before_what_is_older():
    content = b"""<LearnerRecord><LearningEvent><SubjectTitle>old</SubjectTitle>
      <Subject>new</Subject></LearningEvent></LearnerRecord>"""

    assert read_events(content).events[0].subject == "new"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml-malformed"),
        (b"no XML", "xml-malformed"),
        (b"<a><b/></a>", "events-none"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml-doctype"),
        (b"<a>&b;</a>", "xml-entity"),
        (b"<a>" * 1_000, "xml-limit"),
    ],
)
def test_what_is_no_answer_is_a_finding(content, code):
    found = read_events(content)

    assert [item.code for item in found.report] == [code]
    assert found.events == ()


def test_of_a_file_that_breaks_off_what_came_before_is_there():
    content = answer(1, 2)
    found = read_events(content[: content.index(b"<a:ID>2")])

    assert [event.id for event in found.events] == ["1"]
    assert [item.code for item in found.report] == ["xml-malformed"]


def test_nobody_s_details_are_in_a_repr():
    text = repr(read_events(answer(1)))

    assert "1000000043" not in text
    assert "Welsh" not in text


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="recorded responses are not here")
class TestRecordedResponses:
    def test_an_exact_match(self):
        path = FIXTURES / "learning_events_exact_match_full.xml"
        found = read_events(path.read_bytes())

        assert found.response_code == "WSRC0004"
        assert [event.source for event in found.events] == [
            *("ILR", "ILR", "NPD", "NPD", "NPD", "NPD", "AO"),
        ]
        assert [len(one) for one in found.record.by_source().values()] == [2, 4, 1]
        assert [one.unit for one in found.record.achievements()]

    def test_a_learner_who_was_not_verified(self):
        path = FIXTURES / "learning_events_not_verified.xml"
        found = read_events(path.read_bytes())

        assert found.response_code == "WSEC0208"
        assert found.events == ()


@pytest.mark.parametrize(
    "marks",
    [
        "<Restriction>1</Restriction><Restriction>0</Restriction>",
        "<Restriction>0</Restriction><Restriction>1</Restriction>",
        "<RestrictionFlag>Y</RestrictionFlag><RestrictionFlag>N</RestrictionFlag>",
        "<ID>7</ID><Restriction>1</Restriction><ID>7</ID><Restriction/>",
    ],
)
def test_a_mark_that_is_told_twice_hides(marks):
    one = f"<LearningEvent>{marks}</LearningEvent>"
    plain = "<LearningEvent><Restriction>0</Restriction></LearningEvent>"
    content = f"<LearnerRecord>{one}{plain}{one}</LearnerRecord>".encode()

    first, other, last = read_events(content).events

    assert is_marked_sensitive(first)
    assert not is_marked_sensitive(other)
    assert is_marked_sensitive(last)

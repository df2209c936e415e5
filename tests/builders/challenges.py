"""Data challenges for tests: sound ones, with some values changed."""

from ulnlib import Learner
from ulnlib.plr import LearningEvent, Record
from ulnlib.plr.challenge import Challenge, Contact, Details, Party

ULN, OTHER, THIRD = "1000000043", "1000000051", "9900000004"
AT = "2026-11-29T09:00:00"
COLLEGE = Party.organisation("10012345", user="u1")
SCHOOL = Party.organisation("10054321")
DESK = Party.service_desk()
CONTACT = Contact(name="A Tutor", email="tutor@example.org", telephone="0113 4960000")
ADA = Learner(
    uln=ULN,
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
)
BRICKS = LearningEvent(
    id=7,
    source="AO",
    subject="Bricks",
    subject_code="501/0476/7",
    grade="D",
    status="F",
    award_date="2024-08-22",
    awarding_organisation_name="Bricklayers",
    credits=4,
)
TAKING_PART = LearningEvent(
    id=8,
    source="ILR",
    subject="Bricks",
    subject_code="50104767",
    grade="9999999999",
    start_date="2023-09-01",
    provider_ukprn="10012345",
    collection_type="W",
    return_number="02",
    date_loaded="2026-10-01 09:00:00",
)
AGAIN = LearningEvent(id=9, source="AO", subject="Bricks", subject_code="501/0476/7")
RECORD = Record([BRICKS, TAKING_PART, AGAIN])


def of_event(*events, **values):
    """Draft a sound challenge of a grade, with some values changed."""
    known = {
        "problem": "wrong_grade",
        "learner": ADA,
        "raised_by": COLLEGE,
        "contact": CONTACT,
        "comments": "The certificate says B.",
        "proposed": Details(achieved_grade="B"),
    }
    return Challenge.on(*(events or (BRICKS,)), **(known | values))


def not_theirs(**values):
    known = {"problem": "never_started", "proposed": Details()}
    return of_event(values.pop("event", BRICKS), **(known | values))


def twice(*events, **values):
    known = {
        "problem": "uploaded_twice",
        "proposed": Details(),
        "has_checked_participation": True,
    }
    return of_event(*(events or (BRICKS, AGAIN)), **(known | values))


def of_uln(problem="duplicate_uln", **values):
    known = {
        "learner": ADA,
        "raised_by": COLLEGE,
        "contact": CONTACT,
        "comments": "She registered twice.",
        "other_uln": OTHER,
        "master": ULN,
    }
    return Challenge(problem=problem, **(known | values))


def codes(report):
    return [(one.code, *one.path) for one in report]


def raised(draft=None, **values):
    """Raise a challenge; without one, that of a grade."""
    case = of_event(**values) if draft is None else draft
    return case.raised(at=AT, reference=f"DC/{ULN}/1")

"""Learning events and learners that the tests of the personal learning record share."""

import datetime as dt

import attrs

from ulnlib import Learner
from ulnlib.plr import Actor, LearningEvent

AS_OF = dt.date(2026, 11, 21)
AT = "2026-11-21T09:30:00"
CLERK = Actor(user="jsmith", organisation="Example College")
ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2001-02-03",
    gender="2",
    postcode="ZZ99 9ZZ",
    ability_to_share="1",
    verification_type="2",
)

UNIT = LearningEvent(
    id="7",
    source="QCFU",
    subject="Introduction to Construction Work",
    subject_code="K/501/5773",
    awarding_organisation_name="EXAMPLE AWARDS",
    grade="Pass",
    status="F",
    credits="2",
    level="Level 1",
    award_date="2010-01-01",
)
NPD = LearningEvent(
    id="8",
    source="NPD",
    subject="AQA English Literature A",
    subject_code="50025685",
    provider_ukprn="10030488",
    grade="A*",
    status="F",
    award_date="2009-07-01",
)
ILR = LearningEvent(
    id="9",
    source="ILR",
    subject="Bricklaying",
    subject_code="10016454",
    grade="9999999999",
    status="F",
    start_date="2024-09-01",
)


def changed(event, **values):
    return attrs.evolve(event, **values)


def ids(entries):
    return [entry.event.id for entry in entries]

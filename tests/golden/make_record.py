"""Writes the golden reports of learning records: text, page and JSON.

When a test says that they are others now, look at them (the page in a browser, on
paper and in a narrow window), then run `python tests/golden/make_record.py`. All
people, events and titles are invented.
"""

import datetime as dt
from pathlib import Path

from ulnlib import Learner
from ulnlib.plr import Actor, LearningEvent, Record, report_of, see
from ulnlib.rules.sharing import Subject, Viewer

FOLDER = Path(__file__).parent / "record"
DAY = dt.date(2026, 11, 29)
SIAN = Learner(
    uln="1000000043",
    given_name="Siân",
    family_name="Ŵyn-Example",
    date_of_birth="2007-05-04",
)
NPD = {"source": "NPD", "qualification_type": "GCSE", "level": "Level 1/2"}
AO = {"source": "AO", "awarding_organisation_name": "Example Awards"}
ILR = {"source": "ILR", "grade": "9999999999"}
MATHS = {
    "subject": "GCSE (9-1) in Mathematics",
    "subject_code": "60146084",
    "provider_name": "Example Academy",
    "award_date": "2023-08-24",
}
WELSH = {
    "subject": "GCSE in Welsh: Llên & Iaith",
    "subject_code": "60142340",
    "provider_name": "Ysgol Gyfun Tŷ Gŵyr",
    "award_date": "2023-08-24",
}
LONG = (
    "Level 3 Advanced Technical Certificate in Site Carpentry & Joinery, with a title "
    "that goes on for several lines as those of the register sometimes do"
)
EVENTS = [
    LearningEvent(id=7, **NPD, **MATHS, grade="7", status="F", credits=0),
    LearningEvent(id=8, **NPD, **WELSH, grade="5", status="F"),
    LearningEvent(id=9, **NPD, **MATHS, grade="6", status="F", credits=0),
    LearningEvent(
        id=10,
        source="QCFU",
        subject="Introduction to Construction Work",
        subject_code="K/501/5773",
        level="Level 1",
        grade="Pass",
        status="F",
        credits=2,
        award_date="2024-02-01",
        awarding_organisation_name="UNKNOWN",
    ),
    LearningEvent(
        id=11,
        **AO,
        subject="Level 2 Diploma in Bricklaying",
        subject_code="600/0001/6",
        level="Level 2",
        grade="Distinction*",
        status="F",
        credits=46,
        award_date="2025-07-10",
        start_date="2024-09-02",
    ),
    LearningEvent(
        id=12,
        **ILR,
        subject=LONG,
        subject_code="10016454",
        level="Level 3",
        status="P",
        start_date="2025-09-01",
        under_data_challenge="Y",
        provider_name="Example College",
    ),
    LearningEvent(
        id=13,
        **ILR,
        subject="Functional Skills English",
        subject_code="60345678",
        status="F",
        start_date="2024-09-02",
        end_date="2025-06-27",
    ),
    LearningEvent(id=14, **ILR, subject="Cours de français: être, œuvre", status="F"),
    LearningEvent(
        id=15,
        source="XYZ",
        subject='<b>Award</b> from elsewhere & "beyond"',
        level="Entry Level",
        grade="Pass",
        award_date="2058-01-01",
    ),
]


def view(events, viewer=Viewer.LEARNER, share="1", chosen=()):
    return see(
        Record(events),
        viewer,
        Subject(share=share, has_level_one=True),
        learner=SIAN,
        by=Actor(user="jsmith", organisation="Example College"),
        at="2026-11-29T09:30:00",
        as_of=DAY,
        chosen=chosen,
    )


def cases():
    """Return the reports by name."""
    nominated = Viewer.NOMINATED_ORGANISATION
    return {
        "whole": report_of(view(EVENTS), dated=DAY),
        "empty": report_of(view([]), dated=DAY),
        "closed": report_of(view(EVENTS, Viewer.PROVIDER_WITH_ROLE, "2"), dated=DAY),
        "restricted": report_of(
            view(EVENTS, nominated, chosen=["8", "11", "13"]), dated=DAY
        ),
        "unticked": report_of(
            view(EVENTS),
            dated=DAY,
            unticked=[9, 10, 12, 13, 14, 15],
            title="My results",
        ),
    }


def golden():
    """Return the files by name."""
    found = {}
    for name, report in cases().items():
        found[f"{name}.txt"] = report.to_text()
        found[f"{name}.html"] = report.to_html()
        found[f"{name}.json"] = report.to_json()
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        path.unlink()
    for name, text in golden().items():
        (FOLDER / name).write_bytes(text.encode())

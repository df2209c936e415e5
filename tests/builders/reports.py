"""Views of events that the tests of reports share."""

from builders.plr import ADA, AS_OF, AT, CLERK
from ulnlib.plr import LearningEvent, Record, see
from ulnlib.rules.sharing import Subject, Viewer


def seen(events, viewer=Viewer.LEARNER, learner=None, *, chosen=(), **subject):
    """Return the view of some events, by default the learner's own."""
    known = {"share": "1", "has_level_one": True} | subject
    return see(
        Record(events),
        viewer,
        Subject(**known),
        learner=ADA if learner is None else learner,
        by=CLERK,
        at=AT,
        as_of=AS_OF,
        chosen=chosen,
    )


def result(number=1, **more):
    """Return an event of an awarding organisation, with all that it has."""
    values = {
        "source": "AO",
        "subject": "Level 2 Diploma in Bricklaying",
        "subject_code": "600/0001/6",
        "qualification_type": "Diploma",
        "level": "Level 2",
        "grade": "Merit",
        "status": "F",
        "credits": "46",
        "award_date": "2025-07-10",
        "awarding_organisation_name": "Example Awards",
        "restriction": "0",
    }
    return LearningEvent(id=number, **(values | more))


def course(number=2, **more):
    """Return an event of a provider: somebody takes part."""
    values = {
        "source": "ILR",
        "subject": "Functional Skills English",
        "subject_code": "60345678",
        "grade": "9999999999",
        "status": "F",
        "start_date": "2024-09-02",
        "restriction": "0",
    }
    return LearningEvent(id=number, **(values | more))

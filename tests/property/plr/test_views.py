"""Laws of views: nothing hidden is in a view, whoever looks, and at whatever."""

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.plr import ADA, AS_OF, AT, CLERK
from ulnlib import Learner
from ulnlib.plr import (
    EventKind,
    LearningEvent,
    Record,
    credit_check,
    decisions,
    is_marked_sensitive,
    preview,
    see,
)
from ulnlib.plr.views import BASIC_DETAILS
from ulnlib.rules.sharing import Held, Subject, Thing, Viewer, decide

CODES = ("K/501/5773", "50025685", "10016454")
EVENTS = st.builds(
    LearningEvent,
    id=st.sampled_from(["1", "2", "3", "4", None]),
    source=st.sampled_from(["AO", "ILR", "NPD", "QCFU"]),
    subject_code=st.sampled_from(CODES),
    grade=st.sampled_from(["Pass", "Merit", "9999999999", None]),
    status=st.sampled_from(["F", "P"]),
    award_date=st.sampled_from(["2020-01-01", "2021-01-01", None]),
    start_date=st.sampled_from(["2019-01-01", None]),
    restriction=st.sampled_from(["0", None, "1"]),
    is_sensitive=st.sampled_from([None, False, True]),
    provider_name=st.just("Example School"),
)
RECORDS = st.lists(EVENTS, max_size=6).map(Record)
CHOSEN = st.sets(st.sampled_from(["1", "2", "3", "4"]))
SUBJECTS = [
    Subject(share=share, has_level_one=one, is_learner_sensitive=sensitive)
    for share, one, sensitive in itertools.product(Held, (False, True), (False, True))
]


def view(record, viewer, subject, **given):
    return see(
        record, viewer, subject, learner=ADA, by=CLERK, at=AT, as_of=AS_OF, **given
    )


@pytest.mark.parametrize("viewer", Viewer)
@given(record=RECORDS, chosen=CHOSEN)
def test_a_view_has_what_the_rules_allow_and_nothing_else(viewer, record, chosen):
    for subject in SUBJECTS:
        seen = view(record, viewer, subject, chosen=chosen)
        is_restricted = viewer is Viewer.NOMINATED_ORGANISATION
        if not decide(viewer, subject, seen.thing, AS_OF):
            assert seen.record.events == ()
            continue
        allowed = []
        hidden = {one.code for one in record.events if is_marked_sensitive(one)}
        for entry in record.entries:
            picked = [
                event
                for event in entry.events
                if event.id in chosen
                and len({one for one in record.events if one.id == event.id}) == 1
            ]
            of_event = attrs.evolve(
                subject,
                is_event_sensitive=entry.event.code in hidden,
                is_chosen=bool(picked),
            )
            thing = Thing.BASIC_DETAILS if is_restricted else Thing.LEARNING_EVENT
            is_kept = not is_restricted or all(
                event.kind is EventKind.ACHIEVEMENT for event in entry.events
            )
            if is_kept and decide(viewer, of_event, thing, AS_OF):
                allowed += picked if is_restricted else entry.events
        if is_restricted:
            allowed = [
                LearningEvent(**{name: getattr(one, name) for name in BASIC_DETAILS})
                for one in allowed
            ]
        assert list(seen.record.events) == allowed


@given(record=RECORDS, chosen=CHOSEN)
def test_what_is_hidden_changes_nothing_of_a_view(record, chosen):
    for viewer, subject in itertools.product(Viewer, SUBJECTS):
        told = decisions(record, viewer, subject, as_of=AS_OF, chosen=chosen)
        may_be_seen = Record(
            event for entry, may in told if may for event in entry.events
        )

        with_it = view(record, viewer, subject, chosen=chosen)
        without_it = view(may_be_seen, viewer, subject, chosen=chosen)

        if viewer is not Viewer.NOMINATED_ORGANISATION:
            assert with_it == without_it
        else:  # a number that is no more mistakable may choose more, and never less
            assert set(with_it.record.events) <= set(without_it.record.events)


@given(record=RECORDS, chosen=CHOSEN)
def test_the_preview_is_the_organisations_view(record, chosen):
    for subject in SUBJECTS:
        before = preview(record, subject, learner=ADA, as_of=AS_OF, chosen=chosen)
        after = view(record, Viewer.NOMINATED_ORGANISATION, subject, chosen=chosen)

        assert attrs.evolve(after, accesses=(), told=after.decision) == before
        assert (after.told is None) is (subject.share is not Held.ABLE) or (
            subject.is_learner_sensitive
        )


@given(record=RECORDS)
def test_the_learner_sees_everything(record):
    for subject in SUBJECTS:
        if subject.has_level_one:
            assert (
                view(record, Viewer.LEARNER, subject).record.entries == record.entries
            )


@given(record=RECORDS, number=st.sampled_from(CODES))
def test_a_credit_check_tells_of_one_number_and_never_of_others(record, number):
    for subject in SUBJECTS:
        asked = {
            "asked": ADA,
            "held": ADA,
            "subject": subject,
            "by": CLERK,
            "at": AT,
            "as_of": AS_OF,
        }
        answer = credit_check(record, number, **asked)
        alone = Record(one for one in record.events if one.subject_code == number)

        assert answer == credit_check(alone, number, **asked)
        assert {row.reference for row in answer.rows} <= {number}
        if subject.share is not Held.ABLE or subject.is_learner_sensitive:
            assert not answer
        if any(map(is_marked_sensitive, alone.events)):
            assert not answer
        assert bool(answer.accesses) is bool(answer)


def test_no_viewer_sees_more_of_the_learner_than_the_rules_say():
    for viewer, subject in itertools.product(Viewer, SUBJECTS):
        seen = view(Record([]), viewer, subject).learner

        has_uln = bool(decide(viewer, subject, Thing.ULN, AS_OF))
        has_profile = bool(decide(viewer, subject, Thing.PROFILE, AS_OF))
        assert (seen.uln is not None) is has_uln
        assert (seen.family_name is not None) is has_profile
        assert has_profile or seen.evolve(uln=None) == Learner()

"""Ability to share: whatever is sent, whoever looks, at whatever is held."""

from __future__ import annotations

import datetime as dt

import attrs
import hypothesis.strategies as st
from hypothesis import given
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ulnlib.codes import PrivacyNoticeSeen
from ulnlib.rules import sharing
from ulnlib.rules.clauses import clause
from ulnlib.rules.sharing import Held, Subject, Thing, Viewer, decide

days = st.dates(min_value=dt.date(2018, 5, 1), max_value=dt.date(2019, 8, 1))
values = st.sampled_from([None, "", "-1", "0", "1", "2"])
held = st.sampled_from(list(Held))
viewers = st.sampled_from(list(Viewer))
things = st.sampled_from(list(Thing))
subjects = st.builds(
    Subject,
    share=held,
    has_level_one=st.booleans(),
    is_learner_sensitive=st.booleans(),
    is_event_sensitive=st.booleans(),
    is_chosen=st.booleans(),
)

FACTS = ("has_level_one", "is_learner_sensitive", "is_event_sensitive", "is_chosen")
RECORD = frozenset(Thing) - {Thing.ULN, Thing.PROFILE, Thing.AUDIT_LOG}
OF_A_PROVIDER = (Viewer.PROVIDER, Viewer.PROVIDER_WITH_ROLE)


class Sends(RuleBasedStateMachine):
    """Values sent over the years do what the documents say, told in plain words."""

    @initialize(day=st.dates(dt.date(2017, 1, 1), dt.date(2018, 5, 20)))
    def begin(self, day):
        self.day = day
        self.held = None  # what the service holds by our table
        self.told = None  # what it holds by the plain words
        self.was_opted_out = False

    @rule(later=st.sampled_from([0, 1, 2, 30, 100]))
    def wait(self, later):
        self.day += dt.timedelta(days=later)

    @rule(value=values)
    def send(self, value):
        step = sharing.change(self.held, value, self.day)
        allowed = sharing.is_allowed_change(self.held, value, as_of=self.day)
        assert step.is_allowed is allowed
        assert clause(step.clause)
        assert allowed is self.is_right(value)
        if allowed and value in {"0", "1", "2"}:
            self.told = value
            self.was_opted_out |= value == "2"
        if allowed:
            self.held = step.after.value or None

    def is_right(self, value):
        """The rules in plain words, without the tables."""
        if value == "0" and self.told in {"1", "2"}:
            return False
        if value != "2":
            return True
        if self.day < dt.date(2018, 5, 25):
            return True
        return self.told == "2" and self.day < dt.date(2019, 7, 1)

    @invariant()
    def what_is_held_is_what_was_told(self):
        assert self.held == self.told

    @invariant()
    def a_record_without_1_is_hidden_from_providers(self):
        for viewer in OF_A_PROVIDER:
            seen = decide(viewer, Subject(share=self.held), Thing.PLR, self.day)
            is_open = viewer is Viewer.PROVIDER_WITH_ROLE and self.told == "1"
            assert seen.allowed is is_open

    @invariant()
    def an_opt_out_ends_only_by_1(self):
        if self.was_opted_out:
            assert self.held in {"1", "2"}


TestSends = Sends.TestCase


@given(viewer=viewers, subject=subjects, thing=things, day=st.dates())
def test_every_question_has_an_answer_with_a_clause(viewer, subject, thing, day):
    decision = decide(viewer, subject, thing, day)

    assert isinstance(decision.allowed, bool)
    assert clause(decision.clause)


@given(viewer=viewers, subject=subjects, thing=things, day=days)
def test_sensitivity_never_shows_more(viewer, subject, thing, day):
    for fact in ("is_learner_sensitive", "is_event_sensitive"):
        less = decide(viewer, attrs.evolve(subject, **{fact: False}), thing, day)
        more = decide(viewer, attrs.evolve(subject, **{fact: True}), thing, day)
        assert more.allowed <= less.allowed


@given(viewer=viewers, subject=subjects, thing=things, day=days)
def test_proof_and_choice_never_show_less(viewer, subject, thing, day):
    for fact in ("has_level_one", "is_chosen"):
        without = decide(viewer, attrs.evolve(subject, **{fact: False}), thing, day)
        with_it = decide(viewer, attrs.evolve(subject, **{fact: True}), thing, day)
        assert without.allowed <= with_it.allowed


@given(viewer=viewers, subject=subjects, thing=things, day=days)
def test_no_value_shows_more_than_1(viewer, subject, thing, day):
    able = decide(viewer, attrs.evolve(subject, share="1"), thing, day)
    assert decide(viewer, subject, thing, day).allowed <= able.allowed


@given(
    viewer=st.sampled_from(
        [v for v in Viewer if v.name not in {"LEARNER", "SERVICE_DESK"}]
    ),
    share=st.sampled_from(["0", "2", None, "7"]),
    subject=subjects,
    thing=st.sampled_from(sorted(RECORD, key=lambda one: one.name)),
    day=days,
)
def test_nothing_of_a_record_without_1_is_seen_by_an_organisation(
    viewer, share, subject, thing, day
):
    assert not decide(viewer, attrs.evolve(subject, share=share), thing, day)


@given(viewer=viewers, subject=subjects, other=held, day=st.dates())
def test_no_value_and_nothing_sensitive_hides_the_uln(viewer, subject, other, day):
    """An organisation that the learner nominated has chosen achievements alone."""
    seen = decide(viewer, subject, Thing.ULN, day)

    assert seen.allowed is (viewer is not Viewer.NOMINATED_ORGANISATION)
    assert seen == decide(viewer, attrs.evolve(subject, share=other), Thing.ULN, day)


@given(viewer=viewers, subject=subjects, thing=things, one=days, other=days)
def test_the_day_decides_by_which_clause_and_not_what_is_seen(
    viewer, subject, thing, one, other
):
    first, second = (decide(viewer, subject, thing, day) for day in (one, other))
    assert first.allowed is second.allowed


@given(viewer=viewers, subject=subjects, thing=things, day=days)
def test_conditions_only_take_away(viewer, subject, thing, day):
    alone = decide(viewer, subject, thing, day, conditions=())
    assert decide(viewer, subject, thing, day).allowed <= alone.allowed


@given(value=st.one_of(values, st.text(max_size=3)), day=days)
def test_a_conversion_never_opens_a_record_by_itself(value, day):
    converted = sharing.convert(value, to="3A")
    if converted.code == "1":
        assert value == "1"
    if converted.code is not None:
        assert converted.code == value
        assert converted.code in sharing.file_codes("3A")


@given(
    value=values,
    to=st.sampled_from(["2A", "3A"]),
    decided=st.sampled_from([None, *PrivacyNoticeSeen]),
)
def test_what_is_not_held_back_can_be_carried(value, to, decided):
    converted = sharing.convert(value, to=to, opted_out_as=decided)
    if converted.is_held_back:
        assert converted.code is None
    elif converted.code is not None:
        assert converted.code in sharing.file_codes(to)


@given(shared=st.booleans(), out=st.booleans(), day=st.dates())
def test_a_first_value_is_one_that_a_new_learner_may_have(shared, out, day):
    first = sharing.initial_share(notice_shared=shared, opted_out=out, as_of=day)
    assert sharing.change(None, first.code, day).is_allowed
    assert clause(first.clause)


@given(
    given_values=st.lists(values | st.text(max_size=2), min_size=1),
    viewer=viewers,
    subject=subjects,
    thing=things,
    day=days,
)
def test_a_merge_is_never_more_open_than_one_of_its_records(
    given_values, viewer, subject, thing, day
):
    merged = attrs.evolve(subject, share=sharing.most_restrictive(given_values))
    for value in given_values:
        one = decide(viewer, attrs.evolve(subject, share=value), thing, day)
        assert decide(viewer, merged, thing, day).allowed <= one.allowed

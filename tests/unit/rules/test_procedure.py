"""Search before register: every state with every event, and the two times."""

import datetime as dt

import attrs
import pytest

from ulnlib.codes import ResponseCode
from ulnlib.errors import InvalidValue
from ulnlib.matching import Outcome
from ulnlib.rules.clauses import clause
from ulnlib.rules.procedure import (
    ANSWERS,
    PROCEDURE,
    Event,
    Procedure,
    Search,
    SearchLog,
)

TIMES = Procedure(minimum=dt.timedelta(seconds=30), maximum=dt.timedelta(minutes=20))
START = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
FINDS = {
    Event.NONE: Search.NONE_FOUND,
    Event.POSSIBLE: Search.POSSIBLE_FOUND,
    Event.TOO_MANY: Search.TOO_MANY_FOUND,
    Event.EXACT: Search.EXACT_FOUND,
    Event.LINKED: Search.LINKED_FOUND,
    Event.INSUFFICIENT: Search.TOO_LITTLE,
}
MAY_REGISTER = {
    Search.NONE_FOUND,
    Search.POSSIBLE_RULED_OUT,
    Search.TOO_MANY_RULED_OUT,
}


def after(seconds):
    return START + dt.timedelta(seconds=seconds)


def log_after(outcome):
    return SearchLog(procedure=TIMES).searched(outcome, at=START)


class TestTheTable:
    def test_it_has_every_state_with_every_event(self):
        assert len(PROCEDURE) == len(Search) * len(Event) == 13 * 11

    @pytest.mark.parametrize("state", Search)
    @pytest.mark.parametrize(("event", "found"), FINDS.items())
    def test_a_search_is_possible_at_any_time(self, state, event, found):
        step = PROCEDURE.step(state, event)

        assert step.after is found
        assert step.clause == ("WS-3" if event is Event.LINKED else "WS-1")

    @pytest.mark.parametrize("state", Search)
    def test_a_registration_is_possible_in_three_states(self, state):
        """PG-4.2.1-4, PG-4.2.2-R1."""
        step = PROCEDURE.step(state, Event.REGISTER)

        assert step.after is (Search.REGISTERED if state in MAY_REGISTER else None)

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (Search.NOT_SEARCHED, "PG-4.2.1-4"),
            (Search.TOO_LITTLE, "PG-4.2.1-1"),
            (Search.NONE_FOUND, "PG-4.2.2-R1"),
            (Search.POSSIBLE_FOUND, "REG-S-2"),
            (Search.POSSIBLE_WAITED, "REG-S-4"),
            (Search.POSSIBLE_REJECTED, "REG-S-2"),
            (Search.POSSIBLE_RULED_OUT, "REG-S-4"),
            (Search.TOO_MANY_FOUND, "REG-S-5"),
            (Search.TOO_MANY_RULED_OUT, "REG-S-6"),
            (Search.EXACT_FOUND, "WS-4"),
            (Search.LINKED_FOUND, "WS-3"),
            (Search.EXPIRED, "REG-S-1"),
            (Search.REGISTERED, "WS-4"),
        ],
    )
    def test_the_clause_of_each_answer_is_named(self, state, expected):
        assert PROCEDURE.step(state, Event.REGISTER).clause == expected

    @pytest.mark.parametrize(
        ("state", "expected", "by"),
        [
            (Search.POSSIBLE_FOUND, Search.POSSIBLE_REJECTED, "REG-S-4"),
            (Search.POSSIBLE_WAITED, Search.POSSIBLE_RULED_OUT, "REG-S-4"),
            (Search.POSSIBLE_REJECTED, Search.POSSIBLE_REJECTED, "REG-S-4"),
            (Search.POSSIBLE_RULED_OUT, Search.POSSIBLE_RULED_OUT, "REG-S-4"),
            (Search.TOO_MANY_FOUND, Search.TOO_MANY_RULED_OUT, "REG-S-6"),
            (Search.TOO_MANY_RULED_OUT, Search.TOO_MANY_RULED_OUT, "REG-S-6"),
            (Search.NOT_SEARCHED, None, "REG-S-4"),
            (Search.TOO_LITTLE, None, "REG-S-4"),
            (Search.NONE_FOUND, None, "REG-S-4"),
            (Search.EXACT_FOUND, None, "REG-S-4"),
            (Search.LINKED_FOUND, None, "REG-S-4"),
            (Search.EXPIRED, None, "REG-S-4"),
            (Search.REGISTERED, None, "REG-S-4"),
        ],
    )
    def test_only_candidates_can_be_ruled_out(self, state, expected, by):
        step = PROCEDURE.step(state, Event.RULE_OUT)

        assert (step.after, step.clause) == (expected, by)

    @pytest.mark.parametrize("state", Search)
    def test_the_minimum_time_matters_after_a_possible_match_only(self, state):
        """REG-S-2."""
        moved = {
            Search.POSSIBLE_FOUND: Search.POSSIBLE_WAITED,
            Search.POSSIBLE_REJECTED: Search.POSSIBLE_RULED_OUT,
        }
        step = PROCEDURE.step(state, Event.MINIMUM_PASSES)

        assert step.after is moved.get(state, state)
        assert step.clause == "REG-S-2"

    @pytest.mark.parametrize("state", Search)
    def test_every_search_grows_old(self, state):
        """REG-S-1."""
        ageless = {Search.NOT_SEARCHED, Search.TOO_LITTLE, Search.REGISTERED}
        step = PROCEDURE.step(state, Event.MAXIMUM_PASSES)

        assert step.after is (state if state in ageless else Search.EXPIRED)
        assert step.clause == "REG-S-1"

    @pytest.mark.parametrize("state", Search)
    def test_other_details_need_another_search(self, state):
        """REG-S-3."""
        step = PROCEDURE.step(state, Event.CHANGE_DETAILS)

        assert (step.after, step.clause) == (Search.NOT_SEARCHED, "REG-S-3")

    def test_every_clause_is_there(self):
        assert all(clause(step.clause).text for step in PROCEDURE)

    def test_it_can_be_drawn(self):
        drawing = PROCEDURE.mermaid()

        assert "    NONE_FOUND --> REGISTERED: register" in drawing
        assert "EXACT_FOUND --> REGISTERED" not in drawing


class TestTheAnswers:
    @pytest.mark.parametrize("state", Search)
    def test_every_state_says_what_may_be_done_next(self, state):
        """PG-4.3-R1."""
        step = ANSWERS[state].next_step

        assert step.endswith(".")
        assert len([s for s in Search if ANSWERS[s].next_step == step]) == 1

    @pytest.mark.parametrize("state", Search)
    def test_the_service_answers_registered_or_not(self, state):
        ours = {Search.POSSIBLE_WAITED, Search.TOO_MANY_FOUND}
        expected = ResponseCode.NOT_REGISTERED
        if state in MAY_REGISTER:
            expected = ResponseCode.REGISTERED
        elif state in ours:
            expected = None

        assert ANSWERS[state].response_code is expected

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (Search.NOT_SEARCHED, "Search by the five key details"),
            (Search.TOO_LITTLE, "Complete"),
            (Search.NONE_FOUND, "other spellings"),
            (Search.POSSIBLE_FOUND, "Compare each candidate"),
            (Search.POSSIBLE_WAITED, "none of the candidates"),
            (Search.POSSIBLE_REJECTED, "Wait"),
            (Search.POSSIBLE_RULED_OUT, "Register the learner"),
            (Search.TOO_MANY_FOUND, "previous family name"),
            (Search.TOO_MANY_RULED_OUT, "Register the learner"),
            (Search.EXACT_FOUND, "Use the ULN"),
            (Search.LINKED_FOUND, "master ULN"),
            (Search.EXPIRED, "Search again"),
            (Search.REGISTERED, "Tell the learner"),
        ],
    )
    def test_each_state_has_words_of_its_own(self, state, words):
        assert words in ANSWERS[state].next_step


class TestTheTwoTimes:
    """REG-S-7: both are given by the caller."""

    def test_neither_has_a_default(self):
        with pytest.raises(TypeError):
            Procedure()
        with pytest.raises(TypeError):
            Procedure(minimum=dt.timedelta(0))

    def test_they_may_be_nothing_and_equal(self):
        none = dt.timedelta(0)

        assert Procedure(minimum=none, maximum=none).maximum == none

    def test_a_negative_minimum_is_refused(self):
        with pytest.raises(ValueError, match=r"^the minimum time is negative$"):
            Procedure(
                minimum=dt.timedelta(microseconds=-1), maximum=dt.timedelta(seconds=1)
            )

    def test_a_maximum_below_the_minimum_is_refused(self):
        with pytest.raises(
            ValueError, match=r"^the maximum time is less than the minimum time$"
        ):
            Procedure(minimum=dt.timedelta(seconds=2), maximum=dt.timedelta(seconds=1))


class TestALog:
    def test_it_begins_without_a_search(self):
        log = SearchLog(procedure=TIMES)
        decision = log.may_register(at=START)

        assert log.state is Search.NOT_SEARCHED
        assert log.searched_at is None
        assert not decision
        assert decision.clause == "PG-4.2.1-4"
        assert decision.response_code is ResponseCode.NOT_REGISTERED
        assert decision.state is Search.NOT_SEARCHED

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            ("WSRC0001", Search.NONE_FOUND),
            ("WSRC0002", Search.TOO_MANY_FOUND),
            ("WSRC0003", Search.POSSIBLE_FOUND),
            ("WSRC0004", Search.EXACT_FOUND),
            ("WSRC0015", Search.TOO_LITTLE),
            ("WSRC0022", Search.LINKED_FOUND),
            (Outcome.NONE, Search.NONE_FOUND),
            (Outcome.EXACT, Search.EXACT_FOUND),
            (Outcome.POSSIBLE, Search.POSSIBLE_FOUND),
            (Outcome.TOO_MANY, Search.TOO_MANY_FOUND),
            (Outcome.INSUFFICIENT, Search.TOO_LITTLE),
            ("linked", Search.LINKED_FOUND),
        ],
    )
    def test_it_takes_the_outcomes_of_both_sides(self, outcome, state):
        """WS-1, WS-3."""
        log = log_after(outcome)

        assert (log.state, log.searched_at) == (state, START)

    def test_it_takes_a_response_code_as_such(self):
        assert log_after(ResponseCode.LINKED).state is Search.LINKED_FOUND

    @pytest.mark.parametrize("outcome", ["WSRC0005", "register", "rule_out", "", "Ada"])
    def test_it_takes_no_other_outcome(self, outcome):
        with pytest.raises(InvalidValue) as refused:
            log_after(outcome)
        assert str(refused.value) == "this is no outcome of a search"
        assert refused.value.reason == "word"

    @pytest.mark.parametrize(
        ("seconds", "allowed"), [(0, True), (1200, True), (1200.000001, False)]
    )
    def test_a_search_counts_up_to_the_maximum_time(self, seconds, allowed):
        """REG-S-1."""
        decision = log_after("none").may_register(at=after(seconds))

        assert decision.allowed is allowed
        assert decision.clause == ("PG-4.2.2-R1" if allowed else "REG-S-1")

    @pytest.mark.parametrize(
        ("seconds", "state"),
        [
            (0, Search.POSSIBLE_REJECTED),
            (29.999999, Search.POSSIBLE_REJECTED),
            (30, Search.POSSIBLE_RULED_OUT),
            (1200, Search.POSSIBLE_RULED_OUT),
            (1200.000001, Search.EXPIRED),
        ],
    )
    def test_after_a_possible_match_the_minimum_time_counts(self, seconds, state):
        """REG-S-2."""
        log = log_after("possible").ruled_out(at=START)
        decision = log.may_register(at=after(seconds))

        assert decision.state is state
        assert decision.allowed is (state is Search.POSSIBLE_RULED_OUT)

    @pytest.mark.parametrize(
        ("seconds", "state"),
        [(29, Search.POSSIBLE_FOUND), (30, Search.POSSIBLE_WAITED)],
    )
    def test_candidates_are_ruled_out_by_a_person_not_by_time(self, seconds, state):
        """REG-S-4."""
        decision = log_after("possible").may_register(at=after(seconds))

        assert not decision.allowed
        assert decision.state is state

    def test_candidates_may_be_ruled_out_before_or_after_the_minimum_time(self):
        early = log_after("possible").ruled_out(at=after(5))
        late = log_after("possible").ruled_out(at=after(45))

        assert early.state is Search.POSSIBLE_REJECTED
        assert late.state is Search.POSSIBLE_RULED_OUT
        assert early.may_register(at=after(45)) == late.may_register(at=after(45))

    def test_too_many_may_be_ruled_out_by_a_person(self):
        """REG-S-5, REG-S-6."""
        log = log_after("too_many")

        assert not log.may_register(at=after(60))
        assert log.ruled_out(at=after(60)).may_register(at=after(60))

    @pytest.mark.parametrize("outcome", ["none", "exact", "linked", "insufficient"])
    def test_there_is_nobody_to_rule_out_otherwise(self, outcome):
        with pytest.raises(ValueError, match="not now: "):
            log_after(outcome).ruled_out(at=after(60))

    def test_who_is_too_late_cannot_rule_out(self):
        with pytest.raises(ValueError, match="not now: Search again"):
            log_after("possible").ruled_out(at=after(1201))

    def test_the_last_search_counts(self):
        log = log_after("none").searched("exact", at=after(10))

        assert log.searched_at == after(10)
        assert not log.may_register(at=after(10))

    def test_a_search_that_is_too_old_is_made_new_by_another(self):
        log = log_after("none").searched("none", at=after(5000))

        assert log.may_register(at=after(6200))

    def test_other_details_need_another_search(self):
        """REG-S-3."""
        log = log_after("none").changed_details()

        assert (log.state, log.searched_at) == (Search.NOT_SEARCHED, None)
        assert not log.may_register(at=START)

    def test_a_registered_learner_is_not_registered_again(self):
        """WS-4."""
        log = log_after("none").registered(at=after(10))

        assert log.state is Search.REGISTERED
        assert log.may_register(at=after(5000)).clause == "WS-4"
        with pytest.raises(ValueError, match="Tell the learner"):
            log.registered(at=after(11))

    def test_a_registration_that_is_not_allowed_cannot_be_noted(self):
        with pytest.raises(ValueError, match="Search by the five"):
            SearchLog(procedure=TIMES).registered(at=START)

    @pytest.mark.parametrize("what", ["ruled_out", "registered", "may_register"])
    def test_time_does_not_run_backwards(self, what):
        log = log_after("possible")

        with pytest.raises(
            ValueError, match=r"^the time is before that of the last search$"
        ):
            getattr(log, what)(at=after(-0.000001))
        with pytest.raises(
            ValueError, match=r"^the time is before that of the last search$"
        ):
            log.at(after(-1))
        with pytest.raises(
            ValueError, match=r"^the time is before that of the last search$"
        ):
            log.searched("none", at=after(-1))

    def test_looking_at_it_changes_nothing(self):
        log = log_after("possible")

        assert log.at(after(1201)).state is Search.EXPIRED
        assert log.state is Search.POSSIBLE_FOUND
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            log.state = Search.NONE_FOUND

    def test_the_decision_says_which_state_it_is_of(self):
        decision = log_after("exact").may_register(at=after(1))

        assert decision.next_step == ANSWERS[Search.EXACT_FOUND].next_step
        assert decision.response_code is ResponseCode.NOT_REGISTERED
        assert decision.text == clause("WS-4").text

"""Laws of the procedure: a machine that searches, waits and registers at random."""

import datetime as dt

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from ulnlib.codes import ResponseCode
from ulnlib.rules.procedure import Procedure, Search, SearchLog

START = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
OUTCOMES = ("none", "possible", "too_many", "exact", "linked", "insufficient")


class RegistrationProcedure(RuleBasedStateMachine):
    """The log always agrees with a plain account of what happened."""

    @initialize(
        minimum=st.integers(0, 60), more=st.integers(0, 120), first=st.booleans()
    )
    def begin(self, minimum, more, first):
        self.minimum, self.maximum = minimum, minimum + more
        self.log = SearchLog(
            procedure=Procedure(
                minimum=dt.timedelta(seconds=self.minimum),
                maximum=dt.timedelta(seconds=self.maximum),
            )
        )
        self.clock = 0
        self.outcome = None  # of the last search for these details
        self.searched = None
        self.rejected = False
        self.is_registered = False
        if first:
            self.search("possible")

    @property
    def now(self):
        return START + dt.timedelta(seconds=self.clock)

    @property
    def age(self):
        return self.clock - self.searched

    @property
    def is_recent(self):
        return self.outcome is not None and self.age <= self.maximum

    def expected(self):
        if self.is_registered or not self.is_recent:
            return False
        if self.outcome == "possible":
            return self.rejected and self.age >= self.minimum
        return self.outcome == "none" or (self.outcome == "too_many" and self.rejected)

    @rule(outcome=st.sampled_from(OUTCOMES))
    def search(self, outcome):
        self.log = self.log.searched(outcome, at=self.now)
        self.outcome, self.searched = outcome, self.clock
        self.rejected = self.is_registered = False

    @rule(seconds=st.integers(0, 70))
    def wait(self, seconds):
        self.clock += seconds

    @rule()
    def look(self):
        """To ask for the state at a time, and go on from there, changes no answer."""
        self.log = self.log.at(self.now)

    @precondition(
        lambda self: (
            self.outcome in {"possible", "too_many"}
            and self.is_recent
            and not self.is_registered
        )
    )
    @rule()
    def rule_out(self):
        self.log = self.log.ruled_out(at=self.now)
        self.rejected = True

    @rule()
    def change_details(self):
        self.log = self.log.changed_details()
        self.outcome = self.searched = None
        self.rejected = self.is_registered = False

    @precondition(lambda self: self.expected())
    @rule()
    def register(self):
        self.log = self.log.registered(at=self.now)
        self.is_registered = True

    @precondition(lambda self: not self.expected())
    @rule()
    def register_too_soon(self):
        with pytest.raises(ValueError, match="not now: "):
            self.log.registered(at=self.now)

    @invariant()
    def the_answer_is_the_expected_one(self):
        if not hasattr(self, "log"):
            return
        decision = self.log.may_register(at=self.now)
        assert decision.allowed is self.expected()
        if decision.allowed:
            assert decision.response_code is ResponseCode.REGISTERED
        else:
            assert decision.response_code is not ResponseCode.REGISTERED
        if self.is_registered:
            assert decision.state is Search.REGISTERED


TestRegistrationProcedure = RegistrationProcedure.TestCase

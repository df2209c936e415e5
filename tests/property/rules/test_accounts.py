"""Whatever happens to accounts, the laws of the portal guide hold."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from ulnlib.rules.accounts import (
    SUSPENDED_AFTER_TEN,
    SUSPENDED_AFTER_THREE,
    TABLE,
    Account,
    AccountEvent,
    AccountState,
    PasswordFacts,
    after_event,
    check_password,
    is_password_expired,
    is_same_answer,
    logon_steps,
    password_facts,
)
from ulnlib.rules.clauses import clauses
from ulnlib.rules.roles import Role
from ulnlib.rules.users import check_super_users, may_manage

S, E = AccountState, AccountEvent
FIRST = dt.date(2026, 1, 1)
POLICIES = st.sampled_from([SUSPENDED_AFTER_THREE, SUSPENDED_AFTER_TEN])
OUTSIDE = [event for event in AccountEvent if event is not E.LAST_WRONG_PASSWORD]
STATES = {
    ("open", "own"): S.ACTIVE,
    ("open", "expired"): S.PASSWORD_EXPIRED,
    ("open", "one-time"): S.ONE_TIME_PASSWORD,
    ("hand", "own"): S.SUSPENDED,
    ("hand", "expired"): S.SUSPENDED_EXPIRED,
    ("hand", "one-time"): S.SUSPENDED_ONE_TIME,
    ("wrong", "own"): S.LOCKED,
    ("wrong", "expired"): S.LOCKED_EXPIRED,
    ("wrong", "one-time"): S.LOCKED_ONE_TIME,
}


class AnAccount(RuleBasedStateMachine):
    """One account beside a naive one: a few facts, and what the guide says of them.

    The naive one has no states: it knows whether there is an account, whether somebody
    shut it by hand, whether wrong passwords did, what kind of password it has, and
    whether its user has left.
    """

    @initialize(policy=POLICIES, has_question=st.booleans())
    def begin(self, policy, has_question):
        self.policy = policy
        self.has_question = has_question
        self.has_left = False
        self.day = FIRST
        self.account = Account(
            id="1", state=S.NOT_CREATED, has_secret_question=has_question
        )
        self.there = self.deleted = self.by_hand = self.by_wrong = False
        self.one_time = self.expired = False
        self.wrong = 0
        self.password_day = self.used_day = None

    def happen(self, event):
        self.account = after_event(
            self.account, event, as_of=self.day, policy=self.policy
        )

    @property
    def is_shut(self):
        return self.by_hand or self.by_wrong

    @property
    def gets_in(self):
        return self.there and not self.is_shut

    def new_password(self, *, one_time):
        self.one_time, self.expired, self.wrong = one_time, False, 0
        self.password_day = self.day

    @rule(days=st.integers(0, 30))
    def time_passes(self, days):
        self.day += dt.timedelta(days=days)

    @rule()
    def create(self):
        self.happen(E.CREATE)
        if not self.there and not self.deleted:
            self.there = True
            self.new_password(one_time=True)

    @rule()
    def log_on(self):
        self.happen(E.LOG_ON)
        if self.gets_in:
            self.wrong = 0
        if self.gets_in and not self.one_time and not self.expired:
            if (self.day - self.password_day).days > 44:
                self.expired = True
            else:
                self.used_day = self.day

    @rule()
    def wrong_password(self):
        self.happen(E.WRONG_PASSWORD)
        if self.gets_in:
            self.wrong += 1
            if self.wrong == self.policy.attempts:
                self.by_wrong = True

    @rule()
    def decline_terms(self):
        self.happen(E.DECLINE_TERMS)
        if self.gets_in and not self.one_time and not self.expired:
            self.wrong = 0

    @rule()
    def change_password(self):
        self.happen(E.CHANGE_PASSWORD)
        if self.gets_in:
            self.new_password(one_time=False)

    @rule()
    def follow_the_link(self):
        self.happen(E.FORGET_PASSWORD)
        has_link = self.has_question or not self.one_time
        if self.there and not self.by_hand and has_link:
            self.by_wrong = False
            self.new_password(one_time=True)

    @rule()
    def reset(self):
        self.happen(E.RESET_PASSWORD)
        if self.there:
            self.new_password(one_time=True)

    @rule()
    def expire(self):
        self.happen(E.EXPIRE_PASSWORD)
        if self.there and not self.one_time:
            self.expired = True

    @rule()
    def suspend(self):
        self.happen(E.SUSPEND)
        if self.there:
            self.by_hand, self.by_wrong = True, False

    @rule()
    def reactivate(self):
        self.happen(E.REACTIVATE)
        if self.there and self.is_shut:
            self.by_hand = self.by_wrong = False
            self.wrong = 0

    @rule(event=st.sampled_from([E.UPDATE, E.REASSIGN]))
    def change_nothing(self, event):
        before = self.account
        self.happen(event)
        assert self.account == before

    @rule()
    def leave(self):
        self.happen(E.LEAVE)
        self.has_left |= self.there

    @precondition(lambda self: self.wrong > 1)
    @rule()
    def delete(self):
        self.happen(E.DELETE)
        if self.there:
            self.there, self.deleted = False, True

    @invariant()
    def the_state_is_what_the_facts_say(self):
        kinds = ("own", "expired", "one-time")
        kind = kinds[2 if self.one_time else self.expired]
        shut = "hand" if self.by_hand else "wrong" if self.by_wrong else "open"
        if self.deleted:
            expected = S.DELETED
        elif not self.there:
            expected = S.NOT_CREATED
        else:
            expected = STATES[shut, kind]
        assert self.account.state is expected

    @invariant()
    def so_are_the_days_and_the_count(self):
        assert self.account.wrong_passwords == self.wrong <= self.policy.attempts
        assert self.account.password_set == self.password_day
        assert self.account.last_used == self.used_day
        assert self.account.has_left == self.has_left


TestAnAccount = AnAccount.TestCase


class AnOrganisation(RuleBasedStateMachine):
    """Super users who may do all that is allowed never leave themselves without one."""

    @initialize(roles=st.lists(st.booleans(), min_size=1, max_size=5))
    def begin(self, roles):
        self.accounts = [
            Account(
                id=str(n),
                organisation="10012345",
                roles={Role.SUPER_USER} if is_super else {Role.ONLINE},
            )
            for n, is_super in enumerate([True, *roles])
        ]

    @rule(
        manager=st.integers(0, 5),
        about=st.integers(0, 5),
        event=st.sampled_from(OUTSIDE),
        stays=st.none() | st.booleans(),
    )
    def one_manages_another(self, manager, about, event, stays):
        manager %= len(self.accounts)
        about %= len(self.accounts)
        roles = None if stays is None else ({Role.SUPER_USER} if stays else set())
        decision = may_manage(
            self.accounts[manager],
            self.accounts[about],
            event,
            self.accounts,
            new_roles=roles,
        )
        assert decision.clause in clauses()
        if not decision:
            return
        one = after_event(
            self.accounts[about], event, as_of=FIRST, policy=SUSPENDED_AFTER_TEN
        )
        if event is E.UPDATE and roles is not None:
            one = Account(
                id=one.id,
                organisation=one.organisation,
                roles=roles,
                state=one.state,
                has_left=one.has_left,
            )
        self.accounts[about] = one

    @invariant()
    def there_is_a_super_user(self):
        assert check_super_users(self.accounts).is_ok


TestAnOrganisation = AnOrganisation.TestCase


@given(
    st.lists(st.sampled_from(OUTSIDE), max_size=30),
    POLICIES,
)
def test_a_deleted_account_stays_as_it_is(events, policy):
    """No event brings a deleted account back, or changes it."""
    gone = Account(id="1", state=S.DELETED)
    one = gone
    for event in events:
        one = after_event(one, event, as_of=FIRST, policy=policy)

    assert one is gone


@given(st.sampled_from(S), st.booleans())
def test_who_gets_in_can_log_on_or_change_the_password(state, has_question):
    """A log-on has steps in just the states from which a log-on can be reached."""
    changed = TABLE.step(state, E.CHANGE_PASSWORD).after
    reachable = TABLE.step(state, E.LOG_ON).is_allowed or changed is S.ACTIVE

    assert bool(logon_steps(state, has_secret_question=has_question)) == reachable


@given(st.text())
def test_the_facts_of_a_password_add_up(password):
    """The facts are those of the text, and those alone decide."""
    facts = password_facts(password)
    plain = [c for c in password if c.isascii() and c.isalnum()]

    assert facts.length == len(password)
    assert facts.others == len(password) - len(plain)
    assert facts == PasswordFacts(
        length=len(password),
        others=facts.others,
        has_upper=any("A" <= c <= "Z" for c in plain),
        has_lower=any("a" <= c <= "z" for c in plain),
        has_digit=any("0" <= c <= "9" for c in plain),
    )


@given(st.from_regex(r"[A-Za-z0-9]{8,40}", fullmatch=True))
def test_a_long_password_of_all_three_kinds_is_sound(password):
    """Only the kinds that are missing are found."""
    assert not check_password(password_facts("Aa1" + password))


@given(st.dates(FIRST, dt.date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_a_password_expires_once(set_on, lifetime, days):
    """A password is good up to its last day and never again after it."""
    as_of = set_on + dt.timedelta(days=days)

    assert is_password_expired(set_on, as_of, lifetime=lifetime) == (days > lifetime)


@given(st.text())
def test_an_answer_is_itself_in_whatever_case(answer):
    """Case never decides."""
    assert is_same_answer(answer, answer)
    assert is_same_answer(answer.casefold(), answer)

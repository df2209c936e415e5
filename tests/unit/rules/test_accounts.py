"""Accounts: every state and event, log-ons, passwords, identity, breaches."""

import datetime as dt

import attrs
import pytest

from ulnlib.errors import InvalidValue
from ulnlib.rules.accounts import (
    BREACHES,
    ESCALATION,
    LOGON_STEPS,
    MAY_BRING_ABOUT,
    PASSWORD_LIFETIME_DAYS,
    PASSWORD_MINIMUM_LENGTH,
    RESPONSIBILITIES,
    SUSPENDED_AFTER_TEN,
    SUSPENDED_AFTER_THREE,
    TABLE,
    Account,
    AccountBreach,
    AccountEvent,
    AccountState,
    AccountStatus,
    Actor,
    EscalationStep,
    LogonStep,
    PasswordFacts,
    SuspensionPolicy,
    after_event,
    check_password,
    identity_confirmed,
    is_password_expired,
    is_same_answer,
    logon_steps,
    may_bring_about,
    may_reset_own_password,
    may_send_logon,
    next_escalation,
    password_facts,
)
from ulnlib.rules.clauses import clause
from ulnlib.rules.roles import Action, Role

S, E = AccountState, AccountEvent
DAY = dt.date(2026, 11, 21)

# The whole table once more, written by hand: a letter for the state after, a dot for
# a refusal. The columns are: Not created, One-time password, Active, eXpired,
# Suspended (by hand), the same with an Expired and with a one-Time password, Locked
# (by wrong passwords), the same with an exPired and with a one-tiMe password, Deleted.
LETTERS = dict(zip("NOAXSETLPMD", AccountState, strict=True))
EXPECTED = {
    E.CREATE: "O..........",
    E.LOG_ON: "..A........",
    E.WRONG_PASSWORD: ".OAX.......",
    E.LAST_WRONG_PASSWORD: ".MLP.......",
    E.DECLINE_TERMS: "..A........",
    E.CHANGE_PASSWORD: ".AAA.......",
    E.FORGET_PASSWORD: ".OOO...OOO.",
    E.EXPIRE_PASSWORD: ".OXXEETPPM.",
    E.RESET_PASSWORD: ".OOOTTTMMM.",
    E.SUSPEND: ".TSESETSET.",
    E.REACTIVATE: "....AXOAXO.",
    E.UPDATE: ".OAXSETLPM.",
    E.REASSIGN: "...........",
    E.LEAVE: ".OAXSETLPM.",
    E.DELETE: ".DDDDDDDDD.",
}


def account(**facts):
    return Account(id="1", organisation="10012345", **facts)


def after(state, *events, policy=SUSPENDED_AFTER_TEN, as_of=DAY):
    one = account(state=state)
    for event in events:
        one = after_event(one, event, as_of=as_of, policy=policy)
    return one


@pytest.mark.conformance
class TestTheTable:
    """Sections 2.3 and 3.4 of the portal guide: PG-2.3-2 to PG-3.4.6.4-2."""

    @pytest.mark.parametrize("event", AccountEvent)
    @pytest.mark.parametrize("letter", LETTERS)
    def test_every_event_in_every_state(self, letter, event):
        cell = EXPECTED[event]["NOAXSETLPMD".index(letter)]
        step = TABLE.step(LETTERS[letter], event)

        assert step.after is LETTERS.get(cell)
        assert clause(step.clause)
        # A refusal says what to do instead, but for names and sense.
        assert step.is_allowed or step.note

    def test_it_is_as_large_as_its_enums(self):
        assert len(TABLE) == len(AccountState) * len(AccountEvent) == 11 * 15

    def test_an_account_is_never_handed_on(self):
        """PG-3.4.4-2."""
        step = TABLE.step(S.ACTIVE, E.REASSIGN)

        assert (step.after, step.clause) == (None, "PG-3.4.4-2")
        assert step.note == "delete it and create a new one for the other person"

    def test_a_one_time_password_survives_a_suspension(self):
        """PG-2.3.1-2: it is still changed at its first use."""
        events = (E.CREATE, E.SUSPEND, E.REACTIVATE)

        assert after(S.NOT_CREATED, *events).state is S.ONE_TIME_PASSWORD

    def test_unlocking_leaves_the_password_and_tells_to_reset_it(self):
        """PG-3.4.6.3-4 and PG-3.4.6.1-4."""
        step = TABLE.step(S.LOCKED, E.REACTIVATE)

        assert step.after is S.ACTIVE
        assert step.note.startswith("reset the password as well")

    def test_the_link_opens_what_wrong_passwords_closed_and_no_more(self):
        """PG-3.4.6-1 and PG-3.4.6-3."""
        assert TABLE.step(S.LOCKED, E.FORGET_PASSWORD).after is S.ONE_TIME_PASSWORD
        assert TABLE.step(S.SUSPENDED, E.FORGET_PASSWORD).clause == "PG-3.4.6-3"

    def test_a_deleted_account_says_to_make_a_new_one(self):
        """PG-3.4.5-5."""
        refused = [TABLE.step(S.DELETED, event) for event in AccountEvent]

        assert {step.note for step in refused} == {
            "make a new account; a deleted one never opens again"
        }


@pytest.mark.parametrize(
    ("state", "status", "is_open"),
    [
        (S.NOT_CREATED, None, False),
        (S.ONE_TIME_PASSWORD, AccountStatus.ACTIVE, True),
        (S.ACTIVE, AccountStatus.ACTIVE, True),
        (S.PASSWORD_EXPIRED, AccountStatus.ACTIVE, True),
        (S.SUSPENDED, AccountStatus.SUSPENDED, False),
        (S.SUSPENDED_EXPIRED, AccountStatus.SUSPENDED, False),
        (S.SUSPENDED_ONE_TIME, AccountStatus.SUSPENDED, False),
        (S.LOCKED, AccountStatus.SUSPENDED, False),
        (S.LOCKED_EXPIRED, AccountStatus.SUSPENDED, False),
        (S.LOCKED_ONE_TIME, AccountStatus.SUSPENDED, False),
        (S.DELETED, AccountStatus.DELETED, False),
    ],
)
def test_a_state_has_the_status_that_the_portal_shows(state, status, is_open):
    assert (state.status, state.is_open) == (status, is_open)


@pytest.mark.conformance
class TestWhoBringsItAbout:
    """Sections 3.2 and 3.5: the super user manages, the service desk does not."""

    @pytest.mark.parametrize(
        ("actor", "events"),
        [
            (
                Actor.USER,
                "LOG_ON WRONG_PASSWORD DECLINE_TERMS CHANGE_PASSWORD FORGET_PASSWORD",
            ),
            (
                Actor.SUPER_USER,
                "CREATE RESET_PASSWORD SUSPEND REACTIVATE UPDATE LEAVE DELETE",
            ),
            (Actor.SERVICE_DESK, "SUSPEND"),
            (Actor.PORTAL, "LAST_WRONG_PASSWORD EXPIRE_PASSWORD"),
        ],
    )
    def test_each_actor_has_its_events(self, actor, events):
        """PG-2.1-1, PG-3.2-4, PG-3.2-5, PG-3.2-7."""
        allowed = [event.name for event in E if may_bring_about(actor, event)]

        assert allowed == sorted(events.split(), key=list(E.__members__).index)
        assert all(clause(may_bring_about(actor, event).clause) for event in E)

    @pytest.mark.parametrize("event", [E.RESET_PASSWORD, E.REACTIVATE])
    def test_the_service_desk_neither_resets_nor_unlocks(self, event):
        """PG-3.2-6, with and without a super user."""
        for has in (True, False):
            decision = may_bring_about(Actor.SERVICE_DESK, event, has_super_user=has)
            assert (decision.allowed, decision.clause) == (False, "PG-3.2-6")

    def test_the_service_desk_creates_an_account_only_for_want_of_super_users(self):
        """PG-3.2-3 and PG-3.5-1."""
        with_one = may_bring_about(Actor.SERVICE_DESK, E.CREATE)
        without = may_bring_about(Actor.SERVICE_DESK, E.CREATE, has_super_user=False)

        assert (with_one.allowed, with_one.clause) == (False, "PG-3.2-3")
        assert (without.allowed, without.clause) == (True, "PG-3.5-1")

    def test_what_is_left_is_the_super_users_business(self):
        assert may_bring_about(Actor.SERVICE_DESK, E.DELETE).clause == "PG-2.1-1"
        assert may_bring_about(Actor.USER, E.CREATE).clause == "PG-2.1-1"

    @pytest.mark.parametrize("actor", Actor)
    def test_nobody_hands_an_account_on(self, actor):
        """PG-3.4.4-2."""
        assert may_bring_about(actor, E.REASSIGN).clause == "PG-3.4.4-2"

    def test_every_row_of_the_table_has_its_clause(self):
        assert all(clause(name) for name in MAY_BRING_ABOUT.values())


@pytest.mark.conformance
class TestLoggingOn:
    """Sections 2.2, 2.3 and 2.3.1."""

    def test_the_first_time_has_everything_in_order(self):
        """PG-2.3.1-2, PG-2.3.1-6, PG-2.3.1-8."""
        assert logon_steps(S.ONE_TIME_PASSWORD, has_secret_question=False) == (
            LogonStep.ONE_TIME_PASSWORD,
            LogonStep.ONE_TIME_PASSWORD_AGAIN,
            LogonStep.NEW_PASSWORD,
            LogonStep.TERMS,
            LogonStep.SECRET_QUESTION,
        )

    def test_later_it_is_the_password_and_the_terms(self):
        """PG-2.3-1 and PG-2.2-1."""
        assert logon_steps(S.ACTIVE, has_secret_question=True) == (
            LogonStep.PASSWORD,
            LogonStep.TERMS,
        )

    def test_an_expired_password_is_changed_before_the_terms(self):
        """PG-2.3.1-5."""
        assert logon_steps(S.PASSWORD_EXPIRED, has_secret_question=True) == (
            LogonStep.PASSWORD,
            LogonStep.NEW_PASSWORD,
            LogonStep.TERMS,
        )

    @pytest.mark.parametrize("state", AccountState)
    def test_the_terms_are_in_every_log_on(self, state):
        """PG-2.2-1."""
        steps = logon_steps(state, has_secret_question=False)

        assert (LogonStep.TERMS in steps) == state.is_open
        assert bool(steps) == state.is_open
        assert set(LOGON_STEPS) == set(AccountState)

    def test_who_declines_the_terms_has_not_logged_on(self):
        """PG-2.3-3."""
        one = after(S.ACTIVE, E.DECLINE_TERMS)

        assert (one.state, one.last_used) == (S.ACTIVE, None)


@pytest.mark.conformance
class TestWrongPasswords:
    """PG-3.4.6.1-1 says ten, PG-3.4.6.3-1 says three: the caller chooses."""

    @pytest.mark.parametrize(
        ("policy", "attempts", "name"),
        [
            (SUSPENDED_AFTER_THREE, 3, "PG-3.4.6.3-1"),
            (SUSPENDED_AFTER_TEN, 10, "PG-3.4.6.1-1"),
        ],
    )
    def test_the_last_one_suspends(self, policy, attempts, name):
        wrong = [E.WRONG_PASSWORD]
        before = after(S.ACTIVE, *wrong * (attempts - 1), policy=policy)
        locked = after(S.ACTIVE, *wrong * attempts, policy=policy)

        assert (before.state, before.wrong_passwords) == (S.ACTIVE, attempts - 1)
        assert (locked.state, locked.wrong_passwords) == (S.LOCKED, attempts)
        assert (policy.attempts, policy.clause) == (attempts, name)
        assert clause(name)

    def test_a_policy_has_to_be_chosen(self):
        with pytest.raises(TypeError, match="policy"):
            after_event(account(), E.LOG_ON, as_of=DAY)

    @pytest.mark.parametrize(
        "event",
        [E.LOG_ON, E.CHANGE_PASSWORD, E.FORGET_PASSWORD, E.RESET_PASSWORD],
    )
    def test_a_right_or_a_new_password_begins_the_count_anew(self, event):
        one = after(S.ACTIVE, E.WRONG_PASSWORD, E.WRONG_PASSWORD, event)

        assert one.wrong_passwords == 0

    def test_so_does_a_reactivation(self):
        one = after(
            S.ACTIVE,
            *[E.WRONG_PASSWORD] * 3,
            E.REACTIVATE,
            policy=SUSPENDED_AFTER_THREE,
        )

        assert (one.state, one.wrong_passwords) == (S.ACTIVE, 0)

    def test_so_does_declining_the_terms_for_the_password_was_right(self):
        """PG-3.4.6.3-1 and PG-2.3-3."""
        wrong = [E.WRONG_PASSWORD] * 2
        one = after(
            S.ACTIVE,
            *wrong,
            E.DECLINE_TERMS,
            *wrong,
            policy=SUSPENDED_AFTER_THREE,
        )

        assert (one.state, one.wrong_passwords) == (S.ACTIVE, 2)

    def test_so_does_a_log_on_with_a_password_that_has_grown_old(self):
        """PG-2.3.1-5."""
        old = account(password_set=dt.date(2020, 1, 1), wrong_passwords=2)
        one = after_event(old, E.LOG_ON, as_of=DAY, policy=SUSPENDED_AFTER_THREE)

        assert (one.state, one.wrong_passwords) == (S.PASSWORD_EXPIRED, 0)
        assert one.password_set == dt.date(2020, 1, 1)

    @pytest.mark.parametrize("state", [S.ONE_TIME_PASSWORD, S.PASSWORD_EXPIRED])
    def test_so_does_a_right_password_that_has_to_be_changed_first(self, state):
        one = after(state, E.WRONG_PASSWORD, E.LOG_ON)

        assert (one.state, one.wrong_passwords, one.last_used) == (state, 0, None)

    def test_the_last_day_of_a_password_does_not(self):
        one = after(S.ACTIVE, E.WRONG_PASSWORD, E.EXPIRE_PASSWORD)

        assert (one.state, one.wrong_passwords) == (S.PASSWORD_EXPIRED, 1)

    def test_a_suspended_account_counts_no_more(self):
        assert after(S.SUSPENDED, E.WRONG_PASSWORD) == account(state=S.SUSPENDED)

    def test_a_policy_of_ones_own(self):
        strict = SuspensionPolicy(attempts=1, clause="PG-3.4.6.1-1")

        assert after(S.ACTIVE, E.WRONG_PASSWORD, policy=strict).state is S.LOCKED
        with pytest.raises(ValueError, match="at least 1"):
            SuspensionPolicy(attempts=0, clause="PG-3.4.6.1-1")


class TestAfterAnEvent:
    def test_who_leaves_has_left_and_the_account_stays_until_it_is_deleted(self):
        """PG-3.4.5-1 and PG-3.4.5-2."""
        one = after(S.ACTIVE, E.LEAVE)

        assert (one.state, one.has_left) == (S.ACTIVE, True)
        assert "until a super user deletes it" in TABLE.step(S.ACTIVE, E.LEAVE).note
        assert after(S.ACTIVE, E.LEAVE, E.UPDATE).has_left
        assert after(S.ACTIVE, E.LEAVE, E.DELETE).state is S.DELETED
        assert not after(S.ACTIVE, E.DELETE).has_left

    def test_the_link_takes_a_one_time_password_where_there_is_a_question(self):
        """PG-3.4.6-1 and PG-2.3.1-7: a user chooses one after the first log-on."""
        for state in (S.ONE_TIME_PASSWORD, S.LOCKED_ONE_TIME):
            for has in (True, False):
                before = account(state=state, has_secret_question=has)
                one = after_event(
                    before, E.FORGET_PASSWORD, as_of=DAY, policy=SUSPENDED_AFTER_TEN
                )
                assert (one is before) is not has
                assert (one.password_set == DAY) is has

    def test_nothing_is_lost_behind_a_suspension(self):
        """PG-2.3.1-5: an expired password has still to be changed."""
        for event in (E.SUSPEND, E.LAST_WRONG_PASSWORD):
            one = after(S.PASSWORD_EXPIRED, event, E.REACTIVATE)
            assert one.state is S.PASSWORD_EXPIRED
            one = after(S.ACTIVE, event, E.EXPIRE_PASSWORD, E.REACTIVATE)
            assert one.state is S.PASSWORD_EXPIRED

    def test_wrong_one_time_passwords_are_not_a_suspension_by_hand(self):
        """PG-3.4.6-1 and PG-3.4.6-3."""
        locked = after(S.ONE_TIME_PASSWORD, E.LAST_WRONG_PASSWORD).state
        reset = after(S.LOCKED, E.RESET_PASSWORD).state

        assert locked is reset is S.LOCKED_ONE_TIME
        assert TABLE.step(locked, E.FORGET_PASSWORD).is_allowed
        by_hand = TABLE.step(S.SUSPENDED_ONE_TIME, E.FORGET_PASSWORD)
        assert by_hand.note.startswith("it was suspended by hand")

    def test_a_refused_event_leaves_the_account_as_it_was(self):
        before = account(state=S.DELETED)

        assert (
            after_event(before, E.LOG_ON, as_of=DAY, policy=SUSPENDED_AFTER_TEN)
            is before
        )

    def test_creating_sets_the_days(self):
        one = after(S.NOT_CREATED, E.CREATE)

        assert (one.created, one.password_set, one.last_used) == (DAY, DAY, None)

    def test_a_log_on_sets_the_last_use_alone(self):
        one = after(S.ACTIVE, E.LOG_ON)

        assert (one.created, one.password_set, one.last_used) == (None, None, DAY)

    @pytest.mark.parametrize(
        "event", [E.CHANGE_PASSWORD, E.FORGET_PASSWORD, E.RESET_PASSWORD]
    )
    def test_a_new_password_sets_its_day(self, event):
        one = after(S.ACTIVE, event)

        assert (one.created, one.password_set) == (None, DAY)

    @pytest.mark.conformance
    def test_an_old_password_expires_at_the_log_on(self):
        """PG-2.3.1-5."""

        def log_on(days):
            one = account(password_set=DAY - dt.timedelta(days=days))
            return after_event(one, E.LOG_ON, as_of=DAY, policy=SUSPENDED_AFTER_THREE)

        assert (log_on(44).state, log_on(44).last_used) == (S.ACTIVE, DAY)
        assert (log_on(45).state, log_on(45).last_used) == (S.PASSWORD_EXPIRED, None)

    def test_another_event_does_not_look_at_its_age(self):
        old = account(password_set=dt.date(2020, 1, 1))
        one = after_event(old, E.UPDATE, as_of=DAY, policy=SUSPENDED_AFTER_TEN)

        assert one.state is S.ACTIVE

    def test_nor_does_a_log_on_that_is_refused_anyway(self):
        old = account(password_set=dt.date(2020, 1, 1), state=S.SUSPENDED)
        one = after_event(old, E.LOG_ON, as_of=DAY, policy=SUSPENDED_AFTER_TEN)

        assert one is old


class TestTheValue:
    def test_it_shows_its_id_alone(self):
        one = account(
            person="S-1", given_name="Ada", family_name="Example", email="a@b.org"
        )

        assert repr(one) == "Account(id='1')"

    def test_it_takes_words(self):
        one = account(state="active", roles=["LRB Batch User"], needs=["find learner"])

        assert one.state is S.ACTIVE
        assert one.is_super_user is False
        assert one.roles == frozenset({Role.BATCH})
        assert one.needs == frozenset({Action.FIND_LEARNER})
        for facts in (
            {"state": "Jane Smith"},
            {"roles": ["Jane Smith"]},
            {"needs": ["Jane Smith"]},
        ):
            with pytest.raises(InvalidValue, match=r"^this is none of: "):
                account(**facts)
        for facts in ({"roles": Role.BATCH}, {"needs": "find learner"}):
            with pytest.raises(TypeError, match="not one text"):
                account(**facts)

    @pytest.mark.parametrize("state", AccountState)
    @pytest.mark.parametrize("event", AccountEvent)
    def test_every_function_takes_words(self, state, event):
        policy = {"as_of": DAY, "policy": SUSPENDED_AFTER_TEN}
        facts = {"has_email": True, "answer_matched": True}

        assert after_event(
            account(state=state.value), event.value, **policy
        ) == after_event(account(state=state), event, **policy)
        assert TABLE.step(state.value, event.value) is TABLE.step(state, event)
        for has in (True, False):
            assert logon_steps(state.value, has_secret_question=has) == logon_steps(
                state, has_secret_question=has
            )
        assert may_reset_own_password(state.value, **facts) == (
            may_reset_own_password(state, **facts)
        )
        for actor in Actor:
            assert may_bring_about(actor.value, event.value) == (
                may_bring_about(actor, event)
            )

    def test_another_word_is_refused_without_being_shown(self):
        for call in (
            lambda: after(S.ACTIVE, "Jane Smith"),
            lambda: logon_steps("Jane Smith", has_secret_question=True),
            lambda: may_bring_about("Jane Smith", E.CREATE),
            lambda: may_bring_about(Actor.USER, "Jane Smith"),
            lambda: next_escalation(["Jane Smith"]),
            lambda: may_reset_own_password(
                "Jane Smith", has_email=True, answer_matched=True
            ),
        ):
            with pytest.raises(InvalidValue, match=r"^this is none of: "):
                call()
        with pytest.raises(TypeError, match="not one text"):
            next_escalation(EscalationStep.CONTACT)

    def test_it_takes_any_collection_of_roles_and_needs(self):
        one = account(roles=[Role.BATCH, Role.BATCH], needs=iter(()))

        assert one.roles == frozenset({Role.BATCH})
        assert one.needs == frozenset()
        assert account().needs is None
        assert attrs.evolve(one, roles=()).roles == frozenset()

    def test_a_super_user_has_the_role(self):
        assert account(roles=[Role.SUPER_USER]).is_super_user
        assert not account(roles=[Role.ONLINE]).is_super_user


@pytest.mark.conformance
class TestPasswords:
    """PG-2.3.1-3 and PG-2.3.1-4."""

    @pytest.mark.parametrize(
        ("password", "codes"),
        [
            ("Enrol2026", ""),
            ("Abcdefg1", ""),
            ("Abcdef1", "password-short"),
            ("abcdefg1", "password-no-capital"),
            ("ABCDEFG1", "password-no-small-letter"),
            ("Abcdefgh", "password-no-digit"),
            ("Abcdefg1!", "password-other-characters"),
            ("ABCDEFg1", ""),
            ("aBCDEFG1", ""),
            ("abcdefG1", ""),
            ("Abcde1!!!", "password-short password-other-characters"),
            ("\u00c9cole2026", "password-no-capital password-other-characters"),
            (
                "",
                (
                    "password-short password-no-capital password-no-small-letter "
                    "password-no-digit"
                ),
            ),
        ],
    )
    def test_what_a_password_lacks(self, password, codes):
        report = check_password(password_facts(password))

        assert [found.code for found in report] == codes.split()
        assert {found.field for found in report} <= {"password"}

    def test_other_characters_are_a_warning(self):
        assert check_password(password_facts("Abcdefg1 ")).is_ok

    def test_the_facts_do_not_hold_the_password(self):
        facts = password_facts("Abcdefg1!")

        assert facts == PasswordFacts(
            length=9, has_upper=True, has_lower=True, has_digit=True, others=1
        )
        assert "Abc" not in repr(facts)

    def test_the_least_length_is_named(self):
        [found] = check_password(password_facts("Abcde1"))

        assert "8 letters and digits" in found.message
        assert PASSWORD_MINIMUM_LENGTH == 8


@pytest.mark.conformance
def test_a_password_is_good_for_44_days():
    """PG-2.3.1-5; the last day still counts (assumed)."""
    set_on = dt.date(2026, 1, 1)

    assert not is_password_expired(set_on, dt.date(2026, 2, 14))
    assert is_password_expired(set_on, dt.date(2026, 2, 15))
    assert is_password_expired(set_on, dt.date(2026, 1, 4), lifetime=2)
    assert PASSWORD_LIFETIME_DAYS == 44


@pytest.mark.conformance
class TestIdentity:
    """Section 3.4.6.2, and what comes of it."""

    def test_capitals_make_no_difference(self):
        """PG-3.4.6.2-2: the guide's own example."""
        assert is_same_answer("taylor", "Taylor")
        assert not is_same_answer("tailor", "Taylor")
        assert not is_same_answer("taylor ", "Taylor")

    def test_the_answer_decides(self):
        """PG-3.4.6.2-1."""
        right = identity_confirmed(has_secret_question=True, answer_matched=True)
        wrong = identity_confirmed(has_secret_question=True)

        assert (right.allowed, right.clause) == (True, "PG-3.4.6.2-1")
        assert (wrong.allowed, wrong.clause) == (False, "PG-3.4.6.2-1")

    def test_without_a_question_there_is_no_answer(self):
        decision = identity_confirmed(has_secret_question=False, answer_matched=True)

        assert (decision.allowed, decision.clause) == (False, "PG-3.4.6-2")

    @pytest.mark.parametrize(
        ("state", "has_email", "matched", "allowed", "name"),
        [
            (S.ACTIVE, True, True, True, "PG-3.4.6-1"),
            (S.LOCKED, True, True, True, "PG-3.4.6-1"),
            (S.LOCKED_ONE_TIME, True, True, True, "PG-3.4.6-1"),
            (S.ONE_TIME_PASSWORD, True, True, True, "PG-3.4.6-1"),
            (S.ONE_TIME_PASSWORD, True, False, False, "PG-3.4.6-2"),
            (S.SUSPENDED_ONE_TIME, True, True, False, "PG-3.4.6-3"),
            (S.LOCKED, False, True, False, "PG-3.4.6-2"),
            (S.LOCKED, True, False, False, "PG-3.4.6-2"),
            (S.SUSPENDED, True, True, False, "PG-3.4.6-3"),
            (S.DELETED, True, True, False, "PG-3.4.5-5"),
        ],
    )
    def test_the_link_needs_an_address_and_the_answer(
        self, state, has_email, matched, allowed, name
    ):
        """PG-3.4.3-3, PG-3.4.6-1, PG-3.4.6-2, PG-3.4.6-3."""
        decision = may_reset_own_password(
            state, has_email=has_email, answer_matched=matched
        )

        assert (decision.allowed, decision.clause) == (allowed, name)
        assert clause(name)


@pytest.mark.conformance
@pytest.mark.parametrize("user_name", [True, False])
@pytest.mark.parametrize("password", [True, False])
@pytest.mark.parametrize("email", [True, False])
def test_a_log_on_is_sent_but_not_both_halves_in_an_email(user_name, password, email):
    """PG-3.4.3-7 and PG-1.4-7."""
    decision = may_send_logon(
        with_user_name=user_name, with_password=password, by_email=email
    )

    assert decision.allowed == (not (user_name and password and email))
    assert decision.clause == ("PG-3.4.3-7" if decision else "PG-1.4-7")
    assert clause(decision.clause)


@pytest.mark.conformance
class TestBreaches:
    """Section 1.4."""

    def test_every_breach_names_its_clause(self):
        assert list(BREACHES) == list(AccountBreach)
        assert all(clause(name) for name in BREACHES.values())

    def test_what_a_user_takes_on_can_be_shown(self):
        """PG-2.2-2 to PG-2.2-7."""
        texts = [clause(name).text for name in RESPONSIBILITIES]

        assert len(texts) == 6
        assert texts[0] == "A user tells nobody the own user name and password."

    def test_the_steps_are_in_the_guides_order(self):
        """PG-1.4-E0 to PG-1.4-E4."""
        assert list(ESCALATION) == list(EscalationStep)
        assert [clause(name).section for name in ESCALATION.values()] == ["1.4"] * 5

    def test_each_step_leads_to_the_next_and_the_last_to_none(self):
        """PG-1.4-E5."""
        taken = []
        while (step := next_escalation(taken)) is not None:
            taken.append(step)

        assert taken == [
            EscalationStep.CONTACT,
            EscalationStep.DISABLE_USER,
            EscalationStep.DISABLE_ORGANISATION,
            EscalationStep.ESCALATE,
            EscalationStep.REPORT,
        ]

    def test_the_furthest_step_counts_in_whatever_order_they_are_given(self):
        taken = [EscalationStep.DISABLE_ORGANISATION, EscalationStep.CONTACT]

        assert next_escalation(taken) is EscalationStep.ESCALATE

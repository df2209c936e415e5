"""Users and super users: creating, changing and auditing accounts."""

import datetime as dt

import attrs
import pytest

from ulnlib.errors import InvalidValue
from ulnlib.rules.accounts import Account, AccountEvent, AccountState
from ulnlib.rules.clauses import clause
from ulnlib.rules.roles import Action, Role
from ulnlib.rules.users import (
    GENERIC_WORDS,
    SUPER_USERS_ADVISED,
    UNUSED_AFTER_DAYS,
    UPDATABLE,
    SuperUserForm,
    SuperUserLoss,
    audit,
    audit_due,
    check_account,
    check_super_user_form,
    check_super_users,
    check_update,
    contact,
    existing_accounts,
    holds_secret,
    may_act,
    may_create,
    may_manage,
    may_request_super_user,
    may_use_for,
)

COLLEGE, SCHOOL = "10012345", "10054321"
DAY = dt.date(2026, 11, 21)
S, E = AccountState, AccountEvent
SUPER = frozenset({Role.SUPER_USER})


def account(number="1", **facts):
    sound = {
        "organisation": COLLEGE,
        "person": f"S-{number}",
        "given_name": "Ada",
        "family_name": "Example",
        "email": f"person{number}@example.org",
        "telephone": "01632 960001",
        "verification_provided": "staff card",
        "roles": {Role.ONLINE},
        "last_used": DAY,
    }
    return Account(id=number, **(sound | facts))


def super_users(count, **facts):
    return [account(str(n), roles=SUPER, **facts) for n in range(count)]


# The field at which each finding stands.
PLACES = {
    "account-duplicate-person": "person",
    "account-email-format": "email",
    "account-left-open": "has_left",
    "account-name-missing": None,
    "account-never-used": "last_used",
    "account-other-organisation": "organisation",
    "account-reassigned": "person",
    "account-reassigned-possible": "given_name",
    "account-secret-in-verification": "verification_provided",
    "account-shared-mailbox": "email",
    "account-unused": "last_used",
    "account-user-name-changed": "user_name",
    "account-without-email": "email",
    "account-without-role": "roles",
    "account-without-telephone": "telephone",
    "account-without-verification": "verification_provided",
    "form-not-hand-signed": "signature",
    "form-other-signatory": "signature",
    "form-signatory-rank": "signature",
    "generic-account": "given_name",
    "generic-account-possible": "given_name",
    "role-not-granted": "roles",
    "role-not-needed": "roles",
    "role-superfluous": "roles",
    "role-too-wide": "roles",
    "super-user-none": "super_users",
    "super-users-few": "super_users",
    "super-users-many": "super_users",
}


def codes(report):
    """Return the codes, each of which has to stand at its field."""
    assert all(PLACES[one.code] in {one.field, None} for one in report)
    return [found.code for found in report]


@pytest.mark.conformance
class TestHowManySuperUsers:
    """PG-3.1-1 to PG-3.1-3, FAQ-SU-1: three to five, as a guideline."""

    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            (0, ["super-user-none"]),
            (1, ["super-users-few"]),
            (2, ["super-users-few"]),
            (3, []),
            (5, []),
            (6, ["super-users-many"]),
        ],
    )
    def test_the_number_counts(self, count, expected):
        report = check_super_users([account("9"), *super_users(count)])

        assert codes(report) == expected
        assert report.is_ok == (count > 0)

    def test_the_numbers_are_named(self):
        assert "2; at least 3" in check_super_users(super_users(2))[0].message
        assert "6; at most 5" in check_super_users(super_users(6))[0].message
        assert SUPER_USERS_ADVISED == (3, 5)

    @pytest.mark.parametrize(
        "facts",
        [
            {"state": S.SUSPENDED},
            {"state": S.LOCKED},
            {"state": S.DELETED},
            {"has_left": True},
        ],
    )
    def test_who_cannot_get_in_does_not_count(self, facts):
        assert codes(check_super_users(super_users(3, **facts))) == ["super-user-none"]

    @pytest.mark.parametrize("state", [S.ONE_TIME_PASSWORD, S.PASSWORD_EXPIRED])
    def test_who_has_only_to_change_the_password_counts(self, state):
        assert not check_super_users(super_users(3, state=state))


@pytest.mark.conformance
class TestALostSuperUser:
    """PG-3.5-1 to PG-3.5-4, FAQ-SU-2."""

    LOST = account("1", roles=SUPER, state=S.SUSPENDED)

    @pytest.mark.parametrize("loss", SuperUserLoss)
    def test_the_form_is_for_who_has_no_other(self, loss):
        decision = may_request_super_user(loss, self.LOST, [self.LOST, account("2")])

        assert (decision.allowed, decision.clause) == (True, "PG-3.5-1")

    @pytest.mark.parametrize("loss", SuperUserLoss)
    def test_another_super_user_helps_instead(self, loss):
        other = account("2", roles=SUPER)
        decision = may_request_super_user(loss, self.LOST, [self.LOST, other])

        assert (decision.allowed, decision.clause) == (False, "PG-3.2-1")

    def test_another_one_who_cannot_get_in_does_not(self):
        other = account("2", roles=SUPER, state=S.LOCKED)

        assert may_request_super_user(SuperUserLoss.LEFT, self.LOST, [self.LOST, other])

    def test_a_failed_answer_counts_only_when_the_account_is_suspended(self):
        still_in = account("1", roles=SUPER)

        assert not may_request_super_user(
            SuperUserLoss.SECRET_ANSWER_FAILED, still_in, [still_in]
        )
        assert may_request_super_user(SuperUserLoss.LONG_LEAVE, still_in, [still_in])

    @pytest.mark.parametrize("loss", SuperUserLoss)
    def test_what_was_no_super_users_account_is_no_such_loss(self, loss):
        user = account("1", state=S.SUSPENDED)
        never = account("1", roles=SUPER, state=S.NOT_CREATED)

        assert not may_request_super_user(loss, user, [user])
        assert not may_request_super_user(loss, never, [never])

    @pytest.mark.parametrize(
        ("state", "allowed"),
        [
            (S.SUSPENDED, True),
            (S.SUSPENDED_ONE_TIME, True),
            (S.LOCKED, True),
            (S.DELETED, False),
            (S.NOT_CREATED, False),
            (S.ACTIVE, False),
        ],
    )
    def test_an_answer_fails_only_who_has_a_suspended_account(self, state, allowed):
        lost = account("1", roles=SUPER, state=state)
        decision = may_request_super_user(
            "suspended, and the secret answer fails", lost, [lost]
        )

        assert (decision.allowed, decision.clause) == (allowed, "PG-3.5-1")

    def test_who_has_left_may_have_been_deleted(self):
        gone = account("1", roles=SUPER, state=S.DELETED)

        assert may_request_super_user(SuperUserLoss.LEFT, gone, [gone])

    def test_another_word_for_a_loss_is_refused_without_being_shown(self):
        with pytest.raises(InvalidValue, match=r"^this is none of: suspended, and"):
            may_request_super_user("Jane Smith", self.LOST, [self.LOST])

    @pytest.mark.parametrize(
        ("hand", "manager", "agreement", "expected"),
        [
            (True, True, True, []),
            (False, True, True, ["form-not-hand-signed"]),
            (True, False, True, ["form-signatory-rank"]),
            (True, True, False, ["form-other-signatory"]),
            (
                False,
                False,
                False,
                ["form-not-hand-signed", "form-signatory-rank", "form-other-signatory"],
            ),
        ],
    )
    def test_how_the_form_is_signed(self, hand, manager, agreement, expected):
        report = check_super_user_form(
            SuperUserForm(
                is_hand_signed=hand, is_manager=manager, signed_agreement=agreement
            )
        )

        assert codes(report) == expected
        assert report.is_ok == (hand and manager)


@pytest.mark.conformance
class TestWhomTheServiceWritesTo:
    """PG-3.4.1-10: the most recently active super user."""

    def test_it_is_the_one_who_logged_on_last(self):
        early, late = (
            account(number, roles=SUPER, last_used=dt.date(2026, month, 1))
            for number, month in (("1", 3), ("2", 9))
        )
        user = account("3", last_used=DAY)

        assert contact([early, late, user]) is late
        assert contact([late, early]) is late

    def test_of_two_on_one_day_it_is_the_first(self):
        first, second = super_users(2)

        assert contact([first, second]) is first

    def test_who_never_logged_on_is_passed_over(self):
        never, once = (
            account("1", roles=SUPER, last_used=None),
            account("2", roles=SUPER),
        )

        assert contact([never, once]) is once

    def test_who_never_logged_on_or_cannot_is_nobody(self):
        assert contact(super_users(2, last_used=None)) is None
        assert contact(super_users(1, state=S.SUSPENDED)) is None
        assert contact([]) is None


@pytest.mark.conformance
class TestManaging:
    """Section 3.2, and PG-3.5-5: the last super user stays."""

    BOSS = account("1", roles=SUPER)
    OTHER = account("2", roles=SUPER)
    USER = account("3")

    @pytest.mark.parametrize(
        "event",
        [E.RESET_PASSWORD, E.SUSPEND, E.UPDATE, E.LEAVE, E.DELETE],
    )
    def test_a_super_user_looks_after_the_users(self, event):
        """PG-3.2-1, PG-3.2-4, PG-3.2-5, PG-3.2-7."""
        decision = may_manage(self.BOSS, self.USER, event, [self.BOSS, self.USER])

        assert decision
        assert clause(decision.clause).section.startswith("3.2")

    @pytest.mark.parametrize(
        "manager",
        [
            account("3"),
            account("1", roles=SUPER, organisation=SCHOOL),
            account("1", roles=SUPER, state=S.SUSPENDED),
            account("1", roles=SUPER, has_left=True),
        ],
        ids=["no super user", "another organisation", "suspended", "has left"],
    )
    def test_nobody_else_does(self, manager):
        decision = may_manage(manager, self.USER, E.SUSPEND, [self.USER])

        assert (decision.allowed, decision.clause) == (False, "PG-3.2-1")

    def test_what_is_not_a_super_users_is_refused(self):
        decision = may_manage(self.BOSS, self.USER, E.LOG_ON, [self.BOSS])

        assert (decision.allowed, decision.clause) == (False, "PG-2.1-1")

    def test_what_the_state_does_not_allow_is_refused(self):
        gone = account("3", state=S.DELETED)
        decision = may_manage(self.BOSS, gone, E.RESET_PASSWORD, [self.BOSS, gone])

        assert (decision.allowed, decision.clause) == (False, "PG-3.4.5-5")

    @pytest.mark.parametrize("event", [E.SUSPEND, E.DELETE, E.LEAVE])
    def test_the_last_super_user_stays(self, event):
        alone = [self.BOSS, self.USER]
        decision = may_manage(self.BOSS, self.BOSS, event, alone)

        assert (decision.allowed, decision.clause) == (False, "PG-3.5-5")
        assert "appoints another one first" in decision.text
        assert may_manage(self.BOSS, self.BOSS, event, [*alone, self.OTHER])

    @pytest.mark.parametrize(
        "other",
        [
            account("2", roles=SUPER, state=S.LOCKED),
            account("2", roles=SUPER, organisation=SCHOOL),
        ],
        ids=["locked", "another organisation"],
    )
    def test_another_one_counts_only_when_able_and_of_the_same_organisation(
        self, other
    ):
        assert not may_manage(self.BOSS, self.BOSS, E.DELETE, [self.BOSS, other])

    def test_a_super_user_who_cannot_get_in_any_more_may_go(self):
        locked = account("2", roles=SUPER, state=S.LOCKED)

        assert may_manage(self.BOSS, locked, E.DELETE, [self.BOSS, locked])

    def test_the_last_one_does_not_lose_the_role(self):
        update = {"event": E.UPDATE, "accounts": [self.BOSS]}
        lost = may_manage(self.BOSS, self.BOSS, **update, new_roles=[Role.ONLINE])

        assert (lost.allowed, lost.clause) == (False, "PG-3.5-5")

    @pytest.mark.parametrize(
        ("new_roles", "granted", "allowed"),
        [
            ([Role.BATCH], [Role.ONLINE], False),
            ([Role.BATCH], [Role.ONLINE, Role.BATCH], True),
            (["LRB Batch User"], ["LRB Batch User"], True),
            ([Role.ONLINE], [], True),
            ([Role.BATCH], None, True),
            (None, [], True),
        ],
    )
    def test_only_roles_that_the_organisation_was_granted_are_given(
        self, new_roles, granted, allowed
    ):
        """PG-A-11; a role that the user has already is not given anew."""
        decision = may_manage(
            self.BOSS,
            self.USER,
            E.UPDATE,
            [self.BOSS, self.USER],
            new_roles=new_roles,
            granted=granted,
        )

        assert decision.allowed is allowed
        assert decision.clause == ("PG-3.2-4" if allowed else "PG-A-11")

    def test_nor_is_an_account_created_with_another_role(self):
        """PG-A-11."""
        new = account("9", state=S.NOT_CREATED)
        create = {"event": "a super user creates it", "accounts": [self.BOSS]}

        assert may_manage(self.BOSS, new, **create, granted=[Role.ONLINE])
        for more in (
            {"granted": [Role.BATCH]},
            {"granted": [Role.ONLINE], "new_roles": [Role.BATCH]},
        ):
            assert may_manage(self.BOSS, new, **create, **more).clause == "PG-A-11"
        assert may_manage(
            self.BOSS, new, **create, granted=[Role.BATCH], new_roles=[Role.BATCH]
        )

    def test_other_events_give_no_role(self):
        both = [self.BOSS, self.USER]

        assert may_manage(self.BOSS, self.USER, E.SUSPEND, both, granted=[])

    def test_one_role_is_no_collection_and_another_word_no_event(self):
        with pytest.raises(TypeError, match="not one text"):
            may_manage(self.BOSS, self.USER, E.UPDATE, [], new_roles=Role.BATCH)
        with pytest.raises(TypeError, match="not one text"):
            may_manage(
                self.BOSS,
                self.USER,
                E.UPDATE,
                [],
                new_roles=[Role.BATCH],
                granted=Role.BATCH,
            )
        with pytest.raises(TypeError, match="not one text"):
            check_account(self.USER, generic_words="office")
        with pytest.raises(TypeError, match="not one text"):
            audit([self.USER], as_of=DAY, generic_words="office")
        with pytest.raises(InvalidValue, match=r"^this is none of: a super user"):
            may_manage(self.BOSS, self.USER, "Jane Smith", [])

    def test_it_may_change_its_other_roles(self):
        """PG-3.4.4-4."""
        update = {"event": E.UPDATE, "accounts": [self.BOSS]}

        assert may_manage(
            self.BOSS, self.BOSS, **update, new_roles=[Role.SUPER_USER, Role.BATCH]
        )
        assert may_manage(self.BOSS, self.BOSS, **update)
        assert may_manage(
            self.BOSS, self.BOSS, E.RESET_PASSWORD, [self.BOSS], new_roles=[]
        )


@pytest.mark.conformance
class TestActing:
    """PG-2.2-1, and the roles."""

    def act(self, one, *, has_accepted_terms=True, action=Action.FIND_LEARNER):
        return may_act(one, action, Role, has_accepted_terms=has_accepted_terms)

    def test_an_active_user_who_accepted_the_terms_does_what_the_roles_allow(self):
        assert self.act(account())
        assert self.act(account(), action=Action.MANAGE_USERS).clause == "PG-A-12"

    def test_not_without_the_terms(self):
        decision = self.act(account(), has_accepted_terms=False)

        assert (decision.allowed, decision.clause) == (False, "PG-2.2-1")

    @pytest.mark.parametrize(
        ("state", "name"),
        [
            (S.ONE_TIME_PASSWORD, "PG-2.3.1-2"),
            (S.PASSWORD_EXPIRED, "PG-2.3.1-5"),
            (S.SUSPENDED, "PG-3.4.6.1-3"),
            (S.DELETED, "PG-3.4.5-5"),
        ],
    )
    def test_not_in_another_state(self, state, name):
        decision = self.act(account(state=state))

        assert (decision.allowed, decision.clause) == (False, name)

    def test_the_learning_record_still_needs_a_find(self):
        reader = account(roles={Role.LEARNER_RECORD})
        view = {"granted": Role, "has_accepted_terms": True}

        assert not may_act(reader, Action.VIEW_PLR, **view)
        assert may_act(reader, Action.VIEW_PLR, **view, has_found=True)


@pytest.mark.conformance
def test_an_account_acts_for_its_own_organisation_only():
    """PG-3.4.2-2 and PG-3.4.2-3: an agency has one log-on for each."""
    assert may_use_for(account(), COLLEGE)
    assert not may_use_for(account(), SCHOOL)
    assert clause(may_use_for(account(), SCHOOL).clause).section == "3.4.2"


@pytest.mark.conformance
class TestAnAccount:
    """Sections 3.4.1 and 3.4.3: what the form needs."""

    def test_nothing_is_wrong_with_a_sound_one(self):
        assert not check_account(account(), granted=Role)

    @pytest.mark.parametrize(
        ("facts", "expected", "field"),
        [
            ({"given_name": None}, "account-name-missing", "given_name"),
            ({"family_name": " "}, "account-name-missing", "family_name"),
            ({"email": None}, "account-without-email", "email"),
            ({"email": " "}, "account-without-email", "email"),
            ({"email": "none"}, "account-email-format", "email"),
            ({"email": "ada@example"}, "account-email-format", "email"),
            ({"email": "ada@@example.org"}, "account-email-format", "email"),
            ({"email": "a b@example.org"}, "account-email-format", "email"),
            (
                {"verification_provided": ""},
                "account-without-verification",
                "verification_provided",
            ),
            ({"telephone": None}, "account-without-telephone", "telephone"),
            ({"roles": ()}, "account-without-role", "roles"),
        ],
    )
    def test_what_is_missing_is_found(self, facts, expected, field):
        """PG-3.4.1-4, PG-3.4.1-5, PG-3.4.3-4, PG-3.4.3-6."""
        [found] = check_account(account(**facts))

        assert (found.code, found.field) == (expected, field)
        assert (found.severity.value == "warning") == (
            expected in {"account-without-telephone", "account-without-role"}
        )

    def test_a_missing_name_is_named(self):
        report = check_account(account(given_name=None, family_name=None))

        assert [found.message.partition(";")[0] for found in report] == [
            "the given name is empty",
            "the family name is empty",
        ]

    def test_an_empty_form_lacks_everything_in_order(self):
        assert codes(check_account(Account(id="1"))) == [
            "account-name-missing",
            "account-name-missing",
            "account-without-role",
            "account-without-email",
            "account-without-verification",
            "account-without-telephone",
        ]

    def test_the_roles_are_looked_at_too(self):
        report = check_account(
            account(needs=[Action.FIND_LEARNER]), granted=[Role.ONLINE]
        )

        assert not report
        assert codes(check_account(account(), granted=[])) == ["role-not-granted"]
        assert codes(check_account(account(needs=[Action.FIND_LEARNER]))) == [
            "role-too-wide"
        ]

    def test_a_secret_does_not_belong_there(self):
        """PG-3.4.3-5."""
        report = check_account(account(), verification_holds_secret=True)

        assert codes(report) == ["account-secret-in-verification"]
        assert codes(
            check_account(
                account(verification_provided=None), verification_holds_secret=True
            )
        ) == ["account-without-verification"]

    @pytest.mark.parametrize(
        ("text", "secrets", "expected"),
        [
            ("staff card; answer: TAYLOR", ("First teacher?", "Taylor"), True),
            ("first  teacher? yes", ("First teacher?", "Taylor"), True),
            ("staff card", ("First teacher?", "Taylor"), False),
            ("Taylorson's badge", ("Taylor",), False),
            ("anything", ("", " "), False),
            ("anything", (), False),
            ("code (x.y)", ("(x.y)",), True),
            ("code (xzy)", ("(x.y)",), False),
        ],
    )
    def test_whether_a_text_holds_a_secret(self, text, secrets, expected):
        assert holds_secret(text, *secrets) is expected


@pytest.mark.conformance
class TestGenericAccounts:
    """PG-1.4-4 and PG-3.4.1-9."""

    @pytest.mark.parametrize(
        ("given", "family"),
        [
            ("Guest", "User"),
            ("guest", None),
            ("Exams", "Office"),
            ("ADMIN", "2"),
            ("Student-Services", "Reception"),
            ("Test", "Test1"),
            ("A", "Guest"),
        ],
    )
    def test_a_name_that_is_all_generic_is_an_error(self, given, family):
        report = check_account(account(given_name=given, family_name=family))

        assert "generic-account" in codes(report)
        assert not report.is_ok

    @pytest.mark.parametrize(
        ("given", "family"),
        [("Christopher", "Guest"), ("Office", "Example"), ("Al", "Office")],
    )
    def test_a_name_that_is_partly_generic_is_a_warning(self, given, family):
        report = check_account(account(given_name=given, family_name=family))

        assert codes(report) == ["generic-account-possible"]
        assert report.is_ok

    @pytest.mark.parametrize(
        ("given", "family"),
        [("Ada", "Example"), ("Testa", "Adminson"), ("\u00c9lo\u00efse", "O'Brien")],
    )
    def test_a_persons_name_is_not(self, given, family):
        assert not check_account(account(given_name=given, family_name=family))

    def test_a_caller_adds_words(self):
        mine = GENERIC_WORDS | {"zentrale"}
        front = account(given_name="Zentrale", family_name="Office")

        assert codes(check_account(front)) == ["generic-account-possible"]
        assert codes(check_account(front, generic_words=mine)) == ["generic-account"]

    @pytest.mark.parametrize(
        "address", ["office@example.org", "exams.team@example.org"]
    )
    def test_a_mailbox_of_an_office_is_a_warning(self, address):
        assert codes(check_account(account(email=address))) == [
            "account-shared-mailbox"
        ]

    @pytest.mark.parametrize(
        "address",
        [
            "ada.office@example.org",
            "1@example.org",
            "ada@unit.college.example",
        ],
    )
    def test_a_persons_mailbox_is_not(self, address):
        assert not check_account(account(email=address))

    def test_the_words_are_folded(self):
        assert all(word == word.casefold() for word in GENERIC_WORDS)
        assert {"guest", "generic", "shared", "reception"} <= GENERIC_WORDS
        assert "" not in GENERIC_WORDS


@pytest.mark.conformance
class TestCreating:
    """PG-3.4.3-1: look first. PG-3.2-7: nobody has two."""

    WANTED = account("9", email="new@example.org", person=None)

    def test_without_a_search_nothing_is_created(self):
        decision = may_create(self.WANTED, [], has_searched=False)

        assert (decision.allowed, decision.clause) == (False, "PG-3.4.3-1")

    def test_who_is_not_there_is_created(self):
        other = account("1", given_name="Ida")

        assert may_create(self.WANTED, [other], has_searched=True).clause == "PG-3.2-1"

    @pytest.mark.parametrize(
        "facts",
        [
            {"given_name": "ADA", "family_name": " example"},
            {"given_name": "Ida", "email": "NEW@example.org"},
        ],
        ids=["names", "e-mail"],
    )
    def test_who_seems_to_be_there_is_not(self, facts):
        there = account("1", **facts)
        decision = may_create(self.WANTED, [there], has_searched=True)

        assert existing_accounts(self.WANTED, [there]) == (there,)
        assert (decision.allowed, decision.clause) == (False, "PG-3.2-7")

    def test_two_people_of_one_name_are_two(self):
        there = [account("1")]

        assert may_create(self.WANTED, there, has_searched=True, is_another_person=True)

    def test_one_person_key_is_one_person_whatever_is_said(self):
        wanted = attrs.evolve(self.WANTED, person="S-1")
        there = [account("1", given_name="Ida")]

        assert not may_create(wanted, there, has_searched=True, is_another_person=True)

    @pytest.mark.parametrize(
        "facts",
        [
            {"organisation": SCHOOL},
            {"state": S.DELETED},
            {"state": S.NOT_CREATED},
            {"number": "9"},
        ],
        ids=["another organisation", "deleted", "not created", "the same account"],
    )
    def test_what_does_not_count_as_there(self, facts):
        """PG-3.4.2-3: an agency's people have an account for each organisation."""
        assert existing_accounts(self.WANTED, [account(**facts)]) == ()

    @pytest.mark.parametrize("state", [S.SUSPENDED, S.LOCKED, S.ONE_TIME_PASSWORD])
    def test_a_suspended_account_is_there(self, state):
        assert existing_accounts(self.WANTED, [account(state=state)])

    def test_two_keys_are_two_people_once_somebody_has_made_sure(self):
        wanted = attrs.evolve(self.WANTED, person="S-9")

        assert may_create(
            wanted, [account("1")], has_searched=True, is_another_person=True
        )

    @pytest.mark.parametrize(
        "facts",
        [
            {"given_name": None, "family_name": "Example"},
            {"given_name": "Ada", "family_name": None},
            {"given_name": None, "family_name": None, "email": None},
        ],
    )
    def test_half_a_name_finds_nobody(self, facts):
        facts = {"person": None, "email": None} | facts

        assert existing_accounts(account("9", **facts), [account("1", **facts)]) == ()

    def test_a_person_key_is_neither_an_address_nor_a_name(self):
        wanted = account("9", person="a@b.example", given_name="Uda", email=None)
        there = account("1", person="S-1", email="a@b.example")

        assert existing_accounts(wanted, [there]) == ()

    def test_empty_names_and_addresses_are_nobodys(self):
        nobody = Account(id="1", organisation=COLLEGE, family_name="Example", email=" ")
        other = Account(id="2", organisation=COLLEGE, family_name="Example", email="")

        assert existing_accounts(nobody, [other]) == ()


@pytest.mark.conformance
class TestUpdating:
    """Section 3.4.4."""

    def test_a_new_family_name_or_address_is_fine(self):
        """PG-3.4.4-1 and PG-3.4.4-3."""
        after = account(
            family_name="Married", email="ada@example.org", roles=SUPER, telephone="1"
        )

        assert not check_update(account(), after)
        assert set(UPDATABLE) >= {"family_name", "email", "roles", "telephone"}
        assert all(clause(name) for name in UPDATABLE.values())
        assert set(UPDATABLE) <= set(attrs.fields_dict(Account))

    def test_another_person_is_an_error(self):
        """PG-3.4.4-2."""
        report = check_update(account(), account(person="S-2"))

        assert codes(report) == ["account-reassigned"]
        assert not report.is_ok

    def test_two_new_names_are_a_warning(self):
        report = check_update(account(), account(given_name="Ida", family_name="Other"))

        assert codes(report) == ["account-reassigned-possible"]
        assert report.is_ok

    def test_a_person_key_that_is_only_filled_in_is_fine(self):
        assert not check_update(account(person=None), account())
        assert not check_update(account(), account(person=None))

    def test_names_that_were_missing_and_are_still_are_the_same(self):
        nobody = account(given_name=None, family_name=None)

        assert not check_update(nobody, attrs.evolve(nobody, family_name=""))

    def test_a_name_in_other_capitals_is_the_same(self):
        after = account(given_name="ADA", family_name="Other")

        assert not check_update(account(), after)

    def test_another_organisation_is_an_error(self):
        """PG-3.4.2-3."""
        report = check_update(account(), account(organisation=SCHOOL))

        assert codes(report) == ["account-other-organisation"]

    def test_the_user_name_stays(self):
        """PG-3.4.3-2."""
        report = check_update(account(user_name="aexample"), account(user_name="x"))

        assert codes(report) == ["account-user-name-changed"]


@pytest.mark.conformance
class TestTheAudit:
    """PG-3.3-1."""

    SOUND = (
        *(
            account(str(n), given_name=name, roles=SUPER)
            for n, name in enumerate(["Ada", "Ida", "Eda"])
        ),
        account("3", given_name="Oda"),
    )

    def run(self, *more, **options):
        return audit([*self.SOUND, *more], as_of=DAY, **options)

    def test_a_well_kept_list_has_no_finding(self):
        assert not self.run()
        assert not self.run(granted={COLLEGE: Role})

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"last_used": dt.date(2025, 11, 20)}, ["account-unused"]),
            ({"last_used": dt.date(2025, 11, 21)}, []),
            (
                {"last_used": None, "created": dt.date(2025, 1, 1)},
                ["account-never-used"],
            ),
            ({"last_used": None, "created": DAY}, []),
            ({"last_used": None}, ["account-never-used"]),
            ({"has_left": True}, ["account-left-open"]),
            ({"has_left": True, "last_used": None}, ["account-left-open"]),
            ({"email": None}, ["account-without-email"]),
            ({"given_name": "Exams", "family_name": "Office"}, ["generic-account"]),
            ({"needs": [Action.SUBMIT_BATCH]}, ["role-not-needed"]),
            ({"roles": {Role.ONLINE, Role.VIEW_ONLY}}, ["role-superfluous"]),
            ({"given_name": "Ida"}, ["account-duplicate-person"]),
            ({"person": "S-1"}, ["account-duplicate-person"]),
            ({"given_name": "Ida", "state": S.DELETED, "email": None}, []),
            ({"state": S.NOT_CREATED, "email": None}, []),
            ({"state": S.SUSPENDED}, []),
        ],
    )
    def test_what_it_finds_about_one_account(self, facts, expected):
        """PG-1.4-2, PG-1.4-3, PG-3.2-7, PG-3.4.1-3, PG-3.4.5-1, PG-3.4.5-3."""
        report = self.run(account("9", **({"given_name": "Uda"} | facts)))

        assert codes(report) == expected
        assert {found.path[:2] for found in report} <= {("account", 5)}

    def test_a_deleted_account_does_not_end_it(self):
        gone = account("8", given_name="Uda", state=S.DELETED)
        left = account("9", given_name="Uda", has_left=True)

        assert codes(self.run(gone, left)) == ["account-left-open"]

    def test_a_duplicate_names_the_first_of_them(self):
        report = self.run(account("8", given_name="Ida"), account("9", person="S-8"))

        assert [(found.path[1], found.message[-14:]) for found in report] == [
            (5, "ccount 2 as well"[-14:]),
            (6, "ccount 1 as well"[-14:]),
        ]

    def test_roles_are_compared_with_what_each_organisation_was_granted(self):
        report = self.run(granted={COLLEGE: [Role.SUPER_USER]})

        assert codes(report) == ["role-not-granted"]
        assert codes(self.run(granted={})) == ["role-not-granted"] * 4

    def test_each_organisation_needs_its_super_users(self):
        report = self.run(account("9", organisation=SCHOOL))

        assert [(found.code, found.path) for found in report] == [
            ("super-user-none", ("organisation", 2, "super_users"))
        ]

    def test_a_person_may_have_an_account_with_each_organisation(self):
        """PG-3.4.2-3."""
        report = self.run(account("1", given_name="Ida", organisation=SCHOOL))

        assert codes(report) == ["super-user-none"]

    def test_an_organisation_without_any_open_account_is_not_forgotten(self):
        gone = account("9", organisation=SCHOOL, state=S.DELETED)

        assert codes(self.run(gone)) == ["super-user-none"]

    def test_how_long_an_account_may_rest_is_the_callers(self):
        resting = account("9", given_name="Uda", last_used=dt.date(2026, 11, 1))
        report = self.run(resting, unused_after=10)

        assert codes(report) == ["account-unused"]
        assert "20 days ago" in report[0].message
        assert UNUSED_AFTER_DAYS == 365

    def test_words_of_ones_own(self):
        zentrale = account("9", given_name="Zentrale", family_name="Office")
        mine = GENERIC_WORDS | {"zentrale"}

        assert codes(self.run(zentrale)) == ["generic-account-possible"]
        assert codes(self.run(zentrale, generic_words=mine)) == ["generic-account"]

    def test_an_empty_list_has_no_organisation(self):
        assert not audit([], as_of=DAY)

    @pytest.mark.parametrize(
        ("last", "due"),
        [
            (dt.date(2025, 11, 21), dt.date(2026, 11, 21)),
            (dt.date(2024, 2, 29), dt.date(2025, 3, 1)),
            (dt.date(2024, 2, 28), dt.date(2025, 2, 28)),
            (dt.date(2024, 3, 29), dt.date(2025, 3, 29)),
        ],
    )
    def test_the_next_one_is_a_year_later(self, last, due):
        assert audit_due(last) == due

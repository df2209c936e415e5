"""Roles: what each allows, mixed and limited to what the organisation was granted."""

from types import MappingProxyType

import pytest

from ulnlib.rules.clauses import clause
from ulnlib.rules.roles import (
    AFTER_A_FIND,
    PERMISSIONS,
    SERVICE_DESK_ONLY,
    Action,
    Role,
    allowed_actions,
    assignable,
    check_roles,
    may,
    roles_for,
)

ALL = frozenset(Role)

# Appendix A read line by line: the role, and what it allows once a learner was found.
ALLOWS = {
    Role.SUPER_USER: "manage users",
    Role.BATCH: "submit batch, view batch results, process exceptions",
    Role.ONLINE: "find learner, register learner, update learner",
    Role.VIEW_ONLY: "find learner",
    Role.LEARNER_RECORD: "view PLR, print PLR",
    Role.VERIFY: "verify learner",
}


@pytest.mark.conformance
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_allows_what_the_appendix_says_and_nothing_else(role, action):
    """PG-A-2 to PG-A-9, PG-A-12, PG-A-14."""
    decision = may({role}, ALL, action, has_found=True)

    assert decision.allowed == (action.value in ALLOWS[role].split(", "))
    assert clause(decision.clause)


@pytest.mark.conformance
class TestMixing:
    """PG-A-10: roles can be mixed."""

    def test_two_roles_allow_what_each_allows(self):
        mixed = {Role.BATCH, Role.VIEW_ONLY}

        assert allowed_actions(mixed, ALL) == (
            Action.FIND_LEARNER,
            Action.SUBMIT_BATCH,
            Action.VIEW_BATCH_RESULTS,
            Action.PROCESS_EXCEPTIONS,
        )

    def test_the_clause_is_that_of_the_first_role_of_the_appendix(self):
        mixed = {Role.VIEW_ONLY, Role.ONLINE}

        assert may(mixed, ALL, Action.FIND_LEARNER).clause == "PG-A-5"
        assert may({Role.VIEW_ONLY}, ALL, Action.FIND_LEARNER).clause == "PG-A-6"

    def test_no_role_allows_nothing(self):
        assert allowed_actions((), ALL, has_found=True) == ()


@pytest.mark.conformance
class TestTheOrganisation:
    """PG-A-11: only what the organisation was granted."""

    def test_a_role_that_it_was_not_granted_is_of_no_use(self):
        decision = may({Role.ONLINE}, {Role.VIEW_ONLY}, Action.REGISTER_LEARNER)

        assert not decision
        assert decision.clause == "PG-A-11"

    def test_another_role_that_it_was_granted_is_enough(self):
        mixed = {Role.ONLINE, Role.VIEW_ONLY}

        assert may(mixed, {Role.VIEW_ONLY}, Action.FIND_LEARNER).clause == "PG-A-6"

    def test_only_what_it_was_granted_can_be_given(self):
        """PG-3.4.4-4: to the own account as well."""
        assert assignable([Role.VERIFY, Role.BATCH]) == (Role.BATCH, Role.VERIFY)
        assert assignable([]) == ()


@pytest.mark.conformance
@pytest.mark.parametrize("action", [Action.VIEW_PLR, Action.PRINT_PLR])
def test_the_learning_record_opens_only_after_a_find(action):
    """PG-A-8."""
    early = may({Role.LEARNER_RECORD}, ALL, action)

    assert (early.allowed, early.clause) == (False, "PG-A-8")
    assert may({Role.LEARNER_RECORD}, ALL, action, has_found=True)
    assert allowed_actions({Role.LEARNER_RECORD}, ALL) == ()
    found = allowed_actions({Role.LEARNER_RECORD}, ALL, has_found=True)
    assert found == (Action.VIEW_PLR, Action.PRINT_PLR)
    assert action in AFTER_A_FIND


def test_having_found_a_learner_is_no_role():
    assert not may({Role.ONLINE}, ALL, Action.VIEW_PLR, has_found=True)


@pytest.mark.conformance
@pytest.mark.parametrize(
    "action", [Action.MERGE_ULNS, Action.UNMERGE_ULNS, Action.DELETE_ULN]
)
def test_merging_unmerging_and_deleting_belong_to_no_role(action):
    """PG-A-13, and no table can change it."""
    table = {(role, action): "PG-A-2" for role in Role}

    for permissions in (PERMISSIONS, table):
        decision = may(ALL, ALL, action, has_found=True, permissions=permissions)
        assert (decision.allowed, decision.clause) == (False, "PG-A-13")
        assert roles_for(action, permissions=permissions) == ()
    assert action in SERVICE_DESK_ONLY


def test_a_refusal_that_no_grant_would_mend_says_so():
    decision = may({Role.SUPER_USER}, ALL, Action.FIND_LEARNER)

    assert decision.clause == "PG-A-12"
    assert decision.text == ("A user may do only what one of the user's roles allows.")


def test_the_roles_for_an_action_come_in_the_order_of_the_appendix():
    assert roles_for(Action.FIND_LEARNER) == (Role.ONLINE, Role.VIEW_ONLY)
    assert roles_for(Action.MANAGE_USERS) == (Role.SUPER_USER,)


def test_a_caller_who_knows_better_brings_another_table():
    finds = MappingProxyType(
        {**PERMISSIONS, (Role.LEARNER_RECORD, Action.FIND_LEARNER): "PG-A-7"}
    )

    assert may(
        {Role.LEARNER_RECORD}, ALL, Action.FIND_LEARNER, permissions=finds
    ).allowed
    assert roles_for(Action.FIND_LEARNER, permissions=finds)[-1] is Role.LEARNER_RECORD
    assert allowed_actions({Role.LEARNER_RECORD}, ALL, permissions=finds) == (
        Action.FIND_LEARNER,
    )


def test_the_names_are_those_of_the_guide():
    assert [role.value for role in Role] == [
        "LRB Super User",
        "LRB Batch User",
        "LRB Online User",
        "LRB View Only User",
        "Learner Record",
        "VLD Learning Provider",
    ]


@pytest.mark.conformance
class TestCheckingRoles:
    """PG-3.4.1-3 and PG-3.4.3-6: a role, and no more than is needed."""

    def test_nothing_is_wrong_with_a_role_that_is_granted_and_needed(self):
        assert not check_roles([Role.ONLINE], [Role.ONLINE], [Action.UPDATE_LEARNER])
        assert not check_roles([Role.ONLINE])

    def test_somebody_without_a_role_can_do_nothing(self):
        [found] = check_roles([], ALL)

        assert (found.code, found.field) == ("account-without-role", "roles")

    def test_a_role_that_was_not_granted_is_an_error(self):
        report = check_roles([Role.BATCH, Role.ONLINE], [Role.ONLINE])

        assert [(found.code, found.path) for found in report] == [
            ("role-not-granted", ("roles",))
        ]
        assert not report.is_ok
        assert "LRB Batch User" in report[0].message

    def test_a_role_of_which_nothing_is_needed_is_a_warning(self):
        report = check_roles([Role.ONLINE, Role.BATCH], ALL, [Action.REGISTER_LEARNER])

        assert [(found.code, found.path) for found in report] == [
            ("role-not-needed", ("roles",))
        ]
        assert "LRB Batch User" in report[0].message
        assert report.is_ok

    def test_a_role_that_another_one_contains_is_superfluous(self):
        [found] = check_roles([Role.VIEW_ONLY, Role.ONLINE])

        assert (found.code, found.path) == ("role-superfluous", ("roles",))
        assert "LRB View Only User" in found.message

    def test_it_is_not_when_the_other_one_was_not_granted(self):
        report = check_roles([Role.VIEW_ONLY, Role.ONLINE], [Role.VIEW_ONLY])

        assert [found.code for found in report] == ["role-not-granted"]

    def test_a_lesser_role_that_is_enough_is_named(self):
        [found] = check_roles([Role.ONLINE], ALL, [Action.FIND_LEARNER])

        assert (found.code, found.path) == ("role-too-wide", ("roles",))
        assert found.message == (
            "LRB Online User allows more than is needed; LRB View Only User is enough"
        )

    def test_a_lesser_role_that_was_not_granted_is_not(self):
        assert not check_roles([Role.ONLINE], [Role.ONLINE], [Action.FIND_LEARNER])

    def test_the_findings_are_in_the_order_of_the_appendix(self):
        report = check_roles([Role.VERIFY, Role.BATCH], [])

        assert ["Batch" in found.message for found in report] == [True, False]

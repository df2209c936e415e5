"""Laws of roles: more roles never allow less, and a grant is a limit."""

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.rules.roles import (
    SERVICE_DESK_ONLY,
    Action,
    Role,
    allowed_actions,
    check_roles,
    may,
    roles_for,
)

roles = st.frozensets(st.sampled_from(Role))
actions = st.sampled_from(Action)


@given(roles, roles, roles, st.booleans())
def test_mixing_adds_and_takes_nothing(one, other, granted, has_found):
    """Two roles together allow what either allows."""

    def allowed(held):
        return set(allowed_actions(held, granted, has_found=has_found))

    assert allowed(one | other) == allowed(one) | allowed(other)


@given(roles, roles, actions, st.booleans())
def test_the_grant_is_a_limit(held, granted, action, has_found):
    """A role that was not granted is as good as none."""
    decision = may(held, granted, action, has_found=has_found)
    limited = may(held & granted, granted, action, has_found=has_found)

    assert decision.allowed == limited.allowed


@given(roles, roles, actions)
def test_a_find_never_closes_anything(held, granted, action):
    """What may be done before a find may be done after it."""
    assert not may(held, granted, action) or may(held, granted, action, has_found=True)


@given(actions)
def test_whoever_may_has_one_of_the_roles(action):
    """`roles_for` names just the roles that allow something by themselves."""
    alone = [role for role in Role if may({role}, Role, action, has_found=True)]

    assert list(roles_for(action)) == alone
    assert bool(alone) == (action not in SERVICE_DESK_ONLY)


@given(roles, roles, st.none() | st.frozensets(actions))
def test_each_role_has_one_finding_at_most(held, granted, needs):
    """A report is no longer than the list of roles, and says nothing of others."""
    report = check_roles(held, granted, needs)

    assert len(report) <= max(len(held), 1)
    assert {found.field for found in report} <= {"roles"}

"""Roles: what each type of user may do.

Six roles, which can be mixed. A user may do what one of the roles allows, as long as
the organisation itself was granted that role. Merging, unmerging and deleting ULNs is
the service desk's, and no role's. Whether a learner's record may be *seen* is another
question, and that of `ulnlib.rules.sharing`.

Examples:
    >>> granted = {Role.SUPER_USER, Role.ONLINE, Role.LEARNER_RECORD}
    >>> bool(may({Role.ONLINE}, granted, Action.REGISTER_LEARNER))
    True
    >>> print(may({Role.SUPER_USER}, granted, Action.FIND_LEARNER).text)
    A user may do only what one of the user's roles allows.
    >>> print(may({Role.LEARNER_RECORD}, granted, Action.VIEW_PLR).text)
    The personal learning record opens only after the learner was found.

Source: LRS portal guide, Appendix A (published).
"""

from __future__ import annotations

__all__ = [
    "AFTER_A_FIND",
    "PERMISSIONS",
    "SERVICE_DESK_ONLY",
    "Action",
    "Role",
    "allowed_actions",
    "assignable",
    "check_roles",
    "may",
    "roles_for",
]

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ulnlib.issues import Report, issue
from ulnlib.rules._words import Word, words
from ulnlib.rules.clauses import Decision


class Role(Word):
    """A type of user; the value is its name in the portal guide.

    Source: LRS portal guide, Appendix A (published). Section 3.4.3 writes
    "Learner Registration Body" where the appendix has "LRB".
    """

    SUPER_USER = "LRB Super User"
    BATCH = "LRB Batch User"
    ONLINE = "LRB Online User"
    VIEW_ONLY = "LRB View Only User"
    LEARNER_RECORD = "Learner Record"
    VERIFY = "VLD Learning Provider"


class Action(Word):
    """Something that a user of the portal does.

    Source: LRS portal guide, Appendix A (published); the three last ones: section 6.1
    (derived).
    """

    FIND_LEARNER = "find learner"
    REGISTER_LEARNER = "register learner"
    UPDATE_LEARNER = "update learner"
    SUBMIT_BATCH = "submit batch"
    VIEW_BATCH_RESULTS = "view batch results"
    PROCESS_EXCEPTIONS = "process exceptions"
    VIEW_PLR = "view PLR"
    PRINT_PLR = "print PLR"
    VERIFY_LEARNER = "verify learner"
    MANAGE_USERS = "manage users"
    MERGE_ULNS = "merge ULNs"
    UNMERGE_ULNS = "unmerge ULNs"
    DELETE_ULN = "delete ULN"


PERMISSIONS: Mapping[tuple[Role, Action], str] = MappingProxyType(
    {
        (Role.SUPER_USER, Action.MANAGE_USERS): "PG-A-2",
        (Role.BATCH, Action.SUBMIT_BATCH): "PG-A-3",
        (Role.BATCH, Action.VIEW_BATCH_RESULTS): "PG-A-3",
        (Role.BATCH, Action.PROCESS_EXCEPTIONS): "PG-A-4",
        (Role.ONLINE, Action.FIND_LEARNER): "PG-A-5",
        (Role.ONLINE, Action.REGISTER_LEARNER): "PG-A-5",
        (Role.ONLINE, Action.UPDATE_LEARNER): "PG-A-5",
        (Role.VIEW_ONLY, Action.FIND_LEARNER): "PG-A-6",
        (Role.LEARNER_RECORD, Action.VIEW_PLR): "PG-A-7",
        (Role.LEARNER_RECORD, Action.PRINT_PLR): "PG-A-7",
        (Role.VERIFY, Action.VERIFY_LEARNER): "PG-A-9",
    }
)
"""What each role allows, with the clause that says so; what is not here is refused.

Source: LRS portal guide, Appendix A (published); that batch users process the
exceptions of their files: section 3.4.1 (derived).
"""

AFTER_A_FIND: tuple[Action, ...] = (Action.VIEW_PLR, Action.PRINT_PLR)
"""What opens only once the learner was found.

Source: LRS portal guide, Appendix A, Learner Record (published).
"""

SERVICE_DESK_ONLY: tuple[Action, ...] = (
    Action.MERGE_ULNS,
    Action.UNMERGE_ULNS,
    Action.DELETE_ULN,
)
"""What no user does: an organisation asks for it by a data challenge.

Source: LRS portal guide, section 6.1 and Appendix A (derived): the one lists them as
problems to report, the other gives them to no role.
"""


def may(
    roles: Iterable[Role],
    granted: Iterable[Role],
    action: Action,
    *,
    has_found: bool = False,
    permissions: Mapping[tuple[Role, Action], str] = PERMISSIONS,
) -> Decision:
    """Say whether a user may do something, and by which clause.

    Args:
        roles: The user's roles.
        granted: The roles that the organisation was granted when it was set up.
        action: What the user wants to do.
        has_found: Whether the user has found this learner before, in this session.
        permissions: Another table, where the service gave another meaning to a role.

    Returns:
        The decision. What only the service desk does is refused whatever the table
        says.

    Source: LRS portal guide, Appendix A (published).
    """
    action = Action(action)
    held, organisation = words(Role, roles), words(Role, granted)
    if action in SERVICE_DESK_ONLY:
        return Decision(allowed=False, clause="PG-A-13")
    # In the order of the appendix, so that mixed roles always name the same clause.
    giving = [role for role in Role if role in held and (role, action) in permissions]
    usable = [role for role in giving if role in organisation]
    if usable:
        if action in AFTER_A_FIND and not has_found:
            return Decision(allowed=False, clause="PG-A-8")
        return Decision(allowed=True, clause=permissions[usable[0], action])
    return Decision(allowed=False, clause="PG-A-11" if giving else "PG-A-12")


def allowed_actions(
    roles: Iterable[Role],
    granted: Iterable[Role],
    *,
    has_found: bool = False,
    permissions: Mapping[tuple[Role, Action], str] = PERMISSIONS,
) -> tuple[Action, ...]:
    """Return all that a user may do, in the order of `Action`: for a menu.

    Args:
        roles: The user's roles.
        granted: The roles that the organisation was granted.
        has_found: Whether the user has found a learner before.
        permissions: Another table.

    Source: LRS portal guide, Appendix A (published).
    """
    held, organisation = words(Role, roles), words(Role, granted)
    return tuple(
        action
        for action in Action
        if may(
            held,
            organisation,
            action,
            has_found=has_found,
            permissions=permissions,
        )
    )


def roles_for(
    action: Action, *, permissions: Mapping[tuple[Role, Action], str] = PERMISSIONS
) -> tuple[Role, ...]:
    """Return the roles that allow something, in the order of the appendix.

    Args:
        action: What somebody needs to do.
        permissions: Another table.

    Returns:
        The roles; none when only the service desk does it.

    Source: LRS portal guide, Appendix A (published).
    """
    action = Action(action)
    if action in SERVICE_DESK_ONLY:
        return ()
    return tuple(role for role in Role if (role, action) in permissions)


def assignable(granted: Iterable[Role]) -> tuple[Role, ...]:
    """Return the roles that a super user can give, in the order of the appendix.

    A super user may give them to the own account as well.

    Args:
        granted: The roles that the organisation was granted when it was set up.

    Source: LRS portal guide, Appendix A, closing note, and section 3.4.4 (published).
    """
    organisation = words(Role, granted)
    return tuple(role for role in Role if role in organisation)


def check_roles(
    roles: Iterable[Role],
    granted: Iterable[Role] | None = None,
    needs: Iterable[Action] | None = None,
    *,
    permissions: Mapping[tuple[Role, Action], str] = PERMISSIONS,
) -> Report:
    """Return what is wrong with the roles of one user.

    Args:
        roles: The user's roles.
        granted: The roles that the organisation was granted; None when not known.
        needs: What the person's work needs; None when not known.
        permissions: Another table.

    Returns:
        Findings at `roles`: none at all, one that the organisation was not granted,
        one of which the work needs nothing, one that another makes superfluous, one
        where a lesser role is enough.

    Source: LRS portal guide, Appendix A and sections 3.3 and 3.4.1 (published); that
    a role is superfluous when another of the user's has all of it, and too wide when
    a lesser one has all that is needed, is derived.
    """
    held = words(Role, roles)
    if not held:
        return Report([issue("account-without-role", "roles")])
    allows = {
        role: frozenset(action for one, action in permissions if one is role)
        for role in Role
    }
    usable = words(Role, Role if granted is None else granted)
    needed = None if needs is None else words(Action, needs)
    found = []
    for role in Role:
        if role not in held:
            continue
        if role not in usable:
            found.append(issue("role-not-granted", "roles", label=role.value))
        elif needed is not None and not allows[role] & needed:
            found.append(issue("role-not-needed", "roles", label=role.value))
        elif any(allows[role] < allows[other] for other in held & usable):
            found.append(issue("role-superfluous", "roles", label=role.value))
        elif needed is not None:
            enough = next(
                (
                    other
                    for other in Role
                    if other in usable
                    and allows[role] & needed <= allows[other] < allows[role]
                ),
                None,
            )
            if enough is not None:
                found.append(
                    issue(
                        "role-too-wide", "roles", label=role.value, right=enough.value
                    )
                )
    return Report(found)

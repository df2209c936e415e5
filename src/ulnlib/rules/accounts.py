"""Accounts of the portal: their states, passwords and the check of an identity.

What may happen to an account is one table of states and events. Who may make it
happen, how many wrong passwords suspend an account, and what a password has to be
are rules beside it.

No password and no secret answer is kept here: the rules take facts about one.

Examples:
    >>> step = TABLE.step(AccountState.LOCKED, AccountEvent.REACTIVATE)
    >>> step.after.value, step.clause
    ('active', 'PG-3.4.6.3-4')
    >>> TABLE.step(AccountState.ACTIVE, AccountEvent.REASSIGN).note
    'delete it and create a new one for the other person'
    >>> [found.code for found in check_password(password_facts("short"))]
    ['password-short', 'password-no-capital', 'password-no-digit']

Source: LRS portal guide, sections 2.2, 2.3 and 3.4 (published).
"""

from __future__ import annotations

__all__ = [
    "BREACHES",
    "ESCALATION",
    "LOGON_STEPS",
    "MAY_BRING_ABOUT",
    "PASSWORD_LIFETIME_DAYS",
    "PASSWORD_MINIMUM_LENGTH",
    "RESPONSIBILITIES",
    "SUSPENDED_AFTER_TEN",
    "SUSPENDED_AFTER_THREE",
    "TABLE",
    "Account",
    "AccountBreach",
    "AccountEvent",
    "AccountState",
    "AccountStatus",
    "Actor",
    "EscalationStep",
    "LogonStep",
    "PasswordFacts",
    "SuspensionPolicy",
    "after_event",
    "check_password",
    "identity_confirmed",
    "is_password_expired",
    "is_same_answer",
    "logon_steps",
    "may_bring_about",
    "may_reset_own_password",
    "may_send_logon",
    "next_escalation",
    "password_facts",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib.issues import Issue, Report, issue
from ulnlib.rules._words import Word, words
from ulnlib.rules.clauses import Decision
from ulnlib.rules.roles import Action, Role
from ulnlib.rules.states import StateTable, Step


class AccountStatus(Word):
    """What the portal shows of an account.

    Source: LRS portal guide, sections 3.4.4 and 3.4.6.3 (published); deleted accounts
    are not shown there, and are ours.
    """

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"


class AccountState(Word):
    """Where an account stands: the portal's status, and what the next log-on needs.

    *Suspended* is by hand, *locked* after wrong passwords; the portal shows both as
    suspended.

    Source: LRS portal guide, sections 2.3.1 and 3.4.3 to 3.4.6 (published); that the
    two differ, and that a one-time or expired password stays one while nobody gets in,
    is derived.
    """

    NOT_CREATED = "not created"
    ONE_TIME_PASSWORD = "one-time password"  # noqa: S105  # a state
    ACTIVE = "active"
    PASSWORD_EXPIRED = "password expired"  # noqa: S105  # a state
    SUSPENDED = "suspended"
    SUSPENDED_EXPIRED = "suspended, with an expired password"
    SUSPENDED_ONE_TIME = "suspended, with a one-time password"
    LOCKED = "locked"
    LOCKED_EXPIRED = "locked, with an expired password"
    LOCKED_ONE_TIME = "locked, with a one-time password"
    DELETED = "deleted"

    @property
    def status(self) -> AccountStatus | None:
        """What the portal shows, None before there is an account."""
        return _STATUS[self]

    @property
    def is_open(self) -> bool:
        """Whether its user can get in, be it by way of a new password."""
        return _STATUS[self] is AccountStatus.ACTIVE


_STATUS: Mapping[AccountState, AccountStatus | None] = {
    AccountState.NOT_CREATED: None,
    AccountState.ONE_TIME_PASSWORD: AccountStatus.ACTIVE,
    AccountState.ACTIVE: AccountStatus.ACTIVE,
    AccountState.PASSWORD_EXPIRED: AccountStatus.ACTIVE,
    AccountState.SUSPENDED: AccountStatus.SUSPENDED,
    AccountState.SUSPENDED_EXPIRED: AccountStatus.SUSPENDED,
    AccountState.SUSPENDED_ONE_TIME: AccountStatus.SUSPENDED,
    AccountState.LOCKED: AccountStatus.SUSPENDED,
    AccountState.LOCKED_EXPIRED: AccountStatus.SUSPENDED,
    AccountState.LOCKED_ONE_TIME: AccountStatus.SUSPENDED,
    AccountState.DELETED: AccountStatus.DELETED,
}


class AccountEvent(Word):
    """What happens to an account.

    Source: LRS portal guide, sections 2.3 and 3.4 (published).
    """

    CREATE = "a super user creates it"
    LOG_ON = "its user logs on and accepts the terms"
    WRONG_PASSWORD = "a wrong password is given"  # noqa: S105  # an event
    LAST_WRONG_PASSWORD = "one wrong password too many is given"  # noqa: S105
    DECLINE_TERMS = "its user declines the terms"
    CHANGE_PASSWORD = "its user chooses a new password"  # noqa: S105
    FORGET_PASSWORD = "its user follows the forgotten-password link"  # noqa: S105
    EXPIRE_PASSWORD = "the password reaches its last day"  # noqa: S105
    RESET_PASSWORD = "a super user resets the password"  # noqa: S105
    SUSPEND = "it is suspended by hand"
    REACTIVATE = "a super user makes it active again"
    UPDATE = "its user's details or roles are changed"
    REASSIGN = "it is given to another person"
    LEAVE = "its user leaves, or needs no access any more"
    DELETE = "a super user deletes it"


_E = AccountEvent
(
    _NOT_CREATED,
    _ONE_TIME,
    _ACTIVE,
    _EXPIRED,
    _SUSPENDED,
    _SUSP_EXPIRED,
    _SUSP_ONE_TIME,
    _LOCKED,
    _LOCK_EXPIRED,
    _LOCK_ONE_TIME,
    _DELETED,
) = AccountState
_NONE = "there is no such account: look whether the person has one, then create it"
_THERE = "the account is there already"
_THERE_SUSPENDED = "the account is there already: reactivate it"
_GONE = "make a new account; a deleted one never opens again"
_ASK = "a super user of your organisation reactivates it"
_BY_HAND = "it was suspended by hand: ask a super user of your organisation"
_OPEN = "it is not suspended"
_RESET_TOO = "reset the password as well, if its user does not know it"
_CHANGE_FIRST = "change the one-time password first"
_EXPIRED_FIRST = "change the expired password first"
_TERMS_LATER = "the terms come after the password is changed"
_QUESTION = "only who has a secret question: for others a super user resets it"
_STILL_EXPIRED = "its password has expired still"
_DELETE_IT = "it stays open until a super user deletes it: do so at once"
_ANOTHER = "delete it and create a new one for the other person"

TABLE: StateTable[AccountState, AccountEvent] = StateTable(
    AccountState,
    AccountEvent,
    (
        Step(_NOT_CREATED, _E.CREATE, _ONE_TIME, "PG-3.4.3-8"),
        Step(_ONE_TIME, _E.CREATE, None, "PG-3.4.3-1", _THERE),
        Step(_ACTIVE, _E.CREATE, None, "PG-3.4.3-1", _THERE),
        Step(_EXPIRED, _E.CREATE, None, "PG-3.4.3-1", _THERE),
        Step(_SUSPENDED, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_SUSP_EXPIRED, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_SUSP_ONE_TIME, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_LOCKED, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_LOCK_EXPIRED, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_LOCK_ONE_TIME, _E.CREATE, None, "PG-3.4.6.1-3", _THERE_SUSPENDED),
        Step(_DELETED, _E.CREATE, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.LOG_ON, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.LOG_ON, None, "PG-2.3.1-2", _CHANGE_FIRST),
        Step(_ACTIVE, _E.LOG_ON, _ACTIVE, "PG-2.3-2"),
        Step(_EXPIRED, _E.LOG_ON, None, "PG-2.3.1-5", _EXPIRED_FIRST),
        Step(_SUSPENDED, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_EXPIRED, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_ONE_TIME, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCKED, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_EXPIRED, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_ONE_TIME, _E.LOG_ON, None, "PG-3.4.6.1-3", _ASK),
        Step(_DELETED, _E.LOG_ON, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.WRONG_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.WRONG_PASSWORD, _ONE_TIME, "PG-3.4.6.1-1"),
        Step(_ACTIVE, _E.WRONG_PASSWORD, _ACTIVE, "PG-3.4.6.1-1"),
        Step(_EXPIRED, _E.WRONG_PASSWORD, _EXPIRED, "PG-3.4.6.1-1"),
        Step(_SUSPENDED, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_EXPIRED, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_ONE_TIME, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCKED, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_EXPIRED, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_ONE_TIME, _E.WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_DELETED, _E.WRONG_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.LAST_WRONG_PASSWORD, _LOCK_ONE_TIME, "PG-3.4.6.1-1"),
        Step(_ACTIVE, _E.LAST_WRONG_PASSWORD, _LOCKED, "PG-3.4.6.1-1"),
        Step(_EXPIRED, _E.LAST_WRONG_PASSWORD, _LOCK_EXPIRED, "PG-3.4.6.1-1"),
        Step(_SUSPENDED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_EXPIRED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_ONE_TIME, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCKED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_EXPIRED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_ONE_TIME, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_DELETED, _E.LAST_WRONG_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.DECLINE_TERMS, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.DECLINE_TERMS, None, "PG-2.3.1-6", _TERMS_LATER),
        Step(_ACTIVE, _E.DECLINE_TERMS, _ACTIVE, "PG-2.3-3"),
        Step(_EXPIRED, _E.DECLINE_TERMS, None, "PG-2.3.1-6", _TERMS_LATER),
        Step(_SUSPENDED, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_EXPIRED, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_ONE_TIME, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCKED, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_EXPIRED, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_ONE_TIME, _E.DECLINE_TERMS, None, "PG-3.4.6.1-3", _ASK),
        Step(_DELETED, _E.DECLINE_TERMS, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.CHANGE_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.CHANGE_PASSWORD, _ACTIVE, "PG-2.3.1-2"),
        Step(_ACTIVE, _E.CHANGE_PASSWORD, _ACTIVE, "PG-2.3.1-9"),
        Step(_EXPIRED, _E.CHANGE_PASSWORD, _ACTIVE, "PG-2.3.1-5"),
        Step(_SUSPENDED, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_EXPIRED, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_SUSP_ONE_TIME, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCKED, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_EXPIRED, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_LOCK_ONE_TIME, _E.CHANGE_PASSWORD, None, "PG-3.4.6.1-3", _ASK),
        Step(_DELETED, _E.CHANGE_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.FORGET_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1", _QUESTION),
        Step(_ACTIVE, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1"),
        Step(_EXPIRED, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1"),
        Step(_SUSPENDED, _E.FORGET_PASSWORD, None, "PG-3.4.6-3", _BY_HAND),
        Step(_SUSP_EXPIRED, _E.FORGET_PASSWORD, None, "PG-3.4.6-3", _BY_HAND),
        Step(_SUSP_ONE_TIME, _E.FORGET_PASSWORD, None, "PG-3.4.6-3", _BY_HAND),
        Step(_LOCKED, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1"),
        Step(_LOCK_EXPIRED, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1"),
        Step(_LOCK_ONE_TIME, _E.FORGET_PASSWORD, _ONE_TIME, "PG-3.4.6-1", _QUESTION),
        Step(_DELETED, _E.FORGET_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.EXPIRE_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.EXPIRE_PASSWORD, _ONE_TIME, "PG-2.3.1-5"),
        Step(_ACTIVE, _E.EXPIRE_PASSWORD, _EXPIRED, "PG-2.3.1-5"),
        Step(_EXPIRED, _E.EXPIRE_PASSWORD, _EXPIRED, "PG-2.3.1-5"),
        Step(_SUSPENDED, _E.EXPIRE_PASSWORD, _SUSP_EXPIRED, "PG-2.3.1-5"),
        Step(_SUSP_EXPIRED, _E.EXPIRE_PASSWORD, _SUSP_EXPIRED, "PG-2.3.1-5"),
        Step(_SUSP_ONE_TIME, _E.EXPIRE_PASSWORD, _SUSP_ONE_TIME, "PG-2.3.1-5"),
        Step(_LOCKED, _E.EXPIRE_PASSWORD, _LOCK_EXPIRED, "PG-2.3.1-5"),
        Step(_LOCK_EXPIRED, _E.EXPIRE_PASSWORD, _LOCK_EXPIRED, "PG-2.3.1-5"),
        Step(_LOCK_ONE_TIME, _E.EXPIRE_PASSWORD, _LOCK_ONE_TIME, "PG-2.3.1-5"),
        Step(_DELETED, _E.EXPIRE_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.RESET_PASSWORD, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.RESET_PASSWORD, _ONE_TIME, "PG-3.4.6.4-1"),
        Step(_ACTIVE, _E.RESET_PASSWORD, _ONE_TIME, "PG-3.4.6.4-1"),
        Step(_EXPIRED, _E.RESET_PASSWORD, _ONE_TIME, "PG-3.4.6.4-1"),
        Step(_SUSPENDED, _E.RESET_PASSWORD, _SUSP_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_SUSP_EXPIRED, _E.RESET_PASSWORD, _SUSP_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_SUSP_ONE_TIME, _E.RESET_PASSWORD, _SUSP_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_LOCKED, _E.RESET_PASSWORD, _LOCK_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_LOCK_EXPIRED, _E.RESET_PASSWORD, _LOCK_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_LOCK_ONE_TIME, _E.RESET_PASSWORD, _LOCK_ONE_TIME, "PG-3.4.6.4-1"),
        Step(_DELETED, _E.RESET_PASSWORD, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.SUSPEND, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.SUSPEND, _SUSP_ONE_TIME, "PG-3.4.6.3-3"),
        Step(_ACTIVE, _E.SUSPEND, _SUSPENDED, "PG-3.4.6.3-3"),
        Step(_EXPIRED, _E.SUSPEND, _SUSP_EXPIRED, "PG-3.4.6.3-3"),
        Step(_SUSPENDED, _E.SUSPEND, _SUSPENDED, "PG-3.4.6.3-3"),
        Step(_SUSP_EXPIRED, _E.SUSPEND, _SUSP_EXPIRED, "PG-3.4.6.3-3"),
        Step(_SUSP_ONE_TIME, _E.SUSPEND, _SUSP_ONE_TIME, "PG-3.4.6.3-3"),
        Step(_LOCKED, _E.SUSPEND, _SUSPENDED, "PG-3.4.6.3-3"),
        Step(_LOCK_EXPIRED, _E.SUSPEND, _SUSP_EXPIRED, "PG-3.4.6.3-3"),
        Step(_LOCK_ONE_TIME, _E.SUSPEND, _SUSP_ONE_TIME, "PG-3.4.6.3-3"),
        Step(_DELETED, _E.SUSPEND, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.REACTIVATE, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.REACTIVATE, None, "PG-3.4.6.3-4", _OPEN),
        Step(_ACTIVE, _E.REACTIVATE, None, "PG-3.4.6.3-4", _OPEN),
        Step(_EXPIRED, _E.REACTIVATE, None, "PG-3.4.6.3-4", _OPEN),
        Step(_SUSPENDED, _E.REACTIVATE, _ACTIVE, "PG-3.4.6.3-4"),
        Step(_SUSP_EXPIRED, _E.REACTIVATE, _EXPIRED, "PG-3.4.6.3-4", _STILL_EXPIRED),
        Step(_SUSP_ONE_TIME, _E.REACTIVATE, _ONE_TIME, "PG-3.4.6.3-4"),
        Step(_LOCKED, _E.REACTIVATE, _ACTIVE, "PG-3.4.6.3-4", _RESET_TOO),
        Step(_LOCK_EXPIRED, _E.REACTIVATE, _EXPIRED, "PG-3.4.6.3-4", _RESET_TOO),
        Step(_LOCK_ONE_TIME, _E.REACTIVATE, _ONE_TIME, "PG-3.4.6.3-4", _RESET_TOO),
        Step(_DELETED, _E.REACTIVATE, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.UPDATE, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.UPDATE, _ONE_TIME, "PG-3.4.4-1"),
        Step(_ACTIVE, _E.UPDATE, _ACTIVE, "PG-3.4.4-1"),
        Step(_EXPIRED, _E.UPDATE, _EXPIRED, "PG-3.4.4-1"),
        Step(_SUSPENDED, _E.UPDATE, _SUSPENDED, "PG-3.4.4-1"),
        Step(_SUSP_EXPIRED, _E.UPDATE, _SUSP_EXPIRED, "PG-3.4.4-1"),
        Step(_SUSP_ONE_TIME, _E.UPDATE, _SUSP_ONE_TIME, "PG-3.4.4-1"),
        Step(_LOCKED, _E.UPDATE, _LOCKED, "PG-3.4.4-1"),
        Step(_LOCK_EXPIRED, _E.UPDATE, _LOCK_EXPIRED, "PG-3.4.4-1"),
        Step(_LOCK_ONE_TIME, _E.UPDATE, _LOCK_ONE_TIME, "PG-3.4.4-1"),
        Step(_DELETED, _E.UPDATE, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.REASSIGN, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_ACTIVE, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_EXPIRED, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_SUSPENDED, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_SUSP_EXPIRED, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_SUSP_ONE_TIME, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_LOCKED, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_LOCK_EXPIRED, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_LOCK_ONE_TIME, _E.REASSIGN, None, "PG-3.4.4-2", _ANOTHER),
        Step(_DELETED, _E.REASSIGN, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.LEAVE, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.LEAVE, _ONE_TIME, "PG-3.4.5-1", _DELETE_IT),
        Step(_ACTIVE, _E.LEAVE, _ACTIVE, "PG-3.4.5-1", _DELETE_IT),
        Step(_EXPIRED, _E.LEAVE, _EXPIRED, "PG-3.4.5-1", _DELETE_IT),
        Step(_SUSPENDED, _E.LEAVE, _SUSPENDED, "PG-3.4.5-1", _DELETE_IT),
        Step(_SUSP_EXPIRED, _E.LEAVE, _SUSP_EXPIRED, "PG-3.4.5-1", _DELETE_IT),
        Step(_SUSP_ONE_TIME, _E.LEAVE, _SUSP_ONE_TIME, "PG-3.4.5-1", _DELETE_IT),
        Step(_LOCKED, _E.LEAVE, _LOCKED, "PG-3.4.5-1", _DELETE_IT),
        Step(_LOCK_EXPIRED, _E.LEAVE, _LOCK_EXPIRED, "PG-3.4.5-1", _DELETE_IT),
        Step(_LOCK_ONE_TIME, _E.LEAVE, _LOCK_ONE_TIME, "PG-3.4.5-1", _DELETE_IT),
        Step(_DELETED, _E.LEAVE, None, "PG-3.4.5-5", _GONE),
        Step(_NOT_CREATED, _E.DELETE, None, "PG-3.4.3-1", _NONE),
        Step(_ONE_TIME, _E.DELETE, _DELETED, "PG-3.4.5-2"),
        Step(_ACTIVE, _E.DELETE, _DELETED, "PG-3.4.5-2"),
        Step(_EXPIRED, _E.DELETE, _DELETED, "PG-3.4.5-2"),
        Step(_SUSPENDED, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_SUSP_EXPIRED, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_SUSP_ONE_TIME, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_LOCKED, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_LOCK_EXPIRED, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_LOCK_ONE_TIME, _E.DELETE, _DELETED, "PG-3.4.5-4"),
        Step(_DELETED, _E.DELETE, None, "PG-3.4.5-5", _GONE),
    ),
)
"""What each event does to an account in each state, or why it is refused.

Source: LRS portal guide, sections 2.3 and 3.4 (published); each row names its clause.
"""


class Actor(Word):
    """Who brings an event about.

    Source: LRS portal guide, sections 2.1 and 3.2 (published).
    """

    USER = "the user of the account"
    SUPER_USER = "a super user of the organisation"
    SERVICE_DESK = "the service desk"
    PORTAL = "the portal itself"


MAY_BRING_ABOUT: Mapping[tuple[Actor, AccountEvent], str] = MappingProxyType(
    {
        (Actor.USER, AccountEvent.LOG_ON): "PG-2.3-1",
        (Actor.USER, AccountEvent.WRONG_PASSWORD): "PG-3.4.6.1-1",
        (Actor.USER, AccountEvent.DECLINE_TERMS): "PG-2.3-3",
        (Actor.USER, AccountEvent.CHANGE_PASSWORD): "PG-2.3.1-2",
        (Actor.USER, AccountEvent.FORGET_PASSWORD): "PG-3.4.6-1",
        (Actor.SUPER_USER, AccountEvent.CREATE): "PG-3.2-1",
        (Actor.SUPER_USER, AccountEvent.RESET_PASSWORD): "PG-3.2-5",
        (Actor.SUPER_USER, AccountEvent.SUSPEND): "PG-3.2-5",
        (Actor.SUPER_USER, AccountEvent.REACTIVATE): "PG-3.2-5",
        (Actor.SUPER_USER, AccountEvent.UPDATE): "PG-3.2-4",
        (Actor.SUPER_USER, AccountEvent.LEAVE): "PG-3.2-7",
        (Actor.SUPER_USER, AccountEvent.DELETE): "PG-3.2-7",
        (Actor.SERVICE_DESK, AccountEvent.SUSPEND): "PG-1.4-E1",
        (Actor.PORTAL, AccountEvent.LAST_WRONG_PASSWORD): "PG-3.4.6.1-1",
        (Actor.PORTAL, AccountEvent.EXPIRE_PASSWORD): "PG-2.3.1-5",
    }
)
"""Who may bring about which event, with the clause; what is not here is refused.

Source: LRS portal guide, sections 1.4, 2.3, 3.2 and 3.4 (published).
"""


def may_bring_about(
    actor: Actor, event: AccountEvent, *, has_super_user: bool = True
) -> Decision:
    """Say whether somebody may bring an event about, whatever the account's state.

    Args:
        actor: Who wants to.
        event: What is to happen.
        has_super_user: Whether the organisation has a super user who can log on. The
            service desk creates an account only when it has none.

    Returns:
        The decision; nobody gives an account to another person.

    Source: LRS portal guide, sections 3.2, 3.4 and 3.5 (published).
    """
    actor, event = Actor(actor), AccountEvent(event)
    if event is AccountEvent.REASSIGN:
        return Decision(allowed=False, clause="PG-3.4.4-2")
    if (actor, event) in MAY_BRING_ABOUT:
        return Decision(allowed=True, clause=MAY_BRING_ABOUT[actor, event])
    if actor is Actor.SERVICE_DESK:
        if event is AccountEvent.CREATE:
            clause = "PG-3.2-3" if has_super_user else "PG-3.5-1"
            return Decision(allowed=not has_super_user, clause=clause)
        if event in {AccountEvent.RESET_PASSWORD, AccountEvent.REACTIVATE}:
            return Decision(allowed=False, clause="PG-3.2-6")
    return Decision(allowed=False, clause="PG-2.1-1")


# --- logging on -------------------------------------------------------------------


class LogonStep(Word):
    """What the portal asks for at a log-on.

    Source: LRS portal guide, sections 2.3 and 2.3.1 (published).
    """

    PASSWORD = "user name and password"  # noqa: S105  # a step
    ONE_TIME_PASSWORD = "user name and one-time password"  # noqa: S105
    ONE_TIME_PASSWORD_AGAIN = "the one-time password again"  # noqa: S105
    NEW_PASSWORD = "a new password"  # noqa: S105
    TERMS = "accept or decline the user agreement"
    SECRET_QUESTION = "choose a secret question, and its answer twice"  # noqa: S105


LOGON_STEPS: Mapping[AccountState, tuple[LogonStep, ...]] = MappingProxyType(
    {
        AccountState.NOT_CREATED: (),
        AccountState.ONE_TIME_PASSWORD: (
            LogonStep.ONE_TIME_PASSWORD,
            LogonStep.ONE_TIME_PASSWORD_AGAIN,
            LogonStep.NEW_PASSWORD,
            LogonStep.TERMS,
        ),
        AccountState.ACTIVE: (LogonStep.PASSWORD, LogonStep.TERMS),
        AccountState.PASSWORD_EXPIRED: (
            LogonStep.PASSWORD,
            LogonStep.NEW_PASSWORD,
            LogonStep.TERMS,
        ),
        AccountState.SUSPENDED: (),
        AccountState.SUSPENDED_EXPIRED: (),
        AccountState.SUSPENDED_ONE_TIME: (),
        AccountState.LOCKED: (),
        AccountState.LOCKED_EXPIRED: (),
        AccountState.LOCKED_ONE_TIME: (),
        AccountState.DELETED: (),
    }
)
"""What a log-on consists of in each state, in order; nothing where there is none.

Source: LRS portal guide, sections 2.3 and 2.3.1 (published).
"""


def logon_steps(
    state: AccountState, *, has_secret_question: bool
) -> tuple[LogonStep, ...]:
    """Return what the portal asks for at the next log-on, in order.

    The terms are among it at every log-on. Who declines them is back at the start.

    Args:
        state: The account's state.
        has_secret_question: Whether the user has chosen one before.

    Returns:
        The steps; none when nobody gets in.

    Source: LRS portal guide, sections 2.2, 2.3 and 2.3.1 (published); that the secret
    question is asked for whenever there is none is derived.
    """
    steps = LOGON_STEPS[AccountState(state)]
    return (
        (*steps, LogonStep.SECRET_QUESTION)
        if steps and not has_secret_question
        else steps
    )


# --- wrong passwords, and the account as a value ----------------------------------


@attrs.frozen(kw_only=True)
class SuspensionPolicy:
    """How many wrong passwords in a row suspend an account.

    Attributes:
        attempts: With this many the account is suspended.
        clause: The id of the clause that says so.

    Source: LRS portal guide, sections 3.4.6.1 and 3.4.6.3, which disagree (published).
    """

    attempts: int = attrs.field()
    clause: str

    @attempts.validator
    def _at_least_one(self, _: object, value: int) -> None:
        if value < 1:
            raise ValueError("attempts have to be at least 1")


SUSPENDED_AFTER_THREE = SuspensionPolicy(attempts=3, clause="PG-3.4.6.3-1")
"""The stricter reading: suspended with the third wrong password.

Source: LRS portal guide, section 3.4.6.3 (published).
"""

SUSPENDED_AFTER_TEN = SuspensionPolicy(attempts=10, clause="PG-3.4.6.1-1")
"""The laxer reading: suspended with the tenth wrong password.

Source: LRS portal guide, section 3.4.6.1 (published).
"""


def _as_roles(roles: Iterable[Role]) -> frozenset[Role]:
    return words(Role, roles)


def _as_needs(needs: Iterable[Action] | None) -> frozenset[Action] | None:
    return None if needs is None else words(Action, needs)


@attrs.frozen(kw_only=True)
class Account:
    """One account as a value: what a portal or a list of users knows of it.

    Its `repr` shows the id alone, for everything else is about a person.

    Attributes:
        id: Your own key of the account, without a person in it.
        organisation: For whom the account acts: the UKPRN of the organisation.
        person: Your key of the human being, such as a staff number.
        user_name: What the portal made out of the names.
        given_name: The person's.
        family_name: The person's.
        email: The person's own.
        telephone: Advised.
        verification_provided: How the person was identified, such as a staff number.
        roles: What the person may do.
        needs: What the person's work needs, where you know it.
        state: Where the account stands.
        created: The day on which it was created.
        password_set: The day on which the password was last chosen or issued.
        last_used: The day of the last log-on.
        wrong_passwords: How many in a row, since the last right one.
        has_secret_question: Whether its user has chosen one.
        has_left: Whether the person has left, or needs no access any more.

    Source: LRS portal guide, sections 3.4.1, 3.4.3 and 3.4.4 (published).
    """

    id: str
    organisation: str = attrs.field(default="", repr=False)
    person: str | None = attrs.field(default=None, repr=False)
    user_name: str | None = attrs.field(default=None, repr=False)
    given_name: str | None = attrs.field(default=None, repr=False)
    family_name: str | None = attrs.field(default=None, repr=False)
    email: str | None = attrs.field(default=None, repr=False)
    telephone: str | None = attrs.field(default=None, repr=False)
    verification_provided: str | None = attrs.field(default=None, repr=False)
    roles: frozenset[Role] = attrs.field(
        default=frozenset(), converter=_as_roles, repr=False
    )
    needs: frozenset[Action] | None = attrs.field(
        default=None, converter=_as_needs, repr=False
    )
    state: AccountState = attrs.field(
        default=AccountState.ACTIVE, converter=AccountState, repr=False
    )
    created: dt.date | None = attrs.field(default=None, repr=False)
    password_set: dt.date | None = attrs.field(default=None, repr=False)
    last_used: dt.date | None = attrs.field(default=None, repr=False)
    wrong_passwords: int = attrs.field(default=0, repr=False)
    has_secret_question: bool = attrs.field(default=False, repr=False)
    has_left: bool = attrs.field(default=False, repr=False)

    @property
    def is_super_user(self) -> bool:
        """Whether it has the role of a super user."""
        return Role.SUPER_USER in self.roles


_NEW_PASSWORD = frozenset(
    {
        AccountEvent.CREATE,
        AccountEvent.CHANGE_PASSWORD,
        AccountEvent.FORGET_PASSWORD,
        AccountEvent.RESET_PASSWORD,
    }
)
_RIGHT_PASSWORD = frozenset({AccountEvent.LOG_ON, AccountEvent.DECLINE_TERMS})
_COUNTS_ANEW = _NEW_PASSWORD | _RIGHT_PASSWORD | {AccountEvent.REACTIVATE}
_CHANGED_FIRST = frozenset({_ONE_TIME, _EXPIRED})
_QUESTION_ASKED = frozenset({_ONE_TIME, _LOCK_ONE_TIME})


def after_event(
    account: Account,
    event: AccountEvent,
    *,
    as_of: dt.date,
    policy: SuspensionPolicy,
) -> Account:
    """Return the account as it is after an event.

    A wrong password counts, and the one that fills the count suspends the account. A
    right one begins the count anew, whatever comes of it: the terms may be declined,
    or the password may have to be changed first. So do a new one and a reactivation.
    Who logs on with a password that is too old has to change it first. Who leaves has
    left, and the account stays open until somebody deletes it. `TABLE.step` says why
    an event is refused; the forgotten-password link takes an account with a one-time
    password only where there is a secret question.

    Args:
        account: The account before.
        event: What happens; `WRONG_PASSWORD` stands for the last one as well.
        as_of: The day on which it happens.
        policy: How many wrong passwords suspend, `SUSPENDED_AFTER_THREE` or
            `SUSPENDED_AFTER_TEN`: the guide says both.

    Returns:
        The account after it, or the same account when the event is refused.

    Source: LRS portal guide, sections 2.3 and 3.4 (published); that only wrong
    passwords in a row count is said of the three (section 3.4.6.3) and assumed of
    the ten, and that a right password counts when nobody gets in by it is derived.
    """
    event = AccountEvent(event)
    state, wrong = account.state, account.wrong_passwords
    counts_anew = event in _COUNTS_ANEW
    if event is AccountEvent.WRONG_PASSWORD:
        wrong += 1
        if wrong >= policy.attempts:
            event = AccountEvent.LAST_WRONG_PASSWORD
    if event is AccountEvent.LOG_ON:
        if state in _CHANGED_FIRST:
            return attrs.evolve(account, wrong_passwords=0) if wrong else account
        if state is _ACTIVE and _is_old(account, as_of):
            event = AccountEvent.EXPIRE_PASSWORD
    has_link = account.has_secret_question or state not in _QUESTION_ASKED
    if event is AccountEvent.FORGET_PASSWORD and not has_link:
        return account
    after = TABLE.step(state, event).after
    if after is None:
        return account
    return attrs.evolve(
        account,
        state=after,
        wrong_passwords=0 if counts_anew else wrong,
        password_set=as_of if event in _NEW_PASSWORD else account.password_set,
        last_used=as_of if event is AccountEvent.LOG_ON else account.last_used,
        created=as_of if event is AccountEvent.CREATE else account.created,
        has_left=account.has_left or event is AccountEvent.LEAVE,
    )


def _is_old(account: Account, as_of: dt.date) -> bool:
    day = account.password_set
    return day is not None and is_password_expired(day, as_of)


# --- passwords --------------------------------------------------------------------

PASSWORD_MINIMUM_LENGTH = 8
"""A password has at least this many letters and digits.

Source: LRS portal guide, section 2.3.1 (published).
"""

PASSWORD_LIFETIME_DAYS = 44
"""After this many days a password has expired.

Source: LRS portal guide, section 2.3.1 (published).
"""


@attrs.frozen(kw_only=True)
class PasswordFacts:
    """What the rules need to know of a password: never the password itself.

    Attributes:
        length: How many characters it has.
        has_upper: Whether there is a capital letter, A to Z.
        has_lower: Whether there is a small letter, a to z.
        has_digit: Whether there is a digit.
        others: How many characters are none of these.

    Source: LRS portal guide, section 2.3.1 (published).
    """

    length: int
    has_upper: bool
    has_lower: bool
    has_digit: bool
    others: int = 0


def password_facts(password: str) -> PasswordFacts:
    """Return the facts about a password, which is not kept.

    Args:
        password: What the user typed.

    Source: LRS portal guide, section 2.3.1 (published); that letters are A to Z only
    is assumed.
    """
    upper = lower = digits = 0
    for character in password:
        if character.isascii():
            upper += character.isupper()
            lower += character.islower()
            digits += character.isdigit()
    return PasswordFacts(
        length=len(password),
        has_upper=upper > 0,
        has_lower=lower > 0,
        has_digit=digits > 0,
        others=len(password) - upper - lower - digits,
    )


def check_password(facts: PasswordFacts) -> Report:
    """Return what a new password lacks.

    Args:
        facts: About the password.

    Returns:
        Findings at `password`. Characters other than letters and digits do not count
        towards the length and are a warning: the guide does not say that they are
        accepted.

    Source: LRS portal guide, section 2.3.1 (published); the warning is assumed.
    """
    letters_and_digits = facts.length - facts.others
    rules = (
        (letters_and_digits < PASSWORD_MINIMUM_LENGTH, "password-short"),
        (not facts.has_upper, "password-no-capital"),
        (not facts.has_lower, "password-no-small-letter"),
        (not facts.has_digit, "password-no-digit"),
        (facts.others > 0, "password-other-characters"),
    )
    return Report(_password_issue(code) for broken, code in rules if broken)


def _password_issue(code: str) -> Issue:
    if code == "password-short":
        return issue(code, "password", expected=PASSWORD_MINIMUM_LENGTH)
    return issue(code, "password")


def is_password_expired(
    password_set: dt.date, as_of: dt.date, *, lifetime: int = PASSWORD_LIFETIME_DAYS
) -> bool:
    """Say whether a password has to be changed before its user gets in.

    Args:
        password_set: The day on which it was chosen.
        as_of: The day in question.
        lifetime: For how many days it is good.

    Returns:
        Whether more than that many days have passed.

    Source: LRS portal guide, section 2.3.1 (published); that the last of the 44 days
    still counts is assumed.
    """
    return (as_of - password_set).days > lifetime


def is_same_answer(given: str, expected: str) -> bool:
    """Compare the answer to a secret question without regard to case; keep nothing.

    Args:
        given: What the person says.
        expected: What the person once chose.

    Source: LRS portal guide, section 3.4.6.2 (published); that nothing but case is
    folded is assumed.
    """
    return given.casefold() == expected.casefold()


def identity_confirmed(
    *, has_secret_question: bool, answer_matched: bool = False
) -> Decision:
    """Say whether a person at a distance is the user of an account.

    Args:
        has_secret_question: Whether the user has chosen one.
        answer_matched: Whether the answer was right, as `is_same_answer` says.

    Returns:
        The decision; without a secret question it is no, and the super user has to
        know the person by other means.

    Source: LRS portal guide, section 3.4.6.2 (published).
    """
    if not has_secret_question:
        return Decision(allowed=False, clause="PG-3.4.6-2")
    return Decision(allowed=answer_matched, clause="PG-3.4.6.2-1")


def may_reset_own_password(
    state: AccountState, *, has_email: bool, answer_matched: bool
) -> Decision:
    """Say whether a user gets a new password by the forgotten-password link.

    Args:
        state: The account's state.
        has_email: Whether the account has an e-mail address that works.
        answer_matched: Whether the answer to the secret question was right; not so
            where there is no question.

    Returns:
        The decision; when it is no, a super user has to help.

    Source: LRS portal guide, sections 3.4.3 and 3.4.6 (published); that the link does
    not open an account that was suspended by hand is assumed.
    """
    step = TABLE.step(AccountState(state), AccountEvent.FORGET_PASSWORD)
    if not step.is_allowed:
        return Decision(allowed=False, clause=step.clause)
    if not (has_email and answer_matched):
        return Decision(allowed=False, clause="PG-3.4.6-2")
    return Decision(allowed=True, clause="PG-3.4.6-1")


def may_send_logon(
    *, with_user_name: bool, with_password: bool, by_email: bool
) -> Decision:
    """Say whether a message to a new user may hold these.

    Args:
        with_user_name: Whether it holds the user name.
        with_password: Whether it holds the password.
        by_email: Whether it goes by e-mail.

    Returns:
        The decision: a super user sends both, but never in one e-mail.

    Source: LRS portal guide, sections 1.4 and 3.4.3 (published).
    """
    if with_user_name and with_password and by_email:
        return Decision(allowed=False, clause="PG-1.4-7")
    return Decision(allowed=True, clause="PG-3.4.3-7")


# --- breaches ---------------------------------------------------------------------


class AccountBreach(Word):
    """A breach of security that is about an account.

    Source: LRS portal guide, sections 1.4, 2.2, 3.4.1, 3.4.4 and 3.4.5 (published).
    """

    SHARED_ACCOUNT = "an account is used by more than one person"
    GENERIC_ACCOUNT = "an account belongs to no named person"
    ACCOUNT_LEFT_OPEN = "an account is open that nobody needs any more"
    LOGON_IN_AN_EMAIL = "user name and password are in one e-mail"
    SECRET_ANSWER_TOLD = "a secret answer was told to have a password reset"  # noqa: S105
    OTHER_PURPOSE = "an account is used for something it was not given for"
    REASSIGNED_ACCOUNT = "an account was handed on to another person"


BREACHES: Mapping[AccountBreach, str] = MappingProxyType(
    {
        AccountBreach.SHARED_ACCOUNT: "PG-1.4-8",
        AccountBreach.GENERIC_ACCOUNT: "PG-1.4-A4",
        AccountBreach.ACCOUNT_LEFT_OPEN: "PG-1.4-A3",
        AccountBreach.LOGON_IN_AN_EMAIL: "PG-1.4-7",
        AccountBreach.SECRET_ANSWER_TOLD: "PG-2.2-3",
        AccountBreach.OTHER_PURPOSE: "PG-2.2-4",
        AccountBreach.REASSIGNED_ACCOUNT: "PG-3.4.4-2",
    }
)
"""Which clause each breach breaks.

Source: LRS portal guide, sections 1.4, 2.2 and 3.4.4 (published).
"""

RESPONSIBILITIES: tuple[str, ...] = (
    "PG-2.2-2",
    "PG-2.2-3",
    "PG-2.2-4",
    "PG-2.2-5",
    "PG-2.2-A6",
    "PG-2.2-6",
)
"""What a user takes on with the terms, as clauses: to be shown at a log-on.

The full agreement is the service's own text, and is not here.

Source: LRS portal guide, section 2.2 (published).
"""


class EscalationStep(Word):
    """What the service does when breaches go on.

    Source: LRS portal guide, section 1.4 (published).
    """

    CONTACT = "the user and the super user are contacted"
    DISABLE_USER = "the user's permissions are disabled"
    DISABLE_ORGANISATION = "the organisation's permissions are disabled"
    ESCALATE = "the data protection officer and senior managers are told"
    REPORT = "the organisation is reported to the Information Commissioner"


ESCALATION: Mapping[EscalationStep, str] = MappingProxyType(
    {
        EscalationStep.CONTACT: "PG-1.4-E0",
        EscalationStep.DISABLE_USER: "PG-1.4-E1",
        EscalationStep.DISABLE_ORGANISATION: "PG-1.4-E2",
        EscalationStep.ESCALATE: "PG-1.4-E3",
        EscalationStep.REPORT: "PG-1.4-E4",
    }
)
"""The steps with their clauses, in the guide's order.

Source: LRS portal guide, section 1.4 (published).
"""


def next_escalation(taken: Iterable[EscalationStep]) -> EscalationStep | None:
    """Return the next step when breaches go on.

    Args:
        taken: The steps that were taken before.

    Returns:
        The step after the last one taken; None when it was the last of all.

    Source: LRS portal guide, section 1.4 (published); that the steps follow one
    another in the order of the list is assumed.
    """
    steps = tuple(ESCALATION)
    last = max(map(steps.index, words(EscalationStep, taken)), default=-1)
    return steps[last + 1] if last + 1 < len(steps) else None

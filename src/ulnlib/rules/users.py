"""Users of an organisation, and its super users: creating, changing, auditing them.

A super user looks after the users of one organisation. Findings are about the values
that a portal holds; they name positions and fields, and never a person.

Examples:
    >>> from ulnlib.rules.accounts import Account
    >>> office = Account(id="7", given_name="Exams", family_name="Office")
    >>> [found.code for found in check_account(office)][:3]
    ['generic-account', 'account-without-role', 'account-without-email']

Source: LRS portal guide, section 3 (published).
"""

from __future__ import annotations

__all__ = [
    "GENERIC_WORDS",
    "SUPER_USERS_ADVISED",
    "UNUSED_AFTER_DAYS",
    "UPDATABLE",
    "SuperUserForm",
    "SuperUserLoss",
    "audit",
    "audit_due",
    "check_account",
    "check_super_user_form",
    "check_super_users",
    "check_update",
    "contact",
    "existing_accounts",
    "holds_secret",
    "may_act",
    "may_create",
    "may_manage",
    "may_request_super_user",
    "may_use_for",
]

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib._text import fold_text
from ulnlib.issues import Issue, Report, issue
from ulnlib.rules._words import Word, texts, words
from ulnlib.rules.accounts import (
    TABLE,
    Account,
    AccountEvent,
    AccountState,
    AccountStatus,
    Actor,
    may_bring_about,
)
from ulnlib.rules.clauses import Decision
from ulnlib.rules.roles import Action, Role, check_roles, may

# --- super users ------------------------------------------------------------------

SUPER_USERS_ADVISED = (3, 5)
"""At least, and at most, so many super users are advised: a guideline.

Source: LRS portal guide, section 3.1 (published). The FAQ's two *additional* ones
come to the same three.
"""


def _can_act(account: Account) -> bool:
    """Say whether an account is that of a super user who can get in."""
    return account.is_super_user and account.state.is_open and not account.has_left


def check_super_users(accounts: Iterable[Account]) -> Report:
    """Return whether one organisation has enough super users, and not too many.

    Args:
        accounts: The accounts of one organisation; super users that are suspended,
            deleted or have left do not count.

    Returns:
        One finding at `super_users`, or none: no super user at all is an error, fewer
        than three or more than five a warning.

    Source: LRS portal guide, sections 3.1, 3.4.1 and 3.5; LRS FAQ (published).
    """
    count = sum(_can_act(account) for account in accounts)
    at_least, at_most = SUPER_USERS_ADVISED
    if count == 0:
        return Report([issue("super-user-none", "super_users")])
    if count < at_least:
        return Report(
            [issue("super-users-few", "super_users", count=count, expected=at_least)]
        )
    if count > at_most:
        return Report(
            [issue("super-users-many", "super_users", count=count, maximum=at_most)]
        )
    return Report()


class SuperUserLoss(Word):
    """Why an organisation's super user cannot act any more.

    Source: LRS portal guide, section 3.5 (published).
    """

    SECRET_ANSWER_FAILED = "suspended, and the secret answer fails"  # noqa: S105
    LONG_LEAVE = "on long-term leave"
    LEFT = "has left the organisation"


# In which status of the account each loss is one.
_LOST_IN: Mapping[SuperUserLoss, frozenset[AccountStatus]] = MappingProxyType(
    {
        SuperUserLoss.SECRET_ANSWER_FAILED: frozenset({AccountStatus.SUSPENDED}),
        SuperUserLoss.LONG_LEAVE: frozenset(AccountStatus),
        SuperUserLoss.LEFT: frozenset(AccountStatus),
    }
)


def may_request_super_user(
    loss: SuperUserLoss, lost: Account, accounts: Iterable[Account]
) -> Decision:
    """Say whether an organisation may send the form for a new super user.

    Args:
        loss: What has become of the super user.
        lost: The super user's account.
        accounts: The accounts of the organisation.

    Returns:
        Yes when the account is, or was, that of a super user and no other one can
        act; otherwise no, for another one creates the account or resets the password.
        A failed secret answer is a reason only while the account is suspended.

    Source: LRS portal guide, section 3.5; LRS FAQ (published).
    """
    loss = SuperUserLoss(loss)
    if any(_can_act(account) and account.id != lost.id for account in accounts):
        return Decision(allowed=False, clause="PG-3.2-1")
    is_lost = lost.is_super_user and lost.state.status in _LOST_IN[loss]
    return Decision(allowed=is_lost, clause="PG-3.5-1")


@attrs.frozen(kw_only=True)
class SuperUserForm:
    """The form by which an organisation asks for a new super user.

    Attributes:
        is_hand_signed: Whether it is signed by hand.
        is_manager: Whether the signatory is a manager or above.
        signed_agreement: Whether the signatory signed the organisation agreement.

    Source: LRS portal guide, section 3.5 (published).
    """

    is_hand_signed: bool
    is_manager: bool
    signed_agreement: bool


def check_super_user_form(form: SuperUserForm) -> Report:
    """Return what is wrong with the form for a new super user.

    Args:
        form: The form.

    Returns:
        Findings at `signature`; another signatory than that of the agreement is a
        warning.

    Source: LRS portal guide, section 3.5 (published).
    """
    rules = (
        (form.is_hand_signed, "form-not-hand-signed"),
        (form.is_manager, "form-signatory-rank"),
        (form.signed_agreement, "form-other-signatory"),
    )
    return Report(issue(code, "signature") for met, code in rules if not met)


def contact(accounts: Iterable[Account]) -> Account | None:
    """Return the super user to whom the service writes: the most recently active.

    Args:
        accounts: The accounts of one organisation.

    Returns:
        The account, the first of those last used on the same day; None when no super
        user who can act has ever logged on.

    Source: LRS portal guide, section 3.4.1 (published).
    """
    best: Account | None = None
    for account in accounts:
        if account.last_used is None or not _can_act(account):
            continue
        if best is None or best.last_used is None or account.last_used > best.last_used:
            best = account
    return best


# --- what a super user may do with an account -------------------------------------

_TAKES_AWAY = frozenset({AccountEvent.SUSPEND, AccountEvent.DELETE, AccountEvent.LEAVE})


def may_manage(  # noqa: PLR0913  # the last two by name
    manager: Account,
    account: Account,
    event: AccountEvent,
    accounts: Iterable[Account],
    *,
    new_roles: Iterable[Role] | None = None,
    granted: Iterable[Role] | None = None,
) -> Decision:
    """Say whether a super user may do something with an account.

    Args:
        manager: The super user's own account.
        account: The account that it is about.
        event: What is to happen to it.
        accounts: All accounts of the organisation.
        new_roles: The roles that it has afterwards, when it is created or updated;
            None leaves them alone.
        granted: The roles that the organisation was granted; None when not known.

    Returns:
        The decision. A role that the organisation was not granted is given to nobody
        (PG-A-11). The last super user who can act is not suspended, deleted or
        stripped of the role (PG-3.5-5): appoint another one first, and when that
        cannot be, send the form for a new super user and let the service do it.

    Source: LRS portal guide, sections 3.2, 3.4 and 3.5 and Appendix A (published);
    that the last super user stays is derived from the advice never to be without one.
    """
    event = AccountEvent(event)
    roles = None if new_roles is None else words(Role, new_roles)
    if not _can_act(manager) or manager.organisation != account.organisation:
        return Decision(allowed=False, clause="PG-3.2-1")
    actor = may_bring_about(Actor.SUPER_USER, event)
    if not actor:
        return actor
    step = TABLE.step(account.state, event)
    if not step.is_allowed:
        return Decision(allowed=False, clause=step.clause)
    if granted is not None and _given(account, event, roles) - words(Role, granted):
        return Decision(allowed=False, clause="PG-A-11")
    is_stripped = roles is not None and Role.SUPER_USER not in roles
    if event in _TAKES_AWAY or (event is AccountEvent.UPDATE and is_stripped):
        others = (one for one in accounts if one.id != account.id)
        if _can_act(account) and not any(
            _can_act(other) and other.organisation == account.organisation
            for other in others
        ):
            return Decision(allowed=False, clause="PG-3.5-5")
    return actor


def _given(
    account: Account, event: AccountEvent, roles: frozenset[Role] | None
) -> frozenset[Role]:
    """Return the roles that an event gives to an account."""
    if event is AccountEvent.CREATE:
        return account.roles if roles is None else roles
    if event is AccountEvent.UPDATE and roles is not None:
        return roles - account.roles
    return frozenset()


def may_act(
    account: Account,
    action: Action,
    granted: Iterable[Role],
    *,
    has_accepted_terms: bool,
    has_found: bool = False,
) -> Decision:
    """Say whether the user of an account may do something now.

    Args:
        account: The account.
        action: What its user wants to do.
        granted: The roles that the organisation was granted.
        has_accepted_terms: Whether the terms were accepted at this log-on.
        has_found: Whether the user has found this learner before, in this session.

    Returns:
        No when the account's state lets nobody log on, no without the terms, and then
        what the roles say.

    Source: LRS portal guide, sections 2.2 and 2.3 and Appendix A (published).
    """
    step = TABLE.step(account.state, AccountEvent.LOG_ON)
    if not step.is_allowed:
        return Decision(allowed=False, clause=step.clause)
    if not has_accepted_terms:
        return Decision(allowed=False, clause="PG-2.2-1")
    return may(account.roles, granted, action, has_found=has_found)


def may_use_for(account: Account, organisation: str) -> Decision:
    """Say whether an account may act for an organisation.

    An agency that works for several has an account with each of them, and somebody
    who works for an organisation by contract is a user of that organisation.

    Args:
        account: The account.
        organisation: The UKPRN of the organisation for whom the work is done.

    Source: LRS portal guide, section 3.4.2 (published).
    """
    return Decision(allowed=account.organisation == organisation, clause="PG-3.4.2-3")


# --- creating and checking --------------------------------------------------------

GENERIC_WORDS: frozenset[str] = frozenset(
    re.findall(
        r"\w+",
        """
        account accounts admin administration administrator admissions batch campus
        clerk college data default demo dept department enquiries enrolment
        enrolments everyone exam examinations exams generic guest helpdesk info
        information learner login logon lrb lrs manager mis new nobody office online
        operator plr portal reception receptionist records registrar registry school
        service services shared staff student students super superuser supervisor
        support system team temp temporary test tester training tutor uln user users
        visitor
        """,
    )
)
"""Words that no person is called, in small letters; add yours with `|`.

Some are family names as well: a name is generic for certain only when all of it is.

Source: *guest* and *generic*: LRS portal guide, section 3.4.1 (published); the other
words are assumed.
"""


# Wider than the service's pattern for a learner's address: staff have others.
_EMAIL = r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+"


def _words(text: str | None) -> list[str]:
    """Return the words of a name, in small letters and without what is no letter."""
    return re.findall(r"[^\W\d_]+", fold_text(text or ""))


def _generic(account: Account, generic_words: Iterable[str]) -> tuple[bool, bool, bool]:
    """Say whether the name is generic, whether part of it is, and the mailbox."""
    generic = texts(generic_words)
    names = _words(account.given_name) + _words(account.family_name)
    telling = [word for word in names if len(word) > 1]
    hits = sum(word in generic for word in telling)
    mailbox = _words((account.email or "").partition("@")[0])
    return (
        hits > 0 and hits == len(telling),
        hits > 0,
        bool(mailbox) and all(word in generic for word in mailbox),
    )


def check_account(
    account: Account,
    *,
    granted: Iterable[Role] | None = None,
    verification_holds_secret: bool = False,
    generic_words: Iterable[str] = GENERIC_WORDS,
) -> Report:
    """Return what is wrong with an account, or with the form for a new one.

    Args:
        account: The account.
        granted: The roles that the organisation was granted; None when not known.
        verification_holds_secret: Whether *verification provided* holds the secret
            question or its answer; see `holds_secret`.
        generic_words: Words that no person is called: `GENERIC_WORDS | {...}`.

    Returns:
        Findings at the fields of the account, in their order on the form.

    Source: LRS portal guide, sections 3.4.1 and 3.4.3 (published); which names are
    generic, and that a mailbox of that kind is a shared one, is assumed.
    """
    found: list[Issue] = []
    found.extend(
        issue("account-name-missing", name, label=label)
        for name, label in (
            ("given_name", "given name"),
            ("family_name", "family name"),
        )
        if not (getattr(account, name) or "").strip()
    )
    is_generic, is_partly, is_mailbox = _generic(account, generic_words)
    if is_generic:
        found.append(issue("generic-account", "given_name"))
    elif is_partly:
        found.append(issue("generic-account-possible", "given_name"))
    found += check_roles(account.roles, granted, account.needs)
    email = (account.email or "").strip()
    if not email:
        found.append(issue("account-without-email", "email"))
    elif re.fullmatch(_EMAIL, email) is None:
        found.append(issue("account-email-format", "email"))
    elif is_mailbox:
        found.append(issue("account-shared-mailbox", "email"))
    if not (account.verification_provided or "").strip():
        found.append(issue("account-without-verification", "verification_provided"))
    elif verification_holds_secret:
        found.append(issue("account-secret-in-verification", "verification_provided"))
    if not (account.telephone or "").strip():
        found.append(issue("account-without-telephone", "telephone"))
    return Report(found)


def holds_secret(text: str, *secrets: str) -> bool:
    """Say whether a text holds a secret question or its answer; keep neither.

    Args:
        text: What was typed as *verification provided*.
        secrets: The question, the answer.

    Source: LRS portal guide, section 3.4.3 (published); that case and repeated spaces
    make no difference, and that whole words count, is assumed.
    """
    folded = fold_text(text)
    return any(
        re.search(rf"(?<!\w){re.escape(fold_text(secret))}(?!\w)", folded)
        for secret in secrets
        if secret.strip()
    )


def existing_accounts(
    wanted: Account, accounts: Iterable[Account]
) -> tuple[Account, ...]:
    """Return the accounts that the same person seems to have, to be looked at first.

    Args:
        wanted: The account that is to be created.
        accounts: The accounts of the organisation.

    Returns:
        Accounts of the same organisation, deleted ones left out, with the same person
        key, the same two names or the same e-mail address.

    Source: LRS portal guide, section 3.4.3, which searches by the two names
    (published); the person key and the e-mail address are assumed.
    """
    keys = _person_keys(wanted)
    return tuple(
        account
        for account in accounts
        if account.id != wanted.id
        and account.organisation == wanted.organisation
        and account.state not in {AccountState.DELETED, AccountState.NOT_CREATED}
        and keys & _person_keys(account)
    )


def _person_keys(account: Account) -> frozenset[tuple[str, str, str]]:
    keys = set()
    if account.person:
        keys.add(("person", account.person, ""))
    given = fold_text(account.given_name or "")
    family = fold_text(account.family_name or "")
    if given and family:
        keys.add(("names", given, family))
    if (account.email or "").strip():
        keys.add(("email", fold_text(account.email or ""), ""))
    return frozenset(keys)


def may_create(
    wanted: Account,
    accounts: Iterable[Account],
    *,
    has_searched: bool,
    is_another_person: bool = False,
) -> Decision:
    """Say whether an account may be created.

    Args:
        wanted: The account that is to be created.
        accounts: The accounts of the organisation.
        has_searched: Whether the super user has looked for the person.
        is_another_person: Whether somebody has made sure that the accounts that were
            found belong to others of the same name.

    Returns:
        No without a search, and no when the person has an account already.

    Source: LRS portal guide, sections 3.2 and 3.4.3 (published).
    """
    if not has_searched:
        return Decision(allowed=False, clause="PG-3.4.3-1")
    found = existing_accounts(wanted, accounts)
    is_same = any(
        wanted.person is not None and wanted.person == one.person for one in found
    )
    if is_same or (found and not is_another_person):
        return Decision(allowed=False, clause="PG-3.2-7")
    return Decision(allowed=True, clause="PG-3.2-1")


UPDATABLE: Mapping[str, str] = MappingProxyType(
    {
        "given_name": "PG-3.4.4-3",
        "family_name": "PG-3.4.4-3",
        "telephone": "PG-3.4.4-3",
        "email": "PG-3.4.4-3",
        "verification_provided": "PG-3.4.4-3",
        "roles": "PG-3.2-4",
    }
)
"""What an update may change, with the clause.

Source: LRS portal guide, sections 3.2 and 3.4.4 (published), but for the title and
your reference, which the account has not.
"""


def check_update(before: Account, after: Account) -> Report:
    """Return what is wrong with a change of an account.

    Args:
        before: The account before it.
        after: The account after it.

    Returns:
        Findings: another person, another organisation or another user name is an
        error; two new names at once are a warning, because that is how an account is
        handed on.

    Source: LRS portal guide, sections 3.4.2 and 3.4.4 (published); that two new names
    mean another person is assumed.
    """
    found = []
    if before.person and after.person and before.person != after.person:
        found.append(issue("account-reassigned", "person"))
    elif all(
        fold_text(getattr(before, name) or "") != fold_text(getattr(after, name) or "")
        for name in ("given_name", "family_name")
    ):
        found.append(issue("account-reassigned-possible", "given_name"))
    if before.organisation != after.organisation:
        found.append(issue("account-other-organisation", "organisation"))
    if before.user_name != after.user_name:
        found.append(issue("account-user-name-changed", "user_name"))
    return Report(found)


# --- the yearly audit -------------------------------------------------------------

UNUSED_AFTER_DAYS = 365
"""An account that nobody used for so many days is looked at.

Source: assumed: a year, because the audit is yearly (LRS portal guide, section 3.3).
"""


def audit_due(last: dt.date) -> dt.date:
    """Return the day by which the next audit of users is advised: a year later.

    Args:
        last: The day of the last audit.

    Returns:
        The same day of the next year, 1 March for 29 February.

    Source: LRS portal guide, section 3.3 (published).
    """
    if (last.month, last.day) == (2, 29):
        return dt.date(last.year + 1, 3, 1)
    return last.replace(year=last.year + 1)


def audit(  # all by name, and each has its default
    accounts: Sequence[Account],
    *,
    as_of: dt.date,
    granted: Mapping[str, Iterable[Role]] | None = None,
    unused_after: int = UNUSED_AFTER_DAYS,
    generic_words: Iterable[str] = GENERIC_WORDS,
) -> Report:
    """Return what a yearly look at the users finds.

    Args:
        accounts: The accounts, of one organisation or of several.
        as_of: The day of the audit.
        granted: The roles that each organisation was granted, by UKPRN.
        unused_after: For how many days an account may rest.
        generic_words: Words that no person is called.

    Returns:
        Findings at `("account", n, field)` in the order of the list, the first
        account being 1, then one at `("organisation", n, "super_users")` for each
        organisation, in the order in which they first occur. Deleted accounts are
        passed over.

    Source: LRS portal guide, sections 3.1 to 3.4 (published); after how many days an
    account is unused is assumed.
    """
    known = texts(generic_words)
    found: list[Issue] = []
    groups: dict[str, list[Account]] = {}
    first_of: dict[tuple[str, tuple[str, str, str]], int] = {}
    for n, account in enumerate(accounts, start=1):
        rows = groups.setdefault(account.organisation, [])
        if account.state in {AccountState.DELETED, AccountState.NOT_CREATED}:
            continue
        rows.append(account)
        roles = None if granted is None else granted.get(account.organisation, ())
        about = list(check_account(account, granted=roles, generic_words=known))
        keys = [(account.organisation, key) for key in _person_keys(account)]
        same = min((first_of[key] for key in keys if key in first_of), default=None)
        if same is not None:
            about.append(issue("account-duplicate-person", "person", first=same))
        for key in keys:
            first_of.setdefault(key, n)
        about += _use(account, as_of, unused_after)
        found += (one.at("account", n) for one in about)
    for n, rows in enumerate(groups.values(), start=1):
        found += (one.at("organisation", n) for one in check_super_users(rows))
    return Report(found)


def _use(account: Account, as_of: dt.date, unused_after: int) -> list[Issue]:
    """Return the findings about how, and whether, an account is used."""
    if account.has_left:
        return [issue("account-left-open", "has_left")]
    since = account.last_used or account.created
    if since is None:
        return [issue("account-never-used", "last_used")]
    days = (as_of - since).days
    if days <= unused_after:
        return []
    if account.last_used is None:
        return [issue("account-never-used", "last_used")]
    return [issue("account-unused", "last_used", count=days)]

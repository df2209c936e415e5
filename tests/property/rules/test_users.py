"""Laws of an audit: in order, about what is there, and the same every time."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.rules.accounts import Account, AccountState
from ulnlib.rules.roles import Role
from ulnlib.rules.users import (
    GENERIC_WORDS,
    audit,
    audit_due,
    check_account,
    contact,
    existing_accounts,
    holds_secret,
    may_create,
)

DAY = dt.date(2026, 11, 21)
names = (
    st.none() | st.sampled_from(["Ada", "Ida", "Guest", "Office 1", " "]) | st.text()
)
accounts = st.builds(
    Account,
    id=st.text(),
    organisation=st.sampled_from(["10012345", "10054321"]),
    person=st.none() | st.sampled_from(["S-1", "S-2"]),
    given_name=names,
    family_name=names,
    email=st.none() | st.sampled_from(["a1@example.org", "office@example.org", "none"]),
    roles=st.frozensets(st.sampled_from(Role)),
    state=st.sampled_from(AccountState),
    created=st.none() | st.dates(dt.date(2020, 1, 1), DAY),
    last_used=st.none() | st.dates(dt.date(2020, 1, 1), DAY),
    has_left=st.booleans(),
)


@given(st.lists(accounts, max_size=8))
def test_an_audit_goes_through_the_list_in_order(rows):
    """Accounts first, by their place, then organisations; deleted ones are silent."""
    report = audit(rows, as_of=DAY)
    places = [found.path[:2] for found in report]
    silent = {AccountState.DELETED, AccountState.NOT_CREATED}

    assert places == sorted(places)
    assert all(
        rows[n - 1].state not in silent for kind, n in places if kind == "account"
    )
    organisations = {row.organisation for row in rows}
    assert sum(kind == "organisation" for kind, _ in places) <= len(organisations)


@given(st.lists(accounts, max_size=8))
def test_an_audit_holds_what_a_check_of_each_holds(rows):
    """Nothing that is wrong with an account by itself is lost in the list."""
    report = list(audit(rows, as_of=DAY))

    for n, row in enumerate(rows, start=1):
        if row.state not in {AccountState.DELETED, AccountState.NOT_CREATED}:
            found = {one.at("account", n) for one in check_account(row)}
            assert found <= set(report)


@given(accounts, st.lists(accounts, max_size=8), st.booleans())
def test_who_is_not_found_may_be_created(wanted, rows, is_another):
    """A search that finds nobody never stands in the way, and it is always needed."""
    found = existing_accounts(wanted, rows)
    decision = may_create(wanted, rows, has_searched=True, is_another_person=is_another)

    assert found or decision
    assert not may_create(wanted, rows, has_searched=False)
    assert {id(one) for one in found} <= {id(one) for one in rows}


@given(st.lists(accounts, max_size=8))
def test_nobody_was_active_after_the_contact(rows):
    """The service writes to a super user, and to none that was active earlier."""
    found = contact(rows)
    able = [
        row.last_used
        for row in rows
        if row.is_super_user and row.state.is_open and not row.has_left
    ]
    days = [day for day in able if day is not None]

    assert (found is None) == (not days)
    assert found is None or found.last_used == max(days)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_year_is_a_year(last):
    """The next audit is 365 or 366 days later."""
    assert (audit_due(last) - last).days in {365, 366}


@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_a_text_by_itself_holds_itself(text, secret):
    """Between spaces a secret is always seen."""
    assert holds_secret(f"x {secret} y", secret)
    assert holds_secret(f"x {secret.upper()} y", secret.upper())
    assert not holds_secret(text)


@given(st.text(alphabet="bcdfghjklmnpqrstvwz", min_size=2))
def test_a_word_of_no_list_is_a_persons(word):
    """Only words of the list make an account generic."""
    found = check_account(Account(id="1", given_name=word, family_name=word))
    codes = {one.code for one in found}

    assert ("generic-account" in codes) == (word in GENERIC_WORDS)

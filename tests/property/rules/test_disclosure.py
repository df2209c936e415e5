"""Laws of disclosure, for any message."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from ulnlib import uln
from ulnlib.rules.disclosure import Kind, Medium, Names, check, find, redact

AS_OF = dt.date(2026, 11, 21)
NAMES = Names(["Ada", "Siân", "Will", "Mary Ann"], ["Quill", "O'Hara"])
PIECES = (
    "9900000004", "9900 000 012", "99000-00020", "9900000005", "01632 960123",
    "enquiry reference DC9900000004", "Ada", "will", "Mary Ann", "O\u2019Hara's",
    "Quill",
    "4 May 2007", "2007-05-04", "4.5.07", "31/02/2007", "DOB", "meeting", "born",
    "ZA1 1AA", "za11aa", "ZZ99 9ZZ", "College", "part no.", "home", "gender: female",
    "(F)", ",M,", "male", "is female.", "user name: quilla", "password is Tr4c",
    "pwd=x9", "Password:", "surname: Zed", "tel.", "order", "ULN", "[ULN]", "[NAME]",
    "ULN: 9900.000.004", "990000000 4", "DC-9900000004-01", "born 4 May 07",
    "ZA1\n1AA", "postcode ZA1-1AA", "user,password\n", "jsmith,Summer19",
    "password\tSummer19", "login jsmith pass Summer19", "Gender\n", "F", "| ",
    "Order numbers", "Tel:", "IBAN GB29",
    "\n", "\n\n", " ", ", ", "; ", ". ", "-", "/", "'", '"', "\t", "\u00e9", "\u0301",
)  # fmt: skip
messages = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)


@given(text=messages)
def test_findings_stand_in_the_text_in_order(text):
    """Every place is in the text, on the line and in the column that it says."""
    found = find(text, names=NAMES, as_of=AS_OF)
    lines = text.split("\n")
    assert [(one.start, one.end) for one in found] == sorted(
        (one.start, one.end) for one in found
    )
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        before = sum(len(line) + 1 for line in lines[: one.line - 1])
        assert before + one.column - 1 == one.start


@given(text=messages)
def test_learners_details_never_lie_over_one_another(text):
    """A user name may be a name as well; nothing else is two things."""
    accounts = {Kind.USER_NAME, Kind.PASSWORD}
    found = [
        one for one in find(text, names=NAMES, as_of=AS_OF) if one.kind not in accounts
    ]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(text=messages)
def test_every_uln_is_one(text):
    """What is called a ULN passes the check digit."""
    for one in find(text, as_of=AS_OF):
        if one.kind is Kind.ULN:
            digits = [str(int(c)) for c in one.reveal(text) if c.isdecimal()]
            assert uln.is_valid("".join(digits))


@given(text=messages)
def test_a_redacted_message_is_clean(text):
    """Nothing is found in it any more, in whatever it travels."""
    safe = redact(text, names=NAMES, as_of=AS_OF)
    assert find(safe, names=NAMES, as_of=AS_OF) == ()
    assert redact(safe, names=NAMES, as_of=AS_OF) == safe


@given(text=messages)
def test_a_message_without_findings_stays_as_it_is(text):
    """Only what is found is replaced."""
    if not find(text, names=NAMES, as_of=AS_OF):
        assert redact(text, names=NAMES, as_of=AS_OF) == text


@given(text=messages)
def test_what_is_no_breach_in_the_open_is_none_in_the_portal(text):
    """The portal allows all that an unencrypted mail allows."""
    in_the_open = check(text, Medium.UNENCRYPTED_EMAIL, names=NAMES, as_of=AS_OF)
    portal = check(text, Medium.PORTAL_DATA_CHALLENGE, names=NAMES, as_of=AS_OF)
    assert portal.is_breach <= in_the_open.is_breach


@given(text=messages)
def test_a_password_apart_is_no_worse_than_in_the_same_mail(text):
    """Keeping the password apart never makes a breach."""
    apart = check(text, Medium.ENCRYPTED_PASSWORD_APART, names=NAMES, as_of=AS_OF)
    same = check(text, Medium.ENCRYPTED_PASSWORD_SAME_MAIL, names=NAMES, as_of=AS_OF)
    assert apart.is_breach <= same.is_breach


@given(text=messages, medium=st.sampled_from(Medium))
def test_a_breach_names_clauses_and_words_and_a_clean_message_none(text, medium):
    """There is a ground, with findings of the message, exactly where there is one."""
    found = check(text, medium, names=NAMES, as_of=AS_OF)
    assert found.is_breach == bool(found.clauses)
    assert not (found.breaches and found.cautions)
    for ground in found.breaches:
        assert ground.because
        assert set(ground.because) <= set(found.findings)

"""Laws of the check of a form: it agrees with the check of a file, and with itself."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ulnlib import batch
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.rules import registration
from ulnlib.rules.registration import Channel, Purpose

DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2090, 12, 31))
TEXTS = st.one_of(
    st.none(),
    st.just(""),
    st.sampled_from(["0", "1", "2", "9", "999", "2008-05-04", "ZA1 1AA", "1000000043"]),
    st.text(max_size=40),
)
LEARNERS = st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXTS)).map(
    lambda fields: Learner(**fields)
)
OURS = {
    "field-not-taken",
    "verification-description-not-accepted",
    "verification-description-has-type",
    "verification-description-wording",
}


@given(
    learner=LEARNERS,
    purpose=st.sampled_from(Purpose),
    channel=st.sampled_from(Channel),
    version=st.sampled_from([None, "2A", "3A"]),
    as_of=DAYS,
)
def test_whatever_is_given_is_reported_and_nothing_is_raised(
    learner, purpose, channel, version, as_of
):
    """Findings come in the order of the fields, each about one field."""
    report = registration.check(
        learner, purpose=purpose, channel=channel, version=version, as_of=as_of
    )
    places = [list(FIELDS).index(item.field) for item in report]

    assert places == sorted(places)
    for item in report:
        code = registration.return_code(item, channel=channel, as_of=as_of)
        assert (code is None) is (item.return_code is None)
        assert channel is Channel.FILE or code != "RC013"
    if report.is_ok:
        has_uln = bool(learner.uln)
        for name in registration.mandatory_fields(purpose, channel, has_uln=has_uln):
            assert getattr(learner, name).strip()


@given(learner=LEARNERS, version=st.sampled_from(["2A", "3A"]), as_of=DAYS)
def test_a_form_finds_what_the_check_of_a_file_finds(learner, version, as_of):
    """A search by file has the findings of a row; each has advice of its own besides.

    A row may have to become a new ULN, which a search need not.
    """
    report = registration.check(
        learner,
        purpose=Purpose.FIND,
        channel=Channel.FILE,
        version=version,
        as_of=as_of,
    )
    rows = check_learner(learner, RowRules(batch.LAYOUTS[version], as_of))

    assert [i for i in report if i.code not in OURS] == [
        i for i in rows if i.code != "needed-for-new-uln"
    ]


@given(learner=LEARNERS, as_of=DAYS)
def test_who_passes_for_a_new_uln_lacks_nothing(learner, as_of):
    """The check of a form is at least as strict as the register."""
    report = registration.check(
        learner, purpose=Purpose.REGISTER, channel=Channel.FILE, as_of=as_of
    )
    if report.is_ok:
        assert registration.missing_for_registration(learner) == ()

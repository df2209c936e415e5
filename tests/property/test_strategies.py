"""The strategies give what they promise."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import sys

import pytest
from hypothesis import find, given, settings

from ulnlib._dates import DATE_PATTERN, age_on
from ulnlib.errors import MissingExtra
from ulnlib.fields import FIELDS, REGISTRATION_MANDATORY
from ulnlib.learner import Demographics
from ulnlib.postcode import check as check_postcode
from ulnlib.postcode import is_valid as is_postcode
from ulnlib.rules.registration import missing_for_registration
from ulnlib.testing import strategies
from ulnlib.uln import TEMPORARY, Reason, Uln, check, is_valid


@given(strategies.ulns())
def test_every_uln_is_one(uln):
    """Law: what `ulns` gives is a ULN."""
    assert isinstance(uln, Uln)
    assert is_valid(str(uln))


@given(strategies.ulns(synthetic=True))
def test_every_synthetic_uln_is_of_the_test_range(uln):
    """Law: a synthetic ULN begins with 99."""
    assert str(uln).startswith("99")
    assert is_valid(str(uln))


@given(strategies.uln_texts())
def test_a_nearly_valid_text_is_a_text(text):
    """Law: every text is at most a few characters away from ten."""
    assert isinstance(text, str)
    assert len(text) <= 12


@pytest.mark.parametrize("reason", [None, *(set(Reason) - {Reason.TYPE})])
def test_nearly_valid_texts_come_to_every_verdict(reason):
    """Law: for every reason to refuse a text, some text is refused for it."""
    find(strategies.uln_texts(), lambda text: check(text) == reason)


def test_the_temporary_number_is_among_the_texts():
    """Law: the temporary number comes."""
    assert find(strategies.uln_texts(), lambda text: text == TEMPORARY) == TEMPORARY


@given(strategies.postcodes())
def test_the_service_accepts_every_postcode(text):
    """Law: what `postcodes` gives passes the service's pattern and length."""
    assert is_postcode(text)


@given(strategies.postcodes(synthetic=True))
def test_synthetic_postcodes_leave_nothing_to_remark(text):
    """Law: a synthetic postcode has no finding, not even a warning."""
    assert not check_postcode(text)


@given(strategies.dates())
def test_the_service_can_write_every_date(day):
    """Law: what `dates` gives has a text of the service's format."""
    assert re.fullmatch(DATE_PATTERN, day.isoformat())


@settings(deadline=None)
@given(strategies.learners(as_of=dt.date(2026, 11, 21)))
def test_every_learner_could_be_registered(learner):
    """Law: every field passes its facets and nothing mandatory is missing."""
    for name, field in FIELDS.items():
        value = getattr(learner, name)
        if value is None:
            assert name not in REGISTRATION_MANDATORY
            continue
        assert 0 < len(value) <= field.max_length, name
        assert field.pattern is None or re.fullmatch(field.pattern, value), name
    assert missing_for_registration(learner) == ()
    demographics = learner.demographics()
    assert isinstance(demographics, Demographics)
    assert 13 <= age_on(demographics.date_of_birth, dt.date(2026, 11, 21)) <= 110
    described = learner.other_verification_description is not None
    assert described == (learner.verification_type == "999")


def test_without_hypothesis_the_extra_is_named(monkeypatch):
    """Law: a missing extra is named with its install line."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "ulnlib.testing.strategies")
    with pytest.raises(MissingExtra, match=r"ulnlib\[testing\]"):
        importlib.import_module("ulnlib.testing.strategies")

"""The checker, row by row; the golden files have one example of every code."""

import datetime as dt

import pytest

from ulnlib import Learner, batch
from ulnlib.batch.checker import RowRules, check_learner

RULES = RowRules(batch.LRB_3A, dt.date(2026, 11, 21))
ADA = Learner(
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)


def found(rules=RULES, **changes):
    return [(i.code, i.field) for i in check_learner(ADA.evolve(**changes), rules)]


def test_a_sound_learner_has_no_finding():
    assert found() == []


def test_findings_come_in_the_order_of_the_fields():
    assert found(
        verification_type="8", uln="1", email="none", given_name=None, notes="a\nb"
    ) == [
        ("uln-length", "uln"),
        ("mandatory-missing", "given_name"),
        ("email-none", "email"),
        ("code-unknown", "verification_type"),
        ("line-break", "notes"),
    ]


@pytest.mark.parametrize("name", ["date_of_birth", "gender", "postcode"])
def test_with_a_uln_only_the_names_are_mandatory(name):
    assert found(**{name: None}) == [("mandatory-missing", name)]
    assert found(**{name: None}, uln="1000000043") == []


@pytest.mark.parametrize("name", ["given_name", "family_name"])
def test_names_are_mandatory_in_every_row(name):
    assert found(**{name: " "}, uln="1000000043") == [("mandatory-missing", name)]


def test_without_a_day_no_age_is_checked():
    rules = RowRules(batch.LRB_3A, None)

    assert found(rules, date_of_birth="2099-01-01") == []
    assert found(rules, date_of_address_capture="2099-01-01") == []


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2013-11-21", None),
        ("2013-11-22", "age-too-young"),
        ("2026-11-21", "age-too-young"),
        ("2026-11-22", "date-of-birth-future"),
        ("1915-11-22", None),
        ("1915-11-21", "age-too-old"),
    ],
)
def test_ages_from_13_to_110_are_permitted(born, code):
    expected = [] if code is None else [(code, "date_of_birth")]

    assert found(date_of_birth=born) == expected


def test_a_date_that_is_malformed_has_no_age():
    assert found(date_of_birth="04/05/1808") == [("date-excel", "date_of_birth")]


def test_a_field_that_the_version_has_not_is_not_checked():
    rules = RowRules(batch.LRB_2A, dt.date(2026, 11, 21))

    assert found(rules, upn="x", uci="y") == []


def test_ability_to_share_2_is_for_2a_only():
    rules = RowRules(batch.LRB_2A, dt.date(2026, 11, 21))

    assert found(rules, ability_to_share="2") == []
    assert found(ability_to_share="2") == [("share-2-withdrawn", "ability_to_share")]
    assert found(ability_to_share="3") == [("code-unknown", "ability_to_share")]


def test_a_value_with_two_hidden_defects_has_two_findings():
    assert found(given_name="A\x01\ufffd") == [
        ("control-character", "given_name"),
        ("character-lost", "given_name"),
    ]


def test_positions_are_counted_from_one():
    (item,) = check_learner(ADA.evolve(given_name="Ab\x01"), RULES)

    assert "position 3" in item.message


def test_a_field_with_a_pattern_is_explained_by_its_shape_first():
    assert found(gender="1\x01") == [("code-unknown", "gender")]


def test_a_letter_beyond_ascii_is_no_digit_in_a_date():
    assert found(date_of_birth="٢٠٠٨-05-04") == [("date-format", "date_of_birth")]


@pytest.mark.parametrize("text", ["999", "2"])
def test_a_blank_description_is_none(text):
    expected = (
        [("verification-description-missing", "other_verification_description")]
        if text == "999"
        else []
    )

    assert (
        found(verification_type=text, other_verification_description="  ") == expected
    )


def test_the_right_length_is_the_longest_that_fits():
    assert found(family_name="x" * 35) == []
    assert found(family_name="x" * 36) == [("too-long", "family_name")]
    assert found(notes="x" * 4000) == []
    assert found(email="x" * 242 + "@example.org") == []
    assert found(email="x" * 243 + "@example.org") == [("too-long", "email")]


@pytest.mark.parametrize("name", ["ability_to_share", "verification_type"])
def test_what_a_new_uln_needs_is_advised_of_where_there_is_no_uln(name):
    assert found(**{name: None}) == [("needed-for-new-uln", name)]
    assert found(**{name: None}, uln="1000000043") == []

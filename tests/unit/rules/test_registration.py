"""What a new ULN needs: fields, and an age."""

import datetime as dt

import pytest

from ulnlib.learner import Learner
from ulnlib.rules import registration

WHOLE = Learner(
    given_name="Ada",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
    ability_to_share="1",
    verification_type="2",
)


def test_the_ages_are_13_to_110():
    assert registration.MINIMUM_AGE == 13
    assert registration.MAXIMUM_AGE == 110


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        # 110 on the eve of the 111th birthday; 13 on the birthday itself.
        ("2026-11-21", "1915-11-22", "2013-11-21"),
        ("2024-02-29", "1913-03-01", "2011-02-28"),
        ("2025-02-28", "1914-03-01", "2012-02-28"),
        ("2025-03-01", "1914-03-02", "2012-03-01"),
    ],
)
def test_both_ends_of_the_permitted_ages_are_included(as_of, first, last):
    found = registration.birth_dates(dt.date.fromisoformat(as_of))

    assert [day.isoformat() for day in found] == [first, last]


def test_a_whole_record_lacks_nothing():
    assert registration.missing_for_registration(WHOLE) == ()


def test_an_empty_record_lacks_all_in_order():
    assert registration.missing_for_registration(Learner()) == (
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "ability_to_share",
        "verification_type",
    )


@pytest.mark.parametrize("blank", [None, "", "  ", "\t"])
@pytest.mark.parametrize(
    "name",
    [
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "ability_to_share",
        "verification_type",
    ],
)
def test_a_blank_field_is_lacking(name, blank):
    learner = WHOLE.evolve(**{name: blank})

    assert registration.missing_for_registration(learner) == (name,)


def test_a_wrong_value_is_not_lacking():
    """Whether a value is right is asked elsewhere."""
    learner = WHOLE.evolve(date_of_birth="yesterday", gender="X")

    assert registration.missing_for_registration(learner) == ()

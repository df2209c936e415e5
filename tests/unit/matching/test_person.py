"""A learner made ready for comparing."""

import pytest

from ulnlib.learner import Learner
from ulnlib.matching.demographics import five_of
from ulnlib.matching.person import Person

LEARNER = Learner(
    given_name=" ZOE\u0308  Ann ",
    preferred_given_name="Zo\u00eb-Bee",
    middle_names="Mary-Jane O'Kay",
    family_name="O'Brien",
    previous_family_name="D'Arcy",
    family_name_at_16="DARCY",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="za1 1ab",
)


def test_the_five_are_folded_as_the_service_compares_them():
    person = Person(LEARNER)

    assert (person.given, person.family) == ("zo\u00eb ann", "o'brien")
    assert (person.born, person.gender, person.postcode) == (
        "2007-05-04",
        "2",
        "za11ab",
    )
    assert person.five == five_of(LEARNER)
    assert person.learner is LEARNER


def test_further_names_are_in_plain_letters():
    person = Person(LEARNER)

    assert person.preferred == "zoe bee"
    assert person.middles == ("mary", "jane", "okay")


def test_former_family_names_are_each_there_once():
    person = Person(LEARNER, families=["Smith", "d arcy", "SMITH", "?!"])

    assert person.other_families == ("darcy", "smith", "d arcy")


def test_former_postcodes_are_each_there_once():
    person = Person(LEARNER, postcodes=["ZB2 2AB", "zb22ab", " ", "ZC3 3AB"])

    assert person.other_postcodes == ("zb22ab", "zc33ab")


@pytest.mark.parametrize("text", [None, "", "  ", "\t"])
def test_what_is_blank_is_not_given(text):
    person = Person(
        Learner(
            given_name=text,
            family_name=text,
            preferred_given_name=text,
            middle_names=text,
            previous_family_name=text,
            date_of_birth=text,
            gender=text,
            postcode=text,
        )
    )

    assert person.five == (None, None, None, None, None)
    assert person.preferred == ""
    assert person.middles == person.other_families == person.other_postcodes == ()


def test_it_shows_nobody():
    assert repr(Person(LEARNER)) == str(Person(LEARNER)) == "Person()"


@pytest.mark.parametrize("length", [200, 201, 10_000])
def test_a_very_long_name_is_equal_to_itself_and_to_no_other(length):
    one = Person(Learner(given_name="x" * length)).given
    same = Person(Learner(given_name="X" * length)).given
    other = Person(Learner(given_name="x" * (length - 1) + "y")).given

    assert one == same
    assert one != other
    assert len(one) <= 240

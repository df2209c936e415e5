"""In which details two learners differ, and how much."""

import pytest

from builders.challenges import (
    ADA,
    OTHER,
)
from ulnlib.plr.challenge import (
    COMPARED,
    differences,
)


def differing(**values):
    return differences(ADA, ADA.evolve(**values))


class TestDifferences:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("given_name", "Bo"),
            ("family_name", "Sample"),
            ("date_of_birth", "2008-04-05"),
            ("gender", "1"),
            ("postcode", "ZB2 2CD"),
        ],
    )
    def test_the_five_are_strong(self, field, value):
        assert differing(**{field: value}) == ((field, True),)

    def test_what_changes_in_a_life_is_slight(self):
        one = ADA.evolve(email="a@example.org", town="Here")
        other = ADA.evolve(email="b@example.org", town="There")
        found = differences(one, other)
        assert found == (("town", False), ("email", False))
        assert found[0].label == "Town"

    @pytest.mark.parametrize(
        "values",
        [
            {"given_name": " ADA "},
            {"postcode": "za11ab"},
            {"postcode": "ZZ99 9ZZ"},
            {"gender": "9"},
            {"gender": "0"},
            {"date_of_birth": "", "family_name": ""},
            {"mis_identifier": "7", "notes": "x", "uln": OTHER},
        ],
    )
    def test_what_says_nothing_differs_from_none(self, values):
        assert differing(**values) == ()

    def test_a_former_name_makes_it_slight(self):
        married = ADA.evolve(family_name="Sample", previous_family_name="EXAMPLE")
        assert differences(ADA, married) == (("family_name", False),)
        assert differences(married, ADA) == (("family_name", False),)
        called = ADA.evolve(given_name="Adelaide", preferred_given_name="Ada")
        assert differences(called, ADA) == (("given_name", False),)

    def test_the_table_may_be_another(self):
        table = {**COMPARED, "postcode": False}
        moved = ADA.evolve(postcode="ZB2 2CD")
        assert differences(ADA, moved, compared=table) == (("postcode", False),)

"""When two learners are equal or near, and the key that equal ones share."""

import itertools

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import Five, exact_key, five_of, is_near

ADA = Five("ada", "example", "2007-05-04", "2", "za11aa")
ACCENTS = Five("zo\u00eb", "o'brien-\u0142uk", "1999-12-31", "9", "bfpo12")
OTHER = Five("eve", "sample", "2008-06-05", "1", "zb22bb")
NOTHING = Five(*[None] * 5)


def changed(five, *positions, to=OTHER):
    return Five(*(to[n] if n in positions else five[n] for n in range(5)))


class TestFive:
    def test_a_learner_s_five_are_folded(self):
        learner = Learner(
            given_name=" ZOE\u0308 ",
            family_name="O'Brien   JONES",
            date_of_birth="2007-05-04",
            gender="2",
            postcode="za1 1aa ",
        )

        assert five_of(learner) == (
            "zo\u00eb",
            "o'brien jones",
            "2007-05-04",
            "2",
            "za11aa",
        )

    @pytest.mark.parametrize("text", [None, "", "   ", "\t"])
    def test_what_is_blank_is_not_given(self, text):
        learner = Learner(given_name=text, postcode=text, gender=text)

        assert five_of(learner) == NOTHING

    def test_the_missing_ones_are_counted(self):
        assert ADA.missing == 0
        assert ADA._replace(gender=None, postcode=None).missing == 2

    def test_swapping_changes_the_names_over(self):
        assert ADA.swapped() == ("example", "ada", "2007-05-04", "2", "za11aa")
        assert ADA.swapped().swapped() == ADA

    def test_it_shows_no_person(self):
        assert repr(ADA) == str(ADA) == "Five(missing=0)"
        assert f"{ADA._replace(gender=None)}" == "Five(missing=1)"


class TestExactKey:
    """The numbers were computed apart from the library, from the description.

    A register keeps them in its file: they are the same for ever, on every machine.
    """

    @pytest.mark.parametrize(
        ("five", "key"),
        [
            (ADA, 2325696772498030983),
            (ADA.swapped(), -2720999222477523200),
            (ACCENTS, -8586029307772772210),
            (
                Five("ada", "example", "2007-05-04", "2", "zz993wz"),
                -1285225507274429392,
            ),
        ],
        ids=["ada", "swapped", "accents", "elsewhere"],
    )
    def test_it_is_this_number(self, five, key):
        assert exact_key(five) == key

    @pytest.mark.parametrize("position", range(5))
    def test_without_one_of_the_five_there_is_none(self, position):
        assert exact_key(changed(ADA, position, to=NOTHING)) is None

    def test_a_value_in_another_place_gives_another_key(self):
        keys = {exact_key(Five(*five)) for five in itertools.permutations(ADA)}

        assert len(keys) == 120

    def test_a_lone_surrogate_has_a_key_like_any_text(self):
        assert isinstance(exact_key(ADA._replace(given_name="a\udcff")), int)


class TestNear:
    """As far as the real service is known."""

    def test_equal_learners_are_near(self):
        assert is_near(ADA, ADA)

    @pytest.mark.parametrize("position", range(5))
    def test_one_of_the_five_may_differ(self, position):
        other = changed(ADA, position)

        assert is_near(ADA, other)
        assert is_near(other, ADA)

    @pytest.mark.parametrize("position", range(5))
    def test_one_of_the_five_may_be_missing_on_either_side_or_both(self, position):
        less = changed(ADA, position, to=NOTHING)

        assert is_near(less, ADA)
        assert is_near(ADA, less)
        assert is_near(less, less)

    @pytest.mark.parametrize("positions", list(itertools.combinations(range(5), 2)))
    @pytest.mark.parametrize("to", [OTHER, NOTHING], ids=["other", "missing"])
    def test_two_that_differ_are_too_many(self, positions, to):
        assert not is_near(ADA, changed(ADA, *positions, to=to))
        assert not is_near(changed(ADA, *positions, to=to), ADA)

    def test_names_that_have_changed_places_are_one_difference(self):
        assert is_near(ADA, ADA.swapped())
        assert is_near(ADA.swapped(), ADA)

    @pytest.mark.parametrize("position", [2, 3, 4])
    @pytest.mark.parametrize("to", [OTHER, NOTHING], ids=["other", "missing"])
    def test_swapped_names_and_another_difference_are_too_many(self, position, to):
        other = changed(ADA.swapped(), position, to=to)

        assert not is_near(ADA, other)
        assert not is_near(other, ADA)

    def test_a_name_in_the_other_s_place_alone_is_not_a_swap(self):
        other = ADA._replace(given_name="example", family_name="eve")

        assert not is_near(ADA, other)

    @pytest.mark.parametrize(
        ("position", "near"),
        [(0, True), (1, True), (2, False), (3, True), (4, True)],
    )
    def test_the_default_postcode_agrees_with_nothing_for_another_birth(
        self, position, near
    ):
        """ZZ99 9ZZ is nobody's address: with names and gender it is too little."""
        nowhere = ADA._replace(postcode="zz999zz")

        assert is_near(nowhere, changed(nowhere, position)) is near

    def test_different_people_are_not_near(self):
        assert not is_near(ADA, OTHER)
        assert not is_near(NOTHING, NOTHING)

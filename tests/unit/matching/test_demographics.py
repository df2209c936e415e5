"""When two learners are equal or near, and the keys by which they are looked up."""

import itertools

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import (
    Five,
    Tolerance,
    compare,
    exact_key,
    five_of,
    near_keys,
    search_keys,
)

ADA = Five("ada", "example", "2007-05-04", "2", "za11aa")
ACCENTS = Five("zo\u00eb", "o'brien-\u0142uk", "1999-12-31", "9", "bfpo12")
OTHER = Five("eve", "sample", "2008-06-05", "1", "zb22bb")

DIFFERENCES = [
    Tolerance.GIVEN_NAME,
    Tolerance.FAMILY_NAME,
    Tolerance.DATE_OF_BIRTH,
    Tolerance.GENDER,
    Tolerance.POSTCODE,
]


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

        assert five_of(learner) == (None, None, None, None, None)

    def test_the_missing_ones_are_counted(self):
        assert ADA.missing == 0
        assert ADA._replace(gender=None, postcode=None).missing == 2

    def test_swapping_changes_the_names_over(self):
        assert ADA.swapped() == ("example", "ada", "2007-05-04", "2", "za11aa")
        assert ADA.swapped().swapped() == ADA

    def test_it_shows_no_person(self):
        assert repr(ADA) == str(ADA) == "Five(missing=0)"
        assert f"{ADA._replace(gender=None)}" == "Five(missing=1)"


class TestKeys:
    """The numbers were computed apart from the library, from the description.

    A register keeps them in its file: they are the same for ever, on every machine.
    """

    @pytest.mark.parametrize(
        ("five", "key"),
        [
            (ADA, 8622185040429000584),
            (ADA.swapped(), 6222580768676719581),
            (ACCENTS, 8462648568081347941),
        ],
        ids=["ada", "swapped", "accents"],
    )
    def test_the_exact_key_is_this_number(self, five, key):
        assert exact_key(five) == key

    @pytest.mark.parametrize(
        ("five", "keys"),
        [
            (
                ADA,
                (
                    7053492324151996790,
                    774588313821300527,
                    5647014669912080636,
                    -1692314409118003706,
                    3501796918478585761,
                ),
            ),
            (
                ACCENTS,
                (
                    7564338529517723322,
                    3359990383834295390,
                    5974041192871212690,
                    7672743158962804523,
                    -5496767227497524368,
                ),
            ),
            (ADA._replace(date_of_birth=None), (5647014669912080636,)),
            (ADA._replace(date_of_birth=None, gender=None), ()),
        ],
        ids=["ada", "accents", "one missing", "two missing"],
    )
    def test_the_near_keys_are_these_numbers(self, five, keys):
        assert near_keys(five) == keys

    @pytest.mark.parametrize("position", range(5))
    def test_without_one_of_the_five_there_is_no_exact_key(self, position):
        assert exact_key(changed(ADA, position, to=(None,) * 5)) is None

    def test_what_is_looked_for_is_both_orders_of_the_names_and_the_near_ones(self):
        assert search_keys(ADA) == (
            (8622185040429000584, 6222580768676719581),
            (
                7053492324151996790,
                774588313821300527,
                5647014669912080636,
                -1692314409118003706,
                3501796918478585761,
            ),
        )

    def test_equal_names_are_looked_for_once(self):
        exact, _ = search_keys(ADA._replace(given_name="example"))

        assert len(exact) == 1

    def test_with_one_missing_only_one_near_key_is_looked_for(self):
        assert search_keys(ADA._replace(date_of_birth=None)) == (
            (),
            (5647014669912080636,),
        )

    def test_a_value_in_another_place_gives_another_key(self):
        keys = {exact_key(Five(*five)) for five in itertools.permutations(ADA)}

        assert len(keys) == 120

    def test_a_lone_surrogate_has_a_key_like_any_text(self):
        assert isinstance(exact_key(ADA._replace(given_name="a\udcff")), int)

    @pytest.mark.parametrize("position", range(5))
    def test_learners_near_by_one_of_the_five_share_its_key_and_no_other(
        self, position
    ):
        mine, others = near_keys(ADA), near_keys(changed(ADA, position))
        shared = [a == b for a, b in zip(mine, others, strict=True)]

        assert shared == [n == position for n in range(5)]


class TestCompare:
    def test_equal_learners_differ_in_nothing(self):
        assert compare(ADA, ADA) == ()

    @pytest.mark.parametrize(
        ("position", "tolerance"), list(enumerate(DIFFERENCES)), ids=DIFFERENCES
    )
    def test_one_of_the_five_may_differ(self, position, tolerance):
        other = changed(ADA, position)

        assert compare(ADA, other) == (tolerance,)
        assert compare(other, ADA) == (tolerance,)

    @pytest.mark.parametrize(
        ("position", "tolerance"), list(enumerate(DIFFERENCES)), ids=DIFFERENCES
    )
    def test_one_of_the_five_may_be_missing_on_either_side_or_both(
        self, position, tolerance
    ):
        less = changed(ADA, position, to=(None,) * 5)

        assert compare(less, ADA) == (tolerance,)
        assert compare(ADA, less) == (tolerance,)
        assert compare(less, less) == (tolerance,)

    @pytest.mark.parametrize("positions", list(itertools.combinations(range(5), 2)))
    def test_two_that_differ_are_too_many(self, positions):
        assert compare(ADA, changed(ADA, *positions)) is None

    def test_names_that_have_changed_places_are_one_difference(self):
        assert compare(ADA, ADA.swapped()) == (Tolerance.NAMES_SWAPPED,)
        assert compare(ADA.swapped(), ADA) == (Tolerance.NAMES_SWAPPED,)

    @pytest.mark.parametrize("position", [2, 3, 4])
    def test_swapped_names_and_another_difference_are_too_many(self, position):
        assert compare(ADA, changed(ADA.swapped(), position)) is None
        missing = changed(ADA.swapped(), position, to=(None,) * 5)
        assert compare(missing, ADA) is None
        assert compare(ADA, missing) is None

    def test_a_name_in_the_other_s_place_alone_is_not_a_swap(self):
        assert compare(ADA, ADA._replace(given_name="example", family_name="eve")) is (
            None
        )

    def test_swapping_equal_names_changes_nothing(self):
        twice = ADA._replace(given_name="example")

        assert compare(twice, twice.swapped()) == ()

    def test_different_people_are_not_near(self):
        assert compare(ADA, OTHER) is None
        assert compare(Five(*[None] * 5), Five(*[None] * 5)) is None

    def test_every_near_pair_shares_a_key_that_is_looked_for(self):
        """What compares as near is found by the keys, or a search would miss it."""
        for position in range(5):
            for to in (OTHER, (None,) * 5):
                held = changed(ADA, position, to=to)
                exact, near = search_keys(ADA)
                assert set(near) & set(near_keys(held))
                exact, near = search_keys(held)
                assert set(near) & set(near_keys(ADA))
        exact, _ = search_keys(ADA)
        assert exact_key(ADA.swapped()) in exact
        assert exact_key(ADA) in exact


def test_the_tolerances_are_the_five_and_the_swap():
    assert [t.value for t in Tolerance] == [
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "names_swapped",
    ]

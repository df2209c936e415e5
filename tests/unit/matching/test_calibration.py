"""Searches with known answers, counted by band."""

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import Band, Policy, Query, calibrate, search
from ulnlib.matching.calibration import BANDS
from ulnlib.uln import Uln

ADA = Learner(
    uln="9900000004",
    given_name="Ada",
    family_name="Quillfeather",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)
EVE = Learner(
    uln="9900000012",
    given_name="Eve",
    family_name="Thistlewick",
    date_of_birth="1999-11-12",
    gender="2",
    postcode="ZB22 9XY",
)
A, E, OTHER = Uln("9900000004"), Uln("9900000012"), Uln("9900000020")
TWIN = ADA.evolve(given_name="Zebedee")
WEAK = ADA.evolve(given_name="Zebedee", postcode="ZB22 9XY", gender="1")


def counted(bands):
    return {(one.low, one.high): (one.matches, one.right) for one in bands}


def test_the_bands_lie_side_by_side_from_0_to_1(memory):
    bands = calibrate(memory(), [])

    assert [one.low for one in bands] == list(BANDS[:-1])
    assert [one.high for one in bands] == list(BANDS[1:])
    assert (bands[0].low, bands[-1].high) == (0.0, 1.0)
    assert all((one.matches, one.right) == (0, 0) for one in bands)


def test_best_matches_are_counted_where_their_probability_lies(memory):
    store = memory(ADA, EVE)
    probability = search(WEAK, store, Policy(floor=0)).matches[0].probability
    assert probability < 0.5
    bands = calibrate(
        store,
        [
            (ADA, [A]),
            (EVE, [E]),
            (EVE, [OTHER]),  # somebody else's after all
            (TWIN, []),  # who is not there: at the ceiling, and wrong
            (WEAK, [A, OTHER]),
            (Query(given_name="Nobody", date_of_birth="1950-02-03"), [A]),
            (Query(), [A]),
        ],
    )

    assert counted(bands) == {
        (0.0, 0.5): (1, 1),
        (0.5, 0.8): (0, 0),
        (0.8, 0.9): (0, 0),
        (0.9, 0.95): (1, 0),  # from its low bound on
        (0.95, 0.99): (0, 0),
        (0.99, 0.999): (0, 0),
        (0.999, 0.9999): (0, 0),
        (0.9999, 1.0): (3, 2),
    }


def test_a_master_and_the_linked_uln_are_both_right(memory):
    store = memory(EVE)
    store.add(ADA, master=E)

    for truth in (A, E):
        assert calibrate(store, [(ADA, [truth])])[-1].right == 1
    assert calibrate(store, [(ADA, [OTHER])])[-1].right == 0


def test_the_truth_may_come_as_any_iterable(memory):
    store = memory(EVE)
    store.add(ADA, master=E)

    assert calibrate(store, [(ADA, iter([A]))])[-1].right == 1


def test_too_many_are_counted_by_the_best_of_them(memory):
    crowd = [ADA.evolve(uln=None, postcode="ZB2 1AB")] * 15
    bands = calibrate(memory(*crowd), [(ADA, [])])

    assert sum(one.matches for one in bands) == 1


def test_the_floor_of_a_policy_is_passed_over(memory):
    bands = calibrate(memory(ADA), [(WEAK, [A])], Policy(floor=0.99))

    assert bands[0].matches == 1


@pytest.mark.parametrize(
    ("matches", "right", "share"), [(0, 0, None), (4, 1, 0.25), (3, 3, 1.0)]
)
def test_the_share_that_was_right(matches, right, share):
    assert Band(low=0, high=1, matches=matches, right=right).share_right == share

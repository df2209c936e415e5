"""Laws of the keys under which a register looks learners up."""

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.matching import (
    Five,
    compare,
    exact_key,
    near_keys,
    search_keys,
    stored_keys,
)

texts = st.none() | st.sampled_from(["ada", "eve", "2"]) | st.text(min_size=1)
fives = st.builds(Five, texts, texts, texts, texts, texts)


@given(fives)
def test_both_kinds_of_key_at_once_are_those_made_one_by_one(five):
    assert stored_keys(five) == (exact_key(five), near_keys(five))


@given(fives)
def test_there_is_a_key_for_each_four_that_are_given(five):
    near = near_keys(five)

    assert len(set(near)) == len(near) == {0: 5, 1: 1}.get(five.missing, 0)
    assert (exact_key(five) is None) == bool(five.missing)
    assert all(-(2**63) <= key < 2**63 for key in near)


@given(fives, fives)
def test_what_is_near_shares_a_key_and_what_is_not_shares_none(asked, held):
    exact, near = search_keys(asked)
    held_exact, held_near = stored_keys(held)
    shared = held_exact in exact or bool(set(near) & set(held_near))

    # Four of five that agree make a key also when the fifth is given nowhere.
    both_lack = asked.missing == held.missing == 1 and asked == held
    assert shared == (compare(asked, held) is not None) or both_lack


KEYS = (
    6242215799705076371,
    (
        -6952098204169892159,
        6808988589186444860,
        4756498560160379314,
        -4861462353177523335,
        3501796918478585761,
    ),
)
"""Keys are kept in register files: they never change."""


def test_the_keys_are_the_same_on_every_machine():
    ada = Five("ada", "example", "2007-05-04", "2", "zz993wz")

    assert stored_keys(ada) == KEYS
    assert stored_keys(ada._replace(postcode=None)) == (None, KEYS[1][4:])

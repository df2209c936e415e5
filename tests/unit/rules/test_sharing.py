"""Ability to share: which changes are allowed, and what a merge leaves."""

import itertools

import pytest

from ulnlib.rules import sharing

NONE_YET = [None, "", "-1", "0"]
GIVEN = ["1", "2"]


@pytest.mark.parametrize("before", NONE_YET)
@pytest.mark.parametrize("after", [None, "", "-1", "0", "1", "2"])
def test_a_record_without_a_value_takes_any(before, after):
    assert sharing.is_allowed_change(before, after) is True


@pytest.mark.parametrize("before", GIVEN)
@pytest.mark.parametrize("after", [None, "", "-1", "1", "2"])
def test_a_record_with_a_value_takes_any_but_0(before, after):
    assert sharing.is_allowed_change(before, after) is True


@pytest.mark.parametrize("before", GIVEN)
def test_a_value_never_becomes_0_again(before):
    assert sharing.is_allowed_change(before, "0") is False


def test_a_value_that_is_not_known_counts_as_one():
    """What a later version of the service may send is not thrown away."""
    assert sharing.is_allowed_change("7", "0") is False
    assert sharing.is_allowed_change("7", "1") is True


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ([], None),
        ([None], None),
        (["", None], None),
        (["-1"], None),
        (["-1", "1"], "1"),
        (["1"], "1"),
        (["1", "1"], "1"),
        (["1", None], "1"),
        (["0", "1"], "0"),
        (["2", "1"], "2"),
        (["2", "0"], "2"),
        (["1", "0", "2", None, "-1"], "2"),
    ],
)
def test_a_merge_leaves_the_most_restrictive_value(values, holds):
    for order in itertools.permutations(values):
        assert sharing.most_restrictive(order) == holds


def test_the_values_may_come_as_a_stream():
    assert sharing.most_restrictive(iter(["1", "0"])) == "0"

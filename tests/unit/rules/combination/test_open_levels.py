"""The level of what may be added and nobody lists."""

import pytest

from builders.combination import asked, rules
from ulnlib.rules.combination.open_levels import HIGHEST, open_ranks, unsure_places
from ulnlib.rules.combination.prepared import prepare

CAPPED = "total 6; level 3\ngroup O: other credit\ncap 0 credits: at least level 4"


def ranks(text):
    """Return the ranks of groups whose level is not the highest."""
    return dict(open_ranks(prepare(rules(text))))


def test_without_a_cap_on_higher_levels_it_is_the_highest():
    assert ranks("total 6\ngroup O: other credit") == {}
    assert ranks("total 6\ngroup O: other credit\ncap 3 credits: at most level 2") == {}
    imported = "\ncap 3 credits: imported, at least level 4"
    assert ranks(f"total 6\ngroup O: other credit{imported}") == {}
    kinds = "\ncap 3 credits: kinds rpl, at least level 4"
    assert ranks(f"total 6\ngroup O: other credit{kinds}") == {}


def test_below_a_cap_it_is_just_below():
    assert ranks(CAPPED) == {1: 5}
    assert ranks(CAPPED + "\ncap 1 credit: at least level 6") == {1: 5}


def test_only_where_something_may_be_added():
    text = "total 6\ngroup G\n  A 3 L3\ngroup O: incomplete\n  B 3 L3"

    assert ranks(f"{text}\ncap 0 credits: at least level 4") == {2: 5}


@pytest.mark.parametrize(
    "asks",
    [
        "total 6; level 4; 2 at level\ngroup O: other credit",
        "total 6\ngroup O: other level 4",
        "total 6\ngroup O: other credit, 2 at level 4",
        "total 6\ngroup P: 2 at level 4\n  group O: other credit",
        "total 6\ngroup O: other credit\ncap 3 credits: at most level 3",
    ],
)
def test_where_something_asks_for_more_it_is_the_highest(asks):
    text = f"{asks}\ncap 0 credits: at least level 4"

    assert ranks(text) == {}
    assert ranks(text.replace("at least level 4", "at least level 5")) != {}


@pytest.mark.parametrize(
    ("text", "is_unsure"),
    [
        ("total 6; level 4; 2 at level\ngroup O: other credit", True),
        ("total 6\ngroup O: other credit, 2 at level 4", True),
        ("total 6\ngroup O: other credit\ncap 3 credits: at most level 3", True),
        ("total 6; level 3; 2 at level\ngroup O: other credit", False),
        ("total 6\ngroup O: other level 4", False),  # it cannot be any lower
        ("total 6; level 4; 2 at level\ngroup G\n  A 3 L3", False),
    ],
)
def test_where_it_may_be_taken_too_high_that_is_said(text, is_unsure):
    capped = f"{text}\ncap 1 credit: at least level 4"

    assert bool(unsure_places(prepare(rules(capped)))) is is_unsure
    assert unsure_places(prepare(rules(text))) == []
    codes = [item.code for item in asked(capped).report]
    assert ("open-credit-level" in codes) is is_unsure


def test_a_cap_on_another_group_is_none():
    text = """
    total 6
    group O: other credit
    group P: other credit
    cap 0 credits: at least level 4, group P
    """

    assert ranks(text) == {2: 5}


def test_the_lowest_level_of_all_leaves_nothing_below():
    assert (
        ranks("total 6\ngroup O: other credit\ncap 0 credits: at least level E1") == {}
    )
    assert HIGHEST == 10


def test_what_may_be_added_keeps_out_of_the_cap():
    answer = asked(CAPPED)

    assert answer.credits_needed == 6
    assert answer.conflicts == ()


def test_what_has_to_be_high_falls_under_the_cap():
    answer = asked(CAPPED.replace("other credit", "other level 4"))

    assert answer.credits_needed is None
    assert answer.conflicts

"""Which requirements stand in each other's way when nothing completes a structure."""

import pytest

from builders.combination import DAY, asked, has
from ulnlib.rules.combination.conflicts import NOT_TOGETHER

THERE_ARE = "the units that there are and that can be taken"
OF_G = "the units of G that there are and that can be taken"
G = "G is mandatory"

BY_BOUNDS = {
    "too few units": ("total 99\nA 3", ["99 credits in all", THERE_ARE]),
    "a minimum above the maximum": (
        """
        total 9
        group G: mandatory, at least 5 credits, at most 4 credits
          A 3
          B 3
        group H
          C 9
        """,
        ["at least 5 credits from G", "at most 4 credits from G", G],
    ),
    "too few units of a group": (
        "total 9\ngroup G: mandatory, at least 5 credits\n  A 3\ngroup H\n  C 9",
        ["at least 5 credits from G", OF_G, G],
    ),
    "too few parts allowed": (
        "total 9\nroot X: at most 1 unit\nA 3\nB 4\nC 5",
        ["9 credits in all", "at most 1 of X"],
    ),
    "too few at the level": (
        "total 9; level 3; 5 at level\nA 4 L3\nB 9 L2",
        ["at least 5 credits at Level 3 or above in all", THERE_ARE],
    ),
    "too few at the level of a group": (
        "total 9\ngroup G: mandatory, 5 at level 3\n  A 3 L3\n  B 6 L2",
        ["at least 5 credits at Level 3 or above from G", OF_G, G],
    ),
    "too few at the level below a maximum": (
        "total 3; level 3; 5 at level\ngroup G: at most 4 credits\n  A 5 L3\n  B 3 L2",
        ["at least 5 credits at Level 3 or above in all", "at most 4 credits from G"],
    ),
    "a minimum of parts above the maximum": (
        "total 3\nroot X: at least 3 units, at most 2 units\nA 3\nB 4\nC 1",
        ["at least 3 of X", "at most 2 of X"],
    ),
    "too few parts": (
        "total 3\nroot X: at least 3 units\nA 3\nB 4",
        ["at least 3 of X", THERE_ARE],
    ),
    "a part that cannot be": (
        """
        total 3
        root X: at least 2 groups
        group P: at least 9 credits, at most 8 credits
          A 3
          B 6
        group Q
          C 3
        """,
        ["at least 2 of X", "at least 9 credits from P", "at most 8 credits from P"],
    ),
    "mandatory groups that ask for more than the one above may hold": (
        """
        total 9
        group G: mandatory, at most 5 credits
          group P: mandatory, at least 4 credits
            A 4
          group Q: mandatory, at least 3 credits
            B 3
            C 9
        group H
          D 9
        """,
        [
            "at least 4 credits from P",
            "P is mandatory",
            "at least 3 credits from Q",
            "Q is mandatory",
            "at most 5 credits from G",
            G,
        ],
    ),
    "parts that cost more than may be": (
        "total 3\nroot X: at least 2 units, at most 6 credits\nA 3\nB 4",
        ["at least 2 of X", "at most 6 credits from X"],
    ),
    "what is not known and has no room": (
        "total 9\ngroup G: incomplete, at most 8 credits",
        ["9 credits in all", "at most 8 credits from G"],
    ),
    "what is not known and is not at the level": (
        "total 3; level 3; 3 at level\ngroup G: incomplete, outside level minimum",
        ["at least 3 credits at Level 3 or above in all", THERE_ARE],
    ),
    "more parts of what is not known than may be": (
        "total 3\nroot X: at least 3 units, at most 2 units, incomplete",
        ["at least 3 of X", "at most 2 of X"],
    ),
    "a unit that may stand for several": (
        """
        total 9
        equivalent A: Z
        equivalent B: Z
        A 4
        B 3
        """,
        ["9 credits in all", THERE_ARE],
    ),
    "no part may be": (
        "total 3\nroot X: at least 1 unit, at most 0 units, incomplete",
        ["3 credits in all", "at most 0 of X"],
    ),
}


@pytest.mark.parametrize("name", BY_BOUNDS)
def test_what_is_asked_is_held_against_what_there_can_be(name):
    text, words = BY_BOUNDS[name]
    answer = asked(text, "Z" if "equivalent" in text else "")

    assert answer.credits_needed is None
    assert list(answer.conflicts) == words


BY_HALVING = {
    "a cap": (
        """
        total 9
        group G: mandatory, at least 5 credits
          A 3
          B 2
        group H: mandatory
          C 4
          D 4
        bar C: D
        cap 8 credits -- on all
        """,
        {'the cap "on all"', "at least 5 credits from G", G, "H is mandatory"},
    ),
    "a cap and the total": (
        "total 9\nA 3 L2\nB 6 L2\ncap 50 percent: at most level 2 -- on level 2",
        {'the cap "on level 2"', "9 credits in all"},
    ),
    "a cap and the level minimum": (
        "total 3; level 3; 7 at level\nA 3 L3\nB 4 L3\ncap 6 credits -- on all",
        {'the cap "on all"', "at least 7 credits at Level 3 or above in all"},
    ),
    "a cap and a level minimum of a group": (
        """
        total 3
        group G: mandatory, 7 at level 3
          A 3 L3
          B 4 L3
        group H
          C 3
        cap 6 credits: group G -- on G
        """,
        {'the cap "on G"', "at least 7 credits at Level 3 or above from G", G},
    ),
    "a cap and parts": (
        """
        total 3
        group G: mandatory, at least 2 units, at most 2 units
          A 3
          B 4
        group H
          C 3
        cap 6 credits: group G -- on G
        """,
        {'the cap "on G"', "at least 2 of G", G},
    ),
    "units that are too large for a maximum": (
        "total 5\nroot X: at most 5 credits\nA 3\nB 4",
        {"5 credits in all", "at most 5 credits from X"},
    ),
    "parts that are too small": (
        """
        total 5
        group G: mandatory, at least 5 credits, at most 2 units
          A 2
          B 2
          E 1
          C 4 L3
          D 4 L3
        cap 3 credits: at least level 3 -- on level 3
        """,
        {
            'the cap "on level 3"',
            "at most 2 of G",
            "at least 5 credits from G",
            G,
        },
    ),
}


@pytest.mark.parametrize("name", BY_HALVING)
def test_else_as_few_requirements_are_left_as_cannot_hold_together(name):
    text, words = BY_HALVING[name]
    answer = asked(text)

    assert answer.credits_needed is None
    assert set(answer.conflicts) == words
    assert len(answer.conflicts) == len(words)


@pytest.mark.parametrize(
    "rule", ["bar A: B", "at most 1 of A, B", "equivalent A: B", "at most 0 of A"]
)
def test_where_only_such_limits_stand_in_the_way_they_are_named(rule):
    assert asked(f"total 9\n{rule}\nA 5\nB 4").conflicts == (NOT_TOGETHER,)


def test_requirements_beside_credit_come_before_all():
    text = "total 99\nrequirement test -- A test\nrequirement talk\nA 3"

    assert asked(text).conflicts == ("A test is lacking", "talk is lacking")
    assert asked(text, facts=["test"]).conflicts == ("talk is lacking",)


@pytest.mark.parametrize(
    ("level", "words"),
    [("", "no level"), ('level "9"; ', "a level that is none")],
)
def test_a_level_minimum_without_a_level_is_a_conflict_of_its_own(level, words):
    answer = asked(f"total 3; {level}2 at level\nA 3 L3", "A")

    assert answer.conflicts == (
        f"a level minimum is asked for, and the structure has {words}",
    )


def test_the_level_of_a_group_may_be_none():
    text = 'total 3\ngroup G: mandatory, at least 2 at level "9"\n  A 3 L3'

    assert asked(text).conflicts == (
        "at least 2 credits at a level that is not known from G",
        "the units of G that there are and that can be taken",
        "G is mandatory",
    )


def test_a_single_credit_is_one():
    assert asked("total 1\nroot X: incomplete, at most 0 credits").conflicts == (
        "1 credit in all",
        "at most 0 credits from X",
    )


def test_where_it_can_be_completed_there_is_none():
    assert asked("total 3\nA 3").conflicts == ()
    assert asked("total 3\nA 3", "A").conflicts == ()


def test_what_is_there_already_is_taken_into_account():
    """What is withdrawn is not on offer, and counts for who has it."""
    text = "total 3\nA 3 L3 [withdrawn 2026-01-01]"
    assert asked(text, as_of=DAY).conflicts == ("3 credits in all", THERE_ARE)
    assert asked(text, [has("A")], as_of=DAY).conflicts == ()


def test_a_narrow_offer_is_a_conflict():
    assert asked("total 3\nA 3", offer=[]).conflicts == ("3 credits in all", THERE_ARE)

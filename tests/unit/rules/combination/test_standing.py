"""How each group stands with what counts."""

import attrs
import pytest

from builders.combination import has, rules
from ulnlib.qualifications import Group, Level, LevelMinimum, Structure, Unit
from ulnlib.rules.combination.claims import claims_of
from ulnlib.rules.combination.prepared import prepare
from ulnlib.rules.combination.standing import standing_of

TEXT = """
total 9; level 3; 5 at level
group G: mandatory, at least 4 credits
  A 3 L3
  B 4 L2
  group Inner: 3 at level 4
    C 5 L4
group Out: outside level minimum
  D 6 L5
"""


def standing(units, text=TEXT, *, is_capped=False):
    """Return how the groups stand when all of these units count."""
    prepared = prepare(rules(text) if isinstance(text, str) else text)
    claims = claims_of(prepared, [has(unit) for unit in units.split()], None)
    found = standing_of(prepared, claims.there, is_capped=is_capped)
    names = [place.group.name for place in prepared.places]
    return dict(zip(names, found, strict=True))


def test_credits_are_those_of_a_group_and_all_below():
    found = standing("A B C D")

    assert {name: one.credit for name, one in found.items()} == {
        "X": 18,
        "G": 12,
        "Inner": 5,
        "Out": 6,
    }


def test_credits_at_the_level_leave_out_what_is_left_out():
    found = standing("A B C D")

    assert [one.at_level for one in found.values()] == [8, 8, 5, 0]
    assert [one.above_level for one in found.values()] == [5, 5, 5, 0]


def test_without_a_level_there_are_none():
    assert standing("A", "total 9\nA 3 L3")["X"].at_level == 0


@pytest.mark.parametrize(
    ("units", "used", "achieved"),
    [
        ("", "", ""),
        ("A", "X G", ""),
        ("B", "X G", "X G"),
        ("C", "X G Inner", "X G Inner"),
        ("D", "X Out", "Out"),
    ],
)
def test_a_group_is_used_and_achieved(units, used, achieved):
    found = standing(units)

    assert " ".join([name for name, one in found.items() if one.is_used]) == used
    names = [name for name, one in found.items() if one.is_achieved]
    assert " ".join(names) == achieved


def test_units_and_groups_of_a_hybrid_group_are_counted_apart():
    one = standing("A B C")["G"]

    assert (one.units, one.used, one.achieved) == (2, 1, 1)


@pytest.mark.parametrize(("most", "is_achieved"), [(2, True), (3, False)])
def test_subcomponents_are_units_and_achieved_groups(most, is_achieved):
    text = f"total 9\ngroup G: at least {most} parts\n  A 3\n  group H\n    B 4"

    assert standing("A B", text)["G"].is_achieved == is_achieved


def test_credit_at_a_level_of_a_group_counts_those_left_out():
    text = """
    total 9; level 3
    group G: 6 at level 4
      group Out: outside level minimum
        D 6 L5
    """

    assert standing("D", text)["G"].inner == 6
    assert standing("D", text)["G"].is_achieved


def test_a_level_minimum_of_a_level_that_is_not_known_is_never_reached():
    root = Group(name="X", units=[Unit("A", 3, 3)], level_minimum=LevelMinimum("9", 1))
    one = standing("A", Structure(name="X", total=3, root=root))["X"]

    assert one.inner == 0
    assert not one.is_achieved


CAPPED = """
total 9; level 3
group Outer: at most 6 credits
  group G: at most 4 credits
    A 3 L3
    B 3 L4
  C 5 L3
"""


def test_capped_no_more_than_the_maximum_goes_up():
    found = standing("A B C", CAPPED, is_capped=True)

    assert [one.credit for one in found.values()] == [6, 6, 4]
    assert [one.at_level for one in found.values()] == [6, 6, 4]
    assert [one.above_level for one in found.values()] == [3, 3, 3]


def test_not_capped_all_goes_up():
    assert [one.credit for one in standing("A B C", CAPPED).values()] == [11, 11, 6]


def lowest():
    """Return a structure of the lowest level there is, with minimums at two levels."""
    low, high = Level.ENTRY_1, Level.LEVEL_4
    inner = Group(
        name="Inner",
        units=[Unit("B", 4, high), Unit("C", 5, high)],
        level_minimum=LevelMinimum(high, 9),
    )
    outer = Group(
        name="Outer",
        units=[Unit("A", 3, low), Unit("D", 2, low)],
        groups=[inner],
        level_minimum=LevelMinimum(low, 14),
    )
    plain = Group(name="Plain", units=[Unit("E", 1, low)])
    root = Group(name="X", groups=[outer, plain])
    return Structure(name="X", total=3, root=root, level=low)


def test_the_lowest_level_is_a_level():
    found = standing("A B C D E", lowest())

    assert [one.at_level for one in found.values()] == [15, 14, 9, 1]
    assert [one.above_level for one in found.values()] == [9, 9, 9, 0]


def test_each_level_minimum_has_its_own_credits():
    found = standing("A B C D E", attrs.evolve(lowest(), level=Level.LEVEL_4))

    assert [one.inner for one in found.values()] == [0, 14, 9, 0]
    assert found["Outer"].is_achieved
    assert found["Inner"].is_achieved
    assert not standing("A B C", lowest())["Outer"].is_achieved


def test_a_group_that_counts_for_nothing_can_be_achieved():
    """A minimum of 0 is none; and of what is used, nothing goes up."""
    text = "total 9\ngroup G: at most 0 credits\n  A 3 L3"
    one = standing("A", text, is_capped=True)

    assert one["G"].credit == 0
    assert one["X"].credit == 0
    assert one["G"].is_achieved


def test_without_a_minimum_a_group_is_achieved_by_what_is_used_below():
    text = """
    total 3
    group G
      group Inner: at least 9 credits
        A 3
    """
    found = standing("A", text)

    assert found["G"].is_achieved
    assert not found["Inner"].is_achieved

"""A structure made ready: its groups in order, and what is known of its units."""

import pytest

from builders.combination import DAY, day, rules
from ulnlib.qualifications import Group, Level, OtherCredit, Structure, Unit
from ulnlib.rules.combination.prepared import Listed, is_credit, prepare, rank_of


def ready(text):
    return prepare(rules(text))


def first_group(**options):
    root = Group(name="X", groups=[Group(name="G", **options)])
    return prepare(Structure(name="X", total=9, root=root)).places[1]


@pytest.mark.parametrize(
    ("level", "rank"),
    [
        (Level.ENTRY_1, 0),
        (Level.LEVEL_1, 3),
        (Level.LEVEL_8, 10),
        ("9", -1),
        (None, -1),
    ],
)
def test_a_level_that_is_not_known_is_below_all_others(level, rank):
    assert rank_of(level) == rank


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(1, True), (60, True), (0, False), (-3, False), (None, False), (True, False)],
)
def test_credits_are_whole_and_one_at_least(value, is_one):
    assert is_credit(value) == is_one
    assert not is_credit("3")
    assert not is_credit(2.0)


TREE = """
total 9
group A
  group A1: mandatory
    group A11: mandatory
  group A2
group B: mandatory, outside level minimum
  group B1: mandatory
"""


def test_groups_are_numbered_in_the_order_of_the_walk():
    places = ready(TREE).places

    assert [(one.group.name, one.parent, one.depth) for one in places] == [
        ("X", -1, 0),
        ("A", 0, 1),
        ("A1", 1, 2),
        ("A11", 2, 3),
        ("A2", 1, 2),
        ("B", 0, 1),
        ("B1", 5, 2),
    ]
    assert [one.children for one in places] == [(1, 5), (2, 4), (3,), (), (), (6,), ()]
    assert [one.number for one in places] == list(range(7))


def test_what_is_within_a_group_is_it_and_all_below():
    one = ready(TREE)

    assert [list(one.within(n)) for n in (0, 1, 2, 4, 5)] == [
        [0, 1, 2, 3, 4, 5, 6],
        [1, 2, 3, 4],
        [2, 3],
        [4],
        [5, 6],
    ]


def test_a_group_is_mandatory_when_all_above_it_are():
    names = [one.group.name for one in ready(TREE).places if one.is_mandatory]

    assert names == ["X", "B", "B1"]


def test_a_group_below_one_that_is_left_out_is_left_out():
    names = [one.group.name for one in ready(TREE).places if one.is_outside]

    assert names == ["B", "B1"]


def test_only_units_with_credits_can_count_each_once():
    units = [Unit("A/1", 3), Unit("B", None), Unit("C", 0), Unit("a1", 5), Unit("D", 4)]
    place = first_group(units=units)

    assert [(one.key, one.credit) for one in place.units] == [("A1", 3), ("D", 4)]


A, B = Unit("A", 3), Unit("B", 4)


@pytest.mark.parametrize(
    ("options", "needs_all"),
    [
        ({"min_credit": 7}, True),
        ({"min_credit": 6}, False),
        ({"min_subcomponents": 2}, True),
        ({"min_subcomponents": 1}, False),
        ({}, False),
        ({"min_credit": 7, "is_complete": False}, False),
        ({"min_credit": 7, "other": OtherCredit()}, False),
        ({"min_credit": 7, "groups": [Group(name="H")]}, False),
        ({"min_credit": 7, "units": []}, False),
    ],
)
def test_a_group_that_asks_for_as_much_as_it_lists_needs_all(options, needs_all):
    assert first_group(**{"units": [A, B]} | options).needs_all == needs_all


@pytest.mark.parametrize(
    ("options", "is_choice"),
    [
        ({}, True),
        ({"min_subcomponents": 1}, True),
        ({"min_subcomponents": 2}, False),
        ({"min_credit": 7}, False),
        ({"units": []}, False),
        ({"units": [], "groups": [Group(name="H", is_mandatory=True)]}, False),
        ({"units": [], "groups": [Group(name="H")]}, True),
        ({"units": [A], "groups": [Group(name="H", is_mandatory=True)]}, True),
    ],
)
def test_a_group_offers_a_choice_unless_it_asks_for_all(options, is_choice):
    assert first_group(**{"units": [A, B]} | options).offers_choice == is_choice


def test_units_are_mandatory_where_mandatory_groups_need_all():
    one = ready("""
    total 9
    group Core: mandatory, 7 credits
      A 3
      B 4
    group Options: mandatory, at least 1 unit
      C 3
      D 3
    group Aside: 5 credits
      E 5
    """)

    assert one.mandatory == {"A", "B"}


def test_where_a_unit_is_listed_is_known():
    one = ready(
        "total 9\ngroup G\n  A/1 3\n  B 0\ngroup H\n  A1 3\nadditional\n  Z 3 - Zed"
    )

    assert one.listed == {"A1": (1, 2)}
    assert one.named == {"A1", "B"}
    assert [key for key, _ in one.all_units] == ["A1", "B"]
    assert one.additional == {"Z"}
    assert one.titles["Z"] == "Zed"
    assert one.by_name == {"X": (0,), "G": (1,), "H": (2,)}


def test_equivalents_are_known_both_ways():
    one = ready("""
    total 9
    equivalent A: Z, A, Y, N
    equivalent B: Z
    A 3
    B 3
    additional
      N 3
    """)

    assert one.stand_ins == {"A": ("Y", "Z"), "B": ("Z",)}
    assert one.stands_for == {"Y": ("A",), "Z": ("A", "B")}


@pytest.mark.parametrize(
    ("dates", "is_withdrawn"),
    [
        ({}, False),
        ({"withdrawn": "2026-03-31"}, True),
        ({"withdrawn": "2026-04-01"}, False),
        ({"expires": "2026-03-30"}, True),
        ({"expires": "2026-03-31"}, False),
        ({"withdrawn": "2026-04-01", "expires": "2026-03-30"}, True),
    ],
)
def test_a_unit_is_withdrawn_from_one_day_or_after_another(dates, is_withdrawn):
    unit = Unit("A", 3, **{name: day(text) for name, text in dates.items()})
    listed = Listed(key="A", unit=unit, credit=3, rank=-1)

    assert listed.is_withdrawn(DAY) == is_withdrawn
    assert not listed.is_withdrawn(None)

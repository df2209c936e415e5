"""Whether anything at all completes a structure, within bounds."""

import pytest

from builders.combination import asked, rules
from ulnlib.qualifications import Group, LevelMinimum, Structure, Unit
from ulnlib.rules.combination import possible
from ulnlib.rules.combination.possible import conflicts_within

STUCK = """
total 20
group Core: mandatory, 8 credits
  A 8
group Options: mandatory, at most 8 credits
  B 6
  C 8
"""


def test_it_names_what_an_evaluation_names():
    assert conflicts_within(rules(STUCK)) == asked(STUCK).conflicts != ()


def test_what_can_be_completed_has_none():
    assert conflicts_within(rules("total 3\nA 3")) == ()


def test_what_is_asked_beside_credit_is_taken_to_hold():
    structure = rules(f"{STUCK}requirement test")

    assert conflicts_within(structure) == asked(structure, facts=["test"]).conflicts
    assert conflicts_within(rules("total 3\nrequirement test\nA 3")) == ()


def test_where_the_search_is_cut_nothing_is_concluded(monkeypatch):
    """In a ring of nine that bar their neighbours four count, of 14 credits at most."""
    ring = "\n".join(f"A{n} 3\nbar A{n}: A{(n + 1) % 9}" for n in range(9))
    structure = rules(f"total 13\n{ring}")

    assert conflicts_within(structure) == asked(structure).conflicts != ()
    monkeypatch.setattr(possible, "STATES", 0)
    assert conflicts_within(structure) == ()


@pytest.mark.parametrize("total", [10**18, 4_000])
def test_of_what_is_very_large_nothing_is_concluded(total):
    units = [Unit(f"A{n}", 1 + n % 3, "3") for n in range(1_000)]
    structure = Structure(name="X", total=total, root=Group(name="X", units=units))

    assert conflicts_within(structure) == ()


@pytest.mark.parametrize("bound", ["min_credit", "level_minimum"])
def test_of_very_much_credit_that_is_asked_for_nothing_is_concluded(bound):
    asks = {"min_credit": 10**6, "level_minimum": LevelMinimum("3", 10**6)}
    group = Group(name="A", is_mandatory=True, **{bound: asks[bound]})
    structure = Structure(name="X", total=1, root=Group(name="X", groups=[group]))

    assert conflicts_within(structure) == ()


def test_of_very_many_parts_that_are_asked_for_nothing_is_concluded():
    root = Group(name="X", is_complete=False, min_subcomponents=10**9, max_credit=1)

    assert conflicts_within(Structure(name="X", total=1, root=root)) == ()


def test_what_an_open_list_supplies_may_be_below_the_level_of_a_cap():
    text = "total 10; level 3\ncap 3 credits: {}\ngroup G: {}, at most 2 credits\n  A 3"

    for cap in ("at least level 4", "at least level 4, at most level 5"):
        assert conflicts_within(rules(text.format(cap, "incomplete"))) == ()
        assert conflicts_within(rules(text.format(cap, "other credit"))) == ()
    assert conflicts_within(rules(text.format("imported", "incomplete")))
    cap = "at least level 4, kinds rpl"
    assert conflicts_within(rules(text.format(cap, "incomplete")))

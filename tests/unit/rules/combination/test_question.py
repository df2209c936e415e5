"""A learner and a structure put as a question."""

from fractions import Fraction

import attrs
import pytest

from builders.combination import DAY, has, rules
from ulnlib.qualifications import Cap, Group, LevelMinimum, Structure, Unit
from ulnlib.rules.combination.claims import claims_of, offers_of
from ulnlib.rules.combination.evaluation import Why
from ulnlib.rules.combination.prepared import prepare
from ulnlib.rules.combination.question import HOURS, most_of, question_of

TEXT = """
total 9; level 3; 5 at level
group G: mandatory, 3 to 8 credits, 1 to 2 units, 2 at level 4
  A 3 L3
  B 4 L4 [20 hours]
group O: other credit, outside level minimum
"""


def put(text=TEXT, *achievements, **options):
    structure = rules(text) if isinstance(text, str) else text
    prepared = prepare(structure)
    claims = claims_of(prepared, achievements, DAY)
    offers = offers_of(prepared, claims, DAY)
    options = {"is_capped": False, "can_be_whole": True} | options
    return question_of(prepared, claims, offers, **options)


def limits(question):
    """Return reason, most and items of each limit."""
    pairs = zip(question.problem.limits, question.grounds, strict=True)
    return [(why.why, one.most, sorted(one.items)) for one, why in pairs]


def test_a_group_is_a_node_with_its_bounds():
    root, group, other = put().problem.nodes

    assert (root.min_credit, root.minimums) == (9, ((0, 5),))
    assert (group.min_credit, group.max_credit) == (3, 8)
    assert (group.min_parts, group.max_parts) == (1, 2)
    assert group.minimums == ((1, 2),)
    assert (group.is_mandatory, group.is_open) == (True, False)
    assert (other.is_mandatory, other.is_open) == (False, True)


def test_credit_counts_in_the_measures_of_its_level():
    """Measure 0 is the level of the structure, 3; measure 1 is level 4 in a group."""
    question = put(TEXT, has("N", 3, 3), has("M", 3, 4), has("L", 3, 2), has("A"))
    items = question.problem.items

    assert [item.measures for item in items[:1]] == [{0}]  # A
    # L, M and N are in the group that is left out.
    assert [item.measures for item in items[1:4]] == [set(), {1}, set()]
    assert items[4].measures == {0, 1}  # B, on offer


def test_what_is_not_known_counts_in_all_measures_of_its_group():
    nodes = put(TEXT.replace("2 units", "2 units, incomplete")).problem.nodes

    assert nodes[1].open_measures == {0, 1}
    assert nodes[2].open_measures == {1}


def test_what_is_not_known_is_of_the_level_below_a_cap():
    """Level 3 serves the structure's minimum, and the cap begins at level 4."""
    text = """
    total 9; level 3; 5 at level
    group O: other credit
    group P: other credit, 2 at level 4
    """
    question = put(text + "cap 1 credit: at least level 4")

    assert question.problem.nodes[1].open_measures == {0}
    assert question.problem.nodes[2].open_measures == {0, 1}
    assert question.problem.limits[-1].open_nodes & {1, 2} == {2}


def test_what_is_there_comes_first_then_what_is_on_offer():
    question = put(TEXT, has("B"))

    assert [(one.credit, one.is_added, one.cost) for one in question.problem.items] == [
        (4, False, 0),
        (3, True, 3),
    ]
    assert [one.key for one in question.claims] == ["B"]
    assert [one.listed.key for one in question.offers] == ["A"]


def test_by_hours_what_is_added_costs_its_hours():
    problem = put(TEXT, by_hours=True).problem

    assert [one.cost for one in problem.items] == [3 * HOURS, 20]
    assert problem.open_cost == HOURS
    free = "total 3\nA 3 L3 [0 hours]"
    assert [one.cost for one in put(free, by_hours=True).problem.items] == [1]


def test_a_unit_in_several_places_counts_once():
    text = "total 9\ngroup G\n  A 3\ngroup H\n  A 3\n  B 3"

    assert limits(put(text, has("A"), has("B"))) == [(Why.DUPLICATE, 1, [0, 1])]


def test_equivalents_bars_and_sets_hold_what_has_their_names():
    text = """
    total 9
    equivalent A: Z
    bar A: B, A
    at most 2 of A, B, C
    A 3
    B 3
    C 3
    """
    question = put(text, has("A"), has("Z"))

    assert [one.key for one in question.claims] == ["A", "Z"]
    assert limits(question) == [
        (Why.DUPLICATE, 1, [0, 1]),
        (Why.BARRED, 1, [0, 1, 2]),
        (Why.SET_IS_FULL, 2, [0, 1, 2, 3]),
    ]


def test_a_limit_that_nothing_can_pass_is_none():
    assert limits(put("total 9\nat most 2 of A, B\nbar A: N\nA 3\nB 3")) == []


def test_a_set_of_less_than_none_is_of_none():
    assert limits(put("total 9\nat most -2 of A\nA 3")) == [(Why.SET_IS_FULL, 0, [0])]


@pytest.mark.parametrize(
    ("cap", "most"),
    [
        (Cap(credit=5), 5),
        (Cap(percent=50), 6),
        (Cap(percent=33), 4),
        (Cap(percent=Fraction(100, 3)), 4),
        (Cap(percent=Fraction(99, 3)), 4),
        (Cap(credit=5, percent=50), 5),
        (Cap(credit=7, percent=50), 6),
        (Cap(credit=-1), 0),
        (Cap(), None),
    ],
)
def test_a_cap_allows_its_credit_and_its_share_rounded_down(cap, most):
    assert most_of(cap, 13) == most


def test_a_share_of_no_total_is_no_bound():
    assert most_of(Cap(percent=50), None) is None
    assert most_of(Cap(credit=5, percent=50), None) == 5


CAPPED = """
total 9
group G: incomplete
  A 3 L3 [imported]
  B 3 L2
  C 3
group H: incomplete
  D 3 L4
"""


@pytest.mark.parametrize(
    ("cap", "claims", "offers", "nodes"),
    [
        ("cap 1 credit", "A B", "C D", {0, 1, 2}),
        ("cap 1 credit: group G", "A B", "C", {1}),
        ("cap 1 credit: group H", "", "D", {2}),
        ("cap 1 credit: group Z", "", "", set()),
        ("cap 1 credit: imported", "A", "", set()),
        ("cap 1 credit: at most level 2", "B", "C", set()),
        ("cap 1 credit: at least level 3", "A", "D", {0}),
        ('cap 1 credit: at least level "9"', "A B", "D", {0, 1, 2}),
        ("cap 1 credit: kinds achieved", "A", "", set()),
        ("cap 1 credit: kinds rpl", "B", "", set()),
        ("cap 1 credit: kinds rpl achieved", "A B", "", set()),
    ],
)
def test_under_a_cap_falls_what_has_all_its_conditions(cap, claims, offers, nodes):
    question = put(CAPPED + cap, has("A"), has("B", kind="rpl"))
    limit, ground = question.problem.limits[-1], question.grounds[-1]
    there = len(question.claims)

    names = [question.claims[n].key for n in sorted(limit.items) if n < there]
    assert " ".join(names) == claims
    names = [question.offers[n - there] for n in sorted(limit.items) if n >= there]
    assert " ".join([one.listed.key for one in names]) == offers
    assert limit.open_nodes == nodes
    assert (limit.most, limit.of_credit) == (1, True)
    assert (ground.why, ground.name) == (Why.CAP, "of 1 credit")


def test_a_cap_is_called_by_its_name():
    assert put(CAPPED + "cap 1 credit -- the cap").grounds[-1].name == '"the cap"'


def test_a_cap_without_a_bound_is_no_limit():
    assert put(CAPPED + "cap none: imported").problem.limits == []


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("total 3; 2 at level\nA 3", False),
        ('total 3; level "9"; 2 at level\nA 3', False),
        ("total 3; 0 at level\nA 3", True),
        ("total 3; level 3; 2 at level\nA 3", True),
    ],
)
def test_a_level_minimum_without_a_level_cannot_hold(text, can_be):
    assert put(text).problem.can_be_whole == can_be
    assert not put(text, can_be_whole=False).problem.can_be_whole


def test_a_level_minimum_of_a_group_of_no_level_that_is_known_cannot_hold():
    root = Group(name="X", units=[Unit("A", 3, 3)], level_minimum=LevelMinimum("9", 1))
    question = put(Structure(name="X", total=3, root=root), has("A"))

    assert question.problem.nodes[0].minimums == ((1, 1),)
    assert question.problem.items[0].measures == frozenset()


def test_bounds_below_nothing_are_none():
    root = Group(
        name="X",
        units=[Unit("A", 3, 3)],
        min_credit=-5,
        min_subcomponents=-2,
        level_minimum=LevelMinimum(3, -1),
    )
    node = put(Structure(name="X", total=-1, root=root)).problem.nodes[0]

    assert (node.min_credit, node.min_parts, node.minimums) == (0, 0, ())


def test_of_the_total_and_what_the_root_asks_for_the_greater_holds():
    structure = rules("total 9\nA 3")
    more = attrs.evolve(structure, root=attrs.evolve(structure.root, min_credit=12))

    assert put(more).problem.nodes[0].min_credit == 12
    assert put(attrs.evolve(more, total=None)).problem.nodes[0].min_credit == 12

"""What is still needed, in words that a learner reads."""

import pytest

from builders.combination import asked, rules
from ulnlib.qualifications import Level

CORE = """
total 12
group Core: mandatory, 7 credits
  Y/506/1910 4 L3 Communicate
  A 3
group Optional Group B: mandatory, at least 8 credits, 3 at level 3
  B 4 L2
  C 5 L3
  D 4 L3
"""


def needs(structure, achievements="", **options):
    return [need.text for need in asked(structure, achievements, **options).needs]


def test_nothing_is_needed_where_it_is_met():
    assert asked("total 3\nA 3", "A").needs == ()


def test_units_without_which_a_group_cannot_be_are_named():
    need = asked(CORE).needs[0]

    assert need.units == ("Y/506/1910", "A")
    assert (need.group, need.credit) == ("Core", 7)
    assert need.text == "Unit Y/506/1910, Communicate (4 credits); Unit A (3 credits)"
    assert needs(CORE, "A")[0] == "Unit Y/506/1910, Communicate (4 credits)"


def test_what_a_group_asks_for_is_told_with_its_level():
    need = asked(CORE, "B").needs[1]

    assert (need.group, need.credit, need.at_level) == ("Optional Group B", 4, 3)
    assert need.level is Level.LEVEL_3
    assert need.text == (
        "4 more credits from Optional Group B, at least 3 of them at Level 3 or above"
    )


def test_a_level_alone_is_told_alone():
    text = "total 9\ngroup G: mandatory, 3 at level 3\n  A 9 L2\n  B 1 L3\n  C 3 L3"

    assert needs(text, "A") == ["3 credits at Level 3 or above from G"]
    need = asked(text, "A B").needs[0]
    assert (need.credit, need.at_level) == (0, 2)


def test_a_level_that_asks_for_more_than_the_credit_is_told_alone():
    text = """total 30
group Metal: mandatory, at least 14 credits, at least 9 at level 3
  A 12 L2
  B 9 L3
  C 4 L3
group More
  D 20 L2"""

    assert needs(text, "A") == [
        "9 credits at Level 3 or above from Metal",
        "9 more credits from any group that has room",
    ]
    assert needs(text, "A C") == [
        "5 credits at Level 3 or above from Metal",
        "9 more credits from any group that has room",
    ]
    assert sum([need.least_credit for need in asked(text, "A").needs]) == 30 - 12


def test_a_level_above_what_a_group_below_needs_is_not_counted_twice():
    text = """total 30
group P: mandatory, at least 14 credits, at least {} at level 3
  group Below: mandatory, at least 9 credits
    A 9 L3
    B 9 L2
  group Other
    C 20 L3"""

    assert needs(text.format(20)) == [
        "9 more credits from Below",
        "20 credits at Level 3 or above from P",
        "10 more credits from any group that has room",
    ]
    assert needs(text.format(8)) == [
        "9 more credits from Below",
        "5 more credits from P",
        "8 credits at Level 3 or above from P",
        "16 more credits from any group that has room",
    ]


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ("", "3 more units from G"),
        ("A", "2 more units from G"),
        ("A B", "1 more unit from G"),
    ],
)
def test_units_that_are_lacking_are_counted(units, words):
    rest = "  A 3\n  B 4\n  C 5\n  D 6\ngroup H\n  Z 9"
    text = f"total 9\ngroup G: mandatory, at least 3 units\n{rest}"

    assert needs(text, f"Z {units}") == [words]


def test_one_is_one():
    text = "total 5\ngroup G: mandatory, at least 5 credits\n  A 4\n  B 1\n  C 1"

    assert needs(text, "A") == ["1 more credit from G"]


def test_a_mandatory_group_of_no_minimum_needs_one_unit():
    text = "total 3\ngroup G: mandatory\n  A 3\n  B 3\ngroup H\n  C 3"

    assert needs(text, "C") == ["1 more unit from G"]


def test_credits_and_units_are_told_together():
    rest = "at least 9 credits, at least 2 units\n  A 5\n  B 5\n  C 5"

    assert needs(f"total 9\ngroup G: mandatory, {rest}") == [
        "9 more credits from G, in at least 2 more units"
    ]


def test_credits_are_in_a_unit_without_saying_so():
    text = "total 9\ngroup G: mandatory, at least 9 credits\n  A 5\n  B 5\n  C 5"

    assert needs(text) == ["9 more credits from G"]


PATHWAYS = """
total 9
root Pathways: at least {many} group, at most 2 groups
group P: at least 9 credits
  A 4
  B 5
group Q: at least 9 credits
  C 3
  D 6
  E 2
group R: at least 10 credits
  F 10
  G 10
"""


def test_of_pathways_all_are_told_the_shortest_first():
    (need,) = asked(PATHWAYS.format(many=1), "D").needs

    assert need.parts == 1
    assert need.text == (
        "one of these in Pathways: 3 more credits from Q"
        " | Unit A (4 credits); Unit B (5 credits)"
        " | 10 more credits from R"
    )
    assert [[one.group for one in choice] for choice in need.one_of] == [
        ["Q"],
        ["P"],
        ["R"],
    ]


def test_several_of_pathways_are_several():
    text = PATHWAYS.format(many=2).replace("2 group,", "2 groups,")
    (need, *_) = asked(text, "D").needs

    assert need.parts == 2
    assert need.text.startswith("2 of these in Pathways: ")


def test_a_choice_within_a_choice_is_told_in_one():
    text = """
    total 9
    root X: at least 1 group
    group P
      group Inner: mandatory, at least 2 units
        A 1
        B 1
        C 1
      group Other: mandatory, at least 4 credits
        D 2
        E 2
        F 2
    """

    assert needs(text)[0] == (
        "one of these in X: 2 more units from Inner and 4 more credits from Other"
    )


def test_mandatory_groups_come_before_what_is_chosen():
    text = """
    total 9
    root X: at least 2 groups
    group P: mandatory, 3 credits
      A 3
    group Q: 4 credits
      B 4
    group R: 5 credits
      C 5
    """

    assert needs(text) == [
        "Unit A (3 credits)",
        "one of these in X: Unit B (4 credits) | Unit C (5 credits)",
        "2 more credits from any group that has room",
    ]


def test_what_the_whole_needs_beyond_its_groups_comes_last():
    assert needs("total 9\nA 3\nB 4\nC 5", "A") == [
        "6 more credits from any group that has room"
    ]


def test_parts_of_the_root_may_come_from_anywhere():
    text = "total 3\nroot X: at least 3 units\nA 3\nB 3\nC 3\nD 3"

    assert needs(text, "A") == ["2 more units from any group that has room"]


def test_a_hybrid_group_needs_parts_of_either_sort():
    text = """
    total 1
    group H: mandatory, at least 2 parts
      A 3
      group Inner: at least 6 credits
        B 6
    """

    assert needs(text, "A") == ["1 more unit from H"]


def test_the_level_minimum_of_the_whole_is_part_of_what_is_needed():
    answer = asked("total 9; level 3; 6 at level\nA 3 L2\nB 6 L3", "A")

    assert [need.text for need in answer.needs] == [
        "6 more credits from any group that has room",
        "among what is still taken, at least 6 credits at Level 3 or above",
    ]
    assert answer.needs[1].credit == 0


def test_a_level_minimum_of_a_level_that_is_not_known_says_nothing():
    text = 'total 3; level "9"; 3 at level\ngroup G: mandatory, 3 at level "9"\n  A 3'

    assert needs(text, "A") == []


def test_requirements_beside_credit_are_told_in_their_words():
    text = "total 3\nrequirement test -- A test of skill\nrequirement talk\nA 3"
    answer = asked(text, "A", facts=[])

    assert [need.text for need in answer.needs] == ["A test of skill", "talk"]
    assert [need.requirement for need in answer.needs] == ["test", "talk"]
    assert needs(text, "A", facts=["test"]) == ["talk"]


def test_groups_that_are_achieved_need_nothing():
    answer = asked(CORE, "Y/506/1910 A")

    assert {need.group for need in answer.needs} == {"Optional Group B"}


def test_no_two_needs_ask_for_one_credit():
    """7 of the core and 8 of the group are 15: the whole asks for no more."""
    assert [need.group for need in asked(CORE).needs] == ["Core", "Optional Group B"]
    more = rules(CORE.replace("total 12", "total 17"))
    assert needs(more)[-1] == "2 more credits from any group that has room"


L3 = Level.LEVEL_3


@pytest.mark.parametrize(
    ("text", "units", "needs"),
    [
        ("total 1\nA 1 L3", "", [(None, 1, 0, None, 0, "1 more credit")]),
        (
            "total 9; level 3; 1 at level\nA 8 L2\nB 1 L3",
            "A",
            [
                (None, 1, 0, None, 0, "1 more credit"),
                (None, 0, 1, L3, 0, "at least 1 credit at Level 3"),
            ],
        ),
        (
            "total 9; level 3; 5 at level\nA 4 L3\nB 5 L3\nC 5 L2",
            "A C",
            [(None, 0, 1, L3, 0, "at least 1 credit at Level 3")],
        ),
        (
            "total 6\ngroup G: mandatory, at least 3 units\n  A 2\n  B 2\n  C 2\n  D 4",
            "A",
            [("G", 0, 0, None, 2, "2 more units from G")],
        ),
        (
            "total 6\ngroup G: mandatory, at least 3 units, other credit",
            "",
            [
                ("G", 0, 0, None, 3, "3 more units from G"),
                (None, 3, 0, None, 0, "3 more credits"),
            ],
        ),
        (
            "total 6\ngroup G: mandatory, at least 3 units, incomplete\n  A 2",
            "A",
            [
                ("G", 0, 0, None, 2, "2 more units from G"),
                (None, 2, 0, None, 0, "2 more credits"),
            ],
        ),
        (
            "total 9\ngroup G: mandatory, 2 at level 3\n  A 9 L2\n  B 1 L3\n  C 1 L3",
            "A B",
            [("G", 0, 1, L3, 0, "1 credit at Level 3 or above from G")],
        ),
        (
            "total 9\ngroup G: mandatory, 6 credits, 1 at level 3\n  A 5 L2\n  B 4 L3",
            "A",
            [
                ("G", 1, 1, L3, 0, "1 more credit from G, at least 1 of them"),
                (None, 3, 0, None, 0, "3 more credits"),
            ],
        ),
    ],
)
def test_what_is_needed_can_be_counted_with(text, units, needs):
    found = [
        (one.group, one.credit, one.at_level, one.level, one.parts)
        for one in asked(text, units).needs
    ]

    assert found == [need[:5] for need in needs]
    for one, (*_, words) in zip(asked(text, units).needs, needs, strict=True):
        assert words in one.text

"""What is wrong with a structure or a record is found, and the answer is right."""

import pytest

from builders.combination import DAY, asked, codes, counted, group, has, rules, taken
from ulnlib.qualifications import Achievement, Group, LevelMinimum, Structure, Unit
from ulnlib.rules.combination import complete, evaluate, lint, prepare


def found(structure):
    """Return the codes that the linter finds."""
    return {one.code for one in lint(structure)}


class TestUnitTwice:
    def test_in_one_group_the_first_holds(self):
        structure = rules("total 5\nA/1 3\nA1 5\nB 2")

        assert "unit-twice" in found(structure)
        assert asked(structure, "A/1").credit == 3
        assert asked(structure, "A/1 B").is_met

    def test_in_two_groups_it_counts_what_its_group_says(self):
        structure = rules("""
        total 5
        group G: at most 2 credits
          A 3
        group H
          A 5
        """)

        assert "unit-differs" in found(structure)
        assert asked(structure, "A").credit == 5
        assert asked(structure, "A").is_met


class TestCredit:
    @pytest.mark.parametrize("credit", [None, 0, -3, True, 2.5, "3"])
    def test_a_unit_without_right_credits_counts_nowhere_and_is_not_on_offer(
        self, credit
    ):
        root = Group(name="X", units=[Unit("A", credit), Unit("B", 3)])
        structure = Structure(name="X", total=3, root=root)

        assert found(structure) & {"unit-credit-missing", "unit-credit-wrong"}
        answer = asked(structure, [has("A", 5)])
        assert counted(answer) == ""
        assert taken(answer) == "B"
        kind = "missing" if credit is None else "wrong"
        assert codes(answer) == [f"unit-credit-{kind}"]

    @pytest.mark.parametrize("credit", [-3, True, 2.5, "3"])
    def test_an_achievement_of_wrong_credits_is_as_if_not_stated(self, credit):
        text = "total 3\nA 3\ngroup O: other credit"
        answer = asked(text, [has("A", credit), has("N", credit)])

        assert counted(answer) == "A"
        assert codes(answer) == ["achievement-credit", "achievement-credit"]

    @pytest.mark.parametrize("total", [None, 0, -9])
    def test_a_total_that_is_none_asks_for_none(self, total):
        structure = Structure(
            name="X", total=total, root=Group(name="X", units=[Unit("A", 3)])
        )

        assert found(structure) & {"total-missing", "total-wrong"}
        assert asked(structure, "A").is_met
        assert asked(structure).credits_needed == 3


class TestBounds:
    @pytest.mark.parametrize(
        "bounds",
        [{"min_credit": -5}, {"min_subcomponents": -5}],
        ids=["credit", "parts"],
    )
    def test_a_minimum_below_nothing_is_none(self, bounds):
        root = Group(name="X", units=[Unit("A", 3)], **bounds)
        structure = Structure(name="X", total=3, root=root)

        assert "bound-wrong" in found(structure)
        assert asked(structure, "A").is_met

    @pytest.mark.parametrize(
        "bounds",
        [{"max_credit": -5}, {"max_subcomponents": -5}],
        ids=["credit", "parts"],
    )
    @pytest.mark.parametrize("achievements", ["", "A"])
    @pytest.mark.parametrize("maximum", ["whole", "cap"])
    def test_below_a_maximum_below_nothing_nothing_counts(
        self, bounds, achievements, maximum
    ):
        closed = Group(name="G", units=[Unit("A", 3)], **bounds)
        root = Group(name="X", groups=[closed, Group(name="H", units=[Unit("B", 3)])])
        structure = Structure(name="X", total=3, root=root)

        assert "bound-wrong" in found(structure)
        answer = asked(structure, achievements, maximum=maximum)
        assert answer.credit == 0
        assert group(answer, "G").credit == 0
        assert answer.credits_needed == 3
        assert taken(answer) == "B"

    @pytest.mark.parametrize("months", [-1, -(10**9)])
    def test_months_below_nothing_are_none(self, months):
        """The day itself is within no months, and no other day is."""
        text = f"total 3\nroot X: within {months} months\nA 3"
        structure = rules(text)

        assert "months-wrong" in found(structure)
        assert asked(text, [has("A", date="2026-03-31")], as_of=DAY).is_met
        assert not asked(text, [has("A", date="2026-03-30")], as_of=DAY).is_met
        limit = f"total 3\nwithin {months} months\nA 3"
        assert asked(limit, [has("A", date="2026-03-31")], as_of=DAY).is_met

    @pytest.mark.parametrize("share", [-50, 0])
    def test_a_share_below_nothing_is_nothing(self, share):
        structure = rules(f"total 3\nA 3\ncap {share} percent")

        assert counted(asked(structure, "A")) == ""


class TestLevels:
    def test_a_unit_of_no_level_that_is_known_is_below_all(self):
        answer = asked('total 3; level 3; 3 at level\nA 3 "9"\nB 3 L3', "A")

        assert answer.credit == 3
        assert answer.credit_at_level == 0
        assert answer.credits_needed == 3
        assert codes(answer) == ["level-unknown"]

    def test_an_achievement_of_no_level_that_is_known_is_below_all(self):
        text = "total 3\ngroup O: other level 1"
        answer = asked(text, [has("N", 3, "high")])

        assert counted(answer) == ""
        assert codes(answer) == ["achievement-level"]

    def test_a_level_minimum_of_no_level_that_is_known_cannot_be_met(self):
        root = Group(
            name="X", units=[Unit("A", 3, 3)], level_minimum=LevelMinimum("9", 1)
        )
        structure = Structure(name="X", total=3, root=root)

        assert "level-unknown" in found(structure)
        answer = asked(structure, "A")
        assert counted(answer) == "A"
        assert answer.credits_needed is None
        assert answer.conflicts


class TestReferences:
    def test_a_wrong_check_character_is_found_and_the_unit_counts(self):
        structure = rules("total 4\nY/506/1911 4 L3")

        assert "unit-reference-check-letter" in found(structure)
        assert asked(structure, "Y/506/1911").is_met

    @pytest.mark.parametrize(
        "rule",
        [
            "bar N: A",
            "bar A: N",
            "at most 1 of N, A",
            "equivalent N: A",
            "cap 0 credits: group Nowhere",
        ],
    )
    def test_a_rule_about_something_unknown_is_found_and_holds_nothing(self, rule):
        structure = rules(f"total 3\n{rule}\nA 3 L3")

        assert len(lint(structure)) > 0
        assert asked(structure, "A").is_met

    def test_two_groups_of_one_name_are_both_meant(self):
        structure = rules("""
        total 3
        group G
          A 3
        group G
          B 4
        cap 4 credits: group G
        """)

        assert "group-name-twice" in found(structure)
        assert asked(structure, "A B").credit == 4


class TestRecords:
    def test_what_is_dated_after_the_day_is_found_and_does_not_count(self):
        answer = asked("total 3\nA 3", [has("A", date="2999-01-01")], as_of=DAY)

        assert not answer.is_met
        assert codes(answer) == ["achievement-to-come"]

    def test_a_structure_that_is_not_there_at_all(self):
        structure = Structure(name="", total=None, root=Group(name=""))
        answer = asked(structure, "A")

        assert counted(answer) == ""
        assert answer.credits_needed is None
        assert answer.conflicts

    def test_a_unit_without_a_reference_meets_no_achievement(self):
        root = Group(name="X", units=[Unit("", 3), Unit(" / ", 3), Unit("A", 3)])
        structure = Structure(name="X", total=3, root=root)

        assert len(lint(structure)) > 0
        assert counted(asked(structure, [has("", 3), has("A")])) == "A"

    def test_a_unit_without_a_reference_is_shown_by_its_title(self):
        units = [Unit("", 3, "2", "Nameless"), Unit("A", 3, "2")]
        structure = Structure(name="X", total=6, root=Group(name="X", units=units))
        exempt = Achievement("", 3, "2", kind="exemption", group="X")
        answer = evaluate(structure, [exempt])

        assert answer.credit == 3
        assert "[ ] Nameless (3 cr, Level 2)" in answer.to_text()
        assert "Nameless" in answer.to_html()

    def test_without_achievements_all_is_needed(self):
        assert asked("total 7\nA 3\nB 4").credits_needed == 7


def nested(deep, **root):
    """Return a structure of groups in groups, the innermost with two units."""
    group = Group(name="Leaf", units=[Unit("A", 3, 3), Unit("B", 4, 3)])
    for number in range(deep - 1):
        group = Group(name=f"G{number}", groups=[group], is_mandatory=True)
    return Structure(name="X", total=7, root=group, **root)


DEEP = nested(200)


class TestNesting:
    def test_200_deep_is_found_and_evaluated(self):
        assert "groups-nesting" in found(DEEP)
        answer = asked(DEEP, "A")
        assert answer.credits_needed == 4
        assert taken(answer) == "B"
        assert answer.needs
        assert len(answer.groups) == 200
        assert [one.is_achieved for one in answer.groups] == [True] * 200

    def test_200_deep_is_capped_completed_and_in_conflict(self):
        assert asked(DEEP, "A B", maximum="cap").is_met
        assert complete(DEEP, [has("A")]).credit == 4
        assert asked(nested(200, at_most=[]), offer=[]).conflicts

    def test_made_ready_it_may_be_of_any_depth(self):
        places = prepare(nested(2_000)).places

        assert len(places) == 2_000
        assert places[-1].depth == 1_999

    def test_a_deep_structure_is_linted(self):
        assert "groups-nesting" in found(nested(2_000))

    def test_2_000_deep_it_is_evaluated_too(self):
        deep = nested(2_000)

        assert asked(deep, "A").credits_needed == 4
        assert asked(deep, "A B", maximum="cap").is_met
        assert complete(deep, []).credit == 7
        assert asked(deep, offer=[]).conflicts


def test_10_000_units_are_found_and_evaluated():
    """Twenty of them have 67 credits, of which 60 may count."""
    groups = [
        Group(
            name=f"G{group}",
            units=[Unit(f"U{group}N{n}", 1 + n % 6, 2 + n % 3) for n in range(1_000)],
            is_mandatory=True,
            min_credit=30,
            max_credit=60,
        )
        for group in range(10)
    ]
    structure = Structure(
        name="X",
        total=400,
        level=3,
        min_credit_at_level=200,
        root=Group(name="X", groups=groups),
    )

    assert "units-many" in found(structure)
    answer = asked(structure, " ".join(f"U0N{n}" for n in range(20)))
    assert answer.credit == 60
    assert answer.credits_needed == 340
    assert len(answer.units) == 10_000

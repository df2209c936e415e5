"""Evaluations: the meaning of the rules, a clause a test, on cases done by hand.

In the text form units stand as `reference credit level`; a learner is a text of
references. `counted` tells what counts: `A`, or `G:A` in the group G.
"""

from fractions import Fraction

import attrs
import pytest

from builders.combination import (
    DAY,
    asked,
    codes,
    counted,
    group,
    has,
    rules,
    supplied,
    taken,
    unit,
    why,
)
from ulnlib.qualifications import (
    Achievement,
    Cap,
    Group,
    Kind,
    OtherCredit,
    Qualification,
    Structure,
    Unit,
)
from ulnlib.rules.combination import Why, evaluate, parse_text, prepare

THREE = """
total 12
A 3 L3
B 4 L2
C 5 L3
"""

PATHWAYS = """
total 9
root Pathways: at least 1 group, at most 1 group
group P: at least 9 credits
  A 4
  B 5
group Q: at least 9 credits
  C 3
  D 6
"""

OTHER = """
total 6
group Listed
  A 3 L3
group Other: other level 2
"""


class TestFacts:
    """The clause on facts: credit, dates, and the same unit twice."""

    @pytest.mark.parametrize("credit", [0, None])
    def test_a_listed_unit_without_credit_has_that_of_the_list(self, credit):
        answer = asked(THREE, [has("A", credit)])

        assert answer.credit == 3
        assert codes(answer) == []

    @pytest.mark.parametrize("credit", [0, None])
    def test_other_credit_that_is_not_stated_is_not_available(self, credit):
        assert counted(asked(OTHER, [has("Z", credit, 3)])) == ""

    def test_the_list_holds_where_an_achievement_differs_and_a_finding_says_so(self):
        answer = asked(THREE, [has("A", 9, 1)])

        assert answer.credit == 3
        assert answer.counted[0].level_rank == 5  # level 3
        assert codes(answer) == [
            "achievement-credit-differs",
            "achievement-level-differs",
        ]

    def test_what_is_dated_after_the_day_is_not_available_and_found(self):
        answer = asked(THREE, [has("A", date="2026-04-01")], as_of=DAY)

        assert counted(answer) == ""
        assert codes(answer) == ["achievement-to-come"]

    def test_what_is_dated_on_the_day_counts(self):
        assert counted(asked(THREE, [has("A", date="2026-03-31")], as_of=DAY)) == "A"

    def test_without_a_day_no_rule_of_dates_applies(self):
        text = """
        total 3
        within 1 month
        root X: within 1 month
        A 3 L3 [withdrawn 2020-01-01]
        B 3 L3 [expires 2020-01-01]
        """
        answer = asked(text, [has("A", date="2999-01-01")])

        assert counted(answer) == "A"
        assert codes(answer) == ["achievement-after-withdrawal"]
        assert taken(asked(text)) == "A"

    @pytest.mark.parametrize("word", ["withdrawn", "expires"])
    def test_what_was_achieved_before_it_went_counts_for_ever(self, word):
        text = f"total 3\nA 3 L3 [{word} 2016-01-01]"

        assert asked(text, [has("A", date="2015-06-01")], as_of=DAY).is_met

    def test_without_a_date_a_unit_is_available(self):
        assert counted(asked(THREE, "A", as_of=DAY)) == "A"

    def test_without_a_date_it_is_not_where_a_group_counts_months(self):
        text = "total 3\nroot X: within 12 months\nA 3"

        assert counted(asked(text, "A", as_of=DAY)) == ""

    @pytest.mark.parametrize(
        ("months", "first", "day_before"),
        [
            (1, "2026-02-28", "2026-02-27"),  # no 31 February
            (4, "2025-11-30", "2025-11-29"),  # no 31 November
            (12, "2025-03-31", "2025-03-30"),
            (25, "2024-02-29", "2024-02-28"),  # a leap year
            (0, "2026-03-31", "2026-03-30"),
        ],
    )
    def test_months_are_inclusive_at_both_ends(self, months, first, day_before):
        text = f"total 3\nroot X: within {months} months\nA 3"

        assert counted(asked(text, [has("A", date=first)], as_of=DAY)) == "A"
        assert counted(asked(text, [has("A", date="2026-03-31")], as_of=DAY)) == "A"
        assert counted(asked(text, [has("A", date=day_before)], as_of=DAY)) == ""

    def test_months_of_one_group_say_nothing_of_another(self):
        text = """
        total 3
        group New: within 12 months
          A 3
        group Old
          A 3
        """

        assert counted(asked(text, [has("A", date="2020-01-01")], as_of=DAY)) == "Old:A"

    def test_a_time_limit_holds_everywhere_for_its_kinds(self):
        text = "total 7\nwithin 12 months: rpl\nA 3\nB 4\nC 5"
        old = "2025-03-30"
        answer = asked(
            text,
            [
                has("A", date=old),
                has("B", date=old, kind="rpl"),
                has("C", date="2025-03-31", kind="rpl"),
            ],
            as_of=DAY,
        )

        assert counted(answer) == "A C"

    def test_a_time_limit_without_kinds_is_for_all_and_needs_no_date(self):
        text = "total 7\nwithin 12 months\nA 3\nB 4"
        answer = asked(text, [has("A", date="2025-03-30"), has("B")], as_of=DAY)

        assert counted(answer) == "B"

    def test_a_certification_end_before_the_day_is_flagged(self):
        text = "total 3\ncertification end 2026-03-30\nA 3"
        answer = asked(text, "A", as_of=DAY)

        assert answer.is_met
        assert codes(answer) == ["certification-ended"]
        assert codes(asked(text.replace("30", "31"), "A", as_of=DAY)) == []

    def test_the_same_unit_twice_is_one(self):
        answer = asked(THREE, [has("A", date="2025-01-01"), has("A")])

        assert answer.credit == 3
        assert len(answer.counted) == 1

    def test_a_reference_is_the_same_in_any_writing(self):
        text = "total 3\nY/506/1910 3"

        assert counted(asked(text, [has("y5061910")])) == "Y5061910"

    def test_the_earliest_available_achievement_acts(self):
        several = [
            has("Z", 5, 3, "2025-01-02"),
            has("Z", 4, 3, "2025-01-01"),
            has("Z", 6, 3),
        ]

        assert asked(OTHER, several).credit == 4

    def test_the_earliest_that_is_stated_and_in_time_acts(self):
        text = "total 6\ngroup O: other level 2, within 12 months"
        several = [
            has("Z", 0, 3, "2026-01-01"),
            has("Z", 4, 3, "2020-01-01"),
            has("Z", 5, 3, "2026-01-02"),
            has("Z", 6, 3, "2026-01-03"),
        ]

        assert asked(text, several, as_of=DAY).credit == 5

    def test_its_level_decides_whatever_a_later_one_has(self):
        several = [has("Z", 3, 1, "2026-01-01"), has("Z", 3, 3, "2026-01-02")]
        answer = asked(OTHER, several)

        assert counted(answer) == ""
        assert why(answer, "Z") == (
            Why.NOT_AT_LEVEL,
            "not at the level that Other asks",
        )

    def test_equal_dates_are_told_apart_by_source_and_id(self):
        def one(credit, source, name):
            return has("Z", credit, 3, "2025-01-01", source=source, id=name)

        several = [one(3, "B", "1"), one(4, "A", "2"), one(5, "A", "1")]

        assert asked(OTHER, several).credit == 5
        assert asked(OTHER, several[::-1]).credit == 5


class TestCounting:
    """The clause on what a counting is: one place each, whole, equivalents."""

    def test_a_unit_in_two_groups_counts_once_and_where_it_is_needed(self):
        text = """
        total 3
        group First
          A 3
          B 4
        group Second: mandatory
          A 3
        """

        assert counted(asked(text, "A")) == "Second:A"
        assert counted(asked(text, "A B")) == "First:B Second:A"

    @pytest.mark.parametrize(
        ("level", "counts"), [("1", False), ("2", True), ("3", True), (None, False)]
    )
    def test_other_credit_is_at_least_at_the_level(self, level, counts):
        assert bool(counted(asked(OTHER, [has("Z", 3, level)]))) == counts

    @pytest.mark.parametrize("level", ["E1", None, "9"])
    def test_other_credit_of_no_level_takes_any(self, level):
        assert counted(asked("total 3\ngroup O: other credit", [has("Z", 3, level)]))

    def test_other_credit_of_a_subject_area_shares_one(self):
        text = "total 3\ngroup O: other area 15.3, other area 6.1"

        assert counted(asked(text, [has("Z", 3, subject_areas=["1.1", "6.1"])]))
        assert not counted(asked(text, [has("Z", 3, subject_areas=["1.1"])]))
        assert not counted(asked(text, [has("Z", 3)]))

    def test_other_credit_is_not_listed_by_any_group(self):
        text = "total 3\ngroup Full: at most 0 credits\n  A 3\ngroup O: other credit"

        assert counted(asked(text, [has("A", 3)])) == ""

    def test_other_credit_may_be_listed_where_the_group_says_so(self):
        text = """
        total 3
        group Full: at most 0 credits
          A 3
        group O: other also listed
        """

        assert counted(asked(text, [has("A", 5)])) == "O:A"
        assert asked(text, [has("A", 5)]).credit == 5
        assert counted(asked(text, "A")) == ""  # its credit is not stated

    def test_a_group_of_other_credit_may_list_units_too(self):
        text = "total 6\ngroup O: other also listed\n  A 3 L3"

        assert asked(text, [has("A", 9), has("Z", 3)]).credit == 6

    def test_a_hybrid_group_holds_units_of_its_own(self):
        text = "total 7\ngroup H: mandatory\n  A 3\n  group Inner\n    B 4"
        answer = asked(text, "A B")

        assert counted(answer) == "H:A Inner:B"
        assert group(answer, "H").subcomponents == 2

    def test_an_equivalent_stands_for_a_unit_with_its_credit_and_level(self):
        text = "total 3; level 3; 3 at level\nequivalent A: Z\nA 3 L3"
        answer = asked(text, [has("Z", 7, 1)])

        assert answer.is_met
        assert counted(answer) == "Z=A"
        assert codes(answer) == []

    def test_a_unit_and_its_equivalents_count_once_between_them(self):
        text = "total 9\nequivalent A: Z, Y\nA 3\ngroup O: other credit"
        answer = asked(text, [has("Y", 3), has("Z", 3), has("A")])

        assert answer.credit == 3
        assert len(answer.counted) == 1

    def test_of_equivalents_the_listed_one_is_first_then_by_reference(self):
        text = "total 3\nequivalent A: Z, Y\nA 3"

        assert counted(asked(text, "Y Z A")) == "A"
        assert counted(asked(text, "Z Y")) == "Y=A"

    def test_one_unit_may_stand_for_one_of_several(self):
        text = """
        total 7
        equivalent A: Z
        equivalent B: Z
        A 3
        B 4
        """

        assert counted(asked(text, "Z")) == "Z=B"


class TestBars:
    """The clause on bars and sets."""

    @pytest.mark.parametrize("bar", ["bar A: C", "bar C: A"])
    def test_a_bar_works_both_ways(self, bar):
        assert counted(asked(THREE + bar, "A C")) == "C"

    def test_a_source_bars_each_of_its_targets_which_do_not_bar_each_other(self):
        assert counted(asked(THREE + "bar A: B, C", "A B C")) == "B C"

    @pytest.mark.parametrize(("most", "what"), [(0, ""), (1, "C"), (2, "B C")])
    def test_of_a_set_at_most_so_many_count(self, most, what):
        assert counted(asked(f"{THREE}at most {most} of A, B, C", "A B C")) == what

    def test_a_bar_on_a_listed_unit_bars_what_stands_for_it(self):
        text = THREE + "equivalent A: Z\nbar A: C"

        assert counted(asked(text, "Z C")) == "C"

    def test_what_is_added_is_barred_too(self):
        text = """
        total 7
        bar A: C
        group Core: mandatory
          A 3
        group Options
          C 3
          B 5
        """

        assert taken(asked(text, "A")) == "B"  # 5, for the 3 of C do not go with A
        assert asked(text, "A", offer=["C"]).credits_needed is None

    def test_a_unit_that_bars_itself_counts(self):
        assert counted(asked(THREE + "bar A: A", "A")) == "A"


class TestMaximums:
    """The clause on maximums, whole and capped."""

    def test_a_unit_that_would_break_a_maximum_of_credit_does_not_count(self):
        text = "total 5\nroot X: at most 7 credits\nA 3\nB 4\nC 5"

        assert counted(asked(text, "B C")) == "C"
        assert counted(asked(text, "A B C")) == "A B"

    def test_a_maximum_holds_also_where_nothing_can_be_met(self):
        text = "total 99\nroot X: at most 7 credits\nA 3\nB 4\nC 5"

        assert counted(asked(text, "A B C")) == "A B"

    def test_capped_a_group_counts_for_its_maximum(self):
        text = "total 7\nroot X: at most 7 credits\nA 3\nB 4\nC 5"
        answer = asked(text, "B C", maximum="cap")

        assert counted(answer) == "B C"
        assert answer.credit == 7
        assert answer.is_met
        assert not asked(text, "B C").is_met

    def test_capped_credit_at_the_level_is_at_most_the_maximum(self):
        """Of 4 at level 2 and 5 at level 3 in a group of at most 4: 4 at level 3."""
        text = """
        total 4; level 3; 4 at level
        group G: at most 4 credits
          B 4 L2
          C 5 L3
        """
        answer = asked(text, "B C", maximum="cap")

        assert (answer.credit, answer.credit_at_level) == (4, 4)
        assert group(answer, "G").credit == 4
        assert answer.is_met

    def test_capped_credit_goes_up_to_the_parent_capped(self):
        text = """
        total 9
        group Outer
          group G: at most 4 credits
            C 5
          B 4
        """
        answer = asked(text, "B C", maximum="cap")

        assert group(answer, "Outer").credit == 8
        assert not answer.is_met

    def test_capped_fewer_units_are_better_beside_a_group_that_counts_for_nothing(self):
        """What looks at levels and what looks at whether anything counts are two."""
        text = """
        total 1; level 2
        root X: at most 4 credits
        P 3 L1
        group G
          Q 3 L2
          R 1 L3
        group Nothing: at most 0 credits
          S 3 L2
        """
        answer = asked(text, "P Q R", maximum="cap")

        assert (answer.credit, answer.credit_at_level) == (4, 4)
        assert counted(answer) == "G:Q G:R"

    def test_capped_or_not_a_maximum_of_parts_is_whole(self):
        text = "total 3\nroot X: at most 1 unit\nA 3\nB 4"

        assert counted(asked(text, "A B", maximum="cap")) == "B"

    def test_used_groups_count_for_the_most_and_achieved_ones_for_the_least(self):
        """P is used and not achieved: the choice is made, and yet not done."""
        answer = asked(PATHWAYS, "A D")

        assert counted(answer) == "Q:D"
        assert answer.credits_needed == 3
        assert not group(answer, "Q").is_achieved

    def test_no_part_beyond_the_most_is_used(self):
        answer = asked(PATHWAYS, "A B C D")

        assert counted(answer) == "P:A P:B"
        assert answer.is_met

    def test_a_maximum_of_no_credit_closes_a_group(self):
        assert counted(asked("total 3\nroot X: at most 0 credits\nA 3", "A")) == ""


class TestCaps:
    """The clause on caps: lower level, imported, exempted and transferred credit."""

    def test_a_cap_on_a_lower_level(self):
        text = THREE + "cap 3 credits: at most level 2"

        assert counted(asked(text, "A B C")) == "A C"

    def test_a_cap_on_a_higher_level(self):
        assert counted(asked(THREE + "cap 5 credits: at least level 3", "A C")) == "C"

    def test_a_level_that_is_not_known_falls_under_a_cap_on_lower_ones(self):
        assert counted(asked("total 3\nA 3\ncap 0 credits: at most level 2", "A")) == ""

    def test_a_cap_on_imported_units(self):
        text = "total 7\nA 3 L3 [imported]\nB 4 L3 [imported]\ncap 4 credits: imported"

        assert counted(asked(text, "A B")) == "B"
        assert asked(text, "A B").credits_needed is None

    @pytest.mark.parametrize("kind", ["transfer", "exemption", "rpl"])
    def test_a_cap_on_what_was_come_by_otherwise(self, kind):
        text = f"{THREE}cap 4 credits: kinds {kind}"

        assert counted(asked(text, [has("A", kind=kind), has("B", kind=kind)])) == "B"
        assert counted(asked(text, [has("A", kind=kind), has("B")])) == "A B"

    def test_a_cap_on_several_kinds_is_on_all_of_them_together(self):
        text = THREE + "cap 4 credits: kinds rpl exemption"
        both = [has("A", kind="rpl"), has("B", kind="exemption")]

        assert counted(asked(text, both)) == "B"

    def test_what_is_added_is_achieved_and_falls_under_no_cap_on_kinds(self):
        text = "total 8\nA 3\nC 5\ncap 3 credits: kinds rpl"

        assert asked(text, [has("A", kind="rpl")]).credits_needed == 5

    @pytest.mark.parametrize(
        ("percent", "what"), [(50, "B"), (58, "B"), (59, "A B"), (100, "A B")]
    )
    def test_a_share_of_the_total_is_rounded_down(self, percent, what):
        """Of 12: half is 6, 58 per cent is 6.96, 59 is 7.08; A and B are 7."""
        text = f"{THREE}cap {percent} percent: kinds rpl"
        both = [has("A", kind="rpl"), has("B", kind="rpl")]

        assert counted(asked(text, both)) == what

    def test_a_share_may_be_a_fraction(self):
        structure = attrs.evolve(
            rules(THREE), caps=[Cap(percent=Fraction(100, 3), kinds=["rpl"])]
        )
        both = [has("A", kind="rpl"), has("B", kind="rpl")]

        assert counted(asked(structure, both)) == "B"  # a third of 12 is 4

    def test_of_an_amount_and_a_share_the_smaller_holds(self):
        both = [has("A", kind="rpl"), has("B", kind="rpl")]
        capped = rules(THREE)
        for credit, percent in [(4, 100), (99, 34)]:
            cap = Cap(credit=credit, percent=percent, kinds=["rpl"])

            assert counted(asked(attrs.evolve(capped, caps=[cap]), both)) == "B"

    def test_a_cap_in_a_group_is_for_it_and_those_below(self):
        text = """
        total 12
        group G
          A 3
          group Inner
            B 4
        group Elsewhere
          C 5
        cap 4 credits: group G
        """

        assert counted(asked(text, "A B C")) == "Inner:B Elsewhere:C"

    def test_a_cap_with_a_group_that_is_not_there_holds_nothing(self):
        assert asked(THREE + "cap 0 credits: group Nowhere", "A B C").is_met

    def test_a_cap_without_a_bound_holds_nothing(self):
        assert asked(THREE + "cap none: imported", "A B C").is_met

    def test_caps_hold_for_a_completion(self):
        text = "total 12\ncap 4 credits: at most level 2\nA 4 L2\nB 4 L2\nC 8 L3"
        answer = asked(text, "A")

        assert answer.credits_needed == 8
        assert taken(answer) == "C"


class TestExemptions:
    """The clauses on exemption and recognised prior learning."""

    def test_an_exempt_unit_is_as_if_achieved(self):
        answer = asked(THREE, [has("A", kind="exemption")])

        assert answer.credit == 3
        assert answer.counted[0].achievement.kind is Kind.EXEMPTION

    def test_an_exemption_by_amount_names_its_group_and_level(self):
        text = """
        total 5; level 3; 3 at level
        group First
          A 3 L3
        group Second: mandatory, at least 5 credits
          C 5 L3
        """
        exempt = has("", 5, 3, kind="exemption", group="Second", id="1")
        answer = asked(text, [exempt])

        assert counted(answer) == "Second:"
        assert answer.is_met
        assert answer.credit_at_level == 5

    def test_its_level_counts(self):
        text = "total 5; level 3; 3 at level\nC 5 L3"
        answer = asked(text, [has("", 5, 2, kind="exemption", group="X", id="1")])

        assert answer.credit == 5
        assert answer.credits_needed == 5

    def test_an_exemption_for_no_group_does_not_count_and_is_found(self):
        answer = asked(
            THREE, [has("", 5, 3, kind="exemption", group="Nowhere", id="1")]
        )

        assert counted(answer) == ""
        assert codes(answer) == ["exemption-group"]

    def test_several_exemptions_are_several(self):
        several = [
            has("", 3, kind="exemption", group="X", id="1"),
            has(" ", 3, kind="exemption", group="X", id="2"),
        ]

        assert asked(THREE, several).credit == 6

    def test_exemptions_by_amount_fall_under_their_caps(self):
        several = [
            has("", 3, kind="exemption", group="X", id="1"),
            has("", 4, kind="exemption", group="X", id="2"),
        ]

        assert asked(THREE + "cap 4 credits: kinds exemption", several).credit == 4

    def test_an_exemption_by_amount_may_be_too_old_for_its_group(self):
        text = "total 3\nroot X: within 12 months\nA 3"
        exempt = has("", 3, date="2020-01-01", kind="rpl", group="X")

        assert counted(asked(text, [exempt], as_of=DAY)) == ""


class TestAchieved:
    """The clauses on when a group is achieved, and when a qualification is met."""

    @pytest.mark.parametrize(
        ("bound", "units", "is_achieved"),
        [
            ("at least 7 credits", "A B", True),
            ("at least 8 credits", "A B", False),
            ("at least 2 units", "A B", True),
            ("at least 3 units", "A B", False),
            ("3 at level 3", "A B", True),
            ("4 at level 3", "A B", False),
            ("at least 0 credits", "A", True),
            ("at least 0 units", "A", True),
            ("at least 0 credits", "", False),
            ("at least 0 units", "", False),
        ],
    )
    def test_a_group_that_is_used_and_has_its_minimums_is_achieved(
        self, bound, units, is_achieved
    ):
        answer = asked(f"total 99\ngroup G: {bound}\n  A 3 L3\n  B 4 L2", units)

        assert group(answer, "G").is_achieved == is_achieved

    def test_a_group_needs_those_that_are_mandatory_within_it(self):
        text = """
        total 7
        group Outer
          group Inner: mandatory, at least 3 credits
            A 3
          group Beside
            B 4
        """

        assert not group(asked(text, "B"), "Outer").is_achieved
        assert group(asked(text, "A"), "Outer").is_achieved

    def test_the_root_needs_its_mandatory_groups(self):
        text = "total 3\ngroup G: mandatory\n  A 3\ngroup H\n  B 4"

        assert asked(text, "B").credits_needed == 3
        assert asked(text, "A").is_met

    def test_a_mandatory_group_within_one_that_is_not_used_is_not_needed(self):
        text = """
        total 4
        group Outer
          group Inner: mandatory
            A 3
        group Beside
          B 4
        """

        assert asked(text, "B").is_met
        assert not group(asked(text, "B"), "Inner").is_mandatory

    def test_a_published_minimum_does_not_bind_a_group_that_is_not_mandatory(self):
        """A loader makes such a group mandatory: here nobody did."""
        text = "total 4\ngroup G: at least 8 credits\n  A 3\ngroup H\n  B 4"

        assert asked(text, "B").is_met

    def test_it_is_met_with_the_total(self):
        assert asked("total 7\nA 3\nB 4", "A B").is_met
        assert not asked("total 8\nA 3\nB 4\nC 5", "A B").is_met

    def test_without_a_total_something_has_to_count(self):
        assert not asked("A 3").is_met
        assert asked("A 3", "A").is_met

    def test_it_is_met_with_the_level_minimum(self):
        text = "total 7; level 3; 5 at level\nA 3 L3\nB 4 L2\nC 5 L4"

        assert not asked(text, "A B").is_met
        answer = asked(text, "B C")
        assert answer.is_met
        assert (answer.credit_at_level, answer.credit_above_level) == (5, 5)

    def test_groups_that_are_left_out_do_not_count_towards_it_nor_those_below(self):
        text = """
        total 3; level 3; 3 at level
        group Out: outside level minimum
          A 3 L3
          group Below
            C 5 L3
        group In
          A 3 L3
          C 5 L3
        """

        assert counted(asked(text, "A")) == "In:A"
        only_out = text.replace("group In\n          A 3 L3\n          C 5 L3", "")
        answer = asked(only_out, "A C")
        assert answer.credit == 8
        assert answer.credit_at_level == 0
        assert answer.credits_needed is None

    def test_an_inner_level_minimum_counts_groups_that_are_left_out(self):
        text = """
        total 3; level 3
        group G: mandatory, 3 at level 3
          group Out: outside level minimum
            A 3 L3
        """

        assert asked(text, "A").is_met

    def test_a_structure_without_a_level_has_no_credit_at_it(self):
        answer = asked("total 3\nA 3 L3", "A")

        assert answer.credit_at_level is None
        assert answer.credit_above_level is None

    def test_requirements_beside_credit_are_given_as_facts(self):
        text = "total 3\nrequirement placement -- 100 hours of placement\nA 3"

        answer = asked(text, "A")
        assert not answer.is_met
        assert answer.credits_needed is None
        assert counted(answer) == "A"
        assert asked(text, "A", facts=["placement"]).is_met
        with pytest.raises(ValueError, match="requirements beside credit"):
            asked(text, "A", facts={"placement", "something else"})


class TestOnOffer:
    """The clauses on what is on offer, and on completions."""

    def test_the_least_credit_that_completes_it_is_needed(self):
        answer = asked("total 8\nA 3\nB 4\nC 5", "B")

        assert answer.credits_needed == 5
        assert taken(answer) == "C"
        assert answer.credits_towards == 3
        assert answer.least_needed == 5

    def test_nothing_is_needed_where_it_is_met(self):
        answer = asked(THREE, "A B C")

        assert (answer.credits_needed, answer.credits_towards) == (0, 12)
        assert taken(answer) == ""

    def test_towards_is_never_below_nothing(self):
        """14 credits have to be added for a total of 3: nothing counts towards it."""
        answer = asked("total 3\ngroup G: mandatory, at least 14 credits\n  A 14")

        assert (answer.credits_needed, answer.credits_towards) == (14, 0)

    def test_what_was_achieved_is_not_on_offer_where_it_may_count(self):
        assert asked("total 6\nA 3", "A").credits_needed is None

    def test_what_is_too_old_for_a_group_is_on_offer_there(self):
        text = "total 3\nroot X: within 12 months\nA 3"
        answer = asked(text, [has("A", date="2020-01-01")], as_of=DAY)

        assert answer.credits_needed == 3
        assert taken(answer) == "A"

    def test_a_unit_may_be_taken_anew_for_another_group(self):
        """A counts for Old alone, and New wants it of this year: it counts once."""
        text = """
        total 3
        group New: mandatory, within 12 months
          A 3
        group Old
          A 3
        """
        answer = asked(text, [has("A", date="2020-01-01")], as_of=DAY)

        assert answer.credits_needed == 3
        assert counted(answer) == ""

    @pytest.mark.parametrize(
        ("option", "is_on_offer"),
        [
            ("withdrawn 2026-03-31", False),
            ("withdrawn 2026-04-01", True),
            ("expires 2026-03-30", False),
            ("expires 2026-03-31", True),
        ],
    )
    def test_what_is_withdrawn_on_the_day_is_not_on_offer(self, option, is_on_offer):
        answer = asked(f"total 3\nA 3 L3 [{option}]", as_of=DAY)

        assert (answer.credits_needed == 3) == is_on_offer

    def test_a_caller_may_narrow_the_offer(self):
        text = "total 3\nA/1 3\nB 4"

        assert taken(asked(text)) == "A/1"
        assert taken(asked(text, offer=["B"])) == "B"
        assert taken(asked(text, offer=["a1"])) == "A/1"
        assert asked(text, offer=[]).credits_needed is None

    def test_additional_units_neither_count_nor_are_on_offer(self):
        text = "total 3\nA 3\ngroup O: other credit\nadditional\n  Z 3"
        answer = asked(text, [has("Z", 3)])

        assert counted(answer) == ""
        assert asked("total 6\nA 3\nadditional\n  Z 3").credits_needed is None

    def test_an_additional_unit_that_is_listed_too_counts(self):
        assert asked("total 3\nA 3\nadditional\n  A 3", "A").is_met

    def test_an_incomplete_group_supplies_any_credit(self):
        answer = asked("total 8\ngroup G: incomplete\n  B 5", "B")

        assert answer.credits_needed == 3
        assert supplied(answer) == [("G", 3, 1)]

    def test_other_credit_is_supplied(self):
        answer = asked("total 8\ngroup O: other credit")

        assert answer.credits_needed == 8
        assert supplied(answer) == [("O", 8, 1)]

    def test_what_is_supplied_is_one_part_each(self):
        answer = asked("total 2\ngroup G: mandatory, at least 3 units, incomplete")

        assert answer.credits_needed == 3
        assert supplied(answer) == [("G", 3, 3)]

    def test_what_is_supplied_is_at_any_level_that_is_asked(self):
        answer = asked("total 2; level 3; 5 at level\ngroup G: incomplete")

        assert answer.credits_needed == 5

    def test_what_is_supplied_in_a_group_left_out_is_not_at_the_level(self):
        text = (
            "total 2; level 3; 5 at level\ngroup G: incomplete, outside level minimum"
        )

        assert asked(text).credits_needed is None

    def test_what_is_supplied_keeps_maximums_and_caps(self):
        text = "total 8\ngroup G: incomplete, at most 7 credits"

        assert asked(text).credits_needed is None
        assert (
            asked("total 8\ngroup G: incomplete\ncap 7 credits").credits_needed is None
        )

    def test_what_is_supplied_is_not_imported(self):
        text = "total 8\ngroup G: incomplete\ncap 0 credits: imported"

        assert asked(text).credits_needed == 8

    def test_what_is_supplied_may_be_above_a_cap_on_lower_levels_or_below_one(self):
        text = "total 8\ngroup G: incomplete"

        above = f"{text}\ncap 0 credits: at most level 2"
        assert asked(above).credits_needed == 8
        below = f"{text}\ncap 0 credits: at least level 3"
        assert asked(below).credits_needed == 8
        neither = f"{text}, mandatory, 1 at level 3\ncap 0 credits: at least level 3"
        assert asked(neither).credits_needed is None

    def test_without_a_completion_both_are_none_and_the_conflict_is_named(self):
        answer = asked("total 99\nA 3\nB 4", "A")

        assert answer.credits_needed is None
        assert answer.credits_towards is None
        assert answer.conflicts
        assert counted(answer) == "A"


class TestPreference:
    """The clause on which counting is the best."""

    def test_met_comes_before_all(self):
        """More could be counted, but not with the pathway that is met."""
        text = """
        total 3
        root X: at least 1 group, at most 1 group
        group P: at least 3 credits
          A 3
        group Q: at least 9 credits
          B 4
          C 4
          D 4
        """

        assert counted(asked(text, "A B C")) == "P:A"

    def test_then_the_least_that_is_needed(self):
        text = """
        total 9
        root X: at least 1 group, at most 1 group
        group P: at least 9 credits
          A 4
          B 5
        group Q: at least 20 credits
          C 6
          D 14
        """

        assert counted(asked(text, "A C")) == "P:A"

    def test_then_the_most_credit(self):
        assert counted(asked("total 3\nbar A: C\nA 3\nC 5", "A C")) == "C"

    def test_then_the_most_credit_at_the_level(self):
        text = "total 3; level 3\nbar A: C\nA 3 L2\nC 3 L3"

        assert counted(asked(text, "A C")) == "C"

    def test_then_the_fewest_units(self):
        text = "total 5\nroot X: at most 5 credits\nA 2\nB 3\nC 5"

        assert counted(asked(text, "A B C")) == "C"

    def test_then_the_first_in_the_walk(self):
        text = """
        total 3
        group First
          group Deep
            A 3
          B 3
        group Second
          A 3
          B 3
        at most 1 of A, B
        """

        assert counted(asked(text, "A B")) == "First:B"

    def test_units_of_one_group_are_walked_as_they_are_listed(self):
        assert counted(asked("total 3\nbar A: B\nB 3\nA 3", "A B")) == "B"

    def test_units_that_no_list_orders_are_walked_by_reference(self):
        text = "total 3\ngroup O: other credit, at most 3 credits"

        assert counted(asked(text, [has("Z", 3), has("Y", 3)])) == "O:Y"

    def test_the_order_of_achievements_changes_nothing(self):
        several = [has("A", date="2025-01-01"), has("C", 5), has("A", 3, id="9")]
        text = THREE + "bar A: B"

        assert asked(text, several) == asked(text, several[::-1])


class TestNested:
    """A qualification nested in a larger one is a compound group of its structure."""

    SMALL = """
    total 7; level 3; 3 at level
    bar A: D
    cap 4 credits: kinds rpl
    requirement test
    A 3 L3
    B 4 L2
    D 4 L3
    """

    @property
    def larger(self):
        small = rules(self.SMALL, name="Small")
        beside = Group(name="Beside", units=[Unit("C", 5)])
        root = Group(name="X", groups=[small.as_group(), beside])
        return Structure(name="X", total=12, root=root).with_rules_of(small)

    def test_it_asks_for_the_total_and_the_level_minimum_of_the_small_one(self):
        answer = asked(self.larger, "A B C", facts=["test"])
        assert answer.is_met
        assert group(answer, "Beside").credit == 5

        answer = asked(self.larger, "B C", facts=["test"])
        assert answer.credits_needed == 3
        assert taken(answer) == "A"

    def test_it_brings_its_bars_caps_and_requirements(self):
        assert not asked(self.larger, "A B C").is_met
        assert counted(asked(self.larger, "A D")).count("Small:") == 1
        both = [has("A", kind="rpl"), has("B", kind="rpl"), has("C", kind="rpl")]
        assert counted(asked(self.larger, both)) == "Small:B Beside:C"


class TestArguments:
    def test_a_structure_made_ready_gives_the_same(self):
        structure = rules(THREE)

        assert evaluate(prepare(structure), [has("A")]) == asked(structure, "A")

    def test_a_qualification_gives_its_structure(self):
        qualification = Qualification(number="1", structure=rules(THREE))

        assert evaluate(qualification, [has("A")]) == asked(THREE, "A")

    def test_a_qualification_gives_its_end_where_the_structure_has_none(self):
        ended = {"number": "1", "certification_end": DAY}
        later = DAY.replace(year=2027)
        own = attrs.evolve(rules(THREE), certification_end=later)

        answer = evaluate(Qualification(structure=rules(THREE), **ended), [])
        assert answer.structure.certification_end == DAY
        answer = evaluate(Qualification(structure=own, **ended), [])
        assert answer.structure.certification_end == later

    def test_a_qualification_without_a_structure_raises(self):
        with pytest.raises(ValueError, match="no structure"):
            evaluate(Qualification(number="1"), [])

    def test_another_maximum_raises(self):
        with pytest.raises(ValueError, match="'whole' or 'cap'"):
            asked(THREE, "A", maximum="most")

    def test_achievements_may_be_any_iterable(self):
        answer = asked(THREE, iter([has("A")]), what_if=iter([has("B")]))

        assert counted(answer) == "A B"

    def test_what_if_counts_and_is_marked(self):
        answer = asked(THREE, [has("A")], what_if=[has("A"), has("C")])

        assert counted(answer) == "A C"
        assert unit(answer, "C").is_what_if
        assert not unit(answer, "A").is_what_if
        assert not unit(answer, "B").is_what_if

    def test_the_answer_repeats_the_question(self):
        answer = asked(THREE, as_of=DAY, maximum="cap")

        assert (answer.as_of, answer.maximum) == (DAY, "cap")
        assert answer.structure == rules(THREE)


class TestBudget:
    """Four pairs of which one each counts, and bounds that pull the other way."""

    TEXT = """
    total 30; level 3; 8 at level
    root X: at most 7 units
    """ + "\n".join(
        f"A{n} {2 + n} L3\nB{n} {7 - n} L2\nbar A{n}: B{n}, A{(n + 1) % 5}"
        for n in range(5)
    )
    ALL = " ".join(f"A{n} B{n}" for n in range(5))

    def test_it_may_leave_the_question_open_and_says_so(self):
        best = asked(self.TEXT, self.ALL)
        assert best.proven

        answer = asked(self.TEXT, self.ALL, budget=1)
        assert not answer.proven
        assert answer.credits_needed is None or (
            answer.credits_needed >= answer.least_needed
        )
        assert answer.conflicts == ()

    def test_what_it_says_is_never_wrong(self):
        best = asked(self.TEXT, self.ALL)
        for budget in range(40):
            answer = asked(self.TEXT, self.ALL, budget=budget)
            if answer.proven:
                assert counted(answer) == counted(best)
                assert answer.credits_needed == best.credits_needed
            if answer.is_met:
                assert best.is_met
            if best.credits_needed is not None and answer.least_needed is not None:
                assert answer.least_needed <= best.credits_needed
                if answer.credits_needed is not None:
                    assert answer.credits_needed >= best.credits_needed

    def test_enough_of_it_changes_nothing(self):
        assert asked(THREE, "A", budget=1_000) == asked(THREE, "A")


class TestGroups:
    def test_each_group_stands_in_the_order_of_the_walk(self):
        answer = asked(PATHWAYS, "A B")

        assert [
            (one.place, one.parent, one.depth, one.name, one.kind.value)
            for one in answer.groups
        ] == [
            (0, -1, 0, "Pathways", "compound"),
            (1, 0, 1, "P", "unit"),
            (2, 0, 1, "Q", "unit"),
        ]
        assert [one.is_used for one in answer.groups] == [True, True, False]
        assert [one.is_achieved for one in answer.groups] == [True, True, False]
        assert [one.credit for one in answer.groups] == [9, 9, 0]
        assert [one.subcomponents for one in answer.groups] == [1, 2, 0]

    def test_a_decision_is_taken_where_there_is_a_choice(self):
        """P asks for all of its units, so there is none to make; the root has one."""
        answer = asked(PATHWAYS, "A")
        assert [one.decision_taken for one in answer.groups] == [True, False, False]

        assert not group(asked(PATHWAYS), "Pathways").decision_taken

    def test_credit_at_and_above_the_level_is_told_of_each_group(self):
        text = """
        total 9; level 3; 3 at level
        group G
          A 3 L3
          B 4 L2
          C 5 L4
        """
        one = group(asked(text, "A B C"), "G")

        assert (one.credit, one.credit_at_level, one.credit_above_level) == (12, 8, 5)

    def test_a_group_of_other_credit_is_of_its_kind(self):
        assert Group(name="O", other=OtherCredit()).kind == "other-credit"


def test_parts_that_are_not_known_make_up_for_those_that_lack():
    """A group that is not listed whole can supply as many units as it asks for."""
    text = "Award\ntotal 400\ngroup A: mandatory, at least 400 units, incomplete\n"
    structure = parse_text(
        text + "  Y/506/1910  1  L3\n  T/506/2952  1  L3\n"
    ).structure

    for had, needed in (
        ([], 400),
        (["Y/506/1910"], 399),
        (["Y5061910", "T5062952"], 398),
    ):
        achieved = [Achievement(unit) for unit in had]
        assert evaluate(structure, achieved).credits_needed == needed

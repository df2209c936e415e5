"""What is wrong with a structure: each finding alone, and nothing where all is well."""

import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from ulnlib.issues import issue_codes
from ulnlib.qualifications import Cap, Group, Structure, Unit
from ulnlib.rules.combination import lint, parse_text, place
from ulnlib.rules.combination.linter import MANY_UNITS, MAX_NESTING
from ulnlib.testing.structures import structures

ROOT = Path(__file__).resolve().parents[4]

# Four units whose references are right, in the words of the text form.
Y, T, R, D = "Y/506/1910", "T/506/2952", "R/506/1940", "D/506/1942"
SOUND = f"""\
Level 3 Certificate in Examples
total 14; level 3; 10 at level
group Core: mandatory, 7 credits, 2 units
  {Y}  4  L3
  {T}  3  L3
group Options: mandatory, at least 7 credits
  {R}  4  L3
  {D}  10  L2
  H/506/1912  4  L3
bar {R}: {D}
"""


def of(text):
    file = parse_text(text)
    assert list(file.report) == []
    return file.structure


def found(text):
    """Return code and path of each finding in a structure but the last of all.

    That nothing completes it follows from many others, and has tests of its own.
    """
    structure = of(text) if isinstance(text, str) else text
    every = [(one.code, *one.path) for one in lint(structure)]
    return [one for one in every if one != ("nothing-completes",)]


def is_impossible(text):
    """Say whether it is found that nothing completes a structure."""
    structure = of(text) if isinstance(text, str) else text
    return "nothing-completes" in {one.code for one in lint(structure)}


def with_groups(groups, head="X\ntotal 10"):
    """Return what is found in a structure with these groups, of its groups alone."""
    return found(f"{head}\n{groups}")


ROOT_1 = ("root", "groups", 1)
ROOT_2 = ("root", "groups", 2)


def test_nothing_is_found_where_all_is_well():
    assert found(SOUND) == []


class TestTheWhole:
    @pytest.mark.parametrize(
        ("head", "expected"),
        [
            ("X", [("total-missing", "total")]),
            ("X\ntotal 0", [("total-wrong", "total")]),
            ("X\ntotal -3", [("total-wrong", "total")]),
            ('X\ntotal 9; level "9"', [("level-unknown", "level")]),
            (
                "X\ntotal 9; level 3; -1 at level",
                [("bound-wrong", "min_credit_at_level")],
            ),
            ("X\ntotal 9; 3 at level", [("level-missing", "min_credit_at_level")]),
            ("X\ntotal 9; 0 at level", []),
            (
                "X\ntotal 9; level 3; 10 at level",
                [("level-minimum-above-total", "min_credit_at_level")],
            ),
            ("Award in X\ntotal 12", []),
            ("Award in X\ntotal 13", [("size-differs", "total")]),
            ("X CERTIFICATE\ntotal 13", []),
            ("Diploma in X\ntotal 36", [("size-differs", "total")]),
            ("Award / Diploma in X\ntotal 20", []),
            ("Awarding X\ntotal 20", []),
        ],
    )
    def test_its_facts(self, head, expected):
        assert found(f"{head}\ngroup A: incomplete") == expected

    def test_a_total_that_is_no_number(self):
        structure = attrs.evolve(of(SOUND), total=True)
        assert ("total-wrong", "total") in found(structure)

    @pytest.mark.parametrize(
        ("groups", "expected"),
        [
            ("group A: at most 4 credits, incomplete", ["total-unreachable"]),
            (f"group A\n  {Y} 9 L3", ["total-unreachable"]),
            (f"group A\n  {Y} 10 L3", []),
            (f"group A\n  {Y} - L3", ["unit-credit-missing"]),
            ("group A: at most 4 credits, incomplete\ngroup B: incomplete", []),
            ("group A: mandatory, 11 credits, incomplete", ["mandatory-above-total"]),
            (
                (
                    "group A: mandatory, 6 credits, incomplete\n"
                    "group B: mandatory, at least 5 credits, incomplete"
                ),
                ["mandatory-above-total"],
            ),
            ("group A: 6 credits, incomplete\ngroup B: 6 credits, incomplete", []),
        ],
    )
    def test_its_sums(self, groups, expected):
        # That a maximum is above what the total leaves may come with them.
        codes = [one[0] for one in with_groups(groups)]
        assert [one for one in codes if not one.startswith("maximum-a")] == expected

    def test_the_root_may_have_a_maximum_that_is_too_small(self):
        assert found("X\ntotal 10\nroot X: at most 9 credits, incomplete") == [
            ("total-unreachable", "total")
        ]

    def test_very_many_units_are_a_finding(self):
        units = [Unit(f"{n:08}", 1, "3") for n in range(MANY_UNITS)]
        structure = Structure(name="X", total=3, root=Group(name="A", units=units))
        assert "units-many" not in {one[0] for one in found(structure)}
        more = attrs.evolve(structure, additional_units=[Unit("x", 1, "3")])
        assert found(more)[0] == ("units-many",)

    @pytest.mark.parametrize(
        ("depth", "is_found"),
        [(MAX_NESTING, False), (MAX_NESTING + 1, True), (200, True), (20_000, True)],
    )
    def test_deep_nesting_is_a_finding(self, depth, is_found):
        group = Group(name="0", units=(Unit(Y, 4, "3"),))
        for level in range(1, depth):
            group = Group(name=str(level), groups=(group,))
        codes = {one[0] for one in found(Structure(name="", total=4, root=group))}
        assert codes == ({"groups-nesting"} if is_found else set())


TWO_UNITS = f"group G: {{}}\n  {Y} 9\n  {T} 9"
TWO_GROUPS = f"""\
root X: at most 1 group
group A: mandatory
  {Y} 9
group B: mandatory
  {T} 9"""


class TestWords:
    """What is said of one is said in the singular."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (
                TWO_GROUPS,
                "2 groups are mandatory, and the maximum is 1 part",
            ),
            (f"root X: at least 2 units\n{Y} 9", "the minimum is 2 parts, and the"),
            (f"group G: at least 1 unit, at most 0 units\n  {Y} 9", "1 part, and the"),
            (TWO_UNITS.format("1 credit"), "no choice of units comes to 1 credit"),
            (TWO_UNITS.format("1 to 2 credits"), "comes to 1 to 2 credits"),
            ("root X: at most 1 credit, incomplete", "at their most give 1 credit,"),
            (f"at most 1 of {Y}\n{Y} 9", "the set has 1 unit, and 1 may count"),
        ],
    )
    def test_of_one(self, text, words):
        messages = [one.message for one in lint(of(f"X\ntotal 9\n{text}"))]
        assert [one for one in messages if words in one], messages


class TestPublishedSumsThatDoNotAgree:
    def test_units_that_come_to_more_than_the_rule(self):
        # Education and training: the mandatory units came to 24, the rule said 21.
        units = "\n".join(f"  {Y[:-1]}{n} 6 L4" for n in range(4))
        codes = found(
            "Level 4 Certificate in Education and Training\n"
            "total 36; level 4; 21 at level\n"
            f"group Mandatory: mandatory, 21 credits, at least 4 units\n{units}\n"
            "group Optional: mandatory, at least 15 credits, incomplete"
        )
        assert ("group-parts-above-maximum", *ROOT_1) in codes

    def test_parts_that_come_to_less_than_the_total(self):
        # Facilities management: the Diploma's 37 credits were 20 and 13.
        assert found(
            "Diploma\ntotal 37\n"
            "group Mandatory: mandatory, 20 credits, incomplete\n"
            "group Optional: mandatory, at least 13 credits, incomplete"
        ) == [("minimum-below-rest", *ROOT_2, "min_credit")]
        assert ("total-unreachable", "total") in found(
            "Diploma\ntotal 37\n"
            "group Mandatory: mandatory, 20 credits, incomplete\n"
            "group Optional: mandatory, 13 credits, incomplete"
        )

    def test_maximums_that_come_to_more_than_the_total(self):
        # 603/3181/1: 44 of 70 are mandatory, and the others may be up to 34.
        assert found(
            "Diploma\ntotal 70\n"
            "group Mandatory: mandatory, 44 credits, incomplete\n"
            "group Optional: mandatory, 26 to 34 credits, incomplete"
        ) == [("maximum-above-rest", *ROOT_2, "max_credit")]

    def test_sums_that_agree_are_no_finding(self):
        # S/016/607: 27 and 13, up to 10, up to 8 are 58.
        assert (
            found(
                "Diploma\ntotal 58\n"
                "group A: mandatory, 27 credits, incomplete\n"
                "group B: mandatory, at least 13 credits, incomplete\n"
                "group C: at most 10 credits, incomplete\n"
                "group D: at most 8 credits, incomplete"
            )
            == []
        )

    @pytest.mark.parametrize("root", ["1 group", "incomplete"])
    def test_parts_are_compared_only_where_they_add_up(self, root):
        text = (
            f"X\ntotal 10\nroot X: {root}\n"
            "group A: at most 12 credits, incomplete\n"
            "group B: at most 3 credits, incomplete"
        )
        assert ("maximum-above-rest", *ROOT_1, "max_credit") in found(
            text.replace(f"root X: {root}\n", "")
        )
        codes = [one[0] for one in found(text)]
        assert ("maximum-above-rest" in codes) == (root == "incomplete")
        assert "maximum-above-rest" not in [
            one[0] for one in found(f"{text}\n{Y} 20 L3")
        ]


class TestLevelMinimums:
    UNITS = f"  {Y} 5 L4\n  {T} 6 L3\n  {R} 9 L2"

    @pytest.mark.parametrize(
        ("minimum", "is_possible"), [(5, True), (11, True), (12, False)]
    )
    def test_of_the_whole(self, minimum, is_possible):
        text = f"X\ntotal 20; level 3; {minimum} at level\ngroup A\n{self.UNITS}"
        code = ("level-minimum-unreachable", "min_credit_at_level")
        assert found(text) == ([] if is_possible else [code])

    def test_units_without_a_level_may_be_at_any(self):
        text = f"X\ntotal 9; level 3; 9 at level\ngroup A\n  {Y} 9 -"
        assert [one[0] for one in found(text)] == ["unit-level-missing"]

    def test_groups_outside_do_not_count(self):
        text = (
            "X\ntotal 20; level 3; 9 at level\n"
            f"group A: outside level minimum\n  {Y} 9 L3\n"
            f"  group B\n    {T} 9 L3\n"
            f"group C\n  {R} 8 L3\n"
        )
        assert found(text) == [("level-minimum-unreachable", "min_credit_at_level")]

    def test_groups_outside_take_of_the_total(self):
        text = (
            "X\ntotal 20; level 3; {} at level\n"
            "group A: mandatory, at least 12 credits, incomplete, "
            "outside level minimum\n"
            "  group B: outside level minimum, mandatory, at least 5 credits, "
            "incomplete\n"
            "group C: outside level minimum, at least 3 credits, incomplete\n"
            "group D: mandatory, incomplete\n"
        )
        assert found(text.format(8)) == []
        assert found(text.format(9)) == [
            ("level-minimum-no-room", "min_credit_at_level")
        ]

    def test_of_a_group(self):
        text = f"X\ntotal 9\ngroup A: {{}} at level 3\n{self.UNITS}\n"
        assert found(text.format(11)) == []
        assert found(text.format(12)) == [
            ("level-minimum-unreachable", *ROOT_1, "level_minimum")
        ]

    def test_of_a_group_with_a_maximum(self):
        assert with_groups(
            "group A: at most 12 credits, 13 at level 3, incomplete"
        ) == [
            ("maximum-above-rest", *ROOT_1, "max_credit"),
            ("level-minimum-unreachable", *ROOT_1, "level_minimum"),
        ]

    @pytest.mark.parametrize(
        ("minimum", "code"),
        [
            ("-2 at level 3", ("bound-wrong", *ROOT_1, "level_minimum", "credit")),
            ("3 at level none", ("level-missing", *ROOT_1, "level_minimum")),
            (
                '3 at level "9"',
                ("level-unknown", *ROOT_1, "level_minimum", "level"),
            ),
        ],
    )
    def test_its_values(self, minimum, code):
        assert with_groups(f"group A: {minimum}, incomplete") == [code]


UNITS = f"  {Y} 4 L3\n  {T} 4 L3\n  {R} 4 L3"


class TestGroups:
    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ("at least 5 credits, at most 4 credits", ["credit-bounds-crossed"]),
            ("3 to 2 units", ["part-bounds-crossed"]),
            ("-1 credits", ["bound-wrong", "bound-wrong"]),
            ("at most -1 units", ["bound-wrong"]),
            ("within 0 months", ["months-wrong"]),
            ("at least 13 credits", ["group-short"]),
            ("at least 12 credits", []),
            ("at least 12 credits, at most 2 units", ["group-short"]),
            ("at least 8 credits, at most 2 units", []),
            ("at least 4 units", ["group-too-few"]),
            ("at least 3 units", []),
            ("at least 3 units, at most 11 credits", ["group-parts-above-maximum"]),
            ("at least 3 units, at most 12 credits", []),
            ("5 to 7 credits", ["group-sum-impossible"]),
            ("5 to 8 credits", []),
            ("at most 3 credits", ["group-sum-impossible"]),
            ("8 credits, at most 1 unit", ["group-short"]),
            ("9 to 11 credits, 3 units", ["group-parts-above-maximum"]),
            ("8 to 9 credits, at least 1 unit", []),
            ("at most 0 credits", ["group-closed"]),
            ("at most 0 units", ["group-closed"]),
            ("mandatory, at most 0 units", ["group-closed", "mandatory-closed"]),
            ('other level "9"', ["level-unknown"]),
        ],
    )
    def test_its_bounds_and_what_is_in_it(self, options, expected):
        groups = f"group A: {options}\n{UNITS}\ngroup B: incomplete"
        codes = with_groups(groups, "X\ntotal 20")
        assert [one[0] for one in codes] == expected
        assert {one[1:4] for one in codes} <= {ROOT_1}

    @pytest.mark.parametrize("options", ["at least 13 credits", "at least 4 units"])
    @pytest.mark.parametrize("more", ["incomplete", "other credit"])
    def test_what_is_not_listed_may_be_any(self, options, more):
        assert with_groups(f"group A: {options}, {more}\n{UNITS}") == []

    def test_units_that_are_not_listed_have_one_credit_at_least(self):
        groups = "group A: 3 units, at most {} credits, incomplete\ngroup B: incomplete"
        assert with_groups(groups.format(3)) == []
        assert with_groups(groups.format(2)) == [("group-parts-above-maximum", *ROOT_1)]

    def test_an_empty_group_is_a_finding_when_it_is_complete(self):
        assert with_groups("group A\ngroup B: incomplete") == [("group-empty", *ROOT_1)]
        assert with_groups("group A: other credit") == []

    def test_names(self):
        assert with_groups(
            'group "": incomplete\ngroup A: incomplete\n  group A: incomplete'
        ) == [
            ("group-name-missing", *ROOT_1, "name"),
            ("group-name-twice", *ROOT_2, "groups", 1, "name"),
        ]

    def test_sums_of_units_that_would_take_long_are_not_looked_at(self):
        units = "\n".join(f"  x{n} 2 L3" for n in range(300))
        codes = with_groups(f"group A: 101 credits\n{units}", "X\ntotal 90")
        assert "group-sum-impossible" not in [one[0] for one in codes]
        codes = with_groups(f"group A: 1001 credits\n{units}\n  y - L3")
        assert "group-sum-impossible" not in [one[0] for one in codes]
        codes = with_groups(f"group A: 9 credits\n{units[:40]}\n  y - L3")
        assert "group-sum-impossible" not in [one[0] for one in codes]


class TestGroupsInGroups:
    def test_mandatory_groups_that_exceed_a_maximum(self):
        assert with_groups(
            "group A: at most 8 credits\n"
            "  group B: mandatory, at least 5 credits, incomplete\n"
            "  group C: mandatory, at least 4 credits, incomplete\n"
            "group D: incomplete"
        ) == [("group-parts-above-maximum", *ROOT_1)]

    def test_more_mandatory_groups_than_may_be_used(self):
        assert with_groups(
            "group A: 1 group\n"
            "  group B: mandatory, incomplete\n"
            "  group C: mandatory, incomplete\n"
            "  group D: incomplete"
        ) == [
            ("group-parts-too-many", *ROOT_1),
            ("group-unreachable", *ROOT_1, "groups", 3),
        ]

    def test_a_group_for_which_those_beside_it_leave_no_room(self):
        assert with_groups(
            "group A: at most 8 credits\n"
            "  group B: mandatory, at least 5 credits, incomplete\n"
            "  group C: at least 4 credits, incomplete\n"
            "  group D: at least 3 credits, incomplete\n"
            "group E: incomplete"
        ) == [("group-unreachable", *ROOT_1, "groups", 2)]

    def test_the_cheapest_of_several_count_when_so_many_are_asked_for(self):
        groups = (
            "group A: at least 2 groups, at most {} credits\n"
            "  group B: mandatory, at least 5 credits, incomplete\n"
            "  group C: at least 6 credits, incomplete\n"
            "  group D: at least 3 credits, incomplete\n"
            "group E: incomplete"
        )
        head = "X\ntotal 20"
        assert with_groups(groups.format(11), head) == []
        assert with_groups(groups.format(8), head) == [
            ("group-unreachable", *ROOT_1, "groups", 2)
        ]
        assert with_groups(groups.format(7), head) == [
            ("group-parts-above-maximum", *ROOT_1),
            ("group-unreachable", *ROOT_1, "groups", 2),
            ("group-unreachable", *ROOT_1, "groups", 3),
        ]

    def test_a_group_that_can_give_nothing_is_no_part(self):
        assert with_groups(
            "group A: at least 2 groups\n"
            "  group B: at most 0 credits, incomplete\n"
            "  group C: incomplete"
        ) == [
            ("group-too-few", *ROOT_1),
            ("group-closed", *ROOT_1, "groups", 1),
        ]

    def test_a_hybrid_group_has_units_and_groups_for_parts(self):
        groups = (
            f"group A: at least {{}} parts\n  {Y} 4 L3\n"
            "  group B: incomplete\n"
            "group C: incomplete"
        )
        assert with_groups(groups.format(2)) == []
        assert with_groups(groups.format(3)) == [("group-too-few", *ROOT_1)]


class TestUnits:
    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            (f"{Y} 4 L3", []),
            ("Y5061910 4 L3", []),
            ('"" 4 L3', [("unit-reference-missing", "reference")]),
            ("made-up/x 4 L3", [("unit-reference-shape", "reference")]),
            ("A/506/1910 4 L3", [("unit-reference-check-letter", "reference")]),
            (f"{Y} - L3", [("unit-credit-missing", "credit")]),
            (f"{Y} 0 L3", [("unit-credit-wrong", "credit")]),
            (f"{Y} -4 L3", [("unit-credit-wrong", "credit")]),
            (f'{Y} 4 "9"', [("level-unknown", "level")]),
            (f"{Y} 4 -", [("unit-level-missing", "level")]),
            (f"{Y} 4 L3 [-2 hours]", [("bound-wrong", "hours")]),
        ],
    )
    @pytest.mark.parametrize("rule", ["cap 3 credits: at most level E3"])
    def test_its_values(self, unit, expected, rule):
        text = f"X\ntotal 3\ngroup A: incomplete\n  {unit}\n{rule}"
        assert found(text) == [
            (code, *ROOT_1, "units", 1, name) for code, name in expected
        ]

    def test_a_level_may_be_missing_where_no_rule_is_about_levels(self):
        assert with_groups(f"group A: incomplete\n  {Y} 4 -") == []

    @pytest.mark.parametrize("credit", [True, 2.0, "4"])
    def test_a_credit_that_is_no_whole_number(self, credit):
        unit = Unit(Y, credit, "3")
        root = Group(name="A", units=(unit,), is_complete=False)
        structure = Structure(name="X", total=3, root=root)
        assert found(structure) == [("unit-credit-wrong", "root", "units", 1, "credit")]

    def test_a_unit_that_stands_twice_in_a_group(self):
        assert with_groups(
            f"group A: incomplete\n  {Y} 4 L3\n  {T} 4 L3\n  Y5061910 4 L3"
        ) == [("unit-twice", *ROOT_1, "units", 3)]

    def test_a_unit_with_other_credit_or_level_elsewhere(self):
        assert with_groups(
            f"group A: incomplete\n  {Y} 4 L3\ngroup B: incomplete\n  {Y} 5 L4\n"
            f"group C: incomplete\n  {Y} 4 L3\ngroup D: incomplete\n  {Y} - -"
        ) == [
            ("unit-differs", *ROOT_2, "units", 1, "credit"),
            ("unit-differs", *ROOT_2, "units", 1, "level"),
            ("unit-credit-missing", "root", "groups", 4, "units", 1, "credit"),
        ]

    def test_a_wrong_reference_is_told_once(self):
        assert with_groups(
            "group A: incomplete\n  x 4 L3\ngroup B: incomplete\n  x 4 L3"
        ) == [("unit-reference-shape", *ROOT_1, "units", 1, "reference")]

    def test_additional_units_are_units(self):
        assert with_groups(
            f"group A: incomplete\n  {Y} 4 L3\nadditional\n  {Y} 5 L3\n  {T} 0 L3"
        ) == [
            ("unit-differs", "additional_units", 1, "credit"),
            ("additional-listed", "additional_units", 1),
            ("unit-credit-wrong", "additional_units", 2, "credit"),
        ]

    def test_a_unit_that_two_groups_need(self):
        groups = (
            f"group A: mandatory, at least 1 unit\n  {Y} 4 L3\n"
            f"group B: {{}}at least 1 unit\n  {Y} 4 L3\n"
            "group C: incomplete"
        )
        assert with_groups(groups.format("mandatory, ")) == [
            ("unit-required-twice", *ROOT_2, "units", 1)
        ]
        assert with_groups(groups.format("")) == []
        assert with_groups(f"{groups.format('mandatory, ')}\nequivalent {Y}: {T}") == []


class TestRulesThatLieAcross:
    CORE = (
        f"group Core: mandatory, at least 2 units\n  {Y} 4 L3\n  {T} 4 L3\n"
        f"group Options: incomplete\n  {R} 4 L3\n"
        f"  group Inner: at least 10 credits\n    {D} 10 L3\n    H/506/1912 1 L3\n"
    )

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (f"bar {Y}: {T}", [("bar-required", "bars", 1, "targets", 1)]),
            (f"bar {R}: H/506/1912", []),
            (f"bar {R}: {Y}", [("bar-unreachable", "bars", 1, "targets", 1)]),
            (
                f"bar {Y}: H/506/1912, {R}",
                [
                    ("bar-unreachable", "bars", 1, "targets", 1),
                    ("bar-unreachable", "bars", 1, "targets", 2),
                ],
            ),
            (f"bar {Y}: {D}", [("bar-unreachable", "bars", 1, "targets", 1)]),
            (f"bar {D}: H/506/1912", []),
            (f"bar {R}: {R}", [("bar-itself", "bars", 1, "targets", 1)]),
            (
                f"bar A/111/1111: {R}, A/222/2222",
                [
                    ("unit-unknown", "bars", 1, "unit"),
                    ("unit-unknown", "bars", 1, "targets", 2),
                ],
            ),
            (f"bar {Y}: A/222/2222", [("unit-unknown", "bars", 1, "targets", 1)]),
            (f"bar A/222/2222: {Y}", [("unit-unknown", "bars", 1, "unit")]),
            (
                f"equivalent {R}: A/222/2222\nbar H/506/1912: A/222/2222",
                [],
            ),
            (
                f"equivalent {Y}: A/222/2222\nbar {Y}: {T}",
                [
                    ("bar-unreachable", "bars", 1, "targets", 1),
                ],
            ),
            (f"at most 1 of {Y}, {T}", [("at-most-required", "at_most", 1)]),
            (f"at most 1 of {Y}, {R}", []),
            (f"at most 2 of {Y}, {R}", [("at-most-idle", "at_most", 1)]),
            (f"at most -1 of {Y}, {R}", [("bound-wrong", "at_most", 1, "count")]),
            (
                f"at most 1 of {Y}, A/222/2222",
                [("unit-unknown", "at_most", 1, "units", 2)],
            ),
            (
                "equivalent A/111/1111: A/222/2222",
                [("unit-unknown", "equivalents", 1, "unit")],
            ),
            (
                f"equivalent {Y}: {R}, A/222/2222",
                [("equivalent-listed", "equivalents", 1, "others", 1)],
            ),
            (
                f"equivalent {Y}: {R}\nequivalent {R}: {Y}",
                [
                    ("equivalent-circle", "equivalents", 1, "others", 1),
                    ("equivalent-circle", "equivalents", 2, "others", 1),
                ],
            ),
            (
                f"equivalent {Y}: {Y}",
                [("equivalent-circle", "equivalents", 1, "others", 1)],
            ),
            (
                (
                    f"equivalent {Y}: A/111/1111, A/333/3333\n"
                    f"equivalent {T}: A/111/1111\nequivalent {R}:"
                ),
                [],
            ),
            ("cap none", [("cap-amount-missing", "caps", 1)]),
            ("cap -3 credits", [("bound-wrong", "caps", 1, "credit")]),
            ("cap 101 percent", [("percent-wrong", "caps", 1, "percent")]),
            ("cap -1/2 percent", [("percent-wrong", "caps", 1, "percent")]),
            ("cap 100/3 percent", [("cap-required", "caps", 1)]),
            ("cap 250/3 percent", []),
            ("cap 7 credits", [("cap-required", "caps", 1)]),
            ("cap 8 credits", []),
            ("cap 7 credits: at most level 2", []),
            ("cap 7 credits: at least level 4", []),
            ("cap 7 credits: at most level 3", [("cap-required", "caps", 1)]),
            ("cap 7 credits: at least level 3", [("cap-required", "caps", 1)]),
            ("cap 7 credits: imported", []),
            ("cap 7 credits: kinds rpl achieved", []),
            ("cap 7 credits: group Core", [("cap-required", "caps", 1)]),
            ("cap 7 credits: group X", [("cap-required", "caps", 1)]),
            ("cap 3 credits: group Options", []),
            # It is needed for Inner, which nothing needs.
            ("cap 9 credits: group Inner", []),
            (f"equivalent {Y}: A/222/2222\ncap 7 credits", []),
            (
                'cap 7 credits: at most level "9"',
                [("level-unknown", "caps", 1, "at_most_level")],
            ),
            (
                "cap 3 credits: at most level 2, at least level 3",
                [("cap-idle", "caps", 1)],
            ),
            ("cap 9 credits: at most level 3, at least level 3", []),
            ("cap 3 credits: group core", [("group-unknown", "caps", 1, "group")]),
            ("within 0 months", [("months-wrong", "time_limits", 1, "months")]),
            (
                'requirement x\nrequirement x\nrequirement ""',
                [
                    ("requirement-name", "requirements", 2, "name"),
                    ("requirement-name", "requirements", 3, "name"),
                ],
            ),
        ],
    )
    def test_each(self, rule, expected):
        assert found(f"X\ntotal 10\n{self.CORE}{rule}\n") == expected

    def test_a_cap_on_imported_units_that_are_required(self):
        groups = f"group A: mandatory, 2 units\n  {Y} 4 L3 [imported]\n  {T} 6 L3"
        assert with_groups(f"{groups}\ncap 4 credits: imported") == []
        [one] = lint(of(f"X\ntotal 10\n{groups}\ncap 3 credits: imported"))[:1]
        assert (one.code, *one.path) == ("cap-required", "caps", 1)
        assert one.message == "required under the cap: 4 credits; the maximum is 3"

    def test_of_a_unit_whose_level_is_not_known_a_cap_says_nothing(self):
        groups = f"group A: mandatory, 1 unit\n  {Y} 10\ncap 3 credits: "
        assert with_groups(groups + "at most level 8") == [
            ("unit-level-missing", *ROOT_1, "units", 1, "level")
        ]

    def test_units_that_are_needed_for_their_credit_may_pass_a_maximum_above(self):
        groups = (
            "group A: mandatory, at most {} credits, incomplete\n"
            f"  group B: mandatory, at least 5 credits\n    {Y} 4 L3\n    {T} 3 L3"
        )
        assert with_groups(groups.format(7), "X\ntotal 7") == []
        assert with_groups(groups.format(6), "X\ntotal 9")[1:] == [
            ("group-parts-above-maximum", *ROOT_1)
        ]

    def test_units_that_are_needed_for_their_credit(self):
        groups = (
            f"group Core: mandatory, at least 9 credits\n"
            f"  {Y} 8 L3\n  {T} 4 L3\n  {R} 2 L3\n"
            f"group Other: incomplete\nbar {{}}: {{}}"
        )
        assert with_groups(groups.format(T, R)) == []
        assert with_groups(groups.format(Y, T)) == [
            ("bar-unreachable", "bars", 1, "targets", 1)
        ]

    def test_a_group_that_needs_all_of_its_groups_needs_their_units(self):
        text = (
            "X\ntotal 8\nroot X: at least 2 groups\n"
            f"group A: at least 1 unit\n  {Y} 4 L3\n"
            f"group B: at least 1 unit\n  {T} 4 L3\n"
            f"bar {Y}: {T}"
        )
        assert found(text) == [("bar-required", "bars", 1, "targets", 1)]


class TestWhatCompletesIt:
    NOTHING = f"""X
total 20; level 3; 6 at level
group Low: mandatory, at least 14 credits
  {Y} 8 L2
  {T} 6 L2
group High
  {R} 6 L3
  {D} 5 L3
cap 13 credits: at most level 2
"""

    def test_something_does(self):
        assert not is_impossible(SOUND)
        assert not is_impossible(self.NOTHING.replace("cap 13", "cap 14"))

    def test_nothing_does_though_each_rule_can_hold(self):
        text = f"X\ntotal 9\n{Y} 4\n{T} 5\n{R} 9\nbar {Y}: {T}\nat most 0 of {R}"
        [finding] = lint(of(text))
        assert finding.code == "nothing-completes"
        assert (finding.severity, finding.path) == ("error", ())
        words = "nothing completes the structure; requirements that cannot hold"
        assert finding.message == f"{words} together: 1"

    def test_it_comes_last_and_the_finding_that_is_nearer_first(self):
        codes = [one.code for one in lint(of(self.NOTHING))]
        assert codes == ["cap-required", "nothing-completes"]

    @pytest.mark.parametrize(
        "unsound",
        [
            "group Other\n  A/111/1111 - L3",
            "group Other\n  A/111/1111 0 L3",
            "group Other\n  A/111/1111 3",
            "group Other: at least -1 credits\n  A/111/1111 3 L3",
            "group Other: at least 1 at level 9\n  A/111/1111 3 L3",
            f"group Other\n  {R} 5 L3",
            "cap 101 percent",
        ],
    )
    def test_of_what_is_not_known_nothing_is_concluded(self, unsound):
        text = self.NOTHING + unsound.replace("level 9", 'level "9"')
        assert not is_impossible(text)

    def test_what_is_asked_beside_credit_is_taken_to_hold(self):
        assert not is_impossible(f"{SOUND}requirement placement")

    def test_what_is_withdrawn_is_taken_to_be_there(self):
        text = f"X\ntotal 4\n{Y} 4 L3 [withdrawn 2015-01-31]"
        assert not is_impossible(text)


class TestPlace:
    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ((), ""),
            (("total",), "total"),
            (("root",), ""),
            (("root", "name"), "name"),
            ((*ROOT_2, "units", 1), f"group Options, unit {R}"),
            ((*ROOT_2, "units", 1, "credit"), f"group Options, unit {R}, credit"),
            ((*ROOT_1, "level_minimum", "level"), "group Core, level minimum, level"),
            (("bars", 1, "targets", 1), f"bar {R}, barred unit {D}"),
            (("caps", 1), "cap 1"),
            (("caps", 2, "group"), "cap Entry 3, group"),
            (("equivalents", 1, "others", 1), "equivalent of A, unit 1"),
            (("bars", 9), "bar"),
            (("bars",), "bar"),
            (("bars", "x"), "bar"),
            ((*ROOT_1, "groups", 1, "name"), "group Core, group"),
            (("nonsense", 3), "nonsense, 3"),
        ],
    )
    def test_it_says_where_in_words(self, path, words):
        rules = 'cap none\ncap 3 credits -- Entry 3\nequivalent A: ""\n'
        assert place(of(SOUND + rules), path) == words

    def test_groups_in_groups_are_named_by_the_innermost(self):
        structure = of(f"X\ngroup A\n  group B\n    {Y} - L3")
        [finding] = [one for one in lint(structure) if one.code.startswith("unit")]
        assert place(structure, finding.path) == f"group B, unit {Y}, credit"


class TestAnythingAtAll:
    @given(structures())
    def test_no_structure_raises_and_every_path_leads_somewhere(self, structure):
        report = lint(structure)
        for finding in report:
            assert isinstance(place(structure, finding.path), str)
            assert finding.code in issue_codes()
        assert lint(structure) == report

    @given(structures())
    def test_no_text_of_a_structure_is_in_a_finding(self, structure):
        marked = attrs.evolve(
            structure,
            name="qzmk Award",
            level="qzmk",
            caps=[Cap(group="qzmk", at_most_level="qzmk")],
            root=Group(name="qzmk", groups=(structure.root, Group(name="qzmk"))),
        )
        assert "qzmk" not in "".join(map(str, lint(marked)))

    def test_every_code_of_the_linter_is_found_in_these_tests_and_on_the_page(self):
        said = Path(__file__).read_text(encoding="utf-8")
        linter = ROOT / "src" / "ulnlib" / "rules" / "combination" / "linter.py"
        page = ROOT / "docs" / "reference" / "rules-of-combination.md"
        quoted = re.findall(r'"([a-z-]+)"', linter.read_text(encoding="utf-8"))
        codes = set(quoted) & set(issue_codes())
        assert len(codes) > 40
        text = page.read_text(encoding="utf-8")
        assert [one for one in sorted(codes) if f'"{one}"' not in said] == []
        assert [
            one for one in sorted(codes) if f"(issue-codes.md#{one})" not in text
        ] == []


def test_a_unit_of_immense_credit_takes_no_room():
    """Whether credits come to a sum is worked out in bits: one for each credit."""
    text = "Award\ntotal 2\ngroup A: mandatory, 2 to 2 credits\n"
    text += f"  {Y}  {10**12}  L3\n  {T}  1  L3\n  {R}  1  L3\n"

    assert [item.code for item in lint(of(text))] == []

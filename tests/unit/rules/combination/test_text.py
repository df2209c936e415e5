"""The text form of a structure: there and back, every statement, and nonsense."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ulnlib.errors import InvalidValue
from ulnlib.qualifications import (
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    Kind,
    Level,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)
from ulnlib.rules.combination import parse_text, to_text
from ulnlib.rules.combination.forms import MAX_DEPTH
from ulnlib.testing.structures import structures

EVERYTHING = """\
Level 3 Diploma in Everything
reference S/016/607
total 58; level 3; 40 at level
certification end 2018-12-31
root All of it: at most 70 credits
label R
Y/506/1910  4  L3  Communicate in a business environment
group Core: mandatory, 27 credits, 5 units
  label A
  description From the specification: all of them
  T/506/2952  3  E3  [24 hours, area 15.2, area 15.3, imported]  Manage
  R/506/1940  4  -  [withdrawn 2015-01-31, expires 2016-01-31, sensitive]
  D/506/1942  -  "9"
group Pathways: mandatory, 1 group
  group "One, two": 2 to 7 credits, 11 at level E2, outside level minimum
    H/506/1912  1  L1
  group Two: at least 1 credit, at most 2 units, within 36 months, incomplete
group Other: other level 2, other area 6.2, other also listed
group Any: other credit
bar Y/506/1910: T/506/2952, R/506/1940 -- much alike
at most 1 of T/506/2952, R/506/1940 -- one of the two
equivalent Y/506/1910: A/111/1111
cap 5 credits: at most level E3, group Core -- units at Entry 3
cap 30 credits, 100/3 percent: kinds rpl exemption, imported, at least level 1
cap none
within 60 months: transfer
within 12 months
requirement fieldwork -- 80 hours in a workplace
requirement portfolio
additional
  K/506/1913  3  L3  Develop a presentation
"""


def of(text):
    """Return the structure of a text that has to be understood."""
    file = parse_text(text)
    assert list(file.report) == []
    return file.structure


def codes(report):
    return [(one.code, *one.path) for one in report]


def group_of(options):
    return of(f"X\ngroup A: {options}").root.groups[0]


class TestThereAndBack:
    @given(structures())
    def test_every_structure_comes_back_as_it_was(self, structure):
        assert of(to_text(structure)) == structure

    def test_a_text_with_every_statement_comes_back_as_it_was(self):
        assert to_text(of(EVERYTHING)) == EVERYTHING

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_lines_may_end_in_either_way(self, end):
        assert of(EVERYTHING.replace("\n", end)) == of(EVERYTHING)

    def test_groups_may_be_nested_so_deep_and_no_deeper(self):
        lines = [f"{' ' * depth}group {depth}" for depth in range(MAX_DEPTH + 3)]
        file = parse_text("\n".join(["X", *lines, "group last"]))
        assert codes(file.report) == [("form-groups-nesting", "line", MAX_DEPTH + 1)]
        structure = file.structure
        assert sum(1 for _ in structure.root.walk()) == MAX_DEPTH + 1
        assert of(to_text(structure)) == structure
        deeper = Structure(
            name="", total=None, root=Group(name="x", groups=(structure.root,))
        )
        with pytest.raises(InvalidValue):
            to_text(deeper)


class TestEveryStatement:
    structure = of(EVERYTHING)

    def test_the_facts_of_the_whole(self):
        it = self.structure
        assert it.name == "Level 3 Diploma in Everything"
        assert (it.total, it.level, it.min_credit_at_level) == (58, Level.LEVEL_3, 40)
        assert it.reference == "S/016/607"
        assert str(it.certification_end) == "2018-12-31"

    def test_the_root(self):
        root = self.structure.root
        assert (root.name, root.max_credit, root.label) == ("All of it", 70, "R")
        assert [one.reference for one in root.units] == ["Y/506/1910"]

    def test_an_unwritten_root_has_the_name_of_the_whole(self):
        structure = of("X\ntotal 3\ngroup A\n")
        assert structure.root == Group(name="X", groups=(Group(name="A"),))
        assert to_text(structure) == "X\ntotal 3\ngroup A\n"

    def test_units(self):
        core = self.structure.root.groups[0]
        assert core.description == "From the specification: all of them"
        assert core.units == (
            Unit(
                "T/506/2952",
                3,
                "E3",
                "Manage",
                hours=24,
                subject_areas=("15.2", "15.3"),
                is_imported=True,
            ),
            core.units[1],
            Unit("D/506/1942", None, "9"),
        )
        assert str(core.units[1].withdrawn) == "2015-01-31"
        assert str(core.units[1].expires) == "2016-01-31"
        assert core.units[1].is_sensitive

    @pytest.mark.parametrize(
        ("options", "attributes"),
        [
            ("mandatory", {"is_mandatory": True}),
            ("27 credits", {"min_credit": 27, "max_credit": 27}),
            ("2 to 7 credits", {"min_credit": 2, "max_credit": 7}),
            ("at least 1 credit", {"min_credit": 1}),
            ("at most 0 credits", {"max_credit": 0}),
            ("5 units", {"min_subcomponents": 5, "max_subcomponents": 5}),
            ("at least 1 group", {"min_subcomponents": 1}),
            ("at most 3 parts", {"max_subcomponents": 3}),
            ("1 to 2 units", {"min_subcomponents": 1, "max_subcomponents": 2}),
            ("-3 credits", {"min_credit": -3, "max_credit": -3}),
            ("11 at level 4", {"level_minimum": LevelMinimum("4", 11)}),
            ("at least 11 at level 4", {"level_minimum": LevelMinimum("4", 11)}),
            ("11 at level none", {"level_minimum": LevelMinimum(None, 11)}),
            ('11 at level "x, y"', {"level_minimum": LevelMinimum("x, y", 11)}),
            ("outside level minimum", {"is_outside_level_minimum": True}),
            ("within 1 month", {"months": 1}),
            ("incomplete", {"is_complete": False}),
            ("other credit", {"other": OtherCredit()}),
            ("other level E3", {"other": OtherCredit(level="E3")}),
            (
                'other area 15.3, other area ""',
                {"other": OtherCredit(subject_areas=("15.3", ""))},
            ),
            ("other also listed", {"other": OtherCredit(also_listed=True)}),
            (
                "at least 1 credit,at most 2 credits",
                {"min_credit": 1, "max_credit": 2},
            ),
        ],
    )
    def test_options_of_a_group(self, options, attributes):
        assert group_of(options) == Group(name="A", **attributes)

    def test_rules_that_lie_across(self):
        it = self.structure
        assert it.bars == (
            Bar("Y/506/1910", ("T/506/2952", "R/506/1940"), "much alike"),
        )
        assert it.at_most == (
            AtMost(1, ("T/506/2952", "R/506/1940"), "one of the two"),
        )
        assert it.equivalents == (Equivalent("Y/506/1910", ("A/111/1111",)),)
        assert it.caps == (
            Cap(credit=5, at_most_level="E3", group="Core", name="units at Entry 3"),
            Cap(
                credit=30,
                percent=Fraction(100, 3),
                kinds=("rpl", "exemption"),
                is_imported=True,
                at_least_level="1",
            ),
            Cap(),
        )
        assert it.time_limits == (
            TimeLimit(months=60, kinds=(Kind.TRANSFER,)),
            TimeLimit(months=12),
        )
        assert it.requirements == (
            Requirement("fieldwork", "80 hours in a workplace"),
            Requirement("portfolio"),
        )
        assert it.additional_units == (
            Unit("K/506/1913", 3, "3", "Develop a presentation"),
        )

    def test_a_unit_whose_reference_begins_a_statement_is_quoted(self):
        text = 'X\ngroup A\n  "group"  3  L1\n  "total"  3  L1\n  totals  3  L1\n'
        structure = of(text)
        [group] = structure.root.groups
        assert [one.reference for one in group.units] == ["group", "total", "totals"]
        assert to_text(structure) == text

    def test_comments_and_empty_lines_are_passed_over(self):
        assert of("\n# first\n\n X \n  # more\n\ttotal 3\n").total == 3

    def test_a_word_that_begins_a_statement_may_have_a_colon(self):
        text = "X\ngroup: A\n  label: B\nbar: Y: T\nadditional:\n  a 3 L1"
        assert of(text) == of(re.sub(r"(group|label|bar|additional):", r"\1", text))

    def test_a_tab_stands_for_eight_places(self):
        structure = of("X\ngroup A\n\tgroup B\n          a 3 L1\n        b 4 L1")
        [outer] = structure.root.groups
        assert [one.reference for one in outer.units] == ["b"]
        assert [one.reference for one in outer.groups[0].units] == ["a"]


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize(
        "line",
        [
            "hello",
            "hello world",
            "total many",
            "total 3; nonsense",
            "total 3; total 4",
            "reference a; reference b",
            "group A: nonsense",
            "group A: 3 credits, 4 credits",
            "group A: at least 9999999999999999 credits",
            'group "A',
            "label",
            "description",
            "additional units",
            "at most one of A, B",
            "cap",
            "cap lots",
            "cap 5 credits: nonsense",
            "cap 5 credits: kinds gift",
            "cap 5 credits: imported, imported",
            "cap 1/0 percent",
            "within a year",
            "within 3 months: gift",
            "certification end 2020-02-30",
            'bar "A: B',
            'requirement "x',
            "A 3 L1 [nonsense]",
            "A 3 L1 [expires soon]",
            "A 3 L1 [3 hours, 4 hours]",
            'A 3 "L1',
            'A 3 L1 "title',
            "additional\n  group A",
            "additional\n  label A",
            "root A\nroot B",
        ],
    )
    def test_it_is_a_finding_for_its_line(self, line):
        file = parse_text(f"X\n{line}\nrequirement after")
        number = 2 + line.count("\n")
        assert codes(file.report) == [("text-line", "line", number)]
        assert file.structure.requirements == (Requirement("after"),)

    def test_a_group_whose_options_are_not_understood_is_a_group(self):
        structure = parse_text("X\ngroup A: nonsense\n  a 3 L1").structure
        [group] = structure.root.groups
        assert (group.name, len(group.units)) == ("A", 1)

    def test_a_name_that_is_not_understood_is_empty(self):
        file = parse_text('"X\ntotal 3')
        assert codes(file.report) == [("text-line", "line", 1)]
        assert (file.structure.name, file.structure.total) == ("", 3)

    @pytest.mark.parametrize("text", ["", "\n \n", "# only a comment"])
    def test_a_text_without_a_line_has_no_structure(self, text):
        file = parse_text(text)
        assert (file.structure, codes(file.report)) == (None, [("text-empty",)])
        assert file.report.fatal

    @given(
        st.lists(
            st.text(max_size=12)
            | st.sampled_from(EVERYTHING.splitlines())
            | st.builds(
                lambda line, at, put: line[:at] + put + line[at:],
                st.sampled_from(EVERYTHING.splitlines()),
                st.integers(0, 40),
                st.sampled_from([" ", '"', ":", ",", ";", "[", "-", "#", "9", "\\"]),
            )
        ).map("\n".join)
    )
    @example('X\n"\\ud800" 3 L1')
    def test_no_text_raises_and_what_is_read_comes_back(self, text):
        structure = parse_text(text).structure
        if structure is not None:
            assert of(to_text(structure)) == structure

    @given(st.text(max_size=20))
    def test_no_text_of_the_input_is_in_a_finding(self, text):
        file = parse_text(f"X\nqzmk {text} qzmk\ngroup qzmk: {text} qzmk")
        assert "qzmk" not in "".join(map(str, file.report))

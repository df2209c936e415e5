"""Published rules become structures: the shapes that collections have, and bad ones."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulnlib.qualifications import Bar, Cap, Level, LevelMinimum, Unit
from ulnlib.rules.combination import (
    StructureFile,
    lint,
    parse_text,
    read_examples,
    read_published,
    read_structure,
    structure_to_json,
    to_text,
)

MEMBERS = {
    *("title", "level", "variants", "size", "groups", "barred", "pairs"),
    *("name", "rule", "credit", "units", "children", "min_credit", "max_credit"),
    *("min_units", "units_complete", "ref", "all_units_required", "mandatory"),
    "min_credit_at_or_above_level",
}
ROOT = Path(__file__).resolve().parents[4]


def codes(report):
    return [(one.code, *one.path) for one in report]


def one(*groups, **facts):
    """Return the file of a rule with these groups."""
    [file] = read_published({"title": "X", "groups": list(groups), **facts})
    return file


def group(**facts):
    """Return the group of a rule with one, and what was found."""
    file = one({"name": "A", "units_complete": True, **facts})
    [made] = file.structure.root.groups
    return made, codes(file.report)


class TestAStructure:
    def test_its_facts(self):
        file = one(
            title="Level 3 Diploma in X",
            structure_reference="S/016/607",
            level="3",
            total_credit=58,
            min_credit_at_or_above_level={"level": "3", "credit": 40},
        )
        it = file.structure
        assert (it.name, it.reference, it.total) == (
            "Level 3 Diploma in X",
            "S/016/607",
            58,
        )
        assert (it.level, it.min_credit_at_level) == (Level.LEVEL_3, 40)
        assert it.root.name == it.name
        assert list(file.report) == []

    def test_a_level_minimum_at_another_level_stands_at_the_root(self):
        it = one(
            level="3", min_credit_at_or_above_level={"level": "4", "credit": 10}
        ).structure
        assert it.min_credit_at_level is None
        assert it.root.level_minimum == LevelMinimum("4", 10)

    def test_barred_units(self):
        file = one(barred={"exists": True, "pairs": [["a", "b"], ["c", "d", "e"]]})
        assert file.structure.bars == (Bar("a", ("b",)), Bar("c", ("d", "e")))
        file = one(barred={"exists": True, "pairs": []})
        assert codes(file.report) == [("published-bars-unknown", "barred")]
        file = one(barred={"exists": True, "pairs": [["a"], "ab", ["a", 3]]})
        assert codes(file.report) == [
            ("form-type", "barred", "pairs", 1),
            ("form-type", "barred", "pairs", 2),
            ("form-type", "barred", "pairs", 3),
        ]

    def test_a_suite_gives_a_structure_for_each_size(self):
        files = read_published(
            {
                "title": "Level 3 Award / Certificate / Diploma in X",
                "level": "3",
                "variants": [
                    {
                        "size": "Award",
                        "total_credit": 11,
                        "mandatory": 7,
                        "optional": 4,
                    },
                    {"size": "Large", "total_credit": 40, "mandatory": 40},
                    5,
                ],
            }
        )
        assert to_text(files[0].structure) == (
            "Level 3 Award in X\ntotal 11; level 3\n"
            "group Mandatory: mandatory, 7 credits, incomplete\n"
            "group Optional: mandatory, at least 4 credits, incomplete\n"
        )
        assert to_text(files[1].structure) == (
            "Level 3 Award / Certificate / Diploma in X\ntotal 40; level 3\n"
            "group Mandatory: mandatory, 40 credits, incomplete\n"
        )
        assert [len(file.report) for file in files] == [2, 1, 1]
        assert codes(files[2].report) == [("form-type", "variants", 3)]
        assert files[2].structure is None


class TestAGroup:
    @pytest.mark.parametrize(
        ("facts", "is_mandatory"),
        [
            ({}, False),
            ({"mandatory": True}, True),
            ({"min_credit": 13}, True),
            ({"min_credit": 0}, False),
            ({"max_credit": 13}, False),
            ({"min_units": 2}, True),
            ({"min_credit_at_or_above_level": {"level": "3", "credit": 2}}, True),
            (
                {"name": "further credits from Group B or Group C", "min_credit": 9},
                False,
            ),
            ({"name": "Group B or C", "min_credit": 9}, False),
            ({"name": "Group B or C", "min_credit": 9, "mandatory": True}, True),
        ],
    )
    def test_a_published_minimum_binds_unless_there_is_a_choice(
        self, facts, is_mandatory
    ):
        assert group(**facts)[0].is_mandatory is is_mandatory

    def test_its_bounds(self):
        made, _ = group(min_credit=26, max_credit=34, min_units=5, max_units=12)
        assert (made.min_credit, made.max_credit) == (26, 34)
        assert (made.min_subcomponents, made.max_subcomponents) == (5, 12)

    @pytest.mark.parametrize(
        ("facts", "minimum"),
        [
            ({"units": [{"ref": "a", "credit": 1}, {"ref": "b", "credit": 1}]}, 2),
            ({"units_complete": False, "published_unit_count": 13}, 13),
            ({"units_complete": False, "min_units": 6}, 6),
            ({"units_complete": False}, None),
        ],
    )
    def test_all_units_required_is_a_minimum_of_so_many(self, facts, minimum):
        made, _ = group(all_units_required=True, **facts)
        assert made.min_subcomponents == minimum

    def test_a_list_in_part_leaves_it_open(self):
        made, found = group(units_complete=False)
        assert not made.is_complete
        assert found == [("published-list-incomplete", "groups", 1, "units")]

    def test_only_a_number_of_units_may_be_known(self):
        made, _ = group(units=4, units_complete=False)
        assert (made.min_subcomponents, made.max_subcomponents) == (4, 4)
        assert (made.units, made.is_complete) == ((), False)

    def test_an_exact_credit_is_both_bounds(self):
        made, _ = group(credit=22)
        assert (made.min_credit, made.max_credit) == (22, 22)

    def test_pathways_are_a_choice(self):
        made, _ = group(
            mandatory=True,
            min_units=1,
            max_units=1,
            children=[{"name": "B", "credit": 22}, {"name": "C", "credit": 13}],
        )
        assert made.is_mandatory
        assert made.is_complete
        assert [one.is_mandatory for one in made.groups] == [False, False]
        assert (made.min_subcomponents, made.max_subcomponents) == (1, 1)

    def test_groups_of_which_all_units_are_required_are_mandatory(self):
        made, _ = group(
            all_units_required=True,
            min_units=11,
            children=[{"name": "B", "units": 4}, {"name": "C", "units": 7}],
        )
        assert [one.is_mandatory for one in made.groups] == [True, True]
        assert (made.min_subcomponents, made.max_subcomponents) == (2, None)

    def test_groups_in_groups_keep_their_own_minimum(self):
        made, _ = group(
            children=[{"name": "B", "min_credit": 4}, {"name": "C", "max_credit": 7}]
        )
        assert [one.is_mandatory for one in made.groups] == [True, False]

    def test_a_line_that_only_limits_is_a_cap(self):
        file = one(
            {
                "name": "O",
                "units_complete": True,
                "children": [
                    {"rule": "units at Entry 3", "max_credit": 5},
                    {"name": "unit(s) from other qualifications", "max_credit": 3},
                    {"name": "Level 2 units", "max_credit": 3, "units": [{}]},
                ],
            },
            {"name": "units from other qualifications", "max_credit": 9},
        )
        assert file.structure.caps == (
            Cap(credit=5, at_most_level="E3", group="O", name="units at Entry 3"),
            Cap(
                credit=3,
                is_imported=True,
                group="O",
                name="unit(s) from other qualifications",
            ),
            Cap(credit=9, is_imported=True, name="units from other qualifications"),
        )
        [made] = file.structure.root.groups
        assert [one.name for one in made.groups] == ["Level 2 units"]

    def test_units_that_do_not_count_are_additional(self):
        file = one(
            {
                "name": "Additional units",
                "min_credit": 0,
                "max_credit": 0,
                "units": [{"ref": "a", "credit": 2, "level": 1, "title": "T"}],
            }
        )
        assert file.structure.root.groups == ()
        assert file.structure.additional_units == (Unit("a", 2, "1", "T"),)

    @pytest.mark.parametrize(("depth", "is_found"), [(20, False), (21, True)])
    def test_nesting_has_an_end(self, depth, is_found):
        plain = {"name": "x"}
        for _ in range(depth - 1):
            plain = {"name": "x", "children": [plain]}
        file = one(plain)
        found = {one.code for one in file.report}
        assert ("form-groups-nesting" in found) is is_found


class TestUnits:
    def test_a_unit_without_a_reference_gets_one_of_its_title(self):
        file = one(
            {
                "name": "A",
                "units_complete": True,
                "units": [
                    {"title": "Handle Mail & Post", "credit": 3, "level": "2"},
                    {"title": None, "credit": None, "glh": 4},
                    "no unit",
                ],
            },
            id="x1",
        )
        assert file.structure.root.groups[0].units == (
            Unit("made-up/handle-mail-post", 3, "2", "Handle Mail & Post"),
            Unit("made-up/x1-a-2", hours=4),
        )
        where = ("groups", 1, "units")
        assert codes(file.report) == [
            ("published-reference-missing", *where, 1),
            ("published-reference-missing", *where, 2),
            ("published-credit-missing", *where, 2),
            ("form-type", *where, 3),
        ]


class TestCollections:
    def test_each_goes_by_its_id(self):
        files = read_examples(
            json.dumps({"examples": [{"id": "a", "title": "A"}, {"title": "B"}, 5]})
        )
        assert list(files) == ["a", "2", "3"]
        assert files["a"][0].structure.name == "A"
        assert codes(files["3"][0].report) == [("form-kind",)]

    @pytest.mark.parametrize(
        ("source", "code"),
        [
            ("", "form-not-json"),
            (b"\xff", "form-encoding"),
            ("[]", "form-kind"),
            ("{}", "form-kind"),
            ({"examples": 3}, "form-kind"),
        ],
    )
    def test_what_cannot_be_read_is_a_fatal_finding(self, source, code):
        [(name, [file])] = read_examples(source).items()
        assert (name, file.structure, codes(file.report)) == ("", None, [(code,)])

    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(sorted(MEMBERS)),
                inner,
                max_size=5,
            )
        ),
        max_leaves=25,
    )

    @given(anything, anything)
    def test_no_values_raise(self, plain, groups):
        for example in (plain, {"title": "X", "groups": groups}):
            for file in read_published(example):
                assert isinstance(file, StructureFile)
                if file.structure is not None:
                    lint(file.structure)


SHARED = [
    folder / "shared" / "roc" / "examples.json"
    for folder in ROOT.parents
    if (folder / "shared" / "roc" / "examples.json").is_file()
]


@pytest.mark.skipif(not SHARED, reason="the collection of published rules is not here")
class TestTheCollection:
    @pytest.fixture
    def files(self):
        return read_examples(SHARED[0].read_bytes())

    def test_every_rule_becomes_a_structure_that_can_be_written(self, files):
        assert len(files) >= 13
        for file in (file for several in files.values() for file in several):
            assert file.report.is_ok
            structure = file.structure
            assert read_structure(structure_to_json(structure)).structure == structure
            assert parse_text(to_text(structure)).structure == structure

    def test_only_what_is_not_known_is_an_error(self, files):
        for file in (file for several in files.values() for file in several):
            errors = {one.code for one in lint(file.structure).errors}
            assert errors <= {"unit-credit-missing"}

    @pytest.mark.parametrize(
        ("name", "number", "code"),
        [
            ("icq-l4-adultcare", 0, "maximum-above-rest"),
            ("blueeye-fm-l3", 2, "minimum-below-rest"),
        ],
    )
    def test_published_sums_that_do_not_agree_are_found(
        self, files, name, number, code
    ):
        found = {one.code for one in lint(files[name][number].structure)}
        assert code in found

    def test_sums_that_agree_are_no_finding(self, files):
        sums = ("maximum-above-rest", "minimum-below-rest", "mandatory-above-total")
        named = [
            name
            for name, several in files.items()
            for file in several
            if {one.code for one in lint(file.structure)} & set(sums)
        ]
        assert sorted(named) == ["blueeye-fm-l3", "icq-l4-adultcare"]

    def test_a_rule_with_caps_and_one_with_pathways(self, files):
        [bcs] = files["bcs-l1-itq-dip"]
        assert [one.credit for one in bcs.structure.caps] == [5, 3]
        [cypw] = files["cg-l3-cypw"]
        assert to_text(cypw.structure).count("\n  group ") == 5

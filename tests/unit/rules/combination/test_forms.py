"""Structures as JSON: there and back, and whatever else somebody may send."""

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ulnlib.errors import InvalidValue
from ulnlib.issues import Severity
from ulnlib.qualifications import Cap, Group, Kind, Level, Structure, Unit
from ulnlib.rules.combination import (
    StructureFile,
    read_structure,
    structure_to_dict,
    structure_to_json,
)
from ulnlib.rules.combination._members import FORMS, Many, One
from ulnlib.rules.combination.forms import MAX_DEPTH
from ulnlib.testing.structures import structures

SCHEMAS = Path(__file__).resolve().parents[4] / "docs" / "reference" / "json"
SCHEMA = json.loads((SCHEMAS / "structure.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)
SMALL = {"name": "Award", "total": 3, "root": {"name": "All"}}


def chain(depth):
    """Return groups that are nested so deep, made from the innermost out."""
    group = Group(name="1", units=(Unit("Y/506/1910", 4, "3"),))
    for level in range(2, depth + 1):
        group = Group(name=str(level), groups=(group,))
    return group


def codes(report):
    """Return code and path of each finding."""
    return [(one.code, *one.path) for one in report]


def read(**members):
    """Read the small structure with some members changed."""
    return read_structure({**SMALL, **members})


def in_root(**members):
    return read(root={"name": "All", **members})


class TestThereAndBack:
    @given(structures())
    def test_every_structure_comes_back_as_it_was(self, structure):
        text = structure_to_json(structure)
        assert text.isascii()
        assert read_structure(text) == StructureFile(structure, read().report)
        assert read_structure(text.encode("utf-8-sig")).structure == structure
        assert read_structure(structure_to_dict(structure)).structure == structure

    @given(structures())
    def test_what_is_written_is_of_the_schema(self, structure):
        plain = structure_to_dict(structure)
        assert [one.message for one in VALIDATOR.iter_errors(plain)] == []

    def test_what_has_the_default_is_not_written(self):
        structure = read_structure(SMALL).structure
        assert structure_to_dict(structure) == {
            "kind": "structure",
            "version": 1,
            **SMALL,
        }

    def test_groups_may_be_nested_so_deep_and_no_deeper(self):
        structure = Structure(name="", total=None, root=chain(MAX_DEPTH))
        assert read_structure(structure_to_json(structure)).structure == structure
        too_deep = Structure(name="", total=None, root=chain(MAX_DEPTH + 1))
        with pytest.raises(InvalidValue):
            structure_to_json(too_deep)
        with pytest.raises(InvalidValue):
            structure_to_json(Structure(name="", total=None, root=chain(5_000)))


class TestTheTableAndTheSchema:
    def test_the_table_has_every_attribute_of_the_model(self):
        for model, form in FORMS.items():
            assert {field.name for field in attrs.fields(model)} == set(form)

    def test_the_schema_has_every_member_of_the_table(self):
        for model, form in FORMS.items():
            name = model.__name__
            if name == "Achievement":
                continue
            defined = SCHEMA if name == "Structure" else SCHEMA["$defs"][name]
            assert set(defined["properties"]) - {"kind", "version"} == set(form), name
            assert defined["additionalProperties"] is False
            for member, sort in form.items():
                if isinstance(sort, One | Many):
                    said = json.dumps(defined["properties"][member])
                    assert f"#/$defs/{sort.of.__name__}" in said

    def test_the_page_has_every_member_of_the_table(self):
        page = SCHEMAS.parent / "rules-of-combination.md"
        text = page.read_text(encoding="utf-8")
        names = {name for form in FORMS.values() for name in form}
        assert [name for name in sorted(names) if f"`{name}`" not in text] == []

    def test_the_small_structure_is_of_the_schema(self):
        assert VALIDATOR.is_valid(SMALL)
        assert not VALIDATOR.is_valid({**SMALL, "totl": 3})


class TestValues:
    def test_a_value_that_is_wrong_and_of_the_right_type_stays(self):
        unit = {"reference": "x", "credit": -3, "level": "9"}
        file = in_root(units=[unit])
        assert file.report.is_ok
        assert file.structure.root.units == (Unit("x", -3, "9"),)

    def test_a_level_may_be_a_number_or_words(self):
        assert read(level=3).structure.level is Level.LEVEL_3
        assert read(level="Entry Level 2").structure.level is Level.ENTRY_2

    def test_null_is_absent(self):
        file = read(total=None, bars=None, level=None)
        assert (file.structure.total, file.structure.bars) == (None, ())
        assert file.report.is_ok

    def test_a_date_may_be_a_date_when_the_values_are_plain_already(self):
        day = dt.date(2020, 2, 29)
        noon = dt.datetime(2020, 2, 29, 12)  # noqa: DTZ001
        assert read(certification_end=day).structure.certification_end == day
        assert type(read(certification_end=noon).structure.certification_end) is dt.date

    @pytest.mark.parametrize(
        ("given", "share"),
        [
            (50, 50),
            (12.5, Fraction(25, 2)),
            (33.0, 33),
            ("100/3", Fraction(100, 3)),
            ("40", 40),
            ("-4/2", -2),
            (Fraction(1, 3), Fraction(1, 3)),
        ],
    )
    def test_a_share_may_be_a_fraction(self, given, share):
        file = read(caps=[{"percent": given}])
        assert file.structure.caps == (Cap(percent=share),)
        assert type(file.structure.caps[0].percent) is type(share)

    @pytest.mark.parametrize(
        "share", ["1/0", "x", "1.5", True, [], float("inf"), float("nan"), 1e300]
    )
    def test_what_is_no_share_is_a_finding(self, share):
        file = read(caps=[{"percent": share}])
        assert codes(file.report) == [("form-type", "caps", 1, "percent")]
        assert file.structure.caps == (Cap(),)

    def test_words_of_a_list_go_by_their_value(self):
        file = read(time_limits=[{"months": 60, "kinds": ["rpl", "transfer"]}])
        assert file.structure.time_limits[0].kinds == (Kind.RPL, Kind.TRANSFER)
        file = read(time_limits=[{"months": 60, "kinds": ["RPL"]}])
        assert codes(file.report) == [("form-type", "time_limits", 1, "kinds")]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("credit", True),
            ("credit", 2.0),
            ("credit", "4"),
            ("credit", 10**15),
            ("credit", [4]),
            ("title", 4),
            ("subject_areas", "15.3"),
            ("subject_areas", ["15.3", 2]),
            ("is_imported", 1),
            ("is_imported", "true"),
            ("withdrawn", "01/02/2020"),
            ("withdrawn", "2021-02-29"),
            ("withdrawn", 20200101),
            ("level", True),
            ("level", {}),
        ],
    )
    def test_a_value_of_the_wrong_type_is_a_finding_and_absent(self, name, value):
        file = in_root(units=[{"reference": "x", name: value}])
        assert codes(file.report) == [("form-type", "root", "units", 1, name)]
        assert file.structure.root.units == (Unit("x"),)

    @pytest.mark.parametrize("value", [{}, "x", 3, True])
    def test_what_should_be_a_list_and_is_none_is_a_finding(self, value):
        file = read(root={"name": "All", "units": value, "groups": value}, bars=value)
        assert codes(file.report) == [
            ("form-type", "root", "units"),
            ("form-type", "root", "groups"),
            ("form-type", "bars"),
        ]
        assert file.structure.root == Group(name="All")

    def test_what_should_be_an_object_and_is_none_is_a_finding(self):
        file = read(
            root={"name": "All", "groups": [3, {"name": "B"}], "other": 4},
            bars=[5, {"unit": "a", "targets": ["b"]}],
        )
        assert codes(file.report) == [
            ("form-type", "root", "other"),
            ("form-type", "root", "groups", 1),
            ("form-type", "bars", 1),
        ]
        assert [one.name for one in file.structure.root.groups] == ["B"]
        assert len(file.structure.bars) == 1


class TestMembers:
    def test_a_member_that_is_missing_is_a_finding(self):
        file = read_structure(
            {
                "root": {"units": [{}], "level_minimum": {"level": "3"}},
                "at_most": [{"count": 1}],
            }
        )
        assert codes(file.report) == [
            ("form-member-missing",),
            ("form-member-missing", "root", "units", 1),
            ("form-member-missing", "root", "level_minimum"),
            ("form-member-missing", "root"),
            ("form-member-missing", "at_most", 1),
        ]
        structure = file.structure
        assert (structure.name, structure.total, structure.at_most) == ("", None, ())
        assert structure.root == Group(name="", units=(Unit(""),))

    def test_the_findings_are_in_the_order_of_the_document(self):
        file = read_structure(
            {"bars": 3, "root": {"units": 3}, "total": "x", "caps": 3, "name": "x"}
        )
        assert [one[1] for one in codes(file.report)] == [
            "bars",
            "root",
            "root",
            "total",
            "caps",
        ]

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("credits", "form-member-misspelt"),
            ("Level", "form-member-misspelt"),
            ("something", "form-member-unknown"),
            ("x" * 50, "form-member-unknown"),
            (3, "form-member-unknown"),
        ],
    )
    def test_a_member_that_there_is_not_is_a_finding_that_does_not_repeat_it(
        self, name, code
    ):
        file = in_root(units=[{"reference": "x", name: 4}])
        assert codes(file.report) == [(code, "root", "units", 1)]
        assert "member 2 of the object" in file.report[0].message
        if isinstance(name, str) and name != "Level":
            assert f" {name} " not in str(file.report[0])

    def test_a_member_that_stands_there_twice_is_a_finding(self):
        file = read_structure(
            '{"name": "a", "name": "b", "root": {"name": "x", "months": 1, '
            '"months": 2, "x": 1, "x": 1, "units": []}}'
        )
        assert codes(file.report) == [
            ("form-member-twice", "name"),
            ("form-member-unknown", "root"),
            ("form-member-twice", "root", "months"),
            ("form-member-twice", "root"),
        ]
        assert file.structure.name == "b"
        assert file.structure.root.months == 2


class TestNothingCanBeRead:
    @pytest.mark.parametrize(
        ("source", "code"),
        [
            ("", "form-not-json"),
            ("{", "form-not-json"),
            ('{"name": "x}', "form-not-json"),
            ("{'name': 'x'}", "form-not-json"),
            (b'{"name": "\xe9"}', "form-encoding"),
            (b"\xff\xfe{\x00", "form-encoding"),
            ("[]", "form-kind"),
            ("3", "form-kind"),
            ("null", "form-kind"),
            ("NaN", "form-kind"),
            ('{"kind": "achievements"}', "form-kind"),
            ('{"version": 2}', "form-version"),
            ('{"version": true}', "form-version"),
            ('{"version": "1"}', "form-version"),
            ('{"name": "x"}', "form-root-missing"),
            ('{"name": "x", "root": null}', "form-root-missing"),
            ('{"name": "x", "root": []}', "form-root-missing"),
            ("[" * 100_000, "form-nesting"),
            ('{"root":' * 100_000 + "1" + "}" * 100_000, "form-nesting"),
            ('{"name": "\\"', "form-not-json"),
        ],
    )
    def test_it_is_a_fatal_finding(self, source, code):
        file = read_structure(source)
        assert file.structure is None
        assert code in [one.code for one in file.report.fatal]
        assert all(one.severity is Severity.FATAL for one in file.report.fatal)

    def test_brackets_in_a_text_do_not_nest(self):
        name = '"' + "[" * 1_000
        assert (
            read_structure(json.dumps({**SMALL, "name": name})).structure.name == name
        )

    def test_the_last_nesting_that_is_read_is_no_exception(self):
        for depth in (598, 599, 600, 601):
            text = '{"x":' + "[" * depth + "]" * depth + "}"
            assert read_structure(text).structure is None

    def test_numbers_that_are_none_are_of_no_type(self):
        for number in ("NaN", "-Infinity", "9" * 5_000, "1e400"):
            file = read_structure(
                f'{{"name": "x", "total": {number}, "root": {{"name": "a"}}}}'
            )
            assert codes(file.report) == [("form-type", "total")]
            assert file.structure.total is None

    def test_a_stack_that_is_deep_already_is_a_finding_too(self, monkeypatch):
        def give_up(*_, **__):
            raise RecursionError

        monkeypatch.setattr("json.loads", give_up)
        assert codes(read_structure("{}").report) == [("form-nesting",)]


class TestDeepGroups:
    def test_groups_below_the_limit_are_left_out(self):
        plain = {"name": "x"}
        for _ in range(MAX_DEPTH):
            plain = {"name": "x", "groups": [plain]}
        file = read(root=plain)
        assert [one.code for one in file.report] == ["form-groups-nesting"]
        assert sum(1 for _ in file.structure.root.walk()) == MAX_DEPTH

    def test_values_that_hold_themselves_come_to_an_end(self):
        plain = {"name": "x"}
        plain["groups"] = [plain]
        assert [one.code for one in read(root=plain).report] == ["form-groups-nesting"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3)
            | st.sampled_from(
                sorted({name for form in FORMS.values() for name in form})
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


class TestAnythingAtAll:
    @given(st.binary() | st.text())
    @example(b"")
    @example("\ufeff{}")
    def test_no_text_raises(self, source):
        assert isinstance(read_structure(source), StructureFile)

    @given(st.dictionaries(st.sampled_from(sorted(FORMS[Structure])), anything))
    def test_no_values_raise_and_what_is_read_can_be_written(self, plain):
        file = read_structure({"root": {}, **plain})
        text = read_structure(json.dumps({"root": {}, **plain}))
        if file.structure is not None:
            written = structure_to_json(file.structure)
            assert read_structure(written).structure == file.structure
        assert (text.structure is None) == (file.structure is None)

    @given(anything)
    def test_no_text_of_the_input_is_in_a_finding(self, plain):
        marked = json.loads(json.dumps(plain).replace('"', '"qz', 1))
        file = read_structure({**SMALL, "root": marked, "qzmk": "qzmk"})
        assert "qz" not in "".join(map(str, file.report))

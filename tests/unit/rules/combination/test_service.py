"""`Evaluation.to_service`: the service's own shape, held against its schema."""

import datetime as dt
import json
import re
from pathlib import Path

import attrs
import pytest
from lxml import etree

from ulnlib.qualifications import (
    Achievement,
    Bar,
    Group,
    OtherCredit,
    Qualification,
    Structure,
    Unit,
)
from ulnlib.rules.combination import evaluate
from ulnlib.rules.combination.service import NAMESPACE, TYPE

# Beside the clone, where somebody has put what may not be in it.
SCHEMAS = Path(__file__).resolve().parents[4].parent / "shared" / "schemas"
XSD = SCHEMAS / "g2-qcf-r9" / "api.lrs.qcf.gov.uk.model.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
NAMES = ("met", "half", "nothing", "lacking", "business", "stuck", "nested", "many")
needs_schema = pytest.mark.skipif(
    not XSD.is_file(), reason="the schemas of the service are not beside the clone"
)
A, B = "A/100/0001", "A/100/0002"

QUALIFICATION = Qualification(
    number="600/0001/6",
    title="Award in Examples",
    awarding_organisation="An Organisation",
    subject_area="15.3",
    min_hours=10,
    max_hours=20,
    countries=["England", "Wales"],
    ages=["16-18", "19+"],
    operational_start=dt.date(2020, 9, 1),
    operational_end=dt.date(2027, 8, 31),
    certification_end=dt.date(2029, 8, 31),
    is_sensitive=True,
)


def everything():
    """Return an evaluation with every kind of group, level and bar."""
    first = Unit(A, 2, "E2", "First & <last>", hours=10, subject_areas=["15.3"])
    other = OtherCredit(level="3", subject_areas=["1.1"])
    groups = [
        Group(name="Units", units=[first, Unit(B, 3, "odd")], is_mandatory=True),
        Group(name="Other", other=other, months=36, min_credit=0, max_credit=9),
        Group(name="Hybrid", units=[first], groups=[Group(name="Inner")]),
        Group(name="Both", units=[first], other=OtherCredit()),
        Group(name="Other and groups", other=OtherCredit(), groups=[Group(name="G")]),
    ]
    structure = Structure(
        name="Award in Examples",
        total=5,
        level="E2",
        root=Group(name="All", groups=groups, label="L", description="D"),
        bars=[Bar(A, (B, "Z/1"), "why")],
    )
    had = [
        Achievement(unit=A),
        Achievement(unit="Q/1", credit=2, title="Beside\x00"),
        Achievement(unit="", kind="exemption", credit=1, group="Units", id="1"),
    ]
    return evaluate(structure, had)


@pytest.fixture(scope="module")
def whole():
    return everything().to_service(QUALIFICATION)


def members():
    """Return the members of every type of the schema, those of its base first."""
    own, base = {}, {}
    for kind in etree.parse(XSD).getroot().iter(f"{XS}complexType"):
        name = kind.get("name")
        own[name] = [one.get("name") for one in kind.iter(f"{XS}element")]
        for extension in kind.iter(f"{XS}extension"):
            base[name] = extension.get("base").partition(":")[2]

    def of(name):
        return [*(of(base[name]) if name in base else ()), *own[name]]

    return {name: of(name) for name in own}


def rules(one):
    return one["Qualification"]["Structure"]


def linked(one):
    return rules(one)["Group"]["ChildGroups"][0]["LinkedUnits"]


def area(one):
    return one["Units"][0]["Unit"]["SectorSubjectAreas"][0]


@needs_schema
class TestAgainstTheSchema:
    @pytest.mark.parametrize(
        ("kind", "find"),
        [
            ("RocQueryResult", lambda one: one),
            ("RocQueryResultGroup", lambda one: one["Groups"][0]),
            ("GroupBase", lambda one: one["Groups"][0]["Group"]),
            ("RocQueryResultUnit", lambda one: one["Units"][0]),
            ("Unit", lambda one: one["Units"][0]["Unit"]),
            ("Level", lambda one: one["Units"][0]["Unit"]["Level"]),
            ("SectorSubjectArea", area),
            ("Qualification", lambda one: one["Qualification"]),
            ("Structure", rules),
            ("QualificationLevel", lambda one: rules(one)["QualificationLevel"]),
            ("QualificationSubLevel", lambda one: rules(one)["QualificationSubLevel"]),
            ("AwardingOrganisation", lambda one: rules(one)["AwardingOrganisation"]),
            ("BarredUnit", lambda one: rules(one)["BarredUnits"][0]),
            ("CompoundGroup", lambda one: rules(one)["Group"]),
            ("UnitGroup", lambda one: rules(one)["Group"]["ChildGroups"][0]),
            ("OtherCreditGroup", lambda one: rules(one)["Group"]["ChildGroups"][1]),
            ("LinkedUnit", lambda one: linked(one)[0]),
        ],
    )
    def test_the_members_are_all_there_in_order(self, whole, kind, find):
        found = find(whole)
        assert [name for name in found if name != TYPE] == members()[kind]
        assert found.get(TYPE, kind) == kind

    @pytest.mark.parametrize("name", NAMES)
    def test_the_xml_is_valid(self, cases, name):
        self.validate(cases[name].to_service_xml())

    def test_the_xml_of_every_kind_of_group_is_valid(self):
        self.validate(everything().to_service_xml(QUALIFICATION))

    def validate(self, xml):
        schema = etree.XMLSchema(etree.parse(XSD))
        schema.assertValid(etree.fromstring(xml))


class TestWhatItSays:
    def test_the_figures_are_those_of_the_evaluation(self, cases):
        found = cases["half"]
        answer = found.to_service()
        assert answer["CreditsTowards"] == found.credits_towards == 34
        core = answer["Groups"][1]
        assert core == {
            "DecisionTaken": False,
            "Group": core["Group"],
            "IsAcheived": True,
            "IsMandatory": True,
            "TotalCredits": 12,
            "TotalCreditsAboveLevel": 0,
            "TotalCreditsAtOrAboveLevel": 9,
            "TotalSubcomponents": 3,
        }
        by_reference = {one["Unit"]["ReferenceNumber"]: one for one in answer["Units"]}
        barred = by_reference["T/900/0010"]
        assert (barred["IsAchieved"], barred["IsIncluded"]) == (True, False)
        assert by_reference["B/111/1111"]["Unit"]["CreditValue"] == 3
        assert len(answer["Groups"]) == len(found.groups)

    def test_what_is_not_known_is_none(self, cases):
        answer = cases["stuck"].to_service()
        assert answer["CreditsTowards"] is None
        qualification = answer["Qualification"]
        assert qualification["DerivedTitle"].startswith("Level 2 Certificate")
        assert qualification["OfferedInEngland"] is None
        assert qualification["Sensitive"] is None
        assert qualification["AwardingOrganisation"] is None
        structure = Structure(name="", total=1, root=Group(name=""))
        [root] = evaluate(structure, []).to_service()["Groups"]
        assert root["TotalCreditsAtOrAboveLevel"] is None
        assert root["Group"]["Name"] is None

    def test_of_a_qualification_it_says_what_is_given(self, whole):
        found = whole["Qualification"]
        assert found["ReferenceNumber"] == "600/0001/6"
        assert found["OfferedInWales"] is True
        assert found["OfferedInNorthernIreland"] is False
        assert (found["NineteenPlus"], found["EighteenPlus"]) == (True, False)
        assert found["CertificationEndDate"] == "2029-08-31T00:00:00"
        assert rules(whole)["SectorSubjectArea"]["Description"] == "15.3"

    def test_what_is_sensitive_is_said_only_where_it_is_known(self):
        unit = Unit(A, 1, "2", is_sensitive=True)
        root = Group(name="G", units=[unit, Unit(B, 1, "2")])
        found = evaluate(Structure(name="X", total=1, root=root), [])
        for known in (None, False, True):
            answer = found.to_service(attrs.evolve(QUALIFICATION, is_sensitive=known))
            assert answer["Qualification"]["Sensitive"] is known
        units = [one["Unit"]["Sensitive"] for one in found.to_service()["Units"]]
        assert units == [True, None]

    def test_entry_levels_are_one_level_with_three_below(self, whole):
        level = rules(whole)["QualificationSubLevel"]
        assert level["Description"] == "Entry 2"
        assert level["QualificationLevel"]["Description"] == "Entry Level"
        odd = linked(whole)[1]["Unit"]
        assert odd["QualificationLevel"]["Description"] == "odd"
        assert odd["QualificationSubLevel"] is None

    def test_a_group_of_two_kinds_becomes_groups_of_one(self, whole):
        kinds = {
            group["Name"]: (
                group[TYPE],
                [one[TYPE] for one in group.get("ChildGroups", ())],
            )
            for group in rules(whole)["Group"]["ChildGroups"]
        }
        assert kinds == {
            "Units": ("UnitGroup", []),
            "Other": ("OtherCreditGroup", []),
            "Hybrid": ("CompoundGroup", ["UnitGroup", "UnitGroup"]),
            "Both": ("CompoundGroup", ["UnitGroup", "OtherCreditGroup"]),
            "Other and groups": ("CompoundGroup", ["OtherCreditGroup", "UnitGroup"]),
        }

    def test_an_exemption_by_amount_is_no_unit(self, whole):
        references = [one["Unit"]["ReferenceNumber"] for one in whole["Units"]]
        assert references == [A, B, "Q/1"]

    def test_a_barred_unit_that_nobody_lists_has_its_reference(self, whole):
        [bar] = rules(whole)["BarredUnits"]
        assert [one["Title"] for one in bar["TargetUnits"]] == [None, None]
        assert bar["SourceUnit"]["Title"] == "First & <last>"

    def test_it_is_plain(self, whole):
        assert json.loads(json.dumps(whole)) == whole


class TestXml:
    def test_it_is_one_element_and_leaves_out_what_is_not_known(self, cases):
        found = etree.fromstring(cases["stuck"].to_service_xml())
        assert found.tag == f"{{{NAMESPACE}}}RocQueryResult"
        assert found.find(f"{{{NAMESPACE}}}CreditsTowards") is None
        assert re.search("None|nil", etree.tostring(found).decode()) is None

    def test_texts_are_escaped_and_what_xml_has_not_is_replaced(self):
        xml = everything().to_service_xml()
        assert "First &amp; &lt;last&gt;" in xml
        assert "Beside\N{REPLACEMENT CHARACTER}" in xml
        assert 'i:type="OtherCreditGroup"' in xml

    def test_groups_may_be_nested_deep(self):
        group = Group(name="G", units=[Unit(A, 1, "1")])
        for n in range(240):
            group = Group(name=f"G{n}", groups=[group])
        structure = Structure(name="X", total=1, root=group)
        xml = evaluate(structure, []).to_service_xml()
        assert xml.count("<Name>G</Name>") == 2


class TestPlain:
    def test_the_place_of_a_group_and_of_what_counts_agree(self, cases):
        answer = cases["half"].to_dict()
        groups = answer["groups"]
        assert [one["place"] for one in groups] == list(range(len(groups)))
        assert groups[0]["parent"] is None
        for one in answer["counted"]:
            assert groups[one["place"]]["name"] == one["group"]
        metal = next(one for one in groups if one["name"] == "Metal")
        assert metal["credit_at_minimum"] == 9
        assert groups[0]["credit_at_minimum"] is None

    def test_what_stands_for_another_and_what_stands_for_none(self, cases):
        counted = {one["unit"]: one for one in cases["half"].to_dict()["counted"]}
        assert counted["D/900/0020"]["stands_for"] == "Y/900/0002"
        assert counted["B/111/1111"]["stands_for"] is None
        counted = {one["unit"]: one for one in cases["met"].to_dict()["counted"]}
        assert counted[None]["how"] == "exemption"
        assert counted[None]["level"] == "3"

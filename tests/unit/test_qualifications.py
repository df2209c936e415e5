"""Units, structures and achievements as plain values."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    GroupKind,
    Kind,
    Level,
    LevelMinimum,
    OtherCredit,
    Qualification,
    Requirement,
    Size,
    Structure,
    TimeLimit,
    Unit,
    compact_reference,
    size_of,
)

A, B = Unit("A", 3, 3), Unit("B", 4, 2)
ROOT = Group(name="X", units=[A, B])


class TestLevel:
    def test_levels_are_in_order_from_entry_1_to_8(self):
        assert [level.rank for level in Level] == list(range(11))
        assert Level.ENTRY_3.rank < Level.LEVEL_1.rank < Level.LEVEL_8.rank

    @pytest.mark.parametrize(
        ("level", "label"), [("E1", "Entry 1"), ("E3", "Entry 3"), ("2", "Level 2")]
    )
    def test_a_level_has_a_label(self, level, label):
        assert Level(level).label == label

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("3", Level.LEVEL_3),
            ("Level 3", Level.LEVEL_3),
            (" LEVEL  3 ", Level.LEVEL_3),
            ("L3", Level.LEVEL_3),
            ("level-3", Level.LEVEL_3),
            ("E2", Level.ENTRY_2),
            ("Entry 2", Level.ENTRY_2),
            ("Entry Level 2", Level.ENTRY_2),
            ("entry-level 2", Level.ENTRY_2),
            ("Entry Level", None),
            ("E4", None),
            ("0", None),
            ("9", None),
            ("33", None),
            ("3 to 4", None),
            ("", None),
        ],
    )
    def test_a_text_names_a_level_or_none(self, text, level):
        assert Level.of(text) is level

    @pytest.mark.parametrize("level", list(Level))
    def test_a_level_is_named_by_its_value_and_its_label(self, level):
        assert Level.of(level.value) is level
        assert Level.of(level.label) is level

    @pytest.mark.parametrize(
        ("given", "held"),
        [
            (3, Level.LEVEL_3),
            ("4", Level.LEVEL_4),
            (Level.ENTRY_1, Level.ENTRY_1),
            (None, None),
            ("Entry Level", "Entry Level"),
            (9, "9"),
        ],
    )
    def test_a_value_holds_a_level_or_the_text_as_given(self, given, held):
        assert Unit("A", 3, given).level == held
        assert type(Unit("A", 3, given).level) is type(held)


class TestSize:
    @pytest.mark.parametrize(
        ("credit", "size"),
        [
            (-1, None),
            (0, None),
            (1, Size.AWARD),
            (12, Size.AWARD),
            (13, Size.CERTIFICATE),
            (36, Size.CERTIFICATE),
            (37, Size.DIPLOMA),
            (500, Size.DIPLOMA),
        ],
    )
    def test_credits_make_an_award_a_certificate_or_a_diploma(self, credit, size):
        assert size_of(credit) is size
        assert Structure(name="X", total=credit, root=ROOT).size is size
        assert Qualification(number="1", credit=credit).size is size

    def test_without_credits_there_is_none(self):
        assert Structure(name="X", total=None, root=ROOT).size is None
        assert Qualification(number="1").size is None


class TestReference:
    @pytest.mark.parametrize(
        "text", ["Y/506/1910", "y5061910", " Y 506 1910", "Y/506/1910\n"]
    )
    def test_a_reference_is_compared_without_obliques_spaces_and_small_letters(
        self, text
    ):
        assert compact_reference(text) == "Y5061910"

    def test_nothing_stays_nothing(self):
        assert compact_reference(" / ") == ""


class TestGroup:
    @pytest.mark.parametrize(
        ("group", "kind"),
        [
            (Group(name="G"), GroupKind.UNIT),
            (Group(name="G", units=[A]), GroupKind.UNIT),
            (Group(name="G", groups=[ROOT]), GroupKind.COMPOUND),
            (Group(name="G", units=[A], groups=[ROOT]), GroupKind.HYBRID),
            (Group(name="G", other=OtherCredit()), GroupKind.OTHER_CREDIT),
            (Group(name="G", units=[A], other=OtherCredit()), GroupKind.OTHER_CREDIT),
        ],
    )
    def test_a_group_is_of_the_kind_of_what_it_holds(self, group, kind):
        assert group.kind is kind

    def test_a_walk_is_depth_first_each_before_those_below(self):
        inner = Group(name="2", groups=[Group(name="3"), Group(name="4")])
        root = Group(name="1", groups=[inner, Group(name="5")])

        assert [group.name for group in root.walk()] == ["1", "2", "3", "4", "5"]


class TestValues:
    def test_collections_are_held_as_tuples(self):
        structure = Structure(
            name="X",
            total=9,
            root=ROOT,
            bars=[Bar("A", ["B"])],
            at_most=[AtMost(1, ["A", "B"])],
            equivalents=iter([Equivalent("A", ["B"])]),
            caps=[Cap(credit=3, kinds=["rpl", Kind.TRANSFER])],
            time_limits=[TimeLimit(months=3, kinds=["achieved"])],
            requirements=[Requirement("test")],
            additional_units=[B],
        )

        assert structure.bars == (Bar("A", ("B",)),)
        assert structure.caps[0].kinds == (Kind.RPL, Kind.TRANSFER)
        assert structure.time_limits[0].kinds == (Kind.ACHIEVED,)
        assert structure.equivalents[0].others == ("B",)
        assert structure.additional_units == (B,)
        assert ROOT.units == (A, B)
        assert hash(structure) == hash(attrs.evolve(structure))

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Bar("A", "B"),
            lambda: AtMost(1, "A"),
            lambda: Equivalent("A", "B"),
            lambda: Unit("A", 3, subject_areas="15.3"),
            lambda: Qualification(number="1", countries="England"),
        ],
        ids=["bar", "at most", "equivalent", "subject areas", "countries"],
    )
    def test_one_text_is_no_collection_of_texts(self, make):
        with pytest.raises(TypeError, match="not one text"):
            make()

    def test_a_kind_that_there_is_not_raises(self):
        with pytest.raises(ValueError, match="bought"):
            Cap(kinds=["bought"])

    @pytest.mark.parametrize("credit", [None, 0, -3, 2.5, "3"])
    def test_a_value_holds_what_it_was_given_right_or_wrong(self, credit):
        assert Unit("A", credit).credit is credit
        assert Achievement("A", credit).credit is credit

    def test_nothing_can_be_set(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            A.credit = 9

    def test_what_somebody_achieved_is_not_in_its_repr(self):
        one = Achievement(
            "A", 3, 3, dt.date(2025, 1, 2), source="QCFU", id="7", title="Words"
        )

        assert repr(one) == "Achievement(unit='A')"

    def test_a_share_may_be_a_fraction(self):
        assert Cap(percent=Fraction(100, 3)).percent == Fraction(100, 3)


class TestNested:
    SMALL = Structure(
        name="Small",
        total=7,
        root=ROOT,
        level=3,
        min_credit_at_level=3,
        bars=[Bar("A", ["B"])],
        at_most=[AtMost(1, ["A", "B"])],
        equivalents=[Equivalent("A", ["Z"])],
        caps=[Cap(credit=3), Cap(credit=4, group="X")],
        requirements=[Requirement("test")],
        additional_units=[Unit("N", 1)],
        time_limits=[TimeLimit(months=60)],
    )

    def test_a_structure_is_a_group_that_asks_for_its_total(self):
        group = self.SMALL.as_group()

        assert (group.name, group.min_credit, group.is_mandatory) == ("Small", 7, True)
        assert group.level_minimum == LevelMinimum(3, 3)
        assert group.kind is GroupKind.COMPOUND
        assert group.groups == (attrs.evolve(ROOT, is_mandatory=True),)

    def test_it_may_be_called_otherwise_and_be_a_choice(self):
        group = self.SMALL.as_group(name="Pathway 1", is_mandatory=False)

        assert (group.name, group.is_mandatory) == ("Pathway 1", False)

    @pytest.mark.parametrize(
        "changes",
        [{"min_credit_at_level": None}, {"min_credit_at_level": 0}, {"level": None}],
    )
    def test_without_a_level_minimum_it_asks_for_none(self, changes):
        assert attrs.evolve(self.SMALL, **changes).as_group().level_minimum is None

    def test_the_larger_one_takes_the_rules_that_lie_across(self):
        larger = Structure(
            name="Large", total=20, root=Group(name="L"), bars=[Bar("C", ["D"])]
        ).with_rules_of(self.SMALL)

        assert larger.bars == (Bar("C", ["D"]), Bar("A", ["B"]))
        assert larger.at_most == self.SMALL.at_most
        assert larger.equivalents == self.SMALL.equivalents
        assert larger.requirements == self.SMALL.requirements
        assert larger.additional_units == self.SMALL.additional_units
        assert (larger.name, larger.total) == ("Large", 20)

    def test_its_caps_hold_in_its_group(self):
        larger = Structure(name="Large", total=20, root=Group(name="L"))

        caps = larger.with_rules_of(self.SMALL).caps
        assert [(cap.credit, cap.group) for cap in caps] == [(3, "Small"), (4, "X")]
        caps = larger.with_rules_of(self.SMALL, name="Pathway 1").caps
        assert caps[0].group == "Pathway 1"


class TestQualification:
    def test_its_total_is_that_of_its_structure_or_else_as_given(self):
        structure = Structure(name="X", total=13, root=ROOT)

        assert Qualification(number="1", structure=structure, credit=9).total == 13
        assert Qualification(number="1", structure=structure).size is Size.CERTIFICATE
        assert Qualification(number="1", credit=9).total == 9

    def test_countries_and_ages_are_sets(self):
        one = Qualification(number="1", countries=["Wales"], ages=["16-18", "16-18"])

        assert one.countries == {"Wales"}
        assert one.ages == {"16-18"}

"""Two records compared: which level each field has, and what they come to."""

from typing import ClassVar

import attrs
import pytest

from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Policy, Tolerance, default_weights
from ulnlib.matching.both_names import compare_names
from ulnlib.matching.compare import compare_persons
from ulnlib.matching.levels import COMPARED, level
from ulnlib.matching.person import Person
from ulnlib.matching.weights import probability_of

ADA = Learner(
    given_name="Ada",
    family_name="Quillfeather",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)
RARE, PRIOR = 1300, -2000
BOTH_RARE = 2000  # 1700 and a third of the rest


def compared(one, other, policy=None, **more):
    return compare_persons(Person(one), Person(other, **more), policy or Policy())


def without(*tolerances):
    return Policy(tolerances=TOLERANCES - set(tolerances))


def levels(comparison):
    return {one.level.field: one.level.name for one in comparison.findings}


class TestEqualRecords:
    def test_they_weigh_the_sum_of_their_fields_and_the_prior(self):
        found = compared(ADA, ADA)

        assert [(f.level.field, f.level.name, f.weight) for f in found.findings] == [
            ("given_name", "equal", RARE),
            ("family_name", "equal", RARE),
            ("date_of_birth", "equal", 1300),
            ("gender", "equal", 90),
            ("postcode", "equal", 1150),
        ]
        assert found.overlap == BOTH_RARE - 2 * RARE
        assert found.weight == PRIOR + BOTH_RARE + 1300 + 90 + 1150
        assert found.probability == probability_of(found.weight)
        assert found.is_equal
        assert found.tolerances == ()

    def test_frequent_names_say_less(self):
        jack = ADA.evolve(given_name="Jack", family_name="Smith")

        assert compared(jack, jack).overlap == 0
        assert compared(ADA, ADA).weight - compared(jack, jack).weight == (
            BOTH_RARE - 625 - 675
        )

    def test_two_rare_names_say_less_than_each_by_itself(self):
        weights = default_weights()

        assert [weights.of_both_names(of) for of in (-800, 1700, 1701, 1703, 2600)] == [
            *(-800, 1700, 1700, 1701),
            2000,
        ]
        own = attrs.evolve(weights, both_names=2600)
        assert compared(ADA, ADA, Policy(weights=own)).overlap == 0

    @pytest.mark.parametrize("field", ["given_name", "family_name", "postcode"])
    def test_case_and_spaces_are_no_difference(self, field):
        other = ADA.evolve(**{field: f"  {getattr(ADA, field).swapcase()} "})

        assert compared(ADA, other).is_equal
        assert compared(ADA, other).tolerances == ()

    @pytest.mark.parametrize("field", COMPARED[:5])
    @pytest.mark.parametrize("text", [None, "", " "])
    def test_with_one_of_the_five_not_given_nothing_is_equal(self, field, text):
        less = ADA.evolve(**{field: text})

        for one, other in ((less, ADA), (ADA, less), (less, less)):
            found = compared(one, other)
            assert not found.is_equal
            assert found.level(field) is level(field, "not_given")
            assert found.tolerances == (Tolerance(field),)

    def test_a_field_that_was_not_compared_has_no_level(self):
        assert compared(ADA, ADA).level("upn") is None


class TestUnexplained:
    @pytest.mark.parametrize(
        ("field", "value", "tolerance"),
        [
            ("given_name", "Zebedee", Tolerance.GIVEN_NAME),
            ("family_name", "Thistlewick", Tolerance.FAMILY_NAME),
            ("date_of_birth", "1999-11-12", Tolerance.DATE_OF_BIRTH),
        ],
    )
    def test_what_no_tolerance_explains_is_named_by_its_field(
        self, field, value, tolerance
    ):
        found = compared(ADA, ADA.evolve(**{field: value}))

        assert found.tolerances == (tolerance,)
        assert found.level(field).name == "other"

    @pytest.mark.parametrize(
        ("field", "value", "off"),
        [
            ("gender", "1", {Tolerance.GENDER_MISKEYED}),
            ("gender", "0", {Tolerance.GENDER_NOT_KNOWN}),
            ("postcode", "ZB22 9XY", {Tolerance.MOVED}),
            ("postcode", "ZZ99 9ZZ", {Tolerance.DEFAULT_POSTCODE}),
        ],
    )
    def test_so_is_what_would_be_explained_with_a_tolerance_that_is_off(
        self, field, value, off
    ):
        found = compared(ADA, ADA.evolve(**{field: value}), without(*off))

        assert found.tolerances == (Tolerance(field),)
        assert found.level(field).name == "other"

    def test_what_differs_comes_in_the_order_of_the_fields(self):
        other = ADA.evolve(
            given_name="A", family_name="O'Quillfeather", gender="0", postcode="ZB2 2XY"
        )

        assert compared(ADA, other).tolerances == (
            Tolerance.INITIALS,
            Tolerance.SURNAME_AFFIX,
            Tolerance.GENDER_NOT_KNOWN,
            Tolerance.MOVED,
        )

    def test_a_tolerance_that_explains_two_fields_is_named_once(self):
        swapped = ADA.evolve(given_name="Quillfeather", family_name="Ada")

        assert compared(ADA, swapped).tolerances == (Tolerance.NAMES_SWAPPED,)


class TestOneEventCountsOnce:
    def test_names_that_changed_places_are_two_halves_of_one_agreement(self):
        swapped = ADA.evolve(given_name="Quillfeather", family_name="Ada")
        names = compare_names(Person(ADA), Person(swapped), Policy())

        assert [one.level.name for one in names] == ["swapped", "swapped"]
        assert names.given.weight == names.family.weight == RARE - 150

    def test_where_one_name_alone_stands_in_the_other_s_place_two_things_happened(self):
        """Somebody with the names changed over who married, say."""
        other = ADA.evolve(given_name="Thistlewick", family_name="Ada")
        names = compare_names(Person(ADA), Person(other), Policy())

        assert names.given.level.name == "other"
        assert names.family.level.name == "swapped"

    def test_a_twin_who_is_written_the_wrong_way_round_is_a_twin_still(self):
        """Family name and given name changed over, and the given name is another."""
        one = ADA.evolve(upn="H801200001001")
        twin = one.evolve(given_name="Quillfeather", family_name="Grace")

        for pair in ((one, twin), (twin, one)):
            found = compared(*pair)
            assert levels(found)["given_name"] == "other"
            assert levels(found)["family_name"] == "swapped"
            assert found.probability == 0.9

    def test_a_swap_weighs_by_the_more_frequent_of_the_two_places(self):
        """James Smith is no rarer for being written Smith James."""
        one = ADA.evolve(given_name="James", family_name="Smith")
        other = ADA.evolve(given_name="Smith", family_name="James")

        for pair in ((one, other), (other, one)):
            names = compared(*pair).findings[:2]
            assert {finding.weight for finding in names} == {650 - 150, 675 - 150}

    def test_equal_names_have_not_changed_places(self):
        same = ADA.evolve(given_name="Quillfeather")

        assert levels(compared(same, same))["given_name"] == "equal"

    def test_two_forms_of_one_name_in_each_other_s_place_are_swapped_whatever_is_on(
        self,
    ):
        """A tolerance more never makes a pair less probable."""
        one = ADA.evolve(given_name="Zebedee", family_name="Zebadee")
        other = ADA.evolve(given_name="Zebadee", family_name="Zebedee")

        for policy in (Policy(), without(Tolerance.SPELLING, Tolerance.SOUND)):
            found = compared(one, other, policy)
            assert levels(found)["given_name"] == "swapped"
            assert found.tolerances == (Tolerance.NAMES_SWAPPED,)

    def test_an_address_adds_little_to_its_postcode(self):
        one = ADA.evolve(address_line_1="1 High Street", town="Ztown")
        near = one.evolve(address_line_1="1 High Street, Zvillage")
        moved = {"postcode": "ZB22 9XY"}

        assert levels(compared(one, one))["address"] == "with_postcode"
        assert levels(compared(one, near))["address"] == "near_with_postcode"
        assert levels(compared(one, one.evolve(**moved)))["address"] == "equal"
        assert levels(compared(one, near.evolve(**moved)))["address"] == "near"

    def test_nor_does_it_to_a_former_postcode(self):
        one = ADA.evolve(address_line_1="1 High Street")
        other = one.evolve(postcode="ZB22 9XY")
        found = compared(one, other, postcodes=["ZA1 1AB"])

        assert levels(found)["postcode"] == "other_postcode"
        assert levels(found)["address"] == "with_postcode"

    @pytest.mark.parametrize("line", ["1 High Street", "1 High Street, Zvillage"])
    def test_with_the_same_address_a_nearer_postcode_never_weighs_less(self, line):
        one = ADA.evolve(address_line_1="1 High Street", town="Ztown")
        weights = [
            compared(
                one, one.evolve(address_line_1=line, postcode=code), postcodes=former
            ).weight
            for code, former in [
                ("ZB22 9XY", []),
                ("ZA1 1AD", []),
                ("ZB22 9XY", ["ZA1 1AB"]),
                ("ZA1 1AB", []),
            ]
        ]

        assert weights == sorted(weights)

    @pytest.mark.parametrize(
        ("changed", "town"),
        [
            ({}, "with_address"),
            ({"postcode": "ZB22 9XY"}, "with_address"),
            ({"address_line_1": "7 Mill Lane"}, "with_address"),
            ({"address_line_1": "7 Mill Lane", "postcode": "ZB22 9XY"}, "equal"),
            ({"address_line_1": None, "postcode": "ZZ99 9ZZ"}, "equal"),
            ({"town": "Ytown"}, "other"),
        ],
    )
    def test_a_town_adds_little_to_its_address_or_postcode(self, changed, town):
        one = ADA.evolve(address_line_1="1 High Street", town="Ztown")

        assert levels(compared(one, one.evolve(**changed)))["town"] == town


class TestTheCeiling:
    """Twins share all but the given name: however much agrees, they are two."""

    ALL: ClassVar = {
        "school_at_16": "Z School",
        "place_of_birth": "Ztown",
        "email": "family@example.org",
        "address_line_1": "1 High Street",
        "town": "Ztown",
        "upn": "H801200001001",
        "uci": "84621A573219B",
        "scottish_candidate_number": "846213572",
    }

    @pytest.mark.parametrize("given", ["Zebedee", None, "", "!"])
    def test_with_another_given_name_or_none_it_is_never_passed(self, given):
        one = ADA.evolve(**self.ALL)
        found = compared(one.evolve(given_name=given), one)

        assert found.probability == default_weights().ceiling == 0.9
        assert probability_of(found.weight) > 0.9

    @pytest.mark.parametrize(
        ("given", "given_2"),
        [
            ("Mary Kate", "Mary Beth"),
            ("Muhammad Ali", "Muhammad Hassan"),
            ("Abdul Rahman", "Abdul Rahim"),
            ("Alice", "Alicia"),
            ("Jack", "Jake"),
        ],
    )
    def test_nor_with_a_name_that_is_only_spelled_much_alike(self, given, given_2):
        one = ADA.evolve(**self.ALL, given_name=given)
        found = compared(one.evolve(given_name=given_2), one)

        assert found.level("given_name").name == "near"
        assert found.probability == default_weights().alike_ceiling == 0.94

    def test_nor_with_an_initial(self):
        one = ADA.evolve(**self.ALL)
        found = compared(one.evolve(given_name="A"), one)

        assert found.level("given_name").name == "initial"
        assert found.probability == 0.94

    @pytest.mark.parametrize(
        ("given", "given_2", "level", "ceiling"),
        [
            ("Sean", "John", "equivalent", 0.94),
            ("Anna", "Hannah", "equivalent", 0.94),
            ("Ella", "Bella", "shared", 0.94),
            ("Liz", "Beth", "shared", 0.94),
            ("J", "J", "equal_initial", 0.94),
            ("J.", "J", "initial", 0.94),
            ("JP", "J P", "initial", 0.94),
            ("Unknown", "Unknown", "equal_unknown", 0.9),
            ("Baby", "Baby", "equal_unknown", 0.9),
            ("-", "-", "equal_unknown", 0.9),
            ("Baby", "Ada", "not_given", 0.9),
            ("Not known", "Unknown", "not_given", 0.9),
        ],
    )
    def test_nor_with_names_that_twins_may_have_beside_each_other(
        self, given, given_2, level, ceiling
    ):
        one = ADA.evolve(**self.ALL, given_name=given)
        other = one.evolve(given_name=given_2)

        for found in (compared(one, other), compared(other, one)):
            assert found.level("given_name").name == level
            assert found.probability == ceiling
            assert probability_of(found.weight) > 0.999

    def test_a_nearer_name_goes_further_than_equal_initials(self):
        one = ADA.evolve(given_name="J P", preferred_given_name="Jack")

        found = compared(one, one.evolve(gender="0"))
        assert found.level("given_name").name == "equal"
        assert found.probability > 0.99

    def test_a_word_for_no_name_is_not_taken_for_the_family_name(self):
        one = ADA.evolve(given_name="Unknown")
        found = compared(one, ADA.evolve(given_name=ADA.family_name, family_name="Ada"))

        assert levels(found)["given_name"] == "not_given"
        assert levels(found)["family_name"] == "other"

    def test_what_a_match_stands_for_is_no_more_than_the_ceiling(self):
        one = ADA.evolve(**self.ALL)
        found = compared(one.evolve(given_name="Zebedee"), one)

        assert found.standing == 317 < found.weight
        assert compared(one, one).standing == compared(one, one).weight

    def test_a_nearer_name_goes_further_than_one_spelled_much_alike(self):
        """Mary is so frequent that "Mary Beth" weighs more than being called so."""
        one = ADA.evolve(given_name="Mary Kate", preferred_given_name="Mary")
        other = ADA.evolve(given_name="Mary Beth", preferred_given_name="Mary")

        found = compared(one, other)
        assert found.level("given_name").name == "preferred"
        assert found.probability > 0.99

    def test_it_is_the_policy_s_own(self):
        policy = Policy(weights=attrs.evolve(default_weights(), ceiling=0.3))
        one = ADA.evolve(**self.ALL)

        assert compared(one.evolve(given_name="Eve"), one, policy).probability == 0.3

    def test_what_is_below_it_stays_there(self):
        other = ADA.evolve(given_name="Zebedee", postcode="ZB2 2XY")
        found = compared(ADA, other)

        assert found.weight == PRIOR - 800 + RARE + 1300 + 90
        assert found.probability == probability_of(found.weight) < 0.9

    def test_another_family_name_has_none(self):
        """Many marry; a twin has another given name."""
        one = ADA.evolve(**self.ALL)

        assert compared(one.evolve(family_name="Smith"), one).probability > 0.999

    @pytest.mark.parametrize("given", ["Adah", "Adda"])
    def test_a_given_name_that_goes_with_the_other_has_none(self, given):
        one = ADA.evolve(**self.ALL)

        assert compared(one.evolve(given_name=given), one).probability > 0.99

    def test_a_tolerance_that_is_off_makes_another_name_of_it(self):
        one = ADA.evolve(**self.ALL)
        found = compared(one.evolve(given_name="A"), one, without(Tolerance.INITIALS))

        assert found.probability == 0.9

    def test_a_nearer_name_goes_further_than_a_middle_name(self):
        """Each says what it can: a tolerance more never makes a pair less probable."""
        one = ADA.evolve(given_name="Phoebe")
        other = ADA.evolve(given_name="Feebee", middle_names="Phoebe")

        found = compared(one, other)
        assert found.level("given_name").name == "sound"
        assert found.probability > 0.99
        off = compared(one, other, without(Tolerance.SOUND))
        assert off.level("given_name").name == "middle"
        assert off.probability == default_weights().alike_ceiling == 0.94


class TestNamesFromOtherPlaces:
    def test_equal_names_weigh_as_much_as_the_rarer_that_agrees(self):
        smith = ADA.evolve(given_name="Jack", family_name="Smith")
        called = smith.evolve(
            preferred_given_name="Zebedee", previous_family_name="Thistlewick"
        )

        plainly, fully = compared(smith, smith), compared(called, called)
        assert fully.findings[0].level == plainly.findings[0].level
        assert fully.findings[0].weight > plainly.findings[0].weight
        assert fully.findings[1].level == plainly.findings[1].level
        assert fully.findings[1].weight > plainly.findings[1].weight
        another = compared(
            called.evolve(given_name="Harry", family_name="Khan"), called
        )
        assert another.weight < fully.weight

    @pytest.mark.parametrize(
        ("one", "other", "middle"),
        [
            (("Zara", "Jane"), ("Jane", "Zara"), None),
            (("Zara", "Jane Rose"), ("Jane", "Zara Rose"), "equal"),
            (("Zara", "Jane Rose"), ("Jane", "Zara Eve"), "other"),
            (("Zara", "Jane"), ("Jane", "Rose"), "other"),
            (("Zara", "Jane"), ("Zara", "Rose"), "other"),
            (("Zara", "Jane"), ("Rose", "Zara"), "other"),
            (("Zara", "Zara"), ("Zara", "Rose"), "other"),
        ],
    )
    def test_given_and_middle_name_changed_over_are_one_event(self, one, other, middle):
        pair = [
            ADA.evolve(given_name=given, middle_names=names)
            for given, names in (one, other)
        ]
        for asked, held in (pair, pair[::-1]):
            assert levels(compared(asked, held)).get("middle_names") == middle

    def test_a_middle_name_may_be_the_given_name_on_either_side(self):
        one = ADA.evolve(given_name="Philippa")
        other = ADA.evolve(middle_names="Jane Philippa")

        for pair in ((one, other), (other, one)):
            assert levels(compared(*pair))["given_name"] == "middle"

    def test_a_preferred_name_may_be_the_given_or_the_preferred_one(self):
        one = ADA.evolve(given_name="Philippa", preferred_given_name="Pip")

        for given in ("Pip", "PIP", "Zebedee"):
            other = ADA.evolve(given_name=given, preferred_given_name="Pip")
            assert levels(compared(one, other))["given_name"] == "preferred"
            assert levels(compared(other, one))["given_name"] == "preferred"

    def test_a_former_name_of_the_store_counts_as_one_of_the_record(self):
        other = ADA.evolve(family_name="Thistlewick")

        found = compared(ADA, other, families=["Quillfeather"])
        assert levels(found)["family_name"] == "previous"
        found = compared(ADA, other, families=["Quilfeather"])
        assert levels(found)["family_name"] == "previous_near"
        found = compared(ADA, other, families=["Zebra"])
        assert levels(found)["family_name"] == "other"

    def test_it_weighs_by_the_more_frequent_of_two_names(self):
        """The rarer one may be the slip."""
        one = ADA.evolve(family_name="Smith")
        other = ADA.evolve(family_name="Smitth")

        family = compared(one, other).findings[1]
        assert (family.level.name, family.weight) == ("slip", 675 - 200)


class TestRefiners:
    FULL = ADA.evolve(
        middle_names="Jane",
        place_of_birth="Ztown",
        school_at_16="Z School",
        email="ada@example.org",
        address_line_1="1 High Street",
        town="Ztown",
        county="Zshire",
        upn="H801200001001",
        uci="84621A573219B",
        scottish_candidate_number="846213572",
    )

    def test_all_that_both_have_is_compared_in_order(self):
        found = compared(self.FULL, self.FULL)

        assert [one.level.field for one in found.findings] == list(COMPARED)
        assert levels(found) == dict.fromkeys(COMPARED, "equal") | {
            "address": "with_postcode",
            "town": "with_address",
        }

    @pytest.mark.parametrize("field", COMPARED[5:])
    def test_what_only_one_has_says_nothing(self, field):
        name = "address_line_1" if field == "address" else field
        less = self.FULL.evolve(**{name: None})

        assert compared(self.FULL, less).level(field) is None
        assert compared(less, self.FULL).level(field) is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("upn", "H801200001002"),
            ("uci", "84621A573219X"),
            ("scottish_candidate_number", "846213573"),
        ],
    )
    def test_an_equal_number_says_much_and_another_little(self, field, value):
        bare = ADA.evolve(**{field: getattr(self.FULL, field)})
        weight = compared(ADA, ADA).weight

        assert compared(bare, bare).weight == weight + 2300
        assert compared(bare, bare.evolve(**{field: value})).weight == weight - 250
        lower = bare.evolve(**{field: f" {getattr(bare, field).lower()}"})
        assert compared(bare, lower).weight == weight + 2300

    @pytest.mark.parametrize(
        ("other", "name"),
        [
            ("Smith1@Example.org ", "equal"),
            ("smith2@example.org", "other"),
            ("smi.th1@example.org", "other"),
        ],
    )
    def test_every_character_of_an_email_counts(self, other, name):
        one = ADA.evolve(email="smith1@example.org")

        assert compared(one, ADA.evolve(email=other)).level("email").name == name

    def test_a_second_line_alone_is_an_address(self):
        one = ADA.evolve(address_line_2="1 High Street", postcode="ZB2 2XY")
        other = ADA.evolve(address_line_1="1 High Street")

        assert compared(one, other).level("address").name == "equal"
        assert compared(one, one).level("address").name == "with_postcode"

    def test_they_are_no_tolerances(self):
        other = self.FULL.evolve(middle_names="Zoe", upn="H801200001002", town="Y")

        assert compared(self.FULL, other).tolerances == ()
        assert compared(self.FULL, other).is_equal


def test_comparisons_that_say_the_same_are_equal():
    assert compared(ADA, ADA) == compared(ADA, ADA)
    assert compared(ADA, ADA) != compared(ADA, ADA.evolve(gender="1"))


class TestWhatIsShown:
    def test_nobody_is(self):
        found = compared(TestRefiners.FULL, ADA.evolve(given_name="Zeb"))
        shown = repr([found, found.findings, found.asked, Policy()])

        assert repr(found) == f"Comparison(weight={found.weight}, tolerances=1)"
        values = filter(None, TestRefiners.FULL.values())
        for value in (*values, "Zeb"):
            assert len(value) < 3 or value not in shown


class TestMarks:
    """Source: the issue of the search (assumed): a profile may take them for equal."""

    HELD = Person(
        Learner(
            given_name="Zoë",
            family_name="O'Brien-Smith",
            date_of_birth="2008-05-04",
            gender="2",
            postcode="ZA1 1AB",
        )
    )

    def asked(self, **changes):
        names = {"given_name": "Zoe", "family_name": "OBrien Smith", **changes}
        return Person(self.HELD.learner.evolve(**names))

    def test_a_difference_in_marks_is_one_by_default(self):
        found = compare_persons(self.asked(), self.HELD, Policy())

        assert not found.is_equal
        assert found.tolerances == (Tolerance.MARKS,)

    def test_a_policy_may_pass_over_it(self):
        found = compare_persons(self.asked(), self.HELD, Policy(ignores_marks=True))

        assert found.is_equal
        assert found.tolerances == ()

    def test_it_passes_over_nothing_else(self):
        policy = Policy(ignores_marks=True)

        assert not compare_persons(
            self.asked(given_name="Zoa"), self.HELD, policy
        ).is_equal
        assert not compare_persons(
            self.asked(given_name="---"), self.HELD, policy
        ).is_equal


def test_who_goes_by_a_middle_name_may_be_a_twin_of_that_name():
    held = Person(
        Learner(
            given_name="Kai",
            middle_names="Alexander",
            family_name="Hemphill",
            date_of_birth="2005-09-30",
            gender="1",
            postcode="ZA1 1AB",
        )
    )
    asked = Person(held.learner.evolve(given_name="Alexander", middle_names=None))

    assert compare_persons(asked, held, Policy()).probability == 0.94

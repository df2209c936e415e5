"""The table of levels: whole, in order, and reached."""

import pytest

from ulnlib._tables import load
from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.matching import TOLERANCES, Level, Tolerance
from ulnlib.matching.levels import COMPARED, level, levels_of

ROWS = [dict(row) for row in load("match_levels").rows]
EVERY = [one for field in COMPARED for one in levels_of(field).values()]
FREQUENT, RARE = 625, 1300
"""The rarities of the most frequent given name and of a name that is not listed."""


def test_the_five_are_compared_first_and_then_the_refiners():
    assert COMPARED[:5] == FIVE_DEMOGRAPHICS
    assert COMPARED[5:] == (
        "middle_names",
        "place_of_birth",
        "school_at_16",
        "email",
        "address",
        "town",
        "county",
        "upn",
        "uci",
        "scottish_candidate_number",
    )


def test_every_row_is_a_level_of_a_field_that_is_compared():
    assert len(EVERY) == len(ROWS)
    assert [(row["field"], row["level"]) for row in ROWS] == [
        (one.field, one.name) for one in EVERY
    ]


@pytest.mark.parametrize("field", COMPARED)
class TestEveryField:
    def test_it_may_be_equal_another_or_not_given(self, field):
        assert {"equal", "other", "not_given"} <= set(levels_of(field))

    def test_equal_weighs_most_and_another_least(self, field):
        weights = {
            one.name: max(FREQUENT + one.weight, one.least)
            if one.of_name
            else one.weight
            for one in levels_of(field).values()
        }

        assert weights["equal"] == max(weights.values())
        assert weights["other"] == min(weights.values())
        assert weights["not_given"] == 0

    def test_what_is_always_there_needs_no_tolerance(self, field):
        for name in ("equal", "other", "not_given"):
            assert levels_of(field)[name].tolerance is None

    def test_only_of_the_five_is_anything_allowed_by_a_tolerance(self, field):
        allowed = [one for one in levels_of(field).values() if one.tolerance]

        assert bool(allowed) == (field in FIVE_DEMOGRAPHICS)

    def test_no_two_levels_have_one_meaning(self, field):
        levels = levels_of(field).values()
        meanings = [(one.label, one.tolerance) for one in levels]

        assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.field}-{one.name}")
class TestEveryLevel:
    def test_it_has_a_label_and_a_reason(self, one):
        assert one.label == one.label.strip() != ""
        assert one.reason.endswith(".")
        assert type(one.weight) is int

    def test_its_tolerance_is_one_that_can_be_switched_off(self, one):
        assert one.tolerance is None or one.tolerance in TOLERANCES

    def test_only_a_name_weighs_by_how_rare_it_is(self, one):
        assert one.of_name <= (one.field in {"given_name", "family_name"})
        assert (one.least > 0) == one.of_name

    def test_what_it_has_from_a_name_is_less_than_the_name(self, one):
        assert not one.of_name or (one.weight <= 0 <= one.least)

    def test_it_is_equal_by_its_name_alone(self, one):
        assert one.is_equal == (one.name == "equal")

    def test_it_is_found_by_field_and_name(self, one):
        assert level(one.field, one.name) is one


@pytest.mark.parametrize("tolerance", sorted(TOLERANCES))
def test_every_tolerance_allows_a_level(tolerance):
    assert [one for one in EVERY if one.tolerance is tolerance]


@pytest.mark.parametrize("tolerance", [t for t in Tolerance if t not in TOLERANCES])
def test_what_only_says_that_a_field_is_another_allows_none(tolerance):
    assert [one for one in EVERY if one.tolerance is tolerance] == []


def of_name(field, rarity):
    return {
        one.name: min(rarity, max(rarity + one.weight, one.least))
        for one in levels_of(field).values()
        if one.of_name
    }


@pytest.mark.parametrize("field", ["given_name", "family_name"])
class TestTheOrderOfNames:
    @pytest.mark.parametrize("rarity", [FREQUENT, RARE])
    def test_less_agreement_on_a_name_never_weighs_more(self, field, rarity):
        closest_first = [
            ["equal", "marks", "slip", "letter", "letters", "near"],
            ["equal", "cut", "letter"],
            ["equal", "marks", "sound", "near"],
        ]
        by_field = {
            "given_name": [
                ["equal", "together", "first_only", "near"],
                ["equal", "variant", "nickname", "shared", "equivalent"],
                ["equal", "preferred", "middle"],
                ["equal", "swapped", "swapped_near"],
            ],
            "family_name": [
                ["equal", "affix", "letter"],
                ["equal", "hyphen", "marks"],
                ["equal", "halves_swapped", "half"],
                ["equal", "previous", "previous_near"],
                ["equal", "swapped", "swapped_near"],
            ],
        }
        weights = of_name(field, rarity)
        for names in closest_first + by_field[field]:
            found = [weights[name] for name in names]
            assert found == sorted(found, reverse=True), names

    def test_another_name_weighs_less_than_any_that_goes_with_it(self, field):
        assert min(of_name(field, FREQUENT).values()) > 0
        assert levels_of(field)["other"].weight < 0


class TestTheOrderOfTheRest:
    @pytest.mark.parametrize(
        ("field", "names"),
        [
            (
                "date_of_birth",
                """equal equal_first_of_january day_month_swapped year_off
                first_of_month digit first_of_january first_of_january_near
                not_given other""",
            ),
            ("gender", "equal not_known miskeyed other"),
            (
                "postcode",
                """equal other_postcode equal_elsewhere character area equal_unknown
                moved other""",
            ),
            ("middle_names", "equal some initial not_given other"),
            ("address", "equal near with_postcode near_with_postcode not_given"),
            ("town", "equal with_address not_given"),
            ("upn", "equal not_given other"),
        ],
    )
    def test_weights_fall(self, field, names):
        weights = [level(field, name).weight for name in names.split()]

        assert weights == sorted(weights, reverse=True)

    def test_a_changed_postcode_is_no_evidence_against(self):
        assert level("postcode", "moved").weight == 0
        assert level("postcode", "default").weight == 0

    def test_an_address_behind_an_equal_postcode_adds_less_than_alone(self):
        """What goes together is counted once."""
        for name in ("equal", "near"):
            behind = {"equal": "with_postcode", "near": "near_with_postcode"}[name]
            assert level("address", behind).weight < level("address", name).weight

    def test_a_twin_s_given_name_weighs_against_more_than_a_married_name(self):
        assert (
            level("given_name", "other").weight < level("family_name", "other").weight
        )


class TestLooking:
    @pytest.mark.parametrize(
        ("field", "name"), [("given_name", "zebra"), ("zebra", "equal")]
    )
    def test_what_is_not_there_is_a_key_error(self, field, name):
        with pytest.raises(KeyError):
            level(field, name)

    def test_the_tables_cannot_be_changed(self):
        with pytest.raises(TypeError, match="does not support item assignment"):
            levels_of("gender")["equal"] = None

    def test_a_level_is_told_apart_by_itself(self):
        equal = level("gender", "equal")
        twin = Level(field="gender", name="equal", label="x", weight=90, reason="x.")

        assert equal != twin
        assert equal == level("gender", "equal")

"""How far names agree: the levels of pairs of given and family names."""

import pytest

from ulnlib.matching.levels import levels_of
from ulnlib.matching.names import OTHER, family_levels, given_levels, is_known

LONG = "bartholomea-constantinapolita-wilhelmina"

GIVEN = [
    ("zo\u00eb", "zoe", {"marks"}),
    ("mary-ann", "mary ann", {"marks"}),
    ("maryann", "mary ann", {"together", "letter", "sound"}),
    ("mary", "mary ann", {"first_only", "near"}),
    ("j", "john", {"initial"}),
    ("j.", "j", {"initial"}),
    ("j.p.", "j p", {"initial"}),
    ("jp", "j p", {"initial"}),
    ("\u738b.", "\u738b", {"marks"}),  # a whole name of one character
    (LONG, LONG[:35], {"cut", "near"}),
    ("bill", "william", {"nickname"}),
    ("liz", "beth", {"shared"}),
    ("sean", "john", {"equivalent"}),
    ("mohammed", "muhammad", {"variant", "near", "sound"}),
    # Two frequent names that differ by a letter are two names.
    ("molly", "holly", {"near"}),
    ("phoebe", "feebee", {"sound"}),
    ("zebedee", "zebadee", {"letter", "sound"}),
    ("zebedee", "zenedee", {"slip"}),
    ("zebedee", "zibudee", {"letters", "sound"}),
    ("olivia", "oliver", {OTHER}),
    ("ada", "eve", {OTHER}),
]
FAMILY = [
    ("o'brien", "obrien", {"marks"}),
    ("smith-jones", "smith jones", {"hyphen", "marks"}),
    ("smith-jones", "smithjones", {"hyphen", "marks"}),
    ("smith jones", "smithjones", {"marks", "letter"}),
    ("n\u00fa\u00f1ez-jones", "nunez jones", {"marks"}),  # an accent as well
    ("al-hassan", "al hassan", {"marks"}),  # a prefix is no half
    ("mcdonald", "macdonald", {"affix"}),
    ("smith-jones", "jones", {"half"}),
    ("smith-jones", "jones-smith", {"halves_swapped"}),
    (LONG, LONG[:35], {"cut"}),
    ("czaja", "chiah", {"sound"}),
    ("featherstonhaugh", "fanshaw", {"sound"}),
    ("quillfeather", "quillfaether", {"slip"}),
    ("quillfeather", "quillfeamher", {"letter"}),
    ("quillfeather", "guillfeamher", {"letters"}),
    # Both are frequent, so that one is no misspelling of the other.
    ("harris", "harrison", {"near"}),
    ("smith", "jones", {OTHER}),
]


class TestGivenNames:
    @pytest.mark.parametrize(("one", "other", "levels"), GIVEN)
    def test_these_levels_apply(self, one, other, levels):
        assert levels <= set(given_levels(one, other))
        assert (OTHER in levels) == (given_levels(one, other) == (OTHER,))

    def test_names_that_are_equal_but_for_marks_agree_by_nothing_else(self):
        assert given_levels("zo\u00eb", "zoe") == ("marks",)
        assert given_levels("mary-ann", "mary ann") == ("marks",)

    def test_names_run_together_are_no_mere_marks(self):
        assert given_levels("maryann", "mary ann")[0] == "together"
        assert "marks" not in given_levels("maryann", "mary ann")

    def test_brother_and_sister_have_nothing_in_common(self):
        for one, other in [("oliver", "olivia"), ("alexander", "alexandra")]:
            assert set(given_levels(one, other)) <= {"near", OTHER}


class TestFamilyNames:
    @pytest.mark.parametrize(("one", "other", "levels"), FAMILY)
    def test_these_levels_apply(self, one, other, levels):
        assert levels <= set(family_levels(one, other))
        assert (OTHER in levels) == (family_levels(one, other) == (OTHER,))


@pytest.mark.parametrize("levels", [given_levels, family_levels])
class TestBoth:
    @pytest.mark.parametrize("text", ["", "?!", "'", "123", "\U0001f600", "  "])
    def test_a_text_without_a_letter_agrees_with_nothing(self, levels, text):
        assert levels(text, "ada") == levels("ada", text) == (OTHER,)
        assert levels(text, "...") == (OTHER,)

    def test_names_in_another_script_are_compared_by_their_letters(self, levels):
        anna, anya = "\u0430\u043d\u043d\u0430", "\u0430\u043d\u043d\u044f"

        assert levels(anna, anya)[0] == "letter"
        assert levels(anna, "\u043e\u043b\u044c\u0433\u0430") == (OTHER,)

    def test_the_order_of_the_two_makes_no_difference(self, levels):
        for one, other, _ in GIVEN + FAMILY:
            assert set(levels(one, other)) == set(levels(other, one))

    def test_every_level_is_one_of_the_table(self, levels):
        field = "given_name" if levels is given_levels else "family_name"
        found = {
            name for one, other, _ in GIVEN + FAMILY for name in levels(one, other)
        }

        assert found <= set(levels_of(field))


class TestEveryLevelIsReached:
    def test_of_given_names(self):
        reached = {name for one, other, _ in GIVEN for name in given_levels(one, other)}
        of_records = {"equal", "not_given", "preferred", "middle"}
        of_records |= {"equal_initial", "equal_unknown"}

        assert set(levels_of("given_name")) - reached == of_records | {
            "swapped",
            "swapped_near",
        }

    def test_of_family_names(self):
        reached = {
            name for one, other, _ in FAMILY for name in family_levels(one, other)
        }
        of_records = {"equal", "not_given", "previous", "previous_near"}

        assert set(levels_of("family_name")) - reached == of_records | {
            "swapped",
            "swapped_near",
        }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("hassan", "hussain"), ("hasan", "hussein"), ("gurpreet", "harpreet")),
        *(("jaspreet", "jasmeet"), ("kamil", "kamila"), ("aminah", "amirah")),
    ],
)
def test_names_that_are_listed_as_two_are_no_misspelling_of_each_other(one, other):
    assert given_levels(one, other) == given_levels(other, one)
    assert set(given_levels(one, other)) == {"near"}


def test_but_spellings_of_one_name_may_be():
    assert "letter" in given_levels("hussain", "hussein")
    assert "letter" in given_levels("mary ann", "maryann")
    assert set(given_levels("hussain", "hussane")) == {"letters", "sound"}


def test_a_frequent_name_is_known():
    assert is_known("given_name", "jack")
    assert is_known("family_name", "smith")
    assert not is_known("given_name", "quillfeather")
    assert not is_known("given_name", "Jack")

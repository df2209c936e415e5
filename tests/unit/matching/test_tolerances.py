"""Each tolerance: what it says of itself, and a learner who is found by it alone."""

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import (
    TOLERANCES,
    Outcome,
    Policy,
    Query,
    Tolerance,
    rank,
    search,
)
from ulnlib.matching.tolerances import UNEXPLAINED

HELD = Learner(
    given_name="Zara",
    family_name="Quillfeather",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)
LONG = "Featherstone-Wolstenholme-Chattenhamshire"

NAMES = {
    Tolerance.NAMES_SWAPPED: [
        ({"given_name": "Quillfeather", "family_name": "Zara"}, {}),
        # With a slip in one of them it is still one event.
        ({"given_name": "Quillfaether", "family_name": "Zara"}, {}),
    ],
    Tolerance.SPELLING: [
        ({"family_name": "Quillfaether"}, {}),  # two letters changed over
        ({"family_name": "Quillfearher"}, {}),  # a key beside the right one
        ({"family_name": "Quilfeather"}, {}),  # a letter not doubled
        ({"family_name": "Quillfeamher"}, {}),  # another letter
        ({"family_name": "Guillfeamher"}, {}),  # two other letters
        ({"given_name": "Zsra"}, {}),
    ],
    Tolerance.SOUND: [
        ({"family_name": "Czaja"}, {"family_name": "Chiah"}),
        ({"family_name": "Featherstonhaugh"}, {"family_name": "Fanshaw"}),
        ({"family_name": "Knight"}, {"family_name": "Nite"}),
        ({"given_name": "Phoebe"}, {"given_name": "Feebee"}),
    ],
    Tolerance.MARKS: [
        ({"given_name": "Zo\u00eb"}, {"given_name": "Zoe"}),
        ({"given_name": "Anne-Marie"}, {"given_name": "Anne Marie"}),
        ({"family_name": "O'Quill"}, {"family_name": "OQuill"}),
        ({"family_name": "O'Quill"}, {"family_name": "O\u2019Quill"}),
        ({"family_name": "Pe\u00f1afiel"}, {"family_name": "Penafiel"}),
    ],
    Tolerance.CUT_NAME: [
        ({"family_name": LONG}, {"family_name": LONG[:35]}),
        ({"given_name": LONG}, {"given_name": LONG[:35]}),
    ],
    Tolerance.GIVEN_NAMES_TOGETHER: [
        ({"given_name": "Mary Ann"}, {"given_name": "Maryann"}),
        ({"given_name": "Mary-Ann"}, {"given_name": "Maryann"}),
        ({"given_name": "Mary"}, {"given_name": "Mary Ann"}),
    ],
    Tolerance.INITIALS: [
        ({"given_name": "Z"}, {}),
        ({"given_name": "Z."}, {}),
        ({"given_name": "J P"}, {"given_name": "John Paul"}),
    ],
}
AFFIXES = [
    ("McQuill", "MacQuill"),
    ("M'Quill", "MacQuill"),
    ("MacQuill", "Quill"),
    ("O'Quill", "Quill"),
    ("FitzQuill", "Quill"),
    ("St Quill", "Saint Quill"),
    ("de Quill", "Quill"),
    ("van der Quill", "Quill"),
    ("von Quill", "Quill"),
    ("al-Quill", "Quill"),
    ("bin Quill", "Quill"),
    ("ap Quill", "Quill"),
    ("Quill Jr", "Quill"),
    ("Quill Sr", "Quill"),
    ("Quill II", "Quill"),
]
OTHER_GIVEN_NAMES = {
    Tolerance.NICKNAME: [
        ({"given_name": "Bill"}, {"given_name": "William"}),
        ({"given_name": "Peggy"}, {"given_name": "Margaret"}),
        # Of one Elizabeth both, and of one name in two languages: weaker.
        ({"given_name": "Liz"}, {"given_name": "Beth"}),
        ({"given_name": "Sean"}, {"given_name": "John"}),
    ],
    Tolerance.NAME_VARIANT: [
        ({"given_name": "Mohammed"}, {"given_name": "Muhammad"}),
        ({"given_name": "Sara"}, {"given_name": "Sarah"}),
    ],
    Tolerance.PREFERRED_NAME: [
        ({"given_name": "Birdie"}, {"preferred_given_name": "Birdie"}),
        ({"given_name": "Birdie"}, {"preferred_given_name": "BIRDIE "}),
        (
            {"given_name": "Birdie", "preferred_given_name": "Kit"},
            {"preferred_given_name": "Kit"},
        ),
    ],
    Tolerance.MIDDLE_NAME: [
        ({"given_name": "Philippa"}, {"middle_names": "Philippa"}),
        ({"given_name": "Philippa"}, {"middle_names": "Jane Philippa"}),
    ],
}
FORMER = [
    ({"family_name": "Thistlewick"}, {"previous_family_name": "Thistlewick"}),
    ({"family_name": "Thistlewick"}, {"family_name_at_16": "Thistlewick"}),
    # Both had it before, and have another now each.
    (
        {"family_name": "Obermann", "previous_family_name": "Thistlewick"},
        {"previous_family_name": "Thistlewick"},
    ),
    ({"family_name": "Thistelwick"}, {"previous_family_name": "Thistlewick"}),
]
HALVES = [
    ("Quill-Thistle", "Quill"),
    ("Quill-Thistle", "Thistle"),
    ("Quill Thistle", "Thistle"),
    ("Quill-Thistle", "Thistle-Quill"),
    ("Quill-Thistle", "Thistle Quill"),
]
DATES = {
    Tolerance.DAY_MONTH_SWAPPED: [("2007-05-04", "2007-04-05")],
    Tolerance.FIRST_OF_MONTH: [("2007-05-24", "2007-05-01")],
    Tolerance.FIRST_OF_JANUARY: [("2007-05-24", "2007-01-01")],
    Tolerance.FIRST_OF_JANUARY_NEAR: [
        ("2007-05-24", "2008-01-01"),
        ("2007-05-24", "2005-01-01"),
    ],
    Tolerance.DATE_DIGIT: [
        ("2007-05-24", "2007-05-29"),
        ("2007-05-24", "2007-06-24"),
        ("2007-05-24", "2097-05-24"),
        ("2007-05-23", "2007-05-32"),
    ],
    Tolerance.YEAR_OFF: [("2007-05-24", "2008-05-24"), ("2009-05-24", "2010-05-24")],
}
POSTCODES = {
    Tolerance.DEFAULT_POSTCODE: [("ZZ99 9ZZ", "ZA1 1AB"), ("zz999zz", "ZA1 1AB")],
    Tolerance.POSTCODE_CHARACTER: [("ZA1 1AD", "ZA1 1AB"), ("AZ1 1AB", "ZA1 1AB")],
    Tolerance.MOVED: [
        ("ZB22 9XY", "ZA1 1AB"),
        ("ZA1 1XY", "ZA1 1AB"),
        ("nowhere", "ZA1 1AB"),
    ],
}
GENDERS = {
    Tolerance.GENDER_NOT_KNOWN: [("0", "2"), ("9", "2"), ("0", "9")],
    Tolerance.GENDER_MISKEYED: [("1", "2")],
}


def of_table(table, *fields):
    """Yield a parameter of each pair of values of the fields."""
    for tolerance, pairs in table.items():
        for number, (asked, held) in enumerate(pairs):
            if fields:
                asked, held = {fields[0]: asked}, {fields[0]: held}  # noqa: PLW2901
            yield pytest.param(tolerance, asked, held, id=f"{tolerance}-{number}")


def found_both_ways(memory, tolerance, asked, held):
    """Look each up by the other, and see by what alone they are found."""
    one, other = HELD.evolve(**asked), HELD.evolve(**held)
    off = Policy(tolerances=TOLERANCES - {tolerance})
    for query, record in ((one, other), (other, one)):
        store = memory(record)
        found = search(query, store)
        assert found.outcome is Outcome.POSSIBLE
        assert [match.tolerances for match in found.matches] == [(tolerance,)]
        assert found.matches[0].probability > 0.5
        # Switched off, it is not named, whatever the record is compared by then.
        (match,) = rank(query, store.profiles(store.records), off)
        assert tolerance not in match.tolerances
        assert match.tolerances
        assert match.weight < found.matches[0].weight
        for match in search(query, store, off).matches:
            assert tolerance not in match.tolerances


@pytest.mark.conformance
class TestNames:
    @pytest.mark.parametrize(
        ("asked", "held"), NAMES[Tolerance.NAMES_SWAPPED], ids=["whole", "slip"]
    )
    def test_names_in_each_other_s_place_are_found(self, memory, asked, held):
        """PG-B-1: given and family name may have changed places."""
        found_both_ways(memory, Tolerance.NAMES_SWAPPED, asked, held)

    @pytest.mark.parametrize(
        ("tolerance", "asked", "held"),
        list(
            of_table({t: p for t, p in NAMES.items() if t != Tolerance.NAMES_SWAPPED})
        ),
    )
    def test_a_name_that_is_spelt_otherwise_is_found(
        self, memory, tolerance, asked, held
    ):
        """PG-B-2: another spelling, the other four details equal."""
        found_both_ways(memory, tolerance, asked, held)

    @pytest.mark.parametrize(("one", "other"), AFFIXES)
    def test_a_prefix_or_suffix_may_be_there_or_not(self, memory, one, other):
        """PG-B-3: prefixes and suffixes, with, without, and their variants."""
        found_both_ways(
            memory,
            Tolerance.SURNAME_AFFIX,
            {"family_name": one},
            {"family_name": other},
        )

    @pytest.mark.parametrize(
        ("tolerance", "asked", "held"), list(of_table(OTHER_GIVEN_NAMES))
    )
    def test_another_name_of_the_learner_may_be_the_given_name(
        self, memory, tolerance, asked, held
    ):
        """PG-B-4: a preferred name, a nickname or a middle name as given name."""
        found_both_ways(memory, tolerance, asked, held)

    @pytest.mark.parametrize(
        ("asked", "held"), FORMER, ids=["former", "at 16", "both", "slip"]
    )
    def test_a_former_family_name_is_found(self, memory, asked, held):
        """PG-B-5, PG-4.2.1-3: a previous family name in place of the family name."""
        found_both_ways(memory, Tolerance.PREVIOUS_FAMILY_NAME, asked, held)

    def test_so_is_one_that_the_store_alone_remembers(self, memory):
        """PG-B-5: a previous family name in place of the family name."""
        store = memory()
        store.add(HELD, families=["Thistlewick"])
        (match,) = search(HELD.evolve(family_name="Thistlewick"), store).matches

        assert match.tolerances == (Tolerance.PREVIOUS_FAMILY_NAME,)

    @pytest.mark.parametrize(("one", "other"), HALVES)
    def test_half_of_a_double_name_is_found(self, memory, one, other):
        """PG-B-6: a double name."""
        found_both_ways(
            memory,
            Tolerance.DOUBLE_BARRELLED,
            {"family_name": one},
            {"family_name": other},
        )

    @pytest.mark.parametrize("other", ["Quill Thistle", "Quillthistle"])
    def test_a_double_name_is_found_with_and_without_its_hyphen(self, memory, other):
        """PG-B-6: with and without its hyphen."""
        found_both_ways(
            memory,
            Tolerance.DOUBLE_BARRELLED,
            {"family_name": "Quill-Thistle"},
            {"family_name": other},
        )


@pytest.mark.conformance
class TestTheOtherDetails:
    @pytest.mark.parametrize(
        ("tolerance", "asked", "held"), list(of_table(DATES, "date_of_birth"))
    )
    def test_another_date_of_birth_is_found(self, memory, tolerance, asked, held):
        """PG-B-7: day and month changed over, the first of the month or year."""
        found_both_ways(memory, tolerance, asked, held)

    @pytest.mark.parametrize(
        ("tolerance", "asked", "held"), list(of_table(POSTCODES, "postcode"))
    )
    def test_another_postcode_is_found(self, memory, tolerance, asked, held):
        """PG-B-8: another postcode, or ZZ99 9ZZ."""
        found_both_ways(memory, tolerance, asked, held)

    @pytest.mark.parametrize("postcode", ["ZB22 9XY", "ZZ99 9ZZ"])
    def test_a_former_or_a_parent_s_postcode_is_found(self, memory, postcode):
        """PG-B-8: a former postcode, a parent's."""
        off = Policy(tolerances=TOLERANCES - {Tolerance.OTHER_POSTCODE})
        query = Query.of(
            HELD.evolve(postcode=postcode), other_postcodes=["ZC3 3AA", "za1 1ab"]
        )
        store = memory(HELD)
        former = memory()
        former.add(HELD.evolve(postcode=postcode), postcodes=["ZA11AB"])

        for asked, source in ((query, store), (HELD, former)):
            (match,) = search(asked, source).matches
            assert match.tolerances == (Tolerance.OTHER_POSTCODE,)
            (match,) = search(asked, source, off).matches
            assert Tolerance.OTHER_POSTCODE not in match.tolerances
            assert match.tolerances

    @pytest.mark.parametrize(
        ("tolerance", "asked", "held"), list(of_table(GENDERS, "gender"))
    )
    def test_a_gender_that_is_not_known_or_another_is_found(
        self, memory, tolerance, asked, held
    ):
        """Ours, in the sense of Appendix B."""
        found_both_ways(memory, tolerance, asked, held)


def test_every_tolerance_has_learners_who_are_found_by_it():
    tested = {
        *NAMES,
        *OTHER_GIVEN_NAMES,
        *DATES,
        *POSTCODES,
        *GENDERS,
        Tolerance.SURNAME_AFFIX,
        Tolerance.PREVIOUS_FAMILY_NAME,
        Tolerance.DOUBLE_BARRELLED,
        Tolerance.OTHER_POSTCODE,
    }

    assert tested == TOLERANCES


class TestWhatEachSays:
    @pytest.mark.parametrize("tolerance", Tolerance)
    def test_it_has_a_label_a_sentence_and_a_source(self, tolerance):
        assert tolerance.label == tolerance.label.strip() != ""
        assert tolerance.meaning.endswith(".")
        assert tolerance.evidence in {"published", "assumed"}
        assert ("Appendix B" in tolerance.source) >= (tolerance.evidence == "published")

    def test_the_last_five_say_only_that_a_field_is_another(self):
        assert [one.value for one in Tolerance if not one.is_explained] == [
            "given_name",
            "family_name",
            "date_of_birth",
            "gender",
            "postcode",
        ]
        assert frozenset(Tolerance) == TOLERANCES | UNEXPLAINED
        assert not TOLERANCES & UNEXPLAINED
        assert len(TOLERANCES) == 26

    def test_a_registrar_reads_it(self):
        assert Tolerance.FIRST_OF_JANUARY.label == "First of January"
        assert Tolerance.FIRST_OF_JANUARY.source == "LRS portal guide, Appendix B"

    def test_only_what_the_guide_says_is_called_published(self):
        published = {one for one in Tolerance if one.evidence == "published"}

        assert {one.value for one in published} == {
            "previous_family_name",
            "names_swapped",
            "middle_name",
            "surname_affix",
            "preferred_name",
            "nickname",
            "name_variant",
            "spelling",
            "sound",
            "day_month_swapped",
            "first_of_month",
            "first_of_january",
            "first_of_january_near",
            "other_postcode",
            "default_postcode",
        }
        for tolerance in published:
            assert tolerance.source == "LRS portal guide, Appendix B"
        for tolerance in set(Tolerance) - published:
            assert tolerance.source.startswith("ours")


class TestPolicy:
    def test_tolerances_are_named_by_text_too(self):
        policy = Policy(tolerances=["sound", Tolerance.SPELLING])

        assert policy.tolerances == {Tolerance.SOUND, Tolerance.SPELLING}

    def test_one_text_is_refused(self):
        with pytest.raises(TypeError, match="several tolerances"):
            Policy(tolerances="sound")

    def test_what_is_no_tolerance_is_refused(self):
        with pytest.raises(ValueError, match="is not a valid Tolerance"):
            Policy(tolerances=["zebra"])

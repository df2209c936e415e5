"""The search: who is found, in what order, and what is said of each."""

import itertools

import attrs
import pytest

from ulnlib.errors import InvalidUln
from ulnlib.learner import Learner, Profile
from ulnlib.matching import (
    CANDIDATE_LIMIT,
    PER_KEY_LIMIT,
    TOLERANCES,
    Conflict,
    Outcome,
    Policy,
    Query,
    Tolerance,
    default_weights,
    rank,
    search,
    search_plan,
)
from ulnlib.matching.searching import COMPARED_LIMIT
from ulnlib.register import Register, synthetic_ulns
from ulnlib.uln import Uln

ADA = Learner(
    given_name="Ada",
    family_name="Quillfeather",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)
STRANGER = Learner(
    given_name="Zebedee",
    family_name="Thistlewick",
    date_of_birth="1999-11-12",
    gender="1",
    postcode="ZB22 9XY",
)
PAIRS = list(itertools.product("bcdfghjklmnpqrstv", repeat=2))
MANY = Policy(names_too_many=True)
STRICT = Policy(strict=True)
NARROW = Policy(narrow=True)


def ulns(result):
    return [match.uln for match in result.matches]


class TestExact:
    def test_one_record_whose_five_are_equal_is_exact(self, memory):
        store = memory(STRANGER, ADA)
        found = search(ADA, store)

        assert found.outcome is Outcome.EXACT
        assert found.found == 1
        (match,) = found.matches
        assert match.profile.learner.given_name == "Ada"
        assert match.tolerances == ()
        assert match.probability > 0.999

    @pytest.mark.parametrize(
        "changed",
        [
            {"given_name": "  ADA "},
            {"family_name": "quillFEATHER"},
            {"postcode": "za11ab"},
            {"postcode": " ZA1  1AB "},
        ],
    )
    def test_case_and_spaces_are_no_difference(self, memory, changed):
        assert search(ADA.evolve(**changed), memory(ADA)).outcome is Outcome.EXACT

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Zo\u00eb", "Zoe"),
            ("Anne-Marie", "Anne Marie"),
            ("D'Ann", "DAnn"),
            ("D'Ann", "D\u2019Ann"),
        ],
    )
    def test_an_accent_a_hyphen_and_an_apostrophe_are_one(self, memory, one, other):
        store = memory(ADA.evolve(given_name=one))

        assert search(ADA.evolve(given_name=other), store).outcome is Outcome.POSSIBLE

    def test_it_wins_over_all_that_are_near(self, memory):
        near = [ADA.evolve(postcode=f"ZB{n} 1AB") for n in range(1, 20)]

        for store in (memory(*near, ADA), memory(ADA, *near)):
            found = search(ADA, store)
            assert found.outcome is Outcome.EXACT
            assert found.found == len(found.matches) == 1
            assert found.matches[0].comparison.is_equal

    def test_two_are_only_possible(self, memory):
        found = search(ADA, memory(ADA, ADA))

        assert found.outcome is Outcome.POSSIBLE
        assert [match.tolerances for match in found.matches] == [(), ()]
        assert ulns(found) == sorted(ulns(found))

    def test_eleven_are_too_many(self, memory):
        assert search(ADA, memory(*[ADA] * 11)).outcome is Outcome.TOO_MANY

    def test_it_stays_exact_below_the_floor(self, memory):
        """The five are equal: the service says exact however frequent they are."""
        policy = Policy(floor=1.0, weights=attrs.evolve(default_weights(), prior=-9000))

        assert search(ADA, memory(ADA), policy).outcome is Outcome.EXACT

    @pytest.mark.parametrize(
        "field", ["given_name", "family_name", "date_of_birth", "gender", "postcode"]
    )
    def test_what_is_not_given_is_not_equal(self, memory, field):
        less = ADA.evolve(**{field: None})

        for asked, held in ((less, ADA), (ADA, less), (less, less)):
            found = search(asked, memory(held))
            assert found.outcome is Outcome.POSSIBLE
            assert found.matches[0].tolerances == (Tolerance(field),)


class TestNobody:
    def test_a_stranger_is_not_found(self, memory):
        found = search(ADA, memory(STRANGER))

        assert found.outcome is Outcome.NONE
        assert found.matches == ()
        assert found.found == 0

    def test_an_empty_store_has_nobody(self, memory):
        assert search(ADA, memory()).outcome is Outcome.NONE

    def test_who_is_below_the_floor_is_not_named(self, memory):
        store = memory(ADA)
        asked = ADA.evolve(given_name="Zebedee", postcode="ZB22 9XY")
        probability = search(asked, store).matches[0].probability

        assert 0.1 < probability < 0.9
        assert search(asked, store, Policy(floor=probability)).found == 1
        assert search(asked, store, Policy(floor=probability + 1e-9)).found == 0

    @pytest.mark.parametrize(
        "query",
        [
            Query(),
            Query(given_name="Ada"),
            Query(given_name="Ada", family_name="Quillfeather", gender="2"),
            Query(postcode="ZA1 1AB", gender="2"),
            Query(date_of_birth="2007-05-24"),
            Query(given_name="Ada", postcode="ZZ99 9ZZ"),
            Query(given_name="!", gender="\U0001f600"),
        ],
    )
    def test_too_little_is_insufficient(self, memory, query):
        assert search(query, memory(ADA)).outcome is Outcome.INSUFFICIENT

    @pytest.mark.parametrize(
        "query",
        [
            Query(given_name="Ada", date_of_birth="2007-05-24"),
            Query(family_name="Quillfeather", date_of_birth="2007-05-24"),
            Query(family_name="Quillfeather", postcode="ZA1 1AB"),
            Query(given_name="Ada", postcode="ZA1 1AB"),
            Query(date_of_birth="2007-05-24", postcode="ZA1 1AB"),
            Query(given_name="Ada", other_postcodes=["ZA1 1AB"]),
            Query(upn="H801200001001"),
        ],
    )
    def test_two_details_that_tell_or_a_number_suffice(self, memory, query):
        store = memory(ADA.evolve(upn="H801200001001"))

        assert search(query, store, Policy(floor=0)).outcome is Outcome.POSSIBLE


class TestTooMany:
    @pytest.mark.parametrize("count", [1, 2, 10])
    def test_up_to_ten_are_possible_and_named(self, memory, count):
        store = memory(*[ADA.evolve(postcode="ZB2 1AB")] * count)
        found = search(ADA, store)

        assert found.outcome is Outcome.POSSIBLE
        assert ulns(found) == sorted(store.records)
        assert found.found == count

    @pytest.mark.parametrize("count", [11, 40])
    def test_more_than_ten_are_counted_and_not_named(self, memory, count):
        found = search(ADA, memory(*[ADA.evolve(postcode="ZB2 1AB")] * count))

        assert found.outcome is Outcome.TOO_MANY
        assert found.matches == ()
        assert found.found == count

    def test_they_are_named_when_that_is_asked_for(self, memory):
        store = memory(*[ADA.evolve(postcode="ZB2 1AB")] * 11)
        found = search(ADA, store, MANY)

        assert found.outcome is Outcome.TOO_MANY
        assert ulns(found) == sorted(store.records)

    def test_ten_is_the_limit(self):
        assert CANDIDATE_LIMIT == 10

    def test_of_very_many_the_likeliest_are_compared(self, memory):
        """A bounded time: who agrees best is found all the same."""
        other = ADA.evolve(postcode="ZB2 1AB")
        crowd = [other.evolve(given_name=f"Ada {one}{two}") for one, two in PAIRS]
        found = search(ADA, memory(*crowd, ADA.evolve(gender="1")), MANY)

        assert len(crowd) + 1 > COMPARED_LIMIT
        assert found.found <= COMPARED_LIMIT
        assert found.matches[0].tolerances == (Tolerance.GENDER_MISKEYED,)

    def test_a_source_gives_a_hundred_of_a_key(self):
        assert PER_KEY_LIMIT == 100


class TestOrder:
    def test_the_nearest_come_first_and_then_the_lowest_uln(self, memory):
        store = memory(
            ADA.evolve(given_name="A"),
            ADA.evolve(postcode="ZB2 1AB"),
            ADA,
            ADA.evolve(gender="1"),
            ADA,
            ADA.evolve(postcode="ZB2 1AB"),
        )
        numbers = list(store.records)
        found = search(ADA, store)

        assert ulns(found) == [numbers[n] for n in (2, 4, 3, 1, 5, 0)]

    def test_margins_are_the_weights_between_neighbours(self, memory):
        store = memory(ADA, ADA, ADA.evolve(gender="1"), ADA.evolve(postcode="ZB2 1AB"))
        found = search(ADA, store)

        # Gender: equal 90, another -450. Postcode: equal 1150, another 0.
        assert [match.margin for match in found.matches] == [0, 540, 1150 - 540, None]

    def test_the_margin_of_an_exact_one_is_over_the_next(self, memory):
        found = search(ADA, memory(ADA.evolve(gender="1"), ADA))

        assert [match.margin for match in found.matches] == [540]

    def test_a_margin_counts_also_over_one_that_is_not_named(self, memory):
        asked = ADA.evolve(given_name="Zebedee", postcode="ZB22 9XY")
        store = memory(ADA, asked.evolve(gender="1"))
        found = search(asked, store, Policy(floor=0.95))

        assert [match.margin for match in found.matches] == [
            # Names: both equal rather than one another; gender the other way.
            2000 - (1300 - 800) + 1150 - 540
        ]

    def test_nothing_depends_on_the_order_of_candidates(self, memory):
        learners = [
            ADA.evolve(uln=uln, **changed)
            for uln, changed in [
                ("9900000004", {"gender": "1"}),
                ("9900000012", {"postcode": "ZB2 1AB"}),
                ("9900000020", {}),
                ("9900000039", {}),
                ("9900000047", {"given_name": "Adah"}),
            ]
        ]
        answers = [
            [(match.uln, match.margin, match.conflicts) for match in found.matches]
            for order in itertools.permutations(learners)
            if (found := search(ADA, memory(*order)))
        ]

        assert len(answers) == 120
        assert all(answer == answers[0] for answer in answers)


class TestLinked:
    @pytest.fixture
    def store(self, memory):
        store = memory()
        store.add(ADA.evolve(uln="9900000012", family_name="Thistlewick"))
        store.add(ADA.evolve(uln="9900000004"), master=Uln("9900000012"))
        return store

    def test_the_master_is_given_for_a_linked_record(self, store):
        found = search(ADA, store)

        assert found.outcome is Outcome.EXACT
        assert found.response_code.value == "WSRC0022"
        (match,) = found.matches
        assert match.uln == Uln("9900000012")
        assert match.linked_from == Uln("9900000004")
        assert match.linked
        assert match.profile.master_substituted
        assert match.profile.learner.family_name == "Thistlewick"
        # What is compared, and explained, is the record that was found.
        assert match.tolerances == ()
        assert match.comparison.held.family == "quillfeather"

    def test_they_count_once_by_the_better_of_them(self, store):
        found = search(ADA.evolve(family_name="Thistlewick"), store)

        assert found.outcome is Outcome.EXACT
        assert not found.matches[0].linked
        assert not found.matches[0].profile.master_substituted
        assert search(ADA.evolve(postcode="ZB2 1AB"), store).found == 1

    def test_the_master_s_own_record_goes_before_a_linked_one_as_near(self, memory):
        store = memory()
        store.add(ADA.evolve(uln="9900000012"))
        store.add(ADA.evolve(uln="9900000004"), master=Uln("9900000012"))
        (match,) = search(ADA, store).matches

        assert not match.linked

    def test_of_linked_records_as_near_the_lowest_uln_is_named(self, memory):
        store = memory()
        store.add(STRANGER.evolve(uln="9900000004"))
        for uln in ("9900000039", "9900000012", "9900000020"):
            store.add(ADA.evolve(uln=uln), master=Uln("9900000004"))
        (match,) = search(ADA, store).matches

        assert match.linked_from == Uln("9900000012")

    def test_twenty_links_of_one_master_are_one_match(self, memory):
        store = memory()
        master = store.add(STRANGER)
        for _ in range(20):
            store.add(ADA.evolve(gender="1"), master=master)

        found = search(ADA, store)
        assert found.outcome is Outcome.POSSIBLE
        assert found.found == 1


class TestConflicts:
    @pytest.mark.parametrize(
        ("field", "asked", "held", "conflict"),
        [
            ("middle_names", "Jane", "Mary", Conflict.MIDDLE_NAMES),
            ("place_of_birth", "Ztown", "Ytown", Conflict.PLACE_OF_BIRTH),
            ("upn", "H801200001001", "H801200001002", Conflict.UPN),
            ("uci", "84621A573219B", "84621A573219X", Conflict.UCI),
            (
                "scottish_candidate_number",
                "846213572",
                "846213573",
                Conflict.SCOTTISH_CANDIDATE_NUMBER,
            ),
        ],
    )
    def test_an_exact_record_may_be_contradicted(
        self, memory, field, asked, held, conflict
    ):
        asked, store = ADA.evolve(**{field: asked}), memory(ADA.evolve(**{field: held}))
        found = search(asked, store)

        assert found.outcome is Outcome.EXACT
        assert found.matches[0].conflicts == (conflict,)
        assert conflict.label in found.matches[0].explain()
        strict = search(asked, store, STRICT)
        assert strict.outcome is Outcome.POSSIBLE
        assert [match.conflicts for match in strict.matches] == [(conflict,)]

    @pytest.mark.parametrize(
        ("field", "asked", "held"),
        [
            ("middle_names", "Jane", "J"),
            ("middle_names", "Jane Mary", "Mary"),
            ("middle_names", "Jane", None),
            ("place_of_birth", "Ztown", "ZTOWN"),
            ("upn", "H801200001001", None),
            ("town", "Ztown", "Ytown"),
            ("school_at_16", "Z School", "Y School"),
            ("email", "a@example.org", "b@example.org"),
        ],
    )
    def test_what_is_missing_or_may_change_contradicts_nothing(
        self, memory, field, asked, held
    ):
        store = memory(ADA.evolve(**{field: held}))
        found = search(ADA.evolve(**{field: asked}), store, STRICT)

        assert found.outcome is Outcome.EXACT
        assert found.matches[0].conflicts == ()

    def test_made_up_details_are_one(self, memory):
        """1 January and ZZ99 9ZZ stand for what nobody knows."""
        nobody = ADA.evolve(date_of_birth="2007-01-01", postcode="ZZ99 9ZZ")
        found = search(nobody, memory(nobody))

        assert found.outcome is Outcome.EXACT
        assert found.matches[0].conflicts == (Conflict.MADE_UP_DETAILS,)
        assert search(nobody, memory(nobody), STRICT).outcome is Outcome.POSSIBLE

    @pytest.mark.parametrize(
        "changed", [{"date_of_birth": "2007-01-01"}, {"postcode": "ZZ99 9ZZ"}]
    )
    def test_either_alone_is_none(self, memory, changed):
        one = ADA.evolve(**changed)

        assert search(one, memory(one), STRICT).outcome is Outcome.EXACT

    @pytest.mark.parametrize(
        ("changed", "conflicts"),
        [
            ({"postcode": "ZB2 1AB"}, (Conflict.NAMESAKE,)),
            ({"date_of_birth": "2008-05-24"}, (Conflict.NAMESAKE,)),
            ({"given_name": "Adah"}, ()),
            ({"given_name": "Zebedee"}, ()),
            ({"family_name": "Thistlewick"}, ()),
            ({"date_of_birth": "2008-05-24", "postcode": "ZB2 1AB"}, ()),
        ],
    )
    def test_a_namesake_of_one_age_or_address_is_one(self, memory, changed, conflicts):
        store = memory(ADA, ADA.evolve(**changed))
        found = search(ADA, store)

        assert found.outcome is Outcome.EXACT
        assert found.matches[0].conflicts == conflicts
        strict = search(ADA, store, STRICT)
        assert strict.outcome is (Outcome.POSSIBLE if conflicts else Outcome.EXACT)

    def test_several_are_said_in_order(self, memory):
        one = ADA.evolve(middle_names="Jane", upn="H801200001001")
        other = ADA.evolve(middle_names="Mary", upn="H801200001002")
        found = search(one, memory(other, ADA.evolve(postcode="ZB2 1AB")))

        assert found.matches[0].conflicts == (
            Conflict.MIDDLE_NAMES,
            Conflict.UPN,
            Conflict.NAMESAKE,
        )

    def test_only_a_record_whose_five_are_equal_has_any(self, memory):
        one = ADA.evolve(middle_names="Jane", gender="1")
        (match,) = search(one, memory(ADA.evolve(middle_names="Mary"))).matches

        assert match.conflicts == ()

    def test_strict_names_the_doubted_one_however_many_others_there_are(self, memory):
        born = ADA.evolve(date_of_birth="2007-01-01", postcode="ZZ99 9ZZ")
        others = [
            born.evolve(family_name=f"Quillfeathe{one}") for one in "abcdfghjklmn"
        ]
        found = search(born, memory(born, *others), STRICT)

        assert found.outcome is Outcome.POSSIBLE
        assert [match.comparison.is_equal for match in found.matches] == [True]
        assert found.found > CANDIDATE_LIMIT

    def test_strict_leaves_the_rest_as_it_is(self, memory):
        assert search(ADA, memory(ADA), STRICT).outcome is Outcome.EXACT
        assert search(STRANGER, memory(ADA), STRICT).outcome is Outcome.NONE


class TestNarrow:
    """What is known of the real service alone."""

    @pytest.mark.parametrize(
        ("changed", "outcome"),
        [
            ({}, Outcome.EXACT),
            ({"gender": "1"}, Outcome.POSSIBLE),
            ({"given_name": "Zebedee"}, Outcome.POSSIBLE),
            (
                {"given_name": "Quillfeather", "family_name": "Ada"},
                Outcome.POSSIBLE,
            ),
            ({"given_name": "Adah", "gender": "0"}, Outcome.NONE),
            ({"given_name": None}, Outcome.POSSIBLE),
            ({"given_name": None, "gender": None}, Outcome.INSUFFICIENT),
        ],
    )
    def test_four_of_five_or_the_names_changed_over(self, memory, changed, outcome):
        assert search(ADA.evolve(**changed), memory(ADA), NARROW).outcome is outcome

    def test_the_floor_does_not_matter(self, memory):
        policy = Policy(narrow=True, floor=1.0)

        assert search(ADA.evolve(gender="1"), memory(ADA), policy).found == 1

    def test_a_master_is_found_by_the_near_one_of_its_records(self, memory):
        store = memory()
        master = store.add(ADA.evolve(given_name="Adah", gender="0", upn="X"))
        linked = store.add(ADA.evolve(postcode="ZB2 1AB"), master=master)
        (match,) = search(ADA.evolve(upn="X"), store, NARROW).matches

        assert match.linked_from == linked


class TestTrapsOfLearners:
    """Twins, siblings, cousins and made-up details: never more than possible."""

    SCHOOL_AND_HOME = ADA.evolve(
        school_at_16="Z School",
        address_line_1="1 High Street",
        town="Ztown",
        email="family@example.org",
        place_of_birth="Ztown",
    )

    @pytest.mark.parametrize("given", ["Grace", "Zebedee", "Bartholomew", "Eve"])
    def test_a_twin_is_never_exact_nor_nearly_sure(self, memory, given):
        twin = self.SCHOOL_AND_HOME.evolve(given_name=given)
        found = search(twin, memory(self.SCHOOL_AND_HOME))

        assert found.outcome is Outcome.POSSIBLE
        assert found.matches[0].probability <= 0.9

    def test_the_right_twin_goes_before_the_other(self, memory):
        grace = self.SCHOOL_AND_HOME.evolve(given_name="Grace")
        store = memory(self.SCHOOL_AND_HOME, grace)

        assert search(grace, store).outcome is Outcome.EXACT
        found = search(grace.evolve(given_name="Gracie", postcode="ZB2 1AB"), store)
        assert found.matches[0].profile.learner.given_name == "Grace"
        assert found.matches[0].margin > 500

    @pytest.mark.parametrize(
        ("given", "most", "level"),
        [
            ("J", 0.94, "equal_initial"),
            ("J P", 0.94, "equal_initial"),
            ("-", 0.7, "equal_unknown"),
            ("1", 0.7, "equal_unknown"),
            ("Unknown", 0.7, "equal_unknown"),
            ("Not-Known", 0.7, "equal_unknown"),
        ],
    )
    def test_who_shares_an_initial_or_no_name_at_all_is_not_sure(
        self, memory, given, most, level
    ):
        held = ADA.evolve(given_name=given, family_name="Smith")
        (match,) = search(held.evolve(postcode="ZB22 9XY"), memory(held)).matches

        assert match.comparison.level("given_name").name == level
        assert match.probability <= most

    @pytest.mark.parametrize(
        ("given", "ceiling"),
        [("J", 0.94), ("J P", 0.94), ("-", 0.9), ("Baby", 0.9), ("NFN", 0.9)],
    )
    def test_but_whose_five_are_equal_is_exact_for_all_that(
        self, memory, given, ceiling
    ):
        twin = self.SCHOOL_AND_HOME.evolve(given_name=given)
        found = search(twin, memory(twin))

        assert found.outcome is Outcome.EXACT
        assert found.matches[0].probability == ceiling
        assert found.matches[0].tolerances == ()

    def test_a_sibling_is_hardly_ever_named(self, memory):
        sibling = ADA.evolve(given_name="Grace", date_of_birth="2009-11-12")
        found = search(sibling, memory(ADA))

        assert found.found == 0
        (match,) = rank(sibling, [ADA.evolve(uln="9900000004")])
        assert match.probability < 0.1

    def test_a_sibling_of_one_home_and_school_is_not_sure(self):
        sibling = self.SCHOOL_AND_HOME.evolve(
            given_name="Grace", date_of_birth="2009-11-12"
        )
        (match,) = rank(sibling, [self.SCHOOL_AND_HOME.evolve(uln="9900000004")])

        assert match.probability <= 0.9

    @pytest.mark.parametrize(
        ("given", "family"), [("Jack", "Smith"), ("Mohammed", "Khan")]
    )
    def test_cousins_of_one_name_are_told_apart_by_the_birth(
        self, memory, given, family
    ):
        one = ADA.evolve(given_name=given, family_name=family, gender="1")
        cousin = one.evolve(date_of_birth="2009-11-12", postcode="ZB22 9XY")

        found = search(cousin, memory(one))
        assert found.outcome is Outcome.NONE
        assert search(cousin, memory(one, cousin)).outcome is Outcome.EXACT

    def test_a_family_on_1_january_without_an_address_is_told_apart_by_names(
        self, memory
    ):
        """Registered together: family name, birth and postcode say nothing."""
        names = ["Amina", "Yusuf", "Hodan", "Liban"]
        family = [
            Learner(
                given_name=name,
                family_name="Warsame",
                date_of_birth="2007-01-01",
                gender="9",
                postcode="ZZ99 9ZZ",
            )
            for name in names
        ]
        for number, asked in enumerate(family):
            others = [one for n, one in enumerate(family) if n != number]
            found = search(asked, memory(*others))
            assert found.outcome in {Outcome.NONE, Outcome.POSSIBLE}
            assert all(match.probability < 0.5 for match in found.matches)
            found = search(asked, memory(*family))
            assert found.outcome is Outcome.EXACT
            assert found.matches[0].conflicts == (Conflict.MADE_UP_DETAILS,)
            assert found.matches[0].profile.learner.given_name == asked.given_name

    def test_a_whole_register_of_smiths_on_1_january_is_too_many(self, memory):
        smith = Learner(
            given_name="John",
            family_name="Smith",
            date_of_birth="2007-01-01",
            gender="1",
            postcode="ZZ99 9ZZ",
        )
        found = search(smith, memory(*[smith] * 200))

        assert found.outcome is Outcome.TOO_MANY
        assert found.matches == ()


class TestHostileQueries:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "!?.-'",
            "\U0001f600\U0001f3fd",
            "\u0410\u043d\u043d\u0430",
            "\u738b",
            "a",
            "a" * 35,
            "a" * 36,
            "ab" * 5_000,
            " ".join(["ab"] * 5_000),
            "-".join(["mcdonald"] * 500),
            "a\udcff",
            "\x00",
            "\u0661\u0662",
            "\ufdfa" * 100,
        ],
        ids=range(15),
    )
    def test_any_text_is_searched(self, memory, text):
        names = ADA.evolve(
            given_name=text,
            family_name=text,
            middle_names=text,
            preferred_given_name=text,
            previous_family_name=text,
        )
        rest = Learner(
            date_of_birth=text, gender=text, postcode=text, upn=text, town=text
        )
        everything = names.evolve(
            date_of_birth=text, gender=text, postcode=text, town=text, upn=text
        )
        store = memory(ADA, names, rest, everything)
        for asked in (names, rest, everything):
            found = search(
                Query.of(asked, other_postcodes=[text]), store, Policy(floor=0)
            )
            assert found.outcome in Outcome
            for match in found.matches:
                assert 0 <= match.probability <= 1
                assert max(map(len, match.explain().splitlines())) < 250
        if text.strip():
            # Whatever is written in the names, the record finds itself.
            assert search(names, store).outcome is Outcome.EXACT

    @pytest.mark.parametrize(
        "date", ["1066-10-14", "1899-12-31", "2099-12-31", "9999-99-99", "soon", "0"]
    )
    def test_any_date_is_searched(self, memory, date):
        one = ADA.evolve(date_of_birth=date)

        assert search(one, memory(ADA)).outcome is Outcome.POSSIBLE
        assert search(one, memory(one)).outcome is Outcome.EXACT

    def test_names_that_differ_after_many_letters_are_compared(self, memory):
        one = ADA.evolve(given_name="ab" * 60 + "x", family_name="ab" * 90 + "x")
        other = ADA.evolve(given_name="ab" * 60 + "y", family_name="ab" * 90 + "y")

        assert search(one, memory(other)).outcome is Outcome.POSSIBLE


class TestRank:
    @pytest.fixture
    def candidates(self):
        return [
            STRANGER.evolve(uln="9900000004"),
            ADA.evolve(uln="9900000039", gender="1"),
            ADA.evolve(uln="9900000020"),
            ADA.evolve(uln="9900000012", gender="1"),
        ]

    def test_every_record_is_there_best_first(self, candidates):
        for order in itertools.permutations(candidates):
            ranked = rank(ADA, order)
            assert [str(match.uln) for match in ranked] == [
                "9900000020",
                "9900000012",
                "9900000039",
                "9900000004",
            ]

    def test_it_says_what_differs_and_by_how_much(self, candidates):
        ranked = rank(ADA, candidates)

        assert [match.tolerances for match in ranked[:3]] == [
            (),
            (Tolerance.GENDER_MISKEYED,),
            (Tolerance.GENDER_MISKEYED,),
        ]
        assert [match.margin for match in ranked[:2]] == [540, 0]
        assert ranked[-1].margin is None
        assert ranked[-1].probability < 1e-9

    def test_it_takes_profiles_and_keeps_them(self):
        profile = Profile(
            learner=ADA.evolve(uln="9900000004"),
            created=None,
            last_amended="2026-01-02",
            version=3,
        )

        assert rank(ADA, [profile])[0].profile is profile

    def test_it_says_what_speaks_against_an_equal_record(self):
        one = ADA.evolve(uln="9900000004", upn="H801200001001")

        (match,) = rank(ADA.evolve(upn="H801200001002"), [one])
        assert match.conflicts == (Conflict.UPN,)

    def test_it_goes_by_the_policy(self, candidates):
        policy = Policy(tolerances=TOLERANCES - {Tolerance.GENDER_MISKEYED})

        assert rank(ADA, candidates, policy)[1].tolerances == (Tolerance.GENDER,)

    def test_it_takes_other_postcodes_of_a_query(self):
        query = Query.of(ADA.evolve(postcode="ZB22 9XY"), other_postcodes=["ZA1 1AB"])

        (match,) = rank(query, [ADA.evolve(uln="9900000004")])
        assert match.tolerances == (Tolerance.OTHER_POSTCODE,)

    def test_of_nobody_nothing_comes(self):
        assert rank(ADA, []) == ()

    @pytest.mark.parametrize("uln", [None, "", "1234567890", "Zebedee"])
    def test_a_record_without_a_right_uln_is_refused(self, uln):
        with pytest.raises(InvalidUln):
            rank(ADA, [ADA.evolve(uln=uln)])


BORN = {"date_of_birth": "1990-01-01", "gender": "1"}


class TestNumbers:
    """A number of one person finds its record whatever else is asked."""

    def test_alone_it_makes_a_record_possible(self, memory):
        found = search(
            Query(upn="H801200001001"), memory(ADA.evolve(upn="H801200001001"))
        )

        assert found.outcome is Outcome.POSSIBLE
        assert 0.8 < found.matches[0].probability <= 0.9

    @pytest.mark.parametrize("field", ["upn", "uci", "email"])
    def test_what_stands_for_nothing_is_no_number(self, memory, field):
        held = ADA.evolve(**{field: "unknown"})

        assert search(Query(**{field: "unknown"}), memory(held)).matches == ()
        (match,) = search(ADA.evolve(**{field: "Unknown"}), memory(held)).matches
        assert match.comparison.level(field) is None


class TestDatesWithoutAPostcode:
    """Families registered on 1 January with ZZ99 9ZZ have nothing else to go by."""

    ANY = ADA.evolve(postcode="ZZ99 9ZZ")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("2007-05-24", "2007-01-01"),
            ("2007-05-24", "2006-01-01"),
            ("2007-05-24", "2009-01-01"),
            ("2007-05-24", "2007-05-01"),
            ("2007-05-24", "2007-06-24"),
            ("2007-05-24", "2008-05-24"),
            ("2007-05-11", "2007-11-05"),
        ],
    )
    @pytest.mark.parametrize("postcode", ["ZZ99 9ZZ", None])
    def test_each_tolerance_of_the_date_finds(self, memory, one, other, postcode):
        held = self.ANY.evolve(date_of_birth=one)
        for born, asked in ((one, other), (other, one)):
            held = self.ANY.evolve(date_of_birth=born)
            wanted = ADA.evolve(date_of_birth=asked, postcode=postcode)
            assert len(search(wanted, memory(held)).matches) == 1

    @pytest.mark.parametrize("born", ["2007-05-01", "2007-05-14", "2008-05-24"])
    def test_and_so_with_the_names_changed_over(self, memory, born):
        asked = self.ANY.evolve(
            given_name="Quillfeather", family_name="Ada", date_of_birth=born
        )

        assert len(search(asked, memory(self.ANY)).matches) == 1


class TestWhatIsLeftOut:
    """A search that could not look at everybody never says that there is nobody."""

    def test_names_changed_over_are_found_however_many_share_the_birthday(self):
        frequent = {"gender": "1", "postcode": "ZZ99 9ZZ"}
        *ulns, last = itertools.islice(synthetic_ulns(), PER_KEY_LIMIT + 21)
        asked = Learner(
            given_name="Ahmad",
            family_name="Mohammad",
            date_of_birth="2000-01-01",
            **frequent,
        )
        with Register(synthetic=True) as register:
            for n, uln in enumerate(ulns):
                register.add(
                    Learner(
                        uln=str(uln),
                        given_name="Mohammad",
                        family_name="Ahmad",
                        date_of_birth=f"{1940 + n % 59}-01-01",
                        **frequent,
                    )
                )
            register.add(
                asked.evolve(uln=str(last), given_name="Mohammad", family_name="Ahmad")
            )
            found = register.search(asked, NARROW)
        assert [match.uln for match in found.matches] == [last]

    def test_whoever_agrees_best_is_compared_among_very_many(self):
        """All share the names and a month; one more than the five is equal."""
        born = {"gender": "1", "given_name": "Mohammed", "family_name": "Khan"}
        extra = {"middle_names": "Zubair", "email": "z@example.org"}
        *ulns, last = itertools.islice(synthetic_ulns(), 91)
        with Register(synthetic=True) as register:
            for n, uln in enumerate(ulns):
                register.add(
                    Learner(
                        uln=str(uln),
                        date_of_birth=f"2005-01-{n % 28 + 1:02}",
                        postcode=f"ZA{n % 9} 1A{'ABDEFGHJ'[n % 8]}",
                        **born,
                    )
                )
            register.add(
                Learner(
                    uln=str(last),
                    date_of_birth="2005-01-30",
                    postcode="ZB2 2XY",
                    **born,
                    **extra,
                )
            )
            asked = Learner(
                date_of_birth="2005-01-20", postcode="ZC3 3AB", **born, **extra
            )
            found = register.search(asked, MANY)
        assert found.matches[0].uln == last

    def test_nobody_found_among_more_than_are_compared_is_too_many(self, memory):
        names = [f"{one}o{other}ra" for one, other in PAIRS][: COMPARED_LIMIT + 5]
        people = [
            Learner(
                given_name=name, family_name="Quillfeather", postcode="ZA9 9AA", **BORN
            )
            for name in names
        ]
        asked = Learner(
            given_name="Quentin",
            family_name="Quillfeather",
            postcode="ZZ99 9ZZ",
            **BORN,
        )

        store = memory(*people)
        store.candidates = lambda *_: list(store.records.values())

        found = search(asked, store, Policy(floor=0.99))

        assert found.outcome is Outcome.TOO_MANY
        assert found.matches == ()
        assert not found.is_whole

    def test_nobody_found_where_a_register_left_some_out_is_too_many(self):
        people = [
            Learner(
                uln=str(uln),
                given_name=f"{one}o{other}ra",
                family_name="Khan",
                postcode=f"ZA{n % 9} 1AA",
                **BORN,
            )
            for n, (uln, (one, other)) in enumerate(
                zip(
                    synthetic_ulns(),
                    itertools.product("bcdfghjklmnp", repeat=2),
                    strict=False,
                )
            )
        ][: PER_KEY_LIMIT + 5]
        register = Register(synthetic=True)
        list(register.add_many(people))
        asked = people[-1].evolve(
            uln=None, given_name="Quentin", postcode="ZB1 1AA", gender="2"
        )

        assert search(asked, register, NARROW).outcome is Outcome.TOO_MANY

    def test_it_is_nobody_when_nothing_was_left_out(self, memory):
        assert search(STRANGER, memory(ADA)).outcome is Outcome.NONE


def test_two_records_of_one_uln_are_ranked_each_with_its_own_details():
    one = ADA.evolve(uln="9900000012")
    other = STRANGER.evolve(uln="9900000012")

    for records in ([one, other], [other, one]):
        first, second = rank(ADA, records)
        assert first.profile.learner == one
        assert second.profile.learner == other
        assert first.probability > second.probability


def test_one_postcode_is_no_list_of_postcodes():
    with pytest.raises(TypeError, match="several postcodes"):
        Query(other_postcodes="ZA1 1AB")


@pytest.mark.parametrize("postcodes", [[None], [None, "ZB2 2BB"]])
def test_a_postcode_that_is_not_given_is_passed_over(memory, postcodes):
    query = Query.of(ADA.evolve(uln=None), other_postcodes=postcodes)

    assert query.other_postcodes == tuple(filter(None, postcodes))
    assert search(query, memory(ADA)).outcome is Outcome.EXACT
    assert len(list(search_plan(query, limit=2))) == 2


@pytest.mark.parametrize("postcodes", [[5], b"ZA1 1AB", [["ZA1 1AB"]]])
def test_a_postcode_is_text(postcodes):
    with pytest.raises(TypeError, match="postcodes are given as text") as caught:
        Query(given_name="Ada", other_postcodes=postcodes)

    assert "ZA1" not in str(caught.value)
    with pytest.raises(TypeError, match="postcodes are given as text"):
        Query.of(ADA, other_postcodes=postcodes)


@pytest.mark.parametrize("floor", [-0.1, 1.1, float("nan")])
def test_a_floor_is_a_probability(floor):
    with pytest.raises(ValueError, match="from 0 to 1"):
        Policy(floor=floor)


def test_a_comparison_out_of_reach_changes_no_answer(memory):
    store = memory(ADA, STRANGER, ADA.evolve(given_name="Zoe", postcode="ZC3 3CC"))
    for asked in (ADA, STRANGER, ADA.evolve(date_of_birth="1990-01-01")):
        wide = search(asked, store, Policy(floor=0.0, names_too_many=True))
        found = search(asked, store)
        if found.outcome is not Outcome.EXACT:
            likely = [one for one in wide.matches if one.probability >= 0.1]
            assert ulns(found) == [one.uln for one in likely]

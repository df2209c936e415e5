"""Laws of comparing two records."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Policy, Tolerance
from ulnlib.matching.both_names import compare_names, most_of_names
from ulnlib.matching.compare import compare_others, compare_persons
from ulnlib.matching.person import Person
from ulnlib.matching.weights import probability_of

GIVEN = [
    *("Ada", "Adah", "A", "Bill", "William", "Mary Ann", "Maryann", "Mary", "Jack"),
    *("Phoebe", "Feebee", "Zo\u00eb", "Zoe", "Mohammed", "Muhammad", "Smith", "Jones"),
]
FAMILY = [
    *("Smith", "Smyth", "Jones", "Smith-Jones", "Jones Smith", "McDonald", "MacDonald"),
    *("O'Brien", "OBrien", "Czaja", "Chiah", "Quillfeather", "Quillfaether", "Ada"),
    "Mary Ann",
]
DATES = [
    *("2007-05-04", "2007-04-05", "2007-05-01", "2007-01-01", "2008-01-01"),
    *("2008-05-04", "2007-05-14", "1999-11-12"),
]
POSTCODES = [
    *("ZA1 1AB", "za11ab", "ZA1 1AD", "ZA1 9XY", "ZB22 9XY", "ZZ99 9ZZ"),
    *("UNKNOWN", "UNKNOWM", "75001", "75002"),
]
HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "",
        "!?",
        "\udcff",
        "\u0410\u043d\u043d\u0430",
        "a" * 35,
        "ab" * 60,
        "ab" * 60 + "c",
    ]
)


def some(values):
    return st.none() | st.sampled_from(values)


def learners(given_name=GIVEN, family_name=FAMILY, **more):
    fields = {
        "given_name": some(given_name),
        "family_name": some(family_name),
        "date_of_birth": some(DATES),
        "gender": some("0129"),
        "postcode": some(POSTCODES),
        "address_line_1": some(["1 High Street", "1 High Street Zvillage", "7 Mill"]),
        "town": some(["Ztown", "Ytown"]),
        "school_at_16": some(["Z School", "Y School"]),
        "upn": some(["H801200001001", "H801200001002"]),
        "uci": some(["84621A573219B", "84622A573219C"]),
        "scottish_candidate_number": some(["123456789", "987654321"]),
        "place_of_birth": some(["Ztown", "Ytown"]),
        "county": some(["Zshire", "Yshire"]),
        "email": some(["a@example.org", "b@example.org"]),
    } | more
    return st.builds(Learner, **fields)


def others():
    """Strategies of the fields from which a name may come besides."""
    return {
        "preferred_given_name": some(GIVEN),
        "middle_names": some([*GIVEN, "Ada Jane"]),
        "previous_family_name": some(FAMILY),
    }


def people(**more):
    return st.builds(
        lambda learner, families, postcodes: Person(
            learner, families=families, postcodes=postcodes
        ),
        learners(**(others() | more)),
        st.lists(st.sampled_from(FAMILY), max_size=1),
        st.lists(st.sampled_from(POSTCODES), max_size=1),
    )


def hostile():
    five = "given_name family_name date_of_birth gender postcode middle_names town"
    return st.builds(Person, st.builds(Learner, **dict.fromkeys(five.split(), HOSTILE)))


tolerances = st.sets(st.sampled_from(sorted(TOLERANCES)))
policies = st.builds(Policy, tolerances=tolerances)


@given(people() | hostile(), people() | hostile(), policies)
def test_it_makes_no_difference_which_is_asked_and_which_is_held(one, other, policy):
    """Law: levels, weights and probability of (a, b) are those of (b, a)."""
    there = compare_persons(one, other, policy)
    back = compare_persons(other, one, policy)

    assert there.weight == back.weight
    assert there.probability == back.probability
    assert there.is_equal == back.is_equal
    assert {f.level.field for f in there.findings} == {
        f.level.field for f in back.findings
    }


@given(people() | hostile(), people() | hostile(), policies, tolerances)
def test_a_tolerance_more_never_lowers_a_probability(one, other, policy, more):
    """Law: what is switched on can only speak for a pair."""
    wider = Policy(tolerances=policy.tolerances | more)

    assert (
        compare_persons(one, other, wider).probability
        >= compare_persons(one, other, policy).probability
    )


@given(people(), people(), policies)
def test_no_tolerance_is_named_that_is_off(one, other, policy):
    """Law: of those that can be switched off, only what is on explains a field."""
    named = set(compare_persons(one, other, policy).tolerances) & TOLERANCES

    assert named <= policy.tolerances


@given(learners() | learners(**others()), policies)
def test_nothing_is_nearer_to_a_record_than_itself(learner, policy):
    """Law: a record compared with itself differs in nothing that it has."""
    person = Person(learner)
    found = compare_persons(person, person, policy)
    lacking = {
        name
        for name, value in zip(Person(learner).five._fields, person.five, strict=True)
        if value is None
    }
    unknown = {Tolerance.DEFAULT_POSTCODE, Tolerance.GENDER_NOT_KNOWN}

    assert found.is_equal == (not lacking)
    assert set(found.tolerances) <= {Tolerance(name) for name in lacking} | unknown | {
        Tolerance.POSTCODE,
        Tolerance.GENDER,
    }


AGREEING = [
    ["date_of_birth"],
    ["gender"],
    ["postcode"],
    ["address_line_1"],
    ["town"],
    ["county"],
    ["place_of_birth"],
    ["school_at_16"],
    ["upn"],
    ["uci"],
    ["scottish_candidate_number"],
    ["email"],
    ["given_name"],
    ["family_name"],
    ["given_name", "family_name"],
]


@given(learners(), learners(), st.sampled_from(AGREEING), policies)
def test_the_probability_never_falls_with_an_added_agreement(
    asked, held, fields, policy
):
    """Law: a field that is made to agree never speaks against.

    To agree is to hold the same known value: ZZ99 9ZZ, and a gender that is not known,
    agree with nothing. Names that have changed places are one agreement of two
    fields: to set one of them right tears it, so they are set right together. Names
    that agree by another place (a former name, a middle name) weigh by their own
    rarity, which may be greater than that of the names in their places.
    """
    values = {name: getattr(held, name) for name in fields}
    assume(all(values.values()))
    assume(values.get("postcode") != "ZZ99 9ZZ")
    assume(values.get("gender") not in {"0", "9"})
    agreed = asked.evolve(**values)
    before = compare_persons(Person(asked), Person(held), policy)
    if len(fields) == 1:
        assume(before.level("given_name").name not in {"swapped", "swapped_near"})
        assume(before.level("family_name").name not in {"swapped", "swapped_near"})

    after = compare_persons(Person(agreed), Person(held), policy)

    assert after.probability >= before.probability


@given(people(), people(), policies)
def test_with_another_given_name_or_none_there_is_a_ceiling(one, other, policy):
    """Law: a twin is never nearly sure, whatever else agrees."""
    found = compare_persons(one, other, policy)

    ceilings = {name for name, ceiling in CEILINGS.items() if ceiling == 0.9}
    if found.level("given_name").name in ceilings:
        assert found.probability <= policy.weights.ceiling


CEILINGS = {
    "other": 0.9,
    "not_given": 0.9,
    "near": 0.94,
    "shared": 0.94,
    "equivalent": 0.94,
    "initial": 0.94,
    "equal_initial": 0.94,
    "equal_unknown": 0.9,
    "middle": 0.94,
}


@given(people() | hostile(), people() | hostile(), policies)
def test_levels_and_the_rarity_of_names_alone_make_the_probability(one, other, policy):
    """Law: another program that finds the same levels gets the same number."""
    found = compare_persons(one, other, policy)
    given, family, *rest = [finding.weight for finding in found.findings]
    more = max(0, given + family - 1700)
    both = given + family - more + more // 3
    weight = policy.weights.prior + both + sum(rest)
    ceiling = CEILINGS.get(found.findings[0].level.name, 1)

    assert found.overlap == both - given - family
    assert found.weight == weight
    assert found.probability == min(ceiling, probability_of(weight))
    for level, of_level in found.findings:
        assert level.of_name or of_level == level.weight


NAMES = {
    "given_name": some(GIVEN),
    "family_name": some(FAMILY),
    "preferred_given_name": some(GIVEN),
    "middle_names": some(GIVEN),
    "previous_family_name": some(FAMILY),
}


@given(
    st.fixed_dictionaries(NAMES),
    st.fixed_dictionaries(NAMES),
    st.lists(learners(), min_size=2, max_size=2),
    policies,
)
def test_the_names_alone_say_whether_there_is_a_ceiling(names, names_2, rest, policy):
    """Law: whether two names can be one person's depends on nothing but names.

    Where all else agrees, a number too, only names with a ceiling stay below it.
    """
    bare = compare_names(
        Person(Learner(**names)), Person(Learner(**names_2)), policy, rest=5_000
    )
    full = compare_names(
        Person(rest[0].evolve(**names)),
        Person(rest[1].evolve(**names_2)),
        policy,
        5_000,
    )
    sure = Learner(
        date_of_birth="2007-05-24",
        gender="2",
        postcode="ZA1 1AB",
        upn="H801200001001",
        uci="84621A573219B",
    )
    found = compare_persons(
        Person(sure.evolve(**names)), Person(sure.evolve(**names_2)), policy
    )

    assert bare == full
    assert found.findings[:2] == bare
    ceiling = CEILINGS.get(bare.given.level.name)
    assert found.probability == ceiling if ceiling else found.probability > 0.94


@given(hostile(), hostile(), policies)
def test_any_two_records_can_be_compared(one, other, policy):
    """Law: whatever is written, there is a probability, and a finding of each field."""
    found = compare_persons(one, other, policy)

    assert 0 <= found.probability <= 1
    assert [f.level.field for f in found.findings[:5]] == list(one.five._fields)


@given(people(), people(), st.sampled_from([0.02, 0.1, 0.5, 0.9]))
def test_what_is_out_of_reach_is_below_the_floor(asked, held, floor):
    policy = Policy(floor=floor)
    least = policy.least_weight - most_of_names(asked, policy.weights)

    whole = compare_persons(asked, held, policy)
    if compare_others(asked, held, policy).weight < least:
        assert whole.probability < floor or whole.is_equal

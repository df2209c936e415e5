"""Whatever the catalogue and the learner, an index changes nothing but the time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ulnlib.qualifications import (
    Achievement,
    Equivalent,
    Group,
    Level,
    OtherCredit,
    Qualification,
    Size,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules.combination import evaluate
from ulnlib.rules.routes import (
    AGE_RANGES,
    COUNTRIES,
    ENTRY,
    RouteQuery,
    area_codes,
    index,
    named_levels,
    search,
)
from ulnlib.testing.catalogues import catalogue, learner_units

UNITS = [f"Y/506/19{n:02}" for n in range(12)]
AREAS = ["15.3", "15", "14.1", "Business management", ""]
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2021, 1, 1))
MAYBE_DAYS = st.none() | DAYS

units = st.builds(
    Unit, st.sampled_from(UNITS), st.integers(1, 6), st.sampled_from(["1", "2", "3"])
)
distinct = st.lists(units, max_size=5, unique_by=lambda unit: unit.reference)
other = st.builds(
    OtherCredit,
    level=st.sampled_from([None, "2", "no level"]),
    subject_areas=st.lists(st.sampled_from(["15.3", "14.1"]), max_size=1),
    also_listed=st.booleans(),
)
groups = st.builds(
    Group,
    name=st.sampled_from(["A", "B"]),
    units=distinct,
    other=st.none() | other,
    max_credit=st.none() | st.integers(1, 10),
    min_credit=st.none() | st.integers(0, 3),
    months=st.none() | st.integers(1, 12),
    is_complete=st.booleans(),
)


@st.composite
def structures(draw):
    made = draw(st.lists(groups, max_size=2, unique_by=lambda group: group.name))
    others = st.lists(st.sampled_from(UNITS), min_size=1, max_size=2)
    return Structure(
        name="S",
        total=draw(st.integers(1, 12)),
        root=Group(name="Root", groups=made),
        level=draw(st.sampled_from([None, "2", "E1"])),
        equivalents=draw(
            st.lists(st.builds(Equivalent, st.sampled_from(UNITS), others), max_size=2)
        ),
    )


qualifications = st.builds(
    Qualification,
    number=st.sampled_from(["600/3280/7", "60032807", "61000810", "short", ""]),
    title=st.sampled_from(["Café Skills", "Team Leading", "Skills for a team", ""]),
    structure=st.none() | structures(),
    level=st.sampled_from([None, "2", "E1", "Entry Level", "Level 1/2", "odd"]),
    credit=st.none() | st.integers(1, 40),
    subject_area=st.sampled_from(AREAS),
    countries=st.sets(st.sampled_from(COUNTRIES)),
    ages=st.sets(st.sampled_from(sorted(AGE_RANGES))),
    operational_start=MAYBE_DAYS,
    operational_end=MAYBE_DAYS,
    is_sensitive=st.booleans(),
)
catalogues = st.lists(qualifications, max_size=8)
queries = st.builds(
    RouteQuery,
    keyword=st.sampled_from([None, "cafe", "SKILLS", "team skills"]),
    number=st.sampled_from([None] * 4 + ["60032807", "short"]),
    level=st.sampled_from([None] * 3 + [ENTRY, "1", "2", "E1"]),
    size=st.sampled_from([None, None, *Size]),
    subject_area=st.sampled_from([(), (), "15", "15.3", ("14", "15.3")]),
    country=st.sampled_from([None, None, *COUNTRIES]),
    age=st.sampled_from([None, None, "16-18", "19+", 15, 18]),
    in_operation_on=MAYBE_DAYS,
    must_contain=st.lists(st.sampled_from(UNITS), max_size=1),
    what_if=st.lists(st.sampled_from(UNITS), max_size=2),
    include_learner_units=st.booleans(),
    name=st.none() | st.text(max_size=5),
)
achievements = st.lists(
    st.builds(
        Achievement,
        st.sampled_from([*UNITS, ""]),
        st.none() | st.integers(0, 6),
        st.sampled_from([None, "1", "2", "3"]),
        MAYBE_DAYS,
        subject_areas=st.lists(st.sampled_from(["15.3", "14.1"]), max_size=2),
        group=st.sampled_from([None, None, "A"]),
    ),
    max_size=6,
)


# --- the naive search -------------------------------------------------------------


def counts_in(one):
    """Return the units that a structure lists, and those that may stand for them."""
    if one.structure is None:
        return set()
    listed = {
        compact_reference(unit.reference)
        for group in one.structure.root.walk()
        for unit in group.units
    }
    return listed | {
        compact_reference(text)
        for pair in one.structure.equivalents
        if compact_reference(pair.unit) in listed
        for text in pair.others
    }


def is_of_age(one, age):
    if not isinstance(age, int):
        return age in one.ages
    ranges = [AGE_RANGES[name] for name in one.ages]
    return any(low <= age <= high for low, high in ranges)


def lets_through(query, one):
    """Say whether a query lets a qualification through, filter by filter."""
    title = one.title.casefold().replace("é", "e")
    level = one.level
    if level is None and one.structure is not None:
        level = one.structure.level
    areas, day = set(query.subject_area), query.in_operation_on
    return all(
        (
            all(word.casefold() in title for word in (query.keyword or "").split()),
            query.number in {None, compact_reference(one.number)},
            query.level is None or query.level in named_levels(level),
            query.size in {None, one.size},
            not areas or area_codes(one.subject_area) & areas,
            query.country is None or query.country in one.countries,
            query.age is None or is_of_age(one, query.age),
            day is None or (one.operational_start or day) <= day,
            day is None or day <= (one.operational_end or day),
            set(query.must_contain) <= counts_in(one),
        )
    )


def naive(given, query, had, as_of):
    """Return what is found, evaluating everything with everything the learner has."""
    had = had if query.include_learner_units else []
    supposed = [Achievement(unit, date=as_of) for unit in query.what_if]
    own = {compact_reference(one.unit) for one in had}
    found = []
    for one in given:
        if not lets_through(query, one):
            continue
        facts = (False, None, None, 0, 0)
        if one.structure is not None:
            its = evaluate(one.structure, had, as_of=as_of, what_if=supposed)
            completed = sum(bool(c.unit) and c.unit in own for c in its.counted)
            facts = (
                its.is_met,
                its.credits_needed,
                its.credits_towards,
                completed,
                its.credit,
            )
        if facts[4]:
            rank = (2, 0, 0) if facts[1] is None else (0, facts[1], -facts[2])
        elif one.structure is None or one.total is None:
            rank = (2, 0, 0)
        else:
            rank = (1, one.total, 0)
        found.append((rank, compact_reference(one.number), facts[:4], one))
    return sorted(found, key=lambda one: one[:2])


def facts_of(route):
    return (
        route.is_met,
        route.credits_needed,
        route.credits_towards,
        route.completed_unit_count,
    )


@given(catalogues, queries, achievements, MAYBE_DAYS)
@settings(max_examples=300)
def test_an_index_finds_what_evaluating_everything_finds(given_, query, had, as_of):
    found = search(index(given_), query, had, as_of=as_of)
    expected = naive(given_, query, had, as_of)
    assert sorted(map(repr, (one.qualification for one in found))) == sorted(
        repr(one) for *_, one in expected
    )
    # Where numbers are alike the rest of the order is ours.
    assert [compact_reference(one.number) for one in found] == [
        number for _, number, *_ in expected
    ]
    by_entry = {id(one): facts for _, _, facts, one in expected}
    for route in found:
        assert facts_of(route) == by_entry[id(route.qualification)]


@given(catalogues, queries, achievements, MAYBE_DAYS, st.randoms())
def test_no_order_changes_anything(given_, query, had, as_of, chance):
    expected = search(given_, query, had, as_of=as_of)
    chance.shuffle(given_)
    chance.shuffle(had)
    assert search(given_, query, had, as_of=as_of) == expected


@given(catalogues, queries, achievements, st.integers(0, 9))
def test_a_limit_cuts_and_changes_nothing_else(given_, query, had, limit):
    assert search(given_, query, had, limit=limit) == search(given_, query, had)[:limit]


@given(queries)
def test_a_saved_query_is_the_query(query):
    assert RouteQuery.from_json(query.to_json()) == query


@given(catalogues, queries, achievements)
def test_a_filter_only_narrows(given_, query, had):
    everything = RouteQuery(
        what_if=query.what_if, include_learner_units=query.include_learner_units
    )
    of_all = search(given_, everything, had)
    found = search(given_, query, had)
    assert [one for one in of_all if one in found] == list(found)


@pytest.mark.parametrize("seed", range(3))
def test_an_invented_catalogue_too(seed):
    given_ = list(catalogue(150, seed=seed))
    had = learner_units(given_, 30, courses=10, seed=seed)
    as_of = dt.date(2026, 1, 1)
    found = search(given_, RouteQuery(), had, as_of=as_of)
    assert [(one.number, facts_of(one)) for one in found] == [
        (one.number, facts)
        for *_, facts, one in naive(given_, RouteQuery(), had, as_of)
    ]
    assert all(one.level in Level for one in given_)

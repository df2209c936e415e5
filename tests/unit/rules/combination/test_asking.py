"""A question and its answer, and what both mean."""

import pytest

from builders.combination import DAY, has, rules
from ulnlib.qualifications import Qualification
from ulnlib.rules.combination.asking import ask
from ulnlib.rules.combination.prepared import prepare

TEXT = """
total 12
requirement test -- A test
requirement talk
group G
  A 3
  B 4
group O: incomplete
"""


def put(structure=TEXT, achievements=(), **options):
    structure = rules(structure) if isinstance(structure, str) else structure
    names = [one.name for one in getattr(structure, "requirements", ())]
    options = {"as_of": DAY, "maximum": "whole", "facts": names} | options
    options = {"offer": None, "budget": None} | options
    return ask(structure, achievements, **options)


def test_what_counts_are_the_claims_that_were_chosen():
    asked = put("total 3\nbar A: B\nA 3\nB 4", [has("A"), has("B")])

    assert asked.chosen == [1]
    assert [one.key for one in asked.counted] == ["B"]


def test_what_is_taken_is_on_offer_and_stands_in_its_group():
    asked = put("total 7\ngroup G\n  A 3\ngroup H\n  B 4", [has("A")])

    assert [(one.place, one.group, one.unit.reference) for one in asked.taken] == [
        (2, "H", "B")
    ]
    assert asked.taken[0].cost == 4


def test_by_hours_what_is_taken_costs_its_hours():
    asked = put("total 3\nA 3 L3 [25 hours]", by_hours=True)

    assert asked.taken[0].cost == 25


def test_what_is_supplied_stands_in_its_group():
    asked = put(TEXT, [has("A"), has("B")])

    found = [(one.place, one.group, one.credit, one.units) for one in asked.supplied]
    assert found == [(2, "O", 5, 1)]


def test_requirements_that_are_no_facts_are_lacking_in_their_order():
    assert [one.name for one in put(facts=[]).lacking] == ["test", "talk"]
    assert [one.name for one in put(facts={"test"}).lacking] == ["talk"]
    assert put().lacking == ()


@pytest.mark.parametrize("facts", [["test", "tset"], {"Test"}, "test", [""]])
def test_a_fact_that_is_no_requirement_is_refused_with_those_that_are(facts):
    with pytest.raises(ValueError, match=r"the structure has 'test', 'talk'$"):
        put(facts=facts)
    with pytest.raises(ValueError, match=r"the structure has none$"):
        put("total 3\nA 3", facts=facts)


def test_the_day_is_that_of_the_offer_and_of_the_claims():
    text = "total 3\nA 3 L3 [withdrawn 2026-03-31]"

    assert put(text).taken == ()
    assert put(text, as_of=None).taken != ()
    assert put(text, [has("A", date="2026-04-01")]).claims.there == []


def test_a_structure_that_was_made_ready_is_taken_as_it_is():
    prepared = prepare(rules(TEXT))

    assert put(prepared).prepared is prepared


def test_a_qualification_gives_its_structure():
    structure = rules(TEXT)

    asked = put(Qualification(number="1", structure=structure))
    assert asked.prepared.structure is structure


@pytest.mark.parametrize(
    ("structure", "options"),
    [(Qualification(number="1"), {}), (TEXT, {"maximum": "none"})],
)
def test_misuse_raises(structure, options):
    with pytest.raises(ValueError, match=r"maximum|structure"):
        put(structure, **options)


def test_a_budget_is_handed_on():
    ring = "\n".join(f"A{n} {3 + n % 2}\nbar A{n}: A{(n + 1) % 7}" for n in range(7))
    several = [has(f"A{n}") for n in range(7)]

    assert not put(f"total 11\n{ring}", several, budget=1).solution.is_proven
    assert put(f"total 11\n{ring}", several).solution.is_proven

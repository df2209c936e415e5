"""The cheapest way to complete a qualification, and the proof that none is cheaper."""

import attrs
import pytest

from builders.combination import DAY, has, rules
from ulnlib.qualifications import Qualification
from ulnlib.rules.combination import complete

TEXT = """
total 8
A 3 L3 [30 hours]
B 4 L3 [90 hours]
C 5 L3 [45 hours]
D 5 L3
"""


def completed(text=TEXT, achievements="", **options):
    several = [has(unit) for unit in achievements.split()]
    return complete(rules(text), several, **options)


def units(answer):
    return " ".join([one.unit.reference for one in answer.taken])


def test_by_credits_the_fewest_credits_are_taken():
    answer = completed(achievements="A")

    assert units(answer) == "C"
    assert (answer.by, answer.credit, answer.hours) == ("credits", 5, 45)
    assert not answer.has_guessed_hours
    assert answer.proven
    assert answer.proof == (
        "However what is there is counted, 5 credits are lacking: "
        "the minimums of the groups and of the whole ask for so many more."
    )


def test_by_hours_the_fewest_hours_are_taken():
    """C and the A that is there are 8; B, of 4, would be 90 hours."""
    text = "total 7\nA 3 L3 [30 hours]\nB 4 L3 [90 hours]\nC 5 L3 [45 hours]"

    assert units(completed(text, "A")) == "B"
    answer = completed(text, "A", by="hours")
    assert units(answer) == "C"
    assert (answer.by, answer.credit, answer.hours) == ("hours", 5, 45)
    assert answer.proof.startswith(
        "Every way to count and to add with fewer hours was ruled out "
        "(states of the search: "
    )


def test_hours_that_are_not_known_are_ten_a_credit_and_said_to_be_guessed():
    answer = completed(achievements="A", offer=["D"])

    assert units(answer) == "D"
    assert answer.hours == 50
    assert answer.has_guessed_hours


def test_hours_of_what_is_not_listed_are_guessed_too():
    answer = completed("total 8\nA 3 L3 [20 hours]\ngroup G: incomplete", by="hours")

    assert units(answer) == "A"
    assert [(one.group, one.credit) for one in answer.supplied] == [("G", 5)]
    assert (answer.credit, answer.hours) == (8, 20 + 50)
    assert answer.has_guessed_hours


@pytest.mark.parametrize("hours", [0, 1])
def test_a_unit_takes_an_hour_at_least(hours):
    answer = completed(f"total 3\nA 3 L3 [{hours} hours]\nB 3 L3", by="hours")

    assert units(answer) == "A"
    assert answer.hours == 1


def test_where_the_minimums_do_not_say_so_the_search_does():
    """3 are lacking, and no unit has 3: that takes more than adding up."""
    answer = completed("total 7\nB 4\nC 5\nD 6", "B")

    assert answer.credit == 5
    assert answer.proof.startswith(
        "Every way to count and to add with fewer credits was ruled out "
        "(states of the search: "
    )


def test_where_it_is_met_nothing_is_taken():
    answer = completed("total 3\nA 3", "A")

    assert (answer.taken, answer.supplied) == ((), ())
    assert (answer.credit, answer.hours) == (0, 0)
    assert answer.proof == "Nothing is lacking."


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("total 99\nA 3", {}),
        ("total 3\nrequirement test\nA 3", {}),
        ("total 3\nA 3", {"offer": []}),
        ("total 3\nA 3 L3 [withdrawn 2026-01-01]", {"as_of": DAY}),
        ("total 8\nroot X: at most 7 credits\nA 3\nB 5", {}),
    ],
)
def test_where_nothing_completes_it_there_is_no_answer(text, options):
    assert completed(text, **options) is None


def test_what_evaluate_takes_it_takes_too():
    text = "total 7\nrequirement test\nroot X: at most 7 credits\nA 3\nB 5"

    answer = completed(text, "A", facts=["test"], maximum="cap", as_of=DAY)
    assert units(answer) == "B"
    assert units(completed(what_if=[has("B")])) == "C"
    qualification = Qualification(number="1", structure=rules(TEXT))
    assert complete(qualification, []).credit == 8


def test_a_budget_that_is_used_up_leaves_the_proof_open():
    ring = "\n".join(
        f"A{n} {3 + n % 2} L{2 + (n % 3 > 0)}\nbar A{n}: A{(n + 1) % 9}"
        for n in range(9)
    )
    text = f"total 17; level 3; 9 at level\n{ring}\nB 1\nC 2 L3\nbar B: A1\nbar C: A3"
    several = " ".join(f"A{n}" for n in range(9))
    best = completed(text, several)

    open_ones = [completed(text, several, budget=budget) for budget in range(60)]
    open_ones = [one for one in open_ones if one is not None and not one.proven]
    assert open_ones
    for one in open_ones:
        assert one.credit >= best.credit
        assert one.proof.startswith("Not proven: with fewer than ")
        assert one.proof.endswith(" credits it is impossible.")


def test_another_measure_raises():
    with pytest.raises(ValueError, match="'credits' or 'hours'"):
        completed(by="money")


class TestWhatItShows:
    def test_as_text_it_says_what_it_costs_what_to_take_and_why(self):
        text = "total 9\nA 3 L3 [20 hours] First\ngroup G: incomplete"
        lines = completed(text, by="hours").to_text().splitlines()
        assert lines[:5] == [
            (
                "Cheapest by hours: 80 hours, ten a credit where they are not known "
                "(9 credits)"
            ),
            "  X:",
            "    + Unit A, First (3 credits, Level 3, 20 hours)",
            "  G:",
            "    + 6 credits from units that the structure does not list",
        ]
        assert lines[5].startswith("  Why nothing is cheaper: Every way to count")

    def test_as_text_by_credits_these_come_first(self):
        text = completed(achievements="A").to_text()
        assert text.startswith("Cheapest by credits: 5 credits (45 hours)\n")

    def test_where_it_is_met_the_text_says_so(self):
        text = completed("total 3\nA 3", "A").to_text()
        assert text == "Cheapest by credits: nothing more is needed\n"

    def test_what_is_not_proven_is_not_said_to_be(self):
        answer = attrs.evolve(completed(), proven=False, proof="Not proven.")
        assert answer.to_text().endswith("\n  Not proven.\n")

    def test_as_plain_values(self):
        answer = completed(achievements="A", by="hours")
        assert answer.to_dict() == {
            "by": "hours",
            "taken": [{"place": 0, "group": "X", "unit": "C", "credit": 5, "cost": 45}],
            "supplied": [],
            "credit": 5,
            "hours": 45,
            "has_guessed_hours": False,
            "proof": answer.proof,
            "proven": True,
        }

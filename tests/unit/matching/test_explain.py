"""The table that a registrar reads."""

import re

import pytest

from ulnlib.learner import Learner
from ulnlib.matching import Policy
from ulnlib.matching.compare import compare_persons
from ulnlib.matching.explain import explain
from ulnlib.matching.person import Person

ADA = Learner(
    given_name="Ada",
    family_name="McQuill",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)


def compared(one, other):
    return compare_persons(Person(one), Person(other), Policy())


def test_every_field_that_was_compared_has_a_row():
    table = explain(compared(ADA, ADA.evolve(family_name="MacQuill", postcode=None)))

    rows = [re.split(r" {2,}", line) for line in table.splitlines()]
    source = "LRS portal guide, Appendix B"
    assert rows == [
        ["Field", "Asked", "Held", "Agreement", "Source", "Bits"],
        ["Given name", "Ada", "Ada", "equal", "+13.0"],
        ["Family name", "McQuill", "MacQuill", "prefix or suffix", source, "+11.7"],
        ["Date of birth", "2007-05-24", "2007-05-24", "equal", "+13.0"],
        ["Gender", "2", "2", "equal", "+0.9"],
        ["Last known postcode", "ZA1 1AB", "not given", "+0.0"],
        ["Probability over 99.9%."],
    ]
    assert len({len(line) for line in table.splitlines()[:-1]}) == 1


def test_refiners_have_rows_too_and_the_lines_of_an_address_are_one():
    one = ADA.evolve(
        middle_names="Jane",
        address_line_1="Flat 2",
        address_line_2="Zoo House",
        town="Ztown",
        upn="H801200001001",
    )
    table = explain(compared(one, one))

    assert [line.split("  ")[0] for line in table.splitlines()[6:-1]] == [
        "Middle names",
        "Address",
        "Town",
        "Unique pupil number (UPN)",
    ]
    assert "Flat 2, Zoo House" in table


@pytest.mark.parametrize(
    ("other", "last"),
    [
        (ADA, "Probability over 99.9%."),
        ({"given_name": "Zebedee"}, "Probability 90.0%."),
        (
            {
                "given_name": "Eve",
                "family_name": "Sample",
                "date_of_birth": "1999-11-12",
            },
            "Probability 0.0%.",
        ),
    ],
    ids=["sure", "ceiling", "hardly"],
)
def test_the_probability_stands_below(other, last):
    other = other if isinstance(other, Learner) else ADA.evolve(**other)

    assert explain(compared(ADA, other)).splitlines()[-1] == last


def test_notes_stand_at_the_end():
    table = explain(compared(ADA, ADA), ["the UPN is another", "it rains"])

    assert table.endswith("\nBut the UPN is another.\nBut it rains.")


def test_what_cannot_be_printed_breaks_no_line():
    one = ADA.evolve(given_name="A\nd\x1ba\u202e\udcff")
    table = explain(compared(one, ADA))

    assert len(table.splitlines()) == 7
    assert "A?d?a??" in table
    table.encode()


def test_what_is_very_long_is_cut():
    one = ADA.evolve(given_name="a" * 10_000, middle_names="b c " * 3_000)
    table = explain(compared(one, one))

    assert "a" * 39 + "\u2026" in table
    assert max(len(line) for line in table.splitlines()) < 200

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
        ["Both names", "rare names go together", "-5.1"],
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

    assert [line.split("  ")[0] for line in table.splitlines()[7:-1]] == [
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
            "Probability under 0.1%.",
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


# --- by what else two sides agree ---------------------------------------------------

PAUL = ADA.evolve(given_name="Paul", family_name="Jones", gender="1")


def cells(one, other, label):
    """Return what stands under Asked and under Held, and the level."""
    table = explain(compare_persons(one, other, Policy()))
    [line] = [line for line in table.splitlines() if line.startswith(label)]
    return re.split(r" {2,}", line)[1:4]


@pytest.mark.parametrize(
    ("asked", "held", "label", "shown"),
    [
        (
            {"given_name": "Zebo"},
            {"preferred_given_name": "Zébo"},
            "Given name",
            ["Zebo", "Paul (called Zébo)", "preferred name"],
        ),
        (
            {"preferred_given_name": "Zebo"},
            {"given_name": "Zebo"},
            "Given name",
            ["Paul (called Zebo)", "Zebo", "preferred name"],
        ),
        (
            {"given_name": "Una", "preferred_given_name": "Zebo"},
            {"preferred_given_name": "Zebo"},
            "Given name",
            ["Una (called Zebo)", "Paul (called Zebo)", "preferred name"],
        ),
        (
            {"given_name": "Zebo", "preferred_given_name": "Quill"},
            {"preferred_given_name": "Zebo"},
            "Given name",
            ["Zebo", "Paul (called Zebo)", "preferred name"],
        ),
        (
            {"preferred_given_name": "Paul"},
            {"given_name": "Una", "preferred_given_name": "Paul"},
            "Given name",
            ["Paul", "Una (called Paul)", "preferred name"],
        ),
        (
            {"given_name": "ZEBO"},
            {"middle_names": "Quill Zebo-Kit"},
            "Given name",
            ["ZEBO", "Paul (middle name Zebo-Kit)", "middle name as given name"],
        ),
        (
            {"middle_names": "Zebo"},
            {"given_name": "Zebo", "middle_names": "Quill"},
            "Given name",
            ["Paul (middle name Zebo)", "Zebo", "middle name as given name"],
        ),
        (
            {"family_name": "Smith"},
            {"previous_family_name": "Smith", "family_name_at_16": "Quill"},
            "Family name",
            ["Smith", "Jones (formerly Smith)", "former family name"],
        ),
        (
            {"family_name_at_16": "O'Quill"},
            {"family_name": "Oquill"},
            "Family name",
            ["Jones (formerly O'Quill)", "Oquill", "former family name"],
        ),
        (
            {"family_name": "Zander", "previous_family_name": "Smith"},
            {"previous_family_name": "Smith"},
            "Family name",
            ["Zander (formerly Smith)", "Jones (formerly Smith)", "former family name"],
        ),
        (
            {"family_name": "Zander", "previous_family_name": "Jones"},
            {"previous_family_name": "Jones"},
            "Family name",
            ["Zander (formerly Jones)", "Jones", "former family name"],
        ),
        (
            {"family_name": "McQuill"},
            {"previous_family_name": "MacQuill", "family_name_at_16": "Zander"},
            "Family name",
            [
                "McQuill",
                "Jones (formerly MacQuill)",
                "former family name, spelled otherwise",
            ],
        ),
        (
            {"previous_family_name": "Quilter"},
            {"family_name": "Quitler"},
            "Family name",
            [
                "Jones (formerly Quilter)",
                "Quitler",
                "former family name, spelled otherwise",
            ],
        ),
    ],
    ids=[
        "called-held",
        "called-asked",
        "called-both",
        "called-otherwise",
        "called-so-already",
        "middle-held",
        "middle-asked",
        "former-held",
        "former-asked",
        "former-both",
        "former-now",
        "former-near-held",
        "former-near-asked",
    ],
)
def test_the_name_by_which_two_agree_is_shown_where_it_is_held(
    asked, held, label, shown
):
    one, other = (Person(PAUL.evolve(**changes)) for changes in (asked, held))

    assert cells(one, other, label) == shown


def test_a_former_name_of_the_register_s_own_is_shown_with_capitals():
    held = Person(PAUL, families=["SMITH-QUILL", "Zander"])
    asked = Person(PAUL.evolve(family_name="Smith Quill"))

    assert cells(asked, held, "Family")[1] == "Jones (formerly Smith Quill)"


FORMER = ["zb22ld", "ZC3 3NP", "ZZ99 9ZZ"]


@pytest.mark.parametrize(
    ("asked", "held", "shown"),
    [
        ([], FORMER, ["ZB2 2LD", "ZA1 1AB (also ZB2 2LD)"]),
        (FORMER, FORMER, ["ZB2 2LD (also ZC3 3NP)", "ZA1 1AB (also ZB2 2LD, ZC3 3NP)"]),
        (["ZA1 1AB"], [], ["ZB2 2LD (also ZA1 1AB)", "ZA1 1AB"]),
        (
            ["bfpo 12"],
            ["BFPO12"],
            ["ZB2 2LD (also BFPO 12)", "ZA1 1AB (also BFPO 12)"],
        ),
    ],
    ids=["held", "both", "asked", "forces"],
)
def test_the_postcode_by_which_two_agree_is_shown_where_it_is_held(asked, held, shown):
    one = Person(PAUL.evolve(postcode="ZB2 2LD"), postcodes=asked)
    other = Person(PAUL, postcodes=held)

    assert cells(one, other, "Last known postcode") == [
        *shown,
        "former or further postcode",
    ]


def test_at_other_levels_nothing_stands_beside():
    one = PAUL.evolve(
        preferred_given_name="Paul",
        middle_names="Paul",
        previous_family_name="Jones",
        family_name_at_16="Jonas",
    )
    person = Person(one, postcodes=["ZA1 1AB"])

    assert "(" not in explain(compare_persons(person, person, Policy()))


@pytest.mark.parametrize(
    "given",
    [
        {"preferred_given_name": "z" * 300},
        {"middle_names": "b " * 80 + "z" * 300},
        {"middle_names": "z\u200b" * 150},
    ],
    ids=["called", "middle", "unseen"],
)
def test_what_stands_beside_is_cut_too(given):
    one = PAUL.evolve(family_name="q" * 300)
    asked = Person(one.evolve(given_name="z" * 300), postcodes=FORMER * 50)
    former = one.evolve(
        given_name="\x1b" * 300,
        family_name="w" * 300,
        previous_family_name="q" * 300,
        postcode="ZB2 2LD",
        **given,
    )
    held = Person(former, postcodes=FORMER * 50)
    table = explain(compare_persons(asked, held, Policy(floor=0)))

    assert "(formerly " in table
    assert table.replace("\n", "").isprintable()
    assert max(len(line) for line in table.splitlines()) < 240

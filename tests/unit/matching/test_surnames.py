"""Prefixes, suffixes, endings and halves of family names."""

import pytest

from ulnlib._tables import load
from ulnlib.matching import surnames
from ulnlib.matching.plain import plain
from ulnlib.matching.surnames import (
    STEM_LENGTH,
    STEM_LIMIT,
    SurnameRelation,
    relation,
    stems,
)

LONG = "Featherstone-Wolstenholme-Chattenham"

PAIRS = {
    SurnameRelation.SAME: [
        ("O'Brien", "OBRIEN"),
        ("O'Brien", "O Brien"),
        ("O'Brien", "O\u2019Brien"),
        ("O' Brien", "O'Brien"),
        ("Mc Donald", "McDonald"),
        ("Fitz Gerald", "Fitzgerald"),
        ("St. John", "StJohn"),
        ("al-Hassan", "Alhassan"),
        ("Smith Jones", "Smithjones"),
        ("Núñez", "Nunez"),
        ("Núñez-Jones", "Nunez Jones"),
        ("D'Arcy", "Darcy"),
        # The letters are one name: only a space is in another place.
        ("Vance", "Van Ce"),
        ("Deacon", "de Acon"),
        ("Ng", "NG"),
    ],
    SurnameRelation.AFFIX: [
        ("McDonald", "MacDonald"),
        ("M'Donald", "MacDonald"),
        ("McDonald", "Donald"),
        ("MacKay", "McKay"),
        # Kay is a family name of its own as well: a weak agreement, but one.
        ("MacKay", "Kay"),
        ("McIntosh", "Mackintosh"),
        ("McCarthy", "MacArthy"),
        ("Maguire", "McGuire"),
        ("O'Brien", "Brien"),
        ("OBrien", "Brien"),
        ("Ó Briain", "Ní Bhriain"),
        ("Mac Suibhne", "Nic Suibhne"),
        ("Fitzgerald", "Gerald"),
        ("St John", "Saint John"),
        ("St John", "John"),
        ("de Silva", "da Silva"),
        ("D'Souza", "de Souza"),
        ("Dsouza", "Souza"),
        ("de la Cruz", "Cruz"),
        ("Delacruz", "Cruz"),
        ("van den Berg", "van der Berg"),
        ("Vandenberg", "Berg"),
        ("von Testen", "Testen"),
        ("ter Horst", "Horst"),
        ("al-Hassan", "Hassan"),
        ("El Sayed", "al-Sayed"),
        ("bin Zayyan", "Zayyan"),
        ("bin al-Zayyan", "al-Zayyan"),
        ("Abu Testa", "Testa"),
        ("Abdur Rahman", "Abdul Rahman"),
        ("ap Rhys", "Rhys"),
        ("ferch Rhys", "ap Rhys"),
        ("Le Roux", "Roux"),
        ("Smith Jr", "Smith"),
        ("Smith II", "Smith Esq."),
        ("Smith-Jones Jr", "Smith-Jones"),
        ("McDonald-Smith", "MacDonald Smith"),
        ("Kowalski", "Kowalska"),
        ("Kowalski", "Kowalsky"),
        ("Ivanov", "Ivanova"),
        ("Novák", "Nováková"),
        ("Kazlauskas", "Kazlauskienė"),
        ("Papadopoulos", "Papadopoulou"),
    ],
    SurnameRelation.HYPHEN: [
        ("Smith-Jones", "Smith Jones"),
        ("Smith-Jones", "SMITHJONES"),
        ("Smith - Jones", "Smith Jones"),
        ("Smith\u2013Jones", "Smith Jones"),
        ("Smith-Jones-Lee", "Smith-Jones Lee"),
        ("O'Brien-Jones", "O'Brien Jones"),
    ],
    SurnameRelation.HALF: [
        ("Smith-Jones", "Smith"),
        ("Smith-Jones", "Jones"),
        ("Smith Jones", "Jones"),
        ("McDonald-Smith", "MacDonald"),
        ("van den Berg-Smith", "Berg"),
        ("Silva Santos Costa", "Costa"),
        ("Silva Santos Costa", "Costa Santos"),
        ("Garcia y Lopez", "Lopez"),
    ],
    SurnameRelation.HALVES_SWAPPED: [
        ("Smith-Jones", "Jones-Smith"),
        ("Smith-Jones", "Jones Smith"),
        ("McDonald-Smith", "Smith MacDonald"),
    ],
    SurnameRelation.CUT: [(LONG, LONG[:35]), (LONG.upper(), LONG[:35])],
    None: [
        ("Smith", "Smyth"),
        ("Smith", "Jones"),
        ("Vance", "Ce"),
        ("Vance", "Ance"),
        ("Deacon", "Acon"),
        ("Owen", "Wen"),
        ("Oliver", "Liver"),
        ("Ellis", "Lis"),
        ("Mackie", "Kie"),
        ("Mack", "K"),
        ("McA", "A"),
        ("Macey", "Ey"),
        ("Fitzner", "Ner"),
        ("O'Neill", "McNeill"),
        ("al-Hassan", "bin Hassan"),
        ("McCallum", "Allum"),
        ("Casanova", "Casanov"),
        ("Smith-Jones", "Jones-Brown"),
        ("Smith-Jones", "Brown"),
        ("Smith-Jones", "Smith-Smith"),
        ("Li-Wu", "Li"),
        ("", ""),
        ("Smith", ""),
        ("-", "Smith"),
    ],
}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(*pair, expected) for expected, pairs in PAIRS.items() for pair in pairs],
)
def test_two_names_have_the_relation_both_ways(one, other, expected):
    assert relation(one, other) is expected
    assert relation(other, one) is expected
    assert expected is None or set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Smith", ("smith",)),
        ("Ng", ("ng",)),
        ("O'Brien", ("brien", "obrien")),
        ("MacDonald", ("donald", "macdonald", "mcdonald")),
        ("St John", ("john", "stjohn")),
        ("Smith-Jones", ("jones", "smith", "smithjones")),
        ("Li-Smith", ("lismith", "smith")),
        ("van der Berg", ("berg", "vanderberg")),
        ("Smith Jr", ("smith", "smithjr")),
        ("Kowalska", ("kowalska", "kowalski")),
        ("Van", ("van",)),
        ("Mac", ("mac",)),
        ("", ()),
        ("-'", ()),
    ],
)
def test_a_name_has_these_stems(name, expected):
    assert stems(name) == expected


def test_stems_are_few_and_short():
    found = stems("McAlpha-McBeta-McGamma-McDelta " + "x" * 40)
    assert len(found) == STEM_LIMIT
    assert max(map(len, found)) <= STEM_LENGTH


def test_what_has_too_many_parts_is_looked_at_as_one():
    name = "alpha beta gamma delta epsilon zeta eta theta iota"
    assert stems(name) == (name.replace(" ", "")[:STEM_LENGTH],)
    assert relation(name, "alpha") is None


def test_a_prefix_alone_is_a_name():
    assert relation("Van", "Van Der") is None
    assert relation("de", "De") is SurnameRelation.SAME


def test_what_is_kept_of_a_name_does_not_show_it():
    parsed = surnames._parse("McQzmk-Qzmk")
    assert "qzmk" not in repr(parsed).lower() + repr(parsed.units).lower()


class TestTheTable:
    ROWS = load("family_name_affixes").rows

    def test_it_names_its_evidence(self):
        assert load("family_name_affixes").source["evidence"] == "assumed"

    def test_every_word_is_in_plain_form_and_in_one_row(self):
        words = [
            word
            for row in self.ROWS
            if row["kind"] in {"prefixes", "suffixes"}
            for word in row["words"].split()
        ]
        assert [word for word in words if plain(word) != word] == []
        assert len(words) == len(set(words))

    def test_every_grown_name_begins_with_its_prefix_or_says_what_is_left(self):
        for row in self.ROWS:
            if row["kind"] == "written":
                for line in row["names"]:
                    name, _, rest = line.partition(": ")
                    assert rest or name.startswith(row["prefix"])
                    assert len(rest or name.removeprefix(row["prefix"])) >= 3

    def test_every_grown_name_goes_with_its_rest(self):
        for row in self.ROWS:
            if row["kind"] == "written":
                for line in row["names"]:
                    name, _, rest = line.partition(": ")
                    rest = rest or name.removeprefix(row["prefix"])
                    assert relation(name, rest) is SurnameRelation.AFFIX

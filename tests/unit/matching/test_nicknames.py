"""Spellings, short forms and equivalents of given names."""

import re
from itertools import permutations

import pytest

from ulnlib._tables import load_all
from ulnlib.matching import nicknames
from ulnlib.matching.nicknames import ROOT_LIMIT, NameRelation, relation, roots
from ulnlib.matching.plain import plain

ROWS = [
    pytest.param(row, id=f"{table.name[10:]}-{row['family']}-{row['kind']}")
    for table in load_all("nicknames")
    for row in table.rows
]
LINES = [
    (row["kind"], *line.split(": "))
    for table in load_all("nicknames")
    for row in table.rows
    for line in row["names"]
]

MOHAMMED = [
    *("Mohammed", "Muhammad", "Mohamed", "Mohammad", "Muhammed", "Mohamad", "Mohamud"),
    *("Muhamed", "Muhamad", "Mohammod", "Mohd", "Muhd", "Md", "Mahammad", "Mohamoud"),
    *("Mahomed", "Mouhamed", "Mouhamad", "Mohamet", "Mhd"),
]

PAIRS = {
    NameRelation.SAME: [
        ("Zoë", "ZOE"),
        ("Seán", "Sean"),
        ("Mary-Ann", "Maryann"),
        ("Xqzzt", "xqzzt"),
        ("Олег", "ОЛЕГ"),
    ],
    NameRelation.VARIANT: [
        ("Catherine", "Kathryn"),
        ("Hussain", "Hussein"),
        ("Antony", "Anthony"),
        ("Stephen", "Steven"),
        ("Kieran", "Ciarán"),
        ("Llewelyn", "Llewellyn"),
        ("Rhys", "Reece"),
        ("Niamh", "Neave"),
        ("Siobhán", "Shivaun"),
        ("Gethin", "Gethyn"),
        ("Abdul Rahman", "Abdirahman"),
        ("Kwame", "Kwamena"),
        ("Dmitry", "Dmitrii"),
        ("Aisha", "Ayesha"),
        ("Marianne", "Mary Ann"),
    ],
    NameRelation.NICKNAME: [
        ("Bill", "William"),
        ("Peggy", "Margaret"),
        ("Jack", "John"),
        ("Alfie", "Alfred"),
        ("Archie", "Archibald"),
        ("Evie", "Evelyn"),
        ("Ollie", "Oliver"),
        ("Theo", "Theodore"),
        ("Millie", "Amelia"),
        ("Tilly", "Matilda"),
        ("Ellie", "Eleanor"),
        ("Freddie", "Frederick"),
        ("Charlie", "Charlotte"),
        ("Bertie", "Albert"),
        ("Kate", "Katharine"),
        ("Sandy", "Alexander"),
        ("Kasia", "Katarzyna"),
        ("Wojtek", "Wojciech"),
        ("Aga", "Agnieszka"),
        ("Gosia", "Małgorzata"),
        ("Asia", "Joanna"),
        ("Fi", "Fiona"),
        ("Dai", "Dafydd"),
        ("Ionuț", "Ioan"),
        ("Pista", "István"),
        ("Honza", "Jan"),
        ("Sasha", "Oleksandr"),
        ("Zé", "José"),
        ("Mo", "Muhammad"),
        ("Kostas", "Konstantinos"),
        ("Ade", "Adebayo"),
        ("Ayo", "Ayodeji"),
        ("Tolu", "Tolulope"),
        ("Emeka", "Chukwuemeka"),
        ("Jas", "Jaspreet"),
        ("Raj", "Rajesh"),
    ],
    NameRelation.EQUIVALENT: [
        ("Seán", "John"),
        ("Ieuan", "John"),
        ("Jan", "John"),
        ("Siobhán", "Joan"),
        ("Hamish", "James"),
        ("Seumas", "James"),
        ("Katarzyna", "Catherine"),
        ("Agnieszka", "Agnes"),
        ("Ibrahim", "Abraham"),
        ("Yusuf", "Joseph"),
        ("Ioannis", "John"),
        ("Tomos", "Thomas"),
    ],
    NameRelation.SHARED: [("Liz", "Beth"), ("Bill", "Liam"), ("Peggy", "Maggie")],
    None: [
        ("Alexander", "Alexandra"),
        ("John", "Jane"),
        ("Daniel", "Danielle"),
        ("Paul", "Paula"),
        ("Seán", "Jan"),
        ("Mohammed", "Mahmood"),
        ("Ahmed", "Mohammed"),
        ("Hassan", "Hussain"),
        ("Emma", "Emily"),
        ("Mia", "Maya"),
        ("Adebayo", "Adewale"),
        ("Christian", "Christopher"),
        ("Xqzzt", "Yqzzt"),
        ("Xqzzt", "John"),
        ("", ""),
        ("", "John"),
        ("-", "'"),
    ],
}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(*pair, expected) for expected, pairs in PAIRS.items() for pair in pairs],
)
def test_two_names_have_the_relation_both_ways(one, other, expected):
    assert relation(one, other) is expected
    assert relation(other, one) is expected


@pytest.mark.parametrize(("one", "other"), list(permutations(MOHAMMED[:4], 2)))
def test_every_two_spellings_of_one_name_are_variants(one, other):
    assert relation(one, other) is NameRelation.VARIANT


@pytest.mark.parametrize("name", MOHAMMED)
def test_all_spellings_of_mohammed_have_one_root(name):
    assert roots(name) == ("mohammed",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alex", ("alexander", "alexandra")),
        ("Liz", ("elizabeth",)),
        ("Elizabeth", ("elizabeth",)),
        ("Jack", ("jack", "john")),
        ("SEÁN", ("john", "sean")),
        ("Kathryn", ("catherine",)),
        ("mary-ann", ("marianne",)),
        ("Adebayo", ("ade", "adebayo")),
        ("Ade", ("ade",)),
        ("Xqzzt Ábc", ("xqzztabc",)),
        ("Олег", ("олег",)),
        ("", ()),
        ("1-'", ()),
    ],
)
def test_a_name_has_these_roots(name, expected):
    assert roots(name) == expected


def test_a_short_form_of_many_names_is_a_root_of_theirs():
    assert "raj" in roots("Rajesh")
    assert roots("Raj") == ("raj",)


@pytest.mark.parametrize("row", ROWS)
class TestEveryRow:
    def test_it_is_of_a_known_kind(self, row):
        assert set(row) == {"family", "kind", "names"}
        assert row["kind"] in {"spellings", "short", "equivalent"}

    def test_its_lines_are_well_formed_and_in_order(self, row):
        pattern = re.compile(r"[a-z]+ [MFU]:( [a-z]+)+")
        assert [line for line in row["names"] if not pattern.fullmatch(line)] == []
        heads = [line.split()[0] for line in row["names"]]
        assert heads == sorted(set(heads))

    def test_no_member_stands_twice_or_is_the_name_itself(self, row):
        for line in row["names"]:
            head, _, *members = line.split()
            assert len({head, *members}) == len(members) + 1


class TestAllTables:
    def test_they_name_their_evidence(self):
        for table in load_all("nicknames"):
            assert table.source["evidence"] == "assumed"
            assert "no list was copied" in table.source["note"]

    def test_a_spelling_belongs_to_one_family(self):
        spellings = [
            name
            for kind, head, members in LINES
            if kind == "spellings"
            for name in (head.split()[0], *members.split())
        ]
        assert len(spellings) == len(set(spellings))

    def test_they_are_as_large_as_they_have_to_be(self):
        assert len({head.split()[0] for _, head, _ in LINES}) >= 700
        assert sum(len(members.split()) for *_, members in LINES) >= 2_500

    def test_every_line_is_a_relation_and_keeps_the_law(self):
        wanted = {
            "spellings": {NameRelation.VARIANT},
            "short": {NameRelation.NICKNAME},
            "equivalent": {NameRelation.EQUIVALENT},
        }
        for kind, head, members in LINES:
            for member in members.split():
                name = head.split()[0]
                assert relation(name, member) in wanted[kind], (name, member)
                assert set(roots(name)) & set(roots(member)), (name, member)

    def test_no_name_has_too_many_roots(self):
        names = nicknames._names()
        most = {name for name, known in names.items() if len(known.roots) > ROOT_LIMIT}
        assert most == set()
        assert all(known.roots for known in names.values())

    def test_every_name_is_in_plain_form(self):
        names = nicknames._names()
        assert [name for name in names if plain(name) != name] == []

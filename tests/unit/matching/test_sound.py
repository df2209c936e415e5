"""Names that sound alike share a code; every rule and entry has its pair."""

import csv
import itertools
import string
from pathlib import Path

import pytest

from ulnlib._tables import load, load_all
from ulnlib.matching import sound
from ulnlib.matching.sound import alike, codes, lexicon, readings, reason
from ulnlib.matching.sound.spelling import LONGEST, spell

HERE = Path(__file__).parent


def read(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


TRAINING = [(row["one"], row["other"]) for row in read("sound_training.csv")]
DEVELOPMENT = [
    (row["one"], row["other"], row["meet"]) for row in read("sound_development.csv")
]
MEET = [(one, other) for one, other, meet in DEVELOPMENT if meet == "yes"]
APART = [(one, other) for one, other, meet in DEVELOPMENT if meet == "no"]

NOT_TOLD_APART = {
    ("O'Brien", "O'Byrne"),
    ("Aoife", "Eve"),
    ("Mohammed", "Mahmood"),
}
"""Pairs that ought to be apart and are not: their consonants are the same."""


class TestLists:
    @pytest.mark.parametrize(("one", "other"), TRAINING)
    def test_a_pair_of_the_training_list_meets(self, one, other):
        assert alike(one, other)

    @pytest.mark.parametrize(("one", "other"), MEET)
    def test_a_pair_of_the_development_list_meets(self, one, other):
        assert alike(one, other)

    @pytest.mark.parametrize(("one", "other"), APART)
    def test_a_pair_that_must_not_meet_is_apart(self, one, other):
        assert alike(one, other) == ((one, other) in NOT_TOLD_APART)

    def test_the_lists_are_long_enough_and_have_no_pair_twice(self):
        pairs = [frozenset(pair) for pair in (*TRAINING, *MEET, *APART)]

        assert len(TRAINING) == 55
        assert len(MEET) >= 80
        assert len(APART) >= 40
        assert len(set(pairs)) == len(pairs)


class TestCodes:
    """Written by hand from the rules: the first and second sound, consonants, the end.

    V is kept as F, Z and X (sh) as S, J as C (ch); B, D, G at the end as P, T, K.
    """

    @pytest.mark.parametrize(
        ("name", "right"),
        [
            ("Smith", ("SMT",)),
            ("Smythe", ("SMT",)),
            ("Lee", ("La",)),
            ("Ahmed", ("aMT",)),
            ("Knight", ("NaT",)),
            ("Brown", ("BRN",)),
            ("Barron", ("BaRN",)),
            ("Brennan", ("BRNN",)),
            ("Murphy", ("MaRFa",)),
            ("Jones", ("CaNS", "YaNS")),
            ("Gough", ("GaF", "Ga")),
            ("Nowak", ("NaFK", "NaK")),
            ("O'Brien", ("aBRN",)),
            ("MacDonald", ("MaKDNLT",)),
        ],
    )
    def test_a_name_has_its_codes(self, name, right):
        assert codes(name) == tuple(sorted(right))

    @pytest.mark.parametrize(
        "name", ["O'Brien", "o'brien", "O\u2019BRIEN", "O Brien", "OBrien", " o-brien "]
    )
    def test_case_and_marks_make_no_difference(self, name):
        assert codes(name) == codes("O'Brien")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Zo\u00eb", "Zoe"),
            ("Zoe\u0308", "Zoe"),
            ("Se\u00e1n", "Sean"),
            ("M\u00fcller", "Muller"),
            ("\u0141ukasz", "Lukasz"),
            ("Andr\u00e9", "Andre"),
            ("Nguy\u1ec5n", "Nguyen"),
            ("\u00d8deg\u00e5rd", "Odegard"),
        ],
    )
    def test_a_name_meets_itself_without_accents(self, one, other):
        assert alike(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Andr\u00e9", "Andray"),
            ("\u0160imi\u0107", "Shimich"),
            ("Dvo\u0159\u00e1k", "Dvorzak"),
            ("Fran\u00e7ois", "Fransois"),
            ("\u015eahin", "Shahin"),
        ],
    )
    def test_a_letter_with_a_mark_has_its_own_sound_too(self, one, other):
        assert alike(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("St John", "Saint John"),
            ("St. John", "St John"),
            ("ap Rhys", "Price"),
            ("ap Hugh", "Pugh"),
            ("ab Evan", "Bevan"),
            ("M'Donald", "McDonald"),
            ("M\u2019Donald", "MacDonald"),
            ("Fitz Gerald", "Fitzgerald"),
        ],
    )
    def test_a_prefix_is_written_out(self, one, other):
        assert alike(one, other)

    @pytest.mark.parametrize("name", ["M'Bapp\u00e9", "M'hamed"])
    def test_an_african_m_is_no_mac(self, name):
        assert not any(code.startswith("MaK") for code in codes(name))

    def test_st_alone_is_no_saint(self):
        assert codes("St") == ("ST",)


class TestHostile:
    @pytest.mark.parametrize(
        "name",
        ["", " ", "'", "-", "12", "\u674e", "\u0645\u062d\u0645\u062f", "\U0001f600"],
    )
    def test_a_text_without_letters_that_can_be_romanised_has_no_code(self, name):
        assert codes(name) == ()
        assert not alike(name, name)
        assert reason(name, name) is None

    @pytest.mark.parametrize(
        "letter", [*string.ascii_lowercase, "\u00e9", "\u0416", "\u03a9"]
    )
    def test_a_name_of_one_letter_has_a_code(self, letter):
        assert codes(letter)

    @pytest.mark.parametrize(
        "name",
        [
            "a" * 10_000,
            "x" * 10_000,
            "ough" * 3_000,
            "zh-" * 3_000,
            "' " * 5_000 + "a",
            "\ufdfa" * 500,
            "\u0390" * 500,
            "a\u0301" * 500,
            "\ud800Bob",
            "Bob\x00\U0001f600",
            "gh" * 50,
        ],
    )
    def test_a_hostile_name_has_few_short_codes(self, name):
        found = codes(name)

        assert len(found) <= 4
        assert all(1 <= len(code) <= 10 and code.isascii() for code in found)

    def test_only_the_first_hundred_characters_count(self):
        name = "Featherstonhaugh" * 10

        assert LONGEST == 100
        assert codes(name) == codes(name[:100])
        assert codes("-" * 100 + "Smith") == ()

    def test_a_long_name_meets_itself_cut_at_35(self):
        name = "Ramachandran-Venkatasubramanian-Krishnamurthy"

        assert alike(name, name[:35])

    def test_what_is_kept_in_memory_is_bounded(self):
        assert codes.cache_info().maxsize == 65_536


class TestScripts:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("\u0421\u043c\u0438\u0442", "Smith"),
            ("\u0416\u0443\u043a\u043e\u0432", "Zhukov"),
            ("\u0429\u0435\u0440\u0431\u0430", "Shcherba"),
            ("\u0425\u0430\u043b\u0438\u0434", "Khalid"),
            ("\u040f\u0435\u043c\u0430\u043b", "Djemal"),
            ("\u0413\u0430\u043d\u043d\u0430", "Hanna"),
            ("\u0393\u03b5\u03c9\u03c1\u03b3\u03af\u03bf\u03c5", "Georgiou"),
            ("\u03a8\u03b1\u03c1\u03cc\u03c2", "Psaros"),
        ],
    )
    def test_cyrillic_and_greek_are_romanised(self, one, other):
        assert alike(one, other)

    def test_every_letter_of_the_table_is_read(self):
        rows = load("sound_letters").rows
        letters = [row["letter"] for row in rows]

        assert len(set(letters)) == len(letters)
        for row in rows:
            for text in (row["plain"], row.get("sounded", "")):
                assert set(text) <= set(string.ascii_lowercase)
            found = spell(row["letter"])
            assert [one.joined for one in found][:1] == ([row["plain"]] * bool(found))


RULES = readings.rules()


class TestRules:
    @pytest.mark.parametrize(
        "rule",
        [
            pytest.param(r, id=f"{n}-{r.family}-{r.letters}")
            for n, r in enumerate(RULES)
        ],
    )
    def test_the_pair_of_a_rule_meets_and_the_rule_is_used(self, rule):
        one, other = rule.pair.split(" / ")
        used = {
            each
            for name in (one, other)
            for spelling in spell(name)
            for _, fired in readings._spoken_by(spelling.joined)
            for each in fired
        }

        assert alike(one, other)
        assert rule in used

    def test_no_rule_is_there_twice(self):
        for table in load_all("sound_rules"):
            places = [
                (row["letters"], row.get("after", ""), row.get("before", ""))
                for row in table.rows
                if "letters" in row
            ]
            assert len(set(places)) == len(places)

    def test_rules_are_written_in_letters_and_sounds(self):
        for rule in RULES:
            assert set(rule.letters) <= set(string.ascii_lowercase)
            assert set(rule.after) <= {*string.ascii_lowercase, "V", "C", "^"}
            assert set(rule.before) <= {*string.ascii_lowercase, "V", "C", "$"}
            assert set("".join(rule.sounds)) <= set("aBCDFGHJKLMNPRSTVWXYZ")
            assert 1 <= len(rule.sounds) <= 3

    def test_every_family_but_two_is_called_up_by_marks(self):
        for table in load_all("sound_rules"):
            marks = " ".join(row.get("marks", "") for row in table.rows).split()
            always = table.name in {"sound_rules_common", "sound_rules_english"}

            assert bool(marks) != always
            assert len(set(marks)) == len(marks)
            for mark in marks:
                inside = mark.removeprefix("^").removesuffix("$")
                assert inside
                assert set(inside) <= set(string.ascii_lowercase)
                assert len(mark) >= 2

    def test_every_table_says_where_it_comes_from(self):
        names = ["sound_lexicon", "sound_letters"]
        for table in [*load_all("sound_rules"), *map(load, names)]:
            assert table.source.keys() >= {"title", "version", "retrieved", "note"}
            assert table.source["evidence"] == "assumed"


ENTRIES = lexicon.entries()


class TestLexicon:
    @pytest.mark.parametrize(
        "entry", [pytest.param(entry, id=entry.names[0]) for entry in ENTRIES]
    )
    def test_each_name_meets_each_way_it_is_said(self, entry):
        for name, said in itertools.product(entry.names, entry.sounds):
            assert alike(name, said), (name, said)

    @pytest.mark.parametrize(
        "entry", [pytest.param(entry, id=entry.names[0]) for entry in ENTRIES]
    )
    def test_no_entry_is_needless(self, entry, monkeypatch):
        """A rule that comes to reach an entry makes it superfluous: take it out."""
        monkeypatch.setattr(sound, "said", lambda _: ())
        without = codes.__wrapped__

        for name in entry.names:
            assert any(
                set(without(name)).isdisjoint(without(said)) for said in entry.sounds
            ), name

    def test_there_are_enough_entries_and_no_headword_is_there_twice(self):
        heads = [entry.names[0] for entry in ENTRIES]

        assert len(heads) >= 80
        assert len(set(heads)) == len(heads)

    def test_a_half_of_a_double_barrelled_name_is_said_as_it_is_alone(self):
        assert alike("Cholmondeley-Smith", "Chumley Smith")
        assert alike("Smith Featherstonhaugh", "Smyth-Fanshaw")

    def test_a_way_to_say_a_name_meets_other_spellings_of_it(self):
        assert alike("Cholmondeley", "Chumleigh")
        assert alike("Beauchamp", "Beacham")


class TestReason:
    @pytest.mark.parametrize(
        ("one", "other", "right"),
        [
            ("Czaja", "Chiah", "Polish cz"),
            ("Siobhan", "Shivaun", "Gaelic bh"),
            ("Cholmondeley", "Chumley", "lexicon: Cholmondeley"),
            ("Sinjin", "St John", "lexicon: St John"),
            ("Phillips", "Fillips", "English ph"),
            ("Lloyd", "Floyd", "Welsh ll"),
            ("Smith", "Smyth", "sound"),
            ("O'Brien", "O Brien", "sound"),
            ("Smith", "Jones", None),
            ("", "Jones", None),
        ],
    )
    def test_it_names_the_rule_or_the_entry(self, one, other, right):
        assert reason(one, other) == reason(other, one) == right


def test_the_version_is_a_number():
    assert sound.VERSION == 1

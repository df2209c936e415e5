"""How else a name may stand in a record."""

import pytest

from ulnlib.matching.nicknames import NameRelation
from ulnlib.matching.plain import plain
from ulnlib.matching.sound import alike
from ulnlib.matching.sound.lexicon import entries
from ulnlib.matching.spellings import (
    MOST_OF_A_KIND,
    companion_names,
    double_spellings,
    plain_spellings,
    prefix_spellings,
    rare_companion_names,
    said_spellings,
    sound_spellings,
    without_suffix,
)
from ulnlib.matching.surnames import SurnameRelation
from ulnlib.matching.surnames import relation as surname_relation
from ulnlib.matching.weights import default_weights


class TestPrefixes:
    @pytest.mark.parametrize(
        ("name", "forms"),
        [
            ("Mc Donald", ["MacDonald", "McDonald", "Donald"]),
            ("M\u2019Donald", ["MacDonald", "McDonald", "Mc Donald", "Donald"]),
            ("M'Donald", ["MacDonald", "McDonald", "Mc Donald", "Donald"]),
            ("\u00d3 Briain", ["O'Briain", "OBriain", "O Briain", "Briain"]),
            ("O\u0301 Briain", ["O'Briain", "OBriain", "O Briain", "Briain"]),
            ("O\u2019Brien", ["O'Brien", "OBrien", "O Brien", "Brien"]),
            ("O `Brien", ["O'Brien", "OBrien", "O Brien", "Brien"]),
            ("O Brien", ["O'Brien", "OBrien", "\u00d3 Brien", "Brien"]),
            ("OBrien", ["O'Brien", "O Brien"]),
            ("obrien", ["O'Brien", "O Brien"]),
            ("D\u2019Souza", ["D'Souza", "DSouza", "De Souza", "Souza"]),
            ("N\u00ed Bhriain", ["Ni Bhriain", "Bhriain"]),
            ("Ui Bhriain", ["U\u00ed Bhriain", "Bhriain"]),
            ("Fitz-Quill", ["FitzQuill", "Fitz Quill", "Quill"]),
            ("Della Rocca", ["Rocca"]),
            ("St. John", ["St John", "Saint John", "John"]),
        ],
    )
    def test_it_is_written_otherwise_and_left_out(self, name, forms):
        assert list(prefix_spellings(name)) == forms

    @pytest.mark.parametrize(
        "name",
        ["Mackie", "Machin", "Oliver", "Otoole-Quill", "de", "O'", "", "-", "Li"],
    )
    def test_a_name_without_a_prefix_has_no_other_form(self, name):
        assert prefix_spellings(name) == ()

    @pytest.mark.parametrize(
        "name", ["Mc Donald", "O\u2019Brien", "\u00d3 Briain", "OBrien", "D\u2019Souza"]
    )
    def test_what_is_proposed_is_the_name_for_who_compares_too(self, name):
        related = {SurnameRelation.SAME, SurnameRelation.AFFIX}

        assert {
            surname_relation(name, one) for one in prefix_spellings(name)
        } <= related

    @pytest.mark.parametrize(
        ("name", "bare"),
        [
            ("Quill Jr", "Quill"),
            ("Quill, III", "Quill"),
            ("Quill", None),
            (" Jr", None),
        ],
    )
    def test_a_suffix_is_left_out(self, name, bare):
        assert without_suffix(name) == bare


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Quill - Thistle", ["Quill Thistle", "Quill", "Thistle", "Thistle-Quill"]),
        ("Quill Thistle Jr", ["Quill-Thistle", "Quill", "Thistle", "Thistle-Quill"]),
        (
            "St John-Quill",
            ["St John Quill", "St John", "Quill", "Quill-St John"],
        ),
        (
            "Quill de la Rosa",
            ["Quill-de la Rosa", "Quill", "de la Rosa", "de la Rosa-Quill"],
        ),
        ("Quill-Thistle-Reed", ["Quill Thistle Reed", "Quill", "Thistle", "Reed"]),
        ("Mc Donald", []),
        ("\u00d3 Briain", []),
        ("Al-Masri", []),
        ("Quill", []),
        ("", []),
    ],
)
def test_a_prefix_is_no_part_of_a_double_barrelled_name(name, forms):
    assert list(double_spellings(name)) == forms


def test_marks_are_left_out_one_sort_after_the_other():
    assert plain_spellings("Ren\u00e9e-O\u2019Quill") == (
        "Renee-O'Quill",
        "Renee Oquill",
    )
    assert plain_spellings("-'") == ()


class TestGivenNames:
    def test_the_most_frequent_come_first(self):
        listed = default_weights().rarities["given_name"]
        found = companion_names("William", NameRelation.NICKNAME)

        assert found == ("Liam", "Billy", "Billie", "Will")
        rarities = [listed[name.casefold()] for name in found]
        assert rarities == sorted(rarities)

    def test_a_rare_name_is_never_among_the_frequent(self):
        assert companion_names("Ada", NameRelation.NICKNAME) == ()
        assert rare_companion_names("Ada", NameRelation.NICKNAME) == (
            "Adaeze",
            "Adanna",
        )

    @pytest.mark.parametrize("name", ["Mohammed", "Catherine", "William", "Alexander"])
    def test_there_is_a_cap_and_nothing_rare_for_a_frequent_name(self, name):
        for kind in NameRelation:
            assert len(companion_names(name, kind)) <= MOST_OF_A_KIND
            assert rare_companion_names(name, kind) == ()


class TestSound:
    @pytest.mark.parametrize(
        ("field", "name", "found"),
        [
            ("family_name", "Smyth", ["Smith"]),
            ("family_name", "SMYTHE", ["Smith"]),
            ("family_name", "Philips", ["Phillips"]),
            ("family_name", "Reid", ["Reed", "Read"]),
            ("family_name", "Hews", ["Hughes", "Hayes"]),
            ("family_name", "O'Bryan", ["O'Brien"]),
            ("family_name", "Macdonald", ["McDonald"]),
            ("family_name", "Smith", []),
            ("family_name", "Featherstonhaugh", []),
            ("family_name", "", []),
            ("given_name", "Catherine", ["Katherine", "Kathryn"]),
            ("given_name", "Katherine", ["Catherine", "Kathryn"]),
            ("given_name", "Kathryn", ["Catherine", "Katherine"]),
            ("given_name", "John", []),
            ("given_name", "Jon", ["John"]),
            ("given_name", "Niamh", ["Neve"]),
        ],
    )
    def test_frequent_names_that_sound_alike_are_proposed(self, field, name, found):
        assert list(sound_spellings(field, name)) == found

    @pytest.mark.parametrize(
        ("field", "name", "found"),
        [
            (
                "family_name",
                "FEATHERSTONHAUGH",
                ["Fanshaw", "Fetherstonhaugh", "Featherstonehaugh"],
            ),
            (
                "family_name",
                "Fanshaw",
                ["Featherstonhaugh", "Fetherstonhaugh", "Featherstonehaugh"],
            ),
            ("family_name", "St. John", ["Sinjin", "Singen", "Saint John"]),
            ("given_name", "Wojciech", ["Voytek", "Wojtek"]),
            ("given_name", "Voytek", ["Wojciech"]),
            # Several names are said so.
            ("family_name", "Win", ["Nguyen", "Ngyuen", "Nguyan"]),
            # Frequent, or not in the lexicon.
            ("given_name", "Mohammed", []),
            ("family_name", "Smith", []),
            ("family_name", "Quillfeather", []),
            ("family_name", "", []),
        ],
    )
    def test_a_rare_name_is_written_as_it_is_said_and_the_other_way_round(
        self, field, name, found
    ):
        assert list(said_spellings(field, name)) == found

    def test_what_is_said_so_sounds_alike(self):
        for entry in entries():
            for name in (*entry.names, *entry.sounds):
                found = said_spellings("family_name", name)
                assert len(found) <= 3
                assert all(alike(one, name) for one in found)
                assert plain(name) not in {plain(one) for one in found}

    @pytest.mark.parametrize("field", ["given_name", "family_name"])
    def test_all_that_is_proposed_is_frequent_and_alike_and_capped(self, field):
        listed = default_weights().rarities[field]
        for name in listed:
            found = sound_spellings(field, name)
            assert len(found) <= 3
            assert all(alike(one, name) for one in found)
            letters = [one.replace("'", "").casefold() for one in found]
            assert name not in letters
            rarities = [listed[one] for one in letters]
            assert rarities == sorted(rarities)

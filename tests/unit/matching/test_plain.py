"""The plain form of a name, and names that were cut."""

import pytest

from ulnlib.matching.plain import NAME_LENGTH, PLAIN_LIMIT, is_cut, plain, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith", "smith"),
        ("O'Brien", "obrien"),
        ("O\u2019Brien", "obrien"),
        ("O\u00b4Brien", "obrien"),
        ("O`Brien", "obrien"),
        ("Nu\u02bbuanu", "nuuanu"),
        ("Mary-Ann", "mary ann"),
        ("Mary\u2013Ann", "mary ann"),
        ("  Mary   Ann ", "mary ann"),
        ("St. John", "st john"),
        ("J.P.", "j p"),
        ("Jo3hn", "john"),
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("Łukasz", "lukasz"),
        ("Đorđe", "dorde"),
        ("Søren", "soren"),
        ("Strauß", "strauss"),
        ("Æthelstan", "aethelstan"),
        ("Þór", "thor"),
        ("I\u0307brahim", "ibrahim"),
        ("\u0130brahim", "ibrahim"),
        ("Y\u0131ld\u0131z", "yildiz"),
        ("Əliyev", "aliyev"),
        ("\ufb01tz", "fitz"),
        ("Ng\u00adu", "ngu"),
        ("Олександр", "олександр"),
        ("Сергей", "сергеи"),
        ("Νίκος", "νικοσ"),
        ("李", "李"),
        ("Ann\U0001f600Marie", "ann marie"),
        ("\tAnn\nMarie\x00", "ann marie"),
        ("", ""),
        ("'-. 12", ""),
        ("\u2018\u2019\U0001f600", ""),
    ],
)
def test_accents_and_case_are_folded(text, expected):
    assert plain(text) == expected


def test_tokens_are_the_words():
    assert tokens("Anne-Marie  O'Neill") == ("anne", "marie", "oneill")
    assert tokens("-") == ()


def test_a_long_text_is_looked_at_only_in_part():
    assert plain("ab" * PLAIN_LIMIT) == "ab" * (PLAIN_LIMIT // 2)
    assert len(plain("\ufdfa" * PLAIN_LIMIT)) <= PLAIN_LIMIT


class TestCut:
    LONG = "Featherstone-Wolstenholme-Cholmondeley"

    def test_a_name_of_35_characters_may_be_the_beginning_of_another(self):
        assert is_cut(self.LONG[:NAME_LENGTH], self.LONG)
        assert is_cut(self.LONG, self.LONG[:NAME_LENGTH].upper())

    def test_a_space_at_the_cut_is_lost(self):
        long = "a" * 17 + " " + "b" * 16 + " " + "c" * 9
        assert is_cut(long[:NAME_LENGTH].strip(), long)

    @pytest.mark.parametrize(
        "other",
        ["Featherstone", LONG, LONG[:34], LONG + "s", "B" + LONG[1:NAME_LENGTH]],
        ids=["short", "whole", "cut earlier", "both long", "another"],
    )
    def test_anything_else_is_not_cut(self, other):
        assert not is_cut(self.LONG, other)

    def test_nothing_is_cut_to_nothing(self):
        assert not is_cut("", "-" * 40)

"""Several given names in one field."""

import pytest

from ulnlib.matching.given_names import GivenRelation, relation

LONG = "Wilhelmina Bartholomea Constantinapolita"

PAIRS = {
    GivenRelation.RUN_TOGETHER: [
        ("Mary Ann", "Maryann"),
        ("Mary-Ann", "MARYANN"),
        ("Abdul Rahman", "Abdulrahman"),
    ],
    GivenRelation.FIRST_ONLY: [
        ("Mary", "Mary Ann"),
        ("Mary", "Mary-Ann Jane"),
        ("Mary Ann", "Mary Ann Jane"),
        ("John", "John P"),
    ],
    GivenRelation.INITIAL: [
        ("J", "John"),
        ("J.", "John"),
        ("J", "John Paul"),
        ("J P", "John Paul"),
        ("J.P.", "John-Paul"),
        ("JP", "John Paul"),
        ("J P", "JP"),
        ("John P", "John Paul"),
        ("J Paul", "John Paul"),
        ("John", "J P"),
        ("J", "J P"),
    ],
    GivenRelation.CUT: [(LONG, LONG[:35])],
    None: [
        ("Mary", "mary"),
        ("Zoë", "Zoe"),
        ("Ann", "Mary Ann"),
        ("Jo", "John"),
        ("J P", "John Mark"),
        ("JM", "John Paul"),
        ("John P", "Jack Paul"),
        ("J Paul", "John Paul Mark"),
        ("J", "Kate"),
        ("", ""),
        ("", "John"),
        ("-", "John"),
    ],
}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(*pair, expected) for expected, pairs in PAIRS.items() for pair in pairs],
)
def test_two_entries_have_the_relation_both_ways(one, other, expected):
    assert relation(one, other) is expected
    assert relation(other, one) is expected

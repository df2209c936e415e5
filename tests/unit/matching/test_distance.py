"""How far apart two spellings are."""

import pytest

from ulnlib.matching.distance import Closeness, closeness, is_similar

SLIP, ONE, TWO, NEAR = Closeness

PAIRS = [
    ("smith", "smoth", SLIP),  # o is beside i
    ("smith", "smigh", SLIP),  # g is below t
    ("smith", "smiht", SLIP),  # changed over
    ("smith", "msith", SLIP),
    ("smith", "smmith", SLIP),  # doubled
    ("smith", "smithh", SLIP),
    ("ssmith", "smith", SLIP),
    ("smith", "smath", ONE),  # a is not beside i
    ("smith", "smit", ONE),  # dropped, and no neighbour of its own
    ("smith", "mith", ONE),
    ("smith", "smithe", ONE),
    ("smith", "asmith", ONE),
    ("smith", "zmith", SLIP),  # z is below s
    ("smith", "smithy", ONE),
    ("quillfe", "guillfa", TWO),
    ("quillfeather", "qulfeather", TWO),
    ("quillf", "guilla", None),  # six letters, two of them wrong
    ("smith", "smithson", NEAR),
    ("christina", "christabel", NEAR),
    ("smith", "jones", None),
    ("smith", "smithson-bartholomew", None),
    ("abc", "abp", ONE),
    ("abc", "abv", SLIP),
    ("ab", "ac", None),  # too short to be misspelt
    ("ab", "abc", None),
    ("a", "a b c d", None),
    ("", "abc", None),
    ("\u0430\u043d\u043d\u0430", "\u0430\u043d\u043d\u044f", ONE),
]


@pytest.mark.parametrize(("one", "other", "close"), PAIRS)
def test_two_spellings_are_so_close(one, other, close):
    assert closeness(one, other) is close
    assert closeness(other, one) is close


def test_the_closest_come_first():
    assert list(Closeness) == ["slip", "one", "two", "near"]


def test_of_a_very_long_name_the_beginning_counts():
    long = "ab" * 5_000

    # Where they are cut they are equal: as near as two different names can be.
    assert closeness(long + "x", long + "yyyy") is SLIP
    assert closeness(long, long + "y") is SLIP
    assert closeness("x" + long, "p" + long) is ONE


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("1highstreet", "1highstret", True),
        ("1highstreet", "1highstreet", True),
        ("1highstreet", "theoldrectory", False),
        ("", "", False),
        ("", "theoldrectory", False),
    ],
)
def test_two_longer_texts_are_similar(one, other, similar):
    assert is_similar(one, other) is similar
    assert is_similar(other, one) is similar

"""The folding of names and postcodes: what is equal, and what is not."""

import pytest

from ulnlib._text import fold_postcode, fold_text, from_windows, squeeze, to_windows


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("   ", ""),
        ("Ada", "ada"),
        ("  ADA   Maria ", "ada maria"),
        ("Ada\u00a0Maria", "ada maria"),  # a no-break space
        ("Ada\t\r\nMaria", "ada maria"),
        ("O'Brien", "o'brien"),
        ("Zo\u00eb", "zo\u00eb"),
        ("ZO\u00cb", "zo\u00eb"),
        ("Zoe\u0308", "zo\u00eb"),  # a letter and an accent
        ("ZOE\u0308", "zo\u00eb"),
        ("\u212bngstr\u00f6m", "\u00e5ngstr\u00f6m"),  # the sign for an angstrom
        ("Stra\u00dfe", "strasse"),
        ("STRASSE", "strasse"),
        ("\u0130", "i\u0307"),  # a capital I with a dot has no single small letter
        ("\u0141uk", "\u0142uk"),
        ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "σίσυφοσ"),  # a final sigma
    ],
)
def test_a_name_is_folded_to_this(text, folded):
    assert fold_text(text) == folded
    assert fold_text(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoe", "Zo\u00eb"),
        ("O'Brien", "O\u2019Brien"),
        ("O'Brien", "OBrien"),
        ("Smith-Jones", "Smith Jones"),
        ("Mac Donald", "MacDonald"),
        ("Ada", "Ada."),
        ("\ufb01n", "fin\u200d"),  # a joiner that cannot be seen
        ("\uff21da", "Ada"),  # a letter of another width
    ],
)
def test_an_accent_a_hyphen_or_an_apostrophe_makes_a_difference(one, other):
    assert fold_text(one) != fold_text(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SW1A 1AA", "sw1a1aa"),
        ("sw1a1aa", "sw1a1aa"),
        (" S W 1 A  1 A A ", "sw1a1aa"),
        ("BFPO 12", "bfpo12"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_postcode_is_folded_without_any_space(text, folded):
    assert fold_postcode(text) == folded


def test_every_byte_of_windows_1252_goes_there_and_back():
    every = bytes(range(256))

    assert to_windows(from_windows(every)) == every
    assert from_windows(b"\x80\xe9") == "\u20ac\u00e9"


@pytest.mark.parametrize("text", ["\u0141", "\x81\u0141", "\x80", "\x85\x81", "\ufffd"])
def test_what_windows_1252_does_not_have_is_refused(text):
    with pytest.raises(UnicodeEncodeError):
        to_windows(text)


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [("  Ada   Maria ", "Ada Maria"), ("ADA", "ADA"), (" \t ", ""), ("a\nb", "a b")],
)
def test_squeezing_leaves_case_alone(text, squeezed):
    assert squeeze(text) == squeezed

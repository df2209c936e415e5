"""Laws of the sound codes."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ulnlib.matching.sound import alike, codes, reason

_ACCENTED = (
    "\u00e1\u00e0\u00e2\u00e4\u00e9\u00e8\u00ea\u00eb\u00ed\u00ee\u00f3\u00f4\u00f6"
    "\u00fa\u00fc\u00f1\u00e7\u0161\u017e\u010d\u0107\u0142\u015b\u017c\u0105\u0119\u0151\u1ec5"
)
_PLAIN = {"\u0142": "l"}

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40)
accented = st.text(
    alphabet=f"abcdefghijklmnopqrstuvwxyz{_ACCENTED}", min_size=1, max_size=40
)
written = st.text(
    alphabet=f"aeioubcdfghjklmnprstwxyz{_ACCENTED}'\u2019- .", max_size=40
)
hostile = st.text(max_size=300)
names = st.sampled_from(
    ["Smith", "Smyth", "O'Brien", "Cholmondeley", "Chumley", "Czaja", "Chiah", "Mhairi"]
)


def without_accents(name):
    plain = "".join(_PLAIN.get(letter, letter) for letter in name)
    apart = unicodedata.normalize("NFD", plain)
    return "".join(one for one in apart if not unicodedata.combining(one))


@given(hostile | written)
def test_any_text_has_at_most_four_short_codes_distinct_and_in_order(name):
    found = codes(name)

    assert len(found) <= 4
    assert list(found) == sorted(set(found))
    assert all(1 <= len(code) <= 10 for code in found)
    assert all(code.isascii() and code.isalpha() for code in found)


@given(hostile | written)
def test_codes_depend_on_nothing_but_the_name(name):
    assert codes(name) == codes.__wrapped__(name) == codes.__wrapped__(name)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=90))
def test_a_text_of_ascii_has_codes_when_it_has_a_letter(name):
    assert bool(codes(name)) == any(one.isalpha() for one in name)


@given(accented)
def test_case_makes_no_difference(name):
    assert codes(name) == codes(name.upper()) == codes(name.title())


@given(written)
def test_composed_and_decomposed_letters_are_the_same(name):
    assert codes(unicodedata.normalize("NFD", name)) == codes(
        unicodedata.normalize("NFC", name)
    )


@given(accented)
def test_a_name_meets_itself_without_accents(name):
    assert alike(name, without_accents(name))


@given(letters, letters)
def test_a_name_in_two_words_meets_itself_in_one(first, second):
    # A prefix that is written out, as in "st john", is another name than "stjohn".
    if first not in {"st", "ap", "ab"}:
        assert alike(f"{first} {second}", first + second)
        assert alike(f"{first}-{second}", first + second)


@given(written)
@example("g\u00e9")  # a sound at the end
def test_spaces_around_make_no_difference(name):
    assert codes(f"  {name} ") == codes(name)


@given(hostile, hostile)
def test_what_is_beyond_a_hundred_characters_does_not_count(name, rest):
    cut = name[:100].ljust(100, "-")

    assert codes(cut + rest) == codes(cut)


@given(names | letters, names | letters)
def test_being_alike_has_no_direction_and_a_reason(one, other):
    assert alike(one, other) == alike(other, one)
    assert reason(one, other) == reason(other, one)
    assert (reason(one, other) is None) == (not alike(one, other))
    assert alike(one, one)

"""Laws of plain forms, nicknames, family names and given names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulnlib.matching import given_names, nicknames, surnames
from ulnlib.matching.plain import PLAIN_LIMIT, is_cut, plain, tokens

KNOWN = sorted(nicknames._names())
BY_ROOT: dict[str, list[str]] = {}
for known_name in KNOWN:
    for known_root in nicknames.roots(known_name):
        BY_ROOT.setdefault(known_root, []).append(known_name)
PARTS = [
    "Smith",
    "Jones",
    "McDonald",
    "Mackintosh",
    "MacArthy",
    "O'Brien",
    "Bhriain",
    "Briain",
    "Maguire",
    "Kowalska",
    "Nováková",
    "Vandenberg",
    "Alhassan",
    "Hassan",
    "Berg",
    "Li",
    "k",
]
PREFIXES = [
    "",
    "Mac ",
    "Ní ",
    "Ó ",
    "O'",
    "M'",
    "de la ",
    "D'",
    "van der ",
    "al-",
    "St ",
]
SUFFIXES = ["", " Jr", " III", "-", " Esq."]

texts = st.text(max_size=60) | st.text(min_size=190, max_size=210)
known = st.sampled_from(KNOWN)
given_entries = st.lists(
    known | st.sampled_from("jpm"), min_size=1, max_size=3
).flatmap(lambda names: st.sampled_from([" ", "-", ""]).map(lambda by: by.join(names)))
units = st.builds("".join, st.tuples(st.sampled_from(PREFIXES), st.sampled_from(PARTS)))
family_names = st.builds(
    lambda parts, by, end: by.join(parts) + end,
    st.lists(units, min_size=1, max_size=4),
    st.sampled_from([" ", "-"]),
    st.sampled_from(SUFFIXES),
)


@given(texts)
def test_a_plain_form_is_its_own_plain_form(text):
    once = plain(text)
    assert plain(once) == once


@given(texts)
def test_a_plain_form_is_words_of_letters_with_single_spaces(text):
    form = plain(text)
    assert len(form) <= PLAIN_LIMIT
    assert form == " ".join(form.split())
    assert all(character.isalpha() for character in form if character != " ")
    assert tokens(text) == tuple(form.split())


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_the_quick_way_for_ascii_and_the_long_way_are_one(text):
    assert plain(text + "\u0301") == plain(text)


@given(texts, texts)
def test_being_cut_has_no_order(one, other):
    assert is_cut(one, other) is is_cut(other, one)


@given(texts | known)
def test_a_given_name_has_few_roots_in_order(name):
    roots = nicknames.roots(name)
    assert len(roots) <= nicknames.ROOT_LIMIT
    assert list(roots) == sorted(set(roots))
    assert bool(roots) is bool(plain(name))


@given(known | texts, known | texts)
def test_related_given_names_have_a_root_in_common(one, other):
    relation = nicknames.relation(one, other)
    assert nicknames.relation(other, one) is relation
    if relation is not None:
        assert set(nicknames.roots(one)) & set(nicknames.roots(other))


@given(st.data())
def test_names_under_one_root_keep_the_law(data):
    names = BY_ROOT[data.draw(st.sampled_from(sorted(BY_ROOT)))]
    one, other = data.draw(st.tuples(*[st.sampled_from(names)] * 2))
    assert nicknames.relation(one, other) is nicknames.relation(other, one)


@given(texts | family_names)
def test_a_family_name_has_few_short_stems(name):
    stems = surnames.stems(name)
    assert len(stems) <= surnames.STEM_LIMIT
    assert list(stems) == sorted(set(stems))
    assert all(len(stem) <= surnames.STEM_LENGTH for stem in stems)
    assert bool(stems) is bool(plain(name))


@given(texts | family_names, texts | family_names)
def test_related_family_names_have_a_stem_in_common(one, other):
    relation = surnames.relation(one, other)
    assert surnames.relation(other, one) is relation
    if relation is not None:
        assert set(surnames.stems(one)) & set(surnames.stems(other))


@given(texts | family_names)
def test_a_family_name_goes_with_itself(name):
    expected = surnames.SurnameRelation.SAME if plain(name) else None
    assert surnames.relation(name, name) is expected


@given(texts | given_entries, texts | given_entries)
def test_the_relation_of_given_names_has_no_order(one, other):
    relation = given_names.relation(one, other)
    assert given_names.relation(other, one) is relation
    if plain(one) == plain(other):
        assert relation is None


@pytest.mark.parametrize(
    "text",
    ["a " * 1_000_000, "\ufdfa" * 1_000_000, "O'" * 500_000, "\u0301" * 1_000_000],
)
def test_a_hostile_text_is_looked_at_only_in_part(text):
    assert len(plain(text)) <= PLAIN_LIMIT
    assert surnames.relation(text, text + "b") in {surnames.SurnameRelation.SAME, None}
    assert given_names.relation(text, "a") is given_names.relation("a", text)
    assert len(nicknames.roots(text)) <= 1

"""Laws of the data restrictions: proposals, the previous family name, word lists."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ulnlib._text import fold_text
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.rules import restrictions
from ulnlib.rules.restrictions import WordList
from ulnlib.testing.strategies import learners

NAMES = st.none() | st.text(max_size=45) | st.sampled_from(["Smith", "smith ", "Jones"])
FIELD_NAMES = st.sampled_from(restrictions.NAME_FIELDS)
WORDS = st.sampled_from(["prison", "hm prison", "gaol", "the", "of", "x"])


@given(FIELD_NAMES, st.text(max_size=80) | st.lists(st.text(max_size=9)).map(" ".join))
def test_a_proposed_cut_is_the_beginning_and_fits(field, text):
    cut = restrictions.proposed_cut(field, text)

    assert len(cut) <= FIELDS[field].max_length
    if len(text) <= FIELDS[field].max_length:
        assert cut == text
    else:
        assert " ".join(text.split()).startswith(cut)
        assert bool(cut) == bool(text.strip())
    assert restrictions.proposed_cut(field, cut) == cut


@given(st.text(max_size=80))
def test_proposed_middle_names_have_no_finding(text):
    proposed = restrictions.proposed_middle_names(text)
    learner = Learner(middle_names=proposed)

    assert restrictions.proposed_middle_names(proposed) == proposed
    assert list(restrictions.check_middle_names(learner)) == []


@given(
    st.lists(
        st.sampled_from(
            [
                *("St", "Mary's", "School,", "(College)", "of", "the", "&", "-", "for"),
                *("Schools", "Highschool", "School's", "Schools'", ".", "Preschool"),
            ]
        )
    ).map(" ".join)
    | st.text(max_size=40)
)
def test_a_proposed_school_has_no_finding(text):
    proposed = restrictions.proposed_school(text)

    assert proposed is None or proposed.strip() == proposed != ""
    assert list(restrictions.check_school(Learner(school_at_16=proposed))) == []


@given(NAMES, NAMES, NAMES, NAMES)
def test_filling_the_previous_family_name_leaves_no_finding(held, old, new, given_one):
    before = Learner(family_name=held, previous_family_name=old)
    after = Learner(family_name=new, previous_family_name=given_one)
    filled = restrictions.with_previous_family_name(before, after)
    report = restrictions.check_previous_family_name(filled, before=before)

    # It fills, and never replaces: only another name of the caller's is left over.
    assert not report or (
        (given_one or "").strip() and fold_text(given_one) != fold_text(held)
    )
    assert filled.evolve(previous_family_name=given_one) == after
    assert restrictions.with_previous_family_name(before, filled) == filled


@given(st.lists(WORDS), st.lists(WORDS), st.lists(WORDS).map(" ".join))
def test_a_longer_list_finds_no_less(some, more, text):
    words = WordList(some)
    extended = words.extended(more)

    assert extended == WordList([*some, *more])
    assert extended.is_in(text) == (words.is_in(text) or WordList(more).is_in(text))


@given(st.lists(WORDS, min_size=1), st.lists(WORDS).map(" ".join))
def test_a_list_agrees_with_a_naive_search(phrases, text):
    naive = any(f" {phrase} " in f" {text} " for phrase in phrases)

    assert WordList(phrases).is_in(text) == naive


UNSEEN = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\xad", ""])


@given(st.sampled_from(["prisoner", "hm prison"]), st.lists(UNSEEN, min_size=9))
def test_what_cannot_be_seen_makes_no_difference(phrase, unseen):
    text = "".join(map("".join, zip(phrase, unseen, strict=False)))
    text += phrase[len(unseen) :]

    assert WordList([phrase]).is_in(text)
    assert WordList([text]) == WordList([phrase])


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_looked_for_in_any_text(text, phrase):
    words = WordList([phrase])

    assert words.is_in(f"{text} {phrase}") == bool(len(words))
    if words.is_all_of(text):
        assert words.is_in(text)


@given(learners(), st.none() | learners(), st.dates(dt.date(1950, 1, 1)))
def test_any_learner_can_be_checked(learner, before, as_of):
    report = restrictions.check(learner, before=before, as_of=as_of)
    order = [list(FIELDS).index(item.field) for item in report]

    assert order == sorted(order)
    assert restrictions.check(learner, before=before, as_of=as_of) == report


@given(st.integers(0, 120), st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_a_stand_in_date_of_birth_has_that_age(age, as_of):
    born = restrictions.stand_in_date_of_birth(age, as_of)

    assert (born.month, born.day) == (1, 1)
    assert as_of.year - born.year == age
    assert born <= as_of


@given(st.lists(st.sampled_from(["SW1A 1AA", "m11aa", "nowhere", "BFPO 1"])))
def test_an_allowed_postcode_is_never_a_prohibited_one(last_known):
    prohibited = ["sw1a 1aa", "BFPO1"]
    allowed = restrictions.allowed_postcode(last_known, prohibited)
    learner = Learner(postcode=allowed)

    assert list(restrictions.check_prohibited_postcode(learner, prohibited)) == []
    assert allowed in {"M1 1AA", "ZZ99 9ZZ"}

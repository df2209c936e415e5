"""Laws of verification: normalising, recognising, the work list, the share."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.codes import VerificationType
from ulnlib.learner import Learner
from ulnlib.rules import verification
from ulnlib.rules.verification import Verdict

EXAMPLES = [text for row in verification.DESCRIPTIONS for text in row.examples]
KNOWN_WORDS = sorted(
    {
        word
        for text in EXAMPLES
        for word in verification.normalise_description(text).split()
    }
    | {"seen", "the", "a", "by", "card", "photo", "portal", "staff", "zebra"}
)
DESCRIPTIONS = (
    st.text(max_size=40)
    | st.sampled_from(EXAMPLES)
    | st.lists(st.sampled_from(KNOWN_WORDS), max_size=6).map(" ".join)
)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
TYPES = st.none() | st.just("") | st.sampled_from([t.value for t in VerificationType])


@given(DESCRIPTIONS)
def test_normalising_twice_is_normalising_once(text):
    once = verification.normalise_description(text)

    assert once == " ".join(once.split())
    assert verification.normalise_description(once) == once


@given(
    st.sampled_from(EXAMPLES),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from([" ", "  ", ".", "!", "\t", " - "]),
    st.sampled_from(["", " ", "(", "."]),
)
def test_case_spaces_and_punctuation_make_no_difference(text, case, end, start):
    plain = verification.recognise(text)

    assert verification.recognise(start + case(text) + end) == plain


@given(st.sampled_from(EXAMPLES), st.sampled_from(["zebra", "photocard9", "council"]))
def test_a_word_that_no_row_has_leaves_the_description_to_a_person(text, word):
    """Nothing is guessed from a part."""
    assert verification.recognise(f"{word} {text.replace('/', ' ')}") is None


NOUN = re.compile(r"\b(ILR|ID|school|college|learning provider)\b")


@given(
    st.sampled_from(
        [
            text
            for row in verification.DESCRIPTIONS
            if row.verdict is Verdict.NOT_ACCEPTED
            for text in row.examples
        ]
    ),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str]),
    st.sampled_from(["", " ", "  ", "-", "_", "\t"]),
    st.sampled_from(["/", " / ", ", ", " or ", " and ", " ", " & "]),
)
def test_variants_of_what_is_not_accepted_are_not_accepted(
    text, plurals, case, space, oblique
):
    """Neither a plural nor case nor spaces makes a proof of an example of the guide."""
    several = iter(plurals)
    text = NOUN.sub(lambda noun: noun[0] + "s" * next(several), text)
    text = case(text.replace(" ", space).replace("/", oblique))

    known = verification.recognise(text)
    assert known is not None
    assert known.verdict is Verdict.NOT_ACCEPTED


ONES = [text for row in verification.DESCRIPTIONS for text in row.examples[-1:]]


@given(
    st.lists(st.sampled_from(ONES), min_size=1, max_size=3),
    st.sampled_from(["not seen", "none", "zebra", "nothing provided"]),
    st.sampled_from([", ", "/", " and ", "; ", " or "]),
    st.randoms(use_true_random=False),
)
def test_a_document_beside_a_doubt_is_never_recorded_by_itself(
    documents, doubt, between, random
):
    parts = [*documents, doubt]
    random.shuffle(parts)
    recorded = verification.to_record(between.join(parts))

    assert recorded.verification_type == "0" or recorded.needs_a_person


@given(DESCRIPTIONS, st.booleans())
def test_whatever_is_shown_can_be_recorded_and_has_no_finding_then(shown, is_school):
    """What `to_record` gives passes `check`, and giving it again changes nothing."""
    recorded = verification.to_record(shown, is_pre_16_school=is_school)
    learner = Learner(
        verification_type=recorded.verification_type,
        other_verification_description=recorded.other_verification_description,
    )

    assert list(verification.check(learner, is_pre_16_school=is_school)) == []
    rule = verification.TYPES[recorded.verification_type]
    assert rule.needs_description == (
        recorded.other_verification_description is not None
    )
    if rule.needs_description:
        again = verification.to_record(recorded.other_verification_description)
        assert again == recorded


@given(DESCRIPTIONS)
def test_what_is_not_accepted_is_recorded_as_none(text):
    known = verification.recognise(text)

    if known is not None and known.verdict is Verdict.NOT_ACCEPTED:
        assert known.record is VerificationType.NOT_PROVIDED
    if known is not None:
        assert (known.verdict is Verdict.TRUSTED) == bool(known.wording)


@given(st.lists(st.tuples(st.integers(1, 99), TYPES, DAYS)), DAYS)
def test_the_work_list_is_a_sorted_selection(records, as_of):
    found = verification.worklist(records, as_of)
    expected = sorted(
        (created, str(learner))
        for learner, kind, created in records
        if kind in {None, "", "0"} and created <= as_of
    )

    assert [(one.created, one.learner) for one in found] == expected
    assert all(one.days == (as_of - one.created).days >= 0 for one in found)


@given(
    st.dictionaries(st.sampled_from(["0", "2", "999", "x"]), st.integers(0, 10**6)),
    st.floats(0, 1),
)
def test_the_share_is_between_0_and_1_and_high_from_the_threshold_on(counts, threshold):
    found = verification.share_of_none(counts, threshold=threshold)

    assert 0 <= found.share <= 1
    assert found.total == sum(counts.values())
    assert found.is_high == (found.none > 0 and found.share >= threshold)
    assert verification.share_of_none(counts).is_high is None

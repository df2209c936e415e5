"""The records of several ULNs, joined and taken apart."""

import pytest

from ulnlib import Learner, Uln, plr
from ulnlib.errors import InvalidUln, InvalidValue
from ulnlib.plr import LearningEvent, LinkedRecords, Record, join
from ulnlib.plr.linked import ulns_of

A, B, C = (Uln(text) for text in ("1000000043", "1000000051", "9900000004"))
GRADED = LearningEvent(id=1, source="NPD", subject_code="50025685", grade="B")
AGAIN = LearningEvent(id=2, source="NPD", subject_code="50025685", grade="C")
ALONE = LearningEvent(id=3, source="AO", subject="Bricks")
PARTS = {B: Record([AGAIN, GRADED]), A: Record([GRADED, ALONE]), C: Record(())}


class TestJoining:
    def test_the_master_comes_first_and_nothing_is_dropped(self):
        linked = join(A, PARTS)
        assert linked.ulns == (A, B, C)
        assert linked.record.events == (GRADED, ALONE, AGAIN, GRADED)
        assert linked.origins == (A, A, B, B)
        assert repr(linked) == "LinkedRecords(ulns=3, events=4)"

    def test_duplicates_are_kept_with_both_origins(self):
        (first, owners), (second, owner) = join(str(A), PARTS).entries
        assert (first.grades, owners) == (("B", "C"), (A, B, B))
        assert (second.event, owner) == (ALONE, (A,))

    def test_it_comes_apart_as_it_was(self):
        assert join(C, PARTS).split() == PARTS

    def test_every_uln_has_one_record_and_the_master_has_one(self):
        with pytest.raises(InvalidValue) as refused:
            join(A, {B: Record(())})
        assert refused.value.reason == "no-master"
        with pytest.raises(InvalidValue) as refused:
            join(A, {A: Record(()), "1000000043": Record(())})
        assert refused.value.reason == "twice"
        with pytest.raises(InvalidUln):
            join(A, {A: Record(()), "7": Record(())})


class TestMerging:
    def test_one_is_merged_into_another_and_taken_out(self):
        one = join(A, {A: PARTS[A]})
        other = join(B, {B: PARTS[B], C: PARTS[C]})
        both = one.merged(other)
        assert both.master == A
        assert both.split() == PARTS
        assert both.unmerged(B, with_it=(C,)) == (one, other)
        left, taken = both.unmerged(str(B))
        assert (left.ulns, taken.ulns, taken.master) == ((A, C), (B,), B)

    def test_a_uln_is_merged_once(self):
        one = join(A, PARTS)
        with pytest.raises(InvalidValue) as refused:
            one.merged(join(C, {C: Record(())}))
        assert refused.value.reason == "twice"

    @pytest.mark.parametrize("number", [A, "9900000012"])
    def test_the_master_and_strangers_are_not_taken_out(self, number):
        with pytest.raises(InvalidValue) as refused:
            join(A, PARTS).unmerged(number)
        assert refused.value.reason == "not-linked"


def test_challenges_are_loaded_at_their_first_use():
    assert plr.challenge.Challenge.__name__ == "Challenge"
    assert isinstance(join(A, PARTS), LinkedRecords)
    with pytest.raises(AttributeError, match="no attribute 'challenges'"):
        plr.challenges  # noqa: B018


class TestWhose:
    def test_the_master_and_those_that_were_merged_into_it(self):
        found = ulns_of(Learner(uln="1000000043"), [Uln("1000000051"), "1000000078"])

        assert found == {"1000000043", "1000000051", "1000000078"}

    def test_of_a_learner_without_a_uln_none(self):
        assert ulns_of(Learner()) == frozenset()

    def test_one_text_is_no_list_of_ulns(self):
        for one in ("1000000051", Uln("1000000051")):
            with pytest.raises(TypeError, match="in a list"):
                ulns_of(Learner(), one)

    def test_what_is_no_uln_is_refused(self):
        with pytest.raises(InvalidUln):
            ulns_of(Learner(), ["7"])

"""Requests to merge and to part, carried out on a register and taken back."""

import pytest

from ulnlib import Learner, Register, Uln, register
from ulnlib.errors import InvalidData, RegisterRefused
from ulnlib.plr.challenge import MergeRequest, Party, UnmergeRequest
from ulnlib.register import carry_out, undo

A, B, C = "1000000043", "1000000051", "9900000004"
AT, LATER = "2026-11-29", "2026-11-30"
MERGE = MergeRequest(master=A, duplicate=B)


@pytest.fixture
def held():
    found = Register()
    for number in (A, B, C):
        found.add(Learner(uln=number, given_name="Ada", family_name="Example"))
    return found


def links(held):
    return {str(one): str(held.link(one) or "") for one in (A, B, C)}


class TestCarryingOut:
    def test_a_merge_says_what_was_done(self, held):
        done = carry_out(held, MERGE, at=AT)
        assert (done.is_merge, done.linked, done.into, done.master) == (
            True,
            Uln(B),
            Uln(A),
            Uln(A),
        )
        assert (done.differences, done.reason, done.at) == ((), None, AT)
        assert links(held) == {A: "", B: A, C: ""}

    def test_a_parting_takes_the_request_at_its_word(self, held):
        held.merge(C, into=B)
        held.merge(B, into=A)
        for master in (A, B):
            request = UnmergeRequest(master=master, linked=C, reason="Two people.")
            done = carry_out(held, request, at=AT)
            assert (done.is_merge, done.linked, done.into, done.master) == (
                False,
                Uln(C),
                Uln(B),
                Uln(A),
            )
            assert links(held)[C] == ""
            undo(held, done, at=LATER)
            assert links(held) == {A: "", B: A, C: B}

    def test_very_different_ones_need_a_reason(self, held):
        held.update(Learner(uln=B, given_name="Bo"))
        with pytest.raises(InvalidData) as refused:
            carry_out(held, MERGE, at=AT)
        assert [one.code for one in refused.value.report] == ["merge-no-reason"]
        assert links(held)[B] == ""
        told = MergeRequest(master=A, duplicate=B, reason="Called Bo at home.")
        done = carry_out(held, told, at=AT)
        assert done.differences == (("given_name", True),)
        assert "Bo" not in repr(done)

    def test_the_caller_says_what_is_strong(self, held):
        held.update(Learner(uln=B, given_name="Bo"))
        assert carry_out(held, MERGE, at=AT, compared={}).differences == ()

    def test_an_unsound_request_is_refused(self, held):
        with pytest.raises(InvalidData):
            carry_out(held, MergeRequest(master=A, duplicate=A), at=AT)
        with pytest.raises(InvalidData):
            carry_out(held, UnmergeRequest(master=A, linked=B), at=AT)

    @pytest.mark.parametrize(
        "by", [Party.organisation("10012345"), Party.learner(A)], ids=["org", "learner"]
    )
    def test_the_service_desk_alone_does_it(self, held, by):
        with pytest.raises(RegisterRefused) as refused:
            carry_out(held, MERGE, at=AT, by=by)
        assert refused.value.code == "not-permitted"
        done = carry_out(held, MERGE, at=AT)
        with pytest.raises(RegisterRefused) as refused:
            undo(held, done, at=AT, by=by)
        assert refused.value.code == "not-permitted"
        assert links(held)[B] == A

    def test_what_is_not_there_or_not_linked_is_refused(self, held):
        def code(request):
            with pytest.raises(RegisterRefused) as refused:
                carry_out(held, request, at=AT)
            return refused.value.code

        assert code(MergeRequest(master=A, duplicate="9900000012")) == "WSRC0019"
        part = UnmergeRequest(master=A, linked=B, reason="Two people.")
        assert code(part) == "not-linked"
        held.merge(B, into=C)
        assert code(part) == "other-master"
        assert code(MERGE) == "already-linked"


class TestTakingBack:
    def test_a_merge_and_its_undoing_is_nothing(self, held):
        done = carry_out(held, MERGE, at=AT)
        parted = undo(held, done, at=LATER)
        assert (parted.is_merge, parted.at) == (False, LATER)
        assert links(held) == {A: "", B: "", C: ""}
        again = undo(held, parted, at=LATER)
        assert (again.is_merge, again.master) == (True, Uln(A))
        assert links(held) == {A: "", B: A, C: ""}

    def test_what_was_changed_since_is_refused(self, held):
        done = carry_out(held, MERGE, at=AT)
        held.unmerge(B)
        for change in (lambda: None, lambda: held.merge(B, into=C)):
            change()
            with pytest.raises(RegisterRefused) as refused:
                undo(held, done, at=LATER)
            assert refused.value.code == "changed-since"

    def test_a_parting_of_what_was_merged_again_is_refused(self, held):
        parted = undo(held, carry_out(held, MERGE, at=AT), at=LATER)
        held.merge(B, into=C)
        with pytest.raises(RegisterRefused) as refused:
            undo(held, parted, at=LATER)
        assert refused.value.code == "changed-since"


def test_the_door_opens_and_says_what_it_has_not():
    assert {"Done", "carry_out", "undo"} <= set(dir(register))
    assert register.Done.__name__ == "Done"
    with pytest.raises(AttributeError, match="no attribute 'carryout'"):
        register.carryout  # noqa: B018


def test_a_link_is_of_a_uln_that_is_there(held):
    assert held.link(A) is None
    with pytest.raises(RegisterRefused) as refused:
        held.link("9900000012")
    assert refused.value.code == "WSRC0019"

"""Requests to merge two ULNs and to part them."""

import pytest

from builders.challenges import (
    ADA,
    COLLEGE,
    DESK,
    OTHER,
    THIRD,
    ULN,
    codes,
    of_event,
    of_uln,
)
from ulnlib.plr.challenge import (
    MergeRequest,
    Party,
    UnmergeRequest,
    may_carry_out,
    request_of,
)


class TestRequests:
    def test_a_merge_has_two_different_ulns(self):
        request = MergeRequest(master=f"{ULN[:5]} {ULN[5:]}", duplicate=OTHER)
        assert (request.master, codes(request.check())) == (ULN, [])
        assert codes(MergeRequest(master="7", duplicate=None).check()) == [
            ("merge-uln", "master"),
            ("merge-uln", "duplicate"),
        ]
        same = MergeRequest(master=ULN, duplicate=ULN)
        assert codes(same.check()) == [("merge-same-uln", "duplicate")]

    def test_what_is_no_uln_is_not_shown(self):
        request = MergeRequest(master=ULN, duplicate="Ada", reason="A twin.")
        assert repr(request) == f"MergeRequest(master={ULN!r}, duplicate=...)"

    def test_a_merge_of_very_different_ones_has_a_reason(self):
        moved = ADA.evolve(postcode="ZB2 2CD", gender="1", email="x@example.org")
        request = MergeRequest(master=ULN, duplicate=OTHER)
        report = request.check(ADA, moved)
        assert codes(report) == [("merge-no-reason", "gender")]
        assert "Gender, " in report[0].message
        assert codes(request.check(ADA, None)) == []
        assert codes(request.check(ADA, moved, compared={"town": True})) == []
        told = MergeRequest(master=ULN, duplicate=OTHER, reason="Lived at both.")
        assert codes(told.check(ADA, moved)) == []

    def test_a_parting_always_has_a_reason(self):
        request = UnmergeRequest(master=ULN, linked=OTHER)
        assert codes(request.check()) == [("unmerge-no-reason", "reason")]
        told = UnmergeRequest(master=ULN, linked=ULN, reason="Twins.")
        assert codes(told.check()) == [("merge-same-uln", "linked")]

    def test_a_challenge_asks_for_it(self):
        assert request_of(of_uln()) == MergeRequest(
            master=ULN, duplicate=OTHER, reason="She registered twice."
        )
        assert request_of(of_uln("fictitious_uln", master=OTHER)) == MergeRequest(
            master=OTHER, duplicate=ULN, reason="She registered twice."
        )
        assert request_of(of_uln("wrong_merge", master=None)) == UnmergeRequest(
            master=ULN, linked=OTHER, reason="She registered twice."
        )
        for problem in ("duplicate_uln", "fictitious_uln", "wrong_merge"):
            assert request_of(of_uln(problem, master=THIRD)) is None
        assert request_of(of_uln("shared_uln")) is None
        assert request_of(of_uln(other_uln=None)) is None
        assert request_of(of_event()) is None

    @pytest.mark.parametrize(
        "request_",
        [
            MergeRequest(master=ULN, duplicate=OTHER),
            UnmergeRequest(master=ULN, linked=OTHER),
        ],
        ids=["merge", "unmerge"],
    )
    def test_the_service_desk_alone_carries_it_out(self, request_):
        assert may_carry_out(request_, DESK).clause == "PG-6.1-C-5"
        for party in (COLLEGE, Party.learner(THIRD)):
            decision = may_carry_out(request_, party)
            assert (decision.allowed, decision.clause) == (False, "PG-A-13")

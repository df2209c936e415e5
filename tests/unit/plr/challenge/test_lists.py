"""History and work list of challenges."""

import datetime as dt

import pytest

from builders.challenges import (
    ADA,
    AT,
    COLLEGE,
    DESK,
    OTHER,
    SCHOOL,
    THIRD,
    ULN,
    not_theirs,
    of_event,
    of_uln,
    twice,
)
from ulnlib.errors import InvalidUln
from ulnlib.plr.challenge import (
    NOBODY_IS_TOLD,
    Party,
    history,
    work_list,
)

FIRST = of_event().raised(at="2026-11-01")
SECOND = of_uln(raised_by=SCHOOL).raised(at=dt.date(2026, 11, 2))
THIRD_ONE = not_theirs(raised_by=Party.learner(ULN)).raised(at="2026-11-03T10:00:00")
UNDATED = twice().raised(at="later")
ELSEWHERE = of_event(learner=ADA.evolve(uln=THIRD)).raised(at="2026-11-01")
ALL = [UNDATED, THIRD_ONE, ELSEWHERE, SECOND, of_event(), FIRST]


class TestHistory:
    def test_it_has_what_everybody_raised_in_order(self):
        assert history(ALL, ULN) == (FIRST, SECOND, THIRD_ONE, UNDATED)
        assert history(ALL, f"{ULN[:3]} {ULN[3:]}") == history(ALL, ULN)

    def test_the_second_uln_of_a_challenge_has_it_too(self):
        assert history(ALL, OTHER) == (SECOND,)

    def test_challenges_of_merged_ulns_are_the_masters_too(self):
        found = history(ALL, ULN, linked_ulns=[THIRD])

        assert set(found) == {FIRST, ELSEWHERE, SECOND, THIRD_ONE, UNDATED}

    def test_it_is_filtered_by_the_days_of_raising(self):
        day = dt.date(2026, 11, 2)
        assert history(ALL, ULN, created_from=day) == (SECOND, THIRD_ONE)
        assert history(ALL, ULN, created_to=day) == (FIRST, SECOND)
        late = dt.datetime(2026, 11, 2, 23, 59, tzinfo=dt.UTC)
        assert history(ALL, ULN, created_from=day, created_to=late) == (SECOND,)

    def test_it_is_of_a_uln(self):
        with pytest.raises(InvalidUln):
            history(ALL, "7")


class TestTheWorkList:
    def test_it_has_what_is_open_the_oldest_first(self):
        over = FIRST.withdrawn(by=COLLEGE, at=AT)
        asked = SECOND.step("look_at", by=DESK, at=AT).step("ask", by=DESK, at=AT)
        found = work_list([UNDATED, asked, over, of_event(), FIRST])
        assert found.open == (FIRST, asked, UNDATED)
        assert found.questioned == (asked,)
        assert found.note == NOBODY_IS_TOLD
        assert found.waiting_days(dt.date(2026, 11, 11)) == (10, 9, None)

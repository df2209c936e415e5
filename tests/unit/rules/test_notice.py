"""The privacy notice, and telling learners their ULN."""

import datetime as dt

import attrs
import pytest

from ulnlib.rules.clauses import clause
from ulnlib.rules.notice import (
    NOTICE_USES,
    Issued,
    NoticeForm,
    NoticePlan,
    Telling,
    check_notice_plan,
    may_make_uln,
    still_to_tell,
)

SOUND = NoticePlan(notice=NoticeForm.SHORT, told_by=Telling.IN_PERSON)


@pytest.mark.conformance
class TestBeforeAUlnIsMade:
    """PG-E-S-1: the notice comes first. PG-F-5: but for an emergency."""

    @pytest.mark.parametrize("form", NoticeForm)
    @pytest.mark.parametrize("is_emergency", [True, False])
    def test_either_text_will_do(self, form, is_emergency):
        decision = may_make_uln(form, is_emergency=is_emergency)

        assert (decision.allowed, decision.clause) == (True, "PG-E-S-1")

    def test_without_it_no_uln_is_made(self):
        decision = may_make_uln(None)

        assert (decision.allowed, decision.clause) == (False, "PG-E-S-1")

    def test_but_in_an_emergency(self):
        decision = may_make_uln(None, is_emergency=True)

        assert (decision.allowed, decision.clause) == (True, "PG-F-5")
        assert clause(decision.clause).section == "Appendix F"

    def test_each_text_has_its_place(self):
        """PG-E-N1 to PG-E-N3."""
        assert list(NOTICE_USES) == [NoticeForm.SHORT, NoticeForm.EXTENDED]
        assert "forms" in clause(NOTICE_USES[NoticeForm.SHORT]).text
        assert "packs" in clause(NOTICE_USES[NoticeForm.EXTENDED]).text


@pytest.mark.conformance
class TestThePlan:
    """PG-E-N4, PG-G-N1, FAQ-PN-1, FEW-N-1."""

    def test_a_sound_plan_has_no_finding(self):
        assert not check_notice_plan(SOUND)

    @pytest.mark.parametrize(
        ("facts", "code", "is_error"),
        [
            ({"notice": None}, "notice-missing", True),
            ({"is_before_uln": False}, "notice-late", True),
            ({"is_at_enrolment": False}, "notice-not-at-enrolment", False),
            ({"mentions_service": False}, "notice-without-service", True),
            ({"told_by": None}, "uln-not-told", True),
            ({"told_by": Telling.OPEN_EMAIL}, "uln-told-openly", True),
            ({"links_guidance": False}, "notice-without-guidance", False),
        ],
    )
    def test_what_a_plan_lacks(self, facts, code, is_error):
        [found] = check_notice_plan(attrs.evolve(SOUND, **facts))

        assert (found.code, found.field) == (code, next(iter(facts)))
        assert (found.severity.value == "error") == is_error

    def test_without_a_notice_nothing_more_is_said_of_it(self):
        nothing = NoticePlan(
            notice=None,
            is_before_uln=False,
            is_at_enrolment=False,
            mentions_service=False,
            links_guidance=False,
        )

        assert [found.code for found in check_notice_plan(nothing)] == [
            "notice-missing",
            "uln-not-told",
            "notice-without-guidance",
        ]

    @pytest.mark.parametrize(
        "way", [way for way in Telling if way.name != "OPEN_EMAIL"]
    )
    def test_every_other_way_of_telling_is_fine(self, way):
        assert not check_notice_plan(attrs.evolve(SOUND, told_by=way))


@pytest.mark.conformance
class TestTelling:
    """PG-1.3-4, PG-E-N4 and FEW-N-2: nobody is forgotten."""

    def test_the_longest_waiting_come_first(self):
        day = dt.date(2026, 9, 1)
        told = Issued(mis_identifier="A", received=day, told=day)
        late = Issued(mis_identifier="B", received=dt.date(2026, 10, 1))
        early = Issued(mis_identifier="C", received=day)
        other = Issued(mis_identifier="D", received=day)

        assert still_to_tell([told, late, early, other]) == (early, other, late)
        assert still_to_tell(iter([told])) == ()

    def test_it_shows_the_number_alone(self):
        one = Issued(mis_identifier="A-1", received=dt.date(2026, 9, 1))

        assert repr(one) == "Issued(mis_identifier='A-1')"

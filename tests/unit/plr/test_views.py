"""What somebody may see of a record."""

import attrs
import pytest

from builders.plr import ADA, AS_OF, AT, CLERK, ILR, NPD, UNIT, changed
from ulnlib import Learner
from ulnlib.plr import (
    LearningEvent,
    Record,
    decisions,
    is_marked_sensitive,
    preview,
    see,
    subject_of,
)
from ulnlib.rules.sharing import CONDITIONS, VIEWS, Held, Subject, Thing, Viewer

RECORD = Record([UNIT, NPD, ILR])
OPEN = Subject(share="1", has_level_one=True)


def view(viewer, subject=OPEN, record=RECORD, learner=ADA, **given):
    return see(
        record, viewer, subject, learner=learner, by=CLERK, at=AT, as_of=AS_OF, **given
    )


def shown(seen):
    return [event.id for event in seen.record.events]


class TestTheRecord:
    def test_a_provider_with_the_role_sees_it(self):
        seen = view(Viewer.PROVIDER_WITH_ROLE)

        assert seen
        assert seen.record == RECORD
        assert seen.decision.clause == "PG-5.3-S-1"
        assert [one.action for one in seen.accesses] == [
            "view personal learning record"
        ]
        assert seen.accesses[0].uln == ADA.uln

    @pytest.mark.parametrize(
        ("viewer", "share", "clause"),
        [
            (Viewer.PROVIDER_WITH_ROLE, "0", "PG-5.3-S-2"),
            (Viewer.PROVIDER_WITH_ROLE, None, "PG-F-9"),
            (Viewer.PROVIDER_WITH_ROLE, "2", "GOV-S-2"),
            (Viewer.PROVIDER, "1", "PG-5.3-S-1"),
            (Viewer.AWARDING_ORGANISATION, "1", "SL-S-4"),
        ],
    )
    def test_others_see_nothing_and_which_clause_says_so(self, viewer, share, clause):
        seen = view(viewer, Subject(share=share))

        assert not seen
        assert seen.decision.clause == clause
        assert seen.record.events == ()

    def test_the_learner_sees_all_with_any_value_once_verified(self):
        for share in Held:
            subject = Subject(share=share, has_level_one=True)
            assert view(Viewer.LEARNER, subject).record == RECORD
        assert not view(Viewer.LEARNER, Subject(share="1"))

    def test_a_sensitive_event_is_not_in_it(self):
        hidden = changed(NPD, is_sensitive=True)
        seen = view(Viewer.PROVIDER_WITH_ROLE, record=Record([UNIT, hidden, ILR]))

        assert shown(seen) == ["7", "9"]

    def test_an_achievement_is_hidden_when_one_of_its_events_is(self):
        twice = Record([UNIT, changed(UNIT, id="70", is_sensitive=True), NPD])

        assert shown(view(Viewer.PROVIDER_WITH_ROLE, record=twice)) == ["8"]

    def test_conditions_that_come_once_hold_for_every_event(self):
        record = Record([UNIT, changed(NPD, is_sensitive=True)])
        given = {"conditions": iter(CONDITIONS), "views": iter(VIEWS)}

        assert shown(view(Viewer.PROVIDER_WITH_ROLE, record=record, **given)) == ["7"]

    def test_a_sensitive_learner_hides_the_whole_record_from_organisations(self):
        seen = view(
            Viewer.PROVIDER_WITH_ROLE, attrs.evolve(OPEN, is_learner_sensitive=True)
        )

        assert not seen
        assert seen.decision.clause == "SL-S-1"

    def test_a_caller_may_know_better_which_events_are_sensitive(self):
        seen = view(
            Viewer.PROVIDER_WITH_ROLE, is_sensitive=lambda event: event.source == "ILR"
        )

        assert shown(seen) == ["7", "8"]

    def test_a_caller_may_replace_the_rules(self):
        rows = tuple(
            attrs.evolve(row, not_seen="+PG-5.3-S-1")
            if (row.viewer, row.thing)
            in {
                (Viewer.PROVIDER_WITH_ROLE, Thing.PLR),
                (Viewer.PROVIDER_WITH_ROLE, Thing.LEARNING_EVENT),
            }
            else row
            for row in VIEWS
        )
        subject = Subject(share="0")

        assert view(Viewer.PROVIDER_WITH_ROLE, subject, views=rows).record == RECORD
        sensitive = Subject(share="1", is_learner_sensitive=True)
        none = [one for one in CONDITIONS if one.clause != "SL-S-1"]
        assert view(Viewer.PROVIDER_WITH_ROLE, sensitive, conditions=none)

    def test_what_is_opened_is_one_of_two(self):
        with pytest.raises(ValueError, match="PLR or RESTRICTED_VIEW"):
            view(Viewer.LEARNER, thing=Thing.CREDIT_CHECK)

    def test_a_learner_without_a_uln_has_no_log(self):
        with pytest.raises(ValueError, match="no ULN"):
            view(Viewer.LEARNER, learner=ADA.evolve(uln=None))


class TestTheLearner:
    def test_a_provider_sees_the_profile_even_of_a_closed_record(self):
        seen = view(Viewer.PROVIDER_WITH_ROLE, Subject(share="0"))

        assert seen.learner == Learner(
            uln="1000000043",
            given_name="Ada",
            family_name="Example",
            date_of_birth="2001-02-03",
        )
        assert [one.action for one in seen.accesses] == ["view learner profile"]

    def test_a_nominated_organisation_sees_nothing_of_it(self):
        seen = view(Viewer.NOMINATED_ORGANISATION)

        assert seen.learner == Learner()
        assert [one.action for one in seen.accesses] == ["view restricted record"]

    def test_an_awarding_organisation_sees_the_uln_and_that_is_no_access(self):
        seen = view(Viewer.AWARDING_ORGANISATION)

        assert seen.learner == Learner(uln="1000000043")
        assert seen.accesses == ()

    def test_a_caller_says_which_details(self):
        seen = view(Viewer.PROVIDER_WITH_ROLE, details=["postcode"])

        assert seen.learner == Learner(uln="1000000043", postcode="ZZ99 9ZZ")

    def test_no_person_is_in_the_repr(self):
        told = repr(view(Viewer.PROVIDER_WITH_ROLE))

        assert not any(word in told for word in ("Ada", "Example,", "Bricks", "Pass"))


class TestTheRestrictedView:
    def test_it_has_the_chosen_achievements_in_basic_details(self):
        seen = view(Viewer.NOMINATED_ORGANISATION, chosen=["7"])

        assert seen.is_restricted
        assert seen.record.events == (
            LearningEvent(
                id="7",
                subject="Introduction to Construction Work",
                subject_code="K/501/5773",
                level="Level 1",
                grade="Pass",
                credits="2",
                source="QCFU",
                award_date="2010-01-01",
            ),
        )

    def test_participation_is_never_in_it(self):
        assert shown(view(Viewer.NOMINATED_ORGANISATION, chosen=["9"])) == []

    def test_without_a_choice_it_is_empty(self):
        assert shown(view(Viewer.NOMINATED_ORGANISATION)) == []

    @pytest.mark.parametrize("share", ["0", "2", None])
    def test_without_a_1_it_is_closed(self, share):
        subject = Subject(share=share)

        assert not view(Viewer.NOMINATED_ORGANISATION, subject, chosen=["7"])

    def test_a_number_of_two_different_events_chooses_neither(self):
        record = Record([UNIT, changed(NPD, id="7"), changed(NPD, id="10")])

        assert shown(
            view(Viewer.NOMINATED_ORGANISATION, record=record, chosen=["7", "10"])
        ) == ["10"]

    def test_a_number_of_one_event_that_came_twice_chooses_it(self):
        record = Record([UNIT, UNIT])

        seen = view(Viewer.NOMINATED_ORGANISATION, record=record, chosen=["7"])

        assert shown(seen) == ["7", "7"]

    def test_one_text_is_no_list_of_numbers(self):
        with pytest.raises(TypeError, match="in a list"):
            view(Viewer.NOMINATED_ORGANISATION, chosen="78")

    def test_numbers_may_be_numbers(self):
        assert shown(view(Viewer.NOMINATED_ORGANISATION, chosen=[7])) == ["7"]

    def test_a_caller_says_what_is_basic(self):
        seen = view(
            Viewer.NOMINATED_ORGANISATION, chosen=["7"], basic=["subject", "grade"]
        )

        assert seen.record.events == (
            LearningEvent(subject="Introduction to Construction Work", grade="Pass"),
        )

    def test_achievements_that_look_alike_without_their_providers_stay_apart(self):
        record = Record([NPD, changed(NPD, id="10", provider_ukprn="10030489")])

        seen = view(Viewer.NOMINATED_ORGANISATION, record=record, chosen=["8", "10"])

        assert [entry.ids for entry in seen.record.entries] == [("8",), ("10",)]

    def test_the_learner_sees_it_too(self):
        seen = view(Viewer.LEARNER, thing=Thing.RESTRICTED_VIEW, chosen=["7"])

        assert (
            seen.record.events
            == view(Viewer.NOMINATED_ORGANISATION, chosen=["7"]).record.events
        )
        assert len(seen.record.events) == 1
        assert seen.is_restricted

    def test_the_learner_needs_level_one_for_it(self):
        seen = view(
            Viewer.LEARNER,
            Subject(share="1", has_level_one=False),
            thing=Thing.RESTRICTED_VIEW,
            chosen=["7"],
        )

        assert not seen
        assert seen.record.events == ()

    def test_of_an_achievement_that_is_there_twice_either_may_be_chosen(self):
        record = Record([UNIT, changed(UNIT, id="17", grade="Merit")])
        assert len(record.entries) == 1

        def grades(*chosen):
            seen = view(Viewer.NOMINATED_ORGANISATION, record=record, chosen=chosen)
            return [entry.grades for entry in seen.record.entries]

        assert grades("7") == [("Pass",)]
        assert grades("17") == [("Merit",)]
        assert grades("7", "17") == [("Pass", "Merit")]
        assert grades() == []

    @pytest.mark.parametrize("viewer", [v for v in Viewer if v is not Viewer.LEARNER])
    def test_a_sensitive_event_hides_its_qualification(self, viewer):
        record = Record(
            [
                changed(UNIT, is_sensitive=True),
                changed(UNIT, id="17", award_date="2010-01-02"),
                changed(ILR, id="27", subject_code="k5015773"),
                NPD,
            ]
        )
        assert len(record.entries) == 4

        seen = view(viewer, record=record, chosen=["7", "17", "27", "8"])

        hidden = {event.id for event in seen.record.events} & {"7", "17", "27"}
        assert not hidden or viewer is Viewer.SERVICE_DESK

    @pytest.mark.parametrize(
        "codes", [("", ""), ("", "K/501/5773"), ("K/501/5773", "")]
    )
    def test_where_a_code_is_missing_the_title_tells(self, codes):
        record = Record(
            [
                changed(UNIT, subject_code=codes[0], is_sensitive=True),
                changed(UNIT, id="17", subject_code=codes[1], award_date="2011-01-01"),
                NPD,
            ]
        )

        assert shown(view(Viewer.PROVIDER_WITH_ROLE, record=record)) == ["8"]

    def test_another_of_the_same_title_with_another_code_is_shown(self):
        other = changed(UNIT, id="17", subject_code="L/501/5779")
        record = Record([changed(UNIT, is_sensitive=True), other])

        assert shown(view(Viewer.PROVIDER_WITH_ROLE, record=record)) == ["17"]

    def test_what_was_chosen_is_shown_without_what_it_was_put_together_with(self):
        achieved = changed(ILR, id="7", grade="A", award_date="2025-07-01")
        record = Record([achieved, changed(achieved, id="9", grade=None)])
        assert len(record.entries) == 1

        seen = view(Viewer.NOMINATED_ORGANISATION, record=record, chosen=["7"])

        assert shown(seen) == ["7"]

    def test_the_preview_is_what_the_organisation_would_see(self):
        for share in Held:
            subject = Subject(share=share)
            before = preview(
                RECORD, subject, learner=ADA, as_of=AS_OF, chosen=["7", "9"]
            )
            after = view(Viewer.NOMINATED_ORGANISATION, subject, chosen=["7", "9"])

            assert attrs.evolve(after, accesses=(), told=after.decision) == before


class TestWhy:
    def test_every_entry_is_decided_by_a_clause(self):
        record = Record([UNIT, changed(NPD, is_sensitive=True), ILR])

        told = decisions(record, Viewer.PROVIDER_WITH_ROLE, OPEN, as_of=AS_OF)

        assert [(entry.event.id, may.allowed, may.clause) for entry, may in told] == [
            ("7", True, "PG-5.3-S-1"),
            ("8", False, "PG-F-7"),
            ("9", True, "PG-5.3-S-1"),
        ]

    def test_a_closed_record_closes_each_of_its_entries(self):
        told = decisions(
            RECORD, Viewer.PROVIDER_WITH_ROLE, Subject(share="0"), as_of=AS_OF
        )

        assert {may.clause for _, may in told} == {"PG-5.3-S-2"}

    def test_of_the_restricted_view_what_was_not_chosen_and_what_is_no_achievement(
        self,
    ):
        told = decisions(
            RECORD, Viewer.NOMINATED_ORGANISATION, OPEN, as_of=AS_OF, chosen=["7"]
        )

        assert [may.allowed for _, may in told] == [True, False, False]
        assert {may.clause for _, may in told} == {"FAQ-6-4"}


class TestWhatIsKnownOfALearner:
    def test_it_is_taken_from_the_record_that_the_register_holds(self):
        assert subject_of(ADA) == Subject(share="1", has_level_one=True)
        assert subject_of(
            ADA.evolve(ability_to_share="2", verification_type="0"), is_sensitive=True
        ) == Subject(share="2", is_learner_sensitive=True)


class TestMarks:
    @pytest.mark.parametrize(
        ("values", "is_sensitive"),
        [
            ({}, False),
            ({"restriction": "0"}, False),
            ({"restriction": " n "}, False),
            ({"restriction": "1"}, True),
            ({"is_sensitive": False}, False),
            ({"is_sensitive": True}, True),
            ({"is_sensitive": False, "restriction": "R"}, True),
            ({"further": {"RestrictionFlag": "Y"}}, True),
            ({"further": {"RestrictedUseIndicator": "false"}}, False),
            ({"further": {"BinCode": "Y"}}, False),
        ],
    )
    def test_which_hide_an_event(self, values, is_sensitive):
        assert is_marked_sensitive(changed(UNIT, **values)) is is_sensitive

"""Shared views behind a PIN."""

import datetime as dt
import uuid

import attrs
import pytest

from builders.plr import ADA, AS_OF, AT, CLERK, ILR, NPD, UNIT, changed
from ulnlib.errors import InvalidValue
from ulnlib.plr import (
    Changes,
    Record,
    Refused,
    changes_since,
    delete_snapshot,
    list_snapshots,
    open_snapshot,
    share_view,
)
from ulnlib.plr.snapshots import MOST_WRONG_PINS
from ulnlib.rules.sharing import Subject

RECORD = Record([UNIT, NPD, ILR])
OPEN = Subject(share="1")
GUID = "3f1c1ad6-41e3-4c3a-9f0a-6f2b5d7f4a11"


def shared(record=RECORD, **given):
    values = {
        "guid": GUID,
        "pin": "2718",
        "target": "jobs@example.com",
        "created": AS_OF,
        "expires": dt.date(2026, 12, 21),
        "user_reference": "Bakery",
    }
    return share_view(record, ADA, **{**values, **given})


def opened(snapshot, pin="2718", *, record=RECORD, subject=OPEN, as_of=AS_OF, **given):
    return open_snapshot(
        snapshot,
        pin,
        record=record,
        subject=subject,
        learner=ADA,
        by=CLERK,
        at=AT,
        as_of=as_of,
        **given,
    )


def shown(answer):
    return [event.id for event in answer.view.record.events]


class TestMaking:
    def test_all_achievements_or_those_that_were_chosen(self):
        assert shared().chosen == ("7", "8")
        assert shared().has_all
        assert shared(chosen=[8, "8"]).chosen == ("8",)
        assert not shared(chosen=["8"]).has_all

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"pin": "123"}, "pin"),
            ({"guid": " "}, "guid"),
            ({"expires": dt.date(2026, 11, 20)}, "expires"),
            ({"chosen": ["9"]}, "chosen"),
            ({"chosen": ["404"]}, "chosen"),
        ],
    )
    def test_what_is_refused(self, values, reason):
        with pytest.raises(InvalidValue) as caught:
            shared(**values)
        assert caught.value.reason == reason

    def test_one_text_is_no_list_of_numbers(self):
        with pytest.raises(TypeError, match="in a list"):
            shared(chosen="78")

    @pytest.mark.parametrize("pin", [2718, None, b"27180"])
    def test_a_pin_is_text(self, pin):
        with pytest.raises(TypeError, match="text"):
            shared(pin=pin)

    def test_spaces_are_no_pin(self):
        with pytest.raises(InvalidValue) as caught:
            shared(pin="    ")
        assert caught.value.reason == "pin"

    def test_a_number_of_two_different_events_is_not_chosen(self):
        record = Record([UNIT, changed(NPD, id="7")])
        with pytest.raises(InvalidValue, match="several different events"):
            shared(record, chosen=["7"])
        assert shared(record).has_all

    def test_one_of_an_achievement_that_is_there_twice_is_shared_alone(self):
        record = Record([UNIT, changed(UNIT, id="17", grade="Merit")])
        answer = opened(shared(record, chosen=["7"]), record=record)

        assert shown(answer) == ["7"]

    def test_a_uln_may_be_written_with_spaces(self):
        spaced = ADA.evolve(uln="100 000 0043")
        snapshot = share_view(
            RECORD,
            spaced,
            guid=GUID,
            pin="2718",
            target="jobs@example.com",
            created=AS_OF,
            expires=AS_OF,
        )

        assert snapshot.uln == ADA.uln
        assert opened(snapshot)
        assert list_snapshots([snapshot], spaced) == (snapshot,)

    def test_a_learner_without_a_uln_shares_nothing(self):
        with pytest.raises(InvalidValue) as caught:
            share_view(
                RECORD,
                ADA.evolve(uln=""),
                guid=GUID,
                pin="2718",
                target="",
                created=AS_OF,
                expires=AS_OF,
            )
        assert caught.value.reason == "uln"

    def test_neither_pin_nor_target_nor_learner_is_in_a_repr(self):
        told = repr(shared())

        assert not any(
            word in told for word in ("2718", "jobs@", ADA.uln, "Bakery", "Bricks")
        )
        assert repr(shared().events[0]) == "SharedEvent(id='7')"

    def test_the_pin_is_not_kept(self):
        assert b"2718" not in shared().pin_digest
        assert shared().pin_digest != shared(guid="another").pin_digest

    def test_the_service_names_it(self):
        assert shared(chosen=["7"]).to_service() == {
            "Accessed": False,
            "DateCreated": "2026-11-21",
            "Events": [{"LearningEventId": "7"}],
            "ExpiryDate": "2026-12-21",
            "Guid": GUID,
            "TargetEmail": "jobs@example.com",
            "UserReference": "Bakery",
        }


class TestOpening:
    def test_it_shows_the_restricted_view_and_is_written_down(self):
        answer = opened(shared(chosen=["7"]))

        assert answer
        assert answer.view.is_restricted
        assert shown(answer) == ["7"]
        assert answer.view.record.events[0].awarding_organisation_name is None
        assert answer.snapshot.accessed == (AT,)
        assert answer.snapshot.to_service()["Accessed"] is True
        assert [one.action for one in answer.view.accesses] == ["open shared view"]

    def test_of_all_it_shows_what_has_come_since(self):
        later = Record(
            [*RECORD.events, changed(UNIT, id="11", subject_code="Y/506/1910")]
        )

        assert shown(opened(shared(), record=later)) == ["7", "8", "11"]
        assert shown(opened(shared(chosen=["7", "8"]), record=later)) == ["7", "8"]

    def test_what_has_become_sensitive_is_not_shown(self):
        now = Record([changed(UNIT, is_sensitive=True), NPD])

        assert shown(opened(shared(), record=now)) == ["8"]

    def test_what_is_gone_is_not_shown(self):
        assert shown(opened(shared(), record=Record([NPD]))) == ["8"]

    @pytest.mark.parametrize("share", ["0", "2", None])
    def test_what_is_not_shared_any_more_stays_closed(self, share):
        answer = opened(shared(), subject=Subject(share=share))

        assert not answer
        assert answer.refused is Refused.NOT_SHARED
        assert answer.snapshot.accessed == ()

    def test_it_opens_on_its_last_day_and_not_after(self):
        last = dt.date(2026, 12, 21)
        assert opened(shared(), as_of=last)
        late = opened(shared(), "0000", as_of=last + dt.timedelta(days=1))

        assert late.refused is Refused.EXPIRED
        assert late.snapshot.wrong_pins == 0

    def test_the_last_day_may_come_with_a_time_from_where_it_was_kept(self):
        kept = attrs.evolve(
            shared(), expires=dt.datetime(2026, 12, 21, 9, tzinfo=dt.UTC)
        )

        assert opened(kept, as_of=dt.datetime(2026, 12, 21, 23, 59, tzinfo=dt.UTC))
        assert not opened(kept, as_of=dt.date(2026, 12, 22))

    def test_a_wrong_pin_is_counted_and_a_right_one_forgives(self):
        once = opened(shared(), "2719")

        assert once.refused is Refused.WRONG_PIN
        assert once.view is None
        assert once.snapshot.wrong_pins == 1
        assert opened(once.snapshot).snapshot.wrong_pins == 0

    def test_too_many_wrong_pins_lock_it(self):
        snapshot = shared()
        for _ in range(MOST_WRONG_PINS):
            assert not snapshot.is_locked
            snapshot = opened(snapshot, "0000").snapshot

        assert snapshot.is_locked
        assert opened(snapshot).refused is Refused.LOCKED

    def test_the_record_of_another_is_not_shown_by_it(self):
        eve = ADA.evolve(uln="1000000051")
        with pytest.raises(InvalidValue) as caught:
            open_snapshot(
                shared(),
                "2718",
                record=RECORD,
                subject=OPEN,
                learner=eve,
                by=CLERK,
                at=AT,
                as_of=AS_OF,
            )
        assert caught.value.reason == "uln"

    def test_one_of_a_merged_uln_opens_for_its_master(self):
        before = attrs.evolve(shared(), uln="1000000051")
        answer = opened(before, linked_ulns=("1000000051",))

        assert answer
        assert [one.uln for one in answer.view.accesses] == [ADA.uln]

    def test_no_person_is_in_the_repr_of_the_answer(self):
        told = repr(opened(shared()))

        assert not any(word in told for word in ("2718", ADA.uln, "Bricks", "jobs@"))


class TestSince:
    def test_nothing(self):
        assert changes_since(shared(), RECORD) == Changes((), (), ())
        assert not changes_since(shared(), RECORD)

    def test_what_came_what_says_something_else_and_what_is_gone(self):
        now = Record(
            [
                changed(UNIT, grade="Merit"),
                changed(NPD, id="10", award_date="2009-08-01"),
            ]
        )

        assert changes_since(shared(), now) == Changes(("10",), ("7",), ("8",))
        assert changes_since(shared(), now)

    def test_that_it_is_disputed_is_no_change(self):
        now = Record([changed(UNIT, under_data_challenge="Y"), NPD])

        assert not changes_since(shared(), now)

    def test_that_it_was_loaded_again_is_no_change(self):
        now = Record([changed(UNIT, date_loaded="2026-11-20"), NPD])

        assert not changes_since(shared(), now)

    def test_what_is_no_achievement_any_more_is_gone(self):
        now = Record(
            [UNIT, changed(NPD, grade=None, award_date=None, start_date="2009-01-01")]
        )

        assert changes_since(shared(), now).removed == ("8",)

    def test_events_of_one_number_are_compared_together(self):
        twice = Record([UNIT, changed(UNIT, grade="Merit")])
        snapshot = shared(twice)

        assert not changes_since(snapshot, Record(twice.events[::-1]))
        assert changes_since(snapshot, Record([UNIT])).changed == ("7",)


class TestKeeping:
    ONE = shared(guid="one", created=dt.date(2026, 1, 1))
    TWO = shared(guid="two", created=dt.datetime(2026, 6, 1, 23, 59, tzinfo=dt.UTC))
    OTHERS = attrs.evolve(ONE, uln="1000000051")
    KEPT = (ONE, TWO, OTHERS)

    @pytest.mark.parametrize(
        ("given", "wanted"),
        [
            ({}, (ONE, TWO)),
            ({"guid": "two"}, (TWO,)),
            ({"guid": "three"}, ()),
            ({"created_from": dt.date(2026, 1, 2)}, (TWO,)),
            ({"created_to": dt.date(2026, 6, 1)}, (ONE, TWO)),
            ({"created_to": dt.date(2026, 5, 31)}, (ONE,)),
        ],
    )
    def test_the_learners_own_are_listed(self, given, wanted):
        assert list_snapshots(self.KEPT, ADA, **given) == wanted

    def test_a_reference_may_be_a_uuid(self):
        guid = uuid.UUID(GUID)
        one = shared(guid=guid)

        assert one.guid == GUID
        assert list_snapshots([one], ADA, guid=guid) == (one,)
        assert delete_snapshot([one], ADA, guid) == ()
        assert opened(one)

    def test_nobody_deletes_anothers(self):
        assert delete_snapshot(self.KEPT, ADA, "one") == (self.TWO, self.OTHERS)
        assert delete_snapshot(self.KEPT, ADA, "three") == self.KEPT

    def test_of_a_merged_uln_too_where_the_caller_says_so(self):
        linked = ["1000000051"]

        assert list_snapshots(self.KEPT, ADA, linked_ulns=linked) == self.KEPT
        assert delete_snapshot(self.KEPT, ADA, "one", linked_ulns=linked) == (self.TWO,)

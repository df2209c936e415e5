"""Ability to share: changes, merges, first values, who sees what, conversions."""

import datetime as dt
import itertools
import re
from pathlib import Path

import pytest

from ulnlib import batch
from ulnlib.batch import LRB_2A, LRB_3A
from ulnlib.codes import AbilityToShare, PrivacyNoticeSeen, ResponseCode
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.rules import sharing
from ulnlib.rules.clauses import Decision, clause
from ulnlib.rules.sharing import (
    Held,
    Period,
    Sent,
    ShareFlag,
    Subject,
    Thing,
    View,
    Viewer,
    decide,
)
from ulnlib.testing import population

ROOT = Path(__file__).resolve().parents[3]

# The last day of one rule and the first of the next.
OPT_OUT = dt.date(2018, 5, 24)
OLD = dt.date(2018, 5, 25)
OLD_END = dt.date(2019, 2, 11)
BOTH = dt.date(2019, 2, 12)
BOTH_END = dt.date(2019, 6, 30)
NOW = dt.date(2019, 7, 1)
TODAY = dt.date(2026, 11, 21)

NONE_YET = [None, "", "-1", "0"]
GIVEN = ["1", "2"]


# --- periods ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date.min, Period.OPT_OUT),
        (OPT_OUT, Period.OPT_OUT),
        (OLD, Period.OLD_OPT_OUTS),
        (OLD_END, Period.OLD_OPT_OUTS),
        (BOTH, Period.BOTH_VERSIONS),
        (BOTH_END, Period.BOTH_VERSIONS),
        (NOW, Period.NOTICE_SEEN),
        (dt.date.max, Period.NOTICE_SEEN),
    ],
)
def test_a_day_belongs_to_a_period(day, expected):
    assert sharing.period(day) is expected


def test_the_periods_are_all_days_and_each_once():
    spans = list(sharing.PERIODS.values())

    assert list(sharing.PERIODS) == list(Period)
    assert spans[0].first is None
    assert spans[-1].last is None
    for one, following in itertools.pairwise(spans):
        assert following.first - one.last == dt.timedelta(days=1)


@pytest.mark.conformance
class TestVersionsOfTheFile:
    """R1902-3, R1902-6: 3A from 12 February 2019, 2A until 30 June 2019."""

    @pytest.mark.parametrize(
        ("version", "day", "codes"),
        [
            ("2A", OPT_OUT, "012"),
            ("2A", BOTH_END, "012"),
            ("2A", NOW, ""),
            ("3A", OLD_END, ""),
            ("3A", BOTH, "01"),
            ("3A", TODAY, "01"),
            ("2A", None, "012"),
            ("3A", None, "01"),
        ],
    )
    def test_a_version_carries_its_codes_while_it_is_taken(self, version, day, codes):
        assert sharing.file_codes(version, day) == tuple(codes)
        assert sharing.file_codes(sharing.FileVersion(version), day) == tuple(codes)

    def test_there_is_no_other_version(self):
        with pytest.raises(InvalidValue, match="2A and 3A") as caught:
            sharing.file_codes("Qzmk")

        assert caught.value.reason == "version"
        assert str(caught.value) == "the versions of the file are 2A and 3A"
        assert "Qzmk" not in repr(caught.value)
        assert caught.value.__context__ is None

    @pytest.mark.parametrize("layout", [LRB_2A, LRB_3A])
    def test_the_layouts_have_the_same_codes_and_days(self, layout):
        span, codes = sharing.FILE_VERSIONS[sharing.FileVersion(layout.version)]

        assert layout.column("ability_to_share").accepted == codes
        for stated, day in (
            (layout.valid_from, span.first),
            (layout.valid_to, span.last),
        ):
            assert stated == (day and day.isoformat())


# --- changes ----------------------------------------------------------------------

# What is held, then for 0, 1 and 2 what becomes of it; x is refused.
WHILE_OPT_OUT = """
-  0 1 2
0  0 1 2
1  x 1 2
2  x 1 2
"""
WITHOUT_NEW_2 = """
-  0 1 x
0  0 1 x
1  x 1 x
2  x 1 2
"""
WITHOUT_2 = """
-  0 1 x
0  0 1 x
1  x 1 x
2  x 1 x
"""


def _rows():
    for day, text in (
        (OPT_OUT, WHILE_OPT_OUT),
        (OLD, WITHOUT_NEW_2),
        (OLD_END, WITHOUT_NEW_2),
        (BOTH, WITHOUT_NEW_2),
        (BOTH_END, WITHOUT_NEW_2),
        (NOW, WITHOUT_2),
        (TODAY, WITHOUT_2),
    ):
        for line in text.split("\n")[1:-1]:
            before, *results = line.split()
            for after, result in zip("012", results, strict=True):
                yield day, before.strip("-"), after, result


@pytest.mark.conformance
class TestChanges:
    """PG-F-2, PG-F-3, GOV-S-1, GOV-S-2: which value may follow which."""

    @pytest.mark.parametrize(("day", "before", "after", "result"), list(_rows()))
    def test_a_value_that_is_sent(self, day, before, after, result):
        step = sharing.change(before, after, day)

        assert step.is_allowed is (result != "x")
        assert (step.after.value if step.after else "x") == result
        allowed = sharing.is_allowed_change(before, after, as_of=day)
        assert allowed is (result != "x")

    @pytest.mark.parametrize("day", [OPT_OUT, OLD, BOTH, NOW])
    @pytest.mark.parametrize("before", list(Held))
    @pytest.mark.parametrize("nothing", [None, "", "-1"])
    def test_nothing_sent_changes_nothing(self, day, before, nothing):
        assert sharing.change(before.value, nothing, day).after is before

    @pytest.mark.parametrize("nothing", [None, "", "-1"])
    def test_not_provided_is_no_value_to_start_from(self, nothing):
        assert sharing.change(nothing, "0", TODAY).state is Held.NONE

    @pytest.mark.parametrize(
        ("day", "before", "after", "name"),
        [
            (TODAY, "1", "0", "PG-F-2"),
            (TODAY, "2", "0", "PG-F-2"),
            (OPT_OUT, "1", "2", "PG-F-3"),
            (OPT_OUT, "2", "1", "PG-F-3"),
            (OPT_OUT, "0", "2", "PG-5.2.1-3"),
            (OPT_OUT, None, "2", "PG-5.2.1-3"),
            (OLD, "1", "2", "GOV-S-1"),
            (OLD, "2", "1", "GOV-S-2"),
            (TODAY, "2", "1", "GOV-S-2"),
            (TODAY, "2", "2", "R1902-3"),
            (TODAY, None, "0", "PG-F-5"),
            (TODAY, None, "1", "PG-4.2.2-S-3"),
            (TODAY, "1", None, "WS-S-2"),
        ],
    )
    def test_it_says_which_clause(self, day, before, after, name):
        assert sharing.change(before, after, day).clause == name

    def test_it_says_what_the_service_answers(self):
        assert "WSRC0014" in sharing.change("1", "0", TODAY).note
        assert "25 May 2018" in sharing.change("1", "2", TODAY).note
        assert "notice" in sharing.change("2", "1", TODAY).note
        assert "3A" in sharing.change("2", "2", TODAY).note
        assert sharing.change("1", "1", TODAY).note == ""

    def test_every_period_has_a_table_over_every_value(self):
        assert list(sharing.CHANGES) == list(Period)
        for table in sharing.CHANGES.values():
            keys = {(step.state, step.event) for step in table}
            assert keys == set(itertools.product(Held, Sent))

    def test_a_value_that_is_none_of_the_services_is_misuse(self):
        with pytest.raises(InvalidValue, match="0, 1 or 2") as caught:
            sharing.change("1", "Qzmk", TODAY)

        assert caught.value.reason == "share"
        assert str(caught.value) == ("ability to share is 0, 1 or 2, or not provided")
        assert "Qzmk" not in repr(caught.value)
        assert caught.value.__context__ is None


@pytest.mark.parametrize("before", NONE_YET)
@pytest.mark.parametrize("after", [None, "", "-1", "0", "1", "2"])
def test_a_record_without_a_value_takes_any(before, after):
    assert sharing.is_allowed_change(before, after) is True


@pytest.mark.parametrize("before", GIVEN)
@pytest.mark.parametrize("after", [None, "", "-1", "1", "2"])
def test_a_record_with_a_value_takes_any_but_0(before, after):
    assert sharing.is_allowed_change(before, after) is True


@pytest.mark.parametrize("before", GIVEN)
def test_a_value_never_becomes_0_again(before):
    assert sharing.is_allowed_change(before, "0") is False


def test_a_value_that_is_not_known_counts_as_one():
    """What a later version of the service may send is not thrown away."""
    assert sharing.is_allowed_change("7", "0") is False
    assert sharing.is_allowed_change("7", "1") is True


@pytest.mark.parametrize("before", [None, "0", "1", "2", "7"])
@pytest.mark.parametrize("as_of", [None, OPT_OUT, TODAY])
def test_a_value_that_is_not_known_is_not_taken(before, as_of):
    assert sharing.is_allowed_change(before, "7", as_of=as_of) is False


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("who", "allowed", "name"),
    [
        (Viewer.LEARNER, False, "PG-4.2.2-S-2"),
        (Viewer.NOMINATED_ORGANISATION, False, "PG-5.2.1-3"),
        (Viewer.PROVIDER, True, "PG-5.2.1-3"),
        (Viewer.PROVIDER_WITH_ROLE, True, "PG-5.2.1-3"),
        (Viewer.AWARDING_ORGANISATION, False, "PG-5.2.1-3"),
        (Viewer.SERVICE_DESK, False, "PG-6.1-S-1"),
    ],
)
def test_the_learner_tells_and_the_provider_writes(who, allowed, name):
    """PG-4.2.2-S-2, PG-5.2.1-3, PG-6.1-S-1."""
    assert sharing.may_change(who) == Decision(allowed=allowed, clause=name)
    assert set(sharing.WRITERS) == set(Viewer)


# --- merges -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ([], None),
        ([None], None),
        (["", None], None),
        (["-1"], None),
        (["-1", "1"], None),  # none hides as 0 does
        (["1"], "1"),
        (["1", "1"], "1"),
        (["1", None], None),
        (["1", ""], None),
        (["0", None], "0"),
        (["2", None], "2"),
        (["9"], "2"),  # a value of no list hides like 2
        (["1", "9"], "2"),
        (["0", "9", None], "2"),
        (["01", "1"], "2"),
        (["0", "1"], "0"),
        (["2", "1"], "2"),
        (["2", "0"], "2"),
        (["1", "0", "2", None, "-1"], "2"),
    ],
)
def test_a_merge_leaves_the_most_restrictive_value(values, holds):
    for order in itertools.permutations(values):
        assert sharing.most_restrictive(order) == holds


def test_the_values_may_come_as_a_stream():
    assert sharing.most_restrictive(iter(["1", "0"])) == "0"


# --- what a new learner gets ------------------------------------------------------


@pytest.mark.conformance
class TestTheFirstValue:
    """PG-F-5, PG-4.2.2-S-3, PG-5.2.1-2, PG-5.2.1-3, GOV-S-1."""

    @pytest.mark.parametrize("day", [OPT_OUT, OLD, BOTH, NOW])
    @pytest.mark.parametrize("opted_out", [False, True])
    def test_without_the_notice_it_is_0_and_flagged(self, day, opted_out):
        first = sharing.initial_share(
            notice_shared=False, opted_out=opted_out, as_of=day
        )

        assert first.code is AbilityToShare.NOTICE_NOT_SEEN
        assert first.flag is ShareFlag.EMERGENCY_ONLY
        assert first.is_flagged
        assert first.clause == "PG-F-5"

    @pytest.mark.parametrize("day", [OPT_OUT, OLD, BOTH, NOW])
    def test_with_the_notice_it_is_1_and_nobody_asks_for_permission(self, day):
        first = sharing.initial_share(notice_shared=True, opted_out=False, as_of=day)

        assert first.code is AbilityToShare.ABLE_TO_SHARE
        assert not first.is_flagged
        assert first.clause == "PG-4.2.2-S-3"

    def test_after_an_opt_out_it_is_2_while_there_is_one(self):
        first = sharing.initial_share(notice_shared=True, opted_out=True, as_of=OPT_OUT)

        assert first.code is AbilityToShare.UNABLE_TO_SHARE
        assert not first.is_flagged
        assert first.clause == "PG-5.2.1-3"

    @pytest.mark.parametrize("day", [OLD, BOTH, NOW])
    def test_later_there_is_no_opt_out_and_the_learner_is_to_be_told(self, day):
        first = sharing.initial_share(notice_shared=True, opted_out=True, as_of=day)

        assert first.code is AbilityToShare.ABLE_TO_SHARE
        assert first.flag is ShareFlag.OPT_OUT_ENDED
        assert first.clause == "GOV-S-1"

    @pytest.mark.parametrize("day", [OPT_OUT, OLD, BOTH, NOW])
    @pytest.mark.parametrize("shared", [False, True])
    @pytest.mark.parametrize("opted_out", [False, True])
    def test_it_can_always_be_sent_for_a_new_learner(self, day, shared, opted_out):
        first = sharing.initial_share(
            notice_shared=shared, opted_out=opted_out, as_of=day
        )

        assert sharing.is_allowed_change(None, first.code, as_of=day)


# --- who sees what ----------------------------------------------------------------

RECORD = (
    Thing.PLR_LINK,
    Thing.PLR,
    Thing.LEARNING_EVENT,
    Thing.RESTRICTED_VIEW,
    Thing.BASIC_DETAILS,
    Thing.CREDIT_CHECK,
)

# Viewer, then what is seen with no value, 0, 1 and 2. Written by hand, from the
# documents: U ULN, P profile, L link, R record, E event, V restricted view, B basic
# details, C credit check, A audit log. The learner is verified, nothing is sensitive
# and the achievement is chosen.
SEEN = {
    Viewer.LEARNER: ("UPLREVBCA", "UPLREVBCA", "UPLREVBCA", "UPLREVBCA"),
    Viewer.NOMINATED_ORGANISATION: ("", "", "VB", ""),
    Viewer.PROVIDER: ("UP", "UP", "UP", "UP"),
    Viewer.PROVIDER_WITH_ROLE: ("UP", "UP", "UPLREVBC", "UP"),
    Viewer.AWARDING_ORGANISATION: ("U", "U", "UC", "U"),
    Viewer.SERVICE_DESK: ("UPLREVBCA", "UPLREVBCA", "UPLREVBCA", "UPLREVBCA"),
}
LETTERS = dict(zip(Thing, "UPLREVBCA", strict=True))


def subject(share="1", **facts):
    known = {"has_level_one": True, "is_chosen": True}
    return Subject(share=share, **(known | facts))


@pytest.mark.conformance
class TestWhoSeesWhat:
    """PG-F-4 to PG-F-9, PG-5.2.1-4 to 6, PG-5.3-S-1 and 2, FAQ-6, SL-S-2, WS-S-1."""

    @pytest.mark.parametrize("day", [OPT_OUT, OLD, BOTH, NOW])
    @pytest.mark.parametrize("held", list(Held))
    @pytest.mark.parametrize("viewer", list(Viewer))
    def test_by_the_value_that_is_held(self, viewer, held, day):
        expected = SEEN[viewer][list(Held).index(held)]
        seen = [LETTERS[t] for t in Thing if decide(viewer, subject(held), t, day)]

        assert "".join(seen) == expected

    @pytest.mark.parametrize(
        ("viewer", "share", "thing", "name"),
        [
            (Viewer.LEARNER, "2", Thing.PLR, "PG-5.2.1-5"),
            (Viewer.LEARNER, "1", Thing.PLR, "FAQ-6-1"),
            (Viewer.LEARNER, "0", Thing.PLR, "PG-F-10"),
            (Viewer.LEARNER, "1", Thing.RESTRICTED_VIEW, "FAQ-6-2"),
            (Viewer.LEARNER, "0", Thing.AUDIT_LOG, "FAQ-7-S-2"),
            (Viewer.NOMINATED_ORGANISATION, "1", Thing.RESTRICTED_VIEW, "FAQ-6-3"),
            (Viewer.NOMINATED_ORGANISATION, "1", Thing.PLR, "FAQ-6-4"),
            (Viewer.NOMINATED_ORGANISATION, "1", Thing.ULN, "FAQ-6-4"),
            (Viewer.NOMINATED_ORGANISATION, None, Thing.ULN, "FAQ-6-4"),
            (Viewer.NOMINATED_ORGANISATION, "2", Thing.RESTRICTED_VIEW, "FAQ-6-5"),
            (Viewer.PROVIDER, "1", Thing.PLR, "PG-5.3-S-1"),
            (Viewer.PROVIDER, "2", Thing.PROFILE, "PG-F-8"),
            (Viewer.PROVIDER, "2", Thing.ULN, "PG-5.2.1-4"),
            (Viewer.PROVIDER_WITH_ROLE, None, Thing.PLR, "PG-F-9"),
            (Viewer.PROVIDER_WITH_ROLE, "0", Thing.PLR, "PG-5.3-S-2"),
            (Viewer.PROVIDER_WITH_ROLE, "1", Thing.PLR, "PG-5.3-S-1"),
            (Viewer.PROVIDER_WITH_ROLE, "2", Thing.PLR_LINK, "PG-5.2.1-6"),
            (Viewer.PROVIDER_WITH_ROLE, "2", Thing.LEARNING_EVENT, "WS-S-1"),
            (Viewer.AWARDING_ORGANISATION, "1", Thing.CREDIT_CHECK, "SL-S-2"),
            (Viewer.AWARDING_ORGANISATION, "2", Thing.CREDIT_CHECK, "FAQ-6-6"),
            (Viewer.AWARDING_ORGANISATION, "1", Thing.PROFILE, "SL-S-4"),
            (Viewer.SERVICE_DESK, "2", Thing.PLR, "PG-6.1-S-2"),
        ],
    )
    def test_it_says_which_clause(self, viewer, share, thing, name):
        assert decide(viewer, subject(share), thing, OPT_OUT).clause == name

    @pytest.mark.parametrize(
        ("viewer", "thing"),
        [
            (Viewer.PROVIDER_WITH_ROLE, Thing.PLR_LINK),
            (Viewer.PROVIDER_WITH_ROLE, Thing.PLR),
            (Viewer.PROVIDER_WITH_ROLE, Thing.LEARNING_EVENT),
            (Viewer.PROVIDER_WITH_ROLE, Thing.RESTRICTED_VIEW),
            (Viewer.NOMINATED_ORGANISATION, Thing.RESTRICTED_VIEW),
            (Viewer.AWARDING_ORGANISATION, Thing.CREDIT_CHECK),
        ],
    )
    def test_an_old_opt_out_hides_by_a_clause_of_its_own(self, viewer, thing):
        for day in (OLD, BOTH, NOW, TODAY):
            assert decide(viewer, subject("2"), thing, day).clause == "GOV-S-2"
        assert decide(viewer, subject("2"), thing, OPT_OUT).clause != "GOV-S-2"
        assert decide(viewer, subject("0"), thing, TODAY).clause != "GOV-S-2"

    def test_what_is_refused_for_another_reason_keeps_its_clause(self):
        refused = decide(Viewer.PROVIDER, subject("2"), Thing.PLR, TODAY)
        assert refused == Decision(allowed=False, clause="PG-5.3-S-1")

    def test_a_viewer_or_thing_by_its_name_is_misuse_and_not_printed(self):
        subject = Subject(share="1")
        for viewer, thing in (("Ada", Thing.PLR), (Viewer.LEARNER, "Ada")):
            with pytest.raises(TypeError, match="members of Viewer") as caught:
                decide(viewer, subject, thing, TODAY)
            assert "Ada" not in str(caught.value)

    def test_a_value_of_no_list_hides_like_2(self):
        assert Subject(share="7").share is Held.UNABLE
        assert Subject(share=AbilityToShare.NOT_PROVIDED).share is Held.NONE

    @pytest.mark.parametrize("share", [1, 2, True, b"0"])
    def test_a_number_is_no_value(self, share):
        with pytest.raises(TypeError, match="is text"):
            Subject(share=share)

    def test_nothing_of_a_subject_is_assumed_in_the_viewers_favour(self):
        known = Subject(share="1")
        assert not known.has_level_one
        assert not known.is_chosen


@pytest.mark.conformance
class TestSensitivity:
    """PG-F-7, SL-S-1, PG-F-10: two levels, the learner and the event."""

    OTHERS = (
        Viewer.NOMINATED_ORGANISATION,
        Viewer.PROVIDER,
        Viewer.PROVIDER_WITH_ROLE,
        Viewer.AWARDING_ORGANISATION,
    )

    @pytest.mark.parametrize("thing", RECORD)
    @pytest.mark.parametrize("viewer", OTHERS)
    def test_a_sensitive_learners_record_is_hidden_from_organisations(
        self, viewer, thing
    ):
        known = subject(is_learner_sensitive=True)
        assert not decide(viewer, known, thing, TODAY)
        if decide(viewer, subject(), thing, TODAY):
            assert decide(viewer, known, thing, TODAY).clause == "SL-S-1"

    @pytest.mark.parametrize(
        ("viewer", "thing"),
        [
            (Viewer.PROVIDER_WITH_ROLE, Thing.LEARNING_EVENT),
            (Viewer.PROVIDER_WITH_ROLE, Thing.BASIC_DETAILS),
            (Viewer.PROVIDER_WITH_ROLE, Thing.CREDIT_CHECK),
            (Viewer.NOMINATED_ORGANISATION, Thing.BASIC_DETAILS),
            (Viewer.AWARDING_ORGANISATION, Thing.CREDIT_CHECK),
        ],
    )
    def test_a_sensitive_event_is_hidden_even_with_1(self, viewer, thing):
        assert decide(viewer, subject(), thing, TODAY)
        refused = decide(viewer, subject(is_event_sensitive=True), thing, TODAY)
        assert refused == Decision(allowed=False, clause="PG-F-7")

    @pytest.mark.parametrize(
        "thing", [Thing.PLR_LINK, Thing.PLR, Thing.RESTRICTED_VIEW]
    )
    def test_a_sensitive_event_does_not_hide_the_record(self, thing):
        known = subject(is_event_sensitive=True)
        assert decide(Viewer.PROVIDER_WITH_ROLE, known, thing, TODAY)

    @pytest.mark.parametrize("viewer", [Viewer.LEARNER, Viewer.SERVICE_DESK])
    @pytest.mark.parametrize("thing", list(Thing))
    def test_nothing_sensitive_is_hidden_from_learner_and_service_desk(
        self, viewer, thing
    ):
        known = subject(is_learner_sensitive=True, is_event_sensitive=True)
        assert decide(viewer, known, thing, TODAY)

    @pytest.mark.parametrize("thing", [Thing.ULN, Thing.PROFILE])
    def test_uln_and_profile_stay(self, thing):
        known = subject(is_learner_sensitive=True, is_event_sensitive=True)
        assert decide(Viewer.PROVIDER, known, thing, TODAY)


@pytest.mark.conformance
class TestVerificationAndChoice:
    """SL-V-2, FAQ-7-S-1, FAQ-6-4."""

    @pytest.mark.parametrize("thing", [*RECORD, Thing.AUDIT_LOG])
    @pytest.mark.parametrize("share", ["0", "1", "2"])
    def test_a_learner_needs_level_one_to_look(self, thing, share):
        refused = decide(
            Viewer.LEARNER, subject(share, has_level_one=False), thing, TODAY
        )
        assert refused == Decision(allowed=False, clause="SL-V-2")

    @pytest.mark.parametrize("thing", [Thing.ULN, Thing.PROFILE])
    def test_a_learner_needs_no_proof_for_the_own_number_and_details(self, thing):
        assert decide(Viewer.LEARNER, subject(has_level_one=False), thing, TODAY)

    @pytest.mark.parametrize("viewer", [v for v in Viewer if v is not Viewer.LEARNER])
    @pytest.mark.parametrize("thing", list(Thing))
    def test_it_changes_nothing_for_others(self, viewer, thing):
        assert decide(viewer, subject(has_level_one=False), thing, TODAY) == decide(
            viewer, subject(), thing, TODAY
        )

    def test_the_restricted_view_has_only_what_the_learner_chose(self):
        refused = decide(
            Viewer.NOMINATED_ORGANISATION,
            subject(is_chosen=False),
            Thing.BASIC_DETAILS,
            TODAY,
        )
        assert refused == Decision(allowed=False, clause="FAQ-6-4")

    @pytest.mark.parametrize("viewer", [Viewer.LEARNER, Viewer.PROVIDER_WITH_ROLE])
    def test_what_is_not_chosen_is_hidden_from_nobody_else(self, viewer):
        known = subject(is_chosen=False)
        assert decide(viewer, known, Thing.BASIC_DETAILS, TODAY)
        assert decide(viewer, known, Thing.LEARNING_EVENT, TODAY)


def test_a_caller_who_knows_better_asks_with_other_conditions():
    known = subject(is_learner_sensitive=True)
    role, plr = Viewer.PROVIDER_WITH_ROLE, Thing.PLR

    assert not decide(role, known, plr, TODAY)
    assert decide(role, known, plr, TODAY, conditions=())
    # What the value hides no condition opens.
    assert not decide(role, subject("2"), plr, TODAY, conditions=())


@pytest.mark.conformance
class TestTheAnswerOfTheWebService:
    """WS-S-1: WSEC0206, and no learning events."""

    @pytest.mark.parametrize("share", [None, "0", "2"])
    @pytest.mark.parametrize("day", [OPT_OUT, OLD, TODAY])
    def test_a_record_that_is_not_shared(self, share, day):
        role = Viewer.PROVIDER_WITH_ROLE
        for thing in (Thing.PLR, Thing.LEARNING_EVENT):
            refused = decide(role, subject(share), thing, day)
            assert sharing.response_code(refused) is ResponseCode.NOT_SHARED

    def test_a_record_that_is_shared_or_hidden_for_another_reason(self):
        role, event = Viewer.PROVIDER_WITH_ROLE, Thing.LEARNING_EVENT
        seen = decide(role, subject(), event, TODAY)
        sensitive = decide(role, subject(is_event_sensitive=True), event, TODAY)

        assert sharing.response_code(seen) is None
        assert sharing.response_code(sensitive) is None

    @pytest.mark.parametrize("thing", [Thing.PLR, Thing.LEARNING_EVENT])
    def test_that_a_learner_is_sensitive_is_not_told_by_another_code(self, thing):
        role = Viewer.PROVIDER_WITH_ROLE
        refused = decide(role, subject(is_learner_sensitive=True), thing, TODAY)
        assert sharing.response_code(refused) is ResponseCode.NOT_SHARED

    def test_every_reason_that_is_the_value_is_in_the_table(self):
        used = {row.unable[1:] for row in sharing.VIEWS}
        used |= {row.not_seen[1:] for row in sharing.VIEWS}
        used |= {row.none[1:] for row in sharing.VIEWS}
        assert used >= sharing._BY_THE_VALUE - {"GOV-S-2"}


class TestTheTables:
    def test_a_row_of_what_does_not_depend_on_the_value_has_four_equal_cells(self):
        row = sharing._same(Viewer.PROVIDER, Thing.AUDIT_LOG, "-FAQ-7-S-2")

        assert (row.viewer, row.thing) == (Viewer.PROVIDER, Thing.AUDIT_LOG)
        assert (row.none, row.not_seen) == ("-FAQ-7-S-2", "-FAQ-7-S-2")
        assert (row.able, row.unable) == ("-FAQ-7-S-2", "-FAQ-7-S-2")

    def test_a_cell_is_a_sign_and_the_clause_it_stands_for(self):
        """By a table that refuses everything but one thing, with one value."""
        cells = dict.fromkeys(itertools.product(Viewer, Thing), "----")
        cells[Viewer.PROVIDER, Thing.PLR] = "--+-"
        rows = [
            View(viewer, thing, *(f"{sign}PG-F-1" for sign in signs))
            for (viewer, thing), signs in cells.items()
        ]
        made = sharing._decisions(rows)

        assert len(made) == 6 * 9 * 4
        for key, decision in made.items():
            is_open = key == (Viewer.PROVIDER, Thing.PLR, Held.ABLE)
            assert decision == Decision(allowed=is_open, clause="PG-F-1")

    def test_every_viewer_and_thing_has_one_row(self):
        keys = [(row.viewer, row.thing) for row in sharing.VIEWS]
        assert keys == list(itertools.product(Viewer, Thing))

    def test_a_table_with_a_hole_cannot_be_made(self):
        with pytest.raises(ValueError, match="no row for SERVICE_DESK, AUDIT_LOG"):
            sharing._decisions(sharing.VIEWS[:-1])

    def test_a_table_with_two_rows_for_the_same_cannot_be_made(self):
        with pytest.raises(ValueError, match="two rows for LEARNER, ULN"):
            sharing._decisions((*sharing.VIEWS, sharing.VIEWS[0]))

    def test_every_cell_allows_or_refuses_by_a_clause_that_exists(self):
        for row in sharing.VIEWS:
            for cell in (row.none, row.not_seen, row.able, row.unable):
                assert cell[0] in "+-"
                assert clause(cell[1:])

    def test_every_clause_that_is_named_exists(self):
        text = Path(sharing.__file__).read_text(encoding="utf-8")
        names = re.findall(r'"[+-]?((?:PG|FAQ|SL|GOV|WS|R1902)-[-A-Z0-9.]+)"', text)
        assert len(set(names)) > 30
        for name in names:
            assert clause(name)

    def test_what_is_assumed_is_said_to_be(self):
        for name in ("PG-F-9", "PG-F-10", "PG-6.1-S-2", "SL-S-4", "FAQ-6-6"):
            assert clause(name).evidence == "assumed"


# --- conversion -------------------------------------------------------------------


@pytest.mark.conformance
class TestConversion:
    """R1902-S-1: a 2 is never converted to a code of version 3A by itself."""

    @pytest.mark.parametrize("code", [None, AbilityToShare.ABLE_TO_SHARE])
    def test_a_value_that_stays_goes_out_with_its_clause(self, code):
        kept = sharing._kept(code, "R1902-3")

        assert kept.code is code
        assert kept.is_held_back is False
        assert kept.clause == "R1902-3"

    @pytest.mark.parametrize("to", ["3A", sharing.FileVersion.V3A])
    def test_a_2_is_held_back(self, to):
        converted = sharing.convert("2", to=to)

        assert converted.is_held_back
        assert converted.code is None
        assert converted.clause == "R1902-S-1"

    @pytest.mark.parametrize(
        ("decided", "code", "name"),
        [
            (PrivacyNoticeSeen.YES, "1", "GOV-S-2"),
            (PrivacyNoticeSeen.NO, "0", "PG-F-2"),
        ],
    )
    def test_the_caller_decides(self, decided, code, name):
        converted = sharing.convert("2", to="3A", opted_out_as=decided)

        assert (converted.code, converted.clause) == (code, name)
        assert not converted.is_held_back

    @pytest.mark.parametrize("to", ["2A", "3A"])
    @pytest.mark.parametrize("decided", [None, *PrivacyNoticeSeen])
    @pytest.mark.parametrize("value", ["0", "1"])
    def test_0_and_1_stay_whatever_was_decided_about_2(self, to, decided, value):
        converted = sharing.convert(value, to=to, opted_out_as=decided)

        assert converted.code == value
        assert not converted.is_held_back

    @pytest.mark.parametrize("to", ["2A", "3A"])
    @pytest.mark.parametrize("nothing", [None, "", "-1"])
    def test_no_value_is_an_empty_cell(self, to, nothing):
        converted = sharing.convert(nothing, to=to)

        assert converted.code is None
        assert not converted.is_held_back
        assert converted.clause == "WS-S-2"

    def test_version_2a_takes_a_2(self):
        converted = sharing.convert("2", to="2A", opted_out_as=PrivacyNoticeSeen.YES)

        assert converted.code is AbilityToShare.UNABLE_TO_SHARE

    @pytest.mark.parametrize("to", ["2A", "3A"])
    def test_a_value_of_no_list_is_held_back(self, to):
        converted = sharing.convert("7", to=to, opted_out_as=PrivacyNoticeSeen.YES)

        assert converted.is_held_back

    def test_there_is_no_other_version(self):
        with pytest.raises(InvalidValue, match="2A and 3A"):
            sharing.convert("1", to="4A")


# --- whole files ------------------------------------------------------------------


@pytest.mark.conformance
class TestAWholeFile:
    """PG-F-5, PG-F-12: 0 is for emergencies, and a file of them is a mistake."""

    @pytest.mark.parametrize(
        "values", [["0"], ["0", "0", "0"], ["0", None, "", "-1", "0"]]
    )
    def test_all_0_is_a_warning(self, values):
        report = sharing.check_file(iter(values))

        assert [item.code for item in report] == ["share-all-0"]
        assert report.is_ok
        assert report[0].field == "ability_to_share"
        assert "Send 1" in report[0].remedy

    @pytest.mark.parametrize(
        "values", [[], [None], ["", "-1"], ["0", "1"], ["0", "2"], ["1"], ["0", "x"]]
    )
    def test_anything_else_is_none(self, values):
        assert list(sharing.check_file(values)) == []

    @pytest.mark.parametrize("layout", [LRB_2A, LRB_3A])
    @pytest.mark.parametrize(
        ("shares", "is_warned"),
        [
            (["0"], True),
            (["0", "0", "0"], True),
            (["0", None, "0"], True),
            (["1", "0", "0"], False),
            (["0", "0", "1"], False),
            (["0", "7"], False),
            (["7", "0"], False),
            ([None, None], False),
        ],
    )
    def test_a_batch_file_is_warned_of_as_a_whole(self, layout, shares, is_warned):
        people = [
            one.evolve(ability_to_share=share)
            for one, share in zip(population(len(shares), seed=7), shares, strict=True)
        ]
        made = batch.make(people, ukprn="10012345", file_name="x", layout=layout)
        report = batch.read(batch.write(made)).report
        found = [item for item in report if item.code == "share-all-0"]

        assert bool(found) is is_warned
        assert all(item.row is None for item in found)

    def test_many_wrong_values_are_not_all_kept(self):
        people = [
            one.evolve(ability_to_share=str(n))
            for n, one in enumerate(population(40, seed=7))
        ]
        made = batch.make(people, ukprn="10012345", file_name="x", layout=LRB_3A)
        with batch.open(batch.write(made)) as reader:
            assert len(list(reader)) == 40
            assert len(reader._shares) <= 8

    def test_the_reader_looks_at_the_right_value(self):
        assert list(FIELDS)[24] == "ability_to_share"


# --- another table, moments, and words that are none -------------------------------


class TestATableOfTheCallers:
    """What is assumed in the table can be put otherwise."""

    DESK = (Viewer.SERVICE_DESK, Thing.PLR)

    def views(self):
        return tuple(
            View(*self.DESK, "-PG-F-9", "-PG-F-4", "+PG-6.1-S-2", "-PG-5.2.1-6")
            if (row.viewer, row.thing) == self.DESK
            else row
            for row in sharing.VIEWS
        )

    def test_it_decides_instead_of_ours(self):
        viewer, thing = self.DESK
        for views in (self.views(), list(self.views()), iter(self.views())):
            refused = decide(viewer, subject("2"), thing, OPT_OUT, views=views)
            assert refused == Decision(allowed=False, clause="PG-5.2.1-6")
        assert decide(viewer, subject("2"), thing, OPT_OUT)
        assert decide(viewer, subject("1"), thing, OPT_OUT, views=self.views())

    def test_an_old_opt_out_has_its_clause_there_too(self):
        refused = decide(*self._asked("2"), TODAY, views=self.views())
        assert refused == Decision(allowed=False, clause="GOV-S-2")

    def _asked(self, share):
        viewer, thing = self.DESK
        return viewer, subject(share), thing

    def test_it_has_to_be_whole(self):
        with pytest.raises(ValueError, match="no row for SERVICE_DESK, AUDIT_LOG"):
            decide(*self._asked("1"), TODAY, views=sharing.VIEWS[:-1])


@pytest.mark.parametrize("hour", [0, 23])
def test_a_moment_counts_as_its_day(hour):
    for day in (OPT_OUT, OLD, OLD_END, BOTH, BOTH_END, NOW):
        moment = dt.datetime.combine(day, dt.time(hour), dt.UTC)
        known = Viewer.PROVIDER_WITH_ROLE, subject("2"), Thing.PLR

        assert sharing.period(moment) is sharing.period(day)
        assert sharing.change("2", "2", moment) == sharing.change("2", "2", day)
        assert decide(*known, moment) == decide(*known, day)
        for version in sharing.FileVersion:
            codes = sharing.file_codes(version, day)
            assert sharing.file_codes(version, moment) == codes


@pytest.mark.parametrize("value", ["2", "1", None])
@pytest.mark.parametrize("word", ["2", "yes", "Qzmk", ""])
def test_an_opt_out_becomes_yes_or_no(value, word):
    with pytest.raises(InvalidValue) as caught:
        sharing.convert(value, to="3A", opted_out_as=word)

    assert caught.value.args == (
        "opted_out_as",
        "an opt-out becomes 1 (yes) or 0 (no)",
    )
    assert caught.value.__context__ is None
    assert sharing.convert("2", to="3A", opted_out_as="1").code == "1"


@pytest.mark.parametrize("share", list(Held))
def test_no_value_decides_whether_a_uln_is_seen(share):
    """PG-5.2.1-4: nobody opts out of it."""
    for viewer in Viewer:
        asked = decide(viewer, subject(share), Thing.ULN, TODAY)
        assert asked == decide(viewer, subject("1"), Thing.ULN, TODAY)


def test_what_is_ours_is_not_called_the_services():
    assert clause("PG-F-12").document == "ulnlib"


# --- the page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [sharing.UNTIL_24_MAY_2018, sharing.FROM_25_MAY_2018, sharing.FROM_1_JULY_2019],
)
def test_the_page_has_the_diagram_of_the_table(table):
    page = ROOT / "docs" / "explanation" / "ability-to-share.md"
    assert f"```mermaid\n{table.mermaid()}\n```" in page.read_text(encoding="utf-8")


def test_who_is_no_viewer_writes_nothing_and_is_not_printed():
    with pytest.raises(TypeError) as caught:
        sharing.may_change("Example")
    assert "Example" not in str(caught.value)

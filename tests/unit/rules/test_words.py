"""What a program gives as a word means the member, in every function that takes one."""

import datetime as dt

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.issues import Severity, issue
from ulnlib.learner import Learner
from ulnlib.rules import notice, procedure, registration, roles, temporary_uln
from ulnlib.rules._words import texts, words
from ulnlib.rules.organisations import Approach
from ulnlib.rules.registration import Channel, Purpose
from ulnlib.rules.roles import Action, Role
from ulnlib.rules.updates import changes_by_file

DAY = dt.date(2026, 11, 21)


class TestRegistration:
    def test_a_channel_as_a_word_leads_to_the_code_of_that_channel(self):
        item = issue("age-too-young", "date_of_birth")

        for channel in Channel:
            as_word = registration.return_code(item, channel=channel.value)
            assert as_word == registration.return_code(item, channel=channel)
        assert registration.return_code(item, channel="file") == "RC013"

    @pytest.mark.parametrize("purpose", Purpose)
    @pytest.mark.parametrize("channel", Channel)
    def test_the_fields_are_the_same_by_word(self, purpose, channel):
        both = purpose.value, channel.value

        for call in (registration.sent_fields, registration.mandatory_fields):
            assert call(*both) == call(purpose, channel)

    @pytest.mark.parametrize(
        "call", [registration.sent_fields, registration.mandatory_fields]
    )
    def test_another_word_is_refused_without_being_shown(self, call):
        with pytest.raises(InvalidValue, match=r"^this is none of: find, register"):
            call("Jane Smith", "file")
        with pytest.raises(InvalidValue, match=r"^this is none of: file, web_service$"):
            call("find", "Jane Smith")
        with pytest.raises(InvalidValue, match=r"^this is none of: file, web_service$"):
            registration.return_code(issue("age-too-young"), channel="Jane Smith")


class TestCollections:
    def test_members_and_words_are_the_same(self):
        assert words(Channel, ["file", Channel.FILE]) == {Channel.FILE}
        assert words(Channel, Channel) == set(Channel)
        assert texts(["ACT1"]) == {"ACT1"}

    def test_one_text_is_no_collection_of_its_letters(self):
        for call in (lambda: words(Channel, "file"), lambda: texts("ACT1")):
            with pytest.raises(TypeError, match=r"^give a collection of words, not on"):
                call()

    def test_another_word_is_refused(self):
        with pytest.raises(InvalidValue) as refused:
            words(Channel, ["Jane Smith"])
        assert str(refused.value) == "this is none of: file, web_service"
        assert refused.value.reason == "word"


class TestRoles:
    @pytest.mark.parametrize("action", Action)
    def test_every_function_takes_words(self, action):
        as_words = [role.value for role in Role]

        for has in (True, False):
            assert roles.may(
                as_words, as_words, action.value, has_found=has
            ) == roles.may(Role, Role, action, has_found=has)
        assert roles.roles_for(action.value) == roles.roles_for(action)
        assert roles.allowed_actions(as_words, as_words) == roles.allowed_actions(
            Role, Role
        )
        assert roles.assignable(as_words) == tuple(Role)
        assert list(roles.check_roles(as_words, as_words, [action.value])) == list(
            roles.check_roles(Role, Role, [action])
        )

    def test_one_role_is_no_collection_of_letters(self):
        for call in (
            lambda: roles.may(Role.ONLINE, Role, Action.FIND_LEARNER),
            lambda: roles.may(Role, Role.ONLINE, Action.FIND_LEARNER),
            lambda: roles.assignable("LRB Online User"),
            lambda: roles.check_roles(Role.ONLINE),
            lambda: roles.check_roles(Role, Role.ONLINE),
            lambda: roles.check_roles(Role, None, Action.FIND_LEARNER),
            lambda: roles.allowed_actions(Role.ONLINE, Role),
        ):
            with pytest.raises(TypeError, match="not one text"):
                call()

    def test_another_word_is_refused_without_being_shown(self):
        for call in (
            lambda: roles.may(["Jane Smith"], Role, Action.FIND_LEARNER),
            lambda: roles.may(Role, Role, "Jane Smith"),
            lambda: roles.roles_for("Jane Smith"),
            lambda: roles.check_roles(["Jane Smith"]),
        ):
            with pytest.raises(InvalidValue, match=r"^this is none of: "):
                call()


class TestNotices:
    @pytest.mark.parametrize("told_by", notice.Telling)
    def test_a_plan_takes_words(self, told_by):
        by_word = notice.NoticePlan(notice="short", told_by=told_by.value)
        plan = notice.NoticePlan(notice=notice.NoticeForm.SHORT, told_by=told_by)

        assert by_word == plan
        assert list(notice.check_notice_plan(by_word)) == list(
            notice.check_notice_plan(plan)
        )

    def test_another_word_is_refused_without_being_shown(self):
        for call in (
            lambda: notice.NoticePlan(notice="Jane Smith"),
            lambda: notice.NoticePlan(notice=None, told_by="Jane Smith"),
            lambda: notice.may_make_uln("Jane Smith"),
        ):
            with pytest.raises(InvalidValue, match=r"^this is none of: "):
                call()
        assert notice.may_make_uln("extended")


class TestTheOthers:
    def test_a_log_of_searches_takes_its_state_as_a_word(self):
        times = procedure.Procedure(
            minimum=dt.timedelta(0), maximum=dt.timedelta(minutes=1)
        )
        at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
        log = procedure.SearchLog(procedure=times, state="none_found", searched_at=at)

        assert log.may_register(at=at)
        with pytest.raises(InvalidValue, match=r"^this is none of: not_searched"):
            procedure.SearchLog(procedure=times, state="Jane Smith")
        with pytest.raises(InvalidValue, match=r"^this is no outcome of a search$"):
            log.searched("Jane Smith", at=at)

    def test_codes_of_an_aim_are_words_and_not_the_letters_of_one(self):
        facts = {
            "learner": "A1",
            "start": DAY,
            "planned_end": DAY,
            "funding_model": 25,
        }

        aim = temporary_uln.Aim(**facts, monitoring=["ACT1"])
        assert aim.monitoring == {"ACT1"}
        with pytest.raises(TypeError, match="not one text"):
            temporary_uln.Aim(**facts, monitoring="ACT1")

    def test_a_rule_of_the_ilr_takes_words(self):
        by_word = temporary_uln.IlrRule(name="X", severity="error", january="from")
        rule = temporary_uln.IlrRule(
            name="X", severity=Severity.ERROR, january="from", leniency="any"
        )

        assert by_word == rule
        assert by_word.severity is Severity.ERROR
        for facts in (
            {"severity": "Jane Smith"},
            {"severity": "error", "january": "Jane Smith"},
            {"severity": "error", "leniency": "Jane Smith"},
        ):
            with pytest.raises(InvalidValue, match=r"^(?!.*Jane)"):
                temporary_uln.IlrRule(name="X", **facts)
        with pytest.raises(TypeError, match="not one text"):
            temporary_uln.IlrRule(name="X", severity="error", unless="ACT1")

    def test_one_field_that_is_kept_is_no_collection_of_letters(self):
        held = Learner(given_name="Ada", town="Ayford")
        given = Learner(given_name="Ada", town="Beford")

        assert changes_by_file(held, given, kept=["town"]) == {}
        with pytest.raises(TypeError, match="not one text"):
            changes_by_file(held, given, kept="town")

    def test_the_ways_to_ulns_and_the_ways_of_a_record_have_names_of_their_own(self):
        assert Approach.__name__ != Channel.__name__
        assert Approach("batch file") is Approach.BATCH

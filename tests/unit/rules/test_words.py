"""What a program gives as a word means the member, in every function that takes one."""

import datetime as dt

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.issues import issue
from ulnlib.rules import registration
from ulnlib.rules._words import texts, words
from ulnlib.rules.registration import Channel, Purpose

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
        with pytest.raises(InvalidValue, match=r"^this is none of: file, web_service$"):
            words(Channel, ["Jane Smith"])

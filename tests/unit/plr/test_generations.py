"""The fields of a learning event: who fills them, and what they were before."""

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.plr import EventSource, LearningEvent
from ulnlib.plr.events import CURRENT
from ulnlib.plr.generations import Filling, elements, filling
from ulnlib.plr.reading import OLDER


class TestFilling:
    def test_of_each_of_the_22_fields_it_is_told_for_every_source(self):
        for name in CURRENT:
            assert set(filling(name)) == set(EventSource)

    def test_what_the_guide_says_of_dates(self):
        award, start = filling("award_date"), filling("start_date")

        assert award[EventSource.AO] is Filling.FILLED
        assert start[EventSource.AO] is Filling.SOMETIMES
        assert start[EventSource.ILR] is Filling.SOMETIMES
        assert start[EventSource.NPD] is Filling.EMPTY

    def test_collections_are_of_providers_and_languages_of_awarders(self):
        for name in ("collection_type", "return_number"):
            assert filling(name)[EventSource.AO] is Filling.ABSENT
            assert filling(name)[EventSource.ILR] is Filling.FILLED
        assert filling("language")[EventSource.NPD] is Filling.ABSENT

    def test_a_field_that_there_is_not_is_refused_and_not_printed(self):
        with pytest.raises(InvalidValue) as caught:
            filling("Example")
        assert "Example" not in str(caught.value)

    def test_every_kind_says_what_it_means(self):
        assert len({kind.text for kind in Filling}) == len(Filling)


class TestOlderGenerations:
    def test_there_are_34_elements_of_the_first_and_48_of_the_second(self):
        of = {n: [one for one in elements() if n in one.generations] for n in (1, 2)}

        assert (len(of[1]), len(of[2])) == (34, 48)

    def test_what_they_say_is_a_field_of_an_event_or_none(self):
        fields = {a.name for a in LearningEvent.__attrs_attrs__}

        assert {one.field for one in elements()} - {None} <= fields

    def test_an_element_of_today_says_the_field_of_today(self):
        today = {element: name for name, element in CURRENT.items()}
        told = {one.element: one.field for one in elements()}

        assert {told[one] == today[one] for one in set(today) & set(told)} == {True}

    def test_the_reader_takes_those_that_say_a_field_of_today_by_another_name(self):
        own = {
            one.element: one.field
            for one in elements()
            if one.field and one.evidence == "assumed"
        }

        assert dict(OLDER) == own

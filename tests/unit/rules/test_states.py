"""State tables: total, looked up, drawn."""

from enum import Enum

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.rules.states import StateTable, Step


class Light(Enum):
    RED = 1
    GREEN = 2


class Event(Enum):
    PRESS_IT = 1
    BREAK_IT = 2


ROWS = (
    Step(Light.RED, Event.PRESS_IT, Light.GREEN, "A-1"),
    Step(Light.RED, Event.BREAK_IT, None, "A-2", "call somebody"),
    Step(Light.GREEN, Event.PRESS_IT, Light.RED, "A-1"),
    Step(Light.GREEN, Event.BREAK_IT, Light.GREEN, "A-3"),
)


def test_every_state_and_event_has_its_row():
    table = StateTable(Light, Event, ROWS)

    assert list(table) == list(ROWS)
    assert len(table) == 4
    assert table.step(Light.RED, Event.PRESS_IT).after is Light.GREEN
    assert not table.step(Light.RED, Event.BREAK_IT).is_allowed
    assert table.step(Light.GREEN, Event.BREAK_IT).is_allowed


@pytest.mark.parametrize(
    ("state", "event"), [("Jane Smith", Event.PRESS_IT), (Light.RED, "Jane Smith")]
)
def test_what_is_no_state_or_no_event_is_refused_without_being_shown(state, event):
    table = StateTable(Light, Event, ROWS)

    with pytest.raises(InvalidValue) as refused:
        table.step(state, event)
    assert refused.value.reason == "word"
    assert str(refused.value) == "the table has no such state or no such event"
    assert refused.value.__cause__ is None


def test_a_table_with_a_hole_cannot_be_made():
    with pytest.raises(ValueError, match="no row for GREEN and BREAK_IT"):
        StateTable(Light, Event, ROWS[:3])


def test_a_table_with_two_rows_for_the_same_cannot_be_made():
    with pytest.raises(ValueError, match="two rows for RED and PRESS_IT"):
        StateTable(Light, Event, (*ROWS, ROWS[0]))


def test_the_drawing_leaves_out_refusals_and_what_changes_nothing():
    assert StateTable(Light, Event, ROWS).mermaid() == (
        "stateDiagram-v2\n    RED --> GREEN: press it\n    GREEN --> RED: press it"
    )

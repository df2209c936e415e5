"""State rules as one flat table: state and event in, next state or refusal out.

A table is total: every state has a row for every event, so that a rule that was
forgotten is an error when the module is loaded and never a pass. The diagrams in the
documents are drawn from the tables, and the tests go through all of them.
"""

from __future__ import annotations

__all__ = ["StateTable", "Step"]

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Generic, TypeVar

import attrs

from ulnlib.errors import InvalidValue

S = TypeVar("S", bound=Enum)
E = TypeVar("E", bound=Enum)


@attrs.frozen
class Step(Generic[S, E]):
    """One row of a table.

    Attributes:
        state: The state before.
        event: What happens.
        after: The state after, or None when the event is refused in this state.
        clause: The id of the clause that says so.
        note: What a person is told, when there is more to say than the clause.
    """

    state: S
    event: E
    after: S | None
    clause: str
    note: str = ""

    @property
    def is_allowed(self) -> bool:
        """Whether the event may happen in this state."""
        return self.after is not None


class StateTable(Generic[S, E]):
    """The rows of one state rule, looked up by state and event.

    Args:
        states: The enum of the states.
        events: The enum of the events.
        rows: A row for every state and event.

    Raises:
        ValueError: A state and event have no row, or two.
    """

    __slots__ = ("_rows",)

    def __init__(
        self, states: type[S], events: type[E], rows: Iterable[Step[S, E]]
    ) -> None:
        self._rows: dict[tuple[S, E], Step[S, E]] = {}
        for row in rows:
            if (row.state, row.event) in self._rows:
                raise ValueError(f"two rows for {row.state.name} and {row.event.name}")
            self._rows[row.state, row.event] = row
        for state in states:
            for event in events:
                if (state, event) not in self._rows:
                    raise ValueError(f"no row for {state.name} and {event.name}")

    def step(self, state: S, event: E) -> Step[S, E]:
        """Return what happens to a state by an event.

        Raises:
            InvalidValue: That is no state or no event of the table.
        """
        row = self._rows.get((state, event))
        if row is None:
            # The error of the look-up would print the caller's text.
            raise InvalidValue("word", "the table has no such state or no such event")
        return row

    def __iter__(self) -> Iterator[Step[S, E]]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def mermaid(self) -> str:
        """Return the table as a state diagram in mermaid text, refusals left out."""
        lines = ["stateDiagram-v2"]
        for row in self:
            if row.after is not None and row.after is not row.state:
                event = row.event.name.lower().replace("_", " ")
                lines.append(f"    {row.state.name} --> {row.after.name}: {event}")
        return "\n".join(lines)

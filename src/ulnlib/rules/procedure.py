"""Search before you register: what may be done after each outcome of a search.

The service keeps a log of recent searches. It registers a learner only after a search
for the same details that is not too old and, when that search found candidates, only
after a time in which they could be looked at. How long the two times are is not
known: the caller sets both.

This is for the caller's own loop of searches and registrations against the service.
`ulnlib.register.Register` keeps no log of searches and does not ask it.

Examples:
    >>> day = dt.datetime(2026, 11, 21, 9, 0)
    >>> times = Procedure(
    ...     minimum=dt.timedelta(seconds=30), maximum=dt.timedelta(minutes=20)
    ... )
    >>> log = SearchLog(procedure=times).searched("none", at=day)
    >>> log.may_register(at=day + dt.timedelta(minutes=20)).allowed
    True
    >>> log.may_register(at=day + dt.timedelta(minutes=21)).next_step
    'Search again: the last search is too old to count.'
"""

from __future__ import annotations

__all__ = [
    "ANSWERS",
    "PROCEDURE",
    "Answer",
    "Event",
    "Procedure",
    "RegistrationDecision",
    "Search",
    "SearchLog",
]

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ulnlib.codes import ResponseCode
from ulnlib.errors import InvalidValue
from ulnlib.rules._words import Word
from ulnlib.rules.clauses import Decision
from ulnlib.rules.states import StateTable, Step


class Search(Word):
    """How far the search for a learner has come.

    Source: web-service notes, section 6, points 2 and 6 (observed); that candidates
    are ruled out by a person is assumed.
    """

    NOT_SEARCHED = "not_searched"
    TOO_LITTLE = "too_little"
    NONE_FOUND = "none_found"
    POSSIBLE_FOUND = "possible_found"
    POSSIBLE_WAITED = "possible_waited"
    POSSIBLE_REJECTED = "possible_rejected"
    POSSIBLE_RULED_OUT = "possible_ruled_out"
    TOO_MANY_FOUND = "too_many_found"
    TOO_MANY_RULED_OUT = "too_many_ruled_out"
    EXACT_FOUND = "exact_found"
    LINKED_FOUND = "linked_found"
    EXPIRED = "expired"
    REGISTERED = "registered"


class Event(Word):
    """What can happen on the way to a registration.

    The outcomes of a search have the words of `ulnlib.matching.Outcome`.

    Source: web-service notes, section 6, points 2 and 6 (observed).
    """

    NONE = "none"
    POSSIBLE = "possible"
    TOO_MANY = "too_many"
    EXACT = "exact"
    LINKED = "linked"
    INSUFFICIENT = "insufficient"
    RULE_OUT = "rule_out"
    MINIMUM_PASSES = "minimum_passes"
    MAXIMUM_PASSES = "maximum_passes"
    CHANGE_DETAILS = "change_details"
    REGISTER = "register"


_FOUND: Mapping[Event, Search] = MappingProxyType(
    {
        Event.NONE: Search.NONE_FOUND,
        Event.POSSIBLE: Search.POSSIBLE_FOUND,
        Event.TOO_MANY: Search.TOO_MANY_FOUND,
        Event.EXACT: Search.EXACT_FOUND,
        Event.LINKED: Search.LINKED_FOUND,
        Event.INSUFFICIENT: Search.TOO_LITTLE,
    }
)

_OF_RESPONSE: Mapping[str, Event] = MappingProxyType(
    {
        ResponseCode.NO_MATCH: Event.NONE,
        ResponseCode.POSSIBLE_MATCHES: Event.POSSIBLE,
        ResponseCode.TOO_MANY_MATCHES: Event.TOO_MANY,
        ResponseCode.EXACT_MATCH: Event.EXACT,
        ResponseCode.LINKED: Event.LINKED,
        ResponseCode.INSUFFICIENT_DATA: Event.INSUFFICIENT,
    }
)

_REGISTER: Mapping[Search, tuple[Search | None, str]] = MappingProxyType(
    {
        Search.NOT_SEARCHED: (None, "PG-4.2.1-4"),
        Search.TOO_LITTLE: (None, "PG-4.2.1-1"),
        Search.NONE_FOUND: (Search.REGISTERED, "PG-4.2.2-R1"),
        Search.POSSIBLE_FOUND: (None, "REG-S-2"),
        Search.POSSIBLE_WAITED: (None, "REG-S-4"),
        Search.POSSIBLE_REJECTED: (None, "REG-S-2"),
        Search.POSSIBLE_RULED_OUT: (Search.REGISTERED, "REG-S-4"),
        Search.TOO_MANY_FOUND: (None, "REG-S-5"),
        Search.TOO_MANY_RULED_OUT: (Search.REGISTERED, "REG-S-6"),
        Search.EXACT_FOUND: (None, "WS-4"),
        Search.LINKED_FOUND: (None, "WS-3"),
        Search.EXPIRED: (None, "REG-S-1"),
        Search.REGISTERED: (None, "WS-4"),
    }
)

# Where a person may say that none of those found is the learner.
_RULE_OUT: Mapping[Search, tuple[Search, str]] = MappingProxyType(
    {
        Search.POSSIBLE_FOUND: (Search.POSSIBLE_REJECTED, "REG-S-4"),
        Search.POSSIBLE_WAITED: (Search.POSSIBLE_RULED_OUT, "REG-S-4"),
        Search.POSSIBLE_REJECTED: (Search.POSSIBLE_REJECTED, "REG-S-4"),
        Search.POSSIBLE_RULED_OUT: (Search.POSSIBLE_RULED_OUT, "REG-S-4"),
        Search.TOO_MANY_FOUND: (Search.TOO_MANY_RULED_OUT, "REG-S-6"),
        Search.TOO_MANY_RULED_OUT: (Search.TOO_MANY_RULED_OUT, "REG-S-6"),
    }
)

_MINIMUM: Mapping[Search, Search] = MappingProxyType(
    {
        Search.POSSIBLE_FOUND: Search.POSSIBLE_WAITED,
        Search.POSSIBLE_REJECTED: Search.POSSIBLE_RULED_OUT,
    }
)

# Nothing of a search is left to grow old where nothing was found, or all is done.
_OLD: Mapping[Search, Search] = MappingProxyType(
    dict.fromkeys(
        set(Search) - {Search.NOT_SEARCHED, Search.TOO_LITTLE, Search.REGISTERED},
        Search.EXPIRED,
    )
)


PROCEDURE: StateTable[Search, Event] = StateTable(
    Search,
    Event,
    (
        *(
            Step(state, found, after, "WS-3" if found is Event.LINKED else "WS-1")
            for state in Search
            for found, after in _FOUND.items()
        ),
        *(
            Step(state, Event.RULE_OUT, *_RULE_OUT.get(state, (None, "REG-S-4")))
            for state in Search
        ),
        *(
            Step(state, Event.MINIMUM_PASSES, _MINIMUM.get(state, state), "REG-S-2")
            for state in Search
        ),
        *(
            Step(state, Event.MAXIMUM_PASSES, _OLD.get(state, state), "REG-S-1")
            for state in Search
        ),
        *(
            Step(state, Event.CHANGE_DETAILS, Search.NOT_SEARCHED, "REG-S-3")
            for state in Search
        ),
        *(Step(state, Event.REGISTER, *_REGISTER[state]) for state in Search),
    ),
)
"""The procedure, every state with every event.

Source: web-service notes, sections 3.2 and 6, points 2 and 6 (observed); that a person
rules candidates out, and may do so after too many matches, is assumed.
"""


@attrs.frozen
class Answer:
    """What the service says to a registration in one state, and what to do next.

    Attributes:
        response_code: The service's answer, or None where it would register and only
            we ask for a further step first.
        next_step: What may be done next, in words.
    """

    response_code: ResponseCode | None
    next_step: str


_REFUSED = ResponseCode.NOT_REGISTERED

ANSWERS: Mapping[Search, Answer] = MappingProxyType(
    {
        Search.NOT_SEARCHED: Answer(
            _REFUSED, "Search by the five key details before you register."
        ),
        Search.TOO_LITTLE: Answer(
            _REFUSED,
            "Complete given name, family name, date of birth, gender and postcode, "
            "and search again.",
        ),
        Search.NONE_FOUND: Answer(
            ResponseCode.REGISTERED,
            "Register the learner, or search once more with other spellings, an "
            "earlier name or an earlier postcode.",
        ),
        Search.POSSIBLE_FOUND: Answer(
            _REFUSED,
            "Compare each candidate with the learner's documents, and use the ULN of "
            "the right one.",
        ),
        Search.POSSIBLE_WAITED: Answer(
            None,
            "Say that none of the candidates is the learner, or use the ULN of the "
            "right one.",
        ),
        Search.POSSIBLE_REJECTED: Answer(
            _REFUSED,
            "Wait until the minimum time after the search has passed, then register.",
        ),
        Search.POSSIBLE_RULED_OUT: Answer(
            ResponseCode.REGISTERED,
            "Register the learner: none of the candidates is the same person.",
        ),
        Search.TOO_MANY_FOUND: Answer(
            None,
            "Search again with a previous family name, the school at 16, the place of "
            "birth or the e-mail address.",
        ),
        Search.TOO_MANY_RULED_OUT: Answer(
            ResponseCode.REGISTERED,
            "Register the learner: a person has decided that more details do not help.",
        ),
        Search.EXACT_FOUND: Answer(
            _REFUSED,
            "Use the ULN that was found. If it is another person's with the same "
            "details, report it to the service.",
        ),
        Search.LINKED_FOUND: Answer(
            _REFUSED,
            "Use the master ULN that was found, and keep the linked one as an alias.",
        ),
        Search.EXPIRED: Answer(
            _REFUSED, "Search again: the last search is too old to count."
        ),
        Search.REGISTERED: Answer(
            _REFUSED, "Tell the learner the ULN; the learner is registered."
        ),
    }
)
"""What each state comes to.

Source: web-service notes, sections 3.2, 3.6 and 6 (observed); LRS portal guide,
sections 4.2.1 and 4.2.2, Appendix B (published).
"""


@attrs.frozen
class RegistrationDecision(Decision):
    """Whether a learner may be registered now, and what may be done next.

    It counts as true when it is allowed.

    Attributes:
        allowed: Whether it is.
        clause: The id of the clause.
        state: How far the search has come.
        response_code: What the service would answer to a registration; None where it
            would register and only we ask for a further step first.
        next_step: What may be done next, in words.
    """

    state: Search
    response_code: ResponseCode | None
    next_step: str


@attrs.frozen(kw_only=True)
class Procedure:
    """The two times of the service. There are no defaults: nobody knows them.

    Attributes:
        minimum: So long after a possible match a registration is not taken.
        maximum: So long after a search it counts; both ends are inside.

    Raises:
        ValueError: A time is negative, or the maximum is less than the minimum.

    Source: web-service notes, sections 3.2 and 6, point 6 (observed). The one figure
    there is, 120 milliseconds as the maximum, stands in a comment and is doubtful.
    """

    minimum: dt.timedelta
    maximum: dt.timedelta

    def __attrs_post_init__(self) -> None:
        if self.minimum < dt.timedelta(0):
            raise ValueError("the minimum time is negative")
        if self.maximum < self.minimum:
            raise ValueError("the maximum time is less than the minimum time")


@attrs.frozen(kw_only=True)
class SearchLog:
    """How far the search for one learner has come, as a value.

    It holds no details of the learner: say `changed_details` when they change.

    Attributes:
        procedure: The two times of the service.
        state: How far the search had come at the last event.
        searched_at: When the last search was, or None.
    """

    procedure: Procedure
    state: Search = attrs.field(default=Search.NOT_SEARCHED, converter=Search)
    searched_at: dt.datetime | None = None

    def searched(self, outcome: str, *, at: dt.datetime) -> SearchLog:
        """Return the log after a search.

        Args:
            outcome: A response code of the service (`WSRC0001`), or a word of
                `ulnlib.matching.Outcome`, or `linked`.
            at: When.

        Raises:
            InvalidValue: It is no outcome of a search.
            ValueError: The time is before that of the last search.

        Source: web-service notes, section 3.1 (observed).
        """
        event = _OF_RESPONSE.get(outcome)
        if event is None:
            words = {event.value: event for event in _FOUND}
            event = words.get(outcome)
        if event is None:
            raise InvalidValue("word", "this is no outcome of a search")
        self._elapsed(at)
        return attrs.evolve(self, state=_moved(self.state, event), searched_at=at)

    def ruled_out(self, *, at: dt.datetime) -> SearchLog:
        """Return the log after a person said that nobody found is the learner.

        Args:
            at: When.

        Raises:
            ValueError: There is nobody to rule out, or the time is before that of the
                last search.

        Source: assumed; see `PROCEDURE`.
        """
        return self._after(Event.RULE_OUT, at)

    def changed_details(self) -> SearchLog:
        """Return the log after one of the five details changed: search anew.

        Source: web-service notes, section 3.2, reasons of WSRC0021 (observed).
        """
        state = _moved(self.state, Event.CHANGE_DETAILS)
        return attrs.evolve(self, state=state, searched_at=None)

    def registered(self, *, at: dt.datetime) -> SearchLog:
        """Return the log after the learner was registered.

        Args:
            at: When.

        Raises:
            ValueError: It was not allowed, or the time is before that of the last
                search.

        Source: web-service notes, section 6, point 6 (observed).
        """
        return self._after(Event.REGISTER, at)

    def at(self, at: dt.datetime) -> SearchLog:
        """Return the log as it is at a time: searches grow old.

        Args:
            at: The time, with a time zone where the searches have one.

        Raises:
            ValueError: The time is before that of the last search.

        Source: web-service notes, section 6, point 6 (observed); that both ends are
        inside is assumed.
        """
        elapsed = self._elapsed(at)
        state = self.state
        if elapsed is not None and elapsed >= self.procedure.minimum:
            state = _moved(state, Event.MINIMUM_PASSES)
        if elapsed is not None and elapsed > self.procedure.maximum:
            state = _moved(state, Event.MAXIMUM_PASSES)
        return attrs.evolve(self, state=state)

    def may_register(self, *, at: dt.datetime) -> RegistrationDecision:
        """Say whether the learner may be registered, and what may be done next.

        Args:
            at: When.

        Raises:
            ValueError: The time is before that of the last search.

        Source: web-service notes, sections 3.2 and 6, point 6 (observed).
        """
        state = self.at(at).state
        step = PROCEDURE.step(state, Event.REGISTER)
        answer = ANSWERS[state]
        return RegistrationDecision(
            allowed=step.is_allowed,
            clause=step.clause,
            state=state,
            response_code=answer.response_code,
            next_step=answer.next_step,
        )

    def _elapsed(self, at: dt.datetime) -> dt.timedelta | None:
        if self.searched_at is None:
            return None
        elapsed = at - self.searched_at
        if elapsed < dt.timedelta(0):
            raise ValueError("the time is before that of the last search")
        return elapsed

    def _after(self, event: Event, at: dt.datetime) -> SearchLog:
        log = self.at(at)
        return attrs.evolve(log, state=_moved(log.state, event))


def _moved(state: Search, event: Event) -> Search:
    after = PROCEDURE.step(state, event).after
    if after is None:
        raise ValueError(f"not now: {ANSWERS[state].next_step}")
    return after

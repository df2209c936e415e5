"""A data challenge as a value with a life: drafted, raised, looked at, resolved.

Nothing here reads a clock or sends a message: every step takes the time as `at`, and
a challenge that is raised has to be looked at, for nobody is told of it.
"""

from __future__ import annotations

__all__ = [
    "Challenge",
    "ChallengeEntry",
    "Contact",
    "Disputed",
    "Reference",
    "Transfer",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs

from ulnlib import uln
from ulnlib._dates import At, beginning_day, stamp
from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner
from ulnlib.plr.challenge.details import Details
from ulnlib.plr.challenge.parties import Party
from ulnlib.plr.challenge.states import (
    CHALLENGE_STEPS,
    MAY,
    NOBODY_IS_TOLD,
    ChallengeEvent,
    ChallengeRefused,
    ChallengeState,
)
from ulnlib.plr.events import LearningEvent
from ulnlib.rules.clauses import Decision
from ulnlib.rules.clauses import clause as find_clause
from ulnlib.rules.corrections import CORRECTIONS, Problem, Route, RouteKind, correction
from ulnlib.rules.corrections import Challenge as About
from ulnlib.uln import Uln


def _text(value: str | Uln | int | None) -> str | None:
    return None if value is None else str(value)


def _personal() -> str | None:
    field: str | None = attrs.field(default=None, converter=_text, repr=False)
    return field


@attrs.frozen(kw_only=True)
class Contact:
    """Whom the service desk can ask.

    Attributes:
        name: The name.
        email: The e-mail address.
        telephone: The telephone number.

    Source: LRS portal guide, sections 6.2, 6.3.1 and 6.3.3 (published).
    """

    name: str | None = _personal()
    email: str | None = _personal()
    telephone: str | None = _personal()


NOBODY = Contact()
NO_DETAILS = Details()


@attrs.frozen
class Disputed:
    """An event that is disputed.

    Attributes:
        id: The service's number of it.
        source: Who told the service of it.

    Source: LearnerServiceR9.wsdl, CreateDataChallenge (observed).
    """

    id: str | None = attrs.field(converter=_text)
    source: str | None = attrs.field(default=None, converter=_text)

    @classmethod
    def of(cls, event: LearningEvent) -> Self:
        """Return an event of a record as one that is disputed."""
        return cls(event.id, event.source)

    def is_of(self, event: LearningEvent) -> bool:
        """Say whether an event is this one: by number, and by source if it is given."""
        is_source = self.source is None or self.source == event.source
        return bool(self.id) and self.id == event.id and is_source


@attrs.frozen(kw_only=True)
class Transfer:
    """To whom a qualification is to move.

    Attributes:
        uln: The ULN of that learner.
        name: The learner's name.

    Source: LRS portal guide, sections 6.1 and 6.3.2 (published).
    """

    uln: str | None = _personal()
    name: str | None = _personal()


@attrs.frozen(repr=False)
class Reference:
    """The reference that the service gave: personal, for it contains the ULN.

    Neither `repr` nor `str` shows it. An e-mail that quotes it may hold no other
    detail of the learner; see `check_mail`.

    Attributes:
        text: The reference, as the service gave it.

    Source: LRS portal guide, section 6.2 (published). Its form is not public: any
    text is taken (assumed).
    """

    text: str

    def names(self, number: Uln | str) -> bool:
        """Say whether the reference contains a ULN.

        Args:
            number: The ULN.

        Raises:
            InvalidUln: That is no ULN.
        """
        digits = "".join(sign for sign in self.text if sign.isdecimal())
        return str(Uln.parse(str(number))) in digits

    def __repr__(self) -> str:
        return f"Reference({len(self.text)} characters)"


def _reference(value: Reference | str | None) -> Reference | None:
    return Reference(value) if isinstance(value, str) else value


@attrs.frozen
class ChallengeEntry:
    """One line of a challenge's history.

    Attributes:
        event: What was done.
        at: When, as the caller gave it.
        by: Who did it.
        note: What was said with it, or None.
    """

    event: ChallengeEvent
    at: str = attrs.field(repr=False)
    by: Party
    note: str | None = attrs.field(default=None, repr=False)

    @property
    def day(self) -> dt.date | None:
        """The day, None where the caller's text does not begin with one."""
        return beginning_day(self.at)


def _problem(value: str) -> Problem | str:
    """Return a problem, or the name of a learner's field."""
    if value == "uln":  # what is wrong with a number has a row of its own
        return Problem.OTHER_ULN_PROBLEM
    if value in CORRECTIONS:
        return str(value)
    try:
        return Problem(value)
    except ValueError:
        pass
    # Outside the handler: the error of the enum holds the caller's text.
    raise InvalidValue("word", "this is neither a problem nor a field of a learner")


def _events(values: Iterable[Disputed | LearningEvent]) -> tuple[Disputed, ...]:
    return tuple(
        Disputed.of(one) if isinstance(one, LearningEvent) else one for one in values
    )


@attrs.frozen(kw_only=True, repr=False)
class Challenge:
    """One data challenge.

    Attributes:
        problem: What is wrong: a `Problem` of `ulnlib.rules.corrections`, or a field
            of a learner's, of which `check` says by which other way it is put right.
        learner: The learner, with the ULN that the challenge is about.
        raised_by: Whose challenge it is.
        contact: Whom the service desk can ask.
        comments: The reason, and all that is known.
        events: The events that are disputed: one, or two that are the same.
        original: The first event's details, as the record has them.
        proposed: What they should be; only what is to change is given.
        other_uln: For a problem of a ULN: the second ULN.
        master: Of the two ULNs, the one that stays.
        transfer: To whom a qualification is to move.
        has_checked_participation: Whether it was looked at that no event is a record
            of participation.
        is_still_shared: Whether two learners are believed to use the ULN now.
        reference: The service's reference, once it gave one.
        state: Where it stands.
        history: What was done, first to last.

    Source: LRS portal guide, section 6 (published); LearnerServiceR9.wsdl,
    CreateDataChallenge (observed).
    """

    problem: Problem | str = attrs.field(converter=_problem)
    learner: Learner
    raised_by: Party
    contact: Contact = NOBODY
    comments: str | None = None
    events: tuple[Disputed, ...] = attrs.field(default=(), converter=_events)
    original: Details = NO_DETAILS
    proposed: Details = NO_DETAILS
    other_uln: str | None = attrs.field(default=None, converter=_text)
    master: str | None = attrs.field(default=None, converter=_text)
    transfer: Transfer | None = None
    has_checked_participation: bool = False
    is_still_shared: bool = False
    reference: Reference | None = attrs.field(default=None, converter=_reference)
    state: ChallengeState = ChallengeState.DRAFT
    history: tuple[ChallengeEntry, ...] = ()

    @classmethod
    def on(
        cls,
        event: LearningEvent,
        *others: LearningEvent,
        problem: Problem | str,
        learner: Learner,
        raised_by: Party,
        **values: Any,  # noqa: ANN401  # any other attribute
    ) -> Self:
        """Draft a challenge on an event, with its details as they are.

        Args:
            event: The event.
            others: The other one, when they are the same.
            problem: What is wrong.
            learner: The learner.
            raised_by: Whose challenge it is.
            values: Other attributes.

        Raises:
            InvalidValue: That is no problem.
        """
        return cls(
            problem=problem,
            learner=learner,
            raised_by=raised_by,
            events=(event, *others),
            original=Details.of(event),
            **values,
        )

    # --- what it is ---

    @property
    def route(self) -> Route:
        """By which way the problem is put right, and what has to be said.

        Source: see `ulnlib.rules.corrections.correction`.
        """
        return correction(self.problem)

    @property
    def about(self) -> About | None:
        """Whether it is about the ULN or an event; None where it is no challenge."""
        return self.route.challenge

    @property
    def is_open(self) -> bool:
        """Whether it is raised and neither resolved nor withdrawn."""
        return self.state.is_open

    @property
    def must_be_looked_at(self) -> bool:
        """Whether the caller has to look what became of it: nobody is told.

        Source: LRS portal guide, section 6.4 (published).
        """
        return self.is_open

    @property
    def note(self) -> str:
        """What there is to know of a challenge that is open, or the empty text."""
        return NOBODY_IS_TOLD if self.must_be_looked_at else ""

    @property
    def created(self) -> dt.date | None:
        """The day on which it was raised, None before."""
        return self.history[0].day if self.history else None

    @property
    def resolved(self) -> dt.date | None:
        """The day on which it was resolved or withdrawn, None before."""
        is_over = bool(self.history) and not self.is_open
        return self.history[-1].day if is_over else None

    @property
    def ulns(self) -> tuple[str, ...]:
        """The ULNs that it is about, as ten digits; what is no ULN is left out."""
        given = (self.learner.uln, self.other_uln)
        found = (uln.compact(one) for one in given if one and uln.is_valid(one))
        return tuple(dict.fromkeys(found))

    # --- what is done with it ---

    def may(
        self,
        event: ChallengeEvent,
        by: Party,
        *,
        table: Mapping[Any, str] = MAY,
    ) -> Decision:
        """Say whether somebody may do something with it, wherever it stands.

        Args:
            event: What is to be done.
            by: Who wants to do it.
            table: Another table of who may do what.

        Returns:
            The decision with its clause.

        Source: see `MAY`.
        """
        standing = by.standing(self.raised_by, self.ulns)
        clause = table.get((standing, ChallengeEvent(event)))
        return Decision(clause is not None, clause or "PG-6.4-C-5")

    def step(
        self,
        event: ChallengeEvent | str,
        *,
        by: Party,
        at: At,
        note: str | None = None,
        table: Mapping[Any, str] = MAY,
    ) -> Self:
        """Return it after a step; the step is kept in its history.

        Args:
            event: What is done.
            by: Who does it.
            at: When, stored as given.
            note: What is said with it.
            table: Another table of who may do what.

        Raises:
            ChallengeRefused: It cannot be done where it stands, or not by this party.
            InvalidValue: That is no step.
        """
        done = ChallengeEvent(event)
        what = done.value.replace("_", " ")
        decision = self.may(done, by, table=table)
        if not decision:
            clause = find_clause(decision.clause)
            raise ChallengeRefused(
                f"{done.value}-by",
                f"cannot {what}: this is for another to do. {clause.text}",
            )
        row = CHALLENGE_STEPS.step(self.state, done)
        if row.after is None:
            raise ChallengeRefused(
                f"{self.state.value}-{done.value}", f"cannot {what}: {row.note}"
            )
        entry = ChallengeEntry(done, stamp(at), by, note)
        return attrs.evolve(self, state=row.after, history=(*self.history, entry))

    def raised(
        self, *, at: At, by: Party | None = None, reference: str | None = None
    ) -> Self:
        """Return it as raised. Whether it may be is for `check` to say.

        Args:
            at: When, stored as given.
            by: Who does it, another user of the same organisation, say.
            reference: The service's reference, when it is known already.

        Raises:
            ChallengeRefused: It was raised before, or somebody else's it is.
        """
        new = self.step(ChallengeEvent.RAISE, by=by or self.raised_by, at=at)
        return new.with_reference(reference) if reference is not None else new

    def with_reference(self, reference: str) -> Self:
        """Return it with the reference that the service gave."""
        return attrs.evolve(self, reference=reference)

    def withdrawn(self, *, by: Party, at: At) -> Self:
        """Return it as withdrawn.

        Args:
            by: Who withdraws it: the raiser, or somebody of the same organisation.
            at: When, stored as given.

        Raises:
            ChallengeRefused: It is over, or it is somebody else's.

        Source: LRS portal guide, section 6.4 (published).
        """
        return self.step(ChallengeEvent.WITHDRAW, by=by, at=at)

    def __repr__(self) -> str:
        is_challenge = self.route.kind is RouteKind.DATA_CHALLENGE
        about = "" if is_challenge else ", no data challenge"
        return f"Challenge({str(self.problem)!r}, {self.state.value!r}{about})"

"""Exceptions of a batch as values with a life, from the output to what came of them.

An exception is raised by an output, taken in hand by somebody, and resolved: an ULN
that there was is used, a new one is made in the portal, the details are corrected and
sent again, or it is discarded for a reason. What may follow what stands in one table.
Nothing here reads a clock: every change takes the time as `at`.
"""

from __future__ import annotations

__all__ = [
    "AT_THE_END",
    "BatchException",
    "ExceptionEntry",
    "raised_by",
    "resubmission",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ulnlib._dates import add_days, day_of
from ulnlib.batch.answers import Answer, is_code_shaped, read_answer
from ulnlib.batch.checker import RowRules, checked
from ulnlib.batch.exception_states import (
    EXCEPTION_STEPS,
    DiscardReason,
    ExceptionEvent,
    ExceptionState,
    StepRefused,
)
from ulnlib.batch.files import BatchFile, Record, make
from ulnlib.batch.joins import JoinResult
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.outcomes import DEFAULT_RETURN_CODES, ReturnCodes
from ulnlib.batch.process import EXCEPTION_DAYS
from ulnlib.batch.results import Candidate, is_slipped
from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner, Profile
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from ulnlib.matching import Match

AT_THE_END = (
    "All exceptions are to be dealt with within 45 days of the upload; what the "
    "service does with one that is not is not known."
)
"""What is known of the end of the time.

Source: LRS portal guide, section 4.3 (published: the 45 days).
"""


@attrs.frozen
class ExceptionEntry:
    """One line of an exception's history.

    Attributes:
        event: What was done; None for the first line, when it was raised.
        at: When, as the caller gave it.
        by: Who did it, as an id of the caller's own that says nothing to others.
    """

    event: ExceptionEvent | None
    at: str = attrs.field(repr=False)
    by: str | None = attrs.field(default=None, repr=False)


When = dt.datetime | dt.date | str


def _when(at: When) -> str:
    return at if isinstance(at, str) else at.isoformat()


def _shown(code: str) -> str:
    """Return a code as `repr` shows it: what is no code may be a person's detail."""
    return repr(code) if is_code_shaped(code) else "..."


@attrs.frozen(kw_only=True)
class BatchException:
    """One exception of a batch.

    Attributes:
        file: The name or reference of the file that was sent; empty when it had none.
        row: The row of the file, the headings being 1.
        code: The return code, or the empty text where there was none.
        uploaded: The day of the upload.
        learner: The learner as sent.
        state: Where it stands.
        history: What was done, first to last.
        by: Who has it in hand, or had it last.
        candidates: Who may be the learner, best first, as ULNs and words.
        uln: The ULN that was used or made.
        correction: The learner as corrected.
        reason: Why it was discarded.
    """

    file: str = attrs.field(repr=False)
    row: int
    code: str = attrs.field(repr=_shown)
    uploaded: dt.date
    learner: Learner
    state: ExceptionState = ExceptionState.RAISED
    history: tuple[ExceptionEntry, ...] = ()
    by: str | None = attrs.field(default=None, repr=False)
    candidates: tuple[Candidate, ...] = ()
    uln: Uln | None = None
    correction: Learner | None = None
    reason: DiscardReason | None = None

    # --- what it is ---

    @property
    def due(self) -> dt.date:
        """The last day on which it can be dealt with: 45 days after the upload.

        Source: LRS portal guide, section 4.3 (published).
        """
        return add_days(self.uploaded, EXCEPTION_DAYS)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state.is_open

    def is_overdue(self, as_of: dt.date) -> bool:
        """Say whether it is open after its last day.

        Args:
            as_of: The day. What the service does then is not known.
        """
        return self.is_open and day_of(as_of) > self.due

    def days_left(self, as_of: dt.date) -> int:
        """Return the days to its last day; 0 on it, and less when it is overdue."""
        return (self.due - day_of(as_of)).days

    def answer(self, return_codes: ReturnCodes = DEFAULT_RETURN_CODES) -> Answer:
        """Return what its code says, and what to do next."""
        record = Record(self.row, self.row, self.learner, (), b"", self.code or None)
        return read_answer(
            record,
            given=self.learner,
            uploaded=self.uploaded,
            return_codes=return_codes,
        )

    # --- candidates ---

    def rank(self, candidates: Iterable[Profile | Learner]) -> tuple[Match, ...]:
        """Compare the learner with the candidates that the portal offers.

        Args:
            candidates: Their records, with ULNs.

        Returns:
            A match for each, best first; `explain()` of one is a table of what agrees
            and why, and shows the person.

        Raises:
            InvalidUln: A candidate has no ULN.
        """
        from ulnlib.matching import rank

        return rank(self.learner, candidates)

    def offer(self, candidates: Iterable[Profile | Learner]) -> BatchException:
        """Return the exception with its candidates, best first, as ULNs and words.

        Raises:
            InvalidUln: A candidate has no ULN.
        """
        found = tuple(Candidate.of(match) for match in self.rank(candidates))
        return attrs.evolve(self, candidates=found)

    # --- what is done with it ---

    def take(self, *, by: str, at: When) -> BatchException:
        """Return it in the hands of somebody; of another, when it was in hand already.

        Args:
            by: Who, as an id of the caller's own.
            at: The time, stored as given.

        Raises:
            StepRefused: It cannot be done where it stands.
            ValueError: There is no id.
        """
        if not by:
            raise ValueError("say who takes it, by an id of your own")
        return self._step(ExceptionEvent.TAKE, at, by=by)

    def release(self, *, at: When) -> BatchException:
        """Return it out of hand again.

        Raises:
            StepRefused: It cannot be done where it stands.
        """
        return self._step(ExceptionEvent.RELEASE, at, by=None)

    def use_existing(self, uln: Uln | str, *, at: When) -> BatchException:
        """Return it as resolved by a ULN that the learner has already.

        Raises:
            StepRefused: It cannot be done where it stands.
            InvalidUln: That is no ULN.
        """
        return self._step(ExceptionEvent.USE_EXISTING, at, uln=_uln(uln))

    def created(self, uln: Uln | str, *, at: When) -> BatchException:
        """Return it as resolved by a new ULN, which was made in the portal.

        Raises:
            StepRefused: It cannot be done where it stands.
            InvalidUln: That is no ULN.
        """
        return self._step(ExceptionEvent.CREATE, at, uln=_uln(uln))

    def correct(self, learner: Learner, *, at: When) -> BatchException:
        """Return it with the details corrected, to be sent again.

        Args:
            learner: The learner as corrected, with the same MIS identifier.
            at: The time, stored as given.

        Raises:
            StepRefused: It cannot be done where it stands, nothing was corrected, or
                the MIS identifier is another, so that nothing could be joined.
        """
        if learner.mis_identifier != self.learner.mis_identifier:
            raise StepRefused(
                "mis_identifier",
                "the MIS identifier is another: the output could not be joined",
            )
        if learner == self.learner:
            raise StepRefused(
                "unchanged", "nothing was corrected: it would come back the same"
            )
        return self._step(ExceptionEvent.CORRECT, at, correction=learner)

    def resubmitted(self, *, at: When) -> BatchException:
        """Return it as sent again; `resubmission` makes the file.

        Raises:
            StepRefused: It cannot be done where it stands.
        """
        return self._step(ExceptionEvent.RESUBMIT, at)

    def discard(self, reason: DiscardReason | str, *, at: When) -> BatchException:
        """Return it as discarded.

        Raises:
            StepRefused: It cannot be done where it stands.
            InvalidValue: That is no reason.
        """
        return self._step(ExceptionEvent.DISCARD, at, reason=DiscardReason(reason))

    def reopen(self, *, at: When) -> BatchException:
        """Return it as open again: what was corrected, sent again or discarded.

        Raises:
            StepRefused: It cannot be done where it stands: a ULN that was used or
                made stays.
        """
        return self._step(
            ExceptionEvent.REOPEN, at, by=None, correction=None, reason=None
        )

    # --- as plain values ---

    def to_dict(self, *, personal: bool = False) -> dict[str, object]:
        """Return it as plain values, for JSON.

        Args:
            personal: Whether to include the learner's details. Without them it can be
                read back, and neither ranked nor corrected.
        """
        from ulnlib.batch.exception_forms import exception_to_dict

        return exception_to_dict(self, personal=personal)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> BatchException:
        """Return the exception that `to_dict` gave.

        Raises:
            InvalidValue: A member is missing or is not what it should be; the message
                names the member and not what it holds.
        """
        from ulnlib.batch.exception_forms import exception_from_dict

        return exception_from_dict(values)

    def _step(self, event: ExceptionEvent, at: When, **changes: Any) -> BatchException:  # noqa: ANN401  # any of the attributes
        step = EXCEPTION_STEPS.step(self.state, event)
        if step.after is None:
            raise StepRefused(
                f"{self.state.value}-{event.value}",
                f"cannot {event.value.replace('_', ' ')}: {step.note}",
            )
        who = changes.get("by", self.by)
        entry = ExceptionEntry(event, _when(at), self.by if who is None else who)
        return attrs.evolve(
            self, state=step.after, history=(*self.history, entry), **changes
        )


def _uln(uln: Uln | str) -> Uln:
    return uln if isinstance(uln, Uln) else Uln.parse(uln)


# --- raised from outputs, and sent again --------------------------------------------


def raised_by(
    source: JoinResult | BatchFile,
    *,
    uploaded: dt.date,
    at: When,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
) -> tuple[BatchException, ...]:
    """Return the exceptions of an output.

    Args:
        source: Inputs and outputs, joined: then an exception has the learner as sent
            and the row of the input. Or an output as it was read.
        uploaded: The day of the upload, from which the last day is counted.
        at: The time, stored as given.
        return_codes: Which code says what happened.

    Returns:
        One for every record with a return code that is no success, or with none, in
        order. What could not be joined, or has no ULN where the code says that there
        is one, is no exception of the service's: see the report of the join.

    Raises:
        InvalidValue: It is an output of verify or achievement files: what needs a
            person there (`JoinResult.exceptions`) has no life in the portal.

    Source: LRS portal guide, section 1.3 (published: RC006 and later are exceptions).
    """
    day, entry = day_of(uploaded), ExceptionEntry(None, _when(at))
    outputs = source.outputs if isinstance(source, JoinResult) else (source,)
    if any(one.layout and not one.layout.is_of_learners for one in outputs):
        raise InvalidValue("source", "only LRB files have exceptions")
    if isinstance(source, JoinResult):
        rows = [
            (source.inputs[one.file - 1], one.record, one.output)
            for one in source.joined
            if one.output is not None
        ]
    else:
        rows = [(source, record, record) for record in source.records]
    found = []
    for file, record, output in rows:
        answer = read_answer(output, return_codes=return_codes)
        if answer.is_exception and not answer.lacks_uln:
            found.append(
                BatchException(
                    file=file.name or "",
                    row=record.row,
                    code=answer.code or "",
                    uploaded=day,
                    # Where columns have slipped, a name may stand for an identifier.
                    learner=Learner() if is_slipped(record) else record.learner,
                    history=(entry,),
                )
            )
    return tuple(found)


def resubmission(  # noqa: PLR0913  # whose, for whom, when
    exceptions: Iterable[BatchException],
    *,
    ukprn: str,
    file_name: str,
    at: When,
    as_of: dt.date | None = None,
    layout: Layout = LRB_3A,
) -> tuple[BatchFile, tuple[BatchException, ...]]:
    """Make the file of the learners who were corrected, to be sent again.

    Args:
        exceptions: Any exceptions; those that are corrected go into the file.
        ukprn: The provider.
        file_name: The sender's own reference.
        at: The time, stored as given.
        as_of: The day on which ages are counted; without it they are not checked.
        layout: The layout to write.

    Returns:
        The file with what is still wrong with its rows, and all exceptions in their
        order, those of the file as sent again.

    Raises:
        StepRefused: A corrected one has no details: it was stored without them.

    Source: LRS portal guide, section 4.3 (published: batch files); the code list, for
    what is to be sent again.
    """
    everything = tuple(exceptions)
    learners = [
        one.correction
        for one in everything
        if one.state is ExceptionState.CORRECTED and one.correction is not None
    ]
    if not all(one.given_name or one.family_name for one in learners):
        raise StepRefused(
            "details",
            "a corrected learner has no name: it was stored without personal details, "
            "and cannot be sent again",
        )
    after = tuple(
        one.resubmitted(at=at) if one.state is ExceptionState.CORRECTED else one
        for one in everything
    )
    file = make(learners, ukprn=ukprn, file_name=file_name, layout=layout)
    return checked(file, RowRules(layout, as_of)), after

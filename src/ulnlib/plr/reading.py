"""Learning events read from the XML that the service answers with.

The answer of today and that of older generations are read alike: the elements of each
are declared below, and what is no field of an event is kept beside it. Whatever is in
the file, an event that can be read is there.

Examples:
    >>> answer = read_events(
    ...     b"<Result><FoundULN>1000000043</FoundULN><LearnerRecord><LearningEvent>"
    ...     b"<ID>7</ID><Source>AO</Source></LearningEvent></LearnerRecord></Result>"
    ... )
    >>> answer.found_uln, [event.id for event in answer.events]
    ('1000000043', ['7'])
"""

from __future__ import annotations

__all__ = ["OLDER", "Answer", "read_events", "read_records"]

import io
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

import attrs

from ulnlib._xml import (
    Element,
    Elements,
    Records,
    Refused,
    parse,
    refusal,
    split_tag,
)
from ulnlib.issues import Issue, Report, issue
from ulnlib.plr.events import CURRENT, LearningEvent
from ulnlib.plr.record import Record

_EVENTS = ("LearningEvent", "LearnerEvent", "MIAPLearningEvent")
_RECORDS = ("LearnerRecord", "LearningEvents")

OLDER: Mapping[str, str] = MappingProxyType(
    {
        "AchievementProviderUKPRN": "provider_ukprn",
        "AwardDate": "award_date",
        "CreditsAchieved": "credits",
        "DataChallengeIndicator": "under_data_challenge",
        "LearningOutcomeGradeDesc": "grade",
        "QualificationTypeTitle": "qualification_type",
        "SubjectTitle": "subject",
        "QualificationTitle": "subject",
    }
)
"""Elements of older generations that say what a field of today says; of several that
are filled the first counts, and the one of today before them.

Source: learnerrecord.xsd, type MIAPLearningEvent; release 9 schemas, type LearnerEvent
(observed); that they say the same is assumed.
"""

_WHOLE = ("GetLearnerLearningEventsResult",)
"""Elements that hold one answer, whole.

Source: LearnerServiceR9.wsdl, operation GetLearnerLearningEvents (observed).
"""

_FIELDS = {element: name for name, element in CURRENT.items()}
_SENSITIVE = "Sensitive"
_NO = frozenset({"", "false", "0", "n", "no"})
_ENVELOPE = {
    "ResponseCode": "response_code",
    "FoundULN": "found_uln",
    "IncomingULN": "incoming_uln",
}


@attrs.frozen(kw_only=True)
class Answer:
    """What the service answered.

    Attributes:
        response_code: Its code, such as WSRC0004.
        found_uln: The ULN whose record it is: the master's, for a linked one.
        incoming_uln: The ULN that was asked for.
        events: The events, as they came.
        report: What is wrong with the file; what is wrong with events says
            `Record.check`.
    """

    response_code: str | None = None
    found_uln: str | None = attrs.field(default=None, repr=False)
    incoming_uln: str | None = attrs.field(default=None, repr=False)
    events: tuple[LearningEvent, ...] = attrs.field(
        default=(), repr=lambda events: f"<{len(events)}>"
    )
    report: Report = attrs.field(factory=Report)

    @property
    def record(self) -> Record:
        """The events as a record."""
        return Record(self.events)


def read_events(source: bytes | BinaryIO) -> Answer:
    """Read an answer of the service, or any XML that has a learner's events.

    Args:
        source: The bytes, or an open binary file.

    Returns:
        The events and what stands around them. A file that is not read, or not to its
        end, has a fatal finding and the events up to there.

    Raises:
        OSError: The file cannot be read.

    Source: LearnerServiceR9.wsdl, operation GetLearnerLearningEvents; recorded
    responses (observed).
    """
    content = source if isinstance(source, bytes) else source.read()
    events: list[LearningEvent] = []
    refused: Refused | None = None
    around: dict[str, str] = {}
    try:
        records = Records(io.BytesIO(content).read, _EVENTS, _RECORDS)
        known: _Known = {}
        events.extend(_event(element, known) for element in records)
        around = dict(_around(records, content))
    except Refused as error:
        refused = error
    found: list[Issue] = [] if refused is None else [refusal(refused)]
    if not events and not around and not found:
        found.append(issue("events-none"))
    return Answer(events=tuple(events), report=Report(found), **around)


def _around(records: Records, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what stands around the events."""
    if records.parent is not None:
        told: Iterable[tuple[str, str]] = records.before
    else:  # no event: an answer that tells of none is short
        told = _leaves(parse(content))
    for path, text in told:
        name = _ENVELOPE.get(path.rpartition("/")[2])
        if name is not None and text.strip():
            yield name, text.strip()


def _leaves(element: Element) -> Iterator[tuple[str, str]]:
    for one in (element, *_below(element)):
        if not len(one) and one.text:
            yield split_tag(one.tag)[1], one.text


def _below(element: Any) -> Iterator[Element]:  # noqa: ANN401  # lxml has no types
    yield from element.iterdescendants()


_Known = dict[str, str]
"""The field of an element, by its name with the namespace, as they have been met."""

_MOST_KNOWN = 1000


def _event(element: Element, known: _Known) -> LearningEvent:
    """Return one event."""
    values: dict[str, Any] = {}
    rest: list[Element] = []
    field_of = known.get
    for child in element:
        if field := field_of(child.tag):
            values[field] = child.text
        else:
            rest.append(child)
    count = len(values)
    if rest:
        _add(rest, values, known)
    if len(element) - len(rest) > count or len(rest) > 1:
        _take_marks(element, values)
    return LearningEvent.of_texts(values)


_MARKS = ("Restriction", "RestrictionFlag", "RestrictedUseIndicator")


def _take_marks(element: Element, values: dict[str, Any]) -> None:
    """Put together a mark that is told more than once: what one says hides."""
    told: dict[str, list[str]] = {}
    for child in element:
        name = split_tag(child.tag)[1]
        if name in _MARKS:
            told.setdefault(name, []).append((child.text or "").strip())
    for name, texts in told.items():
        if len(texts) > 1:
            together = ", ".join(dict.fromkeys(texts))
            if name in _FIELDS:
                values[_FIELDS[name]] = together
            else:
                further = {**values.get("further", {}), name: together}
                values["further"] = MappingProxyType(further)


def _add(rest: Iterable[Element], values: dict[str, Any], known: _Known) -> None:
    """Add what stands in elements that have not been met, or are no field."""
    older: dict[str, str] = {}
    further: dict[str, str] = {}
    for child in rest:
        name, text = split_tag(child.tag)[1], child.text
        if name in _FIELDS:
            values[_FIELDS[name]] = text
            if len(known) < _MOST_KNOWN:  # a file may have namespaces without end
                known[child.tag] = _FIELDS[name]
        elif name == _SENSITIVE:
            # Told twice, or in words that are not known, it hides rather than shows.
            is_so = (text or "").strip().casefold() not in _NO
            values["is_sensitive"] = is_so or bool(values.get("is_sensitive"))
        elif text:
            further[name] = text
            if name in OLDER:
                older.setdefault(OLDER[name], text)
    for name, text in older.items():
        if not values.get(name):
            values[name] = text
    if further:
        values["further"] = MappingProxyType(further)


# --- many answers -------------------------------------------------------------------


def read_records(source: bytes | BinaryIO) -> Iterator[Answer]:
    """Read many answers of the service, one after another, from one file.

    The file is any XML in which answers follow each other: envelopes inside an element
    of the caller's, or records alone. Each answer is given as soon as the next begins;
    no more than one is held.

    Args:
        source: The bytes, or an open binary file, which is read as it goes.

    Yields:
        The answers, in the order of the file. Where the file is not read to its end,
        the last has a fatal finding and what was read of it; a file without an answer
        gives one that says so.

    Raises:
        OSError: The file cannot be read.

    Source: as `read_events`; that answers are put together in a file is ours.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    one = _Pending()
    is_first = True
    refused: Refused | None = None
    try:
        for answer in _answers(stream, one):
            is_first = False
            yield answer
    except Refused as error:
        refused = error
    if refused is not None:
        yield one.answer(refusal(refused))
    elif one.is_begun:
        yield one.answer()
    elif is_first:
        yield one.answer(issue("events-none"))


class _Pending:
    """An answer as far as it has been read."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.events: list[LearningEvent] = []
        self.around: dict[str, str] = {}
        self.within: Any = None  # what the record stands in, when that has ended
        self.is_over = False

    @property
    def is_begun(self) -> bool:
        return bool(self.events or self.around or self.is_over)

    def answer(self, *found: Issue) -> Answer:
        made = Answer(events=tuple(self.events), report=Report(found), **self.around)
        self.clear()
        return made


def _answers(stream: BinaryIO, one: _Pending) -> Iterator[Answer]:
    """Yield each answer when the next begins; the last is left in `one`."""
    known: _Known = {}
    names = (*_EVENTS, *_RECORDS, *_ENVELOPE, *_WHOLE)
    for element in Elements(stream.read, names):
        name = split_tag(element.tag)[1]
        if name in _EVENTS:
            if one.is_over:
                yield one.answer()
            one.events.append(_event(element, known))
        elif name in _ENVELOPE:
            text = (element.text or "").strip()
            is_next = one.is_over and _parent(element) is not one.within
            if is_next or _ENVELOPE[name] in one.around:
                yield one.answer()
            if text:
                one.around[_ENVELOPE[name]] = text
        elif name in _RECORDS:
            is_inner = one.within is element  # a list of events stood in a record
            if one.is_over and not is_inner:
                yield one.answer()
            one.is_over, one.within = True, _parent(element)
        elif one.is_begun:  # the end of a whole answer
            yield one.answer()


def _parent(element: Any) -> Any:  # noqa: ANN401  # lxml has no types
    return element.getparent()

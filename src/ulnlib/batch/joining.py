"""Joining outputs back to inputs.

A record is joined by the sender's own identifier, which comes back unchanged and is
compared as it stands; by position only when the caller says so. What cannot be joined
beyond doubt is named, and not joined: a mix-up must not reach a college's database.
"""

from __future__ import annotations

__all__ = ["join"]

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.jobs import JobReport
from ulnlib.batch.joins import Fate, JoinBy, JoinedRecord, JoinResult, OutputRecord
from ulnlib.batch.mixups import exchanged, foreign_details
from ulnlib.batch.outcomes import DEFAULT_RETURN_CODES, ReturnCodes
from ulnlib.batch.refused import ACCEPTED, what_is_wrong
from ulnlib.batch.replies import REPLIES, Question, Reply, by_upn, reply_to
from ulnlib.batch.results import identifier_of
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, issue
from ulnlib.uln import Uln


def join(  # noqa: PLR0913  # what was sent, what came back, and what is known beside
    inputs: BatchFile | Iterable[BatchFile],
    outputs: BatchFile | Iterable[BatchFile],
    *,
    by: JoinBy | str = JoinBy.MIS_IDENTIFIER,
    uploaded: dt.date | None = None,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
    jobs: Iterable[JobReport] = (),
) -> JoinResult:
    """Join outputs back to the inputs they answer.

    Args:
        inputs: The files that were sent; all of them, when a file was split. They are
            of one kind: LRB, verify or achievement files.
        outputs: The files that came back, in any order; by position the first answers
            the first input, and so on.
        by: `mis_identifier`; `upn` for LRB files of pupils, as from a common transfer
            file; or `position` for inputs without identifiers, though not for
            achievements, for an error file has only those that were refused.
        uploaded: The day of the upload, from which the last day for exceptions is
            counted.
        return_codes: Which code says what happened, in an LRB file.
        jobs: The reports of the jobs, of achievement files. What no error file names
            is `accepted` only where they agree with the files, or none is given, and
            where it is known of every error which record it is about.

    Returns:
        Every record of both sides with what became of it. One is joined when exactly
        one record of the other side belongs to it: identifiers are equal only as they
        stand, capitals and spaces count. Where names or the date of birth are another
        person's it is doubtful, and is not joined. Achievements are joined by ULN,
        reference and action as well, for a learner has several; an error file may name
        one more than once.

    Raises:
        InvalidValue: There is no such way of joining these files, or other files than
            those of achievements have reports of jobs.

    Source: a production client joins by the MIS identifier (observed);
    batchlearner.xsd, OutputBatchLearner, and learner.xsd, MIAPVerifiedBatchLearner
    (observed: the identifier comes back). The rest is ours.
    """
    by = JoinBy(by)
    sent = (inputs,) if isinstance(inputs, BatchFile) else tuple(inputs)
    back = (outputs,) if isinstance(outputs, BatchFile) else tuple(outputs)
    reply, jobs = reply_to(sent[0].layout if sent else None), tuple(jobs)
    if jobs and not reply.is_of_errors:
        raise InvalidValue("jobs", "only achievement files have reports of jobs")
    if by is JoinBy.POSITION and reply.is_of_errors:
        told = "an error file has only what was refused: join by MIS identifier"
        raise InvalidValue("by", told)
    if by is JoinBy.UPN:
        reply = by_upn(reply)
    if by is JoinBy.POSITION:
        pairing = _by_position(sent, back)
    else:
        pairing = _by_key(sent, back, reply)
    records = [
        _judged(place, sent, back, pairing, reply, uploaded, return_codes)
        for place in _places(sent)
    ]
    records = _without_shared(_without_replaced(_without_exchanged(records)))
    fates = _output_fates(_places(sent), records, pairing)
    about_all = list(_about_files(sent, back, reply))
    if reply.is_of_errors:
        named = len({several for _, several in pairing.sent.values() if several})
        about_all += what_is_wrong(jobs, sent=len(records), named=named)
        # An error that is nobody's may be of any record that is not named.
        if Report(about_all).is_ok and set(fates.values()) <= _IS_OF_KNOWN:
            records = [_accepted(one) for one in records]
    output_records = tuple(
        OutputRecord(file=place[0], record=_at(back, place), fate=fates[place])
        for place in _places(back)
    )
    counted = Counter(reply.key(one.record) for one in records)
    found = [
        *about_all,
        *(
            item
            for one in records
            for item in _findings(one, sent, back, counted, reply)
        ),
        *(item for one in output_records for item in _output_findings(one, by, reply)),
        *_shared_ulns(records),
    ]
    return JoinResult(
        inputs=sent,
        outputs=back,
        by=by,
        records=tuple(records),
        output_records=output_records,
        report=Report(found),
        assumed=reply.assumed,
    )


# --- which record belongs to which ---------------------------------------------------

Place = tuple[int, int]
"""A record: the number of its file, from 1, and its index there, from 0."""


@attrs.frozen
class _Pairing:
    """Where the other side of each record may be.

    Attributes:
        sent: For each record of an input, its fate before a look at the details, and
            the outputs it may belong to.
        returned: The fate of each record of an output that belongs to no input.
    """

    sent: Mapping[Place, tuple[Fate, tuple[Place, ...]]]
    returned: Mapping[Place, Fate]


def _places(files: Sequence[BatchFile]) -> Iterator[Place]:
    for n, file in enumerate(files, 1):
        for index in range(len(file.records)):
            yield n, index


def _at(files: Sequence[BatchFile], place: Place) -> Record:
    return files[place[0] - 1].records[place[1]]


def _places_by_key(
    files: Sequence[BatchFile], reply: Reply
) -> dict[Hashable | None, list[Place]]:
    found: dict[Hashable | None, list[Place]] = {}
    for place in _places(files):
        found.setdefault(reply.key(_at(files, place)), []).append(place)
    return found


def _by_key(
    sent: Sequence[BatchFile], back: Sequence[BatchFile], reply: Reply
) -> _Pairing:
    ours, theirs = _places_by_key(sent, reply), _places_by_key(back, reply)
    pairs: dict[Place, tuple[Fate, tuple[Place, ...]]] = {}
    for key, places in ours.items():
        several = tuple(theirs.get(key, ()))
        if key is None:
            fate, several = Fate.NO_IDENTIFIER, ()
        elif len(places) > 1:
            fate = Fate.AMBIGUOUS
        elif reply.is_of_errors:
            fate = Fate.JOINED if several else Fate.MISSING
        else:
            fate = _BY_NUMBER.get(len(several), Fate.TWICE)
        pairs |= dict.fromkeys(places, (fate, several))
    returned: dict[Place, Fate] = {}
    for key, places in theirs.items():
        if key is None:
            returned |= dict.fromkeys(places, Fate.NO_IDENTIFIER)
        elif key not in ours:
            returned |= dict.fromkeys(places, Fate.UNKNOWN)
    return _Pairing(pairs, returned)


_IS_OF_KNOWN = frozenset({Fate.JOINED, Fate.AMBIGUOUS})
"""What becomes of errors that are about records which are named."""

_BY_NUMBER = {0: Fate.MISSING, 1: Fate.JOINED}


def _by_position(sent: Sequence[BatchFile], back: Sequence[BatchFile]) -> _Pairing:
    pairs: dict[Place, tuple[Fate, tuple[Place, ...]]] = {}
    for place in _places(sent):
        file, _ = place
        if file > len(back):
            pairs[place] = (Fate.MISSING, ())
        elif len(sent[file - 1].records) != len(back[file - 1].records):
            pairs[place] = (Fate.MISCOUNTED, ())
        else:
            pairs[place] = (Fate.JOINED, (place,))
    taken = {place for _, places in pairs.values() for place in places}
    returned = {
        place: Fate.MISCOUNTED if place[0] <= len(sent) else Fate.UNKNOWN
        for place in _places(back)
        if place not in taken
    }
    return _Pairing(pairs, returned)


def _judged(  # noqa: PLR0913, PLR0917  # one record, with all that decides on it
    place: Place,
    sent: Sequence[BatchFile],
    back: Sequence[BatchFile],
    pairing: _Pairing,
    reply: Reply,
    uploaded: dt.date | None,
    codes: ReturnCodes,
) -> JoinedRecord:
    """Return what becomes of a record of an input; one that was found is compared."""
    record = _at(sent, place)
    fate, several = pairing.sent[place]
    rivals = tuple((file, back[file - 1].records[n].row) for file, n in several)
    if fate is not Fate.JOINED:
        return JoinedRecord(file=place[0], record=record, fate=fate, rivals=rivals)
    found = [_at(back, one) for one in several]
    foreign = tuple(
        dict.fromkeys(
            name
            for output in found
            for name in (
                *_other_identifier(record, output),
                *reply.foreign(record.learner, output),
            )
        )
    )
    if foreign:
        return JoinedRecord(
            file=place[0],
            record=record,
            fate=Fate.DOUBTFUL,
            foreign=foreign,
            rivals=rivals,
        )
    return JoinedRecord(
        file=place[0],
        record=record,
        fate=Fate.JOINED,
        output_file=several[0][0],
        output=found[0],
        answer=reply.answer(found, Question(record, uploaded, codes)),
        rivals=rivals[1:],
    )


def _doubted(one: JoinedRecord, foreign: tuple[str, ...]) -> JoinedRecord:
    """Take a record apart from its output, which is another person's."""
    assert one.output is not None  # noqa: S101  # only what was joined is doubted
    return attrs.evolve(
        one,
        fate=Fate.DOUBTFUL,
        output_file=None,
        output=None,
        answer=None,
        foreign=foreign,
        rivals=((one.output_file or 0, one.output.row), *one.rivals),
    )


def _without_exchanged(records: Sequence[JoinedRecord]) -> list[JoinedRecord]:
    """Take apart what was joined to an output with the details of another record."""
    pairs = [
        (one.record.learner, None if one.output is None else one.output.learner)
        for one in records
    ]
    found = exchanged(pairs)
    return [
        _doubted(one, found[place].differing)
        if place in found and not _is_one_learner(one, records[found[place].whose])
        else one
        for place, one in enumerate(records)
    ]


def _is_one_learner(one: JoinedRecord, other: JoinedRecord) -> bool:
    """Say whether two records may be one learner who is there twice, with one ULN."""
    ulns = {None if each.answer is None else each.answer.uln for each in (one, other)}
    return (
        len(ulns) == 1
        and None not in ulns
        and not foreign_details(one.record.learner, other.record.learner)
    )


def _without_replaced(records: Sequence[JoinedRecord]) -> list[JoinedRecord]:
    """Take apart what was joined to a ULN that was itself replaced in an output.

    A ULN is replaced by that of the record which is kept, so it is nobody's new one:
    ULNs have changed places.
    """
    replaced = {one.answer.alias for one in records if one.answer is not None} - {None}
    return [
        _doubted(one, ("uln",))
        if one.answer is not None and one.output and one.answer.uln in replaced
        else one
        for one in records
    ]


def _without_shared(records: Sequence[JoinedRecord]) -> list[JoinedRecord]:
    """Take apart the outputs of people who are not one and got one ULN."""
    by_uln: dict[Uln, list[int]] = {}
    for place, one in enumerate(records):
        if one.answer is not None and one.answer.uln is not None and one.output:
            by_uln.setdefault(one.answer.uln, []).append(place)
    doubted = {
        place
        for places in by_uln.values()
        for first, second in pairwise(places)
        if foreign_details(
            records[first].record.learner, records[second].record.learner
        )
        for place in places
    }
    return [
        _doubted(one, ("uln",)) if place in doubted else one
        for place, one in enumerate(records)
    ]


def _accepted(one: JoinedRecord) -> JoinedRecord:
    """Return a record as done, where no error file names it."""
    if one.fate is not Fate.MISSING:
        return one
    return attrs.evolve(one, fate=Fate.ACCEPTED, answer=ACCEPTED)


def _other_identifier(record: Record, output: Record) -> tuple[str, ...]:
    """Say whether both have an identifier, and not the same: a slip of position."""
    one, other = identifier_of(record), identifier_of(output)
    is_other = one is not None and other is not None and one != other
    return ("mis_identifier",) if is_other else ()


def _output_fates(
    places: Iterable[Place], records: Iterable[JoinedRecord], pairing: _Pairing
) -> Mapping[Place, Fate]:
    """Return what becomes of each record of an output: what its input says of it."""
    fates = dict(pairing.returned)
    for place, one in zip(places, records, strict=True):
        fates |= dict.fromkeys(pairing.sent[place][1], one.fate)
    return fates


# --- findings -----------------------------------------------------------------------


def _about_files(
    sent: Sequence[BatchFile], back: Sequence[BatchFile], reply: Reply
) -> Iterator[Issue]:
    for label, files in (("input", sent), ("output", back)):
        for n, file in enumerate(files, 1):
            if file.report.fatal:
                yield issue("join-file-unreadable", label=label, first=n)
    yield from _about_kinds(sent, back, reply)
    providers = {file.values.ukprn for file in sent} - {None}
    seen: dict[str, int] = {}
    for n, file in enumerate(back, 1):
        if providers and file.values.ukprn not in {None, *providers}:
            yield issue("join-other-provider", other=n)
        if file.digest is not None and seen.setdefault(file.digest, n) != n:
            yield issue("join-output-repeated", other=n, first=seen[file.digest])


def _about_kinds(
    sent: Sequence[BatchFile], back: Sequence[BatchFile], reply: Reply
) -> Iterator[Issue]:
    """Say which files are no inputs of one kind, or do not answer them."""
    for n, file in enumerate(sent, 1):
        if file.layout is not None and file.layout.kind != reply.input:
            yield issue("join-other-kind", label="input", first=n, kind=reply.input)
    for n, file in enumerate(back, 1):
        if file.layout is not None and file.layout.kind in REPLIES:
            yield issue("join-no-return-codes", other=n)
        elif file.layout is not None and file.layout.kind != reply.output:
            yield issue("join-other-kind", label="output", first=n, kind=reply.output)


def _findings(
    one: JoinedRecord,
    sent: Sequence[BatchFile],
    back: Sequence[BatchFile],
    counted: Mapping[Hashable | None, int],
    reply: Reply,
) -> Iterator[Issue]:
    """Say why a record was not joined, or that it lacks its ULN."""
    row = one.record.row
    if one.fate is Fate.JOINED:
        if one.answer is not None and one.answer.lacks_uln:
            yield issue(
                *("join-uln-unusable", "row", row, "uln"),
                first=one.file,
                other=one.output_file or 0,
                codes=one.answer.code or "",
            )
        return
    if one.fate is Fate.ACCEPTED:
        return
    facts: dict[str, str | int] = {"first": one.file, "key": reply.label}
    if one.fate is Fate.TWICE:
        facts["count"] = len(one.rivals)
    elif one.fate is Fate.AMBIGUOUS:
        facts["count"] = counted[reply.key(one.record)]
    elif one.fate is Fate.DOUBTFUL:
        facts["other"] = one.rivals[0][0]
        facts["labels"] = ", ".join(FIELDS[name].label for name in one.foreign)
    elif one.fate is Fate.MISCOUNTED:
        facts["expected"] = len(sent[one.file - 1].records)
        facts["found"] = len(back[one.file - 1].records)
    yield issue(one.fate.issue_code, "row", row, line=one.record.line, **facts)


def _output_findings(one: OutputRecord, by: JoinBy, reply: Reply) -> Iterator[Issue]:
    """Say that a record of an output belongs to no input; all else is said there."""
    if one.fate is Fate.UNKNOWN:
        where = ("join-unknown", "row", one.record.row)
        yield issue(*where, other=one.file, key=reply.label)
    elif one.fate is Fate.NO_IDENTIFIER and by is not JoinBy.POSITION:
        where = ("join-output-without-identifier", "row", one.record.row)
        yield issue(*where, other=one.file, key=reply.label)


def _shared_ulns(records: Iterable[JoinedRecord]) -> Iterator[Issue]:
    """Find learners who got one ULN."""
    seen: dict[Uln, JoinedRecord] = {}
    for one in records:
        if one.answer is None or one.answer.uln is None:
            continue
        first = seen.setdefault(one.answer.uln, one)
        if first is not one:
            yield issue(
                *("join-uln-shared", "row", one.record.row, "uln"),
                first=one.file,
                other=first.record.row,
                again=first.file,
            )

"""Another version of a file, or another form: nothing is lost without being named.

A record is converted whole or not at all. Where the target has no place for a value,
the record is left out and named, unless the caller says that the field may go; then
the loss is reported as well. So is what makes the source doubtful: the new file has
the right count and headings, and would look sound.
"""

from __future__ import annotations

__all__ = ["Conversion", "convert"]

from collections.abc import Collection, Iterator, Mapping

import attrs

from ulnlib._xml import can_hold
from ulnlib.batch.files import BatchFile, Record, Style, marked
from ulnlib.batch.layouts.layout import RETURN_CODE, Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.rewriting import DOUBTS, NOT_IN_FILE, NOT_IN_RECORD
from ulnlib.batch.writer import is_read_back
from ulnlib.codes import PrivacyNoticeSeen
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, Severity, issue
from ulnlib.learner import Learner
from ulnlib.rules import sharing
from ulnlib.rules.sharing import FileVersion

_SHARE = "ability_to_share"

_LABELS = {name: field.label for name, field in FIELDS.items()} | {
    RETURN_CODE: "Return code"
}


@attrs.frozen(kw_only=True)
class Conversion:
    """A file in another version or form, and what that cost.

    Attributes:
        file: The converted file. It holds every record that fits whole; rows are
            numbered anew, and its findings are those of a new reading.
        rows: The row in the source of each record of the file, in order.
        left_out: The rows of the source whose records are not in the file.
        report: What was lost, and what is wrong with the source and not to be seen in
            the new file, in the order of the source's rows: an error for each record
            that was left out, a warning for each value that was left out or changed
            because the caller said so, and the source's own findings about what is in
            none of its records (a column that nobody knows) or makes it doubtful
            whether all is there and rightly read (a wrong count, a missing heading, a
            guessed encoding).
    """

    file: BatchFile
    rows: tuple[int, ...]
    left_out: tuple[int, ...]
    report: Report


def convert(  # noqa: PLR0913  # what a caller may decide
    file: BatchFile,
    layout: Layout | None = None,
    *,
    share: PrivacyNoticeSeen | str | None = None,
    drop: Collection[str] = (),
    form: str | None = None,
    file_name: str | None = None,
) -> Conversion:
    """Return a file in another version, or in another form.

    Args:
        file: The file, as it was read or made.
        layout: The version to convert to; None keeps the file's own.
        share: What an ability to share of 2 becomes in version 3A, which has no 2:
            `1` for learners who have since been given the privacy notice, `0` for
            learners who are not registered yet. None holds them back. One with a ULN
            never becomes 0, which the service refuses.
        drop: Fields that may be left out where the target has no place for them, for
            example `("upn", "uci")`; every value that goes is reported. With
            `ability_to_share` the cell of a learner with a ULN is emptied where a 2
            has no place, which leaves the value in the register as it is.
        form: `CSV` or `XML`; None keeps the file's own.
        file_name: The sender's own reference for row 2; None keeps the file's own. An
            XML file has no place for it. Where the ULNs are invented ones, it goes on
            saying so.

    Returns:
        The converted file and what could not be kept.

    Raises:
        InvalidData: The file could not be read to its end.
        InvalidValue: `share`, `drop` or `form` is none of these; or an XML file is
            wanted, and the layout has no such form or the ULNs are invented ones.

    Source: LRS release 1902.01 and the 3A batch schema (published: what the versions
    hold); that a record is left out rather than cut is ours (assumed).

    Examples:
        >>> from ulnlib import Learner, batch
        >>> ada = Learner(given_name="Ada", family_name="Example", upn="B801200005001")
        >>> file = batch.make([ada], ukprn="10012345", file_name="x")
        >>> convert(file, batch.LRB_2A).left_out
        (2,)
        >>> found = convert(file, batch.LRB_2A, drop=["upn"])
        >>> len(found.file.records), [item.code for item in found.report]
        (1, ['left-out-of-layout'])
    """
    if file.report.fatal:
        raise InvalidData(file.report.fatal)
    source = file.layout or LRB_3A
    target = layout or source
    _refuse_unknown(drop, source)
    style = _in_form(file.style, form)
    if style.form == "XML" and target.xml is None:
        raise InvalidValue("form", f"{target} has no XML form that is known: write CSV")
    if style.form == "XML" and file.values.is_synthetic:
        raise InvalidValue("form", "the ULNs are not real, and XML cannot say so")
    if file_name:
        file_name = marked(file_name, is_synthetic=file.values.is_synthetic)
    rules = _Rules(
        target=target,
        is_same=target == source,
        is_xml=style.form == "XML",
        share=None if share is None else PrivacyNoticeSeen(_yes_or_no(share)),
        drop=frozenset(drop),
        labels={column.name: column.heading for column in source.columns} | _LABELS,
    )
    found = [item for item in file.report if item.code in DOUBTS | NOT_IN_FILE]
    if target.column("file_name") is not None:
        found += _reference(file, style, file_name)
    envelope = _envelope(file, style, target)
    found += _shortened(len(file.envelope) - len(envelope))
    kept: list[Record] = []
    rows: list[int] = []
    left_out: list[int] = []
    for record in file.records:
        learner, code, losses = _converted(record, rules)
        further = record.further if rules.is_same else {}
        made = Record(record.row, record.row, learner, (), b"", code, further)
        if not rules.is_xml and not is_read_back(made, target):
            losses = [*losses, issue("csv-cannot-hold")]
        found += (item.at("row", record.row, line=record.line) for item in losses)
        if any(item.severity is not Severity.WARNING for item in losses):
            left_out.append(record.row)
            continue
        row = len(kept) + 2
        kept.append(attrs.evolve(made, row=row, line=row))
        rows.append(record.row)
    found.sort(key=lambda item: item.row or 0)
    version = file.values.file_version if rules.is_same else target.version
    if style.form == "CSV" and file.style.form == "XML":
        version = target.version  # an XML file has none
    values = attrs.evolve(
        file.values,
        file_version=version,
        file_name=file_name or file.values.file_name,
        record_count=str(len(kept)),
    )
    converted = BatchFile(
        layout=target,
        values=values,
        records=tuple(kept),
        style=style,
        envelope=envelope,
    )
    return Conversion(
        file=converted, rows=tuple(rows), left_out=tuple(left_out), report=Report(found)
    )


@attrs.frozen(kw_only=True)
class _Rules:
    target: Layout
    is_same: bool
    is_xml: bool
    share: PrivacyNoticeSeen | None
    drop: frozenset[str]
    labels: Mapping[str, str]


def _yes_or_no(share: str) -> str:
    if share not in {one.value for one in PrivacyNoticeSeen}:
        raise InvalidValue("share", "an ability to share of 2 becomes 0 or 1")
    return share


def _refuse_unknown(drop: Collection[str], source: Layout) -> None:
    if isinstance(drop, str):
        raise TypeError("give the fields that may be left out as a list")
    if not set(drop) <= _LABELS.keys() | {column.name for column in source.columns}:
        raise InvalidValue("drop", "one of the fields to leave out is no field")


def _converted(
    record: Record, rules: _Rules
) -> tuple[Learner, str | None, list[Issue]]:
    """Return a record's learner and return code, and what was lost of them."""
    slipped = any(item.code in NOT_IN_RECORD for item in record.issues)
    if slipped or _is_empty(record):
        return record.learner, record.return_code, [issue("row-not-sound")]
    beyond = _beyond_xml(record, rules) if rules.is_xml else []
    if beyond or rules.is_same:
        return record.learner, record.return_code, beyond
    values = dict(zip(FIELDS, record.learner.values(), strict=True))
    values[RETURN_CODE] = record.return_code
    losses: list[Issue] = []
    for name, value in values.items():
        if value:
            values[name], lost = _value(name, value, record.learner, rules)
            losses += lost
    losses += (_no_place(name, rules) for name in record.further)
    code = values.pop(RETURN_CODE)
    return Learner.of(tuple(values.values())), code, losses


def _is_empty(record: Record) -> bool:
    """Say whether nothing of a row was read: written, it would not be read again."""
    given = (*record.learner.values(), record.return_code, *record.further.values())
    return not any(value and value.strip() for value in given)


def _beyond_xml(record: Record, rules: _Rules) -> list[Issue]:
    """Return a finding for every value that an XML file cannot hold."""
    values = dict(zip(FIELDS, record.learner.values(), strict=True))
    values |= {RETURN_CODE: record.return_code, **record.further}
    return [
        issue("xml-cannot-hold", name, label=rules.labels[name])
        for name, value in values.items()
        if value and not can_hold(value)
    ]


def _value(
    name: str, value: str, learner: Learner, rules: _Rules
) -> tuple[str | None, list[Issue]]:
    """Return what becomes of a value, and what is to be said of it."""
    column = rules.target.column(name)
    may_go = name in rules.drop
    if column is None:
        return None, [_no_place(name, rules)]
    if name == _SHARE:
        return _share(value, learner, rules)
    if column.codes and value not in column.codes:
        code = "left-out-of-layout" if may_go else "code-not-in-layout"
        return None, [_loss(code, name, rules)]
    return value, []


def _no_place(name: str, rules: _Rules) -> Issue:
    code = "left-out-of-layout" if name in rules.drop else "not-in-layout"
    return _loss(code, name, rules)


def _loss(code: str, name: str, rules: _Rules) -> Issue:
    return issue(code, name, label=rules.labels[name], version=rules.target.version)


def _share(
    value: str, learner: Learner, rules: _Rules
) -> tuple[str | None, list[Issue]]:
    """Return what becomes of an ability to share by the rules of sharing."""
    version = rules.target.version
    is_3a = version == FileVersion.V3A.value
    to = FileVersion.V3A if is_3a else FileVersion.V2A
    decided = rules.share
    if decided is PrivacyNoticeSeen.NO and learner.uln:
        decided = None  # the service refuses to go back to 0
    found = sharing.convert(value, to=to, opted_out_as=decided)
    if not found.is_held_back:
        after = None if found.code is None else found.code.value
        told = issue("share-decided", _SHARE, version=version, share=after or "empty")
        return after, [] if after == value else [told]
    if learner.uln and _SHARE in rules.drop:
        return None, [_loss("left-out-of-layout", _SHARE, rules)]
    return None, [issue("share-held-back", _SHARE, version=version)]


_FORMS = ("CSV", "XML")


def _in_form(style: Style, form: str | None) -> Style:
    """Return a style of another form; a file of the same form keeps its own."""
    if form is not None and form not in _FORMS:
        raise InvalidValue("form", "a form is CSV or XML")
    return style if form in {None, style.form} else Style(form=form or "CSV")


def _reference(file: BatchFile, style: Style, given: str | None) -> Iterator[Issue]:
    """Say what becomes of the sender's own reference, for which XML has no place."""
    before = given or file.values.file_name
    if style.form == "XML" and before and file.style.form != "XML":
        yield issue("reference-left-out")
    elif style.form == "CSV" and file.records and not before:
        yield issue("reference-needed")


def _envelope(
    file: BatchFile, style: Style, target: Layout
) -> tuple[tuple[str, str], ...]:
    """Return what of an XML file's beginning the new file has a place for."""
    if style.form != "XML" or target.xml is None:
        return ()
    places = {head.element for head in target.xml.head}
    return tuple((name, text) for name, text in file.envelope if name in places)


def _shortened(count: int) -> Iterator[Issue]:
    """Say that elements before the records were left out, where some were."""
    if count:
        yield issue("envelope-left-out", count=count)

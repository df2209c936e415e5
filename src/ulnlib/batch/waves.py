"""Sending changed details: the update files for learners whose ULNs are known.

One file updates one mandatory field of a learner. So who has three key details that
changed is in three files, and they are sent one after another: each carries the
mandatory fields as they stand when the files before it have been processed.
"""

from __future__ import annotations

__all__ = ["UpdatePlan", "updates"]

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ulnlib.batch.checker import RowRules, checked
from ulnlib.batch.files import BatchFile, make, marked
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.codes import VerificationType
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.issues import Issue, Report, Severity, issue
from ulnlib.learner import Learner
from ulnlib.rules.restrictions import check_previous_family_name
from ulnlib.rules.sharing import is_allowed_change
from ulnlib.rules.updates import NEVER_UPDATED
from ulnlib.uln import is_valid


@attrs.frozen(kw_only=True)
class UpdatePlan:
    """Update files, to be sent in order, and what they leave out.

    Attributes:
        waves: The files. Send the next one when the output of the one before it is
            there.
        report: What cannot be sent so, or deserves a look; a finding's path names a
            learner by the number in the new records: `("learner", 1, "uln")`.
        changed: How many of the new records are in a file.
        unchanged: How many have nothing to send.
        left_out: How many are in no file, because of an error.
    """

    waves: tuple[BatchFile, ...]
    report: Report
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0


def updates(  # noqa: PLR0913  # keywords, each with a meaning of its own
    before: BatchFile | Iterable[Learner],
    after: BatchFile | Iterable[Learner],
    *,
    ukprn: str,
    file_name: str,
    as_of: dt.date | None = None,
    layout: Layout = LRB_3A,
) -> UpdatePlan:
    """Make the update files for learners whose details have changed.

    Args:
        before: The records as the service holds them, with their ULNs.
        after: The records as they are to be, in any order. None leaves a field as it
            is, the empty text clears it; who is not among them stays as it is.
        ukprn: The provider.
        file_name: The sender's own reference; of several files each says which it is.
        as_of: The day of the upload, for ages and for what ability to share may
            become.
        layout: The layout to write.

    Returns:
        The files, each with a learner once at most. A learner's first file has all
        optional fields that changed and one key detail, each further file one key
        detail more; all have the mandatory fields as they are by then, so that at
        least four of the five agree with what the service holds. Another spelling of
        the same counts as a change. Rows are checked: what is wrong with a new value
        is among the findings of its file. A file may be longer than the portal takes:
        see `split`.

    Source: LRS portal guide, Appendix C (published: one mandatory field per file) and
    Appendix F (published: ability to share); gov.uk, LRS release 1902.01 (published:
    the UPN is not updated); that a former family name is kept is advice of Appendix C
    (published). That the five key details are meant, and that an empty
    cell changes nothing, is assumed.
    """
    files = [one for one in (before, after) if isinstance(one, BatchFile)]
    is_synthetic = any(one.values.is_synthetic for one in files)
    file_name = marked(file_name, is_synthetic=is_synthetic)
    old, new = _learners(before), _learners(after)
    known = _Known.of(old, new)
    plan = [_Change.of(n, one, known, layout, as_of) for n, one in enumerate(new, 1)]
    found = [item for change in plan for item in change.issues]
    most = max((len(change.rows) for change in plan), default=0)
    rules = RowRules(layout, as_of)
    waves = []
    for n in range(most):
        reference = f"{file_name} wave {n + 1} of {most}" if most > 1 else file_name
        learners = [change.rows[n] for change in plan if len(change.rows) > n]
        file = make(learners, ukprn=ukprn, file_name=reference, layout=layout)
        waves.append(checked(file, rules))
    sent = sum(bool(change.rows) for change in plan)
    out = sum(not change.rows and change.is_refused for change in plan)
    return UpdatePlan(
        waves=tuple(waves),
        report=Report(found),
        changed=sent,
        unchanged=len(new) - sent - out,
        left_out=out,
    )


def _learners(source: BatchFile | Iterable[Learner]) -> tuple[Learner, ...]:
    return source.learners if isinstance(source, BatchFile) else tuple(source)


# --- which record is whose -----------------------------------------------------------


@attrs.frozen
class _Known:
    """What the records before and after say of each ULN.

    Attributes:
        by_uln: The record before, by ULN.
        ulns: The ULN before, by MIS identifier.
        old: How often a ULN stands before.
        new: How often a ULN stands after.
    """

    by_uln: Mapping[str, Learner]
    ulns: Mapping[str, str]
    old: Mapping[str, int]
    new: Mapping[str, int]

    @classmethod
    def of(cls, old: Sequence[Learner], new: Sequence[Learner]) -> _Known:
        return cls(
            {one.uln: one for one in old if one.uln},
            {
                one.mis_identifier: one.uln
                for one in old
                if one.mis_identifier and one.uln
            },
            Counter(one.uln for one in old if one.uln),
            Counter(one.uln for one in new if one.uln),
        )

    def refusal(self, n: int, learner: Learner) -> Issue | None:
        """Say why nothing of a learner can be sent, or None."""
        uln = learner.uln or ""
        if not is_valid(uln):
            return issue("update-without-uln", "learner", n, "uln", first=n)
        for wording, counts in (("new", self.new), ("old", self.old)):
            if counts.get(uln, 0) > 1:
                return issue(
                    *("update-uln-repeated", "learner", n, "uln"),
                    first=n,
                    wording=wording,
                    count=counts[uln],
                )
        if uln not in self.by_uln:
            had = self.ulns.get(learner.mis_identifier or "")
            code = "update-uln-unknown" if had is None else "update-uln-changed"
            return issue(code, "learner", n, "uln", first=n)
        return None


# --- what changes of one learner ------------------------------------------------------


@attrs.frozen
class _Change:
    """What is sent of one learner.

    Attributes:
        rows: The learner as each of the files has it.
        issues: What cannot be sent, or deserves a look.
    """

    rows: tuple[Learner, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether something cannot be sent."""
        return any(item.severity is not Severity.WARNING for item in self.issues)

    @classmethod
    def of(
        cls,
        n: int,
        learner: Learner,
        known: _Known,
        layout: Layout,
        as_of: dt.date | None,
    ) -> _Change:
        refusal = known.refusal(n, learner)
        if refusal is not None:
            return cls(issues=(refusal,))
        held = known.by_uln[learner.uln or ""]
        changes: dict[str, str] = {}
        issues = []
        for name, old, new in zip(FIELDS, held.values(), learner.values(), strict=True):
            if new is None or new == (old or "") or name in _OWN:
                continue
            found = _judge(name, old, new, layout, as_of)
            if found is not None:
                issues.append(_named(found, name, n, layout))
            if found not in _REFUSED:
                changes[name] = new
        if "family_name" in changes:
            advice = check_previous_family_name(learner, before=held)
            issues += [item.at("learner", n) for item in advice]
        identifier = learner.mis_identifier or held.mis_identifier
        rows = tuple(_rows(held.evolve(mis_identifier=identifier), changes, layout))
        return cls(rows, tuple(issues))


_OWN = frozenset({"uln", "mis_identifier"})
_REFUSED = frozenset(
    {
        "update-not-by-file",
        "update-clears-mandatory",
        "update-share-refused",
        "code-not-in-layout",
    }
)


def _judge(
    name: str, old: str | None, new: str, layout: Layout, as_of: dt.date | None
) -> str | None:
    """Return the code of the finding about one change, or None when it may be sent."""
    column = layout.column(name)
    if name in NEVER_UPDATED or column is None:
        return "update-not-by-file"
    if not new:
        is_mandatory = name in REGISTRATION_MANDATORY
        return "update-clears-mandatory" if is_mandatory else "update-clears"
    if name == "ability_to_share" and not is_allowed_change(old, new, as_of=as_of):
        return "update-share-refused"
    if column.codes and new not in column.codes:
        return "code-not-in-layout"
    return None


def _named(code: str, name: str, n: int, layout: Layout) -> Issue:
    """Return a finding about a field of a learner."""
    label, version = FIELDS[name].label, layout.version
    path = ("learner", n, name)
    return issue(code, *path, first=n, label=label, version=version)


def _rows(
    held: Learner, changes: Mapping[str, str], layout: Layout
) -> Iterator[Learner]:
    """Yield a learner as each file has it: optional fields first, one key detail each.

    Source: LRS portal guide, Appendix C (published: one mandatory field per file).
    """
    if not changes:
        return
    keys = [name for name in FIVE_DEMOGRAPHICS if name in changes]
    optional = {name: new for name, new in changes.items() if name not in keys}
    state = dict(zip(FIELDS, held.values(), strict=True)) | optional
    for n in range(max(1, len(keys))):
        state |= {name: changes[name] for name in keys[n : n + 1]}
        row = {
            name: state[name] for name in _carried(state) if _fits(name, state, layout)
        }
        yield Learner(**(row | (optional if n == 0 else {})))


def _carried(state: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the fields that every file has: who it is, and what is mandatory."""
    yield from ("uln", "mis_identifier", *REGISTRATION_MANDATORY)
    if state["verification_type"] == _OTHER:
        yield "other_verification_description"


_OTHER = VerificationType.OTHER.value


def _fits(name: str, state: Mapping[str, str | None], layout: Layout) -> bool:
    """Say whether a layout takes the value; what is left out changes nothing."""
    column = layout.column(name)
    return column is not None and (not column.codes or state[name] in column.codes)

"""The temporary ULN of the ILR: whom to find a ULN for, and by when.

9999999999 stands for *no ULN yet* in a return to the funding body. It is warned of
from the first day and refused after a while: for most learners from 1 January of the
teaching year, once the aim has run for more than 60 days. The rules are data here, so
that a new year's rules can be given instead.

Examples:
    >>> aim = Aim(
    ...     learner="A100",
    ...     start=dt.date(2026, 9, 7),
    ...     planned_end=dt.date(2027, 7, 2),
    ...     funding_model=25,
    ... )
    >>> (item,) = temporary_uln_worklist([aim], as_of=dt.date(2026, 11, 21))
    >>> item.rule, item.when.isoformat(), item.is_error, item.warnings
    ('ULN_07', '2027-01-01', True, ('ULN_03',))
"""

from __future__ import annotations

__all__ = [
    "ILR_RULES",
    "LENIENCY_DAYS",
    "SHORTEST_DAYS",
    "Aim",
    "IlrRule",
    "WorkItem",
    "january_of",
    "temporary_uln_worklist",
]

import datetime as dt
from collections.abc import Iterable

import attrs

from ulnlib._dates import add_days
from ulnlib.errors import InvalidValue
from ulnlib.issues import Severity
from ulnlib.rules._words import Word, texts

LENIENCY_DAYS = 60
"""For so many days after its start an aim is warned of, not refused.

Source: gov.uk, ILR validation rules 2024 to 2025, ULN_06 and ULN_07 (published).
"""

SHORTEST_DAYS = 5
"""Some rules do not look at aims that are shorter than so many days.

Source: gov.uk, ILR validation rules 2024 to 2025, ULN_06 and ULN_07 (published).
"""

_FUNDED = frozenset({25, 35, 36, 37, 38, 70, 81, 82})
_IN_CUSTODY = "LDM034"
_LEVY = "ACT1"
_LOAN = "ADL1"
_STUDENTS = "SOF1"


@attrs.frozen(kw_only=True)
class Aim:
    """One learning aim of a learner who has the temporary ULN.

    Attributes:
        learner: The learner's number in your own system.
        start: The first day.
        planned_end: The last day as planned.
        funding_model: The number of the funding model, such as 25.
        actual_end: The last day as it was, or None.
        monitoring: Funding and monitoring codes, each type and code in one, such as
            `ACT1`, `ADL1`, `LDM034`, `SOF1`.
    """

    learner: str
    start: dt.date
    planned_end: dt.date
    funding_model: int
    actual_end: dt.date | None = None
    monitoring: frozenset[str] = attrs.field(default=frozenset(), converter=texts)

    @property
    def days(self) -> int:
        """How long it is, by the plan or in fact, whichever is longer."""
        ends = (self.planned_end, self.actual_end or self.planned_end)
        return (max(ends) - self.start).days


class _January(Word):
    BEFORE = "before"
    FROM = "from"
    ANY = "any"


class _Leniency(Word):
    WITHIN = "within"
    AFTER = "after"
    ANY = "any"


def _severity(severity: Severity) -> Severity:
    for known in Severity:
        if severity in {known, known.value}:
            return known
    words = ", ".join(known.value for known in Severity)
    raise InvalidValue("word", f"this is none of: {words}")


@attrs.frozen(kw_only=True)
class IlrRule:
    """One rule about the temporary ULN: which aims, and on which days.

    Attributes:
        name: The rule's name in the ILR.
        severity: An error refuses the record, a warning does not.
        models: The funding models that it looks at, None for all.
        or_with: With this monitoring code, funding model 99 is looked at as well.
        needs: The monitoring code that an aim must have, or None.
        unless: Monitoring codes that take an aim out.
        january: `before` 1 January, `from` then on, or `any` time: the day on which
            the file is prepared.
        leniency: `within` or `after` the days of leniency, or `any`.
        long_only: Whether aims under five days are left out.
        evidence: How well the rule is known.
        source: Where it stands.
    """

    name: str
    severity: Severity = attrs.field(converter=_severity)
    models: frozenset[int] | None = None
    or_with: str | None = None
    needs: str | None = None
    unless: frozenset[str] = attrs.field(default=frozenset(), converter=texts)
    january: str = attrs.field(default="any", converter=_January)
    leniency: str = attrs.field(default="any", converter=_Leniency)
    long_only: bool = False
    evidence: str = "published"
    source: str = "gov.uk, ILR validation rules 2024 to 2025"

    def looks_at(self, aim: Aim) -> bool:
        """Say whether the rule is about an aim, on some day.

        Source: the rule's own.
        """
        codes = aim.monitoring
        return (
            (
                self.models is None
                or aim.funding_model in self.models
                or (aim.funding_model == 99 and self.or_with in codes)
            )
            and (self.needs is None or self.needs in codes)
            and not self.unless & codes
            and (not self.long_only or aim.days >= SHORTEST_DAYS)
        )

    def days(self, aim: Aim, january: dt.date) -> tuple[dt.date, dt.date] | None:
        """Return the first and last day on which the rule bites, or None.

        Args:
            aim: The aim.
            january: 1 January of the teaching year.

        Returns:
            Both days inside: a file that is prepared on one of them trips the rule.

        Source: the rule's own.
        """
        if not self.looks_at(aim):
            return None
        last_lenient = add_days(aim.start, LENIENCY_DAYS)
        first = max(
            january if self.january == "from" else dt.date.min,
            add_days(last_lenient, 1) if self.leniency == "after" else dt.date.min,
        )
        last = min(
            add_days(january, -1) if self.january == "before" else dt.date.max,
            last_lenient if self.leniency == "within" else dt.date.max,
        )
        return (first, last) if first <= last else None


ILR_RULES: tuple[IlrRule, ...] = (
    IlrRule(
        name="ULN_02",
        severity=Severity.WARNING,
        models=frozenset({10, 11, 99}),
        unless=frozenset({_STUDENTS}),
    ),
    IlrRule(
        name="ULN_03",
        severity=Severity.WARNING,
        unless=frozenset({_LEVY}),
        january="before",
    ),
    IlrRule(
        name="ULN_06",
        severity=Severity.WARNING,
        models=_FUNDED,
        or_with=_LOAN,
        unless=frozenset({_IN_CUSTODY, _LEVY}),
        january="from",
        leniency="within",
        long_only=True,
    ),
    IlrRule(
        name="ULN_07",
        severity=Severity.ERROR,
        models=_FUNDED,
        or_with=_LOAN,
        unless=frozenset({_IN_CUSTODY, _LEVY}),
        january="from",
        leniency="after",
        long_only=True,
    ),
    IlrRule(
        name="ULN_09",
        severity=Severity.WARNING,
        needs=_IN_CUSTODY,
        january="from",
        evidence="observed",
        source="DfE data collection code, rule ULN_09; its severity by its wording in "
        "gov.uk, ILR validation rules 2025 to 2026",
    ),
    IlrRule(
        name="ULN_10",
        severity=Severity.WARNING,
        models=frozenset({99}),
        needs=_STUDENTS,
        unless=frozenset({_IN_CUSTODY}),
        january="from",
        leniency="within",
        long_only=True,
    ),
    IlrRule(
        name="ULN_11",
        severity=Severity.ERROR,
        models=frozenset({99}),
        needs=_STUDENTS,
        unless=frozenset({_IN_CUSTODY}),
        january="from",
        leniency="after",
        long_only=True,
        evidence="observed",
        source="DfE data collection code, rule ULN_11; its severity by its wording in "
        "gov.uk, ILR validation rules 2025 to 2026",
    ),
    IlrRule(name="ULN_12", severity=Severity.ERROR, needs=_LEVY),
)
"""The rules about the temporary ULN, in order of their names.

Source: gov.uk, ILR validation rules 2024 to 2025 (published); ULN_09 and ULN_11: DfE
data collection code (observed). Where the two differ, the page was taken.
"""


@attrs.frozen(kw_only=True)
class WorkItem:
    """One learner to find a ULN for.

    Attributes:
        learner: The learner's number in your own system.
        rule: The rule that refuses the record; where none will, the first that warns.
        when: The first day on which a file with the temporary ULN trips it, and not
            before the day of the list.
        is_error: Whether that rule refuses the record.
        warnings: The rules that warn on the day of the list.
    """

    learner: str
    rule: str
    when: dt.date
    is_error: bool
    warnings: tuple[str, ...]


def january_of(as_of: dt.date) -> dt.date:
    """Return 1 January of the teaching year that a day is in.

    Args:
        as_of: The day; teaching years run from 1 August to 31 July.

    Source: gov.uk, ILR guidance (published: the year runs from 1 August).
    """
    return dt.date(as_of.year + (as_of.month >= 8), 1, 1)


def temporary_uln_worklist(
    aims: Iterable[Aim],
    *,
    as_of: dt.date,
    january: dt.date | None = None,
    rules: Iterable[IlrRule] = ILR_RULES,
) -> tuple[WorkItem, ...]:
    """Return whom to find a ULN for, the most urgent first.

    Args:
        aims: The aims of the learners who have the temporary ULN.
        as_of: The day of the list: when a file would be prepared.
        january: 1 January of the teaching year that is returned; None takes that of
            `as_of`. A last return of a year that has ended needs it.
        rules: The rules of the year.

    Returns:
        One item for each learner whom a rule looks at on that day or later: first
        those who will be refused, by the day, then those who are only warned of.

    Source: see `ILR_RULES`.
    """
    january = january_of(as_of) if january is None else january
    rules = tuple(rules)
    bites: dict[str, list[tuple[bool, dt.date, str]]] = {}
    for aim in aims:
        for rule in rules:
            days = rule.days(aim, january)
            if days is not None and days[1] >= as_of:
                only_warns = rule.severity is not Severity.ERROR
                bite = (only_warns, max(days[0], as_of), rule.name)
                bites.setdefault(aim.learner, []).append(bite)
    items = []
    for learner, found in bites.items():
        only_warns, when, name = min(found)
        now = {rule for warns, day, rule in found if warns and day == as_of}
        items.append(
            WorkItem(
                learner=learner,
                rule=name,
                when=when,
                is_error=not only_warns,
                warnings=tuple(sorted(now)),
            )
        )
    items.sort(key=lambda item: (not item.is_error, item.when, item.learner))
    return tuple(items)

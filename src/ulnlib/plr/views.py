"""Views of a record: what somebody may see of it, and by which clause.

A view holds what may be seen and nothing else: an event that is hidden is not in it,
nor is its number, nor how many there are. What is made of a view (text, pages,
reports, JSON) can therefore show no more. Who may see what is decided by
`ulnlib.rules.sharing.decide`, and nowhere else.

Examples:
    >>> from ulnlib.plr import Actor, LearningEvent, Record
    >>> from ulnlib.rules.sharing import Subject, Viewer
    >>> record = Record([LearningEvent(id=7, source="AO", subject="Bricks", grade="A")])
    >>> clerk = Actor(user="jsmith", organisation="Example College")
    >>> seen = see(
    ...     record,
    ...     Viewer.PROVIDER_WITH_ROLE,
    ...     Subject(share="2"),
    ...     learner=Learner(uln="1000000043"),
    ...     by=clerk,
    ...     at="2026-11-21T09:30:00",
    ...     as_of=dt.date(2026, 11, 21),
    ... )
    >>> bool(seen), len(seen.record.events), seen.decision.clause
    (False, 0, 'GOV-S-2')
"""

from __future__ import annotations

__all__ = [
    "BASIC_DETAILS",
    "PROFILE_DETAILS",
    "Chosen",
    "Given",
    "Rules",
    "View",
    "decisions",
    "is_marked_sensitive",
    "open_view",
    "preview",
    "read_log",
    "rules_of",
    "see",
    "subject_of",
]

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypedDict, Unpack

import attrs

from ulnlib._dates import At
from ulnlib._text import fold_text
from ulnlib.learner import Learner
from ulnlib.plr.audit import PAGE_SIZE, Access, AccessEntry, AccessPage, Actor, page_of
from ulnlib.plr.events import EventKind, LearningEvent
from ulnlib.plr.linked import ulns_of
from ulnlib.plr.record import Entry, Record
from ulnlib.rules import sharing
from ulnlib.rules.clauses import Decision
from ulnlib.rules.sharing import Subject, Thing, Viewer
from ulnlib.rules.verification import gives_level_one
from ulnlib.uln import Uln, compact

Chosen = Collection[str]
"""The numbers of the events that a learner has chosen for others to see."""

BASIC_DETAILS = (
    "id",
    "subject",
    "subject_code",
    "level",
    "grade",
    "credits",
    "source",
    "award_date",
)
"""The fields of an event that the restricted view shows.

Source: LRS frequently asked questions (published: basic details only); recorded
responses (observed: the brief answer has these, and the provider). That they are the
basic ones is assumed, and a caller can give others. The provider is left out, for it
may say of somebody where they were.
"""

PROFILE_DETAILS = ("given_name", "family_name", "date_of_birth")
"""The learner's fields that a view shows beside the ULN, where the profile may be seen.

Source: assumed; a caller can give others.
"""


class Rules(TypedDict, total=False):
    """What a caller who knows better may give to `ulnlib.rules.sharing.decide`."""

    conditions: Collection[sharing.Condition]
    views: Collection[sharing.View]


def subject_of(learner: Learner, *, is_sensitive: bool = False) -> Subject:
    """Return what the rules of sharing have to know of a learner.

    Args:
        learner: The learner, as the register holds it.
        is_sensitive: Whether the learner is sensitive (offenders, military, VIPs): no
            field says so.

    Source: LRS portal guide, Appendices D and F (published).
    """
    return Subject(
        share=learner.ability_to_share,
        has_level_one=gives_level_one(learner.verification_type),
        is_learner_sensitive=is_sensitive,
    )


_NO_MARK = frozenset({"", "0", "N", "NO", "FALSE"})
_MARKS = ("RestrictionFlag", "RestrictedUseIndicator")


def is_marked_sensitive(event: LearningEvent) -> bool:
    """Say whether an event is sensitive by the marks that it carries.

    Source: release 9 schemas (observed: Sensitive, Restriction, RestrictionFlag,
    RestrictedUseIndicator; a restriction of 0 in recorded responses). That any other
    restriction hides an event is assumed, for what the marks mean is not known.
    """
    if event.is_sensitive or not _is_no_mark(event.restriction):
        return True
    further = event.further
    return bool(further) and not all(_is_no_mark(further.get(one)) for one in _MARKS)


def _is_no_mark(mark: str | None) -> bool:
    return not mark or mark == "0" or mark.strip().upper() in _NO_MARK


# What each viewer asks for who opens a record, how one event of it is decided, and
# what the log calls it.
_OPENED = {
    Thing.PLR: (Thing.LEARNING_EVENT, Access.VIEW_RECORD),
    Thing.RESTRICTED_VIEW: (Thing.BASIC_DETAILS, Access.VIEW_RESTRICTED),
}


@attrs.frozen(kw_only=True)
class View:
    """What somebody may see of a learner's record. It counts as true when it is open.

    Attributes:
        viewer: Who looks.
        thing: At what: the record, or the restricted view of it.
        as_of: The day.
        decision: Whether the record is open, and by which clause. It is for whoever
            has the record anyway: that of a closed one may tell what the learner is.
        told: The same as far as the viewer may be told it. None where the record is
            closed because of the learner: opted out, sensitive, not asked yet are all
            the same to others.
        record: What may be seen of it; empty when it is closed.
        learner: What may be seen of the learner.
        accesses: The entries of the log, for what was disclosed.
    """

    viewer: Viewer
    thing: Thing
    as_of: dt.date
    decision: Decision
    told: Decision | None
    record: Record
    learner: Learner
    accesses: tuple[AccessEntry, ...]

    @property
    def is_restricted(self) -> bool:
        """Whether it is the restricted view."""
        return self.thing is Thing.RESTRICTED_VIEW

    def __bool__(self) -> bool:
        return self.decision.allowed


class Given(Rules, total=False):
    """The arguments that views share."""

    chosen: Chosen
    is_sensitive: Callable[[LearningEvent], bool]
    basic: Collection[str]
    details: Collection[str]


def see(  # noqa: PLR0913  # who, of whom, when, and on whose behalf
    record: Record,
    viewer: Viewer,
    subject: Subject,
    *,
    learner: Learner,
    by: Actor,
    at: At,
    as_of: dt.date,
    thing: Thing | None = None,
    **given: Unpack[Given],
) -> View:
    """Return what a viewer may see of a record.

    Args:
        record: The whole record.
        viewer: Who looks.
        subject: What is known of the learner; see `subject_of`. What is known of an
            event is taken from the event.
        learner: The learner; the ULN is what the log is written for.
        by: On whose behalf, for the log.
        at: When, for the log; kept as given.
        as_of: The day by whose rules it is decided.
        thing: `PLR` or `RESTRICTED_VIEW`; by default the restricted view for an
            organisation that the learner nominated, and the record for all others.
        given: `chosen`: the numbers of the events that the learner chose, for the
            restricted view. A number that two different events have chooses neither.
            `is_sensitive`: which events are sensitive, by default
            `is_marked_sensitive`. `basic`: the fields of the restricted view, by
            default `BASIC_DETAILS`. `details`: those of the learner, by default
            `PROFILE_DETAILS`. `conditions`, `views`: see
            `ulnlib.rules.sharing.decide`.

    Returns:
        The view. An achievement that several events tell of is hidden when one of
        them is, and so is every other event of a qualification or unit of which one
        event is sensitive. The restricted view has achievements alone, without
        participation, and of one that several events tell of those that were chosen.
        To learners it shows what it shows to others.

    Raises:
        ValueError: `thing` is neither of the two, or the learner has no ULN.
        TypeError: `chosen` is one text.

    Source: LRS portal guide, sections 5.2.1 and 5.3; LRS frequently asked questions,
    the two views (published).
    """
    if not learner.uln:
        raise ValueError("the learner has no ULN, and the log is kept by ULN")
    view = open_view(record, viewer, subject, learner, as_of, thing, given)
    has_details = any(value for value in view.learner.values()[1:])
    action = (
        _OPENED[view.thing][1] if view else Access.VIEW_PROFILE if has_details else None
    )
    entries = () if action is None else (by.entry(action, learner.uln, at=at),)
    return attrs.evolve(view, accesses=entries)


def preview(
    record: Record,
    subject: Subject,
    *,
    learner: Learner,
    as_of: dt.date,
    **given: Unpack[Given],
) -> View:
    """Return what an organisation would see that the learner nominates.

    It is for the learner, before sharing: the same view, but that a closed one tells
    why, and nothing is written into the log, for nobody else has seen anything.

    Args:
        record: The whole record.
        subject: What is known of the learner.
        learner: The learner.
        as_of: The day by whose rules it is decided.
        given: As with `see`, `chosen` above all.

    Source: LRS frequently asked questions, the two views (published: the learner is
    shown both).
    """
    nominated = Viewer.NOMINATED_ORGANISATION
    view = open_view(record, nominated, subject, learner, as_of, None, given)
    return attrs.evolve(view, told=view.decision)


def decisions(
    record: Record,
    viewer: Viewer,
    subject: Subject,
    *,
    as_of: dt.date,
    **given: Unpack[Given],
) -> tuple[tuple[Entry, Decision], ...]:
    """Return, for every entry, whether a viewer may see it, and by which clause.

    It holds what the viewer may not see: it is for whoever has the record anyway, to
    find out why something is hidden.

    Args:
        record: The whole record.
        viewer: Who would look.
        subject: What is known of the learner.
        as_of: The day.
        given: As with `see`.
    """
    asked = _asked_by(viewer)
    of_all = sharing.decide(viewer, subject, asked, as_of, **rules_of(given))
    return tuple(
        (entry, may if of_all else of_all)
        for entry, _, may in _decided(record, viewer, subject, asked, as_of, given)
    )


def read_log(  # noqa: PLR0913  # who, of whom, which page
    entries: Iterable[AccessEntry],
    viewer: Viewer,
    subject: Subject,
    *,
    learner: Learner,
    as_of: dt.date,
    linked_ulns: Iterable[Uln | str] = (),
    page: int = 1,
    size: int = PAGE_SIZE,
) -> AccessPage:
    """Return a page of the log of who has looked at a learner.

    Args:
        entries: The log, of this learner or of many.
        viewer: Who reads it: learners read their own.
        subject: What is known of the learner.
        learner: Whose log it is.
        as_of: The day by whose rules it is decided.
        linked_ulns: The ULNs that were merged into the learner's, as
            `Profile.linked_ulns` has them: what was written under one of them belongs
            to the log too.
        page: Which page, from 1.
        size: How many entries a page has.

    Returns:
        The page; an empty one for who may not read it.

    Raises:
        ValueError: The page or its size is less than 1.

    Source: LRS frequently asked questions (published: learners have access to the
    log).
    """
    may = sharing.decide(viewer, subject, Thing.AUDIT_LOG, as_of)
    own = ulns_of(learner, linked_ulns) if may else frozenset()
    read = [one for one in entries if compact(one.uln) in own]
    return page_of(read, page, size=size)


def open_view(  # noqa: PLR0913, PLR0917  # what `see` was asked
    record: Record,
    viewer: Viewer,
    subject: Subject,
    learner: Learner,
    as_of: dt.date,
    thing: Thing | None,
    given: Given,
) -> View:
    """Return a view of which nothing is written into the log yet; see `see`."""
    asked = thing or _asked_by(viewer)
    if asked not in _OPENED:
        raise ValueError("what is opened is PLR or RESTRICTED_VIEW")
    decision = sharing.decide(viewer, subject, asked, as_of, **rules_of(given))
    judged = viewer
    if viewer is Viewer.LEARNER and asked is Thing.RESTRICTED_VIEW:
        judged = Viewer.NOMINATED_ORGANISATION  # learners look at what others see
    shown = [
        part
        for _, part, may in _decided(record, judged, subject, asked, as_of, given)
        if decision and may
    ]
    if asked is Thing.RESTRICTED_VIEW:
        basic = tuple(given.get("basic", BASIC_DETAILS))
        shown = [_restricted(entry, basic) for entry in shown]
    return View(
        viewer=viewer,
        thing=asked,
        as_of=as_of,
        decision=decision,
        told=_told(decision, viewer, asked, as_of, given),
        record=Record.of_entries(shown),
        learner=_learner(learner, viewer, subject, as_of, given),
        accesses=(),
    )


_OPEN = Subject(share="1", has_level_one=True)


def _told(
    decision: Decision, viewer: Viewer, asked: Thing, as_of: dt.date, given: Given
) -> Decision | None:
    """Return a decision, or None where it is the learner's matter and the viewer's not.

    Source: ours (assumed): nothing that is hidden can be told by why it is hidden.
    """
    if decision or viewer in {Viewer.LEARNER, Viewer.SERVICE_DESK}:
        return decision
    of_anybody = sharing.decide(viewer, _OPEN, asked, as_of, **rules_of(given))
    return None if of_anybody else of_anybody


def _asked_by(viewer: Viewer) -> Thing:
    is_nominated = viewer is Viewer.NOMINATED_ORGANISATION
    return Thing.RESTRICTED_VIEW if is_nominated else Thing.PLR


def rules_of(given: Given) -> Rules:
    """Return what of the arguments is meant for the rules.

    It is kept, for it is asked for again: of a generator nothing would be left by
    then, and no condition hides nothing.
    """
    rules: Rules = {}
    if "conditions" in given:
        rules["conditions"] = given["conditions"] = tuple(given["conditions"])
    if "views" in given:
        rules["views"] = given["views"] = tuple(given["views"])
    return rules


_PARTICIPATION = Decision(allowed=False, clause="FAQ-6-4")


def _decided(  # noqa: PLR0913, PLR0917  # private: what `see` was asked
    record: Record,
    viewer: Viewer,
    subject: Subject,
    asked: Thing,
    as_of: dt.date,
    given: Given,
) -> Iterator[tuple[Entry, Entry, Decision]]:
    """Yield every entry, what may be shown of it, and what was decided.

    What hides one of its events hides an entry, and so does a sensitive event of the
    same qualification or unit; what was chosen shows no more than was chosen.
    """
    is_sensitive = given.get("is_sensitive", is_marked_sensitive)
    chosen = unmistakable(record, given.get("chosen", ()))
    of_one = _OPENED[asked][0]
    rules = rules_of(given)
    hides = sensitive_with(record.events, is_sensitive)
    # What is known of an event is two facts: there are four decisions at most.
    made: dict[tuple[bool, bool], Decision] = {}
    for entry in record.entries:
        picked = tuple([event for event in entry.events if event.id in chosen])
        part = entry
        if picked and viewer is Viewer.NOMINATED_ORGANISATION:
            part = Entry(picked)
        if asked is Thing.RESTRICTED_VIEW and not _is_achievement(part):
            yield entry, part, _PARTICIPATION
            continue
        sensitive = any(map(hides, entry.events))
        may = made.get((sensitive, bool(picked)))
        if may is None:
            of_event = attrs.evolve(
                subject, is_event_sensitive=sensitive, is_chosen=bool(picked)
            )
            may = sharing.decide(viewer, of_event, of_one, as_of, **rules)
            made[sensitive, bool(picked)] = may
        yield entry, part, may


def sensitive_with(
    events: Iterable[LearningEvent], is_sensitive: Callable[[LearningEvent], bool]
) -> Callable[[LearningEvent], bool]:
    """Return what says whether an event is hidden with a sensitive one.

    It is when it is sensitive itself, or of the same unit or qualification as one that
    is: by the code, and where one of the two has none by the title.

    Args:
        events: All events of the record.
        is_sensitive: Which of them are sensitive.

    Returns:
        A function of one of these events.

    Source: LRS portal guide, Appendix F (published: qualifications are sensitive).
    """
    marked = [event for event in events if is_sensitive(event)]
    hidden = {id(event) for event in marked}
    codes = {event.code for event in marked} - {""}
    titles = {fold_text(event.subject) for event in marked if event.subject}
    without = {fold_text(one.subject) for one in marked if one.subject and not one.code}

    def hides(event: LearningEvent) -> bool:
        if id(event) in hidden or not marked:
            return id(event) in hidden
        code = event.code
        of_title = without if code else titles
        return code in codes or bool(
            of_title and event.subject and fold_text(event.subject) in of_title
        )

    return hides


def _is_achievement(entry: Entry) -> bool:
    return all(event.kind is EventKind.ACHIEVEMENT for event in entry.events)


def unmistakable(record: Record, chosen: Chosen) -> frozenset[str]:
    """Return the chosen numbers that one event has, or several that are alike.

    Args:
        record: The record.
        chosen: The numbers of events that were chosen.

    Raises:
        TypeError: `chosen` is one text.
    """
    if isinstance(chosen, str):  # its digits would open events that nobody chose
        raise TypeError("chosen takes several numbers, in a list")
    times = Counter(event.id for event in dict.fromkeys(record.events))
    return frozenset(one for one in map(str, chosen) if times[one] == 1)


def _restricted(entry: Entry, basic: Collection[str]) -> Entry:
    """Return an entry with the basic details of its events alone."""
    return Entry(
        tuple(
            [
                LearningEvent(**{name: getattr(event, name) for name in basic})
                for event in entry.events
            ]
        )
    )


def _learner(
    learner: Learner,
    viewer: Viewer,
    subject: Subject,
    as_of: dt.date,
    given: Given,
) -> Learner:
    """Return what a viewer may see of the learner."""
    rules = rules_of(given)
    shown: dict[str, str | None] = {}
    if sharing.decide(viewer, subject, Thing.ULN, as_of, **rules):
        shown["uln"] = learner.uln
    if sharing.decide(viewer, subject, Thing.PROFILE, as_of, **rules):
        details = given.get("details", PROFILE_DETAILS)
        shown |= {name: getattr(learner, name) for name in details}
    return Learner(**shown)

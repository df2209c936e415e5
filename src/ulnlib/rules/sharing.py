"""Ability to share, and privacy notice seen: who may see what of a learner, and why.

Four things are asked here, each answered from a literal table: which value may follow
which (`change`), which value a new learner gets (`initial_share`), who may see what
(`decide`), and what becomes of a value in another version of the file (`convert`).
What the rules were on a day depends on the day: `period`.

Examples:
    >>> day = dt.date(2026, 11, 21)
    >>> change("1", "0", day).is_allowed
    False
    >>> subject = Subject(share="2", has_level_one=True)
    >>> decide(Viewer.LEARNER, subject, Thing.PLR, day).allowed
    True
    >>> print(decide(Viewer.PROVIDER_WITH_ROLE, subject, Thing.PLR, day).text)
    An opt-out of before hides the record until the provider, having given the notice,
    overwrites it with 1.
"""

from __future__ import annotations

__all__ = [
    "CHANGES",
    "CONDITIONS",
    "FILE_VERSIONS",
    "FROM_1_JULY_2019",
    "FROM_25_MAY_2018",
    "PERIODS",
    "UNTIL_24_MAY_2018",
    "VIEWS",
    "WRITERS",
    "Condition",
    "Conversion",
    "FileVersion",
    "Held",
    "InitialShare",
    "Period",
    "Sent",
    "ShareFlag",
    "Span",
    "Subject",
    "Thing",
    "View",
    "Viewer",
    "change",
    "check_file",
    "convert",
    "decide",
    "file_codes",
    "initial_share",
    "is_allowed_change",
    "may_change",
    "most_restrictive",
    "period",
    "response_code",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

import attrs

from ulnlib._dates import day_of
from ulnlib.codes import AbilityToShare, PrivacyNoticeSeen, ResponseCode
from ulnlib.errors import InvalidValue
from ulnlib.issues import Report, issue
from ulnlib.rules.clauses import Decision
from ulnlib.rules.states import StateTable, Step

_0 = AbilityToShare.NOTICE_NOT_SEEN
_1 = AbilityToShare.ABLE_TO_SHARE
_2 = AbilityToShare.UNABLE_TO_SHARE

_NO_VALUE = frozenset({None, "", AbilityToShare.NOT_PROVIDED.value})


# --- what held when ---------------------------------------------------------------


class Period(Enum):
    """A stretch of time in which the same rules held.

    Source: gov.uk pages about the LRS; LRS release 1902.01 (published).
    """

    OPT_OUT = "opt-out"
    OLD_OPT_OUTS = "old opt-outs"
    BOTH_VERSIONS = "both versions"
    NOTICE_SEEN = "notice seen"


@attrs.frozen(kw_only=True)
class Span:
    """The days of a period.

    Attributes:
        first: Its first day, None for no beginning.
        last: Its last day, None while it holds.
        clause: The id of the clause that began or ended it.
    """

    first: dt.date | None
    last: dt.date | None
    clause: str

    def holds_on(self, as_of: dt.date) -> bool:
        """Say whether a day, or a moment of it, is one of them."""
        day = day_of(as_of)
        return (self.first is None or self.first <= day) and (
            self.last is None or day <= self.last
        )


PERIODS: Mapping[Period, Span] = MappingProxyType(
    {
        Period.OPT_OUT: Span(first=None, last=dt.date(2018, 5, 24), clause="PG-F-1"),
        Period.OLD_OPT_OUTS: Span(
            first=dt.date(2018, 5, 25), last=dt.date(2019, 2, 11), clause="GOV-S-1"
        ),
        Period.BOTH_VERSIONS: Span(
            first=dt.date(2019, 2, 12), last=dt.date(2019, 6, 30), clause="R1902-3"
        ),
        Period.NOTICE_SEEN: Span(
            first=dt.date(2019, 7, 1), last=None, clause="R1902-6"
        ),
    }
)
"""The days of each period; together they are all days.

Source: gov.uk pages about the LRS (25 May 2018); LRS release 1902.01 (12 February
2019) and gov.uk, New 3A batch schema (1 July 2019) (published).
"""


def period(as_of: dt.date) -> Period:
    """Return the period that a day belongs to.

    Args:
        as_of: The day; a moment counts as its day.

    Returns:
        The one period whose days hold it.

    Source: see `PERIODS` (published).

    Examples:
        >>> period(dt.date(2018, 5, 24)), period(dt.date(2018, 5, 25))
        (<Period.OPT_OUT: 'opt-out'>, <Period.OLD_OPT_OUTS: 'old opt-outs'>)
    """
    return next(one for one, span in PERIODS.items() if span.holds_on(as_of))


class FileVersion(Enum):
    """A version of the LRB batch file that has a column for the value.

    Source: LRS release 1902.01 and the 3A batch schema (published).
    """

    V2A = "2A"
    V3A = "3A"


FILE_VERSIONS: Mapping[FileVersion, tuple[Span, tuple[AbilityToShare, ...]]] = (
    MappingProxyType(
        {
            FileVersion.V2A: (
                Span(first=None, last=dt.date(2019, 6, 30), clause="R1902-6"),
                (_0, _1, _2),
            ),
            FileVersion.V3A: (
                Span(first=dt.date(2019, 2, 12), last=None, clause="R1902-3"),
                (_0, _1),
            ),
        }
    )
)
"""When each version of the file is taken, and the codes that it can carry.

Source: LRS release 1902.01 and the 3A batch schema (published); learner.xsd of the
web-service schemas, type MIAPAbilityToShare (2A's codes, observed).
"""


def file_codes(
    version: FileVersion | str, as_of: dt.date | None = None
) -> tuple[AbilityToShare, ...]:
    """Return the codes that a version of the file carries.

    Args:
        version: The version, or its text.
        as_of: The day; None does not ask whether the version is taken.

    Returns:
        The codes; none when the version is not taken on that day.

    Raises:
        InvalidValue: There is no such version.

    Source: LRS release 1902.01 and the 3A batch schema (published).
    """
    span, codes = FILE_VERSIONS[_version(version)]
    return codes if as_of is None or span.holds_on(as_of) else ()


def _version(version: FileVersion | str) -> FileVersion:
    for known in FileVersion:
        if version in (known, known.value):
            return known
    raise InvalidValue("version", "the versions of the file are 2A and 3A")


# --- which value may follow which -------------------------------------------------


class Held(Enum):
    """The value that the register holds.

    Source: LRS portal guide, Appendix F (published).
    """

    NONE = ""
    NOT_SEEN = "0"
    ABLE = "1"
    UNABLE = "2"


class Sent(Enum):
    """The value that is sent.

    Source: LRS portal guide, Appendix F (published).
    """

    NOTHING = ""
    SEND_0 = "0"
    SEND_1 = "1"
    SEND_2 = "2"


_HELD: Mapping[str | None, Held] = MappingProxyType(
    {**dict.fromkeys(_NO_VALUE, Held.NONE), **{one.value: one for one in Held}}
)
_SENT: Mapping[str | None, Sent] = MappingProxyType(
    {**dict.fromkeys(_NO_VALUE, Sent.NOTHING), **{one.value: one for one in Sent}}
)

_NOT_BACK = "the service answers WSRC0014"
_NO_NEW_2 = "there has been no new opt-out since 25 May 2018"

# What is the same at all times: everything but a 2 that is sent.
_ALWAYS = (
    Step(Held.NONE, Sent.NOTHING, Held.NONE, "WS-S-2"),
    Step(Held.NONE, Sent.SEND_0, Held.NOT_SEEN, "PG-F-5"),
    Step(Held.NONE, Sent.SEND_1, Held.ABLE, "PG-4.2.2-S-3"),
    Step(Held.NOT_SEEN, Sent.NOTHING, Held.NOT_SEEN, "WS-S-2"),
    Step(Held.NOT_SEEN, Sent.SEND_0, Held.NOT_SEEN, "PG-F-5"),
    Step(Held.NOT_SEEN, Sent.SEND_1, Held.ABLE, "PG-4.2.2-S-3"),
    Step(Held.ABLE, Sent.NOTHING, Held.ABLE, "WS-S-2"),
    Step(Held.ABLE, Sent.SEND_0, None, "PG-F-2", _NOT_BACK),
    Step(Held.ABLE, Sent.SEND_1, Held.ABLE, "PG-F-6"),
    Step(Held.UNABLE, Sent.NOTHING, Held.UNABLE, "WS-S-2"),
    Step(Held.UNABLE, Sent.SEND_0, None, "PG-F-2", _NOT_BACK),
)

UNTIL_24_MAY_2018 = StateTable(
    Held,
    Sent,
    (
        *_ALWAYS,
        Step(Held.NONE, Sent.SEND_2, Held.UNABLE, "PG-5.2.1-3"),
        Step(Held.NOT_SEEN, Sent.SEND_2, Held.UNABLE, "PG-5.2.1-3"),
        Step(Held.ABLE, Sent.SEND_2, Held.UNABLE, "PG-F-3"),
        Step(Held.UNABLE, Sent.SEND_1, Held.ABLE, "PG-F-3"),
        Step(Held.UNABLE, Sent.SEND_2, Held.UNABLE, "PG-F-3"),
    ),
)
"""What a value that is sent makes of the one that is held, while there was an opt-out.

Source: LRS portal guide, Appendix F and section 5.2.1 (published).
"""

FROM_25_MAY_2018 = StateTable(
    Held,
    Sent,
    (
        *_ALWAYS,
        Step(Held.NONE, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.NOT_SEEN, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.ABLE, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.UNABLE, Sent.SEND_1, Held.ABLE, "GOV-S-2", "after the notice"),
        Step(Held.UNABLE, Sent.SEND_2, Held.UNABLE, "GOV-S-2"),
    ),
)
"""The same since there is no new opt-out; files of version 2A still carry an old one.

Source: gov.uk pages about the LRS, as the notes report them (published); that an old
2 may be sent again is assumed.
"""

FROM_1_JULY_2019 = StateTable(
    Held,
    Sent,
    (
        *_ALWAYS,
        Step(Held.NONE, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.NOT_SEEN, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.ABLE, Sent.SEND_2, None, "GOV-S-1", _NO_NEW_2),
        Step(Held.UNABLE, Sent.SEND_1, Held.ABLE, "GOV-S-2", "after the notice"),
        Step(Held.UNABLE, Sent.SEND_2, None, "R1902-3", "version 3A has no 2"),
    ),
)
"""The same since version 3A alone is taken: no 2 can be sent any more.

Source: LRS release 1902.01 and the 3A batch schema (published).
"""

CHANGES: Mapping[Period, StateTable[Held, Sent]] = MappingProxyType(
    {
        Period.OPT_OUT: UNTIL_24_MAY_2018,
        Period.OLD_OPT_OUTS: FROM_25_MAY_2018,
        Period.BOTH_VERSIONS: FROM_25_MAY_2018,
        Period.NOTICE_SEEN: FROM_1_JULY_2019,
    }
)
"""The table of each period.

Source: see each table.
"""


def change(before: str | None, after: str | None, as_of: dt.date) -> Step[Held, Sent]:
    """Return what a value that is sent makes of the one that is held.

    Args:
        before: The value that the register holds; None, the empty text and -1 are
            none. A value of no list counts as 2: it hides, and does not become 0.
        after: The value that is sent, in the same way; none changes nothing.
        as_of: The day, which decides the period.

    Returns:
        The row of the period's table: whether it is allowed, the value after it, the
        clause, and a note where there is more to say.

    Raises:
        InvalidValue: The value that is sent is none of the service's.

    Source: LRS portal guide, Appendix F; gov.uk pages about the LRS (published).
    """
    sent = _SENT.get(after)
    if sent is None:
        raise InvalidValue("share", "ability to share is 0, 1 or 2, or not provided")
    return CHANGES[period(as_of)].step(_held(before), sent)


def is_allowed_change(
    before: str | None, after: str | None, *, as_of: dt.date | None = None
) -> bool:
    """Say whether ability to share may change from one value to another.

    Once it is anything but 0 it can never be 0 again.

    Args:
        before: The value that the register holds, None for none.
        after: The value that is sent, None for none (which changes nothing).
        as_of: The day. Without one only that is refused which is refused on every
            day, and a 2 is taken.

    Returns:
        Whether the service accepts it; a refusal is response code WSRC0014. A value
        that is not the service's is refused.

    Source: LRS portal guide, Appendix F, option 0; gov.uk pages about the LRS
    (published).
    """
    sent = _SENT.get(after)
    if sent is None:
        return False
    table = UNTIL_24_MAY_2018 if as_of is None else CHANGES[period(as_of)]
    return table.step(_held(before), sent).is_allowed


def _held(value: Held | str | None) -> Held:
    """Return the value that is held; what is in no list hides like 2."""
    if value is not None and not isinstance(value, str | Held):
        raise TypeError("an ability to share is text: '1', not 1")
    return value if isinstance(value, Held) else _HELD.get(value, Held.UNABLE)


# From the most to the least restrictive: no record opens by a merge.
_BY_RESTRICTION: tuple[tuple[Held, str | None], ...] = (
    (Held.UNABLE, _2.value),
    (Held.NOT_SEEN, _0.value),
    (Held.NONE, None),
    (Held.ABLE, _1.value),
)


def most_restrictive(values: Iterable[str | None]) -> str | None:
    """Return the value that holds for a master and the ULNs merged into it.

    A value that is not known closes a record, and does not open it: a value of no list
    counts as 2, as in `change` and `decide`; no value hides the record as 0 does
    (PG-F-9), so that it comes before 1.

    Args:
        values: The values of the master and of its linked records; None, the empty
            text and -1 are none.

    Returns:
        2 before 0 before none before 1. None when one of the records has no value and
        the others have 1, and when there is no record.

    Source: assumed; no document says what a merge does to the value (PG-F-11).

    Examples:
        >>> most_restrictive(["1", "9"]), most_restrictive(["1", None])
        ('2', None)
    """
    given = {_held(value) for value in values}
    return next((value for held, value in _BY_RESTRICTION if held in given), None)


# --- what a new learner gets ------------------------------------------------------


class ShareFlag(Enum):
    """Why a person should look at a value before it is sent.

    Source: LRS portal guide, Appendix F; gov.uk pages about the LRS (published).
    """

    EMERGENCY_ONLY = "emergency only"
    OPT_OUT_ENDED = "opt-out ended"


@attrs.frozen(kw_only=True)
class InitialShare:
    """What to send for a learner at enrolment.

    Attributes:
        code: The value, 0, 1 or 2.
        clause: The id of the clause that gives it.
        flag: Why a person should look at it first, None when nobody need.
    """

    code: AbilityToShare
    clause: str
    flag: ShareFlag | None = None

    @property
    def is_flagged(self) -> bool:
        """Whether a person should look at it first."""
        return self.flag is not None


_EMERGENCY = InitialShare(code=_0, clause="PG-F-5", flag=ShareFlag.EMERGENCY_ONLY)
_ABLE = InitialShare(code=_1, clause="PG-4.2.2-S-3")
_OPTED_OUT = InitialShare(code=_2, clause="PG-5.2.1-3")
_TOO_LATE = InitialShare(code=_1, clause="GOV-S-1", flag=ShareFlag.OPT_OUT_ENDED)

# Notice shared, opted out, while there was an opt-out -> what to send.
_INITIAL: Mapping[tuple[bool, bool, bool], InitialShare] = MappingProxyType(
    {
        (False, False, True): _EMERGENCY,
        (False, False, False): _EMERGENCY,
        (False, True, True): _EMERGENCY,  # an opt-out presupposes the notice
        (False, True, False): _EMERGENCY,
        (True, False, True): _ABLE,
        (True, False, False): _ABLE,
        (True, True, True): _OPTED_OUT,
        (True, True, False): _TOO_LATE,
    }
)


def initial_share(
    *, notice_shared: bool, opted_out: bool, as_of: dt.date
) -> InitialShare:
    """Return the value to send for a learner who is enrolled.

    Nobody asks for permission before 1 is sent: that the notice was shared is enough,
    and to opt out the learner has to say so.

    Args:
        notice_shared: Whether the provider has shared the privacy notice.
        opted_out: Whether the learner has said that the record is not to be shared.
        as_of: The day of the enrolment.

    Returns:
        0, flagged, without the notice, for it is for emergencies; 2 after an opt-out,
        until 24 May 2018; else 1. Since then there is no opt-out: 1 says only that
        the notice was seen, and is flagged, so that the learner is told.

    Source: LRS portal guide, Appendix F and sections 4.2.2 and 5.2.1; gov.uk pages
    about the LRS (published).
    """
    has_opt_out = period(as_of) is Period.OPT_OUT
    return _INITIAL[bool(notice_shared), bool(opted_out), has_opt_out]


# --- who may see what -------------------------------------------------------------


class Viewer(Enum):
    """Who looks.

    Source: LRS portal guide, sections 1.3, 5.3, 6.1 and Appendix A; LRS frequently
    asked questions; LRS presentation to the SROC conference, 2011 (published).
    """

    LEARNER = "learner"
    NOMINATED_ORGANISATION = "organisation that the learner nominated"
    PROVIDER = "provider without the role Learner Record"
    PROVIDER_WITH_ROLE = "provider with the role Learner Record"
    AWARDING_ORGANISATION = "awarding organisation"
    SERVICE_DESK = "service desk"


class Thing(Enum):
    """What is looked at.

    `LEARNING_EVENT`, `BASIC_DETAILS` and `CREDIT_CHECK` are about one event or
    qualification: ask for each by itself. The others are about the learner.

    Source: LRS portal guide, sections 4.2.3, 5.2.1 and 5.3; LRS frequently
    asked questions; LRS presentation to the SROC conference, 2011 (published).
    """

    ULN = "ULN"
    PROFILE = "profile"
    PLR_LINK = "link to the personal learning record"
    PLR = "personal learning record"
    LEARNING_EVENT = "learning event in the record"
    RESTRICTED_VIEW = "restricted view of the record"
    BASIC_DETAILS = "basic details of an achievement in the restricted view"
    CREDIT_CHECK = "whether the learner has a unit or qualification"
    AUDIT_LOG = "log of who has looked"


@attrs.frozen(kw_only=True)
class Subject:
    """What is known of the learner, and of the event, that is looked at.

    Attributes:
        share: The value that the register holds, as text or as `Held`; of a master
            with linked ULNs, `most_restrictive` of them all.
        has_level_one: Whether the learner's identity is verified at level one.
        is_learner_sensitive: Whether the learner's data are (offenders, military,
            VIPs).
        is_event_sensitive: Whether the event or qualification is.
        is_chosen: Whether the learner chose the achievement for the restricted view.
    """

    share: Held = attrs.field(converter=_held)
    has_level_one: bool = False
    is_learner_sensitive: bool = False
    is_event_sensitive: bool = False
    is_chosen: bool = False


@attrs.frozen
class View:
    """One row of the table: what a viewer may see of a thing, by the value held.

    Each cell is `+` or `-` and the id of the clause that allows or refuses it.

    Attributes:
        viewer: Who looks.
        thing: At what.
        none: Without a value.
        not_seen: With 0.
        able: With 1.
        unable: With 2.
    """

    viewer: Viewer
    thing: Thing
    none: str
    not_seen: str
    able: str
    unable: str


_L, _N, _P = Viewer.LEARNER, Viewer.NOMINATED_ORGANISATION, Viewer.PROVIDER
_R, _A, _D = (
    Viewer.PROVIDER_WITH_ROLE,
    Viewer.AWARDING_ORGANISATION,
    Viewer.SERVICE_DESK,
)


def _same(viewer: Viewer, thing: Thing, cell: str) -> View:
    """Return the row of what does not depend on the value."""
    return View(viewer, thing, cell, cell, cell, cell)


# fmt: off
VIEWS: tuple[View, ...] = (
    # The learner: no value hides the record from its own person.
    _same(_L, Thing.ULN, "+PG-1.3-4"),
    _same(_L, Thing.PROFILE, "+SL-S-3"),
    View(_L, Thing.PLR_LINK, "+PG-F-10", "+PG-F-10", "+FAQ-6-1", "+PG-5.2.1-5"),
    View(_L, Thing.PLR, "+PG-F-10", "+PG-F-10", "+FAQ-6-1", "+PG-5.2.1-5"),
    View(_L, Thing.LEARNING_EVENT, "+PG-F-10", "+PG-F-10", "+FAQ-6-1", "+PG-5.2.1-5"),
    View(_L, Thing.RESTRICTED_VIEW, "+FAQ-6-2", "+FAQ-6-2", "+FAQ-6-2", "+FAQ-6-2"),
    View(_L, Thing.BASIC_DETAILS, "+FAQ-6-2", "+FAQ-6-2", "+FAQ-6-2", "+FAQ-6-2"),
    View(_L, Thing.CREDIT_CHECK, "+PG-F-10", "+PG-F-10", "+SL-S-3", "+PG-5.2.1-5"),
    _same(_L, Thing.AUDIT_LOG, "+FAQ-7-S-2"),
    # Whom the learner nominated: the restricted view, with 1, and nothing beside it.
    # Nobody opts out of the ULN, so that no value decides; but it is no achievement.
    _same(_N, Thing.ULN, "-FAQ-6-4"),
    _same(_N, Thing.PROFILE, "-FAQ-6-4"),
    View(_N, Thing.PLR_LINK, "-PG-F-9", "-PG-F-4", "-FAQ-6-4", "-PG-F-4"),
    View(_N, Thing.PLR, "-PG-F-9", "-PG-F-4", "-FAQ-6-4", "-PG-F-4"),
    View(_N, Thing.LEARNING_EVENT, "-PG-F-9", "-PG-F-4", "-FAQ-6-4", "-PG-F-4"),
    View(_N, Thing.RESTRICTED_VIEW, "-PG-F-9", "-PG-F-4", "+FAQ-6-3", "-FAQ-6-5"),
    View(_N, Thing.BASIC_DETAILS, "-PG-F-9", "-PG-F-4", "+FAQ-6-4", "-FAQ-6-5"),
    View(_N, Thing.CREDIT_CHECK, "-PG-F-9", "-PG-F-4", "-FAQ-6-4", "-PG-F-4"),
    _same(_N, Thing.AUDIT_LOG, "-FAQ-7-S-2"),
    # A provider's user without the role: no record.
    _same(_P, Thing.ULN, "+PG-5.2.1-4"),
    View(_P, Thing.PROFILE, "+PG-4.2.3-1", "+PG-4.2.3-1", "+PG-4.2.3-1", "+PG-F-8"),
    _same(_P, Thing.PLR_LINK, "-PG-5.3-S-1"),
    _same(_P, Thing.PLR, "-PG-5.3-S-1"),
    _same(_P, Thing.LEARNING_EVENT, "-PG-5.3-S-1"),
    _same(_P, Thing.RESTRICTED_VIEW, "-PG-5.3-S-1"),
    _same(_P, Thing.BASIC_DETAILS, "-PG-5.3-S-1"),
    _same(_P, Thing.CREDIT_CHECK, "-PG-5.3-S-1"),
    _same(_P, Thing.AUDIT_LOG, "-FAQ-7-S-2"),
    # A provider's user with the role: the record, with 1.
    _same(_R, Thing.ULN, "+PG-5.2.1-4"),
    View(_R, Thing.PROFILE, "+PG-4.2.3-1", "+PG-4.2.3-1", "+PG-4.2.3-1", "+PG-F-8"),
    View(_R, Thing.PLR_LINK, "-PG-F-9", "-PG-5.3-S-2", "+PG-5.3-S-1", "-PG-5.2.1-6"),
    View(_R, Thing.PLR, "-PG-F-9", "-PG-5.3-S-2", "+PG-5.3-S-1", "-PG-5.2.1-6"),
    View(_R, Thing.LEARNING_EVENT, "-PG-F-9", "-WS-S-1", "+PG-5.3-S-1", "-WS-S-1"),
    View(_R, Thing.RESTRICTED_VIEW, "-PG-F-9", "-PG-F-4", "+PG-5.3-S-1", "-PG-F-4"),
    View(_R, Thing.BASIC_DETAILS, "-PG-F-9", "-PG-F-4", "+PG-5.3-S-1", "-PG-F-4"),
    View(_R, Thing.CREDIT_CHECK, "-PG-F-9", "-PG-F-4", "+SL-S-3", "-PG-F-4"),
    _same(_R, Thing.AUDIT_LOG, "-FAQ-7-S-2"),
    # An awarding organisation: one question at a time, with 1.
    _same(_A, Thing.ULN, "+PG-1.3-6"),
    _same(_A, Thing.PROFILE, "-SL-S-4"),
    _same(_A, Thing.PLR_LINK, "-SL-S-4"),
    _same(_A, Thing.PLR, "-SL-S-4"),
    _same(_A, Thing.LEARNING_EVENT, "-SL-S-4"),
    _same(_A, Thing.RESTRICTED_VIEW, "-SL-S-4"),
    _same(_A, Thing.BASIC_DETAILS, "-SL-S-4"),
    View(_A, Thing.CREDIT_CHECK, "-PG-F-9", "-PG-F-4", "+SL-S-2", "-FAQ-6-6"),
    _same(_A, Thing.AUDIT_LOG, "-FAQ-7-S-2"),
    # The service desk works on challenges, and sees what they are about.
    _same(_D, Thing.ULN, "+PG-6.1-S-2"),
    _same(_D, Thing.PROFILE, "+PG-6.1-S-2"),
    _same(_D, Thing.PLR_LINK, "+PG-6.1-S-2"),
    _same(_D, Thing.PLR, "+PG-6.1-S-2"),
    _same(_D, Thing.LEARNING_EVENT, "+PG-6.1-S-2"),
    _same(_D, Thing.RESTRICTED_VIEW, "+PG-6.1-S-2"),
    _same(_D, Thing.BASIC_DETAILS, "+PG-6.1-S-2"),
    _same(_D, Thing.CREDIT_CHECK, "+PG-6.1-S-2"),
    _same(_D, Thing.AUDIT_LOG, "+PG-6.1-S-2"),
)
# fmt: on
"""Who may see what, by the value that is held: a row for every viewer and thing.

Source: each clause's own; see `ulnlib.rules.clauses`.
"""


@attrs.frozen(kw_only=True)
class Condition:
    """A further condition on what the table allows.

    Attributes:
        viewers: Whom it binds.
        things: What it is about.
        fact: The attribute of the subject that it looks at.
        needed: What that has to be; otherwise the thing is refused.
        clause: The id of the clause.
    """

    viewers: frozenset[Viewer]
    things: frozenset[Thing]
    fact: str
    needed: bool
    clause: str

    def refuses(self, viewer: Viewer, subject: Subject, thing: Thing) -> bool:
        """Say whether it takes away what the table allows."""
        return (
            viewer in self.viewers
            and thing in self.things
            and bool(getattr(subject, self.fact)) is not self.needed
        )


_SENSITIVE_LEARNER = "SL-S-1"
_OTHERS = frozenset({_N, _P, _R, _A})
_OF_AN_EVENT = frozenset(
    {Thing.LEARNING_EVENT, Thing.BASIC_DETAILS, Thing.CREDIT_CHECK}
)
_OF_THE_RECORD = _OF_AN_EVENT | {Thing.PLR_LINK, Thing.PLR, Thing.RESTRICTED_VIEW}

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        viewers=frozenset({_L}),
        things=_OF_THE_RECORD | {Thing.AUDIT_LOG},
        fact="has_level_one",
        needed=True,
        clause="SL-V-2",
    ),
    Condition(
        viewers=_OTHERS,
        things=_OF_THE_RECORD,
        fact="is_learner_sensitive",
        needed=False,
        clause=_SENSITIVE_LEARNER,
    ),
    Condition(
        viewers=_OTHERS,
        things=_OF_AN_EVENT,
        fact="is_event_sensitive",
        needed=False,
        clause="PG-F-7",
    ),
    Condition(
        viewers=frozenset({_N}),
        things=frozenset({Thing.BASIC_DETAILS}),
        fact="is_chosen",
        needed=True,
        clause="FAQ-6-4",
    ),
)
"""The further conditions, in the order in which they are asked.

Source: LRS frequently asked questions; LRS presentation to the SROC conference, 2011;
LRS portal guide, Appendix F (published). That a sensitive learner's whole record is
hidden from organisations, and a sensitive qualification from a credit check, is
assumed.
"""


def _decisions(
    rows: Iterable[View],
) -> Mapping[tuple[Viewer, Thing, Held], Decision]:
    """Return the table by viewer, thing and value, and see that it is total."""
    found: dict[tuple[Viewer, Thing, Held], Decision] = {}
    for row in rows:
        cells = (row.none, row.not_seen, row.able, row.unable)
        for held, cell in zip(Held, cells, strict=True):
            key = (row.viewer, row.thing, held)
            if key in found:
                raise ValueError(f"two rows for {row.viewer.name}, {row.thing.name}")
            found[key] = Decision(allowed=cell[0] == "+", clause=cell[1:])
    for viewer in Viewer:
        for thing in Thing:
            if (viewer, thing, Held.NONE) not in found:
                raise ValueError(f"no row for {viewer.name}, {thing.name}")
    return MappingProxyType(found)


_DECISIONS = _decisions(VIEWS)


@lru_cache(maxsize=16)
def _decisions_of(
    rows: tuple[View, ...],
) -> Mapping[tuple[Viewer, Thing, Held], Decision]:
    """Return a caller's table, made ready once."""
    return _decisions(rows)


# Refusals because of the value; of an old 2 another clause speaks since 25 May 2018.
_BY_THE_VALUE = frozenset(
    {
        "PG-F-4",
        "PG-F-9",
        "PG-5.2.1-6",
        "PG-5.3-S-2",
        "WS-S-1",
        "FAQ-6-5",
        "FAQ-6-6",
        "GOV-S-2",
    }
)
_OLD_OPT_OUT = Decision(allowed=False, clause="GOV-S-2")


def decide(  # noqa: PLR0913  # both tables can be replaced
    viewer: Viewer,
    subject: Subject,
    thing: Thing,
    as_of: dt.date,
    *,
    conditions: Iterable[Condition] = CONDITIONS,
    views: Iterable[View] = VIEWS,
) -> Decision:
    """Say whether a viewer may see a thing of a learner, and by which clause.

    This is the one place where that is decided. The value that is held comes first,
    then the further conditions: what the value hides nothing opens, and each
    condition only takes away.

    Args:
        viewer: Who looks.
        subject: What is known of the learner and of the event.
        thing: What is looked at.
        as_of: The day. An old 2 hides as it did, but by another clause.
        conditions: The further conditions, for a caller who knows better than our
            reading of the documents.
        views: The table, for the same caller: a row for every viewer and thing, such
            as `VIEWS` with some rows replaced. Its clauses are ids of
            `ulnlib.rules.clauses`.

    Returns:
        The decision; it counts as true when the thing may be seen.

    Raises:
        ValueError: `views` lacks a row, or has two of the same.
        TypeError: `viewer` or `thing` is no member of its enum.

    Source: LRS portal guide, Appendix F and sections 5.2.1 and 5.3; LRS frequently
    asked questions; LRS presentation to the SROC conference, 2011 (published; what is
    assumed says so in its clause).
    """
    table = _DECISIONS if views is VIEWS else _decisions_of(tuple(views))
    found = table.get((viewer, thing, subject.share))
    if found is None:  # a KeyError would print what was given
        raise TypeError("viewer and thing are members of Viewer and Thing")
    decision = found
    if not decision.allowed:
        is_old = subject.share is Held.UNABLE and period(as_of) is not Period.OPT_OUT
        return _OLD_OPT_OUT if is_old and decision.clause in _BY_THE_VALUE else decision
    for condition in conditions:
        if condition.refuses(viewer, subject, thing):
            return Decision(allowed=False, clause=condition.clause)
    return decision


def response_code(decision: Decision) -> ResponseCode | None:
    """Return what the web service answers instead of learning events.

    Args:
        decision: A decision about a record or a learning event.

    Returns:
        WSEC0206 when the value that is held hides it, or that the learner is
        sensitive; None when it may be seen, or is hidden because of who looks.

    Source: web-service clients (observed for 2; for 0, for no value and for sensitive
    learners, of whom a code of their own would tell what they are, assumed).
    """
    hides = decision.clause in _BY_THE_VALUE or decision.clause == _SENSITIVE_LEARNER
    is_hidden = not decision.allowed and hides
    return ResponseCode.NOT_SHARED if is_hidden else None


WRITERS: Mapping[Viewer, Decision] = MappingProxyType(
    {
        Viewer.LEARNER: Decision(allowed=False, clause="PG-4.2.2-S-2"),
        Viewer.NOMINATED_ORGANISATION: Decision(allowed=False, clause="PG-5.2.1-3"),
        Viewer.PROVIDER: Decision(allowed=True, clause="PG-5.2.1-3"),
        Viewer.PROVIDER_WITH_ROLE: Decision(allowed=True, clause="PG-5.2.1-3"),
        Viewer.AWARDING_ORGANISATION: Decision(allowed=False, clause="PG-5.2.1-3"),
        Viewer.SERVICE_DESK: Decision(allowed=False, clause="PG-6.1-S-1"),
    }
)
"""Who writes the value: the learner tells, the provider writes.

Source: LRS portal guide, sections 4.2.2, 5.2.1 and 6.1 (published).
"""


def may_change(who: Viewer) -> Decision:
    """Say whether somebody writes the value, and by which clause.

    The learner decides and tells the provider, who writes it. Which of a provider's
    users may update learners is a matter of their roles, not of this rule.

    Args:
        who: Who would write it.

    Returns:
        The decision.

    Raises:
        TypeError: `who` is no member of `Viewer`.

    Source: LRS portal guide, sections 4.2.2, 5.2.1 and 6.1 (published).
    """
    found = WRITERS.get(who)
    if found is None:  # a KeyError would print what was given
        raise TypeError("who is a member of Viewer")
    return found


# --- another version of the file, and whole files ---------------------------------


@attrs.frozen(kw_only=True)
class Conversion:
    """What becomes of a value in another version of the file.

    Attributes:
        code: The value to send; None for an empty cell, or when it is held back.
        is_held_back: Whether the learner waits until the caller has decided.
        clause: The id of the clause.
    """

    code: AbilityToShare | None
    is_held_back: bool
    clause: str


def _kept(code: AbilityToShare | None, clause: str) -> Conversion:
    return Conversion(code=code, is_held_back=False, clause=clause)


_HELD_BACK = Conversion(code=None, is_held_back=True, clause="R1902-S-1")

_CONVERSIONS: Mapping[tuple[FileVersion, str | None], Conversion] = MappingProxyType(
    {
        (FileVersion.V2A, None): _kept(None, "WS-S-2"),
        (FileVersion.V2A, "0"): _kept(_0, "PG-F-1"),
        (FileVersion.V2A, "1"): _kept(_1, "PG-F-1"),
        (FileVersion.V2A, "2"): _kept(_2, "PG-F-1"),
        (FileVersion.V3A, None): _kept(None, "WS-S-2"),
        (FileVersion.V3A, "0"): _kept(_0, "R1902-3"),
        (FileVersion.V3A, "1"): _kept(_1, "R1902-3"),
        (FileVersion.V3A, "2"): _HELD_BACK,
    }
)

_DECIDED: Mapping[str, Conversion] = MappingProxyType(
    {
        PrivacyNoticeSeen.YES: _kept(_1, "GOV-S-2"),
        PrivacyNoticeSeen.NO: _kept(_0, "PG-F-2"),
    }
)


def convert(
    value: str | None,
    *,
    to: FileVersion | str,
    opted_out_as: PrivacyNoticeSeen | str | None = None,
) -> Conversion:
    """Return what becomes of a value in a version of the file.

    A 2 is never converted to a code of version 3A by itself: 1 would open the record
    of a learner who opted out, and 0 is refused as an update (WSRC0014).

    Args:
        value: The value; None, the empty text and -1 are none.
        to: The version of the file, 2A or 3A.
        opted_out_as: What the caller has decided that a 2 becomes in version 3A: yes
            (1) for a learner who has since been given the notice, no (0) for one who
            is not registered yet. None holds such learners back.

    Returns:
        The value, or that the learner is held back. A value of no list is held back.

    Raises:
        InvalidValue: There is no such version, or `opted_out_as` is neither yes nor
            no.

    Source: LRS release 1902.01 and the 3A batch schema; gov.uk pages about the LRS
    (published); that a 2 is held back is ours.

    Examples:
        >>> convert("2", to="3A").is_held_back
        True
        >>> convert("2", to="3A", opted_out_as=PrivacyNoticeSeen.YES).code.value
        '1'
    """
    version = _version(to)
    if opted_out_as is not None and opted_out_as not in _DECIDED:
        raise InvalidValue("opted_out_as", "an opt-out becomes 1 (yes) or 0 (no)")
    found = _CONVERSIONS.get(
        (version, None if value in _NO_VALUE else value), _HELD_BACK
    )
    is_opted_out = version is FileVersion.V3A and value == _2.value
    if is_opted_out and opted_out_as is not None:
        return _DECIDED[opted_out_as]
    return found


def check_file(values: Iterable[str | None]) -> Report:
    """Look at the values of a whole file: whether they are all 0.

    0 is for emergencies. A file that has nothing else was most likely written by a
    system that sends 0 by default, and hides the records of all its new learners.

    Args:
        values: The value of every learner of the file, or every different one; None,
            the empty text and -1 say nothing.

    Returns:
        The warning `share-all-0` when there are values and all are 0.

    Source: LRS portal guide, Appendix F (published: 0 is for emergencies); that a
    whole file of them is a mistake is assumed.
    """
    given = set(values) - _NO_VALUE
    return Report(
        [issue("share-all-0", "ability_to_share")] if given == {_0.value} else []
    )

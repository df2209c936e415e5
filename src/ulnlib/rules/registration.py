"""What a search, a new ULN and an update need: one call for a form.

`check` says what is wrong with a learner's record for a purpose and a channel: fields
that are mandatory and empty, values that the service does not take, ages, codes of the
version, and what was recorded of the learner's identity. A batch file is checked by
the same rules.

Examples:
    >>> learner = Learner(given_name="Ada", family_name="Example", gender="F")
    >>> report = check(
    ...     learner,
    ...     purpose=Purpose.FIND,
    ...     channel=Channel.WEB_SERVICE,
    ...     as_of=dt.date(2026, 11, 21),
    ... )
    >>> [(item.code, item.field) for item in report]  # doctest: +NORMALIZE_WHITESPACE
    [('mandatory-missing', 'postcode'),
     ('mandatory-missing', 'date_of_birth'),
     ('code-word', 'gender')]
"""

from __future__ import annotations

__all__ = [
    "MANDATORY",
    "MAXIMUM_AGE",
    "MINIMUM_AGE",
    "NEWEST_VERSION",
    "Channel",
    "Form",
    "Purpose",
    "birth_dates",
    "check",
    "check_form",
    "mandatory_fields",
    "missing_for_registration",
    "return_code",
    "sent_fields",
]

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from ulnlib._dates import birthday_bounds, day_of
from ulnlib.codes import AbilityToShare, ReturnCode
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.rules import sharing, values, verification
from ulnlib.rules._words import Word
from ulnlib.uln import TEMPORARY

MINIMUM_AGE = 13
"""The lowest age in whole years of a learner in the register.

Source: LRS communication of 12 July 2018, quoted in a public bug tracker (observed).
"""

MAXIMUM_AGE = 110
"""The highest age in whole years of a learner in the register.

Source: LRS communication of 12 July 2018, quoted in a public bug tracker (observed).
"""

NEWEST_VERSION = "3A"
"""The version of the batch file that is taken to be meant when none is said.

Source: gov.uk, New 3A batch schema (published: alone since 1 July 2019).
"""


class Purpose(Word):
    """What a record is for.

    Source: LRS portal guide, sections 4.2.1 to 4.2.3 (published).
    """

    FIND = "find"
    REGISTER = "register"
    UPDATE = "update"


class Channel(Word):
    """The way by which a record reaches the service.

    Source: LRS portal guide, sections 4.3 and 4.4 (published).
    """

    FILE = "file"
    WEB_SERVICE = "web_service"


# --- which fields -----------------------------------------------------------------

_BY_ULN = ("uln", "given_name", "family_name")
_OF_UPDATE = ("uln", *REGISTRATION_MANDATORY)

MANDATORY: Mapping[tuple[Purpose, Channel, bool], tuple[str, ...]] = MappingProxyType(
    {
        (Purpose.FIND, Channel.FILE, False): FIVE_DEMOGRAPHICS,
        (Purpose.FIND, Channel.FILE, True): _BY_ULN,
        (Purpose.FIND, Channel.WEB_SERVICE, False): FIVE_DEMOGRAPHICS,
        (Purpose.FIND, Channel.WEB_SERVICE, True): _BY_ULN,
        (Purpose.REGISTER, Channel.FILE, False): REGISTRATION_MANDATORY,
        (Purpose.REGISTER, Channel.FILE, True): REGISTRATION_MANDATORY,
        (Purpose.REGISTER, Channel.WEB_SERVICE, False): REGISTRATION_MANDATORY,
        (Purpose.REGISTER, Channel.WEB_SERVICE, True): REGISTRATION_MANDATORY,
        (Purpose.UPDATE, Channel.FILE, False): _BY_ULN,
        (Purpose.UPDATE, Channel.FILE, True): _BY_ULN,
        (Purpose.UPDATE, Channel.WEB_SERVICE, False): _OF_UPDATE,
        (Purpose.UPDATE, Channel.WEB_SERVICE, True): _OF_UPDATE,
    }
)
"""The mandatory fields by purpose, by channel, and by whether a ULN is given.

Source: LRS portal guide, sections 1.3, 4.2.1, 4.2.2 and 4.2.3 (published);
findlearner.xsd, registerlearner.xsd and batchlearner.xsd of the web-service schemas
(observed). That a row of a file without a ULN needs all five is assumed.
"""

_REFINERS = ("previous_family_name", "school_at_16", "place_of_birth", "email")
_NOT_IN_A_MESSAGE = frozenset({"mis_identifier", "upn", "uci"})
_NOT_IN_VERSION: Mapping[str, frozenset[str]] = MappingProxyType(
    {"2A": frozenset({"upn", "uci"}), "3A": frozenset()}
)


def mandatory_fields(
    purpose: Purpose, channel: Channel, *, has_uln: bool = False
) -> tuple[str, ...]:
    """Return the fields that have to be given, in order.

    Args:
        purpose: What the record is for.
        channel: How it is sent.
        has_uln: Whether a ULN is given: a search by ULN needs only the names beside.

    Source: see `MANDATORY`.
    """
    return MANDATORY[Purpose(purpose), Channel(channel), bool(has_uln)]


def sent_fields(
    purpose: Purpose,
    channel: Channel,
    *,
    version: str | None = None,
    has_uln: bool = False,
) -> tuple[str, ...]:
    """Return the fields that a file or message of that sort holds, in order.

    Args:
        purpose: What the record is for.
        channel: How it is sent.
        version: The version of the file, None for the newest; messages have none.
        has_uln: Whether a ULN is given: a search by ULN has only the names beside.

    Raises:
        InvalidValue: There is no such version of the file.

    Source: findlearner.xsd and registerlearner.xsd of the web-service schemas, batch
    layout of version 2A (observed); gov.uk, LRS release 1902.01 (published: UPN and
    UCI in files of version 3A only).
    """
    purpose, channel = Purpose(purpose), Channel(channel)
    if channel is Channel.FILE:
        left_out = _NOT_IN_VERSION.get(version or NEWEST_VERSION)
        if left_out is None:
            raise InvalidValue("version", "the versions of the file are 2A and 3A")
        return tuple(name for name in FIELDS if name not in left_out)
    if purpose is Purpose.FIND:
        wanted = _BY_ULN if has_uln else (*FIVE_DEMOGRAPHICS, *_REFINERS)
        return tuple(name for name in FIELDS if name in wanted)
    left_out = _NOT_IN_A_MESSAGE
    if purpose is Purpose.REGISTER:
        left_out |= {"uln"}
    return tuple(name for name in FIELDS if name not in left_out)


# --- ages -------------------------------------------------------------------------


def birth_dates(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last date of birth that are permitted on a day.

    Args:
        as_of: The day on which ages are counted.

    Returns:
        Both bounds inclusive: from the day before the 111th birthday to the 13th.

    Source: LRS communication of 12 July 2018 (observed); that both ages are included
    and that they are counted on the day of the check is assumed.
    """
    return birthday_bounds(as_of, MINIMUM_AGE, MAXIMUM_AGE + 1)


def missing_for_registration(learner: Learner) -> tuple[str, ...]:
    """Return the mandatory fields that a learner lacks for a new ULN, in order.

    Source: registerlearner.xsd, type LearnerToRegister (observed); LRS portal guide,
    section 4.2.2 (published).
    """
    return tuple(
        name
        for name in REGISTRATION_MANDATORY
        if not (getattr(learner, name) or "").strip()
    )


# --- the check --------------------------------------------------------------------

_ORDER = {name: position for position, name in enumerate(FIELDS)}
_DATE = FIELDS["date_of_birth"].pattern or ""


@attrs.frozen(kw_only=True)
class Form:
    """What a record is checked against; made once, for many records.

    Attributes:
        accepted: The fields that there are, each with the codes that it takes.
        mandatory: The fields that have to be given.
        as_of: The day on which ages are counted; None leaves dates unchecked.
        advises: Whether to say what should be recorded of the learner's identity
            instead of what is.
        birth_dates: First and last permitted date of birth as text, made from `as_of`.
        today: The day as text, after every date when it is not given.
    """

    accepted: Mapping[str, tuple[str, ...]]
    mandatory: Collection[str]
    as_of: dt.date | None
    advises: bool = False
    birth_dates: tuple[str, str] = attrs.field(init=False)
    today: str = attrs.field(init=False)

    @birth_dates.default
    def _bounds(self) -> tuple[str, str]:
        if self.as_of is None:
            return "", "~"  # every date sorts between them
        earliest, latest = birth_dates(self.as_of)
        return earliest.isoformat(), latest.isoformat()

    @today.default
    def _today(self) -> str:
        return "~" if self.as_of is None else self.as_of.isoformat()


def check_form(learner: Learner, form: Form) -> list[Issue]:
    """Check every field of a learner, and the fields against each other.

    Args:
        learner: The learner as given.
        form: The fields, the codes and the day.

    Returns:
        The findings in the order of the fields, each with the field as its path.

    Source: see `ulnlib.rules.values.check_values`; LRS communication of 12 July 2018
    (ages, observed); LRS portal guide, Appendix D (published).
    """
    found = values.check_values(learner, form.accepted, form.mandatory)
    found += _check_dates(learner, form)
    if "verification_type" in form.accepted:
        of_identity = (
            verification.check if form.advises else verification.check_description
        )
        found += of_identity(learner)
    return _in_order(found)


def _in_order(found: list[Issue]) -> list[Issue]:
    return sorted(found, key=lambda item: _ORDER[str(item.path[0])])


def _check_dates(learner: Learner, form: Form) -> Iterator[Issue]:
    """Check the age, and the day of address capture.

    Source: LRS communication of 12 July 2018 (observed).
    """
    born = learner.date_of_birth
    if (
        born is not None
        and "date_of_birth" in form.accepted
        and born not in values.NO_DAYS
        and re.fullmatch(_DATE, born)
    ):
        earliest, latest = form.birth_dates
        if born > form.today:
            yield issue("date-of-birth-future", "date_of_birth")
        elif born > latest:
            yield issue("age-too-young", "date_of_birth")
        elif born < earliest:
            yield issue("age-too-old", "date_of_birth")
    captured = learner.date_of_address_capture
    if (
        captured is not None
        and "date_of_address_capture" in form.accepted
        and re.fullmatch(_DATE, captured)
        and captured > form.today
    ):
        yield issue("date-of-capture-future", "date_of_address_capture")


@lru_cache(maxsize=64)
def _form(
    purpose: Purpose,
    channel: Channel,
    version: str | None,
    as_of: dt.date,
    *,
    has_uln: bool,
) -> Form:
    names = sent_fields(purpose, channel, version=version, has_uln=has_uln)
    accepted = {name: FIELDS[name].codes for name in names}
    if channel is Channel.FILE:
        share_codes = sharing.file_codes(version or NEWEST_VERSION)
        accepted["ability_to_share"] = tuple(code.value for code in share_codes)
    if purpose is Purpose.REGISTER:
        accepted.pop("uln", None)
    return Form(
        accepted=MappingProxyType(accepted),
        mandatory=mandatory_fields(purpose, channel, has_uln=has_uln),
        as_of=as_of,
        advises=True,
    )


def check(
    learner: Learner,
    *,
    purpose: Purpose,
    channel: Channel,
    as_of: dt.date,
    version: str | None = None,
) -> Report:
    """Check a learner's record for a purpose, as a form would send it.

    Args:
        learner: The record. None and the empty text are *not given*.
        purpose: What it is for: to find, to register, to update.
        channel: How it is sent: in a batch file, or by web service.
        as_of: The day of the upload or the call: ages and periods are counted from it.
        version: The version of the batch file, `2A` or `3A`; None for the newest. A
            web service has none.

    Returns:
        The findings in the order of the fields, each with the field as its path; when
        `is_ok` holds the service takes it, as far as its rules are known. To register
        and to update, a version of the file that is not taken any more is said at
        ability to share, which is what it decides; for a search, whose findings are
        those of a row of a file, the reader of the file says it.
        `return_code` says what an error leads to by that channel.

    Raises:
        InvalidValue: There is no such version of the file.

    Source: LRS portal guide, sections 4.2.1 to 4.2.3 and Appendices C, D and F
    (published); learner.xsd, findlearner.xsd, registerlearner.xsd and
    batchlearner.xsd (observed); LRS communication of 12 July 2018 (observed). That
    every purpose has the same ages is assumed.
    """
    purpose, channel = Purpose(purpose), Channel(channel)
    has_uln = bool(learner.uln)
    day = day_of(as_of)
    form = _form(purpose, channel, version, day, has_uln=has_uln)
    found = check_form(learner, form)
    if purpose is Purpose.REGISTER and has_uln:
        code = "uln-temporary" if learner.uln == TEMPORARY else "uln-given"
        found.append(issue(code, "uln"))
    found += [
        issue("field-not-taken", name, label=FIELDS[name].label)
        for name in ("upn", "uci")
        if getattr(learner, name) and name not in form.accepted
    ]
    if purpose is not Purpose.FIND:
        found += _check_opt_out(
            learner, purpose, form.accepted["ability_to_share"], day
        )
        if channel is Channel.FILE:
            found += _check_version(version or NEWEST_VERSION, day)
    return Report(_in_order(found))


def _check_opt_out(
    learner: Learner, purpose: Purpose, codes: Collection[str], as_of: dt.date
) -> Iterator[Issue]:
    """Find an opt-out that is sent when there is none.

    Where the codes do not have it, as in version 3A, that is a finding already.

    Source: `ulnlib.rules.sharing.CHANGES`.
    """
    share = learner.ability_to_share
    held = sharing.Held if purpose is Purpose.UPDATE else (sharing.Held.NONE,)
    if (
        share == AbilityToShare.UNABLE_TO_SHARE
        and share in codes
        and not any(sharing.change(one.value, share, as_of).is_allowed for one in held)
    ):
        yield issue("share-2-ended", "ability_to_share")


def _check_version(version: str, as_of: dt.date) -> Iterator[Issue]:
    """Find a version that is not taken any more; ability to share is what it decides.

    Source: `ulnlib.rules.sharing.FILE_VERSIONS`.
    """
    span, _ = sharing.FILE_VERSIONS[sharing.FileVersion(version)]
    if span.last is not None and as_of > span.last:
        last = span.last.isoformat()
        yield issue("version-withdrawn", "ability_to_share", version=version, day=last)


# --- what an error leads to -------------------------------------------------------

_ONLY_FOR_A_NEW_ULN = frozenset(REGISTRATION_MANDATORY).difference(FIVE_DEMOGRAPHICS)
_NOT_BY_WEB_SERVICE = frozenset({ReturnCode.OUTSIDE_AGE_RANGE.value})


def return_code(
    item: Issue, *, channel: Channel, as_of: dt.date | None = None
) -> str | None:
    """Return the return code that a finding of `check` leads to.

    Args:
        item: The finding.
        channel: How the record is sent.
        as_of: The day, to leave out codes that were not in use then.

    Returns:
        The code of a learner's row; RC011 instead of RC013 by web service, and instead
        of a code that was not in use. None for a warning.

    Source: LRS communication of 12 July 2018 (observed: RC013 in files, RC011 by web
    service); LRS release 1902.01 (published: RC012). That RC011 stood for both before
    is assumed. A single request of a wrong format is a fault, WSEC0001, instead
    (observed).
    """
    channel = Channel(channel)
    code = item.return_code
    if code is None:
        return None
    if item.code == "mandatory-missing" and item.field in _ONLY_FOR_A_NEW_ULN:
        return ReturnCode.INSUFFICIENT_DATA.value
    is_in_use = as_of is None or ReturnCode(code).info.is_valid_on(as_of)
    is_of_channel = channel is Channel.FILE or code not in _NOT_BY_WEB_SERVICE
    return code if is_in_use and is_of_channel else ReturnCode.INCORRECT_FORMAT.value

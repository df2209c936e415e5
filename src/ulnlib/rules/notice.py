"""The privacy notice before a ULN is made, and telling learners their ULN after it.

What the learner then decides is recorded in *ability to share*, and is the business
of `ulnlib.rules.sharing`.

Examples:
    >>> bool(may_make_uln(None))
    False
    >>> print(may_make_uln(NoticeForm.SHORT).text)
    Before a ULN is made, the learner has read the privacy notice or can.

Source: LRS portal guide, Appendix E (published).
"""

from __future__ import annotations

__all__ = [
    "NOTICE_USES",
    "Issued",
    "NoticeForm",
    "NoticePlan",
    "Telling",
    "check_notice_plan",
    "may_make_uln",
    "still_to_tell",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib.issues import Report, issue
from ulnlib.rules._words import Word
from ulnlib.rules.clauses import Decision


class NoticeForm(Word):
    """The two texts of the notice that the service provides.

    Source: LRS portal guide, Appendix E (published).
    """

    SHORT = "short"
    EXTENDED = "extended"


NOTICE_USES: Mapping[NoticeForm, str] = MappingProxyType(
    {
        NoticeForm.SHORT: "PG-E-N2",
        NoticeForm.EXTENDED: "PG-E-N3",
    }
)
"""Where each text belongs, as a clause.

The texts are the service's own, and are not here.

Source: LRS portal guide, Appendix E (published).
"""


def may_make_uln(notice: NoticeForm | None, *, is_emergency: bool = False) -> Decision:
    """Say whether a ULN may be made for a learner.

    Args:
        notice: Which text the learner has read, or can read; either will do. None
            when neither was shown.
        is_emergency: Whether the ULN cannot wait; the ability to share is then 0.

    Source: LRS portal guide, Appendices E and F (published).
    """
    if notice is not None:
        NoticeForm(notice)  # another word is refused
        return Decision(allowed=True, clause="PG-E-S-1")
    if is_emergency:
        return Decision(allowed=True, clause="PG-F-5")
    return Decision(allowed=False, clause="PG-E-S-1")


class Telling(Word):
    """How a learner is told the ULN.

    Source: assumed: the guide asks for a plan and names no way.
    """

    IN_PERSON = "in person"
    PAPER = "on paper, such as a letter or a card"
    OWN_SYSTEM = "in your own system, after a log-on"
    ENCRYPTED_EMAIL = "by encrypted e-mail, the password apart"
    OPEN_EMAIL = "by an e-mail that is not encrypted"


@attrs.frozen(kw_only=True)
class NoticePlan:
    """How an organisation informs its learners.

    Attributes:
        notice: The text that learners get, None for none.
        is_before_uln: Whether they get it before their ULN is made.
        is_at_enrolment: Whether it is part of enrolment or of the examination entry.
        mentions_service: Whether the organisation's notice names the service.
        told_by: How learners are told their ULN, None when nobody has planned it.
        links_guidance: Whether learners get a link to the guidance for them and
            their parents.

    Source: LRS portal guide, sections 1.3 and 5.2.1, Appendices E and G; LRS FAQ
    (published).
    """

    notice: NoticeForm | None = attrs.field(
        converter=attrs.converters.optional(NoticeForm)
    )
    is_before_uln: bool = True
    is_at_enrolment: bool = True
    mentions_service: bool = True
    told_by: Telling | None = attrs.field(
        default=None, converter=attrs.converters.optional(Telling)
    )
    links_guidance: bool = True


def check_notice_plan(plan: NoticePlan) -> Report:
    """Return what a plan for informing learners lacks.

    Args:
        plan: The plan.

    Returns:
        Findings at the fields of the plan, in their order.

    Source: LRS portal guide, section 1.4 and Appendices E and G; LRS FAQ (published).
    """
    has_notice = plan.notice is not None
    rules = (
        (not has_notice, "notice-missing", "notice"),
        (has_notice and not plan.is_before_uln, "notice-late", "is_before_uln"),
        (
            has_notice and not plan.is_at_enrolment,
            "notice-not-at-enrolment",
            "is_at_enrolment",
        ),
        (
            has_notice and not plan.mentions_service,
            "notice-without-service",
            "mentions_service",
        ),
        (plan.told_by is None, "uln-not-told", "told_by"),
        (plan.told_by is Telling.OPEN_EMAIL, "uln-told-openly", "told_by"),
        (not plan.links_guidance, "notice-without-guidance", "links_guidance"),
    )
    return Report(issue(code, field) for broken, code, field in rules if broken)


@attrs.frozen(kw_only=True)
class Issued:
    """A ULN that came back for one of your learners.

    Attributes:
        mis_identifier: Your own number of the learner.
        received: The day on which the ULN was found or made.
        told: The day on which the learner was told, None before.

    Source: LRS portal guide, section 1.3 (published).
    """

    mis_identifier: str
    received: dt.date = attrs.field(repr=False)
    told: dt.date | None = attrs.field(default=None, repr=False)


def still_to_tell(issued: Iterable[Issued]) -> tuple[Issued, ...]:
    """Return the learners who have not been told their ULN yet: a work list.

    Args:
        issued: The ULNs that came back.

    Returns:
        Those not told, the longest waiting first; equal days stay in order.

    Source: LRS portal guide, section 1.3 and Appendix E (published).
    """
    waiting = [one for one in issued if one.told is None]
    return tuple(sorted(waiting, key=lambda one: one.received))

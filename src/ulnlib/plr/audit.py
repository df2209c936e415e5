"""Who has looked at a learner, and when: entries that every disclosing call produces.

An entry is a value. Where entries are kept is the caller's matter; what they have to
be able to do is here: be produced, be read by the learner, and be paged.

Examples:
    >>> clerk = Actor(user="jsmith", organisation="Example College")
    >>> entry = clerk.entry(Access.VIEW_RECORD, "1000000043", at="2026-11-21T09:30:00")
    >>> entry.action, entry.at
    ('view personal learning record', '2026-11-21T09:30:00')
    >>> page_of([entry]).total_items
    1
"""

from __future__ import annotations

__all__ = ["PAGE_SIZE", "Access", "AccessEntry", "AccessPage", "Actor", "page_of"]

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

import attrs

from ulnlib._dates import At, stamp
from ulnlib.uln import Uln, compact

PAGE_SIZE = 20
"""How many entries a page has. The service's own number is not known (assumed)."""


class Access(StrEnum):
    """What somebody did; the value is the text of an entry.

    Source: release 9 schemas, type PlrAccessEntryResponse (observed: that an entry has
    an action); which there are and how they are worded is assumed.
    """

    SEARCH = "search for learner"
    FIND = "find learner"
    VERIFY = "verify learner"
    VIEW_PROFILE = "view learner profile"
    VIEW_RECORD = "view personal learning record"
    VIEW_RESTRICTED = "view restricted record"
    OPEN_SNAPSHOT = "open shared view"
    CREDIT_CHECK = "credit check"


class AccessEntry(NamedTuple):
    """That somebody has seen something of a learner.

    Attributes:
        uln: Of whom.
        user: Who.
        organisation: Of which organisation.
        action: What was done; see `Access`.
        at: When, as the caller gave it.

    Source: release 9 schemas, type PlrAccessEntryResponse (observed: user,
    organisation, action, date and time).
    """

    uln: str
    user: str
    organisation: str
    action: str
    at: str

    def __repr__(self) -> str:
        return f"AccessEntry(action={self.action!r})"

    def to_service(self) -> Mapping[str, str]:
        """Return it by the service's own names.

        Source: release 9 schemas, type PlrAccessEntryResponse (observed).
        """
        return {
            "Action": self.action,
            "DateTime": self.at,
            "Organisation": self.organisation,
            "User": self.user,
        }


@attrs.frozen(kw_only=True)
class Actor:
    """Who looks: a user, and the organisation that the user belongs to.

    Attributes:
        user: The user's name in the service; of learners `learner`.
        organisation: The organisation's name or UKPRN; empty for a learner.
    """

    user: str = attrs.field(repr=False)
    organisation: str = ""

    def entry(self, action: Access | str, uln: Uln | str, *, at: At) -> AccessEntry:
        """Return the entry of what was done.

        Args:
            action: What was done.
            uln: Of whom something was seen; kept without spaces and hyphens.
            at: When; kept as text, and never compared.
        """
        return AccessEntry(
            compact(str(uln)), self.user, self.organisation, str(action), stamp(at)
        )


@attrs.frozen(kw_only=True)
class AccessPage:
    """One page of a log, as the service pages it.

    Attributes:
        entries: The entries of the page.
        page_index: Which page, from 1.
        page_count: How many pages there are; one at least.
        page_size: How many entries a full page has.
        total_items: How many entries there are in all.

    Source: release 9 schemas, type PagedList of PlrAccessEntryResponse (observed); that
    the first page is 1, and has the newest, is assumed.
    """

    entries: tuple[AccessEntry, ...] = attrs.field(repr=lambda some: f"<{len(some)}>")
    page_index: int
    page_count: int
    page_size: int
    total_items: int

    def to_service(self) -> Mapping[str, object]:
        """Return the page by the service's own names.

        Source: release 9 schemas (observed).
        """
        return {
            "List": [entry.to_service() for entry in self.entries],
            "PageCount": self.page_count,
            "PageIndex": self.page_index,
            "PageSize": self.page_size,
            "TotalItems": self.total_items,
        }


def page_of(
    entries: Iterable[AccessEntry], page: int = 1, *, size: int = PAGE_SIZE
) -> AccessPage:
    """Return one page of a log, the newest entries first.

    Newest is what was given last: `at` is the caller's text, and is not compared.

    Args:
        entries: The entries, as they were written.
        page: Which page, from 1. A page that there is not is empty.
        size: How many entries a page has.

    Raises:
        ValueError: The page or its size is less than 1.

    Source: release 9 schemas, operation ViewAudit (observed: it takes a page).
    """
    if page < 1 or size < 1:
        raise ValueError("pages are counted from 1, and have at least one entry")
    newest = list(entries)[::-1]
    return AccessPage(
        entries=tuple(newest[(page - 1) * size : page * size]),
        page_index=page,
        page_count=max(1, -(-len(newest) // size)),
        page_size=size,
        total_items=len(newest),
    )

"""The rules of the service, as pure functions and literal tables over plain values."""

from __future__ import annotations

__all__ = [
    "accounts",
    "clauses",
    "disclosure",
    "notice",
    "organisations",
    "registration",
    "roles",
    "sharing",
    "states",
    "users",
    "verification",
]

from ulnlib.rules import (
    accounts,
    clauses,
    disclosure,
    notice,
    organisations,
    registration,
    roles,
    sharing,
    states,
    users,
    verification,
)

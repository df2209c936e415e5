"""The rules of the service, as pure functions and literal tables over plain values."""

from __future__ import annotations

__all__ = [
    "accounts",
    "clauses",
    "corrections",
    "disclosure",
    "notice",
    "organisations",
    "procedure",
    "registration",
    "restrictions",
    "roles",
    "sharing",
    "states",
    "temporary_uln",
    "updates",
    "users",
    "values",
    "verification",
]

from ulnlib.rules import (
    accounts,
    clauses,
    corrections,
    disclosure,
    notice,
    organisations,
    procedure,
    registration,
    restrictions,
    roles,
    sharing,
    states,
    temporary_uln,
    updates,
    users,
    values,
    verification,
)

"""Disclosure: is a message a breach, by which clause, and which words make it so.

A message is a breach by what it holds and by what it travels in. `check` says so with
positions and kinds; the words themselves come out only where they are asked for by
name, with `reveal`. `redact` puts a mark in the place of each.

What is looked for, and what is deliberately passed over, is told at `find`. The
detector reads text, not minds: a message that it finds clean may still say who
somebody is.

Examples:
    >>> message = "ULN 9900000004, born 4 May 2007"
    >>> found = check(message, Medium.UNENCRYPTED_EMAIL)
    >>> found.is_breach, found.clause
    (True, 'PG-1.4-4')
    >>> found.findings
    (Finding(uln, 4 to 14), Finding(date_of_birth, 21 to 31))
    >>> check(message, Medium.PORTAL_DATA_CHALLENGE).is_breach
    False
    >>> redact(message)
    'ULN [ULN], born [DATE OF BIRTH]'

Source: LRS portal guide, sections 1.4, 2.2, 6.2 and 6.3 (published).
"""

from __future__ import annotations

__all__ = [
    "NO_NAMES",
    "RULES",
    "Assessment",
    "Finding",
    "Ground",
    "Kind",
    "Medium",
    "Names",
    "Rule",
    "check",
    "find",
    "redact",
]

from ulnlib.rules.disclosure.detection import Finding, Kind, find, redact
from ulnlib.rules.disclosure.names import NO_NAMES, Names
from ulnlib.rules.disclosure.verdict import (
    RULES,
    Assessment,
    Ground,
    Medium,
    Rule,
    check,
)

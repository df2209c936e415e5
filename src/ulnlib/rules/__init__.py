"""The rules of the service, as pure functions and literal tables over plain values."""

from __future__ import annotations

__all__ = ["clauses", "registration", "sharing", "states"]

from ulnlib.rules import clauses, registration, sharing, states

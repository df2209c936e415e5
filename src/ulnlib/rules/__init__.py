"""The rules of the service, as pure functions and literal tables over plain values."""

from __future__ import annotations

__all__ = ["registration", "sharing"]

from ulnlib.rules import registration, sharing

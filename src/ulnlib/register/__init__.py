"""The embedded Learner Register: learners who have ULNs, in memory or in one file.

A register holds what the LRS has issued; only the LRS issues ULNs. A register that
was made as synthetic gives out numbers of its own from a test range, and says on
every profile that they are not real.

Examples:
    >>> from ulnlib import Learner, Query, Register
    >>> register = Register()
    >>> register.add(Learner(uln="1000000043", given_name="Ada", family_name="Example"))
    Uln('1000000043')
    >>> register.find("1000000043", "ADA", "example").version
    1
"""

from __future__ import annotations

__all__ = [
    "TEST_RANGE",
    "Done",
    "FormerValue",
    "Register",
    "Watched",
    "carry_out",
    "synthetic_ulns",
    "undo",
]

from typing import TYPE_CHECKING

from ulnlib.register.numbers import TEST_RANGE, synthetic_ulns
from ulnlib.register.store import FormerValue, Register
from ulnlib.register.watched import Watched

if TYPE_CHECKING:
    from ulnlib.register.requests import Done, carry_out, undo


def __getattr__(name: str) -> object:
    """Load what carries out requests at its first use: few callers merge ULNs."""
    if name in {"Done", "carry_out", "undo"}:
        from ulnlib.register import requests

        return getattr(requests, name)
    raise AttributeError(f"module 'ulnlib.register' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the names of the register."""
    return __all__

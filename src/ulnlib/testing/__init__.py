"""Invented people and numbers for tests: ours, and those of programs that use ulnlib.

`population` makes learners who look like real ones and are nobody; `merges` says
which of their records a register should link; `trials` asks for them with mistakes, and
knows who would be right; `catalogues` makes qualifications with structures, and what
somebody may have of them; `strategies` are for Hypothesis.

Nothing here is a real person's. Numbers are of the test range (the first nine digits
from 990000000 on), postcodes of areas that do not exist, e-mail addresses of domains
that are set aside for examples, and towns and schools are made up. Names are common
ones, put together by chance. The tables are not those of the matcher, so that a test
of matching cannot go well merely because both know the same names.

Examples:
    >>> from ulnlib.testing import population
    >>> [learner.uln for learner in population(3)]
    ['9900000004', '9900000012', '9900000020']
"""

from __future__ import annotations

__all__ = [
    "catalogues",
    "merges",
    "population",
    "strategies",
    "structures",
    "trials",
]

from typing import TYPE_CHECKING

from ulnlib.testing import trials
from ulnlib.testing.people import merges, population

if TYPE_CHECKING:
    from ulnlib.testing import catalogues, strategies, structures


def __getattr__(name: str) -> object:
    """Load what not everybody needs, Hypothesis among it, at its first use."""
    if name in {"catalogues", "strategies", "structures"}:
        from importlib import import_module

        return import_module(f"ulnlib.testing.{name}")
    raise AttributeError(f"module 'ulnlib.testing' has no attribute {name!r}")

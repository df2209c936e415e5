"""Invented people and numbers for tests: ours, and those of programs that use ulnlib.

`population` makes learners who look like real ones and are nobody; `merges` says
which of their records a register should link; `trials` asks for them with mistakes, and
knows who would be right; `catalogue` makes qualifications with structures, and
`learner_units` what somebody may have of them; `strategies` are for Hypothesis.

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

__all__ = ["catalogue", "learner_units", "merges", "population", "strategies", "trials"]

from typing import TYPE_CHECKING

from ulnlib.testing import trials
from ulnlib.testing.people import merges, population

if TYPE_CHECKING:
    from ulnlib.testing import strategies
    from ulnlib.testing.catalogues import catalogue, learner_units


def __getattr__(name: str) -> object:
    """Load the strategies, and Hypothesis with them, at their first use."""
    from importlib import import_module

    if name == "strategies":
        return import_module("ulnlib.testing.strategies")
    if name in {"catalogue", "learner_units"}:
        return getattr(import_module("ulnlib.testing.catalogues"), name)
    raise AttributeError(f"module 'ulnlib.testing' has no attribute {name!r}")

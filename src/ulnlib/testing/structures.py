"""Hypothesis strategies for rules of combination and achievements.

What they give uses every part of the model, makes seldom sense, and has names that try
to break a form: for whoever stores, sends or shows structures.

Needs the extra `testing`: `pip install 'ulnlib[testing]'`.
"""

from __future__ import annotations

__all__ = ["achievements", "structures", "units"]

import datetime as dt
from functools import cache
from typing import Any, TypeVar

from ulnlib.errors import MissingExtra
from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    Kind,
    Level,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra("testing") from error

_REFERENCES = ("Y/506/1910", "T/506/2952", "D5061942")
_HARD_WORDS = (
    "A",
    "Optional Group B",
    "group",
    "at",
    "none",
    "total 3",
    "Level 3",
    "-",
    "- a",
    "a--b",
    'say "x"',
    "a: b",
    "a, b; c",
    "[x]",
    "# x",
    " x ",
    "\N{LATIN SMALL LETTER E WITH ACUTE}\N{NO-BREAK SPACE}x",
    "two\nlines",
    "\N{LINE SEPARATOR}",
    "\ud800",
)
_FIRST, _LAST = dt.date(1800, 1, 1), dt.date(2099, 12, 31)

_Made = TypeVar("_Made")


def _some(
    strategy: st.SearchStrategy[_Made], most: int = 2
) -> st.SearchStrategy[list[_Made]]:
    return st.lists(strategy, max_size=most)


def _words() -> st.SearchStrategy[str]:
    return st.sampled_from(_HARD_WORDS) | st.text(max_size=8)


def _numbers() -> st.SearchStrategy[int]:
    return st.integers(-3, 70) | st.integers(-(10**14), 10**14)


def _levels() -> st.SearchStrategy[Level | str | None]:
    return st.none() | st.sampled_from(Level) | _words()


def _days() -> st.SearchStrategy[dt.date | None]:
    return st.none() | st.dates(_FIRST, _LAST)


def _kinds() -> st.SearchStrategy[list[Kind]]:
    return _some(st.sampled_from(Kind), 3)


@cache
def units() -> st.SearchStrategy[Unit]:
    """Return a strategy for units as structures list them, right or wrong.

    Returns:
        A strategy for `Unit`.
    """
    maybe = st.none() | _numbers()
    return st.builds(
        Unit,
        _words() | st.sampled_from(_REFERENCES),
        maybe,
        _levels(),
        _words(),
        hours=maybe,
        subject_areas=_some(_words()),
        is_imported=st.booleans(),
        withdrawn=_days(),
        expires=_days(),
        is_sensitive=st.booleans(),
    )


@cache
def _groups() -> st.SearchStrategy[Group]:
    maybe = st.none() | _numbers()
    other = st.builds(
        OtherCredit,
        level=_levels(),
        subject_areas=_some(_words()),
        also_listed=st.booleans(),
    )

    def around(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
        return st.builds(
            Group,
            name=_words(),
            units=_some(units()),
            groups=below,
            other=st.none() | other,
            min_credit=maybe,
            max_credit=maybe,
            min_subcomponents=maybe,
            max_subcomponents=maybe,
            is_mandatory=st.booleans(),
            level_minimum=st.none() | st.builds(LevelMinimum, _levels(), _numbers()),
            is_outside_level_minimum=st.booleans(),
            months=maybe,
            is_complete=st.booleans(),
            label=_words(),
            description=_words(),
        )

    leaves = around(st.just(()))
    return st.recursive(leaves, lambda below: around(_some(below, 3)), max_leaves=5)


@cache
def structures() -> st.SearchStrategy[Structure]:
    """Return a strategy for structures, right or wrong.

    Returns:
        A strategy for `Structure`.
    """
    maybe = st.none() | _numbers()
    references = _some(_words(), 3)
    shares = st.integers(-10, 110) | st.fractions(-200, 200, max_denominator=9).filter(
        lambda share: share.denominator > 1
    )
    cap = st.builds(
        Cap,
        credit=maybe,
        percent=st.none() | shares,
        kinds=_kinds(),
        is_imported=st.booleans(),
        at_most_level=_levels(),
        at_least_level=_levels(),
        group=st.none() | _words(),
        name=_words(),
    )
    return st.builds(
        Structure,
        name=_words(),
        total=maybe,
        root=_groups(),
        level=_levels(),
        min_credit_at_level=maybe,
        reference=_words(),
        bars=_some(st.builds(Bar, _words(), references, _words())),
        at_most=_some(st.builds(AtMost, _numbers(), references, _words())),
        equivalents=_some(st.builds(Equivalent, _words(), references)),
        caps=_some(cap),
        time_limits=_some(st.builds(TimeLimit, months=_numbers(), kinds=_kinds())),
        requirements=_some(st.builds(Requirement, _words(), _words())),
        additional_units=_some(units()),
        certification_end=_days(),
    )


@cache
def achievements() -> st.SearchStrategy[list[Achievement]]:
    """Return a strategy for what somebody has achieved, right or wrong.

    Returns:
        A strategy for lists of `Achievement`; each names a unit.
    """
    return _some(
        st.builds(
            Achievement,
            st.sampled_from(_REFERENCES) | _words().filter(bool),
            st.none() | _numbers(),
            _levels(),
            _days(),
            source=_words(),
            id=_words(),
            kind=st.sampled_from(Kind),
            subject_areas=_some(_words()),
            group=st.none() | _words(),
            title=_words(),
        ),
        3,
    )

"""Rows of files that are no LRB files: their values, and what is wrong with them.

A layout says which values there are; what goes together is said by its kind.
"""

from __future__ import annotations

__all__ = ["EntryRules"]

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import attrs

from ulnlib.batch.layouts.achievement import ACHIEVEMENT, check_achievement
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.verification import VLD_OUTPUT
from ulnlib.codes import FailureFlag
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, issue
from ulnlib.learner import Learner
from ulnlib.rules import values

Check = Callable[[Mapping[str, str], dt.date | None], Iterator[Issue]]


def _check_flags(given: Mapping[str, str], _: dt.date | None) -> Iterator[Issue]:
    known = {flag.value for flag in FailureFlag}
    found = re.findall(r"\w+", given.get("failure_flags", ""))
    if not known.issuperset(found):
        yield issue("verify-flags", "failure_flags")


_CHECKS: Mapping[str, Check] = MappingProxyType(
    {ACHIEVEMENT.kind: check_achievement, VLD_OUTPUT.kind: _check_flags}
)


@attrs.frozen
class EntryRules:
    """What the rows of a file are checked against.

    Attributes:
        layout: The layout of the file.
        as_of: The day of the check; without it nothing lies in the future.
    """

    layout: Layout
    as_of: dt.date | None
    _accepted: Mapping[str, tuple[str, ...]] = attrs.field(init=False, repr=False)
    _mandatory: frozenset[str] = attrs.field(init=False, repr=False)
    _order: Mapping[str, int] = attrs.field(init=False, repr=False)

    @_accepted.default
    def _fields(self) -> Mapping[str, tuple[str, ...]]:
        columns = self.layout.columns
        return {one.name: one.accepted for one in columns if one.name in FIELDS}

    @_mandatory.default
    def _needed(self) -> frozenset[str]:
        return frozenset(one.name for one in self.layout.columns if one.is_mandatory)

    @_order.default
    def _places(self) -> Mapping[str, int]:
        return {one.name: place for place, one in enumerate(self.layout.columns)}

    def further(self, by_name: Mapping[str, str]) -> Mapping[str, str]:
        """Return the values of a row that are no learner's field.

        Args:
            by_name: All values of the row that are given.
        """
        own = [column.name for column in self.layout.own_columns]
        return MappingProxyType({n: by_name[n] for n in own if n in by_name})

    def check(self, learner: Learner, further: Mapping[str, str]) -> list[Issue]:
        """Return what is wrong with a row, in the order of the columns.

        Args:
            learner: Its values that are a learner's.
            further: The others that are given.
        """
        found = values.check_values(learner, self._accepted, self._mandatory)
        for column in self.layout.own_columns:
            value, field = further.get(column.name), column.own
            if field is None:
                continue
            if value:
                found += values.check_value(field, value, column.accepted)
            elif column.is_mandatory:
                found.append(issue("mandatory-missing", field.name, label=field.label))
        wrong = {item.field for item in found}
        extra = _CHECKS.get(self.layout.kind)
        if extra is not None:
            found += [
                item for item in extra(further, self.as_of) if item.field not in wrong
            ]
        return sorted(found, key=lambda item: self._order[str(item.path[0])])

"""A query for routes, as a value that can be saved."""

from __future__ import annotations

__all__ = ["AGE_RANGES", "COUNTRIES", "ENTRY", "RouteQuery", "named_levels"]

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import attrs

from ulnlib._text import squeeze
from ulnlib.errors import InvalidDate, InvalidValue
from ulnlib.qualifications import Level, Size, compact_reference
from ulnlib.rules.routes.areas import find_subject_area

VERSION = 1
KIND = "route-query"

COUNTRIES: tuple[str, ...] = ("England", "Wales", "Northern Ireland")
"""Where a qualification is offered.

Source: web-service schemas of release 9, type RtaOneQueryResult (observed).
"""

AGE_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "pre-16": (0, 15),
        "16-18": (16, 18),
        "18+": (18, 150),
        "19+": (19, 150),
    }
)
"""For whom a qualification is: the first and the last age in whole years of each range.

Source: web-service schemas of release 9, type RtaOneQueryResult (observed: the names;
the ages are read from them).
"""

ENTRY = "Entry"
"""Entry level, without saying which of the three.

Source: register of regulated qualifications, level "Entry Level" (observed).
"""

_SEVERAL = re.compile(
    r"(?P<entry>e|entry(?:[ -]level)?)?(?:levels?|l)?[ -]*(?P<low>[1-8])"
    r" ?[/-] ?(?:e|entry(?:[ -]level)?|level|l)?[ -]*(?P<high>[1-8])"
)
_ENTRIES = {"e", "entry", "entry level", "entry-level"}


@lru_cache(maxsize=1024)
def named_levels(level: Level | str | None) -> frozenset[str]:
    """Return the levels that the level of a qualification names.

    Args:
        level: A level, or the text of the register where it names no single one:
            `Entry Level`, `Level 1/2`.

    Returns:
        Values of `Level`, and `Entry` beside each of the three entry levels, or
        alone; nothing when the level is not given, or not known.

    Source: register of regulated qualifications (observed: Entry Level, Level 1/2).
    """
    if level is None:
        return frozenset()
    if isinstance(level, Level):
        return frozenset({level.value} | ({ENTRY} if level.startswith("E") else set()))
    word = squeeze(level).casefold()
    if word in _ENTRIES:
        return frozenset({ENTRY})
    found = _SEVERAL.fullmatch(word)
    if found is None:
        one = Level.of(word)
        return frozenset() if one is None else named_levels(one)
    numbers = range(int(found["low"]), int(found["high"]) + 1)
    names = [f"E{n}" if found["entry"] else str(n) for n in numbers]
    # Entry 4 is none.
    levels = [level for level in Level if level.value in names]
    return frozenset().union(*map(named_levels, levels))


# --- what a filter takes ----------------------------------------------------------


def _text(value: str | None) -> str | None:
    return None if value is None else squeeze(value) or None


def _reference(value: str | None) -> str | None:
    return None if value is None else compact_reference(value) or None


def _references(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        values = (values,)
    return tuple(dict.fromkeys(filter(None, map(compact_reference, values))))


def _level(value: Level | str | int | None) -> str | None:
    if value is None or isinstance(value, Level):
        return value
    text = squeeze(str(value)).casefold()
    if text in _ENTRIES:
        return ENTRY
    level = Level.of(text)
    if level is None:
        raise InvalidValue("level", "a level is Entry, Entry 1 to 3, or 1 to 8")
    return level


def _size(value: Size | str | None) -> Size | None:
    if value is None or isinstance(value, Size):
        return value
    for size in Size:
        if size.casefold() == value.strip().casefold():
            return size
    raise InvalidValue("size", "a size is Award, Certificate or Diploma")


def _areas(values: Iterable[str] | None) -> tuple[str, ...]:
    if values is None:
        return ()
    if isinstance(values, str):
        values = (values,)
    codes = []
    for text in values:
        area = find_subject_area(text)
        if area is None:
            message = "a sector subject area is a code, such as 15.3 or 15, or its name"
            raise InvalidValue("subject-area", message)
        codes.append(area.code)
    return tuple(dict.fromkeys(codes))


def _country(value: str | None) -> str | None:
    if value is None:
        return None
    for country in COUNTRIES:
        if country.casefold() == squeeze(value).casefold():
            return country
    raise InvalidValue("country", f"a country is one of {', '.join(COUNTRIES)}")


def _age(value: int | str | None) -> int | str | None:
    if value is None or value in AGE_RANGES:
        return value
    text = str(value).strip()
    if re.fullmatch("[0-9]{1,3}", text, flags=re.ASCII):
        return int(text)
    words = ", ".join(AGE_RANGES)
    raise InvalidValue("age", f"an age is one of {words}, or a number of years")


def _day(value: dt.date | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value


@attrs.frozen(kw_only=True)
class RouteQuery:
    """Which qualifications to look for, and what to count towards them.

    A filter that is None, or empty, lets everything through. Filters narrow each
    other down. What a qualification does not say it does not match: one without
    countries is not found by country. An open end of its dates is no end.

    Attributes:
        keyword: Words that must all occur in the title, in any order and as part of a
            word too; case and accents make no difference.
        number: The qualification number, with obliques or without.
        level: A level, or `Entry` for any of the three entry levels. A qualification
            at level 1/2 is found by both.
        size: Award, Certificate or Diploma.
        subject_area: Codes of sector subject areas (`15.3`, or `15` for all of its
            first tier) of which one must be the qualification's; names are taken.
        country: Where it must be offered: England, Wales or Northern Ireland.
        age: For whom it must be: `pre-16`, `16-18`, `18+`, `19+`, or an age in years.
        in_operation_on: A day on which somebody must be able to begin it.
        must_contain: References of units that its structure must all list; a unit
            that is equivalent to a listed one will do.
        what_if: References of units to count as if the learner had them.
        include_learner_units: Whether to count the learner's own units.
        name: By which a caller tells saved queries apart.

    Raises:
        InvalidValue: A level, size, subject area, country or age that is none.

    Source: web-service schemas of release 9, types ExecuteRta and RtaOneQuery
    (observed); what each filter compares is assumed.

    Examples:
        >>> query = RouteQuery(keyword="beauty", level="Level 2", number=None)
        >>> query == RouteQuery.from_json(query.to_json())
        True
    """

    keyword: str | None = attrs.field(default=None, converter=_text)
    number: str | None = attrs.field(default=None, converter=_reference)
    level: str | None = attrs.field(default=None, converter=_level)
    size: Size | None = attrs.field(default=None, converter=_size)
    subject_area: tuple[str, ...] = attrs.field(default=(), converter=_areas)
    country: str | None = attrs.field(default=None, converter=_country)
    age: int | str | None = attrs.field(default=None, converter=_age)
    in_operation_on: dt.date | None = attrs.field(default=None, converter=_day)
    must_contain: tuple[str, ...] = attrs.field(default=(), converter=_references)
    what_if: tuple[str, ...] = attrs.field(default=(), converter=_references)
    include_learner_units: bool = True
    # A caller may call it by a learner.
    name: str | None = attrs.field(default=None, converter=_text, repr=False)

    def to_dict(self) -> dict[str, object]:
        """Return the query as plain values, for JSON.

        Source: ours; the members are the attributes, `kind` and `version`.
        """
        values = attrs.asdict(self)
        day = self.in_operation_on
        values |= {
            "level": None if self.level is None else str(self.level),
            "size": None if self.size is None else self.size.value,
            "subject_area": list(self.subject_area),
            "in_operation_on": None if day is None else day.isoformat(),
            "must_contain": list(self.must_contain),
            "what_if": list(self.what_if),
        }
        return {"version": VERSION, "kind": KIND, **values}

    def to_json(self) -> str:
        """Return the query as JSON, to save it.

        Source: ours; docs/reference/json/route-query.schema.json.
        """
        return json.dumps(self.to_dict(), indent=2)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> RouteQuery:
        """Return the query that plain values describe.

        Args:
            values: Members as `to_dict` gives them. One that is missing is not given,
                and one that is not known is passed over, as later releases may have it.

        Raises:
            InvalidValue: Another version or kind, or a member of another type.

        Source: ours.
        """
        if values.get("kind") != KIND:
            raise InvalidValue("kind", f"this is no saved query of kind {KIND}")
        if values.get("version") != VERSION:
            raise InvalidValue("version", f"only version {VERSION} can be read")
        given = {}
        for name, takes in _MEMBERS.items():
            value = values.get(name)
            if value is None:
                continue
            if not takes.is_right(value):
                raise InvalidValue("member", f"the member {name} is not {takes.what}")
            given[name] = value
        day = given.get("in_operation_on")
        if day is not None:
            given["in_operation_on"] = _iso_day(day)
        return cls(**given)

    @classmethod
    def from_json(cls, text: str | bytes) -> RouteQuery:
        """Return the query that JSON describes.

        Args:
            text: As `to_json` gives it.

        Raises:
            InvalidValue: It is no JSON, or no saved query of this version.

        Source: ours.
        """
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            values = None  # raised below, so that the text hangs on no exception
        return cls.from_dict(values if isinstance(values, dict) else {})


def _iso_day(text: str) -> dt.date:
    from ulnlib._dates import parse_date

    try:
        return parse_date(text)
    except InvalidDate as error:
        raise InvalidValue("member", f"in_operation_on: {error.message}") from None


@attrs.frozen
class _Member:
    """What a member of a saved query has to be."""

    what: str
    is_right: Callable[[object], bool]


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_age(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


_TEXT = _Member("a text", lambda value: isinstance(value, str))
_TEXTS = _Member("a list of texts", _is_texts)
_MEMBERS: Mapping[str, _Member] = {
    "keyword": _TEXT,
    "number": _TEXT,
    "level": _TEXT,
    "size": _TEXT,
    "subject_area": _TEXTS,
    "country": _TEXT,
    "age": _Member("a text or a whole number", _is_age),
    "in_operation_on": _TEXT,
    "must_contain": _TEXTS,
    "what_if": _TEXTS,
    "include_learner_units": _Member(
        "true or false", lambda value: isinstance(value, bool)
    ),
    "name": _TEXT,
}

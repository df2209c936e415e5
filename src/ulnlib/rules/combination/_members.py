"""The members of the JSON form: one table for reading, writing and the schema.

Each value of the model is an object whose members have the names of its attributes. The
table says of what sort each is; the rest of this module reads and writes by it.
"""

from __future__ import annotations

__all__ = [
    "DAY",
    "FLAG",
    "FORMS",
    "KIND",
    "KINDS",
    "LEVEL",
    "SHARE",
    "TEXT",
    "TEXTS",
    "WHOLE",
    "Form",
    "Many",
    "One",
    "Sort",
    "read_members",
    "read_value",
    "write_value",
]

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

import attrs

from ulnlib._dates import parse_date
from ulnlib.errors import InvalidDate
from ulnlib.issues import Issue, Path, issue
from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    Kind,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)
from ulnlib.rules.combination._json import NOT_A_VALUE, Members

_LARGEST = 10**15
_SHARE = re.compile(r"-?[0-9]{1,9}(?:/[1-9][0-9]{0,8})?", re.ASCII)


@attrs.frozen
class Sort:
    """A sort of plain value.

    Attributes:
        words: What it is called in a finding.
        read: Returns the value for the model, or `NOT_A_VALUE`.
        write: Returns the plain value.
    """

    words: str
    read: Callable[[object], object]
    write: Callable[[object], object] = lambda value: value


@attrs.frozen
class One:
    """One value of the model, as an object."""

    of: type


@attrs.frozen
class Many:
    """A list of values of the model, as an array of objects."""

    of: type


Form = Mapping[str, Sort | One | Many]


# --- the sorts --------------------------------------------------------------------


def _text(value: object) -> object:
    return value if isinstance(value, str) else NOT_A_VALUE


def _whole(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return NOT_A_VALUE
    return value if abs(value) < _LARGEST else NOT_A_VALUE


def _flag(value: object) -> object:
    return value if isinstance(value, bool) else NOT_A_VALUE


def _day(value: object) -> object:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    try:
        return parse_date(value) if isinstance(value, str) else NOT_A_VALUE
    except InvalidDate:
        return NOT_A_VALUE


def _level(value: object) -> object:
    number = _whole(value)
    if number is not NOT_A_VALUE:
        return str(number)
    return _text(value)


def _share(value: object) -> object:
    """Return a share in hundredths; 33 1/3 is written `100/3`."""
    if isinstance(value, Fraction):
        share = value
    elif isinstance(value, str):
        if _SHARE.fullmatch(value) is None:
            return NOT_A_VALUE
        share = Fraction(value)
    elif isinstance(value, float):
        # As it was written: 12.5, and not the binary number next to it.
        if not abs(value) < _LARGEST:
            return NOT_A_VALUE
        share = Fraction(repr(value))
    else:
        return _whole(value)
    return share.numerator if share.denominator == 1 else share


def _kind(value: object) -> object:
    return Kind(value) if isinstance(value, str) and value in _KINDS else NOT_A_VALUE


def _list_of(read: Callable[[object], object]) -> Callable[[object], object]:
    def read_list(value: object) -> object:
        if not isinstance(value, list | tuple):
            return NOT_A_VALUE
        values = tuple([read(one) for one in value])
        return NOT_A_VALUE if NOT_A_VALUE in values else values

    return read_list


def _as_texts(value: object) -> list[str]:
    return [str(one) for one in value]  # type: ignore[attr-defined]


def _written_share(value: object) -> object:
    return str(value) if isinstance(value, Fraction) else value


_KINDS = frozenset(Kind)
_ONE_OF = ", ".join(Kind)

TEXT = Sort("a text", _text)
WHOLE = Sort("a whole number", _whole)
FLAG = Sort("true or false", _flag)
DAY = Sort("a date written YYYY-MM-DD", _day, str)
LEVEL = Sort("a level", _level, str)
SHARE = Sort("a number, or a fraction such as 100/3", _share, _written_share)
KIND = Sort(f"one of {_ONE_OF}", _kind, str)
KINDS = Sort(f"a list of some of {_ONE_OF}", _list_of(_kind), _as_texts)
TEXTS = Sort("a list of texts", _list_of(_text), _as_texts)

# --- the members, in the order in which they are written --------------------------

FORMS: Mapping[type, Form] = MappingProxyType(
    {
        Unit: {
            "reference": TEXT,
            "credit": WHOLE,
            "level": LEVEL,
            "title": TEXT,
            "hours": WHOLE,
            "subject_areas": TEXTS,
            "is_imported": FLAG,
            "withdrawn": DAY,
            "expires": DAY,
            "is_sensitive": FLAG,
        },
        LevelMinimum: {"level": LEVEL, "credit": WHOLE},
        OtherCredit: {"level": LEVEL, "subject_areas": TEXTS, "also_listed": FLAG},
        Group: {
            "name": TEXT,
            "label": TEXT,
            "description": TEXT,
            "is_mandatory": FLAG,
            "min_credit": WHOLE,
            "max_credit": WHOLE,
            "min_subcomponents": WHOLE,
            "max_subcomponents": WHOLE,
            "level_minimum": One(LevelMinimum),
            "is_outside_level_minimum": FLAG,
            "months": WHOLE,
            "is_complete": FLAG,
            "other": One(OtherCredit),
            "units": Many(Unit),
            "groups": Many(Group),
        },
        Bar: {"unit": TEXT, "targets": TEXTS, "description": TEXT},
        AtMost: {"count": WHOLE, "units": TEXTS, "description": TEXT},
        Equivalent: {"unit": TEXT, "others": TEXTS},
        Cap: {
            "name": TEXT,
            "credit": WHOLE,
            "percent": SHARE,
            "kinds": KINDS,
            "is_imported": FLAG,
            "at_most_level": LEVEL,
            "at_least_level": LEVEL,
            "group": TEXT,
        },
        TimeLimit: {"months": WHOLE, "kinds": KINDS},
        Requirement: {"name": TEXT, "description": TEXT},
        Structure: {
            "name": TEXT,
            "reference": TEXT,
            "total": WHOLE,
            "level": LEVEL,
            "min_credit_at_level": WHOLE,
            "certification_end": DAY,
            "root": One(Group),
            "bars": Many(Bar),
            "at_most": Many(AtMost),
            "equivalents": Many(Equivalent),
            "caps": Many(Cap),
            "time_limits": Many(TimeLimit),
            "requirements": Many(Requirement),
            "additional_units": Many(Unit),
        },
        Achievement: {
            "unit": TEXT,
            "credit": WHOLE,
            "level": LEVEL,
            "date": DAY,
            "source": TEXT,
            "id": TEXT,
            "kind": KIND,
            "subject_areas": TEXTS,
            "group": TEXT,
            "title": TEXT,
        },
    }
)

# What stands for a member that is missing; without one there is no value. A text is the
# empty one, so that the values after it keep their places.
_STAND_INS: Mapping[tuple[type, str], object] = MappingProxyType(
    {
        (Unit, "reference"): "",
        (Group, "name"): "",
        (LevelMinimum, "level"): None,
        (Structure, "name"): "",
        (Structure, "total"): None,
        (Achievement, "unit"): "",
    }
)
# What follows when these are missing is said elsewhere: by the linter, by the reader.
_MAY_BE_MISSING = frozenset(
    {(LevelMinimum, "level"), (Structure, "total"), (Achievement, "unit")}
)


def _defaults(model: type) -> dict[str, object]:
    return {
        field.name: field.default
        for field in attrs.fields(model)
        if field.default is not attrs.NOTHING
    }


_DEFAULTS = {model: _defaults(model) for model in FORMS}
_REQUIRED = {
    model: tuple(name for name in form if name not in _DEFAULTS[model])
    for model, form in FORMS.items()
}


# --- reading ----------------------------------------------------------------------


def read_members(
    model: type, value: object, path: Path, found: list[Issue], *, apart: str = ""
) -> dict[str, object] | None:
    """Return the arguments for a value of the model.

    Args:
        model: The class.
        value: A plain value, an object where all is well.
        path: Where it stands.
        found: Takes the findings.
        apart: A member that the caller reads.

    Returns:
        The arguments; None when a value cannot be made of them.
    """
    if not isinstance(value, Mapping):
        found.append(issue("form-type", *path, expected="an object"))
        return None
    form = FORMS[model]
    arguments: dict[str, object] = {}
    for position, (name, member) in enumerate(value.items(), 1):
        if not isinstance(name, str) or name not in form:
            found.append(_unknown(name, position, form, path))
        elif name != apart and member is not None:
            read = _read_member(form[name], member, (*path, name), found)
            if read is not NOT_A_VALUE:
                arguments[name] = read
    if isinstance(value, Members):
        found += [
            issue("form-member-twice", *path, *([name] if name in form else []))
            for name in value.repeated
        ]
    missing = [
        name for name in _REQUIRED[model] if name not in arguments and name != apart
    ]
    found += [
        issue("form-member-missing", *path, label=name)
        for name in missing
        # Otherwise it is of the wrong type, and that is said.
        if value.get(name) is None and (model, name) not in _MAY_BE_MISSING
    ]
    for name in missing:
        if (model, name) not in _STAND_INS:
            return None
        arguments[name] = _STAND_INS[model, name]
    return arguments


def _unknown(name: object, position: int, form: Form, path: Path) -> Issue:
    """Return the finding of a member that there is not; its name is not repeated."""
    if isinstance(name, str) and len(name) <= 40:
        near = difflib.get_close_matches(name.casefold(), form, 1, 0.75)
        if near:
            return issue(
                "form-member-misspelt", *path, position=position, right=near[0]
            )
    return issue("form-member-unknown", *path, position=position)


def _read_member(
    sort: Sort | One | Many, value: object, path: Path, found: list[Issue]
) -> object:
    if isinstance(sort, Sort):
        read = sort.read(value)
        if read is NOT_A_VALUE:
            found.append(issue("form-type", *path, expected=sort.words))
        return read
    if isinstance(sort, One):
        one = read_value(sort.of, value, path, found)
        return NOT_A_VALUE if one is None else one
    return tuple(_read_many(sort.of, value, path, found))


def _read_many(
    model: type, value: object, path: Path, found: list[Issue]
) -> Iterator[object]:
    if not isinstance(value, list | tuple):
        found.append(issue("form-type", *path, expected="a list"))
        return
    for position, plain in enumerate(value, 1):
        one = read_value(model, plain, (*path, position), found)
        if one is not None:
            yield one


def read_value(
    model: type, value: object, path: Path, found: list[Issue]
) -> object | None:
    """Return a value of the model, made of a plain one.

    Groups are not read so, for they nest: see `ulnlib.rules.combination.forms`.

    Args:
        model: The class.
        value: A plain value, an object where all is well.
        path: Where it stands.
        found: Takes the findings.

    Returns:
        The value, or None when none can be made.
    """
    arguments = read_members(model, value, path, found)
    made: object | None = None if arguments is None else model(**arguments)
    return made


# --- writing ----------------------------------------------------------------------


def write_value(value: object, *, apart: str = "") -> dict[str, object]:
    """Return a value of the model as an object of plain values.

    Args:
        value: The value.
        apart: A member that the caller writes.

    Returns:
        What differs from the default, and what has none.
    """
    model = type(value)
    defaults = _DEFAULTS[model]
    plain: dict[str, object] = {}
    for name, sort in FORMS[model].items():
        member = getattr(value, name)
        if name == apart or member is None:
            continue
        if isinstance(sort, Sort):
            if name not in defaults or member != defaults[name]:
                plain[name] = sort.write(member)
        elif isinstance(sort, One):
            plain[name] = write_value(member)
        elif member:
            plain[name] = [write_value(one) for one in member]
    return plain

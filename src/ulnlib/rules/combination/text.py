"""Structures as short text that a person reads and writes: for tests and documents.

One statement a line; what stands further in belongs to the group above it. The page on
rules of combination describes every statement.

Examples:
    >>> file = parse_text('''
    ... Level 2 Certificate in Examples
    ... total 14; level 2; 9 at level
    ... group Core: mandatory, 8 credits
    ...   Y/506/1910  5  L2  Communicate
    ...   T/506/2952  3  L1  Develop
    ... group Options: mandatory, at least 6 credits, incomplete
    ... bar Y/506/1910: T/506/2952
    ... ''')
    >>> file.report, file.structure.total
    (Report(fatal=0, errors=0, warnings=0), 14)
    >>> print(to_text(file.structure).splitlines()[2])
    group Core: mandatory, 8 credits

Source: ours.
"""

from __future__ import annotations

__all__ = ["parse_text", "to_text"]

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

import attrs

from ulnlib._dates import parse_date
from ulnlib.errors import InvalidDate, InvalidValue
from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import (
    AtMost,
    Bar,
    Cap,
    Equivalent,
    Group,
    GroupKind,
    Kind,
    Level,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)
from ulnlib.rules.combination.forms import MAX_DEPTH, StructureFile

# --- words ------------------------------------------------------------------------

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_BARE = re.compile(r"[^\s\",:;#\[\]-](?:[^\",:;\[\]]*[^\s\",:;\[\]])?")
_BARE_TITLE = re.compile(r"[^\s\"#\[-](?:[^\"]*[^\s\"])?")
_BARE_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*", re.ASCII)


class _Unclear(Exception):
    """A statement cannot be understood; ends in a finding for its line."""


class _Deep(Exception):
    """A group stands deeper than groups may; all below it is left out."""


def _quote(text: str) -> str:
    return json.dumps(text)


def _name(text: str) -> str:
    """Return a name as it is written: as it is, or quoted where it would be misread."""
    is_plain = _BARE.fullmatch(text) and text.isprintable() and "--" not in text
    return text if is_plain else _quote(text)


def _words(text: str) -> str:
    """Return words for people as they are written at the end of a line."""
    is_plain = _BARE_TITLE.fullmatch(text) and text.isprintable()
    return text if is_plain else _quote(text)


def _word(text: str) -> str:
    return text if _BARE_WORD.fullmatch(text) else _quote(text)


def _read(text: str) -> str:
    """Return the text that was written by one of the three above."""
    text = text.strip()
    if not text.startswith('"'):
        return text
    try:
        read = json.loads(text)
    except ValueError:
        raise _Unclear from None
    return str(read)


def _split(text: str, mark: str, most: int = -1) -> list[str]:
    """Return the parts of a text between marks that stand outside quotation marks."""
    parts: list[str] = []
    start = 0
    for found in re.finditer(rf"{_QUOTED}|{re.escape(mark)}", text):
        if found[0] == mark and len(parts) != most:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return parts


def _list(text: str) -> list[str]:
    return [_read(one) for one in _split(text, ",")] if text.strip() else []


def _day_of(text: str) -> object:
    try:
        return parse_date(text)
    except InvalidDate:
        raise _Unclear from None


# --- levels and kinds -------------------------------------------------------------


def _short_level(level: Level | str | None) -> str:
    """Return a level as a unit's line has it: `L3`, `E2`, `-`, or a quoted text."""
    if level is None:
        return "-"
    if not isinstance(level, Level):
        return _quote(level)
    return level.value if level.value.startswith("E") else f"L{level.value}"


def _long_level(level: Level | str | None) -> str:
    """Return a level as an option has it: `3`, `E2`, `none`, or a quoted text."""
    if level is None:
        return "none"
    return level.value if isinstance(level, Level) else _quote(level)


def _level(text: str) -> str | None:
    text = text.strip()
    return None if text in {"-", "none"} else _read(text)


def _kinds(text: str) -> tuple[Kind, ...]:
    try:
        return tuple([Kind(word) for word in text.split()])
    except ValueError:
        raise _Unclear from None


# --- options: a table for reading -------------------------------------------------

_Options = dict[str, object]
_Reader = Callable[[re.Match[str]], _Options]
_INT = r"(-?[0-9]{1,15})"
_REST = r"(.*)"


def _bounds(minimum: str, maximum: str) -> list[tuple[str, _Reader]]:
    """Return how the bounds of credits, or of subcomponents, are written."""
    noun = "credits?" if minimum == "min_credit" else "(?:units?|groups?|parts?)"
    return [
        (
            rf"{_INT} {noun}",
            lambda m: {minimum: int(m[1]), maximum: int(m[1])},
        ),
        (
            rf"{_INT} to {_INT} {noun}",
            lambda m: {minimum: int(m[1]), maximum: int(m[2])},
        ),
        (rf"at least {_INT} {noun}", lambda m: {minimum: int(m[1])}),
        (rf"at most {_INT} {noun}", lambda m: {maximum: int(m[1])}),
    ]


_Table = tuple[tuple[re.Pattern[str], _Reader], ...]


def _table(rows: Iterable[tuple[str, _Reader]]) -> _Table:
    return tuple([(re.compile(row, re.ASCII), reader) for row, reader in rows])


_OF_GROUP = _table(
    [
        ("mandatory", lambda _: {"is_mandatory": True}),
        *_bounds("min_credit", "max_credit"),
        *_bounds("min_subcomponents", "max_subcomponents"),
        (
            rf"(?:at least )?{_INT} at level {_REST}",
            lambda m: {"level_minimum": LevelMinimum(_level(m[2]), int(m[1]))},
        ),
        ("outside level minimum", lambda _: {"is_outside_level_minimum": True}),
        (rf"within {_INT} months?", lambda m: {"months": int(m[1])}),
        ("incomplete", lambda _: {"is_complete": False}),
        ("other credit", lambda _: {"other": {}}),
        (rf"other level {_REST}", lambda m: {"other": {"level": _level(m[1])}}),
        (
            rf"other area {_REST}",
            lambda m: {"other": {"subject_areas": (_read(m[1]),)}},
        ),
        ("other also listed", lambda _: {"other": {"also_listed": True}}),
    ]
)
_OF_UNIT = _table(
    [
        (rf"{_INT} hours?", lambda m: {"hours": int(m[1])}),
        (rf"area {_REST}", lambda m: {"subject_areas": (_read(m[1]),)}),
        ("imported", lambda _: {"is_imported": True}),
        (r"withdrawn (\S+)", lambda m: {"withdrawn": _day_of(m[1])}),
        (r"expires (\S+)", lambda m: {"expires": _day_of(m[1])}),
        ("sensitive", lambda _: {"is_sensitive": True}),
    ]
)
_OF_CAP = _table(
    [
        (rf"at most level {_REST}", lambda m: {"at_most_level": _level(m[1])}),
        (rf"at least level {_REST}", lambda m: {"at_least_level": _level(m[1])}),
        ("imported", lambda _: {"is_imported": True}),
        (rf"group {_REST}", lambda m: {"group": _read(m[1])}),
        (rf"kinds {_REST}", lambda m: {"kinds": _kinds(m[1])}),
    ]
)
_AMOUNTS = _table(
    [
        (rf"{_INT} credits?", lambda m: {"credit": int(m[1])}),
        (
            r"(-?[0-9]{1,9}(?:/[1-9][0-9]{0,8})?) percent",
            lambda m: {"percent": _share(m[1])},
        ),
        ("none", lambda _: {}),
    ]
)
_OF_STRUCTURE = _table(
    [
        (rf"reference {_REST}", lambda m: {"reference": _read(m[1])}),
        (rf"total {_INT}", lambda m: {"total": int(m[1])}),
        (rf"level {_REST}", lambda m: {"level": _level(m[1])}),
        (
            rf"(?:at least )?{_INT} at level",
            lambda m: {"min_credit_at_level": int(m[1])},
        ),
        (r"certification end (\S+)", lambda m: {"certification_end": _day_of(m[1])}),
    ]
)


def _share(text: str) -> int | Fraction:
    share = Fraction(text)
    return share.numerator if share.denominator == 1 else share


def _options(text: str, table: _Table, mark: str = ",") -> _Options:
    """Return the attributes that options stand for."""
    options: _Options = {}
    for option in _split(text, mark):
        for pattern, reader in table:
            match = pattern.fullmatch(option.strip())
            if match is not None:
                _put(options, reader(match))
                break
        else:
            raise _Unclear
    return options


def _put(options: _Options, more: Mapping[str, object]) -> None:
    """Put options together: lists grow, what stands there twice is unclear."""
    for name, value in more.items():
        held = options.get(name)
        if isinstance(held, tuple) and isinstance(value, tuple):
            options[name] = held + value
        elif isinstance(held, dict) and isinstance(value, dict):
            _put(held, value)
        elif name in options:
            raise _Unclear
        else:
            options[name] = value


# --- reading ----------------------------------------------------------------------


@attrs.define
class _Open:
    """A group that is being read, or the list of additional units."""

    options: _Options
    units: list[Unit] = attrs.field(factory=list)
    below: list[int] = attrs.field(factory=list)


@attrs.define
class _Reading:
    """What has been read so far; group 0 is the root, which may go unwritten."""

    found: list[Issue] = attrs.field(factory=list)
    name: str | None = None
    members: _Options = attrs.field(factory=dict)
    groups: list[_Open] = attrs.field(factory=lambda: [_Open({})])
    # The groups around the line: how far in each stands, its number, its depth.
    around: list[tuple[int, int]] = attrs.field(factory=list)
    additional: _Open = attrs.field(factory=lambda: _Open({}))
    lists: dict[str, list[object]] = attrs.field(factory=dict)

    def add(self, name: str, value: object) -> None:
        self.lists.setdefault(name, []).append(value)


_ADDITIONAL = -1
_TOO_DEEP = -2


def parse_text(text: str) -> StructureFile:
    """Read a structure from its text form.

    Args:
        text: The text.

    Returns:
        The structure and the findings, each with the path `("line", number)`. A line
        that is not understood is a finding and is left out.

    Source: ours.
    """
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        statement = line.strip()
        if not statement or statement.startswith("#"):
            continue
        indent = len(line.expandtabs(8)) - len(line.expandtabs(8).lstrip())
        try:
            _read_line(reading, indent, statement)
        except _Unclear:
            reading.found.append(issue("text-line", "line", number))
        except _Deep:
            reading.found.append(
                issue("form-groups-nesting", "line", number, maximum=MAX_DEPTH)
            )
    if reading.name is None:
        reading.found.append(issue("text-empty"))
        return StructureFile(None, Report(reading.found))
    return StructureFile(_built(reading), Report(reading.found))


def _read_line(reading: _Reading, indent: int, statement: str) -> None:
    if reading.name is None:
        reading.name = ""  # also when it cannot be read
        reading.name = _read(statement)
        return
    around = reading.around
    while around and around[-1][0] >= indent:
        around.pop()
    first = statement.split(None, 1)[0].removesuffix(":")
    inside = around[-1][1] if around else 0
    if inside == _TOO_DEEP:
        return
    if first in _IN_A_GROUP:
        _IN_A_GROUP[first](reading, indent, statement)
    elif not around and first in _AT_THE_TOP:
        _AT_THE_TOP[first](reading, indent, statement)
    elif not around and _starts_options(statement):
        _put(reading.members, _options(statement, _OF_STRUCTURE, ";"))
    else:
        unit = _unit(statement)
        if inside == _ADDITIONAL:
            reading.additional.units.append(unit)
        else:
            reading.groups[inside].units.append(unit)


def _starts_options(statement: str) -> bool:
    first = _split(statement, ";", 1)[0].strip()
    return any(pattern.fullmatch(first) for pattern, _ in _OF_STRUCTURE)


def _after(statement: str, keyword: str) -> str:
    return statement.removeprefix(keyword).removeprefix(":").strip()


def _head_and_options(text: str) -> tuple[str, str | None]:
    parts = _split(text, ":", 1)
    return _read(parts[0]), parts[1] if len(parts) == 2 else None


def _read_group(reading: _Reading, indent: int, statement: str) -> None:
    inside = reading.around[-1][1] if reading.around else 0
    if inside == _ADDITIONAL:
        raise _Unclear
    if len(reading.around) + 2 > MAX_DEPTH:
        reading.around.append((indent, _TOO_DEEP))
        raise _Deep
    index = len(reading.groups)
    # A group whose options are not understood is a group nevertheless.
    group = _Open({"name": ""})
    reading.groups.append(group)
    reading.groups[inside].below.append(index)
    reading.around.append((indent, index))
    name, options = _head_and_options(_after(statement, "group"))
    group.options["name"] = name
    if options is not None:
        group.options |= _options(options, _OF_GROUP)


def _read_root(reading: _Reading, _: int, statement: str) -> None:
    name, options = _head_and_options(_after(statement, "root"))
    root = reading.groups[0]
    if "name" in root.options:
        raise _Unclear
    root.options["name"] = name
    if options is not None:
        root.options |= _options(options, _OF_GROUP)


def _read_words(reading: _Reading, _: int, statement: str) -> None:
    inside = reading.around[-1][1] if reading.around else 0
    keyword = "label" if statement.startswith("label") else "description"
    words = _after(statement, keyword)
    if inside == _ADDITIONAL or not words:
        raise _Unclear
    _put(reading.groups[inside].options, {keyword: _read(words)})


def _read_additional(reading: _Reading, indent: int, statement: str) -> None:
    if _after(statement, "additional"):
        raise _Unclear
    reading.around.append((indent, _ADDITIONAL))


def _with_words(text: str) -> tuple[str, str]:
    parts = _split(text, " -- ", 1)
    return parts[0].strip(), _read(parts[1]) if len(parts) == 2 else ""


def _one_and_list(text: str) -> tuple[str, list[str]]:
    head, rest = _head_and_options(text)
    return head, _list(rest or "")


def _read_bar(reading: _Reading, _: int, statement: str) -> None:
    rule, words = _with_words(_after(statement, "bar"))
    unit, targets = _one_and_list(rule)
    reading.add("bars", Bar(unit, targets, words))


def _read_at_most(reading: _Reading, _: int, statement: str) -> None:
    rule, words = _with_words(statement)
    found = re.fullmatch(rf"at most {_INT} of(?: {_REST})?", rule, re.ASCII)
    if found is None:
        raise _Unclear
    reading.add("at_most", AtMost(int(found[1]), _list(found[2] or ""), words))


def _read_equivalent(reading: _Reading, _: int, statement: str) -> None:
    reading.add(
        "equivalents", Equivalent(*_one_and_list(_after(statement, "equivalent")))
    )


def _read_cap(reading: _Reading, _: int, statement: str) -> None:
    rule, name = _with_words(_after(statement, "cap"))
    parts = _split(rule, ":", 1)
    options = _options(parts[0], _AMOUNTS)
    if len(parts) == 2:
        _put(options, _options(parts[1], _OF_CAP))
    reading.add("caps", Cap(name=name, **options))  # type: ignore[arg-type]


def _read_limit(reading: _Reading, _: int, statement: str) -> None:
    found = re.fullmatch(rf"within {_INT} months?(?::{_REST})?", statement, re.ASCII)
    if found is None:
        raise _Unclear
    limit = TimeLimit(months=int(found[1]), kinds=_kinds(found[2] or ""))
    reading.add("time_limits", limit)


def _read_requirement(reading: _Reading, _: int, statement: str) -> None:
    rule, words = _with_words(_after(statement, "requirement"))
    reading.add("requirements", Requirement(_read(rule), words))


_Statement = Callable[[_Reading, int, str], None]
_IN_A_GROUP: Mapping[str, _Statement] = MappingProxyType(
    {"group": _read_group, "label": _read_words, "description": _read_words}
)
_AT_THE_TOP: Mapping[str, _Statement] = MappingProxyType(
    {
        "root": _read_root,
        "additional": _read_additional,
        "bar": _read_bar,
        "at": _read_at_most,
        "equivalent": _read_equivalent,
        "cap": _read_cap,
        "within": _read_limit,
        "requirement": _read_requirement,
    }
)
# A unit whose reference is one of these words is written in quotation marks.
_KEYWORDS = frozenset(
    {*_IN_A_GROUP, *_AT_THE_TOP, "reference", "total", "level", "certification"}
)
_UNIT = re.compile(
    rf"(?P<reference>{_QUOTED}|[^\s\"]+)"
    rf"\s+(?P<credit>-?[0-9]{{1,15}}|-)"
    rf"(?:\s+(?P<level>{_QUOTED}|[^\s\"\[]+)"
    rf"(?:\s+\[(?P<options>(?:{_QUOTED}|[^\]\"])*)\])?"
    rf"(?:\s+(?P<title>.+))?)?",
    re.ASCII,
)


def _unit(statement: str) -> Unit:
    found = _UNIT.fullmatch(statement)
    if found is None:
        raise _Unclear
    credit, level = found["credit"], found["level"]
    options = _options(found["options"], _OF_UNIT) if found["options"] else {}
    return Unit(
        _read(found["reference"]),
        None if credit == "-" else int(credit),
        None if level is None else _level(level),
        _read(found["title"] or ""),
        **options,  # type: ignore[arg-type]
    )


def _built(reading: _Reading) -> Structure:
    """Return the structure, its groups made from the innermost out."""
    name = reading.name or ""
    reading.groups[0].options.setdefault("name", name)
    made: dict[int, Group] = {}
    for index in reversed(range(len(reading.groups))):
        group = reading.groups[index]
        options = dict(group.options)
        if "other" in options:
            options["other"] = OtherCredit(**options["other"])  # type: ignore[arg-type]
        made[index] = Group(
            units=group.units,
            groups=[made.pop(one) for one in group.below],
            **options,  # type: ignore[arg-type]
        )
    members = {"total": None} | reading.members | reading.lists
    return Structure(
        name=name,
        root=made[0],
        additional_units=reading.additional.units,
        **members,  # type: ignore[arg-type]
    )


# --- writing ----------------------------------------------------------------------


def to_text(structure: Structure) -> str:
    """Return a structure in its text form.

    Args:
        structure: The structure.

    Returns:
        The text, which `parse_text` reads back as the same structure.

    Raises:
        InvalidValue: Groups are nested more than `MAX_DEPTH` deep.

    Source: ours.
    """
    lines = [_words(structure.name), *_write_facts(structure)]
    root = structure.root
    plain = Group(name=structure.name)
    bare_root = attrs.evolve(root, units=(), groups=())
    if bare_root != plain:
        lines.append(_heading("root", root))
    lines += _write_groups(root)
    lines += _write_rules(structure)
    if structure.additional_units:
        lines.append("additional")
        lines += [f"  {_write_unit(unit)}" for unit in structure.additional_units]
    return "\n".join(lines) + "\n"


def _write_facts(structure: Structure) -> Iterator[str]:
    if structure.reference:
        yield f"reference {_name(structure.reference)}"
    facts = []
    if structure.total is not None:
        facts.append(f"total {structure.total}")
    if structure.level is not None:
        facts.append(f"level {_long_level(structure.level)}")
    if structure.min_credit_at_level is not None:
        facts.append(f"{structure.min_credit_at_level} at level")
    if facts:
        yield "; ".join(facts)
    if structure.certification_end is not None:
        yield f"certification end {structure.certification_end}"


def _write_groups(root: Group) -> Iterator[str]:
    stack = [(group, 0) for group in reversed(root.groups)]
    yield from _write_body(root, "")
    while stack:
        group, depth = stack.pop()
        if depth + 2 > MAX_DEPTH:
            raise InvalidValue("nesting", f"groups are nested {MAX_DEPTH} deep at most")
        indent = "  " * depth
        yield indent + _heading("group", group)
        yield from _write_body(group, indent + "  ")
        stack += [(one, depth + 1) for one in reversed(group.groups)]


def _write_body(group: Group, indent: str) -> Iterator[str]:
    if group.label:
        yield f"{indent}label {_words(group.label)}"
    if group.description:
        yield f"{indent}description {_words(group.description)}"
    for unit in group.units:
        yield indent + _write_unit(unit)


def _heading(keyword: str, group: Group) -> str:
    options = ", ".join(_group_options(group))
    return f"{keyword} {_name(group.name)}" + (f": {options}" if options else "")


_NOUN = {GroupKind.COMPOUND: "group", GroupKind.HYBRID: "part"}


def _group_options(group: Group) -> Iterator[str]:
    if group.is_mandatory:
        yield "mandatory"
    yield from _range(group.min_credit, group.max_credit, "credit")
    noun = _NOUN.get(group.kind, "unit")
    yield from _range(group.min_subcomponents, group.max_subcomponents, noun)
    if group.level_minimum is not None:
        minimum = group.level_minimum
        yield f"{minimum.credit} at level {_long_level(minimum.level)}"
    if group.is_outside_level_minimum:
        yield "outside level minimum"
    if group.months is not None:
        yield f"within {_count(group.months, 'month')}"
    if not group.is_complete:
        yield "incomplete"
    if group.other is not None:
        yield from _other(group.other)


def _other(other: OtherCredit) -> Iterator[str]:
    if other == OtherCredit():
        yield "other credit"
    if other.level is not None:
        yield f"other level {_long_level(other.level)}"
    for area in other.subject_areas:
        yield f"other area {_name(area)}"
    if other.also_listed:
        yield "other also listed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _range(minimum: int | None, maximum: int | None, noun: str) -> Iterator[str]:
    if minimum is not None and maximum is not None:
        if minimum == maximum:
            yield _count(minimum, noun)
        else:
            yield f"{minimum} to {_count(maximum, noun)}"
    elif minimum is not None:
        yield f"at least {_count(minimum, noun)}"
    elif maximum is not None:
        yield f"at most {_count(maximum, noun)}"


def _write_unit(unit: Unit) -> str:
    reference = _word(unit.reference)
    if unit.reference in _KEYWORDS:
        reference = _quote(unit.reference)
    credit = "-" if unit.credit is None else str(unit.credit)
    parts = [reference, credit, _short_level(unit.level)]
    options = ", ".join(_unit_options(unit))
    if options:
        parts.append(f"[{options}]")
    if unit.title:
        parts.append(_words(unit.title))
    return "  ".join(parts)


def _unit_options(unit: Unit) -> Iterator[str]:
    if unit.hours is not None:
        yield _count(unit.hours, "hour")
    for area in unit.subject_areas:
        yield f"area {_name(area)}"
    if unit.is_imported:
        yield "imported"
    if unit.withdrawn is not None:
        yield f"withdrawn {unit.withdrawn}"
    if unit.expires is not None:
        yield f"expires {unit.expires}"
    if unit.is_sensitive:
        yield "sensitive"


def _write_rules(structure: Structure) -> Iterator[str]:
    for bar in structure.bars:
        yield _spoken(f"bar {_name(bar.unit)}: {_names(bar.targets)}", bar.description)
    for some in structure.at_most:
        rule = f"at most {some.count} of {_names(some.units)}"
        yield _spoken(rule, some.description)
    for one in structure.equivalents:
        yield f"equivalent {_name(one.unit)}: {_names(one.others)}".rstrip()
    for cap in structure.caps:
        yield _spoken(_write_cap(cap), cap.name)
    for limit in structure.time_limits:
        kinds = ": " + " ".join(limit.kinds) if limit.kinds else ""
        yield f"within {_count(limit.months, 'month')}{kinds}"
    for requirement in structure.requirements:
        rule = f"requirement {_name(requirement.name)}"
        yield _spoken(rule, requirement.description)


def _names(texts: Iterable[str]) -> str:
    return ", ".join([_name(text) for text in texts])


def _spoken(rule: str, words: str) -> str:
    return f"{rule.rstrip()} -- {_words(words)}" if words else rule.rstrip()


def _write_cap(cap: Cap) -> str:
    amounts = []
    if cap.credit is not None:
        amounts.append(_count(cap.credit, "credit"))
    if cap.percent is not None:
        amounts.append(f"{cap.percent} percent")
    options = []
    if cap.kinds:
        options.append("kinds " + " ".join(cap.kinds))
    if cap.is_imported:
        options.append("imported")
    if cap.at_most_level is not None:
        options.append(f"at most level {_long_level(cap.at_most_level)}")
    if cap.at_least_level is not None:
        options.append(f"at least level {_long_level(cap.at_least_level)}")
    if cap.group is not None:
        options.append(f"group {_name(cap.group)}")
    rule = f"cap {', '.join(amounts) or 'none'}"
    return f"{rule}: {', '.join(options)}" if options else rule

"""Published rules of combination, as somebody collects them, made into structures.

A collection holds facts as pages show them: the rule, the groups, the units with
reference, credit and level where these are visible. Here they become structures by
these rules:

* a published minimum binds: the group is mandatory within the one above it, unless the
  text offers a choice among groups (one of several pathways, "from Group B or C");
* all units required is a minimum of so many subcomponents;
* a list that is known in part leaves the group open, so that other units count too;
* a unit without a reference gets one that is made up from its title, and a finding;
* a line such as "up to 5 credits at Entry 3" is a cap, not a group;
* units that may be taken and do not count are the structure's additional units;
* a suite of sizes gives one structure for each.

Examples:
    >>> [file] = read_published(
    ...     {
    ...         "title": "Level 1 Award in Examples",
    ...         "total_credit": 6,
    ...         "groups": [{"name": "All", "min_credit": 6, "units_complete": False}],
    ...     }
    ... )
    >>> file.structure.root.groups[0].is_mandatory
    True
    >>> [str(one) for one in file.report]  # doctest: +NORMALIZE_WHITESPACE
    ['groups 1 units: the list of units is known in part [published-list-incomplete]']

Source: 13 published rules of combination of 10 awarding organisations and providers
(observed); that a published minimum binds is assumed.
"""

from __future__ import annotations

__all__ = ["read_examples", "read_published"]

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib.issues import Issue, Path, Report, issue
from ulnlib.qualifications import (
    Bar,
    Cap,
    Group,
    Level,
    LevelMinimum,
    Size,
    Structure,
    Unit,
)
from ulnlib.rules.combination import _json
from ulnlib.rules.combination._members import FLAG, LEVEL, TEXT, WHOLE, Sort
from ulnlib.rules.combination.forms import StructureFile

_DEEPEST = 20
_NO = _json.NOT_A_VALUE
_LIST = Sort("a list", lambda value: value if isinstance(value, list | tuple) else _NO)
_OBJECT = Sort("an object", lambda value: value if isinstance(value, Mapping) else _NO)
_NOTHING: Mapping[str, object] = MappingProxyType({})

# What a line that only limits credit is about, by its words.
_IMPORTED = re.compile(r"\bother qualifications?\b", re.IGNORECASE)
_LOWER_LEVEL = re.compile(r"\b(entry(?: level)? [1-3]|level [1-8])\b", re.IGNORECASE)
_NOT_COUNTING = re.compile(r"\badditional\b", re.IGNORECASE)
_UNION = re.compile(r"\bgroup \w+ (?:or|and/or) (?:group )?\w+", re.IGNORECASE)
_SIZES = re.compile(
    r"(?:(?:Award|Certificate|Diploma) */ *)+(?:Award|Certificate|Diploma)"
)


def read_examples(
    source: str | bytes | Mapping[str, object],
) -> dict[str, tuple[StructureFile, ...]]:
    """Return the structures of a collection of published rules.

    Args:
        source: JSON as text or as bytes in UTF-8, or plain values: an object whose
            member `examples` is a list of published rules.

    Returns:
        For the `id` of each, in order, its structures with the findings. When the
        collection cannot be read there is one file without a structure, under the
        empty id.

    Source: see the module.
    """
    found: list[Issue] = []
    plain: object = source
    if isinstance(source, str | bytes):
        text = _json.decode(source, found)
        plain = None if text is None else _json.load(text, found)
    examples = plain.get("examples") if isinstance(plain, Mapping) else None
    if not isinstance(examples, list | tuple):
        if not found:
            found.append(issue("form-kind"))
        return {"": (StructureFile(None, Report(found)),)}
    files: dict[str, tuple[StructureFile, ...]] = {}
    for position, example in enumerate(examples, 1):
        name = example.get("id") if isinstance(example, Mapping) else None
        files[name if isinstance(name, str) else str(position)] = read_published(
            example
        )
    return files


def read_published(example: object) -> tuple[StructureFile, ...]:
    """Return the structures of one published rule.

    Args:
        example: What the page shows: `title`, `structure_reference`, `level`,
            `total_credit`, `min_credit_at_or_above_level`, `groups`, `barred`, and
            `variants` of a suite.

    Returns:
        One file; of a suite one for each size.

    Source: see the module.
    """
    if not isinstance(example, Mapping):
        return (StructureFile(None, Report([issue("form-kind")])),)
    facts = _Facts(example)
    variants = facts.list("variants")
    if variants:
        return tuple(
            _variant(example, one, position) for position, one in enumerate(variants, 1)
        )
    return (_one(facts),)


# --- facts with their place -------------------------------------------------------


@attrs.define
class _Facts:
    """An object of the collection; what is of the wrong type is a finding."""

    plain: Mapping[str, object]
    path: Path = ()
    found: list[Issue] = attrs.field(factory=list)

    def get(self, name: str, sort: Sort) -> object:
        """Return a value of a sort, None when it is absent or of another."""
        value = self.plain.get(name)
        if value is None:
            return None
        read = sort.read(value)
        if read is _NO:
            self.found.append(issue("form-type", *self.path, name, expected=sort.words))
            return None
        return read

    def text(self, name: str) -> str:
        """Return a text, the empty one when there is none."""
        value = self.get(name, TEXT)
        return value.strip() if isinstance(value, str) else ""

    def whole(self, name: str) -> int | None:
        """Return a whole number."""
        value = self.get(name, WHOLE)
        return value if isinstance(value, int) else None

    def level(self, name: str) -> str | None:
        """Return a level as text."""
        value = self.get(name, LEVEL)
        return value if isinstance(value, str) else None

    def flag(self, name: str) -> bool:
        """Say whether something holds; what is not known does not."""
        return self.get(name, FLAG) is True

    def objects(self, name: str) -> Iterator[_Facts]:
        """Yield the objects of a list."""
        for position, value in enumerate(self.list(name), 1):
            path = (*self.path, name, position)
            if isinstance(value, Mapping):
                yield _Facts(value, path, self.found)
            else:
                self.found.append(issue("form-type", *path, expected="an object"))

    def list(self, name: str) -> Sequence[object]:
        """Return a list; an empty one when there is none."""
        value = self.get(name, _LIST)
        return value if isinstance(value, list | tuple) else ()

    def object(self, name: str) -> _Facts:
        """Return an object; an empty one when there is none."""
        value = self.get(name, _OBJECT)
        plain = value if isinstance(value, Mapping) else _NOTHING
        return _Facts(plain, (*self.path, name), self.found)


# --- one structure ----------------------------------------------------------------


def _one(facts: _Facts) -> StructureFile:
    title = facts.text("title")
    level = facts.level("level")
    collected = _Collected(facts.text("id"))
    minimum = facts.object("min_credit_at_or_above_level")
    credit, at = minimum.whole("credit"), minimum.level("level")
    groups = [
        group
        for one in facts.objects("groups")
        if (group := _group(one, collected, above=None, depth=1)) is not None
    ]
    # The model has one level of the whole; a minimum at another stands at the root.
    is_own = credit is None or at is None or at == level
    inner = None if is_own or credit is None else LevelMinimum(at, credit)
    structure = Structure(
        name=title,
        total=facts.whole("total_credit"),
        root=Group(name=title, groups=groups, level_minimum=inner),
        level=level,
        min_credit_at_level=credit if is_own else None,
        reference=facts.text("structure_reference"),
        bars=list(_bars(facts)),
        caps=collected.caps,
        additional_units=collected.additional,
    )
    return StructureFile(structure, Report(facts.found))


def _variant(
    example: Mapping[str, object], variant: object, position: int
) -> StructureFile:
    path: Path = ("variants", position)
    if not isinstance(variant, Mapping):
        found = issue("form-type", *path, expected="an object")
        return StructureFile(None, Report([found]))
    facts = _Facts(example)
    of_size = _Facts(variant, path, facts.found)
    size = of_size.text("size")
    title = facts.text("title")
    if size in set(Size):
        title = _SIZES.sub(size, title)
    mandatory, optional = of_size.whole("mandatory"), of_size.whole("optional")
    # Of the mandatory part the sum is exact; of the other it is a minimum, for whole
    # units seldom come to exactly so much.
    parts = (
        Group(
            name="Mandatory",
            min_credit=mandatory,
            max_credit=mandatory,
            is_mandatory=True,
            is_complete=False,
        ),
        Group(
            name="Optional",
            min_credit=optional,
            is_mandatory=True,
            is_complete=False,
        ),
    )
    groups = [group for group in parts if group.min_credit]
    facts.found += [
        issue("published-list-incomplete", *path, group.name.casefold())
        for group in groups
    ]
    structure = Structure(
        name=title,
        total=of_size.whole("total_credit"),
        root=Group(name=title, groups=groups),
        level=facts.level("level"),
    )
    return StructureFile(structure, Report(facts.found))


def _bars(facts: _Facts) -> Iterator[Bar]:
    barred = facts.object("barred")
    pairs = barred.list("pairs")
    for position, pair in enumerate(pairs, 1):
        if isinstance(pair, list | tuple) and len(pair) > 1:
            units = [one for one in pair if isinstance(one, str)]
            if len(units) == len(pair):
                yield Bar(units[0], units[1:])
                continue
        expected = "a list of references"
        facts.found.append(
            issue("form-type", *barred.path, "pairs", position, expected=expected)
        )
    if barred.flag("exists") and not pairs:
        facts.found.append(issue("published-bars-unknown", "barred"))


# --- groups and units -------------------------------------------------------------


@attrs.define
class _Collected:
    """What groups of the page turn out to be that are none."""

    id: str
    caps: list[Cap] = attrs.field(factory=list)
    additional: list[Unit] = attrs.field(factory=list)


def _group(
    facts: _Facts, collected: _Collected, *, above: Group | None, depth: int
) -> Group | None:
    """Return a group, or None when it is a cap or holds what does not count."""
    name = facts.text("name") or facts.text("rule")
    bounds = _bounds(facts)
    if _is_cap(facts, name, bounds):
        within = above.name if above is not None else None
        collected.caps.append(_cap(name, bounds["max_credit"], within))
        return None
    units = list(_units(facts, collected, name))
    if bounds["max_credit"] == 0 and _NOT_COUNTING.search(name):
        collected.additional += units
        return None
    own = Group(name=name, label=facts.text("id"), units=units, **bounds)  # type: ignore[arg-type]
    below = list(_below(facts, collected, own, depth))
    needs_all = facts.flag("all_units_required")
    if below:
        is_choice = own.max_subcomponents is not None and not needs_all
        below = [
            attrs.evolve(
                one, is_mandatory=needs_all or (one.is_mandatory and not is_choice)
            )
            for one in below
        ]
    is_complete = _is_complete(facts, units, below)
    minimum = facts.object("min_credit_at_or_above_level")
    credit = minimum.whole("credit")
    inner = None if credit is None else LevelMinimum(minimum.level("level"), credit)
    minimum_parts, maximum_parts = own.min_subcomponents, own.max_subcomponents
    if needs_all and below:
        # The page counts units, the group its groups: each of them needs all of its
        # own, and how many there are at most follows from that.
        minimum_parts, maximum_parts = len(below) + len(units), None
    elif needs_all and is_complete:
        minimum_parts = len(units)
    elif needs_all:
        minimum_parts = facts.whole("published_unit_count") or minimum_parts
    binds = any((own.min_credit, minimum_parts, inner)) and not _UNION.search(name)
    return attrs.evolve(
        own,
        groups=below,
        min_subcomponents=minimum_parts,
        max_subcomponents=maximum_parts,
        level_minimum=inner,
        is_complete=is_complete,
        is_mandatory=facts.flag("mandatory") or binds,
    )


def _bounds(facts: _Facts) -> dict[str, int | None]:
    exact = facts.whole("credit")
    bounds = {
        "min_credit": facts.whole("min_credit") if exact is None else exact,
        "max_credit": facts.whole("max_credit") if exact is None else exact,
        "min_subcomponents": facts.whole("min_units"),
        "max_subcomponents": facts.whole("max_units"),
    }
    units = facts.plain.get("units")
    if isinstance(units, int) and not isinstance(units, bool):
        bounds["min_subcomponents"] = bounds["max_subcomponents"] = units
    return bounds


def _is_cap(facts: _Facts, name: str, bounds: Mapping[str, int | None]) -> bool:
    """Say whether a line only limits the credit of some units."""
    holds_something = any(facts.plain.get(one) for one in ("units", "children"))
    is_about_units = _IMPORTED.search(name) or _LOWER_LEVEL.search(name)
    return (
        bool(is_about_units)
        and bounds["max_credit"] is not None
        and not bounds["min_credit"]
        and not holds_something
        and "units_complete" not in facts.plain
    )


def _cap(name: str, credit: int | None, group: str | None) -> Cap:
    if _IMPORTED.search(name):
        return Cap(credit=credit, is_imported=True, group=group, name=name)
    level = _LOWER_LEVEL.search(name)
    at_most = Level.of(level[0]) if level else None
    return Cap(credit=credit, at_most_level=at_most, group=group, name=name)


def _below(
    facts: _Facts, collected: _Collected, own: Group, depth: int
) -> Iterator[Group]:
    if depth >= _DEEPEST:
        if facts.plain.get("children"):
            facts.found.append(
                issue("form-groups-nesting", *facts.path, maximum=_DEEPEST)
            )
        return
    for one in facts.objects("children"):
        group = _group(one, collected, above=own, depth=depth + 1)
        if group is not None:
            yield group


def _is_complete(facts: _Facts, units: list[Unit], below: list[Group]) -> bool:
    """Say whether all units of a group are listed, and find it when they are not."""
    if below and not units:
        return True  # all of them stand in the groups below
    is_complete = facts.flag("units_complete")
    if not is_complete:
        path = (*facts.path, "units")
        facts.found.append(issue("published-list-incomplete", *path))
    return is_complete


def _units(facts: _Facts, collected: _Collected, name: str) -> Iterator[Unit]:
    listed = facts.plain.get("units")
    if isinstance(listed, int) and not isinstance(listed, bool):
        return  # only how many there are
    for position, one in enumerate(facts.objects("units"), 1):
        reference, title = one.text("ref"), one.text("title")
        if not reference:
            one.found.append(issue("published-reference-missing", *one.path))
            words = title or f"{collected.id} {name} {position}"
            slug = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
            reference = f"made-up/{slug}"
        credit = one.whole("credit")
        if credit is None:
            one.found.append(issue("published-credit-missing", *one.path))
        yield Unit(reference, credit, one.level("level"), title, hours=one.whole("glh"))

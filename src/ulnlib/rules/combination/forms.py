"""Structures as JSON: reading and writing.

The members of the JSON have the names of the model's attributes. Words of a list go by
their value, dates as `YYYY-MM-DD`; what is absent or null has the model's default. The
form is published as a JSON Schema: `structure.schema.json`.

Reading takes anything and never raises: what is wrong is in the report, with the place.
Writing is strict. Nothing is named from elsewhere: a qualification in another one is
written out where it stands, so that no structure can hold itself.

Examples:
    >>> file = read_structure('{"name": "Award", "total": 3, "root": {"name": "All"}}')
    >>> file.structure.total, file.report
    (3, Report(fatal=0, errors=0, warnings=0))
    >>> [str(one) for one in read_structure('{"root": {"credits": 3}}').report]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['the member name is missing [form-member-missing]',
     'root: member 1 of the object is not known [form-member-unknown]',
     'root: the member name is missing [form-member-missing]']

Source: ours; the fields are those of the web-service schemas of release 9 (observed).
"""

from __future__ import annotations

__all__ = [
    "ENVELOPE",
    "MAX_DEPTH",
    "VERSION",
    "StructureFile",
    "dumps",
    "open_form",
    "read_structure",
    "structure_to_dict",
    "structure_to_json",
]

import json
from collections.abc import Mapping

import attrs

from ulnlib.errors import InvalidValue
from ulnlib.issues import Issue, Path, Report, issue
from ulnlib.qualifications import Group, Structure
from ulnlib.rules.combination import _json
from ulnlib.rules.combination._members import read_members, write_value

MAX_DEPTH = 250
"""How deep groups may be nested in a form; a published structure has four levels.

Source: ours, so that bad input ends early.
"""

VERSION = 1
"""The version of the forms of structures and achievements.

Source: ours.
"""

ENVELOPE = ("kind", "version")
"""The members that say which form it is.

Source: ours.
"""


@attrs.frozen
class StructureFile:
    """What was read of a structure.

    Attributes:
        structure: The structure as far as it could be read, None when it could not.
        report: What is wrong with the form; what is wrong with the structure is for
            `lint` to say.
    """

    structure: Structure | None
    report: Report


# --- structures -------------------------------------------------------------------


def read_structure(source: str | bytes | Mapping[str, object]) -> StructureFile:
    """Read a structure from its JSON form.

    Args:
        source: The JSON as text or as bytes in UTF-8, or as plain values already.

    Returns:
        The structure and the findings. A value of the wrong type is a finding and is
        taken to be absent; a value that is wrong, such as credit 0, stays.

    Source: ours, see `structure.schema.json`.
    """
    found: list[Issue] = []
    plain = open_form(source, "structure", found)
    if plain is None:
        return StructureFile(None, Report(found))
    arguments = read_members(Structure, plain, (), found, apart="root")
    root = None
    if plain.get("root") is not None:
        root = _read_tree(plain["root"], ("root",), found)
    if root is None or arguments is None:
        found.append(issue("form-root-missing", "root"))
        return StructureFile(None, Report(found))
    structure = Structure(root=root, **arguments)  # type: ignore[arg-type]
    order = {name: place for place, name in enumerate(plain)}
    found.sort(key=lambda one: order.get(str(one.path[0]), 0) if one.path else -1)
    return StructureFile(structure, Report(found))


def open_form(
    source: str | bytes | Mapping[str, object], kind: str, found: list[Issue]
) -> dict[str, object] | None:
    """Return the members of a form without kind and version.

    Args:
        source: JSON, or plain values.
        kind: Which form it should be.
        found: Takes the findings.

    Returns:
        The members, or None when it is no such form.

    Source: ours.
    """
    value: object = source
    if isinstance(source, str | bytes):
        text = _json.decode(source, found)
        if text is None:
            return None
        value = _json.load(text, found)
        if value is _json.UNREADABLE:
            return None
    if not isinstance(value, Mapping):
        found.append(issue("form-kind"))
        return None
    if value.get("kind", kind) != kind:
        found.append(issue("form-kind", "kind"))
        return None
    version = value.get("version", VERSION)
    if version != VERSION or isinstance(version, bool):
        found.append(issue("form-version", "version", version=str(VERSION)))
        return None
    plain = _json.Members(
        {name: one for name, one in value.items() if name not in ENVELOPE}
    )
    if isinstance(value, _json.Members):
        plain.repeated = value.repeated
    return plain


def _read_tree(value: object, path: Path, found: list[Issue]) -> Group | None:
    """Return a group with all below it: from the top to the findings, and back."""
    made: list[dict[str, object]] = []
    below: list[list[int]] = []
    stack: list[tuple[object, Path, int, int]] = [(value, path, -1, 1)]
    while stack:
        plain, where, above, depth = stack.pop()
        arguments = read_members(Group, plain, where, found, apart="groups")
        if arguments is None:
            continue
        index = len(made)
        made.append(arguments)
        below.append([])
        if above >= 0:
            below[above].append(index)
        groups = plain.get("groups") if isinstance(plain, Mapping) else None
        if groups is None:
            continue
        if not isinstance(groups, list | tuple):
            found.append(issue("form-type", *where, "groups", expected="a list"))
        elif groups and depth >= MAX_DEPTH:
            found.append(issue("form-groups-nesting", *where, maximum=MAX_DEPTH))
        else:
            stack += [
                (one, (*where, "groups", position), index, depth + 1)
                for position, one in reversed(list(enumerate(groups, 1)))
            ]
    groups_made: dict[int, Group] = {}
    for index in reversed(range(len(made))):
        parts = [groups_made.pop(one) for one in below[index]]
        groups_made[index] = Group(groups=parts, **made[index])  # type: ignore[arg-type]
    return groups_made.get(0)


def structure_to_dict(structure: Structure) -> dict[str, object]:
    """Return a structure as plain values, for JSON.

    Args:
        structure: The structure.

    Returns:
        An object of the form `structure.schema.json`.

    Raises:
        InvalidValue: Groups are nested more than `MAX_DEPTH` deep.

    Source: ours, see `structure.schema.json`.
    """
    members = write_value(attrs.evolve(structure, root=_EMPTY))
    root = write_value(structure.root, apart="groups")
    stack = [(structure.root, root, 1)]
    while stack:
        group, plain, depth = stack.pop()
        if not group.groups:
            continue
        if depth >= MAX_DEPTH:
            raise InvalidValue("nesting", f"groups are nested {MAX_DEPTH} deep at most")
        below = [write_value(one, apart="groups") for one in group.groups]
        plain["groups"] = below
        stack += [
            (one, its, depth + 1) for one, its in zip(group.groups, below, strict=True)
        ]
    members["root"] = root
    return {"kind": "structure", "version": VERSION, **members}


_EMPTY = Group(name="")


def structure_to_json(structure: Structure) -> str:
    """Return a structure as JSON text, in ASCII and indented.

    Args:
        structure: The structure.

    Returns:
        The text, which `read_structure` reads back as the same structure.

    Raises:
        InvalidValue: Groups are nested more than `MAX_DEPTH` deep.

    Source: ours, see `structure.schema.json`.
    """
    return dumps(structure_to_dict(structure))


def dumps(plain: dict[str, object]) -> str:
    """Return plain values as JSON text, in ASCII and indented.

    Source: ours.
    """
    return json.dumps(plain, indent=1) + "\n"

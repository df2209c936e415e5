"""What is known of given names: other spellings, short forms, forms in other languages.

Three relations are kept apart, and none of them is followed more than one step: Alex is
short for Alexander and for Alexandra, and these two have nothing to do with each other.

* *Spellings* of one name make a family with one head: Mohammed, Muhammad, Mohamed.
* A *short form* leads to the names that it is short for: Bill to William.
* An *equivalent* leads to the same name in English, or in a neighbour's language: Seán
  to John, Katarzyna to Catherine.

For looking up, every name has *roots*: the heads of its family and of the names that
it leads to. Two names with any relation have a root in common.
"""

from __future__ import annotations

__all__ = [
    "ROOT_LIMIT",
    "VERSION",
    "NameRelation",
    "are_two",
    "companions",
    "relation",
    "roots",
]

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ulnlib._tables import load_all
from ulnlib.matching.plain import plain

VERSION = 1
"""Version of tables and rules: roots that a store keeps are of one version."""

ROOT_LIMIT = 6
"""The greatest number of roots of a name.

A short form of more names than that (Ade of Adebayo, Adewale and two dozen others) is
a root of its own, and they all have it among theirs.

Source: ours; a bound on what one name costs in look-ups (assumed).
"""


class NameRelation(StrEnum):
    """How two given names go together, closest first.

    Source: LRS portal guide, Appendix B (published: nicknames and other spellings);
    which names go together is general knowledge (assumed).
    """

    SAME = "same"
    VARIANT = "variant"
    NICKNAME = "nickname"
    EQUIVALENT = "equivalent"
    SHARED = "shared"


class _Name(NamedTuple):
    """One family of spellings and where it leads.

    Attributes:
        head: The spelling that stands for all.
        short_of: The heads of the names that it is a short form of.
        led_to: The same, unless they are too many to be looked up by.
        equivalent_of: The heads of the names that it is a form of.
        roots: What it is looked up under.
    """

    head: str
    short_of: frozenset[str]
    led_to: frozenset[str]
    equivalent_of: frozenset[str]
    roots: tuple[str, ...]


_NONE: frozenset[str] = frozenset()


def _lines(kind: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each head with its members, of all tables."""
    for table in load_all("nicknames"):
        for row in table.rows:
            if row["kind"] == kind:
                for line in row["names"]:
                    head, _, members = line.partition(":")
                    yield head.split()[0], members.split()


@cache
def _names() -> dict[str, _Name]:
    """Return what is known of each spelling that the tables have."""
    family = {
        name: head for head, members in _lines("spellings") for name in (head, *members)
    }

    heads: set[str] = set(family.values())
    short_of: defaultdict[str, set[str]] = defaultdict(set)
    equivalent_of: defaultdict[str, set[str]] = defaultdict(set)
    for kind, links in (("short", short_of), ("equivalent", equivalent_of)):
        for head, members in _lines(kind):
            target = family.get(head, head)
            heads.add(target)
            for member in members:
                links[family.get(member, member)].add(target)
    heads |= equivalent_of.keys()

    # What is short for too many is looked up by itself, and they by it.
    many = {
        name
        for name, targets in short_of.items()
        if len(targets | equivalent_of[name]) + (name in heads) > ROOT_LIMIT
    }
    found_by: defaultdict[str, set[str]] = defaultdict(set)
    for name in heads | many:
        found_by[name].add(name)
    for name, targets in short_of.items():
        if name not in many:
            found_by[name] |= targets
            continue
        for target in targets:
            found_by[target].add(name)
    for name, targets in equivalent_of.items():
        found_by[name] |= targets

    known = {
        name: _Name(
            head=name,
            short_of=frozenset(short_of[name]),
            led_to=_NONE if name in many else frozenset(short_of[name]),
            equivalent_of=frozenset(equivalent_of[name]),
            roots=tuple(sorted(found)),
        )
        for name, found in found_by.items()
    }
    return known | {spelling: known[head] for spelling, head in family.items()}


def _key(name: str) -> str:
    """Return the letters of a name: the same of Mary Ann, Mary-Ann and Maryann."""
    return plain(name).replace(" ", "")


def roots(name: str) -> tuple[str, ...]:
    """Return what a given name is looked up under.

    Args:
        name: One given name, simple or double, in any case and with any accents.

    Returns:
        At most `ROOT_LIMIT` names in small letters without spaces, sorted: for a name
        of the tables the heads of its family and of the names that it leads to, for
        any other its own letters; nothing when there is no letter.

    Source: ours; the tables name their evidence (assumed).

    Examples:
        >>> roots("Alex"), roots("MUHAMMAD"), roots("Jack"), roots("Seán")
        (('alexander', 'alexandra'), ('mohammed',), ('jack', 'john'), ('john', 'sean'))
    """
    key = _key(name)
    known = _names().get(key)
    if known is not None:
        return known.roots
    return (key,) if key else ()


def are_two(one: str, other: str) -> bool:
    """Say whether the tables have both given names, and as different ones.

    Args:
        one: A given name.
        other: Another.

    Source: ours; the tables name their evidence (assumed).

    Examples:
        >>> are_two("Hassan", "Hussain"), are_two("Hussain", "Hussein")
        (True, False)
    """
    names = _names()
    return _key(one) in names and _key(other) in names and relation(one, other) is None


def relation(one: str, other: str) -> NameRelation | None:
    """Say how two given names go together.

    The order of the two makes no difference. Names that have a relation have a root
    in common; the converse does not hold.

    Args:
        one: A given name.
        other: Another.

    Returns:
        The closest relation, or None when none is known.

    Source: LRS portal guide, Appendix B (published: nicknames and other spellings);
    the tables name their evidence (assumed).

    Examples:
        >>> relation("Peggy", "Margaret").value, relation("Liz", "Beth").value
        ('nickname', 'shared')
        >>> relation("Alexander", "Alexandra") is None
        True
    """
    key, other_key = _key(one), _key(other)
    if key == other_key:
        return NameRelation.SAME if key else None
    names = _names()
    first, second = names.get(key), names.get(other_key)
    if first is None or second is None:
        return None
    if first.head == second.head:
        return NameRelation.VARIANT
    if first.head in second.short_of or second.head in first.short_of:
        return NameRelation.NICKNAME
    if first.head in second.equivalent_of or second.head in first.equivalent_of:
        return NameRelation.EQUIVALENT
    if first.led_to.isdisjoint(second.led_to):
        return None
    return NameRelation.SHARED


@cache
def _by_root() -> dict[str, tuple[str, ...]]:
    """Return the spellings of the tables that have each root."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for spelling, known in _names().items():
        for root in known.roots:
            found[root].add(spelling)
    return {root: tuple(sorted(names)) for root, names in found.items()}


def companions(name: str) -> tuple[tuple[str, NameRelation], ...]:
    """Return the names that go with a given name, closest first.

    Args:
        name: A given name.

    Returns:
        Names in small letters with their relation to this one, the closest relations
        first and then by letters; itself is not among them. None for a name that the
        tables do not have.

    Source: ours; the tables name their evidence (assumed).

    Examples:
        >>> ("bill", NameRelation.NICKNAME) in companions("William")
        True
    """
    key = _key(name)
    order = list(NameRelation)
    found = {
        other: kind
        for root in roots(name)
        for other in _by_root().get(root, ())
        if other != key and (kind := relation(key, other)) is not None
    }
    ranked = sorted(found, key=lambda other: (order.index(found[other]), other))
    return tuple((other, found[other]) for other in ranked)

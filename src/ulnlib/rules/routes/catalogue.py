"""A catalogue of qualifications, and what makes looking in it fast."""

from __future__ import annotations

__all__ = ["Catalogue", "findings", "index"]

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ulnlib._text import fold_title
from ulnlib.identifiers import check_qan
from ulnlib.issues import Issue, Path, Report, issue
from ulnlib.qualifications import (
    Achievement,
    Level,
    OtherCredit,
    Qualification,
    Structure,
    compact_reference,
)
from ulnlib.rules.routes.areas import area_codes
from ulnlib.rules.routes.query import named_levels
from ulnlib.rules.routes.standing import Standing, prepare, standing_of

if TYPE_CHECKING:
    from ulnlib.rules.combination.prepared import Prepared

_Asked = tuple[dt.date | None, tuple[str, ...]]

Places = Collection[int]
"""Where qualifications are in a catalogue."""


class Catalogue(Collection[Qualification]):
    """Qualifications, found by number, by words of the title and by unit.

    Iterating gives them in the order in which they were given. Entries that are wrong
    in some way are in it like all others, and the report says what is wrong.

    Args:
        qualifications: What is in it; read once.

    Source: ours. Numbers are checked as `ulnlib.identifiers.check_qan` does.
    """

    def __init__(self, qualifications: Iterable[Qualification]) -> None:
        self._given = tuple(qualifications)
        # A place is a rank too: what is alike otherwise comes in this order, whatever
        # the order in which the qualifications were given.
        self._entries = _in_order(self._given)
        self._prepared: dict[int, Prepared] = {}
        self._empty: dict[int, tuple[_Asked, Standing]] = {}

    def __len__(self) -> int:
        return len(self._given)

    def __iter__(self) -> Iterator[Qualification]:
        return iter(self._given)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, Qualification) and any(
            self._entries[place] == one for place in self.places_of_number(one.number)
        )

    def __repr__(self) -> str:
        return f"Catalogue({len(self)} qualifications)"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._given,)

    @cached_property
    def report(self) -> Report:
        """What is wrong with the entries, in the order in which they were given.

        The path of a finding is `("qualification", n, attribute)`, the first being 1.

        Source: ours.
        """
        entries = enumerate(self._given, 1)
        return Report(findings((("qualification", n), one) for n, one in entries))

    def by_number(self, number: str) -> tuple[Qualification, ...]:
        """Return the qualifications of a number; more than one is a finding.

        Args:
            number: With obliques or without.

        Source: ours.
        """
        return self._at(self.places_of_number(number))

    def by_keyword(self, keyword: str) -> tuple[Qualification, ...]:
        """Return the qualifications in whose titles every word occurs.

        Args:
            keyword: Words in any order, also parts of words; case and accents make no
                difference.

        Source: presentation of the service: a text search in the title (published);
        that it is by words is assumed.
        """
        return self._at(self.places_of_keyword(keyword))

    def by_unit(self, reference: str) -> tuple[Qualification, ...]:
        """Return the qualifications whose structures list a unit or an equivalent one.

        Args:
            reference: With obliques or without.

        Source: ours.
        """
        return self._at(self.places_of_unit(reference))

    def _at(self, places: Places) -> tuple[Qualification, ...]:
        return tuple([self._entries[place] for place in sorted(places)])

    # --- for searching ------------------------------------------------------------

    def entry(self, place: int) -> Qualification:
        """Return the qualification at a place.

        Source: ours.
        """
        return self._entries[place]

    def places_of_number(self, number: str) -> Places:
        """Return where the qualifications of a number are.

        Source: ours.
        """
        return self._numbers.get(compact_reference(number), ())

    def places_of_keyword(self, keyword: str) -> Places:
        """Return where the titles are in which every word occurs.

        Source: ours.
        """
        found: set[int] | None = None
        for word in fold_title(keyword).split():
            # A word has no space, so it lies in a title where it lies in one of its
            # words; there are few different ones.
            here = {
                place
                for written, places in self._words.items()
                if word in written
                for place in places
            }
            found = here if found is None else found & here
        return range(len(self)) if found is None else found

    def places_of_unit(self, reference: str) -> Places:
        """Return where the structures are that list a unit or an equivalent one.

        Source: ours.
        """
        return self._units.get(compact_reference(reference), ())

    def places_touched(
        self, achievements: Sequence[Achievement], what_if: Sequence[str]
    ) -> dict[int, tuple[tuple[Achievement, ...], tuple[str, ...]]]:
        """Return where anything of a learner may count, and what of it.

        What is not in it has the standing of an empty record.

        Source: ours; what may count is what `ulnlib.rules.combination` says.
        """
        had: dict[int, list[Achievement]] = defaultdict(list)
        wanted: dict[int, list[str]] = defaultdict(list)
        for one in achievements:
            if one.group is not None:
                for place in self._group_names.get(one.group, ()):
                    had[place].append(one)
            for place in self.places_of_unit(one.unit):
                had[place].append(one)
        for reference in what_if:
            for place in self.places_of_unit(reference):
                wanted[place].append(reference)
        for other, places in self._other_credit.items():
            if any(_may_admit(other, one) for one in achievements):
                for place in places:
                    # Which unit a group takes depends on all that it is offered.
                    had[place] = list(achievements)
                    wanted[place] = list(what_if)
        return {
            place: (tuple(had[place]), tuple(wanted[place]))
            for place in sorted({*had, *wanted})
        }

    def prepared(self, place: int) -> Prepared:
        """Return the structure at a place made ready, at the first call and for good.

        Source: ours.
        """
        found = self._prepared.get(place)
        if found is None:
            structure = self._entries[place].structure
            assert structure is not None  # noqa: S101  # only these are evaluated
            found = self._prepared[place] = prepare(structure)
        return found

    def empty_standing(
        self, place: int, as_of: dt.date | None, facts: tuple[str, ...]
    ) -> Standing:
        """Return the standing of somebody who has nothing.

        Source: ours.
        """
        if self._entries[place].structure is None:
            return Standing()
        asked = as_of, facts
        last, found = self._empty.get(place, (None, None))
        if found is None or last != asked:
            found = standing_of(self.prepared(place), as_of=as_of, facts=facts)
            self._empty[place] = asked, found
        return found

    # --- made at the first use ----------------------------------------------------

    @cached_property
    def places_by_total(self) -> Sequence[int]:
        """Where the structures of a known total are, the smallest first.

        Source: ours.
        """
        totals = [
            (structure.total, place)
            for place, structure in self._structures
            if structure.total is not None
        ]
        return [place for _, place in sorted(totals)]

    @cached_property
    def places_without_total(self) -> Sequence[int]:
        """Where no structure is, or one of no known total.

        Source: ours.
        """
        known = set(self.places_by_total)
        return [place for place in range(len(self)) if place not in known]

    @cached_property
    def _numbers(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._entries):
            found[compact_reference(one.number)].append(place)
        return dict(found)

    @cached_property
    def _words(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._entries):
            for word in set(fold_title(one.title).split()):
                found[word].append(place)
        return dict(found)

    @cached_property
    def _structures(self) -> Sequence[tuple[int, Structure]]:
        return [
            (place, one.structure)
            for place, one in enumerate(self._entries)
            if one.structure is not None
        ]

    @cached_property
    def _units(self) -> Mapping[str, list[int]]:
        compact: dict[str, str] = {}  # a reference stands in several structures
        found: dict[str, list[int]] = defaultdict(list)
        for place, structure in self._structures:
            listed = set()
            for group in structure.root.walk():
                for unit in group.units:
                    reference = compact.get(unit.reference)
                    if reference is None:
                        reference = compact_reference(unit.reference)
                        compact[unit.reference] = reference
                    listed.add(reference)
            for reference in listed | _equivalents(structure, listed):
                found[reference].append(place)
        return dict(found)

    @cached_property
    def _other_credit(self) -> Mapping[OtherCredit, list[int]]:
        found: dict[OtherCredit, list[int]] = defaultdict(list)
        for place, structure in self._structures:
            for other in {group.other for group in structure.root.walk()}:
                if other is not None:
                    found[other].append(place)
        return dict(found)

    @cached_property
    def _group_names(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, structure in self._structures:
            for name in {group.name for group in structure.root.walk()}:
                found[name].append(place)
        return dict(found)


def index(qualifications: Iterable[Qualification]) -> Catalogue:
    """Return a catalogue to search in many times.

    Args:
        qualifications: What is in it, in any order; read once.

    Source: ours.
    """
    return Catalogue(qualifications)


# --- helpers ----------------------------------------------------------------------


def _in_order(given: Sequence[Qualification]) -> Sequence[Qualification]:
    """Return qualifications in an order that does not depend on the one given."""
    keys = [
        (compact_reference(one.number), one.title, one.awarding_organisation)
        for one in given
    ]
    often = Counter(keys)
    whole = [
        # What is alike in all three: told apart by everything.
        (*key, "" if often[key] == 1 else _everything(one))
        for key, one in zip(keys, given, strict=True)
    ]
    order = sorted(range(len(given)), key=whole.__getitem__)
    return [given[n] for n in order]


def _everything(one: Qualification) -> str:
    # Sets have no order of their own, and nothing else here is one.
    plain = attrs.evolve(one, countries=(), ages=())
    return repr((plain, sorted(one.countries), sorted(one.ages)))


def _equivalents(structure: Structure, listed: set[str]) -> set[str]:
    """Return the units that may stand for a listed one."""
    return {
        compact_reference(other)
        for one in structure.equivalents
        if compact_reference(one.unit) in listed
        for other in one.others
    }


def _may_admit(other: OtherCredit, one: Achievement) -> bool:
    """Say whether a group of other credit may take what somebody has.

    Credit, level and area must be stated. Rather too often than too seldom: what the
    group really takes the evaluation says.
    """
    if not one.credit:
        return False
    if isinstance(other.level, Level) and not (
        isinstance(one.level, Level) and one.level.rank >= other.level.rank
    ):
        return False
    wanted = _areas(other.subject_areas)
    return not wanted or bool(wanted & _areas(one.subject_areas))


def _areas(texts: Iterable[str]) -> set[str]:
    return {code for text in texts for code in (text, *area_codes(text))}


def findings(entries: Iterable[tuple[Path, Qualification]]) -> Iterator[Issue]:
    """Yield what is wrong with the entries of a catalogue.

    Args:
        entries: Each with its place.

    Source: ours. Numbers are checked as `ulnlib.identifiers.check_qan` does.
    """
    seen: dict[str, str | int] = {}
    for place, one in entries:
        number = compact_reference(one.number)
        for found in check_qan(one.number):
            yield found.at(*place, "number")
        if number in seen:
            yield issue("catalogue-number-twice", *place, "number", first=seen[number])
        elif number:
            seen[number] = place[-1]
        if one.level is not None and not named_levels(one.level):
            yield issue("catalogue-level-unknown", *place, "level")
        if one.subject_area and not area_codes(one.subject_area):
            yield issue("catalogue-subject-area-unknown", *place, "subject_area")

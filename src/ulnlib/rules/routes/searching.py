"""Filtering a catalogue, and ranking what is left."""

from __future__ import annotations

__all__ = ["search"]

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import islice

from ulnlib._dates import day_of
from ulnlib.qualifications import Achievement, Qualification
from ulnlib.rules.routes.areas import area_codes
from ulnlib.rules.routes.catalogue import Catalogue, Places, index
from ulnlib.rules.routes.query import AGE_RANGES, RouteQuery, named_levels
from ulnlib.rules.routes.route import Route
from ulnlib.rules.routes.standing import Later, Standing, standing_of


def search(  # noqa: PLR0913  # what is asked, and of whom
    catalogue: Catalogue | Iterable[Qualification],
    query: RouteQuery | None = None,
    achievements: Iterable[Achievement] = (),
    *,
    as_of: dt.date | None = None,
    limit: int | None = None,
    facts: Iterable[str] = (),
) -> tuple[Route, ...]:
    """Return the qualifications that a query finds, the nearest to completion first.

    The order is what somebody asks who advises a learner:

    1. Qualifications in which something of the learner counts, or of the what-if
       units: by credits needed, fewest first (0 when it is met: it can be claimed),
       then by credits towards, most first.
    2. Those in which nothing counts: by total credits, smallest first.
    3. Those that nothing completes, and those whose structure is not known.

    What is alike in that comes by number. Neither the order of the catalogue nor that
    of the achievements changes anything.

    Sensitive qualifications are among them and are marked, `route.is_sensitive`: who
    may see that a learner has them, the caller decides before showing them.

    Args:
        catalogue: What `index` made, for many searches; or qualifications, of which
            a catalogue is made for this one.
        query: The filters and the what-if units; everything when not given.
        achievements: What the learner has.
        as_of: The day of the evaluation; without it no date of an achievement counts.
            It filters nothing: for that there is `in_operation_on`.
        limit: How many routes at most; all when not given.
        facts: Names of requirements beside credit that hold; where one is lacking,
            units alone complete nothing. Names that only some structures have, or
            none, change nothing in the others.

    Returns:
        The routes. Those in which nothing counts are evaluated when somebody asks for
        their credits.

    Raises:
        ValueError: A negative limit.

    Source: web-service schemas of release 9, operation ExecuteRta (observed: filters
    and results); what the filters compare and the order are ours (assumed).
    """
    if limit is not None and limit < 0:
        raise ValueError("a limit is not negative")
    query = RouteQuery() if query is None else query
    if not isinstance(catalogue, Catalogue):
        catalogue = index(catalogue)
    as_of = None if as_of is None else day_of(as_of)
    facts = tuple(sorted(set(facts)))
    had = tuple(achievements) if query.include_learner_units else ()
    found = _found(catalogue, query)
    standings: dict[int, Standing] = {}
    for place, (units, what_if) in catalogue.places_touched(had, query.what_if).items():
        if place in found:
            standings[place] = standing_of(
                catalogue.prepared(place),
                units,
                as_of=as_of,
                what_if=what_if,
                facts=facts,
            )

    def route(place: int) -> Route:
        standing = standings.get(place) or Later(
            catalogue.empty_standing, place, as_of, facts
        )
        return Route(qualification=catalogue.entry(place), standing=standing)

    return tuple(map(route, islice(_ranked(catalogue, found, standings), limit)))


def _ranked(
    catalogue: Catalogue, found: Container[int], standings: Mapping[int, Standing]
) -> Iterator[int]:
    """Yield the places that were found, in the order of the routes."""
    nearest: list[tuple[int, int, int]] = []
    no_way: list[int] = []
    for place, standing in standings.items():
        needed, towards = standing.credits_needed, standing.credits_towards
        if not standing.credit:
            continue
        if needed is None or towards is None:
            no_way.append(place)
        else:
            nearest.append((needed, -towards, place))
    yield from (place for *_, place in sorted(nearest))
    told = {*no_way, *(place for *_, place in nearest)}
    for place in catalogue.places_by_total:
        if place in found and place not in told:
            yield place
    no_way += catalogue.places_without_total
    yield from sorted(place for place in set(no_way) if place in found)


# --- filters ----------------------------------------------------------------------


def _found(catalogue: Catalogue, query: RouteQuery) -> Container[int]:
    """Return where the qualifications are that all filters let through."""
    found: Places = range(len(catalogue))
    narrowed = [catalogue.places_of_unit(unit) for unit in query.must_contain]
    if query.number is not None:
        narrowed.append(catalogue.places_of_number(query.number))
    if query.keyword is not None:
        narrowed.append(catalogue.places_of_keyword(query.keyword))
    for places in sorted(narrowed, key=len):
        found = set(places).intersection(found)
    for attribute, lets_through in _FILTERS.items():
        wanted = getattr(query, attribute)
        if wanted not in (None, ()):
            found = {
                place for place in found if lets_through(catalogue.entry(place), wanted)
            }
    return found


def _has_level(one: Qualification, level: str) -> bool:
    given = one.level
    if given is None and one.structure is not None:
        given = one.structure.level
    return level in named_levels(given)


def _is_for(one: Qualification, age: int | str) -> bool:
    if isinstance(age, str):
        return age in one.ages
    return any(
        low <= age <= high
        for name, (low, high) in AGE_RANGES.items()
        if name in one.ages
    )


def _is_in_operation(one: Qualification, day: dt.date) -> bool:
    start, end = one.operational_start, one.operational_end
    return (start is None or start <= day) and (end is None or day <= end)


_FILTERS: Mapping[str, Callable[..., bool]] = {
    "level": _has_level,
    "size": lambda one, size: one.size is size,
    "subject_area": lambda one, areas: (
        not area_codes(one.subject_area).isdisjoint(areas)
    ),
    "country": lambda one, country: country in one.countries,
    "age": _is_for,
    "in_operation_on": _is_in_operation,
}
"""What the other filters let through; those before use the index."""

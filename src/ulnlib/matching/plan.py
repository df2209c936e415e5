"""Which searches are worth making again, where only the real service can be asked.

Each step is a whole request that the service takes: its five mandatory fields and its
four refiners, with one thing changed, and the tolerance that the change stands for.
What the service would refuse is not in it: a refiner is left out, a step with a wrong
name or date is none. The answers are compared by `rank`.

Examples:
    >>> query = Query(
    ...     given_name="Bill",
    ...     family_name="McExample",
    ...     date_of_birth="2008-05-04",
    ...     gender="1",
    ...     postcode="ZA1 1AB",
    ... )
    >>> for step in list(search_plan(query))[:4]:
    ...     print(step.why)
    as given
    given name and family name changed over
    prefix: MacExample
    prefix: Mc Example
"""

from __future__ import annotations

__all__ = ["PLAN_LIMIT", "Step", "search_plan"]

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from ulnlib import postcode
from ulnlib._dates import day_of, parse_date
from ulnlib._text import fold_text, squeeze
from ulnlib.codes import Gender
from ulnlib.errors import InvalidDate
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Severity
from ulnlib.learner import Learner
from ulnlib.matching.answers import Query
from ulnlib.matching.nicknames import NameRelation
from ulnlib.matching.spellings import (
    MOST_OF_A_KIND,
    companion_names,
    double_spellings,
    plain_spellings,
    prefix_spellings,
    rare_companion_names,
    said_spellings,
    sound_spellings,
    without_suffix,
)
from ulnlib.matching.tolerances import Tolerance
from ulnlib.rules.registration import birth_dates
from ulnlib.rules.values import check_value

PLAN_LIMIT = 20
"""How many requests a plan has when the caller does not say."""

_EARLIEST, _LATEST = "1900-01-01", "2099-12-31"
_CUT = frozenset({"given_name", "family_name", "previous_family_name"})
_REFINERS = ("previous_family_name", "school_at_16", "place_of_birth", "email")


@attrs.frozen(kw_only=True)
class Step:
    """One request.

    Attributes:
        learner: What to send: the five key demographics and the official refiners.
            Its `repr` shows nothing of it.
        tolerance: What the change stands for; None for the first, as given.
        why: The change in words. It may hold a name.
    """

    learner: Learner
    tolerance: Tolerance | None
    why: str = attrs.field(repr=False)


_Changes = Iterator[tuple[dict[str, str], str]]


def search_plan(
    query: Query | Learner, *, limit: int = PLAN_LIMIT, as_of: dt.date | None = None
) -> Iterator[Step]:
    """Yield the searches worth making, best first, each once.

    Args:
        query: What is known. The given name may be missing when there is a preferred
            or middle name; an unknown or wrong postcode becomes ZZ99 9ZZ and an
            unknown or wrong gender 0. A name of more than 35 characters is cut there.
        limit: How many requests at most, the first among them.
        as_of: The day of the search. With it, no step has a date of birth that no
            learner can have on that day, not even the first; without it, none has one
            before 1900.

    Yields:
        The requests. None at all without a family name, any given name, or a date of
        birth that the service takes: it takes no request without.

    Raises:
        ValueError: The limit is negative.

    Source: LRS portal guide, Appendix B (published); findlearner.xsd and learner.xsd
    of the web-service schemas (fields, observed); LRS communication of 12 July 2018
    (ages, observed); the order is ours (assumed).
    """
    if limit < 0:
        raise ValueError("limit is 0 or more")
    return islice(_steps(query, _limits(as_of)), limit)


def _limits(as_of: dt.date | None) -> tuple[str, str]:
    """Return the first and the last date of birth that is asked for, as text."""
    if as_of is None:
        return _EARLIEST, _LATEST
    first, last = birth_dates(day_of(as_of))
    return first.isoformat(), last.isoformat()


def _steps(query: Query | Learner, limits: tuple[str, str]) -> Iterator[Step]:
    asked = query.learner if isinstance(query, Query) else query
    others = query.other_postcodes if isinstance(query, Query) else ()
    first = _request(asked)
    if first is None:
        return
    seen = set()
    changes: Iterator[tuple[Tolerance | None, dict[str, str], str]] = iter(
        [(None, {}, "as given")]
    )
    for tolerance, changed, why in (*changes, *_all_changes(asked, first, others)):
        learner = _as_taken(first.evolve(**changed), limits)
        if learner is None:
            continue
        key = tuple(fold_text(value or "") for value in learner.values())
        if key not in seen:
            seen.add(key)
            yield Step(learner=learner, tolerance=tolerance, why=why)


def _request(asked: Learner) -> Learner | None:
    """Return what is known as a request of the service, None when it cannot be one.

    Its date may be out of the age limits: another that is made of it may not.
    """
    names = (asked.given_name, asked.preferred_given_name, asked.middle_names)
    given = next(filter(None, (_taken("given_name", name) for name in names)), None)
    family = _taken("family_name", asked.family_name)
    born = (asked.date_of_birth or "").strip()
    try:
        parse_date(born)
    except InvalidDate:
        return None
    if given is None or family is None:
        return None
    return Learner(
        given_name=given,
        family_name=family,
        date_of_birth=born,
        gender=_taken("gender", asked.gender) or Gender.NOT_KNOWN.value,
        postcode=_postcode(asked.postcode),
        **{name: getattr(asked, name) for name in _REFINERS},
    )


def _taken(name: str, value: str | None) -> str | None:
    """Return a value as the service takes it for a field; None when it does not.

    Source: learner.xsd of the web-service schemas (observed); that a longer name is
    cut there is ours (assumed).
    """
    text = squeeze(value or "")
    field = FIELDS[name]
    if name in _CUT:
        text = text[: field.max_length].rstrip()
    # Half a character of two parts cannot be written down, in a message or a file.
    if not text or any("\ud800" <= character <= "\udfff" for character in text):
        return None
    found = check_value(field, text, field.codes)
    return None if any(one.severity is Severity.ERROR for one in found) else text


def _as_taken(learner: Learner, limits: tuple[str, str]) -> Learner | None:
    """Return a request with what the service takes of it; None when it takes none."""
    taken = {
        name: _taken(name, getattr(learner, name))
        for name in (*FIVE_DEMOGRAPHICS, *_REFINERS)
    }
    if not all(taken[name] for name in FIVE_DEMOGRAPHICS):
        return None
    first, last = limits
    is_possible = first <= (taken["date_of_birth"] or "") <= last
    return Learner(**taken) if is_possible else None


def _postcode(text: str | None) -> str:
    given = squeeze(text or "")
    return postcode.format(given) if postcode.is_valid(given) else postcode.DEFAULT


def _all_changes(
    asked: Learner, first: Learner, others: tuple[str, ...]
) -> Iterator[tuple[Tolerance, dict[str, str], str]]:
    for tolerance, changes in _TABLE:
        for changed, why in changes(asked, first, others):
            yield tolerance, changed, why


# --- one function a tolerance -----------------------------------------------------


def _other_postcode(_: Learner, __: Learner, others: tuple[str, ...]) -> _Changes:
    for text in others:
        if postcode.is_valid(squeeze(text)):
            code = postcode.format(squeeze(text))
            yield {"postcode": code}, f"another postcode: {code}"


def _previous(asked: Learner, first: Learner, _: tuple[str, ...]) -> _Changes:
    for name in (asked.previous_family_name, asked.family_name_at_16):
        if name and squeeze(name):
            changed = {
                "family_name": squeeze(name),
                "previous_family_name": first.family_name or "",
            }
            yield changed, f"former family name: {squeeze(name)}"


def _swapped(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    given, family = first.given_name or "", first.family_name or ""
    changed = {"given_name": family, "family_name": given}
    yield changed, "given name and family name changed over"


def _preferred(asked: Learner, _: Learner, __: tuple[str, ...]) -> _Changes:
    name = squeeze(asked.preferred_given_name or "")
    if name:
        yield {"given_name": name}, f"preferred name: {name}"


def _middle(asked: Learner, _: Learner, __: tuple[str, ...]) -> _Changes:
    for name in (asked.middle_names or "").split()[:MOST_OF_A_KIND]:
        yield {"given_name": name}, f"middle name as given name: {name}"


_Names = Callable[[str, NameRelation], tuple[str, ...]]


def _related(names: _Names, kind: NameRelation) -> Callable[..., _Changes]:
    def changes(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
        for name in names(first.given_name or "", kind):
            yield {"given_name": name}, f"also called: {name}"

    return changes


def _affixes(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    name = first.family_name or ""
    for form in prefix_spellings(name):
        yield {"family_name": form}, f"prefix: {form}"
    bare = without_suffix(name)
    if bare is not None:
        yield {"family_name": bare}, f"without suffix: {bare}"


def _double(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    for form in double_spellings(first.family_name or ""):
        yield {"family_name": form}, f"double-barrelled name: {form}"


def _by_ear(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    for field in ("family_name", "given_name"):
        name = getattr(first, field)
        for form in (*said_spellings(field, name), *sound_spellings(field, name)):
            yield {field: form}, f"sounds like it: {form}"


def _marks(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    names = [getattr(first, field) for field in _BOTH]
    given, family = (plain_spellings(name) or (name, name) for name in names)
    whys = ("without accents", "without accents, apostrophes and hyphens")
    for one, other, why in zip(given, family, whys, strict=True):
        changed = dict(zip(_BOTH, (one, other), strict=True))
        yield changed, why


_BOTH = ("given_name", "family_name")


def _given_names(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    names = re.split(r"[- ]+", first.given_name or "")
    if len(names) > 1:
        yield {"given_name": names[0]}, f"the first given name alone: {names[0]}"
        together = "".join(names).capitalize()
        yield {"given_name": together}, f"given names run together: {together}"


def _born(first: Learner) -> tuple[str, str, str]:
    year, month, day = (first.date_of_birth or "").split("-")
    return year, month, day


def _day_month(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    year, month, day = _born(first)
    if int(day) <= 12:
        yield {"date_of_birth": f"{year}-{day}-{month}"}, "day and month changed over"


def _first_of_month(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    year, month, _day = _born(first)
    yield {"date_of_birth": f"{year}-{month}-01"}, "the first of the month"


def _first_of_january(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    year = _born(first)[0]
    yield {"date_of_birth": f"{year}-01-01"}, "1 January of the year"


def _year(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    year, month, day = _born(first)
    for other in (int(year) - 1, int(year) + 1):
        changed = {"date_of_birth": f"{other}-{month}-{day}"}
        yield changed, f"the year {other}"


def _first_of_january_near(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    year = int(_born(first)[0])
    for other in (year - 1, year + 1):
        yield {"date_of_birth": f"{other}-01-01"}, f"1 January {other}"


def _default_postcode(_: Learner, __: Learner, ___: tuple[str, ...]) -> _Changes:
    yield {"postcode": postcode.DEFAULT}, f"the default postcode {postcode.DEFAULT}"


def _no_gender(_: Learner, __: Learner, ___: tuple[str, ...]) -> _Changes:
    yield {"gender": Gender.NOT_KNOWN.value}, "gender not known"


_TABLE: tuple[tuple[Tolerance, Callable[..., _Changes]], ...] = (
    (Tolerance.OTHER_POSTCODE, _other_postcode),
    (Tolerance.PREVIOUS_FAMILY_NAME, _previous),
    (Tolerance.NAMES_SWAPPED, _swapped),
    (Tolerance.SURNAME_AFFIX, _affixes),
    (Tolerance.DOUBLE_BARRELLED, _double),
    (Tolerance.PREFERRED_NAME, _preferred),
    (Tolerance.NAME_VARIANT, _related(companion_names, NameRelation.VARIANT)),
    (Tolerance.NICKNAME, _related(companion_names, NameRelation.NICKNAME)),
    (Tolerance.SOUND, _by_ear),
    (Tolerance.GIVEN_NAMES_TOGETHER, _given_names),
    (Tolerance.MIDDLE_NAME, _middle),
    (Tolerance.DAY_MONTH_SWAPPED, _day_month),
    (Tolerance.DEFAULT_POSTCODE, _default_postcode),
    (Tolerance.FIRST_OF_JANUARY, _first_of_january),
    (Tolerance.FIRST_OF_MONTH, _first_of_month),
    (Tolerance.MARKS, _marks),
    (Tolerance.GENDER_NOT_KNOWN, _no_gender),
    (Tolerance.YEAR_OFF, _year),
    (Tolerance.FIRST_OF_JANUARY_NEAR, _first_of_january_near),
    (Tolerance.NAME_VARIANT, _related(rare_companion_names, NameRelation.VARIANT)),
    (Tolerance.NICKNAME, _related(rare_companion_names, NameRelation.NICKNAME)),
)
"""The tolerances that make another request, best first.

Source: LRS portal guide, Appendix B (published); the order is ours (assumed): what
the record is likeliest to hold comes first.
"""

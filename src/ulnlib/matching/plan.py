"""Which searches are worth making again, where only the real service can be asked.

Each step is a whole request that the service takes: its five mandatory fields and its
four refiners, with one thing changed, and the tolerance that the change stands for.
The answers are compared by `rank`.

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
    prefix: Example
"""

from __future__ import annotations

__all__ = ["PLAN_LIMIT", "Step", "search_plan"]

import re
from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from ulnlib import postcode
from ulnlib._dates import parse_date
from ulnlib._text import fold_text, squeeze
from ulnlib.codes import Gender
from ulnlib.errors import InvalidDate
from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.matching.answers import Query
from ulnlib.matching.nicknames import NameRelation, companions
from ulnlib.matching.plain import plain
from ulnlib.matching.tolerances import Tolerance
from ulnlib.matching.weights import default_weights

PLAN_LIMIT = 20
"""How many requests a plan has when the caller does not say."""

_NAMES_OF_A_KIND = 4
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


def search_plan(query: Query | Learner, *, limit: int = PLAN_LIMIT) -> Iterator[Step]:
    """Yield the searches worth making, best first, each once.

    Args:
        query: What is known. The given name may be missing when there is a preferred
            or middle name; an unknown postcode becomes ZZ99 9ZZ and an unknown gender
            0.
        limit: How many requests at most, the first among them.

    Yields:
        The requests. None at all without a family name, any given name, or a date of
        birth: the service takes no request without.

    Raises:
        ValueError: The limit is negative.

    Source: LRS portal guide, Appendix B (published); findlearner.xsd of the
    web-service schemas (fields, observed); the order is ours (assumed).
    """
    if limit < 0:
        raise ValueError("limit is 0 or more")
    return islice(_steps(query), limit)


def _steps(query: Query | Learner) -> Iterator[Step]:
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
        learner = first.evolve(**changed)
        key = tuple(fold_text(value or "") for value in learner.values())
        if key not in seen:
            seen.add(key)
            yield Step(learner=learner, tolerance=tolerance, why=why)


def _request(asked: Learner) -> Learner | None:
    """Return what is known as a request of the service, None when it cannot be one."""
    names = (asked.given_name, asked.preferred_given_name, asked.middle_names)
    values = {
        "given_name": next(filter(None, (squeeze(name or "") for name in names)), ""),
        "family_name": squeeze(asked.family_name or ""),
        "date_of_birth": (asked.date_of_birth or "").strip(),
        "gender": (asked.gender or "").strip() or Gender.NOT_KNOWN.value,
        "postcode": _postcode(asked.postcode),
    }
    try:
        parse_date(values["date_of_birth"])
    except InvalidDate:
        return None
    if not all(values[name] for name in FIVE_DEMOGRAPHICS):
        return None
    refiners = {name: getattr(asked, name) for name in _REFINERS}
    return Learner(**values, **refiners)


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
    for name in (asked.middle_names or "").split()[:_NAMES_OF_A_KIND]:
        yield {"given_name": name}, f"middle name as given name: {name}"


def _related(kinds: frozenset[NameRelation]) -> Callable[..., _Changes]:
    def changes(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
        weights = default_weights()
        found = [
            name for name, kind in companions(first.given_name or "") if kind in kinds
        ]
        found.sort(key=lambda name: (weights.rarity("given_name", name), name))
        for name in found[:_NAMES_OF_A_KIND]:
            yield {"given_name": name.title()}, f"also called: {name.title()}"

    return changes


_PREFIXES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), forms)
    for pattern, forms in (
        (r"(?:Mac|Mc|M['\u2019])[ ]?(?=\w{3})", ("Mac", "Mc", "")),
        (r"O(?:['\u2019]|[ ])[ ]?(?=\w{3})", ("O'", "O", "")),
        (r"Fitz[ -]?(?=\w{3})", ("Fitz", "Fitz ", "")),
        (r"(?:St\.?|Saint)[ -](?=\w{3})", ("St ", "Saint ", "")),
        (r"(?:Al|El)[ -](?=\w{3})", ("Al-", "El-", "Al ", "")),
        (r"(?:Van|De|Von)[ ](?:Der|Den|De|La)[ ](?=\w{3})", ("",)),
        (r"(?:Bin|Ibn|Bint|Ap|Ab|De|Du|Di|Le|La|Von)[ -](?=\w{3})", ("",)),
        (r"Van[ ](?=\w{3})", ("Van", "")),
    )
)
_SUFFIX = re.compile(
    r"[, ]+(?:Jr|Jnr|Junior|Sr|Snr|Senior|II|III|IV)\.?$", re.IGNORECASE
)


def _affixes(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    name = first.family_name or ""
    found = []
    for pattern, forms in _PREFIXES:
        match = pattern.match(name)
        if match:
            rest = name[match.end() :]
            found += [form + rest[:1].upper() + rest[1:] for form in forms]
            break
    if _SUFFIX.search(name):
        found.append(_SUFFIX.sub("", name))
    for form in dict.fromkeys(found):
        yield {"family_name": form}, f"prefix: {form}"


def _double(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    name = first.family_name or ""
    halves = [half for half in re.split(r"[- ]+", name) if half]
    if len(halves) < 2:
        return
    joined = [" ".join(halves) if "-" in name else "-".join(halves), *halves]
    if len(halves) == 2:
        joined.append("-".join(halves[::-1]))
    for form in joined:
        if len(form) > 2:
            yield {"family_name": form}, f"double-barrelled name: {form}"


def _marks(_: Learner, first: Learner, __: tuple[str, ...]) -> _Changes:
    bare = {
        field: plain(getattr(first, field)).title()
        for field in ("given_name", "family_name")
    }
    changed = {
        field: text
        for field, text in bare.items()
        if text and fold_text(text) != fold_text(getattr(first, field))
    }
    if changed:
        yield changed, "without accents, apostrophes and hyphens"


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
    (Tolerance.NAME_VARIANT, _related(frozenset({NameRelation.VARIANT}))),
    (Tolerance.NICKNAME, _related(frozenset({NameRelation.NICKNAME}))),
    (Tolerance.GIVEN_NAMES_TOGETHER, _given_names),
    (Tolerance.MIDDLE_NAME, _middle),
    (Tolerance.DAY_MONTH_SWAPPED, _day_month),
    (Tolerance.DEFAULT_POSTCODE, _default_postcode),
    (Tolerance.FIRST_OF_JANUARY, _first_of_january),
    (Tolerance.FIRST_OF_MONTH, _first_of_month),
    (Tolerance.MARKS, _marks),
    (Tolerance.GENDER_NOT_KNOWN, _no_gender),
)
"""The tolerances that make another request, best first.

Source: LRS portal guide, Appendix B (published); the order is ours (assumed): what
the record is likeliest to hold comes first.
"""

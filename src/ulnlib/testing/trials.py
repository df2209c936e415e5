"""Trials of matching: what is asked of a register, and what would be right.

A trial is a question about somebody, as a college might put it, and the ULNs that would
be a right answer; there is none where the register does not hold them. `MIXES` says how
many are asked with how many mistakes, and how many are about somebody else: a stranger,
or the worst of all, a brother, sister or twin of somebody who is there.

The mistakes are those of `ulnlib.testing.mistakes`. None of this knows the matcher.

Examples:
    >>> from ulnlib.testing import population
    >>> people = list(population(2_000, seed=1))
    >>> asked = list(trials(people, size=100, seed=1, mix="hard"))
    >>> len(asked), sum(trial.truth is None for trial in asked)
    (100, 20)
"""

from __future__ import annotations

__all__ = [
    "MIXES",
    "ErrorKind",
    "Mix",
    "Trial",
    "TrialKind",
    "apply",
    "trials",
]

import datetime as dt
from bisect import bisect
from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate, chain, cycle, repeat
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from ulnlib._dates import birthday_bounds
from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.testing._draw import Weighted, one_of
from ulnlib.testing.mistakes import FIELDS_OF, ErrorKind, apply
from ulnlib.testing.names import FEMALE, MALE, names
from ulnlib.testing.people import AS_OF, YOUNGEST, strangers
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class TrialKind(StrEnum):
    """What a trial is about."""

    EXACT = "exact"
    ONE = "one_error"
    TWO = "two_errors"
    THREE = "three_errors"
    STRANGER = "stranger"
    SIBLING = "sibling"
    TWIN = "twin"


_ERRORS = {
    TrialKind.EXACT: 0,
    TrialKind.ONE: 1,
    TrialKind.TWO: 2,
    TrialKind.THREE: 3,
}


@attrs.frozen(kw_only=True)
class Trial:
    """One question to a register, with its right answer.

    Attributes:
        query: What is known of the person: the five key demographics, and some of the
            names, place and school that one would be asked for besides. It never has
            a number of any kind, an e-mail address or an address line.
        other_postcodes: Other postcodes that the person gives when asked, for trials
            in which a previous or a parent's one is the register's.
        kind: What the trial is about.
        errors: What is wrong with the query, in the order in which it was done.
        truth: The ULN of the record that the query was made from, or None for
            somebody whom the register does not hold.
        truths: The ULNs of all records of that person; one is as right as another.
        near: The record whose sibling, twin or neighbour the person is, for somebody
            whom the register does not hold.
    """

    query: Learner
    other_postcodes: tuple[str, ...] = attrs.field(default=(), repr=False)
    kind: TrialKind
    errors: tuple[ErrorKind, ...] = ()
    truth: Uln | None = None
    truths: frozenset[Uln] = frozenset()
    near: Uln | None = None


@attrs.frozen(kw_only=True)
class Mix:
    """How many trials are of which kind.

    Attributes:
        shares: Of a hundred trials, how many are of each kind.
        errors: How often each kind of mistake is made; one without a figure never is.
        in_turn: Whether the mistakes take turns, so that each comes equally often.
    """

    shares: Mapping[TrialKind, int]
    errors: Mapping[ErrorKind, int]
    in_turn: bool = False


_OFTEN = MappingProxyType(
    {
        ErrorKind.PREVIOUS_FAMILY_NAME: 30,
        ErrorKind.NEW_FAMILY_NAME: 40,
        ErrorKind.NAMES_SWAPPED: 20,
        ErrorKind.MIDDLE_NAME_AS_GIVEN: 30,
        ErrorKind.PREFIX_CHANGED: 40,
        ErrorKind.SUFFIX_CHANGED: 4,
        ErrorKind.NICKNAME: 110,
        ErrorKind.GIVEN_NAME_KEYBOARD: 20,
        ErrorKind.GIVEN_NAME_LETTER: 25,
        ErrorKind.GIVEN_NAME_DROPPED: 20,
        ErrorKind.GIVEN_NAME_DOUBLED: 15,
        ErrorKind.GIVEN_NAME_TRANSPOSED: 15,
        ErrorKind.GIVEN_NAME_HEARD: 60,
        ErrorKind.FAMILY_NAME_KEYBOARD: 20,
        ErrorKind.FAMILY_NAME_LETTER: 25,
        ErrorKind.FAMILY_NAME_DROPPED: 20,
        ErrorKind.FAMILY_NAME_DOUBLED: 15,
        ErrorKind.FAMILY_NAME_TRANSPOSED: 15,
        ErrorKind.FAMILY_NAME_HEARD: 60,
        ErrorKind.HALF_OF_DOUBLE_BARRELLED: 60,
        ErrorKind.HYPHEN_CHANGED: 60,
        ErrorKind.HALVES_SWAPPED: 15,
        ErrorKind.GIVEN_NAMES_TOGETHER: 25,
        ErrorKind.INITIALS_ONLY: 10,
        ErrorKind.DAY_MONTH_SWAPPED: 35,
        ErrorKind.FIRST_OF_MONTH: 10,
        ErrorKind.FIRST_OF_JANUARY: 10,
        ErrorKind.FIRST_OF_NEAR_JANUARY: 5,
        ErrorKind.DATE_DIGIT: 40,
        ErrorKind.YEAR_OFF_BY_ONE: 15,
        ErrorKind.PREVIOUS_POSTCODE: 60,
        ErrorKind.PARENTS_POSTCODE: 40,
        ErrorKind.MOVED: 140,
        ErrorKind.NO_POSTCODE: 25,
        ErrorKind.POSTCODE_CHARACTER: 40,
        ErrorKind.GENDER_NOT_KNOWN: 15,
        ErrorKind.GENDER_NOT_SPECIFIED: 10,
        ErrorKind.GENDER_MISKEYED: 20,
        ErrorKind.GENDER_MISSING: 10,
        ErrorKind.ACCENTS_LOST: 60,
        ErrorKind.APOSTROPHE_LOST: 60,
        ErrorKind.CASE_CHANGED: 15,
        ErrorKind.SPACES_CHANGED: 60,
        ErrorKind.CUT_SHORT: 30,
    }
)
"""How often each mistake is tried; many can be made with few people only.

Source: ours; nobody publishes how often they are made (assumed).
"""

MIXES: Mapping[str, Mix] = MappingProxyType(
    {
        "standard": Mix(
            shares=MappingProxyType(
                {
                    TrialKind.EXACT: 19,
                    TrialKind.ONE: 53,
                    TrialKind.TWO: 20,
                    TrialKind.STRANGER: 5,
                    TrialKind.SIBLING: 2,
                    TrialKind.TWIN: 1,
                }
            ),
            errors=_OFTEN,
        ),
        "hard": Mix(
            shares=MappingProxyType(
                {
                    TrialKind.TWO: 60,
                    TrialKind.THREE: 20,
                    TrialKind.STRANGER: 12,
                    TrialKind.SIBLING: 5,
                    TrialKind.TWIN: 3,
                }
            ),
            errors=_OFTEN,
        ),
        "single": Mix(
            shares=MappingProxyType({TrialKind.ONE: 100}),
            errors=MappingProxyType(dict.fromkeys(ErrorKind, 1)),
            in_turn=True,
        ),
    }
)
"""The mixes, each by its name.

* `standard`: a working day. 19 of a hundred are right, 73 have one or two mistakes, 8
  are about somebody who is not there: 5 strangers, half of whom have the date of birth
  and the postcode of somebody who is, 2 siblings, 1 twin.
* `hard`: 60 have two mistakes, 20 have three, 20 are about somebody who is not there.
* `single`: one mistake, each kind equally often.
"""


def trials(  # noqa: PLR0913  # all but the first by name
    learners: Iterable[Learner],
    *,
    size: int,
    seed: int = 0,
    mix: str | Mix = "standard",
    count: int | None = None,
    as_of: dt.date = AS_OF,
) -> Iterator[Trial]:
    """Yield trials about the learners of a population, and about others.

    The learners are gone through once, and few are kept at a time. Mistakes that few
    people can have made with them wait for somebody; when all learners are gone
    through, they are made with the same few people again. Only where nobody at all
    will do, fewer trials come.

    Args:
        learners: A population in order, with ULNs.
        size: How many trials.
        seed: Which trials; the same seed gives the same ones of the same population.
        mix: How many of which kind: the name of one of `MIXES`, or one's own.
        count: How many learners there are; needed where they are no sequence.
        as_of: The day on which ages are counted, for strangers.

    Yields:
        Trials, roughly in the order of the learners.

    Raises:
        KeyError: No mix has that name.
        ValueError: The learners are no sequence and `count` is not given, or there
            are none.
    """
    chosen = MIXES[mix] if isinstance(mix, str) else mix
    if count is None:
        if not isinstance(learners, Sequence):
            raise ValueError("give the count of learners, or a sequence of them")
        count = len(learners)
    if count < 1:
        raise ValueError("trials need learners")
    return _Trials(chosen, size, count, seed, as_of).of(learners)


@attrs.frozen
class _Wish:
    """A trial that is wanted: its kind, and the mistake where it is fixed."""

    kind: TrialKind
    error: ErrorKind | None = None


_AROUND = 3
"""How many records before and after one may be of the same household or person."""

_TRIES = 60
_KEPT = 500

_REFINERS = MappingProxyType(
    {
        "preferred_given_name": 0.4,
        "middle_names": 0.6,
        "previous_family_name": 0.5,
        "school_at_16": 0.3,
        "place_of_birth": 0.5,
    }
)
"""How many of those who have one tell it with the five key demographics."""


class _Trials:
    """Makes trials; one source of chance decides everything."""

    def __init__(
        self, mix: Mix, size: int, count: int, seed: int, as_of: dt.date
    ) -> None:
        self._chance = chance = Random(f"trials-{seed}")  # noqa: S311  # for tests
        self._strangers = strangers(
            Random(f"strangers-{seed}"),  # noqa: S311
            as_of=as_of,
        )
        self._youngest = birthday_bounds(as_of, YOUNGEST, YOUNGEST + 1)[1]
        self._errors = Weighted(mix.errors.items())
        self._wishes = list(_wishes(mix, size, chance))
        self._places = sorted(int(chance.random() * count) for _ in range(size))
        self._waiting: dict[_Wish, int] = {}
        self._made: dict[_Wish, deque[_Somebody]] = {}

    def of(self, learners: Iterable[Learner]) -> Iterator[Trial]:
        """Yield the trials."""
        wanted = zip(self._places, self._wishes, strict=True)
        place, wish = next(wanted, (-1, None))
        for number, somebody in enumerate(_everybody(learners)):
            for waiting in [wish for wish, many in self._waiting.items() if many]:
                if trial := self._trial(waiting, somebody):
                    self._waiting[waiting] -= 1
                    yield trial
            while wish is not None and place == number:
                if trial := self._trial(wish, somebody):
                    yield trial
                else:
                    self._waiting[wish] = self._waiting.get(wish, 0) + 1
                place, wish = next(wanted, (-1, None))
            if wish is None and not any(self._waiting.values()):
                return
        for waiting, many in self._waiting.items():
            yield from self._again(waiting, many)

    def _again(self, wish: _Wish, many: int) -> Iterator[Trial]:
        """Yield as many trials of those with whom one could be made already."""
        made = self._made.get(wish)
        while many and made:
            made.rotate(1)
            if trial := self._trial(wish, made[0]):
                many -= 1
                yield trial

    def _trial(self, wish: _Wish, somebody: _Somebody) -> Trial | None:
        """Return a trial about somebody, if there can be one."""
        if wish.kind is TrialKind.STRANGER:
            return self._of_stranger(somebody.learner)
        if wish.kind in _ERRORS:
            trial = self._of_known(wish, somebody)
        else:
            trial = self._of_relative(wish.kind, somebody)
        if trial is not None and wish.error is not None:
            made = self._made.setdefault(wish, deque(maxlen=_KEPT))
            if somebody not in made:
                made.append(somebody)
        return trial

    def _of_known(self, wish: _Wish, somebody: _Somebody) -> Trial | None:
        """Return a trial about somebody whom the register holds."""
        learner = asked = somebody.learner
        used: set[str] = set()
        errors: list[ErrorKind] = []
        for _ in range(_TRIES if wish.error is None else 1):
            if len(errors) == _ERRORS[wish.kind]:
                break
            error = wish.error or self._errors.draw(self._chance.random())
            if used.isdisjoint(FIELDS_OF[error]) and (
                changed := apply(error, asked, self._chance)
            ):
                asked = changed
                errors.append(error)
                used |= FIELDS_OF[error]
        if len(errors) < _ERRORS[wish.kind]:
            return None
        told = {ErrorKind.PREVIOUS_POSTCODE, ErrorKind.PARENTS_POSTCODE}
        others = learner.postcode if told.intersection(errors) else None
        return Trial(
            query=self._query(asked, married=ErrorKind.NEW_FAMILY_NAME in errors),
            other_postcodes=(others,) if others else (),
            kind=wish.kind,
            errors=tuple(errors),
            truth=_uln(learner),
            truths=frozenset(map(_uln, (learner, *somebody.other_records()))),
        )

    def _of_stranger(self, learner: Learner) -> Trial:
        """Return a trial about a stranger, who may share a birthday and a postcode."""
        if self._chance.random() < 0.5:
            return Trial(
                query=self._query(next(self._strangers)), kind=TrialKind.STRANGER
            )
        stranger = next(
            one
            for one in self._strangers
            if one.family_name != learner.family_name
            and not _related(one.given_name, learner.given_name)
        )
        neighbour = stranger.evolve(
            date_of_birth=learner.date_of_birth, postcode=learner.postcode
        )
        return Trial(
            query=self._query(neighbour), kind=TrialKind.STRANGER, near=_uln(learner)
        )

    def _of_relative(self, kind: TrialKind, somebody: _Somebody) -> Trial | None:
        """Return a trial about a sibling or twin of somebody, who is not there."""
        chance, learner = self._chance, somebody.learner
        born = dt.date.fromisoformat(learner.date_of_birth or "")
        if kind is TrialKind.SIBLING:
            gap = dt.timedelta(days=310 + int(chance.random() * 2_000))
            born = born + gap if born + gap < self._youngest else born - gap
        community = names().community_of(learner.family_name or "")
        sex = one_of((FEMALE, MALE), chance)
        taken = [one.given_name for one in somebody.household()]
        for _ in range(_TRIES):
            given = names().given(chance, sex, born.year, community)
            if not any(_related(given, other) for other in taken):
                break
        else:
            return None
        middle = names().given(chance, sex, born.year, community)
        relative = learner.evolve(
            given_name=given,
            date_of_birth=born,
            gender="1" if sex is MALE else "2",
            middle_names=middle if chance.random() < community.middle else None,
            preferred_given_name=None,
            previous_family_name=None,
        )
        return Trial(query=self._query(relative), kind=kind, near=_uln(learner))

    def _query(self, learner: Learner, *, married: bool = False) -> Learner:
        """Return what is asked: the five key demographics and some of the others."""
        told = {name: getattr(learner, name) for name in FIVE_DEMOGRAPHICS}
        for name, share in _REFINERS.items():
            always = married and name == "previous_family_name"
            if self._chance.random() < share or always:
                told[name] = getattr(learner, name)
        return Learner(**told)


@attrs.frozen
class _Somebody:
    """A learner, and those who stand next to them in the register."""

    learner: Learner
    around: tuple[Learner, ...]

    def household(self) -> Iterator[Learner]:
        """Yield the learner and those around who live at the same postcode."""
        yield self.learner
        for other in self.around:
            if other.postcode == self.learner.postcode:
                yield other

    def other_records(self) -> Iterator[Learner]:
        """Yield the other records of the same person."""
        learner = self.learner
        for other in self.around:
            if (
                other.given_name == learner.given_name
                and other.date_of_birth == learner.date_of_birth
                and other.gender == learner.gender
                and other.postcode == learner.postcode
            ):
                yield other


def _wishes(mix: Mix, size: int, chance: Random) -> Iterator[_Wish]:
    """Yield the trials that are wanted, in an order by chance."""
    total = sum(mix.shares.values())
    bounds = list(accumulate(mix.shares.values()))
    kinds = list(mix.shares)
    # Evenly spread, so that the shares are those of the mix in every size.
    wanted = [kinds[bisect(bounds, n * total // size)] for n in range(size)]
    turns = cycle(mix.errors)
    for kind in sorted(wanted, key=lambda _: chance.random()):
        yield _Wish(kind, next(turns) if mix.in_turn and _ERRORS.get(kind) else None)


def _everybody(learners: Iterable[Learner]) -> Iterator[_Somebody]:
    """Yield every learner with those around."""
    window: deque[Learner | None] = deque([None] * _AROUND, maxlen=2 * _AROUND + 1)
    for learner in chain(learners, repeat(None, _AROUND)):
        window.append(learner)
        if len(window) == 2 * _AROUND + 1 and (middle := window[_AROUND]):
            yield _Somebody(
                middle, tuple(one for one in window if one and one is not middle)
            )


def _related(one: str | None, other: str | None) -> bool:
    """Say whether two given names may be of one person."""
    first, second = ((name or "").partition(" ")[0] for name in (one, other))
    return (
        first.startswith(second)
        or second.startswith(first)
        or second in names().preferred(first)
        or first in names().preferred(second)
    )


def _uln(learner: Learner) -> Uln:
    """Return the ULN of a learner of the register."""
    return Uln(learner.uln or "")

"""What is still to come, at most: so that only what may become the best is joined.

The tables of the root's children are joined one after another, and of the whole only
the best entry is asked for. An entry of what is joined so far becomes at most so good:
its own worth, and the best of what is still to be joined that brings the credit which
the entry lacks. That is simple to say as long as only credit is looked at.

Caps and minimums of measures come in by weights. What is under a cap pays the weight
for each credit, and the weight is given once for each credit that the cap allows; with
a minimum it is the other way round. A whole that keeps them never loses by that, so
what is said with any weights is never too little; the weights are chosen so that it is
little. They change no entry and no score, only what is hoped for.
"""

from __future__ import annotations

__all__ = ["Ahead", "Tie", "Weight", "worths_of"]

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from ulnlib.rules.combination.fields import Field

_HALVINGS = 5
_DEAREST = 2  # a credit under a cap is never worth more than so many units

_Entry = tuple[int, int]
_Shelves = dict[int, list[tuple[int, int, int]]]  # by credit: worth, vector, score


class Weight(NamedTuple):
    """What each credit of a field adds to what a vector is worth."""

    field: Field
    each: int


@attrs.frozen
class Tie:
    """A bound of a field that holds in the end.

    Attributes:
        field: The field.
        bound: So much at most, or at least.
        sign: -1 where it is a most, 1 where it is a least.
    """

    field: Field
    bound: int
    sign: int


class _Step(NamedTuple):
    """What is worth most of all that brings so much credit, and its vector."""

    credit: int
    worth: int
    vector: int


class Ahead:
    """Bounds of what a root can still become.

    Args:
        joins: What is still to be joined, in its order.
        start: The vector that entries begin with, which holds no credit.
        credit: The field of the credit that is asked for.
        needed: How much of it.
        worths: Fields that are part of how good an entry is, and by how much.
        ties: What else holds in the end.
        never: Less than anything is worth.

    Attributes:
        joins: What is still to be joined.
        never: Less than anything is worth.
    """

    def __init__(  # noqa: PLR0913  # what a root is asked
        self,
        joins: list[list[_Entry]],
        *,
        start: int,
        credit: Field,
        needed: int,
        worths: Sequence[Weight],
        ties: Sequence[Tie],
        never: int,
    ) -> None:
        self.joins = joins
        self._credit, self._needed = credit, needed
        self._worths, self._ties = worths, ties
        self._start, self.never = start, never
        self._weights = (0,) * len(ties)
        self._shelves: dict[int, _Shelves] = {}

    # --- weights ------------------------------------------------------------------

    def weighed(self, acc: Iterable[_Entry], unit: int) -> tuple[int, ...]:
        """Choose a weight for each tie, one after another, to `use` them.

        Each is the one, about, with which the least is promised: as long as what is
        promised breaks the tie it has to be more.

        Args:
            acc: What is joined so far.
            unit: What a credit is worth, roughly.
        """
        entries = [(vector - self._start, score) for vector, score in acc]
        for place, tie in enumerate(self._ties):
            low, high, best = 0, unit * _DEAREST, 0
            least, is_kept = self._relaxed(entries, tie)
            for _ in range(0 if is_kept else _HALVINGS):
                each = (low + high) // 2
                self._set(place, each)
                promise, is_kept = self._relaxed(entries, tie)
                if promise < least:
                    least, best = promise, each
                low, high = (low, each) if is_kept else (each, high)
            self._set(place, best)
        return self._weights

    def use(self, weights: tuple[int, ...]) -> None:
        """Look ahead with such weights."""
        self._weights = weights
        self._rests = self._all_rests()
        self._shelves = {}

    def _set(self, place: int, each: int) -> None:
        self._weights = (*self._weights[:place], each, *self._weights[place + 1 :])

    def _relaxed(self, entries: Sequence[_Entry], tie: Tie) -> tuple[int, bool]:
        """Return what is promised, and whether that keeps a tie."""
        steps = [_Step(0, self._given, 0)]
        for entries_of in (*self.joins, entries):
            steps = self._joined(steps, self._steps(entries_of))
        if not steps or steps[0].credit < self._needed:
            return self.never, True
        most = steps[0]
        slack = tie.sign * (tie.field.of(most.vector) - tie.bound)
        return most.worth, slack >= 0

    # --- steps --------------------------------------------------------------------

    @property
    def _given(self) -> int:
        """What all weights come to where the ties are just kept."""
        pairs = zip(self._ties, self._weights, strict=True)
        return -sum([tie.sign * each * tie.bound for tie, each in pairs])

    def _valued(
        self, entries: Iterable[_Entry], *, is_plain: bool = False
    ) -> list[int]:
        """Return what entries are worth that start at 0, with weights or plainly."""
        weights = [] if is_plain else zip(self._ties, self._weights, strict=True)
        also = [Weight(tie.field, tie.sign * each) for tie, each in weights if each]
        return worths_of(entries, [*self._worths, *also])

    def _steps(self, entries: Sequence[_Entry]) -> list[_Step]:
        of, needed = self._credit.of, self._needed
        best: dict[int, _Step] = {}
        for entry, worth in zip(entries, self._valued(entries), strict=True):
            credit = min(of(entry[0]), needed)
            known = best.get(credit)
            if known is None or worth > known.worth:
                best[credit] = _Step(credit, worth, entry[0])
        return _falling(best)

    def _joined(self, steps: list[_Step], others: list[_Step]) -> list[_Step]:
        needed = self._needed
        best: dict[int, _Step] = {}
        for credit, worth, vector in steps:
            for more, gain, delta in others:
                both = min(credit + more, needed)
                known = best.get(both)
                if known is None or worth + gain > known.worth:
                    best[both] = _Step(both, worth + gain, vector + delta)
        return _falling(best)

    # --- bounds -------------------------------------------------------------------

    def _all_rests(self) -> list[list[int]]:
        """Return for each join, and for the end, what may be added from there on.

        Each list has it by the credit of an entry.
        """
        found = [self._by_credit([_Step(0, 0, 0)])]
        steps = [_Step(0, self._given, 0)]
        for join in reversed(self.joins):
            steps = self._joined(steps, self._steps(join))
            found.append(self._by_credit(steps))
        return found[::-1]

    def _by_credit(self, steps: list[_Step]) -> list[int]:
        needed, start = self._needed, self._credit.of(self._start)
        by_lack = [self.never] * (needed + 1)
        worth = self.never
        following = iter(steps)
        step = next(following, None)
        for lack in range(needed, -1, -1):
            while step is not None and step.credit >= lack:
                worth, step = step.worth, next(following, None)
            by_lack[lack] = worth
        above = self._credit.most - start - needed
        return [self.never] * start + by_lack[::-1] + [worth] * max(above, 0)

    def promise(self, acc: Mapping[int, int]) -> int:
        """Return what the best entry becomes at most."""
        return max([promise for _, _, promise in self._promises(0, acc)])

    def _promises(
        self, turn: int, acc: Mapping[int, int]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield vectors, scores, and what entries become at most."""
        of, rest = self._credit.of, self._rests[turn]
        worths = self._valued([(v - self._start, score) for v, score in acc.items()])
        for (vector, score), worth in zip(acc.items(), worths, strict=True):
            yield vector, score, worth + rest[of(vector)]

    def joined(
        self, turn: int, acc: Mapping[int, int], *, guard: int, worst: int, least: int
    ) -> tuple[dict[int, int], int]:
        """Join what may become good enough.

        Args:
            turn: The number of the join.
            acc: What is joined so far.
            guard: The bits that no vector may have.
            worst: No score is lower.
            least: So much has to be promised.

        Returns:
            What is joined, and the best promise that was not enough.
        """
        # In the end nothing is promised any more: there it is what it is.
        is_last = turn + 1 == len(self.joins)
        some, missed = self._promising(turn, acc, least)
        entries = self._shelved(some, self._start, is_plain=is_last)
        additions = self._shelves.get(turn)
        if additions is None:
            additions = self._shelved(self.joins[turn], 0, is_plain=is_last)
            self._shelves[turn] = additions
        # More credit than the field holds is more than the root allows.
        rest = self._rests[turn + 1] + [self.never] * (self._credit.most + 1)
        found: dict[int, int] = {}
        get = found.get
        for credit, shelf in entries.items():
            for more, other in additions.items():
                lacking = least - rest[credit + more]
                for worth, vector, score in shelf:
                    wanted = lacking - worth
                    for worth_too, delta, gain in other:
                        if worth_too < wanted:
                            missed = max(missed, least + worth_too - wanted)
                            break
                        new = vector + delta
                        if not new & guard and score + gain > get(new, worst):
                            found[new] = score + gain
                    if other[0][0] < wanted:
                        break
        return found, missed

    def _promising(
        self, turn: int, acc: Mapping[int, int], least: int
    ) -> tuple[list[_Entry], int]:
        """Return the entries that promise so much, and the best promise of others."""
        some, missed = [], self.never
        for vector, score, promise in self._promises(turn, acc):
            if promise >= least:
                some.append((vector, score))
            else:
                missed = max(missed, promise)
        return some, missed

    def _shelved(
        self, entries: Iterable[_Entry], start: int, *, is_plain: bool
    ) -> _Shelves:
        """Return entries and their worths by credit, of each credit the best first."""
        entries, of = list(entries), self._credit.of
        shelves: _Shelves = defaultdict(list)
        worths = self._valued(
            [(vector - start, score) for vector, score in entries], is_plain=is_plain
        )
        for (vector, score), worth in zip(entries, worths, strict=True):
            shelves[of(vector)].append((worth, vector, score))
        for shelf in shelves.values():
            shelf.sort(reverse=True)
        return shelves


def _falling(best: dict[int, _Step]) -> list[_Step]:
    """Return steps from the most credit down, each worth more than those before."""
    found: list[_Step] = []
    for credit in sorted(best, reverse=True):
        if not found or best[credit].worth > found[-1].worth:
            found.append(best[credit])
    return found


def worths_of(entries: Iterable[_Entry], weights: Sequence[Weight]) -> list[int]:
    """Return what entries are worth."""
    # Field after field, each in one go: it runs for every entry of large tables.
    several = list(entries)
    worths = [score for _, score in several]
    for field, each in weights:
        at, full = field.at, field.most
        worths = [
            worth + (vector >> at & full) * each
            for worth, (vector, _) in zip(worths, several, strict=True)
        ]
    return worths

"""What became of each unit, and why one that is achieved does not count."""

from __future__ import annotations

__all__ = ["units_of"]

from collections.abc import Collection, Iterator, Sequence

from ulnlib.qualifications import Achievement, Level, Unit
from ulnlib.rules.combination.claims import Claim, Claims
from ulnlib.rules.combination.evaluation import UnitResult, Why
from ulnlib.rules.combination.outline import HOW, count_of
from ulnlib.rules.combination.prepared import Place, Prepared, is_credit, rank_of
from ulnlib.rules.combination.question import Question

_WORDS = {
    Why.NOT_LISTED: "no group lists it",
    Why.ADDITIONAL: "it may be taken and does not count",
    Why.UNUSABLE: "the structure gives it no credits that can count",
    Why.TO_COME: "it is dated after the day of the evaluation",
    Why.NO_CREDIT: "its credits are not stated",
    Why.NOT_AT_LEVEL: "not at the level",
    Why.OTHER_SUBJECT: "of another subject area",
    Why.DUPLICATE: "duplicate",
    Why.BARRED: "barred",
    Why.SET_IS_FULL: "enough of its set count already",
    Why.MAXIMUM: "over the maximum",
    Why.ENOUGH_PARTS: "enough of the group count already",
    Why.CAP: "over a cap",
    Why.ROOM: "it would leave no room for what is still needed",
}


def units_of(
    prepared: Prepared,
    claims: Claims,
    question: Question,
    counted: Collection[int],
    what_if: Collection[str],
) -> Iterator[UnitResult]:
    """Yield what became of each unit: listed ones in order, then others achieved.

    Args:
        prepared: The structure.
        claims: What the learner has.
        question: The question that was asked.
        counted: Which of its claims count, by index.
        what_if: The keys of units that the learner has only in thought.
    """
    rows = _Rows(prepared, claims, question, counted, what_if)
    done = set()
    for key, unit in prepared.all_units:
        done.add(key)
        yield rows.of(key, unit)
    for key in sorted(claims.by_key.keys() - done):
        yield rows.of(key, None)


class _Rows:
    """Makes the rows of units."""

    def __init__(
        self,
        prepared: Prepared,
        claims: Claims,
        question: Question,
        counted: Collection[int],
        what_if: Collection[str],
    ) -> None:
        self._prepared = prepared
        self._claims = claims
        self._included = {question.claims[n].key: question.claims[n] for n in counted}
        self._reasons = _Reasons(prepared, claims, question, counted)
        self._what_if = what_if

    def of(self, key: str, unit: Unit | None) -> UnitResult:
        """Return the row of a unit, listed or only achieved."""
        prepared, claim = self._prepared, self._included.get(key)
        several = self._claims.by_key.get(key, [])
        first = several[0] if several else None
        why, detail = None, ""
        if several and claim is None:
            why, detail = self._reasons.of(key)
        numbers = prepared.listed.get(key, ())
        place = claim.place if claim is not None else (numbers[0] if numbers else None)
        stands_for = None
        if claim is not None and claim.listed is not None and claim.listed.key != key:
            stands_for = claim.listed.unit.reference
        days = self._claims.days
        return UnitResult(
            reference=unit.reference if unit is not None else _reference(first),
            title=prepared.titles.get(key, "") or (first.title if first else ""),
            credit=_credit(claim, unit, first),
            unit=unit,
            group=None if place is None else prepared.places[place].group.name,
            stands_for=stands_for,
            is_mandatory=key in prepared.mandatory,
            is_achieved=any(not days.is_to_come(one) for one in several),
            is_included=claim is not None,
            is_what_if=key in self._what_if,
            why=why,
            detail=detail,
        )


def _credit(
    claim: Claim | None, unit: Unit | None, first: Achievement | None
) -> int | None:
    """Return the credits that a unit counts, or would."""
    if claim is not None:
        return claim.credit
    credit = unit.credit if unit is not None else first.credit if first else None
    return credit if is_credit(credit) else None


def _asked(level: Level | str) -> str:
    return f"{level.label} or above" if isinstance(level, Level) else "a level"


def _reference(one: Achievement | None) -> str:
    return "" if one is None else one.unit.strip()


class _Reasons:
    """Why achieved units do not count."""

    def __init__(
        self,
        prepared: Prepared,
        claims: Claims,
        question: Question,
        counted: Collection[int],
    ) -> None:
        self._prepared = prepared
        self._claims = claims
        self._question = question
        self._counted = frozenset(counted)
        places = prepared.places
        self._credit = [0] * len(places)
        self._parts = [0] * len(places)
        for index in counted:
            claim = question.claims[index]
            self._parts[claim.place] += 1
            number = claim.place
            while number >= 0:
                self._credit[number] += claim.credit
                number = places[number].parent
        for place in places[1:]:
            if self._credit[place.number]:
                self._parts[place.parent] += 1

    def of(self, key: str) -> tuple[Why, str]:
        """Return why a unit does not count, and the same in words."""
        several, days = self._claims.by_key[key], self._claims.days
        if all(days.is_to_come(one) for one in several):
            return Why.TO_COME, _WORDS[Why.TO_COME]
        if not any(days.fit(one) for one in several):
            return Why.TOO_OLD, self._past_limit(several)
        found = [
            self._of_claim(index)
            for index, claim in enumerate(self._question.claims)
            if claim.key == key
        ]
        if found:
            return found[0]
        return self._unclaimed(key, several)

    def _unclaimed(self, key: str, several: Sequence[Achievement]) -> tuple[Why, str]:
        prepared = self._prepared
        if not several[0].unit.strip():
            return self._not_exempt(several)
        if key in prepared.additional:
            return Why.ADDITIONAL, _WORDS[Why.ADDITIONAL]
        if key in prepared.named and key not in prepared.listed:
            return Why.UNUSABLE, _WORDS[Why.UNUSABLE]
        numbers = list(prepared.listed.get(key, ()))
        for listed in prepared.stands_for.get(key, ()):
            numbers += prepared.listed.get(listed, ())
        if numbers:
            return self._too_old(prepared.places[numbers[0]], several)
        for place in prepared.places:
            if place.group.other is not None:
                return self._not_admitted(place, several)
        return Why.NOT_LISTED, _WORDS[Why.NOT_LISTED]

    def _past_limit(self, several: Sequence[Achievement]) -> str:
        """Say which limit the youngest of them is past, and how old it is."""
        days = self._claims.days
        past = [(one, days.limit_past(one)) for one in several]
        old = [(one, limit) for one, limit in past if limit is not None]
        youngest, limit = min(old, key=lambda pair: days.months_old(pair[0]))
        how = f" for what is had {HOW[youngest.kind]}" if limit.kinds else ""
        return f"too old: {self._age(youngest, limit.months, how)}"

    def _age(self, one: Achievement, limit: int, how: str = "") -> str:
        """Say how old an achievement is, and how old it may be."""
        months = self._claims.days.months_old(one)
        # Some days more than the limit must not look as if they were within it.
        over = "over " if months <= limit else ""
        most = count_of(max(limit, 0), "month")
        return f"{over}{count_of(months, 'month')}, and the limit{how} is {most}"

    def _too_old(self, place: Place, several: Sequence[Achievement]) -> tuple[Why, str]:
        """Return that nothing is recent enough for a group that counts months."""
        days, name = self._claims.days, place.group.name
        dated = [one for one in several if days.fit(one) and one.date is not None]
        if not dated:
            return Why.TOO_OLD, f"it has no date, and {name} asks for a recent one"
        youngest = min(dated, key=days.months_old)
        age = self._age(youngest, place.group.months or 0)
        return Why.TOO_OLD, f"too old for {name}: {age}"

    def _not_exempt(self, several: Sequence[Achievement]) -> tuple[Why, str]:
        """Return why an exemption by amount may count nowhere."""
        name = several[0].group or ""
        numbers = self._prepared.by_name.get(name, ())
        if not numbers:
            return Why.NOT_LISTED, "there is no group of that name"
        place, days = self._prepared.places[numbers[0]], self._claims.days
        if not any(days.admit(one, place) for one in several):
            return self._too_old(place, several)
        return Why.NO_CREDIT, _WORDS[Why.NO_CREDIT]

    def _not_admitted(
        self, place: Place, several: Sequence[Achievement]
    ) -> tuple[Why, str]:
        other, name = place.group.other, place.group.name
        fitting = [one for one in several if self._claims.days.admit(one, place)]
        if not fitting:
            return self._too_old(place, several)
        stated = [one for one in fitting if is_credit(one.credit)]
        if not stated:
            return Why.NO_CREDIT, f"{_WORDS[Why.NO_CREDIT]}, as {name} asks"
        if other is not None and other.level is not None:
            least = max(rank_of(other.level), 0)
            level = stated[0].level  # the earliest acts
            if not isinstance(level, Level):
                asks = f"and {name} asks for {_asked(other.level)}"
                return Why.NOT_AT_LEVEL, f"its level is not known, {asks}"
            if level.rank < least:
                return Why.NOT_AT_LEVEL, f"not at the level that {name} asks"
        return Why.OTHER_SUBJECT, f"not of a subject area of {name}"

    def _of_claim(self, index: int) -> tuple[Why, str]:
        """Return which bound a claim would break."""
        question, prepared = self._question, self._prepared
        problem, claim = question.problem, question.claims[index]
        for limit, ground in zip(problem.limits, question.grounds, strict=True):
            if index not in limit.items:
                continue
            held = sorted(limit.items & self._counted)
            if limit.of_credit:
                credit = sum([problem.items[n].credit for n in held])
                if credit + claim.credit > limit.most:
                    return ground.why, f"over the cap {ground.name}"
            elif len(held) + 1 > limit.most:
                return ground.why, self._because(ground.why, held)
        number, is_new = claim.place, True
        while number >= 0:
            group = prepared.places[number].group
            most = group.max_subcomponents
            if most is not None and is_new and self._parts[number] + 1 > most:
                return Why.ENOUGH_PARTS, f"enough count already in {group.name}"
            if (
                group.max_credit is not None
                and self._credit[number] + claim.credit > group.max_credit
            ):
                return Why.MAXIMUM, f"over the maximum of {group.name}"
            is_new = not self._credit[number]
            number = prepared.places[number].parent
        return Why.ROOM, _WORDS[Why.ROOM]

    def _because(self, why: Why, held: Sequence[int]) -> str:
        if not held:
            return _WORDS[why]
        other = self._question.claims[held[0]]
        reference = _reference(other.achievement) or "an exemption"
        verb = {Why.BARRED: "barred by", Why.DUPLICATE: "duplicate of"}.get(why)
        return f"{verb} {reference}" if verb else _WORDS[why]

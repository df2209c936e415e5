"""An evaluation put into words. Nothing is worked out here: every figure is there."""

from __future__ import annotations

__all__ = ["outline_of", "steps_of"]

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ulnlib._dates import day_in_words
from ulnlib.issues import Issue
from ulnlib.qualifications import (
    Cap,
    Group,
    GroupKind,
    Kind,
    Level,
    OtherCredit,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules.combination.evaluation import (
    Counted,
    Evaluation,
    GroupResult,
    Need,
    Supplied,
    Taken,
    UnitResult,
)
from ulnlib.rules.combination.outline import (
    HOW,
    Amount,
    Finding,
    GroupLine,
    Mark,
    NeedLine,
    Outline,
    RuleLine,
    State,
    StepLine,
    UnitLine,
    count_of,
    credits_of,
    unit_of,
)

_KINDS: dict[Kind, str] = {
    kind: words for kind, words in HOW.items() if kind is not Kind.ACHIEVED
}
_AMOUNTS = {
    Kind.EXEMPTION: "Exemption",
    Kind.RPL: "Recognition of prior learning",
    Kind.TRANSFER: "Credit transfer",
    Kind.ACHIEVED: "Credit without a unit",
}


def outline_of(evaluation: Evaluation) -> Outline:
    """Put an evaluation into words.

    Args:
        evaluation: The evaluation.

    Source: ours.
    """
    known = _Known(evaluation)
    structure = evaluation.structure
    verdict, sentence = _verdict(known)
    return Outline(
        title=structure.name,
        subtitle=_subtitle(structure),
        day="" if evaluation.as_of is None else day_in_words(evaluation.as_of),
        verdict=verdict,
        sentence=sentence,
        is_met=evaluation.is_met,
        needs=tuple([known.need(need) for need in evaluation.needs]),
        conflicts=() if known.lacks else evaluation.conflicts,
        least=_least(evaluation),
        steps=tuple(steps_of(evaluation.taken, evaluation.supplied)),
        amounts=tuple(_amounts(known)),
        towards=evaluation.credits_towards,
        groups=tuple(_groups(known)),
        others=tuple(_others(known)),
        rules=tuple(_rules(known)),
        findings=tuple([_finding(one) for one in evaluation.report]),
        notes=tuple(_notes(known)),
    )


class _Known:
    """What is looked up again and again."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.results: dict[str, UnitResult] = {
            compact_reference(one.reference): one
            for one in evaluation.units
            if one.reference
        }
        # Of listed units without a reference the first is the one that can count.
        self._nameless = next(
            (one for one in evaluation.units if one.unit and not one.reference), None
        )
        self._asks_levels = bool(evaluation.structure.min_credit_at_level) or any(
            one.group.level_minimum is not None for one in evaluation.groups
        )
        self.counted: dict[int, list[Counted]] = defaultdict(list)
        for one in evaluation.counted:
            self.counted[one.place].append(one)
        self.taken = {
            (one.place, compact_reference(one.unit.reference))
            for one in evaluation.taken
        }
        self.lacks = [
            need.requirement
            for need in evaluation.needs
            if need.requirement is not None
        ]
        self.supposed = self._supposed()

    def _supposed(self) -> list[int]:
        """Return the credits of each group that are there only in thought."""
        groups = self.evaluation.groups
        credit = [0] * len(groups)
        for one in self.evaluation.counted:
            if self.is_what_if(one):
                credit[one.place] += one.credit
        for group in reversed(groups[1:]):
            credit[group.parent] += credit[group.place]
        return credit

    def level_of(self, unit: Unit) -> str:
        """Return a unit's level in words, also that it is lacking where it matters."""
        if isinstance(unit.level, Level) or not self._asks_levels:
            return _level(unit.level)
        return f"level not known: {unit.level}" if unit.level else "level not known"

    def is_what_if(self, one: Counted) -> bool:
        result = self.results.get(one.unit)
        return result is not None and result.is_what_if

    def unit(self, reference: str) -> str:
        """Return a unit with title and credits, in words."""
        key = compact_reference(reference)
        result = self.results.get(key) if key else self._nameless
        if result is None:
            return unit_of(reference)
        credit = f" ({credits_of(result.credit)})" if result.credit else ""
        return f"{unit_of(reference, result.title)}{credit}"

    def names(self, references: Sequence[str]) -> list[str]:
        """Return units by title and reference."""
        found = []
        for reference in references:
            result = self.results.get(compact_reference(reference))
            title = "" if result is None else result.title
            found.append(f"{title} ({reference})" if title else reference)
        return found

    def need(self, need: Need) -> NeedLine:
        """Return a need; what it consists of stands below it."""
        if need.one_of:
            many = "one" if need.parts == 1 else str(need.parts)
            choices = [self._together(some) for some in need.one_of if some]
            text = _capital(f"{many} of these in {need.group}:")
            return NeedLine(text=text, below=tuple(choices))
        if need.units:
            units = [NeedLine(text=self.unit(one)) for one in need.units]
            many = "this unit" if len(units) == 1 else f"these {len(units)} units"
            return NeedLine(
                text=f"{_capital(many)} of {need.group}, {credits_of(need.credit)}:",
                below=tuple(units),
            )
        if need.group is None and need.level is not None and not need.credit:
            return NeedLine(text=self._at_level(need))
        return NeedLine(text=_capital(need.text))

    def _together(self, needs: Sequence[Need]) -> NeedLine:
        """Return the needs of one of several possible groups."""
        below = tuple([self.need(one) for one in needs])
        return below[0] if len(below) == 1 else NeedLine(text="Together:", below=below)

    def _at_level(self, need: Need) -> str:
        """Return the level minimum of the whole: as part of the rest, or beyond it."""
        rest = sum([one.least_credit for one in self.evaluation.needs])
        beyond = need.at_level >= rest
        among = "In all" if beyond else "Of all that is still needed,"
        more = " more" if beyond else ""
        noun = "credit" if need.at_level == 1 else "credits"
        level = _level(need.level)
        return f"{among} at least {need.at_level}{more} {noun} at {level} or above"


# --- the whole --------------------------------------------------------------------


def _subtitle(structure: Structure) -> str:
    parts = [structure.reference]
    if structure.level is not None:
        parts.append(_level(structure.level))
    if structure.size is not None:
        parts.append(f"{structure.size}, {credits_of(structure.total or 0)} in all")
    return " \N{MIDDLE DOT} ".join([part for part in parts if part])


def _after(needed: int | None) -> str:
    """Return what is needed once all is there that is asked beside credit."""
    if needed is None:
        return "no units on offer complete it"
    if not needed:
        return "nothing more is needed"
    return f"{credits_of(needed)} {'is' if needed == 1 else 'are'} still needed"


def _verdict(known: _Known) -> tuple[str, str]:
    evaluation = known.evaluation
    total = evaluation.structure.total or 0
    count = f"{evaluation.credit} of {credits_of(total)} count"
    if evaluation.credit > total:
        count = f"{credits_of(evaluation.credit)} count, where {total} are asked for"
    supposed = known.supposed[0]
    if supposed:
        count += f" ({supposed} of them only as a what-if)"
    needed = evaluation.credits_needed
    if evaluation.is_met:
        verdict = "Met in thought" if supposed else "Met"
        return verdict, f"All rules hold: {count}."
    if known.lacks:
        return "Not met yet", (
            f"{_capital(count)}. Something beside credit is lacking; once that is "
            f"there, {_after(evaluation.needed_if_held)}."
        )
    if needed is not None:
        verb = "is" if needed == 1 else "are"
        return (
            "Not met yet",
            f"{_capital(count)}; {needed} more {verb} needed at least.",
        )
    if evaluation.proven:
        return "Cannot be completed", (
            f"{_capital(count)}, and no units on offer complete the rest."
        )
    return "Not met yet", f"{_capital(count)}; no way to complete it was found in time."


def _least(evaluation: Evaluation) -> str:
    needed = evaluation.credits_needed
    if not needed:
        return ""
    noun = "credit" if needed == 1 else "credits"
    if evaluation.proven:
        return f"It takes {needed} more {noun} at least. For example:"
    return (
        f"{needed} more {noun} will do; fewer than {evaluation.least_needed or 0} "
        "certainly will not. For example:"
    )


def steps_of(
    taken: Iterable[Taken], supplied: Iterable[Supplied], *, with_hours: bool = False
) -> Iterator[StepLine]:
    """Yield what a completion takes, group by group.

    Args:
        taken: The units that it takes.
        supplied: The credit that it takes from units that are not listed.
        with_hours: Whether to say how many hours of learning a unit has.

    Source: ours.
    """
    by_place: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for one in taken:
        names[one.place], unit = one.group, one.unit
        size = _credit_and_level(unit.credit or 0, unit.level)
        if with_hours and unit.hours is not None:
            size += f", {count_of(unit.hours, 'hour')}"
        by_place[one.place].append(f"{unit_of(unit.reference, unit.title)} ({size})")
    for more in supplied:
        names[more.place] = more.group
        many = "units" if more.units == 1 else f"{more.units} units"
        by_place[more.place].append(
            f"{credits_of(more.credit)} from {many} that the structure does not list"
        )
    for place, takes in sorted(by_place.items()):
        yield StepLine(group=names[place], takes=tuple(takes))


def _amounts(known: _Known) -> Iterator[Amount]:
    evaluation = known.evaluation
    structure = evaluation.structure
    yield Amount(
        label="All credit",
        counted=evaluation.credit,
        supposed=min(known.supposed[0], evaluation.credit),
        least=structure.total or 0,
        most=structure.root.max_credit,
    )
    if evaluation.credit_at_level is not None and structure.level is not None:
        yield Amount(
            label=f"At {_level(structure.level)} or above",
            counted=evaluation.credit_at_level,
            least=structure.min_credit_at_level or 0,
        )


def _notes(known: _Known) -> Iterator[str]:
    evaluation = known.evaluation
    if evaluation.as_of is None:
        yield "No day was given, so no rule about dates was applied."
    if evaluation.maximum == "cap":
        yield (
            "A group that holds more credit than its maximum counts for its maximum "
            "here; by default a unit that would go beyond it is left out."
        )
    if not evaluation.proven:
        yield "There was no time to prove that nothing better can be found."
    if any(one.is_what_if for one in evaluation.units):
        yield "Units marked what-if are counted as if they had been achieved."
    had = [one for one in evaluation.units if one.is_achieved and one.unit is not None]
    if any(one.unit is not None and one.unit.is_sensitive for one in had):
        yield "Some of these units are sensitive: show this only to who may see them."


def _finding(one: Issue) -> Finding:
    about = [str(part) for part in one.path]
    what = "Unit" if len(about) > 1 else "Structure"
    return Finding(
        severity=one.severity.value,
        where=f"{what} {about[-1]}" if len(about) > 1 else what,
        text=_capital(one.message),
        remedy=one.remedy,
    )


# --- groups -----------------------------------------------------------------------


def _groups(known: _Known) -> Iterator[GroupLine]:
    root, *others = [_group(known, one) for one in known.evaluation.groups]
    is_apart = bool(root.units or root.bounds or root.description or not others)
    if is_apart:
        yield root
    for one in others:
        yield one if is_apart else attrs.evolve(one, depth=one.depth - 1)


def _group(known: _Known, one: GroupResult) -> GroupLine:
    group = one.group
    is_root = one.parent < 0
    is_met = known.evaluation.is_met if is_root else one.is_achieved
    if is_met:
        state = State.COMPLETE
    elif one.is_mandatory:
        state = State.NEEDED
    elif one.is_used:
        state = State.BEGUN
    else:
        state = State.UNNEEDED if known.evaluation.is_met else State.OPEN
    least = group.min_credit or 0
    if is_root:
        least = max(least, known.evaluation.structure.total or 0)
    return GroupLine(
        name=group.name,
        depth=one.depth,
        state=state,
        is_mandatory=group.is_mandatory and not is_root,
        bounds=tuple(_bounds(group)),
        credit=Amount(
            label=group.name,
            counted=one.credit,
            supposed=min(known.supposed[one.place], one.credit),
            least=least,
            most=group.max_credit,
        ),
        facts=tuple(_facts(one)),
        units=tuple(_units(known, one)),
        description=group.description,
    )


_NOUN = {GroupKind.COMPOUND: "group", GroupKind.HYBRID: "part"}


def _bounds(group: Group) -> Iterator[str]:
    """Yield what a group asks and allows beside credit."""
    noun = _NOUN.get(group.kind, "unit")
    least, most = group.min_subcomponents or 0, group.max_subcomponents
    if most is not None and least:
        exact = f"exactly {count_of(least, noun)}"
        yield exact if least == most else f"{least} to {count_of(most, noun)}"
    elif least:
        yield f"at least {count_of(least, noun)}"
    elif most is not None:
        yield f"at most {count_of(most, noun)}"
    minimum = group.level_minimum
    if minimum is not None:
        level = _level(minimum.level)
        yield f"at least {credits_of(minimum.credit)} at {level} or above"
    if group.is_outside_level_minimum:
        yield "does not count towards the level of the whole"
    if group.months is not None:
        yield f"achieved in the last {count_of(group.months, 'month')}"
    if group.other is not None:
        yield _admitted(group.other)
    if not group.is_complete:
        yield "its list is known in part"


def _admitted(other: OtherCredit) -> str:
    words = ["takes units that are not listed"]
    if other.level is not None:
        words.append(f"{_level(other.level)} or above")
    if other.subject_areas:
        words.append(f"of subject area {_or(other.subject_areas)}")
    return ", ".join(words)


def _facts(one: GroupResult) -> Iterator[str]:
    """Yield what is counted of a group beside credit."""
    group = one.group
    if group.min_subcomponents or group.max_subcomponents is not None:
        yield f"{count_of(one.subcomponents, _NOUN.get(group.kind, 'unit'))} so far"
    if group.level_minimum is not None:
        level = _level(group.level_minimum.level)
        yield f"{credits_of(one.credit_at_minimum or 0)} at {level} or above so far"


# --- units ------------------------------------------------------------------------


def _units(known: _Known, group: GroupResult) -> Iterator[UnitLine]:
    counted = list(known.counted[group.place])
    by_listed = {one.stands_for: one for one in counted if one.stands_for}
    done = set()
    for unit in group.group.units:
        key = compact_reference(unit.reference)
        if key in done:
            continue
        done.add(key)
        result = known.results.get(key)  # None: the unit has no reference
        line = UnitLine(
            reference=unit.reference,
            title=_title(unit, result),
            credit=unit.credit,
            level=known.level_of(unit),
            mark=Mark.NOT_TAKEN,
            is_what_if=result is not None and result.is_what_if,
        )
        one = by_listed.get(key)
        if result is None:
            yield line
        elif one is not None:
            yield attrs.evolve(
                line,
                mark=Mark.COUNTS,
                notes=tuple(_notes_of(known, one)),
                is_what_if=known.is_what_if(one),
            )
        elif result.is_included:
            where = f"counts in {result.group}"
            yield attrs.evolve(line, mark=Mark.ELSEWHERE, notes=(where,))
        elif result.why is not None:
            yield attrs.evolve(line, mark=Mark.NOT_COUNTED, notes=(result.detail,))
        else:
            is_taken = (group.place, key) in known.taken
            notes = ("in the example of what completes it",) if is_taken else ()
            yield attrs.evolve(line, notes=notes)
    for one in counted:
        if not one.stands_for:
            yield _other(known, one)


def _title(unit: Unit, result: UnitResult | None) -> str:
    title = unit.title or ("" if result is None else result.title)
    return title if title or unit.reference else unit_of("").lower()


def _notes_of(known: _Known, one: Counted) -> Iterator[str]:
    if one.unit != one.stands_for:
        yield f"{known.results[one.unit].reference} stands for it"
    if one.achievement.kind in _KINDS:
        yield _KINDS[one.achievement.kind]


def _other(known: _Known, one: Counted) -> UnitLine:
    """Return credit that a group counts and does not list."""
    kind = one.achievement.kind
    result = known.results.get(one.unit) if one.unit else None
    title = one.achievement.title if result is None else result.title
    if result is None:
        notes: tuple[str, ...] = (_AMOUNTS[kind].lower(),) if title else ()
    else:
        notes = ("other credit", *([_KINDS[kind]] if kind in _KINDS else []))
    return UnitLine(
        reference="" if result is None else result.reference,
        title=title if result is not None else title or _AMOUNTS[kind],
        credit=one.credit,
        level=_level(one.achievement.level),
        mark=Mark.COUNTS,
        notes=notes,
        is_what_if=known.is_what_if(one),
    )


def _others(known: _Known) -> Iterator[UnitLine]:
    """Yield what the learner has that no group lists and none took."""
    for one in known.evaluation.units:
        if one.unit is None and not one.is_included:
            yield UnitLine(
                reference=one.reference,
                title=one.title if one.reference else one.title or "Exemption",
                credit=one.credit,
                level="",
                mark=Mark.NOT_COUNTED,
                notes=(one.detail,),
                is_what_if=one.is_what_if,
            )


# --- what lies across -------------------------------------------------------------


def _rules(known: _Known) -> Iterator[RuleLine]:
    structure, names = known.evaluation.structure, known.names
    for bar in structure.bars:
        one, others = names([bar.unit])[0], _or(names(bar.targets))
        text = f"{one} does not count together with {others}"
        yield RuleLine(text=_described(text, bar.description))
    for some in structure.at_most:
        text = f"Of {_and(names(some.units))} at most {some.count} may count"
        yield RuleLine(text=_described(text, some.description))
    for same in structure.equivalents:
        one, others = names([same.unit])[0], _or(names(same.others))
        yield RuleLine(text=f"{others} may stand for {one}")
    for cap in structure.caps:
        yield RuleLine(text=_described(_cap(cap), cap.name))
    for limit in structure.time_limits:
        what = " or ".join([_KINDS.get(kind, kind.value) for kind in limit.kinds])
        text = f"Only what was achieved in the last {count_of(limit.months, 'month')}"
        yield RuleLine(text=f"{text}, where {what}" if what else text)
    for requirement in structure.requirements:
        yield RuleLine(
            text=requirement.description or requirement.name,
            holds=requirement.name not in known.lacks,
        )


def _cap(cap: Cap) -> str:
    amounts = []
    if cap.credit is not None:
        amounts.append(credits_of(cap.credit))
    if cap.percent is not None:
        amounts.append(f"{cap.percent} % of the total")
    what = [" or ".join([_KINDS.get(kind, kind.value) for kind in cap.kinds])]
    if cap.is_imported:
        what.append("from other qualifications")
    if cap.at_most_level is not None:
        what.append(f"at {_level(cap.at_most_level)} or below")
    if cap.at_least_level is not None:
        what.append(f"at {_level(cap.at_least_level)} or above")
    if cap.group is not None:
        what.append(f"in {cap.group}")
    rest = "".join([f" {one}" for one in what if one])
    return f"At most {' and '.join(amounts) or 'no credits'}{rest}"


# --- words ------------------------------------------------------------------------


def _described(text: str, words: str) -> str:
    return f"{text}: {words}" if words else text


def _level(level: Level | str | None) -> str:
    return level.label if isinstance(level, Level) else level or ""


def _credit_and_level(credit: int, level: Level | str | None) -> str:
    words = _level(level)
    return f"{credits_of(credit)}, {words}" if words else credits_of(credit)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _and(texts: Sequence[str]) -> str:
    return _joined(texts, "and")


def _or(texts: Sequence[str]) -> str:
    return _joined(texts, "or")


def _joined(texts: Sequence[str], word: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"

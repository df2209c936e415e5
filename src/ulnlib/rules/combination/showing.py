"""An evaluation as a screen of text.

The words are ASCII; names and titles are the structure's own. A tick is `[x]`, so that
every console shows it.
"""

from __future__ import annotations

__all__ = ["completion_to_text", "to_text"]

import textwrap
from collections.abc import Iterable, Iterator

from ulnlib.rules.combination.completing import Completion
from ulnlib.rules.combination.evaluation import Evaluation
from ulnlib.rules.combination.outline import (
    ASSUMED,
    GroupLine,
    Mark,
    NeedLine,
    Outline,
    State,
    StepLine,
    UnitLine,
    count_of,
    credits_of,
)
from ulnlib.rules.combination.outlining import outline_of, steps_of

_WIDTH = 96
_DEEPEST = 12
_TICKS = {
    Mark.COUNTS: "[x]",
    Mark.NOT_COUNTED: "[-]",
    Mark.ELSEWHERE: "[=]",
    Mark.NOT_TAKEN: "[ ]",
}
_STATES = {
    State.COMPLETE: "[x]",
    State.NEEDED: "[ ]",
    State.BEGUN: "[~]",
    State.OPEN: "[ ]",
    State.UNNEEDED: "[ ]",
}
_LEGEND = (
    "[x] complete, counts  [~] begun  [=] counts elsewhere  [-] does not count  "
    "[ ] not there"
)


def to_text(evaluation: Evaluation, *, title: str | None = None) -> str:
    """Return an evaluation as lines of text: what is needed first.

    Args:
        evaluation: The evaluation.
        title: The heading; the structure's name when not given.

    Source: ours.
    """
    outline = outline_of(evaluation)
    parts = [
        _head(outline, outline.title if title is None else title),
        _needs(outline),
        _example(outline),
        _credit(outline),
        _groups(outline),
        _section("Achieved, and in no group", _others(outline.others)),
        _section("Rules across the groups", _rules(outline)),
        _section("Findings", _findings(outline)),
        _section("Notes", _notes(outline)),
    ]
    return "\n\n".join(["\n".join(lines) for lines in map(list, parts) if lines]) + "\n"


def completion_to_text(completion: Completion) -> str:
    """Return the cheapest completion as lines of text.

    Args:
        completion: The completion.

    Source: ours.
    """
    return "\n".join(_completion(completion)) + "\n"


def _completion(completion: Completion) -> Iterator[str]:
    hours = count_of(completion.hours, "hour")
    if completion.has_guessed_hours:
        hours += ", ten a credit where they are not known"
    costs = f"{credits_of(completion.credit)} ({hours})"
    if completion.by == "hours":
        costs = f"{hours} ({credits_of(completion.credit)})"
    if not completion.credit:
        yield f"Cheapest by {completion.by}: nothing more is needed"
        return
    yield from _wrapped(f"Cheapest by {completion.by}: {costs}")
    yield from _steps(steps_of(completion.taken, completion.supplied, with_hours=True))
    label = "Why nothing is cheaper: " if completion.proven else ""
    yield from _wrapped(f"{label}{completion.proof}", "  ")


def _head(outline: Outline, title: str) -> Iterator[str]:
    heading = _plain(title)
    yield heading
    if outline.subtitle:
        yield _plain(outline.subtitle.replace(" \N{MIDDLE DOT} ", "; "))
    yield ""
    day = f" ({outline.day})" if outline.day else ""
    yield from _wrapped(f"{outline.verdict.upper()}{day}: {outline.sentence}")


def _needs(outline: Outline) -> Iterator[str]:
    if outline.conflicts:
        yield outline.conflict_heading
        for one in outline.conflicts:
            yield from _wrapped(one, "  * ")
    elif outline.needs and not outline.is_met:
        yield "Still needed"
        for need in outline.needs:
            yield from _need(need, 1)


def _need(need: NeedLine, depth: int) -> Iterator[str]:
    mark = "* " if depth == 1 else "- "
    yield from _wrapped(need.text, "  " * depth + mark)
    for one in need.below:
        yield from _need(one, depth + 1)


def _example(outline: Outline) -> Iterator[str]:
    if not outline.steps:
        return
    yield outline.least
    yield from _steps(outline.steps)


def _steps(steps: Iterable[StepLine]) -> Iterator[str]:
    for step in steps:
        yield from _wrapped(f"{step.group}:", "  ")
        for one in step.takes:
            yield from _wrapped(one, "    + ")


def _credit(outline: Outline) -> Iterator[str]:
    yield "Credit"
    rows = [(one.label, one.words) for one in outline.amounts]
    if outline.towards is not None:
        rows.append(("Towards the qualification", str(outline.towards)))
    width = max([len(label) for label, _ in rows])
    for label, words in rows:
        yield f"  {label:<{width}}  {words}"


def _groups(outline: Outline) -> Iterator[str]:
    yield "Groups"
    yield f"  {_LEGEND}"
    for group in outline.groups:
        indent = "  " * min(group.depth + 1, _DEEPEST)
        yield from _wrapped(_group_words(group), f"{indent}{_STATES[group.state]} ")
        for unit in group.units:
            yield from _wrapped(_unit_words(unit), f"{indent}    {_TICKS[unit.mark]} ")


def _group_words(group: GroupLine) -> str:
    kind = "mandatory" if group.is_mandatory else ""
    facts = (group.credit.words, *group.facts)
    asks = [one for one in (kind, *group.bounds) if one]
    words = f"{group.name}: {group.state}; {', '.join(facts)}"
    return f"{words} ({'; '.join(asks)})" if asks else words


def _unit_words(unit: UnitLine) -> str:
    name = " ".join([one for one in (unit.reference, unit.title) if one])
    credit = "" if unit.credit is None else f"{unit.credit} cr"
    size = ", ".join([one for one in (credit, unit.level) if one])
    words = f"{name} ({size})" if size else name
    notes = (*(("what-if",) if unit.is_what_if else ()), *unit.notes)
    return f"{words}: {'; '.join(notes)}" if notes else words


def _others(units: Iterable[UnitLine]) -> Iterator[str]:
    for unit in units:
        yield from _wrapped(_unit_words(unit), f"  {_TICKS[unit.mark]} ")


def _rules(outline: Outline) -> Iterator[str]:
    for rule in outline.rules:
        mark = {None: "*", True: "[x]", False: "[ ]"}[rule.holds]
        yield from _wrapped(rule.text, f"  {mark} ")


def _findings(outline: Outline) -> Iterator[str]:
    for one in outline.findings:
        yield from _wrapped(f"{one.where}, {one.severity}: {one.text}", "  * ")
        yield from _wrapped(one.remedy, "    ")


def _notes(outline: Outline) -> Iterator[str]:
    for one in outline.notes:
        yield from _wrapped(one, "  * ")
    for one in ASSUMED:
        yield from _wrapped(f"Assumed: {one}", "  * ")


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [heading, *found] if found else []


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    """Yield the lines of a text, those after the first under its beginning."""
    yield from textwrap.wrap(
        _plain(text),
        max(_WIDTH, len(mark) + 40),
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(text: str) -> str:
    """Return a text without what a terminal would take for a command."""
    return "".join([c if c.isprintable() else "?" for c in " ".join(text.split())])

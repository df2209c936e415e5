"""An evaluation as one page: what a tutor shows a learner.

The page has no script and asks for nothing from outside. The same evaluation gives the
same page, byte for byte.
"""

from __future__ import annotations

__all__ = ["to_html"]

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ulnlib.rules.combination._style import DRAWINGS, STYLE
from ulnlib.rules.combination.evaluation import Evaluation
from ulnlib.rules.combination.outline import (
    ASSUMED,
    Amount,
    GroupLine,
    Mark,
    NeedLine,
    Outline,
    State,
    UnitLine,
)
from ulnlib.rules.combination.outlining import outline_of

_DEEPEST = 8
_STATES = {
    State.COMPLETE: ("complete", "tick"),
    State.NEEDED: ("needed", "open"),
    State.BEGUN: ("begun", "half"),
    State.OPEN: ("open", "open"),
    State.UNNEEDED: ("open", "open"),
}
_MARKS = {
    Mark.COUNTS: ("counts", "tick"),
    Mark.NOT_COUNTED: ("refused", "dash"),
    Mark.ELSEWHERE: ("elsewhere", "half"),
    Mark.NOT_TAKEN: ("open", "open"),
}
_WIDTH = 400


def to_html(evaluation: Evaluation, *, title: str | None = None) -> str:
    """Return an evaluation as a whole document.

    Args:
        evaluation: The evaluation.
        title: The heading; the structure's name when not given.

    Source: ours.
    """
    outline = outline_of(evaluation)
    heading = _text(outline.title if title is None else title)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{heading}: {_text(outline.verdict)}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        DRAWINGS,
        "<main>",
        *_head(outline, heading, shows_name=title is not None),
        *_needs(outline),
        *_amounts(outline),
        *_groups(outline),
        *_others(outline),
        *_rules(outline),
        *_findings(outline),
        *_foot(outline),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _head(outline: Outline, heading: str, *, shows_name: bool) -> Iterator[str]:
    kind, icon = ("met", "tick") if outline.is_met else ("", "half")
    if outline.conflicts:
        kind, icon = "stuck", "dash"
    below = [outline.title] if shows_name else []
    below += [outline.subtitle] if outline.subtitle else []
    yield "<header>"
    yield f"<h1>{heading}</h1>"
    for one in below:
        yield f'<p class="quiet">{_text(one)}</p>'
    if outline.day:
        yield f'<p class="quiet">As of {outline.day}</p>'
    yield f'<div class="verdict {kind}">' if kind else '<div class="verdict">'
    yield f"<strong>{_icon(icon)} {_text(outline.verdict)}</strong>"
    yield f"<p>{_text(outline.sentence)}</p>"
    yield _bar(outline.amounts[0])
    yield "</div>"
    yield "</header>"


# --- what is needed ---------------------------------------------------------------


def _needs(outline: Outline) -> Iterator[str]:
    if outline.conflicts:
        yield f"<h2>{_text(outline.conflict_heading)}</h2>"
        yield "<ul>"
        for one in outline.conflicts:
            yield f"<li>{_text(one)}</li>"
        yield "</ul>"
    elif outline.needs and not outline.is_met:
        yield "<h2>What is still needed</h2>"
        yield '<ul class="needs">'
        for need in outline.needs:
            yield from _need(need)
        yield "</ul>"
    if outline.steps:
        yield "<h2>One way to finish</h2>"
        yield f"<p>{_text(outline.least)}</p>"
        yield "<ul>"
        for step in outline.steps:
            yield f"<li>{_text(step.group)}"
            yield "<ul>"
            for one in step.takes:
                yield f"<li>{_text(one)}</li>"
            yield "</ul></li>"
        yield "</ul>"


def _need(need: NeedLine) -> Iterator[str]:
    yield f"<li>{_text(need.text)}"
    if need.below:
        yield "<ul>"
        for one in need.below:
            yield from _need(one)
        yield "</ul>"
    yield "</li>"


# --- bars -------------------------------------------------------------------------


def _amounts(outline: Outline) -> Iterator[str]:
    yield "<h2>Credit so far</h2>"
    yield '<table class="amounts">'
    yield (
        "<caption><small>In each bar the line marks the minimum; the bar ends at the "
        "maximum, or where there is none at the larger of minimum and counted credit."
        "</small></caption>"
    )
    yield (
        '<thead><tr><th scope="col">Group</th><th scope="col">Counted</th>'
        '<th scope="col">Bar</th></tr></thead>'
    )
    yield "<tbody>"
    for amount in outline.amounts:
        yield _amount(amount, 0)
    if outline.towards is not None:
        yield (
            '<tr><th scope="row">Credits towards the qualification</th>'
            f"<td>{outline.towards}</td><td></td></tr>"
        )
    for group in outline.groups:
        yield _amount(group.credit, min(group.depth, _DEEPEST) + 1)
    yield "</tbody>"
    yield "</table>"


def _amount(amount: Amount, depth: int) -> str:
    # Without a bound there is nothing that a bar could be compared with.
    bar = _bar(amount) if amount.least or amount.most is not None else ""
    return (
        f'<tr style="--depth:{depth}"><th scope="row">{_text(amount.label)}</th>'
        f"<td>{_text(amount.words)}</td><td>{bar}</td></tr>"
    )


def _bar(amount: Amount) -> str:
    """Return a bar; the words beside it say the same, so it is hidden from readers."""
    end = max(amount.most or 0, amount.least, amount.counted, 1)
    full = _WIDTH * (amount.counted - amount.supposed) / end
    both = _WIDTH * amount.counted / end
    parts = [f'<rect class="track" width="{_WIDTH}" height="10"/>']
    if full:
        parts.append(f'<rect class="full" width="{full:.1f}" height="10"/>')
    if amount.supposed:
        parts.append(
            f'<rect fill="url(#hatch)" x="{full:.1f}" width="{both - full:.1f}" '
            'height="10"/>'
        )
    if amount.least:
        # On the edge half of the line would be cut off.
        at = min(max(_WIDTH * amount.least / end, 1), _WIDTH - 1)
        parts.append(f'<path class="least" d="M{at:.1f} 0v10"/>')
    return (
        f'<svg class="bar" viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


# --- groups and units -------------------------------------------------------------


def _groups(outline: Outline) -> Iterator[str]:
    yield "<h2>Groups and units</h2>"
    for group in outline.groups:
        yield from _group(group, is_met=outline.is_met)


def _group(group: GroupLine, *, is_met: bool) -> Iterator[str]:
    kind, icon = _STATES[group.state]
    # There are six headings in HTML; a deeper one says how deep it is.
    level = group.depth + 3
    tag = f"h{min(level, 6)}"
    deep = f' aria-level="{level}"' if level > 6 else ""
    depth = min(group.depth, _DEEPEST)
    yield f'<section class="group {kind}" style="--depth:{depth}">'
    yield (
        f"<header><{tag}{deep}>{_text(group.name)}</{tag}>"
        f'<span class="state">{_icon(icon)} {_text(group.state.capitalize())}</span>'
        "</header>"
    )
    facts = [group.credit.words, *group.facts]
    yield f"<p>{_text(', '.join(facts))}</p>"
    asks = [*(["mandatory"] if group.is_mandatory else []), *group.bounds]
    if asks:
        yield f"<p><small>{_text(_sentence(asks))}</small></p>"
    if group.description:
        yield f"<p><small>{_text(group.description)}</small></p>"
    yield from _units(group, is_met=is_met)
    yield "</section>"


def _units(group: GroupLine, *, is_met: bool) -> Iterator[str]:
    had = [unit for unit in group.units if unit.mark is not Mark.NOT_TAKEN]
    rest = [unit for unit in group.units if unit.mark is Mark.NOT_TAKEN]
    if had:
        yield from _table(had, f"Units of {group.name} that are there")
    if not rest:
        return
    many = "1 unit" if len(rest) == 1 else f"{len(rest)} units"
    # Open where the learner still has to choose from them.
    is_open = not is_met and group.state is not State.COMPLETE
    yield f"<details{' open' if is_open else ''}>"
    yield f"<summary>{many} not achieved</summary>"
    yield from _table(rest, f"Units of {group.name} that are not achieved", "Unit")
    yield "</details>"


def _table(
    units: Sequence[UnitLine], label: str, first: str = "Counts?"
) -> Iterator[str]:
    second = "Title" if first == "Unit" else "Unit"
    yield f'<table class="units" aria-label="{_text(label)}">'
    yield (
        f'<thead><tr><th scope="col">{first}</th><th scope="col">{second}</th>'
        '<th scope="col">Level</th><th scope="col" class="number">Credits</th></tr>'
        "</thead>"
    )
    yield "<tbody>"
    for unit in units:
        yield _unit(unit)
    yield "</tbody>"
    yield "</table>"


def _unit(unit: UnitLine) -> str:
    kind, icon = _MARKS[unit.mark]
    reference, lines = _text(unit.reference), [_text(unit.title)]
    if unit.mark is Mark.NOT_TAKEN:
        first = reference
    else:
        first = f'<span class="word">{_icon(icon)} {unit.mark.capitalize()}</span>'
        lines = [f"{lines[0]} <small>{reference}</small>" if lines[0] else reference]
    if unit.is_what_if:
        first += ' <span class="tag">what-if</span>'
    if unit.notes:
        lines.append(f"<small>{_text(_sentence(unit.notes))}</small>")
    credit = "" if unit.credit is None else str(unit.credit)
    noun = " credit" if unit.credit == 1 else " credits"
    return (
        f'<tr class="{kind}"><td>{first}</td>'
        f'<td class="name">{"<br>".join([line for line in lines if line])}</td>'
        f'<td class="level">{_text(unit.level)}</td>'
        f'<td class="number" data-noun="{noun if credit else ""}">{credit}</td></tr>'
    )


def _sentence(notes: Iterable[str]) -> str:
    text = "; ".join(notes)
    return text[:1].upper() + text[1:]


def _others(outline: Outline) -> Iterator[str]:
    if outline.others:
        yield "<h2>Achieved, and in no group</h2>"
        yield from _table(outline.others, "Units that are in no group")


# --- the rest ---------------------------------------------------------------------


def _rules(outline: Outline) -> Iterator[str]:
    if not outline.rules:
        return
    yield "<h2>Rules across the groups</h2>"
    yield "<ul>"
    for rule in outline.rules:
        state = ""
        if rule.holds is not None:
            icon, word = ("tick", "there") if rule.holds else ("open", "still needed")
            state = f" {_icon(icon)} <strong>{word}</strong>"
        yield f"<li>{_text(rule.text)}{state}</li>"
    yield "</ul>"


def _findings(outline: Outline) -> Iterator[str]:
    if not outline.findings:
        return
    yield "<h2>What was found wrong</h2>"
    yield '<ul class="findings">'
    for one in outline.findings:
        yield (
            f"<li><strong>{_text(one.where)}</strong> ({_text(one.severity)}): "
            f"{_text(one.text)}<br><small>{_text(one.remedy)}</small></li>"
        )
    yield "</ul>"


def _foot(outline: Outline) -> Iterator[str]:
    yield "<footer>"
    for one in outline.notes:
        yield f"<p>{_text(one)}</p>"
    yield "<p>What on this page rests on an assumed meaning:</p>"
    yield "<ul>"
    for one in ASSUMED:
        yield f"<li>{_text(one)}</li>"
    yield "</ul>"
    yield "<p>Ask the awarding organisation before you decide anything by it.</p>"
    yield "</footer>"


def _icon(name: str) -> str:
    return f'<svg class="icon" aria-hidden="true"><use href="#{name}"/></svg>'


def _text(text: str) -> str:
    """Return a text that no browser takes for anything else.

    Control characters, and halves of characters that cannot be encoded, are shown as
    the sign for what cannot be shown.
    """
    plain = " ".join(text.split())
    shown = "".join(
        [c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain]
    )
    return escape(shown)

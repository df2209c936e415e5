"""Whether anything at all completes a structure, for somebody who has nothing yet.

It is the question that `evaluate` answers, put within bounds: where the search would
take long, nothing is concluded.
"""

from __future__ import annotations

__all__ = ["conflicts_within"]

from ulnlib.qualifications import Group, Structure
from ulnlib.rules.combination._sums import is_whole
from ulnlib.rules.combination.asking import ask
from ulnlib.rules.combination.conflicts import conflicts_of
from ulnlib.rules.combination.prepared import rank_of

STATES = 200
"""States that the search may look at.

Source: ours; structures that are as tangled as can be take fewer, see the benchmarks.
"""

_PARTS = 10  # things that a part which is asked for counts as: many are slow to find

MOST_CREDIT = 20_000
"""Credits that a structure may ask for and list together.

Source: ours; those of the largest published structures are some hundreds.
"""

MOST_WORK = 1_000_000
"""Units and groups, times the credits that they can come to: tables grow with both.

Source: ours; 400 units with bounds everywhere take about a second.
"""


def conflicts_within(structure: Structure) -> tuple[str, ...]:
    """Return requirements that cannot all hold, where nothing at all completes it.

    Every listed unit is taken to be on offer, and everything that is asked beside
    credit to hold; no rule of dates applies, and units count whole.

    Args:
        structure: The structure; its numbers and levels have to be right.

    Returns:
        The requirements in words, as `Evaluation.conflicts`. None where something
        completes it, and where that is not known, or would take long to find out.

    Source: ours.
    """
    if _is_large(structure) or _may_come_lower(structure):
        return ()
    asked = ask(
        structure,
        (),
        as_of=None,
        maximum="whole",
        facts=[one.name for one in structure.requirements],
        offer=None,
        budget=STATES,
    )
    solution = asked.solution
    if solution.cost is not None or not solution.is_proven:
        return ()
    return conflicts_of(asked.prepared, asked.question, (), solution.watched)


def _is_large(structure: Structure) -> bool:
    """Say whether the tables of a structure would be."""
    things, credit = 0, structure.total or 0
    for group in structure.root.walk():
        things += 1 + len(group.units) + _PARTS * max(group.min_subcomponents or 0, 0)
        credit += sum([unit.credit or 0 for unit in group.units]) + _asked(group)
    return credit > MOST_CREDIT or things * credit > MOST_WORK


def _asked(group: Group) -> int:
    """Return what a group asks for: so much may come from what is not listed."""
    minimum = group.level_minimum
    parts = (group.min_credit, group.min_subcomponents)
    return sum([part for part in parts if is_whole(part)]) + (
        0 if minimum is None else minimum.credit
    )


def _may_come_lower(structure: Structure) -> bool:
    """Say whether what is not listed might stay below the level of a cap.

    What an evaluation takes from an open list may be of the highest level, and then
    comes under a cap of higher levels; what is really there may be lower.
    """
    return any(
        rank_of(cap.at_least_level) >= 0 and not cap.kinds for cap in structure.caps
    ) and any(
        group.other is not None or not group.is_complete
        for group in structure.root.walk()
    )

"""Rules of combination: what counts towards a qualification, and what is needed.

A structure (`ulnlib.qualifications.Structure`) is read from JSON, from a short text or
from published rules, and `lint` says what is wrong with it. `evaluate` says how a
learner stands against it, `complete` what completes it at the least cost.

Source: web-service schemas of release 9, types Structure, Group, BarredUnit and
RocQueryResult (observed); published rules of combination.
"""

from __future__ import annotations

__all__ = [
    "AchievementsFile",
    "Completion",
    "Counted",
    "Evaluation",
    "GroupResult",
    "Need",
    "Prepared",
    "StructureFile",
    "Supplied",
    "Taken",
    "UnitResult",
    "Why",
    "achievements_to_dict",
    "achievements_to_json",
    "complete",
    "evaluate",
    "lint",
    "parse_text",
    "place",
    "prepare",
    "read_achievements",
    "read_examples",
    "read_published",
    "read_structure",
    "structure_to_dict",
    "structure_to_json",
    "to_text",
]

from ulnlib.rules.combination.achievements import (
    AchievementsFile,
    achievements_to_dict,
    achievements_to_json,
    read_achievements,
)
from ulnlib.rules.combination.completing import Completion, complete
from ulnlib.rules.combination.evaluating import evaluate
from ulnlib.rules.combination.evaluation import (
    Counted,
    Evaluation,
    GroupResult,
    Need,
    Supplied,
    Taken,
    UnitResult,
    Why,
)
from ulnlib.rules.combination.forms import (
    StructureFile,
    read_structure,
    structure_to_dict,
    structure_to_json,
)
from ulnlib.rules.combination.linter import lint, place
from ulnlib.rules.combination.prepared import Prepared, prepare
from ulnlib.rules.combination.published import read_examples, read_published
from ulnlib.rules.combination.text import parse_text, to_text

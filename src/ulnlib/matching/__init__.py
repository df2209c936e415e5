"""Finding a learner in a register: the question, the answer, and how they compare."""

from __future__ import annotations

__all__ = [
    "CANDIDATE_LIMIT",
    "Five",
    "Match",
    "Outcome",
    "Query",
    "SearchResult",
    "Tolerance",
    "answer",
    "compare",
    "exact_key",
    "five_of",
    "near_keys",
    "search_keys",
    "stored_keys",
]

from ulnlib.matching.demographics import (
    Five,
    Tolerance,
    compare,
    exact_key,
    five_of,
    near_keys,
    search_keys,
    stored_keys,
)
from ulnlib.matching.search import (
    CANDIDATE_LIMIT,
    Match,
    Outcome,
    Query,
    SearchResult,
    answer,
)

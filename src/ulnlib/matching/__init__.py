"""Finding a learner in a register: the question, the answer, and how they compare."""

from __future__ import annotations

__all__ = [
    "CANDIDATE_LIMIT",
    "KEY_VERSION",
    "PER_KEY_LIMIT",
    "TOLERANCES",
    "Candidate",
    "CandidateSource",
    "Comparison",
    "Conflict",
    "Finding",
    "Five",
    "Level",
    "Match",
    "Outcome",
    "Policy",
    "Query",
    "SearchResult",
    "Tolerance",
    "Weights",
    "blocking_keys",
    "default_weights",
    "exact_key",
    "five_of",
    "is_near",
    "rank",
    "search",
]

from ulnlib.matching.compare import Comparison, Finding, Policy
from ulnlib.matching.demographics import Five, exact_key, five_of, is_near
from ulnlib.matching.keys import KEY_VERSION, blocking_keys
from ulnlib.matching.levels import Level
from ulnlib.matching.search import (
    CANDIDATE_LIMIT,
    PER_KEY_LIMIT,
    Candidate,
    CandidateSource,
    Conflict,
    Match,
    Outcome,
    Query,
    SearchResult,
    rank,
    search,
)
from ulnlib.matching.tolerances import TOLERANCES, Tolerance
from ulnlib.matching.weights import Weights, default_weights

"""Finding a learner in a register: the question, the answer, and how they compare."""

from __future__ import annotations

__all__ = [
    "ADDRESS_KINDS",
    "CANDIDATE_LIMIT",
    "DEFAULT_KINDS",
    "KEY_VERSION",
    "PER_KEY_LIMIT",
    "PLAN_LIMIT",
    "TOLERANCES",
    "Band",
    "Candidate",
    "CandidateSource",
    "Comparison",
    "Conflict",
    "Finding",
    "Five",
    "Kind",
    "Level",
    "Match",
    "Outcome",
    "Policy",
    "Query",
    "SearchResult",
    "Step",
    "Tolerance",
    "Verification",
    "Weights",
    "blocking_keys",
    "calibrate",
    "default_weights",
    "estimate_weights",
    "exact_key",
    "five_of",
    "is_near",
    "rank",
    "search",
    "search_plan",
    "verify",
]

from ulnlib.matching.answers import (
    Conflict,
    Match,
    Outcome,
    Query,
    SearchResult,
)
from ulnlib.matching.calibration import Band, calibrate
from ulnlib.matching.compare import Comparison, Finding, Policy
from ulnlib.matching.demographics import Five, exact_key, five_of, is_near
from ulnlib.matching.estimate import estimate_weights
from ulnlib.matching.keys import (
    ADDRESS_KINDS,
    DEFAULT_KINDS,
    KEY_VERSION,
    Kind,
    blocking_keys,
)
from ulnlib.matching.levels import Level
from ulnlib.matching.plan import PLAN_LIMIT, Step, search_plan
from ulnlib.matching.searching import CANDIDATE_LIMIT, rank, search
from ulnlib.matching.source import PER_KEY_LIMIT, Candidate, CandidateSource
from ulnlib.matching.tolerances import TOLERANCES, Tolerance
from ulnlib.matching.verification import Verification, verify
from ulnlib.matching.weights import Weights, default_weights

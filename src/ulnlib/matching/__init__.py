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
    "Candidates",
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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ulnlib.matching.answers import (
        Conflict,
        Match,
        Outcome,
        Query,
        SearchResult,
    )
    from ulnlib.matching.calibration import Band, calibrate
    from ulnlib.matching.demographics import Five, exact_key, five_of, is_near
    from ulnlib.matching.estimate import estimate_weights
    from ulnlib.matching.findings import Comparison, Finding
    from ulnlib.matching.keys import (
        ADDRESS_KINDS,
        DEFAULT_KINDS,
        KEY_VERSION,
        Kind,
        blocking_keys,
    )
    from ulnlib.matching.levels import Level
    from ulnlib.matching.plan import PLAN_LIMIT, Step, search_plan
    from ulnlib.matching.policy import Policy
    from ulnlib.matching.searching import CANDIDATE_LIMIT, rank, search
    from ulnlib.matching.source import (
        PER_KEY_LIMIT,
        Candidate,
        Candidates,
        CandidateSource,
    )
    from ulnlib.matching.tolerances import TOLERANCES, Tolerance
    from ulnlib.matching.verification import Verification, verify
    from ulnlib.matching.weights import Weights, default_weights

_MODULES = {
    "ADDRESS_KINDS": "keys",
    "Band": "calibration",
    "CANDIDATE_LIMIT": "searching",
    "Candidate": "source",
    "CandidateSource": "source",
    "Candidates": "source",
    "Comparison": "findings",
    "Conflict": "answers",
    "DEFAULT_KINDS": "keys",
    "Finding": "findings",
    "Five": "demographics",
    "KEY_VERSION": "keys",
    "Kind": "keys",
    "Level": "levels",
    "Match": "answers",
    "Outcome": "answers",
    "PER_KEY_LIMIT": "source",
    "PLAN_LIMIT": "plan",
    "Policy": "policy",
    "Query": "answers",
    "SearchResult": "answers",
    "Step": "plan",
    "TOLERANCES": "tolerances",
    "Tolerance": "tolerances",
    "Verification": "verification",
    "Weights": "weights",
    "blocking_keys": "keys",
    "calibrate": "calibration",
    "default_weights": "weights",
    "estimate_weights": "estimate",
    "exact_key": "demographics",
    "five_of": "demographics",
    "is_near": "demographics",
    "rank": "searching",
    "search": "searching",
    "search_plan": "plan",
    "verify": "verification",
}


def __getattr__(name: str) -> object:
    """Load a module at its first use: the search has great tables."""
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module 'ulnlib.matching' has no attribute {name!r}")
    value = getattr(import_module(f"ulnlib.matching.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List what the package offers."""
    return __all__

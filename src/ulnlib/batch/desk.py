"""What a batch run is told, and what it needs of a register."""

from __future__ import annotations

__all__ = ["LearnerRegister", "Matching", "When"]

import datetime as dt
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from ulnlib.learner import Learner, Profile
from ulnlib.rules._words import Word
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from ulnlib.matching import Policy, Query, SearchResult

When = dt.datetime | dt.date | str | None


class Matching(Word):
    """How learners of a file are searched for.

    Source: LRS portal guide, Appendix B (published: tolerances, for people who
    search); what the real batch process does is not public (assumed).
    """

    SERVICE = "service"
    APPENDIX_B = "appendix-b"


class LearnerRegister(Protocol):
    """What the process needs of a register; `ulnlib.Register` is one."""

    @property
    def is_synthetic(self) -> bool:
        """Whether the register makes its own numbers, which are not real."""

    def search(
        self, query: Query | Learner, policy: Policy | None = None, /
    ) -> SearchResult:
        """Find a learner by the demographics."""

    def profile(self, uln: Uln, /) -> Profile | None:
        """Return the record of a ULN; the master's, for a linked one."""

    def register(self, learner: Learner, /, *, at: When = None) -> Uln:
        """Make a ULN for a learner."""

    def update(self, learner: Learner, /, *, at: When = None) -> Profile:
        """Change the fields that are given."""

    def transaction(self) -> AbstractContextManager[object]:
        """Commit everything inside together, or nothing."""

    def stored_run(self, key: bytes, /) -> str | None:
        """Return the result that was stored for a file, if there is one."""

    def store_run(self, key: bytes, result: str, /, *, at: When = None) -> None:
        """Store the result of a file."""

"""Where the candidates of a search come from: what a store has to offer.

`ulnlib.Register` is one such store; a vendor's own database is another, when it keeps
the blocking keys of its learners in an indexed column.
"""

from __future__ import annotations

__all__ = [
    "PER_KEY_LIMIT",
    "RECORD_LIMIT",
    "Candidate",
    "CandidateSource",
    "Candidates",
]

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ulnlib.learner import Learner, Profile
from ulnlib.uln import Uln

PER_KEY_LIMIT = 100
"""How many records a source gives for one key, at most: so a search is bounded."""


RECORD_LIMIT = 256
"""How many records a source gives in all, at most: those under most of the keys."""


class Candidate(NamedTuple):
    """A record that shares a key with what is asked.

    Attributes:
        uln: The record's own ULN.
        learner: Its details.
        master: The ULN that it was merged into, if it was.
        families: Former family names that the record itself does not hold, the
            latest first: of very many only the first count.
        postcodes: Former postcodes, likewise.
    """

    uln: Uln
    learner: Learner
    master: Uln | None = None
    families: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Candidate(uln={self.uln!r})"


class Candidates(list[Candidate]):
    """Candidates of which some are left out, and under which keys.

    Args:
        records: The records.
        cut: The keys that have more records than were given.
    """

    def __init__(
        self, records: Iterable[Candidate] = (), cut: Iterable[int] = ()
    ) -> None:
        super().__init__(records)
        self.cut = frozenset(cut)


class CandidateSource(Protocol):
    """What a store offers to be searched."""

    def candidates(
        self, exact: int | None, keys: Sequence[int], /
    ) -> Iterable[Candidate]:
        """Return the records that have one of the keys.

        Args:
            exact: The key of equal demographics, `ulnlib.matching.exact_key`.
            keys: Blocking keys, sorted.

        Returns:
            Every record that has one of them, each once, in any order; of a key
            with more than `PER_KEY_LIMIT` records, the first so many by ULN. Where
            some are left out so, a `Candidates` says under which keys: a search then
            never answers that there is nobody.
        """

    def profiles(self, ulns: Sequence[Uln], /) -> Sequence[Profile]:
        """Return the profiles of ULNs that are no linked ones, in the same order."""

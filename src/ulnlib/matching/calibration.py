"""How right the probabilities are: searches with known answers, counted by band.

A threshold is then a choice with known consequences: of the matches in a band, this
share was the right person.
"""

from __future__ import annotations

__all__ = ["BANDS", "Band", "calibrate"]

from collections.abc import Iterable

import attrs

from ulnlib.learner import Learner
from ulnlib.matching.answers import Query
from ulnlib.matching.policy import Policy
from ulnlib.matching.searching import search
from ulnlib.matching.source import CandidateSource
from ulnlib.uln import Uln

BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0)
"""The bounds of the bands: each from one bound up to, and without, the next."""


@attrs.frozen(kw_only=True)
class Band:
    """The matches of a range of probabilities.

    Attributes:
        low: The lowest probability in it.
        high: The next band's lowest.
        matches: How many best matches of searches lay in it.
        right: How many of them were the right person.
    """

    low: float
    high: float
    matches: int
    right: int

    @property
    def share_right(self) -> float | None:
        """The share of its matches that were right, None when there are none."""
        return self.right / self.matches if self.matches else None


def calibrate(
    source: CandidateSource,
    labelled: Iterable[tuple[Query | Learner, Iterable[Uln]]],
    policy: Policy | None = None,
) -> tuple[Band, ...]:
    """Search for learners whose ULNs are known, and count the best matches by band.

    Args:
        source: Where records are.
        labelled: What is asked, each with the ULNs that are right; none for somebody
            who is not there.
        policy: As for a search; its floor is passed over.

    Returns:
        The bands from the lowest to the highest.

    Source: the form is that of the ONS's table for Splink on the census (published).
    """
    policy = attrs.evolve(policy or Policy(), floor=0.0, names_too_many=True)
    counts = [[0, 0] for _ in BANDS[:-1]]
    for query, truth in labelled:
        matches = search(query, source, policy).matches
        if not matches:
            continue
        best = matches[0]
        place = sum([best.probability >= bound for bound in BANDS[1:-1]])
        counts[place][0] += 1
        counts[place][1] += not {best.uln, best.linked_from}.isdisjoint(truth)
    return tuple(
        Band(low=low, high=high, matches=matches, right=right)
        for low, high, (matches, right) in zip(BANDS, BANDS[1:], counts, strict=False)
    )

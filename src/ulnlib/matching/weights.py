"""What levels of agreement weigh, and the probability that they come to.

Weights are whole hundredths of a bit and add up; the probability is a pure function
of the levels, of how rare the names are, and of a stated prior. It is per pair: it is
never shared out over the candidates of a search.

Examples:
    >>> weights = default_weights()
    >>> weights.rarity("family_name", "smith")
    675
    >>> weights.rarity("family_name", "featherstonhaugh")
    1300
"""

from __future__ import annotations

__all__ = ["Weights", "default_weights", "placeholders", "probability_of"]

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import attrs

from ulnlib import _tables
from ulnlib.matching.levels import COMPARED, Level, levels_of

_UNLISTED = 1300
_INITIAL = 390  # one learner in fifteen has the same
_PRIOR = -2000
_BOTH_NAMES = 1700
_OF_MORE = 3
_CEILING = 0.9
_ALIKE_CEILING = 0.94
_LIMIT = 10_000  # hundredths of a bit; beyond it a float cannot tell 1 from less


@lru_cache(maxsize=16_384)
def probability_of(weight: int) -> float:
    """Return the probability that a weight comes to.

    Args:
        weight: Hundredths of a bit, the prior among them.
    """
    bits = max(-_LIMIT, min(_LIMIT, weight)) / 100
    return float(1 / (1 + 2.0**-bits))


def _frozen(rows: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    return MappingProxyType({f: MappingProxyType(dict(r)) for f, r in rows.items()})


@attrs.frozen(kw_only=True, repr=False)
class Weights:
    """What agreement weighs, and how rare names are.

    Attributes:
        by_level: The weight of each level, by field and name of the level. Where the
            level is `of_name`, what is taken from the weight of the name.
        rarities: How rare names are, by `given_name` and `family_name`, then by the
            name in plain letters: minus the binary logarithm of its share, in
            hundredths.
        unlisted: The same for every other name.
        both_names: What given and family name weigh together counts in full up to
            here, and what goes beyond counts for a third. Two names that are rare in
            the country are often those of one community, and frequent there.
        prior: The weight before anything is compared: the odds that a record taken
            blindly is the person's. -2000 is one in a million.
        ceiling: The highest probability of a record with another given name, or with
            none: twins share all else.
        alike_ceiling: The same where the given names are only alike, or one is a
            middle name of the other: twins may be named so, though they seldom are.
        origin: Where the weights come from, for tables and documents.
    """

    by_level: Mapping[str, Mapping[str, int]] = attrs.field(converter=_frozen)
    rarities: Mapping[str, Mapping[str, int]] = attrs.field(converter=_frozen)
    unlisted: int = _UNLISTED
    both_names: int = _BOTH_NAMES
    prior: int = _PRIOR
    ceiling: float = _CEILING
    alike_ceiling: float = _ALIKE_CEILING
    origin: str = "ulnlib's table"
    most_fixed: Mapping[str, int] = attrs.field(init=False, eq=False)

    @most_fixed.default
    def _most_fixed(self) -> Mapping[str, int]:
        """Return the most that a level of a name weighs which is not of the name."""
        return {
            field: max(
                (
                    weight
                    for name, weight in self.by_level.get(field, {}).items()
                    if not levels_of(field)[name].of_name
                ),
                default=0,
            )
            for field in self.rarities
        }

    def rarity(self, field: str, name: str) -> int:
        """Return how rare a name is.

        Args:
            field: `given_name` or `family_name`.
            name: The name in plain letters.

        Returns:
            Minus the binary logarithm of its share of learners, in hundredths. An
            initial is as frequent as the names that begin with it, and a name without
            a letter, such as a hyphen, stands for nobody's, as a word such as Unknown
            does for a given name.
        """
        if field == "given_name" and name in placeholders():
            return 0
        found = self.rarities[field].get(name)
        if found is not None:
            return found
        # A second letter: nearly always.
        return self.unlisted if name[1:2].strip() else self._of_initials(name)

    def _of_initials(self, name: str) -> int:
        initials = name.split()
        if not name.isascii() or any(len(one) > 1 for one in initials):
            return self.unlisted
        return min(self.unlisted, _INITIAL * len(initials))

    def weight(self, level: Level, rarity: int = 0) -> int:
        """Return what a level weighs.

        Args:
            level: The level.
            rarity: How rare the more frequent of the two names is, where it matters.

        Returns:
            Hundredths of a bit.
        """
        own = self.by_level[level.field][level.name]
        if not level.of_name:
            return own
        # Agreement is never weaker than less agreement on the same name.
        return min(rarity, max(rarity + own, level.least))

    def of_both_names(self, weight: int) -> int:
        """Return what given and family name weigh together.

        Args:
            weight: What they weigh each by itself, added.

        Returns:
            Hundredths of a bit: never less for a greater weight.
        """
        more = weight - self.both_names
        return weight if more <= 0 else self.both_names + more // _OF_MORE

    def __repr__(self) -> str:
        return f"Weights(origin={self.origin!r}, prior={self.prior})"


@cache
def _default_rarities() -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {"given_name": {}, "family_name": {}}
    for row in _tables.load("name_rarity").rows:
        for name in row["names"].split():
            found[row["kind"]][name] = row["rarity"]
    return found


@cache
def placeholders() -> frozenset[str]:
    """Return the words that stand for a given name which is not known.

    Source: ours (assumed); see the table.
    """
    rows = _tables.load("placeholder_names").rows
    return frozenset(name for row in rows for name in row["names"])


@cache
def default_weights() -> Weights:
    """Return the weights that are used when none are given.

    Source: assumed; the reasons stand in the table of levels, the origin of the
    frequencies of names in the table of rarities (derived).
    """
    by_level = {
        field: {name: one.weight for name, one in levels_of(field).items()}
        for field in COMPARED
    }
    return Weights(by_level=by_level, rarities=_default_rarities())

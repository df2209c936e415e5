"""A learner made ready for comparing: folded once, the rest worked out when needed.

The same shape holds what is asked and what a register holds. It is made for each
candidate of each search, so it does little.
"""

from __future__ import annotations

__all__ = ["Person", "bounded"]

from collections.abc import Callable, Iterable
from hashlib import blake2b

from ulnlib._text import fold_postcode, fold_text
from ulnlib.learner import Learner
from ulnlib.matching.demographics import Five
from ulnlib.matching.plain import plain, tokens

_LONGEST = 200


def bounded(text: str) -> str:
    """Return a text as it is or, when it is very long, its beginning and a digest.

    Equal texts stay equal and others different, and what is remembered of comparing
    them has a bound.
    """
    if len(text) <= _LONGEST:
        return text
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16)
    return f"{text[:_LONGEST]} {digest.hexdigest()}"


class Person:
    """What is compared of one learner.

    Attributes:
        learner: The learner as given.
        given: The given name, folded; empty when it is not given. So are the others.
        family: The family name, folded.
        born: The date of birth.
        gender: The gender's code.
        postcode: The postcode, folded.
        other_families: Former family names, in plain letters.
        other_postcodes: Former and further postcodes, folded.
    """

    __slots__ = (
        "born",
        "family",
        "gender",
        "given",
        "learner",
        "other_families",
        "other_postcodes",
        "postcode",
    )

    def __init__(
        self,
        learner: Learner,
        *,
        families: Iterable[str] = (),
        postcodes: Iterable[str] = (),
    ) -> None:
        self.learner = learner
        self.given = bounded(fold_text(learner.given_name or ""))
        self.family = bounded(fold_text(learner.family_name or ""))
        self.born = bounded(fold_text(learner.date_of_birth or ""))
        self.gender = bounded(fold_text(learner.gender or ""))
        self.postcode = bounded(fold_postcode(learner.postcode or ""))
        former = (learner.previous_family_name, learner.family_name_at_16, *families)
        self.other_families = _distinct(plain, former) if any(former) else ()
        self.other_postcodes = _distinct(fold_postcode, postcodes) if postcodes else ()

    @property
    def five(self) -> Five:
        """The five key demographics, folded; None where one is not given."""
        return Five(
            self.given or None,
            self.family or None,
            self.born or None,
            self.gender or None,
            self.postcode or None,
        )

    @property
    def preferred(self) -> str:
        """The preferred given name, in plain letters."""
        name = self.learner.preferred_given_name
        return plain(name) if name else ""

    @property
    def middles(self) -> tuple[str, ...]:
        """The middle names, in plain letters."""
        names = self.learner.middle_names
        return tokens(names) if names else ()

    def __repr__(self) -> str:
        return "Person()"


def _distinct(
    fold: Callable[[str], str], texts: Iterable[str | None]
) -> tuple[str, ...]:
    """Return the texts folded, each once, without what is not given."""
    return tuple(dict.fromkeys(filter(None, map(fold, filter(None, texts)))))

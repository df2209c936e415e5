"""A learner made ready for comparing: folded once, the rest worked out when needed.

The same shape holds what is asked and what a register holds. It is made for each
candidate of each search, so it does little.
"""

from __future__ import annotations

__all__ = ["Person"]

from collections.abc import Callable, Iterable
from itertools import islice
from operator import itemgetter

from ulnlib._text import fold_postcode, fold_text
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.identifiers import is_scn, is_uci, is_upn
from ulnlib.learner import Learner
from ulnlib.matching.demographics import Five, bounded
from ulnlib.matching.plain import plain, tokens
from ulnlib.postcode import is_valid

_PLACE = {name: place for place, name in enumerate(FIELDS)}
_FIVE = itemgetter(*[_PLACE[name] for name in FIVE_DEMOGRAPHICS])
_PREVIOUS = _PLACE["previous_family_name"]
_AT_16 = _PLACE["family_name_at_16"]
_PREFERRED, _MIDDLE = _PLACE["preferred_given_name"], _PLACE["middle_names"]
_LINES = frozenset({_PLACE["address_line_1"], _PLACE["address_line_2"]})
_REFINERS = tuple(
    _PLACE[name]
    for name in (
        *("middle_names", "place_of_birth", "school_at_16", "email"),
        *("address_line_1", "address_line_2", "town", "county"),
        *("upn", "uci", "scottish_candidate_number"),
    )
)


def _folded(text: str | None) -> str:
    if not text:
        return ""
    if _is_simple(text) and " " not in text:
        return text.lower()  # the same as folding, and nearly every text is such
    return bounded(fold_text(text))


def _folded_postcode(text: str | None) -> str:
    if not text:
        return ""
    if _is_simple(text):
        return text.replace(" ", "").lower()
    return bounded(fold_postcode(text))


def _is_simple(text: str) -> bool:
    """Say whether a text has no capitals but of ASCII, no spaces but plain ones."""
    return len(text) <= _SHORT and text.isascii() and text.isprintable()


_SHORT = 100  # letters that are looked at twice


def _are_letters(
    given: str, family: str, born: str, gender: str, postcode: str
) -> bool:
    """Say whether names are ASCII letters alone, and the rest has no odd space."""
    names, rest = given + family, born + gender + postcode
    return (
        names.isascii()
        and names.isalpha()
        and len(names) <= _SHORT
        and _is_simple(rest)
        and " " not in born
        and " " not in gender
    )


_MOST = 50  # former values of one person that count


def _is_mail(text: str) -> bool:
    name, _, domain = text.partition("@")
    return bool(name) and "." in domain


_NUMBERS = {
    "upn": is_upn,
    "uci": is_uci,
    "scottish_candidate_number": is_scn,
    "email": _is_mail,
}
_NUMBER_PLACES = tuple((name, _PLACE[name], check) for name, check in _NUMBERS.items())


class Person:
    """What is compared of one learner.

    Attributes:
        learner: The learner as given.
        given: The given name, folded; empty when it is not given. So are the others.
        family: The family name, folded.
        born: The date of birth.
        gender: The gender's code.
        postcode: The postcode, folded.
        plain_given: The given name in plain letters.
        plain_family: The family name in plain letters.
        preferred: The preferred given name in plain letters.
        middles: The middle names in plain letters.
        other_families: Former family names in plain letters.
        other_postcodes: Former and further postcodes, folded.
    """

    __slots__ = (
        "_refined",
        "born",
        "family",
        "gender",
        "given",
        "learner",
        "middles",
        "other_families",
        "other_postcodes",
        "plain_family",
        "plain_given",
        "postcode",
        "preferred",
    )

    def __init__(
        self,
        learner: Learner,
        *,
        families: Iterable[str] = (),
        postcodes: Iterable[str] = (),
    ) -> None:
        self.learner = learner
        self._refined: tuple[int, ...] | None = None
        values = learner.values()
        five = given, family, born, gender, postcode = _FIVE(values)
        if given and family and born and gender and postcode and _are_letters(*five):
            # The same as folding, and nearly everybody is such.
            self.given = self.plain_given = given.lower()
            self.family = self.plain_family = family.lower()
            self.born, self.gender = born.lower(), gender.lower()
            self.postcode = postcode.replace(" ", "").lower()
        else:
            self.given = _folded(given)
            self.family = _folded(family)
            self.born = _folded(born)
            self.gender = _folded(gender)
            self.postcode = _folded_postcode(postcode)
            self.plain_given = plain(self.given)
            self.plain_family = plain(self.family)
        preferred, middles = values[_PREFERRED], values[_MIDDLE]
        self.preferred = plain(preferred) if preferred else ""
        self.middles = tokens(middles) if middles else ()
        former = (values[_PREVIOUS], values[_AT_16], *families)
        self.other_families = _distinct(plain, former) if any(former) else ()
        self.other_postcodes = _postcodes(postcodes) if postcodes else ()

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
    def refined(self) -> tuple[int, ...]:
        """The places of the refiners to look for, among the fields of a learner.

        They are those that are given; of an address both lines.
        """
        found = self._refined
        if found is None:
            values = self.learner.values()
            found = tuple([place for place in _REFINERS if values[place]])
            if not _LINES.isdisjoint(found):
                found = (*found, *_LINES)
            self._refined = found
        return found

    @property
    def numbers(self) -> dict[str, str]:
        """UPN, UCI, Scottish candidate number and e-mail, by field, folded.

        Only those that can be one: "UNKNOWN" is no number of one person.
        """
        values = self.learner.values()
        found = {}
        for name, place, is_one in _NUMBER_PLACES:
            text = values[place]
            if text and is_one(text.strip().upper()):
                found[name] = bounded(text.strip().casefold())
        return found

    def __repr__(self) -> str:
        return "Person()"


def _distinct(
    fold: Callable[[str], str], texts: Iterable[str | None]
) -> tuple[str, ...]:
    """Return the texts folded, each once, without what is not given."""
    folded = dict.fromkeys(filter(None, map(fold, filter(None, texts))))
    return tuple(islice(folded, _MOST))


def _postcodes(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the postcodes folded, each once, without what can be none."""
    several = dict.fromkeys(islice(filter(None, texts), _MOST))
    return _distinct(fold_postcode, [one for one in several if is_valid(one.strip())])

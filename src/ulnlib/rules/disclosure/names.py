"""The learners' names that a message is searched for."""

from __future__ import annotations

__all__ = ["NO_NAMES", "ORDINARY_WORDS", "Names"]

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

import attrs

from ulnlib._text import fold_text
from ulnlib.learner import Learner

_MONTHS = frozenset({"april", "august", "may", "june"})

ORDINARY_WORDS = _MONTHS | frozenset(
    """
    ah an angel art basil bill bird bishop black bond bone brook brown bush butler
    chance chase cherry cook cooper crystal daisy dale dawn day dean do drew earl eve
    faith farmer field fisher ford forest fox frank gay ginger grace grant gray green
    grey guy hand harmony hazel heath heather hill holly hope hunt hunter iris ivy jack
    jade jay joy king knight lane lee long love major man marina mark marsh mason max
    melody mercy merry mike miles mill miller misty moon moss nick noble olive page
    park patience pearl penny pope porter power price pride prince read reed rich
    rob robin rocky rod rose ruby rusty sage sandy scarlet sharp short sky smart so son
    spring star stone storm strong sue summer temple to tom underwood van violet
    wade ward warden way west white will winter wise wood woods worth young
    """.split()  # noqa: SIM905  # a list of words reads better so
)
"""Names that are everyday words as well, in lower case.

Source: assumed; our own list. `Names(..., ordinary_words=())` turns it off.
"""

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_WORD = re.compile(rf"{_LETTER}+(?:'{_LETTER}+)*")
_BEFORE_MONTH = frozenset(
    "by during early from in last late mid next of since this till to until".split()  # noqa: SIM905
)

_Words = tuple[str, ...]


class NameMatch(NamedTuple):
    """A name in a text: where, and whether it is a given name."""

    start: int
    end: int
    is_given: bool


class _Word(NamedTuple):
    start: int
    end: int
    written: str
    folded: str


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise TypeError("give a list of names, not one text")
    return tuple(texts)


def _lower(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


@attrs.frozen(repr=False)
class Names:
    """Given and family names to look for, as whole words whatever their case.

    A name of a single letter is never looked for. The parts of a name with a hyphen
    are whole words, and so is a name with the ending 's; an apostrophe between letters
    joins them, so that Brien does not stand in O'Brien.

    A name that is an everyday word as well counts where it begins with a capital, and
    then only beside another name, before a comma or colon, or within a sentence. One
    that is a month does not count where a date may be.

    Attributes:
        given: Given names.
        family: Family names.
        fold_accents: Whether a name without its accents is the same name.
        ordinary_words: Names that are everyday words as well.

    Examples:
        >>> names = Names(given=["Siân"], family=["O'Brien"], fold_accents=True)
        >>> names
        Names(given=1, family=1)

    Source: assumed; no document says how a name is written in a message.
    """

    given: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    family: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    fold_accents: bool = attrs.field(default=False, kw_only=True)
    ordinary_words: frozenset[str] = attrs.field(
        default=ORDINARY_WORDS, converter=_lower, kw_only=True
    )
    _ends: dict[_Words, int] = attrs.field(init=False, eq=False)
    _starts: frozenset[_Words] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        ends: dict[_Words, int] = {}
        for bit, texts in ((_GIVEN, self.given), (_FAMILY, self.family)):
            for text in texts:
                words = self._split(text)
                if sum(map(len, words)) > 1:
                    ends[words] = ends.get(words, 0) | bit
        starts = frozenset(words[:n] for words in ends for n in range(1, len(words)))
        object.__setattr__(self, "_ends", ends)
        object.__setattr__(self, "_starts", starts)

    @classmethod
    def of(cls, learners: Iterable[Learner], *, fold_accents: bool = False) -> Self:
        """Return the names of learners: preferred and previous ones as well.

        Args:
            learners: The learners.
            fold_accents: Whether a name without its accents is the same name.
        """
        given: dict[str, None] = {}
        family: dict[str, None] = {}
        for learner in learners:
            for name in (learner.given_name, learner.preferred_given_name):
                given.setdefault(name or "")
            for name in (
                learner.family_name,
                learner.previous_family_name,
                learner.family_name_at_16,
            ):
                family.setdefault(name or "")
        return cls(filter(None, given), filter(None, family), fold_accents=fold_accents)

    def __bool__(self) -> bool:
        return bool(self._ends)

    def __repr__(self) -> str:
        return f"Names(given={len(self.given)}, family={len(self.family)})"

    def matches(self, text: str) -> Iterator[NameMatch]:
        """Yield every name in a text, the longest that begins at a place.

        Args:
            text: The text, apostrophes typed straight.
        """
        if not self:
            return
        words = [
            _Word(m.start(), m.end(), m[0], self._fold(m[0]))
            for m in _WORD.finditer(text)
        ]
        found = list(self._raw(text, words))
        for place, (first, after, end, bits) in enumerate(found):
            is_beside = (
                place > 0 and _is_joined(text, found[place - 1][2], words[first].start)
            ) or (
                place + 1 < len(found)
                and _is_joined(text, end, words[found[place + 1][0]].start)
            )
            if after - first == 1 and not self._is_name(
                text, words, first, is_beside=is_beside
            ):
                continue
            yield NameMatch(words[first].start, end, bool(bits & _GIVEN))

    def _raw(
        self, text: str, words: list[_Word]
    ) -> Iterator[tuple[int, int, int, int]]:
        """Yield first word, word after, end and kinds of what is on the lists."""
        at = 0
        while at < len(words):
            best = self._longest(text, words, at)
            if best is None:
                at += 1
            else:
                yield at, *best
                at = best[0]

    def _longest(
        self, text: str, words: list[_Word], at: int
    ) -> tuple[int, int, int] | None:
        best = None
        key: _Words = ()
        for n in range(at, len(words)):
            word = words[n]
            if n > at and not _is_inside(text, words[n - 1].end, word.start):
                break
            whole = (*key, word.folded)
            bare = (*key, word.folded.removesuffix("'s"))
            if whole in self._ends:
                best = n + 1, word.end, self._ends[whole]
            elif bare in self._ends:
                best = n + 1, word.end - 2, self._ends[bare]
            if whole not in self._starts:
                break
            key = whole
        if best is None or _is_glued(text, words[at].start, words[best[0] - 1].end):
            return None
        return best

    def _is_name(
        self, text: str, words: list[_Word], at: int, *, is_beside: bool
    ) -> bool:
        """Say whether a word that may be an everyday one is written as a name."""
        word = words[at]
        bare = word.folded.removesuffix("'s")
        if bare not in self.ordinary_words:
            return True
        if not word.written[0].isupper():
            return False
        before, after = text[: word.start][-12:], text[word.end : word.end + 2]
        if bare in _MONTHS and (
            after.lstrip()[:1].isdigit()
            or before.rstrip(" -/,")[-1:].isdigit()
            or (at > 0 and words[at - 1].folded in _BEFORE_MONTH)
        ):
            return False
        if is_beside or after[:1] in {",", ":"} or word.folded != bare:
            return True
        before = before.rstrip(" \t\"'(>")
        return bool(before) and before[-1] not in ".!?:;\n\r-*"

    def _split(self, text: str) -> _Words:
        straight = text.replace("\u2019", "'").replace("\u02bc", "'")
        return tuple(self._fold(word) for word in _WORD.findall(straight))

    def _fold(self, word: str) -> str:
        folded = fold_text(word)
        if self.fold_accents and not folded.isascii():
            apart = unicodedata.normalize("NFD", folded)
            folded = "".join(c for c in apart if not unicodedata.combining(c))
        return folded


_GIVEN, _FAMILY = 1, 2


def _is_inside(text: str, end: int, start: int) -> bool:
    """Say whether what stands between two words may stand within a name."""
    between = text[end:start]
    return 0 < len(between) <= 3 and not between.strip(" -\r\n")


def _is_joined(text: str, end: int, start: int) -> bool:
    """Say whether what stands between two names joins them to one person's."""
    between = text[end:start]
    return 0 < len(between) <= 3 and not between.strip(" -,\t")


def _is_glued(text: str, start: int, end: int) -> bool:
    """Say whether a digit stands directly before or after."""
    return text[start - 1 : start].isdigit() or text[end : end + 1].isdigit()


NO_NAMES = Names()
"""No names: only what a message labels as a name is found."""

"""Enums that a program may also give as words, in one place for every rule."""

from __future__ import annotations

__all__ = ["Word", "texts", "words"]

from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn, TypeVar

from ulnlib.errors import InvalidValue


class Word(StrEnum):
    """An enum that a program may also give as a word: `Channel("file")`."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        # The standard error would print the caller's text.
        del value
        known = ", ".join(member.value for member in cls)
        raise InvalidValue("word", f"this is none of: {known}")


W = TypeVar("W", bound=Word)

_ONE_TEXT = "give a collection of words, not one text"


def words(kind: type[W], values: Iterable[W | str]) -> frozenset[W]:
    """Return the members of an enum that a caller gave, each as itself or as a word.

    Args:
        kind: The enum.
        values: What the caller gave.

    Raises:
        InvalidValue: One of them is no member.
        TypeError: It is one text: its letters would be taken for words.
    """
    if isinstance(values, str):
        raise TypeError(_ONE_TEXT)
    return frozenset(kind(value) for value in values)


def texts(values: Iterable[str]) -> frozenset[str]:
    """Return the words that a caller gave.

    Args:
        values: What the caller gave.

    Raises:
        TypeError: It is one text: its letters would be taken for words.
    """
    if isinstance(values, str):
        raise TypeError(_ONE_TEXT)
    return frozenset(values)

"""Sector subject areas, and which of them a text names."""

from __future__ import annotations

__all__ = ["SubjectArea", "area_codes", "find_subject_area", "subject_areas"]

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import attrs

from ulnlib import _tables
from ulnlib._text import fold_title

_CODE = re.compile(r"0?(?P<first>[1-9][0-9]?)(?:\.(?P<second>[1-9]))?(?![0-9.])")


@attrs.frozen
class SubjectArea:
    """A sector subject area of the first or the second tier.

    Attributes:
        code: `15` or `15.3`.
        name: What it is called.
        former_name: What it was called before, where that has changed.

    Source: Ofqual, qualification descriptions, section 3 (published).
    """

    code: str
    name: str
    former_name: str | None = None

    @property
    def first_tier(self) -> str:
        """The code of the area of the first tier: `15` for `15.3`."""
        return self.code.partition(".")[0]


@cache
def subject_areas() -> Mapping[str, SubjectArea]:
    """Return every sector subject area by its code, in order.

    Source: Ofqual, qualification descriptions, section 3 (published).
    """
    return MappingProxyType(
        {
            row["code"]: SubjectArea(row["code"], row["name"], row.get("former"))
            for row in _tables.load("sector_subject_areas").rows
        }
    )


def _key(name: str) -> str:
    """Return a name as it is compared: punctuation is written in several ways."""
    return " ".join(re.findall(r"[^\W_]+", fold_title(name)))


@cache
def _by_name() -> Mapping[str, SubjectArea]:
    areas = subject_areas().values()
    # The fifty come after the fifteen, and win where both have one name.
    return {
        _key(name): area
        for area in areas
        for name in (area.former_name, area.name)
        if name is not None
    }


@lru_cache(maxsize=4096)
def find_subject_area(text: str) -> SubjectArea | None:
    """Return the sector subject area that a text names, None when it names none.

    Args:
        text: A code (`15.3`, `01.1`, `15`), a name in any case, or a code and a name
            (`15.3 Business management`), of which the code holds.

    Source: Ofqual, qualification descriptions, section 3 (published); the ways of
    writing are observed in the register of regulated qualifications.
    """
    found = _CODE.match(text.strip())
    if found is None:
        return _by_name().get(_key(text))
    first, second = found["first"], found["second"]
    return subject_areas().get(f"{first}.{second}" if second else first)


@lru_cache(maxsize=4096)
def area_codes(text: str) -> frozenset[str]:
    """Return the codes of the area that a text names and of the one it lies in.

    Args:
        text: As for `find_subject_area`.

    Returns:
        `15.3` and `15`, for example; nothing when the text names no area.

    Source: Ofqual, qualification descriptions, section 3 (published).
    """
    area = find_subject_area(text)
    return frozenset() if area is None else frozenset({area.code, area.first_tier})

"""The numbers that a synthetic register gives out: a test range, never a real ULN."""

from __future__ import annotations

__all__ = ["TEST_RANGE", "is_test_number", "synthetic_ulns"]

from typing import TYPE_CHECKING

from ulnlib.errors import InvalidUln
from ulnlib.uln import Uln, calc_check_digit

if TYPE_CHECKING:
    from collections.abc import Iterator

TEST_RANGE = range(990_000_000, 999_999_999)
"""The first nine digits of the ULNs that a synthetic register gives out.

The last of them is 999999998: the next number would be the temporary 9999999999.
Nothing says that the LRS will never issue one of these numbers; it had come to about
767361000 by February 2018, so that they are far from those in use (derived).

Source: the DfE's own generator of ILR test data makes its ULNs from 99 upward
(web-service notes, section 5.4, observed); the end of the range is ours.
"""


def is_test_number(number: int) -> bool:
    """Say whether the ten digits of a ULN lie in the test range."""
    return number // 10 in TEST_RANGE


def synthetic_ulns(start: int = 0) -> Iterator[Uln]:
    """Yield the ULNs of the test range in order; none of them is real.

    Nine digits without a check digit (remainder 0) are left out.

    Args:
        start: How many of the range's nine-digit numbers to pass over.

    Yields:
        One ULN after another, to the end of the range.

    Raises:
        ValueError: `start` is negative.

    Examples:
        >>> from itertools import islice
        >>> [str(uln) for uln in islice(synthetic_ulns(), 2)]
        ['9900000004', '9900000012']

    Source: web-service notes, section 5.4 (observed): a remainder of 0 rejects the
    nine digits.
    """
    if start < 0:
        raise ValueError("start is 0 or more")
    return _ulns_from(start)


def _ulns_from(start: int) -> Iterator[Uln]:
    for nine in TEST_RANGE[start:]:
        try:
            digit = calc_check_digit(str(nine))
        except InvalidUln:
            continue
        yield Uln.parse(f"{nine}{digit}")

"""What a new ULN needs: the mandatory fields and the permitted ages."""

from __future__ import annotations

__all__ = ["MAXIMUM_AGE", "MINIMUM_AGE", "birth_dates", "missing_for_registration"]

import datetime as dt

from ulnlib._dates import birthday_bounds
from ulnlib.fields import REGISTRATION_MANDATORY
from ulnlib.learner import Learner

MINIMUM_AGE = 13
"""The lowest age in whole years of a learner in the register.

Source: LRS communication of 12 July 2018, quoted in a public bug tracker (observed).
"""

MAXIMUM_AGE = 110
"""The highest age in whole years of a learner in the register.

Source: LRS communication of 12 July 2018, quoted in a public bug tracker (observed).
"""


def birth_dates(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last date of birth that are permitted on a day.

    Args:
        as_of: The day on which ages are counted.

    Returns:
        Both bounds inclusive: from the day before the 111th birthday to the 13th.

    Source: LRS communication of 12 July 2018 (observed); that both ages are included
    and that they are counted on the day of the check is assumed.
    """
    return birthday_bounds(as_of, MINIMUM_AGE, MAXIMUM_AGE + 1)


def missing_for_registration(learner: Learner) -> tuple[str, ...]:
    """Return the mandatory fields that a learner lacks for a new ULN, in order.

    Source: registerlearner.xsd, type LearnerToRegister (observed); LRS portal guide,
    section 4.2.2 (published).
    """
    return tuple(
        name
        for name in REGISTRATION_MANDATORY
        if not (getattr(learner, name) or "").strip()
    )

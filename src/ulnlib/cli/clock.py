"""The clock: the only place of ulnlib that reads it."""

from __future__ import annotations

__all__ = ["AS_OF", "DAY", "now", "today"]

import datetime as dt

import click


class _Day(click.ParamType[dt.date]):
    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail("give the day as YYYY-MM-DD", param, ctx)
        if not 1990 <= day.year <= 2100:
            self.fail("give a day from 1990 to 2100", param, ctx)
        return day


DAY = _Day()
"""A day as the type of an option."""

AS_OF = click.option(
    "--as-of",
    type=DAY,
    default=None,
    help="The day on which ages are counted; today by default.",
)


def today() -> dt.date:
    """Return the day it is here."""
    return dt.date.today()  # noqa: DTZ011, TID251  # the edge where the clock is read


def now() -> dt.datetime:
    """Return the time it is, with the zone, to the second."""
    return dt.datetime.now().astimezone().replace(microsecond=0)  # noqa: TID251

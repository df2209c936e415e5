"""The option that switches tolerances off."""

from __future__ import annotations

__all__ = ["WITHOUT_OPTION"]

import click

from ulnlib.matching import TOLERANCES

WITHOUT_OPTION = click.option(
    "--without",
    multiple=True,
    type=click.Choice(sorted(one.value for one in TOLERANCES)),
    metavar="TOLERANCE",
    help="Switch a tolerance off; may be given several times.",
)

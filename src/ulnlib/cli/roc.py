"""`ulnlib roc`: rules of combination and routes to achievement."""

from __future__ import annotations

__all__ = ["roc"]

import click

from ulnlib.cli.combination import check_command, lint_command
from ulnlib.cli.routes import routes_command


@click.group()
def roc() -> None:
    """Ask what units count towards, and what is still needed."""


roc.add_command(check_command)
roc.add_command(lint_command)
roc.add_command(routes_command)

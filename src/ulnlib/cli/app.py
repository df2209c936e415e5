"""The command and its groups, and what an error of ours looks like on a screen."""

from __future__ import annotations

__all__ = ["app"]

import sys
from collections.abc import Sequence
from typing import Any

import click

from ulnlib.cli import convert, make  # noqa: F401  # they are commands of the group
from ulnlib.cli.batch import batch
from ulnlib.cli.disclosure import disclosure
from ulnlib.cli.plr import plr
from ulnlib.cli.register import register
from ulnlib.cli.roc import roc
from ulnlib.cli.uln import uln
from ulnlib.cli.verify import verify_command
from ulnlib.errors import UlnlibError


class _App(click.Group):
    """A group that turns our errors and the system's into one line and status 2."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]  # noqa: ANN401  # as click has it
        """Run the command."""
        try:
            return super().main(args, **extra)
        except UlnlibError as error:
            self._stop(str(error))
        except OSError as error:
            # The file's name and the system's reason; a path is not personal.
            name = error.filename
            where = f"{name}: " if isinstance(name, str) else ""
            reason = error.strerror or type(error).__name__
            self._stop(f"{where}{reason[:1].lower()}{reason[1:]}")

    @staticmethod
    def _stop(message: str) -> None:
        click.echo(f"ulnlib: {message}", err=True)
        sys.exit(2)


@click.group(cls=_App, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="ulnlib", prog_name="ulnlib", message="%(prog)s %(version)s"
)
def app() -> None:
    """Work with Unique Learner Numbers and files of the Learning Records Service.

    Exit status: 0 all is well, 1 something was found to be wrong, 2 nothing could be
    done.
    """


app.add_command(uln)
app.add_command(batch)
app.add_command(register)
app.add_command(disclosure)
app.add_command(verify_command)
app.add_command(roc)
app.add_command(plr)

"""Where batch files are written: a file, or a folder in which they get their names."""

from __future__ import annotations

__all__ = ["OUT", "Place", "portal_name"]

import datetime as dt
from pathlib import Path

import click

from ulnlib.batch import file_name
from ulnlib.batch.names import form_named
from ulnlib.cli.clock import now
from ulnlib.identifiers import is_ukprn

OUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="A file, or a folder: there it gets the name that the portal takes, if it is "
    "an LRB file.",
)


def portal_name(ukprn: str, made: dt.datetime, form: str) -> str | None:
    """Return the name that the portal takes, or None where the number makes none.

    Where columns have slipped another text may stand for the provider's number, and a
    file is named by digits only.
    """
    is_number = ukprn.isdigit() and is_ukprn(ukprn)
    return file_name(ukprn, made, form) if is_number else None


class Place:
    """Where one or more batch files go.

    Args:
        output: A folder, or a file; a path without a suffix is a folder.
        ukprn: The provider, for the name.
        form: `CSV` or `XML`, for the name.

    Raises:
        click.UsageError: The file's name ends as that of the other form.
    """

    def __init__(self, output: Path, ukprn: str, form: str = "CSV") -> None:
        self.is_folder = output.is_dir() or not output.suffix
        if not self.is_folder and form_named(output.name) not in {None, form}:
            raise click.UsageError(
                f"{output} would be a file in {form} under the name of another form; "
                f"give a name that ends in .{form}"
            )
        self._output = output
        self._ukprn = ukprn
        self._form = form
        self._made = now().replace(tzinfo=None)

    def paths(self, count: int) -> list[Path]:
        """Return so many paths, in a folder none of a file that is there.

        Each name has a minute of its own, from the one it is now.

        Raises:
            click.UsageError: Several files do not go into one, or the provider's
                number makes no name.
        """
        if not self.is_folder:
            if count > 1:
                raise click.UsageError(
                    f"{count} files are needed; give a folder to write them to"
                )
            return [self._output][:count]
        self._output.mkdir(parents=True, exist_ok=True)
        paths: list[Path] = []
        made = self._made
        while len(paths) < count:
            name = portal_name(self._ukprn, made, self._form)
            if name is None:
                raise click.UsageError(
                    "the file's UKPRN makes no file name; give a file to write to"
                )
            made += dt.timedelta(minutes=1)
            if not (self._output / name).exists():
                paths.append(self._output / name)
        return paths

"""Files that are written whole or not at all."""

from __future__ import annotations

__all__ = ["refuse_input", "refuse_twice", "whole_file", "write_whole"]

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file beside its place and rename it when it is complete.

    When anything fails nothing is left behind, and a file that was there stays.
    Only the user may read the file while it is written and afterwards.

    Args:
        path: Where the file is to be.

    Raises:
        OSError: The folder cannot be written, the disk is full.
    """
    try:
        handle, beside = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part"
        )
    except OSError as error:
        error.filename = str(path)  # not the name of the temporary file
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        if isinstance(error, OSError) and error.filename in {None, beside}:
            error.filename = str(path)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all."""
    with whole_file(path) as file:
        file.write(content)


def refuse_input(output: Path, *inputs: Path) -> None:
    """Refuse to write where something is read from.

    Args:
        output: Where a file is to be written.
        inputs: What is read.

    Raises:
        click.UsageError: The output is one of the inputs, by whatever path.
    """
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise click.UsageError(
                f"{output} is what is read; give another name to write to"
            )


def refuse_twice(*outputs: Path | None) -> None:
    """Refuse to write two things to one file, of which only the last would be left.

    Args:
        outputs: Where files are to be written; None where nothing is.

    Raises:
        click.UsageError: Two of them are one file, by whatever path.
    """
    places = [(path, path.resolve()) for path in outputs if path is not None]
    for n, (path, place) in enumerate(places):
        if any(_is_same(place, other) for _, other in places[:n]):
            raise click.UsageError(
                f"{path} is to be written twice; give each a name of its own"
            )


def _is_same(one: Path, other: Path) -> bool:
    """Say whether two places are one file, which the disk knows where it is there."""
    return one == other or (one.exists() and other.exists() and one.samefile(other))

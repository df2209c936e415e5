"""The `ulnlib` command. It alone reads the clock and writes files by itself."""

from __future__ import annotations

__all__ = ["main"]

import io
import sys


def main() -> None:
    """Run the command; without its optional part, say how to install it."""
    try:
        from ulnlib.cli.app import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"click", "rich"}:
            raise
        sys.stderr.write(
            "The ulnlib command needs an optional part: pip install 'ulnlib[cli]'\n"
        )
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a letter shows its number instead of failing.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()

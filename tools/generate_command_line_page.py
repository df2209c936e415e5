"""Write the help of every command to docs/reference/command-line.md.

With `--check` nothing is written, and the exit status is 1 when the page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import pages

from ulnlib.cli.app import app

INTRODUCTION = """\
# Command line

Here you can look up every command and option.
This page is generated from the commands' own help; do not edit it by hand.

Install the commands with `pip install 'ulnlib[cli]'`.
Long work shows its progress on a terminal and stays quiet in a pipe.
Every command that answers something has `--json`; [JSON](json.md) describes what it prints.

| Exit status | Means |
| --- | --- |
| 0 | All is well; there may be warnings, or exceptions for a person. |
| 1 | Something was found to be wrong. |
| 2 | Nothing could be done: the file cannot be read or was refused, or the command was not understood. |
"""  # noqa: E501

_WIDTH = 80


def commands(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the help of a command and of all below it."""
    # A fixed width, whatever the terminal.
    context = click.Context(
        command,
        info_name=name,
        help_option_names=["-h", "--help"],
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
    )
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from commands(found, f"{name} {below}")


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for name, text in commands(app, "ulnlib"):
        lines = "\n".join(line.rstrip() for line in text.splitlines())
        parts.append(f"## {name}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(pages.main(__doc__, "command-line.md", page()))

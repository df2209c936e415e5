"""`ulnlib disclosure`: is a message a breach, and what in it makes it one."""

from __future__ import annotations

__all__ = ["disclosure"]

import datetime as dt
import sys
from pathlib import Path

import click

from ulnlib.cli.clock import AS_OF, today
from ulnlib.cli.files import refuse_input, write_whole
from ulnlib.cli.messages import Message, Unreadable, read_message, read_names
from ulnlib.cli.screen import JSON_OPTION, plural, show_json
from ulnlib.rules.clauses import clause
from ulnlib.rules.disclosure import (
    NO_NAMES,
    Assessment,
    Finding,
    Ground,
    Medium,
    check,
    redact,
)

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_MEDIA = {medium.value.replace("_", "-"): medium for medium in Medium}
_IN = {
    Medium.UNENCRYPTED_EMAIL: "in an unencrypted e-mail",
    Medium.ENCRYPTED_PASSWORD_APART: "encrypted, the password going another way",
    Medium.ENCRYPTED_PASSWORD_SAME_MAIL: "encrypted, the password in the same e-mail",
    Medium.PORTAL_DATA_CHALLENGE: "in a data challenge of the portal",
}


@click.group()
def disclosure() -> None:
    """Check messages for details of learners before they are sent."""


@disclosure.command("check")
@click.argument("path", type=_FILE, metavar="FILE")
@click.option(
    "--medium",
    type=click.Choice(list(_MEDIA)),
    default="unencrypted-email",
    show_default=True,
    metavar="MEDIUM",
    help="What it will travel in: unencrypted-email, encrypted-password-apart, "
    "encrypted-password-same-mail or portal-data-challenge.",
)
@click.option(
    "--names",
    "names_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The learners' names: a table such as a batch file, or a name on each line.",
)
@click.option(
    "--references",
    "references_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="References of data challenges, one on each line: they hold a ULN.",
)
@click.option(
    "--fold-accents", is_flag=True, help="Find names without their accents as well."
)
@click.option("--redact", "is_redacted", is_flag=True, help="Write it redacted to -o.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the redacted text.",
)
@click.option("--reveal", is_flag=True, help="Show the words; they are personal data.")
@AS_OF
@JSON_OPTION
def check_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    medium: str,
    *,
    names_path: Path | None,
    references_path: Path | None,
    output: Path | None,
    as_of: dt.date | None,
    fold_accents: bool,
    is_redacted: bool,
    reveal: bool,
    as_json: bool,
) -> None:
    """Say whether a message is a breach, by which clause, and where.

    \b
    ulnlib disclosure check message.txt --names learners.csv
    ulnlib disclosure check draft.eml --redact -o redacted.txt

    FILE is a text or a mail (.eml); - is the standard input. Without --names, names
    are found only in fields that are labelled as such. The words are shown only with
    --reveal. Exit status 1 when it is a breach, 2 when the file cannot be read.
    """  # noqa: D301  # click reads the backspace
    if is_redacted != (output is not None):
        raise click.UsageError("--redact and -o go together")
    if output is not None:
        given = (path, names_path, references_path)
        refuse_input(output, *[one for one in given if one is not None])
    try:
        message = read_message(_content(path))
        names = NO_NAMES
        if names_path is not None:
            names = read_names(names_path.read_bytes(), fold_accents=fold_accents)
        references = _references(references_path)
    except Unreadable as error:
        click.echo(f"ulnlib: {error}", err=True)
        raise SystemExit(2) from None
    day = as_of or today()
    found = check(
        message.text,
        _MEDIA[medium],
        names=names,
        as_of=day,
        references=references,
    )
    if output is not None:
        hidden = redact(message.text, names=names, as_of=day, references=references)
        write_whole(output, hidden.encode("utf-8", "surrogatepass"))
    if as_json:
        _show_json(message, found, output, reveal=reveal)
    else:
        _show(path, message, found, output, reveal=reveal)
    if found.is_breach:
        raise SystemExit(1)


def _content(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    return path.read_bytes()


def _references(path: Path | None) -> list[str]:
    """Return the references of a file, one on each line."""
    if path is None:
        return []
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _show_json(
    message: Message, found: Assessment, output: Path | None, *, reveal: bool
) -> None:
    findings = [
        {**one.to_dict(), "words": words if reveal else None}
        for one, words in found.reveal(message.text)
    ]
    show_json(
        {
            "version": 1,
            "kind": "disclosure-check",
            **found.to_dict(),
            "findings": findings,
            "is_mail": message.is_mail,
            "unread_parts": message.unread_parts,
            "redacted": None if output is None else str(output),
        }
    )


def _show(
    path: Path,
    message: Message,
    found: Assessment,
    output: Path | None,
    *,
    reveal: bool,
) -> None:
    verdict = "a breach" if found.is_breach else "no breach"
    where = "standard input" if str(path) == "-" else path.name
    click.echo(f"{where}: {verdict} {_IN[found.medium]}")
    for ground in found.breaches:
        click.echo(f"  {_clause(ground)}")
    for ground in found.cautions:
        click.echo(f"  Consider: {_clause(ground)}")
    for one, words in found.reveal(message.text):
        click.echo(_line(one, words if reveal else None))
    if not found.has_names:
        click.echo(
            "No list of names was given: names were looked for only in fields that "
            "are labelled as such."
        )
    if message.is_mail:
        click.echo(
            "Lines count in the text that was read, its subject being the first."
        )
    if message.unread_parts:
        click.echo(f"Not looked into: {plural(message.unread_parts, 'attachment')}.")
    if output is not None:
        click.echo(f"Written: {output}. Read it before you send it.")


def _clause(ground: Ground) -> str:
    return str(clause(ground.clause))


def _line(one: Finding, words: str | None) -> str:
    kind = one.kind.value.replace("_", " ").replace("uln", "ULN")
    last = one.column + one.end - one.start - 1
    text = f"line {one.line}, characters {one.column} to {last}: {kind}"
    if words is None:
        return text
    shown = "".join(c if c.isprintable() else "?" for c in words)
    return f"{text}: {shown}"

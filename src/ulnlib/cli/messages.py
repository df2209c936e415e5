"""Messages and lists of names as files: what a person would read in them."""

from __future__ import annotations

__all__ = ["Message", "Unreadable", "read_lines", "read_message", "read_names"]

import re
from collections.abc import Iterator
from email.message import EmailMessage

import attrs

from ulnlib.batch.cells import split
from ulnlib.batch.source import file_kind
from ulnlib.errors import UlnlibError
from ulnlib.rules.disclosure import Names


class Unreadable(UlnlibError):
    """A file is no text."""


@attrs.frozen(kw_only=True, repr=False)
class Message:
    """What a person would read in a message.

    Attributes:
        text: The text; of a mail the subject, the names of attachments, and every
            part that is text.
        is_mail: Whether it was a mail with headers.
        unread_parts: How many parts of a mail are no text.
    """

    text: str
    is_mail: bool = False
    unread_parts: int = 0


_TEXTS = frozenset({"an XML or HTML file", "a JSON file"})
_HEADER = re.compile(
    r"(?:from|to|cc|subject|date|mime-version|content-type|message-id|received"
    r"|return-path|reply-to|x-[a-z-]{1,40}):",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|tr|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
_CELL_TAG = re.compile(r"</t[dh]\s*>", re.IGNORECASE)


def read_message(content: bytes) -> Message:
    """Return what a person would read in a text or a mail.

    Args:
        content: The file's bytes.

    Raises:
        Unreadable: It is no text.
    """
    text = _decode(content)
    if not _is_mail(text):
        return Message(text=text)
    try:
        return _read_mail(content)
    except Exception:  # noqa: BLE001  # whatever a broken mail does to the parser
        return Message(text=text)


def read_lines(content: bytes) -> tuple[str, ...]:
    """Return the lines of a list in a file, without those that are empty.

    Args:
        content: The file's bytes.

    Raises:
        Unreadable: It is no text.
    """
    lines = (line.strip() for line in _decode(content).splitlines())
    return tuple(line for line in lines if line)


def _decode(content: bytes) -> str:
    kind = file_kind(content[:65536])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable("the file is not a text") from None
    if kind is not None and kind not in _TEXTS:
        raise Unreadable(f"this is {kind}, not a text or a mail")
    if b"\0" in content:
        raise Unreadable("the file is not a text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass
    return content.decode("latin-1")


def _is_mail(text: str) -> bool:
    """Say whether a text begins with two headers of a mail at least."""
    headers = 0
    for line in text[:8192].splitlines():
        if _HEADER.match(line):
            headers += 1
        elif not line[:1].isspace() and re.match(r"[\w-]{1,60}:", line) is None:
            break
    return headers >= 2


def _read_mail(content: bytes) -> Message:
    from email import message_from_bytes, policy

    mail = message_from_bytes(content, EmailMessage, policy=policy.default)
    shown = [f"Subject: {mail['subject'] or ''}"]
    plain: list[str] = []
    marked_up: list[str] = []
    unread = 0
    for part in mail.walk():
        if part.is_multipart():
            continue
        if part.get_filename():
            shown.append(f"Attachment: {part.get_filename()}")
        kind = part.get_content_type()
        if kind == "text/html":
            marked_up.append(_without_tags(_part(part)))
        elif part.get_content_maintype() == "text":
            plain.append(_part(part))
        else:
            unread += 1
    body = plain or marked_up
    return Message(
        text="\n\n".join(["\n".join(shown), *body]), is_mail=True, unread_parts=unread
    )


def _part(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("latin-1") if isinstance(payload, bytes) else ""


def _without_tags(text: str) -> str:
    from html import unescape

    return unescape(_TAG.sub("", _CELL_TAG.sub("\t", _BREAKING_TAG.sub("\n", text))))


# --- names --------------------------------------------------------------------------

_GIVEN = frozenset(
    {"givenname", "preferredgivenname", "firstname", "forename", "given", "first"}
)
_FAMILY = frozenset(
    {"familyname", "previousfamilyname", "familynameat16", "familynameatage16"}
    | {"lastname", "surname", "family", "last"}
)


def read_names(content: bytes, *, fold_accents: bool = False) -> Names:
    """Return the names of a file.

    A table has headings such as `GivenName` and `FamilyName`; its other columns are
    passed over. Otherwise each line is a name: given names and family name, or the
    family name, a comma and the given names, of which the first counts by itself as
    well. A single word counts as either.

    Args:
        content: The file's bytes.
        fold_accents: Whether a name without its accents is the same name.

    Raises:
        Unreadable: It is no text, or there is no name in it.
    """
    lines = [line for line in _decode(content).splitlines() if line.strip()]
    rows = [split(line).cells for line in lines]
    headings = [
        "".join(c for c in cell.lower() if c.isalnum())
        for cell in (rows[0] if rows else ())
    ]
    if any(heading in _GIVEN | _FAMILY for heading in headings):
        pairs = _of_table(headings, rows[1:])
    else:
        pairs = _of_lines(lines)
    given, family = [], []
    for first, last in pairs:
        given.append(first)
        family.append(last)
    names = Names(given, family, fold_accents=fold_accents)
    if not names:
        raise Unreadable("there is no name in the list of names")
    return names


def _of_table(headings: list[str], rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for heading, cell in zip(headings, row, strict=False):
            if heading in _GIVEN:
                yield cell, ""
            elif heading in _FAMILY:
                yield "", cell


def _of_lines(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        last, comma, first = line.strip().partition(",")
        if not comma:
            first, _, last = line.strip().rpartition(" ")
        first = first.strip() or last
        yield first, last
        yield first.partition(" ")[0], ""  # the given name without middle names

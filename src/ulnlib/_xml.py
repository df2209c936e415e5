"""The only importer of lxml: streamed reading and writing, attacks off.

Reading is a stream of the elements of one name, each forgotten when the next is asked
for. What a file of records has no need of is refused before a parser sees it (a
document type, and so every entity of one's own) or as soon as it is met: another
encoding, more bytes for one record than any record has, elements inside each other
without end. Nothing is ever fetched.

What is refused is said by a word and a line number: an error never holds a text of the
file, and never one of lxml's.
"""

from __future__ import annotations

__all__ = [
    "CHUNK",
    "RECORD_BYTES",
    "Element",
    "Elements",
    "Other",
    "Records",
    "Refused",
    "can_hold",
    "escape",
    "line_of",
    "parse",
    "refusal",
    "split_tag",
    "start_of",
]

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Protocol

from ulnlib._text import from_windows
from ulnlib.errors import InvalidValue
from ulnlib.issues import Issue, issue

CHUNK = 1 << 16
"""So many bytes are given to the parser at a time."""

RECORD_BYTES = 4 << 20
"""So many bytes are read without the end of a record, and no more.

It bounds everything that may be long: a text, an attribute, a comment, a tag that never
ends, the number of elements in a record.
"""

_PROLOG = CHUNK
"""Before so many bytes the first element has to begin."""

_OTHERS = 1000
"""So many elements that are no records are kept; an envelope has ten."""

Read = Callable[[int], bytes]


class Element(Protocol):
    """What the readers use of an element."""

    @property
    def tag(self) -> str:
        """Its name, with the namespace in braces before it."""

    @property
    def text(self) -> str | None:
        """Its text, up to its first child."""

    @property
    def tail(self) -> str | None:
        """The text after it."""

    @property
    def attrib(self) -> Mapping[str, str]:
        """Its attributes."""

    @property
    def sourceline(self) -> int:
        """The line on which its start tag ends."""

    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...


class Other(NamedTuple):
    """An element beside the records.

    Attributes:
        namespace: Its namespace, empty where it has none.
        name: Its name without the namespace.
        text: Its text; None where it has children, or is empty.
        line: The line on which it stands.
        is_late: Whether a record comes before it.
    """

    namespace: str
    name: str
    text: str | None
    line: int
    is_late: bool


class Refused(InvalidValue):
    """A file is not read further.

    Attributes:
        reason: Why: `doctype`, `encoding`, `entity`, `character`, `limit`, `malformed`.
        line: The line at which reading stopped.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, f"line {line}: the XML was refused ({reason})")
        self.line = line

    def __reduce__(self) -> tuple[type[Refused], tuple[str, int]]:
        return Refused, (self.reason, self.line)


_REFUSED = {
    "doctype": "xml-doctype",
    "encoding": "xml-encoding",
    "entity": "xml-entity",
    "character": "xml-character",
    "limit": "xml-limit",
    "malformed": "xml-malformed",
}


def refusal(refused: Refused) -> Issue:
    """Return the finding about a file that is not read further."""
    return issue(_REFUSED[refused.reason], line=refused.line, found=refused.line)


# What libxml2's numbers for its errors come to; every other one is `malformed`.
_REASONS = {
    1: "entity",  # so it comes out where entities are not replaced
    9: "character",  # XML_ERR_INVALID_CHAR
    26: "entity",  # XML_ERR_UNDECLARED_ENTITY
    27: "entity",  # XML_WAR_UNDECLARED_ENTITY
    45: "limit",  # XML_ERR_COMMENT_NOT_FINISHED, where it is longer than any
    81: "encoding",  # XML_ERR_INVALID_ENCODING
    110: "limit",  # XML_ERR_NAME_TOO_LONG
    114: "limit",  # XML_ERR_RESOURCE_LIMIT
}

_ENCODINGS = {
    "utf-8": None,
    "utf8": None,
    "us-ascii": None,
    "ascii": None,
    "iso-8859-1": "latin-1",
    "iso8859-1": "latin-1",
    "latin1": "latin-1",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}

# A byte is a character in both, so that any piece of a file is read by itself.
_DECODERS: Mapping[str, Callable[[bytes], str]] = {
    "latin-1": lambda raw: raw.decode("latin-1"),
    "cp1252": from_windows,
}

_BOM = codecs.BOM_UTF8
_DECLARATION = re.compile(
    rb"<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:\"1\.[0-9]\"|'1\.[0-9]')"
    rb"(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*"
    rb"[\"']([A-Za-z][A-Za-z0-9._\-]{0,39})[\"'])?"
    rb"(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*[\"'](?:yes|no)[\"'])?"
    rb"[ \t\r\n]*\?>"
)
_OURS = b'<?xml version="1.0" encoding="UTF-8"?>'
# Whitespace, comments and processing instructions may come before the first element.
_BEFORE_ROOT = re.compile(rb"(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_AFTER_TAG = re.compile(rb">(\r\n|\n|\r)")
_ROOT = re.compile(rb"<(?:[\w.\-]{1,100}+:)?([\w.\-]{1,100}+)[\s/>]")


def start_of(head: bytes) -> bytes:
    """Return where the content of a file begins, without mark and white space."""
    return head.removeprefix(_BOM).lstrip(b" \t\r\n")


def split_tag(tag: object) -> tuple[str, str]:
    """Return the namespace of an element, empty where it has none, and its name."""
    if not isinstance(tag, str):
        return "", ""  # an entity that was not replaced
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


_COUNTED = 65_535
"""Up to this line the parser counts by itself."""


def line_of(element: Element) -> int:
    """Return the line of an element's tag.

    Beyond line 65,535 the parser tells the line on which its first text ends.
    """
    line = element.sourceline
    if line >= _COUNTED and element.text:
        line -= element.text.count("\n")
    return line


class Records:
    """The elements of a file that are its records, one after another.

    An element may be used until the next is asked for. Beside them stand the elements
    of the envelope, in `others`.

    Args:
        read: Gives the next bytes, so many at most, and none at the end.
        names: The names of the elements that are records, in any namespace.
        parents: The names of the elements that they stand in, in any namespace.
        limit: The greatest number of bytes up to the end of a record.

    Attributes:
        encoding: The encoding: `utf-8`, `latin-1` or `cp1252`.
        has_bom: Whether the file begins with a byte order mark.
        line_end: What ends its first line; empty where there is only one line.
        root_name: The name of the outermost element.
        parent: The element that the records stand in: namespace and name; None until
            the first record, or where there is none.
        is_root: Whether that element is the outermost one.
        others: The elements beside the records, as far as the file has been read.
        other_count: How many there are, kept or not.
        has_text: Whether text stands beside the records.
        astray: How many elements of a record's name stand neither where the first
            record does nor inside a record; they are not yielded.
        before: The texts that stand before that element, each with the names of the
            elements around it, as in `Header/Year`.
        bytes_of: Gives an element as it would be written by itself, as UTF-8.

    Raises:
        Refused: The file is of a kind that is not read. Iterating raises it, too, where
            it is not well-formed.
    """

    def __init__(
        self,
        read: Read,
        names: Sequence[str],
        parents: Sequence[str],
        *,
        limit: int = RECORD_BYTES,
    ) -> None:
        from lxml import etree

        self._read = read
        self._parents = frozenset(parents)
        self._names = frozenset(names)
        self._limit = limit
        self._error: type[Exception] = etree.XMLSyntaxError
        self.bytes_of: Callable[[Element], bytes] = partial(
            etree.tostring, encoding="utf-8", with_tail=False
        )
        self._decode: Callable[[bytes], str] | None = None
        self.encoding = "utf-8"
        self.has_bom = False
        self.line_end = ""
        self.root_name = ""
        self.parent: tuple[str, str] | None = None
        self.is_root = True
        self.others: list[Other] = []
        self.other_count = 0
        self.has_text = False
        self.astray = 0
        self.before: tuple[tuple[str, str], ...] = ()
        self._within: Any = None
        self._has_record = False
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            strip_cdata=True,
            recover=False,
        )
        self._refusal = self._feed(self._prolog())

    # --- the head of the file -----------------------------------------------------

    def _prolog(self) -> bytes:
        """Read the head, find the encoding, refuse a document type."""
        head = b""
        while len(head) < _PROLOG:
            more = self._read(_PROLOG - len(head))
            if not more:
                break
            head += more
        self.has_bom = head.startswith(_BOM)
        rest = head.removeprefix(_BOM)
        if rest[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in rest[:4]:
            raise Refused("encoding", 1)
        declared = _DECLARATION.match(rest)
        self.line_end = _line_end(rest, declared)
        if declared is not None:
            rest = self._without_declaration(rest, declared)
        elif rest.startswith(b"<?xml") and rest[5:6] in b" \t\r\n?":
            raise Refused("malformed", 1)
        # Only bytes of ASCII are looked for, and in these encodings they are the same.
        match = _BEFORE_ROOT.match(rest)
        at = 0 if match is None else match.end()
        line = 1 + head[: len(head) - len(rest) + at].count(b"\n")
        if rest.startswith((b"<!", b"<?"), at):
            is_cut = len(head) >= _PROLOG and not rest.startswith(b"<!D", at)
            raise Refused("limit" if is_cut else _kind_of(rest[at : at + 9]), line)
        if at >= _PROLOG - len(_BOM):
            raise Refused("limit", line)
        root = _ROOT.match(rest, at)
        self.root_name = "" if root is None else root[1].decode("ascii")
        # With it the parser neither guesses an encoding nor heeds another declaration,
        # by which bytes could mean something else to it than they did here.
        return _OURS + rest

    def _without_declaration(self, rest: bytes, declared: re.Match[bytes]) -> bytes:
        """Note the encoding; the parser is given UTF-8, and told so by ourselves."""
        name = (declared[1] or b"utf-8").decode("ascii").lower()
        if name not in _ENCODINGS:
            raise Refused("encoding", 1)
        other = _ENCODINGS[name]
        if other is not None and self.has_bom:
            raise Refused("encoding", 1)  # it says two things
        if other is not None:
            self.encoding = other
            self._decode = _DECODERS[other]
        breaks = declared[0].count(b"\n")
        return b"\n" * breaks + rest[declared.end() :]

    # --- the stream ----------------------------------------------------------------

    def _feed(self, data: bytes) -> Refused | None:
        """Give bytes to the parser, and return why it does not take them.

        The error is raised later and not in the handler: the records before the place
        are read first, and no text hangs on it.
        """
        if self._decode is not None:
            data = self._decode(data).encode("utf-8")
        try:
            self._parser.feed(data)
        except self._error as error:
            return self._refused(error)
        return None

    def _refused(self, error: Exception) -> Refused:
        number = getattr(error, "code", None)
        line = getattr(error, "lineno", None)
        return Refused(_REASONS.get(number or 0, "malformed"), line or 1)

    def __iter__(self) -> Iterator[Element]:
        """Yield the records."""
        since = 0
        last, kept = None, 0  # the record that is still in the tree
        while True:
            count, within = 0, self._within
            # What is told here stands in bytes that have been parsed whole.
            for _, element in self._parser.read_events():
                if within is None:
                    self._find_parent(element)
                    within = self._within
                    if within is None:
                        self.astray += 1
                        return
                if element.getparent() is not within:
                    self.astray += not self._is_in_record(element)
                    continue
                yield element
                last = element
                count += 1
            if self._refusal is not None:
                raise self._refusal
            if count:
                self._forget(last, kept + count - 1)
                since, kept = 0, 1
            data = self._read(CHUNK)
            if not data:
                break
            since += len(data)
            if since > self._limit:
                raise Refused("limit", 1 if last is None else line_of(last))
            self._refusal = self._feed(data)
        self._close()

    def _find_parent(self, element: Any) -> None:  # noqa: ANN401  # lxml has no types
        """Look outwards from the first record for what the records stand in."""
        outer = element.getparent()
        while outer is not None and split_tag(outer.tag)[1] not in self._parents:
            outer = outer.getparent()
        if outer is None:
            return
        self._within = outer
        self.parent = split_tag(outer.tag)
        self.is_root = outer.getparent() is None
        self.before = tuple(_texts_before(outer))
        while element.getparent() is not outer:  # it is inside another element
            element = element.getparent()
        before = outer[: outer.index(element)]
        for one in before:
            self._note_text(one.tail)
        self._note(before)
        self._note_text(outer.text)
        del outer[: len(before)]
        outer.text = None

    def _is_in_record(self, element: Any) -> bool:  # noqa: ANN401  # no types
        """Say whether an element stands inside a record, and so is a part of it."""
        while (outer := element.getparent()) is not None:
            if outer is self._within:
                return split_tag(element.tag)[1] in self._names
            element = outer
        return False

    def _forget(self, last: Any, count: int) -> None:  # noqa: ANN401  # no types
        """Let go of everything before a record, and of what is in it.

        Args:
            last: The record.
            count: How many records there are before it.
        """
        within = self._within
        before = within[: within.index(last)]
        for element in before:
            self._note_text(element.tail)
        if len(before) != count:
            self._note(before)
        self._note_text(last.tail)
        del within[: len(before)]
        last.clear(keep_tail=False)
        self._has_record = True

    def _note_text(self, text: str | None) -> None:
        if text and not text.isspace():
            self.has_text = True

    def _note(self, elements: Sequence[Element]) -> None:
        """Keep what stands beside the records."""
        for element in elements:
            namespace, name = split_tag(element.tag)
            if name in self._names:
                self._has_record = True
                continue
            self.other_count += 1
            if len(self.others) < _OTHERS:
                text = None if len(element) else element.text
                line, is_late = line_of(element), self._has_record
                self.others.append(Other(namespace, name, text, line, is_late))

    def _end(self) -> Any:  # noqa: ANN401  # lxml has no types
        """Return the outermost element of a document that ends where it should."""
        try:
            return self._parser.close()
        except self._error as error:
            refused = self._refused(error)
        raise refused

    def _close(self) -> None:
        """See whether the document ends where it should; note what comes last."""
        root = self._end()
        if self._within is None and split_tag(root.tag)[1] in self._parents:
            self._within, self.parent = root, split_tag(root.tag)
        if self._within is not None:
            self._note_text(self._within.text)
            rest = list(self._within)
            for element in rest:
                self._note_text(element.tail)
            self._note(rest)


class Elements(Records):
    """The elements of some names, wherever in a file they stand, as they end.

    What is read has no one place where its records stand, as a file of many answers,
    each in an envelope of its own. An element may be used until the next is asked for;
    then it is emptied, and all before it is let go of.

    Args:
        read: Gives the next bytes, so many at most, and none at the end.
        names: The names of the elements, in any namespace.
        limit: The greatest number of bytes up to the end of one of them.

    Raises:
        Refused: As `Records`.
    """

    def __init__(
        self, read: Read, names: Sequence[str], *, limit: int = RECORD_BYTES
    ) -> None:
        super().__init__(read, names, (), limit=limit)

    def __iter__(self) -> Iterator[Element]:
        """Yield the elements."""
        since = 0
        last: Any = None
        while True:
            for _, element in self._parser.read_events():
                yield element
                element.clear(keep_tail=False)
                _let_go_before(element)
                last, since = element, 0
            if self._refusal is not None:
                raise self._refusal
            data = self._read(CHUNK)
            if not data:
                break
            since += len(data)
            if since > self._limit:
                raise Refused("limit", 1 if last is None else line_of(last))
            self._refusal = self._feed(data)
        self._end()


def _let_go_before(element: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Let go of all that comes before an element: it has been read."""
    outer = element.getparent()
    while outer is not None:
        while (before := element.getprevious()) is not None:
            outer.remove(before)
        element, outer = outer, outer.getparent()


def _line_end(text: bytes, declared: re.Match[bytes] | None) -> str:
    """Return what ends a line: after the declaration, or else after the first tag."""
    if declared is None:
        end = _AFTER_TAG.search(text)
    else:
        end = _AFTER_TAG.match(text, declared.end() - 1)
    return "" if end is None else end[1].decode()


def _texts_before(outer: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # no types
    """Yield the texts that come before an element, with their places."""
    whole = outer.getroottree().getroot()
    for element in islice(whole.iter(), _OTHERS):
        if element is outer:
            return
        if element.text and not len(element):
            names = [split_tag(one.tag)[1] for one in element.iterancestors()]
            path = [split_tag(element.tag)[1], *names[:-1]]
            yield "/".join(reversed(path)), element.text


def _kind_of(start: bytes) -> str:
    return "doctype" if start == b"<!DOCTYPE" else "malformed"


def parse(raw: bytes) -> Element:
    """Return an element that `Records.bytes_of` gave, to be looked at closely."""
    from lxml import etree

    # Its names may have a prefix without a namespace, or one that is no address: by
    # itself it is read all the same, and the file is refused at its end.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    element: Element = etree.fromstring(raw, parser)
    return element


# --- writing ----------------------------------------------------------------------

_CANNOT_HOLD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\r]")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def can_hold(text: str) -> bool:
    """Say whether XML can hold a text: it has no place for control characters."""
    return _CANNOT_HOLD.search(text) is None


def escape(text: str) -> str:
    """Return a text as it stands between tags, to be read back the same."""
    return text.translate(_ESCAPED) if _SPECIAL.search(text) else text

"""What a file is: by its content first, and by its name where the content is silent.

Examples:
    >>> found = detect(b"<CTfile><CTFpupilData/></CTfile>")
    >>> found.kind, found.form, found.sureness.value
    ('CTF', 'XML', 'certain')
"""

from __future__ import annotations

__all__ = ["Detected", "detect"]

import re

import attrs

from ulnlib.batch.ilr import NAMESPACE_PATTERN
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.reader import open_file
from ulnlib.batch.source import Source, head_of
from ulnlib.batch.sureness import Sureness


@attrs.frozen(kw_only=True)
class Detected:
    """What a file is taken for.

    Attributes:
        kind: `LRB`, `LRB output`, `VLD`, `VLD output`, `Achievement`, `Achievement
            errors`, `CTF`, `ILR`, or `table` for a table of one's own; None where
            nobody can tell.
        form: `CSV`, `XML` or `XLSX`; None where nobody can tell.
        layout: The layout, of the kinds that have one.
        sureness: How sure that is; None where nothing is.
        reader: The function that reads it.
    """

    kind: str | None = None
    form: str | None = None
    layout: Layout | None = None
    sureness: Sureness | None = None
    reader: str | None = None

    @property
    def why(self) -> str:
        """Why it is taken for that, in a sentence."""
        if self.sureness is None:
            return "Neither its content nor its name tells."
        if self.sureness is Sureness.NAMED:
            return self.sureness.label
        if self.kind == "table":
            is_book = self.form == "XLSX"
            return f"Its {'first bytes' if is_book else 'headings'} are those of one."
        return self.sureness.label


_HEADINGS = 3
_WORKBOOK = b"PK\x03\x04"
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*"
    rb"<(?:[\w.\-]+:)?([\w.\-]+)((?:\s[^<>]*)?)/?>",
    re.DOTALL,
)
_ILR = re.compile(
    rb"""xmlns(?::[\w.\-]+)?\s*=\s*["'](?:%s)["']""" % NAMESPACE_PATTERN.encode()
)

_NAMES = (
    (re.compile(r"LRB_[0-9A-Za-z]{8}_.*", re.IGNORECASE), "LRB"),
    (re.compile(r"VLD_.*", re.IGNORECASE), "VLD"),
    (re.compile(r"QCF_.*", re.IGNORECASE), "Achievement"),
    (re.compile(r"[0-9]{3}[0-9A-Z]{4}_CTF_.*", re.IGNORECASE), "CTF"),
    (re.compile(r"ILR-.*", re.IGNORECASE), "ILR"),
)
"""What names begin like.

Source: LRB batch file quick reference guide, 2018 (published: LRB); web pages about
CTF files (observed); the others are assumed.
"""


def detect(source: Source, *, name: str | None = None) -> Detected:
    """Say what a file is, without reading more than its beginning.

    Args:
        source: Bytes, a path, or an open binary file, which is left where it was if
            it can go back.
        name: The file's name, where the source does not tell it.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.

    Source: ours; see the layouts and `ulnlib.batch.ilr` and `ulnlib.batch.ctf` for
    what is known of each kind.
    """
    head, own_name = head_of(source)
    found = _by_content(head)
    if found.kind is not None and found.sureness is not Sureness.GUESSED:
        return found
    named = _by_name(name if name is not None else own_name)
    if named is None or found.kind == named.kind:
        return found
    return attrs.evolve(named, form=found.form)


def _by_content(head: bytes) -> Detected:
    if head.startswith(_WORKBOOK):
        return Detected(
            kind="table",
            form="XLSX",
            sureness=Sureness.LIKELY,
            reader="ulnlib.batch.read_table",
        )
    root = _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
    if root is not None:
        other = _other_xml(root[1].decode("ascii", "replace"), root[2])
        if other is not None:
            return other
    form = "CSV" if root is None else "XML"
    # What is cut off at the end is one row, and the headings are what counts.
    with open_file(head) as reader:
        if reader.layout is None:
            return _own_table(head) or Detected(form=form if root is not None else None)
        return Detected(
            kind=reader.layout.kind,
            form=form,
            layout=reader.layout,
            sureness=reader.sureness,
            reader="ulnlib.batch.read",
        )


def _own_table(head: bytes) -> Detected | None:
    """Return what a table of one's own is, known by headings that other systems write.

    Source: ours (assumed): three known headings are no accident.
    """
    from ulnlib.batch.mapping import is_known
    from ulnlib.batch.tables import read_table

    # The row that is cut off at the end is none to judge by.
    headings = read_table(head.rpartition(b"\n")[0] or head).headings
    if sum(map(is_known, headings)) < _HEADINGS:
        return None
    return Detected(
        kind="table",
        form="CSV",
        sureness=Sureness.LIKELY,
        reader="ulnlib.batch.read_table",
    )


def _other_xml(name: str, attributes: bytes) -> Detected | None:
    """Return a kind of XML file that is no batch file."""
    if name == "CTfile":
        return Detected(
            kind="CTF",
            form="XML",
            sureness=Sureness.CERTAIN,
            reader="ulnlib.batch.ctf.read",
        )
    if name == "Message" and _ILR.search(attributes):
        return Detected(
            kind="ILR",
            form="XML",
            sureness=Sureness.CERTAIN,
            reader="ulnlib.batch.ilr.check",
        )
    return None


def _by_name(name: str | None) -> Detected | None:
    kind = next((k for pattern, k in _NAMES if name and pattern.fullmatch(name)), None)
    return None if kind is None else Detected(kind=kind, sureness=Sureness.NAMED)

"""Common transfer files of schools, as far as ULNs are asked for with them.

A (partial) CTF is read to learners, each checked for what the service needs, and ULNs
are written back into the bytes of the file, of which nothing else is touched.

Where an item stands in a file is a table, `PATHS`; what is not known in it is assumed,
and a caller who knows better gives another.
"""

from __future__ import annotations

__all__ = [
    "AFTER",
    "GENDERS",
    "PATHS",
    "REQUIRED",
    "ULN_ELEMENT",
    "CtfFile",
    "CtfPath",
    "Filled",
    "fill",
    "read",
]

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib._xml import Element, Records, Refused, line_of, refusal, split_tag
from ulnlib.batch.files import Record
from ulnlib.batch.source import Lines, Source
from ulnlib.errors import InvalidData
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.rules.registration import Form, check_form
from ulnlib.uln import TEMPORARY, Uln

_ROOT, _PUPILS, _PUPIL = "CTfile", "CTFpupilData", "Pupil"
_ADDRESS = "Address"
_AT_PUPIL = [_PUPILS.encode(), _PUPIL.encode()]


@attrs.frozen
class CtfPath:
    """Where an item stands within a pupil.

    Attributes:
        name: A field of a learner, or a part of an address (`saon`, `paon`, `street`,
            `locality`, `line_3` to `line_5`).
        paths: The elements that may hold it, the first that is there counts. Below
            `Address` an element may stand deeper.
        evidence: How sure that is.
    """

    name: str
    paths: tuple[str, ...]
    evidence: str = "assumed"


PATHS: tuple[CtfPath, ...] = (
    CtfPath("upn", ("UPN",), "observed"),
    CtfPath("uln", ("ULN", "UniqueLearnerNumber", "BasicDetails/ULN")),
    CtfPath("family_name", ("Surname", "BasicDetails/LegalSurname"), "observed"),
    CtfPath("given_name", ("Forename", "BasicDetails/LegalForename"), "observed"),
    CtfPath("date_of_birth", ("DOB", "BasicDetails/DOB"), "observed"),
    CtfPath("gender", ("Gender", "Sex", "BasicDetails/Gender"), "observed"),
    CtfPath("middle_names", ("MiddleNames", "BasicDetails/MiddleNames")),
    CtfPath("preferred_given_name", ("BasicDetails/PreferredForename",)),
    CtfPath("previous_family_name", ("BasicDetails/FormerSurname",)),
    CtfPath("saon", ("Address/SAON",)),
    CtfPath("paon", ("Address/PAON",), "published"),
    CtfPath("street", ("Address/Street",), "published"),
    CtfPath("locality", ("Address/Locality",), "published"),
    CtfPath("town", ("Address/Town",), "published"),
    CtfPath("county", ("Address/AdministrativeArea", "Address/County"), "published"),
    CtfPath("address_line_1", ("Address/AddressLine1",), "published"),
    CtfPath("address_line_2", ("Address/AddressLine2",)),
    CtfPath("line_3", ("Address/AddressLine3",)),
    CtfPath("line_4", ("Address/AddressLine4",)),
    CtfPath("line_5", ("Address/AddressLine5",)),
    CtfPath("postcode", ("Address/PostCode", "Address/Postcode"), "published"),
)
"""Where the items of a pupil stand.

Source: DfE, CTF 12, January 2013 (published: which items an address has); CTF writers
and readers in public repositories (observed: UPN, Surname, Forename, DOB, Gender). The
spelling of the others, and that of ULN, is assumed.
"""

REQUIRED = ("upn", "family_name", "given_name", "date_of_birth", "gender", "postcode")
"""The items that a pupil has to have, beside an address.

Source: DfE, CTF 12, January 2013 (published).
"""

GENDERS: Mapping[str, str] = MappingProxyType({"M": "1", "F": "2", "U": "0", "W": "9"})
"""The letters of a CTF and the codes of the service.

Source: CTF files in public repositories (observed: M and F); that U is not known and W
not specified is assumed.
"""

ULN_ELEMENT = "ULN"
"""The element that is written.

Source: assumed; what the service writes into a returned CTF is not known.
"""

AFTER = ("UPN",)
"""The elements of a pupil after which the ULN is written, the last that is there.

Source: assumed.
"""


@attrs.frozen(kw_only=True)
class CtfFile:
    """A common transfer file that was read.

    Attributes:
        records: The pupils in order, the first with row 2 as in a table; their
            `raw` bytes are empty.
        report: Every finding, those about the whole file first.
        header: The texts of the header, each with its place, as in
            `Header/SourceSchool/Estab`.
    """

    records: tuple[Record, ...] = ()
    report: Report = attrs.field(factory=Report)
    header: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)

    @property
    def learners(self) -> tuple[Learner, ...]:
        """The pupils as learners, in order."""
        return tuple(record.learner for record in self.records)


@attrs.frozen(kw_only=True)
class Filled:
    """A file into which ULNs were written.

    Attributes:
        content: The bytes of the file.
        written: How many ULNs were written.
        report: Who was left as they are, and why; and how many UPNs nobody has.
    """

    content: bytes = attrs.field(repr=lambda content: f"<{len(content)} bytes>")
    written: int
    report: Report


# --- reading ----------------------------------------------------------------------


def read(
    source: Source,
    *,
    as_of: dt.date | None = None,
    paths: Sequence[CtfPath] = PATHS,
    genders: Mapping[str, str] = GENDERS,
) -> CtfFile:
    """Read a common transfer file to learners, and check what a ULN needs.

    Args:
        source: Bytes, a path, or an open binary file.
        as_of: The day on which ages are counted; without it they are not checked.
        paths: Where the items stand, where a caller knows better.
        genders: The letters for a gender and the codes that they mean.

    Returns:
        The pupils and the findings: a pupil without a postcode has
        `mandatory-missing`, which leads to RC010.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.

    Source: DfE, CTF 12, requests for ULNs, January 2013 (published: the items that are
    required, and the return code for a missing postcode).
    """
    lines = Lines(source)
    try:
        return _Reading(lines, as_of, paths, genders).run()
    finally:
        lines.close()


class _Reading:
    """A file being read."""

    def __init__(
        self,
        lines: Lines,
        as_of: dt.date | None,
        paths: Sequence[CtfPath],
        genders: Mapping[str, str],
    ) -> None:
        self._lines = lines
        self._paths = paths
        self._genders = genders
        names = {path.name for path in paths} & FIELDS.keys()
        self._form = Form(
            accepted=MappingProxyType({n: FIELDS[n].codes for n in names - {"gender"}}),
            mandatory=tuple(name for name in REQUIRED if name != "gender"),
            as_of=as_of,
        )
        self._places = {place for path in paths for place in path.paths}
        self._order = {name: n for n, name in enumerate(FIELDS)}

    def run(self) -> CtfFile:
        records: list[Record] = []
        whole: list[Issue] = []
        header: tuple[tuple[str, str], ...] = ()
        refused: Refused | None = None
        try:
            found = Records(self._lines.read, [_PUPIL], [_PUPILS])
            if found.root_name != _ROOT:
                return CtfFile(report=Report([issue("ctf-root")]))
            for row, element in enumerate(found, 2):
                records.append(self._record(element, row))
            header = found.before
            if found.astray and records:
                whole.append(issue("xml-records-elsewhere", count=found.astray))
            elif not records:
                whole.append(issue("ctf-no-pupils"))
        except Refused as error:
            refused = error
        if refused is not None:
            whole.append(refusal(refused))
        issues = [item for record in records for item in record.issues]
        return CtfFile(
            records=tuple(records),
            report=Report([*whole, *issues, *_upns_twice(records)]),
            header=header,
        )

    def _record(self, element: Element, row: int) -> Record:
        texts: dict[str, str] = {}
        twice = False
        for place, text in _leaves(element):
            is_other = texts.setdefault(place, text) != text
            twice = twice or (is_other and place in self._places)
        given: dict[str, str] = {}
        for path in self._paths:
            for one in path.paths:
                if texts.get(one):
                    given.setdefault(path.name, texts[one])
        learner, found = self._learner(given)
        if twice or _has_other_address(element):
            found.append(issue("ctf-item-twice"))
        line = line_of(element)
        issues = tuple(item.at("row", row, line=line) for item in found)
        return Record(row, line, learner, issues, b"")

    def _learner(self, given: Mapping[str, str]) -> tuple[Learner, list[Issue]]:
        values: dict[str, str | None] = {
            name: text for name, text in given.items() if name in FIELDS
        }
        letter = (given.get("gender") or "").strip()
        values["gender"] = self._genders.get(letter)
        values |= _address(given)
        learner = Learner.of([values.get(name) for name in FIELDS])
        found = check_form(learner, self._form)
        if not letter:
            label = FIELDS["gender"].label
            found.append(issue("mandatory-missing", "gender", label=label))
        elif values["gender"] is None:
            found.append(issue("ctf-gender", "gender"))
        if not _has_address(given):
            found.append(issue("ctf-address", "address_line_1"))
        return learner, sorted(found, key=lambda item: self._order[str(item.path[0])])


def _upn(learner: Learner) -> str:
    return (learner.upn or "").strip().upper()


def _upns_twice(records: Iterable[Record]) -> Iterator[Issue]:
    """Find pupils with the UPN of another."""
    first: dict[str, int] = {}
    for record in records:
        upn = _upn(record.learner)
        if upn and first.setdefault(upn, record.row) != record.row:
            where = ("row", record.row, "upn")
            yield issue("ctf-upn-twice", *where, line=record.line, first=first[upn])


def _is_address(element: Element) -> bool:
    return split_tag(element.tag)[1] == _ADDRESS


def _has_other_address(pupil: Element) -> bool:
    """Say whether there are addresses that differ."""
    found = [dict(_leaves(one)) for one in pupil if _is_address(one)]
    return any(one != found[0] for one in found[1:])


def _leaves(pupil: Element, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the texts of a pupil with their places; below Address only two names.

    Of several addresses the first is read: the parts of two make none.
    """
    has_address = False
    for child in pupil:
        here = (*path, split_tag(child.tag)[1])
        if not path and _is_address(child):
            if has_address:
                continue
            has_address = True
        if len(child):
            yield from _leaves(child, here)
        elif child.text and child.text.strip():
            short = (here[0], here[-1]) if here[0] == _ADDRESS else here
            yield "/".join(short), child.text


def _address(given: Mapping[str, str]) -> dict[str, str | None]:
    """Return the four parts of a learner's address, from either form of a CTF's.

    Source: assumed; the service's own way is not known.
    """
    if given.get("address_line_1"):
        return {
            "town": given.get("town") or given.get("line_3"),
            "county": given.get("county") or given.get("line_4"),
        }
    house = [given.get(name) or "" for name in ("saon", "paon", "street")]
    return {
        "address_line_1": " ".join(part.strip() for part in house if part) or None,
        "address_line_2": given.get("locality"),
    }


def _has_address(given: Mapping[str, str]) -> bool:
    """Say whether an address is complete.

    Source: DfE, CTF 12, requests for ULNs, January 2013 (published).
    """
    if given.get("address_line_1"):
        return True
    place = any(given.get(name) for name in ("locality", "town", "county"))
    return bool(given.get("paon") and given.get("street") and place)


# --- writing ULNs back ------------------------------------------------------------

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<prefix>[^\s/>:]+:)?(?P<name>[^\s/>]+)"
    rb"(?:[^>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*+(?P<empty>/?)>",
    re.DOTALL,
)


@attrs.frozen(kw_only=True)
class _Place:
    """Where a pupil's ULN is, or goes, in the bytes of a file.

    Attributes:
        at: Where it begins; -1 where the pupil has no room for it.
        end: Where the element that is there ends; None where there is none.
        indent: The white space to write before it.
        prefix: The prefix of the names, with its colon.
        count: How many elements of a ULN the pupil has.
    """

    at: int
    end: int | None = None
    indent: bytes = b""
    prefix: bytes = b""
    count: int = 0


def fill(
    content: bytes,
    ulns: Mapping[str, str | Uln] | Sequence[str | Uln | None],
    *,
    element: str = ULN_ELEMENT,
    after: Sequence[str] = AFTER,
) -> Filled:
    """Write ULNs into a common transfer file, and touch nothing else.

    Args:
        content: The bytes of the file.
        ulns: The ULNs by UPN; or one for each pupil in the order of the file, None for
            one without.
        element: The name of the element to write.
        after: The elements of a pupil after which it stands.

    Returns:
        The bytes with the ULNs. A pupil who has the ULN already, or another one, is
        left as they are; another one is a finding, but for the temporary one, which
        is none. So are pupils whose UPN another pupil has, and a ULN that two pupils
        would have: none of them is written.

    Raises:
        InvalidData: The content is not a common transfer file that can be read whole,
            or no pupil stands where pupils should.
        InvalidUln: One of the ULNs is none.
        ValueError: There are more or fewer ULNs than pupils, two for one UPN, or a
            pupil is an empty tag.

    Source: assumed; where the service writes a ULN is not known.
    """
    file = read(content)
    if file.report.fatal or not file.records:
        # Without a pupil it was not read to its end, and may be anything there.
        raise InvalidData(file.report)
    wanted, issues = _wanted(file, ulns)
    places = list(_places(content, element.encode("ascii"), after))
    if len(places) != len(file.records):
        count = abs(len(places) - len(file.records))
        raise InvalidData(Report([issue("xml-records-elsewhere", count=count)]))
    parts, at, written = [], 0, 0
    for record, uln, place in zip(file.records, wanted, places, strict=True):
        held = _held(record.learner)
        if uln is None or held == uln:
            continue
        if held or place.count > 1:
            where = ("row", record.row, "uln")
            issues.append(issue("ctf-uln-there", *where, line=record.line))
            continue
        if place.at < 0:
            raise ValueError(f"the pupil of row {record.row} has nothing inside")
        name = place.prefix + element.encode("ascii")
        indent = b"" if place.end is not None else place.indent
        parts += [content[at : place.at], indent, b"<%b>" % name]
        parts += [uln.encode("ascii"), b"</%b>" % name]
        at, written = (place.at if place.end is None else place.end), written + 1
    parts.append(content[at:])
    return Filled(content=b"".join(parts), written=written, report=Report(issues))


def _held(learner: Learner) -> str:
    """Return the ULN that a pupil has; the temporary one is none."""
    held = (learner.uln or "").strip()
    return "" if held == TEMPORARY else held


def _wanted(
    file: CtfFile, ulns: Mapping[str, str | Uln] | Sequence[str | Uln | None]
) -> tuple[list[str | None], list[Issue]]:
    """Return the ULN to write for every pupil, in order, and what cannot be written."""
    given: Sequence[str | Uln | None]
    found: list[Issue] = []
    if isinstance(ulns, Mapping):
        by_upn: dict[str, str | Uln] = {}
        for upn, uln in ulns.items():
            folded = (upn or "").strip().upper()
            if folded and str(by_upn.setdefault(folded, uln)) != str(uln):
                raise ValueError("two ULNs are given for one UPN")
        times = Counter(filter(None, map(_upn, file.learners)))
        given = [
            by_upn.get(_upn(one)) if times[_upn(one)] == 1 else None
            for one in file.learners
        ]
        found += [item for item in _upns_twice(file.records) if by_upn]
        unknown = len(by_upn.keys() - times.keys())
        if unknown:
            found.append(issue("ctf-upn-unknown", count=unknown))
    else:
        given = list(ulns)
    if len(given) != len(file.records):
        raise ValueError(f"{len(given)} ULNs for {len(file.records)} pupils")
    wanted = [None if one is None else str(Uln.parse(str(one))) for one in given]
    owners = Counter(
        owned
        for one, wish in zip(file.learners, wanted, strict=True)
        for owned in {_held(one), wish or ""} - {""}
    )
    for place, record in enumerate(file.records):
        wish = wanted[place]
        if wish is not None and not _held(record.learner) and owners[wish] > 1:
            wanted[place] = None
            where = ("row", record.row, "uln")
            found.append(issue("ctf-uln-twice", *where, line=record.line))
    return wanted, found


def _tags(content: bytes) -> Iterator[tuple[list[bytes], bytes, re.Match[bytes], bool]]:
    """Yield every start and end of an element: what it is in, its name, its tag.

    The file is known to be well-formed. The last value says whether it is an end; an
    empty tag is a start and an end.
    """
    path: list[bytes] = []
    for tag in _TOKEN.finditer(content):
        name = tag["name"]
        if name is None:
            continue  # a comment, or text that is marked as such
        if tag["close"]:
            path.pop()
        else:
            yield path, name, tag, False
            if not tag["empty"]:
                path.append(name)
                continue
        yield path, name, tag, True


def _places(content: bytes, element: bytes, after: Sequence[str]) -> Iterator[_Place]:
    """Yield the place of every pupil's ULN."""
    anchors = {name.encode("ascii") for name in after}
    place, opened = _Place(at=-1), 0  # of the pupil; where its last child began
    for path, name, tag, is_end in _tags(content):
        if [*path[-1:], name] == _AT_PUPIL:
            if is_end:
                yield place
            else:  # there is no room in a pupil that is one tag
                at = -1 if tag["empty"] else tag.end()
                place = _Place(at=at, prefix=tag["prefix"] or b"")
        elif path[-2:] != _AT_PUPIL:
            continue
        elif not is_end:
            opened = tag.start()
        elif name == element:
            count = place.count + 1
            place = attrs.evolve(place, at=opened, end=tag.end(), count=count)
        elif name in anchors and place.end is None:
            indent = _space_before(content, opened)
            place = attrs.evolve(place, at=tag.end(), indent=indent)


def _space_before(content: bytes, end: int) -> bytes:
    """Return the white space that ends at a position."""
    start = end
    while start and content[start - 1 : start] in b" \t\r\n":
        start -= 1
    return content[start:end]

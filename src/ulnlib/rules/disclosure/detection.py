"""The detector: where a message holds details of a learner, or of an account."""

from __future__ import annotations

__all__ = ["Finding", "Kind", "find", "redact"]

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import attrs

from ulnlib import uln
from ulnlib.postcode import is_default
from ulnlib.rules.disclosure import patterns, words
from ulnlib.rules.disclosure.names import NO_NAMES, Names
from ulnlib.rules.registration import birth_dates


class Kind(StrEnum):
    """What a piece of a message is.

    Source: LRS portal guide, sections 1.4 and 6.2 (published).
    """

    ULN = "uln"
    REFERENCE = "reference"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    DATE_OF_BIRTH = "date_of_birth"
    GENDER = "gender"
    POSTCODE = "postcode"
    USER_NAME = "user_name"
    PASSWORD = "password"  # noqa: S105  # a kind of detail

    @property
    def mark(self) -> str:
        """What stands in the place of such a piece in a redacted message."""
        return f"[{self.value.replace('_', ' ').upper()}]"


@attrs.frozen(repr=False)
class Finding:
    """Where a detail stands in a message, and of what kind it is; never the words.

    Attributes:
        start: The place of the first character, the message's first being 0.
        end: The place after the last character.
        kind: What it is.
        line: The line, the first being 1.
        column: The character of the line, the first being 1.
    """

    start: int
    end: int
    kind: Kind
    line: int
    column: int

    def reveal(self, text: str) -> str:
        """Return the words, for the eyes of the sender: never log them.

        Args:
            text: The message that was searched.
        """
        return text[self.start : self.end]

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain values, for JSON; without the words."""
        return {
            "kind": self.kind.value,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "column": self.column,
        }

    def __repr__(self) -> str:
        return f"Finding({self.kind.value}, {self.start} to {self.end})"


def find(
    text: str,
    *,
    names: Names = NO_NAMES,
    as_of: dt.date | None = None,
    references: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Return where a message holds details of a learner, or of an account.

    * **ULN**: ten digits with the right check digit, in one piece or in groups (such
      as 3-3-4, 4-3-3, 5-5) with a space or a hyphen between; not within a longer
      number or code, and not when the words before call it another number, such as a
      telephone's or an order's, or it is the next of a list of such. After *ULN* or
      *learner number* any signs, spaces and line ends may part the digits.
    * **Reference** of a data challenge or enquiry: what is called so, and has a ULN in
      it; a ULN in what stands directly after *data challenge*; DC or ENQ with a ULN;
      and every reference that the caller knows, whatever its form.
    * **Names**: see `Names`; and the value of a field *first name*, *surname* and so
      on.
    * **Date of birth**: a calendar day, the day before the month unless only the other
      order is one. After a word of birth any day that is past counts; after a word
      such as *meeting* or *deadline* none does; where neither stands before it on the
      line, a day on which somebody of 13 to 110 years was born. The nearest word wins,
      and a word with a name or a number of a person after it has lost its force.
    * **Gender**: a word or code as the value of a field, as a cell of its own, after
      *is*, or before *learner*; M or F alone only beside another detail. Not in *female
      changing rooms*, and not both words together.
    * **Postcode**: the shape of a postcode in any case, with spaces or without; with a
      hyphen or a line end only after a word such as *home* or *postcode*. Not
      after the word for an organisation or a product, unless a word such as *home* or
      *postcode* is nearer; not ZZ99 9ZZ, which stands for none.
    * **Password** and **user name**: what is called so, with a value after it; what
      stands below such headings of a table; and the two side by side.

    A word that would make of a number, a date or a postcode something else does not,
    where it is a name that was found: a learner may be called Stock or Holiday.

    Args:
        text: The message, as its reader would see it.
        names: The learners' names to look for.
        as_of: The day on which ages are counted; without it every day from 1900 on
            may be somebody's date of birth.
        references: References that the service gave, to look for as they stand.

    Returns:
        The findings in the order of the message. The time it takes grows with the
        length of the message, and not faster.

    Source: LRS portal guide, sections 1.4 and 6.2 (published) for what counts; how
    people write it is assumed.
    """
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    findings = []
    for start, end, kind in _Search(text, names, as_of, tuple(references)).run():
        line = bisect_right(starts, start)
        findings.append(Finding(start, end, kind, line, start - starts[line - 1] + 1))
    return tuple(findings)


_PASSES = 4
_Place = tuple[int, int]


def redact(
    text: str,
    *,
    names: Names = NO_NAMES,
    as_of: dt.date | None = None,
    references: Iterable[str] = (),
) -> str:
    """Return a message with a mark in the place of every detail that `find` finds.

    A mark says of which kind the detail was, and not how long. The result still tells
    what the detector passed over: read it before you send it.

    Args:
        text: The message.
        names: The learners' names to look for.
        as_of: The day on which ages are counted; see `find`.
        references: References that the service gave; see `find`.

    Returns:
        The message with marks such as `[ULN]`.

    Source: LRS portal guide, section 1.4 (published) for what counts; the marks are
    ours.
    """
    known = tuple(references)
    # Looked at again, for what is found only when its neighbour has gone.
    for _ in range(_PASSES):
        found = find(text, names=names, as_of=as_of, references=known)
        if not found:
            break
        text, marks = _marked(text, found)
        if len(found) * _REACH * 4 < len(text):
            for _ in range(_PASSES):
                if not marks:
                    return text
                text, marks = _near(text, marks, names, as_of)
    return text


_REACH = 400
"""How far from a mark something can be found that was not found before it."""


def _near(
    text: str, marks: Sequence[_Place], names: Names, as_of: dt.date | None
) -> tuple[str, list[_Place]]:
    """Mark what is found beside marks, and say where the new marks stand.

    Args:
        text: The message.
        marks: Where marks were made just now, in order.
        names: The learners' names to look for.
        as_of: The day on which ages are counted.
    """
    areas: list[_Place] = []
    for start, end in marks:
        low, high = max(0, start - _REACH), min(len(text), end + _REACH)
        if areas and low <= areas[-1][1]:
            low = areas.pop()[0]
        areas.append((low, high))
    found: list[Finding] = []
    for low, high in areas:
        # What is cut off at an edge of an area may be a part of something else.
        inner = (
            low + _ADDRESS if low else 0,
            high - _ADDRESS if high < len(text) else high,
        )
        found += (
            attrs.evolve(one, start=low + one.start, end=low + one.end)
            for one in find(text[low:high], names=names, as_of=as_of)
            if inner[0] <= low + one.start and low + one.end <= inner[1]
        )
    return _marked(text, found)


def _marked(text: str, found: Iterable[Finding]) -> tuple[str, list[_Place]]:
    """Return the text with marks, and where they stand in it."""
    parts: list[str] = []
    marks: list[_Place] = []
    at = length = 0
    for one in found:
        if one.end > at:
            before, mark = text[at : one.start], one.kind.mark
            parts += [before, mark]
            length += len(before) + len(mark)
            marks.append((length - len(mark), length))
            at = one.end
    return "".join([*parts, text[at:]]), marks


# --- the text -----------------------------------------------------------------------

_MARKS = re.compile("|".join(re.escape(kind.mark) for kind in Kind))

# One character for one: a position in the result is the position in the message.
_PLAIN = str.maketrans(
    {
        # The wide forms of ASCII, and the wide space.
        **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)},
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
    }
)
_ACCOUNT = frozenset({Kind.USER_NAME, Kind.PASSWORD})
_NEAR = 90
"""How many characters before a date or a number are read."""
_ADDRESS = 160
"""How many before a postcode: an address has several lines."""


def _blank(found: re.Match[str]) -> str:
    return "\0" * len(found[0])


def _without(text: str, places: Iterable[_Place]) -> str:
    """Return the text with something that is nothing in those places."""
    parts = []
    at = 0
    for start, end in places:
        parts += [text[at:start], "\0" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


class _Signs:
    """Words that say what stands after them, in order of their place.

    They are looked for when the first is asked for: most messages need few kinds.
    """

    def __init__(self, pattern: re.Pattern[str], text: str, names: bytearray) -> None:
        self.pattern = pattern
        self.text = text
        self.names = names

    @cached_property
    def found(self) -> list[tuple[int, int, str]]:
        """Start, end and group of every word."""
        return [
            (m.start(), m.end(), m.lastgroup or "")
            for m in self.pattern.finditer(self.text)
            if m.lastgroup not in _HIDING or not _is_name(self.names, *m.span())
        ]

    @cached_property
    def starts(self) -> list[int]:
        """Where each of them begins."""
        return [start for start, _, _ in self.found]

    def before(self, place: int, floor: int) -> tuple[int, int, str] | None:
        """Return start, end and group of the last word between two places."""
        at = bisect_left(self.starts, place) - 1
        if at < 0 or self.starts[at] < floor or self.found[at][1] > place:
            return None
        return self.found[at]


_HIDING = frozenset({"event", "phone", "other", "place", "product"})
"""Words that make of a detail something else, and only where they are no name."""


def _is_name(names: bytearray, start: int, end: int) -> bool:
    """Say whether all between two places is of names."""
    return names.find(0, start, end) < 0


class _Search:
    """One message: what was found so far, and where."""

    def __init__(
        self,
        text: str,
        names: Names,
        as_of: dt.date | None,
        references: Sequence[str] = (),
    ) -> None:
        self.text = _MARKS.sub(_blank, text.translate(_PLAIN))
        self.references = references
        self.names = names
        self.today = as_of or dt.date.max
        self.born = (dt.date(1900, 1, 1), dt.date.max)
        if as_of is not None:
            self.born = birth_dates(as_of)
        self.dates = [
            (*m.span(), days)
            for m in patterns.DATE.finditer(self.text)
            if (days := _days(m, "1234", self.today))
        ]
        self.found: list[tuple[int, int, Kind]] = []
        self.ends: list[int] = []
        self.taken = bytearray(len(text))
        self.secrets = {kind: bytearray(len(text)) for kind in _ACCOUNT}
        # Names first: a name such as Holiday or Stock is no word about a number.
        self.named = list(self._names())
        self.letters = bytearray(len(text))
        for start, end, _ in self.named:
            self.letters[start:end] = b"\1" * (end - start)

    def run(self) -> list[tuple[int, int, Kind]]:
        """Return start, end and kind of everything, in order."""
        self._take(self._references(), Kind.REFERENCE)
        self._take(self._ulns(), Kind.ULN)
        self._take(self._values(patterns.PASSWORD), Kind.PASSWORD)
        self._take(self._values(patterns.USER_NAME), Kind.USER_NAME)
        for place, kind in (*self._pairs(), *self._columns()):
            self._take([place], kind)
        for start, end, kind in self.named:
            self._take([(start, end)], kind)
        self._sort()
        self._take(list(self._births()), Kind.DATE_OF_BIRTH)
        self._sort()
        self._take(list(self._postcodes()), Kind.POSTCODE)
        self._sort()
        self._take(list(self._genders()), Kind.GENDER)
        self._sort()
        return self.found

    def _take(self, places: Iterable[_Place], kind: Kind) -> None:
        for start, end in places:
            # A learner's name may be a user name, and is both.
            taken = self.secrets.get(kind, self.taken)
            if taken.find(1, start, end) < 0:
                self.found.append((start, end, kind))
                taken[start:end] = b"\1" * (end - start)

    def _sort(self) -> None:
        """Sort what was found, so that the neighbours of a place can be looked up."""
        self.found.sort()
        self.ends = [end for _, end, _ in self.found]

    def _has_detail(self, start: int, end: int) -> bool:
        """Say whether something was found between two places."""
        at = bisect_left(self.ends, start + 1)
        return at < len(self.ends) and self.ends[at] <= end

    def _line(self, place: int, reach: int) -> int:
        """Return where the line of a place begins, or how far back is read.

        It is the line before when nothing stands before the place on its own.
        """
        floor = max(0, place - reach)
        start = self.text.rfind("\n", floor, place) + 1
        if start and not self.text[start:place].strip():
            start = self.text.rfind("\n", floor, start - 1) + 1
        return max(floor, start)

    # --- numbers --------------------------------------------------------------------

    def _known_references(self) -> Iterator[_Place]:
        """Yield the references that the caller knows, in whatever case."""
        known = (one.translate(_PLAIN).strip() for one in self.references)
        # The longest first: one may be the beginning of another.
        for reference in sorted(filter(None, known), key=len, reverse=True):
            pattern = rf"(?<![^\W_]){re.escape(reference)}(?![^\W_])"
            for found in re.finditer(pattern, self.text, re.IGNORECASE):
                yield found.span()

    def _references(self) -> Iterator[_Place]:
        yield from self._known_references()
        for bare in patterns.BARE_REFERENCE.finditer(self.text):
            if _has_uln(bare["token"]):
                yield bare.span("token")
        for label in patterns.ENQUIRY.finditer(self.text):
            if patterns.REFERENCE_WORD.search(label[1]) is None:
                continue
            start = label.end()
            while start > label.start(1) and _is_of_token(self.text[start - 1]):
                start -= 1
            token = patterns.TOKEN.match(self.text, start)
            if token is not None and _has_uln(token[0]):
                yield token.span()
        for shape in patterns.REFERENCE_SHAPE.finditer(self.text):
            if uln.is_valid(shape["digits"]):
                yield shape.span()

    def _ulns(self) -> Iterator[_Place]:
        # A date beside a number is no part of it, nor is the number of an account.
        text = _without(self.text, [(start, end) for start, end, _ in self.dates])
        text = patterns.IBAN.sub(_blank, text)
        for labelled in patterns.LABELLED_ULN.finditer(text):
            if uln.is_valid(digits_of(labelled["value"])):
                yield labelled.span("value")
        signs = _Signs(patterns.NUMBER_WORDS, text, self.letters)
        floor = 0
        last = _NOTHING
        for run in patterns.RUN.finditer(text):
            start, end = run.span()
            groups = _groups(text, run)
            low = max(floor, self._line(start, _NEAR))
            named = _named(text, signs, low, groups[0][0] if groups else start)
            if named.group == "" and last.is_inherited(text[floor:start]):
                named = last
            if named.group not in _OTHERS:
                is_named = named.group == "uln"
                yield from _tiles(text, groups, is_named=is_named)
            floor, last = end, named

    # --- accounts -------------------------------------------------------------------

    def _values(self, label: re.Pattern[str]) -> Iterator[_Place]:
        for named in label.finditer(self.text):
            value = patterns.VALUE.match(self.text, named.end())
            if value is None:
                continue
            if value["quoted"]:
                if "\0" not in value["quoted"]:
                    yield value.span("quoted")
            elif value["inside"]:
                if _is_strong(value["inside"]):
                    yield value.span("inside")
            elif named["link"] in {"|", "\t"}:
                if self._is_beside(label, named, value):
                    yield value.span("bare")
            else:
                yield from self._bare(label, named, value)

    def _bare(
        self, label: re.Pattern[str], named: re.Match[str], value: re.Match[str]
    ) -> Iterator[_Place]:
        """Yield a value that stands by itself after its label, if it is one."""
        start, end = value.span("bare")
        is_field = named["link"] in {":", "="}
        if label is patterns.USER_NAME:
            first = patterns.FIRST_OF_A_VALUE.match(self.text, start, end)
            end = first.end() if first else start
        end = start + len(self.text[start:end].rstrip(".,;:!?)\"'"))
        is_below = value["break"] is not None
        if not _is_secret(self.text, start, end, is_field=is_field, is_below=is_below):
            return
        if named["phrase"] and is_field:
            rest = patterns.REST_OF_LINE.match(self.text, start)
            end = start + len(rest[0].rstrip()) if rest else end
        yield start, end

    def _is_beside(
        self, label: re.Pattern[str], named: re.Match[str], value: re.Match[str]
    ) -> bool:
        """Say whether the next cell of a table is the value of the one before.

        A password has to look like one. A user name may be a plain word, where the
        two cells are all of their line.
        """
        cell = value["bare"]
        if value["break"] is not None or "\0" in cell or _is_label(cell):
            return False
        if label is patterns.PASSWORD or _is_strong(cell):
            return _is_strong(cell)
        before = self.text[max(0, named.start() - 9) : named.start()]
        after = self.text[value.end() : value.end() + 9]
        if named.start() > 9 and "\n" not in before:
            return False
        if value.end() + 9 < len(self.text) and "\n" not in after:
            return False
        around = before.rpartition("\n")[2] + after.partition("\n")[0]
        return not around.strip(" |\t\r") and cell.lower() not in _NO_VALUES

    def _pairs(self) -> Iterator[tuple[_Place, Kind]]:
        """Yield a user name and a password that stand side by side on a line."""
        for pair in patterns.PAIR.finditer(self.text):
            start, end = pair.span("password")
            end = start + len(self.text[start:end].rstrip(".,;:!?)\"'"))
            secret, user = self.text[start:end], pair["user"]
            if "\0" in secret + user or user.lower() in _NO_VALUES:
                continue
            is_field = pair["link"] in {":", "="}
            if _is_strong(secret) or (
                is_field and _is_secret(self.text, start, end, is_field=True)
            ):
                yield pair.span("user"), Kind.USER_NAME
                yield (start, end), Kind.PASSWORD

    def _columns(self) -> Iterator[tuple[_Place, Kind]]:
        """Yield what stands below the headings of user name and password."""
        done = -1
        for word in patterns.PASSWORD_WORD.finditer(self.text):
            if word.start() < done:
                continue
            start = self.text.rfind("\n", 0, word.start()) + 1
            end = done = _line_end(self.text, word.end())
            rule, columns = _headings(self.text[start:end])
            if rule is None:
                continue
            while columns and end < len(self.text):
                start, end = end + 1, _line_end(self.text, end + 1)
                line = self.text[start:end]
                if patterns.RULER.fullmatch(line) and line.strip():
                    continue
                cells = _cells(rule, line)
                if len(cells) <= max(columns):
                    break
                done = end
                for column, kind in columns.items():
                    low, high = cells[column]
                    if _is_cell_secret(line[low:high], kind):
                        yield (start + low, start + high), kind

    # --- the five -------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[int, int, Kind]]:
        text = _without(self.text, [(start, end) for start, end, _ in self.dates])
        for start, end, is_given in self.names.matches(text):
            yield start, end, Kind.GIVEN_NAME if is_given else Kind.FAMILY_NAME
        for field in patterns.NAME_FIELD.finditer(text):
            if field["value"].lower() not in _NOT_A_NAME:
                kind = Kind.FAMILY_NAME if field["family"] else Kind.GIVEN_NAME
                yield *field.span("value"), kind

    def _births(self) -> Iterator[_Place]:
        signs = _Signs(patterns.DATE_WORDS, self.text, self.letters)
        for start, end, days in self.dates:
            sign = signs.before(start, self._line(start, _NEAR))
            if sign is not None and not self._has_detail(sign[1], start):
                group = sign[2]
            else:
                group = ""
            if group == "birth":
                is_birth = any(day <= self.today for day in days)
            elif group == "event" or self._is_event(end):
                is_birth = False
            else:
                is_birth = any(self.born[0] <= day <= self.born[1] for day in days)
            if is_birth:
                yield start, end
        for date in patterns.LABELLED_DATE.finditer(self.text):
            if any(day <= self.today for day in _days(date, "567890", self.today)):
                yield date.span("value")

    def _is_event(self, end: int) -> bool:
        """Say whether what stands after a date makes it an event's."""
        after = patterns.EVENT_AFTER.match(self.text, end)
        return after is not None and not _is_name(self.letters, end + 1, after.end())

    def _postcodes(self) -> Iterator[_Place]:
        signs = _Signs(patterns.CODE_WORDS, self.text, self.letters)
        for code in patterns.POSTCODE.finditer(self.text):
            if is_default(code[0]) or _NOT_INWARD.fullmatch(code["inward"] or ""):
                continue
            start = code.start()
            floor = max(0, start - _ADDRESS)
            sign = signs.before(
                start, max(floor, self.text.rfind("\n\n", floor, start))
            )
            if sign is None or self._has_detail(sign[1], start):
                group = ""
            elif sign[2] == "product" and "\n" in self.text[sign[1] : start]:
                group = ""  # a product's code stands on the line of its name
            else:
                group = sign[2]
            # Broken by a hyphen or the end of a line it may be anything.
            is_whole = not (code["gap"] or "").strip(" \t")
            is_whole = is_whole and "\n" not in (code["gap"] or "")
            if group == "home" or (group == "" and is_whole):
                yield code.span()

    def _genders(self) -> Iterator[_Place]:
        for pattern in patterns.GENDERS:
            for found in pattern.finditer(self.text):
                start, end = found.span("value")
                if not _OTHER_CHOICE.search(self.text, max(0, start - 12), start):
                    yield start, end
        for letter in patterns.GENDER_LETTER.finditer(self.text):
            start, end = letter.span()
            at = bisect_right(self.ends, start)
            before = self.found[at - 1] if at else None
            after = self.found[at] if at < len(self.found) else None
            is_beside = (
                before is not None
                and _is_cell_gap(self.text[before[1] : start], before[2])
            ) or (
                after is not None and _is_cell_gap(self.text[end : after[0]], after[2])
            )
            if is_beside and _ONE_LETTER.match(self.text, end) is None:
                yield start, end


_NOT_A_NAME = frozenset(words.NOT_A_NAME.split())
_NO_VALUES = frozenset(words.NO_VALUES.split())
_NOT_INWARD = re.compile(r"st|[nr]d|th|ft|pt|px|lb")
"""Endings of ordinal numbers and of units such as *8pt*, in lower case."""
_OTHER_CHOICE = re.compile(r"male[\"']?[ ]?(?:[,;|\t/]|or)[ ]?[\"']?\Z", re.IGNORECASE)
_ONE_LETTER = re.compile(r"[ \t]{0,3}[,;|\t][ \t]{0,3}[A-Za-z](?![\w'])")
_CELL_GAP = re.compile(r"[\"']?[ ]{0,3}[,;|\t(/)][ ]{0,3}[\"']?")
_BESIDE_LETTER = frozenset(
    {Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.DATE_OF_BIRTH, Kind.POSTCODE}
)


def _is_cell_gap(between: str, kind: Kind) -> bool:
    """Say whether two details stand in neighbouring cells."""
    if kind not in _BESIDE_LETTER or len(between) > 9:
        return False
    is_spaced = between == " " and kind in {Kind.DATE_OF_BIRTH, Kind.POSTCODE}
    return is_spaced or _CELL_GAP.fullmatch(between) is not None


# --- numbers ------------------------------------------------------------------------

_SHAPES = (
    (10,),
    (5, 5),
    (3, 3, 4),
    (3, 4, 3),
    (4, 3, 3),
    (4, 4, 2),
    (2, 4, 4),
    (3, 3, 3, 1),
    (9, 1),
)
_SHAPES_OF = {
    first: tuple(shape for shape in _SHAPES if shape[0] == first)
    for first in {shape[0] for shape in _SHAPES}
}


def _groups(text: str, run: re.Match[str]) -> list[_Place]:
    """Return the groups of digits of a run that are no part of something longer."""
    start, end = run.span()
    before = text[max(0, start - 8) : start]
    if patterns.TELEPHONE_BEFORE.search(before):
        return []
    groups = [m.span() for m in patterns.DIGITS.finditer(text, start, end)]
    if patterns.JOINED_BEFORE.search(before) and not patterns.ULN_BEFORE.search(before):
        del groups[0]
    if groups and patterns.JOINED_AFTER.match(text, end):
        del groups[-1]
    return groups


def _tiles(text: str, groups: list[_Place], *, is_named: bool) -> Iterator[_Place]:
    """Yield the ULNs of a run of groups.

    Either all of the run is ULNs, one after the other, or each of them is ten digits
    in one piece with spaces around it: otherwise the run is another number. Where the
    message says that a ULN follows, the first may have a hyphen and more after it.
    """
    places = []
    at = 0
    while at < len(groups):
        shape = next(
            (
                shape
                for shape in _SHAPES_OF.get(groups[at][1] - groups[at][0], ())
                if _fits(text, groups, at, shape)
            ),
            None,
        )
        if shape is None:
            break
        places.append((groups[at][0], groups[at + len(shape) - 1][1]))
        at += len(shape)
    else:
        yield from places
        return
    for n, (start, end) in enumerate(groups):
        is_apart = (is_named and n == 0) or "-" not in {
            text[start - 1 : start],
            text[end : end + 1],
        }
        if end - start == 10 and is_apart and uln.is_valid(text[start:end]):
            yield start, end


def _fits(text: str, groups: list[_Place], at: int, shape: tuple[int, ...]) -> bool:
    """Say whether the groups at a place have a shape, and are a ULN."""
    some = groups[at : at + len(shape)]
    return tuple(end - start for start, end in some) == shape and uln.is_valid(
        text[some[0][0] : some[-1][1]]
    )


class _Named(NamedTuple):
    """What the words before a number call it: a group of words, or nothing.

    Attributes:
        group: The group of the word.
        is_plural: Whether the words are about several numbers.
    """

    group: str
    is_plural: bool

    def is_inherited(self, between: str) -> bool:
        """Say whether the next number is another one of the same sort."""
        if self.group not in _OTHERS or len(between) > 20:
            return False
        if self.is_plural:
            return patterns.NEXT_OF_A_LIST.fullmatch(between) is not None
        return self.group == "phone" and bool(patterns.OR_ELSE.fullmatch(between))


_NOTHING = _Named("", is_plural=False)
_OTHERS = frozenset({"phone", "other"})


def _named(text: str, signs: _Signs, floor: int, start: int) -> _Named:
    """Return what the words directly before a number call it.

    An order number *for* somebody's number is not that number.
    """
    sign = signs.before(start, floor)
    if sign is None or patterns.LINKS.fullmatch(text, sign[1], start) is None:
        return _NOTHING
    if sign[2] in _OTHERS and patterns.FOR.search(text, sign[1], start):
        return _NOTHING
    return _Named(sign[2], patterns.PLURAL.search(text, sign[0], start) is not None)


def _is_of_token(character: str) -> bool:
    return character.isalnum() or character in "/-"


def digits_of(text: str) -> str:
    """Return the digits of a text, wide ones as plain ones."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


def _has_uln(token: str) -> bool:
    digits = digits_of(token)
    return any(uln.is_valid(digits[n : n + 10]) for n in range(len(digits) - 9))


# --- dates --------------------------------------------------------------------------


def _days(found: re.Match[str], forms: str, today: dt.date) -> tuple[dt.date, ...]:
    """Return the days that a date may mean: none, one, or one of each century.

    Args:
        found: The match.
        forms: The numbers of the forms in which its pattern has a date.
        today: The last day of the past.
    """
    n = next(n for n in forms if found[f"d{n}"])
    year, month, day = (found[f"{part}{n}"] for part in "ymd")
    month = str(patterns.MONTHS.get(month.lower(), month))
    year = year.removeprefix("'")
    years = (f"20{year}", f"19{year}") if len(year) == 2 else (year,)
    days = [
        _day(one, month, day) or (_day(one, day, month) if n == "2" else None)
        for one in years
    ]
    past = [one for one in days if one is not None and one <= today]
    if len(years) == 2 and past:
        return (past[0],)
    return tuple(one for one in days if one is not None)


def _day(year: str | None, month: str | None, day: str | None) -> dt.date | None:
    """Return a day, or None where the calendar has none."""
    if not (year and month and day):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


# --- accounts -----------------------------------------------------------------------

_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_END_OF_CLAUSE = re.compile(r"[ \t]*(?:[.,;!?)\r\n\"']|\Z)|[ ](?:and|but)\b")


def _is_secret(
    text: str, start: int, end: int, *, is_field: bool, is_below: bool = False
) -> bool:
    """Say whether what stands after the word password (or user name) is one.

    Args:
        text: The message.
        start: Where the value begins.
        end: Where it ends.
        is_field: Whether a colon or an equals sign stands before it.
        is_below: Whether it stands on the next line.
    """
    value = text[start:end]
    if (
        value.lower() in _NO_VALUES
        or value[:1] in {"[", "<", "{", "("}
        or "\0" in value
        or not any(c.isalnum() for c in value)
        or set(value) <= {"x", "X"}
    ):
        return False
    is_plain = _PLAIN_WORD.fullmatch(value) is not None
    is_capital_inside = any(c.isupper() for c in value[1:]) and not value.isupper()
    if is_below and not any(c.isdigit() for c in value):
        return False
    if not is_plain or is_capital_inside or is_field:
        return True
    return _END_OF_CLAUSE.match(text, end) is not None


def _is_strong(value: str) -> bool:
    """Say whether a word looks like a password wherever it stands.

    It has a letter and a digit, and is long enough.
    """
    return (
        len(value) >= _LEAST
        and any(c.isdigit() for c in value)
        and any(c.isalpha() for c in value)
        and value.lower() not in _NO_VALUES
    )


_LEAST = 4


def _is_label(cell: str) -> bool:
    """Say whether a cell is a heading of a user name or a password."""
    return bool(
        patterns.PASSWORD_CELL.fullmatch(cell) or patterns.USER_CELL.fullmatch(cell)
    )


# --- tables -------------------------------------------------------------------------

_RULES = tuple(re.compile(rule) for rule in (r"\t", r"\|", ";", ",", r"[ ]{2,}"))
"""What may stand between two cells, the surest first."""
_LABELS = (
    (patterns.USER_CELL, Kind.USER_NAME),
    (patterns.PASSWORD_CELL, Kind.PASSWORD),
)
_AROUND = " \t\r\"'*"
_WIDEST = 1000


def _line_end(text: str, place: int) -> int:
    """Return where the line of a place ends."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _cells(rule: re.Pattern[str], line: str) -> list[_Place]:
    """Return where the cells of a line stand, without what is around each."""
    edges = [0]
    for m in rule.finditer(line, 0, _WIDEST):
        edges += m.span()
    edges.append(len(line))
    cells = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        cell = line[start:end]
        low = start + len(cell) - len(cell.lstrip(_AROUND))
        cells.append((low, max(low, low + len(cell.strip(_AROUND)))))
    return cells


def _headings(line: str) -> tuple[re.Pattern[str] | None, dict[int, Kind]]:
    """Return what parts the cells, and the columns that hold details of an account."""
    for rule in _RULES:
        cells = _cells(rule, line)
        columns = {
            n: kind
            for n, (start, end) in enumerate(cells)
            for label, kind in _LABELS
            if label.fullmatch(line, start, end)
        }
        if len(cells) > 1 and Kind.PASSWORD in columns.values():
            return rule, columns
    return None, {}


def _is_cell_secret(cell: str, kind: Kind) -> bool:
    """Say whether a cell below such a heading holds what the heading says."""
    words_of = cell.split()
    is_secret = (
        bool(words_of)
        and words_of[0].lower() not in _NO_VALUES
        and "\0" not in cell
        and cell[0] not in "[<{("
        and any(c.isalnum() for c in cell)
        and not set(cell) <= {"x", "X"}
        and not _is_label(cell)
    )
    return is_secret and (len(words_of) == 1 or kind is Kind.PASSWORD)

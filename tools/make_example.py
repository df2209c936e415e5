"""Write the example batch file and the page that says what is in it.

    python tools/make_example.py

The file is a college's enrolment as it is in life: most learners are in the register
already, some are new, and every kind of mistake that people and spreadsheets make is
there. It is made from the synthetic population, by chance with a fixed seed, so that
running this again gives the same bytes. `tests/unit/test_example_file.py` checks that.
"""

from __future__ import annotations

import csv
import io
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

import attrs

from ulnlib.identifiers import SCN_CHECK
from ulnlib.matching import Five, blocking_keys, five_of, is_near
from ulnlib.matching.keys import query_keys
from ulnlib.matching.person import Person
from ulnlib.register import synthetic_ulns
from ulnlib.testing import merges, population
from ulnlib.testing.people import hall
from ulnlib.uln import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ulnlib.learner import Learner

Item = TypeVar("Item")

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SEED = 2026
ORDER = 7514
SIZE = 20_000
RECORDS = 500
UKPRN = "10012345"
FILE_NAME = "LRB_10012345_211120260900"
CSV_NAME = f"{FILE_NAME}.CSV"
README_NAME = "README.md"

HEADER = ("FileVersion", "FileName", "UKPRN", "LearnerRecordCount")
HEADINGS = {
    "ULN": "uln",
    "MISIdentifier": "mis_identifier",
    "Title": "title",
    "GivenName": "given_name",
    "PreferredGivenName": "preferred_given_name",
    "MiddleNames": "middle_names",
    "FamilyName": "family_name",
    "PreviousFamilyName": "previous_family_name",
    "FamilyNameAt16": "family_name_at_16",
    "SchoolAtAge16": "school_at_16",
    "LastKnownAddressLine1": "address_line_1",
    "LastKnownAddressLine2": "address_line_2",
    "LastKnownAddressTown": "town",
    "LastKnownAddressCountyorCity": "county",
    "LastKnownPostCode": "postcode",
    "DateOfAddressCapture": "date_of_address_capture",
    "DateOfBirth": "date_of_birth",
    "PlaceOfBirth": "place_of_birth",
    "EmailAddress": "email",
    "Gender": "gender",
    "Nationality": "nationality",
    "ScottishCandidateNumber": "scottish_candidate_number",
    "UPN": "upn",
    "UCI": "uci",
    "PrivacyNoticeSeen": "ability_to_share",
    "VerificationType": "verification_type",
    "OtherVerificationDescription": "other_verification_description",
    "Notes": "notes",
}

FOUND, NEW, TWICE, EXCEPTION = "found", "new", "twice", "exception"


@attrs.frozen
class Row:
    """One record of the file: its kind, and what it says."""

    kind: Kind
    learner: Learner


@attrs.frozen
class Kind:
    """One kind of record.

    Attributes:
        meant: What a run against the population is meant to make of it.
        count: How many records.
        name: What it is, for the page.
        make: Makes the learners.
    """

    meant: str
    count: int
    name: str
    make: Callable[[Supply], Iterator[Learner]]


def _anybody(learner: Learner) -> bool:
    """Say that a learner will do."""
    del learner
    return True


class Supply:
    """Where the people of the file come from; nobody is given out twice."""

    def __init__(self) -> None:
        self.chance = Random(SEED)  # noqa: S311  # invented people
        held = list(population(SIZE, seed=SEED))
        self._by_five: dict[Five, list[Learner]] = {}
        self._by_key: dict[int, list[Learner]] = {}
        for learner in held:
            self._by_five.setdefault(five_of(learner), []).append(learner)
            for key in blocking_keys(learner):
                self._by_key.setdefault(key, []).append(learner)
        by_uln = {learner.uln: learner for learner in held}
        pairs = [
            (by_uln[str(linked)], by_uln[str(master)])
            for linked, master in merges(held, seed=SEED)
        ]
        merged = {learner.uln for pair in pairs for learner in pair}
        self._linked = [
            linked for linked, master in pairs if five_of(linked) != five_of(master)
        ]
        self._twice = [
            records[0]
            for records in self._by_five.values()
            if len(records) > 1 and records[0].uln not in merged
        ]
        self._held = self.shuffled(
            learner
            for learner in held
            if len(self.neighbours(learner)) == 1
            and learner.ability_to_share != "2"
            and learner.verification_type != "0"
        )
        self._new = self.shuffled(
            learner.evolve(uln=None)
            for learner in population(1_500, seed=SEED + 1)
            if (learner.date_of_birth or "") > "1994"
            and learner.ability_to_share != "2"
            and learner.verification_type != "0"
            and not self.neighbours(learner)
        )

    def neighbours(self, learner: Learner) -> list[Learner]:
        """Return the records of the population that are equal or near."""
        asked = five_of(learner)
        found = {
            record.uln: record
            for key in query_keys(Person(learner))
            for record in self._by_key.get(key, ())
        }
        return [one for one in found.values() if is_near(asked, five_of(one))]

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in an order by chance, the same with every Python."""
        return sorted(items, key=lambda _: self.chance.random())

    def held(self, wanted: Callable[[Learner], bool] = _anybody) -> Learner:
        """Give out somebody whom the register holds, without the ULN."""
        return self.held_with_uln(wanted).evolve(uln=None)

    def held_with_uln(self, wanted: Callable[[Learner], bool] = _anybody) -> Learner:
        """Give out somebody whom the register holds, with the ULN."""
        return _take(self._held, wanted)

    def new(self, wanted: Callable[[Learner], bool] = _anybody) -> Learner:
        """Give out somebody whom the register does not hold."""
        return _take(self._new, wanted)

    def linked(self) -> Learner:
        """Give out a record that was merged into another with other demographics."""
        return self._linked.pop(0).evolve(ability_to_share="1")

    def twice(self) -> Learner:
        """Give out somebody who has two equal records, without a ULN."""
        return self._twice.pop(0).evolve(uln=None, ability_to_share="1")


def _take(learners: list[Learner], wanted: Callable[[Learner], bool]) -> Learner:
    place = next(n for n, learner in enumerate(learners) if wanted(learner))
    return learners.pop(place)


def _each(make: Callable[[Supply], Learner]) -> Callable[[Supply], Iterator[Learner]]:
    """Make one learner after another in the same way."""

    def learners(supply: Supply) -> Iterator[Learner]:
        while True:
            yield make(supply)

    return learners


def _held_but(field: str, *texts: str | None) -> Callable[[Supply], Iterator[Learner]]:
    """Make learners of the register who have these texts in a field, in turn."""

    def learners(supply: Supply) -> Iterator[Learner]:
        for text in cycle(texts):
            yield supply.held().evolve(**{field: text})

    return learners


def _new_but(field: str, *texts: str | None) -> Callable[[Supply], Iterator[Learner]]:
    """Make new learners who have these texts in a field, in turn."""

    def learners(supply: Supply) -> Iterator[Learner]:
        for text in cycle(texts):
            yield supply.new().evolve(**{field: text})

    return learners


def _twins_of(
    make: Callable[[Supply], Learner], **shared: str
) -> Callable[[Supply], Iterator[Learner]]:
    """Make a learner, and the same again."""

    def learners(supply: Supply) -> Iterator[Learner]:
        learner = make(supply).evolve(**shared)
        yield learner
        yield learner

    return learners


def _moved(supply: Supply, learner: Learner) -> Learner:
    """Give a learner the address of a new one."""
    other = supply.new()
    return learner.evolve(
        address_line_1=other.address_line_1,
        address_line_2=other.address_line_2,
        town=other.town,
        county=other.county,
        postcode=other.postcode,
    )


def _misspelt(name: str | None) -> str:
    """Return a name with a slip: two letters changed over, or one doubled."""
    text = name or ""
    for place in range(1, len(text) - 1):
        if text[place] != text[place + 1]:
            return f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"
    return f"{text}{text[-1]}"


def _other_date(date: str | None) -> str:
    """Return a date with day and month changed over, or else the next or last day."""
    year, month, day = (int(part) for part in (date or "").split("-"))
    if day <= 12 and day != month:
        return f"{year}-{day:02}-{month:02}"
    return f"{year}-{month:02}-{day - 1 if day > 12 else day + 1:02}"


def _spreadsheet_date(date: str | None, year_digits: int = 4) -> str:
    """Return a date as a spreadsheet shows it: day, month, year."""
    year, month, day = (date or "").split("-")
    return f"{day}/{month}/{year[-year_digits:]}"


# --- found -------------------------------------------------------------------------


def _changed_optional(supply: Supply) -> Iterator[Learner]:
    for number in count():
        if number % 5 == 0:
            not_seen = supply.held(lambda learner: learner.ability_to_share == "0")
            yield not_seen.evolve(ability_to_share="1")
        elif number % 5 == 1:
            yield supply.held().evolve(address_line_1=f"{number} Tannery Lane")
        elif number % 5 == 2:
            yield supply.held().evolve(middle_names="Robin")
        elif number % 5 == 3:
            yield supply.held().evolve(school_at_16="Larkminster Academy")
        else:
            yield supply.held().evolve(email=f"student{number}@example.org")


def _other_spelling(supply: Supply) -> Iterator[Learner]:
    for number in count():
        learner = supply.held()
        if number % 3 == 0:
            family = (learner.family_name or "").upper()
            yield learner.evolve(family_name=family)
        elif number % 3 == 1:
            postcode = (learner.postcode or "").replace(" ", "").lower()
            yield learner.evolve(postcode=postcode)
        else:
            yield learner.evolve(given_name=f" {learner.given_name} ")


def _one_changed(supply: Supply) -> Iterator[Learner]:
    while True:
        yield _moved(supply, supply.held_with_uln())
        before = supply.held_with_uln(lambda learner: learner.gender == "2")
        after = supply.new().family_name
        yield before.evolve(family_name=after, previous_family_name=before.family_name)


def _two_changed(supply: Supply) -> Learner:
    moved = _moved(supply, supply.held_with_uln())
    return moved.evolve(family_name=supply.new().family_name)


def _wrong_upn_letter(supply: Supply) -> Learner:
    learner = supply.held(lambda learner: learner.upn is not None)
    upn = learner.upn or ""
    letter = "B" if upn[0] == "A" else "A"
    return learner.evolve(upn=f"{letter}{upn[1:]}")


# --- near --------------------------------------------------------------------------


def _near_given(supply: Supply) -> Learner:
    learner = supply.held(lambda learner: len(learner.given_name or "") > 3)
    return learner.evolve(given_name=_misspelt(learner.given_name))


def _near_family(supply: Supply) -> Iterator[Learner]:
    while True:
        learner = supply.held(lambda learner: len(learner.family_name or "") > 3)
        yield learner.evolve(family_name=_misspelt(learner.family_name))
        yield supply.held().evolve(family_name=supply.new().family_name)


def _near_date(supply: Supply) -> Learner:
    learner = supply.held()
    return learner.evolve(date_of_birth=_other_date(learner.date_of_birth))


def _near_gender(supply: Supply) -> Iterator[Learner]:
    while True:
        yield supply.held(lambda learner: learner.gender == "2").evolve(gender="1")
        yield supply.held().evolve(gender="9")


def _swapped(supply: Supply) -> Learner:
    learner = supply.held()
    return learner.evolve(
        given_name=learner.family_name, family_name=learner.given_name
    )


def _too_many(supply: Supply) -> Iterator[Learner]:
    for day in count(1):
        learner = supply.new().evolve(**hall()._asdict())
        yield learner.evolve(date_of_birth=f"2005-03-{day:02}")


# --- numbers -----------------------------------------------------------------------


def _unknown_uln(supply: Supply) -> Iterator[Learner]:
    for uln in synthetic_ulns(5_000_000):
        yield supply.new().evolve(uln=uln)


def _wrong_check_digit(supply: Supply) -> Learner:
    learner = supply.held_with_uln()
    uln = learner.uln or ""
    return learner.evolve(uln=f"{uln[:9]}{(int(uln[9]) + 1) % 10}")


def _lost_zeros(supply: Supply) -> Iterator[Learner]:
    for body in ("01000010", "00002345"):
        whole = f"{body}{SCN_CHECK.calculate(body)}"
        yield supply.held().evolve(scottish_candidate_number=whole.lstrip("0"))


KINDS = (
    Kind(FOUND, 193, "in the register, everything equal", _each(Supply.held)),
    Kind(FOUND, 50, "in the register, an optional field changed", _changed_optional),
    Kind(FOUND, 12, "in the register, other case or spaces", _other_spelling),
    Kind(FOUND, 20, "ULN given, everything agrees", _each(Supply.held_with_uln)),
    Kind(FOUND, 8, "ULN given, one mandatory field changed", _one_changed),
    Kind(FOUND, 4, "ULN given, merged into another", _each(Supply.linked)),
    Kind(
        FOUND,
        4,
        "record merged into another, asked for without ULN",
        _each(lambda supply: supply.linked().evolve(uln=None)),
    ),
    Kind(FOUND, 2, "UPN with a check letter that disagrees", _each(_wrong_upn_letter)),
    Kind(TWICE, 2, "the same ULN twice", _twins_of(Supply.held_with_uln)),
    Kind(
        TWICE,
        2,
        "the same MIS identifier twice (two people)",
        _held_but("mis_identifier", "EX-TWICE"),
    ),
    Kind(NEW, 58, "new", _each(Supply.new)),
    Kind(
        NEW,
        3,
        "new, letters with accents in a name",
        _each(
            lambda s: s.new(lambda x: not f"{x.given_name}{x.family_name}".isascii())
        ),
    ),
    Kind(
        NEW,
        2,
        "new, an apostrophe in the family name",
        _each(lambda s: s.new(lambda x: "'" in (x.family_name or ""))),
    ),
    Kind(
        NEW,
        3,
        "new, a comma in the address",
        _new_but(
            "address_line_1", "Flat 3, 12 Mill Lane", "The Old Bakery, Bobbin Way"
        ),
    ),
    Kind(
        NEW,
        2,
        "new, quotation marks in the notes",
        _new_but("notes", 'Is called "Jo" at home', '24" monitor needed'),
    ),
    Kind(
        NEW,
        2,
        "new, a line break in the notes",
        _new_but(
            "notes",
            "Needs a quiet room.\nHas asked twice.",
            "Bus 4.\r\nLate on Mondays.",
        ),
    ),
    Kind(
        NEW,
        3,
        "new, notes that a spreadsheet would run as a formula",
        _new_but(
            "notes",
            '=HYPERLINK("https://example.org","see letter")',
            "+1 at the open day",
            "@SUM(1+1)",
        ),
    ),
    Kind(TWICE, 2, "new, the same person twice", _twins_of(Supply.new)),
    Kind(EXCEPTION, 8, "near: given name differs", _each(_near_given)),
    Kind(EXCEPTION, 8, "near: family name differs", _near_family),
    Kind(EXCEPTION, 8, "near: date of birth differs", _each(_near_date)),
    Kind(EXCEPTION, 3, "near: gender differs", _near_gender),
    Kind(
        EXCEPTION,
        12,
        "near: postcode differs",
        _each(lambda supply: _moved(supply, supply.held())),
    ),
    Kind(EXCEPTION, 5, "near: given and family name changed over", _each(_swapped)),
    Kind(EXCEPTION, 3, "near: more than ten records", _too_many),
    Kind(EXCEPTION, 4, "two equal records in the register", _each(Supply.twice)),
    Kind(
        EXCEPTION,
        4,
        "new, privacy notice not answered",
        _new_but("ability_to_share", None),
    ),
    Kind(
        EXCEPTION, 3, "new, no verification type", _new_but("verification_type", None)
    ),
    Kind(EXCEPTION, 4, "ULN given, two mandatory fields changed", _each(_two_changed)),
    Kind(EXCEPTION, 3, "ULN that nobody has", _unknown_uln),
    Kind(
        EXCEPTION,
        3,
        "ULN given, privacy notice 0 where the register has 1",
        _each(
            lambda supply: supply.held_with_uln(
                lambda learner: learner.ability_to_share == "1"
            ).evolve(ability_to_share="0")
        ),
    ),
    Kind(
        EXCEPTION,
        2,
        "ULN in scientific notation",
        _held_but("uln", "1.0E+09", "9.9E+09"),
    ),
    Kind(EXCEPTION, 4, "ULN with a wrong check digit", _each(_wrong_check_digit)),
    Kind(EXCEPTION, 3, "temporary ULN", _held_but("uln", TEMPORARY)),
    Kind(
        EXCEPTION,
        1,
        "date of birth 04/05/2007",
        _new_but("date_of_birth", "04/05/2007"),
    ),
    Kind(
        EXCEPTION,
        7,
        "date of birth as a spreadsheet shows it",
        _each(
            lambda supply: (learner := supply.held()).evolve(
                date_of_birth=_spreadsheet_date(learner.date_of_birth)
            )
        ),
    ),
    Kind(
        EXCEPTION,
        3,
        "date of birth with a year of two digits",
        _each(
            lambda supply: (learner := supply.held()).evolve(
                date_of_birth=_spreadsheet_date(learner.date_of_birth, 2)
            )
        ),
    ),
    Kind(EXCEPTION, 2, "too young (12)", _new_but("date_of_birth", "2014-02-03")),
    Kind(EXCEPTION, 1, "too old (127)", _new_but("date_of_birth", "1899-03-02")),
    Kind(
        EXCEPTION, 1, "date of birth to come", _new_but("date_of_birth", "2027-01-05")
    ),
    Kind(EXCEPTION, 4, "gender as a letter", _held_but("gender", "F", "M")),
    Kind(
        EXCEPTION,
        4,
        "postcode that the service refuses",
        _held_but("postcode", "ZA1 1A", "ZB4 2CO", "ZKI 4AB", "not known"),
    ),
    Kind(EXCEPTION, 4, "no postcode", _held_but("postcode", None)),
    Kind(
        EXCEPTION,
        3,
        "e-mail address that the service refuses",
        _held_but("email", "jo.example.org", "jo@@example.org", "jo@example"),
    ),
    Kind(EXCEPTION, 3, "`none` as e-mail address", _held_but("email", "none")),
    Kind(EXCEPTION, 2, "no given name", _new_but("given_name", None)),
    Kind(EXCEPTION, 1, "family name of spaces", _new_but("family_name", "   ")),
    Kind(
        EXCEPTION,
        1,
        "family name of more than 35 characters",
        _new_but("family_name", "Featherstone-Shuttleworth-Higginbottom"),
    ),
    Kind(
        EXCEPTION, 1, "control character in a name", _new_but("given_name", "Ro\vbin")
    ),
    Kind(EXCEPTION, 2, "Scottish candidate number without its zeros", _lost_zeros),
    Kind(
        EXCEPTION,
        2,
        "UPN of a wrong shape",
        _held_but("upn", "a012345678901", "A01234567890"),
    ),
    Kind(
        EXCEPTION,
        2,
        "UCI of a wrong shape",
        _held_but("uci", "00123 0 260001", "001230260001"),
    ),
    Kind(
        EXCEPTION,
        2,
        "verification type that there is not",
        _held_but("verification_type", "8", "10"),
    ),
    Kind(
        EXCEPTION,
        2,
        "verification type 999 without description",
        _held_but("verification_type", "999"),
    ),
    Kind(
        EXCEPTION,
        3,
        "privacy notice 2, which version 3A has not",
        _held_but("ability_to_share", "2"),
    ),
)
"""What is in the file; about six in ten are found and one or two in ten are new."""


def rows() -> list[Row]:
    """Return the records of the file, in its order."""
    supply = Supply()
    made = [
        Row(kind, learner)
        for kind in sorted(KINDS, key=_most_particular)
        for learner in islice(kind.make(supply), kind.count)
    ]
    return [
        attrs.evolve(row, learner=row.learner.evolve(mis_identifier=f"EX{number:06}"))
        if row.learner.mis_identifier is None
        else row
        for number, row in enumerate(_in_order(made), 1)
    ]


def _in_order(made: list[Row]) -> list[Row]:
    """Return the records in an order by chance that other people do not change.

    The pages say things of the first records, which stay true when the population
    becomes another one.
    """
    chance = Random(ORDER)  # noqa: S311  # invented people
    return sorted(made, key=lambda _: chance.random())


def _most_particular(kind: Kind) -> int:
    """Serve the kinds that are few first: they need particular people."""
    return kind.count


def to_csv(records: list[Row]) -> bytes:
    """Return the file: CSV, UTF-8 without BOM, CRLF, quotes only where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([*HEADER, *HEADINGS])
    first = ["3A", FILE_NAME, UKPRN, str(len(records))]
    for row in records:
        values = (getattr(row.learner, name) or "" for name in HEADINGS.values())
        writer.writerow([*first, *values])
        first = [""] * len(HEADER)
    return text.getvalue().encode("utf-8")


def to_page(records: list[Row]) -> str:
    """Return the page that says what is in the file."""
    lines = [_PAGE_HEAD.format(name=CSV_NAME, ukprn=UKPRN, count=len(records))]
    for meant, title in _TITLES.items():
        kinds = [kind for kind in KINDS if kind.meant == meant]
        total = sum(kind.count for kind in kinds)
        lines += [f"## {title}: {total}", "", "| records | kind |", "|--:|---|"]
        lines += [f"| {kind.count} | {kind.name} |" for kind in kinds]
        lines.append("")
    return "\n".join(lines)


_TITLES = {
    FOUND: "Meant to be found, or found and updated",
    NEW: "Meant to be registered",
    TWICE: "Twice in the file: the first as usual, the second an exception",
    EXCEPTION: "Meant to be exceptions",
}

_PAGE_HEAD = """\
# The example file

`{name}` is an enrolment of Example College, which does not
exist; its UKPRN, {ukprn}, was chosen because it is easy to know again. It has {count}
records: batch version 3A, CSV, UTF-8 without BOM, lines that end in CR LF, quotation
marks only where needed.

**All people in it are invented.** They come from `ulnlib.testing.population`: common
names put together by chance, postcodes of areas that do not exist, ULNs of the test
range, e-mail addresses at example.org and example.net. (The e-mail addresses, UPNs and
UCIs that are wrong on purpose were typed by hand.)

It is made to be run against a register of `population(20_000, seed=2026)` in which the
pairs of `merges(learners, seed=2026)` are merged, on 21 November 2026. Where the
columns of UPN and UCI stand in version 3A is our assumption, and so is some of what the
service would make of each kind; the page on batch files says which.

This page and the file are written by `python tools/make_example.py`.
"""


def main() -> None:
    """Write the file and the page."""
    records = rows()
    EXAMPLES.mkdir(exist_ok=True)
    (EXAMPLES / CSV_NAME).write_bytes(to_csv(records))
    (EXAMPLES / README_NAME).write_text(
        to_page(records), encoding="utf-8", newline="\n"
    )
    print(f"{CSV_NAME}: {len(records)} records")


if __name__ == "__main__":
    main()

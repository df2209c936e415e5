"""Reading the rows of a register: records, what they were before, what they link to."""

from __future__ import annotations

__all__ = ["FAMILY_NAMES", "NAMES", "Record", "Records", "Searched"]

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ulnlib.errors import RegisterRefused
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner, Profile
from ulnlib.matching.source import Candidate, Candidates
from ulnlib.register.statements import MOST, padded
from ulnlib.rules.sharing import most_restrictive
from ulnlib.uln import Uln, _trusted  # what a register holds was checked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from ulnlib.register.keys import SearchKeys

NAMES = tuple(FIELDS)
"""The columns of a learner, in order."""

FAMILY_NAMES = ("family_name", "previous_family_name", "family_name_at_16")
"""The columns of family names."""

_WIDTH = len(NAMES)
# Names of columns are ours, every value is a parameter.
_SELECT = (
    f"SELECT {', '.join('learner.' + name for name in NAMES)}, learner.version, "  # noqa: S608
    "learner.created, CASE learner.version WHEN 1 THEN learner.created "
    "ELSE learner.last_amended END, learner.master, EXISTS (SELECT 1 FROM former_value "
    "WHERE former_value.uln = learner.uln), EXISTS (SELECT 1 FROM learner AS linked "
    "WHERE linked.master = learner.uln) FROM learner WHERE learner.uln "
)
_AFTER = f"{_SELECT} > ? ORDER BY learner.uln LIMIT {MOST}"


class Record(NamedTuple):
    """One row of the table of learners.

    Attributes:
        number: The record's own ULN.
        learner: What it holds.
        version: How often it was written.
        created: When it was made.
        last_amended: When it was last changed.
        master: The ULN at the top of those that it was merged into.
        was_other: Whether it had other names or postcodes once.
        is_master: Whether others were merged into it.
    """

    number: int
    learner: Learner
    version: int
    created: str | None
    last_amended: str | None
    master: int | None
    was_other: int
    is_master: int


@cache
def _several(length: int) -> str:
    return f"{_SELECT} IN ({', '.join('?' * length)}) ORDER BY learner.uln"


class Records:
    """The records of a register that is open.

    Args:
        connection: Where they are.
        is_synthetic: Whether the register made its ULNs itself.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, is_synthetic: bool = False
    ) -> None:
        self._connection = connection
        self._is_synthetic = is_synthetic

    def find(self, number: int) -> Record | None:
        """Return the record of a ULN, None where there is none."""
        row = self._connection.execute(_SELECT + "= ?", (number,)).fetchone()
        return None if row is None else _of_row(row)

    def held(self, number: int) -> Record:
        """Return a record that must be there.

        Raises:
            RegisterRefused: `WSRC0019`: it is not.
        """
        record = self.find(number)
        if record is None:
            raise RegisterRefused(
                "WSRC0019",
                "the ULN was deleted from the register"
                if self.is_deleted(number)
                else "the ULN is not in the register",
            )
        return record

    def is_deleted(self, number: int) -> bool:
        """Say whether a ULN was deleted from the register."""
        row = self._connection.execute(
            "SELECT 1 FROM deleted WHERE uln = ?", (number,)
        ).fetchone()
        return row is not None

    def several(self, numbers: Sequence[int]) -> list[Record]:
        """Return the records of ULNs that are there, in the order of the ULNs."""
        found = []
        for page in padded(numbers):
            found += self._connection.execute(_several(len(page)), page).fetchall()
        return [_of_row(row) for row in found]

    def after(self, number: int) -> list[Record]:
        """Return some records in order, beginning with the first after a ULN."""
        rows = self._connection.execute(_AFTER, (number,)).fetchall()
        return [_of_row(row) for row in rows]

    def master(self, record: Record) -> Record:
        """Return the record that stands for this one: itself, or its master."""
        return record if record.master is None else self.held(record.master)

    def candidates(self, records: Sequence[Record]) -> list[Candidate]:
        """Return records with the names and postcodes that they had before."""
        changed = [record.number for record in records if record.was_other]
        former = self._former(changed) if changed else {}
        found = []
        for record in records:
            learner, master = record.learner, record.master
            uln = _trusted(learner.uln or "")
            top = None if master is None else _uln(master)
            if record.was_other:
                values = former.get(record.number, ())
                families = tuple([v for field, v in values if field in FAMILY_NAMES])
                postcodes = tuple([v for field, v in values if field == "postcode"])
                found.append(Candidate(uln, learner, top, families, postcodes))
            else:
                found.append(Candidate(uln, learner, top))
        return found

    def _former(self, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """Return the former values of records, by ULN, latest first."""
        found: dict[int, list[tuple[str, str]]] = {}
        for page in padded(numbers):
            for number, field, value in self._connection.execute(
                "SELECT uln, field, value FROM former_value "  # noqa: S608
                f"WHERE uln IN ({', '.join('?' * len(page))}) ORDER BY rowid DESC",
                page,
            ):
                found.setdefault(number, []).append((field, value))
        return found

    def profile(self, record: Record) -> Profile:
        """Return the profile of a record, the master's for a linked one."""
        master = self.master(record)
        return self.profiles([master], substituted=master is not record)[0]

    def profiles(
        self, records: Sequence[Record], *, substituted: bool = False
    ) -> list[Profile]:
        """Return profiles; a master's has the most restrictive share value.

        Args:
            records: The records.
            substituted: Whether they stand for others that were asked for.
        """
        links: dict[int, list[tuple[Uln, str | None]]] = {}
        masters = [record.number for record in records if record.is_master]
        for page in padded(masters):
            rows = self._connection.execute(
                "SELECT master, uln, ability_to_share FROM learner WHERE master IN "  # noqa: S608
                f"({', '.join('?' * len(page))}) ORDER BY master, uln",
                page,
            )
            for master, number, share in rows:
                links.setdefault(master, []).append((_uln(number), share))
        profiles = []
        for record in records:
            learner, linked = record.learner, links.get(record.number, [])
            if linked:
                shares = [learner.ability_to_share, *(share for _, share in linked)]
                learner = learner.evolve(ability_to_share=most_restrictive(shares))
            profiles.append(
                Profile(
                    learner=learner,
                    created=record.created,
                    last_amended=record.last_amended,
                    version=record.version,
                    status="active" if record.master is None else "linked",
                    linked_ulns=tuple([uln for uln, _ in linked]),
                    master_substituted=substituted,
                    is_synthetic=self._is_synthetic,
                )
            )
        return profiles


class Searched:
    """The records as a search asks for them: what was read once is not read again.

    Args:
        records: The records of the register.
        keys: Its search keys.
    """

    def __init__(self, records: Records, keys: SearchKeys) -> None:
        self._records = records
        self._keys = keys
        self._read: dict[int, Record] = {}

    def candidates(self, exact: int | None, keys: Sequence[int], /) -> Candidates:
        """Return the records that have one of the keys; see `CandidateSource`."""
        numbers, cut = self._keys.find(exact, keys)
        found = self._records.several(numbers)
        self._remember(found)
        return Candidates(self._records.candidates(found), cut)

    def profiles(self, ulns: Sequence[Uln], /) -> list[Profile]:
        """Return the profiles of ULNs, the master's for a linked one."""
        return self.profiles_of([int(uln) for uln in ulns])

    def profiles_of(self, numbers: Sequence[int]) -> list[Profile]:
        """Return the profiles of ULNs given as numbers."""
        unread = [number for number in numbers if number not in self._read]
        self._remember(self._records.several(unread))
        records = [
            self._read.get(number) or self._records.held(number) for number in numbers
        ]
        return self._records.profiles([self._records.master(one) for one in records])

    def _remember(self, records: Iterable[Record]) -> None:
        for record in records:
            self._read[record.number] = record


def _uln(number: int) -> Uln:
    return _trusted(str(number))


def _of_row(row: tuple[str | int | None, ...]) -> Record:
    """Return a row that `_SELECT` gave as a record."""
    # It runs for each candidate of each search: the columns are ours, in order.
    values = (str(row[0]), *row[1:_WIDTH])
    return Record(
        row[0],  # type: ignore[arg-type]
        Learner._trusted(values),  # type: ignore[arg-type]  # noqa: SLF001
        *row[_WIDTH:],  # type: ignore[arg-type]
    )

"""What a register does: load, register, find, search, update, merge, delete."""

from __future__ import annotations

__all__ = ["FormerValue", "Register"]

import os
import sqlite3
from array import array
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Self

import attrs

from ulnlib import _text
from ulnlib._dates import stamp
from ulnlib.errors import InvalidUln, NotARegister, RegisterRefused, RegisterUnavailable
from ulnlib.learner import Learner, Profile
from ulnlib.matching.demographics import exact_key
from ulnlib.matching.keys import KEY_VERSION
from ulnlib.matching.person import Person
from ulnlib.matching.searching import search
from ulnlib.matching.source import Candidate, Candidates
from ulnlib.register.file import RegisterFile, connect, connect_memory, translated
from ulnlib.register.keys import BulkKeys, SearchKeys, keys_of
from ulnlib.register.numbers import TEST_RANGE, is_test_number, synthetic_ulns
from ulnlib.register.records import FAMILY_NAMES, NAMES, Records, Searched
from ulnlib.rules import updates
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ulnlib._dates import At
    from ulnlib.matching.answers import Query, SearchResult
    from ulnlib.matching.policy import Policy
    from ulnlib.register.records import Record
    from ulnlib.rules.updates import Refusal

_CHUNK = 20_000  # records held at once while loading: a few tens of megabytes

_KEPT_WHEN_CHANGED = (*FAMILY_NAMES, "postcode")
_COLUMNS = ", ".join(NAMES)
# Names of columns are ours, every value is a parameter.
_INSERT = (
    f"INSERT INTO learner ({_COLUMNS}, version, created, last_amended) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(NAMES) + 3))})"
)
_UPDATE = (
    f"UPDATE learner SET {', '.join(name + ' = ?' for name in NAMES[1:])}, "  # noqa: S608
    "version = version + 1, last_amended = ? WHERE uln = ?"
)
_TOUCH = "UPDATE learner SET version = version + 1, last_amended = ? WHERE uln = ?"


@attrs.frozen(kw_only=True)
class FormerValue:
    """A family name or a postcode that a learner had before.

    Attributes:
        field: `family_name`, `previous_family_name`, `family_name_at_16` or
            `postcode`.
        value: The former value.
        until: When it was changed, as the caller gave it then.
    """

    field: str
    value: str = attrs.field(repr=False)
    until: str | None


class Register(RegisterFile):
    """A register of learners who have ULNs, in memory; see `Register.open` for a file.

    It belongs to the thread and the process that made it. Reading calls see one
    state of the file; every writing call happens wholly or not at all. Nothing that a
    register raises, and no `repr`, holds a person's details.

    Args:
        synthetic: Whether the register gives out numbers of its own, from the test
            range; it then holds no others, and none of its ULNs is real.

    Examples:
        >>> Register(synthetic=True)
        Register(in memory, synthetic: no ULN in it is real)

    Source: LRS portal guide, sections 1.3 and 4.2 (published); web-service notes,
    section 6 (observed). What was assumed is said at each method.
    """

    def __init__(self, *, synthetic: bool = False) -> None:
        self._attach(connect_memory(), None)
        self._open(synthetic=synthetic, keys=KEY_VERSION, read_only=False)
        self._start()

    def _start(self) -> None:
        connection = self._connection
        self._keys = SearchKeys(connection)
        self._records = Records(connection, is_synthetic=self._is_synthetic)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        synthetic: bool | None = None,
        read_only: bool = False,
        timeout: float = 5.0,
    ) -> Self:
        """Open a register file, or make one where there is none.

        A new file may be read and written by its owner alone, where the system knows
        owners. Any number of processes may read it, also while one of them writes.

        Args:
            path: Where the file is.
            synthetic: Whether its ULNs are of the test range. None takes the file as
                it is, and makes a new one for real ULNs.
            read_only: Whether to refuse every change; the file must be there then.
            timeout: How many seconds to wait while another process writes.

        Returns:
            The register, to be closed or used in a `with` statement.

        Raises:
            NotARegister: The file is not ours, is damaged, or comes from a newer
                release.
            RegisterRefused: `not-synthetic` or `synthetic`: the file is of the other
                sort.
            RegisterUnavailable: It cannot be opened, made or locked.
        """
        text = os.path.abspath(path)  # noqa: PTH100  # the path may be any text
        self = cls.__new__(cls)
        self._attach(connect(text, read_only=read_only, timeout=timeout), text)
        try:
            keys = self._open(
                synthetic=bool(synthetic), keys=KEY_VERSION, read_only=read_only
            )
            self._start()
            if synthetic is not None:
                self._check_sort(synthetic=synthetic)
            if keys != KEY_VERSION:
                self._renew_keys(keys, read_only=read_only)
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._closed = True
            raise
        return self

    def _check_sort(self, *, synthetic: bool) -> None:
        """Refuse a file that is not of the sort that the caller asked for."""
        if synthetic != self._is_synthetic:
            word = "synthetic" if self._is_synthetic else "not synthetic"
            raise RegisterRefused(
                "synthetic" if self._is_synthetic else "not-synthetic",
                f"the register {self._name} is {word}, and a register stays what it "
                "was made as: use another file",
            )

    @translated
    def _renew_keys(self, version: int, *, read_only: bool) -> None:
        """Make the keys again that another release made, or the first version."""
        if version > KEY_VERSION:
            raise NotARegister(
                f"{self._name} was written by a newer release of ulnlib: update ulnlib"
            )
        if read_only:
            raise RegisterUnavailable(
                f"the register {self._name} was written by an older release; open it "
                "once for writing, so that its keys are made anew"
            )
        with self.transaction():
            if version == 0 and self._pragma("user_version") == 1:
                self._move_from_1()
            self._keys.clear()
            bulk = BulkKeys(self._connection)
            last = -1
            while page := self._records.after(last):
                for candidate in self._records.candidates(page):
                    bulk.add(int(candidate.uln), keys_of(_person(candidate)))
                last = page[-1].number
            bulk.write()
            self._connection.execute(
                "UPDATE meta SET value = ? WHERE name = 'keys'", (KEY_VERSION,)
            )

    @property
    def is_synthetic(self) -> bool:
        """Whether the register was made as synthetic: then no ULN in it is real."""
        return self._is_synthetic

    @translated
    def __len__(self) -> int:
        """Return the number of records, linked ones included, deleted ones not.

        It counts them one by one, which takes a moment in a great register.
        """
        row = self._connection.execute("SELECT count(*) FROM learner").fetchone()
        return int(row[0])

    def __bool__(self) -> bool:
        """Return True: an empty register is a register."""
        return True

    def __repr__(self) -> str:
        where = self._name if self._path is None else repr(self._name)
        kind = ", synthetic: no ULN in it is real" if self._is_synthetic else ""
        return f"Register({where}{kind}{', closed' if self._closed else ''})"

    # Loading and registering

    def add(self, learner: Learner, *, at: At | None = None) -> Uln:
        """Load a learner who has a ULN; any other field may be missing.

        Args:
            learner: The record. An empty text is kept as *not given*.
            at: When, kept as the day the record was made.

        Returns:
            The learner's ULN.

        Raises:
            InvalidUln: The record has no ULN, or a wrong one.
            RegisterRefused: `uln-present`, `uln-deleted`, `not-synthetic-uln` (a
                synthetic register takes only numbers of the test range) or
                `value-type` (a field is not Unicode text).
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: ours; loading is for a college's own extract of its learners' ULNs.
        """
        stamp = _stamp(at)
        with self.transaction():
            bulk = BulkKeys(self._connection)
            (number,) = self._load([learner], None, stamp, bulk)
            bulk.write()
        return _uln(number)

    def add_many(
        self, learners: Iterable[Learner], *, at: At | None = None
    ) -> Iterator[Uln]:
        """Load many learners who have ULNs, all of them or none.

        Everything is loaded when this returns, whether or not the result is used.
        Memory stays bounded, apart from eight bytes for each ULN: at most two gigabytes
        are used for the search keys, which are written in their own order, eight bytes
        for each of the fifteen of a learner.

        Args:
            learners: The records, in any order; a stream is read once.
            at: When, kept as the day the records were made.

        Returns:
            The ULNs, in the order of the records.

        Raises:
            InvalidUln: A record has no ULN, or a wrong one. The message says which
                record of the input, counted from 1.
            RegisterRefused: As for `add`, with the position.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: ours.
        """
        stamp = _stamp(at)
        numbers = array("Q")
        source = iter(learners)
        with self.transaction():
            bulk = BulkKeys(self._connection)
            while chunk := list(islice(source, _CHUNK)):
                numbers.extend(self._load(chunk, len(numbers), stamp, bulk))
            bulk.write()
        return map(_uln, numbers)

    @translated
    def _load(
        self,
        learners: Sequence[Learner],
        before: int | None,
        stamp: str | None,
        bulk: BulkKeys,
    ) -> list[int]:
        """Insert records inside a transaction.

        Args:
            learners: The records.
            before: How many records of the input came before, None for a lone one.
            stamp: When.
            bulk: Gathers the search keys.
        """
        rows: list[tuple[str | int | None, ...]] = []
        numbers: dict[int, None] = {}
        run = self._connection.execute
        any_deleted = run("SELECT EXISTS (SELECT 1 FROM deleted)").fetchone()[0]
        for place, learner in enumerate(learners):
            where = _place(before, place)
            number = _number(learner.uln, where)
            if self._is_synthetic and not is_test_number(number):
                raise RegisterRefused(
                    "not-synthetic-uln",
                    f"{where}this register is synthetic and takes only ULNs whose "
                    f"first nine digits are {TEST_RANGE[0]} to {TEST_RANGE[-1]}; load "
                    "real ULNs into a register that is not synthetic",
                )
            if number in numbers:
                raise _present(where)
            if any_deleted and self._records.is_deleted(number):
                raise RegisterRefused(
                    "uln-deleted",
                    f"{where}this ULN was deleted from the register, and a deleted "
                    "ULN is never used again",
                )
            numbers[number] = None
            rows.append((number, *_stored(learner, where), 1, stamp, None))
            bulk.add(number, keys_of(Person(learner)))
        order = list(numbers)
        rows.sort(key=itemgetter(0))
        taken = False
        try:
            with self.transaction():
                self._connection.executemany(_INSERT, rows)
        except sqlite3.IntegrityError:
            taken = True
        if taken:
            raise self._first_present(order, before)
        if self._is_synthetic and numbers:
            self._raise_highest(rows[-1][0])
        return order

    def _first_present(
        self, numbers: Sequence[int], before: int | None
    ) -> RegisterRefused:
        """Say which of the numbers, in the order of the input, is there already."""
        held = (
            place for place, number in enumerate(numbers) if self._records.find(number)
        )
        return _present(_place(before, next(held, 0)))

    def _raise_highest(self, number: object) -> None:
        self._connection.execute(
            "UPDATE meta SET value = max(value, ?) WHERE name = 'highest'", (number,)
        )

    @translated
    def register(self, learner: Learner, *, at: At | None = None) -> Uln:
        """Make a ULN of the test range for a learner who has none.

        It searches first: a learner whose five demographics are there already, also
        under a linked ULN, is refused.

        Args:
            learner: The record, with the mandatory fields and without a ULN.
            at: When, kept as the day the record was made.

        Returns:
            The new ULN, which is not real.

        Raises:
            RegisterRefused: `not-synthetic`: only the LRS issues ULNs. `uln-given`:
                the record has one. `WSRC0015`: mandatory fields are missing.
                `WSEC0001`: a value has a wrong format or code; ages depend on the day
                and are not asked here. `WSRC0021`: the five demographics are there
                already. `range-used-up`: the test range has come to its end.
                `value-type`: a field is not Unicode text.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: registerlearner.xsd, type LearnerToRegister (mandatory fields); a
        client's text of WSRC0021 (same five demographics), both observed. That a
        linked ULN's demographics count as well is assumed.
        """
        stamp = _stamp(at)
        if not self._is_synthetic:
            raise RegisterRefused(
                "not-synthetic",
                "only the LRS issues ULNs, and this register holds real ones: send "
                "the learner in a batch file or by the web service, and load the ULN "
                "that comes back with add(); for practice make a register with "
                "synthetic=True",
            )
        _raise(updates.refuse_registration(learner))
        values = _stored(learner, "")
        person = Person(learner)
        with self.transaction():
            # Keys are hashes: only the values themselves decide.
            numbers, _ = self._keys.find(exact_key(person.five), ())
            held = (record.learner for record in self._records.several(numbers))
            _raise(updates.refuse_duplicate(learner, held))
            number = self._next_number()
            self._connection.execute(_INSERT, (number, *values, 1, stamp, None))
            self._keys.add(number, keys_of(person))
            self._raise_highest(number)
        return _uln(number)

    def _next_number(self) -> int:
        """Return a number above all that were ever issued or loaded."""
        highest = self._meta("highest") // 10
        start = max(highest + 1, TEST_RANGE.start) - TEST_RANGE.start
        for uln in synthetic_ulns(start):
            return int(uln)
        raise RegisterRefused(
            "range-used-up",
            "the test range has come to its end: numbers go on after the highest that "
            "was ever loaded or issued; use a new register",
        )

    # Finding

    @translated
    def find(self, uln: Uln | str, given_name: str, family_name: str) -> Profile | None:
        """Find a learner by ULN, given that the names agree.

        Args:
            uln: The ULN.
            given_name: The given name; case and spaces do not matter.
            family_name: The family name, likewise.

        Returns:
            The profile, the master's for a linked ULN (`master_substituted` is then
            true); None when the ULN is not there or the names are others. For a
            linked ULN the names may be those of its own record or its master's.

        Raises:
            InvalidUln: The text is no ULN.

        Source: web-service notes, sections 3 and 6 (find by ULN with names, WSRC0022;
        observed). That a linked ULN's own names still count is assumed.
        """
        number = _number(uln)
        asked = (_text.fold_text(given_name), _text.fold_text(family_name))
        with self._snapshot():
            asked_for = self._records.find(number)
            if asked_for is None or not all(asked):
                return None
            master = self._records.master(asked_for)
            if asked not in {_names(asked_for), _names(master)}:
                return None
            return self._records.profile(asked_for)

    @translated
    def profile(self, uln: Uln | str) -> Profile | None:
        """Return the profile of a ULN, without asking for names.

        Args:
            uln: The ULN.

        Returns:
            The profile, the master's for a linked ULN; None when it is not there.

        Raises:
            InvalidUln: The text is no ULN.

        Source: LRS portal guide, section 4.2.3 (published).
        """
        number = _number(uln)
        with self._snapshot():
            record = self._records.find(number)
            return None if record is None else self._records.profile(record)

    @translated
    def search(
        self, query: Query | Learner, policy: Policy | None = None
    ) -> SearchResult:
        """Search for a learner, with the tolerances of the guide's Appendix B.

        A linked record stands for its master. Former family names and postcodes are
        searched too. One search takes a bounded time, however frequent the
        demographics are: see `ulnlib.matching.PER_KEY_LIMIT`.

        Args:
            query: What is known.
            policy: Which tolerances are on, and what agreement weighs; all and the
                default weights when it is not given.

        Returns:
            The answer; `insufficient` when there is nothing to search by.

        Raises:
            RegisterUnavailable: The file is locked or cannot be read.

        Source: web-service notes, section 6, point 2 (outcomes, observed); LRS portal
        guide, Appendix B (tolerances, published).
        """
        with self._snapshot():
            return search(query, Searched(self._records, self._keys), policy)

    @translated
    def candidates(self, exact: int | None, keys: Sequence[int], /) -> Candidates:
        """Return the records that have one of the keys; see `CandidateSource`.

        Args:
            exact: The key of equal demographics.
            keys: Blocking keys.

        Returns:
            The records by ULN, with the former names and postcodes that were changed
            here; of a key with more than `PER_KEY_LIMIT` records the first so many.

        Raises:
            RegisterUnavailable: The file is locked or cannot be read.
        """
        with self._snapshot():
            return Searched(self._records, self._keys).candidates(exact, keys)

    @translated
    def lookup(self, uln: Uln | str, /) -> list[Candidate]:
        """Return the record of a ULN and, for a linked one, its master's after it.

        Args:
            uln: The ULN.

        Returns:
            The records with the former names and postcodes that were changed here;
            none when the ULN is not there.

        Raises:
            InvalidUln: The text is no ULN.
            RegisterUnavailable: The file is locked or cannot be read.
        """
        number = _number(uln)
        with self._snapshot():
            record = self._records.find(number)
            if record is None:
                return []
            master = self._records.master(record)
            both = [record] if master is record else [record, master]
            return self._records.candidates(both)

    @translated
    def profiles(self, ulns: Sequence[Uln | str], /) -> list[Profile]:
        """Return the profiles of ULNs, in the same order.

        Args:
            ulns: The ULNs of records that are there.

        Returns:
            One for each, the master's for a linked one.

        Raises:
            InvalidUln: A text is no ULN.
            RegisterRefused: `WSRC0019`: a ULN is not there.
            RegisterUnavailable: The file is locked or cannot be read.
        """
        with self._snapshot():
            numbers = [_number(uln) for uln in ulns]
            return Searched(self._records, self._keys).profiles_of(numbers)

    def learners(self) -> Iterator[Profile]:
        """Yield every record in the order of the ULNs.

        A linked record comes as it was loaded, with the status `linked`. The file is
        read piece by piece: what is written meanwhile may or may not be seen.

        Yields:
            One profile after another.

        Raises:
            RegisterUnavailable: The file is locked or cannot be read.
        """
        last = -1
        while page := self._page(last):
            yield from page
            last = int(page[-1].uln)

    @translated
    def _page(self, after: int) -> list[Profile]:
        with self._snapshot():
            return self._records.profiles(self._records.after(after))

    @translated
    def former_values(self, uln: Uln | str) -> tuple[FormerValue, ...]:
        """Return the former family names and postcodes of a record, oldest first.

        Args:
            uln: The ULN; a linked ULN has those of its own record.

        Returns:
            The values that `update` replaced, with the time that it was given.

        Raises:
            InvalidUln: The text is no ULN.
        """
        rows = self._connection.execute(
            "SELECT field, value, until FROM former_value WHERE uln = ? ORDER BY rowid",
            (_number(uln),),
        )
        return tuple(FormerValue(field=f, value=v, until=u) for f, v, u in rows)

    @translated
    def link(self, uln: Uln | str) -> Uln | None:
        """Return the ULN that a ULN was merged into, None when it was not.

        That ULN may itself be linked; `profile` gives the master of all.

        Args:
            uln: The ULN.

        Raises:
            InvalidUln: The text is no ULN.
            RegisterRefused: `WSRC0019`: the ULN is not there.

        Source: ours.
        """
        number = _number(uln)
        with self._snapshot():
            self._records.held(number)
            (into,) = self._connection.execute(
                "SELECT linked_to FROM learner WHERE uln = ?", (number,)
            ).fetchone()
        return None if into is None else _uln(into)

    # Changing

    @translated
    def update(
        self, learner: Learner, *, version: int | None = None, at: At | None = None
    ) -> Profile:
        """Change a record; None leaves a field as it is, the empty text clears it.

        An update of a linked ULN goes to its master. A family name or postcode that is
        replaced is kept with `at`, see `former_values`.

        Args:
            learner: The ULN and what changes.
            version: The version that the caller has seen; None changes any.
            at: When, kept as the time of the last change.

        Returns:
            The profile after the change.

        Raises:
            InvalidUln: The record has no ULN, or a wrong one.
            RegisterRefused: `WSRC0019`: the ULN is not there. `WSRC0013`: the record
                has changed since that version. `mandatory-missing`: a mandatory field
                would be cleared. `WSRC0014`: ability to share may not change so.
                `WSRC0020`: nothing would change. `value-type`: a field is not Unicode
                text.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: web-service response codes WSRC0013, 0014, 0019 and 0020 (observed).
        That the change goes to the master, and that the mandatory fields of a new ULN
        cannot be cleared, is assumed.
        """
        stamp = _stamp(at)
        number = _number(learner.uln)
        _check_texts(learner)
        with self.transaction():
            asked_for = self._records.held(number)
            held = self._records.master(asked_for)
            _raise(
                updates.refuse_update(
                    held.learner,
                    learner,
                    seen=version,
                    version=held.version,
                    # What the caller has seen holds with the linked records' values.
                    shares=[self._records.profile(held).learner.ability_to_share],
                )
            )
            changed = updates.updated(held.learner, learner)
            run = self._connection.execute
            before = self._keys_held(held)
            for name in _KEPT_WHEN_CHANGED:
                value = getattr(held.learner, name)
                if value and not _is_same(name, value, getattr(changed, name) or ""):
                    run(
                        "INSERT INTO former_value VALUES (?, ?, ?, ?)",
                        (held.number, name, value, stamp),
                    )
            run(_UPDATE, (*changed.values()[1:], stamp, held.number))
            after = self._keys_held(self._records.held(held.number))
            self._keys.remove(held.number, before - after)
            self._keys.add(held.number, after - before)
            return self._records.profile(self._records.held(number))

    def _keys_held(self, record: Record) -> set[int]:
        """Return the keys of a record with the values that it had before."""
        (candidate,) = self._records.candidates([record])
        return keys_of(_person(candidate))

    @translated
    def merge(
        self, linked: Uln | str, *, into: Uln | str, at: At | None = None
    ) -> Profile:
        """Merge one ULN into another, which becomes its master.

        The linked record's data stay as they are; searches that find it give the
        master. ULNs that were linked to it get the new master. When `into` is itself
        linked, its master becomes the master.

        Args:
            linked: The ULN that is given up.
            into: The ULN that is kept.
            at: When, kept as the time of the last change of both.

        Returns:
            The master's profile; its ability to share is the most restrictive of all.

        Raises:
            InvalidUln: A text is no ULN.
            RegisterRefused: `WSRC0019`: a ULN is not there. `cycle`: a ULN would
                become its own master. `already-linked`: unmerge it first.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: web-service notes, section 3 (master substituted, observed); what a
        merge does to the share value is assumed.
        """
        stamp = _stamp(at)
        number, target = _number(linked), _number(into)
        with self.transaction():
            given_up, kept = self._records.held(number), self._records.held(target)
            master = self._records.master(kept)
            if number in {target, master.number}:
                raise RegisterRefused(
                    "cycle",
                    "a ULN cannot be merged into itself or one of its own links",
                )
            if given_up.master is not None:
                raise RegisterRefused(
                    "already-linked", "the ULN is linked to a master: unmerge it first"
                )
            run = self._connection.execute
            run(
                "UPDATE learner SET master = ? WHERE master = ?",
                (master.number, number),
            )
            run(
                "UPDATE learner SET master = ?, linked_to = ?, linked_at = ? "
                "WHERE uln = ?",
                (master.number, target, stamp, number),
            )
            run(_TOUCH, (stamp, number))
            run(_TOUCH, (stamp, master.number))
            return self._records.profile(self._records.held(master.number))

    @translated
    def unmerge(self, uln: Uln | str, *, at: At | None = None) -> Profile:
        """Take a merge back: the ULN stands for itself again, with its own data.

        ULNs that had been merged into it go with it.

        Args:
            uln: The linked ULN.
            at: When, kept as the time of the last change of both.

        Returns:
            The profile of the ULN.

        Raises:
            InvalidUln: The text is no ULN.
            RegisterRefused: `WSRC0019`: the ULN is not there. `not-linked`: there is
                nothing to take back.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: assumed; no document says how the service takes a merge back.
        """
        stamp = _stamp(at)
        number = _number(uln)
        with self.transaction():
            master = self._records.held(number).master
            if master is None:
                raise RegisterRefused("not-linked", "the ULN is not linked to a master")
            run = self._connection.execute
            run(
                "WITH RECURSIVE below(uln) AS (VALUES (?1) UNION SELECT learner.uln "
                "FROM learner JOIN below ON learner.linked_to = below.uln) "
                "UPDATE learner SET master = ?1 WHERE uln IN below",
                (number,),
            )
            run(
                "UPDATE learner SET master = NULL, linked_to = NULL, linked_at = NULL "
                "WHERE uln = ?",
                (number,),
            )
            run(_TOUCH, (stamp, number))
            run(_TOUCH, (stamp, master))
            return self._records.profile(self._records.held(number))

    @translated
    def delete(self, uln: Uln | str, *, at: At | None = None) -> None:
        """Delete a record for good; its ULN is never used again.

        Args:
            uln: The ULN. ULNs that were merged into a linked one stay with its master.
            at: When, kept with the number.

        Raises:
            InvalidUln: The text is no ULN.
            RegisterRefused: `WSRC0019`: the ULN is not there. `has-links`: unmerge its
                linked ULNs first.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: ours.
        """
        stamp = _stamp(at)
        number = _number(uln)
        with self.transaction():
            held = self._records.held(number)
            run = self._connection.execute
            (links,) = run(
                "SELECT count(*) FROM learner WHERE master = ?", (number,)
            ).fetchone()
            if links:
                raise RegisterRefused(
                    "has-links",
                    f"the ULN is the master of others ({links}): unmerge them first",
                )
            if held.master is not None:
                run(
                    "UPDATE learner SET linked_to = ? WHERE linked_to = ?",
                    (held.master, number),
                )
                run(_TOUCH, (stamp, held.master))
            self._keys.remove(number, self._keys_held(held))
            run("DELETE FROM former_value WHERE uln = ?", (number,))
            run("DELETE FROM learner WHERE uln = ?", (number,))
            run("INSERT INTO deleted VALUES (?, ?)", (number, stamp))

    @translated
    def is_deleted(self, uln: Uln | str) -> bool:
        """Say whether a ULN was deleted from the register.

        Args:
            uln: The ULN.

        Raises:
            InvalidUln: The text is no ULN.
        """
        return self._records.is_deleted(_number(uln))

    # Runs

    @translated
    def stored_run(self, key: bytes) -> str | None:
        """Return the result that was stored for a run, or None.

        Args:
            key: What the run is known by, such as a digest of its input.
        """
        row = self._connection.execute(
            "SELECT result FROM run WHERE key = ?", (bytes(key),)
        ).fetchone()
        return None if row is None else str(row[0])

    @translated
    def store_run(self, key: bytes, result: str, *, at: At | None = None) -> None:
        """Store the result of a run; inside a transaction, together with its changes.

        Args:
            key: What the run is known by, such as a digest of its input.
            result: The result. It may hold personal data; deleting a learner does not
                touch it.
            at: When.

        Raises:
            RegisterRefused: `run-stored`: there is a result for that key.
                `value-type`: the result is not Unicode text.
            RegisterUnavailable: The file is locked, read-only, or the disk is full.
        """
        stamp = _stamp(at)
        _check_text(result, "the result")
        with self.transaction():
            if self.stored_run(key) is not None:
                raise RegisterRefused("run-stored", "this run has a stored result")
            self._connection.execute(
                "INSERT INTO run VALUES (?, ?, ?)", (bytes(key), result, stamp)
            )


def _person(candidate: Candidate) -> Person:
    """Return a record as it is compared, with the values that it had before."""
    return Person(
        candidate.learner, families=candidate.families, postcodes=candidate.postcodes
    )


def _is_same(name: str, value: str, other: str) -> bool:
    """Say whether two values of a field differ in case and spaces at most."""
    fold = _text.fold_postcode if name == "postcode" else _text.fold_text
    return fold(value) == fold(other)


def _raise(refusal: Refusal | None) -> None:
    """Raise what a rule refuses."""
    if refusal is not None:
        raise RegisterRefused(refusal.code, refusal.message)


def _uln(number: int) -> Uln:
    return Uln.parse(str(number))


def _number(uln: Uln | str | None, where: str = "") -> int:
    """Return a ULN as a whole number, refusing what is none without showing it."""
    if isinstance(uln, Uln):
        return int(uln)
    try:
        return int(Uln.parse(uln or ""))
    except InvalidUln as error:
        refusal = InvalidUln(error.reason, where + error.message)
    raise refusal


def _place(before: int | None, place: int) -> str:
    """Say which record of an input it is; nothing for a lone one."""
    return "" if before is None else f"learner {before + place + 1}: "


def _present(where: str) -> RegisterRefused:
    return RegisterRefused(
        "uln-present",
        f"{where}this ULN is in the register already, or twice in the input; change a "
        "record with update()",
    )


def _stamp(at: At | None) -> str | None:
    if at is None:
        return None
    if isinstance(at, str):
        _check_text(at, "at")
    return stamp(at)


def _is_text(value: object) -> bool:
    """Say whether SQLite can keep a value as text."""
    if not isinstance(value, str):
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:  # it holds the text: it must not get out
        return False
    return True


def _check_text(value: object, name: str) -> None:
    if not _is_text(value):
        raise RegisterRefused("value-type", f"{name} is not Unicode text")


def _check_texts(learner: Learner) -> None:
    """Refuse a learner whose values are not all text or None."""
    for name, value in zip(NAMES, learner.values(), strict=True):
        if value is not None:
            _check_text(value, name)


def _stored(learner: Learner, where: str) -> tuple[str | None, ...]:
    """Return what is kept of a learner beside the ULN; an empty text is nothing."""
    values = learner.values()[1:]
    for place, value in enumerate(values):
        # Nearly every value is plain text of ASCII letters.
        if value is None or (type(value) is str and value.isascii()):
            continue
        _check_text(value, where + NAMES[place + 1])
    return tuple([value or None for value in values])


def _names(record: Record) -> tuple[str, str]:
    learner = record.learner
    return (
        _text.fold_text(learner.given_name or ""),
        _text.fold_text(learner.family_name or ""),
    )

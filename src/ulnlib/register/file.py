"""The register's SQLite file: opening, transactions, and errors that name no person."""

from __future__ import annotations

__all__ = ["RegisterFile", "translated"]

import os
import sqlite3
from _thread import get_ident
from contextlib import contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar, cast

from ulnlib.errors import (
    NotARegister,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from ulnlib.register.schema import (
    APPLICATION_ID,
    FROM_1,
    OBJECTS,
    OBJECTS_OF_1,
    SCHEMA,
    SYNTHETIC_NOTICE,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound="RegisterFile")

_GIVEN_UP = (
    "an earlier error ended the transaction, and nothing of it was kept; leave the "
    "transaction and begin again"
)

_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "another process is writing to it; try again, or open it with "
    "a longer timeout",
    sqlite3.SQLITE_LOCKED: "it is locked by another connection; try again",
    sqlite3.SQLITE_READONLY: "it is read-only; open it with read_only=True, or allow "
    "writing to the file and its folder",
    sqlite3.SQLITE_FULL: "the disk is full; nothing of the transaction was kept",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; see that the file exists and that "
    "the file and its folder may be read and written",
    sqlite3.SQLITE_PERM: "the system does not permit it",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_IOERR: "the disk or the network drive reported an error",
}
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore it from a copy",
    sqlite3.SQLITE_NOTADB: "it is not a SQLite file; see that the path is right",
    sqlite3.SQLITE_ERROR: "its tables are not those of a register; restore it from "
    "a copy",
}


def _translate(error: Exception, name: str) -> RegisterError:
    """Return what an error of SQLite means, without what the error may quote."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return RegisterRefused(
            "value-type", "a value is not text, or has a length that no file can hold"
        )
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_TOOBIG:
        return RegisterRefused("value-type", "a text is too long for a register")
    if primary in _UNAVAILABLE:
        return RegisterUnavailable(f"the register {name}: {_UNAVAILABLE[primary]}")
    if primary in _DAMAGED:
        return NotARegister(f"{name} is no register: {_DAMAGED[primary]}")
    # Only the name of SQLite's code: the text of some errors quotes a value.
    what = getattr(error, "sqlite_errorname", "an unknown error")
    return RegisterUnavailable(f"the register {name}: SQLite reports {what}")


def translated(
    method: Callable[Concatenate[F, P], R],
) -> Callable[Concatenate[F, P], R]:
    """Make a method of a register check its caller and raise only errors of ours."""

    @wraps(method)
    def call(self: F, *args: P.args, **kwargs: P.kwargs) -> R:
        self._guard()
        try:
            return method(self, *args, **kwargs)
        except (sqlite3.Error, OverflowError) as error:
            failure = _translate(error, self._name)
        # Outside the handler: the new error does not drag the old one along.
        raise failure

    return cast("Callable[Concatenate[F, P], R]", call)


class RegisterFile:
    """A connection to a register file, with transactions that nest.

    It belongs to the thread and the process that opened it.
    """

    _connection: sqlite3.Connection
    _name: str
    _path: str | None
    _is_synthetic: bool

    def _attach(self, connection: sqlite3.Connection, path: str | None) -> None:
        """Take over a connection to a file, or to a database in memory."""
        self._connection = connection
        self._path = path
        self._name = "in memory" if path is None else os.path.basename(path)  # noqa: PTH119
        self._is_synthetic = False
        self._depth = 0
        self._closed = False
        self._thread = get_ident()
        self._process = os.getpid()

    def _guard(self) -> None:
        """Refuse a caller whom the connection does not belong to."""
        if self._closed:
            raise RegisterRefused("closed", "the register was closed")
        if self._process != os.getpid():
            raise RegisterRefused(
                "other-process",
                "a register does not survive a fork; open the file again in the new "
                "process",
            )
        if self._thread != get_ident():
            raise RegisterRefused(
                "other-thread",
                "a register belongs to the thread that opened it; open the file once "
                "in every thread",
            )

    # Opening

    def _set_up(self) -> None:
        """Set what SQLite does not keep in the file."""
        run = self._connection.execute
        run("PRAGMA secure_delete = ON")  # overwrites what is deleted
        run("PRAGMA temp_store = MEMORY")  # no personal data in files beside ours
        run("PRAGMA trusted_schema = OFF")
        run("PRAGMA cell_size_check = ON")
        run("PRAGMA synchronous = FULL")  # a commit is on the disk when it returns
        run("PRAGMA cache_size = -131072")  # at most 128 MiB

    def _create(self, *, synthetic: bool, keys: int) -> None:
        """Make the tables, all in one transaction, where there are none yet."""
        self._begin()
        try:
            if self._pragma("application_id") == 0 and not self._objects():
                run = self._connection.execute
                run(f"PRAGMA application_id = {APPLICATION_ID}")
                run(f"PRAGMA user_version = {VERSION}")
                for statement in SCHEMA:
                    run(statement)
                facts: list[tuple[str, int | str]] = [
                    ("keys", keys),
                    ("synthetic", int(synthetic)),
                ]
                if synthetic:
                    facts += [("highest", 0), ("notice", SYNTHETIC_NOTICE)]
                self._connection.executemany("INSERT INTO meta VALUES (?, ?)", facts)
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    def _check(self) -> None:
        """Refuse a file that is not a register that this release knows."""
        found = self._pragma("application_id")
        if found != APPLICATION_ID:
            raise NotARegister(
                f"{self._name} is no register: it is a database of another program; "
                "see that the path is right"
            )
        version = self._pragma("user_version")
        if version > VERSION:
            raise NotARegister(
                f"{self._name} was written by a newer release of ulnlib (schema "
                f"{version}; this release knows {VERSION}): update ulnlib"
            )
        objects = self._objects()
        strange = {kind for kind, _ in objects} - {"table", "index"}
        needed = {1: OBJECTS_OF_1, 2: OBJECTS}.get(version)
        if needed is None or not objects >= needed or strange:
            raise NotARegister(
                f"{self._name} is no register: {_DAMAGED[sqlite3.SQLITE_ERROR]}"
            )

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def _objects(self) -> set[tuple[str, str]]:
        rows = self._connection.execute("SELECT type, name FROM sqlite_master")
        return set(rows.fetchall())

    def _meta(self, name: str) -> int:
        row = self._connection.execute(
            "SELECT value FROM meta WHERE name = ?", (name,)
        ).fetchone()
        if row is None or not isinstance(row[0], int):
            raise NotARegister(
                f"{self._name} is no register: it does not say its {name!r}; restore "
                "it from a copy"
            )
        return row[0]

    @translated
    def _open(self, *, synthetic: bool, keys: int, read_only: bool) -> int:
        """Check a file, or make the tables in an empty one.

        Returns:
            The version of its keys; 0 when it has none yet.
        """
        self._set_up()
        if self._path is None:
            self._create(synthetic=synthetic, keys=keys)
        elif _is_cut(self._path, self._pragma("page_count"), self._pragma("page_size")):
            raise NotARegister(
                f"{self._name} is no register: {_DAMAGED[sqlite3.SQLITE_CORRUPT]}"
            )
        elif self._pragma("page_count") == 0:
            if read_only:
                raise NotARegister(f"{self._name} is no register: it is empty")
            self._create(synthetic=synthetic, keys=keys)
        self._check()
        if not read_only and self._path is not None:
            self._prefer_wal()
        self._is_synthetic = bool(self._meta("synthetic"))
        return 0 if self._pragma("user_version") == 1 else self._meta("keys")

    def _move_from_1(self) -> None:
        """Give a file of the first version the tables of today, without keys."""
        run = self._connection.execute
        table = run("SELECT * FROM learner LIMIT 0").description
        columns = [name for name, *_ in table if name != "exact_key"]
        for statement in FROM_1:
            run(statement.format(columns=", ".join(columns)))

    def _prefer_wal(self) -> None:
        """Let readers read while somebody writes, where the file system can."""
        run = self._connection.execute
        if run("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            run("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                raise
            # Anything else: the rollback journal stays, and is as safe.

    # Transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen together or not at all.

        Writing calls inside join it; so does a transaction inside another. An error
        that leaves the outermost one undoes everything. An error that is caught
        inside undoes only the call or the inner transaction that it came from. Other
        processes cannot write meanwhile, but they can read.

        Yields:
            Nothing; the register itself is used inside.

        Raises:
            RegisterUnavailable: The file is locked, read-only, or the disk is full.

        Source: ours.
        """
        self._begin()
        try:
            yield
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    @translated
    def _begin(self) -> None:
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        elif self._connection.in_transaction:
            self._connection.execute(f"SAVEPOINT level_{self._depth}")
        else:
            raise RegisterUnavailable(_GIVEN_UP)
        self._depth += 1

    def _roll_back(self) -> None:
        """Undo the innermost transaction; never hides the error that led to it."""
        self._depth -= 1
        with suppress(sqlite3.Error):
            # SQLite has ended it already after some errors, such as a full disk.
            if self._connection.in_transaction:
                if self._depth == 0:
                    self._connection.execute("ROLLBACK")
                else:
                    self._connection.execute(f"ROLLBACK TO level_{self._depth}")
                    self._connection.execute(f"RELEASE level_{self._depth}")

    @translated
    def _commit(self) -> None:
        if not self._connection.in_transaction:
            self._depth -= 1
            raise RegisterUnavailable(_GIVEN_UP)
        try:
            if self._depth == 1:
                self._connection.execute("COMMIT")
            else:
                self._connection.execute(f"RELEASE level_{self._depth - 1}")
        except BaseException:
            self._roll_back()
            raise
        self._depth -= 1

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        """Let several statements see the same state of the file."""
        connection = self._connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    # Closing

    def close(self) -> None:
        """Close the register; a second time does nothing.

        Raises:
            RegisterRefused: From another thread or process than the one that opened
                it.
        """
        if not self._closed:
            self._shut()

    @translated
    def _shut(self) -> None:
        self._connection.close()
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        # A register in memory goes without being closed; a file should be closed.
        if getattr(self, "_path", "") is None:
            with suppress(sqlite3.Error):
                self._connection.close()


def uri(path: str, options: str) -> str:
    """Return a path as SQLite's URI, on every system.

    Args:
        path: An absolute path of this system.
        options: SQLite's options, such as `mode=rw`.
    """
    text = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    text = text.replace("\\", "/") if os.sep == "\\" else text
    text = text if text.startswith("/") else "/" + text  # a drive letter
    return f"file://{text}?{options}"


def connect(path: str, *, read_only: bool, timeout: float) -> sqlite3.Connection:
    """Return a connection to a file, which is made private when it is not there.

    Args:
        path: The absolute path.
        read_only: Whether nothing may be written, not even beside the file.
        timeout: How many seconds to wait for a lock.

    Raises:
        RegisterUnavailable: It cannot be opened or made.
        NotARegister: It is not a SQLite file.
    """
    name = os.path.basename(path)  # noqa: PTH119
    if "\0" in path or not (read_only or _make_private(path)):
        raise RegisterUnavailable(
            f"the register {name}: {_UNAVAILABLE[sqlite3.SQLITE_CANTOPEN]}"
        )
    if not read_only:
        return _first_look(uri(path, "mode=rw"), name, timeout)
    try:
        return _first_look(uri(path, "mode=ro"), name, timeout)
    except RegisterUnavailable:
        # What cannot be changed, such as a disc, has no place for a WAL's index.
        if not _has_no_log(path):
            raise
    return _first_look(uri(path, "mode=ro&immutable=1"), name, timeout)


def _is_cut(path: str, pages: int, page_size: int) -> bool:
    """Say whether a file ends within a page, which SQLite itself lets pass.

    The file must not be opened for this: closing it would end SQLite's locks.
    """
    size = os.stat(path).st_size  # noqa: PTH116
    if pages == 0:
        return size > 0
    if size % page_size == 0:
        return False
    # What is written just now, or was when a process ended, is made whole by these.
    return not any(
        os.path.exists(path + end) and os.path.getsize(path + end)  # noqa: PTH110, PTH202
        for end in ("-wal", "-journal")
    )


def _make_private(path: str) -> bool:
    """Make an empty file that only its owner may read, unless there is one."""
    try:
        # Before SQLite opens it, so that it is private from its first byte.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return True
    except OSError:
        return False
    return True


def _first_look(database: str, name: str, timeout: float) -> sqlite3.Connection:
    """Open a database and read its header; SQLite looks at the file only then."""
    connection = None
    try:
        connection = _connect(database, timeout)
        connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error as error:
        failure = _translate(error, name)
    else:
        return connection
    if connection is not None:
        connection.close()
    raise failure


def _has_no_log(path: str) -> bool:
    return os.path.isfile(path) and not os.path.exists(path + "-wal")  # noqa: PTH110, PTH113


def _connect(database: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(
        database, timeout=timeout, isolation_level=None, uri=database != ":memory:"
    )


def connect_memory() -> sqlite3.Connection:
    """Return a connection to a database in memory."""
    return _connect(":memory:", 0)

"""The register: every promise of its documentation, and every refusal."""

# ruff: noqa: PT012, S608  # transactions are blocks; table names come from the schema

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import traceback
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from ulnlib import Learner, Query, Register, Uln
from ulnlib.errors import (
    InvalidUln,
    NotARegister,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from ulnlib.matching import (
    PER_KEY_LIMIT,
    Outcome,
    Policy,
    Tolerance,
    blocking_keys,
    exact_key,
    five_of,
)
from ulnlib.matching.keys import query_keys
from ulnlib.matching.person import Person
from ulnlib.register import TEST_RANGE, file, schema, synthetic_ulns

GOLDEN = Path(__file__).parents[1] / "golden"
NARROW = Policy(narrow=True)
REAL = ("1000000043", "1000000051", "1000000078")
TESTS = tuple(str(uln) for uln in islice(synthetic_ulns(), 40))


def ada(**changes):
    """Return a learner who has all that a new ULN needs."""
    fields = {
        "given_name": "Ada",
        "family_name": "Example",
        "date_of_birth": "2007-05-04",
        "gender": "2",
        "postcode": "ZZ99 3WZ",
        "ability_to_share": "1",
        "verification_type": "1",
    }
    return Learner(**(fields | changes))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "learners.db"


@pytest.fixture
def register():
    return Register(synthetic=True)


def refused(code, call, *args, **kwargs):
    """Return the message with which a call is refused, once its code is checked."""
    with pytest.raises(RegisterRefused) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    assert "Ada" not in str(caught.value)
    return str(caught.value)


class TestOpening:
    def test_a_file_keeps_what_was_written(self, path):
        with Register.open(path) as register:
            assert register.add(ada(uln=REAL[0]), at="2026-01-02") == Uln(REAL[0])
        with Register.open(path) as register:
            profile = register.profile(REAL[0])
        assert profile.learner == ada(uln=REAL[0])
        assert (profile.created, profile.version) == ("2026-01-02", 1)
        assert not profile.is_synthetic

    @pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
    def test_a_new_file_is_private_and_so_are_the_files_beside_it(self, path):
        before = os.umask(0)
        try:
            with Register.open(path) as register:
                register.add(ada(uln=REAL[0]))
                beside = list(path.parent.iterdir())
                assert len(beside) > 1
                for each in beside:
                    assert stat.S_IMODE(each.stat().st_mode) == 0o600
        finally:
            os.umask(before)

    def test_the_header_says_whose_file_it_is(self, path):
        Register.open(path).close()
        with closing(sqlite3.connect(path)) as plain:
            (application,) = plain.execute("PRAGMA application_id").fetchone()
            (version,) = plain.execute("PRAGMA user_version").fetchone()
            (journal,) = plain.execute("PRAGMA journal_mode").fetchone()
        assert (application, version, journal) == (0x554C4E52, 2, "wal")

    def test_what_is_deleted_is_overwritten(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0], notes="marked text " * 50))
        assert b"marked text" in path.read_bytes()
        with Register.open(path) as register:
            register.delete(REAL[0])
        assert b"marked text" not in path.read_bytes()

    @pytest.mark.parametrize(
        "name", ["a b.db", "100%.db", "what?.db", "a#b.db", "é.db"]
    )
    @pytest.mark.skipif(sys.platform == "win32", reason="not all are names there")
    def test_any_file_name_will_do(self, tmp_path, name):
        for read_only in (False, True):
            with Register.open(str(tmp_path / name), read_only=read_only) as register:
                assert repr(register) == f"Register({name!r})"
        assert (tmp_path / name).exists()

    def test_another_programs_database_is_refused_and_left_as_it_was(self, path):
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("CREATE TABLE accounts (number)")
        before = path.read_bytes()
        with pytest.raises(NotARegister, match="another program"):
            Register.open(path)
        assert path.read_bytes() == before

    def test_a_text_file_is_refused_and_left_as_it_was(self, path):
        path.write_text("uln,name\n" * 200)
        for read_only in (False, True):
            with pytest.raises(NotARegister, match=r"learners\.db is no register"):
                Register.open(path, read_only=read_only)
        assert path.read_text() == "uln,name\n" * 200

    def test_a_file_of_a_newer_release_asks_for_an_update(self, path):
        Register.open(path).close()
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("PRAGMA user_version = 3")
        with pytest.raises(NotARegister, match="update ulnlib"):
            Register.open(path)

    @pytest.mark.parametrize(
        "damage",
        [
            "PRAGMA user_version = 0",
            "PRAGMA user_version = 1",
            "DROP TABLE search_key",
            "CREATE VIEW learners AS SELECT * FROM learner",
            "CREATE TRIGGER t AFTER INSERT ON learner BEGIN DELETE FROM run; END",
            "DELETE FROM meta WHERE name = 'synthetic'",
            "UPDATE meta SET value = 'yes' WHERE name = 'keys'",
            "ALTER TABLE learner DROP COLUMN notes",
        ],
    )
    def test_other_tables_than_ours_are_refused(self, path, damage):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.execute(damage)
        with (
            pytest.raises(NotARegister, match="is no register"),
            Register.open(path) as register,
        ):
            register.profile(REAL[0])

    def test_a_truncated_file_is_damaged(self, path):
        with Register.open(path) as register:
            list(register.add_many(ada(uln=uln) for uln in TESTS))
        whole = path.read_bytes()
        for length in (1, 99, 100, 4096, len(whole) - 4096, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(NotARegister, match="damaged"):
                Register.open(path)
            assert path.read_bytes() == whole[:length]

    def test_a_file_that_is_being_written_is_not_taken_for_damaged(self, path):
        path.write_bytes(b"x" * 4097)
        assert file._is_cut(str(path), 2, 4096)
        path.with_name("learners.db-journal").write_bytes(b"journal")
        assert not file._is_cut(str(path), 2, 4096)

    def test_damage_inside_is_reported_when_it_is_read(self, path):
        with Register.open(path) as register:
            list(register.add_many(ada(uln=uln, notes="n" * 2000) for uln in TESTS))
        data = bytearray(path.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        path.write_bytes(data)
        with pytest.raises(NotARegister, match="damaged"), Register.open(path) as again:
            again.profile(TESTS[0])

    def test_text_that_is_no_text_never_gets_into_an_error(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.execute("UPDATE learner SET notes = CAST(x'736563726574ff' AS TEXT)")
        with Register.open(path) as register, pytest.raises(RegisterError) as caught:
            register.profile(REAL[0])
        assert "secret" not in "".join(traceback.format_exception(caught.value))

    def test_an_empty_file_becomes_a_register_but_not_for_reading(self, path):
        path.touch()
        with pytest.raises(NotARegister, match="empty"):
            Register.open(path, read_only=True)
        Register.open(path, synthetic=True).close()
        with Register.open(path) as register:
            assert register.is_synthetic

    def test_a_file_that_is_not_there_is_not_made_for_reading(self, path):
        with pytest.raises(RegisterUnavailable, match="exists"):
            Register.open(path, read_only=True)
        assert not path.exists()

    def test_a_folder_that_is_not_there_is_reported(self, tmp_path):
        with pytest.raises(RegisterUnavailable) as caught:
            Register.open(tmp_path / "no" / "learners.db")
        assert caught.value.__context__ is None
        with pytest.raises(RegisterUnavailable):
            Register.open(tmp_path)
        with pytest.raises(RegisterUnavailable):
            Register.open("nul\0l.db")
        with pytest.raises(RegisterUnavailable):
            Register.open("nul\0l.db", read_only=True)

    def test_a_file_opened_for_reading_refuses_to_write(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
        with Register.open(path, read_only=True) as register:
            assert register.profile(REAL[0]).learner == ada(uln=REAL[0])
            with pytest.raises(RegisterUnavailable, match="read-only"):
                register.delete(REAL[0])
            assert register.search(ada()).outcome is Outcome.EXACT

    def test_a_read_only_file_is_opened_for_reading_only(self, path, monkeypatch):
        Register.open(path).close()
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("PRAGMA journal_mode = DELETE")
        connect = file._connect

        def read_only(database, timeout):
            return connect(database.replace("mode=rw", "mode=ro"), timeout)

        monkeypatch.setattr(file, "_connect", read_only)
        with pytest.raises(RegisterUnavailable, match="read-only"):
            Register.open(path)

    def test_what_cannot_be_changed_at_all_is_still_read(self, path, monkeypatch):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
        connect = file._connect

        def as_on_a_disc(database, timeout):
            if "immutable" not in database:
                database = database.replace("learners.db", "nowhere.db")
            return connect(database, timeout)

        monkeypatch.setattr(file, "_connect", as_on_a_disc)
        with Register.open(path, read_only=True) as register:
            assert len(register) == 1
        path.with_name("learners.db-wal").write_bytes(b"")
        with pytest.raises(RegisterUnavailable):
            Register.open(path, read_only=True)

    def test_the_rollback_journal_stays_where_wal_cannot_work(self, path, monkeypatch):
        monkeypatch.setattr(file.RegisterFile, "_prefer_wal", lambda _: None)
        with Register.open(path) as register, Register.open(path) as other:
            register.add(ada(uln=REAL[0]))
            assert len(other) == 1
        monkeypatch.undo()
        # Somebody reads: the journal cannot be changed now, and need not be.
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("BEGIN")
            plain.execute("SELECT * FROM learner").fetchall()
            with Register.open(path, timeout=0) as register:
                assert len(register) == 1

    def test_two_may_make_a_file_at_once(self, path):
        first = Register.open(path)
        second = file.connect(str(path), read_only=False, timeout=1)
        other = Register.__new__(Register)
        other._attach(second, str(path))
        other._create(synthetic=True, keys=1)  # too late: the tables are there
        other._check()
        assert not other._meta("synthetic")
        other.close()
        first.close()

    def test_a_failure_while_making_the_tables_leaves_nothing(self, path, monkeypatch):
        monkeypatch.setattr(file, "SCHEMA", (*schema.SCHEMA, "CREATE TABLE run (x)"))
        with pytest.raises(NotARegister):
            Register.open(path)
        assert path.stat().st_size == 0

    def test_paths_become_uris_on_every_system(self, monkeypatch):
        assert file.uri("/a/b.db", "mode=rw") == "file:///a/b.db?mode=rw"
        monkeypatch.setattr(file.os, "sep", "\\")
        assert file.uri("C:\\a\\b.db", "mode=rw") == "file:///C:/a/b.db?mode=rw"
        assert file.uri("\\\\server\\a.db", "mode=rw") == "file:////server/a.db?mode=rw"


class TestGolden:
    """A register that any earlier version wrote is opened by every later release."""

    @staticmethod
    def make(register):
        register.add(ada(uln=TESTS[0], notes="one"), at="2026-01-01")
        register.add(ada(uln=TESTS[1], given_name="Åsa", upn="A123"), at="2026-01-01")
        register.add(ada(uln=TESTS[2], gender=None))
        register.add(ada(uln=TESTS[3]))
        register.merge(TESTS[1], into=TESTS[0], at="2026-01-02")
        register.update(Learner(uln=TESTS[0], family_name="Other"), at="2026-01-03")
        register.delete(TESTS[3], at="2026-01-04")
        register.store_run(b"\0digest", '{"ok": true}', at="2026-01-05")
        assert str(register.register(ada(given_name="New"))) == TESTS[4]

    @staticmethod
    def dump(path):
        """Return a database as the statements that make it."""
        with closing(sqlite3.connect(path)) as plain:
            run = plain.execute
            lines = [
                f"PRAGMA {name} = {run(f'PRAGMA {name}').fetchone()[0]};"
                for name in ("application_id", "user_version")
            ]
            tables = []
            for name, sql in run("SELECT name, sql FROM sqlite_master ORDER BY rowid"):
                if sql is not None:
                    lines.append(f"{sql};")
                    tables += [name] if sql.startswith("CREATE TABLE") else []
            for table in tables:
                names = [row[1] for row in run(f"PRAGMA table_info({table})")]
                quoted = " || ', ' || ".join(f"quote({name})" for name in names)
                lines += [
                    f"INSERT INTO {table} VALUES ({row});"
                    for (row,) in run(f"SELECT {quoted} FROM {table} ORDER BY 1")
                ]
        return "\n".join(lines) + "\n"

    @staticmethod
    def text(version):
        return (GOLDEN / f"register-v{version}.sql").read_text(encoding="utf-8")

    @pytest.fixture(params=[1, 2], ids=["version-1", "version-2"])
    def kept(self, request, path):
        """A file as that version wrote it."""
        self.write(path, self.text(request.param))
        return path

    @pytest.fixture
    def first(self, path):
        """A file of the first version."""
        self.write(path, self.text(1))
        return path

    @staticmethod
    def write(path, text):
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.executescript(text)

    def test_a_new_file_is_made_as_it_always_was(self, path):
        with Register.open(path, synthetic=True) as register:
            self.make(register)
        assert self.dump(path) == self.text(2)

    def test_a_file_of_any_release_opens(self, kept):
        with Register.open(kept) as register:
            assert register.is_synthetic
            assert [str(profile.uln) for profile in register.learners()] == [
                TESTS[n] for n in (0, 1, 2, 4)
            ]
            match = register.search(ada(given_name="ÅSA")).matches[0]
            assert str(match.uln) == TESTS[0]
            assert match.linked
            assert register.is_deleted(TESTS[3])
            assert register.former_values(TESTS[0])[0].value == "Example"
            assert register.stored_run(b"\0digest") == '{"ok": true}'
            assert str(register.register(ada(given_name="Later"))) == TESTS[5]

    def test_a_file_of_any_release_is_searched(self, kept):
        with Register.open(kept) as register:
            changed = register.search(ada(family_name="Other"))
            misspelt = register.search(ada(given_name="Nwe", postcode="ZB1 1AA"))
            former = register.search(ada(upn="A123", family_name="Else"))
            swapped = register.search(ada(given_name="Other", family_name="Ada"))
        assert changed.outcome is Outcome.EXACT
        assert str(changed.matches[0].uln) == TESTS[0]
        assert str(misspelt.matches[0].uln) == TESTS[4]
        assert TESTS[0] in {str(match.uln) for match in former.matches}
        assert str(swapped.matches[0].uln) == TESTS[0]

    def test_the_first_version_becomes_the_second_as_if_made_so(self, first):
        Register.open(first).close()
        # The tables stand in another order: one of them was made again.
        assert sorted(self.dump(first).split(";\n")) == sorted(
            self.text(2).split(";\n")
        )

    def test_keys_of_former_values_are_made_from_the_first_version(self, first):
        with Register.open(first) as register:
            keys = blocking_keys(Learner(family_name="Example", postcode="ZZ99 3WZ"))
            found = register.candidates(None, keys)
        # The first is called Other now.
        assert [str(one.uln) for one in found] == [TESTS[n] for n in (0, 1, 2, 4)]
        assert found[0].families == ("Example",)

    def test_the_first_version_has_to_be_opened_for_writing_once(self, first):
        with pytest.raises(RegisterUnavailable, match="open it once for writing"):
            Register.open(first, read_only=True)
        assert self.dump(first) == self.text(1)
        Register.open(first).close()
        with Register.open(first, read_only=True) as register:
            assert register.search(ada(family_name="Other")).outcome is Outcome.EXACT

    def test_a_failure_on_the_way_leaves_the_first_version(self, first, monkeypatch):
        def fail(_):
            raise ZeroDivisionError

        monkeypatch.setattr("ulnlib.register.store.keys_of", fail)
        with pytest.raises(ZeroDivisionError):
            Register.open(first)
        assert self.dump(first) == self.text(1)

    def test_a_damaged_file_of_the_first_version_is_refused(self, first):
        with closing(sqlite3.connect(first, isolation_level=None)) as plain:
            plain.execute("DROP TABLE near_key")
        with pytest.raises(NotARegister, match="is no register"):
            Register.open(first)


class TestSynthetic:
    def test_numbers_are_of_the_test_range_and_never_have_remainder_0(self):
        assert (TEST_RANGE[0], TEST_RANGE[-1]) == (990_000_000, 999_999_998)
        assert TESTS[:3] == ("9900000004", "9900000012", "9900000020")
        assert all(Uln(uln) for uln in TESTS)
        nines = [int(uln[:9]) for uln in TESTS]
        assert sorted(set(nines)) == nines
        assert nines[-1] - nines[0] > len(nines)  # some have no check digit

    def test_the_range_ends_before_the_temporary_number(self):
        last = [str(uln) for uln in synthetic_ulns(len(TEST_RANGE) - 20)]
        assert last
        assert max(last) < "9999999990"
        with pytest.raises(ValueError, match="start"):
            synthetic_ulns(-1)

    def test_everything_says_that_no_number_is_real(self, path):
        with Register.open(path, synthetic=True) as register:
            uln = register.register(ada())
            assert register.profile(uln).is_synthetic
            assert register.search(ada()).matches[0].profile.is_synthetic
            assert register.find(uln, "Ada", "Example").is_synthetic
            assert all(profile.is_synthetic for profile in register.learners())
            assert "no ULN in it is real" in repr(register)
        assert b"not real" in path.read_bytes()

    def test_a_register_stays_what_it_was_made_as(self, path, tmp_path):
        Register.open(path).close()
        refused("not-synthetic", Register.open, path, synthetic=True)
        Register.open(path, synthetic=False).close()
        other = tmp_path / "other.db"
        Register.open(other, synthetic=True).close()
        refused("synthetic", Register.open, other, synthetic=False)
        Register.open(other, synthetic=True).close()

    def test_a_register_of_real_ulns_makes_none(self):
        message = refused("not-synthetic", Register().register, ada())
        assert "only the LRS issues ULNs" in message

    def test_a_synthetic_register_takes_no_real_uln(self, register):
        refused("not-synthetic-uln", register.add, ada(uln=REAL[0]))
        assert len(register) == 0

    def test_numbers_go_on_after_the_highest(self, path):
        with Register.open(path, synthetic=True) as register:
            assert str(register.register(ada(given_name="A"))) == TESTS[0]
            list(register.add_many([ada(uln=TESTS[7]), ada(uln=TESTS[3])]))
            assert str(register.register(ada(given_name="B"))) == TESTS[8]
            register.delete(TESTS[8])
        with Register.open(path) as register:
            assert str(register.register(ada(given_name="C"))) == TESTS[9]

    def test_the_range_comes_to_an_end(self, register):
        *_, last = synthetic_ulns(len(TEST_RANGE) - 20)
        register.add(ada(uln=last))
        refused("range-used-up", register.register, ada(given_name="B"))


class TestLoading:
    def test_any_other_field_may_be_missing(self):
        register = Register()
        register.add(Learner(uln="1000 000 043", notes=""))
        assert register.profile(REAL[0]).learner == Learner(uln=REAL[0])

    @pytest.mark.parametrize("uln", [None, "", "1000000044", "9999999999"])
    def test_a_record_without_a_uln_is_refused(self, uln):
        with pytest.raises(InvalidUln):
            Register().add(ada(uln=uln))

    def test_the_position_is_told_and_nothing_is_kept(self):
        register = Register()
        good = [ada(uln=uln) for uln in REAL]
        with pytest.raises(InvalidUln, match="learner 4: "):
            register.add_many([*good, ada()])
        assert "learner 3: " in refused(
            "uln-present", register.add_many, [*good[:2], good[0]]
        )
        assert len(register) == 0
        register.add(good[1])
        assert "learner 2: " in refused("uln-present", register.add_many, good)
        refused("uln-present", register.add, good[1])
        assert len(register) == 1

    def test_ulns_come_back_in_the_order_of_the_input(self):
        register = Register()
        given = [ada(uln=uln) for uln in reversed(REAL)]
        ulns = register.add_many(iter(given))
        assert len(register) == 3
        assert [str(uln) for uln in ulns] == list(reversed(REAL))
        assert list(register.add_many([])) == []
        assert list(Register(synthetic=True).add_many([])) == []

    def test_an_error_of_the_source_undoes_everything(self, monkeypatch):
        monkeypatch.setattr("ulnlib.register.store._CHUNK", 1)
        register = Register()

        def source():
            yield ada(uln=REAL[0])
            yield ada(uln=REAL[1])
            raise sqlite3.OperationalError("the caller's own")

        with pytest.raises(sqlite3.OperationalError, match="own"):
            register.add_many(source())
        assert len(register) == 0
        given = [ada(uln=uln) for uln in (*REAL, REAL[0])]
        assert "learner 4" in refused("uln-present", register.add_many, given)
        assert "learner 4" not in refused(
            "uln-present", register.add_many, given[2:] * 2
        )

    def test_what_is_no_text_is_refused_by_field(self, register):
        surrogate = ada(uln=TESTS[0], family_name="Ex\udcffample")
        with pytest.raises(RegisterRefused, match="family_name") as caught:
            register.add(surrogate)
        assert caught.value.code == "value-type"
        assert caught.value.__context__ is None
        assert "learner 1: " in refused("value-type", register.add_many, [surrogate])
        number = Learner.of((TESTS[0], 7, *[None] * 26))
        refused("value-type", register.add, number)
        refused("value-type", register.register, ada(notes="\ud800"))
        register.add(ada(uln=TESTS[0]))
        refused("value-type", register.update, Learner(uln=TESTS[0], notes="\ud800"))
        assert len(register) == 1

    def test_a_text_that_is_too_long_is_refused(self, register):
        register._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 500)
        refused("value-type", register.add, ada(uln=TESTS[0], notes="n" * 501))

    @pytest.mark.parametrize(
        ("at", "kept"),
        [
            (None, None),
            ("last week", "last week"),
            (dt.date(2026, 1, 2), "2026-01-02"),
            (dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC), "2026-01-02T03:00:00+00:00"),
        ],
    )
    def test_the_time_is_kept_as_given(self, register, at, kept):
        register.add(ada(uln=TESTS[0]), at=at)
        profile = register.profile(TESTS[0])
        assert (profile.created, profile.last_amended) == (kept, kept)

    def test_a_time_of_another_kind_is_misuse(self, register):
        with pytest.raises(TypeError, match="at is"):
            register.add(ada(uln=TESTS[0]), at=3)
        refused("value-type", register.add, ada(uln=TESTS[0]), at="\udcff")


class TestRegistering:
    def test_a_new_learner_gets_a_number(self, register):
        uln = register.register(ada(), at=dt.date(2026, 1, 2))
        assert register.profile(uln).learner == ada(uln=uln)
        assert register.profile(uln).created == "2026-01-02"

    def test_missing_fields_are_named(self, register):
        message = refused(
            "WSRC0015", register.register, ada(postcode=" ", verification_type=None)
        )
        assert "postcode, verification_type" in message

    def test_a_learner_with_a_uln_is_refused(self, register):
        refused("uln-given", register.register, ada(uln=TESTS[0]))
        assert register.register(ada(uln=" "))

    def test_the_same_five_demographics_are_refused(self, register):
        uln = register.register(ada())
        refused(
            "WSRC0021", register.register, ada(given_name=" ADA ", postcode="zz993wz")
        )
        other = register.register(ada(given_name="Ida"))
        register.merge(other, into=uln)
        refused("WSRC0021", register.register, ada(given_name="Ida"))
        register.update(Learner(uln=uln, given_name="Eda"))
        assert register.register(ada())

    def test_equal_hashes_are_not_equal_demographics(self, register, monkeypatch):
        for module in ("store", "keys"):
            monkeypatch.setattr(f"ulnlib.register.{module}.exact_key", lambda _: 7)
        register.register(ada())
        register.register(ada(given_name="Ida"))
        refused("WSRC0021", register.register, ada())


class TestFinding:
    def test_names_must_agree(self, register):
        register.add(ada(uln=TESTS[0]))
        assert register.find(TESTS[0], " ada", "EXAMPLE").uln == Uln(TESTS[0])
        assert register.find(Uln(TESTS[0]), "Ada", "Other") is None
        assert register.find(TESTS[1], "Ada", "Example") is None
        with pytest.raises(InvalidUln):
            register.find("1", "Ada", "Example")

    def test_names_that_are_not_there_never_agree(self, register):
        register.add(Learner(uln=TESTS[0]))
        assert register.find(TESTS[0], "", "") is None

    def test_a_linked_uln_gives_its_master_under_either_name(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(ada(uln=TESTS[1], family_name="Former"))
        register.merge(TESTS[1], into=TESTS[0])
        for family_name in ("Former", "Example"):
            profile = register.find(TESTS[1], "Ada", family_name)
            assert profile.uln == Uln(TESTS[0])
            assert profile.master_substituted
        assert register.find(TESTS[1], "Ada", "Third") is None
        assert register.find(TESTS[0], "Ada", "Former") is None
        assert not register.find(TESTS[0], "Ada", "Example").master_substituted
        assert register.profile(TESTS[1]).master_substituted
        assert register.profile(TESTS[2]) is None


class TestSearching:
    def test_equal_demographics_are_exact(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(ada(uln=TESTS[1], gender="1"))
        result = register.search(Query(**ada().to_dict(personal=True)))
        assert result.outcome is Outcome.EXACT
        assert result.matches[0].profile == register.profile(TESTS[0])

    @pytest.mark.parametrize("policy", [Policy(), NARROW], ids=["default", "narrow"])
    @pytest.mark.parametrize(
        ("changes", "tolerance"),
        [
            ({"given_name": "Adah"}, Tolerance.SPELLING),
            ({"given_name": "Zed"}, Tolerance.GIVEN_NAME),
            ({"family_name": "Married"}, Tolerance.FAMILY_NAME),
            ({"date_of_birth": "2007-04-05"}, Tolerance.DAY_MONTH_SWAPPED),
            ({"gender": "9"}, Tolerance.GENDER_NOT_KNOWN),
            ({"postcode": "ZZ99 2WZ"}, Tolerance.POSTCODE_CHARACTER),
            ({"postcode": "B1 1AA"}, Tolerance.MOVED),
            ({"postcode": None}, Tolerance.POSTCODE),
            ({"given_name": "Example", "family_name": "Ada"}, Tolerance.NAMES_SWAPPED),
        ],
    )
    def test_near_demographics_are_possible(self, register, changes, tolerance, policy):
        register.add(ada(uln=TESTS[0]))
        result = register.search(ada(**changes), policy)
        assert result.outcome is Outcome.POSSIBLE
        assert result.matches[0].tolerances == (tolerance,)

    def test_two_differences_are_possible_but_nobody_to_the_service(self, register):
        register.add(ada(uln=TESTS[0]))
        asked = ada(gender="1", given_name="Adah")
        (match,) = register.search(asked).matches
        assert match.tolerances == (Tolerance.SPELLING, Tolerance.GENDER_MISKEYED)
        assert register.search(asked, NARROW).outcome is Outcome.NONE

    def test_somebody_else_is_nobody(self, register):
        register.add(ada(uln=TESTS[0]))
        other = ada(given_name="Zed", date_of_birth="1999-12-31")
        result = register.search(other)
        assert (result.outcome, result.matches) == (Outcome.NONE, ())

    @pytest.mark.parametrize(
        ("fields", "default", "narrow"),
        [
            ("given_name family_name gender", "INSUFFICIENT", "INSUFFICIENT"),
            ("given_name family_name date_of_birth", "POSSIBLE", "INSUFFICIENT"),
            ("given_name family_name date_of_birth gender", "POSSIBLE", "POSSIBLE"),
            ("", "INSUFFICIENT", "INSUFFICIENT"),
        ],
    )
    def test_what_is_missing_may_be_too_much(self, register, fields, default, narrow):
        register.add(ada(uln=TESTS[0]))
        query = Query(**{name: getattr(ada(), name) for name in fields.split()})
        assert register.search(query).outcome is Outcome[default]
        assert register.search(query, NARROW).outcome is Outcome[narrow]

    def test_equal_hashes_are_looked_through(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(
            ada(
                uln=TESTS[1],
                given_name="Zed",
                family_name="Else",
                date_of_birth="1999-12-31",
                postcode="ZB9 9ZZ",
            )
        )
        register._connection.execute(
            "INSERT OR IGNORE INTO search_key SELECT (entry >> 30 << 30) | ? "
            "FROM search_key",
            (int(TESTS[1][:9]),),
        )
        keys = query_keys(Person(ada()))
        found = register.candidates(exact_key(five_of(ada())), keys)
        assert [str(one.uln) for one in found] == list(TESTS[:2])
        for policy in (Policy(), NARROW):
            result = register.search(ada(), policy)
            assert result.outcome is Outcome.EXACT
            assert str(result.matches[0].uln) == TESTS[0]

    @pytest.mark.parametrize("policy", [Policy(), NARROW], ids=["default", "narrow"])
    def test_too_many_are_not_named_and_an_exact_one_still_wins(self, register, policy):
        ulns = synthetic_ulns(100)
        common = 3 * PER_KEY_LIMIT
        list(register.add_many(ada(uln=u, gender="9") for u in islice(ulns, common)))
        result = register.search(ada(), policy)
        assert (result.outcome, result.matches) == (Outcome.TOO_MANY, ())
        assert 10 < result.found <= common
        same = register.search(ada(gender="9"), policy)
        assert same.outcome is Outcome.TOO_MANY
        # Spelled otherwise, and the last by ULN: it is equal all the same.
        register.add(ada(uln=next(ulns), given_name=" ADA ", postcode="zz993wz"))
        assert register.search(ada(), policy).outcome is Outcome.EXACT

    def test_a_near_linked_record_counts_although_its_master_is_likelier(
        self, register
    ):
        register.add(ada(uln=TESTS[0], given_name="Adah", gender="0"))
        register.add(ada(uln=TESTS[1], given_name="Zed"))
        register.merge(TESTS[1], into=TESTS[0])
        (likeliest,) = register.search(ada()).matches
        (near,) = register.search(ada(), NARROW).matches
        assert (str(likeliest.uln), likeliest.linked_from) == (TESTS[0], None)
        assert (str(near.uln), str(near.linked_from)) == (TESTS[0], TESTS[1])

    def test_a_linked_records_demographics_find_the_master(self, register):
        register.add(ada(uln=TESTS[0], family_name="Now", postcode="ZZ99 2WZ"))
        register.add(ada(uln=TESTS[1]))
        register.merge(TESTS[1], into=TESTS[0])
        result = register.search(ada())
        (match,) = result.matches
        assert (result.outcome, str(match.uln)) == (Outcome.EXACT, TESTS[0])
        assert str(match.linked_from) == TESTS[1]
        assert match.profile == register.profile(TESTS[1])
        assert match.profile.master_substituted


class TestCandidates:
    """What a register offers to a search; any other store offers the same."""

    def test_every_record_with_a_key_comes_once_by_uln(self, register):
        for n in (2, 0, 1):
            register.add(ada(uln=TESTS[n]))
        register.add(ada(uln=TESTS[3], date_of_birth="1999-12-31", postcode="B1 1AA"))
        register.merge(TESTS[2], into=TESTS[1])
        found = register.candidates(exact_key(five_of(ada())), blocking_keys(ada()))
        assert [(str(one.uln), one.master) for one in found] == [
            (TESTS[0], None),
            (TESTS[1], None),
            (TESTS[2], Uln(TESTS[1])),
        ]
        assert [one.learner for one in found] == [
            ada(uln=TESTS[n], postcode="ZZ99 3WZ") for n in range(3)
        ]
        assert register.candidates(None, ()) == []

    def test_of_a_frequent_key_the_first_by_uln_are_given(self):
        ulns = list(islice(synthetic_ulns(), PER_KEY_LIMIT + 5))
        given = []
        for order in (ulns, ulns[::-1]):
            with Register(synthetic=True) as register:
                for uln in order:
                    register.add(ada(uln=uln))
                found = register.candidates(exact_key(five_of(ada())), ())
                given.append([one.uln for one in found])
        assert given[0] == given[1] == ulns[:PER_KEY_LIMIT]

    @pytest.mark.parametrize("most", [PER_KEY_LIMIT + 3, 2_000])
    def test_a_frequent_key_hides_nobody_under_another(self, most, monkeypatch):
        monkeypatch.setattr("ulnlib.register.keys._MOST_ROWS", most)
        *ulns, last = islice(synthetic_ulns(), PER_KEY_LIMIT + 6)
        other = ada(uln=last, given_name="Ida", date_of_birth="1999-12-31")
        with Register(synthetic=True) as register:
            for uln in ulns:
                register.add(ada(uln=uln))
            register.add(other)
            frequent, seldom = exact_key(five_of(ada())), exact_key(five_of(other))
            found = register.candidates(frequent, [seldom])
        assert [one.uln for one in found] == [*ulns[:PER_KEY_LIMIT], last]
        assert found.cut == {frequent}

    def test_any_number_of_keys_may_be_asked_for(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(ada(uln=TESTS[1], given_name="Ida", date_of_birth="1999-12-31"))
        keys = [*blocking_keys(ada()), *(n << 20 for n in range(3_000))]
        found = register.candidates(None, sorted(keys))
        assert [str(one.uln) for one in found] == list(TESTS[:2])

    def test_profiles_come_in_the_order_asked_for(self, register):
        for n in range(3):
            register.add(ada(uln=TESTS[n], notes=str(n)))
        register.merge(TESTS[2], into=TESTS[1])
        found = register.profiles([TESTS[1], Uln(TESTS[0]), TESTS[2], TESTS[1]])
        assert [str(one.uln) for one in found] == [TESTS[n] for n in (1, 0, 1, 1)]
        assert found[0] == register.profile(TESTS[1])
        assert register.profiles([]) == []
        refused("WSRC0019", register.profiles, [TESTS[0], TESTS[9]])
        with pytest.raises(InvalidUln):
            register.profiles(["1"])

    def test_a_uln_is_looked_up_with_its_master(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(ada(uln=TESTS[1], given_name="Zed"))
        register.update(Learner(uln=TESTS[1], family_name="Other"))
        register.merge(TESTS[1], into=TESTS[0])
        (alone,) = register.lookup(TESTS[0])
        own, master = register.lookup(Uln(TESTS[1]))
        assert alone == master
        assert (str(master.uln), master.master) == (TESTS[0], None)
        assert (str(own.uln), str(own.master)) == (TESTS[1], TESTS[0])
        assert (own.learner.given_name, master.families) == ("Zed", ())
        assert own.families == ("Example",)
        assert register.lookup(TESTS[9]) == []
        with pytest.raises(InvalidUln):
            register.lookup("1")


class TestUpdating:
    def test_none_leaves_and_the_empty_text_clears(self, register):
        register.add(ada(uln=TESTS[0], title="Ms", notes="n", town="Leeds"), at="a")
        profile = register.update(
            Learner(uln=TESTS[0], title="", notes="m"), version=1, at="b"
        )
        assert profile.learner == ada(uln=TESTS[0], notes="m", town="Leeds")
        assert (profile.version, profile.created, profile.last_amended) == (2, "a", "b")
        assert profile == register.profile(TESTS[0])

    def test_a_change_at_no_known_time_does_not_go_back_to_the_first(self, register):
        register.add(ada(uln=TESTS[0]), at="a")
        profile = register.update(Learner(uln=TESTS[0], title="Ms"))
        assert (profile.created, profile.last_amended) == ("a", None)
        assert register.profile(TESTS[0]).last_amended is None

    def test_former_names_and_postcodes_are_kept(self, register):
        register.add(ada(uln=TESTS[0]))
        register.update(Learner(uln=TESTS[0], family_name="Other"), at="one")
        register.update(
            Learner(uln=TESTS[0], postcode="ZZ99 2WZ", title="Ms"), at="two"
        )
        register.update(Learner(uln=TESTS[0], family_name="OTHER"))  # only a spelling
        register.update(Learner(uln=TESTS[0], given_name="Ida"))
        former = register.former_values(TESTS[0])
        assert [(f.field, f.value, f.until) for f in former] == [
            ("family_name", "Example", "one"),
            ("postcode", "ZZ99 3WZ", "two"),
        ]
        assert "Example" not in repr(former)
        register.add(ada(uln=TESTS[1], postcode=None))
        register.update(Learner(uln=TESTS[1], postcode="ZZ99 2WZ"))
        assert register.former_values(TESTS[1]) == ()

    def test_new_demographics_are_searched(self, register):
        register.add(ada(uln=TESTS[0]))
        register.update(Learner(uln=TESTS[0], family_name="Other", given_name="Ida"))
        assert register.search(ada(), NARROW).outcome is Outcome.NONE
        changed = ada(family_name="Other", given_name="Ida")
        assert register.search(changed).outcome is Outcome.EXACT

    def test_former_values_are_searched_and_go_with_the_record(self, register):
        register.add(ada(uln=TESTS[0]))
        register.update(Learner(uln=TESTS[0], family_name="Other"))
        register.update(Learner(uln=TESTS[0], postcode="B1 1AA"))
        (match,) = register.search(ada()).matches
        assert match.tolerances == (
            Tolerance.PREVIOUS_FAMILY_NAME,
            Tolerance.OTHER_POSTCODE,
        )
        keys = query_keys(Person(ada()))
        (candidate,) = register.candidates(None, keys)
        assert (candidate.families, candidate.postcodes) == (
            ("Example",),
            ("ZZ99 3WZ",),
        )
        assert repr(candidate) == f"Candidate(uln=Uln('{TESTS[0]}'))"
        now = candidate.learner
        register.update(Learner(uln=TESTS[0], family_name="Zed", postcode="ZZ99 1WZ"))
        (candidate,) = register.lookup(TESTS[0])
        assert candidate.families == (now.family_name, "Example")  # the latest first
        assert candidate.postcodes == (now.postcode, "ZZ99 3WZ")
        register.delete(TESTS[0])
        rows = register._connection.execute("SELECT count(*) FROM search_key")
        assert rows.fetchone() == (0,)

    def test_only_the_details_of_today_are_kept_as_keys_beside_former_values(
        self, register
    ):
        register.add(ada(uln=TESTS[0]))
        register.update(Learner(uln=TESTS[0], given_name="Zed"))
        exact = exact_key(five_of(ada()))
        assert register.candidates(exact, ()) == []
        exact = exact_key(five_of(ada(given_name="Zed")))
        assert [str(one.uln) for one in register.candidates(exact, ())] == [TESTS[0]]

    def test_refusals_have_the_services_codes(self, register):
        register.add(ada(uln=TESTS[0], title="Ms"))
        update = register.update
        refused("WSRC0019", update, Learner(uln=TESTS[1], title="Mx"))
        message = refused(
            "WSRC0013", update, Learner(uln=TESTS[0], title="Mx"), version=2
        )
        assert "version 1, not 2" in message
        refused("WSRC0020", update, Learner(uln=TESTS[0], title="Ms"), version=1)
        refused("WSRC0020", update, Learner(uln=TESTS[0], notes=""))
        refused("WSRC0014", update, Learner(uln=TESTS[0], ability_to_share="0"))
        message = refused(
            "mandatory-missing",
            update,
            Learner(uln=TESTS[0], postcode=" ", ability_to_share=""),
        )
        assert "postcode, ability_to_share" in message
        with pytest.raises(InvalidUln):
            update(Learner(title="Mx"))
        assert register.profile(TESTS[0]).version == 1

    def test_an_update_of_a_linked_uln_goes_to_its_master(self, register):
        register.add(ada(uln=TESTS[0]))
        register.add(ada(uln=TESTS[1], given_name="Ida"))
        register.merge(TESTS[1], into=TESTS[0])
        profile = register.update(Learner(uln=TESTS[1], title="Ms"), version=2)
        assert profile.learner == ada(uln=TESTS[0], title="Ms")
        assert profile.master_substituted
        register.unmerge(TESTS[1])
        assert register.profile(TESTS[1]).learner == ada(uln=TESTS[1], given_name="Ida")

    def test_the_share_value_that_holds_decides_what_may_follow(self, register):
        register.add(ada(uln=TESTS[0], ability_to_share="0"))
        register.add(ada(uln=TESTS[1], ability_to_share="2"))
        register.merge(TESTS[1], into=TESTS[0])
        zero = Learner(uln=TESTS[0], ability_to_share="0", title="Ms")
        refused("WSRC0014", register.update, zero)


class TestMerging:
    @pytest.fixture
    def four(self, register):
        for uln, share in zip(TESTS[:4], "1201", strict=True):
            register.add(ada(uln=uln, given_name=f"Ada{uln}", ability_to_share=share))
        return register

    def test_the_most_restrictive_value_holds_until_the_merge_is_taken_back(self, four):
        a, b, c, _ = TESTS[:4]
        profile = four.merge(c, into=a, at="one")
        assert profile.learner.ability_to_share == "0"
        assert (profile.version, profile.last_amended) == (2, "one")
        profile = four.merge(b, into=a)
        assert profile.learner.ability_to_share == "2"
        assert [str(uln) for uln in profile.linked_ulns] == [b, c]
        own = four.unmerge(b, at="two")
        assert (str(own.uln), own.learner.ability_to_share) == (b, "2")
        assert (own.version, own.last_amended, own.status) == (3, "two", "active")
        assert four.profile(a).learner.ability_to_share == "0"
        four.unmerge(c)
        assert four.profile(a).learner.ability_to_share == "1"

    def test_merging_a_master_takes_its_links_along_and_back(self, four):
        a, b, c, d = TESTS[:4]
        four.merge(b, into=a)
        four.merge(c, into=b)  # which is linked: goes to its master
        assert [str(uln) for uln in four.profile(a).linked_ulns] == [b, c]
        profile = four.merge(a, into=d)
        assert [str(uln) for uln in profile.linked_ulns] == [a, b, c]
        assert all(str(four.profile(uln).uln) == d for uln in (a, b, c))
        profile = four.unmerge(a)
        assert [str(uln) for uln in profile.linked_ulns] == [b, c]
        profile = four.unmerge(b)
        assert [str(uln) for uln in profile.linked_ulns] == [c]
        assert four.profile(a).linked_ulns == four.profile(d).linked_ulns == ()

    def test_cycles_and_second_masters_are_refused(self, four):
        a, b, c, _ = TESTS[:4]
        refused("cycle", four.merge, a, into=a)
        four.merge(b, into=a)
        refused("cycle", four.merge, a, into=b)
        refused("already-linked", four.merge, b, into=c)
        refused("not-linked", four.unmerge, a)
        refused("WSRC0019", four.merge, TESTS[9], into=a)
        refused("WSRC0019", four.merge, a, into=TESTS[9])
        refused("WSRC0019", four.unmerge, TESTS[9])

    def test_a_linked_record_says_so(self, four):
        four.merge(TESTS[1], into=TESTS[0])
        assert [p.status for p in four.learners()][:3] == ["active", "linked", "active"]


class TestDeleting:
    def test_a_deleted_uln_is_never_used_again(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
            register.update(Learner(uln=REAL[0], family_name="Other"))
            register.delete(REAL[0], at="now")
            assert register.is_deleted(REAL[0])
            assert not register.is_deleted(REAL[1])
            assert register.former_values(REAL[0]) == ()
        with Register.open(path) as register:
            message = refused("uln-deleted", register.add, ada(uln=REAL[0]))
            assert "never used again" in message
            given = [ada(uln=REAL[1]), ada(uln=REAL[0])]
            assert "learner 2: " in refused("uln-deleted", register.add_many, given)
            assert "deleted" in refused("WSRC0019", register.delete, REAL[0])
            assert "not in" in refused("WSRC0019", register.delete, REAL[1])
            assert register.search(ada()).outcome is Outcome.NONE
            assert register.profile(REAL[0]) is None
            assert len(register) == 0
            assert bool(register)

    def test_a_master_keeps_its_links(self, register):
        for n in range(3):
            register.add(ada(uln=TESTS[n]))
        register.merge(TESTS[2], into=TESTS[1])
        register.merge(TESTS[1], into=TESTS[0])
        assert "(2)" in refused("has-links", register.delete, TESTS[0])
        register.delete(TESTS[1])
        assert [str(u) for u in register.profile(TESTS[0]).linked_ulns] == [TESTS[2]]
        register.unmerge(TESTS[2])
        register.delete(TESTS[0])
        assert [str(profile.uln) for profile in register.learners()] == [TESTS[2]]


class TestTransactions:
    def test_everything_happens_or_nothing(self, register):
        with pytest.raises(ZeroDivisionError), register.transaction():
            register.add(ada(uln=TESTS[0]))
            register.store_run(b"key", "result")
            raise ZeroDivisionError
        assert len(register) == 0
        assert register.stored_run(b"key") is None

    def test_a_caught_error_undoes_only_what_it_came_from(self, register):
        with register.transaction():
            register.add(ada(uln=TESTS[0]))
            with pytest.raises(RegisterRefused):
                register.add_many([ada(uln=TESTS[1]), ada(uln=TESTS[0])])
            with pytest.raises(ZeroDivisionError), register.transaction():
                register.add(ada(uln=TESTS[2]))
                raise ZeroDivisionError
            with register.transaction():
                register.add(ada(uln=TESTS[3]))
            assert register.search(ada()).outcome is Outcome.POSSIBLE
        ulns = [str(profile.uln) for profile in register.learners()]
        assert ulns == [TESTS[0], TESTS[3]]

    def test_runs_are_stored_once(self, register):
        register.store_run(b"key", "result", at=dt.date(2026, 1, 2))
        assert register.stored_run(b"key") == "result"
        refused("run-stored", register.store_run, b"key", "other")
        refused("value-type", register.store_run, b"other", "\ud800")

    def test_a_full_disk_keeps_what_was_there(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
            pages = register._pragma("page_count")
            register._connection.execute(f"PRAGMA max_page_count = {pages}")
            many = [ada(uln=uln, notes="n" * 4000) for uln in TESTS]
            with pytest.raises(RegisterUnavailable, match="disk is full"):
                register.add_many(many)
            assert len(register) == 1
            register._connection.execute("PRAGMA max_page_count = 100000")
            register.add_many(many)
        with Register.open(path) as register:
            assert len(register) == 1 + len(many)

    def test_a_transaction_that_sqlite_ended_cannot_go_on(self, register):
        for inside in (
            lambda: register.add(ada(uln=TESTS[0])),
            lambda: None,
        ):
            with (
                pytest.raises(RegisterUnavailable, match="begin again"),
                register.transaction(),
            ):
                register._connection.execute("ROLLBACK")  # as a disk error does
                inside()
        with pytest.raises(ZeroDivisionError), register.transaction():
            register._connection.execute("ROLLBACK")
            raise ZeroDivisionError
        register.add(ada(uln=TESTS[0]))

    def test_a_commit_that_fails_undoes_everything(self, path, monkeypatch):
        monkeypatch.setattr(file.RegisterFile, "_prefer_wal", lambda _: None)
        with Register.open(path, timeout=0) as register:
            with closing(sqlite3.connect(path)) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT * FROM learner").fetchall()
                with pytest.raises(RegisterUnavailable, match="another process"):
                    register.add(ada(uln=REAL[0]))
            assert len(register) == 0
            register.add(ada(uln=REAL[0]))

    def test_a_locked_file_is_unavailable_for_writing_only(self, path):
        with (
            Register.open(path, timeout=0) as register,
            Register.open(path, timeout=0) as other,
        ):
            with other.transaction():
                other.add(ada(uln=REAL[1]))
                with pytest.raises(RegisterUnavailable, match="another process"):
                    register.add(ada(uln=REAL[0]))
                assert len(register) == 0
            assert len(register) == 1

    def test_an_error_that_nobody_foresaw_is_named_by_its_code(self):
        error = sqlite3.DatabaseError("secret")
        error.sqlite_errorcode = sqlite3.SQLITE_AUTH
        error.sqlite_errorname = "SQLITE_AUTH"
        translated = file._translate(error, "x.db")
        assert str(translated) == "the register x.db: SQLite reports SQLITE_AUTH"


class TestOwnership:
    def test_another_thread_is_told_whose_it_is(self, register):
        caught = []

        def elsewhere():
            for call in (lambda: len(register), register.close):
                try:
                    call()
                except RegisterRefused as error:
                    caught.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert [error.code for error in caught] == ["other-thread"] * 2
        assert "thread that opened it" in str(caught[0])

    def test_another_process_is_told_so(self, register, monkeypatch):
        monkeypatch.setattr(file.os, "getpid", lambda: -1)
        refused("other-process", len, register)

    def test_a_closed_register_says_so(self, path):
        register = Register.open(path)
        register.close()
        register.close()
        assert repr(register) == "Register('learners.db', closed)"
        refused("closed", register.add, ada(uln=REAL[0]))
        with pytest.raises(RegisterRefused), register.transaction():
            pass

    def test_a_register_in_memory_goes_quietly(self):
        register = Register()
        assert repr(register) == "Register(in memory)"
        del register
        gc.collect()


class TestKeyVersions:
    @pytest.fixture
    def old(self, path):
        with Register.open(path) as register:
            register.add(ada(uln=REAL[0]))
            register.add(ada(uln=REAL[1], gender=None))
            register.update(Learner(uln=REAL[1], family_name="Other"))
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.execute("UPDATE meta SET value = 0 WHERE name = 'keys'")
            plain.execute("UPDATE search_key SET entry = entry + (1 << 40)")
        return path

    @staticmethod
    def keys(path):
        with closing(sqlite3.connect(path)) as plain:
            rows = plain.execute("SELECT entry FROM search_key ORDER BY entry")
            return rows.fetchall()

    def test_keys_of_another_version_are_made_anew(self, old, tmp_path, monkeypatch):
        monkeypatch.setattr("ulnlib.register.records.MOST", 1)
        with Register.open(old) as register:
            assert register.search(ada()).outcome is Outcome.EXACT
        with Register.open(old, read_only=True) as register:
            assert register.search(ada(postcode="ZZ99 2WZ")).found == 2
        with Register.open(tmp_path / "new.db") as register:
            register.add(ada(uln=REAL[0]))
            register.add(ada(uln=REAL[1], gender=None))
            register.update(Learner(uln=REAL[1], family_name="Other"))
        assert self.keys(old) == self.keys(tmp_path / "new.db")

    def test_they_are_not_when_nothing_may_be_written(self, old):
        with pytest.raises(RegisterUnavailable, match="older release"):
            Register.open(old, read_only=True)

    def test_a_newer_version_asks_for_an_update(self, path):
        Register.open(path).close()
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            plain.execute("UPDATE meta SET value = 99 WHERE name = 'keys'")
        with pytest.raises(NotARegister, match="update ulnlib"):
            Register.open(path)


def read_while_written(path, batches):
    """Read a register in a process of its own; every state must be a whole one."""
    with Register.open(path, read_only=True) as register:
        before = 0
        while before < batches * 10:
            count = len(register)
            listed = sum(1 for _ in register.learners())
            if count % 10 or not before <= count <= listed:
                return "half a transaction, or back in time"
            before = count
    return "whole"


def test_several_processes_read_while_one_writes(path):
    batches = 20
    ulns = synthetic_ulns()
    with Register.open(path, synthetic=True) as register:
        # This file run as a program: it can be found however pytest was started.
        command = [sys.executable, __file__, path, str(batches)]
        readers = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(3)
        ]
        for n in range(batches):
            register.add_many(
                ada(uln=uln, given_name=f"Ada{n}") for uln in islice(ulns, 10)
            )
            time.sleep(0.02)
        answers = [reader.communicate(timeout=60)[0] for reader in readers]
    assert answers == ["whole\n"] * 3


def test_a_copy_of_a_closed_file_is_a_register(path, tmp_path):
    with Register.open(path) as register:
        register.add(ada(uln=REAL[0]))
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with Register.open(copy) as register:
        assert len(register) == 1


if __name__ == "__main__":
    print(read_while_written(Path(sys.argv[1]), int(sys.argv[2])))  # noqa: T201


def test_a_previous_family_name_that_is_replaced_is_still_searched_by():
    with Register(synthetic=True) as register:
        uln = register.register(
            ada(previous_family_name="Wolstenholme", ability_to_share="1")
        )
        register.update(Learner(uln=uln, previous_family_name="Sample"))

        found = register.search(ada(family_name="Wolstenholme"))

    assert [one.value for one in found.matches[0].tolerances] == [
        "previous_family_name"
    ]

"""A process that runs a batch file against a register is killed, again and again.

After each kill the register opens and is sound; the whole run is there, or nothing of
it; and running the file again gives what an undisturbed run gives, with nobody
registered twice. Likewise the command: an output file is complete or not there.

`PROVE_KILLS` says how often (25 without it): three in five kill `batch.run`, the
others the command.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from ulnlib import Register, batch
from ulnlib.register import file as register_file
from ulnlib.testing import population

KILLS = int(os.environ.get("PROVE_KILLS", "25"))
COMMAND_KILLS = KILLS * 2 // 5
RUN_KILLS = KILLS - COMMAND_KILLS

EXAMPLE = Path(__file__).parents[2] / "examples" / "LRB_10012345_211120260900.CSV"
AS_OF = dt.date(2026, 11, 21)
AT = "2026-11-21T09:00"
HELD = 1_000
TABLES = dict.fromkeys(("meta", "learner", "former_value", "deleted", "run"), "1, 2")
TABLES["search_key"] = "1"
VARIANTS = 6


# --- the process that is killed -----------------------------------------------------


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def announced(function, word):
    """Return a function that says a word before it begins."""

    def call(*args, **kwargs):
        say(word)
        return function(*args, **kwargs)

    return call


def child():
    """Import everything, wait for the word, do the work, and say how far it is."""
    from ulnlib import cli
    from ulnlib.cli import app  # noqa: F401  # what the command loads

    say("ready")
    kind, path, register, folder = sys.stdin.readline().rstrip("\n").split("\t")
    if kind == "command":
        batch.RunResult.output = announced(batch.RunResult.output, "near")
        sys.argv = ["ulnlib", "batch", "run", path, "--register", register]
        sys.argv += ["--job", "FUL", "--as-of", AS_OF.isoformat(), "-o", folder]
        sys.argv += ["--json"]
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        globals()["say"] = lambda word: (
            sys.__stdout__.write(f"{word}\n") and (sys.__stdout__.flush())
        )
        with contextlib.suppress(SystemExit):
            cli.main()
    else:
        if kind == "no wal":
            register_file.RegisterFile._prefer_wal = lambda _: None
        with Register.open(register) as held:
            held.store_run = announced(held.store_run, "near")
            file = batch.read(path, as_of=AS_OF)
            batch.run(file, held, job="FUL", as_of=AS_OF, at=AT)
    say("done")


class Child:
    """A process that has imported everything and waits for the word."""

    def __init__(self):
        # This file run as a program: it can be found however pytest was started.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def begin(self, *words):
        assert self.process.stdout.readline() == "ready\n"
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def wait_for(self, word):
        """Wait until the process says a word."""
        while (line := self.process.stdout.readline()) != f"{word}\n":
            assert line, f"the process ended: {self.process.stderr.read()}"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.stderr.close()


class Nursery:
    """Children, of whom the next one gets ready while one works."""

    def __init__(self):
        self._next = Child()

    def child(self):
        one, self._next = self._next, Child()
        return one

    def close(self):
        self._next.kill()


@pytest.fixture
def nursery():
    children = Nursery()
    yield children
    children.close()


def killed(nursery, chance, words, seconds):
    """Begin, and kill at a random moment; every other time near the end."""
    one = nursery.child()
    one.begin(*words)
    if chance.random() < 0.5:
        one.wait_for("near")
        time.sleep(chance.uniform(0, 0.012))
    else:
        time.sleep(chance.uniform(0, seconds))
    one.kill()


# --- files and registers ------------------------------------------------------------


def make_register(path):
    with Register.open(path, synthetic=True) as register:
        for _ in register.add_many(population(HELD, seed=2026), at="2026-01-01"):
            pass


def variant(path, chance):
    """Write a file of learners some of whom are held, some changed, some nobody's."""
    held = list(population(HELD, seed=2026))
    strangers = list(islice(population(HELD, seed=chance.randrange(1_000)), HELD))
    people = []
    for n in range(chance.randrange(20, 120)):
        kind = chance.random()
        one = chance.choice(strangers if kind < 0.5 else held)
        changes = {"uln": one.uln if 0.5 <= kind < 0.7 else None}
        if kind >= 0.8:
            changes["email"] = f"new{n}@example.org"
        if kind >= 0.9:
            changes["given_name"] = f"{one.given_name}e"
        if one.ability_to_share == "2":
            changes["ability_to_share"] = "1"
        people.append(one.evolve(mis_identifier=f"M{n}", **changes))
    made = batch.make(people, ukprn="10012345", file_name="kill")
    path.write_bytes(batch.write(made))


def files_of(folder, chance):
    """Return the example and small random files."""
    example = folder / EXAMPLE.name
    shutil.copyfile(EXAMPLE, example)
    found = [example]
    for n in range(VARIANTS - 1):
        path = folder / f"LRB_10012345_21112026090{n + 1}.CSV"
        variant(path, chance)
        found.append(path)
    return found


def tables(path):
    """Return whether SQLite finds the file sound, and everything that it holds."""
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            table: plain.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608
            for table, order in TABLES.items()
        }


def copy_register(base, path):
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(base, path)


def results(path, register):
    with Register.open(register) as held:
        done = batch.run(
            batch.read(path, as_of=AS_OF), held, job="FUL", as_of=AS_OF, at=AT
        )
    return done.is_repeated, done.results, done.output(), done.exceptions_table()


# --- batch.run ----------------------------------------------------------------------


@pytest.mark.prove
def test_a_killed_run_is_there_whole_or_not_at_all(tmp_path, nursery, record_property):
    chance = random.Random(1)
    files = files_of(tmp_path, chance)
    base, register = tmp_path / "base.db", tmp_path / "register.db"
    make_register(base)
    before = tables(base)
    right = {}
    for path in files:
        copy_register(base, register)
        is_repeated, *undisturbed = results(path, register)
        assert not is_repeated
        right[path] = undisturbed, tables(register)
        assert right[path][1] != before
    seconds = measured(nursery, base, register, files)
    counts = {True: 0, False: 0}
    for n in range(RUN_KILLS):
        path = files[n % len(files)]
        undisturbed, after = right[path]
        copy_register(base, register)
        kind = "no wal" if n % 2 else "run"
        if kind == "no wal":
            with closing(sqlite3.connect(register)) as plain:
                plain.execute("PRAGMA journal_mode = DELETE")
        killed(nursery, chance, (kind, path, register, tmp_path), seconds[path])
        with Register.open(register) as held:
            assert held.is_synthetic
        found = tables(register)
        is_there = bool(found["run"])
        assert found == (after if is_there else before)
        counts[is_there] += 1
        is_repeated, *again = results(path, register)
        assert is_repeated == is_there
        assert again == undisturbed
        assert tables(register) == after
    record_property("runs killed", f"{RUN_KILLS:,}")
    record_property("whole afterwards", f"{counts[True]:,}")
    record_property("nothing of it afterwards", f"{counts[False]:,}")
    assert counts[True]
    assert counts[False]


def measured(nursery, base, register, files, *, folder=Path(), kind="run"):
    """Return how long the work takes on each file, a little more than measured."""
    seconds = {}
    for path in files:
        copy_register(base, register)
        one = nursery.child()
        one.begin(kind, path, register, folder)
        start = time.perf_counter()
        one.wait_for("done")
        seconds[path] = 1.1 * (time.perf_counter() - start)
        one.kill()
    return seconds


# --- the command --------------------------------------------------------------------


def outputs(folder):
    """Return the files of a folder that have a final name."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if not path.name.endswith(".part")
    }


@pytest.mark.prove
def test_a_killed_command_leaves_no_half_file(tmp_path, nursery, record_property):
    chance = random.Random(2)
    files = files_of(tmp_path, chance)
    base, register = tmp_path / "base.db", tmp_path / "register.db"
    make_register(base)
    folder = tmp_path / "out"
    right, sizes = {}, {}
    for path in files:
        copy_register(base, register)
        shutil.rmtree(folder, ignore_errors=True)
        one = nursery.child()
        one.begin("command", path, register, folder)
        one.wait_for("done")
        one.kill()
        right[path] = outputs(folder)
        assert len(right[path]) == 2
        with Register.open(register) as held:
            sizes[path] = len(held)
    seconds = measured(nursery, base, register, files, folder=folder, kind="command")
    counts = {0: 0, 1: 0, 2: 0}
    for n in range(COMMAND_KILLS):
        path = files[n % len(files)]
        copy_register(base, register)
        shutil.rmtree(folder, ignore_errors=True)
        old = {}
        if n // len(files) % 2:  # the files of an earlier run are there already
            folder.mkdir()
            old = dict.fromkeys(right[path], b"old")
            for name, content in old.items():
                (folder / name).write_bytes(content)
        killed(nursery, chance, ("command", path, register, folder), seconds[path])
        found = outputs(folder) if folder.exists() else {}
        written = {name: text for name, text in found.items() if text != b"old"}
        assert written.items() <= right[path].items()
        assert {name: text for name, text in found.items() if name not in written} == {
            name: text for name, text in old.items() if name not in written
        }
        counts[len(written)] += 1
        if folder.exists():
            parts = [p.name for p in folder.iterdir() if p.name not in found]
            assert all(name.startswith(".") for name in parts)
        one = nursery.child()
        one.begin("command", path, register, folder)
        one.wait_for("done")
        one.kill()
        assert outputs(folder) == right[path]
        tables(register)
        with Register.open(register) as held:
            assert len(held) == sizes[path]
    record_property("commands killed", f"{COMMAND_KILLS:,}")
    record_property("with both files complete", f"{counts[2]:,}")
    record_property("with one", f"{counts[1]:,}")
    record_property("with none", f"{counts[0]:,}")


if __name__ == "__main__":
    child()

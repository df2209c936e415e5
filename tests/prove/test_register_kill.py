"""A process that writes to a register is killed, again and again.

After each kill the file opens and is sound, what was acknowledged is there, and
nothing is half there: all tables are those of a register in memory to which the same
steps were done. `PROVE_KILLS` says how often (25 without it).
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from ulnlib import Learner, Register
from ulnlib.register import file, synthetic_ulns

KILLS = int(os.environ.get("PROVE_KILLS", "25"))
KILLS_A_FILE = 25
BATCH = 30
TABLES = dict.fromkeys(("meta", "learner", "former_value", "deleted", "run"), "1, 2")
TABLES["search_key"] = "1"


def person(step, place=0):
    """Return a learner of a step, all different."""
    return {
        "given_name": f"Given{step}",
        "family_name": f"Family{place}",
        "date_of_birth": "2007-05-04",
        "gender": "2",
        "postcode": "ZZ99 3WZ",
        "ability_to_share": "1",
        "verification_type": "1",
        "notes": "text " * 100,
    }


def loaded(step, place):
    """Return the ULN that a loading step gave to a place of its batch."""
    ulns = synthetic_ulns(1_000_000 + step * 40)
    return next(islice(ulns, place, None))


def do(register, step):
    """Do one step, as one transaction that also says that it happened."""
    base = step - step % 6
    with register.transaction():
        result = None
        match step % 6:
            case 0:
                ulns = islice(synthetic_ulns(1_000_000 + step * 40), BATCH)
                register.add_many(
                    Learner(uln=uln, **person(step, n)) for n, uln in enumerate(ulns)
                )
            case 1:
                result = register.register(Learner(**person(step)))
            case 2:
                uln = loaded(base, 3)
                register.update(Learner(uln=uln, family_name="New"), at=str(step))
            case 3:
                register.merge(loaded(base, 5), into=loaded(base, 4), at=str(step))
            case 4:
                register.delete(loaded(base, 6), at=str(step))
            case 5:
                register.unmerge(loaded(base, 5), at=str(step))
                register.delete(loaded(base, 7))
        register.store_run(step.to_bytes(8), str(result))


def write(path, journal, uses_wal):
    """Go on with the steps until somebody kills this process."""
    if not uses_wal:
        file.RegisterFile._prefer_wal = lambda _: None
    with Register(synthetic=True) as other:
        other.register(Learner(**person(0)))  # reads the tables of names beforehand
    with journal.open("a", encoding="ascii", buffering=1) as lines:
        lines.write("begin\n")
        with Register.open(path, synthetic=True) as register:
            step = 0
            while register.stored_run(step.to_bytes(8)) is not None:
                step += 1
            while True:
                do(register, step)
                lines.write(f"{step}\n")
                step += 1


def acknowledged(journal):
    """Return how many steps were said to be done; the last line may be cut."""
    lines = journal.read_text(encoding="ascii").split("\n")[:-1]
    return max((int(line) + 1 for line in lines if line != "begin"), default=0)


def kill_once(path, journal, *, uses_wal, chance):
    """Start a writer and kill it at a random time after it has begun."""
    begun = journal.read_text(encoding="ascii").count("begin\n")
    # This file run as a program: it can be found however pytest was started.
    command = [sys.executable, __file__, path, journal, "wal" if uses_wal else ""]
    process = subprocess.Popen(command)  # noqa: S603
    while journal.read_text(encoding="ascii").count("begin\n") == begun:
        assert process.poll() is None
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.15))
    assert process.poll() is None
    process.kill()
    process.wait()


def tables(connection):
    """Return everything that a register holds."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608
        for table, order in TABLES.items()
    }


@pytest.mark.prove
def test_a_killed_writer_leaves_a_whole_register(tmp_path):
    chance = random.Random(1)
    steps_in_all = 0
    for number in range(-(-KILLS // KILLS_A_FILE)):
        path = tmp_path / f"{number}.db"
        journal = tmp_path / f"{number}.journal"
        journal.touch()
        done = 0
        with Register(synthetic=True) as mirror:
            for _ in range(min(KILLS_A_FILE, KILLS - number * KILLS_A_FILE)):
                kill_once(path, journal, uses_wal=number % 2 == 0, chance=chance)
                # What was found after the kill before counts as said: the line about
                # a step may have been lost twice in succession.
                said = max(acknowledged(journal), done)
                if not path.exists():
                    assert said == 0
                    continue
                with Register.open(path, synthetic=True) as register:
                    while register.stored_run(done.to_bytes(8)) is not None:
                        do(mirror, done)
                        done += 1
                assert said <= done <= said + 1
                with closing(sqlite3.connect(path)) as plain:
                    check = plain.execute("PRAGMA integrity_check").fetchall()
                    assert check == [("ok",)]
                    found = tables(plain)
                assert found == tables(mirror._connection)
                issued = [r[1] for r in found["run"] if r[1] != "None"]
                assert len(set(issued)) == len(issued)
        steps_in_all += done
    assert steps_in_all > KILLS


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), bool(sys.argv[3]))

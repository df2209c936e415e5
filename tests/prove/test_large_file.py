"""A file far larger than any that is sent is streamed, in little memory.

`PROVE_RECORDS` says how many records (20,000 without it).
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tracemalloc
from itertools import islice, product

import pytest

from ulnlib import batch
from ulnlib.testing import population

RECORDS = int(os.environ.get("PROVE_RECORDS", "20000"))
AS_OF = dt.date(2026, 11, 21)
BYTES_A_RECORD = 100
FIXED = 2 * 2**20  # buffers, the compiled layout

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _is_settled(one):
    """Say whether somebody has an address: without one there is a remark."""
    return one.postcode != "ZZ99 9ZZ"


def thousand():
    """Return a file of people whose names and identifiers are to be replaced."""
    people = [
        one.evolve(
            uln=None,
            ability_to_share="1",
            mis_identifier="@MIS@",
            given_name=f"{one.given_name}@NAME@",
        )
        for one in islice(filter(_is_settled, population(1_400, as_of=AS_OF)), 1_000)
    ]
    return batch.make(people, ukprn="10012345", file_name="large")


def rows(size):
    """Yield the lines of a clean CSV file of people who are all different."""
    made = thousand()
    head, first, *lines = batch.write(made).splitlines(keepends=True)
    plain = first.replace(b"3A,large,10012345,1000,", b",,,,")
    assert plain != first
    yield head
    lines.insert(0, plain)
    for n, line in enumerate(again(lines, size)):
        yield (
            line if n else b"3A,large,10012345,%d," % size + line.removeprefix(b",,,,")
        )


def again(lines, size):
    """Yield the thousand again and again, each with letters behind the names."""
    names = ("".join(letters).encode() for letters in product(LETTERS, repeat=5))
    for n, name in zip(range(size), names, strict=False):
        line = lines[n % 1_000].replace(b"@MIS@", b"%08d" % n)
        yield line.replace(b"@NAME@", name)


def elements(size):
    """Yield the lines of a clean XML file of people who are all different."""
    lines = batch.write(thousand(), form="XML").splitlines(keepends=True)
    head, records, end = lines[:4], lines[4:-1], lines[-1]
    yield b"".join(head).replace(b">1000<", b">%d<" % size)
    yield from again(records, size)
    yield end


class Stream:
    """A source that makes its bytes as they are asked for."""

    def __init__(self, chunks):
        self._chunks = chunks
        self._rest = b""
        self.size = 0

    def read(self, size):
        while len(self._rest) < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            self._rest += chunk
        found, self._rest = self._rest[:size], self._rest[size:]
        self.size += len(found)
        return found


@pytest.mark.prove
@pytest.mark.parametrize("made", [rows, elements], ids=["CSV", "XML"])
def test_a_large_file_is_streamed_in_bounded_memory(made, record_property):
    list(made(10))  # what is made once is made before
    stream = Stream(made(RECORDS))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        count = 0
        with batch.open(stream, as_of=AS_OF) as reader:
            for record in reader:
                assert record.issues == ()
                count += 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == RECORDS
    assert {item.code for item in reader.findings} <= {"too-many-records"}
    used = peak - before
    assert used <= BYTES_A_RECORD * RECORDS + FIXED
    record_property("records", f"{count:,}")
    record_property("bytes read", f"{stream.size:,}")
    record_property("peak memory", f"{used / 2**20:.1f} MiB")
    record_property("a record", f"{used / RECORDS:.0f} bytes")


READING = """
import datetime as dt, sys
from ulnlib import batch

def peak():
    # That of `resource` begins with the memory of the process that started this one.
    with open("/proc/self/status") as status:
        (line,) = [line for line in status if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024

def read(path):
    with batch.open(path, as_of=dt.date(2026, 11, 21)) as reader:
        count = sum(record.issues == () for record in reader)
    return count, sorted({item.code for item in reader.findings})

read(sys.argv[1])
before = peak()
count, found = read(sys.argv[2])
print(count, before, peak(), *found)
"""
MEGABYTE = 1_000_000
RESIDENT = 150 * MEGABYTE
"""So much a process that only reads takes; Python and its tables take most of it."""


@pytest.mark.prove
@pytest.mark.skipif(sys.platform != "linux", reason="it is measured in kilobytes there")
@pytest.mark.parametrize(
    ("made", "form"), [(rows, "CSV"), (elements, "XML")], ids=["CSV", "XML"]
)
def test_a_process_that_reads_a_large_file_stays_small(
    made, form, tmp_path, record_property
):
    """What the parser of XML takes is no memory of Python's: the process is asked."""
    few, large = tmp_path / f"few.{form}", tmp_path / f"large.{form}"
    for path, size in ((few, 10), (large, RECORDS)):
        with path.open("wb") as stream:
            stream.writelines(made(size))
    command = [sys.executable, "-c", READING, str(few), str(large)]
    done = subprocess.run(  # noqa: S603  # our own
        command, capture_output=True, text=True, check=True
    )
    count, before, peak, *found = done.stdout.split()

    assert int(count) == RECORDS
    assert set(found) <= {"too-many-records", "file-name"}
    assert int(peak) <= RESIDENT
    record_property(
        f"{form} of {RECORDS:,} records read by a process of its own",
        f"at most {int(peak) / MEGABYTE:.0f} MB resident, "
        f"{(int(peak) - int(before)) / MEGABYTE:.0f} MB more than with ten records",
    )

"""A file far larger than any that is sent is streamed, in little memory.

`PROVE_RECORDS` says how many records (20,000 without it).
"""

from __future__ import annotations

import datetime as dt
import os
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


def rows(size):
    """Yield the lines of a clean file of people who are all different."""
    people = [
        one.evolve(
            uln=None,
            ability_to_share="1",
            mis_identifier="@MIS@",
            given_name=f"{one.given_name}@NAME@",
        )
        for one in islice(population(1_200, as_of=AS_OF), 1_000)
    ]
    made = batch.make(people, ukprn="10012345", file_name="large")
    head, first, *lines = batch.write(made).splitlines(keepends=True)
    plain = first.replace(b"3A,large,10012345,1000,", b",,,,")
    assert plain != first
    yield head
    lines.insert(0, plain)
    # The thousand come again and again, each time with letters behind their names.
    names = ("".join(letters).encode() for letters in product(LETTERS, repeat=5))
    for n, name in zip(range(size), names, strict=False):
        line = lines[n % 1_000].replace(b"@MIS@", b"%08d" % n)
        line = line.replace(b"@NAME@", name)
        yield (
            line if n else b"3A,large,10012345,%d," % size + line.removeprefix(b",,,,")
        )


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
def test_a_large_file_is_streamed_in_bounded_memory(record_property):
    list(rows(10))  # what is made once is made before
    stream = Stream(rows(RECORDS))
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

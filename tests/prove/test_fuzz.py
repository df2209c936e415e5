"""Anything at all is read: never an error, nothing lost, in bounded time and memory.

`PROVE_MUTANTS` says how many mutants of the golden files are read (1,000 without it);
Hypothesis' profile says how many examples; `PROVE_HOSTILE` scales the hostile inputs
(0.02 without it, 1 is full size).

Time is the processor's, which other work on the machine does not count towards.
"""

from __future__ import annotations

import gc
import io
import os
import random
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.readers import AS_OF, EXPORT, GOLDEN, READERS, in_order, seeds
from builders.workbooks import workbook
from ulnlib import batch

MUTANTS = int(os.environ.get("PROVE_MUTANTS", "1000"))
SCALE = float(os.environ.get("PROVE_HOSTILE", "0.02"))
HEADINGS = ",".join(batch.LRB_3A.headings).encode()
COLUMNS = len(batch.LRB_3A.columns)

MUTANT_SECONDS = 2.0
"""No mutant of a golden file, at most some 150 KB, may take longer."""


# --- Hypothesis ---------------------------------------------------------------------

pieces = st.one_of(
    st.binary(max_size=20),
    st.text(max_size=10).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [
            HEADINGS,
            HEADINGS + b"\r\n",
            ",".join(batch.LRB_2A.headings).encode() + b"\n",
            b"\r\n",
            b"\n",
            b"\r",
            b'"',
            b'""',
            b',"',
            b'",',
            b'","',
            b",",
            b"," * (COLUMNS - 1),
            b"," * 200,
            b'x"y,"z\n',
            b"3A,x,10012345,1,1000000043,M1",
            b"\xef\xbb\xbf",
            b"\x00",
            b"\xe9",
            b"\xff\xfe",
            "é".encode(),
        ]
    ),
)
anything = st.lists(pieces, max_size=60).map(b"".join)


@pytest.mark.prove
@given(
    st.binary(max_size=300) | anything | anything.map(lambda x: HEADINGS + b"\n" + x)
)
def test_any_bytes_are_read_and_none_of_a_record_is_invented(raw):
    file = batch.read(raw, as_of=AS_OF)

    assert in_order(file, raw)
    assert file.records or file.report or raw == b""
    if file.is_clean:
        assert batch.write(file) == raw
    str(file.report)
    repr(file.records)


# --- mutants of the golden files ------------------------------------------------------

CRUMBS = (
    b'"',
    b'""',
    b'","',
    b"\n",
    b"\r\n",
    b"\r",
    b"\x00",
    b",",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xe9",
    b"," * COLUMNS,
    b'\n"',
    b'"\r\n',
)


def flip(raw, chance):
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]


def replace(raw, chance):
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]


def cut_end(raw, chance):
    return raw[: chance.randrange(len(raw) + 1)]


def cut_out(raw, chance):
    start = chance.randrange(len(raw))
    return raw[:start] + raw[start + chance.randrange(1, 200) :]


def insert(raw, chance):
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(CRUMBS) * chance.choice((1, 1, 1, 2, 9)) + raw[at:]


def again(raw, chance):
    lines = raw.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], lines[at], *lines[at:]])


def shuffle(raw, chance):
    lines = raw.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


WAYS = (flip, flip, replace, cut_end, cut_out, insert, insert, insert, again, shuffle)


def mutants(files, chance):
    """Yield mutants without end; one seed gives always the same."""
    while True:
        raw = chance.choice(files)
        if chance.random() < 0.1:
            other = chance.choice(files)
            raw = raw[: chance.randrange(len(raw) + 1)] + other
        for _ in range(chance.choice((1, 1, 2, 4))):
            if raw:
                raw = chance.choice(WAYS)(raw, chance)
        yield raw


@pytest.mark.prove
def test_mutants_of_the_golden_files_are_read(record_property):
    files = [path.read_bytes() for path in sorted(GOLDEN.glob("*.CSV"))]
    files = [raw for raw in files if raw]
    small = [raw for raw in files if len(raw) < 20_000]
    records = longest = 0
    chance = random.Random(2026)
    for number, raw in enumerate(mutants(small * 4 + files, chance)):
        if number == MUTANTS:
            break
        start = time.process_time()
        try:
            file = batch.read(raw, as_of=AS_OF)
        except Exception as error:  # noqa: BLE001  # any at all is one too many
            pytest.fail(f"mutant {number}: {type(error).__name__}")
        seconds = time.process_time() - start
        longest = max(longest, seconds)
        assert seconds < MUTANT_SECONDS, number
        assert in_order(file, raw), number
        if file.is_clean:
            assert batch.write(file) == raw, number
        records += len(file.records)
    record_property("mutants", f"{MUTANTS:,}")
    record_property("records in them", f"{records:,}")
    record_property("longest", f"{longest * 1000:.0f} ms")


# --- mutants of the other files -------------------------------------------------------

FOUND = (
    b"<a:b/>",
    b"&#0;",
    b"&b;",
    b"<![CDATA[",
    b"<!--",
    b"xmlns='a&amp;b'",
    b"<!DOCTYPE a [",
    b"9" * 400,
    b'r="ZZZ9999999"',
)
"""What ended in an error once, or would most likely do so."""


def put_found(raw, chance):
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(FOUND) + raw[at:]


def every_seed():
    return list(dict.fromkeys(raw for name in READERS for raw in seeds(name)))


def repacked(book, chance):
    """Return a workbook with a part that is a mutant."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice((*WAYS, put_found))(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.prove
def test_mutants_of_other_files_are_read_by_every_reader(record_property):
    chance = random.Random(2026)
    book = workbook(*EXPORT)
    source = mutants(every_seed(), chance)
    for number in range(MUTANTS // 5):  # the corpus has an hour of them
        raw = next(source)
        if chance.random() < 0.5:
            raw = put_found(raw, chance)
        elif chance.random() < 0.2:
            raw = repacked(book, chance)
        for name, reader in READERS.items():
            start = time.process_time()
            try:
                reader(raw)
            except Exception as error:  # noqa: BLE001  # any at all is one too many
                pytest.fail(f"mutant {number}, {name}: {type(error).__name__}")
            assert time.process_time() - start < MUTANT_SECONDS, (number, name)
    record_property("mutants of other files", f"{MUTANTS // 5:,}")


# --- hostile inputs -----------------------------------------------------------------

HEAD = HEADINGS + b"\r\n"
ROW = b"," * (COLUMNS - 1) + b"\r\n"
FIRST = b"3A,x,10012345,1,," + b"M1" + b"," * (COLUMNS - 6) + b"\r\n"
TOP = HEAD + FIRST

# Each is a function of a million (or of what `PROVE_HOSTILE` makes of it).
XML = b"<SubmitBatch><Learner>"
HOSTILE = {
    "10 MB in one cell": lambda n: TOP + b"a" * (10 * n) + ROW,
    "300,000 short lines in one cell in quotes": lambda n: (
        TOP + b'"' + b"a\r\n" * (3 * n // 10) + b'"' + ROW
    ),
    "10 MB of long lines in one cell in quotes": lambda n: (
        TOP + b'"' + (b"a" * 9_998 + b"\r\n") * (n // 1_000) + b'"' + ROW
    ),
    "200 columns in every row": lambda n: (
        TOP + (b"x" + b"," * 199 + b"\r\n") * (n // 50)
    ),
    "a heading row of 200,000 columns": lambda n: (
        HEADINGS + b",x" * (n // 5) + b"\r\n" + ROW
    ),
    "a heading row with 200,000 empty cells behind it": lambda n: (
        HEADINGS + b"," * (n // 5) + b"\r\n" + ROW
    ),
    "a million empty lines": lambda n: TOP + b"\r\n" * n + FIRST,
    "a million empty lines and nothing else": lambda n: b"\n" * n,
    "30 MB without a line end": lambda n: b"a" * (30 * n),
    "30 MB of cells without a line end": lambda n: TOP + b"a," * (15 * n),
    "30 MB with CR alone as line end": lambda n: (
        HEADINGS + b"\r" + (b"a" * 99 + b"\r") * (30 * n // 100)
    ),
    "a million quotes": lambda n: TOP + b'"' * (n + 1),
    "300,000 lines of a quote": lambda n: TOP + b'"\r\n' * (3 * n // 10),
    "the heading row twice": lambda _: HEAD + FIRST + HEAD + ROW,
    "the heading row a hundred thousand times": lambda n: HEAD * (n // 10),
    "a million rows that each open a quote": lambda n: TOP + b'"a\r\n' * n,
    "300,000 rows that each close a quote and open one": lambda n: (
        TOP + b'z"y,"a\r\n' * (3 * n // 10)
    ),
    "rows that open a quote, each above a row that is whole": lambda n: (
        TOP + (b'z"y,"a\r\n' + b'x""y' + ROW) * (n // 10)
    ),
    "a million NULs": lambda n: TOP + b"\x00" * n,
    "a million commas": lambda n: TOP + b"," * n,
    "a million bytes that are no UTF-8": lambda n: (
        TOP + (b"\xff" * 98 + b"\r\n") * (n // 100)
    ),
    "elements inside each other, a million in XML": lambda n: XML + b"<a>" * n,
    "elements beside each other, a million in XML": lambda n: XML + b"<a/>" * n,
    "a text of ten million bytes in XML": lambda n: XML + b"<a>" + b"x" * (10 * n),
    "a tag of ten million bytes in XML": lambda n: XML + b"<" + b"x" * (10 * n),
    "a remark of ten million bytes in XML": lambda n: XML + b"<!--" + b"x" * (10 * n),
    "an attribute of ten million bytes in XML": lambda n: (
        XML + b"<a b='" + b"x" * (10 * n)
    ),
    "300,000 attributes in XML": lambda n: (
        XML + b"<a " + b" ".join(b"a%d=''" % i for i in range(3 * n // 10))
    ),
    "a million laughs in XML": lambda n: (
        b"<!DOCTYPE a [<!ENTITY b 'ha'>]><a>" + b"&b;" * n + b"</a>"
    ),
}

MILLION = 1_000_000
SECONDS_FIXED = 1.0
SECONDS_A_MILLION_BYTES = 1.0
SECONDS_A_MILLION_LINES = 250.0
BYTES_FIXED = 32 * 2**20
BYTES_A_BYTE = 50
"""Streamed, keeping nothing. A line of 16 MiB is looked at as bytes, as text and as
cells, and a cell of one character takes some fifty bytes."""

LONG_SECONDS = 4.0
"""Of what takes longer a tenth is enough to see how much memory it takes."""


def stream(raw):
    with batch.open(raw, as_of=AS_OF) as reader:
        for _ in reader:
            pass


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_inputs_cost_no_more_than_their_size_warrants(name, record_property):
    size = int(MILLION * SCALE)
    raw = HOSTILE[name](size)
    gc.collect()
    start = time.process_time()
    stream(raw)
    seconds = time.process_time() - start

    assert seconds <= (
        SECONDS_FIXED
        + SECONDS_A_MILLION_BYTES * len(raw) / MILLION
        + SECONDS_A_MILLION_LINES * max(raw.count(b"\n"), raw.count(b"\r")) / MILLION
    )
    length = len(raw)
    if seconds > LONG_SECONDS:
        raw = HOSTILE[name](size // 10)
    tracemalloc.start()
    try:
        stream(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= BYTES_FIXED + BYTES_A_BYTE * len(raw)
    file = batch.read(raw, as_of=AS_OF)
    assert file.records or file.report
    assert in_order(file, raw)
    part = "" if len(raw) == length else " with a tenth of it"
    record_property(
        name,
        f"{length / MILLION:.1f} MB in {seconds:.2f} s; at most "
        f"{peak / MILLION:.1f} MB of memory{part}",
    )

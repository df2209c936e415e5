"""Fuzzing the readers, led by coverage; and the corpus that is kept of it.

    python tools/fuzz.py [--seconds N] [--only READER ...] [--jobs N]

Nothing that a file holds may raise an exception, hang, or break a law of
`tests/builders/readers.py`. Each reader has its share of the time. Afterwards the small
inputs that lead where no seed and no other input leads are put into tests/data/corpus,
a folder for each reader, which the tests read on every run. What was found stands there
as well, and its name begins with `found`.

The fuzzer is Atheris, which runs on Linux; `make prove` installs it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

SHARES = {
    "read": 30,
    "convert": 17,
    "output": 10,
    "table": 10,
    "sheet": 8,
    "ctf": 8,
    "ilr": 5,
    "events": 7,
    "detect": 5,
}
"""How the time is shared out, in hundredths: by how much there is to be read."""

LONGEST = 8_000
"""So many bytes an input has at most."""

SLOW = 2.0
"""So many seconds of the processor are a finding."""

HANG = 20
"""So many seconds end a reader."""

MOST = 200
"""So many thousand bytes the corpus has at most, of which each reader has its share."""

FOUND = "found"


# --- the process that fuzzes ----------------------------------------------------------


def fuzz(reader: str, folder: Path, seconds: int) -> None:
    """Fuzz one reader; does not come back.

    Args:
        reader: Its name.
        folder: Where inputs and findings are kept.
        seconds: How long.
    """
    import atheris

    with atheris.instrument_imports(include=["ulnlib"]):
        from builders import readers
        from ulnlib import batch
        from ulnlib.batch import ctf, ilr  # noqa: F401  # to be watched
    read = readers.READERS[reader]
    for raw in readers.seeds(reader):
        if len(raw) <= readers.LARGEST:
            _keep(folder / "inputs", raw, "")
    for path in (readers.CORPUS / reader).glob("*"):
        _keep(folder / "inputs", path.read_bytes(), "")
    batch.read(b"", as_of=readers.AS_OF)  # what is read once is read before
    dictionary = folder / "words"
    dictionary.write_text("\n".join(_quoted(word) for word in readers.words()))
    findings = folder / FOUND
    findings.mkdir()
    seen: set[str] = set()
    counted = [0, 0.0]

    def one(raw: bytes) -> None:
        start = time.process_time()
        why = ""
        try:
            read(raw)
        except Exception as error:  # noqa: BLE001  # any at all is one too many
            why = _where(error)
        took = time.process_time() - start
        if took > SLOW:
            why = f"slow, {took:.0f} s"
        counted[0] += 1
        counted[1] = max(counted[1], took)
        if counted[0] % 500 == 0 or why:
            (folder / "counted").write_text(json.dumps(counted))
        if why and why not in seen:
            seen.add(why)
            name = _keep(findings, raw, f"{FOUND}-")
            with (folder / "why").open("a") as notes:
                notes.write(f"{name} {why}\n")

    options = [
        "fuzz",
        str(folder / "inputs"),
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={HANG}",
        f"-dict={dictionary}",
        f"-artifact_prefix={findings}/",
        "-rss_limit_mb=1500",
        "-print_final_stats=1",
        "-seed=2026",
    ]
    atheris.Setup(options, one)
    atheris.Fuzz()


def _where(error: Exception) -> str:
    """Return the kind of an error and where it was raised, without its text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else Path(trace.tb_frame.f_code.co_filename).name
    line = 0 if trace is None else trace.tb_lineno
    return f"{type(error).__name__} at {place}:{line}"


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"'


def _keep(folder: Path, raw: bytes, prefix: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    name = prefix + hashlib.sha256(raw).hexdigest()[:12]
    (folder / name).write_bytes(raw)
    return name


# --- which inputs are worth keeping ---------------------------------------------------

Arc = tuple[str, int, int]


def reached(reader: str, raws: Iterable[bytes]) -> Iterator[tuple[bytes, set[Arc]]]:
    """Yield each input with the steps from line to line of the library it leads to.

    Args:
        reader: The reader.
        raws: The inputs.
    """
    from builders import readers

    read = readers.READERS[reader]
    inside = str(ROOT / "src" / "ulnlib")
    for raw in raws:
        arcs: set[Arc] = set()

        def trace(frame, _event, _, arcs=arcs):  # noqa: ANN001, ANN202
            name = frame.f_code.co_filename
            if not name.startswith(inside):
                return None
            last = frame.f_lineno

            def local(frame, event, _):  # noqa: ANN001, ANN202
                nonlocal last
                if event == "line":
                    arcs.add((name, last, frame.f_lineno))
                    last = frame.f_lineno
                return local

            return local

        sys.settrace(trace)
        try:
            read(raw)
        except Exception as error:  # noqa: BLE001  # it is told of elsewhere
            print(f"  {reader}: {_where(error)}")
        finally:
            sys.settrace(None)
        yield raw, arcs


def choose(reader: str, folder: Path) -> list[bytes]:
    """Return the inputs to keep: the smallest that lead where nothing else does.

    Args:
        reader: The reader.
        folder: Where its inputs are.
    """
    from builders import readers

    known: set[Arc] = set()
    first = list(readers.seeds(reader))
    for _, arcs in [*reached(reader, first[:1]), *reached(reader, first)]:
        known |= arcs  # the first twice: what is done once is no discovery
    kept: list[bytes] = []
    left = MOST * 1000 * SHARES[reader] // 100
    inputs = sorted(
        (path.read_bytes() for path in folder.glob("*")),
        key=lambda raw: (len(raw), raw),
    )
    for raw, arcs in reached(reader, inputs):
        if not arcs <= known and len(raw) <= left:
            known |= arcs
            left -= len(raw)
            kept.append(raw)
    return kept


# --- the whole ------------------------------------------------------------------------


def main() -> int:
    """Fuzz every reader, so many at a time, and keep the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600, help="of all readers")
    parser.add_argument("--only", nargs="+", choices=list(SHARES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--fuzz", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fuzz:
        fuzz(arguments.fuzz[0], Path(arguments.fuzz[1]), arguments.seconds)
    names = arguments.only or list(SHARES)
    whole = sum(SHARES[name] for name in names)
    with tempfile.TemporaryDirectory() as text:

        def run(name: str) -> Run:
            share = arguments.seconds * SHARES[name] // whole
            return _fuzzed(name, Path(text) / name, max(1, share))

        with ThreadPoolExecutor(arguments.jobs) as pool:
            return max([_kept(one) for one in pool.map(run, names)])


class Run(NamedTuple):
    """What fuzzing one reader came to."""

    name: str
    folder: Path
    seconds: float
    status: int
    said: str


def _fuzzed(name: str, folder: Path, seconds: int) -> Run:
    """Fuzz one reader in a process of its own."""
    folder.mkdir()
    command = [sys.executable, __file__, "--seconds", str(seconds)]
    command += ["--fuzz", name, str(folder)]
    start = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    took = time.monotonic() - start
    return Run(name, folder, took, done.returncode, done.stderr[-3000:])


def _kept(run: Run) -> int:
    """Keep what is worth it of one reader, and say what was found."""
    from builders.readers import CORPUS

    name, folder = run.name, run.folder
    counted = folder / "counted"
    runs, longest = json.loads(counted.read_text()) if counted.exists() else (0, 0)
    findings = sorted((folder / FOUND).glob("*"))
    kept = choose(name, folder / "inputs")
    for path in (CORPUS / name).glob("*"):
        if not path.name.startswith(FOUND):
            path.unlink()
    for raw in kept:
        _keep(CORPUS / name, raw, "")
    for path in findings:
        _keep(CORPUS / name, path.read_bytes(), f"{FOUND}-")
    why = folder / "why"
    print(
        f"{name}: {runs:,} inputs in {run.seconds:.0f} s, the longest {longest:.2f} s; "
        f"{len(kept)} kept, {sum(map(len, kept)):,} bytes; "
        f"{len(findings)} findings",
        flush=True,
    )
    if why.exists():
        print(why.read_text(), flush=True)
    if run.status:
        print(run.said, flush=True)
    return 1 if findings or run.status else 0


if __name__ == "__main__":
    sys.exit(main())

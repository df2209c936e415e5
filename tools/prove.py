"""The long proof: kills, oracles, fuzzing, a large file, mutants; and its page.

    python tools/prove.py [--quick] [--date YYYY-MM-DD] [--only STEP ...]

It stops at the first step that fails. When all have gone well it writes what they
found to tools/proof.json, and docs/reference/proof.md from it. `--quick` tries little
of everything and writes nothing; `--only` tries some of it, and the others stay as they
were found before, each with its day and commit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mutation import (
    COMBINATION,
    RULES,
    RULES_FOLDER,
    Found,
    Module,
    NotTried,
    mutate,
    unlisted_rules,
)
from pages import ROOT, table

PAGE = ROOT / "docs" / "reference" / "proof.md"
FOUND = ROOT / "tools" / "proof.json"
"""What each step found when it was last run, by its name."""
PACKAGES = ("attrs", "python-dateutil", "hypothesis", "pytest", "mutmut")


class Failed(Exception):
    """A step of the proof failed; the text says what to look at."""


@dataclass
class Result:
    """What a step came to.

    Attributes:
        facts: What was found, in words and numbers.
        details: Lines for the page below the table.
    """

    facts: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        name: What `--only` calls it.
        tried: What is tried, and what must hold.
        run: Does it; is given whether little is enough.
    """

    name: str
    tried: str
    run: Callable[[bool], Result]


# --- steps that are tests -------------------------------------------------------------


def _tests(
    files: Sequence[str], settings: Mapping[str, tuple[str, str]]
) -> Callable[[bool], Result]:
    """Return a step that runs tests, with settings in the environment.

    Args:
        files: The files of tests/prove.
        settings: Name of each variable, its value for the proof, and for a quick look.
    """

    def run(quick: bool) -> Result:  # noqa: FBT001  # as all steps are called
        chosen = {name: values[quick] for name, values in settings.items()}
        with tempfile.TemporaryDirectory() as folder:
            found = Path(folder) / "found.xml"
            command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header"]
            command += ["-m", "prove", "-p", "no:randomly", "-p", "no:cacheprovider"]
            command += ["--tb=short", "-o", "junit_family=legacy"]
            command += [f"--junitxml={found}", *(f"tests/prove/{f}" for f in files)]
            done = subprocess.run(  # noqa: S603  # our own tests
                command, cwd=ROOT, env=os.environ | chosen, check=False
            )
            if done.returncode:
                shown = " ".join(f"{name}={value}" for name, value in chosen.items())
                again = f"{shown} pytest -m prove -p no:randomly -x " + " ".join(
                    f"tests/prove/{f}" for f in files
                )
                raise Failed(f"see the failure above; to repeat it alone: {again}")
            return Result(facts=[*_shown(chosen), *_facts(found)])

    return run


def _shown(chosen: Mapping[str, str]) -> Iterator[str]:
    if "PROVE_KILLS" in chosen:
        yield f"kills: {int(chosen['PROVE_KILLS']):,}"
    if chosen.get("HYPOTHESIS_PROFILE") == "nightly":
        yield "examples: 10,000"


def _facts(found: Path) -> Iterator[str]:
    """Yield what the tests recorded."""
    for item in ET.parse(found).getroot().iter("property"):  # noqa: S314  # pytest's own
        if str(item.get("name")).startswith("hypothesis-statistics"):
            continue  # what the tool itself notes, encoded
        yield f"{item.get('name')}: {item.get('value')}"


# --- the fuzzer -----------------------------------------------------------------------


def _fuzzed(quick: bool) -> Result:  # noqa: FBT001  # as all steps are called
    """Fuzz the readers, led by coverage; what is kept changes the corpus."""
    seconds = 40 if quick else 3600
    command = [sys.executable, "tools/fuzz.py", "--seconds", str(seconds)]
    done = subprocess.run(  # noqa: S603  # our own
        command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise Failed(f"{done.stdout}\nthe inputs stand in tests/data/corpus")
    return Result(facts=[line for line in done.stdout.splitlines() if line])


# --- mutants --------------------------------------------------------------------------

MODULES = (
    Module("src/ulnlib/uln.py", least=0.90),
    Module("src/ulnlib/identifiers.py"),
    *(Module(path, least=0.90) for path in RULES),
    *(Module(path, least=0.85) for path in COMBINATION),
    Module("src/ulnlib/batch/checker.py"),
    Module("src/ulnlib/matching/"),
)


def _mutants(quick: bool) -> Result:  # noqa: FBT001  # as all steps are called
    if missing := unlisted_rules(ROOT):
        raise Failed(f"no row in tools/mutation.py for {', '.join(missing)}")
    result = Result()
    every: list[Found] = []
    # All are tried before one that falls short ends the step.
    for found in mutate(ROOT, MODULES[:1] if quick else MODULES):
        every.append(found)
        print(f"  {_line(found)}", flush=True)
        result.facts.append(_line(found))
        if found.survivors:
            result.details.append(f"### Survivors of {found.module}")
            result.details += [
                f"```diff\n# {name}\n{diff}\n```" for name, diff in found.survivors
            ]
    rules = [found for found in every if found.module in RULES]
    if rules:
        together = Found(
            module=RULES_FOLDER,
            least=0.90,
            total=sum(found.total for found in rules),
            stopped=sum(found.stopped for found in rules),
            survivors=tuple(one for found in rules for one in found.survivors),
        )
        every.append(together)
        print(f"  {_line(together)}", flush=True)
        result.facts.append(f"all together, {_line(together)}")
    short = [found for found in every if found.share < found.least]
    if short:
        raise Failed(
            "too few mutants are killed:\n" + "\n".join(_told(found) for found in short)
        )
    return result


def _line(found: Found) -> str:
    slow = f", {found.stopped} of them stopped" if found.stopped else ""
    return (
        f"{found.module}: {found.killed} of {found.total} killed "
        f"({found.share:.1%}){slow}, {len(found.survivors)} survived"
    )


def _told(found: Found) -> str:
    """Return what is needed, and the survivors."""
    needed = f"{_line(found)}; {found.least:.0%} are needed; the survivors:"
    return "\n".join([needed, *(f"{name}\n{diff}" for name, diff in found.survivors)])


# --- the proof ------------------------------------------------------------------------

STEPS = (
    Step(
        "oracle",
        "The rule of the ULN, written digit by digit, agrees with `uln.is_valid`, "
        "`check`, `validate_many` and `calc_check_digit` over random and consecutive "
        "numbers.",
        _tests(["test_oracle.py"], {"PROVE_NUMBERS": ("1000000", "50000")}),
    ),
    Step(
        "combination",
        "Random structures with every feature of the rules of combination, small ones, "
        "larger ones, such as are published, and adversarial ones, are evaluated; the "
        "counting, what it comes to and what is still needed are those of an oracle: "
        "everything is tried, or OR-Tools CP-SAT is asked.",
        _tests(["test_combination_oracle.py"], {"PROVE_STRUCTURES": ("20000", "400")}),
    ),
    Step(
        "register",
        "A process that writes to a register is killed with SIGKILL at a random "
        "moment. The file opens and is sound, all that was acknowledged is there, "
        "and nothing is half there; with WAL and with the rollback journal.",
        _tests(["test_register_kill.py"], {"PROVE_KILLS": ("1000", "25")}),
    ),
    Step(
        "run",
        "A process that runs a batch file against a register, or the command that "
        "does it, is killed. The whole run is there or nothing of it, the file run "
        "again gives the result of an undisturbed run and registers nobody twice, "
        "and output files are complete or not there.",
        _tests(["test_run_kill.py"], {"PROVE_KILLS": ("1000", "25")}),
    ),
    Step(
        "fuzz",
        "Random bytes, mutants of the golden files and hostile inputs are read: no "
        "error, the bytes of every record stand in the input in order, time and "
        "memory are bounded by the size of the input. Mutants of batch files in XML, "
        "CTF, ILR and other tables go through every reader without an error.",
        _tests(
            ["test_fuzz.py"],
            {
                "HYPOTHESIS_PROFILE": ("nightly", "ci"),
                "PROVE_MUTANTS": ("50000", "1000"),
                "PROVE_HOSTILE": ("1", "0.02"),
            },
        ),
    ),
    Step(
        "corpus",
        "A fuzzer that is led by coverage (Atheris) tries every reader for an hour in "
        "all: no error, no hang, and the laws of `tests/builders/readers.py` hold. The "
        "small inputs that lead where no other leads are kept in `tests/data/corpus` "
        "and read by the tests on every run.",
        _fuzzed,
    ),
    Step(
        "large",
        "A large clean file is streamed; beside the record in hand at most 100 bytes "
        "a record are kept.",
        _tests(["test_large_file.py"], {"PROVE_RECORDS": ("1000000", "20000")}),
    ),
    Step(
        "mutants",
        "Every function is changed in one place at a time (operators, constants, "
        "comparisons, arguments, returns), by mutmut; its tests should fail. The "
        "tables at the top of a module and functions with a decorator are not "
        "changed. The mutants of a module of `rules` have its own tests alone. What "
        "was found stands until the module or its tests change. At "
        "least 90 % of the mutants of `uln.py`, of every module of `rules`, and of all "
        "of `rules` together must be killed; 85 % of each module of the rules of "
        "combination that says what a rule means.",
        _mutants,
    ),
)


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip()


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--", "src", "tests")
    return f"{commit}, with changes" if changed else commit


def _page(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page of what was found, at whatever time."""
    rows, details = [], []
    for step in STEPS:
        if (run := found.get(step.name)) is None:
            rows.append((step.name, step.tried, "not run yet", "", ""))
            continue
        when = f"{run['date']}<br>{run['commit']}"
        shown = "<br>".join(run["facts"])
        rows.append((step.name, step.tried, shown, when, f"{run['seconds']:.0f}"))
        details += run["details"]
    on = dict.fromkeys("; ".join(run["on"]) for run in found.values())
    parts = [
        "# Proof",
        (
            "What `make prove` tried, and what each step found when it last went well. "
            "`make test` does not run it: it takes long."
        ),
        table(("Step", "Tried", "Found: passed", "When", "Seconds"), rows),
        (
            "Time and memory of the hostile inputs hold for one machine; their bounds "
            "stand in `tests/prove/test_fuzz.py`. The time is that of the processor."
        ),
        "\n".join(f"* Run on: {one}." for one in on),
    ]
    if details:
        parts += [
            "## Mutants that survived",
            (
                "Changes that no test noticed. Some change nothing that can be seen: "
                "where a quick way falls back on a thorough one, a change that makes "
                "the quick way give up has the same answers. Those of the rules are "
                "sorted in [Surviving mutants](../explanation/surviving-mutants.md)."
            ),
            *details,
        ]
    return "\n\n".join(parts) + "\n"


def _kept() -> dict[str, dict[str, Any]]:
    """Return what was found before."""
    if not FOUND.is_file():
        return {}
    kept: dict[str, dict[str, Any]] = json.loads(FOUND.read_text(encoding="utf-8"))
    return kept


def _write(done: Sequence[tuple[Step, Result, float]], date: str) -> None:
    """Write what the steps have found, beside what others found before."""
    found = _kept()
    on = [
        f"{platform.python_implementation()} {platform.python_version()}",
        f"{platform.system()} {platform.machine()}",
        f"{os.cpu_count()} CPUs",
        *(f"{name} {version(name)}" for name in PACKAGES if _is_there(name)),
    ]
    for step, result, seconds in done:
        found[step.name] = {
            "date": date,
            "commit": _commit(),
            "seconds": round(seconds),
            "on": on,
            "facts": result.facts,
            "details": result.details,
        }
    text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    FOUND.write_text(text, encoding="utf-8", newline="\n")
    PAGE.write_text(_page(found), encoding="utf-8", newline="\n")


def _is_there(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def main() -> int:
    """Run the steps and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little, and no page")
    parser.add_argument("--date", help="the date for the page; today by default")
    parser.add_argument("--jobs", type=int, default=1, help="so many steps at a time")
    names = [step.name for step in STEPS]
    parser.add_argument("--only", nargs="+", choices=names, help="only some steps")
    arguments = parser.parse_args()
    if shutil.which("git") is None:
        print("git is needed, to say which commit was proved")
        return 2
    today = dt.datetime.now(tz=dt.UTC).date()  # noqa: TID251  # tools may read it
    steps = [step for step in STEPS if step.name in (arguments.only or names)]

    def tried(step: Step) -> tuple[Step, Result, float]:
        print(f"\n{step.name}: {step.tried}", flush=True)
        start = time.perf_counter()
        result = step.run(arguments.quick)
        seconds = time.perf_counter() - start
        for line in result.facts:
            print(f"  {step.name}: {line}")
        print(f"  {step.name}: passed in {seconds:.0f} s", flush=True)
        return step, result, seconds

    done: list[tuple[Step, Result, float]] = []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for step, running in [(step, pool.submit(tried, step)) for step in steps]:
            try:
                done.append(running.result())
            except (Failed, NotTried) as failed:
                pool.shutdown(cancel_futures=True)
                print(f"\nThe proof failed at step {step.name!r}: {failed}")
                return 1
    if not arguments.quick:
        _write(done, arguments.date or today.isoformat())
        print(f"\nWritten: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Mutants of modules, made and tried by mutmut in a copy of the tree.

mutmut changes what functions do. It leaves alone what a module makes once, when it is
loaded, and functions with a decorator, so properties. Which tests belong to a module is
said here.

Trying them takes hours. What was found of a module is kept in tools/mutants.json, and
stands until the module or its tests change.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COPIED = (
    *("src", "tests", "examples", "docs", "benchmarks", "tools"),
    *("conftest.py", "pyproject.toml", "README.md", "mkdocs.yml", "CHANGELOG.md"),
)

RULES_FOLDER = "src/ulnlib/rules/"
_RULES = {
    "__init__.py": "package",
    "_words.py": "words",
    "accounts.py": "accounts",
    "achievements.py": "achievements",
    "corrections.py": "corrections",
    "disclosure/": "disclosure*",
    "notice.py": "notice",
    "organisations.py": "organisations",
    "procedure.py": "procedure",
    "registration.py": "registration",
    "restrictions.py": "restrictions",
    "roles.py": "roles",
    "routes/": "routes*",
    "sharing.py": "sharing",
    "states.py": "states",
    "temporary_uln.py": "temporary_uln",
    "updates.py": "updates",
    "users.py": "users",
    "values.py": "values",
    "verification.py": "verification",
}
"""The modules of the rules, and the name of the tests of each."""

_NOTHING_TO_CHANGE = frozenset({"clauses.py"})
"""Modules of the rules in which mutmut finds nothing to change."""

_COMBINATION_FOLDER = f"{RULES_FOLDER}combination/"
_COMBINATION = {
    "checking": ("checking",),
    "claims": ("claims", "evaluating"),
    "leaving_out": ("leaving_out",),
    "needs": ("needs",),
    "question": ("question", "evaluating"),
    "shortfall": ("shortfall",),
    "standing": ("standing", "evaluating"),
}
"""The modules of the rules of combination that say what a rule means, and their tests.

The search itself is held to oracles instead: a mutant of a bound is slow, not wrong.
"""

RULES = tuple(f"{RULES_FOLDER}{name}" for name in _RULES)
COMBINATION = tuple(f"{_COMBINATION_FOLDER}{name}.py" for name in _COMBINATION)

_TESTS = {
    **{
        f"{RULES_FOLDER}{name}": (
            f"tests/unit/rules/test_{tests}.py",
            f"tests/property/rules/test_{tests}.py",
        )
        for name, tests in _RULES.items()
    },
    **{
        f"{_COMBINATION_FOLDER}{name}.py": tuple(
            f"tests/unit/rules/combination/test_{one}.py" for one in tests
        )
        for name, tests in _COMBINATION.items()
    },
    "src/ulnlib/uln.py": ("tests/unit/test_uln*.py", "tests/property/test_uln.py"),
    "src/ulnlib/identifiers.py": (
        "tests/unit/test_identifiers*.py",
        "tests/property/test_identifiers.py",
    ),
    "src/ulnlib/batch/checker.py": (
        "tests/unit/batch",
        "tests/golden/test_lrb.py",
        "tests/property/batch",
    ),
    "src/ulnlib/matching/": (
        "tests/unit/matching",
        "tests/property/matching",
        "tests/property/test_matching_keys.py",
    ),
}
"""The unit and property tests of each module, as far as there are any.

A module of the rules has only its own tests: what another module's tests would notice
by the way does not count.
"""

_SURVIVED, _UNTESTED, _SKIPPED = 0, 33, 34
"""mutmut's exit codes of mutants that no test noticed, or that were not tried."""
_STOPPED = frozenset({-24, 24, 36, 152, 255})
"""Those of mutants that took too long: most never come to an end."""


class NotTried(Exception):
    """mutmut did not come to an end."""


@dataclass(frozen=True)
class Module:
    """What is mutated.

    Attributes:
        path: A file, or a folder with a slash at its end.
        least: Which share of its mutants has to be killed.
    """

    path: str
    least: float = 0.0


@dataclass(frozen=True)
class Found:
    """What became of the mutants of a module.

    Attributes:
        module: Its path.
        least: Which share has to be killed.
        total: How many mutants were tried.
        stopped: How many of those that count as killed took too long.
        survivors: Name of each that no test noticed, and what was changed.
    """

    module: str
    least: float
    total: int
    stopped: int
    survivors: tuple[tuple[str, str], ...]

    @property
    def killed(self) -> int:
        """How many mutants a test noticed."""
        return self.total - len(self.survivors)

    @property
    def share(self) -> float:
        """Which share of the mutants a test noticed."""
        return self.killed / self.total if self.total else 0.0


def unlisted_rules(root: Path) -> list[str]:
    """Return the modules of the rules that have no row above.

    Args:
        root: The tree.
    """
    found = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (root / RULES_FOLDER).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return sorted(found - _RULES.keys() - _NOTHING_TO_CHANGE - {"combination/"})


def mutate(root: Path, modules: Sequence[Module]) -> Iterator[Found]:
    """Yield what became of the mutants of each module.

    Args:
        root: The tree; it is copied, and nothing of it touched but what is kept.
        modules: What to mutate.
    """
    for module in modules:
        state = _state(root, module)
        found = _recall(root, module, state)
        if found is None:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder).resolve() / "copy"
                _copy(root, copy)
                found = _run(copy, module)
            _keep(root, found, state)
        yield found


# --- what was found before ------------------------------------------------------------

_KEPT = "tools/mutants.json"


def _tests_of(root: Path, module: Module) -> list[Path]:
    return [
        found for pattern in _TESTS[module.path] for found in sorted(root.glob(pattern))
    ]


def _state(root: Path, module: Module) -> str:
    """Return a digest of a module and its tests."""
    digest = hashlib.sha256()
    for place in (root / module.path, *_tests_of(root, module)):
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for file in files:
            digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _all_kept(root: Path) -> dict[str, dict[str, Any]]:
    path = root / _KEPT
    if not path.is_file():
        return {}
    kept: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def _recall(root: Path, module: Module, state: str) -> Found | None:
    """Return what was found of a module as it is, None where it was not tried so."""
    kept = _all_kept(root).get(module.path)
    if kept is None or kept["state"] != state:
        return None
    return Found(
        module=module.path,
        least=module.least,
        total=kept["total"],
        stopped=kept["stopped"],
        survivors=tuple((name, diff) for name, diff in kept["survivors"]),
    )


def _keep(root: Path, found: Found, state: str) -> None:
    kept = _all_kept(root)
    kept[found.module] = {
        "state": state,
        "total": found.total,
        "stopped": found.stopped,
        "survivors": [list(one) for one in found.survivors],
    }
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (root / _KEPT).write_text(text, encoding="utf-8", newline="\n")


# --- trying them -------------------------------------------------------------------


def _copy(root: Path, copy: Path) -> None:
    copy.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", "prove")
    for name in _COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, ignore=ignored)
        else:
            shutil.copyfile(root / name, copy / name)


def _run(copy: Path, module: Module) -> Found:
    path = f"{module.path}*" if module.path.endswith("/") else module.path
    tests = [str(found.relative_to(copy)) for found in _tests_of(copy, module)]
    settings = {
        "source_paths": ["src"],
        "only_mutate": [path],
        "also_copy": [name for name in _COPIED if name not in {"src", "tests"}],
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": [
            *("-p", "no:randomly", "-p", "no:cacheprovider"),
            # They feed megabytes: a mutant that only they would notice is a slow one.
            *("-k", "not hostile and not megabyte and not time_to_redact"),
        ],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    # Six times what its tests take, and half a minute: an endless loop eats memory.
    lines += ["timeout_multiplier = 6.0", "timeout_constant = 5.0"]
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write("\n[tool.mutmut]\n" + "\n".join(lines) + "\n")
    command = [sys.executable, "-m", "mutmut", "run"]
    command += ["--max-children", str(os.cpu_count() or 1)]
    done = subprocess.run(  # noqa: S603  # mutmut, over our own tests
        command,
        cwd=copy,
        env=os.environ | {"HYPOTHESIS_PROFILE": "ci"},
        capture_output=True,
        text=True,
        check=False,
    )
    codes = _exit_codes(copy)
    if done.returncode or not codes:
        # What it prints while it works is thousands of lines; the end says why.
        sys.stderr.write((done.stdout + done.stderr)[-4_000:])
        raise NotTried(
            f"mutmut could not try the mutants of {module.path}; do its tests pass "
            "without any?"
        )
    survivors = [name for name, code in codes.items() if code in {_SURVIVED, _UNTESTED}]
    functions = _functions(copy)
    return Found(
        module=module.path,
        least=module.least,
        total=len(codes),
        stopped=sum(code in _STOPPED for code in codes.values()),
        survivors=tuple((_plain(name), _diff(name, functions)) for name in survivors),
    )


def _exit_codes(copy: Path) -> dict[str, int | None]:
    """Return with which code the tests of each mutant ended."""
    found: dict[str, int | None] = {}
    for meta in sorted((copy / "mutants" / "src").rglob("*.meta")):
        found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: code for name, code in found.items() if code != _SKIPPED}


def _functions(copy: Path) -> dict[str, ast.AST]:
    """Return every function of the mutated modules, originals and mutants."""
    found: dict[str, ast.AST] = {}
    for path in sorted((copy / "mutants" / "src").rglob("*.py")):
        if not path.with_name(f"{path.name}.meta").exists():
            continue
        module = ".".join(
            path.relative_to(copy / "mutants" / "src").with_suffix("").parts
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{module.removesuffix('.__init__')}.{node.name}"] = node
    return found


def _diff(name: str, functions: dict[str, ast.AST]) -> str:
    """Return what was changed, as removed and added lines."""
    original = f"{name.rpartition('__mutmut_')[0]}__mutmut_orig"
    if not {name, original} <= functions.keys():
        return ""
    before, after = (
        ast.unparse(functions[one]).split("\n") for one in (original, name)
    )
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    return "\n".join(
        line for line in lines if not line.startswith("@@") and "__mutmut_" not in line
    )


def _plain(name: str) -> str:
    """Return `ulnlib.uln.Uln.parse 3` for mutmut's name of a mutant."""
    module, _, function = name.rpartition(".")
    function, _, number = function.rpartition("__mutmut_")
    function = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module}.{function} {number}"

"""The tool that makes mutants knows which tests belong to which module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load():
    path = ROOT / "tools" / "mutation.py"
    spec = importlib.util.spec_from_file_location("mutation", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutation"] = module  # its dataclasses ask for it
    spec.loader.exec_module(module)
    return module


mutation = _load()
PATHS = [*mutation.RULES, *mutation.COMBINATION]


def test_every_module_of_the_rules_is_tried():
    assert mutation.unlisted_rules(ROOT) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_module_that_is_tried_is_there_and_so_are_tests_of_it(path):
    assert (ROOT / path).exists()
    assert any(
        found for pattern in mutation._TESTS[path] for found in ROOT.glob(pattern)
    )


def test_what_was_found_stands_until_the_module_or_its_tests_change(
    tmp_path, monkeypatch
):
    module = mutation.Module("src/one.py", least=0.5)
    for name in ("src", "tests", "tools"):
        (tmp_path / name).mkdir()
    (tmp_path / "src" / "one.py").write_text("ONE = 1\n")
    (tmp_path / "tests" / "test_one.py").write_text("def test(): pass\n")
    found = mutation.Found("src/one.py", 0.5, 9, 1, (("one 1", "-a\n+b"),))
    tried = []
    monkeypatch.setitem(mutation._TESTS, "src/one.py", ("tests/test_one*.py",))

    def run(_, one):
        tried.append(one)
        return found

    monkeypatch.setattr(mutation, "_copy", lambda *_: None)
    monkeypatch.setattr(mutation, "_run", run)

    for _ in range(2):
        assert list(mutation.mutate(tmp_path, [module])) == [found]
    assert len(tried) == 1

    (tmp_path / "tests" / "test_one_more.py").write_text("def test_two(): pass\n")
    assert list(mutation.mutate(tmp_path, [module])) == [found]
    (tmp_path / "src" / "one.py").write_text("ONE = 2\n")
    assert list(mutation.mutate(tmp_path, [module])) == [found]
    assert len(tried) == 3

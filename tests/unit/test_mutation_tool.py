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

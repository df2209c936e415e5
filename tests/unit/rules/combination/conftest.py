"""Evaluations that the tests of what is shown share."""

import importlib.util
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "make_combination.py"


@pytest.fixture(scope="session")
def made():
    """The module that makes the golden evaluations."""
    spec = importlib.util.spec_from_file_location("make_combination", GOLDEN)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cases(made):
    """Evaluations by name."""
    return made.cases()

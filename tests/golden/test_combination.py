"""Screens and pages of evaluations are what somebody has looked at."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def _load():
    path = FOLDER / "make_combination.py"
    spec = importlib.util.spec_from_file_location("make_combination", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_combination = _load()
GOLDEN = make_combination.golden()


def test_every_file_is_there_and_no_other():
    files = {path.name for path in make_combination.FOLDER.iterdir()}
    assert files == set(GOLDEN)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_it_is_what_it_was(name):
    text = (make_combination.FOLDER / name).read_bytes().decode("utf-8")
    assert GOLDEN[name] == text, "look at it, then see make_combination.py"

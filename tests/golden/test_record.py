"""Reports of learning records are what somebody has looked at."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def _load():
    path = FOLDER / "make_record.py"
    spec = importlib.util.spec_from_file_location("make_record", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_record = _load()
GOLDEN = make_record.golden()


def test_every_file_is_there_and_no_other():
    files = {path.name for path in make_record.FOLDER.iterdir()}
    assert files == set(GOLDEN)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_it_is_what_it_was(name):
    text = (make_record.FOLDER / name).read_bytes().decode("utf-8")
    assert GOLDEN[name] == text, "look at it, then see make_record.py"

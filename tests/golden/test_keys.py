"""Blocking keys are what they were: others keep them in registers and databases."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ulnlib import Learner, _tables
from ulnlib.matching import KEY_VERSION, blocking_keys

FOLDER = Path(__file__).parent


def _load():
    spec = importlib.util.spec_from_file_location("make_keys", FOLDER / "make_keys.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_keys = _load()
GOLDEN = json.loads(make_keys.FILE.read_text(encoding="utf-8"))
TABLES = [table.name for name in make_keys.TABLES for table in _tables.load_all(name)]
WHAT_TO_DO = "the keys have changed: see make_keys.py"


def test_the_golden_keys_are_of_this_version():
    assert GOLDEN["version"] == KEY_VERSION
    assert [one["learner"] for one in GOLDEN["learners"]] == list(make_keys.LEARNERS)
    assert sorted(GOLDEN["tables"]) == sorted(TABLES)


@pytest.mark.parametrize("number", range(len(make_keys.LEARNERS)))
def test_a_learner_has_the_keys_of_always(number):
    one = GOLDEN["learners"][number]

    assert list(blocking_keys(Learner(**one["learner"]))) == one["keys"], WHAT_TO_DO


@pytest.mark.parametrize("name", TABLES)
def test_the_names_of_a_table_have_the_keys_of_always(name):
    table = _tables.load(name)

    assert len(make_keys.names(table)) > 3
    assert make_keys.digest(table) == GOLDEN["tables"][name], WHAT_TO_DO


def test_only_what_can_be_searched_by_makes_a_key():
    *_, numbers, nothing = GOLDEN["learners"]

    assert len(numbers["keys"]) == 2
    assert nothing["keys"] == []


def test_the_keys_do_not_depend_on_the_process():
    """Sets of texts have another order in each process; keys have not."""
    script = "import make_keys; print(make_keys.digest(make_keys._tables.load(NAME)))"
    script = script.replace("NAME", "'sound_lexicon'")
    answers = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", script],
            cwd=FOLDER,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert answers == {GOLDEN["tables"]["sound_lexicon"] + "\n"}

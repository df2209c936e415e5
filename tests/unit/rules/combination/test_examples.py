"""The structures in examples/roc can be read, are of the schema, and are sound."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ulnlib.rules.combination import (
    lint,
    parse_text,
    read_achievements,
    read_structure,
    structure_to_json,
    to_text,
)

ROOT = Path(__file__).resolve().parents[4]
EXAMPLES = ROOT / "examples" / "roc"
STRUCTURES = sorted(set(EXAMPLES.glob("*.json")) - {EXAMPLES / "achievements.json"})


def is_of_the_schema(path, kind):
    schemas = ROOT / "docs" / "reference" / "json"
    schema = json.loads((schemas / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema).is_valid(json.loads(path.read_bytes()))


@pytest.mark.parametrize("path", STRUCTURES, ids=lambda path: path.stem)
def test_a_structure_is_sound_and_written_as_we_write_it(path):
    file = read_structure(path.read_bytes())
    assert list(file.report) == []
    assert lint(file.structure).is_ok
    assert structure_to_json(file.structure).encode() == path.read_bytes()
    assert parse_text(to_text(file.structure)).structure == file.structure
    assert is_of_the_schema(path, "structure")


def test_only_the_published_maximum_is_found():
    found = {
        (path.stem, finding.code)
        for path in STRUCTURES
        for finding in lint(read_structure(path.read_bytes()).structure)
    }
    assert found == {("icq-l4-adultcare", "maximum-above-rest")}


def test_the_text_and_the_json_of_the_invented_one_agree():
    text = (EXAMPLES / "invented-l3-workshop.txt").read_text(encoding="utf-8")
    file = read_structure((EXAMPLES / "invented-l3-workshop.json").read_bytes())
    assert parse_text(text).structure == file.structure
    assert file.structure.name.startswith("Invented")


def test_both_files_of_achievements_agree():
    path = EXAMPLES / "achievements.json"
    plain = read_achievements(path.read_bytes())
    assert plain.report.is_ok
    assert len(plain.achievements) == 7
    assert read_achievements((EXAMPLES / "achievements.csv").read_bytes()) == plain
    assert is_of_the_schema(path, "achievements")

"""Every row of every code table says what it is and where it comes from."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files

import pytest

DATA = files("ulnlib") / "_data"
NAMES = sorted(
    file.name
    for file in DATA.iterdir()
    if file.name.startswith("codes_") and file.name.endswith(".toml")
)
TABLES = {
    name: tomllib.loads((DATA / name).read_text(encoding="utf-8")) for name in NAMES
}
ROWS = [
    pytest.param(row, id=f"{name[6:-5]}-{row.get('code')}")
    for name, table in TABLES.items()
    for row in table["row"]
]


def test_there_are_tables():
    assert len(NAMES) >= 9


@pytest.mark.parametrize("name", NAMES)
class TestEveryTable:
    def test_it_has_a_header(self, name):
        source = TABLES[name]["source"]
        assert set(source) == {"title", "version", "retrieved", "note"}
        assert all(isinstance(text, str) and text for text in source.values())
        dt.date.fromisoformat(source["retrieved"])

    @pytest.mark.parametrize("key", ["code", "name", "order", "label"])
    def test_no_two_rows_are_the_same(self, name, key):
        values = [row[key] for row in TABLES[name]["row"]]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("row", ROWS)
class TestEveryRow:
    def test_it_has_label_evidence_and_source(self, row):
        assert set(row) >= {"code", "name", "label", "order", "evidence", "source"}
        assert row["label"].strip() == row["label"] != ""
        assert row["name"].isidentifier()
        assert row["name"] == row["name"].upper()
        assert row["evidence"] in {"published", "observed", "derived", "assumed"}
        assert row["source"].strip()
        assert isinstance(row["order"], int)

    def test_its_dates_are_in_order(self, row):
        first, last = row.get("valid_from"), row.get("valid_to")
        assert all(type(day) is dt.date for day in (first, last) if day is not None)
        assert first is None or last is None or first <= last

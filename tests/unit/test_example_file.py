"""The example file is what its generator makes, and holds what its page says."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import sys
from pathlib import Path

import pytest

from ulnlib import batch
from ulnlib.matching import Outcome, Policy, Query, Tolerance
from ulnlib.register import Register
from ulnlib.testing import merges, population

ROOT = Path(__file__).resolve().parents[2]
AS_OF = dt.date(2026, 11, 21)
SERVICE = Policy(narrow=True)


def _load():
    name = "make_example"
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


make_example = _load()


@pytest.fixture(scope="module")
def rows():
    return make_example.rows()


@pytest.fixture(scope="module")
def register():
    learners = list(population(make_example.SIZE, seed=make_example.SEED))
    with Register(synthetic=True) as register:
        for _ in register.add_many(learners):
            pass
        for linked, master in merges(learners, seed=make_example.SEED):
            register.merge(linked, into=master)
        yield register


class TestBytes:
    def test_making_it_again_gives_the_same_file(self, rows):
        committed = (make_example.EXAMPLES / make_example.CSV_NAME).read_bytes()
        assert make_example.to_csv(rows) == committed

    def test_making_it_again_gives_the_same_page(self, rows):
        page = make_example.EXAMPLES / make_example.README_NAME
        assert make_example.to_page(rows) == page.read_bytes().decode()

    def test_main_writes_both(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(make_example, "EXAMPLES", tmp_path / "examples")
        make_example.main()
        written = sorted(path.name for path in (tmp_path / "examples").iterdir())
        assert written == [make_example.CSV_NAME, make_example.README_NAME]
        assert "500 records" in capsys.readouterr().out


class TestShape:
    def test_it_has_a_heading_row_and_500_records(self, rows):
        text = make_example.to_csv(rows).decode("utf-8")
        heading, *records = csv.reader(io.StringIO(text, newline=""))
        assert len(heading) == 32
        assert len(records) == make_example.RECORDS == 500
        assert records[0][:4] == ["3A", "LRB_10012345_211120260900", "10012345", "500"]
        assert all(record[:4] == [""] * 4 for record in records[1:])

    def test_the_library_reads_it_as_version_3a(self, rows):
        found = batch.read(make_example.to_csv(rows), as_of=AS_OF)
        assert len(found.records) == 500
        assert [issue for issue in found.report if issue.row is None] == []

    def test_the_mix_is_that_of_an_enrolment(self):
        share = dict.fromkeys((*make_example._TITLES,), 0)
        for kind in make_example.KINDS:
            share[kind.meant] += kind.count
        assert sum(share.values()) == 500
        assert 280 <= share[make_example.FOUND] <= 320
        assert 65 <= share[make_example.NEW] <= 85


OUTCOMES = {
    "ULN given, one mandatory field changed": Outcome.POSSIBLE,
    "ULN given, two mandatory fields changed": Outcome.NONE,
    "near: more than ten records": Outcome.TOO_MANY,
    "two equal records in the register": Outcome.POSSIBLE,
}


class TestOutcomes:
    def test_every_kind_finds_in_the_register_what_it_is_meant_to(self, rows, register):
        for row in rows:
            kind = row.kind
            outcome = register.search(Query.of(row.learner), SERVICE).outcome
            if kind.name in OUTCOMES:
                assert outcome is OUTCOMES[kind.name], kind.name
            elif kind.name.startswith("near: "):
                assert outcome is Outcome.POSSIBLE, kind.name
            elif kind.meant == make_example.FOUND:
                assert outcome is Outcome.EXACT, kind.name
            elif "new" in kind.name.split(",")[0].split():
                assert outcome is Outcome.NONE, kind.name

    def test_near_records_differ_in_what_they_are_named_after(self, rows, register):
        for name, fields in {
            "near: given name differs": ["given_name"],
            "near: family name differs": ["family_name"],
            "near: date of birth differs": ["date_of_birth"],
            "near: gender differs": ["gender"],
            "near: postcode differs": ["postcode"],
            "near: given and family name changed over": ["given_name", "family_name"],
        }.items():
            records = [row.learner for row in rows if row.kind.name == name]
            assert records
            for learner in records:
                (match,) = register.search(Query.of(learner), SERVICE).matches
                levels = [finding.level for finding in match.comparison.findings[:5]]
                assert [one.field for one in levels if not one.is_equal] == fields
                is_swapped = match.tolerances == (Tolerance.NAMES_SWAPPED,)
                assert is_swapped == (len(fields) == 2)

    def test_merged_records_lead_to_their_masters(self, rows, register):
        records = [
            row.learner for row in rows if "merged into another" in row.kind.name
        ]
        assert len(records) == 8
        for learner in records:
            (match,) = register.search(Query.of(learner), SERVICE).matches
            assert match.linked

    def test_what_the_service_would_refuse_is_an_error_in_its_row(self, rows):
        found = batch.read(make_example.to_csv(rows), as_of=AS_OF)
        wrong = {issue.row for issue in found.report.errors}
        decided_by_the_register = (
            "near: ",
            "new, ",
            "two equal",
            "ULN given",
            "ULN that",
        )
        for number, row in enumerate(rows, 2):
            if (
                row.kind.meant == make_example.EXCEPTION
                and not row.kind.name.startswith(decided_by_the_register)
            ):
                assert number in wrong, row.kind.name
            elif row.kind.meant != make_example.TWICE:
                assert number not in wrong, row.kind.name

"""Invented catalogues: right numbers, shared units, structures that are whole."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter

import pytest

from ulnlib import testing
from ulnlib.identifiers import check_qan, check_unit_reference
from ulnlib.rules.routes import index
from ulnlib.testing import catalogues
from ulnlib.testing.catalogues import UNITS_SHARED, catalogue, learner_units


@pytest.fixture(scope="module")
def made():
    return list(catalogue(3000, seed=1))


def listed(one):
    return [unit for group in one.structure.root.walk() for unit in group.units]


def test_nothing_is_wrong_with_it(made):
    assert len(made) == 3000
    assert not index(made).report
    assert not any(check_qan(one.number) for one in made)
    references = {unit.reference for one in made for unit in listed(one)}
    assert not any(map(check_unit_reference, references))


def test_a_unit_stands_in_as_many_as_in_the_register(made):
    stands_in = Counter(unit.reference for one in made for unit in listed(one))
    assert stands_in.total() / len(stands_in) == pytest.approx(UNITS_SHARED, abs=0.15)


def test_no_structure_lists_a_unit_twice(made):
    for one in made:
        references = [unit.reference for unit in listed(one)]
        assert len(set(references)) == len(references)


def test_structures_are_typical(made):
    groups = Counter(len(one.structure.root.groups) for one in made)
    assert sum(groups[n] for n in range(3, 7)) / len(made) > 0.9
    assert {one.size for one in made} == {"Award", "Certificate", "Diploma"}
    assert any(one.structure.bars for one in made)
    assert any(one.structure.equivalents for one in made)
    kinds = Counter(g.kind for one in made for g in one.structure.root.walk())
    assert set(kinds) == {"unit", "compound", "other-credit"}
    names = Counter(g.name for one in made for g in one.structure.root.walk())
    assert names["Pathways"]
    assert any(not g.is_complete for one in made for g in one.structure.root.walk())


def test_facts_vary(made):
    assert any(one.operational_end is None for one in made)
    assert any(one.operational_end is not None for one in made)
    assert any(one.is_sensitive for one in made)
    assert {place for one in made for place in one.countries} == {
        *("England", "Wales", "Northern Ireland")
    }
    assert {age for one in made for age in one.ages} == {
        *("pre-16", "16-18", "18+", "19+")
    }


def test_the_same_seed_gives_the_same(made):
    assert list(catalogue(50, seed=1)) == made[:50]
    assert list(catalogue(50, seed=2)) != made[:50]
    assert list(catalogue(0)) == []


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_whatever_the_order_of_sets(hash_seed):
    code = (
        "from ulnlib.testing.catalogues import catalogue; import hashlib;"
        "text = ''.join(f'{o.number}{o.title}{o.structure}{sorted(o.ages)}'"
        " for o in catalogue(20));"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    run = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    expected = "".join(
        f"{o.number}{o.title}{o.structure}{sorted(o.ages)}" for o in catalogue(20)
    )
    import hashlib

    assert run.stdout.strip() == hashlib.sha256(expected.encode()).hexdigest()


def test_a_learner_has_units_of_some_courses(made):
    had = learner_units(made, 40, courses=4, seed=3)
    assert len(had) == len({one.unit for one in had}) == 40
    assert had == learner_units(made, 40, courses=4, seed=3)
    assert had != learner_units(made, 40, courses=4, seed=4)
    assert all(one.credit and one.level for one in had)
    assert all(one.date >= dt.date(2019, 1, 1) for one in had)
    assert learner_units([], 40) == ()


def test_there_are_only_so_many_numbers():
    with pytest.raises(ValueError, match="1,000,000"):
        catalogues._body(1_000_000)


def test_the_door_loads_it_at_its_first_use():
    assert testing.catalogues is catalogues

"""What the tests of matching share: a store of learners that is a dictionary."""

from __future__ import annotations

import pytest

from ulnlib.learner import Profile
from ulnlib.matching import (
    PER_KEY_LIMIT,
    Candidate,
    blocking_keys,
    exact_key,
    five_of,
)
from ulnlib.uln import Uln, is_valid

# The first of the test range, in order.
ULNS = [
    Uln(str(number))
    for number in range(9_900_000_000, 9_900_006_000)
    if is_valid(str(number))
]


class Memory:
    """A store in memory: a dictionary from key to records.

    Learners without a ULN get those of the test range, in order.
    """

    def __init__(self, *learners):
        self.records = {}
        self.by_key = {}
        self.ulns = iter(ULNS)
        for learner in learners:
            self.add(learner)

    def add(self, learner, *, master=None, families=(), postcodes=()):
        uln = Uln(learner.uln) if learner.uln else next(self.ulns)
        learner = learner.evolve(uln=uln)
        record = Candidate(uln, learner, master, tuple(families), tuple(postcodes))
        self.records[uln] = record
        keys = {
            *blocking_keys(learner, families=families, postcodes=postcodes),
            exact_key(five_of(learner)),
        }
        for key in keys - {None}:
            self.by_key.setdefault(key, []).append(record)
        return uln

    def candidates(self, exact, keys, /):
        found = {
            record.uln: record
            for key in {exact, *keys} - {None}
            for record in sorted(self.by_key.get(key, []))[:PER_KEY_LIMIT]
        }
        return list(found.values())

    def profiles(self, ulns, /):
        return [
            Profile(
                learner=self.records[uln].learner,
                created=None,
                last_amended=None,
                version=1,
            )
            for uln in ulns
        ]

    def lookup(self, uln, /):
        record = self.records.get(uln)
        if record is None:
            return []
        return (
            [record] if record.master is None else [record, self.records[record.master]]
        )


@pytest.fixture(scope="session")
def memory():
    """Give the class of stores in memory; a law makes one for each example."""
    return Memory

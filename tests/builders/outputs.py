"""Files that were sent, and outputs that may have come back."""

import datetime as dt

import attrs

from ulnlib import batch
from ulnlib.testing import population
from ulnlib.uln import is_valid

UPLOAD = dt.date(2026, 11, 21)
ULNS = [str(n) for n in range(9_900_000_000, 9_900_001_000) if is_valid(str(n))]
PEOPLE = [
    one.evolve(uln=None, mis_identifier=f"M{n}")
    for n, one in enumerate(population(8, seed=3), 1)
]


def sent(learners=PEOPLE, ukprn="10012345"):
    return batch.make(learners, ukprn=ukprn, file_name="autumn")


def output(learners=None, codes=(), ukprn="10012345"):
    """Return an output file: the learners with ULNs, all found unless said else."""
    if learners is None:
        learners = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE)]
    file = batch.make(
        learners, ukprn=ukprn, file_name="autumn", layout=batch.LRB_3A_OUTPUT
    )
    codes = [*codes, *["RC002"] * (len(learners) - len(codes))]
    return attrs.evolve(
        file,
        records=tuple(
            attrs.evolve(record, return_code=code)
            for record, code in zip(file.records, codes, strict=True)
        ),
    )


def fates(result):
    return [one.fate for one in result.records]


def codes(result):
    return [item.code for item in result.report]


def adds_up(result):
    for files, counts in (
        (result.inputs, result.input_counts),
        (result.outputs, result.output_counts),
    ):
        for file, of_file in zip(files, counts, strict=True):
            assert sum(of_file.values()) == len(file.records)

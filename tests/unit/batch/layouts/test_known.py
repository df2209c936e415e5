"""All layouts that are known, and their order."""

from itertools import combinations

import pytest

from ulnlib.batch import (
    KNOWN_LAYOUTS,
    LAYOUTS,
    LRB_2A,
    LRB_2A_OUTPUT,
    OUTPUT_LAYOUTS,
)
from ulnlib.batch.layouts.known import written_alike


def test_every_layout_is_there_once():
    names = [str(one) for one in KNOWN_LAYOUTS]

    assert len(set(names)) == len(names)
    assert {*LAYOUTS.values(), *OUTPUT_LAYOUTS.values()} <= set(KNOWN_LAYOUTS)


def test_an_input_stands_before_an_output_that_begins_like_it():
    for first, second in combinations(KNOWN_LAYOUTS, 2):
        shorter, longer = first.headings, second.headings
        if len(shorter) > len(longer):
            assert shorter[: len(longer)] != longer


def test_the_newest_version_stands_first():
    versions = [one.version for one in KNOWN_LAYOUTS if one.kind == "LRB"]

    assert versions == sorted(versions, reverse=True)


@pytest.mark.parametrize(
    ("layout", "version", "found"),
    [
        (LRB_2A, "1A", LAYOUTS["1A"]),
        (LAYOUTS["1A"], "2A", LRB_2A),
        (LRB_2A, "2A", LRB_2A),
        (LRB_2A, "3A", LRB_2A),  # which has other headings
        (LRB_2A, "", LRB_2A),
        (LRB_2A_OUTPUT, "1B", OUTPUT_LAYOUTS["1B"]),
    ],
)
def test_versions_with_the_same_headings_are_written_alike(layout, version, found):
    assert written_alike(layout, version) is found

"""All layouts that are known, and their order."""

from itertools import combinations

from ulnlib.batch import KNOWN_LAYOUTS, LAYOUTS, OUTPUT_LAYOUTS


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

"""Postcodes."""

from __future__ import annotations

import re

import pytest

from ulnlib import postcode
from ulnlib.errors import InvalidPostcode
from ulnlib.issues import Report


def codes(text: str) -> list[str]:
    return [issue.code for issue in postcode.check(text)]


CLEAN = [
    "A1 1AA",
    "A11 1AA",
    "AA1 1AA",
    "AA11 1AA",
    "A1A 1AA",
    "AA1A 1AA",
    "SW1A 1AA",
    "BF1 2AA",
    "BFPO 1",
    "BFPO 1234",
]

REFUSED = [
    "",
    " ",
    "AAA AAA",
    "1A 1AC",
    "A1 1AC",
    "A1 1AI",
    "A1 1AK",
    "A1 1AM",
    "A1 1AO",
    "A1 1AV",
    "A1  1AA",
    " A1 1AA",
    "A1\t1AA",
    "A1 1AA\n",
    "A1\u00a01AA",
    "A\u0661 1AA",
    "AA11 1AA  ",  # ten characters
    "A1 1AA     ",  # five spaces
    "BFPO",
    "BFPO 12345",
    "BFPO 1234 ",  # ten characters
    "BFP0 12",
]

ADVICE = [
    ("a1 1aa", "A1 1AA", ["postcode-lower-case"]),
    ("A11AA", "A1 1AA", ["postcode-no-space"]),
    ("A1 1AA  ", "A1 1AA", ["postcode-trailing-spaces"]),
    (
        "a11aa    ",
        "A1 1AA",
        ["postcode-lower-case", "postcode-no-space", "postcode-trailing-spaces"],
    ),
    ("bfpo12", "BFPO 12", ["postcode-lower-case", "postcode-no-space"]),
    ("ZZ99 9ZZ", "ZZ99 9ZZ", ["postcode-default"]),
    (
        "zz999zz",
        "ZZ99 9ZZ",
        ["postcode-lower-case", "postcode-no-space", "postcode-default"],
    ),
    ("GIR 0AA", "GIR 0AA", ["postcode-shape"]),
    ("Q1 1AA", "Q1 1AA", ["postcode-shape"]),
    ("AI1 1AA", "AI1 1AA", ["postcode-shape"]),
    ("A1I 1AA", "A1I 1AA", ["postcode-shape"]),
    ("AA1C 1AA", "AA1C 1AA", ["postcode-shape"]),
    ("AR1 1AA", "AR1 1AA", []),
    ("AR 1AA", "AR 1AA", ["postcode-shape"]),
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_postcode_as_royal_mail_writes_it_has_no_finding(text):
    assert postcode.is_valid(text)
    assert postcode.check(text) == Report()
    assert postcode.parse(text) == text
    assert postcode.format(text) == text


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_service_refuses_is_an_error(text):
    assert not postcode.is_valid(text)
    report = postcode.check(text)
    assert [issue.code for issue in report] == ["postcode-format"]
    assert report[0].return_code == "RC011"
    with pytest.raises(InvalidPostcode) as caught:
        postcode.parse(text)
    assert len(text) < 2 or text not in f"{caught.value} {report[0]}"


@pytest.mark.parametrize(("text", "canonical", "expected"), ADVICE)
def test_what_the_service_accepts_is_at_most_a_warning(text, canonical, expected):
    assert postcode.is_valid(text)
    assert codes(text) == expected
    assert postcode.check(text).is_ok
    assert postcode.parse(text) == canonical
    with pytest.raises(InvalidPostcode):
        postcode.format(f"{text}!")


def test_the_default_is_known_however_it_is_written():
    assert postcode.is_default(postcode.DEFAULT)
    assert postcode.is_default(" zz999zz")
    assert not postcode.is_default("A1 1AA")
    assert not postcode.is_default("")


def test_forces_numbers_are_told_from_postcodes():
    assert postcode.is_bfpo("BFPO 12")
    assert postcode.is_bfpo("bfpo1234")
    assert not postcode.is_bfpo("BF1 2AA")
    assert not postcode.is_bfpo("BFPO 1234 ")
    assert not postcode.is_bfpo("BFPO")


def test_the_pattern_stands_alone_in_a_larger_one():
    assert re.compile(postcode.POSTCODE_PATTERN).groups == 0
    assert re.fullmatch(f"<{postcode.POSTCODE_PATTERN}>", "<BFPO 12>")
    assert re.fullmatch(f"<{postcode.POSTCODE_PATTERN}>", "<A1 1AA>")

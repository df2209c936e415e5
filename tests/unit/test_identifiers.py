"""Identifiers of organisations, people and qualifications."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ulnlib import identifiers as ids
from ulnlib.errors import InvalidIdentifier
from ulnlib.issues import Report

QUALIFICATIONS = (
    Path(__file__).resolve().parents[2]
    / ".."
    / "shared"
    / "data"
    / "qualifications_2025.csv"
)

Check = Callable[[str], Report]

KINDS: dict[str, tuple[str, Check, Callable[[str], bool], Callable[[str], str]]] = {
    name: (
        getattr(ids, f"{name.upper()}_PATTERN"),
        getattr(ids, f"check_{name}"),
        getattr(ids, f"is_{name}"),
        getattr(ids, f"parse_{name}"),
    )
    for name in (
        "ukprn",
        "organisation_ref",
        "upn",
        "uci",
        "scn",
        "qan",
        "unit_reference",
    )
}

GOOD = [
    ("ukprn", "10000001"),
    ("organisation_ref", "AB12cd"),
    ("upn", "B801200005001"),
    ("uci", "681990012058G"),
    ("uci", "689990980001D"),
    ("scn", "145589606"),
    ("qan", "50104767"),
    ("qan", "501/0476/7"),
    ("qan", "61001036"),
    ("unit_reference", "Y/503/5372"),
    ("unit_reference", "K5015773"),
]

MISSHAPEN = [
    ("ukprn", ""),
    ("ukprn", "1000000"),
    ("ukprn", "100000011"),
    ("ukprn", " 0000001"),
    ("ukprn", "1000000\n"),
    ("ukprn", "1000000\u0661"),
    ("organisation_ref", "ABC12"),
    ("organisation_ref", "AB-123"),
    ("upn", "b801200005001"),
    ("upn", "B80120000500"),
    ("upn", "B8012000050011"),
    ("upn", "B80120000A001"),
    ("upn", "B80120000500\u0661"),
    ("uci", "681990012058g"),
    ("uci", "6819900120589"),
    ("uci", "A80120000501B"),
    ("uci", "681990012058"),
    ("scn", "14558960"),
    ("scn", "14558960X"),
    ("scn", "145 589606"),
    ("qan", "501/04767"),
    ("qan", "5010/476/7"),
    ("qan", "501/0476/x"),
    ("qan", "5010476"),
    ("qan", "501-0476-7"),
    ("unit_reference", "Y/5035372"),
    ("unit_reference", "y/503/5372"),
    ("unit_reference", "5035372Y"),
]

SUSPECT = [
    ("ukprn", "TEST0038", "ukprn-letters"),
    ("upn", "A801200005001", "upn-check-letter"),
    ("upn", "O801200005001", "upn-check-letter"),
    ("uci", "681990012058H", "uci-check-letter"),
    ("uci", "681990012058I", "uci-check-letter"),
    ("scn", "845759406", "scn-check-digit"),  # a published test record
    ("qan", "500/9603/9", "qan-check-character"),  # a published example
    ("qan", "61001037", "qan-check-character"),
    ("unit_reference", "A/503/5372", "unit-reference-check-letter"),
    ("unit_reference", "B/503/5372", "unit-reference-check-letter"),
]


def codes(report: Report) -> list[str]:
    return [issue.code for issue in report]


class TestShape:
    @pytest.mark.parametrize(("kind", "text"), GOOD)
    def test_a_good_number_has_no_finding(self, kind, text):
        pattern, check, is_kind, parse = KINDS[kind]
        assert re.fullmatch(pattern, text)
        assert check(text) == Report()
        assert is_kind(text)
        assert parse(text) == text.replace("/", "")

    @pytest.mark.parametrize(("kind", "text"), MISSHAPEN)
    def test_a_wrong_shape_is_an_error(self, kind, text):
        pattern, check, is_kind, parse = KINDS[kind]
        assert not re.fullmatch(pattern, text)
        report = check(text)
        assert codes(report) == [f"{kind.replace('_', '-')}-format"]
        assert not report.is_ok
        assert not is_kind(text)
        with pytest.raises(InvalidIdentifier) as caught:
            parse(text)
        assert caught.value.reason == "format"
        assert not text or text not in f"{caught.value} {report[0]}"

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_pattern_stands_alone_in_a_larger_one(self, kind):
        pattern = KINDS[kind][0]
        good = next(text for name, text in GOOD if name == kind)
        assert re.compile(pattern).groups == 0
        assert re.fullmatch(f'"{pattern}",', f'"{good}",')

    def test_upn_and_uci_lead_to_their_own_return_code(self):
        assert ids.check_upn("")[0].return_code == "RC012"
        assert ids.check_uci("")[0].return_code == "RC012"
        assert ids.check_scn("")[0].return_code == "RC011"


class TestCheckCharacters:
    @pytest.mark.parametrize(("kind", "text", "code"), SUSPECT)
    def test_a_suspect_number_is_a_warning_and_still_parses(self, kind, text, code):
        _, check, is_kind, parse = KINDS[kind]
        report = check(text)
        assert codes(report) == [code]
        assert report.is_ok
        assert is_kind(text)
        assert parse(text) == text.replace("/", "")

    def test_the_last_letter_of_a_temporary_upn_counts_with_its_place(self):
        assert ids.UPN_CHECK.calculate("80120000501A") == "A"
        assert ids.UPN_CHECK.calculate("80120000501B") == "P"
        assert not ids.check_upn("P80120000501B")
        assert ids.is_temporary_upn("P80120000501B")
        assert not ids.is_temporary_upn("B801200005001")
        assert not ids.is_temporary_upn("P80120000501")

    def test_a_letter_without_a_value_leaves_a_temporary_upn_unchecked(self):
        assert ids.UPN_CHECK.agrees("P80120000501S") is None
        assert not ids.check_upn("P80120000501S")

    def test_a_scottish_number_with_remainder_one_has_no_check_digit(self):
        assert ids.SCN_CHECK.calculate("00000006") == ""
        assert not any(ids.SCN_CHECK.agrees(f"00000006{digit}") for digit in range(10))

    def test_a_scottish_number_with_remainder_nought_ends_in_nought(self):
        assert ids.SCN_CHECK.calculate("00000000") == "0"

    def test_a_board_letter_counts_with_its_place_in_the_alphabet(self):
        assert ids.UCI_CHECK.calculate("92001B090001") == "F"
        assert not ids.check_uci("92001B090001F")
        assert codes(ids.check_uci("92001B090001A")) == ["uci-check-letter"]

    def test_a_board_letter_from_q_on_is_not_checked(self):
        assert ids.UCI_CHECK.calculate("92001Q090001") is None
        assert not ids.check_uci("92001Q090001A")

    @pytest.mark.parametrize("body", ["", "123456", "12345678", "12345\u06616"])
    def test_a_rule_says_nothing_about_another_shape(self, body):
        assert ids.QAN_CHECK.calculate(body) is None

    @pytest.mark.parametrize("number", ["", "A", "50104767 "])
    def test_agreement_is_unknown_for_another_shape(self, number):
        assert ids.QAN_CHECK.agrees(number) is None
        assert ids.UNIT_REFERENCE_CHECK.agrees(number[:1]) is None

    @pytest.mark.parametrize(
        "rule",
        [
            ids.QAN_CHECK,
            ids.UNIT_REFERENCE_CHECK,
            ids.SCN_CHECK,
            ids.UPN_CHECK,
            ids.UCI_CHECK,
        ],
    )
    def test_every_rule_names_its_evidence_and_source(self, rule):
        assert rule.evidence in {"published", "observed", "derived", "assumed"}
        assert rule.source
        found = [character for character in rule.characters if character]
        assert len(set(found)) == len(found)


class TestQualificationNumbers:
    @pytest.mark.parametrize("text", ["610/0103/6", "61001036", "6100116X", "61001430"])
    def test_a_610_number_of_the_register_has_no_finding(self, text):
        assert ids.check_qan(text) == Report()

    def test_the_early_610_series_is_recognised(self):
        assert ids.is_early_610("610/0103/6")
        assert ids.is_early_610("61000450")  # satisfies both rules
        assert not ids.is_early_610("61001037")
        assert not ids.is_early_610("61001430")
        assert not ids.is_early_610("60301036")
        assert not ids.is_early_610("610/01036")

    def test_a_number_is_formatted_with_obliques(self):
        assert ids.format_qan("6100116X") == "610/0116/X"
        assert ids.format_qan("500/9603/9") == "500/9603/9"
        assert ids.format_unit_reference("Y5061910") == "Y/506/1910"
        with pytest.raises(InvalidIdentifier):
            ids.format_qan("nothing")
        with pytest.raises(InvalidIdentifier):
            ids.format_unit_reference("nothing")

    def test_the_register_keeps_the_rule_but_for_the_early_610_series(self):
        if not QUALIFICATIONS.is_file():
            pytest.skip("the register's snapshot is not distributed with the project")
        with QUALIFICATIONS.open(encoding="utf-8-sig", newline="") as file:
            numbers = {row["qualification_number"] for row in csv.DictReader(file)}
        assert len(numbers) == 8220
        breaking = {n for n in numbers if ids.QAN_CHECK.agrees(n) is False}
        assert len(breaking) == 36
        assert all(ids.is_early_610(number) for number in breaking)
        assert not any(ids.check_qan(number) for number in numbers)


@pytest.mark.parametrize(
    "text",
    [
        "J/617/2480",
        "F/617/2428",
        "H/617/2423",
        "A/617/2430",
        "L/507/6467",
        "R/602/1366",
        "D/602/1466",
    ],
)
def test_published_unit_references_keep_the_derived_rule(text):
    assert ids.check_unit_reference(text) == Report()

"""Mail about a challenge, and references in any message."""

import pytest

from builders.challenges import (
    OTHER,
    ULN,
    not_theirs,
    of_event,
    raised,
)
from ulnlib.plr.challenge import (
    Transfer,
    check_mail,
)
from ulnlib.rules.disclosure import Medium, check, redact


class TestMail:
    @pytest.mark.parametrize(
        "reference",
        [f"DC/{ULN}/1", f"CH{ULN}0002", f"{ULN}-17", f"Q2026/{ULN}.A", f"ch{ULN}a"],
    )
    @pytest.mark.parametrize(
        "detail", ["born 4 May 2008", "postcode ZA1 1AB", "Example", "the other is Bo"]
    )
    def test_the_reference_and_another_detail_are_a_breach(self, reference, detail):
        case = not_theirs(
            reference=reference, transfer=Transfer(uln=OTHER, name="Bo Sample")
        )
        found = check_mail(f"About {reference.upper()}: {detail}.", case)
        assert "PG-6.2-1" in found.clauses

    @pytest.mark.parametrize("reference", [f"DC/{ULN}/1", f"CH{ULN}0002"])
    def test_the_reference_alone_is_none(self, reference):
        case = of_event(reference=reference)
        assert not check_mail(f"What became of {reference}?", case).is_breach

    def test_without_a_reference_the_other_rules_hold(self):
        found = check_mail("Ada Example, born 4 May 2008", of_event())
        assert found.clauses == ("PG-1.4-5",)

    def test_in_the_portal_it_may_stand(self):
        case = raised()
        text = f"{case.reference.text}: Ada Example"
        assert not check_mail(text, case, medium=Medium.PORTAL_DATA_CHALLENGE).is_breach


class TestReferencesInAnyMessage:
    def test_a_known_one_is_found_whatever_its_form(self):
        text = f"X{ULN}77 and X{ULN}778, born 4 May 2008"
        known = [f"X{ULN}77", "", f"X{ULN}778"]
        found = check(text, Medium.UNENCRYPTED_EMAIL, references=known)
        assert [one.reveal(text) for one in found.findings][:2] == [
            f"X{ULN}77",
            f"X{ULN}778",
        ]
        assert not check(text, Medium.UNENCRYPTED_EMAIL).is_breach
        assert redact(text, references=known) == (
            "[REFERENCE] and [REFERENCE], born [DATE OF BIRTH]"
        )

    @pytest.mark.parametrize(
        "text",
        [
            f"data challenge {ULN}-2",
            f"Data challenge: DC{ULN}",
            f"the reference of the data challenge is {ULN}/3",
            f"data-challenge #{ULN}01",
        ],
    )
    def test_what_stands_behind_data_challenge_is_one(self, text):
        found = check(f"{text} postcode ZA1 1AB", Medium.UNENCRYPTED_EMAIL)
        assert "PG-6.2-1" in found.clauses

    @pytest.mark.parametrize(
        "text", ["data challenge 01134960000", "data challenge 1234567890"]
    )
    def test_another_number_behind_it_is_none(self, text):
        found = check(f"{text} postcode ZA1 1AB", Medium.UNENCRYPTED_EMAIL)
        assert not found.is_breach

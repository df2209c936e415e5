"""Laws of the identifiers and postcodes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ulnlib import identifiers as ids
from ulnlib import postcode
from ulnlib.errors import InvalidIdentifier, InvalidPostcode

KINDS = ["ukprn", "organisation_ref", "upn", "uci", "scn", "qan", "unit_reference"]
RULES = {
    "upn": ids.UPN_CHECK,
    "uci": ids.UCI_CHECK,
    "scn": ids.SCN_CHECK,
    "qan": ids.QAN_CHECK,
    "unit_reference": ids.UNIT_REFERENCE_CHECK,
}


def shaped(kind: str) -> st.SearchStrategy[str]:
    pattern = getattr(ids, f"{kind.upper()}_PATTERN")
    return st.from_regex(rf"\A{pattern}\Z", fullmatch=True)


def near(kind: str) -> st.SearchStrategy[str]:
    return st.one_of(st.text(), shaped(kind), shaped(kind).map(lambda text: text[1:]))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_check_is_and_parse_agree_on_any_text(kind, data):
    """Parsing raises exactly where checking finds an error, and nothing else."""
    text = data.draw(near(kind))
    ok = getattr(ids, f"check_{kind}")(text).is_ok
    assert getattr(ids, f"is_{kind}")(text) == ok
    try:
        parsed = getattr(ids, f"parse_{kind}")(text)
    except InvalidIdentifier:
        assert not ok
    else:
        assert ok
        assert getattr(ids, f"parse_{kind}")(parsed) == parsed


@pytest.mark.parametrize("kind", ["qan", "unit_reference"])
@given(data=st.data())
def test_parsing_undoes_formatting(kind, data):
    """The canonical form survives being written with obliques."""
    parsed = getattr(ids, f"parse_{kind}")(data.draw(shaped(kind)))
    formatted = getattr(ids, f"format_{kind}")(parsed)
    assert len(formatted) == 10
    assert getattr(ids, f"parse_{kind}")(formatted) == parsed
    assert getattr(ids, f"format_{kind}")(formatted) == formatted


@pytest.mark.parametrize("kind", RULES)
@given(data=st.data())
def test_one_wrong_digit_changes_the_check_character(kind, data):
    """No weight is a multiple of the modulus, so every single slip shows."""
    rule = RULES[kind]
    body = data.draw(
        st.text("0123456789", min_size=len(rule.weights), max_size=len(rule.weights))
    )
    position = data.draw(st.integers(0, len(body) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != body[position])
    slipped = body[:position] + digit + body[position + 1 :]
    assert rule.calculate(body) != rule.calculate(slipped)


@pytest.mark.parametrize("kind", RULES)
@given(data=st.data())
def test_two_digits_that_changed_places_change_the_check_character(kind, data):
    """Neighbouring weights differ, so that a transposition shows."""
    rule = RULES[kind]
    body = data.draw(
        st.text("0123456789", min_size=len(rule.weights), max_size=len(rule.weights))
    )
    i = data.draw(st.integers(0, len(body) - 2))
    assume(body[i] != body[i + 1])
    swapped = body[:i] + body[i + 1] + body[i] + body[i + 2 :]
    assert rule.calculate(body) != rule.calculate(swapped)


@pytest.mark.parametrize("kind", RULES)
@given(data=st.data())
def test_a_calculated_check_character_gives_no_warning(kind, data):
    """What the rule gives is what the check expects."""
    rule = RULES[kind]
    body = data.draw(
        st.text("0123456789", min_size=len(rule.weights), max_size=len(rule.weights))
    )
    character = rule.calculate(body)
    assume(character)
    number = f"{character}{body}" if rule.leads else f"{body}{character}"
    assert rule.agrees(number) is True
    assert not getattr(ids, f"check_{kind}")(number)


@given(
    st.one_of(
        st.text(), st.from_regex(rf"\A{postcode.POSTCODE_PATTERN}\Z", fullmatch=True)
    )
)
def test_postcode_check_is_valid_and_parse_agree_on_any_text(text):
    """Parsing raises exactly where the service would refuse; its result is stable."""
    ok = postcode.check(text).is_ok
    assert postcode.is_valid(text) == ok
    try:
        parsed = postcode.parse(text)
    except InvalidPostcode:
        assert not ok
    else:
        assert ok
        assert postcode.parse(parsed) == parsed == postcode.format(parsed)
        assert postcode.parse(parsed.replace(" ", "")) == parsed
        assert parsed.count(" ") == 1
        assert parsed == parsed.upper()

"""A cell as the text of a field: what a spreadsheet did is undone or refused."""

import datetime as dt

import pytest

from ulnlib import _tables
from ulnlib.batch.mapping import key_of
from ulnlib.batch.table_cells import (
    CellError,
    code_of,
    is_word_for_nothing,
    text_of,
)
from ulnlib.batch.tables import Oddity
from ulnlib.fields import FIELDS

WORDS = _tables.load("table_words").rows


@pytest.mark.parametrize(
    ("cell", "field", "text"),
    [
        (" Ada ", "given_name", "Ada"),
        ("", "given_name", None),
        (" ", "given_name", None),
        (None, "given_name", None),
        (7, "address_line_1", "7"),
        (7.5, "address_line_1", "7.5"),
        (7.0, "address_line_1", "7"),
        ("7.0", "address_line_1", "7.0"),
        (1000000043, "uln", "1000000043"),
        (1000000043.0, "uln", "1000000043"),
        ("1000000043.0", "uln", "1000000043"),
        ("1000000043,00", "uln", "1000000043"),
        ("1.000000043E+09", "uln", "1000000043"),
        ("1.000000043E+9", "uln", "1000000043"),
        ("1,000000043e+09", "uln", "1000000043"),
        ('="1000000043"', "uln", "1000000043"),
        ("12E3", "mis_identifier", "12E3"),
        ("00123", "mis_identifier", "00123"),
        (True, "ability_to_share", "1"),
        (False, "ability_to_share", "0"),
        (2.0, "gender", "2"),
        ("1.23E+09", "notes", "1.23E+09"),
    ],
    ids=repr,
)
def test_a_cell_is_its_text(cell, field, text):
    assert text_of(cell, field) == text


@pytest.mark.parametrize(
    ("cell", "field", "code"),
    [
        (Oddity.FORMULA, "uln", "cell-formula"),
        (Oddity.ERROR, "uln", "cell-error"),
        ("#N/A", "uln", "cell-error"),
        ("########", "uln", "cell-error"),
        ("#REF!", "given_name", "cell-error"),
        ("1.23457E+09", "uln", "cell-digits-lost"),
        ("1E+09", "uln", "cell-digits-lost"),
        ("1.0000000430E+09", "uln", "cell-digits-lost"),
        (1.2e17, "mis_identifier", "cell-digits-lost"),
        (10**15, "mis_identifier", "cell-digits-lost"),
        (1.5, "uln", "cell-kind"),
        (float("inf"), "notes", "cell-kind"),
        (float("nan"), "notes", "cell-kind"),
        (True, "given_name", "cell-kind"),
        (dt.datetime(2007, 5, 24), "given_name", "cell-kind"),  # noqa: DTZ001
        (dt.time(1), "uln", "cell-kind"),
        (dt.timedelta(1), "uln", "cell-kind"),
    ],
)
def test_a_cell_that_is_none(cell, field, code):
    with pytest.raises(CellError) as caught:
        text_of(cell, field)

    assert caught.value.code == code


class TestWords:
    @pytest.mark.parametrize(
        ("word", "field", "code"),
        [
            ("Male", "gender", "1"),
            ("f", "gender", "2"),
            ("Not known", "gender", "0"),
            ("Prefer not to say", "gender", "9"),
            ("X", "gender", "9"),
            ("Non-binary", "gender", "9"),
            ("YES", "ability_to_share", "1"),
            ("No", "ability_to_share", "0"),
            ("2", "ability_to_share", "2"),
            ("Driving licence", "verification_type", "3"),
            ("Bank credit/debit card", "verification_type", "7"),
            ("None", "verification_type", "0"),
        ],
    )
    def test_words_are_codes(self, word, field, code):
        assert code_of(word, field) == code

    @pytest.mark.parametrize(
        ("field", "code"),
        [
            ("gender", "gender-word"),
            ("ability_to_share", "notice-word"),
            ("verification_type", "verification-word"),
        ],
    )
    @pytest.mark.parametrize("word", ["maybe", "", "12", "Mx"])
    def test_what_is_in_no_list_is_refused(self, word, field, code):
        with pytest.raises(CellError) as caught:
            code_of(word, field)

        assert caught.value.code == code

    def test_n_is_not_a_gender(self):
        with pytest.raises(CellError):
            code_of("N", "gender")

    def test_the_table_is_in_order(self):
        for row in WORDS:
            assert [key_of(word) for word in row["words"]] == row["words"]
            assert row["field"] == "empty" or row["code"] in FIELDS[row["field"]].codes
            assert row["evidence"] in {"published", "observed", "derived", "assumed"}
            assert row["source"]
        pairs = [(row["field"], word) for row in WORDS for word in row["words"]]
        assert len(set(pairs)) == len(pairs)

    @pytest.mark.parametrize("text", ["NULL", "null", "N/A", "NaN", "None", "(null)"])
    def test_words_for_nothing(self, text):
        assert is_word_for_nothing(text, is_name=False)

    def test_a_family_may_be_called_null(self):
        assert is_word_for_nothing("NULL", is_name=True)
        assert not is_word_for_nothing("Null", is_name=True)
        assert not is_word_for_nothing("NA", is_name=True)

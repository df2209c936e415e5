"""A layout: columns by name, other orders, accepted values."""

import attrs
import pytest

from ulnlib.batch.layouts.layout import FILE_VALUES, Column, Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.fields import FIELDS

SMALL = Layout(
    kind="TEST",
    version="1",
    columns=(
        Column(name="file_version", heading="Version"),
        Column(name="uln", heading="ULN"),
        Column(name="gender", heading="Sex", codes=("1", "2"), evidence="assumed"),
        Column(name="verification_type", heading="Proof"),
    ),
    evidence="assumed",
    source="a test",
)


def test_its_headings_are_those_of_its_columns():
    assert SMALL.headings == ("Version", "ULN", "Sex", "Proof")


def test_its_text_is_its_kind_and_version():
    assert str(SMALL) == "TEST 1"


def test_a_column_can_be_had_by_name():
    assert SMALL.column("uln") is SMALL.columns[1]
    assert SMALL.column("file_version").heading == "Version"
    assert SMALL.column("postcode") is None
    assert SMALL.column("ULN") is None


def test_a_column_knows_its_field_unless_it_is_about_the_file():
    assert SMALL.columns[1].field is FIELDS["uln"]
    assert SMALL.columns[0].field is None


def test_a_column_takes_its_own_codes_or_else_those_of_the_field():
    assert SMALL.columns[0].accepted == ()
    assert SMALL.columns[1].accepted == ()
    assert SMALL.columns[2].accepted == ("1", "2")
    assert SMALL.columns[3].accepted == ("0", "1", "2", "3", "4", "5", "6", "7", "999")


def test_another_order_can_be_given_by_whoever_knows_it():
    other = SMALL.with_headings(["Proof", "Sex", "ULN", "Version"])

    assert other.headings == ("Proof", "Sex", "ULN", "Version")
    assert other.column("gender") is SMALL.column("gender")
    assert other.evidence == "given by the caller"
    assert (other.kind, other.version, other.source) == ("TEST", "1", "a test")
    assert SMALL.headings == ("Version", "ULN", "Sex", "Proof")


@pytest.mark.parametrize(
    "headings",
    [
        [],
        ["Version", "ULN", "Sex"],
        ["Version", "ULN", "Sex", "Proof", "Proof"],
        ["Version", "ULN", "Sex", "Sex"],
        ["Version", "ULN", "Sex", "Zebedee"],
        ["version", "uln", "sex", "proof"],
    ],
    ids=["none", "too few", "too many", "one twice", "unknown", "small letters"],
)
def test_other_headings_are_refused_without_showing_them(headings):
    with pytest.raises(ValueError, match="every heading of the layout once") as caught:
        SMALL.with_headings(headings)

    assert "Zebedee" not in str(caught.value)


def test_it_is_a_value_that_cannot_be_changed():
    again = attrs.evolve(SMALL)

    assert again == SMALL
    assert {again, SMALL} == {SMALL}
    assert SMALL.with_headings(SMALL.headings) != SMALL  # its evidence is another
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SMALL.version = "2"
    with pytest.raises(TypeError):
        SMALL._by_name["uln"] = SMALL.columns[0]


def test_the_file_s_own_values_are_four_and_no_fields():
    assert FILE_VALUES == ("file_version", "file_name", "ukprn", "record_count")
    assert not set(FILE_VALUES) & set(FIELDS)
    assert [LRB_3A.column(name).field for name in FILE_VALUES] == [None] * 4

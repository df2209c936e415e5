"""The names of batch files."""

import datetime as dt

import pytest

from ulnlib.batch.names import (
    FileName,
    check_form,
    check_name,
    file_name,
    form_named,
    parse_name,
)
from ulnlib.errors import InvalidIdentifier, InvalidValue

GOOD = [
    (
        "LRB_10012345_211120260900.CSV",
        ("10012345", dt.datetime(2026, 11, 21, 9, 0), "CSV"),  # noqa: DTZ001
    ),
    (
        "LRB_10012345_290220242359.XML",
        ("10012345", dt.datetime(2024, 2, 29, 23, 59), "XML"),  # noqa: DTZ001
    ),
    (
        "LRB_TESTabc1_010120000000.CSV",
        ("TESTabc1", dt.datetime(2000, 1, 1, 0, 0), "CSV"),  # noqa: DTZ001
    ),
]

REFUSED = [
    "",
    "learners.csv",
    "LRB_10012345_211120260900.csv",
    "lrb_10012345_211120260900.CSV",
    "LRB_1001234_211120260900.CSV",
    "LRB_100123456_211120260900.CSV",
    "LRB_1001234-_211120260900.CSV",
    "LRB-10012345-211120260900.CSV",
    "LRB_10012345_21112026.CSV",
    "LRB_10012345_2111202609000.CSV",
    "LRB_10012345_202611210900.CSV",  # year first
    "LRB_10012345_311120260900.CSV",  # no such day
    "LRB_10012345_290220230900.CSV",
    "LRB_10012345_211320260900.CSV",
    "LRB_10012345_211120262400.CSV",
    "LRB_10012345_211120260960.CSV",
    "LRB_10012345_211100000900.CSV",  # no year 0
    "LRB_10012345_211100260900.CSV",  # the century forgotten
    "LRB_10012345_211120260900.CSV.CSV",
    "LRB_10012345_211120260900.TXT",
    "LRB_10012345_211120260900",
    "LRB_10012345_211120260900.CSV\n",
    " LRB_10012345_211120260900.CSV",
    "data/LRB_10012345_211120260900.CSV",
    "LRB_10012345_211120260900 (1).CSV",
    "LRB_\u0661\u0660\u0660\u0661\u0662\u0663\u0664\u0665_211120260900.CSV",
]


@pytest.mark.parametrize(("name", "parts"), GOOD, ids=[name for name, _ in GOOD])
def test_a_name_has_its_parts(name, parts):
    ukprn, made, form = parts

    assert parse_name(name) == FileName(kind="LRB", ukprn=ukprn, made=made, format=form)
    assert not check_name(name)


@pytest.mark.parametrize(("name", "parts"), GOOD, ids=[name for name, _ in GOOD])
def test_a_name_is_made_of_its_parts(name, parts):
    assert file_name(*parts) == name


@pytest.mark.parametrize("name", REFUSED)
def test_another_name_is_a_warning_that_does_not_repeat_it(name):
    assert parse_name(name) is None
    (found,) = check_name(name)
    assert found.code == "file-name"
    assert found.severity == "warning"
    assert found.path == ("file name",)
    assert found.row is None
    assert found.message == (
        "the portal takes only names like LRB_10012345_211120260900.CSV, in capitals"
    )


def test_a_name_is_made_as_csv_when_nothing_else_is_said():
    made = dt.datetime(2026, 1, 2, 3, 4, 59)  # noqa: DTZ001

    assert file_name("10012345", made) == "LRB_10012345_020120260304.CSV"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("autumn.CSV", "CSV"),
        ("autumn.Csv", "CSV"),
        ("autumn.xml", "XML"),
        ("autumn.csv.xml", "XML"),
        ("autumn.xlsx", None),
        ("autumn", None),
        ("", None),
    ],
)
def test_the_end_of_a_name_promises_a_form(name, named):
    assert form_named(name) == named


@pytest.mark.parametrize("form", ["CSV", "XML"])
def test_a_name_that_promises_the_form_or_none_is_right(form):
    for name in (f"x.{form}", f"x.{form.lower()}", "x", "x.txt"):
        assert not check_form(name, form)


@pytest.mark.parametrize(("name", "form"), [("x.xml", "CSV"), ("x.CSV", "XML")])
def test_a_name_that_promises_another_form_is_an_error(name, form):
    (found,) = check_form(name, form)

    assert (found.code, found.severity) == ("file-form", "error")
    assert found.path == ("file name",)
    assert form in found.message


@pytest.mark.parametrize(
    "ukprn",
    ["1001234", "100123456", "", "1001234-", " 10012345", "1001234\u0665", "../10012"],
)
def test_no_name_is_made_of_what_is_no_ukprn(ukprn):
    made = dt.datetime(2026, 1, 2)  # noqa: DTZ001

    with pytest.raises(InvalidIdentifier) as caught:
        file_name(ukprn, made)

    assert not ukprn or ukprn not in str(caught.value)


@pytest.mark.parametrize(
    ("year", "form", "reason"),
    [(26, "CSV", "year"), (999, "CSV", "year"), (2026, "csv", "form")],
)
def test_no_name_is_made_that_the_portal_refuses(year, form, reason):
    with pytest.raises(InvalidValue) as caught:
        file_name("10012345", dt.datetime(year, 1, 2), form)  # noqa: DTZ001

    assert caught.value.reason == reason


@pytest.mark.parametrize("year", [1000, 9999])
@pytest.mark.parametrize("form", ["CSV", "XML"])
def test_what_was_made_is_taken_apart_again(year, form):
    made = dt.datetime(year, 12, 31, 23, 59)  # noqa: DTZ001

    assert parse_name(file_name("10012345", made, form)) == FileName(
        kind="LRB", ukprn="10012345", made=made, format=form
    )

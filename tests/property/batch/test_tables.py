"""Laws of reading tables and making learners of them."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.workbooks import SHEET, replaced, workbook
from ulnlib import _tables
from ulnlib.batch import make_learners, read_table, suggest
from ulnlib.batch.table_dates import DateRules, read_dates

AS_OF = dt.date(2026, 11, 21)
KNOWN = sorted(
    heading
    for row in _tables.load("table_headings").rows
    for heading in row["headings"]
)
BOOK = workbook(("Surname", "DOB"), ("Example", dt.date(2007, 5, 24)))

headings = st.lists(st.sampled_from(KNOWN) | st.text(max_size=12), unique=True)
pieces = st.sampled_from(
    [b"Surname", b"DOB", b",", b";", b"\t", b'"', b"\r\n", b"\n", b"\xff\xfe", b"\x00"]
) | st.binary(max_size=8)


def make(table):
    return make_learners(
        table,
        suggest(table.headings).accepted(),
        as_of=AS_OF,
        names="given-family",
        ability_to_share="1",
        verification_type="2",
    )


@given(st.binary() | st.lists(pieces).map(b"".join))
def test_any_bytes_are_read_without_an_error(content):
    table = read_table(content)

    assert table.rows or table.report
    assert len(table.rows) == len(table.numbers)
    make(table)


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=6))
def test_every_row_makes_a_learner_or_is_named(rows):
    first = "ULN,Surname,Forename,DOB,Sex,Postcode\n"
    text = first + "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    table = read_table(text.encode("utf-8", "replace"))

    made = make(table)

    assert sorted([*made.rows, *made.left_out]) == sorted(table.numbers)
    told = {item.row for item in made.report.errors}
    assert told >= set(made.left_out)


@given(st.data())
@settings(max_examples=50)
def test_a_damaged_workbook_is_read_without_an_error(data):
    place = data.draw(st.integers(0, len(BOOK) - 1))
    content = bytearray(BOOK)
    content[place : place + 4] = data.draw(st.binary(max_size=8))

    make(read_table(bytes(content)))


@given(st.binary(max_size=200) | st.text(alphabet="<>/rcvst=\"'1A ", max_size=60))
@settings(max_examples=50)
def test_any_sheet_is_read_without_an_error(content):
    raw = content if isinstance(content, bytes) else content.encode()
    start = (
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    )

    for sheet in (raw, start + raw + b"</worksheet>"):
        make(read_table(replaced(BOOK, SHEET, new=sheet)))


@given(headings, st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter(names, chance):
    other = list(names)
    chance.shuffle(other)

    one, two = suggest(names), suggest(other)

    assert [(c.field, names[c.column], c.certainty) for c in one.choices] == [
        (c.field, other[c.column], c.certainty) for c in two.choices
    ]
    assert [(d.field, {names[c] for c in d.columns}) for d in one.doubts] == [
        (d.field, {other[c] for c in d.columns}) for d in two.doubts
    ]


@given(headings)
def test_every_column_is_accounted_for_once(names):
    found = suggest(names)

    places = [one.column for one in found.choices]
    places += [place for one in found.doubts for place in one.columns]
    places += [*found.passed_over, *found.unknown]
    assert sorted(places) == list(range(len(names)))


numeric = st.builds(
    "{:02}/{:02}/{}".format,
    st.integers(1, 31),
    st.integers(1, 31),
    st.sampled_from([2007, 1999]),
)


@given(st.lists(numeric, max_size=8))
def test_a_column_is_never_read_both_ways(cells):
    texts, _ = read_dates(
        cells, range(len(cells)), DateRules(field="date_of_birth", as_of=AS_OF)
    )

    ways = set()
    for cell, text in zip(cells, texts, strict=True):
        first, second, year = cell.split("/")
        if text is not None and first != second:
            ways |= {text == f"{year}-{second}-{first}"}
            assert text in {f"{year}-{second}-{first}", f"{year}-{first}-{second}"}
    assert len(ways) <= 1


@given(
    st.lists(st.dates(dt.date(1930, 1, 1), dt.date(2012, 12, 31)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%b-%y", "%d %B %Y"]),
)
def test_dates_of_one_writer_are_read_or_refused_but_never_wrong(days, form):
    cells = [day.strftime(form) for day in days]

    texts, _ = read_dates(
        cells, range(len(cells)), DateRules(field="date_of_birth", as_of=AS_OF)
    )

    for day, text in zip(days, texts, strict=True):
        assert text in {day.isoformat(), None}

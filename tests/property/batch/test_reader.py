"""Laws of reading and writing batch files."""

import csv
import datetime as dt
import io

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ulnlib import Learner, batch
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.compiled import compile_layout
from ulnlib.batch.reader import _passes
from ulnlib.fields import FIELDS
from ulnlib.testing import strategies

AS_OF = dt.date(2026, 11, 21)
HEADINGS = ",".join(batch.LRB_3A.headings).encode()

pieces = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(
        [
            HEADINGS,
            ",".join(batch.LRB_2A.headings).encode(),
            b"\r\n",
            b"\n",
            b"\r",
            b'"',
            b'""',
            b",",
            b"," * 31,
            b"3A,x,10012345,1,1000000043,M1",
            b"\xef\xbb\xbf",
            b"\x00",
            b"\xe9",
            "é".encode(),
        ]
    ),
)
anything = st.binary() | st.lists(pieces, max_size=40).map(b"".join)
rows_below_headings = anything.map(lambda rest: HEADINGS + b"\r\n" + rest)


@given(anything | rows_below_headings)
@example(HEADINGS + b'\r\n"')
@example(HEADINGS + b'\r\n,,,,"a\r\n\x00"\r\n' + b"," * 31 + b'x\r\n"')
@settings(max_examples=300)
def test_any_bytes_are_read_without_an_error_and_none_are_lost(raw):
    file = batch.read(raw, as_of=AS_OF)

    assert file.records or file.report or raw == b""
    rest = raw
    for record in file.records:
        before, found, rest = rest.partition(record.raw)
        assert found == record.raw
        # Between the records there are only headings and empty rows.
        between = before.replace(HEADINGS, b"").strip(b' ,";\t\r\n\xef\xbb\xbf')
        assert between == b"" or file.report


@given(anything | rows_below_headings)
def test_a_stream_and_the_whole_agree(raw):
    whole = batch.read(raw, as_of=AS_OF)
    with batch.open(io.BytesIO(raw), as_of=AS_OF) as reader:
        records = list(reader)

    assert reader.as_file(records) == attrs.evolve(whole, digest=None)


@given(anything | rows_below_headings)
def test_a_clean_file_is_written_back_byte_for_byte(raw):
    file = batch.read(raw, as_of=AS_OF)

    if file.is_clean:
        assert batch.write(file) == raw


def texts():
    """Cells with everything that CSV has a rule for."""
    alphabet = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
    return st.none() | st.text(alphabet, min_size=1, max_size=20)


any_learners = st.builds(
    lambda values: Learner.of([None, *values]),
    st.lists(texts(), min_size=len(FIELDS) - 1, max_size=len(FIELDS) - 1),
).filter(lambda learner: any((v or "").strip() for v in learner.values()))


@given(st.lists(any_learners, min_size=1, max_size=4), st.booleans())
@example(
    [
        Learner(given_name="Ada"),
        Learner(other_verification_description="\n", notes="0"),
    ],
    False,
)
@example([Learner(given_name="Ada"), Learner(notes=",")], True)
@example([Learner(given_name="Ada"), Learner(notes='"\n"x')], False)
def test_reading_what_was_written_gives_equal_learners(learners, quoted):
    file = batch.make(learners, ukprn="10012345", file_name="x")
    style = batch.Style(quoting="all" if quoted else "minimal")
    raw = batch.write(
        batch.BatchFile(
            layout=file.layout, values=file.values, records=file.records, style=style
        )
    )
    again = batch.read(raw)

    assert [one.values() for one in again.learners] == [
        one.values() for one in learners
    ]
    assert again.values == file.values


@given(st.lists(strategies.learners(as_of=AS_OF), min_size=1, max_size=5, unique=True))
def test_valid_learners_make_a_file_without_errors(learners):
    made = [
        learner.evolve(mis_identifier=f"M{n}") for n, learner in enumerate(learners)
    ]
    if len({learner.uln for learner in made}) < len(made):
        return
    file = batch.make(made, ukprn="10012345", file_name="x")
    again = batch.read(batch.write(file), as_of=AS_OF)

    found = {i.code for i in again.report.errors}
    assert found <= {"share-2-withdrawn", "duplicate-learner"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2))
def test_the_splitter_agrees_with_the_csv_module(cells):
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)

    from ulnlib.batch.cells import join_all, join_minimal, split

    assert split(out.getvalue()) == (cells, True, True)
    assert split(join_minimal(cells)).cells == cells
    assert split(join_all(cells)).cells == cells


NEARLY = {
    "uln": st.sampled_from(["1000000043", "1000000042", "0000000042", "1E9"]),
    "date_of_birth": st.sampled_from(
        ["2008-05-04", "1900-02-29", "2013-11-22", "1915-11-22", "1915-11-21", "x"]
    )
    | st.dates(dt.date(1890, 1, 1), dt.date(2030, 1, 1)).map(str),
    "date_of_address_capture": st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)).map(
        str
    ),
    "postcode": st.sampled_from(
        [
            "ZA1 1AB",
            "za1 1ab",
            "ZA11AB",
            "ZZ99 9ZZ",
            "BFPO 12",
            "GIR 0AA",
            "ZA1 1AC",
            "",
        ]
    ),
    "email": st.sampled_from(
        ["a@example.org", "a@b", "a@x.org", "none", "x" * 250 + "@example.org"]
    ),
    "gender": st.sampled_from(["0", "1", "2", "9", "3", "F"]),
    "scottish_candidate_number": st.sampled_from(
        ["145589606", "845759406", "14558960"]
    ),
    "upn": st.sampled_from(["A12345", "H801200001001", "8.0E+12"]),
    "uci": st.sampled_from(["681990012058G", "123"]),
    "ability_to_share": st.sampled_from(["0", "1", "2", "3"]),
    "verification_type": st.sampled_from(["0", "7", "999", "8"]),
    "other_verification_description": st.sampled_from(["exam certificate", " "]),
    "given_name": st.sampled_from(
        ["Ada", " ", "A\tda", "Zo\ufffd", "x" * 35, "x" * 36, "Zoë"]
    ),
    "family_name": st.text(min_size=1, max_size=40),
    "notes": st.text(max_size=40) | st.just("x" * 4001),
}


@given(
    st.fixed_dictionaries({}, optional=NEARLY),
    st.sampled_from([batch.LRB_2A, batch.LRB_3A]),
    st.booleans(),
)
@settings(max_examples=400)
def test_the_compiled_form_is_never_laxer_than_the_checker(values, layout, quoted):
    """Whatever passes the fast way has no finding on the slow way."""
    from ulnlib.batch.cells import join_all, join_minimal

    order = tuple(column.name for column in layout.columns)
    cells = [values.get(name, "") for name in order]
    compiled = compile_layout(layout, order, "\r\n")
    line = (join_all if quoted else join_minimal)(cells) + "\r\n"
    match = (compiled.quoted if quoted else compiled.minimal)(line)
    if match is None:
        return
    found = compiled.arrange(cells)
    rules = RowRules(layout, AS_OF)
    learner = Learner.of(found)
    expected = {n: v for n, v in values.items() if v and layout.column(n) is not None}

    assert {n: v for n, v in zip(FIELDS, found, strict=True) if v} == expected
    if _passes(found, *rules.birth_dates, rules.today):
        assert check_learner(learner, rules) == []


@given(strategies.learners(as_of=AS_OF))
def test_a_valid_learner_with_nothing_to_say_passes_the_fast_way(learner):
    """And the fast way is not so strict that nobody takes it."""
    rules = RowRules(batch.LRB_2A, AS_OF)
    plain = learner.evolve(
        given_name=(learner.given_name or "").strip(),
        family_name=(learner.family_name or "").strip(),
        email=None,
        scottish_candidate_number=None,
        upn=None,
        uci=None,
    )
    if not all(value.isprintable() for value in plain.values() if value):
        return  # odd spaces and the like may go the slow way
    if check_learner(plain, rules):
        return
    order = tuple(column.name for column in batch.LRB_2A.columns)
    compiled = compile_layout(batch.LRB_2A, order, "\r\n")
    from ulnlib.batch.cells import join_all

    cells = [getattr(plain, name, None) or "" for name in order]
    match = compiled.quoted(join_all(cells) + "\r\n")

    if (plain.postcode or "").startswith(("BFPO", "GIR")):
        return
    assert match is not None
    assert _passes(compiled.arrange(cells), *rules.birth_dates, rules.today)

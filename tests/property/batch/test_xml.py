"""Laws of reading and writing batch files in XML."""

import datetime as dt
import io

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ulnlib import Learner, batch
from ulnlib._xml import can_hold
from ulnlib.batch import ctf, ilr
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.xmlrow import compile_xml, read_row
from ulnlib.fields import FIELDS
from ulnlib.testing import strategies

AS_OF = dt.date(2026, 11, 21)
START = b'<b:SubmitBatch xmlns:b="http://api.lrs.miap.gov.uk/batchmsg">'
END = b"</b:SubmitBatch>"
NAMES = [column.element_name for column in batch.LRB_3A.columns if column.element_name]

pieces = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(NAMES).map(lambda name: f"<{name}>x</{name}>".encode()),
    st.sampled_from(NAMES).map(lambda name: f"<{name}>".encode()),
    st.sampled_from(NAMES).map(lambda name: f"</{name}>".encode()),
    st.sampled_from(
        [
            *(START, END, b"<Learner>", b"</Learner>", b"<Learner/>", b"\n", b"<!--"),
            *(
                b"-->",
                b"<![CDATA[",
                b"]]>",
                b"&amp;",
                b"&x;",
                b"<?x ?>",
                b"\xef\xbb\xbf",
            ),
            *(b"<?xml version='1.0' encoding='windows-1252'?>", b"<!DOCTYPE x>"),
            b"<Learner><GivenName>Ada</GivenName><FamilyName>E</FamilyName></Learner>",
            *(b"<Message xmlns='ESFA/ILR/2025-26'>", b"</Message>", b"<CTfile>"),
            *(b"<CTFpupilData>", b"<Pupil>", b"<Pupil/>", b"</Pupil>", b"<UPN/>"),
        ]
    ),
)
anything = st.lists(pieces, max_size=30).map(b"".join)
anything_xml = anything | anything.map(lambda inner: START + inner + END)


@given(anything_xml)
@settings(max_examples=300)
@example(
    START + b"<Learner>" + b"<GivenName><FamilyName></FamilyName></GivenName></Learner>"
)
def test_any_bytes_are_read_without_an_error(raw):
    file = batch.read(raw, as_of=AS_OF)

    assert file.records or file.report or raw == b""
    ilr.check(raw)
    ctf.read(raw)


@given(anything_xml, st.sampled_from([1, 3, 64]))
def test_a_stream_in_pieces_and_the_whole_agree(raw, size):
    whole = batch.read(raw, as_of=AS_OF)

    class Slow(io.BytesIO):
        def read(self, most=-1):
            return super().read(size if most < 0 else min(most, size))

    with batch.open(Slow(raw), as_of=AS_OF) as reader:
        records = list(reader)
    assert reader.as_file(records) == attrs.evolve(whole, digest=None)


def texts():
    """Texts with everything that XML has a rule for."""
    characters = st.characters(exclude_categories=["Cs"])
    marked = st.text("<>&\"']\r\n\t -?!x;#\u0085\u2028", min_size=1, max_size=8)
    return (
        st.none()
        | marked
        | st.text(characters, min_size=1, max_size=12).filter(can_hold)
    )


any_learners = st.builds(
    Learner.of, st.lists(texts(), min_size=len(FIELDS), max_size=len(FIELDS))
)
styles = st.builds(
    batch.Style,
    form=st.just("XML"),
    encoding=st.sampled_from(["utf-8", "cp1252", "latin-1"]),
    line_end=st.sampled_from(["\n", "\r\n", ""]),
)


@given(st.lists(any_learners, min_size=1, max_size=4), styles)
def test_reading_what_was_written_gives_the_same_file(learners, style):
    learners = [one.evolve(ability_to_share="1") for one in learners]
    made = batch.make(learners, ukprn="10012345", file_name="x")
    raw = batch.write(attrs.evolve(made, style=style))
    again = batch.read(raw)

    assert again.learners == tuple(learners)
    assert again.style == style
    assert batch.write(again) == raw
    assert batch.read(batch.write(again)) == again
    # And by way of the other form, but for what only one of them has.
    csv = batch.write(again, form="CSV")
    assert batch.read(csv, layout=batch.LRB_3A).values.ukprn == "10012345"


@given(st.lists(strategies.learners(as_of=AS_OF), min_size=1, max_size=4))
def test_a_csv_file_and_an_xml_file_have_the_same_findings(learners):
    made = batch.make(
        [one.evolve(ability_to_share="1") for one in learners],
        ukprn="10012345",
        file_name="x",
    )
    found = []
    for form in ("CSV", "XML"):
        file = batch.read(
            batch.write(made, form=form), as_of=AS_OF, layout=batch.LRB_3A
        )
        found.append([(item.code, item.path) for item in file.report])

    assert found[0] == found[1]


VALUES = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(["1", "x", "2008-05-04", "1900-02-29", "ZA1 1AB", "0"])
        | st.text("a <>&x\u00a0\ufffd\t", min_size=1, max_size=40)
        for name in FIELDS
    },
)


@given(VALUES, st.sampled_from([batch.LRB_2A, batch.LRB_3A]), st.booleans())
@settings(max_examples=200)
def test_the_compiled_form_is_never_laxer_than_the_slow_way(values, layout, spaced):
    known = {name: text for name, text in values.items() if layout.column(name)}
    file = batch.make([Learner(**known)], ukprn="10012345", file_name="x")
    raw = batch.write(attrs.evolve(file, layout=layout), form="XML")
    (raw,) = [record.raw for record in batch.read(raw, layout=layout).records]
    text = raw.decode()
    if spaced:
        text = text.replace("><", ">\n <")
    match = compile_xml(layout, is_spaced=spaced).match(text)
    if match is None:
        return
    slow = read_row(text.encode(), layout)
    found = compile_xml(layout, is_spaced=spaced).arrange(match.groups())

    assert slow.issues == ()
    assert (
        {n: v for n, v in zip(FIELDS, found, strict=True) if v} == slow.values == known
    )
    rules = RowRules(layout, AS_OF)
    learner = Learner.of(found)
    from ulnlib.batch.reader import _passes

    if _passes(found, *rules.birth_dates, rules.today):
        assert check_learner(learner, rules) == []

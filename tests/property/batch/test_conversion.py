"""Laws of conversion: what fits comes back, and what does not is named."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ulnlib import batch
from ulnlib.fields import FIELDS
from ulnlib.testing import strategies

GONE = ("upn", "uci")


def file_of(learners, layout):
    return batch.make(learners, ukprn="10012345", file_name="x", layout=layout)


def may_share(learner):
    """Leave out of a learner what only one of the two versions can hold."""
    share = learner.ability_to_share
    kept = None if share == "2" else share
    return learner.evolve(upn=None, uci=None, ability_to_share=kept)


@given(st.lists(strategies.learners().map(may_share), min_size=1, max_size=3))
@settings(max_examples=50)
def test_to_3a_and_back_gives_the_same_bytes(old):
    content = batch.write(file_of(old, batch.LRB_2A))

    newer = batch.convert(batch.read(content), batch.LRB_3A)
    again = batch.read(batch.write(newer.file))
    back = batch.convert(again, batch.LRB_2A)

    assert not newer.report
    assert not back.report
    assert batch.write(back.file) == content


@given(
    st.lists(strategies.learners(), max_size=3),
    st.sampled_from(list(batch.LAYOUTS.values())),
    st.sampled_from(list(batch.LAYOUTS.values())),
    st.sampled_from([None, "0", "1"]),
    st.sets(st.sampled_from([*GONE, "ability_to_share"])),
)
@settings(max_examples=50)
def test_every_record_is_there_or_named_and_every_loss_is_told(
    learners, source, target, share, drop
):
    if source.column("upn") is None:
        learners = [learner.evolve(upn=None, uci=None) for learner in learners]
    file = file_of(learners, source)

    found = batch.convert(file, target, share=share, drop=drop)

    rows = {record.row for record in file.records}
    assert {*found.rows, *found.left_out} == rows
    assert set(found.rows).isdisjoint(found.left_out)
    told = {(item.row, item.field) for item in found.report}
    before = dict(zip(sorted(rows), learners, strict=True))
    for row, record in zip(found.rows, found.file.records, strict=True):
        for name in FIELDS:
            was, now = getattr(before[row], name), getattr(record.learner, name)
            assert (was or None) == (now or None) or (row, name) in told
    assert {row for row, _ in told} >= set(found.left_out)


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_whatever_was_read_can_be_converted_or_is_refused(start, more):
    headings = ",".join(batch.LRB_2A.headings).encode()
    file = batch.read(headings + b"\r\n" + start + b"\r\n" + more)

    found = batch.convert(file, batch.LRB_3A)

    assert len(found.rows) + len(found.left_out) == len(file.records)
    assert attrs.evolve(found.file).layout is batch.LRB_3A

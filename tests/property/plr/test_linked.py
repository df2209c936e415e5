"""Joining and parting lose no event and change no record, in whatever chain."""

from itertools import islice

import hypothesis.strategies as st
from hypothesis import given

from ulnlib import Learner, Register
from ulnlib.errors import InvalidData, RegisterRefused
from ulnlib.plr import LearningEvent, Record, join
from ulnlib.plr.challenge import MergeRequest
from ulnlib.register import carry_out, synthetic_ulns, undo

ULNS = tuple(islice(synthetic_ulns(), 6))
# Few values, so that equal events in two records are common.
events = st.builds(
    LearningEvent,
    id=st.integers(1, 3),
    source=st.sampled_from(["AO", "NPD", None]),
    subject_code=st.sampled_from(["50025685", None]),
    grade=st.sampled_from(["A", "B"]),
)
record_of = st.lists(events, max_size=4).map(Record)
records = st.dictionaries(st.sampled_from(ULNS), record_of, min_size=1)
pairs = st.lists(st.tuples(*[st.sampled_from(ULNS)] * 2), max_size=12)


@given(records, st.data())
def test_what_is_joined_comes_apart_as_it_was(parts, data):
    master = data.draw(st.sampled_from(sorted(parts)))
    linked = join(master, parts)
    assert linked.split() == parts
    assert len(linked.record.events) == sum(len(one.events) for one in parts.values())
    assert len(linked.origins) == len(linked.record.events)


@given(records, st.data())
def test_every_event_of_an_entry_has_the_uln_it_came_from(parts, data):
    linked = join(data.draw(st.sampled_from(sorted(parts))), parts)
    told = [
        (number, event)
        for entry, numbers in linked.entries
        for number, event in zip(numbers, entry.events, strict=True)
    ]
    for number, record in parts.items():
        mine = [event for one, event in told if one == number]
        assert sorted(map(str, map(id, mine))) == sorted(
            map(str, map(id, record.events))
        )
    assert len(told) == len(linked.record.events)


@given(st.lists(record_of, min_size=2, max_size=6), st.data())
def test_a_chain_of_merges_is_undone_step_by_step(some, data):
    alone = [join(u, {u: one}) for u, one in zip(ULNS, some, strict=False)]
    linked, steps = alone[0], []
    for other in alone[1:]:
        is_master = data.draw(st.booleans())
        top, below = (linked, other) if is_master else (other, linked)
        steps.append((linked, top, below))
        linked = top.merged(below)
    assert linked.split() == {u: one for each in alone for u, one in each.parts}
    for before, top, below in reversed(steps):
        assert linked.unmerged(below.master, with_it=below.ulns) == (top, below)
        linked = before


def facts(register):
    """Return all that a register holds, but for versions and times of changes."""
    return {
        uln: (
            register.lookup(uln)[0].learner,
            register.link(uln),
            register.profile(uln).uln,
            register.profile(uln).linked_ulns,
            register.former_values(uln),
        )
        for uln in ULNS
    }


@given(pairs)
def test_merges_and_their_undoing_change_nothing_in_a_register(chain):
    register = Register()
    for number, uln in enumerate(ULNS):
        register.add(Learner(uln=uln, given_name="Ada", ability_to_share="1"))
        register.update(Learner(uln=uln, postcode=f"ZA{number} 1AB"))
        register.update(Learner(uln=uln, postcode=f"ZB{number} 1AB"))
    before, done = [facts(register)], []
    for master, duplicate in chain:
        try:
            request = MergeRequest(
                master=str(master), duplicate=str(duplicate), reason="Lived at both."
            )
            done.append(carry_out(register, request, at="2026-11-29"))
        except (InvalidData, RegisterRefused):
            continue
        before.append(facts(register))
    for one in reversed(done):
        assert facts(register) == before.pop()
        undo(register, one, at="2026-11-30")
    assert facts(register) == before.pop()

"""Laws of splitting, joining, updating, and of the life of an exception."""

import datetime as dt
import json
from collections import Counter
from itertools import pairwise

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ulnlib import Learner, batch
from ulnlib.batch import (
    EXCEPTION_STEPS,
    BatchException,
    ExceptionEvent,
    ExceptionState,
    Fate,
    StepRefused,
)
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.rules.updates import updated
from ulnlib.testing import population, strategies
from ulnlib.uln import is_valid

DAY = dt.date(2026, 11, 21)
ULNS = [str(n) for n in range(9_900_000_000, 9_900_001_000) if is_valid(str(n))]
PEOPLE = list(population(12, seed=5))

identifiers = st.none() | st.sampled_from(["M1", "M2", "m1", "M1 ", "1", "2", "x" * 9])
numbers = st.none() | st.sampled_from([*ULNS[:6], "12", ""])
codes = st.none() | st.sampled_from(["RC001", "RC002", "RC004", "RC007", "RC013", "?"])


@st.composite
def files(draw, layout=batch.LRB_3A):
    """Return a file of a few of the same people, with identifiers that clash."""
    chosen = draw(
        st.lists(st.tuples(st.sampled_from(PEOPLE), identifiers, numbers), max_size=8)
    )
    learners = [one.evolve(mis_identifier=i, uln=u) for one, i, u in chosen]
    file = batch.make(learners, ukprn="10012345", file_name="x", layout=layout)
    if layout is batch.LRB_3A:
        return file
    records = tuple(
        attrs.evolve(record, return_code=draw(codes)) for record in file.records
    )
    return attrs.evolve(file, records=records)


@given(files(), st.integers(1, 10))
def test_the_parts_of_a_file_are_the_file(file, most):
    parts = batch.split(file, most)

    assert sum((part.learners for part in parts), ()) == file.learners
    assert all(len(part.records) <= most for part in parts)
    assert all(int(part.values.record_count) == len(part.records) for part in parts)
    assert len({part.values.file_name for part in parts}) == len(parts)
    # All but the last are full.
    assert all(len(part.records) == most for part in parts[:-1])


@given(
    st.lists(files(), max_size=3),
    st.lists(files(batch.LRB_3A_OUTPUT), max_size=3),
    st.sampled_from(batch.JoinBy),
)
@settings(max_examples=300)
def test_every_record_of_both_sides_is_accounted_for_once(inputs, outputs, by):
    result = batch.join(inputs, outputs, by=by)

    places = [(one.file, one.record.row) for one in result.records]
    assert places == [
        (n, record.row) for n, file in enumerate(inputs, 1) for record in file.records
    ]
    returned = [(one.file, one.record.row) for one in result.output_records]
    assert returned == [
        (n, record.row) for n, file in enumerate(outputs, 1) for record in file.records
    ]
    for files_, counts in (
        (inputs, result.input_counts),
        (outputs, result.output_counts),
    ):
        assert [sum(of_file.values()) for of_file in counts] == [
            len(file.records) for file in files_
        ]
    # What is joined is joined to one record, which is joined to it alone.
    joined = [(one.output_file, one.output.row) for one in result.joined]
    assert max(Counter(joined).values(), default=1) == 1
    assert sorted(joined) == sorted(
        (one.file, one.record.row)
        for one in result.output_records
        if one.fate is Fate.JOINED
    )
    # What is not joined is named.
    assert result.is_complete <= (len(result.joined) == len(places) == len(returned))
    named = {item.code for item in result.report}
    fates = {one.fate for one in result.records}
    assert {fate.issue_code for fate in fates - {Fate.JOINED}} <= named
    json.dumps(result.to_dict())
    assert len(result.table().split(b"\r\n")) == len(places) + 2


@given(files(), st.randoms(use_true_random=False))
def test_an_output_in_any_order_and_any_parts_is_joined_alike(file, random):
    people = [
        one.evolve(mis_identifier=f"M{n}", uln=None)
        for n, one in enumerate(file.learners)
    ]
    sent = batch.make(people, ukprn="10012345", file_name="x")
    back = [one.evolve(uln=ULNS[n]) for n, one in enumerate(people)]
    random.shuffle(back)
    made = batch.make(back, ukprn="10012345", file_name="x", layout=batch.LRB_3A_OUTPUT)
    records = tuple(attrs.evolve(one, return_code="RC002") for one in made.records)
    parts = batch.split(attrs.evolve(made, records=records), 3)

    result = batch.join(sent, parts)

    assert result.is_complete
    assert [str(one.answer.uln) for one in result.records] == ULNS[: len(people)]


# --- updates --------------------------------------------------------------------------

values = {
    "given_name": st.sampled_from(["Ada", "Grace", "ada"]),
    "family_name": st.sampled_from(["Example", "Sample"]),
    "date_of_birth": st.sampled_from(["2008-05-04", "2008-04-05"]),
    "gender": st.sampled_from(["1", "2", "9"]),
    "postcode": st.sampled_from(["ZA1 1AB", "ZZ99 9ZZ", "ZA11AB"]),
    "town": st.sampled_from(["", "Oldtown", "Newtown"]),
    "notes": st.sampled_from(["", "a note"]),
    "ability_to_share": st.sampled_from(["0", "1", "2"]),
    "verification_type": st.sampled_from(["1", "2", "999"]),
    "other_verification_description": st.sampled_from(["", "badge"]),
    "upn": st.sampled_from(["", "A801200005001"]),
}
records = st.fixed_dictionaries({name: st.none() | one for name, one in values.items()})


@st.composite
def changes(draw):
    before, after = [], []
    for uln in ULNS[: draw(st.integers(0, 5))]:
        before.append(Learner(uln=uln, **draw(records)))
        after.append(Learner(uln=uln, **draw(records)))
    return before, draw(st.permutations(after))


@given(changes() | strategies.learners().map(lambda one: ([one], [one])))
@settings(max_examples=300)
def test_the_waves_in_order_make_the_new_records_of_the_old(pair):
    before, after = pair
    plan = batch.updates(before, after, ukprn="1", file_name="x", as_of=DAY)

    states = {one.uln: one for one in before}
    for file in plan.waves:
        ulns = [one.uln for one in file.learners]
        assert len(set(ulns)) == len(ulns)
        for row in file.learners:
            held = states[row.uln]
            new = updated(held, row)
            changed = [
                name
                for name in FIVE_DEMOGRAPHICS
                if (getattr(held, name) or "") != (getattr(new, name) or "")
            ]
            assert len(changed) <= 1
            assert new != held
            states[row.uln] = new
    refused = {(item.field, after[item.path[1] - 1].uln) for item in plan.report.errors}
    whole = {uln for field, uln in refused if field == "uln"}
    for new in after:
        if new.uln in whole or new.uln not in states:
            continue
        held = next(one for one in before if one.uln == new.uln)
        wanted = updated(held, new)
        for name in FIELDS:
            if name != "mis_identifier" and (name, new.uln) not in refused:
                got = getattr(states[new.uln], name) or None
                assert got == (getattr(wanted, name) or None), name
    assert plan.changed + plan.unchanged + plan.left_out == len(after)


@given(changes())
def test_a_second_plan_after_the_waves_has_no_key_detail_left(pair):
    before, after = pair
    plan = batch.updates(before, after, ukprn="1", file_name="x", as_of=DAY)
    states = {one.uln: one for one in before}
    for file in plan.waves:
        states |= {one.uln: updated(states[one.uln], one) for one in file.learners}

    again = batch.updates(states.values(), after, ukprn="1", file_name="x", as_of=DAY)

    assert again.waves == ()
    sizes = [len(file.records) for file in plan.waves]
    assert all(one >= other for one, other in pairwise(sizes))


# --- exceptions -----------------------------------------------------------------------

ADA = PEOPLE[0].evolve(uln=None, mis_identifier="M1")
DO = {
    ExceptionEvent.TAKE: lambda case, n: case.take(by=f"u{n}", at=f"t{n}"),
    ExceptionEvent.RELEASE: lambda case, n: case.release(at=f"t{n}"),
    ExceptionEvent.USE_EXISTING: lambda case, n: case.use_existing(ULNS[n], at=f"t{n}"),
    ExceptionEvent.CREATE: lambda case, n: case.created(ULNS[n], at=f"t{n}"),
    ExceptionEvent.CORRECT: lambda case, n: case.correct(
        ADA.evolve(notes=str(n)), at=f"t{n}"
    ),
    ExceptionEvent.RESUBMIT: lambda case, n: case.resubmitted(at=f"t{n}"),
    ExceptionEvent.DISCARD: lambda case, n: case.discard("duplicate", at=f"t{n}"),
    ExceptionEvent.REOPEN: lambda case, n: case.reopen(at=f"t{n}"),
}


@given(st.lists(st.sampled_from(ExceptionEvent), max_size=12))
def test_whatever_is_done_an_exception_is_where_the_table_says(events):
    case = BatchException(file="x", row=2, code="RC007", uploaded=DAY, learner=ADA)
    state = ExceptionState.RAISED
    done = []
    for n, event in enumerate(events):
        step = EXCEPTION_STEPS.step(state, event)
        try:
            case = DO[event](case, n)
        except StepRefused:
            assert not step.is_allowed
        else:
            assert step.is_allowed
            state = step.after
            done.append(event)
        assert case.state is state
        assert BatchException.from_dict(case.to_dict(personal=True)) == case
    assert [entry.event for entry in case.history] == done
    assert (case.uln is not None) == (
        state in {ExceptionState.USED_EXISTING, ExceptionState.CREATED}
    )


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FORM = BatchException(file="x", row=2, code="RC007", uploaded=DAY, learner=ADA).to_dict(
    personal=True
)


@given(st.dictionaries(st.sampled_from(sorted(FORM)), plain, max_size=4))
def test_no_plain_values_do_more_than_be_refused(values):
    try:
        case = BatchException.from_dict(FORM | values)
    except ValueError as refused:
        assert type(refused).__module__ == "ulnlib.errors"  # noqa: PT017
    else:
        assert BatchException.from_dict(case.to_dict(personal=True)) == case

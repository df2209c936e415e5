"""The work list: what is to be done first."""

import datetime as dt
import json

from builders.exceptions import ADA, IN_HAND, IN_STATE, ULN, UPLOAD, one
from ulnlib import batch
from ulnlib.batch import ExceptionState


def test_the_work_list_is_by_due_date_then_kind():
    cases = [
        one(row=2, code="RC010"),
        one(row=3, code="RC007", uploaded=dt.date(2026, 10, 1)),
        one(row=4, code="RC007"),
        IN_STATE[ExceptionState.CREATED],
    ]

    todo = batch.work_list(cases, as_of=dt.date(2026, 11, 21))

    assert [case.row for case in todo.open] == [3, 4, 2]
    assert [case.row for case in todo.overdue] == [3]
    assert {day: len(found) for day, found in todo.by_due.items()} == {
        dt.date(2026, 11, 15): 1,
        dt.date(2027, 1, 5): 2,
    }
    assert {code: len(found) for code, found in todo.by_kind.items()} == {
        "RC007": 2,
        "RC010": 1,
    }
    assert todo.counts[ExceptionState.RAISED] == 3
    assert todo.counts[ExceptionState.CREATED] == 1
    assert sum(todo.counts.values()) == len(cases)


def test_the_work_list_as_a_table_and_as_plain_values():
    case = IN_HAND.offer([ADA.evolve(uln=ULN, postcode="ZA1 1AD")])
    todo = batch.work_list([case], as_of=dt.date(2027, 1, 6))

    text = todo.table().decode("utf-8-sig")
    plain = todo.to_dict()

    assert text.splitlines()[1].startswith("2027-01-05,'-1,RC007,Possible match")
    assert ULN in text
    assert "Example" not in text + json.dumps(plain)
    assert plain["overdue"] == 1
    assert plain["open"][0]["is_overdue"] is True
    assert plain["open"][0]["answer"]["is_assumed"] is True
    assert "is not known" in plain["known"]


def test_an_empty_work_list():
    todo = batch.work_list([], as_of=UPLOAD)

    assert todo.open == todo.overdue == ()
    assert dict(todo.by_due) == dict(todo.by_kind) == {}

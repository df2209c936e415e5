"""The steps of an achievement file, one after another."""

from ulnlib import Learner
from ulnlib.batch.files import Record
from ulnlib.batch.layouts.achievement import ACTION_CODES
from ulnlib.batch.steps import Key, check_steps
from ulnlib.rules.achievements import Action, Status

CODE = {action: code for code, action in ACTION_CODES.items()}
UNIT = "Y/506/1910"


def record(row, action, *, uln="1000000043", reference=UNIT):
    further = {"action": CODE.get(action, action), "reference": reference}
    return Record(row, row, Learner(uln=uln), (), b"", None, further)


def found(*records, **more):
    return [(item.row, item.code) for item in check_steps(records, **more)]


def test_a_life_in_its_order_is_not_refused():
    order = [
        *(Action.ADD_PROVISIONAL, Action.UPDATE, Action.PROMOTE, Action.WITHDRAW),
        *(Action.REINSTATE, Action.UPDATE),
    ]

    assert found(*[record(n, one) for n, one in enumerate(order, 2)]) == []


def test_what_is_refused_changes_nothing():
    steps = [Action.WITHDRAW, Action.ADD_FINAL, Action.ADD_FINAL, Action.WITHDRAW]

    assert found(*[record(n, one) for n, one in enumerate(steps, 2)]) == [
        (2, "award-status"),
        (4, "award-status"),
    ]


def test_why_is_said_in_words():
    (item,) = check_steps([record(2, Action.PROMOTE)])

    assert item.message == "making it final is refused: there is no such achievement"
    assert item.field == "action"


def test_what_stands_already_counts():
    known = {Key("1000000043", "Y5061910"): Status.PROVISIONAL}

    assert found(record(2, Action.PROMOTE), known=known) == []
    assert found(record(2, Action.ADD_FINAL), known=known) == [(2, "award-status")]


def test_each_learner_and_each_unit_stands_for_itself():
    assert found(
        record(2, Action.ADD_FINAL),
        record(3, Action.ADD_FINAL, uln="1000000051"),
        record(4, Action.ADD_FINAL, reference="A/100/0001"),
    ) == []  # fmt: skip
    assert found(
        record(2, Action.ADD_FINAL), record(3, Action.ADD_FINAL, reference="y5061910")
    ) == [(3, "award-status")]


def test_codes_can_be_given_and_unknown_ones_are_passed_over():
    steps = [record(2, "A"), record(3, "A"), record(4, "?")]

    assert found(*steps) == []
    assert found(*steps, actions={"A": Action.ADD_FINAL}) == [(3, "award-status")]

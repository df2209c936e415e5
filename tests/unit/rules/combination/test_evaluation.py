"""The values of an evaluation."""

import pickle

import attrs
import pytest

from builders.combination import asked, group, has
from ulnlib.issues import Report
from ulnlib.rules.combination.evaluation import Need


def test_a_group_has_its_name_and_kind():
    answer = asked("total 3\ngroup G\n  A 3", "A")

    assert answer.groups[1].name == "G"
    assert [one.kind.value for one in answer.groups] == ["compound", "unit"]
    assert group(answer, "G").group.units[0].reference == "A"


@pytest.mark.parametrize(
    ("need", "least"),
    [
        (Need(), 0),
        (Need(credit=5), 5),
        (Need(parts=2), 0),
        (Need(at_level=5), 0),
        (Need(one_of=((Need(credit=5),), (Need(credit=3), Need(credit=1)))), 4),
        (Need(parts=2, one_of=((Need(credit=5),), (Need(credit=4),))), 9),
        (Need(credit=2, parts=1, one_of=((Need(credit=5),),)), 7),
    ],
)
def test_a_need_takes_at_least_its_shortest_choice(need, least):
    assert need.least_credit == least


def test_an_answer_is_a_plain_value():
    answer = asked("total 9\nA 3\nB 4", "A")

    assert attrs.evolve(answer) == answer
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301  # our own
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        answer.is_met = True


def test_what_somebody_has_is_in_no_repr():
    """Neither what counts nor an achievement's date or title is shown unasked."""
    answer = asked("total 9\nA 3", [has("A", 3, 3, "2025-01-02", title="Marked")])

    for value in (answer, answer.counted[0], answer.units[0]):
        assert "Marked" not in repr(value)
        assert "2025" not in repr(value)
    assert "reference='A'" not in repr(answer)


def test_where_nothing_was_found_the_report_is_empty():
    assert asked("total 9\nA 3").report == Report()

"""Laws of the temporary ULN's rules: they divide the year without a gap."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.rules.temporary_uln import (
    ILR_RULES,
    Aim,
    january_of,
    temporary_uln_worklist,
)

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
AIMS = st.builds(
    Aim,
    learner=st.sampled_from(["A", "B", "C"]),
    start=DAYS,
    planned_end=DAYS,
    actual_end=st.none() | DAYS,
    funding_model=st.sampled_from([10, 11, 25, 35, 36, 37, 38, 70, 81, 82, 99]),
    monitoring=st.frozensets(st.sampled_from(["ACT1", "ADL1", "LDM034", "SOF1"])),
)


def biting(aim, on, january):
    return {
        rule.name
        for rule in ILR_RULES
        if (days := rule.days(aim, january)) and days[0] <= on <= days[1]
    }


@given(aim=AIMS, on=DAYS)
def test_a_warning_and_its_error_never_meet(aim, on):
    """On one day an aim is either within its leniency or after it."""
    names = biting(aim, on, january_of(on))

    assert not {"ULN_06", "ULN_07"} <= names
    assert not {"ULN_10", "ULN_11"} <= names


@given(aim=AIMS, on=DAYS)
def test_a_rule_looks_at_an_aim_as_a_plain_account_does(aim, on):
    """The days that are worked out are those of the rules' own conditions."""
    january = january_of(on)
    ran, is_late = (on - aim.start).days, on >= january
    codes, model = aim.monitoring, aim.funding_model
    ends = [aim.planned_end] + ([aim.actual_end] if aim.actual_end else [])
    is_long = any((end - aim.start).days >= 5 for end in ends)
    is_funded = model not in {10, 11, 99} or (model == 99 and "ADL1" in codes)
    is_open = "LDM034" not in codes
    funded = is_funded and is_long and is_open and "ACT1" not in codes and is_late
    students = model == 99 and "SOF1" in codes and is_long and is_open and is_late
    expected = {
        "ULN_02": model in {10, 11, 99} and "SOF1" not in codes,
        "ULN_03": not is_late and "ACT1" not in codes,
        "ULN_06": funded and ran <= 60,
        "ULN_07": funded and ran > 60,
        "ULN_09": is_late and "LDM034" in codes,
        "ULN_10": students and ran <= 60,
        "ULN_11": students and ran > 60,
        "ULN_12": "ACT1" in codes,
    }

    assert biting(aim, on, january) == {n for n, bites in expected.items() if bites}


@given(aims=st.lists(AIMS, max_size=6), as_of=DAYS)
def test_the_list_names_everybody_once_and_in_order(aims, as_of):
    """Refusals come first, by the day; no day lies before the list's."""
    items = temporary_uln_worklist(aims, as_of=as_of)
    keys = [(not item.is_error, item.when, item.learner) for item in items]

    assert keys == sorted(keys)
    assert len({item.learner for item in items}) == len(items)
    assert {item.learner for item in items} <= {aim.learner for aim in aims}
    for item in items:
        mine = [aim for aim in aims if aim.learner == item.learner]
        assert item.when >= as_of
        january = january_of(as_of)
        assert any(item.rule in biting(aim, item.when, january) for aim in mine)

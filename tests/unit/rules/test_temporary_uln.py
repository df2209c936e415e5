"""The temporary ULN: each rule on its first and last day, and the work list."""

import datetime as dt

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.issues import Severity
from ulnlib.rules.temporary_uln import (
    ILR_RULES,
    Aim,
    IlrRule,
    WorkItem,
    january_of,
    temporary_uln_worklist,
)

JANUARY = dt.date(2027, 1, 1)
RULES = {rule.name: rule for rule in ILR_RULES}
NEVER, EVER = dt.date.min, dt.date.max
START = dt.date(2026, 9, 7)
LENIENT = dt.date(2026, 11, 6)  # 60 days after the start


def day(text):
    return dt.date.fromisoformat(text)


def aim(model=25, *codes, start=START, end="2027-07-02", actual=None, learner="A1"):
    return Aim(
        learner=learner,
        start=start,
        planned_end=day(end),
        funding_model=model,
        actual_end=actual and day(actual),
        monitoring=codes,
    )


def days(name, *args, **kwargs):
    return RULES[name].days(aim(*args, **kwargs), JANUARY)


FUNDED = (25, 35, 36, 37, 38, 70, 81, 82)


def test_the_rules_are_those_about_the_temporary_uln():
    assert {rule.name: rule.severity.value for rule in ILR_RULES} == {
        "ULN_02": "warning",
        "ULN_03": "warning",
        "ULN_06": "warning",
        "ULN_07": "error",
        "ULN_09": "warning",
        "ULN_10": "warning",
        "ULN_11": "error",
        "ULN_12": "error",
    }
    assert all(rule.source for rule in ILR_RULES)
    assert [r.name for r in ILR_RULES if r.evidence != "published"] == [
        "ULN_09",
        "ULN_11",
    ]
    assert {r.evidence for r in ILR_RULES} == {"published", "observed"}


@pytest.mark.parametrize("severity", Severity)
def test_a_rule_takes_its_severity_as_itself_or_as_a_word(severity):
    for given in (severity, severity.value):
        assert IlrRule(name="X", severity=given).severity is severity


def test_another_severity_is_refused_without_being_shown():
    with pytest.raises(InvalidValue) as refused:
        IlrRule(name="X", severity="Jane Smith")
    assert str(refused.value) == "this is none of: fatal, error, warning"
    assert refused.value.reason == "word"


@pytest.mark.parametrize("model", [10, 11, 99])
def test_uln_02_warns_at_any_time_but_of_university_students(model):
    """ILR-1."""
    assert days("ULN_02", model) == (NEVER, EVER)
    assert days("ULN_02", model, "SOF1") is None
    assert days("ULN_02", model, "SOF105") == (NEVER, EVER)
    assert days("ULN_02", model, end="2026-09-07") == (NEVER, EVER)


@pytest.mark.parametrize("model", FUNDED)
def test_uln_02_is_not_for_funded_aims(model):
    assert days("ULN_02", model) is None


@pytest.mark.parametrize("model", [10, 11, 99, *FUNDED])
def test_uln_03_warns_before_1_january(model):
    """ILR-2."""
    assert days("ULN_03", model) == (NEVER, day("2026-12-31"))
    assert days("ULN_03", model, "ACT1") is None
    assert days("ULN_03", model, "LDM034") == (NEVER, day("2026-12-31"))


@pytest.mark.parametrize("model", FUNDED)
def test_uln_06_and_uln_07_divide_the_time_after_1_january(model):
    """ILR-3, ILR-4."""
    late = day("2026-12-01")

    assert days("ULN_06", model, start=late) == (JANUARY, day("2027-01-30"))
    assert days("ULN_07", model, start=late) == (day("2027-01-31"), EVER)
    assert days("ULN_06", model) is None
    assert days("ULN_07", model) == (JANUARY, EVER)


def test_uln_06_bites_when_the_60th_day_is_1_january():
    start = day("2026-11-02")

    assert days("ULN_06", start=start) == (JANUARY, JANUARY)
    assert days("ULN_07", start=start) == (day("2027-01-02"), EVER)
    assert days("ULN_06", start=day("2026-11-01")) is None


@pytest.mark.parametrize("name", ["ULN_06", "ULN_07"])
def test_loans_are_funded_custody_and_levy_are_apart(name):
    start = day("2026-12-01")

    assert days(name, 99, start=start) is None
    assert days(name, 99, "ADL1", start=start) is not None
    assert days(name, 10, "ADL1", start=start) is None
    assert days(name, 25, "LDM034", start=start) is None
    assert days(name, 25, "ACT1", start=start) is None
    assert days(name, 25, "ACT2", start=start) is not None


@pytest.mark.parametrize("name", ["ULN_06", "ULN_07"])
def test_aims_under_five_days_are_left_out(name):
    start = day("2026-12-01")

    assert days(name, start=start, end="2026-12-05") is None
    assert days(name, start=start, end="2026-12-06") is not None
    assert days(name, start=start, end="2026-12-05", actual="2026-12-06") is not None
    assert days(name, start=start, end="2026-12-06", actual="2026-12-05") is not None
    assert days(name, start=start, end="2026-12-05", actual="2026-12-03") is None


def test_uln_09_warns_of_learners_in_custody_from_1_january():
    """ILR-5."""
    assert days("ULN_09", 35, "LDM034") == (JANUARY, EVER)
    assert days("ULN_09", 35) is None
    assert days("ULN_09", 10, "LDM034", end="2026-09-07") == (JANUARY, EVER)


def test_uln_10_and_uln_11_divide_the_time_for_university_students():
    """ILR-6, ILR-7."""
    late = day("2026-12-01")

    assert days("ULN_10", 99, "SOF1", start=late) == (JANUARY, day("2027-01-30"))
    assert days("ULN_11", 99, "SOF1", start=late) == (day("2027-01-31"), EVER)
    for name in ("ULN_10", "ULN_11"):
        assert days(name, 99, start=late) is None
        assert days(name, 25, "SOF1", start=late) is None
        assert days(name, 99, "SOF1", "LDM034", start=late) is None
        assert days(name, 99, "SOF1", start=late, end="2026-12-05") is None


@pytest.mark.parametrize("model", [36, 99])
def test_uln_12_always_refuses_levy_apprentices(model):
    """ILR-8."""
    assert days("ULN_12", model, "ACT1") == (NEVER, EVER)
    assert days("ULN_12", model, "ACT2") is None
    assert days("ULN_12", model) is None


@pytest.mark.parametrize(
    ("as_of", "year"),
    [("2026-07-31", 2026), ("2026-08-01", 2027), ("2027-01-01", 2027)],
)
def test_the_teaching_year_begins_on_1_august(as_of, year):
    assert january_of(day(as_of)) == dt.date(year, 1, 1)


def listed(*aims, as_of="2026-11-21", **kwargs):
    return temporary_uln_worklist(aims, as_of=day(as_of), **kwargs)


class TestTheList:
    def test_an_item_says_what_will_refuse_the_record_and_when(self):
        assert listed(aim()) == (
            WorkItem(
                learner="A1",
                rule="ULN_07",
                when=JANUARY,
                is_error=True,
                warnings=("ULN_03",),
            ),
        )

    def test_a_day_that_has_passed_is_today(self):
        (item,) = listed(aim(), as_of="2027-03-01")

        assert (item.rule, item.when, item.warnings) == (
            "ULN_07",
            day("2027-03-01"),
            (),
        )

    def test_an_error_comes_before_a_warning_of_an_earlier_day(self):
        (item,) = listed(aim(start=day("2026-12-01")), as_of="2027-01-05")

        assert (item.rule, item.when, item.is_error) == (
            "ULN_07",
            day("2027-01-31"),
            True,
        )
        assert item.warnings == ("ULN_06",)

    def test_what_is_only_warned_of_says_so(self):
        (item,) = listed(aim(10))

        assert (item.rule, item.when, item.is_error) == (
            "ULN_02",
            day("2026-11-21"),
            False,
        )
        assert item.warnings == ("ULN_02", "ULN_03")

    def test_a_warning_to_come_is_no_warning_now(self):
        (item,) = listed(aim(35, "LDM034"))

        assert item.warnings == ("ULN_03",)
        assert item.rule == "ULN_03"

    def test_a_learner_has_one_item_of_the_most_urgent_aim(self):
        later = aim(start=day("2026-12-15"))
        levy = aim(36, "ACT1")

        (item,) = listed(later, aim(), as_of="2026-11-21")
        assert (item.rule, item.when) == ("ULN_07", JANUARY)
        (item,) = listed(later, levy)
        assert (item.rule, item.when) == ("ULN_12", day("2026-11-21"))

    def test_the_most_urgent_come_first_then_those_warned_of(self):
        aims = [
            aim(10, learner="warned"),
            aim(learner="B"),
            aim(learner="A"),
            aim(start=day("2026-12-15"), learner="later"),
            aim(36, "ACT1", learner="now"),
        ]

        assert [item.learner for item in listed(*aims)] == [
            *("now", "A", "B", "later", "warned"),
        ]

    def test_whom_no_rule_looks_at_any_more_is_not_on_it(self):
        short = aim(25, end="2026-09-08")

        assert len(listed(short, as_of="2026-12-31")) == 1
        assert listed(short, as_of="2027-01-01") == ()
        assert listed() == ()

    def test_the_last_return_of_a_year_gives_its_january(self):
        last_year = aim(start=day("2025-09-08"), end="2026-07-03")

        (item,) = listed(last_year, as_of="2026-10-01", january=day("2026-01-01"))
        assert (item.rule, item.when) == ("ULN_07", day("2026-10-01"))
        (item,) = listed(last_year, as_of="2026-10-01")
        assert item.when == JANUARY

    def test_the_rules_of_another_year_can_be_given(self):
        only = [RULES["ULN_12"]]

        assert listed(aim(), rules=only) == ()
        assert len(listed(aim(36, "ACT1"), aim(36, "ACT1"), rules=iter(only))) == 1


def test_an_aim_is_as_long_as_the_longer_of_plan_and_fact():
    assert aim(end="2026-09-08").days == 1
    assert aim(end="2026-09-08", actual="2026-09-10").days == 3
    assert aim(end="2026-09-10", actual="2026-09-08").days == 3

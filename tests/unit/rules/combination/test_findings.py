"""What is found wrong with achievements, each code alone."""

import pytest

from builders.combination import DAY, asked, has
from ulnlib.issues import issue_codes
from ulnlib.qualifications import Group, LevelMinimum, Structure, Unit

PLAIN = "total 9\nA 3 L3\nB 4 L2"
FOUND = {
    "unit-credit-wrong": ("total 9\nA 3 L3\nB 0 L3", [], ("structure", "B")),
    "unit-differs": (
        "total 9\ngroup G\n  A 3 L3\n  B 4 L3\ngroup H\n  A 4 L3\n  B 4 L3",
        [],
        ("structure", "A"),
    ),
    "level-unknown": ('total 9\nA 3 "9"', [], ("structure", "A")),
    "certification-ended": (
        "total 9\ncertification end 2026-03-30\nA 3",
        [],
        ("structure",),
    ),
    "achievement-level": (PLAIN, [has("A", 3, "high")], ("achievements", "A")),
    "achievement-credit": (PLAIN, [has("A", -3, 3)], ("achievements", "A")),
    "achievement-to-come": (
        PLAIN,
        [has("A", date="2026-04-01")],
        ("achievements", "A"),
    ),
    "achievement-twice": (PLAIN, [has("N1", 3), has("N1", 4)], ("achievements", "N1")),
    "achievement-credit-differs": (PLAIN, [has("A", 4)], ("achievements", "A")),
    "achievement-level-differs": (PLAIN, [has("A", 3, 4)], ("achievements", "A")),
    "achievement-after-withdrawal": (
        PLAIN + "\nC 3 L3 [withdrawn 2025-01-01, expires 2025-06-01]",
        [has("C", date="2025-01-02")],
        ("achievements", "C"),
    ),
    "exemption-group": (
        PLAIN,
        [has("", 3, kind="exemption", group="Y", id="7")],
        ("achievements", "7"),
    ),
    "exemption-credit": (
        PLAIN,
        [has("", 0, kind="exemption", group="X", id="7")],
        ("achievements", "7"),
    ),
}


def findings(text, achievements=(), as_of=DAY):
    report = asked(text, achievements, as_of=as_of).report
    return [(one.code, one.path) for one in report]


def test_a_level_that_a_structure_asks_for_and_that_is_none_is_found():
    minimum = LevelMinimum("9", 3)
    root = Group(name="X", units=[Unit("A", 3, 3)], level_minimum=minimum)
    structure = Structure(
        name="X", total=3, root=root, level="high", min_credit_at_level=3
    )

    assert findings(structure) == [
        ("level-unknown", ("structure", "level")),
        ("level-unknown", ("structure", "X")),
    ]
    assert not asked(structure, "A").is_met


def test_a_unit_without_credit_is_found():
    structure = Structure(name="X", total=3, root=Group(name="X", units=[Unit("A")]))

    assert findings(structure) == [("unit-credit-missing", ("structure", "A"))]


@pytest.mark.parametrize("code", FOUND)
def test_each_finding_is_made_alone(code):
    text, achievements, path = FOUND[code]

    assert findings(text, achievements) == [(code, path)]


def test_there_is_a_case_for_every_code_about_achievements():
    about = ("achievement-", "exemption-")

    codes = {code for code in issue_codes() if code.startswith(about)}
    assert codes == {code for code in FOUND if code.startswith(about)}


def test_nothing_is_found_where_all_is_well():
    several = [has("A", 3, 3, "2026-03-31"), has("B", 0), has("N", 3, 1), has("A")]

    assert findings(PLAIN, several) == []


def test_without_a_day_nothing_is_to_come_and_nothing_has_ended():
    text = PLAIN + "\ncertification end 2020-01-01"

    assert findings(text, [has("A", date="2999-01-01")], as_of=None) == []


@pytest.mark.parametrize("credit", [-1, True, 2.5, "3"])
def test_a_credit_that_is_no_number_of_credits_is_found(credit):
    assert findings(PLAIN, [has("N", credit)])[0][0] == "achievement-credit"


@pytest.mark.parametrize("credit", [None, 0])
def test_a_credit_that_is_not_stated_is_not(credit):
    assert findings(PLAIN, [has("N", credit)]) == []


def test_a_unit_twice_with_one_credit_or_none_is_not_found():
    assert findings(PLAIN, [has("N", 3), has("N", 3), has("N", 0)]) == []


def test_a_unit_achieved_on_its_last_day_is_not_found():
    text = "total 3\nA 3 L3 [expires 2025-01-02]"

    assert findings(text, [has("A", date="2025-01-02")]) == []
    assert findings(text, [has("A", date="2025-01-03")]) != []


def test_several_exemptions_are_not_one_unit_twice():
    several = [
        has("", 3, kind="exemption", group="X", id="1"),
        has("", 4, kind="exemption", group="X", id="2"),
    ]

    assert findings(PLAIN, several) == []


def test_findings_of_the_structure_come_first_then_by_reference():
    text = 'total 9\nA 3 "9"\nB 0'
    several = [has("N1", -1), has("C1", -1), has("A", -1)]

    found = findings(text, several)
    assert [path[-1] for _, path in found] == ["A", "B", "A", "C1", "N1"]
    assert findings(text, several[::-1]) == found


def test_what_if_units_are_looked_at_too():
    answer = asked(PLAIN, what_if=[has("A", 9)])

    assert [one.code for one in answer.report] == ["achievement-credit-differs"]


def test_what_is_no_reference_is_not_named():
    several = [has("Ada Example", -1), has("O'Hara", -1)]

    assert [path for _, path in findings(PLAIN, several)] == [("achievements",)] * 2


def test_a_wrong_check_letter_of_an_achievement_is_found():
    [(code, path)] = findings(PLAIN, [has("A/506/1910", 3)])

    where = ("achievements", "A/506/1910")

    assert (code, path) == ("unit-reference-check-letter", where)


def test_findings_of_exemptions_are_the_same_in_whatever_order_they_come():
    several = [has("", 0, kind="exemption", group=group) for group in ("Y", "X", "Z")]

    found = findings(PLAIN, several)
    assert [code for code, _ in found] == [
        "exemption-credit",
        "exemption-group",
        "exemption-group",
    ]
    assert findings(PLAIN, several[::-1]) == found

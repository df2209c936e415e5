"""What became of each unit, and why one that is achieved does not count."""

import pytest

from builders.combination import DAY, asked, has, unit, why
from ulnlib.rules.combination import Why

OLD = "2020-01-01"
RPL = "and the limit for what is had by recognition of prior learning"
OVER = ": 74 months, and the limit is 12 months"
BOUND = """
total 9
root X: at most {bound}
A 3 L3
B 4 L3
"""
OTHER = """
total 9
group O: other level 2, other area 15.3, within 12 months
group P
  A 3
"""


def other(*given, **more):
    return [has("N", *given, **more)]


CASES = {
    Why.NOT_LISTED: ("total 3\nA 3", [has("N")], "N", "no group lists it"),
    Why.ADDITIONAL: (
        "total 3\nA 3\nadditional\n  N 3",
        [has("N", 3)],
        "N",
        "it may be taken and does not count",
    ),
    Why.UNUSABLE: (
        "total 3\nA 3\nN 0",
        [has("N", 3)],
        "N",
        "the structure gives it no credits that can count",
    ),
    Why.TO_COME: (
        "total 3\nA 3",
        [has("A", date="2026-04-01")],
        "A",
        "it is dated after the day of the evaluation",
    ),
    Why.TOO_OLD: (
        "total 3\nwithin 12 months\nA 3",
        [has("A", date=OLD)],
        "A",
        "too old: 74 months, and the limit is 12 months",
    ),
    Why.NO_CREDIT: (
        OTHER,
        other(0, 3, "2026-01-01", subject_areas=["15.3"]),
        "N",
        "its credits are not stated, as O asks",
    ),
    Why.NOT_AT_LEVEL: (
        OTHER,
        other(3, 1, "2026-01-01", subject_areas=["15.3"]),
        "N",
        "not at the level that O asks",
    ),
    Why.OTHER_SUBJECT: (
        OTHER,
        other(3, 2, "2026-01-01", subject_areas=["6.1"]),
        "N",
        "not of a subject area of O",
    ),
    Why.DUPLICATE: (
        "total 3\nequivalent A: N\nA 3",
        [has("A"), has("N")],
        "N",
        "duplicate of A",
    ),
    Why.BARRED: (
        "total 3\nbar A: B\nA 3\nB 4",
        [has("A"), has("B")],
        "A",
        "barred by B",
    ),
    Why.SET_IS_FULL: (
        "total 3\nat most 1 of A, B\nA 3\nB 4",
        [has("A"), has("B")],
        "A",
        "enough of its set count already",
    ),
    Why.MAXIMUM: (
        BOUND.format(bound="5 credits"),
        [has("A"), has("B")],
        "A",
        "over the maximum of X",
    ),
    Why.ENOUGH_PARTS: (
        BOUND.format(bound="1 unit"),
        [has("A"), has("B")],
        "A",
        "enough count already in X",
    ),
    Why.CAP: (
        "total 3\nA 3\nB 4\ncap 5 credits -- of all",
        [has("A"), has("B")],
        "A",
        'over the cap "of all"',
    ),
    Why.ROOM: (
        """
        total 7
        root X: at most 7 credits
        group Core: mandatory
          A 3
        group Options
          B 4
          C 2
          D 2
        """,
        [has("C")],
        "C",
        "it would leave no room for what is still needed",
    ),
}
# With B still to be taken there is room for 4 beside A; C takes 2, and D goes too. So
# that C is left out, D is not on offer.
OFFER = {Why.ROOM: ["A", "B"]}


@pytest.mark.parametrize("reason", CASES)
def test_each_reason_is_given_where_it_holds(reason):
    text, achievements, reference, words = CASES[reason]
    answer = asked(text, achievements, as_of=DAY, offer=OFFER.get(reason))

    assert why(answer, reference) == (reason, words)
    assert unit(answer, reference).is_achieved == (reason is not Why.TO_COME)
    assert not unit(answer, reference).is_included


def test_there_is_a_case_for_every_reason():
    assert set(CASES) == set(Why)


def test_what_counts_has_no_reason():
    one = unit(asked("total 3\nA 3", "A"), "A")

    assert (one.why, one.detail) == (None, "")
    assert one.is_included


def test_what_is_not_achieved_has_no_reason():
    one = unit(asked("total 3\nA 3"), "A")

    assert (one.why, one.is_achieved, one.is_included) == (None, False, False)


def test_too_old_for_the_only_group_that_lists_it():
    text = "total 3\ngroup G: within 12 months\n  A 3\ngroup O: other credit"
    answer = asked(text, [has("A", 3, date=OLD)], as_of=DAY)

    assert why(answer, "A") == (Why.TOO_OLD, "too old for G" + OVER)


def test_what_stands_for_a_unit_is_too_old_for_the_group_of_that_unit():
    text = "total 3\nequivalent A: Z\ngroup G: within 12 months\n  A 3"
    answer = asked(text, [has("Z", date=OLD)], as_of=DAY)

    assert why(answer, "Z") == (Why.TOO_OLD, "too old for G" + OVER)


def test_too_old_for_a_group_of_other_credit():
    answer = asked(OTHER, other(3, 2, OLD, subject_areas=["15.3"]), as_of=DAY)

    assert why(answer, "N") == (Why.TOO_OLD, "too old for O" + OVER)


@pytest.mark.parametrize(
    ("limits", "date", "words"),
    [
        (
            "within 12 months: rpl",
            OLD,
            f"74 months, {RPL} is 12 months",
        ),
        (
            "within 60 months\nwithin 6 months: transfer\nwithin 1 months: rpl",
            OLD,
            f"74 months, {RPL} is 1 month",
        ),
        # Months end at the last day of a shorter month: it is a day too old.
        ("within 1 months", "2026-02-27", "over 1 month, and the limit is 1 month"),
        ("within 0 months", "2026-03-30", "over 0 months, and the limit is 0 months"),
    ],
)
def test_past_a_time_limit_it_is_said_which_and_how_old_it_is(limits, date, words):
    had = [has("A", date=date, kind="rpl")]
    answer = asked(f"total 3\n{limits}\nA 3", had, as_of=DAY)

    assert why(answer, "A") == (Why.TOO_OLD, f"too old: {words}")


def test_of_several_that_are_too_old_the_youngest_is_told():
    had = [has("A", date=OLD), has("A", date="2025-01-31"), has("A", date="2021-01-01")]
    answer = asked("total 3\nwithin 12 months\nA 3", had, as_of=DAY)

    assert why(answer, "A")[1] == "too old: 14 months, and the limit is 12 months"


@pytest.mark.parametrize("level", [None, "advanced"])
def test_a_level_that_is_not_known_is_said_to_be_so(level):
    had = [has("N", 3, level)]

    answer = asked("total 3\ngroup O: other level 2\ngroup P\n  A 3", had)
    words = "its level is not known, and O asks for Level 2 or above"
    assert why(answer, "N") == (Why.NOT_AT_LEVEL, words)
    answer = asked('total 3\ngroup O: other level "high"\ngroup P\n  A 3', had)
    words = "its level is not known, and O asks for a level"
    assert why(answer, "N") == (Why.NOT_AT_LEVEL, words)


def test_without_a_date_it_is_not_called_too_old():
    text = "total 3\ngroup G: within 12 months\n  A 3"
    words = "it has no date, and {} asks for a recent one"

    found = why(asked(text, [has("A")], as_of=DAY), "A")
    assert found == (Why.TOO_OLD, words.format("G"))
    found = why(asked(OTHER, [has("N", 3, 2)], as_of=DAY), "N")
    assert found == (Why.TOO_OLD, words.format("O"))
    found = why(asked(OTHER, [has("N", 3, 2), has("N", 3, 2, OLD)], as_of=DAY), "N")
    assert found == (Why.TOO_OLD, "too old for O" + OVER)


def test_a_group_of_other_credit_without_a_level_asks_only_for_the_area():
    answer = asked("total 9\ngroup O: other area 15.3", other(3))

    assert why(answer, "N")[0] is Why.OTHER_SUBJECT


def test_a_set_of_none_has_no_other_to_name():
    answer = asked("total 9\nat most 0 of A\nA 3\nB 4", "A")

    assert why(answer, "A") == (Why.SET_IS_FULL, "enough of its set count already")


def test_the_first_of_its_limits_that_is_full_is_the_reason():
    text = "total 3\nbar A: N, B\nat most 1 of A, B\nA 3\nB 4\nN 1"
    answer = asked(text, "A B")

    assert why(answer, "A") == (Why.BARRED, "barred by B")


def test_over_the_maximum_of_a_group_above():
    text = "total 9\ngroup Outer: at most 4 credits\n  group G\n    A 3\n    B 4"

    assert why(asked(text, "A B"), "A") == (Why.MAXIMUM, "over the maximum of Outer")


def test_enough_groups_are_used():
    text = """
    total 4
    root X: at most 1 group
    group P
      A 3
    group Q
      B 4
    """

    assert why(asked(text, "A B"), "A") == (
        Why.ENOUGH_PARTS,
        "enough count already in X",
    )


def test_a_group_that_is_used_already_is_no_further_one():
    """B would be no further group: what it is over is the maximum of the root."""
    text = """
    total 9
    root X: at most 1 group, at most 5 credits
    group P
      A 3
      B 4
    """

    assert why(asked(text, "A B"), "A") == (Why.MAXIMUM, "over the maximum of X")


class TestExemptions:
    def test_an_exemption_by_amount_has_a_row_without_a_reference(self):
        exempt = has("", 3, kind="exemption", group="X", id="1", title="Prior course")
        (_, row) = asked("total 9\nA 3", [exempt]).units

        assert (row.reference, row.title, row.credit) == ("", "Prior course", 3)
        assert row.is_included
        assert row.group == "X"

    @pytest.mark.parametrize("text", ["total 9\nA 3", OTHER])
    def test_one_for_no_group_is_listed_by_none(self, text):
        exempt = has("", 3, 3, "2026-01-01", kind="exemption", group="Nowhere", id="1")

        assert why(asked(text, [exempt], as_of=DAY), "")[0] is Why.NOT_LISTED

    @pytest.mark.parametrize("text", ["total 9\ngroup P\n  A 3", OTHER])
    def test_one_without_credits_says_so(self, text):
        exempt = has("", None, 3, "2026-01-01", kind="exemption", group="P", id="1")

        assert why(asked(text, [exempt], as_of=DAY), "")[0] is Why.NO_CREDIT

    def test_one_that_is_too_old_for_its_group_says_so(self):
        text = "total 9\ngroup P: within 12 months\n  A 3"
        exempt = has("", 3, 3, OLD, kind="exemption", group="P", id="1")

        assert why(asked(text, [exempt], as_of=DAY), "")[0] is Why.TOO_OLD


class TestRows:
    def test_listed_units_come_in_order_then_others_by_reference(self):
        text = "total 3\ngroup G\n  B/1 3\n  A 4\ngroup H\n  B1 3"
        answer = asked(text, [has("Z"), has("N"), has("a")])

        assert [one.reference for one in answer.units] == ["B/1", "A", "N", "Z"]

    def test_a_row_tells_where_a_unit_counts_or_else_is_listed_first(self):
        text = "total 9\ngroup G: at most 0 credits\n  A 3\ngroup H\n  A 3\n  B 4"
        answer = asked(text, "A Z")

        assert unit(answer, "A").group == "H"
        assert unit(answer, "B").group == "H"
        assert unit(answer, "Z").group is None
        assert unit(asked(text), "A").group == "G"

    def test_a_row_tells_for_which_unit_another_stands(self):
        answer = asked("total 3\nequivalent A/1: Z\nA/1 3", "Z")

        assert unit(answer, "Z").stands_for == "A/1"
        assert unit(answer, "A/1").stands_for is None
        assert not unit(answer, "A/1").is_achieved

    def test_titles_are_those_of_the_structure_or_else_of_the_record(self):
        text = "total 3\nA 3 - Alpha\nB 3\nadditional\n  N 3 - Nu"
        several = [has("A", title="x"), has("B", title="Beta"), has("N", title="y")]
        answer = asked(text, [*several, has("Z", title="Zeta")])

        titles = [one.title for one in answer.units]
        assert titles == ["Alpha", "Beta", "Nu", "Zeta"]
        assert [one.title for one in asked("total 3\nA 3").units] == [""]

    def test_credits_are_those_that_count_or_would(self):
        text = "total 3\nA 3\nB 0\ngroup O: other credit"
        answer = asked(text, [has("A", 9), has("Z", 5), has("Y", 0), has("B", 4)])

        credits_of = {one.reference: one.credit for one in answer.units}
        assert credits_of == {"A": 3, "B": None, "Y": None, "Z": 5}

    def test_a_unit_is_mandatory_where_it_cannot_be_done_without(self):
        text = "total 9\ngroup G: mandatory, 3 credits\n  A 3\ngroup H\n  B 4"
        answer = asked(text)

        assert unit(answer, "A").is_mandatory
        assert not unit(answer, "B").is_mandatory


TIGHT = """
total 9
root X: at most 4 credits{more}
A 3 L3
B 4 L3
"""


@pytest.mark.parametrize(
    "more",
    [
        "\ncap 7 credits: at most level 3",
        ", at most 2 units",
    ],
)
def test_a_bound_that_would_just_be_reached_is_no_reason(more):
    """What holds A back is the maximum of X alone."""
    bound, _, cap = more.partition("\n")
    text = TIGHT.format(more=bound) + cap

    assert why(asked(text, "A B"), "A") == (Why.MAXIMUM, "over the maximum of X")


def test_a_group_below_that_would_just_be_full_is_no_reason():
    text = """
    total 9
    root X: at most 4 credits, at most 2 parts
    group G: at most 7 credits
      A 3
      B 4
    group H
      C 2
    """
    answer = asked(text, "A B C")

    assert why(answer, "A") == (Why.MAXIMUM, "over the maximum of X")
    assert why(answer, "C") == (Why.MAXIMUM, "over the maximum of X")


def test_all_that_counts_takes_up_room():
    units = "A 3\nB 4\nC 2"

    answer = asked(f"total 9\nroot X: at most 7 credits\n{units}", "A B C")
    assert why(answer, "C") == (Why.MAXIMUM, "over the maximum of X")
    answer = asked(f"total 9\nroot X: at most 2 units\n{units}", "A B C")
    assert why(answer, "C") == (Why.ENOUGH_PARTS, "enough count already in X")


@pytest.mark.parametrize("most", [1, 2])
def test_each_group_in_use_is_a_part(most):
    names = "GHI"[: most + 1]
    groups = [f"group {g}\n  {g}1 {9 - n}" for n, g in enumerate(names)]
    text = "\n".join([f"total 9\nroot X: at most {most} parts", *groups])
    answer = asked(text, " ".join(f"{g}1" for g in names))

    assert why(answer, f"{names[-1]}1") == (
        Why.ENOUGH_PARTS,
        "enough count already in X",
    )


def test_limits_on_other_units_are_passed_over():
    text = "total 9\nA 3\nB 4\nC 3\nD 4\nbar C: D\nbar A: B"
    answer = asked(text, "A B C D")

    assert why(answer, "A") == (Why.BARRED, "barred by B")
    assert why(answer, "C") == (Why.BARRED, "barred by D")


def test_too_old_is_told_of_the_group_that_lists_the_unit_itself():
    text = """
    total 9
    equivalent B: A
    group G: within 12 months
      A 3
    group H: within 24 months
      B 3
    """
    answer = asked(text, [has("A", date=OLD)], as_of=DAY)

    assert why(answer, "A")[1] == "too old for G: 74 months, and the limit is 12 months"


def test_of_several_too_old_for_a_group_the_youngest_is_told():
    text = "total 9\ngroup G: within 12 months\n  A 3"
    several = [has("A", date=OLD), has("A", date="2024-03-31")]

    words = "too old for G: 24 months, and the limit is 12 months"
    assert why(asked(text, several, as_of=DAY), "A")[1] == words
    assert why(asked(text, several[::-1], as_of=DAY), "A")[1] == words


def test_an_exemption_for_a_group_that_is_none_says_so():
    answer = asked("total 9\nA 3", [has("", 3, kind="exemption", group="Z", id="1")])
    row = next(one for one in answer.units if one.why is not None)

    assert (row.why, row.detail) == (Why.NOT_LISTED, "there is no group of that name")


def test_a_row_has_the_credit_and_unit_of_the_list_though_it_does_not_count():
    answer = asked("total 9\nA 3 L3 First\nB 4", [has("N", 5), has("M", -5)])
    rows = {one.reference: one for one in answer.units}

    assert (rows["A"].credit, rows["A"].title) == (3, "First")
    assert rows["A"].unit.reference == "A"
    assert (rows["N"].credit, rows["N"].title, rows["N"].unit) == (5, "", None)
    assert rows["M"].credit is None

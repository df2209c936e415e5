"""What may count, and where; and what is on offer."""

import pytest

from builders.combination import DAY, day, has, rules
from ulnlib.qualifications import Group, Level, OtherCredit, Structure, TimeLimit
from ulnlib.rules.combination.claims import claims_of, key_of, offers_of
from ulnlib.rules.combination.prepared import prepare

TEXT = """
total 9
equivalent A: Z
group G
  A 3 L3
  B 4 L2 [imported]
group H: within 12 months
  A 3 L3
group O: other level 2
"""


def claims(*achievements, text=TEXT, as_of=DAY):
    prepared = prepare(rules(text))
    return prepared, claims_of(prepared, achievements, as_of)


MIDDLE = day("2026-03-15")


def told(found):
    return [(one.place, one.key, one.credit, one.rank) for one in found.there]


def test_a_listed_unit_may_count_wherever_it_is_listed():
    _, found = claims(has("A", date="2026-01-01"))

    assert told(found) == [(1, "A", 3, 5), (2, "A", 3, 5)]
    assert [one.names for one in found.there] == [("A",), ("A",)]


def test_in_a_group_that_counts_months_it_has_to_have_a_date():
    assert told(claims(has("A"))[1]) == [(1, "A", 3, 5)]


def test_what_stands_for_a_unit_has_both_names():
    _, found = claims(has("Z", 9, 1))

    assert told(found) == [(1, "Z", 3, 5)]
    assert found.there[0].names == ("Z", "A")


def test_other_credit_has_one_name_and_its_own_credit():
    _, found = claims(has("N", 6, 4))

    assert told(found) == [(3, "N", 6, 6)]
    assert found.there[0].names == ("N",)
    assert found.there[0].listed is None


def test_only_a_listed_unit_is_imported():
    _, found = claims(has("B"), has("N", 3, 3))

    assert [one.is_imported for one in found.there] == [True, False]


def test_claims_are_in_the_order_of_the_walk_whatever_the_order_given():
    several = [has("N", 3, 3), has("B"), has("Z"), has("A"), has("M", 3, 3)]

    _, found = claims(*several)
    assert [one.key for one in found.there] == ["A", "Z", "B", "M", "N"]
    assert told(claims(*several[::-1])[1]) == told(found)


def test_an_exemption_by_amount_is_for_its_group():
    exempt = has("", 5, 3, kind="exemption", group="G", id="1")
    _, found = claims(exempt, has("A"))

    assert told(found)[:1] == [(1, "A", 3, 5)]
    assert (found.there[1].place, found.there[1].credit) == (1, 5)
    assert not told(claims(has("", None, kind="exemption", group="G"))[1])


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_exemptions_are_told_apart_and_from_all_units(blank):
    one = has(blank, 5, kind="exemption", group="G", id="1")
    other = has(blank, 5, kind="exemption", group="G", id="2")

    assert key_of(one) != key_of(other)
    assert key_of(one) != key_of(one).upper()  # a reference is in capitals


@pytest.mark.parametrize("reference", ["y/506/1910", "Y5061910", " Y 506 1910 "])
def test_a_unit_is_told_by_its_reference_in_one_writing(reference):
    assert key_of(has(reference)) == "Y5061910"


def test_the_achievements_of_a_unit_are_in_the_order_of_their_dates():
    several = [has("N", id="2"), has("N", date="2026-01-02"), has("N", id="1")]
    several.append(has("N", date="2026-01-01"))
    _, found = claims(*several)

    assert found.by_key["N"] == [several[3], several[1], several[2], several[0]]


def test_what_is_to_come_or_past_a_limit_is_not_fit():
    text = "total 3\nwithin 12 months: rpl\nA 3"
    days = claims(text=text)[1].days

    assert days.is_to_come(has("A", date="2026-04-01"))
    assert not days.is_to_come(has("A"))
    assert days.is_past_limit(has("A", date="2025-03-30", kind="rpl"))
    assert not days.is_past_limit(has("A", date="2025-03-30"))
    assert not days.is_past_limit(has("A", kind="rpl"))
    assert not days.fit(has("A", date="2026-04-01"))
    assert days.fit(has("A", date="2025-03-31", kind="rpl"))


def test_without_a_day_all_are_fit():
    days = claims(text="total 3\nwithin 12 months\nA 3", as_of=None)[1].days

    assert days.fit(has("A", date="2999-01-01"))
    assert days.fit(has("A", date="1999-01-01"))


def offered(*achievements, offer=None, text=TEXT, as_of=DAY):
    prepared, found = claims(*achievements, text=text, as_of=as_of)
    offers = offers_of(prepared, found, as_of, offer)
    return [(one.place, one.listed.key) for one in offers]


def test_on_offer_is_each_unit_in_each_group_that_lists_it():
    assert offered() == [(1, "A"), (1, "B"), (2, "A")]


def test_what_may_count_is_not_on_offer_there():
    assert offered(has("A")) == [(1, "B"), (2, "A")]  # it has no date for H
    assert offered(has("A", date="2026-01-01")) == [(1, "B")]
    assert offered(has("Z")) == [(1, "B"), (2, "A")]


def test_what_is_withdrawn_is_not_on_offer_unless_there_is_no_day():
    text = "total 3\nA 3 L3 [withdrawn 2026-01-01]\nB 4"

    assert offered(text=text) == [(0, "B")]
    assert offered(text=text, as_of=None) == [(0, "A"), (0, "B")]


def test_a_narrower_offer_is_told_by_references_in_any_writing():
    assert offered(offer=[" a "]) == [(1, "A"), (2, "A")]
    assert offered(offer=["nothing"]) == []


@pytest.mark.parametrize(
    ("date", "as_of", "months"),
    [
        ("2026-03-31", DAY, 0),
        ("2026-02-28", DAY, 1),
        ("2026-02-27", DAY, 1),
        ("2026-03-01", DAY, 0),
        ("2025-03-31", DAY, 12),
        ("2024-03-31", DAY, 24),
        ("2024-04-01", DAY, 23),
        ("2026-01-15", MIDDLE, 2),
        ("2026-01-16", MIDDLE, 1),
        ("2025-04-01", DAY, 11),
        ("2026-04-01", DAY, 0),
        ("2020-01-01", None, 0),
        (None, DAY, 0),
    ],
)
def test_whole_months_are_counted_as_limits_count_them(date, as_of, months):
    _, found = claims(as_of=as_of)

    assert found.days.months_old(has("A", date=date)) == months


def test_of_several_time_limits_the_closest_is_named():
    limits = "within 12 months\nwithin 60 months: rpl\nwithin 6 months: transfer"
    _, found = claims(text=f"total 3\n{limits}\nA 3")

    for kind, months in (("rpl", 12), ("transfer", 6)):
        limit = found.days.limit_past(has("A", date="2020-01-01", kind=kind))
        assert limit.months == months
    assert found.days.limit_past(has("A", date="2026-01-01", kind="rpl")) is None


def test_a_time_limit_of_no_months_is_that_day():
    structure = Structure(
        name="X", total=3, root=Group(name="X"), time_limits=[TimeLimit(months=0)]
    )
    days = claims_of(prepare(structure), [], DAY).days

    assert not days.is_past_limit(has("A", date="2026-03-31"))
    assert days.is_past_limit(has("A", date="2026-03-30"))


@pytest.mark.parametrize(
    ("one", "other"), [({"credit": 3}, {"credit": 4}), ({"level": 3}, {"level": 4})]
)
def test_records_that_differ_in_one_thing_have_an_order(one, other):
    several = [has("N", id="1", **one), has("N", id="1", **other)]
    _, found = claims(*several)
    _, turned = claims(*several[::-1])

    assert len(found.by_key["N"]) == 2
    assert found.by_key["N"] == turned.by_key["N"]


@pytest.mark.parametrize(
    ("level", "keys"), [(None, []), ("high", []), ("E1", ["N"]), ("8", ["N"])]
)
def test_the_lowest_level_is_one_that_other_credit_may_ask_for(level, keys):
    other = OtherCredit(level=Level.ENTRY_1)
    structure = Structure(name="X", total=3, root=Group(name="X", other=other))
    found = claims_of(prepare(structure), [has("N", 3, level)], DAY)

    assert [one.key for one in found.there] == keys

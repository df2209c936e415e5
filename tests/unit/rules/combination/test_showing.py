"""`Evaluation.to_text`: what is needed first, then groups with ticks."""

import datetime as dt
import json
import re

import attrs
import pytest

from ulnlib._dates import day_in_words
from ulnlib.qualifications import (
    Achievement,
    AtMost,
    Cap,
    Equivalent,
    Group,
    LevelMinimum,
    OtherCredit,
    Requirement,
    Structure,
    TimeLimit,
    Unit,
)
from ulnlib.rules.combination import evaluate, parse_text
from ulnlib.rules.combination.evaluation import Need
from ulnlib.rules.combination.outline import Amount
from ulnlib.rules.combination.outlining import outline_of

DAY = dt.date(2026, 11, 28)
A, B, C = "A/100/0001", "A/100/0002", "A/100/0003"


def of(text, *units, **more):
    structure = parse_text(text).structure
    more.setdefault("as_of", DAY)
    return evaluate(structure, [Achievement(unit=unit) for unit in units], **more)


def small(*groups, total=6, **more):
    return Structure(
        name="Award in Examples",
        total=total,
        root=Group(name="All", groups=groups),
        **more,
    )


def lines(evaluation, start):
    """Return the lines that begin so, without what stands before."""
    found = [line.strip() for line in evaluation.to_text().splitlines()]
    return [line for line in found if line.startswith(start)]


class TestTheVerdictComesFirst:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            (
                "met",
                "MET (28 November 2026): All rules hold: 47 credits count, where 42",
            ),
            (
                "half",
                "NOT MET YET (28 November 2026): 37 of 42 credits count (3 of them",
            ),
            (
                "lacking",
                "NOT MET YET (28 November 2026): 4 of 42 credits count. Someth",
            ),
            ("stuck", "CANNOT BE COMPLETED (28 November 2026): 7 of 20 credits count"),
            ("nested", "NOT MET YET: 15 of 30 credits count; 15 more are needed at le"),
        ],
    )
    def test_in_a_word_with_the_day_and_the_figures(self, cases, name, words):
        text = cases[name].to_text()
        first = next(line for line in text.splitlines() if ":" in line)
        assert first.startswith(words)

    def test_what_is_needed_stands_before_the_groups(self, cases):
        text = cases["half"].to_text()
        places = [text.index(one) for one in ("Still needed", "It takes 8", "\nGroups")]
        assert places == sorted(places)

    def test_one_credit_is_said_in_the_singular(self):
        found = of(f"X\ntotal 2\ngroup G\n  {A} 1 L1 One\n  {B} 1 L1 Two", A)
        assert "1 of 2 credits count; 1 more is needed at least." in found.to_text()
        assert "It takes 1 more credit at least." in found.to_text()

    def test_met_only_with_units_in_thought_is_said_to_be_so(self):
        found = of(f"X\ntotal 2\n{A} 2 L1 One", what_if=[Achievement(unit=A)])
        assert found.is_met
        assert "MET IN THOUGHT" in found.to_text()
        text = " ".join(found.to_text().split())
        assert "2 of 2 credits count (2 of them only as a what-if)" in text
        assert "[x] A/100/0001 One (2 cr, Level 1): what-if" in found.to_text()

    def test_a_title_takes_the_place_of_the_name(self, cases):
        assert cases["met"].to_text(title="For Tuesday").startswith("For Tuesday\n")


class TestWithoutAProof:
    def test_a_completion_that_may_not_be_the_least_says_so(self, cases):
        found = attrs.evolve(cases["half"], proven=False, least_needed=6)
        text = found.to_text()
        assert "8 more credits will do; fewer than 6 certainly will not." in text
        assert "no time to prove that nothing better can be found" in text.replace(
            "\n    ", " "
        )

    def test_nothing_found_is_not_nothing_there(self, cases):
        found = attrs.evolve(
            cases["stuck"], proven=False, conflicts=(), credits_needed=None
        )
        assert "NOT MET YET" in found.to_text()
        assert "no way to complete it was found in time" in found.to_text().replace(
            "\n", " "
        )


class TestNeeds:
    def test_a_choice_has_its_possibilities_below_it(self, cases):
        text = cases["nothing"].to_text()
        part = text[text.index("  * One of these in Pathway:") :]
        assert part.splitlines()[1].startswith("    - 14 more credits from Metal")
        assert "    - These 2 units of Wood, 16 credits:" in part
        assert "      - Unit H/900/0004, Select timber (6 credits)" in part

    def test_a_possibility_of_several_needs_is_one(self):
        text = f"""X
total 8
group Ways: mandatory, 2 groups
  group One
    group Core: mandatory, 2 credits
      {A}  2  L1  First
    group Rest: mandatory, at least 2 credits, other level 1
  group Two: at least 4 credits
    {B}  4  L1  Second
    {C}  4  L1  Third
"""
        shown = of(text).to_text()
        assert "* 2 of these in Ways:" in shown
        part = shown[shown.index("- Together") :].splitlines()
        assert part[1].strip() == "- This unit of Core, 2 credits:"
        assert part[2].strip() == "- Unit A/100/0001, First (2 credits)"

    def test_an_empty_possibility_is_left_out(self, cases):
        need = Need(group="G", parts=1, one_of=((), (Need(text="this"),)))
        found = outline_of(attrs.evolve(cases["half"], needs=(need,)))
        assert [one.text for one in found.needs[0].below] == ["This"]

    def test_a_unit_that_is_not_known_goes_by_its_reference(self, cases):
        need = Need(group="G", credit=2, units=("Z/1",))
        found = outline_of(attrs.evolve(cases["half"], needs=(need,)))
        assert found.needs[0].below[0].text == "Unit Z/1"

    def test_a_level_minimum_is_part_of_the_rest_or_goes_beyond_it(self, cases):
        many = cases["many"].to_text()
        assert "Of all that is still needed, at least 11 credits at Level 3" in many
        half = cases["half"].to_text()
        assert "In all at least 8 more credits at Level 3 or above" in half

    def test_nothing_more_than_credit_at_a_level(self):
        text = f"X\ntotal 2; level 2; 1 at level\ngroup G\n  {A} 2 L1 A\n  {B} 1 L2 B"
        found = of(text, A)
        assert "* In all at least 1 more credit at Level 2 or above" in found.to_text()

    def test_what_is_not_listed_may_have_to_be_several_units(self, cases):
        found = cases["half"]
        more = attrs.evolve(found.supplied[0], units=3)
        shown = attrs.evolve(found, supplied=(more,)).to_text()
        assert "+ 2 credits from 3 units that the structure does not list" in shown


class TestConflicts:
    def test_several_cannot_hold_together(self, cases):
        text = cases["stuck"].to_text()
        part = text[text.index("What stands in the way: these cannot all hold") :]
        _, *rest = part.split("\n\n")[0].splitlines()
        assert rest == [f"  * {one}" for one in cases["stuck"].conflicts]
        assert "  * at most 8 credits from Options" in rest

    def test_one_alone_cannot_be_given(self, cases):
        found = attrs.evolve(cases["stuck"], conflicts=("20 credits in all",))
        text = found.to_text()
        assert "What stands in the way: nothing on offer can give this" in text

    def test_what_is_lacking_beside_credit_is_a_need(self, cases):
        text = cases["lacking"].to_text()
        assert "stands in the way" not in text
        assert "  * 100 hours in a working workshop" in text
        assert "  [ ] 100 hours in a working workshop" in text


class TestUnits:
    def test_each_has_its_tick_and_its_reason(self, cases):
        half = cases["half"]
        assert lines(half, "[x] R/900/0001") == [
            "[x] R/900/0001 Plan work in a workshop (4 cr, Level 3)"
        ]
        assert lines(half, "[x] Y/900/0002")[0].endswith(": D/900/0020 stands for it")
        assert lines(half, "[-] T/900/0010")[0].endswith(": barred by F/900/0009")
        assert lines(half, "[ ] F/900/0012")[0].endswith(
            ": in the example of what completes it"
        )
        assert lines(half, "[x] B/111/1111")[0].endswith(": other credit")
        assert lines(half, "[-] C/111/1111")[0].endswith(
            ": too old for From elsewhere: 130 months, and the limit is 36 months"
        )
        assert "dated after the day" in lines(half, "[-] A/900/0008")[0]

    def test_one_in_two_groups_says_where_it_counts(self, cases):
        assert lines(cases["met"], "[=] K/900/0005")[0].endswith(": counts in Wood")

    def test_an_exemption_by_amount_is_named_by_its_kind(self, cases):
        assert lines(cases["met"], "[x] Exemption") == ["[x] Exemption (4 cr, Level 3)"]

    def test_an_exemption_with_a_title_keeps_it(self, made):
        one = Achievement(
            unit="", kind="rpl", credit=4, level="3", group="Options", date=DAY,
            title="At sea",
        )  # fmt: skip
        found = evaluate(made.workshop(), [one], as_of=DAY)
        assert lines(found, "[x] At sea") == [
            "[x] At sea (4 cr, Level 3): recognition of prior learning"
        ]

    def test_an_exemption_that_does_not_count_is_told(self, made):
        one = Achievement(unit="", kind="exemption", credit=4, group="Nowhere", id="7")
        found = evaluate(made.workshop(), [one], as_of=DAY)
        assert lines(found, "[-] Exemption")

    def test_how_a_unit_was_come_by_is_said(self, made):
        units = [
            Achievement(unit="R/900/0001", kind="transfer", date=DAY),
            Achievement(
                unit="B/111/1111", credit=2, level="3", subject_areas=["4.1"], date=DAY,
                kind="rpl",
            ),
        ]  # fmt: skip
        found = evaluate(made.workshop(), units, as_of=DAY)
        assert lines(found, "[x] R/900/0001")[0].endswith(": by credit transfer")
        assert lines(found, "[x] B/111/1111")[0].endswith(
            ": other credit; by recognition of prior learning"
        )

    def test_one_that_a_group_lists_twice_is_shown_once(self):
        found = of(f"X\ntotal 2\n{A} 2 L1 One\n{A} 2 L1 Again", A)
        assert len(lines(found, f"[x] {A}")) == 1

    def test_credit_and_level_that_are_not_known_are_left_out(self):
        found = evaluate(small(Group(name="G", units=[Unit(A), Unit(B, 2, "odd")])), [])
        assert lines(found, f"[ ] {A}") == [f"[ ] {A}"]
        assert lines(found, f"[ ] {B}")[0].startswith(f"[ ] {B} (2 cr, odd)")


class TestGroups:
    def test_each_says_how_it_stands_and_what_it_asks(self, cases):
        half = cases["half"]
        [core] = lines(half, "[x] Core")
        assert core.startswith("[x] Core: complete; 12 of 12 credits, 3 units so far")
        assert core.endswith(" (mandatory; exactly 3 units)")
        assert lines(half, "[ ] Wood") == ["[ ] Wood: not begun; 0 of 16 credits"]
        assert lines(cases["met"], "[ ] Metal")[0].startswith("[ ] Metal: not needed;")
        assert lines(cases["nested"], "[~] Llwybr A")
        assert lines(cases["nested"], "[ ] Llwybrau: still needed")

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"min_subcomponents": 2}, "at least 2 units"),
            ({"max_subcomponents": 1}, "at most 1 unit"),
            ({"min_subcomponents": 1, "max_subcomponents": 2}, "1 to 2 units"),
            ({"min_subcomponents": 2, "max_subcomponents": 2}, "exactly 2 units"),
            ({"level_minimum": LevelMinimum("E3", 1)}, "1 credit at Entry 3 or above"),
            ({"is_outside_level_minimum": True}, "does not count towards the level"),
            ({"months": 1}, "achieved in the last 1 month"),
            ({"is_complete": False}, "its list is known in part"),
            ({"other": OtherCredit()}, "takes units that are not listed"),
            (
                {"other": OtherCredit(level="2", subject_areas=["1.1", "2", "3.3"])},
                "not listed, Level 2 or above, of subject area 1.1, 2 or 3.3",
            ),
        ],
    )
    def test_every_bound_has_its_words(self, more, words):
        group = Group(name="G", units=[Unit(A, 2, "1"), Unit(B, 2, "1")], **more)
        text = evaluate(small(group), []).to_text()
        assert words in " ".join(text.split())

    @pytest.mark.parametrize(
        ("least", "most", "words"),
        [
            (0, None, "4 credits"),
            (6, None, "4 of at least 6 credits"),
            (0, 6, "4 of at most 6 credits"),
            (6, 6, "4 of 6 credits"),
            (5, 6, "4 of 5 to 6 credits"),
            (1, 1, "4 of 1 credit"),
        ],
    )
    def test_credit_is_told_against_its_bounds(self, least, most, words):
        amount = Amount(label="G", counted=4, least=least, most=most)
        assert amount.words == words

    def test_the_root_is_shown_where_it_has_something_of_its_own(self):
        assert lines(of(f"X\ntotal 2\n{A} 2 L1 One", A), "[x] X: complete")
        both = of(f"X\ntotal 2\nroot All: 2 parts\n{A} 1 L1 A\ngroup G\n  {B} 1 L1 B")
        assert lines(both, "[ ] All: still needed")
        assert evaluate(small(), []).to_text().count("All:") == 1
        assert "All:" not in evaluate(small(Group(name="G")), []).to_text()

    def test_parts_of_every_kind_have_their_noun(self):
        inner = Group(name="In", units=[Unit(B, 2, "1")])
        hybrid = Group(
            name="G", units=[Unit(A, 2, "1")], groups=[inner], min_subcomponents=2
        )
        compound = Group(name="H", groups=[inner], max_subcomponents=1)
        text = evaluate(small(hybrid, compound), []).to_text()
        assert "at least 2 parts" in text
        assert "at most 1 group" in text


class TestWhatLiesAcross:
    def test_every_rule_is_told_with_titles(self):
        units = [Unit(A, 2, "1", "First"), Unit(B, 2, "1", "Second"), Unit(C, 2, "1")]
        structure = small(
            Group(name="G", units=units),
            at_most=[AtMost(1, (A, B, C))],
            equivalents=[Equivalent(A, ("Z/1",))],
            caps=[
                Cap(credit=3, percent=50, kinds=["transfer"], group="G", name="Why"),
                Cap(is_imported=True, at_least_level="2", at_most_level="3"),
            ],
            time_limits=[TimeLimit(months=12)],
            requirements=[Requirement("placement")],
        )
        text = evaluate(structure, [], facts=["placement"]).to_text()
        for words in (
            f"* Of First ({A}), Second ({B}) and {C} at most 1 may count",
            f"* Z/1 may stand for First ({A})",
            "* At most 3 credits and 50 % of the total by credit transfer in G: Why",
            "* At most no credits from other qualifications at Level 3 or below",
            "* Only what was achieved in the last 12 months",
            "[x] placement",
        ):
            assert words in text


class TestNotes:
    def test_without_a_day_no_rule_of_dates_applies(self, cases):
        assert "No day was given" in cases["nested"].to_text()
        assert "No day was given" not in cases["half"].to_text()

    def test_the_other_meaning_of_a_maximum_is_told(self):
        found = of(f"X\ntotal 2\n{A} 2 L1 One", maximum="cap")
        assert "counts for its maximum here" in " ".join(found.to_text().split())

    def test_sensitive_units_are_told_where_somebody_has_one(self):
        text = f"X\ntotal 2\n{A} 2 L1 [sensitive] One"
        assert "sensitive" in of(text, A).to_text()
        assert "sensitive" not in of(text).to_text()

    def test_what_is_assumed_is_always_told(self, cases):
        for found in cases.values():
            assert "Assumed: Credits towards" in found.to_text()

    def test_findings_say_what_where_and_what_to_do(self):
        text = f"X\ntotal 2\ncertification end 2020-01-01\n{A} 2 L1 One"
        found = evaluate(
            parse_text(text).structure, [Achievement(unit=A, credit=5)], as_of=DAY
        )
        shown = found.to_text()
        assert "  * Structure, warning: " in shown
        assert f"  * Unit {A}, warning: " in shown
        assert found.report[0].remedy.split()[0] in shown


def test_a_day_is_written_alike_in_every_country():
    days = [day_in_words(dt.date(2026, month, month)) for month in range(1, 13)]
    assert days[0] == "1 January 2026"
    assert days[11] == "12 December 2026"
    assert len(set(days)) == 12


def test_no_title_can_command_a_terminal():
    name = "Name\x1b[2J\x07 \u202e\nof two\u00a0lines"
    structure = small(Group(name=name, units=[Unit(A, 2, "1", name)]))
    text = evaluate(attrs.evolve(structure, name=name), []).to_text()
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "Name?[2J? ? of two lines" in text


def test_our_own_words_are_ascii(cases):
    assert cases["half"].to_text().isascii()
    assert cases["stuck"].to_text().isascii()


def test_lines_are_no_wider_than_a_screen_unless_a_name_is(cases):
    for found in cases.values():
        wide = [line for line in found.to_text().splitlines() if len(line) > 96]
        assert wide == []


def test_neither_dates_nor_achievements_are_in_the_repr(cases):
    for found in cases.values():
        assert not re.search(r"2026-05|date\(2026, 5", repr(found))
        assert "900/0001" not in repr(found)
    assert json.dumps(cases["half"].to_dict()).count("2026-05-01") == 0


def test_a_structure_of_which_nothing_is_known_is_shown_as_well():
    text = evaluate(Structure(name="X", total=None, root=Group(name="R")), []).to_text()
    assert text.startswith("X\n\n")


class TestWhatIsNotKnown:
    def test_a_unit_without_a_reference_has_its_title(self):
        units = [Unit("", 3, "3", "First"), Unit(B, 3, "3", "Second")]
        core = Group(name="Core", units=units, is_mandatory=True, min_subcomponents=2)
        found = evaluate(small(core), [])
        assert found.needs[0].text == (
            f"Unit First (3 credits); Unit {B}, Second (3 credits)"
        )
        assert lines(found, "- Unit First") == ["- Unit First (3 credits)"]
        assert lines(found, "+ Unit First") == ["+ Unit First (3 credits, Level 3)"]
        assert "Unit ," not in found.to_text() + found.to_html()

    def test_a_unit_with_neither_is_told_so(self):
        core = Group(name="Core", units=[Unit("", 6)], min_subcomponents=1)
        found = evaluate(small(attrs.evolve(core, is_mandatory=True)), [])
        assert lines(found, "- A unit") == ["- A unit without a reference (6 credits)"]
        assert lines(found, "+ A unit") == ["+ A unit without a reference (6 credits)"]
        assert lines(found, "[ ] a unit") == ["[ ] a unit without a reference (6 cr)"]

    def test_where_levels_matter_a_level_that_is_not_known_is_told(self):
        text = f'X\ntotal 6; level 3\ngroup G{{}}\n  {A} 3\n  {B} 3 "high"\n'
        found = of(text.format(": at least 3 at level 3"))
        assert lines(found, f"[ ] {A} (3 cr, level not known)")
        assert lines(found, f"[ ] {B} (3 cr, level not known: high)")
        found = of(text.format(""))
        assert lines(found, f"[ ] {A} (3 cr)")
        assert lines(found, f"[ ] {B} (3 cr, high)")

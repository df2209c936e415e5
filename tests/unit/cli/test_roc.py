"""`ulnlib roc check` and `roc lint`: every form that can be read, and what is said."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ulnlib.cli.app import app
from ulnlib.cli.clock import today
from ulnlib.cli.combination import check_command
from ulnlib.rules.combination import Why

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
EXAMPLES = ROOT / "examples" / "roc"
DAY = "--as-of=2026-11-28"
TEXT = """Level 2 Award in Examples
total 6; level 2; 3 at level
group Core: mandatory, 3 credits
  Y/506/1910  3  L2  Communicate
group Options: at least 3 credits
  T/506/2952  3  L1  Develop
  R/506/1940  3  L2  Principles
"""


def run(command, *args):
    return CliRunner().invoke(app, ["roc", command, *map(str, args)])


def answer(command, *args, status=0):
    """Run with `--json`, hold the answer against its schema, and return it."""
    result = run(command, *args, "--json")
    assert result.exit_code == status, result.output
    found = json.loads(result.stdout)
    path = SCHEMAS / f"roc-{command}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = Draft202012Validator(
        schema, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(found)] == []
    return found


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def rules(file):
    return file("award.txt", TEXT)


class TestCheck:
    def test_the_screen_says_what_is_met_and_what_is_needed(self, rules, file):
        result = run("check", rules, file("units.txt", "Y/506/1910\n"), DAY)

        assert result.exit_code == 0
        assert "NOT MET YET (28 November 2026): 3 of 6 credits count" in result.stdout
        assert "[x] Core: complete" in result.stdout
        assert result.stderr == ""

    def test_a_published_structure_in_json_with_a_table_of_units(self):
        result = run(
            "check",
            EXAMPLES / "skillscfa-l3-ba.json",
            EXAMPLES / "achievements.csv",
            DAY,
        )

        assert result.exit_code == 0
        assert "30 of 58 credits count" in result.stdout

    @pytest.mark.parametrize(
        "content",
        [
            "Y/506/1910\nR/506/1940\n",
            "\n# what she has\nY/506/1910\r\n  r5061940  \n",
            "\ufeffY/506/1910\nR/506/1940",
            "unit\nY/506/1910\nR/506/1940\n",
            "Unit;Date\nY/506/1910;2026-01-01\nR/506/1940;\n",
            '[{"unit": "Y/506/1910"}, {"unit": "R/506/1940"}]',
            '{"achievements": [{"unit": "Y/506/1910"}, {"unit": "R/506/1940"}]}',
        ],
        ids=["lines", "untidy", "mark", "column", "table", "array", "object"],
    )
    def test_achievements_may_come_in_any_form(self, rules, file, content):
        found = answer("check", rules, file("units", content), DAY)
        assert (found["is_met"], found["credit"], found["files"]["issues"]) == (
            True,
            6,
            [],
        )

    def test_a_structure_may_come_in_both_forms(self, file):
        units = file("units.txt", "R/900/0001\n")
        text = answer("check", EXAMPLES / "invented-l3-workshop.txt", units, DAY)
        form = answer("check", EXAMPLES / "invented-l3-workshop.json", units, DAY)
        assert text == form

    def test_what_if_is_marked(self, rules, file):
        units = file("units.txt", "Y/506/1910\n")
        found = answer("check", rules, units, DAY, "--what-if", "R/506/1940")

        assert found["is_met"]
        marked = [one["reference"] for one in found["units"] if one["is_what_if"]]
        assert marked == ["R/506/1940"]
        text = run("check", rules, units, DAY, "--what-if=R/506/1940").stdout
        assert "MET IN THOUGHT" in text

    def test_what_if_is_had_on_the_day(self, file):
        text = "Award\ntotal 3\ngroup Recent: within 12 months\n  R/506/1940  3  L2\n"
        units = file("units.txt", "# none yet\n")
        found = answer("check", file("r.txt", text), units, DAY, "--what-if=R/506/1940")
        assert (found["is_met"], found["credit"]) == (True, 3)

    def test_the_day_is_today_when_none_is_given(self, rules, file):
        before = today()
        found = answer("check", rules, file("units.txt", "Y/506/1910\n"))
        assert before <= dt.date.fromisoformat(found["as_of"]) <= today()

    def test_what_is_dated_after_the_day_is_told_and_does_not_count(self, rules, file):
        units = file("units.csv", "unit,date\nY/506/1910,2099-01-01\n")
        found = answer("check", rules, units, DAY)
        assert [one["code"] for one in found["issues"]] == ["achievement-to-come"]
        assert found["credit"] == 0

    def test_a_fact_that_is_lacking_is_told_with_its_option(self, file):
        rules = file("r.txt", TEXT + 'requirement "a place" -- 100 hours\x1b[2J\n')
        units = file("units.txt", "Y/506/1910\nR/506/1940\n")
        lacking = run("check", rules, units, DAY)
        assert 'If it holds, say so with: --fact "a place"' in lacking.stdout
        assert "\x1b" not in lacking.stdout
        there = run("check", rules, units, DAY, "--fact", "a place")
        assert "\nMET (" in there.stdout
        assert "--fact" not in there.stdout

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ("requirement placement\n", "requirements beside credit: placement"),
            ("", "the structure has no requirements beside credit"),
        ],
    )
    def test_an_unknown_fact_is_refused_with_those_that_there_are(
        self, file, more, words
    ):
        rules, units = file("r.txt", TEXT + more), file("u.txt", "Y/506/1910\n")
        result = run("check", rules, units, "--fact", "practice")
        assert result.exit_code == 2
        assert words in result.stderr

    def test_a_maximum_may_cap(self, file):
        rules = file(
            "r.txt",
            "X\ntotal 5\ngroup G: at most 5 credits\n  A/1 3 L1 A\n  A/2 3 L1 B\n",
        )
        units = file("units.txt", "A/1\nA/2\n")
        assert answer("check", rules, units, DAY)["credit"] == 3
        capped = answer("check", rules, units, DAY, "--maximum", "cap")
        assert (capped["credit"], capped["maximum"]) == (5, "cap")

    def test_the_page_is_written_whole(self, rules, file, tmp_path):
        page = tmp_path / "learner.html"
        units = file("units.txt", "Y/506/1910\n")
        result = run("check", rules, units, DAY, "--html", page)

        assert result.exit_code == 0
        assert f"Written: {page}" in result.stdout
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        found = answer("check", rules, units, DAY, "--html", page)
        assert found["files"]["html"] == str(page)

    def test_the_page_never_takes_the_place_of_what_is_read(self, rules, file):
        units = file("units.txt", "Y/506/1910\n")
        result = run("check", rules, units, "--html", units)
        assert result.exit_code == 2
        assert units.read_bytes() == b"Y/506/1910\n"

    def test_the_services_own_answer_has_its_names(self, rules, file):
        units = file("units.txt", "Y/506/1910\n")
        result = run("check", rules, units, DAY, "--service")
        found = json.loads(result.stdout)
        assert list(found) == ["CreditsTowards", "Groups", "Qualification", "Units"]
        assert found["Groups"][1]["IsAcheived"] is True
        both = run("check", rules, units, "--service", "--json")
        assert both.exit_code == 2
        assert "one of --json and --service" in both.stderr

    def test_every_reason_is_in_the_schema(self):
        path = SCHEMAS / "roc-check.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        words = schema["$defs"]["unit"]["properties"]["why"]["enum"]
        assert words == [None, *(one.value for one in Why)]


class TestWhatIsOnOffer:
    HOURS = """Award
total 6
group Core: mandatory
  Y/506/1910  3  L2  [30 hours]  Communicate
group Options
  T/506/2952  3  L2  [40 hours]  Develop
  R/506/1940  4  L2  [9 hours]  Principles
"""

    @pytest.fixture
    def had(self, file):
        return file("units.txt", "Y/506/1910\n")

    def test_units_may_be_given_one_by_one(self, rules, had):
        found = answer("check", rules, had, DAY, "--offer=Y/506/1910")
        assert found["credits_needed"] is None
        assert found["offer"] == {"units": 1, "listed": 1}
        options = ("--offer=Y/506/1910", "--offer", "r 5061940")
        assert answer("check", rules, had, DAY, *options)["credits_needed"] == 3
        assert answer("check", rules, had, DAY)["offer"] is None

    def test_units_may_come_from_a_file_with_others(self, rules, had, file):
        taught = file("taught.csv", "unit\nR/506/1940\nD/506/1942\nR/506/1940\n")
        found = answer("check", rules, had, DAY, "--offer-file", taught)
        assert found["credits_needed"] == 3
        assert found["offer"] == {"units": 2, "listed": 1}
        text = run("check", rules, had, DAY, "--offer-file", taught).stdout
        assert "On offer: 1 unit of the structure, of 2 units given." in text

    def test_both_go_together(self, rules, had, file):
        taught = file("taught.txt", "R/506/1940\n")
        options = ("--offer-file", taught, "--offer", "T/506/2952")
        assert answer("check", rules, had, DAY, *options)["offer"]["listed"] == 2

    def test_nothing_on_offer_is_nothing(self, rules, had, file):
        options = ("--offer-file", file("taught.txt", "# nothing\n"))
        found = answer("check", rules, had, DAY, *options)
        assert found["offer"] == {"units": 0, "listed": 0}
        assert found["credits_needed"] is None

    def test_what_is_wrong_in_that_file_is_told(self, rules, had, file):
        taught = file("taught.txt", "R/506/1940\nAda Quill\n")
        options = ("--offer-file", taught)
        assert answer("check", rules, had, DAY, *options, status=1)["files"]["errors"]
        assert "Ada" not in run("check", rules, had, DAY, *options).output

    def test_a_unit_that_is_not_listed_is_refused_without_its_text(self, rules, had):
        options = ("--offer=R/506/1940", "--offer=Ada Quill")
        result = run("check", rules, had, *options)
        assert result.exit_code == 2
        assert "--offer, number 2: the structure lists no such unit" in result.stderr
        assert "Ada" not in result.output

    def test_the_page_never_takes_its_place(self, rules, had, file):
        taught = file("taught.txt", "R/506/1940\n")
        result = run("check", rules, had, "--offer-file", taught, "--html", taught)
        assert result.exit_code == 2

    def test_the_cheapest_by_hours(self, had, file):
        rules = file("r.txt", self.HOURS)
        found = answer("check", rules, had, DAY, "--by", "hours")
        assert found["credits_needed"] == 3
        cheapest = found["cheapest"]
        assert [(one["unit"], one["cost"]) for one in cheapest["taken"]] == [
            ("R/506/1940", 9)
        ]
        assert (cheapest["credit"], cheapest["hours"]) == (4, 9)
        by_credits = answer("check", rules, had, DAY, "--by", "credits")["cheapest"]
        assert (by_credits["credit"], by_credits["hours"]) == (3, 40)
        assert answer("check", rules, had, DAY)["cheapest"] is None

    def test_the_cheapest_on_the_screen(self, had, file):
        rules = file("r.txt", self.HOURS)
        text = run("check", rules, had, DAY, "--by", "hours").stdout
        assert "\nCheapest by hours: 9 hours (4 credits)\n  Options:\n" in text
        assert "+ Unit R/506/1940, Principles (4 credits, Level 2, 9 hours)" in text

    def test_where_nothing_completes_it_there_is_no_cheapest(self, had, file):
        rules = file("r.txt", self.HOURS.replace("total 6", "total 60"))
        text = run("check", rules, had, DAY, "--by", "hours").stdout
        assert "Cheapest by hours: no units on offer complete it." in text
        assert answer("check", rules, had, DAY, "--by=hours")["cheapest"] is None

    def test_a_budget_that_is_used_up_is_told(self, file):
        ring = "\n".join(
            f"  A/{n} {3 + n % 2} L{2 + (n % 3 > 0)}\nbar A/{n}: A/{(n + 1) % 9}"
            for n in range(9)
        )
        rules = file("r.txt", f"X\ntotal 17; level 3; 9 at level\nroot X\n{ring}\n")
        had = file("units.txt", "".join(f"A/{n}\n" for n in range(9)))
        options = ("--by=credits", "--budget=0")
        found = answer("check", rules, had, DAY, *options)
        assert not found["proven"]
        text = run("check", rules, had, DAY, *options).stdout
        assert "There was no time to prove" in text
        assert "Cheapest by credits: no way to complete it was found in time." in text
        assert answer("check", rules, had, DAY, "--budget=100000")["proven"]

    def test_the_services_answer_has_no_cheapest(self, rules, had):
        result = run("check", rules, had, "--service", "--by=hours")
        assert result.exit_code == 2
        assert "one of --by and --service" in result.stderr


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"\x89PNG\r\n\x1a\n\xff", "byte 1 is not UTF-8"),
            (b"", "no structure"),
            (b"# Heading\n\nSome words about nothing.\nand more\n", "line 4"),
            (b'{"total": 3}', "root"),
            (b'{"total": ', "JSON"),
            (b'[{"unit": "Y/506/1910"}]', "another kind"),
        ],
        ids=["bytes", "empty", "prose", "rootless", "cut", "other"],
    )
    def test_a_structure_that_is_none_ends_with_2_and_says_why(
        self, file, content, words
    ):
        path = file("structure", content)
        result = run("check", path, file("units.txt", "Y/506/1910\n"))
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(f"ulnlib: {path}")
        assert words.casefold() in result.stderr.casefold()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"Y/506/1910\n\xe9\n", "byte 12 is not UTF-8"),
            (b"Ada Quill\nborn in Leeds\n", "no line is a unit reference"),
            (b"name,town\nAda,Leeds\n", "heading named unit"),
            (b'{"root": {}}', "achievements"),
        ],
        ids=["bytes", "prose", "table", "object"],
    )
    def test_achievements_that_are_none_end_with_2_without_their_text(
        self, rules, file, content, words
    ):
        result = run("check", rules, file("units", content))
        assert result.exit_code == 2
        assert words in result.stderr
        assert "Ada" not in result.stderr

    def test_a_file_that_is_not_there(self, rules, tmp_path):
        assert run("check", rules, tmp_path / "none.csv").exit_code == 2


class TestFindingsInTheFiles:
    def test_a_line_that_is_no_reference_is_an_error_and_the_rest_counts(
        self, rules, file
    ):
        units = file("units.txt", "Y/506/1910\nAda Quill\n")
        result = run("check", rules, units, DAY)
        assert result.exit_code == 1
        assert "3 of 6 credits count" in result.stdout
        assert "error: line 2: the line is not understood [text-line]" in result.stdout
        assert "Ada" not in result.output
        found = answer("check", rules, units, DAY, status=1)
        assert found["files"]["errors"] == 1

    def test_only_the_first_are_shown(self, rules, file):
        units = file("units.txt", "Y/506/1910\n" + "no reference\n" * 25)
        result = run("check", rules, units, DAY)
        assert result.stdout.count("[text-line]") == 20
        assert "  and 5 more" in result.stdout

    def test_an_empty_text_is_nobody_with_nothing(self, rules, file):
        result = run("check", rules, file("units.txt", "# nothing yet\n"), DAY)
        assert result.exit_code == 0
        assert "0 of 6 credits count" in result.stdout


class TestLint:
    def test_nothing_found_is_said(self):
        result = run("lint", EXAMPLES / "gqa-l2-plastering.json")
        assert result.exit_code == 0
        assert result.stdout.endswith("gqa-l2-plastering.json: nothing was found\n")

    def test_warnings_are_told_and_are_no_failure(self):
        result = run("lint", EXAMPLES / "icq-l4-adultcare.json")
        assert result.exit_code == 0
        first, finding, remedy = result.stdout.splitlines()
        assert first.endswith(": 0 errors, 1 warning")
        assert finding.startswith("  group Optional Units, max credit: warning: ")
        assert finding.endswith("[maximum-above-rest]")
        assert remedy.startswith("    Nothing, if")

    def test_errors_are_a_failure(self, file):
        path = file("r.txt", TEXT.replace("total 6", "total 60"))
        result = run("lint", path)
        assert result.exit_code == 1
        assert "error: " in result.stdout
        assert "[total-unreachable]" in result.stdout

    def test_where_nothing_completes_it_what_stands_in_the_way_is_named(self, file):
        text = "X\ntotal 9\n{0} 4\n{1} 5\n{2} 9\nat most 1 of {0}, {1}\nbar {2}: {2}\n"
        text += "at most 0 of {2}\n"
        path = file("r.txt", text.format("Y/506/1910", "T/506/2952", "R/506/1940"))
        words = "units that do not count together, or sets of which only some count"
        result = run("lint", path)
        assert result.exit_code == 1
        assert f"[nothing-completes]\n    * {words}\n" in result.stdout
        found = answer("lint", path, status=1)["files"][0]
        assert found["conflicts"] == [words]

    def test_where_something_does_nothing_stands_in_the_way(self, rules):
        assert answer("lint", rules)["files"][0]["conflicts"] == []

    def test_names_of_a_file_do_no_harm_on_the_screen(self, file):
        text = (
            '{"name": "X", "total": 9, "root": {"name": "G\\u001b[2J", "max_credit": 4,'
        )
        text += '"units": [{"reference": "Y/506/1910", "credit": 9}]}}'
        result = run("lint", file("r.json", text))
        assert "    * at most 4 credits from G?[2J\n" in result.stdout
        assert "\x1b" not in result.stdout

    def test_a_line_that_is_not_understood_has_its_number(self, file):
        found = answer("lint", file("r.txt", TEXT + "what is this?\n"), status=1)
        [one] = [
            one for one in found["files"][0]["issues"] if one["code"] == "text-line"
        ]
        assert one["place"] == "line 8"

    def test_what_cannot_be_read_is_told_for_the_reason_that_it_cannot(self, file):
        result = run("lint", file("r.json", '{"about": "x", "total": 3}'))
        assert result.exit_code == 2
        [_, finding, remedy] = result.stdout.splitlines()
        assert finding.startswith("  fatal: ")
        assert "root" in remedy

    def test_several_files_are_looked_at_also_when_one_is_none(self, file):
        readme = EXAMPLES / "README.md"
        result = run("lint", readme, EXAMPLES / "gqa-l2-plastering.json")
        assert result.exit_code == 2
        assert "README.md: cannot be read as a structure" in result.stdout
        assert result.stdout.count("[text-line]") == 1
        assert "nothing was found" in result.stdout
        found = answer("lint", readme, file("a.txt", TEXT), status=2)
        assert [one["is_read"] for one in found["files"]] == [False, True]
        assert [one["name"] for one in found["files"]] == [
            "",
            "Level 2 Award in Examples",
        ]


def test_the_help_of_a_command_has_its_examples():
    text = check_command.help
    assert "ulnlib roc check" in text

"""The text, the page and the JSON of a report."""

import datetime as dt
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from builders.reports import course, result, seen
from ulnlib import Learner
from ulnlib.plr import report_of
from ulnlib.rules.sharing import Viewer

DATED = dt.date(2026, 11, 29)
ROOT = Path(__file__).resolve().parents[4]
SCHEMA = json.loads(
    (ROOT / "docs/reference/json/plr-report.schema.json").read_text(encoding="utf-8")
)
NASTY = '<script>alert("1")</script>&amp;\x1b[31m\u202egnp\ud800\x00'


def made(*events, title="Personal learning record", **how):
    return report_of(seen(events, **how), dated=DATED, title=title)


REPORTS = {
    "none": made(),
    "some": made(result(1), result(3, grade="Pass"), course(2)),
    "closed": made(result(), viewer=Viewer.PROVIDER),
    "not told": made(result(), viewer=Viewer.PROVIDER_WITH_ROLE, share="0"),
    "restricted": made(result(), viewer=Viewer.NOMINATED_ORGANISATION, chosen=["1"]),
    "nasty": made(
        result(subject=NASTY, source=NASTY, level=NASTY, award_date=NASTY),
        title=NASTY,
        learner=Learner(uln="1000000043", given_name=NASTY),
    ),
}


@pytest.fixture(params=REPORTS)
def report(request):
    return REPORTS[request.param]


class TestText:
    def test_values_stand_behind_their_names(self):
        lines = REPORTS["some"].to_text().splitlines()

        assert "Report of      29 November 2026" in lines
        assert "* Level 2 Diploma in Bricklaying" in lines
        line = next(one for one in lines if "Merit" in one)
        assert line.startswith("    Level 2; grade Merit / Pass; credit 46; source AO;")
        assert "    ! Recorded twice: numbers 1 and 3." in lines

    def test_no_line_is_too_long_and_nothing_is_a_command(self, report):
        text = report.to_text()

        assert max(map(len, text.splitlines())) <= 96
        assert all(sign.isprintable() or sign == "\n" for sign in text)

    def test_a_level_that_does_not_name_itself_is_named(self):
        assert "level 3;" in made(result(level="3")).to_text()
        assert "    Entry 3;" in made(result(level="Entry 3")).to_text()

    def test_an_event_without_title_says_so(self):
        assert "* (without a title)" in made(result(subject=None)).to_text()


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.texts = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


class TestPage:
    def test_it_is_accessible(self, report):
        text = report.to_html()
        page = Page(text)

        assert page.all("html") == [{"lang": "en-GB"}]
        assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main"))
        assert all("scope" in cell for cell in page.all("th"))
        targets = {one["id"] for _, one in page.tags if "id" in one}
        assert {one["href"][1:] for one in page.all("a")} <= targets
        assert all("caption" in dict(page.tags) for _ in page.all("table"))

    def test_it_needs_nothing_else(self, report):
        text = report.to_html()
        page = Page(text)

        for tag in ("script", "link", "img", "iframe", "form", "object"):
            assert page.all(tag) == []
        assert "url(" not in text
        assert "http" not in text
        attributes = {name for _, attrs in page.tags for name in attrs}
        assert not {name for name in attributes if name.startswith("on")}
        assert "src" not in attributes

    def test_its_tags_are_closed(self, report):
        lines = report.to_html().splitlines()[1:]  # without the document type
        text = "\n".join(lines).replace('<meta charset="utf-8">', "")
        text = text.replace(lines[3], "")

        assert etree.fromstring(text.encode()).tag == "html"

    def test_every_column_has_its_class(self):
        page = Page(made(result(1)).to_html())
        classes = [one["class"] for one in page.all("td")]

        assert classes[:7] == [
            "level",
            "grade",
            "credit",
            "source",
            "start_date date",
            "end_date date",
            "award_date date",
        ]

    def test_a_blank_without_a_reason_is_marked_as_one(self):
        assert '<td class="level blank">' in made(result(level=None)).to_html()

    def test_the_closed_one_has_no_table(self):
        page = Page(REPORTS["closed"].to_html())

        assert page.all("table") == []
        assert any("PG-5.3-S-1" in text for text in page.texts)


class TestJson:
    def test_it_is_what_its_schema_says(self, report):
        found = json.loads(report.to_json())

        validator = Draft202012Validator(
            SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        assert [error.message for error in validator.iter_errors(found)] == []
        assert found == report.to_dict()
        assert report.to_json().isascii()

    def test_it_has_texts_as_they_came(self):
        [entry] = made(result(award_date="2025-07-10T00:00:00")).to_dict()["entries"]

        assert entry["award_date"] == "2025-07-10T00:00:00"
        assert entry["credit"] == 46
        for told in ("1" * 5_000, "1.5"):
            [odd] = made(result(credits=told)).to_dict()["entries"]
            assert odd["credit"] == told
        assert entry["start_date"] is None
        assert entry["notes"] == {"start_date": 1, "end_date": 2}


@pytest.mark.parametrize("form", ["to_text", "to_html", "to_json"])
def test_the_same_report_gives_the_same(report, form):
    assert getattr(report, form)() == getattr(report, form)()
    assert "\N{REPLACEMENT CHARACTER}" in REPORTS["nasty"].to_text()
    assert "<script>" not in REPORTS["nasty"].to_html()

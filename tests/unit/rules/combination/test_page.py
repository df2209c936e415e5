"""`Evaluation.to_html`: one page, for everybody, that asks for nothing from outside."""

import datetime as dt
import re
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest

from ulnlib.qualifications import Achievement, Group, Structure, Unit
from ulnlib.rules.combination import evaluate

NAMES = ("met", "half", "nothing", "lacking", "business", "stuck", "nested", "many")
VOID = {"meta", "br"}
FOREIGN = {"svg", "use", "path", "rect", "circle", "symbol", "defs", "pattern"}
UNKIND = "</title><script>alert(\"1\")</script>&amp; 'x' \x00\ud800\u202e"


class Page(HTMLParser):
    """Reads a page and says what is wrong with how its tags are nested."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.tags, self.words, self.wrong = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in FOREIGN:
            self.wrong.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if "style" not in self.stack:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def all(self, *tags):
        return [attributes for tag, attributes in self.tags if tag in tags]


@pytest.fixture(params=NAMES)
def page(request, cases):
    return Page(cases[request.param].to_html())


class TestEveryPage:
    def test_its_tags_are_nested_well(self, page):
        assert page.wrong == []
        assert page.stack == []

    def test_it_asks_for_nothing_and_runs_nothing(self, page):
        tags = {tag for tag, _ in page.tags}
        assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
        for _, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes)
            assert attributes.get("href", "#").startswith("#")
            assert "src" not in attributes

    def test_it_has_a_language_a_title_and_one_first_heading(self, page):
        assert page.all("html") == [{"lang": "en-GB"}]
        tags = [tag for tag, _ in page.tags]
        assert tags.count("title") == tags.count("h1") == tags.count("main") == 1
        assert {"charset": "utf-8"} in page.all("meta")

    def test_no_level_of_heading_is_left_out(self, page):
        levels = [
            int(attributes.get("aria-level", tag[1]))
            for tag, attributes in page.tags
            if re.fullmatch("h[1-6]", tag)
        ]
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_every_table_has_headings_that_say_what_they_head(self, page):
        tags = [tag for tag, _ in page.tags]
        assert tags.count("table") == tags.count("thead")
        assert all(one["scope"] in {"col", "row"} for one in page.all("th"))

    def test_drawings_are_hidden_from_who_does_not_see_them(self, page):
        assert all(one.get("aria-hidden") == "true" for one in page.all("svg"))

    def test_what_a_drawing_uses_is_there(self, page):
        ids = {one["id"] for one in page.all("symbol", "pattern")}
        assert {one["href"][1:] for one in page.all("use")} <= ids

    def test_every_class_is_in_the_style_or_has_a_word_beside_it(self, page):
        kinds = {kind for _, one in page.tags for kind in one.get("class", "").split()}
        assert kinds <= {
            *("quiet", "verdict", "met", "stuck", "needs", "icon", "bar", "track"),
            *("full", "least", "amounts", "units", "group", "complete", "needed"),
            *("begun", "open", "state", "counts", "refused", "elsewhere", "word"),
            *("tag", "name", "level", "number", "findings"),
        }

    def test_it_says_what_is_assumed(self, page):
        assert "rests on an assumed meaning: Credits towards" in page.text


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("name", "verdict"),
        [
            ("met", "Met"),
            ("half", "Not met yet"),
            ("stuck", "Cannot be completed"),
            ("lacking", "Not met yet"),
        ],
    )
    def test_the_verdict_is_in_title_and_page(self, cases, name, verdict):
        html = cases[name].to_html()
        assert f": {verdict}</title>" in html
        assert f" {verdict}</strong>" in html

    def test_what_is_missing_comes_before_the_figures(self, cases):
        text = cases["half"].to_html()
        places = [
            text.index(f"<h2>{one}</h2>")
            for one in (
                "What is still needed",
                "One way to finish",
                "Credit so far",
                "Groups and units",
                "Achieved, and in no group",
                "Rules across the groups",
                "What was found wrong",
            )
        ]
        assert places == sorted(places)

    def test_what_is_met_has_no_needs(self, cases):
        text = cases["met"].to_html()
        assert "still needed</h2>" not in text
        assert "One way to finish" not in text

    def test_conflicts_stand_in_the_place_of_needs(self, cases):
        text = cases["stuck"].to_html()
        assert "these cannot all hold together</h2>" in text
        assert "<li>20 credits in all</li>" in text
        assert "What is still needed" not in text

    def test_each_unit_has_a_word_and_its_reason(self, cases):
        text = Page(cases["half"].to_html()).text
        assert "Does not count Draw with a computer T/900/0010 Barred by" in " ".join(
            re.sub(r"([0-9])([A-Z])", r"\1 \2", text.replace("count", "count ")).split()
        )
        assert "what-if" in text

    def test_units_to_choose_from_are_open_and_others_are_closed(self, cases):
        html = cases["nothing"].to_html()
        assert html.count("<details open>") == html.count("<details") == 5
        html = cases["met"].to_html()
        assert "<details open>" not in html
        assert "<summary>1 unit not achieved</summary>" in html

    def test_a_group_that_is_nested_deep_says_how_deep(self, cases):
        assert '<h6 aria-level="8">Dyfnach fyth</h6>' in cases["nested"].to_html()

    def test_the_description_of_a_group_is_shown(self):
        group = Group(
            name="G", units=[Unit("A/1", 1)], description="Choose one & smile"
        )
        structure = Structure(name="X", total=1, root=Group(name="R", groups=[group]))
        assert (
            "<small>Choose one &amp; smile</small>" in evaluate(structure, []).to_html()
        )

    def test_a_title_stands_above_the_name(self, cases):
        text = cases["met"].to_html(title="For <Tuesday>")
        assert "<h1>For &lt;Tuesday&gt;</h1>" in text
        assert '<p class="quiet">Invented Level 3 Diploma' in text

    def test_without_a_day_or_a_level_there_is_no_empty_line(self):
        structure = Structure(name="X", total=None, root=Group(name="R"))
        html = evaluate(structure, []).to_html()
        assert '<p class="quiet">' not in html


class TestBars:
    def test_the_line_stands_at_the_minimum_and_the_end_is_the_maximum(self, cases):
        html = cases["many"].to_html()
        [bar] = re.findall(r"7 of 13 to 40 credits</td><td>(.*?)</td>", html)
        assert 'width="70.0"' in bar
        assert "M130.0 0v10" in bar

    def test_credit_in_thought_is_hatched(self, cases):
        html = cases["half"].to_html()
        [bar] = re.findall(r"12 of 12 credits</td><td>(.*?)</td>", html)
        assert 'class="full" width="300.0"' in bar
        assert 'fill="url(#hatch)" x="300.0" width="100.0"' in bar

    def test_without_a_bound_there_is_no_bar(self, cases):
        assert "<td>14 credits</td><td></td>" in cases["half"].to_html()


class TestUnkindTexts:
    @pytest.fixture
    def html(self):
        units = [Unit(UNKIND, 2, "2", UNKIND), Unit("A/1", 2, UNKIND, UNKIND)]
        group = Group(name=UNKIND, units=units, description=UNKIND)
        structure = Structure(
            name=UNKIND,
            total=9,
            root=Group(name="R", groups=[group]),
            reference=UNKIND,
            level="2",
        )
        had = [Achievement(unit="A/1"), Achievement(unit=UNKIND + "2", title=UNKIND)]
        return evaluate(structure, had, as_of=dt.date(2026, 1, 1)).to_html()

    def test_they_are_shown_and_not_obeyed(self, html):
        page = Page(html)
        assert page.wrong == []
        assert "script" not in {tag for tag, _ in page.tags}
        assert "<script>alert(\"1\")</script>&amp; 'x'" in page.text

    def test_the_page_can_be_written(self, html):
        assert html.encode("utf-8").decode("utf-8") == html
        assert not set(html) & {"\x00", "\u202e"}


class TestTheSameEvaluation:
    def test_gives_the_same_bytes_in_whatever_order_it_was_asked(self, made):
        rules, units = made.many()
        first = evaluate(rules, units, as_of=made.DAY).to_html()
        again = evaluate(rules, units[::-1], as_of=made.DAY).to_html()
        assert first.encode() == again.encode()

    def test_a_structure_may_be_nested_as_deep_as_a_form_allows(self):
        group = Group(name="G", units=[Unit("A/1", 1, "1")])
        for n in range(240):
            group = Group(name=f"G{n}", groups=[group])
        structure = Structure(name="X", total=1, root=group)
        html = evaluate(structure, [Achievement(unit="A/1")]).to_html()
        assert Page(html).wrong == []

    def test_findings_are_listed_with_what_to_do(self, cases):
        html = cases["half"].to_html()
        assert "<strong>Unit A/900/0008</strong> (" in html
        none = attrs.evolve(cases["half"], report=cases["met"].report)
        assert "What was found wrong" not in none.to_html()

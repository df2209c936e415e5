"""The PDF of a report: tagged, the same each time, and safe from any text."""

import builtins
import datetime as dt
import io
import sys
import types

import pypdf
import pytest

from builders.reports import course, result, seen
from ulnlib import Learner
from ulnlib.errors import MissingExtra
from ulnlib.plr import report_of
from ulnlib.plr.report.pdf import ReportFailed
from ulnlib.rules.sharing import Viewer

DATED = dt.date(2026, 11, 29)


def made(*events, title="Personal learning record", **how):
    return report_of(seen(events, **how), dated=DATED, title=title)


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content):
    return "\n".join(page.extract_text() for page in read(content).pages)


def bookmarks(outline):
    for one in outline:
        if isinstance(one, list):
            yield from bookmarks(one)
        else:
            yield one.title


@pytest.fixture(scope="module")
def some():
    return made(result(1), course(2), result(3, award_date="2023-08-24")).to_pdf()


def test_it_says_what_it_is(some):
    found = read(some)
    root = found.trailer["/Root"]

    assert found.metadata.title == "Personal learning record"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert found.metadata.creation_date.date() == DATED


def test_every_year_and_part_has_a_bookmark(some):
    assert list(bookmarks(read(some).outline)) == [
        "Personal learning record",
        "Achievements and learning",
        "2023",
        "2024",
        "2025",
        "Where it comes from",
        "Why something is missing",
        "What a record covers",
        "What is assumed",
    ]


def test_the_same_report_gives_the_same_bytes(some):
    again = made(result(1), course(2), result(3, award_date="2023-08-24"))

    assert again.to_pdf() == some
    assert report_of(seen([]), dated=dt.date(2026, 11, 30)).to_pdf() != made().to_pdf()


def test_every_event_is_in_it_and_every_page_has_its_number_and_head():
    events = [
        result(
            n,
            subject=f"Unit number {n} of the course",
            subject_code=f"{60000000 + n}",
            award_date=f"{2009 + n % 9}-01-01",
        )
        for n in range(120)
    ]
    found = read(made(*events).to_pdf())
    pages = [page.extract_text() for page in found.pages]

    assert len(pages) > 3
    for n, page in enumerate(pages, 1):
        assert f"Page {n} of {len(pages)}" in page
        assert "Ada Example, ULN 1000000043 · 29 November 2026" in page
    assert all("Award Date" in page for page in pages[:-1])
    whole = " ".join(" ".join(pages).split())
    assert all(f"Unit number {n} of the course" in whole for n in range(120))


def test_a_closed_one_shows_the_clause_and_nothing_else():
    closed = made(result(), viewer=Viewer.PROVIDER, share="0").to_pdf()

    shown = text_of(closed)
    assert "PG-5.3-S-1" in shown
    assert "Bricklaying" not in shown
    assert list(bookmarks(read(closed).outline)) == ["Personal learning record"]


@pytest.mark.parametrize(
    "text",
    [
        '"] #panic("x") [',
        '#read("/etc/passwd") $x^2$ <label> @ref // *b* _i_ `raw`',
        '\\u{1F600} "}',
        "{{", "]", "\\", "#", "$",
    ],
)  # fmt: skip
def test_no_text_is_a_command(text):
    content = made(
        result(subject=text, grade=text, level=text),
        title=text,
        learner=Learner(uln="1000000043", given_name=text),
    ).to_pdf()

    whole = "".join(text_of(content).replace("\u200b", "").split())
    assert "".join(text.split()) in whole
    assert read(content).metadata.title == text


class TestLetters:
    def test_welsh_accented_and_arabic_ones_are_there(self):
        content = made(
            result(1, subject="Llên a thŷ gŵr: façade, œuvre, Łódź"),
            learner=Learner(uln="1000000043", given_name="Siân", family_name="محمد"),
        ).to_pdf()

        shown = text_of(content)
        assert "Llên a thŷ gŵr: façade, œuvre, Łódź" in " ".join(shown.split())
        assert "cannot be shown" not in shown
        assert "\N{REPLACEMENT CHARACTER}" not in shown

    def test_what_no_font_has_is_replaced_counted_and_told(self):
        content = made(result(subject="王小明 and \U0001f600", grade="日")).to_pdf()

        shown = " ".join(text_of(content).split())
        assert "5 characters cannot be shown" in shown
        assert "\N{REPLACEMENT CHARACTER}" * 3 in shown
        assert "王" not in shown

    def test_what_stands_at_the_foot_too_is_counted_once(self):
        learner = Learner(uln="1000000043", given_name="王小")
        shown = text_of(made(learner=learner).to_pdf())

        assert "2 characters cannot be shown" in " ".join(shown.split())

    def test_one_alone_is_told_as_one(self):
        shown = text_of(made(result(subject="日")).to_pdf())

        assert "1 character cannot be shown" in " ".join(shown.split())

    def test_joiners_that_no_font_has_are_left_out(self):
        shown = text_of(made(result(subject="می\u200cخواهم")).to_pdf())  # noqa: RUF001

        assert "cannot be shown" not in shown

    def test_controls_halves_and_overrides_are_replaced(self):
        content = made(result(subject="a\x00b\ud800c\u202ed")).to_pdf()

        assert "a\ufffdb\ufffdc\ufffdd" in text_of(content)

    def test_a_word_that_is_too_wide_is_broken(self):
        content = made(result(subject="W" * 300, source="X" * 90)).to_pdf()

        assert text_of(content).replace("\u200b", "").replace("\n", "").count("W") > 299
        assert len(read(content).pages) == 1

    def test_an_empty_title_is_still_one(self):
        found = read(made(title=" ").to_pdf())

        assert found.metadata.title == "Personal learning record"

    def test_a_long_name_does_not_fill_the_foot(self):
        content = made(learner=Learner(uln="1", given_name="Ada " * 200)).to_pdf()

        assert "Page 1 of 1" in text_of(content)


class TestFonts:
    def test_a_folder_may_have_none(self, tmp_path):
        assert made(result()).to_pdf(fonts=[tmp_path])

    def test_one_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(NotADirectoryError):
            made(result()).to_pdf(fonts=[tmp_path / "none"])

    def test_families_of_a_folder_come_after_the_own(self, monkeypatch, tmp_path):
        import typst

        class Fonts:
            def __init__(self, **given):
                assert given["include_system_fonts"] is False

            def families(self):
                return ["Some Math", "Zed", "Libertinus Serif", "Alef"]

        from ulnlib.plr.report.pdf import _Setter

        monkeypatch.setattr(typst, "Fonts", Fonts)
        assert _Setter([tmp_path]).families[3:] == ["Alef", "Zed"]


class TestFailure:
    def fake(self, monkeypatch, compile_):
        fake = types.SimpleNamespace(
            Fonts=lambda **_: types.SimpleNamespace(families=list),
            compile=compile_,
        )
        monkeypatch.setitem(sys.modules, "typst", fake)

    def test_an_error_of_typst_holds_nothing_of_the_record(self, monkeypatch):
        def refuse(*_, **given):
            raise RuntimeError(given["sys_inputs"]["data"])

        self.fake(monkeypatch, refuse)
        with pytest.raises(ReportFailed, match="typst refused it") as caught:
            made(result()).to_pdf()

        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
        assert "Bricklaying" not in repr(caught.value)

    def test_nor_does_a_panic(self, monkeypatch):
        class PanicException(BaseException):  # as pyo3 has it
            pass

        def refuse(*_, **given):
            raise PanicException(given["sys_inputs"]["data"])

        self.fake(monkeypatch, refuse)
        with pytest.raises(ReportFailed) as caught:
            made(result()).to_pdf()

        assert caught.value.__context__ is None

    def test_what_it_says_in_other_words_is_worked_round(self, monkeypatch):
        calls = []

        def compile_(*_, **given):
            data = given["sys_inputs"]["data"]
            calls.append(data)
            if "\\u738b" in data:
                raise RuntimeError("no glyph for a character")
            return b"%PDF"

        self.fake(monkeypatch, compile_)
        assert made(result(subject="王 é")).to_pdf() == b"%PDF"
        assert len(calls) == 2
        assert "\\ufffd \\u00e9" in calls[-1]

    def test_a_panic_is_no_accident_of_the_callers(self, monkeypatch):
        def interrupt(*_, **__):
            raise KeyboardInterrupt

        self.fake(monkeypatch, interrupt)
        with pytest.raises(KeyboardInterrupt):
            made(result()).to_pdf()

    def test_without_the_extra_it_says_how_to_get_it(self, monkeypatch):
        monkeypatch.delitem(sys.modules, "typst", raising=False)
        importer = builtins.__import__

        def refuse(name, *args, **kwargs):
            if name == "typst":
                raise ImportError(name)
            return importer(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", refuse)
        with pytest.raises(MissingExtra, match=r"ulnlib\[pdf\]"):
            made(result()).to_pdf()


def test_a_text_without_end_is_cut_and_takes_no_time():
    content = made(result(subject="x" * 3_000_000)).to_pdf()

    text = text_of(content).replace("\n", "").replace("\u200b", "")
    assert text.count("x" * 100) == 20
    assert "\N{HORIZONTAL ELLIPSIS}" in text

"""The documents are current, and hold nothing of the machine they were written on."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *DOCS.rglob("*.toml"),
        *DOCS.rglob("*.json"),
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
        ROOT / "tests" / "README.md",
        ROOT / "mkdocs.yml",
    ]
)
PRIVATE = re.compile(r"/work/|/tmp/|/root\b|/home/|/Users/|[A-Z]:\\Users")


def test_every_generated_page_is_current():
    run = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(ROOT / "tools" / "generate.py"), "--check"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_a_place_on_a_machine(page):
    assert PRIVATE.findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.suffix == ".md"],
    ids=lambda page: str(page.relative_to(ROOT)),
)
class TestEveryPage:
    def test_it_begins_with_a_heading_and_a_sentence(self, page):
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# ")
        assert lines[1] == ""
        assert lines[2]

    def test_a_line_holds_one_sentence_at_most(self, page):
        # A full stop, a space and a capital: the next sentence has its own line.
        prose = []
        is_code = False
        for line in page.read_text(encoding="utf-8").splitlines():
            is_code ^= line.startswith("```")
            if not is_code and not line.startswith(("|", "#", "*", "-", "What to do:")):
                prose.append(line)
        generated = "This page is generated from" in "\n".join(prose)
        if generated or page.name in {"benchmarks.md", "proof.md"}:
            return  # texts of the tables, figures
        assert [line for line in prose if re.search(r"[a-z)]\. [A-Z]", line)] == []


def test_the_readme_has_twelve_lines_of_python():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(block.splitlines()) == 12
    assert "" not in block.splitlines()


def test_every_clause_is_in_our_own_state():
    files = sorted((DOCS / "conformance").glob("*.toml"))
    states = {
        row["state"]
        for file in files
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"]
    }
    assert states == {"done", "partly", "not yet"}

"""The page about the procedure draws it as the table has it."""

from pathlib import Path

from ulnlib.matching import Outcome
from ulnlib.rules.procedure import PROCEDURE

PAGE = (
    Path(__file__).resolve().parents[2]
    / "docs"
    / "explanation"
    / "search-before-you-register.md"
)


def test_the_page_draws_all_but_what_is_the_same_in_every_state():
    finds = [f": {outcome.value.replace('_', ' ')}" for outcome in Outcome]
    left_out = (": change details", ": linked", *finds)
    lines = [
        line
        for line in PROCEDURE.mermaid().splitlines()
        if line.startswith("    NOT_SEARCHED --> ") or not line.endswith(left_out)
    ]
    drawing = "```mermaid\n" + "\n".join(lines) + "\n```"

    assert drawing in PAGE.read_text(encoding="utf-8")

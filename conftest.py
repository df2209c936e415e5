"""What all tests share: the examples in the prose, and Hypothesis' profiles.

The prose is run apart, in its own order:

    pytest -p no:randomly README.md docs
"""

from __future__ import annotations

import os

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# A consumer's file for the type checker: it is never run.
collect_ignore = ["tests/typing"]

# Every ```python block runs, and every >>> in one; blocks of a page share their names.
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    excludes=["*/README.md"],
).pytest()

# `default` for a person at work, `ci` the same at every run, `nightly` for long.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

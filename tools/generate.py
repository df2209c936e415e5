"""Write every page that is made from tables; with `--check` compare them.

    python tools/generate.py [--check]

The exit status is 1 when a page is stale or a table is not in order.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = (
    "generate_codes_page.py",
    "generate_issue_codes_page.py",
    "generate_fields_page.py",
    "generate_command_line_page.py",
    "generate_conformance_page.py",
    "generate_states_page.py",
    "generate_events_page.py",
)
"""Each writes its pages and knows `--check`."""


def main() -> int:
    """Run every script, and say whether one of them failed."""
    folder = Path(__file__).resolve().parent
    runs = [
        subprocess.run(  # noqa: S603  # our own scripts
            [sys.executable, str(folder / script), *sys.argv[1:]], check=False
        )
        for script in SCRIPTS
    ]
    return int(any(run.returncode for run in runs))


if __name__ == "__main__":
    sys.exit(main())

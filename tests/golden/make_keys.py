"""Writes the golden blocking keys: those of a few learners, and a digest of each table.

Registers and other people's databases keep these numbers. When a test says that they
are others now, raise `KEY_VERSION` (if the present one was ever released), then run
`python tests/golden/make_keys.py`. All people are invented.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

from ulnlib import Learner, _tables
from ulnlib.matching import KEY_VERSION, blocking_keys

FILE = Path(__file__).parent / "keys.json"

ADA = {
    "given_name": "Ada",
    "family_name": "Example",
    "date_of_birth": "2007-05-04",
    "gender": "2",
    "postcode": "ZA1 1AB",
}
LEARNERS = (
    ADA,
    {"given_name": "Zoë", "family_name": "O'Example-Sample", "postcode": "za11ab"},
    {
        "given_name": "Bill",
        "preferred_given_name": "Wojtek",
        "middle_names": "John Paul",
        "family_name": "McCzaja",
        "previous_family_name": "Featherstonhaugh",
        "date_of_birth": "2008-01-01",
        "postcode": "ZZ99 9ZZ",
    },
    {"given_name": "Мария", "family_name": "李", "date_of_birth": "2007-05-04"},
    {"upn": "A800000000001", "uci": "001230260001A"},
    {"gender": "2", "postcode": "ZZ99 9ZZ"},
)

TABLES = ("family_name_affixes", "nicknames", "sound")
_NAMES = ("names", "words", "pair", "sounds", "letter")
_NAME = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


def texts(value):
    """Return the names in one value of a table, a text or a list of texts."""
    return _NAME.findall(value if isinstance(value, str) else " / ".join(value))


def names(table):
    """Return the names that a table tells of, each with what may stand beside it."""
    found = {
        name
        for row in table.rows
        for key in _NAMES
        if key in row
        for name in texts(row[key])
    }
    return sorted(
        {*found, *(f"{n} sample" for n in found), *(f"sample {n}" for n in found)}
    )


def digest(table):
    """Return a digest of the keys of everybody who bears a name of a table."""
    total = sha256()
    for name in names(table):
        keys = blocking_keys(Learner(**ADA | {"given_name": name, "family_name": name}))
        total.update(f"{name} {keys}\n".encode())
    return total.hexdigest()[:16]


def golden():
    """Return what the keys are now."""
    return {
        "version": KEY_VERSION,
        "learners": [
            {"learner": fields, "keys": list(blocking_keys(Learner(**fields)))}
            for fields in LEARNERS
        ],
        "tables": {
            table.name: digest(table)
            for name in TABLES
            for table in _tables.load_all(name)
        },
    }


def main():
    text = json.dumps(golden(), indent=1, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

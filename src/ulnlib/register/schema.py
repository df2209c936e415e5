"""The tables of a register file, version 2, and the marks that make it ours.

The text below never changes: it is what every file of version 2 holds. A later
version adds its own text and the statements that lead from one to the next, as
`FROM_1` does from the first version.
"""

from __future__ import annotations

__all__ = [
    "APPLICATION_ID",
    "FROM_1",
    "OBJECTS",
    "OBJECTS_OF_1",
    "SCHEMA",
    "SYNTHETIC_NOTICE",
    "VERSION",
]

APPLICATION_ID = 0x554C4E52
"""What SQLite's header says of the program that the file belongs to: `ULNR`."""

VERSION = 2
"""The schema version that this release writes, kept as SQLite's `user_version`."""

SYNTHETIC_NOTICE = "The ULNs in this file are not real. They come from a test range."
"""What a synthetic register file says to whoever opens it with another program."""

SCHEMA = (
    """\
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID""",
    """\
CREATE TABLE learner (
  uln INTEGER PRIMARY KEY,
  mis_identifier TEXT,
  title TEXT,
  given_name TEXT,
  preferred_given_name TEXT,
  middle_names TEXT,
  family_name TEXT,
  previous_family_name TEXT,
  family_name_at_16 TEXT,
  school_at_16 TEXT,
  address_line_1 TEXT,
  address_line_2 TEXT,
  town TEXT,
  county TEXT,
  postcode TEXT,
  date_of_address_capture TEXT,
  date_of_birth TEXT,
  place_of_birth TEXT,
  email TEXT,
  gender TEXT,
  nationality TEXT,
  scottish_candidate_number TEXT,
  upn TEXT,
  uci TEXT,
  ability_to_share TEXT,
  verification_type TEXT,
  other_verification_description TEXT,
  notes TEXT,
  version INTEGER NOT NULL,
  created TEXT,
  last_amended TEXT,
  master INTEGER,
  linked_to INTEGER,
  linked_at TEXT
)""",
    """\
CREATE INDEX learner_master ON learner (master)
  WHERE master IS NOT NULL""",
    """\
CREATE INDEX learner_linked_to ON learner (linked_to)
  WHERE linked_to IS NOT NULL""",
    """\
CREATE TABLE search_key (
  entry INTEGER PRIMARY KEY
)""",
    """\
CREATE TABLE former_value (
  uln INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  until TEXT
)""",
    "CREATE INDEX former_value_uln ON former_value (uln)",
    """\
CREATE TABLE deleted (
  uln INTEGER PRIMARY KEY,
  at TEXT
)""",
    """\
CREATE TABLE run (
  key BLOB PRIMARY KEY NOT NULL,
  result TEXT NOT NULL,
  at TEXT
)""",
)
"""The statements that make the tables.

`master` is the ULN at the top, `linked_to` the ULN that this one was merged into;
they differ when that one was itself merged later. `last_amended` counts from the
second version of a record. An `entry` is a search key and a ULN in one number, see
`ulnlib.register.keys`.
"""

OBJECTS = frozenset(
    {
        ("table", "meta"),
        ("table", "learner"),
        ("index", "learner_master"),
        ("index", "learner_linked_to"),
        ("table", "search_key"),
        ("table", "former_value"),
        ("index", "former_value_uln"),
        ("table", "deleted"),
        ("table", "run"),
    }
)
"""Type and name of everything that the schema makes."""

OBJECTS_OF_1 = OBJECTS - {("table", "search_key")} | {
    ("index", "learner_exact_key"),
    ("table", "near_key"),
}
"""The same of the first version, which kept two kinds of key."""

FROM_1 = (
    "DROP TABLE near_key",
    "DROP INDEX learner_exact_key",
    "DROP INDEX learner_master",
    "DROP INDEX learner_linked_to",
    "ALTER TABLE learner RENAME TO learner_of_1",
    *(text for text in SCHEMA if " learner " in text or " ON learner " in text),
    "INSERT INTO learner SELECT {columns} FROM learner_of_1",
    "DROP TABLE learner_of_1",
    *(text for text in SCHEMA if "TABLE search_key" in text),
    "UPDATE meta SET name = 'keys', value = 0 WHERE name = 'folding'",
    "PRAGMA user_version = 2",
)
"""The statements that lead from version 1 to 2; then the keys are made anew.

`{columns}` stands for the columns of the table of learners.
"""

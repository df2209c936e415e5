"""The tables of a register file, version 1, and the marks that make it ours.

The text below never changes: it is what every file of version 1 holds. A later
version adds its own text and the statements that lead from one to the next.
"""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "OBJECTS", "SCHEMA", "SYNTHETIC_NOTICE", "VERSION"]

APPLICATION_ID = 0x554C4E52
"""What SQLite's header says of the program that the file belongs to: `ULNR`."""

VERSION = 1
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
  linked_at TEXT,
  exact_key INTEGER
)""",
    """\
CREATE INDEX learner_exact_key ON learner (exact_key)
  WHERE exact_key IS NOT NULL""",
    """\
CREATE INDEX learner_master ON learner (master)
  WHERE master IS NOT NULL""",
    """\
CREATE INDEX learner_linked_to ON learner (linked_to)
  WHERE linked_to IS NOT NULL""",
    """\
CREATE TABLE near_key (
  key INTEGER NOT NULL,
  uln INTEGER NOT NULL,
  PRIMARY KEY (key, uln)
) WITHOUT ROWID""",
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
they differ when that one was itself merged later.
"""

OBJECTS = frozenset(
    {
        ("table", "meta"),
        ("table", "learner"),
        ("index", "learner_exact_key"),
        ("index", "learner_master"),
        ("index", "learner_linked_to"),
        ("table", "near_key"),
        ("table", "former_value"),
        ("index", "former_value_uln"),
        ("table", "deleted"),
        ("table", "run"),
    }
)
"""Type and name of everything that the schema makes."""

"""Batch files of the Learning Records Service: read, check, write, and process.

`read` takes a whole file, `open` a stream of records; both take anything and raise
only for what cannot be opened. `write` gives bytes back.

Examples:
    >>> from ulnlib import batch
    >>> file = batch.read(b"not a batch file")
    >>> [item.code for item in file.report]
    ['not-a-batch-file']
"""

from __future__ import annotations

__all__ = [
    "LAYOUTS",
    "LRB_2A",
    "LRB_2A_OUTPUT",
    "LRB_3A",
    "LRB_3A_OUTPUT",
    "OUTPUT_LAYOUTS",
    "BatchFile",
    "Candidate",
    "Certainty",
    "Choice",
    "Column",
    "Conversion",
    "Count",
    "Doubt",
    "FileValues",
    "Happening",
    "Layout",
    "LearnerRegister",
    "MadeLearners",
    "Mapping",
    "Matching",
    "NameOrder",
    "Reader",
    "Record",
    "RecordResult",
    "ReturnCodes",
    "RunResult",
    "Style",
    "Table",
    "advise",
    "convert",
    "file_name",
    "make",
    "make_learners",
    "open",
    "parse_name",
    "read",
    "read_table",
    "run",
    "suggest",
    "write",
    "write_rows",
]

from ulnlib.batch.advice import advise
from ulnlib.batch.conversion import Conversion, convert
from ulnlib.batch.desk import LearnerRegister, Matching
from ulnlib.batch.files import BatchFile, FileValues, Record, Style, make
from ulnlib.batch.layout import Column, Layout
from ulnlib.batch.lrb import (
    LAYOUTS,
    LRB_2A,
    LRB_2A_OUTPUT,
    LRB_3A,
    LRB_3A_OUTPUT,
    OUTPUT_LAYOUTS,
)
from ulnlib.batch.making import MadeLearners, NameOrder, make_learners
from ulnlib.batch.mapping import Certainty, Choice, Doubt, Mapping, suggest
from ulnlib.batch.names import file_name, parse_name
from ulnlib.batch.outcomes import Count, Happening, ReturnCodes
from ulnlib.batch.process import run
from ulnlib.batch.reader import Reader, read
from ulnlib.batch.reader import open_file as open  # noqa: A004  # the verb of this field
from ulnlib.batch.results import Candidate, RecordResult, RunResult
from ulnlib.batch.tables import Table, read_table
from ulnlib.batch.writer import write, write_rows

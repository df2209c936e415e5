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
    "ACHIEVEMENT",
    "ACHIEVEMENT_ERRORS",
    "EXCEPTION_STEPS",
    "KNOWN_LAYOUTS",
    "LAYOUTS",
    "LRB_1A",
    "LRB_1B",
    "LRB_2A",
    "LRB_2A_OUTPUT",
    "LRB_3A",
    "LRB_3A_OUTPUT",
    "OUTPUT_LAYOUTS",
    "RECORD_LIMIT",
    "VLD",
    "VLD_OUTPUT",
    "WEB_SERVICE_LIMIT",
    "Answer",
    "BatchException",
    "BatchFile",
    "Candidate",
    "Certainty",
    "Choice",
    "Column",
    "Conversion",
    "Count",
    "Detected",
    "DiscardReason",
    "Doubt",
    "ExceptionEntry",
    "ExceptionEvent",
    "ExceptionState",
    "Fate",
    "FieldUpdate",
    "FileValues",
    "Happening",
    "JoinBy",
    "JoinResult",
    "JoinedRecord",
    "Layout",
    "LearnerRegister",
    "MadeLearners",
    "Mapping",
    "Matching",
    "NameOrder",
    "OutputRecord",
    "Reader",
    "Record",
    "RecordResult",
    "ReturnCodes",
    "RunResult",
    "SecondTry",
    "StepRefused",
    "Style",
    "Sureness",
    "Table",
    "UpdateKind",
    "UpdatePlan",
    "WorkList",
    "advise",
    "answer",
    "convert",
    "detect",
    "file_name",
    "join",
    "make",
    "make_learners",
    "open",
    "parse_name",
    "raised_by",
    "read",
    "read_answer",
    "read_table",
    "resubmission",
    "right_postcodes",
    "run",
    "second_try",
    "split",
    "suggest",
    "unmatched",
    "updates",
    "work_list",
    "write",
    "write_rows",
    "write_xml",
    "xml_schema",
]

from ulnlib.batch.advice import advise
from ulnlib.batch.answering import answer
from ulnlib.batch.answers import Answer, FieldUpdate, UpdateKind, read_answer
from ulnlib.batch.conversion import Conversion, convert
from ulnlib.batch.desk import LearnerRegister, Matching
from ulnlib.batch.detection import Detected, detect

# Outputs, changed details and exceptions.
from ulnlib.batch.exception_states import (
    EXCEPTION_STEPS,
    DiscardReason,
    ExceptionEvent,
    ExceptionState,
    StepRefused,
)
from ulnlib.batch.exceptions import (
    BatchException,
    ExceptionEntry,
    raised_by,
    resubmission,
)
from ulnlib.batch.files import BatchFile, FileValues, Record, Style, make
from ulnlib.batch.joining import join
from ulnlib.batch.joins import Fate, JoinBy, JoinedRecord, JoinResult, OutputRecord
from ulnlib.batch.layouts.achievement import ACHIEVEMENT, ACHIEVEMENT_ERRORS
from ulnlib.batch.layouts.known import KNOWN_LAYOUTS
from ulnlib.batch.layouts.layout import Column, Layout
from ulnlib.batch.layouts.lrb import (
    LAYOUTS,
    LRB_1A,
    LRB_1B,
    LRB_2A,
    LRB_2A_OUTPUT,
    LRB_3A,
    LRB_3A_OUTPUT,
    OUTPUT_LAYOUTS,
    RECORD_LIMIT,
)
from ulnlib.batch.layouts.verification import VLD, VLD_OUTPUT
from ulnlib.batch.making import MadeLearners, NameOrder, make_learners
from ulnlib.batch.mapping import Certainty, Choice, Doubt, Mapping, suggest
from ulnlib.batch.names import file_name, parse_name
from ulnlib.batch.outcomes import Count, Happening, ReturnCodes
from ulnlib.batch.parts import WEB_SERVICE_LIMIT, split
from ulnlib.batch.process import run
from ulnlib.batch.reader import Reader, read
from ulnlib.batch.reader import open_file as open  # noqa: A004  # the verb of this field
from ulnlib.batch.results import Candidate, RecordResult, RunResult
from ulnlib.batch.second_try import SecondTry, right_postcodes, second_try, unmatched
from ulnlib.batch.sureness import Sureness
from ulnlib.batch.tables import Table, read_table
from ulnlib.batch.waves import UpdatePlan, updates
from ulnlib.batch.work_list import WorkList, work_list
from ulnlib.batch.writer import write, write_rows
from ulnlib.batch.xmlschema import xml_schema
from ulnlib.batch.xmlwriter import write_xml

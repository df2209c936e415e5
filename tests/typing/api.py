"""The front door as a consumer's type checker sees it: checked by mypy, never run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import assert_type

import ulnlib
from ulnlib import (
    InvalidUln,
    Issue,
    Learner,
    Profile,
    Query,
    Register,
    Report,
    SearchResult,
    Severity,
    Uln,
    batch,
)
from ulnlib.batch import (
    BatchFile,
    Happening,
    Layout,
    Record,
    ReturnCodes,
    RunResult,
    ctf,
    ilr,
)
from ulnlib.codes import Gender, JobType, ReturnCode, parse_code
from ulnlib.learner import Demographics
from ulnlib.matching import Match, Tolerance
from ulnlib.uln import Diagnosis, Reason, Verdict

TODAY = dt.date(2026, 11, 21)

# ULNs
assert_type(Uln.parse("1000000043"), Uln)
assert_type(str(Uln("1000000043")), str)
assert_type(ulnlib.uln.validate("1000000043"), str)
assert_type(ulnlib.uln.is_valid("1000000043"), bool)
assert_type(ulnlib.uln.check(1000000043), Reason | None)
assert_type(ulnlib.uln.validate_many(["1000000043", 5, None]), Iterator[Verdict])
assert_type(ulnlib.uln.diagnose("1"), Diagnosis)
assert_type(InvalidUln("length", "").reason, str)

# Learners
learner = Learner(given_name="Ada", date_of_birth=TODAY, gender=Gender.FEMALE)
assert_type(learner.given_name, str | None)
assert_type(learner.evolve(family_name="Example"), Learner)
assert_type(learner.demographics(), Demographics | Report)
learner.given_name = "Eva"  # type: ignore[misc]
Learner(first_name="Ada")  # type: ignore[call-arg]

# Batch files
file = batch.read(b"", as_of=TODAY)
assert_type(file, BatchFile)
assert_type(file.layout, Layout | None)
assert_type(file.records, tuple[Record, ...])
assert_type(file.report, Report)
assert_type(file.report[0], Issue)
assert_type(file.report[:1], Report)
assert_type(file.report[0].severity, Severity)
assert_type(batch.write(file, layout=batch.LRB_3A), bytes)
assert_type(batch.write(file, form="XML"), bytes)
assert_type(batch.xml_schema(batch.LRB_3A), bytes)
batch.write_xml(iter(()), io.BytesIO(), ukprn="10012345", count=0)
assert_type(ilr.check("ILR.xml").report, Report)
assert_type(ctf.read("CTF.xml").learners, tuple[Learner, ...])
assert_type(ctf.fill(b"", {"H801200001001": "1000000043"}).content, bytes)
with batch.open("enrolment.csv") as reader:
    for record in reader:
        assert_type(record, Record)

# The register
register = Register(synthetic=True)
assert_type(register.add(learner), Uln)
assert_type(register.register(learner), Uln)
assert_type(register.find("1000000043", "Ada", "Example"), Profile | None)
answer = register.search(Query(given_name="Ada", other_postcodes=["ZZ99 9ZZ"]))
assert_type(answer, SearchResult)
assert_type(answer.matches, tuple[Match, ...])
assert_type(answer.matches[0].tolerances, tuple[Tolerance, ...])
assert_type(Register.open("college.db"), Register)

# A run
result = batch.run(file, register, job=JobType.CHECK, as_of=TODAY)
assert_type(result, RunResult)
assert_type(result.output(), bytes)
assert_type(ReturnCodes().replace({Happening.FOUND: "RC001"}), ReturnCodes)

# Codes
assert_type(parse_code(ReturnCode, "RC001"), ReturnCode | str)

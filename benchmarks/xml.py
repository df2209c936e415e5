"""Reading and writing XML files, against bare `lxml` that does nothing with them.

The peer for reading walks over the records with `iterparse`, reads the text of every
field and forgets the record; the one for writing is `xmlfile`. The files hold the
invented people of the benchmark of CSV files. An ILR has as its records learners with
two aims each, which are passed over.
"""

from __future__ import annotations

__all__ = ["figures"]

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from benchmarks.harness import Figure, compare
from benchmarks.lrb import findings, learners, peak_of, read_and_check
from ulnlib import Learner, batch
from ulnlib.batch import ilr
from ulnlib.batch.xmlrow import record_columns
from ulnlib.fields import FIELDS

NAMESPACE = "http://api.lrs.miap.gov.uk/batchmsg"
ILR = "ESFA/ILR/2025-26"
EXPECTED = {"too-many-records", "file-name"}
"""What a file without defects may have: it holds more than one upload may."""


def _write(path: Path, people: list[Learner]) -> None:
    with path.open("wb") as stream:
        batch.write_xml(people, stream, ukprn="10012345", count=len(people))


def _walk(path: Path, tag: str = "Learner") -> int:
    """Read the text of every field, and nothing else."""
    count = 0
    for _, element in etree.iterparse(str(path), tag=tag):
        for child in element:
            count += child.text is not None
        element.clear()
    return count


def _bare_write(path: Path, people: list[Learner]) -> None:
    """Write the same elements with `xmlfile`, one by one."""
    columns = record_columns(batch.LRB_3A)
    names = [(c.element_name, list(FIELDS).index(c.name)) for c in columns]
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        root = f"{{{NAMESPACE}}}SubmitBatch"
        with out.element(root, nsmap={"b": NAMESPACE}):
            for one in people:
                values = one.values()
                with out.element("Learner"):
                    for name, place in names:
                        if values[place]:
                            with out.element(name):
                                out.write(values[place])


def _write_ilr(path: Path, people: list[Learner]) -> None:
    """Write an ILR of learners with a ULN each, two aims, and what else is usual."""
    numbers = iter(range(9_900_000_000, 9_999_999_999))
    with path.open("w", encoding="utf-8") as out:
        out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<Message xmlns="{ILR}">\n')
        for n, one in enumerate(people):
            uln = one.uln or next(u for u in numbers if _is_free(u))
            aims = "".join(
                f"<LearningDelivery><LearnAimRef>6000{n % 7}</LearnAimRef>"
                f"<AimType>1</AimType><AimSeqNumber>{aim}</AimSeqNumber>"
                "<LearnStartDate>2026-09-01</LearnStartDate>"
                "<LearnPlanEndDate>2027-07-31</LearnPlanEndDate>"
                "<FundModel>25</FundModel><CompStatus>1</CompStatus>"
                "</LearningDelivery>"
                for aim in (1, 2)
            )
            out.write(
                f"<Learner><LearnRefNumber>{n:08}</LearnRefNumber><ULN>{uln}</ULN>"
                f"<FamilyName>{one.family_name}</FamilyName>"
                f"<GivenNames>{one.given_name}</GivenNames>"
                f"<DateOfBirth>{one.date_of_birth}</DateOfBirth>"
                "<Ethnicity>31</Ethnicity><Sex>F</Sex><LLDDHealthProb>2</LLDDHealthProb>"
                f"<PostcodePrior>{one.postcode}</PostcodePrior>"
                f"<Postcode>{one.postcode}</Postcode>{aims}</Learner>\n"
            )
        out.write("</Message>\n")


def _is_free(number: int) -> bool:
    from ulnlib.uln import is_valid

    return number > 9_950_000_000 and is_valid(str(number))


def figures(folder: Path, *, size: int, rounds: int) -> Iterator[Figure]:
    """Yield the figures of reading and writing XML files.

    Args:
        folder: Where the files are made.
        size: How many records a batch file has; an ILR has a quarter of them.
        rounds: How often each is measured.
    """
    people = learners(size)
    path = folder / "LRB_10012345_211120260900.XML"
    found = compare(
        lambda: _write(path, people),
        lambda: _bare_write(path.with_suffix(".bare"), people),
        rounds=rounds,
    )
    yield Figure.longer(f"`batch.write_xml` to `xmlfile`, {size:,} records", found, 5)
    _write(path, people)
    _, codes = findings(path)
    assert codes <= EXPECTED, codes
    found = compare(lambda: read_and_check(path), lambda: _walk(path), rounds=rounds)
    yield Figure.longer(
        f"`batch.open` to `iterparse` with every text, {size:,} records in XML read, "
        "checked and made learners, 3A",
        found,
        2.5,
    )
    large = peak_of(path)
    few = list(islice(people, size // 10))
    _write(path, few)
    each = (large - peak_of(path)) / (size - len(few))
    yield Figure(
        f"Memory of streaming {size:,} records in XML, keeping none",
        f"{each:.0f} bytes a record",
        bound="at most 100 bytes",
        is_met=each <= 100,
    )
    some = people[: size // 4]
    _write_ilr(path, some)
    checked = ilr.check(path)
    assert (checked.learners, list(checked.report)) == (len(some), [])
    found = compare(
        lambda: ilr.check(path),
        lambda: _walk(path, f"{{{ILR}}}Learner"),
        rounds=rounds,
    )
    yield Figure.longer(
        f"`ilr.check` to `iterparse` with every text, {len(some):,} learners", found, 2
    )

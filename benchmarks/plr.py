"""Learning records: from the service's XML to a page, and many records from one stream.

A record of 400 events is read, put together, seen by its learner and made a page, as a
portal does between a click and a screen. The stream of many records is made as it is
read, so that no file of it is ever held. The peer for both is bare `lxml` that reads
the text of every element.

    python -m benchmarks.plr
"""

from __future__ import annotations

__all__ = ["figures"]

import datetime as dt
import io
import itertools
import time
import tracemalloc
from collections.abc import Iterator

from lxml import etree

from benchmarks.harness import Figure, calibrate, compare, fastest, text
from ulnlib import Learner
from ulnlib.plr import Actor, read_events, read_records, report_of, see
from ulnlib.plr.events import CURRENT
from ulnlib.plr.report import RecordReport
from ulnlib.rules.sharing import Subject, Viewer

EVENTS = 400
PAGE_SECONDS = 0.020
RECORDS = 10_000
STREAM_SECONDS = 8.0

_DAY = dt.date(2026, 11, 21)
_HEAD = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<GetLearnerLearningEventsResponse xmlns="http://tempuri.org/">'
    '<GetLearnerLearningEventsResult xmlns:a="http://api.lrs.qcf.gov.uk/model">'
    "<a:ResponseCode>WSRC0004</a:ResponseCode><a:FoundULN>1000000043</a:FoundULN>"
    "<a:IncomingULN>1000000043</a:IncomingULN><a:LearnerRecord>"
)
_FOOT = (
    "</a:LearnerRecord></GetLearnerLearningEventsResult>"
    "</GetLearnerLearningEventsResponse></s:Body></s:Envelope>"
)
_TITLES = (
    "GCSE in Mathematics",
    "Level 2 Diploma in Bricklaying &amp; Masonry",
    "Introduction to Construction Work",
    "Functional Skills English",
)
_SOURCES = ("NPD", "AO", "QCFU", "ILR")


def _event(number: int) -> str:
    """Return an event with all 22 fields; every tenth is there twice."""
    kind = number % 4
    what = number - 4 if number % 10 == 9 else number
    values = {
        "id": str(number),
        "provider_ukprn": "10012345",
        "provider_name": "Example College",
        "awarding_organisation_name": "UNKNOWN" if kind in {0, 3} else "Example Awards",
        "awarding_organisation_ukprn": "UNKNWN",
        "qualification_type": "GCSE" if kind == 0 else "Diploma",
        "subject_code": f"{60000000 + what}",
        "subject": f"{_TITLES[kind]} {what}",
        "award_date": "" if kind == 3 else f"{2009 + what % 16}-0{1 + what % 9}-21",
        "credits": str(what % 9),
        "source": _SOURCES[kind],
        "date_loaded": "2012-05-31 16:47:04",
        "under_data_challenge": "N",
        "level": f"Level {1 + kind}",
        "status": "F",
        "grade": "9999999999" if kind == 3 else "ABCD"[number % 4],
        "collection_type": "W",
        "return_number": "02",
        "start_date": f"{2009 + what % 16}-0{1 + what % 9}-02" if kind == 3 else "",
        "end_date": "",
        "language": "ENG",
        "restriction": "0",
    }
    inner = "".join(
        f"<a:{CURRENT[name]}>{value}</a:{CURRENT[name]}>"
        for name, value in values.items()
    )
    return f"<a:LearningEvent>{inner}</a:LearningEvent>"


def _answer(count: int) -> bytes:
    return f"{_HEAD}{''.join(map(_event, range(count)))}{_FOOT}".encode()


def _report(content: bytes) -> RecordReport:
    view = see(
        read_events(content).record,
        Viewer.LEARNER,
        Subject(share="1", has_level_one=True),
        learner=Learner(uln="1000000043", given_name="Ada", family_name="Example"),
        by=Actor(user="learner"),
        at="2026-11-21T09:30:00",
        as_of=_DAY,
    )
    return report_of(view, dated=_DAY)


def _walk(content: bytes) -> int:
    """Read the text of every field, and nothing else."""
    count = 0
    for _, element in etree.iterparse(io.BytesIO(content), tag="{*}LearningEvent"):
        for child in element:
            count += child.text is not None
        element.clear()
    return count


class _Stream(io.RawIOBase):
    """So many answers, made as they are read."""

    def __init__(self, answer: bytes, count: int) -> None:
        self._parts = itertools.chain(
            [b"<Answers>"], itertools.repeat(answer, count), [b"</Answers>"]
        )
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._rest += part
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def _read_all(answer: bytes, count: int) -> int:
    stream = _Stream(answer, count)
    events = 0
    for one in read_records(stream):  # type: ignore[arg-type]  # it reads, which is all
        events += len(one.events)
        assert not one.report
    return events


def _peak(answer: bytes, count: int) -> int:
    tracemalloc.start()
    _read_all(answer, count)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def figures(
    *, rounds: int, calibration: float, records: int = RECORDS
) -> Iterator[Figure]:
    """Yield the figures of learning records.

    Args:
        rounds: How often each is measured.
        calibration: Seconds of the calibration loop.
        records: How many records the stream has.
    """
    content = _answer(EVENTS)
    report = _report(content)
    assert sum(line.event_count for line in report.lines) == EVENTS
    assert len(report.lines) < EVENTS

    best = fastest(lambda: _report(content).to_html(), rounds=3 * rounds)
    yield Figure(
        f"A record of {EVENTS} events from XML, put together, seen, made a page",
        text(best),
        f"{best / calibration:.3g} calibration loops",
        bound=f"at most {text(PAGE_SECONDS)}",
        is_met=best <= PAGE_SECONDS,
    )
    found = compare(
        lambda: read_events(content), lambda: _walk(content), rounds=3 * rounds
    )
    yield Figure.longer(
        f"`read_events` to `iterparse` with every text, {EVENTS} events", found, None
    )
    try:
        report.to_pdf()
    except ImportError:
        pass
    else:
        seconds = fastest(report.to_pdf, rounds=rounds)
        yield Figure.absolute(
            f"The PDF of {EVENTS} events", seconds, calibration, "by typst"
        )

    answer = _answer(20)
    start = time.perf_counter()
    assert _read_all(answer, records) == 20 * records
    seconds = time.perf_counter() - start
    most = STREAM_SECONDS * records / RECORDS
    yield Figure(
        f"{records:,} records of 20 events from one stream",
        text(seconds),
        f"{seconds / calibration:.3g} calibration loops",
        bound=f"at most {text(most)}",
        is_met=seconds <= most,
    )
    few, many = _peak(answer, records // 10), _peak(answer, records // 2)
    each = max(0, many - few) / (records // 2 - records // 10)
    yield Figure(
        "Memory of that stream, keeping none",
        f"{each:.0f} bytes a record",
        f"{many / 1e6:.1f} MB at most",
        bound="at most 100 bytes",
        is_met=each <= 100,
    )


def main() -> None:
    """Print the figures."""
    for figure in figures(rounds=7, calibration=calibrate()):
        cells = (figure.what, figure.found, figure.detail, figure.bound, figure.verdict)
        print("\n  ".join(cell for cell in cells if cell), flush=True)


if __name__ == "__main__":
    main()

"""Many answers in one file: where each ends, what is refused, how much is held."""

import io
import itertools
import tracemalloc

import pytest

from ulnlib.plr import read_events, read_records

EVENT = "<a:LearningEvent><a:ID>{}</a:ID><a:Source>AO</a:Source></a:LearningEvent>"
NAMESPACE = 'xmlns:a="http://api.lrs.qcf.gov.uk/model"'


def record(*ids):
    events = "".join(map(EVENT.format, ids))
    return f"<a:LearnerRecord {NAMESPACE}>{events}</a:LearnerRecord>"


def answer(uln, *ids, code="WSRC0004", name="GetLearnerLearningEventsResult"):
    return (
        f"<Envelope><{name} {NAMESPACE}><a:ResponseCode>{code}</a:ResponseCode>"
        f"<a:FoundULN>{uln}</a:FoundULN>{record(*ids)}</{name}></Envelope>"
    )


def read(text):
    return list(read_records(f"<All>{text}</All>".encode()))


def told(answers):
    return [(one.found_uln, [event.id for event in one.events]) for one in answers]


def test_each_answer_is_one():
    found = read(answer(1, 7, 8) + answer(2) + answer(3, 9))

    assert told(found) == [("1", ["7", "8"]), ("2", []), ("3", ["9"])]
    assert {one.response_code for one in found} == {"WSRC0004"}
    assert not any(one.report for one in found)


def test_an_answer_without_a_record_is_one_too():
    closed = "<R><ResponseCode>WSEC0206</ResponseCode></R>"
    found = read(closed + answer(1, 7) + closed + closed)

    assert [one.response_code for one in found] == [
        "WSEC0206", "WSRC0004", "WSEC0206", "WSEC0206",
    ]  # fmt: skip
    assert [len(one.events) for one in found] == [0, 1, 0, 0]


@pytest.mark.parametrize("name", ["GetLearnerLearningEventsResult", "Other"])
def test_what_stands_behind_the_record_is_of_the_same_answer(name):
    late = (
        f"<{name}>{record(7)}<ResponseCode>WSRC0004</ResponseCode>"
        f"<FoundULN>1</FoundULN></{name}>"
    )
    found = read(late + answer(2, 8, name=name) + late)

    assert told(found) == [("1", ["7"]), ("2", ["8"]), ("1", ["7"])]


def test_records_alone_are_answers():
    assert told(read(record(7) + record() + record(8, 9))) == [
        (None, ["7"]), (None, []), (None, ["8", "9"]),
    ]  # fmt: skip


def test_a_list_of_events_in_a_record_is_the_same_answer():
    inner = record(7, 8).replace("LearnerRecord", "LearningEvents")
    outer = f"<LearnerRecord>{inner}</LearnerRecord>"

    assert told(read(outer + outer)) == [(None, ["7", "8"]), (None, ["7", "8"])]


def test_an_empty_code_says_nothing():
    found = read("<R><FoundULN> </FoundULN><FoundULN>1</FoundULN></R>" + record(7))

    assert told(found) == [("1", ["7"])]


def test_one_answer_is_read_as_by_itself():
    content = answer(1, 7, 8).encode()

    [found] = read_records(io.BytesIO(content))
    assert found == read_events(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml-malformed"),
        (b"no XML", "xml-malformed"),
        (b"<a><b/></a>", "events-none"),
        (
            b"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>",
            "xml-doctype",
        ),
        (b"<a>&b;</a>", "xml-entity"),
        (b"<a>" * 1_000, "xml-limit"),
        (b"<a><LearnerRecord>" + b"<x/>" * 2_000_000, "xml-limit"),
    ],
    ids=["empty", "text", "none", "laughs", "entity", "deep", "endless"],
)
def test_what_is_no_answer_is_a_finding(content, code):
    [found] = read_records(content)

    assert [item.code for item in found.report] == [code]
    assert found.events == ()


def test_what_came_before_the_break_is_there():
    content = f"<All>{answer(1, 7)}{answer(2, 8, 9)}".encode()
    first, second, last = read_records(content)

    assert told([first, second, last]) == [("1", ["7"]), ("2", ["8", "9"]), (None, [])]
    assert [item.code for item in last.report] == ["xml-malformed"]

    first, last = read_records(content[: content.index(b"<a:ID>9")])
    assert told([first, last]) == [("1", ["7"]), ("2", ["8"])]
    assert not first.report
    assert last.report.fatal


def test_an_answer_is_given_before_the_next_is_read():
    class Source(io.BytesIO):
        """Half of the answers, and then what must not be asked for."""

        def read(self, size=-1):
            found = super().read(size)
            if not found:
                raise OSError("the rest is not there yet")
            return found

    source = Source(f"<All>{''.join(answer(n, n) for n in range(2_000))}".encode())
    records = read_records(source)

    assert len(list(itertools.islice(records, 1_900))) == 1_900
    with pytest.raises(OSError, match="not there yet"):
        list(records)


def test_a_hundred_thousand_events_are_one_record():
    events = (EVENT.format(n) for n in range(100_000))
    content = f"<a:LearnerRecord {NAMESPACE}>{''.join(events)}</a:LearnerRecord>"
    [found] = read_records(content.encode())

    assert len(found.events) == 100_000
    assert not found.report


class Endless:
    """A source of so many answers that are made as they are read."""

    def __init__(self, count):
        one = answer(1, *range(20)).encode()
        self._parts = itertools.chain([b"<All>"], itertools.repeat(one, count))
        self._end = b"</All>"
        self._rest = b""

    def read(self, size=-1):
        while len(self._rest) < size:
            part = next(self._parts, None)
            if part is None:
                self._rest, self._end = self._rest + self._end, b""
                break
            self._rest += part
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def test_memory_does_not_grow_with_answers():
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_records(Endless(1_500))) == 1_500
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1_500_000  # all of them are 3 MB of text, and more as values

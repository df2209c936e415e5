"""Splitting a file into parts, each complete by itself."""

import attrs
import pytest

from ulnlib import Learner, batch
from ulnlib.batch.parts import left_behind
from ulnlib.errors import InvalidData
from ulnlib.issues import issue
from ulnlib.testing import population


def made(count, **values):
    learners = [one.evolve(uln=None) for one in population(count, seed=1)]
    return attrs.evolve(
        batch.make(learners, ukprn="10012345", file_name="autumn"), **values
    )


def test_the_limits_are_those_of_the_portal_and_of_the_web_service():
    assert batch.RECORD_LIMIT == 5000
    assert batch.WEB_SERVICE_LIMIT == 200


def test_each_part_has_its_own_count_and_reference():
    parts = batch.split(made(5), most=2)

    assert [part.values.record_count for part in parts] == ["2", "2", "1"]
    assert [part.values.file_name for part in parts] == [
        "autumn part 1 of 3",
        "autumn part 2 of 3",
        "autumn part 3 of 3",
    ]
    assert {part.values.ukprn for part in parts} == {"10012345"}


def test_the_parts_are_the_file_and_can_be_sent():
    file = made(5)

    parts = batch.split(file, most=2)

    assert sum((part.learners for part in parts), ()) == file.learners
    for part in parts:
        again = batch.read(batch.write(part))
        assert again.report.is_ok
        assert again.learners == part.learners
        assert [record.row for record in part.records] == list(
            range(2, len(part.records) + 2)
        )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_file_that_is_small_enough_is_one_part_with_its_own_reference(count):
    [part] = batch.split(made(count), most=2)

    assert part.values.file_name == "autumn"
    assert part.values.record_count == str(count)
    assert len(part.records) == count


def test_a_wrong_count_is_put_right():
    file = made(3)
    wrong = attrs.evolve(file, values=attrs.evolve(file.values, record_count="7"))

    [part] = batch.split(wrong)

    assert part.values.record_count == "3"


def test_findings_go_with_their_rows_and_those_of_the_file_stay_behind():
    content = batch.write(made(3)).replace(b",3,,", b",4,,", 1)
    lines = content.split(b"\r\n")
    lines[3] = lines[3].replace(b",1,2,", b",7,2,").replace(b",1,1,", b",7,1,")
    file = batch.read(b"\r\n".join(lines))
    one = attrs.evolve(
        file.records[2], issues=(issue("date-excel", "row", 4, "date_of_birth"),)
    )
    file = attrs.evolve(file, records=(*file.records[:2], one))

    first, second, third = batch.split(file, most=1)

    assert list(first.report) == [*first.records[0].issues]
    assert not any(item.kind == "file" for item in second.report)
    assert [(item.row, item.field, item.line) for item in third.report] == [
        (2, "date_of_birth", 2)
    ]


def test_rows_that_stand_twice_are_found_in_the_part_where_both_are():
    [learner] = population(1, seed=1)
    file = batch.make([learner, learner], ukprn="10012345", file_name="x")

    assert len(batch.split(file)[0].report) > 0
    assert [len(part.report) for part in batch.split(file, most=1)] == [0, 0]


def test_each_part_has_a_name_that_the_portal_takes_a_minute_after_the_other():
    parts = batch.split(made(3, name="LRB_10012345_311220262359.CSV"), most=1)

    assert [part.name for part in parts] == [
        "LRB_10012345_311220262359.CSV",
        "LRB_10012345_010120270000.CSV",
        "LRB_10012345_010120270001.CSV",
    ]


@pytest.mark.parametrize("name", [None, "autumn.csv"])
def test_a_part_of_a_file_without_such_a_name_has_none(name):
    assert {part.name for part in batch.split(made(3, name=name), 1)} == {None}


def test_there_is_no_minute_after_the_last():
    parts = batch.split(made(2, name="LRB_10012345_311299992359.CSV"), most=1)

    assert [part.name for part in parts] == ["LRB_10012345_311299992359.CSV", None]


def test_a_file_without_its_own_values_gets_those_that_are_known():
    file = attrs.evolve(made(2), values=batch.FileValues())

    parts = batch.split(file, most=1)

    assert [part.values.file_name for part in parts] == ["part 1 of 2", "part 2 of 2"]
    assert {part.values.file_version for part in parts} == {"3A"}


def test_a_file_that_could_not_be_read_is_refused():
    with pytest.raises(InvalidData) as refused:
        batch.split(batch.read(b""))

    assert [item.code for item in refused.value.report] == ["empty-file"]


@pytest.mark.parametrize("most", [0, -1])
def test_a_part_has_one_learner_at_least(most):
    with pytest.raises(ValueError, match="1 or more"):
        batch.split(batch.make([Learner()], ukprn="1", file_name="x"), most=most)


def lines_of(count, **changes):
    """Return the lines of a file; the heading row is the first."""
    content = batch.write(made(count, **changes))
    return content.removesuffix(b"\r\n").split(b"\r\n")


@pytest.mark.parametrize("most", [1, 5000])
def test_what_is_in_no_record_is_in_no_part_and_so_the_file_is_refused(most):
    lines = lines_of(3)
    lines[2] += b",more"
    lines[3] += b",more"
    lines[0] += b",Gender"
    file = batch.read(b"\r\n".join(lines).replace(b",3,,", b",4,,", 1))

    with pytest.raises(InvalidData) as refused:
        batch.split(file, most)

    assert [(item.code, item.row) for item in refused.value.report] == [
        ("heading-twice", 1)
    ]


def test_rows_that_hold_more_than_their_records_are_all_named():
    lines = lines_of(4)
    lines[2] += b",more"
    lines[4] += b",more"

    with pytest.raises(InvalidData) as refused:
        batch.split(batch.read(b"\r\n".join(lines)))

    assert [(item.code, item.row) for item in refused.value.report] == [
        ("columns-extra", 3),
        ("columns-extra", 5),
    ]


def test_a_refusal_says_what_it_is_about_also_where_it_is_no_error():
    content = batch.write(made(2), form="XML").split(b"?>", 1)[1]
    file = batch.read(b"<Envelope>%b</Envelope>" % content)

    with pytest.raises(InvalidData, match="1 warning; the first: ") as refused:
        batch.split(file)

    assert [item.code for item in refused.value.report] == ["xml-wrapped"]


def test_values_of_row_2_that_are_repeated_are_in_every_part():
    lines = lines_of(2)
    about = b",".join(lines[1].split(b",")[:4])
    lines[2] = about + lines[2].removeprefix(b",,,")
    file = batch.read(b"\r\n".join(lines))

    parts = batch.split(file, 1)

    assert [item.code for item in file.report] == ["file-value-repeated"]
    assert [part.values.ukprn for part in parts] == ["10012345"] * 2


def test_cells_that_are_not_there_were_empty_and_nothing_is_lost():
    lines = lines_of(2)
    lines[2] = lines[2].removesuffix(b",")
    file = batch.read(b"\r\n".join(lines))

    _, second = batch.split(file, most=1)

    assert [(item.code, item.row) for item in second.report] == [("columns-missing", 2)]
    assert second.learners == file.learners[1:]


class TestLeftBehind:
    def test_it_is_what_no_part_tells(self):
        lines = [line.replace(b",3,,", b",7,,", 1) for line in lines_of(3)]
        lines[1] = lines[1].replace(b",1,2,", b",7,2,").replace(b",1,1,", b",7,1,")
        file = batch.read(b"\r\n".join(lines), name="autumn.csv")
        parts = batch.split(file, most=1)

        left = left_behind(file, parts)

        assert [(item.code, item.row) for item in left] == [
            ("file-name", None),
            ("record-count", 2),
        ]
        in_parts = [item.code for part in parts for item in part.report]
        assert sorted([*in_parts, *(item.code for item in left)]) == sorted(
            item.code for item in file.report
        )

    def test_rows_that_stand_twice_are_told_once(self):
        """Where both are in one part, that part tells it."""
        [one, other] = [p.evolve(uln=None) for p in population(2, seed=1)]
        content = batch.write(
            batch.make([one, one, other, one], ukprn="10012345", file_name="x")
        )
        file = batch.read(content)
        assert [(i.code, i.row) for i in file.report if "dup" in i.code] == [
            ("duplicate-learner", 3),
            ("duplicate-learner", 5),
        ]

        parts = batch.split(file, most=2)

        assert [(i.code, i.row) for i in parts[0].report] == [
            ("duplicate-learner", 3),
        ]
        assert [(i.code, i.row) for i in left_behind(file, parts)] == [
            ("duplicate-learner", 5),
        ]

    def test_that_the_file_was_too_large_is_answered(self, monkeypatch):
        monkeypatch.setattr("ulnlib.batch.reader.RECORD_LIMIT", 2)
        file = batch.read(batch.write(made(3)))
        assert [item.code for item in file.report] == ["too-many-records"]

        assert not left_behind(file, batch.split(file, most=2))

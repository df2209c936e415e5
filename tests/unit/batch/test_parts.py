"""Splitting a file into parts, each complete by itself."""

import attrs
import pytest

from ulnlib import Learner, batch
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

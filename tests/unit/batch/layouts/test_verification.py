"""Verify files: what is sent, and what comes back."""

import pytest

from builders.verify import ADA, asked
from ulnlib import batch
from ulnlib.batch import VLD


class TestReading:
    def test_a_file_is_known_by_its_headings(self):
        file = batch.read(asked("7,1000000043,MacDonald,Ada,2007-05-24,2"))

        assert file.layout is VLD
        assert not file.report
        (record,) = file.records
        assert record.learner == ADA.evolve(mis_identifier="7")
        assert file.values.ukprn == "10012345"
        assert file.is_clean
        assert batch.write(file) == asked("7,1000000043,MacDonald,Ada,2007-05-24,2")

    def test_date_and_gender_may_be_left_out_and_nothing_else(self):
        file = batch.read(asked("7,1000000043,MacDonald,Ada,,", "8,,,,,"))

        assert [(item.row, item.field) for item in file.report] == [
            (3, "uln"),
            (3, "family_name"),
            (3, "given_name"),
        ]
        assert {item.code for item in file.report} == {"mandatory-missing"}

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("7,1000000044,MacDonald,Ada,,", "uln-check-digit"),
            ("7,1000000043,MacDonald,Ada,24/05/2007,", "date-excel"),
            ("7,1000000043,MacDonald,Ada,,F", "code-word"),
            (f"7,1000000043,{'x' * 36},Ada,,", "too-long"),
            ("7,1000000043,MacDonald,Ada,,2,more", "columns-extra"),
            ("7,1000000043,MacDonald", "columns-missing"),
        ],
    )
    def test_what_is_wrong_with_a_row_is_said(self, row, code):
        file = batch.read(asked(row))

        assert code in [item.code for item in file.report]
        assert {item.row for item in file.report} == {2}

    def test_a_wrong_count_and_blank_rows_are_said(self):
        content = asked("7,1000000043,MacDonald,Ada,,", count=3) + b",,,,,,,,,\r\n"

        assert [item.code for item in batch.read(content).report] == [
            "blank-rows",
            "record-count",
        ]

    def test_a_column_that_is_only_assumed_may_be_missing(self):
        content = b"MISIdentifier,ULN,FamilyName,GivenName,DateOfBirth,Gender\r\n"
        file = batch.read(content + b"7,1000000043,MacDonald,Ada,,\r\n")

        assert file.layout is VLD
        assert {item.code for item in file.report} == {"heading-missing-assumed"}
        assert file.records[0].learner.uln == "1000000043"

    def test_a_caller_s_own_layout_is_read_and_written(self):
        names = ("uln", "given_name", "family_name")
        own = VLD.with_columns([(name, name.upper()) for name in names])
        content = b"ULN,GIVEN_NAME,FAMILY_NAME\r\n1000000043,Ada,MacDonald\r\n"

        file = batch.read(content, layout=own)
        assert not file.report
        assert batch.write(file) == content

    @pytest.mark.parametrize(
        ("columns", "why"),
        [
            ([("uln", "ULN"), ("postcode", "P")], "column 2 is none"),
            ([("uln", "ULN"), ("uln", "U")], "twice"),
        ],
    )
    def test_columns_that_the_layout_does_not_have_are_refused(self, columns, why):
        with pytest.raises(ValueError, match=why):
            VLD.with_columns(columns)

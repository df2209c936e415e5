"""The layouts of the LRB batch file: headings letter for letter, in their order."""

import datetime as dt

import pytest

from ulnlib.batch.layouts import lrb
from ulnlib.batch.layouts.layout import FILE_VALUES
from ulnlib.fields import FIELDS

HEADINGS_2A = (
    "FileVersion",
    "FileName",
    "UKPRN",
    "LearnerRecordCount",
    "ULN",
    "MISIdentifier",
    "Title",
    "GivenName",
    "PreferredGivenName",
    "MiddleOtherName",
    "FamilyName",
    "PreviousFamilyName",
    "FamilyNameAt16",
    "SchoolAtAge16",
    "LastKnownAddressLine1",
    "LastKnownAddressLine2",
    "LastKnownAddressTown",
    "LastKnownAddressCountyorCity",
    "LastKnownPostCode",
    "DateOfAddressCapture",
    "DateOfBirth",
    "PlaceOfBirth",
    "EmailAddress",
    "Gender",
    "Nationality",
    "ScottishCandidateNumber",
    "AbilityToShare",
    "VerificationType",
    "OtherVerificationDescription",
    "Notes",
)
HEADINGS_3A = (
    "FileVersion",
    "FileName",
    "UKPRN",
    "LearnerRecordCount",
    "ULN",
    "MISIdentifier",
    "Title",
    "GivenName",
    "PreferredGivenName",
    "MiddleNames",
    "FamilyName",
    "PreviousFamilyName",
    "FamilyNameAt16",
    "SchoolAtAge16",
    "LastKnownAddressLine1",
    "LastKnownAddressLine2",
    "LastKnownAddressTown",
    "LastKnownAddressCountyorCity",
    "LastKnownPostCode",
    "DateOfAddressCapture",
    "DateOfBirth",
    "PlaceOfBirth",
    "EmailAddress",
    "Gender",
    "Nationality",
    "ScottishCandidateNumber",
    "UPN",
    "UCI",
    "PrivacyNoticeSeen",
    "VerificationType",
    "OtherVerificationDescription",
    "Notes",
)


def test_the_headings_of_2a_are_these_thirty():
    assert lrb.LRB_2A.headings == HEADINGS_2A
    assert len(HEADINGS_2A) == 30


def test_the_headings_of_3a_are_these_thirty_two():
    assert lrb.LRB_3A.headings == HEADINGS_3A
    assert len(HEADINGS_3A) == 32


def test_2a_is_every_field_but_the_two_that_3a_added():
    names = [column.name for column in lrb.LRB_2A.columns]

    assert names == [*FILE_VALUES, *(n for n in FIELDS if n not in {"upn", "uci"})]


def test_3a_is_every_field_in_order():
    assert [c.name for c in lrb.LRB_3A.columns] == [*FILE_VALUES, *FIELDS]


def test_only_3a_takes_fewer_values_of_ability_to_share():
    assert lrb.LRB_2A.column("ability_to_share").accepted == ("0", "1", "2")
    assert lrb.LRB_3A.column("ability_to_share").accepted == ("0", "1")


def test_what_is_assumed_is_marked_so():
    assert lrb.LRB_2A.evidence == "observed"
    assert lrb.LRB_3A.evidence == "assumed"
    assert [c.name for c in lrb.LRB_3A.columns if c.evidence == "assumed"] == [
        "upn",
        "uci",
    ]


def test_the_versions_have_their_days():
    assert dt.date.fromisoformat(lrb.LRB_2A.valid_to) == dt.date(2019, 6, 30)
    assert dt.date.fromisoformat(lrb.LRB_3A.valid_from) == dt.date(2019, 2, 12)
    assert lrb.LRB_2A.valid_from is None
    assert lrb.LRB_3A.valid_to is None


def test_a_layout_can_be_had_by_version():
    assert list(lrb.LAYOUTS) == list(lrb.OUTPUT_LAYOUTS) == ["1A", "1B", "2A", "3A"]
    assert lrb.LAYOUTS["3A"] is lrb.LRB_3A
    assert lrb.OUTPUT_LAYOUTS["2A"] is lrb.LRB_2A_OUTPUT


def test_what_is_not_known_of_the_oldest_versions_is_assumed_from_the_next():
    for version in ("1A", "1B"):
        layout = lrb.LAYOUTS[version]
        assert layout.headings == lrb.LRB_2A.headings
        assert layout.evidence == "assumed"
        assert layout.valid_to == "2019-06-30"


def test_an_output_file_has_the_return_code_as_its_last_column():
    assert lrb.LRB_2A_OUTPUT.headings == (*lrb.LRB_2A.headings, "ReturnCode")
    assert lrb.LRB_3A_OUTPUT.headings == (*lrb.LRB_3A.headings, "ReturnCode")


def test_every_other_spelling_means_a_column():
    assert {alias: name in FIELDS for alias, name in lrb.ALIASES.items()} == (
        dict.fromkeys(lrb.ALIASES, True)
    )
    with pytest.raises(TypeError):
        lrb.ALIASES["Zebedee"] = "uln"


def test_five_thousand_learners_are_the_most():
    assert lrb.RECORD_LIMIT == 5000

"""ULNs of the government's own tests and test data, each with our verdict.

Sources, by their keys in the notes: DC19, DC20, DC21 are the data collection services
of 2018 to 2021; DCGEN their test data generator; DAS-U the apprenticeship service's
ULN validator; GIAP Get information about pupils; HMPPS the prison service's learner
records client with its recorded responses. What they say and expect is in our words.

Where the sources disagree, we decided so:

* 9999999999: the data collections call it temporary, the apprenticeship validator
  invalid. It is never valid here, and has a reason of its own.
* Numbers that the data collections use as ordinary in tests of other rules (1111111111
  and the like) never had their check digit looked at: they are not valid here.
* -174852963 is not numeric for the apprenticeship validator; a hyphen is a separator
  here, so it has nine digits. Either way it is not valid.
* A leading zero is let through by some; the service's own schema refuses it, and so
  do we.
"""

import pytest

from ulnlib import uln
from ulnlib.uln import Reason

GENERATOR = "DCGEN ListOfULNs generator (seeds from 99000000 upward, padded to nine)"

ROWS = [
    # value, our verdict, what the source says of it, the source
    (
        "1000000043",
        None,
        "valid (checksum remainder 7, Derive -> '3')",
        "DC21 DerivedData_01RuleTests / ULN_04RuleTests / OutULN tests",
    ),
    ("1000000042", Reason.CHECK_DIGIT, "invalid", "DC21 ULN_04RuleTests"),
    (
        "1000000063",
        Reason.REMAINDER_ZERO,
        "Derive -> N (remainder 0)",
        "DC21 DerivedData_01RuleTests",
    ),
    (
        "100000004",
        Reason.LENGTH,
        "Derive -> N (9 digits)",
        "DC21 DerivedData_01RuleTests",
    ),
    (
        "9999999999",
        Reason.TEMPORARY,
        "temporary ULN: Derive -> Y; DAS-U IsInvalidUln",
        "DC21 DD_01, ULN_02..12 tests; DAS-U",
    ),
    (
        "1111111111",
        Reason.CHECK_DIGIT,
        "ordinary (non-temporary) ULN, checksum not tested",
        "DC21 ULN_07/ULN_09RuleTests",
    ),
    (
        "1111111222",
        Reason.CHECK_DIGIT,
        "ordinary (non-temporary) ULN, checksum not tested",
        "DC21, DC19 ULN_12RuleTests",
    ),
    (
        "1234567890",
        Reason.CHECK_DIGIT,
        "invalid",
        "DC21 message-parameter tests; DCGEN invalid value",
    ),
    ("21111111111", Reason.LENGTH, "invalid (11 digits)", "DC21 OutULN_01RuleTests"),
    ("8888888887", None, "ordinary (non-temporary) ULN", "DC21, DC19 ULN_12RuleTests"),
    (
        "9999999998",
        None,
        "ordinary value in look-up test",
        "DC21, DC19 LearnerDPQueryServiceTests",
    ),
    (
        "9999999997",
        Reason.CHECK_DIGIT,
        "ordinary value in look-up test",
        "DC21, DC19 LearnerDPQueryServiceTests",
    ),
    (
        "66655554444",
        Reason.LENGTH,
        "non-temporary value, checksum not tested",
        "DC21, DC19 ULN_12RuleTests",
    ),
    (
        "12345678990",
        Reason.LENGTH,
        "non-temporary value, checksum not tested",
        "DC21, DC19 ULN_12RuleTests",
    ),
    ("123456789", Reason.LENGTH, "9 digits", "DC21 ULN_02 tests; DAS-U"),
    ("12345", Reason.LENGTH, "short", "DC21 ULN tests"),
    ("1234", Reason.LENGTH, "short", "DC21 ULN tests"),
    ("1748529632", None, "Success", "DAS-U UlnValidatorTests"),
    ("1748529631", Reason.CHECK_DIGIT, "IsInvalidUln", "DAS-U UlnValidatorTests"),
    ("1748529633", Reason.CHECK_DIGIT, "IsInvalidUln", "DAS-U UlnValidatorTests"),
    (
        "12345678901",
        Reason.LENGTH,
        "IsInValidTenDigitUlnNumber",
        "DAS-U UlnValidatorTests",
    ),
    ("0", Reason.LENGTH, "IsInValidTenDigitUlnNumber", "DAS-U"),
    ("1", Reason.LENGTH, "IsInValidTenDigitUlnNumber", "DAS-U"),
    ("ABC4567890", Reason.CHARACTERS, "IsInValidTenDigitUlnNumber", "DAS-U"),
    ("-174852963", Reason.LENGTH, "IsInValidTenDigitUlnNumber", "DAS-U"),
    ("", Reason.LENGTH, "IsEmptyUlnNumber", "DAS-U"),
    ("9999375358", None, "valid", "GIAP ValidationHelperTests"),
    (
        "0123456789",
        Reason.LEADING_ZERO,
        "IsValidUln false; passes the length and regex checks alone",
        "GIAP ValidationHelperTests",
    ),
    (
        "0123456789101",
        Reason.LENGTH,
        "fails the length check",
        "GIAP ValidationHelperTests",
    ),
    (
        "0123456789xxx",
        Reason.CHARACTERS,
        "fails the regex check",
        "GIAP ValidationHelperTests",
    ),
    (
        "9999730830",
        Reason.CHECK_DIGIT,
        "duplicates test only",
        "GIAP ValidationHelperTests",
    ),
    (
        "9999730831",
        Reason.CHECK_DIGIT,
        "duplicates test only",
        "GIAP ValidationHelperTests",
    ),
    (
        "6424316654",
        None,
        "used as search input",
        "GIAP FELearnerNumberControllerTests, PaginatedResultsFake",
    ),
    (
        "7621706219",
        None,
        "used as search input",
        "GIAP FELearnerNumberControllerTests, PaginatedResultsFake",
    ),
    (
        "0987654321",
        Reason.LEADING_ZERO,
        "accepted as identifier (length + numeric only)",
        "GIAP FurtherEducationLearnerIdentifierTests",
    ),
    (
        "7673614579",
        None,
        "valid checksum but not issued ('last' of LRS fountain table 12-02-2018)",
        "DCGEN ListOfULNs.cs",
    ),
    (
        "106148401",
        Reason.LENGTH,
        "XSD-invalid (9 digits)",
        "DC ILR_XSD_invalid_ULN\u2026xml",
    ),
    (
        "0000000042",
        Reason.LEADING_ZERO,
        "accepted by that package",
        "accuser/uln tests",
    ),
    ("6666666666", Reason.CHECK_DIGIT, "placeholder FoundULN", "HMPPS test resources"),
    ("1061484016", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061484466", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061484679", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061484903", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061485578", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061485810", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061486248", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061486477", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061486701", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061486949", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061487171", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061487392", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061487635", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1061487856", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1004013859", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("1004014316", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    ("8677528236", None, "in ILR test data", "DC19/DC21 ILR xml test files"),
    (
        "9900000004",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000101",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000209",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000306",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000403",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000500",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000608",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000705",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900000802",
        None,
        "generated valid",
        GENERATOR,
    ),
    (
        "9900001000",
        None,
        "generated valid",
        GENERATOR,
    ),
    ("1026893096", None, "LRS test record", "HMPPS LRS fixtures"),
    ("6936002314", None, "LRS test record", "HMPPS LRS fixtures"),
    ("4444599390", None, "LRS test record", "HMPPS LRS fixtures"),
    ("1964986809", None, "LRS test record", "HMPPS LRS fixtures"),
    ("8383558804", None, "LRS test record", "HMPPS LRS fixtures"),
    ("7667649978", None, "LRS test record", "HMPPS LRS fixtures"),
    ("1174112637", None, "LRS test record", "HMPPS LRS fixtures"),
    ("1026922983", None, "LRS test record", "HMPPS LRS fixtures"),
    ("1023456078", None, "LRS test record", "HMPPS LRS fixtures"),
]


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("value", "reason"), [(value, reason) for value, reason, _, _ in ROWS]
)
def test_each_number_has_the_verdict_that_we_decided(value, reason):
    assert uln.check(value) is reason
    assert uln.is_valid(value) == (reason is None)


@pytest.mark.conformance
def test_what_the_sources_call_valid_is_valid_and_invalid_is_not():
    for value, reason, says, _ in ROWS:
        if says in {"valid", "Success", "generated valid", "LRS test record"}:
            assert reason is None, value
        if says in {"invalid", "IsInvalidUln", "IsInValidTenDigitUlnNumber"}:
            assert reason is not None, value

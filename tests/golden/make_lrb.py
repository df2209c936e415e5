"""Writes the golden LRB files: one per kind of defect, with the findings expected.

Run it after adding a case: `python tests/golden/make_lrb.py`. The expectations are
written by hand below; nothing here asks ulnlib what it finds. Ages are counted on
21 November 2026. All people are invented.
"""

import csv
import io
import json
from pathlib import Path

FOLDER = Path(__file__).parent / "lrb"

HEADINGS = [
    *("FileVersion", "FileName", "UKPRN", "LearnerRecordCount"),
    *("ULN", "MISIdentifier", "Title", "GivenName", "PreferredGivenName"),
    *("MiddleNames", "FamilyName", "PreviousFamilyName", "FamilyNameAt16"),
    *("SchoolAtAge16", "LastKnownAddressLine1", "LastKnownAddressLine2"),
    *("LastKnownAddressTown", "LastKnownAddressCountyorCity", "LastKnownPostCode"),
    *("DateOfAddressCapture", "DateOfBirth", "PlaceOfBirth", "EmailAddress"),
    *("Gender", "Nationality", "ScottishCandidateNumber", "UPN", "UCI"),
    *("PrivacyNoticeSeen", "VerificationType", "OtherVerificationDescription"),
    "Notes",
]

HEADINGS_2A = [
    {"MiddleNames": "MiddleOtherName", "PrivacyNoticeSeen": "AbilityToShare"}.get(h, h)
    for h in HEADINGS
    if h not in {"UPN", "UCI"}
]

ABOUT = {
    "FileVersion": "3A",
    "FileName": "enrolment",
    "UKPRN": "10012345",
    "LearnerRecordCount": "3",
}

PEOPLE = (
    {
        "MISIdentifier": "M1",
        "GivenName": "Ada",
        "FamilyName": "Example",
        "LastKnownPostCode": "ZA1 1AB",
        "DateOfBirth": "2008-05-04",
        "Gender": "2",
        "PrivacyNoticeSeen": "1",
        "VerificationType": "2",
    },
    {
        "ULN": "1000000043",
        "MISIdentifier": "M2",
        "GivenName": "Ben",
        "FamilyName": "Sample",
        "LastKnownPostCode": "ZB2 2AB",
        "DateOfBirth": "2007-01-31",
        "EmailAddress": "ben.sample@example.org",
        "Gender": "1",
        "PrivacyNoticeSeen": "0",
        "VerificationType": "999",
        "OtherVerificationDescription": "exam certificate",
    },
    {
        "MISIdentifier": "M3",
        "GivenName": "Cleo",
        "FamilyName": "O'Invented",
        "LastKnownPostCode": "ZC3 3AB",
        "DateOfBirth": "2006-12-01",
        "Gender": "9",
        "PrivacyNoticeSeen": "1",
        "VerificationType": "0",
    },
)


def people(row=None, **changes):
    """The three learners, one of them changed (rows are 2, 3 and 4)."""
    made = [dict(person) for person in PEOPLE]
    if row is not None:
        made[row - 2].update(changes)
    return made


def table(learners, headings=None, about=None):
    about = ABOUT if about is None else about
    rows = [list(headings or HEADINGS)]
    for n, learner in enumerate(learners):
        values = {**(about if n == 0 else {}), **learner}
        rows.append([values.get(h, "") for h in headings or HEADINGS])
    return rows


def text(rows, end="\r\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def file(row=None, **changes):
    return text(table(people(row, **changes))).encode()


def one(row, field, code, value, name=None):
    """One value changed, one finding expected."""
    return file(row, **{field: value}), [[code, row, name or NAMES[field]]]


NAMES = {
    "ULN": "uln",
    "MISIdentifier": "mis_identifier",
    "GivenName": "given_name",
    "FamilyName": "family_name",
    "LastKnownPostCode": "postcode",
    "DateOfBirth": "date_of_birth",
    "DateOfAddressCapture": "date_of_address_capture",
    "EmailAddress": "email",
    "Gender": "gender",
    "ScottishCandidateNumber": "scottish_candidate_number",
    "UPN": "upn",
    "UCI": "uci",
    "PrivacyNoticeSeen": "ability_to_share",
    "VerificationType": "verification_type",
    "OtherVerificationDescription": "other_verification_description",
    "Notes": "notes",
    "LastKnownAddressLine1": "address_line_1",
}


def cases():  # noqa: C901, PLR0915  # a list, one case after another
    yield "clean-minimal", file(), []
    yield "clean-all-quoted", text(table(people()), quoting=csv.QUOTE_ALL).encode(), []
    yield "clean-lf", text(table(people()), end="\n").encode(), []
    yield "clean-bom", b"\xef\xbb\xbf" + file(), []
    yield "clean-no-final-line-end", file().removesuffix(b"\r\n"), []
    yield "clean-accents", file(2, GivenName="Zoë", FamilyName="Łukasińska"), []
    yield (
        "clean-comma-and-quote",
        file(2, LastKnownAddressLine1='Flat 2, "The Elms"'),
        [],
    )
    about_2a = {**ABOUT, "FileVersion": "2A"}
    made_2a = [
        {("AbilityToShare" if k == "PrivacyNoticeSeen" else k): v for k, v in p.items()}
        for p in people()
    ]
    withdrawn = [["version-withdrawn", None, None]]
    made = text(table(made_2a, HEADINGS_2A, about_2a)).encode()
    yield "version-withdrawn-2a", made, withdrawn
    made_2a[0]["AbilityToShare"] = "2"
    made = text(table(made_2a, HEADINGS_2A, about_2a)).encode()
    yield "version-withdrawn-2a-share-2", made, withdrawn

    rows = table(people())
    rows[0].append("ReturnCode")
    for row, code in zip(rows[1:], ("RC001", "RC002", "RC007"), strict=True):
        row.append(code)
    yield "clean-output", text(rows).encode(), []
    yield "clean-output-all-quoted", text(rows, quoting=csv.QUOTE_ALL).encode(), []

    # the file as a whole
    yield "empty-file", b"", [["empty-file", None, None]]
    yield "only-blank-lines", b"\r\n\r\n,,,\r\n", [["empty-file", None, None]]
    for name, head in (
        ("xlsx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("pdf", b"%PDF-1.7\n"),
        ("utf-16", "FileVersion,FileName\r\n".encode("utf-16")),
        ("xml", b'<?xml version="1.0"?><Learners/>'),
        ("json", b'{"learners": []}'),
        ("binary", bytes(range(8)) * 8 + b"\x00" * 64),
    ):
        code = "xml-root" if name == "xml" else "file-kind"
        yield f"file-kind-{name}", head, [[code, None, None]]
    yield "not-a-batch-file", b"name,age\r\nx,1\r\n", [["not-a-batch-file", 1, None]]
    made = text(table(people()))
    for name, other in (
        ("semicolons", made.replace(",", ";")),
        ("tabs", made.replace(",", "\t")),
        ("sep-line", f"sep=,\r\n{made}"),
    ):
        yield f"other-separator-{name}", other.encode(), [["other-separator", 1, None]]
    yield "no-records", text(table([])).encode(), [["no-records", None, None]]
    rows = table(people())
    yield (
        "heading-row-missing",
        text(rows[1:]).encode(),
        [["heading-row-missing", 1, None]],
    )
    rows = table(people())
    rows[0][7], rows[0][10] = "Givenname", "Family Name"
    yield (
        "heading-misspelt",
        text(rows).encode(),
        [["heading-misspelt", 1, "GivenName"], ["heading-misspelt", 1, "FamilyName"]],
    )
    rows = table(people())
    rows[0][12], rows[0][17] = "FamilyNameAtAge16", "LastKnownAddressCountyOrCity"
    yield (
        "heading-misspelt-as-in-xml",
        text(rows).encode(),
        [
            ["heading-misspelt", 1, "FamilyNameAt16"],
            ["heading-misspelt", 1, "LastKnownAddressCountyorCity"],
        ],
    )
    rows = [
        [*row, extra]
        for row, extra in zip(table(people()), ["Fees", "1", "2", "3"], strict=True)
    ]
    yield "heading-unknown", text(rows).encode(), [["heading-unknown", 1, None]]
    rows = [row[:19] + row[20:] for row in table(people())]
    yield (
        "heading-missing",
        text(rows).encode(),
        [["heading-missing", 1, "DateOfAddressCapture"]],
    )
    rows = table(people())
    rows[0][19] = "Gender"
    yield (
        "heading-twice",
        text(rows).encode(),
        [
            ["heading-twice", 1, "Gender"],
            ["heading-missing", 1, "DateOfAddressCapture"],
            ["mandatory-missing", 2, "gender"],
            ["mandatory-missing", 4, "gender"],
        ],
    )
    rows = [
        [*row[:7], row[10], *row[8:10], row[7], *row[11:]] for row in table(people())
    ]
    yield "heading-order", text(rows).encode(), [["heading-order", 1, None]]
    rows = [row[:26] + row[28:] + row[26:28] for row in table(people())]
    yield (
        "heading-order-assumed",
        text(rows).encode(),
        [["heading-order-assumed", 1, None]],
    )
    rows = table(people())
    yield (
        "heading-repeated",
        text([*rows[:2], rows[0], *rows[2:]]).encode(),
        [["heading-repeated", 3, None]],
    )
    yield (
        "version-mismatch",
        text(table(people(), about={**ABOUT, "FileVersion": "2A"})).encode(),
        [["version-mismatch", 2, "file_version"]],
    )
    yield (
        "version-unknown",
        text(table(people(), about={**ABOUT, "FileVersion": "3"})).encode(),
        [["version-unknown", 2, "file_version"]],
    )
    yield (
        "file-values-missing",
        text(table(people(), about={})).encode(),
        [
            ["file-value-missing", 2, "file_version"],
            ["file-value-missing", 2, "file_name"],
            ["file-value-missing", 2, "ukprn"],
            ["file-value-missing", 2, "record_count"],
        ],
    )
    rows = table(people())
    rows[2][:4] = rows[3][:4] = rows[1][:4]
    yield "file-value-repeated", text(rows).encode(), [["file-value-repeated", 3, None]]
    rows[3][0] = "2A"
    yield (
        "file-value-differs",
        text(rows).encode(),
        [["file-value-repeated", 3, None], ["file-value-differs", 4, None]],
    )
    yield (
        "ukprn-format",
        text(table(people(), about={**ABOUT, "UKPRN": "1001234"})).encode(),
        [["ukprn-format", 2, "ukprn"]],
    )
    yield (
        "ukprn-letters",
        text(table(people(), about={**ABOUT, "UKPRN": "TEST0038"})).encode(),
        [["ukprn-letters", 2, "ukprn"]],
    )
    yield (
        "record-count",
        text(table(people(), about={**ABOUT, "LearnerRecordCount": "4"})).encode(),
        [["record-count", 2, "record_count"]],
    )
    yield (
        "record-count-format",
        text(table(people(), about={**ABOUT, "LearnerRecordCount": "three"})).encode(),
        [["record-count-format", 2, "record_count"]],
    )
    yield (
        "encoding-guessed",
        text(table(people(2, GivenName="Zoë"))).encode("cp1252"),
        [["encoding-guessed", None, None]],
    )
    first, second = file(2, GivenName="Zoë"), file(3, GivenName="Zoë")
    lines, other = first.split(b"\r\n"), second.decode().encode("cp1252").split(b"\r\n")
    yield (
        "encoding-mixed",
        b"\r\n".join([lines[0], lines[1], other[2], *lines[3:]]),
        [["encoding-mixed", None, None]],
    )
    lines = file().split(b"\r\n")
    yield (
        "line-ends-mixed",
        b"\r\n".join(lines[:2]) + b"\r\n" + lines[2] + b"\n" + lines[3] + b"\r\n",
        [["line-ends-mixed", None, None]],
    )
    yield (
        "blank-rows",
        b"\r\n".join([*lines[:2], b"", b"," * 31, *lines[2:]]),
        [["blank-rows", None, None]],
    )

    # one row
    body = text(table(people(2, Notes="QUOTE"))).replace("QUOTE", '"left open')
    yield "unclosed-quote", body.encode(), [["unclosed-quote", 2, None]]
    body = text(table(people(4, Notes="QUOTE"))).replace("QUOTE", '"left open')
    yield "truncated-in-a-quote", body.encode(), [["unclosed-quote", 4, None]]
    body = text(table(people(3, Notes="QUOTE"))).replace("QUOTE", 'a "word" here')
    yield "stray-quote", body.encode(), [["stray-quote", 3, None]]
    rows = table(people())
    rows[2] = rows[2][:30]
    yield (
        "columns-missing",
        text(rows).encode(),
        [
            ["columns-missing", 3, None],
            ["verification-description-missing", 3, "other_verification_description"],
        ],
    )
    rows = table(people())
    rows[3].insert(14, "Flat 2")
    yield "columns-extra", text(rows).encode(), [["columns-extra", 4, None]]
    rows = table(people())
    rows[3] += [""] * 168
    yield "two-hundred-columns", text(rows).encode(), []
    rows = [[*row, *[""] * 168] for row in table(people(3, Gender="F"))]
    yield (
        "two-hundred-columns-everywhere",
        text(rows).encode(),
        [["code-word", 3, "gender"]],
    )
    yield (
        "cell-too-large",
        file(2, Notes="x" * 131_073),
        [["cell-too-large", 2, "notes"]],
    )

    # one field
    for field in ("GivenName", "LastKnownPostCode", "DateOfBirth", "Gender"):
        name = NAMES[field]
        yield f"mandatory-missing-{name}", *one(2, field, "mandatory-missing", "")
    for field in ("PrivacyNoticeSeen", "VerificationType"):
        yield (
            f"needed-for-new-uln-{NAMES[field]}",
            *one(2, field, "needed-for-new-uln", ""),
        )
    yield "mandatory-missing-blank", *one(2, "FamilyName", "mandatory-missing", "  ")
    yield (
        "with-a-uln-the-rest-may-be-empty",
        file(3, LastKnownPostCode="", DateOfBirth="", Gender=""),
        [],
    )
    yield "too-long-name", *one(2, "FamilyName", "too-long", "Long" * 9)
    yield "too-long-address", *one(2, "LastKnownAddressLine1", "too-long", "x" * 51)
    yield (
        "too-long-email",
        *one(2, "EmailAddress", "too-long", "x" * 250 + "@example.org"),
    )
    yield "control-character-nul", *one(2, "GivenName", "control-character", "A\0da")
    yield "control-character-tab", *one(2, "GivenName", "control-character", "A\tda")
    yield "hidden-character", *one(2, "GivenName", "hidden-character", "A\u200bda")
    yield (
        "hidden-soft-hyphen",
        *one(2, "FamilyName", "hidden-character", "Exam\u00adple"),
    )
    yield "control-character-c1", *one(2, "GivenName", "control-character", "A\u0085da")
    yield "character-lost", *one(2, "GivenName", "character-lost", "Zo\ufffd")
    yield "line-break", *one(2, "Notes", "line-break", "one\r\ntwo")
    for code, value in (
        ("spreadsheet-scientific", "1.0E+09"),
        ("uln-length", "100000004"),
        ("uln-characters", "1000-000-043"),
        ("uln-characters", "10000OOO43"),
        ("uln-leading-zero", "0000000042"),
        ("uln-temporary", "9999999999"),
        ("uln-remainder-0", "1000000063"),
        ("uln-check-digit", "1234567894"),
    ):
        yield f"{code}-{value}", *one(3, "ULN", code, value)
    for code, value in (
        ("date-excel", "04/05/2008"),
        ("date-excel", "4/5/2008 00:00"),
        ("date-two-digit-year", "04/05/08"),
        ("date-two-digit-year", "04-05-08"),
        ("date-serial", "39572"),
        ("date-calendar", "2008-02-30"),
        ("date-no-leap-year", "1900-02-29"),
        ("date-format", "2008-5-4"),
        ("date-format", "4 May 2008"),
        ("date-format", "1799-05-04"),
        ("age-too-young", "2013-11-22"),
        ("age-too-old", "1915-11-21"),
        ("date-of-birth-future", "2026-11-22"),
    ):
        name = f"{code}-{value}".replace("/", "_").replace(" ", "_").replace(":", "_")
        yield name, *one(2, "DateOfBirth", code, value)
    yield "age-just-13", file(2, DateOfBirth="2013-11-21"), []
    yield "age-just-110", file(2, DateOfBirth="1915-11-22"), []
    yield (
        "date-of-capture-future",
        *one(2, "DateOfAddressCapture", "date-of-capture-future", "2026-11-22"),
    )
    yield (
        "date-of-capture-excel",
        *one(2, "DateOfAddressCapture", "date-excel", "01/09/2026"),
    )
    for value in ("F", "female", "U"):
        yield f"code-word-{value}", *one(2, "Gender", "code-word", value)
    yield "code-unknown-gender", *one(2, "Gender", "code-unknown", "3")
    yield "code-unknown-gender-space", *one(2, "Gender", "code-unknown", "2 ")
    yield "code-unknown-verification", *one(2, "VerificationType", "code-unknown", "8")
    yield "share-2-withdrawn", *one(2, "PrivacyNoticeSeen", "share-2-withdrawn", "2")
    for value in ("none", "N/A"):
        name = value.replace("/", "")
        yield f"email-none-{name}", *one(2, "EmailAddress", "email-none", value)
    for n, value in enumerate(("a@b", "a&b@example.org", "ada example.org", "a@x.org")):
        yield f"email-format-{n}", *one(2, "EmailAddress", "email-format", value)
    yield "postcode-format", *one(2, "LastKnownPostCode", "postcode-format", "XYZ")
    yield (
        "postcode-lower-case",
        *one(2, "LastKnownPostCode", "postcode-lower-case", "za1 1ab"),
    )
    yield (
        "postcode-no-space",
        *one(2, "LastKnownPostCode", "postcode-no-space", "ZA11AB"),
    )
    yield (
        "postcode-default",
        *one(2, "LastKnownPostCode", "postcode-default", "ZZ99 9ZZ"),
    )
    yield (
        "spreadsheet-leading-zero",
        *one(2, "ScottishCandidateNumber", "spreadsheet-leading-zero", "45589606"),
    )
    yield "scn-format", *one(2, "ScottishCandidateNumber", "scn-format", "14558960X")
    yield (
        "scn-check-digit",
        *one(2, "ScottishCandidateNumber", "scn-check-digit", "845759406"),
    )
    yield "scn-right", file(2, ScottishCandidateNumber="145589606"), []
    yield "upn-format", *one(2, "UPN", "upn-format", "A12345")
    yield "upn-scientific", *one(2, "UPN", "spreadsheet-scientific", "8.0E+12")
    yield "uci-format", *one(2, "UCI", "uci-format", "123")
    yield (
        "verification-description-missing",
        *one(
            3,
            "OtherVerificationDescription",
            "verification-description-missing",
            "",
        ),
    )
    yield (
        "verification-description-unused",
        *one(
            2,
            "OtherVerificationDescription",
            "verification-description-unused",
            "passport of 2020",
        ),
    )

    # rows against each other
    made = people(4, ULN="1000000043")
    yield "duplicate-uln", text(table(made)).encode(), [["duplicate-uln", 4, "uln"]]
    made = people(4, MISIdentifier="M1")
    yield (
        "duplicate-mis-identifier",
        text(table(made)).encode(),
        [["duplicate-mis-identifier", 4, "mis_identifier"]],
    )
    same = {
        **PEOPLE[0],
        "MISIdentifier": "M3",
        "GivenName": " ADA",
        "LastKnownPostCode": "ZA1 1AB",
    }
    yield (
        "duplicate-learner",
        text(table([PEOPLE[0], PEOPLE[1], same])).encode(),
        [["duplicate-learner", 4, None]],
    )
    made = people(2, ULN="9999999999")
    made[2]["ULN"] = "9999999999"
    yield (
        "temporary-uln-twice-is-no-duplicate",
        text(table(made)).encode(),
        [["uln-temporary", 2, "uln"], ["uln-temporary", 4, "uln"]],
    )
    yield (
        "several-defects-in-a-row",
        file(2, GivenName="", Gender="F", DateOfBirth="04/05/2008"),
        [
            ["mandatory-missing", 2, "given_name"],
            ["date-excel", 2, "date_of_birth"],
            ["code-word", 2, "gender"],
        ],
    )


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content, expected in cases():
        (FOLDER / f"{name}.CSV").write_bytes(content)
        lines = ",\n".join("  " + json.dumps(finding) for finding in expected)
        body = f"[\n{lines}\n]\n" if expected else "[]\n"
        (FOLDER / f"{name}.expected.json").write_text(body, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The schema made of a layout, and the checker: they refuse the same, facet by facet.

Where the service's own schemas are beside the clone, the same is asked of them.
"""

from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from ulnlib import Learner, batch
from ulnlib._xml import escape
from ulnlib.batch.xmlrow import record_columns
from ulnlib.errors import InvalidData
from ulnlib.fields import FIELDS
from ulnlib.testing import strategies

ROOT = Path(__file__).resolve().parents[3]
SERVICE = ROOT.parent / "shared" / "schemas" / "g1-miap" / "batchlearner.xsd"
HAS_SERVICE = SERVICE.is_file()
needs_service = pytest.mark.skipif(
    not HAS_SERVICE, reason="the schemas of the service are not beside the clone"
)
NAMESPACE = "http://api.lrs.miap.gov.uk/batchmsg"

FACETS = {
    *("too-long", "uln-length", "uln-characters", "uln-leading-zero"),
    *("spreadsheet-scientific", "spreadsheet-leading-zero"),
    *("date-format", "date-excel", "date-two-digit-year", "date-serial"),
    "date-calendar",
    *("code-unknown", "code-word", "share-2-withdrawn"),
    *("email-format", "email-none", "postcode-format"),
    *("scn-format", "upn-format", "uci-format"),
    *("xml-element-empty", "xml-element-unknown", "xml-element-misspelt"),
    *("xml-element-twice", "xml-element-order", "xml-element-nested"),
    *("xml-attribute", "xml-text"),
}
"""The findings that a schema can have, too."""

STRICTER = {
    *("uln-check-digit", "uln-remainder-0", "uln-temporary"),
    *("mandatory-missing", "needed-for-new-uln", "date-no-leap-year"),
    *("control-character", "hidden-character", "character-lost", "line-break"),
    *("postcode-lower-case", "postcode-no-space", "postcode-trailing-spaces"),
    *("postcode-shape", "postcode-default", "scn-check-digit"),
    *("upn-check-letter", "uci-check-letter"),
    *("verification-description-missing", "verification-description-unused"),
}
"""Our own: of more than a text's shape, or advice. Two codes are on both sides."""


def breaks_a_facet(record):
    """Say whether one of the findings about a record is one that a schema has."""
    codes = {item.code for item in record.issues}
    assert codes <= FACETS | STRICTER
    if codes & FACETS:
        return True
    learner = record.learner
    # Of no name at all, and of one of spaces as XML counts them.
    return any(
        not (name or "").strip(" \t\r\n")
        for name in (learner.given_name, learner.family_name)
    )


def ours(layout):
    return etree.XMLSchema(etree.fromstring(batch.xml_schema(layout)))


@pytest.fixture(scope="module")
def service():
    return etree.XMLSchema(etree.parse(str(SERVICE)))


OURS = {str(layout): ours(layout) for layout in batch.LAYOUTS.values()}


def file_of(record):
    """Return a file with a record as it stands, as our schema has it."""
    return (
        f'<b:SubmitBatch xmlns:b="{NAMESPACE}"><UKPRN>10012345</UKPRN>'
        f"<LearnerRecordCount>1</LearnerRecordCount>{record}</b:SubmitBatch>"
    ).encode()


def is_valid_for_the_service(schema, record):
    """Validate a record against the element of the service's schema for one."""
    element = etree.fromstring(record)
    element.tag = f"{{{NAMESPACE}}}BatchLearner"
    return schema.validate(element)


def record_of(learner, layout):
    inner = "".join(
        f"<{column.element_name}>{escape(value)}</{column.element_name}>"
        for column in record_columns(layout)
        if column.name in FIELDS
        if (value := getattr(learner, column.name))
    )
    return f"<Learner>{inner}</Learner>"


def read(record, layout):
    (found,) = batch.read(file_of(record), layout=layout).records
    return found


# --- one field at a time ----------------------------------------------------------

SOUND = {
    "uln": "1000000043",
    "given_name": "Ada",
    "family_name": "Example",
    "gender": "2",
    "ability_to_share": "1",
}
ODD = {
    "uln": ["1000000042", "9999999999", "0000000000", "1.0E+09", "1000 000043", "1"],
    "date_of_birth": [
        *("1900-02-29", "1800-02-29", "2000-02-29", "2001-02-29", "2100-01-01"),
        *("1799-12-31", "2099-12-31", "04/05/2008", "2008-5-4", "39572"),
        *("2008-02-30", "2008-04-31", "01-02-03", "2008-05-04 ", "\u0662008-05-04"),
    ],
    "postcode": [
        *("ZA1 1AB", "za11ab", "ZA1 1AC", "GIR 0AA", "BFPO 1", "bfpo 12345"),
        *("ZA1 1AB ", "ZA1 1AB  ", "ZA1 1AB   ", "ZA11 1AB ", "ZA11 1AB  "),
        *("ZZ99 9ZZ", "BFPO12    ", "Z1  1AB", " ZA1 1AB", "A1 1AA    "),
        *("QVR 1AA", "AR 1AA"),
    ],
    "email": [
        *("a@bc.org", "a@b.org", "a&b@bc.org", "none", "a@bc.travels", "a@bc.o"),
        *("a.b@bc.de.org", "a..b@bc.org", ".a@bc.org", "a@-bc.org", "a@bc-.org"),
        *("-", "!#$%'*+-/=?^_`{|}~@bc.org", "a@bc.org\n", "a" * 242 + "@example.org"),
        *("a" * 243 + "@example.org", "a@" + "b" * 63 + ".org"),
        "a@" + "b" * 64 + ".org",
    ],
    "gender": ["0", "9", "3", "F", "female", "2 ", "22"],
    "scottish_candidate_number": ["145589606", "845759406", "14558960", "1.4E+08"],
    "upn": ["H801200001001", "A80120000100B", "h801200001001", "H8012", "8.0E+11"],
    "uci": ["68199A012058G", "681990012058G", "681990012058", "6.8E+11"],
    "ability_to_share": ["0", "2", "3", "-1", "01"],
    "verification_type": ["0", "7", "8", "999", "99", "9999"],
    "given_name": [" ", "\t", "\r\n", "\u00a0", "\u3000", "x" * 35, "x" * 36, " x"],
}


def values_of(name):
    """Return texts for a field: odd ones, nearly right ones, long ones, any."""
    field = FIELDS[name]
    characters = st.characters(
        exclude_categories=["Cs"],
        exclude_characters="\ufffe\uffff",
        min_codepoint=32,
    ) | st.sampled_from("\t\n\r")
    length = st.integers(field.max_length - 2, field.max_length + 2)
    found = st.text(characters, min_size=1, max_size=12)
    found |= length.map(lambda size: "x" * max(size, 1))
    found |= length.flatmap(
        lambda n: st.text(characters, min_size=max(n, 1), max_size=max(n, 1))
    )
    if field.pattern is not None:
        right = st.from_regex(field.pattern, fullmatch=True)
        found |= right
        found |= st.tuples(
            right, st.integers(0, 40), st.text(characters, max_size=1)
        ).map(lambda given: given[0][: given[1]] + given[2] + given[0][given[1] + 1 :])
    if name in ODD:
        found |= st.sampled_from(ODD[name])
    return found.filter(bool)


BY_SERVICE = [name for name in FIELDS if batch.LRB_2A.column(name) is not None]
CASES = [(name, batch.LRB_2A) for name in BY_SERVICE]
CASES += [(name, batch.LRB_3A) for name in ("upn", "uci", "ability_to_share")]


@pytest.mark.parametrize(
    ("name", "layout"), CASES, ids=[f"{name}-{layout}" for name, layout in CASES]
)
@settings(max_examples=25)
@given(data=st.data())
def test_our_schema_refuses_what_the_checker_reports(name, layout, data):
    learner = Learner(**SOUND | {name: data.draw(values_of(name))})
    record = record_of(learner, layout)

    is_valid = OURS[str(layout)].validate(etree.fromstring(file_of(record)))
    assert breaks_a_facet(read(record, layout)) == (not is_valid)


@needs_service
@pytest.mark.parametrize("name", BY_SERVICE)
@settings(max_examples=25)
@given(data=st.data())
def test_the_services_schema_refuses_what_the_checker_reports(name, service, data):
    learner = Learner(**SOUND | {name: data.draw(values_of(name))})
    record = record_of(learner, batch.LRB_2A)

    is_valid = is_valid_for_the_service(service, record)
    assert breaks_a_facet(read(record, batch.LRB_2A)) == (not is_valid)


ODD_CASES = [(name, value) for name, values in ODD.items() for value in values]


@needs_service
@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, value in ODD_CASES if name in BY_SERVICE],
    ids=repr,
)
def test_every_odd_value_is_judged_as_the_services_schema_judges_it(
    name, value, service
):
    record = record_of(Learner(**SOUND | {name: value}), batch.LRB_2A)

    is_valid = is_valid_for_the_service(service, record)
    assert breaks_a_facet(read(record, batch.LRB_2A)) == (not is_valid)
    assert OURS["LRB 2A"].validate(etree.fromstring(file_of(record))) == is_valid


@needs_service
@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("date_of_birth", "1900-02-29", "date-no-leap-year"),
        ("date_of_birth", "1800-02-29", "date-no-leap-year"),
        ("uln", "1000000042", "uln-check-digit"),
        ("postcode", "QQ11 9ZZ", "postcode-shape"),
        ("postcode", "za11ab", "postcode-lower-case"),
        ("given_name", "\u00a0", "mandatory-missing"),
        ("notes", "a\tb", "control-character"),
    ],
)
def test_what_the_service_takes_and_we_advise_against(name, value, code, service):
    record = record_of(Learner(**SOUND | {name: value}), batch.LRB_2A)
    found = read(record, batch.LRB_2A)

    assert is_valid_for_the_service(service, record)
    assert code in {item.code for item in found.issues}
    assert not breaks_a_facet(found)


# --- the form of a record ---------------------------------------------------------

TEXTS = {
    "ULN": "1000000043",
    "GivenName": "Ada",
    "FamilyName": "Example",
    "Gender": "2",
    "AbilityToShare": "1",
    "VerificationType": "2",
    "DateOfBirth": "2008-05-04",
    "LastKnownPostCode": "ZA1 1AB",
    "EmailAddress": "a@example.org",
    "ScottishCandidateNumber": "145589606",
    "Nationality": "GBR",
    "OtherVerificationDescription": "badge",
    "Other": "x",
    "givenname": "x",
    "FamilyNameAt16": "x",
}
LAYOUT = batch.LRB_2A
NAMES = [column.element_name for column in record_columns(LAYOUT)]
ORDER = {name: n for n, name in enumerate(NAMES)}

elements = st.one_of(
    st.sampled_from([*NAMES, *NAMES, "Other", "givenname", "FamilyNameAt16"]).map(
        lambda name: f"<{name}>{TEXTS.get(name, 'x')}</{name}>"
    ),
    st.sampled_from(NAMES).map(lambda name: f"<{name}/>"),
    st.sampled_from(NAMES).map(lambda name: f"<{name} a='b'>x</{name}>"),
    st.sampled_from(NAMES).map(lambda name: f"<{name}><b/></{name}>"),
    st.sampled_from(["text", " ", "\n", "<!-- remark -->"]),
)
REQUIRED = ["<GivenName>Ada</GivenName>", "<FamilyName>Example</FamilyName>"]


def in_order(pieces):
    def place(piece):
        name = piece.strip("<").partition(">")[0].partition(" ")[0].rstrip("/")
        return ORDER.get(name, 99)

    return sorted(pieces, key=place)


any_form = st.lists(elements, max_size=5)
nearly_right = any_form.map(lambda pieces: in_order([*pieces, *REQUIRED]))
forms = nearly_right | st.permutations(REQUIRED).flatmap(
    lambda required: any_form.map(lambda pieces: [*pieces, *required])
)


@settings(max_examples=150)
@given(forms)
@example(REQUIRED)
@example([])
@example([*REQUIRED, "<AbilityToShare/>"])
@example([*REQUIRED, "<Gender/>"])
def test_the_form_of_a_record_is_judged_as_our_schema_judges_it(pieces):
    record = f"<Learner>{''.join(pieces)}</Learner>"

    is_valid = OURS[str(LAYOUT)].validate(etree.fromstring(file_of(record)))
    assert breaks_a_facet(read(record, LAYOUT)) == (not is_valid)


@needs_service
@settings(max_examples=150)
@given(pieces=forms)
@example(pieces=[*REQUIRED, "<AbilityToShare/>"])
def test_the_form_of_a_record_is_judged_as_the_service_judges_it(pieces, service):
    record = f"<Learner>{''.join(pieces)}</Learner>"

    is_valid = is_valid_for_the_service(service, record)
    assert breaks_a_facet(read(record, LAYOUT)) == (not is_valid)


@needs_service
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_element_is_judged_as_the_service_judges_it(name, service):
    pieces = [piece for piece in REQUIRED if not piece.startswith(f"<{name}>")]
    record = f"<Learner>{''.join(in_order([*pieces, f'<{name}/>']))}</Learner>"

    is_valid = is_valid_for_the_service(service, record)
    assert breaks_a_facet(read(record, LAYOUT)) == (not is_valid)
    assert OURS["LRB 2A"].validate(etree.fromstring(file_of(record))) == is_valid


# --- whole files ------------------------------------------------------------------


@pytest.mark.parametrize("layout", batch.LAYOUTS.values(), ids=str)
@settings(max_examples=15)
@given(data=st.data())
def test_files_of_valid_learners_are_valid(layout, data):
    people = data.draw(st.lists(strategies.learners(), min_size=1, max_size=4))
    if layout.version == "3A":
        changes = {"ability_to_share": "1"}
    else:
        changes = {"upn": None, "uci": None}
    people = [one.evolve(**changes) for one in people]
    made = batch.make(people, ukprn="10012345", file_name="x", layout=layout)
    root = etree.fromstring(batch.write(made, form="XML"))

    OURS[str(layout)].assertValid(root)
    if HAS_SERVICE and layout is not batch.LRB_3A:
        _for_the_service(root)


def _for_the_service(root):
    """Validate a file with what only a message has: user, password, kind of job."""
    message = [("OrgPassword", "x" * 16), ("UserName", "x"), ("JobType", "FUL")]
    for place, (name, text) in enumerate(message, 1):
        element = etree.Element(name)
        element.text = text
        root.insert(place, element)
    etree.XMLSchema(etree.parse(str(SERVICE))).assertValid(root)


@needs_service
def test_an_output_file_is_valid_for_the_service():
    made = batch.make(
        [Learner(given_name="Ada", family_name="Example")],
        ukprn="10012345",
        file_name="x",
        layout=batch.LRB_2A_OUTPUT,
    )
    envelope = (
        ("ResponseCode", "WSRC0009"),
        ("JobStartedDateTime", "2026-11-21"),
        ("JobFinishedDateTime", "2024-02-29 10:00:00"),
    )
    records = (attrs.evolve(made.records[0], return_code="RC001"),)
    file = attrs.evolve(made, envelope=envelope, records=records)
    root = etree.fromstring(batch.write(file, form="XML"))

    etree.XMLSchema(etree.parse(str(SERVICE))).assertValid(root)
    ours(batch.LRB_2A_OUTPUT).assertValid(root)


@pytest.mark.parametrize(
    "layout", [*batch.LAYOUTS.values(), *batch.OUTPUT_LAYOUTS.values()], ids=str
)
def test_every_layout_has_a_schema_that_is_one(layout):
    ours(layout)


# --- verify files -------------------------------------------------------------------

VLD_SERVICE = SERVICE.with_name("verifybatchlearner.xsd")
VLD_OURS = ours(batch.VLD)
VLD_NAMES = [column.name for column in record_columns(batch.VLD)]
VLD_SOUND = {"uln": "1000000043", "given_name": "Ada", "family_name": "Quill"}


def verify_file(learner):
    """Return a verify file of one learner as our schema has it."""
    inner = "".join(
        f"<{column.element_name}>{escape(value)}</{column.element_name}>"
        for column in record_columns(batch.VLD)
        if (value := getattr(learner, column.name)) is not None
    )
    return etree.fromstring(
        '<v:SubmitVerifyBatch xmlns:v="http://api.lrs.miap.gov.uk/vldmsg">'
        f"<UKPRN>10012345</UKPRN><LearnerRecordCount>1</LearnerRecordCount>"
        f"<Learner>{inner}</Learner></v:SubmitVerifyBatch>"
    )


def judged(root):
    """Say whether our checker finds what a schema would."""
    file = batch.read(etree.tostring(root))
    assert file.layout is batch.VLD
    return not breaks_a_facet(file.records[0])


def with_message(root):
    """Put in what only a message has: user and password."""
    for place, (name, text) in enumerate(
        [("OrgPassword", "x" * 16), ("UserName", "x")], 1
    ):
        element = etree.Element(name)
        element.text = text
        root.insert(place, element)
    return root


VLD_CASES = [(name, value) for name, value in ODD_CASES if name in VLD_NAMES]


@pytest.mark.parametrize(("name", "value"), VLD_CASES, ids=repr)
def test_every_odd_value_of_a_verify_file_is_judged_as_our_schema_judges_it(
    name, value
):
    root = verify_file(Learner(**VLD_SOUND | {name: value}))

    # A ULN that is not given is told apart from a wrong one by the schema alone.
    assert VLD_OURS.validate(root) == judged(root)


@needs_service
@pytest.mark.parametrize(("name", "value"), VLD_CASES, ids=repr)
def test_every_odd_value_of_a_verify_file_is_judged_as_the_service_judges_it(
    name, value
):
    root = verify_file(Learner(**VLD_SOUND | {name: value}))
    expected = judged(root)

    schema = etree.XMLSchema(etree.parse(str(VLD_SERVICE)))
    assert schema.validate(with_message(root)) == expected


@pytest.mark.parametrize("name", ["uln", "given_name", "family_name"])
def test_what_a_verify_file_needs_is_asked_for(name):
    root = verify_file(Learner(**VLD_SOUND | {name: None}))
    report = batch.read(etree.tostring(root)).report

    assert not VLD_OURS.validate(root)
    assert ("mandatory-missing", name) in {(item.code, item.field) for item in report}


@given(people=st.lists(strategies.learners(), min_size=1, max_size=4))
@settings(max_examples=15)
def test_verify_files_come_back_as_they_went_and_are_valid(people):
    kept = [
        Learner(**{name: getattr(one, name) for name in VLD_NAMES}).evolve(
            uln=one.uln or "1000000043"
        )
        for one in people
    ]
    made = batch.make(kept, ukprn="10012345", file_name="x", layout=batch.VLD)
    content = batch.write(made, form="XML")
    root = etree.fromstring(content)

    VLD_OURS.assertValid(root)
    back = batch.read(content)
    assert back.layout is batch.VLD
    assert back.sureness is batch.Sureness.CERTAIN
    assert list(back.learners) == kept
    if HAS_SERVICE and len(kept) <= 200:
        etree.XMLSchema(etree.parse(str(VLD_SERVICE))).assertValid(with_message(root))


# --- outputs of verify files ----------------------------------------------------------

VLD_OUTPUT_SCHEMA = ours(batch.VLD_OUTPUT)
ANSWER = {
    "MISIdentifier": "7",
    "SearchedULN": "1000000043",
    "SearchedFamilyName": "Quill & Co",
    "SearchedGivenName": "Ada",
    "ResponseCode": "WSVRC003",
    "ULN": "1000000043",
    "FamilyName": "Quilly",
    "FailureFlag": "VRF4 VRF5",
}


def answers(*changes):
    """Return an output of a verify file that was read from a CSV file."""
    headings = batch.VLD_OUTPUT.headings
    rows = [
        [(ANSWER | change).get(heading, "") for heading in headings]
        for change in changes
    ]
    return batch.read(batch.write_rows(headings, rows))


def test_an_output_of_a_verify_file_comes_back_as_it_went():
    file = answers({}, {"FailureFlag": "", "ResponseCode": "WSVRC001"})
    content = batch.write(file, form="XML")

    back = batch.read(content)

    assert back.layout is batch.VLD_OUTPUT
    assert not back.report
    assert [one.further for one in back.records] == [
        one.further for one in file.records
    ]
    assert batch.write(back, form="CSV") == batch.write(file)
    VLD_OUTPUT_SCHEMA.assertValid(etree.fromstring(content))
    assert content.count(b"<FailureFlag>") == 2


def test_an_output_of_a_verify_file_is_converted():
    found = batch.convert(answers({}, {"Gender": "\x01"}), form="XML")

    assert found.left_out == (3,)
    assert [(i.code, i.row, i.field) for i in found.report] == [
        ("xml-cannot-hold", 3, "found_gender")
    ]
    with pytest.raises(InvalidData):
        batch.write(answers({"Gender": "\x01"}), form="XML")


@needs_service
def test_an_output_of_a_verify_file_is_valid_for_the_service():
    file = attrs.evolve(
        answers({}, {"FailureFlag": ""}), envelope=(("ResponseCode", "WSRC0004"),)
    )

    schema = etree.XMLSchema(etree.parse(str(VLD_SERVICE)))
    schema.assertValid(etree.fromstring(batch.write(file, form="XML")))


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ("<FailureFlag>VRF1</FailureFlag>" * 9, "xml-element-twice"),
        ("<FailureFlag>XYZ</FailureFlag>", "verify-flags"),
        ("<Gender>1</Gender><Gender>1</Gender>", "xml-element-twice"),
        ("<Gender>7</Gender>", "code-unknown"),
    ],
)
def test_what_is_wrong_with_an_answer_in_xml_is_said(element, code):
    content = batch.write(answers({"FailureFlag": ""}), form="XML").replace(
        b"</VerifiedLearner>", element.encode() + b"</VerifiedLearner>"
    )

    assert code in [item.code for item in batch.read(content).report]


ANSWERED = [
    element
    for column in batch.VLD_OUTPUT.columns
    if (element := column.element_name) not in {"ResponseCode", "FailureFlag"}
]


@pytest.mark.parametrize("text", ["", " ", None])
@pytest.mark.parametrize("element", ANSWERED)
def test_an_answer_in_xml_that_lacks_something_is_judged_as_a_schema_does(
    element, text
):
    full = ANSWER | {
        "SearchedDateOfBirth": "2001-02-03",
        "SearchedGender": "1",
        "GivenName": "Ada",
        "DateOfBirth": "2001-02-03",
        "Gender": "1",
    }
    file = attrs.evolve(answers(full), envelope=(("ResponseCode", "WSRC0004"),))
    root = etree.fromstring(batch.write(file, form="XML"))
    [child] = root.findall(f"VerifiedLearner/{element}")
    if text is None:
        child.getparent().remove(child)
    child.text = text
    report = batch.read(etree.tostring(root)).report

    assert VLD_OUTPUT_SCHEMA.validate(root) == report.is_ok
    if HAS_SERVICE:
        schema = etree.XMLSchema(etree.parse(str(VLD_SERVICE)))
        assert schema.validate(root) == report.is_ok


def test_an_empty_answer_has_no_records():
    root = (
        b'<v:GetVerifyBatchOutputResponse xmlns:v="http://api.lrs.miap.gov.uk/vldmsg"/>'
    )

    assert VLD_OUTPUT_SCHEMA.validate(etree.fromstring(root))


def test_achievements_have_no_xml_form():
    file = batch.make([], ukprn="10012345", file_name="x", layout=batch.ACHIEVEMENT)

    for refused in (
        lambda: batch.write(file, form="XML"),
        lambda: batch.convert(file, form="XML"),
        lambda: batch.xml_schema(batch.ACHIEVEMENT),
    ):
        with pytest.raises(ValueError, match="no XML form that is known"):
            refused()

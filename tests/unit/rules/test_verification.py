"""Verification: Level One, descriptions, what to record, work list, share of none."""

import datetime as dt

import pytest

from ulnlib.codes import VerificationType
from ulnlib.issues import issue_codes
from ulnlib.learner import Learner
from ulnlib.rules import verification
from ulnlib.rules.clauses import clause
from ulnlib.rules.verification import Verdict

AS_OF = dt.date(2026, 11, 21)


def found(verification_type, description=None, **options):
    learner = Learner(
        verification_type=verification_type,
        other_verification_description=description,
    )
    return [(item.code, item.field) for item in verification.check(learner, **options)]


def advice(description):
    items = found("999", description)
    assert {field for _, field in items} <= {"other_verification_description"}
    return [code for code, _ in items]


# --- the types ------------------------------------------------------------------------


def test_every_type_has_its_row_in_the_order_of_the_codes():
    assert list(verification.TYPES) == list(VerificationType)
    assert [kind.value for kind in verification.TYPES] == [
        *("0", "1", "2", "3", "4", "5", "6", "7", "999")
    ]
    for kind, rule in verification.TYPES.items():
        assert rule.type is kind
        assert rule.label == kind.label
        assert clause(rule.clause).section == "Identity Verification"


@pytest.mark.conformance
@pytest.mark.parametrize("code", ["2", "3", "4", "5", "6", "7"])
def test_six_types_give_level_one(code):
    """SL-V-1: six documents open the own record online."""
    assert verification.gives_level_one(code) is True
    assert verification.gives_level_one(VerificationType(code)) is True
    assert verification.TYPES[VerificationType(code)].clause == "SL-V-1"


@pytest.mark.conformance
@pytest.mark.parametrize("code", ["0", "1", "999"])
def test_the_others_do_not_give_level_one(code):
    """SL-V-2, FAQ-V-2: the others do not, until Level One is verified."""
    assert verification.gives_level_one(code) is False
    assert verification.gives_level_one(VerificationType(code)) is False
    assert verification.TYPES[VerificationType(code)].clause == "SL-V-2"


@pytest.mark.parametrize("text", [None, "", "8", "02", "2 ", "passport"])
def test_what_is_no_type_gives_nothing(text):
    assert verification.gives_level_one(text) is False


def test_only_other_needs_a_description():
    assert [
        r.type.value for r in verification.TYPES.values() if r.needs_description
    ] == ["999"]


@pytest.mark.conformance
def test_only_a_pre_16_school_chooses_relationship_with_school():
    """PG-D-3: relationship with school is for schools before 16."""
    everybody = verification.permitted_types(is_pre_16_school=False)
    school = verification.permitted_types(is_pre_16_school=True)

    assert [kind.value for kind in everybody] == [
        *("0", "2", "3", "4", "5", "6", "7", "999")
    ]
    assert school == tuple(VerificationType)


@pytest.mark.conformance
def test_relationship_with_school_elsewhere_is_advised_against():
    """PG-D-3: relationship with school is for schools before 16."""
    expected = [("verification-not-pre-16-school", "verification_type")]

    assert found("1", is_pre_16_school=False) == expected
    assert found("1", is_pre_16_school=True) == []
    assert found("1") == []
    assert found("2", is_pre_16_school=False) == []


# --- type 999 and its description -----------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_other_needs_a_description(blank):
    """PG-D-2: type other needs a description."""
    assert found("999", blank) == [
        ("verification-description-missing", "other_verification_description")
    ]


@pytest.mark.conformance
@pytest.mark.parametrize("code", [None, "", "0", "1", "2", "7", "8"])
def test_a_description_with_another_type_is_a_warning(code):
    """PG-D-2: only type other has a description."""
    assert found(code, "Exam certificate") == [
        ("verification-description-unused", "other_verification_description")
    ]
    assert found(code, " ") == []


def test_a_description_with_another_type_is_not_judged():
    assert found("2", "ILR") == [
        ("verification-description-unused", "other_verification_description")
    ]


def test_severities():
    codes = issue_codes()

    assert codes["verification-description-missing"].severity == "error"
    for code in (
        "verification-description-unused",
        "verification-not-pre-16-school",
        "verification-description-not-accepted",
        "verification-description-has-type",
        "verification-description-wording",
    ):
        assert (codes[code].severity, codes[code].kind) == ("warning", "advice")
        assert codes[code].return_code is None


NOT_ACCEPTED = {
    "the return to the funding body": [
        *("ILR", "ilr", " I.L.R. ", "from the ILR", "as per ILR", "ILR record"),
        *("Individualised Learner Record", "individual learner record", "ILR data"),
        *("individualised learner records", "ILRs", "our ILR", "ILR 2011/12"),
    ],
    "other proof, not named": [
        *("Other ID", "other id", "ID other", "ID - Other", "OTHER", "Other I.D."),
        *("other identification", "Other form of ID", "Another form of identification"),
        *("other forms of identity seen", "ID", "ID seen", "Document", "an other ID"),
        *("Proof of identity", "other document", "other document verified"),
        *("OtherID", "other-ids", "Some other ID", "Other IDs", "any other I.D."),
    ],
    "the service itself": [
        *("LRS", "lrs", "L.R.S.", "LRS portal", "Learning Records Service", "ULN"),
        *("found on LRS", "LRS record checked", "PLR", "via the LRS portal"),
        *("organisation portal", "already on LRS", "Learner Register"),
        *("LRS Register", "has ULN", "learner has a ULN already", "LRS records"),
    ],
    "the provider's own word": [
        *(
            "By school",
            "by college",
            "By learning provider",
            "BY   SCHOOL",
            "by-school",
        ),
        *("By school/college/learning provider", "by the college", "By our provider"),
        *("verified by college", "ID verified by the school", "Known to the school"),
        *("School", "College", "Training provider", "school or college", "by tutor"),
        *("by college staff", "checked by our staff", "academy", "sixth form"),
        *("by Learning Provider.", "from school", "By learning providers"),
        *("By School/Colleges/Learning Providers", "by training providers"),
        *("byschool", "by learningprovider", "ByLearningProviders", "by centre"),
        *("by previous school", "by local college", "by high school", "by FE college"),
        *("by secondary school", "by further education colleges", "by their school"),
        *("from a training centre", "schools and academies", "by the universities"),
    ],
}


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, texts in NOT_ACCEPTED.items() for text in texts],
)
def test_what_names_no_document_of_a_third_party_is_not_accepted(name, text):
    """PG-D-4: ILR, Other ID, LRS and by school are no proof, however written."""
    known = verification.recognise(text)

    assert (known.name, known.verdict) == (name, Verdict.NOT_ACCEPTED)
    assert (known.record, known.wording) == (VerificationType.NOT_PROVIDED, "")
    assert known.clause == "PG-D-4"
    assert advice(text) == ["verification-description-not-accepted"]
    assert verification.to_record(text).verification_type == "0"


@pytest.mark.parametrize(
    "text",
    [
        *("School photo card", "School ID card", "School ID", "Student ID card"),
        *("College photo security pass", "Letter from school", "School report"),
        *("ILRA card", "LRSX", "Otherwise known", "University library card"),
        *("birth certificate", "Citizen card", "biometric residence permit"),
        *("NHS card", "photo pass", "security pass", "provider card", "by post"),
        *("Letter from the ILR team of the council", "LRS conference badge"),
        *("Schools Direct pass", "school leaving certificate", "another passport"),
        *("bus pass", "card", "national record of achievement", "certificate"),
        *("exam results slip", "proof of age card", "army", "returning"),
        *("Collegeville library card", "By Byzantine school of icons"),
        *("Letter from college principal with photo", "school bus pass", "schoolid"),
        *("By post from school governors", "ILR officer badge", "byschoolx"),
        *("Photographic security pass", "Photo security pass", "Staff photo pass"),
        *("staff photo security pass", "photo pass for previous employer"),
    ],
)
def test_a_whole_description_has_to_match_and_nothing_is_guessed(text):
    """What no row matches is nobody's business but a person's."""
    assert verification.recognise(text) is None
    assert advice(text) == []


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_a_blank_description_is_nothing(text):
    assert verification.recognise(text) is None


TRUSTED = {
    "photographic security pass for current place of employment": [
        "Photographic security pass for current place of employment",
        "photographic security pass for place of employment",
        "photo work pass",
        "photo security pass from work",
        "photo pass for current employer",
        "Employee photo pass",
        "workplace photo security pass",
        "security pass with photograph from the employer",
    ],
    "Armed Forces service ID": [
        *("Armed Forces service ID", "armed forces ID", "military ID card"),
        *("RAF service card", "army identity card", "HM Armed Forces ID seen"),
        *("Royal Navy ID", "British Army ID card", "Armed services identification"),
    ],
    "exam certificate": [
        *("Exam Certificates", "examination certificates", "exam certificate"),
        *("GCSE certificate", "A-level certificate", "BTEC certificates seen"),
        *("original exam certificates", "GCSE results certificate"),
    ],
}


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("wording", "text"),
    [(wording, text) for wording, texts in TRUSTED.items() for text in texts],
)
def test_trusted_examples_are_recognised(wording, text):
    """PG-D-5, SL-V-3: documents that a trusted third party issues."""
    known = verification.recognise(text)
    recorded = verification.to_record(text)

    assert (known.verdict, known.record.value) == (Verdict.TRUSTED, "999")
    assert (known.wording, known.clause) == (wording, "PG-D-5")
    assert advice(text) == []
    assert recorded.verification_type == "999"
    assert recorded.other_verification_description == wording
    assert recorded.clause == "PG-D-5"
    assert not recorded.needs_a_person


@pytest.mark.conformance
@pytest.mark.parametrize(
    "text",
    [
        *("re-enrolment of known student", "Re-enrolment of a known learner"),
        *("Returning learner", "re-enrolled pupil", "known returning student"),
        *("reenrolment", "Re enrollment", "student returning", "re-enrolling student"),
        *("re-enrolment of the existing student", "Re-enrolment student"),
        "Re-enrolment of known student (returning student)",
        "Re-enrolment of known student (record as \u2018returning student\u2019)",
    ],
)
def test_who_enrols_again_is_a_returning_student(text):
    """PG-D-6: the words to record are returning student."""
    assert advice(text) == ["verification-description-wording"]
    assert verification.recognise(text).clause == "PG-D-6"
    assert (
        verification.to_record(text).other_verification_description
        == "returning student"
    )


@pytest.mark.parametrize(
    "text", ["returning student", "Returning Student", " returning  student "]
)
def test_the_words_of_the_guide_need_no_advice(text):
    assert advice(text) == []
    assert verification.recognise(text).verdict is Verdict.TRUSTED


def test_the_words_of_the_guide_are_in_the_message():
    (item,) = verification.check(
        Learner(verification_type="999", other_verification_description="re-enrolment")
    )

    assert "'returning student'" in item.message


HAVE_A_TYPE = {
    "0": [
        *("None", "none provided", "N/A", "nil", "-", "...", "not provided", "no ID"),
        *("no proof of identity seen", "Nothing", "unknown", "not seen", "No"),
        *("none given", "not verified", "nothing provided"),
    ],
    "2": ["Passport", "UK passport", "a valid passport", "passport seen"],
    "3": [
        *("Driving Licence", "driver's license", "drivers licence", "driving licence"),
        *("full driving licence", "provisional driving licence", "provisional licence"),
        *("photocard driving licence", "driving photo card licence seen"),
        *("Driver\u2019s licence", "driving licence photocard", "driving licence card"),
    ],
    "4": [
        *("ID card", "I.D. card", "National identity card", "national ID"),
        *("EU national ID card", "National identification", "foreign ID card"),
        *("ID Card or Other Form of National Identification",),
        *("other form of national identification",),
    ],
    "5": ["National Insurance card", "NI card", "N.I. number card"],
    "6": ["certificate of entitlement", "Certificate of Entitlement to Funding"],
    "7": ["bank card", "Debit card", "credit card", "Bank/Credit/Debit Card"],
}


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("code", "text"),
    [(code, text) for code, texts in HAVE_A_TYPE.items() for text in texts],
)
def test_what_has_a_type_of_its_own_is_recorded_by_it(code, text):
    """PG-D-1: the types, each with its own code."""
    known = verification.recognise(text)
    recorded = verification.to_record(text)

    assert (known.verdict, known.record.value) == (Verdict.HAS_A_TYPE, code)
    assert (known.wording, known.clause) == ("", "PG-D-1")
    assert advice(text) == ["verification-description-has-type"]
    assert recorded.verification_type == code
    assert recorded.other_verification_description is None
    assert recorded.clause == "PG-D-1"


def test_the_type_is_in_the_message():
    (item,) = verification.check(
        Learner(verification_type="999", other_verification_description="bank card")
    )

    assert "7, Bank, credit or debit card" in item.message


@pytest.mark.parametrize(
    "text", ["relationship with school", "Relationship with the School"]
)
def test_relationship_with_school_is_recorded_by_pre_16_schools_only(text):
    assert verification.recognise(text).record.value == "1"
    at_school = verification.to_record(text, is_pre_16_school=True)
    elsewhere = verification.to_record(text)

    assert (at_school.verification_type, at_school.clause) == ("1", "PG-D-1")
    assert (elsewhere.verification_type, elsewhere.clause) == ("0", "PG-D-3")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("passport and driving licence", "passport"),
        ("Driving licence or passport", "driving licence"),
        ("exam certificate, bank card", "bank card"),
        ("exam certificate/passport; ILR", "passport"),
        ("passport / ILR", "passport"),
        ("relationship with school, passport", "passport"),
        ("relationship with school + exam certificate", "exam certificates"),
        ("GCSE certificate + Armed Forces ID", "exam certificates"),
        ("ILR AND exam certificate", "exam certificates"),
        ("ILR / LRS", "the return to the funding body"),
        ("none, ILR", "none provided"),
        ("ILR, none", "the return to the funding body"),
        ("from LRS, ", "the service itself"),
    ],
)
def test_of_several_things_the_best_counts(text, name):
    known = verification.recognise(text)

    assert (known.name, known.evidence) == (name, "assumed")


@pytest.mark.parametrize(
    "text",
    [
        *("ILR and birth certificate", "none, bus pass", "bus pass/NHS card"),
        *("passport and birth certificate", "Birth certificate, bank card"),
        *("Passport, not seen", "Passport/none", "passport; unknown", "none, passport"),
        *("no passport, driving licence", "lost passport, bank card"),
        *("passport and driving licence expired", "returning student / not verified"),
        *(
            "passport (not seen)",
            "Passport not seen",
            "expired passport",
            "no passport",
        ),
        *("exam certificate & nothing", "stolen bank card", "passport - lost"),
    ],
)
def test_what_is_unknown_or_does_not_agree_is_left_to_a_person(text):
    """A document is recorded only when nothing is said against it."""
    assert verification.recognise(text) is None
    assert advice(text) == []
    recorded = verification.to_record(text)
    assert recorded.needs_a_person
    assert recorded.verification_type == "999"
    assert recorded.other_verification_description == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("ILR", "published"),
        ("ilr.", "published"),
        ("I.L.R.", "assumed"),
        ("By School / College / Learning Provider", "published"),
        ("by academy", "assumed"),
        ("Exam certificates", "published"),
        ("exam certificate", "assumed"),
        ("re-enrolment of known student", "published"),
        ("re-enrolment of known learner", "assumed"),
    ],
)
def test_only_the_words_of_the_documents_are_published(text, evidence):
    assert verification.recognise(text).evidence == evidence


def test_every_example_of_the_documents_matches_its_own_row_and_is_published():
    for row in verification.DESCRIPTIONS:
        for example in row.examples:
            known = verification.recognise(example)
            assert (known.name, known.evidence) == (row.name, "published")
        assert clause(row.clause).section == "Appendix D"
        assert bool(row.wording) == (row.record == "999")


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("  By  School ", "by school"),
        ("I.D.", "id"),
        ("N/A", "na"),
        ("a level", "a level"),
        ("Driver's Licence", "drivers licence"),
        ("driver\u2019s license", "drivers licence"),
        ("Learner's Identity", "student id"),
        ("ID_card", "id card"),
        ("National Insurance", "ni"),
        ("-", ""),
        ("schoolhouse", "schoolhouse"),
        ("By Learning Providers", "by provider"),
        ("individualised learner records", "ilr"),
        ("ByLearningProvider", "by provider"),
        ("Identifications", "id"),
        ("academies", "academy"),
    ],
)
def test_normalising(text, normalised):
    assert verification.normalise_description(text) == normalised


# --- what to record -------------------------------------------------------------------


@pytest.mark.conformance
def test_lack_of_proof_never_prevents_enrolment():
    """PG-4.2.2-2, FAQ-V-1, FAQ-V-3: type 0 is sent, and the learner is enrolled."""
    recorded = verification.without_proof()

    assert recorded.verification_type is VerificationType.NOT_PROVIDED
    assert recorded.other_verification_description is None
    assert recorded.clause == "PG-4.2.2-2"
    assert not recorded.needs_a_person
    assert verification.to_record(None) == recorded
    assert verification.to_record("  ", is_pre_16_school=True) == recorded


@pytest.mark.conformance
def test_a_learner_without_proof_is_no_finding():
    """PG-E-V1: verifying is recommended, not demanded."""
    assert found("0") == []
    assert found("0", is_pre_16_school=False) == []
    assert found(None) == []


@pytest.mark.conformance
def test_an_unknown_document_waits_for_a_person():
    """PG-D-7: somebody decides whether a trusted third party issued it."""
    recorded = verification.to_record("  Citizen   card ")

    assert recorded.verification_type == "999"
    assert recorded.other_verification_description == "Citizen card"
    assert recorded.needs_a_person
    assert recorded.clause == "PG-D-7"
    assert "Citizen" not in repr(recorded)


# --- the work list --------------------------------------------------------------------

RECORDS = [
    ("c", "0", dt.date(2026, 9, 1)),
    ("b", "0", dt.date(2026, 9, 1)),
    (1000000043, "0", dt.date(2025, 9, 1)),
    ("d", "2", dt.date(2024, 9, 1)),
    ("e", "1", dt.date(2023, 9, 1)),
    ("f", None, dt.date(2026, 11, 21)),
    ("g", " ", dt.date(2026, 11, 20)),
    ("h", "0", dt.date(2026, 11, 22)),
    ("i", "999", dt.date(2026, 1, 1)),
    ("j", VerificationType.NOT_PROVIDED, dt.date(2026, 10, 1)),
]


@pytest.mark.conformance
def test_the_work_list_has_type_0_and_none_at_all_oldest_first():
    """PG-4.2.2-V1: who was not verified at enrolment is verified later."""
    assert [
        (one.learner, one.created.isoformat(), one.days)
        for one in verification.worklist(iter(RECORDS), AS_OF)
    ] == [
        ("1000000043", "2025-09-01", 446),
        ("b", "2026-09-01", 81),
        ("c", "2026-09-01", 81),
        ("j", "2026-10-01", 51),
        ("g", "2026-11-20", 1),
        ("f", "2026-11-21", 0),
    ]


def test_the_work_list_of_other_types():
    """SL-V-2: whose own record is not open yet."""
    types = [
        rule.type for rule in verification.TYPES.values() if not rule.gives_level_one
    ]
    found = verification.worklist(RECORDS, AS_OF, types=types)

    assert [one.learner for one in found] == [
        *("e", "1000000043", "i", "b", "c", "j", "g", "f")
    ]
    assert [
        one.learner for one in verification.worklist(RECORDS, AS_OF, types=["1"])
    ] == ["e"]


def test_a_moment_counts_as_its_day():
    morning = dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)
    evening = dt.datetime(2026, 11, 21, 23, tzinfo=dt.UTC)
    records = [("a", "0", morning), ("b", "0", evening), ("c", "0", AS_OF)]
    found = verification.worklist(records, evening.replace(hour=9))

    assert [(one.learner, one.created, one.days) for one in found] == [
        ("a", dt.date(2026, 11, 20), 1),
        ("b", AS_OF, 0),
        ("c", AS_OF, 0),
    ]
    assert not any(isinstance(one.created, dt.datetime) for one in found)


def test_a_missing_type_is_on_the_work_list_and_no_type_0_in_the_share():
    assert [
        one.learner for one in verification.worklist([("a", None, AS_OF)], AS_OF)
    ] == ["a"]
    found = verification.share_of_none({"": 1, "0": 1})
    assert (found.none, found.total) == (1, 2)


def test_an_empty_work_list():
    assert verification.worklist([], AS_OF) == ()


# --- the share of none ----------------------------------------------------------------


@pytest.mark.conformance
def test_the_share_is_a_measure_and_no_threshold_is_published():
    """PG-E-1: who has many learners with type none may be contacted."""
    found = verification.share_of_none({"0": 30, "2": 69, "8": 1})

    assert (found.none, found.total, found.share) == (30, 100, 0.3)
    assert found.threshold is None
    assert found.is_high is None
    assert found.clause == "PG-E-1"
    assert str(found) == (
        "30 of 100 learners (30.0%) have type 0, none provided. "
        "The service may contact organisations with many of them; "
        "it publishes no threshold, and no threshold is given."
    )


def test_a_caller_gives_a_threshold():
    counts = {VerificationType.NOT_PROVIDED: 1, VerificationType.PASSPORT: 3}

    assert verification.share_of_none(counts, threshold=0.25).is_high is True
    assert verification.share_of_none(counts, threshold=0.26).is_high is False
    assert str(verification.share_of_none(counts, threshold=0.25)).endswith(
        "and the threshold given here is 25.0%."
    )


def test_nobody_has_no_share():
    assert verification.share_of_none({}).share == 0.0
    assert verification.share_of_none({}, threshold=0.0).is_high is False
    assert verification.share_of_none({"2": 4}, threshold=0.0).is_high is False
    assert verification.share_of_none({"0": 4}, threshold=1.0).is_high is True
    assert verification.share_of_none({"0": 1, "1": 0, "2": 1}).share == 0.5
    assert verification.share_of_none({"0": 1}, threshold=0).is_high is True


@pytest.mark.parametrize("threshold", [-0.01, 1.01, 30])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(ValueError, match=r"^a threshold is a share, from 0 to 1$"):
        verification.share_of_none({"0": 1}, threshold=threshold)


def test_a_count_is_not_negative():
    with pytest.raises(ValueError, match=r"^a count is negative$"):
        verification.share_of_none({"0": -1})


# --- privacy --------------------------------------------------------------------------


def test_no_message_holds_the_description():
    learner = Learner(
        verification_type="999", other_verification_description="by  ZQXSCHOOL school"
    )
    spoken = Learner(
        verification_type="999", other_verification_description="Known to THE sChOoL"
    )

    for item in (*verification.check(learner), *verification.check(spoken)):
        for text in (str(item), repr(item), item.remedy):
            assert "ZQX" not in text
            assert "sChOoL" not in text

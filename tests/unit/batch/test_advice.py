"""Advice about the learners of a file."""

import datetime as dt

from ulnlib import Learner, batch

ADA = Learner(
    mis_identifier="M1",
    given_name="Ada (Addie)",
    family_name="Example",
    date_of_birth="2012-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="1",
    school_at_16="Nowhere High",
    email="ada@example.org",
)


def the_record(learner):
    made = batch.make([learner], ukprn="10012345", file_name="x")
    return batch.read(batch.write(made), name="x").records[0]


def codes_of(report):
    return [item.code for item in report]


def test_a_finding_has_the_row_that_it_is_about():
    (found, *_) = batch.advise(the_record(ADA))

    assert (found.code, found.row, found.field) == (
        "name-with-nickname",
        2,
        "given_name",
    )


def test_what_was_found_when_the_record_was_read_is_not_said_again():
    record = the_record(ADA.evolve(given_name="Ada", postcode="ZZ99 9ZZ"))

    assert "postcode-default" in codes_of(record.issues)
    assert "postcode-default" not in codes_of(batch.advise(record))


def test_what_depends_on_the_age_needs_a_day():
    record = the_record(ADA)

    assert "at-16-too-early" not in codes_of(batch.advise(record))
    day = dt.date(2026, 11, 21)
    assert "at-16-too-early" in codes_of(batch.advise(record, as_of=day))


def test_type_1_is_advised_against_only_when_the_sender_is_known_to_be_no_school():
    code = "verification-not-pre-16-school"
    record = the_record(ADA)

    assert code not in codes_of(batch.advise(record))
    assert code not in codes_of(batch.advise(record, is_pre_16_school=True))
    assert code in codes_of(batch.advise(record, is_pre_16_school=False))


def test_the_lists_of_the_caller_are_used():
    record = the_record(ADA)

    found = codes_of(
        batch.advise(
            record, prohibited_words=["example"], prohibited_postcodes=["za11ab"]
        )
    )

    assert {"prohibited-word-in-name", "prohibited-postcode"} <= set(found)

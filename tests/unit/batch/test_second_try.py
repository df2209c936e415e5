"""A second try with previous postcodes, and the right ones once ULNs are known."""

import datetime as dt

from ulnlib import Learner, Register, batch

DAY = dt.date(2026, 11, 21)
ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)
NEW = ADA.evolve(
    mis_identifier="M2",
    given_name="Grace",
    family_name="Sample",
    date_of_birth="2007-01-31",
    postcode="ZB2 2LD",
)


def run(file, register, job="CHK"):
    result = batch.run(
        batch.read(batch.write(file), as_of=DAY), register, job=job, as_of=DAY
    )
    return batch.join(file, batch.read(result.output()), uploaded=DAY)


def send(*learners):
    return batch.make(learners, ukprn="10012345", file_name="x")


def test_who_moved_is_found_by_the_previous_postcode_and_gets_the_right_one():
    register = Register(synthetic=True)
    moved = ADA.evolve(postcode="ZC3 3AA", mis_identifier=None)
    uln = register.add(moved.evolve(uln="9900000004"))
    # Somebody moved and is called otherwise: two details differ, nobody is near.
    first = run(send(ADA.evolve(gender="9"), NEW), register)
    assert [one.answer.code for one in first.records] == ["RC005", "RC005"]
    lost = batch.unmatched(first)
    assert [one.mis_identifier for one in lost] == ["M1", "M2"]

    register = Register(synthetic=True)
    register.add(moved.evolve(uln=uln))
    tried = batch.second_try(
        [ADA, NEW],
        {"M1": "ZC3 3AA", "M2": "ZD4 4AA"},
        ukprn="10012345",
        file_name="second try",
    )
    assert not tried.report
    assert [one.postcode for one in tried.file.learners] == ["ZC3 3AA", "ZD4 4AA"]

    second = run(tried.file, register)
    plan = batch.right_postcodes(
        tried, second, ukprn="10012345", file_name="moved", as_of=DAY
    )

    assert not plan.report
    [file] = plan.waves
    assert file.values.file_name == "SYNTHETIC - ULNs NOT REAL moved"
    [row] = file.learners
    assert (row.uln, row.postcode, row.mis_identifier) == (str(uln), "ZA1 1AB", "M1")
    run(file, register, job="FUL")
    assert register.profile(uln).learner.postcode == "ZA1 1AB"


def test_who_is_not_in_it_is_named():
    learners = [
        ADA.evolve(mis_identifier=None),
        ADA,
        NEW,
        NEW.evolve(mis_identifier="3"),
    ]

    tried = batch.second_try(
        learners, {"M1": "za11ab", "M2": ""}, ukprn="10012345", file_name="x"
    )

    assert [item.code for item in tried.report] == [
        "second-try-no-identifier",
        "second-try-same-postcode",
        "second-try-no-postcode",
        "second-try-no-postcode",
    ]
    assert tried.file.records == ()
    assert tried.report.is_ok


def test_a_postcode_where_there_was_none_is_another():
    bare = ADA.evolve(postcode=None)

    tried = batch.second_try([bare], {"M1": "ZA1 1AB"}, ukprn="1", file_name="x")

    assert len(tried.file.records) == 1


def test_who_is_not_found_again_has_no_update():
    tried = batch.second_try([ADA], {"M1": "ZC3 3AA"}, ukprn="1", file_name="x")
    result = batch.join(tried.file, [])

    plan = batch.right_postcodes(tried, result, ukprn="1", file_name="x")

    assert plan.waves == ()


def test_only_those_whom_nobody_found_are_unmatched():
    assert batch.unmatched(batch.join(send(ADA), [])) == ()
    register = Register(synthetic=True)
    register.add(ADA.evolve(uln="9900000004"))
    assert batch.unmatched(run(send(ADA), register)) == ()


def test_its_rows_are_checked():
    found = batch.second_try([ADA], {"M1": "XXX"}, ukprn="10012345", file_name="x")

    assert [(one.code, one.row) for one in found.file.report] == [
        ("postcode-format", 2)
    ]
    assert found.file.records[0].issues == tuple(found.file.report)
    young = ADA.evolve(date_of_birth="2020-05-04")
    for as_of, codes in ((None, []), (DAY, ["age-too-young"])):
        found = batch.second_try(
            [young], {"M1": "ZC3 3AA"}, ukprn="10012345", file_name="x", as_of=as_of
        )
        assert [one.code for one in found.file.report] == codes

"""A register through which every look is written down."""

import pytest

from builders.plr import ADA, AT, CLERK
from ulnlib import Query, Register
from ulnlib.codes import VerifyCode
from ulnlib.register import Watched

DETAILS = {
    "given_name": "Ada",
    "family_name": "Example",
    "date_of_birth": "2001-02-03",
    "gender": "2",
    "postcode": "ZZ99 9ZZ",
}


@pytest.fixture
def register():
    register = Register()
    register.add(ADA)
    register.add(ADA.evolve(uln="1000000051", given_name="Bea"))
    return register


@pytest.fixture
def log():
    return []


@pytest.fixture
def watched(register, log):
    return Watched(register, by=CLERK, write=log.append)


def told(log):
    return [(one.uln, one.action) for one in log]


def test_a_find_that_finds_is_written_down(watched, log, register):
    found = watched.find("1000000043", "Ada", "Example", at=AT)

    assert found == register.find("1000000043", "Ada", "Example")
    assert told(log) == [("1000000043", "find learner")]
    assert log[0].at == AT


def test_a_find_that_finds_nobody_discloses_nothing(watched, log):
    assert watched.find("1000000043", "Eve", "Example", at=AT) is None
    assert log == []


def test_a_search_is_written_down_for_everybody_whom_it_names(watched, log, register):
    query = Query(**{**DETAILS, "given_name": "Adda"})
    result = watched.search(query, at=AT)

    assert result == register.search(query)
    assert {one.uln for one in log} == {str(match.uln) for match in result.matches}
    assert {one.action for one in log} == {"search for learner"}


def test_a_search_with_nothing_to_search_by_writes_nothing(watched, log):
    watched.search(Query(), at=AT)

    assert log == []


def test_profiles_are_written_down(watched, log):
    assert watched.profile("1000000043", at=AT).version == 1
    assert watched.profile("9900000004", at=AT) is None
    assert told(log) == [("1000000043", "view learner profile")]


def test_a_linked_uln_discloses_its_master(watched, log, register):
    register.merge("1000000051", into="1000000043")

    watched.profile("1000000051", at=AT)

    assert told(log) == [("1000000043", "view learner profile")]


def test_former_values_are_written_down_when_there_are_some(watched, log, register):
    assert watched.former_values("1000000043", at=AT) == ()
    assert log == []
    register.update(ADA.evolve(family_name="Sample"))

    assert len(watched.former_values("1000000043", at=AT)) == 1
    assert told(log) == [("1000000043", "view learner profile")]


def test_what_cannot_be_written_down_is_not_disclosed(register):
    def full(entry):
        raise OSError("the log is full")

    watched = Watched(register, by=CLERK, write=full)

    with pytest.raises(OSError, match="full"):
        watched.find("1000000043", "Ada", "Example", at=AT)


def test_neither_user_nor_log_is_in_the_repr(watched):
    assert "jsmith" not in repr(watched)


def test_several_profiles_are_written_down_each(watched, log, register):
    ulns = ["1000000051", "1000000043"]

    assert watched.profiles(ulns, at=AT) == register.profiles(ulns)
    assert told(log) == [(uln, "view learner profile") for uln in ulns]


def test_of_all_learners_each_is_written_down_before_it_comes(watched, log, register):
    coming = watched.learners(at=AT)
    assert log == []

    first = next(coming)

    assert told(log) == [(str(first.uln), "view learner profile")]
    assert [first, *coming] == list(register.learners())
    assert len(log) == 2


def test_the_records_of_a_uln_are_its_masters(watched, log, register):
    register.merge("1000000051", into="1000000043")

    assert watched.lookup("1000000051", at=AT) == register.lookup("1000000051")
    assert watched.lookup("9900000004", at=AT) == []
    assert told(log) == [("1000000043", "view learner profile")]


@pytest.mark.parametrize(
    ("uln", "name", "code"),
    [
        ("1000000043", "Ada", VerifyCode.MATCH),
        ("1000000043", "Zoe", VerifyCode.NO_MATCH),
        ("9900000004", "Ada", VerifyCode.ULN_NOT_FOUND),
    ],
)
def test_a_verification_is_written_down(watched, log, uln, name, code):
    found = watched.verify(uln, name, "Example", "2001-02-03", "2", at=AT)

    assert found.code is code
    is_there = code is not VerifyCode.ULN_NOT_FOUND
    assert told(log) == [(uln, "verify learner")] * is_there

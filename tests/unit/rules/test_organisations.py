"""Organisations: the steps of registering, and the way to ULNs."""

import attrs
import pytest

from ulnlib.rules.clauses import clause
from ulnlib.rules.organisations import (
    KINDS_SERVED,
    PORTAL_LEARNERS,
    REGISTRATION,
    Approach,
    Organisation,
    RegistrationStep,
    approach_for,
    check_organisation,
    may_have_data,
    missing_steps,
)

READY = Organisation(
    ukprn="10012345",
    is_prescribed=True,
    has_super_user=True,
    has_registration_form=True,
    has_agreement=True,
    is_registered=True,
    has_super_user_account=True,
    users_agree=True,
)


def codes(report):
    return [found.code for found in report]


@pytest.mark.conformance
class TestRegistering:
    """PG-1.3-A1 to PG-1.3-A6."""

    def test_nothing_is_missing_once_all_is_done(self):
        assert missing_steps(READY) == ()
        assert not check_organisation(READY)

    def test_at_the_beginning_everything_is_missing_in_order(self):
        assert missing_steps(Organisation()) == tuple(RegistrationStep)
        assert codes(check_organisation(Organisation())) == [
            "organisation-not-looked-up",
            "ukprn-missing",
            "organisation-without-super-user",
            "organisation-without-form",
            "organisation-without-agreement",
            "organisation-not-registered",
            "organisation-without-account",
            "users-without-agreement",
        ]

    @pytest.mark.parametrize(
        ("field", "step", "code", "is_error"),
        [
            (
                "has_super_user",
                RegistrationStep.SUPER_USER_NOMINATED,
                "organisation-without-super-user",
                True,
            ),
            (
                "has_registration_form",
                RegistrationStep.REGISTRATION_FORM,
                "organisation-without-form",
                True,
            ),
            (
                "has_agreement",
                RegistrationStep.AGREEMENT,
                "organisation-without-agreement",
                True,
            ),
            (
                "is_registered",
                RegistrationStep.REGISTERED,
                "organisation-not-registered",
                False,
            ),
            (
                "has_super_user_account",
                RegistrationStep.SUPER_USER_ACCOUNT,
                "organisation-without-account",
                False,
            ),
            (
                "users_agree",
                RegistrationStep.USERS_AGREE,
                "users-without-agreement",
                True,
            ),
        ],
    )
    def test_each_step_is_missed(self, field, step, code, is_error):
        one = attrs.evolve(READY, **{field: False})
        [found] = check_organisation(one)

        assert missing_steps(one) == (step,)
        assert (found.code, found.field) == (code, field)
        assert (found.severity.value == "error") == is_error

    @pytest.mark.parametrize("ukprn", [None, "", "  "])
    def test_a_provider_registers_for_its_ukprn(self, ukprn):
        one = attrs.evolve(READY, ukprn=ukprn)
        [found] = check_organisation(one)

        assert missing_steps(one) == (RegistrationStep.UKPRN,)
        assert (found.code, found.field) == ("ukprn-missing", "ukprn")
        assert "Register of Learning Providers" in found.remedy

    def test_a_school_gets_it_through_edubase(self):
        """PG-1.3-A2."""
        [found] = check_organisation(attrs.evolve(READY, ukprn=None, is_school=True))

        assert found.code == "ukprn-missing-school"
        assert "Edubase" in found.remedy

    def test_a_ukprn_of_another_shape_is_none(self):
        one = attrs.evolve(READY, ukprn="1001234")
        [found] = check_organisation(one)

        assert missing_steps(one) == (RegistrationStep.UKPRN,)
        assert (found.code, found.path) == ("ukprn-format", ("ukprn",))

    def test_one_with_letters_is_one_with_a_warning(self):
        one = attrs.evolve(READY, ukprn="TEST0001")

        assert missing_steps(one) == ()
        assert codes(check_organisation(one)) == ["ukprn-letters"]

    def test_every_step_has_its_clause(self):
        assert list(REGISTRATION) == list(RegistrationStep)
        assert all(clause(name) for name in REGISTRATION.values())


@pytest.mark.conformance
class TestPrescribedPersons:
    """PG-1.1-3, PG-1.1-A1 and FAQ-ORG-1: the law's list is a fact of the caller's."""

    @pytest.mark.parametrize(
        ("is_prescribed", "has_agreement", "allowed", "name"),
        [
            (True, True, True, "FAQ-ORG-1"),
            (True, False, False, "FAQ-ORG-1"),
            (False, True, False, "PG-1.1-3"),
            (None, True, False, "PG-1.1-3"),
        ],
    )
    def test_who_may_have_data(self, is_prescribed, has_agreement, allowed, name):
        one = attrs.evolve(
            READY, is_prescribed=is_prescribed, has_agreement=has_agreement
        )
        decision = may_have_data(one)

        assert (decision.allowed, decision.clause) == (allowed, name)
        assert clause(name)

    @pytest.mark.parametrize(
        ("is_prescribed", "code"),
        [(None, "organisation-not-looked-up"), (False, "organisation-not-prescribed")],
    )
    def test_what_nobody_looked_up_is_a_warning_and_no_an_error(
        self, is_prescribed, code
    ):
        report = check_organisation(attrs.evolve(READY, is_prescribed=is_prescribed))

        assert [(found.code, found.path) for found in report] == [
            (code, ("is_prescribed",))
        ]
        assert report.is_ok == (is_prescribed is None)

    def test_the_kinds_that_use_the_service_are_no_such_list(self):
        """FEW-O-1."""
        assert len(KINDS_SERVED) == 5
        assert "awarding organisations" in KINDS_SERVED


@pytest.mark.conformance
class TestChannels:
    """PG-4.1-1 and PG-4.1-A1."""

    @pytest.mark.parametrize(
        ("count", "channel"),
        [(1, Approach.PORTAL), (50, Approach.PORTAL), (51, Approach.BATCH)],
    )
    def test_up_to_fifty_by_hand_and_more_by_file(self, count, channel):
        assert approach_for(count, has_web_services=False) is channel
        assert PORTAL_LEARNERS == 50

    @pytest.mark.parametrize("count", [1, 50, 51, 5000])
    def test_a_web_service_is_preferred_where_there_is_one(self, count):
        assert approach_for(count, has_web_services=True) is Approach.WEB_SERVICE

    @pytest.mark.parametrize("count", [0, -1])
    def test_no_learner_needs_no_way(self, count):
        for has in (True, False):
            with pytest.raises(
                ValueError, match=r"^there has to be at least 1 learner$"
            ):
                approach_for(count, has_web_services=has)

"""Which searches are worth making again, where only the service can be asked."""

import datetime as dt

import pytest

from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.matching import PLAN_LIMIT, Query, Tolerance, search_plan
from ulnlib.rules.registration import check

AS_OF = dt.date(2026, 11, 21)
ADA = Learner(
    given_name="Ada",
    family_name="Quill",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)


def steps(query, limit=100):
    return list(search_plan(query, limit=limit))


def changes(asked, tolerance, field):
    """Return what the steps of a tolerance ask for in a field."""
    return [
        getattr(step.learner, field)
        for step in steps(asked)
        if step.tolerance is tolerance
    ]


class TestTheFirstStep:
    def test_it_is_what_was_asked(self):
        first = steps(ADA)[0]

        assert first.learner == ADA
        assert first.tolerance is None
        assert first.why == "as given"

    def test_only_the_five_and_the_four_official_refiners_are_sent(self):
        asked = Learner(
            uln="9900000004",
            given_name="Ada",
            preferred_given_name="Addie",
            middle_names="Jane",
            family_name="Quill",
            previous_family_name="Thistle",
            family_name_at_16="Sample",
            school_at_16="Z School",
            date_of_birth="2007-05-24",
            gender="2",
            postcode="ZA1 1AB",
            place_of_birth="Ztown",
            email="ada@example.org",
            town="Ztown",
            upn="H801200001001",
            notes="x",
        )
        first = steps(asked)[0]

        assert first.learner == ADA.evolve(
            previous_family_name="Thistle",
            school_at_16="Z School",
            place_of_birth="Ztown",
            email="ada@example.org",
        )

    @pytest.mark.parametrize(
        ("changed", "field", "sent"),
        [
            ({"postcode": None}, "postcode", "ZZ99 9ZZ"),
            ({"postcode": "no postcode"}, "postcode", "ZZ99 9ZZ"),
            ({"postcode": " za11ab "}, "postcode", "ZA1 1AB"),
            ({"gender": None}, "gender", "0"),
            ({"gender": " "}, "gender", "0"),
            ({"gender": "9"}, "gender", "9"),
            ({"given_name": "  Mary   Ann "}, "given_name", "Mary Ann"),
            (
                {"given_name": None, "preferred_given_name": "Addie"},
                "given_name",
                "Addie",
            ),
            ({"given_name": " ", "preferred_given_name": "A"}, "given_name", "A"),
            ({"given_name": None, "middle_names": "Jane M"}, "given_name", "Jane M"),
        ],
    )
    def test_what_is_not_known_is_sent_as_the_service_wants_it(
        self, changed, field, sent
    ):
        assert getattr(steps(ADA.evolve(**changed))[0].learner, field) == sent

    @pytest.mark.parametrize(
        "changed",
        [
            {"given_name": None},
            {"given_name": "", "middle_names": " "},
            {"family_name": None},
            {"family_name": " "},
            {"date_of_birth": None},
            {"date_of_birth": "24/05/2007"},
            {"date_of_birth": "2007-02-30"},
        ],
    )
    def test_without_names_or_a_date_there_is_no_plan(self, changed):
        assert steps(ADA.evolve(**changed)) == []


class TestOneToleranceAtATime:
    @pytest.mark.parametrize(
        ("changed", "tolerance", "field", "sent"),
        [
            ({}, Tolerance.NAMES_SWAPPED, "given_name", ["Quill"]),
            ({}, Tolerance.NAMES_SWAPPED, "family_name", ["Ada"]),
            (
                {"previous_family_name": "Thistle", "family_name_at_16": "Sample"},
                Tolerance.PREVIOUS_FAMILY_NAME,
                "family_name",
                ["Thistle", "Sample"],
            ),
            (
                {"previous_family_name": "Thistle"},
                Tolerance.PREVIOUS_FAMILY_NAME,
                "previous_family_name",
                ["Quill"],
            ),
            (
                {"preferred_given_name": "Zed"},
                Tolerance.PREFERRED_NAME,
                "given_name",
                ["Zed"],
            ),
            (
                {"middle_names": "Jane Mary"},
                Tolerance.MIDDLE_NAME,
                "given_name",
                ["Jane", "Mary"],
            ),
            (
                {"family_name": "McQuill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["MacQuill", "Quill"],
            ),
            (
                {"family_name": "O'Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["OQuill", "Quill"],
            ),
            (
                {"family_name": "van der Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["Quill"],
            ),
            (
                {"family_name": "al-Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["El-Quill", "Al Quill", "Quill"],
            ),
            (
                {"family_name": "Quill Jr."},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["Quill"],
            ),
            (
                {"family_name": "de la Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["Quill"],
            ),
            (
                {"family_name": "van Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["VanQuill", "Quill"],
            ),
            ({"family_name": "Quill"}, Tolerance.SURNAME_AFFIX, "family_name", []),
            (
                {"family_name": "Quill-Thistle"},
                Tolerance.DOUBLE_BARRELLED,
                "family_name",
                ["Quill Thistle", "Quill", "Thistle", "Thistle-Quill"],
            ),
            (
                {"family_name": "Quill Thistle"},
                Tolerance.DOUBLE_BARRELLED,
                "family_name",
                ["Quill-Thistle", "Quill", "Thistle", "Thistle-Quill"],
            ),
            (
                {"given_name": "Mary-Ann"},
                Tolerance.GIVEN_NAMES_TOGETHER,
                "given_name",
                ["Mary", "Maryann"],
            ),
            (
                {"given_name": "Zo\u00eb", "family_name": "O'Quill"},
                Tolerance.MARKS,
                "given_name",
                ["Zoe"],
            ),
            (
                {"date_of_birth": "2007-05-04"},
                Tolerance.DAY_MONTH_SWAPPED,
                "date_of_birth",
                ["2007-04-05"],
            ),
            ({}, Tolerance.DAY_MONTH_SWAPPED, "date_of_birth", []),
            ({}, Tolerance.FIRST_OF_MONTH, "date_of_birth", ["2007-05-01"]),
            ({}, Tolerance.FIRST_OF_JANUARY, "date_of_birth", ["2007-01-01"]),
            (
                {"date_of_birth": "2007-01-01"},
                Tolerance.FIRST_OF_JANUARY,
                "date_of_birth",
                [],
            ),
            ({}, Tolerance.DEFAULT_POSTCODE, "postcode", ["ZZ99 9ZZ"]),
            ({"postcode": None}, Tolerance.DEFAULT_POSTCODE, "postcode", []),
            ({}, Tolerance.GENDER_NOT_KNOWN, "gender", ["0"]),
            ({"gender": "0"}, Tolerance.GENDER_NOT_KNOWN, "gender", []),
        ],
    )
    def test_this_is_asked_for(self, changed, tolerance, field, sent):
        assert changes(ADA.evolve(**changed), tolerance, field) == sent

    @pytest.mark.parametrize(
        ("given", "tolerance", "among"),
        [
            ("Bill", Tolerance.NICKNAME, "William"),
            ("William", Tolerance.NICKNAME, "Will"),
            ("Mohammed", Tolerance.NAME_VARIANT, "Muhammad"),
        ],
    )
    def test_the_usual_forms_of_a_name_are_asked_for(self, given, tolerance, among):
        found = changes(ADA.evolve(given_name=given), tolerance, "given_name")

        assert among in found
        assert len(found) <= 4

    def test_other_postcodes_of_the_query_come_first(self):
        query = Query.of(ADA, other_postcodes=["zb22bb", "no postcode", "ZC3 3AB"])
        found = steps(query)

        assert [step.tolerance for step in found[:3]] == [
            None,
            Tolerance.OTHER_POSTCODE,
            Tolerance.OTHER_POSTCODE,
        ]
        assert [step.learner.postcode for step in found[:3]] == [
            "ZA1 1AB",
            "ZB2 2BB",
            "ZC3 3AB",
        ]

    def test_every_other_field_stays_as_it_was(self):
        for step in steps(ADA)[1:]:
            differing = [
                name
                for name in FIVE_DEMOGRAPHICS
                if getattr(step.learner, name) != getattr(ADA, name)
            ]
            both = step.tolerance is Tolerance.NAMES_SWAPPED
            assert len(differing) == (2 if both else 1)


FULL = Query(
    given_name="Zo\u00eb-Jane",
    preferred_given_name="Bill",
    middle_names="Mary Ann",
    family_name="McDonald-O'Brien Jr",
    previous_family_name="van der Berg",
    family_name_at_16="St John",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AB",
    other_postcodes=["ZB2 2BB"],
    place_of_birth="Ztown",
    email="zoe@example.org",
)


class TestTheWholePlan:
    def test_every_step_is_a_request_that_the_service_takes(self):
        for query in (FULL, ADA, Query.of(ADA.evolve(gender=None, postcode=None))):
            for step in steps(query):
                report = check(
                    step.learner, purpose="find", channel="web_service", as_of=AS_OF
                )
                assert report.is_ok, (step.tolerance, report)

    def test_no_request_is_made_twice(self):
        sent = [
            tuple((value or "").casefold() for value in step.learner.values())
            for step in steps(FULL)
        ]

        assert len(sent) > 20
        assert len(set(sent)) == len(sent)

    def test_the_likeliest_comes_first(self):
        """The order of Appendix B's reasons, as a record is likely to hold them."""
        order = list(dict.fromkeys(step.tolerance for step in steps(FULL)))

        assert order == [
            None,
            Tolerance.OTHER_POSTCODE,
            Tolerance.PREVIOUS_FAMILY_NAME,
            Tolerance.NAMES_SWAPPED,
            Tolerance.SURNAME_AFFIX,
            Tolerance.DOUBLE_BARRELLED,
            Tolerance.PREFERRED_NAME,
            Tolerance.GIVEN_NAMES_TOGETHER,
            Tolerance.MIDDLE_NAME,
            Tolerance.DAY_MONTH_SWAPPED,
            Tolerance.DEFAULT_POSTCODE,
            Tolerance.FIRST_OF_JANUARY,
            Tolerance.FIRST_OF_MONTH,
            Tolerance.MARKS,
            Tolerance.GENDER_NOT_KNOWN,
        ]

    @pytest.mark.parametrize("limit", [0, 1, 7])
    def test_it_has_a_limit(self, limit):
        assert steps(FULL, limit) == steps(FULL)[:limit]
        assert len(steps(FULL, limit)) == limit

    def test_the_limit_is_twenty_when_the_caller_does_not_say(self):
        assert PLAN_LIMIT == 20
        assert len(list(search_plan(FULL))) == 20

    def test_a_negative_limit_is_refused(self):
        with pytest.raises(ValueError, match="limit is 0 or more"):
            search_plan(ADA, limit=-1)

    def test_a_step_says_why_and_shows_nobody(self):
        step = steps(FULL)[2]

        assert step.why == "former family name: van der Berg"
        assert "Berg" not in repr(step)
        assert repr(step) == (
            "Step(learner=Learner(), tolerance="
            "<Tolerance.PREVIOUS_FAMILY_NAME: 'previous_family_name'>)"
        )

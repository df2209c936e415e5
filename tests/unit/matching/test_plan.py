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
            ({"given_name": "A\x00", "preferred_given_name": "A"}, "given_name", "A"),
            ({"gender": "F"}, "gender", "0"),
            ({"gender": "12"}, "gender", "0"),
            ({"gender": "\u0662"}, "gender", "0"),
            ({"given_name": "A" * 36}, "given_name", "A" * 35),
            ({"family_name": "A" * 34 + " Quill"}, "family_name", "A" * 34),
            ({"previous_family_name": "A" * 36}, "previous_family_name", "A" * 35),
            ({"previous_family_name": "\ud800"}, "previous_family_name", None),
            ({"place_of_birth": "Z" * 36}, "place_of_birth", None),
            ({"place_of_birth": " Z  town "}, "place_of_birth", "Z town"),
            ({"school_at_16": "Z" * 255}, "school_at_16", None),
            ({"school_at_16": "Z\x07"}, "school_at_16", None),
            ({"email": "none"}, "email", None),
            ({"email": "ada@example"}, "email", None),
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
            {"date_of_birth": "1900-02-29"},
            {"date_of_birth": "1898-12-31"},
            {"given_name": "A\x00da"},
            {"family_name": "\udcff"},
            {"family_name": "Qu\ufffdll"},
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
                ["MacQuill", "Mc Quill", "Quill"],
            ),
            (
                {"family_name": "O'Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["OQuill", "O Quill", "Quill"],
            ),
            (
                {"family_name": "O\u2019Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["O'Quill", "OQuill", "O Quill", "Quill"],
            ),
            (
                {"family_name": "\u00d3 Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["O'Quill", "OQuill", "O Quill", "Quill"],
            ),
            (
                {"family_name": "Mc Quill"},
                Tolerance.SURNAME_AFFIX,
                "family_name",
                ["MacQuill", "McQuill", "Quill"],
            ),
            ({"family_name": "Mc Quill"}, Tolerance.DOUBLE_BARRELLED, "gender", []),
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
                ["Zoe", "Zoe"],
            ),
            (
                {"given_name": "Zo\u00eb", "family_name": "O'Quill"},
                Tolerance.MARKS,
                "family_name",
                ["O'Quill", "Oquill"],
            ),
            (
                {"given_name": "D\u2019Arcy"},
                Tolerance.MARKS,
                "given_name",
                ["D'Arcy", "Darcy"],
            ),
            (
                {"family_name": "Cholmondeley"},
                Tolerance.SOUND,
                "family_name",
                ["Chumley", "Chulmondeley", "Cholmondley"],
            ),
            ({"family_name": "Smyth"}, Tolerance.SOUND, "family_name", ["Smith"]),
            ({"family_name": "Philips"}, Tolerance.SOUND, "family_name", ["Phillips"]),
            ({"given_name": "Jon"}, Tolerance.SOUND, "given_name", []),
            ({"given_name": "Kiera"}, Tolerance.SOUND, "given_name", ["Kira"]),
            ({}, Tolerance.SOUND, "given_name", []),
            ({}, Tolerance.YEAR_OFF, "date_of_birth", ["2006-05-24", "2008-05-24"]),
            ({"date_of_birth": "2008-02-29"}, Tolerance.YEAR_OFF, "date_of_birth", []),
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
            (
                {},
                Tolerance.FIRST_OF_JANUARY_NEAR,
                "date_of_birth",
                ["2006-01-01", "2008-01-01"],
            ),
            # It is a year off as well, and asked for as that.
            (
                {"date_of_birth": "2007-01-01"},
                Tolerance.FIRST_OF_JANUARY_NEAR,
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

    def test_what_is_frequent_comes_before_what_is_rare(self):
        """Bill is William; that he is Vasileios is the last that is asked."""
        found = steps(ADA.evolve(given_name="Bill"))
        also = [
            (place, step.learner.given_name)
            for place, step in enumerate(found)
            if step.tolerance is Tolerance.NICKNAME
        ]

        assert also[0] == (2, "William")
        assert also[1:] == [(len(found) - 2, "Vasileios"), (len(found) - 1, "Vasilios")]

    def test_rare_companions_of_a_rare_name_come_after_all_else(self):
        found = [step.learner.given_name for step in steps(ADA)]

        assert found[-2:] == ["Adaeze", "Adanna"]
        assert set(found[:-2]) == {"Ada", "Quill"}

    def test_names_that_sound_alike_come_once_and_as_spellings_first(self):
        """Katherine is a known spelling of Catherine, and sounds like it too."""
        found = [
            (step.tolerance, step.learner.given_name)
            for step in steps(ADA.evolve(given_name="Catherine"))
            if step.learner.given_name in {"Katherine", "Kathryn"}
        ]

        assert found == [
            (Tolerance.NAME_VARIANT, "Katherine"),
            (Tolerance.NAME_VARIANT, "Kathryn"),
        ]

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
            Tolerance.YEAR_OFF,
            Tolerance.FIRST_OF_JANUARY_NEAR,
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


class TestTheDayOfTheSearch:
    """With a day, no step has a date of birth that no learner can have."""

    @pytest.mark.parametrize(
        ("born", "as_of", "dates"),
        [
            # 13 today: the year after and the day and month changed over are too young.
            (
                "2013-11-12",
                dt.date(2026, 11, 12),
                ["2013-11-12", "2013-01-01", "2013-11-01", "2012-11-12", "2012-01-01"],
            ),
            # 12 as given, 13 with day and month changed over.
            (
                "2013-12-11",
                dt.date(2026, 11, 21),
                ["2013-11-12", "2013-01-01", "2012-12-11", "2012-01-01"],
            ),
            # The last day of being 110: what is earlier is too old.
            (
                "1915-11-22",
                dt.date(2026, 11, 21),
                ["1915-11-22", "1916-11-22", "1916-01-01"],
            ),
            ("1915-11-21", dt.date(2026, 11, 21), ["1916-11-21", "1916-01-01"]),
            # 11 as given; on 1 January of the year before already 13.
            ("2014-12-31", dt.date(2026, 11, 21), ["2013-01-01"]),
            ("2015-12-31", dt.date(2026, 11, 21), []),
        ],
    )
    def test_dates_out_of_the_age_limits_are_left_out(self, born, as_of, dates):
        found = search_plan(ADA.evolve(date_of_birth=born), limit=100, as_of=as_of)
        sent = list(dict.fromkeys(step.learner.date_of_birth for step in found))

        assert sent == dates

    def test_a_day_with_a_time_is_a_day(self):
        moment = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)

        assert list(search_plan(ADA, as_of=moment)) == list(
            search_plan(ADA, as_of=AS_OF)
        )

    def test_without_a_day_only_impossible_dates_are_left_out(self):
        """The year 1899 is before every learner; the future may be a slip."""
        found = steps(ADA.evolve(date_of_birth="1900-01-02"))
        dates = {step.learner.date_of_birth for step in found}

        assert dates == {
            *("1900-01-02", "1900-02-01", "1900-01-01"),
            *("1901-01-02", "1901-01-01"),
        }
        assert steps(ADA.evolve(date_of_birth="2031-05-24")) != []

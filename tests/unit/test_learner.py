"""The learner: what it keeps, what it shows, and its five key demographics."""

import copy
import datetime as dt
import pickle

import attrs
import pytest

from ulnlib.codes import AbilityToShare, Gender, VerificationType
from ulnlib.errors import InvalidUln
from ulnlib.issues import Report
from ulnlib.learner import Demographics, Learner, Profile
from ulnlib.uln import Uln

ADA = Learner(
    uln="1000000043",
    mis_identifier="A-1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
)
SUMMER = dt.timezone(dt.timedelta(hours=1))


class TestGiving:
    def test_what_is_not_given_is_none(self):
        assert Learner().values() == (None,) * 28
        assert Learner(given_name=None).given_name is None

    @pytest.mark.parametrize("text", ["", " Ada ", "ADA", "\x00", "Zo\u00eb", "?!"])
    def test_a_text_is_kept_as_it_is_given(self, text):
        assert Learner(given_name=text).given_name == text
        assert Learner(date_of_birth=text).date_of_birth == text

    @pytest.mark.parametrize(
        ("name", "value", "text"),
        [
            ("date_of_birth", dt.date(2007, 5, 4), "2007-05-04"),
            (
                "date_of_birth",
                dt.datetime(2007, 5, 4, 23, 59, 58, tzinfo=dt.UTC),
                "2007-05-04",
            ),
            (
                "date_of_birth",
                dt.datetime(2007, 5, 4, 0, 30, tzinfo=SUMMER),
                "2007-05-04",
            ),
            ("date_of_birth", dt.datetime(2007, 5, 4), "2007-05-04"),  # noqa: DTZ001
            ("date_of_birth", dt.date(800, 1, 2), "0800-01-02"),
            ("uln", Uln("1000000043"), "1000000043"),
            ("gender", Gender.FEMALE, "2"),
            ("ability_to_share", AbilityToShare.NOT_PROVIDED, "-1"),
            ("verification_type", VerificationType.OTHER, "999"),
        ],
        ids=[
            "date",
            "datetime",
            "datetime with zone",
            "datetime without zone",
            "year 800",
            "Uln",
            "Gender",
            "share",
            "type",
        ],
    )
    def test_another_value_becomes_its_text(self, name, value, text):
        kept = getattr(Learner(**{name: value}), name)

        assert kept == text
        assert type(kept) is str

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            (19870605, "int"),
            (b"Zebedee", "bytes"),
            (["Zebedee"], "list"),
            (1.5, "float"),
            (True, "bool"),
            (dt.time(5, 4), "time"),
        ],
        ids=["int", "bytes", "list", "float", "bool", "time"],
    )
    def test_a_value_of_another_kind_is_refused_without_showing_it(self, value, kind):
        with pytest.raises(TypeError) as caught:
            Learner(family_name=value)

        assert str(caught.value) == (
            f"family_name is given as text, a date, a Uln or a code, not {kind}"
        )
        assert caught.value.__context__ is None

    def test_a_field_that_does_not_exist_is_refused_without_showing_it(self):
        with pytest.raises(TypeError) as caught:
            Learner(given_name="Ada", zebedee="Zebedee", other="x")

        assert str(caught.value) == "2 of the arguments are no fields of a learner"

    def test_fields_are_given_by_name_only(self):
        with pytest.raises(TypeError):
            Learner("1000000043")


class TestValuesInOrder:
    def test_it_takes_a_text_or_none_for_every_field_in_order(self):
        values = [None] * 28
        values[0], values[3], values[27] = "1000000043", "Ada", "a note"

        learner = Learner.of(values)

        assert learner == Learner(uln="1000000043", given_name="Ada", notes="a note")
        assert learner.values() == tuple(values)

    @pytest.mark.parametrize("count", [0, 1, 27, 29])
    def test_another_number_of_values_is_refused_without_showing_them(self, count):
        with pytest.raises(ValueError, match="one value, or None, for every") as caught:
            Learner.of(["Zebedee"] * count)

        assert "Zebedee" not in str(caught.value)

    def test_values_and_of_are_inverse(self):
        assert Learner.of(ADA.values()) == ADA


class TestEvolve:
    def test_it_changes_what_is_named_and_nothing_else(self):
        changed = ADA.evolve(family_name="Other", date_of_birth=dt.date(2008, 6, 5))

        assert changed.family_name == "Other"
        assert changed.date_of_birth == "2008-06-05"
        assert changed.evolve(family_name="Example", date_of_birth="2007-05-04") == ADA
        assert ADA.family_name == "Example"

    def test_none_takes_a_value_away_and_an_empty_text_stays_one(self):
        assert ADA.evolve(postcode=None).postcode is None
        assert ADA.evolve(postcode="").postcode == ""

    def test_without_changes_it_is_the_same(self):
        assert ADA.evolve() == ADA

    def test_a_field_that_does_not_exist_is_refused_without_showing_it(self):
        with pytest.raises(TypeError) as caught:
            ADA.evolve(zebedee="Zebedee")

        assert "ebedee" not in str(caught.value)

    def test_a_value_of_another_kind_is_refused_without_showing_it(self):
        with pytest.raises(TypeError) as caught:
            ADA.evolve(postcode=b"Zebedee")

        assert "Zebedee" not in str(caught.value)


class TestToDict:
    def test_without_being_asked_it_leaves_the_person_out(self):
        assert ADA.to_dict() == {
            "uln": "1000000043",
            "mis_identifier": "A-1",
            "ability_to_share": None,
            "verification_type": None,
        }

    def test_when_asked_it_has_every_field_in_order(self):
        whole = ADA.to_dict(personal=True)

        assert tuple(whole.values()) == ADA.values()
        assert list(whole)[:4] == ["uln", "mis_identifier", "title", "given_name"]
        assert whole["postcode"] == "ZA1 1AA"
        assert Learner(**whole) == ADA


class TestRepr:
    @pytest.mark.parametrize(
        ("learner", "text"),
        [
            (ADA, "Learner(mis_identifier='A-1')"),
            (ADA.evolve(mis_identifier=None), "Learner(uln='1000000043')"),
            (ADA.evolve(mis_identifier=None, uln=None), "Learner()"),
            (Learner(mis_identifier=""), "Learner()"),
            # columns that have slipped
            (Learner(mis_identifier="Zebedee", uln="Zebra 04/05/2007"), "Learner()"),
            (
                Learner(mis_identifier="Zebedee", uln="1000000043"),
                "Learner(uln='1000000043')",
            ),
        ],
        ids=["identifier", "uln", "neither", "empty", "slipped", "half slipped"],
    )
    def test_it_shows_the_identifier_or_the_uln_alone(self, learner, text):
        assert repr(learner) == text
        assert str(learner) == text
        assert f"{learner}" == text


class TestBeingAValue:
    def test_equal_learners_are_one(self):
        assert ADA.evolve() is not ADA
        assert {ADA, ADA.evolve()} == {ADA}
        assert ADA.evolve(notes="x") != ADA
        assert ADA.values() != ADA

    def test_it_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            ADA._values = ()
        with pytest.raises(AttributeError):
            ADA.given_name = "Eve"
        with pytest.raises(AttributeError):
            ADA.nickname = "Eve"
        with pytest.raises(AttributeError):
            del ADA.given_name
        assert ADA.given_name == "Ada"

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_it_survives_pickling(self, protocol):
        again = pickle.loads(pickle.dumps(ADA, protocol))  # noqa: S301  # our own

        assert again == ADA
        assert again.given_name == "Ada"

    def test_it_can_be_copied(self):
        assert copy.copy(ADA) == ADA
        assert copy.deepcopy([ADA]) == [ADA]


class TestDemographics:
    def test_they_are_typed_and_normalised(self):
        learner = ADA.evolve(
            given_name="  Ada   Maria ", family_name="EXAMPLE", postcode="za11aa  "
        )

        assert learner.demographics() == Demographics(
            given_name="Ada Maria",
            family_name="EXAMPLE",
            date_of_birth=dt.date(2007, 5, 4),
            gender=Gender.FEMALE,
            postcode="ZA1 1AA",
        )

    def test_they_show_no_person(self):
        found = ADA.demographics()

        assert repr(found) == str(found) == "Demographics(...)"
        assert found == pickle.loads(pickle.dumps(found))  # noqa: S301  # our own
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            found.postcode = ""

    def test_what_is_missing_is_said_in_the_order_of_the_five(self):
        found = Learner().demographics()

        assert isinstance(found, Report)
        assert [(item.code, item.path) for item in found] == [
            ("mandatory-missing", ("given_name",)),
            ("mandatory-missing", ("family_name",)),
            ("mandatory-missing", ("date_of_birth",)),
            ("mandatory-missing", ("gender",)),
            ("mandatory-missing", ("postcode",)),
        ]
        assert found[4].message == "Last known postcode is empty; it is mandatory"

    def test_what_is_wrong_stands_among_what_is_missing_in_the_same_order(self):
        found = Learner(
            family_name="Example",
            postcode="nowhere",
            gender="female",
            date_of_birth="04/05/2007",
        ).demographics()

        assert [(item.code, item.path) for item in found] == [
            ("mandatory-missing", ("given_name",)),
            ("date-format", ("date_of_birth",)),
            ("code-unknown", ("gender",)),
            ("postcode-format", ("postcode",)),
        ]
        assert (
            found[2].message == "the code is not in the list of this field: 0, 1, 2, 9"
        )

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"given_name": "  "}, "mandatory-missing"),
            ({"family_name": ""}, "mandatory-missing"),
            ({"date_of_birth": "2007-02-29"}, "date-format"),
            ({"date_of_birth": "1900-02-29"}, "date-format"),
            ({"date_of_birth": " 2007-05-04"}, "date-format"),
            ({"gender": "3"}, "code-unknown"),
            ({"gender": "2 "}, "code-unknown"),
            ({"postcode": "ZA1 1AC"}, "postcode-format"),
            ({"postcode": " "}, "mandatory-missing"),
        ],
        ids=str,
    )
    def test_one_defect_is_one_finding(self, change, code):
        found = ADA.evolve(**change).demographics()

        assert [(item.code, item.path) for item in found] == [(code, tuple(change))]


class TestProfile:
    PROFILE = Profile(
        learner=ADA, created="2026-11-21", last_amended="2026-11-22", version=2
    )

    def test_its_uln_is_the_learner_s(self):
        assert self.PROFILE.uln == Uln("1000000043")

    def test_without_more_it_is_active_and_stands_alone(self):
        assert self.PROFILE.status == "active"
        assert self.PROFILE.linked_ulns == ()
        assert not self.PROFILE.master_substituted
        assert not self.PROFILE.is_synthetic

    def test_a_learner_without_a_uln_has_no_profile_s_uln(self):
        profile = attrs.evolve(self.PROFILE, learner=Learner(given_name="Zebedee"))

        with pytest.raises(InvalidUln) as caught:
            _ = profile.uln

        assert caught.value.reason == "length"

    def test_it_shows_the_identifier_alone(self):
        assert "learner=Learner(mis_identifier='A-1'), " in repr(self.PROFILE)
        assert "Example" not in repr(self.PROFILE)
        assert "2007" not in repr(self.PROFILE)

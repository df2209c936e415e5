"""Updates and duplicates: what agrees, what changes, what is refused."""

import datetime as dt

import pytest

from ulnlib.learner import Learner
from ulnlib.rules import updates
from ulnlib.rules.clauses import clause

FIVE = ("given_name", "family_name", "date_of_birth", "gender", "postcode")
ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
    ability_to_share="1",
    verification_type="2",
    town="Town",
)
OTHER = {
    "given_name": "Adele",
    "family_name": "Sample",
    "date_of_birth": "2007-05-05",
    "gender": "9",
    "postcode": "ZA1 1AB",
}


class TestTheFive:
    def test_capitals_and_spaces_do_not_count(self):
        same = ADA.evolve(
            given_name=" ADA ", family_name="exaMPle", postcode="za11aa", gender=" 2"
        )

        assert updates.folded_demographics(same) == (
            *("ada", "example", "2007-05-04", "2", "za11aa"),
        )
        assert updates.differing(same, ADA) == ()
        assert updates.is_same_learner(same, ADA)

    @pytest.mark.parametrize("name", FIVE)
    def test_each_that_differs_is_named(self, name):
        other = ADA.evolve(**{name: OTHER[name]})

        assert updates.differing(other, ADA) == (name,)
        assert not updates.is_same_learner(other, ADA)
        assert updates.changed_mandatory(ADA, other) == (name,)

    def test_names_come_in_order(self):
        other = ADA.evolve(**OTHER)

        assert updates.differing(other, ADA) == FIVE
        assert updates.changed_mandatory(ADA, other) == FIVE

    @pytest.mark.parametrize("name", FIVE)
    @pytest.mark.parametrize("nothing", [None, "", " "])
    def test_what_is_not_given_agrees_with_nothing(self, name, nothing):
        empty = ADA.evolve(**{name: nothing})

        assert updates.differing(empty, ADA) == (name,)
        assert updates.differing(empty, empty) == (name,)
        assert updates.differing(ADA, empty) == (name,)
        assert not updates.is_same_learner(empty, empty)

    def test_other_fields_do_not_tell_learners_apart(self):
        assert updates.is_same_learner(ADA, ADA.evolve(town="City", uln="1000000051"))


class TestWhatAnUpdateChanges:
    def test_none_leaves_a_field_and_the_empty_text_clears_it(self):
        assert updates.changed_mandatory(ADA, Learner()) == ()
        assert updates.changed_mandatory(ADA, Learner(postcode="")) == ("postcode",)
        assert updates.changed_mandatory(Learner(), Learner(postcode="")) == ()
        assert updates.changed_mandatory(Learner(), Learner(postcode="ZA1 1AA")) == (
            "postcode",
        )

    def test_another_spelling_is_no_change(self):
        assert updates.changed_mandatory(ADA, Learner(postcode="za11aa")) == ()

    def test_another_field_is_not_mandatory(self):
        assert updates.changed_mandatory(ADA, Learner(town="City", title="Dr")) == ()

    def test_one_mandatory_field_a_file_is_no_finding(self):
        """PG-C-1."""
        assert list(updates.check_changes(ADA, Learner(town="City"))) == []
        assert list(updates.check_changes(ADA, Learner(gender="1", town="City"))) == []

    def test_two_mandatory_fields_a_file_are_one_finding(self):
        """PG-C-1."""
        update = Learner(postcode="ZA1 1AB", family_name="Sample")
        (item,) = updates.check_changes(ADA, update)

        assert (item.code, item.field) == ("mandatory-changes", "family_name")
        assert item.message == (
            "2 key details change at once (Family name, Last known postcode); one "
            "file updates one of them"
        )

    def test_by_file_only_what_differs_is_written(self):
        """PG-C-R1."""
        given = ADA.evolve(town="City", title="Dr", postcode="za11aa", gender=None)

        assert dict(updates.changes_by_file(ADA, given)) == {
            "town": "City",
            "title": "Dr",
        }

    def test_by_file_an_empty_cell_changes_nothing(self):
        assert dict(updates.changes_by_file(ADA, Learner(town="", postcode=""))) == {}

    @pytest.mark.parametrize("name", ["uln", "mis_identifier", "upn"])
    def test_by_file_numbers_are_never_written(self, name):
        """R1902-5: the UPN is published."""
        assert dict(updates.changes_by_file(ADA, Learner(**{name: "X"}))) == {}
        assert name in updates.NEVER_UPDATED

    def test_by_file_a_uci_is_written(self):
        assert dict(updates.changes_by_file(ADA, Learner(uci="X"))) == {"uci": "X"}

    def test_by_file_one_of_the_five_is_written_and_kept_fields_are_not(self):
        given = ADA.evolve(postcode="ZA1 1AB", town="City")

        assert dict(updates.changes_by_file(ADA, given)) == {
            "postcode": "ZA1 1AB",
            "town": "City",
        }
        assert dict(updates.changes_by_file(ADA, given, kept=FIVE)) == {"town": "City"}

    def test_by_file_a_share_value_goes_not_back_to_0(self):
        given = Learner(ability_to_share="0", town="City")

        assert dict(updates.changes_by_file(ADA, given)) == {"town": "City"}
        assert dict(updates.changes_by_file(ADA, given.evolve(upn="X"))) == {
            "town": "City"
        }
        never = ADA.evolve(ability_to_share=None)
        assert updates.changes_by_file(never, given)["ability_to_share"] == "0"

    @pytest.mark.parametrize(
        ("as_of", "changes"),
        [
            (None, {"ability_to_share": "2"}),
            (dt.date(2018, 5, 24), {"ability_to_share": "2"}),
            (dt.date(2018, 5, 25), {}),
            (dt.date(2019, 7, 1), {}),
        ],
    )
    def test_by_file_an_opt_out_is_written_while_there_is_one(self, as_of, changes):
        """GOV-S-1: no new opt-out since 25 May 2018."""
        given = Learner(ability_to_share="2")

        assert dict(updates.changes_by_file(ADA, given, as_of=as_of)) == changes

    def test_what_changes_cannot_be_changed(self):
        with pytest.raises(TypeError):
            updates.changes_by_file(ADA, Learner(town="City"))["town"] = "x"


class TestWhoMayUpdateByFile:
    def test_four_of_five_have_to_agree(self):
        assert updates.AGREEING == 4
        assert updates.may_update_by_file(ADA, ADA).allowed
        four = ADA.evolve(postcode="ZA1 1AB")
        assert updates.may_update_by_file(ADA, four).allowed
        three = four.evolve(gender="9")
        decision = updates.may_update_by_file(ADA, three)
        assert not decision.allowed
        assert decision.clause == "PG-C-1"

    def test_a_field_that_is_not_given_does_not_agree(self):
        names_only = Learner(uln=ADA.uln, given_name="Ada", family_name="Example")

        assert not updates.may_update_by_file(ADA, names_only)
        assert updates.may_update_by_file(ADA, ADA.evolve(gender=None))

    def test_the_record_may_lack_what_the_row_gives(self):
        assert updates.may_update_by_file(ADA.evolve(gender=None), ADA)
        assert not updates.may_update_by_file(
            ADA.evolve(gender=None), ADA.evolve(postcode="ZA1 1AB")
        )


NEW = ADA.evolve(uln=None)


class TestRegistrationIsRefused:
    def test_not_for_a_whole_record_without_a_uln(self):
        assert updates.refuse_registration(NEW) is None
        assert updates.refuse_registration(NEW.evolve(uln=" ")) is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("gender", "X"),
            ("verification_type", "77"),
            ("date_of_birth", "04/05/2008"),
            ("postcode", "nonsense"),
        ],
    )
    def test_for_a_value_that_the_service_does_not_take(self, field, value):
        refusal = updates.refuse_registration(NEW.evolve(**{field: value}))

        assert refusal is not None
        assert refusal.code == "WSEC0001"
        assert refusal.clause == "WS-P-1"
        assert refusal.message.startswith(f"{field}: ")
        assert value not in refusal.message

    def test_not_for_what_is_only_advised_against(self):
        assert updates.refuse_registration(NEW.evolve(postcode="ZZ99 9ZZ")) is None

    def test_for_a_learner_who_has_a_uln(self):
        """PG-4.2.2-R1."""
        refusal = updates.refuse_registration(ADA)

        assert (refusal.code, refusal.clause) == ("uln-given", "PG-4.2.2-R1")
        assert str(refusal) == (
            "the learner has a ULN already: load the record with add(), or change it "
            "with update() (uln-given)"
        )

    def test_for_a_learner_who_lacks_mandatory_fields(self):
        """XS-8."""
        lacking = NEW.evolve(gender="", verification_type=None)
        refusal = updates.refuse_registration(lacking)

        assert (refusal.code, refusal.clause) == ("WSRC0015", "XS-8")
        assert refusal.message == (
            "a new ULN needs these fields as well: gender, verification_type"
        )

    def test_for_the_same_five_as_somebody_there(self):
        """WS-4."""
        others = [NEW.evolve(postcode="ZA1 1AB"), NEW.evolve(postcode="za11aa")]

        assert updates.refuse_duplicate(NEW, []) is None
        assert updates.refuse_duplicate(NEW, others[:1]) is None
        refusal = updates.refuse_duplicate(NEW, others)
        assert (refusal.code, refusal.clause) == ("WSRC0021", "WS-4")
        assert refusal.message == (
            "a learner with the same given name, family name, date of birth, gender "
            "and postcode is there already: search, and use that ULN"
        )


def refuse(update, held=ADA, *, seen=None, version=3, shares=()):
    refusal = updates.refuse_update(
        held, update, seen=seen, version=version, shares=shares
    )
    return refusal and refusal.code


class TestUpdatesAreRefused:
    def test_not_when_something_changes(self):
        assert refuse(Learner(town="City")) is None
        assert refuse(Learner(town="City"), seen=3) is None

    @pytest.mark.parametrize("seen", [2, 4, 0])
    def test_when_the_record_has_another_version_than_was_seen(self, seen):
        """WS-5."""
        refusal = updates.refuse_update(ADA, Learner(town="City"), seen=seen, version=3)

        assert (refusal.code, refusal.clause) == ("WSRC0013", "WS-5")
        assert refusal.message == (
            f"the record is at version 3, not {seen}: read it again before changing it"
        )

    @pytest.mark.parametrize("name", [*FIVE, "ability_to_share", "verification_type"])
    @pytest.mark.parametrize("nothing", ["", " "])
    def test_when_a_mandatory_field_would_be_emptied(self, name, nothing):
        """REG-U-1."""
        refusal = updates.refuse_update(
            ADA, Learner(**{name: nothing}), seen=None, version=1
        )

        assert (refusal.code, refusal.clause) == ("mandatory-missing", "REG-U-1")
        assert refusal.message == f"these fields cannot be cleared: {name}"

    def test_every_field_that_would_be_emptied_is_named(self):
        refusal = updates.refuse_update(
            ADA, Learner(gender="", given_name=""), seen=None, version=1
        )

        assert refusal.message == ("these fields cannot be cleared: given_name, gender")

    def test_not_when_the_field_was_empty_before(self):
        bare = Learner(uln=ADA.uln, given_name="Ada")

        assert refuse(Learner(gender="", town="City"), held=bare) is None
        assert refuse(Learner(gender="", given_name="", town="x"), held=bare) == (
            "mandatory-missing"
        )

    def test_when_ability_to_share_goes_back_to_0(self):
        """PG-F-2, WS-6."""
        refusal = updates.refuse_update(
            ADA, Learner(ability_to_share="0"), seen=None, version=1
        )
        assert (refusal.code, refusal.clause) == ("WSRC0014", "PG-F-2")
        assert refusal.message == (
            "ability to share can never become 0 again once it has been another"
        )
        never = ADA.evolve(ability_to_share=None)
        assert refuse(Learner(ability_to_share="0"), held=never) is None
        assert refuse(Learner(ability_to_share="0"), held=never, shares=("0", "2")) == (
            "WSRC0014"
        )
        assert refuse(Learner(ability_to_share="2"), shares=("1",)) is None

    @pytest.mark.parametrize(
        "update", [Learner(), Learner(town="Town"), Learner(title=""), ADA]
    )
    def test_when_nothing_changes(self, update):
        """WS-6."""
        refusal = updates.refuse_update(ADA, update, seen=None, version=1)

        assert (refusal.code, refusal.clause) == ("WSRC0020", "WS-6")
        assert refusal.message == "the record has these values already"

    def test_another_spelling_is_a_change_of_the_record(self):
        assert refuse(Learner(given_name="ADA")) is None

    def test_the_uln_is_not_changed(self):
        assert refuse(Learner(uln="1000000051")) == "WSRC0020"
        after = updates.updated(ADA, Learner(uln="1000000051", town=""))
        assert (after.uln, after.town) == ("1000000043", None)

    def test_the_first_reason_is_given(self):
        everything = Learner(gender="", ability_to_share="0")

        assert refuse(everything, seen=1) == "WSRC0013"
        assert refuse(everything) == "mandatory-missing"
        assert refuse(Learner(ability_to_share="0"), shares=("1",)) == "WSRC0014"


def test_every_clause_of_a_refusal_is_there():
    for name in ("PG-4.2.2-R1", "XS-8", "WS-4", "WS-5", "WS-6", "PG-F-2", "REG-U-1"):
        assert clause(name).text

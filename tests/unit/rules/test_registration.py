"""What a new ULN needs: fields, and an age."""

import datetime as dt

import attrs
import pytest

from ulnlib import batch
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.issues import Report, issue
from ulnlib.learner import Learner
from ulnlib.rules import registration
from ulnlib.rules.registration import Channel, Form, Purpose, check_form, return_code

WHOLE = Learner(
    given_name="Ada",
    family_name="Example",
    date_of_birth="2007-05-04",
    gender="2",
    postcode="ZA1 1AA",
    ability_to_share="1",
    verification_type="2",
)


def test_the_ages_are_13_to_110():
    assert registration.MINIMUM_AGE == 13
    assert registration.MAXIMUM_AGE == 110


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        # 110 on the eve of the 111th birthday; 13 on the birthday itself.
        ("2026-11-21", "1915-11-22", "2013-11-21"),
        ("2024-02-29", "1913-03-01", "2011-02-28"),
        ("2025-02-28", "1914-03-01", "2012-02-28"),
        ("2025-03-01", "1914-03-02", "2012-03-01"),
    ],
)
def test_both_ends_of_the_permitted_ages_are_included(as_of, first, last):
    found = registration.birth_dates(dt.date.fromisoformat(as_of))

    assert [day.isoformat() for day in found] == [first, last]


def test_a_whole_record_lacks_nothing():
    assert registration.missing_for_registration(WHOLE) == ()


def test_an_empty_record_lacks_all_in_order():
    assert registration.missing_for_registration(Learner()) == (
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "ability_to_share",
        "verification_type",
    )


@pytest.mark.parametrize("blank", [None, "", "  ", "\t"])
@pytest.mark.parametrize(
    "name",
    [
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "ability_to_share",
        "verification_type",
    ],
)
def test_a_blank_field_is_lacking(name, blank):
    learner = WHOLE.evolve(**{name: blank})

    assert registration.missing_for_registration(learner) == (name,)


def test_a_wrong_value_is_not_lacking():
    """Whether a value is right is asked elsewhere."""
    learner = WHOLE.evolve(date_of_birth="yesterday", gender="X")

    assert registration.missing_for_registration(learner) == ()


# --- the fields of each purpose and channel ---------------------------------------

AS_OF = dt.date(2026, 11, 21)
FIVE = ("given_name", "family_name", "date_of_birth", "gender", "postcode")
SEVEN = (*FIVE, "ability_to_share", "verification_type")
FILE, WEB_SERVICE = Channel.FILE, Channel.WEB_SERVICE
FIND, REGISTER, UPDATE = Purpose.FIND, Purpose.REGISTER, Purpose.UPDATE
BY_ULN = ("uln", "given_name", "family_name")


@pytest.mark.parametrize(
    ("purpose", "channel", "has_uln", "expected"),
    [
        (FIND, FILE, False, FIVE),
        (FIND, FILE, True, BY_ULN),
        (FIND, WEB_SERVICE, False, FIVE),
        (FIND, WEB_SERVICE, True, BY_ULN),
        (REGISTER, FILE, False, SEVEN),
        (REGISTER, FILE, True, SEVEN),
        (REGISTER, WEB_SERVICE, False, SEVEN),
        (REGISTER, WEB_SERVICE, True, SEVEN),
        (UPDATE, FILE, False, BY_ULN),
        (UPDATE, FILE, True, BY_ULN),
        (UPDATE, WEB_SERVICE, False, ("uln", *SEVEN)),
        (UPDATE, WEB_SERVICE, True, ("uln", *SEVEN)),
    ],
)
def test_the_mandatory_fields_of_each_purpose(purpose, channel, has_uln, expected):
    """PG-1.3-R1, PG-1.3-R2, PG-4.2.1-1, PG-4.2.2-1, XS-4, XS-8, REG-U-1."""
    found = registration.mandatory_fields(purpose, channel, has_uln=has_uln)

    assert found == expected


def test_without_a_word_there_is_no_uln():
    assert registration.mandatory_fields(FIND, FILE) == FIVE
    assert set(registration.sent_fields(FIND, WEB_SERVICE)) == REFINED


REFINED = {
    *FIVE,
    *("previous_family_name", "school_at_16", "place_of_birth", "email"),
}
MESSAGE = set(FIELDS) - {"uln", "mis_identifier", "upn", "uci"}


@pytest.mark.parametrize(
    ("purpose", "channel", "version", "has_uln", "expected"),
    [
        (FIND, FILE, None, False, set(FIELDS)),
        (FIND, FILE, "3A", True, set(FIELDS)),
        (REGISTER, FILE, "3A", False, set(FIELDS)),
        (UPDATE, FILE, "2A", True, set(FIELDS) - {"upn", "uci"}),
        (FIND, WEB_SERVICE, None, False, REFINED),
        (FIND, WEB_SERVICE, None, True, set(BY_ULN)),
        (REGISTER, WEB_SERVICE, None, False, MESSAGE),
        (REGISTER, WEB_SERVICE, None, True, MESSAGE),
        (UPDATE, WEB_SERVICE, None, True, MESSAGE | {"uln"}),
    ],
)
def test_the_fields_that_are_sent(purpose, channel, version, has_uln, expected):
    """REG-U-2, REG-U-3, R1902-1."""
    found = registration.sent_fields(purpose, channel, version=version, has_uln=has_uln)

    assert set(found) == expected
    assert list(found) == [name for name in FIELDS if name in expected]


def test_there_is_no_other_version_of_the_file():
    with pytest.raises(InvalidValue) as caught:
        registration.sent_fields(FIND, FILE, version="1B")
    assert caught.value.args == ("version", "the versions of the file are 2A and 3A")
    with pytest.raises(InvalidValue, match="2A and 3A"):
        check(WHOLE, REGISTER, FILE, version="1B")


def test_there_is_no_other_purpose_or_channel():
    with pytest.raises(InvalidValue) as caught:
        check(WHOLE, "Ada", FILE)
    assert caught.value.args == ("word", "this is none of: find, register, update")
    with pytest.raises(InvalidValue, match=r"^this is none of: file, web_service$"):
        check(WHOLE, REGISTER, "Ada")


# --- one call for a form ----------------------------------------------------------


def check(learner, purpose, channel, version=None, as_of=AS_OF):
    return registration.check(
        learner, purpose=purpose, channel=channel, version=version, as_of=as_of
    )


def found(learner, purpose, channel, **more):
    return [(i.code, i.field) for i in check(learner, purpose, channel, **more)]


NUMBERED = WHOLE.evolve(uln="1000000043")
ALL_WAYS = [(p, c) for p in Purpose for c in Channel]


@pytest.mark.parametrize(("purpose", "channel"), ALL_WAYS)
def test_a_whole_record_is_sound_for_every_purpose(purpose, channel):
    learner = NUMBERED if purpose is UPDATE else WHOLE

    assert found(learner, purpose, channel) == []
    assert found(learner, purpose.value, channel.value) == []


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize(("purpose", "channel"), ALL_WAYS)
def test_what_is_mandatory_is_asked_for_and_nothing_else(purpose, channel, nothing):
    learner = NUMBERED if purpose is UPDATE else WHOLE
    for name in ("uln", *SEVEN):
        mandatory = registration.mandatory_fields(purpose, channel)
        expected = [("mandatory-missing", name)] if name in mandatory else []
        assert found(learner.evolve(**{name: nothing}), purpose, channel) == expected


def test_a_learner_is_found_by_uln_and_names():
    """PG-1.3-R2, PG-4.2.3-1."""
    named = Learner(uln="1000000043", given_name="Ada", family_name="Example")

    assert found(named, FIND, WEB_SERVICE) == []
    assert found(named, FIND, FILE) == []
    assert found(named.evolve(given_name=" "), FIND, WEB_SERVICE) == [
        ("mandatory-missing", "given_name")
    ]
    # What a search by ULN does not send is not looked at.
    assert found(named.evolve(gender="X"), FIND, WEB_SERVICE) == []
    assert found(named.evolve(gender="X"), FIND, FILE) == [("code-unknown", "gender")]


def test_what_a_search_does_not_send_is_not_looked_at():
    odd = WHOLE.evolve(
        notes="x" * 5000,
        date_of_address_capture="2099-01-01",
        verification_type="999",
        ability_to_share="7",
    )

    assert found(odd, FIND, WEB_SERVICE) == []
    assert found(odd.evolve(email="none"), FIND, WEB_SERVICE) == [
        ("email-none", "email")
    ]
    assert len(found(odd, REGISTER, WEB_SERVICE)) == 4


def test_findings_come_in_the_order_of_the_fields():
    learner = Learner(uln="1", notes="x" * 5000, upn="H", verification_type="999")

    fields = [field for _, field in found(learner, REGISTER, WEB_SERVICE)]
    assert fields == sorted(fields, key=list(FIELDS).index)
    assert fields[0] == "uln"
    assert "upn" in fields


@pytest.mark.parametrize(
    ("uln", "code"),
    [
        ("1000000043", "uln-given"),
        ("123", "uln-given"),
        ("9999999999", "uln-temporary"),
    ],
)
@pytest.mark.parametrize("channel", Channel)
def test_a_learner_with_a_uln_is_not_registered(channel, uln, code):
    """PG-4.2.2-R1, REG-U-2."""
    assert found(WHOLE.evolve(uln=uln), REGISTER, channel) == [(code, "uln")]


def test_an_update_needs_a_right_uln():
    """PG-1.3-R3."""
    assert found(WHOLE.evolve(uln="1000000044"), UPDATE, FILE) == [
        ("uln-check-digit", "uln")
    ]


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2013-11-21", None),
        ("2013-11-22", "age-too-young"),
        ("2026-11-21", "age-too-young"),
        ("2026-11-22", "date-of-birth-future"),
        ("1915-11-22", None),
        ("1915-11-21", "age-too-old"),
        ("1900-02-29", "date-no-leap-year"),
        ("21/11/1808", "date-excel"),
    ],
)
@pytest.mark.parametrize(("purpose", "channel"), ALL_WAYS)
def test_ages_are_13_to_110_by_every_way(purpose, channel, born, code):
    """N2018-1, N2018-2."""
    learner = NUMBERED if purpose is UPDATE else WHOLE
    expected = [] if code is None else [(code, "date_of_birth")]

    assert found(learner.evolve(date_of_birth=born), purpose, channel) == expected


def test_ages_are_counted_on_the_day_that_is_given():
    learner = WHOLE.evolve(date_of_birth="2013-11-22")

    assert found(learner, REGISTER, FILE, as_of=dt.date(2026, 11, 22)) == []


def test_an_age_is_not_counted_of_what_is_not_sent():
    young = NUMBERED.evolve(date_of_birth="2020-01-01")

    assert found(young, FIND, WEB_SERVICE) == []


@pytest.mark.parametrize(
    ("captured", "code"),
    [
        ("2026-11-21", None),
        ("2026-11-22", "date-of-capture-future"),
        ("2026/11/22", "date-format"),
    ],
)
def test_an_address_is_not_captured_tomorrow(captured, code):
    learner = WHOLE.evolve(date_of_address_capture=captured)
    expected = [] if code is None else [(code, "date_of_address_capture")]

    assert found(learner, REGISTER, WEB_SERVICE) == expected


def test_a_stand_in_for_a_date_of_birth_is_taken():
    """PG-C-R3."""
    assert found(WHOLE.evolve(date_of_birth="2008-01-01"), REGISTER, FILE) == []


@pytest.mark.parametrize(
    ("version", "code"),
    [("2A", None), ("3A", "share-2-withdrawn"), (None, "share-2-withdrawn")],
)
def test_ability_to_share_2_is_for_2a_only(version, code):
    """R1902-3."""
    expected = [] if code is None else [(code, "ability_to_share")]
    learner = WHOLE.evolve(ability_to_share="2", date_of_birth="2000-05-04")
    day = dt.date(2018, 5, 24)

    assert found(learner, REGISTER, FILE, version=version, as_of=day) == expected


@pytest.mark.parametrize(
    ("purpose", "as_of", "codes"),
    [
        (REGISTER, "2018-05-24", []),
        (REGISTER, "2018-05-25", ["share-2-ended"]),
        (REGISTER, "2018-09-01", ["share-2-ended"]),
        (REGISTER, "2019-06-30", ["share-2-ended"]),
        (REGISTER, "2019-07-01", ["share-2-ended", "version-withdrawn"]),
        (UPDATE, "2018-09-01", []),  # it may be an old one
        (UPDATE, "2019-06-30", []),
        (UPDATE, "2019-07-01", ["share-2-ended", "version-withdrawn"]),
        (FIND, "2018-09-01", []),
        (FIND, "2019-07-01", []),
    ],
)
def test_a_file_of_version_2a_carries_no_new_opt_out(purpose, as_of, codes):
    """GOV-S-1, R1902-6: by file as by web service."""
    learner = NUMBERED if purpose is UPDATE else WHOLE
    learner = learner.evolve(date_of_birth="2000-05-04", ability_to_share="2")
    day = dt.date.fromisoformat(as_of)
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)

    expected = [(code, "ability_to_share") for code in codes]
    assert found(learner, purpose, FILE, version="2A", as_of=day) == expected
    assert found(learner, purpose, FILE, version="2A", as_of=moment) == expected


@pytest.mark.parametrize("purpose", [REGISTER, UPDATE])
def test_version_2a_is_taken_until_30_june_2019(purpose):
    """R1902-6."""
    learner = NUMBERED if purpose is UPDATE else WHOLE
    learner = learner.evolve(date_of_birth="2000-05-04")
    last, first = dt.date(2019, 6, 30), dt.date(2019, 7, 1)

    assert found(learner, purpose, FILE, version="2A", as_of=last) == []
    (item,) = check(learner, purpose, FILE, version="2A", as_of=first)
    assert (item.code, item.severity) == ("version-withdrawn", "error")
    assert item.message == "version 2A has not been taken since 2019-06-30"
    for version in ("3A", None):
        assert found(learner, purpose, FILE, version=version, as_of=first) == []
    assert found(learner, purpose, WEB_SERVICE, as_of=first) == []


@pytest.mark.parametrize(
    ("purpose", "as_of", "is_taken"),
    [
        (REGISTER, "2018-05-24", True),
        (REGISTER, "2018-05-25", False),
        (UPDATE, "2018-05-25", True),  # it may be an old one
        (UPDATE, "2019-06-30", True),
        (UPDATE, "2019-07-01", False),
    ],
)
def test_an_opt_out_is_sent_by_web_service_while_there_is_one(purpose, as_of, is_taken):
    learner = NUMBERED if purpose is UPDATE else WHOLE
    learner = learner.evolve(date_of_birth="2000-05-04")
    day = dt.date.fromisoformat(as_of)
    expected = [] if is_taken else [("share-2-ended", "ability_to_share")]

    assert (
        found(learner.evolve(ability_to_share="2"), purpose, WEB_SERVICE, as_of=day)
        == expected
    )
    for other in ("0", "1"):
        sent = learner.evolve(ability_to_share=other)
        assert found(sent, purpose, WEB_SERVICE, as_of=day) == []


@pytest.mark.parametrize("name", ["upn", "uci"])
def test_a_field_without_a_place_is_said(name):
    """REG-U-2, R1902-1."""
    learner = WHOLE.evolve(**{name: "anything"})
    advice = [("field-not-taken", name)]

    assert found(learner, REGISTER, WEB_SERVICE) == advice
    taken = learner.evolve(date_of_birth="2000-05-04")
    day = dt.date(2019, 6, 30)
    assert found(taken, REGISTER, FILE, version="2A", as_of=day) == advice
    assert found(learner, FIND, WEB_SERVICE) == advice
    assert found(learner, REGISTER, FILE) == [(f"{name}-format", name)]
    (item,) = check(learner, REGISTER, WEB_SERVICE)
    assert item.message.startswith(FIELDS[name].label)
    assert check(learner, REGISTER, WEB_SERVICE).is_ok


def test_a_description_goes_with_another_document():
    """PG-D-2."""
    missing = WHOLE.evolve(verification_type="999")
    unused = WHOLE.evolve(other_verification_description="exam certificate")
    field = "other_verification_description"

    assert found(missing, REGISTER, FILE) == [
        ("verification-description-missing", field)
    ]
    assert found(unused, UPDATE, FILE)[-1] == (
        "verification-description-unused",
        field,
    )
    assert found(missing, FIND, WEB_SERVICE) == []


def test_a_form_advises_on_the_description_and_a_file_does_not():
    """PG-D-4."""
    learner = WHOLE.evolve(
        verification_type="999", other_verification_description="LRS"
    )
    field = "other_verification_description"

    assert found(learner, REGISTER, FILE) == [
        ("verification-description-not-accepted", field)
    ]
    assert check_learner(learner, RowRules(batch.LRB_3A, AS_OF)) == []


def test_a_form_and_a_file_find_the_same():
    odd = Learner(**{name: f"x\t{'y' * 40}" for name in FIELDS if name != "uln"})
    for version in ("2A", "3A"):
        rules = RowRules(batch.LAYOUTS[version], AS_OF)
        for uln in (None, "1", "1000000043"):
            learner = odd.evolve(uln=uln)
            report = check(learner, FIND, FILE, version=version)
            taken = Report(i for i in report if i.code != "field-not-taken")
            assert taken == Report(check_learner(learner, rules))


def test_a_form_without_a_day_leaves_dates_unchecked():
    form = Form(
        accepted={"date_of_birth": (), "date_of_address_capture": ()},
        mandatory=(),
        as_of=None,
    )
    learner = Learner(date_of_birth="2099-01-01", date_of_address_capture="2099-01-01")

    assert check_form(learner, form) == []
    assert (form.birth_dates, form.today) == (("", "~"), "~")
    dated = attrs.evolve(form, as_of=AS_OF)
    assert [i.code for i in check_form(learner, dated)] == [
        "date-of-capture-future",
        "date-of-birth-future",
    ]


# --- what an error leads to -------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "facts", "by_file", "by_web_service"),
    [
        ("age-too-young", {}, "RC013", "RC011"),
        ("age-too-old", {}, "RC013", "RC011"),
        ("date-of-birth-future", {}, "RC013", "RC011"),
        ("date-format", {}, "RC011", "RC011"),
        ("uln-given", {}, "RC011", "RC011"),
        ("postcode-shape", {}, None, None),
    ],
)
def test_the_return_code_of_an_age_differs_by_channel(
    code, facts, by_file, by_web_service
):
    """N2018-1, N2018-R1."""
    item = issue(code, "date_of_birth", **facts)

    assert return_code(item, channel=FILE) == by_file
    assert return_code(item, channel=WEB_SERVICE) == by_web_service


@pytest.mark.parametrize(
    ("as_of", "code"), [("2018-07-16", "RC011"), ("2018-07-17", "RC013")]
)
def test_rc013_was_not_in_use_before_july_2018(as_of, code):
    item = issue("age-too-old", "date_of_birth")
    day = dt.date.fromisoformat(as_of)

    assert return_code(item, channel=FILE, as_of=day) == code
    assert return_code(item, channel=WEB_SERVICE, as_of=day) == "RC011"


@pytest.mark.parametrize(
    ("as_of", "code"), [("2019-02-11", "RC011"), ("2019-02-12", "RC012")]
)
def test_rc012_was_not_in_use_before_release_1902(as_of, code):
    (item,) = check(WHOLE.evolve(upn="x"), REGISTER, FILE)

    assert return_code(item, channel=FILE, as_of=dt.date.fromisoformat(as_of)) == code


@pytest.mark.parametrize("name", SEVEN)
def test_what_only_a_new_uln_needs_is_too_little_data(name):
    """RC-2, RC-5."""
    item = issue("mandatory-missing", name, label="x")
    expected = "RC010" if name in FIVE else "RC006"

    assert return_code(item, channel=FILE) == expected
    assert return_code(item, channel=WEB_SERVICE) == expected


def test_another_finding_about_such_a_field_keeps_its_code():
    item = issue("share-2-withdrawn", "ability_to_share")

    assert return_code(item, channel=FILE) == "RC011"

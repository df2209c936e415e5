"""Data restrictions: names, school, e-mail, address, prohibited text and postcodes."""

import datetime as dt
import inspect

import pytest

from ulnlib.fields import FIELDS
from ulnlib.issues import issue_codes
from ulnlib.learner import Learner
from ulnlib.rules import restrictions
from ulnlib.rules.restrictions import WordList

AS_OF = dt.date(2026, 11, 21)

ADA = Learner(
    given_name="Ada",
    middle_names="Grace Anne-Marie",
    family_name="O'Example-Jones",
    address_line_1="1 Sample Street",
    town="Nowhere",
    postcode="ZA1 1AA",
    date_of_birth="2007-05-04",
    place_of_birth="Newcastle upon Tyne",
    email="ada@example.org",
    school_at_16="St Mary's, Nowhere",
    gender="2",
)
ADVICE_ON_SHAPE = "postcode-shape"  # no place has a postcode that begins with Z


def found(before=None, **fields):
    report = restrictions.check(ADA.evolve(**fields), before=before, as_of=AS_OF)
    return [(i.code, i.field) for i in report if i.code != ADVICE_ON_SHAPE]


def codes(report):
    return [(item.code, item.field) for item in report]


def test_a_record_as_it_should_be_has_no_finding():
    assert found() == []


def test_nothing_is_asked_of_an_empty_update():
    assert codes(restrictions.check(Learner(uln="1000000043"), as_of=AS_OF)) == []


def test_an_update_is_checked_together_with_what_is_held():
    before = ADA.evolve(email="none", town="", postcode="SW1A 1AA")
    update = Learner(uln="1000000043", family_name="O'Example-Jones")

    assert codes(restrictions.check(update, before=before)) == [
        ("address-line-missing", "town"),
        ("email-none", "email"),
    ]


def test_a_finding_names_its_field():
    (item,) = restrictions.check_names(Learner(given_name="Test"))

    assert item.message.startswith("Given name is a word")


def test_findings_are_in_the_order_of_the_fields():
    learner = Learner(
        given_name="Baby",
        middle_names="A, B",
        family_name="Prisoner",
        school_at_16="A School",
        address_line_1="x",
        place_of_birth="GB",
        email="none",
        date_of_birth="2012-01-01",
        postcode="ZZ99 9ZA",
    )
    report = restrictions.check(
        learner,
        before=Learner(family_name="Before"),
        prohibited_postcodes=["zz999za"],
        as_of=AS_OF,
    )

    assert codes(report) == [
        ("name-placeholder", "given_name"),
        ("middle-names-divided", "middle_names"),
        ("prohibited-word-in-name", "family_name"),
        ("previous-family-name-not-kept", "previous_family_name"),
        ("school-name-word", "school_at_16"),
        ("at-16-too-early", "school_at_16"),
        ("address-line-missing", "town"),
        ("postcode-shape", "postcode"),
        ("prohibited-postcode", "postcode"),
        ("place-of-birth-not-town", "place_of_birth"),
        ("email-none", "email"),
    ]


def test_every_finding_says_what_to_put_and_has_its_source():
    table = {
        code: row
        for code, row in issue_codes().items()
        if code
        in {
            *("name-with-nickname", "name-placeholder", "middle-names-divided"),
            *("previous-family-name-not-kept", "at-16-too-early", "school-name-word"),
            *("email-missing", "email-made-up", "address-line-missing"),
            *("address-without-postcode", "place-of-birth-not-town"),
        }
    }

    assert len(table) == 11
    assert {row.severity for row in table.values()} == {"warning"}
    assert {row.kind for row in table.values()} == {"advice"}
    assert all(row.remedy and row.source for row in table.values())
    for code in ("prohibited-word", "prohibited-word-in-name", "prohibited-postcode"):
        row = issue_codes()[code]
        assert (row.severity, row.kind, row.return_code) == ("error", "format", "RC011")


# --- names ----------------------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize("field", ["given_name", "middle_names", "family_name"])
@pytest.mark.parametrize(
    "text",
    [
        *("William (Bill)", 'William "Bill"', "William \u201cBill\u201d", "'Bill'"),
        *("William \u2018Bill\u2019 X", "William aka Bill", "William A.K.A. Bill"),
        *("William known as Bill", "William called Bill", "William prefers Bill"),
        *("William a.k.a Bill", "Robert [Bob]", "Robert {Bob}", "Robert <Bob>"),
        *("Robert AKA: Bob", "Robert a/k/a Bob", "Robert goes by Bob", "Known as Bob"),
        *("Robert nickname Bob", "Robert, nick-name: Bob", "Rob\u200bert [B\u200bob]"),
        *("known as: Bob", "Robert (aka Bob)", "Robert nicknamed Bob"),
    ],
)
def test_a_nickname_beside_the_legal_name_is_seen(field, text):
    """PG-C-5, PG-C-11: nicknames go into the preferred given name."""
    assert ("name-with-nickname", field) in found(**{field: text})


@pytest.mark.parametrize(
    "text",
    [
        *("O'Brien", "D'Arcy-O'Neill", "van 't Hoff", "Aka", "Mary Aka", "Bill"),
        *("N'Golo", "Ka'ahumanu", "Mc()Call", "Called", "Prefers Well"),
        *("Is'haq", "M\u2019Baye", "Smith \u2019t Hooft", "Tariq Aka Khan"),
        *("Ravi s/o Kumar", "Devi d/o Kumar", "A/L Rajan", "Knownas", "Goesby"),
    ],
)
def test_apostrophes_and_words_alone_are_no_nickname(text):
    assert found(given_name=text, family_name=text) == []


@pytest.mark.parametrize("text", ["Robert / Bob", "Robert/Bob"])
def test_an_oblique_divides_middle_names_and_shows_a_nickname_elsewhere(text):
    for field in ("given_name", "family_name"):
        assert found(**{field: text}) == [("name-with-nickname", field)]
    assert found(middle_names=text) == [("middle-names-divided", "middle_names")]


def test_a_very_long_text_is_looked_through_in_no_time():
    for text in ("(" + "a" * 100_000, "a" * 100_000, "1" * 100_000 + "a"):
        assert codes(restrictions.check_names(Learner(given_name=text))) == []


@pytest.mark.parametrize("field", ["preferred_given_name", "previous_family_name"])
def test_a_nickname_may_stand_elsewhere(field):
    assert found(**{field: "Bill (William)"}) == []


@pytest.mark.parametrize("field", ["given_name", "middle_names", "family_name"])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "Baby",
            "UNKNOWN",
            "Test",
            "test 1",
            "Test01",
            " not  known ",
            "N/A",
            "n / a",
        ),
        *("Not-Known", "Baby Boy", "x", "XXX", "Surname", "Learner", "Anonymous."),
        *("-", "?", ".", "1", "...", "007", "Test Test", "test  TEST test", "T.B.C."),
        *("No surname", "XXXXX", "X X", "Tes\u200bt", "\u2060Unknown\ufeff", "T B A"),
        *("UNKNOWN unknown", "no family name", "Not applicable", "n.a", "_"),
    ],
)
def test_a_placeholder_is_a_warning_for_it_may_be_a_name(field, text):
    report = restrictions.check_names(ADA.evolve(**{field: text}))

    assert codes(report) == [("name-placeholder", field)]
    assert report.is_ok
    assert "leave it" in report[0].remedy


@pytest.mark.parametrize(
    "text",
    [
        *("Babyface", "Tester-Jones", "Unknown Soldier", "Testa", "Baby Rose", "No"),
        *("Xu", "Student-Smith", "Na", "", " ", "Xxavier", "A B", "J.R.", "Bob Bob"),
        *("Test Baby", "\u674e", "Max 2", "No Surname-Smith"),
        "Un Known",
    ],
)
def test_a_name_that_only_holds_such_a_word_is_a_name(text):
    assert codes(restrictions.check_names(Learner(given_name=text))) == []


def test_placeholders_are_the_callers_to_choose():
    learner = ADA.evolve(given_name="Zed", family_name="Test")
    more = restrictions.PLACEHOLDER_NAMES.extended(["zed"])

    assert codes(restrictions.check_names(learner, placeholder_names=more)) == [
        ("name-placeholder", "given_name"),
        ("name-placeholder", "family_name"),
    ]
    report = restrictions.check(learner, placeholder_names=WordList(["Zed"]))
    assert ("name-placeholder", "given_name") in codes(report)
    assert ("name-placeholder", "family_name") not in codes(report)
    assert codes(restrictions.check_names(learner, placeholder_names=WordList())) == []


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Ann,Mary", "Ann Mary"),
        ("Ann, Mary", "Ann Mary"),
        ("Ann  Mary", "Ann Mary"),
        (" Ann", "Ann"),
        ("Ann ", "Ann"),
        ("Ann/Mary", "Ann Mary"),
        ("Ann;Mary", "Ann Mary"),
        ("Ann & Mary", "Ann Mary"),
        ("Ann+Mary|Jo", "Ann Mary Jo"),
        ("Ann:Mary", "Ann Mary"),
        ("Ann\tMary", "Ann Mary"),
    ],
)
def test_middle_names_are_divided_by_one_space(text, proposed):
    """PG-C-5: middle names are divided by spaces."""
    assert codes(restrictions.check_middle_names(ADA.evolve(middle_names=text))) == [
        ("middle-names-divided", "middle_names")
    ]
    assert restrictions.proposed_middle_names(text) == proposed


@pytest.mark.parametrize(
    "text", [None, "", "  ", "Ann", "Ann Mary Jo", "Anne-Marie", "O'Shea", "J."]
)
def test_middle_names_as_they_should_be(text):
    assert codes(restrictions.check_middle_names(ADA.evolve(middle_names=text))) == []


@pytest.mark.parametrize("field", restrictions.NAME_FIELDS)
def test_a_name_of_more_than_35_characters_is_a_finding_and_is_not_cut(field):
    learner = ADA.evolve(**{field: "y" * 36})
    (item,) = restrictions.check_name_lengths(learner)

    assert (item.code, item.field, item.severity) == ("too-long", field, "error")
    assert "36 characters; at most 35" in item.message
    assert getattr(learner, field) == "y" * 36
    assert codes(restrictions.check_name_lengths(ADA.evolve(**{field: "y" * 35}))) == []


def test_the_six_names():
    assert restrictions.NAME_FIELDS == (
        "given_name",
        "preferred_given_name",
        "middle_names",
        "family_name",
        "previous_family_name",
        "family_name_at_16",
    )
    assert {FIELDS[name].max_length for name in restrictions.NAME_FIELDS} == {35}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("y" * 35, "y" * 35),
        ("  two  spaces ", "  two  spaces "),  # it fits: nothing is touched
        ("A  b" + " " * 40, "A b"),
        ("y" * 36, "y" * 35),
        ("y" * 18 + " " + "z" * 20, "y" * 18),
        ("y" * 17 + " " + "z" * 20, "y" * 17 + " " + "z" * 17),
        ("y" * 20 + "-" + "z" * 20, "y" * 20),
        ("y" * 18 + " " + "z" * 5 + "-" + "x" * 20, "y" * 18 + " " + "z" * 5),
        ("y" * 35 + " z", "y" * 35),
        ("y" * 34 + " zz", "y" * 34),
        ("y" * 34 + "  - z", "y" * 34),
        ("a" * 34 + "e\u0301o", "a" * 34),
        ("a" * 33 + "e\u0301\u0302o", "a" * 33),
        ("a" * 34 + "eo", "a" * 34 + "e"),
        ("e" + "\u0301" * 40, "e"),
        ("-" * 40, "-" * 35),
        ("y" * 33 + "   z", "y" * 33 + " z"),
        ("y" * 20 + "--" + "z" * 20, "y" * 20),
        ("y" * 30 + "X" + "y" * 10, "y" * 30 + "X" + "y" * 4),
        ("y" * 34 + "X" + "y" * 10, "y" * 34 + "X"),
    ],
)
def test_a_cut_is_proposed_when_asked_for(text, cut):
    assert restrictions.proposed_cut("family_name", text) == cut


def test_a_cut_has_the_length_of_the_field():
    assert restrictions.proposed_cut("notes", "y" * 4001) == "y" * 4000
    assert restrictions.proposed_cut("town", "y" * 51) == "y" * 50
    half = "y" * 25
    assert restrictions.proposed_cut("town", f"{half} {'z' * 30}") == half
    with pytest.raises(KeyError):
        restrictions.proposed_cut("no field", "y")


# --- the previous family name ---------------------------------------------------------

HELD = Learner(uln="1000000043", given_name="Ada", family_name="Before")
KEPT = [("previous-family-name-not-kept", "previous_family_name")]


@pytest.mark.conformance
@pytest.mark.parametrize("previous", [None, "", "  "])
def test_a_family_name_that_changes_is_kept_as_the_previous_one(previous):
    """PG-C-4, PG-C-13: the former family name is copied when it changes."""
    after = HELD.evolve(family_name="After", previous_family_name=previous)
    filled = restrictions.with_previous_family_name(HELD, after)

    assert codes(restrictions.check_previous_family_name(after, before=HELD)) == KEPT
    assert filled == after.evolve(previous_family_name="Before")
    assert codes(restrictions.check_previous_family_name(filled, before=HELD)) == []
    assert after.previous_family_name == previous


def test_a_previous_family_name_held_from_long_ago_is_replaced():
    held = HELD.evolve(previous_family_name="Long Ago")
    after = Learner(uln="1000000043", family_name="After")
    filled = restrictions.with_previous_family_name(held, after)

    assert codes(restrictions.check_previous_family_name(after, before=held)) == KEPT
    assert filled.previous_family_name == "Before"
    assert filled.given_name is None


def test_what_the_record_holds_already_counts():
    held = HELD.evolve(previous_family_name=" BEFORE ")
    after = Learner(uln="1000000043", family_name="After")

    assert codes(restrictions.check_previous_family_name(after, before=held)) == []


def test_another_previous_family_name_of_the_callers_is_left_and_warned_of():
    after = HELD.evolve(family_name="After", previous_family_name="Other")

    assert restrictions.with_previous_family_name(HELD, after) is after
    assert codes(restrictions.check_previous_family_name(after, before=HELD)) == KEPT


@pytest.mark.parametrize("family_name", [None, "", " ", "Before", "BEFORE", " Before "])
def test_a_family_name_that_does_not_change_asks_for_nothing(family_name):
    after = HELD.evolve(family_name=family_name)

    assert restrictions.with_previous_family_name(HELD, after) is after
    assert codes(restrictions.check_previous_family_name(after, before=HELD)) == []


@pytest.mark.parametrize("family_name", [None, "", "  "])
def test_a_record_without_a_family_name_has_none_to_keep(family_name):
    held = HELD.evolve(family_name=family_name)
    after = HELD.evolve(family_name="After")

    assert restrictions.with_previous_family_name(held, after) is after
    assert codes(restrictions.check_previous_family_name(after, before=held)) == []


# --- school ---------------------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Nowhere School", "Nowhere"),
        ("NOWHERE HIGH SCHOOL", "NOWHERE HIGH"),
        ("Nowhere college", "Nowhere"),
        ("St Mary's School, Leeds", "St Mary's, Leeds"),
        ("Sixth Form College (Leeds)", "Sixth Form (Leeds)"),
        ("Nowhere (School)", "Nowhere"),
        ("Nowhere (School Annexe)", "Nowhere (Annexe)"),
        ("College of West Anglia", "West Anglia"),
        ("The College of the Sea", "Sea"),
        ("City College of Leeds", "City of Leeds"),
        ("Nowhere School & College", "Nowhere"),
        ("School", None),
        ("The School", None),
        ("Pre-School Leeds", "Pre Leeds"),
        ("Nowhere Schools", "Nowhere"),
        ("Nowhere Colleges", "Nowhere"),
        ("Nowhere Highschool", "Nowhere High"),
        ("Nowhere Grammarschool", "Nowhere Grammar"),
        ("St Mary's School's Annexe", "St Mary's Annexe"),
        ("Nowhere Schools' Trust", "Nowhere Trust"),
        ("Nowhere School for Boys", "Nowhere for Boys"),
        ("PHOENIX SCHOOL", "PHOENIX"),
        ("Nowhere Rd. School.", "Nowhere Rd."),
        ("St. School.", None),
        ("school's", None),
        ("School\u2019s", None),
        ("School for Boys", None),
        ("School for the Deaf", None),
        ("High School", None),
        ("Highschool", None),
        ("The Sixth Form College", None),
        ("Girls' School", None),
    ],
)
def test_a_school_goes_without_the_words_school_and_college(text, proposed):
    """PG-C-5: school names go without the words school and college."""
    assert found(school_at_16=text) == [("school-name-word", "school_at_16")]
    assert restrictions.proposed_school(text) == proposed


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "Nowhere Academy", "Schoolhouse Lane", "Collegiate"),
        *("Nowhere Preschool", "Schoolfield", "Nowhere Playschool"),
    ],
)
def test_a_school_as_it_should_be(text):
    assert found(school_at_16=text) == []
    assert restrictions.proposed_school(text or "Nowhere") == (text or "Nowhere")


# --- e-mail ---------------------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize(
    "text",
    [
        *("none", "NONE ", "N/A", "na", "nil", "no email", "-", "none.", "(none)"),
        *("'none'", "none none", "null", "refused", "not provided", "n.a.", "NULL"),
        *("no e-mail", "\u2018none\u2019", "Not known!", "?", "does not have one"),
    ],
)
def test_a_word_is_no_email_address(text):
    """PG-C-3: an e-mail address is never a word such as none."""
    report = restrictions.check_email(ADA.evolve(email=text))

    assert codes(report) == [("email-none", "email")]
    assert report[0].severity == "error"


@pytest.mark.parametrize(
    "text",
    [
        "none@a@b.org",
        "none@none.com",
        "NoEmail@example.org",
        "no.email@x.org",
        "unknown@x.org",
        "no@no.com",
        "na@na.com",
        "x@none.com",
        "ada@noemail.co.uk",
        "ada@no-email.co.uk",
        "no_e-mail@example.org",
        "not.provided@example.org",
        "null@example.org",
        "refused@example.org",
        "test@test.com",
    ],
)
def test_an_address_made_of_such_a_word_is_a_warning(text):
    assert found(email=text) == [("email-made-up", "email")]


@pytest.mark.parametrize(
    "text",
    [
        *("a.none@example.org", "nonesuch@example.org", "info@none.example.org"),
        *("na@example.org", "no@example.org", "ada@no.com", "ada@na.com"),
        *("test@example.org", "ada@nonesuch.org", "x@example.org"),
    ],
)
def test_an_address_that_holds_such_a_word_is_an_address(text):
    assert found(email=text) == []


@pytest.mark.parametrize("text", ["not an address", "@", "none for now"])
def test_the_shape_of_an_address_is_checked_elsewhere(text):
    assert found(email=text) == []


@pytest.mark.conformance
@pytest.mark.parametrize("text", [None, "", "  "])
def test_an_email_address_is_advised(text):
    """PG-C-10, PG-1.3-V1, FAQ-V-5: the learner's e-mail address is given."""
    assert found(email=text) == [("email-missing", "email")]


def test_an_update_that_leaves_the_email_address_is_no_finding():
    update = Learner(uln="1000000043", given_name="Ada")
    missing = [("email-missing", "email")]
    check = restrictions.check_email

    assert codes(check(update)) == []
    assert codes(check(update.evolve(email=""))) == missing
    assert codes(check(update, before=Learner())) == missing
    assert codes(check(update, before=Learner(email="a@example.org"))) == []
    assert codes(check(update, before=Learner(email="none"))) == [
        ("email-none", "email")
    ]
    assert codes(check(update.evolve(email=""), before=ADA)) == missing


# --- address --------------------------------------------------------------------------


def address(before=None, **fields):
    report = restrictions.check_address(Learner(**fields), before=before)
    return [(i.code, i.field) for i in report if i.code != ADVICE_ON_SHAPE]


@pytest.mark.conformance
@pytest.mark.parametrize("blank", [None, "", " "])
def test_an_address_is_complete(blank):
    """PG-C-9: address lines are complete and have their postcode."""
    line, town = (
        ("address-line-missing", "address_line_1"),
        ("address-line-missing", "town"),
    )

    assert found(address_line_1=blank) == [line]
    assert found(town=blank) == [town]
    assert found(postcode=blank) == [("address-without-postcode", "postcode")]
    assert found(address_line_2=blank, county=blank) == []
    assert address(postcode="SW1A 1AA") == [line, town]
    assert address(county="Kent") == [
        line,
        town,
        ("address-without-postcode", "postcode"),
    ]


def test_no_part_of_an_address_is_no_finding_here():
    assert address() == []


def test_where_the_postcode_is_not_known_no_line_is_asked_for():
    assert address(postcode="zz999zz") == [
        ("postcode-lower-case", "postcode"),
        ("postcode-no-space", "postcode"),
        ("postcode-default", "postcode"),
    ]


def test_a_wrong_postcode_is_an_error():
    assert found(postcode="nowhere") == [("postcode-format", "postcode")]


def test_an_update_is_looked_at_together_with_what_is_held():
    before = Learner(address_line_1="x", town="y", postcode="SW1A 1AA")

    assert address(before=before) == []
    assert address(before=before, town="z") == []
    assert address(before=before, town="") == [("address-line-missing", "town")]
    assert address(before=Learner()) == []


# --- place of birth -------------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SW1A 1AA", "a postcode"),
        (" sw1a1aa ", "a postcode"),
        ("Leeds 4", "a text with digits"),
        ("1", "a text with digits"),
        ("GB", "a country"),
        ("gb", "a country"),
        ("GBR", "a country"),
        ("POL", "a country"),
        ("ZWE", "a country"),
        ("UK", "a country"),
        ("GB-WLS", "a country"),
        ("England", "a country"),
        ("NORTHERN  IRELAND", "a country"),
        ("united kingdom", "a country"),
        *(
            (name, "a country")
            for name in (
                *("Nigeria", "Pakistan", "FRANCE", "Ireland", "U.K.", "u.s.a.", "USA"),
                *("the UK", "The Gambia", "Cote d'Ivoire", "Cura\u00e7ao", "Turkiye"),
                *(
                    "St. Lucia",
                    "Saint Lucia",
                    "G.B.",
                    "Trinidad and Tobago",
                    "Republic of Ireland",
                    "Burma",
                ),
                *("Guinea Bissau", "Nige\u200bria", "T\u00fcrkiye", "Bosnia"),
            )
        ),
        *(
            (text, "a text with a country")
            for text in (
                *("London, UK", "Leeds, England", "Lagos (Nigeria)", "Lagos - Nigeria"),
                *("London UK", "Leeds/U.K.", "Paris, FRANCE", "Leeds U.K."),
                "Leeds, West Yorkshire, England",
            )
        ),
        *(
            (text, "a word for nothing")
            for text in (
                *("Unknown", "N/A", "none", "-", "?", "Not known", "T.B.C.", "xxx"),
                "unknown unknown",
            )
        ),
        *(
            (text, "a hospital")
            for text in (
                *("Leeds General Infirmary", "St Mary's Hospital, London", "Infirmary"),
                *("Nowhere Maternity Unit", "Nowhere Birthing Centre"),
            )
        ),
    ],
)
def test_a_place_of_birth_is_a_town(text, what):
    """PG-C-8: the city or town of the birth certificate."""
    (item,) = restrictions.check_place_of_birth(Learner(place_of_birth=text))

    assert (item.code, item.field) == ("place-of-birth-not-town", "place_of_birth")
    assert item.message == f"the place of birth is {what}, not a city or town"


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", " ", "Leeds", "Ely", "ELY", "Au", "Rye", "Pau", "New England"),
        *("St. Ives", "Llanfair-yn-Neubwll", "Gb", "Wem", "Scotland Yard", "Per"),
        *("Singapore", "Monaco", "Luxembourg", "Djibouti", "Gibraltar", "Hong Kong"),
        *("Guatemala City", "Kuwait", "Panama", "San Marino", "Vatican City"),
        *("Stoke-on-Trent", "Leeds, West Yorkshire", "Gary, IN", "Portland, OR"),
        *("Hospital", "L'Hospitalet", "Ireland's Eye", "Lebanonville", "Ward"),
        *("Georgetown", "Unknownton", "Ada", "Newport (Gwent)"),
    ],
)
def test_a_town_is_a_town(text):
    assert codes(restrictions.check_place_of_birth(Learner(place_of_birth=text))) == []


# --- at 16, and a date of birth that is not known -------------------------------------


@pytest.mark.parametrize("field", ["family_name_at_16", "school_at_16"])
def test_a_detail_at_16_waits_for_the_16th_birthday(field):
    bare = ADA.evolve(school_at_16=None)
    early = bare.evolve(date_of_birth="2010-11-22", **{field: "Nowhere"})
    ready = bare.evolve(date_of_birth="2010-11-21", **{field: "Nowhere"})
    check = restrictions.check_at_sixteen

    assert codes(check(early, as_of=AS_OF)) == [("at-16-too-early", field)]
    assert codes(check(ready, as_of=AS_OF)) == []
    assert codes(check(early.evolve(**{field: " "}), as_of=AS_OF)) == []
    assert codes(restrictions.check(early)) == codes(restrictions.check(bare))


@pytest.mark.parametrize("text", [None, "", "21/11/2012", "1900-02-29"])
def test_without_a_date_of_birth_nothing_is_said_of_16(text):
    assert found(date_of_birth=text) == []


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("as_of", "age", "born"),
    [
        ("2026-11-21", 17, "2009-01-01"),
        ("2026-01-01", 17, "2009-01-01"),
        ("2026-12-31", 0, "2026-01-01"),
        ("2024-02-29", 30, "1994-01-01"),
    ],
)
def test_a_date_of_birth_that_is_not_known(as_of, age, born):
    """PG-C-R3: as a last resort, 1 January of the likeliest year."""
    day = dt.date.fromisoformat(as_of)

    assert restrictions.stand_in_date_of_birth(age, day) == dt.date.fromisoformat(born)


@pytest.mark.parametrize("age", [-1, 2026, 3000])
def test_an_age_that_cannot_be(age):
    with pytest.raises(ValueError, match=r"^give an age in whole years, 0 or more$"):
        restrictions.stand_in_date_of_birth(age, AS_OF)


# --- prohibited text ------------------------------------------------------------------


def test_the_list_has_the_one_word_that_the_documents_name():
    assert WordList(["prisoner"]) == restrictions.PROHIBITED_WORDS
    assert len(restrictions.PROHIBITED_WORDS) == 1
    assert (
        inspect.signature(restrictions.check).parameters["prohibited_words"].default
        is restrictions.PROHIBITED_WORDS
    )


@pytest.mark.conformance
@pytest.mark.parametrize("field", restrictions.NAME_FIELDS)
def test_a_prohibited_word_in_a_name_goes_to_the_service_desk(field):
    """PG-C-2, PG-C-6, WS-P-1: the name is not altered."""
    learner = ADA.evolve(**{field: "Prisoner"})
    (item,) = restrictions.check_prohibited_words(learner)

    assert (item.code, item.field) == ("prohibited-word-in-name", field)
    assert "do not alter the name" in item.remedy
    assert "Service Desk" in item.remedy
    assert getattr(learner, field) == "Prisoner"


@pytest.mark.parametrize(
    "field",
    [
        *("title", "school_at_16", "address_line_1", "address_line_2", "town"),
        *("county", "place_of_birth", "nationality", "other_verification_description"),
    ],
)
def test_a_prohibited_word_elsewhere_is_left_out(field):
    learner = ADA.evolve(**{field: "a PRISONER, once"})

    assert codes(restrictions.check_prohibited_words(learner)) == [
        ("prohibited-word", field)
    ]


@pytest.mark.parametrize("field", ["notes", "email", "mis_identifier", "postcode"])
def test_other_fields_are_not_looked_at(field):
    learner = ADA.evolve(**{field: "prisoner"})

    assert codes(restrictions.check_prohibited_words(learner)) == []


@pytest.mark.parametrize(
    "text", ["prisoner", " Prisoner ", "ex-prisoner", "PRISONER'S", "(prisoner)"]
)
def test_prohibited_words_are_whole_words(text):
    assert restrictions.PROHIBITED_WORDS.is_in(text)


@pytest.mark.parametrize(
    "text", ["pri\u200bsoner", "a \u2060prisoner\ufeff", "priso\xadner, once"]
)
def test_what_cannot_be_seen_hides_no_word(text):
    assert restrictions.PROHIBITED_WORDS.is_in(text)
    assert WordList([text]).is_in("he was a prisoner, once")


@pytest.mark.parametrize(
    "text",
    ["prisoners", "imprisoner", "prison", "", "prison er", "HMPrisoner", "prisoner9"],
)
def test_parts_of_words_are_not_prohibited(text):
    assert not restrictions.PROHIBITED_WORDS.is_in(text)


def test_the_caller_extends_or_replaces_the_list():
    learner = ADA.evolve(town="HM  Prison, Nowhere", county="A Prisoner")
    more = restrictions.PROHIBITED_WORDS.extended(["HM Prison"])

    assert len(more) == 2
    assert codes(restrictions.check_prohibited_words(learner, more)) == [
        ("prohibited-word", "town"),
        ("prohibited-word", "county"),
    ]
    assert codes(restrictions.check_prohibited_words(learner, ["hm prison"])) == [
        ("prohibited-word", "town")
    ]
    assert codes(restrictions.check_prohibited_words(learner, ())) == []
    assert ("prohibited-word", "town") in codes(
        restrictions.check(learner, prohibited_words=more)
    )
    assert ("prohibited-word", "county") not in codes(
        restrictions.check(learner, prohibited_words=iter(["hm prison"]))
    )


def test_a_word_list():
    words = WordList(["HM Prison", "hm-prison", "", " ", "-", "Gaol"])

    assert len(words) == 2
    assert words.lengths == (1, 2)
    assert words.is_in("the gaol")
    assert words.is_in("an HM Prison")
    assert not words.is_in("HM the Prison")
    assert words.is_all_of(" GAOL. ")
    assert words.is_all_of("HM Prison")
    assert not words.is_all_of("the gaol")
    assert not words.is_all_of("")
    assert words == WordList(["gaol", "hm prison"])
    assert hash(words) == hash(WordList(["gaol", "hm prison"]))
    assert repr(words) == "WordList(2 phrases)"
    assert not WordList().is_in("gaol")
    assert words.extended([]) == words


def test_one_text_is_not_a_list():
    with pytest.raises(TypeError, match=r"^give several texts, not one$"):
        WordList("prisoner")
    with pytest.raises(TypeError, match=r"^give several texts, not one$"):
        restrictions.check(ADA, prohibited_words="prisoner")
    with pytest.raises(TypeError, match=r"^give several postcodes, not one text$"):
        restrictions.check(ADA, prohibited_postcodes="SW1A 1AA")
    with pytest.raises(TypeError, match=r"^give several postcodes, not one text$"):
        restrictions.allowed_postcode("SW1A 1AA")


@pytest.mark.parametrize("wrong", [None, 5, b"SW1A 1AA", ["SW1A 1AA"]])
def test_a_postcode_is_a_text(wrong):
    for call in (
        lambda: restrictions.allowed_postcode([wrong]),
        lambda: restrictions.allowed_postcode(["M1 1AA"], [wrong]),
        lambda: restrictions.check_prohibited_postcode(ADA, [wrong]),
        lambda: restrictions.check(ADA, prohibited_postcodes=["M1 1AA", wrong]),
    ):
        with pytest.raises(TypeError, match=r"^a postcode is a text$"):
            call()


# --- prohibited postcodes -------------------------------------------------------------


@pytest.mark.conformance
@pytest.mark.parametrize("listed", ["SW1A 1AA", "sw1a1aa", " SW1A  1AA "])
def test_a_prohibited_postcode_gives_way_to_the_last_address(listed):
    """PG-C-7: the postcode of the last address, or ZZ99 9ZZ."""
    learner = ADA.evolve(postcode="sw1a1aa")
    (item,) = restrictions.check_prohibited_postcode(learner, ["M1 1AA", listed])

    assert (item.code, item.field) == ("prohibited-postcode", "postcode")
    assert "last address, or ZZ99 9ZZ" in item.remedy
    assert codes(restrictions.check_prohibited_postcode(learner, ["M1 1AA"])) == []
    assert codes(restrictions.check_prohibited_postcode(learner)) == []


@pytest.mark.parametrize("text", [None, "", " "])
def test_no_postcode_is_not_prohibited(text):
    learner = ADA.evolve(postcode=text)

    assert codes(restrictions.check_prohibited_postcode(learner, ["", " "])) == []


@pytest.mark.parametrize(
    ("last_known", "prohibited", "allowed"),
    [
        ([], [], "ZZ99 9ZZ"),
        (["sw1a1aa"], [], "SW1A 1AA"),
        (["sw1a1aa", "M1 1AA"], ["SW1A 1AA"], "M1 1AA"),
        (["nowhere", "", "M1 1AA"], [], "M1 1AA"),
        (["sw1a1aa"], ["SW1A 1AA"], "ZZ99 9ZZ"),
        ([" SW1A 1AA"], [], "SW1A 1AA"),
        (["SW1A  1AA ", "M1 1AA"], [], "SW1A 1AA"),
        ([" SW1A 1AA"], ["SW1A1AA"], "ZZ99 9ZZ"),
    ],
)
def test_which_postcode_to_record_instead(last_known, prohibited, allowed):
    assert restrictions.allowed_postcode(iter(last_known), prohibited) == allowed


# --- privacy --------------------------------------------------------------------------


def test_no_finding_holds_a_persons_details():
    marked = {
        name: f"Qzx{n} (Qzx) Prisoner School 1," + "q" * 260
        for n, name in enumerate(FIELDS)
    }
    report = restrictions.check(
        Learner(**marked),
        before=Learner(family_name="Qzxbefore"),
        prohibited_postcodes=["Qzx"],
        as_of=AS_OF,
    )

    assert len(report) > 20
    for item in report:
        for text in (str(item), repr(item), item.remedy, str(item.to_dict())):
            assert "qzx" not in text.casefold()
            assert "qqq" not in text

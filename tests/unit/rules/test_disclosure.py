"""Disclosure: what a message holds, in what it travels, and which clause says so."""

import datetime as dt
import pickle
import re
import time
import tomllib
from pathlib import Path

import pytest

from ulnlib.learner import Learner
from ulnlib.rules.clauses import clause
from ulnlib.rules.disclosure import (
    NO_NAMES,
    RULES,
    Kind,
    Medium,
    Names,
    check,
    find,
    patterns,
    redact,
)

ROOT = Path(__file__).resolve().parents[3]
CORPUS = tomllib.loads(
    (ROOT / "tests" / "data" / "disclosure.toml").read_text(encoding="utf-8")
)
AS_OF = dt.date(2026, 11, 21)
NAMES = Names(
    ["Ada", "Mary Ann", "May", "Siân", "Will", "X"],
    ["Brien", "O'Hara", "Quill", "Ada", "de la Mare"],
)
OPEN, APART, SAME, PORTAL = Medium

DETAILS = {
    Kind.ULN: "9900000004",
    Kind.REFERENCE: "Enquiry reference DC9900000004",
    Kind.GIVEN_NAME: "Ada",
    Kind.FAMILY_NAME: "Quill",
    Kind.DATE_OF_BIRTH: "04/05/2007",
    Kind.GENDER: "gender: female",
    Kind.POSTCODE: "postcode ZA1 1AA",
    Kind.USER_NAME: "user name: quilla",
    Kind.PASSWORD: "password: Tr4ctor",
}
FIVE = (
    Kind.GIVEN_NAME,
    Kind.FAMILY_NAME,
    Kind.DATE_OF_BIRTH,
    Kind.GENDER,
    Kind.POSTCODE,
)
LEARNER = (Kind.ULN, Kind.REFERENCE, *FIVE)


def message(*kinds):
    return "\n".join(DETAILS[kind] for kind in kinds)


def judge(medium, *kinds):
    found = check(message(*kinds), medium, names=NAMES, as_of=AS_OF)
    assert found.kinds == frozenset(kinds)
    return found


def words(text, names=NAMES, as_of=AS_OF):
    return [
        (one.kind.value, one.reveal(text))
        for one in find(text, names=names, as_of=as_of)
    ]


def of(kind, text, **more):
    return [found for name, found in words(text, **more) if name == kind]


@pytest.mark.conformance
class TestTheClauses:
    """Every medium with every combination that the guide speaks of (section 1.4)."""

    @pytest.mark.parametrize("kind", FIVE)
    def test_a_uln_and_any_of_the_five_is_a_breach(self, kind):
        """PG-1.4-4."""
        found = judge(OPEN, Kind.ULN, kind)
        assert found.is_breach
        assert found.clauses == ("PG-1.4-4",)
        assert {one.kind for one in found.breaches[0].because} == {Kind.ULN, kind}

    @pytest.mark.parametrize("first", FIVE)
    @pytest.mark.parametrize("second", FIVE)
    def test_two_of_the_five_are_a_breach_and_two_names_are_one(self, first, second):
        """PG-1.4-5."""
        if first is second:
            return
        found = judge(OPEN, first, second)
        is_name = {first, second} == {Kind.GIVEN_NAME, Kind.FAMILY_NAME}
        assert found.clauses == (() if is_name else ("PG-1.4-5",))

    @pytest.mark.parametrize("kind", LEARNER)
    def test_one_detail_alone_is_no_breach(self, kind):
        assert not judge(OPEN, kind).is_breach

    @pytest.mark.parametrize("kind", [kind for kind in LEARNER if kind in FIVE])
    def test_one_detail_alone_is_a_caution(self, kind):
        """PG-2.2-6: section 2.2 wants all of a learner's data encrypted."""
        assert [one.clause for one in judge(OPEN, kind).cautions] == ["PG-2.2-6"]

    def test_the_reference_alone_is_what_the_guide_wants_quoted(self):
        """PG-6.2-1."""
        found = judge(OPEN, Kind.REFERENCE)
        assert (found.breaches, found.cautions) == ((), ())

    @pytest.mark.parametrize("kind", FIVE)
    def test_a_reference_holds_a_uln_and_goes_with_no_other_detail(self, kind):
        """PG-6.2-1."""
        assert judge(OPEN, Kind.REFERENCE, kind).clauses == ("PG-6.2-1",)

    def test_a_uln_and_its_reference_are_the_same_detail(self):
        text = "9900000004\n" + DETAILS[Kind.REFERENCE]
        assert not check(text, OPEN).is_breach

    @pytest.mark.parametrize("kind", [*LEARNER, Kind.PASSWORD])
    def test_the_password_in_the_same_mail_opens_what_is_encrypted(self, kind):
        """PG-1.4-6."""
        assert judge(SAME, kind).clauses == ("PG-1.4-6",)

    def test_of_an_encrypted_file_that_was_not_seen_there_is_a_caution(self):
        """PG-1.4-6."""
        found = judge(SAME)
        assert not found.is_breach
        assert [one.clause for one in found.cautions] == ["PG-1.4-6"]

    def test_all_details_may_go_encrypted_with_the_password_apart(self):
        """PG-1.4-2."""
        found = judge(APART, *FIVE, Kind.ULN)
        assert (found.breaches, found.cautions) == ((), ())

    def test_a_password_among_the_words_is_not_apart(self):
        """PG-1.4-6."""
        assert judge(APART, Kind.PASSWORD).clauses == ("PG-1.4-6",)

    @pytest.mark.parametrize("medium", [OPEN, APART, SAME])
    def test_a_user_name_and_a_password_in_a_mail_are_a_breach(self, medium):
        """PG-1.4-7."""
        assert "PG-1.4-7" in judge(medium, Kind.USER_NAME, Kind.PASSWORD).clauses

    @pytest.mark.parametrize("medium", Medium)
    def test_a_user_name_alone_is_no_breach(self, medium):
        assert not judge(medium, Kind.USER_NAME).is_breach

    def test_a_password_alone_belongs_on_the_telephone(self):
        """PG-1.4-3."""
        found = judge(OPEN, Kind.PASSWORD)
        assert not found.is_breach
        assert [one.clause for one in found.cautions] == ["PG-1.4-3"]

    def test_a_data_challenge_may_name_the_learner(self):
        """PG-1.4-9."""
        found = judge(PORTAL, *FIVE, Kind.ULN)
        assert (found.breaches, found.cautions) == ((), ())

    def test_no_account_is_shared_even_in_the_portal(self):
        """PG-1.4-8."""
        assert judge(PORTAL, Kind.USER_NAME, Kind.PASSWORD).clauses == ("PG-1.4-8",)

    def test_several_clauses_come_in_the_order_of_the_document(self):
        kinds = (Kind.ULN, Kind.GIVEN_NAME, Kind.USER_NAME, Kind.PASSWORD)
        found = judge(OPEN, *kinds)
        assert found.clauses == ("PG-1.4-4", "PG-1.4-7")
        assert found.clause == "PG-1.4-4"

    @pytest.mark.parametrize("rule", RULES, ids=[str(n) for n in range(len(RULES))])
    def test_every_row_names_a_clause_and_can_be_met(self, rule):
        kinds = (rule.kinds - rule.without) | rule.beside
        assert clause(rule.clause).id == rule.clause
        assert all(rule.is_met(medium, kinds) for medium in rule.media)
        others = frozenset(Medium) - rule.media
        assert not any(rule.is_met(medium, kinds) for medium in others)


class TestTheAnswer:
    def test_it_holds_places_and_kinds_and_never_the_words(self):
        found = judge(OPEN, *FIVE, Kind.ULN)
        everything = f"{found!r} {found} {found.to_dict()} {found.findings}"
        for text in ("9900000004", "Ada", "Quill", "2007", "ZA1"):
            assert text not in everything

    def test_it_says_the_lines_and_the_columns(self):
        text = "Hello,\n\n  Ada"
        [one] = find(text, names=NAMES)
        assert (one.line, one.column, one.start, one.end) == (3, 3, 10, 13)

    def test_it_reveals_the_words_when_asked_for_by_name(self):
        text = message(Kind.GIVEN_NAME, Kind.ULN)
        found = check(text, OPEN, names=NAMES)
        assert [shown for _, shown in found.reveal(text)] == ["Ada", "9900000004"]

    def test_it_says_what_was_broken_in_words(self):
        assert str(judge(OPEN)) == "no breach"
        found = judge(OPEN, Kind.ULN, Kind.GIVEN_NAME)
        assert str(found).startswith("breach: A ULN with given name")
        assert found.breaches[0].text.startswith("A ULN with given name")
        assert judge(OPEN).clause is None

    def test_it_names_every_clause_that_is_broken(self):
        found = judge(OPEN, Kind.ULN, Kind.GIVEN_NAME, Kind.USER_NAME, Kind.PASSWORD)
        assert str(found) == (
            "breach: A ULN with given name, family name, date of birth, gender or "
            "postcode in an unencrypted e-mail is a breach. "
            "[PG-1.4-4: LRS portal guide, 1.4]; "
            "A user name with its password in an e-mail is a breach. "
            "[PG-1.4-7: LRS portal guide, 1.4]"
        )

    def test_as_plain_values_it_has_the_members_of_the_published_schema(self):
        found = check("Hello\nAda 9900000004", OPEN, names=NAMES)
        assert found.to_dict() == {
            "medium": "unencrypted_email",
            "is_breach": True,
            "breaches": [
                {
                    "clause": "PG-1.4-4",
                    "document": "LRS portal guide",
                    "section": "1.4",
                    "text": "A ULN with given name, family name, date of birth, gender "
                    "or postcode in an unencrypted e-mail is a breach.",
                    "evidence": "published",
                    "kinds": ["given_name", "uln"],
                }
            ],
            "cautions": [],
            "has_names": True,
            "findings": [
                {"kind": "given_name", "start": 6, "end": 9, "line": 2, "column": 1},
                {"kind": "uln", "start": 10, "end": 20, "line": 2, "column": 5},
            ],
        }

    def test_a_caution_is_among_the_plain_values_with_its_clause(self):
        found = check("password: Tr4ctor", OPEN).to_dict()
        assert found["breaches"] == []
        assert [(one["clause"], one["kinds"]) for one in found["cautions"]] == [
            ("PG-1.4-3", ["password"])
        ]

    def test_it_survives_pickling(self):
        found = judge(OPEN, Kind.ULN, Kind.GIVEN_NAME)
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301

    def test_the_medium_may_be_its_text(self):
        assert check("Ada", "unencrypted_email").medium is OPEN
        with pytest.raises(ValueError, match=r"^this is none of: unencrypted_email, "):
            check("Ada", "pigeon")

    def test_it_says_whether_there_were_names_to_look_for(self):
        assert check("", OPEN).has_names is False
        assert check("", OPEN, names=NAMES).has_names is True


class TestUlns:
    @pytest.mark.parametrize(
        "text",
        [
            "9900000004", "99000 00004", "990 000 0004", "9900 000 004",
            "990-000-0004", "9900-000-004", "99000-00004", "9900 0000 04",
            "990\u00a0000\u00a00004", "9900\u2011000\u2011004",
            "\uff19\uff19\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff14",
        ],
    )  # fmt: skip
    def test_it_is_found_in_every_shape(self, text):
        assert words(f"the learner {text}, please") == [("uln", text)]

    @pytest.mark.parametrize(
        "text",
        [
            "{}", "({})", "ULN{}", "uln-{}", "uln_{}", "{}.pdf", "{}_x", "{}/2", "{}.",
            "x,{},y", "ULN {}-2", "Year11 {}", "{} 3rd", "#{}", "learner's no. {}",
            "the phone call about {}", "order 12; ULN {}", "DOB 04/05/2007 {} x",
        ],
    )  # fmt: skip
    def test_it_is_found_wherever_it_stands_by_itself(self, text):
        assert of("uln", text.format("9900000004")) == ["9900000004"]

    def test_several_are_found_beside_one_another(self):
        assert of("uln", "9900000004 9900000012") == ["9900000004", "9900000012"]
        assert of("uln", "9900 000 004 99000 00012") == ["9900 000 004", "99000 00012"]
        assert of("uln", "9900000004 12 9900000012") == ["9900000004", "9900000012"]
        assert of("uln", "9900000004/9900000012") == ["9900000004", "9900000012"]

    @pytest.mark.parametrize(
        "text",
        [
            "9900000005", "9999999999", "0900000004", "59900000004", "99000000041",
            "9900000004-12", "12-9900000004", "A9900000004", "9900000004A",
            "1.9900000004", "9900000004.50", "\u00a39900000004", "+9900000004",
            "(01632) 9900000004",
            "INV-9900000004", "99 00 00 00 04", "990 000 00 04", "9,900,000,004",
            "9900 000\n004", "+44 1632 960 019",
        ],
    )  # fmt: skip
    def test_another_number_is_none(self, text):
        assert of("uln", text) == []

    @pytest.mark.parametrize(
        "label",
        [
            "tel", "Tel. no.:", "Telephone", "Fax", "mobile number is", "Ring me on",
            "Order number", "invoice", "Purchase order no.", "account:", "Tracking ref",
            "Sort code and account number",
        ],
    )  # fmt: skip
    def test_a_number_that_is_called_another_one_is_none(self, label):
        assert of("uln", f"{label} 9900000004") == []

    def test_a_name_for_one_number_is_none_for_the_next(self):
        assert of("uln", "order 12, 9900000004") == ["9900000004"]


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Data challenge reference: 9900000004-01", "9900000004-01"),
            ("my data challenge (ref. DC/9900000004)", "DC/9900000004"),
            ("Enquiry reference number is 9900000004", "9900000004"),
            ("enquiry no 990000000401", "990000000401"),
        ],
    )
    def test_what_is_called_so_and_has_a_uln_in_it_is_one(self, text, found):
        assert words(text) == [("reference", found)]

    @pytest.mark.parametrize(
        "text",
        [
            "enquiry reference 12345", "enquiry reference 9900000005",
            "data challenge about it", "enquiry reference",
        ],
    )  # fmt: skip
    def test_without_a_uln_in_it_it_is_none(self, text):
        assert words(text) == []

    def test_an_enquiry_without_one_does_not_hide_the_next(self):
        text = "My enquiry is open.\nEnquiry reference 9900000004-01"
        assert words(text) == [("reference", "9900000004-01")]

    def test_a_uln_in_a_data_challenge_is_a_uln(self):
        assert words("data challenge on 9900000004") == [("uln", "9900000004")]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("ada ADA Ada", ["ada", "ADA", "Ada"]),
            ("Adamant, Canada", []),
            ("Ada's", ["Ada"]),
            ("Ada\u2019s", ["Ada"]),
            ("ada.quill@example.org", ["ada", "quill"]),
            ("Ada_Quill.pdf", ["Ada", "Quill"]),
            ("Ada7", []),
            ("Ada7x, 7Ada, x7Ada", []),
            ("Mary Ann", ["Mary Ann"]),
            ("mary-ann", ["mary-ann"]),
            ("Mary\nAnn", ["Mary\nAnn"]),
            ("Mary \r\nAnn", ["Mary \r\nAnn"]),
            ("Mary    Ann", []),
            ("Mary, Ann", []),
            ("Mary", []),
            ("O\u2019Hara O'HARA's", ["O\u2019Hara", "O'HARA"]),
            ("O'Brien", []),
            ("Quill-Brien", ["Quill", "Brien"]),
            ("De La Mare", ["De La Mare"]),
            ("De la", []),
            ("X", []),
            ("Sian", []),
            ("Sia\u0302n", ["Sia\u0302n"]),
        ],
    )
    def test_they_are_whole_words_in_any_case(self, text, found):
        assert [shown for _, shown in words(text)] == found

    def test_accents_are_folded_only_where_the_caller_says(self):
        names = Names(["Siân", "Zoe"], fold_accents=True)
        found = words("Sian, ZOË", names=names)
        assert found == [("given_name", "Sian"), ("given_name", "ZOË")]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("will you, or may I", []),
            ("Will you? May I?", []),
            ("- Will it do", []),
            ("I asked Will about it", ["Will"]),
            ("Will Quill", ["Will", "Quill"]),
            ("Quill, Will", ["Quill", "Will"]),
            ("Will: please", ["Will"]),
            ("Will's", ["Will"]),
            ("the will's end", []),
            ("will you, Ada", ["Ada"]),
            ("Will Quill and Ada", ["Will", "Quill", "Ada"]),
            ("Quill-Will came too", ["Quill", "Will"]),
            ("Will, please come", ["Will"]),
            ("Will-Quill", ["Will", "Quill"]),
            ("Will - Quill", ["Will", "Quill"]),
            ("Will    Quill", ["Quill"]),
            ("Will; Quill", ["Quill"]),
            ("and so\nWill it do", []),
            ('Stop. "Will you?"', []),
            ("> Will you", []),
            ("in May, on 3 May we and from May 2010", []),
            ("the 3-May, the 3/May and the 3, May we", []),
            ("May Quill signed in", ["May", "Quill"]),
            ("we met May there", ["May"]),
        ],
    )
    def test_everyday_words_count_only_where_written_as_names(self, text, found):
        assert [shown for _, shown in words(text)] == found

    def test_a_name_of_two_letters_is_looked_for(self):
        assert words("Jo x", names=Names(["Jo", "X"])) == [("given_name", "Jo")]

    def test_a_list_may_have_its_apostrophes_typed_in_any_way(self):
        names = Names(["D\u2019Arcy"], ["O\u02bcNeil"])
        assert words("D'Arcy O'Neil", names=names) == [
            ("given_name", "D'Arcy"),
            ("family_name", "O'Neil"),
        ]

    def test_a_name_that_begins_a_longer_one_is_found_without_its_rest(self):
        names = Names(["Mary", "Mary Ann"])
        for text in ("Mary, Ann", "Mary Quill", "Mary"):
            assert words(text, names=names) == [("given_name", "Mary")]
        assert words("Mary Ann", names=names) == [("given_name", "Mary Ann")]

    def test_everyday_words_may_be_turned_off(self):
        names = Names(["Will"], ordinary_words=())
        assert words("will you", names=names) == [("given_name", "will")]

    def test_a_name_that_is_given_and_family_is_taken_as_given(self):
        assert words("Ada") == [("given_name", "Ada")]
        assert words("Kim", names=Names(["Kim"], ["Kim"])) == [("given_name", "Kim")]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("First name: Zed", [("given_name", "Zed")]),
            ("Given Name = Zed", [("given_name", "Zed")]),
            ("Forename: Zed", [("given_name", "Zed")]),
            ("Surname: Zed", [("family_name", "Zed")]),
            ('"FamilyName": "Zed"', [("family_name", "Zed")]),
            ("Surname: Date of birth:", []),
            ("Surname: none", []),
            ("Surname:", []),
            ("Surname is mandatory", []),
        ],
    )
    def test_a_field_of_a_name_needs_no_list(self, text, found):
        assert words(text, names=NO_NAMES) == found

    def test_the_names_of_learners_include_former_ones(self):
        learner = Learner(
            given_name="Ada",
            preferred_given_name="Addie",
            family_name="Quill",
            previous_family_name="Former",
        )
        names = Names.of([learner, Learner()])
        assert (names.given, names.family) == (("Ada", "Addie"), ("Quill", "Former"))

    def test_the_names_of_learners_keep_their_accents_unless_the_caller_says(self):
        learners = [Learner(given_name="Siân", family_name="Quill")]
        assert words("Sian", names=Names.of(learners)) == []
        folded = Names.of(learners, fold_accents=True)
        assert words("Sian", names=folded) == [("given_name", "Sian")]

    def test_no_names_are_no_names(self):
        assert not NO_NAMES
        assert not Names(["", " ", "X"])
        assert repr(NAMES) == "Names(given=6, family=5)"
        with pytest.raises(TypeError, match=r"^give a list of names, not one text$"):
            Names("Ada")


class TestDatesOfBirth:
    @pytest.mark.parametrize(
        "text",
        [
            "2007-05-04", "2007/05/04", "04/05/2007", "4.5.07", "4/5/2007",
            "04-05-2007", "4 May 2007", "4th of May 2007", "4th May 2007",
            "04-May-2007", "4 May '07",
            "4-May-07", "May 4, 2007", "May 4th 2007", "4 sept 2007", "4 Sep. 2007",
            "23/05/2007", "05/23/2007", "2007-05-04T00:00:00", "21/11/1920", "4.5.66",
        ],
    )  # fmt: skip
    def test_it_is_found_in_every_form(self, text):
        assert words(f"x {text}, y") == [("date_of_birth", text)]

    @pytest.mark.parametrize(
        "text",
        [
            "31/02/2007", "2007-13-40", "04/05/2030", "2020-01-01", "1899-01-01",
            "4/5/2014", "2007-05-04T10:00:00", "1.2.3.2007", "v4.5.07", "4.5.07.1",
            "May 2007",
            "2007/08", "04/05-2007", "04/05/2007 at 10:00", "04/05/2007 meeting",
            "4 May 20 learners", "12345/05/2007", "2007-23-05", "30.2.07",
        ],
    )  # fmt: skip
    def test_what_is_no_plausible_day_of_birth_is_none(self, text):
        assert words(f"x {text} y") == []

    @pytest.mark.parametrize(
        "before",
        [
            "meeting on", "Deadline:", "the letter dated", "awarded on", "started",
            "the exam of", "enrolled", "Data Protection Act of", "Meeting\n",
            "version", "born in Kent, enrolled",
        ],
    )  # fmt: skip
    def test_after_a_word_for_something_else_none_counts(self, before):
        assert words(f"{before} 04/05/2007") == []

    @pytest.mark.parametrize(
        "before",
        [
            "DOB", "d.o.b.", "Date of birth:", "born on", "Born", "birthday",
            "enrolled, DOB", "DateOfBirth=", "Ms A was awarded it. DOB\n",
        ],
    )  # fmt: skip
    def test_after_a_word_of_birth_any_past_day_counts(self, before):
        assert of("date_of_birth", f"{before} 04/05/2019") == ["04/05/2019"]
        assert of("date_of_birth", f"{before} 04/05/2031") == []

    def test_a_year_of_two_digits_is_the_last_that_has_begun(self):
        """Today's date is not a birthday of a hundred years ago."""
        assert words("x 21.11.26, y") == []
        assert words("x 4.5.20, y") == []
        assert words("x 22.11.26, y") == [("date_of_birth", "22.11.26")]

    @pytest.mark.parametrize(
        "before",
        [
            "The meeting is soon.\nIt says ", "The meeting\nDay\n", "Meeting\n\n",
            "x\nThe meeting is soon.\nIt says ", "x\nMeeting\nDay\n",
            "Part v\nDay\n",
        ],
    )  # fmt: skip
    def test_a_word_on_another_line_says_nothing(self, before):
        assert words(f"{before}04/05/2007") == [("date_of_birth", "04/05/2007")]

    def test_the_lines_after_a_date_take_no_word_its_force(self):
        assert words("the meeting on 04/05/2007\nis\nlong\n") == []

    def test_what_stands_after_two_dates_keeps_its_place(self):
        assert words("Ada, 04/05/2007, 05/06/2008, Quill 9900000004") == [
            ("given_name", "Ada"),
            ("date_of_birth", "04/05/2007"),
            ("date_of_birth", "05/06/2008"),
            ("family_name", "Quill"),
            ("uln", "9900000004"),
        ]

    def test_a_person_between_takes_a_word_its_force(self):
        assert of("date_of_birth", "exam entry for 9900000004, 04/05/2007")
        assert of("date_of_birth", "the meeting about Ada, 04/05/2007")
        assert not of("date_of_birth", "Ada at the meeting, 04/05/2007")

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("DOB 20070504", "20070504"),
            ("dob: 04052007", "04052007"),
            ("born 04 05 2007", "04 05 2007"),
        ],
    )
    def test_digits_alone_count_where_a_word_of_birth_stands_before(self, text, found):
        assert of("date_of_birth", text) == [found]

    @pytest.mark.parametrize("text", ["20070504", "04 05 2007", "DOB 20071399"])
    def test_and_nowhere_else(self, text):
        assert words(text) == []

    def test_without_a_day_to_count_at_every_day_may_be_one(self):
        assert of("date_of_birth", "2031-01-01", as_of=None) == ["2031-01-01"]
        assert of("date_of_birth", "1899-01-01", as_of=None) == []
        assert of("date_of_birth", "1900-01-01", as_of=None) == ["1900-01-01"]
        assert of("date_of_birth", "1899-12-31", as_of=None) == []

    def test_the_bounds_are_the_service_s_ages(self):
        assert of("date_of_birth", "21/11/2013, 22/11/2013") == ["21/11/2013"]

    def test_a_month_in_a_date_is_no_name(self):
        assert words("4 May 2007") == [("date_of_birth", "4 May 2007")]


class TestPostcodes:
    @pytest.mark.parametrize(
        "text",
        ["ZA1 1AA", "ZA11AA", "za1 1aa", "Z1 1AA", "Z11 1AA", "ZA11 1AA", "Z1A 1AA",
         "ZA1A 1AA", "ZA1  1AA", "BFPO 12", "bfpo1234"],
    )  # fmt: skip
    def test_it_is_found_in_every_shape(self, text):
        assert words(f"lives at {text}.") == [("postcode", text)]

    @pytest.mark.parametrize(
        "text",
        ["ZZ99 9ZZ", "zz999zz", "B12 3CD", "S1 2nd", "A4 8pt", "XA1 1AAB", "4ZA1 1AA",
         "ZA1-1AA", "X-ZA1 1AA", "ZA1 1AA-7", "ZA1 1AA/B", "QA1 1AA", "ZA1 AAA"],
    )  # fmt: skip
    def test_what_has_not_the_shape_is_none(self, text):
        assert words(text) == []

    @pytest.mark.parametrize(
        "before",
        ["Barton College,", "The school is at", "Part no.", "item code", "Room",
         "Barton College\nMill Road\n", "college postcode:", "our address is"],
    )  # fmt: skip
    def test_after_an_organisation_or_a_product_it_is_not_a_learner_s(self, before):
        assert words(f"{before} ZA1 1AA") == []

    @pytest.mark.parametrize(
        "before",
        ["Barton College student, home", "at school; lives at", "postcode", "Item:\n",
         "College of Ada, ", "Barton College\n\n", "learner's address"],
    )  # fmt: skip
    def test_unless_a_nearer_word_says_so(self, before):
        assert of("postcode", f"{before} ZA1 1AA") == ["ZA1 1AA"]

    def test_a_new_paragraph_is_about_something_else(self):
        text = "Hello\n\nBarton College\n\nZA1 1AA"
        assert words(text) == [("postcode", "ZA1 1AA")]
        assert words("Barton College ZA1 1AA\n\nRegards") == []

    def test_the_postcode_for_none_does_not_hide_the_next(self):
        assert words("postcode ZZ99 9ZZ, ZA1 1AA") == [("postcode", "ZA1 1AA")]

    def test_a_size_that_looks_like_a_postcode_does_not_hide_the_next(self):
        assert words("paper A4 8pt, home ZA1 1AA") == [("postcode", "ZA1 1AA")]


class TestGender:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Gender: Female", "Female"), ("gender = M", "M"), ("Sex - f", "f"),
            ('"gender": "2"', "2"), ("gender male", "male"),
            ("her sex is female", "female"),
            ("the learner is male.", "male"), ("recorded as female", "female"),
            ("is a female learner", "female"), ("x, female, 17", "female"),
            ("(male)", "male"), ("x\tMale\ty", "Male"), ("Male\nx", "Male"),
            ("is male but", "male"),
        ],
    )  # fmt: skip
    def test_it_is_found_as_a_value(self, text, found):
        assert words(text) == [("gender", found)]

    @pytest.mark.parametrize(
        "text",
        [
            "female changing rooms", "male and female learners", "sex: M/F",
            "gender: male or female", "x, male, female, y", "unit 3: M, D", "M", "F.",
            "the plug is male and", "gender is mandatory", "Mr and Miss", "she",
            "is male dominated", "is female changing rooms", "male, female",
        ],
    )  # fmt: skip
    def test_words_that_are_nobody_s_value_are_none(self, text):
        assert words(text) == []

    @pytest.mark.parametrize(
        "text", ["Ada, F", "Ada (F)", "04/05/2007,F", "04/05/2007 F", "F\tZA1 1AA",
                 '"Quill","F",x', "m,04/05/2007", '"Quill"   ,   "F"']
    )  # fmt: skip
    def test_a_letter_counts_beside_another_detail(self, text):
        assert len(of("gender", text)) == 1

    @pytest.mark.parametrize(
        "text",
        ["Ada F Quill", "9900000004, M", "Ada, M, D, P", "Ada says, by the way, M"],
    )
    def test_and_not_where_it_may_be_an_initial_or_a_grade(self, text):
        assert of("gender", text) == []

    def test_a_family_name_that_is_a_word_of_gender_is_one_detail(self):
        names = Names([], ["Male"])
        assert words("Male\nx", names=names) == [("family_name", "Male")]


class TestAccounts:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("password: Tr4c", "Tr4c"), ("Password=Tr4c.", "Tr4c"),
            ("pwd=Tr4c", "Tr4c"),
            ("pw: Tr4c", "Tr4c"), ("the password is Tr4c", "Tr4c"),
            ("password is swordfish.", "swordfish"),
            ("password: swordfish", "swordfish"),
            ("Password:\nTr4c", "Tr4c"), ("passcode - 1234x", "1234x"),
            ("the password for the file is Tr4c", "Tr4c"), ("password is 'a b'", "a b"),
            ("passphrase: red two three", "red two three"),
            ("password is TrAc", "TrAc"),
            ("password is TrAcTor today", "TrAcTor"),
            ("password is tRactor today", "tRactor"),
            ("password is tr4ctor today", "tr4ctor"),
            ("password = swordfish today", "swordfish"),
            ("passphrase: red two three\nRegards", "red two three"),
            ("Password:\n\n\nPassword: Tr4c", "Tr4c"),
            ("password: required\npassword: Tr4c", "Tr4c"),
            ("my pass phrase = “a b”", "a b"),
        ],
    )  # fmt: skip
    def test_a_password_is_found_with_its_value(self, text, found):
        assert words(text) == [("password", found)]

    @pytest.mark.parametrize(
        "text",
        [
            "password", "your password", "password:", "password is required",
            "Password: please ring", "password: ****", "password: xxxx",
            "password: [sent apart]", "passwords expire", "the password is the one",
            "password is swordfish today", "password:\n\n\nTr4c", "password:\nRegards",
            "password: n/a", "Password: (by phone)", "password: <sent apart>",
            "password: {sent apart}", "password: XXXX", "password: XxXx",
            "password is SWORDFISH today", "password='[PASSWORD]'",
            "login: [GIVEN NAME].[FAMILY NAME]@example.org",
        ],
    )  # fmt: skip
    def test_what_has_no_value_is_none(self, text):
        assert words(text) == []

    def test_two_passwords_in_quotes_are_both_found(self):
        text = "password: 'a b', password: 'c d'"
        assert words(text) == [("password", "a b"), ("password", "c d")]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Username: quilla", "quilla"),
            ("user id = q.a@example.org", "q.a@example.org"),
            ("login: q1, x", "q1"), ("my user name is quilla and", "quilla"),
            ("username=q1&x", "q1"), ("log-on name - q1", "q1"),
        ],
    )  # fmt: skip
    def test_a_user_name_is_found_with_its_value(self, text, found):
        assert words(text, names=NO_NAMES) == [("user_name", found)]

    @pytest.mark.parametrize(
        "text", ["log in to it", "username is required", "Username:", "login: &"]
    )
    def test_without_a_value_it_is_none(self, text):
        assert words(text) == []

    def test_a_name_that_is_a_user_name_is_both(self):
        assert words("login: Ada") == [("given_name", "Ada"), ("user_name", "Ada")]


class TestRedaction:
    def test_every_kind_has_a_mark_of_its_own(self):
        marks = [kind.mark for kind in Kind]
        assert len(set(marks)) == len(marks)
        assert "[DATE OF BIRTH]" in marks

    def test_it_puts_a_mark_of_one_length_in_the_place(self):
        text = "Ada Quill, born 4 May 2007"
        found = redact(text, names=NAMES, as_of=AS_OF)
        assert found == "[GIVEN NAME] [FAMILY NAME], born [DATE OF BIRTH]"

    def test_it_counts_ages_on_the_day_that_is_given(self):
        text = "on 2020-01-01"
        assert redact(text, as_of=AS_OF) == text
        assert redact(text) == "on [DATE OF BIRTH]"

    def test_two_pieces_in_one_place_get_one_mark(self):
        assert redact("login: Ada", names=NAMES) == "login: [GIVEN NAME]"

    def test_pieces_that_lie_over_one_another_leave_nothing(self):
        found = redact("login: ada.quill@example.org", names=NAMES)
        assert "ada" not in found
        assert "example" not in found

    def test_a_redacted_password_is_none(self):
        for text in ("password: [PASSWORD]", "password='[PASSWORD]'"):
            assert redact(text) == text
        assert redact("password='Tr4c'") == "password='[PASSWORD]'"

    def test_what_is_clean_stays_as_it_is(self):
        text = "Nothing \u2013 at all; [ULN] 9,5\r\n\ttab"
        assert redact(text, names=NAMES, as_of=AS_OF) == text

    def test_marks_are_not_read(self):
        text = " ".join(kind.mark for kind in Kind) * 2
        names = Names(["ULN", "Given", "Birth"], ["Name"])
        assert words(text, names=names) == []

    def test_a_message_that_needs_many_looks_gets_a_few(self, monkeypatch):
        monkeypatch.setattr("ulnlib.rules.disclosure.detection._PASSES", 1)
        assert redact("9900000004") == "[ULN]"

    def test_what_a_neighbour_kept_from_being_seen_goes_as_well(self):
        text = "password: Tr4c\nlogin: password=Tr4c"
        assert "Tr4c" not in redact(text)


class TestThePhrases:
    """How the lists of words are made into patterns."""

    def test_the_longer_phrase_wins_and_a_plus_is_a_space_a_hyphen_or_nothing(self):
        pattern = re.compile(patterns._any("post p.o z post+code"))
        for text in ("post code", "post-code", "postcode", "post", "p.o", "z"):
            assert pattern.match(text)[0] == text
        either = re.compile(patterns._any("postcode post+codes"))
        assert either.match("postcodes")[0] == "postcodes"
        for text in ("post+code", "pro", "XX"):
            assert pattern.fullmatch(text) is None

    def test_a_word_is_found_whole_in_any_case_and_says_its_group(self):
        pattern = patterns._words(home="home post+code", place="college")
        found = [(m[0], m.lastgroup) for m in pattern.finditer("COLLEGE, Post-code")]
        assert found == [("COLLEGE", "place"), ("Post-code", "home")]
        for text in ("colleges", "x_home", "home's", "o'home"):
            assert pattern.search(text) is None


MESSAGES = [pytest.param(row, id=row["id"]) for row in CORPUS["message"]]
HELD = Names(CORPUS["given"], CORPUS["family"])


class TestTheCorpus:
    def test_it_is_as_large_and_as_mixed_as_it_should_be(self):
        rows = CORPUS["message"]
        breaches = sum(row["is_breach"] for row in rows)
        held_out = sum(row["part"] == "held-out" for row in rows)
        assert len(rows) >= 150
        assert 0.4 <= breaches / len(rows) <= 0.6
        assert held_out * 3 == len(rows)
        assert len({row["id"] for row in rows}) == len(rows)
        assert {row["medium"] for row in rows} == set(Medium)

    @pytest.mark.parametrize("row", MESSAGES)
    def test_each_row_is_in_order(self, row):
        assert row["part"] in {"tuned", "held-out"}
        assert bool(row["clauses"]) is row["is_breach"]
        assert all(clause(name) for name in row["clauses"])
        assert {Kind(kind) for kind in row["kinds"]} <= set(Kind)

    @pytest.mark.parametrize("row", MESSAGES)
    def test_the_detector_is_right_on_what_it_was_tuned_on(self, row):
        """Of what was held out only the page says how often it is right."""
        if row["part"] != "tuned":
            return
        found = check(row["text"], row["medium"], names=HELD, as_of=CORPUS["as_of"])
        assert found.is_breach is row["is_breach"]
        assert list(found.clauses) == row["clauses"]
        assert sorted(found.kinds) == sorted(row["kinds"])

    def test_the_figures_on_the_page_are_current(self, monkeypatch, capsys):
        monkeypatch.syspath_prepend(str(ROOT))
        monkeypatch.setattr("sys.argv", ["benchmarks.disclosure", "--check"])
        from benchmarks import disclosure

        assert disclosure.main() == 0
        assert "breach" in capsys.readouterr().out


HOSTILE = {
    "digits": "1",
    "spaces": " ",
    "letters": "a",
    "lines": "\n",
    "groups": "1 ",
    "hyphens": "99-",
    "ULNs": "990-000-0004 ",
    "dates": "4.5.07 ",
    "postcodes": "ZA1 1AA ",
    "half postcodes": "ZA1 ",
    "passwords": "password ",
    "passwords with colons": "password:",
    "passwords for": "password for ",
    "passwords and spaces": "password" + " " * 300,
    "quotes": "password '",
    "enquiries": "enquiry ref ",
    "names": "Mary Ann ",
    "half names": "de la ",
    "apostrophes": "a'",
    "accents": "\u0301",
    "cells": "F,",
    "genders": "female,",
    "fields": "first name ",
    "words": "meeting order college ",
}
LONG = 100_000


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_more_than_a_long_text_does(piece):
    """A bound that only an explosion breaks: seconds are expected, and days else."""
    text = piece * (LONG // len(piece))
    begun = time.process_time()
    find(text, names=NAMES, as_of=AS_OF)
    assert time.process_time() - begun < 60


@pytest.mark.parametrize("piece", ["1", " ", "a"], ids=["digits", "spaces", "letters"])
def test_a_megabyte_of_the_same_is_read(piece):
    assert find(piece * 1_000_000, names=NAMES, as_of=AS_OF) == ()

"""Disclosure: how people lay out what they write, after a label and without one."""

import datetime as dt
import time

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.rules.disclosure import RULES, Kind, Medium, Names, check, find, redact

AS_OF = dt.date(2026, 11, 21)
NAMES = Names(["Ada"], ["Quill"])


def words(text):
    return [
        (one.kind.value, one.reveal(text))
        for one in find(text, names=NAMES, as_of=AS_OF)
    ]


@pytest.mark.conformance
class TestEveryClauseThatIsBroken:
    """PG-1.4-4, PG-1.4-5 and PG-6.2-1 side by side."""

    @pytest.mark.parametrize(
        ("text", "clauses"),
        [
            ("9900000004 Ada", "4"),
            ("9900000004 Ada Quill", "4 5"),
            ("9900000004 Ada, born 4 May 2007", "4 5"),
            ("9900000004 female learner, ZA1 1AA", "4 5"),
            ("Ada Quill", ""),
            ("Ada Quill, born 4 May 2007", "5"),
            ("DC-9900000004-01", ""),
            ("DC-9900000004-01 Ada", "6"),
            ("DC-9900000004-01 Ada Quill", "5 6"),
            ("DC-9900000004-01 Ada, ZA1 1AA", "5 6"),
            ("DC-9900000004-01 of 9900000004", ""),
            ("DC-9900000004-01, DC-9900000012-01", ""),
            ("DC-9900000004-01 and 9900000012", "6"),
            ("DC-9900000004-01 of 9900000004, 9900000012", "6"),
            ("DC-9900000004-01 of 9900 000 004", ""),
            ("DC-9900000004-01 of 9900000004, Ada", "4 6"),
        ],
    )
    def test_it_is_named(self, text, clauses):
        names = {"4": "PG-1.4-4", "5": "PG-1.4-5", "6": "PG-6.2-1"}
        found = check(text, Medium.UNENCRYPTED_EMAIL, names=NAMES, as_of=AS_OF)

        assert found.clauses == tuple(names[one] for one in clauses.split())

    def test_only_the_other_uln_is_a_reason_beside_a_reference(self):
        text = "DC-9900000004-01 of 9900000004, 9900000012"
        [ground] = check(text, Medium.UNENCRYPTED_EMAIL).breaches

        assert [(one.kind, one.reveal(text)) for one in ground.because] == [
            (Kind.REFERENCE, "DC-9900000004-01"),
            (Kind.ULN, "9900000012"),
        ]

    def test_no_clause_is_named_twice(self):
        kinds = frozenset(Kind)
        for medium in Medium:
            met = [rule.clause for rule in RULES if rule.is_met(medium, kinds)]
            assert len(met) == len(set(met))

    def test_a_medium_may_be_a_word_for_a_rule_too(self):
        kinds = frozenset({Kind.ULN, Kind.GIVEN_NAME})

        assert RULES[0].is_met("unencrypted_email", kinds)
        for call in (
            lambda: RULES[0].is_met("Jane Smith", kinds),
            lambda: check("", "Jane Smith"),
        ):
            with pytest.raises(InvalidValue, match=r"^this is none of: unencrypted_e"):
                call()


class TestNumbers:
    @pytest.mark.parametrize(
        "label",
        ["ULN: ", "ulns ", "ULN no. ", "(ULN) ", "Unique Learner Number (ULN): ",
         "learner number is ", '"ULN","'],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "number",
        ["9900.000.004", "9900  000  004", "99 00 00 00 04", "9 9 0 0 0 0 0 0 0 4",
         "99000\n00004", "9900/000/004", "9,900,000,004", "9900 - 000 - 004"],
    )  # fmt: skip
    def test_after_its_label_a_uln_may_be_parted_in_any_way(self, label, number):
        assert words(f"{label}{number}") == [("uln", number)]

    @pytest.mark.parametrize(
        "text",
        [
            "ULN: 9900.000.005", "ULN: 9900.000.0041", "ULN: 9900.000.00",
            "ULN 12 of 40 on 21/11/2026", "the ULN list of 2026/11/21 12 30",
            "ULN 12-9900000004",
            "9900.000.004", "9 9 0 0 0 0 0 0 0 4", "uln 9900      000004",
            "consulns 9900.000.004",
        ],
    )  # fmt: skip
    def test_other_digits_are_none(self, text):
        assert words(text) == []

    def test_a_last_digit_that_stands_apart_is_one_of_the_shapes(self):
        assert words("the 990000000 4 is") == [("uln", "990000000 4")]

    @pytest.mark.parametrize(
        "text",
        [
            "Order numbers 9900000012, 9900000004",
            "Invoices: 9900000012; 9900000020 and 9900000004",
            "Telephone numbers: 9900000012 and 9900000004",
            "Tel: 01234 567890 / 9900000004", "Tel: 01234 567890 or 9900000004",
            "T: 9900000004", "m: 9900000004",
            "job number 9900000004", "SAP ref 9900000004", "Case 9900000004",
            "IBAN GB29 NWBK 9900 0000 04", "IBAN: GB29NWBK60161331926819",
        ],
    )  # fmt: skip
    def test_another_number_is_none_and_so_are_the_next_of_its_list(self, text):
        assert words(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "invoice for {}", "account for {}", "ticket for {}", "order no. for: {}",
            "tel 01234 567890, {}", "order 12 and {}", "orders 12, 13. Then {}",
            "numbers 12, {}", "orders 12, ULN {}", "order is 12, {}", "AT: {}",
        ],
    )  # fmt: skip
    def test_a_word_for_another_number_says_nothing_of_a_learners(self, text):
        number = "9900000004"
        assert words(text.format(number)) == [("uln", number)]

    def test_a_learners_number_may_have_a_hyphen_and_more_after_it(self):
        assert words("student 9900000004-12") == [("uln", "9900000004")]
        assert words("was seen 9900000004-12") == []

    def test_a_code_after_its_word_leaves_the_next_number_alone(self):
        assert words("order A-12 9900000004") == [("uln", "9900000004")]

    @pytest.mark.parametrize("letters", ["A", "AB", "ABC"])
    def test_the_letters_before_it_belong_to_a_reference(self, letters):
        text = f"{letters}9900000004"
        assert words(f"Enquiry number {text}.") == [("reference", text)]

    @pytest.mark.parametrize(
        "text",
        ["DC-9900000004-01", "DC9900000004-01", "dc/9900000004", "ENQ9900000004/2"],
    )
    def test_a_reference_is_known_by_its_shape(self, text):
        assert words(f"about {text}.") == [("reference", text)]

    @pytest.mark.parametrize(
        "text",
        ["DC9900000005-01", "ADC9900000004", "DC9900000004X", "DC99000000041",
         "DC 12"],
    )  # fmt: skip
    def test_another_code_is_none(self, text):
        assert words(f"about {text}.") == []


class TestDates:
    def test_after_a_word_of_birth_any_day_up_to_this_one_counts(self):
        for day in ("04/05/2024", "21/11/2026"):
            assert words(f"born in Leeds on {day}") == [("date_of_birth", day)]
        assert words("born in Leeds on 22/11/2026") == []
        assert words("dob 21 11 2026") == [("date_of_birth", "21 11 2026")]
        assert words("dob 22 11 2026") == []

    @pytest.mark.parametrize(
        ("label", "date"),
        [
            ("born ", "4 May 07"), ("", "4  May  2007"), ("", "4\tMay\t2007"),
            ("dob ", "4 5 2007"), ("DOB ", "2007 05 04"), ("", "04May2007"),
            ("date of birth: ", "04 /05/ 2007"), ("Date of birth:\n", "4 5 2007"),
            ("d.o.b. ", "4.5.07"), ("born ", "4th of May, 2007"),
            ("DOB | ", "4-May-07"), ("born on ", "May 4, '07"),
            ("birthday is ", "4 5 07"), ("*DOB:* ", "2007-5-4"),
            ("", "May  4,  2007"),
        ],
    )  # fmt: skip
    def test_it_is_found(self, label, date):
        assert words(f"{label}{date}") == [("date_of_birth", date)]

    @pytest.mark.parametrize(
        "text",
        [
            "4 May 07", "4 5 2007", "2007 05 04", "04 /05/ 2007", "born 4 13 2007",
            "born 4 5 2031", "born 4 May 07:30", "reborn 4 5 07", "born in 2007",
            "dob 4 5 07 1", "dob 4 5 2007/3",
        ],
    )  # fmt: skip
    def test_it_is_none(self, text):
        found = words(text)
        assert found == ([("date_of_birth", "4 5 07")] if text[-4:] == "07 1" else [])


class TestGender:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("she is a girl", "girl"), ("the learner is a woman.", "woman"),
            ("is a boy and", "boy"), ("was a man, born", "man"),
            ("gender (F)", "F"), ("Gender: Fem.", "Fem"), ("Gender\nF", "F"),
            ("Gender:\r\nFemale\r\n", "Female"), ("Sex = masc", "masc"),
            ("female learner", "female"), ("Male student, 17", "Male"),
            ("sex (male)", "male"), ("gender (2)", "2"),
        ],
    )  # fmt: skip
    def test_it_is_found(self, text, found):
        assert words(text) == [("gender", found)]

    @pytest.mark.parametrize(
        "text",
        [
            "is a girl guide", "a boy band", "each female learner", "any male pupil",
            "male and female learners", "gender (M/F)", "Gender\nM/F", "Gender\nFees",
            "female learners", "the female learner's room", "male or female student",
            "non-male pupil", "is a man made of",
        ],
    )  # fmt: skip
    def test_it_is_none(self, text):
        assert words(text) == []


class TestPostcodes:
    @pytest.mark.parametrize(
        ("label", "code"),
        [
            ("postcode ", "ZA1\n1AA"), ("home postcode: ", "ZA1-1AA"),
            ("lives at ", "ZA1 \r\n 1AA"), ("", "ZA1    1AA"), ("", "ZA1\t1AA"),
            ("", "\uff3a\uff21\uff11 \uff11\uff21\uff21"), ("", "ZA1\u30001AA"),
        ],
    )  # fmt: skip
    def test_it_is_found(self, label, code):
        assert words(f"{label}{code}.") == [("postcode", code)]

    @pytest.mark.parametrize(
        "text", ["ZA1-1AA", "room ZA1\n1AA", "ZA1\n1AA", "ZA1     1AA", "ZA1\n\n1AA"]
    )
    def test_it_is_none(self, text):
        assert words(text) == []


BOTH = [("user_name", "jsmith"), ("password", "Summer19")]


class TestLogOns:
    @pytest.mark.parametrize(
        "text",
        [
            "username\tpassword\njsmith\tSummer19",
            "| Username | Password |\n|---|---|\n| jsmith | Summer19 |\n\nBye",
            "+---+---+\n| User | Password |\n+---+---+\n| jsmith | Summer19 |\n+---+",
            "username,password\njsmith,Summer19",
            '"User name","Role","Password"\r\n"jsmith","clerk","Summer19"\r\n',
            "Login;New password\njsmith;Summer19\nx",
            "user name    password\njsmith       Summer19",
            "username jsmith password Summer19",
            "userid jsmith; pass: Summer19",
            "login jsmith and the password is Summer19",
            "Username\tjsmith\nPassword\tSummer19",
            "Username | jsmith\nPassword | Summer19",
            "| Username | jsmith |\n| Password | Summer19 |",
            "Username: jsmith\nPassword: (Summer19)",
            "Username: jsmith. Your password has been set to Summer19",
            "User name: jsmith\nThe password was changed to Summer19.",
            "username: jsmith\npassword is now set to Summer19",
            "User id: jsmith\nPassword:\n\nSummer19",
        ],
    )  # fmt: skip
    def test_both_are_found_in_every_layout(self, text):
        assert words(text) == BOTH

    def test_every_row_of_a_table_is_read(self):
        text = "user,pass\na.b,swordfish\n\nc.d,Winter20\nkdoe,tractor\n"
        assert words(text) == [("user_name", "a.b"), ("password", "swordfish")]
        text = text.replace("\n\n", "\n")
        assert [shown for _, shown in words(text)] == [
            "a.b", "swordfish", "c.d", "Winter20", "kdoe", "tractor",
        ]  # fmt: skip

    @pytest.mark.parametrize("sign", [": ", "=", " = "])
    def test_a_plain_password_counts_where_a_sign_says_so(self, sign):
        assert words(f"login jsmith, pass{sign}swordfish") == [
            ("user_name", "jsmith"),
            ("password", "swordfish"),
        ]

    def test_a_plain_password_after_a_colon_needs_no_end_of_the_sentence(self):
        assert words("login jsmith, pass: swordfish for all of it") == [
            ("user_name", "jsmith"),
            ("password", "swordfish"),
        ]

    def test_a_table_is_found_below_what_is_said_of_it(self):
        table = "username,password\njsmith,Summer19\n"
        said = "Hello\nThe password is below.\n\n"

        assert words(said + table) == BOTH
        assert words(f"{said}{table}\n{said}{table}") == BOTH * 2

    def test_a_table_that_speaks_of_passwords_does_not_hide_the_next(self):
        table = "username,password,notes\njsmith,Summer19,password reset\n\nHello\n"

        assert words(table * 2) == BOTH * 2

    def test_a_mark_beside_a_password_is_no_user_name(self):
        assert words("login [USER NAME] password: Tr4ctor") == [("password", "Tr4ctor")]

    def test_two_such_words_in_a_sentence_do_not_hide_the_next(self):
        text = "Login with password below:\nusername jsmith password Summer19"

        assert words(text) == BOTH

    @pytest.mark.parametrize(
        "text",
        [
            "| Username | Password | Role |\n|---|---|---|\n| by post | sent apart | |",
            "username,password\n,\n", "username,password\n[USER NAME],[PASSWORD]\n",
            "username\tpassword\nxxxx\n", "username;password\nusername;password\n",
            "user,password\nby post,****", "Password\tRole\tX",
            "the password has been changed.", "password is set to expire in 44 days",
            "boarding pass: A12 gate", "Pass: 40 marks",
            "user name and password 2 weeks",
            "Forgotten your username or password?", "Username and password\nare lost",
            "username jsmith password reset", "username jsmith password reminder.",
            "login jsmith pass: none, thanks", "login with password Summer19",
            "login [USER NAME] password Tr4ctor",
            "Password: (b19)", "password: (sent)",
            "password: (see 19b)",
            "password,policy\n", "username\tpassword", "Username | Role",
        ],
    )  # fmt: skip
    def test_what_has_no_password_has_none(self, text):
        assert "password" not in [kind for kind, _ in words(text)]

    def test_a_user_name_alone_in_its_row_may_be_a_plain_word(self):
        assert words("Hello\n\nUsername | jsmith |\nBye") == [("user_name", "jsmith")]
        assert words("Username | jsmith | x") == []
        assert words("The new Username | jsmith") == []
        assert words("Username | please") == []

    def test_a_user_name_in_a_longer_message_is_all_of_its_line(self):
        before, after = "A line of words before it", "and a line of words after it"

        for line in ("Username | jsmith", "| Username | jsmith |", "Username\tjsmith"):
            text = f"{before}\n{line}\n{after}"
            assert words(text) == [("user_name", "jsmith")]
        assert words(f"{before} Username | jsmith\n{after}") == []
        assert words(f"{before}\nUsername | jsmith {after}") == []
        assert words(f"Username | jsmith {after}") == []
        assert words(f"{before}\nUsername |\njsmith\n{after}") == []

    def test_a_password_beside_its_label_has_a_letter_and_a_digit(self):
        assert words("| Password | swordfish |") == []
        assert words("| Password | 123456 |") == []
        assert words("| Password | ab12 |") == [("password", "ab12")]
        assert words("| Password | ab1 |") == []

    def test_a_cell_below_a_password_may_have_several_words(self):
        text = "username,password\njsmith,blue tractor wheel\nkdoe two,tractor\n"

        assert words(text) == [
            ("user_name", "jsmith"),
            ("password", "blue tractor wheel"),
            ("password", "tractor"),
        ]

    @pytest.mark.parametrize("cell", ["xxxx", "XXXX", "xXxX", "<by post>", "(sent)"])
    def test_a_cell_of_crosses_or_in_brackets_is_no_password(self, cell):
        text = f"username,password\njsmith,{cell}\n"

        assert words(text) == [("user_name", "jsmith")]

    def test_a_password_that_begins_with_a_cross_is_one(self):
        text = "username,password\njsmith,Xylophone\n"

        assert words(text)[1:] == [("password", "Xylophone")]

    def test_what_parts_the_headings_parts_the_rows(self):
        text = "username,password,office; room\njsmith,tractor,none; none\n"

        assert words(text) == [("user_name", "jsmith"), ("password", "tractor")]

    def test_a_heading_alone_is_no_table(self):
        assert words("Password\nswordfish\ntractor\n") == []

    def test_one_place_is_found_once(self):
        assert words("username: jsmith, password: Summer19") == BOTH


MIXED = (
    "Ada Quill, ULN 9900000004, born 4 May 2007, ZA1 1AA, female\n"
    "username jsmith password Summer19, order 12, 9900000012; tel 01632 960001\n"
)
HOSTILE = {
    "mixed": MIXED,
    "labelled digits": "ULN 9 ",
    "labels": "ULN: ",
    "headings": "username,password\n",
    "headings in a line": "username\tpassword\t",
    "pairs": "username a ",
    "births": "born 4 ",
    "genders": "gender\n",
    "lists": "orders 12, ",
    "accounts": "IBAN GB29 ",
    "half references": "DC9900000004",
}
MEGABYTE = 1_000_000


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_time_to_redact_grows_with_the_length_alone(piece):
    """A bound that only an explosion breaks, of a fifth of a megabyte."""
    text = piece * (MEGABYTE // 5 // len(piece))
    begun = time.process_time()
    safe = redact(text, names=NAMES, as_of=AS_OF)
    assert time.process_time() - begun < 20
    assert "9900000004" not in safe.replace("DC9900000004", "")


class TestNamesThatAreSignWords:
    """A learner may be called Stock: the name is no word about what follows it."""

    NAMES = Names(
        ["Ada"], ["Holiday", "Stock", "Ring", "House", "Session", "Home", "Born"]
    )

    @pytest.mark.parametrize(
        ("text", "clause", "kind"),
        [
            ("Ada Holiday 04/05/2007", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("HOLIDAY, Ada, 04/05/2007", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("ada holiday 04/05/2007", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("04/05/2007 Session", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("04/05/2007 Session has left", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("Surname: Term 04/05/2007", "PG-1.4-5", Kind.DATE_OF_BIRTH),
            ("Ada Stock, ZA1 1AA", "PG-1.4-5", Kind.POSTCODE),
            ("Ada House\nZA1 1AA", "PG-1.4-5", Kind.POSTCODE),
            ("Ada Stock 9900000004", "PG-1.4-4", Kind.ULN),
            ("Ada Ring 9900000004", "PG-1.4-4", Kind.ULN),
            ("Ring, Ada: 990 000 0004", "PG-1.4-4", Kind.ULN),
            ("Surname: Delivery 9900000004", "PG-1.4-4", Kind.ULN),
        ],
    )
    def test_take_no_force_from_the_detail_after_them(self, text, clause, kind):
        found = check(text, Medium.UNENCRYPTED_EMAIL, names=self.NAMES, as_of=AS_OF)

        assert found.clause == clause
        assert kind in found.kinds

    @pytest.mark.parametrize(
        "text",
        [
            "Ada's holiday began 04/05/2007",
            "Ada: the stock course, ZA1 1AA",
            "Ada: order 9900000004",
            "Ada: telephone 9900000004",
            "Ada: 04/05/2007 meeting",
            "Ada: 04/05/2007 at 9:30",
        ],
    )
    def test_leave_other_sign_words_their_force(self, text):
        assert set(self.found(text)) <= {"given_name", "family_name"}

    @pytest.mark.parametrize(
        "text", ["Ada 9900000004", "Holiday 04/05/2007", "Stock, ZA1 1AA"]
    )
    def test_mean_nothing_where_nobody_is_called_so(self, text):
        others = Names(["Ada"], ["Quill"])

        assert self.found(text, names=others) == (
            ["given_name", "uln"] if "Ada" in text else []
        )

    def test_are_names_only_as_whole_words_of_the_sign(self):
        """A head office is one word, and not an office of somebody called so."""
        names = Names(["Ada"], ["Office"])

        assert self.found("Ada: Head Office, ZA1 1AA", names=names) == [
            "given_name",
            "family_name",
        ]

    def test_that_would_bring_a_detail_to_light_still_do(self):
        assert self.found("Ada Home ZA1-1AA") == [
            "given_name",
            "family_name",
            "postcode",
        ]
        assert self.found("Ada Born 04/05/2024")[2:] == ["date_of_birth"]

    def found(self, text, names=NAMES):
        return [one.kind.value for one in find(text, names=names, as_of=AS_OF)]


class TestLookingAgain:
    """After a first look only what stands near a new mark is looked at again."""

    FILLER = "The learner was seen by the tutor, and nothing else is said. " * 200
    LAYERS = "password: Tr4c\nlogin: password=Tr4c\n"

    def test_what_a_neighbour_hid_goes_in_a_long_message_as_well(self):
        text = f"{self.FILLER}\n{self.LAYERS}{self.FILLER}\n{self.LAYERS}"
        safe = redact(text, names=NAMES, as_of=AS_OF)

        assert "Tr4c" not in safe
        assert find(safe, names=NAMES, as_of=AS_OF) == ()
        assert safe.count(self.FILLER) == 2

    # What follows each is hidden by what stands before it, until that has gone.
    LAYERED = (
        ("password: exam 04/05/2007", "password: [PASSWORD] [DATE OF BIRTH]"),
        ("user name: quill7 May", "user name: [USER NAME] [GIVEN NAME]"),
        ("password: exam 04/05/2024", "password: [PASSWORD] 04/05/2024"),
    )

    @pytest.mark.parametrize(("layer", "safe"), LAYERED)
    def test_a_second_look_is_as_good_as_a_first(self, layer, safe):
        """At the first and the last character, and between."""
        names = Names(["May"], ["Quill"])
        parts = [layer, self.FILLER, layer, self.FILLER, self.FILLER, layer]
        expected = "\n".join(parts).replace(layer, safe)

        assert redact(layer, names=names, as_of=AS_OF) == safe
        assert redact("\n".join(parts), names=names, as_of=AS_OF) == expected

    @pytest.mark.parametrize("between", range(0, 1000, 50))
    def test_marks_near_each_other_are_looked_at_together(self, between):
        layer, safe = self.LAYERED[0]
        gap = "\n" + "a word " * (between // 7) + "\n"
        text = f"{self.FILLER}\n{layer}{gap}{layer}\n{self.FILLER}"

        assert redact(text, as_of=AS_OF) == text.replace(layer, safe)

    def test_where_a_mark_stands_is_known_after_many_others(self):
        layer, safe = self.LAYERED[0]
        text = f"ULN 9900000004\n{self.FILLER[:2400]}\n" * 60 + f"{layer}\n"
        expected = text.replace("9900000004", "[ULN]").replace(layer, safe)

        assert redact(text + self.FILLER, as_of=AS_OF) == expected + self.FILLER

    def test_only_the_neighbourhood_is_read_again(self, monkeypatch):
        read = []

        def watched(text, **more):
            read.append(len(text))
            return find(text, **more)

        monkeypatch.setattr("ulnlib.rules.disclosure.detection.find", watched)
        text = f"{self.FILLER}\nULN 9900000004\n{self.FILLER}"

        assert redact(text) == text.replace("9900000004", "[ULN]")
        assert read[0] == len(text)
        assert sum(read[1:]) < 1000

    def test_an_edge_of_what_is_read_again_makes_no_detail(self):
        """A number of which only a part is read would look like a ULN."""
        filler = self.FILLER[:2400]
        for gap in range(350, 420):
            text = f"{filler}{'x ' * 9}1-9900000004-{'y' * gap} 9900000012"
            assert "9900000004" in redact(text + " " + filler)

    def test_the_other_edge_makes_none_either(self):
        filler = self.FILLER[:2400]
        for gap in range(350, 420):
            text = f"{filler}9900000012 {'y' * gap} 9900000004-12"
            assert "9900000004-12" in redact(f"{text} {filler}")

"""The fields: names, order, lengths, patterns, and what hangs on their positions."""

import re
from types import MappingProxyType

import pytest

from ulnlib.batch.duplicates import Repeats, tidy_values
from ulnlib.batch.reader import _passes
from ulnlib.fields import (
    EMAIL_PATTERN,
    FIELDS,
    FIVE_DEMOGRAPHICS,
    REGISTRATION_MANDATORY,
    Kind,
    field,
)
from ulnlib.learner import Learner, LearnerFields

NAMES = [
    "uln",
    "mis_identifier",
    "title",
    "given_name",
    "preferred_given_name",
    "middle_names",
    "family_name",
    "previous_family_name",
    "family_name_at_16",
    "school_at_16",
    "address_line_1",
    "address_line_2",
    "town",
    "county",
    "postcode",
    "date_of_address_capture",
    "date_of_birth",
    "place_of_birth",
    "email",
    "gender",
    "nationality",
    "scottish_candidate_number",
    "upn",
    "uci",
    "ability_to_share",
    "verification_type",
    "other_verification_description",
    "notes",
]

ALL = list(FIELDS.values())
WITH_PATTERN = [one for one in ALL if one.pattern is not None]

# Field, texts that its pattern takes, texts that it refuses.
EXAMPLES = {
    "uln": (
        ["1000000043", "9999999999"],
        ["0000000042", "100000004", "10000000433", "1000 000 043", "", "100000004x"],
    ),
    "postcode": (
        ["SW1A 1AA", "sw1a1aa", "B1 1AA", "ZZ99 9ZZ", "BFPO 12", "SW1A 1AA    "],
        ["", "SW1A", "SW1A  1AA", " SW1A 1AA", "SW1A 1AC", "1AA SW1A", "SW1A-1AA"],
    ),
    "date_of_address_capture": (
        ["2026-11-21", "1900-02-29"],
        ["", "21/11/2026", "2026-11-31", "2100-01-01", "2026-1-1"],
    ),
    "date_of_birth": (
        ["2007-05-04", "2008-02-29"],
        ["", "04/05/2007", "2007-02-29", "1799-12-31", "2007-05-04 "],
    ),
    "email": (
        [
            "ada1@example.org",
            "ada.example+1@mail.example.co.uk",
            "o'brien@example.org",
            "a@bb.info",
            "A_b-c=d?e^f`g{h|i}j~k!l#m$n%o*p/q@example.museum",
        ],
        [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "ada@@example.org",
            "ada@b.org",
            "a&b@example.org",
            ".ada@example.org",
            "ada.@example.org",
            "a..b@example.org",
            "ada@-example.org",
            "ada@example-.org",
            "ada@example.o",
            "ada@example.organic",
            "ada@example.c0m",
            "ada @example.org",
            "ada@example.org ",
            "zo\u00eb@example.org",
            "ada@ex\u00e4mple.org",
        ],
    ),
    "gender": (["0", "1", "2", "9"], ["", "3", "10", "F", "female", "2 "]),
    "scottish_candidate_number": (
        ["123456789", "000000000"],
        ["", "12345678", "1234567890", "12345678X"],
    ),
    "upn": (
        ["A123456789012", "Z12345678901B"],
        ["", "a123456789012", "A12345678901", "1234567890123", "A12345678901b"],
    ),
    "uci": (
        ["123450123456A", "12345A123456B"],
        ["", "1234501234567", "12345a123456B", "123450123456", "123450123456a"],
    ),
    "ability_to_share": (["0", "1", "2"], ["", "-1", "3", "Y", "01"]),
    "verification_type": (
        ["0", "1", "2", "3", "4", "5", "6", "7", "999"],
        ["", "8", "9", "99", "9999", "10", "passport"],
    ),
}


def test_the_fields_are_these_in_this_order():
    assert list(FIELDS) == NAMES
    assert [one.name for one in ALL] == NAMES


def test_they_are_the_properties_of_a_learner_in_the_same_order():
    properties = [
        name for name, value in vars(Learner).items() if isinstance(value, property)
    ]

    assert properties == NAMES
    assert list(LearnerFields.__annotations__) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_property_gives_the_value_of_its_own_position(name):
    learner = Learner.of([f"value of {one}" for one in NAMES])

    assert getattr(learner, name) == f"value of {name}"
    assert getattr(Learner, name).__doc__ == f"{FIELDS[name].label}, as given."


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        FIELDS["mine"] = ALL[0]


def test_a_field_can_be_had_by_name():
    assert field("postcode") is FIELDS["postcode"]
    with pytest.raises(KeyError):
        field("post_code")


def test_the_five_demographics_and_the_mandatory_fields_are_fields():
    assert FIVE_DEMOGRAPHICS == (
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
    )
    assert REGISTRATION_MANDATORY == (
        "given_name",
        "family_name",
        "date_of_birth",
        "gender",
        "postcode",
        "ability_to_share",
        "verification_type",
    )


def test_only_the_sender_s_own_numbers_and_the_codes_are_not_personal():
    assert [one.name for one in ALL if not one.personal] == [
        "uln",
        "mis_identifier",
        "ability_to_share",
        "verification_type",
    ]


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("uln", 10),
        ("mis_identifier", 128),
        ("given_name", 35),
        ("family_name", 35),
        ("school_at_16", 254),
        ("address_line_1", 50),
        ("postcode", 9),
        ("email", 254),
        ("gender", 1),
        ("nationality", 3),
        ("scottish_candidate_number", 9),
        ("upn", 13),
        ("uci", 13),
        ("verification_type", 3),
        ("other_verification_description", 255),
        ("notes", 4000),
    ],
)
def test_a_field_takes_so_many_characters(name, length):
    assert FIELDS[name].max_length == length


@pytest.mark.parametrize("one", ALL, ids=NAMES)
class TestEveryField:
    def test_it_says_what_it_is_and_where_it_stands(self, one):
        assert one.label == one.label.strip() != ""
        assert one.source.strip()
        assert one.evidence in {"published", "observed", "derived", "assumed"}
        assert isinstance(one.kind, Kind)
        assert one.max_length > 0

    def test_a_code_list_fits_into_the_field(self, one):
        assert (one.kind is Kind.CODE) == bool(one.codes)
        assert all(len(code) <= one.max_length for code in one.codes)


def test_every_field_with_a_pattern_has_examples():
    assert sorted(EXAMPLES) == sorted(one.name for one in WITH_PATTERN)


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, (good, _) in EXAMPLES.items() for text in good],
)
def test_a_pattern_takes_a_value_of_its_field(name, text):
    assert re.fullmatch(FIELDS[name].pattern, text)
    assert len(text) <= FIELDS[name].max_length or name == "postcode"


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, (_, bad) in EXAMPLES.items() for text in bad],
)
def test_a_pattern_refuses_another_text(name, text):
    assert not re.fullmatch(FIELDS[name].pattern, text)


@pytest.mark.parametrize("name", [one.name for one in WITH_PATTERN])
@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a line end behind", lambda text: text + "\n"),
        ("a space before", lambda text: " " + text),
        ("a text before", lambda text: "x\n" + text),
        ("a NUL behind", lambda text: text + "\0"),
        (
            "other digits",
            lambda text: text.translate({n + 48: n + 0x660 for n in range(10)}),
        ),
        (
            "letters of another width",
            lambda text: text.translate(
                {n: n + 0xFEE0 for n in (*range(48, 58), *range(65, 91))}
            ).replace("a", "\uff41"),
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_a_pattern_takes_a_whole_value_in_ascii_only(name, what, change):
    """Under `fullmatch`, which everything here uses; no pattern needs a flag."""
    good = EXAMPLES[name][0][0]
    changed = change(good)

    assert changed != good
    assert not re.fullmatch(FIELDS[name].pattern, changed)


def test_the_email_pattern_does_not_run_away():
    """A long text that nearly matches is refused at once."""
    assert not re.fullmatch(EMAIL_PATTERN, "a." * 5000 + "@")
    assert not re.fullmatch(EMAIL_PATTERN, "a@" + "a-" * 5000)
    assert not re.fullmatch(EMAIL_PATTERN, "a@" + "aa." * 5000)


class TestThePositionsThatTheReaderCountsOn:
    """`_passes` and `Repeats` take values by number; each number is held here."""

    GOOD = MappingProxyType(
        {
            "given_name": "Ada",
            "family_name": "Example",
            "postcode": "ZA1 1AA",
            "date_of_birth": "2007-05-04",
            "gender": "2",
            "ability_to_share": "1",
            "verification_type": "2",
        }
    )
    LIMITS = ("1915-11-22", "2013-11-21", "2026-11-21")

    def passes(self, **changes):
        return _passes(Learner(**(self.GOOD | changes)).values(), *self.LIMITS)

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"uln": "1000000043"},
            {"uln": "1000000043", "date_of_birth": None},
            {"uln": "1000000043", "postcode": None},
            {"uln": "1000000043", "gender": None},
            {"date_of_birth": "1915-11-22"},
            {"date_of_birth": "2013-11-21"},
            {"date_of_address_capture": "2026-11-21"},
            {"scottish_candidate_number": "000000000"},
            {"upn": "H801200001001"},
            {"uci": "123450123456A"},
            {"uln": "1000000043", "ability_to_share": None},
            {"uln": "1000000043", "verification_type": None},
            {"verification_type": "999", "other_verification_description": "badge"},
        ],
        ids=str,
    )
    def test_nothing_is_to_be_explained(self, changes):
        assert self.passes(**changes)

    @pytest.mark.parametrize(
        "changes",
        [
            {"uln": "1000000042"},
            {"date_of_birth": None},
            {"postcode": None},
            {"gender": None},
            {"ability_to_share": None},
            {"verification_type": None},
            {"given_name": None},
            {"family_name": None},
            {"date_of_birth": "1915-11-21"},
            {"date_of_birth": "2013-11-22"},
            {"postcode": "ZZ99 9ZZ"},
            {"date_of_address_capture": "2026-11-22"},
            {"scottish_candidate_number": "000000001"},
            {"upn": "A801200001001"},
            {"uci": "123450123456B"},
            {"verification_type": "999"},
            {"other_verification_description": "badge"},
            {"verification_type": "2", "other_verification_description": "badge"},
        ],
        ids=str,
    )
    def test_something_is_to_be_explained(self, changes):
        assert not self.passes(**changes)

    def repeated(self, first, second):
        twice = Repeats()
        twice.add(2, tidy_values(Learner(**first)))
        twice.add(3, tidy_values(Learner(**second)))
        return [(item.code, item.path) for item in twice.issues()]

    def test_the_uln_is_found_twice(self):
        only = {"uln": "1000000043"}

        assert self.repeated(only, only) == [("duplicate-uln", ("row", 3, "uln"))]

    def test_the_mis_identifier_is_found_twice(self):
        only = {"mis_identifier": "A-1"}

        assert self.repeated(only, only) == [
            ("duplicate-mis-identifier", ("row", 3, "mis_identifier"))
        ]

    def test_the_learner_is_found_twice(self):
        assert self.repeated(self.GOOD, self.GOOD) == [
            ("duplicate-learner", ("row", 3))
        ]

    @pytest.mark.parametrize(
        "spelling",
        [
            {"given_name": " ADA "},
            {"family_name": "eXaMpLe"},
            {"postcode": "za11aa"},
            {"postcode": "ZA11AA"},
            {"postcode": "ZA1 1AA   "},
        ],
        ids=str,
    )
    def test_the_learner_is_found_twice_in_another_spelling(self, spelling):
        assert self.repeated(self.GOOD, self.GOOD | spelling) == [
            ("duplicate-learner", ("row", 3))
        ]

    @pytest.mark.parametrize("name", FIVE_DEMOGRAPHICS)
    def test_one_other_demographic_makes_another_learner(self, name):
        other = {
            "given_name": "Eda",
            "family_name": "Sample",
            "postcode": "ZA1 1AB",
            "date_of_birth": "2007-05-05",
            "gender": "1",
        }[name]

        assert self.repeated(self.GOOD, self.GOOD | {name: other}) == []
        assert self.repeated(self.GOOD, self.GOOD | {name: None}) == []

    @pytest.mark.parametrize(
        "name", [name for name in NAMES[2:] if name not in FIVE_DEMOGRAPHICS]
    )
    def test_no_other_field_makes_a_learner_stand_there_twice(self, name):
        same = {name: "same"}

        assert self.repeated(same, same) == []

"""The errors: their tree, their wording, and that they cross a process boundary."""

import copy
import inspect
import pickle

import pytest

from ulnlib import errors, identifiers, postcode
from ulnlib._dates import parse_date
from ulnlib.codes import Gender
from ulnlib.errors import (
    InvalidData,
    InvalidDate,
    InvalidIdentifier,
    InvalidPostcode,
    InvalidUln,
    InvalidValue,
    MissingExtra,
    NotARegister,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
    UlnlibError,
)
from ulnlib.issues import Report, issue
from ulnlib.register import Register
from ulnlib.uln import Uln

REPORT = Report(
    [
        issue("file-name", "file name"),
        issue("date-format", "row", 7, "date_of_birth", line=9),
        issue("no-records"),
    ]
)

# Every error of the tree, with what it says.
EXAMPLES = [
    (UlnlibError("something"), "something"),
    (InvalidValue("code", "this is no code"), "this is no code"),
    (InvalidUln("length", "a ULN has ten digits"), "a ULN has ten digits"),
    (InvalidIdentifier("format", "eight digits"), "eight digits"),
    (InvalidPostcode("format", "no postcode"), "no postcode"),
    (InvalidDate("calendar", "no such day"), "no such day"),
    (
        InvalidData(REPORT),
        (
            "2 errors; the first: row 7, date_of_birth: the date is not written "
            "YYYY-MM-DD [date-format]"
        ),
    ),
    (RegisterError("cannot"), "cannot"),
    (NotARegister("x.db is no register"), "x.db is no register"),
    (RegisterUnavailable("it is locked"), "it is locked"),
    (RegisterRefused("WSRC0019", "not there"), "not there (WSRC0019)"),
    (
        MissingExtra("cli"),
        "this needs an optional part: pip install 'ulnlib[cli]'",
    ),
]
IDS = [type(error).__name__ for error, _ in EXAMPLES]


def test_every_error_of_the_module_has_an_example_here():
    assert sorted(IDS) == errors.__all__


@pytest.mark.parametrize(("error", "text"), EXAMPLES, ids=IDS)
class TestEveryError:
    def test_it_descends_from_the_one_root_and_says_this(self, error, text):
        assert isinstance(error, UlnlibError)
        assert str(error) == text

    # A report has slots, which the two oldest protocols do not know.
    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_it_survives_pickling(self, error, text, protocol):
        again = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # our own

        assert type(again) is type(error)
        assert vars(again) == vars(error)
        assert again.args == error.args
        assert str(again) == text

    def test_it_survives_copying(self, error, text):
        again = copy.copy(error)

        assert type(again) is type(error)
        assert str(again) == text


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (InvalidValue, ValueError),
        (InvalidUln, ValueError),
        (InvalidIdentifier, ValueError),
        (InvalidPostcode, ValueError),
        (InvalidDate, ValueError),
        (InvalidData, ValueError),
        (MissingExtra, ImportError),
    ],
)
def test_an_error_is_the_builtin_that_a_caller_expects_too(error, builtin):
    assert issubclass(error, builtin)


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (InvalidUln, InvalidValue),
        (InvalidIdentifier, InvalidValue),
        (InvalidPostcode, InvalidValue),
        (InvalidDate, InvalidValue),
        (NotARegister, RegisterError),
        (RegisterUnavailable, RegisterError),
        (RegisterRefused, RegisterError),
    ],
)
def test_the_tree_is_the_one_that_is_drawn(error, parent):
    assert error.__bases__ == (parent,)


def test_the_drawing_names_every_error():
    drawing = inspect.getdoc(errors)

    assert [name for name in errors.__all__ if name not in drawing] == []


def test_a_register_error_is_no_value_error():
    assert not issubclass(RegisterError, ValueError)


def test_the_parts_of_an_error_are_attributes():
    assert InvalidUln("length", "m").reason == "length"
    assert InvalidUln("length", "m").message == "m"
    assert RegisterRefused("WSRC0021", "m").code == "WSRC0021"
    assert RegisterRefused("WSRC0021", "m").message == "m"
    assert InvalidData(REPORT).report is REPORT
    assert MissingExtra("testing").extra == "testing"


def test_one_error_is_counted_in_the_singular():
    assert str(InvalidData(Report([issue("no-records")]))) == (
        "1 error; the first: the file has no learners [no-records]"
    )


def test_warnings_are_counted_where_there_is_no_error():
    found = issue("xml-wrapped")

    assert str(InvalidData(Report([found, found]))) == (
        "2 warnings; the first: the batch stands inside another element, as in a "
        "message [xml-wrapped]"
    )


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (Uln.parse, InvalidUln),
        (Uln, InvalidUln),
        (parse_date, InvalidDate),
        (postcode.parse, InvalidPostcode),
        (identifiers.parse_ukprn, InvalidIdentifier),
        (identifiers.parse_qan, InvalidIdentifier),
        (Gender, InvalidValue),
        (lambda text: Register().find(text, "Ada", "Example"), InvalidUln),
        (lambda text: Register().merge(text, into="1000000043"), InvalidUln),
    ],
    ids=[
        "Uln.parse",
        "Uln",
        "parse_date",
        "postcode.parse",
        "parse_ukprn",
        "parse_qan",
        "Gender",
        "Register.find",
        "Register.merge",
    ],
)
def test_a_refusal_keeps_neither_the_text_nor_an_error_that_has_it(call, error):
    with pytest.raises(error) as caught:
        call("Mrs Zebedee")

    raised = caught.value
    assert type(raised) is error
    assert "Zebedee" not in repr(raised)
    assert "Zebedee" not in repr(vars(raised))
    assert raised.__cause__ is None
    assert raised.__context__ is None

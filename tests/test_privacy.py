"""No person comes out of the library where it was not asked for by name.

Marked details of an invented person are pushed through every public entry point, and
are then looked for in whatever comes out without being asked for: `str` and `repr` of
results, exceptions with everything that hangs on them (arguments, attributes, causes
and contexts, the formatted traceback), warnings, log records, standard output and
standard error.

An entry is one function below with `@entry("what it covers")`. `test_every_public_name`
fails when a public name is neither covered by an entry nor exempt for a reason.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import operator
import traceback
import types
import warnings
from contextlib import closing
from enum import Enum
from functools import partial

import click
import pytest
from click.testing import CliRunner, Result

import ulnlib
from ulnlib import (
    Learner,
    Query,
    Register,
    Uln,
    batch,
    codes,
    fields,
    identifiers,
    issues,
    matching,
    plr,
    postcode,
    rules,
    uln,
)
from ulnlib.batch import LRB_2A, LRB_3A, Happening, ctf, ilr
from ulnlib.batch.jobs import JobReport
from ulnlib.batch.layouts.known import KNOWN_LAYOUTS
from ulnlib.batch.names import check_form, check_name
from ulnlib.batch.steps import check_steps
from ulnlib.cli.app import app
from ulnlib.errors import InvalidData, UlnlibError
from ulnlib.fields import FIELDS
from ulnlib.issues import issue
from ulnlib.learner import Demographics, Profile
from ulnlib.qualifications import (
    Achievement,
    Group,
    Qualification,
    Structure,
    Unit,
)
from ulnlib.register import Watched, carry_out, undo
from ulnlib.rules import sharing
from ulnlib.testing import merges, population

AS_OF = dt.date(2026, 11, 21)
ULN, OTHER_ULN, TEST_ULN = "1000000043", "1000000051", "9900000004"

# --- the marked person ------------------------------------------------------------

MARK = "qzmk"
PERSONAL = [name for name, field in FIELDS.items() if field.personal]

RIGHT = {
    "title": "Qzmk Dr",
    "given_name": "Qzmkada",
    "preferred_given_name": "Qzmkaddie",
    "middle_names": "Qzmk Maria",
    "family_name": "O'Qzmkfamily",
    "previous_family_name": "Qzmk-Former",
    "family_name_at_16": "Qzmk-Young",
    "school_at_16": "Qzmk Grammar School",
    "address_line_1": "1 Qzmk Street",
    "address_line_2": "Qzmk Park",
    "town": "Qzmktown",
    "county": "Qzmkshire",
    "postcode": "QZ9 7QX",
    "date_of_address_capture": "2019-03-14",
    "date_of_birth": "1987-06-05",
    "place_of_birth": "Qzmkbirthplace",
    "email": "qzmk@qzmk.org",
    "gender": "2",
    "nationality": "QZM",
    "scottish_candidate_number": "846213572",
    "upn": "H801200001001",
    "uci": "84621A573219B",
    "other_verification_description": "Qzmk badge",
    "notes": "Qzmk lives with her aunt",
}
"""A value that its field takes, for every personal field."""

WRONG = {name: f"Qzmk \u00e9 {name.replace('_', '-')} no value" for name in PERSONAL}
"""A value that its field does not take, where it takes not every text."""

PLAIN = {
    "mis_identifier": "A-1",
    "ability_to_share": "1",
    "verification_type": "999",
}

NEEDLES = [
    MARK,
    "qz9 7qx",
    "qz97qx",
    "2019-03-14",
    "date(2019, 3, 14)",
    "1987-06-05",
    "19870605",
    "05/06/1987",
    "date(1987, 6, 5)",
    "qzm'",
    "846213572",
    "h801200001001",
    "84621a573219b",
]


def right(**more):
    return Learner(**(RIGHT | PLAIN | more))


def wrong(**more):
    return Learner(**(WRONG | PLAIN | more))


def each_alone():
    """Yield a learner who is sound but for one wrong value, for every field."""
    for name, text in WRONG.items():
        yield right(**{name: text})


def row(learner, layout=LRB_3A, about=("3A", "ref", "10012345", "1")):
    values = dict(zip(LRB_3A.headings[:4], about, strict=True))
    cells = [
        values.get(column.heading) or getattr(learner, column.name, None) or ""
        for column in layout.columns
    ]
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def csv(*lines, headings=LRB_3A.headings, encoding="utf-8"):
    return "\r\n".join([",".join(headings), *lines, ""]).encode(encoding, "replace")


def xml_row(learner, layout=LRB_3A):
    cells = {c.element_name: getattr(learner, c.name, None) for c in layout.columns[4:]}
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in cells.items() if text)
    return f"<Learner>{inner}</Learner>"


def xml(*records, head="<LearnerRecordCount>1</LearnerRecordCount>"):
    start = '<b:SubmitBatch xmlns:b="http://api.lrs.miap.gov.uk/batchmsg">'
    return f"{start}{head}{''.join(records)}</b:SubmitBatch>".encode()


# But for the ULN and the MIS identifier, which are shown wherever a learner is.
MARKED_HEADINGS = [f"Qzmk heading {n}" if n not in {4, 5} else "" for n in range(32)]
AGAIN = ("", "", "", "")

BAD_FILES = {
    "sound": csv(row(right())),
    "twice": csv(row(right(uln=ULN)), row(right(uln=ULN), about=AGAIN)),
    "all-wrong": csv(row(wrong(uln="Qzmk"))),
    "each-wrong": csv(*(row(learner) for learner in each_alone())),
    "without-headings": row(right()).encode(),
    # The four values about the file are a person's here.
    "without-headings-shifted": ",".join(
        [*list(RIGHT.values())[:4], "", "", *list(RIGHT.values())[4:], *["Qzmk"] * 2]
    ).encode(),
    "first-cells-wrong": csv(row(right(), about=("Qzmk", "Qzmk", "Qzmk", "Qzmk"))),
    "not-a-batch-file": ",".join(RIGHT.values()).encode(),
    "marked-headings": csv(row(right()), headings=MARKED_HEADINGS),
    "some-marked-headings": csv(
        row(right()), headings=[*LRB_3A.headings[:12], *MARKED_HEADINGS[:20]]
    ),
    "near-headings": csv(
        row(right()), headings=[f"{h}Qzm" for h in LRB_3A.headings[:31]] + ["Notes"]
    ),
    "headings-twice": csv(row(right()), headings=LRB_3A.headings[:4] * 8),
    "columns-missing": csv(row(right())[:-60]),
    "columns-extra": csv(row(right()) + ",Qzmk,Qzmk"),
    "unclosed": csv('3A,ref,10012345,1,,A-1,,"Qzmk,' + row(right()).replace('"', "")),
    "stray-quote": csv(row(right()).replace('"Qzmk Dr"', '"Qzmk" Dr "x"')),
    "control": csv(row(right()).replace("Qzmkada", "Qzmk\0\x1bada")),
    "lost": csv(row(right()).replace("Qzmkada", "Qzmk\ufffdada")),
    "line-break": csv(row(right()).replace("Qzmkada", "Qzmk\nada")),
    "cp1252": csv(row(right(given_name="Qzmk\u00eb")), encoding="cp1252"),
    "mixed": csv(row(right(given_name="Qzmk\u00eb")), encoding="cp1252")
    + row(right(family_name="Qzmk\u00eb"), about=AGAIN).encode(),
    "large": csv(row(right(notes="Qzmk " * 40_000))),
    "excel": csv(
        row(right(date_of_birth="05/06/1987", uln="1.00E+09")),
        row(right(date_of_birth="05/06/87", date_of_address_capture="39572")),
    ),
    "json": json.dumps(RIGHT).encode(),
    "xml": f"<Learner>{RIGHT['given_name']}</Learner>".encode(),
    "xml-sound": xml(xml_row(right())),
    "xml-wrong": xml(xml_row(wrong(uln="Qzmk"))),
    "xml-each-wrong": xml(*(xml_row(learner) for learner in each_alone())),
    "xml-elements": xml(
        xml_row(right()).replace(
            "<Learner>", "<Learner Qzmk='Qzmk'>Qzmk<Qzmk>Qzmk</Qzmk>"
        )
    ),
    "xml-envelope": xml(
        xml_row(right()),
        head="<UKPRN>Qzmk</UKPRN><UserName>Qzmk</UserName><JobType>Qzmk</JobType>"
        "<LearnerRecordCount>Qzmk</LearnerRecordCount><Qzmk>Qzmk</Qzmk>Qzmk",
    ),
    "xml-cut": xml(xml_row(right()))[:-40],
    "xml-elsewhere": b"<Envelope>%b%b</Envelope>" % ((xml(xml_row(right())),) * 2),
    "xml-entity": xml("<Learner><GivenName>&Qzmk;</GivenName></Learner>"),
    "xml-tags": xml("<Learner><GivenName>Qzmk</Qzmk></Learner>"),
    "xml-doctype": b"<!DOCTYPE Qzmk [<!ENTITY Qzmk 'Qzmk'>]><SubmitBatch/>",
    "xml-encoding": xml("<Learner><GivenName>Qzmk\u00eb</GivenName></Learner>").replace(
        b"\xc3\xab", b"\xeb"
    ),
    "utf-16": csv(row(right())).decode().encode("utf-16"),
    "old-mac": csv(row(wrong())).replace(b"\r\n", b"\r"),
    "other-version": csv(row(right(), LRB_2A), headings=LRB_2A.headings),
}


def test_every_personal_field_is_marked_and_every_mark_is_looked_for():
    assert list(RIGHT) == PERSONAL
    for name, value in RIGHT.items():
        assert name == "gender" or marks_in(repr(value)), name
    for value in WRONG.values():
        assert marks_in(value)


def test_the_sound_person_is_sound():
    """Otherwise the entries below would stop at the first defect."""
    file = batch.read(BAD_FILES["sound"], as_of=AS_OF)

    assert {item.code for item in file.report} <= {
        "scn-check-digit",
        "upn-check-letter",
        "uci-check-letter",
        "postcode-shape",
    }
    assert file.records[0].learner == right()
    assert isinstance(right().demographics(), Demographics)


# --- what came out ----------------------------------------------------------------


def marks_in(text):
    folded = text.casefold()
    return [needle for needle in NEEDLES if needle in folded]


def texts_of_error(error, seen):
    """Yield all that an exception could bring to a screen or a log."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield str(error)
    yield repr(error)
    yield repr(error.args)
    yield repr(getattr(error, "__notes__", ""))
    yield repr(vars(error))
    # Not `obj` of an AttributeError: as a traceback's locals, it is nowhere printed.
    for name in ("filename", "filename2", "strerror", "object", "name", "msg"):
        yield repr(getattr(error, name, ""))
    yield "".join(traceback.format_exception(error))
    yield from texts_of_error(error.__cause__, seen)
    yield from texts_of_error(error.__context__, seen)


def texts_of(value):
    """Yield all that a result shows without being asked."""
    if isinstance(value, BaseException):
        yield from texts_of_error(value, set())
    elif isinstance(value, Result):
        yield value.stdout
        yield value.stderr
        yield from texts_of_error(value.exception, set())
    else:
        yield str(value)
        yield repr(value)
        yield f"{value}"
        if type(value) in {list, tuple}:  # a value of ours shows itself whole
            for one in value:
                yield from texts_of(one)


def raised(call, *args, **kwargs):
    """Return the exception that a call raises; it has to raise one."""
    try:
        call(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is looked at
        return error
    raise AssertionError(f"{call} refused nothing")


def outcome(call, *args, **kwargs):
    """Return what a call returns, or the exception that it raises."""
    try:
        return call(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is looked at
        return error


class Entry:
    """One way into the library.

    Attributes:
        covers: The public names that it goes through.
        call: Yields everything that came out; it is given a folder.
    """

    def __init__(self, call, covers):
        self.call = call
        self.covers = covers


ENTRIES: dict[str, Entry] = {}


def entry(*covers):
    def add(call):
        ENTRIES[call.__name__] = Entry(call, covers)
        return call

    return add


# --- the entries: values ----------------------------------------------------------


@entry(
    "ulnlib.learner.Learner",
    "Learner.evolve",
    "Learner.of",
    "Learner.to_dict",
    "ulnlib.learner.LearnerFields",
)
def a_learner(_):
    yield right()
    yield wrong()
    yield right(mis_identifier=None, uln=ULN)
    yield right(mis_identifier=None)
    yield right().to_dict()
    yield right().evolve(notes="Qzmk")
    yield Learner.of(right().values())
    for name in PERSONAL:
        yield raised(Learner, **{name: ["Qzmk"]})
        yield raised(Learner, **{name: b"Qzmk"})
        yield raised(right().evolve, **{name: 19870605})
    yield raised(Learner, "Qzmk")
    yield raised(Learner, qzmk_field="Qzmk")
    yield raised(right().evolve, qzmk_field="Qzmk")
    yield raised(Learner.of, ["Qzmk"])
    yield raised(setattr, right(), "given_name", "Qzmk")
    yield raised(setattr, right(), "qzmk", "Qzmk")
    yield raised(getattr, right(), "values_of")
    yield raised(lambda: right() < wrong())
    yield raised(operator.getitem, right(), "given_name")


@entry("ulnlib.learner.Demographics", "Learner.demographics")
def the_demographics(_):
    yield right().demographics()
    yield wrong().demographics()
    yield list(wrong().demographics())
    for learner in each_alone():
        found = learner.demographics()
        yield found
        if not isinstance(found, Demographics):
            yield list(found)
            yield [item.to_dict() for item in found]
            yield raised(found.raise_if_errors)
    yield raised(setattr, right().demographics(), "postcode", "Qzmk")


@entry("ulnlib.learner.Profile")
def a_profile(_):
    profile = Profile(learner=right(), created=None, last_amended=None, version=1)
    yield profile
    yield raised(lambda: profile.uln)
    wrong_uln = Profile(
        learner=right(uln="Qzmk"), created=None, last_amended=None, version=1
    )
    yield raised(lambda: wrong_uln.uln)


@entry("ulnlib.matching.Query")
def a_query(_):
    yield Query(**RIGHT, other_postcodes=["QZ9 7QX", "Qzmk"])
    yield Query.of(wrong())
    yield raised(Query, qzmk_field="Qzmk")
    yield raised(Query, given_name=["Qzmk"])


@entry(
    "ulnlib.matching.Five",
    "ulnlib.matching.five_of",
    "ulnlib.matching.exact_key",
    "ulnlib.matching.is_near",
    "ulnlib.matching.blocking_keys",
)
def the_five(_):
    for learner in (right(), wrong(), right(given_name="Qzmk\udcff")):
        five = matching.five_of(learner)
        yield [five, five.swapped()]
        yield matching.is_near(five, five.swapped())
        yield matching.is_near(five, matching.five_of(Learner()))
        yield matching.exact_key(five)
        yield matching.blocking_keys(
            learner, families=["Qzmk"], postcodes=["QZ9 7QX"], kinds=frozenset()
        )
        yield matching.blocking_keys(learner, kinds=frozenset(matching.Kind))
    yield raised(matching.blocking_keys, "Qzmk")


class Store:
    """A store of learners that gives everybody to every search."""

    def __init__(self, *learners):
        self.learners = {Uln(one.uln): one for one in learners}

    def candidates(self, _exact, _keys, /):
        return [
            matching.Candidate(number, one, None, ("Qzmk-Former",), ("QZ9 7QX",))
            for number, one in self.learners.items()
        ]

    def profiles(self, numbers, /):
        return [
            Profile(
                learner=self.learners[number],
                created=None,
                last_amended=None,
                version=1,
            )
            for number in numbers
        ]

    def lookup(self, number, /):
        return [one for one in self.candidates(None, ()) if one.uln == number]


@entry(
    "ulnlib.matching.search",
    "ulnlib.matching.rank",
    "ulnlib.matching.Match",
    "ulnlib.matching.SearchResult",
    "ulnlib.matching.Comparison",
    "ulnlib.matching.Finding",
    "ulnlib.matching.Policy",
    "ulnlib.matching.Candidate",
    "ulnlib.matching.Candidates",
)
def a_search(_):
    store = Store(right(uln=ULN), right(uln=OTHER_ULN, given_name="Qzmkeve"))
    store_of_wrong = Store(
        wrong(uln=ULN), *(one.evolve(uln=OTHER_ULN) for one in each_alone())
    )
    yield store.candidates(None, ())
    yield matching.Candidates(store.candidates(None, ()), cut=[1])
    for source in (store, store_of_wrong):
        for asked in (
            right(),
            wrong(),
            Query(**RIGHT),
            right(family_name="Qzmk\udcff"),
        ):
            for policy in (
                matching.Policy(floor=0),
                matching.Policy(narrow=True),
                matching.Policy(strict=True, tolerances=[]),
            ):
                found = matching.search(asked, source, policy)
                yield [found, *found.matches, policy]
                for match in found.matches:
                    yield [match.comparison, match.comparison.findings]
                    yield [match.conflicts, match.tolerances, match.linked_from]
            yield matching.rank(asked, source.learners.values())
        yield raised(matching.search, "Qzmk", source)
        yield raised(matching.rank, right(), [wrong()])
        yield raised(matching.rank, right(), ["Qzmk"])
        yield raised(matching.rank, "Qzmk", [right()])
    yield raised(matching.Policy, tolerances="Qzmk")


@entry("ulnlib.matching.search_plan", "ulnlib.matching.Step")
def a_plan(_):
    for asked in (right(), wrong(), *each_alone(), Query(**RIGHT), Query(upn="Qzmk")):
        yield list(matching.search_plan(asked, limit=100))
    yield raised(matching.search_plan, right(), limit=-1)
    yield raised(list, matching.search_plan("Qzmk"))


@entry("ulnlib.matching.verify", "ulnlib.matching.Verification")
def a_verification(_):
    store = Store(right(uln=ULN))
    for given, family in [
        ("Qzmkada", "O'Qzmkfamily"),
        ("Qzmkada", "Qzmk-Former"),
        ("O'Qzmkfamily", "Qzmkada"),
        ("Qzmk", "Qzmk\udcff"),
    ]:
        for born, gender in [(None, None), ("1987-06-05", "2"), ("05/06/1987", "Qzmk")]:
            yield matching.verify(store, ULN, given, family, born, gender)
    yield matching.verify(store, OTHER_ULN, "Qzmk", "Qzmk")
    yield raised(matching.verify, store, "Qzmk", "Qzmk", "Qzmk")
    yield raised(matching.verify, store, ULN, ["Qzmk"], "Qzmk")
    yield raised(matching.verify, store, ULN, "Qzmk", "Qzmk", tolerances=["x"])


@entry(
    "ulnlib.matching.calibrate",
    "ulnlib.matching.estimate_weights",
    "ulnlib.matching.Weights",
)
def learning(_):
    people = [right(uln=ULN), wrong(uln=OTHER_ULN), *each_alone()]
    yield matching.estimate_weights(people)
    yield matching.estimate_weights(people, labelled=[(right(), wrong())])
    yield raised(matching.estimate_weights, ["Qzmk"])
    yield matching.calibrate(Store(right(uln=ULN)), [(right(), [Uln(ULN)])])
    yield raised(matching.calibrate, Store(right(uln=ULN)), [("Qzmk", ["Qzmk"])])


@entry(
    "ulnlib.uln.Uln",
    "ulnlib.uln.calc_check_digit",
    "ulnlib.uln.check",
    "ulnlib.uln.diagnose",
    "ulnlib.uln.Diagnosis",
    "ulnlib.uln.format",
    "ulnlib.uln.is_valid",
    "ulnlib.uln.validate",
    "ulnlib.uln.validate_many",
    "ulnlib.uln.Verdict",
)
def a_number(_):
    for text in (*RIGHT.values(), *WRONG.values(), "Qzmk\udcff"):
        for parse in (Uln, Uln.parse, uln.validate, uln.format):
            yield raised(parse, text)
        yield outcome(uln.calc_check_digit, text)
        yield uln.is_valid(text)
        yield uln.check(text)
        yield uln.check(text.encode("utf-8", "surrogatepass"))
        if not text.isdigit():  # of digits it gives those that were meant
            yield uln.diagnose(text)
            yield uln.diagnose(text).to_text()
        yield list(uln.validate_many([text, [text], text.encode(errors="replace")]))
    for value in ([1, "Qzmk"], {"Qzmk": 1}, ("Qzmk",), {"Qzmk"}, b"Qzmk", right()):
        for parse in (Uln, Uln.parse, uln.validate, uln.format):
            yield raised(parse, value)
        yield uln.is_valid(value)
        yield uln.check(value)


@entry(
    *(
        f"ulnlib.identifiers.{name}"
        for name in identifiers.__all__
        if name.startswith(("check_", "is_", "parse_", "format_"))
    )
)
def an_identifier(_):
    for text in (*RIGHT.values(), *WRONG.values(), "Qzmk\udcff", ""):
        for name in identifiers.__all__:
            if name.startswith(("check_", "is_", "parse_", "format_")):
                found = outcome(getattr(identifiers, name), text)
                # A number that was parsed and found right is what was asked for.
                if not isinstance(found, str):
                    yield found
                    yield list(found) if isinstance(found, issues.Report) else None


@entry(
    *(
        f"ulnlib.postcode.{name}"
        for name in ("check", "is_bfpo", "is_default", "is_valid", "parse", "format")
    )
)
def a_postcode(_):
    for text in (*WRONG.values(), "QZ9 7QC", "Qzmk\udcff", "QZ97QX " * 9):
        yield raised(postcode.parse, text)
        yield raised(postcode.format, text)
        yield list(postcode.check(text))
        yield [postcode.is_valid(text), postcode.is_default(text)]
        yield postcode.is_bfpo(text)
    yield list(postcode.check("qz97qx  "))


@entry(
    *(
        f"ulnlib.codes.{name}"
        for name in codes.__all__
        if isinstance(getattr(codes, name), type)
        and issubclass(getattr(codes, name), codes.Code)
    ),
    "ulnlib.codes.parse_code",
)
def a_code(_):
    lists = [getattr(codes, name) for name in codes.__all__]
    for one in lists:
        if isinstance(one, type) and issubclass(one, Enum) and one is not codes.Code:
            for text in (*RIGHT.values(), *WRONG.values()):
                yield outcome(one, text)
            yield raised(one, ["Qzmk"])
            assert codes.parse_code(one, "Qzmk") == "Qzmk"  # stays what it is


@entry("ulnlib.issues.Issue", "ulnlib.issues.Report", "ulnlib.issues.Severity")
def a_report(_):
    found = issues.Report(
        issue("postcode-format", "row", n, "postcode") for n in range(3)
    )
    # Revealing is asking by name, and leaves no trace in the finding.
    assert MARK in found[0].reveal("Qzmk").casefold()
    yield found
    yield list(found)
    yield [item.to_dict() for item in found]
    yield raised(found.raise_if_errors)
    yield raised(operator.getitem, found, "Qzmk")
    yield raised(found.index, "Qzmk")
    yield found.of("Qzmk")


@entry(
    "ulnlib.rules.registration.birth_dates",
    "ulnlib.rules.registration.missing_for_registration",
    "ulnlib.rules.sharing.is_allowed_change",
    "ulnlib.rules.sharing.most_restrictive",
)
def the_rules(_):
    yield rules.registration.birth_dates(AS_OF)
    for learner in (right(), wrong(), Learner(given_name="Qzmk")):
        yield rules.registration.missing_for_registration(learner)
    yield rules.sharing.is_allowed_change("Qzmk", "0")
    yield rules.sharing.is_allowed_change("0", "Qzmk")
    yield rules.sharing.most_restrictive(["Qzmk", None])


@entry(
    "ulnlib.rules.verification.ToRecord",
    "ulnlib.rules.verification.check",
    "ulnlib.rules.verification.check_description",
    "ulnlib.rules.verification.check_relationship_with_school",
    "ulnlib.rules.verification.gives_level_one",
    "ulnlib.rules.verification.recognise",
    "ulnlib.rules.verification.share_of_none",
    "ulnlib.rules.verification.to_record",
)
def the_rules_of_verification(_):
    verification = rules.verification
    for learner in (right(), right(verification_type="Qzmk"), wrong()):
        yield list(verification.check(learner, is_pre_16_school=False))
    for text in ("Qzmk passport", "Passport, Qzmk", "ILR and Qzmk", "by Qzmk school"):
        yield verification.recognise(text)
        yield verification.to_record(text)
    yield verification.gives_level_one("Qzmk")
    yield verification.share_of_none({"Qzmk": 1, "0": 1})
    yield raised(verification.share_of_none, {"Qzmk": -1})


@entry(
    "ulnlib.rules.restrictions.WordList",
    "ulnlib.rules.restrictions.check",
    "ulnlib.rules.restrictions.check_address",
    "ulnlib.rules.restrictions.check_at_sixteen",
    "ulnlib.rules.restrictions.check_email",
    "ulnlib.rules.restrictions.check_middle_names",
    "ulnlib.rules.restrictions.check_name_lengths",
    "ulnlib.rules.restrictions.check_names",
    "ulnlib.rules.restrictions.check_place_of_birth",
    "ulnlib.rules.restrictions.check_previous_family_name",
    "ulnlib.rules.restrictions.check_prohibited_postcode",
    "ulnlib.rules.restrictions.check_prohibited_words",
    "ulnlib.rules.restrictions.check_school",
    "ulnlib.rules.restrictions.with_previous_family_name",
)
def the_data_restrictions(_):
    restrictions = rules.restrictions
    words = restrictions.WordList(["Qzmk", "Qzmk street"])
    yield words
    yield words.extended(["Qzmk park"])
    yield raised(restrictions.WordList, "Qzmk")
    before = right(family_name="Qzmk Before")
    full = right(
        given_name="Qzmk (Qzmk)",
        middle_names="Qzmk, Qzmk",
        family_name="Qzmk" * 9,
        place_of_birth="QZ9 7QX",
        email="none@qzmk.org",
        town=None,
        previous_family_name=None,
    )
    for learner in (right(), full, wrong()):
        yield list(
            restrictions.check(
                learner,
                before=before,
                prohibited_words=words,
                prohibited_postcodes=["qz97qx"],
                placeholder_names=words,
                as_of=dt.date(1999, 1, 1),
            )
        )
    yield raised(restrictions.check, full, prohibited_postcodes="QZ9 7QX")
    yield restrictions.with_previous_family_name(before, full)


@entry(
    "ulnlib.rules.sharing.Subject",
    "ulnlib.rules.sharing.change",
    "ulnlib.rules.sharing.check_file",
    "ulnlib.rules.sharing.convert",
    "ulnlib.rules.sharing.decide",
    "ulnlib.rules.sharing.file_codes",
)
def the_rules_of_sharing(_):
    yield raised(rules.sharing.change, "1", "Qzmk", AS_OF)
    yield rules.sharing.change("Qzmk", "1", AS_OF)
    yield rules.sharing.check_file(["Qzmk", "0"])
    yield rules.sharing.convert("Qzmk", to="3A")
    yield raised(rules.sharing.convert, "1", to="Qzmk")
    yield raised(rules.sharing.file_codes, "Qzmk")
    subject = rules.sharing.Subject(share="Qzmk")
    yield subject
    viewer, thing = rules.sharing.Viewer.LEARNER, rules.sharing.Thing.PLR
    yield rules.sharing.decide(viewer, subject, thing, AS_OF)


@entry(
    "ulnlib.rules.accounts.Account",
    "ulnlib.rules.accounts.PasswordFacts",
    "ulnlib.rules.accounts.after_event",
    "ulnlib.rules.accounts.check_password",
    "ulnlib.rules.accounts.is_same_answer",
    "ulnlib.rules.accounts.password_facts",
    "ulnlib.rules.users.audit",
    "ulnlib.rules.users.check_account",
    "ulnlib.rules.users.check_super_users",
    "ulnlib.rules.users.check_update",
    "ulnlib.rules.users.contact",
    "ulnlib.rules.users.existing_accounts",
    "ulnlib.rules.users.holds_secret",
    "ulnlib.rules.users.may_act",
    "ulnlib.rules.users.may_create",
    "ulnlib.rules.users.may_manage",
    "ulnlib.rules.users.may_request_super_user",
    "ulnlib.rules.users.may_use_for",
)
def the_rules_of_accounts(_):
    roles, accounts, users = rules.roles, rules.accounts, rules.users
    facts = {
        **dict.fromkeys(("person", "user_name", "email", "telephone"), "Qzmk"),
        **dict.fromkeys(("organisation", "verification_provided"), "Qzmk"),
        "given_name": "Qzmk",
        "family_name": "Office",
        "roles": roles.Role,
    }
    one = accounts.Account(id="1", **facts)
    two = accounts.Account(id="2", **(facts | {"person": "Qzmk 2", "email": "q@qzmk"}))
    yield [one, two]
    yield raised(accounts.Account, id="1", roles=5)
    yield raised(setattr, one, "given_name", "Qzmk")
    event, policy = accounts.AccountEvent.LOG_ON, accounts.SUSPENDED_AFTER_TEN
    yield accounts.after_event(one, event, as_of=AS_OF, policy=policy)
    yield accounts.password_facts("Qzmk")
    yield list(accounts.check_password(accounts.password_facts("Qzmk")))
    yield accounts.is_same_answer("Qzmk", "qzmk")
    yield users.holds_secret("Qzmk", "qzmk")
    yield list(users.check_account(one, verification_holds_secret=True))
    yield list(users.check_update(one, two))
    yield list(users.audit([one, two], as_of=AS_OF))
    yield list(users.check_super_users([one, two]))
    yield users.contact([accounts.Account(id="3", **facts, last_used=AS_OF)])
    yield users.existing_accounts(two, [one])
    yield users.may_create(two, [one], has_searched=True)
    yield users.may_manage(one, two, accounts.AccountEvent.DELETE, [one, two])
    yield users.may_request_super_user(users.SuperUserLoss.LEFT, one, [one])
    yield users.may_use_for(one, "Qzmk")
    yield users.may_act(one, roles.Action.VIEW_PLR, roles.Role, has_accepted_terms=True)


@entry(
    "ulnlib.rules.organisations.Organisation",
    "ulnlib.rules.organisations.check_organisation",
    "ulnlib.rules.organisations.missing_steps",
)
def the_rules_of_organisations(_):
    organisation = rules.organisations.Organisation(ukprn="Qzmk")
    yield rules.organisations.missing_steps(organisation)
    yield list(rules.organisations.check_organisation(organisation))


@entry(
    "ulnlib.rules.registration.Channel",
    "ulnlib.rules.registration.Form",
    "ulnlib.rules.registration.Purpose",
    "ulnlib.rules.registration.check",
    "ulnlib.rules.registration.check_form",
    "ulnlib.rules.registration.mandatory_fields",
    "ulnlib.rules.registration.return_code",
    "ulnlib.rules.registration.sent_fields",
    "ulnlib.rules.values.check_value",
    "ulnlib.rules.values.check_values",
)
def the_rules_of_registration(_):
    one = rules.registration
    accepted = {name: field.codes for name, field in FIELDS.items()}
    form = one.Form(accepted=accepted, mandatory=(), as_of=AS_OF)
    yield form
    for learner in (right(), wrong(), *each_alone()):
        for purpose in one.Purpose:
            for channel in one.Channel:
                report = one.check(
                    learner, purpose=purpose, channel=channel, as_of=AS_OF
                )
                yield list(report)
                yield [one.return_code(item, channel=channel) for item in report]
        yield one.check_form(learner, form)
        yield rules.values.check_values(learner, accepted, ())
    for name, text in WRONG.items():
        yield rules.values.check_value(FIELDS[name], text, ())
    yield raised(one.Purpose, "Qzmk")
    yield raised(one.Channel, "Qzmk")
    more = {"purpose": "find", "channel": "file", "as_of": AS_OF}
    yield raised(one.check, right(), **(more | {"purpose": "Qzmk"}))
    yield raised(one.check, right(), **(more | {"version": "Qzmk"}))
    find, file = one.Purpose.FIND, one.Channel.FILE
    yield one.mandatory_fields(find, file)
    yield raised(one.sent_fields, find, file, version="Qzmk")


@entry(
    "ulnlib.rules.updates.Refusal",
    "ulnlib.rules.updates.changed_mandatory",
    "ulnlib.rules.updates.check_changes",
    "ulnlib.rules.updates.cleared_mandatory",
    "ulnlib.rules.updates.differing",
    "ulnlib.rules.updates.is_same_learner",
    "ulnlib.rules.updates.may_update_by_file",
    "ulnlib.rules.updates.refuse_duplicate",
    "ulnlib.rules.updates.refuse_registration",
    "ulnlib.rules.updates.refuse_update",
    "ulnlib.rules.updates.updated",
)
def the_rules_of_updates(_):
    one = rules.updates
    people = (right(), wrong(), right(uln=ULN), right(gender=""), *each_alone())
    for held in people:
        yield one.refuse_registration(held)
        yield one.refuse_duplicate(held, people)
        for update in (right(), wrong(), Learner(given_name=""), Learner()):
            for call in (
                *(one.changed_mandatory, one.check_changes, one.differing),
                *(one.cleared_mandatory, one.is_same_learner, one.updated),
                one.may_update_by_file,
            ):
                yield call(held, update)
            for seen in (None, 1, 2):
                yield one.refuse_update(
                    held, update, seen=seen, version=1, shares=["Qzmk"]
                )


@entry(
    "ulnlib.rules.corrections.correction",
    "ulnlib.rules.procedure.SearchLog",
    "ulnlib.rules.procedure.Procedure",
    "ulnlib.rules.procedure.RegistrationDecision",
)
def the_rules_that_take_a_word(_):
    yield raised(rules.corrections.correction, "Qzmk")
    times = rules.procedure.Procedure(minimum=dt.timedelta(0), maximum=dt.timedelta(1))
    log = rules.procedure.SearchLog(procedure=times)
    at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    yield raised(log.searched, "Qzmk", at=at)
    yield raised(log.searched, ["Qzmk"], at=at)
    yield raised(log.registered, at=at)
    yield log.may_register(at=at)


@entry(
    "ulnlib.rules.disclosure.Assessment",
    "ulnlib.rules.disclosure.Finding",
    "ulnlib.rules.disclosure.Ground",
    "ulnlib.rules.disclosure.Names",
    "ulnlib.rules.disclosure.check",
    "ulnlib.rules.disclosure.find",
    "ulnlib.rules.disclosure.redact",
)
def the_rules_of_disclosure(_):
    disclosure = rules.disclosure
    names = disclosure.Names.of([right(), wrong()])
    yield names
    yield raised(disclosure.Names, "Qzmk")
    yield raised(disclosure.check, "Qzmkada", "Qzmk")
    message = (
        "Qzmkada O'Qzmkfamily, born 1987-06-05, of QZ9 7QX, ULN 9900000004, "
        "user name: qzmk1, password: Qzmk2, enquiry reference 9900000012"
    )
    for medium in disclosure.Medium:
        found = disclosure.check(message, medium, names=names, as_of=AS_OF)
        yield found
        yield found.to_dict()
        yield from found.breaches
        assert any(marks_in(words) for _, words in found.reveal(message))
    yield disclosure.find(message, names=names)
    # Its shape is no postcode's of the United Kingdom, so it stays.
    safe = disclosure.redact(message, names=names, as_of=AS_OF)
    yield safe.replace("QZ9 7QX", "")


@entry(
    "ulnlib.rules.combination.lint",
    "ulnlib.rules.combination.parse_text",
    "ulnlib.rules.combination.read_achievements",
    "ulnlib.rules.combination.read_examples",
    "ulnlib.rules.combination.read_published",
    "ulnlib.rules.combination.read_structure",
)
def the_forms_of_rules_of_combination(_):
    combination = rules.combination
    # A person's file where a structure, or what was achieved, should be.
    marked = {name: {name: [name, "Qzmk"], "Qzmk": "Qzmk"} for name in RIGHT}
    root = {"name": "Qzmk", "units": [{"reference": "Qzmk"}, "Qzmk"], **marked}
    contents = [
        *BAD_FILES.values(),
        json.dumps(marked).encode(),
        json.dumps(
            {"name": "Qzmk", "root": root, "caps": [{"group": "Qzmk"}]}
        ).encode(),
        json.dumps(
            {"achievements": [marked, {"unit": 5, "date": "1987-06-05"}]}
        ).encode(),
        json.dumps({"examples": [marked, {"groups": [root, "Qzmk"]}]}).encode(),
        b"unit,date,Qzmk\nQzmk,05-06-1987,Qzmk,Qzmk\n",
    ]
    for content in contents:
        text = content.decode("utf-8", "replace")
        file = combination.read_structure(content)
        yield file.report, list(file.report)
        yield list(combination.read_achievements(content).report)
        yield list(combination.parse_text(text).report)
        structures = [file.structure, combination.parse_text(text).structure]
        for several in combination.read_examples(content).values():
            yield [one.report for one in several]
            structures += [one.structure for one in several]
        for structure in structures:
            if structure is not None:
                yield list(combination.lint(structure))
    yield [list(one.report) for one in combination.read_published(marked)]


@entry(
    "ulnlib.rules.routes.Catalogue",
    "ulnlib.rules.routes.CatalogueFile",
    "ulnlib.rules.routes.Route",
    "ulnlib.rules.routes.RouteQuery",
    "ulnlib.rules.routes.index",
    "ulnlib.rules.routes.named_levels",
    "ulnlib.rules.routes.area_codes",
    "ulnlib.rules.routes.find_subject_area",
    "ulnlib.rules.routes.read_catalogue",
    "ulnlib.rules.routes.search",
)
def the_routes(_):
    routes = rules.routes
    yield [routes.named_levels("Qzmk"), routes.area_codes("Qzmk")]
    yield routes.find_subject_area("Qzmk")
    query = routes.RouteQuery(name="Qzmk's next year")
    yield query
    for field in ("level", "size", "subject_area", "country", "age"):
        yield raised(routes.RouteQuery, **{field: "Qzmk"})
    for text in ("Qzmk", '{"kind": "Qzmk"}', '["Qzmk"]'):
        yield raised(routes.RouteQuery.from_json, text)
    for field in query.to_dict():
        for value in ("Qzmk", ["Qzmk"], {"Qzmk": "Qzmk"}, 19870605):
            values = routes.RouteQuery().to_dict() | {field: value}
            found = outcome(routes.RouteQuery.from_dict, values)
            yield found if isinstance(found, Exception) else ""
    had = [Achievement("Qzmk", 5, "Qzmk", id="Qzmk", title="Qzmk", group="Qzmk")]
    units = [Unit("Qzmk", 5, "2"), Unit("Y/506/1910", 5, "2")]
    listed = Structure(name="Qzmk", total=10, root=Group(name="Qzmk", units=units))
    entries = [
        Qualification(number="60000016", structure=listed, is_sensitive=True),
        Qualification(number="60000028", structure=listed, level="Qzmk"),
        Qualification(number="Qzmk", subject_area="Qzmk", is_sensitive=True),
    ]
    catalogue = routes.index(entries)
    yield catalogue
    yield list(catalogue.report)
    found = routes.search(catalogue, query, had, as_of=AS_OF)
    assert found[0].credits_towards == 5
    yield found
    yield raised(routes.search, catalogue, query, had, limit=-1)
    table = b'number,title,credits,approval start\nQzmk,,Qzmk,Qzmk\nQzmk,"Qzmk\n'
    form = b'[{"number": 1, "credit": "Qzmk", "structure": "Qzmk"}, "Qzmk"]'
    for content in (table, form, b'{"Qzmk": 1}', b"[Qzmk", *BAD_FILES.values()):
        file = routes.read_catalogue(content)
        yield list(file.report)
        yield [item.to_dict() for item in file.report]
    yield raised(routes.read_catalogue, row(right()) + "\n")
    yield raised(routes.read_catalogue, io.StringIO("Qzmk"))
    yield raised(routes.read_catalogue, b"", headings={"Qzmk": "Qzmk"})


@entry(
    "ulnlib.rules.combination.Completion",
    "ulnlib.rules.combination.Counted",
    "ulnlib.rules.combination.Evaluation",
    "ulnlib.rules.combination.GroupResult",
    "ulnlib.rules.combination.Need",
    "ulnlib.rules.combination.Prepared",
    "ulnlib.rules.combination.Supplied",
    "ulnlib.rules.combination.Taken",
    "ulnlib.rules.combination.UnitResult",
    "ulnlib.rules.combination.complete",
    "ulnlib.rules.combination.evaluate",
    "ulnlib.rules.combination.prepare",
)
def the_rules_of_combination(_):
    combination = rules.combination
    text = """Award
total 9; level 2; 5 at level
group Core: mandatory, 3 credits
  Y/506/1910  3  L2  Unit
group More: at least 3 credits, within 12 months, other level 2
requirement placement
"""
    structure = combination.parse_text(text).structure
    prepared = combination.prepare(structure)
    # When somebody achieved what, and where it is recorded, is nobody's business.
    day = dt.date(1987, 6, 5)
    record = {"date": day, "source": "Qzmk", "id": "Qzmk"}
    had = [
        Achievement("Y/506/1910", 5, "3", **record),
        Achievement("T/506/2952", 2, "2", **record),
        Achievement("", kind="exemption", credit=1, group="More", **record),
        Achievement("R/506/1940", 2, "2", date=dt.date(2030, 1, 1)),
    ]
    yield prepared, had
    for as_of in (None, dt.date(1987, 8, 1), AS_OF):
        for facts in ((), ("placement",)):
            found = combination.evaluate(prepared, had, as_of=as_of, facts=facts)
            yield found, list(found.report), list(found.conflicts)
            for name in ("counted", "groups", "taken", "supplied", "needs"):
                yield list(getattr(found, name))
            yield [one for one in found.units if one.reference]
            yield combination.complete(prepared, had, as_of=as_of, facts=facts)
            # Nor is it in what a tutor shows or a program is given.
            yield found.to_text(), found.to_html()
            yield found.to_dict(), found.to_service(), found.to_service_xml()
    yield raised(combination.complete, structure, had, by="Qzmk")
    yield raised(combination.evaluate, structure, had, maximum="Qzmk")
    yield raised(combination.evaluate, Qualification(number="Qzmk"), had)


# --- the entries: the personal learning record -------------------------------------


@entry(
    "ulnlib.plr.Answer",
    "ulnlib.plr.LearningEvent",
    "ulnlib.plr.Record",
    "ulnlib.plr.Entry",
    "ulnlib.plr.Taken",
    "ulnlib.plr.check_event",
    "ulnlib.plr.read_events",
    "ulnlib.plr.why_missing",
)
def learning_events(_):
    texts = (*RIGHT.values(), *WRONG.values())
    for text in texts:
        values = dict.fromkeys(plr.events.CURRENT, text) | {"id": "7", "source": "ILR"}
        event = plr.LearningEvent(**values)
        yield event
        yield list(plr.check_event(event, as_of=AS_OF))
        yield plr.why_missing(event, "grade")
        record = plr.Record([event, event])
        yield record
        yield list(record.check(as_of=AS_OF))
        yield record.entries
        yield record.achievements()
        yield outcome(record.sorted_by, "level")
        yield raised(record.sorted_by, "none")
        content = (
            f"<LearnerRecord><LearningEvent><Subject>{text}</Subject></LearningEvent>"
        )
        for end in ("</LearnerRecord>", ""):
            answer = plr.read_events((content + end).encode("utf-8", "replace"))
            yield answer
            yield list(answer.report)
            yield answer.record


@entry(
    "ulnlib.plr.AccessEntry",
    "ulnlib.plr.AccessPage",
    "ulnlib.plr.Actor",
    "ulnlib.plr.View",
    "ulnlib.plr.decisions",
    "ulnlib.plr.is_marked_sensitive",
    "ulnlib.plr.page_of",
    "ulnlib.plr.preview",
    "ulnlib.plr.read_log",
    "ulnlib.plr.see",
    "ulnlib.plr.subject_of",
)
def views_of_a_record(_):
    actor = plr.Actor(user="qzmk", organisation="Example College")
    learner = right(uln=ULN)
    record = marked_record()
    yield actor
    for viewer in sharing.Viewer:
        for subject in (
            plr.subject_of(learner),
            sharing.Subject(share="1", has_level_one=True, is_event_sensitive=True),
        ):
            yield subject
            asked = {"learner": learner, "as_of": AS_OF, "chosen": ["7"]}
            yield plr.preview(record, subject, **asked)
            seen = plr.see(record, viewer, subject, by=actor, at="Qzmk", **asked)
            yield seen
            yield seen.accesses
            yield plr.decisions(record, viewer, subject, as_of=AS_OF)
            who = {"learner": learner, "as_of": AS_OF}
            yield plr.read_log(seen.accesses, viewer, subject, **who)
            yield plr.page_of(seen.accesses)
            nobody = {**asked, "learner": right(uln=None)}
            yield raised(plr.see, record, viewer, subject, by=actor, at="", **nobody)
            other = {**asked, "thing": sharing.Thing.PROFILE}
            yield raised(plr.see, record, viewer, subject, by=actor, at="", **other)
    yield raised(plr.page_of, [], 0)
    yield raised(actor.entry, "Qzmk", ULN, at=["Qzmk"])


def marked_record():
    """Return a record whose every text is marked, of one achievement."""
    values = dict.fromkeys(plr.events.CURRENT, "Qzmk") | {
        "id": "7",
        "source": "AO",
        "status": "F",
        "subject_code": "K/501/5773",
        "award_date": "2019-03-14",
        "restriction": "0",
    }
    return plr.Record([plr.LearningEvent(**values, further={"Qzmk": "Qzmk"})])


@entry("ulnlib.plr.RecordReport", "ulnlib.plr.read_records", "ulnlib.plr.report_of")
def reports_of_a_record(_):
    closed = {sharing.Viewer.PROVIDER_WITH_ROLE: "0"}
    for viewer in sharing.Viewer:
        subject = sharing.Subject(share=closed.get(viewer, "1"), has_level_one=True)
        view = plr.see(
            marked_record(),
            viewer,
            subject,
            learner=right(uln=ULN),
            by=plr.Actor(user="qzmk"),
            at="Qzmk",
            as_of=AS_OF,
            chosen=["7"],
        )
        report = plr.report_of(view, dated=AS_OF, unticked=["Qzmk"], title="Qzmk")
        yield report
        yield [*report.lines, *report.details, *report.sources, *report.footnotes]
        yield raised(report.to_pdf, fonts=["none"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typst.compile", _refuse_to_compile)
        yield raised(report.to_pdf)
    for text in (*RIGHT.values(), *WRONG.values()):
        content = f"<R><LearnerRecord><LearningEvent><Subject>{text}</Subject>"
        for end in ("</LearningEvent></LearnerRecord></R>", "</Qzmk>", ""):
            answers = list(plr.read_records((content + end).encode("utf-8", "replace")))
            yield answers
            yield [list(answer.report) for answer in answers]


def _refuse_to_compile(*_, **given):
    """Fail as typst does, with texts of the record in the error."""
    raise RuntimeError(f"Qzmk {given['sys_inputs']['data']}")


@entry("cli: plr show", "cli: plr report")
def plr_commands(folder):
    record = folder / "record.xml"
    record.write_text(
        "<R><FoundULN>1</FoundULN><LearnerRecord><LearningEvent><ID>Qzmk</ID>"
        "<Subject>Qzmk</Subject><Source>Qzmk</Source></LearningEvent></LearnerRecord>"
        "</R>",
        encoding="utf-8",
    )
    closed = ("--viewer", "provider")
    for path in bad_paths(folder):
        yield command("plr", "show", path)
        yield command("plr", "report", path, "-o", folder / "out.html")
    for more in ((), ("--json",)):
        yield command("plr", "show", record, *closed, *more)
        shown = command("plr", "show", record, *more)
        yield shown.stderr
    yield command("plr", "report", record, "-o", folder / "out.pdf")
    yield command("plr", "report", record, "-o", folder / "out.txt", "--without", "q")
    yield command("plr", "report", record, "-o", folder / "out.doc", *closed)


@entry("ulnlib.plr.CreditAnswer", "ulnlib.plr.CreditRow", "ulnlib.plr.credit_check")
def credit_checks(_):
    learner = right(uln=ULN)
    given = {
        "held": learner,
        "subject": sharing.Subject(share="1"),
        "by": plr.Actor(user="qzmk"),
        "at": "Qzmk",
        "as_of": AS_OF,
    }
    check = partial(plr.credit_check, marked_record(), **given)
    for number in ("K/501/5773", "Y/506/1910"):
        answer = check(number, asked=learner)
        yield answer
        yield answer.rows
    yield raised(check, "Qzmk*", asked=learner)
    yield raised(check, "K/501/5773", asked=right(uln=None))


@entry(
    "ulnlib.plr.Changes",
    "ulnlib.plr.Opened",
    "ulnlib.plr.SharedEvent",
    "ulnlib.plr.Snapshot",
    "ulnlib.plr.changes_since",
    "ulnlib.plr.delete_snapshot",
    "ulnlib.plr.list_snapshots",
    "ulnlib.plr.open_snapshot",
    "ulnlib.plr.share_view",
)
def shared_views(_):
    learner = right(uln=ULN)
    record = marked_record()
    made = {
        "guid": "4b3403665fea",
        "pin": "Qzmk",
        "target": RIGHT["email"],
        "created": AS_OF,
        "expires": AS_OF,
        "user_reference": "Qzmk",
    }
    snapshot = plr.share_view(record, learner, **made)
    yield snapshot
    yield snapshot.events
    yield plr.changes_since(snapshot, plr.Record([]))
    yield plr.list_snapshots([snapshot], learner)
    yield plr.delete_snapshot([snapshot], learner, "Qzmk")
    for pin in ("Qzmk", "qzmk"):
        yield plr.open_snapshot(
            snapshot,
            pin,
            record=record,
            subject=sharing.Subject(share="1"),
            learner=learner,
            by=plr.Actor(user="qzmk"),
            at="2026-11-21",
            as_of=AS_OF,
        )
    for wrong_value in ({"pin": "Q"}, {"chosen": ["Qzmk"]}, {"guid": ""}):
        yield raised(plr.share_view, record, learner, **{**made, **wrong_value})


@entry(
    "ulnlib.plr.LinkedRecords",
    "ulnlib.plr.join",
    "ulnlib.plr.challenge.Challenge",
    "ulnlib.plr.challenge.ChallengeEntry",
    "ulnlib.plr.challenge.Contact",
    "ulnlib.plr.challenge.CurrentReturn",
    "ulnlib.plr.challenge.Details",
    "ulnlib.plr.challenge.Disputed",
    "ulnlib.plr.challenge.MergeRequest",
    "ulnlib.plr.challenge.Party",
    "ulnlib.plr.challenge.Reference",
    "ulnlib.plr.challenge.ServiceValues",
    "ulnlib.plr.challenge.Transfer",
    "ulnlib.plr.challenge.UnmergeRequest",
    "ulnlib.plr.challenge.WorkList",
    "ulnlib.plr.challenge.check",
    "ulnlib.plr.challenge.check_mail",
    "ulnlib.plr.challenge.differences",
    "ulnlib.plr.challenge.history",
    "ulnlib.plr.challenge.listed",
    "ulnlib.plr.challenge.request_of",
    "ulnlib.plr.challenge.to_service",
    "ulnlib.plr.challenge.under_challenge",
    "ulnlib.plr.challenge.work_list",
    "ulnlib.register.Done",
    "ulnlib.register.carry_out",
    "ulnlib.register.undo",
)
def data_challenges(_):
    challenge = plr.challenge
    register = Register()
    register.add(right(uln=ULN))
    register.add(Learner(uln=OTHER_ULN, given_name="Bo", postcode="ZA1 1AA"))
    problems = (*rules.corrections.Problem, "family_name", "postcode")
    for text in (*RIGHT.values(), *WRONG.values()):
        event = plr.LearningEvent(
            **dict.fromkeys(plr.events.CURRENT, text) | {"id": "7", "source": "ILR"}
        )
        record = plr.Record([event])
        details = challenge.Details(**dict.fromkeys(challenge.DETAILS, text))
        contact = challenge.Contact(name=text, email=text, telephone=text)
        move = challenge.Transfer(uln=text, name=text)
        party = challenge.Party.organisation("10012345", user=text)
        current = challenge.CurrentReturn(ukprn=text)
        yield details, contact, move, party, current, challenge.Disputed("7", "ILR")
        yield outcome(challenge.Party.organisation, text)
        yield raised(challenge.Party.learner, text)
        yield raised(
            challenge.Challenge, problem=text, learner=right(), raised_by=party
        )
        for problem in problems:
            case = challenge.Challenge.on(
                event,
                problem=problem,
                learner=right(uln=ULN),
                raised_by=party,
                contact=contact,
                comments=text,
                proposed=details,
                transfer=move,
                other_uln=text,
                master=text,
            ).raised(at=text, reference=text)
            yield case, case.history, case.reference, case.route
            yield list(
                challenge.check(
                    case,
                    record=record,
                    current_return=current,
                    other=wrong(),
                    challenges=[case],
                )
            )
            yield challenge.request_of(case)
            yield raised(case.raised, at=text)
            yield outcome(challenge.to_service, case)
            yield outcome(challenge.listed, case)
        yield challenge.check_mail(f"{text} Qzmkada", case)
        yield challenge.history([case], ULN), raised(challenge.history, [case], text)
        yield challenge.work_list([case]), challenge.under_challenge(record, [case])
        yield challenge.differences(right(), wrong())
        linked = plr.join(ULN, {ULN: record})
        yield linked, raised(linked.unmerged, text), raised(plr.join, text, {})
        yield raised(plr.join, ULN, {text: record})
        for request in (
            challenge.MergeRequest(master=text, duplicate=text, reason=text),
            challenge.UnmergeRequest(master=text, linked=text, reason=text),
        ):
            yield request, list(request.check())
            yield raised(carry_out, register, request, at=text)
        request = challenge.MergeRequest(master=ULN, duplicate=OTHER_ULN)
        yield raised(carry_out, register, request, at=text)
        told = challenge.MergeRequest(master=ULN, duplicate=OTHER_ULN, reason=text)
        done = carry_out(register, told, at=text)
        yield done, raised(undo, register, done, at=text, by=party)
        yield undo(register, done, at=text), raised(undo, register, done, at=text)


# --- the entries: batch files -----------------------------------------------------


@entry(
    "ulnlib.batch.read",
    "ulnlib.batch.BatchFile",
    "ulnlib.batch.FileValues",
    "ulnlib.batch.Record",
    "ulnlib.batch.Style",
    "ulnlib.batch.advise",
    "BatchFile.is_clean",
)
def reading_a_file(_):
    for content in BAD_FILES.values():
        for layout in (None, LRB_2A, LRB_3A):
            file = batch.read(content, as_of=AS_OF, layout=layout)
            yield file
            yield file.values
            yield file.style
            yield list(file.records)
            yield [batch.advise(record, as_of=AS_OF) for record in file.records]
            yield list(file.report)
            yield json.dumps([item.to_dict() for item in file.report])
            yield outcome(file.report.raise_if_errors)
            yield file.is_clean


@entry(
    "ulnlib.batch.open",
    "ulnlib.batch.Reader",
    "Reader.as_file",
    "Reader.close",
)
def reading_a_stream(_):
    for content in BAD_FILES.values():
        with batch.open(io.BytesIO(content), as_of=AS_OF) as reader:
            yield reader
            records = []
            for record in reader:
                records.append(record)
                yield record
                yield list(record.issues)
            yield reader.findings
            yield [reader.values, reader.style, reader.layout]
            yield reader.as_file(records)


@entry("ulnlib.batch.read", "ulnlib.batch.open")
def a_source_that_is_none(folder):
    text = BAD_FILES["sound"].decode()
    for source in (
        text,
        io.StringIO(text),
        text.split(","),
        RIGHT,
        right(),
        [text.encode()],
    ):
        yield raised(batch.read, source)
        yield raised(batch.open, source)
    (folder / "a.csv").write_bytes(BAD_FILES["without-headings"])
    closed = (folder / "a.csv").open("rb")
    closed.close()
    yield raised(batch.read, closed)


@entry(
    "ulnlib.batch.write",
    "ulnlib.batch.write_rows",
    "ulnlib.batch.make",
    "BatchFile.value_at",
    "BatchFile.learners",
)
def writing_a_file(_):
    made = batch.make(
        [right(ability_to_share="2")], ukprn="10012345", file_name="ref", layout=LRB_2A
    )
    yield made
    yield raised(batch.write, made, layout=LRB_3A)
    made = batch.make([right()], ukprn="10012345", file_name="ref")
    error = raised(batch.write, made, layout=LRB_2A)
    yield error
    yield list(error.report)
    for text in ("Qzmk\udcff", "Qzmk\u0141"):
        style = batch.Style(encoding="utf-8" if "\udcff" in text else "cp1252")
        yield raised(batch.write_rows, ["a"], [["Qzmk"], [text]], style=style)
        yield raised(batch.write_rows, [text], [], style=style)
    lone = batch.make([right(notes="\udcff")], ukprn="10012345", file_name="ref")
    yield raised(batch.write, lone)


@entry("ulnlib.batch.answer")
def verify_and_achievement_files(_):
    for one in (RIGHT, WRONG):
        for layout in KNOWN_LAYOUTS:
            cells = [
                one.get(column.name.removeprefix("found_"), "Qzmk")
                for column in layout.columns
            ]
            content = batch.write_rows(layout.headings, [cells, cells])
            file = batch.read(content, as_of=AS_OF)
            yield file
            yield list(file.records)
            yield list(file.report)
            yield outcome(list, check_steps(file.records))
            with closing(Register()) as register:
                register.add(right(uln="1000000043"))
                yield outcome(batch.answer, file, register)
    yield JobReport.of({"AchievementBatchErrorFile": ",".join(RIGHT.values())})
    yield raised(LRB_3A.with_columns, [(text, text) for text in RIGHT.values()])


@entry("ulnlib.batch.convert", "ulnlib.batch.Conversion")
def converting_a_file(_):
    for content in BAD_FILES.values():
        file = batch.read(content, as_of=AS_OF)
        for layout in (LRB_2A, LRB_3A):
            found = outcome(batch.convert, file, layout, drop=["upn"])
            yield found
            if isinstance(found, batch.Conversion):
                yield [list(found.report), list(found.file.records)]
    made = batch.make([right()], ukprn="10012345", file_name="ref")
    yield raised(batch.convert, made, share="Qzmk")
    yield raised(batch.convert, made, drop=["Qzmk"])
    yield raised(batch.convert, made, form="Qzmk")


def exports():
    """Yield tables of the marked person, with headings and without."""
    names = [name for name in RIGHT if name != "title"]
    for values in (RIGHT, WRONG):
        lines = [names, [values[name] for name in names]]
        for rows in (lines, lines[1:] * 2, [*lines, lines[1] * 2]):
            yield "".join(
                ",".join(f'"{cell}"' for cell in cells) + "\n" for cells in rows
            ).encode()
    yield b'"Name","DOB"\n"Qzmk Qzmk Qzmk","05/06/1987 10:00"\n"QZMK, X","5/6/87"\n'
    yield b'"Surname","Legal surname"\n"Qzmk"x,\n'
    yield from BAD_FILES.values()


@entry(
    "ulnlib.batch.read_table",
    "ulnlib.batch.Table",
    "ulnlib.batch.suggest",
    "ulnlib.batch.Mapping",
    "ulnlib.batch.Choice",
    "ulnlib.batch.Doubt",
    "ulnlib.batch.make_learners",
    "ulnlib.batch.MadeLearners",
)
def making_of_a_table(_):
    for content in exports():
        table = batch.read_table(content)
        mapping = batch.suggest(table.headings)
        yield [table, list(table.report), mapping, *mapping.choices, *mapping.doubts]
        yield raised(mapping.decided, table.headings, {"Qzmk": "Qzmk"})
        yield raised(mapping.decided, table.headings, {"uln": "Qzmk not there"})
        for names in (None, *batch.NameOrder):
            made = batch.make_learners(
                table,
                mapping.accepted(),
                as_of=AS_OF,
                names=names,
                ability_to_share="1",
                verification_type="999",
                other_verification_description="Qzmk badge",
            )
            yield [made, list(made.report)]
    yield raised(batch.read_table, "Qzmk,Qzmk,Qzmk,Qzmk\nQzmk")


@entry("ulnlib.batch.write_xml", "ulnlib.batch.xml_schema", "ulnlib.batch.write")
def writing_xml(_):
    options = {"ukprn": "10012345", "count": 1}
    for learner, layout in (
        (right(), LRB_2A),
        (right(notes="Qzmk\0"), LRB_3A),
        (right(notes="Qzmk\udcff"), LRB_3A),
    ):
        out = io.BytesIO()
        error = raised(batch.write_xml, [learner], out, layout=layout, **options)
        yield error
        yield list(error.report)
        made = batch.make([learner], ukprn="Qzmk", file_name="Qzmk")
        yield raised(batch.write, made, layout=layout, form="XML")
    yield raised(batch.write_xml, [right(), right()], io.BytesIO(), **options)
    yield raised(batch.write, batch.make([right()], ukprn="1", file_name="x"), form="Q")
    yield batch.xml_schema(LRB_3A)


@entry("ulnlib.batch.read")
def other_files_in_xml(_):
    items = "".join(
        f"<{name}>Qzmk</{name}>" for name in ("UPN", "Surname", "DOB", "ULN")
    )
    pupils = f"<CTfile><CTFpupilData><Pupil>{items}</Pupil></CTFpupilData></CTfile>"
    found = ctf.read(pupils.encode(), as_of=AS_OF)
    yield found
    yield found.records
    yield list(found.report)
    yield raised(ctf.fill, pupils.encode(), ["Qzmk"])
    yield raised(ctf.fill, pupils.encode(), ["1000000043"] * 2)
    yield raised(ctf.fill, pupils[:-20].encode(), {"Qzmk": "1000000043"})
    yield ctf.fill(pupils.encode(), {"Qzmk": "1000000043"})
    learner = "<LearnRefNumber>Qzmk</LearnRefNumber><ULN>Qzmk</ULN>"
    ilr_file = (
        f'<Message xmlns="ESFA/ILR/2025-26"><Learner>{learner}</Learner></Message>'
    )
    for content in (ilr_file, ilr_file.replace("ESFA", "Qzmk"), ilr_file[:-20]):
        checked = ilr.check(content.encode())
        yield checked
        yield list(checked.report)


@entry("ulnlib.batch.detect", "ulnlib.batch.Detected")
def what_a_file_is(_):
    for content in BAD_FILES.values():
        found = batch.detect(content, name="Qzmk.csv")
        yield found
        yield found.why
    yield raised(batch.detect, "Qzmk,Qzmk,Qzmk,Qzmk\nQzmk")


@entry("ulnlib.batch.file_name", "ulnlib.batch.parse_name")
def names_and_layouts(_):
    for text in (*RIGHT.values(), *WRONG.values()):
        yield batch.parse_name(text)
        yield list(check_name(text))
        yield list(check_form(f"{text}.csv", "XML"))
        if not identifiers.is_ukprn(text):
            yield raised(batch.file_name, text, dt.datetime(2026, 1, 2))  # noqa: DTZ001
        yield raised(batch.file_name, "10012345", dt.datetime(2026, 1, 2), text)  # noqa: DTZ001
        yield raised(LRB_3A.with_headings, [text])
        yield LRB_3A.column(text)


@entry(
    "ulnlib.batch.run",
    "ulnlib.batch.RunResult",
    "ulnlib.batch.RecordResult",
    "ulnlib.batch.Candidate",
    "RunResult.to_dict",
    "RunResult.exceptions_table",
    "RunResult.is_exception",
    "RunResult.return_code",
)
def running_a_file(_):
    for name, content in BAD_FILES.items():
        for job in ("CHK", "FUL"):
            with closing(Register(synthetic=True)) as register:
                if name == "twice":
                    register.register(right(mis_identifier="B-9"))
                for lenient in (False, True, True):  # the last is a run again
                    result = outcome(
                        batch.run,
                        batch.read(content, as_of=AS_OF),
                        register,
                        job=job,
                        as_of=AS_OF,
                        lenient=lenient,
                    )
                    yield result
                    if isinstance(result, batch.RunResult):
                        yield list(result.results)
                        yield json.dumps(result.to_dict())
                        yield result.exceptions_table().decode()
    yield raised(
        batch.run,
        batch.read(BAD_FILES["sound"]),
        Register(),
        job="Qzmk",
        as_of=AS_OF,
    )


def output(*lines):
    return csv(*lines, headings=[*LRB_3A.headings, "ReturnCode"])


BAD_OUTPUTS = {
    "found": output(f"{row(right(uln=ULN))},RC002"),
    "changed": output(f"{row(right(uln=ULN, town='Qzmkville'))},RC004"),
    "doubtful": output(f"{row(right(given_name='Qzmkbob', uln=ULN))},RC002"),
    "exception": output(f"{row(right())},RC013"),
    "twice": output(f"{row(right())},RC007", f"{row(right(), about=AGAIN)},RC007"),
    "no-code": output(f"{row(right(uln=ULN))},Qzmkfamily"),
    "slipped": output(f"{row(right(uln=ULN))},Qzmk,Qzmk,RC002"),
    "all-wrong": output(f"{row(wrong(uln='Qzmk', mis_identifier='A-1'))},RC001"),
    "of-nobody": output(f"{row(right(mis_identifier='B-2'))},RC010"),
}


@entry(
    "ulnlib.batch.split",
    "ulnlib.batch.join",
    "ulnlib.batch.JoinResult",
    "ulnlib.batch.JoinedRecord",
    "ulnlib.batch.OutputRecord",
    "ulnlib.batch.read_answer",
    "ulnlib.batch.Answer",
    "ulnlib.batch.FieldUpdate",
    "ulnlib.batch.unmatched",
)
def joining_outputs(_):
    every = [*BAD_OUTPUTS.values(), *BAD_FILES.values()]
    for sent in (
        BAD_FILES["sound"],
        BAD_FILES["all-wrong"],
        BAD_FILES["columns-extra"],
    ):
        file = batch.read(sent, as_of=AS_OF)
        for content in every:
            back = batch.read(content, as_of=AS_OF)
            parts = outcome(batch.split, back, 1)
            yield parts
            for by in batch.JoinBy:
                result = batch.join(file, back, by=by, uploaded=AS_OF)
                yield result
                yield list(result.records)
                yield list(result.output_records)
                yield list(result.report)
                yield json.dumps(result.to_dict())
                yield result.table().decode()
                yield list(batch.unmatched(result))
                for one in result.joined:
                    yield [one.answer, one.answer.to_text()]
                    yield list(one.answer.updates)
            for record in back.records:
                yield batch.read_answer(record)
    # Only what is asked for by name shows details.
    result = batch.join(
        batch.read(BAD_FILES["sound"]), batch.read(BAD_OUTPUTS["changed"])
    )
    assert marks_in(json.dumps(result.to_dict(personal=True)))
    yield raised(batch.join, file, back, by="Qzmk")


@entry(
    "ulnlib.batch.updates",
    "ulnlib.batch.UpdatePlan",
    "ulnlib.batch.second_try",
    "ulnlib.batch.SecondTry",
    "ulnlib.batch.right_postcodes",
)
def changed_details(_):
    about = {"ukprn": "10012345", "file_name": "ref"}
    before = [right(uln=ULN), right(uln=OTHER_ULN, mis_identifier="B-2")]
    for name in (*PERSONAL, "ability_to_share", "verification_type", "uln"):
        for text in (WRONG.get(name, "Qzmk"), "", "0", None):
            after = [before[0].evolve(**{name: text}), before[1]]
            plan = batch.updates(before, after, as_of=AS_OF, **about)
            yield plan
            yield list(plan.report)
            yield list(plan.waves)
            yield [list(file.report) for file in plan.waves]
    yield batch.updates(before, [before[0], before[0]], **about)
    for previous in ("QZ9 7QX", "Qzmk", ""):
        tried = batch.second_try(
            [right(), right(mis_identifier=None)], {"A-1": previous}, **about
        )
        yield tried
        yield list(tried.report)
        result = batch.join(tried.file, batch.read(BAD_OUTPUTS["found"]))
        yield batch.right_postcodes(tried, result, **about)


@entry(
    "ulnlib.batch.BatchException",
    "ulnlib.batch.ExceptionEntry",
    "ulnlib.batch.raised_by",
    "ulnlib.batch.resubmission",
    "ulnlib.batch.WorkList",
    "ulnlib.batch.work_list",
)
def exceptions_of_a_batch(_):
    for content in BAD_OUTPUTS.values():
        back = batch.read(content, as_of=AS_OF)
        for source in (back, batch.join(batch.read(BAD_FILES["sound"]), back)):
            cases = batch.raised_by(source, uploaded=AS_OF, at="then")
            yield list(cases)
            todo = batch.work_list(cases, as_of=AS_OF)
            yield todo
            yield [todo.by_due, todo.by_kind]
            yield json.dumps(todo.to_dict())
            yield todo.table().decode()
            for case in cases:
                yield json.dumps(case.to_dict())
                yield case.answer()
    case = batch.BatchException(
        file="x", row=2, code="RC007", uploaded=AS_OF, learner=right()
    )
    yield case.rank([right(uln=ULN, given_name="Qzmkbob")])
    case = case.offer([right(uln=ULN, given_name="Qzmkbob")])
    yield case
    yield raised(case.offer, [right()])
    yield raised(case.correct, right(town="Qzmkville"), at="then")
    case = case.take(by="u7", at="then")
    yield raised(case.use_existing, "Qzmk", at="then")
    yield raised(case.discard, "Qzmk", at="then")
    yield raised(case.correct, right(), at="then")
    yield raised(case.correct, right(mis_identifier="Qzmk"), at="then")
    case = case.correct(right(town="Qzmkville"), at="then")
    yield case
    yield json.dumps(case.to_dict())
    yield batch.resubmission([case], ukprn="1", file_name="ref", at="then")
    plain = case.to_dict(personal=True)
    assert marks_in(json.dumps(plain))
    yield batch.BatchException.from_dict(plain)
    for name in plain:
        for value in ("Qzmk", ["Qzmk"], {"Qzmk": "Qzmk"}, [{"Qzmk": "Qzmk"}], None):
            yield outcome(batch.BatchException.from_dict, plain | {name: value})
    for values in ("Qzmk", ["Qzmk"], {"Qzmk": "Qzmk"}):
        yield raised(batch.BatchException.from_dict, values)


@entry("ulnlib.batch.run")
def a_register_that_finds_several(_):
    """Possible matches, wrong ULNs and refused values name nobody either."""
    with closing(Register(synthetic=True)) as register:
        first = register.register(right())
        near = register.register(right(given_name="Qzmkeve"))
        content = csv(
            row(right(given_name="Qzmkkim", mis_identifier="1")),
            row(right(uln=str(first), given_name="Qzmkother"), about=AGAIN),
            row(
                right(
                    uln=str(near),
                    given_name="Qzmkother",
                    family_name="Qzmkother",
                    date_of_birth="1987-06-06",
                    mis_identifier="3",
                ),
                about=AGAIN,
            ),
            row(right(uln=OTHER_ULN, mis_identifier="4"), about=AGAIN),
        )
        result = batch.run(
            batch.read(content, as_of=AS_OF),
            register,
            job="FUL",
            as_of=AS_OF,
            lenient=True,
        )
        happened = set(result.happenings)
        assert {Happening.POSSIBLE, Happening.ULN_DISAGREES} <= happened
        yield result
        yield json.dumps(result.to_dict())
        yield result.exceptions_table().decode()
        yield [one.what_to_look_at() for one in result.results]


# --- the entries: the register ----------------------------------------------------


@entry(
    "ulnlib.register.Register",
    "Register.add",
    "Register.add_many",
    "Register.register",
    "Register.is_synthetic",
)
def registering(_):
    with closing(Register()) as register:
        yield register
        yield register.add(right(uln=ULN))
        yield raised(register.add, right(uln=ULN))
        yield raised(register.add, right())
        yield raised(register.add, wrong(uln="Qzmk"))
        yield raised(register.add, right(uln=OTHER_ULN), at="Qzmk\udcff")
        yield raised(register.add, right(uln=OTHER_ULN), at=["Qzmk"])
        yield raised(register.add_many, [right(uln=OTHER_ULN), right(uln="Qzmk")])
        yield raised(register.add_many, [right(uln=OTHER_ULN)] * 2)
        yield raised(register.register, right())
        yield raised(register.add, "Qzmk")
        yield raised(register.add_many, ["Qzmk"])
        for name in PERSONAL:
            lone = right(uln=OTHER_ULN, **{name: "Qzmk\udcff"})
            yield raised(register.add, lone)
            yield raised(register.add_many, [right(uln="1000000094"), lone])
    with closing(Register(synthetic=True)) as register:
        yield register
        yield register.register(right())
        yield raised(register.register, right())
        yield raised(register.register, right(uln=TEST_ULN))
        yield raised(register.add, right(uln=ULN))
        yield raised(register.register, Learner(given_name="Qzmk"))
        yield raised(register.register, wrong(given_name="Qzmk\udcff"))
        yield raised(register.register, right(notes="Qzmk\udcff", gender="1"))


@entry(
    "Register.find",
    "Register.profile",
    "Register.search",
    "Register.candidates",
    "Register.lookup",
    "Register.profiles",
    "Register.learners",
    "Register.former_values",
    "ulnlib.register.FormerValue",
    "Register.is_deleted",
)
def finding(_):
    with closing(Register()) as register:
        register.add(right(uln=ULN))
        register.add(right(uln=OTHER_ULN, given_name="Qzmkeve"))
        register.update(Learner(uln=ULN, family_name="Qzmknew", postcode="QZ9 7QA"))
        yield register.find(ULN, "Qzmkada", "Qzmknew")
        yield register.find(ULN, "Qzmkother", "Qzmknew")
        yield register.profile(ULN)
        yield list(register.learners())
        yield register.former_values(ULN)
        for query in (right(), wrong(), Query(given_name="Qzmk"), Query(**RIGHT)):
            found = register.search(query)
            yield [found, *found.matches]
        lone = Query(**(RIGHT | {"given_name": "Qzmk\udcff"}))
        yield register.search(lone)
        yield register.candidates(None, matching.blocking_keys(right()))
        yield [register.lookup(ULN), register.profiles([ULN])]
        yield raised(register.candidates, None, ["Qzmk"])
        yield raised(register.profiles, ["Qzmk"])
        yield raised(register.profiles, [OTHER_ULN, "1000000094"])
        yield raised(register.lookup, "Qzmk")
        for call in (register.profile, register.former_values, register.is_deleted):
            yield raised(call, "Qzmk")
            yield raised(call, "05/06/1987")
        yield raised(register.find, "Qzmk", "Qzmk", "Qzmk")
        yield raised(register.find, ULN, ["Qzmk"], "Qzmk")
        yield outcome(register.find, ULN, "Qzmk\udcff", "Qzmk")
        yield raised(register.search, "Qzmk")


@entry(
    "Register.link",
    "Register.update",
    "Register.merge",
    "Register.unmerge",
    "Register.delete",
)
def changing(_):
    with closing(Register()) as register:
        register.add(right(uln=ULN))
        register.add(right(uln=OTHER_ULN))
        yield raised(register.update, right(uln="Qzmk"))
        yield raised(register.update, right(uln="1000000094"))
        yield raised(register.update, right(uln=ULN))
        yield raised(register.update, Learner(uln=ULN, notes="Qzmk"), version=7)
        yield raised(register.update, Learner(uln=ULN, family_name=""))
        yield raised(register.update, Learner(uln=ULN, ability_to_share="0"))
        for name in PERSONAL:
            yield raised(register.update, Learner(uln=ULN, **{name: "Qzmk\udcff"}))
        yield register.update(right(uln=ULN, notes="Qzmk again"))
        yield raised(register.merge, "Qzmk", into=ULN)
        yield raised(register.merge, ULN, into="Qzmk")
        yield raised(register.merge, ULN, into=ULN)
        yield raised(register.merge, "1000000094", into=ULN)
        yield register.merge(OTHER_ULN, into=ULN)
        yield raised(register.merge, OTHER_ULN, into=ULN)
        yield raised(register.delete, ULN)
        yield register.unmerge(OTHER_ULN)
        yield raised(register.unmerge, OTHER_ULN)
        yield raised(register.unmerge, "Qzmk")
        yield raised(register.delete, "Qzmk")
        register.delete(OTHER_ULN)
        yield raised(register.delete, OTHER_ULN)
        yield raised(register.add, right(uln=OTHER_ULN))


@entry(
    "Register.open",
    "Register.close",
    "Register.transaction",
    "Register.store_run",
    "Register.stored_run",
)
def the_register_s_file(folder):
    path = folder / "register.db"
    with Register.open(path) as register:
        register.add(right(uln=ULN))
        register.store_run(b"key", "Qzmk result")
        yield raised(register.store_run, b"key", "Qzmk result")
        yield raised(register.store_run, b"other", "Qzmk\udcff")
        yield raised(register.store_run, "Qzmk", "Qzmk")
        yield raised(register.stored_run, "Qzmk")
        # Another connection cannot write meanwhile.
        with register.transaction(), Register.open(path, timeout=0) as other:
            yield raised(other.add, right(uln=OTHER_ULN))
            yield raised(other.update, Learner(uln=ULN, notes="Qzmk"))
        # A full disk, as SQLite sees it.
        pages = register._connection.execute("PRAGMA page_count").fetchone()[0]
        register._connection.execute(f"PRAGMA max_page_count = {pages}")
        many = [right(uln=one.uln) for one in population(2000)]
        yield raised(register.add_many, many)
    yield register
    yield raised(register.add, right(uln=OTHER_ULN))
    with Register.open(path, read_only=True) as register:
        yield register
        yield raised(register.add, right(uln=OTHER_ULN))
        yield raised(register.update, Learner(uln=ULN, notes="Qzmk"))
    yield raised(Register.open, path, synthetic=True)
    yield raised(Register.open, folder)
    for name, content in BAD_FILES.items():
        other = folder / f"{name}.db"
        other.write_bytes(content)
        yield raised(Register.open, other)
        yield raised(Register.open, other, read_only=True)
    whole = path.read_bytes()
    damaged = folder / "damaged.db"
    damaged.write_bytes(whole[: len(whole) // 2])
    yield outcome(Register.open, damaged)
    # The tables' pages are overwritten with somebody's text.
    damaged.write_bytes(whole[:4096] + b"Qzmk" * ((len(whole) - 4096) // 4))
    found = outcome(Register.open, damaged)
    yield found
    if isinstance(found, Register):
        with closing(found):
            yield outcome(found.profile, ULN)
            yield outcome(found.search, right())
            yield outcome(lambda: list(found.learners()))
            yield outcome(found.add, right(uln=OTHER_ULN))


@entry("ulnlib.register.Watched")
def watched_register(_):
    log = []
    with closing(Register()) as register:
        register.add(right(uln=ULN))
        watched = Watched(register, by=plr.Actor(user="qzmk"), write=log.append)
        yield watched
        yield watched.profile(ULN, at="Qzmk")
        yield watched.search(right(), at="Qzmk")
        yield raised(watched.find, "Qzmk", "Qzmk", "Qzmk", at="Qzmk")
        yield log


@entry("ulnlib.register.synthetic_ulns")
def a_register_in_a_transaction_that_fails(_):
    class MarkedError(Exception):
        """The caller's own error stays the caller's; nothing of ours joins it."""

    def fail(register):
        with register.transaction():
            register.add(right(uln=ULN))
            raise MarkedError

    with closing(Register()) as register:
        yield raised(fail, register)
    yield raised(ulnlib.register.synthetic_ulns, -1)


# --- the entries: the command line ------------------------------------------------


def command(*args):
    """Run a command, which ends by itself and never in a traceback."""
    result = CliRunner().invoke(app, list(map(str, args)))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def bad_paths(folder):
    for name, content in BAD_FILES.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content)
        yield path


@entry("cli: uln check")
def uln_check(folder):
    for path in bad_paths(folder):
        for column in ("ULN", "Qzmk heading 3", "nothing"):
            for more in ((), ("--json",)):
                yield command(
                    *("uln", "check", path, "--column", column),
                    *("-o", folder / "out.csv", *more),
                )
    yield command("uln", "check", path, "--column", "ULN", "-o", folder / "x" / "y")


@entry("cli: batch check")
def batch_check(folder):
    for path in bad_paths(folder):
        for more in ((), ("--json",), ("-o", folder / "findings.csv")):
            yield command("batch", "check", path, "--as-of", "2026-11-21", *more)
        yield (folder / "findings.csv").read_text(encoding="utf-8-sig")
    # Only what is asked for by name shows what was found.
    shown = command("batch", "check", folder / "all-wrong.csv", "--reveal")
    assert marks_in(shown.stdout)
    yield shown.stderr


@entry("cli: batch split", "cli: batch join")
def batch_split_and_join(folder):
    outputs = []
    for name, content in BAD_OUTPUTS.items():
        outputs.append(folder / f"out-{name}.csv")
        outputs[-1].write_bytes(content)
    paths = list(bad_paths(folder))
    for path in (*paths, *outputs):
        for more in ((), ("--json",)):
            yield command("batch", "split", path, "-o", folder / "parts", *more)
    sent, joined = folder / "sound.csv", folder / "joined.csv"
    for path in (*paths, *outputs):
        for more in ((), ("--json",), ("--by", "position")):
            yield command(
                *("batch", "join", sent, "--output", path, "-o", joined, *more)
            )
            if joined.exists():
                yield joined.read_text(encoding="utf-8")
    yield command("batch", "join", sent, "--output", sent, "-o", sent)


@entry("cli: batch convert")
def batch_convert(folder):
    for path in bad_paths(folder):
        for more in ((), ("--json",), ("--drop", "upn", "--drop", "uci")):
            yield command(
                *("batch", "convert", path, "--to", "2A", "-o", folder / "out", *more)
            )


@entry("cli: batch make")
def batch_make(folder):
    path = folder / "export.csv"
    always = ("--ukprn", "10012345", "--as-of", "2026-11-21", "--take-likely")
    for content in exports():
        path.write_bytes(content)
        for more in ((), ("--json",), ("--share", "1", "--verification", "1")):
            yield command(
                *("batch", "make", path, "-o", folder / "out.CSV", *always, *more),
                *("--findings", folder / "findings.csv"),
            )


@entry("cli: batch run")
def batch_run(folder):
    made = command("register", "build", folder / "r.db", "--synthetic", "20")
    yield made
    out = folder / "out"
    for path in bad_paths(folder):
        for more in (
            (),
            ("--json",),
            ("--lenient", "--matching", "appendix-b"),
            ("--job", "FUL", "--lenient"),
        ):
            yield command(
                *("batch", "run", path, "--register", folder / "r.db"),
                *("--as-of", "2026-11-21", "-o", out, *more),
            )
        yield command("batch", "run", path, "--register", path)
    for table in out.glob("*_EXCEPTIONS.csv"):
        yield table.read_text(encoding="utf-8-sig")


@entry("cli: register build")
def register_build(folder):
    for path in bad_paths(folder):
        for more in ((), ("--json",)):
            yield command(
                "register", "build", folder / "r.db", path, "--replace", *more
            )
    twice = folder / "twice.csv"
    yield command("register", "build", folder / "r.db", twice, twice, "--replace")
    yield command("register", "build", folder / "x" / "r.db", twice)


@entry("cli: register search")
def register_search(folder):
    path = folder / "r.db"
    with closing(Register.open(path)) as made:
        made.add(right(uln=ULN))
    asked = []
    for name in ("given_name", "family_name", "date_of_birth", "gender", "postcode"):
        asked += [f"--{name.replace('_', '-')}", RIGHT[name]]
    for more in ((), ("--upn", "Qzmk"), ("--other-postcode", "Qzmk")):
        # The answer in words was asked for by name; in JSON it names nobody.
        shown = command("register", "search", path, *asked, *more)
        assert marks_in(shown.stdout)
        yield shown.stderr
        yield command("register", "search", path, *asked, *more, "--json")
    yield command("register", "search", path, "--given-name", "Qzmk")
    yield command("register", "search", path, *asked, "--floor", "x")
    for bad in bad_paths(folder):
        yield command("register", "search", bad, *asked)


@entry("cli: register calibrate")
def register_calibrate(folder):
    path = folder / "r.db"
    with closing(Register.open(path)) as made:
        made.add(right(uln=ULN))
    for bad in bad_paths(folder):
        for more in ((), ("--json",)):
            yield command("register", "calibrate", path, bad, *more)
        yield command("register", "calibrate", bad, bad)


@entry("cli: verify")
def verify_table(folder):
    path = folder / "r.db"
    with closing(Register.open(path)) as made:
        made.add(right(uln=ULN))
    rows = [
        "ULN,GivenName,FamilyName,DateOfBirth,Gender",
        f"{ULN},Qzmkada,O'Qzmkfamily,1987-06-05,2",
        f"{ULN},Qzmk,Qzmk,05/06/1987,Qzmk",
        "Qzmk,Qzmkada,Qzmk,,",
        f"{OTHER_ULN},Qzmk,Qzmk",
        f'{ULN},"Qzmk',
    ]
    (folder / "names.csv").write_text("\n".join(rows), encoding="utf-8")
    out = folder / "verified.csv"
    for bad in (folder / "names.csv", *bad_paths(folder)):
        for more in ((), ("--json",)):
            yield command("verify", bad, "--register", path, "-o", out, *more)
    yield command("verify", bad, "--register", bad, "-o", out)
    yield command("verify", bad, "--register", path, "-o", folder / "x" / "y")


@entry("cli: disclosure check")
def disclosure_check(folder):
    names = folder / "names.csv"
    names.write_bytes(csv(row(right())))
    message = folder / "message.txt"
    message.write_text("Qzmkada, born 1987-06-05, QZ9 7QX", encoding="utf-8")
    call = ("disclosure", "check", "--as-of", "2026-11-21")
    for path in (*bad_paths(folder), message):
        for more in ((), ("--json",), ("--redact", "-o", folder / "redacted.txt")):
            yield command(*call, path, "--names", names, *more)
        yield command(*call, message, "--names", path)
    assert "born [DATE OF BIRTH]" in (folder / "redacted.txt").read_text()
    # Only what is asked for by name shows what was found.
    shown = command(*call, message, "--names", names, "--reveal")
    assert marks_in(shown.stdout)
    yield shown.stderr


@entry("cli: roc routes")
def roc_routes(folder):
    catalogue = folder / "catalogue.csv"
    catalogue.write_text("number,title\n60000016,Award\n", encoding="utf-8")
    units = folder / "units.csv"
    units.write_text("unit,credit,title\nQzmk,Qzmk,Qzmk\n", encoding="utf-8")
    for path in (*bad_paths(folder), units):
        yield command("roc", "routes", path)
        yield command("roc", "routes", catalogue, path)
        yield command("roc", "routes", catalogue, path, "--json")
        yield command("roc", "routes", catalogue, "--query", path)


@entry("cli: roc check", "cli: roc lint")
def roc_check(folder):
    rules = folder / "award.txt"
    rules.write_text("Award\ntotal 3\nY/506/1910 3 L2 Unit\n", encoding="utf-8")
    units = folder / "units.txt"
    units.write_text("Y/506/1910\nQzmkada O'Qzmkfamily\n", encoding="utf-8")
    had = folder / "had.json"
    dated = {"unit": "Y/506/1910", "date": "1987-06-05", "source": "Qzmk", "id": "Qzmk"}
    had.write_text(json.dumps([dated]), encoding="utf-8")
    day = ("--as-of", "2026-11-28")
    for more in ((), ("--json",), ("--service",)):
        for path in (*bad_paths(folder), units, had):
            yield command("roc", "check", rules, path, *day, *more)
    for more in ((), ("--json",)):
        for path in bad_paths(folder):
            yield command("roc", "check", path, had, *day, *more)
            yield command("roc", "lint", path, rules, *more)
    page = folder / "page.html"
    yield command("roc", "check", rules, had, *day, "--html", page)
    assert not marks_in(page.read_text(encoding="utf-8"))


# --- the tests --------------------------------------------------------------------


@pytest.mark.parametrize("name", ENTRIES)
def test_nothing_personal_comes_out_of(name, tmp_path, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    found = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for n, value in enumerate(ENTRIES[name].call(tmp_path)):
            found += 1
            for text in texts_of(value):
                assert not marks_in(text), f"number {n}, {type(value)}:\n{text[:2000]}"
    texts = [str(warning.message) for warning in caught]
    texts += [record.getMessage() for record in caplog.records]
    texts += capsys.readouterr()

    assert [text for text in texts if marks_in(text)] == []
    assert found > 0


def test_errors_are_ours_or_say_that_the_call_was_wrong():
    """A refusal of data is a `UlnlibError`; no `KeyError` carries a caller's text."""
    for content in BAD_FILES.values():
        for call in (Uln.parse, postcode.parse, identifiers.parse_upn):
            error = raised(call, content.decode("utf-8", "replace"))
            assert isinstance(error, UlnlibError)


class TestTheSearchItself:
    """A net with a hole catches nothing: each way out is tried with a leak."""

    @pytest.mark.parametrize(
        "leak",
        [
            "Qzmk",
            "QZ97QX",
            ["Qzmk"],
            RIGHT["date_of_birth"],
            dt.date(1987, 6, 5),
            ValueError("Qzmk"),
            RIGHT,
        ],
        ids=["text", "postcode", "list", "date as text", "date", "error", "dictionary"],
    )
    def test_a_leak_in_a_value_is_seen(self, leak):
        assert any(marks_in(text) for text in texts_of(leak))

    def test_a_leak_in_what_hangs_on_an_error_is_seen(self):
        def with_cause():
            try:
                {}["Qzmk"]
            except KeyError as error:
                raise ValueError("a fault") from error

        def with_hidden_context():
            try:
                {}["Qzmk"]
            except KeyError:
                raise ValueError("a fault") from None

        def with_attribute():
            error = ValueError("a fault")
            error.text = "Qzmk"
            raise error

        def with_note():
            error = ValueError("a fault")
            error.add_note("Qzmk")
            raise error

        def with_encoder():
            "Qzmk\udcff".encode()

        def with_path():
            open("Qzmk/none")  # noqa: PTH123, SIM115  # it is never opened

        for leak in (
            with_cause,
            with_hidden_context,
            with_attribute,
            with_note,
            with_encoder,
            with_path,
        ):
            assert any(marks_in(text) for text in texts_of(raised(leak))), leak

    def test_a_leak_of_a_command_is_seen(self):
        @click.command()
        def leak():
            click.echo("Qzmk", err=True)

        assert any(marks_in(t) for t in texts_of(CliRunner().invoke(leak, [])))

    def test_a_report_of_errors_is_opened(self):
        error = InvalidData(issues.Report([issue("no-records")]))

        assert "no-records" in "".join(texts_of(error))


# --- everything public is here ----------------------------------------------------

OURS = "takes and holds words, dates and numbers of ours, never a field's value"
EXEMPT = {
    "ulnlib.plr.Access": OURS,
    "ulnlib.plr.Column": OURS,
    "ulnlib.plr.EventKind": OURS,
    "ulnlib.plr.EventSource": OURS,
    "ulnlib.plr.Filling": OURS,
    "ulnlib.plr.LeftOut": OURS,
    "ulnlib.plr.Note": OURS,
    "ulnlib.plr.OlderElement": OURS,
    "ulnlib.plr.Reason": OURS,
    "ulnlib.plr.Refused": OURS,
    "ulnlib.plr.WhyLeftOut": OURS,
    "ulnlib.plr.coverage": OURS,
    "ulnlib.plr.elements": OURS,
    "ulnlib.plr.filling": OURS,
    "ulnlib.plr.challenge.ChallengeEvent": OURS,
    "ulnlib.plr.challenge.ChallengeState": OURS,
    "ulnlib.plr.challenge.Detail": OURS,
    "ulnlib.plr.challenge.Difference": "a field's name",
    "ulnlib.plr.challenge.Standing": OURS,
    "ulnlib.plr.challenge.UserType": OURS,
    "ulnlib.plr.challenge.may_carry_out": "takes a request, and says a clause",
    "ulnlib.plr.challenge.may_raise": "takes roles",
    "ulnlib.batch.Certainty": OURS,
    "ulnlib.batch.Column": OURS,
    "ulnlib.batch.DiscardReason": OURS,
    "ulnlib.batch.ExceptionEvent": OURS,
    "ulnlib.batch.ExceptionState": OURS,
    "ulnlib.batch.Fate": OURS,
    "ulnlib.batch.JoinBy": OURS,
    "ulnlib.batch.UpdateKind": OURS,
    "ulnlib.batch.Count": OURS,
    "ulnlib.batch.Happening": OURS,
    "ulnlib.batch.Layout": OURS,
    "ulnlib.batch.LearnerRegister": "a protocol, without code",
    "ulnlib.batch.Matching": OURS,
    "ulnlib.batch.NameOrder": OURS,
    "ulnlib.batch.ReturnCodes": OURS,
    "ulnlib.codes.CodeInfo": OURS,
    "ulnlib.codes.codes_on": OURS,
    "ulnlib.codes.info": OURS,
    "ulnlib.fields.Field": OURS,
    "ulnlib.fields.Kind": OURS,
    "ulnlib.fields.field": "names of fields come from code, not from data",
    "ulnlib.identifiers.CheckCharacter": OURS,
    "ulnlib.issues.IssueCode": OURS,
    "ulnlib.issues.issue": "codes come from code, not from data",
    "ulnlib.issues.issue_codes": OURS,
    "ulnlib.matching.Band": OURS,
    "ulnlib.matching.CandidateSource": "a protocol, without code",
    "ulnlib.matching.Conflict": OURS,
    "ulnlib.matching.Kind": OURS,
    "ulnlib.matching.Level": OURS,
    "ulnlib.matching.Outcome": OURS,
    "ulnlib.matching.Tolerance": OURS,
    "ulnlib.matching.default_weights": OURS,
    "ulnlib.rules.accounts.AccountBreach": OURS,
    "ulnlib.rules.accounts.AccountEvent": OURS,
    "ulnlib.rules.accounts.AccountState": OURS,
    "ulnlib.rules.accounts.AccountStatus": OURS,
    "ulnlib.rules.accounts.Actor": OURS,
    "ulnlib.rules.accounts.EscalationStep": OURS,
    "ulnlib.rules.accounts.LogonStep": OURS,
    "ulnlib.rules.accounts.SUSPENDED_AFTER_TEN": OURS,
    "ulnlib.rules.accounts.SUSPENDED_AFTER_THREE": OURS,
    "ulnlib.rules.accounts.SuspensionPolicy": OURS,
    "ulnlib.rules.accounts.identity_confirmed": "takes two facts",
    "ulnlib.rules.accounts.is_password_expired": "takes two days",
    "ulnlib.rules.accounts.logon_steps": "takes a state",
    "ulnlib.rules.accounts.may_bring_about": "takes two enums",
    "ulnlib.rules.accounts.may_reset_own_password": "takes a state and two facts",
    "ulnlib.rules.accounts.may_send_logon": "takes three facts",
    "ulnlib.rules.accounts.next_escalation": "takes enums",
    "ulnlib.rules.clauses.Clause": OURS,
    "ulnlib.rules.clauses.Decision": OURS,
    "ulnlib.rules.clauses.clause": "ids of clauses come from code, not from data",
    "ulnlib.rules.clauses.clauses": OURS,
    "ulnlib.rules.notice.Issued": "shows the number of the caller's own system",
    "ulnlib.rules.notice.NoticeForm": OURS,
    "ulnlib.rules.notice.NoticePlan": OURS,
    "ulnlib.rules.notice.Telling": OURS,
    "ulnlib.rules.notice.check_notice_plan": "takes facts of a plan",
    "ulnlib.rules.notice.may_make_uln": "takes an enum and a fact",
    "ulnlib.rules.notice.still_to_tell": "returns what it was given",
    "ulnlib.rules.organisations.Approach": OURS,
    "ulnlib.rules.organisations.RegistrationStep": OURS,
    "ulnlib.rules.organisations.approach_for": "takes a number",
    "ulnlib.rules.organisations.may_have_data": "takes facts of an organisation",
    "ulnlib.rules.restrictions.PLACEHOLDER_NAMES": OURS,
    "ulnlib.rules.restrictions.PROHIBITED_WORDS": OURS,
    "ulnlib.rules.restrictions.allowed_postcode": "a postcode, asked for by name",
    "ulnlib.rules.restrictions.proposed_cut": "a name, asked for by name",
    "ulnlib.rules.restrictions.proposed_middle_names": "names, asked for by name",
    "ulnlib.rules.restrictions.proposed_school": "a school, asked for by name",
    "ulnlib.rules.restrictions.stand_in_date_of_birth": "a date, asked for by name",
    "ulnlib.rules.roles.Action": OURS,
    "ulnlib.rules.roles.Role": OURS,
    "ulnlib.rules.roles.allowed_actions": "takes enums",
    "ulnlib.rules.roles.assignable": "takes enums",
    "ulnlib.rules.roles.check_roles": "takes enums",
    "ulnlib.rules.roles.may": "takes enums",
    "ulnlib.rules.roles.roles_for": "takes an enum",
    "ulnlib.rules.disclosure.Kind": OURS,
    "ulnlib.rules.disclosure.NO_NAMES": "no names, covered by `Names`",
    "ulnlib.rules.disclosure.Medium": OURS,
    "ulnlib.rules.disclosure.Rule": OURS,
    "ulnlib.rules.sharing.Condition": OURS,
    "ulnlib.rules.sharing.Conversion": OURS,
    "ulnlib.rules.sharing.FileVersion": OURS,
    "ulnlib.rules.sharing.Held": OURS,
    "ulnlib.rules.sharing.InitialShare": OURS,
    "ulnlib.rules.sharing.Period": OURS,
    "ulnlib.rules.sharing.Sent": OURS,
    "ulnlib.rules.sharing.ShareFlag": OURS,
    "ulnlib.rules.sharing.Span": OURS,
    "ulnlib.rules.sharing.Thing": OURS,
    "ulnlib.rules.sharing.View": OURS,
    "ulnlib.rules.sharing.Viewer": OURS,
    "ulnlib.rules.sharing.initial_share": "takes two facts and a day",
    "ulnlib.rules.sharing.may_change": "takes who, an enum",
    "ulnlib.rules.sharing.period": "takes a day",
    "ulnlib.rules.sharing.response_code": "takes a decision",
    "ulnlib.rules.combination.AchievementsFile": "what was read, asked for by name",
    "ulnlib.rules.combination.StructureFile": "what was read, asked for by name",
    "ulnlib.rules.combination.achievements_to_dict": "a form, asked for by name",
    "ulnlib.rules.combination.achievements_to_json": "a form, asked for by name",
    "ulnlib.rules.combination.Why": OURS,
    "ulnlib.rules.combination.place": "names of a structure, asked for by name",
    "ulnlib.rules.combination.structure_to_dict": "a form, asked for by name",
    "ulnlib.rules.combination.structure_to_json": "a form, asked for by name",
    "ulnlib.rules.combination.to_text": "a form, asked for by name",
    "ulnlib.rules.states.StateTable": OURS,
    "ulnlib.rules.corrections.Challenge": OURS,
    "ulnlib.rules.corrections.Correction": OURS,
    "ulnlib.rules.corrections.Enquiry": OURS,
    "ulnlib.rules.corrections.Information": OURS,
    "ulnlib.rules.corrections.Problem": OURS,
    "ulnlib.rules.corrections.Route": OURS,
    "ulnlib.rules.corrections.RouteKind": OURS,
    "ulnlib.rules.procedure.Answer": OURS,
    "ulnlib.rules.procedure.Event": OURS,
    "ulnlib.rules.procedure.Search": OURS,
    "ulnlib.rules.temporary_uln.Aim": OURS,
    "ulnlib.rules.temporary_uln.IlrRule": OURS,
    "ulnlib.rules.temporary_uln.WorkItem": OURS,
    "ulnlib.rules.temporary_uln.temporary_uln_worklist": OURS,
    "ulnlib.rules.temporary_uln.january_of": "takes a day",
    "ulnlib.rules.updates.changes_by_file": "the new values, asked for by name",
    "ulnlib.rules.updates.folded_demographics": "the details, asked for by name",
    "ulnlib.rules.routes.Standing": OURS,
    "ulnlib.rules.routes.SubjectArea": OURS,
    "ulnlib.rules.routes.catalogue_to_dict": "qualifications, asked for by name",
    "ulnlib.rules.routes.catalogue_to_json": "qualifications, asked for by name",
    "ulnlib.rules.routes.subject_areas": OURS,
    "ulnlib.rules.states.Step": OURS,
    "ulnlib.rules.verification.DescriptionRule": OURS,
    "ulnlib.rules.verification.Recognised": OURS,
    "ulnlib.rules.verification.ShareOfNone": "counts and a share",
    "ulnlib.rules.verification.TypeRule": OURS,
    "ulnlib.rules.verification.Unproved": "shows the identifier that it was given",
    "ulnlib.rules.verification.Verdict": OURS,
    "ulnlib.rules.verification.normalise_description": "a text, asked for by name",
    "ulnlib.rules.verification.permitted_types": "takes a fact",
    "ulnlib.rules.verification.without_proof": OURS,
    "ulnlib.rules.verification.worklist": "returns the identifiers it was given",
    "ulnlib.rules.users.SuperUserForm": OURS,
    "ulnlib.rules.users.SuperUserLoss": OURS,
    "ulnlib.rules.users.audit_due": "takes a day",
    "ulnlib.rules.users.check_super_user_form": "takes three facts",
    "ulnlib.testing.catalogues.UNITS_SHARED": OURS,
    "ulnlib.testing.catalogues.catalogue": "invented, asked for by name",
    "ulnlib.testing.catalogues.learner_units": "invented, asked for by name",
    "ulnlib.testing.merges": "invented people, asked for by name",
    "ulnlib.testing.population": "invented people, asked for by name",
    "ulnlib.testing.strategies": "invented people, asked for by name",
    "ulnlib.testing.structures.achievements": "invented, asked for by name",
    "ulnlib.testing.structures.structures": "invented, asked for by name",
    "ulnlib.testing.structures.units": "invented, asked for by name",
    "ulnlib.testing.trials.ErrorKind": OURS,
    "ulnlib.testing.trials.Mix": OURS,
    "ulnlib.testing.trials.Trial": OURS,
    "ulnlib.testing.trials.TrialKind": OURS,
    "ulnlib.testing.trials.apply": "invented people, asked for by name",
    "ulnlib.testing.trials.trials": "invented people, asked for by name",
    "ulnlib.uln.Reason": OURS,
    "ulnlib.uln.compact": "the caller's own text, asked for by name",
    "Learner.values": "the details, asked for by name",
    "Reader.digest": OURS,
    "Reader.record_count": OURS,
    "Reader.style": OURS,
    "Reader.sureness": OURS,
    "ulnlib.batch.Sureness": OURS,
    "RunResult.counts": OURS,
    "RunResult.exceptions": "the results, covered by `results`",
    "RunResult.happenings": OURS,
    "RunResult.output": "the output file, asked for by name",
}
"""Public names that no entry goes through, each with the reason."""


CONSTANT = (
    *(str, int, tuple, frozenset, range, types.MappingProxyType),
    *(batch.Layout, rules.states.StateTable),
)


def needs_no_entry(value):
    """Constants have no way in; an error is looked at wherever it is raised."""
    return isinstance(value, (*CONSTANT, identifiers.CheckCharacter)) or (
        isinstance(value, type) and issubclass(value, Exception)
    )


def public_names():
    """Yield every public name of every public module."""
    homes = [ulnlib]
    for home in homes:
        for name in home.__all__:
            value = getattr(home, name)
            if isinstance(value, types.ModuleType) and name != "strategies":
                homes.append(value)
            elif not needs_no_entry(value):
                yield f"{value_home(home, name)}.{name}"


def public_methods():
    """Yield the methods and properties of what does things, but for fields."""
    for owner in (Learner, Register, batch.BatchFile, batch.Reader, batch.RunResult):
        for base in owner.__mro__[:-1]:
            for name, value in vars(base).items():
                is_field = owner is Learner and name in FIELDS
                if not name.startswith("_") and not is_field and is_code(value):
                    yield f"{owner.__name__}.{name}"


def value_home(home, name):
    """Return where a name is covered: the front door only passes names on."""
    if home is ulnlib and name in ulnlib._HOME:
        return f"ulnlib.{ulnlib._HOME[name]}"
    return home.__name__


def is_code(value):
    return isinstance(value, (property, classmethod, staticmethod, types.FunctionType))


def covered():
    return {name for one in ENTRIES.values() for name in one.covers}


def test_every_public_name_is_covered_or_exempt_for_a_reason():
    names = {*public_names(), *public_methods()}

    assert names - covered() - set(EXEMPT) == set()


def test_nothing_is_covered_or_exempt_that_is_not_there():
    names = {*public_names(), *public_methods()}
    commands = {
        f"cli: {group} {name}".rstrip()
        for group, one in app.commands.items()
        for name in getattr(one, "commands", [""])
    }

    assert {
        n for n in covered() if not n.startswith("cli: ")
    } - names - EXEMPT.keys() == (set())
    assert set(EXEMPT) - names - {"ulnlib.__version__"} == set()
    assert {n for n in covered() if n.startswith("cli: ")} == commands


def test_the_front_door_passes_on_what_is_covered():
    assert all(
        name in ulnlib._HOME
        for name in ulnlib.__all__
        if name != "__version__"
        and not isinstance(getattr(ulnlib, name), types.ModuleType)
    )


def test_no_name_of_the_field_table_is_a_person():
    """Labels, notes and sources of the table are ours."""
    assert not marks_in(repr(fields.FIELDS))
    assert list(merges([], seed=1)) == []

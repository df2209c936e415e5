"""Hypothesis strategies: numbers, nearly numbers, postcodes, dates and learners.

Needs the extra `testing`: `pip install 'ulnlib[testing]'`.
"""

from __future__ import annotations

__all__ = ["dates", "learners", "postcodes", "uln_texts", "ulns"]

import datetime as dt

from ulnlib._dates import birthday_bounds
from ulnlib.errors import InvalidUln, MissingExtra
from ulnlib.fields import FIELDS
from ulnlib.identifiers import SCN_PATTERN, UCI_PATTERN, UPN_PATTERN
from ulnlib.learner import Learner
from ulnlib.postcode import MAX_LENGTH, POSTCODE_PATTERN
from ulnlib.rules.registration import MAXIMUM_AGE, MINIMUM_AGE
from ulnlib.testing.people import AS_OF
from ulnlib.testing.places import DISTRICTS, UNIT_LETTERS, places
from ulnlib.uln import TEMPORARY, Uln, calc_check_digit

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra("testing") from error

_FIRST, _FIRST_OF_TESTS, _LAST = 100_000_000, 990_000_000, 999_999_999


def _uln_of(nine: int) -> Uln | None:
    """Return the ULN that begins with nine digits, when there is one."""
    try:
        return Uln(f"{nine}{calc_check_digit(str(nine))}")
    except InvalidUln:
        return None


def ulns(*, synthetic: bool = False) -> st.SearchStrategy[Uln]:
    """Return a strategy for ULNs.

    Args:
        synthetic: Whether only numbers of the test range come, which are nobody's.

    Returns:
        A strategy for `Uln`.
    """
    first = _FIRST_OF_TESTS if synthetic else _FIRST
    made = st.integers(first, _LAST).map(_uln_of)
    return made.filter(lambda uln: uln is not None).map(_known)


def _known(uln: Uln | None) -> Uln:
    """Return a ULN that is there."""
    assert uln is not None  # noqa: S101  # filtered just before
    return uln


@st.composite
def uln_texts(draw: st.DrawFn) -> str:
    """Return a strategy for texts that are ULNs, or nearly.

    They are what people type and spreadsheets make of it: a digit wrong, left out or
    doubled, two changed over, separators, a number in scientific notation, digits of
    another script, the temporary number. Some are right.
    """
    text = str(draw(ulns()))
    place = draw(st.integers(0, 8))
    digit = draw(st.sampled_from("0123456789"))
    spaced = f"{text[:4]} {text[4:7]} {text[7:]}"
    return draw(
        st.sampled_from(
            [
                text,
                f"{text[:place]}{digit}{text[place + 1 :]}",
                f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}",
                f"{text[:place]}{text[place + 1 :]}",
                f"{text[:place]}{text[place]}{text[place:]}",
                spaced,
                spaced.replace(" ", "-"),
                spaced.replace(" ", "\N{NO-BREAK SPACE}"),
                f" {text}",
                f"{text}\n",
                f"0{text[:9]}",
                f"{text[0]}.{text[1:3]}E+09",
                f"{text}.0",
                text.translate({ord("0") + n: 0x660 + n for n in range(10)}),
                TEMPORARY,
                "",
            ]
        )
    )


def postcodes(*, synthetic: bool = False) -> st.SearchStrategy[str]:
    """Return a strategy for postcodes that the service accepts, in every spelling.

    Args:
        synthetic: Whether only postcodes come that are of no place, written as Royal
            Mail writes them.

    Returns:
        A strategy for texts.
    """
    if not synthetic:
        every = st.from_regex(POSTCODE_PATTERN, fullmatch=True)
        return every.filter(lambda text: len(text) <= MAX_LENGTH)
    letters = st.sampled_from(UNIT_LETTERS)
    return st.builds(
        "{}{} {}{}{}".format,
        st.sampled_from(places().areas),
        st.integers(1, DISTRICTS),
        st.integers(0, 9),
        letters,
        letters,
    )


def dates() -> st.SearchStrategy[dt.date]:
    """Return a strategy for the days that the service can write: 1800 to 2099."""
    return st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31))


def _text(name: str) -> st.SearchStrategy[str]:
    """Return a strategy for what people write in a field of text."""
    letters = st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'- éłßÖ"
    )
    text = st.text(letters, min_size=1, max_size=min(FIELDS[name].max_length, 60))
    return text.filter(lambda value: bool(value.strip()))


@st.composite
def learners(draw: st.DrawFn, *, as_of: dt.date = AS_OF) -> Learner:
    """Return a strategy for learners that the service could register.

    The mandatory fields are there and every field is as it must be; ULNs, postcodes
    and e-mail addresses are nobody's.

    Args:
        draw: Given by Hypothesis.
        as_of: The day on which the ages are within the permitted ones.
    """
    first, last = birthday_bounds(as_of, MINIMUM_AGE, MAXIMUM_AGE + 1)
    born = draw(st.dates(first, last))
    codes = FIELDS["verification_type"].codes
    evidence = draw(st.sampled_from(codes))
    description = "other_verification_description"
    optional = {
        "mis_identifier": _text("mis_identifier"),
        "title": st.sampled_from(["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"]),
        **{name: _text(name) for name in _OPTIONAL_TEXTS},
        "date_of_address_capture": st.dates(born, as_of),
        "email": st.from_regex(
            r"[a-z]{1,20}[0-9]{0,3}@example\.(org|net)", fullmatch=True
        ),
        "scottish_candidate_number": st.from_regex(SCN_PATTERN, fullmatch=True),
        "upn": st.from_regex(UPN_PATTERN, fullmatch=True),
        "uci": st.from_regex(UCI_PATTERN, fullmatch=True),
        description: _text(description) if evidence == "999" else st.none(),
    }
    values = {name: draw(st.none() | strategy) for name, strategy in optional.items()}
    if evidence == "999" and values[description] is None:
        values[description] = "Birth certificate"
    return Learner(
        uln=draw(st.none() | ulns(synthetic=True)),
        given_name=draw(_text("given_name")),
        family_name=draw(_text("family_name")),
        date_of_birth=born,
        gender=draw(st.sampled_from(FIELDS["gender"].codes)),
        postcode=draw(postcodes(synthetic=True)),
        ability_to_share=draw(st.sampled_from(FIELDS["ability_to_share"].codes)),
        verification_type=evidence,
        **values,
    )


_OPTIONAL_TEXTS = (
    "preferred_given_name",
    "middle_names",
    "previous_family_name",
    "family_name_at_16",
    "school_at_16",
    "address_line_1",
    "address_line_2",
    "town",
    "county",
    "place_of_birth",
    "notes",
)

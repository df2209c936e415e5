"""Data restrictions: what may and should stand in a learner's record, and what not.

`check` goes through all of them; every rule is a function of its own as well. Nothing
is ever changed or cut: where a text can be proposed, a function whose name begins with
`proposed_` returns it to a caller who asks, and no message holds it.

The service publishes a list of prohibited text, which is not in the documents known
here: `PROHIBITED_WORDS` has the one word that they name, and a caller adds the rest.

Examples:
    >>> learner = Learner(given_name="Test", school_at_16="Nowhere High School")
    >>> [(found.code, found.field) for found in check_names(learner)]
    [('name-placeholder', 'given_name')]
    >>> proposed_school("Nowhere High School")
    'Nowhere High'
"""

from __future__ import annotations

__all__ = [
    "NAME_FIELDS",
    "PLACEHOLDER_NAMES",
    "PROHIBITED_WORDS",
    "WordList",
    "allowed_postcode",
    "check",
    "check_address",
    "check_at_sixteen",
    "check_email",
    "check_middle_names",
    "check_name_lengths",
    "check_names",
    "check_place_of_birth",
    "check_previous_family_name",
    "check_prohibited_postcode",
    "check_prohibited_words",
    "check_school",
    "proposed_cut",
    "proposed_middle_names",
    "proposed_school",
    "stand_in_date_of_birth",
    "with_previous_family_name",
]

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import attrs

from ulnlib import _tables, postcode
from ulnlib._dates import age_on, parse_date
from ulnlib._text import fold_postcode, fold_text, squeeze
from ulnlib.errors import InvalidDate
from ulnlib.fields import FIELDS, Kind
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.rules.values import check_value

NAME_FIELDS = (
    "given_name",
    "preferred_given_name",
    "middle_names",
    "family_name",
    "previous_family_name",
    "family_name_at_16",
)
"""The fields that hold a person's name.

Source: LRS portal guide, Appendix C, names (published).
"""

_LEGAL_NAMES = ("given_name", "middle_names", "family_name")
_ADDRESS = ("address_line_1", "address_line_2", "town", "county", "postcode")
_ORDER = {name: position for position, name in enumerate(FIELDS)}
_TEXT_FIELDS = tuple(
    name
    for name, field in FIELDS.items()
    if field.kind in {Kind.TEXT, Kind.NAME} and field.personal and name != "notes"
)


# --- lists ----------------------------------------------------------------------------


# Characters that nobody sees, and that would part or hide a word.
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)


def _tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, without punctuation and what is unseen."""
    seen = _UNSEEN.sub("", text)
    return tuple(re.sub(r"[^\w]|_", " ", fold_text(seen)).split())


@attrs.frozen(init=False, repr=False)
class WordList:
    """Words and phrases to look for as whole words, made ready once.

    Case, punctuation, repeated spaces and characters that cannot be seen make no
    difference; an accent does.

    Args:
        phrases: Words, or phrases of several; one without a letter or digit is
            left out.

    Raises:
        TypeError: One text is given where several are due.
    """

    phrases: frozenset[tuple[str, ...]]
    lengths: tuple[int, ...]

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        if isinstance(phrases, str):
            raise TypeError("give several texts, not one")
        found = frozenset(filter(None, map(_tokens, phrases)))
        lengths = tuple(sorted({len(phrase) for phrase in found}))
        self.__attrs_init__(phrases=found, lengths=lengths)

    def extended(self, phrases: Iterable[str]) -> WordList:
        """Return a list with these phrases as well."""
        other = WordList(phrases)
        return WordList(" ".join(p) for p in self.phrases | other.phrases)

    def is_in(self, text: str) -> bool:
        """Say whether a text has one of the phrases as whole words."""
        words = _tokens(text)
        return any(
            words[start : start + length] in self.phrases
            for length in self.lengths
            for start in range(len(words) - length + 1)
        )

    def is_all_of(self, text: str) -> bool:
        """Say whether a text is one of the phrases and nothing else."""
        return _tokens(text) in self.phrases

    def __len__(self) -> int:
        return len(self.phrases)

    def __repr__(self) -> str:
        return f"WordList({len(self)} phrases)"


PROHIBITED_WORDS = WordList(["prisoner"])
"""The prohibited text that the documents known here name: one word.

The service publishes its own list; extend this one by it:
`PROHIBITED_WORDS.extended(words)`.

Source: LRS portal guide, Appendix C (published: the word as an example); the rest of
the list is not known here.
"""

PLACEHOLDER_NAMES = WordList(
    (
        *("baby", "baby boy", "baby girl", "infant"),
        *("unknown", "not known", "unnamed", "no name", "not given", "not provided"),
        *("no surname", "no family name", "no last name", "no given name"),
        *("no first name", "no forename", "no middle name", "none given"),
        *("not applicable", "not available", "name unknown", "surname unknown"),
        *("test", "testing", "tester", "dummy", "sample"),
        *("none", "nil", "null", "n/a", "tbc", "tba", "blank", "anon", "anonymous"),
        *("learner", "student", "pupil", "trainee"),
        *("name", "given name", "first name", "forename"),
        *("family name", "last name", "surname"),
        "x",
    )
)
"""Texts that stand for a name that is not there, each the whole of a field.

A text written several times is the same text, and so is one in letters with dots
(T.B.C.); several x are x. They are real names too, so they are only ever warned of.

Source: assumed; ours.
"""

_NO_EMAIL_BEFORE_THE_AT = frozenset(
    (
        *("none", "noemail", "nomail", "noemailaddress", "noaddress", "unknown"),
        *("null", "notknown", "notprovided", "notgiven", "notapplicable", "refused"),
    )
)
_NO_EMAIL_AFTER_THE_AT = frozenset(
    {"none", "noemail", "nomail", "null", "nowhere", "unknown", "notprovided"}
)
_NO_EMAIL_ON_BOTH_SIDES = frozenset({"no", "na", "nil", "x", "xx", "xxx", "test"})


def _labelled(field: str, code: str) -> Issue:
    return issue(code, field, label=FIELDS[field].label)


def _of_value(name: str, value: str, code: str) -> list[Issue]:
    """Return what the check of one value finds, as far as it has that code."""
    return [item for item in check_value(FIELDS[name], value, ()) if item.code == code]


def _held(learner: Learner, before: Learner | None, name: str) -> str | None:
    """Return the value that a record has after an update: None leaves what it had."""
    value: str | None = getattr(learner, name)
    if value is None and before is not None:
        value = getattr(before, name)
    return value


def _is_blank(value: str | None) -> bool:
    return not (value or "").strip()


# --- names ----------------------------------------------------------------------------

_KNOWN_AS = re.compile(
    # in brackets or quotation marks
    r"[(\[{<][^\w()\[\]{}<>]*\w[^()\[\]{}<>]*[)\]}>]"
    r"|[\"\u201c\u201d][^\"\u201c\u201d]+[\"\u201c\u201d]"
    r"|(?<!\w)['\u2018]\w[^'\u2018\u2019]*['\u2019](?!\w)"
    # after words; Aka is a name, aka and AKA are not
    r"|\b(?i:known as|goes by|nick-? ?named?)\W+\w"
    r"|\w\W*\s(?i:called|prefers)\s+\w"
    r"|\w\W*\s(?:aka|AKA|(?i:a\.\s?k\.\s?a\.?|a/k/a))[\s:,]+\w"
)
# Two names; s/o and d/o (son, daughter of) are part of one.
_TWO_NAMES = re.compile(r"\w\w\s*/\s*\w\w")


def _is_placeholder(text: str, placeholder_names: WordList) -> bool:
    """Say whether a name that is given is none: no letter, or a word for nothing."""
    if _is_blank(text):
        return False
    words = _tokens(re.sub(r"(?<![0-9])[0-9]+\b", " ", text))
    if not any(character.isalpha() for word in words for character in word):
        return True
    words = tuple(re.sub(r"^x+$", "x", word) for word in words)
    joined = "".join(words) if all(len(word) == 1 for word in words) else ""
    once = words[0] if len(set(words)) == 1 else ""
    whole = " ".join(words)
    return any(map(placeholder_names.is_all_of, (whole, joined, once)))


def check_names(
    learner: Learner, *, placeholder_names: WordList = PLACEHOLDER_NAMES
) -> Report:
    """Check the legal names: no nickname beside them, no placeholder instead of them.

    That a name is a nickname cannot be seen from the name; what can be seen is one in
    brackets or quotation marks, after a word such as *known as*, or, but for middle
    names, after an oblique. A name without any letter is a placeholder too.

    Args:
        learner: The learner as given.
        placeholder_names: Texts that stand for a name that is not there.

    Returns:
        Warnings; a placeholder may be the learner's real name.

    Source: LRS portal guide, Appendix C, names (published: legal names); what shows a
    nickname, and the placeholders, are assumed.
    """
    found = []
    for name in _LEGAL_NAMES:
        value = _UNSEEN.sub("", getattr(learner, name) or "")
        if _is_placeholder(value, placeholder_names):
            found.append(_labelled(name, "name-placeholder"))
        elif _KNOWN_AS.search(value) or (
            name != "middle_names" and _TWO_NAMES.search(value)
        ):
            found.append(_labelled(name, "name-with-nickname"))
    return Report(found)


def check_middle_names(learner: Learner) -> Report:
    """Check that middle names are divided by single spaces.

    Args:
        learner: The learner as given.

    Returns:
        A warning when something else divides them; `proposed_middle_names` has a text.

    Source: LRS portal guide, Appendix C, names (published).
    """
    value = learner.middle_names or ""
    if not value.strip() or proposed_middle_names(value) == value:
        return Report()
    return Report([issue("middle-names-divided", "middle_names")])


def proposed_middle_names(text: str) -> str:
    """Return middle names divided by single spaces, for somebody to look at.

    Args:
        text: The middle names as given.

    Returns:
        The names; hyphens and apostrophes belong to them.

    Source: LRS portal guide, Appendix C, names (published).
    """
    return squeeze(re.sub(r"[,;:/|&+]", " ", text))


def check_name_lengths(learner: Learner) -> Report:
    """Check that every name fits into its field.

    Args:
        learner: The learner as given.

    Returns:
        An error for each that does not; `proposed_cut` has a text, and nothing is cut.

    Source: learner.xsd of the web-service schemas, type MIAPName (observed).
    """
    return Report(
        item
        for name in NAME_FIELDS
        for item in _of_value(name, getattr(learner, name) or "", "too-long")
    )


def proposed_cut(field: str, text: str) -> str:
    """Return a name cut to the length of its field, for somebody to look at.

    Spaces are made single first. Then the beginning is kept: up to the last space or
    hyphen that leaves at least half of the length, else to the length itself; an
    accent stays with its letter.

    Args:
        field: The name of a field of a learner.
        text: The name as given.

    Returns:
        The text as it is when it fits, else its beginning.

    Raises:
        KeyError: There is no such field.

    Source: assumed; no document says how a longer name is to be written.
    """
    maximum = FIELDS[field].max_length
    if len(text) <= maximum:
        return text
    whole = squeeze(text)
    if len(whole) <= maximum:
        return whole
    ends = [at for at in range((maximum + 1) // 2, maximum + 1) if whole[at] in " -"]
    end = ends[-1] if ends else maximum
    while end > 1 and unicodedata.combining(whole[end]):
        end -= 1
    return whole[:end].rstrip(" -") or whole[:end]


def _is_changed(before: Learner, after: Learner) -> bool:
    """Say whether the family name changes, by more than case and spaces."""
    held, new = before.family_name or "", after.family_name or ""
    if not held.strip() or not new.strip():
        return False
    return fold_text(held) != fold_text(new)


def check_previous_family_name(learner: Learner, *, before: Learner) -> Report:
    """Check that the former family name is kept when the family name changes.

    Args:
        learner: The learner as sent; a field that is None leaves what is held.
        before: The record as held until now.

    Returns:
        A warning when the family name changes and the previous family name will not be
        the one held until now; `with_previous_family_name` fills it.

    Source: LRS portal guide, Appendices B and C (published).
    """
    if not _is_changed(before, learner):
        return Report()
    previous = _held(learner, before, "previous_family_name") or ""
    if fold_text(previous) == fold_text(before.family_name or ""):
        return Report()
    return Report([issue("previous-family-name-not-kept", "previous_family_name")])


def with_previous_family_name(before: Learner, after: Learner) -> Learner:
    """Return an update with the previous family name filled when the name changes.

    Args:
        before: The record as held until now.
        after: The learner as to be sent.

    Returns:
        The update, with the family name held until now as previous family name when
        the family name changes and `after` gives no other one.

    Source: LRS portal guide, Appendices B and C (published).
    """
    if not _is_changed(before, after) or not _is_blank(after.previous_family_name):
        return after
    return after.evolve(previous_family_name=before.family_name)


# --- school, e-mail, address, place of birth ------------------------------------------

# As a word of its own, with a plural or a genitive; and in highschool and the like,
# which are two words written as one. Preschool is a word of its own, and stays.
_SCHOOL_WORD = re.compile(
    r"(?:-?\b|(?<=high)|(?<=grammar)|(?<=primary)|(?<=secondary)|(?<=junior)"
    r"|(?<=infant)|(?<=infants)|(?<=middle))"
    r"(?:school|college)(?:['\u2019]s|s['\u2019]?)?(?!\w)",
    re.IGNORECASE,
)
_NO_SCHOOLS_NAME = frozenset(
    (
        *("the", "of", "for", "and", "at", "in", "a", "an", "s", "st", "saint"),
        *("boy", "boys", "girl", "girls", "high", "primary", "secondary", "grammar"),
        *("junior", "infant", "infants", "middle", "upper", "lower", "pre"),
        *("sixth", "form", "6th"),
    )
)


def check_school(learner: Learner) -> Report:
    """Check that the name of the school is without the words school and college.

    Args:
        learner: The learner as given.

    Returns:
        A warning when it has one; `proposed_school` has a text.

    Source: LRS portal guide, Appendix C, school age (published).
    """
    if _SCHOOL_WORD.search(learner.school_at_16 or ""):
        return Report([issue("school-name-word", "school_at_16")])
    return Report()


def proposed_school(text: str) -> str | None:
    """Return the name of a school without those words, for somebody to look at.

    Args:
        text: The name as given.

    Returns:
        The name, or None when what is left is no name, such as *High* or *for Boys*.

    Source: LRS portal guide, Appendix C, school age (published); what is no name is
    ours.
    """
    bare = squeeze(_SCHOOL_WORD.sub(" ", text))
    bare = re.sub(r" (?=[,.;:)])|(?<=\() ", "", bare)
    bare = squeeze(bare.replace("()", " "))
    bare = re.sub(r"^(?:the )?of (?:the )?|^the$", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"\.\.+", ".", bare).strip(" ,;:-&/")
    words = _tokens(bare)
    is_no_name = words[:1] == ("for",) or _NO_SCHOOLS_NAME.issuperset(words)
    return None if is_no_name else bare


def check_email(learner: Learner, *, before: Learner | None = None) -> Report:
    """Check that there is an e-mail address, and no word such as *none* instead.

    Args:
        learner: The learner as given; None leaves what the service holds.
        before: The record as held until now, when there is one.

    Returns:
        An error for a word, a warning for an address made up of one and for no address
        at all. Of a learner with a ULN and no `before`, a field that is None is not
        known, and no finding.

    Source: LRS portal guide, section 1.3 and Appendix C (published).
    """
    value = _held(learner, before, "email")
    if value is None and learner.uln is not None and before is None:
        return Report()
    if _is_blank(value):
        return Report([issue("email-missing", "email")])
    text = (value or "").strip().casefold()
    if found := _of_value("email", text, "email-none"):
        return Report(found)
    return Report([issue("email-made-up", "email")] if _is_made_up(text) else [])


def _is_made_up(email: str) -> bool:
    """Say whether an address is one of a word for none: none@..., no@no.com."""
    local, _, domain = email.partition("@")
    bare = re.sub(r"[^\w]|_", "", local)
    name, _, top = domain.partition(".")
    # One label, and the country or organisation: com, org, co.uk.
    is_whole = re.fullmatch(r"[a-z]{2,4}(?:\.[a-z]{2})?", top) is not None
    return (
        bare in _NO_EMAIL_BEFORE_THE_AT
        or (is_whole and re.sub(r"[^\w]|_", "", name) in _NO_EMAIL_AFTER_THE_AT)
        or (local == name and local in _NO_EMAIL_ON_BOTH_SIDES)
    )


def check_address(learner: Learner, *, before: Learner | None = None) -> Report:
    """Check that an address is complete and has a postcode.

    Complete means the first line and the town; the other lines may be empty (assumed).
    Where the postcode is the one for *not known*, no line is asked for.

    Args:
        learner: The learner as given; None leaves what the service holds.
        before: The record as held until now, when there is one.

    Returns:
        Warnings about what is missing, and what `ulnlib.postcode.check` says of the
        postcode. A record that gives no part of an address is no finding here.

    Source: LRS portal guide, Appendix C, contact information (published).
    """
    held = {name: _held(learner, before, name) for name in _ADDRESS}
    if all(value is None for value in held.values()):
        return Report()
    code = held["postcode"] or ""
    found = []
    if not postcode.is_default(code):
        found += [
            _labelled(name, "address-line-missing")
            for name in ("address_line_1", "town")
            if _is_blank(held[name])
        ]
    if _is_blank(code):
        found.append(issue("address-without-postcode", "postcode"))
    else:
        found += [item.at("postcode") for item in postcode.check(code)]
    return Report(found)


def check_place_of_birth(learner: Learner) -> Report:
    """Check what can be checked of a place of birth: it is a city or town.

    Args:
        learner: The learner as given.

    Returns:
        A warning for a postcode, for digits, for a word that stands for nothing, for a
        country by its code or name, alone or after a town, and for a hospital. A code
        counts in capitals or small letters only: Au is a town, AU is Australia. The
        names of countries that are towns' too, such as Singapore, are taken.

    Source: LRS portal guide, Appendix C, place of birth (published); codes: ISO 3166-1
    (published) and ours (assumed); names and the rest: ours (assumed).
    """
    value = squeeze(_UNSEEN.sub("", learner.place_of_birth or ""))
    found = next((what for what, is_it in _NO_TOWN if value and is_it(value)), None)
    if found is None:
        return Report()
    return Report([issue("place-of-birth-not-town", "place_of_birth", found=found)])


_NO_PLACE = WordList(
    (
        *("unknown", "not known", "none", "nil", "null", "n/a", "na", "tbc", "tba"),
        *("not given", "not provided", "not applicable", "not available", "blank"),
        *("none given", "none provided", "not stated", "not sure", "refused", "x"),
        *("place of birth", "town", "city", "abroad", "overseas", "hospital unknown"),
    )
)
_BIRTH_HOUSES = WordList(
    (
        *("hospital", "infirmary", "maternity", "clinic", "nursing home"),
        *("birth centre", "birthing centre", "medical centre", "health centre"),
        *("birth center", "birthing center", "medical center", "general hosp"),
    )
)
_BESIDE = re.compile(r"[,;/()]| - ")
_LAST_WORD = re.compile(r"(?<=\w )(?:UK|USA)$")


def _has_digits(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _is_no_place(text: str) -> bool:
    return _is_placeholder(text, _NO_PLACE)


def _is_country(text: str) -> bool:
    codes, names = _countries()
    code = text.replace(".", "")
    is_code = code.upper() in codes and (code.isupper() or code.islower())
    return is_code or _country_key(text) in names


def _is_beside_country(text: str) -> bool:
    """Say whether a town is followed by a country, by its name or as UK and the like.

    Other codes are left alone: IN after a comma is Indiana as well as India.
    """
    parts = [part.strip() for part in _BESIDE.split(text) if part.strip()]
    _, names = _countries()
    is_part = len(parts) > 1 and _country_key(parts[-1]) in names
    return is_part or _LAST_WORD.search(text.replace(".", "")) is not None


def _is_hospital(text: str) -> bool:
    # Hospital is a village in Ireland.
    return _BIRTH_HOUSES.is_in(text) and _tokens(text) != ("hospital",)


_NO_TOWN: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("a postcode", postcode.is_valid),
    ("a text with digits", _has_digits),
    ("a word for nothing", _is_no_place),
    ("a country", _is_country),
    ("a text with a country", _is_beside_country),
    ("a hospital", _is_hospital),
)


def _country_key(text: str) -> str:
    """Return the words of a country's name, without accents, dots, *the* and *and*."""
    decomposed = unicodedata.normalize("NFKD", text.replace(".", ""))
    plain = "".join(one for one in decomposed if not unicodedata.combining(one))
    words = (word for word in _tokens(plain) if word not in {"the", "and"})
    return " ".join("st" if word == "saint" else word for word in words)


@cache
def _countries() -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes in capitals and the keys of the names."""
    rows = _tables.load("countries").rows
    codes = {
        code for row in rows for line in row.get("codes", ()) for code in line.split()
    }
    names = {_country_key(name) for row in rows for name in row.get("names", ())}
    return frozenset(codes), frozenset(names)


def check_at_sixteen(learner: Learner, *, as_of: dt.date) -> Report:
    """Check that the details *at 16* are those of somebody who is 16.

    Args:
        learner: The learner as given.
        as_of: The day on which the age is counted.

    Returns:
        A warning for each that is filled before the 16th birthday.

    Source: assumed, from the names of the fields; no document says so.
    """
    try:
        born = parse_date(learner.date_of_birth or "")
    except InvalidDate:
        return Report()
    if age_on(born, as_of) >= 16:
        return Report()
    return Report(
        _labelled(name, "at-16-too-early")
        for name in ("family_name_at_16", "school_at_16")
        if not _is_blank(getattr(learner, name))
    )


def stand_in_date_of_birth(age: int, as_of: dt.date) -> dt.date:
    """Return the date that stands in for a date of birth that is not known.

    It is a last resort: 1 January of the year that is closest to the learner's age,
    which the learner will remember. Tell it to the learner.

    Args:
        age: The age in whole years, as far as it is known.
        as_of: The day on which it is counted.

    Returns:
        The one 1 January on which somebody of that age can have been born.

    Raises:
        ValueError: The age is negative, or more than there are years.

    Source: LRS portal guide, Appendices B and C, date of birth (published).
    """
    if not 0 <= age < as_of.year:
        raise ValueError("give an age in whole years, 0 or more")
    return dt.date(as_of.year - age, 1, 1)


# --- prohibited text and postcodes ----------------------------------------------------


def check_prohibited_words(
    learner: Learner, prohibited_words: WordList | Iterable[str] = PROHIBITED_WORDS
) -> Report:
    """Check that no prohibited word stands in a learner's details.

    The words are looked for as whole words, without regard to case and punctuation,
    in every free text but the notes. Which fields the service looks at is not known.

    Args:
        learner: The learner as given.
        prohibited_words: The words, and phrases of several words.

    Returns:
        An error for each field with one. Where the field is a name, the finding says
        to contact the Service Desk: a name is never altered.

    Source: LRS portal guide, Appendix C (published); fields and whole words: assumed.
    """
    words = _word_list(prohibited_words)
    return Report(
        _labelled(
            name,
            "prohibited-word-in-name" if name in NAME_FIELDS else "prohibited-word",
        )
        for name in _TEXT_FIELDS
        if words.is_in(getattr(learner, name) or "")
    )


def _word_list(words: WordList | Iterable[str]) -> WordList:
    return words if isinstance(words, WordList) else WordList(words)


def _texts(postcodes: Iterable[str]) -> Iterator[str]:
    """Return postcodes with single spaces; what is no text is a fault of the caller."""
    if isinstance(postcodes, str):
        raise TypeError("give several postcodes, not one text")
    for one in postcodes:
        if not isinstance(one, str):
            raise TypeError("a postcode is a text")
        yield squeeze(one)


def _folded(postcodes: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(fold_postcode, _texts(postcodes))))


def check_prohibited_postcode(
    learner: Learner, prohibited_postcodes: Iterable[str] = ()
) -> Report:
    """Check that the postcode is not a prohibited one, such as a prison's.

    Args:
        learner: The learner as given.
        prohibited_postcodes: The postcodes; case and spaces make no difference. None
            is known here: the list is the caller's.

    Returns:
        An error when it is one of them; `allowed_postcode` has another.

    Raises:
        TypeError: One text is given where several are due, or something else than a
            text among them.

    Source: LRS portal guide, Appendix C (published).
    """
    if fold_postcode(learner.postcode or "") in _folded(prohibited_postcodes):
        return Report([issue("prohibited-postcode", "postcode")])
    return Report()


def allowed_postcode(
    last_known: Iterable[str], prohibited_postcodes: Iterable[str] = ()
) -> str:
    """Return the postcode to record of a learner whose own is prohibited.

    Args:
        last_known: The learner's former postcodes, the last one first.
        prohibited_postcodes: The postcodes that are prohibited.

    Returns:
        The first of them that the service takes and that is not prohibited, as it is
        written, spaces around it apart; else ZZ99 9ZZ.

    Raises:
        TypeError: One text is given where several are due, or something else than a
            text among them.

    Source: LRS portal guide, Appendix C (published).
    """
    prohibited = _folded(prohibited_postcodes)
    return next(
        (
            postcode.format(text)
            for text in _texts(last_known)
            if postcode.is_valid(text) and fold_postcode(text) not in prohibited
        ),
        postcode.DEFAULT,
    )


# --- all of them ----------------------------------------------------------------------


def check(  # noqa: PLR0913  # every list can be replaced
    learner: Learner,
    *,
    before: Learner | None = None,
    prohibited_words: WordList | Iterable[str] = PROHIBITED_WORDS,
    prohibited_postcodes: Iterable[str] = (),
    placeholder_names: WordList = PLACEHOLDER_NAMES,
    as_of: dt.date | None = None,
) -> Report:
    """Check a learner's details against all data restrictions.

    Args:
        learner: The learner as given; in an update None leaves what is held.
        before: The record as held until now, for an update.
        prohibited_words: Words that the service does not take; make a `WordList` of a
            long list once.
        prohibited_postcodes: Postcodes that the service does not take.
        placeholder_names: Texts that stand for a name that is not there.
        as_of: The day on which ages are counted; None leaves out what needs one.

    Returns:
        The findings in the order of the fields. Each says what to put instead, in its
        remedy; none holds a text of the learner's.

    Raises:
        TypeError: One text is given where several are due.

    Source: LRS portal guide, Appendices B and C (published); see each rule.
    """
    found: list[Issue] = [
        *check_names(learner, placeholder_names=placeholder_names),
        *check_middle_names(learner),
        *check_name_lengths(learner),
        *check_school(learner),
        *check_address(learner, before=before),
        *check_place_of_birth(learner),
        *check_email(learner, before=before),
        *check_prohibited_words(learner, prohibited_words),
        *check_prohibited_postcode(learner, prohibited_postcodes),
    ]
    if before is not None:
        found += check_previous_family_name(learner, before=before)
    if as_of is not None:
        found += check_at_sixteen(learner, as_of=as_of)
    return Report(sorted(found, key=lambda one: _ORDER[str(one.path[0])]))

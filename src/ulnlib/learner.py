"""The learner: what a record says of a person, right or wrong, and the profile.

A `Learner` holds texts as they were given; it checks nothing. None means *not given*;
in an update None leaves a field as it is and the empty text clears it.
Its `repr` shows the MIS identifier or the ULN, never a person's details.
"""

from __future__ import annotations

__all__ = ["Demographics", "Learner", "LearnerFields", "Profile"]

import datetime as dt
from collections.abc import Sequence
from typing import Self, TypedDict, Unpack, cast, overload

import attrs

from ulnlib._dates import parse_date
from ulnlib.codes import Gender
from ulnlib.errors import InvalidDate, InvalidPostcode
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Report, issue
from ulnlib.postcode import parse as parse_postcode
from ulnlib.uln import Uln, is_valid

Given = str | Uln | dt.date | None
"""What a field may be given as; it is kept as the text of the service's formats."""


class LearnerFields(TypedDict, total=False):
    """The keyword arguments of `Learner`, all optional."""

    uln: Given
    mis_identifier: Given
    title: Given
    given_name: Given
    preferred_given_name: Given
    middle_names: Given
    family_name: Given
    previous_family_name: Given
    family_name_at_16: Given
    school_at_16: Given
    address_line_1: Given
    address_line_2: Given
    town: Given
    county: Given
    postcode: Given
    date_of_address_capture: Given
    date_of_birth: Given
    place_of_birth: Given
    email: Given
    gender: Given
    nationality: Given
    scottish_candidate_number: Given
    upn: Given
    uci: Given
    ability_to_share: Given
    verification_type: Given
    other_verification_description: Given
    notes: Given


def _wire(name: str, value: Given) -> str | None:
    """Return the text of a value as the service's files and messages write it."""
    if value is None:
        return None
    if isinstance(value, str):
        return str.__str__(value)  # an enum member becomes its plain text
    if isinstance(value, Uln):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()[:10]  # a datetime is a date, too
    kind = type(value).__name__  # type: ignore[unreachable]  # callers without types
    raise TypeError(f"{name} is given as text, a date, a Uln or a code, not {kind}")


class _Text:
    """What a type checker sees of a field: a text or None, read-only."""

    @overload
    def __get__(self, learner: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, learner: object, owner: type[object]) -> str | None: ...
    def __get__(self, learner: object, owner: type[object]) -> Self | str | None: ...


def _field(name: str) -> _Text:
    """Return the property of one field; values are kept in the order of `FIELDS`."""
    position = list(FIELDS).index(name)
    field = property(
        lambda learner: learner._values[position],  # noqa: SLF001
        doc=f"{FIELDS[name].label}, as given.",
    )
    return cast("_Text", field)


# One slot for all values, not a slot each: a reader makes a hundred thousand of these.
@attrs.frozen(init=False, repr=False, slots=True)
class Learner:
    """One learner, every field as it was given.

    Args:
        fields: Any of the fields below, by name. A `date`, a `Uln` or a code becomes
            its text.

    Raises:
        TypeError: A field that does not exist, or a value of another kind.

    Examples:
        >>> Learner(given_name="Ada", family_name="Example", uln="1000000043")
        Learner(uln='1000000043')

    Source: LRS portal guide, appendices B to F (published); batchlearner.xsd of the
    web-service schemas (observed).
    """

    _values: tuple[str | None, ...]

    uln = _field("uln")
    mis_identifier = _field("mis_identifier")
    title = _field("title")
    given_name = _field("given_name")
    preferred_given_name = _field("preferred_given_name")
    middle_names = _field("middle_names")
    family_name = _field("family_name")
    previous_family_name = _field("previous_family_name")
    family_name_at_16 = _field("family_name_at_16")
    school_at_16 = _field("school_at_16")
    address_line_1 = _field("address_line_1")
    address_line_2 = _field("address_line_2")
    town = _field("town")
    county = _field("county")
    postcode = _field("postcode")
    date_of_address_capture = _field("date_of_address_capture")
    date_of_birth = _field("date_of_birth")
    place_of_birth = _field("place_of_birth")
    email = _field("email")
    gender = _field("gender")
    nationality = _field("nationality")
    scottish_candidate_number = _field("scottish_candidate_number")
    upn = _field("upn")
    uci = _field("uci")
    ability_to_share = _field("ability_to_share")
    verification_type = _field("verification_type")
    other_verification_description = _field("other_verification_description")
    notes = _field("notes")

    def __init__(self, **fields: Unpack[LearnerFields]) -> None:
        unknown = len(fields.keys() - FIELDS.keys())
        if unknown:
            raise TypeError(f"{unknown} of the arguments are no fields of a learner")
        given = cast("dict[str, Given]", fields)
        self.__attrs_init__(tuple(_wire(name, given.get(name)) for name in FIELDS))

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Self:
        """Return a learner of texts in the order of `ulnlib.fields.FIELDS`.

        It is the fast way in for readers that have the texts in order already.

        Raises:
            ValueError: There are more or fewer values than fields.
        """
        if len(values) != len(FIELDS):
            raise ValueError("give one value, or None, for every field")
        return cls._trusted(tuple(values))

    @classmethod
    def _trusted(cls, values: tuple[str | None, ...]) -> Self:
        """Return a learner of exactly as many texts as there are fields, unchecked."""
        learner = object.__new__(cls)
        _set_values(learner, values)
        return learner

    def values(self) -> tuple[str | None, ...]:
        """Return the texts in the order of `ulnlib.fields.FIELDS`."""
        return self._values

    def evolve(self, **changes: Unpack[LearnerFields]) -> Learner:
        """Return the same learner with some fields changed."""
        values = dict(zip(FIELDS, self._values, strict=True))
        for name, value in cast("dict[str, Given]", changes).items():
            if name not in FIELDS:
                raise TypeError("an argument is no field of a learner")
            values[name] = _wire(name, value)
        return Learner.of(tuple(values.values()))

    def to_dict(self, *, personal: bool = False) -> dict[str, str | None]:
        """Return the fields as a dictionary.

        Args:
            personal: Whether to include the person's details. Without it only the
                identifying numbers and codes of the record are there.
        """
        return {
            name: getattr(self, name)
            for name, field in FIELDS.items()
            if personal or not field.personal
        }

    def demographics(self) -> Demographics | Report:
        """Return the five key demographics as typed values.

        Returns:
            The values, or a report that says which of them are missing or wrong.
        """
        issues = [
            issue("mandatory-missing", name, label=FIELDS[name].label)
            for name in FIVE_DEMOGRAPHICS
            if not (getattr(self, name) or "").strip()
        ]
        given = [i.field for i in issues]
        date_of_birth = postcode = gender = None
        if "date_of_birth" not in given:
            try:
                date_of_birth = parse_date(self.date_of_birth or "")
            except InvalidDate:
                issues.append(issue("date-format", "date_of_birth"))
        if "postcode" not in given:
            try:
                postcode = parse_postcode(self.postcode or "")
            except InvalidPostcode:
                issues.append(issue("postcode-format", "postcode"))
        if "gender" not in given:
            if self.gender in FIELDS["gender"].codes:
                gender = Gender(self.gender)
            else:
                issues.append(
                    issue(
                        "code-unknown",
                        "gender",
                        codes=", ".join(FIELDS["gender"].codes),
                    )
                )
        if issues or date_of_birth is None or postcode is None or gender is None:
            order = {name: n for n, name in enumerate(FIVE_DEMOGRAPHICS)}
            return Report(sorted(issues, key=lambda i: order[i.field or ""]))
        return Demographics(
            given_name=" ".join((self.given_name or "").split()),
            family_name=" ".join((self.family_name or "").split()),
            date_of_birth=date_of_birth,
            gender=gender,
            postcode=postcode,
        )

    def __repr__(self) -> str:
        # Where the columns of a file have slipped, a name may stand in their place: an
        # identifier has a digit, and a ULN its check digit.
        identifier, uln = self.mis_identifier, self.uln
        if identifier is not None and any(c.isdigit() for c in identifier):
            return f"Learner(mis_identifier={identifier!r})"
        if uln is not None and is_valid(uln):
            return f"Learner(uln={uln!r})"
        return "Learner()"


_set_values = Learner._values.__set__  # type: ignore[attr-defined,misc]  # noqa: SLF001


@attrs.frozen(kw_only=True, repr=False)
class Demographics:
    """The five key demographics, typed.

    Attributes:
        given_name: With single spaces.
        family_name: With single spaces.
        date_of_birth: The day.
        gender: The code.
        postcode: In capitals with one space.
    """

    given_name: str
    family_name: str
    date_of_birth: dt.date
    gender: Gender
    postcode: str

    def __repr__(self) -> str:
        return "Demographics(...)"


@attrs.frozen(kw_only=True)
class Profile:
    """What the portal's View Learner Profile shows of a learner.

    Attributes:
        learner: The record.
        created: When the record was made, as the caller gave it then.
        last_amended: When it was last changed, as the caller gave it then.
        version: The version number: 1, and one more at every change.
        status: `active`, or `linked` when it was merged into another ULN.
        linked_ulns: The ULNs that were merged into this one, in order.
        master_substituted: Whether another ULN was asked for, and this is its master.
        is_synthetic: Whether the register makes its own numbers: then no ULN is real.

    Source: LRS portal guide, section 4.2.3 (published); learner.xsd, type Learner
    (observed).
    """

    learner: Learner
    created: str | None
    last_amended: str | None
    version: int
    status: str = "active"
    linked_ulns: tuple[Uln, ...] = ()
    master_substituted: bool = False
    is_synthetic: bool = False

    @property
    def uln(self) -> Uln:
        """The learner's ULN."""
        return Uln(self.learner.uln or "")

"""The learner: what a record says of a person, right or wrong, and the profile.

A `Learner` holds texts as they were given; it checks nothing. None means *not given*;
in an update None leaves a field as it is and the empty text clears it.
Its `repr` shows the MIS identifier or the ULN, never a person's details.
"""

from __future__ import annotations

__all__ = ["Demographics", "Learner", "LearnerFields", "Profile"]

import datetime as dt
from collections.abc import Sequence
from typing import Self, TypedDict, Unpack

import attrs

from ulnlib._dates import parse_date
from ulnlib.codes import Gender
from ulnlib.errors import InvalidDate, InvalidPostcode
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Issue, Report, issue
from ulnlib.postcode import parse as parse_postcode
from ulnlib.uln import Uln

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
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()
    kind = type(value).__name__
    raise TypeError(f"{name} is given as text, a date, a Uln or a code, not {kind}")


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

    uln: str | None
    mis_identifier: str | None
    title: str | None
    given_name: str | None
    preferred_given_name: str | None
    middle_names: str | None
    family_name: str | None
    previous_family_name: str | None
    family_name_at_16: str | None
    school_at_16: str | None
    address_line_1: str | None
    address_line_2: str | None
    town: str | None
    county: str | None
    postcode: str | None
    date_of_address_capture: str | None
    date_of_birth: str | None
    place_of_birth: str | None
    email: str | None
    gender: str | None
    nationality: str | None
    scottish_candidate_number: str | None
    upn: str | None
    uci: str | None
    ability_to_share: str | None
    verification_type: str | None
    other_verification_description: str | None
    notes: str | None

    def __init__(self, **fields: Unpack[LearnerFields]) -> None:
        unknown = len(fields.keys() - FIELDS.keys())
        if unknown:
            raise TypeError(f"{unknown} of the arguments are no fields of a learner")
        get = fields.get
        self.__attrs_init__(*(_wire(name, get(name)) for name in FIELDS))  # type: ignore[arg-type]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Self:
        """Return a learner of texts in the order of `ulnlib.fields.FIELDS`.

        It is the fast way in for readers that have the texts in order already.
        """
        learner = object.__new__(cls)
        learner.__attrs_init__(*values)
        return learner

    def values(self) -> tuple[str | None, ...]:
        """Return the texts in the order of `ulnlib.fields.FIELDS`."""
        return tuple(getattr(self, name) for name in FIELDS)

    def evolve(self, **changes: Unpack[LearnerFields]) -> Learner:
        """Return the same learner with some fields changed."""
        values = dict(zip(FIELDS, self.values(), strict=True))
        for name, value in changes.items():
            if name not in FIELDS:
                raise TypeError("an argument is no field of a learner")
            values[name] = _wire(name, value)  # type: ignore[arg-type]
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
        issues: list[Issue] = []
        for name in FIVE_DEMOGRAPHICS:
            if not (getattr(self, name) or "").strip():
                issues.append(issue("mandatory-missing", name, label=FIELDS[name].label))
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
        if self.mis_identifier is not None:
            return f"Learner(mis_identifier={self.mis_identifier!r})"
        if self.uln is not None:
            return f"Learner(uln={self.uln!r})"
        return "Learner()"


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
        status: `active`, `linked` (merged into another ULN) or `deleted`.
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

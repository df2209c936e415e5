"""A route: one qualification, and how far a learner is with it."""

from __future__ import annotations

__all__ = ["Route"]

import datetime as dt

import attrs

from ulnlib.qualifications import Level, Qualification, Size
from ulnlib.rules.routes.areas import find_subject_area
from ulnlib.rules.routes.standing import Later, Standing


@attrs.frozen(kw_only=True, repr=False)
class Route:
    """A qualification that a query found, and how far the learner is with it.

    Attributes:
        qualification: The qualification.

    Source: web-service schemas of release 9, type RtaOneQueryResult (observed).
    """

    qualification: Qualification
    _standing: Standing | Later

    def __repr__(self) -> str:
        # A learner's result in a sensitive qualification names it nowhere by chance.
        if self.is_sensitive:
            return "Route(a sensitive qualification)"
        return f"Route({self.qualification.number!r})"

    @property
    def standing(self) -> Standing:
        """How far the learner is; worked out now where nothing of theirs counts.

        Source: ours, see `ulnlib.rules.combination`.
        """
        held = self._standing
        return held.get() if isinstance(held, Later) else held

    @property
    def is_met(self) -> bool:
        """Whether everything that the qualification asks for is there.

        Source: ours, see `ulnlib.rules.combination`.
        """
        return self.standing.is_met

    @property
    def credits_needed(self) -> int | None:
        """The least credit that completes it, 0 when it is met.

        None when nothing completes it, or when its structure is not known.

        Source: ours, see `ulnlib.rules.combination`.
        """
        return self.standing.credits_needed

    @property
    def credits_towards(self) -> int | None:
        """Its total less the credits needed, and 0 at least.

        None when nothing completes it, or when its structure is not known.

        Source: web-service schemas of release 9, type RtaOneQueryResult (observed: the
        name; the meaning is assumed).
        """
        return self.standing.credits_towards

    @property
    def completed_unit_count(self) -> int:
        """How many units of the learner count there; what-if units are none of them.

        Source: web-service schemas of release 9, type RtaOneQueryResult (observed: the
        name; the meaning is assumed).
        """
        return self.standing.completed_unit_count

    @property
    def counted(self) -> tuple[str, ...]:
        """References of the units that count there, what-if units among them.

        Source: ours, see `ulnlib.rules.combination`.
        """
        return self.standing.counted

    @property
    def is_proven(self) -> bool:
        """Whether that is the best counting, and not only the best found.

        Source: ours, see `ulnlib.rules.combination`.
        """
        return self.standing.is_proven

    @property
    def number(self) -> str:
        """The qualification number, as given.

        Source: ours.
        """
        return self.qualification.number

    @property
    def title(self) -> str:
        """The title of the qualification.

        Source: ours.
        """
        return self.qualification.title

    @property
    def total(self) -> int | None:
        """The total credits of the qualification, None when not known.

        Source: ours.
        """
        return self.qualification.total

    @property
    def size(self) -> Size | None:
        """Award, Certificate or Diploma, where the credits are known.

        Source: ours.
        """
        return self.qualification.size

    @property
    def is_sensitive(self) -> bool:
        """Whether only some may see that somebody has the qualification.

        Where that is not known it is false; `qualification.is_sensitive` is None then.

        Source: web-service schemas of release 9, type RtaOneQueryResult (observed).
        """
        return bool(self.qualification.is_sensitive)

    def to_dict(self) -> dict[str, object]:
        """Return the route as plain values, for JSON.

        Source: ours.
        """
        one, standing = self.qualification, self.standing
        return {
            "number": one.number,
            "title": one.title,
            "awarding_organisation": one.awarding_organisation,
            "level": None if one.level is None else str(one.level),
            "size": None if one.size is None else one.size.value,
            "total": one.total,
            "subject_area": one.subject_area,
            "is_met": standing.is_met,
            "credits_needed": standing.credits_needed,
            "credits_towards": standing.credits_towards,
            "completed_unit_count": standing.completed_unit_count,
            "counted": list(standing.counted),
            "is_proven": standing.is_proven,
            "is_sensitive": self.is_sensitive,
        }

    def to_rta(self) -> dict[str, str | int | bool | None]:
        """Return the fields of the service's own result, by the service's names.

        Returns:
            Every field of RtaOneQueryResult, in the schema's order; None for one that
            is not known. OrganisationAcronym is never known.

        Source: web-service schemas of release 9, type RtaOneQueryResult (observed: the
        names and types; what CreditsTowards and CompletedUnitCount mean is assumed).
        """
        one = self.qualification
        area = find_subject_area(one.subject_area)
        level, sub_level = _level_words(one.level)
        ends = one.certification_end
        if one.structure is not None:
            ends = ends or one.structure.certification_end
        return {
            "AccreditationNumber": one.number or None,
            "AwardingOrganisationName": one.awarding_organisation or None,
            "CertificationEndDate": _moment(ends),
            "CompletedUnitCount": self.completed_unit_count,
            "CreditsTowards": self.credits_towards,
            "DerivedTitle": one.title or None,
            "EighteenPlus": _among("18+", one.ages),
            "MaximumGuidedLearningHours": one.max_hours,
            "MinimumGuidedLearningHours": one.min_hours,
            "NineteenPlus": _among("19+", one.ages),
            "OfferedInEngland": _among("England", one.countries),
            "OfferedInNorthernIreland": _among("Northern Ireland", one.countries),
            "OfferedInWales": _among("Wales", one.countries),
            "OperationalEndDate": _moment(one.operational_end),
            "OperationalStartDate": _moment(one.operational_start),
            "OrganisationAcronym": None,
            "PreSixteen": _among("pre-16", one.ages),
            "QualificationLevelDescription": level,
            "QualificationSize": None if one.size is None else one.size.value,
            "QualificationSubLevelDescription": sub_level,
            "Sensitive": one.is_sensitive,
            "SixteenToEighteen": _among("16-18", one.ages),
            "SsaCode": None if area is None else area.code,
            "SsaDescription": (one.subject_area or None) if area is None else area.name,
            "TotalCredits": one.total,
            "Type": one.type or None,
        }


def _level_words(level: Level | str | None) -> tuple[str | None, str | None]:
    """Return level and sub-level as the register writes them."""
    if level is None:
        return None, None
    if isinstance(level, Level) and level.startswith("E"):
        return "Entry Level", level.label
    return level.label if isinstance(level, Level) else level, "None"


def _among(word: str, words: frozenset[str]) -> bool | None:
    """Say whether a word is among others; None where none of them is known."""
    return word in words if words else None


def _moment(day: dt.date | None) -> str | None:
    return None if day is None else f"{day.isoformat()}T00:00:00"

"""An evaluation in the shape of the service's own query, which was withdrawn.

The names are the schema's, its misspelling of *achieved* among them. Members come as in
the schema: those of a type's base first, then its own by name. What the evaluation does
not know is None.

The service had no hybrid groups, and no group that lists units and takes others as
well. Such a group becomes a compound group: its own units, and the other credit, become
groups of the same name below it.

Source: web-service schemas of release 9, RocQueryResult, Qualification, Structure,
GroupBase and those below it, Unit, BarredUnit (observed: names, order and types; what
the service put into them is assumed).
"""

from __future__ import annotations

__all__ = ["NAMESPACE", "TYPE", "to_service", "to_service_xml"]

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape

from ulnlib.qualifications import (
    Bar,
    Group,
    Level,
    Qualification,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules.combination.evaluation import Evaluation, GroupResult, UnitResult

NAMESPACE = "http://api.lrs.qcf.gov.uk/model"
"""The namespace of the service's types.

Source: web-service schemas of release 9 (observed).
"""

TYPE = "__type"
"""The member that says which kind of group it is; the schema says it by `xsi:type`.

Source: ours, after the JSON of the framework that the service was made with.
"""

_Plain = dict[str, object]
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_ENTRY = "Entry Level"

# The element of each member that is a list.
_ITEMS = MappingProxyType(
    {
        "BarredUnits": "BarredUnit",
        "ChildGroups": "Group",
        "Groups": "RocQueryResultGroup",
        "LinkedUnits": "LinkedUnit",
        "SectorSubjectAreas": "SectorSubjectArea",
        "TargetUnits": "Unit",
        "Units": "RocQueryResultUnit",
    }
)


def to_service(
    evaluation: Evaluation, qualification: Qualification | None = None
) -> _Plain:
    """Return an evaluation as a RocQueryResult in plain values.

    Args:
        evaluation: The evaluation.
        qualification: The qualification of which the structure is.

    Returns:
        Its members in the order of the schema. An exemption by amount is no unit and
        is not among the units; its credit is in that of its group.

    Source: web-service schemas of release 9, type RocQueryResult (observed).
    """
    has_level = evaluation.credit_at_level is not None
    return {
        "CreditsTowards": evaluation.credits_towards,
        "Groups": [
            _group_result(one, has_level=has_level) for one in evaluation.groups
        ],
        "Qualification": _qualification(evaluation.structure, qualification),
        "Units": [_unit_result(one) for one in evaluation.units if one.reference],
    }


def _group_result(one: GroupResult, *, has_level: bool) -> _Plain:
    return {
        "DecisionTaken": one.decision_taken,
        "Group": _group_base(one.group),
        "IsAcheived": one.is_achieved,
        "IsMandatory": one.is_mandatory,
        "TotalCredits": one.credit,
        "TotalCreditsAboveLevel": one.credit_above_level if has_level else None,
        "TotalCreditsAtOrAboveLevel": one.credit_at_level if has_level else None,
        "TotalSubcomponents": one.subcomponents,
    }


def _unit_result(one: UnitResult) -> _Plain:
    unit = one.unit or Unit(one.reference, one.credit, None, one.title)
    return {
        "IsAchieved": one.is_achieved,
        "IsIncluded": one.is_included,
        "IsMandatory": one.is_mandatory,
        "Unit": _unit(unit),
    }


# --- the qualification ------------------------------------------------------------


def _qualification(structure: Structure, given: Qualification | None) -> _Plain:
    """Return what is known of the qualification: with only a structure, little."""
    one = Qualification(number="", title=structure.name) if given is None else given
    return {
        "AwardingOrganisation": _organisation(one.awarding_organisation),
        "CertificationEndDate": _day(
            one.certification_end or structure.certification_end
        ),
        "DerivedTitle": one.title or None,
        "DisplayGradingType": None,
        "DisplayLevel": None,
        "DisplayOrganisation": None,
        "DisplayReferenceAndTitle": None,
        "DisplaySsa": None,
        "DisplayTotalCredits": None,
        "EighteenPlus": _among("18+", one.ages),
        "GradingStructure": None,
        "Id": None,
        "MaximumGuidedLearningHours": one.max_hours,
        "MinimumGuidedLearningHours": one.min_hours,
        "NineteenPlus": _among("19+", one.ages),
        "OfferedInEngland": _among("England", one.countries),
        "OfferedInNorthernIreland": _among("Northern Ireland", one.countries),
        "OfferedInWales": _among("Wales", one.countries),
        "OperationalEndDate": _day(one.operational_end),
        "OperationalStartDate": _day(one.operational_start),
        "PreSixteen": _among("pre-16", one.ages),
        "PreferredTitle": None,
        "ReferenceNumber": one.number or None,
        "Sensitive": one.is_sensitive,
        "SixteenToEighteen": _among("16-18", one.ages),
        "Structure": _structure(structure, one),
    }


def _structure(structure: Structure, one: Qualification) -> _Plain:
    main, sub = _levels(structure.level)
    known = {
        compact_reference(unit.reference): unit
        for group in structure.root.walk()
        for unit in group.units
    }
    return {
        "AwardingOrganisation": _organisation(one.awarding_organisation),
        "BarredUnits": [_bar(bar, known) for bar in structure.bars],
        "Group": _tree(structure.root),
        "Id": None,
        "MinimumCreditsAtOrAboveLevel": structure.min_credit_at_level,
        "Name": structure.name or None,
        "QualificationLevel": main,
        "QualificationSubLevel": sub,
        "SectorSubjectArea": _area(one.subject_area) if one.subject_area else None,
        "TotalCredits": structure.total,
    }


def _bar(bar: Bar, known: Mapping[str, Unit]) -> _Plain:
    source, *targets = [
        _unit(known.get(compact_reference(one)) or Unit(one))
        for one in (bar.unit, *bar.targets)
    ]
    return {
        "Id": None,
        "Description": bar.description or None,
        "SourceUnit": source,
        "TargetUnits": targets,
    }


# --- groups -----------------------------------------------------------------------


def _group_base(group: Group) -> _Plain:
    return {
        "Id": None,
        "Description": group.description or None,
        # Bounds that follow from others: no document says how they were worked out.
        "GetCalcEffectiveMinCredits": None,
        "GetCalcEffectiveMinSubcomponents": None,
        "Label": group.label or None,
        "MaxCreditValue": group.max_credit,
        "MaxSubcomponents": group.max_subcomponents,
        "MinCreditValue": group.min_credit,
        "MinSubcomponents": group.min_subcomponents,
        "Name": group.name or None,
        "WithinParent": group.is_mandatory,
    }


def _tree(root: Group) -> _Plain:
    """Return a group with all below it, the innermost first."""
    made: dict[int, _Plain] = {}
    walked = [(root, -1)]
    for number, (group, _) in enumerate(walked):
        walked += [(below, number) for below in group.groups]
    below: dict[int, list[_Plain]] = {}
    for number in reversed(range(len(walked))):
        group, parent = walked[number]
        made[number] = _typed(group, below.pop(number, [])[::-1])
        below.setdefault(parent, []).append(made.pop(number))
    return below[-1][0]


def _typed(group: Group, below: Sequence[_Plain]) -> _Plain:
    base = _group_base(group)
    if not below and group.other is None:
        return _unit_group(base, group)
    if not below and not group.units:
        return _other_group(base, group)
    own = _group_base(Group(name=group.name))
    parts = [*below]
    if group.other is not None:
        parts.insert(0, _other_group(own, group))
    if group.units:
        parts.insert(0, _unit_group(own, group))
    return {TYPE: "CompoundGroup", **base, "ChildGroups": parts}


def _unit_group(base: _Plain, group: Group) -> _Plain:
    units = [{"Id": None, "Unit": _unit(unit)} for unit in group.units]
    return {TYPE: "UnitGroup", **base, "LinkedUnits": units}


def _other_group(base: _Plain, group: Group) -> _Plain:
    level = None if group.other is None else group.other.level
    areas = () if group.other is None else group.other.subject_areas
    main, sub = _levels(level)
    return {
        TYPE: "OtherCreditGroup",
        **base,
        "AchievedWithinMonths": group.months,
        "Level": _level(level),
        "QualificationLevel": main,
        "QualificationSubLevel": sub,
        "SectorSubjectAreas": [_area(area) for area in areas],
    }


# --- units ------------------------------------------------------------------------


def _unit(unit: Unit) -> _Plain:
    main, sub = _levels(unit.level)
    return {
        "Id": None,
        "Availability": None,
        "CreditValue": unit.credit,
        "ExpiryDate": _day(unit.expires),
        "GuidedLearningHours": unit.hours,
        "Level": _level(unit.level),
        "OverallGradingStructure": None,
        "OwningAwardingOrganisation": None,
        "QualificationLevel": main,
        "QualificationSubLevel": sub,
        "ReferenceNumber": unit.reference,
        "RestrictedAwardingOrganisations": None,
        "ReviewDate": None,
        "SectorSubjectAreas": [_area(area) for area in unit.subject_areas],
        # A list marks those that are; of the others it says nothing.
        "Sensitive": unit.is_sensitive or None,
        "Status": None,
        "Title": unit.title or None,
        "UnitGradingStructure": None,
    }


def _level(level: Level | str | None) -> _Plain | None:
    main, sub = _levels(level)
    if main is None:
        return None
    return {"QualificationLevel": main, "QualificationSubLevel": sub}


def _levels(level: Level | str | None) -> tuple[_Plain | None, _Plain | None]:
    """Return level and sub level: the entry levels are one level with three below."""
    if level is None:
        return None, None
    if not isinstance(level, Level) or not level.value.startswith("E"):
        words = level.label if isinstance(level, Level) else level
        return {"Id": None, "Description": words}, None
    main: _Plain = {"Id": None, "Description": _ENTRY}
    return main, {"Id": None, "Description": level.label, "QualificationLevel": main}


def _area(area: str) -> _Plain:
    return {"Id": None, "Description": area}


def _organisation(name: str) -> _Plain | None:
    if not name:
        return None
    return {
        "Id": None,
        "Acronym": None,
        "Name": name,
        "Number": None,
        "Status": None,
        "TradingName": None,
        "Ukprn": None,
        "Website": None,
    }


def _day(day: dt.date | None) -> str | None:
    """Return a day as the service has days: the beginning of it."""
    return None if day is None else f"{day.isoformat()}T00:00:00"


def _among(word: str, words: frozenset[str]) -> bool | None:
    return word in words if words else None


# --- as XML -----------------------------------------------------------------------


def to_service_xml(
    evaluation: Evaluation, qualification: Qualification | None = None
) -> str:
    """Return an evaluation as a RocQueryResult in XML.

    Args:
        evaluation: The evaluation.
        qualification: The qualification of which the structure is.

    Returns:
        One element in the namespace of the service; what is None is left out.

    Source: web-service schemas of release 9, type RocQueryResult (observed).
    """
    parts: list[str] = []
    root = f'RocQueryResult xmlns="{NAMESPACE}" xmlns:i="{_INSTANCE}"'
    # No recursion: groups may be nested deep. A text on the stack is written as it is.
    stack: list[str | tuple[str, object]] = [
        (root, to_service(evaluation, qualification))
    ]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            parts.append(top)
            continue
        start, value = top
        name = start.partition(" ")[0]
        if isinstance(value, dict):
            kind = value.get(TYPE)
            parts.append(f'<{start} i:type="{kind}">' if kind else f"<{start}>")
            stack.append(f"</{name}>")
            stack += [
                (member, below)
                for member, below in reversed(value.items())
                if below is not None and member != TYPE
            ]
        elif isinstance(value, list):
            parts.append(f"<{start}>")
            stack.append(f"</{name}>")
            stack += [(_ITEMS[name], one) for one in reversed(value)]
        else:
            parts.append(f"<{start}>{_xml_text(value)}</{name}>")
    return "".join(parts)


def _xml_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(
        "".join([c if _is_xml(c) else "\N{REPLACEMENT CHARACTER}" for c in str(value)])
    )


def _is_xml(c: str) -> bool:
    """Say whether XML 1.0 has a character: most control characters it has not."""
    return (
        c in "\t\n"
        or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
        or (c > "\uffff")
    )

"""Routes to achievement: queries, the catalogue, filters and the order."""

import copy
import datetime as dt
import json
import pickle
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest
from jsonschema import Draft202012Validator

from ulnlib.errors import InvalidValue
from ulnlib.qualifications import (
    Achievement,
    Equivalent,
    Group,
    Level,
    OtherCredit,
    Qualification,
    Requirement,
    Size,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules import combination, routes
from ulnlib.rules.routes import RouteQuery, index, search

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "reference" / "json"

A, B, C, D, E = "Y/506/1910", "L/506/1905", "R/506/1906", "D/506/1908", "K/506/1913"


@pytest.fixture
def evaluated(monkeypatch):
    """Count credits without any rule, and remember what was evaluated."""
    seen = []

    def evaluate(prepared, achievements, *, as_of, what_if, facts):
        structure = prepared.structure
        seen.append((structure.name, achievements, as_of, what_if, facts))
        listed = {
            unit.reference: unit.credit
            for group in structure.root.walk()
            for unit in group.units
        }
        had = [compact_reference(one.unit) for one in (*achievements, *what_if)]
        counted = [
            SimpleNamespace(unit=compact_reference(unit))
            for unit in listed
            if compact_reference(unit) in had
        ]
        credit = 5 * len(counted)
        can_be = sum(listed.values()) >= structure.total
        needed = max(0, structure.total - credit)
        return SimpleNamespace(
            is_met=can_be and not needed,
            credits_needed=needed if can_be else None,
            credits_towards=min(credit, structure.total) if can_be else None,
            credit=credit,
            counted=[*counted, SimpleNamespace(unit="")],  # an exemption by amount
            proven=True,
        )

    monkeypatch.setattr(
        combination, "prepare", lambda structure: SimpleNamespace(structure=structure)
    )
    monkeypatch.setattr(combination, "evaluate", evaluate)
    return seen


def structure(*units, total=10, name="structure", **more):
    group = Group(name="A", units=[Unit(ref, 5, 2) for ref in units])
    return Structure(name=name, total=total, root=group, **more)


def qualification(number, *units, title="Award", total=10, **more):
    own = structure(*units, total=total, name=number) if units else None
    return Qualification(number=number, title=title, structure=own, **more)


def have(*units):
    return [Achievement(unit) for unit in units]


def numbers(found):
    return [one.number for one in found]


# --- queries ----------------------------------------------------------------------


class TestAQuery:
    def test_takes_what_people_write(self):
        query = RouteQuery(
            keyword="  team   leading ",
            number="500/9603/9",
            level="level 2",
            size="diploma",
            subject_area="15.3",
            country="northern  ireland",
            age="17",
            must_contain="y/506/1910",
            what_if=["L/506/1905", "L5061905"],
        )
        assert query.keyword == "team leading"
        assert query.number == "50096039"
        assert query.level is Level.LEVEL_2
        assert query.size is Size.DIPLOMA
        assert query.subject_area == ("15.3",)
        assert query.country == "Northern Ireland"
        assert query.age == 17
        assert query.must_contain == ("Y5061910",)
        assert query.what_if == ("L5061905",)

    @pytest.mark.parametrize("text", ["Entry", "entry level", "E", "Entry-Level"])
    def test_may_ask_for_entry_level(self, text):
        assert RouteQuery(level=text).level == routes.ENTRY

    def test_takes_values_of_the_model(self):
        query = RouteQuery(
            level=Level.ENTRY_3,
            size=Size.AWARD,
            subject_area=("Law and legal services", "15"),
            age="16-18",
            in_operation_on=dt.datetime(2026, 1, 31, 12, 0, tzinfo=dt.UTC),
        )
        assert (query.level, query.size) == ("E3", "Award")
        assert query.subject_area == ("15.5", "15")
        assert query.in_operation_on == dt.date(2026, 1, 31)

    @pytest.mark.parametrize(
        ("field", "value", "reason"),
        [
            ("level", "9", "level"),
            ("level", "Level 1/2", "level"),
            ("size", "Degree", "size"),
            ("subject_area", "16.1", "subject-area"),
            ("country", "Scotland", "country"),
            ("age", "seventeen", "age"),
        ],
    )
    def test_refuses_what_is_none_without_repeating_it(self, field, value, reason):
        with pytest.raises(InvalidValue) as caught:
            RouteQuery(**{field: value})
        assert caught.value.reason == reason
        assert value not in str(caught.value)

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"level": "9"}, "a level is Entry, Entry 1 to 3, or 1 to 8"),
            ({"size": "Big"}, "a size is Award, Certificate or Diploma"),
            (
                {"subject_area": ["99"]},
                "a sector subject area is a code, such as 15.3 or 15, or its name",
            ),
            (
                {"country": "Mars"},
                "a country is one of England, Wales, Northern Ireland",
            ),
            (
                {"age": "old"},
                "an age is one of pre-16, 16-18, 18+, 19+, or a number of years",
            ),
            (
                {"age": "\u0661\u0667"},  # digits, but not those of the service
                "an age is one of pre-16, 16-18, 18+, 19+, or a number of years",
            ),
        ],
    )
    def test_a_refusal_says_what_would_be_right(self, asked, message):
        with pytest.raises(InvalidValue) as caught:
            RouteQuery(**asked)
        assert str(caught.value) == message

    def test_an_empty_text_is_no_filter(self):
        query = RouteQuery(keyword=" ", number="", name="", must_contain=["", " "])
        assert query == RouteQuery()
        assert RouteQuery(subject_area=None) == query


FULL = RouteQuery(
    keyword="business",
    number="500/9603/9",
    level="3",
    size="Award",
    subject_area=["15", "14.1"],
    country="Wales",
    age="19+",
    in_operation_on=dt.date(2026, 2, 28),
    must_contain=[A],
    what_if=[B, C],
    include_learner_units=False,
    name="Next year",
)


class TestASavedQuery:
    @pytest.mark.parametrize(
        "query", [FULL, RouteQuery(), RouteQuery(level="Entry", age=17)]
    )
    def test_comes_back_the_same_and_keeps_to_its_schema(self, query):
        text = query.to_json()
        assert text.isascii()
        assert RouteQuery.from_json(text) == query
        assert RouteQuery.from_json(text.encode()) == query
        path = SCHEMAS / "route-query.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        validator = Draft202012Validator(schema)
        assert [
            error.message for error in validator.iter_errors(json.loads(text))
        ] == []

    def test_as_plain_values(self):
        assert FULL.to_dict() == {
            "kind": "route-query",
            "version": 1,
            "keyword": "business",
            "number": FULL.number,
            "level": "3",
            "size": "Award",
            "subject_area": ["15", "14.1"],
            "country": "Wales",
            "age": "19+",
            "in_operation_on": "2026-02-28",
            "must_contain": list(FULL.must_contain),
            "what_if": list(FULL.what_if),
            "include_learner_units": False,
            "name": "Next year",
        }
        assert FULL.to_json() == json.dumps(FULL.to_dict(), indent=2)

    def test_may_lack_members_and_have_later_ones(self):
        values = {"kind": "route-query", "version": 1, "level": "2", "later": 1}
        assert RouteQuery.from_dict(values) == RouteQuery(level="2")

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"kind": "structure"}, "kind"),
            ({"kind": None}, "kind"),
            ({"version": 2}, "version"),
            ({"keyword": 1}, "member"),
            ({"what_if": "Y5061910"}, "member"),
            ({"what_if": [1]}, "member"),
            ({"age": True}, "member"),
            ({"include_learner_units": "no"}, "member"),
            ({"in_operation_on": "31/12/2026"}, "member"),
            ({"level": "9"}, "level"),
        ],
    )
    def test_that_is_wrong_is_refused(self, changes, reason):
        with pytest.raises(InvalidValue) as caught:
            RouteQuery.from_dict(RouteQuery().to_dict() | changes)
        assert caught.value.reason == reason

    @pytest.mark.parametrize("text", ["", "{", "[]", "1", b"\xff", "[" * 100_000])
    def test_that_is_no_json_object_is_refused(self, text):
        with pytest.raises(InvalidValue) as caught:
            RouteQuery.from_json(text)
        assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (None, set()),
        (Level.LEVEL_3, {"3"}),
        (Level.ENTRY_2, {"E2", "Entry"}),
        ("Entry Level", {"Entry"}),
        ("Level 1/2", {"1", "2"}),
        ("Level 1 / Level 2", {"1", "2"}),
        ("1-3", {"1", "2", "3"}),
        ("Entry 1-3", {"E1", "E2", "E3", "Entry"}),
        ("Entry 1/5", {"E1", "E2", "E3", "Entry"}),
        ("Level 3", {"3"}),
        ("Level 9", set()),
        ("higher", set()),
    ],
)
def test_the_levels_that_a_text_names(level, names):
    assert routes.named_levels(level) == names


class TestSubjectAreas:
    def test_there_are_fifteen_and_fifty(self):
        areas = routes.subject_areas()
        assert len([code for code in areas if "." not in code]) == 15
        assert len([code for code in areas if "." in code]) == 50
        assert all(area.first_tier in areas for area in areas.values())

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("15.3", "15.3"),
            ("01.1", "1.1"),
            (" 15 ", "15"),
            ("15.3 Business management", "15.3"),
            ("15.3 - anything", "15.3"),
            ("Business Management", "15.3"),
            ("business,  administration and LAW", "15"),
            ("Nursing, and subjects and vocations allied to medicine", "1.2"),
            ("Child development and well being", "1.5"),
            ("ICT for users", "6.2"),
            ("Science", "2.1"),
            ("16", None),
            ("15.9", None),
            ("15.31", None),
            ("151", None),
            ("", None),
            ("Witchcraft", None),
        ],
    )
    def test_are_named_in_several_ways(self, text, code):
        found = routes.find_subject_area(text)
        assert (None if found is None else found.code) == code

    def test_an_area_lies_in_its_first_tier(self):
        assert routes.area_codes("Law and Legal Services") == {"15.5", "15"}
        assert routes.area_codes("15") == {"15"}
        assert routes.area_codes("none") == frozenset()


# --- the catalogue ----------------------------------------------------------------


class TestACatalogue:
    def test_is_a_collection_in_the_order_given(self):
        entries = [qualification("60000002"), qualification("60000001")]
        catalogue = index(iter(entries))
        assert list(catalogue) == entries
        assert len(catalogue) == 2
        assert entries[0] in catalogue
        assert qualification("60000002", title="Other") not in catalogue
        assert "60000002" not in catalogue
        assert repr(catalogue) == "Catalogue(2 qualifications)"
        assert list(pickle.loads(pickle.dumps(catalogue))) == entries  # noqa: S301
        assert list(copy.deepcopy(catalogue)) == entries

    def test_finds_by_number_with_obliques_or_without(self):
        catalogue = index([qualification("600/0000/1"), qualification("60000002")])
        assert numbers(catalogue.by_number("60000001")) == ["600/0000/1"]
        assert numbers(catalogue.by_number("600/0000/2")) == ["60000002"]
        assert catalogue.by_number("60000003") == ()

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("patisserie", ["1"]),
            ("PÂTISSERIE bakery", ["1"]),
            ("hair", ["2"]),
            ("dressing men's", ["2"]),
            ("and", ["1", "2"]),
            ("and hair bakery", []),
            ("", ["1", "2"]),
        ],
    )
    def test_finds_by_words_of_the_title(self, words, found):
        catalogue = index(
            [
                qualification("1", title="Award in Bakery and Pa\u0302tisserie"),
                qualification("2", title="Hairdressing and Men\u2019s Grooming"),
            ]
        )
        assert numbers(catalogue.by_keyword(words)) == found

    def test_finds_by_unit_and_by_equivalent(self):
        given = structure(A, equivalents=[Equivalent(A, [B]), Equivalent(C, [D])])
        catalogue = index(
            [
                Qualification(number="1", structure=given),
                qualification("2", B),
                qualification("3"),
            ]
        )
        assert numbers(catalogue.by_unit("Y5061910")) == ["1"]
        assert numbers(catalogue.by_unit(B)) == ["1", "2"]
        assert catalogue.by_unit(D) == ()  # what it stands for is not listed

    def test_says_what_is_wrong_and_keeps_it(self):
        catalogue = index(
            [
                qualification("600/3280/7", level="Level 1/2", subject_area="15.3"),
                qualification("6003280", level="Level 9"),
                qualification("60032808", subject_area="16.9"),
                qualification("60032807"),
                qualification("61000810", level="Entry Level"),
                qualification(""),
                qualification(""),
            ]
        )
        assert [(one.code, one.path) for one in catalogue.report] == [
            ("qan-format", ("qualification", 2, "number")),
            ("catalogue-level-unknown", ("qualification", 2, "level")),
            ("qan-check-character", ("qualification", 3, "number")),
            ("catalogue-subject-area-unknown", ("qualification", 3, "subject_area")),
            ("catalogue-number-twice", ("qualification", 4, "number")),
            ("qan-format", ("qualification", 6, "number")),
            ("qan-format", ("qualification", 7, "number")),
        ]
        assert numbers(catalogue.by_number("6003280")) == ["6003280"]
        assert len(catalogue.by_number("60032807")) == 2
        assert len(search(catalogue)) == 7


# --- filters ----------------------------------------------------------------------


def of_filter(**query):
    """Return which of some qualifications are found; they differ in everything."""
    catalogue = [
        Qualification(
            number="1",
            title="Award in Team Leading",
            level="Level 2",
            credit=12,
            subject_area="Business management",
            countries=["England", "Wales"],
            ages=["16-18", "19+"],
            operational_start=dt.date(2010, 9, 1),
            operational_end=dt.date(2020, 8, 31),
        ),
        Qualification(
            number="2",
            title="Certificate in Team Work",
            level="Level 1/2",
            credit=13,
            subject_area="14.2",
            countries=["England"],
            ages=["pre-16"],
            operational_start=dt.date(2020, 9, 1),
        ),
        Qualification(
            number="3",
            title="Diploma in Leading",
            level=Level.ENTRY_3,
            structure=structure(A, B, total=37),
            subject_area="15",
            countries=["Northern Ireland"],
            ages=["18+"],
            operational_end=dt.date(2010, 8, 31),
        ),
        Qualification(
            number="4",
            title="Nothing known",
            structure=structure(A, level="Entry 1"),
            level=None,
        ),
        Qualification(number="5", level="Entry Level"),
    ]
    return "".join(sorted(numbers(search(catalogue, RouteQuery(**query)))))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "12345"),
        ({"keyword": "team"}, "12"),
        ({"keyword": "leading team"}, "1"),
        ({"number": "1"}, "1"),
        ({"number": "9"}, ""),
        ({"level": "2"}, "12"),
        ({"level": "1"}, "2"),
        ({"level": "E3"}, "3"),
        ({"level": "E1"}, "4"),
        ({"level": "Entry"}, "345"),
        ({"size": "Award"}, "14"),
        ({"size": "Certificate"}, "2"),
        ({"size": "Diploma"}, "3"),
        ({"subject_area": "15.3"}, "1"),
        ({"subject_area": "15"}, "13"),
        ({"subject_area": ["14", "15.3"]}, "12"),
        ({"country": "Wales"}, "1"),
        ({"country": "England"}, "12"),
        ({"age": "19+"}, "1"),
        ({"age": 15}, "2"),
        ({"age": 18}, "13"),
        ({"age": 30}, "13"),
        ({"in_operation_on": dt.date(2010, 8, 31)}, "345"),
        ({"in_operation_on": dt.date(2010, 9, 1)}, "145"),
        ({"in_operation_on": dt.date(2020, 8, 31)}, "145"),
        ({"in_operation_on": dt.date(2020, 9, 1)}, "245"),
        ({"must_contain": [A]}, "34"),
        ({"must_contain": [A, B]}, "3"),
        ({"must_contain": [A, C]}, ""),
        ({"must_contain": [A], "keyword": "diploma", "level": "Entry"}, "3"),
        ({"country": "England", "level": "2", "keyword": "work"}, "2"),
    ],
    ids=str,
)
def test_filters(query, found):
    assert of_filter(**query) == found


# --- how far a learner is ---------------------------------------------------------


class TestTheOrder:
    @pytest.mark.usefixtures("evaluated")
    def test_nearest_first_then_nothing_counts_then_no_way(self):
        catalogue = [
            qualification("9", A, B, C, total=15),  # 5 of 15
            qualification("8", A, B, total=10),  # 5 of 10
            qualification("7", A, total=5),  # met
            qualification("6", A, total=20),  # nothing completes it
            qualification("5", B, C, total=10),  # nothing counts
            qualification("4", B, total=5),  # nothing counts
            qualification("3"),  # no structure
            qualification("2", A, C, total=10),  # 5 of 10
        ]
        found = search(catalogue, achievements=have(A))
        assert numbers(found) == ["7", "2", "8", "9", "4", "5", "3", "6"]
        facts = [
            (
                one.is_met,
                one.credits_needed,
                one.credits_towards,
                one.completed_unit_count,
            )
            for one in found
        ]
        assert facts == [
            (True, 0, 5, 1),
            (False, 5, 5, 1),
            (False, 5, 5, 1),
            (False, 10, 5, 1),
            (False, 5, 0, 0),
            (False, 10, 0, 0),
            (False, None, None, 0),
            (False, None, None, 1),
        ]

    @pytest.mark.usefixtures("evaluated")
    def test_of_two_that_need_as_much_the_one_that_has_more(self):
        catalogue = [
            qualification("1", A, C, total=10),
            qualification("2", A, B, C, total=15),
        ]
        assert numbers(search(catalogue, achievements=have(A, B))) == ["2", "1"]

    def test_only_what_is_touched_is_evaluated_at_once(self, evaluated):
        asks = structure(B, C, name="2", requirements=[Requirement("x")])
        catalogue = index(
            [qualification("1", A, B), Qualification(number="2", structure=asks)]
        )
        found = search(catalogue, achievements=have(A), as_of=dt.date(2026, 1, 1))
        assert [one[0] for one in evaluated] == ["1"]
        assert found[1].credits_needed == 10
        assert evaluated[1] == ("2", (), dt.date(2026, 1, 1), [], ())
        assert found[1].credits_towards == 0
        search(catalogue, achievements=have(A), as_of=dt.date(2026, 1, 1))[1].is_met  # noqa: B018
        assert len(evaluated) == 3  # what nothing gives is known by now
        search(catalogue, as_of=dt.date(2026, 1, 2))[1].is_met  # noqa: B018
        assert len(evaluated) == 4  # but not on another day
        search(catalogue, as_of=dt.date(2026, 1, 2), facts=["x"])[1].is_met  # noqa: B018
        assert evaluated[4][4] == ("x",)  # or with other facts

    @pytest.mark.usefixtures("evaluated")
    def test_a_limit_cuts_the_list(self):
        catalogue = index([qualification(str(n), A, total=n) for n in range(1, 6)])
        assert numbers(search(catalogue, limit=2)) == ["1", "2"]
        assert search(catalogue, limit=0) == ()
        with pytest.raises(ValueError, match="limit"):
            search(catalogue, limit=-1)

    def test_the_same_number_twice_comes_in_a_fixed_order(self):
        one = qualification("1", title="Award", countries=["Wales", "England"])
        two = qualification("1", title="Award", countries=["Wales"])
        three = qualification("1", title="Award", type="Other", level="3")
        expected = search([one, two, three])
        assert len(set(expected)) == 3
        for given in ([two, three, one], [three, two, one], [two, one, three]):
            assert search(given) == expected


class TestWhatCounts:
    @pytest.mark.usefixtures("evaluated")
    def test_what_if_units_count_and_are_not_completed(self):
        query = RouteQuery(what_if=[B])
        [found] = search([qualification("1", A, B)], query, have(A))
        assert found.counted == ("Y5061910", "L5061905")
        assert found.completed_unit_count == 1
        assert found.is_met

    def test_what_if_units_are_had_on_the_day(self, evaluated):
        day = dt.date(2026, 1, 1)
        search([qualification("1", A, B)], RouteQuery(what_if=[B]), as_of=day)
        assert evaluated[0][3] == [Achievement("L5061905", date=day)]

    @pytest.mark.usefixtures("evaluated")
    def test_the_learners_own_units_may_be_left_out(self):
        query = RouteQuery(include_learner_units=False)
        [found] = search([qualification("1", A, B)], query, have(A))
        assert found.credits_towards == 0

    def test_a_unit_that_is_not_listed_goes_to_other_credit(self, evaluated):
        other = OtherCredit(level="2", subject_areas=["15.3"])
        open_to = Structure(
            name="open",
            total=5,
            root=Group(
                name="All",
                groups=[
                    Group(name="A", units=[Unit(A, 5, 2)]),
                    Group(name="Other", other=other),
                ],
            ),
        )
        catalogue = index([Qualification(number="1", structure=open_to)])

        def is_asked(**facts):
            evaluated.clear()
            search(catalogue, achievements=[Achievement(E, **facts)])
            return bool(evaluated)

        right = {"credit": 5, "level": "2", "subject_areas": ["15.03", "15.3"]}
        assert is_asked(**right)
        assert is_asked(**right | {"level": "3"})
        assert not is_asked(**right | {"level": "1"})
        assert not is_asked(**right | {"level": None})
        assert not is_asked(**right | {"credit": None})
        assert not is_asked(**right | {"credit": 0})
        assert not is_asked(**right | {"subject_areas": ["14.1"]})
        assert not is_asked(**right | {"subject_areas": []})

    def test_an_exemption_names_its_group(self, evaluated):
        catalogue = [qualification("1", A, B), qualification("2", C)]
        exemption = Achievement("", 5, group="A", kind="exemption")
        search(catalogue, achievements=[exemption])
        assert len(evaluated) == 2
        evaluated.clear()
        search(catalogue, achievements=[Achievement("", 5, group="B", kind="rpl")])
        assert evaluated == []

    def test_facts_and_day_are_passed_on(self, evaluated):
        day = dt.datetime(2026, 1, 1, 8, 0, tzinfo=dt.UTC)
        asks = structure(A, requirements=[Requirement("first aid")])
        search(
            [Qualification(number="1", structure=asks)],
            achievements=have(A),
            as_of=day,
            facts=["first aid"],
        )
        assert evaluated[0][2:] == (dt.date(2026, 1, 1), [], ("first aid",))

    def test_a_fact_of_another_qualification_is_no_mistake(self):
        asks = structure(A, total=5, requirements=[Requirement("first aid")])
        catalogue = [
            Qualification(number="1", structure=asks),
            qualification("2", A, total=5),
        ]
        found = search(catalogue, achievements=have(A), facts=["first aid"])
        assert [one.is_met for one in found] == [True, True]

    def test_a_limit_is_not_negative(self):
        with pytest.raises(ValueError, match=r"^a limit is not negative$"):
            search([qualification("1")], limit=-1)

    @pytest.mark.usefixtures("evaluated")
    def test_what_counts_is_named(self):
        [found] = search([qualification("1", A, B)], achievements=have(A, B, C))
        assert found.counted == ("Y5061910", "L5061905")
        assert found.completed_unit_count == 2
        assert found.is_proven


# --- a route ----------------------------------------------------------------------


CERTIFICATE = Qualification(
    number="600/3280/7",
    title="Level 3 Certificate",
    structure=structure(A, B, C, total=15),
    awarding_organisation="Ashmere Awards",
    type="Vocationally-Related Qualification",
    level="Level 3",
    subject_area="Business Management",
    min_hours=90,
    max_hours=120,
    countries=["England", "Northern Ireland"],
    ages=["16-18", "19+"],
    operational_start=dt.date(2012, 9, 1),
    certification_end=dt.date(2020, 8, 31),
    is_sensitive=True,
)


class TestARoute:
    @pytest.mark.usefixtures("evaluated")
    def test_has_every_field_of_the_service(self):
        [found] = search([CERTIFICATE], achievements=have(A))
        assert found.to_rta() == {
            "AccreditationNumber": "600/3280/7",
            "AwardingOrganisationName": "Ashmere Awards",
            "CertificationEndDate": "2020-08-31T00:00:00",
            "CompletedUnitCount": 1,
            "CreditsTowards": 5,
            "DerivedTitle": "Level 3 Certificate",
            "EighteenPlus": False,
            "MaximumGuidedLearningHours": 120,
            "MinimumGuidedLearningHours": 90,
            "NineteenPlus": True,
            "OfferedInEngland": True,
            "OfferedInNorthernIreland": True,
            "OfferedInWales": False,
            "OperationalEndDate": None,
            "OperationalStartDate": "2012-09-01T00:00:00",
            "OrganisationAcronym": None,
            "PreSixteen": False,
            "QualificationLevelDescription": "Level 3",
            "QualificationSize": "Certificate",
            "QualificationSubLevelDescription": "None",
            "Sensitive": True,
            "SixteenToEighteen": True,
            "SsaCode": "15.3",
            "SsaDescription": "Business management",
            "TotalCredits": 15,
            "Type": "Vocationally-Related Qualification",
        }

    def test_says_before_sixteen_by_the_same_words(self):
        [found] = search([Qualification(number="1", ages=["pre-16"])])
        assert found.to_rta()["PreSixteen"] is True
        assert found.to_rta()["NineteenPlus"] is False

    @pytest.mark.usefixtures("evaluated")
    def test_as_plain_values(self):
        [found] = search([CERTIFICATE], achievements=have(A))
        assert found.to_dict() == {
            "number": "600/3280/7",
            "title": "Level 3 Certificate",
            "awarding_organisation": "Ashmere Awards",
            "level": "3",
            "size": "Certificate",
            "total": 15,
            "subject_area": "Business Management",
            "is_met": False,
            "credits_needed": 10,
            "credits_towards": 5,
            "completed_unit_count": 1,
            "counted": ["Y5061910"],
            "is_proven": True,
            "is_sensitive": True,
        }
        [bare] = search([Qualification(number="1")])
        plain = bare.to_dict()
        assert (plain["level"], plain["size"], plain["counted"]) == (None, None, [])

    def test_what_the_qualification_does_not_say_is_not_said(self):
        [found] = search([Qualification(number="1", ages=["18+"])])
        fields = found.to_rta()
        offered = [name for name in fields if name.startswith("Offered")]
        assert [fields[name] for name in offered] == [None] * 3
        texts = ("AwardingOrganisationName", "DerivedTitle", "SsaDescription", "Type")
        assert [fields[name] for name in texts] == [None] * 4
        assert (fields["EighteenPlus"], fields["PreSixteen"]) == (True, False)

    def test_takes_the_certification_end_of_the_structure_when_it_has_none(self):
        rules = attrs.evolve(
            structure(A, total=5), certification_end=dt.date(2027, 8, 31)
        )
        [found] = search([Qualification(number="1", structure=rules)])
        assert found.to_rta()["CertificationEndDate"] == "2027-08-31T00:00:00"

    @pytest.mark.parametrize(
        ("level", "words"),
        [
            (Level.ENTRY_2, ("Entry Level", "Entry 2")),
            ("Entry Level", ("Entry Level", "None")),
            ("Level 1/2", ("Level 1/2", "None")),
            (None, (None, None)),
        ],
    )
    def test_names_levels_as_the_register_does(self, level, words):
        [found] = search([Qualification(number="1", level=level, subject_area="x")])
        fields = found.to_rta()
        assert words == (
            fields["QualificationLevelDescription"],
            fields["QualificationSubLevelDescription"],
        )
        assert (fields["SsaCode"], fields["SsaDescription"]) == (None, "x")
        assert fields["QualificationSize"] is None

    @pytest.mark.usefixtures("evaluated")
    def test_is_a_value(self):
        catalogue = index([qualification("1", A, B), qualification("2", C)])
        first, second = search(catalogue, achievements=have(A))
        again = search(catalogue, achievements=have(A))
        assert (first, second) == again
        assert hash(second) == hash(again[1])
        assert second != search(catalogue, achievements=have(C))[0]
        assert pickle.loads(pickle.dumps((first, second))) == again  # noqa: S301
        assert copy.deepcopy(second).standing == second.standing
        assert (first.title, first.size) == ("Award", Size.AWARD)

    def test_a_sensitive_one_is_marked_and_shows_itself_nowhere_by_chance(self):
        [found] = search([qualification("1", is_sensitive=True)])
        assert found.is_sensitive
        assert repr(found) == "Route(a sensitive qualification)"

    @pytest.mark.parametrize("known", [None, False, True])
    def test_whether_it_is_sensitive_may_not_be_known(self, known):
        [found] = search([qualification("1", is_sensitive=known)])
        assert found.is_sensitive is bool(known)
        assert found.to_dict()["is_sensitive"] is bool(known)
        assert found.to_rta()["Sensitive"] is known
        assert repr(search([qualification("1")])) == "(Route('1'),)"

"""Writes the golden screens and pages of evaluations.

When a test says that they are others now, look at them in a browser, then run
`python tests/golden/make_combination.py`. All structures and achievements are invented,
but for the ones in examples/roc.
"""

import datetime as dt
from pathlib import Path

from ulnlib.qualifications import Achievement, Group, LevelMinimum, Structure, Unit
from ulnlib.rules.combination import (
    evaluate,
    parse_text,
    read_achievements,
    read_structure,
)

FOLDER = Path(__file__).parent / "combination"
EXAMPLES = Path(__file__).parents[2] / "examples" / "roc"
DAY = dt.date(2026, 11, 28)
THEN = dt.date(2026, 5, 1)
PAGES = ("half", "met", "nested", "stuck")

STUCK = """
Level 2 Certificate that nobody can complete
total 20; level 2; 15 at level
group Core: mandatory, 8 credits
  A/100/0001  4  L2  First
  A/100/0002  4  L2  Second
group Options: mandatory, at least 6 credits, at most 8 credits
  A/100/0003  3  L1  Third
  A/100/0004  4  L1  Fourth
  A/100/0005  4  L2  Fifth
  A/100/0006  4  L2  Sixth
"""

NESTED = """
Diploma Lefel 3 mewn Crefft Môr a Thŷ <"&'>
total 30; level 3
group Gorfodol: mandatory, 6 credits
  A/100/0001  6  L3  Gweithio'n ddiogel ar lŵn a thrwsio cychod
group Llwybrau: mandatory, 1 group
  group Llwybr A: at least 12 credits
    group Craidd: mandatory, 6 credits
      A/100/0002  6  L3  Crème brûlée & façade
    group Dewisol: mandatory, at least 6 credits
      A/100/0003  3  L3  Dysgu
      A/100/0004  3  L3  Addysgu
      group Uned fach: at most 3 credits
        A/100/0007  3  L3  Ŵyn
        group Dyfnach
          A/100/0017  3  L3  Ŷd
          group Dyfnach fyth
            A/100/0027  3  L3  Îâêôû
  group Llwybr B: at least 12 credits
    A/100/0005  6  L3  Æther
    A/100/0006  6  L3  Straße
group Arall: at least 6 credits, other level 2
"""


def workshop():
    text = (EXAMPLES / "invented-l3-workshop.txt").read_text(encoding="utf-8")
    return parse_text(text).structure


def had(*units, **more):
    return [Achievement(unit=unit, date=THEN, **more) for unit in units]


def many():
    """A structure of 120 units with long titles."""
    words = " of some length about managing & developing relations with <others>"
    units = [
        Unit(
            f"Y/{500 + n}/{1000 + n}",
            2 + n % 5,
            str(2 + n % 3),
            f"Title {n}{words}{' and its many consequences' * (n % 4)}",
        )
        for n in range(120)
    ]
    groups = [
        Group(
            name="Mandatory Group A with a rather long name that goes on",
            units=units[:8],
            min_credit=20,
            is_mandatory=True,
        ),
        Group(
            name="Optional Group B",
            units=units[8:80],
            min_credit=13,
            max_credit=40,
            is_mandatory=True,
            level_minimum=LevelMinimum("3", 3),
        ),
        Group(name="Optional Group C", units=units[80:], max_credit=10),
    ]
    structure = Structure(
        name="Level 3 Diploma in Something with a Long Name (QCF)",
        total=58,
        root=Group(name="All", groups=groups),
        level="3",
        min_credit_at_level=30,
        reference="S/016/607",
    )
    some = [units[n].reference for n in (0, 1, 2, 3, 10, 11, 20, 85, 86, 87, 90)]
    return structure, had(*some)


def cases():
    """Return the evaluations by name."""
    rules = workshop()
    whole = ("R/900/0001", "Y/900/0002", "D/900/0003", "H/900/0004", "K/900/0005")
    met = evaluate(
        rules,
        [
            *had(*whole, "T/900/0010", "F/900/0012", "A/900/0011", "L/900/0014"),
            Achievement(
                unit="",
                kind="exemption",
                credit=4,
                level="3",
                group="Options",
                date=THEN,
            ),
        ],
        facts=["placement"],
        as_of=DAY,
    )
    half = evaluate(
        rules,
        [
            *had("R/900/0001", "D/900/0020", "M/900/0006", "T/900/0007", "F/900/0009"),
            *had("T/900/0010", "J/900/0013", "Y/900/0016", "L/900/0014"),
            Achievement(
                unit="B/111/1111",
                credit=3,
                level="2",
                subject_areas=["4.1"],
                date=dt.date(2026, 1, 1),
                title="Measure & mark <things>",
            ),
            Achievement(
                unit="C/111/1111",
                credit=3,
                level="2",
                subject_areas=["4.1"],
                date=dt.date(2016, 1, 1),
            ),
            Achievement(
                unit="A/900/0008", credit=4, level="4", date=dt.date(2027, 1, 1)
            ),
        ],
        what_if=had("D/900/0003"),
        facts=["placement"],
        as_of=DAY,
    )
    business = read_structure((EXAMPLES / "skillscfa-l3-ba.json").read_bytes())
    learner = read_achievements((EXAMPLES / "achievements.csv").read_bytes())
    structure, some = many()
    return {
        "met": met,
        "half": half,
        "nothing": evaluate(rules, [], facts=["placement"], as_of=DAY),
        "lacking": evaluate(rules, had("R/900/0001"), as_of=DAY),
        "business": evaluate(business.structure, learner.achievements, as_of=DAY),
        "stuck": evaluate(
            parse_text(STUCK).structure, had("A/100/0001", "A/100/0003"), as_of=DAY
        ),
        "nested": evaluate(
            parse_text(NESTED).structure, had("A/100/0001", "A/100/0002", "A/100/0007")
        ),
        "many": evaluate(structure, some, as_of=DAY),
    }


def golden():
    """Return the golden files by name."""
    files = {}
    for name, evaluation in cases().items():
        files[f"{name}.txt"] = evaluation.to_text()
        if name in PAGES:
            files[f"{name}.html"] = evaluation.to_html()
    return files


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, text in golden().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

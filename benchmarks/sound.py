"""How many pairs the sound codes find, how often strangers share one, and how fast.

Beside ours stand four codes of jellyfish, over the letters of a name alone. A hit is a
pair that shares a code. The *false agreement* u is the chance that two people drawn at
random agree; it is given as a ratio to that of exact spelling. The population is the
census of the United States of 1990 (package `names`), three quarters, and the surnames
of Faker's locales, a quarter in equal parts: no list of UK surnames with a safe licence
was found.
"""

from __future__ import annotations

__all__ = ["figures"]

import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import jellyfish

from benchmarks.harness import Figure, fastest
from ulnlib.matching.sound import codes

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ROOT / "tests" / "unit" / "matching" / "sound_training.csv"
DEVELOPMENT = ROOT / "tests" / "unit" / "matching" / "sound_development.csv"
HELD_OUT = ROOT / "tests" / "held_out" / "sound_pairs.csv"

Code = Callable[[str], tuple[str, ...]]
Pair = tuple[str, str]

_LOCALES = tuple(
    locale
    for locales in (
        "en_GB en_IE ga_IE",
        "en_IN en_PK",
        "en_NG yo_NG ig_NG ha_NG tw_GH",
        "pl_PL cs_CZ sk_SK hr_HR bg_BG uk_UA lt_LT lv_LV ro_RO hu_HU",
        "el_GR tr_TR",
        "de_DE nl_NL sv_SE fr_FR es_ES pt_PT it_IT",
        "vi_VN",
    )
    for locale in locales.split()
)
_CENSUS_SHARE = 0.75
_CENSUS_COVERS = 90.483  # per cent of the people: the last line of the file says so


def _letters(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    return "".join(one for one in apart if one.isascii() and one.isalpha())


def _peer(code: Callable[[str], str]) -> Code:
    return lambda name: (code(_letters(name)),)


PEERS: dict[str, Code] = {
    "soundex": _peer(jellyfish.soundex),
    "metaphone": _peer(jellyfish.metaphone),
    "nysiis": _peer(jellyfish.nysiis),
    "match rating": _peer(jellyfish.match_rating_codex),
}


def _pairs(path: Path) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that ought to meet, and those that must not."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if line[:1] != "#"))
    meet: list[Pair] = []
    apart: list[Pair] = []
    for row in rows:
        is_apart = row.get("meet") == "no" or row.get("kind") == "control"
        (apart if is_apart else meet).append((row["one"], row["other"]))
    return meet, apart


def _hits(pairs: list[Pair], code: Code) -> int:
    return sum(not set(code(one)).isdisjoint(code(other)) for one, other in pairs)


def _beside(pairs: list[Pair]) -> str:
    return ", ".join(f"{name} {_hits(pairs, code)}" for name, code in PEERS.items())


def _census() -> dict[str, float]:
    """Return surnames with their shares; what is rounded to nothing shares the rest."""
    text = (files("names") / "dist.all.last").read_text(encoding="ascii")
    shares = {
        line.split()[0].title(): float(line.split()[1]) for line in text.splitlines()
    }
    rare = sum(not share for share in shares.values())
    rest = (_CENSUS_COVERS - sum(shares.values())) / rare
    return {name: share or rest for name, share in shares.items()}


def _locale(name: str) -> Mapping[str, float]:
    provider = import_module(f"faker.providers.person.{name}").Provider
    for attribute in ("unisex_last_names", "last_names"):
        found = getattr(provider, attribute, ())
        if len(found) > 1:
            is_weighted = isinstance(found, Mapping)
            return found if is_weighted else Counter(dict.fromkeys(found, 1))
    return {}


def _population() -> dict[str, float]:
    """Return the surnames of the population with their shares, one in all."""
    shares: defaultdict[str, float] = defaultdict(float)
    census = _census()
    whole = sum(census.values())
    for name, share in census.items():
        shares[name] += _CENSUS_SHARE * share / whole
    locales = [found for found in map(_locale, _LOCALES) if found]
    for found in locales:
        whole = sum(found.values())
        for name, weight in found.items():
            if _letters(name):
                shares[name] += (1 - _CENSUS_SHARE) / len(locales) * weight / whole
    whole = sum(shares.values())
    return {name: share / whole for name, share in shares.items()}


def _agreement(shares: Mapping[str, float], code: Code) -> tuple[float, float, float]:
    """Return the chance that two people agree, names a code, and codes a name.

    Names with the same codes are taken together; two people who share two codes are
    counted once.
    """
    groups: defaultdict[tuple[str, ...], float] = defaultdict(float)
    sizes: Counter[str] = Counter()
    made = 0
    for name, share in shares.items():
        found = code(name)
        groups[found] += share
        sizes.update(found)
        made += len(found)
    by_code: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for group in groups:
        for one in group:
            by_code[one].append(group)
    chance = 0.0
    for group, share in groups.items():
        near = {other for one in group for other in by_code[one]}
        chance += share * sum(groups[other] for other in near)
    return chance, made / len(sizes), made / len(shares)


def _lists(*, held_out: bool) -> Iterator[tuple[str, Path]]:
    yield "training list, which the rules were written with", TRAINING
    yield "development list, ours, likewise", DEVELOPMENT
    if held_out and HELD_OUT.exists():
        yield "held-out list, which nobody tunes on", HELD_OUT


def figures(*, rounds: int, calibration: float, held_out: bool) -> Iterator[Figure]:
    """Yield the figures of the sound codes.

    Args:
        rounds: How often the speed is measured.
        calibration: The seconds of the calibration loop.
        held_out: Whether the list that nobody tunes on is measured, too.
    """
    for what, path in _lists(held_out=held_out):
        meet, apart = _pairs(path)
        hits = _hits(meet, codes)
        is_bound = path == TRAINING
        yield Figure(
            f"Pairs found, {what}",
            f"{hits} of {len(meet)}",
            _beside(meet),
            bound="at least 52" if is_bound else "",
            is_met=hits >= 52 if is_bound else None,
        )
        if apart:
            yield Figure(
                f"Pairs that must not meet and do, {what}",
                f"{_hits(apart, codes)} of {len(apart)}",
                _beside(apart),
            )

    shares = _population()
    exact, _, _ = _agreement(shares, lambda name: (name.casefold(),))
    chance, crowd, each = _agreement(shares, codes)
    peers = {name: _agreement(shares, code) for name, code in PEERS.items()}
    yield Figure(
        "False agreement u of two strangers' surnames, to exact spelling",
        f"{chance / exact:.2f} times",
        f"u {chance:.5f} against {exact:.5f}; "
        + ", ".join(f"{name} {u / exact:.2f}" for name, (u, _, _) in peers.items()),
        bound="at most 3.5 times",
        is_met=chance / exact <= 3.5,
    )
    yield Figure(
        f"Surnames a code, {len(shares):,} surnames",
        f"{crowd:.1f}",
        ", ".join(f"{name} {size:.1f}" for name, (_, size, _) in peers.items()),
    )
    weighted = sum(share * len(codes(name)) for name, share in shares.items())
    yield Figure(
        "Codes a surname",
        f"{each:.2f}",
        f"{weighted:.2f} a person",
        bound="at most 1.5",
        is_met=each <= 1.5,
    )

    names = list(shares)[:20_000]
    seconds = fastest(
        lambda: [codes.__wrapped__(name) for name in names], rounds=rounds
    )
    rate = len(names) / seconds
    yield Figure(
        f"`codes`, {len(names):,} surnames one by one, nothing cached",
        f"{rate:,.0f} a second",
        f"{seconds / calibration:.3g} calibration loops",
        bound="at least 30,000",
        is_met=rate >= 30_000,
    )

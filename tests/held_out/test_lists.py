"""The held-out list is well formed and shares no pair with the training list.

Nothing here measures the sound key: that is a benchmark's work (see README.md).
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
HELD_OUT = HERE / "sound_pairs.csv"
TRAINING = HERE.parent / "unit" / "matching" / "sound_training.csv"

FAMILIES = {
    "English": ("English",),
    "Irish": ("Irish",),
    "Scottish": ("Scots", "Scottish Gaelic"),
    "Welsh": ("Welsh",),
    "Polish": ("Polish",),
    "Eastern European": (
        "Albanian",
        "Croatian",
        "Czech",
        "Hungarian",
        "Lithuanian",
        "Romanian",
        "Russian",
        "Ukrainian",
    ),
    "South Asian": ("Bengali", "Indian", "Punjabi", "Sinhala", "Urdu"),
    "Arabic and Somali": ("Arabic", "Somali"),
    "West African": ("Akan", "Igbo", "Yoruba"),
    "Chinese": ("Chinese",),
    "Vietnamese": ("Vietnamese",),
    "Portuguese and Spanish": ("Portuguese", "Spanish"),
    "Greek and Turkish": ("Greek", "Turkish"),
}
FAMILY_OF = {
    language: family for family, members in FAMILIES.items() for language in members
}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a list, without its header of comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(
        csv.DictReader((x for x in lines if not x.startswith("#")), strict=True)
    )


def pair_of(row: dict[str, str]) -> frozenset[str]:
    """Return the two names in either order, as plain small letters."""
    return frozenset(
        "".join(
            letter
            for letter in unicodedata.normalize("NFKD", row[side]).casefold()
            if letter.isalpha()
        )
        for side in ("one", "other")
    )


def test_the_columns_are_the_ones_that_the_readme_names() -> None:
    names = ["one", "other", "kind", "language", "source", "note"]
    assert all(list(row) == names for row in rows_of(HELD_OUT))


def test_no_cell_is_empty_or_padded_but_the_note_may_be_empty() -> None:
    for row in rows_of(HELD_OUT):
        assert all(
            value is not None and value == value.strip() for value in row.values()
        )
        assert all(value for column, value in row.items() if column != "note"), row


def test_a_pair_is_of_two_spellings_and_is_listed_once_in_either_order() -> None:
    pairs = [pair_of(row) for row in rows_of(HELD_OUT)]
    assert all(len(pair) == 2 for pair in pairs)
    assert [pair for pair, times in Counter(pairs).items() if times > 1] == []


def test_a_pair_is_alike_or_a_control_and_there_are_enough_of_both() -> None:
    kinds = Counter(row["kind"] for row in rows_of(HELD_OUT))
    assert set(kinds) == {"alike", "control"}
    assert kinds["alike"] >= 90
    assert kinds["control"] >= 40


def test_every_family_of_names_has_pairs_of_both_kinds() -> None:
    counts = Counter(
        (FAMILY_OF[row["language"]], row["kind"]) for row in rows_of(HELD_OUT)
    )
    assert [family for family in FAMILIES if counts[family, "alike"] < 10] == []
    assert [family for family in FAMILIES if counts[family, "control"] < 3] == []


def test_a_source_is_a_page_with_its_address_or_a_book_with_its_author() -> None:
    for row in rows_of(HELD_OUT):
        title, _, address = row["source"].rpartition("; ")
        page = title and address.startswith(("http://", "https://"))
        book = row["source"].startswith("book: ") and row["source"].endswith(")")
        assert bool(page) != book, row["source"]


def test_no_training_pair_is_held_out() -> None:
    training = {pair_of(row) for row in rows_of(TRAINING)}
    assert [row for row in rows_of(HELD_OUT) if pair_of(row) in training] == []


def test_the_training_list_has_its_fifty_five_pairs_each_with_a_note() -> None:
    rows = rows_of(TRAINING)
    assert all(list(row) == ["one", "other", "note"] for row in rows)
    assert all(all(row.values()) for row in rows)
    assert len({(row["one"], row["other"]) for row in rows}) == len(rows) == 55

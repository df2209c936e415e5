"""A line and its cells, in both directions."""

import csv
import io

import pytest

from ulnlib.batch.cells import join_all, join_minimal, people_safe, split

TIDY = [
    ("", [""]),
    (",", ["", ""]),
    ("a", ["a"]),
    ("a,b", ["a", "b"]),
    ("a,,b,", ["a", "", "b", ""]),
    (" a , b ", [" a ", " b "]),
    ('""', [""]),
    ('"",""', ["", ""]),
    ('"a"', ["a"]),
    ('"a,b",c', ["a,b", "c"]),
    ('"a""b"', ['a"b']),
    ('""""', ['"']),
    ('""""""', ['""']),
    ('"a\nb",c', ["a\nb", "c"]),
    ('"a\r\nb"', ["a\r\nb"]),
    ('a,"b"', ["a", "b"]),
    ('"a",b', ["a", "b"]),
    ('"a",', ["a", ""]),
    ("zo\u00eb,\U0001f600", ["zo\u00eb", "\U0001f600"]),
    ("a\0b", ["a\0b"]),
    ("'a,b'", ["'a", "b'"]),
    ("a;b\tc", ["a;b\tc"]),
]


@pytest.mark.parametrize(("text", "cells"), TIDY)
def test_a_tidy_line_is_split_into_its_cells(text, cells):
    assert split(text) == (cells, True, True)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"a"b', ["ab"]),
        ('"a"b,c', ["ab", "c"]),
        ('"a" ,c', ["a ", "c"]),
        ('"a"b"c",d', ['ab"c"', "d"]),
        ('a"b', ['a"b']),
        ('a"b,c"d', ['a"b', 'c"d']),
        ('5" pipe,x', ['5" pipe', "x"]),
        (' "a,b"', [' "a', 'b"']),
        ('""a', ["a"]),
    ],
)
def test_a_quote_where_none_belongs_makes_a_line_untidy_and_loses_nothing(text, cells):
    assert split(text) == (cells, True, False)


@pytest.mark.parametrize(
    ("text", "cells", "tidy"),
    [
        ('"', [""], True),
        ('"a', ["a"], True),
        ('a,"b', ["a", "b"], True),
        ('a,"b,c,d', ["a", "b,c,d"], True),
        ('a,"b""', ["a", 'b"'], True),
        ('"a""b', ['a"b'], True),
        ('"""', ['"'], True),
        ('x"y,"b', ['x"y', "b"], False),
    ],
)
def test_after_an_unclosed_quote_the_rest_is_the_last_cell(text, cells, tidy):
    assert split(text) == (cells, False, tidy)


@pytest.mark.parametrize(("text", "cells"), [case for case in TIDY if case[0]])
def test_the_standard_library_splits_a_tidy_line_the_same(text, cells):
    assert next(csv.reader(io.StringIO(text, newline=""))) == cells


@pytest.mark.parametrize(
    ("cells", "minimal", "every"),
    [
        ([], "", ""),
        ([""], "", '""'),
        (["a", "b"], "a,b", '"a","b"'),
        (["a,b", "c"], '"a,b",c', '"a,b","c"'),
        (['a"b'], '"a""b"', '"a""b"'),
        (["a\nb"], '"a\nb"', '"a\nb"'),
        (["a\rb"], '"a\rb"', '"a\rb"'),
        ([" a ", ""], " a ,", '" a ",""'),
        (["\0"], "\0", '"\0"'),
    ],
)
def test_cells_are_joined_with_quotes_where_needed_or_everywhere(cells, minimal, every):
    assert join_minimal(cells) == minimal
    assert join_all(cells) == every
    assert join_minimal(iter(cells)) == minimal
    assert join_all(iter(cells)) == every


@pytest.mark.parametrize(
    "cells", [["a"], ["", ""], ["a,b", 'c"d', "e\r\nf"], ['"', '""', ',"'], ["\0", " "]]
)
def test_what_is_joined_is_split_into_the_same(cells):
    assert split(join_minimal(cells)) == (cells, True, True)
    assert split(join_all(cells)) == (cells, True, True)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(first):
    assert people_safe(f"{first}1+1") == f"'{first}1+1"
    assert people_safe(first) == f"'{first}"


@pytest.mark.parametrize("text", ["", "a", "1", "'=1", "a=1", "O'Brien", " x"])
def test_another_text_stays_as_it_is(text):
    assert people_safe(text) == text

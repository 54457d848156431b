"""Places of keys and values in TOML, and what is wrong with what is no TOML."""

import re
import time
import tomllib
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.toml import KeyPath, Toml, TomlFault, read_toml
from sitegen.text import position

DOCUMENT = '''title = "x" # a comment = 1
a.b."c d" = [1, 1979-05-27 07:32:00,
  {x = "y", z = [3]}]
[menu]
"k\\u0041" = """
foo "bar" = 1
""\\" """""
[[side]]
block = 'it''
[side.sub]
q = \'\'\'a # b\'\'\'
[[side]]
block = ""
'''.replace("'it''", "'it'")


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), (1, 1), (1, 9)),
        (("a",), (2, 1), (2, 1)),
        (("a", "b", "c d"), (2, 1), (2, 13)),
        (("a", "b", "c d", 1), (2, 17), (2, 17)),
        (("a", "b", "c d", 2, "z", 0), (3, 18), (3, 18)),
        (("menu",), (4, 1), (4, 1)),
        (("menu", "kA"), (5, 1), (5, 13)),
        (("side", 0, "block"), (9, 1), (9, 9)),
        (("side", 0, "sub", "q"), (11, 1), (11, 5)),
        (("side", 1, "block"), (13, 1), (13, 9)),
    ],
)
def test_places(path, key, value):
    spot = read_toml(DOCUMENT).spots[path]
    assert (position(DOCUMENT, spot.key), position(DOCUMENT, spot.value)) == (key, value)


FAULTS = [
    ("a = 1\na = 2", "2:1 `a` is given twice, first on line 1"),
    ("[a]\nb = 1\n[a]", "3:1 `a` is given twice, first on line 1"),
    ("a = {b = 1, b = 2}", "1:13 `b` is given twice, first on line 1"),
    ("a = x", '1:5 this is no value | text stands in quotes: key = "text"'),
    ("a = 'x", "1:5 this text has no end | close it with the quote it starts with"),
    ('a = "x\nb = 1', "1:7 this text has no end | close it with the quote it starts with, on the same line"),
    ('a = "c:\\q"', "1:10 a lone backslash in a text | write \\\\, or put the text in single quotes"),
    (
        'a = "x" y',
        '1:9 something stands after the value | one `key = value` on a line; quotes within text are written \\"',
    ),
    ("a = [1,\nb", '2:1 this is no value | text stands in quotes: key = "text"'),
    ("a", "1:1 `=` is missing after the key | write: key = value"),
    ("title: x", "1:6 `=` is missing after the key | write: key = value"),
    ("= 1", "1:1 this is neither `key = value` nor a `[table]`"),
    ("a = {b 1}", "1:8 `=` is missing after the key | write: key = value"),
    ("a = {b = , c = 1}", '1:10 this is no value | text stands in quotes: key = "text"'),
    ("a = {b = 1", "1:10 this table has no end | close it with `}`"),
    ('a = "\x07"', "1:6 illegal character '\\x07'"),
    ("a.b = 1\na = 2", "2:5 this key already has a value"),
    ("a = 2024-02-30", "1:5 there is no such date or time"),
    ("a = " + "9" * 5000, "1:5 this number is too long"),
    ("a = " + "[" * 5000, "1:21 tables and lists lie more than 16 deep in one another"),
    ("a." * 5000 + "b = 1", "1:33 tables and lists lie more than 16 deep in one another"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_faults(text, message):
    with pytest.raises(TomlFault) as caught:
        read_toml(text)
    fault = caught.value
    line, column = position(text, fault.offset)
    assert f"{line}:{column} {fault.what}{f' | {fault.hint}' if fault.hint else ''}" == message


def test_bombs_end_quickly():
    start = time.perf_counter()
    for bomb in (
        "a." * 32_000 + "b = 1",
        "a = " + "[" * 60_000,
        "a = 1\n" * 10_000,
        'a = """' * 9000,
        "[a.b]\n" * 9000,
    ):
        with pytest.raises(TomlFault):
            read_toml(bomb)
    assert time.perf_counter() - start < 2


def leaves(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))


SIGNS = ("=", "[", "]", "[[", "]]", "{", "}", ",", "#", '"', "'", '"""', "'''", "\\", ".", " ")
WORDS = ("a", "b.c", "1", "true", '"x"', "'y'", "é")
LINES = ("\n", "\n[t]\n", "\n[[l]]\n", "a = 1\n", "b = [1, {c = 2}]\n", '"k" = ""\n', "1979-05-27 07:32:00Z")
pieces = st.lists(st.sampled_from((*SIGNS, *WORDS, *LINES)), max_size=30).map("".join)


@given(pieces)
def test_every_value_has_a_place(text):
    """Law: a text is refused with a fault within it, or `tomllib` agrees and each of its values has a place."""
    toml = result(text)
    if isinstance(toml, TomlFault):
        assert 0 <= toml.offset <= len(text)
    else:
        assert toml.values == tomllib.loads(text)
        assert set(leaves(toml.values)) - {()} == set(toml.spots)
        assert all(re.match(r"\S", text[spot.value :]) for spot in toml.spots.values())


def result(text: str) -> Toml | TomlFault:
    try:
        return read_toml(text)
    except TomlFault as fault:
        return fault


@given(pieces)
def test_what_tomllib_reads_is_read(text):
    """Law: nothing that is TOML is refused, unless it is too deep."""
    try:
        tomllib.loads(text)
    except ValueError:
        return
    assert isinstance(result(text), Toml) or "deep" in str(result(text))

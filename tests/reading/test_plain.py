"""The short way through front matter: whatever it understands, it understands as the long way does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.reading.front_matter import read_matter
from sitegen.reading.plain import read_plain
from sitegen.reading.yaml import Raw, read_yaml
from sitegen.text import position

POST = """title: "The Follow-up: what's next"
date: 2008-09-27T14:05:00
slug: the-follow-up
author: the-desk
tags: [pay, "a, b", 'c' ]
aliases:
  - /old/one.html
  -   "/old/two.html"
series:

empty: []
url: https://example.org/a#b
image:
  src: a.png
  alt: "A \\"desk\\""
summary: >-
  Two: lines
  # of text.

note: >
  one
"""

BARE = [
    *(
        "a",
        "a b",
        "2008-09-27 14:05",
        "a:b",
        "a: b",
        "a #b",
        "a#b",
        "a:",
        "é",
        "-",
        "- a",
        "-a",
        "~",
        "~a",
        "null",
        "no",
    ),
    *(
        "0x1",
        "?",
        "a?",
        "@a",
        "%a",
        "`a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "=",
        "<<",
        "{a: 1}",
        "a, b",
        "]",
        "[",
        "}",
        "# a",
    ),
    *(".", "...", "---", "\u00a0a", "a\u00a0", "a\u2028b", "\ufeff", "\x85", "\x7f", "a\tb", "1:30", "/a/b"),
    *(">-", ">-", ">+", ">2", "|-"),
]
QUOTED = [
    *(
        '"a"',
        "'a'",
        '""',
        "''",
        '"a: b"',
        "'a # b'",
        '"a\\n"',
        "'it''s'",
        "'a\"b'",
        '"a\'b"',
        '"a',
        "'a",
        '"a" b',
        '"a"b"',
    ),
]
SCALARS = st.sampled_from(BARE + QUOTED) | st.text("ab:#,'\"\\ -[]é?", max_size=5)
BLANKS = st.sampled_from(["", " ", "  "])
LISTS = st.lists(st.tuples(BLANKS, SCALARS, BLANKS).map("".join), max_size=3).map(lambda items: f"[{','.join(items)}]")
KEYS = st.sampled_from(["a", "b", "c", "d-e", "F_1", "<<", "'k'", "é", "no", "? k", "- k"])
PAIRS = st.tuples(KEYS, st.sampled_from([":", ": ", ":  "]), SCALARS | LISTS | st.just(""), BLANKS).map("".join)
ENTRIES = st.tuples(BLANKS, st.sampled_from(["- ", "-  ", "-"]), SCALARS, BLANKS).map("".join)
NESTED = st.tuples(st.sampled_from([" ", "  "]), PAIRS).map("".join)
LINES = PAIRS | PAIRS | ENTRIES | NESTED | st.sampled_from(["", " ", "  a", "  b ", "   c", "# a", "---", "...", "\t"])
TEXTS = st.lists(LINES, max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines))


def long_way(text: str) -> tuple[object, tuple[tuple[str, int, int], ...]]:
    found = read_yaml(text)
    places = ((".".join(map(str, key)), *position(text, spot.value)) for key, spot in found.spots.items())
    return with_kinds({} if found.value is None else found.value), tuple(places)


def with_kinds(value: Raw) -> object:
    """Return a value with the class of each text: one without quotes may mean a number."""
    if isinstance(value, dict):
        return [(key, with_kinds(item)) for key, item in value.items()]
    return tuple(map(with_kinds, value)) if isinstance(value, tuple) else (type(value), value)


@given(TEXTS)
@settings(max_examples=1000)
def test_what_the_short_way_understands_the_long_way_understands_alike(text):
    found = read_plain(text, 1)
    if found is not None:
        assert (with_kinds(found[0]), found[1]) == long_way(text)


@given(st.text("ab:-#,[]\"' \n~", max_size=20), st.integers(1, 9))
@settings(max_examples=1000)
def test_of_any_text(text, line):
    found = read_plain(text, line)
    if found is not None:
        value, places = long_way(text)
        assert (with_kinds(found[0]), found[1]) == (
            value,
            tuple((key, at + line - 1, column) for key, at, column in places),
        )


def test_it_understands_what_posts_have():
    found = read_plain(POST, 1)
    assert found is not None
    assert (with_kinds(found[0]), found[1]) == long_way(POST)
    assert read_matter(f"\n---\n{POST}---\n".encode(), "a.md").source.places[0] == ("title", 3, 8)


@pytest.mark.parametrize(
    "text", ["a: |\n  b\n", "a: b\n  c\n", "a: {b: c}\n", "a: b\na: c\n", "a:\n  b:\n    c: d\n", "a: b # c\n"]
)
def test_it_leaves_the_rest_to_the_long_way(text):
    assert read_plain(text, 1) is None


def test_a_long_list_takes_no_longer_than_it_is():
    text = "a:\n" + "- b\n" * 50_000
    found = read_plain(text, 1)
    assert found is not None
    assert found[0]["a"] == ("b",) * 50_000

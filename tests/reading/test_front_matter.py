"""From bytes to keys with their places, and every message about bytes that are no file of ours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import SourceError
from sitegen.reading.front_matter import Matter, read_matter
from sitegen.text import is_clean

PATH = "content/posts/a.md"


def read(text: str) -> Matter:
    return read_matter(text.encode(), PATH)


def faults(data: bytes) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read_matter(data, PATH)
    return [
        " | ".join(filter(None, (str(finding.place).removeprefix(PATH), finding.what, finding.hint)))
        for finding in caught.value.findings
    ]


POST = """---
title: The Follow-up
date: 2008-09-27 14:05
tags: [pay, "a, b"]
image:
  src: desk.jpg
  alt: ''
aliases:
  - /old/one.html
empty:
nothing: ~
folded: >
  two
  lines
---

First line.
"""


def test_yaml():
    matter = read(POST)
    assert matter.values == {
        "title": "The Follow-up",
        "date": "2008-09-27 14:05",
        "tags": ("pay", "a, b"),
        "image": {"src": "desk.jpg", "alt": ""},
        "aliases": ("/old/one.html",),
        "empty": None,
        "nothing": None,
        "folded": "two lines\n",
    }
    assert matter.text == "\nFirst line.\n"
    assert (matter.source.path, matter.source.text_line) == (PATH, 16)


def test_toml():
    matter = read(
        '+++\ntitle = "x"\ndate = 2008-09-27T14:05:00Z\ndraft = true\nn = [1, 1.5, {a = 14:05:00}]\n+++\ntext'
    )
    assert matter.values == {
        "title": "x",
        "date": "2008-09-27T14:05:00+00:00",
        "draft": "true",
        "n": ("1", "1.5", {"a": "14:05:00"}),
    }
    assert (matter.text, matter.source.text_line) == ("text", 7)
    assert ("n.2.a", 5, 19) in matter.source.places


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("title", "2:8"),
        ("tags", "4:7"),
        ("tags.0", "4:8"),
        ("tags.1", "4:13"),
        ("image", "6:3"),
        ("image.alt", "7:8"),
        ("aliases.0", "9:5"),
        ("unheard-of", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_places_whatever_the_line_ends_are(key, place, end, mark):
    source = read_matter(mark + POST.replace("\n", end).encode(), PATH).source
    assert str(source.place(key)).removeprefix(PATH).removeprefix(":") == place


def test_line_ends_become_line_feeds():
    assert read_matter(POST.replace("\n", "\r\n").encode(), PATH).text == read(POST).text
    assert read("a\r\nb\rc\n").text == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("text", "values", "body", "line"),
    [
        ("", {}, "", 1),
        ("no front matter\n---\n", {}, "no front matter\n---\n", 1),
        ("---\n---\n", {}, "", 3),
        ("--- \t\n\n---  \nbody", {}, "body", 4),
        ("\n \n---\na: b\n---\nbody", {"a": "b"}, "body", 6),
        ("---\na: b\n---", {"a": "b"}, "", 4),
        ("---\na: |\n  ---\nb: c\n---\nd\n---\n", {"a": "---\n", "b": "c"}, "d\n---\n", 6),
        ("+++\n+++\n---\n", {}, "---\n", 3),
    ],
)
def test_fences(text, values, body, line):
    matter = read(text)
    assert (matter.values, matter.text, matter.source.text_line) == (values, body, line)


QUOTE = 'put the text in quotes: "..."'
PLAIN = "write the value out; text that starts with `&`, `*`, `!` or `%` stands in quotes"
DEEP = "lists and mappings lie more than 16 deep in one another"
UNCLOSED = "the front matter that starts here has no end | write `{}` on a line of its own below the last key"
ESCAPE = "an escape in this text makes a character that no feed can carry | delete it"
YAML_FAULTS = [
    (
        "title: a: b",
        ':2:9 | a colon that YAML does not expect here | text with a colon stands in quotes: title: "a: b"',
    ),
    (
        'title: "a": b',
        ':2:11 | a colon that YAML does not expect here | text with a colon stands in quotes: title: "\\"a\\": b"',
    ),
    (
        "a: b\n c: d",
        ":3:3 | a colon that YAML does not expect here | check the indentation of this line and the one above it",
    ),
    ("a: b\n\tc: d", ":3:1 | a tab where YAML wants blanks | use spaces"),
    ("\ta: b", ":2:1 | a tab where YAML wants blanks | use spaces"),
    ("a: |\n\tb", ":3:1 | a tab where YAML wants blanks | use spaces"),
    ("a: 'b\nc: d", ":2:4 | this text has no end | close it with the quote it starts with"),
    ("title: 'It's'", ":2:12 | this is no `key: value` | check the indentation, and quotes within quotes"),
    ('a: "\\q"', ":2:5 | an unknown escape in this text | write \\\\ for a backslash, or use single quotes"),
    ("tags: [a, b\nc: d", ":2:7 | this list has no end | write `, ` between entries and `]` at the end"),
    ("a: {b: c", ":2:4 | this mapping has no end | write `, ` between entries and `}` at the end"),
    ("- a\nb: c", ":3:1 | this is no entry of the list | start it with `- `, or indent it less"),
    ("a: b\nnonsense\nc: d", ":4:1 | this line has no `key:` | write `key: value`; text of several lines is indented"),
    ("a: @b", f":2:4 | a value cannot start with this character | {QUOTE}"),
    ("a: %b", f":2:4 | a value cannot start with this character | {QUOTE}"),
    ("a: ]", f":2:4 | a value cannot start with this character | {QUOTE}"),
    ("just text", ':2:1 | front matter must be `key: value` lines | such as `title: "..."`'),
    ("- a", ':2:1 | front matter must be `key: value` lines | such as `title: "..."`'),
    ("? [a]\n: b", ":2:3 | a key must be a word"),
    ("'': b", ":2:1 | a key must be a word"),
    ("a: b\n--- c", ":3:1 | a second document starts here"),
    ("a: b\na: c", ":3:1 | the key `a` is given twice, first on line 2 | keep one of them"),
    ("a:\n  b: c\n  b: d", ":4:3 | the key `b` is given twice, first on line 3 | keep one of them"),
    ("%YAML 1.1\n--- \na: b", ":3:1 | this is no `key: value` | write `key: value`"),
    ("a: &b c", f":2:4 | the anchor `&b` is not read | {PLAIN}"),
    ("a: *b", f":2:4 | the alias `*b` is not read | {PLAIN}"),
    ("a: !!int 3", f":2:4 | the tag `!!int` is not read | {PLAIN}"),
    ("a: !b c", f":2:4 | the tag `!b` is not read | {PLAIN}"),
    ("<<: {a: b}", f":2:1 | merge keys (`<<`) are not read | {PLAIN}"),
    ('a: "\\x07"', f":2:4 | {ESCAPE}"),
    ("a: \x80", ":2:4 | control character U+0080 is not allowed | delete it"),
    ("é: \x80", ":2:4 | control character U+0080 is not allowed | delete it"),
    ("a: " + "[" * 900, f":2:19 | {DEEP}"),
    ("- " * 900, f":2:33 | {DEEP}"),
    ("\u2028a: b\nc: d\nc: e", ":4:1 | the key `c` is given twice, first on line 3 | keep one of them"),
]


@pytest.mark.parametrize(("yaml", "message"), YAML_FAULTS)
def test_wrong_yaml(yaml, message):
    assert faults(f"---\n{yaml}\n---\n".encode()) == [message]


def test_wrong_yaml_has_its_place_whatever_the_line_ends_are():
    data = "\ufeff---\r\ntitle: x\r\n\tdate: y\r\n---\r\n"
    assert faults(data.encode()) == [":3:1 | a tab where YAML wants blanks | use spaces"]


def test_several_faults_in_one_run():
    assert [fault.split(" | ")[0] for fault in faults(b"---\na: &x 1\na: *x\nb: !y z\n---\n")] == [
        ":2:4",
        ":3:1",
        ":3:4",
        ":4:4",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("tïtle".encode("latin-1"), ":1 | not UTF-8 at byte 2 | save the file as UTF-8"),
        (b"\xef\xbb\xbf---\na: \xe9", ":2 | not UTF-8 at byte 11 | save the file as UTF-8"),
        ("title".encode("utf-16"), ":1 | not UTF-8 at byte 1 | save the file as UTF-8"),
        ("title".encode("utf-16-le"), ":1 | not UTF-8 at byte 2 | save the file as UTF-8"),
        (b"a\nb\0", ":2 | not UTF-8 at byte 4 | save the file as UTF-8"),
        (b"\xed\xa0\x80", ":1 | not UTF-8 at byte 1 | save the file as UTF-8"),
        (b"a\n\tb\x0bc\x0c", ":2:3 | control character U+000B is not allowed | delete it"),
        ("a\r\nb\uffff".encode(), ":2:2 | control character U+FFFF is not allowed | delete it"),
        (b"---\na: b\n", ":1:1 | " + UNCLOSED.format("---")),
        (b"\n+++\n---\n", ":2:1 | " + UNCLOSED.format("+++")),
        (b"---\na: " + b"b" * 65536 + b"\n---\n", ":1 | the front matter is longer than 64 KiB"),
        (b"+++\na = 1\na = 2\n+++\n", ":3:1 | `a` is given twice, first on line 2"),
        (b"+++\na: 1\n+++\n", ":2:2 | `=` is missing after the key | write: key = value"),
        (b'+++\na = ["\\u0007"]\n+++\n', f":2:6 | {ESCAPE}"),
        (b"+++\na = " + b"[" * 900 + b"\n+++\n", ":2:21 | tables and lists lie more than 16 deep in one another"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours(data, message):
    assert faults(data) == [message]


def test_the_excerpt_is_the_line_and_safe_to_print():
    with pytest.raises(SourceError) as caught:
        read_matter(b"---\na: b\x1b[2J\n---\n", PATH)
    assert caught.value.findings[0].excerpt == "a: b\N{REPLACEMENT CHARACTER}[2J"


MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{c}: &{c} {{<<: [*{p}, *{p}]}}\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)
)
ALIAS_BOMB = "a: &a [x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True))


@pytest.mark.parametrize(
    "bomb",
    [
        MERGE_BOMB,
        ALIAS_BOMB,
        "[" * 60_000,
        "{" * 60_000,
        "? " * 30_000,
        "- " * 30_000,
        "a: " + "'" * 60_001,
        "".join(f"a{i}: 1\n" for i in range(7000)) + "a1: 1",
        "a: 1\n" * 13_000,
        "a:\n" + "".join(" " * i + "a:\n" for i in range(1, 300)),
        "&a " * 20_000,
        "!a " * 20_000,
        '"' + "\\" * 60_000,
    ],
)
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_bombs_end_quickly(bomb, fence):
    start = time.process_time()
    assert faults(f"{fence}\n{bomb}\n{fence}\n".encode())
    assert time.process_time() - start < 6  # seconds of work, whatever else the machine does


def result(data: bytes) -> Matter | SourceError:
    try:
        return read_matter(data, PATH)
    except SourceError as error:
        return error


SIGNS = (
    "---",
    "+++",
    "\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "%",
    "#",
    "?",
    "<<",
)
WORDS = (
    "\t",
    "  ",
    "\\",
    "\r",
    "a",
    "title",
    "2008-09-27",
    "= ",
    "é",
    "\u2028",
    "\x85",
    "\x07",
    "\ufeff",
    "\n---\n",
    "\n+++\n",
)
pieces = st.lists(st.sampled_from((*SIGNS, *WORDS)), max_size=30).map("".join)


@given(st.one_of(pieces, pieces.map("---\n{}\n---\n".format), pieces.map("+++\n{}\n+++\n".format), st.text()))
def test_any_text_is_read_or_refused(text):
    """Law: any text is a `Matter` whose places lie within the file, or an error with a place in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    found = result(text.encode("utf-8", "surrogatepass"))
    if isinstance(found, Matter):
        assert found.text == "\n".join(lines[found.source.text_line - 1 :])
        assert all(line <= len(lines) and column <= len(lines[line - 1]) + 1 for _, line, column in found.source.places)
        assert is_clean(str(found.values))
    else:
        assert all(1 <= finding.place.line <= len(lines) for finding in found.findings)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    found = result(data)
    assert isinstance(found, Matter) or all(finding.what for finding in found.findings)

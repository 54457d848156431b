"""A regular expression matches nothing that lacks its needle."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.reading.fast_markdown.needles import needle_of

NONE: tuple[str, ...] = ()
FOUND = {
    r"abc": ("abc",),
    r"(?<!!)\[": ("[",),
    r"x(?=@)y": ("xy",),
    r"(?<=@)x\b!": ("x!",),
    r"a.#b": ("#b",),
    r"#|@": ("#", "@"),
    r"(?:#a|.@+)\d": ("#a", "@"),
    r"(?:#|.)": NONE,
    r"[#@]": ("#", "@"),
    r"[#@&<>$%!?]": NONE,
    r"[^#]": NONE,
    r"[#-@]": NONE,
    r"#?": NONE,
    r"#*a": ("a",),
    r"(?:#a)+": ("#a",),
    r"(#)\1": ("#",),
    r"\.{3}x": ("...x",),
    r"-{2,}x": ("--",),
    r"-{9}": ("--------",),
    r"a{0}#": ("#",),
    r"(?>@#)": ("@#",),
    r"@++": ("@",),
    r"(?i)www\.": ("www.",),
    r"(?i)WWW": ("www",),
    r"(?i)skip": ("p",),
    r"(?i)é#": ("#",),
    r"(?i)é": NONE,
    r"(?i:A)b": ("a",),
    r"(?i:a)|#": NONE,
    r"(?i)a(?-i:B)": ("a",),
    r"(?x) # a comment" + "\n@": ("@",),
    r"": NONE,
    r"(?!)": NONE,
    r"(a)?(?(1)@|#)": NONE,
}


@pytest.mark.parametrize("regex", FOUND)
def test_needle(regex: str) -> None:
    needle = needle_of(re.compile(regex))
    assert (needle.literals if needle else NONE) == FOUND[regex]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([re.compile(regex) for regex in FOUND if FOUND[regex]]), st.data())
def test_each_match_has_it_where_it_is_said_to_be(regex: re.Pattern[str], data: st.DataObject) -> None:
    match, needle = regex.search(data.draw(st.from_regex(regex))), needle_of(regex)
    assert match
    assert needle
    text = match[0].lower() if needle.folded else match[0]
    places = range(needle.least, min(needle.most, len(text)) + 1)
    assert any(text.startswith(literal, place) for literal in needle.literals for place in places)

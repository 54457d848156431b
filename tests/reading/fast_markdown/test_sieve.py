"""What the sieve holds back would have matched nothing, and near a needle is found what is found anywhere."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER, STX
from markdown_pairs import SETS
from markdown_texts import mutated

from sitegen.reading.fast_markdown.sieve import Row, Sieve

EVERYTHING = "ours typography highlight autolink raw_html"


def patterns_of(name: str, run: str) -> list[InlineProcessor]:
    processor = SETS[name]().treeprocessors[run]
    return list(processor.inlinePatterns)  # type: ignore[attr-defined]


PATTERNS = [patterns_of(name, run) for name in (EVERYTHING, "pymdownx") for run in ("inline", "smarty")]


@pytest.mark.parametrize("patterns", PATTERNS)
def test_nothing_that_matches_is_held_back(patterns: list[InlineProcessor]) -> None:
    sieve = Sieve(patterns)
    tried = matched = 0
    for seed in range(300):
        text = mutated(seed, ["A text, with \"quotes\" and 'quotes' -- and *more*..."])
        rows = sieve.rows(text)
        matching = {rank for rank, pattern in enumerate(patterns) if pattern.getCompiledRegExp().search(text)}
        assert matching <= {row.rank for row in rows}
        tried, matched = tried + len(rows), matched + len(matching)
    assert matched > 1_000
    assert tried < 1.7 * matched


ROWS = [row for patterns in PATTERNS for row in Sieve(patterns).rows("".join(map(chr, range(128))) * 2)]
SIGNS = st.text(st.sampled_from("abs'\"-.\\`[!<&@: \n" + STX + ETX), max_size=20)


def assert_found_as_anywhere(row: Row, text: str, start: int) -> None:
    expected = [match.span() for match in row.regex.finditer(text, start)]
    assert [match.span() for match in row.search(text, start)] == expected


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ROWS), SIGNS, st.integers(0, 6))
def test_near_a_needle_is_found_what_is_found_anywhere(row: Row, text: str, start: int) -> None:
    assert_found_as_anywhere(row, text, start)


@pytest.mark.parametrize("regex", ["--", "(a|bb)?--", "..-", ".{0,9}a", r"\b", "(?=-)", "(?:-a|a-|--|a)-", "--|-.b"])
def test_in_every_short_text(regex: str) -> None:
    row = Sieve([InlineProcessor(regex)]).rows("ab----")[0]
    for length in range(7):
        for signs in itertools.product("ab-", repeat=length):
            for start in range(3):
                assert_found_as_anywhere(row, "".join(signs), start)


@pytest.mark.parametrize("regex", ["klz", ":0", "7", STX, f"a{STX}", f"{ETX}b"])
def test_what_a_placeholder_may_bring_in_is_always_tried(regex: str) -> None:
    (row,) = Sieve([InlineProcessor(regex)]).rows("nothing of it")
    assert row.regex.search(f"a{INLINE_PLACEHOLDER % '0007'}b")


def test_a_sieve_is_of_its_patterns_only() -> None:
    one, other = InlineProcessor("a"), InlineProcessor("b")
    sieve = Sieve([one, other])
    assert sieve.is_of([one, other])
    assert not sieve.is_of([other, one])
    assert not sieve.is_of([one])
    other.compiled_re, same = re.compile("c"), InlineProcessor("a")
    assert not sieve.is_of([one, other])
    same.compiled_re = one.compiled_re
    assert not Sieve([one]).is_of([same])

"""Which patterns a text is worth trying with, and where in it."""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, STX

from sitegen.reading.fast_markdown.delimiters import fast_pattern
from sitegen.reading.fast_markdown.literals import Literals
from sitegen.reading.fast_markdown.needles import Needle, needle_of

__all__ = ["Row", "Sieve"]

_WIDEST = 8
"""A needle that may stand further behind the start of a match does not tell where to look."""
_IN_PLACEHOLDER = frozenset(INLINE_PLACEHOLDER_PREFIX + string.digits)

Matches = Iterable[re.Match[str]]


class Row(NamedTuple):
    """A pattern, and what is known about it."""

    rank: int
    """Its place in the order of the patterns."""
    pattern: InlinePattern
    regex: re.Pattern[str]
    search: Callable[[str, int], Matches]
    """Yields for a text and a start what `regex.finditer` yields."""
    needle: Needle | None
    handler: InlinePattern
    """What handles the matches: the pattern itself, or what does so in its place."""


class Sieve:
    """The patterns of one registry, in their order."""

    def __init__(self, patterns: Sequence[InlinePattern]) -> None:
        self._rows = tuple(_row(rank, pattern) for rank, pattern in enumerate(patterns))
        self._picked: dict[int, tuple[Row, ...]] = {}
        """The rows for each set of literals that a text had, a bit for each."""
        needles = [row.needle for row in self._rows if row.needle]
        folded = {literal for needle in needles if needle.folded for literal in needle.literals if _has_case(literal)}
        self._folded = Literals(sorted(folded))
        exact = [literal for needle in needles for literal in needle.literals if literal not in folded]
        self._exact = Literals(exact)
        self._shift = len(self._folded.bits)

    def is_of(self, patterns: Sequence[InlinePattern]) -> bool:
        """Whether these are the patterns that the sieve was made of, with the same regular expressions."""
        return len(patterns) == len(self._rows) and all(
            pattern is row.pattern and pattern.getCompiledRegExp() is row.regex
            for pattern, row in zip(patterns, self._rows, strict=True)
        )

    def rows(self, text: str) -> tuple[Row, ...]:
        """Return the rows of the patterns that may match within `text`, also when others put placeholders into it."""
        held = self._exact.held(text) << self._shift
        if self._shift:
            held |= self._folded.held(text.lower())
        picked = self._picked.get(held)
        if picked is None:
            picked = self._picked[held] = tuple(row for row in self._rows if self._may_match(row, held))
        return picked

    def _may_match(self, row: Row, held: int) -> bool:
        return row.needle is None or any(held & self._bit(literal) for literal in row.needle.literals)

    def _bit(self, literal: str) -> int:
        folded = self._folded.bits.get(literal)
        return folded or self._exact.bits[literal] << self._shift


def _row(rank: int, pattern: InlinePattern) -> Row:
    regex = pattern.getCompiledRegExp()
    needle = needle_of(regex)
    if needle and any(map(_may_be_in_placeholder, needle.literals)):
        needle = None
    return Row(rank, pattern, regex, _search(needle, regex), needle, fast_pattern(pattern))


def _search(needle: Needle | None, regex: re.Pattern[str]) -> Callable[[str, int], Matches]:
    if needle is None:
        return regex.finditer
    if needle.folded and any(map(_has_case, needle.literals)):
        return _search_if_held(needle, regex)
    return regex.finditer if needle.most > _WIDEST else _search_near(needle, regex)


def _may_be_in_placeholder(literal: str) -> bool:
    """Whether a placeholder could bring the literal into a text that hasn't got it: within itself, or at its ends."""
    return STX in literal or ETX in literal or set(literal) <= _IN_PLACEHOLDER


def _has_case(literal: str) -> bool:
    return literal != literal.upper()


def _search_if_held(needle: Needle, regex: re.Pattern[str]) -> Callable[[str, int], Matches]:
    """Return a search that tries `regex` only when a text has the needle still: links hold most addresses."""
    literals, find = needle.literals, regex.finditer

    def search(text: str, start: int) -> Matches:
        lower = text.lower()
        return find(text, start) if any(literal in lower for literal in literals) else ()

    return search


def _search_near(needle: Needle, regex: re.Pattern[str]) -> Callable[[str, int], Matches]:
    """Return a search that tries `regex` only where the needle is near.

    The library's expressions often start with what is behind them, and then the search of the standard library tries
    each place of the text.
    """
    find, match = _finder(needle.literals), regex.match
    least, most = needle.least, needle.most

    def search(text: str, start: int) -> Iterator[re.Match[str]]:
        at = find(text, start + least)
        while at >= 0:
            for place in range(max(start, at - most), at - least + 1):
                if found := match(text, place):
                    yield found
                    start = found.end()
                    break
            else:
                start = at - least + 1
            at = find(text, start + least)

    return search


def _finder(literals: tuple[str, ...]) -> Callable[[str, int], int]:
    """Return a function that tells where the next literal is, -1 for nowhere."""
    if len(literals) == 1:
        (literal,) = literals
        return lambda text, start: text.find(literal, start)
    search = re.compile("|".join(map(re.escape, literals))).search

    def find(text: str, start: int) -> int:
        found = search(text, start)
        return found.start() if found else -1

    return find

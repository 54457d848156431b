"""Typography in one go over each text, instead of a pattern at a time through two stashes.

The library's typography takes some twenty patterns in their order. For each match it puts a placeholder into the text,
and in the end what the pattern made of it. What a pattern does at one place hangs on the few characters around it, and
in prose these are mostly the same: the quote of `n't `, the one before a word. So a text is looked through once for
the places where any pattern could match, and what becomes of a place is remembered by the characters around it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown.extensions.smarty import SubstituteTextPattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from sitegen.reading.fast_markdown.inline import FastInlineProcessor
from sitegen.reading.fast_markdown.needles import needle_of
from sitegen.records import dataclass

__all__ = ["PROVEN_WITH", "FastTypography", "Rule", "plain_rules"]

PROVEN_WITH = ("markdown.extensions.smarty", "markdown.inlinepatterns", "markdown.serializers")
"""Modules, other than those of the processors behind it, of which the outcome depends."""

_SIGN = r"(?:'|\"|--|\.\.\.)"
# A pattern looks, and takes, at most one character back and three ahead, so places at most four apart are one. Back to
# an entity it looks further, but then the text is one place.
_PLACE = re.compile(rf"({_SIGN}(?:.{{0,4}}{_SIGN})*.{{0,3}})", re.DOTALL)
_REMEMBERED = 4_096
# The library's placeholder is a word between STX and ETX, and patterns look at no more than these two. Twice they stand
# nowhere else, since no text that is converted has them.
_START, _END = "\x02\x02", "\x03\x03"
_MARKS = re.compile(r"[^\w\s'\".<>&\x02\x03-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern looks for, and what it puts there: marks, and by their numbers groups of the match."""

    regex: re.Pattern[str]
    parts: tuple[int | str, ...]

    def fill(self, match: re.Match[str]) -> str:
        """Return what is put in the place of a match."""
        return "".join(match[part] if isinstance(part, int) else part for part in self.parts)


def plain_rules(stock: InlineProcessor) -> tuple[Rule, ...]:
    """Return the rules of typography that puts in marks which nothing behind it would change; none when it does else.

    The library hides what it puts in from all that runs behind, as HTML, for with it that is entities (`&ldquo;`).
    """
    patterns: list[object] = list(stock.inlinePatterns)
    rules = [_plain_rule(pattern) for pattern in patterns if type(pattern) is SubstituteTextPattern]
    found = tuple(rule for rule in rules if rule)
    return found if len(found) == len(patterns) else ()


def _plain_rule(pattern: SubstituteTextPattern) -> Rule | None:
    regex = pattern.getCompiledRegExp()
    needle = needle_of(regex)
    parts = tuple(part for part in pattern.replace if isinstance(part, int | str))
    is_plain = all(isinstance(part, int) or _MARKS.fullmatch(part) for part in parts)
    if is_plain and len(parts) == len(pattern.replace) and needle and all(map(_PLACE.match, needle.literals)):
        return Rule(regex, parts)
    return None


class FastTypography(FastInlineProcessor):
    """Does what `stock`, of which all `rules` are plain, would do in a tree."""

    def __init__(self, stock: InlineProcessor, rules: Sequence[Rule]) -> None:
        super().__init__(stock)
        self._rules = rules
        self._at_place = lru_cache(_REMEMBERED)(self._by_rules)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put marks into each text of `tree`, and return it."""
        texts: list[tuple[Element, str, str]] = []
        for element in tree.iter():
            text, tail = element.text or "", element.tail or ""
            if INLINE_PLACEHOLDER_PREFIX in text or INLINE_PLACEHOLDER_PREFIX in tail:
                return super().run(tree, ancestors)  # left over, it may stand for what would be in the stash
            texts.append((element, text, tail))
        for element, text, tail in texts[1:]:
            if text and not isinstance(text, AtomicString):
                element.text = self._with_marks(text)
            if tail and not isinstance(tail, AtomicString):
                element.tail = self._with_marks(tail)
        return tree

    def _with_marks(self, text: str) -> str:
        if not ("'" in text or '"' in text or "--" in text or "..." in text):
            return text
        parts = _PLACE.split(text)
        for number in range(1, len(parts), 2):
            lead = parts[number - 1]
            if lead.endswith(";"):
                return self._by_rules(text)
            parts[number - 1] = lead[:-1]
            parts[number] = self._at_place(lead[-1:] + parts[number])
        return "".join(parts)

    def _by_rules(self, text: str) -> str:
        """Return `text` with what each rule, one after the other, makes of it."""
        for rule in self._rules:
            start = 0
            while match := rule.regex.search(text, start):
                token = f"{_START}{rule.fill(match)}{_END}"
                text = f"{text[: match.start()]}{token}{text[match.end() :]}"
                start = match.start() + len(token)
        return text.replace(_START, "").replace(_END, "")

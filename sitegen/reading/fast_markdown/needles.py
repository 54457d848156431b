"""What a regular expression cannot match without: a literal, read off its syntax tree.

`(?<!!)\\[` needs a `[`, `<([^<> !]+@[^@<> ]+)>` a `<`, `(?i)(?:ht|f)tps?://|www\\.` either `://` or `www.`. What cannot
be proven is no needle, and an expression without one is always tried.
"""

# The standard library's parser has no public name. What it may bring that is new is no needle.
import re._constants as ops  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import string
from collections.abc import Iterator
from dataclasses import replace
from re import IGNORECASE, Pattern
from typing import Any

from sitegen.records import dataclass

__all__ = ["Needle", "needle_of"]

_ZERO_WIDTH = frozenset({ops.AT, ops.ASSERT, ops.ASSERT_NOT})
_REPEATS = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_COMMON = frozenset(string.ascii_letters + string.digits + " \n.,-'\"")
_FEW = 8
"""A set of more characters is in most texts; a character repeated more often is not rarer."""
_MORE_CASES = frozenset("iksIKS")
"""ASCII letters that match more than their two cases: also the dotless i, the Kelvin sign, the long s."""

_Item = tuple[Any, Any]
"""An operation and its operand."""
_Items = Any
"""The parser's sequence of items."""


@dataclass(frozen=True, slots=True)
class Needle:
    """Literals of which every match has at least one."""

    literals: tuple[str, ...]
    least: int = 0
    """How many characters of a match stand before it: `least` to `most`."""
    most: int = 0
    folded: bool = False
    """Whether letters match without case; the literals are in lower case then."""

    @property
    def rarity(self) -> tuple[int, int, int]:
        """The higher, the fewer texts will have it."""
        rare, length = min((sum(c not in _COMMON for c in literal), len(literal)) for literal in self.literals)
        return rare, length, -len(self.literals)


def needle_of(regex: Pattern[str]) -> Needle | None:
    """Return the rarest needle that can be proven for `regex`, or None."""
    return _best(parser.parse(regex.pattern, regex.flags), folds=bool(regex.flags & IGNORECASE))


def _best(items: _Items, *, folds: bool) -> Needle | None:
    return max(_in_sequence(items, folds=folds), key=lambda needle: needle.rarity, default=None)


def _in_sequence(items: _Items, *, folds: bool) -> Iterator[Needle]:
    """Yield the needles of what stands one behind the other; literals that touch are one."""
    least = most = 0
    run, start = "", (0, 0)
    for item in items:
        if item[0] in _ZERO_WIDTH:
            continue
        literal, ends = _literal(item, folds=folds)
        start = start if run else (least, most)
        run += literal
        if ends:
            yield from _needle(run, *start, folds=folds)
            run = ""
            for inner in _within(item, folds=folds):
                yield replace(inner, least=inner.least + least, most=inner.most + most)
        narrow, wide = parser.SubPattern(items.state, [item]).getwidth()
        least, most = least + narrow, most + wide
    yield from _needle(run, *start, folds=folds)


def _needle(literal: str, least: int, most: int, *, folds: bool) -> Iterator[Needle]:
    if literal:
        yield Needle((literal,), least, most, folds)


def _literal(item: _Item, *, folds: bool) -> tuple[str, bool]:
    """Return the text that an item starts with, and whether what follows may not touch it."""
    op, value = item
    if op is ops.LITERAL:
        character = _character(value, folds=folds)
        return character, not character
    if op in _REPEATS and len(value[2]) == 1 and value[2][0][0] is ops.LITERAL:
        fewest, most, inner = value
        character = _character(inner[0][1], folds=folds)
        return character * min(fewest, _FEW), not (character and fewest == most <= _FEW)
    return "", True


def _character(code: int, *, folds: bool) -> str:
    """Return a character as it is looked for; nothing when its other cases are not known."""
    character = chr(code)
    if not folds:
        return character
    return character.lower() if character.isascii() and character not in _MORE_CASES else ""


def _within(item: _Item, *, folds: bool) -> Iterator[Needle]:
    """Yield the needles of a set, of alternatives, of a group, and of what is repeated at least once."""
    op, value = item
    if op is ops.IN:
        yield from _of_set(value, folds=folds)
    elif op is ops.BRANCH:
        yield from _of_alternatives([_best(branch, folds=folds) for branch in value[1]])
    elif op is ops.SUBPATTERN:
        _, added, removed, inner = value
        yield from _in_sequence(inner, folds=bool((folds or added & IGNORECASE) and not removed & IGNORECASE))
    elif op is ops.ATOMIC_GROUP:
        yield from _in_sequence(value, folds=folds)
    elif op in _REPEATS and value[0]:
        yield from _in_sequence(value[2], folds=folds)


def _of_set(members: list[_Item], *, folds: bool) -> Iterator[Needle]:
    if len(members) <= _FEW and all(op is ops.LITERAL for op, _ in members):
        characters = [_character(code, folds=folds) for _, code in members]
        yield from _of_alternatives([next(_needle(c, 0, 0, folds=folds), None) for c in characters])


def _of_alternatives(needles: list[Needle | None]) -> Iterator[Needle]:
    """Yield the needle of `a|b|c`, when each of them has one."""
    known = [needle for needle in needles if needle]
    if len(known) == len(needles) and len({needle.folded for needle in known}) == 1:
        yield Needle(
            tuple(dict.fromkeys(literal for needle in known for literal in needle.literals)),
            min(needle.least for needle in known),
            max(needle.most for needle in known),
            known[0].folded,
        )

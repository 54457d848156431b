"""Texts for comparing two ways to convert Markdown: mutations without end, the same ones in every run."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["mutated", "texts_of"]

_WINDOW = 700
"""How much of a text a mutation starts with, in characters: short ones are fast, and have all markup in them."""
_PIECES = r"""
*|**|***|_|__|~|~~|==|`|``|```|~~~|\|\\|\`|\*|\[|\<|\&|!|[|]|(|)|][|](|![|[^|[^1]|[^1]: |[a]: |[a]|<|>|&|&amp;|&lt;
&#39;|&#x27;|&nbsp;|&mdash;|'|"|"'|'"|''|""|'tis|'80s|'s|-|--|---|...|....|–|—|“|”|http://|https://a.example/b_c_|://
HTTP://X.example|www.|WwW.a.example|ftp://|a@b.example|<a@b.example>|<http://c.example>|:|: |# |## |===|---|> |- |* |+
1. |2. |    |     |!!! note|??? |/// note|///|/// details|/// caption|*[AB]: c|AB|{.x}|{: #y}|{#z .w}|<b>|</b>
<i class="q">|<br>|<br/>|<!-- x -->|<!--|-->|<?php ?>|<![CDATA[x]]>|<div>|</div>|<div markdown="1">|<span markdown="1">
<p markdown="span">|<script>|</script>|<a href='#'>|</a>|klzzwxh:0000|klzzwxh:|wzxhzdk:0|hzzhzkh:0|0000|amp|é|ß|İ|Σ|ς
日本|- [ ] |- [x] |term|```py|"title"|'title'|<u v>|\ |[x](y "z")|![x](y)|[x][a]|[a][]|![a]|*a _b *c* d_ e*|**a *b** c*
a*b*c|_a_b_|[*a*](b_c_d)|*[a](b)*|`*a*`|*`a`*|~a~|~~a~~|==a==|~=|**"a"**|*'a'*|"*a*"|('a')|["a"](b)|"a"--"b"|a--b
a---b|'"a"'|"'a'"
""".replace("\n", "|").split("|")
_TABLES = ("|", " | ", "| a | b |\n| - | - |\n", "a | b\n--|:-:\n", "\n|")
_OTHER_CASES = ("\u0130", "\u0131", "\u017f", "\u212a")
"""Letters that match i, s and k when case does not matter."""
_ALL = (*_PIECES, *_TABLES, *_OTHER_CASES)
_SPACES = (
    "",
    "",
    "",
    " ",
    "  ",
    "\n",
    "  \n",
    "\n\n",
    "\n    ",
    "\n\n    ",
    "\t",
    "\n> ",
    "\n- ",
    "\r\n",
    "\xa0",
    "\x02",
    "\x03",
)


class _Chance:
    """Numbers that a seed decides."""

    def __init__(self, seed: int) -> None:
        self._left = int.from_bytes(hashlib.shake_256(str(seed).encode()).digest(1_024), "big")

    def below(self, limit: int) -> int:
        self._left, number = divmod(self._left, limit)
        return number

    def of(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]

    def span(self, text: str) -> tuple[int, int]:
        start = self.below(len(text) + 1)
        return start, min(len(text), start + self.below(40))


def mutated(seed: int, texts: Sequence[str]) -> str:
    """Return one of `texts`, or of the pieces of markup, changed in up to nine ways."""
    chance = _Chance(seed)
    text = _window(chance.of(texts), chance) if chance.below(4) else _pieces(chance)
    for _ in range(chance.below(10)):
        text = _CHANGES[chance.below(len(_CHANGES))](text, chance)
    return text


def _window(text: str, chance: _Chance) -> str:
    start = text.rfind("\n\n", 0, chance.below(len(text) + 1)) + 1
    return text[start : start + _WINDOW]


def _pieces(chance: _Chance) -> str:
    return "".join(chance.of(_ALL) + chance.of(_SPACES) for _ in range(chance.below(24)))


def _put_in(text: str, chance: _Chance) -> str:
    start, _ = chance.span(text)
    return text[:start] + chance.of(_ALL) + chance.of(_SPACES) + text[start:]


def _take_out(text: str, chance: _Chance) -> str:
    start, end = chance.span(text)
    return text[:start] + text[end:]


def _replace(text: str, chance: _Chance) -> str:
    start, end = chance.span(text)
    return text[:start] + _pieces(chance) + text[end:]


def _wrap(text: str, chance: _Chance) -> str:
    start, end = chance.span(text)
    piece = chance.of(_ALL)
    return text[:start] + piece + text[start:end] + piece + text[end:]


def _move(text: str, chance: _Chance) -> str:
    start, end = chance.span(text)
    rest = text[:start] + text[end:]
    place, _ = chance.span(rest)
    return rest[:place] + text[start:end] + rest[place:]


def _indent(text: str, chance: _Chance) -> str:
    lines = text.split("\n")
    first = chance.below(len(lines))
    last = first + chance.below(6)
    sign = chance.of(("    ", "  ", "> ", "- ", "\t", "1. "))
    return "\n".join(sign + line if first <= n <= last else line for n, line in enumerate(lines))


_CHANGES: tuple[Callable[[str, _Chance], str], ...] = (_put_in, _put_in, _take_out, _replace, _wrap, _move, _indent)


def texts_of(*folders: Path) -> list[str]:
    """Return the text of each Markdown file below `folders`, front matter included, in the order of their paths."""
    files = (file for folder in folders for file in sorted(folder.rglob("*.*")) if file.suffix in {".md", ".txt"})
    return [file.read_text(encoding="utf-8") for file in files]

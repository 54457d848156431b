"""Passes over all lines or all elements, that do not look at what cannot have what they look for."""

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.md_in_html import HtmlBlockPreprocessor as MarkdownInHtmlPreprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

from sitegen.reading.fast_markdown.proven import are_proven

__all__ = ["speed_up_passes"]

_PREPROCESSORS = {"normalize_whitespace": 30, "html_block": 20}
_TREEPROCESSORS = {"prettify": 10, "unescape": 0}
"""Names and priorities that the library gives them."""
_PROVEN_WITH = ("markdown.core", "markdown.htmlparser", "markdown.util")
_BLANK = re.compile(r"\n +(?=\n)")


def speed_up_passes(markdown: Markdown, *, unseen: bool) -> None:
    """Put fast passes in the place of those of the library that are proven."""
    before, trees = markdown.preprocessors, markdown.treeprocessors
    for name, priority in _PREPROCESSORS.items():
        if name in before and _is_proven(before[name], unseen=unseen) and (lines := _fast_on_lines(before[name])):
            before.register(lines, name, priority)
    for name, priority in _TREEPROCESSORS.items():
        if name in trees and _is_proven(trees[name], unseen=unseen) and (elements := _fast_on_elements(trees[name])):
            trees.register(elements, name, priority)


def _is_proven(stock: object, *, unseen: bool) -> bool:
    return are_proven(type(stock).__module__, *_PROVEN_WITH, unseen=unseen)


def _fast_on_lines(stock: Preprocessor) -> Preprocessor | None:
    if type(stock) is NormalizeWhitespace:
        return _Whitespace(stock.md)
    return _HtmlBlocks(stock) if type(stock) in {HtmlBlockPreprocessor, MarkdownInHtmlPreprocessor} else None


def _fast_on_elements(stock: Treeprocessor) -> Treeprocessor | None:
    if type(stock) is PrettifyTreeprocessor:
        return _Prettify(stock.md)
    return _Unescape(stock.md) if type(stock) is UnescapeTreeprocessor else None


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        # The library's expression starts with what is before it, and so is tried at each character.
        return _BLANK.sub("\n", source).split("\n")


class _HtmlBlocks(Preprocessor):
    """Asks `stock` for blocks of HTML in a text that has tags or references."""

    def __init__(self, stock: Preprocessor) -> None:
        super().__init__(stock.md)
        self._stock = stock

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return self._stock.run(lines) if "<" in source or "&" in source else lines


class _Prettify(PrettifyTreeprocessor):
    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 - the library's name
        _break_lines(elem, _Levels(self.md.is_block_level))


class _Levels(dict[object, bool]):
    """Which tags are of blocks; each is asked for once."""

    def __init__(self, is_block_level: Callable[[object], bool]) -> None:
        self._is_block_level = is_block_level

    def __missing__(self, tag: object) -> bool:
        self[tag] = result = self._is_block_level(tag)
        return result


def _break_lines(element: Element, levels: _Levels) -> None:
    """Put line breaks round the blocks in `element`; text that is only white space gives way."""
    if levels[element.tag] and element.tag not in {"code", "pre"}:
        if len(element) and levels[element[0].tag] and not (element.text and element.text.strip()):
            element.text = "\n"
        for child in element:
            if levels[child.tag]:
                _break_lines(child, levels)
    if not (element.tail and element.tail.strip()):
        element.tail = "\n"


class _Unescape(UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            attributes: Iterable[tuple[str, str | None]] = element.items()
            for name, value in attributes:
                if value is not None and STX in value:
                    element.set(name, self.unescape(value))

"""Plain paragraphs, without asking some twenty kinds of blocks first whether they are one of theirs."""

from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

__all__ = ["PlainParagraphProcessor"]

_QUOTES = frozenset("\"'(“‘«„")
"""What else than a letter starts a line of prose, and nothing but prose."""


class PlainParagraphProcessor(BlockProcessor):
    """Makes paragraphs of blocks in which each line starts as prose does.

    All kinds of blocks that `proven` knows are told by how a line starts: by white space, a digit, or a sign. The one
    exception are blocks between `///` lines, which take all that follows until they are closed.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._paragraph = parser.blockprocessors["paragraph"]
        self._open_blocks = _open_blocks(parser)

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the library's signature
        """Whether `block` can be nothing else than a paragraph."""
        return not self._open_blocks and all(map(_is_prose, block.split("\n")))

    @property
    def is_within_blocks(self) -> bool:
        """Whether a block between `///` lines is open."""
        return bool(self._open_blocks)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """Make a paragraph of the first of `blocks`."""
        return self._paragraph.run(parent, blocks)


def _is_prose(line: str) -> bool:
    return line[:1].isalpha() or line[:1] in _QUOTES


def _open_blocks(parser: BlockParser) -> list[object]:
    """Return the stack on which pymdownx keeps the blocks that are not closed yet; empty when they are not in use."""
    stack: list[object] = []
    if "blocks" in parser.blockprocessors:
        stack = parser.blockprocessors["blocks"].stack  # type: ignore[attr-defined]
    return stack

"""Blocks, without asking kinds of blocks that need a sign which a block has not got."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from sitegen.reading.fast_markdown.literals import Literals
from sitegen.reading.fast_markdown.paragraphs import PlainParagraphProcessor

__all__ = ["FastBlocks"]

_INDENT = "\n    "
_SIGNS: dict[str, tuple[str, ...]] = {
    "AbbrBlockprocessor": ("*[",),
    "AdmonitionProcessor": ("\n!!!", _INDENT),
    "BlockQuoteProcessor": (">",),
    "BlocksProcessor": ("///",),
    "CodeBlockProcessor": (_INDENT,),
    "DefListIndentProcessor": (_INDENT,),
    "DefListProcessor": (": ",),
    "EmptyBlockProcessor": ("\n\n",),
    "FootnoteBlockProcessor": ("[^",),
    "HRProcessor": tuple(sign + space + sign for sign in "-_*" for space in ("", " ", "  ")),
    "HashHeaderProcessor": ("\n#",),
    "ListIndentProcessor": (_INDENT,),
    "MarkdownInHtmlProcessor": ("\n\x02",),
    "OListProcessor": (". ",),
    "ReferenceProcessor": ("]:",),
    "SaneOListProcessor": (". ",),
    "SaneUListProcessor": ("- ", "* ", "+ "),
    "SetextHeaderProcessor": ("\n=", "\n-"),
    "SuperFencesCodeBlockProcessor": (_INDENT,),
    "TableProcessor": ("|",),
    "UListProcessor": ("- ", "* ", "+ "),
}
"""What a block with a line break before it has, at least one of each, if it is one for a processor of that class."""


class FastBlocks:
    """The kinds of blocks of a parser, all of which are proven, in their order."""

    def __init__(self, parser: BlockParser) -> None:
        self._plain = PlainParagraphProcessor(parser)
        self._processors: Sequence[BlockProcessor] = tuple(parser.blockprocessors)
        self._literals = Literals(sign for signs in map(_signs, self._processors) for sign in signs or ())
        self._picked: dict[int, tuple[BlockProcessor, ...]] = {}
        """The processors for each set of signs that a block had, a bit for each."""

    def parse(self, parent: Element, blocks: list[str]) -> None:
        """Make elements in `parent` of all `blocks`, and empty the list."""
        plain = self._plain
        while blocks:
            if plain.test(parent, blocks[0]) and plain.run(parent, blocks) is not False:
                continue
            for processor in self.processors_for(blocks[0]):  # pragma: no branch - the last is for every block
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    def processors_for(self, block: str) -> tuple[BlockProcessor, ...]:
        """Return all processors for which a block may be one, in their order."""
        if not block or self._plain.is_within_blocks:
            return tuple(self._processors)
        held = self._literals.held("\n" + block)
        picked = self._picked.get(held)
        if picked is None:
            picked = self._picked[held] = tuple(one for one in self._processors if self._may_be(one, held))
        return picked

    def _may_be(self, processor: BlockProcessor, held: int) -> bool:
        signs = _signs(processor)
        return signs is None or any(held & self._literals.bits[sign] for sign in signs)


def _signs(processor: BlockProcessor) -> tuple[str, ...] | None:
    # With tabs of another width, what is indented is told in another way.
    return _SIGNS.get(type(processor).__name__) if processor.tab_length == len(_INDENT) - 1 else None

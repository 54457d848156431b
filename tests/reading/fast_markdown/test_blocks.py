"""Kinds of blocks that are not asked would have said no."""

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown_pairs import SETS, Pair
from markdown_texts import mutated, texts_of

from sitegen.reading.fast_markdown.blocks import FastBlocks

TEXTS = texts_of(Path(__file__).parents[2] / "cases")
EVERYTHING = "ours typography highlight autolink raw_html"


def is_one(processor: BlockProcessor, parent: Element, block: str) -> bool:
    return processor.test(parent, block) and processor.run(parent, [block]) is not False


@pytest.mark.parametrize("name", [EVERYTHING, "core", "extra"])
@pytest.mark.parametrize("within", ["div", "li", "dd", "admonition", "list"])
def test_who_is_not_asked_would_say_no(name: str, within: str) -> None:
    markdown = SETS[name]()
    fast = FastBlocks(markdown.parser)
    spared: Counter[str] = Counter()
    for seed in range(60):
        for block in mutated(seed, TEXTS).split("\n\n"):
            for processor in set(markdown.parser.blockprocessors) - set(fast.processors_for(block)):
                parent = Element("div" if within in {"admonition", "list"} else within)
                if within == "admonition":
                    SubElement(parent, "div", {"class": "admonition note"})
                elif within == "list":
                    SubElement(SubElement(parent, "ul"), "li")
                spared[type(processor).__name__] += 1
                assert not is_one(processor, parent, block)
    assert len(spared) > 8
    assert "ParagraphProcessor" not in spared


@pytest.mark.parametrize("width", [2, 8])
def test_tabs_of_another_width(width: int) -> None:
    def build() -> Markdown:
        markdown = SETS["core"]()
        markdown.tab_length = width
        for processor in markdown.parser.blockprocessors:
            processor.tab_length = width
        return markdown

    for seed in range(50):
        stock, fast = Pair(build).outcomes(mutated(seed, TEXTS))
        assert fast == stock


def test_in_an_open_block_all_are_asked() -> None:
    markdown = SETS[EVERYTHING]()
    fast = FastBlocks(markdown.parser)
    assert len(fast.processors_for("# One")) < 8
    markdown.parser.blockprocessors["blocks"].stack.append(object())  # type: ignore[attr-defined]
    assert fast.processors_for("# One") == tuple(markdown.parser.blockprocessors)

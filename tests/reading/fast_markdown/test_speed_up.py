"""The fast processors take the place of those that they were proven for, and of no others."""

import re
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown_pairs import SETS, Pair

from sitegen.config import MarkupOptions
from sitegen.reading.fast_markdown import proven, speed_up
from sitegen.reading.fast_markdown.blocks import FastBlocks
from sitegen.reading.fast_markdown.inline import FastInlineProcessor
from sitegen.reading.markup.engine import build_markdown

ALL = {"inline", "smarty", "blocks"}


def stock() -> Markdown:
    return build_markdown(MarkupOptions(), fast=False)


def fast_parts(markdown: Markdown) -> set[str]:
    runs = markdown.treeprocessors
    parts = {name for name in ("inline", "smarty") if name in runs and isinstance(runs[name], FastInlineProcessor)}
    parse_blocks = getattr(markdown.parser.parseBlocks, "__self__", None)
    return parts | ({"blocks"} if isinstance(parse_blocks, FastBlocks) else set())


@pytest.mark.parametrize("name", [name for name in SETS if name.startswith("ours")])
def test_all_that_we_set_up_is_fast(name: str) -> None:
    assert fast_parts(SETS[name]()) == set()
    assert fast_parts(speed_up(SETS[name]())) == (ALL if "typography" in name else ALL - {"smarty"})


def test_the_engine_is_fast() -> None:
    assert fast_parts(build_markdown(MarkupOptions())) == ALL


@pytest.mark.parametrize(
    ("module", "left"),
    [
        ("markdown.treeprocessors", {"blocks"}),
        ("markdown.util", {"blocks"}),
        ("markdown.blockparser", {"inline", "smarty"}),
        ("markdown.extensions.tables", {"inline", "smarty"}),
        ("pymdownx.blocks", {"inline", "smarty"}),
    ],
)
def test_what_another_release_changed_is_left_to_the_library(
    module: str, left: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = proven.digest_of_module
    monkeypatch.setattr(proven, "digest_of_module", lambda name: "0" * 16 if name == module else digest(name))
    markdown = speed_up(stock())
    assert fast_parts(markdown) == left
    assert markdown.convert("It's *so*.") == stock().convert("It's *so*.")
    assert fast_parts(speed_up(stock(), unseen=True)) == ALL


@pytest.mark.parametrize("module", ["sys", "no.such.module"])
def test_a_module_without_a_source_is_not_proven(module: str) -> None:
    assert proven.digest_of_module(module) == ""
    assert not proven.are_proven(module, unseen=True)


def test_a_processor_of_another_kind_is_left_alone() -> None:
    class Own(InlineProcessor):
        pass

    markdown = stock()
    markdown.treeprocessors.register(Own(markdown), "inline", 20)
    assert fast_parts(speed_up(markdown)) == ALL - {"inline"}


def test_an_unknown_kind_of_block_is_asked_about_each_paragraph() -> None:
    class Shout(ParagraphProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block.isupper()

        def run(self, parent: Element, blocks: list[str]) -> None:
            blocks[0] = blocks[0].lower() + "!"
            super().run(parent, blocks)

    markdown = stock()
    markdown.parser.blockprocessors.register(Shout(markdown.parser), "shout", 50)
    assert fast_parts(speed_up(markdown)) == ALL - {"blocks"}
    assert markdown.convert("HELLO") == "<p>hello!</p>"


def test_a_pattern_of_the_old_kind_is_applied_by_the_library() -> None:
    class Old(Pattern):
        def handleMatch(self, m: re.Match[str]) -> Element:  # noqa: N802 - the library's name
            element = Element("kbd")
            element.text = m[2]
            return element

    def build() -> Markdown:
        markdown = stock()
        markdown.inlinePatterns.register(Old(r"%(\w+)%", markdown), "old", 75)
        return markdown

    expected, outcome = Pair(build).outcomes("Press %a%, *%b%* and [c](d).")
    assert outcome == expected
    assert "<kbd>a</kbd>" in outcome

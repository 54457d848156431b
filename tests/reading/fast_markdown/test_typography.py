"""Typography in one go over each text is the library's, pattern by pattern."""

import itertools
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension, SubstituteTextPattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry
from markdown_pairs import SETS, Pair

from sitegen.config import MarkupOptions
from sitegen.reading.fast_markdown import proven, speed_up
from sitegen.reading.fast_markdown.inline import FastInlineProcessor
from sitegen.reading.fast_markdown.typography import FastTypography, plain_rules
from sitegen.reading.markup.engine import build_markdown

MARKS = {"mdash": "—", "ndash": "–", "ellipsis": "…"} | {
    f"{side}-{kind}-quote": mark
    for (side, kind), mark in zip(itertools.product(("left", "right"), ("single", "double")), "‘“’”", strict=True)
}


def typography(markdown: Markdown) -> object:
    return markdown.treeprocessors["smarty"]


@pytest.mark.untraced
@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_all_short_texts_of_what_it_looks_at(length: int) -> None:
    pair = Pair(SETS["ours typography"])
    texts = map("".join, itertools.product(("'", '"', "--", "...", "a", "s", "8", " ", ",", "("), repeat=length))
    while group := list(itertools.islice(texts, 100)):
        stock, fast = pair.outcomes("\n\n".join(f"b{text}b\n\n{text}" for text in group))
        assert fast == stock


@pytest.mark.parametrize("text", ["a&nbsp;\"b\" 'c'", "&amp;'a' \\'b\\' `'c'` \"*d*\"'e'", "'80s '8s 'tis' 's 's", "'"])
def test_what_stands_beside(text: str) -> None:
    stock, fast = Pair(SETS["ours typography"]).outcomes(text)
    assert fast == stock


def test_only_marks_that_nothing_changes_are_put_in_at_once() -> None:
    def of(**config: object) -> object:
        return typography(speed_up(Markdown(extensions=[SmartyExtension(**config)])))

    assert type(of(substitutions=MARKS)) is FastTypography
    assert type(of()) is FastInlineProcessor  # entities
    assert type(of(substitutions=MARKS | {"mdash": "<wbr>"})) is FastInlineProcessor
    angled = {"left-angle-quote": "«", "right-angle-quote": "»"}
    assert type(of(substitutions=MARKS | angled, smart_angled_quotes=True)) is FastInlineProcessor


def test_another_kind_of_pattern_is_no_rule() -> None:
    markdown = Markdown(extensions=[SmartyExtension(substitutions=MARKS)])
    stock = markdown.treeprocessors["smarty"]
    assert isinstance(stock, InlineProcessor)
    assert len(plain_rules(stock)) == len(stock.inlinePatterns)
    patterns: Registry[Any] = stock.inlinePatterns
    patterns.register(markdown.inlinePatterns["escape"], "other", 1)
    assert plain_rules(stock) == ()
    patterns.register(SubstituteTextPattern("'", (Element("wbr"),), markdown), "other", 1)
    assert plain_rules(stock) == ()


@pytest.mark.parametrize("module", ["markdown.extensions.smarty", "markdown.postprocessors", "pymdownx.blocks.caption"])
def test_another_release_gets_the_general_way(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = proven.digest_of_module
    monkeypatch.setattr(proven, "digest_of_module", lambda name: "0" * 16 if name == module else digest(name))
    assert type(typography(build_markdown(MarkupOptions()))) is FastInlineProcessor


@pytest.mark.parametrize(
    "text",
    ["'a' \x02klzzwxh:0000\x03 \"b\"", "\x02klzzwxh:0009\x03's", "b&nbsp;'c' d&mdash;\"e\"", "x;'y' &nbsp;\"z\""],
)
def test_what_no_text_of_ours_leaves_in_a_tree(text: str) -> None:
    outcomes = set()
    for fast in (False, True):
        markdown = build_markdown(MarkupOptions(), fast=fast)
        tree = Element("div")
        for part in (SubElement(tree, "p"), SubElement(tree, "p")):
            part.text = part.tail = text
        markdown.treeprocessors["smarty"].run(tree)
        outcomes.add(markdown.postprocessors["raw_html"].run(markdown.serializer(tree)))
    assert len(outcomes) == 1

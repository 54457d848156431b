"""Only what nothing else could be is a plain paragraph."""

from xml.etree.ElementTree import Element

import pytest

from sitegen.config import MarkupOptions
from sitegen.reading.fast_markdown.paragraphs import PlainParagraphProcessor
from sitegen.reading.markup.engine import build_markdown

MARKDOWN = build_markdown(MarkupOptions(), fast=False)
PROCESSOR = PlainParagraphProcessor(MARKDOWN.parser)


def is_plain(block: str) -> bool:
    return PROCESSOR.test(Element("div"), block)


@pytest.mark.parametrize(
    "block",
    ["One line", "Two\nlines", "Ünïcode", "日本", '"Quoted"\n“so”', "It is\n(perhaps)", "a # b | c > d", "A: b"],
)
def test_plain(block: str) -> None:
    assert is_plain(block)


@pytest.mark.parametrize(
    "line",
    [
        "",
        " One",
        "    code",
        "\tcode",
        "# Title",
        "===",
        "---",
        "***",
        "> quote",
        "- item",
        "+ item",
        "* item",
        "1. item",
        ": definition",
        "| cell |",
        "--|--",
        "[a]: b",
        "[^1]: note",
        "*[AB]: c",
        "!!! note",
        "/// note",
        "///",
        "``` py",
        "~~~",
        "<div>",
        "\x02wzxhzdk:0\x03",
        "1984",
        "_so_",
        "![a](b)",
        "{.x}",
        "&amp;",
    ],
)
def test_not_plain(line: str) -> None:
    assert not is_plain(line)
    assert not is_plain(f"Text\n{line}")
    assert not is_plain(f"Text\n{line}\ntext")


def test_nothing_within_an_open_block_is_plain() -> None:
    MARKDOWN.reset()
    assert is_plain("One")
    blocks = MARKDOWN.parser.blockprocessors["blocks"]
    blocks.stack.append(object())  # type: ignore[attr-defined]
    assert not is_plain("One")
    MARKDOWN.reset()
    assert is_plain("One")

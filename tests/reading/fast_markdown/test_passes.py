"""Passes that do not look at what cannot have what they look for, beside the library's own."""

from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.preprocessors import NormalizeWhitespace
from markdown_pairs import SETS, Pair

from sitegen.reading.fast_markdown import proven, speed_up

PASSES = {
    "normalize_whitespace": "markdown.preprocessors",
    "html_block": "markdown.extensions.md_in_html",
    "prettify": "markdown.treeprocessors",
    "unescape": "markdown.treeprocessors",
}
EVERYTHING = "ours typography highlight autolink raw_html"


def fast_passes(markdown: Markdown) -> set[str]:
    own = "sitegen.reading.fast_markdown.passes"
    registries = (markdown.preprocessors, markdown.treeprocessors)
    return {name for name in PASSES for r in registries if name in r and type(r[name]).__module__ == own}


@pytest.mark.parametrize("name", [name for name in SETS if name.startswith("ours")])
def test_all_that_we_set_up_is_fast(name: str) -> None:
    expected = set(PASSES) if "raw_html" in name else set(PASSES) - {"html_block"}
    assert fast_passes(SETS[name]()) == set()
    assert fast_passes(speed_up(SETS[name]())) == expected


@pytest.mark.parametrize("module", sorted(set(PASSES.values())))
def test_what_another_release_changed_is_left_to_the_library(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = proven.digest_of_module
    monkeypatch.setattr(proven, "digest_of_module", lambda name: "0" * 16 if name == module else digest(name))
    assert fast_passes(speed_up(SETS[EVERYTHING]())) == {name for name in PASSES if PASSES[name] != module}


def test_a_pass_of_another_kind_is_left_alone() -> None:
    class Own(NormalizeWhitespace):
        pass

    markdown = Markdown()
    markdown.preprocessors.register(Own(markdown), "normalize_whitespace", 30)
    markdown.treeprocessors.register(markdown.treeprocessors["unescape"], "prettify", 10)
    markdown.treeprocessors.deregister("unescape")
    assert fast_passes(speed_up(markdown)) == {"html_block", "prettify"}


@pytest.mark.parametrize(
    "text",
    [
        "a\n \n  \n\t\nb  \n \tc\n\n    d\n     \n    e\n ",
        "a\r\n \r\nb\x02c\x03",
        "a &amp; b",
        "&#65 <p>a</p>\n<!-- b -->",
        "\\*a\\* [\\*](\\_ '\\*') `\\*` \\\\\n\n- \\*\n\n<b title='\\*'>c</b>",
        "- a\n\n    b\n- c  \n    d\n\n> e\n>\n> - f\n\n    g\n\n",
    ],
)
@pytest.mark.parametrize("name", [EVERYTHING, "ours", "core", "pymdownx"])
def test_the_same_bytes(name: str, text: str) -> None:
    stock, fast = Pair(SETS[name]).outcomes(text)
    assert fast == stock


@pytest.mark.parametrize("tags", ["div p", "div pre code", "ul li ul li p", "div x div p", "div span p"])
@pytest.mark.parametrize("text", [None, "", " \n", "a"])
def test_line_breaks(tags: str, text: str | None) -> None:
    def broken(markdown: Markdown) -> str:
        root = element = Element("div")
        for tag in tags.split():
            child = Element(tag)
            child.text = child.tail = text
            element.extend((child, Element("br"), Element("p")))
            element = child
        markdown.treeprocessors["prettify"].run(root)
        return markdown.serializer(root)

    assert broken(speed_up(Markdown())) == broken(Markdown())

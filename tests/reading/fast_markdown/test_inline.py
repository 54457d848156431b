"""Whatever a pattern gives back, the tree is the library's: its elements, texts, and kinds of texts."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from sitegen.reading.fast_markdown.inline import FastInlineProcessor

Piece = Element | str | None


class Kind(str):
    """A string of a kind of its own, as pymdownx has one."""

    __slots__ = ()


def element(text: str | None = None, tail: str | None = None, *children: Element, tag: str = "kbd") -> Element:
    made = Element(tag)
    made.text, made.tail = text, tail
    made.extend(children)
    return made


def half(held: str) -> str:
    """Return something to match again that gets shorter, so that there is an end to it."""
    return f"a %{held[: len(held) // 2]}%"


MAKERS: dict[str, Callable[[str], Piece]] = {
    "text": lambda held: held,
    "nothing": lambda held: "",
    "atomic string": AtomicString,
    "none": lambda held: None,
    "element": element,
    "link": lambda held: element(held, tag="a"),
    "empty": lambda held: element(),
    "atomic": lambda held: element(AtomicString(held)),
    "kind": lambda held: element(Kind(held)),
    "own tail": lambda held: element(held, held, element(held)),
    "nested": lambda held: element(held, None, element(held, held), element(half(held), half(held))),
    "atomic tails": lambda held: element("a", None, element(held, AtomicString(held)), element(" ", Kind(" "))),
    "atomic in element": lambda held: element(held, None, element(AtomicString(held), Kind(held))),
    "link within": lambda held: element(held, None, element(held, held, tag="a")),
}
"""What a pattern makes of what it holds."""

TEXTS = [
    "a %b% c %d% e",
    "%a%%b%",
    "*a %b c* d% %*e* f%",
    "%a *b* c% *d %e% f*",
    "[a %b% c](d) %e [f](g) h%",
    "%`a`% `%b%` %\\*%",
    "%<b>a</b> &amp;% <i>%b%</i>",
    "%a@b.example% %!%%?%",
    "- %a%\n- *b* %c%\n\n> %d% *e*\n\n# %f%",
    "- ***%a%***\n\n# ***%b%***",
    "_a **b *c %d% e* f** g_",
    "%klzzwxh:0000% %http://a.example%",
]


class Made(InlinePattern):
    """Makes something of `%...%` and tells, by a number, how often it was asked."""

    ANCESTOR_EXCLUDES = ("a", "h1", "LI")

    def __init__(self, make: Callable[[str], Piece], calls: list[str]) -> None:
        super().__init__(r"%([^%\n]+)%")
        self._make = make
        self._calls = calls

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Piece, int | None, int | None]:
        self._calls.append(f"{m[0]} in {type(data).__name__} {data}")
        if m[1] == "?":
            return None, None, None
        return self._make(m[1]), m.start(), m.end()


def outcome(make: Callable[[str], Piece], text: str, priority: float, *, fast: bool) -> list[object]:
    """Return the tree, the tree when it was run over once more, and the calls."""
    markdown = Markdown(extensions=["extra"])
    calls: list[str] = []
    markdown.inlinePatterns.register(Made(make, calls), "made", priority)
    stock = InlineProcessor(markdown)
    processor = FastInlineProcessor(stock) if fast else stock
    markdown.treeprocessors.register(processor, "inline", 20)
    root = Element("div")
    markdown.parser.parseChunk(root, text)
    return [shown(processor.run(root)), shown(processor.run(root)), calls]


def shown(root: Element) -> list[object]:
    return [(e.tag, type(e.text), e.text, type(e.tail), e.tail, sorted(e.items()), len(e)) for e in root.iter()]


@pytest.mark.untraced
@pytest.mark.parametrize("priority", [195, 165, 70, 1])
@pytest.mark.parametrize("kind", MAKERS)
def test_whatever_a_pattern_makes(kind: str, priority: float) -> None:
    for text in TEXTS:
        stock, fast = (outcome(MAKERS[kind], text, priority, fast=fast) for fast in (False, True))
        assert fast == stock, text


def test_ancestors_that_are_named() -> None:
    def tree(*, fast: bool) -> list[object]:
        markdown = Markdown()
        markdown.inlinePatterns.register(Made(element, []), "made", 70)
        stock = InlineProcessor(markdown)
        processor = FastInlineProcessor(stock) if fast else stock
        within_link = element(None, None, element("a %b%", "c %d%", tag="p"), tag="div")
        return shown(processor.run(within_link, ["a"])) + shown(processor.run(element("%e%", None, element("%f%")), []))

    assert tree(fast=True) == tree(fast=False)

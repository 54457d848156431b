"""Python-Markdown, set up: text in, HTML out. Nothing else of sitegen but `fast_markdown` imports it.

An instance of Python-Markdown costs as much as a short post, cannot serve two threads, and keeps half of its state when
a conversion fails (measured with 3.11.3). So it is kept between conversions, taken away while it works, and put back
only after success.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks.admonition import AdmonitionExtension as AdmonitionBlockExtension
from pymdownx.blocks.caption import CaptionExtension
from pymdownx.blocks.details import DetailsExtension
from pymdownx.highlight import HighlightExtension
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.mark import MarkExtension
from pymdownx.superfences import SuperFencesCodeExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from sitegen.config import MarkupOptions
from sitegen.errors import SourceError
from sitegen.reading.fast_markdown import speed_up
from sitegen.reading.quotes import put_quotes

__all__ = ["build_markdown", "to_html"]

_HINT = "put the part that does it into a code block, or write it in a simpler way"
# Characters instead of references: what is compared, counted and cut later is text. Quotes made here are told from
# those that were typed by control characters, which no text has, until all of them are right.
_TYPOGRAPHY = {"ellipsis": "…", "mdash": "—", "ndash": "–"} | {
    "left-double-quote": "\x11",
    "right-double-quote": "\x12",
    "left-single-quote": "\x13",
    "right-single-quote": "\x14",
}
# The library takes an element's end for the start of a text: `"*yes*"` as the last of a paragraph, `—"*why?*"`.
_CLOSING = re.compile(r"(</\w+>)([\x11\x13])(?=[\s.,;:!?)\]…—–]|</|<br|$)")
_OPENING = re.compile(r"([—–(\[])([\x12\x14])(?=<\w)")
_OTHER_WAY = {"\x11": "\x12", "\x12": "\x11", "\x13": "\x14", "\x14": "\x13"}

_idle: dict[MarkupOptions, Markdown] = {}
"""Instances that are not at work; a thread that finds none makes its own."""


def to_html(text: str, options: MarkupOptions) -> str:
    """Return `text` as HTML.

    Raises SourceError when the text is nested too deeply, or makes the library fail in any other way.
    """
    markdown = _idle.pop(options, None) or build_markdown(options)
    try:
        result = markdown.reset().convert(text)
    except RecursionError as error:
        raise SourceError.of("lists or quotes are nested too deeply", hint=_HINT) from error
    except MemoryError as error:
        raise SourceError.of("the text takes more memory than there is", hint="part it into several") from error
    except Exception as error:
        what = f"the text cannot be converted: {type(error).__name__}: {error}"
        raise SourceError.of(what, why="the Markdown library failed on it", hint=_HINT) from error
    _idle[options] = markdown
    return _with_quotes(result, options.language) if options.typography else result


def _with_quotes(html: str, language: str) -> str:
    for pattern, *signs in ((_CLOSING, ">\x11", ">\x13"), (_OPENING, "\x12<", "\x14<")):
        if any(sign in html for sign in signs):
            html = pattern.sub(lambda match: match[1] + _OTHER_WAY[match[2]], html)
    return put_quotes(html, language)


def build_markdown(options: MarkupOptions, *, fast: bool = True) -> Markdown:
    """Return an instance with all that `options` ask for. The one place that knows what a text may use.

    `fast` decides nothing but the time it takes.
    """
    markdown = _Markdown(extensions=_extensions(options), output_format="html")
    markdown.treeprocessors.register(_Figures(markdown), "figures", 7)  # behind attr_list (8), before smarty (6)
    markdown.treeprocessors.register(_BareDescriptions(markdown), "bare_descriptions", 9)
    markdown.treeprocessors.register(_AttributeLists(markdown), "attr_list", 8)
    if not options.raw_html:
        markdown.preprocessors.deregister("html_block")
        markdown.inlinePatterns.register(HtmlInlineProcessor(r"(<!--.*?-->)", markdown), "html", 90)
    return speed_up(markdown) if fast else markdown


class _Markdown(Markdown):
    """Knows the one extension that another asks for by its name.

    The library looks for a name in the metadata of all that is installed, which takes 20 ms: as long as ten posts.
    """

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        """Return the extension of that name."""
        if ext_name == HighlightExtension.__module__:
            highlight: Extension = HighlightExtension(**configs)
            return highlight
        return super().build_extension(ext_name, configs)


def _extensions(options: MarkupOptions) -> list[Extension]:
    extensions = [
        AbbrExtension(),
        AdmonitionExtension(),
        AttrListExtension(),
        DefListExtension(),
        FootnoteExtension(USE_DEFINITION_ORDER=False),
        SaneListExtension(),
        TableExtension(),
        SuperFencesCodeExtension(),
        HighlightExtension(use_pygments=options.highlight, linenums_style="inline"),
        TasklistExtension(),
        DeleteSubExtension(),
        MarkExtension(),
        AdmonitionBlockExtension(),
        CaptionExtension(),
        DetailsExtension(),
    ]
    if options.raw_html:
        extensions.append(MarkdownInHtmlExtension())
    if options.typography:
        extensions.append(SmartyExtension(substitutions=_TYPOGRAPHY))
    if options.autolink:
        extensions.append(MagiclinkExtension())
    return extensions


class _AttributeLists(AttrListTreeprocessor):
    """Attribute lists that end at their own brace, and with `{{ ... }}` left as text.

    The original goes on to the last brace of the line, and puts `*a*{.x} b {c} d` in another order (3.11.3).
    """

    BASE_RE = r"\{:?[ ]*((?!\})(?:[^\}\{\n\"']|\"[^\"\n]*\"|'[^'\n]*')++)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]

    def run(self, doc: ElementTree.Element) -> None:
        """Give elements the attributes that are written behind them, or at their end."""
        if any("{" in (element.text or "") or "{" in (element.tail or "") for element in doc.iter()):
            super().run(doc)


class _BareDescriptions(Treeprocessor):
    """Takes the empty `alt` off `![](a.png)`, so that one written as `{alt=""}`, behind this, is intent."""

    def run(self, root: ElementTree.Element) -> None:
        for picture in root.iter("img"):
            if not picture.get("alt"):
                picture.attrib.pop("alt", None)


class _Figures(Treeprocessor):
    """Makes a picture with a title, alone in its paragraph, a figure with a caption."""

    def run(self, root: ElementTree.Element) -> None:
        captioned = {child for figure in root.iter("figure") for child in figure}
        for paragraph in root.iter("p"):
            picture = _only_picture(paragraph)
            if picture is not None and picture.get("title") and paragraph not in captioned:
                paragraph.tag = "figure"
                paragraph.text = paragraph[0].tail = "\n"
                caption = ElementTree.SubElement(paragraph, "figcaption")
                caption.text = picture.attrib.pop("title")
                caption.tail = "\n"


def _only_picture(paragraph: ElementTree.Element) -> ElementTree.Element | None:
    """Return the picture that a paragraph, or a link that is all of it, holds and nothing else."""
    holder = paragraph
    while len(holder) == 1 and not (holder.text or "").strip() and not (holder[0].tail or "").strip():
        if holder[0].tag == "img":
            return holder[0]
        if holder[0].tag != "a":
            return None
        holder = holder[0]
    return None

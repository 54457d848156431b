"""The words of a body: as plain text, and as inline HTML for summaries."""

import html
import re
from collections.abc import Iterable

from sitegen.reading.markup.tokens import Form, Tag, Token, names

__all__ = ["flat", "inline_html", "plain_text", "without"]

_INLINE = names(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u"
    " var wbr"
)
_KEPT = names("abbr b bdi cite code del dfn em i ins kbd mark q s samp small strong sub sup u var")
"""Inline elements that a summary keeps."""
_SILENT = names("iframe math noscript script style svg template textarea title")
"""Elements whose content is no text of the body."""
_NOT_IN_SUMMARY = _SILENT | names("audio button details figure form h1 h2 h3 h4 h5 h6 object pre select table video")
_SPACES = re.compile("  +")


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the words without markup, references resolved, white space between blocks."""
    kept = [
        token if isinstance(token, str) else " "
        for token in without(tokens, _SILENT)
        if isinstance(token, str) or token.name not in _INLINE
    ]
    return html.unescape("".join(kept))


def inline_html(tokens: Iterable[Token]) -> str:
    """Return the words as inline HTML: emphasis, code and the like stay, links become their text, blocks a space.

    Pictures, tables, code blocks, headings and references to footnotes are left out.
    """
    done: list[str] = []
    opened: list[str] = []
    for token in without(tokens, _NOT_IN_SUMMARY):
        if isinstance(token, str):
            done.append(token)
        elif token.name in _KEPT:
            if token.form is Form.START:
                opened.append(token.name)
                done.append(_kept(token))
            elif opened and opened[-1] == token.name:
                done.append(f"</{opened.pop()}>")
        elif token.name not in _INLINE:
            done.append(" ")
    return flat("".join(done)) + "".join(f"</{name}>" for name in reversed(opened))


def flat(text: str) -> str:
    """Return text on one line; spaces that are wide or do not break stay what they are."""
    for space in "\t\n\f\r":
        text = text.replace(space, " ")
    return _SPACES.sub(" ", text).strip(" ")


def _kept(tag: Tag) -> str:
    title = tag.get("title") if tag.name == "abbr" else None
    return f'<{tag.name} title="{html.escape(title)}">' if title else f"<{tag.name}>"


def without(tokens: Iterable[Token], elements: frozenset[str]) -> list[Token]:
    """Return the tokens without `elements` and references to footnotes, with what they hold."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        if isinstance(token, str):
            if not depth:
                kept.append(token)
        elif depth:
            depth += token.form.value
        elif token.name in elements or (token.name == "sup" and _is_reference(token)):
            depth = int(token.form is Form.START)
        else:
            kept.append(token)
    return kept


def _is_reference(tag: Tag) -> bool:
    return tag.form is Form.START and (tag.get("id") or "").startswith("fnref")

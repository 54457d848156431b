"""HTML as a flat list of text and tags, cut where a browser would cut it, and back again.

What is not changed is written as it was: a parse tree would give back other white space, entities and case. The
grammar is that of the HTML Living Standard, section 13.2.5 (tokenization), without its error messages.
"""

import enum
import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.model import Html, Slot
from sitegen.store import digest_of

__all__ = [
    "MORE",
    "VOID",
    "Attribute",
    "Form",
    "Tag",
    "Token",
    "Value",
    "end_of",
    "end_tag",
    "html_of",
    "names",
    "start_tag",
    "tokenise",
]

_SPACE = r"\t\n\f\r "
_NAME = rf"[^{_SPACE}/>=][^{_SPACE}/>=]*+|=[^{_SPACE}/>=]*+"
_VALUE = rf"\"[^\"]*+\"|'[^']*+'|[^{_SPACE}>\"'][^{_SPACE}>]*+|(?=>)"
# Possessive throughout: a tag matches in one way or, when a quote or the tag itself never ends, not at all.
_ATTRIBUTE = rf"[{_SPACE}/]*+({{}}{_NAME})(?:[{_SPACE}]*+=[{_SPACE}]*+({{}}{_VALUE})|(?![{_SPACE}]*+=))"
_ATTRIBUTES = re.compile(_ATTRIBUTE.format("", ""))
_INSIDE = rf"(?P<attributes>(?:{_ATTRIBUTE.format('?:', '?:')})*+)[{_SPACE}/]*+"
_MARKUP = re.compile(
    rf"<(?:(?P<end>/?)(?P<tag>[a-zA-Z][^{_SPACE}/>]*+){_INSIDE}>"
    r"|!--(?:-?>|(?P<comment>.*?)--!?>)|!(?!--)[^>]*>|\?[^>]*>|/(?![a-zA-Z])[^>]*>|(?P<broken>(?=[a-zA-Z/!?])))",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)")
_RAW_TEXT = {
    name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
}
_FOREIGN = frozenset({"svg", "math"})


def names(text: str) -> frozenset[str]:
    """Return the words of `text` as a set: element names by the dozen read better in a line than in a column."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
"""Elements that never have content (HTML Living Standard, section 13.1.2)."""


class Form(enum.Enum):
    """What a tag does to the depth of nesting."""

    START = 1
    END = -1
    SINGLE = 0
    """An element without content: a void element, or `<path/>` within a drawing."""


Value = str | tuple[str | Slot, ...] | None
"""An attribute's value with its references resolved, in pieces where it holds addresses; None: without a value."""
Attribute = tuple[str, Value]
"""Name and value. Without a name, the value is a slot that whole attributes are put into."""


class Tag(NamedTuple):
    """A tag. Tags that are written alike are one object within one text."""

    name: str
    """In lower case."""
    form: Form = Form.START
    attributes: tuple[Attribute, ...] = ()
    """Names in lower case; the first of a name counts."""
    source: str = ""
    """As it was written; empty once it was changed."""

    def get(self, name: str) -> str | None:
        """Return the text of an attribute: empty when it has no value, None when there is no such attribute."""
        for key, value in self.attributes:
            if key == name:
                return value if isinstance(value, str) else "".join(map(_shown, value or ()))
        return None

    def having(self, *attributes: Attribute) -> "Tag":
        """Return the tag with attributes set, those it has in their place and others behind."""
        new = dict(self.attributes)
        new.update(attributes)
        return self._replace(attributes=tuple(new.items()), source="")

    def without(self, name: str) -> "Tag":
        """Return the tag without an attribute."""
        return self._replace(attributes=tuple(a for a in self.attributes if a[0] != name), source="")


Token = str | Tag
"""A string is HTML between two tags."""

MORE = Tag("!more", Form.SINGLE)
"""Stands where the text says `<!-- more -->`."""


def start_tag(name: str, *attributes: Attribute) -> Tag:
    """Return a tag that nobody wrote."""
    return Tag(name, Form.START, attributes)


def end_tag(name: str) -> Tag:
    """Return the end of an element."""
    return Tag(name, Form.END, (), f"</{name}>")


_BARE = {
    tag.source: tag
    for name in names(
        "a blockquote code dd del div dl dt em h2 h3 h4 h5 h6 li ol p pre span strong table tbody td th tr ul"
    )
    for tag in (Tag(name, Form.START, (), f"<{name}>"), end_tag(name))
}
"""What the tags are that most texts have."""


def tokenise(source: str) -> list[Token]:
    """Return the tokens of serialised HTML.

    Comments are left out but for the first `<!-- more -->`, which becomes `MORE`: what a writer noted for herself is
    not published. A tag, a comment or an element of raw text (`<script>`) that never ends would swallow the page
    behind the body; its `<` becomes text.
    """
    reader = _Reader(source)
    tokens: list[Token] = []
    found: tuple[Token, ...]
    position, at = 0, source.find("<")
    while at >= 0:
        # Nine of ten tags are known, and found three times as fast without the grammar.
        tag = reader.known.get(source[at : source.find(">", at) + 1])
        if tag is not None:
            found, end = (tag,), at + len(tag.source)
        elif match := _MARKUP.match(source, at):
            found, end = reader.read(match)
        else:
            at = source.find("<", at + 1)
            continue
        if at > position:
            tokens.append(source[position:at])
        tokens += found
        position, at = end, source.find("<", end)
    if position < len(source):
        tokens.append(source[position:])
    return tokens


class _Reader:
    def __init__(self, source: str) -> None:
        self.known = _BARE.copy()
        """What tags are, by how they are written, that change nothing about what is behind them."""
        self._source = source
        self._foreign = 0
        """How many drawings and formulas are open."""
        self._has_more = False

    def read(self, match: re.Match[str]) -> tuple[tuple[Token, ...], int]:
        """Return the tokens of a match of the grammar, and where they end."""
        if not match["tag"]:
            return self._comment(match), match.end()
        tag = _read_tag(match, foreign=bool(self._foreign))
        end = self._end_of_raw_text(tag, match.end())
        if tag.name == "plaintext" or end < 0:
            return ("&lt;" + match[0][1:],), match.end()
        if tag.name in _FOREIGN:
            self._foreign = max(0, self._foreign + tag.form.value)
            self.known = _BARE.copy()  # `<path/>` is one thing within a drawing and another outside
        elif tag.name not in _RAW_TEXT:
            self.known[match[0]] = tag
        return (tag, self._source[match.end() : end]) if end > match.end() else (tag,), end

    def _comment(self, match: re.Match[str]) -> tuple[Token, ...]:
        if match["broken"] is not None:
            return ("&lt;",)
        is_first = not self._has_more and (match["comment"] or "").strip().lower() == "more"
        self._has_more |= is_first
        return (MORE,) if is_first else ()

    def _end_of_raw_text(self, tag: Tag, position: int) -> int:
        """Return where the raw text behind a tag ends: at `position` when there is none, -1 when it never ends."""
        if tag.form is not Form.START or tag.name not in _RAW_TEXT or self._foreign:
            return position
        match = _RAW_TEXT[tag.name].search(self._source, position)
        return match.start() if match else -1


def _read_tag(match: re.Match[str], *, foreign: bool) -> Tag:
    name = match["tag"].lower()
    if match["end"]:
        return Tag(name, Form.END, (), match[0])
    single = name in VOID or ((foreign or name in _FOREIGN) and match[0].endswith("/>"))
    return Tag(name, Form.SINGLE if single else Form.START, _read_attributes(match["attributes"]), match[0])


def _read_attributes(source: str) -> tuple[Attribute, ...]:
    attributes: dict[str, Value] = {}
    for name, value in _ATTRIBUTES.findall(source) if source else ():
        quoted = value[:1] in {'"', "'"}
        attributes.setdefault(name.lower(), _resolve(value[1:-1] if quoted else value) if value else None)
    return tuple(attributes.items())


def _resolve(value: str) -> str:
    # In an attribute `&copy=1` is no reference (section 13.2.5.73), which html.unescape doesn't know.
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), value) if "&" in value else value


def end_of(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the tag that ends the element whose start tag is at `start`, in tokens that nest."""
    depth = 0
    for index in range(start, len(tokens)):
        token = tokens[index]
        if isinstance(token, Tag):
            depth += token.form.value
            if depth <= 0:
                return index
    raise ValueError("the tokens do not nest")


def html_of(tokens: Iterable[Token]) -> Html:
    """Return tokens as HTML with a slot for each address.

    A slot lies between double quotes: what fills it must be escaped for an attribute.
    """
    parts: list[str] = []
    slots: list[Slot] = []
    run: list[str] = []
    for token in tokens:
        source = token if isinstance(token, str) else token.source
        if source or isinstance(token, str):
            run.append(source)
            continue
        for piece in _pieces(token):
            if isinstance(piece, str):
                run.append(piece)
            else:
                parts.append("".join(run))
                slots.append(piece)
                run = []
    parts.append("".join(run))
    return Html(tuple(parts), tuple(slots), digest_of(*parts))


def _pieces(tag: Tag) -> Iterable[str | Slot]:
    if tag is MORE:
        return
    yield f"<{tag.name}"
    for name, value in tag.attributes:
        quote = "" if value is None or not name else '"'
        yield f" {name}{'=' * bool(quote)}{quote}" if name else ""
        for piece in _as_pieces(value):
            yield _escape(piece) if isinstance(piece, str) else piece
        yield quote
    yield "/>" if tag.form is Form.SINGLE and tag.name not in VOID else ">"


def _as_pieces(value: Value) -> Sequence[str | Slot]:
    return (value,) if isinstance(value, str) else value or ()


def _shown(piece: str | Slot) -> str:
    return piece if isinstance(piece, str) else piece.target


def _escape(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

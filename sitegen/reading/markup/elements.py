"""What becomes of single elements: slots, pictures, cells, code, and what the page's policy would block."""

import re
from dataclasses import dataclass, field

from sitegen.model import Slot, SlotKind
from sitegen.reading.markup.addresses import has_addresses, with_slots
from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.tokens import Attribute, Form, Tag, Token

__all__ = ["finish_elements"]

_BLOCKED = {
    "embed": "object-src",
    "form": "form-action",
    "iframe": "frame-src",
    "link": "style-src",
    "object": "object-src",
    "script": "script-src",
    "style": "style-src",
}
"""Elements that the page's Content-Security-Policy blocks, with the directive that would let them in."""
_WITHOUT_ATTRIBUTES = frozenset({*_BLOCKED, "img", "pre"})
"""Elements that are looked at even when they have no attribute."""
_ALIGNMENT = re.compile(r"text-align: (left|center|right);")


def finish_elements(tokens: list[Token], notes: Notes, *, raw_html: bool) -> list[Token]:
    """Return the tokens with slots for addresses and with what each element needs on a page.

    Without `raw_html`, attributes that style an element or run a script, which attribute lists make too, are left out.
    """
    elements = _Elements(notes, raw_html)
    return [
        elements.finish(token, tokens, index)
        if isinstance(token, Tag) and (token.attributes or token.name in _WITHOUT_ATTRIBUTES)
        else token
        for index, token in enumerate(tokens)
    ]


@dataclass
class _Elements:
    notes: Notes
    raw_html: bool
    footnote: str = ""
    pictures: int = 0
    tied: dict[str, str] = field(default_factory=dict)
    """Names of anchors by those of footnotes."""
    done: dict[str, Tag] = field(default_factory=dict)
    """What tags always become, by how they are written: code repeats a few hundreds of times."""

    def finish(self, tag: Tag, tokens: list[Token], index: int) -> Tag:
        if tag.form is Form.END:
            return tag
        if known := self.done.get(tag.source):
            return known
        if tag.name in {"li", "sup"} and (anchor := tag.get("id") or "").startswith(("fn:", "fnref:")):
            return self._tied(tag, anchor.partition(":")[2])
        finished = _with_alignment(tag) if tag.name in {"td", "th"} else tag
        has_warnings = self._warn_of_element(finished, tokens, index)
        for name in () if self.raw_html else _blocked_attributes(finished):
            finished = finished.without(name)
        if has_addresses(tag):
            return self._addressed(finished, tokens, index)
        if tag.name == "pre":
            finished = _focusable(finished)
        if tag.source and not has_warnings and tag.name != "li":
            self.done[tag.source] = finished
        return finished

    def _tied(self, tag: Tag, name: str) -> Tag:
        """Return a footnote, or its place in the text, with what a theme needs to set them side by side.

        It is a name for a CSS anchor (`anchor-name: attr(data-note type(<custom-ident>))`), which an id is not.
        """
        if tag.name == "li":
            self.footnote = name
        return tag.having(("data-note", self.tied.setdefault(name, f"--note-{len(self.tied) + 1}")))

    def _addressed(self, tag: Tag, tokens: list[Token], index: int) -> Tag:
        def line_of(target: str) -> int:
            return self.notes.written.line_of_address(target, self.footnote) or self.notes.line_of(tokens, index)

        finished = with_slots(tag, line_of, self.notes)
        if tag.name == "img":
            return self._picture(finished, tokens, index)
        if tag.name == "input" and tag.get("type") == "checkbox" and tag.get("aria-label") is None:
            return finished.having(("aria-label", "to do" if tag.get("checked") is None else "done"))
        return finished

    def _warn_of_element(self, tag: Tag, tokens: list[Token], index: int) -> bool:
        """Warn of what the page's policy blocks; return whether there was anything."""
        blocked = _blocked_attributes(tag)
        for name in blocked:
            self.notes.warn(
                f"{name}= on <{tag.name}> is blocked by the page's Content-Security-Policy",
                self.notes.line_of(tokens, index, f"{name}="),
                hint="use a class and a rule of the theme" if name == "style" else "take it out",
            )
        directive = _BLOCKED.get(tag.name)
        if directive:
            self.notes.warn(
                f"<{tag.name}> in a text is blocked by the page's Content-Security-Policy",
                self.notes.line_of(tokens, index, f"<{tag.name}"),
                hint=f"take it out, or allow it: {directive} in the table csp of the configuration",
            )
        return bool(blocked or directive)

    def _picture(self, tag: Tag, tokens: list[Token], index: int) -> Tag:
        attributes: list[Attribute] = []
        if tag.get("alt") is None:
            attributes.append(("alt", ""))
            self._warn_of_alt(tag, tokens, index)
        if self.pictures and tag.get("loading") is None:
            attributes.append(("loading", "lazy"))
        if tag.get("decoding") is None:
            attributes.append(("decoding", "async"))
        attributes += _size(tag)
        self.pictures += 1
        return tag.having(*attributes) if attributes else tag

    def _warn_of_alt(self, tag: Tag, tokens: list[Token], index: int) -> None:
        target = tag.get("src") or ""
        pieces = dict(tag.attributes).get("src") or ()
        line = next((piece.line for piece in pieces if isinstance(piece, Slot)), 0) or self.notes.line_of(tokens, index)
        self.notes.warn(
            f"picture without a description: {target}",
            line,
            why="readers who cannot see it are told nothing",
            hint=f'write ![what it shows]({target}), or ![]({target}){{alt=""}} for mere decoration',
        )


def _size(tag: Tag) -> list[Attribute]:
    """Return a slot for the size of a picture whose text gives none."""
    slots = [piece for piece in dict(tag.attributes).get("src") or () if isinstance(piece, Slot)]
    given = tag.get("width") is not None or tag.get("height") is not None
    if given or not slots or slots[0].target.startswith("data:"):
        return []
    return [("", (Slot(SlotKind.SIZE, slots[0].target, 0),))]


def _with_alignment(tag: Tag) -> Tag:
    match = _ALIGNMENT.fullmatch(tag.get("style") or "")
    if not match:
        return tag
    classes = f"{tag.get('class') or ''} align-{match[1]}".strip()
    return tag.without("style").having(("class", classes))


def _focusable(tag: Tag) -> Tag:
    # A box that scrolls must be within reach of the keyboard (WCAG 2.1.1).
    return tag if tag.get("tabindex") is not None else tag.having(("tabindex", "0"))


def _blocked_attributes(tag: Tag) -> list[str]:
    """Return the names of attributes that the page's Content-Security-Policy blocks."""
    return [name for name, _ in tag.attributes if name == "style" or name.startswith("on")]

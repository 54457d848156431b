"""Addresses of a body become slots, which planning fills when it knows where everything is."""

import re
from collections.abc import Callable, Iterator

from sitegen.model import Slot, SlotKind
from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.tokens import Attribute, Tag, Token, Value
from sitegen.text import clean

__all__ = ["has_addresses", "hosts_of", "with_slots"]

_LINKS = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "blockquote": ("cite",),
    "button": ("formaction",),
    "del": ("cite",),
    "form": ("action",),
    "ins": ("cite",),
    "q": ("cite",),
}
_PICTURES = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src", "formaction"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_KINDS = {
    (tag, name): kind
    for kind, table in ((SlotKind.LINK, _LINKS), (SlotKind.PICTURE, _PICTURES))
    for tag, names in table.items()
    for name in names
}
_MEDIA = frozenset({"audio", "image", "img", "input", "source", "track", "video"})
_NOTE_ROLES = {"footnote-ref": "doc-noteref", "footnote-backref": "doc-backlink"}
"""By class of the links between a footnote and its place in the text: what they are to who hears them (DPUB-ARIA)."""

# A candidate is an address, which ends at white space or a comma behind it, and a width or density (HTML Living
# Standard, section 4.8.4.2.2).
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])((?:\s[^,]*)?)")
# Browsers drop tabs and newlines anywhere in an address, and control characters and spaces before it (URL Living
# Standard, section 4.4).
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_RUNS = re.compile(r"(?:javascript|vbscript|livescript|mocha):|data:[^,]*(?:html|xml|svg)", re.IGNORECASE)
_DRAWING = re.compile(r"data:image/svg\+xml", re.IGNORECASE)
_ORIGIN = re.compile(r"(https?:)?//([^/?#\\@]+@)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?(?=[/?#\\]|$)", re.IGNORECASE)


def has_addresses(tag: Tag) -> bool:
    """Whether an element may name an address."""
    return tag.name in _LINKS or tag.name in _PICTURES


def with_slots(tag: Tag, line_of: Callable[[str], int], notes: Notes) -> Tag:
    """Return the tag with a slot for each address; an address that runs a script is left out with a warning.

    Links between a footnote and its place keep their `#fragment`: they are ours, and right.
    """
    role = _NOTE_ROLES.get(tag.get("class") or "")
    if role and (tag.get("href") or "").startswith("#fn"):
        untitled = tag.without("title")  # "Jump back to footnote 1 in the text", in a site of any language
        return untitled if tag.get("role") else untitled.having(("role", role))
    attributes: list[Attribute] = []
    for name, value in tag.attributes:
        kind = _KINDS.get((tag.name, name))
        if kind is None or not isinstance(value, str):
            attributes.append((name, value))
            continue
        target = clean(value).strip()
        if _runs_script(tag, target):
            what = f"an address that runs a script was left out: {target[:60]!a}"
            notes.warn(what, line_of(target), hint="link to a page")
            continue
        if not target:
            notes.warn(f"<{tag.name}> without an address", line_of(target), hint="write where it leads, or take it out")
        attributes.append((name, _slots(name, target, kind, line_of)))
    return tag._replace(attributes=tuple(attributes), source="") if tuple(attributes) != tag.attributes else tag


def _slots(name: str, target: str, kind: SlotKind, line_of: Callable[[str], int]) -> Value:
    if name != "srcset":
        return (Slot(kind, target, line_of(target)),)
    pieces: list[str | Slot] = []
    for address, descriptor in _CANDIDATE.findall(target):
        pieces.append(", " if pieces else "")
        pieces.append(Slot(kind, address, line_of(address)))
        pieces.append(descriptor.rstrip())
    return tuple(pieces)


def _runs_script(tag: Tag, target: str) -> bool:
    address = _IGNORED.sub("", target)
    if not _RUNS.match(address):
        return False
    # A drawing that is shown as a picture runs nothing (HTML Living Standard, section 4.8.4).
    return not (tag.name in _MEDIA and _DRAWING.match(address))


def hosts_of(tokens: list[Token]) -> tuple[str, ...]:
    """Return the origins, `https://host`, of pictures and media from elsewhere, sorted; `data:` for pictures inline."""
    origins = (_origin(slot.target) for slot in _media_slots(tokens))
    return tuple(sorted({origin for origin in origins if origin}))


def _media_slots(tokens: list[Token]) -> Iterator[Slot]:
    for token in tokens:
        if isinstance(token, Tag) and token.name in _MEDIA:
            for _, value in token.attributes:
                yield from (piece for piece in value or () if isinstance(piece, Slot))


def _origin(address: str) -> str:
    if address.lower().startswith("data:"):
        return "data:"
    match = _ORIGIN.match(address)
    return f"{match[1] or 'https:'}//{match[3]}{match[4] or ''}".lower() if match else ""

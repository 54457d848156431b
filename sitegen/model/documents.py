"""What a text became, and the file that it stands in."""

import enum
from collections.abc import Sequence

from sitegen.errors import Finding, Place
from sitegen.records import dataclass

__all__ = ["Document", "Heading", "Html", "Slot", "SlotKind", "Source"]


class SlotKind(enum.Enum):
    """What an address in a body is for."""

    LINK = "link"
    """A target to go to: `href`."""
    PICTURE = "picture"
    """A file that the page itself loads: `src`, `poster`, each candidate of `srcset`."""
    SIZE = "size"
    """The size of the picture at this address, as attributes: ` width="800" height="600"`, or nothing."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole in converted HTML that planning fills with an address."""

    kind: SlotKind
    target: str
    """The address as written, entities resolved: `../2008/a.md#step-2`, `/about.html`, `https://example.org/`."""
    line: int
    """Line of the text that was converted, counted from 1; 0 when it could not be found."""


@dataclass(frozen=True, slots=True)
class Html:
    """Converted HTML: strings with slots between them."""

    parts: Sequence[str]
    """One more than there are slots."""
    slots: tuple[Slot, ...]
    digest: str
    """`digest_of(*parts)`: the store's key for the parts."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body, for tables of contents and for checking `#fragment` links."""

    level: int
    """2 to 6; the page's title is 1."""
    id: str
    title: str
    """Plain text."""


@dataclass(frozen=True, slots=True)
class Document:
    """What Markdown became. `convert` makes it and knows no other page."""

    body: Html
    opening: Html
    """The first paragraphs, 120 to 180 words cut at a sentence or a paragraph, for a lead without a picture; no parts
    with text when the body opens with something else than paragraphs."""
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    """Every id in the body once, sorted, for checking `#fragment` links."""
    more: str | None
    """Inline HTML of what stands before `<!-- more -->` (paragraphs joined, links unwrapped), or None."""
    lead_text: str
    """Plain text of the first paragraph, or of the first block that has text; summaries are cut from it."""
    words: int
    hosts: tuple[str, ...]
    """Origins (`https://host`) of pictures and media that the body loads from elsewhere, sorted, for the CSP; with
    `data:` when a picture is written into its address."""
    drop_cap: bool
    """The first block is a paragraph that starts with a Latin letter and has 200 characters or more."""
    findings: tuple[Finding, ...]
    """Warnings; lines count from the first line of the text, paths are empty."""
    inline: str = ""
    """Inline HTML of the whole text like `more`, for summaries; empty for a text that is too long for one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file below content/ as it was read."""

    path: str
    """Below the site's folder, with forward slashes: `content/posts/2008/a.md`."""
    text_line: int = 1
    """Line of the file on which the text behind the front matter starts."""
    places: tuple[tuple[str, int, int], ...] = ()
    """(key, line, column) of each front matter key's value; a part of a value is `image.alt` or `tags.2`."""
    head_digest: str = ""
    """`digest_of` the file down to the end of its front matter, lines ending in `\n`."""

    def place(self, key: str = "") -> Place:
        """Return where the value of `key` stands; the top of the file when it is not there."""
        for name, line, column in self.places:
            if name == key:
                return Place(self.path, line, column)
        return Place(self.path)

    def place_at(self, line: int) -> Place:
        """Return a line of the file as a place; line 0 is the file."""
        return Place(self.path, line)

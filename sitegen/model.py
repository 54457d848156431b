"""What the writer wrote, as values: frozen, checked, and free of anything that only publishing decides.

No URL of this site appears here: links are kept as they were written (`Slot`) until planning knows every address.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from sitegen.errors import Finding, Place

__all__ = [
    "Asset",
    "Author",
    "Comment",
    "CommentPolicy",
    "Document",
    "Heading",
    "Held",
    "Html",
    "Page",
    "Picture",
    "Post",
    "Promo",
    "PromoMatch",
    "Site",
    "Slot",
    "SlotKind",
    "Source",
    "State",
    "Value",
]

_Scalar = str | int | float | bool | None
Value = _Scalar | tuple["Value", ...] | Mapping[str, "Value"]
"""Free data (`extra`, `content/data/`): scalars, tuples and read-only mappings."""


class SlotKind(enum.Enum):
    """What an address in a body is for."""

    LINK = "link"
    """A target to go to: `href`."""
    PICTURE = "picture"
    """A file that the page itself loads: `src`, `poster`, each candidate of `srcset`."""


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

    parts: tuple[str, ...]
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
    anchors: frozenset[str]
    """Every id in the body, for checking `#fragment` links."""
    more: str | None
    """Inline HTML of what stands before `<!-- more -->` (paragraphs joined, links unwrapped), or None."""
    lead_text: str
    """Plain text of the first paragraph, or of the first block that has text; summaries are cut from it."""
    words: int
    hosts: tuple[str, ...]
    """Origins (`https://host`) of pictures and media that the body loads from elsewhere, sorted, for the CSP; with
    `data:` when a picture is written into its address."""
    drop_cap: bool
    """The first block is a paragraph that starts with a letter and has 200 characters or more."""
    findings: tuple[Finding, ...]
    """Warnings; lines count from the first line of the text, paths are empty."""
    inline: str = ""
    """Inline HTML of the whole text like `more`, for summaries; empty for a text that is too long for one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file below content/ as it was read."""

    path: str
    """Below the site's folder, with forward slashes: `content/posts/2008/a.md`."""
    digest: str
    """`digest_of` its bytes."""
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


class State(enum.Enum):
    """Whether a post is published, and if not, why."""

    LIVE = "live"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"


class CommentPolicy(enum.Enum):
    """What a post says about comments."""

    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Picture:
    """A lead picture or a portrait."""

    target: str
    """As written: a path beside the source, a path of the site, or an address."""
    alt: str | None
    """None: not given, which is a warning; empty: decoration, on purpose."""
    caption: str = ""
    """Plain text."""
    credit: str = ""
    """Plain text."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody with a byline."""

    id: str
    """Stem of the file in content/authors/, or the slug of an author who was only named."""
    name: str
    bio: Document | None = None
    short: str = ""
    """One line about the author, plain text."""
    role: str = ""
    email: str = ""
    url: str = ""
    photo: Picture | None = None
    same_as: tuple[str, ...] = ()
    source: Source | None = None
    """None for an author who was only named in a post or described inline."""
    described_in: Source | None = None
    """Of an author described inline: the post, from which the paths in bio and photo lead."""


@dataclass(frozen=True, slots=True)
class PromoMatch:
    """Which posts a promo is for; values within a key are alternatives, keys must all hold. Names are folded."""

    tags: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    """Ids and names."""

    def __bool__(self) -> bool:
        return bool(self.tags or self.categories or self.authors)


@dataclass(frozen=True, slots=True)
class Promo:
    """A promotional block."""

    id: str
    """Stem of the file in content/promos/; for an inline promo the post's id, `#promo-` and its number."""
    title: str
    body: Document
    url: str = ""
    label: str = "Promotion"
    image: Picture | None = None
    weight: int = 0
    default: bool = False
    match: PromoMatch = PromoMatch()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """An archived comment. `body` is sanitised HTML."""

    id: str
    author: str
    url: str
    date: datetime
    body: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post that will be on the site."""

    id: str
    """Stable: feeds and comment threads are keyed by it."""
    source: Source
    title: str
    date: datetime
    """Aware, with a fixed offset: that of the site's zone on that day, or the one written."""
    slug: str
    document: Document
    authors: tuple[Author, ...]
    state: State = State.LIVE
    updated: datetime | None = None
    expires: datetime | None = None
    category: str = "general"
    tags: tuple[str, ...] = ()
    summary: Document | None = None
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    promos: tuple[Promo, ...] | None = None
    """None: the site picks one; empty: none."""
    unlisted: bool = False
    featured: bool = False
    image: Picture | None = None
    comments: CommentPolicy = CommentPolicy.OPEN
    thread: tuple[Comment, ...] = ()
    """Archived comments, oldest first."""
    series: str = ""
    lang: str = ""
    """BCP 47 tag; empty: the site's."""
    description: str = ""
    template: str = ""
    """Name of a template of the theme, empty for `post.html`."""
    extra: Mapping[str, Value] = field(default_factory=dict)
    bundle: str = ""
    """Path of the bundle's folder below the site's folder; empty for a post that is a single file."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is not dated."""

    path: str
    """Below content/pages/, without suffix: `about`, `help/faq`."""
    source: Source
    title: str
    document: Document
    updated: datetime | None = None
    summary: Document | None = None
    slug: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    unlisted: bool = False
    image: Picture | None = None
    lang: str = ""
    description: str = ""
    template: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is."""

    path: str
    """Below the site's folder: `content/static/robots.txt`, `content/posts/2014/a/chart.png`."""
    digest: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post or page that is in content/ but not on the site."""

    path: str
    title: str
    state: State
    date: datetime | None
    """Of a scheduled post: when it is due; of an expired one: when it ran out; else its date, if it has one."""
    reason: str
    """One sentence part: `draft: true`, `in drafts/`, `no date`, `due 2027-03-01 00:00`."""


@dataclass(frozen=True)
class Site:
    """All that was written, sorted and checked. Drafts and due dates are decided; nothing after this filters again."""

    posts: tuple[Post, ...]
    """Newest first, by (date, id); with unlisted ones."""
    pages: tuple[Page, ...]
    """By path."""
    promos: tuple[Promo, ...]
    """Those running now, in the order in which one is picked: highest weight first, then id."""
    authors: tuple[Author, ...]
    """Those with a file, by id."""
    static: tuple[Asset, ...]
    """Files below content/static/, by path."""
    files: tuple[Asset, ...]
    """Other files below content/, by path; published when in a live bundle, or when a published source names them."""
    data: Mapping[str, Value]
    held: tuple[Held, ...]
    """By path."""
    findings: tuple[Finding, ...]
    """Warnings and notices of reading."""
    root: Path
    """The site's folder. Only reading and the store may open files below it."""
    held_posts: tuple[Post, ...] = ()
    """Those of `held` that could be read, only to find what is wrong with them before they are published."""
    faulty: frozenset[str] = frozenset()
    """Paths of files with errors. A site that has any is planned only to find its other faults."""
    next_change: datetime | None = None
    """When time alone next makes this another site: a post is due or expires, a promo starts or ends."""
    sidebar_texts: tuple[Document | None, ...] = ()
    """The converted body of each block of the configured sidebar, None for a block without one."""
    founded: date | None = None
    """Configured, else the first live post's date."""

    @cached_property
    def held_paths(self) -> Mapping[str, Held]:
        """Held-back sources by path, for the error about a link that leads to one."""
        return {held.path: held for held in self.held}

    def listed(self) -> Iterator[Post]:
        """Yield the posts that lists, feeds, counts and neighbours are made of, newest first."""
        return (post for post in self.posts if not post.unlisted)

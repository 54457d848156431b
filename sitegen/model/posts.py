"""Posts and pages, and who and what belongs to them."""

import enum
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from sitegen.model.documents import Document, Source
from sitegen.records import dataclass

__all__ = ["Author", "Comment", "CommentPolicy", "Page", "Picture", "Post", "Promo", "PromoMatch", "State", "Value"]


_Scalar = str | int | float | bool | None


Value = _Scalar | tuple["Value", ...] | Mapping[str, "Value"]
"""Free data (`extra`, `content/data/`): scalars, tuples and read-only mappings."""


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

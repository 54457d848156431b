"""What the front matter of each kind of file says, converted; names of authors and promos are still to be looked up."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from sitegen.model import CommentPolicy, Picture, PromoMatch, Value
from sitegen.records import dataclass

__all__ = ["AuthorFields", "InlineAuthor", "InlinePromo", "PageFields", "PostFields", "PromoFields"]


@dataclass(frozen=True, slots=True)
class InlineAuthor:
    """An author described in the post itself."""

    name: str
    bio: str = ""
    """Markdown."""
    url: str = ""
    email: str = ""
    photo: Picture | None = None


@dataclass(frozen=True, slots=True)
class InlinePromo:
    """A promotional block described in the post itself."""

    title: str
    body: str = ""
    """Markdown."""
    url: str = ""
    label: str = "Promotion"
    image: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFields:
    """Front matter of a post. What is not given has the default shown here."""

    title: str = ""
    """Empty only together with an error."""
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    """First moment at which the post is no longer published."""
    authors: tuple[str | InlineAuthor, ...] = ()
    """Ids, exact names or plain names; empty: the site's default author."""
    promos: tuple[str | InlinePromo, ...] | None = None
    """Ids or blocks; None: the site picks one; empty: none."""
    category: str = "general"
    tags: tuple[str, ...] = ()
    summary: str = ""
    """Markdown, one paragraph."""
    slug: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    id: str = ""
    draft: bool = False
    unlisted: bool = False
    featured: bool = False
    image: Picture | None = None
    comments: CommentPolicy | None = None
    """None: as the site's configuration says."""
    series: str = ""
    lang: str = ""
    description: str = ""
    template: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFields:
    """Front matter of a page."""

    title: str = ""
    """Empty only together with an error."""
    updated: datetime | None = None
    summary: str = ""
    """Markdown, one paragraph."""
    slug: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    unlisted: bool = False
    image: Picture | None = None
    lang: str = ""
    description: str = ""
    template: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorFields:
    """Front matter of an author."""

    name: str = ""
    """Empty only together with an error."""
    email: str = ""
    url: str = ""
    photo: Picture | None = None
    role: str = ""
    same_as: tuple[str, ...] = ()
    short: str = ""
    """One line about the author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoFields:
    """Front matter of a promotional block."""

    title: str = ""
    """Empty only together with an error."""
    url: str = ""
    label: str = "Promotion"
    image: Picture | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    """First moment at which the block no longer runs."""
    weight: int = 0
    default: bool = False
    match: PromoMatch = field(default_factory=PromoMatch)

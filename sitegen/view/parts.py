"""Parts of pages: people, promos, comments, cards, archives, the sidebar."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from sitegen.view.small import Body, DateView, ImageView, LinkView, TermView

__all__ = [
    "AboutView",
    "AuthorView",
    "CardView",
    "CommentView",
    "CommentsView",
    "DayGroup",
    "MonthView",
    "Pager",
    "PromoView",
    "SeriesView",
    "SidebarBlock",
    "YearView",
]


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author; `url` is the page here, `website` the author's own."""

    id: str
    name: str
    url: str
    bio: Body | None = None
    short: str = ""
    role: str = ""
    email: str = ""
    website: str = ""
    photo: ImageView | None = None
    same_as: tuple[str, ...] = ()
    feed_url: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PromoView:
    """A promotional block. `url` may be empty."""

    id: str
    title: str
    body: Body
    label: str
    url: str = ""
    image: ImageView | None = None


@dataclass(frozen=True, slots=True)
class CommentView:
    """An archived comment with the replies to it."""

    id: str
    """Good as an HTML id: `comment-...`."""
    author: str
    url: str
    """The commenter's own page; may be empty."""
    date: DateView
    time: str
    """`14:05` in the site's zone."""
    body: Markup
    replies: tuple["CommentView", ...] = ()


@dataclass(frozen=True, slots=True)
class CommentsView:
    """The comment line of a post, and on the post's page its thread. There is no such view when comments are off."""

    url: str
    """`URL#comments`: always a real link."""
    text: str
    """`14 comments`, or the bare word where only a live service knows the number."""
    count: int
    """-1 when unknown."""
    open: bool
    id: str
    """The post's stable id, for a comment service."""
    thread: tuple[CommentView, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the count was known when the site was built."""
        return self.count >= 0


@dataclass(frozen=True, slots=True)
class CardView:
    """A post on a list."""

    title: str
    url: str
    date: DateView
    summary: Markup
    authors: tuple[LinkView, ...]
    section: LinkView
    comments: CommentsView | None = None
    image: ImageView | None = None
    opening: Body | None = None
    """The first paragraphs; only for a lead that has no picture."""
    updated: DateView | None = None
    lang: str = ""
    """Empty when it is the site's."""
    featured: bool = False


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Posts of one day on a list, with the date header that stands above them."""

    date: DateView
    posts: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a numbered list goes on. The first page has no number; page n counts from the oldest."""

    newer: LinkView | None
    older: LinkView | None
    number: int
    """0 on the first page."""
    total: int
    """Number of numbered pages."""
    first: LinkView


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the archive."""

    title: str
    """`September`."""
    url: str
    count: int
    posts: tuple[LinkView, ...] = ()
    """Titles with dates, newest first; only on the year's own page."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the archive with its months, newest first."""

    title: str
    url: str
    count: int
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series a post belongs to, oldest part first."""

    title: str
    parts: tuple[LinkView, ...]
    """The post itself has `current`."""
    number: int
    """Which part this post is, counted from 1."""


@dataclass(frozen=True, slots=True)
class SidebarBlock:
    """A block of the sidebar: `about`, `recent`, `labels`, `archive`, `text` or `promo`."""

    block: Literal["about", "recent", "labels", "archive", "text", "promo"]
    title: str
    """May be empty: the theme's own words then."""
    text: Body | None = None
    """Of a `text` block."""
    promo: PromoView | None = None
    """Of a `promo` block."""
    posts: tuple[LinkView, ...] = ()
    """Of a `recent` block."""
    labels: tuple[TermView, ...] = ()
    """Of a `labels` block."""
    years: tuple[YearView, ...] = ()
    """Of an `archive` block. A block carries what it shows, so that pages without it do not depend on it."""


@dataclass(frozen=True, slots=True)
class AboutView:
    """The block "About This Blog"."""

    text: Markup
    url: str
    """The page `about`; empty when there is none."""

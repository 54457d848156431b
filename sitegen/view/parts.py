"""Parts of pages: people, promos, comments, cards, archives, the sidebar."""

from typing import Literal

from markupsafe import Markup

from sitegen.records import dataclass
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
    """Stem of the author's file, else made from the name."""
    name: str
    """As it stands in bylines."""
    url: str
    """List of the author's posts; empty when there is none."""
    bio: Body | None = None
    """The text of the author's file."""
    short: str = ""
    """The author in one line."""
    role: str = ""
    """`Careers editor`."""
    email: str = ""
    """An address to write to."""
    website: str = ""
    """The author's own pages."""
    photo: ImageView | None = None
    """A portrait."""
    same_as: tuple[str, ...] = ()
    """Addresses of the author elsewhere, for `rel=me`."""
    feed_url: str = ""
    """Feed of the author's posts; empty when there is none."""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PromoView:
    """A promotional block. `url` may be empty."""

    id: str
    """Stem of the promo's file; empty for one that stands in a post."""
    title: str
    """Its heading."""
    body: Body
    """Its text."""
    label: str
    """What the link says."""
    url: str = ""
    """Where the link leads."""
    image: ImageView | None = None
    """Its picture."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """An archived comment with the replies to it."""

    id: str
    """Good as an HTML id: `comment-...`."""
    author: str
    """The commenter's name."""
    url: str
    """The commenter's own page; may be empty."""
    date: DateView
    """The day in the site's zone."""
    time: str
    """`14:05` in the site's zone."""
    body: Markup
    """The comment, cleaned of what may do harm."""
    replies: tuple["CommentView", ...] = ()
    """Answers to it, oldest first."""


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
    """Whether new comments are asked for."""
    id: str
    """The post's stable id, for a comment service."""
    thread: tuple[CommentView, ...] = ()
    """Comments that answer none, oldest first; only on the post's page."""

    @property
    def known(self) -> bool:
        """Whether the count was known when the site was built."""
        return self.count >= 0


@dataclass(frozen=True, slots=True)
class CardView:
    """A post on a list."""

    title: str
    """Plain text."""
    url: str
    """The post."""
    date: DateView
    """When it was published."""
    summary: Markup
    """Inline HTML of the dek."""
    authors: tuple[LinkView, ...]
    """Links to their lists."""
    section: LinkView
    """Its category."""
    comments: CommentsView | None = None
    """None when comments are off."""
    image: ImageView | None = None
    """The post's picture."""
    opening: Body | None = None
    """The first paragraphs; only for a lead that has no picture."""
    updated: DateView | None = None
    """Only when it was revised more than a day after publication."""
    lang: str = ""
    """Empty when it is the site's."""
    featured: bool = False
    """Whether the writer asked for it to lead the front page."""


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Posts of one day on a list, with the date header that stands above them."""

    date: DateView
    """The day in the site's zone."""
    posts: tuple[CardView, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a numbered list goes on. The first page has no number; page n counts from the oldest."""

    newer: LinkView | None
    """The page with newer posts."""
    older: LinkView | None
    """The page with older posts."""
    number: int
    """0 on the first page."""
    total: int
    """Number of numbered pages."""
    first: LinkView
    """The unnumbered page, with the newest posts."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the archive."""

    title: str
    """`September`."""
    url: str
    """List of the month's posts."""
    count: int
    """Number of its posts."""
    posts: tuple[LinkView, ...] = ()
    """Titles with dates, newest first; only on the year's own page."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the archive with its months, newest first."""

    title: str
    """`2008`."""
    url: str
    """The year's own page."""
    count: int
    """Number of its posts."""
    months: tuple[MonthView, ...]
    """Those that have posts, newest first."""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series a post belongs to, oldest part first."""

    title: str
    """Name of the series."""
    parts: tuple[LinkView, ...]
    """The post itself has `current`."""
    number: int
    """Which part this post is, counted from 1."""


@dataclass(frozen=True, slots=True)
class SidebarBlock:
    """A block of the sidebar: `about`, `recent`, `labels`, `archive`, `text` or `promo`."""

    block: Literal["about", "recent", "labels", "archive", "text", "promo"]
    """Which it is."""
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
    """The site's description, else the summary of the page `about`, else the tagline."""
    url: str
    """The page `about`; empty when there is none."""

"""Pages for people, one class for each kind."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from sitegen.view.parts import AuthorView, CardView, CommentsView, DayGroup, Pager, PromoView, SeriesView, YearView
from sitegen.view.small import Body, DateView, EditionView, FeedLink, ImageView, LinkView, Record

__all__ = ["ArchivePage", "FeedsPage", "FrontPage", "ListPage", "NotFoundPage", "PagePage", "PageView", "PostPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every HTML page has."""

    title: str
    """Plain text; the front page's is the site's."""
    url: str
    canonical: str
    """Absolute."""
    description: str = ""
    """Plain text for search results."""
    lang: str
    direction: Literal["ltr", "rtl"]
    noindex: bool = False
    csp: str
    """Content-Security-Policy for the meta tag."""
    edition: EditionView | None = None
    crumbs: tuple[LinkView, ...] = ()
    """Way from the front page to here, front page first, this page not included."""
    feed: FeedLink | None = None
    """The page's own feed (tag, category, author), besides the site's."""
    image: ImageView | None = None
    """For social cards."""
    prev_url: str = ""
    """Absolute, for `rel=prev`."""
    next_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage(PageView):
    """A post."""

    kind: Literal["post"] = "post"
    id: str
    date: DateView
    updated: DateView | None
    """Only when it was revised more than a day after publication."""
    modified: DateView
    """`updated`, else `date`: for machines."""
    authors: tuple[AuthorView, ...]
    section: LinkView
    tags: tuple[LinkView, ...]
    content: Body
    summary: Markup
    """Inline HTML of the dek; empty unless the writer wrote a summary."""
    social_image: ImageView | None
    """What shows the post where it is shared: its own picture, else the card drawn for it, if there are cards."""
    drop_cap: bool
    promos: tuple[PromoView, ...]
    comments: CommentsView | None
    newer: LinkView | None
    older: LinkView | None
    related: tuple[LinkView, ...]
    series: SeriesView | None
    toc: tuple[LinkView, ...]
    """Headings of level 2."""
    words: int
    minutes: int
    """Reading time, at least 1."""
    age: int
    """Whole years between this post and the site's newest, 0 below two."""
    extra: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePage(PageView):
    """A page that is not dated."""

    kind: Literal["page"] = "page"
    content: Body
    updated: DateView | None
    toc: tuple[LinkView, ...]
    extra: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage(PageView):
    """The front page."""

    kind: Literal["front"] = "front"
    lead: CardView | None
    secondary: tuple[CardView, ...]
    """Up to four."""
    days: tuple[DayGroup, ...]
    """The other posts of the first page, grouped by day; the lead's day has no header a second time: its group's
    date is the lead's."""
    pager: Pager
    promo: PromoView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(PageView):
    """A category, tag, author, day or month, or a numbered page of the front page."""

    kind: Literal["category", "tag", "author", "day", "month", "posts"]
    days: tuple[DayGroup, ...]
    """Posts newest first, grouped by day."""
    pager: Pager
    count: int
    """Posts in the whole list, not on this page."""
    author: AuthorView | None = None
    date: DateView | None = None
    """Of a day's page."""
    newer: LinkView | None = None
    """Of a day's or a month's page: the next one that has posts."""
    older: LinkView | None = None

    @property
    def posts(self) -> tuple[CardView, ...]:
        """All cards of this page, newest first."""
        return tuple(card for group in self.days for card in group.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(PageView):
    """The archive of all years (one entry a year, with counts), or of one year (one entry, months with titles)."""

    kind: Literal["archive", "year"]
    years: tuple[YearView, ...]
    count: int
    newer: LinkView | None = None
    older: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage(PageView):
    """The page about feeds, for people."""

    kind: Literal["feeds"] = "feeds"
    sections: tuple[FeedLink, ...]
    tags: tuple[FeedLink, ...]
    authors: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(PageView):
    """404.html; a site's own page pages/404.md comes as `content`."""

    kind: Literal["404"] = "404"
    content: Body | None
    latest: tuple[LinkView, ...]
    """The newest five posts."""

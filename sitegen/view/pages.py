"""Pages for people, one class for each kind."""

from typing import Literal

from markupsafe import Markup

from sitegen.records import dataclass
from sitegen.view.parts import AuthorView, CardView, CommentsView, DayGroup, Pager, PromoView, SeriesView, YearView
from sitegen.view.small import Body, DateView, EditionView, FeedLink, ImageView, LinkView, Record

__all__ = ["ArchivePage", "FeedsPage", "FrontPage", "ListPage", "NotFoundPage", "PagePage", "PageView", "PostPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every HTML page has."""

    title: str
    """Plain text; the front page's is the site's."""
    url: str
    """This page, root-relative."""
    canonical: str
    """Absolute."""
    description: str = ""
    """Plain text for search results."""
    lang: str
    """Of what the page says, a BCP 47 tag: the post's or page's own, else the site's."""
    direction: Literal["ltr", "rtl"]
    """In which `lang` is written."""
    noindex: bool = False
    """Whether search engines are asked to leave the page out."""
    csp: str
    """Content-Security-Policy for the meta tag."""
    edition: EditionView | None = None
    """Date and issue number of the newest post on the page; none where there is no post."""
    crumbs: tuple[LinkView, ...] = ()
    """Way from the front page to here, front page first, this page not included."""
    feed: FeedLink | None = None
    """The page's own feed (tag, category, author), besides the site's."""
    image: ImageView | None = None
    """For social cards."""
    prev_url: str = ""
    """Absolute, for `rel=prev`."""
    next_url: str = ""
    """Likewise, for `rel=next`: the older one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage(PageView):
    """A post."""

    kind: Literal["post"] = "post"
    """Which kind of page this is."""
    id: str
    """Stable: it stays when title and address change."""
    date: DateView
    """When it was published."""
    updated: DateView | None
    """Only when it was revised more than a day after publication."""
    modified: DateView
    """`updated`, else `date`: for machines."""
    authors: tuple[AuthorView, ...]
    """At least one unless neither post nor configuration names any."""
    section: LinkView
    """Its category."""
    tags: tuple[LinkView, ...]
    """In the writer's order."""
    content: Body
    """The text."""
    summary: Markup
    """Inline HTML of the dek; empty unless the writer wrote a summary."""
    social_image: ImageView | None
    """What shows the post where it is shared: its own picture, else the card drawn for it, if there are cards."""
    drop_cap: bool
    """Whether the text begins with what a large initial can be made of."""
    promos: tuple[PromoView, ...]
    """Those that the post names, else the one that was picked for it."""
    comments: CommentsView | None
    """None when comments are off."""
    newer: LinkView | None
    """The next newer post."""
    older: LinkView | None
    """The next older post."""
    related: tuple[LinkView, ...]
    """The posts closest to it by tags, category and time: at most three."""
    series: SeriesView | None
    """None when no other post is of its series."""
    toc: tuple[LinkView, ...]
    """Headings of level 2."""
    words: int
    """Number of words of the text."""
    minutes: int
    """Reading time, at least 1."""
    age: int
    """Whole years between this post and the site's newest, 0 below two."""
    extra: Record
    """What stands under `extra` in the front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePage(PageView):
    """A page that is not dated."""

    kind: Literal["page"] = "page"
    """Which kind of page this is."""
    content: Body
    """The text."""
    updated: DateView | None
    """When the writer says that it was revised."""
    toc: tuple[LinkView, ...]
    """Headings of level 2."""
    extra: Record
    """What stands under `extra` in the front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage(PageView):
    """The front page."""

    kind: Literal["front"] = "front"
    """Which kind of page this is."""
    lead: CardView | None
    """The featured post, else the newest; none on a site without posts."""
    secondary: tuple[CardView, ...]
    """Up to four."""
    days: tuple[DayGroup, ...]
    """The other posts of the first page, grouped by day; the lead's day has no header a second time: its group's
    date is the lead's."""
    pager: Pager
    """Where the list goes on."""
    promo: PromoView | None
    """The one that was picked for this page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(PageView):
    """A category, tag, author, day or month, or a numbered page of the front page."""

    kind: Literal["category", "tag", "author", "day", "month", "posts"]
    """What the posts have in common; `posts` is a numbered page of the front page."""
    days: tuple[DayGroup, ...]
    """Posts newest first, grouped by day."""
    pager: Pager
    """Where the list goes on."""
    count: int
    """Posts in the whole list, not on this page."""
    author: AuthorView | None = None
    """Of an author's page."""
    date: DateView | None = None
    """Of a day's page."""
    newer: LinkView | None = None
    """Of a day's or a month's page: the next one that has posts."""
    older: LinkView | None = None
    """Likewise: the one before."""

    @property
    def posts(self) -> tuple[CardView, ...]:
        """All cards of this page, newest first."""
        return tuple(card for group in self.days for card in group.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(PageView):
    """The archive of all years (one entry a year, with counts), or of one year (one entry, months with titles)."""

    kind: Literal["archive", "year"]
    """Which kind of page this is."""
    years: tuple[YearView, ...]
    """Newest first."""
    count: int
    """Posts of all `years`."""
    newer: LinkView | None = None
    """Of a year's page: the next year that has posts."""
    older: LinkView | None = None
    """Likewise: the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage(PageView):
    """The page about feeds, for people."""

    kind: Literal["feeds"] = "feeds"
    """Which kind of page this is."""
    sections: tuple[FeedLink, ...]
    """Of categories, by name."""
    tags: tuple[FeedLink, ...]
    """Of tags, by name."""
    authors: tuple[FeedLink, ...]
    """Of authors, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(PageView):
    """404.html; a site's own page pages/404.md comes as `content`."""

    kind: Literal["404"] = "404"
    """Which kind of page this is."""
    content: Body | None
    """What pages/404.md says; none when there is no such file."""
    latest: tuple[LinkView, ...]
    """The newest five posts."""

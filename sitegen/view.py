"""What a template sees. Every class is small, frozen and closed; every address is ready to be written into `href`.

A template gets two names: `site` (a `SiteView`) and `page` (one of the `*Page` classes). Fields of type `Markup` are
HTML and are printed as they are; `str` is text and is escaped. A neighbour is a link, never another page.
A `Body` is printed like any other value: `{{ page.content }}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

__all__ = [
    "AboutView",
    "ArchivePage",
    "AuthorView",
    "Body",
    "CardView",
    "CommentView",
    "CommentsView",
    "Copy",
    "DateView",
    "DayGroup",
    "EditionView",
    "FeedEntry",
    "FeedLink",
    "FeedPage",
    "FeedsPage",
    "FrontPage",
    "ImageView",
    "LinkView",
    "ListPage",
    "MonthView",
    "NotFoundPage",
    "PagePage",
    "PageView",
    "Pager",
    "PostPage",
    "PromoView",
    "Record",
    "RedirectPage",
    "Route",
    "SeriesView",
    "SidebarBlock",
    "SiteView",
    "SitemapEntry",
    "SitemapIndex",
    "SitemapPage",
    "TermView",
    "TextFile",
    "View",
    "YearView",
]


@dataclass(frozen=True, slots=True)
class Body:
    """Converted HTML by digest, with the address for each of its slots. Rendering joins it from the store."""

    digest: str
    fills: tuple[str, ...]


class Record(Mapping[str, object]):
    """A read-only mapping whose keys are attributes too: `site.data.links`, `page.extra.colour`, `site.words.by`."""

    __slots__ = ("_items",)
    _items: dict[str, object]

    def __init__(self, items: Mapping[str, object]) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: str) -> object:
        return self._items[key]

    def __getattr__(self, key: str) -> object:
        try:
            return self._items[key]
        except KeyError:
            raise AttributeError(key) from None

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Record({self._items!r})"

    def __reduce__(self) -> tuple[type["Record"], tuple[dict[str, object]]]:
        return (Record, (self._items,))


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in the forms that pages show; prints as `full`."""

    iso: str
    """For `datetime=`: `2008-09-27T00:00:00-04:00`."""
    day: str
    """`2008-09-27`, also good as an id."""
    full: str
    """`Saturday, September 27, 2008`."""
    medium: str
    """`Sep 27, 2008`."""
    url: str
    """The page of that day when it has two posts or more, else of its month; empty when there is none."""
    year: int

    def __str__(self) -> str:
        return self.full


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to another page; prints as its title."""

    title: str
    url: str
    date: DateView | None = None
    current: bool = False

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class TermView:
    """A tag, a category or an author as an entry of a list: name, page, number of posts."""

    name: str
    url: str
    count: int
    feed_url: str = ""


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture; `width` and `height` in CSS pixels are 0 when unknown."""

    url: str
    alt: str
    absolute_url: str
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""


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
class EditionView:
    """The edition line: the newest post's date on the page and its issue number."""

    date: DateView
    number: str
    """`Vol. 18, No. 326`: years since the founding, day of the year."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to subscribe to."""

    title: str
    url: str
    absolute_url: str
    type: str
    """Media type: `application/rss+xml`."""


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


@dataclass(frozen=True, slots=True)
class SiteView:
    """What all pages share, made once per plan."""

    title: str
    tagline: str
    description: str
    url: str
    """Front page, absolute: `https://example.org/blog/`."""
    base: str
    """Front page, root-relative: `/blog/` or `/`."""
    language: str
    direction: Literal["ltr", "rtl"]
    menu: tuple[LinkView, ...]
    """Configured menu; empty when there is none (then themes show `sections`)."""
    sections: tuple[LinkView, ...]
    """At most seven categories, those with most posts first."""
    about: AboutView
    recent: tuple[LinkView, ...]
    """The newest ten posts."""
    labels: tuple[TermView, ...]
    """All tags by name."""
    archive: tuple[YearView, ...]
    """All years with months and counts, newest first, without titles."""
    sidebar: tuple[SidebarBlock, ...]
    """Blocks on every page."""
    list_sidebar: tuple[SidebarBlock, ...]
    """Blocks on lists only."""
    feeds: tuple[FeedLink, ...]
    """The site's own feeds: RSS, Atom, JSON."""
    feeds_url: str
    """The page about feeds for people."""
    archive_url: str
    credit: Markup
    copyright: str
    """`© 2008–2026 The Career Gazette`: years of the first and the newest post."""
    comments: Literal["archive", "none"]
    """Who keeps comments."""
    assets: Record
    """Static files of the theme by path below its static/ folder: `site.assets["theme.css"]` is the URL."""
    options: Record
    """The theme's options."""
    words: Record
    """The words of the user interface in the site's language, from the theme's i18n/."""
    data: Record
    """content/data/ by file name."""
    generator: str
    """`sitegen 0.1.0`."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A post in a feed. All addresses are absolute."""

    id: str
    """URI: `tag:example.org,2000:2008/follow-up`."""
    url: str
    title: str
    published: str
    """ISO 8601 with offset."""
    updated: str
    authors: tuple[str, ...]
    author_urls: tuple[str, ...]
    categories: tuple[str, ...]
    """Section first, then tags."""
    summary: str
    """Plain text."""
    content: Body | None
    """None when the feed carries summaries only."""
    comments_url: str = ""
    comments_count: int = -1
    """-1: unknown, then no count is written."""
    image: ImageView | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed: the same record for RSS, Atom and JSON Feed; the route's template says which."""

    title: str
    subtitle: str
    id: str
    """Absolute address of the site or list: Atom's feed id, JSON Feed's home page."""
    self_url: str
    home_url: str
    language: str
    updated: str
    """Newest `updated` among the entries, ISO 8601; the founding date when there are none."""
    entries: tuple[FeedEntry, ...]
    style_url: str = ""
    """Absolute address of a CSS stylesheet for people who open the feed; may be empty."""
    generator: str
    generator_version: str
    icon_url: str = ""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of the sitemap."""

    url: str
    """Absolute."""
    modified: str
    """W3C date or date-time; empty when unknown."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A sitemap of at most 45,000 addresses."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """The index of several sitemaps."""

    sitemaps: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """An old address that leads to a new one."""

    title: str
    target: str
    """Root-relative."""
    canonical: str
    """Absolute."""
    lang: str


@dataclass(frozen=True, slots=True)
class TextFile:
    """robots.txt, _headers, .nojekyll: its text, UTF-8."""

    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is published as it is."""

    digest: str


@dataclass(frozen=True, slots=True)
class View:
    """All that one output file is made of."""

    site: SiteView | None
    """None for files that show nothing of the site."""
    page: (
        PostPage
        | PagePage
        | FrontPage
        | ListPage
        | ArchivePage
        | FeedsPage
        | NotFoundPage
        | FeedPage
        | SitemapPage
        | SitemapIndex
        | RedirectPage
        | TextFile
        | Copy
    )


@dataclass(frozen=True, slots=True)
class Route:
    """One file that will exist."""

    url: str
    """Path below the base path, percent-encoded, starting with `/`: `/2008/09/follow-up.html`, `/tags/pay/`."""
    output: str
    """Path below the output folder, not encoded: `2008/09/follow-up.html`, `tags/pay/index.html`."""
    template: str
    """A template of the theme (`post.html`), or a medium of our own: `rss`, `atom`, `json-feed`, `sitemap`,
    `sitemap-index`, `redirect`, `text`, `copy`."""
    view: View
    sources: tuple[str, ...] = field(default=())
    """Paths of the files it comes from, for messages; below the site's folder."""

"""Files for machines: feeds, sitemaps, redirects, copies."""

from sitegen.records import dataclass
from sitegen.view.small import Body, ImageView

__all__ = [
    "CardStyle",
    "Copy",
    "FeedEntry",
    "FeedPage",
    "RedirectPage",
    "SitemapEntry",
    "SitemapIndex",
    "SitemapPage",
    "SocialCard",
    "TextFile",
]


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
class CardStyle:
    """How a theme has its social cards drawn."""

    font: str
    """Digest of the font's file, which the store has."""
    paper: str
    """Colours are `#rrggbb`."""
    ink: str
    mute: str
    accent: str


@dataclass(frozen=True, slots=True)
class SocialCard:
    """A picture of a post's title, for where the post is shared. All of it is plain text."""

    title: str
    section: str
    date: str
    """As pages show it: `Sep 27, 2008`."""
    site: str
    """Title of the site."""
    style: CardStyle

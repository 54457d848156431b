"""Feeds: one record per feed, whatever format it is rendered in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import partial

from sitegen import __version__
from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.cards import Cards
from sitegen.planning.lists import feed_link
from sitegen.planning.once import once
from sitegen.planning.permalinks import folder_of
from sitegen.planning.routes import Later
from sitegen.planning.taxonomies import Kind, Taxonomies
from sitegen.records import dataclass
from sitegen.view import FeedEntry, FeedLink, FeedPage, FeedsPage

__all__ = ["FEEDS_URL", "FeedRoute", "entry_id", "feed_pages", "feeds_page", "site_feeds"]

FEEDS_URL = "/feeds/"
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
_SITE_FEEDS = (
    ("RSS", "/feed.xml", "rss", "application/rss+xml"),
    ("Atom", "/atom.xml", "atom", "application/atom+xml"),
    ("JSON Feed", "/feed.json", "json-feed", "application/feed+json"),
)
# Blogger's own addresses, so that readers who subscribed there keep their feed.
_BLOGGER_FEEDS = (
    ("/feeds/posts/default", "atom"),
    ("/feeds/posts/summary", "atom"),
    ("/rss.xml", "rss"),
)


@dataclass(frozen=True, slots=True)
class FeedRoute:
    """A feed, still to be made, with its path and its format (`rss`, `atom`, `json-feed`)."""

    url: str
    format: str
    page: Later[FeedPage]


def site_feeds(atlas: Atlas) -> tuple[FeedLink, ...]:
    """Return the site's own feeds, for `rel=alternate` and the page about feeds."""
    return tuple(
        FeedLink(title, atlas.addresses.link(url), atlas.addresses.absolute(url), media_type)
        for title, url, _, media_type in _SITE_FEEDS
    )


def entry_id(post: Post, authority: str) -> str:
    """Return the id of a feed entry: the post's own id if it is a URI, else a tag URI (RFC 4151).

    It depends on nothing that an editor changes: not on title, slug, scheme or base path.
    """
    return post.id if _URI.fullmatch(post.id) else f"tag:{authority},2000:{post.id}"


def feed_pages(cards: Cards) -> Iterator[FeedRoute]:
    """Yield the site's feeds, and one per tag, category and author that has posts."""
    atlas, limit = cards.atlas, cards.atlas.config.feeds.limit
    newest = [post for _, post in zip(range(limit), atlas.site.listed(), strict=False)]
    entries: dict[str, FeedEntry] = {}
    for _, url, feed_format, _ in _SITE_FEEDS:
        yield FeedRoute(url, feed_format, Later(_feed, cards, url, "/", atlas.config.title, newest, entries))
    if atlas.config.permalinks.preset == "blogger":
        for url, feed_format in _BLOGGER_FEEDS:
            yield FeedRoute(url, feed_format, Later(_feed, cards, url, "/", atlas.config.title, newest, entries))
    for term in atlas.terms:
        title = f"{atlas.config.title}: {term.name}"
        url = f"{folder_of(term.url)}feed.xml"
        yield FeedRoute(url, "rss", Later(_feed, cards, url, term.url, title, list(term.posts[:limit]), entries))


def _feed(cards: Cards, url: str, home: str, title: str, posts: list[Post], made: dict[str, FeedEntry]) -> FeedPage:
    atlas = cards.atlas
    entries = tuple([once(made, post.source.path, partial(_entry, cards, post)) for post in posts])
    updated = max((_modified(post) for post in posts), default=_founding(atlas))
    return FeedPage(
        title=title,
        subtitle=atlas.config.description or atlas.config.tagline or title,
        id=atlas.addresses.absolute(home),
        self_url=atlas.addresses.absolute(url),
        home_url=atlas.addresses.absolute(home),
        language=atlas.config.language,
        updated=atlas.calendar.view(updated).iso,
        entries=entries,
        style_url=_style_url(atlas),
        generator="sitegen",
        generator_version=__version__,
    )


def _entry(cards: Cards, post: Post) -> FeedEntry:
    atlas, card = cards.atlas, cards.card(post)
    own = atlas.targets[post.source.path]
    full = atlas.config.feeds.content == "full"
    card_comments = atlas.config.comments.provider == "archive" and post.comments.value != "off"
    url = atlas.addresses.absolute(own.url)
    author_terms = [atlas.terms.find(Kind.AUTHOR, author.id) for author in post.authors]
    return FeedEntry(
        id=entry_id(post, atlas.config.authority),
        url=url,
        title=post.title,
        published=card.date.iso,
        updated=atlas.calendar.view(_modified(post)).iso,
        authors=tuple(author.name for author in post.authors),
        author_urls=tuple(atlas.addresses.absolute(term.url) if term else "" for term in author_terms),
        categories=(post.category, *(tag for tag in post.tags if tag != post.category)),
        summary=cards.summary(post),
        content=atlas.body_elsewhere(post.document.body, post.source, own, absolute=True) if full else None,
        comments_url=f"{url}#comments" if card_comments else "",
        comments_count=len(post.thread) if card_comments else -1,
        image=card.image,
        lang=post.lang,
    )


def _modified(post: Post) -> datetime:
    return max(post.updated or post.date, post.date)


def _founding(atlas: Atlas) -> datetime:
    """Return the moment that stands for "never updated" in a feed without entries; no clock reaches a byte."""
    founded = atlas.site.founded
    return datetime.combine(founded, time(), UTC) if founded else datetime(2000, 1, 1, tzinfo=UTC)


def _style_url(atlas: Atlas) -> str:
    url = atlas.theme.assets.get("feed.css")
    return atlas.addresses.absolute(f"/{url.output}") if url else ""


def feeds_page(atlas: Atlas) -> FeedsPage:
    """Return the page about feeds for people."""

    def links(terms: Taxonomies, kind: Kind) -> tuple[FeedLink, ...]:
        return tuple(feed_link(atlas, term) for term in terms.of(kind))

    return FeedsPage(
        **atlas.head(FEEDS_URL, atlas.word("feeds"), crumbs=atlas.crumbs()),
        sections=links(atlas.terms, Kind.CATEGORY),
        tags=links(atlas.terms, Kind.TAG),
        authors=links(atlas.terms, Kind.AUTHOR),
    )

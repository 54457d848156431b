"""RSS 2.0 and Atom (RFC 4287) through feedgen.

feedgen 1.0.0 has faults, all of which its own extension API can mend. This module is the only place that knows them:

- it takes the time of day as the date of a feed or an Atom entry that was given none: all are given one;
- RSS's `link` is the last link that was added, whatever its relation: the alternate one is added last;
- an entry is put before the others unless it is appended;
- an Atom entry's links keep nothing but `href`: relation and type are added here;
- RSS's dates pass through `setlocale`, where another thread can change their language: they are written here;
- RSS's `author` must be a mail address, so it drops names: bylines are written here, as `dc:creator`;
- `content:encoded` is left out where there is no summary: it is written here;
- characters that XML 1.0 cannot hold end in lxml's ValueError: they are taken out.

A title is text and is escaped once, in RSS too, as the RSS Advisory Board's Best Practices Profile says ("Character
Data"); RSS cannot declare it, so a reader that guesses may take `<b>` in a title for markup. Atom's titles are text by
default (RFC 4287, 3.1.1). An RSS item's description is HTML, so a summary is escaped twice there.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Any, cast

from feedgen.entry import FeedEntry as Entry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from sitegen.rendering.bodies import join_body
from sitegen.store import Store
from sitegen.text import clean
from sitegen.view import FeedEntry, FeedPage, Route

if TYPE_CHECKING:
    from sitegen.theme import Theme

__all__ = ["render_atom", "render_rss"]

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"
_THREAD = "http://purl.org/syndication/thread/1.0"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_Bodies = tuple[str | None, ...]
"""The HTML of each entry; None for a feed of summaries."""


def render_rss(route: Route, _theme: "Theme", store: Store) -> bytes:
    """Return the feed as RSS 2.0, with `content:encoded`, `dc:creator`, `slash:comments` and `media:content`."""
    return _render(_rss, route, store)


def render_atom(route: Route, _theme: "Theme", store: Store) -> bytes:
    """Return the feed as Atom, with the counts of RFC 4685 (threading) and `media:content`."""
    return _render(_atom, route, store)


def _render(draw: Callable[[FeedPage, _Bodies], bytes], route: Route, store: Store) -> bytes:
    page = cast(FeedPage, route.view.page)
    bodies = tuple(join_body(entry.content, store) if entry.content else None for entry in page.entries)
    try:
        return draw(page, bodies)
    except ValueError:  # lxml: "All strings must be XML compatible". To look first would take half as long as the feed.
        return draw(_cleaned(page), _cleaned(bodies))


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - a record of any shape, and the same shape comes back
    """Return a copy of a record, all its strings without the characters that XML cannot hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value


def _rss(page: FeedPage, bodies: _Bodies) -> bytes:
    feed = _channel(page, "application/rss+xml")
    feed.sitegen.namespaces = {"dc": _DC, "media": _MEDIA, "slash": _SLASH}
    feed.subtitle(page.subtitle or page.title or page.home_url)  # a channel must have a description
    feed.generator(f"{page.generator} {page.generator_version}")
    feed.docs("https://www.rssboard.org/rss-specification")
    for entry, html in zip(page.entries, bodies, strict=True):
        item = _add(feed, entry, html)
        if entry.summary:
            item.description(escape(entry.summary, quote=False))  # which in RSS is HTML
    return cast(bytes, feed.rss_str(pretty=True))


def _atom(page: FeedPage, bodies: _Bodies) -> bytes:
    feed = _channel(page, "application/atom+xml")
    feed.sitegen.namespaces = {"media": _MEDIA, "thr": _THREAD}
    feed.subtitle(page.subtitle)
    feed.generator(page.generator, version=page.generator_version)
    feed.icon(page.icon_url)
    if not page.entries or not all(any(entry.authors) for entry in page.entries):
        feed.author(name=page.title or page.home_url)  # RFC 4287, 4.1.1: the feed has one, or each entry has
    for entry, html in zip(page.entries, bodies, strict=True):
        item = _add(feed, entry, html)
        item.published(datetime.fromisoformat(entry.published))
        item.updated(datetime.fromisoformat(entry.updated))
        item.summary(entry.summary or None)  # None, here and for the content, sets nothing
        item.content(html, type="html")
        item.author([{"name": n, "uri": u} for n, u in zip(entry.authors, entry.author_urls, strict=True)])
    return cast(bytes, feed.atom_str(pretty=True))


def _channel(page: FeedPage, media_type: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("sitegen", _FeedExtension, _EntryExtension)
    feed.sitegen.page = page
    feed.id(page.id)
    feed.title(page.title or page.home_url)
    feed.updated(datetime.fromisoformat(page.updated))
    feed.language(page.language)
    feed.link(href=page.self_url, rel="self", type=media_type)
    feed.link(href=page.home_url, rel="alternate", type="text/html")
    return feed


def _add(feed: FeedGenerator, entry: FeedEntry, html: str | None) -> Entry:
    item = feed.add_entry(order="append")
    item.sitegen.entry, item.sitegen.html = entry, html
    item.sitegen.lang = entry.lang if entry.lang != feed.language() else ""
    item.guid(entry.id, permalink=False)
    item.title(entry.title or entry.url)
    item.link(href=entry.url, rel="alternate")
    item.category([{"term": name} for name in entry.categories])
    return item


class _FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen does not write at the head of a feed, or not well. Attributes are set before it draws."""

    page: FeedPage
    namespaces: dict[str, str]

    def extend_ns(self) -> dict[str, str]:
        return self.namespaces

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        for built in feed.iterfind("channel/lastBuildDate"):
            built.text = format_datetime(datetime.fromisoformat(self.page.updated))
        return self._style(feed)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        return self._style(feed)

    def _style(self, feed: etree._Element) -> etree._Element:
        if self.page.style_url:
            href = escape(self.page.style_url)
            feed.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{href}"'))
        return feed


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen does not write in an entry, or not well. Attributes are set before it draws."""

    entry: FeedEntry
    html: str | None
    lang: str

    def extend_rss(self, item: etree._Element) -> etree._Element:
        entry = self.entry
        _put(item, "pubDate", format_datetime(datetime.fromisoformat(entry.published)))
        if entry.updated != entry.published:
            _put(item, f"{{{_ATOM}}}updated", entry.updated)
        for name in entry.authors:
            _put(item, f"{{{_DC}}}creator", name)
        if entry.comments_url:
            _put(item, "comments", entry.comments_url)
        if entry.comments_count >= 0:
            _put(item, f"{{{_SLASH}}}comments", str(entry.comments_count))
        if self.html is not None:
            _put(item, f"{{{_CONTENT}}}encoded", etree.CDATA(self.html))
        return self._extend(item)

    def extend_atom(self, item: etree._Element) -> etree._Element:
        entry = self.entry
        for link in item.iterfind("link"):
            link.attrib.update({"rel": "alternate", "type": "text/html"})
        if entry.comments_url:
            replies = _put(item, "link", rel="replies", type="text/html", href=entry.comments_url)
            if entry.comments_count >= 0:
                replies.set(f"{{{_THREAD}}}count", str(entry.comments_count))
        if entry.comments_count >= 0:
            _put(item, f"{{{_THREAD}}}total", str(entry.comments_count))
        return self._extend(item)

    def _extend(self, item: etree._Element) -> etree._Element:
        if self.lang:
            item.set(_XML_LANG, self.lang)
        if image := self.entry.image:
            size = {"width": str(image.width), "height": str(image.height)} if image.width and image.height else {}
            _put(item, f"{{{_MEDIA}}}content", url=image.absolute_url, medium="image", **size)
        return item


def _put(parent: etree._Element, tag: str, text: str | etree.CDATA | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, tag, attributes)
    child.text = text
    return child

"""For any record: both feeds parse without a complaint and give back what went in."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from sitegen.rendering.feeds import render_atom, render_rss
from sitegen.store import Store
from sitegen.view import Body, FeedEntry, FeedPage, Route, View

NO_THEME: Any = None
STORE = Store()
STORE.add_parts("body", ("<p>Text</p>",))

# feedparser itself takes C1 controls for Windows-1252 and "Ã©" for UTF-8 that was read as Latin-1, and drops white
# space at the ends.
letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
words = st.text(letters | st.sampled_from('<>&"]\x0b'), min_size=1).filter(
    lambda text: not all(ord(letter) < 256 for letter in text) or text.isascii()
)
names = words.map(lambda text: "n" + text)
slugs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1)
moments = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
).map(lambda moment: moment.replace(microsecond=0))


@st.composite
def entries(draw: st.DrawFn) -> FeedEntry:
    slug, moment, authors = draw(slugs), draw(moments), draw(st.lists(names, max_size=3))
    return FeedEntry(
        id=f"tag:example.org,2000:{slug}",
        url=f"https://example.org/{slug}.html",
        title=draw(names),
        published=moment.isoformat(),
        updated=(moment + timedelta(seconds=draw(st.integers(0, 10**8)))).isoformat(),
        authors=tuple(authors),
        author_urls=tuple("" for _ in authors),
        categories=tuple(draw(st.lists(names, max_size=3, unique=True))),
        summary=draw(st.just("") | words),
        content=draw(st.none() | st.just(Body("body", ()))),
        comments_url=draw(st.sampled_from(["", f"https://example.org/{slug}.html#comments"])),
        comments_count=draw(st.integers(-1, 1000)),
        lang=draw(st.sampled_from(["", "en", "fr"])),
    )


pages = st.builds(
    FeedPage,
    title=names,
    subtitle=st.just("") | words,
    id=st.just("https://example.org/"),
    self_url=st.just("https://example.org/feed.xml"),
    home_url=st.just("https://example.org/"),
    language=st.just("en"),
    updated=moments.map(datetime.isoformat),
    entries=st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id).map(tuple),
    style_url=st.sampled_from(["", 'https://example.org/a.css?a&b"?>']),
    generator=st.just("sitegen"),
    generator_version=st.just("1"),
)


def read(data: bytes) -> Any:
    # As it stands: without the guesses at titles that feedparser makes for RSS.
    return feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)


def second(iso: str) -> tuple[int, ...]:
    return tuple(datetime.fromisoformat(iso).astimezone(UTC).timetuple())[:6]


@given(pages)
def test_both_feeds_give_back_ids_titles_dates_and_names(page):
    for render in (render_rss, render_atom):
        feed = read(render(Route("/feed.xml", "feed.xml", "", View(None, page)), NO_THEME, STORE))
        assert not feed.bozo
        assert feed.feed.title == page.title.replace("\x0b", "")
        assert len(feed.entries) == len(page.entries)
        for found, entry in zip(feed.entries, page.entries, strict=True):
            assert (found.id, found.link) == (entry.id, entry.url)
            assert found.title == entry.title.replace("\x0b", "")
            assert found.published_parsed[:6] == second(entry.published)
            assert [tag.term for tag in found.get("tags", [])] == [c.replace("\x0b", "") for c in entry.categories]
            assert ("content" in found) == (entry.content is not None)

"""A post says the same of itself to people, search engines, the IndieWeb, feed readers and crawlers."""

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import mf2py
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tiny import NOW

from sitegen.build import Edition, plan_edition
from sitegen.reading import Selection
from sitegen.view import PostPage

ROOT = Path(__file__).parent.parent
Story = tuple[str, str, datetime, datetime, tuple[str, ...]]
"""Title, address, published, modified, names of authors."""

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return plan_edition(ROOT, Selection(now=NOW))


@pytest.fixture(scope="module")
def planned(edition: Edition) -> dict[str, Story]:
    """What each post of the demo is, by its address: read from the plan, and nothing that is published."""
    posts = [route.view.page for route in edition.plan.routes if isinstance(route.view.page, PostPage)]
    assert len(posts) > 20
    return {
        post.canonical: (
            post.title,
            post.canonical,
            datetime.fromisoformat(post.date.iso),
            datetime.fromisoformat(post.modified.iso),
            tuple(author.name for author in post.authors),
        )
        for post in posts
    }


@pytest.fixture(scope="module")
def pages(edition: Edition, planned: dict[str, Story]) -> dict[str, str]:
    origin = edition.plan.site.url.rstrip("/")
    return {url: edition.render(edition.plan.by_url[url.removeprefix(origin)]).decode() for url in planned}


def test_what_a_reader_sees(pages: dict[str, str], planned: dict[str, Story]) -> None:
    for url, (title, _, published, _, authors) in planned.items():
        page = LexborHTMLParser(pages[url])
        heading, time = page.css_first("h1"), page.css_first(".head .dt-published")
        assert heading is not None
        assert time is not None
        assert heading.text() == title
        assert datetime.fromisoformat(time.attributes["datetime"] or "") == published
        assert time.text() == f"{published:%A, %B} {published.day}, {published.year}"
        assert tuple(node.text() for node in page.css(".head .p-author .p-name")) == authors


def test_what_a_search_engine_reads(pages: dict[str, str], planned: dict[str, Story]) -> None:
    for url, story in planned.items():
        script = LexborHTMLParser(pages[url]).css_first("script[type='application/ld+json']")
        assert script is not None
        [post] = [thing for thing in json.loads(script.text())["@graph"] if thing["@type"] == "BlogPosting"]
        assert story == (
            post["headline"],
            post["mainEntityOfPage"],
            datetime.fromisoformat(post["datePublished"]),
            datetime.fromisoformat(post["dateModified"]),
            tuple(person["name"] for person in post.get("author", ())),
        )


def test_what_a_card_of_a_social_network_shows(pages: dict[str, str], planned: dict[str, Story]) -> None:
    for url, (title, _, published, modified, _) in planned.items():
        tags = {
            node.attributes["property"]: node.attributes["content"] or ""
            for node in LexborHTMLParser(pages[url]).css("meta[property]")
        }
        assert (tags["og:title"], tags["og:url"]) == (title, url)
        assert datetime.fromisoformat(tags["article:published_time"]) == published
        assert datetime.fromisoformat(tags["article:modified_time"]) == modified


def _entry(items: list[dict[str, Any]]) -> dict[str, Any]:
    [entry] = [item["properties"] for item in items if item["type"] == ["h-entry"]]
    return dict(entry)


def test_what_the_indieweb_reads(pages: dict[str, str], planned: dict[str, Story]) -> None:
    for url, (title, _, published, modified, authors) in planned.items():
        entry = _entry(mf2py.parse(doc=pages[url], url=url)["items"])
        assert (entry["name"], entry["url"]) == ([title], [url])
        assert [datetime.fromisoformat(date) for date in entry["published"]] == [published]
        if "updated" in entry:
            assert [datetime.fromisoformat(date) for date in entry["updated"]] == [modified]
        assert tuple(person["properties"]["name"][0] for person in entry.get("author", ())) == authors
        assert entry["content"][0]["value"].strip()
        assert entry["category"]


def test_what_the_indieweb_reads_on_the_front_page(edition: Edition, planned: dict[str, Story]) -> None:
    front = edition.plan.site.url
    items = mf2py.parse(doc=edition.render(edition.plan.by_url["/"]).decode(), url=front)["items"]
    [feed] = [item for item in items if item["type"] == ["h-feed"]]
    assert feed["properties"]["name"] == [edition.plan.site.title]
    assert len(feed["children"]) >= 10
    for child in feed["children"]:
        title, _, published, *_ = planned[child["properties"]["url"][0]]
        assert child["properties"]["name"] == [title]
        assert [datetime.fromisoformat(date) for date in child["properties"]["published"]] == [published]


def test_what_feed_readers_read(edition: Edition, planned: dict[str, Story]) -> None:
    told: set[str] = set()
    for route in edition.plan.routes:
        if route.template in {"rss", "atom", "json-feed"}:
            stories = list(_told(route.template, edition.render(route)))
            assert stories == [planned[url] for _, url, *_ in stories], route.url
            told |= {url for _, url, *_ in stories}
    assert told == planned.keys() - _unlisted(edition)


def _unlisted(edition: Edition) -> set[str]:
    pages = (route.view.page for route in edition.plan.routes)
    return {page.canonical for page in pages if isinstance(page, PostPage) and page.noindex}


def _told(medium: str, feed: bytes) -> list[Story]:
    if medium == "json-feed":
        return [
            (
                item["title"],
                item["url"],
                datetime.fromisoformat(item["date_published"]),
                datetime.fromisoformat(item["date_modified"]),
                tuple(person["name"] for person in item.get("authors", ())),
            )
            for item in json.loads(feed)["items"]
        ]
    root = etree.fromstring(feed)
    return [_rss(item) for item in root.iter("item")] or [_atom(entry) for entry in root.iter(f"{ATOM}entry")]


def _rss(item: etree._Element) -> Story:
    published = parsedate_to_datetime(item.findtext("pubDate") or "")
    updated = item.findtext(f"{ATOM}updated")
    return (
        item.findtext("title") or "",
        item.findtext("link") or "",
        published,
        datetime.fromisoformat(updated) if updated else published,
        tuple(node.text or "" for node in item.iterfind(f"{DC}creator")),
    )


def _atom(entry: etree._Element) -> Story:
    [url] = [link.get("href") or "" for link in entry.iterfind(f"{ATOM}link") if link.get("rel") == "alternate"]
    return (
        entry.findtext(f"{ATOM}title") or "",
        url,
        datetime.fromisoformat(entry.findtext(f"{ATOM}published") or ""),
        datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or ""),
        tuple(node.text or "" for node in entry.iterfind(f"{ATOM}author/{ATOM}name")),
    )


def test_what_crawlers_read(edition: Edition, planned: dict[str, Story]) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = etree.fromstring(edition.render(edition.plan.by_url["/sitemap.xml"]))
    told = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in root}
    for url in planned.keys() - _unlisted(edition):
        assert datetime.fromisoformat(told[url] or "") == planned[url][3]

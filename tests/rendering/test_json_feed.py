import json
from dataclasses import replace
from typing import Any

import pytest

from sitegen.rendering.json_feed import render_json_feed
from sitegen.store import Store
from sitegen.view import Body, FeedEntry, FeedPage, ImageView, Route, View

NO_THEME: Any = None
STORE = Store()
STORE.add_parts("d", ('<a href="', '">Café</a>'))

ENTRY = FeedEntry(
    id="tag:example.org,2000:2008/call",
    url="https://example.org/2008/09/call.html",
    title='A & B <i>"x"</i> ]]>',
    published="2008-09-27T00:00:00-04:00",
    updated="2008-10-01T08:30:00-04:00",
    authors=("Ann Lee", "Bob"),
    author_urls=("https://example.org/authors/ann/", ""),
    categories=("Interviews", "R & D"),
    summary="Call, then write.",
    content=Body("d", ("https://e.example/?a=1&amp;b=2",)),
    image=ImageView("/p.jpg", "A phone", "https://example.org/p.jpg"),
    lang="fr",
)
PAGE = FeedPage(
    title="The Gazette",
    subtitle="",
    id="https://example.org/",
    self_url="https://example.org/feed.json",
    home_url="https://example.org/",
    language="en",
    updated="2008-10-01T08:30:00-04:00",
    entries=(ENTRY,),
    generator="sitegen",
    generator_version="1.2.3",
)


def draw(*entries: FeedEntry) -> str:
    page = replace(PAGE, entries=entries)
    return render_json_feed(Route("/feed.json", "feed.json", "json-feed", View(None, page)), NO_THEME, STORE).decode()


def test_a_feed_looks_like_this():
    assert draw(ENTRY) == (
        """\
{
 "version": "https://jsonfeed.org/version/1.1",
 "title": "The Gazette",
 "home_page_url": "https://example.org/",
 "feed_url": "https://example.org/feed.json",
 "language": "en",
 "items": [
  {
   "id": "tag:example.org,2000:2008/call",
   "url": "https://example.org/2008/09/call.html",
   "title": "A & B <i>\\"x\\"</i> ]]>",
   "content_html": "<a href=\\"https://e.example/?a=1&amp;b=2\\">Café</a>",
   "summary": "Call, then write.",
   "image": "https://example.org/p.jpg",
   "date_published": "2008-09-27T00:00:00-04:00",
   "date_modified": "2008-10-01T08:30:00-04:00",
   "authors": [
    {
     "name": "Ann Lee",
     "url": "https://example.org/authors/ann/"
    },
    {
     "name": "Bob"
    }
   ],
   "tags": [
    "Interviews",
    "R & D"
   ],
   "language": "fr"
  }
 ]
}
"""
    )


def test_an_empty_feed_has_an_empty_list():
    assert json.loads(draw())["items"] == []


def test_what_an_entry_does_not_have_is_not_written():
    bare = replace(ENTRY, authors=(), author_urls=(), categories=(), image=None, lang="")
    assert {"authors", "tags", "image", "language"}.isdisjoint(json.loads(draw(bare))["items"][0])


@pytest.mark.parametrize("summary", ["Call, then write.", ""])
def test_an_entry_of_a_feed_of_summaries_has_its_summary_as_content(summary):
    [item] = json.loads(draw(replace(ENTRY, content=None, summary=summary)))["items"]
    assert item["content_text"] == summary
    assert "content_html" not in item


@pytest.mark.parametrize(
    "title", ['A & B <i>"x"</i> ]]>', "</script><script>alert(1)</script>", "\u2028\x0b\\", "日本語 🗞️"]
)
def test_a_title_comes_back_as_it_was_written(title):
    assert json.loads(draw(replace(ENTRY, title=title)))["items"][0]["title"] == title

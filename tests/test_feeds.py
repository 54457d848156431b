"""The feeds of a built site, read by a feed reader."""

import json

import feedparser
import pytest
from tiny import post

BODY = "See [the next](next.md#part) and ![a](p.png).\n\n## Own\n\n[Down](#own)"
HARD_TITLE = 'A & B <i>"x"</i> ]]>'


@pytest.fixture
def paper(site):
    made = site(
        {
            "content/posts/2008/hard.md": post(f"'{HARD_TITLE}'", tags="[Pay & more]", author="carl",
                                               body=BODY),
            "content/posts/2008/next.md": post("Next", date="2026-01-02", body="## Part\n\nText.", comments="'off'"),
            "content/posts/2008/p.png": b"\x89PNG",
            "content/posts/moved.md": post("Moved", id="https://old.example/1", updated="2026-02-01 08:00"),
            "content/authors/carl.md": "---\nname: Carl Mueller\n---\nBio.\n",
            "content/comments/2008/hard.yaml": "- {id: '1', author: Reader, date: 2026-01-02, body: <p>Yes.</p>}\n",
        }
    )  # fmt: skip
    made.build()
    return made


@pytest.mark.parametrize("url", ["/feed.xml", "/atom.xml", "/tags/pay-and-more/feed.xml", "/authors/carl/feed.xml"])
def test_a_reader_takes_them_without_a_complaint(paper, url):
    feed = feedparser.parse(paper.text(url).encode())
    assert not feed.bozo, feed.get("bozo_exception")
    (hard,) = [entry for entry in feed.entries if entry.id == "tag:test.example,2000:2008/hard"]
    assert hard.title == HARD_TITLE
    assert hard.link == "https://test.example/2026/01/hard.html"
    assert hard.author == "Carl Mueller"
    assert {tag.term for tag in hard.tags} == {"general", "Pay & more"}
    content = hard.content[-1].value
    assert 'href="https://test.example/2026/01/next.html#part"' in content
    assert 'src="https://test.example/files/posts/2008/p.png"' in content
    assert 'href="https://test.example/2026/01/hard.html#own"' in content


def test_ids_are_stable_when_title_slug_and_scheme_change(paper):
    before = {entry.id for entry in feedparser.parse(paper.text("/atom.xml").encode()).entries}
    assert "https://old.example/1" in before
    paper.edit(
        {"content/posts/2008/next.md": post("Renamed", date="2026-01-02", slug="renamed", body="## Part")}
    ).build()
    assert {entry.id for entry in feedparser.parse(paper.text("/atom.xml").encode()).entries} == before


def test_the_count_stands_only_where_it_is_known(paper):
    entries = {entry.title: entry for entry in feedparser.parse(paper.text("/feed.xml").encode()).entries}
    assert entries[HARD_TITLE].slash_comments == "1"
    assert "slash_comments" not in entries["Next"]
    assert entries["Moved"].slash_comments == "0"


def test_json_feed(paper):
    feed = json.loads(paper.text("/feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == ["Next", "Moved", HARD_TITLE]


def test_visible_date_json_ld_feed_and_sitemap_say_the_same(paper):
    page = paper.text("/2026/01/moved.html")
    assert 'datetime="2026-02-01T08:00:00+00:00"' in page
    assert '"dateModified":"2026-02-01T08:00:00+00:00"' in page.replace(" ", "")
    (entry,) = [e for e in feedparser.parse(paper.text("/atom.xml").encode()).entries if e.title == "Moved"]
    assert entry.updated == "2026-02-01T08:00:00+00:00"
    assert "<lastmod>2026-02-01T08:00:00+00:00</lastmod>" in paper.text("/sitemap.xml")


def test_summary_feeds_carry_no_content(site):
    paper = site(
        {"content/posts/a.md": post("A", summary="Short.", body="Long text.")}, config="[feeds]\ncontent = 'summary'\n"
    )
    paper.build()
    assert "Long text" not in paper.text("/feed.xml") + paper.text("/atom.xml") + paper.text("/feed.json")
    assert "Short." in paper.text("/feed.xml")

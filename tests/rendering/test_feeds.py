import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from sitegen.rendering.feeds import render_atom, render_rss
from sitegen.store import Store, digest_of
from sitegen.view import Body, FeedEntry, FeedPage, ImageView, Route, View

Renderer = Callable[[Route, Any, Store], bytes]
NO_THEME: Any = None
EXACT = 'A & B <i>"x"</i> ]]>'
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "thr": "http://purl.org/syndication/thread/1.0",
}
RENDERERS = [pytest.param(render_rss, id="rss"), pytest.param(render_atom, id="atom")]

STORE = Store()


def body(*parts: str, fills: tuple[str, ...] = ()) -> Body:
    digest = digest_of(*parts)
    STORE.add_parts(digest, parts)
    return Body(digest, fills)


CALL = FeedEntry(
    id="tag:example.org,2000:2008/call",
    url="https://example.org/2008/09/call.html",
    title=EXACT,
    published="2008-09-27T00:00:00-04:00",
    updated="2008-10-01T08:30:00-04:00",
    authors=("Ann Lee", "Bob & Co"),
    author_urls=("https://example.org/authors/ann/", ""),
    categories=("Interviews", "R & D"),
    summary="Call < write.",
    content=body('<p>Say <a href="', '">thanks</a> ]]>', fills=("https://e.example?a=1&amp;b=2",)),
    comments_url="https://example.org/2008/09/call.html#comments",
    comments_count=3,
    image=ImageView("/p.jpg", "A phone", "https://example.org/p.jpg", 640, 480),
)
BARE = FeedEntry(
    id="tag:example.org,2000:2008/bare",
    url="https://example.org/2008/09/bare.html",
    title="Bare",
    published="2008-09-26T00:00:00-04:00",
    updated="2008-09-26T00:00:00-04:00",
    authors=(),
    author_urls=(),
    categories=(),
    summary="Only a summary.",
    content=None,
)
PAGE = FeedPage(
    title="The Gazette & <b>Sons</b>",
    subtitle="Work & life",
    id="https://example.org/",
    self_url="https://example.org/feed.xml",
    home_url="https://example.org/",
    language="en",
    updated="2008-10-01T08:30:00-04:00",
    entries=(CALL, BARE),
    style_url="https://example.org/feed.css?a=1&b=2",
    generator="sitegen",
    generator_version="1.2.3",
)


def draw(render: Renderer, page: FeedPage = PAGE) -> bytes:
    return render(Route("/feed.xml", "feed.xml", "", View(None, page)), NO_THEME, STORE)


def tree(data: bytes) -> Any:
    return etree.fromstring(data)


def texts(data: bytes, path: str) -> list[str]:
    return list(tree(data).xpath(path, namespaces=NS))


def with_title(title: str) -> FeedPage:
    return replace(PAGE, entries=(replace(CALL, title=title),))


def excerpt(data: bytes, first: str, last: str) -> str:
    """The lines from the first that starts with `first` to the next that starts with `last`."""
    lines = data.decode().splitlines()
    start = next(n for n, line in enumerate(lines) if line.lstrip().startswith(first))
    end = next(n for n, line in enumerate(lines[start:], start) if line.lstrip().startswith(last))
    return "\n".join(line.strip() for line in lines[start : end + 1])


def test_an_rss_item_looks_like_this():
    assert excerpt(draw(render_rss), "<item", "</item") == (
        """\
<item>
<title>A &amp; B &lt;i&gt;"x"&lt;/i&gt; ]]&gt;</title>
<link>https://example.org/2008/09/call.html</link>
<description>Call &amp;lt; write.</description>
<guid isPermaLink="false">tag:example.org,2000:2008/call</guid>
<category>Interviews</category>
<category>R &amp; D</category>
<pubDate>Sat, 27 Sep 2008 00:00:00 -0400</pubDate>
<atom:updated>2008-10-01T08:30:00-04:00</atom:updated>
<dc:creator>Ann Lee</dc:creator>
<dc:creator>Bob &amp; Co</dc:creator>
<comments>https://example.org/2008/09/call.html#comments</comments>
<slash:comments>3</slash:comments>
<content:encoded><![CDATA[<p>Say <a href="https://e.example?a=1&amp;b=2">thanks</a> ]]]]><![CDATA[>]]></content:encoded>
<media:content url="https://example.org/p.jpg" medium="image" width="640" height="480"/>
</item>"""
    )


def test_an_atom_entry_looks_like_this():
    assert excerpt(draw(render_atom), "<entry", "</entry") == (
        """\
<entry>
<id>tag:example.org,2000:2008/call</id>
<title>A &amp; B &lt;i&gt;"x"&lt;/i&gt; ]]&gt;</title>
<updated>2008-10-01T08:30:00-04:00</updated>
<author>
<name>Ann Lee</name>
<uri>https://example.org/authors/ann/</uri>
</author>
<author>
<name>Bob &amp; Co</name>
</author>
<content type="html">&lt;p&gt;Say &lt;a href="https://e.example?a=1&amp;amp;b=2"&gt;thanks&lt;/a&gt; ]]&gt;</content>
<link href="https://example.org/2008/09/call.html" rel="alternate" type="text/html"/>
<summary>Call &lt; write.</summary>
<category term="Interviews"/>
<category term="R &amp; D"/>
<published>2008-09-27T00:00:00-04:00</published>
<link rel="replies" type="text/html" href="https://example.org/2008/09/call.html#comments" thr:count="3"/>
<thr:total>3</thr:total>
<media:content url="https://example.org/p.jpg" medium="image" width="640" height="480"/>
</entry>"""
    )


@pytest.mark.parametrize("render", RENDERERS)
def test_a_reader_gets_all_that_the_record_says(render):
    feed = feedparser.parse(draw(render))

    assert not feed.bozo
    assert (feed.feed.title, feed.feed.subtitle) == (PAGE.title, PAGE.subtitle)
    assert (feed.feed.link, feed.feed.language) == (PAGE.home_url, "en")
    assert PAGE.self_url in [link.href for link in feed.feed.links if link.rel == "self"]
    call, bare = feed.entries
    assert (call.title, call.id, call.link) == (CALL.title, CALL.id, CALL.url)
    assert call.content[0].value.startswith('<p>Say <a href="https://e.example?a=1&amp;b=2">thanks</a> ]]>')
    assert [author.name for author in call.authors] == list(CALL.authors)
    assert [tag.term for tag in call.tags] == list(CALL.categories)
    assert call.published_parsed[:6] == (2008, 9, 27, 4, 0, 0)
    assert call.updated_parsed[:6] == (2008, 10, 1, 12, 30, 0)
    assert call.media_content[0]["url"] == "https://example.org/p.jpg"
    assert (bare.title, bare.summary) == ("Bare", "Only a summary.")
    assert "content" not in bare


TITLES = [
    EXACT,
    "AT&T and AT&amp;T",
    "1 < 2 > 0",
    "Fish &copy chips",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "]]><![CDATA[<script>alert(1)</script>",
    "<!--", "-->", "<?php ?>", "&#x3C;b&#x3E;", "&lt;b&gt;", "%3Cscript%3E", "javascript:alert(1)",
    "line\u2028separator\u2029s", "\u202eright to left", "it's \"quoted\" 'so'",
    "日本語 & العربية 🗞️",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("render", "path"), [(render_rss, "//item/title"), (render_atom, "//a:entry/a:title")])
def test_titles_are_text_whatever_is_in_them(render, path, title):
    page = replace(with_title(title), title=title, subtitle=title)
    page = replace(page, entries=(replace(CALL, title=title, authors=(title, title), categories=(title,)),))
    [found] = tree(draw(render, page)).xpath(path, namespaces=NS)
    assert found.text == title
    assert len(found) == 0
    assert not texts(draw(render, page), "//*[local-name() = 'script' or local-name() = 'svg' or local-name() = 'img']")
    assert not feedparser.parse(draw(render, page)).bozo


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("title", [EXACT, "AT&T", "1 < 2 > 0", "Généralité 日本語", "Use <b> sparingly"])
def test_feedparser_gives_back_the_title_as_it_was_written(render, title):
    assert feedparser.parse(draw(render, with_title(title))).entries[0].title == title


@pytest.mark.parametrize("render", RENDERERS)
def test_characters_that_xml_cannot_hold_are_left_out(render):
    entry = replace(
        CALL, title="A\x0bB", summary="\x00c", authors=("D\x1f", "E\ufffe"), content=body("<p>\x02klzz\x03</p>")
    )
    data = draw(render, replace(PAGE, title="T\x08", entries=(entry,)))

    feed = feedparser.parse(data)
    assert (feed.bozo, feed.feed.title, feed.entries[0].title) == (False, "T", "AB")
    assert feed.entries[0].content[0].value == "<p>klzz</p>"


@pytest.mark.parametrize("render", RENDERERS)
def test_a_feed_may_be_empty(render):
    feed = feedparser.parse(draw(render, replace(PAGE, entries=(), subtitle="")))
    assert (feed.bozo, feed.entries, feed.feed.title) == (False, [], PAGE.title)


@pytest.mark.parametrize("render", RENDERERS)
def test_a_title_of_which_nothing_is_left_is_the_address(render):
    feed = feedparser.parse(draw(render, with_title("\x0b")))
    assert feed.entries[0].title == CALL.url


def test_rss_has_what_the_specification_requires():
    data = draw(render_rss)
    for name in ("title", "link", "description"):
        [text] = texts(data, f"/rss[@version='2.0']/channel/{name}/text()")
        assert text
    assert len(set(texts(data, "//guid[@isPermaLink='false']/text()"))) == len(texts(data, "//item"))
    assert texts(data, "//item[not(title or description)]") == []
    assert texts(data, "//item/author") == []  # it would have to be a mail address
    for date in texts(data, "//pubDate/text() | //lastBuildDate/text()"):
        assert parsedate_to_datetime(date).utcoffset() is not None
    allowed = {"title", "link", "description", "guid", "category", "pubDate", "comments"}
    assert {child.tag for child in tree(data).iterfind("channel/item/*") if child.tag[0] != "{"} <= allowed


@pytest.mark.parametrize("entries", [(CALL, BARE), (CALL,), (BARE,), ()])
def test_atom_has_what_rfc_4287_requires(entries):
    feed = tree(draw(render_atom, replace(PAGE, entries=entries)))
    for element in (feed, *feed.iterfind("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NS)) == 1
        assert len(element.findall("a:link[@rel='alternate']", NS)) == 1
    assert len(feed.findall("a:link[@rel='self']", NS)) == 1
    ids = [found.text for found in feed.iterfind(".//a:id", NS)]
    assert len(ids) == len(set(ids))
    wanting = [entry for entry in feed.iterfind("a:entry", NS) if entry.find("a:author", NS) is None]
    assert feed.find("a:author", NS) is not None or (entries and not wanting)
    assert all(content.get("type") == "html" for content in feed.iterfind(".//a:content", NS))


@pytest.mark.parametrize("render", RENDERERS)
def test_a_count_is_written_only_when_it_is_known(render):
    def counts(number: int) -> list[str]:
        page = replace(PAGE, entries=(replace(CALL, comments_count=number),))
        return texts(draw(render, page), "//slash:comments/text() | //thr:total/text() | //@thr:count")

    assert set(counts(0)) == {"0"}
    assert set(counts(14)) == {"14"}
    assert counts(-1) == []


def test_the_comments_link_stands_whether_or_not_the_count_is_known():
    page = replace(PAGE, entries=(replace(CALL, comments_count=-1),))
    assert texts(draw(render_rss, page), "//item/comments/text()") == [CALL.comments_url]
    assert texts(draw(render_atom, page), "//a:link[@rel='replies']/@href") == [CALL.comments_url]


def test_content_stands_beside_a_summary_and_without_one():
    page = replace(PAGE, entries=(replace(CALL, summary=""),))
    assert len(texts(draw(render_rss, page), "//content:encoded")) == 1
    assert texts(draw(render_rss, page), "//item/description") == []
    assert texts(draw(render_atom, page), "//a:summary") == []


@pytest.mark.parametrize("render", RENDERERS)
def test_an_entry_in_another_language_says_so(render):
    page = replace(PAGE, entries=(replace(CALL, lang="fr"), replace(BARE, lang="en")))
    langs = texts(draw(render, page), "//*[local-name() = 'item' or local-name() = 'entry']/@xml:lang")
    assert langs == ["fr"]


@pytest.mark.parametrize("render", RENDERERS)
def test_entries_keep_their_order(render):
    links = [entry.link for entry in feedparser.parse(draw(render)).entries]
    assert links == [CALL.url, BARE.url]


@pytest.mark.parametrize("render", RENDERERS)
def test_the_stylesheet_is_css(render):
    assert draw(render).decode().splitlines()[1] == (
        '<?xml-stylesheet type="text/css" href="https://example.org/feed.css?a=1&amp;b=2"?>'
    )
    assert b"xml-stylesheet" not in draw(render, replace(PAGE, style_url=""))


@pytest.mark.parametrize("render", RENDERERS)
def test_the_feed_names_its_generator_and_not_the_library(render):
    data = draw(render)
    assert "sitegen" in feedparser.parse(data).feed.generator
    assert b"1.2.3" in data
    assert b"feedgen" not in data


@pytest.mark.parametrize("render", RENDERERS)
def test_every_address_is_absolute(render):
    root = tree(draw(render))
    addresses = root.xpath(
        "//@href | //@url | //link/text() | //comments/text() | //a:uri/text() | //a:id/text() | //guid/text()",
        namespaces=NS,
    )
    assert len(addresses) >= 8
    assert all(address.startswith(("https://", "tag:")) for address in addresses)


@pytest.mark.parametrize("render", RENDERERS)
def test_only_the_record_dates_a_feed(render):
    years = {date[:4] for date in texts(draw(render), "//a:updated/text() | //a:published/text()")}
    assert years <= {"2008"}
    assert b"2008" in draw(render)


def test_dates_of_rss_are_english_whatever_the_locale(monkeypatch):
    monkeypatch.setattr("feedgen.feed.formatRFC2822", lambda date: "Mittwoch")
    monkeypatch.setattr("feedgen.entry.formatRFC2822", lambda date: "Samstag")
    data = draw(render_rss)
    assert texts(data, "//lastBuildDate/text()") == ["Wed, 01 Oct 2008 08:30:00 -0400"]
    assert texts(data, "//pubDate/text()") == ["Sat, 27 Sep 2008 00:00:00 -0400", "Fri, 26 Sep 2008 00:00:00 -0400"]


PRINT_FEEDS = """
import runpy, sys
test = runpy.run_path(sys.argv[1])
sys.stdout.buffer.write(test["draw"](test["render_rss"]) + test["draw"](test["render_atom"]))
"""


@pytest.mark.parametrize(
    "machine",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kolkata", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Toronto", "LC_ALL": "de_DE.UTF-8"},
    ],
)
def test_the_bytes_depend_on_nothing_but_the_record(machine):
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | machine
    run = subprocess.run([sys.executable, "-c", PRINT_FEEDS, __file__], env=env, capture_output=True, check=True)
    assert run.stdout == draw(render_rss) + draw(render_atom)

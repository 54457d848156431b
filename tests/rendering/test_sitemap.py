from typing import Any

import pytest
from lxml import etree

from sitegen.rendering.sitemap import render_sitemap, render_sitemap_index
from sitegen.store import Store
from sitegen.view import Route, SitemapEntry, SitemapIndex, SitemapPage, View

NO_THEME: Any = None
ENTRIES = (
    SitemapEntry("https://example.org/", "2008-09-27T00:00:00-04:00"),
    SitemapEntry("https://example.org/a%20b.html?x=1&y='2'", ""),
)
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(*entries: SitemapEntry) -> bytes:
    return render_sitemap(Route("/sitemap.xml", "sitemap.xml", "", View(None, SitemapPage(entries))), NO_THEME, Store())


def index(*entries: SitemapEntry) -> bytes:
    page = SitemapIndex(entries)
    return render_sitemap_index(Route("/sitemap.xml", "sitemap.xml", "", View(None, page)), NO_THEME, Store())


def test_a_sitemap_looks_like_this():
    assert sitemap(*ENTRIES).decode() == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/</loc><lastmod>2008-09-27T00:00:00-04:00</lastmod></url>
<url><loc>https://example.org/a%20b.html?x=1&amp;y=&#x27;2&#x27;</loc></url>
</urlset>
"""
    )


def test_an_index_looks_like_this():
    assert index(SitemapEntry("https://example.org/sitemap-1.xml", "2008-09-27")).decode() == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://example.org/sitemap-1.xml</loc><lastmod>2008-09-27</lastmod></sitemap>
</sitemapindex>
"""
    )


@pytest.mark.parametrize("text", ["</loc><x>", "&amp;", "]]>", "<!--", "\x0bA", "\"'", "é日本"])
@pytest.mark.parametrize(("draw", "tag"), [(sitemap, "url"), (index, "sitemap")])
def test_an_address_is_text_whatever_is_in_it(draw, tag, text):
    [row] = etree.fromstring(draw(SitemapEntry(f"https://example.org/{text}", text)))
    assert row.tag == NS + tag
    assert [(field.tag, field.text) for field in row] == [
        (f"{NS}loc", f"https://example.org/{text}".replace("\x0b", "")),
        (f"{NS}lastmod", text.replace("\x0b", "")),
    ]

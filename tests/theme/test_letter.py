"""The theme `letter` shows that what templates get is enough, and how little a theme needs."""

from pathlib import Path

import pytest
import views
from newspaper_pages import PAGES
from selectolax.lexbor import LexborHTMLParser

from sitegen.checking.pages import page_faults
from sitegen.theme import read_theme

LETTER = Path(__file__).parents[2] / "themes/letter"
THEME = read_theme(Path("/no such site"), "letter", {}, "en")
SITE = views.site_view(THEME)
every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def test_it_has_less_than_150_lines():
    files = [*LETTER.glob("templates/**/*.html"), *LETTER.glob("**/*.css")]
    assert len(files) > 8
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) < 150


@every_page
def test_every_page_holds(page):
    html = views.page_html(page, THEME, SITE)
    assert page_faults(html.replace('href="#p', 'href="/#p')) == []
    assert "\n\n" not in html.partition("<pre")[0]


@every_page
def test_every_page_has_its_title_and_the_way_to_the_feeds(page):
    found = LexborHTMLParser(views.page_html(page, THEME, SITE))
    assert [node.text() for node in found.css("h1")] == [page.title]
    assert [node.attributes["href"] for node in found.css('link[rel="alternate"]')][-3:] == [
        feed.url for feed in SITE.feeds
    ]
    assert SITE.feeds_url in [node.attributes["href"] for node in found.css("footer a")]


def test_a_post_is_title_date_and_text():
    page = views.post_page()
    found = LexborHTMLParser(views.page_html(page, THEME, SITE))
    assert [node.tag for node in found.css("article > *")] == ["h1", "time", "div"]
    assert found.css("article time")[0].attributes["datetime"] == page.date.iso
    assert [node.text() for node in found.css("main > nav a")] == [page.newer.title, page.older.title]  # type: ignore[union-attr]


def test_the_front_page_lists_every_post_once():
    page = views.front_page()
    found = LexborHTMLParser(views.page_html(page, THEME, SITE))
    links = [node.attributes["href"] for node in found.css(".titles a")]
    posts = [page.lead, *page.secondary, *(post for group in page.days for post in group.posts)]
    assert links == [post.url for post in posts if post]

"""The bundled theme `newspaper`: every page has its furniture, in order, and nothing that should not be there."""

import gzip
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import views
from newspaper_pages import BARE_POST, FULL_POST, PAGES, SITE, THEME
from selectolax.lexbor import LexborHTMLParser

from sitegen.view import LinkView, SidebarBlock, TermView

every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def html(page: Any, **site: Any) -> str:
    return views.page_html(page, THEME, replace(SITE, **site))


def tree(page: Any, **site: Any) -> LexborHTMLParser:
    return LexborHTMLParser(html(page, **site))


def attributes(found: LexborHTMLParser, selector: str, name: str) -> list[str]:
    """One attribute of all elements that match; empty for those that do not have it."""
    return [node.attributes.get(name) or "" for node in found.css(selector)]


def plain(found: LexborHTMLParser) -> str:
    """The page as text, white space collapsed."""
    assert found.body is not None
    return " ".join(found.body.text(separator=" ").split())


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def in_order(text: str, parts: list[str]) -> list[str]:
    """The parts that do not stand in `text` behind the one before them."""
    missing, at = [], 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(part)
    return missing


def test_a_post_page_reads_like_the_page_of_2008():
    text = plain(tree(views.post_page()))
    furniture = [
        "Saturday, September 27, 2008",  # the edition line
        "Saturday, September 27, 2008",  # the date header
        "The follow-up guide",
        "By Carl Mueller",
        "Most people send",
        "Thank the person by name.",
        "Promotion Recruiter Secrets Revealed",
        "The questions that decide",
        "Carl Mueller Recruiter",
        "Filed under",
        "Send by e-mail https://example.org/2008/09/follow-up.html",
        "0 comments:",
        "Newer A fair way",
        "Older Seven questions",
        "Related The phone call",
        "About This Blog Practical advice, one post at a time.",
        "Archive",
        "© 2007–2008 The Career Gazette",
        "Set in Newsreader",
        "Back to TOP",
    ]
    assert in_order(text, furniture) == []
    assert text.endswith("Back to TOP")


@every_page
def test_every_page_has_its_frame(page):
    found = tree(page)
    text = plain(found)
    assert text.endswith("Set in Newsreader and printed by sitegen. Back to TOP")
    assert "About This Blog" in text
    assert attributes(found, "body > a.skip", "href") == ["#main", "#site_sections"]
    assert len(found.css("header.wrap > nav.secs, main#main, footer")) == 3
    assert bool(found.css(".edition time")) == (page.edition is not None)
    assert attributes(found, ".edition a", "href")[0] == "/feeds/"


@every_page
def test_every_page_has_one_h1_and_skips_no_level(page):
    levels = [int(str(node.tag)[1]) for node in tree(page).css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_page
def test_ids_are_unique_and_fragments_lead_somewhere(page):
    found = tree(page)
    ids = Counter(node.attributes["id"] for node in found.css("[id]"))
    assert [name for name, count in ids.items() if count > 1] == []
    links = {link[1:] for link in attributes(found, 'a[href^="#"]', "href")}
    assert {link for link in links if not link.startswith("p")} <= ids.keys()


@every_page
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(page):
    text = html(page)
    found = LexborHTMLParser(text)
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text)
    assert not found.css("style, iframe, script:not([type='application/ld+json'])")
    assert not [
        node for node in found.css("link[rel=stylesheet], img, link[rel=preload]") if "//" in str(node.attributes)
    ]
    # The policy governs only what stands behind it.
    assert found.css("head > *")[1].attributes == {"http-equiv": "Content-Security-Policy", "content": views.CSP}


@every_page
def test_no_line_is_blank_and_no_link_is_without_name_or_target(page):
    assert "\n\n" not in re.sub(r"<pre.*?</pre>", "", html(page), flags=re.DOTALL)
    for link in tree(page).css("a"):
        assert link.attributes["href"], link.html
        assert link.text().strip(), link.html


@every_page
def test_every_landmark_has_a_name_of_its_own(page):
    names = Counter(node.attributes.get("aria-label") for node in tree(page).css("nav, aside"))
    assert None not in names
    assert [name for name, count in names.items() if count > 1] == []


@every_page
def test_pages_are_small(page):
    style = THEME.assets["theme.css"].data
    assert len(gzip.compress(html(page).encode(), 9)) + len(gzip.compress(style, 9)) <= 13_000


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("front", "The Career Gazette — Plain advice about work, since 2008"),
        ("post", "The follow-up guide — The Career Gazette"),
        ("tag", "Interviews, Page 2 — The Career Gazette"),
        ("page of the front page", "All posts — The Career Gazette"),
    ],
)
def test_titles(page, title):
    assert texts(tree(PAGES[page]), "title") == [title]


def test_the_head_of_a_post():
    page = views.post_page(
        social_image=views.picture(), prev_url="https://example.org/n", next_url="https://example.org/o"
    )
    found = tree(page)
    links = {node.attributes["rel"]: node.attributes["href"] for node in found.css("link")}
    assert (links["canonical"], links["prev"], links["next"]) == (page.canonical, page.prev_url, page.next_url)
    feeds = attributes(found, "link[rel=alternate]", "href")
    assert feeds == ["/feed.xml", "/atom.xml", "/feed.json"]
    meta = {
        node.attributes.get("property") or node.attributes.get("name"): node.attributes["content"]
        for node in found.css("meta[content]")
    }
    assert meta["og:title"] == page.title
    assert meta["og:image"] == "https://example.org/2008/09/desk.svg"
    assert meta["article:published_time"] == page.date.iso
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["author"] == "Carl Mueller"
    assert "robots" not in meta


def test_a_list_offers_its_own_feed_and_an_unlisted_page_hides():
    assert "/sections/interviews/feed.xml" in [
        node.attributes["href"] for node in tree(views.list_page()).css("link[rel=alternate]")
    ]
    assert attributes(tree(views.post_page(noindex=True)), "meta[name=robots]", "content") == ["noindex"]


@pytest.mark.parametrize(
    ("comments", "headings", "lines"),
    [
        (views.comments(0), ["0 comments:"], ["0 comments on X"]),
        (views.comments(1), ["1 comment:"], ["1 comment on X"]),
        (views.comments(14), ["14 comments:"], ["14 comments on X"]),
        (views.comments(-1), ["Comments"], ["Comments on X"]),
        (None, [], []),
    ],
)
def test_the_comment_line(comments, headings, lines):
    assert texts(tree(views.post_page(comments=comments)), "section#comments > h2") == headings
    lead = views.lead(title="X", comments=comments)
    found = tree(views.front_page(lead=lead, secondary=(), days=()))
    assert texts(found, ".comment-count") == lines
    assert all(url.endswith("#comments") for url in attributes(found, ".comment-count", "href"))


def test_replies_stand_below_what_they_reply_to():
    found = tree(FULL_POST)
    assert len(found.css("#comments > .thread > li")) == 2
    assert len(found.css("li:has(> #comment-1) > .thread > li > #comment-2")) == 1
    assert "Comments are closed." in texts(found, "#comments > p")


def test_a_day_has_one_date_header_and_the_leads_day_no_second():
    found = tree(views.front_page())
    assert texts(found, "h2.dateline") == ["Sunday, September 21, 2008", "Saturday, September 20, 2008"]
    assert texts(found, ".lead .dateline") == ["Saturday, September 27, 2008"]
    assert attributes(found, "h2.dateline a", "href") == ["/2008/09/21/", "/2008/09/"]


def test_the_lead_opens_with_its_picture_or_with_its_first_paragraphs():
    assert len(tree(PAGES["front"]).css(".lead .opening > p")) == 2
    pictured = tree(PAGES["front with a picture"])
    assert not pictured.css(".opening")
    assert attributes(pictured, ".lead img", "alt")[0] == "A desk"


@pytest.mark.parametrize("number", range(5))
def test_secondary_stories_stand_in_stacks_of_two(number):
    page = views.front_page()
    found = tree(replace(page, secondary=page.secondary[:number]))
    assert [len(stack.css(".card")) for stack in found.css(".stack")] == {
        0: [], 1: [1], 2: [2], 3: [2, 1], 4: [2, 2]
    }[number]  # fmt: skip


def test_the_section_of_a_page_is_marked_in_the_menu():
    def current(page: Any) -> list[tuple[str, str | None]]:
        return [(node.text(), node.attributes["aria-current"]) for node in tree(page).css(".secs [aria-current]")]

    assert current(views.post_page()) == [("Interviews", "true")]
    assert current(views.list_page()) == [("Interviews", "page")]
    assert current(views.archive_page()) == [("Archive", "page")]
    assert current(views.not_found_page()) == []


def test_a_configured_menu_stands_in_place_of_the_sections():
    menu = (LinkView("Home", "/"), LinkView("All", "/archive/"))
    assert texts(tree(views.post_page(), menu=menu), ".secs a") == ["Home", "All"]


def test_kickers_are_left_out_when_there_is_one_section_only():
    assert texts(tree(views.post_page(), sections=SITE.sections[:1]), ".kicker") == []


@pytest.mark.parametrize(
    ("changes", "selector"),
    [
        ({}, ".has-drop-cap"),
        ({"age": 3}, ".age"),
        ({"image": views.picture()}, ".hero"),
        ({"series": views.series()}, ".rail ol"),
        ({"toc": tuple(LinkView("x", "#p") for _ in range(4))}, ".rail ul"),
        ({"updated": views.day(30)}, "time.dt-updated"),
    ],
)
def test_what_a_post_shows_only_when_there_is_cause(changes, selector):
    assert tree(views.post_page(**changes)).css(selector)
    assert not tree(BARE_POST).css(selector)


def test_microformats_of_a_post():
    found = tree(views.post_page())
    entry = ".h-entry "
    assert texts(found, entry + "h1.p-name") == ["The follow-up guide"]
    assert attributes(found, entry + "time.dt-published", "datetime") == [views.day().iso]
    assert attributes(found, entry + ".share a.u-url", "href") == [views.post_page().canonical]
    assert texts(found, entry + ".p-author .p-name") == ["Carl Mueller"]
    assert texts(found, entry + ".p-category") == ["Interviews", "phone", "C++"]
    assert found.css(entry + ".e-content") != []


def test_sidebar_blocks():
    promo, text = views.promo(), views.body("<p>Hello</p>")
    labels = (TermView("C++", "/tags/c-plus-plus/", 1), TermView("phone", "/tags/phone/", 12))
    blocks = (
        SidebarBlock("promo", "", promo=promo),
        SidebarBlock("text", "Hi", text=text),
        SidebarBlock("labels", "", labels=labels),
    )
    found = tree(views.post_page(promos=()), sidebar=blocks)
    assert texts(found, ".blocks h2") == ["Recruiter Secrets Revealed", "Hi", "Labels"]
    assert texts(found, ".labels li") == ["C++ (1)", "phone (12)"]
    empty = (*blocks[:2], SidebarBlock("labels", ""))
    assert texts(tree(views.post_page(), sidebar=empty), ".blocks h2")[-1] == "Hi"


def test_a_page_in_another_language_says_so_and_keeps_the_sites_own_furniture():
    found = tree(views.post_page(lang="ar", direction="rtl"))
    assert attributes(found, "html", "lang") + attributes(found, "html", "dir") == ["ar", "rtl"]
    assert {node.attributes.get("lang") for node in found.css("body > header, body > footer, aside.blocks")} == {"en"}
    assert 'lang="de" dir="auto"' in html(views.front_page(lead=views.lead(lang="de")))


def test_options():
    def found(**options: object) -> str:
        theme = views.newspaper(**options)
        return views.page_html(views.post_page(), theme, views.site_view(theme))

    assert "has-drop-cap" not in found(drop_caps=False)
    assert "1 min read" in found(reading_time=True)
    assert '"@type":"NewsArticle"' in found(article_type="NewsArticle")

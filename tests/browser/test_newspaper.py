"""The theme `newspaper` in a real browser. Everything is answered from memory; nothing goes out."""

from dataclasses import replace
from typing import Any

import pytest
import views
from newspaper_pages import FULL_POST, PAGES, SITE, THEME
from playwright.sync_api import ConsoleMessage, Page, Route

pytestmark = pytest.mark.browser

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 800' width='1200' height='800'/>"
FILES = {f"/{file.output}": file.data for file in THEME.assets.values()} | {"/2008/09/desk.svg": PICTURE.encode()}
TYPES = {"css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
WIDTHS = (320, 375, 768, 1280, 2560)
LONG = "x" * 300
CROWDED = views.front_page(
    lead=views.lead(title=views.LONG_WORD * 2, summary=LONG),
    days=tuple(replace(group, posts=(views.card(LONG), *group.posts)) for group in views.front_page().days),
)


def show(browser: Page, page: Any, **site: Any) -> list[str]:
    """Open a page and return the paths that were asked for and everything the console said."""
    html = views.page_html(page, THEME, replace(SITE, **site))
    seen: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(views.ORIGIN)
        seen.append(path)
        kind = path.rpartition(".")[2]
        body = FILES.get(path, html.encode() if path == "/page" else None)
        route.fulfill(body=body, content_type=TYPES.get(kind, "text/html"), status=404 if body is None else 200)

    def note(said: ConsoleMessage) -> None:
        # Chromium fetches the page's icon itself, past the routes of a test, and at times says that there is no host.
        url = said.location["url"].removeprefix(views.ORIGIN)
        if not ("ERR_NAME_NOT_RESOLVED" in said.text and f'rel="icon" href="{url}"' in html):
            seen.append(f"{said.text} {url}")

    browser.unroute_all()
    browser.route("**/*", answer)
    browser.on("console", note)
    browser.goto(f"{views.ORIGIN}/page", wait_until="load")
    return seen


def test_nothing_sticks_out_sideways(page: Page):
    arabic: Any = {"lang": "ar", "direction": "rtl"}
    states = PAGES | {
        "crowded": CROWDED,
        "arabic": replace(FULL_POST, **arabic),
        "arabic front": replace(CROWDED, **arabic),
    }
    wide = {}
    for name, state in states.items():
        show(page, state)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wide[name, width] = over
    assert wide == {}


def test_few_requests_all_to_the_site_and_no_word_in_the_console(page: Page):
    for state in (PAGES["front with a picture"], FULL_POST):
        seen = show(page, state)
        assert {path.rpartition(".")[2] for path in seen} <= {"/page", "css", "woff2", "svg"}
        assert len([path for path in seen if path != "/2008/09/desk.svg"]) <= 5


def test_lines_have_45_to_75_characters(page: Page):
    page.set_viewport_size({"width": 1280, "height": 800})
    show(page, views.post_page(drop_cap=False))
    lengths = page.evaluate(
        """() => [...document.querySelectorAll(".body > p")].flatMap(p => {
            const lines = new Map(), range = document.createRange();
            const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode());)
                for (let i = 0; i < node.length; i++) {
                    range.setStart(node, i); range.setEnd(node, i + 1);
                    const line = Math.round(range.getBoundingClientRect().bottom);
                    lines.set(line, (lines.get(line) || 0) + 1);
                }
            return [...lines.values()].slice(0, -1);
        })"""
    )
    middle = sorted(lengths)[len(lengths) // 2]
    assert 45 <= middle <= 75


def test_the_masthead_is_big_in_front_and_lets_the_title_show_inside(page: Page):
    page.set_viewport_size({"width": 1280, "height": 600})
    show(page, views.front_page())
    front = page.locator(".mast").bounding_box()
    show(page, views.post_page())
    inside, title = page.locator(".mast").bounding_box(), page.locator("h1").bounding_box()
    assert front is not None
    assert inside is not None
    assert title is not None
    assert inside["height"] <= 96 < front["height"]
    assert title["y"] + title["height"] <= 600


def test_back_to_top_brings_the_keyboard_to_the_skip_link(page: Page):
    show(page, views.post_page())
    page.locator('a[href="#top"]').click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


def test_targets_are_large_enough(page: Page):
    """WCAG 2.2, 2.5.8: 24 CSS pixels, but for links within a sentence; 44 in the menu."""
    for state in (views.front_page(), FULL_POST):
        show(page, state)
        heights = page.evaluate(
            """selector => [...document.querySelectorAll(selector)].map(a => a.getBoundingClientRect().height)""",
            ".secs a",
        )
        assert min(heights) >= 44
        small = page.evaluate(
            """() => ["header", ".kicker", ".dateline", ".meta", ".tags", ".blocks", "footer"]
                .flatMap(parent => [...document.querySelectorAll(`${parent} a`)])
                .filter(a => !a.closest(".mast") && a.getBoundingClientRect().height < 23.5).map(a => a.outerHTML)"""
        )
        assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_follows_the_system(page: Page, scheme: Any):
    page.emulate_media(color_scheme=scheme)
    show(page, views.front_page())
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(253, 251, 246)", "dark": "rgb(21, 22, 26)"}[scheme]


def test_print_is_black_on_white_even_at_night(page: Page):
    page.emulate_media(color_scheme="dark", media="print")
    show(page, views.post_page())
    style = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not page.locator(".secs").is_visible()
    assert page.locator(".mast").is_visible()

"""The theme `letter` in a real browser. Everything is answered from memory; nothing goes out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import views
from newspaper_pages import FULL_POST, PAGES
from playwright.sync_api import Page, Route

from sitegen.theme import read_theme

pytestmark = pytest.mark.browser

THEME = read_theme(Path("/no such site"), "letter", {}, "en")
SITE = views.site_view(THEME)
STYLES = {f"/{file.output}": file.data for file in THEME.assets.values()}
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 800' width='1200' height='800'/>"
ARABIC: Any = {"lang": "ar", "direction": "rtl"}


def show(browser: Page, page: Any) -> list[str]:
    """Open a page and return what was asked for."""
    html, asked = views.page_html(page, THEME, SITE), list[str]()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(views.ORIGIN)
        asked.append(path)
        if path in STYLES:
            route.fulfill(body=STYLES[path], content_type="text/css")
        elif path.endswith(".svg"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            route.fulfill(body=html, content_type="text/html", status=200 if path == "/page" else 404)

    browser.unroute_all()
    browser.route("**/*", answer)
    browser.goto(f"{views.ORIGIN}/page", wait_until="load")
    return asked


def test_nothing_sticks_out_sideways(page: Page):
    long = views.front_page(lead=views.lead(title=views.LONG_WORD * 2))
    states = PAGES | {"long": long, "arabic": replace(FULL_POST, **ARABIC), "arabic front": replace(long, **ARABIC)}
    wide = {}
    for name, state in states.items():
        show(page, state)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wide[name, width] = over
    assert wide == {}


def test_a_page_is_two_files_and_breaks_no_policy(page: Page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    asked = show(page, views.post_page())
    assert [path for path in asked if not path.endswith("favicon.ico")] == ["/page", *STYLES]
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(254, 254, 252)"), ("dark", "rgb(23, 24, 26)")])
def test_paper_follows_the_system(page: Page, scheme: Any, paper: str):
    page.emulate_media(color_scheme=scheme)
    show(page, views.post_page())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_lines_have_45_to_75_characters(page: Page):
    page.set_viewport_size({"width": 1280, "height": 800})
    show(page, views.post_page())
    # The first paragraph's text by the lines that its box is high.
    lines = page.evaluate(
        "(p => p.textContent.length / (p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight)))"
        '(document.querySelector(".text p"))'
    )
    assert 45 <= lines <= 75

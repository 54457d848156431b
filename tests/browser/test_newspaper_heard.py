"""What those meet who do not see the page as it is meant: what a screen reader reads out, no style sheet, no pictures.

`pytest --update-golden` records what is read out; THEME.md, sections 9 and 12.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from newsstand import VIEWPORTS, Newsstand, overflow
from playwright.sync_api import Browser, Page, Route
from states import STATES, paper_of

pytestmark = pytest.mark.browser

GOLDEN: Final = Path(__file__).parent / "golden"
READ_OUT: Final = ("front-lead-picture", "post-furnished", "arabic-post", "not-found")
ORDER: Final = "[...document.querySelectorAll('h1, h2, h3, .body p, footer a')].map(e => e.textContent.trim())"


@pytest.fixture
def stand(browser: Browser) -> Iterator[Newsstand]:
    context = browser.new_context()
    yield Newsstand(context.new_page())
    context.close()


def read(stand: Newsstand, name: str) -> Page:
    return stand.open(paper_of(STATES[name].site), STATES[name].url, VIEWPORTS[2])


def without(page: Page, kind: str) -> Page:
    """Load the page again without what is of this kind, as those who have turned it off do."""

    def refuse(route: Route) -> None:
        if route.request.resource_type == kind:
            route.abort()
        else:
            route.fallback()

    page.route("**/*", refuse)
    page.reload(wait_until="load")
    return page


@pytest.mark.parametrize("name", READ_OUT)
def test_a_page_is_read_out_as_the_golden_one(stand: Newsstand, name: str, request: pytest.FixtureRequest) -> None:
    golden = GOLDEN / f"heard-{name}.txt"
    heard = read(stand, name).locator("html").aria_snapshot() + "\n"
    if request.config.getoption("--update-golden"):
        golden.write_text(heard, encoding="utf-8")
    assert heard == golden.read_text(encoding="utf-8")


def pieces_of_links(page: Page) -> list[list[str]]:
    """Return the pieces of text of each link as Chromium's tree for screen readers has them."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def texts(node: dict[str, Any]) -> Iterator[str]:
        match node["role"]["value"]:
            case "StaticText":
                yield node["name"]["value"]
            case "LineBreak":
                yield "\n"
            case _:
                for child in node["childIds"]:
                    yield from texts(by_id[child])

    return [list(texts(node)) for node in nodes if node["role"]["value"] == "link"]


@pytest.mark.parametrize("name", ["front-posts-5", "page-2", "post-furnished", "archive", "author", "not-found"])
def test_words_of_a_link_stay_apart_when_they_are_read_out(stand: Newsstand, name: str) -> None:
    """White space at the edge of a block is no text: Orca read out "Newerthe title" and "0 commentson the title"."""
    links = pieces_of_links(read(stand, name))
    glued = [one + other for link in links for one, other in pairwise(link) if one[-1].isalnum() and other[0].isalnum()]
    assert len(links) > 10
    assert glued == []


@pytest.mark.parametrize("name", ["front-lead-picture", "post-furnished"])
def test_without_its_style_sheet_a_page_is_read_from_top_to_bottom(stand: Newsstand, name: str) -> None:
    page = read(stand, name)
    styled = page.evaluate(ORDER)
    plain = without(page, "stylesheet")
    tops = plain.evaluate(
        "[...document.querySelectorAll('header, main h1, main h2, footer')].map(e => e.getBoundingClientRect().top)"
    )
    assert any("theme." in said for said in stand.said)
    assert plain.evaluate(ORDER) == styled
    assert tops == sorted(tops)


@pytest.mark.parametrize("name", ["front-lead-picture", "post-furnished"])
def test_without_pictures_their_descriptions_are_read(stand: Newsstand, name: str) -> None:
    page = without(read(stand, name), "image")
    assert page.evaluate("[...document.images].filter(e => e.complete && e.naturalWidth).length") == 0
    assert page.get_by_role("img", name="A circle").count() > 0
    assert overflow(page) == 0

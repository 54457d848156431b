"""The preview in a real browser: a save is seen, an error is shown and goes away, nothing is lost on the way."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from previews import Preview, running
from tiny import NOW, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.preview.events import Reloaded
from sitegen.reading import Selection

pytestmark = pytest.mark.browser

PATH = "content/posts/follow-up.md"
URL = "/2008/09/follow-up.html"


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({PATH: post("Follow up", "2008-09-27", "The first text.")})


@pytest.fixture
def preview(folder: SiteFolder) -> Iterator[Preview]:
    selection = Selection(now=NOW, drafts=True, future=True, expired=True)
    with running(folder.root, lambda: plan_edition(folder.root, selection)) as preview:
        yield preview


def save(folder: SiteFolder, text: str) -> None:
    folder.edit({PATH: post("Follow up", "2008-09-27", text)})


def visit(page: Page, preview: Preview) -> list[str]:
    """Open the post; returns a list that gets what the browser complains about from here on."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    with page.expect_websocket() as opened:
        page.goto(f"http://127.0.0.1:{preview.port}{URL}")
    assert opened.value.url == f"ws://127.0.0.1:{preview.port}/livereload"
    return complaints


def test_a_save_is_seen_under_the_pages_own_policy(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    expect(page.get_by_text("The first text.")).to_be_visible()
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    for text in ("The second text.", "The third text."):
        save(folder, text)
        expect(page.get_by_text(text)).to_be_visible()
    assert complaints == []


def test_two_tabs_and_twenty_saves(page: Page, preview: Preview, folder: SiteFolder):
    other = page.context.new_page()
    for tab in (page, other):
        visit(tab, preview)
    for n in range(20):
        save(folder, f"Save number {n}.")
        page.wait_for_timeout(17 * n % 90)  # as they come: within a batch, while planning, while loading
    for tab in (page, other):
        expect(tab.get_by_text("Save number 19.")).to_be_visible()


def test_an_error_is_shown_and_goes_away(page: Page, preview: Preview, folder: SiteFolder):
    visit(page, preview)
    folder.edit({PATH: post("Follow up", "2008-13-27")})
    expect(page.get_by_role("heading", name="This page cannot be shown")).to_be_visible()
    expect(page.get_by_text(f"{PATH}:3:7")).to_be_visible()
    expect(page.locator("mark")).to_have_text("2")
    save(folder, "Whole again.")
    expect(page.get_by_text("Whole again.")).to_be_visible()


def test_an_error_runs_no_script_and_keeps_the_styles_of_the_page(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    folder.edit({PATH: "---\ntitle: x\ndate: <img src=x onerror=alert(1)>\n---\n"})
    expect(page.get_by_role("heading", name="This page cannot be shown")).to_be_visible()
    assert page.locator("img").count() == 0
    assert page.locator("body").evaluate("body => getComputedStyle(body).borderTopStyle") == "solid"
    assert [text for text in complaints if "500" not in text] == []


def test_a_page_survives_a_restart_of_the_preview(page: Page, folder: SiteFolder):
    selection = Selection(now=NOW)
    with running(folder.root, lambda: plan_edition(folder.root, selection)) as first:
        visit(page, first)
    save(folder, "Saved while it was away.")
    with running(folder.root, lambda: plan_edition(folder.root, selection), first.port):
        expect(page.get_by_text("Saved while it was away.")).to_be_visible()


def test_a_stylesheet_of_the_site_is_swapped_without_a_reload(page: Page, preview: Preview, folder: SiteFolder):
    folder.edit({
        "content/static/own.css": "h1 { color: rgb(255, 0, 0); }",
        "content/static/own.html": '<!doctype html><head><link rel="stylesheet" href="/own.css"></head><h1>x</h1>',
    })  # fmt: skip
    while preview.get("/own.html").status != 200:
        preview.next_event(Reloaded)
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(str(data))))
    page.goto(f"http://localhost:{preview.port}/own.html")
    while not any("info" in data for data in sent):
        page.wait_for_timeout(20)
    page.evaluate("window.kept = true")
    folder.edit({"content/static/own.css": "h1 { color: rgb(0, 0, 255); }"})
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 255)")
    assert page.evaluate("window.kept") is True

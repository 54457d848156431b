"""The preview in a real browser: a save is seen, an error is shown and goes away, nothing is lost on the way."""

import queue
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from previews import Preview, running
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.preview.events import Failed, Reloaded
from sitegen.preview.following import Follower
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
    with running(folder.root, Follower(folder.root, lambda: selection)) as preview:
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


def test_an_error_stands_over_the_page_and_goes_away_without_a_reload(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    page.evaluate("window.kept = true")
    folder.edit({PATH: post("Follow up", "2008-13-27")})
    expect(page.get_by_role("heading", name="One thing is in the way")).to_be_visible()
    expect(page.get_by_text(f"{PATH}:3:7")).to_be_visible()
    expect(page.locator("mark")).to_have_text("2")
    expect(page.get_by_text("The first text.")).to_be_visible()
    save(folder, "The first text.")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.evaluate("window.kept") is True
    save(folder, "Whole again.")
    expect(page.get_by_text("Whole again.")).to_be_visible()
    assert complaints == []


def test_an_error_is_there_when_the_page_is_opened_after_it(page: Page, preview: Preview, folder: SiteFolder):
    visit(page, preview)
    folder.edit({PATH: post("Follow up", "2008-13-27")})
    preview.next_event(Failed)
    page.reload()
    expect(page.get_by_role("heading", name="One thing is in the way")).to_be_visible()
    page.locator(".errors").get_by_role("button", name="Hide").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_error_that_was_hidden_comes_back_with_a_save_and_not_with_the_connection(
    page: Page, preview: Preview, folder: SiteFolder
):
    visit(page, preview)
    folder.edit({PATH: post("Follow up", "2008-13-27")})
    preview.next_event(Failed)
    page.reload()
    page.locator(".errors").get_by_role("button", name="Hide").click()
    tell = """later => {
        const { stamp, findings } = JSON.parse(document.querySelector("[data-sitegen]").dataset.sitegen);
        const order = JSON.stringify({ do: "errors", stamp: stamp + later, findings });
        new LiveReloadPluginSitegen().reload("sitegen", { originalPath: order });
    }"""
    page.evaluate(tell, "")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.evaluate(tell, " of a later save")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_template_that_fails_leaves_the_page_as_it_was(page: Page, preview: Preview, folder: SiteFolder):
    visit(page, preview)
    folder.edit({"themes/newspaper/templates/partials/byline.html": "{{ page.nothing }}"})
    expect(page.get_by_role("alert")).to_contain_text("themes/newspaper/templates/partials/byline.html:1")
    expect(page.get_by_text("The first text.")).to_be_visible()
    folder.remove("themes/newspaper/templates/partials/byline.html")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_error_runs_no_script(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    pictures = page.locator("img").count()
    folder.edit({PATH: "---\ntitle: x\ndate: <img src=x onerror=alert(1)>\n---\n"})
    expect(page.get_by_role("alert")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img").count() == pictures
    assert complaints == []


def test_a_tab_that_shows_nothing_of_a_change_stays_still(page: Page, preview: Preview, folder: SiteFolder):
    folder.edit({"content/pages/contact.md": post("Contact", "2020-01-01", "Write to us.")})
    while preview.get("/contact.html").status != 200:
        preview.next_event(Reloaded)
    other = page.context.new_page()
    with other.expect_websocket():
        other.goto(f"http://127.0.0.1:{preview.port}/contact.html")
    visit(page, preview)
    for tab in (page, other):
        tab.evaluate("window.kept = true")
    save(folder, "Another text.")
    expect(page.get_by_text("Another text.")).to_be_visible()
    assert other.evaluate("window.kept") is True
    page.evaluate("window.kept = true")
    folder.edit({"content/pages/contact.md": post("Contact", "2020-01-01", "Call us.")})
    expect(other.get_by_text("Call us.")).to_be_visible()
    assert page.evaluate("window.kept") is True


LONG = [f"Paragraph {number} has some words." for number in range(80)]


def test_what_was_edited_comes_into_view(page: Page, preview: Preview, folder: SiteFolder):
    save(folder, "\n\n".join(LONG))
    while "Paragraph 79" not in preview.get(URL).text:
        preview.next_event(Reloaded)
    visit(page, preview)
    save(folder, "\n\n".join([*LONG[:60], "The sixtieth was edited.", *LONG[61:]]))
    expect(page.get_by_text("The sixtieth was edited.")).to_be_in_viewport()


def test_a_page_keeps_its_place_when_what_was_edited_is_in_view(page: Page, preview: Preview, folder: SiteFolder):
    save(folder, "\n\n".join(LONG))
    while "Paragraph 79" not in preview.get(URL).text:
        preview.next_event(Reloaded)
    visit(page, preview)
    page.get_by_text(LONG[60]).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    save(folder, "\n\n".join([*LONG[:60], "The sixtieth was edited.", *LONG[61:]]))
    expect(page.get_by_text("The sixtieth was edited.")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 5


def test_the_themes_styles_are_swapped_without_a_reload(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    page.evaluate("window.kept = true")
    for ink, colour in (("#640000", "rgb(100, 0, 0)"), ("#003c00", "rgb(0, 60, 0)")):
        dark = "@media (prefers-color-scheme: dark) { :root { --ink: #eeeeee } }"
        folder.edit({"themes/newspaper/static/tokens.css": f":root {{ --ink: {ink} }}\n{dark}"})
        expect(page.locator("h1")).to_have_css("color", colour)
    assert page.evaluate("window.kept") is True
    assert page.locator("link[rel=stylesheet]").count() == 1
    assert complaints == []


def picture(colour: str, width: int = 30) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, 20), colour).save(data, "PNG")
    return data.getvalue()


COLOUR = """() => { const image = document.querySelector("[alt='a dot']"), canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0); return [...pen.getImageData(5, 5, 1, 1).data].slice(0, 3).join(); }"""


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what Playwright cannot wait for: it evaluates nothing in a page that forbids that."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came to be")


def test_a_picture_is_swapped_without_a_reload_unless_its_size_is_another(
    page: Page, preview: Preview, folder: SiteFolder
):
    folder.edit({"content/static/dot.png": picture("red")})
    save(folder, "![a dot](/dot.png)")
    while "dot.png" not in preview.get(URL).text:
        preview.next_event(Reloaded)
    visit(page, preview)
    page.evaluate("window.kept = true")
    image = page.get_by_alt_text("a dot")
    expect(image).to_have_js_property("complete", True)
    folder.edit({"content/static/dot.png": picture("blue")})
    wait_until(page, lambda: page.evaluate(COLOUR) == "0,0,255")
    assert page.evaluate("window.kept") is True
    folder.edit({"content/static/dot.png": picture("blue", 50)})
    expect(image).to_have_attribute("width", "50")
    assert page.evaluate("window.kept") is None


COVERED = """() => {
  const box = document.querySelector("sitegen-preview").shadowRoot.querySelector(".ribbon").getBoundingClientRect();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const found = [];
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    for (const text of range.getClientRects())
      if (text.width > 1 && text.left < box.right && text.right > box.left) found.push(walker.currentNode.data);
  }
  return found; }"""
"""Texts of the page that stand below the ribbon, wherever the page is scrolled to."""

LONG_TITLE = "A plan whose title is far longer than what search results show of it"


def test_the_bar_says_how_a_post_stands(page: Page, preview: Preview, folder: SiteFolder):
    folder.edit({
        "content/drafts/plan.md": post(LONG_TITLE, "2020-01-01", "![](/dot.png)\n\n[a word](gone.md)"),
        "content/drafts/second.md": post("Second", "2020-01-02", "One two three."),
        "content/posts/due.md": post("Due", "2030-02-03 10:30", "Later."),
        "content/static/dot.png": picture("red"),
    })  # fmt: skip
    while preview.get("/2030/02/due.html").status != 200:
        preview.next_event(Reloaded)
    complaints = visit(page, preview)
    bar = page.get_by_role("region", name="Preview")
    expect(bar).to_contain_text("Published")
    expect(bar).to_contain_text("3 words, 1 min")
    page.goto(f"http://127.0.0.1:{preview.port}/2030/02/due.html")
    expect(bar).to_contain_text("Scheduled, due 2030-02-03 10:30")
    expect(page.locator(".ribbon")).to_have_text("Scheduled, due 2030-02-03 10:30")
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(COVERED) == []
    page.goto(f"http://127.0.0.1:{preview.port}/2020/01/plan.html")
    expect(bar).to_contain_text("Draft")
    bar.get_by_text("4 hints").click()
    for hint in (
        "The title has 68 characters",
        "It has no summary",
        "without a description: /dot.png (line 6)",
        "The link gone.md leads nowhere (line 8)",
        "a build stops at it",
    ):
        expect(bar).to_contain_text(hint)
    bar.get_by_role("link", name="Next draft").click()
    page.wait_for_url("**/2020/01/second.html")
    page.goto(f"http://127.0.0.1:{preview.port}/")
    expect(bar).to_have_count(0)
    assert complaints == []


def test_a_key_hides_the_bar_and_brings_it_back(page: Page, preview: Preview):
    visit(page, preview)
    bar = page.get_by_role("region", name="Preview")
    expect(bar).to_be_visible()
    page.keyboard.press("b")
    expect(bar).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Follow up")).to_be_visible()
    expect(bar).to_have_count(0)
    page.keyboard.press("b")
    expect(bar).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_bar_and_error_fit_any_width_and_are_not_printed(page: Page, preview: Preview, folder: SiteFolder, width: int):
    page.set_viewport_size({"width": width, "height": 700})
    visit(page, preview)
    folder.edit({PATH: "---\ntitle: x\ndate: " + "2008-13-27" * 30 + "\n---\n"})
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator(".errors").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    page.emulate_media(media="print")
    expect(page.get_by_role("alert")).not_to_be_visible()
    expect(page.get_by_role("region", name="Preview")).not_to_be_visible()


def test_a_place_opens_the_writers_editor(page: Page, folder: SiteFolder):
    opened: queue.Queue[tuple[str, Path, int]] = queue.Queue()
    folder.edit({"sitegen.toml": PLAIN_CONFIG + 'editor = "write {file} {line}"\n'})
    selection = Selection(now=NOW)
    with running(
        folder.root, lambda: plan_edition(folder.root, selection), edit=lambda *asked: opened.put(asked)
    ) as preview:
        visit(page, preview)
        page.get_by_role("button", name="Edit").click()
        assert opened.get(timeout=10) == ("write {file} {line}", folder.root / PATH, 1)
        folder.edit({PATH: post("Follow up", "2008-13-27")})
        page.get_by_role("button", name=f"{PATH}:3:7").click()
        assert opened.get(timeout=10) == ("write {file} {line}", folder.root / PATH, 3)


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

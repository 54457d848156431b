"""The preview in a real browser: a save is seen, an error is shown and goes away, nothing is lost on the way."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from previews import Preview, running
from tiny import NOW, SiteFolder, post

from sitegen.build import plan_edition
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
    """Open the post once it is connected; returns what the browser complains about from here on."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    with page.expect_websocket() as opened, page.expect_console_message():
        page.goto(f"http://127.0.0.1:{preview.port}{URL}")
    assert opened.value.url.endswith("/livereload")
    return complaints


def test_a_save_is_seen(page: Page, preview: Preview, folder: SiteFolder):
    complaints = visit(page, preview)
    expect(page.get_by_text("The first text.")).to_be_visible()
    for text in ("The second text.", "The third text."):
        save(folder, text)
        expect(page.get_by_text(text)).to_be_visible()
    assert complaints == []

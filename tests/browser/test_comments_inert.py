"""D7: comments stay harmless when a browser has read and written them again (mutation XSS)."""

import json

import pytest
from attacks import ATTACKS, MUTATIONS
from playwright.sync_api import Dialog, Page, Route
from tiny import post

from sitegen.reading.sanitise import sanitise

pytestmark = pytest.mark.browser

ALLOWED = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"}
HARMLESS = ("https://", "http://", "mailto:")
ROUND_TRIP = """html => {
    const box = document.createElement("div");
    document.body.append(box);
    for (let i = 0; i < 3; i++) box.innerHTML = i ? box.innerHTML : html;
    return [...box.querySelectorAll("*")].map(e => [e.localName, [...e.attributes].map(a => [a.name, a.value])]);
}"""
# Every element of the page, before and after the browser has written it and read it again.
REWRITTEN = """() => {
    const shape = () => [...document.querySelectorAll("*")]
        .map(e => [e.localName, ...[...e.attributes].map(a => a.name).sort()].join(" "));
    const before = shape();
    document.body.innerHTML = document.body.innerHTML;
    return [before, shape()];
}"""
LOAD = """() => new Promise(done => {
    const picture = new Image();
    picture.onerror = () => setTimeout(done);
    picture.src = "data:x";
})"""


@pytest.fixture
def hits(page: Page) -> list[str]:
    """What scripts of attacks say that run."""
    said: list[str] = []
    page.expose_function("pwned", lambda what: said.append(str(what)))

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return said


def settle(page: Page) -> None:
    """Wait until pictures that cannot be loaded have said so, and with them any script that waits for that."""
    page.evaluate(LOAD)


def test_a_comment_is_harmless_after_round_trips(page: Page, hits: list[str]):
    page.set_content("<!doctype html><body></body>")
    for html in (*MUTATIONS, *ATTACKS):
        for name, attributes in page.evaluate(ROUND_TRIP, sanitise(html)):
            assert name in ALLOWED, html
            assert {key for key, _ in attributes} <= {"href", "rel"}, html
            assert dict(attributes).get("rel", "nofollow ugc noopener") == "nofollow ugc noopener", html
            assert dict(attributes).get("href", "https://").startswith(HARMLESS), html
    settle(page)
    assert hits == []


def test_comments_are_harmless_on_their_page(page: Page, hits: list[str], site):
    thread = "".join(
        f"- {{id: c{number}, author: {json.dumps(text)}, date: 2026-01-02, body: {json.dumps(text)}}}\n"
        for number, text in enumerate((*MUTATIONS, *ATTACKS))
    )
    paper = site({"content/posts/a.md": post("A"), "content/comments/a.yaml": thread})
    paper.build()
    # Without the policy of the page, so that the text alone must be harmless.
    html = paper.text("/2026/01/a.html").replace("Content-Security-Policy", "x")

    def answer(route: Route) -> None:
        is_page = route.request.url == "https://test.example/a.html"
        route.fulfill(body=html if is_page else "", content_type="text/html", status=200 if is_page else 404)

    page.route("**/*", answer)
    page.goto("https://test.example/a.html")
    before, after = page.evaluate(REWRITTEN)
    settle(page)
    assert sorted(after) == sorted(before)
    assert not {shape.split()[0] for shape in before} & {
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "form",
        "base",
        "style",
    }
    assert not [shape for shape in before if any(name.startswith("on") for name in shape.split()[1:])]
    assert hits == []

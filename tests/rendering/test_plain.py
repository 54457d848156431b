import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from sitegen.errors import SourceError
from sitegen.rendering.plain import render_copy, render_redirect, render_text
from sitegen.store import Store, digest_of
from sitegen.view import Copy, RedirectPage, Route, TextFile, View

NO_THEME: Any = None
HOSTILE = [
    "plain",
    'A & B <i>"x"</i> ]]>',
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "{target} %s {0}",
    "&quot;&#34;",
]


def redirect(**changes: str) -> str:
    page = RedirectPage(
        **{
            "title": "Follow-up",
            "target": "/blog/2008/09/follow-up.html",
            "canonical": "https://example.org/blog/2008/09/follow-up.html",
            "lang": "en",
        }
        | changes
    )
    return render_redirect(Route("/old.html", "old.html", "redirect", View(None, page)), NO_THEME, Store()).decode()


def test_a_redirect_leads_browsers_readers_and_search_engines():
    page = LexborHTMLParser(redirect())

    def attribute(selector: str, name: str) -> str | None:
        [node] = page.css(selector)
        return node.attributes[name]

    assert attribute("html", "lang") == "en"
    assert attribute('meta[http-equiv="refresh"]', "content") == "0; url=/blog/2008/09/follow-up.html"
    assert attribute('link[rel="canonical"]', "href") == "https://example.org/blog/2008/09/follow-up.html"
    assert attribute('meta[name="robots"]', "content") == "noindex"
    assert attribute("body a", "href") == "/blog/2008/09/follow-up.html"
    assert [node.text() for node in page.css("title, a")] == ["Follow-up", "Follow-up"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_redirect_is_taken_for_markup(text):
    html = redirect(title=text, target=f"/{text}", canonical=f"https://example.org/{text}", lang=text)
    page = LexborHTMLParser(html)
    assert [node.text() for node in page.css("title, a")] == [text, text]
    assert [node.attributes["href"] for node in page.css("a")] == [f"/{text}"]
    assert [node.attributes["content"] for node in page.css("meta[http-equiv]")] == [f"0; url=/{text}"]
    names = {node.tag for node in page.css("*")}
    assert names == {"html", "head", "meta", "title", "link", "body", "p", "a"}


def test_a_redirect_passes_the_strictest_policy():
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", redirect())


def test_a_text_file_is_its_text():
    route = Route("/robots.txt", "robots.txt", "text", View(None, TextFile("User-agent: *\nAllow: /é\n")))
    assert render_text(route, NO_THEME, Store()) == b"User-agent: *\nAllow: /\xc3\xa9\n"


def copy_of(digest: str, store: Store) -> bytes:
    return render_copy(Route("/a.bin", "a.bin", "copy", View(None, Copy(digest))), NO_THEME, store)


def test_a_copy_is_the_bytes_of_its_file(tmp_path):
    file, data, store = tmp_path / "a.bin", b"\x00\xff\r\n", Store()
    file.write_bytes(data)
    store.add_file(digest_of(data), file, "content/static/a.bin")
    assert copy_of(digest_of(data), store) == data


def test_a_copy_that_changed_meanwhile_is_an_error_with_its_path(tmp_path):
    file, store = tmp_path / "a.bin", Store()
    file.write_bytes(b"new")
    store.add_file(digest_of(b"old"), file, "content/static/a.bin")
    with pytest.raises(SourceError, match=r"content/static/a\.bin: error: changed while"):
        copy_of(digest_of(b"old"), store)

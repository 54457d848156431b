"""The page that says what is wrong."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from sitegen.errors import Finding, Place
from sitegen.preview.error_page import error_page, notice_page

BAD = '`<script>alert("x")</script>`'


def page_of(*findings: Finding) -> LexborHTMLParser:
    return LexborHTMLParser(error_page(findings).decode())


def text_of(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    assert node is not None
    return node.text().strip()


def test_it_says_where_what_why_and_what_to_do():
    page = page_of(
        Finding("unknown key `auhtor`", Place("content/posts/a.md", 3, 1), "no such key", "did you mean `author`?")
    )
    assert text_of(page, ".place") == "content/posts/a.md:3:1"
    assert text_of(page, "h2") == "Unknown key auhtor"
    assert [node.text() for node in page.css("dd")] == ["no such key", "did you mean author?"]


@pytest.mark.parametrize(
    ("excerpt", "column", "code"),
    [
        ("date: 2008-13-01", 7, "date: <mark>2</mark>008-13-01"),
        ("a<b", 2, "a<mark>&lt;</mark>b"),
        ("end", 4, "end<mark> </mark>"),
        ("  indented  ", 0, "  indented"),
    ],
)
def test_the_line_has_a_mark_at_the_column(excerpt: str, column: int, code: str):
    page = error_page([Finding("wrong", Place("a.md", 7, column), excerpt=excerpt)]).decode()
    assert f"<span>7</span><code>{code}</code></pre>" in page


def test_an_empty_line_is_not_shown():
    assert page_of(Finding("wrong", Place("a.md", 7), excerpt="  ")).css_first("pre") is None


def test_every_finding_is_on_it():
    page = page_of(*(Finding(f"fault {n}") for n in range(3)))
    assert [node.text() for node in page.css("h2")] == ["Fault 0", "Fault 1", "Fault 2"]
    assert "3 things are" in text_of(page, ".lead")


def test_nothing_that_an_error_says_is_html():
    page = page_of(Finding(BAD, Place(BAD, 1, 2), BAD, BAD, BAD))
    assert page.css("script") == []
    assert error_page([Finding(BAD, Place(BAD, 1, 2), BAD, BAD, BAD)]).count(b"&lt;script&gt;alert") == 4


def test_what_is_no_text_can_be_shown():
    assert rb"\udce9" in error_page([Finding("no text: \udce9", Place("a\udce9.md"))])


def test_it_needs_nothing_from_elsewhere():
    page = page_of(Finding("wrong"))
    assert page.css("[src], [href], script") == []
    assert "default-src 'none'" in str(page.css_first("meta[http-equiv]").attributes["content"])  # type: ignore[union-attr]


def test_a_notice_says_one_thing():
    assert b"<h1>A &lt;</h1>" in notice_page("A <", "b")

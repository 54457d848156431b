"""What HTML alone shows of a page's faults."""

import pytest
import views
from newspaper_pages import PAGES, SITE, THEME

from sitegen.checking.pages import page_faults

HEAD = (
    '<meta http-equiv="Content-Security-Policy" content="x"><meta name="viewport" content="width=device-width">'
    "<title>T</title>"
)


def page(body: str = "", head: str = HEAD, html: str = 'lang="en"') -> str:
    return f"<!doctype html><html {html}><head>{head}</head><body><main><h1>T</h1>{body}</main></body></html>"


@pytest.mark.parametrize("name", PAGES)
def test_the_newspapers_pages_have_none(name):
    html = views.page_html(PAGES[name], THEME, SITE).replace('href="#p', 'href="/#p')
    assert page_faults(html) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h2>a</h2><h3>b</h3><h2>c</h2>",
        '<img src="/a.png" alt="">',
        '<a href="/x"><img src="/a.png" alt="A"></a><a href="/x" aria-label="Y"></a>',
        '<label for="q">Q</label><input id="q"><label>R<input></label><input type="hidden">',
        '<textarea aria-label="S"></textarea>',
        '<nav aria-label="a"></nav><nav aria-labelledby="b"></nav><p id="b">b</p>',
        '<a href="#top">up</a><a href="#i">i</a><p id="i"></p>',
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        '<script type="application/ld+json">{}</script><a href="https://example.org/">out</a>',
    ],
)
def test_what_is_right(body):
    assert page_faults(page(body)) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        (page(html=""), "the page does not say its language"),
        (page(head=HEAD.replace("T", "", 1).replace("<title>T", "<title>")), "the page has no title"),
        (page(head=HEAD.replace("viewport", "x")), "the page does not fit small screens"),
        (page(head=HEAD.replace("device-width", "device-width, user-scalable=no")), "readers cannot enlarge the page"),
        (page(head=HEAD.replace("Content-", "")), "the page has no Content-Security-Policy"),
        (page("<h1>U</h1>"), "the page has 2 headings of the first level"),
        (page().replace("h1", "h2"), "the page has 0 headings of the first level"),
        (page().replace("<main>", "<main><h2>a</h2>"), "a heading stands above the <h1>"),
        (page("<h3>a</h3>"), "<h3> follows <h1>: a level is left out"),
        (page("<h2> </h2>"), "a heading is empty"),
        (page().replace("main", "div"), "the page has 0 <main>"),
        (page("<nav></nav><nav aria-label='a'></nav>"), "one of several <nav> has no name"),
        (page("<aside aria-label='a'></aside>" * 2), "two <aside> have the name 'a'"),
        (page("<img src=a>"), "a picture has no alt text"),
        (page("<a href=/x></a>"), "<a> has no text"),
        (page("<a href=/x><img src=a alt=''></a>"), "<a> has no text"),
        (page("<button></button>"), "<button> has no text"),
        (page("<a href=''>x</a>"), "a link leads nowhere"),
        (page("<iframe></iframe>"), "a frame has no title"),
        (page("<input>"), "<input> has no label"),
        (page("<select id=a></select>"), "<select> has no label"),
        (page("<p id=a></p><p id=a></p>"), "2 elements have the id 'a'"),
        (page("<a href=#a>x</a>"), "a link leads to #a, which is not on the page"),
        (page("<p aria-describedby='a'></p>"), "aria-describedby names 'a', which is not on the page"),
        (page("<style>a{}</style>"), "<style> in the page is stopped by the Content-Security-Policy"),
        (page("<script>1</script>"), "<script> in the page is stopped by the Content-Security-Policy"),
        (page("<p onclick='x'></p>"), "the attribute onclick is stopped by the Content-Security-Policy"),
        (page("<img alt='' src='//x.example/a'>"), "//x.example/a comes from elsewhere"),
        (page(head=HEAD + "<link rel=stylesheet href=//x.example/a>"), "//x.example/a comes from elsewhere"),
        (page("<ul><p>a</p></ul>"), "<p> stands in <ul> beside the <li>"),
        (page("<ul></ul>"), "a list is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong(html, what):
    faults = page_faults(html)
    assert what in [fault.what for fault in faults]
    assert all(fault.hint for fault in faults)


def test_the_direction_is_said():
    assert page_faults(page(html='lang="ar" dir="rtl"'), "rtl") == []
    (fault,) = page_faults(page(html='lang="ar"'), "rtl")
    assert fault.what == "the page is read from right to left and does not say so"


def test_a_long_element_is_cut():
    (fault,) = page_faults(page(f'<img src="{"a" * 500}">'))
    assert len(fault.excerpt) == 121

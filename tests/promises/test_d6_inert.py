"""D6: whatever a writer's text holds, it stays text in HTML, in attributes, in JSON-LD and in feeds."""

import json

import feedparser
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tiny import PLAIN_CONFIG, SiteFolder, post

MARKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example>",
]
BREAKERS = [
    '">', "'>", "</script>", "</title>", "</style>", "-->", "]]>", "<!--", "<![CDATA[", "&lt;", "&#60;", "&quot;>",
    "{{ 7*7 }}", "{% include 'x' %}", "${7*7}", "<%= 1 %>",
]  # fmt: skip
ATTACKS = [breaker + mark for breaker in ["", *BREAKERS] for mark in MARKS] + [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "</a><a href=javascript:alert(1)>",
]
LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
    "\x01javascript:alert(1)",
]  # fmt: skip


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def hostile(attack, number):
    """A post that says `attack` wherever a post can say something."""
    return post(
        quoted(f"T {attack}"),
        date=f"2026-01-{number % 28 + 1:02} 0{number % 9}:00",
        body="Plain.",
        slug=f"p{number}",
        summary=quoted("S " + attack.replace("<", "\\<")),
        description=quoted(f"D {attack}"),
        tags=f"[{quoted(f'tag{number} {attack}')}]",
        category=quoted(f"C{number} {attack}") if number % 7 == 0 else "Safe",
        series=quoted(f"R {attack}"),
        author=quoted(f"A{number} {attack}"),
        image=f"{{src: pic.png, alt: {quoted(f'I {attack}')}, caption: {quoted(attack)}, credit: {quoted(attack)}}}",
        promo=f"{{title: {quoted(f'P {attack}')}, body: Safe., label: {quoted(f'L {attack}')}}}",
    )


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    files = {f"content/posts/p{number}.md": hostile(attack, number) for number, attack in enumerate(ATTACKS)}
    files["content/posts/pic.png"] = b"\x89PNG"
    files["content/comments/p0.yaml"] = "\n".join(
        f"- {{id: '{number}', author: {quoted(attack)}, date: 2026-02-01, body: {quoted(attack)}}}"
        for number, attack in enumerate(ATTACKS)
    )
    config = (
        PLAIN_CONFIG
        + f"tagline = {quoted(ATTACKS[0])}\ndescription = {quoted(ATTACKS[4])}\ncredit = {quoted(ATTACKS[7])}\n"
    )
    made = SiteFolder(tmp_path_factory.mktemp("hostile") / "site", files, config)
    made.build()
    return made


def pages(paper):
    return {path: data.decode() for path, data in paper.files.items() if path.endswith(".html")}


def test_no_page_has_an_element_or_handler_that_was_text(paper):
    for path, text in pages(paper).items():
        tree = LexborHTMLParser(text)
        assert not tree.css("iframe, svg, object, embed, form, style, base"), path
        assert all(node.attributes.get("type") == "application/ld+json" for node in tree.css("script")), path
        assert all((node.attributes.get("src") or "").startswith("/") for node in tree.css("img")), path
        for node in tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (path, name)
                assert name not in {"autofocus", "style"}, (path, name)
                if name in {"href", "src"}:
                    assert (value or "").startswith(("/", "#", "https://")), (path, value)


def test_json_ld_says_what_was_written(paper):
    for path, text in pages(paper).items():
        for node in LexborHTMLParser(text).css("script[type='application/ld+json']"):
            data = json.loads(node.text())
            assert "<" not in node.text(), path
            assert data
    graph = LexborHTMLParser(paper.text("/2026/01/p0.html")).css_first("script")
    assert graph is not None
    assert f"T {ATTACKS[0]}" in json.dumps(json.loads(graph.text()), ensure_ascii=False).replace('\\"', '"')


def test_every_feed_and_the_sitemap_parse_and_give_the_titles_back(paper):
    for path, data in paper.files.items():
        if path.endswith(".xml"):
            etree.fromstring(data)
    titles = {item["title"] for item in json.loads(paper.text("/feed.json"))["items"]}
    assert titles <= {" ".join(f"T {attack}".split()) for attack in ATTACKS} | {f"T {attack}" for attack in ATTACKS}
    assert not feedparser.parse(paper.text("/atom.xml").encode()).bozo


@pytest.mark.parametrize("link", LINKS)
def test_links_that_run_are_dropped(site, link):
    raw = link.replace("\t", "&#9;").replace("\x01", "&#1;")
    paper = site(
        {"content/posts/a.md": post("A", body=f'[x](<{link.strip()}>) and <a href="{raw}">y</a>'.replace("\x01", ""))}
    )
    paper.build()
    for name in ("/2026/01/a.html", "/feed.xml", "/atom.xml"):
        tree = LexborHTMLParser(paper.text(name))
        for node in tree.css("a[href]"):
            assert (node.attributes["href"] or "").strip().lower().startswith(("/", "#", "https://", "http://")), (
                name,
                node.html,
            )


def test_braces_in_a_post_stay_text(site):
    paper = site({"content/posts/a.md": post("'{{ site.title }}'", body="{{ 7*7 }} {% raw %} {# c #}")})
    paper.build()
    text = paper.text("/2026/01/a.html")
    assert "{{ 7*7 }} {% raw %} {# c #}" in text
    assert "<title>{{ site.title }}" in text

"""D6: text stays text. Whatever stands in a title, a name or a comment, the pages have the elements that they have
when a plain word stands there, and feeds and data in pages give the text back as it was written."""

import json
import re

import feedparser
import pytest
from attacks import ATTACKS, MARKDOWN_ATTACKS
from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tiny import PLAIN_CONFIG, SiteFolder

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "background",
    "ping",
    "xlink:href",
}
RUNS = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data:text|data:image/svg)", re.IGNORECASE)
SHOWN = "{http://purl.org/rss/1.0/modules/content/}encoded"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def source(number, text):
    """A post with `text` in everything that is no Markdown."""
    return f"""---
title: {quoted(text)}
date: 2026-01-01 10:{number // 60:02}:{number % 60:02}
slug: p{number}
category: {quoted(f"c{number} {text}")}
tags: [{quoted(f"t{number} {text}")}]
author: {{name: {quoted(f"a{number} {text}")}, photo: {{src: /logo.svg, alt: {quoted(text)}}}}}
image: {{src: /logo.svg, alt: {quoted(text)}, caption: {quoted(text)}, credit: {quoted(text)}}}
promo: {{title: {quoted(text)}, label: {quoted(text)}, url: /, image: {{src: /logo.svg, alt: {quoted(text)}}}}}
series: {quoted(f"s{number // 2} {text if number % 2 else ''}")}
description: {quoted(text)}
aliases: [/old/{number}/]
---
Plain text.
"""


def comments(number, text):
    return f"""- {{id: c{number}, author: {quoted(text)}, url: "https://a.example/", date: 2026-01-02, body: {quoted(text)}}}
- {{id: d{number}, author: X, url: {quoted(text)}, date: 2026-01-02, body: "<p>x</p>", reply_to: c{number}}}
"""


def config(text):
    literal = json.dumps(text, ensure_ascii=True)
    keys = ("title", "tagline", "description", "credit")
    return "".join(f"{key} = {literal}\n" for key in keys) + (
        f'url = "https://test.example/"\nposts_per_page = 200\nmenu = [{{title = {literal}, url = "/"}}]\n'
        f'sidebar = [{{block = "text", title = {literal}, body = "x", on = "all"}}]\n[feeds]\nlimit = 200\n'
    )


def author(text):
    return f"---\nname: {quoted(text)}\nrole: {quoted(text)}\nshort: {quoted(text)}\nphoto: {{src: /logo.svg, alt: {quoted(text)}}}\n---\nBio.\n"


def page(text):
    return f"---\ntitle: {quoted(text)}\ndescription: {quoted(text)}\n---\nText.\n"


def newspaper(root, texts, setting):
    files = {"content/static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    for number, text in enumerate(texts):
        files[f"content/posts/p{number}.md"] = source(number, text)
        files[f"content/comments/p{number}.yaml"] = comments(number, text)
        files[f"content/pages/p{number}.md"] = page(text)
    files["content/authors/file.md"] = author(setting)
    made = SiteFolder(root / "site", files, config(setting))
    made.build()
    return made


def pages(paper):
    return {path: data.decode() for path, data in paper.files.items() if path.endswith(".html")}


def nodes(html):
    return [node for node in LexborHTMLParser(html).css("*") if node.tag not in {"html", "-undef"}]


def shapes(html):
    """Return what a document is made of: each element with its attributes, and where its addresses lead."""
    return {
        (node.tag, *sorted(f"{name}{leads(name, value)}" for name, value in node.attributes.items()))
        for node in nodes(html)
    }


def leads(name, value):
    if name not in ADDRESSES:
        return ""
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", (value or "").strip())
    return f"={scheme[1].lower() if scheme else 'path'}"


def markup_of_feeds(paper):
    """Return the HTML that feeds carry, by the feed."""
    found = {}
    for path, data in paper.files.items():
        if path.endswith("feed.xml"):
            found[path] = "".join(item.text or "" for item in etree.fromstring(data).iter(SHOWN))
        elif path == "atom.xml":
            found[path] = "".join(item.text or "" for item in etree.fromstring(data).iter(f"{ATOM}content"))
        elif path == "feed.json":
            found[path] = "".join(item.get("content_html", "") for item in json.loads(data)["items"])
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A newspaper with a plain word in place of each attack."""
    return newspaper(tmp_path_factory.mktemp("plain"), ["word"] * len(ATTACKS), "word")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    return newspaper(
        tmp_path_factory.mktemp("attacked"), ATTACKS, "</title></script><img src=x onerror=alert(1)>\"' & ]]>"
    )


def test_no_page_has_an_element_or_an_attribute_more(plain, attacked):
    known = set().union(*map(shapes, pages(plain).values()))
    # A comment may have these, and no others.
    known |= {(name,) for name in ("b", "p", "br", "i", "em", "strong", "code", "pre", "blockquote")} | {("a", "rel")}
    known |= {("a", "href=http", "rel"), ("a", "class", "href=http", "rel")}
    assert {(path, shape) for path, html in pages(attacked).items() for shape in shapes(html) - known} == set()


def test_no_feed_has_an_element_or_an_attribute_more(plain, attacked):
    known = set().union(*map(shapes, markup_of_feeds(plain).values()))
    assert {
        (path, shape) for path, html in markup_of_feeds(attacked).items() for shape in shapes(html) - known
    } == set()


def test_each_text_comes_back_from_its_page(attacked):
    for number, text in enumerate(ATTACKS):
        tree = LexborHTMLParser(attacked.text(f"/2026/01/p{number}.html"))
        assert tree.css("h1")[0].text() == text
        assert tree.css("title")[0].text().startswith(text)
        assert tree.css('meta[property="og:title"]')[0].attributes["content"] == text
        assert tree.css('meta[name="description"]')[0].attributes["content"] == text
        assert {text} <= {image.attributes["alt"] for image in tree.css("main img")}
        assert text in tree.css("figcaption")[0].text()


def test_data_in_pages_is_json_that_gives_each_text_back(attacked):
    for number, text in enumerate(ATTACKS):
        scripts = LexborHTMLParser(attacked.text(f"/2026/01/p{number}.html")).css("script")
        assert {script.attributes["type"] for script in scripts} == {"application/ld+json"}
        data = [json.loads(script.text()) for script in scripts]
        assert f'"headline": {json.dumps(text)}' in json.dumps(data) or json.dumps(text) in json.dumps(data)
        for script in scripts:
            assert not set("<>\u2028\u2029") & set(script.text())


def test_feeds_give_each_title_back(attacked):
    newest_first = list(reversed(ATTACKS))
    rss = etree.fromstring(attacked.files["feed.xml"])
    assert [item.findtext("title") for item in rss.iter("item")] == newest_first
    atom = etree.fromstring(attacked.files["atom.xml"])
    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == newest_first
    assert [item["title"] for item in json.loads(attacked.files["feed.json"])["items"]] == newest_first
    for path, data in attacked.files.items():
        if path.endswith("feed.xml") or path == "atom.xml":
            assert not feedparser.parse(data).bozo, path


def test_the_sitemap_and_redirects_are_well_formed(attacked):
    locations = [
        found.text or ""
        for found in etree.fromstring(attacked.files["sitemap.xml"]).iter()
        if str(found.tag).endswith("loc")
    ]
    assert len(locations) > 3 * len(ATTACKS)
    assert all(re.fullmatch(r"https://test\.example/[\w%./~!$()*+,;=:@-]*", location) for location in locations)
    for number in range(len(ATTACKS)):
        tree = LexborHTMLParser(attacked.text(f"/old/{number}/"))
        assert tree.css("a")[0].attributes["href"] == f"/2026/01/p{number}.html"


# ---- Markdown, whose HTML is the writer's own unless the site says that there is none ----

MARKDOWN = MARKDOWN_ATTACKS + ATTACKS


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Each attack as a body, a summary and the text of a promo, on a site that takes no HTML."""
    files = {"content/static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    for number, text in enumerate(MARKDOWN):
        line = quoted(" ".join(text.split("\n")))
        head = f"---\ntitle: T\ndate: 2026-01-01\nsummary: {line}\npromo: {{title: P, body: {line}}}\nauthor: {{name: N, bio: {line}}}\n---\n"
        files[f"content/posts/p{number}.md"] = head + text
    return SiteFolder(
        tmp_path_factory.mktemp("md") / "site",
        files,
        PLAIN_CONFIG + "posts_per_page = 300\n[feeds]\nlimit = 300\n[markdown]\nraw_html = false\n",
    )


def is_harmless(node):
    """Whether an element runs nothing and loads nothing that Markdown cannot ask for."""
    runs = node.tag in {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "base",
        "svg",
        "math",
        "form",
        "template",
        "noscript",
    }
    if node.tag == "script":
        runs = node.attributes.get("type") != "application/ld+json"
    handlers = [name for name in node.attributes if name.startswith("on") or name in {"srcdoc", "style"}]
    addresses = [value for name, value in node.attributes.items() if name in ADDRESSES and RUNS.match(value or "")]
    return not (runs or handlers or addresses)


def test_markdown_without_html_runs_nothing(written):
    written.build()
    found = pages(written) | markup_of_feeds(written)
    assert {
        (path, node.html[:200]) for path, html in found.items() for node in nodes(html) if not is_harmless(node)
    } == set()


@pytest.mark.parametrize("text", [text for text in MARKDOWN_ATTACKS if "script:" in text or "data:text" in text])
def test_links_that_run_a_script_are_dropped_with_html_too(site, text):
    paper = site(
        {"content/posts/a.md": f"---\ntitle: T\ndate: 2026-01-01\n---\n{text}", "content/static/logo.svg": "<svg/>"}
    )
    paper.build()
    for html in (*pages(paper).values(), *markup_of_feeds(paper).values()):
        assert [
            node.html
            for node in nodes(html)
            for name, value in node.attributes.items()
            if name in ADDRESSES and RUNS.match(value or "")
        ] == []


def test_braces_stay_text(site):
    text = "{{ site.title }} {% raw %} {# c #}"
    paper = site({"content/posts/a.md": f"---\ntitle: '{text}'\ndate: 2026-01-01\n---\n{text}\n"})
    paper.build()
    assert paper.text("/2026/01/a.html").count(text) >= 3

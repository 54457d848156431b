"""B3: an error names the line, and the column where the source has one, however the file ends its lines.

In the sources below a caret `‸` stands in front of the character that the error must point to; templates have no
columns, so there it stands on the line.
"""

import pytest
from tiny import post

from sitegen.errors import SitegenError

CARET = "‸"
OK = post("Other", slug="other", body="## Part\n\nText.")
HEAD = "---\ntitle: T\ndate: 2026-01-01\n"

FRONT_MATTER = {
    "date": "---\ntitle: T\ndate: ‸2026-13-01\n---\n",
    "date behind blanks": "---\ntitle: T\ndate:    ‸never\n---\n",
    "near-miss key": "---\ntitle: T\n‸dtae: 2026-01-01\n---\n",
    "duplicate key": f"{HEAD}‸title: U\n---\n",
    "tab": f"{HEAD}image:\n‸\tsrc: a.png\n---\n",
    "unclosed quote": f'{HEAD}summary: ‸"never ends\n---\n',
    "list without end": f"{HEAD}tags: [a‸,\n---\n",
    "entry of a list": f"{HEAD}tags:\n  - a\n  - ‸{{a: b}}\n---\n",
    "entry of a list on one line": f"{HEAD}tags: [a, ‸[b]]\n---\n",
    "key of a mapping": f"{HEAD}image: {{src: /a.png, ‸atl: x}}\n---\n",
    "value of a mapping": f"{HEAD}image:\n  alt: x\n  src: ‸'javascript:1'\n---\n",
    "behind a character of two words": f"{HEAD}image: {{alt: 🙂🙂é, src: ‸'//a'}}\n---\n",
    "anchor": f"{HEAD}extra: {{a: ‸&b c}}\n---\n",
    "alias": f"{HEAD}extra: {{a: ‸*b }}\n---\n",
    "author": f"{HEAD}authors:\n  - Carl\n  - ‸{{bio: x}}\n---\n",
    "promo": f"{HEAD}promos: [‸ghost]\n---\n",
    "alias path": f"{HEAD}aliases:\n  - /a/\n  - ‸../b/\n---\n",
    "slug": f"{HEAD}slug: ‸../b\n---\n",
    "TOML date": '+++\ntitle = "T"\ndate = ‸"never"\n+++\n',
    "TOML syntax": '+++\ntitle = "T"\ndate = ‸never\n+++\n',
    "no end": "‸---\ntitle: T\n",
    "behind blank lines": "\n\n---\ntitle: T\ndate: ‸never\n---\n",
    "control character": f"{HEAD}---\n\nA ‸\x0b bell.\n",
    "picture": f"{HEAD}image: {{alt: x, src: ‸gone.png}}\n---\n",
}
MARKDOWN = {
    "link": "A [b](‸gone.md).",
    "link behind wide characters": "é🙂\u2028🙂 [b](‸gone.md).",
    "link with a title": 'A [b](‸gone.md "c").',
    "link in a list": "- a\n- b\n\n    c [d](‸gone.md)\n",
    "link in a quote": "> a\n> [b](‸gone.md)\n",
    "link in a table": "| a | b |\n|---|---|\n| c | [d](‸gone.md) |\n",
    "link in a footnote": "A[^1].\n\n[^1]: B [c](‸gone.md)\n",
    "link in HTML": 'A <a href="‸gone.md">b</a>.',
    "link in a block of HTML": '<div>\n\n<p>\n<a href="‸gone.md">b</a></p></div>',
    "link behind code": "```\n[b](gone.txt)\n```\n\n[b](‸gone.md)",
    "link behind the fold": "A.\n\n<!-- more -->\n\n[b](‸gone.md)",
    "link behind a tab": "A\t[b](‸gone.md)",
    "link of two lines": "A [b\nc](‸gone.md).",
    "link by reference": "A [b][c].\n\n[c]: ‸gone.md\n",
    "second of two": "[b](other.md)\n\n[b](‸gone.md)",
    "picture": "![b](‸gone.png)",
    "picture with a caption": '![b](‸gone.png "c")',
    "picture as a link": "[![b](‸gone.png)](other.md)",
    "picture in srcset": '<img alt="" src="/robots.txt" srcset="/robots.txt 1x, ‸gone.png 2x">',
    "anchor": "A [b](‸other.md#gone).",
    "anchor of its own": "A [b](‸#gone).",
    "anchor of a path": "A [b](‸/2026/01/other.html#gone).",
    "path of the site": "A [b](‸/gone/).",
}
TEMPLATES = {
    "name": {"post.html": "a\n\n‸{{ page.titel }}\n"},
    "name in the loop": {"post.html": "{% for tag in page.tags %}\n‸{{ tag.nmae }}\n{% endfor %}"},
    "name in a condition": {"post.html": "\n\n‸{% if page.title\n  and pgae.url %}x{% endif %}\n"},
    "syntax": {"post.html": "a\n‸{% iff page %}\n{% endif %}\n"},
    "never closed": {"post.html": "a\n{% if page.title %}\n‸b\n"},
    "unknown filter": {"post.html": "a\n‸{{ page.title | shout }}\n"},
    "missing partial": {"post.html": "a\n‸{% include 'partials/gone.html' %}\n"},
    "in a partial": {"post.html": "\n{% include 'partials/x.html' %}\n", "partials/x.html": "\n\n‸{{ page.titel }}\n"},
    "in a partial of a partial": {
        "post.html": "{% include 'partials/x.html' %}",
        "partials/x.html": "\n{% include 'partials/y.html' %}",
        "partials/y.html": "\n\n\n‸{{ site.tilte }}",
    },
    "in a macro": {"post.html": "{% macro m(a) %}\n‸{{ a.nmae }}\n{% endmacro %}\n\n{{ m(page.tags[0]) }}\n"},
    "in an imported macro": {
        "post.html": "{% import 'partials/x.html' as x %}\n\n\n{{ x.m(page) }}",
        "partials/x.html": "{% macro m(a) %}\n\n‸{{ a.nmae }}{% endmacro %}",
    },
    "in a block": {
        "post.html": "{% extends 'partials/x.html' %}\n{% block a %}\n‸{{ page.titel }}{% endblock %}",
        "partials/x.html": "\n\n\n\n{% block a %}{% endblock %}",
    },
    "in a shared partial": {"post.html": "{% shared 'partials/x.html' %}", "partials/x.html": "\n‸{{ page }}"},
    "what cannot be printed": {"post.html": "\n‸{{ page.newer }}\n"},
}
WAYS = {
    "LF": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
}


def place_of(text: str) -> tuple[int, int]:
    """Return line and column of the caret."""
    before = text[: text.index(CARET)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def places_of_errors(paper):
    with pytest.raises(SitegenError) as caught:
        paper.build()
    return {(found.place.path, found.place.line, found.place.column) for found in caught.value.findings}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", FRONT_MATTER)
def test_in_front_matter(site, fault, way):
    text = FRONT_MATTER[fault]
    paper = site({"content/posts/a.md": WAYS[way](text.replace(CARET, ""))})
    assert places_of_errors(paper) == {("content/posts/a.md", *place_of(text))}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", MARKDOWN)
def test_in_markdown(site, fault, way):
    text = post("A", body=MARKDOWN[fault])
    paper = site({"content/posts/a.md": WAYS[way](text.replace(CARET, "")), "content/posts/other.md": OK})
    assert places_of_errors(paper) == {("content/posts/a.md", *place_of(text))}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", TEMPLATES)
def test_in_templates(site, fault, way):
    files = {f"themes/newspaper/templates/{name}": text for name, text in TEMPLATES[fault].items()}
    (place,) = [(path, place_of(text)[0], 0) for path, text in files.items() if CARET in text]
    paper = site(
        {"content/posts/a.md": post("A", tags="[x]")}
        | {path: WAYS[way](text.replace(CARET, "")) for path, text in files.items()}
    )
    assert places_of_errors(paper) == {place}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/pages/a.md", "---\ntitle: T\ndraft: ‸maybe\n---\n"),
        ("content/authors/a.md", "---\nname: A\nemail: ‸nobody\n---\n"),
        ("content/promos/a.md", "---\ntitle: A\nweight: ‸heavy\n---\n"),
        ("content/comments/a.yaml", "- id: a\n  author: B\n  date: 2026-01-01\n  body: c\n- id: b\n  author: C\n"
         "  body: d\n  date: ‸never\n"),
        ("content/data/a.yaml", "a: b\nc: ‸*d\n"),
        ("content/data/a.json", '{"a": 1,\n "b": ‸x}'),
        ("content/data/a.toml", "a = 1\nb = ‸x\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
def test_in_other_files(site, path, text, way):
    paper = site({"content/posts/a.md": post("A"), path: WAYS[way](text.replace(CARET, ""))})
    assert places_of_errors(paper) == {(path, *place_of(text))}

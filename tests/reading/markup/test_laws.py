"""Laws of `convert`: they hold for every text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.config import MarkupOptions
from sitegen.errors import SourceError
from sitegen.model import Document, Html, SlotKind
from sitegen.reading.markup import convert
from sitegen.store import digest_of
from sitegen.text import is_clean

PIECES = st.sampled_from(
    """
    [a](b.md)|[a](javascript:x)|![](c.png)|![d](e.png "f")|[g]: h.md|[g]|[^1]|[^1]: note|<https://i.example>|www.j.example
    |# k|## k|- l|1. m|> n|    code|```|~~~|`|``|*|**|_|~~|==|~|"|'|--|...|&amp;|&lt;|&#106;|& |< |> |{#id}|{.x}
    |{: .y }|{{ z }}|/// note|///|/// details &#124; t|!!! note|    text|--|:-:|*[AB]: c|AB|: definition|- [ ] task
    |<p>|</p>|<div>|</div>|<b>|</b>|<i title="x">|</i>|<a href=x>|<a href='java&#9;script:x'>|</a>|<img src=y>|<br>
    |<br/>|<ul>|<li>|</ul>|<table>|<tr>|<td style="text-align: left;">|</table>|<script>|</script>|<style>|</style>
    |<textarea>|</textarea>|<svg>|<path/>|</svg>|<math>|<!--|-->|<!-- more -->|<!doctype x>|<?php|?>|<![CDATA[|]]>
    |<a href="|<b '|</|</x|<x/y z=1 =2>|<div markdown="1">|<h1>|</h1>|<html>|</body>|<iframe src="k">|</iframe>
    |<video poster=p>|<select>|<option>|</select>|<template>|<form>|<button>|\\|\x02|\x03|wzxhzdk:0|klzzwxh:1|é|日本
    """.replace("\n", "")
    .replace("&#124;", "/")
    .split("|")
)
TEXTS = st.lists(st.tuples(PIECES | st.text(max_size=4), st.sampled_from(["", " ", "\n", "\n\n"])), max_size=14).map(
    lambda pieces: "".join(piece.lstrip(" ") + space for piece, space in pieces)
)
OPTIONS = st.builds(MarkupOptions, typography=st.booleans(), autolink=st.booleans(), raw_html=st.booleans())
ON = MarkupOptions()
BAD = re.compile(r"[\x00-\x20]*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)


def result(text: str, options: MarkupOptions) -> Document | str:
    try:
        return convert(text, options)
    except SourceError as error:
        return str(error)


def filled(html: Html) -> str:
    return "".join(p + fill for p, fill in zip(html.parts, [*(s.target for s in html.slots), ""], strict=True))


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS, OPTIONS)
def test_any_text_is_a_document_or_an_error(text: str, options: MarkupOptions) -> None:
    made = result(text, options)
    if isinstance(made, str):
        assert made
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for html in (made.body, made.opening):
        assert len(html.parts) == len(html.slots) + 1
        assert html.digest == digest_of(*html.parts)
        assert all(is_clean(part) for part in html.parts)
        assert all(is_clean(slot.target) and 0 <= slot.line <= lines for slot in html.slots)
        # A slot lies within quotes.
        assert all(part.count('"') for part in html.parts[:-1])
    assert all(0 <= finding.place.line <= lines and not finding.place.path for finding in made.findings)
    assert len({heading.id for heading in made.headings}) == len(made.headings)
    assert {heading.id for heading in made.headings} <= set(made.anchors)
    assert all(2 <= heading.level <= 6 for heading in made.headings)


def assert_contained(html: str) -> None:
    page = f"<!doctype html><html><body><main>{html}</main><footer>the end</footer></body></html>"
    body = LexborHTMLParser(page).body
    assert body is not None
    assert [child.tag for child in body.iter()] == ["main", "footer"], page
    assert not [link for link in body.css("[href]") if BAD.match(link.attributes.get("href") or "")]


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_no_text_gets_out_of_its_place_on_the_page(text: str) -> None:
    made = result(text, ON)
    if isinstance(made, Document):
        for html in (filled(made.body), filled(made.opening), f"<p>{made.more or ''}</p>", f"<p>{made.inline}</p>"):
            assert_contained(html)


@pytest.mark.parametrize(
    "tail",
    [
        "<a href='",
        "<script>",
        "<!-- x",
        "<textarea>",
        "</div",
        "<plaintext>",
        "<div",
        "<?x",
        "<![CDATA[",
        "<svg><style>",
    ],
)
def test_what_never_ends_swallows_nothing(tail: str) -> None:
    assert_contained(filled(convert(f"<div>\n{tail}", ON).body))
    assert_contained(filled(convert(f"Text {tail}", ON).body))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_order_does_not_matter(texts: list[str]) -> None:
    forwards = [result(text, ON) for text in texts]
    backwards = [result(text, ON) for text in reversed(texts)]
    assert forwards == backwards[::-1]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["[x](a.md)", "[x](b.md)", "![x](a.md)", '<a href="a.md">x</a>', "`[x](a.md)`", "see a.md", "> [x](b.md)"]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_lines_are_right_with_repeated_targets(blocks: list[str]) -> None:
    slots = convert("\n\n".join(blocks), ON).body.slots
    expected = [2 * n + 1 for n, block in enumerate(blocks) if "`" not in block and "see" not in block]
    assert [slot.line for slot in slots if slot.kind is not SlotKind.SIZE] == expected

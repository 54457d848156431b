"""D7: comments stay harmless when a browser has read and written them again (mutation XSS)."""

import pytest
from playwright.sync_api import Page

from sitegen.reading.sanitise import sanitise

pytestmark = pytest.mark.browser

MUTATIONS = [
    '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">',
    '<svg><style><img title="</style><img src onerror=window.hit=1>"></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.hit=1&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
    "<svg></p><style><a id='</style><img src=x onerror=window.hit=1>'>",
    '<math><annotation-xml encoding="text/html"><style></math><img src=x onerror=window.hit=1></style>',
    "<p><a href='java&#10;script:window.hit=1'>x</a><a href='https://ok.example/'>y</a></p>",
    "<blockquote><table><tr><td><svg><desc><td><script>window.hit=1</script></desc></svg></table></blockquote>",
    "<template><img src=x onerror=window.hit=1></template><select><option><img src=x onerror=window.hit=1></select>",
    "<b/onclick=window.hit=1>x</b><img/src=x/onerror=window.hit=1><p style=background:url(javascript:window.hit=1)>",
    "<plaintext><img src=x onerror=window.hit=1>",
    "<xmp><img src=x onerror=window.hit=1></xmp><textarea><img src=x onerror=window.hit=1></textarea>",
    "<!--><img src=x onerror=window.hit=1>--><![CDATA[<img src=x onerror=window.hit=1>]]>",
    "<a href='https://ok.example/' onmouseover='window.hit=1' rel='opener'>x</a>",
]
ROUND_TRIP = """html => {
    const box = document.createElement('div');
    document.body.append(box);
    for (let i = 0; i < 3; i++) box.innerHTML = i ? box.innerHTML : html;
    return [...box.querySelectorAll('*')].map(e => [e.localName, [...e.attributes].map(a => [a.name, a.value])]);
}"""
ALLOWED = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"}


def test_nothing_runs_after_a_round_trip(page: Page):
    page.set_content("<!doctype html><body></body>")
    for html in MUTATIONS:
        for name, attributes in page.evaluate(ROUND_TRIP, sanitise(html)):
            assert name in ALLOWED, html
            assert {key for key, _ in attributes} <= {"href", "rel"}, html
            for key, value in attributes:
                if key == "href":
                    assert value.startswith(("https://", "http://", "mailto:")), html
                else:
                    assert value == "nofollow ugc noopener"
    page.wait_for_timeout(200)  # what would have run, has run by now
    assert page.evaluate("window.hit") is None

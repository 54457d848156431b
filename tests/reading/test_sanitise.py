"""Comments are harmless, whatever they hold (RELIABILITY.md, D7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.reading.sanitise import sanitise

ALLOWED = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"}
# Read in one way by a sanitiser and in another by the browser that gets its output: mutation XSS.
MUTATIONS = [
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><desc><title></title></desc><style><img src=x onerror=alert(1)></style></svg>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<template><style></template><img src=x onerror=alert(1)></style>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<xmp><p title='</xmp><svg/onload=alert(1)>'>",
    "<p><svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>",
]
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onmouseover=alert(1)>x</b>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='https://a.example' style='position:fixed' target=_top>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg onload=alert(1)><use href='data:,x'/></svg>",
    "<object data='x'></object><embed src='x'><form action='x'><input><button formaction='javascript:x'>",
    "<base href='//evil.example'><meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=x>",
    "<style>@import '//evil.example'</style>",
    "<p id=top class=x name=y data-x=z>x</p>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '"><script>alert(1)</script>',
    "<<b>script>alert(1)<</b>/script>",
    "<plaintext>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
]


def assert_harmless(html: str) -> None:
    tree = LexborHTMLParser(f"<div id=comment>{html}</div>")
    root = tree.css_first("#comment")
    assert root is not None
    for node in root.css("*"):
        if node.mem_id == root.mem_id:
            continue
        assert node.tag in ALLOWED
        assert set(node.attributes) <= ({"href", "rel"} if node.tag == "a" else set())
        assert (node.attributes.get("href") or "https:").lower().startswith(("http:", "https:", "mailto:"))
    # All of it is still within the comment.
    assert tree.body is not None
    assert [child.attributes.get("id") for child in tree.body.iter()] == ["comment"]


@pytest.mark.parametrize("html", [*ATTACKS, *MUTATIONS])
def test_attacks_are_harmless(html: str) -> None:
    made = sanitise(html)
    assert_harmless(made)
    assert sanitise(made) == made


@given(
    st.lists(st.sampled_from([*ATTACKS, *MUTATIONS, "<", ">", '"', "--", "]]>", "x"]) | st.text(max_size=5), max_size=6)
)
def test_anything_is_harmless(pieces: list[str]) -> None:
    assert_harmless(sanitise("".join(pieces)))


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>Hello <em>there</em>,<br>you</p>", "<p>Hello <em>there</em>,<br>you</p>"),
        (
            "<a href='https://a.example/' rel=me>x</a>",
            '<a href="https://a.example/" rel="nofollow ugc noopener">x</a>',
        ),
        ("<a href='mailto:a@b.example'>x</a>", '<a href="mailto:a@b.example" rel="nofollow ugc noopener">x</a>'),
        ("<a href='/old/page.html'>x</a>", '<a rel="nofollow ugc noopener">x</a>'),
        ("<a href='//evil.example'>x</a>", '<a rel="nofollow ugc noopener">x</a>'),
        ("a <!-- note --> b", "a  b"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<ul><li>a</ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_markup_stays(html: str, made: str) -> None:
    assert sanitise(html) == made

import gzip
import re

import pytest
from small_themes import small_theme
from views import newspaper

from sitegen.errors import TemplateError
from sitegen.store import digest_of


def css(tmp_path, text: str, **files: str) -> str:
    """The stylesheet `sub/a.css` as it is published."""
    names = {f"static/{name.replace('_', '/', 1)}": data for name, data in files.items()}
    return small_theme(tmp_path, {"static/sub/a.css": text, **names}).assets["sub/a.css"].data.decode()


def test_names_follow_content(tmp_path):
    one = small_theme(tmp_path / "1", {"static/sub/x.svg": "<svg/>"}).assets["sub/x.svg"]
    two = small_theme(tmp_path / "2", {"static/sub/x.svg": "<svg />"}).assets["sub/x.svg"]
    assert one.output == f"assets/sub/x.{digest_of(b'<svg/>')[:8]}.svg"
    assert (one.data, one.digest) == (b"<svg/>", digest_of(b"<svg/>"))
    assert one.output != two.output


@pytest.mark.parametrize("written", ["url(../f.svg)", 'url( "../f.svg" )', "url('../sub/../f.svg')"])
def test_references_lead_to_the_published_names(tmp_path, written):
    text = css(tmp_path, f"a {{ background: {written} }}", **{"f.svg": "<svg/>"})
    assert text == f'a{{background:url("../f.{digest_of(b"<svg/>")[:8]}.svg")}}'


def test_a_fragment_and_a_query_stay(tmp_path):
    text = css(tmp_path, "a { mask: url(../f.svg?v=1#x); clip: url(../f.svg#y) }", **{"f.svg": "<svg/>"})
    assert text.count(".svg?v=1#x") == text.count('.svg#y")') == 1


@pytest.mark.parametrize("target", ["data:image/svg+xml,<svg/>", "#clip", "/own.png", "https://example.org/a.png"])
def test_other_references_stay_as_they_are(tmp_path, target):
    assert css(tmp_path, f'a {{ mask: url("{target}") }}') == f'a{{mask:url("{target}")}}'


def test_a_stylesheets_name_follows_what_it_refers_to(tmp_path):
    outputs = {
        small_theme(tmp_path / data, {"static/a.css": "a{b:url(f.svg)}", "static/f.svg": data}).assets["a.css"].output
        for data in "xy"
    }
    assert len(outputs) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\na { b: url(../fnt.svg) }", "static/sub/a.css:2: error: refers to ../fnt.svg, which is not in static/"),
        ("a { b: url(../fon.svg) }", "fix: did you mean font.svg?"),
        ("a { b: url(../../../secret) }", "refers to ../../../secret, which is not in static/"),
        ("@import 'x.css';", "an @import without url()"),
        ("@import url(a.css);", "refers to a.css, which refers back to it"),
    ],
)
def test_a_reference_that_cannot_be_published_is_an_error(tmp_path, text, message):
    with pytest.raises(TemplateError) as caught:
        css(tmp_path, text, **{"font.svg": "<svg/>"})
    assert message in str(caught.value)


def test_references_in_comments_are_passed_over(tmp_path):
    assert css(tmp_path, "/* url(gone.svg) */ a { b: c }") == "a{b:c}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@layer x { .a :is(b, c) { d: e } }", "@layer x{.a *:is(b,c){d:e}}"),
        ("@layer x { .a ::before { d: e } }", "@layer x{.a *::before{d:e}}"),
        ("@media (w: 4rem) and (x: y) { .a:is(b) + c { d: calc(1px + 2px) } }",
         "@media (w:4rem) and (x:y){.a:is(b) + c{d:calc(1px + 2px)}}"),
    ],
)  # fmt: skip
def test_minified_selectors_mean_the_same(tmp_path, text, expected):
    assert css(tmp_path, text) == expected


def test_the_newspapers_stylesheet_keeps_to_its_budget():
    data = newspaper().assets["theme.css"].data
    assert len(data) <= 12_000
    assert len(gzip.compress(data, 9)) <= 4_000


@pytest.mark.parametrize("options", [{}, {"fonts": "full", "title": "black-letter"}])
def test_the_newspapers_stylesheets_ask_for_no_other(options):
    sheets = [file.data for path, file in newspaper(**options).assets.items() if path.endswith(".css")]
    assert len(sheets) == 2
    assert not [sheet for sheet in sheets if b"@import" in sheet or b"//" in sheet]


def test_the_newspaper_has_one_font_and_its_licence():
    fonts = [path for path in newspaper().assets if path.startswith("fonts/")]
    assert fonts == ["fonts/newsreader-600.woff2", "fonts/newsreader-OFL.txt"]
    assert len(newspaper().assets[fonts[0]].data) <= 20_000


def test_no_colour_outside_the_tokens_and_no_physical_side():
    text = newspaper().assets["theme.css"].data.decode()
    rules = re.sub(r":root\{[^}]*\}", "", text)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules)
    assert not re.findall(
        r"\b(?:margin|padding|border)-(?:left|right)\b|text-align:(?:left|right)|float:(?:left|right)", text
    )


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("back", ["paper", "panel"])
def test_every_pair_of_colours_can_be_read(scheme, back):
    text = newspaper().assets["theme.css"].data.decode()
    blocks = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", block)) for block in re.findall(r":root\{[^}]*\}", text)]
    colours = [block for block in blocks if "paper" in block][scheme]

    def contrast(name: str) -> float:
        low, high = sorted((luminance(colours[name]), luminance(colours[back])))
        return (high + 0.05) / (low + 0.05)

    assert min(map(contrast, ("ink", "ink-2", "mute", "link", "visited", "accent"))) >= 4.5
    assert min(map(contrast, ("rule", "focus"))) >= 3

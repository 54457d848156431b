"""The limits of THEME.md, sections 5, 10, 12 and 13, that need a browser: zoom, spacing, contrast, print, no script."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from newspaper_pages import THEME
from newsstand import VIEWPORTS, Newsstand, View, overflow
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader
from states import STATES, paper_of

from sitegen.preview.media_types import media_type

pytestmark = pytest.mark.browser

PAGES: Final = (
    *("front-posts-1000", "front-pictures", "section", "archive", "author", "feeds", "not-found"),
    *("post-furnished", "post-wide-table", "post-long-word", "post-thirty-tags", "post-comments-40", "arabic-post"),
)
# WCAG 2.2, 1.4.12, in the numbers of the criterion.
SPACED: Final = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)
ADOPT: Final = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }"
"""Adds a style sheet past the page's own policy, as a reader's own is."""


@pytest.fixture(scope="module")
def stand(browser: Browser) -> Iterator[Newsstand]:
    context = browser.new_context()
    yield Newsstand(context.new_page())
    context.close()


def read(stand: Newsstand, name: str, view: View = VIEWPORTS[2]) -> Page:
    return stand.open(paper_of(STATES[name].site), STATES[name].url, view)


@pytest.mark.parametrize("name", PAGES)
def test_no_width_and_no_spacing_makes_a_page_scroll_sideways(stand: Newsstand, name: str) -> None:
    page = read(stand, name)
    for spaced in (False, True):
        if spaced:
            page.evaluate(
                ADOPT,
                SPACED,
            )
        for width in (320, 375, 768, 1280, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            assert (spaced, width, overflow(page)) == (spaced, width, 0)


def test_spacing_loses_no_text(stand: Newsstand) -> None:
    """WCAG 2.2, 1.4.12: what is clipped by its own box is lost."""
    clipped = """() => [...document.querySelectorAll("body *")].filter(e => !e.matches(".vh, .skip, pre, .table")
        && getComputedStyle(e).overflow !== "visible" && e.scrollHeight > e.clientHeight + 1).map(e => e.outerHTML)"""
    page = read(stand, "front-posts-1000", VIEWPORTS[0])
    page.evaluate(ADOPT, SPACED)
    assert page.evaluate(clipped) == []


_SIDE_BY_SIDE: Final = """() => {
    const blocks = [...document.querySelectorAll("main :is(p, h1, h2, h3, h4, li, dt, dd, figure)")]
        .filter(e => !e.closest("nav, pre, .table, .tags, .vh") && e.checkVisibility() && e.textContent.trim())
        .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
    const beside = ([, one], [, other]) => (one.right <= other.left || other.right <= one.left)
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 8;
    const pairs = blocks.flatMap((one, at) => blocks.slice(at + 1).filter(other => beside(one, other))
        .map(other => [one, other].map(([e]) => e.textContent.trim().slice(0, 40))));
    return [blocks.length, pairs];
}"""


@pytest.mark.parametrize("name", PAGES)
def test_at_400_percent_a_page_is_read_in_one_column(stand: Newsstand, name: str) -> None:
    """WCAG 2.2, 1.4.10: a window of 1280 pixels at 400 % is one of 320, and no text stands beside another there."""
    page = read(stand, name, VIEWPORTS[0])
    page.set_viewport_size({"width": 320, "height": 256})
    blocks, pairs = page.evaluate(_SIDE_BY_SIDE)
    assert blocks >= 4
    assert pairs == []


def test_at_400_percent_cards_begin_at_one_edge(stand: Newsstand) -> None:
    page = read(stand, "front-posts-5", VIEWPORTS[0])
    lefts = page.evaluate("[...document.querySelectorAll('.card h2')].map(e => e.getBoundingClientRect().left)")
    assert len(lefts) == 5
    assert len(set(lefts)) == 1


@pytest.mark.parametrize("name", ["front-posts-1000", "post-furnished"])
def test_a_wide_window_has_texts_beside_one_another(stand: Newsstand, name: str) -> None:
    """What the test above looks for is found where it is."""
    _, pairs = read(stand, name).evaluate(_SIDE_BY_SIDE)
    assert pairs


@pytest.mark.parametrize("name", PAGES)
def test_without_script_the_text_is_the_same(browser: Browser, stand: Newsstand, name: str) -> None:
    text = read(stand, name).inner_text("body")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(
        "**/*", lambda route: route.fulfill(body=paper_of(STATES[name].site).file(path_of(route.request.url)) or b"")
    )
    page.goto(f"https://test.example{STATES[name].url}")
    assert page.locator("body").inner_text() == text
    context.close()


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (_channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("view", [VIEWPORTS[2], VIEWPORTS[5]], ids=["light", "dark"])
def test_every_pair_of_tokens_has_contrast(stand: Newsstand, view: View) -> None:
    """Text at least 5.3 (4.5 is asked for), rules and the focus ring at least 3: on paper and on panels."""
    page = read(stand, "post-plain", view)
    names = ("paper", "panel", "ink", "ink-2", "mute", "link", "visited", "accent", "rule", "focus")
    script = "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue(`--${n}`))"
    token = dict(zip(names, page.evaluate(script, names), strict=True))
    for paper in ("paper", "panel"):
        pairs = {name: contrast(token[name], token[paper]) for name in names[2:]}
        assert {name: ratio for name, ratio in pairs.items() if ratio < (3 if name in {"rule", "focus"} else 5.3)} == {}


def test_more_contrast_when_it_is_asked_for(stand: Newsstand) -> None:
    page = read(stand, "post-plain")
    mute = "getComputedStyle(document.querySelector('.meta')).color"
    before = page.evaluate(mute)
    page.emulate_media(contrast="more")
    assert (before, page.evaluate(mute)) == ("rgb(102, 97, 90)", "rgb(76, 72, 64)")
    page.emulate_media(contrast="no-preference")


def test_forced_colours_leave_the_current_section_marked(stand: Newsstand) -> None:
    page = read(stand, "post-plain")
    page.emulate_media(forced_colors="active")
    assert "underline" in page.evaluate(
        "getComputedStyle(document.querySelector('.secs [aria-current]')).textDecorationLine"
    )
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves(stand: Newsstand, name: str) -> None:
    """By itself: what follows the reader's own scrolling has another timeline."""
    page = read(stand, name)
    page.emulate_media(reduced_motion="no-preference")
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    running = "document.getAnimations().filter(a => a.timeline === document.timeline).length"
    assert (page.evaluate(running), page.evaluate(moving)) == (0, 0)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_table_that_goes_on_beyond_an_edge_has_a_shadow_there(stand: Newsstand, direction: str) -> None:
    page = read(stand, "post-wide-table")
    shadow = """left => new Promise(done => { const box = document.querySelector(".table");
        box.scrollLeft = left;
        requestAnimationFrame(() => requestAnimationFrame(() => done(getComputedStyle(box).boxShadow))) })"""
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    page.set_viewport_size({"width": 375, "height": 800})
    found = [page.evaluate(shadow, left) for left in ((0, 9999) if direction == "ltr" else (-9999, 0))]
    assert [re.search(r" (-?)[\d.]+px 0px ", each)[1] for each in found] == ["-", ""]  # type: ignore[index]
    assert read(stand, "post-furnished").evaluate(shadow, 0) == "none"  # it fits


@pytest.mark.parametrize("name", ["front-lead-picture", "front-posts-1000", "post-furnished", "archive"])
def test_a_slow_font_shifts_nothing(browser: Browser, name: str) -> None:
    """Cumulative layout shift is 0: the fallback is as wide and as high as the font that comes later."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, waiting = context.new_page(), []

    def answer(route: Route) -> None:
        if route.request.url.endswith(".woff2"):
            waiting.append(route)
        else:
            path = path_of(route.request.url)
            body, kind = paper_of(STATES[name].site).file(path), media_type(path if "." in path else "index.html")
            route.fulfill(body=body or b"", content_type=kind)

    page.route("**/*", answer)
    page.goto(f"https://test.example{STATES[name].url}", wait_until="domcontentloaded")
    # Not `wait_for_function`, which evaluates a string within the page: its policy forbids that.
    page.evaluate("new Promise(done => new PerformanceObserver(done).observe({type: 'paint', buffered: true}))")
    font = next(file.data for path, file in THEME.assets.items() if path.endswith(".woff2"))
    assert waiting
    for route in waiting:
        route.fulfill(body=font, content_type="font/woff2", headers={"Access-Control-Allow-Origin": "*"})
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('600 1em Headline'))")
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
                .observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
        })"""
    )
    assert shift <= 0.001
    context.close()


def test_the_keyboard_sees_where_it_is(stand: Newsstand) -> None:
    """WCAG 2.2, 2.4.7, 2.4.11 and 2.4.13: a ring of 3 pixels, in the window, on each stop, in the order of the page."""
    page = read(stand, "post-furnished")
    stop = """() => { const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
        return [e.outerHTML.slice(0, 90), s.outlineStyle, s.outlineWidth, b.bottom > 0 && b.top < innerHeight] }"""
    stops: list[list[object]] = []
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate(stop)
        if found[0].startswith("<body") or found in stops[:1]:
            break
        stops.append(found)
    assert str(stops[0][0]).startswith('<a class="skip" href="#main"')
    assert len(stops) > 30
    assert [stop for stop in stops if stop[1:] != ["solid", "3px", True]] == []


def test_columns_of_a_day_begin_at_one_height_without_a_rule_of_their_own(stand: Newsstand) -> None:
    page = read(stand, "front-one-day")
    boxes = "[...document.querySelectorAll('.days .card')].map(e => e.getClientRects()[0]).map(b => [b.left, b.top])"
    tops: dict[float, float] = {}
    for left, top in page.evaluate(boxes):
        tops[left] = min(top, tops.get(left, top))
    assert len(tops) > 2
    assert len(set(map(round, tops.values()))) == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.day')).borderTopWidth") == "0px"


def test_notes_stand_beside_the_text_in_their_order(stand: Newsstand) -> None:
    boxes = """() => ["sup[data-note]", ".footnote li", ".body"].map(
        part => [...document.querySelectorAll(part)].map(e => e.getBoundingClientRect())
            .map(box => [box.left, box.right, box.top, box.bottom]))"""
    places, notes, [text] = read(stand, "post-many-notes").evaluate(boxes)
    assert len(notes) == 12
    assert all(left > text[1] for left, *_ in notes)
    assert abs(notes[0][2] - places[0][2]) < 20
    assert all(below[2] >= above[3] for above, below in pairwise(notes)), "two notes overlap"
    _, notes, [text] = read(stand, "post-many-notes", VIEWPORTS[1]).evaluate(boxes)
    assert all(left >= text[0] and right <= text[1] for left, right, *_ in notes)


def test_contents_are_folded_above_the_text_and_open_beside_it(stand: Newsstand) -> None:
    """On a phone the first paragraph is in the first screen, 850 pixels high; a click unfolds them."""
    page = read(stand, "post-very-long")
    contents, first = page.locator(".rail a").first, page.locator(".body p").first
    assert contents.is_visible()
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 850})
        box = first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 850
        assert not contents.is_visible()
    page.locator(".rail summary").click()
    assert contents.is_visible()


def test_at_night_pictures_shine_less_and_drawings_lie_on_something_light(stand: Newsstand) -> None:
    style = "(s => [s.filter, s.backgroundColor])(getComputedStyle(document.querySelector('.body img')))"
    day, night = (read(stand, "post-picture-wide", view).evaluate(style) for view in (VIEWPORTS[2], VIEWPORTS[5]))
    assert (day, night) == (["brightness(1)", "rgba(0, 0, 0, 0)"], ["brightness(0.85)", "rgb(195, 190, 180)"])


def test_few_rules_are_for_nothing(stand: Newsstand) -> None:
    """At most 5 % of the style sheet, by characters, matches nothing on any page of any state."""
    page = read(stand, "page")
    texts = [paper_of(state.site).file(state.url) or b"" for state in STATES.values()]
    unmatched: dict[str, int] = page.evaluate(_UNMATCHED, [text.decode() for text in texts])
    size = page.evaluate("[...document.styleSheets[0].cssRules].map(r => r.cssText).join('').length")
    assert all(texts)
    assert sum(unmatched.values()) / size <= 0.05, sorted(unmatched)


_UNMATCHED: Final = r"""texts => {
    const found = {}, pages = texts.map(text => new DOMParser().parseFromString(text, "text/html"));
    const walk = rules => { for (const rule of rules) {
        if (rule.selectorText) {
            // States of the pointer and parts that are no elements: what they belong to is what counts.
            const part = /::?(hover|focus(-visible)?|visited|first-letter|before|after)\b/g;
            const selector = rule.selectorText.replace(part, "").split(", ").filter(s => s.trim()).join(", ");
            if (selector.trim() && !pages.some(page => page.querySelector(selector)))
                found[rule.selectorText] = rule.cssText.length;
        }
        if (rule.cssRules) walk(rule.cssRules);
    } };
    walk(document.styleSheets[0].cssRules);
    return found;
}"""


CUTTING: Final = Path(__file__).parent / "golden/cutting-post-furnished.txt"


def print_on_a4(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))


def letters(text: str) -> str:
    return re.sub(r"[\s\xad\u2010-]", "", unicodedata.normalize("NFKC", text))


@pytest.fixture
def cutting(stand: Newsstand) -> Iterator[Page]:
    page = read(stand, "post-furnished", VIEWPORTS[5])
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    page.emulate_media(media="null", color_scheme="light")


def test_a_printed_post_has_its_text_and_its_address_and_no_furniture(cutting: Page) -> None:
    text = cutting.inner_text("body")
    assert "The Test Post" in text
    assert "Monday, November 2, 2026" in text
    assert "A note that is longer than the line" in text
    assert "https://test.example/furnished.html" in text
    for gone in (
        "Subscribe",
        "Send by e-mail",
        "Filed under",
        "Related",
        "About This Blog",
        "Back to TOP",
        "Archive",
        "Letters Part",
        "More by",
        "0 comments",
    ):
        assert gone not in text


def test_a_printed_post_is_the_golden_cutting(cutting: Page, request: pytest.FixtureRequest) -> None:
    text = re.sub(r"\n{2,}", "\n\n", cutting.inner_text("body").strip()) + "\n"
    if request.config.getoption("--update-golden"):
        CUTTING.write_text(text, encoding="utf-8")
    assert text == CUTTING.read_text(encoding="utf-8")


def test_the_pdf_of_a_post_has_the_text_of_the_golden_cutting_within_its_margins(cutting: Page) -> None:
    """Lines are broken elsewhere on paper, so what is compared are letters, without spaces and hyphens."""
    pdf = print_on_a4(cutting)
    places: list[tuple[float, float]] = []

    def note(text: str, ctm: list[float], matrix: list[float], *_: Any) -> None:
        if text.strip():
            places.append((matrix[4] * ctm[0] + ctm[4], matrix[5] * ctm[3] + ctm[5]))

    printed = letters("".join(sheet.extract_text(visitor_text=note) for sheet in pdf.pages))
    begin = 0
    for line in filter(None, map(letters, CUTTING.read_text(encoding="utf-8").splitlines())):
        found = printed.find(line, begin)
        assert found >= 0, f"{line!r} is not in {printed[begin : begin + 200]!r}"
        # Between them stands what the style sheet writes: numbers, dots and boxes of lists.
        assert re.fullmatch(r"(\d+\.|\W)*", printed[begin:found]), printed[begin:found]
        begin = found + len(line)
    assert printed[begin:] == ""
    _, _, width, height = map(float, pdf.pages[0].mediabox)
    margin = 16 / 25.4 * 72 - 2  # the style sheet's; letters reach up to two points over their place
    assert all(margin < x < width - margin and margin < y < height - margin for x, y in places)


def test_a_printed_post_keeps_what_readers_wrote(stand: Newsstand) -> None:
    page = read(stand, "post-comments-1")
    page.emulate_media(media="print")
    text = page.inner_text("body")
    page.emulate_media(media="null")
    assert "1 comment:" in text
    assert "Letter 1: it worked." in text


def test_a_post_is_printed_in_two_columns_black_on_white(cutting: Page) -> None:
    style = "e => { const s = getComputedStyle(e); return [s.columnCount, s.color, s.backgroundColor] }"
    assert cutting.locator(".body").evaluate(style) == ["2", "rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    places = cutting.evaluate("[...document.querySelectorAll('body *')].map(e => getComputedStyle(e).color)")
    assert set(places) == {"rgb(0, 0, 0)"}


@pytest.mark.parametrize("name", ["post-furnished", "post-wide-table", "post-wide-code"])
def test_paper_loses_nothing_that_a_screen_scrolls_or_unfolds(stand: Newsstand, name: str) -> None:
    page = read(stand, name)
    page.set_viewport_size({"width": 672, "height": 999})  # A4 without its margins
    page.emulate_media(media="print")
    cut = """[...document.querySelectorAll("pre, .table")].filter(e => e.scrollWidth > e.clientWidth + 1).length"""
    folded = "[...document.querySelectorAll('.body details p')].filter(e => !e.checkVisibility()).length"
    found = page.evaluate(cut), page.evaluate(folded), overflow(page)
    page.emulate_media(media="null")
    assert found == (0, 0, 0)


def test_1400_words_fill_three_pages_at_most(stand: Newsstand) -> None:
    page = read(stand, "post-very-long")
    words = len(page.inner_text(".body").split())
    sheets = len(print_on_a4(page).pages)
    assert 0 < sheets <= words / 1400 * 3

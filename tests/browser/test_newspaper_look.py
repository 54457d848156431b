"""The theme looks as it did when a person last looked at it: 26 golden views, `pytest --update-golden` records them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from goldens import Golden
from newsstand import VIEWPORTS, Newsstand
from playwright.sync_api import Browser
from states import STATES, paper_of

pytestmark = pytest.mark.browser

LOOKED_AT = (
    *(
        "front-posts-1000",
        "front-lead-picture",
        "front-posts-1",
        "front-long-name",
        "archive",
        "year",
        "author",
        "section",
    ),
    *("post-furnished", "post-many-notes", "post-comments-40", "post-old"),
)
# Each state in two views: the other direction, the other scheme and another width.
VIEWS = {
    f"{name}-{view}": (name, view)
    for number, name in enumerate(LOOKED_AT)
    for view in (VIEWPORTS[number * 5 % 12], VIEWPORTS[(number * 5 + 10) % 12])
}
# The demo as its readers see it: at a desk by day, on a telephone at night.
VIEWS |= {f"{name}-{view}": (name, view) for name, view in (("demo-front", VIEWPORTS[2]), ("demo-post", VIEWPORTS[3]))}


@pytest.fixture(scope="module")
def stand(browser: Browser) -> Iterator[Newsstand]:
    context = browser.new_context()
    yield Newsstand(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def golden(stand: Newsstand, request: pytest.FixtureRequest) -> Golden:
    golden = Golden(Path(__file__).parent / "golden", update=request.config.getoption("--update-golden"))
    golden.probe(stand.open(paper_of("posts-1"), "/", own_font=True))
    return golden


@pytest.mark.parametrize("view", VIEWS)
def test_a_golden_view(stand: Newsstand, golden: Golden, view: str) -> None:
    state, viewport = VIEWS[view]
    page = stand.open(paper_of(STATES[state].site), STATES[state].url, viewport, own_font=True)
    assert golden.faults(page, view) == []


def test_a_change_is_noticed(stand: Newsstand, golden: Golden, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        pytest.skip("nothing to compare with")
    view = next(iter(VIEWS))
    state, viewport = VIEWS[view]
    page = stand.open(paper_of(STATES[state].site), STATES[state].url, viewport, own_font=True)
    page.evaluate("document.querySelector('.secs').style.paddingBlock = '99px'")
    assert any(fault.startswith(".lead: ") for fault in golden.faults(page, view))
    page.evaluate("document.querySelector('.secs').remove()")
    assert ".secs: only then" in golden.faults(page, view)


def test_half_of_the_views_are_dark_and_nearly_half_from_right_to_left() -> None:
    viewports = [viewport for _, viewport in VIEWS.values()]
    assert len(VIEWS) == 26
    assert sum(viewport.scheme == "dark" for viewport in viewports) == 13
    assert sum(viewport.direction == "rtl" for viewport in viewports) == 12
    assert {viewport.width for viewport in viewports} == {320, 768, 1280}

"""Every state of THEME.md, section 9, in a real browser: nothing sticks out, nothing is refused, everybody can read it.

The suite looks at each state once, in viewports that take turns; `make audit` looks at all of them in all.
"""

from collections.abc import Iterator

import pytest
from newsstand import VIEWPORTS, Newsstand, View, axe_faults, overflow, view_of
from playwright.sync_api import Browser
from states import STATES, paper_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stand(browser: Browser) -> Iterator[Newsstand]:
    context = browser.new_context()
    yield Newsstand(context.new_page())
    context.close()


def _check(stand: Newsstand, name: str, view: View) -> None:
    state = STATES[name]
    page = stand.open(paper_of(state.site), state.url, view)
    assert overflow(page) == 0
    assert stand.said == []
    assert axe_faults(page) == []


@pytest.mark.parametrize("name", STATES)
def test_a_state(stand: Newsstand, name: str) -> None:
    _check(stand, name, view_of(name))


@pytest.mark.stress
@pytest.mark.parametrize("name", STATES)
def test_a_state_in_every_viewport(stand: Newsstand, name: str) -> None:
    for view in VIEWPORTS:
        _check(stand, name, view)


def test_states_take_turns_in_all_viewports() -> None:
    assert {view_of(name) for name in STATES} == set(VIEWPORTS)


def test_faults_are_found(stand: Newsstand) -> None:
    page = stand.open(paper_of("posts-1"), "/")
    page.evaluate(
        """() => {
            const added = "<p>grey</p><img src='x' style='border: 0'>";
            document.querySelector("h1").insertAdjacentHTML("afterend", added);
            Object.assign(document.querySelector("h1 + p").style, {width: "3000px", color: "#999"});
        }"""
    )
    assert overflow(page) > 1000
    assert {fault.split(": ")[1] for fault in axe_faults(page)} >= {"color-contrast", "image-alt"}
    assert any("Content Security Policy" in said for said in stand.said)

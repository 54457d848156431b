"""A real browser for the tests in this folder: the system's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox",  # root, as in a container, may not use the sandbox; all pages are ours
    "--disable-gpu",
    # Nothing but what the page asks for goes out, so that a test can count requests.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium on PATH; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium on PATH (Debian: apt-get install chromium)")
    return found


# Not one for the whole session: Playwright keeps an event loop running in this thread, and other tests start theirs.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with its own cookies, storage and cache."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line of the run why browser tests were skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    skipped = [report for report in reporter.stats.get("skipped", ()) if report.nodeid.startswith("tests/browser/")]
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in skipped}
    if reasons:
        reporter.write_line(f"Browser tests skipped ({len(skipped)}): {'; '.join(sorted(reasons))}")

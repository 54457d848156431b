"""Fixtures that all tests share."""

import difflib
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from tiny import PLAIN_CONFIG, SiteFolder

# How long an example takes says nothing on a machine that does other things too.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

# These walk ways that other tests have shown, some of them thousands of times.
UNTRACED_FOLDERS = ("tests/browser/", "tests/promises/")
UNTRACED_MARKERS = ("hypothesis", "untraced")


def pytest_configure() -> None:
    # Under nohup hanging up is ignored, and so it would be by those that tests start and hang up on. A handler that
    # does nothing does the same for this process, and is not handed on.
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is made now as what is expected")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than there are processors: some tests wait, for a browser, for a save to be seen."""
    return (yield) + 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage only where it may grow: a traced test takes more than twice its time."""
    if item.nodeid.startswith(UNTRACED_FOLDERS) or any(map(item.get_closest_marker, UNTRACED_MARKERS)):
        with untraced():
            return (yield)
    return (yield)


@contextmanager
def untraced() -> Iterator[None]:
    """Trace neither this process nor those that it starts.

    `pytest.mark.no_cover` would stop one of coverage's collectors; in a worker there may be a second below it.
    """
    tracer, threads_tracer = sys.gettrace(), threading.gettrace()
    inherited = os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    sys.settrace(None)
    threading.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
        threading.settrace(threads_tracer)
        if inherited is not None:
            os.environ["COVERAGE_PROCESS_CONFIG"] = inherited


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a function that compares a text with the file that holds what is expected."""

    def compare(file: Path, text: str) -> None:
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        if text == expected:
            return
        diff = "".join(difflib.unified_diff(expected.splitlines(True), text.splitlines(True), "expected", "made"))
        if request.config.getoption("--update-golden"):
            print(f"\n{file.name}:\n{diff}")
            file.write_text(text, encoding="utf-8")
        else:
            pytest.fail(f"{file} differs\n{diff}", pytrace=False)

    return compare


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., SiteFolder]:
    """Return a function that writes a site: `site({"content/posts/a.md": "..."}, config="...")`."""
    made = 0

    def make(files: Mapping[str, str | bytes] | None = None, *, config: str = "") -> SiteFolder:
        nonlocal made
        made += 1
        return SiteFolder(tmp_path / f"site{made}", files or {}, PLAIN_CONFIG + config)

    return make

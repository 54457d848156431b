"""Fixtures that all tests share."""

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from tiny import PLAIN_CONFIG, SiteFolder

# How long an example takes says nothing on a machine that does other things too.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is made now as what is expected")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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

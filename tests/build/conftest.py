"""What tests of builds that plan nothing share."""

from pathlib import Path

import pytest

from sitegen.build import story
from sitegen.build.edition import plan_edition


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust stamps at once: else a test would have to wait for the clock."""
    monkeypatch.setattr("sitegen.freshness._RACY_NS", -1)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the sites that were read and planned, from here on."""
    calls: list[Path] = []

    def spy(root, *args):
        calls.append(root)
        return plan_edition(root, *args)

    monkeypatch.setattr(story, "plan_edition", spy)
    return calls

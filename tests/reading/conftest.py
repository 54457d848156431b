"""Fixtures of the tests of reading: tiny sites, read and not built."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import Config
from sitegen.config.tables import read_table
from sitegen.errors import SourceError
from sitegen.model import Site
from sitegen.reading import Selection, read_site
from sitegen.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = {"drafts", "future", "expired", "now"}
Files = Mapping[str, str | bytes]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that reads a site of files below content/: `read({"posts/a.md": "..."}, drafts=True)`.

    What is no field of Selection is a key of the configuration.
    """

    def read(files: Files, **given: Any) -> Site:
        selection = Selection(**{"now": NOW, **{key: value for key, value in given.items() if key in ASKED}})
        options = {key: value for key, value in given.items() if key not in ASKED}
        config = read_table(Config, {"title": "T", "url": "https://t.example/", **options})
        (tmp_path / "content").mkdir(exist_ok=True)
        for path, data in files.items():
            file = tmp_path / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_site(tmp_path, config, selection, Store())

    return read


@pytest.fixture
def fails(read: Callable[..., Site]) -> Callable[..., str]:
    """Return a function that reads a site, expects errors, and returns their text."""

    def fails(files: Files, **given: Any) -> str:
        with pytest.raises(SourceError) as caught:
            read(files, **given)
        return str(caught.value)

    return fails

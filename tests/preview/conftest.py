"""Previews that run in a thread of the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from previews import Preview, StartPreview, plan_folder, running

from sitegen.build import Edition


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[StartPreview]:
    """Start a preview of files: preview({"content/index.html": "..."}, base="/blog/")."""
    root = tmp_path / "site"
    with ExitStack() as stack:

        def start(
            files: dict[str, str], *, base: str = "/", port: int = 0, plan: Callable[[], Edition] | None = None
        ) -> Preview:
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return stack.enter_context(running(root, plan or (lambda: plan_folder(root, base)), port))

        yield start

"""Which changes matter, and that none of those is missed."""

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watchfiles import watch as watch_natively
from watchfiles.main import FileChange

from sitegen.preview import watching
from sitegen.preview.watching import SiteWatcher, concerns

Wait = Callable[[], frozenset[str]]


@pytest.mark.parametrize(
    "path",
    [
        "sitegen.toml",
        "pyproject.toml",
        "content/posts/a.md",
        "content/posts/new-folder",
        "content/static/.well-known/x",
        "content/static/.htaccess",
        "content/static/4913/x.png",
        "themes/mine/templates/post.html",
        "themes/mine/static/.x",
    ],
)
def test_what_can_change_a_page(path: str):
    assert concerns(path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "content",
        "sitegen.toml~",
        "output/index.html",
        "output",
        ".output.sitegen/index.html",
        ".sitegen/cache",
        ".git/index",
        ".venv/x.py",
        "contents/a.md",
        "content/posts/a.md~",
        "content/posts/.a.md.swp",
        "content/posts/a.md.swp",
        "content/posts/a.md.swx",
        "content/posts/a.bak",
        "content/posts/4913",
        "content/posts/.#a.md",
        "content/posts/#a.md#",
        "content/posts/.DS_Store",
        "content/posts/.hidden/a.md",
        "content/static/.git/config",
        "content/static/.env.local",
        "content/static/a.css~",
    ],
)
def test_what_cannot(path: str):
    assert not concerns(path)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Wait]:
    """Watch `tmp_path`/site, which has a post; returns a function that waits for the next batch."""
    root = tmp_path / "site"
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/a.md").write_text("a")
    batches: queue.Queue[frozenset[str]] = queue.Queue()
    watcher = SiteWatcher(root, batches.put)
    assert watcher.start(lambda: None)

    def wait() -> frozenset[str]:
        return batches.get(timeout=5)

    assert wait() == frozenset()
    yield wait
    watcher.stop()
    assert "sitegen-watching" not in {thread.name for thread in threading.enumerate()}
    assert batches.empty(), batches.get()


def test_a_save_is_one_batch(watch: Wait, tmp_path: Path):
    (tmp_path / "site/content/posts/a.md").write_text("b")
    assert watch() == {"content/posts/a.md"}


def test_a_file_put_in_its_place_is_noticed_and_leftovers_are_not(watch: Wait, tmp_path: Path):
    posts = tmp_path / "site/content/posts"
    (posts / "4913").write_text("")
    (posts / "4913").unlink()
    (posts / "a.md").rename(posts / "a.md~")
    (posts / ".a.md.swp").write_text("")
    (posts / "a.md").write_text("b")
    assert watch() == {"content/posts/a.md"}


def test_what_a_build_writes_is_not_noticed(watch: Wait, tmp_path: Path):
    root = tmp_path / "site"
    for path in ("output/index.html", ".output.sitegen/x", ".sitegen/cache"):
        (root / path).parent.mkdir()
        (root / path).write_text("x")
    (root / "sitegen.toml").write_text("last")
    assert watch() == {"sitegen.toml"}


def test_a_new_folder_is_watched_with_all_below_it(watch: Wait, tmp_path: Path):
    folder = tmp_path / "site/content/posts/2008/09"
    folder.mkdir(parents=True)
    (folder / "b.md").write_text("b")
    seen = watch()
    assert "content/posts/2008" in seen
    (folder / "b.md").write_text("c")
    while "content/posts/2008/09/b.md" not in seen:
        seen = watch()
    assert seen == {"content/posts/2008/09/b.md"} or "content/posts/2008" in seen


def test_a_folder_that_was_not_there_is_watched_once_it_is(watch: Wait, tmp_path: Path):
    templates = tmp_path / "site/themes/mine/templates"
    templates.mkdir(parents=True)
    assert watch() == frozenset()
    (templates / "post.html").write_text("x")
    assert "themes/mine/templates/post.html" in watch()


def test_content_that_is_replaced_is_watched_again(watch: Wait, tmp_path: Path):
    root = tmp_path / "site"
    shutil.copytree(root / "content", root / "other")
    (root / "content").rename(root / "old")
    (root / "other").rename(root / "content")
    while watch():
        pass  # until all is watched again
    (root / "content/posts/a.md").write_text("new")
    assert watch() == {"content/posts/a.md"}


def test_the_folder_of_a_site_may_lie_in_a_hidden_one_and_behind_a_link(tmp_path: Path):
    root = tmp_path / ".venv/node_modules/site"
    (root / "content").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root)
    batches: queue.Queue[frozenset[str]] = queue.Queue()
    watcher = SiteWatcher(tmp_path / "link", batches.put)
    watcher.start(lambda: None)
    assert batches.get(timeout=5) == frozenset()
    _file(tmp_path / "x").replace(root / "content/a.md")
    assert batches.get(timeout=5) == {"content/a.md"}
    watcher.stop()


def test_when_the_system_has_no_watches_left_it_looks_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def limited(*paths: Path, recursive: bool, force_polling: bool | None, **options: Any) -> Iterator[set[FileChange]]:
        if recursive and not force_polling:
            raise OSError("OS file watch limit reached")
        return watch_natively(*paths, recursive=recursive, force_polling=force_polling, poll_delay_ms=20, **options)

    monkeypatch.setattr(watching, "watch", limited)
    (tmp_path / "content").mkdir()
    batches: queue.Queue[frozenset[str]] = queue.Queue()
    watcher = SiteWatcher(tmp_path, batches.put)
    watcher.start(lambda: None)
    assert batches.get(timeout=5) == frozenset()
    _file(tmp_path / "content/a.md")
    assert batches.get(timeout=5) == {"content/a.md"}
    watcher.stop()


@pytest.mark.parametrize("polling", [False, True])
@pytest.mark.parametrize("folder", [".", "content/posts"])
def test_a_name_that_is_no_text_ends_no_watch(tmp_path: Path, folder: str, polling: bool):
    (tmp_path / "content/posts").mkdir(parents=True)
    batches: queue.Queue[frozenset[str]] = queue.Queue()
    watcher = SiteWatcher(tmp_path, batches.put, polling=polling)
    watcher.start(lambda: None)
    assert batches.get(timeout=5) == frozenset()
    _file(tmp_path / folder / os.fsdecode(b"\xff.md"))
    while batches.get(timeout=5):
        pass  # until anything may have changed
    for path in ("sitegen.toml", "content/posts/a.md"):
        _file(tmp_path / path)
        while path not in batches.get(timeout=5):
            pass
    watcher.stop()


def _file(path: Path) -> Path:
    path.write_text("x")
    return path

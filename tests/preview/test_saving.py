"""Saves as editors make them, with real files: each is one change, and the right one."""

import os
import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from previews import PATIENCE_S, SCRIPT, Preview, known_by, running
from tiny import NOW, SiteFolder, post

from sitegen.preview.events import Failed, Reloaded
from sitegen.preview.following import Follower
from sitegen.preview.watching import SecondLook
from sitegen.reading import Selection

MakeSite = Callable[..., SiteFolder]
OLD, PAGE = "content/posts/a.md", "/2026/01/a.html"
SITE = {OLD: post("A", "2026-01-01", "Text."), "content/posts/b.md": post("B", "2026-01-02", "Text.")}
ALL = {"drafts": True, "future": True, "expired": True}


@pytest.fixture
def folder(site: MakeSite) -> SiteFolder:
    return site(SITE)


@pytest.fixture
def preview(folder: SiteFolder) -> Iterator[Preview]:
    follow = Follower(folder.root, lambda: Selection(now=NOW, **ALL))
    with running(folder.root, follow) as preview:
        assert preview.get("/").status == 200
        yield preview


def vim(file: Path, text: str) -> None:
    """`:set backup`, and the test whether the folder can be written."""
    (file.parent / "4913").write_text("")
    (file.parent / "4913").unlink()
    file.rename(f"{file}~")
    file.write_text(text)


def emacs(file: Path, text: str) -> None:
    """A lock, an auto-save file, and the old file kept as a backup."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("carl@desk.1234:1")
    file.with_name(f"#{file.name}#").write_text(text)
    file.rename(f"{file}~")
    file.write_text(text)
    file.with_name(f"#{file.name}#").unlink()
    lock.unlink()


def vs_code(file: Path, text: str) -> None:
    with file.open("w") as opened:
        opened.write(text)


def sublime(file: Path, text: str) -> None:
    new = file.with_name(".subl1a2.tmp")
    new.write_text(text)
    new.replace(file)


def sed(file: Path, text: str) -> None:
    new = file.with_name("sedAb12Cd")
    new.write_text(text)
    new.replace(file)


@pytest.mark.parametrize("save", [vim, emacs, vs_code, sublime, sed])
@pytest.mark.parametrize("title", ["A", "Another"])
def test_a_save_is_one_change(preview: Preview, save: Callable[[Path, str], None], title: str):
    save(preview.root / OLD, post(title, "2026-01-01", "Saved."))
    assert OLD in preview.next_event(Reloaded).changed
    page = preview.get(PAGE).text
    assert "Saved." in page
    assert title in preview.get("/").text
    preview.write("content/posts/b.md", post("B", "2026-01-02", "Last."))
    assert preview.next_event(Reloaded).changed == ("content/posts/b.md",)  # nothing came between


def test_half_a_save_is_never_the_last_word(preview: Preview):
    file = preview.root / OLD
    with file.open("w") as opened:
        opened.flush()
        os.fsync(opened.fileno())
        preview.next_event(Failed)
        opened.write(post("A", "2026-01-01", "Whole."))
    preview.next_event(Reloaded)
    assert "Whole." in preview.get(PAGE).text


def test_leftovers_output_and_cache_are_no_change(preview: Preview, folder: SiteFolder):
    folder.build(**ALL)
    for name in (".#a.md", "#a.md#", "a.md~", ".a.md.swp", "4913", ".DS_Store"):
        (folder.root / "content/posts" / name).write_text("x")
    preview.write("content/posts/b.md", post("B", "2026-01-02", "Last."))
    assert preview.next_event(Reloaded).changed == ("content/posts/b.md",)


@pytest.mark.parametrize(
    ("edits", "removed", "gone", "found"),
    [
        ({}, OLD, PAGE, "/2026/01/b.html"),
        ({"content/posts/c.md": SITE[OLD]}, OLD, PAGE, "/2026/01/c.html"),
        ({OLD: post("A", "2026-01-01", "Text.", slug="z")}, "", PAGE, "/2026/01/z.html"),
        ({"sitegen.toml": 'title = "T"\nurl = "https://test.example/blog/"\n'}, "", PAGE, "/blog/2026/01/a.html"),
        ({"themes/newspaper/templates/post.html": "mine"}, "", "/none", PAGE),
    ],
)
def test_what_is_shown_is_what_a_build_publishes(
    preview: Preview, folder: SiteFolder, edits: dict[str, str], removed: str, gone: str, found: str
):
    if removed:
        (folder.root / removed).unlink()
    for path, text in edits.items():
        preview.write(path, text)
    while preview.get(gone).status == 200 or preview.get(found).status != 200:
        preview.events.get(timeout=PATIENCE_S)
    preview.write("content/posts/last.md", post("Last", "2026-01-03", "Last."))
    base = "/blog" if "/blog" in found else ""
    while preview.get(f"{base}/2026/01/last.html").status != 200:
        preview.events.get(timeout=PATIENCE_S)
    folder.build(**ALL)
    for path, data in folder.files.items():
        body = preview.get(f"{base}/{path.removesuffix('index.html')}").body
        assert SCRIPT.sub("", body.decode("utf-8", "replace")) == data.decode("utf-8", "replace"), path


def test_an_error_and_its_mending_are_told(preview: Preview):
    preview.write(OLD, "no front matter")
    preview.next_event(Failed)
    assert known_by(preview.get(PAGE))["findings"]
    preview.write(OLD, SITE[OLD])
    preview.next_event(Reloaded)
    assert known_by(preview.get(PAGE))["findings"] == []


@pytest.mark.stress
@pytest.mark.parametrize("pause", [0.3, 0.7, 1.3, 2.5])
def test_no_save_is_lost(preview: Preview, pause: float):
    waiting: queue.Queue[None] = queue.Queue()
    for number in range(5):
        preview.write(OLD, post("A", "2026-01-01", f"Save {number}."))
        while f"Save {number}." not in preview.get(PAGE).text:
            preview.events.get(timeout=2)
        with pytest.raises(queue.Empty):
            waiting.get(timeout=pause)


@pytest.mark.stress
def test_for_a_minute_nothing_happens_and_then_one_save_is_one_change(preview: Preview):
    with pytest.raises(queue.Empty):
        preview.events.get(timeout=60)
    preview.write(OLD, post("A", "2026-01-01", "Saved after a minute."))
    assert preview.next_event(Reloaded).changed == (OLD,)
    with pytest.raises(queue.Empty):
        preview.events.get(timeout=5)


def test_a_second_look_finds_what_nobody_told(tmp_path: Path):
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    look = SecondLook(tmp_path, after=0, first=0)
    look.tell(())
    assert look.missed() == frozenset()
    for name in ("told.md", "lost.md", ".hidden.md", "left~"):
        (posts / name).write_text("x")
    (posts / "new").mkdir()
    (posts / "new/below.md").write_text("x")
    look.tell({"content/posts/told.md", "content/posts/new"})
    assert look.missed() == {"content/posts/lost.md"}
    assert look.missed() == frozenset()
    (posts / "lost.md").unlink()
    look.tell({"content/posts/told.md"})
    assert look.missed() == {"content/posts/lost.md"}

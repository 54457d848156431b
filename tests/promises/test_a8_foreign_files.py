"""A8, A9: a build deletes and overwrites only what it wrote, and never builds where that could harm anything."""

import os
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clean_builds import build_clean, look
from click.testing import CliRunner
from edits import EDITS, Edit, Newsroom, write
from hypothesis import given, settings
from hypothesis import strategies as st
from output_folders import stamps
from tiny import NOW, post

from sitegen.build import build_site
from sitegen.cli import main
from sitegen.errors import OutputError, SitegenError
from sitegen.reading import Selection

EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
SELECTION = Selection(now=NOW)
FIRST = {
    "CNAME": b"test.example",
    ".domains": b"a",
    "_redirects": b"/a /b",
    ".git": b"gitdir: ../.git/worktrees/output",
}
"""What may lie in an output folder before the first build."""
LATER = {"mine.html": b"mine", "2026/01/mine.txt": b"mine", "tags/pay/.hidden": b"mine", "folder/of/mine": b"mine"}
LINKS = {"link": "/etc", "2026/link.html": "../index.html", "tags/link": "pay"}
HISTORIES = st.lists(st.lists(EDITS, max_size=2), min_size=8, max_size=8)


def check(root: Path, history: list[list[Edit]]) -> None:
    """Build after each part of a history; nothing that is not ours is ever another than before."""
    room, output = Newsroom(root), root / "output"
    for path, data in FIRST.items():
        write(output / path, data)
    build_site(root, SELECTION)
    for path, data in LATER.items():
        write(output / path, data)
    for path, target in LINKS.items():
        (output / path).symlink_to(target)
    foreign = {str(output / path) for path in (*FIRST, *LATER, *LINKS)}
    before = {path: stamp for path, stamp in stamps(output).items() if path in foreign}
    for edits in history:
        good = deepcopy(room.desk)
        for edit in edits:
            room.desk.apply(edit)
        room.save()
        if not builds(root):
            room.desk = good
        assert {path: stamp for path, stamp in stamps(output).items() if path in foreign} == before


def builds(root: Path) -> bool:
    """Build; return whether the site could be built, which no foreign file may hinder."""
    try:
        build_site(root, SELECTION)
    except OutputError:
        raise
    except SitegenError:
        return False
    return True


@settings(max_examples=3)
@given(HISTORIES)
def test_foreign_files_survive_some_builds(history):
    with TemporaryDirectory() as place:
        check(Path(place, "site"), history)


@pytest.mark.stress
@settings(max_examples=25)
@given(HISTORIES)
def test_foreign_files_survive_two_hundred_builds(history):
    with TemporaryDirectory() as place:
        check(Path(place, "site"), history)


def test_a_git_folder_is_left_alone(site):
    paper = site({"content/posts/a.md": post("A")})
    for name in ("HEAD", "objects/ab/cd", "hooks/pre-commit"):
        write(paper.output / ".git" / name, name.encode())
    before = stamps(paper.output / ".git")
    paper.build()
    paper.build(clean=True)
    paper.edit({"content/posts/a.md": post("B")}).build()
    assert stamps(paper.output / ".git") == before


@pytest.mark.parametrize("put", ["file", "folder", "link", "link in the way of a folder"])
def test_what_is_in_the_way_is_named_with_what_is_to_be_there(site, put):
    paper = site({"content/posts/a.md": post("A")})
    paper.build()
    place = paper.output / "2026/02/b.html"
    place.parent.mkdir()
    if put == "file":
        place.write_text("mine")
    elif put == "folder":
        write(place / "mine", b"mine")
    elif put == "link":
        place.symlink_to(paper.root / "sitegen.toml")
    else:
        place.parent.rmdir()
        place.parent.symlink_to(paper.root / "content")
    before = look(paper.root)
    paper.edit({"content/posts/b.md": post("B", "2026-02-01")})
    said = paper.fails()
    assert "not written by sitegen" in said
    assert "content/posts/b.md is to be published there" in said
    assert look(paper.output) == {path[7:]: seen for path, seen in before.items() if path.startswith("output/")}


@pytest.mark.parametrize(
    "output", ["/", "~", "~/site", "", ".", "..", "content", "content/static", "themes", "themes/x", ".git", ".git/x", "up"]
)  # fmt: skip
def test_folders_that_are_no_place_for_a_site(site, monkeypatch, output):
    paper = site({"content/posts/a.md": post("A"), "themes/newspaper/i18n/en.toml": "", ".git/HEAD": "ref"})
    (paper.root / "up").symlink_to("..")
    monkeypatch.chdir(paper.root)
    monkeypatch.setenv("HOME", str(paper.root.parent))
    folder = os.path.expanduser(output) if output == "~" else output  # noqa: PTH111  # as a shell does
    before = stamps(paper.root.parent)
    done = CliRunner().invoke(main, ["build", "--site", str(paper.root), "--output", folder], env=EPOCH)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert stamps(paper.root.parent) == before


def test_a_folder_that_holds_something_else(site):
    paper = site({"content/posts/a.md": post("A"), "output/thesis.tex": "years of work"})
    before = look(paper.output)
    assert "holds files that sitegen did not write: thesis.tex" in paper.fails()
    assert look(paper.output) == before


def test_an_output_folder_that_is_a_link(site):
    """A host's folder, say: it is built into, and the link stays."""
    paper = site({"content/posts/a.md": post("A")})
    (paper.root.parent / "www/public").mkdir(parents=True)
    paper.output.symlink_to(paper.root.parent / "www/public")
    for _ in range(2):
        paper.build()
        assert paper.files == build_clean(paper.root, SELECTION)
        assert paper.output.is_symlink()
    assert [path.name for path in (paper.root.parent / "www").iterdir()] == ["public"]

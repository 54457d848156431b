"""Which files are found below content/, and what is said about those that cannot be read."""

import os
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitegen.errors import SourceError
from sitegen.reading.walk import read_bytes, walk


def put(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8")


def paths(root: Path) -> list[str]:
    entries, faults = walk(root)
    assert not faults
    return [entry.path for entry in entries]


def faults(root: Path) -> list[str]:
    return [str(fault).partition("\n")[0] for fault in walk(root)[1]]


def test_files_come_in_order_of_path_whatever_the_folder_says(tmp_path, monkeypatch):
    put(tmp_path, "content/b.md", "content/a/z.md", "content/a.md", "content/a/é.md", "content/posts/10.md")
    expected = ["content/a.md", "content/a/z.md", "content/a/é.md", "content/b.md", "content/posts/10.md"]
    assert paths(tmp_path) == expected

    real = os.scandir

    class Reordered:
        order = 1

        def __init__(self, folder):
            with real(folder) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name)[:: self.order]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(os, "scandir", Reordered)
    for Reordered.order in (1, -1):
        assert paths(tmp_path) == expected


@pytest.mark.parametrize("name", ["a.md~", ".#a.md", "#a.md#", ".a.md.swp", "a.swp", "a.bak", "4913", ".DS_Store"])
def test_what_editors_leave_behind_is_never_content(tmp_path, name):
    put(tmp_path, f"content/posts/{name}", f"content/static/{name}", "content/posts/a.md")
    assert paths(tmp_path) == ["content/posts/a.md"]


def test_hidden_files_are_content_only_below_static(tmp_path):
    put(
        tmp_path,
        "content/posts/.hidden.md",
        "content/.git/config",
        "content/static/.well-known/security.txt",
        "content/static/.htaccess",
        "content/static/.git/config",
        "content/static/.gitignore",
        "content/static/a/.env.local",
    )
    assert paths(tmp_path) == ["content/static/.htaccess", "content/static/.well-known/security.txt"]


def test_a_folder_may_have_the_name_of_a_leftover(tmp_path):
    put(tmp_path, "content/posts/4913/a.md", "content/posts/old.bak/a.md")
    assert paths(tmp_path) == ["content/posts/4913/a.md", "content/posts/old.bak/a.md"]


def test_a_link_to_a_file_of_the_site_is_that_file(tmp_path):
    put(tmp_path, "CHANGELOG.md", "content/pages/about.md")
    (tmp_path / "content/pages/changes.md").symlink_to("../../CHANGELOG.md")
    entries, faults = walk(tmp_path)
    assert not faults
    assert [read_bytes(entry) for entry in entries] == [b"content/pages/about.md", b"CHANGELOG.md"]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/etc/passwd", "a link that leads outside the site's folder"),
        ("../../../outside.md", "a link that leads outside the site's folder"),
        ("../../../site-2/a.md", "a link that leads outside the site's folder"),
        ("../../.env", "a link to a hidden file"),
        ("../../.git/config", "a link to a hidden file"),
        ("nowhere.md", "a link to a file that does not exist"),
        ("link.md", "cannot read: too many levels of symbolic links"),
        ("..", "a link to a folder"),
        ("../../content", "a link to a folder"),
    ],
)
def test_other_links_are_errors(tmp_path, target, message):
    root = tmp_path / "site"
    put(tmp_path, "outside.md", "site-2/a.md", "site/.env", "site/.git/config", "site/content/posts/a.md")
    (root / "content/posts/link.md").symlink_to(target)
    assert faults(root) == [f"content/posts/link.md: error: {message}"]


def test_content_itself_may_not_lie_elsewhere(tmp_path):
    put(tmp_path, "elsewhere/posts/a.md")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to("../elsewhere")
    with pytest.raises(SourceError, match=r"^content: error: a link that leads outside the site's folder"):
        walk(tmp_path / "site")


def test_what_is_no_file_is_never_opened(tmp_path, monkeypatch):
    put(tmp_path, "content/posts/a.md")
    os.mkfifo(tmp_path / "content/posts/pipe.md")
    monkeypatch.chdir(tmp_path / "content/posts")  # a socket's path may have 108 bytes
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.md")
        assert faults(tmp_path) == [
            "content/posts/pipe.md: error: a named pipe, which cannot be published",
            "content/posts/socket.md: error: a socket, which cannot be published",
        ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (b"caf\xe9.md", r"content/posts/caf\udce9.md: error: the name 'caf\udce9.md' is not UTF-8"),
        (b"a\nb.md", r"content/posts/a\nb.md: error: the name 'a\nb.md' has a control character"),
        (b"a\x7f", r"content/posts/a\x7f: error: the name 'a\x7f' has a control character"),
    ],
)
def test_names_that_nobody_can_write_are_errors(tmp_path, name, message):
    put(tmp_path, "content/posts/a.md")
    Path(os.fsdecode(os.fsencode(tmp_path / "content/posts") + b"/" + name)).write_bytes(b"")
    assert faults(tmp_path) == [message]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path, monkeypatch):
    put(tmp_path, "content/posts/a.md", "content/secret/b.md")
    real = os.scandir

    def scandir(folder):
        if Path(folder).name == "secret":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert faults(tmp_path) == ["content/secret: error: cannot read: permission denied"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "content/a.md: error: cannot read: permission denied"),
        (OSError(5, "Input/output error"), "content/a.md: error: cannot read: input/output error"),
        (
            FileNotFoundError(2, "gone"),
            "content/a.md: error: vanished while it was being read\n  fix: run the build again",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(tmp_path, monkeypatch, error, message):
    put(tmp_path, "content/a.md")
    (entry,) = walk(tmp_path)[0]

    def fail(*_):
        raise error

    monkeypatch.setattr("sitegen.reading.walk._bytes_of", fail)
    with pytest.raises(SourceError) as caught:
        read_bytes(entry)
    assert str(caught.value) == message


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    put(tmp_path, "content/a.md")
    (entry,) = walk(tmp_path)[0]
    os.truncate(entry.file, (1 << 20) + 1)
    with pytest.raises(SourceError) as caught:
        read_bytes(entry, at_most=1 << 20)
    assert str(caught.value) == "content/a.md: error: larger than 1 MiB\n  fix: part it into several files"
    assert len(read_bytes(entry)) == (1 << 20) + 1


@pytest.mark.parametrize("size", [0, 5, 12, 99])
def test_a_file_is_read_to_its_end_whatever_its_size_was_said_to_be(tmp_path, monkeypatch, size):
    put(tmp_path, "content/a.md")
    (entry,) = walk(tmp_path)[0]
    read = os.read
    monkeypatch.setattr(os, "fstat", lambda _: SimpleNamespace(st_size=size))
    monkeypatch.setattr(os, "read", lambda file, most: read(file, min(most, 7)))
    assert read_bytes(entry) == b"content/a.md"


def test_without_content_the_message_says_what_to_do(tmp_path):
    with pytest.raises(SourceError) as caught:
        walk(tmp_path)
    assert str(caught.value) == (
        "content: error: there is no such folder\n"
        "  why: everything that is published is read from it\n"
        "  fix: make a site with `sitegen init`, or name the site's folder with `--site`"
    )


def test_folders_may_be_nested_deeper_than_pythons_stack(tmp_path, monkeypatch):
    folder = tmp_path / "content"
    folder.mkdir()
    monkeypatch.chdir(folder)
    try:
        for _ in range(1100):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.md").write_text("", encoding="utf-8")
        assert paths(tmp_path) == ["content/" + "d/" * 1100 + "a.md"]
    finally:  # shutil.rmtree, with which pytest cleans up, cannot go that deep
        subprocess.run(["rm", "-r", folder], check=True)

"""D3: a link, a pipe or a socket in a site leads nowhere else: refused with an error, nothing outside is read, no hang."""

import os
import re
import shutil
import socket
import subprocess
import sys

import pytest
from output_folders import stamps
from tiny import NOW, post

from sitegen.errors import Finding, SitegenError

HIDDEN = "zqxj: secret"
PLACES = [
    "content/posts/x.md", "content/posts/x.png", "content/posts/b/x.png", "content/pages/x.md", "content/drafts/x.md",
    "content/authors/x.md", "content/promos/x.md", "content/comments/a.yaml", "content/data/x.yaml", "content/static/x.txt",
    "content/static/.well-known/x", "content/x.txt", "themes/newspaper/templates/post.html", "themes/newspaper/templates/partials/x.html",
    "themes/newspaper/static/x.css", "themes/newspaper/i18n/en.toml", "themes/newspaper/theme.toml",
]  # fmt: skip
FOLDERS = [
    "content/posts", "content/posts/x", "content/pages", "content/authors", "content/static", "content/static/x", "content/data",
    "content/comments", "themes/newspaper/templates", "themes/newspaper/templates/partials", "themes/newspaper/static",
]  # fmt: skip
SITE = {
    "content/posts/a.md": post("A", body="![x](x.png)"), "content/posts/b/index.md": post("B"), "content/posts/x.png": "x",
    "content/static/y.txt": "y",
}  # fmt: skip


def make_link(target):
    return lambda path: path.symlink_to(target)


def make_socket(path):
    # A socket's whole path may have 108 bytes only; the folder it is made in may be given as a number.
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


def make_device(path):
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("only root may make devices")


KINDS = {
    "outside": lambda path: path.symlink_to(outside_of(path) / "secret.md"),
    "hidden": lambda path: path.symlink_to(outside_of(path).parent / "site1/.env"),
    "passwords": make_link("/etc/passwd"),
    "endless": make_link("/dev/zero"),
    "itself": lambda path: path.symlink_to(path.name),
    "dangling": make_link("nowhere"),
    "folder above": make_link(".."),
    "root": make_link("/"),
    "pipe": os.mkfifo,
    "socket": make_socket,
    "device": make_device,
}


def outside_of(path):
    return next(parent for parent in path.parents if (parent / "outside").is_dir()) / "outside"


@pytest.fixture
def paper(site, tmp_path):
    """A site beside a folder of secrets."""
    outside = tmp_path / "outside"
    (outside / "x").mkdir(parents=True)
    for name in ("secret.md", "a.md", "post.html", "x/index.md", "x.txt", "en.toml", "theme.toml"):
        (outside / name).write_text(f"---\ntitle: T\nname: N\ndate: 2026-01-01\n---\n{HIDDEN}\n")
    return site({**SITE, ".env": HIDDEN})


def replace(paper, place, make):
    """Put something else in the place of a file or a folder."""
    path = paper.root / place
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    return path


def assert_nothing_comes_out(paper, place):
    """Build: the error names what is in the way, or the build takes no notice of it."""
    before = stamps(paper.root / "content")
    errors: tuple[Finding, ...] = ()
    try:
        paper.build()
    except SitegenError as error:
        errors = error.findings
    if errors:
        assert any(found.place.path.startswith(place) or place.startswith(found.place.path) for found in errors)
        assert HIDDEN not in "".join(map(str, errors))
        assert not paper.output.exists()
    assert stamps(paper.root / "content") == before
    assert not [path for path, data in paper.files.items() if HIDDEN.encode() in data or b"root:x:" in data]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_in_the_place_of_a_file(paper, place, kind):
    replace(paper, place, KINDS[kind])
    assert_nothing_comes_out(paper, place)


@pytest.mark.parametrize("target", ["outside", "root", "above", "itself"])
@pytest.mark.parametrize("place", FOLDERS)
def test_in_the_place_of_a_folder(paper, place, target):
    ways = {"outside": lambda path: path.symlink_to(outside_of(path)), "root": make_link("/"), "above": make_link(".."),
            "itself": make_link(place.rpartition("/")[2])}  # fmt: skip
    replace(paper, place, ways[target])
    assert_nothing_comes_out(paper, place)


def test_what_is_linked_hard_is_a_file_like_any_other(paper, tmp_path):
    os.link(tmp_path / "outside/secret.md", paper.root / "content/posts/x.md")
    paper.build()
    assert HIDDEN in paper.text("/2026/01/x.html")


def test_links_within_the_site_are_followed(paper):
    (paper.root / "content/static/z.txt").symlink_to("y.txt")
    (paper.root / "content/posts/c.md").symlink_to("a.md")
    paper.build()
    assert paper.files["z.txt"] == b"y"
    assert "2026/01/c.html" in paper.files


def test_what_a_file_of_the_output_links_to_is_left_alone(paper, tmp_path):
    paper.build()
    (paper.output / "index.html").unlink()
    (paper.output / "index.html").symlink_to(tmp_path / "outside/secret.md")
    with pytest.raises(SitegenError):
        paper.build()
    assert HIDDEN in (tmp_path / "outside/secret.md").read_text()


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace")
def test_nothing_outside_is_opened_or_listed(paper, tmp_path):
    for place in PLACES:
        replace(paper, place, lambda path: path.symlink_to(outside_of(path) / "secret.md"))
    log = tmp_path / "log"
    code = (
        "import sys; from datetime import datetime; from pathlib import Path; from sitegen.build import build_site;"
        "from sitegen.reading import Selection; from sitegen.errors import Finding, SitegenError\n"
        "try: build_site(Path(sys.argv[1]), Selection(now=datetime.fromisoformat(sys.argv[2])))\n"
        "except SitegenError as error: print(len(error.findings))"
    )
    command = [
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=open,openat,openat2,getdents64",
        "-o",
        log,
        sys.executable,
        "-c",
        code,
    ]
    done = subprocess.run([*command, paper.root, NOW.isoformat()], capture_output=True, text=True, timeout=120)
    if "PTRACE" in done.stderr:
        pytest.skip("strace may not trace here")
    assert int(done.stdout) > 0, done.stderr
    opened = [line for line in log.read_text().splitlines() if re.search(rf"= \d+<{tmp_path}/outside", line)]
    assert opened == []

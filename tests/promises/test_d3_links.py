"""D3: nothing outside the site's folder is read or published, whatever lies in content/, and nothing hangs."""

import os
import socket

import pytest
from tiny import post

from sitegen.errors import SitegenError

HIDDEN = "top-secret-words"


@pytest.fixture
def paper(site, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(post("Secret", body=HIDDEN))
    (outside / "secret.png").write_text(HIDDEN)
    return site({"content/posts/a.md": post("A"), "content/static/ok.txt": "ok"})


def published(paper):
    return b"".join(paper.files.values()) if paper.output.exists() else b""


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("content/posts/link.md", "../../../outside/secret.md"),
        ("content/posts/passwd.md", "/etc/passwd"),
        ("content/static/link.png", "../../../outside/secret.png"),
        ("content/posts/folder", "../../../outside"),
        ("content/static/parent", ".."),
        ("content/posts/loop.md", "loop.md"),
        ("content/posts/dangling.md", "nowhere.md"),
        ("content/data/x.json", "/etc/hostname"),
        ("content/authors/x.md", "../../../outside/secret.md"),
        ("content/comments/a.yaml", "../../../outside/secret.md"),
        ("themes/newspaper/templates/post.html", "../../../../outside/secret.md"),
        ("themes/newspaper/static/theme.css", "/etc/passwd"),
    ],
)
def test_a_link_that_leads_outside_is_an_error_that_names_it(paper, path, target):
    file = paper.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.symlink_to(target)
    text = paper.fails()
    assert path.split("/")[-1] in text
    assert HIDDEN not in text
    assert "root:" not in text
    assert HIDDEN.encode() not in published(paper)


def test_a_link_within_the_site_is_followed(paper):
    (paper.root / "content/static/copy.txt").symlink_to("ok.txt")
    paper.build()
    assert paper.files["copy.txt"] == b"ok"


def test_a_hard_link_is_a_file_like_any_other(paper):
    os.link(paper.root / "content/static/ok.txt", paper.root / "content/static/hard.txt")
    paper.build()
    assert paper.files["hard.txt"] == b"ok"


@pytest.mark.parametrize("folder", ["content/posts", "content/static", "content/data"])
def test_pipes_and_sockets_are_errors_and_never_opened(paper, folder, monkeypatch):
    (paper.root / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(paper.root / folder)  # a socket's path may have 107 bytes
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        with pytest.raises(SitegenError) as caught:
            paper.build()
    assert {finding.place.path for finding in caught.value.findings} >= {f"{folder}/pipe.md", f"{folder}/socket.md"}


def test_what_an_output_folder_links_to_is_left_alone(paper, tmp_path):
    paper.build()
    (paper.output / "index.html").unlink()
    (paper.output / "index.html").symlink_to(tmp_path / "outside" / "secret.png")
    with pytest.raises(SitegenError):
        paper.build()
    assert (tmp_path / "outside" / "secret.png").read_text() == HIDDEN

"""Whatever becomes of a site, its preview answers, says what is wrong without a path of the machine, and recovers."""

import os
import shutil
from collections.abc import Callable

import pytest
from previews import PATIENCE_S, Preview, running
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.reading import Selection

PAGE = "/2008/09/follow-up.html"
SITE: dict[str, str | bytes] = {
    "content/posts/follow-up.md": post("Follow up", "2008-09-27", "![a dot](dot.png)"),
    "content/posts/dot.png": b"\x89PNG",
    "content/authors/editor.md": "---\nname: The Editor\n---\n",
    "content/data/links.toml": "a = 1\n",
}


def write(path: str, data: str | bytes) -> Callable[[SiteFolder], object]:
    return lambda folder: folder.edit({path: data})


def put_folder(path: str) -> Callable[[SiteFolder], object]:
    def put(folder: SiteFolder) -> None:
        (folder.root / path).unlink(missing_ok=True)
        (folder.root / path).mkdir(parents=True)

    return put


def put_link(path: str, to: str) -> Callable[[SiteFolder], object]:
    def put(folder: SiteFolder) -> None:
        (folder.root / path).parent.mkdir(parents=True, exist_ok=True)
        (folder.root / path).unlink(missing_ok=True)
        (folder.root / path).symlink_to(to)

    return put


def put_pipe(folder: SiteFolder) -> None:
    os.mkfifo(folder.root / "content/posts/pipe.md")


DISASTERS: dict[str, Callable[[SiteFolder], object]] = {
    "content is gone": lambda folder: shutil.rmtree(folder.root / "content"),
    "content is a file": lambda folder: (
        (folder.root / "content").rename(folder.root / "old").with_name("content").touch()
    ),
    "configuration is gone": lambda folder: folder.remove("sitegen.toml"),
    "configuration is a folder": put_folder("sitegen.toml"),
    "configuration is empty": write("sitegen.toml", ""),
    "configuration is nonsense": write("sitegen.toml", "\0\xff[["),
    "configuration names no theme": write("sitegen.toml", PLAIN_CONFIG + 'theme = "none"\n'),
    "front matter": write("content/posts/follow-up.md", "---\n: [\n---\n"),
    "no text": write("content/posts/follow-up.md", b"\xff\xfe\x00"),
    "a post is a folder": put_folder("content/posts/follow-up.md"),
    "a broken link": write("content/posts/follow-up.md", post("F", "2008-09-27", "[x](nowhere.md)")),
    "two of one address": write("content/posts/b.md", post("B", "2008-09-27", slug="follow-up")),
    "a template's syntax": write("themes/newspaper/templates/post.html", "{% if %}"),
    "a template's names": write("themes/newspaper/templates/post.html", "{{ page.nothing.at.all }}"),
    "an endless template": write("themes/newspaper/templates/post.html", '{% include "post.html" %}'),
    "a template is a folder": put_folder("themes/newspaper/templates/post.html"),
    "data": write("content/data/links.toml", "a = = 1"),
    "an author": write("content/authors/editor.md", "nobody"),
    "a link that leads out": put_link("content/posts/out.md", "/etc/passwd"),
    "a link that leads round": put_link("content/posts/round.md", "round.md"),
    "a pipe": put_pipe,
    "a name that is no text": lambda folder: (folder.root / os.fsdecode(b"content/posts/\xff.md")).write_text("x"),
}


def is_well(preview: Preview) -> bool:
    response = preview.get(PAGE)
    return response.status == 200 and "Still here" in response.text


@pytest.mark.parametrize("disaster", DISASTERS)
def test_it_survives(site: Callable[..., SiteFolder], disaster: str):
    folder = site(SITE)
    with running(folder.root, lambda: plan_edition(folder.root, Selection(now=NOW))) as preview:
        assert preview.get(PAGE).status == 200
        DISASTERS[disaster](folder)
        preview.events.get(timeout=PATIENCE_S)
        for path in ("/", PAGE, "/2008/09/dot.png", "/nowhere"):
            response = preview.get(path)
            assert response.status in {200, 404, 500}
            assert str(folder.root.parent).encode() not in response.body
            assert b"Traceback" not in response.body
            assert b"root:x:" not in response.body
        shutil.rmtree(folder.root / "content", ignore_errors=True)
        (folder.root / "content").unlink(missing_ok=True)
        shutil.rmtree(folder.root / "themes", ignore_errors=True)
        if (folder.root / "sitegen.toml").is_dir():
            (folder.root / "sitegen.toml").rmdir()
        folder.edit(
            SITE | {"content/posts/follow-up.md": post("Still here", "2008-09-27"), "sitegen.toml": PLAIN_CONFIG}
        )
        while not is_well(preview):
            preview.events.get(timeout=PATIENCE_S)

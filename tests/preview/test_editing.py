"""Opening files in the writer's editor: only for pages of the preview, and only files of the site."""

import queue
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from previews import Preview, plan_folder, running

Opened = queue.Queue[tuple[str, Path, int]]
PATH = "content/posts/a b.md"


@pytest.fixture
def opened() -> Opened:
    return queue.Queue()


@pytest.fixture
def site(tmp_path: Path, opened: Opened) -> Iterator[Preview]:
    root = tmp_path / "site"
    for path in (
        PATH,
        "sitegen.toml",
        ".env",
        "content/.git/config",
        "themes/x/theme.toml",
        "secret.md",
        "../outside.md",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")
    (root / "content/link.md").symlink_to(tmp_path / "outside.md")
    (root / "content/up").symlink_to("..")
    (root / "content/round").symlink_to("round")
    (root / "content/static").mkdir()
    with running(
        root, lambda: plan_folder(root, editor="write {file}"), edit=lambda *asked: opened.put(asked)
    ) as preview:
        preview.get("/")
        yield preview


def ask(
    site: Preview, path: str, line: str = "7", *, origin: str | None = "", method: str = "POST", host: str = ""
) -> int:
    own = f"http://127.0.0.1:{site.port}"
    headers = "" if origin is None else f"Origin: {origin or own}\r\n"
    target = f"/livereload/edit?path={quote(path)}&line={line}"
    return site.get(target, method=method, headers=headers + "Content-Length: 0\r\n", host=host or None).status


@pytest.mark.parametrize("path", [PATH, "sitegen.toml", "themes/x/theme.toml"])
def test_a_file_of_the_site_is_opened(site: Preview, opened: Opened, path: str):
    assert ask(site, path) == 200
    assert opened.get_nowait() == ("write {file}", (site.root / path).resolve(), 7)


@pytest.mark.parametrize("line", ["", "x", "-1", "0", "9" * 99, "²"])
def test_a_line_that_is_none_is_the_first(site: Preview, opened: Opened, line: str):
    assert ask(site, PATH, quote(line)) == 200
    assert opened.get_nowait()[2] == 1


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "content", ".env", "content/.git/config", "secret.md", "../outside.md", "content/../../outside.md"),
        *(
            "/etc/passwd",
            "content/link.md",
            "content/none.md",
            "--help",
            "content/../.env",
            "content/static/../../.env",
        ),
        *("content/static/../../secret.md", "content/up/secret.md", "content/round", "content/" + "a" * 5000),
    ],
)
def test_no_other_file_is(site: Preview, opened: Opened, path: str):
    assert ask(site, path) == 409
    assert opened.empty()


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_no_other_page_may_ask(site: Preview, opened: Opened, origin: str | None):
    assert ask(site, PATH, origin=origin) == 403
    assert opened.empty()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS", "DELETE"])
def test_there_is_one_way_to_ask(site: Preview, opened: Opened, method: str):
    assert ask(site, PATH, method=method) == 405
    assert opened.empty()


def test_under_another_name_nobody_may_ask(site: Preview, opened: Opened):
    assert ask(site, PATH, host="evil.example") == 403
    assert opened.empty()


def test_without_an_editor_there_is_nothing_to_open_it_with(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("x")
    with running(tmp_path, lambda: plan_folder(tmp_path), edit=lambda *asked: pytest.fail(str(asked))) as preview:
        preview.get("/")
        assert ask(preview, "content/a.md") == 409

"""The preview answers as a host of the published site does: addresses, types, parts of files, what is not there."""

import mimetypes
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from documents import CHECKOUT, blocks
from nginx import can_run, serving
from previews import SCRIPT, Preview, Response, running
from tiny import NOW, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.reading import Selection

FILM = bytes(range(256)) * 8
SITE: dict[str, str | bytes] = {
    "content/posts/plan/index.md": post("Plan", "2026-01-01", "![a chart](chart.png)", tags="[Pay & more, 日本]"),
    "content/posts/plan/chart.png": b"\x89PNG\xff",
    "content/posts/next.md": post("Next", "2026-01-02", "[The plan](plan/index.md)", aliases="[/old/name.html]"),
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/static/film.webm": FILM,
    "content/static/nothing.txt": b"",
    "content/static/CNAME": "test.example\n",
    "content/static/.well-known/security.txt": "Contact: mailto:us@test.example\n",
}
# nginx 1.22 knows older names (RFC 9239, RFC 7303), and ours say their encoding where its are given one.
OLDER = {"application/javascript": "text/javascript", "text/xml": "application/xml"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    config = 'title = "T"\nurl = "https://test.example/"\npermalinks.preset = "blogger"\n'
    folder = SiteFolder(tmp_path_factory.mktemp("published") / "site", SITE, config)
    folder.build()
    return folder


@pytest.fixture(scope="module")
def preview(folder: SiteFolder) -> Iterator[Preview]:
    with running(folder.root, lambda: plan_edition(folder.root, Selection(now=NOW))) as preview:
        yield preview


@pytest.fixture(scope="module")
def nginx(folder: SiteFolder) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Status, content type and place of what an nginx with the documented configuration answers."""
    if not can_run():
        pytest.skip("there is no nginx here")
    recipes = [block.text for block in blocks(CHECKOUT / "docs/publishing.md", "nginx")]
    server = recipes[0].replace("/var/www/my-paper", str(folder.output)).rstrip().removesuffix("}")
    with serving(server + recipes[1] + "}\n") as ask:
        yield lambda url: essence(*ask(url)[:2])


def essence(status: int, headers: object) -> tuple[int, str, str]:
    fields = {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]
    kind = fields.get("content-type", "").partition(";")[0]
    if 300 <= status < 400:
        return 300, "", fields["location"]
    return status, OLDER.get(kind, kind), ""


def test_status_and_type_are_those_of_a_published_site(
    preview: Preview, folder: SiteFolder, nginx: Callable[..., tuple[int, str, str]]
):
    hidden = {"404.html", "_headers", ".nojekyll", "CNAME"}  # published for the host, which keeps them to itself
    text = {path for path in folder.files if not path.endswith((".png", ".webm", ".woff2"))}
    paths = {quote(path).removesuffix("index.html") for path in text - hidden}
    assert len(paths) > 25
    for path in sorted(
        paths | {"archive", "tags", "archive/index.html", "nope", "assets/nope.css", "2026/01/plan/", "x/"}
    ):
        response = preview.get(f"/{path}")
        assert essence(response.status, response.headers) == nginx(f"/{path}"), path


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/atom.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json"),
        ("/feeds/posts/default", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/2026/01/plan/chart.png", "image/png"),
        ("/film.webm", "video/webm"),
        ("/CNAME", "application/octet-stream"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_types(preview: Preview, path: str, kind: str):
    response = preview.get(path)
    assert (response.status, response.headers["content-type"]) == (200, kind)


def test_no_setting_of_the_machine_decides_a_type(preview: Preview):
    mimetypes.add_type("text/html", ".webm")
    try:
        assert preview.get("/film.webm").headers["content-type"] == "video/webm"
    finally:
        mimetypes.init()


@pytest.mark.parametrize(
    "path", ["/nope", "/nope/", "/tags/nope/", "/feeds/posts/", "/feeds/posts", "/assets/", "/assets", "/a.png"]
)
def test_what_is_not_there_is_the_sites_own_page(preview: Preview, folder: SiteFolder, path: str):
    response = preview.get(path)
    assert response.status == 404
    assert SCRIPT.sub("", response.text) == folder.text("/404.html")


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/film.webm", "/nope", "/archive", "/nothing.txt"])
def test_head_has_the_headers_of_get(preview: Preview, path: str):
    got, asked = preview.get(path), preview.get(path, method="HEAD")
    assert asked.body == b""
    assert (asked.status, without_date(asked)) == (got.status, without_date(got))
    assert int(asked.headers.get("content-length", 0)) == len(got.body)


def without_date(response: Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "date"}


@pytest.mark.parametrize(
    ("asked", "status", "told", "body"),
    [
        ("bytes=0-", 206, "bytes 0-2047/2048", FILM),
        ("bytes=5-9", 206, "bytes 5-9/2048", FILM[5:10]),
        ("bytes=-3", 206, "bytes 2045-2047/2048", FILM[-3:]),
        ("bytes=2040-9999", 206, "bytes 2040-2047/2048", FILM[2040:]),
        ("bytes=2048-", 416, "bytes */2048", b""),
        ("bytes=-0", 416, "bytes */2048", b""),
        ("bytes=9-5", 200, None, FILM),
        ("bytes=0-1,3-4", 200, None, FILM),
        ("lines=1-2", 200, None, FILM),
        ("bytes=0-1\r\nRange: bytes=2-3", 200, None, FILM),
        ("bytes=0-1\r\nIf-Range: \"x\"", 200, None, FILM),
    ],
)  # fmt: skip
def test_a_part_of_a_file(preview: Preview, asked: str, status: int, told: str | None, body: bytes):
    response = preview.get("/film.webm", headers=f"Range: {asked}\r\n")
    assert (response.status, response.body) == (status, body)
    assert response.headers.get("content-range") == told
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-length"] == str(len(body))
    assert response.headers["content-type"] == "video/webm"


def test_parts_of_a_page_are_parts_of_what_is_sent_whole(preview: Preview):
    whole = preview.get("/").body
    parts = [preview.get("/", headers=f"Range: bytes={n}-{n + 999}\r\n").body for n in range(0, len(whole), 1000)]
    assert b"".join(parts) == whole


@pytest.mark.parametrize(
    ("method", "path", "status"), [("HEAD", "/film.webm", 200), ("GET", "/nope", 404), ("GET", "/archive", 302)]
)
def test_parts_are_for_get_of_what_is_there(preview: Preview, method: str, path: str, status: int):
    response = preview.get(path, method=method, headers="Range: bytes=0-1\r\n")
    assert response.status == status
    assert "content-range" not in response.headers


@pytest.mark.parametrize("path", ["/", "/film.webm", "/nope", "/archive", "/livereload.js", "/%00"])
def test_every_answer_keeps_to_itself(preview: Preview, path: str):
    headers = preview.get(path, headers="Origin: http://evil.example\r\n").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert not [name for name in headers if name.startswith("access-control-")]
    assert not {"etag", "last-modified", "server", "set-cookie"} & headers.keys()


def test_one_connection_serves_many_requests(preview: Preview):
    paths = ("/", "/feed.xml", "/nope", "/film.webm", "/archive")
    asked = "".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n" for path in paths)
    last = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    data = preview.raw((asked + last).encode())
    assert [int(found) for found in re.findall(rb"HTTP/1\.1 (\d+) ", data)] == [200, 200, 404, 200, 302, 200]


def test_a_file_that_is_gone_meanwhile_says_so(tmp_path: Path):
    folder = SiteFolder(
        tmp_path / "site", {"content/static/film.webm": FILM}, 'title = "T"\nurl = "https://t.example/"\n'
    )
    edition = plan_edition(folder.root, Selection(now=NOW))
    with running(folder.root, lambda: edition) as preview:
        (folder.root / "content/static/film.webm").unlink()
        response = preview.get("/film.webm", headers="Range: bytes=0-1\r\n")
        assert response.status == 500
        assert "film.webm" in response.text
        assert preview.get("/").status == 200

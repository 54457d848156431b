"""The attack list of a preview, over raw sockets: none of the planted words ever leaves, and it lives on."""

import json
import os
import struct
from collections.abc import Iterator
from contextlib import suppress

import pytest
from previews import REFUSED, Preview, StartPreview, parse, running
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.reading import Selection

PUBLIC = "Call them in March."
SITE = {
    "content/posts/follow-up.md": post("Follow up", "2008-09-27", PUBLIC, tags="[pay]  # zq-note-to-oneself"),
    "themes/newspaper/templates/partials/mine.html": "{# zq-note-of-the-theme #}",
    "sitegen.toml": PLAIN_CONFIG + "# zq-note-in-the-configuration\n",
    ".env": "zq-environment",
    ".git/config": "zq-repository",
    ".sitegen/manifest": "zq-cache",
    "output/secret.html": "zq-earlier-build",
    "secret.html": "zq-beside-the-content",
    "content/posts/.draft.md": "zq-hidden-draft",
    "content/posts/follow-up.md~": "zq-left-by-an-editor",
    "../secret.html": "zq-neighbour",
    "../site-x/secret.html": "zq-neighbour-of-like-name",
    "../outside/secret.html": "zq-behind-a-link",
}
LINKS = {"link": "outside", "output/link": "outside", ".sitegen/up": ".", "up": "site"}
"""Of the site's folder, to folders beside it."""
SECRET_FILES = (*SITE, "link/secret.html", "output/link/secret.html", ".sitegen/up/secret.html", "up/.env", "hard.html")
SECRET = b"zq-"
WAYS = (
    *(
        "/{}",
        "//{}",
        "///{}",
        "/./{}",
        "/{}/",
        "/{}?x",
        "/{}#x",
        "/{}%00",
        "/{}%00.html",
        "/{}::$DATA",
        "/{}.",
        "/{}%20",
    ),
    *("/../{}", "/%2e%2e/{}", "/..%2f{}", "/..%5c{}", "/..\\{}", "/%252e%252e%252f{}", "/%c0%ae%c0%ae/{}", "/....//{}"),
    *("/./../{}", "//../{}", "/tags/../{}", "/tags/pay/../../../{}", "/posts/../../{}", "/..;/{}", "/%2e%2e%2f{}"),
    *(
        "/.%2e/{}",
        "/%ef%bc%8e%ef%bc%8e/{}",
        "/livereload/../{}",
        "/livereload.js/../../{}",
        "/@fs/{}",
        "/assets/..%2f..%2f{}",
    ),
    *("../{}", "http://localhost/../{}", "file:///{}", "/static/{}", "/content/../{}", "/index.html/../../{}"),
)
"""Each is tried with every file that holds a secret."""
OTHERS = (
    "/etc/passwd",
    "//etc/passwd",
    "/proc/self/environ",
    "/C:/Windows/win.ini",
    "/NUL.txt",
    "/tags/pay/INDEX~1.HTM",
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview of a real site for all that changes nothing."""
    folder = SiteFolder(tmp_path_factory.mktemp("attacks") / "site", SITE, "")
    for name, to in LINKS.items():
        (folder.root / name).symlink_to(folder.root.parent / to)
    os.link(folder.root.parent / "outside/secret.html", folder.root / "hard.html")
    with running(folder.root, lambda: plan_edition(folder.root, Selection(now=NOW))) as preview:
        assert PUBLIC in preview.get("/2008/09/follow-up.html").text
        yield preview


@pytest.fixture
def fresh(preview: StartPreview) -> Preview:
    """A preview of its own for what changes something; nothing reloads but what the test writes."""
    site = preview({"content/index.html": "<head>front"})
    site.get("/")
    return site


def is_alive(site: Preview) -> bool:
    return site.get("/").status == 200


def ask(target: Preview, path: str) -> bytes:
    head = b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    return target.raw(head % path.encode("utf-8", "replace"))


def test_the_secrets_are_there(target: Preview):
    assert all(
        SECRET in (target.root / name).read_bytes() for name in SECRET_FILES if not name.endswith("follow-up.md")
    )


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_secret(target: Preview, way: str):
    for name in SECRET_FILES:
        for path in dict.fromkeys((name, name.removeprefix("../"))):
            data = ask(target, way.format(path))
            assert SECRET not in data, path
            assert parse(data).status in {400, 404}, path
            assert is_alive(target), path


def test_no_path_leaves_the_table(target: Preview):
    for path in (*REFUSED, *OTHERS):
        data = ask(target, path)
        assert SECRET not in data
        assert b"root:" not in data
        assert parse(data).status in {0, 400, 404}, path  # 0: dropped without an answer, as a path of 70 kB is
        assert b"\nX:1" not in data
        assert is_alive(target), path


@pytest.mark.parametrize(
    "folder", ["/tags", "/tags/", "/assets/", "/2008/09/", "/content/", "/.sitegen/", "/output/", "//"]
)
def test_no_folder_is_listed(target: Preview, folder: str):
    data = ask(target, folder)
    assert b"Index of" not in data
    assert b"Directory listing" not in data
    assert SECRET not in data
    assert parse(data).status in {302, 404} or b"<title>" in data


@pytest.mark.parametrize(
    "query", ["x=../secret.html", "raw", "raw??", "url=http://evil.example/", "inline&import", "%00", "../"]
)
def test_a_query_selects_nothing(target: Preview, query: str):
    path = "/2008/09/follow-up.html"
    assert target.get(f"{path}?{query}").status == 200
    assert PUBLIC in target.get(f"{path}?{query}").text
    assert SECRET not in ask(target, f"/livereload.js?{query}")


def test_what_is_not_there_repeats_nothing_of_the_request(target: Preview):
    for path in ("/<script>alert(1)</script>", "/%3Cscript%3Ealert(1)%3C/script%3E", '/"onload=alert(1)', "/{{7*7}}"):
        data = ask(target, path)
        assert parse(data).status in {400, 404}
        assert b"alert(1)" not in data
        assert b"{{7*7}}" not in data


HOSTS = (
    *("", "evil.example", "127.0.0.1.evil", "localhost.evil", "evil@localhost", "localhost.", "localhost:1", "[::2]"),
    *("2130706433", "0x7f000001", "127.1", "localhost/evil", "localhost, evil.example", "xn--localhost", "0"),
)


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload", "/forcereload?path=x", "/nowhere"])
def test_no_other_name_is_answered(target: Preview, path: str):
    for host in HOSTS:
        response = target.get(path, host=host)
        assert response.status in {400, 403}, host
        assert "<title>" not in response.text
        assert "official-7" not in response.text
        assert is_alive(target)


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        (b"GET / HTTP/1.1\r\n", {0, 400, 403}),
        (b"GET / HTTP/1.0\r\n", {400, 403}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", {400, 403}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n", {400, 403}),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n", {403}),
        (b"GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n", {400, 403}),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n", {400}),
        (b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n", {400, 405}),
    ],
)
def test_other_ways_to_name_a_host_are_refused(target: Preview, head: bytes, statuses: set[int]):
    data = target.raw(head + b"Connection: close\r\n\r\n")
    assert (parse(data).status if data else 0) in statuses
    assert b"<title>" not in data
    assert is_alive(target)


def test_a_forwarded_host_changes_nothing(target: Preview):
    response = target.get("/tags/pay", headers="X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n")
    assert response.headers["location"] == "/tags/pay/"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "GETS", "M-X"]
)
@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload"])
def test_other_methods_are_refused(target: Preview, method: str, path: str):
    response = target.get(path, method=method, headers="Content-Length: 0\r\nOrigin: http://evil.example\r\n")
    assert response.status == 405
    assert response.headers["allow"].startswith("GET")
    assert "access-control-allow-origin" not in response.headers
    assert is_alive(target)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n broken: header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        b"GET /\r\n\r\n",
        b"GET\t/\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX\x00: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +1\r\n\r\n1",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + b"9" * 100_000,
    ],
    ids=range(23),
)
def test_garbage_is_refused(target: Preview, data: bytes):
    answer = target.raw(data)
    assert answer == b"" or parse(answer).status in {400, 405}
    assert b"<title>" not in answer
    assert is_alive(target)


@pytest.mark.parametrize("method", [b"GET", b"POST"])
@pytest.mark.parametrize(
    "framing", [b"Content-Length: %d\r\n\r\n%s", b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"]
)
def test_a_smuggled_request_is_none_of_ours(target: Preview, method: bytes, framing: bytes):
    inner = b"GET /2008/09/follow-up.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"%s /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" % method
    data = target.raw(head + framing % (len(inner), inner))
    assert data.count(b"HTTP/1.1 ") == 1
    assert PUBLIC.encode() not in data
    assert is_alive(target)


def test_a_flood_of_ranges_is_the_whole_page(target: Preview):
    ranges = ",".join(f"{n}-{n}" for n in range(5000))
    assert target.get("/", headers=f"Range: bytes={ranges}\r\n").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: http://192.168.1.5:{port}\r\n",
        "Origin: http://localhost:1\r\n",
        "Origin: https://localhost:{port}\r\n",
        "Origin: http://localhost:{port}\r\nOrigin: http://evil.example\r\n",
        "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ],
)
def test_no_other_page_opens_a_socket(target: Preview, headers: str):
    assert target.tab(headers=headers.format(port=target.port)).status == 403
    assert is_alive(target)


@pytest.mark.parametrize("fetch_site", ["Sec-Fetch-Site: same-origin\r\n", ""])
def test_our_own_pages_do(target: Preview, fetch_site: str):
    assert target.tab(headers=f"Origin: http://localhost:{target.port}\r\n{fetch_site}").status == 101


@pytest.mark.parametrize(
    ("opcode", "data"),
    [
        (1, b'{"command": "reload", "path": "*"}'),
        (1, b'{"command": "url", "url": "x"}'),
        (1, b'{"command": ["hello"]}'),
        (1, b'{"no": "command"}'),
        (1, b'["hello"]'),
        (1, b'"hello"'),
        (1, b"null"),
        (1, b"garbage"),
        (1, b""),
        (1, b"\xff\xfe"),
        (1, b'{"command": "hello", "x": ' + b"[" * 4000),
        (1, b'{"command": "hello", "x": "%s"}' % (b"x" * 5000)),
        (2, b'{"command": "hello"}'),
        (7, b"no such frame"),
    ],
    ids=range(14),
)
def test_any_other_message_closes_the_socket(fresh: Preview, opcode: int, data: bytes):
    other, tab = fresh.tab(), fresh.tab()
    tab.send_frame(opcode, data)
    assert tab.receive() == {}
    assert is_alive(fresh)
    fresh.write("content/index.html", "<head>front two")
    assert other.receive()["command"] == "reload"


def test_a_deep_message_harms_nobody(target: Preview):
    """How deep JSON may be depends on Python: where it cannot be read, the socket is closed, else it is a greeting."""
    data = b'{"command": "hello", "x": ' + b"[" * 2000 + b"]" * 2000 + b"}"
    try:
        answer = json.loads(data)["command"]
    except RecursionError:
        answer = None
    tab = target.tab()
    tab.send_frame(1, data)
    assert tab.receive().get("command") == answer
    assert is_alive(target)


@pytest.mark.parametrize(
    "frames",
    [
        b"\x81\x05hello",
        b"\xc1\x85" + bytes(4) + b"hello",
        b"\x81\xff" + struct.pack(">Q", 2**63 - 1) + bytes(4),
        b"\x81\xff" + struct.pack(">Q", 2**63) + bytes(4),
        (b"\x01\xfe" + struct.pack(">H", 4000) + bytes(4) + b"x" * 4000)
        + (b"\x80\xfe" + struct.pack(">H", 4000) + bytes(4) + b"x" * 4000),
        b"\x80\x85" + bytes(4) + b"hello",
        b"\x89\xfe" + struct.pack(">H", 200) + bytes(4) + b"x" * 200,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x88\x82" + bytes(4) + b"\x03\xe8",
    ],
    ids=["no mask", "compressed", "endless", "negative", "parts", "end of nothing", "long ping", "no frame", "goodbye"],
)
def test_a_frame_that_is_none_closes_the_socket(target: Preview, frames: bytes):
    tab = target.tab()
    tab.connection.sendall(frames)
    assert tab.receive() == {}
    assert is_alive(target)


def test_a_message_in_many_parts_is_not_kept(target: Preview):
    tab = target.tab()
    parts = [first + b"\x81" + bytes(4) + b"x" for first in (b"\x01", *[b"\x00"] * 100_000)]
    with suppress(ConnectionError):
        tab.connection.sendall(b"".join(parts))
        assert tab.receive() == {}
    assert is_alive(target)


@pytest.mark.parametrize("plugins", [None, [], {"sitegen": 1}, {"sitegen": {"edition": ["x"]}}, {"sitegen": {}}])
def test_a_greeting_may_say_anything_about_plugins(fresh: Preview, plugins: object):
    tab = fresh.tab()
    tab.send({"command": "info", "url": "x", "plugins": plugins})
    fresh.write("content/index.html", "<head>front two")
    assert tab.order()["do"] == "reload"


def test_messages_name_no_file(fresh: Preview):
    tab = fresh.tab()
    fresh.write("content/private-name.html", "<head>")
    fresh.write("content/index.html", "<head>front two")
    message = tab.receive()
    assert (message["command"], message["path"]) == ("reload", "sitegen")
    assert "private-name" not in str(message)
    assert "content" not in str(message)

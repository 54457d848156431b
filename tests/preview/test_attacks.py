"""The attack list of a preview, over raw sockets: nothing of eight secrets ever leaves, and it lives on."""

import os
from collections.abc import Iterator

import pytest
from previews import REFUSED, Preview, StartPreview, parse, plan_folder, running

PLANT = "PLANTED-WORDS"
PLANTED = (
    *("site/.env", "site/.git/config", "site/.sitegen/manifest", "site/output/secret.html", "site/secret.html"),
    *("secret.html", "site-x/secret.html", "site/sitegen.toml"),
)
"""Below the folder in which the site's folder lies."""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all that changes nothing."""
    root = tmp_path_factory.mktemp("attacks") / "site"
    for path, text in {"index.html": "<head>front", "tags/pay/index.html": "<head>tag"}.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text)
    for path in PLANTED:
        (root.parent / path).parent.mkdir(parents=True, exist_ok=True)
        (root.parent / path).write_text(PLANT)
    (root / "link").symlink_to(root.parent)
    os.link(root.parent / "secret.html", root / "hard.html")
    with running(root, lambda: plan_folder(root)) as preview:
        yield preview


@pytest.fixture
def fresh(preview: StartPreview) -> Preview:
    """A preview of its own for what changes something; nothing reloads but what the test writes."""
    site = preview({"content/index.html": "<head>front"})
    site.get("/")
    return site


def is_alive(site: Preview) -> bool:
    return site.get("/").status == 200


def test_no_path_leaves_the_table(target: Preview):
    paths = (*REFUSED, *(f"/{path}" for path in PLANTED), "/link/secret.html", "/hard.html", "/tags/")
    for path in paths:
        data = target.raw(
            b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path.encode("utf-8", "replace")
        )
        assert PLANT.encode() not in data
        assert parse(data).status in {0, 400, 404}, path  # 0: dropped without an answer, as a path of 70 kB is
        assert b"\nX:1" not in data
    assert is_alive(target)


HOSTS = (
    *("", "evil.example", "127.0.0.1.evil", "localhost.evil", "evil@localhost", "localhost.", "localhost:1", "[::2]"),
    *("2130706433", "0x7f000001", "127.1", "localhost/evil", "localhost, evil.example", "xn--localhost", "0"),
)


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload", "/forcereload?path=x", "/nowhere"])
def test_no_other_name_is_answered(target: Preview, path: str):
    for host in HOSTS:
        response = target.get(path, host=host)
        assert response.status in {400, 403}, host
        assert "front" not in response.text
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
    assert b"front" not in data
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
    ],
    ids=range(11),
)
def test_garbage_is_refused(target: Preview, data: bytes):
    answer = target.raw(data)
    assert answer == b"" or parse(answer).status in {400, 405}
    assert b"front" not in answer
    assert is_alive(target)


def test_a_smuggled_request_is_none_of_ours(target: Preview):
    inner = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(inner)
    data = target.raw(head + inner)
    assert data.count(b"HTTP/1.1 ") == 1
    assert b"front" not in data


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


def nested(depth: int) -> bytes:
    return b'{"command":"hello","x":' + b"[" * depth + b"]" * depth + b"}"


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
        (1, nested(2000)),
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

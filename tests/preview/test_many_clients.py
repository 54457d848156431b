"""E4: clients that are many, slow, silent or greedy hold nobody up."""

import queue
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import cast

import pytest
from previews import PATIENCE_S, Preview, StartPreview, parse
from tiny import PLAIN_CONFIG, SiteFolder, post

from sitegen.preview.connections import most_connections
from sitegen.preview.server import PreviewServer

pytestmark = pytest.mark.untraced

resource = pytest.importorskip("resource", reason="descriptors are limited on POSIX systems")

PROMPTLY_S = 1.0
"""0.2 s are promised, on a machine that does nothing else."""
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
FILES = {"content/posts/a.md": post("A", body="First."), "content/static/film.webm": "x" * 2_000_000}
SERVE = """
import resource, sys
from pathlib import Path
if descriptors := int(sys.argv[2]):
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
from sitegen.preview import serve
serve(Path(sys.argv[1]), port=0, on_event=lambda event: print(event, flush=True))
"""


@pytest.fixture(autouse=True)
def descriptors() -> Iterator[None]:
    """Let this process have a thousand connections."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(before[1], 20_000), before[1]))
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 1500:
        pytest.skip("the system grants too few descriptors")
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextmanager
def serving(root: Path, descriptors: int = 0) -> Iterator[Preview]:
    """Run a preview in a process of its own, which shares no lock with the clients here; it complains of nothing."""
    SiteFolder(root, FILES, PLAIN_CONFIG)
    command = [sys.executable, "-c", SERVE, str(root), str(descriptors)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            found = re.search(r":(\d+)/", child.stdout.readline())
            assert found
            site = Preview(root, int(found[1]), cast(PreviewServer, None), queue.Queue())
            assert site.get("/").status == 200
            yield site
            assert child.poll() is None
        finally:
            child.terminate()
            _, complaints = child.communicate(timeout=PATIENCE_S)
    assert complaints == ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with serving(tmp_path_factory.mktemp("crowd") / "site") as site:
        yield site


@contextmanager
def clients(port: int, number: int, said: bytes = b"") -> Iterator[list[socket.socket]]:
    """Connections that say something and then nothing more."""
    with ExitStack() as stack:
        opened = []
        for _ in range(number):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S))
            with suppress(ConnectionError):
                client.sendall(said)
            opened.append(client)
        yield opened


def assert_prompt(site: Preview) -> None:
    """Check that pages are answered, and at once as far as this machine does nothing else meanwhile."""
    assert min(seconds_of_answer(site) for _ in range(5)) < PROMPTLY_S


def seconds_of_answer(site: Preview) -> float:
    started = perf_counter()
    assert site.get("/").status == 200
    return perf_counter() - started


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (500, b""),
        (1000, b""),
        (500, b"GET / HTTP/1.1\r\nHost: loc"),
        (500, b"\x16\x03\x01"),
        (300, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nx"),
        (300, b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx"),
        (30, b"GET /film.webm HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (5, (HEAD + b"\r\n") * 1000),
        (300, HEAD + b"Range: bytes=" + b",".join(b"%d-" % n for n in range(5000)) + b"\r\n\r\n"),
        (500, HEAD + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n"),
    ],
    ids=["idle", "very many", "head", "TLS", "body", "chunks", "readers of nothing", "pipelines", "ranges", "sockets"],
)
def test_others_are_served_at_once(site: Preview, number: int, said: bytes):
    with clients(site.port, number, said):
        assert_prompt(site)
    assert_prompt(site)


def test_a_head_that_comes_letter_by_letter(site: Preview):
    with clients(site.port, 100, HEAD) as slow:
        for letter in b"X-Slow: yes":
            for client in slow:
                client.sendall(bytes([letter]))
            assert_prompt(site)
        for client in slow:
            client.sendall(b"\r\nConnection: close\r\n\r\n")
        answers = [b"".join(iter(lambda client=client: client.recv(65536), b"")) for client in slow]  # type: ignore[misc]
    assert {parse(answer).status for answer in answers} == {200}


def test_a_head_of_ten_megabytes_is_not_kept(site: Preview):
    for separator in (b"a", b"a: b\r\n"):
        assert parse(site.raw(HEAD + b"X: " + separator * (10_000_000 // len(separator)) + b"\r\n\r\n")).status in {
            0,
            400,
        }
        assert_prompt(site)


@pytest.mark.parametrize("said", [b"", b"GET / HT", HEAD + b"\r\n"])
def test_who_hangs_up_is_forgotten(site: Preview, said: bytes):
    with clients(site.port, 200, said) as half_closed:
        for client in half_closed:
            client.shutdown(socket.SHUT_WR)
        assert_prompt(site)
        for client in half_closed:
            while client.recv(65536):
                pass
    with clients(site.port, 50, b"GET /film.webm HTTP/1.1\r\nHost: localhost\r\n\r\n") as rude:
        for client in rude:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closed with a reset
    assert_prompt(site)


def test_open_pages_stay_connected(site: Preview):
    tabs = [site.tab() for _ in range(3)]
    with clients(site.port, 1000):
        assert_prompt(site)
        site.write("content/posts/a.md", post("A", body="Second."))
        assert [tab.receive()["command"] for tab in tabs] == ["reload"] * 3
    for tab in tabs:
        tab.close()


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HT", HEAD, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx", HEAD + b"\r\n"],
)
def test_whoever_is_silent_for_long_is_shown_out(preview: StartPreview, monkeypatch: pytest.MonkeyPatch, said: bytes):
    monkeypatch.setattr("sitegen.preview.server._IDLE_S", 0.2)
    site = preview({"content/index.html": "<head>front", "content/film.webm": "x"})
    assert site.get("/").status == 200
    with clients(site.port, 1, said) as (silent,):
        while silent.recv(65536):
            pass


@pytest.mark.parametrize(("granted", "most"), [(20, 16), (256, 128), (1024, 512), (10**6, 512), (-1, 512)])
def test_half_of_the_descriptors_are_for_clients(monkeypatch: pytest.MonkeyPatch, granted: int, most: int):
    monkeypatch.setattr("resource.getrlimit", lambda _: (granted, granted))
    assert most_connections() == most


@pytest.mark.parametrize("said", [b"", HEAD + b"\r\n"], ids=["silent", "kept alive"])
def test_it_never_runs_out_of_descriptors(tmp_path: Path, said: bytes):
    with serving(tmp_path / "site", descriptors=128) as site, clients(site.port, 400, said):
        assert_prompt(site)


def test_who_asks_now_and_then_stays_connected(tmp_path: Path):
    with serving(tmp_path / "site", descriptors=128) as site, clients(site.port, 1) as (reader,), ExitStack() as crowd:
        for _ in range(10):
            reader.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert parse(reader.recv(65536)).status == 200
            crowd.enter_context(clients(site.port, 20))
            assert_prompt(site)

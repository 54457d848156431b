"""Previews seen from outside: raw requests, events, and open pages as LiveReload's protocol sees them."""

import base64
import html
import json
import queue
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import quote

from sitegen.build import Edition
from sitegen.errors import Finding, Place, SourceError
from sitegen.planning import Plan
from sitegen.preview.events import Event, Noticed, Serving
from sitegen.preview.following import Follower
from sitegen.preview.server import PreviewServer
from sitegen.view import Route, SiteView, TextFile, View

_E = TypeVar("_E")
PATIENCE_S = 10
SCRIPT = re.compile(r'<script src="/livereload\.js\?[^"]*" data-sitegen="([^"]*)"></script>')
REFUSED = (
    *(
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/..%5csecret.html",
        "/%252e%252e%252fsecret.html",
    ),
    *("/%c0%ae%c0%ae/secret.html", "/....//secret.html", "/./../secret.html", "//secret.html", "///etc/passwd"),
    *("/..\\secret.html", "/\\evil.com", "//evil.com/%2e%2e/tags/pay", "//evil.com/tags/pay", "/%00", "/a%00.html"),
    *("/index.html%00", "/a%0d%0aX:1", "/../pages-x/secret.html", "/.env", "/.git/config", "/.sitegen/manifest"),
    *("/index.html~", "/CON", "/index.html::$DATA", "/INDEX~1.HTM", "/x#../secret.html", "http://evil/", "*", ""),
    *(
        "/content/index.html",
        "/secret.html",
        "/%",
        "/%zz",
        "/ü",
        "/a b+c.html",
        "/\x00",
        "/about.html\x00",
        "about.html",
    ),
    *("/tags/../about.html", "/tags/./pay/", "/%2f", "/%ff", "/" + "a" * 70_000, "/" + "../" * 5_000),
)
"""Targets that must get nothing: RELIABILITY.md, attack list of the preview."""


def plan_folder(root: Path, base: str = "/", editor: str | None = None) -> Edition:
    """Plan what lies below `root`/content as it is; a file that says BROKEN cannot be read, FAULTY not rendered.

    BUG and BUG-IN-RENDERING stand for faults of sitegen itself.
    """
    files = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()
    }
    for path, data in files.items():
        if b"BROKEN" in data:
            raise SourceError(
                Finding("not to be read", Place(path, 1, data.find(b"BROKEN") + 1), excerpt=data.decode())
            )
        if data == b"BUG":
            raise ZeroDivisionError("a bug")
    routes = {}
    for path in files:
        output = path.removeprefix("content/")
        url = "/" + quote(output.removesuffix("index.html"))
        routes[url] = Route(url, output, "text", View(None, TextFile(path)), (path,))

    def render(route: Route) -> bytes:
        data = files[route.sources[0]]
        if b"FAULTY" in data:
            raise SourceError.of("not to be rendered", path=route.sources[0])
        if data == b"BUG-IN-RENDERING":
            raise ZeroDivisionError("a bug in rendering")
        return data

    plan = Plan(tuple(routes.values()), cast(SiteView, None), (), (), 0, 0, None)
    config, theme = SimpleNamespace(base=base, editor=editor), SimpleNamespace(assets={})
    return cast(Edition, SimpleNamespace(config=config, theme=theme, plan=plan, render=render))


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Preview:
    """A preview that runs, seen from outside."""

    root: Path
    port: int
    server: PreviewServer
    events: "queue.Queue[Event]"
    before: list[Event] = field(default_factory=list)
    """Events that came before it served."""
    tabs: list["Tab"] = field(default_factory=list)

    def raw(self, request: bytes) -> bytes:
        """Send bytes, return all that comes back until the server closes."""
        return raw(self.port, request)

    def get(self, path: str = "/", *, method: str = "GET", host: str | None = None, headers: str = "") -> Response:
        """Ask for a path exactly as it is given."""
        name = f"127.0.0.1:{self.port}" if host is None else host
        head = f"{method} {path} HTTP/1.1\r\nHost: {name}\r\n{headers}Connection: close\r\n\r\n"
        return parse(self.raw(head.encode("latin-1")))

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def next_event(self, kind: type[_E]) -> _E:
        """Wait for the next event, which must be of this kind; what is noticed on the way is passed over."""
        event = self.events.get(timeout=PATIENCE_S)
        while isinstance(event, Noticed) and kind is not Noticed:
            event = self.events.get(timeout=PATIENCE_S)
        assert isinstance(event, kind), event
        return event

    def tab(self, path: str = "/", *, headers: str = "", shown: str | None = None) -> "Tab":
        """Open a page; it shows what has the digest `shown`, by default what the preview answers now."""
        tab = Tab(self.port, headers)
        self.tabs.append(tab)
        if tab.status == 101:
            tab.greet(path, shown_by(self.get(path)) if shown is None else shown)
        return tab


def known_by(response: Response) -> dict[str, Any]:
    """Return what the script of a page knows."""
    found = SCRIPT.search(response.text)
    return cast(dict[str, Any], json.loads(html.unescape(found[1]))) if found else {}


def shown_by(response: Response) -> str:
    """Return the digest of what a page shows."""
    return str(known_by(response).get("shown", ""))


def raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
        try:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b""


def parse(data: bytes) -> Response:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Response(int(first.split(" ")[1]) if first else 0, headers, body)


class Tab:
    """An open page, as LiveReload's socket sees it (RFC 6455, short frames only but for what is sent)."""

    def __init__(self, port: int, headers: str = "") -> None:
        key = base64.b64encode(b"sixteen bytes it").decode()
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self.connection.sendall(
            f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{headers}\r\n".encode()
        )
        self.stream = self.connection.makefile("rb")
        self.status = int(self.stream.readline().split()[1])
        while self.stream.readline().strip():
            pass

    def greet(self, path: str = "/", shown: str = "") -> None:
        self.send({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
        assert self.receive()["command"] == "hello"
        self.inform(path, shown)

    def inform(self, path: str, shown: str) -> None:
        """Tell what the page shows, as after a reload."""
        plugins = {"sitegen": {"shown": shown}} if shown else {}
        self.send({"command": "info", "url": f"http://127.0.0.1{path}", "plugins": plugins})

    def order(self) -> dict[str, Any]:
        """Return what the page is told next to do."""
        message = self.receive()
        return cast(dict[str, Any], json.loads(message["originalPath"])) if message else {}

    def send(self, message: dict[str, Any]) -> None:
        self.send_frame(1, json.dumps(message).encode())

    def send_frame(self, opcode: int, data: bytes) -> None:
        size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
        self.connection.sendall(bytes([0x80 | opcode]) + size + bytes(4) + data)  # a mask of zeros changes nothing

    def receive(self, timeout: float = PATIENCE_S) -> dict[str, Any]:
        """Return the next message; an empty one when the server has closed the socket."""
        self.connection.settimeout(timeout)
        head = self.stream.read(2)
        if len(head) < 2 or head[0] & 0x0F == 8:
            return {}
        size = head[1]
        if size == 126:
            (size,) = struct.unpack(">H", self.stream.read(2))
        return cast(dict[str, Any], json.loads(self.stream.read(size)))

    def close(self) -> None:
        self.stream.close()
        self.connection.close()


@contextmanager
def running(root: Path, plan: Callable[[], Edition] | Follower, port: int = 0, **options: Any) -> Iterator[Preview]:
    """Run a preview in a thread; at the end it must be gone, with all its threads. `options` are the server's."""
    events: queue.Queue[Event] = queue.Queue()
    server = PreviewServer(root, plan if isinstance(plan, Follower) else lambda _paths: plan(), events.put, **options)
    thread = threading.Thread(target=server.run, args=("127.0.0.1", port))
    thread.start()
    preview = Preview(root, 0, server, events)
    while not isinstance(event := events.get(timeout=PATIENCE_S), Serving):
        preview.before.append(event)
    preview.port = int(event.url.rstrip("/").rpartition(":")[2])
    try:
        yield preview
    finally:
        for tab in preview.tabs:
            tab.close()
        server.stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


class StartPreview(Protocol):
    """The fixture `preview`."""

    def __call__(
        self, files: dict[str, str], *, base: str = "/", port: int = 0, plan: Callable[[], Edition] | None = None
    ) -> Preview: ...

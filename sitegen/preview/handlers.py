"""HTTP and the reload socket: each request passes one gate, and gets what the table has, or a plain refusal."""

import json
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from sitegen.errors import SitegenError
from sitegen.preview.access import Access
from sitegen.preview.injection import EDIT_PATH, SCRIPT_PATH, SOCKET_PATH, inject, script_tag
from sitegen.preview.media_types import TEXT
from sitegen.preview.ranges import part_asked_for
from sitegen.preview.tabs import target_of

if TYPE_CHECKING:
    from sitegen.preview.server import PreviewServer

__all__ = ["PreviewApplication", "Socket", "open_pages"]

_MESSAGE_BYTES = 4096
_PROTOCOL_ERROR = 1002  # RFC 6455 section 7.4.1
_COMMANDS = ("hello", "info")
_HOME = ("127.0.0.1", "::1")
_DIGITS = 8
_PLUGIN = "sitegen"
_CLIENT = (Path(__file__).parent / "client" / "preview.js").read_bytes()


class PreviewApplication(Application):
    """The routes of a preview, behind one gate."""

    def __init__(self, server: "PreviewServer", access: Access, port: int) -> None:
        super().__init__(
            [(SOCKET_PATH, Socket), (EDIT_PATH, _Edit), (SCRIPT_PATH.replace(".", r"\."), _Script), (".*", _Page)],
            log_function=_log_nothing,
            websocket_max_message_size=_MESSAGE_BYTES,
        )
        self.server = server
        self.access = access
        self.port = port

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:  # noqa: ANN401  Tornado's own class
        """Return what handles a request: nothing but a refusal when it names another host."""
        if not self.access.admits_host(request.headers.get_list("Host")):
            return self.get_handler_delegate(request, _Refusal)
        return super().find_handler(request, **kwargs)


class _Gated(RequestHandler):
    """Headers, methods and refusals that are the same for all."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @property
    def preview(self) -> PreviewApplication:
        return cast(PreviewApplication, self.application)

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Type", TEXT)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        # As the site's own `_headers` say: no other site shows a page in a frame, where a click is not what it seems.
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", ", ".join(self.SUPPORTED_METHODS))
        self.finish(f"{HTTPStatus(status_code).phrase}.\n")

    def compute_etag(self) -> None:
        """Give no answer a tag, since none is kept."""

    @property
    def is_at_home(self) -> bool:
        """Whether the browser runs on this machine."""
        return self.request.remote_ip in _HOME

    def refuse(self, sentence: str) -> None:
        self.set_status(HTTPStatus.FORBIDDEN)
        self.finish(f"{sentence}\n")


class _Refusal(_Gated):
    """The answer to a request by another name."""

    SUPPORTED_METHODS = RequestHandler.SUPPORTED_METHODS  # type: ignore[assignment]  # a longer tuple

    def prepare(self) -> None:
        self.refuse("This preview answers only under its own address, the one that sitegen printed.")


class _Page(_Gated):
    """Everything of the site."""

    async def get(self) -> None:
        server = self.preview.server
        await server.ready.wait()
        answer, page = await IOLoop.current().run_in_executor(
            server.renderer, server.answering.respond, self.request.uri
        )
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.media_type)
        if answer.location:
            self.set_header("Location", answer.location)
        body = answer.body
        if page is not None:
            known = page | {"edits": page["edits"] and self.is_at_home}
            body = inject(body, script_tag(self.request.host, self.preview.port, known))
        self.finish(self._part_of(body) if answer.status == HTTPStatus.OK else body)

    head = get

    def _part_of(self, body: bytes) -> bytes:
        """Return what is asked for of a file, and say in the headers which part that is."""
        self.set_header("Accept-Ranges", "bytes")
        # Nothing is kept, so no part can belong to one that somebody has (If-Range).
        asks = self.request.method == "GET" and "If-Range" not in self.request.headers
        part = part_asked_for(self.request.headers.get_list("Range"), len(body)) if asks else None
        if part is None:
            return body
        if not part:
            self.set_status(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.set_header("Content-Range", f"bytes */{len(body)}")
            return b""
        self.set_status(HTTPStatus.PARTIAL_CONTENT)
        self.set_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{len(body)}")
        return body[part.start : part.stop]


class _Edit(_Gated):
    """The writer's editor, at a file of the site: only for the bar and the errors in a page on this machine."""

    SUPPORTED_METHODS = ("POST",)  # type: ignore[assignment]

    async def post(self) -> None:
        origins = self.request.headers.get_list("Origin")
        if not origins or not self.preview.access.admits_origin(origins, None) or not self.is_at_home:
            self.refuse("Only pages of this preview, on the machine where it runs, may open files.")
            return
        path, line = self.get_query_argument("path", ""), self.get_query_argument("line", "")
        number = int(line) if line.isdecimal() and len(line) < _DIGITS else 1
        try:
            self.preview.server.open_file(path, max(number, 1))
        except SitegenError as error:
            self.set_status(HTTPStatus.CONFLICT)
            self.finish("".join(f"{finding.what}\n" for finding in error.findings))


class _Script(_Gated, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """LiveReload's own script, with ours in front: it finds us as a plugin."""

    def get(self) -> None:
        self.write(_CLIENT)
        super().get()

    head = get


class Socket(_Gated, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """An open page, at the other end of LiveReload's socket: it greets us, and is told what to do."""

    SUPPORTED_METHODS = ("GET",)  # type: ignore[assignment]

    def initialize(self) -> None:
        self.target = "/"
        """What it shows: path and query."""
        self.shown = ""
        """Digest of what it shows; empty when it did not say."""
        self.has_errors = False
        self.is_leaving = False
        """Whether it was told to reload: it connects anew when it is back."""

    def prepare(self) -> None:
        headers = self.request.headers
        if not self.preview.access.admits_origin(headers.get_list("Origin"), headers.get("Sec-Fetch-Site")):
            self.refuse("Only pages of this preview may connect to it.")

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this origin may connect; LiveReload lets any."""
        return self.preview.access.admits_origin([origin], None)

    def on_message(self, message: str | bytes) -> None:
        greeting = _read_greeting(message)
        if greeting is None:
            self.close(_PROTOCOL_ERROR)
            return
        super().on_message(message)
        if greeting["command"] == "info":
            known = _known_by(greeting)
            self.target, self.is_leaving = target_of(greeting.get("url")), False
            self.shown, self.has_errors = str(known.get("shown", "")), known.get("errors") is True
            # It may have been loaded before the last change, and would never hear of that.
            self.preview.server.update(self)

    def tell(self, order: dict[str, Any]) -> None:
        """Have the page do something; LiveReload's protocol carries it as a reload of a path that has no file."""
        self.shown = order.get("shown", self.shown)
        self.has_errors, self.is_leaving = order["do"] == "errors", order["do"] == "reload"
        with suppress(WebSocketClosedError):
            self.write_message({"command": "reload", "path": _PLUGIN, "originalPath": json.dumps(order)})


def open_pages() -> tuple[Socket, ...]:
    """Return the pages that are open now; on the loop's thread only."""
    return tuple(cast("set[Socket]", LiveReloadHandler.waiters))


def _log_nothing(_handler: RequestHandler) -> None:
    """Leave requests out of the log: the preview prints nothing."""


def _read_greeting(message: str | bytes) -> dict[str, Any] | None:
    """Return one of the two messages that a page may send, or None if it is another."""
    if not isinstance(message, str):
        return None
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and data.get("command") in _COMMANDS else None


def _known_by(greeting: dict[str, Any]) -> dict[str, Any]:
    """Return what our script says of its page: digest of what it shows, and whether errors stand over it."""
    plugins = greeting.get("plugins")
    plugin = plugins.get(_PLUGIN) if isinstance(plugins, dict) else None
    return plugin if isinstance(plugin, dict) else {}

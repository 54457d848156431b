"""LiveReload's server with its watcher and its application replaced.

Its handlers, protocol and script stay; what it serves, whom it answers and how it notices a save are ours.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop

from sitegen.build import Edition
from sitegen.errors import Finding, UsageError
from sitegen.preview.access import Access
from sitegen.preview.connections import BoundedHTTPServer
from sitegen.preview.editions import Change, Editions
from sitegen.preview.events import Event, Failed, PortTaken, Reloaded, Serving, What
from sitegen.preview.handlers import PreviewApplication, reload_pages
from sitegen.preview.pages import Answer, answer
from sitegen.preview.watching import SiteWatcher
from sitegen.preview.worker import Worker

__all__ = ["PreviewServer"]

_PORTS = 20
_LAST_PORT = 65535
_HEADER_BYTES = 64 * 1024
_BODY_BYTES = 64 * 1024
_IDLE_S = 75.0
_CLOSING_S = 0.3
_BACKLOG = 1024
_LOGGERS = ("livereload", "tornado")


class PreviewServer(Server):  # type: ignore[misc]  # livereload has no types
    """A preview of the site in one folder. One at a time: LiveReload keeps its sockets in a class."""

    def __init__(self, root: Path, plan: Callable[[], Edition], on_event: Callable[[Event], None]) -> None:
        self.editions = Editions(plan, self._on_change)
        self.renderer = Worker("sitegen-rendering")
        self.ready = asyncio.Event()
        """Set when there is a snapshot to answer from."""
        self._on_event = on_event
        self._told: set[tuple[Finding, ...]] = set()
        self._loop = asyncio.new_event_loop()
        self._closing: asyncio.Task[None] | None = None
        super().__init__(watcher=SiteWatcher(root, self.editions.changed))

    def run(self, host: str, port: int) -> None:
        """Listen and answer until `stop` is called. Raises UsageError when that is impossible."""
        asyncio.set_event_loop(self._loop)
        try:
            with _quiet():
                self.serve(port=port, host=host, debug=False)
        finally:
            self.watcher.stop()
            self.editions.stop(_CLOSING_S)
            self.renderer.stop(_CLOSING_S)
            self._loop.close()
            asyncio.set_event_loop(None)

    def stop(self) -> None:
        """End it; may be called in any thread and from a signal's handler."""
        self._call(self._begin_closing)

    def application(self, port: int, host: str, *_: object, **__: object) -> None:
        """Listen; called by LiveReload's `serve`."""
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        # What an earlier preview in this process left behind.
        LiveReloadHandler.waiters.clear()
        LiveReloadHandler._last_reload_time = None
        listener = self._listen(host, port)
        number = listener.getsockname()[1]
        application = PreviewApplication(self, Access.of(host, number), number)
        self._http = BoundedHTTPServer(
            application,
            max_header_size=_HEADER_BYTES,
            max_body_size=_BODY_BYTES,
            idle_connection_timeout=_IDLE_S,
            body_timeout=_IDLE_S,
        )
        self._http.add_socket(listener)
        self._on_event(Serving(f"http://{_shown(host)}:{number}/"))

    def respond(self, target: str) -> tuple[Answer, str]:
        """Return the answer to a request for `target`, and the number of the edition it is of; in the renderer."""
        snapshot = self.editions.current
        assert snapshot is not None  # noqa: S101  `ready` says so
        found = answer(snapshot, target)
        if found.findings:
            if self.editions.current is not snapshot:
                # A file was saved between planning and rendering; by now it is planned as it is.
                return self.respond(target)
            self._call(self._tell_failure, found.findings)
        return found, snapshot.number

    def _listen(self, host: str, port: int) -> socket.socket:
        """Return a socket that listens on `port`, or on the next that is free."""
        last = min(port + _PORTS - 1, _LAST_PORT)
        for candidate in range(port, last):
            with suppress(_TakenError):
                return _listener(host, candidate)
            self._on_event(PortTaken(candidate, candidate + 1))
        try:
            return _listener(host, last)
        except _TakenError as error:
            hint = "choose another with --port"
            raise UsageError.of(f"the ports {port} to {last} are all taken", hint=hint) from error

    def _on_change(self, change: Change) -> None:
        self._call(self._announce, change)

    def _announce(self, change: Change) -> None:
        """Tell pages and whoever started this about a change; on the loop's thread."""
        self.ready.set()
        self._told.clear()
        what = _what(change)
        # The path of a message chooses what the script does, so it needs no real one: pages learn no path from it.
        reload_pages("*.css" if what is What.STYLES else "*")
        if change.snapshot.findings:
            self._on_event(Failed(change.snapshot.findings))
        elif change.before:
            self._on_event(Reloaded(change.paths, change.seconds, what))

    def _tell_failure(self, findings: tuple[Finding, ...]) -> None:
        """Tell once per edition about a page that cannot be rendered; on the loop's thread."""
        if findings not in self._told:
            self._told.add(findings)
            self._on_event(Failed(findings))

    def _call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function on the loop's thread, unless all is over."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, *arguments)

    def _begin_closing(self) -> None:
        self._closing = self._closing or self._loop.create_task(self._close())

    async def _close(self) -> None:
        self._http.stop()
        for page in tuple(LiveReloadHandler.waiters):
            page.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._http.close_all_connections(), _CLOSING_S)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=_CLOSING_S)
        IOLoop.current().stop()

    def _setup_logging(self) -> None:
        """Log nothing: what happens is told as events."""


class _TakenError(Exception):
    """Something else listens on a port."""


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises _TakenError, or UsageError when it never can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _TakenError from error
        raise UsageError.of(
            f"cannot listen on port {port} of {host}: {(error.strerror or str(error)).lower()}",
            hint="choose a port with --port and an address of this machine with --host",
        ) from error
    listener.settimeout(0)
    return listener


def _shown(host: str) -> str:
    """Return the name by which a browser on this machine reaches a server that listens at `host`."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _what(change: Change) -> What:
    """Return what open pages have to do.

    A stylesheet of the site keeps its address, so that it alone can be loaded again; one of the theme has its digest
    in its name.
    """
    clean = change.before and not change.before.findings and not change.snapshot.findings
    styles = change.paths and all(path.startswith("content/static/") and path.endswith(".css") for path in change.paths)
    return What.STYLES if clean and styles else What.PAGES


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libraries log off the terminal, unless somebody has asked for it."""
    handler = logging.NullHandler()
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
    try:
        yield
    finally:
        for name in _LOGGERS:
            logging.getLogger(name).removeHandler(handler)

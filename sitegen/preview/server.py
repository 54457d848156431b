"""LiveReload's server with its watcher and its application replaced.

Its handlers, protocol and script stay; what it serves, whom it answers and how it notices a save are ours.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop

from sitegen.errors import Finding, Place, UsageError
from sitegen.preview.access import Access
from sitegen.preview.answering import Answering
from sitegen.preview.connections import BoundedHTTPServer
from sitegen.preview.editions import Change, Editions, Planner
from sitegen.preview.events import Event, Failed, Noticed, PortTaken, Reloaded, Serving
from sitegen.preview.handlers import PreviewApplication, Socket, open_pages
from sitegen.preview.rehearsal import rehearsal
from sitegen.preview.snapshot import Snapshot
from sitegen.preview.tabs import Files, message_for
from sitegen.preview.watching import SiteWatcher, concerns
from sitegen.preview.worker import Worker
from sitegen.theme import Theme

__all__ = ["Edit", "PreviewServer"]

Edit = Callable[[str, Path, int], None]
"""Opens a file at a line with the command of an editor that the configuration names; returns at once."""

_PORTS = 20
_LAST_PORT = 65535
_HEADER_BYTES = 64 * 1024
_BODY_BYTES = 64 * 1024
_IDLE_S = 75.0
_CLOSING_S = 0.3
_BACKLOG = 1024
_NO_FILES = Files({}, ())
_LOGGERS = ("livereload", "tornado")


class PreviewServer(Server):  # type: ignore[misc]  # livereload has no types
    """A preview of the site in one folder. One at a time: LiveReload keeps its sockets in a class."""

    def __init__(
        self,
        root: Path,
        plan: Planner,
        on_event: Callable[[Event], None],
        *,
        edit: Edit | None = None,
        lan_address: str = "",
        polling: bool = False,
    ) -> None:
        self.editions = Editions(plan, self._on_change)
        self.answering = Answering(self.editions, lambda findings: self._call(self._tell_failure, findings))
        self.renderer = Worker("sitegen-rendering")
        """The thread that answers."""
        self.ready = asyncio.Event()
        """Set when there is a snapshot to answer from."""
        self._root = root
        self._on_event = on_event
        self._edit = edit
        self._lan_address = lan_address
        self._telling = asyncio.Lock()
        self._tasks: set[asyncio.Task[object]] = set()
        self._told: set[tuple[str, Place]] = set()
        """What of the pages of this edition was told to be wrong."""
        self._changed: tuple[str, ...] = ()
        """Files of the last change."""
        self._tried: Theme | None = None
        """The theme that was tried last, or was there from the beginning."""
        self._loop = asyncio.new_event_loop()
        self._closing: asyncio.Task[None] | None = None
        super().__init__(watcher=SiteWatcher(root, self.editions.changed, polling=polling))

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
        application = PreviewApplication(self, Access.of(host, number, self._lan_address), number)
        self._http = BoundedHTTPServer(
            application,
            max_header_size=_HEADER_BYTES,
            max_body_size=_BODY_BYTES,
            idle_connection_timeout=_IDLE_S,
            body_timeout=_IDLE_S,
        )
        self._http.add_socket(listener)
        lan_url = f"http://{self._lan_address}:{number}/" if self._lan_address else ""
        self._on_event(Serving(f"http://{_shown(host)}:{number}/", lan_url))

    def open_file(self, path: str, line: int) -> None:
        """Open a file of the site in the writer's editor. Raises SitegenError when there is none, or no such file."""
        edition = self.answering.snapshot.edition
        file = _file_of_site(self._root.resolve(), path)
        if file is None:
            raise UsageError.of("there is no such file in content/ or themes/")
        if self._edit is None or edition is None or not edition.config.editor:
            raise UsageError.of("the configuration names no `editor`")
        self._edit(edition.config.editor, file, line)

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
        self._changed = change.paths
        theme = change.snapshot.edition.theme if change.snapshot.edition else None
        if change.before is None:
            self._tried = theme
        if theme != self._tried:
            self.answering.faults = ()  # whether they are there still is not known yet
        self._spawn(self._tell_pages(change))

    async def _tell_pages(self, change: Change) -> None:
        """Tell every open page what it has to do about a change, one change after the other."""
        async with self._telling:
            started, files = perf_counter(), Files.of(change)
            orders = [await self._order(page, files, change.paths) for page in open_pages()]
        if change.snapshot.findings:
            self._on_event(Failed(change.snapshot.findings))
            return
        if change.before:
            reloaded = orders.count("reload")
            swapped = sum(orders.count(order) for order in ("styles", "pictures", "clear"))
            seconds = change.seconds + perf_counter() - started
            self._on_event(Reloaded(change.paths, seconds, reloaded, swapped))
        if change.news:
            self._on_event(Noticed(change.news))
        await self._rehearse(change.snapshot)

    async def _rehearse(self, snapshot: Snapshot) -> None:
        """Try the theme of a snapshot, if it is another than before or had faults, and tell what is wrong with it."""
        theme, before = snapshot.edition.theme if snapshot.edition else None, self.answering.faults
        if theme == self._tried and not before:
            return
        self._tried = None
        found: dict[tuple[str, Place], Finding] = {}
        for step in rehearsal(snapshot):
            for fault in await self._loop.run_in_executor(self.renderer, self.answering.rehearse, step):
                found.setdefault((fault.what, fault.place), fault)
            if self.editions.current is not snapshot:
                return  # the next one will be tried
        self._tried, self.answering.faults = theme, tuple(found.values())
        self._tell_failure(self.answering.faults)
        if before != self.answering.faults:
            for page in open_pages():
                await self._order(page, _NO_FILES, ())

    def update(self, page: Socket) -> None:
        """Tell a page that has just connected what it has missed; on the loop's thread."""
        if self.ready.is_set() and page.shown:
            self._spawn(self._order(page, _NO_FILES, self._changed))

    async def _order(self, page: Socket, files: Files, paths: Sequence[str]) -> str:
        """Have a page do what there is to do; return what that is."""
        now = await self._loop.run_in_executor(self.renderer, self.answering.look, page.target)
        order = message_for(page.shown, now, files, paths, has_errors=page.has_errors)
        if order is None or page.is_leaving:
            return ""
        page.tell(order | {"stamp": self.answering.snapshot.number})
        return str(order["do"])

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tell_failure(self, findings: tuple[Finding, ...]) -> None:
        """Tell once per edition what is wrong with its pages; on the loop's thread."""
        new = tuple([finding for finding in findings if (finding.what, finding.place) not in self._told])
        self._told |= {(finding.what, finding.place) for finding in new}
        if new:
            self._on_event(Failed(new))

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


def _file_of_site(root: Path, path: str) -> Path | None:
    """Return the file that `path`, from a request, leads to below the site's folder, if it is one of the site's."""
    try:
        file = (root / path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # nothing is there, a link goes round, a NUL
        return None
    # It is judged by where it is, not by how it was asked for: `..` and links may have led elsewhere.
    inside = file.is_file() and file.is_relative_to(root) and concerns(file.relative_to(root).as_posix())
    return file if inside else None


def _shown(host: str) -> str:
    """Return the name by which a browser on this machine reaches a server that listens at `host`."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


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

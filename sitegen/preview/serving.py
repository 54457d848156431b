"""`sitegen serve`: the site in a folder, until a signal ends it."""

import os
import signal
import webbrowser
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from types import FrameType

from sitegen.build import Edition, read_clock
from sitegen.errors import UsageError
from sitegen.preview.alarm import Alarm
from sitegen.preview.editions import Planner
from sitegen.preview.events import Event, Serving, Unsure
from sitegen.preview.following import Follower
from sitegen.preview.network import lan_address, unsure_kind
from sitegen.preview.server import Edit, PreviewServer
from sitegen.reading import Selection

__all__ = ["serve"]

_ALL_ADDRESSES = "0.0.0.0"  # noqa: S104  asked for with --lan


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    drafts: bool = True,
    at: datetime | None = None,
    lan: bool = False,
    polling: bool = False,
    edit: Edit | None = None,
    on_event: Callable[[Event], None],
    open_browser: bool = False,
) -> None:
    """Show the site in the folder `root` until SIGINT or SIGTERM comes; only in the main thread.

    `port` 0 is any free one. `drafts` shows drafts, scheduled and expired posts too; `at` shows the site as it will be
    published at that moment. `lan` lets other devices of the local network in. `polling` looks at every file again and
    again, where the system does not tell of changes. `edit` opens a file in the writer's editor. `on_event` is told
    what happens, in this thread. Faults of the site are shown in its pages. Raises UsageError when nothing can listen
    at `host`, or the machine is in no network.
    """
    address = _lan_address() if lan else ""

    def select() -> Selection:
        early = drafts and at is None
        return Selection(now=at or read_clock(os.environ), drafts=early, future=early, expired=early)

    def tell(event: Event) -> None:
        if open_browser and isinstance(event, Serving):
            Thread(target=webbrowser.open, args=(event.url,), daemon=True).start()
        on_event(event)

    if not polling and (kind := unsure_kind(root)):
        tell(Unsure(kind))
    with _planning(root, select, lambda: server.editions.changed(())) as plan:
        server = PreviewServer(root, plan, tell, edit=edit, lan_address=address, polling=polling)
        with _signals_to(server.stop):
            server.run(_ALL_ADDRESSES if lan else host, port)


def _lan_address() -> str:
    address = lan_address()
    if not address:
        raise UsageError.of("this machine is in no local network", hint="join one, or leave out --lan")
    return address


@contextmanager
def _planning(root: Path, select: Callable[[], Selection], on_due: Callable[[], None]) -> Iterator[Planner]:
    """Yield what plans the site in `root`; `on_due` is called when time alone has made the last plan another."""
    follow, alarm = Follower(root, select), Alarm(lambda: select().now, on_due)
    follow.prepare()

    def plan(paths: Collection[str]) -> Edition:
        edition = follow(paths)
        alarm.set(edition.plan.next_change)
        return edition

    try:
        yield plan
    finally:
        alarm.stop()


@contextmanager
def _signals_to(stop: Callable[[], None]) -> Iterator[None]:
    """Let the first signal that ends a process call `stop`; a second one ends it as ever."""
    before = {number: signal.getsignal(number) for number in _ending_signals()}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def handle(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop()

    for number in before:
        signal.signal(number, handle)
    try:
        yield
    finally:
        restore()


def _ending_signals() -> Iterator[signal.Signals]:
    """Yield Ctrl-C, a polite end, and the end of the terminal, which `nohup` had us ignore if it was asked to."""
    yield signal.SIGINT
    yield signal.SIGTERM
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        yield signal.SIGHUP

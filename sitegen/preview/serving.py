"""`sitegen serve`: the site in a folder, until a signal ends it."""

import os
import signal
import webbrowser
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import FrameType

from sitegen.build import Edition, read_clock
from sitegen.preview.alarm import Alarm
from sitegen.preview.events import Event, Serving
from sitegen.preview.following import Follower
from sitegen.preview.server import PreviewServer
from sitegen.reading import Selection

__all__ = ["serve"]


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    drafts: bool = True,
    on_event: Callable[[Event], None],
    open_browser: bool = False,
) -> None:
    """Show the site in the folder `root` until SIGINT or SIGTERM comes; only in the main thread.

    `port` 0 is any free one. `drafts` shows drafts, scheduled and expired posts too. `on_event` is told what happens,
    in this thread. Faults of the site are shown in its pages. Raises UsageError when nothing can listen at `host`.
    """

    def select() -> Selection:
        return Selection(now=read_clock(os.environ), drafts=drafts, future=drafts, expired=drafts)

    def tell(event: Event) -> None:
        if open_browser and isinstance(event, Serving):
            Thread(target=webbrowser.open, args=(event.url,), daemon=True).start()
        on_event(event)

    follow = Follower(root, select)
    alarm = Alarm(lambda: select().now, lambda: server.editions.changed(()))

    def plan(paths: Collection[str]) -> Edition:
        edition = follow(paths)
        alarm.set(edition.plan.next_change)
        return edition

    server = PreviewServer(root, plan, tell)
    try:
        with _signals_to(server.stop):
            server.run(host, port)
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

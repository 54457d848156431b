"""A time limit for converting one text: Markdown has inputs that take hours (RELIABILITY.md, section 5)."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sitegen.config import MarkupOptions
from sitegen.errors import SourceError
from sitegen.model import Document
from sitegen.reading.markup import convert

__all__ = ["SECONDS", "convert_within"]

SECONDS = 5.0
"""CPU time that one text may take; 100,000 words take about 1 s."""
_AGAIN = 0.2


class _OutOfTime(BaseException):
    """Raised wherever the conversion is; no `except Exception` on the way may stop it."""


def convert_within(text: str, options: MarkupOptions, seconds: float = SECONDS) -> Document:
    """Return what `convert` returns, if it takes at most `seconds` of CPU time.

    Raises SourceError, without a path, when it takes longer or when the text cannot be converted. The limit holds in
    the main thread of a process, on systems that have timers of CPU time; elsewhere there is none.
    """
    try:
        with _cpu_limit(seconds):
            return convert(text, options)
    except _OutOfTime:
        raise SourceError.of(
            f"rendering stopped after {seconds:g} s",
            why="something in the text takes Markdown very long: most often thousands of brackets, or a huge table",
            hint="put that part into a code block or write it in HTML; a very long text can be parted into several",
        ) from None


@contextmanager
def _cpu_limit(seconds: float) -> Iterator[None]:
    """Raise `_OutOfTime` in the block after `seconds`; handler and timer of the caller are put back behind it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    is_over = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        if not is_over:
            raise _OutOfTime

    handler = signal.signal(signal.SIGPROF, stop)
    # Again and again: Python drops what is raised in a finaliser or during garbage collection.
    timer = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_PROF, *timer)
        signal.signal(signal.SIGPROF, handler)

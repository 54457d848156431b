"""Work over several processes, behind the one seam that `concurrent.futures.Executor` is."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice, repeat
from threading import Thread
from time import sleep

from sitegen.build.edition import Edition
from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.model import Document
from sitegen.reading import ConvertAll, convert_each

__all__ = ["convert_over", "open_pool", "processors", "render_over"]

# Below this, starting processes costs more than they save: 60 posts of 5 kB convert in 0.1 s.
_WORTHWHILE = 300_000
"""Characters."""
_CHUNK = 40_000
"""Characters: 20 ms of work, so that no process waits long for the last one."""

_MANY = 400
"""Pages that are worth two more processes: 0.3 s of work."""
_PAGES = 50
_WATCH = 0.5
"""Seconds between two looks whether the parent lives."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_pool(jobs: int, edition: Edition | None = None) -> Iterator[Executor | None]:
    """Open a pool of `jobs` processes, or nothing for one job; to be opened before any thread starts.

    Processes start when the first work comes. On Linux they are forked, so that what is imported is imported once, and
    the `edition` that they may be asked to render is there without being sent. Raises SitegenError when one is killed.
    """
    if jobs <= 1:
        yield None
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    start = (os.getpid(), edition)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=start)
    try:
        yield pool
    except BrokenExecutor as error:
        why, hint = "most often the system does that when memory runs out", "build again with `--jobs 1`"
        raise SitegenError.of("a process that did a part of the work was killed", why=why, hint=hint) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(parent: int, edition: Edition | None) -> None:
    """Take the edition to render, leave Ctrl-C to the parent, and end with the parent however it ends.

    A worker would else wait for work for ever, and hold the lock on the output folder that it was born with.
    """
    _worker.edition = edition
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_WATCH)
    os._exit(1)


class _Worker:
    """What a process of a pool has. A pool hands its workers nothing but the functions' arguments."""

    edition: Edition | None = None


_worker = _Worker()


def convert_over(pool: Executor | None) -> ConvertAll:
    """Return a conversion that spreads large work over `pool`; documents and their order do not depend on it."""

    def convert_all(texts: Sequence[str], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        if pool is None or sum(map(len, texts)) < _WORTHWHILE:
            return convert_each(texts, options)
        chunks = list(_chunks(texts))
        _convert_chunk([""], options)  # imports Markdown before the workers are forked, so that each has it
        return [result for results in pool.map(_convert_chunk, chunks, repeat(options)) for result in results]

    return convert_all


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _convert_chunk(texts: list[str], options: MarkupOptions) -> list[Document | SitegenError]:
    return list(convert_each(texts, options))


def render_over(jobs: int, edition: Edition, stale: Sequence[int]) -> Iterator[bytes | SitegenError]:
    """Yield the bytes of the routes of `edition` with the numbers `stale`, in their order, or the error of each.

    Small work is done here, large work by `jobs` processes; no more is under way at once than they can hold.
    """
    if jobs <= 1 or len(stale) < _MANY:
        yield from (_rendered(edition, number) for number in stale)
        return
    chunks = iter([stale[start : start + _PAGES] for start in range(0, len(stale), _PAGES)])
    with open_pool(jobs, edition) as pool:
        assert pool is not None  # noqa: S101  # more than one job
        waiting = deque(pool.submit(_render_chunk, chunk) for chunk in islice(chunks, 2 * jobs + 1))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_render_chunk, chunk) for chunk in islice(chunks, 1))


def _render_chunk(numbers: Sequence[int]) -> list[bytes | SitegenError]:
    edition = _worker.edition
    assert edition is not None, "the pool was opened for another work"  # noqa: S101
    return [_rendered(edition, number) for number in numbers]


def _rendered(edition: Edition, number: int) -> bytes | SitegenError:
    try:
        return edition.render(edition.plan.routes[number])
    except SitegenError as error:
        return error

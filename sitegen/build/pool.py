"""Work over several processes, behind the one seam that `concurrent.futures.Executor` is."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from threading import Thread
from time import sleep

from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.model import Document
from sitegen.reading import ConvertAll, convert_each

__all__ = ["convert_over", "open_pool", "processors"]

# Below this, starting processes costs more than they save: 60 posts of 5 kB convert in 0.1 s.
_WORTHWHILE = 300_000
"""Characters."""
_CHUNK = 40_000
"""Characters: 20 ms of work, so that no process waits long for the last one."""

_WATCH = 0.5
"""Seconds between two looks whether the parent lives."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_pool(jobs: int) -> Iterator[Executor | None]:
    """Open a pool of `jobs` processes, or nothing for one job; to be opened before any thread starts.

    Processes start when the first work comes. On Linux they are forked, so that what is imported is imported once.
    """
    if jobs <= 1:
        yield None
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(parent: int) -> None:
    """Let Ctrl-C be the parent's to answer, and end with the parent however it ends: a pool's workers would wait on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_WATCH)
    os._exit(1)


def convert_over(pool: Executor | None) -> ConvertAll:
    """Return a conversion that spreads large work over `pool`; documents and their order do not depend on it."""

    def convert_all(texts: Sequence[str], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        if pool is None or sum(map(len, texts)) < _WORTHWHILE:
            return convert_each(texts, options)
        chunks = list(_chunks(texts))
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

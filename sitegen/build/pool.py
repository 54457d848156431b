"""Work over several processes, behind the one seam that `concurrent.futures.Executor` is."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from threading import Thread
from time import perf_counter, sleep
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.reading import Markdown, convert_each, encode_document, size_of_markdown

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["ConvertEncoded", "Crew", "convert_encoded", "convert_over", "open_pool", "processors"]

_A = TypeVar("_A")
_T = TypeVar("_T")
_W = TypeVar("_W")

ConvertEncoded = Callable[[Sequence[Markdown], MarkupOptions], Iterable[bytes | SitegenError]]
"""What a `ConvertAll` does, but gives each document as `encode_document` writes it: as it goes from process to process
and into the cache."""

# Below this, starting processes costs more than they save: 60 posts of 5 kB convert in 0.1 s.
_WORTHWHILE = 300_000
"""Characters."""
_WORTH_AFRESH = 4_000_000
"""The same where they cannot be forked: each then imports for 0.5 s what it needs."""
_CHUNK = 40_000
"""Characters: 20 ms of work, so that no process waits long for the last one."""
_AHEAD = 8
"""Chunks that a process has before it, so that it need not wait for this one, which keeps what comes back."""

_ALONE = 0.4
"""Seconds of work after which two more processes are worth their start, which takes 0.1 s."""
_BATCH = 40
"""Tasks that a process is given at a time: 20 ms of pages."""
_BEGUN = 100
"""Batches that may wait to be asked for: 4,000 tasks, 12 MB of texts."""
_WATCH = 0.5
"""Seconds between two looks whether the parent lives."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_pool(jobs: int, work: object = None, *, afresh: bool = False) -> Iterator["Executor"]:
    """Open a pool of `jobs` processes; before any thread starts, or else `afresh`.

    Processes start when the first work comes. On Linux they are forked, so that what is imported is imported once, and
    what `work` holds, such as a whole site, is there without being sent; `afresh` they begin with nothing, because what
    another thread holds at that moment, a lock say, a fork holds for ever. Raises SitegenError when one is killed.
    """
    # Imported by a build that has much to do; one that has little saves 15 ms of them.
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" and not afresh else "spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(os.getpid(), work))
    try:
        yield pool
    except BrokenExecutor as error:
        why = "most often the system does that when memory runs out"
        hint = "begin again: what was converted is kept" if afresh else "build again with `--jobs 1`"
        raise SitegenError.of("a process that did a part of the work was killed", why=why, hint=hint) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(parent: int, work: object) -> None:
    """Take the work, leave Ctrl-C to the parent, and end with the parent however it ends.

    A worker would else wait for work for ever, and hold the lock on the output folder that it was born with.
    """
    _worker.work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_WATCH)
    os._exit(1)


class _Worker:
    """What a process of a pool has. A pool hands its workers nothing but the functions' arguments."""

    work: object = None


_worker = _Worker()


def convert_encoded(texts: Sequence[Markdown], options: MarkupOptions) -> Iterator[bytes | SitegenError]:
    """Convert texts one after another in this process."""
    for result in convert_each(texts, options):
        yield result if isinstance(result, SitegenError) else encode_document(result)


def convert_over(jobs: int, *, afresh: bool = False) -> ConvertEncoded:
    """Return a conversion that spreads large work over `jobs` processes; documents and their order stay the same.

    Where threads run, `afresh`: see `open_pool`.
    """
    least = _WORTH_AFRESH if afresh else _WORTHWHILE

    def convert_all(texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[bytes | SitegenError]:
        if jobs <= 1 or sum(map(size_of_markdown, texts)) < least:
            return convert_encoded(texts, options)
        if not afresh:
            _convert_chunk([""], options)  # imports Markdown before the workers are forked, so that each has it
        return _convert_over(jobs, texts, options, afresh=afresh)

    return convert_all


def _convert_over(
    jobs: int, texts: Sequence[Markdown], options: MarkupOptions, *, afresh: bool
) -> Iterator[bytes | SitegenError]:
    with open_pool(jobs, afresh=afresh) as pool:
        chunks = _chunks(texts)
        yield from _in_turn(
            lambda chunk: pool.submit(_convert_chunk, chunk, options).result, chunks, ahead=_AHEAD * jobs
        )


def _in_turn(begin: Callable[[_A], Callable[[], list[_T]]], pieces: Iterator[_A], *, ahead: int) -> Iterator[_T]:
    """Begin the first `ahead` pieces of work, and return what yields the results of all in their order.

    So many wait to be done or to be asked for; `begin` returns what waits for the results of a piece.
    """
    return _results(begin, pieces, deque(map(begin, islice(pieces, ahead))))


def _results(
    begin: Callable[[_A], Callable[[], list[_T]]], pieces: Iterator[_A], waiting: deque[Callable[[], list[_T]]]
) -> Iterator[_T]:
    while waiting:
        yield from waiting.popleft()()
        waiting.extend(map(begin, islice(pieces, 1)))


def _chunks(texts: Sequence[Markdown]) -> Iterator[list[Markdown]]:
    chunk: list[Markdown] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += size_of_markdown(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _convert_chunk(texts: list[Markdown], options: MarkupOptions) -> list[bytes | SitegenError]:
    return list(convert_encoded(texts, options))


class Crew(Generic[_W]):
    """This process and up to `jobs` others, all of which hold the same `work` and do it task by task.

    A context manager: the others start with a lot of work, and end when it is left. Tasks, and what comes of them, may
    be sent from process to process. Raises SitegenError, on leaving, when one of the others was killed.
    """

    def __init__(self, jobs: int, work: _W) -> None:
        self._jobs = jobs
        self._work = work
        self._open = ExitStack()
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, traceback)

    def do(self, function: Callable[[_W, _A], _T], tasks: Sequence[_A], *, at_once: bool = False) -> Iterator[_T]:
        """Yield `function(work, task)` for each task.

        This process begins alone: what is left after 0.4 s goes to the others, no more at a time than they can hold;
        `at_once` when it is known to be a lot.
        """
        started = perf_counter()
        patience = 0.0 if at_once else _ALONE
        done = 0
        while done < len(tasks) and (self._jobs <= 1 or perf_counter() - started < patience):
            yield function(self._work, tasks[done])
            done += 1
        if done < len(tasks):
            pool = self._pool = self._pool or self._open.enter_context(open_pool(self._jobs, self._work))
            batches, ahead = _batches(tasks[done:]), 2 * self._jobs + 1
            yield from _in_turn(lambda batch: pool.submit(_do, function, batch).result, batches, ahead=ahead)

    def begin(self, function: Callable[[_W, _A], _T], tasks: Sequence[_A]) -> Iterator[_T]:
        """Return what yields `function(work, task)` for each task; the others, if they have started, begin at once.

        What one that is killed leaves is done here: this is for what may no longer fail.
        """
        if self._pool is None:
            return (function(self._work, task) for task in tasks)
        return _in_turn(partial(self._begun, self._pool, function), _batches(tasks), ahead=_BEGUN)

    def _begun(self, pool: "Executor", function: Callable[[_W, _A], _T], tasks: Sequence[_A]) -> Callable[[], list[_T]]:
        """Begin tasks, and return what waits for their results, or does them where the others cannot."""
        from concurrent.futures import BrokenExecutor

        alone = partial(_each, function, self._work, tasks)
        try:
            asked = pool.submit(_do, function, tasks)
        except BrokenExecutor:
            return alone

        def result() -> list[_T]:
            try:
                return asked.result()
            except BrokenExecutor:
                return alone()

        return result


def _batches(tasks: Sequence[_A]) -> Iterator[Sequence[_A]]:
    return (tasks[at : at + _BATCH] for at in range(0, len(tasks), _BATCH))


def _do(function: Callable[[Any, _A], _T], tasks: Sequence[_A]) -> list[_T]:
    return _each(function, _worker.work, tasks)


def _each(function: Callable[[_W, _A], _T], work: _W, tasks: Sequence[_A]) -> list[_T]:
    return [function(work, task) for task in tasks]

"""Work over several processes, behind the one seam that `concurrent.futures.Executor` is."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from threading import Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.reading import Markdown, convert_each, encode_document, size_of_markdown

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["ConvertEncoded", "convert_encoded", "convert_over", "open_pool", "processors", "spread"]

_A = TypeVar("_A")
_T = TypeVar("_T")

ConvertEncoded = Callable[[Sequence[Markdown], MarkupOptions], Iterable[bytes | SitegenError]]
"""What a `ConvertAll` does, but gives each document as `encode_document` writes it: as it goes from process to process
and into the cache."""

Work = Callable[[int], Any]
"""Does the piece of work with that number."""

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
"""Pieces of work that a process is given at a time: 20 ms of pages."""
_WATCH = 0.5
"""Seconds between two looks whether the parent lives."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_pool(jobs: int, work: Work | None = None, *, afresh: bool = False) -> Iterator["Executor"]:
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


def _start_worker(parent: int, work: Work | None) -> None:
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

    work: Work | None = None


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
        yield from _in_turn(pool, partial(_convert_chunk, options=options), _chunks(texts), ahead=_AHEAD * jobs)


def _in_turn(pool: "Executor", work: Callable[[_A], Iterable[_T]], pieces: Iterator[_A], *, ahead: int) -> Iterator[_T]:
    """Yield what comes of each piece of work in the order of the pieces, `ahead` of which wait with the pool."""
    waiting = deque(pool.submit(work, piece) for piece in islice(pieces, ahead))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(pool.submit(work, piece) for piece in islice(pieces, 1))


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


def spread(jobs: int, work: Callable[[int], _T], count: int, *, at_once: bool = False) -> Iterator[_T]:
    """Yield `work(0)`, `work(1)`, ... `work(count - 1)`; a lot of work is done by `jobs` processes.

    This one begins alone: what is left after 0.4 s goes to the others, no more at a time than they can hold; `at_once`
    when it is known to be a lot. `work` and what it returns may be sent from process to process.
    """
    started = perf_counter()
    patience = 0.0 if at_once else _ALONE
    done = 0
    while done < count and (jobs <= 1 or perf_counter() - started < patience):
        yield work(done)
        done += 1
    if done < count:
        yield from _spread_over(jobs, work, done, count)


def _spread_over(jobs: int, work: Callable[[int], _T], start: int, stop: int) -> Iterator[_T]:
    batches = iter([range(at, min(at + _BATCH, stop)) for at in range(start, stop, _BATCH)])
    with open_pool(jobs, work) as pool:
        yield from _in_turn(pool, _do, batches, ahead=2 * jobs + 1)


def _do(numbers: Iterable[int]) -> list[Any]:
    assert _worker.work is not None, "the pool was opened for another work"  # noqa: S101
    return [_worker.work(number) for number in numbers]

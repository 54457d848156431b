"""A thread that does one thing after another, and never holds up the end of the process."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

__all__ = ["Worker"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Worker(Executor):
    """An executor of one daemon thread.

    `ThreadPoolExecutor` waits for its threads when the process ends: a page that takes long would keep Ctrl-C from
    ending the preview.
    """

    def __init__(self, name: str) -> None:
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Return the future result of `fn`, which is called when all that was submitted before is done."""
        future: Future[_T] = Future()

        def call() -> None:
            if future.set_running_or_notify_cancel():
                _settle(future, fn, args, kwargs)

        self._tasks.put(call)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  Executor's
        """End the thread after what was submitted, or after what it does now."""
        while cancel_futures and not self._tasks.empty():
            self._tasks.get()
        self._tasks.put(None)
        if wait:
            self._thread.join()

    def stop(self, seconds: float) -> None:
        """End the thread after what it does now; wait for that, but not longer than `seconds`."""
        self.shutdown(wait=False, cancel_futures=True)
        self._thread.join(seconds)

    def _work(self) -> None:
        while task := self._tasks.get():
            task()


def _settle(future: Future[_T], fn: Callable[..., _T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # noqa: BLE001  it is raised again for whoever waits for the result
        future.set_exception(error)
    else:
        future.set_result(result)

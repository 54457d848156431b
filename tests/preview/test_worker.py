"""One thing after another, in one thread that ends when it is told to."""

import threading

import pytest

from sitegen.preview.worker import Worker


def test_results_and_errors_come_back_in_order():
    worker = Worker("test")
    done: list[int] = []
    futures = [worker.submit(done.append, n) for n in range(5)]
    assert worker.submit(lambda: len(done)).result(5) == 5
    with pytest.raises(ZeroDivisionError):
        worker.submit(lambda: 1 / 0).result(5)
    assert done == list(range(5))
    assert all(future.done() for future in futures)
    worker.shutdown()
    assert "test" not in {thread.name for thread in threading.enumerate()}


def test_stopping_waits_for_nothing_that_has_not_begun():
    worker = Worker("test")
    begun, released = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        released.wait(5)

    worker.submit(wait)
    begun.wait(5)
    later = worker.submit(lambda: None)
    worker.stop(0)
    released.set()
    worker._thread.join(5)
    assert not worker._thread.is_alive()
    assert not later.done()

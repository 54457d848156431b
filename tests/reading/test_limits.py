"""No text stops a build: it ends as a document or as an error, in seconds."""

import contextlib
import signal
import threading
import time

import pytest

from sitegen.config import MarkupOptions
from sitegen.errors import SourceError
from sitegen.model import Document
from sitegen.reading import limits
from sitegen.reading.limits import convert_within

# Hypothesis times garbage collection with a callback, and what is raised in there is dropped; so it is in the field.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # The limit may strike while coverage holds its lock, which nobody would then give back.
    pytest.mark.untraced,
]

OPTIONS = MarkupOptions()
BIG_TABLE = f"|{'a|' * 1000}\n|{'-|' * 1000}\n" + f"|{'b|' * 1000}\n" * 1000
# RELIABILITY.md section 5, and more of the kind.
BOMBS = {
    "brackets": "[" * 20_000,
    "links": "[a](" * 20_000,
    "pictures": "![" * 20_000,
    "declarations": "<![" * 20_000,
    "table": BIG_TABLE,
    "tags": "<a " * 20_000,
    "paragraphs": "a\n\n" * 50_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped(name: str) -> None:
    start = time.process_time()
    with pytest.raises(SourceError, match=r"rendering stopped after 0\.3 s"):
        convert_within(BOMBS[name], OPTIONS, seconds=0.3)
    assert time.process_time() - start < 3


def test_the_next_text_is_converted_as_ever() -> None:
    text = "- a\n\n    - b\n\n        code"
    before = convert_within(text, OPTIONS)
    with pytest.raises(SourceError):
        convert_within(BOMBS["brackets"], OPTIONS, seconds=0.1)
    assert convert_within(text, OPTIONS) == before


def test_what_is_dropped_on_the_way_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(_text: str, _options: MarkupOptions) -> Document:
        with contextlib.suppress(BaseException):
            while True:
                pass
        while True:
            pass

    monkeypatch.setattr(limits, "convert", deaf)
    with pytest.raises(SourceError, match="rendering stopped"):
        convert_within("text", OPTIONS, seconds=0.05)


def test_the_callers_handler_and_timer_are_put_back() -> None:
    def handler(_number: int, _frame: object) -> None: ...

    before = signal.signal(signal.SIGPROF, handler)
    signal.setitimer(signal.ITIMER_PROF, 100)
    try:
        convert_within("text", OPTIONS)
        assert signal.getsignal(signal.SIGPROF) is handler
        assert 99 < signal.getitimer(signal.ITIMER_PROF)[0] < 101
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def test_without_a_limit_in_other_threads() -> None:
    made: list[Document] = []
    thread = threading.Thread(target=lambda: made.append(convert_within("text", OPTIONS)))
    thread.start()
    thread.join()
    assert made == [convert_within("text", OPTIONS)]


def test_without_a_limit_where_there_are_no_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "setitimer")
    assert convert_within("text", OPTIONS).words == 1

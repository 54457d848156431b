"""Following changes: none is lost, and no half of one is shown."""

import queue
import threading
from collections.abc import Collection, Iterator
from typing import cast

import pytest

from sitegen.build import Edition
from sitegen.errors import SourceError
from sitegen.preview.editions import Change, Editions


def edition(name: str) -> Edition:
    """A name in place of an edition, which nothing here looks into."""
    return cast(Edition, name)


class Desk:
    """Plans on command: each planning takes what `plans` says next, a name or an error."""

    def __init__(self) -> None:
        self.begun: queue.Queue[int] = queue.Queue()
        self.results: queue.Queue[str | Exception] = queue.Queue()
        self.changes: queue.Queue[Change] = queue.Queue()
        self.editions = Editions(self.plan, self.changes.put)
        self._count = 0

    def plan(self, paths: Collection[str]) -> Edition:
        self._count += 1
        self.told = set(paths)
        self.begun.put(self._count)
        result = self.results.get(timeout=5)
        if isinstance(result, Exception):
            raise result
        return edition(result)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.results.put("end")
    desk.editions.stop(5)


def test_a_change_makes_an_edition(desk: Desk):
    desk.results.put("one")
    desk.editions.changed({"b", "a"})
    change = desk.changes.get(timeout=5)
    assert change.paths == ("a", "b")
    assert desk.told == {"a", "b"}
    assert change.before is None
    assert change.snapshot is desk.editions.current
    assert change.snapshot.edition == edition("one")


def test_changes_while_it_plans_are_planned_together_afterwards(desk: Desk):
    desk.editions.changed({"a"})
    desk.begun.get(timeout=5)
    desk.editions.changed({"b"})
    desk.editions.changed({"c"})
    desk.results.put("one")
    desk.results.put("two")
    assert desk.changes.get(timeout=5).paths == ("a",)
    assert desk.changes.get(timeout=5).paths == ("b", "c")
    assert desk.begun.get(timeout=5) == 2
    assert desk.begun.empty()


def test_whatever_is_told_beside_it_anything_may_have_changed(desk: Desk):
    desk.editions.changed({"a"})
    desk.begun.get(timeout=5)
    desk.editions.changed({"b"})
    desk.editions.changed(())
    desk.editions.changed({"c"})
    desk.results.put("one")
    desk.begun.get(timeout=5)
    assert desk.told == set()
    desk.results.put("two")
    assert desk.changes.get(timeout=5).paths == ("a",)
    assert desk.changes.get(timeout=5).paths == ("b", "c")


def test_the_old_edition_answers_while_it_plans(desk: Desk):
    desk.results.put("one")
    desk.editions.changed(())
    first = desk.changes.get(timeout=5).snapshot
    desk.begun.get(timeout=5)
    desk.editions.changed({"a"})
    desk.begun.get(timeout=5)
    assert desk.editions.current is first


@pytest.mark.parametrize(
    ("error", "said"), [(SourceError.of("wrong"), "wrong"), (ZeroDivisionError("x"), "ZeroDivisionError: x")]
)
def test_an_error_keeps_the_last_good_edition(desk: Desk, error: Exception, said: str):
    desk.results.put("one")
    desk.editions.changed(())
    desk.changes.get(timeout=5)
    desk.results.put(error)
    desk.editions.changed({"a"})
    broken = desk.changes.get(timeout=5).snapshot
    assert broken.findings[0].what == said
    assert broken.edition == edition("one")
    desk.results.put("two")
    desk.editions.changed({"a"})
    assert desk.changes.get(timeout=5).snapshot.findings == ()


def test_an_error_of_half_a_save_is_not_shown(desk: Desk):
    desk.editions.changed({"a.tmp"})
    desk.begun.get(timeout=5)
    desk.editions.changed({"a"})
    desk.results.put(SourceError.of("vanished"))
    desk.results.put("whole")
    change = desk.changes.get(timeout=5)
    assert change.snapshot.findings == ()
    assert change.paths == ("a", "a.tmp")


def test_nor_is_one_that_the_next_moment_repairs(desk: Desk):
    desk.results.put(SourceError.of("empty"))
    desk.editions.changed({"a"})
    desk.begun.get(timeout=5)
    while desk.results.qsize():
        pass  # until it is read
    desk.editions.changed({"a"})
    desk.results.put("whole")
    assert desk.changes.get(timeout=5).snapshot.findings == ()


def test_numbers_tell_all_snapshots_apart(desk: Desk):
    numbers = set()
    for name in ("one", "two"):
        desk.results.put(name)
        desk.editions.changed(())
        numbers.add(desk.changes.get(timeout=5).snapshot.number)
    other = Desk()
    other.results.put("one")
    other.editions.changed(())
    numbers.add(other.changes.get(timeout=5).snapshot.number)
    other.editions.stop(5)
    assert len(numbers) == 3


def test_stopping_ends_the_thread():
    desk = Desk()
    desk.editions.stop(5)
    assert "sitegen-planning" not in {thread.name for thread in threading.enumerate()}

"""The alarm rings when its moment has come, once."""

import queue
from datetime import timedelta

from tiny import NOW

from sitegen.preview.alarm import Alarm


class Clock:
    now = NOW

    def __call__(self):
        return self.now


def test_it_rings_once_when_the_moment_has_come():
    rings: queue.Queue[None] = queue.Queue()
    clock = Clock()
    alarm = Alarm(clock, lambda: rings.put(None))
    alarm.set(NOW + timedelta(seconds=0.1))
    clock.now = NOW + timedelta(seconds=1)
    rings.get(timeout=5)
    alarm.set(NOW + timedelta(days=1))
    alarm.set(None)
    alarm.set(NOW)
    rings.get(timeout=5)
    alarm.stop()
    assert rings.empty()


def test_a_clock_that_stands_still_never_makes_it_ring():
    rings: queue.Queue[None] = queue.Queue()
    looked: queue.Queue[None] = queue.Queue()

    def clock():
        looked.put(None)
        return NOW

    alarm = Alarm(clock, lambda: rings.put(None))
    alarm.set(NOW + timedelta(microseconds=1))
    for _ in range(3):
        looked.get(timeout=5)
    alarm.stop()
    assert rings.empty()

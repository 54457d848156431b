"""Time goes on while the preview runs: a post becomes due or expires, a promo starts or ends."""

from collections.abc import Callable
from datetime import datetime
from threading import Condition, Thread

__all__ = ["Alarm"]

_LONGEST_S = 30.0
"""Between two looks at the clock, which may be set, and goes on while the machine sleeps."""
_SHORTEST_S = 0.05


class Alarm:
    """Calls `ring`, in a thread of its own, when `clock` says that a moment has come."""

    def __init__(self, clock: Callable[[], datetime], ring: Callable[[], object]) -> None:
        self._clock = clock
        self._ring = ring
        self._changed = Condition()
        self._due: datetime | None = None
        self._stopped = False
        Thread(target=self._wait, name="sitegen-alarm", daemon=True).start()

    def set(self, due: datetime | None) -> None:
        """Ring at this moment, and not at the one that was set before; None: not at all."""
        with self._changed:
            self._due = due
            self._changed.notify()

    def stop(self) -> None:
        """Ring no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _wait(self) -> None:
        with self._changed:
            while not self._stopped:
                remaining = (self._due - self._clock()).total_seconds() if self._due else _LONGEST_S
                if remaining > 0:
                    self._changed.wait(min(max(remaining, _SHORTEST_S), _LONGEST_S))
                else:
                    self._due = None
                    self._ring()

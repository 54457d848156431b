"""What pure functions returned last time, for whoever reads and plans one site again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Memo"]

Key = TypeVar("Key")  # the syntax of PEP 695 needs Python 3.12
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """Values by key, each with the arguments that it was made from; what a round does not ask for is forgotten.

    A round ends with `turn`; one that is broken off forgets nothing.
    """

    def __init__(self) -> None:
        self._before: dict[Key, tuple[tuple[object, ...], Value]] = {}
        self._now: dict[Key, tuple[tuple[object, ...], Value]] = {}

    def recall(self, key: Key, arguments: tuple[object, ...], make: Callable[..., Value]) -> Value:
        """Return `make(*arguments)`, which is not called when it was for equal arguments."""
        known = self._now.get(key) or self._before.get(key)
        if known is None or known[0] != arguments:
            known = (arguments, make(*arguments))
        self._now[key] = known
        return known[1]

    def turn(self) -> None:
        """End a round: forget what was not asked for since the last one ended."""
        self._before, self._now = self._now, {}

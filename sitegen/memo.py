"""What pure functions returned last time, for whoever reads and plans one site again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Forgetful", "Memo"]

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

    def find(self, key: Key, arguments: tuple[object, ...]) -> Value | None:
        """Return the value that was made from equal arguments, None if there is none."""
        known = self._now.get(key) or self._before.get(key)
        if known is None or known[0] != arguments:
            return None
        self._now[key] = known
        return known[1]

    def keep(self, key: Key, arguments: tuple[object, ...], value: Value) -> Value:
        """Keep a value that was made from these arguments, and return it."""
        self._now[key] = (arguments, value)
        return value

    def same(self, key: Key, value: Value) -> Value:
        """Return `value`, or the equal one that was kept under this key, so that equal ones are the same."""
        return self.recall(key, (value,), lambda value: value)

    def items(self) -> tuple[tuple[Key, Value], ...]:
        """Return what the last round asked for."""
        return tuple([(key, value) for key, (_, value) in tuple(self._before.items())])

    def turn(self) -> None:
        """End a round: forget what was not asked for since the last one ended."""
        self._before, self._now = self._now, {}


class Forgetful(Memo[Key, Value]):
    """Remembers nothing: for those who read a site once."""

    def recall(self, key: Key, arguments: tuple[object, ...], make: Callable[..., Value]) -> Value:  # noqa: ARG002
        """Return `make(*arguments)`."""
        return make(*arguments)

    def find(self, key: Key, arguments: tuple[object, ...]) -> Value | None:  # noqa: ARG002
        """Return None."""
        return None

    def keep(self, key: Key, arguments: tuple[object, ...], value: Value) -> Value:  # noqa: ARG002
        """Return `value`."""
        return value

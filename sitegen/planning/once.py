"""Values that many pages of a plan ask for, each made once."""

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Once", "once"]

Key = TypeVar("Key")  # the syntax of PEP 695 needs Python 3.12
Value = TypeVar("Value")


class Once(dict[Key, Value]):
    """What a pure function returns, by its argument: made when it is first asked for, and kept as long as the plan.

    A function that holds what the values are kept in makes a circle, and a plan that nobody needs would wait in memory
    for the garbage collector.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """Make the value of `key`."""
        value = self[key] = self._make(key)
        return value


def once(made: dict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
    """Return the value of `key`, made when it is first asked for: for what takes more than its key to be made."""
    found = made.get(key)
    if found is None:
        found = made[key] = make()
    return found

"""Walks through views: every record of some classes that a view holds, however deep, and the view with others there.

Where such records can be is read from the annotations of the fields, once for each class. So a walk looks at little
else, and a field that is added to a view tomorrow is walked through without a word here.
"""

import typing
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass, replace
from typing import Any

__all__ = ["Walk"]


class Walk:
    """Finds the records of some classes in views, and in what else is made of tuples and frozen dataclasses."""

    def __init__(self, *kinds: type) -> None:
        self._kinds = frozenset(kinds)
        self._ways: dict[type, tuple[str, ...]] = {}

    def records(self, value: object) -> list[Any]:
        """Return the records of these classes in `value`, those first that hold others."""
        found: list[Any] = []
        self._find(value, found)
        return found

    def _find(self, value: Any, found: list[Any]) -> None:  # noqa: ANN401  whatever a view holds
        kind = type(value)
        if kind is tuple:
            for item in value:
                self._find(item, found)
            return
        if kind in self._kinds:
            found.append(value)
        for name in self._fields(kind):
            self._find(getattr(value, name), found)

    def replaced(self, value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """Return `value` with what `change` makes of each record of these classes; what holds none of them, as it is.

        `change` gets a record whose own records were changed already.
        """
        if type(value) is tuple:
            items = tuple([self.replaced(item, change) for item in value])
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        held = {name: getattr(value, name) for name in self._fields(type(value))}
        new = {name: self.replaced(item, change) for name, item in held.items()}
        if any(new[name] is not held[name] for name in held):
            value = replace(value, **new)
        return change(value) if type(value) in self._kinds else value

    def _fields(self, kind: type) -> tuple[str, ...]:
        """Return the names of the fields of a class in which records can be that are looked for."""
        if kind not in self._ways:
            hints = typing.get_type_hints(kind) if is_dataclass(kind) else {}
            ways = (name for name, hint in hints.items() if not self._kinds.isdisjoint(_reachable(hint)))
            self._ways[kind] = tuple(ways)
        return self._ways[kind]


def _reachable(annotation: object) -> set[object]:
    """Return all classes of which a value, or a part of it, can be that has this annotation."""
    reached: set[object] = set()
    waiting = [annotation]
    while waiting:
        for part in _named_in(waiting.pop()):
            if part not in reached:
                reached.add(part)
                waiting += typing.get_type_hints(part).values() if is_dataclass(part) else ()
    return reached


def _named_in(annotation: object) -> Iterator[object]:
    """Yield the classes that an annotation names: those of `tuple[A | B, ...]` are `A` and `B`."""
    inner = typing.get_args(annotation)
    if not inner:
        yield annotation
    for part in inner:
        yield from _named_in(part)

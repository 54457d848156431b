"""The fields of a view class, for whoever handles views of all classes alike."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

__all__ = ["field_names", "field_reader"]


def field_names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  a dataclass
    """Return the names of the fields of a view class, in their order."""
    return tuple(field.name for field in fields(kind))


def field_reader(kind: Any) -> Callable[[object], tuple[Any, ...]]:  # noqa: ANN401  a dataclass
    """Return what takes the values of all fields from a view of a class."""
    names = field_names(kind)
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda view: (read(view),)

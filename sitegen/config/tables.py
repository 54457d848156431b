"""From a table of TOML to a frozen record, by the annotations of its class, with every fault of it in one run.

| annotation | the value in the file |
|---|---|
| `str`, `int`, `bool`, `date` | one of that type and no other: nothing is converted |
| `Literal["a", "b"]` | one of these |
| `X \\| None` | an X; None is for what is not given |
| `tuple[X, ...]` | a list of X |
| `Mapping[X, Y]` | a table of any keys |
| a dataclass | a table of its fields and no other keys; names that begin with `_` are no keys |
| `Any` | anything |
| `Annotated[X, check]` | an X; `check` returns it in its normal form or raises ValueError |
| `Annotated[X, Before(read)]` | what `read` makes an X of, or raises ValueError |

What is not given is the field's default; a field without one must be given, and `metadata["hint"]` says what to write.
A dataclass may have a class method `complete`, which gets its table before it is read and returns it with more in it,
and a `__post_init__` that raises ValueError. Messages complete the sentence "KEY ..."; a hint stands behind a colon.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

from sitegen.config.toml import KeyPath, name_of
from sitegen.config.values import split_hint, suggestion
from sitegen.records import dataclass

__all__ = ["Before", "Fault", "TableFaults", "keys_of", "read_table"]

_Record = TypeVar("_Record")
_NAMES: Final = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2008-09-27",
}


@dataclass(frozen=True, slots=True)
class Before:
    """Stands in `Annotated`: what makes a value of what TOML has, such as a list of a text."""

    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, or with its key."""

    path: KeyPath
    what: str
    hint: str = ""
    at_key: bool = False
    """Whether the key is wrong, and not the value."""


class TableFaults(ValueError):  # not a SitegenError: the caller knows the file
    """A table that is not what its class says, with every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = faults


def keys_of(kind: type) -> tuple[str, ...]:
    """Return the keys that the table of a dataclass may have, in their order."""
    return tuple(field.name for field in dataclasses.fields(kind) if not field.name.startswith("_"))


def read_table(kind: type[_Record], table: Mapping[str, Any]) -> _Record:
    """Return the record that a table makes; its lists are tuples already. Raises TableFaults."""
    reader = _Reader()
    record: _Record = reader.read(kind, table, ())
    if reader.faults:
        raise TableFaults(tuple(reader.faults))
    return record


class _Reader:
    """Reads one table. What comes of a value with a fault is None, and no record is made of it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, wanted: Any, value: Any, path: KeyPath) -> Any:  # noqa: ANN401  whatever TOML holds
        origin, arguments = get_origin(wanted), get_args(wanted)
        if origin is Annotated:
            return self._checked(arguments[0], arguments[1:], value, path)
        if origin in (Union, UnionType):
            (wanted,) = (each for each in arguments if each is not type(None))
            return self.read(wanted, value, path)
        if origin is Literal:
            return self._one_of(arguments, value, path)
        if origin is tuple:
            return self._list(arguments[0], value, path)
        if origin is Mapping:
            return self._mapping(arguments, value, path)
        if dataclasses.is_dataclass(wanted):
            return self._table(wanted, value, path)
        if wanted is not Any and type(value) is not wanted:  # True is an int elsewhere, and a moment a date
            self._find(path, f"must be {_NAMES[wanted]}")
        return value

    def _checked(self, wanted: Any, steps: tuple[Any, ...], value: Any, path: KeyPath) -> Any:  # noqa: ANN401
        known = len(self.faults)
        for step in steps:
            if isinstance(step, Before):
                with self._told(path):
                    value = step.read(value)
        if len(self.faults) == known:
            value = self.read(wanted, value, path)
        for step in steps:
            if not isinstance(step, Before) and len(self.faults) == known:
                with self._told(path):
                    value = step(value)
        return value

    def _one_of(self, allowed: tuple[str, ...], value: object, path: KeyPath) -> object:
        if value not in allowed:
            *most, last = (f"`{each}`" for each in allowed)
            meant = f", not `{value}`" if isinstance(value, str) else ""
            self._find(path, f"must be {', '.join(most)} or {last}{meant}")
        return value

    def _list(self, wanted: Any, value: Any, path: KeyPath) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, tuple):
            self._find(path, "must be a list")
            return ()
        return tuple([self.read(wanted, item, (*path, number)) for number, item in enumerate(value)])

    def _mapping(self, kinds: tuple[Any, ...], value: Any, path: KeyPath) -> dict[str, Any]:  # noqa: ANN401
        if not self._is_table(value, path):
            return {}
        found, (key, wanted) = {}, kinds
        for name, item in value.items():
            known = len(self.faults)
            self.read(key, name, (*path, name))
            self.faults[known:] = [dataclasses.replace(fault, at_key=True) for fault in self.faults[known:]]
            found[name] = self.read(wanted, item, (*path, name))
        return found

    def _table(self, kind: Any, value: Any, path: KeyPath) -> Any:  # noqa: ANN401
        if not self._is_table(value, path):
            return None
        known = len(self.faults)
        table = kind.complete(value) if hasattr(kind, "complete") else value
        values = dict(self._fields(kind, table, path))
        for name in [name for name in table if name not in keys_of(kind)]:
            hint = suggestion(name, keys_of(kind), listed=20) or "the documentation lists every key"
            self.faults.append(Fault((*path, name), f"unknown key `{name_of((*path, name))}`", hint, at_key=True))
        if len(self.faults) == known:
            with self._told(path):
                return kind(**values)
        return None

    def _fields(self, kind: Any, table: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        types = {field.name: field for field in dataclasses.fields(kind)}
        for name in keys_of(kind):
            field = types[name]
            if name in table:
                yield name, self.read(field.type, table[name], (*path, name))
            elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                self.faults.append(
                    Fault((*path, name), f"`{name_of((*path, name))}` is missing", field.metadata.get("hint", ""))
                )

    def _is_table(self, value: object, path: KeyPath) -> bool:
        if not isinstance(value, Mapping):
            self._find(path, "must be a table")
        return isinstance(value, Mapping)

    @contextmanager
    def _told(self, path: KeyPath) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            self._find(path, str(error))

    def _find(self, path: KeyPath, message: str) -> None:
        what, hint = split_hint(message)
        self.faults.append(Fault(path, f"`{name_of(path)}` {what}", hint))

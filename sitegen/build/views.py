"""Views as text and back, for a build that plans nothing: JSON in which each record lies under its class's name.

    CardView(title="A", tags=("b",))  ->  {"CardView": ["A", ["b"]]}

Equal views give equal text. Lists are tuples; every object is a record, so nothing in a view can be taken for another
thing. What a view cannot hold (a date in free front matter, say) has no text.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from sitegen import view
from sitegen.view import Body, Record, field_names, field_reader

__all__ = ["bodies_in", "decode_view", "encode_view"]


def encode_view(value: object) -> str:
    """Return a view as ASCII text. Raises TypeError or ValueError for what has none."""
    return json.dumps(value, separators=(",", ":"), default=_as_plain, allow_nan=False)


def _as_plain(value: object) -> dict[str, Any]:
    if isinstance(value, Record):
        return {"Record": {key: _checked(item) for key, item in value.items()}}
    name = type(value).__name__
    if name not in _forms():
        raise TypeError(f"a view holds no {name}")
    return {name: _forms()[name].values(value)}


def _checked(value: object) -> object:
    """Return what stands in free data, if it comes back as it was: markup would come back as text."""
    if isinstance(value, Markup):
        raise TypeError("markup in free data")
    return tuple(map(_checked, value)) if isinstance(value, tuple) else value


def decode_view(text: str) -> Any:  # noqa: ANN401  whatever was encoded
    """Return the view that `encode_view` turned into `text`. Raises ValueError when that is not its form."""
    try:
        return _from_plain(json.loads(text))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a view") from error


def _from_plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return tuple([_from_plain(item) for item in value])
    if not isinstance(value, dict):
        return value
    ((name, content),) = value.items()
    if name == "Record":
        return Record({key: _from_plain(item) for key, item in content.items()})
    form = _forms()[name]
    values = dict(zip(form.names, map(_from_plain, content), strict=True))
    for field in form.markup:
        values[field] = Markup(values[field])  # noqa: S704  # it was markup before it was encoded
    return form.kind(**values)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the records of one class are written."""

    kind: Callable[..., object]
    names: tuple[str, ...]
    """Of all fields."""
    markup: tuple[str, ...]
    """Of the fields that are markup and not text, which JSON does not tell apart."""
    values: Callable[[object], tuple[object, ...]]

    @classmethod
    def of(cls, kind: Any) -> "_Form":  # noqa: ANN401  a dataclass
        """Return the form of a class."""
        markup = tuple(field.name for field in fields(kind) if field.type is Markup)
        return cls(kind, field_names(kind), markup, field_reader(kind))


@cache
def _forms() -> dict[str, _Form]:
    return {name: _Form.of(kind) for name, kind in vars(view).items() if is_dataclass(kind)}


def bodies_in(value: object) -> Iterator[str]:
    """Yield the digests of all bodies that a view shows."""
    if isinstance(value, Body):
        yield value.digest
    elif isinstance(value, tuple):
        for item in value:
            yield from bodies_in(item)
    elif form := _forms().get(type(value).__name__):
        yield from bodies_in(form.values(value))

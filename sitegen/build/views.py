"""Views as text and back, for a build that plans nothing: JSON in which each record lies under its class's name.

    CardView(title="A", tags=("b",))  ->  {"CardView": ["A", ["b"]]}

Equal views give equal text. Lists are tuples; every object is a record, so nothing in a view can be taken for another
thing. What a view cannot hold (a date in free front matter, say) has no text.

A card stands on seven lists in the mean. Where lists are kept, it stands as `{"Shared": [KEY]}`, and its text apart.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field, fields, is_dataclass
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup

from sitegen import view
from sitegen.records import dataclass
from sitegen.store import digest_of
from sitegen.view import Body, CardView, Record, Walk, field_names, field_reader

__all__ = ["Cards", "bodies_in", "decode_view", "encode_view", "shared_in"]

_SHARED: Final = "Shared"
# No text has it: there, a quotation mark stands behind a backslash. A key of free data may be spelled the same.
_SHARED_KEY: Final = re.compile(rf'\{{"{_SHARED}":\["([0-9a-f]+)"\]\}}')
_BODIES: Final = Walk(Body)
_CARDS: Final = Walk(CardView)


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of one plan, whose texts stand apart from those of the views that show them."""

    texts: dict[str, str] = field(default_factory=dict)
    """By key, the digest of the text; of those that were not taken yet."""
    _keys: dict[int, tuple[CardView, str]] = field(default_factory=dict)
    """By id of the card, which is the card's own as long as it is kept here."""

    def key_of(self, card: CardView) -> str:
        """Return the key of a card, which has its text from now on."""
        known = self._keys.get(id(card))
        if known is None or known[0] is not card:  # it is another's id in a process to which this was sent
            text = encode_view(card)
            known = self._keys[id(card)] = card, digest_of("card", text)
            self.texts[known[1]] = text
        return known[1]

    def take_new(self) -> dict[str, str]:
        """Return the texts of all cards that were not taken yet, by key."""
        new = dict(self.texts)
        self.texts.clear()
        return new

    def meet(self, value: object) -> None:
        """Give each card that a view shows its key."""
        for card in _CARDS.records(value):
            self.key_of(card)


def encode_view(value: object, cards: Cards | None = None) -> str:
    """Return a view as ASCII text, with `cards` the keys of cards in their places.

    Raises TypeError or ValueError for what has none.
    """
    form = partial(_as_plain, cards)
    # Frozen records cannot hold themselves; to watch for that would take as long as half of the rest.
    return json.dumps(value, separators=(",", ":"), default=form, allow_nan=False, check_circular=False)


def _as_plain(cards: Cards | None, value: object) -> dict[str, Any]:
    if cards is not None and type(value) is CardView:
        return {_SHARED: [cards.key_of(value)]}
    name = type(value).__name__
    if form := _forms().get(name):
        return {name: form.values(value)}
    if isinstance(value, Record):
        return {"Record": {key: _checked(item) for key, item in value.items()}}
    raise TypeError(f"a view holds no {name}")


def _checked(value: object) -> object:
    """Return what stands in free data, if it comes back as it was: markup would come back as text."""
    if isinstance(value, Markup):
        raise TypeError("markup in free data")
    return tuple(map(_checked, value)) if isinstance(value, tuple) else value


def shared_in(text: str) -> set[str]:
    """Return the keys of the cards that `encode_view` put into `text`, and perhaps others."""
    return set(_SHARED_KEY.findall(text))


def decode_view(text: str, cards: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401  whatever was encoded
    """Return the view that `encode_view` turned into `text`; `cards` are those of `shared_in(text)`, by key.

    Raises ValueError when that is not its form, or a card is missing.
    """
    try:
        return _from_plain(json.loads(text), cards or {})
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a view") from error


def _from_plain(value: Any, cards: Mapping[str, object]) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return tuple([_from_plain(item, cards) for item in value])
    if not isinstance(value, dict):
        return value
    ((name, content),) = value.items()
    if name == "Record":
        return Record({key: _from_plain(item, cards) for key, item in content.items()})
    if name == _SHARED:
        return cards[content[0]]
    form = _forms()[name]
    values = {name: _from_plain(item, cards) for name, item in zip(form.names, content, strict=True)}
    for name in form.markup:
        values[name] = Markup(values[name])  # noqa: S704  # it was markup before it was encoded
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


def bodies_in(value: object) -> set[str]:
    """Return the digests of all bodies that a view shows."""
    return {body.digest for body in _BODIES.records(value)}

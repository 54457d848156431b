"""Fingerprints: two equal ones mean equal bytes, so an output file whose fingerprint is known need not be rendered.

A route's fingerprint is the digest of all that its file is made of: the engine, the template's closure, the view, and
of what all pages share the parts that the closure reads. Views are closed, so nothing is left out. It is taken over
canonical text (as `repr` writes frozen dataclasses), part by part, so that what changed can be told by name.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any, Final
from zlib import crc32

from sitegen import view
from sitegen.rendering.closure import closure_of
from sitegen.store import digest_of
from sitegen.theme import Theme
from sitegen.view import AuthorView, CardView, DateView, PromoView, Route, SiteView

__all__ = ["Fingerprints"]

_ANY_TEXT: Final = ("utf-8", "surrogatepass")
_CHECK: Final = 4
"""Hexadecimal digits of a part's check."""
_PLAIN: Final = frozenset({str, int, bool, type(None)})
_SHARED: Final = frozenset({AuthorView, CardView, DateView, PromoView})
"""Views that many pages show: their text is taken once, and stands in the pages' text as a digest."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the fingerprints of one kind of page begin with."""

    names: tuple[str, ...]
    """Of all parts, those of the page too."""
    digest: str
    checks: str


class Fingerprints:
    """Takes the fingerprints of one plan's routes, whose views live as long as it does."""

    def __init__(self, theme: Theme, engine: str) -> None:
        self._theme = theme
        self._engine = engine
        self._site: tuple[SiteView | None, dict[str, str]] = (None, {})
        self._heads: dict[tuple[str, str], _Head] = {}
        self._shared: dict[int, str] = {}

    def of(self, route: Route) -> str:
        """Return the fingerprint: the digest that decides, and behind it the check of each part.

        A check is a part of a CRC-32: it only names what changed, to whoever asks why.
        """
        head = self._head(route)
        page = route.view.page
        values = _FORMS[type(page).__name__](page)
        texts = [self._text(value).encode(*_ANY_TEXT) for value in values]
        state = hashlib.blake2b(head.digest.encode("ascii"), digest_size=20)
        for text in texts:
            state.update(b"%d:" % len(text))
            state.update(text)
        return f"{state.hexdigest()} {head.checks}{''.join(map(_check, texts))}"

    def changes(self, route: Route, old: str, new: str) -> tuple[str, ...]:
        """Return the names of the parts in which the fingerprint `old` differs from `new`, the one of `route` now."""
        names = self._head(route).names
        before, after = (mark.partition(" ")[2] for mark in (old, new))
        differ = [
            name
            for number, name in enumerate(names)
            if before[_CHECK * number :][:_CHECK] != after[_CHECK * number :][:_CHECK]
        ]
        # Behind another template or theme stand other parts, which cannot be compared.
        first = next((name for name in ("template", "theme") if name in differ), "")
        return (first,) if first else tuple(differ)

    def _head(self, route: Route) -> _Head:
        site, kind = route.view.site, type(route.view.page)
        if site is not self._site[0] and site is not None:
            self._site = (site, {})
            self._heads.clear()
        key = (route.template, kind.__name__)
        if key not in self._heads:
            parts = dict(self._head_parts(route))
            names = (*parts, *(field.name for field in fields(kind)))
            checks = "".join(_check(text.encode(*_ANY_TEXT)) for text in parts.values())
            self._heads[key] = _Head(names, digest_of(repr(parts)), checks)
        return self._heads[key]

    def _head_parts(self, route: Route) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each part that is not of the page's own view."""
        yield "sitegen", self._engine
        yield "template", f"{route.template} {type(route.view.page).__name__}"
        if route.template.endswith(".html") and route.view.site is not None:
            closure = closure_of(self._theme, route.template)
            yield "theme", closure.digest
            names = closure.site_names
            yield from self._site_parts(
                route.view.site, sorted(names) if names is not None else [field.name for field in fields(SiteView)]
            )

    def _site_parts(self, site: SiteView, names: list[str]) -> Iterator[tuple[str, str]]:
        known = self._site[1]
        for name in names:
            if name not in known:
                value: object = site
                for key in name.split("."):
                    value = getattr(value, key, ...)  # what is not there differs from what is there and empty
                known[name] = digest_of(repr(value))
            yield f"site.{name}", known[name]

    def _text(self, value: Any) -> str:  # noqa: ANN401  whatever a view holds
        """Return what `repr` would, with a digest for each view that many pages show."""
        kind = type(value)
        if kind is tuple:
            return f"({self._texts(value)})"
        values = _FORMS.get(kind.__name__)
        if values is None:
            return repr(value)
        if kind not in _SHARED:
            return f"{kind.__name__}({self._texts(values(value))})"
        if id(value) not in self._shared:
            self._shared[id(value)] = f"{kind.__name__} {digest_of(repr(value))}"
        return self._shared[id(value)]

    def _texts(self, values: tuple[Any, ...]) -> str:
        return ",".join([repr(value) if type(value) in _PLAIN else self._text(value) for value in values])


def _check(text: bytes) -> str:
    return f"{crc32(text) & 0xFFFF:04x}"


def _values_of(kind: Any) -> Callable[[object], tuple[object, ...]]:  # noqa: ANN401  a dataclass
    """Return what takes the values of all fields of a view."""
    names = [field.name for field in fields(kind)]
    getter = attrgetter(*names)
    return getter if len(names) > 1 else lambda value: (getter(value),)


_FORMS: Final = {name: _values_of(kind) for name, kind in vars(view).items() if is_dataclass(kind)}

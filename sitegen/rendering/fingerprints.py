"""Fingerprints: two equal ones mean equal bytes, so an output file whose fingerprint is known need not be rendered.

A route's fingerprint is the digest of all that its file is made of: the engine, the template's closure, the view, and
of what all pages share the parts that the closure reads. Views are closed, so nothing is left out. It is taken over
canonical text (`repr` of frozen dataclasses), field by field, so that what changed can be told by name.
"""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, cast
from zlib import crc32

from sitegen.rendering.closure import closure_of
from sitegen.store import digest_of
from sitegen.theme import Theme
from sitegen.view import Route, SiteView

__all__ = ["Fingerprints", "changed_parts"]


class Fingerprints:
    """Takes the fingerprints of one plan's routes."""

    def __init__(self, theme: Theme, engine: str) -> None:
        self._theme = theme
        self._engine = engine
        self._shared: tuple[SiteView | None, dict[str, str]] = (None, {})

    def of(self, route: Route) -> str:
        """Return the fingerprint: the digest that decides, and behind it `name=check` of each part, parted by blanks.

        A part's check is its CRC-32: it only names what changed, to whoever asks why.
        """
        parts = list(self._parts(route))
        whole = digest_of(*(text for part in parts for text in part))
        return " ".join([whole, *(f"{name}={crc32(text.encode(*_ANY_TEXT)):x}" for name, text in parts)])

    def _parts(self, route: Route) -> Iterator[tuple[str, str]]:
        """Yield the name and the canonical text of each part."""
        page = route.view.page
        yield "sitegen", self._engine
        yield "template", f"{route.template} {type(page).__name__}"
        if route.template.endswith(".html") and route.view.site is not None:
            closure = closure_of(self._theme, route.template)
            yield "theme", closure.digest
            names = closure.site_names
            yield from self._site_parts(route.view.site, None if names is None else tuple(sorted(names)))
        for name in _field_names(type(page)):  # type: ignore[arg-type]  # mypy takes classes with __hash__ for unhashable
            yield name, repr(getattr(page, name))

    def _site_parts(self, site: SiteView, names: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
        if self._shared[0] is not site:
            self._shared = (site, {})
        known = self._shared[1]
        for name in names if names is not None else _field_names(SiteView):
            if name not in known:
                value: object = site
                for key in name.split("."):
                    value = getattr(value, key, ...)  # what is not there differs from what is there and empty
                known[name] = digest_of(repr(value))
            yield f"site.{name}", known[name]


_ANY_TEXT = ("utf-8", "surrogatepass")


@cache
def _field_names(view: type[object]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, view)))


def changed_parts(old: str, new: str) -> tuple[str, ...]:
    """Return the names of the parts in which two fingerprints differ."""
    before, after = (dict(part.split("=") for part in mark.split(" ")[1:]) for mark in (old, new))
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))

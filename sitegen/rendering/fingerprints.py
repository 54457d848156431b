"""Fingerprints: two equal ones mean equal bytes, so an output file whose fingerprint is known need not be rendered.

A route's fingerprint is the digest of all that its file is made of: the engine, the template's closure, the view, and
of what all pages share the parts that the closure reads. Views are closed, so nothing is left out. It is taken over
canonical text, part by part, so that what changed can be told by name.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from zlib import crc32

from sitegen.records import dataclass
from sitegen.rendering.canonical import Canonical
from sitegen.rendering.closure import closure_of
from sitegen.store import digest_of
from sitegen.theme import Theme
from sitegen.view import Route, SiteView, field_names, field_reader

__all__ = ["Fingerprints"]

_CHECK: Final = 4
"""Hexadecimal digits of a part's check."""
_CHECK_FORM: Final = f"%0{_CHECK}x"


@dataclass(frozen=True, slots=True)
class _Head:
    """What the fingerprints of one kind of page begin with."""

    names: tuple[str, ...]
    """Of all parts, those of the page too."""
    digest: str
    checks: str
    read: Callable[[object], tuple[object, ...]]
    """Takes the values of the page's own fields."""
    form: str
    """Of their checks."""


class Fingerprints:
    """Takes the fingerprints of one plan's routes, whose views live as long as it does."""

    def __init__(self, theme: Theme, engine: str) -> None:
        self._theme = theme
        self._engine = engine
        self._site: tuple[SiteView | None, dict[str, str]] = (None, {})
        self._heads: dict[tuple[str, str], _Head] = {}
        self._canonical = Canonical()

    def of(self, route: Route) -> str:
        """Return the fingerprint: the digest that decides, and behind it the check of each part.

        A check is a part of a CRC-32: it only names what changed, to whoever asks why.
        """
        head = self._head(route)
        texts = self._canonical.texts(head.read(route.view.page))
        checks = head.form % tuple([crc32(text.encode()) & 0xFFFF for text in texts])
        # Canonical text has no line end in it, so no two fields can be taken for two others.
        whole = digest_of(head.digest, "\n".join(texts))
        return f"{whole} {head.checks}{checks}"

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
            own = field_names(kind)
            checks = "".join(_CHECK_FORM % (crc32(repr(text).encode()) & 0xFFFF) for text in parts.values())
            self._heads[key] = _Head(
                (*parts, *own), digest_of(repr(parts)), checks, field_reader(kind), _CHECK_FORM * len(own)
            )
        return self._heads[key]

    def _head_parts(self, route: Route) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each part that is not of the page's own view."""
        yield "sitegen", self._engine
        yield "template", f"{route.template} {type(route.view.page).__name__}"
        if route.template.endswith(".html") and route.view.site is not None:
            closure = closure_of(self._theme, route.template)
            yield "theme", closure.digest
            names = closure.site_names
            yield from self._site_parts(route.view.site, field_names(SiteView) if names is None else sorted(names))

    def _site_parts(self, site: SiteView, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        known = self._site[1]
        for name in names:
            if name not in known:
                value: object = site
                for key in name.split("."):
                    value = getattr(value, key, ...)  # what is not there differs from what is there and empty
                known[name] = digest_of(repr(value))
            yield f"site.{name}", known[name]

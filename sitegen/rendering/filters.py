"""Filters of our own: pure functions from text to text."""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from sitegen.rendering.escaping import escaped
from sitegen.rendering.semantics import jsonld

__all__ = ["FILTERS", "FILTER_SITE_NAMES", "fill", "join_names"]


def fill(text: str, **values: object) -> Markup:
    """Return `text` with each `{name}` replaced: `{{ site.words.part|fill(number=2, total=5) }}`.

    Both sides are escaped unless they are HTML already. (`str.format` would let a template reach into objects.)
    """
    filled = escaped(text)
    for name, value in values.items():
        filled = filled.replace(f"{{{name}}}", escaped(value))
    return Markup(filled)  # noqa: S704  # all parts are escaped


def join_names(names: Iterable[object], conjunction: str) -> Markup:
    """Return names as a sentence has them, with the language's word for "and": `A`, `A and B`, `A, B and C`."""
    *first, last = [escape(name) for name in names] or [Markup()]
    return Markup(" ").join([Markup(", ").join(first), escape(conjunction), last]) if first else last


FILTERS: Mapping[str, Callable[..., object]] = {"fill": fill, "join_names": join_names, "jsonld": jsonld}
"""By the name under which templates find them."""

FILTER_SITE_NAMES: Mapping[str, frozenset[str]] = {"jsonld": frozenset({"description", "language", "title", "url"})}
"""Fields of `site` that a filter reads when it gets `site` as an argument: they count as read by the template."""

"""Filters of our own: pure functions from text to text."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from sitegen.planning.dates import plural_of
from sitegen.rendering.escaping import escaped
from sitegen.rendering.semantics import jsonld

__all__ = ["FILTERS", "FILTER_SITE_NAMES", "fill", "join_names", "plural"]


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


def plural(word: object, number: int, language: str) -> Markup:
    """Return a word with `{n}` in the form that `number` takes in `language`, with the number in it.

    `{{ site.words.minutes|plural(page.minutes, site.language) }}`. The forms are those of Unicode's plural rules
    (CLDR); a form that the word lacks is said as `other`, and a word without forms as it stands.
    """
    if not isinstance(word, Mapping):
        return fill(str(word), n=number)
    form = _plural_rule(language)(number)
    return fill(str(word.get(form, word["other"])), n=number)


_plural_rule = lru_cache(maxsize=8)(plural_of)

FILTERS: Mapping[str, Callable[..., object]] = {
    "fill": fill,
    "join_names": join_names,
    "jsonld": jsonld,
    "plural": plural,
}
"""By the name under which templates find them."""

FILTER_SITE_NAMES: Mapping[str, frozenset[str]] = {"jsonld": frozenset({"description", "language", "title", "url"})}
"""Fields of `site` that a filter reads when it gets `site` as an argument: they count as read by the template."""

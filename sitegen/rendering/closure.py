"""The closure of a template: all templates that it can reach, and what they read of `site`.

Both are read from Jinja's syntax trees, before anything is rendered. What a template does with names that it does not
write out counts as everything, so a page never depends on a template or a field of `site` outside its closure.
"""

from collections.abc import Iterator
from functools import lru_cache

import jinja2
from jinja2 import meta, nodes

from sitegen.records import dataclass
from sitegen.rendering.environment import ThemeEnvironment, loader_of
from sitegen.rendering.filters import FILTER_SITE_NAMES
from sitegen.store import Store, digest_of
from sitegen.theme import Theme
from sitegen.view import Record

__all__ = ["Closure", "closure_of", "templates_in", "tree_of"]


@dataclass(frozen=True, slots=True)
class Closure:
    """What a page made from a template depends on, its own view apart."""

    templates: frozenset[str]
    """Names of all templates that it can reach, itself included; a missing one (`ignore missing`) too."""
    site_names: frozenset[str] | None
    """Fields of `site` that any of them reads, of `data` the files: `labels`, `words`, `data.links`. None: all."""
    digest: str
    """Of the names and texts of `templates`; a missing one counts as missing."""


@dataclass(frozen=True, slots=True)
class _Uses:
    """What one template names."""

    templates: frozenset[str] = frozenset()
    site_names: frozenset[str] = frozenset()


_ANY = "*"
"""Stands among the fields of `site` for all of them."""


# A theme has some ten kinds of page; posts may ask for templates of their own.
@lru_cache(maxsize=32)
def closure_of(theme: Theme, name: str) -> Closure:
    """Return the closure of the template `name` of `theme`, whether the theme has it or not."""
    reached: dict[str, _Uses] = {}
    waiting = [name]
    while waiting:
        template = waiting.pop()
        if template not in reached:
            reached[template] = _uses_of(theme, template)
            waiting += reached[template].templates
    site_names = frozenset().union(*(uses.site_names for uses in reached.values()))
    texts = [
        (template, theme.templates[template].text if template in theme.templates else None)
        for template in sorted(reached)
    ]
    return Closure(frozenset(reached), None if _ANY in site_names else site_names, digest_of(repr(texts)))


@lru_cache(maxsize=256)
def _uses_of(theme: Theme, name: str) -> _Uses:
    """Return what a template names: all there is when it computes the name of a template, or does not parse."""
    if name not in theme.templates:
        return _Uses()
    everything = _Uses(frozenset(theme.templates), frozenset({_ANY}))
    try:
        tree = tree_of(theme, name)
        templates = templates_in(tree)
        site_names = frozenset(_site_reads(tree))
    except (jinja2.TemplateSyntaxError, RecursionError):
        return everything  # Rendering says what is wrong with it, if a page comes to it at all.
    named = frozenset(name for name in templates if name is not None)
    return _Uses(named, site_names) if named == templates else everything


def tree_of(theme: Theme, name: str) -> nodes.Template:
    """Return the syntax tree of a template of the theme. Raises jinja2.TemplateSyntaxError."""
    return loader_of(theme).parse(_environment(theme), name)


def templates_in(tree: nodes.Template) -> frozenset[str | None]:
    """Return the names of the templates that a template names; None among them for one that it computes."""
    return frozenset({*meta.find_referenced_templates(tree), *_shared_partials(tree)})


@lru_cache(maxsize=2)
def _environment(theme: Theme) -> ThemeEnvironment:
    return ThemeEnvironment(theme, Store())


def _shared_partials(tree: nodes.Template) -> Iterator[str]:
    """Yield the names behind `{% shared %}`: the parser makes each a call `_insert(context, name)` of the extension."""
    for call in tree.find_all(nodes.Call):
        match call:
            case nodes.Call(node=nodes.ExtensionAttribute(name="_insert"), args=[_, nodes.Const(value=str(name))]):
                yield name


def _site_reads(node: nodes.Node) -> Iterator[str]:
    """Yield the fields of `site` that are read below `node`; `_ANY` for `site` itself, wherever its value may go."""
    match node:
        case nodes.Name(name="site"):
            yield _ANY
        case nodes.Getattr() | nodes.Getitem() if field := _site_field(node):
            yield field
        case nodes.Filter(name=name) if name in FILTER_SITE_NAMES:
            yield from FILTER_SITE_NAMES[name]
            for child in (*node.iter_child_nodes(exclude=("args",)), *node.args):
                yield from () if _is_site(child) and child is not node.node else _site_reads(child)
        case _:
            for child in node.iter_child_nodes():
                yield from _site_reads(child)


def _site_field(node: nodes.Node) -> str:
    """Return `labels` for `site.labels`, `data.links` for `site.data.links`, empty for what is no field of `site`."""
    match node:
        case nodes.Getattr(node=owner, attr=str(key)) | nodes.Getitem(node=owner, arg=nodes.Const(value=str(key))):
            if not key.isidentifier():
                return ""
            if _is_site(owner):
                return key
            # `site.data.items` is the mapping's method, whether or not there is a file of that name.
            if _site_field(owner) == "data" and not hasattr(Record, key):
                return f"data.{key}"
    return ""


def _is_site(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "site"

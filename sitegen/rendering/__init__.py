"""From a route to bytes: one function per medium, one signature, one table.

A renderer's module is imported when its first route is rendered: lxml, which feeds need, is not loaded for a page.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from sitegen.rendering.fingerprints import Fingerprints
from sitegen.store import Store
from sitegen.theme import Theme
from sitegen.view import Route

__all__ = ["Fingerprints", "check_template", "render"]

_Renderer = Callable[[Route, Theme, Store], bytes]

_RENDERERS: Mapping[str, tuple[str, str]] = {
    "rss": ("feeds", "render_rss"),
    "atom": ("feeds", "render_atom"),
    "json-feed": ("json_feed", "render_json_feed"),
    "sitemap": ("sitemap", "render_sitemap"),
    "sitemap-index": ("sitemap", "render_sitemap_index"),
    "redirect": ("plain", "render_redirect"),
    "social-card": ("social_card", "render_social_card"),
    "text": ("plain", "render_text"),
    "copy": ("plain", "render_copy"),
}
"""Module and function by `Route.template`; every other name is a template of the theme."""

_PAGE = ("templates", "render_page")


def render(route: Route, theme: Theme, store: Store) -> bytes:
    """Return the content of the file at `route.output`.

    Pure: the same route, theme and store content give the same bytes. Raises TemplateError when a template fails,
    SourceError when a file to copy is gone or was changed.
    """
    module, function = _RENDERERS.get(route.template, _PAGE)
    renderer = cast(_Renderer, getattr(import_module(f"{__name__}.{module}"), function))
    return renderer(route, theme, store)


def check_template(name: str, theme: Theme, store: Store) -> None:
    """Compile the template `name` of a theme, which spares rendering that. Raises TemplateError when it cannot be."""
    import_module(f"{__name__}.templates").compile_template(name, theme, store)

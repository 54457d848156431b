"""HTML pages: a view and a template of the theme become bytes."""

from functools import lru_cache

import jinja2

from sitegen.rendering.environment import ThemeEnvironment
from sitegen.rendering.failures import template_error
from sitegen.store import Store
from sitegen.theme import Theme
from sitegen.view import Route

__all__ = ["compile_template", "render_page"]

# What a template's own code can raise. Anything else that comes out of one is a bug of ours and stays what it is.
_FAULTS = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)


def render_page(route: Route, theme: Theme, store: Store) -> bytes:
    """Return the page as UTF-8 with `\\n` line ends, the last line closed by one.

    Raises TemplateError with the place in the template that failed, and the page it failed for.
    """
    environment = _environment(theme, store)
    try:
        text = environment.get_template(route.template).render(site=route.view.site, page=route.view.page)
    except _FAULTS as error:
        raise template_error(error, theme, route) from error
    return (text.strip("\n") + "\n").encode()


def compile_template(name: str, theme: Theme, store: Store) -> None:
    """Compile a template, so that it is compiled when a page needs it. Raises TemplateError with the place."""
    try:
        _environment(theme, store).get_template(name)
    except _FAULTS as error:
        raise template_error(error, theme) from error


# A build renders all its pages with one theme and one store; the preview replaces them together.
@lru_cache(maxsize=2)
def _environment(theme: Theme, store: Store) -> ThemeEnvironment:
    return ThemeEnvironment(theme, store)

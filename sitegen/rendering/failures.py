"""From an exception inside a template to an error that names the template's line and the page."""

from types import TracebackType

import jinja2

from sitegen.errors import Finding, Place, TemplateError
from sitegen.theme import Theme
from sitegen.view import Route

__all__ = ["template_error"]


def template_error(error: Exception, theme: Theme, route: Route | None = None) -> TemplateError:
    """Return what failed as an error with place, line and hint: while `route` was rendered, if it was one."""
    sources = route.sources if route else ()
    place = _syntax_place(error) or _innermost(error.__traceback__) or Place(sources[0] if sources else "")
    what, _, hint = _message(error).partition("\n")
    why = f"while rendering {route.url}" if route else ""
    why += f" from {', '.join(sources)}" if sources else ""
    return TemplateError(Finding(what, place, why=why, hint=hint, excerpt=_excerpt(place, theme)))


def _message(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template includes or calls itself without end"
    return (error.message if isinstance(error, jinja2.TemplateError) else None) or str(error) or type(error).__name__


def _syntax_place(error: Exception) -> Place | None:
    """A template that does not parse was never run: the exception itself knows the place."""
    return Place(error.filename or "", error.lineno) if isinstance(error, jinja2.TemplateSyntaxError) else None


def _innermost(traceback: TracebackType | None) -> Place | None:
    """Return the place of the last frame that is template code.

    Jinja puts frames with the template's name and line in place of those of the compiled code; see jinja2.debug.
    """
    place = None
    while traceback is not None:
        code = traceback.tb_frame
        if {"__jinja_exception__", "__jinja_template__"} & code.f_globals.keys():
            place = Place(code.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _excerpt(place: Place, theme: Theme) -> str:
    source = next((source for source in theme.templates.values() if source.path == place.path), None)
    lines = source.text.split("\n") if source else []
    return lines[place.line - 1] if 0 < place.line <= len(lines) else ""

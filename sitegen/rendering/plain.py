"""Files that no template shapes: redirects of old addresses, text files, copies."""

from html import escape
from typing import TYPE_CHECKING, cast

from sitegen.store import Store
from sitegen.view import Copy, RedirectPage, Route, TextFile

if TYPE_CHECKING:
    from sitegen.theme import Theme

__all__ = ["render_copy", "render_redirect", "render_text"]

_REDIRECT = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<p><a href="{target}">{title}</a></p>
</body>
</html>
"""


def render_redirect(route: Route, _theme: "Theme", _store: Store) -> bytes:
    """Return a page that sends browsers, and search engines by its canonical link, from an old address to the new one.

    A static host cannot answer 301. The refresh takes no time, which WCAG 2.2 (technique H76) asks for, and needs
    neither script nor style, so that the strictest content security policy lets it pass.
    """
    page = cast(RedirectPage, route.view.page)
    html = _REDIRECT.format(
        lang=escape(page.lang),
        title=escape(page.title),
        target=escape(page.target),
        canonical=escape(page.canonical),
    )
    return html.encode()


def render_text(route: Route, _theme: "Theme", _store: Store) -> bytes:
    """Return a text file, such as robots.txt, in UTF-8."""
    return cast(TextFile, route.view.page).text.encode()


def render_copy(route: Route, _theme: "Theme", store: Store) -> bytes:
    """Return the bytes of a file that is published as it is. Raises SourceError if it changed since it was read."""
    return store.file(cast(Copy, route.view.page).digest)
